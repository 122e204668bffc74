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
from masker.detection.context import open_questions

__all__ = ["turns_in"]

_LINE: Final = re.compile(
    r"^[ \t]*(?:\[[\d:. ]{3,12}\][ \t]*)?(?P<speaker>(?:[A-Za-z]+[ _]?)??(?:doctor|dr|physician|clinician|nurse|gp"
    r"|agent|assistant|operator|receptionist|representative|rep|bot|ai|staff|clinic|pharmacist|patient|pt|caller|user|customer|client"
    r"|guest|human|family|mother|father|speaker|person|spk|d|p|a|c|s)(?:[ _]?[\dA-B]{1,2})?)[ \t]*:[ \t]*"
    r"(?P<said>[^\n]*)",
    re.IGNORECASE | re.MULTILINE,
)
_ASKING: Final = re.compile(
    r"doctor|dr|physician|clinician|nurse|gp|agent|assistant|operator|receptionist|rep|bot|ai|staff|clinic|pharmacist"
    r"|[da]\b",
    re.IGNORECASE,
)
#: A text with fewer labelled lines is a form, not a conversation.
_MIN_LINES: Final = 3


def turns_in(segment: Segment) -> list[tuple[int, Segment]] | None:
    """Return the turns of a transcript, each with the offset of its text; ``None`` when it is none.

    Args:
        segment: A text without a role of its own, or any text at all.
    """
    text = segment.text
    if text.count("\n") < _MIN_LINES - 1 or ":" not in text:
        return None
    lines = list(_lines(text))
    labelled = [match for match, _ in lines if match is not None]
    if len(labelled) < _MIN_LINES or len(labelled) < 0.6 * len(lines):
        return None
    if len({match["speaker"].lower() for match in labelled}) > len(labelled) // 2 + 1:
        return None
    turns: list[Turn] = []
    starts: list[int] = []
    for match, line_start in lines:
        if match is None:  # a line that goes on, or a heading: said by the same speaker
            role = turns[-1].role if turns else segment.role
            end = text.find("\n", line_start)
            turns.append(Turn(role, text[line_start : end if end >= 0 else len(text)]))
            starts.append(line_start)
        else:
            turns.append(Turn("assistant" if _ASKING.search(match["speaker"]) else "user", match["said"]))
            starts.append(match.start("said"))
    return [
        (start, attrs.evolve(segment, text=turn.text, role=turn.role, question=question, since=since))
        for start, turn, (question, since) in zip(starts, turns, open_questions(turns), strict=True)
        if turn.text
    ]


def _lines(text: str) -> Iterator[tuple[re.Match[str] | None, int]]:
    """Yield every line that is not blank with its match, if it begins with a speaker."""
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield _LINE.match(text, at), at
        at += len(line) + 1
