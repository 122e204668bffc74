"""Corrections: "two one two five five five oh one six nine, no wait, oh one seven three".

A caller who corrects a number says what was wrong and what is right; both are that number. The words between are
few and the same in every call, so this is done once, for every kind, instead of in every detector.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from masker.core.segments import Segment, Turn
from masker.core.spans import Span

__all__ = ["corrected", "takes_back"]

#: What people say before they give a value anew.
_TAKEN_BACK: Final = (
    r"(?:no|nope|wait|sorry|scratch that|strike that|i mean|i meant|actually|make that|correction|rather"
    r"|or rather|not that|excuse me|my mistake|my bad|apologies|pardon(?: me)?|let me correct that"
    r"|that's wrong|i'm wrong|hang on|hold on)"
)
_HESITATES: Final = r"(?:(?:uh|um|er|oh|okay|ah|so|and|but|well)[\s,.]+){0,2}"
_CORRECTION: Final = re.compile(
    rf"[\s,.;:-]*{_HESITATES}{_TAKEN_BACK}"
    r"(?:[\s,.!-]+(?:no|wait|sorry|scratch that|actually|i mean|i meant|it's|its|it is|that's|that is|make it|make that"
    r"|it should be|should be|the|last|four|three|two|digits|is|are|ends? (?:in|with)|uh|um|er|hang on|hold on)){0,7}?"
    r"[\s,.:-]+(?P<value>[A-Za-z]{0,3}-?\d(?:[ .()-]{0,2}\d)*(?:(?:st|nd|rd|th)\b)?)(?![\w%])",
    re.IGNORECASE,
)
#: How what was said some turns ago is given anew: "oh sorry, the right one is 4472", "I gave you the wrong number, it's
#: 4472".
_SLIP: Final = r"(?:wrong|mixed up|misread|swapped|typo|mistake)"
_ANEW: Final = re.compile(
    rf"\W*{_HESITATES}(?:{_TAKEN_BACK}|(?:i|we|that) (?=[^.?]{{0,40}}\b{_SLIP}\b))"
    rf"(?:\b[^.?\d]{{0,40}}?\b{_SLIP}\b(?: (?:one|1)\b)?[^?\d]{{0,24}}?|(?:[\s,.!-]+(?:no|wait|sorry|scratch that"
    r"|actually|i mean|i meant|it's|its|it is|it was|that's|that is|make it|make that|it should be|should be|the|my"
    r"|right|correct|one|1|number|last|four|4|three|3|two|2|digits|is|are|was|ends? (?:in|with)|uh|um|er|hang on"
    r"|hold on)\b){0,8}?)[\s,.:-]+(?P<value>[a-z]{0,3}-?\d(?:[ ./-]?\d)*)",
    re.IGNORECASE,
)
_OPENS: Final = re.compile(rf"\W*{_HESITATES}(?:{_TAKEN_BACK}\b|(?P<slip>(?:i|we|that) ))", re.IGNORECASE)
_SLIPS: Final = frozenset("wrong mixed misread swapped typo mistake".split())
_DIGITS: Final = re.compile(r"\d(?:[ ./-]?\d)*")
_UNIT: Final = re.compile(
    r"\s*(?:%|mg|mcg|ml|units?|tablets?|pills?|capsules?|times|days?|weeks?|months?|years?|hours?|minutes?|o'clock|am|pm"
    r"|a\.m|p\.m|dollars?|percent|degrees|pounds|kilos?|puffs?)\b",
    re.IGNORECASE,
)
#: Kinds whose values are no numbers: a number after a name corrects something else.
_WORDY: Final = frozenset({"NAME", "ADDRESS", "EMAIL", "URL"})
_MAX: Final = 120


def takes_back(turn: Turn, said: Iterable[Turn]) -> bool:
    """Return whether a turn begins with a number that its speaker gives instead of one that looks like it.

    Args:
        turn: What is said.
        said: The turns before it, of which those of the same role count.
    """
    opens = _OPENS.match(turn.text[:_MAX])
    if opens is None or not turn.may_have_digit or (opens["slip"] and _SLIPS.isdisjoint(turn.words)):
        return False
    anew = _ANEW.match(turn.reading.text[:_MAX])
    if anew is None:
        return False
    digits = _count(anew["value"])
    before = (one for one in said if one.role == turn.role)
    return any(digits == _count(match[0]) for one in before for match in _DIGITS.finditer(one.reading.text[-_MAX:]))


def _count(value: str) -> int:
    return sum(map(str.isdigit, value))


def corrected(segment: Segment, spans: Iterable[Span]) -> list[Span]:
    """Return spans for the corrected numbers that follow the given spans directly.

    Args:
        segment: Where the spans were found.
        spans: What the detectors found.

    Returns:
        New spans, of the kind and score of the span each one corrects.
    """
    reading = segment.reading
    text = reading.text
    found: list[Span] = []
    for span in spans:
        if span.kind in _WORDY:
            continue
        at = reading.plain(span.start, span.end)[1]
        match = _CORRECTION.match(text, at, at + _MAX)
        while match is not None and not _UNIT.match(text, match.end()):
            start, end = reading.source(*match.span("value"))
            found.append(Span(start, end, span.kind, span.score, span.detector))
            at = match.end()
            match = _CORRECTION.match(text, at, at + _MAX)
    return found
