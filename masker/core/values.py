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
open ("three four eighty two") stays numerals, `3/4/82`: a tool that books or looks up must not get a guess. What may be
one of two values stays as it was said.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from masker.core.dates import parse_date, spoken_date
from masker.core.markup import without_markup
from masker.core.reading import Reading, read
from masker.core.said import said
from masker.core.written import written_form

__all__ = ["canonical", "was_spoken", "written"]

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


def canonical(kind: str, text: str) -> str:
    """Return the key under which all forms of a value are the same.

    Args:
        kind: Kind of the value; decides what is decoration.
        text: The value in any written or spoken form.

    Returns:
        Lower-case letters, digits and a few separators; ``""`` when the text has neither letters nor digits.
    """
    text = without_markup(text)
    reading = _plain(text)
    plain = reading.text
    if kind in _PHONES:
        return _phone(plain)
    if kind == "DATE":
        parts = (spoken_date(said(text)) if reading.pieces else None) or parse_date(plain)
        return parts.key if parts and parts.month is not None else _squeezed(plain)
    if kind == "NAME":
        return _squeezed(_in_order(_POSSESSIVE.sub("", plain.strip())))
    if kind in ("EMAIL", "URL"):
        address = "".join(((reading.pieces and written_form(kind, text)) or plain).casefold().split())
        return _SCHEME.sub("", address, count=1).rstrip("/.,;")
    return _squeezed(plain)


def written(kind: str, text: str) -> str:
    """Return the form of a value that a tool expects.

    Args:
        kind: Kind of the value.
        text: The value as it stood in the request.

    Returns:
        A spoken value in digits, as address@domain, or a complete date as ``YYYY-MM-DD``; a written one, and one that
        may be another as well, as it is.
    """
    # "maribel at example, um, dot org" reads like talk
    in_words = kind in ("EMAIL", "URL") and " " in text.strip() and len(text) <= _LONGEST
    form = written_form(kind, text) if in_words or was_spoken(text) else None
    return text if form is None else form


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
    if 2 * len(digits) < sum(map(str.isalnum, number)):
        return _squeezed(plain)  # the letters tell two apart: "1-800-FLOWERS", a number that stands encoded
    international = number.lstrip(" (").startswith("+")
    if digits.startswith("00") and not international:
        digits, international = digits[2:], True
    if len(digits) == 11 and digits[0] == "1":
        digits = digits[1:]
    return digits + (f"x{extension[1]}" if extension else "")
