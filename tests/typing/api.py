"""The public API as a stranger would use it. Never run: mypy --strict reads it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from masker import (
    HESITATION,
    HOOK_API,
    WHERE,
    Detector,
    Kind,
    PatternDetector,
    Reading,
    Rule,
    Run,
    RunDetector,
    Segment,
    Span,
    Turn,
    asked,
    asks_for,
    cued,
    heard,
    hookimpl,
    is_amount,
    read,
    runs,
    said,
)

BADGE = Kind("BADGE", category="R", title="badge number")
phrase: str = BADGE.phrase
version: int = HOOK_API


# A detector is whatever has a name, kinds and detect; no base class.
class BadgeDetector:
    name = "badge"
    kinds = frozenset({"BADGE"})

    def detect(self, segment: Segment) -> Iterator[Span]:
        reading: Reading = segment.reading
        for match in re.finditer(r"B-\d{5}", reading.text):
            start, end = reading.source(match.start(), match.end())
            yield Span(start, end, "BADGE", 0.9, self.name)


def check(text: str) -> bool | float:
    return 0.4 if text.startswith("0") else True


detector: Detector = BadgeDetector()
patterns: Detector = PatternDetector(
    "badge-pattern",
    [Rule("BADGE", re.compile(r"B-(?P<value>\d{5})"), 0.8, validate=check, cues=re.compile("badge"), uncued=0.3)],
    prefilter=re.compile("B-"),
)


@hookimpl
def masker_register_kinds() -> Iterable[Kind]:
    return (BADGE,)


@hookimpl
def masker_register_detectors(settings: Mapping[str, object]) -> Iterable[Detector]:
    return (detector, patterns)


segment = Segment(
    "it is four one five",
    role="user",
    key="phone",
    question=Turn("assistant", "what is your number"),
    since=(Turn("user", "one moment"),),
)
spans: list[Span] = sorted(detector.detect(segment))
overlapping: bool = bool(spans) and spans[0].overlaps(spans[0].shifted(1))
length: int = sum(len(span) for span in spans)
found: list[Run] = list(runs(segment))
reading: Reading = read("double five")
announced: bool = cued(segment, 0, re.compile("badge"), 20) or asked(segment, re.compile("number"))
run_detector: type[RunDetector] = RunDetector
helpers = (asks_for, said)
pause: re.Pattern[str] = re.compile(HESITATION)
whereabouts: bool = asked(segment, re.compile(WHERE, re.IGNORECASE))
counted: bool = is_amount("my oxygen is 82", 13, 15)
heard_in_answer: list[tuple[int, int, int]] = list(heard(reading, glued=4))
