"""Dates: their parts, as far as a text gives them, and how they are written.

`parse_date` takes what is written, or the reading of it, and `spoken_date` what was said. A number of words can be cut
into month, day and year in several ways ("march twenty twenty one" is the 20th, or no day of 2021), so `spoken_date`
tries them all, and gives parts only where a single one is a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from masker.core.said import NUMERIC, Said

__all__ = ["MONTHS", "DateParts", "parse_date", "spoken_date"]

MONTHS: Final[dict[str, int]] = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sep sept", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip


class DateParts(NamedTuple):
    """A date as far as it is given; ``sure`` unless only a custom decides which numeral is the month."""

    year: int | None
    month: int | None
    day: int | None
    sure: bool
    short_year: bool = False
    numerals: str = ""

    @property
    def complete(self) -> bool:
        """Whether year, month and day are all given."""
        return self.year is not None and self.month is not None and self.day is not None

    @property
    def key(self) -> str:
        """The parts in ISO order, with dashes for what is missing."""
        year = f"{self.year:04d}" if self.year is not None else "-"
        month = f"{self.month:02d}" if self.month is not None else "-"
        day = f"{self.day:02d}" if self.day is not None else "-"
        return f"{year}-{month}-{day}"

    @property
    def written(self) -> str:
        """ISO 8601 when complete and sure; else the numerals or words as they are."""
        century_open = self.short_year and self.year is not None and self.year >= 2000
        return self.key if self.complete and self.sure and not century_open else self.numerals


_MONTH: Final = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
#: A year in digits, or as it is spoken: "19 82", "20 oh 4" read as "20 04".
_YEAR: Final = r"(?P<year>\d{4}|(?:19|20|18) ?\d{1,2}|'?\d{2})"
_GAP: Final = r"[\s,.\-/]*"
_NAMED: Final = (
    re.compile(rf"(?:the )?{_MONTH}{_GAP}(?:the )?{_DAY}(?:{_GAP}(?:of )?(?<!\d){_YEAR})?", re.IGNORECASE),
    re.compile(rf"(?:the )?{_DAY}{_GAP}(?:of )?{_MONTH}(?:{_GAP}(?:of )?{_YEAR})?", re.IGNORECASE),
    re.compile(rf"{_MONTH}{_GAP}(?:of )?(?P<year>\d{{4}}|(?:19|20) ?\d\d)(?P<day>)", re.IGNORECASE),
)
_ISO: Final = re.compile(r"(\d{4})[-/. ]?(\d{1,2})[-/. ]?(\d{1,2})(?:[T ]\d{1,2}:\d\d.*)?")
_NUMERIC: Final = re.compile(r"(\d{1,2})[-/., ]+(\d{1,2})[-/., ]+(\d{4}|(?:19|20) \d{1,2}|\d{2})")
_GLUED: Final = re.compile(r"(\d)(\d) (\d{4}|(?:19|20) \d\d|\d{2})")
_EIGHT: Final = re.compile(r"(\d\d)(\d\d)[ -]?(\d{4}|(?:19|20) \d\d)")


def parse_date(text: str) -> DateParts | None:
    """Return the parts of a date in written form or as the reading gives it, or ``None`` when it is no date.

    Args:
        text: The whole date and nothing else: ``March 3rd, 1982``, ``3/3/82``, ``1982-03-03``, ``march 3rd 19 82``.
    """
    text = text.strip(" ,.;")
    for pattern in _NAMED:
        match = pattern.fullmatch(text)
        if match:
            month = MONTHS[match["month"].casefold()]
            day = int(match["day"]) if match["day"] else None
            year, short = _year(match["year"])
            if day is not None and not 1 <= day <= 31:
                return None
            return DateParts(year, month, day, sure=True, short_year=short, numerals=text)
    match = _ISO.fullmatch(text)
    if match and 1800 <= int(match[1]) <= 2199:
        return _checked(int(match[1]), int(match[2]), int(match[3]), sure=True, short=False, numerals=text)
    match = _NUMERIC.fullmatch(text) or _EIGHT.fullmatch(text) or _GLUED.fullmatch(text)
    if match is None:
        return None
    first, second = int(match[1]), int(match[2])
    year, short = _year(match[3])
    numerals = f"{first}/{second}/{match[3].replace(' ', '')}"
    if first > 12:
        return _checked(year, second, first, sure=True, short=short, numerals=numerals)
    return _checked(year, first, second, sure=second > 12 or first == second, short=short, numerals=numerals)


def _year(text: str | None) -> tuple[int | None, bool]:
    """Return the year and whether its century was left open."""
    if not text:
        return None, False
    digits = text.strip("'").split()
    if len(digits) == 2:
        return int(digits[0]) * 100 + int(digits[1]), False
    year = int(digits[0])
    if len(digits[0]) > 2:
        return year, False
    return year + (2000 if year <= 30 else 1900), True


def _checked(year: int | None, month: int, day: int, *, sure: bool, short: bool, numerals: str) -> DateParts | None:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return DateParts(year, month, day, sure=sure, short_year=short, numerals=numerals)


# --- Dates that were said --------------------------------------------------------------------------------------------

#: Words that may stand beside the parts of a date without being one.
_BESIDE: Final = frozenset({"the", "of", "so", "like", "okay", "yeah"})
_SIGNS: Final = frozenset({"slash", "dash", "dot", "point", "hyphen", "stroke"})
#: Numbers and ordinals of a date; more are no date, and would take time.
_MOST: Final = 8
_CENTURIES: Final = frozenset({"19", "20"})
_DAYS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def spoken_date(things: Sequence[Said]) -> DateParts | None:
    """Return the parts of a date that was said, or ``None`` where it is none, or more than one.

    Args:
        things: The whole date and nothing else.
    """
    numbers: list[list[Said]] = [[]]  # cut where a sign or the month stands
    named: Said | None = None
    at = 0
    for thing in things:
        if thing.kind in NUMERIC or thing.kind == "ordinal":
            numbers[-1] += _one_by_one(thing)
        elif thing.low in MONTHS and named is None:
            named, at = thing, len(numbers)
            numbers.append([])
        elif thing.low in _SIGNS:
            numbers.append([])
        elif thing.low not in _BESIDE:
            return None
    if not 0 < sum(map(len, numbers)) <= _MOST:
        return None
    if named is None:
        dates = [date for fields in _cuts([part for part in numbers if part]) for date in _in_numbers(fields)]
    else:
        words = {thing.low for thing in things}
        dates = [
            date
            for before in _cuts([part for part in numbers[:at] if part])
            for after in _cuts([part for part in numbers[at:] if part])
            for date in _in_words(named.text, before, after, words)
        ]
    found = {(date.key, date.sure): date for date in reversed(dates)}
    return next(iter(found.values())) if len(found) == 1 else None


_Field = tuple[Said, ...]


def _one_by_one(thing: Said) -> list[Said]:
    """Return the digits of "double one", each for itself, and the day and the year of "thirty two thousand and ten"."""
    form = thing.forms[0]
    if thing.kind == "number" and thing.spoken and len(form) == 5 and form[1:3] == "20":
        return [thing._replace(forms=(part,)) for part in (f"{form[0]}0", form[1:])]
    if thing.kind != "digit" or len(thing.forms[0]) < 2:
        return [thing]
    return [thing._replace(forms=(digit,)) for digit in thing.forms[0]]


def _cuts(parts: list[list[Said]]) -> list[tuple[_Field, ...]]:
    """Return the ways to cut into three fields at most, one at least of each part."""
    found: list[tuple[_Field, ...]] = [()]
    for part in parts:
        ways: list[tuple[_Field, ...]] = [(tuple(part),)]
        ways += [(tuple(part[:i]), tuple(part[i:])) for i in range(1, len(part))]
        ways += [
            (tuple(part[:i]), tuple(part[i:k]), tuple(part[k:]))
            for i in range(1, len(part))
            for k in range(i + 1, len(part))
        ]
        found = [before + way for before in found for way in ways if len(before) + len(way) <= 3]
    return found


def _in_numbers(fields: tuple[_Field, ...]) -> Iterator[DateParts]:
    """Yield the dates that these numbers are, without a month's name: month first, unless that cannot be."""
    if len(fields) == 1:
        year = _spoken_year(fields[0])
        if len(year) == 4:
            yield DateParts(int(year), None, None, sure=True, numerals=year)
        return
    if len(fields) == 3 and len(_spoken_year(fields[0])) == 4:
        yield from _dated(_spoken_year(fields[0]), _small(fields[1]), _small(fields[2]), numerals="", sure=True)
    year = _spoken_year(fields[-1])
    ordinals = [field[0].kind == "ordinal" for field in fields[:2]]
    # "seven twenty twenty six" may be July 2026, and "seven nineteen forty six" is no July
    if len(fields) == 2 and year.startswith("20") and len(year) == 4 and not ordinals[0]:
        yield from _dated(year, _small(fields[0]), None, numerals=f"{_small(fields[0])}/{year}", sure=True)
    if len(fields) == 3 and not year:
        return
    first, second = _small(fields[0]), _small(fields[1])
    numerals = f"{first}/{second}" + (f"/{year}" if len(fields) == 3 else "")
    if ordinals[0] != ordinals[1]:
        if ordinals[1]:  # "three fourteenth": the ordinal is the day
            yield from _dated(year if len(fields) == 3 else "", first, second, numerals=numerals, sure=True)
        return
    day_first = ordinals[0] or first > 12  # "the fourth of the third"
    month, day = (second, first) if day_first else (first, second)
    sure = day_first or second > 12 or first == second
    yield from _dated(year if len(fields) == 3 else "", month, day, numerals=numerals, sure=sure)


