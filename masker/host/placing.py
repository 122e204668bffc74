"""Where each part of a request stands: which question is open there, and whose result it holds.

What is found in a message depends on both. Working them out takes the messages before it, read as turns, with what
their calls ask; but nearly all of those were in the request before, in the same order. So what it came to is remembered
under a digest of all messages up to one: the digest of that message with its context, and by their numbers the turns
that are the context of the next. Only around new messages are turns made at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import overload

import attrs

from masker.core.segments import Turn
from masker.detection.cache import Digests, Recent, SpanCache
from masker.detection.context import Asking, Context, asks_of, open_question
from masker.wire.request import Part, Tools, tools_by_call, turn_of

__all__ = ["Place", "Places"]


@attrs.frozen
class Place:
    """What is remembered of a message where it stands.

    Args:
        digest: Its digest with its context.
        asking: What the conversation waits for behind it.
    """

    digest: bytes
    asking: Asking


class Places:
    """The places of one request's parts; lives as long as the request.

    Args:
        parts: The parts, first the one beside the messages.
        digests: The request's digests.
        known: The places of earlier requests, by the digest of all messages up to one.
        cache: Remembers what turns ask.

    Attributes:
        digests: For each part its digest with its context, after `steps`.
    """

    def __init__(self, parts: Sequence[Part], digests: Digests, known: Recent[Place], cache: SpanCache) -> None:
        self.digests: list[bytes] = []
        self._made = digests
        self._known = known
        self._asks = cache.asking(digests, asks_of)
        self._messages = [part.value for part in parts[1:]]
        self._parts = parts
        self._raws: list[bytes] = []
        self._turns = _Turns(self._messages, self._raws, digests)
        #: What is asked before each message, and around new ones in which turns.
        self._asking: list[Asking] = [Asking()]
        self._contexts: dict[int, Context] = {}

    def __repr__(self) -> str:
        return f"Places(parts={len(self._parts)})"

    @cached_property
    def tools(self) -> Tools:
        """The functions whose results the messages hold."""
        return tools_by_call(self._messages)

    @cached_property
    def named(self) -> Tools:
        """The same by their names alone, which is all that is to be known where a message's places are known."""
        return self.tools.names()

    def steps(self) -> Iterator[None]:
        """Find the places, yielding after each."""
        made = self._made
        self.digests.append(made.placed(made.part(self._parts[0].raw()), None, ()))
        chain = made.part(b"")
        for at, part in enumerate(self._parts[1:]):
            self._raws.append(part.raw())
            chain = made.following(chain, self._raws[at])
            place = self._known.get(chain)
            if place is None:
                self._contexts[at], asking = open_question(self._turns, at, self._asking[at], self._asks)
                tool = self.tools.get(at)
                place = Place(made.placed(made.part(self._raws[at]), *self._contexts[at], tool and tool.said), asking)
                self._known.put(chain, place)
            self.digests.append(place.digest)
            self._asking.append(place.asking)
            yield

    def context(self, part: Part) -> Context:
        """Return the question that is open where a part stands, and the turns since then."""
        at = part.index
        if at is None:
            return None, ()
        if at not in self._contexts:
            self._contexts[at], _ = open_question(self._turns, at, self._asking[at], self._asks)
        return self._contexts[at]


class _Turns(Sequence[Turn]):
    """Messages as turns, each of them made when it is first asked for.

    Args:
        messages: The messages.
        raws: Their bytes, as far as they are written: a turn's digest is its message's, which saves reading the turn.
        digests: The request's digests.
    """

    def __init__(self, messages: Sequence[object], raws: Sequence[bytes], digests: Digests) -> None:
        self._messages = messages
        self._raws = raws
        self._digests = digests
        self._turns: dict[int, Turn] = {}

    def __len__(self) -> int:
        return len(self._messages)

    @overload
    def __getitem__(self, at: int) -> Turn: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Turn]: ...
    def __getitem__(self, at: int | slice) -> Turn | Sequence[Turn]:
        if isinstance(at, slice):
            return [self[number] for number in range(len(self))[at]]
        turn = self._turns.get(at)
        if turn is None:
            turn = self._turns[at] = turn_of(self._messages[at])
            self._digests.know(turn, self._digests.part(self._raws[at]))
        return turn
