"""What was found in each part of a request, remembered from turn to turn.

Nearly all parts of a request were in the one before, so finding again what is in them must cost next to nothing: one
digest, one look-up. What is remembered are offsets, kinds and yes or no by the numbers of a part's slots, no text. A
part in which nothing was found is not even cut into its slots again, unless a known value may stand in it.
"""

from __future__ import annotations

from collections.abc import Collection, Generator, Mapping, Sequence
from typing import Any, Final

import attrs

from masker.core.spans import Span
from masker.detection.cache import Digests, Recent
from masker.host.placing import Places
from masker.masking.echoes import WITHIN, may_confirm, may_echo
from masker.masking.known import KnownValues
from masker.masking.masker import TOOLS, Source, Traits, in_groups, traits_of
from masker.wire.request import Part, Slot, closed_strings

__all__ = ["Closed", "Finding", "Look", "look_at"]

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
        echoes: Whether it may repeat a piece of a number that the caller gave shortly before.
    """

    slots: int
    characters: int
    searched: int
    spans: Mapping[int, tuple[Span, ...]]
    traits: Mapping[int, Traits]
    closed: bool
    echoes: bool

    @property
    def size(self) -> int:
        """How many spans and traits are remembered."""
        return len(self.traits) + sum(map(len, self.spans.values()))


@attrs.define(eq=False)
class Look:
    """One part of the request at hand: what was found in it, and its slots unless it is closed."""

    part: Part
    digest: bytes
    finding: Finding
    slots: list[Slot] | None

    @property
    def role(self) -> str | None:
        """Whose message it is."""
        value = self.part.value
        return value.get("role") if self.part.index is not None and type(value) is dict else None


def look_at(
    part: Part,
    digest: bytes,
    slots: list[Slot],
    spans: Sequence[tuple[Span, ...]],
    *,
    hiding: Collection[int],
    searched: int,
) -> Look:
    """Return a part with what detectors found in it just now, and in which slots something stands encoded."""
    texts = [slot.segment.text for slot in slots]
    found = {number: each for number, each in enumerate(spans) if each}
    traits = {number: each for number, each in enumerate(traits_of(texts, hiding)) if each != _NONE}
    still = not found and not traits and not any(map(_may_end_cut, slots))
    closed = still and closed_strings(part, slots) is not None
    echoing = any(map(_may_echo, slots))
    characters = sum(map(len, texts))
    finding = Finding(len(slots), characters, searched, found or _NOTHING, traits or _NOTHING, closed, echoing)
    return Look(part, digest, finding, slots)


def _may_end_cut(slot: Slot) -> bool:
    """Return whether half a value may stand at the end of a text, as of a user's, which is no string of its part."""
    return slot.segment.role == _USER and slot.document is not None


def _may_echo(slot: Slot) -> bool:
    """Return whether the assistant, or a tool, may repeat a piece of a value in a text."""
    role = slot.segment.role
    return may_echo(slot.segment.reading) if role == _ASSISTANT else role in TOOLS and may_confirm(slot.segment.text)


class Closed:
    """The parts of one request, some of which are closed until a known value may stand in them.

    Where nothing was masked in such a part, nothing is as long as the same values are known. That is remembered, too.

    Args:
        looks: The parts.
        places: Where they stand.
        digests: The request's digests.
        still: In which parts nothing was masked, by the digests of what was known and of the part.

    Attributes:
        slots: The slots of all open parts.
        source: What masking is to know of them.
    """

    def __init__(self, looks: Sequence[Look], places: Places, digests: Digests, still: Recent[bool]) -> None:
        self._looks = looks
        self._places = places
        self._digests = digests
        self._still = still
        self._values = b""
        self._new: list[Look] = []
        self._open_echoes()
        self.slots, self.source = _source_of(looks)

    def __repr__(self) -> str:
        return f"Closed(parts={len(self._looks)})"

    def opened(self, known: KnownValues) -> Generator[None, None, Source | None]:
        """Yield after short steps; return the source of all open parts if known values made some more of them open."""
        values = self._digests.values(known.told())
        if values == self._values:
            return None  # as it was when they were asked
        self._values = values
        able = [look for look in self._looks if look.finding.closed]
        self._new = [look for look in able if self._still.get(self._values + look.digest) is None]
        texts: list[str] = []
        owners: list[Look] = []
        for look in self._new:
            if look.slots is None:
                strings = closed_strings(look.part) or ()
                texts += strings
                owners += [look] * len(strings)
        waking: set[int] = set()
        for start, end in in_groups(texts):
            ends = {place for place in range(end - start) if owners[start + place].role == _USER}
            waking.update(start + place for place in known.may_stand_in(texts[start:end], ends))
            yield
        for place in sorted(waking):
            if owners[place].slots is None:
                self._open(owners[place])
                yield
        if not waking:
            return None
        self._open_echoes()
        self.slots, self.source = _source_of(self._looks)
        return self.source

    def remember(self, edits: Sequence[Sequence[object]]) -> None:
        """Remember in which parts nothing was masked; ``edits`` are those of `slots`."""
        changed = {id(slot) for slot, each in zip(self.slots, edits, strict=True) if each}
        for look in self._new:
            if look.slots is None or not any(id(slot) in changed for slot in look.slots):
                self._still.put(self._values + look.digest, value=True)

    def _open(self, look: Look) -> None:
        look.slots = look.part.slots(self._places.named)

    def _open_echoes(self) -> None:
        """Open the parts that may repeat a piece of what is masked in a user's message shortly before."""
        last = -WITHIN
        for at, look in enumerate(self._looks):
            if look.slots is None and look.finding.echoes and at - last <= WITHIN:
                self._open(look)
            elif look.slots is not None and look.role == _USER:
                last = at


def _source_of(looks: Sequence[Look]) -> tuple[list[Slot], Source]:
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
