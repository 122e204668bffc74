"""A value as it was said: its words as digits, numbers, letters and plain words, with everything they may mean.

The reading (`reading`) reads a whole text, in which most words are no part of a value, and joins only what is plainly
one. Here the text is known to be one value, so every number word counts, and what was said in a way that two values
share ("four hundred two" is 402 and 400 2) keeps both forms. Which one is meant is for `written` to tell.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from masker.core.folding import fold
from masker.core.number_words import DIGITS, MULTIPLIERS, NATO, OHS, ORDINALS, REPEATS, TEENS, TENS

__all__ = ["NUMERIC", "Said", "digits_of", "pairs_in", "said", "zeros_are_sure"]


class Said(NamedTuple):
    """One thing that was said.

    ``kind``: ``digit`` digits said one by one ("five", "double five"), ``number`` a number in one ("fifty two", "415"),
    ``oh`` a zero or a letter, ``ordinal``, ``letter``, ``code`` letters and digits as they were typed, ``word``.
    ``gap`` is what stands between it and the one before, ``paused`` whether there is more in it than a blank, and
    ``hesitant`` whether that was an "um".
    """

    kind: str
    forms: tuple[str, ...]
    text: str
    gap: str = ""
    paused: bool = False
    hesitant: bool = False

    @property
    def low(self) -> str:
        """The words in lower case."""
        return self.text.casefold()

    @property
    def spoken(self) -> bool:
        """Whether it is not what a keyboard writes."""
        return not self.text[:1].isdecimal()


#: Kinds that stand for digits.
NUMERIC: Final = frozenset({"digit", "number", "oh"})
_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W\d_]+)*")
_ORDINAL: Final = re.compile(r"\d+(?:st|nd|rd|th)", re.IGNORECASE)
#: Sounds that are no word of any value.
_HESITATIONS: Final = frozenset("um uh uhm umm er erm eh hm hmm mm".split())
_LIGHT: Final = re.compile(r"[\s-]*")
#: More forms than that are no use to anybody.
_MOST_FORMS: Final = 16


class _Word(NamedTuple):
    text: str
    low: str
    gap: str
    hesitant: bool


def said(text: str, *, nato: bool = True) -> tuple[Said, ...]:
    """Return what was said, in order, without hesitations.

    Args:
        text: A value and nothing else.
        nato: Whether words of the NATO alphabet are letters ("mike two": m2), not names.
    """
    words = list(_words(fold(unicodedata.normalize("NFKC", text)).text))
    found: list[Said] = []
    i = 0
    while i < len(words):
        kind, forms, after = _next(words, i, nato=nato)
        parts = words[i:after]
        whole = parts[0].text + "".join(part.gap + part.text for part in parts[1:])
        gap = parts[0].gap
        hesitant = parts[0].hesitant
        found.append(Said(kind, forms, whole, gap, hesitant or not _LIGHT.fullmatch(gap), hesitant))
        i = after
    return tuple(_with_letters(found))


def digits_of(run: Sequence[Said]) -> tuple[str, ...]:
    """Return every string of digits that somebody may mean who says these; none where there are too many.

    Args:
        run: Things of `NUMERIC` kinds.
    """
    found = [""]
    i = 0
    while i < len(run):
        forms, after = run[i].forms, i + 1
        if after < len(run) and _may_be_one(run[i], run[after]):
            # "fifty, five": 55 with a breath in it, or 50 and 5
            rest = run[after].forms[0]
            forms, after = (f"{forms[0]}{rest}", f"{forms[0][: -len(rest)]}{rest}"), after + 1
        found = [before + form for before in found for form in dict.fromkeys(forms)]
        if len(found) > _MOST_FORMS:
            return ()
        i = after
    return tuple(dict.fromkeys(found))


def pairs_in(run: Sequence[Said]) -> int:
    """Return how many numbers may be two: "fifty three"."""
    numbers = [thing for thing in run if thing.kind == "number"]
    return sum(len(thing.low.replace("-", " ").split()) == 2 == len(thing.forms[0]) for thing in numbers)


def _may_be_one(before: Said, rest: Said) -> bool:
    """Return whether a round number and what comes after a pause may be one number."""
    form, unit = before.forms[0], rest.forms[0]
    room = len(form) - len(form.rstrip("0"))
    number = before.kind == "number" and before.spoken and rest.kind in ("digit", "number") and rest.paused
    return number and len(unit) <= min(room, 2) and not unit.startswith("0")


def _words(text: str) -> Iterator[_Word]:
    end = 0
    lead, hesitant = "", False
    for match in _WORD.finditer(text):
        gap = text[end : match.start()]
        end = match.end()
        if match[0].casefold() in _HESITATIONS:
            lead, hesitant = lead or gap, True
            continue
        if hesitant:
            gap = lead and (", " if "," in lead + gap else " ")
        yield _Word(match[0], match[0].casefold(), gap, hesitant)
        lead, hesitant = "", False


def _next(words: list[_Word], i: int, *, nato: bool) -> tuple[str, tuple[str, ...], int]:
    """Return kind and forms of what begins at word ``i``, and the word after it."""
    word = words[i]
    low = word.low
    if low in REPEATS and _touches(words, i + 1):
        after = words[i + 1].low
        digit = DIGITS.get(after) or ("0" if after in OHS else after if after.isdecimal() and len(after) == 1 else "")
        if digit:
            return "digit", (digit * REPEATS[low],), i + 2
        if _is_letter(after) and after != "u":  # "double u" is a w, as often
            return "letter", (words[i + 1].text * REPEATS[low],), i + 2
    number = _number(words, i)
    if number is not None:
        return number
    if low in OHS and (low != "o" or _explained(words, i) == i + 1):
        return "oh", ("0",), i + 1
    if low in ORDINALS:
        return "ordinal", (_ordinal(ORDINALS[low]),), i + 1
    if low.isdecimal() and low.isascii():
        return "digit" if len(low) == 1 else "number", (low,), i + 1
    if _ORDINAL.fullmatch(low):
        return "ordinal", (low,), i + 1
    return _letter(words, i, nato=nato) or ("code" if any(map(str.isdecimal, low)) else "word", (word.text,), i + 1)


def _with_letters(things: list[Said]) -> Iterator[Said]:
    """Yield each "o" that has no digit beside it as the letter."""
    for run, beside in _ohs(things):
        letters = not any(thing.kind in NUMERIC for thing in beside)
        for thing in run:
            letter = letters and thing.low == "o"
            yield thing._replace(kind="letter", forms=(thing.text,)) if letter else thing


def _ohs(things: Sequence[Said]) -> Iterator[tuple[list[Said], list[Said]]]:
    """Yield every run of "oh" with what stands beside it, and everything else with nothing."""
    i = 0
    while i < len(things):
        after = i + 1
        while things[i].kind == "oh" and after < len(things) and things[after].kind == "oh":
            after += 1
        oh = things[i].kind == "oh"
        yield list(things[i:after]), [things[k] for k in (i - 1, after) if oh and 0 <= k < len(things)]
        i = after


def zeros_are_sure(things: Sequence[Said]) -> bool:
    """Return whether each "oh" is a zero: "o" between digits, "oh" beside one, and neither beside a letter."""
    lettered = any(thing.kind in ("letter", "code") for thing in things)
    for run, beside in _ohs(things):
        if run[0].kind != "oh":
            continue
        kinds = [thing.kind for thing in beside]
        digits = sum(kind in NUMERIC for kind in kinds)
        o = any(thing.low != "oh" for thing in run)
        if "letter" in kinds or "code" in kinds or digits < 1 + o or (lettered and o):
            return False
    return True


# --- Letters ---------------------------------------------------------------------------------------------------------


def _letter(words: list[_Word], i: int, *, nato: bool) -> tuple[str, tuple[str, ...], int] | None:
    word = words[i]
    if word.low in ("capital", "uppercase", "lowercase") and _touches(words, i + 1) and _is_letter(words[i + 1].low):
        letter = words[i + 1]
        return "letter", (letter.low if word.low == "lowercase" else letter.text.upper(),), i + 2
    if nato and word.low == "x" and _touches(words, i + 1) and words[i + 1].low == "ray":
        return "letter", (word.text,), i + 2
    if _is_letter(word.low):
        return "letter", (word.text,), _explained(words, i)
    return ("letter", (word.low[0],), i + 1) if nato and word.low in NATO else None


def _explained(words: list[_Word], i: int) -> int:
    """Return the word after a letter and what it is explained with ("s as in sam", "b for bravo")."""
    rest = [word.low for word in words[i + 1 : i + 4]]
    if rest[:2] in (["as", "in"], ["like", "in"]) and len(rest) == 3:
        place = i + 3
    elif rest[:1] in (["for"], ["like"]) and len(rest) > 1 and len(rest[1]) > 1 and rest[1][0] == words[i].low:
        place = i + 2
    else:
        return i + 1
    return place + (2 if [word.low for word in words[place : place + 2]] == ["x", "ray"] else 1)


def _is_letter(low: str) -> bool:
    return len(low) == 1 and low.isalpha()


# --- Numbers ---------------------------------------------------------------------------------------------------------


def _number(words: list[_Word], i: int) -> tuple[str, tuple[str, ...], int] | None:
    below, after = _below_hundred(words, i)
    if below is None and words[i].low == "a" and _touches(words, i + 1) and words[i + 1].low in MULTIPLIERS:
        below, after = 1, i + 1  # "a hundred and two"
    if below is None:
        return None
    if after < len(words) and words[after].low in MULTIPLIERS and _touches(words, after) and below:
        forms, after = _large(words, below, after)
        return "number", forms, after
    if (
        _touches(words, after)
        and after == i + 1
        and words[i].low in TENS
        and 0 < ORDINALS.get(words[after].low, 10) < 10
    ):
        return "ordinal", (_ordinal(below + ORDINALS[words[after].low]),), after + 1
    return "digit" if words[i].low in DIGITS else "number", (str(below),), after


def _below_hundred(words: list[_Word], i: int) -> tuple[int | None, int]:
    """Return the number from 0 to 99 at word ``i`` and the word after it."""
    low = words[i].low if i < len(words) else ""
    if low in DIGITS:
        return int(DIGITS[low]), i + 1
    if low in TEENS:
        return TEENS[low], i + 1
    if low not in TENS:
        return None, i
    unit = words[i + 1].low if _touches(words, i + 1) else ""
    if DIGITS.get(unit, "0") != "0":
        return TENS[low] + int(DIGITS[unit]), i + 2
    return TENS[low], i + 1


def _large(words: list[_Word], value: int, i: int) -> tuple[tuple[str, ...], int]:
    """Read on from a number below a hundred and the multiplier at word ``i``; the sum is the first of the forms."""
    forms: tuple[str, ...] = (str(value),)
    for multiplier, factor in (("thousand", 1000), ("hundred", 100)):
        if i >= len(words) or words[i].low != multiplier or not _touches(words, i):
            continue
        value, i = value * factor, i + 1
        forms = (str(value),)
        joined = _touches(words, i) and words[i].low == "and"
        rest, after = _below_hundred(words, i + joined)
        if not rest or not _touches(words, i + joined):
            continue
        if multiplier == "thousand" and rest < 10 and _touches(words, after) and words[after].low == "hundred":
            value, i = value // 1000 * 10 + rest, after  # "two thousand three hundred": go round with 23 hundred
            continue
        # "two thousand one" is a sum, "four hundred two" may be read out, and so may "two thousand one five"
        goes_on = _touches(words, after) and (words[after].low in DIGITS or words[after].low in OHS)
        one = joined or (multiplier == "thousand" and not goes_on)
        return (str(value + rest),) if one else (str(value + rest), f"{value}{rest}"), after
    return forms, i


def _touches(words: list[_Word], i: int) -> bool:
    """Return whether word ``i`` exists and follows the one before with nothing but a blank or a hyphen between."""
    return 0 < i < len(words) and not words[i].hesitant and _LIGHT.fullmatch(words[i].gap) is not None


def _ordinal(value: int) -> str:
    suffix = "th" if 10 < value % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{suffix}"
