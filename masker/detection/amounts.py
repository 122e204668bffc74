"""Numbers said in place of an answer: "my oxygen's at 82" tells nobody's birthday, whatever was asked.

A question makes a value of the number that answers it. What a caller says instead is an emergency or an order as often,
and the number in it is a measure of a body, how many of something were taken or are wanted, an hour, an age, or
everybody's number that is called.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["MEASURES", "is_amount"]

#: What is measured and named by a code of letters and digits; codes of somebody's look alike.
MEASURES: Final = frozenset("A1C HBA1C O2 SPO2 CO2".split())

#: An amount of people's talk has so many digits at most, perhaps with a fraction.
_NUMBER: Final = re.compile(r"\d{1,3}(?:\.\d|[ :][0-5]\d)?")
_REACH: Final = 72
_LINK: Final = (
    r"(?:is|was|are|were|it's|at|of|a|an|the|about|around|like|just|only|maybe|now|still|over|under|every|really|reads?"
    r"|reading|says|showing|came|back|in|been|gone|went|dropped|fell|up|down|to|running)"
)
#: A vital sign or a laboratory's value, what somebody did with so many, or what counts by itself.
_BEFORE: Final = re.compile(
    rf"\b(?:oxygen|o ?2|sp ?o2|sats?|saturation|sugars?|glucose|a1c|hba1c|inr|potassium|sodium|creatinine|cholesterol"
    rf"|pulse|rate|bp|pressure|temp|temperature|fever|pain|weight|contractions?|ha?emoglobin|platelets?|bmi)"
    rf"(?:['\u2019]?s)?(?:[ :]{_LINK}){{0,5}}[ :]{{1,2}}(?:\d{{1,3}} over )?\Z"
    r"|(?<!you )\b(?:took|take|taking|taken|smoked?|swallowed|ate|drank|injected|popped|vomited|wants?|needs?"
    r"|weigh(?:s|ed)?|bleeding for)(?: (?:about|around|like|only|just|maybe|at least|another|all)){0,2} \Z"
    r"|\b(?:out of|every|(?:about|around|like|maybe|only|just) an?) \Z",
    re.IGNORECASE,
)
_BEHIND: Final = re.compile(
    r"(?: [0-5]\d)?[ -](?:out of (?=\d)|of (?:them|those|these|the)|refills|minutes|hours|days|weeks|months|times|pills"
    r"|tablets|boxes|packs|drinks|beers|percent|pounds|lbs|feet|kids|a day|degrees|slot|o'?clock)\b",
    re.IGNORECASE,
)
#: What one is asked to wait, as a reading has it: "one second".
_MOMENT: Final = re.compile(r"1 2nd(?! \d)")
#: "Quarter past 3", "half 9", "around 10": an hour, which nobody rounds a day or a piece of a number to.
_HOUR: Final = re.compile(r"(?:1[0-2]|[1-9])(?:[ :][0-5]\d)?")
_BEFORE_HOUR: Final = re.compile(
    r"\b(?:quarter (?:past|to|of|til|till|after)|half(?: past)?|(?:5|10|20|25) (?:past|after)|around|about|roughly"
    r"|approximately) \Z",
    re.IGNORECASE,
)
#: "I'm 34": ages from 90 on are somebody's own.
_AGE: Final = re.compile(r"[1-8]?\d")
_BEFORE_AGE: Final = re.compile(
    r"\b(?:i|he|she|we|they)(?:['\u2019](?:m|s|re)| (?:am|is|was|are))"
    r"(?: (?:only|just|about|around|almost|nearly|like|turning))? \Z",
    re.IGNORECASE,
)
#: Numbers that are everybody's, and what is said of calling them: "call 911", "should i dial nine eight eight".
_SERVICES: Final = frozenset("911 999 112 000 988".split())
_CALLS: Final = re.compile(
    r"\b(?:call|dial|phone|ring|text|try)(?:s|ed|ing|led|ling)?(?: (?:up|the|for|uh|um|us|me|him|her|them)){0,2}"
    r"[ ,]{1,2}\Z",
    re.IGNORECASE,
)


def is_amount(text: str, start: int, end: int) -> bool:
    """Return whether the words beside a number, which nothing but a question makes a value of, tell that it is none.

    It may be an amount, or everybody's number that is called.

    Args:
        text: A reading's text.
        start: Where the number begins in it.
        end: Where it ends.
    """
    if _MOMENT.match(text, start) is not None and end <= start + len("1 2nd"):
        return True
    if _NUMBER.fullmatch(text, start, end) is None:
        return False
    reach = max(0, start - _REACH)
    return (
        _BEHIND.match(text, end) is not None
        or _BEFORE.search(text, reach, start) is not None
        or (_HOUR.fullmatch(text, start, end) is not None and _BEFORE_HOUR.search(text, reach, start) is not None)
        or (_AGE.fullmatch(text, start, end) is not None and _BEFORE_AGE.search(text, reach, start) is not None)
        or (text[start:end] in _SERVICES and _CALLS.search(text, reach, start) is not None)
    )
