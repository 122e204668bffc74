"""Overlaps: a painter makes any set of findings disjoint and leaves nothing found exposed.

Order the findings from weak to strong, paint each over the text in its kind's colour, read off the runs, join
neighbours of one colour. What is painted last stays visible, so the strongest finding wins wherever two overlap, while
the rest of the weaker one keeps its own colour.

Laws (tested): the result does not depend on the order of the input, covers exactly the union of the input, is
sorted and disjoint, and resolving it again changes nothing.

Only findings that touch are joined. Two names with a space between them stay two: joining would cover a character
that nobody found, and it is the detector's part to see a full name as one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from heapq import heappop, heappush
from itertools import pairwise
from operator import attrgetter
from typing import Final

from masker.core.policy import Policy
from masker.core.spans import Span

__all__ = ["admit", "counting", "exposed", "resolve"]

#: Sorts as spans themselves do, whose comparison takes ten times as long.
_PLACE: Final = attrgetter("start", "end", "kind", "score", "detector")


def counting(text: str, spans: Iterable[Span], policy: Policy) -> list[Span]:
    """Return the findings that count under a policy, overlaps included.

    An allowed value is nobody's: what another detector makes of the same characters, or of some of them, does not
    count either, or the clinic's own phone number would leave as some other identifier.

    Args:
        text: The segment's text.
        spans: Findings in it, in any order, overlapping or not.
        policy: A finding below its kind's ``min_score``, or on its kind's allow-list, does not count.
    """
    found = list(spans)
    allowed = [(span.start, span.end) for span in found if policy.allows(span.kind, text[span.start : span.end])]
    return [
        span
        for span in found
        if span.score >= policy.min_score(span.kind)
        and not any(start <= span.start and span.end <= end for start, end in allowed)
    ]


def admit(text: str, spans: Iterable[Span], policy: Policy) -> tuple[Span, ...]:
    """Return the findings that count under a policy (`counting`), made disjoint and sorted."""
    return resolve(counting(text, spans, policy))


def resolve(spans: Iterable[Span], priority: Mapping[str, int] | None = None) -> tuple[Span, ...]:
    """Return disjoint, sorted spans that cover exactly what ``spans`` cover.

    Args:
        spans: Findings in one text, in any order; empty ones are dropped.
        priority: Weight of a kind, 0 where it is not named; a higher weight wins over length, score and name.

    Returns:
        The visible parts, each with the kind, score and detector of the finding that won there. Neighbours of one
        kind are one span with the score and detector of the stronger. Takes O(n log n).
    """
    ordered = sorted((span for span in set(map(_plain, spans)) if span.start < span.end), key=_PLACE)
    if all(ordered[i].end <= ordered[i + 1].start for i in range(len(ordered) - 1)):
        return _join([(span.start, span.end, span) for span in ordered])
    return _join(_runs(ordered, priority))


def exposed(spans: Iterable[Span], cover: Iterable[Span]) -> Span | None:
    """Return a span of which some character is under no span of ``cover``, or ``None`` where all are covered."""
    runs: list[tuple[int, int]] = []
    for start, end in sorted((span.start, span.end) for span in cover):
        if runs and start <= runs[-1][1]:
            runs[-1] = (runs[-1][0], max(runs[-1][1], end))
        else:
            runs.append((start, end))
    starts = [start for start, _ in runs]
    for span in spans:
        place = bisect_right(starts, span.start) - 1
        if place < 0 or runs[place][1] < span.end:
            return span
    return None


def _plain(span: Span) -> Span:
    """Return the span itself; a missing detector sorts like an empty name, so that spans always compare."""
    return span if span.detector is not None else Span(span.start, span.end, span.kind, span.score, "")


def _strength(span: Span, priority: Mapping[str, int] | None) -> tuple[int, int, float, str, str, int]:
    weight = priority.get(span.kind, 0) if priority else 0
    return (weight, span.end - span.start, span.score, span.kind, span.detector or "", span.start)


class _Strongest:
    """Heap entry: the stronger finding sorts first."""

    __slots__ = ("rank", "span")

    def __init__(self, span: Span, priority: Mapping[str, int] | None) -> None:
        self.span = span
        self.rank = _strength(span, priority)

    def __lt__(self, other: _Strongest) -> bool:
        return self.rank > other.rank


def _runs(ordered: list[Span], priority: Mapping[str, int] | None) -> list[tuple[int, int, Span]]:
    """Return the visible runs ``(start, end, winner)``, sorted; ``ordered`` is sorted by start."""
    edges = sorted({edge for span in ordered for edge in (span.start, span.end)})
    runs: list[tuple[int, int, Span]] = []
    heap: list[_Strongest] = []
    following = 0
    for start, end in pairwise(edges):
        while following < len(ordered) and ordered[following].start <= start:
            heappush(heap, _Strongest(ordered[following], priority))
            following += 1
        while heap and heap[0].span.end <= start:
            heappop(heap)
        if not heap:
            continue
        winner = heap[0].span
        if runs and runs[-1][1] == start and runs[-1][2] is winner:
            runs[-1] = (runs[-1][0], end, winner)
        else:
            runs.append((start, end, winner))
    return runs


def _join(runs: list[tuple[int, int, Span]]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for start, end, winner in runs:
        span = Span(start, end, winner.kind, winner.score, winner.detector or None)
        if joined and joined[-1].end == start and joined[-1].kind == span.kind:
            left = joined[-1]
            best = max(left, span, key=lambda one: (one.score, one.detector or ""))
            span = Span(left.start, end, span.kind, best.score, best.detector)
            joined[-1] = span
        else:
            joined.append(span)
    return tuple(joined)
