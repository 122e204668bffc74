"""Context: the words before a match, the JSON key, and the question that is still open.

Recognisers write no question marks, so a question is known by its words. It stays open over back-channels ("okay",
"mm hmm, go ahead"), read-backs and elliptical follow-ups ("and the year"), for at most eight turns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from enum import IntEnum
from itertools import pairwise
from typing import Final, NamedTuple

from masker.core.segments import Segment, Turn
from masker.detection.corrections import takes_back
from masker.detection.labels import NUMBER, PLAIN, labels_in, words_in

__all__ = [
    "LONGEST_TURN",
    "MAX_TURNS",
    "WHERE",
    "Asking",
    "Asks",
    "Context",
    "announces",
    "asked",
    "asks_of",
    "asks_to_read",
    "begins",
    "cued",
    "is_cut_short",
    "open_question",
    "open_questions",
]

#: How many turns a question can stay open.
MAX_TURNS: Final = 8
#: Characters of an earlier turn's end that are context: detectors read it anew for each of the segments after it.
LONGEST_TURN: Final = 2000

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
#: What has a value, and is asked for by its name alone: "date of birth", "and the zip".
_VALUE_TOPIC: Final = frozenset(
    "name names spell birth dob birthday birthdate age address street zip postcode post"
    " postal city town county apartment unit suite phone telephone mobile cell number numbers digits callback"
    " contact fax email mail e-mail social ssn mrn record chart member subscriber policy group plan insurance"
    " medicare medicaid account card cvv expiry expiration routing iban invoice case licence license"
    " passport npi dea"
    " plate registration vin vehicle serial device imei mac udi website url link ip username user login id"
    " identification code reference confirmation claim ticket date symptom symptoms medication"
    " medications dose allergy allergies weight height temperature surname"
    " beneficiary suffix prefix badge pin prescription refill rx statement reg tag gate door"
    " dispute national tax fob safe barcode student employee amount total balance cost price"
    " called born live living reach expire expires".split()
)
#: ... in digits, as often as not.
_NUMBER_TOPIC: Final = _VALUE_TOPIC - frozenset(
    "name names spell called surname prefix suffix city town county medication medications dose allergy allergies"
    " symptom symptoms live living contact link email mail e-mail website url username login".split()
)
#: ... which are said so, or as a day.
_SAYS_NUMBER: Final = re.compile(
    r"\d|\b(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|hundred"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty"
    r"|first|second|third|(?:four|fif|six|seven|eigh|nin|ten|eleven|twelf|\w+teen|twentie|thirtie)th"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|january|february|march|april|may|june|july|august|(?:sept|nov|dec)ember|october)\b",
    re.IGNORECASE,
)
_WHERE_AUXILIARY: Final = "(?:'s|'re| (?:is|are|am|do|does|should|shall|can|could|would|will|must|may))"
#: Words between "where" and its verb: none of a pain, none that begin something else.
_WHERE_GAP: Final = (
    r" (?!(?:feel|felt|hurt|hurts|hurting|pain|pains|ache|aches|bleeding|swelling|and|or|but|when|if|what|who|how)\b)"
    r"[a-z']+"
)
_WHERE_THING: Final = (
    r"(?:us|me|them|him|her|it|this|that|these|those|he|she|they|some(?:one|body)"
    r"|(?:the|our|your|an?|my|this|that|these|those) [a-z]+)"
)
_WHERE_ENDS: Final = (
    r"(?: (?:right|now|at|today|currently|exactly|located|physically|staying|just|this|the|moment|minute))*"
    r"(?=\W*(?:[.?!,;]|\Z|(?:so|and)\b))"
)
_WHERE_PERSON: Final = (
    r"(?:you(?: all| guys)?|he|she|they|the (?:patient|caller|child|baby)"
    r"|your (?:mom|mother|dad|father|wife|husband|son|daughter))"
)
#: What asks where somebody is, or where somebody or something goes: "where should the nurse come?", "where do you want
#: it mailed?", "can you tell me where you are?". Where it hurts and where a pain comes from are no places.
WHERE: Final = (
    r"(?:"
    rf"\bwhere(?:abouts)?(?: exactly)?{_WHERE_AUXILIARY}(?:{_WHERE_GAP}){{1,7}}?"
    r" (?:send|sent|sending|mail|mailed|mailing|post|posted|ship|shipped|shipping|deliver|delivered|delivering|forward"
    r"|forwarded|dispatch|dispatched|bring|bringing|brought|drop|dropped|dropping|pick|picked|picking|collect|collected"
    r"|collecting|meet|meeting|visit|visiting|find (?:you|him|her|them))\b"
    rf"|\bwhere(?: exactly)?{_WHERE_AUXILIARY}(?: you (?:want|like|need|prefer))? (?:we|i|{_WHERE_THING})"
    rf"(?:{_WHERE_GAP}){{0,4}}? com(?:e|ing)\b(?! from)"
    rf"|\bwhere(?: exactly)? (?:should|shall|can|will|would) {_WHERE_THING}(?:{_WHERE_GAP}){{0,3}}? go(?:ing)?\b"
    rf"|\bwhere (?:do|would) you (?:want|like|need|prefer) (?:it|them|this|these|that){_WHERE_ENDS}"
    rf"|\bwhere(?: exactly)?(?:'s|'re| is| are) {_WHERE_PERSON}{_WHERE_ENDS}"
    rf"|\bwhere(?: exactly)? {_WHERE_PERSON}(?:'re|'s| is| are){_WHERE_ENDS}"
    r"|\bwhere(?:'s| is)(?: the| your)? (?:emergency|pick-?up|drop-?off)\b|\bwhere to\b(?=\W*\Z)"
    r"|\b(?:your|his|her|their)(?: current| exact| present)? location\b|\blocation of (?:the|your) emergency\b"
    r")"
)
#: What a question asks for; a question without any of these is elliptical and leaves the earlier one open.
_TOPIC: Final = _VALUE_TOPIC | frozenset(
    "old call order when pain allergic feel feeling problem help scale"
    " time day often long much many smoke drink pressure bring brings bringing going happen happened happening"
    " secondary primary hospital".split()
)
#: ... and what is asked for in more than one word: where someone is, and labels that recognisers spell.
_TOPIC_PHRASE: Final = re.compile(
    r"\bwhereabouts\b|\bnearest\b"
    r"|\bwhen(?:'s| (?:is|was|are|were|did|does?|will|should|can|could|would))\b"
    rf"|{WHERE}"
    r"|\bwho(?:'s| is| am i| are you| do i)?\b.{0,20}\b(?:speaking|calling|talking|pleasure|on the line)\b"
    r"|\b(?:calling|phoning|ringing|speaking) from\b|\bstill (?:at|in|out|over|living|staying)\b"
    r"|\blocal\b|\b(?:i d|d o b|s s n|m r n|n p i|d e a|v i n|n h s|c v v|p p s|i m e i|u d i)\b",
    re.IGNORECASE,
)
#: Every such phrase holds one of these, or a letter that is said alone.
_TOPIC_STEMS: Final = (
    "where", "nearest", "when's", "when is", "when was", "when are", "when were", "when did", "when do", "when will",
    "when should", "when can", "when could", "when would", "speaking", "calling", "talking", "pleasure", "on the line",
    "phoning", "ringing", "still ", "local", "locat",
)  # fmt: skip
_LONE_LETTERS: Final = frozenset("cdmnpsuv")
#: Longest prompt, in characters, that asks by its noun alone; one that states something asks nothing.
_BARE_PROMPT: Final = 40
_STATING: Final = frozenset("is was are i'm i my have i've we've it's that's".split())
_HAS_DIGIT: Final = re.compile(r"\d")


_LETTERED_ID: Final = re.compile(r"\bi d\b", re.IGNORECASE)
#: The asking side's last words: "one four seven six oh oh three uh birthday".
_ENDS_IN_TOPIC: Final = re.compile(
    r"\b(?:birth ?da(?:y|te)|date of birth|d ?o ?b|(?:last|first|full) name|surname|zip(?: code)?|post ?code"
    r"|phone number|home address|email address)\W*\Z",
    re.IGNORECASE,
)
#: What urges on or says what somebody does, and asks for nothing: "when you're ready", "pulling up the record".
_URGES: Final = re.compile(
    r"\btake (?:your|all the) time\b|\bwhen(?:ever)? (?:you(?:'re|'ve)?(?: are| all| have)?"
    r" (?:ready|can|like|find|found|get|got|have it)|ready)\b|\b(?:one more|this|next|some|all the) time\b"
    r"|\bon the line\b"
    r"|(?:^|[.!?,] |\bwhile i |\bi'm |\bi am )(?:(?:okay|ok|just|still|now|great|sorry),? ){0,2}"
    r"(?:pull|bring|check|open|look|load|gett|typ|writ|find|search)(?:ing)?\b[^.!?]{0,40}",
    re.IGNORECASE,
)
#: Each of these holds one of those.
_URGING_STEMS: Final = (
    "take your time", "take all the time", "when you", "whenever you", "when ready", "whenever ready", "one more time",
    "this time", "next time", "some time", "the time", "on the line", "pull", "bring", "check", "open", "look", "load",
    "gett", "typ", "writ", "find", "search",
)  # fmt: skip
#: A question that its hearer cut short: "can I please get your", "what's your medical", "your member I...".
_CUT_SHORT: Final = re.compile(
    r"\b(?:your|his|her|their)(?: [A-Za-z]{1,12}){0,2}"
    r"(?:\.{2,}|[-\u2013\u2014\u2026]|\W{0,2}[\[(][a-z]{1,16}[\])])*\s*\Z",
    re.IGNORECASE,
)
#: Topics that leave open which number is meant: "the full number if you have it".
_ANY_NUMBER: Final = frozenset("number numbers repeat time times old long many much".split())
#: Whose number, or one to be called at: that names a telephone.
_NEW_NUMBER: Final = re.compile(
    r"\b(?:your|his|her|their|my|good|best|what|which|another|other) (?:\w+ )?numbers?\b|\bnumber (?:for|you)\b",
    re.IGNORECASE,
)
#: A single sign at the end of what is said, or before a few closing words.
_ENDS_IN_SIGN: Final = re.compile(
    r"(?:\d|\b(?:[b-hj-z]|zero|oh|one|two|three|four|five|six|seven|eight|nine|ten|\w+teen|(?:twen|thir|for|fif|six"
    r"|seven|eigh|nine)ty|(?:as in|like|for) \w+|alpha|bravo|charlie|delta|echo|foxtrot|kilo|lima|papa|sierra|tango"
    r"|zulu))\W*(?:(?:okay|thanks|uh|um|hold on|hang on|wait|ready|you ready|got it|you got that)\W*)?\Z",
    re.IGNORECASE,
)


#: Four digits, one by one, at the end of what is said, or before the question for what followed them.
_ENDS_IN_DIGITS: Final = re.compile(
    r"(?:\b(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)\W{1,2}){4,12}"
    r"(?:(?:okay|thanks|wait|hold on|hang on|(?:and )?(?:what|what's|what was|what is) (?:the )?(?:rest|next"
    r"|after that))\W*)?\Z",
    re.IGNORECASE,
)


#: What was said before is refused, and so asked for again: "the last four you gave don't match".
_REFUSES: Final = re.compile(
    r"\b(?:(?:do|does|did|is|are|was)(?:n't| not) (?:match|matching|correct|right|valid|found|showing|coming up)"
    r"|can(?:'t|not) find|(?:is|was|are) (?:incorrect|invalid|wrong))\b",
    re.IGNORECASE,
)


def begins(text: str) -> bool:
    """Return whether a text ends amid digits said one by one: the next turn may go on with them."""
    return _ENDS_IN_DIGITS.search(text[-120:] + " ") is not None


#: The end of a sentence that its value should follow: a recogniser takes the breath before it for the end of the turn.
_ENDS_IN_LINK: Final = re.compile(
    r"(?:\b(?:is|are|was|be|it's|its|that's|goes|as|of|ends in|ending in|starts with"
    r"|(?:reach|call|text|ring) (?:me|him|her|us|them) (?:back )?(?:at|on))|:)[\s,.\u2026-]*"
    r"(?:\b(?:uh|um|uhm|er|erm|hmm|like|okay|so|well|let me see|let me look|hold on|hang on|wait|one sec(?:ond)?"
    r"|one moment|just a sec(?:ond)?)\b[\s,.\u2026-]*){0,4}\Z",
    re.IGNORECASE,
)
#: The last word of such a sentence, so that few need be looked at.
_LAST_WORDS: Final = frozenset(
    "is are was be it's its that's goes as of in with at on uh um uhm er erm hmm like okay so well see look wait sec"
    " second moment".split()
)
#: ... when all that it calls it is a number.
_OWN_NUMBER: Final = re.compile(
    r"\b(?:(?:my|his|her|our|their|the) (?:\w+ ){0,2}(?:numbers?|digits)"
    r"|(?:reach|call|text|ring) \w+ (?:back )?(?:at|on))\b",
    re.IGNORECASE,
)


def announces(turn: Turn) -> bool:
    """Return whether a caller's turn ends where the value should follow: "my social is um"."""
    if turn.role != "user":
        return False
    last = turn.text[-16:].rstrip(" \t\r\n,.\u2026-").rsplit(None, 1)[-1:]
    if not last or not (last[0][-1] == ":" or last[0].lower() in _LAST_WORDS):
        return False
    held: bool | None = turn.memo.get(announces)
    if held is None:
        tail = turn.text[-120:]
        held = turn.memo[announces] = _ENDS_IN_LINK.search(tail) is not None and (
            _specific(turn) or _OWN_NUMBER.search(tail) is not None
        )
    return held


