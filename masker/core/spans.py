"""Spans: where something was found, never what. They can be logged, cached, printed and asserted on."""

from __future__ import annotations

from collections.abc import Container

import attrs

__all__ = ["Span", "span_problem"]


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


def span_problem(spans: object, length: int, kinds: Container[str]) -> str | None:
    """Return what is wrong with spans that a plugin returned, or ``None``; never with a word of the text.

    Args:
        spans: What came back.
        length: How long the text is.
        kinds: The kinds that the spans may have.
    """
    if not isinstance(spans, (list, tuple)):
        return f"returned a {type(spans).__name__}, not a list of spans"
    for span in spans:
        if not isinstance(span, Span):
            return f"returned a {type(span).__name__}, not a Span"
        if not (isinstance(span.start, int) and isinstance(span.end, int) and isinstance(span.score, (int, float))):
            return "returned a span whose offsets or score are no numbers"
        if not 0 <= span.start < span.end <= length:
            return "returned an empty span or one outside the text"
        if not isinstance(span.kind, str) or span.kind not in kinds:
            return "returned a kind that it does not declare"
        if not 0 <= span.score <= 1:
            return "returned a score outside 0 to 1"
    return None
