"""Groups: where a number ends whose groups stand further apart than numbers are written ("0001  2345 · 6789").

Once a number is announced, people's and programs' separators say little: what counts is that nothing but signs stands
between two groups, or words of somebody who reads them out. Where the kind has a length, the groups must come to it.
Where it has none, they go on as long as signs part them that are none of a sentence, or the same ones as before, and
stop where prose may go on: at a unit, a date, a range, at words after a comma or a dash.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from masker.detection.labels import NUMBER, is_link
from masker.detection.runs.measures import UNIT, is_dated, is_measured
from masker.detection.runs.run import CODES, YEAR, Run, said
from masker.detection.runs.surroundings import CARRY, JOINING

__all__ = ["completed"]

#: How many digits numbers have whose groups may be set apart in any way, once they are announced.
_LENGTHS: Final = {"SSN": (9,), "PHONE": (10, 11), "FAX": (10, 11), "CARD": (15, 16)}
#: Signs, blanks, line ends, arrows, markup; between digits an "x" is a sign, too. What
#: is markup is read as nothing else, or the ways to read "<-><->" would multiply.
_SIGNS: Final = r"(?><[^<>]{1,40}>|&\w{2,8};| [xX](?= )|[^\w<@]|<(?=[-=])|_){1,60}"
#: Words of somebody who reads a number out.
_WORDS: Final = rf"[ ,.;]{{1,3}}(?:(?:and|then|next|dash|hyphen|{JOINING})[ ,]{{1,2}}){{1,3}}"
#: One element ends and another begins, which holds something else.
_NEXT_FIELD: Final = re.compile(r"</([\w:.-]{1,40})>[^<>]{0,20}<(?!\1[\s>])[A-Za-z]")
_GROUP: Final = re.compile(rf"(?:{_SIGNS}|{_WORDS})(\d{{2,6}})(?![^\W_])", re.IGNORECASE)
_BETWEEN: Final = re.compile(_SIGNS)
#: Signs that part sentences, clauses and lines, too.
_OF_PROSE: Final = re.compile(r"[\s,;:.()–—-]*[,;:.()–—\n-]\s[\s,;:.()–—-]*|\s+")
#: "120 / 80": the first of two numbers that belong together.
_PAIRED: Final = re.compile(r" ?[/:.–-] ?\d")
_MOST_PAIRED: Final = 3
_NEXT_WORD: Final = re.compile(r"[ ]([^\W\d_]+)")
_INNER: Final = re.compile("[ -]")
#: Signs of a number that goes on, and the most that are believed to be one.
_GROUP_SIGNS: Final = range(2, 7)
_MOST_SIGNS: Final = 24
_SHORT_GROUP: Final = 4


def completed(text: str, run: Run, following: Iterable[tuple[int, int]]) -> int:
    """Return where a run ends whose first groups alone were taken for it.

    Args:
        text: The plain form.
        run: The run, with what announces it.
        following: The ranges of the runs after it, in order; none of those that belong to something else.
    """
    lengths = _LENGTHS.get(run.kind or "")
    if lengths is not None and not run.letters:
        return _counted(text, run, lengths)
    if run.kind in CODES and run.kind != NUMBER and run.near and said(run, run.kind):
        return _alike(text, run, following)
    return run.end


def _counted(text: str, run: Run, lengths: tuple[int, ...]) -> int:
    digits, end = run.digits, run.end
    while digits < max(lengths):
        group = _GROUP.match(text, end, end + 100)
        if group is None or _NEXT_FIELD.search(group[0]):
            break
        digits, end = digits + len(group[1]), group.end()
        if digits in lengths:
            return end
    return run.end


def _alike(text: str, run: Run, following: Iterable[tuple[int, int]]) -> int:
    """Return where the groups end that signs part: any that nothing else goes on with, or the same ones as before."""
    end, signs, between = run.end, len(run.code), ""
    for first, stop in following:
        start = first + (text[first] in "(+")  # a sign between these two, although numbers begin with it
        gap, group = text[end:start], text[start:stop]
        prose = _OF_PROSE.fullmatch(gap) is not None
        if (prose and gap != (between or gap)) or not _BETWEEN.fullmatch(gap) or not _continues(text, start, stop):
            break
        if _NEXT_FIELD.search(gap):
            break
        paired = len(group) <= _MOST_PAIRED and _PAIRED.match(text, stop) and not text.startswith(gap, stop)
        if signs + len(group) > _MOST_SIGNS or paired:
            break
        listed = len(group) == len(run.code) > _SHORT_GROUP  # "invoices 71182, 71190"
        if prose and (listed or _says_more(text, stop)):
            break
        end, signs, between = stop, signs + len(group), gap
    return end


def _continues(text: str, start: int, end: int) -> bool:
    """Return whether a run can be a further group: short, of digits or capitals, and neither measured nor dated."""
    group = text[start:end]
    return (
        all(part.isalnum() and len(part) in _GROUP_SIGNS for part in _INNER.split(group))
        and group.upper() == group
        and not (is_measured(text, start, end) and text[start - 1] != ",")
        and not is_dated(group)
        and not YEAR.fullmatch(group)
        and not UNIT.match(text, end, end + 48)
    )


def _says_more(text: str, end: int) -> bool:
    """Return whether words go on with a group, so that it counts or names something: "5521, 12 Main Street"."""
    word = _NEXT_WORD.match(text, end, end + 24)
    return word is not None and word[1].lower() not in CARRY and not is_link(word[1].lower())