def _begins(turn: Turn) -> bool:
    """Return whether a turn names a number and begins to say it: "let me give you her social nine"."""
    if turn.role in ("system", "developer", "tool", None) or len(turn.text) > 400:
        return False
    return (_ENDS_IN_SIGN.search(turn.text[-40:]) is not None and _specific(turn)) or begins(turn.text)


#: A name that somebody begins to spell ("my last name is o k o n"), and letters that go on.
_ENDS_IN_SPELLING: Final = re.compile(
    r"\b(?:name|surname|spell(?:ed|t|s)?)\b(?P<said>[^.?!]{0,24}?)"
    r"(?<![^\W_])(?P<letters>[a-z](?:[ ,.-]{1,2}[a-z]){1,12})\W*\Z",
    re.IGNORECASE,
)
_OPENS_WITH_LETTERS: Final = re.compile(
    r"\W*(?:(?:uh|um|er|and|then|okay|so)\W{1,2}){0,3}[a-z](?:(?:[ ,.-]{1,2}[a-z])+| (?:as in|for|like) \w+)(?![\w'])",
    re.IGNORECASE,
)


def _begins_spelling(turn: Turn) -> bool:
    """Return whether a turn ends amid letters of a name; those of one that was just said are all there."""
    if turn.role != "user":
        return False
    spelling = _ENDS_IN_SPELLING.search(turn.text[-80:])
    if spelling is None:
        return False
    letters = "".join(filter(str.isalpha, spelling["letters"])).lower()
    return letters not in _WORD.findall(spelling["said"].lower())


