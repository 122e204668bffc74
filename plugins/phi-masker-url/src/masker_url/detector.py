"""Web addresses: with or without scheme, written and spoken.

With a scheme or ``www.`` everything up to the next space is the address. Without, a host needs a known top-level
domain and one of: a path, a label such as "website" or "portal", or a host that is no public name alone. Version
numbers, file names ("scan.pdf"), abbreviations and product names ("Node.js") have no such ending.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from masker import Segment, Span

__all__ = ["UrlDetector", "make_detector"]

_TLD = (
    r"(?:com|org|net|edu|gov|mil|info|biz|health|care|clinic|hospital|doctor|app|dev|io|me"
    r"|co|us|uk|ca|au|nz|ie|in|de|fr|es|it|nl|be|ch|at|se|no|dk|fi|pl|pt|br|mx|jp|cn|kr|eu"
    r"|tv|ai|online|site|website|link|page|xyz|tech|cloud|example|test|local|ly|gl|nhs\.uk)"
)
_SCHEME: Final = re.compile(
    r"(?<![^\W_])[a-z][a-z0-9+-]{1,12}://[^\s\"'<>\\^`{|}]+|(?<![^\W_@.])www\.[^\s\"'<>\\^`{|}]{2,}",
    re.IGNORECASE,
)
_LABEL = r"[^\W_](?:[^\W_]|-(?=[^\W_])){0,62}"
_HOST: Final = re.compile(
    (
        rf"(?<![\w.-]){_LABEL}(?:\.{_LABEL}){{0,5}}\.{_TLD}(?![\w@-]"
        rf"|\.[^\W_])(?::\d{{2,5}}(?!\d))?(?P<path>[/?#][^\s\"'<>\\^`{{|}}]*)?"
    ),
    re.IGNORECASE,
)
#: "w w w dot pottery by lucinda dot com" reads ``www.pottery by lucinda.com``, or keeps its first dot.
_SAID_WWW: Final = re.compile(
    rf"(?<![\w.])www(?:\.| dot )[^\W_]{{1,30}}(?: [^\W_]{{1,20}}){{1,4}}\.{_TLD}(?![\w@])", re.IGNORECASE
)
#: Social networks whose names are two words to a recogniser.
_SAID_SITE: Final = re.compile(
    rf"\b(?:linked|face|you|tik|insta|sound|blog|word)\s?(?:in|book|tube|tok|gram|cloud|spot|press)\.{_TLD}"
    r"(?:[/][\w.-]+)*(?: [^\W_]{2,20}(?=$|[,.]| (?:or|and)\b))?",
    re.IGNORECASE,
)
_BARE_TLD: Final = re.compile(rf"\.{_TLD}(?![\w@])", re.IGNORECASE)
_SHORT: Final = 90
_TRAIL: Final = ".,;:!?)]}'\"*"
_COUNTRY: Final = re.compile(
    r"\.(?:me|in|it|at|no|be|us|is|am|so|to|co|es|de|ch|test|local|page|link|site|care|doctor"
    r"|hospital|clinic|health|tech|cloud)\Z",
    re.IGNORECASE,
)


#: What stays in words of a spoken address: "question mark id equals 7641", a number at its end.
_SAID_TAIL: Final = re.compile(
    r"(?:[ ]?(?:question mark|equals?|ampersand|hyphen|dash|hash|underscore|[?=&])[ ]?[\w./-]{1,60}"
    r"|[ ]\d{1,12}(?![\w%]| (?:times|days|weeks|mg|years|hours|minutes)))+",
    re.IGNORECASE,
)
#: How the path of a spoken address goes on: with another slash within two words, or signs said one by one to the end of
#: what is spelled ("forward slash r slash seven q two x", "slash room four slash k nine").
_SAID_PATH: Final = re.compile(
    r"(?:(?:[ ][\w-]{1,20}){0,2}[ ]?(?:\b(?:forward|back)[ ]?)?/[ ]?[\w.-]{1,40}"
    r"|[ ](?:[b-hj-z]|a(?=\W*\Z))(?![\w'])){1,8}",
    re.IGNORECASE,
)
_SAID_SCHEME: Final = re.compile(r"\bh ?t ?t ?p ?s?[ ]?(?:colon|:)[ ]?/?/?[ ]?\Z", re.IGNORECASE)
_SITE: Final = re.compile(
    r"(?:www|portal|my ?chart|share|photos?|records?|health|web|my|app|go|docs?|files?)\.", re.IGNORECASE
)


def _pointed(segment: Segment, match: re.Match[str]) -> bool:
    """Return whether the ``@`` before a host is the word of "the pictures are at portal.example.org"."""
    begin, end = segment.reading.source(match.start() - 1, match.start())
    return segment.text[begin:end] != "@" and (match["path"] is not None or _SITE.match(match[0]) is not None)


class UrlDetector:
    """Finds web addresses."""

    def __init__(self) -> None:
        self.name = "url"
        self.kinds = frozenset({"URL"})

    def detect(self, segment: Segment) -> Iterator[Span]:
        """Yield every web address."""
        reading = segment.reading
        text = reading.text
        path = _PATH.fullmatch(text) if "slash" in reading.words and len(text) < _SHORT else None
        if path is not None and (reading.low.count("slash") > 1 or reading.has_digit):
            yield Span(*reading.source(*path.span("value")), "URL", 0.7, self.name)
        if "." not in text and "://" not in text:
            return
        schemed = "://" in text or "www." in reading.low
        for match in _SCHEME.finditer(text) if schemed else ():
            if _PUBLIC.fullmatch(match[0]) is None:
                yield self._span(segment, match.start(), match.end(), 0.95)
        if not _BARE_TLD.search(text):
            return
        if not reading.is_identity:
            for match in (*_SAID_WWW.finditer(text), *_SAID_SITE.finditer(text)):
                yield self._span(segment, *match.span(), 0.96)
        for match in _HOST.finditer(text):
            start, end = match.span()
            if (
                match[0][:4].lower() == "www."
                or text[start - 3 : start] == "://"
                or (start and text[start - 1] == "@" and not _pointed(segment, match))
            ):
                continue
            if (
                match["path"] is None
                and _COUNTRY.search(match[0])
                and match[0].count(".") == 1
                and not _cue(text, start)
            ):
                continue  # "him.it": a missing space after a full stop
            if not reading.is_identity and text[start : start + 2].lower() == "a.":
                continue  # "a dot com company"
            yield self._span(segment, _widened(segment, start), end, 0.97 if match["path"] else 0.75)

    def _span(self, segment: Segment, start: int, end: int, score: float) -> Span:
        text = segment.reading.text
        if not segment.reading.is_identity:
            if "/" in text[start:end] or text[end : end + 9].lower() == " forward/":
                path = _SAID_PATH.match(text, end, end + 200)
                end = path.end() if path else end
            said = _SAID_TAIL.match(text, end, end + 200)
            end = said.end() if said else end
            scheme = _SAID_SCHEME.search(text, max(0, start - 20), start)
            start = scheme.start() if scheme else start
        while end > start + 1 and text[end - 1] in _TRAIL and not (text[end - 1] == ")" and "(" in text[start:end]):
            end -= 1
        begin, stop = segment.reading.source(start, end)
        if segment.text.startswith("%", stop):  # "%20" is a blank to the reader of words, and part of the address
            written = _WRITTEN.match(segment.text, stop)
            stop = written.end() if written is not None else stop
        return Span(begin, stop, "URL", score, self.name)


#: What goes on after an escape, up to the end of what was typed without a blank.
_WRITTEN: Final = re.compile(r"(?:%[0-9A-Fa-f]{2}[^\s\"'<>\\^`{|}]*)+")
#: Vocabularies and their standards: nobody's addresses.
_PUBLIC: Final = re.compile(
    r"https?://(?:www\.)?(?:\w+\.)?(?:loinc\.org|snomed\.info|hl7\.org|unitsofmeasure\.org|nlm\.nih\.gov|ama-assn\.org"
    r"|cms\.gov|nucc\.org|whocc\.no|nubc\.org|w3\.org|json-schema\.org)(?:[/?#].*)?",
    re.IGNORECASE,
)
#: What goes on with a path that an earlier turn began: "slash bill slash seven four nine".
_PATH: Final = re.compile(
    r"\W*(?:(?:then|and|uh|um) )*"
    r"(?P<value>(?:forward )?slash [\w./-]{1,40}(?: (?:slash|dash|dot|underscore) [\w./-]{1,40}"
    r"| [\w./-]{1,40}){0,6})\W*"
)
_CUE: Final = re.compile(
    r"\b(?:website|web ?site|web ?page|web|site|url|link|portal|page|online|profile|homepage"
    r"|visit|go to|at)\W{1,3}(?:(?:is|at|on|to|the|it's|called)\W{1,2}){0,3}\Z",
    re.IGNORECASE,
)


def _cue(text: str, start: int) -> bool:
    return _CUE.search(text, max(0, start - 40), start) is not None


def _widened(segment: Segment, start: int) -> int:
    """Return where a spoken host starts: "my chart dot org" is ``mychart.org`` said in two words."""
    reading = segment.reading
    if reading.is_identity or start < 3:
        return start
    text = reading.text
    dot = text.index(".", start)
    begin, end = reading.source(dot, dot + 1)
    if segment.text[begin:end] == ".":
        return start
    at = start
    for word in reversed(list(re.finditer(r"[^\W_]+", text[max(0, start - 40) : start]))[-3:]):
        place = max(0, start - 40) + word.start()
        if (
            text[max(0, start - 40) + word.end() : at].strip(" ")
            or word[0].lower() in _STOP
            or text[place - 1 : place] == "'"
        ):
            break
        at = place
    return at


_STOP: Final = frozenset(
    "to at is on the a and or my's go visit see it its that from website site url link page"
    " portal web address via through called check out open use into of in with for your says"
    " just um uh so www slash http https".split()
)


def make_detector() -> UrlDetector:
    """Return the detector."""
    return UrlDetector()
