"""Told values: what a label in markup tells of the value beside it, read as "Label: value".

Prompts are written in Markdown ("**Admitted:** 3/2"), records come in tables ("| DOB | 3/14 |") and in HTML
("<dt>Age</dt><dd>97</dd>"). To who reads them they say what "Admitted: 3/2" says. So a text with such fields is
searched as it stands, and its fields once more by themselves, each on a line, without what stands around label and
value.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from masker.core.spans import Span
from masker.detection.keys import is_field_name

__all__ = ["Told", "told"]

#: What all markup has one of.
_SIGNS: Final = ("*", "`", "|", "<", "_")
_TAG: Final = r"</?[A-Za-z][\w:.-]{0,40}+(?:[\s/=][^<>]{0,2000})?>"
#: Markdown's marks, and bars with a blank beside them, unlike HL7's; what joins words ("first_name") is no mark.
_MARK: Final = r"[*`]++|(?<!\w)_++|_++(?!\w)|\|(?=[ \t*`_])|(?<=[ \t*`_])\|"
#: What joins a label and its value, beside the markup.
_JOIN: Final = r"[:=]>?|->|[-\u2013\u2014\u2192](?=[ \t*_`<])"
_MARKUP: Final = re.compile(
    rf"(?:(?:[:=]|[ \t][-\u2013\u2014\u2192])[ \t]{{0,8}})?(?:{_MARK}|{_TAG})"
    rf"(?:\s{{0,80}}{_TAG}|[ \t]{{0,8}}(?:{_MARK}|{_JOIN}))*+"
)
_TAGS: Final = re.compile(_TAG)
_JOINS: Final = re.compile(_JOIN)
_MARKS: Final = ("*", "_", "`")
#: The border of two cells of a row in HTML.
_CELLS: Final = re.compile(r"</t[dh]>\s{0,80}<td", re.IGNORECASE)
#: What ends so is no label, and what begins so is no value: rows, items of a list, links, code, what a speaker says.
_APART: Final = re.compile(r"</(?:tr|li|dd|option|a|code|v)>|<(?:tr|th|li|dt)[ >]", re.IGNORECASE)
#: An element that is none of HTML's begins: what it holds is called like it ("<city>Reading</city><visits>3</visits>").
_OWN_NAME: Final = re.compile(
    r"<(?!(?:a|abbr|b|big|br|caption|center|cite|code|dd|div|dl|dt|em|figcaption|font|h[1-6]|hr|i|input|label|legend|li"
    r"|mark|ol|option|output|p|pre|q|s|samp|section|select|small|span|strong|sub|summary|sup|t[bdhr]|table|tbody|tfoot|thead"
    r"|time|tt|u|ul|var|wbr)\b)[A-Za-z]",
    re.IGNORECASE,
)
#: What may stand before a label on its line: bullets, numbers, signs of quotation and headings.
_BULLETS: Final = re.compile(r"[\W\d_]*+")
#: Longer labels are sentences; what comes later in a value is told by the words around it.
_LONGEST_LABEL: Final = 40
_LONGEST_VALUE: Final = 80
#: Characters beside some markup that are looked at, and how many of them may be blanks.
_REACH: Final = 200
_BLANKS: Final = 40


class Told:
    """The fields of a text.

    Attributes:
        text: "Label: value" of each, on a line of its own.
    """

    __slots__ = ("_ends", "_shifts", "_starts", "text")

    def __init__(self, text: str, starts: list[int], ends: list[int], shifts: list[int]) -> None:
        self.text = text
        self._starts = starts
        self._ends = ends
        self._shifts = shifts

    def __repr__(self) -> str:
        return f"Told(length={len(self.text)}, fields={len(self._starts)})"

    def placed(self, spans: Iterable[Span]) -> Iterator[Span]:
        """Yield the findings within one value as they stand in the source; labels were searched there."""
        for span in spans:
            field = bisect_right(self._starts, span.start) - 1
            if field >= 0 and span.end <= self._ends[field]:
                yield span.shifted(self._shifts[field])


def told(text: str) -> Told | None:
    """Return the fields in a text's markup, or ``None`` if it has none."""
    if not any(map(text.__contains__, _SIGNS)):
        return None
    lines: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    shifts: list[int] = []
    length = 0
    for label, start, end in _fields(text):
        lines.append(f"{label}: {text[start:end]}\n")
        length += len(lines[-1])
        ends.append(length - 1)
        starts.append(length - 1 - (end - start))
        shifts.append(start - starts[-1])
    return Told("".join(lines), starts, ends, shifts) if lines else None


