"""Tables in a text: lines of cells under a line of names, as CSV, TSV, Markdown, query tools and data frames have them.

A detector sees some two thousand characters at a time, and of a table's later rows not the names of their columns. So
each cell is read once more by itself, under its column's name, as the values of JSON are read under their keys.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from operator import attrgetter
from typing import Final, Literal, NamedTuple

from masker.detection import keys
from masker.detection.assigned import assigned_in
from masker.detection.elements import elements_in
from masker.detection.labels import NUMBER, PLAIN
from masker.detection.leaves import leaves_within
from masker.detection.runs import fields
from masker.detection.snapshots import labelled_in

__all__ = ["Cell", "cells_in", "kinds_of", "values_in"]


class Cell(NamedTuple):
    """One value of a table.

    Attributes:
        start: Offset of its first character.
        text: It without the blanks, quotes and markup around it.
        name: What its column is called; "" if that tells no kind, so that the cell only parts its neighbours.
        parts: Whether it has neighbours, which are values of their own.
    """

    start: int
    text: str
    name: str
    parts: bool = False

    def __repr__(self) -> str:
        return f"Cell(start={self.start})"


class _Line(NamedTuple):
    """A line, where it starts, and how many cells it has; a blank one has none."""

    start: int
    body: str
    width: int


class _Column(NamedTuple):
    """A column.

    Attributes:
        start: Where its name stands in the line of names.
        end: Where that ends.
        name: The name, if it is that of a kind.
        holds: Whether it has the names of fields (``field``), or values of the field of their row (``old``), or "".
    """

    start: int
    end: int
    name: str | None
    holds: Literal["fields", "values", ""]


#: The cells of a line, each with its offset in it.
Parts = list[tuple[int, str]]

#: What parts the cells of a line. Columns may also be drawn with blanks: there a cell stands below its column's name.
_MARKS: Final = ("|", "\t", ";", ",")
_GAP: Final = "  "
#: Lines that stand for bars.
_BARS: Final = "\u2502\u2503\u2506\u250a\u2551"
_AS_BARS: Final = str.maketrans(_BARS, "|" * len(_BARS))
#: The names of columns before the rows of TOON: "patients[2]{mrn,zip}:".
_TOON: Final = re.compile(
    r"^(?P<before>[ \t]{0,40}(?:- )?[\w.-]{0,40}\[[0-9]{1,6}[|\t]?\]\{)(?P<names>[^{}\n]{1,400})\}:(?=\r?$)",
    re.MULTILINE,
)
#: Columns of lists of changes: which field it was, and its old and new value.
_FIELD_COLUMNS: Final = frozenset("field column attribute property parameter variable key".split())
_VALUE_COLUMNS: Final = frozenset(
    "old new before after from to previous prior current original updated value expected actual stored".split()
)
_DRAWN: Final = re.compile(r"\S++(?: \S++)*+")
#: What stands around a cell's text.
_AROUND: Final = " \t\r\"'`*_>"
#: A column's name: a few words that are no sentence, a sign, or nothing.
_NAME: Final = re.compile(r"(?:[^\W\d][\w #.()/'&%+-]{0,39}(?<!\w{5}\.)|#)?")
#: Columns of the widest table that is read.
_WIDEST: Final = 200
#: Values after which others have their turn.
_STEP: Final = 2_000
#: Longer cells are prose, which needs no name.
_LONGEST: Final = 80


def cells_in(text: str) -> Iterator[Cell]:
    """Yield the cells of a text's tables: the short ones of columns that are named after a kind with that name.

    A table is a line of names and the lines below with as many cells, up to a blank line. What does not fit is left
    out: a ruler, the lines of a cell that has several.
    """
    if "\n" not in text:
        return
    if "]{" in text:
        text = _TOON.sub(lambda head: " " * len(head["before"]) + head["names"] + "  ", text)
    if any(map(text.__contains__, _BARS)):  # quicker than to translate all texts
        text = text.translate(_AS_BARS)
    for mark in (*_MARKS, _GAP):
        if mark in text:
            yield from _cells(text, mark)


def values_in(text: str) -> Iterator[Cell | None]:
    """Yield the short values within a text that stand under a name of a kind: of documents, elements, assignments.

    ``None`` comes after each step of a search that may take long.
    """
    known: dict[str, bool] = {}
    read: set[int] = set()
    steps = 0
    for value in chain(_leaves(text), elements_in(text), labelled_in(text), assigned_in(text)):
        steps += 1
        if value is None or steps % _STEP == 0:
            yield None
        if value is None:
            continue
        start, said, name = value
        if keys.says_nothing(said, name):
            continue
        if not 0 < len(said) <= _LONGEST:
            continue
        if name not in known:
            known[name] = bool(kinds_of(name))
        if known[name] and start not in read:
            read.add(start)
            yield Cell(start, _whole(said), name)


def _leaves(text: str) -> Iterator[tuple[int, str, str] | None]:
    """Yield the values of documents that have a key: where each begins, what it is, and the key."""
    if "{" in text or "[" in text or "(" in text:
        read = 0
        for leaf in leaves_within(text):
            read += 1
            if leaf is None:
                if read > _STEP:
                    read = 0
                    yield None
            elif leaf.key is not None:
                yield leaf.start, text[leaf.start : leaf.end], leaf.key


def _cells(text: str, mark: str) -> Iterator[Cell]:
    """Yield the cells of the tables with one mark."""
    columns: list[_Column] = []
    for above, line in pairwise(_lines(text, mark)):
        if not line.width:
            columns = []
        elif not _fits(len(columns), line.width, mark) and _fits(above.width, line.width, mark):
            columns = _columns(_parts(above, mark)) or columns
        if not _fits(len(columns), line.width, mark):
            continue
        parts = _parts(line, mark)
        if _is_form(parts, columns):
            columns = []
            continue
        row = list(_row(line.start, parts, columns, mark))
        yield from row
        if not row:
            columns = _columns(parts) or columns  # a table right below another


def _lines(text: str, mark: str) -> Iterator[_Line]:
    """Yield the lines with several cells, and the blank ones."""
    start = 0
    for body in text.split("\n"):
        if not body or body.isspace():
            yield _Line(start, body, 0)
        elif mark in body and any(map(str.isalnum, body)):
            cells = _DRAWN.findall(body) if mark == _GAP else fields.cells_of(body, mark)
            yield _Line(start, body, len(cells))
        start += len(body) + 1


def _fits(above: int, below: int, mark: str) -> bool:
    """Return whether lines with so many cells can be of one table; of drawn ones some may be empty."""
    return min(above, below) > 1 and (above == below or mark == _GAP)


def _parts(line: _Line, mark: str) -> Parts:
    """Return the cells of a line."""
    if mark == _GAP:
        return [(match.start(), match[0]) for match in _DRAWN.finditer(line.body)]
    parts = []
    at = 0
    for text in fields.cells_of(line.body, mark):
        parts.append((at, text))
        at += len(text) + 1
    return parts


def _columns(parts: Parts) -> list[_Column]:
    """Return the columns that a line of names names, or none where it is no such line."""
    names = [text.strip(_AROUND) for _, text in parts]
    if len(names) > _WIDEST or not all(map(_NAME.fullmatch, names)):
        return []
    columns = [
        _Column(start, start + len(text), name if kinds_of(name) else None, _held_under(name))
        for (start, text), name in zip(parts, names, strict=True)
    ]
    telling = any(column.name for column in columns) or _lists_changes(columns)
    return columns if telling else []


def _held_under(name: str) -> Literal["fields", "values", ""]:
    """Return what a column of a list of changes holds."""
    words = keys.key_words(name)
    if words[:1] and words[0] in _FIELD_COLUMNS and words[1:] in ((), ("name",)):
        return "fields"
    return "values" if words[:1] and words[0] in _VALUE_COLUMNS and words[1:] in ((), ("value",)) else ""


def _lists_changes(columns: Sequence[_Column]) -> bool:
    """Return whether a table says of fields what their values were, and are."""
    held = [column.holds for column in columns]
    return held.count("fields") == 1 and held.count("values") > 1


def kinds_of(name: str) -> set[str]:
    """Return which kinds a column's name names: as a key of JSON, and as the label of a number."""
    if keys.is_measure(name):
        return set()
    kinds = {kind for kind in (keys.kind_of_key(name), fields.kind_of_key(name)) if kind not in (None, NUMBER, PLAIN)}
    return kinds if keys.TOWNS.isdisjoint(keys.key_words(name)) else kinds | {"ADDRESS"}


