"""What is said around a run: nothing else at all, courtesies, a beginning or an end, an address it is part of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from masker.core.segments import Segment
from masker.detection.labels import each_word, is_link, words_in
from masker.detection.runs.run import Run

__all__ = [
    "CARRY",
    "JOINING",
    "PARTLY",
    "PARTLY_WORDS",
    "closes",
    "is_bare",
    "is_code",
    "is_led",
    "is_within_address",
    "only_courtesies",
    "opens",
    "said_by_sign",
]


CARRY: Final = frozenset(
    "okay ok and then um uh er erm so let me see no sorry wait i mean scratch that actually"
    " make it rather er erm correction dash hyphen thats it's its"
    " yeah yes right mm hmm mhm go ahead got plus also not the next area code double well"
    " like you know first last part rest was oh my bad strike hold on"
    " sir maam alright one sec second user assistant caller agent patient"
    " something theres on end".split()
)


#: What people say between the groups of a number that they read out; its words by themselves may say something else.
JOINING: Final = r"(?:followed by|after that|(?:then|next) comes?|finally|lastly)"


#: What an answer may say besides the value and still be bare.
_COURTESY: Final = CARRY | frozenset(
    "sure hi hello please thanks thank you it is im that the my number a here there just got"
    " to find think believe should be with starts ends in for one moment minute hm ah uhm"
    " yep yup of course great perfect"
    " k cool ready here's heres again so keep going theres more another an final"
    " dtmf pressed entered keyed typed".split()
)


_INSIDE: Final = re.compile(
    r"@|://|www\.|\.(?:com|org|net|edu|gov|io|co|uk|health|app|info|de|fr)(?![^\W_])", re.IGNORECASE
)


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands before and after a run in the unbroken word around it, at most 120 characters of each."""
    left = start
    while left > 0 and start - left < 120 and not text[left - 1].isspace() and text[left - 1] not in "\"'<>(),;|":
        left -= 1
    right = end
    while right < len(text) and right - end < 120 and not text[right].isspace() and text[right] not in "\"'<>),;|":
        right += 1
    return text[left:start], text[end:right]


#: Linking words that make a statement of it: "the t four was eleven" is no answer to "your number?".
_STATES: Final = frozenset("ive weve youve was were had has have got patient doctor wife".split())


#: What ends a web address that stands in a text: "[219-09-9999](https://example.org)".
_CLOSED: Final = re.compile(r"[\[\](){}`*]")
#: ... and what no e-mail address or name of a host goes over.
_APART: Final = re.compile(r"[\[\](){}`*/:=~]")


def is_within_address(text: str, start: int, end: int) -> bool:
    """Return whether a run is part of an email or web address."""
    before, after = _around(text, start, end)
    if "://" in _CLOSED.split(before)[-1]:
        return True
    before, after = _APART.split(before)[-1], _APART.split(after)[0]
    run = text[start:end]
    if "@" in before and not after and run.lstrip("+").isdigit():
        return False  # "call me at 011..." said aloud: no domain is a bare number
    return _INSIDE.search(before + run + after) is not None


def is_bare(text: str, found: list[tuple[int, int]]) -> bool:
    """Return whether a text is nothing but numbers, fillers and courtesies."""
    if len(text) > 300:
        return False
    # Most texts say something else with their first words.
    for count, word in enumerate(_words_beside(text, found)):
        if count == 25 or not (
            word in _COURTESY or (is_link(word) and word not in _STATES) or len(word) == 1 or word.isdigit()
        ):
            return False
    return True


def _words_beside(text: str, found: list[tuple[int, int]]) -> Iterator[str]:
    """Yield the words of a text between what was found in it."""
    at = 0
    for start, end in found:
        yield from each_word(text[at:start])
        at = end
    yield from each_word(text[at:])


def only_courtesies(text: str) -> bool:
    """Return whether a text says nothing but fillers and courtesies."""
    return all(word in _COURTESY for word in each_word(text))


def opens(text: str, run: Run) -> bool:
    """Return whether a run comes first in an answer: only fillers and courtesies stand before it."""
    words = [word for word, _, _ in words_in(text, 0, min(run.start, 200))]
    return run.start < 200 and all(word in _COURTESY or (is_link(word) and word not in _STATES) for word in words)


#: "Ending in four four", "the last two are nine nine".
PARTLY: Final = re.compile(
    r"\b(?:ending|ends|ended|finishing|finishes|starting|starts|beginning|begins)(?: (?:in|with|on|uh|um|of|digits))*"
    r"[ :]{1,2}\Z",
    re.IGNORECASE,
)


PARTLY_WORDS: Final = frozenset("ending ends ended finishing finishes starting starts beginning begins".split())


def closes(segment: Segment, run: Run) -> bool:
    """Return whether digits said one by one end a short answer: "it's on the bottle hold on seven seven one"."""
    text = segment.reading.text
    return segment.role != "assistant" and run.signed and len(text) <= 80 and not text[run.end :].strip(" .,!?")


#: Numbers of more than a digit: "i'm seventy eight".
_TENS: Final = re.compile(
    r"\b(?:ten|eleven|twelve|hundred|thousand|\w+teen|\w+ty|\w+th|first|second"
    r"|third)\b",
    re.IGNORECASE,
)


#: What letters follow that are a code's, and no abbreviation in talk.
_LEADS: Final = re.compile(r"(?:^|\b(?:it's|its|is|then|says|uh|um|no|wait)) \Z", re.IGNORECASE)


def is_led(text: str, run: Run) -> bool:
    """Return whether a run begins with letters that were spelled as an answer: "it's x j no that's x g"."""
    return run.letters > 1 and run.spoken and _LEADS.search(text, max(0, run.start - 8), run.start) is not None


_DIGIT: Final = re.compile(r"\d")


def said_by_sign(segment: Segment, start: int, end: int) -> bool:
    """Return whether what was said in words was said sign by sign."""
    said_as = segment.text[slice(*segment.reading.source(start, end))]
    # "2 x 325", "78 L 14 M": written digits beside a letter are amounts
    written = _DIGIT.search(said_as) is not None and not segment.reading.text[start:end].isdigit()
    return not written and _TENS.search(said_as) is None


def is_code(code: str) -> bool:
    """Return whether signs are too many, or too mixed, to be counted in units: "two nine oh oh five something"."""
    return len(code) > 4 or (len(code) > 3 and not code.isdigit())
