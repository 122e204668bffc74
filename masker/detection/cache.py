"""The span cache: what was searched last turn is not searched again.

A conversation is sent whole with every turn, so all but its last segments were seen before. The cache keeps, under a
keyed digest of everything a detector could look at, the resolved spans: offsets and kinds, never text. The key is
random for each process, so that a digest says nothing to someone who reads memory or guesses texts.
"""

from __future__ import annotations

import hashlib
import secrets
from collections import OrderedDict

from masker.core.segments import Segment
from masker.core.spans import Span

__all__ = ["SpanCache"]


class SpanCache:
    """A bounded, least-recently-used map from a segment's keyed digest to its spans.

    Args:
        limit: How many segments to remember; 0 remembers nothing.
    """

    def __init__(self, limit: int = 50_000) -> None:
        self.limit = limit
        self.hits = 0
        self.misses = 0
        self._secret = secrets.token_bytes(32)
        self._spans: OrderedDict[bytes, tuple[Span, ...]] = OrderedDict()

    def __repr__(self) -> str:
        return f"SpanCache(segments={len(self._spans)}, hits={self.hits}, misses={self.misses})"

    def __len__(self) -> int:
        return len(self._spans)

    def digest(self, scope: str, segment: Segment, tool: str | None = None) -> bytes:
        """Return the key of a segment.

        Args:
            scope: Agent, policy digest and plugin versions in one string.
            segment: The segment with its context.
            tool: Name of the tool whose result or arguments the segment stands in.
        """
        turns = segment.since if segment.question is None else (segment.question, *segment.since)
        parts = [scope, segment.role or "", segment.key or "", tool or "", segment.text]
        for turn in turns:
            parts += (turn.role or "", turn.text)
        # Lengths before the parts: no two different lists of parts give the same bytes.
        head = ",".join([str(len(part)) for part in parts])
        data = f"{head}|{''.join(parts)}".encode("utf-8", "surrogatepass")
        return hashlib.blake2b(data, key=self._secret, digest_size=16).digest()

    def get(self, digest: bytes) -> tuple[Span, ...] | None:
        """Return the spans known for a digest, or ``None``."""
        spans = self._spans.get(digest)
        if spans is None:
            self.misses += 1
            return None
        self.hits += 1
        self._spans.move_to_end(digest)
        return spans

    def put(self, digest: bytes, spans: tuple[Span, ...]) -> None:
        """Remember the spans of a digest; the least recently used one makes room."""
        if self.limit <= 0:
            return
        self._spans[digest] = spans
        self._spans.move_to_end(digest)
        while len(self._spans) > self.limit:
            self._spans.popitem(last=False)
