"""Email addresses: written, disguised ("name [at] domain dot com") and spoken.

The reading has turned "sarah dot chen at gmail dot com" into ``sarah.chen@gmail.com``. What is left to this detector
is where a spoken address begins: "my email is mei liu 91 at outlook dot com" has a local part of three words. It
reaches left from the ``@`` until a word that introduces an address or ends the sentence before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from masker import Segment, Span, asked

__all__ = ["EmailDetector", "make_detector"]

_LOCAL = r"[\w.!#$%&'*+/=?^`{|}~-]"
_WRITTEN: Final = re.compile(
    rf"(?<![\w.+-])(?:\"[^\"\s@]{{1,64}}\"|{_LOCAL}{{1,64}})@(?:[^\W_](?:[\w-]{{0,62}})?\.){{1,8}}[^\W\d_][\w-]{{0,23}}(?<![-_])|(?<![\w.+-]){_LOCAL}{{1,64}}@\[?\d{{1,3}}(?:\.\d{{1,3}}){{3}}\]?"
)
#: Spaces around the at sign or the dots, words in brackets: spoken or hidden from harvesters.
_AT: Final = re.compile(r"[ ]?@[ ]?|[ ]?[\[({<]\s?(?:at|@|AT)\s?[\])}>][ ]?")
_DOMAIN: Final = re.compile(
    r"(?:[^\W_][\w-]{0,40}(?: ?\. ?| ?[\[({]\s?(?:dot|\.|DOT)\s?[\])}] ?| dot )){1,5}[^\W\d_][\w-]{1,15}"
)
#: Providers that callers name without a domain.
_PROVIDER: Final = re.compile(
    r"(?:g ?mail|hot ?mail|yahoo|outlook|i ?cloud|aol|proton ?mail|comcast|verizon|ymail|msn|live|gmx|me|mac)(?![^\W_])",
    re.IGNORECASE,
)
_TOKEN: Final = re.compile(r"[^\s,;:\"()<>\[\]]+")
_CUE: Final = re.compile(r"\be ?-?mails?\b", re.IGNORECASE)
#: Words that stand before an address and never in one.
_STOP: Final = frozenset(
    """is its it's was at to as the email emails e-mail mail address addresses my me i i'm you your yours his her him their our us we they that that's this and or but so okay ok yeah yes yep sure
    no right well um uh er erm send sent sending use using reach contact write please can could would will try via from for on in with be hi hello just like have has got say says said think believe
    also then still again here's here there it would actually sorry wait mean oh ah hmm mm all lower lowercase case caps one word spelled spell of under registered called a an are cc by message
    forward copy results him login log username account personal work home best new old correct preferred primary secondary current not now if when what which who where how do does did""".split()
)


class EmailDetector:
    """Finds email addresses."""

    def __init__(self) -> None:
        self.name = "email"
        self.kinds = frozenset({"EMAIL"})

    def detect(self, segment: Segment) -> Iterator[Span]:
        """Yield every email address."""
        reading = segment.reading
        text = reading.text
        if "@" not in text and "at" not in text.lower():
            return
        for at in _AT.finditer(text):
            domain = _DOMAIN.match(text, at.end(), at.end() + 200)
            end = domain.end() if domain else None
            if end is None:
                provider = _PROVIDER.match(text, at.end(), at.end() + 20)
                if provider is None or not (
                    asked(segment, _CUE) or _CUE.search(text, max(0, at.start() - 120), at.start())
                ):
                    continue
                end = provider.end()
            start = _start(segment, at.start(), at.end())
            if start is not None and start < at.start():
                yield Span(*reading.source(start, end), "EMAIL", 0.95, self.name)


def _is_spoken(segment: Segment, start: int, end: int) -> bool:
    """Return whether the at sign was a word or stands apart."""
    text = segment.reading.text[start:end]
    if text != "@":
        return True
    begin, stop = segment.reading.source(start, end)
    return segment.text[begin:stop] != "@"


def _start(segment: Segment, at: int, after: int) -> int | None:
    """Return where the local part that ends at ``at`` begins, or ``None`` when there is none."""
    text = segment.reading.text
    floor = max(0, at - 120)
    tokens = list(_TOKEN.finditer(text, floor, at))
    if not tokens or tokens[-1].end() != at:
        return None
    start = tokens[-1].start()
    local = tokens[-1][0]
    for mark in ("mailto:", "=", "/", "|"):
        if mark in local and not local.endswith(mark):
            start += local.rindex(mark) + len(mark)
    if not _is_spoken(segment, at, after):
        return start
    if tokens[-1][0].lower() in _STOP and len(tokens) > 1:
        return None
    for token in reversed(tokens[-7:-1]):
        word = token[0].lower()
        if text[token.end() : start].strip(" ") or word in _STOP or word.endswith((".", "?", "!")) or "@" in word:
            break
        start = token.start()
    return start


def make_detector() -> EmailDetector:
    """Return the detector."""
    return EmailDetector()