def _in_words(
    month: str, before: tuple[_Field, ...], after: tuple[_Field, ...], words: set[str]
) -> Iterator[DateParts]:
    """Yield the dates with the month of that name that these numbers before and after it are."""
    number = MONTHS[month.casefold()]
    article, of = "the " * ("the" in words), " of" * ("of" in words)

    def day_of(field: _Field) -> str:
        return field[0].forms[0] if field[0].kind == "ordinal" else str(_small(field))

    if len(before) == 1 and len(after) < 2:
        year = _spoken_year(after[0]) if after else ""
        text = f"{article}{day_of(before[0])}{of} {month} {year}".strip()
        if year or not after:
            yield from _dated(year, number, _small(before[0]), numerals=text, sure=True)
        year = _spoken_year(before[0])
        if after and len(year) == 4:
            yield from _dated(year, number, _small(after[0]), numerals="", sure=True)
    elif not before and len(after) == 2 and _spoken_year(after[1]):
        year = _spoken_year(after[1])
        yield from _dated(year, number, _small(after[0]), numerals=f"{month} {day_of(after[0])} {year}", sure=True)
    elif not before and len(after) == 1:
        yield from _dated("", number, _small(after[0]), numerals=f"{month} {day_of(after[0])}", sure=True)
        year = _spoken_year(after[0])
        if len(year) == 4:
            yield DateParts(int(year), number, None, sure=True, numerals=f"{month} {year}")


