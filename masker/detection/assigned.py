"""Assigned values: what programs print beside the name of a field, outside of any document that can be read as one.

Code, queries, dumps, forms and logs name a field and then its value: ``city = 'Reading'``, ``setMrn("66041")``,
``INSERT INTO p (mrn, zip) VALUES ('66041', '45402')``, ``Key (mrn)=(66041)``. The name says as much there as a key of
JSON, also of values that are words elsewhere. What a message says of a field in a sentence is `messages`' business.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from masker.detection.keys import TOWNS, TYPES, field_of, is_name_part, is_told, is_town, key_words, kind_of_key
from masker.detection.listed import listed_in
from masker.detection.messages import OF_PATTERNS, said_in, validated_in

__all__ = ["assigned_in"]

#: Where each value begins, what it is, and what it is called.
Assigned = tuple[int, str, str]

_QUOTED: Final = r"(?:\"(?P<double>[^\"\n]{1,80})\"|'(?P<single>[^'\n]{1,80}(?:'\w[^'\n]{0,80})?)'(?!\w))"
#: The name of a field and all that programs put between it and its value: its type, whose it is, a sign, a word of SQL,
#: brackets (``mrn: str = "66041"``, ``["mrn":"Patient":private]=> string(5) "66041"``, ``zip=Optional[45402]``).
_HEAD: Final = re.compile(
    r"(?<!\w)(?<!\w[.-])(?P<name>[A-Za-z_][\w.-]{0,60}+)"
    r"(?P<after>\(\)|[\"'`]?(?::{1,2} ?\"?[A-Za-z][\w\\<>.?]{0,40}+\"?){0,2}[\"'`\])]{0,2})[ \t]{0,12}+(?:not )?"
    r"(?P<sign>=>\s{0,20}+|(?:[!<>:=]?=[=~]?|<>|[:<>(\[]|(?:i?like|is|eq)\b|in\b(?=[ \t]{0,4}[\[({]))[ \t]{0,4}+"
    r"|(?<=[ \t])(?=[\"']))"
    r"(?=(?P<type>[A-Za-z][\w.]{0,30}+(?:\(\d{1,6}\) |(?=[(\[])))?+(?P<open>[\[({]{0,2}+)[\"'\w+.-])",
    re.IGNORECASE,
)
#: One value, and that there is another; what a type holds.
_ITEM: Final = re.compile(
    rf"\s{{0,20}}+(?:[bfnrue]?{_QUOTED}|(?P<plain>[^\s&;,\"'()\[\]{{}}<>=]{{1,80}}+)(?![\"'(=\[]))", re.IGNORECASE
)
_MORE: Final = re.compile(r"\s{0,8}+,(?!\s{0,80}+[\w\"'.-]{1,40}+\s{0,4}+[:=])")
_HELD: Final = re.compile(r"[^\r\n\"'\[\](){}]{1,80}+(?=[)\]])")
_LISTED: Final = re.compile(r"\w[\w-]{1,30}")
#: What asks for one of several.
_SEVERAL: Final = re.compile(r"(?:\b|__)(?:in|isin|range|between)\b", re.IGNORECASE)
_MOST_LISTED: Final = 40
#: A number that is hardly a count or a size.
_LONG: Final = re.compile(r"\d(?:[-./ ]?\d){3}")
#: Who comes to an event (RFC 5545): "ATTENDEE;CN=Ann Example:mailto:a@example.org".
_COMMON_NAME: Final = re.compile(r"(?<=[;:])CN=\"?(?P<value>[^\"\n:;=,]{1,80}+)")
#: A heading over nothing but a name.
_HEADED: Final = re.compile(
    r"^#{1,6} (?P<name>[A-Za-z][A-Za-z ]{1,30}+):?\n{1,2}(?P<value>[A-Z][\w'.-]{1,30}+(?: [A-Z][\w'.-]{0,30}+){1,3})$",
    re.MULTILINE,
)
#: A part of a form (RFC 7578).
_PART: Final = re.compile(
    r"\bname=\"(?P<name>\w{1,40})\"(?:\r?\n[\w-]{1,30}:[^\r\n]{0,80}){0,3}\r?\n\r?\n"
    r"\"?(?P<value>[^\r\n\"'\[\]()]{1,80})",
    re.IGNORECASE,
)
#: The number of a thing in a path: "/api/patients/66041/phones", "patients[66041]"; and the thing before it.
_STEP: Final = re.compile(r"(?<=[a-z])[/\[](?P<value>(?=[A-Z-]{0,8}\d)[A-Z\d-]{5,36})(?=[\]/?#&\s\"',;)]|\Z)")
_THING: Final = re.compile(r"(?<![A-Za-z])[a-z][a-z_-]{2,30}\Z")
#: A line with a field and its value, and nothing else: of YAML, of a table with two columns, drawn with dots or
#: blanks, of PHP's ``print_r``.
_LINE: Final = re.compile(
    r"^[ \t>*\"'\[-]{0,12}+(?P<name>[A-Za-z_][\w.-]{0,30}+(?: [A-Za-z_.-]{1,20}+\d?){0,3}+)"
    r"[\"']?(?:(?::\"?[\w\\]{1,40}+\"?){0,2}\])?+[ \t]{0,60}+"
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
_REACH: Final = 64
_TOLD: Final = re.compile(
    r"(?P<name>[A-Za-z][\w-]{0,30}+(?: [A-Za-z][\w-]{0,20}+){0,3}?)[\"']?(?: (?:was|is|has been|changed|updated"
    r"|corrected|amended|modified|edited|moved|went|mismatch|differs|does not match|conflict"
    r"|value|set)\b)*[ :=(\"'\n]{1,12}\Z",
    re.IGNORECASE,
)
#: What is expected of a field by code that tests it, before its path or behind: ``assertEquals("66041", p.getMrn())``,
#: ``assertThat(p.getMrn()).isEqualTo("66041")``.
_EXPECTED: Final = re.compile(
    rf"\(\s{{0,8}}(?:{_QUOTED}|(?P<plain>\d{{2,17}})),\s{{0,8}}(?P<path>[A-Za-z_]\w{{0,40}}(?:\.\w{{1,40}}){{1,4}})(?:\(\))?\s{{0,8}}[,)]"
)
_PROVEN: Final = re.compile(
    r"\((?P<path>[A-Za-z_]\w{0,40}(?:\.\w{1,40}){1,4})(?:\(\))?\)(?:\.not)?\.\w{2,20}\("
    rf"(?:{_QUOTED}|(?P<plain>\d{{2,17}}))\)"
)
#: An object as Django prints it, and the rows of one column as pandas does: "<Patient: Ann Example (66041)>",
#: "0    66041\n1    66042\nName: mrn, dtype: object", "Index(['66041'], dtype='object', name='mrn')".
_OBJECT: Final = re.compile(
    r"<(?P<thing>[A-Z]\w{2,30}): [^<>()\n]{0,60}\((?P<value>(?=[A-Z-]{0,8}\d)[A-Za-z\d-]{4,36})\)>"
)
_SERIES: Final = re.compile(r"^Name: (?P<name>[A-Za-z_]\w{0,30}), (?:Length: \d{1,9}, )?dtype: ", re.MULTILINE)
_CELL_OF_SERIES: Final = re.compile(r"(?:\S{1,40}[ \t]{2,60})(?P<value>\S[^\n]{0,80})")
_INDEX: Final = re.compile(
    r"\bIndex\(\[(?P<values>[^\[\]]{1,2000})\],\s{1,20}dtype=[^()]{1,60}?name='(?P<name>\w{1,30})'", re.IGNORECASE
)
_OF_INDEX: Final = re.compile(r"'([^'\n]{1,80})'|([\w.-]{1,40})")
#: Names of columns, or what an index makes of them, before one row of values or several.
_COLUMNS: Final = re.compile(
    r"\((?P<names>(?:[\w\"`\[\]., \t\r\n:]|\([^()]{0,80}+\)){1,2000}+)\)\s{0,20}(?:values\s{0,20}|=\s{0,4})(?=\()",
    re.IGNORECASE,
)
_BETWEEN_COLUMNS: Final = re.compile(r",(?![^()]{0,80}\))")
_COLUMN: Final = re.compile(r"\w[\w.]*+")
#: A value of a row: quoted, or plain; a function's call is one, too.
_CELL: Final = re.compile(
    r"\s{0,20}+(?:[ENB]?'(?P<single>(?:[^'\\\n]|''|\\.){0,200}+)'(?:::\w{1,30}+)?\s{0,20}+"
    r"|\"(?P<double>[^\"\n]{0,200}+)\"\s{0,20}+"
    r"|(?P<plain>(?:[^,'()\"\n]|\((?:[^()'\n]|'[^'\n]{0,80}+'){0,80}+\)){0,80}+))(?P<end>[,)])"
)
_NEXT_ROW: Final = re.compile(r"\s{0,20},?\s{0,20}\(")
_MOST_COLUMNS: Final = 200
#: Characters that are read at a time: then others have their turn.
_STRETCH: Final = 4_000


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


def _beside(text: str, start: int, end: int) -> Iterator[Assigned]:
    for head in _HEAD.finditer(text, start, end):
        name = _field(head)
        plural = name.endswith("s") and is_told(name[:-1])
        name = name[:-1] if plural else name
        told = plural or is_told(name)
        several = told and (plural or _SEVERAL.search(head[0]) is not None)
        values = list(_values(text, head, _MOST_LISTED if several else 1))
        listed = several and (not plural or len(values) > 1)
        for at, said, quoted in values:
            if (
                _is_value(said, head, quoted=quoted)
                or (told and _is_told_by(said, name, head, quoted=quoted))
                or (listed and _is_listed(said, head, quoted=quoted))
            ):
                yield at, said, name


def _field(head: re.Match[str]) -> str:
    """Return the field that a path names, before what says whose it is (``mrn::text``) or behind (``patient::mrn``)."""
    name = field_of(head["name"])
    if ":" not in head["after"] or is_told(name):
        return name
    return field_of(head["after"].rpartition(":")[2].strip("\"'`)] ")) or name


def _values(text: str, head: re.Match[str], most: int) -> Iterator[tuple[int, str, bool]]:
    """Yield where each value behind a field's name begins, what it is, and whether it is quoted."""
    at = head.end("open")
    held = _HELD.match(text, at) if head["type"] and head["open"] else None
    if held is not None:
        yield at, held[0].rstrip(), False
        return
    for _ in range(most):
        item = _ITEM.match(text, at)
        if item is None:
            return
        group = next(group for group in ("double", "single", "plain") if item[group] is not None)
        yield item.start(group), item[group], group != "plain"
        more = _MORE.match(text, item.end())
        if more is None:
            return
        at = more.end()


