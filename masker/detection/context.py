"""Context: the words before a match, the JSON key, and the question that is still open.

Recognisers write no question marks, so a question is known by its words. It stays open over back-channels ("okay",
"mm hmm, go ahead"), read-backs and elliptical follow-ups ("and the year"), for at most eight turns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from masker.core.segments import Segment, Turn

__all__ = ["MAX_TURNS", "asked", "cued", "open_questions"]

#: How many turns a question can stay open.
MAX_TURNS: Final = 8

_ASKS: Final = re.compile(
    r"\?|\b(?:what(?:'?s| is| are| was| were)?|which|who(?:'?s| is| am)?|whose|when|where|how|can (?:you|i|we)"
    r"|could (?:you|i|we)|may i|might i|would you|will you|do you|did you|is (?:it|that|this|your|the)|are you"
    r"|have you|has the|please|tell me|give me|spell|confirm|verify|repeat|read|say|provide|need (?:your|the|a|you)"
    r"|i'?ll need|let'?s start with|just (?:your|the)"
    r"|(?:and|with|for|then|also|next|okay|alright|thanks|thank you|perfect|great) (?:your|the|a|his|her|their)\b)",
    re.IGNORECASE,
)

#: What a question asks for; a question without any of these is elliptical and leaves the earlier one open.
_TOPIC: Final = re.compile(
    r"\b(?:names?|called|spell|birth|dob|born|birthday|birthdate|old|age|address|street|live|living|zip|post ?code"
    r"|postal|city|town|county|apartment|phone|telephone|mobile|cell|numbers?|call(?:back)?|reach|contact|fax|e ?-?mail"
    r"|social|ssn|mrn|record|chart|member|subscriber|policy|group|plan|insurance|medicare|medicaid|account|card|cvv"
    r"|expir\w*|routing|iban|invoice|case|licen[cs]e|passport|npi|dea|plate|registration|vin|vehicle|serial|device|imei"
    r"|mac|udi|website|url|link|ip|username|user|login|id|i d|identification|code|reference|confirmation|order|claim"
    r"|ticket|date|when|pain|symptoms?|medications?|dose|allerg\w*|feel\w*|problem|help|scale|time|day|often|long|much"
    r"|many|smoke|drink|weight|height|pressure|temperature|brings?|going on|happen\w*)\b",
    re.IGNORECASE,
)


#: Longest prompt, in characters, that asks by its noun alone; one that holds digits states something.
_BARE_PROMPT: Final = 40
_HAS_VALUE: Final = re.compile(r"\d|\b(?:is|was|are|i have|i've got|we have)\b", re.IGNORECASE)


def _is_question(turn: Turn) -> bool:
    """Return whether a turn asks for something nameable (an elliptical follow-up does not count)."""
    tail = turn.text[-400:]
    if not _TOPIC.search(tail):
        return False
    # "date of birth", "and the address": the asking side may leave out all but the noun.
    bare = turn.role == "assistant" and len(turn.text) <= _BARE_PROMPT and not _HAS_VALUE.search(turn.text)
    return bare or _ASKS.search(tail) is not None


def open_questions(turns: Sequence[Turn]) -> list[tuple[Turn | None, tuple[Turn, ...]]]:
    """Return, for every turn, the open question before it and the turns since that question.

    Args:
        turns: The conversation in order.

    Returns:
        A list as long as ``turns``. The turns since include the asking side's own read-backs, at most `MAX_TURNS`.
    """
    found: list[tuple[Turn | None, tuple[Turn, ...]]] = []
    question: Turn | None = None
    since: tuple[Turn, ...] = ()
    for turn in turns:
        found.append((question, since))
        if turn.role in ("system", "developer", "tool"):
            continue
        if _is_question(turn):
            question, since = turn, ()
        elif question is not None:
            since = (*since, turn)
            if len(since) > MAX_TURNS:
                question, since = None, ()
    return found


def cued(segment: Segment, start: int, cues: re.Pattern[str], reach: int = 48) -> bool:
    """Return whether a cue stands within ``reach`` characters before ``start`` in the reading, or in the JSON key.

    Args:
        segment: The segment at hand.
        start: Offset in ``segment.reading.text``.
        cues: What to look for.
        reach: How far back to look, in characters.
    """
    if segment.key is not None and cues.search(segment.key.replace("_", " ").replace("-", " ")):
        return True
    return cues.search(segment.reading.text, max(0, start - reach), start) is not None


def asked(segment: Segment, cues: re.Pattern[str]) -> bool:
    """Return whether the open question, or a turn since, contains a cue."""
    if segment.question is None:
        return False
    return cues.search(segment.question.text) is not None or any(cues.search(turn.text) for turn in segment.since)
