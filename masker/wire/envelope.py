"""The envelope: what voice platforms add to a request, and what it tells about the caller.

Vapi and ElevenLabs send more than OpenAI accepts: the call, the customer, the clinic's number. These fields are taken
off, and the values in them that identify the caller are kept as *seeds*: masked wherever they stand in the request, in
any written or spoken form.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import attrs

from masker.detection.keys import key_words, kind_of_key
from masker.wire.bodies import Number

__all__ = ["Envelope", "Seed", "take_envelope"]


@attrs.frozen
class Seed:
    """A value that a platform told us about the caller.

    Args:
        kind: What its key names, or ``None``: then it is a seed only if a detector recognises it.
        text: The value.
        key: Its key, for the detectors.
    """

    kind: str | None
    text: str = attrs.field(repr=False)
    key: str | None = attrs.field(default=None, repr=False)


@attrs.frozen
class Envelope:
    """A request without what voice platforms add to it.

    Args:
        body: The request that OpenAI knows; shares everything unchanged with the caller's.
        seeds: Values to mask in the whole request, in the order in which they stood.
    """

    body: dict[str, Any] = attrs.field(repr=False)
    seeds: tuple[Seed, ...] = attrs.field(repr=False)


_VAPI: Final = ("call", "customer", "phoneNumber", "assistant", "timestamp")
_ELEVENLABS: Final = ("user_id", "elevenlabs_extra_body")

#: Objects that describe the caller; every value below one is a seed or may be one.
_ABOUT_CALLER: Final = frozenset(
    (
        "customer customers caller patient contact variableValues variable_values dynamicVariables "
        "dynamic_variables metadata elevenlabs_extra_body user_id"
    ).split()
)
#: Objects that describe the clinic or the bot, wherever they stand.
_ABOUT_CLINIC: Final = frozenset("phoneNumber phone_number assistant squad org agent".split())
#: Words of keys that hold the platform's clock and not a caller's date.
_CLOCK: Final = frozenset("now today current time timestamp created updated started ended year month day".split())
_MAX_SEED: Final = 500
#: What stands for a name where nobody knows one.
_PLACEHOLDERS: Final = frozenset(
    "unknown anonymous none null na guest caller customer patient user test undefined".split()
)
_FEWEST_DIGITS: Final = 4
#: Ages up to 89 identify nobody, 45 CFR 164.514(b)(2)(i)(C).
_OLD: Final = 89


def take_envelope(body: dict[str, Any]) -> Envelope:
    """Take off the fields that voice platforms add, and keep the values in them that identify the caller.

    Vapi's ``call``, ``customer``, ``phoneNumber``, ``assistant``, ``timestamp``, and ``metadata`` beside one of them;
    ElevenLabs' ``user_id`` and ``elevenlabs_extra_body``; lists of word confidences in messages. OpenAI answers 400 to
    them. The clinic's own number and the bot's name do not seed.

    Args:
        body: The request; not changed.
    """
    gone: list[str] = [name for name in (*_VAPI, *_ELEVENLABS) if name in body]
    if "metadata" in body and any(name in _VAPI for name in gone):
        gone.append("metadata")
    seeds: dict[tuple[str | None, str], Seed] = {}
    for name in body if gone else ():
        if name in gone:
            for seed in _seeds(body[name], name, about=name in _ABOUT_CALLER, clinic=name in _ABOUT_CLINIC):
                seeds.setdefault((seed.kind, seed.text), seed)
    if gone:
        body = {name: value for name, value in body.items() if name not in gone}
    messages = [_without_words(message) for message in body["messages"]] if "messages" in body else []
    if any(new is not old for new, old in zip(messages, body.get("messages", ()), strict=True)):
        body = {**body, "messages": messages}
    return Envelope(body, tuple(seeds.values()))


def _seeds(value: Any, key: str | None, *, about: bool, clinic: bool) -> Iterator[Seed]:
    if type(value) is dict:
        for name, child in value.items():
            if name in _ABOUT_CLINIC and type(child) is dict:
                yield from _seeds(child, name, about=False, clinic=True)
            else:
                inside = name in _ABOUT_CALLER and not (clinic and name == "metadata")
                yield from _seeds(child, name, about=about or inside, clinic=clinic and not inside)
    elif type(value) is list:
        for child in value:
            yield from _seeds(child, key, about=about, clinic=clinic)
    elif about:
        text = value if type(value) is str else value.literal if type(value) is Number else ""
        if text.strip() and len(text) <= _MAX_SEED and not _is_clock(key):
            kind = kind_of_key(key)
            yield Seed(kind if kind is not None and _is_plausible(kind, text) else None, text.strip(), key)


def _is_plausible(kind: str, text: str) -> bool:
    """Return whether a value can be of the kind that its key names: web calls come from the number "anonymous"."""
    if kind == "NAME":
        return any(map(str.isalpha, text)) and _PLACEHOLDERS.isdisjoint(key_words(text.lower()))
    if kind in ("PHONE", "FAX", "SSN", "CARD"):
        return sum(map(str.isdigit, text)) >= _FEWEST_DIGITS
    if kind == "EMAIL":
        return "@" in text
    if kind == "AGE":
        return text.strip().isdecimal() and int(text) > _OLD
    return kind in ("ADDRESS", "URL") or any(map(str.isdigit, text))


def _is_clock(key: str | None) -> bool:
    words = key_words(key or "")
    return words == ("date",) or (bool(words) and not _CLOCK.isdisjoint(words) and "birth" not in words)


def _without_words(message: Any) -> Any:
    """Return a message without its lists of word confidences, or the message itself when it has none."""
    if type(message) is not dict:
        return message
    metadata = message.get("metadata")
    listed = type(metadata) is dict and "wordLevelConfidence" in metadata
    if not listed and type(message.get("words")) is not list:
        return message
    kept = {name: value for name, value in message.items() if name != "words" or type(value) is not list}
    if listed:
        rest = {name: value for name, value in kept["metadata"].items() if name != "wordLevelConfidence"}
        if rest:
            kept["metadata"] = rest
        else:
            del kept["metadata"]
    return kept
