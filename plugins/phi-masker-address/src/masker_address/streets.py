"""Streets: a type behind a number and a name, capitalised streets without a number, corners, cued addresses."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from typing import Final

import usaddress
from masker_tagger import shared_tagger

from masker import asked
from masker_address import patterns
from masker_address.growing import Found, Growing, is_region
from masker_address.vocabulary import COMMON, FUNCTION_WORDS, NAME_STOP, NAMESAKES, TOWNS

__all__ = ["Streets", "is_street"]

#: Digits of a number that is hardly a count.
_LONG_NUMBER: Final = 3
#: From which probability on an everyday word is a street's name ("12 elms", unlike "2 bottles").
_LIKELY: Final = 0.5
#: usaddress has one parser for everybody, which takes a text and then reads it.
_PARSER: Final = threading.Lock()


class Streets(Growing):
    """Finds streets."""

    def streets(self) -> None:
        """Find streets by their type word."""
        text = self.text
        for pattern in self._other_streets():
            for match in pattern.finditer(text):
                if self._taken(*match.span()):
                    continue
                if pattern is patterns.FOREIGN and not (
                    match["number"] or match["after"] or match["type"][0].isupper()
                ):
                    continue
                if pattern is patterns.BLOCK and not is_street(match["street"]):
                    continue
                if pattern in (patterns.ROUTES, patterns.DIRECTED) and not self._number_start(match.start()):
                    continue
                end, parts = self.tail(match.end())
                self.found.append(Found(self._unit_start(match.start()), end, 0.9 if parts else 0.75))
        for match in self.segment.reading.matches(patterns.TYPE, patterns.TYPES):
            if not self._taken(*match.span()) and not patterns.STRONG_FOLLOWS.match(text, match.end()):
                self._street(match)
        if not self._has(patterns.ADDRESS_WORDS):
            return
        for match in self.segment.reading.matches(patterns.ADDRESS_IS, patterns.ADDRESS_OPENERS):
            if not patterns.OTHER_ADDRESS.search(text, max(0, match.start() - 12), match.start()):
                self._cued_address(match.end())

    def _other_streets(self) -> Iterator[re.Pattern[str]]:
        """Yield the patterns of streets without an English type word that the text may match."""
        digit = self.segment.reading.has_digit
        if digit and self._has(patterns.ROAD_WORDS):
            yield patterns.ROUTES
            yield patterns.COUNTRY_ROAD
        if digit and "block" in self.words:
            yield patterns.BLOCK
        if digit and self._has(patterns.DIRECTIONS) and self._has_number(patterns.BEFORE_DIRECTION):
            yield patterns.DIRECTED
        if self._has(patterns.FOREIGN_WORDS):
            yield patterns.FOREIGN
        if digit and any(map(self.text.__contains__, patterns.GERMAN_PARTS)):
            yield patterns.GERMAN

    def _house_start(self, before: re.Match[str]) -> int:
        """Return where the house number starts: a spoken date may run into it ("may 16 19 95 4009 pine road")."""
        start, end = before.span("number")
        number = before["number"]
        groups = list(re.finditer(r"\d+", number))
        dated = re.search(
            r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
            r"|\d(?:st|nd|rd|th)|birth|born|dob|(?<!front )of)[ ,]*$",
            self._left(start, 16),
            re.IGNORECASE,
        )
        if len(groups) > 1 and (dated or sum(len(g[0]) for g in groups) > 6) and number[0].isdigit():
            return start + groups[-1].start()
        if len(groups) > 1 and len(groups[0][0]) == 4 and groups[0][0][:2] in ("19", "20"):
            return start + groups[1].start()
        return min(start, end)

    def _number_start(self, start: int) -> bool:
        return patterns.NOT_HOUSE.search(self._left(start, 24)) is None

    def _unit_start(self, start: int) -> int:
        unit = patterns.UNIT_BEFORE.search(self.text, max(0, start - 60), start)
        return unit.start() if unit else start

    def _street(self, match: re.Match[str]) -> None:
        text = self.text
        start = match.start()
        kind = match["type"]
        strong = patterns.STRONG.fullmatch(kind) is not None
        before = patterns.BEFORE_TYPE.search(text, max(0, start - 70), start)
        end = match.end() - (
            1 if match[0].endswith(".") and not re.match(r",? [\w#]", text[match.end() : match.end() + 3]) else 0
        )
        if before is not None:
            names = re.findall(r"[\w'.-]+", before["name"])
            if self._names_ok(names, kind, before) and self._number_start(before.start()):
                tail_end, parts = self.tail(end)
                if strong or parts or self._weak_ok(before, names, kind, tail_end):
                    score = 0.95 if strong or parts else 0.8
                    back = patterns.TAKEN_BACK.search(text, max(0, before.start() - 48), before.start())
                    if back is not None:
                        self.found.append(Found(*back.span("number"), 0.7))
                    self.found.append(Found(self._unit_start(self._house_start(before)), tail_end, score))
                    return
        self._street_alone(match, end, strong=strong)

    def _names_ok(self, names: list[str], kind: str, before: re.Match[str]) -> bool:
        lowered = [name.lower().rstrip(".") for name in names]
        if lowered == ["mg"] and kind.lower() in ("road", "rd", "marg"):
            return True  # Mahatma Gandhi Road
        stops = [name in NAME_STOP for name in lowered]
        if any(stops):  # "1904 loon call trail": behind a word of their own they are part of the name, where one is due
            digits = sum(map(str.isdigit, before["number"]))
            due = digits >= _LONG_NUMBER and patterns.STREET_CUE.search(self._left(before.start(), 72)) is not None
            return due and not stops[0] and lowered[0] not in COMMON
        # "12 st mary's" and "2 dr smith" put the type before a name
        return not (kind.lower() == "st" and not names)

    def _weak_ok(self, before: re.Match[str], names: list[str], kind: str, end: int) -> bool:
        """Return whether a street type that is also a word is a street type here."""
        text = self.text
        left = self._left(before.start(), 72)
        if self.asked_street or patterns.STREET_CUE.search(left):
            return True
        capital = all(name[0].isupper() or name[0].isdigit() for name in names) and (
            kind[0].isupper() or kind.islower()
        )
        if capital and kind[0].isupper() and not re.match(r"\.? (?:[A-Z][a-z]+)", text[end : end + 20]):
            return self._parses(before.start("number"), end)
        digits = sum(map(str.isdigit, before["number"]))
        common = kind.lower() in patterns.COMMON_TYPES
        named = all(name.lower() not in COMMON or name.lower() in patterns.STREET_NAMES for name in names)
        if any(name.lower() in patterns.VERBISH for name in names) or not (
            (common and digits >= 2) or (named and digits)
        ):
            return False
        return named or self._parses(before.start("number"), end)

    def _parses(self, start: int, end: int) -> bool:
        """Ask usaddress whether a candidate is a street address."""
        with _PARSER:
            labels = [label for _, label in usaddress.parse(self.text[start:end].title())]
        return "AddressNumber" in labels and "StreetNamePostType" in labels

    def _street_alone(self, match: re.Match[str], end: int, *, strong: bool) -> None:
        """Find a street without house number: "Maple Street", "live on maple street"."""
        text = self.text
        start = match.start()
        kind = match["type"]
        if kind[0].isupper() and (
            strong or kind.lower() in ("drive", "court", "place", "circle") or patterns.ON.search(self._left(start, 48))
        ):
            name = patterns.STREET_ONLY.search(text, max(0, start - 48), start)
            short = len(kind) <= 2 and (
                patterns.ON.search(self._left(start, 48)) is None
                or re.match(r"\.? [A-Z]", text[match.end("type") : match.end("type") + 3])
            )
            if name is not None and not short:
                words = name["name"].split()
                while words and words[0].lower() in (patterns.NO_NAMES | FUNCTION_WORDS | patterns.STARTERS):
                    words = words[1:]
                if words:
                    first = start - 1 - len(" ".join(words))
                    tail_end, parts = self.tail(end)
                    self.found.append(Found(first, tail_end, 0.9 if parts else 0.7))
                    return
        cue = self.asked_street or self.asked_place or patterns.STREET_CUE.search(self._left(start, 48))
        name = patterns.STREET_THE.search(text, max(0, start - 48), start)
        name = name or patterns.STREET_SPOKEN.search(text, max(0, start - 48), start)
        if name is not None and "other" in name.groupdict() and name["other"]:
            name = name if any(item.end == name.start() - 1 for item in self.found) else None  # "... or state road"
        opens = name is None
        if opens:
            name = patterns.STREET_OPENS.match(text[:start])
        if name is None or (
            opens
            and not (
                cue
                or (strong and len(kind) > 3 and not asked(self.segment, patterns.ASKS_NAME, patterns.ASKS_NAME_WORDS))
            )
        ):
            return
        words = re.findall(r"[\w'-]+", name["name"].lower())
        if not words or any(word in patterns.NO_NAMES or (word in NAME_STOP and word != "second") for word in words):
            return
        unknown = all(word not in COMMON or word in patterns.STREET_NAMES for word in words)
        if not cue and not (
            unknown
            if not strong or opens
            else kind.lower()
            in ("street", "avenue", "road", "lane", "boulevard", "parkway", "crescent", "terrace", "highway")
        ):
            return
        if (
            not cue
            and not strong
            and (
                len(kind) < 4
                or any(_is_ordinary(word) for word in words)
                or kind.lower()
                in (
                    "house",
                    "point",
                    "common",
                    "cross",
                    "link",
                    "pass",
                    "run",
                    "view",
                    "walk",
                    "station",
                    "track",
                    "bridge",
                    "hill",
                    "village",
                    "park",
                )
            )
        ):
            return
        if re.match(r" of (?!the )", text[end : end + 8]):
            return  # "the first avenue of treatment"
        tail_end, parts = self.tail(end)
        self.found.append(Found(name.start("name"), tail_end, 0.85 if parts or cue else 0.6))

    def _cued_address(self, at: int) -> None:
        """Read an address that its cue announces but no known street type marks: "lives at 9 the willows"."""
        text = self.text
        if self._taken(at, at + 1) or at >= len(text):
            return
        match = patterns.CUED_ADDRESS.match(text, at)
        if match is None or patterns.NOT_STREET.search(match[0]):
            return
        words = re.findall(r"[^\W\d_][\w'-]*", match["name"])
        kept = match.start("name")
        count = 0
        for word in patterns.WORD.finditer(text, match.start("name"), match.end("name")):
            plain = word[0].lower()
            if (plain in FUNCTION_WORDS and plain != "the") or any(map(str.isdigit, plain)):
                break
            if count and plain in COMMON and not word[0][0].isupper():
                break
            kept = word.end()
            count += plain != "the"
            if count == 4:
                break
        if (
            not words
            or not count
            or (
                any(w.lower() in NAME_STOP - {"a", "the", "way", "long", "hill"} for w in words[:1])
                and not (self.asked_street and patterns.HOUSE.search(text[at:kept]))
            )
        ):
            return
        if (
            is_region(text[match.start("name") : kept])
            or patterns.FACILITY.match(text, kept)
            or (
                patterns.FACILITY.search(text[match.start("name") : kept] + " ")
                and not patterns.TYPE.search(text, match.start("name"), kept + 24)
            )
        ):
            return
        if not match["number"] and not match["unit"] and not patterns.HOUSE.search(text[at:kept]):
            return
        street = patterns.HOUSE_STREET.match(text, kept)
        tail_end, _ = self.tail(street.end() if street else kept)
        if text[max(0, at - 4) : at].lower() == "the " and patterns.HOUSE.search(text[at:kept]):
            at -= 4  # "the old rectory"
        self.found.append(Found(at, tail_end, 0.8))

    def corners(self) -> None:
        """Find two streets that meet, of which neither need have a type: "the corner of fifth and jefferson"."""
        if "and" not in self.words:
            return
        for match in self.segment.reading.matches(patterns.CORNER, patterns.CORNER_OPENERS):
            name = (match["named"] or "").lower()
            if match["first"]:
                self.found.append(Found(match.start("first"), match.end("second"), 0.8))
            elif (name not in COMMON or name in patterns.STREET_NAMES) and name not in patterns.MONTHS:
                self.found.append(Found(match.start("named"), match.end("numbered"), 0.7))

    def elements(self) -> None:
        """Find the address elements of FHIR and other XML."""
        for match in patterns.XML.finditer(self.text):
            if not is_region(match["value"]):
                self.found.append(Found(*match.span("value"), 0.9))


def _is_ordinary(word: str) -> bool:
    """Return whether a word is among the most frequent of English, and none that places or streets are called after."""
    lexicon = shared_tagger().lexicon
    named = word in patterns.STREET_NAMES or "p" in lexicon.codes.get(word, "")
    return not named and lexicon.describe(word)[1] == "c1"


def is_street(word: str) -> bool:
    """Return whether a word behind a number can be a street's name, and is no drug, no unit and no everyday thing."""
    low = word.lower()
    if low in patterns.STREET_NAMES or low in NAMESAKES or low in TOWNS:
        return low not in patterns.MONTHS
    if low in FUNCTION_WORDS or low in NAME_STOP or low in patterns.NO_NAMES:
        return False
    lexicon = shared_tagger().lexicon
    everyday = lexicon.describe(low)[1] in ("c1", "c2", "c3", "d", "y", "b")
    return not everyday or "p" in lexicon.codes.get(low, "") or shared_tagger().alone_place(low) > _LIKELY
