"""Messages: what databases, validators and parsers say of a value, in a sentence with its field somewhere in it.

``Duplicate entry '66041' for key 'p.mrn'``: what a message quotes, or says to be a value, is one of the field that it
names, before it or behind, in the same line or in one close by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

from masker.detection.keys import TYPES, field_of, is_told, is_town, kind_of_key

__all__ = ["OF_PATTERNS", "said_in", "validated_in"]

#: What names a field: "for column 'mrn'", "instance['mrn']", "chain: Patient["mrn"]", "data/mrn must", "Field: mrn;",
#: "to a number: MRN", "mrn must be".
_NAMED: Final = re.compile(
    r"(?:\b(?:fields?|columns?|key|property|properties|parameter|params?|argument|attribute|path|location|chain|name|number"
    r"|constraint|index|instance|element|data|body|query|valid|for)\b[\"'\]]{0,2}(?:: ?|[ /.])?[\[('\"`-]{0,2}"
    r"(?:\w{1,40}[.'\"\]\[/]{1,4}){0,6}"
    r"|^[ \t]{0,12}(?:[A-Za-z][\w.]{0,80}: ){0,2}[\"'`]?(?:\w{1,40}\.){0,4}"
    r"(?=\w{1,41}[\"'`]?:? (?:must|should|does)\b))"
    r"(?P<name>[A-Za-z_]\w{0,40})(?=['\"`\])]| ?[,;:(]|\.?$| (?:must|should|does|is)\b)",
    re.IGNORECASE | re.MULTILINE,
)
#: A value: quoted (no sentence that begins with it), behind a colon or "value", in brackets, at the beginning.
_VALUE: Final = re.compile(
    r"(?<!relation )(?<!table )(?<!schema )(?<!property )(?<!type )(?<!maximum: )(?<!actual: )"
    r"(?P<says>\b(?:values?|entry|input|was|got|received|given|found)(?: is| of| containing)?[ :=(\[]{0,3})?(?<!\w)"
    r"(?:(?!.[\w-]{1,31} (?:is|was|has|does|must)\b)"
    r"(?:\"(?P<double>(?:[^\"'\n]|(?<=\w)'(?=\w)){1,80}+)\"|'(?P<single>[^'\n]{1,80}(?:'\w[^'\n]{0,80})?)'(?!\w))"
    r"|(?<=[:=] )(?P<number>\d[\w.-]{2,30})|(?<=value )(?P<code>(?=[\w-]{0,30}\d)[\w-]{3,30})"
    r"|(?:(?<=value [(\[])|(?<=value is [(\[]))(?P<held>[^\s()\[\]](?:[^()\[\]\n]{0,79}[^\s()\[\]])?)(?=[)\]])"
    r"|(?:^[ \t]{0,12}|(?<=[\"']))(?P<first>(?=\w{0,30}\d)\w[\w-]{2,30})(?=$| (?:is|was|has|does|must)\b))",
    re.IGNORECASE | re.MULTILINE,
)
_VALUES: Final = ("double", "single", "number", "code", "held", "first")
#: A value of a line that names no field itself, and what stands before one in code.
_CODE: Final = re.compile(r"(?=[^\d\n]{0,30}\d)[\w@+-][\w@+.-]{2,40}")
_OF_CODE: Final = frozenset("=([{,+")
#: The value of a column that a database does not name: it knows nothing but the type, or that it is a key.
_STORED: Final = re.compile(
    r"\b(?:key value is \(|(?:(?:n?var)?char|n?text|string|uuid|(?:big|small)?int(?:eger)?\d{0,2}) value:? ['\"])"
    r"(?P<value>(?=[\w-]{0,30}\d)\w[\w-]{3,30})(?=['\")])",
    re.IGNORECASE,
)
#: What stands in patterns, which messages quote as well.
OF_PATTERNS: Final = frozenset("^$*+?{}[]\\|")
#: Pydantic's: the field on a line, and what it got at the end of the next.
_PYDANTIC: Final = re.compile(
    r"(?:^|\\n)(?:[\w.-]{1,80}\.)?(?P<name>[A-Za-z_]\w{0,40})(?:\n|\\n)[ \t]{1,4}[^\n]{0,300}?\binput_value="
    r"(?:'(?P<single>[^'\n]{1,80})'|(?P<plain>[^',\n]{1,80}))",
    re.MULTILINE,
)
#: An exception, and what code is given in brackets.
_RAISED: Final = re.compile(r"[ \t]{0,8}(?:[\w.]{0,60}\.)?\w{0,40}(?:Error|Exception|Fault)\b")
_GIVEN: Final = re.compile(r"[\[(][\"']?(?P<name>[A-Za-z_][\w.]{1,60})[\"']?[\])]")
#: Characters of a message, the most fields that one names, and lines from what it says to the field that it names.
_LONGEST_MESSAGE: Final = 1_000
_MOST_NAMED: Final = 4
_NEAR: Final = 3


class _Line(NamedTuple):
    """A line of a message: where it stands, whether it names fields, and the one whose values it says."""

    start: int
    end: int
    names: bool
    field: re.Match[str] | None


def said_in(text: str, start: int, end: int) -> Iterator[tuple[int, str, str]]:
    """Yield each value of a message in a stretch of a text: where it begins, what it is, and the name of its field."""
    lines = [_line(text, *place) for place in _lines_of(text, start, end)]
    for place, line in enumerate(lines):
        if line.field is not None:
            name = line.field["name"]
            words = is_town(name) or kind_of_key(name) == "NAME"
            for at, said, says in _said(text, line):
                # Messages quote other words, too.
                if says or (not words and any(map(str.isdigit, said))):
                    yield at, said, name
        elif not line.names:
            yield from _borrowed(text, line, _field_near(text, lines, place))


def validated_in(text: str, start: int, end: int) -> Iterator[tuple[int, str, str]]:
    """Yield the same of pydantic's messages."""
    for match in _PYDANTIC.finditer(text, start, end):
        group = "single" if match["single"] is not None else "plain"
        yield match.start(group), match[group], match["name"]