def _specific(turn: Turn) -> bool:
    """Return whether a turn names a kind of number; it is the context of every turn after it, and looked at once."""
    held: bool | None = turn.memo.get(_specific)
    if held is None:
        labels = labels_in(words_in(turn.text[-200:]))
        held = turn.memo[_specific] = any(one.kind not in (NUMBER, PLAIN) and not one.weak for one in labels)
    return held


def _same_number(turn: Turn, question: Turn) -> bool:
    """Return whether a turn asks for more of the number that ``question`` asked for: "and the rest of the numbers"."""
    topics = {word for word in _WORD.findall(turn.text.lower()) if word in _TOPIC}
    return (
        len(turn.text) <= 80
        and bool(topics)
        and topics <= _ANY_NUMBER
        and _NEW_NUMBER.search(turn.text) is None
        and _specific(question)
    )


def is_cut_short(turn: Turn) -> bool:
    """Return whether the asking side was interrupted before it said what it asks for."""
    tail = turn.text[-60:]
    cut = _CUT_SHORT.search(tail) if turn.role == "assistant" and "?" not in tail else None
    if cut is None or _URGES.search(tail):
        return False
    if cut[0].rstrip()[-1].isalpha() and not _TOPIC.isdisjoint(_WORD.findall(cut[0].lower())):
        return False  # "what's your name"
    words = _WORD.findall(tail.lower())
    return not _ASKING.isdisjoint(words) or any(pair in _ASKING_PAIRS for pair in pairwise(words))


