"""Accounts and payment cards: announced ones, valid IBANs, and anything with a card's length and check digit.

Check digits: cards by Luhn (ISO/IEC 7812-1 annex B) with the issuer ranges in use, IBANs by mod 97 (ISO 13616). They
only lift the score; under a label a number with a wrong check digit is still somebody's, misread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from masker import Run, RunDetector, Segment, asks_for, runs, said

__all__ = ["claim", "iban_valid", "luhn_valid", "make_detector", "shapes"]

_ISSUERS: Final = re.compile(
    r"(?:4\d{12}(?:\d{3}){0,2}|(?:5[1-5]|2[2-7]|6[0-9])\d{14}|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11,13}"
    r"|(?:5[06-9]|6)\d{11,18})"
)
_GROUPS: Final = re.compile(r"[3-6]\d{3}([ -])\d{4}\1\d{4}\1\d{4}|3[47]\d{2}([ -])\d{6}\2\d{5}")
_PREFIX: Final = re.compile(r"(?:ACCT|ACC|INV|CASE|BILL)[A-Z]?\d{4,}")
#: A magnetic stripe (ISO/IEC 7813): ``%B4111111111111111^LAST/FIRST^2512101...?``, ``;4111111111111111=2512101...?``.
_STRIPE: Final = re.compile(
    r"(?:(?<=(?<![^\W_])[Bb])(?P<first>\d[\d ]{11,22})\^[^\n^]{2,26}\^|(?<=;)(?P<second>\d{12,19})=)(?P<rest>\d{4,40})?"
)
#: IBAN: country, two check digits, up to thirty characters in groups of four.
_IBAN: Final = re.compile(
    r"(?<![^\W_])[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]{4}){2,7}(?:[ -]?[A-Za-z0-9]{1,3})?(?![^\W_])"
)
#: What every IBAN begins with, seen from its first digit.
_HAS_IBAN: Final = re.compile(r"(?<=(?<![^\W_])[A-Za-z]{2})\d{2}[ A-Za-z0-9-]")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_MONTH_YEAR = (
    r"(?:(?:0?[1-9]|1[0-2])(?: ?[/-] ?| )(?:20 ?)?\d\d(?![\d/-])|(?:0[1-9]|1[0-2])[2-4]\d(?!\d)"
    rf"|{_MONTH}(?: of)?,? (?:20 ?)?\d\d(?!\d))"
)
_EXPIRY: Final = re.compile(
    r"\b(?:exp(?:iry|ires?|iration|iring|\.)?(?: ?date)?|valid (?:thru|through|until)|good (?:thru|through))\b"
    rf"[\"' :.]{{0,4}}(?:(?:date|on|the|card|my|is|of|in|it's|uh|um|er|soon) ){{0,5}}\(?(?P<value>{_MONTH_YEAR})",
    re.IGNORECASE,
)
#: Before a date that is said with nothing else that may expire: "it expires oh nine twenty eight".
_BY_ITSELF: Final = re.compile(r"(?:\A|[.,;!?]|\b(?:it|and|yeah|yes|uh|um|so))[ ]?\Z", re.IGNORECASE)
#: In an answer about a card: "two four three and the date is two thirty one".
_DATE_IS: Final = re.compile(rf"\bdate(?: is|'s)(?: uh| um)? (?P<value>{_MONTH_YEAR})", re.IGNORECASE)
#: Words of which each of those holds one; a recogniser may leave the blank out.
_EXPIRY_WORDS: Final = frozenset(
    word + date for word in "exp expiry expire expires expiration expiring valid good".split() for date in ("", "date")
)
_ALONE: Final = re.compile(rf"\b{_MONTH_YEAR}", re.IGNORECASE)
#: Beside a card's number, when it expires, and then its check value: "4111 1111 1111 1111 09/27 884".
_BESIDE: Final = re.compile(
    r"[ ,;]{1,3}(?:exp\.? ?)?((?:0?[1-9]|1[0-2])[/ ](?:20 ?)?\d\d)(?![\d/])"
    r"(?:[ ,;]{1,3}(?:(?:cvv2?|cvc|cid|csc|security|sec|code)[ .:]{1,2}){0,2}"
    r"(?P<check>\d(?:\d{2,3}| \d\d)|\d\d \d\d)(?![\w/-]|[.,:]\d))?",
    re.IGNORECASE,
)
#: A card's check value with what is said of it between: "my cvv which is 737", "CVV (I hope) is 737". The word itself
#: is nothing else's.
_CHECK_VALUE: Final = re.compile(
    r"\b(?:cvv2?|cvc2?|card verification (?:code|value|number))\b"
    r"(?:,? [(]?(?!check\b|error\b|and\b|or\b|but\b)[a-z']{1,12}[)]?){1,6}?[,:]? "
    r"(?P<value>\d{3,4})(?![\w%/-]|[.,:]\d| ?(?:mg|ml|times|ms|seconds|minutes|hours|days|dollars)\b)",
    re.IGNORECASE,
)
_CHECK_WORDS: Final = frozenset("cvv cvv2 cvc cvc2 verification".split())
#: A British bank's sort code, which looks like a date: "refund to sort 20-11-98".
_SORT_CODE: Final = re.compile(
    r"\bsort(?: ?code)?[ :#]{1,2}(?:is |number )?(?P<value>\d\d([- ])\d\d\2\d\d)(?![\w-])", re.IGNORECASE
)
_ASKS_EXPIRY: Final = re.compile(r"\bexp(?:iry|ires?|iration|iring|\.| date|\b)", re.IGNORECASE)
_CARD_WORDS: Final = re.compile(
    r"card|\b(?:visa|amex|american express|discover|cvv2?|cvc|debit|\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{3,4}"
    r"|\d{15,16})\b",
    re.IGNORECASE,
)
_SORTS: Final = frozenset(("sort", "sortcode"))


def luhn_valid(digits: str) -> bool:
    """Return whether the last digit is the Luhn check digit of the others."""
    total = 0
    for place, char in enumerate(reversed(digits)):
        digit = int(char)
        if place % 2:
            digit = digit * 2 - 9 if digit > 4 else digit * 2
        total += digit
    return total % 10 == 0


#: A JSON key that names an expiry date, and the shape of one.
_EXPIRY_KEY: Final = re.compile(
    r"(?:\A|[ _.-]|card)(?:exp|expiry|expires|expiration|valid[ _-]?thru)(?:[ _-]?date)?\Z", re.IGNORECASE
)
_EXPIRY_DATE: Final = re.compile(r"(?:0?[1-9]|1[0-2]) ?[/-] ?(?:\d{2}|20\d{2})")


def iban_valid(iban: str) -> bool:
    """Return whether an IBAN's (upper case, no spaces) check digits are right: mod 97 is 1."""
    if not 15 <= len(iban) <= 34:
        return False
    return int("".join(str(int(char, 36)) for char in iban[4:] + iban[:4])) % 97 == 1


