"""What makes an amount, a date or a place in an order of a number: the unit, the sign or the words right beside it."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["CLOCK", "ORDINAL", "UNIT", "has_unit", "is_dated", "is_loosely_measured", "is_measured", "is_price"]


ORDINAL: Final = re.compile(r"\d{1,4}(?:st|nd|rd|th|s)", re.IGNORECASE)


#: A unit behind a number, and not the name of the next field: "mrn=66041 visits=3", "Age: 97 Days since visit: 3".
UNIT: Final = re.compile(
    r"[ -]?(?:%|°|(?:percent|mgs?|milligrams?|mcgs?|micrograms?|grams?|gm?|kgs?|kilos?|kilograms?"
    r"|mls?|milliliters?|millilitres?|cc|liters?|litres?|l|dl|units?|iu|meq|mmol|mmhg|bpm"
    r"|years?|yrs?|yo|months?|mos?|weeks?|wks?|days?|nights?|hours?|hrs?|h|minutes?|mins?"
    r"|seconds?|secs?|ms|a\.?m|p\.?m|a m|p m|o'?clock|in the (?:morning|afternoon|evening)"
    r"|pounds?|lbs?|ounces?|oz|stones?|feet|foot|ft|inch(?:es)?|cm|mm|centimeters?|centimetres?"
    r"|millimeters?|meters?|metres?|miles?|kilometers?|km|blocks?|degrees?|celsius|fahrenheit"
    r"|f|c"
    r"|dollars?|bucks?|cents?|euros?|quid|pence|pills?|tablets?|tabs?|capsules?|caps?|puffs?"
    r"|drops?|doses?|refills?|vials?|pens?|patches|sprays?|teaspoons?|tablespoons?|tsp|tbsp"
    r"|scoops?|bottles?|boxes"
    r"|packs?|cigarettes?|drinks?|beers?|glasses|cups?|times?|kids?|children|sons?|daughters?"
    r"|brothers?|sisters?|siblings|people|persons?|patients?|visits?|sessions?|appointments?"
    r"|episodes?|steps?|calories|reps?|sets?"
    r"|questions?|points?|pages?|lines?|stories|flights?|stairs?|floors?|mph|hz|watts?|volts?"
    r"|beats?|breaths?|words?|tokens?|digits?|letters?|characters?|numbers?|out of|or so|ish"
    r"|something|over|by|per|plus|and a half|x \d|to \d)(?!\w))"
    r"(?!(?: \w{1,20}){0,3}(?: \([\w%/]{1,12}\))? ?[:=])(?<!-[cflh])",
    re.IGNORECASE,
)


#: To the next word, or into the next cell of a row.
_NEXT: Final = r"[ \t]{0,16}(?:\|[ \t]{0,16})?"
#: What laboratories and radiologists measure in: so much in so much ("22000 U/L", "150000 | /uL"), and a dose of rays.
_OF_LABS: Final = re.compile(
    rf"{_NEXT}(?:(?:(?:[kmuμµ]?iu|[kmuμµ]?u|m?units?|[fkmnpuμµ]?g|[mnpuμµ]?mol|[mnuμµ]?eq|mosm|kcal|copies|cells|[km]"
    r"|10[*^]\d{1,2})/|(?<=[ \t|])/) ?(?:[dfmnpuμµ]?l[hl]?|mm3|cmm|[hl]pf)|[cm]?gy|kcal/day|hu)(?![^\W_])",
    re.IGNORECASE,
)
#: A drug's units in a cell of their own, or by the letter with how it is given: "5000<TAB>units", "500000 u swish".
_OF_DOSES: Final = re.compile(
    rf"{_NEXT}(?:(?<=[\t|])|(?<=[\t| ] ))(?:units?|iu|mu|mc?g|ml|meq|mmol)(?=[ \t]{{0,16}}(?:[|\t\n]|\Z))"
    rf"|{_NEXT}(?:units?|iu|m?u)[ \t|]{{1,4}}(?:s[cq]|sub-?(?:q|cut)\w{{0,9}}|i[mv]|ivp|p[or]|sl|swish|topical(?:ly)?"
    r"|q\d{0,2}[a-z]{0,4}|[bt]id|daily|weekly|nightly)(?![^\W_])",
    re.IGNORECASE,
)


#: What reads as a unit where nothing names the number, and as the next word behind one that is somebody's: a sex
#: ("MRN 66041 F"), a phrase ("by the way", "per the chart"), a thing of which there would be several ("page 2").
_LOOSE: Final = re.compile(
    r"(?:(?<=[^\W_]{4}) [fch]|[ -]?(?:am i|(?:by|over)(?! \d)|out of(?! \d)|something like|(?:per|plus) (?:the|my|your"
    r"|his|her|our|their|chart|card|file|record|phone)|unit|kid|person|patient|visit|session|appointment|episode|step"
    r"|set|question|point|page|line|flight|floor|beat|breath|word|token|digit|letter|character|number|pill|tablet|tab"
    r"|capsule|cap|puff|drop|dose|refill|vial|pen|spray|bottle|pack|block|cup|time|foot|stone|mile))(?!\w)",
    re.IGNORECASE,
)


#: What makes an amount of any number, whatever names it.
_SURE: Final = re.compile(
    r"[ -]?(?:%|°|(?:percent|mgs?|milligrams?|mcgs?|micrograms?|grams?|gm?|kgs?|kilos?|kilograms?|mls?|milliliters?"
    r"|millilitres?|cc|liters?|litres?|l|dl|units|iu|meq|mmol|mmhg|bpm|years?|yrs?|yo|months|mos|weeks|wks|days|nights"
    r"|hours|hrs?|minutes|mins|seconds|secs|ms|a\.?m|p\.?m|a m|p m|o'?clock|pounds|lbs?|ounces?|oz|feet|ft|inch(?:es)?"
    r"|cm|mm|centimeters?|centimetres?|millimeters?|meters|metres|miles|kilometers?|km|degrees|celsius|fahrenheit"
    r"|dollars|bucks|cents|euros|quid|pence|tablets|capsules|puffs|teaspoons?|tablespoons?|tsp|tbsp|calories|mph|hz"
    r"|watts|volts|points|steps|pages|lines|words|tokens|characters|visits|patients|questions)(?!\w))",
    re.IGNORECASE,
)
_LONG: Final = 4


#: What has a price as well as a number: "the invoice was one fifty", and not "the invoice number is one fifty".
_PRICED: Final = re.compile(
    r"\b(?:accounts?|acct|invoices?|cards?|licen[cs]es?|passports?|registration|plate|policy|plan|insurance|membership)"
    r"(?: (?!(?:number|no|id|code|end(?:s|ing)?|says?|reads?|shows?)\b)[a-z']{1,12}){1,3} \Z",
    re.IGNORECASE,
)


_CURRENCY: Final = re.compile(r"[$£€¥]\s?\Z")


_SEPARATED: Final = re.compile(r"\d,\Z")


_M, _D, _Y = r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12]\d|3[01])", r"(?:(?:1[89]|20)\d\d|\d\d)"


_DATE: Final = re.compile(
    rf"(?:{_M}([-/. ]){_D}\1{_Y}|{_D}([-/. ]){_M}\2{_Y}"
    rf"|(?:1[89]|20)\d\d[-/.]{_M}[-/.]{_D}(?:T[\d:.]*(?:Z|[+-]\d\d:?\d\d)?)?"
    rf"|(?:1[89]|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\d{{4}}(?:\d\d)?)?"
    rf"|(?:1[89]|20)\d\d[-/](?:(?:1[89]|20)\d\d|\d\d)|(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?:[ap]m)?(?:-(?:[01]?\d"
    rf"|2[0-3]):[0-5]\d(?:[ap]m)?)?|\d{{1,2}}[ap]m)",
    re.IGNORECASE,
)


#: A time of day as it is said, without a sign: "5 15".
CLOCK: Final = re.compile(r"(?:1[0-2]|[1-9])(?: (?:[0-5]\d|0\d))?")


def is_measured(text: str, start: int, end: int) -> bool:
    """Return whether a unit follows, a currency sign or the digits before a comma precede, or it counts in order."""
    return _is_amount(text, end) or _is_counted(text, start, end)


def _is_amount(text: str, end: int) -> bool:
    """Return whether a unit follows, or stands in the next cell."""
    return (
        UNIT.match(text, end, end + 48) is not None
        or _OF_LABS.match(text, end, end + 56) is not None
        or _OF_DOSES.match(text, end, end + 72) is not None
    )


def _is_counted(text: str, start: int, end: int) -> bool:
    """Return whether an amount or a place in an order is plain without a unit."""
    before = text[max(0, start - 2) : start]
    return bool(
        _CURRENCY.search(before)
        or (before[-1:] == "," and _SEPARATED.search(before))
        or (text[end - 1].isalpha() and ORDINAL.fullmatch(text, start, end))
    )


def has_unit(text: str, end: int) -> bool:
    """Return whether a unit follows that is nothing else behind a number."""
    return UNIT.match(text, end, end + 48) is not None and _LOOSE.match(text, end, end + 24) is None


def is_loosely_measured(text: str, start: int, end: int) -> bool:
    """Return whether all that makes an amount of a number is a word that says something else behind an identifier.

    Of four signs and more that is any but the sure units, and of codes with letters these, too: an account may have
    120 pages, but not 66041 of them.
    """
    if _is_counted(text, start, end):
        return False
    signs = list(filter(str.isalnum, text[start:end]))
    if len(signs) >= _LONG and not (all(map(str.isdecimal, signs)) and _SURE.match(text, end, end + 24)):
        return True
    return _LOOSE.match(text, end, end + 24) is not None


def is_price(text: str, start: int, value: str) -> bool:
    """Return whether a number that was said like one ("one fifty") is the price of what is named before it."""
    said_so = value.replace(" ", "").isdecimal() and " " in value and len(value) <= _PRICE
    return said_so and _PRICED.search(text, max(0, start - 48), start) is not None


#: Signs of a price in two words: "1 50".
_PRICE: Final = 4


def is_dated(value: str) -> bool:
    """Return whether a value reads as a complete date, a timestamp or a time of day."""
    return not (len(value) < 8 and value.isdecimal()) and _DATE.fullmatch(value) is not None
