"""A request in parts: everything beside the messages, then message by message.

A conversation grows by whole messages, so a part is what was seen before or is new. What was found in one is remembered
under a digest of the bytes that `Part.raw` writes, which are the same only for the same JSON.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import attrs

from masker.detection.context import Context
from masker.wire.bodies import Number, as_said, dump_body
from masker.wire.calls import Tool
from masker.wire.slots import Slot
from masker.wire.walk import head_slots, message_slots

__all__ = ["Part", "closed_strings", "parts_of"]

#: How a string begins that may be a JSON document.
_DOCUMENT: Final = ("{", "[", " ", "\n", "\t", "\r")
#: Escapes in a document that stand for one character that is part of no word.
_ESCAPES: Final = ('\\"', "\\n", "\\r", "\\t")


@attrs.frozen(eq=False)
class Part:
    """One part of a request.

    Args:
        index: Which message it is; ``None`` for everything beside the messages.
        value: The message, or the body without its messages.
    """

    index: int | None
    value: Any = attrs.field(repr=False)

    def raw(self) -> bytes:
        """Return the part as JSON, byte for byte the same for the same part; no message is taken for what is none."""
        return dump_body(self.value) if self.index is not None else b"beside " + dump_body(self.value)

    def slots(self, tools: Mapping[int, Tool], context: Context | None = None) -> list[Slot]:
        """Return the part's places; for a message see `message_slots`."""
        return head_slots(self.value) if self.index is None else message_slots(self.value, self.index, tools, context)


def parts_of(body: Mapping[str, Any]) -> list[Part]:
    """Return a request's parts, in the order in which tokens are numbered."""
    head = {name: value for name, value in body.items() if name not in ("messages", "model")}
    return [Part(None, head), *(Part(index, message) for index, message in enumerate(body.get("messages", ())))]


def closed_strings(part: Part, slots: Sequence[Slot] | None = None) -> list[str] | None:
    """Return strings in which every place of a part stands word by word, so that it can be searched without its slots.

    Args:
        part: The part.
        slots: Its slots; needed to tell that this can be done at all. Once it can, it can for the same part again.

    Returns:
        The strings; ``None`` where words would be glued together or cut: escapes and exponents in documents, texts read
        as one.
    """
    documents = None
    if slots is not None:
        if any(slot.parts or _is_respelled(slot) for slot in slots):
            return None
        documents = {slot.document.text for slot in slots if slot.document is not None}
    found: list[str] = []
    for text in _strings(part.value):
        if "\\" in text and text.startswith(_DOCUMENT):
            if documents is not None and text not in documents:
                return None
            for escape in _ESCAPES:
                text = text.replace(escape, " ")  # noqa: PLW2901  # the same text, legible
            if "\\" in text:
                return None
        found.append(text)
    return found


def _strings(value: Any) -> Iterator[str]:
    """Yield every string, key and number of a tree."""
    kind = type(value)
    if kind is str:
        yield value
    elif kind is dict:
        yield from value
        for child in value.values():
            yield from _strings(child)
    elif kind is list:
        for child in value:
            yield from _strings(child)
    elif kind is Number:
        yield as_said(value.literal)
    elif kind is int or kind is float:
        yield as_said(repr(value))


def _is_respelled(slot: Slot) -> bool:
    """Return whether a number in a document is written otherwise than it is said: "4.155550134e9"."""
    if slot.form != "number" or slot.document is None:
        return False
    return any(slot.segment.text not in slot.document.text[start:end] for start, end in slot.spans)
