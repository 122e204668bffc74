"""What stops a run before it can judge anything. The command answers each of them with exit code 2."""

from __future__ import annotations

__all__ = ["ConformanceError", "FixtureError", "OptOutError", "SubjectError"]


class ConformanceError(Exception):
    """The run cannot judge: the message says what is wrong and what to do."""


class FixtureError(ConformanceError):
    """A fixture or examples file breaks its schema, or is not the one that the manifest lists."""


class SubjectError(ConformanceError):
    """What should be judged cannot be: unknown plugin, failing import, no detectors."""


class OptOutError(ConformanceError):
    """A check was removed, replaced or excused in a way that the report would not show."""
