"""Phone and fax numbers: announced ones in any form, and those that look like one.

A run announced as a phone or fax number is one, whatever its digits: callers give seven-digit locals, area codes that
do not exist, halves of a number. Unannounced runs must have the shape of a phone number: a North American number in
its usual grouping, or one that the `phonenumbers` library (Google's libphonenumber metadata) holds possible.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import phonenumbers

from masker import Run, RunDetector, Segment, said

__all__ = ["claim", "make_detector"]

#: North American numbering plan, grouped the way people write it; an extension may follow.
_NANP: Final = re.compile(r"(?:\+?1[ .-]{0,3})?(?:\(\d{3}\)[ .-]{0,3}|\d{3}[ .-])\d{3}[ .-]?\d{4}(?:\D{1,12}\d{1,6})?")
_GROUPED: Final = re.compile(r"\+?\d{1,5}(?:[ ().-]{1,3}\d{2,8}){1,5}")
_DESK: Final = re.compile(r" ?\b(?:extension|ext\.?|x) ?\d{1,6}\Z", re.IGNORECASE)
_LOCAL: Final = re.compile(r"[2-9]\d{2}-\d{4}")
#: Trunk prefix 0 and a national number: most of the world outside North America.
_TRUNK: Final = re.compile(r"0[1-9]\d{8,9}|0[1-9]\d{7}(?!\d)")
#: Codes of procedures, one beside the other: "cpt": ["70553", "72148"].
_CODES: Final = re.compile(r"\d{5}(?: \d{5})+")
_INDIA: Final = re.compile(r"[6-9]\d{4} \d{5}")


def _valid(digits: str, region: str | None) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(digits, region))
    except phonenumbers.NumberParseException:
        return False


def _shape(run: Run) -> float:
    """Return how much a run looks like a phone number by itself, from 0 to 1."""
    whole = _DESK.sub("", run.text)
    digits = "".join(filter(str.isdigit, whole))
    if whole != run.text and len(digits) in (10, 11):
        return 0.85
    if run.letters or not 7 <= run.digits <= 15:
        return 0.0
    if run.text.startswith("+") and run.digits >= 8:
        return 0.95 if _valid("+" + digits, None) else 0.8
    if _NANP.fullmatch(run.text):
        return 0.85
    if run.digits == 7:
        return 0.6 if _LOCAL.fullmatch(run.text) and not run.measured else 0.0
    if run.digits == 11 and digits[0] == "1":
        return 0.7 if _valid("+" + digits, None) else 0.0
    if run.digits == 10 and digits[0] not in "01":
        # area codes that do not exist and 555-01xx are somebody's misread number all the same
        return 0.72 if run.spoken or _valid(digits, "US") else 0.61
    if _TRUNK.fullmatch(digits) and (run.spoken or run.digits > 9):
        return 0.72
    return 0.7 if _INDIA.fullmatch(run.text) else 0.0


#: What makes three or four digits after a label part of a number rather than a time: "call me at five thirty".
_PART: Final = re.compile(r"number|digits|ends?|ending|code|extension|\bext|starts?|bleep|pager", re.IGNORECASE)
#: Everybody's numbers.
_SERVICES: Final = frozenset("911 999 112 000 111 101 119 211 311 411 611 811 988".split())
_FAXED: Final = re.compile(r"\bfax", re.IGNORECASE)


#: What a machine dials: "dial tcp: lookup db on 127.0.0.11:53".
_HOST: Final = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?")


def _fits(run: Run, segment: Segment) -> bool:
    """Return whether an announced run can be (part of) a number: no model name, no time of day, no code."""
    if _HOST.fullmatch(run.text):
        return False
    if run.letters:
        return run.near and (run.digits >= 7 or len(run.code) in (7, 10, 11))
    if run.how != "label" or run.digits >= 7:
        return True
    if run.code in _SERVICES:
        return False
    if run.near and run.spoken and run.digits > 2 and run.text.isdigit() and (run.last or run.kind == "FAX"):
        return True  # "the fax is four one nine": said digit by digit, and more to come
    part = _PART.search(segment.reading.text, max(0, run.start - 30), run.start) is not None
    return part or (run.near and run.digits >= 5)


def claim(run: Run, segment: Segment) -> tuple[str, float] | None:
    """Return the kind and score for a run that is a phone or fax number, else ``None``."""
    if run.kind in ("PHONE", "FAX") and said(run, run.kind):
        return (run.kind, 0.95) if _fits(run, segment) else None
    if run.kind == "OTHER_ID" and run.how == "label" and not run.inside and not run.dated and _NANP.fullmatch(run.text):
        # "fax the referral to 303.555.0183": its shape says more than a weak label
        fax = _FAXED.search(segment.reading.text, max(0, run.start - 40), run.start)
        return "FAX" if fax else "PHONE", 0.93
    if run.inside or run.dated or run.kind == "CARD" or (run.announced and run.near and run.kind != "NUMBER"):
        return None
    if run.kind == "PLAIN" and run.near and run.digits < 10 and not _NANP.fullmatch(run.text):
        paged = _LOCAL.fullmatch(run.text) and _PAGED.search(segment.reading.text, max(0, run.start - 8), run.start)
        return ("PHONE", 0.7) if paged else None
    if run.kind == "PLAIN" and run.how == "key" and _CODES.fullmatch(run.text):
        return None
    score = _shape(run)
    return ("PHONE", score) if score else None


#: A desk's extension by itself: "paged Dr. Nadeau at x5512".
_EXTENSION: Final = re.compile(
    (
        r"\b(?:at|ext|extension|call|paged?|reach|dial|desk|phone|office|cb"
        r"|contact)\b[^\n]{0,24}?(?<![\w.])(?P<value>x\d{3,6})(?!\w|\.\d)"
    ),
    re.IGNORECASE,
)


_PAGED: Final = re.compile(r"\b[Pp]aged? \Z")
#: British desks: "his secretary's on 4419".
_DESK_ON: Final = re.compile(
    r"\b(?:secretary|reception|desk|switchboard|registrar|office|sister)(?:'s| is"
    r"|,)? on (?P<value>\d{3,6})(?![\w.:/-]| ?%)",
    re.IGNORECASE,
)
_DESKS: Final = frozenset("secretary reception desk switchboard registrar office sister".split())
_X_DIGITS: Final = re.compile(r"(?<=[xX])\d{3}")


def extensions(segment: Segment) -> Iterator[tuple[int, int, str, float]]:
    """Yield extensions that stand without their number, in offsets of the reading."""
    text = segment.reading.text
    if any(segment.reading.at_numbers(_X_DIGITS, 3)):
        for match in _EXTENSION.finditer(text):
            yield (*match.span("value"), "PHONE", 0.8)
    for match in segment.reading.matches(_DESK_ON, _DESKS) if segment.reading.has_digit else ():
        yield (*match.span("value"), "PHONE", 0.8)


def make_detector() -> RunDetector:
    """Return the detector."""
    return RunDetector("phone", ("PHONE", "FAX"), claim, extensions, small=False)