def _lines_of(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        newline = text.find("\n", start, min(end, start + _LONGEST_MESSAGE))
        stop = newline if newline >= 0 else min(end, start + _LONGEST_MESSAGE)
        yield start, stop
        start = stop + (newline >= 0)


def _line(text: str, start: int, end: int) -> _Line:
    fields = (match for match in _NAMED.finditer(text, start, end) if match["name"].lower() not in TYPES)
    named = list(islice(fields, _MOST_NAMED + 1))
    told = next((match for match in named if is_told(match["name"])), None)
    return _Line(start, end, bool(named), told if len(named) <= _MOST_NAMED else None)


def _field_near(text: str, lines: list[_Line], place: int) -> str:
    """Return the field that the line before names, of which this one is a part, or else one of the next lines."""
    before = lines[place - 1].field if place and text[lines[place].start : lines[place].end][:1] in " \t" else None
    below = (line.field for line in lines[place + 1 : place + 1 + _NEAR] if line.names)
    field = before or next(below, None)
    if field is None and _RAISED.match(text, lines[place].start, lines[place].end):
        return _field_of_code(text, lines[max(0, place - _NEAR) : place])
    return field["name"] if field is not None else ""


def _field_of_code(text: str, lines: list[_Line]) -> str:
    """Return the field that code above an exception was given last: ``by_number[mrn]``, ``int(row["mrn"])``."""
    names = [field_of(given["name"]) for line in lines for given in _GIVEN.finditer(text, line.start, line.end)]
    return next(filter(is_told, reversed(names)), "")


def _said(text: str, line: _Line) -> Iterator[tuple[int, str, bool]]:
    """Yield where each value of a line begins, what it is, and whether the message says that it is one."""
    for value in _VALUE.finditer(text, line.start, line.end):
        group = next(group for group in _VALUES if value[group] is not None)
        apart = line.field is None or value.end() <= line.field.start() or value.start() >= line.field.end()
        if apart and OF_PATTERNS.isdisjoint(value[group]):
            yield value.start(group), value[group], value["says"] is not None


def _borrowed(text: str, line: _Line, name: str) -> Iterator[tuple[int, str, str]]:
    """Yield the codes of a line that names no field, under that of a line close by, or else what it calls stored."""
    whole = text[line.start : line.end]
    for at, said, _ in _said(text, line) if name else ():
        alone = whole[:1] in " \t" and whole.strip(" \t\r\"'") == said
        if alone or (_CODE.fullmatch(said) and _OF_CODE.isdisjoint(text[max(line.start, at - 3) : at])):
            yield at, said, name
    for stored in _STORED.finditer(text, line.start, line.end) if not name else ():
        yield stored.start("value"), stored["value"], "reference number"