def _is_value(said: str, head: re.Match[str], *, quoted: bool) -> bool:
    """Return whether a value is one whatever its field's name says: it is quoted, or its type holds it."""
    if head["sign"][:1] in "([":  # or none
        return False
    if quoted:
        return not head["open"] or (head["type"] is not None and OF_PATTERNS.isdisjoint(said))
    constructed = head["type"] is not None and head["type"][0].isupper() and head["open"] != ""
    return constructed and _touches(head) and head["sign"] in ("=", ": ")


def _is_told_by(said: str, name: str, head: re.Match[str], *, quoted: bool) -> bool:
    """Return whether a value is one of a field whose name tells a kind: it looks so, or stands where only one can."""
    sign = head["sign"].rstrip()
    number = _LONG.search(said) is not None or (said.isdigit() and kind_of_key(name) == "AGE")
    if sign == "[":
        return quoted and number
    if not sign:
        return is_town(name) or is_name_part(name)
    if sign == "(":
        # setMrn("66041"), .city("Reading"). A single word is as often any function's name.
        before = head.string[head.start() - 1 : head.start()]
        called = before == "." or "." in head["name"] or len(key_words(head["name"])) > 1
        return called and (number or (quoted and (is_town(name) or is_name_part(name))))
    if head["type"] is not None:
        return number and (head["type"][0].isupper() or head["type"].partition("(")[0].lower() in TYPES)
    if head["open"] or head["after"] == "()" or sign == "=>":
        return number
    return sign == "=" and _touches(head)


