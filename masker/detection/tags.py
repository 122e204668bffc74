"""Tags: which findings in a text without its tags are findings in the text as it stands.

A value may be cut over cells: "<td>415</td><td>555</td>". Most cells hold a value, or a word, of their own, and what
stands in two of them is no more one value than it would be in two lines.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Final

import attrs

from masker.core.markup import Bare
from masker.core.spans import Span

__all__ = ["in_tags"]

#: What a cell holds of a value that is cut: a sign, a group of a number, a word; of names and addresses a sign only,
#: since each of their words is found for itself.
_PIECE: Final = re.compile(r"\W*(?:[^\W\d_]{1,9}|(?:[^\W_][-./:]?){0,6})\W*")
_SIGN: Final = re.compile(r"\W*[^\W_]?\W*")
#: Score from which a label beyond a tag is believed.
_SURE: Final = 0.7
_DIGIT: Final = re.compile(r"\d")
#: Score from which a cell holds what was found in it.
_VALUE: Final = 0.9
_START: Final = attrgetter("start")


#: A tag that names the moment of the call, whose date is nobody's: "<current_date>2026-11-30</current_date>".
_NOW: Final = re.compile(r"<(?:current|today|now|system|server)[\w:-]{0,24}>\s{0,8}\Z", re.IGNORECASE)


def in_tags(text: str, spans: Iterable[Span], shown: Bare, known: Iterable[Span]) -> Iterator[Span]:
    """Yield the findings in a text without its tags, as they stand in the one with them.

    What no tag cuts was found there, but for numbers whose label stands beyond the tags.

    Args:
        text: The text as it stands.
        spans: What was found without the tags.
        shown: The text without them.
        known: What was found in the text as it stands. A cell that holds a value of another kind is no part of one
            that is cut: "<name>Rose</name><age>97</age><zip>45402</zip>".
    """
    values = sorted((span for span in known if span.score >= _VALUE), key=_START)
    for span in spans:
        if not shown.has_tag(span.start, span.end) and (
            span.score < _SURE or not _DIGIT.search(shown.text, span.start, span.end)
        ):
            continue
        cells = list(shown.cells(span.start, span.end))
        piece = _SIGN if span.kind in ("NAME", "ADDRESS") else _PIECE
        if len(cells) == 1 or all(piece.fullmatch(shown.text, *cell) for cell in cells):
            cells = list(_without(values, span.kind, cells, shown))
        elif span.kind == "ADDRESS":  # its city and state have words of their own beside them, as other cells have
            cells = [cell for cell in cells if _DIGIT.search(shown.text, *cell)]
        else:
            continue
        for first, last in cells:
            start, end = shown.source(first, last)
            if span.kind == "DATE" and _NOW.search(text, max(0, start - 40), start):
                continue
            yield attrs.evolve(span, start=start, end=end)


def _without(
    values: Sequence[Span], kind: str, cells: Sequence[tuple[int, int]], shown: Bare
) -> Iterator[tuple[int, int]]:
    """Yield the cells of a span of one kind, neighbours together, without those that are a value of another.

    A single one that is left is no cut value.
    """
    groups: list[list[tuple[int, int]]] = [[]]
    for cell in cells:
        start, end = shown.source(*cell)
        near = range(bisect_left(values, start, key=_START), bisect_left(values, end, key=_START))
        if any(values[at].kind != kind and values[at].end <= end for at in near):
            groups.append([])
        else:
            groups[-1].append(cell)
    for group in groups:
        if len(group) > 1 or len(group) == len(cells):
            yield group[0][0], group[-1][1]
