"""The detector that claims runs."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable

from masker.core.segments import Segment
from masker.core.spans import Span
from masker.detection.runs.run import Run
from masker.detection.runs.scanning import runs

__all__ = ["RunDetector"]


class RunDetector:
    """A detector that claims runs, and may know shapes that are more than a run.

    Args:
        name: Unique, lower-case name.
        kinds: The kinds it may return.
        claim: Called with each run; returns ``(kind, score)``, or ``None`` when the run is not its business.
        shapes: Called once per segment; yields ``(start, end, kind, score)`` in offsets of the reading, for what has
            a shape of its own (an IBAN in groups, a MAC address). Runs inside a shape are not asked for.
        small: Whether ``claim`` is called with numbers of up to three digits, too, that nothing announces, among other
            words: "8 out of 10". Talk is full of them, and few detectors would ever take one.
    """

    def __init__(
        self,
        name: str,
        kinds: Iterable[str],
        claim: Callable[[Run, Segment], tuple[str, float] | None],
        shapes: Callable[[Segment], Iterable[tuple[int, int, str, float]]] | None = None,
        *,
        small: bool = True,
    ) -> None:
        self.name = name
        self.kinds = frozenset(kinds)
        self.claim = claim
        self.shapes = shapes
        self.small = small

    def claimable(self, segment: Segment) -> tuple[Run, ...]:
        """Return the runs that ``claim`` is called with."""
        return runs(segment, small=self.small)

    def detect(self, segment: Segment) -> list[Span]:
        """Return a span for every shape, and for every run outside them that is claimed."""
        reading = segment.reading
        spans: list[Span] = []
        taken: list[tuple[int, int]] = []
        for start, end, kind, score in self.shapes(segment) if self.shapes is not None else ():
            taken.append((start, end))
            spans.append(Span(*reading.source(start, end), kind, score, self.name))
        taken.sort()
        for run in self.claimable(segment):
            claimed = self.claim(run, segment)
            if claimed is None:
                continue
            at = bisect_right(taken, (run.start, len(reading.text))) - 1
            if at < 0 or taken[at][1] < run.end:
                spans.append(Span(*reading.source(run.start, run.end), *claimed, self.name))
        return spans
