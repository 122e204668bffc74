"""A run: a number or code in the reading, with what is known of it, and whether it can be what it is announced as."""

from __future__ import annotations

import re
from typing import Final

import attrs

from masker.detection.labels import NUMBER, PLAIN, is_plain

__all__ = ["CODES", "EXTENSION", "NATO", "POSTCODE", "YEAR", "Run", "code_of", "is_strong", "resized", "said"]

#: Fewer digits than these tell nothing by themselves.
_SOME_DIGITS: Final = 4


@attrs.frozen
class Run:
    """A number or code in the reading.

    Args:
        start: Offset in ``segment.reading.text``.
        end: One past its last character.
        text: It as it stands in the reading.
        code: Its letters and digits alone, upper case.
        digits: How many digits it has.
        spoken: Whether it was (partly) said in words.
        kind: What it is announced as: a kind, `NUMBER` (an identifier of no named kind), `PLAIN` (harmless, or
            another detector's business), or ``None`` when nothing announces it.
        how: What announces it: ``label``, ``after``, ``carried``, ``field``, ``key``, ``question``, ``postcode`` (a
            label that makes it the address detector's business), or ``""``.
        near: Whether nothing but linking words stands between the label and the run.
        measured: Whether a unit follows ("mg", "years") or a currency sign precedes.
        dated: Whether it reads as a complete date, an ISO timestamp or a time of day.
        bare: Whether the text says nothing else (fillers and courtesies aside).
        inside: Whether it is part of an address with ``@`` or of a web address.
        last: Whether nothing but courtesies follows, if it was spoken or has two signs.
        part: Whether it is said to be an end or a beginning ("ending in four four").
        signed: Whether it was said sign by sign ("four four one", not "forty four" or "four hundred").
    """

    start: int
    end: int
    text: str = attrs.field(repr=False)
    code: str = attrs.field(repr=False)
    digits: int
    spoken: bool = False
    kind: str | None = None
    how: str = ""
    near: bool = False
    measured: bool = False
    dated: bool = False
    bare: bool = False
    inside: bool = False
    last: bool = False
    part: bool = False
    signed: bool = False

    @property
    def letters(self) -> int:
        """How many letters it has."""
        return len(self.code) - self.digits

    @property
    def small(self) -> bool:
        """Whether it is one of the many small numbers of talk ("8 out of 10", "3 times"): nothing announces it."""
        return self.kind is None and len(self.text) < _SOME_DIGITS and self.text.isdecimal() and not self.bare

    @property
    def announced(self) -> bool:
        """Whether something says that this is an identifier."""
        return self.kind is not None and self.kind != PLAIN


#: How a postcode's label announces a run; no number detector may claim it.
POSTCODE: Final = "postcode"


EXTENSION: Final = re.compile(r"(?<=\d)[ ,]{0,3}(?:ext(?:ension)?\.?|x)[ :.]{0,2}", re.IGNORECASE)


NATO = (
    "alpha|alfa|bravo|charlie|delta|echo|foxtrot|golf|hotel|india|juliett?|kilo|lima|mike"
    "|november|oscar|papa|quebec|romeo"
    "|sierra|tango|uniform|victor|whiske?y|x[- ]?ray|yankee|zulu"
)


def is_strong(run: Run) -> bool:
    """Return whether a run is long enough to be an identifier whose label stands further away."""
    if run.measured or run.dated:
        return False
    if run.letters:
        return (run.digits >= 3 and len(run.code) >= 5) or (
            run.signed and run.digits >= 2 and len(run.code) >= 4 and " " not in run.text
        )
    return (
        run.digits >= 4
        and not re.fullmatch(r"(?:19|20)\d\d", run.code)
        and run.text.count(".") != 1
        and "/" not in run.text
    )


#: Words that stand between groups of digits, and in no code: "415, 628, and 0134".
_BETWEEN_GROUPS: Final = re.compile(
    r"(?<=\d)[ ,.]{1,3}(?:(?:and|then|next|followed by|uh|um|number|area code|it's|is|so)[ ,]{1,2}){1,4}(?=\d)",
    re.IGNORECASE,
)


