"""Spans: where something was found, never what. They can be logged, cached, printed and asserted on."""

from __future__ import annotations

import attrs

__all__ = ["Span"]


@attrs.frozen(order=True)
class Span:
    """A finding in one segment.

    Args:
        start: First code point of ``segment.text``, counted from 0.
        end: One past the last code point (half-open, as slices are).
        kind: Name of a registered `Kind`.
        score: How sure the detector is, from 0 to 1; the policy's ``min_score`` decides from where on it counts.
        detector: Name of the detector; the chain fills it in.
    """

    start: int
    end: int
    kind: str
    score: float = 1.0
    detector: str | None = None

    def overlaps(self, other: Span) -> bool:
        """Return whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def shifted(self, by: int) -> Span:
        """Return the same finding in a text that has ``by`` more characters in front."""
        return attrs.evolve(self, start=self.start + by, end=self.end + by)

    def __len__(self) -> int:
        return self.end - self.start
