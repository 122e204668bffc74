"""Transcripts inside one text: "Doctor: what's your name?" on one line, "Patient: Pedro Ruiz" on the next.

Where nearly every line begins with a speaker, the lines are turns, and an answer has its question, as in a request's
messages. A form ("Patient: Chen, Jian") has such a line or two and is left alone. Messengers, meetings and subtitles
write who speaks in many ways (``[3/2/26, 10:14:05] Tamsin Yeung: ...``, ``Tamsin Yeung  0:12`` above what she says,
``<v Tamsin Yeung>...``); where speakers are people, a transcript is one in which somebody asks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import attrs

from masker.core.segments import Segment, Turn
from masker.detection.context import LONGEST_TURN, Asks, asks_of, open_questions
from masker.detection.keys import is_field_name
from masker.detection.labels import labels_in, words_in

__all__ = ["SPEAKER_KEY", "role_of", "turns_in"]

#: The key under which a speaker's name is searched.
SPEAKER_KEY: Final = "speaker"
#: What people and programs call those who speak.
_SPEAKER: Final = (
    r"doctor|dr|physician|clinician|nurse|gp"
    r"|agent|assistant|operator|receptionist|representative|rep|bot|ai|staff|clinic|pharmacist|patient|pt|caller|user|customer|client"
    r"|csr|ivr|support|interviewer|dispatcher|scheduler|guest|human|family|mother|father|speaker|person|spk"
)
#: ... with a word before it or in brackets behind, which may be a name; and Dana is no "a".
_KNOWN: Final = re.compile(
    rf"(?:[dpacs]|chatbot|voicebot"
    rf"|(?P<beside>[A-Za-z]+(?:[ _-]|(?=agent|assistant|caller|user|patient|customer|client)))?(?:{_SPEAKER}))"
    r"(?:[ _-]?[\dA-B]{1,2})?(?P<behind> ?\(.*)?",
    re.IGNORECASE,
)
_BLANK: Final = r"[^\S\n]"
#: When it was said, in whatever form: "[3/2/26, 10:14:05 AM]", "00:01:02", "(10:14)", "3/2/26, 10:14 -".
_STAMP: Final = (
    rf"[\[(]?\d{{1,4}}[:/.-]\d{{1,2}}(?:[\d:/.,+-]|{_BLANK}(?=\d)|T(?=\d)|Z(?!\w)){{0,24}}"
    rf"(?:{_BLANK}?[AaPp]\.?[Mm]\b\.?)?(?:, ?\d[\d/.-]{{5,9}})?[\])]?(?:{_BLANK}?[-\u2013|](?={_BLANK}))?"
)
_WHO: Final = (
    r"(?P<{}>\+?\(?\d[\d() .-]{{6,18}}\d"
    r"|[^\W\d_][\w.'\u2019-]{{0,30}}(?:,? [\w.'\u2019-]{{1,30}}){{0,3}}?(?: ?\([^()\d\n]{{1,30}}\))?)"
)
_LEAD: Final = rf"{_BLANK}*[\u200e\ufeff]?(?:[-*>\u2022]{_BLANK}+)?[*_]{{0,2}}"
#: A line that begins with its speaker, and one that is nothing else.
_LINE: Final = re.compile(
    rf"{_LEAD}(?P<stamp>{_STAMP}{_BLANK}*)?(?:"
    rf"(?:From{_BLANK}+)?{_WHO.format('named')}(?: to [^\n:]{{1,40}})?(?P<later>{_BLANK}*{_STAMP})?"
    rf"[*_]{{0,2}}{_BLANK}*(?:(?<!\d):|:(?!\d))(?!//)[*_]{{0,2}}|[\[<](?:v{_BLANK})?{_WHO.format('marked')}[\]>]:?)"
    rf"{_BLANK}*(?P<said>[^\n]*)"
)
_HEADING: Final = re.compile(
    rf"{_LEAD}(?:{_WHO.format('before')}[*_]{{0,2}}{_BLANK}+{_STAMP}|{_STAMP}{_BLANK}+{_WHO.format('behind')})"
    rf"[*_]{{0,2}}{_BLANK}*"
)
#: Subtitles: a number, and from when to when they are shown.
_CUE: Final = re.compile(rf"WEBVTT[^\n]*|{_BLANK}*[\d:.,]{{5,13}} --> [\d:.,]{{5,13}}[^\n]*")
#: The same as a value of its own: with a word before it only where a sign parts the two.
_NAMED: Final = re.compile(rf"(?:[A-Za-z]+[ _-])?(?:{_SPEAKER})(?:[ _-]?[\dA-B]{{1,2}})?|[A-B]", re.IGNORECASE)
_LONGEST_NAME: Final = 24
_ASKING: Final = re.compile(
    r"doctor|dr|physician|clinician|nurse|gp|agent|assistant|operator|receptionist|rep|bot|ai|staff|clinic|pharmacist"
    r"|csr|ivr|support|interviewer|dispatcher|scheduler|[da]\b",
    re.IGNORECASE,
)
#: A text with fewer labelled lines is a form, not a conversation.
_MIN_LINES: Final = 3


#: How many of all lines begin with a speaker, or stand right below one, at least.
_MOST: Final = 0.6
#: Lines that are read in one go, and how many of them are read again with those that follow, for what they ask.
_MANY_LINES: Final = 400
_SHARED_LINES: Final = 12

#: Turns, each with the offset of its text.
Turns = list[tuple[int, Segment]]


def role_of(name: str) -> str | None:
    """Return the role of a speaker by what a program calls them; ``None`` for whatever is no speaker."""
    if len(name) > _LONGEST_NAME:
        return None
    if name in ("system", "developer", "tool"):
        return name
    if _NAMED.fullmatch(name) is None:
        return None
    return "assistant" if _ASKING.search(name) else "user"


def turns_in(segment: Segment) -> Iterator[Turns] | None:
    """Return the turns of a transcript, some hundred lines at a time; ``None`` when it is none.

    Args:
        segment: A text without a role of its own, or any text at all.
    """
    text = segment.text
    if text.count("\n") < _MIN_LINES - 1 or not (":" in text or "] " in text or "> " in text):
        return None
    end = _after_lines(text, 0, _MANY_LINES)
    first = _turns(segment, 0, end)
    return None if first is None else _all_turns(segment, first, end)


def _all_turns(segment: Segment, first: Turns, end: int) -> Iterator[Turns]:
    """Yield the turns of the first lines and of those that follow; what is no transcript there is one text."""
    text = segment.text
    yield first
    while end < len(text):
        start = _before_lines(text, end, _SHARED_LINES)
        end = _after_lines(text, start, _MANY_LINES)
        turns = _turns(segment, start, end)
        yield [(start, attrs.evolve(segment, text=text[start:end]))] if turns is None else turns


def _after_lines(text: str, start: int, count: int) -> int:
    """Return where so many lines end that begin at ``start``."""
    for _ in range(count):
        start = text.find("\n", start) + 1
        if not start:
            return len(text)
    return start


def _before_lines(text: str, end: int, count: int) -> int:
    """Return where the last lines before ``end``, which stands behind a line's end, begin."""
    for _ in range(count + 1):
        end = text.rfind("\n", 0, end)
        if end < 0:
            return 0
    return end + 1


