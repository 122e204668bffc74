"""The leaves of a JSON document: its strings, numbers and keys, where they stand and what tells what they are.

The C parser of the standard library first says whether a text is JSON at all; after that a single regular expression
can list its tokens without a doubt, in linear time and without recursion.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from sys import maxsize
from typing import Any, Final, Literal, NamedTuple

from masker.detection.naming import Names, Told

__all__ = ["MAX_LEAVES", "Leaf", "TooManyLeaves", "json_leaves", "leaves_within"]

LeafKind = Literal["string", "number", "key"]


class Leaf(NamedTuple):
    """One string, number or object key of a JSON document.

    Attributes:
        start: Offset of the first character: for strings and keys inside the quotes.
        end: Offset past the last one: for strings and keys the closing quote.
        key: The key that describes the value (see `describing_key`), its label or its column's name; or ``None``.
        kind: ``string``, ``number`` or ``key``.
        row: Which of the document's arrays the value is an element of, counted from 1; 0 where it is of none.
    """

    start: int
    end: int
    key: str | None
    kind: LeafKind
    row: int = 0

    def __repr__(self) -> str:
        return f"Leaf({self.start}, {self.end}, {self.kind})"


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


#: A token of JSON behind what may stand before it.
_JSON: Final = re.compile(
    r'[ \t\r\n,:]*+(?:"(?P<text>[^"\\]*(?:\\.[^"\\]*)*)"(?P<colon>[ \t\r\n]*:)?|(?P<mark>[\[\]{}])'
    r"|(?P<number>-?[0-9][0-9.eE+-]*)|(?P<word>null|true|false))",
    re.DOTALL,
)


def json_leaves(text: str, told: Told | None = None, *, named: bool = True) -> list[Leaf] | None:
    """Return every string, number and key of a JSON object or array, in order.

    Values in arrays inherit the array's key. Whatever is no complete JSON object or array (broken, a plain sentence,
    nested too deep for the parser) is ``None``.

    Args:
        text: Any text.
        told: What its values may be, if nothing else tells it (see `Names.told`).
        named: Whether keys and rows are asked for; where everything stands is known sooner.

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
    return _leaves_from(text, 0, _JSON, told=told)[0] if named else _nameless(text)


def _nameless(text: str) -> list[Leaf]:
    """Return the leaves of a text that is JSON, without what tells what they are."""
    leaves: list[Leaf] = []
    for match in _JSON.finditer(text):
        group = match.lastgroup
        if group == "colon":
            leaves.append(Leaf(*match.span("text"), None, "key"))
        elif group in ("text", "number"):
            leaves.append(Leaf(*match.span(group), None, "number" if group == "number" else "string"))
    if len(leaves) > MAX_LEAVES:
        raise TooManyLeaves
    return leaves


#: A key as other languages write it, with what stands behind it: {'mrn': 1}, {mrn: 1}, f(mrn=1), {:mrn => 1}.
_KEY: Final = (
    r"(?:[bBuU]?\"[^\"\\\n]{1,80}\"|[bBuU]?'[^'\\\n]{1,80}'|:?[A-Za-z_$][\w$]{0,60})[ \t]{0,8}(?:=>|[:=](?![:=>]))"
)
#: How a value begins.
_VALUE: Final = r"(?=[\"'\[{(\d-]|[A-Z][\w.]{0,60}[({]|(?:null|none|nil|true|false|undefined)\b)"
#: How a document begins within a text: a member, or an element and what follows it.
_BEGINS: Final = re.compile(
    rf"[{{(\[][ \t\r\n]*{_KEY}[ \t\r\n]*{_VALUE}"
    r"|\[[ \t\r\n]*(?:\{[ \t\r\n]*[\"'\w:]|\[[ \t\r\n]*[\"'\d-]|\"[^\"\\\n]{0,80}\"[ \t\r\n]*,)",
    re.IGNORECASE,
)
_IS_KEYED: Final = re.compile(rf"[ \t\r\n]*{_KEY}")
#: How deep a document is read that stands among other text, where nobody has said yet that it is one.
_DEEPEST: Final = 64
#: The same of the literals of Python, JavaScript, Ruby, Rust and PHP, in which calls hold values, too:
#: ``Decimal("4471")``, ``Some("45402")``.
_LITERAL: Final = re.compile(
    r"[ \t\r\n,:;]*+(?:"
    r"(?:[bBuUrRfF]{1,2}+(?=[\"']))?+"
    r"(?:\"(?P<text>[^\"\\]*(?:\\.[^\"\\]*)*)\"|'(?P<quoted>[^'\\\n]*(?:\\.[^'\\\n]*)*)')"
    r"(?P<colon>[ \t\r\n]*(?::|=>))?"
    r"|(?P<mark>[\[\]{}()])|(?P<number>-?[0-9][0-9.eE+-]*)"
    r"|(?P<key>[A-Za-z_$][\w$]{0,60})[ \t]{0,8}(?:=>|[:=](?![:=>]))"
    r"|(?P<word>(?:null|true|false|None|True|False|nil|undefined|NaN|nan)(?!\w))"
    r"|(?P<call>[A-Za-z_][\w.]{0,60}(?=[ ]?[({])))",
    re.DOTALL,
)


def leaves_within(text: str) -> Iterator[Leaf | None]:
    """Yield the leaves of the documents that a text has among other things: in a fence, behind a colon, one a line.

    A document goes on as far as its tokens do, whether it is whole or not. The literals of programming languages are
    documents, too: a tool may say what ``str`` makes of a dictionary. ``None`` comes after each document.

    Args:
        text: Any text.

    Raises:
        TooManyLeaves: One has more than `MAX_LEAVES`.
    """
    begun = _BEGINS.search(text)
    while begun is not None:
        leaves, end = _leaves_from(text, begun.start(), _LITERAL, _DEEPEST)
        yield from leaves
        yield None
        begun = _BEGINS.search(text, max(end, begun.start() + 1))


def _leaves_from(
    text: str, at: int, token: re.Pattern[str], deepest: int = maxsize, told: Told | None = None
) -> tuple[list[Leaf], int]:
    """Return the leaves of the document that begins somewhere in a text, and where it ends, is broken or too deep."""
    names = Names()
    depth, reached = 0, at
    found: list[tuple[int, int, LeafKind, int]] = []
    # Each token where the one before ended. Looked for further on, an open string would be tried at each of its quotes.
    while (match := token.match(text, reached)) is not None:
        if len(found) > MAX_LEAVES:
            raise TooManyLeaves
        reached = match.end()
        group = match.lastgroup
        if group == "mark":
            mark = match["mark"]
            if mark in "[{(":
                names.begin(array=mark != "{" and (token is _JSON or _IS_KEYED.match(text, reached) is None))
                depth += 1
                if depth > deepest:
                    break
            else:
                names.end()
                depth -= 1
                if not depth:
                    break
        elif group in ("colon", "key"):
            start, end = match.span(group if group == "key" else "text" if match.start("text") >= 0 else "quoted")
            names.member(text[start:end])
            found.append((start, end, "key", 0))
        elif group == "word":
            names.nothing()
        elif group is not None and group != "call":
            start, end = match.span(group)
            names.value(text[start:end], number=group == "number")
            found.append((start, end, "number" if group == "number" else "string", names.array))
    for _ in range(depth):
        names.end()
    if told is not None:
        names.told(told)
    keys = iter(names.keys)
    leaves = [Leaf(start, end, None if kind == "key" else next(keys), kind, row) for start, end, kind, row in found]
    return leaves, reached