def _is_form(parts: Parts, columns: list[_Column]) -> bool:
    """Return whether two lines are a form's, each with a field and its value."""
    return len(columns) == 2 and columns[1].name is None and _is_field(parts[0][1].strip(_AROUND))


def _row(at: int, parts: Parts, columns: list[_Column], mark: str) -> Iterator[Cell]:
    """Yield the values of the line at ``at`` whose columns are named after a kind; a line of names has none."""
    values = [text.strip(_AROUND) for _, text in parts]
    above = columns
    if mark == _GAP:
        above = [_above(start, start + len(text), columns) for start, text in parts]
    field = next((value for value, column in zip(values, above, strict=True) if column.holds == "fields"), "")
    field = field if _lists_changes(columns) and kinds_of(field) else ""
    if all(map(_is_type, values)) or (not field and all(_is_field(value) for value in values if value)):
        return
    indexed = mark == _GAP and len(parts) == len(columns) + 1  # numbered rows
    for place, (start, text) in enumerate(parts):
        column, value = above[place], values[place]
        name = field if field and column.holds == "values" else column.name
        if indexed and place == 0:
            name = None
        if value:
            short = name is not None and _is_value(value)
            yield Cell(at + start + text.find(value), _whole(value), (name or "") if short else "", parts=True)


def _whole(said: str) -> str:
    """Return a number without the ".0" that data frames give to the whole numbers of a column with gaps."""
    return said[:-2] if said.endswith(".0") and said[:-2].isdecimal() else said


def _above(start: int, end: int, columns: list[_Column]) -> _Column:
    """Return the column of a cell that is drawn at ``start:end``: the one whose name stands above most of it."""
    after = bisect_right(columns, start, key=attrgetter("start"))
    return max(columns[max(0, after - 1) : after + 1], key=lambda one: min(end, one.end) - max(start, one.start))


def _is_type(text: str) -> bool:
    """Return whether a cell says of which type its column is, or nothing: "i64", "datetime[ns]", "---"."""
    word = re.split(r"[\[(]", text, maxsplit=1)[0].rstrip("0123456789").lower()
    return word in keys.TYPES or word in ("i", "u", "f") or not any(map(str.isalnum, text))


def _is_value(text: str) -> bool:
    """Return whether a cell may hold a value."""
    return len(text) <= _LONGEST and any(map(str.isalnum, text))


def _is_field(text: str) -> bool:
    return keys.is_field_name(text.rstrip(" #").replace(" ", "_"))
