"""How near a negative example comes to the positives: in shape, and in the words around.

The measure is deliberately simple, so that an author can predict it. A text's *classes* are what its words are made
of: digits or number words, mixed codes, single letters, symbols inside a word or said ("at", "dot"). A negative is
value-like when it has every class of some positive's value; it is cue-like when it shares a content word that stands
within six words of a value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from masker_conformance.fixtures import Case

__all__ = ["classes_of", "cue_like", "value_like"]

_WORD: Final = re.compile(r"\w+")

#: A symbol inside a word, or said.
_SYMBOL: Final = re.compile(r"\w[.@/:]\w|@|//|\b(?:at|dot|slash|underscore|dash)\b", re.IGNORECASE)

_NUMBER_WORDS: Final = frozenset(
    "zero oh one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand double triple "
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirtieth twentieth".split()
)

#: Words that stand near everything and announce nothing.
_STOP: Final = frozenset(
    "the and you your for that this with was are have has not but can will what when his her our they them from its "
    "i'm it's yes okay yeah just please thanks thank hello here there she him who how all any been were had one two "
    "out get got about would could should did does let see is my a an of to in on at it be or so i me we he".split()
)


def classes_of(text: str) -> frozenset[str]:
    """Return which of ``number``, ``code``, ``letter`` and ``symbol`` a text has."""
    found = {"symbol"} if _SYMBOL.search(text) else set()
    for word in _WORD.findall(text.lower()):
        if word in _NUMBER_WORDS or word.isdigit():
            found.add("number")
        elif any(char.isdigit() for char in word):
            found.add("code")
        elif len(word) == 1 and word not in {"a", "i"}:
            found.add("letter")
    return frozenset(found)


def value_like(positives: Sequence[Case], negatives: Sequence[Case]) -> list[Case]:
    """Return the negatives that have every class of some positive's value; a code may stand for number or letter."""
    shapes = {classes_of(case.segment.text[mark.start : mark.end]) - {":"} for case in positives for mark in case.marks}
    found = []
    for case in negatives:
        has = classes_of(case.segment.text)
        if "code" in has:
            has |= {"number", "letter"}
        if "number" in has and "letter" in has:
            has |= {"code"}
        if any(shape <= has for shape in shapes):
            found.append(case)
    return found


def cue_like(positives: Sequence[Case], negatives: Sequence[Case]) -> list[Case]:
    """Return the negatives that share a content word with the surroundings of some positive's value."""
    cues = {word for case in positives for word in _surroundings(case)}
    return [case for case in negatives if cues & _words(_context(case) + " " + case.segment.text)]


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"[^\W\d_]+", text.lower()) if len(word) > 1} - _STOP - _NUMBER_WORDS


def _context(case: Case) -> str:
    question = case.segment.question
    return f"{case.segment.key or ''} {question.text if question else ''}"


def _surroundings(case: Case) -> set[str]:
    text = case.segment.text
    near = _words(_context(case))
    for mark in case.marks:
        before = " ".join(text[: mark.start].split()[-6:])
        after = " ".join(text[mark.end :].split()[:6])
        near |= _words(f"{before} {after}")
    return near
