"""Slots: a place of a chat request where text can stand, and the strings that hold places of their own."""

from __future__ import annotations

from typing import Literal

import attrs

from masker.core.segments import Segment
from masker.detection.embedded import Decoded

__all__ = ["Document", "Form", "Path", "Slot"]

Path = tuple[str | int, ...]

#: How a slot may be changed: ``text`` as any text; ``number`` a JSON number, which becomes a string; ``function_name``
#: and ``property_name`` as whole names; ``id`` only for values known from elsewhere; ``url`` an address or file name;
#: ``drop`` not at all: the field goes when its text would change.
Form = Literal["text", "number", "function_name", "property_name", "id", "url", "drop"]


class Document:
    """A string with places of its own: a JSON document, or the text parts of one message read as one text.

    Attributes:
        text: What the spans of its slots count in.
        path: Where the string stands in the body, if it stands there directly.
        outer: The document in whose string it stands, if it stands in one.
        span: Its place in ``outer``.
        decoded: How ``text`` maps to that place.
    """

    __slots__ = ("decoded", "depth", "outer", "path", "span", "text")

    def __init__(
        self,
        text: str,
        path: Path,
        outer: Document | None = None,
        span: tuple[int, int] = (0, 0),
        decoded: Decoded | None = None,
    ) -> None:
        self.text = text
        self.path = path
        self.outer = outer
        self.span = span
        self.decoded = decoded
        self.depth: int = 0 if outer is None else outer.depth + 1

    def __repr__(self) -> str:
        return f"Document(length={len(self.text)})"


@attrs.frozen(eq=False)
class Slot:
    """One place where text stands.

    Args:
        segment: The text with what is known about its place.
        form: How it may be changed, see `Form`.
        tool: For arguments and results of a tool: its name as the caller wrote it.
        kind: For numbers: the kind that the key names, or ``None``.
        document: The JSON document in which it stands, if it does not stand in the body itself.
        spans: Its places in the document's text; a key stands in as many as it has occurrences.
        decoded: How its text maps to the raw text of such a place.
        parts: For content parts that are read as one: path, start and end of each in the segment's text.
        is_key: Whether it is an object's key; a path then ends with it.
        row: For an element of an array in a document: which of its arrays.
        bare: Whether it is a name that only takes letters, digits, ``_`` and ``-``.
    """

    segment: Segment
    form: Form
    tool: str | None = attrs.field(default=None, repr=False)
    kind: str | None = None
    document: Document | None = attrs.field(default=None, repr=False)
    spans: tuple[tuple[int, int], ...] = attrs.field(default=(), repr=False)
    decoded: Decoded | None = attrs.field(default=None, repr=False)
    parts: tuple[tuple[Path, int, int], ...] = attrs.field(default=(), repr=False)
    is_key: bool = attrs.field(default=False, repr=False)
    row: int = attrs.field(default=0, repr=False)
    bare: bool = attrs.field(default=False, repr=False)
