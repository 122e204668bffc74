"""Rows: the elements of one array, read as one text, in which a value may be cut: ``["415", "555", "0134"]``.

What touches an element is masked as that element, so that each gets back what stood in it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, groupby
from typing import Any, Final

import attrs

from masker.core.segments import Segment
from masker.core.spans import Span
from masker.detection.keys import kind_of_key
from masker.wire.slots import Slot

__all__ = ["Row", "rows_of"]

#: Characters of the longest element that can be a piece of a value: what is longer is a text of its own.
_PIECE: Final = 24
#: The same where the key says what it is.
_NAMED_PIECE: Final = 80
#: Score from which what stands in several elements is believed to be one value.
_SURE: Final = 0.7


@attrs.frozen(eq=False, repr=False)
class Row:
    """Neighbouring elements of one array.

    Args:
        first: The number of the first one's slot.
        starts: Where each begins in the text.
        ends: Where each ends.
        segment: All of them as one text.
        written: Whether each is a string: a row of numbers is a measurement, until its key says otherwise.
    """

    first: int
    starts: Sequence[int]
    ends: Sequence[int]
    segment: Segment
    written: bool

    def touched(self, span: Span) -> Iterator[int]:
        """Yield the numbers of the slots that a finding touches, if it touches several and is to be believed."""
        places = range(bisect_right(self.ends, span.start), bisect_left(self.starts, span.end))
        if len(places) < 2:  # what stands in one element was found there, or is nothing there
            return
        single = all(self.ends[place] - self.starts[place] == 1 for place in places)
        if kind_of_key(self.segment.key) is not None or (self.written and (single or span.score >= _SURE)):
            yield from (self.first + place for place in places)


def rows_of(slots: Sequence[Slot]) -> Iterator[Row]:
    """Yield the rows among some slots, as far as a value may be cut over their elements."""
    for row, many in groupby(enumerate(slots), lambda each: _row(each[1])):
        if row is not None:
            yield from _cut(list(many), _fits)


def _fits(slot: Slot) -> bool:
    """Return whether an element can be a piece of a value."""
    length = len(slot.segment.text)
    return length <= _PIECE or (length <= _NAMED_PIECE and kind_of_key(slot.segment.key) is not None)


def _row(slot: Slot) -> Any:
    """Return what the elements of one array have in common."""
    if slot.form not in ("text", "number") or slot.parts or slot.is_key:
        return None
    if slot.document is not None:
        return (id(slot.document), slot.row) if slot.row else None
    path = slot.segment.path
    return path[:-1] if path and type(path[-1]) is int else None


def _cut(many: Sequence[tuple[int, Slot]], fits: Callable[[Slot], bool]) -> Iterator[Row]:
    """Yield the rows between elements that are too long."""
    for short, group in groupby(many, lambda each: fits(each[1])):
        elements = list(group)
        if not short or len(elements) < 2:  # a piece needs another one
            continue
        texts = [slot.segment.text for _, slot in elements]
        yield _row_of(elements, texts, " ")
        if not all(text[0].isalnum() and text[-1].isalnum() and "@" not in text for text in texts):
            yield _row_of(elements, texts, "")  # "219-", "09-", "9999"


def _row_of(elements: Sequence[tuple[int, Slot]], texts: Sequence[str], between: str) -> Row:
    """Return some elements as a row, with something between each two."""
    ends = [end + place * len(between) for place, end in enumerate(accumulate(map(len, texts)))]
    starts = [end - len(text) for end, text in zip(ends, texts, strict=True)]
    first, slot = elements[0]
    written = all(slot.form == "text" for _, slot in elements)
    return Row(first, starts, ends, attrs.evolve(slot.segment, text=between.join(texts)), written)
