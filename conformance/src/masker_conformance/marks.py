"""Inline marks: ``call me at ⟦PHONE:415-555-0123⟧`` says where a value stands and of what kind it is.

People can review a marked text at a glance, and no offset goes stale when the text is edited. Characters between
``‹`` and ``›`` inside a mark are optional: a detector may cover them or not (the year of a date, the state of an
address). The marks are not part of the text.
"""

from __future__ import annotations

import re
from typing import Final

import attrs

__all__ = ["Mark", "parse_marks", "without_marks"]

_MARK: Final = re.compile(r"⟦([A-Z]+(?:_[A-Z]+)*):([^⟦⟧]+)⟧")
_STRAY: Final = re.compile(r"[⟦⟧‹›]")


@attrs.frozen
class Mark:
    """A value in a text: half-open code-point offsets, its kind, and the offsets that are optional."""

    start: int
    end: int
    kind: str
    optional: frozenset[int] = frozenset()


def parse_marks(marked: str) -> tuple[str, tuple[Mark, ...]]:
    """Return the text without its marks, and the marks with offsets into that text.

    Raises:
        ValueError: A mark is not closed, is empty, nests, or names no kind.
    """
    parts: list[str] = []
    marks: list[Mark] = []
    length = last = 0
    for match in _MARK.finditer(marked):
        before = marked[last : match.start()]
        if _STRAY.search(before):
            raise ValueError(f"stray mark character before offset {match.start()}")
        parts.append(before)
        length += len(before)
        value, optional = _optional(match[2], length)
        parts.append(value)
        marks.append(Mark(length, length + len(value), match[1], optional))
        length += len(value)
        last = match.end()
    rest = marked[last:]
    if _STRAY.search(rest):
        raise ValueError(f"stray or unclosed mark after offset {last}")
    parts.append(rest)
    return "".join(parts), tuple(marks)


def _optional(value: str, base: int) -> tuple[str, frozenset[int]]:
    """Return the value without ``‹›`` and the offsets that stood between them, counted from ``base``."""
    plain: list[str] = []
    optional: set[int] = set()
    inside = False
    for char in value:
        if char in "‹›":
            if inside == (char == "‹"):
                raise ValueError("unbalanced ‹› in a mark")
            inside = not inside
            continue
        if inside:
            optional.add(base + len(plain))
        plain.append(char)
    if inside or not plain:
        raise ValueError("unbalanced ‹› or empty value in a mark")
    return "".join(plain), frozenset(optional)


def without_marks(marked: str) -> str:
    """Return the text alone."""
    return parse_marks(marked)[0]
