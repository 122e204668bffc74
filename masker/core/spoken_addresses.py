"""The written form of a spoken address: "one twenty two west fifth street" is 122 West 5th Street.

Words stay as they were said. A number is written by its place: the house's before a street, one behind "apartment" and
its like, a ZIP code or a postcode at the end. Where two numbers may have met ("flat two twelve larkspur lane"), or a
number may be a name ("forty eight six mile road"), nothing is certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from masker.core.number_words import NATO, TENS
from masker.core.said import NUMERIC, Said, digits_of, pairs_in, said, zeros_are_sure

__all__ = ["address"]

#: What a number may follow that is not the house's.
_UNITS: Final = frozenset(
    "apartment apt unit suite ste flat room rm floor fl box lot space building bldg number no route rte highway hwy"
    " interstate block trailer door level trlr spc pobox".split()
)
_STREETS: Final = frozenset(
    "street st avenue ave road rd drive dr lane ln boulevard blvd court ct place pl way terrace parkway circle square"
    " trail highway floor".split()
)
_DIRECTIONS: Final = frozenset("n s e w".split())
#: Words with which a number is a name: "six mile road", "forty acre lane".
_COUNTED: Final = frozenset("mile acre notch".split())
#: Numbers that are a name with a plural: "three rivers road", "twelve oaks lane".
_NAMING: Final = frozenset("one two three four five six seven eight nine ten twelve hundred thousand".split())
#: Words that no address has: what is around them may belong together, or not.
_DOUBTFUL: Final = frozenset("like so okay ok yeah then actually and or no sorry dash hyphen slash point dot".split())
_MEMBERS: Final = NUMERIC | {"ordinal", "letter"}
_BLANK: Final = re.compile(r"[ \t-]*")
_ZIP: Final = re.compile(r"\d{5}(?:\d{4})?")
_POSTCODES: Final = (
    # letters that are never there: they look like others
    re.compile(r"([A-Z]{1,2}\d[A-HJ-NP-Z\d]?)(\d[ABD-HJLNP-UW-Z]{2})"),
    re.compile(r"([A-Z]\d[A-HJ-NP-Z])(\d[A-HJ-NP-Z]\d)"),
)


def address(text: str) -> str | None:
    """Return an address with its numbers in digits, or ``None`` where that is not certain.

    Args:
        text: The address and nothing else.
    """
    things = _with_states(said(text), lone=not text.isupper())
    at, code = _postal_code(things)
    if code is None or _may_be_ohio(things) or any(thing.low in _DOUBTFUL for thing in things[:at]):
        return None
    out = ""
    head = [
        thing._replace(kind="word") if thing.low in NATO or _is_direction(things, i) else thing
        for i, thing in enumerate(things[:at])
    ]
    for start, end in _runs(head):
        run = head[start:end]
        form = _run(head, start, end, alone=at == len(things) == end - start, tail=things[end : end + 1])
        if form is None:
            return None
        out += run[0].gap + form
    return (out + (things[at].gap if at < len(things) else "") + code).strip()


def _with_states(things: Sequence[Said], *, lone: bool) -> list[Said]:
    """Return what was said with the "OH" of "dayton OH 45402" as the word that it is."""
    return [
        thing._replace(kind="word")
        if i and thing.kind == "oh" and ((lone and thing.text == "OH") or _is_state(things, i))
        else thing
        for i, thing in enumerate(things)
    ]


def _is_state(things: Sequence[Said], i: int) -> bool:
    if things[i - 1].kind == "word" and i + 1 < len(things) and things[i + 1].paused and not things[i].paused:
        return True  # "cincinnati oh, seventy one ..."
    code = bool(_fitting(things[i + 1 :])) and not _fitting(things[i:])
    return things[i - 1].kind == "word" and (i + 1 == len(things) or code)


#: States, or their last words, whose ZIP codes begin with a zero.
_WITH_ZERO: Final = frozenset("connecticut massachusetts maine hampshire vermont island jersey mass conn rico".split())


def _may_be_ohio(things: Sequence[Said]) -> bool:
    """Return whether an "oh" may be a ZIP code's zero or the state: "cincinnati oh six thirty nine four"."""
    for i, thing in enumerate(things):
        before, code = things[i - 1 : i], things[i + 1 :]
        if thing.low != "oh" or thing.kind != "oh" or not code or not all(each.kind in NUMERIC for each in code):
            continue
        digits = max(map(len, digits_of(code)), default=0)
        if before and before[0].kind == "word" and before[0].low not in _WITH_ZERO:
            return digits < _ZIP_DIGITS <= digits + pairs_in(code)
    return False


