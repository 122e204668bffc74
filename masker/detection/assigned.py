"""Assigned values: what programs print beside the name of a field, outside of any document that can be read as one.

Queries, messages of databases and validators, dumps and forms name a field and quote its value: ``city = 'Reading'``,
``INSERT INTO p (mrn, zip) VALUES ('66041', '45402')``, ``Key (mrn)=(66041)``, ``Duplicate entry '66041' for key
'p.mrn'``. The name says as much there as a key of JSON, also of values that are words elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from masker.detection.keys import is_town, key_words, kind_of_key

__all__ = ["assigned_in"]

#: Where each value begins, what it is, and what it is called.
Assigned = tuple[int, str, str]

_QUOTED: Final = r"(?:\"(?P<double>[^\"\n]{1,80})\"|'(?P<single>[^'\n]{1,80}(?:'\w[^'\n]{0,80})?)'(?!\w))"
#: A sign, or a word of SQL, before a quoted value; and the field before that.
_SIGN: Final = re.compile(
    rf"(?:=>|[!<>:=]?=[=~]?|:|<>|\b(?:i?like|is|eq)\b)[ \t]{{0,4}}(?:[bfnru]?|[A-Z][\w.]{{0,30}}[(\[]){_QUOTED}",
    re.IGNORECASE,
)
_FIELD: Final = re.compile(r"(?P<name>[A-Za-z_][\w-]{0,40})[\"'`\])]{0,2}[ \t]{0,12}(?:not |NOT )?\Z")
_REACH: Final = 64
#: PHP's ``print_r`` and ``var_dump``, a part of a form (RFC 7578), a value in its type: ``zip=Optional[45402]``.
_DUMPED: Final = re.compile(
    r"(?:\[[\"']?(?P<key>\w{1,40})[\"']?\] ?=>\s{1,20}(?:(?:string|int|float)\(\d{1,6}\) )?"
    r"|\bname=\"(?P<part>\w{1,40})\"(?:\r?\n[\w-]{1,30}:[^\r\n]{0,80}){0,3}\r?\n\r?\n"
    r"|(?<!\w)(?P<typed>[A-Za-z_]\w{0,40})(?:=|: )(?-i:[A-Z])[a-zA-Z]{1,30}[(\[])"
    r"\"?(?P<value>[^\r\n\"'\[\]()]{1,80})",
    re.IGNORECASE,
)
#: A line with a field and its value, and nothing else: of YAML, of a table with two columns, drawn with dots or blanks.
_LINE: Final = re.compile(
    r"^[ \t>*\"'-]{0,12}+(?P<name>[A-Za-z_][\w.-]{0,30}+(?: [A-Za-z_.-]{1,20}+\d?){0,3}+)[\"']?[ \t]{0,60}+"
    r"(?:[,;|]|[:=]>?|->|\.{3,60}:?)[ \t]{0,60}+[\"']?(?P<value>[^\r\n,;|\"']{1,80}+)[\"']?,?\r?$",
    re.MULTILINE,
)
#: Names of columns, before one row of values or several.
_COLUMNS: Final = re.compile(
    r"\((?P<names>[\w\"`\[\]., \t\r\n]{1,2000})\)\s{0,20}(?:values\s{0,20}|=\s{0,4})(?=\()", re.IGNORECASE
)
_CELL: Final = re.compile(
    r"\s{0,20}(?:[ENB]?'(?P<single>(?:[^'\n]|''){0,200})'|\"(?P<double>[^\"\n]{0,200})\"|(?P<plain>[^,'()\"\n]{0,80}))\s{0,20}(?P<end>[,)])"
)
_NEXT_ROW: Final = re.compile(r"\s{0,20},?\s{0,20}\(")
_MOST_COLUMNS: Final = 200
#: A line of a message that names a field: "for column 'mrn'", "on instance['mrn']", "field [mrn]", "data/mrn must".
_NAMED: Final = re.compile(
    r"\b(?:fields?|columns?|key|property|properties|parameter|param|argument|attribute|path|instance|element|for)\b(?:"
    r" ?[\[('\"`]{1,2}(?:\w{1,40}[.'\"\]\[/]{1,4}){0,6}(?P<quoted>[A-Za-z_]\w{0,40})['\"`\])]"
    r"| (?P<last>[a-z_]\w{0,40})(?=\.?$))"
    r"|\b(?:data|instance|body|params|query)[/.](?P<pointed>\w{1,40}) (?:must|should|is)\b",
    re.IGNORECASE | re.MULTILINE,
)
_MESSAGE_VALUE: Final = re.compile(
    r"(?P<says>\b(?:values?|entry|input|was|got|received|given|found)[ :=(\[]{0,3})?"
    rf"(?<!\w)(?:{_QUOTED}|(?<=[:=] )(?P<number>\d[\w.-]{{2,30}}))",
    re.IGNORECASE,
)
#: What stands in patterns, which messages quote as well.
_OF_PATTERNS: Final = frozenset("^$*+?{}[]\\|")
#: Pydantic's: the field on a line, and what it got at the end of the next.
_PYDANTIC: Final = re.compile(
    r"^(?:[\w.-]{1,80}\.)?(?P<name>[A-Za-z_]\w{0,40})\n[ \t]{1,4}[^\n]{0,300}?\binput_value="
    r"(?:'(?P<single>[^'\n]{1,80})'|(?P<plain>[^',\n]{1,80}))",
    re.MULTILINE,
)
_LONGEST_LINE: Final = 400


def assigned_in(text: str) -> Iterator[Assigned]:
    """Yield each value with the name of its field, whatever that names."""
    if "=" in text or ":" in text or "'" in text:
        yield from _quoted(text)
        yield from _dumped(text)
    yield from _lines(text)
    if "(" in text and ("=" in text or "values" in text.lower()):
        yield from _rows(text)
    if "'" in text or '"' in text:
        yield from _messages(text)
    if "input_value=" in text:
        for match in _PYDANTIC.finditer(text):
            group = "single" if match["single"] is not None else "plain"
            yield match.start(group), match[group], match["name"]


def _quoted(text: str) -> Iterator[Assigned]:
    for sign in _SIGN.finditer(text):
        field = _FIELD.search(text, max(0, sign.start() - _REACH), sign.start())
        if field is not None:
            group = "double" if sign["double"] is not None else "single"
            yield sign.start(group), sign[group], field["name"]


def _dumped(text: str) -> Iterator[Assigned]:
    for match in _DUMPED.finditer(text):
        yield match.start("value"), match["value"].rstrip(), match["key"] or match["part"] or match["typed"]


def _lines(text: str) -> Iterator[Assigned]:
    for line in _LINE.finditer(text):
        # One word may head a sentence, or say whose: "Patient: stable".
        if kind_of_key(line["name"]) != "NAME" or len(key_words(line["name"])) > 1:
            yield line.start("value"), line["value"].rstrip(), line["name"]


def _rows(text: str) -> Iterator[Assigned]:
    """Yield the values of SQL's ``INSERT`` and of the keys in PostgreSQL's messages."""
    for match in _COLUMNS.finditer(text):
        names = [name.strip(' \t\r\n"`[]').rpartition(".")[2] for name in match["names"].split(",")]
        row = _NEXT_ROW.match(text, match.end())
        while row is not None and len(names) <= _MOST_COLUMNS:
            at = row.end()
            cells: list[tuple[int, str]] = []
            while len(cells) < len(names) and (cell := _CELL.match(text, at)) is not None:
                group = next(name for name in ("single", "double", "plain") if cell[name] is not None)
                cells.append((cell.start(group), cell[group].rstrip()))
                at = cell.end()
                if cell["end"] == ")":
                    break
            if len(cells) == len(names):
                yield from ((start, said, name) for (start, said), name in zip(cells, names, strict=True))
            row = _NEXT_ROW.match(text, at) if cells and text[at - 1] == ")" else None


def _messages(text: str) -> Iterator[Assigned]:
    """Yield what a message quotes in the line in which it names one field."""
    for named in _NAMED.finditer(text):
        name = named["quoted"] or named["last"] or named["pointed"]
        kind = kind_of_key(name)
        words = kind == "NAME" or is_town(name)  # of these any word may be one, and messages quote other words, too
        if kind is None and not words:
            continue
        start = max(text.rfind("\n", 0, named.start()) + 1, named.start() - _LONGEST_LINE)
        end = text.find("\n", named.end(), named.end() + _LONGEST_LINE)
        for value in _MESSAGE_VALUE.finditer(
            text, start, end if end >= 0 else min(len(text), named.end() + _LONGEST_LINE)
        ):
            group = next(group for group in ("double", "single", "number") if value[group] is not None)
            apart = value.end() <= named.start() or value.start() >= named.end()
            if apart and (value["says"] or not words) and _OF_PATTERNS.isdisjoint(value[group]):
                yield value.start(group), value[group], name
