"""Last names that are small words: "Dr. Do", "Mr. He is waiting", "Linh Do called", "DO, LINH".

A word that every sentence is full of is a name where it cannot be the word: behind "Mr." nothing but a name stands, and
behind "Dr." or a first name "do" is no verb without somebody who does it, and "an" no article without its noun.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from masker_tagger import Lexicon

from masker import Reading
from masker_name.asked import REFUSALS
from masker_name.lists import NEVER
from masker_name.things import is_first_name

__all__ = ["find", "is_small_name"]

#: Those of them that many are called by.
_SMALL: Final = frozenset("an do he my so you".split())
#: Behind these "do" is a verb, and what it is done to or by follows.
_WITH_DO: Final = frozenset(
    "i you he she it we they me him her us them not n't my your his its our their the a an this that these those any"
    " anyone anybody anything something everything some people what as so more better it's things".split()
)
_HELPS: Final = frozenset(
    "do does did can could should would will shall may might must let lets make makes what can't won't".split()
)
#: Behind these "an" is no article: what somebody does, and where and when.
_NO_NOUN: Final = frozenset(
    "is was has had will would can said says called calls calling wants needs told asked and or at in on for from to"
    " with about today tomorrow yesterday who".split()
)
#: Behind a doctor that is any.
_ANY: Final = frozenset("a the my your his her our their this that what which".split())
_TITLED: Final = re.compile(
    r"(?<![\w'-])(?:(?P<mr>Mrs?|Ms|MRS?(?=\.)|mrs?)|Drs?|Doctor|Professor|Prof)\.? "
    r"(?P<name>[A-Za-z]{2,4})(?![\w'\u2019-])"
)
_TITLES: Final = frozenset("mr mrs ms dr drs doctor professor prof".split())
_BEFORE: Final = re.compile(r"([\w']+)[ ,]{1,2}\Z")
_AFTER: Final = re.compile(r" ([\w'\u2019]+)")
#: "this is linh do calling", "linh do called about her refill", where no capital tells: what stands before and behind.
_BEFORE_DO: Final = re.compile(
    r"(?P<cue>\b(?:(?:this|name) is|(?:it|name)'s|i'?m|i am) )?\b(?P<first>[^\W\d_]{2,14}) \Z", re.IGNORECASE
)
_BEHIND_DO: Final = re.compile(
    r"(?P<any> (?:called|calling|needs|wants|says|said)\b|['\u2019]s\b(?! (?:and|or)\b))"
    r"|\W*\Z|[,.] | (?:and|speaking|here|from|dob|date of birth)\b",
    re.IGNORECASE,
)
_DO: Final = frozenset(("do",))
#: Last name first, at the beginning of a line of a record: "DO, LINH  DOB 3/14/1961".
_LAST_FIRST: Final = re.compile(
    r"^(?P<name>DO, (?P<first>[A-Z]{3,20})(?: [A-Z])?)(?=[ \t]{2}|\s*(?:$|[|;(]|\d|(?:DOB|MRN|[MF])\b))",
    re.MULTILINE,
)


def find(reading: Reading, lexicon: Lexicon) -> Iterator[tuple[int, int, float]]:
    """Yield (start, end, score), in offsets of the plain form, for every name with such a word in it."""
    text = reading.text
    for match in reading.matches(_TITLED, _TITLES):
        low = match["name"].lower()
        before, after = _BEFORE.search(text, max(0, match.start() - 24), match.start()), _after(text, match.end())
        end = match.end("name")
        if match["mr"] is None:
            if low in _SMALL and after.istitle() and _is_last(after.lower(), lexicon):
                end += 1 + len(after)
            titled = match["name"].istitle() and (end > match.end("name") or is_small_name(low, after))
            titled = titled and not (before is not None and before[1].lower() in _ANY)
        else:
            cased = match["name"].istitle() or match["mr"].isupper() == match["name"].isupper()
            titled = cased and _is_called(low, lexicon)
            if match["name"].islower():
                titled = titled and (not after or after.lower() in _NO_NOUN)
        if titled:
            yield match.start("name"), end, 0.85
    for at in reading.starts(_DO):
        behind = _BEHIND_DO.match(text, at + 2)
        before = _BEFORE_DO.search(text, max(0, at - 32), at) if behind is not None else None
        if before is None or behind is None or not (before["cue"] or behind["any"]):
            continue
        if _is_given(before["first"], lexicon):
            yield before.start("first"), at + 2, 0.75
    if "do" not in reading.words:
        return
    for match in _LAST_FIRST.finditer(text) if "," in text else ():
        if _is_given(match["first"], lexicon):
            yield *match.span("name"), 0.8


def is_small_name(low: str, after: str, before: Sequence[str] = ()) -> bool:
    """Return whether a small word with a capital, behind a title or a first name, is a last name.

    Args:
        low: The word.
        after: The word behind it, or nothing where a sign or the end is.
        before: The words before the name, in small letters.
    """
    if low not in _SMALL:
        return False
    if low == "do":
        return after.lower() not in _WITH_DO and _HELPS.isdisjoint(before)
    if not after:
        return True
    return (low == "an" and after in _NO_NOUN) or (low == "you" and after in ("is", "was", "has"))


def _is_called(low: str, lexicon: Lexicon) -> bool:
    """Return whether anybody is called by a small word."""
    return low in NEVER and low not in REFUSALS and not {"f", "l"}.isdisjoint(lexicon.codes.get(low, ""))


def _is_last(low: str, lexicon: Lexicon) -> bool:
    """Return whether a word is somebody's last name: "Dr. My Nguyen"."""
    return low not in NEVER and "l" in lexicon.codes.get(low, "")


def _is_given(word: str, lexicon: Lexicon) -> bool:
    """Return whether a word is a first name and nothing that stands before "do" in a sentence."""
    return is_first_name(lexicon.codes.get(word.lower(), "")) and word.lower() not in NEVER


def _after(text: str, end: int) -> str:
    word = _AFTER.match(text, end)
    return word[1] if word is not None else ""
