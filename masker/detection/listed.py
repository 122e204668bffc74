"""Lists of fields: what stands behind one label after the other, with little or nothing between them.

People and programs list a record as ``Town Dayton Age 97 Member XQH8473``, one field a line or several, with bullets,
numbers, dashes or blanks, or each value below its label as redis-cli and R print them. One such label alone may be a
word of a sentence ("City Council"); that another field with its value stands right beside it says that it is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from masker.detection.keys import LABELS, QUALIFIERS, is_field_name, is_thing, is_town, kind_of_key
from masker.detection.labels import is_link

__all__ = ["listed_in"]

#: A label is a word of `LABELS` with what may stand around it: "Last name", "Member ID", "mrn_no", "Acct #".
_LETTERS: Final = re.compile(r"[A-Za-z]+")
_QUALIFIED: Final = re.compile(r"(?<![A-Za-z])(?P<word>[A-Za-z]{3,12})[ _]\Z")
_WITHIN: Final = re.compile(r"\w\Z|\w['@.-]\Z")
_NUMBER: Final = re.compile(r"(?:[ _]?(?:ids?|no|num|number|code)\b\.?)?(?: ?#)?(?!['@]?\w)", re.IGNORECASE)
#: What stands between a label, its value and the next label: signs, blanks, and the numbers and letters of a list.
_COUNTED: Final = r"\d{1,3}[).\]#](?=\s)|[a-z]\)(?=\s)"
_SIGN: Final = r"[\s\"'`*:=>|()\[\]{}$\u2022\u00b7\u2013\u2014\u2192-]"
_SIGNS: Final = rf"(?:(?<=\n)[ \t]{{0,8}}[(\[]?(?:{_COUNTED})|{_SIGN}){{1,24}}+"
_APART: Final = re.compile(rf"(?:[,;/.]?(?:{_SIGN}|{_COUNTED}){{1,24}}+){{0,3}}+[,;]?")
#: Behind a label its value, up to a sign, the end of the line, or of what is looked at.
_WORD: Final = r"[^\W_](?:[\w#+]|[.'/-](?=\w))*+"
_VALUE: Final = re.compile(
    rf"(?P<signs>(?:[\"'],[ ]?[\"']|{_SIGNS}))(?P<value>{_WORD}(?: (?!{_COUNTED}){_WORD}){{0,4}}+)"
    r"(?P<end>[\"'])?(?=[\s,;/|()\[\]\u2022\u00b7.]|\Z)"
)
#: What may stand before a label on its line.
_LINE: Final = re.compile(rf"(?:\A|\n)(?:{_SIGN}|{_COUNTED}){{0,24}}+\Z")
_REACH: Final = 80
#: Lines of other fields between two.
_BETWEEN: Final = 2


class _Field(NamedTuple):
    """A label with its value: where they stand, what they are, and how programs print them, if they do.

    ``below`` each other, quoted or numbered, or as a ``pair`` of a call's arguments.
    """

    start: int
    at: int
    label: str
    value: str
    printed: Literal["below", "pair", ""]

    @property
    def end(self) -> int:
        return self.at + len(self.value)


def listed_in(text: str, start: int, end: int) -> Iterator[tuple[int, str, str]]:
    """Yield each value of the lists in a stretch of a text: where it begins, what it is, and its label."""
    labels = list(_labels(text, start, end))
    starts = [label for label, _ in labels] + [end, end]
    fields: list[_Field] = []
    for place, label in enumerate(labels):
        if fields and label[0] < fields[-1].end:
            continue  # a town is called Mobile
        stops = (min(stop, label[1] + _REACH) for stop in starts[place + 1 : place + 3])
        field = next(filter(None, (_field(text, *label, stop) for stop in stops)), None)
        if field is not None:
            fields.append(field)
    for row in _rows(text, fields):
        listed = len(row) > 1 and (
            any(_has_digit(field.value) for field in row) or all(_is_line(text, field) for field in row)
        )
        for place, field in enumerate(row):
            if (listed or field.printed != "") and _fits(field, within=0 < place < len(row) - 1):
                yield field.at, field.value, field.label


def _rows(text: str, fields: list[_Field]) -> Iterator[list[_Field]]:
    """Yield the fields that follow each other."""
    row: list[_Field] = []
    for field in fields:
        if row and not _touch(text, row[-1], field):
            yield row
            row = []
        row.append(field)
    yield row


def _labels(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where each label begins and ends."""
    for word in _LETTERS.finditer(text, start, end):
        if word[0].lower() not in LABELS:
            continue
        first = word.start()
        qualified = _QUALIFIED.search(text, max(start, first - 14), first)
        if qualified is not None and qualified["word"].lower() in QUALIFIERS:
            first = qualified.start()
        number = _NUMBER.match(text, word.end(), end)
        if number is not None and _WITHIN.search(text, max(0, first - 2), first) is None:
            yield first, number.end()


def _field(text: str, start: int, end: int, stop: int) -> _Field | None:
    """Return the field of a label whose value ends at ``stop`` or before."""
    match = _VALUE.match(text, end, stop)
    if match is None:
        return None
    signs = match["signs"]
    below, paired = "\n" in signs, "," in signs
    before = text[start - 1 : start]
    quoted = match["end"] is not None and signs[0] == match["end"] == before
    printed: Literal["below", "pair", ""] = "pair" if paired else ""
    if below and (quoted or (before == "$" and "[1]" in signs)):
        printed = "below"
    field = _Field(start, match.start("value"), text[start:end], match["value"], printed)
    if (paired and not quoted) or (below and not (signs.count("\n") < 3 and _is_line(text, field))):
        return None
    return field


def _touch(text: str, before: _Field, after: _Field) -> bool:
    """Return whether nothing but signs parts two fields, or nothing but two lines: those of fields without a kind."""
    apart = text[before.end : min(after.start, before.end + 2 * _REACH)]
    if not apart or len(apart) < after.start - before.end:
        return False
    lines = apart[0] == "\n" and apart.count("\n") <= _BETWEEN + 1 and _is_line(text, before) and _is_line(text, after)
    return lines or _APART.fullmatch(apart) is not None


def _is_line(text: str, field: _Field) -> bool:
    """Return whether a field stands first on its line."""
    return _LINE.search(text, max(0, field.start - _REACH), field.start) is not None


def _has_digit(value: str) -> bool:
    return any(map(str.isdigit, value))


def _fits(field: _Field, *, within: bool) -> bool:
    """Return whether a value looks like one of its label; of small letters it does amid other fields."""
    words = field.value.split()
    numbered = _has_digit(field.value)
    kind = kind_of_key(field.label)
    if not is_town(field.label) and kind != "NAME":
        # What a label calls a number is one without a list, too.
        return numbered and (field.printed != "" or (kind == "AGE" and len(words) == 1))
    if numbered or any(map(is_thing, words)):
        return False
    if all(word[0].isupper() for word in words):
        return field.printed != "pair" or not is_field_name(field.value)
    return within and field.value.islower() and len(words) < 3 and not any(map(is_link, words))
