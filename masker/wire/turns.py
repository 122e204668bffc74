"""Turns inside of JSON: the transcripts that tools return, users paste or platforms add, whatever their keys are.

What stands under one key again and again was said one after the other: in ``[{"role": "bot", "message": "Your ZIP
code?"}, {"role": "user", "message": "45402"}]`` an answer has its question before it, as in a request's messages. So it
has where the keys are those who speak: ``[{"bot": "Your ZIP code?"}, {"user": "45402"}]``.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from sys import maxsize
from typing import Final

import attrs

from masker.core.segments import Turn
from masker.detection.context import LONGEST_TURN, Asks, asks_of, open_questions
from masker.detection.transcript import role_of
from masker.wire.slots import Path, Slot

__all__ = ["in_turns"]

#: The key of all texts whose keys are those who say them.
_SPEAKERS: Final = "speakers"
#: Steps to a message's field: "messages", its index, the field.
_IN_MESSAGE: Final = 3


def in_turns(slots: Sequence[Slot]) -> list[Slot]:
    """Return the same slots; those that may answer one before them in the same document or field get its question.

    Args:
        slots: The slots of one part, in order.
    """
    roles: dict[str | None, str | None] = {None: None}
    columns: dict[tuple[int | Path, str | None], list[int]] = {}
    speakers: dict[int | Path, list[int]] = {}
    for place, slot in enumerate(slots):
        if slot.form != "text" or (slot.document is None and slot.segment.key is None):
            continue
        text, key = slot.segment.text, slot.segment.key
        document = _field(slot.segment.path) if slot.document is None else id(slot.document)
        for name in (key, text):
            if name is not None and name not in roles:
                roles[name] = role_of(name)
        if roles[text] is not None:
            speakers.setdefault(document, []).append(place)
        columns.setdefault((document, key if roles[key] is None else _SPEAKERS), []).append(place)
    answered = list(slots)
    for (document, key), places in columns.items():
        texts = [slots[place].segment.text for place in places]
        told = key == _SPEAKERS or document in speakers
        if len(texts) < 2 or not any("?" in text or (told and " " in text) for text in texts):  # by far the most
            continue
        if key == _SPEAKERS:
            said_by = [roles[slots[place].segment.key] for place in places]
        else:
            named = _named(speakers.get(document, ()), places)
            said_by = [None if at is None else roles[slots[at].segment.text] for at in named]
        turns = [Turn(role, text[-LONGEST_TURN:]) for role, text in zip(said_by, texts, strict=True)]
        for place, (question, since) in zip(places, open_questions(turns, _asks), strict=True):
            if question is not None:
                segment = attrs.evolve(slots[place].segment, question=question, since=since)
                answered[place] = attrs.evolve(slots[place], segment=segment)
    return answered


def _field(path: Path) -> Path:
    """Return the field of the request, or of a message, in which something stands."""
    return path[: _IN_MESSAGE if path[:1] == ("messages",) else 1]


def _named(speakers: Sequence[int], places: Sequence[int]) -> Iterator[int | None]:
    """Yield for every text the place where its speaker is named: between it and the text before it, or the one after.

    Programs write all objects of a list alike, so the first text tells which.
    """
    before = bool(speakers) and speakers[0] < places[0]
    for start, end in pairwise((-1, *places) if before else (*places, maxsize)):
        at = bisect_left(speakers, end) - 1 if before else bisect_left(speakers, start + 1)
        yield speakers[at] if 0 <= at < len(speakers) and start < speakers[at] < end else None


def _asks(turn: Turn) -> Asks:
    """Return what a turn asks for. Where nobody is said to speak, a text is as often a note, and needs its mark."""
    return asks_of(turn) if turn.role is not None or "?" in turn.text else Asks.NOTHING
