"""Licenses: driver's licenses, passports, NPI, DEA and state licenses.

Announced runs are licenses. Of the unannounced, DEA numbers show themselves: two letters, seven digits, the last a
check digit (21 CFR 1301; sum of digits 1, 3, 5 plus twice the sum of digits 2, 4, 6). The NPI's check digit is Luhn
with prefix 80840 (CMS, 45 CFR 162.406); ten bare digits that pass are too often phone numbers to be claimed alone.
British driver numbers show themselves, too: five letters of the surname, the birthday in six digits, two initials, a
digit, two letters (DVLA; "9" fills what a name does not have, a woman's month is 50 more).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from masker import Run, RunDetector, Segment, said

__all__ = ["claim", "dea_valid", "make_detector", "npi_valid", "shapes"]

_DEA: Final = re.compile(r"[ABCDEFGHJKLMPRSTUX][A-Z9]\d{7}")
_NPI: Final = re.compile(r"[12]\d{9}")
_WORD: Final = re.compile(r"\b(?:dr|doctor|md|np|provider|prescriber|physician|npi)\b", re.IGNORECASE)
#: The birthday, and the whole around it; an issue number of two digits may follow.
_BORN: Final = re.compile(r"\d(?:[05][1-9]|[16][0-2])(?:0[1-9]|[12]\d|3[01])\d(?!\d)")
_DRIVER: Final = re.compile(
    r"(?<![^\W_])[A-Z][A-Z9]{4}[ -]?\d{6}[ -]?[A-Z][A-Z9][ -]?\d[ -]?[A-Z]{2}(?:[ -]?\d{2})?(?![^\W_])", re.IGNORECASE
)


def npi_valid(digits: str) -> bool:
    """Return whether ten digits are a National Provider Identifier with a right check digit."""
    if not _NPI.fullmatch(digits):
        return False
    total = 24  # what the prefix 80840 adds
    for place, char in enumerate(reversed(digits)):
        digit = int(char) * (2 if place % 2 else 1)
        total += digit - 9 if digit > 9 else digit
    return total % 10 == 0


def dea_valid(code: str) -> bool:
    """Return whether a code is a DEA registration number with a right check digit."""
    if not _DEA.fullmatch(code):
        return False
    digits = [int(char) for char in code[2:]]
    return (sum(digits[0:6:2]) + 2 * sum(digits[1:6:2])) % 10 == digits[6]


def claim(run: Run, segment: Segment) -> tuple[str, float] | None:
    """Return kind and score for a run that is a license, else ``None``."""
    if said(run, "LICENSE"):
        return "LICENSE", 0.95
    if run.inside or (run.announced and run.near and run.kind != "NUMBER"):
        return None
    if run.letters and dea_valid(run.code):
        return "LICENSE", 0.85
    if (
        run.digits == 10
        and npi_valid(run.code)
        and run.text.isdigit()
        and _WORD.search(segment.reading.text, max(0, run.start - 60), run.start)
    ):
        return "LICENSE", 0.8
    return None


def shapes(segment: Segment) -> Iterator[tuple[int, int, str, float]]:
    """Yield British driver numbers, in offsets of the reading."""
    if any(segment.reading.at_numbers(_BORN, 6)):
        for match in _DRIVER.finditer(segment.reading.text):
            yield (*match.span(), "LICENSE", 0.9)


def make_detector() -> RunDetector:
    """Return the detector."""
    return RunDetector("license", ("LICENSE",), claim, shapes, small=False)
