"""Rows: neighbouring values of JSON, read as one text, in which a value may be cut: ``["415", "555", "0134"]``.

They are the elements of one array, or what stands under keys that number the same thing or name the parts of a number:
``{"ssn1": "219", "ssn2": "09", ...}``, ``{"area": "415", "prefix": "555", ...}``; or one word in each of many objects,
whatever stands beside it: ``[{"word": "four", "start": 0.1}, ...]``.

What touches an element is masked as that element, so that each gets back what stood in it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, groupby, pairwise
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
#: Words of keys that are parts of a number.
_PARTS: Final = frozenset(
    "area prefix exchange line office subscriber suffix group serial code number npa nxx xxxx country digits part first"
    " second third fourth middle last one two three four a b c d year month day y m yyyy mm dd".split()
)
_PART: Final = "part"
_WORDS: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
#: Digits between signs, as a cut leaves them.
_CUT: Final = re.compile(r"\d[-./]\d")
#: What recognisers write each by itself.
_ONE_WORD: Final = re.compile(r"(?:[^\W\d_][^\W\d_'’-]{0,20}|\d{1,4})[.,;:?!]?")
#: Keys that say what an object is, and no words of a text: "table", "row", "cell".
_OF_OBJECTS: Final = frozenset(("role", "type"))
_EDGES: Final = re.compile(r"\A[\W_]+|[\W_]+\Z")
#: Score from which what stands in several elements is believed to be one value.
_SURE: Final = 0.7


@attrs.frozen(eq=False, repr=False)
class Row:
    """Neighbouring values.

    Args:
        places: The number of each one's slot.
        starts: Where each begins in the text.
        ends: Where each ends.
        segment: All of them as one text.
        written: Whether each is a string: a row of numbers is a measurement, until its key says otherwise.
    """

    places: Sequence[int]
    starts: Sequence[int]
    ends: Sequence[int]
    segment: Segment
    written: bool

    def touched(self, span: Span) -> Iterator[int]:
        """Yield the numbers of the slots that a finding touches, if it touches several and is to be believed."""
        places = range(bisect_right(self.ends, span.start), bisect_left(self.starts, span.end))
        if len(places) < 2:  # what stands in one element was found there, or is nothing there
            yield from (self.places[place] for place in places if self._is_named(place))
            return
        single = all(self.ends[place] - self.starts[place] == 1 for place in places)
        if kind_of_key(self.segment.key) is not None or (self.written and (single or span.score >= _SURE)):
            yield from (self.places[place] for place in places)

    def _is_named(self, place: int) -> bool:
        """Return whether an element is a number whose kind the one before it names: ``["MRN", 84739201]``."""
        if place == 0:
            return False
        label, own = (self.segment.text[self.starts[at] : self.ends[at]] for at in (place - 1, place))
        return own.isdecimal() and kind_of_key(label) is not None


def rows_of(slots: Sequence[Slot]) -> Iterator[Row]:
    """Yield the rows among some slots, as far as a value may be cut over their elements."""
    for row, many in groupby(enumerate(slots), lambda each: _row(each[1])):
        if row is not None:
            yield from _cut(list(many), _fits)
    values = [(place, slot) for place, slot in enumerate(slots) if _is_value(slot)]
    for (_, stem), many in groupby(values, lambda each: (id(each[1].document), _stem(each[1].segment.key))):
        members = list(many)
        rows = {_row(slot) for _, slot in members}
        if stem and (None in rows or len(rows) > 1):  # else one array, which was read
            key = None if stem == _PART else stem
            yield from _cut([(place, _under(slot, key)) for place, slot in members], _fits)
    columns: dict[tuple[int, str | None], list[tuple[int, Slot]]] = {}
    for place, slot in values:
        if not slot.row and slot.form == "text" and slot.segment.key not in _OF_OBJECTS:
            columns.setdefault((id(slot.document), slot.segment.key), []).append((place, slot))
    for column in columns.values():
        apart = any(after != before + 1 for (before, _), (after, _) in pairwise(column))  # else it was read above
        if apart and any(slot.segment.text[1:].isalpha() for _, slot in column):  # digits alone are a table's
            yield from _cut(column, _is_word)


def _under(slot: Slot, key: str | None) -> Slot:
    """Return a slot as it would be under another key."""
    return attrs.evolve(slot, segment=attrs.evolve(slot.segment, key=key))


def _is_value(slot: Slot) -> bool:
    return slot.document is not None and slot.form in ("text", "number") and not slot.parts and not slot.is_key


def _stem(key: str | None) -> str:
    """Return what a key has in common with those of the other pieces of a value, or "" where nothing tells."""
    words = [word.lower() for word in _WORDS.findall(key)] if key is not None else []
    if all(word in _PARTS for word in words):
        return _PART if words else ""
    while words[-1] in _PARTS:
        words.pop()
    return "_".join(words)


def _fits(slot: Slot) -> bool:
    """Return whether an element can be a piece of a value."""
    length = len(slot.segment.text)
    return length <= _PIECE or (length <= _NAMED_PIECE and kind_of_key(slot.segment.key) is not None)


def _is_word(slot: Slot) -> bool:
    """Return whether a text is one word."""
    return _ONE_WORD.fullmatch(slot.segment.text) is not None


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
        whole = all(text[0].isalnum() and text[-1].isalnum() and "@" not in text for text in texts)
        if not whole or any(map(_CUT.search, texts)):
            yield _row_of(elements, texts, "")  # "219-", "09-", "9999"
        cores = [_EDGES.sub("", text) for text in texts]
        groups = "".join(cores).replace("-", "")
        if (cores != texts or any("-" in text for text in cores)) and groups.isdecimal():
            yield _row_of(elements, cores, "-")  # "219/", "09/", "9999"; "219-09", "9999"


def _row_of(elements: Sequence[tuple[int, Slot]], texts: Sequence[str], between: str) -> Row:
    """Return some elements as a row, with something between each two."""
    ends = [end + place * len(between) for place, end in enumerate(accumulate(map(len, texts)))]
    starts = [end - len(text) for end, text in zip(ends, texts, strict=True)]
    keys = {slot.segment.key for _, slot in elements}
    segment = attrs.evolve(elements[0][1].segment, text=between.join(texts), key=keys.pop() if len(keys) == 1 else None)
    written = all(slot.form == "text" for _, slot in elements)
    return Row([place for place, _ in elements], starts, ends, segment, written)
