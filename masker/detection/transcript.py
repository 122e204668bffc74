"""Transcripts inside one text: "Doctor: what's your name?" on one line, "Patient: Pedro Ruiz" on the next.

Where nearly every line begins with a speaker, the lines are turns, and an answer has its question, as in a request's
messages. A form ("Patient: Chen, Jian") has such a line or two and is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import attrs

from masker.core.segments import Segment, Turn
from masker.detection.context import LONGEST_TURN, open_questions

__all__ = ["role_of", "turns_in"]

#: What people and programs call those who speak.
_SPEAKER: Final = (
    r"doctor|dr|physician|clinician|nurse|gp"
    r"|agent|assistant|operator|receptionist|representative|rep|bot|ai|staff|clinic|pharmacist|patient|pt|caller|user|customer|client"
    r"|guest|human|family|mother|father|speaker|person|spk"
)
_LINE: Final = re.compile(
    rf"^[ \t]*(?:\[[\d:. ]{{3,12}}\][ \t]*)?(?P<speaker>(?:[A-Za-z]+[ _]?)??(?:{_SPEAKER}|d|p|a|c|s)"
    r"(?:[ _]?[\dA-B]{1,2})?)[ \t]*:[ \t]*(?P<said>[^\n]*)",
    re.IGNORECASE | re.MULTILINE,
)
#: The same as a value of its own: with a word before it only where a sign parts the two.
_NAMED: Final = re.compile(rf"(?:[A-Za-z]+[ _-])?(?:{_SPEAKER})(?:[ _-]?[\dA-B]{{1,2}})?|[A-B]", re.IGNORECASE)
_LONGEST_NAME: Final = 24
_ASKING: Final = re.compile(
    r"doctor|dr|physician|clinician|nurse|gp|agent|assistant|operator|receptionist|rep|bot|ai|staff|clinic|pharmacist"
    r"|[da]\b",
    re.IGNORECASE,
)
#: A text with fewer labelled lines is a form, not a conversation.
_MIN_LINES: Final = 3


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
    if segment.text.count("\n") < _MIN_LINES - 1 or ":" not in segment.text:
        return None
    end = _after_lines(segment.text, 0, _MANY_LINES)
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


def _turns(segment: Segment, first: int, last: int) -> Turns | None:
    """Return the turns of the text from ``first`` to ``last``, or ``None`` where it is no transcript."""
    text = segment.text[first:last]
    lines = list(_lines(text))
    labelled = [match for match, _ in lines if match is not None]
    if len(labelled) < _MIN_LINES or len(labelled) < 0.6 * len(lines):
        return None
    if len({match["speaker"].lower() for match in labelled}) > len(labelled) // 2 + 1:
        return None
    turns: list[Turn] = []
    said: list[tuple[int, str]] = []
    for match, line_start in lines:
        if match is None:  # a line that goes on, or a heading: said by the same speaker
            role = turns[-1].role if turns else segment.role
            end = text.find("\n", line_start)
            said.append((line_start, text[line_start : end if end >= 0 else len(text)]))
        else:
            role = "assistant" if _ASKING.search(match["speaker"]) else "user"
            said.append((match.start("said"), match["said"]))
        turns.append(Turn(role, said[-1][1][-LONGEST_TURN:]))
    return [
        (first + start, attrs.evolve(segment, text=line, role=turn.role, question=question, since=since))
        for (start, line), turn, (question, since) in zip(said, turns, open_questions(turns), strict=True)
        if line
    ]


def _lines(text: str) -> Iterator[tuple[re.Match[str] | None, int]]:
    """Yield every line that is not blank with its match, if it begins with a speaker."""
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield _LINE.match(text, at), at
        at += len(line) + 1
