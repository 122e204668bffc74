"""A chat request as the places where words can stand.

`take_envelope` takes off what voice platforms add and keeps the values that tell who is calling; `parts_of` cuts the
rest at its messages; `Part.slots` lists every place; masking looks at each slot's segment; `put` writes what it
answers into a copy; `outgoing_slots` lists what is about to leave, for the last look.
"""

from masker.wire.calls import Tools, tools_by_call, turn_of
from masker.wire.envelope import Envelope, Seed, take_envelope
from masker.wire.media import media_in
from masker.wire.outgoing import Masked, Outgoing, put
from masker.wire.parts import Part, closed_strings, parts_of
from masker.wire.slots import Form, Slot
from masker.wire.walk import fixed_strings, outgoing_slots, slots_of

__all__ = [
    "Envelope",
    "Form",
    "Masked",
    "Outgoing",
    "Part",
    "Seed",
    "Slot",
    "Tools",
    "closed_strings",
    "fixed_strings",
    "media_in",
    "outgoing_slots",
    "parts_of",
    "put",
    "slots_of",
    "take_envelope",
    "tools_by_call",
    "turn_of",
]
