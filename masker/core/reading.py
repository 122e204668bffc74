"""The reading: the text as it is meant, with every offset mapped back to the text as it stands.

(first version; see `read`)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

__all__ = ["Piece", "Reading", "read"]


class Piece(NamedTuple):
    """A stretch that was read: ``kind`` is ``number``, ``spelled`` or ``symbol``; offsets are into the source text."""

    kind: str
    text: str
    start: int
    end: int


class Reading:
    """A text in plain form.

    Attributes:
        text: The plain form.
        pieces: What was read as numbers or letters, in order.
    """

    __slots__ = ("_ends", "_starts", "pieces", "text")

    def __init__(
        self, text: str, starts: list[int] | None = None, ends: list[int] | None = None, pieces: tuple[Piece, ...] = ()
    ) -> None:
        self.text = text
        self._starts = starts
        self._ends = ends
        self.pieces = pieces

    def __repr__(self) -> str:
        return f"Reading(length={len(self.text)}, pieces={len(self.pieces)})"

    @property
    def is_identity(self) -> bool:
        """Whether the plain form is the text itself."""
        return self._starts is None

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Return the source offsets of the plain form's non-empty range ``start:end``."""
        if self._starts is None or self._ends is None:
            return start, end
        return self._starts[start], self._ends[end - 1]


def read(text: str) -> Reading:
    """Return the reading of a text."""
    return Reading(text)
