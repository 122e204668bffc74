"""Tags: which findings in a text without its tags are findings in the text as it stands.

A value may be cut over cells: "<td>415</td><td>555</td>". Most cells hold a value, or a word, of their own, and what
stands in two of them is no more one value than it would be in two lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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


def in_tags(spans: Iterable[Span], shown: Bare) -> Iterator[Span]:
    """Yield the findings in a text without its tags, as they stand in the one with them.

    What no tag cuts was found there, but for numbers whose label stands beyond the tags.
    """
    for span in spans:
        if not shown.has_tag(span.start, span.end) and (
            span.score < _SURE or not _DIGIT.search(shown.text, span.start, span.end)
        ):
            continue
        cells = list(shown.cells(span.start, span.end))
        piece = _SIGN if span.kind in ("NAME", "ADDRESS") else _PIECE
        if len(cells) == 1 or all(piece.fullmatch(shown.text, *cell) for cell in cells):
            cells = [(span.start, span.end)]
        elif span.kind == "ADDRESS":  # its city and state have words of their own beside them, as other cells have
            cells = [cell for cell in cells if _DIGIT.search(shown.text, *cell)]
        else:
            continue
        for first, last in cells:
            start, end = shown.source(first, last)
            yield attrs.evolve(span, start=start, end=end)