def _card_shape(run: Run) -> float:
    if not 13 <= run.digits <= 19 or run.letters:
        return 0.0
    if luhn_valid(run.code) and _ISSUERS.fullmatch(run.code):
        return 0.95
    return 0.75 if _GROUPS.fullmatch(run.text) else 0.0


def claim(run: Run, segment: Segment) -> tuple[str, float] | None:
    """Return kind and score for a run that is an account or card number, else ``None``."""
    if said(run, "CARD"):
        dated = run.how == "label" and _EXPIRY_DATE.fullmatch(run.text) is not None
        if dated and not _speaks_of_card(segment, run.start, run.end):
            return None  # "EpiPen 0.15 mg, exp 09/2027"
        return "CARD", 0.95
    if said(run, "ACCOUNT"):
        return "ACCOUNT", 0.95
    card = _card_shape(run)
    if card and _GROUPS.fullmatch(run.text) and run.kind in ("PHONE", "FAX") and not run.inside:
        return "CARD", 0.96  # "read card over phone 4224 7399 ...": no telephone number has four groups of four
    if run.inside or (run.announced and run.near and run.kind != "NUMBER"):
        return None
    if card:
        return "CARD", card
    if run.letters and _PREFIX.fullmatch(run.code):
        return "ACCOUNT", 0.85
    return None


