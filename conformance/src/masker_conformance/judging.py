"""How a finding is compared with a mark. One home for it, so that every rule judges alike.

Only letters and digits count: whether a span takes the full stop after a value along is nobody's loss. Characters that
a mark calls optional are never required and never held against a span.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from masker import Span
from masker_conformance.fixtures import Case
from masker_conformance.marks import Mark

__all__ = ["false_alarms", "missed", "quoted", "required", "trimmed", "wrong_kind"]


def required(text: str, mark: Mark) -> frozenset[int]:
    """Return the offsets of a mark that have to be covered."""
    return frozenset(at for at in range(mark.start, mark.end) if text[at].isalnum()) - mark.optional


def _countable(text: str, span: Span) -> list[int]:
    return [at for at in range(max(0, span.start), min(len(text), span.end)) if text[at].isalnum()]


def missed(case: Case, spans: Iterable[Span], kinds: frozenset[str]) -> list[Mark]:
    """Return the marks of ``kinds`` that have a letter or digit which no span covers."""
    covered = {at for span in spans for at in range(span.start, span.end)}
    text = case.segment.text
    return [mark for mark in case.marks if mark.kind in kinds and not required(text, mark) <= covered]


def wrong_kind(case: Case, spans: Sequence[Span], kinds: frozenset[str]) -> list[tuple[Mark, str]]:
    """Return the found marks whose strongest span, the one with the highest score, is of another kind."""
    wrong = []
    for mark in case.marks:
        over = [span for span in spans if span.start < mark.end and mark.start < span.end]
        if mark.kind not in kinds or not over:
            continue
        best = max(over, key=lambda span: (span.score, len(span), span.kind == mark.kind))
        if best.kind != mark.kind and not any(
            span.kind == mark.kind and (span.score, len(span)) == (best.score, len(best)) for span in over
        ):
            wrong.append((mark, best.kind))
    return wrong


def false_alarms(case: Case, spans: Iterable[Span]) -> list[Span]:
    """Return the spans that found something harmless.

    That is a span with less than half of its letters and digits inside marks (of whatever kind: a number that another
    plugin masks anyway is no loss), and in a negative of a kind every span of that kind.
    """
    text = case.segment.text
    marked = {at for mark in case.marks for at in range(mark.start, mark.end)}
    optional = {at for mark in case.marks for at in mark.optional}
    wrong = []
    for span in spans:
        if not case.positive and span.kind == case.kind:
            wrong.append(span)
            continue
        counted = [at for at in _countable(text, span) if at not in optional]
        if counted and 2 * sum(at in marked for at in counted) < len(counted):
            wrong.append(span)
    return wrong


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a range without the characters at its ends that are neither letters nor digits."""
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return start, end


def quoted(text: str, start: int, end: int) -> str:
    """Return a place in a fixture's text, short enough for a message. Fixtures are invented, so this may be printed."""
    return f"{start}:{end} {text[start:end][:60]!r} in {text[:140]!r}"