class Asks(IntEnum):
    """What a turn asks for."""

    NOTHING = 0
    #: Nothing but to choose: "I have two fifteen or three forty five", "which one should I put you down for?"
    CHOICE = 1
    #: Nothing, but it names a number that it misses: "I didn't get the medical record number", "I forgot my PIN".
    NAMES = 2
    #: Something that has no value: "is now a good time?"
    IDLE = 3
    #: Something that has a value.
    VALUE = 4
    #: Something that is said in digits, as often as not.
    NUMBER = 5


#: Numbers to choose from: "press 1 to confirm or 2 to reschedule".
_MENU: Final = re.compile(
    r"\b(?:press|say|reply|text|choose|dial|type)(?: with)? (?:1|one|2|two)\b[^.?!]{1,80}\b(?:2|two|3|three)\b",
    re.IGNORECASE,
)
#: A question with a noun of its own, or an offer: what was said before it ("thanks, I have your address") is
#: not asked for.
_OWN_NOUN: Final = re.compile(
    r"\b(?:what|which|how)(?:'s|'re| is| are| was| were)? (?:your |the |his |her |their |my )?(?:(?:last|latest) )?"
    r"(?!(?:it|that|this|is|are|was|were|do|does|did|about|else|comes?|next|rest|one|part|last|first|again|your|the"
    r"|new|old|other|right|correct|full|whole|few|bit|half|piece|group|digits?|letters?|two|three|four|five|six)\b)"
    r"[a-z][a-z\d]{2,}"
    r"|\bwould you (?:like|prefer|rather)\b|\banything else\b|\bscale of\b"
    r"|\bwhen (?:did|does|will) (?:it|this|that) \w",
    re.IGNORECASE,
)
#: "Which one should I put you down for?", "does that work?", "would ten or eleven be better?"
_CHOOSES: Final = re.compile(
    r"\bwhich (?:one |of (?:them|these|those) )?(?:works?|suits?|should|shall|do you (?:want|prefer|like)|would you)\b"
    r"|\b(?:does|do|will|would|could) [^.?!]{1,60}\b(?:work|suit|be (?:better|best|good|okay|ok|alright|fine))\b"
    r"|\bdo you (?:want|prefer) [^.?!]{1,40} or\b|\b(?:shall|should) i (?:book|schedule|put|reserve|hold)\b",
    re.IGNORECASE,
)
#: Words of an offer, and the times that it gives.
_DAYS: Final = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_OFFERING: Final = _DAYS | frozenset(
    "available availability opening openings open slot slots spot spots free offer appointment appointments times fit"
    " squeeze see earliest soonest or today tomorrow tonight morning afternoon evening".split()
)
#: ... of one that gives several.
_HAVING: Final = frozenset("have i've we've there's got are".split())
_CLOCK: Final = re.compile(
    r"(?<![\d:.,/-])(?<!\d )(?:1[0-2]|[1-9])(?:(?: |:)[0-5]\d|(?= ?(?:[ap]\.?m\b|o'?clock)))(?![\d:/-]|[.,]\d| \d)",
    re.IGNORECASE,
)


