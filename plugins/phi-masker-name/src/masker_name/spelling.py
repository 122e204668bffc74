"""Names spelled letter by letter: asked for, announced, or right after the name they spell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from masker_tagger import Lexicon, question_of

from masker import Reading, Segment, heard
from masker_name.codes import inside_code
from masker_name.lists import LABELS, NATO

__all__ = ["with_spelling"]


_NATO_RUN: Final = re.compile(
    r"\b(?:(?:double )?(?:alpha|alfa|bravo|charlie|delta|echo|foxtrot|golf|hotel|india|juliett?|kilo|lima|mike"
    r"|november|oscar|papa|quebec|romeo|sierra|tango|uniform|victor|whiske?y|x-?ray|yankee|zulu)["
    r" ,.]*){3,}(?<![ ,.])",
    re.IGNORECASE,
)


_NATO_PARTS: Final = NATO - {"x-ray"} | {"ray"}


_SPELLS: Final = re.compile(
    r"[\s,.:;-]*(?:(?:and |so |um |uh )*(?:that'?s|thats|it'?s|spell(?:ed|t|ing)?(?: (?:it|that|as"
    r"|with))?|i'?ll spell (?:it|that)(?: for you)?|is spell(?:ed|t)|is|with an?|so it'?s spell(?:ed|t)"
    r"|that is)?)[\s,.:;-]*"
    r"(?:(?:spell(?:ed|t)|um|uh|like|so)[\s,]*)?"
)


#: "No, with a C", "it's spelled": what is spelled behind it is a word that was misheard, most often a name.
_CORRECTED: Final = re.compile(
    r"\b(?:with(?: an? ?(?:[a-z][\s,.:;-]*)?)?|spel(?:led|t)(?: (?:it|like|as|with an? [a-z]))?)[\s,.:;-]*"
    r"(?:(?:it'?s|so|that'?s)[\s,]*)?\Z"
)


_LABEL: Final = re.compile(
    r"(?:\b(?:last|first|1st|family|given|sur|middle|maiden) ?name(?:'?s)?|\bsurname(?:'?s)?|my"
    r" name(?:'?s)?|\bname is)(?: is| spelled| spelt| that'?s| it'?s|,|:| uh| um)*\s*$"
)


_NAMED: Final = re.compile(r"\bnames?\b|\bsurname\b|\bmy name'?s\b|\bit'?s $|\bmister|\bmrs|\bdoctor", re.IGNORECASE)


_DIGIT_BESIDE: Final = re.compile(r"\d")


_OTHER: Final = re.compile(
    r"\b(?:street|road|address|town|city|medication|drug|medicine|tablets?|email|e-mail|postcode|company"
    r"|pharmacy|plate)\b",
    re.IGNORECASE,
)


def with_spelling(
    segment: Segment, found: list[tuple[int, int, float]], lexicon: Lexicon
) -> list[tuple[int, int, float]]:
    """Take in names spelled letter by letter: asked for, announced, or right after the name they spell."""
    reading = segment.reading
    text = reading.text
    spelled = [p for p in reading.pieces if p.kind == "spelled"]
    ranges = [reading.plain(p.start, p.end) for p in spelled]
    explained = {reading.plain(p.start, p.end) for p in spelled if p.end - p.start > 2 * len(p.text)}
    if not _NATO_PARTS.isdisjoint(reading.words):
        ranges += [
            m.span()
            for m in _NATO_RUN.finditer(text)
            if not _DIGIT_BESIDE.search(text, max(0, m.start() - 2), m.end() + 2)
        ]
    wanted = question_of(segment)
    if not ranges and wanted != "spell":
        return found
    names = {start: start + _explaining(text, start, end) for start, end in ranges}
    ranges = sorted((names[start], end) for start, end in ranges)
    found = [*found, *_short_names(text, ranges, lexicon)]
    question = segment.question.text if segment.question else ""
    if wanted == "spell" and segment.role != "assistant" and not _OTHER.search(question):
        found = [*found, *_heard_letters(reading, ranges)]
    for start, end in ranges:
        value = text[start:end]
        if (
            any(c.isdigit() for c in value)
            or (len(value) < 3 and not (wanted == "spell" and _begins_word(value, explained=(start, end) in explained)))
            or value.lower() in LABELS
            or inside_code(text, start, end)
        ):
            continue
        before = text[max(0, start - 40) : start].lower()
        # "last name is young y o u n g": the word said just before is what is spelled.
        head = start - len(value) - 1
        if head >= 0 and text[head : start - 1].lower() == value.lower() and not text[start - 1].isalnum():
            said = lexicon.describe(value)[1] not in ("d", "y", "b")
            if said and (wanted or _NAMED.search(text, max(0, head - 40), head)):
                found = [*found, (head, end, 0.9)]
                continue
        # "w i s e wise": spelled, then said.
        tail = end + 1 + len(value)
        if (
            text[end + 1 : tail].lower() == value.lower()
            and not text[end].isalnum()
            and not text[tail : tail + 1].isalnum()
            and lexicon.describe(value)[1] not in ("d", "y", "b")
            and not _OTHER.search(text, max(0, start - 60), start)
        ):
            found = [*found, (start, tail, 0.85)]
            continue
        near = any(
            s < end
            and start - e < 24
            and not re.search(r"[.\n]", text[e:start])
            and _SPELLS.fullmatch(text[e:start].lower())
            for s, e, _ in found
            if e <= start
        )
        same = any(value.lower() in text[s:e].lower() for s, e, _ in found if e <= start)
        if (
            near
            or same
            or _LABEL.search(before)
            or (len(value) > 3 and _CORRECTED.search(before) and not (_OTHER.search(question) or _OTHER.search(before)))
            or (wanted == "name" and len(value) > 3)
            or (wanted == "spell" and not _OTHER.search(question))
        ):
            found = [*found, (start, end, 0.9)]
    found = [*found, *_joined(text, ranges, found)]
    return [(names.get(start, start), end, score) for start, end, score in found]


#: Before a letter that tells how a name is written, and before one that it has not.
_WITH_A: Final = re.compile(r"\bwith \Z", re.IGNORECASE)
_WITH_AN: Final = re.compile(r"\bwith an \Z", re.IGNORECASE)
_WITHOUT: Final = re.compile(r"\b(?:no|without an?) \Z", re.IGNORECASE)


def _explaining(text: str, start: int, end: int) -> int:
    """Return how many letters at the beginning of a spelled name only explain it.

    "Smith with a y, s m y t h" has two of them, "sara no h s a r a" one; nobody spells a name that begins so.
    """
    low = text[start:end].lower()
    if len(low) <= _EXPLAINED:
        return 0
    if low[0] == "a" and low[1] in low[2:] and _WITH_A.search(text, max(0, start - 6), start):
        return 2
    if low[0] in low[1:] and _WITH_AN.search(text, max(0, start - 9), start):
        return 1
    said_before = low[1:] in text[max(0, start - 40) : start].lower().split()
    return 1 if said_before and _WITHOUT.search(text, max(0, start - 12), start) else 0


#: Letters that are no explanation with a name behind it.
_EXPLAINED: Final = 3


def _begins_word(letters: str, *, explained: bool) -> bool:
    """Return whether an answer to "how do you spell it?" may be the beginning of a word that goes on in the next."""
    return explained or (len(letters) > 1 and letters.lower() != "ok")


#: What is said between a name of two letters and its letters.
_AS_LETTERS: Final = re.compile(
    r"(?<![^\W_])(?P<said>[^\W\d_]{2})[,.]? (?:(?:that'?s|it'?s|spel(?:led|t)|as in|like|is) )?\Z", re.IGNORECASE
)


def _short_names(text: str, ranges: list[tuple[int, int]], lexicon: Lexicon) -> Iterator[tuple[int, int, float]]:
    """Yield names of two letters with their letters: "sy that's s y"; nobody spells another word so short."""
    for start, end in ranges:
        value = text[start:end].lower()
        if len(value) != 2 or value in LABELS or lexicon.describe(value)[1] in ("d", "y", "b"):
            continue
        before = _AS_LETTERS.search(text, max(0, start - 20), start)
        if before is not None and before["said"].lower() == value:
            yield *before.span("said"), 0.8
            yield start, end, 0.8


#: Signs that people name between the words that they spell: "S-T, period, C-L-A-I-R".
_SIGN_SAID: Final = re.compile(
    r",? (?:space|period|dot|dash|hyphen|apostrophe|new word|capital|then|and then),? ", re.IGNORECASE
)


def _joined(
    text: str, ranges: list[tuple[int, int]], found: list[tuple[int, int, float]]
) -> Iterator[tuple[int, int, float]]:
    """Yield two spelled words with the name of a sign between them, of which one was found."""
    for (start, middle), (next_, end) in pairwise(ranges):
        if _SIGN_SAID.fullmatch(text, middle, next_) and text[start:middle].isalpha() and text[next_:end].isalpha():
            score = max((score for a, b, score in found if a < end and start < b), default=0.0)
            if score:
                yield start, end, score


def _heard_letters(reading: Reading, spelled: list[tuple[int, int]]) -> Iterator[tuple[int, int, float]]:
    """Yield the runs of an answer to "how do you spell it?" that hold single letters and little but letters."""
    for start, end, size in heard(reading, glued=4):
        value = reading.text[start:end]
        single = re.search(r"(?<![\w'])[^\W\d_](?![\w'])", value) or any(start < b and a < end for a, b in spelled)
        if size > 2 and single and sum(map(str.isdigit, value)) < 3 and not _is_prose(value):
            yield start, end, 0.85


#: So many words may be letters, too, as a recogniser hears them.
_FEW: Final = 3
_PLAIN_WORD: Final = re.compile(r"(?<![\w'])(?!then|and|with|double|capital)[^\W\d_]{3,}(?![\w'])", re.IGNORECASE)
_TOLD_BY: Final = re.compile(r"\b(?:for|as in|in|like|is) \Z", re.IGNORECASE)


def _is_prose(value: str) -> bool:
    """Return whether most of a run is words: "i c c u to some step down fourth"."""
    words = [word for word in _PLAIN_WORD.finditer(value) if word[0].lower() not in NATO]
    plain = sum(_TOLD_BY.search(value, 0, word.start()) is None for word in words)
    return plain > _FEW and 2 * plain >= len(value.split()) - plain
