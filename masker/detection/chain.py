"""The chain: run every detector over a segment, check what comes back, fail closed.

A detector that raises or returns nonsense stops the request (`DetectionFailed`); what it said is never repeated, for
an exception's message may quote the text. Long segments are searched in overlapping windows, so that a caller can
serve others between two detectors and a 1 MB request does not delay another caller's chunk.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Final, NamedTuple

import attrs

from masker.core.segments import Segment
from masker.core.spans import Span, span_problem
from masker.detection.corrections import corrected
from masker.detection.detector import Detector
from masker.detection.keys import kind_of_key
from masker.detection.leaves import TooManyLeaves
from masker.detection.tables import Cell, cells_in, kinds_of, values_in
from masker.detection.transcript import turns_in
from masker.errors import DetectionFailed

__all__ = ["MARGIN", "SHORT", "WINDOW", "Chain"]

#: Characters searched at a time, and how far a window reaches into its neighbours.
WINDOW: Final = 2048
MARGIN: Final = 320
#: A text of so many characters takes less time than there is between two looks at others: one step will do.
SHORT: Final = 512
#: From which score on a cell's value counts as found.
_SURE: Final = 0.9
_WORD: Final = re.compile(r"\S*")
_LETTER: Final = re.compile(r"[^\W\d_]")


@attrs.frozen
class Chain:
    """An ordered set of detectors; their order does not change the result.

    Args:
        detectors: The active detectors.
    """

    detectors: tuple[Detector, ...]

    def steps(self, segment: Segment) -> Iterator[list[Span]]:
        """Yield findings bit by bit, after every detector unless the text is short.

        Spans are offsets into the whole segment.

        Raises:
            DetectionFailed: A detector raised or returned a bad span.
        """
        transcript = turns_in(segment)
        if transcript is not None:
            for turns in transcript:
                yield []
                for start, turn in turns:
                    for found in self.steps(turn):
                        yield [span.shifted(start) for span in found]
            return
        known: list[Span] = []
        table = "\n" in segment.text  # if there is one
        for spans in self._windows(segment):
            known += spans
            yield [] if table else spans
        cells: list[_Border] = []
        yield from self._cells(segment, known, cells)
        if table:
            yield list(_in_cells(known, cells, segment.text))

    def _windows(self, segment: Segment) -> Iterator[list[Span]]:
        """Yield what is found in a text as it is."""
        text = segment.text
        if len(text) <= SHORT:
            yield _found(self.detectors, segment)
            return
        if len(text) <= WINDOW + MARGIN:
            yield from _search(self.detectors, segment)
            return
        start = 0
        while start < len(text):
            end = _cut(text, start + WINDOW)
            left, right = max(0, start - MARGIN), min(len(text), end + MARGIN)
            reach = end
            for found in _search(self.detectors, attrs.evolve(segment, text=text[left:right])):
                settled = [_settled(span.shifted(left), text, (left, start, end, right)) for span in found]
                spans = [span for span in settled if span is not None]
                reach = max([reach, *(span.end for span in spans if span.end > right)])
                yield spans
            start = reach

    def detect(self, segment: Segment) -> list[Span]:
        """Return every finding in a segment, overlaps included."""
        return [span for found in self.steps(segment) for span in found]

    def _cells(self, segment: Segment, known: Sequence[Span], cells: list[_Border]) -> Iterator[list[Span]]:
        """Yield what else is found in tables' cells and documents' values, each by whom its column or key concerns.

        Those that have neighbours are added to ``cells``.
        """
        read: dict[tuple[str, str], list[Span]] = {}
        concerned: dict[str, list[Detector]] = {}
        seen: set[tuple[int, int, str | None]] | None = None
        for value in _named_values(segment.text):
            if value is None:
                yield []
                continue
            start, text, name, parts = value
            if seen is None:
                seen = {(span.start, span.end, span.kind) for span in known if span.score >= _SURE}
            as_told = (start, start + len(text), kind_of_key(name)) in seen  # as what its column says
            if as_told or not name:
                if parts:
                    cells.append(_Border(start, start + len(text), bool(name), as_told))
                continue
            if (name, text) not in read:
                if name not in concerned:
                    kinds = kinds_of(name)
                    concerned[name] = [one for one in self.detectors if not kinds.isdisjoint(one.kinds)]
                cell = attrs.evolve(segment, text=text, key=name, question=None, since=())
                read[name, text] = _found(concerned[name], cell)
            if parts:
                cells.append(_Border(start, start + len(text), named=True, found=bool(read[name, text])))
            yield [span.shifted(start) for span in read[name, text]]


class _Border(NamedTuple):
    """A cell of a table: where it stands, whether its column is named after a kind, and whether it was found so."""

    start: int
    end: int
    named: bool
    found: bool


def _in_cells(spans: Iterable[Span], cells: Sequence[_Border], text: str) -> Iterator[Span]:
    """Yield findings without those that are nothing but several cells, each of them searched for itself.

    Columns that lie close look like the groups of a number, or the words of a name.
    """
    ordered = sorted(cells)
    for span in spans:
        first = bisect_right(ordered, span.start, key=attrgetter("end"))
        touched = ordered[first : bisect_left(ordered, span.end, key=attrgetter("start"))]
        if len(touched) < 2 or not _are_apart(touched, span, text):
            yield span


def _are_apart(cells: Sequence[_Border], span: Span, text: str) -> bool:
    """Return whether cells are values of their own: each was found, or they are numbers, one in a named column."""
    numbers = any(cell.named for cell in cells) and _LETTER.search(text, span.start, span.end) is None
    if not (numbers or all(cell.found for cell in cells)):
        return False
    edges = [span.start, *(edge for cell in cells for edge in (cell.start, cell.end)), span.end]
    return not any(char.isalnum() for at in range(0, len(edges), 2) for char in text[edges[at] : edges[at + 1]])


def _named_values(text: str) -> Iterator[Cell | None]:
    """Yield the cells of a text's tables and the values of its documents; ``None`` after each step."""
    try:
        yield from cells_in(text)
        yield from values_in(text)
    except TooManyLeaves:
        raise DetectionFailed("json", "has too many values within a text") from None