def _is_listed(said: str, head: re.Match[str], *, quoted: bool) -> bool:
    if head["type"] is not None or head["sign"][:1] in ("", "(") or not (head["open"] or _touches(head)):
        return False
    return quoted or _LISTED.fullmatch(said) is not None


def _touches(head: re.Match[str]) -> bool:
    """Return whether the sign stands right behind the field's name, as it does where nobody says a sentence."""
    return head.end("after") == head.start("sign")


def _common_names(text: str, start: int, end: int) -> Iterator[Assigned]:
    for match in _COMMON_NAME.finditer(text, start, end):
        yield match.start("value"), match["value"], "full_name"


def _headed(text: str, start: int, end: int) -> Iterator[Assigned]:
    for match in _HEADED.finditer(text, start, end):
        yield match.start("value"), match["value"], match["name"]


def _parts(text: str, start: int, end: int) -> Iterator[Assigned]:
    for part in _PART.finditer(text, start, end):
        yield part.start("value"), part["value"].rstrip(), part["name"]


def _steps(text: str, start: int, end: int) -> Iterator[Assigned]:
    for step in _STEP.finditer(text, start, end):
        thing = _THING.search(text, max(0, step.start() - _REACH), step.start())
        if thing is not None:
            yield step.start("value"), step["value"], f"{thing[0].removesuffix('s')}_id"


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


def _expected(text: str, start: int, end: int) -> Iterator[Assigned]:
    for pattern in (_EXPECTED, _PROVEN):
        for match in pattern.finditer(text, start, end):
            group = next(group for group in ("double", "single", "plain") if match[group] is not None)
            yield match.start(group), match[group], field_of(match["path"])


def _objects(text: str, start: int, end: int) -> Iterator[Assigned]:
    for match in _OBJECT.finditer(text, start, end):
        yield match.start("value"), match["value"], f"{match['thing']}_id"