_ZIP_DIGITS: Final = 5


def _is_direction(things: Sequence[Said], i: int) -> bool:
    """Return whether a letter stands between a house and its street: "five n forest drive"."""
    if things[i].low not in _DIRECTIONS or i + 1 == len(things) or things[i + 1].kind not in ("word", "ordinal"):
        return False
    start = i
    while start and things[start - 1].kind in NUMERIC and not (start < i and things[start].paused):
        start -= 1
    return start < i and not (start and things[start - 1].low in _UNITS) and things[i + 1].low not in _STREETS


def _runs(things: Sequence[Said]) -> Iterator[tuple[int, int]]:
    """Yield where numbers and letters stand together, and each other word alone."""
    start = 0
    while start < len(things):
        end = start + 1
        while (
            things[start].kind in _MEMBERS
            and end < len(things)
            and things[end].kind in _MEMBERS
            and not things[end].paused
        ):
            end += 1
        yield start, end
        start = end


# --- ZIP codes and postcodes -----------------------------------------------------------------------------------------


def _postal_code(things: Sequence[Said]) -> tuple[int, str | None]:
    """Return where the code at the end begins and how it is written: empty where there is none, `None` if unsure."""
    start = len(things)
    while start and (things[start - 1].kind in NUMERIC | {"letter", "code"}) and len(things) - start < 12:
        start -= 1
    tail = things[start:]
    if any(thing.kind in ("letter", "code") for thing in tail):
        starts = [start, *(i for i in range(start + 1, len(things)) if things[i].paused)]
        found = next(((i, code) for i in starts if (code := _postcode(things[i:]))), None)
        return found or (len(things), None if _is_read_out(tail) else "")
    plus = len(things) > 2 and tail and start and things[start - 1].low in ("dash", "hyphen")
    if plus:
        return _zip_plus(things, start - 1)
    if not any(thing.spoken or thing.kind == "digit" for thing in tail):
        return len(things), ""
    behind_unit = start and things[start - 1].low in _UNITS
    pauses = [i for i in range(start + 1, len(things)) if things[i].paused]
    if not behind_unit and (start or len(_fitting(tail)) == 1):
        codes = _fitting(tail)
        if len(codes) == 1 and (start or codes[0]):
            return start, codes[0]
    for pause in pauses:
        codes = _fitting(things[pause:])
        if len(codes) == 1:
            return pause, codes[0]
    # "dayton ohio eighty nine four three": a code that lacks a digit is no house
    return len(things), "" if behind_unit or not start else None


def _is_read_out(tail: Sequence[Said]) -> bool:
    """Return whether letters and digits are those of a code that was read out, not "four b"."""
    explained = any(thing.kind == "letter" and len(thing.text) > 1 for thing in tail)
    numeric = any(thing.kind in NUMERIC for thing in tail)
    return numeric and (explained or any(thing.paused for thing in tail[1:]))


def _fitting(tail: Sequence[Said]) -> list[str]:
    """Return the ZIP codes that these digits may be."""
    if not all(thing.kind in NUMERIC for thing in tail):
        return []
    codes = [digits for digits in digits_of(tail) if _ZIP.fullmatch(digits)]
    return [code if len(code) == 5 else f"{code[:5]}-{code[5:]}" for code in codes]


def _zip_plus(things: Sequence[Said], dash: int) -> tuple[int, str | None]:
    start = dash
    while start and things[start - 1].kind in NUMERIC:
        start -= 1
    first, last = digits_of(things[start:dash]), digits_of(things[dash + 1 :])
    fine = len(first) == len(last) == 1 and len(first[0]) == 5 and len(last[0]) == 4
    return (start, f"{first[0]}-{last[0]}") if fine else (len(things), None)


def _postcode(tail: Sequence[Said]) -> str:
    """Return the one British or Canadian postcode that these letters and digits may be, or nothing."""
    forms = [""]
    for thing in tail:
        signs = (thing.text,) if thing.kind == "code" else ("0", "O") if thing.kind == "oh" else thing.forms
        signs = ("0", "O") if thing.low == "o" else signs
        forms = [form + sign.upper() for form in forms for sign in signs][:64]
    found = {" ".join(match.groups()) for form in forms for code in _POSTCODES if (match := code.fullmatch(form))}
    return found.pop() if len(found) == 1 else ""


