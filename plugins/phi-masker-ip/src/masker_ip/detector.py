"""IP addresses: version 4 and 6, written and spoken ("one ninety two dot one sixty eight dot one dot one").

Candidates come from one pattern each; Python's ``ipaddress`` decides. Version numbers have the same look ("10.2.0.1"):
a word such as "version" right before keeps them.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from typing import Final

from masker import Reading, Segment, Span

__all__ = ["IpDetector", "make_detector"]

#: A letter may follow that the reading moved up to it: "73.162.14.9 F".
_V4: Final = re.compile(r"(?<![\w.:-])\d{1,3}(?:\.\d{1,3}){3}(?![\d_-]|\.\d)")
#: As said: "one ninety two dot one sixty eight" reads ``1 92.1 68``; fillers may stand around a dot.
_SAID = r"(?:\d{1,3}(?: \d{1,2}){0,2}|oh?|zero)"
_DOT = r" ?(?:\.|dot|point)[ ,]{0,2}(?:(?:uh|um|er|erm)[ ,]{1,2})?"
_SPOKEN: Final = re.compile(rf"(?<![\w.:-]){_SAID}(?:{_DOT}{_SAID}){{3}}(?![\w-]|\.\d)")
_DOTS: Final = re.compile(_DOT)
_V6: Final = re.compile(
    # "::ffff:203.0.113.77": version 4 within version 6
    r"(?<![\w:.])(?:[0-9A-Fa-f]{0,4}:){2,7}\d{1,3}(?:\.\d{1,3}){3}(?![\w-]|\.\d)"
    r"|(?<![\w:.])(?:[0-9A-Fa-f]{1,4}:){2,7}(?::|[0-9A-Fa-f]{1,4}|:[0-9A-Fa-f]{1,4})(?::[0-9A-Fa-f]{1,4}){0,6}(?![\w:])"
    r"|(?<![\w:.])::(?:[0-9A-Fa-f]{1,4}:){0,6}[0-9A-Fa-f]{1,4}(?![\w:])|(?<![\w:.])[0-9A-Fa-f]{1,4}::(?:[0-9A-Fa-f]{1,4}:){0,5}[0-9A-Fa-f]{1,4}(?![\w:])"
)
#: As said: "two zero zero one colon d b eight colon colon one" reads ``2001 colon db8 colon colon 1``.
_HEX = r"(?:oh? )?[0-9A-Fa-f]{1,4}(?: [0-9A-Fa-f]{1,3}){0,3}"
_COLON = r" ?(?::|colon)(?: ?(?::|colon))? ?"
_SPOKEN_V6: Final = re.compile(
    rf"(?<![\w.:-])(?=[^ ]{{0,8}}\d|[^ ]{{1,8}} [^ ]{{0,8}}\d)(?:{_HEX})?(?:{_COLON}{_HEX}){{1,7}}(?![\w-])",
    re.IGNORECASE,
)
#: With fewer, "three colon two colon one" is a ratio or a score.
_FEWEST_SIGNS: Final = 4
#: "ip one ninety two one sixty eight zero fifteen": announced, and said without its dots.
_UNDOTTED: Final = re.compile(
    r"\bip(?: address)?(?:'s| is|:)? (?P<value>\d{1,3}(?: \d{1,3}){2,9})(?![\w.-])", re.IGNORECASE
)
#: A piece of one: "ip is 172.30" and, after somebody said "okay", nothing but "dot 126.226".
_PIECE: Final = re.compile(
    rf"\bip(?: address)?(?:'s| is|:)? (?P<value>{_SAID}(?:{_DOT}{_SAID}){{1,2}})(?![\w-]|\.\d)"
    rf"|\A\W*(?P<rest>dot {_SAID}(?:{_DOT}{_SAID}){{1,2}})\W*\Z",
    re.IGNORECASE,
)
#: What every address of version 6 holds.
_COLONS: Final = re.compile(r":[0-9A-Fa-f]{0,4}:")
_VERSION: Final = re.compile(
    r"(?:\bversion|\bver|\bbuild|\brelease|\bfirmware|\bsection|\bv|\boid|\bsoftware)[ .:=\"']{0,3}\Z", re.IGNORECASE
)


def _said_octet(part: str) -> bool:
    """Return whether spoken groups make a number up to 255: ``1 92`` (one ninety two), ``2 24``, ``1 0 2``."""
    if not part[0].isdigit():
        return True  # "oh"
    groups = part.split(" ")
    whole = int("".join(groups))
    if len(groups) == 3:
        whole = int(groups[0]) * 100 + int(groups[1]) + int(groups[2])
    return whole <= 255


class IpDetector:
    """Finds IPv4 and IPv6 addresses."""

    def __init__(self) -> None:
        self.name = "ip"
        self.kinds = frozenset({"IP"})

    def detect(self, segment: Segment) -> Iterator[Span]:
        """Yield every IP address."""
        reading = segment.reading
        text = reading.text
        dots = text.count(".")
        said = 0
        if not reading.is_identity and dots + text.count("point") + text.count("dot") >= 3:
            for match in _SPOKEN.finditer(text):
                parts = _DOTS.split(match[0])
                if all(map(_said_octet, parts)) and not _versioned(text, match.start()):
                    said = match.end()
                    yield Span(*reading.source(*match.span()), "IP", 0.96, self.name)
        if not reading.is_identity and "colon" in reading.words:
            for match in _SPOKEN_V6.finditer(text):
                colons = match[0].lower().count("colon")
                signs = sum(map(str.isalnum, match[0])) - colons * len("colon")
                if colons and colons + match[0].count(":") > 1 and signs > _FEWEST_SIGNS:
                    yield Span(*reading.source(*match.span()), "IP", 0.94, self.name)
        if not reading.is_identity and dots:
            for match in _PIECE.finditer(text):
                group = match.lastgroup or "value"
                parts = [part for part in _DOTS.split(match[group].removeprefix("dot ")) if part]
                if said <= match.start() and all(map(_said_octet, parts)):
                    yield Span(*reading.source(*match.span(group)), "IP", 0.9, self.name)
        if "ip" in reading.words:
            for match in _UNDOTTED.finditer(text):
                if 6 <= sum(map(str.isdigit, match["value"])) <= 12:
                    yield Span(*reading.source(*match.span("value")), "IP", 0.94, self.name)
        if dots >= 3:
            for match in reading.at_numbers(_V4):
                if match.start() < said or _touches(reading, match.end()):
                    continue
                if _is_address(match[0]) and not _versioned(text, match.start()):
                    # More than a run of digits that answers a question for a number.
                    yield Span(*reading.source(*match.span()), "IP", 0.96, self.name)
        if _COLONS.search(text):
            for match in _V6.finditer(text):
                if _is_address(match[0]) and sum(map(str.isalnum, match[0])) >= 3:
                    yield Span(*reading.source(*match.span()), "IP", 0.95, self.name)


def _touches(reading: Reading, end: int) -> bool:
    """Return whether a letter follows without a blank between, in the text as it stands."""
    if not reading.text[end : end + 1].isalnum():
        return False
    return reading.is_identity or reading.source(end - 1, end)[1] == reading.source(end, end + 1)[0]


def _versioned(text: str, start: int) -> bool:
    return _VERSION.search(text, max(0, start - 14), start) is not None


def _is_address(text: str) -> bool:
    if ":" not in text:
        return all(part.isdigit() and int(part) < 256 for part in text.split("."))
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def make_detector() -> IpDetector:
    """Return the detector."""
    return IpDetector()
