"""Reports: what observers, metrics and logs may learn of a request. Names, counts and milliseconds; never content."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

__all__ = ["MaskingReport", "RehydrationReport"]


@attrs.frozen
class MaskingReport:
    """What masking one request did.

    Args:
        agent: The agent's name (never its id, which is a secret).
        request_id: The id of the reply's ``x-request-id``.
        by_kind: How many spans of each kind were masked, redacted ones included.
        by_detector: The same by (kind, detector); the sweep for known values counts as ``known``, a seed as ``seed``.
        milliseconds: Time per stage (``parse``, ``detect``, ``mask``, ...).
        segments: How many strings were looked at.
        characters: Their total length in code points.
        cache_hits: Segments whose spans were known from an earlier turn.
        cache_misses: Segments that were searched.
    """

    agent: str
    request_id: str
    by_kind: Mapping[str, int] = attrs.Factory(dict)
    by_detector: Mapping[tuple[str, str], int] = attrs.Factory(dict)
    milliseconds: Mapping[str, float] = attrs.Factory(dict)
    segments: int = 0
    characters: int = 0
    cache_hits: int = 0
    cache_misses: int = 0

    @property
    def masked(self) -> int:
        """How many spans were masked in all."""
        return sum(self.by_kind.values())


@attrs.frozen
class RehydrationReport:
    """What bringing values back into one reply did.

    Args:
        agent: The agent's name.
        request_id: The id of the reply's ``x-request-id``.
        restored: Tokens that became values.
        bent: Those of them that the model had written in another accepted form than ``[KIND_n]``.
        unknown: Tokens that became a neutral phrase, because this request did not issue them.
        held_max: The most characters that were held back at once.
    """

    agent: str
    request_id: str
    restored: int = 0
    bent: int = 0
    unknown: int = 0
    held_max: int = 0