class _Line(NamedTuple):
    """A line that is not blank: ``who`` speaks, in small letters, is empty where it goes on with what was said before.

    ``name`` is where the speaker is named, ``is_stamped``, whether a time or more stands beside, ``is_cue``, whether
    the line only says when a subtitle is shown.
    """

    start: int
    end: int
    said: int
    who: str = ""
    name: tuple[int, int] = (0, 0)
    is_stamped: bool = False
    is_cue: bool = False


def _turns(segment: Segment, first: int, last: int) -> Turns | None:
    """Return the turns of the text from ``first`` to ``last``, or ``None`` where it is no transcript."""
    text = segment.text[first:last]
    lines = list(_lines(text))
    roles = _roles(lines, text)
    if roles is None:
        return None
    said: Turns = []
    beside: Turns = []
    role, plain = segment.role, attrs.evolve(segment, role=None, question=None, since=())
    for line in lines:
        start = line.start
        if line.who in roles:
            role, start = roles[line.who], line.said
            beside += _heads(line, text, plain)
        if start < line.end:  # else what is said stands below
            turns = beside if line.is_cue else said
            turns.append((start, attrs.evolve(plain, text=text[start : line.end], role=None if line.is_cue else role)))
    questions = open_questions([Turn(turn.role, turn.text[-LONGEST_TURN:]) for _, turn in said])
    asked = [
        (start, attrs.evolve(turn, question=question, since=since))
        for (start, turn), (question, since) in zip(said, questions, strict=True)
    ]
    return [(first + start, turn) for start, turn in asked + beside]


