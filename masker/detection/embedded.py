"""JSON inside text: strings that are JSON documents, edited where they stand.

Tool arguments, tool results and FHIR resources travel as strings. Their values are searched one by one, under their
keys (see `leaves`), and edited where they stand; the document is never written anew.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Final, NamedTuple

__all__ = ["Decoded", "Edit", "apply_edits", "decode", "edits_between", "escape"]


class Edit(NamedTuple):
    """Put ``text`` in the place of the characters ``start:end``."""

    start: int
    end: int
    text: str

    def __repr__(self) -> str:
        return f"Edit({self.start}, {self.end})"


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