def _is_menu(turn: Turn) -> bool:
    """Return whether the asking side tells which number to choose, and asks for none of a kind."""
    tail = turn.text[-200:]
    return turn.role == "assistant" and "?" not in tail and _MENU.search(tail) is not None and not _specific(turn)


def _asking_part(turn: Turn) -> Turn:
    """Return a turn without the sentences before its last one, where that one asks something of its own.

    Nothing is left of a menu: its numbers are no labels, and "no" is no number's.
    """
    if _is_menu(turn):
        return Turn(turn.role, "")
    if turn.role != "assistant" or "?" not in turn.text[-200:]:
        return turn
    held: Turn | None = turn.memo.get(_asking_part)
    if held is None:
        *said, last = _SENTENCE_ENDS.split(turn.text[-400:].rstrip())
        alone = bool(said) and "?" in last and (_OWN_NOUN.search(last) or _CHOOSES.search(last)) is not None
        held = turn.memo[_asking_part] = Turn(turn.role, last) if alone else turn
    return held


def _chooses(turn: Turn, tail: str, words: list[str]) -> bool:
    """Return whether the asking side gives times of day, or asks for one of several things."""
    if "?" in tail[-80:] and _CHOOSES.search(tail[-160:]):
        return True
    if _HAVING.isdisjoint(words) and _OFFERING.isdisjoint(words):
        return False
    times = _times(turn)
    return len(times) > 1 or (len(times) == 1 and not _OFFERING.isdisjoint(words))


def _times(turn: Turn) -> list[str]:
    """Return the digits of the times of day that a turn says."""
    held: list[str] | None = turn.memo.get(_times)
    if held is None:
        found = _CLOCK.findall(turn.reading.text[-LONGEST_TURN:]) if turn.may_have_digit else []
        held = turn.memo[_times] = ["".join(filter(str.isdigit, one)) for one in found]
    return held


def _offers(turn: Turn, since: Sequence[Turn]) -> bool:
    """Return whether the asking side says times of day, none of which a caller said, or days."""
    if turn.role != "assistant":
        return False
    return not _reads_back(turn, since) if _times(turn) else not _DAYS.isdisjoint(_WORD.findall(turn.text.lower()))


def _reads_back(turn: Turn, since: Sequence[Turn]) -> bool:
    """Return whether what a turn says like a time of day is a piece of what a caller said."""
    if not _times(turn):
        return False
    told = ["".join(filter(str.isdigit, one.reading.text)) for one in since if one.role == "user"]
    return any(time in text for time in _times(turn) for text in told)


def asks_of(turn: Turn) -> Asks:
    """Return what a turn asks for, if it is nameable (an elliptical follow-up asks for nothing)."""
    if _is_menu(turn):
        return Asks.IDLE
    turn = _asking_part(turn)
    tail = turn.text[-400:]
    low = tail.lower()
    if "i d" in low:
        tail = _LETTERED_ID.sub("id", tail)
    tail = _without_urging(tail, low)
    words = _WORD.findall(tail.lower())
    if is_cut_short(turn):
        return Asks.NUMBER
    specific = _specific(turn)
    valued = specific or not _VALUE_TOPIC.isdisjoint(words) or _has_topic_phrase(tail, low, words)
    if (valued or not _TOPIC.isdisjoint(words)) and _is_asking(turn, tail, words, valued=valued):
        number = specific or not _NUMBER_TOPIC.isdisjoint(words)
        return Asks.NUMBER if number else Asks.VALUE if valued else Asks.IDLE
    if turn.role == "assistant" and "?" in tail[-80:] and _OWN_NOUN.search(tail[-120:]):
        return Asks.IDLE  # "what was your blood sugar this morning?"
    if turn.role == "assistant" and _chooses(turn, tail, words):
        return Asks.CHOICE
    return Asks.NAMES if _names_number(turn) or asks_to_read(turn) else Asks.NOTHING


