"""Letters and digits as a recogniser hears them, where a question says that they are to be expected.

After "could you spell that?" or "what's your postcode?" a recogniser that does not know better writes words: "are" for
R, "see" for C, "for" for 4, "m au re en" for a spelled name. None of that can be told from talk without the question;
with it, what lies between the first and the last sure letter or digit belongs to the answer, however it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from masker.core.reading import Reading

__all__ = ["heard"]

_WORD: Final = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
#: Words that letters and digits are heard as, and what people say around letters.
_SOUNDS: Final = frozenset(
    "a i am an and are ar as ass ate be bay bed bee bye cap capital cube cue dad dash day dead dee double dollar"
    " eat eff ef eh eight el ell em en es ess ex eye fee fife five for four free gee haitch hey hitch aitch his"
    " how hyphen in ion is jay kay key lay mail naught nay nine nought oar of oh one or our ow owe part pay pea"
    " pee queue said say see sea sex she six space tee tea tell ten that the there they three tie to too tree"
    " triple two un us use via we why wise with won ye yea you yule view zed zee zero then letter small upper"
    " lower case".split()
)
#: What stands between two answers rather than within one; recognisers put full stops between letters.
_PARTS: Final = re.compile(r"[?!\n;:]|.{4}")
_CODE_WORDS: Final = frozenset(
    "alpha alfa bravo charlie delta echo foxtrot golf hotel india juliet juliett kilo lima mike november oscar"
    " papa quebec romeo sierra tango uniform victor whiskey whisky xray x-ray yankee zulu".split()
)
_HESITATIONS: Final = frozenset("uh um er erm uhm ah mm hmm okay ok yeah then like comma dot".split())
#: What leads to letters or follows them, and is never one of them at the edge of a run.
_AFTER: Final = _HESITATIONS | frozenset(
    "as for in is of or so that the there they to with his how she use tell space letter small upper lower case"
    " capital part say said".split()
)
_BEFORE: Final = _AFTER | {"and", "am", "we", "an"}
#: What begins to say something else, where a word follows that is no sign: "four four seven one and i need ...".
_OPENERS: Final = frozenset("a i am an and are or our we".split())
_WORD_FOLLOWS: Final = re.compile(r",? [^\W\d_]")


def heard(reading: Reading, *, glued: int = 3) -> Iterator[tuple[int, int, int]]:
    """Yield (start, end, size) for every run of letters and digits in an answer that was to hold some.

    Args:
        reading: The answer's reading; offsets are of its plain form.
        glued: How many letters a word may have that is taken for letters run together ("jo hn", spelled).

    A run holds at least one sure sign: a letter, digits, a code word ("tango"), letters that were spelled, or a short
    word that answers do not have otherwise. ``size`` is how many letters and digits the sure ones make.
    """
    text = reading.text
    spelled = [reading.plain(p.start, p.end) for p in reading.pieces if p.kind == "spelled"]
    run: list[tuple[int, int, int]] = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        word = match.group().lower()
        size = 0
        if any(a <= start and end <= b for a, b in spelled) or any(map(str.isdigit, word)) or len(word) == 1:
            size = len(word) if word not in "ai" else 0
        elif word in _CODE_WORDS:
            size = 1
        elif len(word) <= glued and word not in _SOUNDS | _HESITATIONS | _PLAIN:
            size = len(word)
        if run and _PARTS.search(text, run[-1][1], start):
            yield from _run(text, run)
            run = []
        if size or word in _SOUNDS or word in _HESITATIONS or _spells(text, run, match):
            run.append((start, end, size))
        else:
            yield from _run(text, run)
            run = []
    yield from _run(text, run)


#: Short words that are nothing but words.
_PLAIN: Final = frozenset(
    "id it it's its my me no yeah okay that this with from last name then wait sure well have just like don't here"
    " what when want need does will would full post code not yes yep but on at by do did had has he her him if can"
    " can't let was got get go i'm i'd i've so up sir off out now new old"
    " all any who hi hey bit sec try lot put".split()
)


def _spells(text: str, run: list[tuple[int, int, int]], match: re.Match[str]) -> bool:
    """Return whether a word tells the letter that stands before it ("t for tommy", "b as in bird")."""
    return bool(run) and _TELLS.search(text, max(run[0][0] - 1, match.start() - 12), match.start()) is not None


_TELLS: Final = re.compile(r"(?<![\w'])[a-z] (?:for|as in|like|is for) \Z", re.IGNORECASE)


def _run(text: str, run: list[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """Yield a run without what only leads to it, if anything in it is sure."""
    size = sum(letters for _, _, letters in run)
    low, high = 0, len(run)
    while low < high and not run[low][2] and text[slice(*run[low][:2])].lower() in _BEFORE:
        low += 1
    opens = _WORD_FOLLOWS.match(text, run[-1][1]) is not None if run else False
    while high > low and not run[high - 1][2]:
        last = text[slice(*run[high - 1][:2])].lower()
        if not (last in _AFTER or (opens and last in _OPENERS)):
            break
        high -= 1
    if size and low < high:
        yield run[low][0], run[high - 1][1], size
