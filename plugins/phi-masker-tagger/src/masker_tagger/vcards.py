"""Lines of vCards, in which one property says what the next characters are: ``item1.ADR;TYPE=home:;;12 Elm St;...``.

Read by several detectors, from the text as it stands: in the reading, a line break that is written as an escape within
a value would end its line. RFC 6350 is version 4.0; 2.1 and 3.0 differ in parameters only, which are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

__all__ = ["VcardLine", "vcard_lines"]


class VcardLine(NamedTuple):
    """One property of a vCard.

    Attributes:
        name: Its name in capitals.
        parts: Where the parts of its value begin and end, between semicolons; blanks around them are left out.
        label: Where its ``LABEL`` parameter, an address as it is printed, begins and ends.
    """

    name: str
    parts: tuple[tuple[int, int], ...]
    label: tuple[int, int] | None

    def __repr__(self) -> str:
        return f"VcardLine({self.name}, parts={len(self.parts)})"


#: What a text with such lines holds; most hold none of these.
_HINTS: Final = (";;", "VCARD", "vcard", "ADR;", "ADR:", "N;", "BDAY")
_CARD: Final = re.compile(r"\bBEGIN:VCARD\b", re.IGNORECASE)
#: A long line goes on behind a break and a blank.
_FOLD: Final = r"\r?\n[ \t]"
#: Also where a whole card was written on one line, its breaks as ``\n``. From one beginning the parameters never reach
#: beyond the next, or many beginnings without an end would take quadratic time.
_LINE: Final = re.compile(
    r"(?:^|(?<=[\r\n])|(?<=\\n))(?P<group>[\w-]{1,30}\.)?(?P<name>N|FN|NICKNAME|ADR|LABEL|BDAY|ANNIVERSARY|DEATHDATE"
    r"|RELATED)"
    rf"(?P<parameters>(?:;[A-Za-z][\w-]{{0,40}}(?:=(?:[^\":;\r\n\\]|\\?\"(?:[^\"\r\n]|{_FOLD})*+\")*+)?)*+)"
    rf":(?P<value>(?:(?!(?:\\r)?\\n(?:[\w-]{{1,30}}\.)?(?-i:[A-Z][A-Z-]{{0,30}})[;:])[^\r\n]|{_FOLD})*+)",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(r";LABEL=(?:\\?\"([^\"]*?)\\?\"|([^\";:]*))", re.IGNORECASE)
_PART: Final = re.compile(r"(?:[^;\\]|\\.|\\\Z)*+(?:;|\Z)", re.DOTALL)
#: What stands around a part, and around a line that somebody quotes.
_AROUND: Final = " \t\r\n\"'"
#: A value of several parts, of which some are empty: no list of side effects is written like that.
_SOME_EMPTY: Final = re.compile(r";\s*;|^\s*;")


def vcard_lines(text: str) -> Iterator[VcardLine]:
    """Yield the properties that tell of a person, wherever a card stands.

    Names, addresses and birthdays without a year are known without the card, too.
    """
    if ":" not in text or not any(map(text.__contains__, _HINTS)):
        return
    card = _CARD.search(text) is not None
    for match in _LINE.finditer(text):
        name = match["name"].upper()
        # "ADR: rash; hives" tells of an adverse reaction.
        parted = name in ("N", "ADR") and ";" in match["value"]
        yearless = match["name"] == "BDAY" and match["value"].startswith("--")
        if (
            card
            or yearless
            or (parted and (match["group"] or match["parameters"] or _SOME_EMPTY.search(match["value"])))
        ):
            yield VcardLine(name, tuple(_parts(text, *match.span("value"))), _label(match))


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for part in _PART.finditer(text, start, end):
        value = part[0].removesuffix(";")
        begin = part.start() + len(value) - len(value.lstrip(_AROUND))
        yield begin, max(begin, part.start() + len(value.rstrip(_AROUND)))
        if part.end() == end:
            return


def _label(match: re.Match[str]) -> tuple[int, int] | None:
    label = _LABEL.search(match.string, match.start(), match.end("parameters"))
    return label.span(label.lastindex) if label is not None and label.lastindex is not None else None