def _without_urging(tail: str, low: str) -> str:
    """Return what is said without what urges on."""
    return _URGES.sub("", tail) if any(map(low.__contains__, _URGING_STEMS)) else tail


def _has_topic_phrase(tail: str, low: str, words: list[str]) -> bool:
    """Return whether something is asked for in more than one word."""
    may = any(map(low.__contains__, _TOPIC_STEMS)) or not _LONE_LETTERS.isdisjoint(words)
    return may and _TOPIC_PHRASE.search(tail) is not None


def _is_asking(turn: Turn, tail: str, words: list[str], *, valued: bool) -> bool:
    """Return whether a turn that names a topic asks for it."""
    vocabulary = set(words)
    if "?" in tail or not _ASKING.isdisjoint(vocabulary):
        return True
    if any(pair in _ASKING_PAIRS for pair in pairwise(words)):
        return True
    if turn.role == "assistant" and (("i", "need") in pairwise(words) or _REFUSES.search(tail[-120:])):
        return True
    if turn.role == "assistant" and _ENDS_IN_TOPIC.search(tail):
        return True
    if not valued:
        return False  # "no problem", "thanks for your time"
    if any(pair in _PROMPT_PAIRS for pair in pairwise(words)):
        # "and your number", but not "and the number is oh seven seven"
        return turn.role == "assistant" or _ENDS_IN_NUMBER.search(tail) is None
    # "date of birth", "and the address": the asking side may leave out all but the noun.
    bare = turn.role == "assistant" and len(turn.text) <= _BARE_PROMPT and all(len(word) > 1 for word in words)
    return bare and _STATING.isdisjoint(vocabulary) and _HAS_DIGIT.search(tail) is None


#: Longest sentence, in characters, that names a number for the caller to say.
_ONE_SENTENCE: Final = 120
_SENTENCE_ENDS: Final = re.compile(r"[.!?]\s+(?=\S)")
#: What no label of a number names, and is said in digits; and where somebody lives.
_NAMED_TOPIC: Final = frozenset("birth dob birthdate birthday zip zipcode postcode postal age city town county".split())


#: Numbers that are none of the caller's: which part of the number, and which question of a form.
_OWN_COUNTS: Final = re.compile(
    r"\b(?:last|first) (?:four|five|4|5)\b|\bone (?:last|more) \w+"
    r"|^\W*(?:question|step|item|field)? ?\d{1,2}(?: ?(?:/|of) ?\d{1,2})?\W",
    re.IGNORECASE,
)
#: What says that a number is still to be given, and what says that it is not.
_MISSES: Final = re.compile(
    r"n't\b|\b(?:no|not|cannot|right|without|missing|missed|wrong|different|too short|too long|required?|requires"
    r"|needs?|next|yet|help|works?|only|except|by|let me|let's|check|ask|meant|part|heard|take down|write down|wants?"
    r"|go over|shoot|thing|instead|either|if you have)\b|: ?\w[\w ]*\W*\Z|^\W*\w+(?: \w+){0,4}\W*\Z",
    re.IGNORECASE,
)
_HAS_IT: Final = re.compile(
    r"\b(?:never|thanks?|thank you|all set|verified|confirmed|updated|recorded|reset|declined|matche[sd]|current)\b"
    r"|\b(?:is|are)(?:n't| not) (?:in|part of)\b|\bi(?:'ve| have) (?:got )?(?:your|the)\b(?! (?:right|wrong))"
    r"|\b(?:is|are) (?:open|active|on file)\b",
    re.IGNORECASE,
)
#: What callers say of a number that they would be told.
_LACKS: Final = re.compile(
    r"\b(?:forg[eo]t(?:ten)?|lost|misplaced|needs?|looking for|no idea|not sure|wondering|remind me)\b"
    r"|(?:n't|\b(?:do not|cannot|never)) (?:know|have|remember|recall|find|see|get|got)\b",
    re.IGNORECASE,
)
_SPELLED_LABEL: Final = re.compile(r"\b[A-Za-z]\b")


#: What asks for something printed, whatever it is: "what does the letter say?", "what's it say on the back?"
_READ_OUT: Final = re.compile(
    r"\bwhat(?:'s| is| does| do| did)? (?:it|that|this|the|your|his|her)\b[^.?!]{0,24}"
    r"\b(?:say|says|read|reads|show|shows)\b"
    r"|\bwhat(?:'s| is) (?:printed|written|on (?:it|the|that|this|your))\b",
    re.IGNORECASE,
)