# --- Houses, units and streets ---------------------------------------------------------------------------------------


def _run(things: Sequence[Said], start: int, end: int, *, alone: bool, tail: Sequence[Said]) -> str | None:
    """Return how a run is written, or ``None``.

    Args:
        things: The address without the code at its end.
        start: Where the run begins.
        end: And ends.
        alone: Whether it is all there is.
        tail: What comes after it.
    """
    run = things[start:end]
    as_said = run[0].text + "".join(thing.gap + thing.text for thing in run[1:])
    before = things[start - 1].low if start and not run[0].paused else ""
    after = tail[0].low if tail and not tail[0].paused and tail[0].kind == "word" else ""
    if [thing.kind for thing in run] == ["oh"] and before:
        return as_said
    if not any(thing.kind in _MEMBERS and (thing.spoken or len(run) > 1) for thing in run):
        return as_said
    if all(thing.kind == "letter" for thing in run):
        joined = "".join(thing.forms[0] for thing in run)
        # "n w", "p o box", "u s route", and not "n k street"
        one = len(joined) != 2 or after in _UNITS or set(joined.lower()) <= _DIRECTIONS
        return as_said if len(joined) == 1 else joined if one else None
    letters = any(thing.kind == "letter" for thing in run)
    if run[0].kind == "oh" or (letters and not zeros_are_sure(run)):
        return None
    if any(thing.kind == "ordinal" for thing in run):
        return _with_street(run, after, first=not before)
    if letters:
        return _with_letter(run, before, after)
    plural = after.endswith("s") and not after.endswith("ss") and run[-1].low.split()[-1].split("-")[-1] in _NAMING
    if run[-1].spoken and (plural or after in _COUNTED):
        return as_said if len(run) == 1 and before and before not in _UNITS else None
    if before in _UNITS:
        # "flat two twelve larkspur lane": the flat and the house, as no house came before
        house_came = before == "box" or any(thing.kind in NUMERIC for thing in things[: start - 1])
        two = len(run) > 1 and after and not house_came
        return None if two else _number(run, 4)
    if before and after:
        return None
    return _number(run, 9 if alone else 6 if after else 5)


def _number(run: Sequence[Said], longest: int) -> str | None:
    """Return the number of a house or a flat; one that was said at once is a sum."""
    forms = run[0].forms[:1] if len(run) == 1 else digits_of(run)
    return forms[0] if len(forms) == 1 and len(forms[0]) <= longest else None


def _with_street(run: Sequence[Said], after: str, *, first: bool) -> str | None:
    """Return a house and the street that has a number: "one twenty two fifth street"."""
    *house, street = run
    if street.kind != "ordinal" or any(thing.kind not in NUMERIC for thing in house):
        return None
    compound = street.text.isascii() and not street.text.isalnum()
    written = street.forms[0] if after in _STREETS or compound else street.text
    if not house:
        return None if compound and first else written  # "twenty fifth street": the 25th, or house 20 in the fifth
    # "one fourteenth street" is the 114th, too, "two hundred fifth street" the 205th, "four eighty first" the 81st
    last = house[-1].low.split()[-1]
    open_end = house[-1].kind == "oh" or house[-1].forms[0].endswith("00") or last in TENS
    met = compound or (house[-1].kind == "digit" and len(street.forms[0]) > 3)
    if open_end or met or not first:
        return None
    number = _number(house, 6)
    return f"{number} {written}" if number else None


def _with_letter(run: Sequence[Said], before: str, after: str) -> str | None:
    """Return a number with a letter: "apartment four b", "twenty two b baker street", "forty eight k street"."""
    kinds = [thing.kind == "letter" for thing in run]
    if sum(a != b for a, b in pairwise(kinds)) != 1 or sum(kinds) > 1:
        return None
    letters = "".join(thing.forms[0] for thing in run if thing.kind == "letter")
    number = _number([thing for thing in run if thing.kind != "letter"], 4)
    if number is None or len(letters) > 1:
        return None
    if kinds[0]:
        return letters + number if before in _UNITS else None
    if before in _UNITS:
        return number + letters
    if before:
        return None
    return f"{number} {letters}" if after in _STREETS else number + letters