def _dated(year: str, month: int, day: int | None, *, numerals: str, sure: bool) -> Iterator[DateParts]:
    """Yield the date, if there is one."""
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= _DAYS[month - 1]):
        return
    number, short = _year(year)
    if day is not None or len(year) == 4:
        yield DateParts(number, month, day, sure=sure, short_year=short, numerals=numerals)


def _small(field: _Field) -> int:
    """Return a month or a day, or 0: "four", "oh four", "fourteenth", "one four"."""
    forms = [thing.forms for thing in field]
    if any(len(each) > 1 for each in forms) or (len(field) > 1 and any(len(each[0]) > 1 for each in forms)):
        return 0
    digits = "".join(each[0] for each in forms).rstrip("dhnrst")
    return int(digits) if len(digits) <= 2 else 0


def _spoken_year(field: _Field) -> str:
    """Return a year of four or two digits: "nineteen sixty one", "two thousand and one", "sixty one", "oh one"."""
    if any(thing.kind == "ordinal" for thing in field) or (len(field) > 1 and any(len(t.forms) > 1 for t in field)):
        return ""
    forms = [thing.forms[0] for thing in field]
    digits = "".join(forms)
    if len(digits) == 2:
        return digits
    in_halves = len(field) == 1 or len(forms[0]) == 2 or (len(forms[0]) == len(forms[1]) == 1)
    return digits if len(digits) == 4 and in_halves and digits[:2] in _CENTURIES else ""
