"""The chain: run every detector over a segment, check what comes back, fail closed.

A detector that raises or returns nonsense stops the request (`DetectionFailed`); what it said is never repeated, for
an exception's message may quote the text. Long segments are searched in overlapping windows, so that a caller can
serve others between two detectors and a 1 MB request does not delay another caller's chunk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import attrs

from masker.core.segments import Segment
from masker.core.spans import Span, span_problem
from masker.detection.corrections import corrected
from masker.detection.detector import Detector
from masker.detection.transcript import turns_in
from masker.errors import DetectionFailed

__all__ = ["MARGIN", "WINDOW", "Chain"]

#: Characters searched at a time, and how far a window reaches into its neighbours.
WINDOW: Final = 4096
MARGIN: Final = 320


@attrs.frozen
class Chain:
    """An ordered set of detectors; their order does not change the result.

    Args:
        detectors: The active detectors.
    """

    detectors: tuple[Detector, ...]

    def steps(self, segment: Segment) -> Iterator[list[Span]]:
        """Yield findings bit by bit, after every detector; spans are offsets into the whole segment.

        Raises:
            DetectionFailed: A detector raised or returned a bad span.
        """
        turns = turns_in(segment)
        if turns is not None:
            for start, turn in turns:
                for found in self.steps(turn):
                    yield [span.shifted(start) for span in found]
            return
        text = segment.text
        if len(text) <= WINDOW + MARGIN:
            yield from self._search(segment)
            return
        start = 0
        while start < len(text):
            end = _cut(text, start + WINDOW)
            left, right = max(0, start - MARGIN), min(len(text), end + MARGIN)
            for found in self._search(attrs.evolve(segment, text=text[left:right])):
                yield [
                    span.shifted(left)
                    for span in found
                    # A finding at a window's inner edge may be cut short; the neighbour sees it whole.
                    if (span.start > 0 or left == 0) and (span.end < right - left or right == len(text))
                ]
            start = end

    def detect(self, segment: Segment) -> list[Span]:
        """Return every finding in a segment, overlaps included."""
        return [span for found in self.steps(segment) for span in found]

    def _search(self, segment: Segment) -> Iterator[list[Span]]:
        """Yield what each detector finds, and at last what corrects something found."""
        found: list[Span] = []
        for detector in self.detectors:
            spans = _run(detector, segment)
            found += spans
            yield spans
        if found:
            yield corrected(segment, found)


def _run(detector: Detector, segment: Segment) -> list[Span]:
    """Run one detector and check its spans."""
    try:
        spans: Iterable[Span] = list(detector.detect(segment))
    except (Exception, SystemExit) as error:  # noqa: BLE001  # a third party's code: whatever it raises stops the request
        raise DetectionFailed(detector.name, f"raised {type(error).__name__}") from None
    problem = span_problem(spans, len(segment.text), detector.kinds)
    if problem is not None:
        raise DetectionFailed(detector.name, problem)
    return [span if span.detector == detector.name else attrs.evolve(span, detector=detector.name) for span in spans]


def _cut(text: str, at: int) -> int:
    """Return the end of a window near ``at``: after a line, else after a blank, else right there."""
    if at >= len(text):
        return len(text)
    for mark in ("\n", " "):
        found = text.rfind(mark, at - WINDOW // 2, at)
        if found >= 0:
            return found + 1
    return at
