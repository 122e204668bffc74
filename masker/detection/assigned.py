"""Assigned values: what programs print beside the name of a field, outside of any document that can be read as one.

Queries, messages of databases and validators, dumps and forms name a field and quote its value: ``city = 'Reading'``,
``INSERT INTO p (mrn, zip) VALUES ('66041', '45402')``, ``Key (mrn)=(66041)``, ``Duplicate entry '66041' for key
'p.mrn'``. The name says as much there as a key of JSON, also of values that are words elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
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
#: Who comes to an event (RFC 5545): "ATTENDEE;CN=Ann Example:mailto:a@example.org".
_COMMON_NAME: Final = re.compile(r"(?<=[;:])CN=\"?(?P<value>[^\"\n:;=,]{1,80}+)")
#: A heading over nothing but a name.
_HEADED: Final = re.compile(
    r"^#{1,6} (?P<name>[A-Za-z][A-Za-z ]{1,30}+):?\n{1,2}(?P<value>[A-Z][\w'.-]{1,30}+(?: [A-Z][\w'.-]{0,30}+){1,3})$",
    re.MULTILINE,
)
#: A form's field, or one of a log: "FromZip=45402&FromState=OH", "city=Reading status=open".
_PLAIN: Final = re.compile(
    r"(?<![\w.-])(?P<name>[A-Za-z_][\w.-]{0,40}+)=(?P<value>[^\s&;,\"'()\[\]{}<>=]{1,80}+)(?![\"'(=\[])"
)
#: PHP's ``print_r`` and ``var_dump``, a part of a form (RFC 7578).
_DUMPED: Final = re.compile(
    r"(?:\[[\"']?(?P<key>\w{1,40})[\"']?\] ?=>\s{1,20}(?:(?:string|int|float)\(\d{1,6}\) )?"
    r"|\bname=\"(?P<part>\w{1,40})\"(?:\r?\n[\w-]{1,30}:[^\r\n]{0,80}){0,3}\r?\n\r?\n)"
    r"\"?(?P<value>[^\r\n\"'\[\]()]{1,80})",
    re.IGNORECASE,
)
#: A value in its type, and the field and the type before it: "zip=Optional[45402]", "mrn: Some(66041)".
_TYPED: Final = re.compile(r"(?<=[a-z])[(\[]\"?(?P<value>[^\r\n\"'\[\]()]{1,80})")
_TYPE: Final = re.compile(r"(?<!\w)(?P<name>[A-Za-z_]\w{0,40})(?:=|: )[A-Z][a-zA-Z]{1,30}\Z")
#: A line with a field and its value, and nothing else: of YAML, of a table with two columns, drawn with dots or blanks.
_LINE: Final = re.compile(
    r"^[ \t>*\"'-]{0,12}+(?P<name>[A-Za-z_][\w.-]{0,30}+(?: [A-Za-z_.-]{1,20}+\d?){0,3}+)[\"']?[ \t]{0,60}+"
    r"(?:[,;|]|[:=]>?|->|\.{3,60}:?|(?<=  )(?=\d{2,17}\.0\r?$))[ \t]{0,60}+[\"']?"
    r"(?P<value>[^\r\n,;|\"'&]{1,80}+)[\"']?,?\r?$",
    re.MULTILINE,
)
#: Two values of one field, old and new, and the field before them: "MRN changed from 66040 to 66041", "age: 96 -> 97".
_ONE: Final = r"[\"'\[(]{0,2}(?P<%s>\w(?:[\w@/+-]|\.(?=\w)){0,40}+)[\"'\])]{0,2}"
_BOTH: Final = re.compile(
    rf"\bfrom {_ONE % 'a'} to {_ONE % 'b'}|\bbetween {_ONE % 'c'} and {_ONE % 'd'}"
    rf"|\b(?:expected|on file|stored|old|previous)[:=]? ?{_ONE % 'e'}[,;]?\s{{1,12}}(?:but )?"
    rf"(?:got|given|received|new|provided|entered|actual)[:=]? ?{_ONE % 'f'}",
    re.IGNORECASE,
)
_PAIRS: Final = (("a", "b"), ("c", "d"), ("e", "f"))
_ARROW: Final = re.compile(
    rf"(?: ?(?:->|\u2192|=>|!=) ?| (?:was |has been )?(?:changed|updated|corrected) to | or | through ){_ONE % 'new'}"
)
_BEFORE_ARROW: Final = re.compile(rf"(?<![\w.-]){_ONE % 'old'}\Z")
_TOLD: Final = re.compile(
    r"(?P<name>[A-Za-z][\w-]{0,30}+(?: [A-Za-z][\w-]{0,20}+){0,3}?)[\"']?(?: (?:was|is|has been|changed|updated"
    r"|corrected|amended|modified|edited|moved|went|mismatch|differs|does not match|conflict"
    r"|value|set)\b)*[ :=(\"'\n]{1,12}\Z",
    re.IGNORECASE,
)
#: Several: "zips: 45401, 45402", "ssn_last4s=['9998', '9999']".
_LIST: Final = re.compile(
    r"(?<![\w-])(?:(?P<names>[A-Za-z][\w-]{0,30}s)[\"']?[:=] ?[\[(]?|(?P<name>[A-Za-z][\w-]{0,30}+) in ?[\[(])"
    r"(?P<values>[\"']?\w[\w-]{1,30}[\"']?(?:, ?[\"']?\w[\w-]{1,30}[\"']?(?![\w ]*[:=])){0,40}+)",
    re.IGNORECASE,
)
_LISTED: Final = re.compile(r"\w[\w-]*")
#: Names of columns, before one row of values or several.
_COLUMNS: Final = re.compile(
    r"\((?P<names>[\w\"`\[\]., \t\r\n]{1,2000})\)\s{0,20}(?:values\s{0,20}|=\s{0,4})(?=\()", re.IGNORECASE
)
#: A value of a row: quoted, or plain; a function's call is one, too.
_CELL: Final = re.compile(
    r"\s{0,20}+(?:[ENB]?'(?P<single>(?:[^'\\\n]|''|\\.){0,200}+)'(?:::\w{1,30}+)?\s{0,20}+"
    r"|\"(?P<double>[^\"\n]{0,200}+)\"\s{0,20}+"
    r"|(?P<plain>(?:[^,'()\"\n]|\((?:[^()'\n]|'[^'\n]{0,80}+'){0,80}+\)){0,80}+))(?P<end>[,)])"
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
    r"(?<!relation )(?<!table )(?<!schema )(?<!property )(?<!type )"
    r"(?P<says>\b(?:values?|entry|input|was|got|received|given|found)[ :=(\[]{0,3})?"
    rf"(?<!\w)(?:{_QUOTED}|(?<=[:=] )(?P<number>\d[\w.-]{{2,30}}))",
    re.IGNORECASE,
)
#: What stands in patterns, which messages quote as well.
_OF_PATTERNS: Final = frozenset("^$*+?{}[]\\|")
#: Pydantic's: the field on a line, and what it got at the end of the next.
_PYDANTIC: Final = re.compile(
    r"(?:^|\\n)(?:[\w.-]{1,80}\.)?(?P<name>[A-Za-z_]\w{0,40})(?:\n|\\n)[ \t]{1,4}[^\n]{0,300}?\binput_value="
    r"(?:'(?P<single>[^'\n]{1,80})'|(?P<plain>[^',\n]{1,80}))",
    re.MULTILINE,
)
#: Characters that are read at a time: then others have their turn.
_STRETCH: Final = 4_000
#: Characters of a message, and the most fields that one names.
_LONGEST_MESSAGE: Final = 1_000
_MOST_NAMED: Final = 4


def assigned_in(text: str) -> Iterator[Assigned | None]:
    """Yield each value with the name of its field, whatever that names; ``None`` after each step."""
    start = 0
    while start < len(text):
        end = _end_of_stretch(text, start)
        piece = text[start:end].lower()
        characters = frozenset(piece)
        for needed, holds, read in _WRITINGS:
            if not needed.isdisjoint(characters) and holds(piece):
                yield from read(text, start, end)
        start = end
        if start < len(text):
            yield None


def _end_of_stretch(text: str, start: int) -> int:
    """Return where the stretch that begins at ``start`` ends: behind a line, else behind a blank."""
    end = start + _STRETCH
    if end < len(text):
        for mark in ("\n", " "):
            found = text.rfind(mark, start + _STRETCH // 2, end)
            if found >= 0:
                return found + 1
    return min(end, len(text))


def _quoted(text: str, start: int, end: int) -> Iterator[Assigned]:
    for sign in _SIGN.finditer(text, start, end):
        field = _FIELD.search(text, max(0, sign.start() - _REACH), sign.start())
        if field is not None:
            group = "double" if sign["double"] is not None else "single"
            yield sign.start(group), sign[group], field["name"]


def _common_names(text: str, start: int, end: int) -> Iterator[Assigned]:
    for match in _COMMON_NAME.finditer(text, start, end):
        yield match.start("value"), match["value"], "full_name"


def _headed(text: str, start: int, end: int) -> Iterator[Assigned]:
    for match in _HEADED.finditer(text, start, end):
        yield match.start("value"), match["value"], match["name"]


def _plain(text: str, start: int, end: int) -> Iterator[Assigned]:
    for match in _PLAIN.finditer(text, start, end):
        if _is_told(match["name"]):
            yield match.start("value"), match["value"], match["name"]


def _dumped(text: str, start: int, end: int) -> Iterator[Assigned]:
    for match in _DUMPED.finditer(text, start, end):
        yield match.start("value"), match["value"].rstrip(), match["key"] or match["part"]


def _typed(text: str, start: int, end: int) -> Iterator[Assigned]:
    for match in _TYPED.finditer(text, start, end):
        before = _TYPE.search(text, max(0, match.start() - _REACH), match.start())
        if before is not None:
            yield match.start("value"), match["value"].rstrip(), before["name"]


def _pydantic(text: str, start: int, end: int) -> Iterator[Assigned]:
    for match in _PYDANTIC.finditer(text, start, end):
        group = "single" if match["single"] is not None else "plain"
        yield match.start(group), match[group], match["name"]


def _both(text: str, start: int, end: int) -> Iterator[Assigned]:
    """Yield the old and the new value of a field; of what is counted there are none."""
    for both in _BOTH.finditer(text, start, end):
        name = _told_before(text, both.start())
        for group in next(pair for pair in _PAIRS if both[pair[0]] is not None) if name else ():
            yield both.start(group), both[group], name


def _arrows(text: str, start: int, end: int) -> Iterator[Assigned]:
    for arrow in _ARROW.finditer(text, start, end):
        old = _BEFORE_ARROW.search(text, max(0, arrow.start() - _REACH), arrow.start())
        # "phone 1 or 2 lines": a single sign counts, or chooses.
        long = old is not None and len(old["old"]) > 1 and len(arrow["new"]) > 1
        name = _told_before(text, old.start()) if old is not None and long else ""
        if old is not None and name:
            yield old.start("old"), old["old"], name
            yield arrow.start("new"), arrow["new"], name


def _told_before(text: str, at: int) -> str:
    """Return the name of the field before a place, or ``""`` where none is."""
    told = _TOLD.search(text, max(0, at - _REACH), at)
    return told["name"] if told is not None and _is_told(told["name"]) else ""


def _listed(text: str, start: int, end: int) -> Iterator[Assigned]:
    for match in _LIST.finditer(text, start, end):
        names = (match["name"],) if match["name"] else (match["names"][:-1], match["names"])
        name = next(filter(_is_told, names), None)
        if name is not None and (match["name"] or "," in match["values"]):
            for value in _LISTED.finditer(text, *match.span("values")):
                yield value.start(), value[0], name


def _is_told(name: str) -> bool:
    return kind_of_key(name) is not None or is_town(name)


def _lines(text: str, start: int, end: int) -> Iterator[Assigned]:
    for line in _LINE.finditer(text, start, end):
        # One word may head a sentence, or say whose: "Patient: stable".
        if kind_of_key(line["name"]) != "NAME" or len(key_words(line["name"])) > 1:
            yield line.start("value"), line["value"].rstrip(), line["name"]


def _rows(text: str, start: int, end: int) -> Iterator[Assigned]:
    """Yield the values of SQL's ``INSERT`` and of the keys in PostgreSQL's messages."""
    for match in _COLUMNS.finditer(text, start, end):
        names = [name.strip(' \t\r\n"`[]').rpartition(".")[2] for name in match["names"].split(",")]
        row = _NEXT_ROW.match(text, match.end())
        while row is not None and len(names) <= _MOST_COLUMNS:
            cells, at = _cells_of(text, row.end(), len(names))
            yield from ((begin, said, name) for (begin, said), name in zip(cells, names, strict=False))
            row = _NEXT_ROW.match(text, at) if cells else None


def _cells_of(text: str, at: int, most: int) -> tuple[list[tuple[int, str]], int]:
    """Return the cells of the row that begins at ``at``, and where it ends; no cells if there are more or fewer."""
    cells: list[tuple[int, str]] = []
    while len(cells) < most and (cell := _CELL.match(text, at)) is not None:
        group = next(name for name in ("single", "double", "plain") if cell[name] is not None)
        begin = cell.start(group) + len(cell[group]) - len(cell[group].lstrip())
        cells.append((begin, cell[group].strip()))
        at = cell.end()
        if cell["end"] == ")":
            break
    return (cells if len(cells) == most and text[at - 1] == ")" else []), at


def _messages(text: str, start: int, end: int) -> Iterator[Assigned]:
    """Yield what a message quotes, line by line, under the field that it names."""
    while start < end:
        newline = text.find("\n", start, min(end, start + _LONGEST_MESSAGE))
        stop = newline + 1 if newline >= 0 else min(end, start + _LONGEST_MESSAGE)
        yield from _message(text, start, stop)
        start = stop


def _message(text: str, start: int, end: int) -> Iterator[Assigned]:
    named = list(islice(_NAMED.finditer(text, start, end), _MOST_NAMED + 1))
    names = [(match, match["quoted"] or match["last"] or match["pointed"]) for match in named]
    told = next(((match, name) for match, name in names if kind_of_key(name) or is_town(name)), None)
    if told is None or len(named) > _MOST_NAMED:
        return
    match, name = told
    # Of these any word may be one, and messages quote other words, too.
    words = is_town(name) or kind_of_key(name) == "NAME"
    for value in _MESSAGE_VALUE.finditer(text, start, end):
        group = next(group for group in ("double", "single", "number") if value[group] is not None)
        apart = value.end() <= match.start() or value.start() >= match.end()
        if apart and (value["says"] or not words) and _OF_PATTERNS.isdisjoint(value[group]):
            yield value.start(group), value[group], name


#: What begins a value that is quoted: no apostrophe within a word.
_QUOTE: Final = re.compile(r"\"|(?<![^\W_])[bfnrue]?'")
_Reader = Callable[[str, int, int], Iterator[Assigned]]


def _has(*signs: str) -> Callable[[str], bool]:
    """Return a test for stretches, in small letters, that hold one of some signs."""
    return lambda piece: any(map(piece.__contains__, signs))


def _has_quote(piece: str) -> bool:
    return _QUOTE.search(piece) is not None


#: What reads each writing, the characters of which a stretch with one has some, and what else is asked of it.
_WRITINGS: Final[tuple[tuple[frozenset[str], Callable[[str], bool], _Reader], ...]] = (
    (frozenset("\"'"), _has_quote, _quoted),
    (frozenset("="), _has("cn="), _common_names),
    (frozenset("#"), _has("# "), _headed),
    (frozenset("="), _has("="), _plain),
    (frozenset("="), _has("=>", "name="), _dumped),
    (frozenset("(["), _has("(", "["), _typed),
    (frozenset(":=,;|>.\t "), _has(":", "=", ",", ";", "|", "->", "...", "  ", "\t"), _lines),
    (frozenset("dmnse"), _has("from ", "between ", "expected", "on file", "stored", "old", "previous"), _both),
    (frozenset(">\u2192=o"), _has("->", "\u2192", "=>", "!=", "ed to ", " or ", " through "), _arrows),
    (frozenset(":=(["), _has("s:", "s=", 's":', "s':", 's"=', "s'=", " in (", " in ["), _listed),
    (frozenset("("), _has(")=", "values", ") ="), _rows),
    (frozenset("\"'"), _has_quote, _messages),
    (frozenset("="), _has("input_value="), _pydantic),
)