def code_of(value: str) -> str:
    """Return the letters and digits of a value, upper case, without an extension's label."""
    if value.isdecimal():
        return value
    return "".join(filter(str.isalnum, _BETWEEN_GROUPS.sub(" ", EXTENSION.sub("", value, count=1)))).upper()


def resized(run: Run, text: str, start: int, end: int) -> Run:
    """Return a run with another range of the plain form."""
    if (start, end) == (run.start, run.end):
        return run
    code = code_of(text[start:end])
    return attrs.evolve(run, start=start, end=end, text=text[start:end], code=code, digits=sum(map(str.isdigit, code)))


#: What is spelled in talk of insurance and is no number.
_ABBREVIATED: Final = frozenset("PPO HMO EPO HSA FSA UHC BCBS AARP SSI DMV VA MRI".split())

#: A plan that is called by what it is and by its deductible: "PPO 2500".
_PLAN: Final = re.compile(r"(?:PPO|HMO|EPO|HDHP|HSA) ?\d{1,3}[05]0", re.IGNORECASE)


#: Kinds whose values have letters; the others are digits alone.
CODES: Final = frozenset({"MRN", "HEALTH_PLAN", "ACCOUNT", "LICENSE", "VEHICLE", "DEVICE", "OTHER_ID", NUMBER})


_DECIMAL: Final = re.compile(r"\d{1,4}\.\d{1,2}")


_DOTTED: Final = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}|\d{1,3}\.\d+-\d{1,3}(?:\.\d+)?|\d{1,3}-\d{1,3}\.\d+")


#: A year of somebody's life, of a visit or of a plan: 2093 is none.
YEAR: Final = re.compile(r"(?:19|20(?= ?[0-4])) ?\d\d")
#: "Seven fifty eight a m".
_CLOCK: Final = re.compile(r"(?:1[0-2]|\d) [0-5]\d ?[ap]m", re.IGNORECASE)


def said(run: Run, *kinds: str) -> bool:
    """Return whether a run is announced as one of ``kinds`` and can be what it is announced as.

    A label does not make a number of everything that follows it: "my account has 45 dollars", "policy 1/1/2024". In
    an answer or a named field, on the other hand, even two digits are the number (or a piece of it).
    """
    if run.kind not in kinds or run.inside or (run.measured and run.digits < 6) or is_plain(run.text.lower()):
        return False
    if run.dated and not (run.text.isdigit() or (run.spoken and " " in run.text)):
        return False
    round_ = run.spoken and not run.signed and run.digits < 5 and run.code.endswith("00")
    if run.how == "question" and round_ and not run.bare:
        return False  # "metformin one thousand twice daily"
    if (
        _CLOCK.fullmatch(run.text)
        or _DECIMAL.fullmatch(run.text)
        or (YEAR.fullmatch(run.text) and not run.bare and not (run.near and run.how == "label"))
    ):
        return False
    if run.kind not in ("PHONE", "FAX") and _DOTTED.fullmatch(run.text):
        return False
    if (run.digits == 0 and run.code in _ABBREVIATED) or _PLAN.fullmatch(run.text):
        return False
    if run.digits == 0 and run.how == "question":
        return run.kind in CODES and (run.bare or (run.spoken and len(run.code) > 1))
    if run.digits == 0:
        return run.near and run.kind in CODES and len(run.code) >= (2 if run.how == "carried" else 3)
    if run.how in ("field", "key"):
        return len(run.code) >= 2 or run.bare
    if run.how in ("carried", "question"):
        if run.letters and run.digits < 7 and run.kind not in CODES:
            return False
        return len(run.code) >= 2 or run.bare
    if len(run.code) == 2 and run.near and run.digits and " " not in run.text:
        # "your code is k seven", "it starts with zero zero": two signs, said one by one, that end what is said
        return run.part or (run.spoken and run.last and (run.letters > 0 or run.text[0] == "0"))
    return len(run.code) >= 3 and run.digits >= 1 + (run.letters == 0)