def asks_to_read(turn: Turn) -> bool:
    """Return whether the asking side wants to hear what is printed somewhere."""
    return turn.role == "assistant" and "hat" in turn.text[-80:] and _READ_OUT.search(turn.text[-80:]) is not None


def _names_number(turn: Turn) -> bool:
    """Return whether somebody ends with a sentence about a number that they miss."""
    if turn.role not in ("assistant", "user"):
        return False
    last = _OWN_COUNTS.sub("", _SENTENCE_ENDS.split(turn.text[-200:])[-1])
    if len(last) > _ONE_SENTENCE or _SAYS_NUMBER.search(last) or "[" in last:
        return False
    if turn.role == "user":
        if _LACKS.search(last) is None:
            return False
    elif _MISSES.search(last) is None or _HAS_IT.search(last):
        return False
    if not _NAMED_TOPIC.isdisjoint(_WORD.findall(last.lower())):
        return True
    labels = [one for one in labels_in(words_in(last)) if one.kind != NUMBER and not one.weak]
    if turn.role == "user" and labels and labels[-1].kind == PLAIN:
        return False  # "I need my account balance"
    named = [one for one in labels if one.kind != PLAIN]
    return any(_SPELLED_LABEL.search(last, one.start, one.end) is None for one in named)  # "z a c" is what was said


#: A question, and the turns since; the one that is open before a turn, if one is.
_Asked = tuple[Turn, tuple[Turn, ...]]
Context = tuple[Turn | None, tuple[Turn, ...]]
#: How somebody is told the number that they miss, and nothing else: "4471", "no problem, it's 4471".
_TELLS: Final = re.compile(
    r"\W*(?:(?:sure|okay|ok|certainly|absolutely|of course|no (?:problem|worries)|yes|yeah|alright|great|got it"
    r"|here (?:it is|you go)|let me (?:see|look|check)|uh|um)\W+){0,4}(?:(?:it|that|this|yours)(?:'s| is| was| would be"
    r"| should be| ends in| starts with| says| reads)\W+(?:uh|um)?\W*)?"
    r"(?=[a-z]{0,4}-?(?P<value>\d)|(?P<word>\w+))",
    re.IGNORECASE,
)
_TOLD: Final = 80
#: How many questions before the open one can be answered once more.
_TAKEN_BACK: Final = 3
#: Longest turn, in characters, that is a piece of a number said sign by sign.
_PIECE: Final = 24


def _is_answered(since: Sequence[Turn]) -> bool:
    """Return whether a caller said a number, or a day, since they were asked."""
    return any(_SAYS_NUMBER.search(one.text) for one in since if one.role == "user")


def _tells(turn: Turn) -> bool:
    """Return whether a turn is little but a number."""
    tells = _TELLS.match(turn.text) if len(turn.text) <= _TOLD else None
    if tells is None:
        return False
    return tells["value"] is not None or _SAYS_NUMBER.match(turn.text, tells.start("word")) is not None


def _taken_back(turn: Turn, turns: Sequence[Turn], earlier: Sequence[_Question]) -> _Asked | None:
    """Return the latest question, with what was said since, whose answer a caller takes back."""
    if turn.role != "user":
        return None
    return next((one for one in (asked.read(turns) for asked in reversed(earlier)) if takes_back(turn, one[1])), None)


def _asks_anew(turn: Turn, what: Asks, question: Turn | None, wanted: Asks, since: Sequence[Turn]) -> bool:
    """Return whether a turn, which asks for ``what``, takes the place of the question that is open, if any."""
    if what >= Asks.VALUE:
        return question is None or not _same_number(turn, question)
    if what is Asks.NOTHING or (turn.role == "user" and what is Asks.NAMES):
        return False
    if what is Asks.CHOICE and (question is None or _reads_back(turn, since)):
        return False
    # Courtesies do not close the question for a number, nor does what is said about another one.
    if question is not None and question.role == "assistant" and wanted is Asks.NUMBER:
        return _is_answered(since)
    return what is not Asks.NAMES or question is None


class _Question(NamedTuple):
    """A turn that asks, and those since then, by their numbers; ``alone`` says whether its last sentence asks alone."""

    at: int
    alone: bool
    since: tuple[int, ...]

    def read(self, turns: Sequence[Turn]) -> _Asked:
        """Return the question and the turns."""
        asks = _asking_part(turns[self.at]) if self.alone else turns[self.at]
        return asks, tuple([turns[at] for at in self.since])


