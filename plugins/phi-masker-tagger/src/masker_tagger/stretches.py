"""Cut a segment into the stretches that the model reads, with what is known of each beforehand.

A stretch is a line of the reading: in a transcript a turn, in a note a line, in a message usually the whole text.
Whether a name was asked for is known from the open question, or from the line before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import attrs

from masker import Segment, Turn
from masker_tagger.features import Sight

__all__ = [
    "LABEL_KEY",
    "NAME_KEY",
    "Stretch",
    "asked_for",
    "asks_place",
    "place_asked",
    "plain_key",
    "question_of",
    "stretches",
]

_OF_PERSON: Final = (
    r"(?:patient|caller|child|member|person|doctor|physician|provider|gp|therapist|surgeon|baby|account"
    r"|contact|kin|policy ?holder"
    r"|subscriber|insured|guardian|parent|mother|father|son|daughter|wife|husband|spouse|partner|employee)"
)
_ASKS_SPELLING: Final = re.compile(r"\bspell(?:ed|ing|s)?\b|\bspelt\b", re.IGNORECASE)
_ASKS_NAME: Final = re.compile(
    rf"\bnames?\b(?! of (?!the {_OF_PERSON}|your {_OF_PERSON}|that {_OF_PERSON}|a {_OF_PERSON}"
    rf"|{_OF_PERSON}))|\bsurname\b"
    r"|\bwho(?:'?s| is| am i| are you| would you| do you| did you| is it| referred| prescribed| should|"
    r" can i say| shall)\b|\bwhich doctor\b"
    r"|\bcall(?:ed)? you\b|\byou (?:like|prefer|want) to be called\b|\bspeaking (?:with|to)\b|\bwhose\b"
    r"|\bdid you (?:call|name) (?:her|him|it|them|the baby)\b"
    r"|\bemergency contact\b|\bnext of kin\b",
    re.IGNORECASE,
)
#: Every such question holds one of these.
_NAME_STEMS: Final = ("name", "who", "doctor", "call", "speaking", "contact", "kin")
_NO_NAME: Final = re.compile(
    r"\b(?:user|brand|generic|street|drug|medication|medicine|company|business|file|product|plan|pharmacy"
    r"|clinic|hospital|trade|insurance|employer|payer|insurer|lab|test|facility)"
    r"(?:'s)? ?names?\b|\bwho is (?:your|the) (?:insurance|insurer|pharmacy|employer|carrier|provider"
    r" with)\b|\b(?:insurance|coverage) (?:with|through|from)\b|\binsured (?:with|by|through)\b",
    re.IGNORECASE,
)
#: What asks for an address or a part of one.
_ASKS_PLACE: Final = re.compile(
    r"\b(?:(?<!email )(?<!e-mail )(?<!mail )(?<!web )(?<!website )(?<!ip )(?<!i p )(?<!mac )(?<!a c )"
    r"address(?:es)?(?! of the (?:site|page))"
    r"|zip|post ?codes?|postal|streets?|city|town|county|suburb|village|neighbou?rhood|apartment|flat number"
    r"|house (?:number|name)|building"
    r"|where (?:do|are|is|did|does|should|would|can|were) (?:you|your|he|she|they|we|it|i)\b"
    r"(?! (?:hurt|feel|hurting|feeling|pain|ache))"
    r"|whereabouts|(?:you|she|he|they) (?:still )?(?:live|living|stay|staying|based|located|calling from|ringing from)"
    r"|(?:you|she|he|they) moved?|what area|which area|directions|deliver|(?:ship|mail) (?:it|them|that) to|nearest"
    r"|local to)\b",
    re.IGNORECASE,
)
#: Every such question holds one of these.
_PLACE_STEMS: Final = (
    "address", "zip", "post", "street", "city", "town", "county", "suburb", "village", "eighbo", "apartment", "flat",
    "house", "building", "where", "liv", "stay", "based", "located", "ing from", "move", "area", "direction", "ship",
    "mail", "nearest", "local",
)  # fmt: skip
_ASKS: Final = re.compile(
    r"\?|\b(?:what|which|when|where|how|who|can i|could you|can you|may i|please|tell me|confirm|your)\b", re.IGNORECASE
)

#: JSON keys and form labels under which the whole value is a person's name.
NAME_KEY: Final = re.compile(
    r"(?:(?:first|last|full|middle|maiden|given|family|sur|nick|fore|preferred|legal|other|previous"
    r"|patient|caller|member|customer|guest|client|provider|doctor|physician|nurse"
    r"|contact|subscriber|guarantor|guardian|employee|agent|parent|mother|father|spouse|husband|wife"
    r"|child|person|holder|cardholder|account holder|insured|beneficiary"
    r"|emergency contact|surgeon|clinician|consultant|prescriber|author|sender|recipient|relative"
    r"|dependent|practitioner|therapist|referrer|requester|attendee|staff|user full|display|human|owner"
    r"|participant)"
    r"s?'?s? ?(?:full |first |last |given |family )?name|surname|forename|first|last|fn|ln|fname|lname|(?:first"
    r"|given|middle|last"
    r"|maiden|nick|fore) ?names?|family|given|patient|caller|attending"
    r"|(?:attending|referring|primary care|ordering|treating|admitting|responsible)(?: (?:physician"
    r"|provider|doctor|clinician|dr))?"
    r"|clinician|consultant|therapist|gp|carer|informant|interpreter|midwife|prescriber|surgeon|pcp"
    r"|physician|doctor|practitioner|clinician|emergency contact|next of kin|guarantor|guardian"
    r"|subscriber|cardholder|policy ?holder"
    r"|signed by|reviewed by|ordered by|verified by|performed by|author|attendee|spouse|mother|father"
    r"|husband|wife|son|daughter|referred by|dictated by|referring doctor)",
    re.IGNORECASE,
)
#: Keys that may hold a person's name or something else: the value has to look like one.
LABEL_KEY: Final = re.compile(
    r"(?:.* )?names?|display|contact|provider|requested for|recipient|from|to|cc|sender|agent|user|member"
    r"|customer|client|person|text|value|answer",
    re.IGNORECASE,
)


#: A form line that asks and answers at once ("First name: ...").
_ANSWERED: Final = re.compile(r"\bnames?\b[^:=\n]{0,20}[:=]\s*\S", re.IGNORECASE)


def asked_for(text: str) -> str:
    """Return what an utterance asks for: ``"spell"``, ``"name"`` or ``""``."""
    tail = text[-300:]
    low = tail.lower()
    if "spel" in low and _ASKS_SPELLING.search(tail):
        return "spell"
    if any(map(low.__contains__, _NAME_STEMS)) and _ASKS_NAME.search(tail) and not _NO_NAME.search(tail):
        return "name"
    return ""


def plain_key(key: str) -> str:
    """Return a JSON key as words: ``patientName`` and ``patient_name`` are ``patient name``."""
    if key.islower() and key.isalpha():  # as most are
        return key
    return _KEY_GAP.sub(" ", key).strip().lower()


_KEY_GAP: Final = re.compile(r"(?<=[a-z])(?=[A-Z])|[_\-.\s]+")


#: Whoever asked, these do not answer.
_NO_ANSWERS: Final = frozenset(("system", "developer", "tool"))


def asks_place(text: str) -> bool:
    """Return whether an utterance asks for an address or a part of one."""
    tail = text[-300:]
    return any(map(tail.lower().__contains__, _PLACE_STEMS)) and _ASKS_PLACE.search(tail) is not None


def place_asked(segment: Segment) -> bool:
    """Return whether the open question of a segment asks for an address."""
    if segment.question is None or segment.role in _NO_ANSWERS:
        return False
    for turn in (segment.question, *segment.since):
        known: bool | None = turn.memo.get(asks_place)
        if known is None:
            known = turn.memo[asks_place] = asks_place(turn.text)
        if known and turn.role != "user":
            return True
    return False


def _open_question(segment: Segment) -> str:
    if segment.key is not None:
        key = plain_key(segment.key)
        if NAME_KEY.fullmatch(key) or (LABEL_KEY.fullmatch(key) and not _NO_NAME.search(key)):
            return "key"
    return question_of(segment)


def question_of(segment: Segment) -> str:
    """Return what the open question of a segment asks for, as `asked_for` says it."""
    if segment.question is None or segment.role in _NO_ANSWERS:
        return ""
    return _asked_by(segment.question) or next((a for t in segment.since if (a := _asked_by(t))), "")


def _asked_by(turn: Turn) -> str:
    """Return what a turn asks for; it is the context of several segments, and looked at once."""
    known: str | None = turn.memo.get(asked_for)
    if known is None:
        known = turn.memo[asked_for] = asked_for(turn.text)
    return known


@attrs.frozen
class Stretch:
    """A range of words to decide on, with the words around that the model sees as well.

    Args:
        left: The first word that is seen.
        low: The first word to decide on.
        high: The word after the last one to decide on.
        right: The word after the last one that is seen.
        sight: What is known of the stretch.
    """

    left: int
    low: int
    high: int
    right: int
    sight: Sight


def stretches(segment: Segment, texts: list[str], size: int = 120, overlap: int = 12) -> Iterator[Stretch]:
    """Yield the stretches of a segment: its lines, cut where they are long.

    Args:
        segment: The segment.
        texts: The words of its reading, as `split_texts` gives them.
        size: How many words to decide on at once.
        overlap: How many words to see on either side of a cut.
    """
    text = segment.reading.text
    cased = text[:2000] != text[:2000].lower()
    asked, place, age, start = _open_question(segment), place_asked(segment), 0, 0
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        end = texts.index("\n", start) if number < len(lines) else len(texts)
        for low in range(start, end, size):
            high = min(low + size, end)
            left, right = max(start, low - overlap), min(end, high + overlap)
            yield Stretch(left, low, high, right, Sight(asked, cased, left == start, place))
        if end > start and number < len(lines):
            new = "" if _ANSWERED.search(line) else asked_for(line.strip())
            if new or _ASKS.search(line):
                asked, place, age = new, asks_place(line), 0
            else:
                age += 1
                if age > 2:
                    asked, place = "", False
        start = end + 1