def shapes(segment: Segment) -> Iterator[tuple[int, int, str, float]]:
    """Yield IBANs in groups and the expiry dates of cards, in offsets of the reading."""
    reading = segment.reading
    text = reading.text
    if segment.key is not None and _EXPIRY_KEY.search(segment.key) and _EXPIRY_DATE.fullmatch(text):
        yield (0, len(text), "CARD", 0.95)
    for run in runs(segment, small=False):
        beside = _BESIDE.match(text, run.end, run.end + 48) if run.digits >= 13 and not run.letters else None
        if beside is not None:
            yield (*beside.span(1), "CARD", 0.9)
            if beside["check"]:
                yield (*beside.span("check"), "CARD", 0.9)
    for match in _SORT_CODE.finditer(text) if not _SORTS.isdisjoint(reading.letters) else ():
        yield (*match.span("value"), "ACCOUNT", 0.95)
    # In the text itself: "%B4" would be read as a character that was escaped for an address.
    for match in _STRIPE.finditer(segment.text) if reading.has_digit and ("^" in text or "=" in text) else ():
        yield (*reading.plain(*match.span("first" if match["first"] else "second")), "CARD", 0.97)
        if match["rest"]:  # when it ends, and its check value
            yield (*reading.plain(*match.span("rest")), "CARD", 0.97)
    if any(reading.at_numbers(_HAS_IBAN, 2)):
        for match in _IBAN.finditer(text):
            if iban_valid(re.sub(r"[ -]", "", match[0]).upper()):
                yield (*match.span(), "ACCOUNT", 0.97)
    if reading.has_digit and len(text) < 120 and segment.question is not None and _asked_expiry(segment):
        for match in _ALONE.finditer(text):
            yield (*match.span(), "CARD", 0.9)
    announced = reading.has_digit and not _EXPIRY_WORDS.isdisjoint(reading.letters)
    for match in _EXPIRY.finditer(text) if announced else ():
        if _speaks_of_card(segment, *match.span()) or _is_said_alone(segment, match):
            yield (*match.span("value"), "CARD", 0.9)
    for match in (
        _CHECK_VALUE.finditer(text) if reading.has_digit and not _CHECK_WORDS.isdisjoint(reading.words) else ()
    ):
        yield (*match.span("value"), "CARD", 0.8)
    if reading.has_digit and "date" in reading.words and "CARD" in asks_for(segment):
        for match in _DATE_IS.finditer(text):
            yield (*match.span("value"), "CARD", 0.8)


def _speaks_of_card(segment: Segment, start: int, end: int) -> bool:
    """Return whether a card stands around a range of the reading, or was asked for."""
    near = _CARD_WORDS.search(segment.reading.text, max(0, start - 160), end + 60)
    return near is not None or "CARD" in asks_for(segment)


def _is_said_alone(segment: Segment, expiry: re.Match[str]) -> bool:
    """Return whether a month and a year were said in words, and no other thing is named that they are the end of."""
    said_as = segment.text[slice(*segment.reading.source(*expiry.span("value")))]
    spoken = not any(map(str.isdigit, said_as)) and said_as != expiry["value"]
    return spoken and _BY_ITSELF.search(segment.reading.text, max(0, expiry.start() - 6), expiry.start()) is not None


def _asked_expiry(segment: Segment) -> bool:
    """Return whether the last thing asked is when a card expires."""
    turns = [turn for turn in (segment.question, *segment.since) if turn is not None][-2:]
    return any(_ASKS_EXPIRY.search(turn.text[-60:]) for turn in turns)


def make_detector() -> RunDetector:
    """Return the detector."""
    return RunDetector("account", ("ACCOUNT", "CARD"), claim, shapes, small=False)