class Asking(NamedTuple):
    """What a conversation waits for behind some of its turns; turns by their numbers, so that it can be remembered.

    Attributes:
        question: The turn whose question is open, if one is.
        alone: Whether its last sentence asks alone.
        wanted: What it asks for.
        since: The turns since then.
        earlier: The questions before.
        missed: The turn in which a caller misses a number, until they speak again.
    """

    question: int | None = None
    alone: bool = False
    wanted: Asks = Asks.NOTHING
    since: tuple[int, ...] = ()
    earlier: tuple[_Question, ...] = ()
    missed: int | None = None

    def context(self, turns: Sequence[Turn]) -> Context:
        """Return the open question, and the turns since then."""
        if self.question is None:
            return None, tuple([turns[at] for at in self.since])
        return _Question(self.question, self.alone, self.since).read(turns)


def open_questions(turns: Sequence[Turn], asks: Callable[[Turn], Asks] = asks_of) -> Iterator[Context]:
    """Yield, for every turn, the open question before it and the turns since that question, see `open_question`."""
    asking = Asking()
    for at in range(len(turns)):
        context, asking = open_question(turns, at, asking, asks)
        yield context


def open_question(
    turns: Sequence[Turn], at: int, asking: Asking, asks: Callable[[Turn], Asks] = asks_of
) -> tuple[Context, Asking]:
    """Return the open question before a turn with the turns since that question, and what is asked behind the turn.

    Args:
        turns: The conversation in order.
        at: The number of the turn.
        asking: What is asked before it.
        asks: Answers as `asks_of` does; a caller may remember the answers.

    Returns:
        The question or ``None``, and the turns since, with the asking side's own read-backs, at most `MAX_TURNS`.
        A number that someone names and begins to say ("her social is nine") is an open question where there is no
        other; one stays open while signs are said one a turn. Without any, who speaks has only the turn before.
        What callers announce themselves ("my social is") is open for them alone. A question for a number stays open
        over what has no value of its own ("is now a good time?") until a number was said, and a number that the asking
        side misses ("I didn't get the record number") is one where none is open. Of a question with a noun of its own
        the sentences before it are left out. Times of day to choose from close a question that was answered, and are
        read without it. Who takes back a number answers once more the question that was answered
        with it. What callers miss ("I forgot my PIN") is open for a short turn of the other side, or of a tool.
    """
    turn = turns[at]
    question, since = asking.context(turns)
    missed = None if asking.missed is None else turns[asking.missed]
    # Who misses a number is told it before they speak again, unless the other side asks for something first.
    waits = question is not None and asking.wanted >= Asks.VALUE
    told = missed if not waits and missed is not None and _tells(turn) else None
    if turn.role in ("system", "developer", "tool"):
        # Nobody who goes on with what was said: without a question it is the same wherever it stands.
        return ((question, since) if told is None or turn.role != "tool" else (told, ())), asking
    if question is not None and turn.role == "user" and _begins_spelling(question):
        question = question if _OPENS_WITH_LETTERS.match(turn.text) else None
    asking = asking if question is not None else asking._replace(question=None)
    what = asks(turn)
    anew = _asks_anew(turn, what, question, asking.wanted, since)
    context: Context
    if turn.role != "user" and told is not None:
        context = told, ()
    elif question is None or (turn.role != "user" and announces(question)):
        context = None, (turns[at - 1],) if at else ()
    elif anew and what in (Asks.CHOICE, Asks.IDLE) and _offers(turn, since):
        context = None, ()  # what is offered is none of the caller's
    else:
        former = _taken_back(turn, turns, asking.earlier) if asking.wanted is not Asks.NUMBER else None
        context = (question, since) if former is None else (former[0], (*former[1], question, *since))
    return context, _asking_behind(turns, at, asking, what, anew=anew)


def _asking_behind(turns: Sequence[Turn], at: int, asking: Asking, what: Asks, *, anew: bool) -> Asking:
    """Return what is asked behind a turn of somebody who speaks, given what is asked before it and by it."""
    turn = turns[at]
    if turn.role == "user":
        asking = asking._replace(missed=at if what is Asks.NAMES else None)
    if announces(turn) or anew:
        earlier = asking.earlier
        if asking.question is not None:
            earlier = (*earlier[1 - _TAKEN_BACK :], _Question(asking.question, asking.alone, asking.since))
        if what is Asks.CHOICE:
            return Asking(earlier=earlier, missed=asking.missed)
        return Asking(at, _asking_part(turn) is not turn, what, (), earlier, asking.missed)
    if asking.question is None:
        begun = _begins(turn) or _begins_spelling(turn)
        return Asking(at, earlier=asking.earlier, missed=asking.missed) if begun else asking
    numbers = (*asking.since, at)
    if len(numbers) > MAX_TURNS:
        last = [turns[number] for number in numbers[-2:]]
        if not any(len(one.text) <= _PIECE and _ENDS_IN_SIGN.search(one.text) for one in last):
            return Asking(earlier=asking.earlier, missed=asking.missed)
        numbers = numbers[1:]
    return asking._replace(since=numbers)


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
