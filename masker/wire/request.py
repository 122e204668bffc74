"""A chat request as the places where words can stand.

`take_envelope` takes off what voice platforms add and keeps the values that tell who is calling; `slots_of` lists every
place; masking looks at each slot's segment; `put` writes what it answers into a copy; `outgoing_slots` lists what is
about to leave, for the last look.
"""

from masker.wire.envelope import Envelope, Seed, take_envelope
from masker.wire.media import media_in
from masker.wire.outgoing import Masked, Outgoing, put
from masker.wire.slots import Form, Slot
from masker.wire.walk import fixed_strings, outgoing_slots, slot_steps, slots_of

__all__ = [
    "Envelope",
    "Form",
    "Masked",
    "Outgoing",
    "Seed",
    "Slot",
    "fixed_strings",
    "media_in",
    "outgoing_slots",
    "put",
    "slot_steps",
    "slots_of",
    "take_envelope",
]
