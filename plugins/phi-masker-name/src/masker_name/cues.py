"""What announces a name beyond doubt: "my name is", a title, a greeting before a word nobody knows.

The model knows these too; the rules are its safety net where a name is an ordinary word ("my name is will", "mrs
early") or where the few words around are all there is ("good morning, Thandeka").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from masker import Reading
from masker_name.features import Lexicon

__all__ = ["find"]

_W: Final = r"[^\W\d_]+(?:[-'\u2019](?!s\b)[^\W\d_]+)*"
_INTRODUCED: Final = re.compile(
    rf"\b(?:(?:my|his|her|their|your|first|1st|last|middle|full|maiden|family|given|christian|patient'?s|child'?s"
    rf"|baby'?s|son'?s|daughter'?s|husband'?s|wife'?s|mother'?s|father'?s|mum'?s|mom'?s|dad'?s"
    rf"|partner'?s|sister'?s|brother'?s|caller'?s) ?name|surname|forename)(?:'?s| is)(?: spelled)?[,:]?"
    rf" (?:(?:uh|um|uhm|er|erm|like|actually)[, ]+)*(?P<name>{_W}(?:[ ]{_W}){{0,3}})",
    re.IGNORECASE,
)
_TITLED: Final = re.compile(
    rf"\b(?:(?P<mr>mr|mrs|ms|miss|mister|missus|mx)|doctor|dr|professor|prof|pt)\b\.? (?P<name>{_W}(?: {_W})?)",
    re.IGNORECASE,
)
_GREETED: Final = re.compile(
    r"(?:^|[\n.?!] *|: )(?:(?:okay|ok|oh|um|uh|yes|yeah|no|well|so|right)[, ]+)?(?:good (?:morning"
    r"|afternoon|evening)|hello|hi|hey|hiya|thanks|thank you(?: so much| very much)?|cheers|bye|bye bye"
    r"|goodbye"
    rf"|sorry|right|alright|all right|okay|ok|no worries|no problem|of course|take care|welcome"
    rf"|morning)(?: then| there| again)?,? (?P<name>{_W})(?=[.?!,]|$|\n)",
    re.IGNORECASE | re.MULTILINE,
)
#: Words of which each of these holds one.
_TITLES: Final = frozenset("mr mrs ms miss mister missus mx doctor dr professor prof pt".split())
_NOTES: Final = frozenset(
    "seen discussed d nok f w follow reviewed son daughter mother father wife husband brother sister".split()
)
#: What follows "my name is" or a title without being a name.
_STOP: Final = frozenset(
    "on in not the a an at spelled spelt spelling under with for of my your his her their our there"
    " correct right wrong different that this it its it's what and or"
    " i i'm i've i'd we you he she they who whose was were am are be been is has had have do did does"
    " done say said says see saw seen called calls call calling told tell"
    " misspelled still also just already listed pronounced short like too very so common changed missing"
    " unknown to from by about but if when then because please can could"
    " would should um uh er erm ah oh okay ok yes yeah no nope sure fine hi hello thanks sorry well now"
    " here today yesterday tomorrow only mine ours always never as well"
    " one two three four five six seven eight nine ten number date first last middle name names surname"
    " birth".split()
)
#: Words that follow a title as verbs although they are also names.
_VERBS: Final = frozenset("will may can has says said long see wants day grant mark bill hope rob".split())


#: "Hi will what's the last name": a name that is also a word, between a greeting and a question.
_HAILED: Final = re.compile(
    r"^(?:hi|hello|hey|hiya|thanks|thank you) (?P<name>[^\W\d_]{2,12})"
    r" (?:what's|what|how's|how|i'm|it's|this is|who|which|when|where|thanks|so|let me|let's|can i|may i)\b",
    re.IGNORECASE,
)


#: Notes: "Seen by Okwuosa (ortho)", "D/w Teague", "NOK Fergus updated", "f/u w/ K. Nakashima-Reyes".
_NOTED: Final = re.compile(
    r"\b(?:(?i:seen by|discussed with|d/w|nok|f/u with|f/u w/|w/|follow[- ]up with|reviewed by|son|daughter|mother"
    r"|father|wife|husband|brother|sister),? )(?:Drs?\.? )?(?P<name>(?:[A-Z]\. ?)?[A-Z][a-z][\w'-]+)(?=[ ,.;()\n]|$)"
)


def find(reading: Reading, lexicon: Lexicon) -> Iterator[tuple[int, int, float]]:
    """Yield (start, end, score), in offsets of the plain form, for every name that the words before it announce."""
    text, words = reading.text, reading.words
    if "name" in text.lower():
        for match in _INTRODUCED.finditer(text):
            yield from _words(match, lexicon, strong=True, most=3, score=0.9)
    for match in _TITLED.finditer(text) if not _TITLES.isdisjoint(words) else ():
        yield from _words(match, lexicon, strong=match["mr"] is not None, most=2, score=0.85)
    for match in _NOTED.finditer(text) if not _NOTES.isdisjoint(words) else ():
        word = match["name"].split(" ")[-1]
        code = lexicon.codes.get(word.lower(), "")
        if lexicon.describe(word)[1] in ("N", "n", "r", "oov", "pn", "odd", "foreign") and not set(code) & {
            "d",
            "m",
            "y",
        }:
            yield *match.span("name"), 0.7
    hailed = _HAILED.match(text)
    if hailed is not None:
        code = lexicon.codes.get(hailed["name"].lower(), "")
        if "f" in code and code[code.index("f") + 1] in "2345" and hailed["name"].lower() not in _STOP:
            yield *hailed.span("name"), 0.75
    for match in _GREETED.finditer(text):
        kind = lexicon.describe(match["name"])[1]
        if kind in ("N", "n", "r", "pn") or (
            kind in ("oov", "odd", "foreign") and lexicon.nameness(match["name"].lower()) > 0.1
        ):
            yield *match.span("name"), 0.75


def _words(
    match: re.Match[str], lexicon: Lexicon, *, strong: bool, most: int, score: float
) -> Iterator[tuple[int, int, float]]:
    """Yield the run of words of ``match["name"]`` that can be a name.

    Args:
        match: Group ``name`` holds the words.
        lexicon: Public facts.
        strong: Whether even an ordinary word counts as the first one.
        most: How many words at most.
        score: Score of the finding.
    """
    base = match.start("name")
    end = None
    for number, word in enumerate(re.finditer(_W, match["name"])):
        low = word.group().lower()
        kind = lexicon.describe(low)[1]
        if number == most or low in _STOP or kind in ("d", "y", "b"):
            break
        if number == 0:
            if len(low) < 2 or (match.re is _TITLED and low in _VERBS):
                break
            if not (lexicon.may_name(low) if not strong else (kind[0] != "c" or match.re is _INTRODUCED)):
                break
            if not strong and kind[0] in "ab" and kind[-1] in "12":
                break
        elif kind not in ("N", "n", "r", "oov", "odd", "foreign", "pn", "a2", "a3", "b3") and not (
            word.group()[0].isupper() and kind[0] != "c"
        ):
            break
        end = base + word.end()
    if end is not None:
        yield base, end, score