def _search(detectors: Iterable[Detector], segment: Segment) -> Iterator[list[Span]]:
    """Yield what each detector finds, and at last what corrects something found."""
    found: list[Span] = []
    for detector in detectors:
        spans = _run(detector, segment)
        if spans:
            found += spans
        yield spans
    if found:
        yield corrected(segment, found)


def _found(detectors: Iterable[Detector], segment: Segment) -> list[Span]:
    """Return what `_search` yields."""
    found: list[Span] = []
    for detector in detectors:
        found += _run(detector, segment)
    return [*found, *corrected(segment, found)] if found else found


def _run(detector: Detector, segment: Segment) -> list[Span]:
    """Run one detector and check its spans."""
    try:
        spans = list(detector.detect(segment))
    except KeyboardInterrupt:  # whoever runs `masker detect` ends it
        raise
    except BaseException as error:  # noqa: BLE001  # a third party's code: whatever it raises stops the request
        raise DetectionFailed(detector.name, f"raised {type(error).__name__}") from None
    if not spans:
        return spans
    problem = span_problem(spans, len(segment.text), detector.kinds)
    if problem is not None:
        raise DetectionFailed(detector.name, problem)
    return [span if span.detector == detector.name else attrs.evolve(span, detector=detector.name) for span in spans]


def _settled(span: Span, text: str, window: tuple[int, int, int, int]) -> Span | None:
    """Return a finding of the window ``left:right`` around ``start:end`` as it stands in the whole text.

    One that touches the window's inner edge may be cut short. Where the neighbour sees it whole it is ``None`` here.
    One that is longer than what two windows share is seen whole by none (a link of thousands of characters): it is
    drawn to the ends of the word in which it was cut.
    """
    left, start, end, right = window
    if span.end == right < len(text):
        if span.start > end - MARGIN:
            return None
        span = attrs.evolve(span, end=_WORD.match(text, right).end())  # type: ignore[union-attr]  # matches anything
    if span.start == left > 0:
        if span.end < start + MARGIN:
            return None
        span = attrs.evolve(span, start=max(text.rfind(blank, 0, left) for blank in " \n\t") + 1)
    return span


def _cut(text: str, at: int) -> int:
    """Return the end of a window near ``at``: after a line, else after a blank, else right there."""
    if at >= len(text):
        return len(text)
    for mark in ("\n", " "):
        found = text.rfind(mark, at - WINDOW // 2, at)
        if found >= 0:
            return found + 1
    return at
