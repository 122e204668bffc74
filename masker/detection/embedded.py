"""JSON inside text: the leaves of a string that is itself a JSON document, with their offsets.

Tool arguments, tool results and FHIR resources travel as strings. Their values are searched one by one, under their
keys, and edited where they stand; the document is never written anew. The C parser of the standard library first
says whether the text is JSON at all; after that a single regular expression can list its tokens without a doubt, in
linear time and without recursion.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, Final, Literal, NamedTuple

from masker.detection.keys import key_words, kind_of_key

__all__ = [
    "MAX_LEAVES",
    "Decoded",
    "Edit",
    "Leaf",
    "TooManyLeaves",
    "apply_edits",
    "decode",
    "describing_key",
    "edits_between",
    "escape",
    "json_leaves",
    "label_of",
]

LeafKind = Literal["string", "number", "key"]


class Leaf(NamedTuple):
    """One string, number or object key of a JSON document.

    Attributes:
        start: Offset of the first character: for strings and keys inside the quotes.
        end: Offset past the last one: for strings and keys the closing quote.
        key: The key that describes the value (see `describing_key`), or ``None``.
        kind: ``string``, ``number`` or ``key``.
        row: Which of the document's arrays the value is an element of, counted from 1; 0 where it is of none.
        column: For a number in a table: its column's name, if that names a kind.
    """

    start: int
    end: int
    key: str | None
    kind: LeafKind
    row: int = 0
    column: str | None = None

    def __repr__(self) -> str:
        return f"Leaf({self.start}, {self.end}, {self.kind})"


class Edit(NamedTuple):
    """Put ``text`` in the place of the characters ``start:end``."""

    start: int
    end: int
    text: str

    def __repr__(self) -> str:
        return f"Edit({self.start}, {self.end})"


#: How many strings, numbers and keys a document may have.
MAX_LEAVES: Final = 50_000


class TooManyLeaves(ValueError):
    """A document has more than `MAX_LEAVES`."""


def _checker() -> json.JSONDecoder:
    """Return what says whether a text is JSON; it stops at the first number or object too many."""
    left = MAX_LEAVES

    def count(_: Any) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise TooManyLeaves

    # Not strict: models write raw line breaks into their arguments.
    return json.JSONDecoder(parse_int=count, parse_float=count, object_pairs_hook=count, strict=False)


_TOKEN: Final = re.compile(
    r'"(?P<text>[^"\\]*(?:\\.[^"\\]*)*)"(?P<colon>[ \t\r\n]*:)?|(?P<mark>[\[\]{}])|(?P<number>-?[0-9][0-9.eE+-]*)',
    re.DOTALL,
)

#: Keys that say nothing by themselves; the key above them says it: ``{"address": {"line": ...}}``.
_GENERIC: Final = frozenset(
    (
        "value text display line lines full raw formatted content data answer first last middle number given family"
        " area prefix exchange suffix group serial year month day yyyy mm dd id home work primary secondary"
    ).split()
)
#: Keys whose value says what a sibling called ``value`` is: ``{"system": "phone", "value": ...}``.
_LABELS: Final = tuple(
    "system label name key field type code trait_type attribute property question title".split()
)
_VALUES: Final = frozenset(("value", "val", "valueString", "valueDate", "answer", "response"))
_SYSTEMS: Final = {
    "us-ssn": "ssn",
    "us-npi": "npi",
    "us-mbi": "medicare id",
    "us-medicare": "medicare id",
    "us-medicaid": "medicaid id",
    "mrn": "mrn",
    "passport": "passport number",
    "driver": "driver license number",
}
_MAX_LABEL: Final = 60
#: What programs call the array that names a table's columns, beside the one that holds its rows.
_HEADERS: Final = frozenset("columns cols colnames fields headers header heading headings keys labels names".split())
#: A code of a public vocabulary, by the system or the words beside it: FHIR's ``Coding`` and the concepts of its value
#: sets (https://hl7.org/fhir/R4/datatypes.html#Coding). FHIR's identifiers of persons stand under ``value``.
_VOCABULARY: Final = re.compile(
    r"snomed|loinc|rxnorm|icd-?(?:9|10|11)|\bcpt\b|hcpcs|\bndc\b|cvx|terminology\.hl7\.org|unitsofmeasure|ama-assn|nucc"
    r"|\batc\b|2\.16\.840\.1\.113883\.6\.",
    re.IGNORECASE,
)
_PUBLIC_CODE: Final = re.compile(r"[A-Z]{0,3}[0-9]{1,18}(?:[.-][0-9A-Z]{1,7})?")
_PUBLIC_KEY: Final = "snomed code"


def describing_key(key: str | None, above: str | None) -> str | None:
    """Return what to call a value: its key, with the key above where its own is general (``address line``)."""
    if key is not None and above is not None and _is_general(key) and not _is_general(above):
        return f"{above} {key}"
    return key


def _is_general(key: str) -> bool:
    return key in _GENERIC or len(key) == 1 or key.isdecimal()


def label_of(label: str) -> str | None:
    """Return the key that a label gives to the value beside it: FHIR systems, form labels; ``None`` for sentences."""
    if "/" in label or ":" in label:
        lowered = label.lower()
        return next((key for part, key in _SYSTEMS.items() if part in lowered), None)
    return label if 0 < len(label) <= _MAX_LABEL else None


class _Level:
    """One open array or object: its key, the key of the value to come, its label, the leaves that wait for it.

    An array also knows what its elements are called (a string is its own name, an object has its label), which numbers
    stand where in it, and the same of the arrays in it.
    """

    __slots__ = tuple("cells code explained header key label names own row table text waiting".split())

    def __init__(self, key: str | None, row: int = 0) -> None:
        self.key = key
        self.own: str | None = key
        self.row = row
        self.label: tuple[int, str] | None = None
        self.waiting: list[int] = []
        self.code: int | None = None
        self.explained = False
        self.text: str | None = None
        self.names: list[str | None] = []
        self.cells: list[tuple[int, int]] = []
        self.table: list[tuple[int, int]] = []
        self.header: Sequence[str | None] = ()


def json_leaves(text: str) -> list[Leaf] | None:
    """Return every string, number and key of a JSON object or array, in order.

    Values in arrays inherit the array's key. Whatever is no complete JSON object or array (broken, a plain sentence,
    nested too deep for the parser) is ``None``.

    Args:
        text: Any text.

    Raises:
        TooManyLeaves: There are more than `MAX_LEAVES`.
    """
    head = text.lstrip(" \t\r\n")[:1]
    if head not in ("{", "["):
        return None
    try:
        _checker().decode(text)
    except TooManyLeaves:
        raise
    except (ValueError, RecursionError):
        return None
    leaves: list[Leaf] = []
    stack: list[_Level] = []
    level = _Level(None)
    rows = 0
    for match in _TOKEN.finditer(text):
        if len(leaves) > MAX_LEAVES:
            raise TooManyLeaves
        group = match.lastgroup
        if group == "mark":
            mark = match.group()
            if mark in "[{":
                stack.append(level)
                rows += mark == "["
                level = _Level(describing_key(level.own, level.key), rows if mark == "[" else 0)
            else:
                _settle(level, leaves)
                closed, level = level, stack.pop()
                if closed.key == "type" and closed.text is not None and level.label is None:
                    level.label = (len(_LABELS), closed.text)  # FHIR: {"type": {"text": "group"}, "value": ...}
                _close(closed, level)
        elif group == "number":
            if level.row:
                level.cells.append((len(leaves), len(level.names)))
                level.names.append(None)
            leaves.append(Leaf(*match.span("number"), describing_key(level.own, level.key), "number", level.row))
            if level.own in _VALUES:
                level.waiting.append(len(leaves) - 1)
        elif group == "colon":
            start, end = match.span("text")
            level.own = text[start:end]
            leaves.append(Leaf(start, end, None, "key"))
        else:
            start, end = match.span("text")
            own = level.own
            if level.row:
                level.names.append(text[start : min(end, start + _MAX_LABEL)])
            if own == "code" and _PUBLIC_CODE.fullmatch(text, start, end):
                level.code = len(leaves)
            elif own == "display" or (own == "system" and _VOCABULARY.search(text, start, end)):
                level.explained = True
            elif own == "text" and level.key == "type":
                level.text = label_of(text[start:end])
            if own in _LABELS and own != level.key:
                rank = _LABELS.index(own)
                if level.label is None or rank < level.label[0]:
                    found = label_of(text[start:end])
                    if found is not None:
                        level.label = (rank, found)
            elif own in _VALUES:
                level.waiting.append(len(leaves))
            leaves.append(Leaf(start, end, describing_key(own, level.key), "string", level.row))
    return leaves


def _settle(level: _Level, leaves: list[Leaf]) -> None:
    """Give the values of a closing object the key that their label names, and its code that of a vocabulary."""
    if level.code is not None and level.explained:
        leaves[level.code] = leaves[level.code]._replace(key=_PUBLIC_KEY)
    if level.header:
        columns = [name if kind_of_key(name) is not None else None for name in level.header]
        for place, at in level.table or level.cells:  # {"columns": ["ssn"], "row": [219099999]}
            if at < len(columns) and columns[at] is not None:
                leaves[place] = leaves[place]._replace(column=columns[at])
    if level.label is None:
        return
    label = level.label[1]
    telling = kind_of_key(label) is not None
    for place in level.waiting:
        # "home" beside a value says less than "phone" above it.
        if telling or kind_of_key(leaves[place].key) is None:
            leaves[place] = leaves[place]._replace(key=label)


def _close(closed: _Level, level: _Level) -> None:
    """Tell an array or object what one inside it that has ended means for it as a table: a header, rows, a name."""
    if level.row:
        if closed.row and not level.names and None not in closed.names:
            level.header = closed.names  # [["Name", "SSN"], ["Maribel Okonkwo", 219099999]]
        level.names.append(None if closed.row or closed.label is None else closed.label[1])
        level.table += closed.cells
    elif closed.row and level.own is not None:
        if _HEADERS.intersection(key_words(level.own)[-1:]):
            level.header = closed.names
        level.table += closed.table
        level.cells += closed.cells


_ESCAPE: Final = re.compile(
    r"\\(?:u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))", re.DOTALL
)
_SHORT: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", '"': '"', "\\": "\\", "/": "/"}


class Decoded(NamedTuple):
    """The value of a JSON string and where each of its characters stands.

    Attributes:
        text: The value, escapes resolved.
        starts: For every character and for the end, its offset in the raw string; ``None`` where there is no
            escape and both are the same.
    """

    text: str
    starts: list[int] | None

    def __repr__(self) -> str:
        return f"Decoded(length={len(self.text)})"

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """Return the raw offsets of the characters ``start:end``; an escape is never cut."""
        if self.starts is None:
            return start, end
        return self.starts[start], self.starts[end]


def decode(raw: str) -> Decoded:
    """Return the value of what stands between the quotes of a JSON string."""
    if "\\" not in raw:
        return Decoded(raw, None)
    parts: list[str] = []
    starts: list[int] = []
    at = 0
    for match in _ESCAPE.finditer(raw):
        begin = match.start()
        parts.append(raw[at:begin])
        starts.extend(range(at, begin))
        high, low, code, short = match.groups()
        if high is not None:
            char = chr(0x10000 + ((int(high, 16) - 0xD800) << 10) + int(low, 16) - 0xDC00)
        elif code is not None:
            char = chr(int(code, 16))
        else:
            char = _SHORT.get(short, short)
        parts.append(char)
        starts.append(begin)
        at = match.end()
    parts.append(raw[at:])
    starts.extend(range(at, len(raw) + 1))
    return Decoded("".join(parts), starts)


def escape(text: str) -> str:
    """Return a text as it stands between the quotes of a JSON string; only what must be escaped is."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """Return the text with all edits made.

    Args:
        text: The text that the offsets count in.
        edits: Disjoint edits in ascending order.
    """
    parts: list[str] = []
    at = 0
    for start, end, new in edits:
        parts += (text[at:start], new)
        at = end
    parts.append(text[at:])
    return "".join(parts)


_BRACKETED: Final = re.compile(r"(\[[^\[\]]*\])")


def edits_between(before: str, after: str) -> list[Edit]:
    """Return edits that turn one text into the other, keeping as much as is easily seen.

    Made for a text and its masked form: the pieces between bracketed tokens are looked up in order. Whatever the
    pieces, ``apply_edits(before, edits_between(before, after)) == after``.
    """
    edits: list[Edit] = []
    at = 0
    pending = ""
    pieces = _BRACKETED.split(after)
    for index, piece in enumerate(pieces):
        if not piece:
            continue
        last = index == len(pieces) - 1
        if last and len(before) - len(piece) >= at and before.endswith(piece):
            found = len(before) - len(piece)
        elif not pending:
            found = at if before.startswith(piece, at) else -1
        else:
            found = before.find(piece, at) if index % 2 == 0 else -1
        if found < 0 or (found > at and not pending):
            pending += piece
            continue
        if found > at or pending:
            edits.append(Edit(at, found, pending))
            pending = ""
        at = found + len(piece)
    if at < len(before) or pending:
        edits.append(Edit(at, len(before), pending))
    return edits
