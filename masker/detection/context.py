"""Context: the words before a match, the JSON key, and the question that is still open.

Recognisers write no question marks, so a question is known by its words. It stays open over back-channels ("okay",
"mm hmm, go ahead"), read-backs and elliptical follow-ups ("and the year"), for at most eight turns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from masker.core.segments import Segment, Turn

__all__ = ["MAX_TURNS", "asked", "cued", "is_question", "open_questions"]

#: How many turns a question can stay open.
MAX_TURNS: Final = 8

_WORD: Final = re.compile(r"[a-z]+(?:'[a-z]+)?")

#: Words that ask by themselves.
_ASKING: Final = frozenset(
    "what what's whats which who who's whose when where how how's please spell confirm verify repeat read say provide"
    " tell give".split()
)
#: Pairs of words that ask: "can you", "is your", "and your".
_ASKING_PAIRS: Final = frozenset(
    (first, second)
    for firsts, seconds in (
        ("can could", "you i we"),
        ("may might shall", "i we"),
        ("would will do did are have", "you"),
        ("is", "it that this your the she he"),
        ("are", "ye they"),
        ("has", "the your"),
        ("need", "your the a you"),
        ("i'll ill", "need"),
        ("let's lets", "start"),
    )
    for first in firsts.split()
    for second in seconds.split()
)
#: Pairs with which a prompt begins that leaves out the asking: "and your", "okay the".
_PROMPT_PAIRS: Final = frozenset(
    (first, second)
    for first in "just and with for then also next okay alright thanks perfect great".split()
    for second in "your the a his her their".split()
)
_ENDS_IN_NUMBER: Final = re.compile(
    r"(?:\d|\b(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|hundred))\W*\Z",
    re.IGNORECASE,
)
#: What a question asks for; a question without any of these is elliptical and leaves the earlier one open.
_TOPIC: Final = frozenset(
    "name names called spell birth dob born birthday birthdate old age address street live living zip postcode post"
    " postal city town county apartment phone telephone mobile cell number numbers call callback reach contact fax"
    " email mail e-mail social ssn mrn record chart member subscriber policy group plan insurance medicare medicaid"
    " account card cvv expire expires expiry expiration routing iban invoice case licence license passport npi dea"
    " plate registration vin vehicle serial device imei mac udi website url link ip username user login id"
    " identification code reference confirmation order claim ticket date when pain symptom symptoms medication"
    " medications dose allergy allergies allergic feel feeling problem help scale time day often long much many smoke"
    " drink weight height pressure temperature bring brings bringing going happen happened happening surname".split()
)
#: ... and what is asked for in more than one word: where someone is, and labels that recognisers spell.
_TOPIC_PHRASE: Final = re.compile(
    r"\bwhereabouts\b|\bnearest\b"
    r"|\b(?:calling|phoning|ringing|speaking) from\b|\bstill (?:at|in|out|over|living|staying)\b"
    r"|\blocal\b|\b(?:i d|d o b|s s n|m r n|n p i|d e a|v i n|n h s|c v v|p p s|i m e i|u d i)\b",
    re.IGNORECASE,
)
#: Longest prompt, in characters, that asks by its noun alone; one that states something asks nothing.
_BARE_PROMPT: Final = 40
_STATING: Final = frozenset("is was are i'm i my have i've we've it's that's".split())
_HAS_DIGIT: Final = re.compile(r"\d")


def is_question(turn: Turn) -> bool:
    """Return whether a turn asks for something nameable (an elliptical follow-up does not count)."""
    tail = turn.text[-400:]
    words = _WORD.findall(tail.lower())
    vocabulary = set(words)
    if _TOPIC.isdisjoint(vocabulary) and _TOPIC_PHRASE.search(tail) is None:
        return False
    if "?" in tail or not _ASKING.isdisjoint(vocabulary):
        return True
    if any(pair in _ASKING_PAIRS for pair in pairwise(words)):
        return True
    if any(pair in _PROMPT_PAIRS for pair in pairwise(words)):
        # "and your number", but not "and the number is oh seven seven"
        return turn.role == "assistant" or _ENDS_IN_NUMBER.search(tail) is None
    # "date of birth", "and the address": the asking side may leave out all but the noun.
    bare = turn.role == "assistant" and len(turn.text) <= _BARE_PROMPT
    return bare and _STATING.isdisjoint(vocabulary) and _HAS_DIGIT.search(tail) is None


def open_questions(
    turns: Sequence[Turn], asks: Callable[[Turn], bool] = is_question
) -> list[tuple[Turn | None, tuple[Turn, ...]]]:
    """Return, for every turn, the open question before it and the turns since that question.

    Args:
        turns: The conversation in order.
        asks: Answers as `is_question` does; a caller may remember the answers.

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
        if asks(turn):
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


def asked(segment: Segment, cues: re.Pattern[str], words: frozenset[str] | None = None) -> bool:
    """Return whether the open question, or a turn since, contains a cue.

    Args:
        segment: The segment at hand.
        cues: What to look for.
        words: Lower-case words (see `vocabulary`) of which every cue holds at least one; turns without any of them
            are not searched.
    """
    if segment.question is None:
        return False
    # A turn is the context of up to eight segments, and searched once. By the pattern's identity, for its hash is made
    # anew each time; the pattern is kept beside the answer so that no other can take its id.
    key = id(cues)
    for turn in (segment.question, *segment.since):
        known: tuple[re.Pattern[str], bool] | None = turn.memo.get(key)
        if known is None:
            held = (words is None or not words.isdisjoint(turn.words)) and cues.search(turn.text) is not None
            known = turn.memo[key] = (cues, held)
        if known[1]:
            return True
    return False