def _frames(text: str, start: int, end: int) -> Iterator[Assigned]:
    """Yield the values of the rows above the name of their column, and of an index behind which its name stands."""
    for series in _SERIES.finditer(text, start, end):
        below = series.start()
        while below > start:
            line = text.rfind("\n", start, below - 1) + 1 or start
            cell = _CELL_OF_SERIES.fullmatch(text, line, below - 1)
            if cell is None:
                break
            yield cell.start("value"), cell["value"], series["name"]
            below = line
    for index in _INDEX.finditer(text, start, end):
        for value in _OF_INDEX.finditer(text, *index.span("values")):
            yield value.start(value.lastindex or 0), value[value.lastindex or 0], index["name"]


def _told_before(text: str, at: int) -> str:
    """Return the name of the field before a place, or ``""`` where none is."""
    told = _TOLD.search(text, max(0, at - _REACH), at)
    return told["name"] if told is not None and is_told(told["name"]) else ""


def _lines(text: str, start: int, end: int) -> Iterator[Assigned]:
    for line in _LINE.finditer(text, start, end):
        # One word may head a sentence, or say whose: "Patient: stable".
        if kind_of_key(line["name"]) != "NAME" or len(key_words(line["name"])) > 1:
            yield line.start("value"), line["value"].rstrip(), line["name"]


def _rows(text: str, start: int, end: int) -> Iterator[Assigned]:
    """Yield the values of SQL's ``INSERT`` and of the keys in PostgreSQL's messages."""
    for match in _COLUMNS.finditer(text, start, end):
        names = list(map(_column, _BETWEEN_COLUMNS.split(match["names"])))
        row = _NEXT_ROW.match(text, match.end())
        while row is not None and len(names) <= _MOST_COLUMNS:
            cells, at = _cells_of(text, row.end(), len(names))
            yield from ((begin, said, name) for (begin, said), name in zip(cells, names, strict=False))
            row = _NEXT_ROW.match(text, at) if cells else None


def _column(written: str) -> str:
    """Return the field that a column is of: ``mrn`` of ``"p"."mrn"`` and of ``lower(mrn::text)``."""
    names = [field_of(name[0]) for name in _COLUMN.finditer(written)]
    return next(filter(is_told, names), names[-1] if names else "")


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


#: What begins a value that is quoted: no apostrophe within a word.
_QUOTE: Final = re.compile(r"\"|(?<![^\W_])[bfnrue]?'")
#: A number in a call's or a type's brackets, and a list.
_HELD_OR_LISTED: Final = re.compile(r"\w[(\[]\d|s: ?[\[(]?\w|\bin ?[(\[]")
_NUMBERED: Final = re.compile(r"[a-z][/\[][a-z-]{0,8}\d")
_Reader = Callable[[str, int, int], Iterator[Assigned]]


def _has(*signs: str) -> Callable[[str], bool]:
    """Return a test for stretches, in small letters, that hold one of some signs."""
    return lambda piece: any(map(piece.__contains__, signs))


def _has_quote(piece: str) -> bool:
    return '"' in piece or ("'" in piece and _QUOTE.search(piece) is not None)


def _has_assignment(piece: str) -> bool:
    return "=" in piece or _has_quote(piece) or _HELD_OR_LISTED.search(piece) is not None


def _has_quote_or_value(piece: str) -> bool:
    return " value" in piece or _has_quote(piece)


#: What reads each writing, the characters of which a stretch with one has some, and what else is asked of it.
_WRITINGS: Final[tuple[tuple[frozenset[str], Callable[[str], bool], _Reader], ...]] = (
    (frozenset('aety"'), _has("age", "name", '2) "', '[1] "', *TOWNS), listed_in),
    (frozenset("\"'=([:"), _has_assignment, _beside),
    (frozenset("="), _has("cn="), _common_names),
    (frozenset("#"), _has("# "), _headed),
    (frozenset("="), _has("name="), _parts),
    (frozenset("/["), lambda piece: _NUMBERED.search(piece) is not None, _steps),
    (frozenset(":=,;|>.\t "), _has(":", "=", ",", ";", "|", "->", "...", "  ", "\t"), _lines),
    (frozenset("dmnse"), _has("from ", "between ", "expected", "on file", "stored", "old", "previous"), _both),
    (frozenset(">\u2192=o"), _has("->", "\u2192", "=>", "!=", "ed to ", " or ", " through "), _arrows),
    (frozenset("("), _has(")=", "values", ") ="), _rows),
    (frozenset("("), _has(", ", ")."), _expected),
    (frozenset("<"), _has(")>"), _objects),
    (frozenset("=:"), _has("dtype"), _frames),
    (frozenset("\"'v"), _has_quote_or_value, said_in),
    (frozenset("="), _has("input_value="), validated_in),
)
