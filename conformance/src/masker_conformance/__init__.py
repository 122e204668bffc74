"""Certify a detector or a rehydrator against masker's numbered rules.

Subclass `DetectorConformance` or `RehydratorConformance` in a test file, or run ``masker conformance`` on what is
installed. Both run the same checks: pure functions, one rule each, in `masker_conformance.checks`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from masker_conformance.fixtures import SUITE_VERSION
    from masker_conformance.suites import DetectorConformance, RehydratorConformance

__all__ = ["SUITE_VERSION", "DetectorConformance", "RehydratorConformance"]


def __getattr__(name: str) -> Any:
    """Load a public name on first use: pytest loads this package in every run, for most of them in vain."""
    if name == "SUITE_VERSION":
        from masker_conformance import fixtures

        return fixtures.SUITE_VERSION
    if name in __all__:
        from masker_conformance import suites

        return getattr(suites, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
