"""Cut a plain text into words: letters with their marks, numbers, signs; a possessive is a word of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

__all__ = ["Word", "split_texts", "split_words"]

# Marks of scripts that write vowels as combining characters: part of the word, though str.isalnum says no.
_MARKS: Final = (
    r"\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f"
    r"\u1780-\u17ff\u200c\u200d"
)
_LETTERS: Final = rf"(?:[^\W\d_]++|[{_MARKS}]++)++"
_WORD: Final = re.compile(rf"{_LETTERS}(?:[-'\u2019]{_LETTERS})*+|\d++(?:[.,:/-]\d++)*+|\n|[^\w\s]|_|[^\s]")
# The same for ASCII alone, at a third of the time.
_ASCII_WORD: Final = re.compile(r"[A-Za-z]++(?:[-'][A-Za-z]++)*+|\d++(?:[.,:/-]\d++)*+|\n|[^\w\s]|_")
#: What tokenisers of treebanks cut in two, as some recognisers deliver it ("ca n't", "gon na"): one word.
_HALVES: Final = re.compile(
    r"(?:(?:ai|are|ca|could|did|does|do|had|has|have|is|might|must|need|should|was|were|wo|would) n['\u2019]t"
    r"|(?:gon|wan) na|got ta|(?:lem|gim) me)\b",
    re.IGNORECASE,
)
_ASCII_HALVES: Final = re.compile(f"{_HALVES.pattern}|{_ASCII_WORD.pattern}", re.IGNORECASE)
_WORD_HALVES: Final = re.compile(f"{_HALVES.pattern}|{_WORD.pattern}", re.IGNORECASE)
#: Without one of these no word is cut in two.
_CUT: Final = (" n't", " n\u2019t", "gon na", "wan na", "got ta", "lem me", "gim me")
_POSSESSIVE: Final = re.compile(r"['\u2019]s?$", re.IGNORECASE)


class Word(NamedTuple):
    """One word, number or sign of the reading, with its place and whether it was spelled letter by letter."""

    text: str
    start: int
    end: int
    spelled: bool = False


def _pattern(text: str) -> tuple[re.Pattern[str], bool]:
    """Return what a word of the text looks like, and whether some may have a gap."""
    if any(map(text.__contains__, _CUT)):
        return (_ASCII_HALVES if text.isascii() else _WORD_HALVES), True
    return (_ASCII_WORD if text.isascii() else _WORD), False


def split_texts(text: str) -> list[str]:
    """Return the words of a plain text without their places: the texts of `split_words`, for a first look.

    Args:
        text: The plain form.
    """
    pattern, gaps = _pattern(text)
    found: list[str] = pattern.findall(text)
    if gaps:
        found = [value.replace(" ", "") for value in found]
    if "'" not in text and "\u2019" not in text:
        return found
    texts: list[str] = []
    for value in found:
        cut = _possessive(value)
        if cut:
            texts += (value[:cut], value[cut:])
        else:
            texts.append(value)
    return texts


def _possessive(value: str) -> int:
    """Return where the possessive of a word begins, or 0."""
    if len(value) > 2 and value[-1] in "sS'\u2019":
        tail = _POSSESSIVE.search(value)
        if tail and tail.start() > 0 and value.lower() not in _CONTRACTIONS:
            return tail.start()
    return 0


def split_words(text: str, spelled: Sequence[tuple[int, int]] = ()) -> list[Word]:
    """Return the words of a plain text; a possessive "'s" after a word is a word of its own.

    Args:
        text: The plain form.
        spelled: Ranges of ``text`` that were spelled out, in order.
    """
    words: list[Word] = []
    ranges = iter(spelled)
    low, high = next(ranges, (len(text), len(text)))
    pattern, gaps = _pattern(text)
    for match in pattern.finditer(text):
        start, end = match.span()
        while start >= high:
            low, high = next(ranges, (len(text), len(text)))
            if low >= len(text):
                low = high = len(text) + 1
        value = match.group().replace(" ", "") if gaps else match.group()
        flag = low <= start < high
        cut = _possessive(value)
        if cut:
            cut += start
            words.append(Word(text[start:cut], start, cut, flag))
            words.append(Word(text[cut:end], cut, end))
        else:
            words.append(Word(value, start, end, flag))
    return words


_CONTRACTIONS: Final = frozenset(
    f"{word}{mark}s"
    for word in (
        "it that what he she who here there how where when why let name everything something nobody everyone one"
    ).split()
    for mark in "'\u2019"
)