def _fields(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each label with the place of its value."""
    before: re.Match[str] | None = None
    between: re.Match[str] | None = None
    for after in chain(_MARKUP.finditer(text), (None,)):
        if between is not None and (label := _label(text, before, between, after)):
            value = _value(text, between.end(), len(text) if after is None else after.start())
            if value is not None:
                yield label, *value
        before, between = between, after


def _label(text: str, before: re.Match[str] | None, between: re.Match[str], after: re.Match[str] | None) -> str:
    """Return the label that ends at the markup ``between``, or ``""`` if none does."""
    start = max(before.end() if before else 0, between.start() - _REACH)
    line = text[start : between.start()].strip().rpartition("\n")[2]
    label = _BULLETS.sub("", line, count=1).rstrip(" \t:=")
    if _JOINS.search(_TAGS.sub("", between[0])):
        label = label.rpartition(": ")[2]
        return label if len(label) <= _LONGEST_LABEL else label[-_LONGEST_LABEL:].partition(" ")[2]
    if len(label) > _LONGEST_LABEL or ": " in label or _APART.search(between[0]) or _OWN_NAME.search(between[0]):
        return ""
    if "|" in between[0] or _CELLS.search(between[0]):
        row = any(markup is not None and _parts_cells(text, markup) for markup in (before, after))
        tells = not row or between[0].startswith(_MARKS) or is_field_name(label.replace(" ", "_"))
    elif "</" in between[0]:
        tells = not _is_within_word(text, between)
    else:
        tells = before is not None and _heads_line(text, before, between)
    return label if tells else ""


def _parts_cells(text: str, markup: re.Match[str]) -> bool:
    """Return whether markup parts two cells of one row, unlike the bars around that."""
    if "|" not in markup[0]:
        return _CELLS.search(markup[0]) is not None
    start, end = markup.span()
    left, right = text[max(0, start - _BLANKS) : start].rstrip(" \t"), text[end : end + _BLANKS].lstrip(" \t\r")
    return left != "" and right != "" and not left.endswith("\n") and not right.startswith("\n")


def _is_within_word(text: str, markup: re.Match[str]) -> bool:
    """Return whether a mark stands amid a word: "<em>Oko</em>nkwo"."""
    start, end = markup.span()
    return markup[0].count("<") < 2 and text[start - 1 : start].isalpha() and text[end : end + 1].islower()


def _heads_line(text: str, before: re.Match[str], after: re.Match[str]) -> bool:
    """Return whether what is marked stands first on its line: "- **Admitted** 3/2"."""
    line = text[max(0, before.start() - _BLANKS) : before.end()].rpartition("\n")[2]
    marked = line[-1:] == text[after.start()] and not _is_within_word(text, after)
    return marked and _BULLETS.fullmatch(line) is not None


def _value(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the place of the value that begins between two stretches of markup, or ``None`` if none does."""
    said = text[start : min(end, start + _REACH)]
    value = said.lstrip() if text[start - 1] == ">" else said.lstrip(" \t")
    start += len(said) - len(value)
    value = value.partition("\n")[0].rstrip()
    if len(value) > _LONGEST_VALUE:
        value = value[:_LONGEST_VALUE].rpartition(" ")[0]
    if not any(map(str.isalnum, value)) or is_field_name(value.rstrip(":").replace(" ", "_")):
        return None
    return start, start + len(value)
