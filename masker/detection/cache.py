"""The span cache: what was searched last turn is not searched again.

A conversation is sent whole with every turn, so all but its last segments were seen before. The cache keeps, under a
keyed digest of everything a detector could look at, the resolved spans: offsets and kinds, never text. Beside them it
keeps for each turn which sort of question it asks. The key is random for each process, so that a digest says
nothing to someone who reads memory or guesses texts.

A segment's digest is made of its own text and the digests of the turns around it (`Digests`), so that a turn which
is the context of eight others is hashed once. What a caller finds in a whole part of a request, a message for instance,
it can keep the same way (`Recent`), so that a message seen before is one look-up.
"""

from __future__ import annotations

import hashlib
import secrets
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Final, Generic, TypeVar

from masker.core.segments import Segment, Turn
from masker.core.spans import Span
from masker.detection.context import Asks

__all__ = ["Digests", "Recent", "SpanCache"]

_T = TypeVar("_T")
_ALONE: Final = nullcontext()

#: How many spans most segments and messages hold at most.
_USUAL: Final = 8


class Recent(Generic[_T]):
    """The values most recently used, by digest; never a text.

    Args:
        limit: How many to remember, if they have the usual size; 0 remembers nothing.
        lock: Held while it is looked up or changed; threads that share one need theirs.
    """

    __slots__ = ("_lock", "_sizes", "_values", "limit", "size")

    def __init__(self, limit: int, lock: AbstractContextManager[object] = _ALONE) -> None:
        self.limit = limit
        self.size = 0
        self._values: OrderedDict[bytes, _T] = OrderedDict()
        #: Only of values that are larger than most.
        self._sizes: dict[bytes, int] = {}
        self._lock = lock

    def __len__(self) -> int:
        return len(self._values)

    def get(self, digest: bytes) -> _T | None:
        """Return the value of a digest, or ``None``."""
        with self._lock:
            value = self._values.get(digest)
            if value is not None:
                self._values.move_to_end(digest)
            return value

    def put(self, digest: bytes, value: _T, spans: int = 0) -> None:
        """Remember the value of a digest; the least recently used ones make room.

        Args:
            digest: The digest.
            value: The value.
            spans: How many spans it holds: one with thousands takes the room of hundreds.
        """
        with self._lock:
            self._forget(digest)
            size = 1 + spans // _USUAL
            if size > min(self.limit, max(1, self.limit // 4)):
                return  # for one, all others would have to go
            self._values[digest] = value
            self.size += size
            if size > 1:
                self._sizes[digest] = size
            while self.size > self.limit:
                self._forget(next(iter(self._values)))

    def _forget(self, digest: bytes) -> None:
        if digest in self._values:
            del self._values[digest]
            self.size -= self._sizes.pop(digest, 1)


class Digests:
    """Keyed digests of one request's turns and segments; lives as long as the request.

    Args:
        secret: The key.
        scope: Agent, policy digest and plugin versions in one string.

    Attributes:
        hits: How many of its segments were known.
        misses: How many were not.
    """

    def __init__(self, secret: bytes, scope: str) -> None:
        self.hits = 0
        self.misses = 0
        self._turn = hashlib.blake2b(key=secret, digest_size=16, person=b"turn")
        self._part = hashlib.blake2b(key=secret, digest_size=16, person=b"part")
        self._segment = hashlib.blake2b(key=secret, digest_size=16, person=b"segment")
        self._segment.update(_counted(scope))
        # By identity, which is cheap; the turn is kept beside its digest so that no other can take its place.
        self._known: dict[int, tuple[Turn, bytes]] = {}

    def __repr__(self) -> str:
        return f"Digests(turns={len(self._known)})"

    def turn(self, turn: Turn) -> bytes:
        """Return the digest of a turn, whatever the scope: what it says and who says it."""
        known = self._known.get(id(turn))
        if known is None:
            made = self._turn.copy()
            made.update(_counted(turn.role or "", turn.text))
            known = self._known[id(turn)] = (turn, made.digest())
        return known[1]

    def part(self, raw: bytes) -> bytes:
        """Return the digest of a part of a request by the bytes it is written in, whatever the scope."""
        made = self._part.copy()
        made.update(raw)
        return made.digest()

    def know(self, turn: Turn, digest: bytes) -> None:
        """Take a part's digest for a turn's, which saves reading the turn for it."""
        self._known[id(turn)] = (turn, digest)

    def placed(
        self, part: bytes, question: Turn | None, since: Sequence[Turn], tool: Sequence[str] | None = None
    ) -> bytes:
        """Return the digest of a part with its context in this scope; ``tool`` says whose result it holds."""
        made = self._segment.copy()
        made.update(b"part" + part if tool is None else b"result" + part + _counted(*tool))
        self._update(made, question, since)
        return made.digest()

    def following(self, before: bytes, raw: bytes) -> bytes:
        """Return the digest, in this scope, of some parts, by that digest of theirs, and one more by its bytes."""
        made = self._segment.copy()
        made.update(b"following" + before + raw)
        return made.digest()

    def values(self, told: Iterable[str]) -> bytes:
        """Return the digest, in this scope, of some values that are known; ``told`` is all that counts of them."""
        made = self._segment.copy()
        made.update(b"values" + _counted(*told))
        return made.digest()

    def segment(self, segment: Segment, tool: str | None = None) -> bytes:
        """Return the digest of a segment with its context.

        Args:
            segment: The segment.
            tool: Name of the tool whose result or arguments the segment stands in.
        """
        made = self._segment.copy()
        made.update(_counted(segment.role or "", segment.key or "", tool or "", segment.text))
        self._update(made, segment.question, segment.since)
        return made.digest()

    def _update(self, made: hashlib.blake2b, question: Turn | None, since: Sequence[Turn]) -> None:
        """Add a context: of equal length each, behind a part of counted length, no two of them give the same bytes."""
        if question is not None:
            made.update(b"".join([self.turn(question), *map(self.turn, since)]))
        elif since:
            made.update(b"|" + b"".join(map(self.turn, since)))


def _counted(*parts: str) -> bytes:
    """Return the parts with their lengths before them: no two different lists of parts give the same bytes."""
    head = ",".join([str(len(part)) for part in parts])
    return f"{head}|{''.join(parts)}".encode("utf-8", "surrogatepass")


class SpanCache:
    """A bounded, least-recently-used map from a segment's keyed digest to its spans.

    Args:
        limit: How many segments to remember; 0 remembers nothing.
        lock: As in `Recent`.
    """

    def __init__(self, limit: int = 50_000, lock: AbstractContextManager[object] = _ALONE) -> None:
        self.limit = limit
        self.hits = 0
        self.misses = 0
        self._secret = secrets.token_bytes(32)
        self._spans: Recent[tuple[Span, ...]] = Recent(limit, lock)
        self._asking: Recent[Asks] = Recent(limit, lock)

    def __repr__(self) -> str:
        return f"SpanCache(segments={len(self._spans)}, hits={self.hits}, misses={self.misses})"

    def __len__(self) -> int:
        return len(self._spans)

    def digests(self, scope: str) -> Digests:
        """Return what makes the digests of one request; ``scope`` tells agent, policy and plugin versions."""
        return Digests(self._secret, scope)

    def digest(self, scope: str, segment: Segment, tool: str | None = None) -> bytes:
        """Return the key of a single segment, see `Digests.segment`."""
        return self.digests(scope).segment(segment, tool)

    def get(self, digest: bytes) -> tuple[Span, ...] | None:
        """Return the spans known for a digest, or ``None``."""
        spans = self._spans.get(digest)
        if spans is None:
            self.misses += 1
        else:
            self.hits += 1
        return spans

    def put(self, digest: bytes, spans: tuple[Span, ...]) -> None:
        """Remember the spans of a digest; the least recently used one makes room."""
        self._spans.put(digest, spans, len(spans))

    def asking(self, digests: Digests, asks_of: Callable[[Turn], Asks]) -> Callable[[Turn], Asks]:
        """Return ``asks_of`` for the turns of one request, remembered by their digests."""

        def asks(turn: Turn) -> Asks:
            digest = digests.turn(turn)
            answer = self._asking.get(digest)
            if answer is None:
                answer = asks_of(turn)
                self._asking.put(digest, answer)
            return answer

        return asks
