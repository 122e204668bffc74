"""Devices: announced serial numbers and identifiers, and the shapes of MAC addresses and UDI codes.

A UDI in human-readable form carries its parts behind application identifiers (GS1 General Specifications, 21 CFR
830): ``(01)`` device, ``(17)`` expiry, ``(10)`` lot, ``(21)`` serial. An IMEI is fifteen digits with a Luhn
check digit
(3GPP TS 23.003), the same length as one brand of payment card, so it needs a label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from masker import Run, RunDetector, Segment, said

__all__ = ["claim", "make_detector", "shapes"]

_MAC: Final = re.compile(
    r"[0-9A-Fa-f](?<![\w:-].)[0-9A-Fa-f](?:([:-])(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}"
    r"|[0-9A-Fa-f]{2}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4})(?![\w:-])"
)
#: How many of its marks an address has.
_MAC_DOTS: Final = re.compile(r"\.[0-9A-Fa-f]{4}\.")
_MAC_COLONS: Final = 5
_SAID_MARKS: Final = ("colon", ":", "dash", "-")
_FEWEST_SAID: Final = 4
_UDI: Final = re.compile(r"\(01\) ?\d{14}(?: ?\((?:11|17|10|21|240)\) ?[A-Za-z0-9./_-]{1,20}){0,5}")
_PREFIX: Final = re.compile(r"(?:SN|S/N|SER)[-: ]?[A-Z0-9]*\d{4,}[A-Z0-9]*", re.IGNORECASE)
#: A MAC address read aloud: "nine f colon e a colon seven six ..." reads ``9f colon e a colon 76``.
_SAID_MAC: Final = re.compile(
    r"(?<![^\W_])(?:[0-9a-f]|oh?)(?: ?(?:[0-9a-f]|oh?))?(?: ?(?:colon|:|dash|-) ?(?:double )?(?:[0-9a-f]"
    r"|oh?)(?: ?(?:[0-9a-f]|oh?))?)"
    r"{4,7}(?![^\W_])",
    re.IGNORECASE,
)


#: A sticker of a device has its lot beside its serial number; the lot of a drug or a parking lot stands alone.
_LOT: Final = re.compile(
    r"\blot(?: number| no\.?| #)?:? (?P<code>(?=[A-Za-z-]{0,6}\d)[A-Za-z\d-]{4,20})\b", re.IGNORECASE
)
_SERIAL: Final = frozenset(("serial", "sn", "udi", "implant", "pacemaker"))


def claim(run: Run, segment: Segment) -> tuple[str, float] | None:  # noqa: ARG001 - a claim is asked with both
    """Return kind and score for a run that is a device's number, else ``None``."""
    if said(run, "DEVICE"):
        return "DEVICE", 0.95
    if (
        run.letters
        and not run.inside
        and _PREFIX.fullmatch(run.text)
        and not (run.announced and run.near and run.kind != "NUMBER")
    ):
        return "DEVICE", 0.85
    return None


def shapes(segment: Segment) -> Iterator[tuple[int, int, str, float]]:
    """Yield MAC addresses, written and spoken, and UDI codes, in offsets of the reading."""
    text = segment.reading.text
    if "lot" in segment.reading.words and not _SERIAL.isdisjoint(segment.reading.words):
        for match in _LOT.finditer(text):
            yield (*match.span("code"), "DEVICE", 0.9)
    if "(01)" in text:
        for match in _UDI.finditer(text):
            yield (*match.span(), "DEVICE", 0.97)
    if not segment.reading.is_identity and sum(map(segment.reading.low.count, _SAID_MARKS)) >= _FEWEST_SAID:
        for match in _SAID_MAC.finditer(text):
            if any(map(str.isdigit, match[0])) and not re.fullmatch(r"[\d-]+", match[0]):
                yield (*match.span(), "DEVICE", 0.96)
    if text.count(":") >= _MAC_COLONS or text.count("-") >= _MAC_COLONS or _MAC_DOTS.search(text):
        for match in _MAC.finditer(text):
            if not match[0].isdigit():
                yield (*match.span(), "DEVICE", 0.93)


def make_detector() -> RunDetector:
    """Return the detector."""
    return RunDetector("device", ("DEVICE",), claim, shapes, small=False)
