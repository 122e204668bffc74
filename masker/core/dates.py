"""Dates: their parts, as far as a text gives them, and how they are written."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

__all__ = ["MONTHS", "DateParts", "parse_date"]

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
    re.compile(rf"(?:the )?{_MONTH}{_GAP}(?:the )?{_DAY}(?:{_GAP}(?:of )?{_YEAR})?", re.IGNORECASE),
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
