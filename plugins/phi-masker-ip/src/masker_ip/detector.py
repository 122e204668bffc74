"""IP addresses: version 4 and 6, written and spoken ("one ninety two dot one sixty eight dot one dot one").

Candidates come from one pattern each; Python's ``ipaddress`` decides. Version numbers have the same look ("10.2.0.1"):
a word such as "version" right before keeps them.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from typing import Final

from masker import Segment, Span

__all__ = ["IpDetector", "make_detector"]

_OCTET = r"(?:\d{1,3}|[12] \d{2}|[12] \d0 \d|\d0 \d)"
_V4: Final = re.compile(rf"(?<![\w.:-])(?<!\d ){_OCTET}(?:\.{_OCTET}){{3}}(?![\w-]|\.\d)")
_V6: Final = re.compile(
    r"(?<![\w:.])(?:[0-9A-Fa-f]{1,4}:){2,7}(?::|[0-9A-Fa-f]{1,4}|:[0-9A-Fa-f]{1,4})(?::[0-9A-Fa-f]{1,4}){0,6}(?![\w:])|(?<![\w:.])::(?:[0-9A-Fa-f]{1,4}:){0,6}[0-9A-Fa-f]{1,4}(?![\w:])|(?<![\w:.])[0-9A-Fa-f]{1,4}::(?:[0-9A-Fa-f]{1,4}:){0,5}[0-9A-Fa-f]{1,4}(?![\w:])"
)
_VERSION: Final = re.compile(
    r"(?:\bversion|\bver|\bbuild|\brelease|\bfirmware|\bsection|\bv|\boid|\bsoftware)[ .:=\"']{0,3}\Z", re.IGNORECASE
)


def _octets(text: str) -> str:
    """Return a spoken address in plain digits: ``1 92.1 68`` (one ninety two) becomes ``192.168``."""
    return ".".join(_joined(part) for part in text.split("."))


def _joined(part: str) -> str:
    groups = part.split(" ")
    if len(groups) == 3 or (len(groups) == 2 and groups[0] in ("20", "30", "40", "50", "60", "70", "80", "90")):
        # "1 90 2" and "90 2" are spoken 192 and 92
        return "".join(groups[:-1])[:-1] + groups[-1]
    return "".join(groups)


class IpDetector:
    """Finds IPv4 and IPv6 addresses."""

    def __init__(self) -> None:
        self.name = "ip"
        self.kinds = frozenset({"IP"})

    def detect(self, segment: Segment) -> Iterator[Span]:
        """Yield every IP address."""
        reading = segment.reading
        text = reading.text
        if text.count(".") >= 3:
            for match in _V4.finditer(text):
                if _is_address(_octets(match[0])) and not _VERSION.search(
                    text, max(0, match.start() - 14), match.start()
                ):
                    yield Span(*reading.source(*match.span()), "IP", 0.95, self.name)
        if text.count(":") >= 2:
            for match in _V6.finditer(text):
                if _is_address(match[0]) and sum(map(str.isalnum, match[0])) >= 3:
                    yield Span(*reading.source(*match.span()), "IP", 0.95, self.name)


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
