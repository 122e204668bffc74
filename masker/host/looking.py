"""What was found in each part of a request, remembered from turn to turn.

Nearly all parts of a request were in the one before, so finding again what is in them must cost next to nothing: one
digest, one look-up. What is remembered are offsets, kinds and yes or no by the numbers of a part's slots, no text. A
part in which nothing was found is not even cut into its slots again, unless a known value may stand in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import attrs

from masker.core.spans import Span
from masker.masking.echoes import may_confirm, may_echo
from masker.masking.masker import TOOLS, Source, Traits, traits_of
from masker.wire.request import Part, Slot, closed_strings

__all__ = ["Finding", "Look", "look_at", "source_of"]

_USER: Final = "user"
_ASSISTANT: Final = "assistant"
_NONE: Final = Traits()
#: One for all: there are tens of thousands of findings with nothing in them.
_NOTHING: Final[Mapping[int, Any]] = {}


@attrs.frozen
class Finding:
    """What was found in one part.

    Args:
        slots: How many slots it has.
        characters: Their total length.
        searched: In how many of them detectors looked.
        spans: What was found, by the slot's number; only where something was.
        traits: What is to be known of a slot's text; only where it is not the usual.
        closed: Whether the part can be left closed: there is nothing in it.
    """

    slots: int
    characters: int
    searched: int
    spans: Mapping[int, tuple[Span, ...]]
    traits: Mapping[int, Traits]
    closed: bool

    @property
    def size(self) -> int:
        """How many spans and traits are remembered."""
        return len(self.traits) + sum(map(len, self.spans.values()))


@attrs.define(eq=False)
class Look:
    """One part of the request at hand: what was found in it, and its slots unless it is closed."""

    part: Part
    finding: Finding
    slots: list[Slot] | None


def look_at(part: Part, slots: list[Slot], spans: Sequence[tuple[Span, ...]], searched: int) -> Look:
    """Return a part with what detectors found in it just now."""
    texts = [slot.segment.text for slot in slots]
    found = {number: each for number, each in enumerate(spans) if each}
    traits = {number: each for number, each in enumerate(traits_of(texts)) if each != _NONE}
    still = not found and not traits and not any(map(_open_to_others, slots))
    closed = still and closed_strings(part, slots) is not None
    characters = sum(map(len, texts))
    finding = Finding(len(slots), characters, searched, found or _NOTHING, traits or _NOTHING, closed)
    return Look(part, finding, slots)


def _open_to_others(slot: Slot) -> bool:
    """Return whether it depends on other parts what in a string is masked.

    At the end of a user's turn a value may be cut off, and the assistant, or a tool, may repeat a piece of one.
    """
    role = slot.segment.role
    if role == _ASSISTANT:
        return may_echo(slot.segment.reading)
    return role == _USER or (role in TOOLS and may_confirm(slot.segment.text))


def source_of(looks: Sequence[Look]) -> tuple[list[Slot], Source]:
    """Return the slots of all open parts, and what masking is to know of them."""
    slots: list[Slot] = []
    spans: list[tuple[Span, ...]] = []
    traits: list[Traits] = []
    for look in looks:
        if look.slots is not None:
            slots += look.slots
            numbers = range(len(look.slots))
            spans += [look.finding.spans.get(number, ()) for number in numbers]
            traits += [look.finding.traits.get(number, _NONE) for number in numbers]
    tools = [slot.tool if slot.segment.role in ("tool", "function") else None for slot in slots]
    return slots, Source([slot.segment for slot in slots], spans, tools, traits)
