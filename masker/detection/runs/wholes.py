"""Wholes: numbers that are complete as they are written, and so no further groups of what stands before them.

"Suite 3 (612) 555-0118" and "Copay $25.00 415-555-0199" hold two numbers each. Read as one, the second would be the
count's or the amount's, and nobody's.
"""

from __future__ import annotations

import re
from typing import Final

from masker.detection.labels import is_plain

__all__ = ["ends_whole", "starts_whole"]

#: A telephone number, a social security number, a card: in groups of which the count and the lengths tell what it is.
#: With blanks alone between them only what cannot well be a row of readings: no "pulse 72 120 80 1030".
_WHOLE: Final = re.compile(
    r"(?:(?P<phone>\([2-9]\d\d\) ?\d{3}[-. ]?\d{4}|[2-9]\d\d(?:[-.]\d{3}|[-. ][2-9]\d\d)[-. ]\d{4})"
    r"|\d{3}-\d\d-\d{4}|(?!(?:0[7-9]|1\d|2[0-4])\d [4-9]|000|666)\d{3} \d\d \d{4}"
    r"|(?P<card>[3-6]\d{3}([-. ])\d{4}\3\d{4}\3\d{4}|3[47]\d\d([- ])\d{6}\4\d{5}))(?=[^\w]|\Z|x\d|ext)(?![-.]\d)"
)
#: What is dialled before a number: the code of a country, an exit code, the trunk's zero.
_DIALLED: Final = re.compile(r"\+\d{1,3}|1|0|00\d{0,3}|011(?: \d{1,3})?")
_WORD_BEFORE: Final = re.compile(r"([^\W\d_]+)[ .:#]{1,3}\Z")
_FOUR_SIGNS: Final = re.compile(r"(?<![^\W_])[^\W_]{4}\Z")
#: A telephone or social security number with signs between its groups.
_SIGNED: Final = re.compile(r"(?:\(\d{3}\) ?|\d{3}[-.])\d{3}[-.]\d{4}|\d{3}-\d\d-\d{4}")
_EXTENDING: Final = 3
_LAST_FOUR: Final = 4
#: The last four digits behind a mask: "xxx-xx-9999", "***-**-9999".
_COVERED: Final = re.compile(r"[xX*]{3}[- ]?[xX*]{2}[- ]?\Z")


def starts_whole(text: str, run: tuple[int, int], start: int) -> bool:
    """Return whether a whole number starts behind a run and a blank, to which the run does not belong.

    Args:
        text: The plain form.
        run: The number before the blank.
        start: Where the first digits behind it start.
    """
    whole = _WHOLE.match(text, start - (text[start - 1] == "("))
    if whole is None:
        return False
    left = text[run[0] : run[1]]
    if whole["card"] and _FOUR_SIGNS.search(left):
        return False  # a longer code in groups of four: "DE89 3704 0044 0532 0130 00"
    dialled = left if text[run[0] - 1 : run[0]] != "+" else "+" + left
    if whole["phone"] and _DIALLED.fullmatch(dialled):
        word = _WORD_BEFORE.search(text, max(0, run[0] - 24), run[0])
        return left == dialled and word is not None and is_plain(word[1].lower())  # "Page 1 415-555-0143"
    return True


def ends_whole(text: str, run: tuple[int, int], size: int) -> bool:
    """Return whether a run is whole, so that ``size`` digits behind a blank do not belong to it.

    More than two may be an extension or a card's check value, and go with what was blanks and groups so far.
    """
    if run[1] - run[0] == _LAST_FOUR:
        return _COVERED.search(text, max(0, run[0] - 9), run[0]) is not None
    return size < _EXTENDING and _SIGNED.fullmatch(text, *run) is not None
