"""Echoes: pieces of a number that the caller gives, and the assistant or a tool says after them.

"Two one nine." "I've got 219, what's next?": the model has said the piece's token, and the next request of the call
holds it in the clear. A piece alone is too short to be masked wherever it stands; in what the assistant says soon after
it is what the caller has just said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Final, TypeVar

from masker.core.reading import Reading, read

__all__ = [
    "AT_ONCE",
    "CONFIRMED",
    "WITHIN",
    "echoes",
    "ends_of",
    "groups_of",
    "has_number",
    "is_hundreds",
    "may_confirm",
    "may_echo",
    "piece_of",
    "spoken_forms",
]

_T = TypeVar("_T")

#: For how many messages a piece counts as just said.
WITHIN: Final = 8
#: For how many the end of a whole number does: who checks it says it at once.
AT_ONCE: Final = 2
#: What a piece has at least: two digits.
_DIGITS: Final = re.compile(r"\d\D*\d")
#: What people say with a piece, and no part of it: "two two two, and".
_JOINING: Final = frozenset("and then next dash hyphen uh um er okay ok".split())
#: Letters and digits of a piece; longer values are known wherever they stand.
_MOST: Final = 6
_HUNDREDS: Final = re.compile(r"\b(?:hundred|thousand|million)\W{1,5}\w", re.IGNORECASE)  # "eight hundred" is a prefix
_NUMBER: Final = re.compile(
    r"\d|(?<![^\W_])(?:oh|o|zero|one|two|three|four|five|six|seven|eight|nine|double|triple)(?![^\W_])", re.IGNORECASE
)
#: Digits of a number that is whole.
_LONG: Final = range(7, 20)
#: ... as the reading of two spoken ones leaves it: words, or one of them a digit.
_ONE_SAID: Final = r"(?:\d|oh|o|zero|one|two|three|four|five|six|seven|eight|nine)"
_TWO_SAID: Final = re.compile(rf"(?<![^\W_]){_ONE_SAID}[^\w\[\]]{{0,3}}{_ONE_SAID}(?![^\W_])", re.IGNORECASE)
#: Characters of what a tool answers that confirms what it was given ("Saved 219."), and the digits that such a piece
#: has at least: tools answer times and counts of two.
_CONFIRMATION: Final = 80
CONFIRMED: Final = 3
_CONFIRMED: Final = re.compile(rf"\d(?:\W?\d){{{CONFIRMED - 1}}}")
_WORD: Final = re.compile(r"[^\W_]+")
_GAP: Final = re.compile(r"[^\w\[\]]{0,3}")


def piece_of(text: str) -> str | None:
    """Return the letters and digits of a value that is a piece of a number, or ``None``.

    Args:
        text: The value as it was said or written.
    """
    if len(text) > 20 * _MOST:
        return None
    form = "".join(word for word in _WORD.findall(read(text).text.lower()) if word not in _JOINING)
    return form if len(form) <= _MOST and _DIGITS.search(form) is not None else None


def groups_of(text: str) -> list[str]:
    """Return the groups in which a piece was given ("219-09"), where there are several that are pieces themselves.

    Args:
        text: The value as it was said or written.
    """
    groups = [word for word in _WORD.findall(read(text).text.lower()) if _DIGITS.search(word) is not None]
    return groups if len(groups) > 1 else []


def ends_of(form: str) -> list[str]:
    """Return the last digits of a whole number in the lengths in which people repeat them, or none of another value.

    Args:
        form: The canonical form of a value (`masker.core.values.canonical`).
    """
    digits = "".join(filter(str.isdecimal, form))
    return [digits[-3:], digits[-4:]] if len(digits) in _LONG else []


def has_number(text: str) -> bool:
    """Return whether a text has a digit, or a word for one: quickly, before it is read.

    Args:
        text: Any text.
    """
    return _NUMBER.search(text) is not None


def is_hundreds(text: str) -> bool:
    """Return whether a repeated number was said as an amount: "one hundred eighty five", unlike "one eight five".

    Args:
        text: It as it was said or written.
    """
    return _HUNDREDS.search(text) is not None


def spoken_forms(piece: str) -> list[str]:
    """Return how two digits are said one by one, since a reading may leave such words as they are.

    Args:
        piece: A piece.
    """
    if len(piece) != 2 or not piece.isdecimal():
        return []
    return ["".join(words) for words in product(*(_SAID[int(digit)] for digit in piece))]


_WORDS: Final = "zero one two three four five six seven eight nine".split()
_SAID: Final = [[str(digit), word, *(("oh", "o") if digit == 0 else ())] for digit, word in enumerate(_WORDS)]


def may_echo(reading: Reading) -> bool:
    """Return whether a text can repeat a piece at all, whatever was said before it.

    Args:
        reading: The text's reading.
    """
    return _DIGITS.search(reading.text) is not None or _TWO_SAID.search(reading.text) is not None


def _is_said(text: str) -> bool:
    """Return whether words repeat a piece: with its digits, or two said one by one; all that `may_echo` sees."""
    return _DIGITS.search(text) is not None or _TWO_SAID.fullmatch(text) is not None


def may_confirm(text: str) -> bool:
    """Return whether what a tool answers can repeat a piece that it was given.

    Args:
        text: A text, or a value of a document.
    """
    return len(text) <= _CONFIRMATION and _CONFIRMED.search(text) is not None


def echoes(reading: Reading, pieces: Mapping[str, _T]) -> Iterator[tuple[int, int, _T]]:
    """Yield where a text repeats a piece, and what that is of: ``(start, end, value)``, disjoint, in code points.

    Args:
        reading: The text's reading; offsets are into its source.
        pieces: What each piece (`piece_of`) is of.
    """
    words = list(_WORD.finditer(reading.text))
    longest = max(map(len, pieces), default=0)
    done = 0
    for first, word in enumerate(words):
        if word.start() < done:
            continue
        form, found = "", None
        for place in range(first, min(first + _MOST, len(words))):
            if place > first and not _GAP.fullmatch(reading.text, words[place - 1].end(), words[place].start()):
                break
            form += words[place][0].lower()
            if form in pieces and _is_said(reading.text[word.start() : words[place].end()]):
                found = words[place].end(), pieces[form]
            elif len(form) > longest:
                break
        if found is not None:
            done = found[0]
            yield (*reading.source(word.start(), done), found[1])
