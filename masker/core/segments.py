"""Segments: one string of a request with what a detector may know about its place.

A detector sees one segment at a time. An answer is often bare ("pedro ruiz") and its question one or more turns
earlier, so a segment carries the question that is still open and the turns since.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import attrs

from masker.core.reading import Reading, may_have_digit, read, vocabulary

__all__ = ["Segment", "Turn"]


@attrs.frozen
class Turn:
    """One earlier turn of the conversation.

    Args:
        role: ``user``, ``assistant``, ``system``, ``tool``, or ``None`` where there are no roles.
        text: What was said; of a long turn the end.

    Attributes:
        memo: Room for what detectors ask of the turn again and again, for every segment after it; lives as long as
            the turn.
    """

    role: str | None
    text: str = attrs.field(repr=False)
    memo: dict[Any, Any] = attrs.field(factory=dict, init=False, eq=False, repr=False)

    @cached_property
    def words(self) -> frozenset[str]:
        """The `vocabulary` of the text: for a cheap look before a costly pattern."""
        return vocabulary(self.text)

    @cached_property
    def may_have_digit(self) -> bool:
        """Whether there may be a digit in the reading: most turns need not be read to know that there is none."""
        return may_have_digit(self.text, self.words)

    @cached_property
    def reading(self) -> Reading:
        """The text as it is meant, as `Segment.reading`: read once for all segments after it."""
        return read(self.text)


@attrs.frozen
class Segment:
    """One string in which a person's words or data can stand.

    Args:
        text: The string; spans are offsets into it, in code points.
        role: Who said it: ``user``, ``assistant``, ``system``, ``tool``; ``None`` for text outside messages.
        key: The JSON key under which the string stands (``dob``), or ``None``.
        question: The latest earlier turn that asks for something and is still open, or ``None``.
        since: The turns after ``question`` and before this one, oldest first; at most eight. Without a question, the
            turn before, if any.
        path: Where the string stands in the request (``("messages", 3, "content")``); may hold a caller's own
            keys, so it is kept out of the repr.
    """

    text: str = attrs.field(repr=False)
    role: str | None = None
    key: str | None = attrs.field(default=None, repr=False)
    question: Turn | None = attrs.field(default=None, repr=False)
    since: tuple[Turn, ...] = attrs.field(default=(), repr=False)
    path: tuple[str | int, ...] = attrs.field(default=(), repr=False)

    @cached_property
    def reading(self) -> Reading:
        """The text as it is meant: spoken numbers, spelled letters and disguises in their written form."""
        return read(self.text)
