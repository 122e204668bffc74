"""Markup: a text as it is shown or said, without the tags in it.

Speech engines are told how to say a text, search engines mark what they found, pages and forms keep each part of a
value in a cell of its own: "415<break/>555", "219-09-<em>9999</em>", "<td>415</td><td>555</td>". What a text says is
what stands between the tags. `MARKUP` can hold nothing else, and `masker.core.folding` reads over it wherever it
stands. Any other tag may hold a value itself: a text with tags is searched as it is, and once more as `bare` gives it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Final

__all__ = ["MARKUP", "Bare", "bare", "without_markup"]

#: What tells a speech engine how to say a text: SSML's breaks, rates and ways of saying, the like of other engines
#: ("<#0.5#>", "[pause]"), times within subtitles. Only attributes that cannot hold a value of
#: somebody's; whatever else a tag says stays text. (https://www.w3.org/TR/speech-synthesis11/)
_SETTING: Final = (
    r" (?:time|strength|rate|pitch|volume|range|interpret-as|format|level|msec|duration|xml:lang|style|name)"
    r"=[\"'](?:[A-Za-z-]{0,3}[+-]?[\d.]{0,5}[A-Za-z%]{0,4}|[a-z]{1,3}-[A-Za-z]{2,4}|(?:x-)?(?:slow|fast|medium"
    r"|default|low|high|soft|loud|silent|weak|strong|moderate|reduced|none|digits|characters|spell-out|telephone"
    r"|cardinal|ordinal|date|time|number|verbatim|address|name|mdy|dmy|ymd|md|dm))[\"']"
)
MARKUP: Final = (
    r"</?(?:break|prosody|say-as|emphasis|speak|spell|silence|pause|flush|amazon:breath|wbr|s|c|w|p)"
    rf"(?:{_SETTING}){{0,4}}(?: \d{{1,4}})? ?/?>"
    r"|<#[\d.]{1,6}#>|<\d\d:\d\d[\d:.]{0,8}>|\[(?:short |long )?pause\]"
)

#: What speakers are told in brackets: "[pause 1s]", "(breath)".
_DIRECTION: Final = (
    r"(?:short[ _]|long[ _]|SHORT |LONG )?(?:pause|PAUSE|breath|silence|break)"
    r"(?: [\d.]{1,5} ?[a-z]{0,7})?"
)
#: What may follow an attribute in its tag. Not simply anything: most quotation marks are none of a tag's.
_ATTRIBUTES: Final = r"(?:\s{1,8}+[\w:.@-]{1,40}+(?:=(?:\"[^\"<>]{0,300}\"|'[^'<>]{0,300}'|[^\s\"'<>]{1,80}))?+){0,20}+"
#: Any tag but that of who speaks in subtitles (``<v Ada Finch>``), also with its brackets escaped; of a form's field
#: what is around the value that it shows.
_TAG: Final = (
    rf"<input\s(?:[^<>]{{0,300}}?\s)?value=[\"'](?=[^\"'<>]{{1,80}}[\"'][^<>]{{0,2000}}>)|[\"']{_ATTRIBUTES}\s{{0,8}}+/?>"
    r"|</?(?!v\s)[A-Za-z][\w:.-]{0,40}(?:[\s/=][^<>]{0,2000})?>|<!--[^<>]{0,200}-->|<#[\d.]{1,6}#>|<\d\d:\d\d[\d:.]{0,8}>"
    r"|&lt;/?[A-Za-z](?:[^&<>]|&(?:quot|apos|#39);){0,120}&gt;"
    rf"|\[{_DIRECTION}\]|\({_DIRECTION}\)|\{{{{1,2}}{_DIRECTION}\}}{{1,2}}|\*{_DIRECTION}\*"
)
_TAGS: Final = re.compile(rf"(?:{_TAG})(?:\s{{0,40}}(?:{_TAG}))*")
_ONE_TAG: Final = re.compile(_TAG)
#: What each direction has, and how it begins: many texts have the words, most of those no bracket before one.
_DIRECTIONS: Final = ("pause", "PAUSE", "breath", "silence", "break")
_BEGINS: Final = re.compile(r"[\[({*](?:short|long|SHORT|LONG|pause|PAUSE|breath|silence|break)")
#: A tag that marks a part of a word, a number or a sentence. All others part what stands around them.
_INLINE: Final = re.compile(r"</?(?:em|b|i|u|strong|mark|span|hl|font|small|a)(?:\s[^<>]*)?(?<!/)>")
#: Signs that end something, where a capital follows.
_ENDS: Final = frozenset(".:;,!?)")


class Bare:
    """A text without its tags.

    Attributes:
        text: What stands between the tags, with a blank or a line's end in place of those that part something.
    """

    __slots__ = ("_at", "_borders", "_places", "_source", "text")

    def __init__(self, text: str, at: list[int], source: list[int], places: list[int], borders: list[int]) -> None:
        self.text = text
        self._at = at
        self._source = source
        self._places = places
        self._borders = borders

    def __repr__(self) -> str:
        return f"Bare(length={len(self.text)}, tags={len(self._places)})"

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Return the source offsets of the non-empty range ``start:end``."""
        return self._of(start), self._of(end - 1) + 1

    def _of(self, place: int) -> int:
        run = bisect_right(self._at, place) - 1
        return self._source[run] + place - self._at[run]

    def has_tag(self, start: int, end: int) -> bool:
        """Return whether a tag stood within the range ``start:end``."""
        return bisect_right(self._places, start) < bisect_left(self._places, end)

    def cells(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the parts of the range ``start:end`` between which tags stood that part something."""
        for at in self._borders[bisect_right(self._borders, start) : bisect_left(self._borders, end)]:
            yield start, at
            start = at + (self.text[at : at + 1].isspace())
        yield start, end


def bare(text: str) -> Bare | None:
    """Return a text without its tags, or ``None`` if it has none."""
    if "<" not in text and "&lt;" not in text and not _may_direct(text):
        return None
    pieces: list[str] = []
    at, source, places, borders = [0], [0], [], []
    length = done = 0
    for match in _TAGS.finditer(text):
        said, between = text[done : match.start()], _between(text, match)
        pieces += (said, between or "")
        length += len(said)
        places.append(length)
        if between is not None:
            borders.append(length)
        length += len(between or "")
        done = match.end()
        at.append(length)
        source.append(done)
    if not places:
        return None
    pieces.append(text[done:])
    return Bare("".join(pieces), at, source, places, borders)


def _may_direct(text: str) -> bool:
    """Return whether there may be a direction: in most texts there is not even a bracket."""
    bracketed = "[" in text or "(" in text or "{" in text or "*" in text
    return bracketed and any(map(text.__contains__, _DIRECTIONS)) and _BEGINS.search(text) is not None


def without_markup(text: str) -> str:
    """Return a value as it is said, without what tells a speech engine how, what marks a part of it, what parts it."""
    inner = bare(text)
    return text if inner is None else inner.text.strip()


def _between(text: str, match: re.Match[str]) -> str | None:
    """Return what stands for tags that part something, ``None`` for one that does not."""
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    if _INLINE.fullmatch(match[0]) and not _parts(before, after):
        return None
    if not before.strip() or not after.strip():
        return ""
    return "\n" if "\n" in _ONE_TAG.sub("", match[0]) else " "


def _parts(before: str, after: str) -> bool:
    """Return whether a tag between two signs ends what it marks: "<b>Patient</b>Okonkwo", unlike "<em>Oko</em>nkwo"."""
    if before.isalnum() and after.isalnum():
        return before.isdecimal() != after.isdecimal() or (after.isupper() and not before.isupper())
    return before in _ENDS and after.isupper()
