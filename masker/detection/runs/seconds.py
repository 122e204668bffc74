"""Second values: what a sentence gives besides the number that it names, or instead of it.

"My MRN is 4471 and my daughter's is 4472", "isn't 4472 but 66041", "was merged into 4472". Nothing names the second
number. It is known by the words that lead to it from the first one, and by its shape: who has two numbers of one kind
has two that look alike. The words are read as classes, so that a grammar of a few lines holds for any of them.
"""

from __future__ import annotations

import re
from typing import Final

from masker.detection.runs.measures import CLOCK
from masker.detection.runs.run import Run, is_strong

__all__ = ["is_alike", "is_second"]

#: How far apart the two may stand, in characters.
_REACH: Final = 90
#: Signs of the shortest number that is named instead of another, and of the shortest that is named besides one.
_SOME: Final = 3
_ALIKE: Final = 4

#: What stands between a value and another instead of it: "4472 or maybe 66041", and between two that are told apart:
#: "isn't 4472 but 66041", "from 4472 to 66041".
_INSTEAD: Final = re.compile(
    r",? (?:(?P<or>or)|but|to)(?: (?:maybe|perhaps|possibly|rather|really|it's|is))? ", re.IGNORECASE
)
_TOLD_APART: Final = re.compile(r"(?:\bnot|n't|\bfrom)(?: [a-z]{1,6})? \Z", re.IGNORECASE)

_WORD: Final = re.compile(r"[^\W_]+(?:['-][^\W\d_]+)*'?|#")
#: Signs that part columns, texts and paragraphs.
_PARTS: Final = re.compile(r'[|"{}\[\]<>]|\n\s*\n')
#: What is said everywhere, and left out.
_FILLERS: Final = frozenset(
    "uh um er erm like just well so i think believe guess actually really oh okay ok yeah sorry please and but while"
    " whereas then or plus also though sir ma'am no wait maybe accidentally both already".split()
)
_CLASSES: Final = {
    word: name
    for name, words in {
        "o": "mine hers theirs yours ours",  # whose, without a noun
        "h": "his",  # ... or with one
        "d": "my her our their your the a an this that",
        "m": "me him us them",
        "q": "new old other second 2nd right correct current first 1st previous next real actual original updated"
        " formerly previously aka alias",
        "n": "one 1 number # id code no record file chart",
        "i": "is was are were be been being would will should became becomes has have had got gets belongs which says"
        " reads",
        "t": "it its it's that's they're",
        "w": "now today currently instead",
        "p": "to with by as of onto under behind from",
        "f": "for in on at",
        "e": "split sent made duplicate copy child same ends ending starts starting",
        "v": "into onto replaces supersedes duplicates",
        "-": "he's she's what's there's here's who's where's let's",  # no owners
    }.items()
    for word in words.split()
}
#: Whose: "hers", "my daughter's", "Tobias's number", "the baby's old one", "the new one", "formerly"; "for me", "from
#: my son".
_WHOSE: Final = r"o|h|[dh]?x?s(?:q?n)?|[pf][mhd]"
_OWNER: Final = rf"(?:{_WHOSE}|(?:[pf]?[dh])?q+n?|[pf](?:[dh]x{{1,2}}|x{{1,2}}[it]))"
#: What was done with the first: "was merged into", "is a duplicate of the", "got replaced by my new one", "replaces".
_DONE: Final = r"[it]*(?:d?e+[pv]|v)[dhqn]*"
#: The first's owner may be told behind it ("4471 is mine", "4471 was the old one"), and what became of it.
_SECOND: Final = re.compile(
    rf"(?:[it]*(?:{_OWNER}|e))?(?:{_OWNER}[it]*(?:e[pf])?w?[it]*|[it]*w[itp]*)|[it]+(?:{_WHOSE})|t|{_DONE}"
)


def is_second(text: str, previous: Run, run: Run) -> bool:
    """Return whether a number is named besides the one before it, or instead of that."""
    if run.start - previous.end > _REACH or min(len(previous.code), len(run.code)) < _SOME or not run.digits:
        return False
    if run.measured or run.dated or (run.spoken and CLOCK.fullmatch(run.text)):
        return False  # "at five fifteen or five thirty"
    link = _INSTEAD.fullmatch(text, previous.end, run.start)
    if link is not None:
        told_apart = _TOLD_APART.search(text, max(0, previous.start - 12), previous.start)
        if link["or"] is not None or told_apart is not None:
            return True
    if not (is_strong(run) and len(run.code) >= _ALIKE and is_alike(previous, run)):
        return False
    if _PARTS.search(text, previous.end, run.start):
        return False
    said = [match[0].lower() for match in _WORD.finditer(text, previous.end, run.start)]
    return _SECOND.fullmatch("".join(_class(word) for word in said if word not in _FILLERS)) is not None


def is_alike(previous: Run, run: Run) -> bool:
    """Return whether two numbers have as many digits, and as many letters."""
    return (previous.digits, previous.letters) == (run.digits, run.letters)


def _class(word: str) -> str:
    """Return the class of a word between two numbers; those that have none of their own may be what owns one."""
    known = _CLASSES.get(word)
    if known is not None:
        return known
    if word.endswith(("'s", "s'")):
        return "s"
    return "e" if word.endswith("ed") else "x" if word.isalpha() else "-"
