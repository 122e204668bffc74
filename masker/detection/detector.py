"""What a detector is, and `PatternDetector`, the three visible steps most of them take.

Match generously, validate strictly, let context decide: a rule's pattern runs on the segment's reading (so a phone
number in digits and in words is one pattern), its validator checks digits and check digits, its cues (words before
the match, the JSON key, the open question) lift or drop the score.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, runtime_checkable

import attrs

from masker.core.segments import Segment
from masker.core.spans import Span
from masker.detection.context import asked, cued

__all__ = ["Detector", "PatternDetector", "Rule"]


@runtime_checkable
class Detector(Protocol):
    """Finds spans of its kinds in one segment.

    Promise: `detect` is deterministic, keeps no state between calls, may be called from several threads, never
    raises on any text, does no I/O, and takes time at most proportional to the text's length. A span outside the
    text, an empty one, or one of a kind not in ``kinds`` is an error and stops the request.

    Attributes:
        name: Unique among all detectors, lower case.
        kinds: The kinds that `detect` may return.
    """

    @property
    def name(self) -> str:
        """Unique, lower-case name."""

    @property
    def kinds(self) -> frozenset[str]:
        """Kinds that may be returned."""

    def detect(self, segment: Segment) -> Iterable[Span]:
        """Return every finding in ``segment.text``; order and overlaps do not matter."""


@attrs.frozen
class Rule:
    """One pattern of a `PatternDetector`.

    Args:
        kind: Kind of the spans.
        pattern: Compiled; runs on ``segment.reading.text``. A group called ``value`` narrows the span to it.
        score: Score of a match that validates and, if ``cues`` are given, is cued.
        validate: Called with the matched text (of ``value``, in the reading). ``False`` rejects, ``True`` or ``None``
            accepts, a float replaces the score.
        cues: Pattern of words that announce the value: looked for in the ``reach`` characters before the match, in
            the JSON key and in the open question.
        uncued: Score of a match without a cue; 0 drops it. Only used when ``cues`` are given.
        reach: How many characters before the match a cue may stand.
    """

    kind: str
    pattern: re.Pattern[str]
    score: float = 0.9
    validate: Callable[[str], bool | float | None] | None = None
    cues: re.Pattern[str] | None = None
    uncued: float = 0.0
    reach: int = 48


class PatternDetector:
    """A detector made of rules: match → validate → context.

    Args:
        name: Unique, lower-case name.
        rules: What to look for.
        prefilter: A cheap pattern; a segment whose reading does not contain it is not searched.

    Attributes:
        capabilities: What conformance may ask of it: ``written``, ``spoken``, ``context``.
        scope: The part of its kinds that it claims, when it is not all of them; reports and badges say so.
    """

    capabilities: frozenset[str] = frozenset({"written", "spoken", "context"})
    scope: str | None = None

    def __init__(self, name: str, rules: Sequence[Rule], prefilter: re.Pattern[str] | None = None) -> None:
        self.name = name
        self.rules = tuple(rules)
        self.kinds = frozenset(rule.kind for rule in rules)
        self.prefilter = prefilter

    def detect(self, segment: Segment) -> Iterator[Span]:
        """Yield a span for every rule match that validates."""
        reading = segment.reading
        if self.prefilter is not None and not self.prefilter.search(reading.text):
            return
        for rule in self.rules:
            group = "value" if "value" in rule.pattern.groupindex else 0
            for match in rule.pattern.finditer(reading.text):
                if match.start(group) == match.end(group):
                    continue
                score = self._score(rule, segment, match, group)
                if score > 0:
                    start, end = reading.source(match.start(group), match.end(group))
                    yield Span(start, end, rule.kind, score, self.name)

    @staticmethod
    def _score(rule: Rule, segment: Segment, match: re.Match[str], group: str | int) -> float:
        score = rule.score
        if rule.validate is not None:
            verdict = rule.validate(match[group])
            if verdict is False:
                return 0.0
            if verdict is not None and verdict is not True:
                score = verdict
        if rule.cues is not None and not (
            cued(segment, match.start(group), rule.cues, rule.reach) or asked(segment, rule.cues)
        ):
            return min(score, rule.uncued)
        return score