def _heads(line: _Line, text: str, plain: Segment) -> Iterator[tuple[int, Segment]]:
    """Yield what stands before what is said, and there the speaker's name under a key of its own."""
    start, end = line.name
    for low, high in ((line.start, start), (end, line.said)) if line.is_stamped else ():
        yield low, attrs.evolve(plain, text=text[low:high])
    known = _KNOWN.fullmatch(line.who)
    if known is None or known["beside"] or known["behind"]:
        yield start, attrs.evolve(plain, text=text[start:end], key=SPEAKER_KEY)


def _roles(lines: Sequence[_Line], text: str) -> dict[str, str] | None:
    """Return the role of each who speaks, or ``None`` where the lines are no transcript.

    Who is called by a role has it. People speak where one of them asks; whoever asks most is the asking side, unless
    somebody is called so.
    """
    often = Counter(line.who for line in lines if line.who)
    known = {who: "assistant" if _ASKING.search(who) else "user" for who in often if _KNOWN.fullmatch(who)}
    if "q" in often:
        known.pop("a", None)  # who answers
    shown = {line.who for line in lines if line.is_stamped or not text[slice(*line.name)].islower()}
    people = {who for who in often.keys() - known if (often[who] > 1 or who in shown) and not _is_label(who)}
    everybody = frozenset((*known, *people))
    if people and len(everybody) > 1 and _are_turns(lines, everybody):
        asks = _asks(lines, text, everybody)
        if asks:
            roles, most = set(known.values()), asks.most_common(1)[0][0]
            asking = people if roles == {"user"} else () if roles else (most,)
            return known | {who: "assistant" if who in asking else "user" for who in people}
    return known if known and _are_turns(lines, frozenset(known)) else None


def _are_turns(lines: Sequence[_Line], speakers: frozenset[str]) -> bool:
    """Return whether nearly all lines are said by so few speakers."""
    begun = sum(line.who in speakers for line in lines)
    cues = sum(line.is_cue for line in lines)
    below = sum(
        before.who in speakers and before.said == before.end and line.who not in speakers
        for before, line in pairwise(lines)
    )
    several = len({line.who for line in lines if line.who in speakers}) <= begun // 2 + 1
    return begun >= _MIN_LINES and several and begun + below >= _MOST * (len(lines) - cues)


def _asks(lines: Sequence[_Line], text: str, speakers: frozenset[str]) -> Counter[str]:
    """Return how often each speaker asks for something that has a value."""
    asks: Counter[str] = Counter()
    who = ""
    for line in lines:
        who, start = (line.who, line.said) if line.who in speakers else (who, line.start)
        if who and asks_of(Turn(None, text[start : line.end][-LONGEST_TURN:])) >= Asks.VALUE:
            asks[who] += 1
    return asks


def _is_label(who: str) -> bool:
    """Return whether what stands before a colon names a field."""
    return is_field_name(who) or any(True for _ in labels_in(words_in(who)))


def _lines(text: str) -> Iterator[_Line]:
    """Yield every line that is not blank."""
    at = 0
    lines = text.split("\n")
    for number, line in enumerate(lines):
        end = at + len(line)
        if line.strip():
            counts = line.strip().isdecimal() and number + 1 < len(lines) and _CUE.fullmatch(lines[number + 1])
            if counts or _CUE.fullmatch(line):
                yield _Line(at, end, end, is_cue=True)
            else:
                yield _line(text, at, end)
        at = end + 1


def _line(text: str, at: int, end: int) -> _Line:
    """Return a line, by whom it is said."""
    match = _LINE.match(text, at, end)
    if match is not None:
        name, said = match.span("named" if match["named"] else "marked"), match.start("said")
        end -= len("</v>") if text.endswith("</v>", said, end) else 0
        stamped = match["stamp"] or match["later"]
    else:
        match = _HEADING.fullmatch(text, at, end)
        if match is None:
            return _Line(at, end, at)
        name, said, stamped = match.span("before" if match["before"] else "behind"), end, True
    return _Line(at, end, said, text[slice(*name)].lower(), name, bool(stamped))
