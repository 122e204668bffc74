"""Values: when two texts mean the same, and how a spoken one is written.

"415-555-2671", "+1 (415) 555-2671" and "four one five, double five five, two six seven one" are one value and get one
token. Identity is a *canonical* string, used as a key in memory and never shown.

What counts as the same:

- Numbers and codes: the letters and digits of the reading, in lower case, without separators. A phone number loses
  the international prefix ``+`` or ``00`` and the North American ``1``; its extension belongs to it.
- Names: the letters, in lower case, without spaces ("s a r a h" is "Sarah"); "Chen, Sarah" is "Sarah Chen". A title is
  part of a value: "Mrs. Chen" and "Mr. Chen" are two people.
- Dates: year, month and day, as far as they are given. Numerals alone are read month first, as is usual where HIPAA
  applies, unless the first is over 12. A two-digit year up to 30 is of this century.
- E-mail and web addresses: lower case, without ``mailto:``, scheme, ``www.`` and a slash at the end.

Written form: digits without gaps, address@domain, a complete date as ISO 8601. A date of spoken numerals whose order is
open ("three four eighty two") stays numerals, `3/4/82`: a tool that books or looks up must not get a guess.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

from masker.core.markup import without_markup
from masker.core.reading import Reading, read

__all__ = ["MONTHS", "DateParts", "canonical", "parse_date", "was_spoken", "written"]

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

_PHONES: Final = frozenset({"PHONE", "FAX"})
_ALNUM: Final = re.compile(r"[^\W_]+")
_POSSESSIVE: Final = re.compile(r"['’]s?$", re.IGNORECASE)
#: Digits and signs read as themselves; no need to ask.
_WRITTEN_NUMBER: Final = re.compile(r"[0-9 ().+/-]+")
#: ... unless they are single digits, which are read out: "4. 1. 5.", "4... 1... 5", "4 1 5".
_ONE_BY_ONE: Final = re.compile(r"(?<!\d)\d(?:(?:[.-]* +|\.{3})\d){2}(?!\d)")
#: Characters from which on a value is nothing that anybody says twice in other words; reading it would only take time.
_LONGEST: Final = 2000
_LEADING_OH: Final = re.compile(r"\b[oO][hH]?\b(?=[\s,.-]*\d)|(?<=\d)[\s,.-]*\b[oO][hH]?\b")
_EXTENSION: Final = re.compile(r"(?:extension|ext|x)[\s.:#]*(\d{1,6})\s*$", re.IGNORECASE)
_SCHEME: Final = re.compile(r"^(?:[a-z][a-z0-9+.-]*://|mailto:)?(?:www\.)?")
_LAST_FIRST: Final = re.compile(r"\s*([^\W\d_][^,]*),\s*([^\W\d_][^,]*)\s*")
_DIGIT_GAP: Final = re.compile(r"(?<=\d)[\s,.\-]+(?=\d)")
_CODE_GAP: Final = re.compile(r"(?<=[^\W_])[\s,]+(?=[^\W_])")


def canonical(kind: str, text: str) -> str:
    """Return the key under which all forms of a value are the same.

    Args:
        kind: Kind of the value; decides what is decoration.
        text: The value in any written or spoken form.

    Returns:
        Lower-case letters, digits and a few separators; ``""`` when the text has neither letters nor digits.
    """
    plain = _plain(without_markup(text)).text
    if kind in _PHONES:
        return _phone(plain)
    if kind == "DATE":
        parts = parse_date(plain)
        return parts.key if parts else _squeezed(plain)
    if kind == "NAME":
        return _squeezed(_in_order(_POSSESSIVE.sub("", plain.strip())))
    if kind in ("EMAIL", "URL"):
        address = "".join(plain.casefold().split())
        return _SCHEME.sub("", address, count=1).rstrip("/.,;")
    return _squeezed(plain)


def written(kind: str, text: str) -> str:
    """Return the form of a value that a tool expects.

    Args:
        kind: Kind of the value.
        text: The value as it stood in the request.

    Returns:
        A spoken value in digits, as address@domain, or a complete date as ``YYYY-MM-DD``; a written one as it is.
    """
    if not was_spoken(text):
        return text
    plain = _plain(text).text.strip()
    if kind == "DATE":
        parts = parse_date(plain)
        return parts.written if parts else plain
    if kind in ("EMAIL", "URL"):
        return "".join(plain.split())
    if kind in ("NAME", "ADDRESS"):
        return plain
    extension = _EXTENSION.search(plain) if kind in _PHONES else None
    number = (plain[: extension.start()] if extension else plain).strip(" ,.;")
    number = _DIGIT_GAP.sub("", number) if kind in _PHONES else _CODE_GAP.sub("", _DIGIT_GAP.sub("", number))
    return f"{number} ext {extension[1]}" if extension else number


def was_spoken(text: str) -> bool:
    """Return whether a text has spoken numbers, spelled letters or spoken symbols, not just digits and signs."""
    return bool(_plain(text).pieces)


def _plain(text: str) -> Reading:
    """Return the reading, with "oh" beside digits read as a zero, which is safe once a text is known to be a value."""
    if len(text) > _LONGEST or (_WRITTEN_NUMBER.fullmatch(text) and _ONE_BY_ONE.search(text) is None):
        return Reading(text)
    reading = read(unicodedata.normalize("NFKC", text))
    if "o" not in reading.text.casefold() or not reading.pieces:
        return reading
    zeros = _LEADING_OH.sub(lambda match: match[0].rstrip("ohOH") + "0", reading.text)
    return Reading(re.sub(r"(?<=\b0) (?=\d)", "", zeros), None, None, reading.pieces)


def _squeezed(text: str) -> str:
    return "".join(_ALNUM.findall(text.casefold()))


def _in_order(name: str) -> str:
    match = _LAST_FIRST.fullmatch(name)
    return f"{match[2]} {match[1]}" if match else name


def _phone(plain: str) -> str:
    extension = _EXTENSION.search(plain)
    number = plain[: extension.start()] if extension else plain
    digits = "".join(char for char in number if char.isdecimal())
    if not digits:
        return _squeezed(plain)
    international = number.lstrip(" (").startswith("+")
    if digits.startswith("00") and not international:
        digits, international = digits[2:], True
    if len(digits) == 11 and digits[0] == "1":
        digits = digits[1:]
    return digits + (f"x{extension[1]}" if extension else "")


# --- Dates -----------------------------------------------------------------------------------------------------------


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
