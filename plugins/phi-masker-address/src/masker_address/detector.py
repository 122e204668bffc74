"""Addresses in writing and in speech: street to postcode as one span, towns alone, postcodes alone.

45 CFR 164.514(b)(2)(i)(B): "all geographic subdivisions smaller than a state, including street address, city,
county, precinct, zip code, and their equivalent geocodes". States and countries stay.

Everything runs on the segment's reading, in which "four one nine eight oh" is ``41980`` and "l s six one p q" is
``ls61pq``. An address has *anchors*, each cheap to look for; from an anchor the address grows to the left (flat,
house number) and to the right (unit, town, state, postcode):

- a street type behind a number and a name ("42 cedar avenue"), or a capitalised street without a number;
- a PO box or rural route; a postcode; a town before a state;
- a cue ("i live in", "moved from", ``City:``, a JSON key) or the open question ("what city?"): what follows is a place
  because of where it stands, whether or not anyone has heard of it.

usaddress, a sequence model, has the last word on streets whose type is also an everyday word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

import usaddress
from masker_tagger import Tagger, VcardLine, Word, shared_tagger, vcard_lines

from masker import Segment, Span, asked, heard, read
from masker_address import patterns
from masker_address.vocabulary import (
    AMBIGUOUS,
    COMMON,
    COUNTRIES,
    FUNCTION_WORDS,
    NAME_STOP,
    STATE_CODES,
    STATES,
    TOWN_OPENERS,
    TOWNS,
    UK_AREAS,
    plain_name,
)

__all__ = ["AddressDetector"]


class _Found(NamedTuple):
    start: int
    end: int
    score: float


class AddressDetector:
    """Finds ADDRESS."""

    name = "address"
    kinds = frozenset({"ADDRESS"})

    def __init__(self, tagger: Tagger | None = None) -> None:
        self._tagger = tagger or shared_tagger()

    def detect(self, segment: Segment) -> Iterator[Span]:
        """Yield every address of a segment, each from its first to its last found part."""
        reading = segment.reading
        text = reading.text
        key = segment.key
        # Beside a link or an e-mail address an address is searched for as in any text.
        mixed = "@" in segment.text or "://" in segment.text
        if key is not None and text.strip() and _is_place_key(key) and not mixed:
            yield from self._keyed(segment, key)
            return
        found = list(self._by_model(segment))
        if not (
            len(text) >= 48
            and patterns.TRIGGERS.isdisjoint(reading.letters)
            and not reading.has_digit
            and not asked(segment, patterns.ASKS_PLACE, patterns.ASKS_PLACE_WORDS)
        ):
            scan = _Scan(segment)
            scan.all()
            found += scan.found
        for line in vcard_lines(segment.text):
            for start, end in _on_card(segment.text, line):
                found.append(_Found(*reading.plain(start, end), 1.0))
        for item in _merge(found, text):
            start, end = reading.source(item.start, item.end)
            yield Span(start, end, "ADDRESS", item.score, self.name)

    def _by_model(self, segment: Segment) -> Iterator[_Found]:
        """Yield the runs of words that the model takes for an address; a lone state or country stays."""
        text = segment.reading.text
        if segment.key is not None and len(text) < _LEAF:
            return  # its key would have said so
        for tagged in self._tagger.read(segment):
            words = tagged.words
            for first, last, chance in tagged.runs(tagged.places, _SURE, _BESIDE):
                for start, end in _parted(words, first, last):
                    if end - start == 1 and chance < self._least(words[start].text):
                        continue
                    low, high = words[start].start, words[end - 1].end
                    if _is_place(text[low:high], asked_for=tagged.sight.place) and not _of_business(words, start, end):
                        yield _Found(low, high, round(chance, 2))

    def _least(self, word: str) -> float:
        """Return from which probability on a word alone is a place: a number or a term of another kind needs more."""
        kind = self._tagger.lexicon.describe(word)[1]
        return 0.7 if kind in ("#", "d", "y", "b") or kind[0] == "c" else 0.45 if kind[0] != "p" else _SURE

    def _keyed(self, segment: Segment, key: str) -> Iterator[Span]:
        """Take a JSON leaf whose key says that it is an address, unless it is only a state or country."""
        text = segment.text
        value = text.strip(" \t\r\n,.")
        if not value or not any(map(str.isalnum, value)) or _is_region(value):
            return
        if "district" in key.lower() and not value[0].isupper():
            return
        start = text.index(value)
        yield Span(start, start + len(value), "ADDRESS", 0.95, self.name)


#: From which probability on a word is part of an address, and the probability that a word beside it needs.
_SURE: Final = 0.3
_BESIDE: Final = 0.2


#: A JSON leaf shorter than this is a value of its key, not prose.
_LEAF: Final = 24
#: Words between two places, and before one.
_BETWEEN: Final = frozenset("to from".split())
_BEFORE: Final = frozenset(
    "in on at to from near by off around of the is it's and uh um no sure yes yeah so okay".split()
)
#: What makes a place that of a business, not of a person: "the Main St location", "the walgreens on fifth and main".
_BUSINESS: Final = frozenset(
    "location store branch pharmacy walgreens cvs boots walmart snf hotel restaurant airport".split()
)
_COMMON_TYPES: Final = frozenset("avenue lane way place court drive line row".split())
#: "route 95 south" is a road, not where somebody lives.
_HIGHWAY: Final = re.compile(
    r"(?:route|interstate|highway|exit|i) \d+(?: (?:north|south|east|west)(?:bound)?)?", re.IGNORECASE
)


def _parted(words: list[Word], first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield the places of a run of words: "Quellmar to Old Harrowby" are two; "on old mill road" begins later."""
    start = first
    for place in range(first, last + 1):
        if place == last or words[place].text.lower() in _BETWEEN:
            begin, end = start, place
            while begin < end and (words[begin].text.lower() in _BEFORE or not words[begin].text[0].isalnum()):
                begin += 1
            while end > begin and not words[end - 1].text[0].isalnum():
                end -= 1
            if begin < end:
                yield begin, end
            start = place + 1


def _of_business(words: list[Word], start: int, end: int) -> bool:
    """Return whether the words around say that the place is a business's, or a road."""
    around = [word.text.lower() for word in (*words[max(0, start - 2) : start], *words[end : end + 1])]
    said = " ".join(word.text for word in words[start:end])
    if words[end - 1].text.lower() in _COMMON_TYPES and [word.text.lower() for word in words[end : end + 1]] == ["of"]:
        return True  # "one avenue of treatment"
    return not _BUSINESS.isdisjoint(around) or _HIGHWAY.fullmatch(said) is not None


#: The parts of a vCard's address: box, unit, street, town, region, code, country.
_REGION: Final = 4
_COUNTRY: Final = 6
_MASKED: Final = re.compile(r"\[[A-Z]+(?:_[A-Z]+)*[_:]")


def _on_card(text: str, line: VcardLine) -> Iterator[tuple[int, int]]:
    """Yield the address of a vCard's line as one place, up to its code; and as it is printed."""
    if line.label is not None:
        yield line.label
    if line.name == "LABEL" and line.parts:
        yield line.parts[0][0], line.parts[-1][1]
    if line.name != "ADR" or not line.parts or _MASKED.search(text, line.parts[0][0], line.parts[-1][1]):
        return  # a token stands for several parts, so those behind it cannot be counted
    said = [
        (start, end)
        for place, (start, end) in enumerate(line.parts[:_COUNTRY])
        if any(map(str.isalnum, text[start:end])) and not (place == _REGION and _is_region(text[start:end]))
    ]
    if said:
        yield said[0][0], said[-1][1]


def _is_place(value: str, *, asked_for: bool) -> bool:
    """Return whether a run of words is more than a letter, a state, a country or, unless asked for, a number."""
    return (asked_for or any(map(str.isalpha, value))) and len(value) > 1 and not _is_region(value)


def _is_town(name: str) -> bool:
    """Return whether the list knows a town of this lower-case name, whatever its accents and hyphens."""
    return name in TOWNS or (patterns.PLAIN_NAME.search(name) is not None and plain_name(name) in TOWNS)


def _is_place_key(key: str) -> bool:
    return patterns.KEY.search(key) is not None and patterns.NOT_KEY.search(key) is None


def _is_region(name: str) -> bool:
    """Return whether a name is that of a state or country, which stay."""
    plain = " ".join(name.lower().replace(",", " ").split()).strip(" .")
    return (
        plain in COUNTRIES
        or plain.removeprefix("the ") in COUNTRIES
        or re.fullmatch(STATES, plain) is not None
        or (name.strip(" .,") == name.strip(" .,").upper() and re.fullmatch(STATE_CODES, name.strip(" .,")) is not None)
    )


def _merge(found: list[_Found], text: str) -> list[_Found]:
    """Join overlapping findings, and those parted by no more than a comma, blank or state."""
    merged: list[_Found] = []
    for item in sorted(found):
        if merged and item.start <= merged[-1].end:
            last = merged[-1]
            merged[-1] = _Found(last.start, max(last.end, item.end), max(last.score, item.score))
        elif merged and patterns.BETWEEN.fullmatch(text, merged[-1].end, item.start):
            last = merged[-1]
            merged[-1] = _Found(last.start, item.end, max(last.score, item.score))
        else:
            merged.append(item)
    return merged


#: An answer that is nothing but a code has at most so many characters, parts at most so far apart, ...
_SHORT_ANSWER: Final = 90
_BETWEEN_CODES: Final = 16
#: ... at least so many letters and digits, and fewer digits than a telephone number.
_CODE_SIGNS: Final = 2
_MOST_DIGITS: Final = 9
#: An answer with more words says more than a place.
_MOST_ANSWER_WORDS: Final = 7


class _Scan:
    """One look at one segment; offsets are into the reading."""

    def __init__(self, segment: Segment) -> None:
        self.segment = segment
        self.text = segment.reading.text
        self.words = segment.reading.letters
        self.found: list[_Found] = []
        self.asked_place = asked(segment, patterns.ASKS_PLACE, patterns.ASKS_PLACE_WORDS) and not self._asks_otherwise()
        self.asked_code = asked(segment, patterns.ASKS_CODE, patterns.ASKS_CODE_WORDS)

    @property
    def asked_street(self) -> bool:
        """Whether the open question is for a street."""
        return asked(self.segment, patterns.ASKS_STREET, patterns.ASKS_STREET_WORDS)

    def _asks_otherwise(self) -> bool:
        """Return whether the question is for an email address, or for the place of a pain."""
        question = self.segment.question
        if question is None or patterns.ASKS_HOME.search(question.text):
            return False
        return (
            patterns.ASKS_OTHER.search(question.text) is not None
            or patterns.ASKS_BODY.search(question.text) is not None
        )

    def all(self) -> None:
        """Run every scan."""
        self.streets()
        self.boxes()
        self.corners()
        self.codes()
        if "</" in self.text or "/>" in self.text:
            self.elements()
        if "N3*" in self.text or "N4*" in self.text:
            self.transactions()
        if self._has(patterns.DIRECTION_WORDS) and self._has_number(patterns.BEFORE_DIRECTION):
            self.directed()
        self.labels()
        self.columns()
        self.places()
        if self.asked_place or self.asked_code:
            self.answer()
        elif self.found:
            self._towns_said()  # "18 cedar parkway okay kissimmee still"
        if len(self.text) < 48:
            self._only_town()
        for place, item in enumerate(self.found):
            further = patterns.TOWN_GOES_ON.match(self.text, item.end)
            if further and _is_town(self.text[item.start : item.end].rsplit(" ", maxsplit=1)[-1].lower()):
                self.found[place] = item._replace(end=further.end())

    def _only_town(self) -> None:
        """Take a turn that is nothing but a known town: its question may be one we do not understand."""
        if self.text.isascii() and TOWN_OPENERS.isdisjoint(self.words):
            return  # most turns have no such word; a town's accents are not looked at
        if asked(self.segment, patterns.ASKS_NAME, patterns.ASKS_NAME_WORDS):
            return
        lead = patterns.LEAD_IN.match(self.text)
        words = self._words_at(lead.end() if lead else 0)
        for size in range(len(words), 0, -1):
            first, last = words[0][1], words[size - 1][2]
            name = self.text[first:last].lower()
            if (
                _is_town(name)
                and not _is_region(name)
                and name not in COMMON
                and name not in AMBIGUOUS
                and len(name) > 4
                and not self._taken(first, last)
            ):
                rest = patterns.CODE_FILLER.sub(" ", self.text[last:]).split()
                if not rest or rest in (["now"], ["still"]):
                    self.found.append(_Found(first, last, 0.55))
                return

    def _left(self, start: int, reach: int = 60) -> str:
        return self.text[max(0, start - reach) : start]

    def _taken(self, start: int, end: int) -> bool:
        return any(f.start < end and start < f.end for f in self.found[-32:])

    # --- growing to the right

    def tail(self, at: int) -> tuple[int, int]:
        """Return where the address that is known up to ``at`` ends, and how much was recognised behind it.

        The second number counts the kinds of parts found: unit, town, state with code, code.
        """
        text = self.text
        end, parts = at, 0
        match = patterns.TAIL_DIRECTION.match(text, end)
        if match and (match.end() == len(text) or text[match.end()] in " ,.\n"):
            end = match.end()
        for _ in range(2):
            match = patterns.TAIL_UNIT.match(text, end)
            if not match or match.end() == end:
                break
            end = match.end()
            parts += 1
        pos = end
        for _ in range(2):  # "Toxteth, Luton"
            town_end = self._town(end)
            if not town_end:
                break
            pos = end = town_end
            parts += 1
        gap = patterns.BLANK3.match(text, pos)
        if gap:
            state = patterns.STATE.match(text, gap.end()) or patterns.STATE_BEFORE_ZIP.match(text, gap.end())
            if state:
                pos = state.end()
                parts += 1
                again = patterns.BLANK3.match(text, pos)
                second = again and (
                    patterns.STATE.match(text, again.end()) or patterns.STATE_BEFORE_ZIP.match(text, again.end())
                )
                if second:  # "New York, NY": the first is the town that is called like its state
                    end, pos = pos, second.end()
        gap = patterns.CODE_GAP.match(text, pos)
        if gap:
            code = patterns.TAIL_CODE.match(text, gap.end())
            if code and not re.match(r" ?(?:mg|ml|percent|%|dollars|times|days)\b", text[code.end() : code.end() + 9]):
                end = code.end()
                parts += 1
            elif pos != end and re.fullmatch(r"\d(?: ?\d){1,3}[\s.,!?]*", text[gap.end() : gap.end() + 12]):
                end = gap.end() + len(text[gap.end() : gap.end() + 12].rstrip(" .,!?\n"))
                parts += 1  # the first digits of a ZIP behind a state; the rest comes with the next turn
            elif re.search(
                r"\b(?:NSW|VIC|QLD|TAS|ACT|SA|WA|NT|victoria|queensland|wales|australia)$",
                text[:pos][-12:],
                re.IGNORECASE,
            ):
                code = patterns.TAIL_AU.match(text, gap.end())
                if code:
                    end = code.end()
                    parts += 1
        return end, parts

    def _town(self, at: int) -> int | None:
        """Return where the town that follows ``at`` ends, if one does."""
        text = self.text
        gap = patterns.TAIL_GAP.match(text, at)
        if gap is None or gap.end() >= len(text):
            return None
        words: list[tuple[str, int, int]] = []
        pos = gap.end()
        while len(words) < 4:
            match = patterns.WORD.match(text, pos)
            if match is None:
                break
            words.append((match[0], match.start(), match.end()))
            pos = match.end()
            if text[pos : pos + 1] != " ":
                break
            pos += 1
        return self._place_end(words, after_comma="," in gap[0] or "\n" in gap[0])

    def _place_end(self, words: list[tuple[str, int, int]], *, after_comma: bool, strict: bool = False) -> int | None:
        """Return the end of the place name that the words begin with.

        Args:
            words: Up to four words with their offsets.
            after_comma: A comma stands before: a capitalised common word may then be a town.
            strict: Take only known towns and capitalised words.
        """
        text = self.text
        for size in range(min(4, len(words)), 0, -1):
            name = text[words[0][1] : words[size - 1][2]].lower().rstrip(".")
            if _is_town(name) and (size > 1 or name not in COMMON or (after_comma and words[0][0][0].isupper())):
                if size == 1 and patterns.PHONE_NEXT.match(text, words[0][1]):
                    return None
                if not patterns.FACILITY.match(text, words[size - 1][2]):
                    return self._longer(words, size)
        taken = 0
        for number, (word, start, _) in enumerate(words):
            plain = word.lower().rstrip(".")
            if patterns.STATE.match(text, start) and (number or _is_region(word)):
                break
            capital = word[0].isupper()
            base = plain.split("'")[0]
            if base in FUNCTION_WORDS or (base in COMMON and base != plain) or any(map(str.isdigit, plain)):
                break
            if (
                plain in FUNCTION_WORDS
                or plain in patterns.MONTHS
                or plain in patterns.NO_TOWNS
                or patterns.PHONE_NEXT.match(text, start)
            ):
                break
            if plain in COMMON and not (plain in patterns.PLACE_WORDS and (number or len(words) > 1)):
                break
            if strict and not capital and plain not in TOWNS:
                break
            if number >= 2 and not capital and plain not in patterns.PLACE_WORDS:
                break
            taken = number + 1
        if not taken:
            return None
        name = text[words[0][1] : words[taken - 1][2]]
        if _is_region(name) or patterns.FACILITY.match(text, words[taken - 1][2]):
            return None
        if words[taken - 1][2] - words[0][1] < 3:
            return None
        if taken == 1 and (words[0][0].lower() in patterns.PLACE_WORDS or patterns.DRUG_OR_WARD.search(words[0][0])):
            return None
        return words[taken - 1][2] - (1 if name.endswith(".") else 0)

    def _longer(self, words: list[tuple[str, int, int]], size: int) -> int:
        """Return the end of a known town's name, with a second word that no one knows ("kirkby malzeard")."""
        if size == 1 and len(words) > 1:
            plain = words[1][0].lower()
            if any(map(str.isdigit, plain)):
                return words[0][2]
            placed = plain in patterns.PLACE_WORDS - FUNCTION_WORDS or plain in ("county", "borough", "township")
            unknown = (
                plain not in COMMON and plain not in AMBIGUOUS and words[1][0][0].isupper() == words[0][0][0].isupper()
            )
            capital = words[0][0][0].isupper() and words[1][0][0].isupper() and plain not in FUNCTION_WORDS
            others = (patterns.STATE, patterns.STATE_BEFORE_ZIP, patterns.FACILITY, patterns.PHONE_NEXT)
            if (placed or capital or (unknown and len(plain) > 3)) and not any(
                other.match(self.text, words[1][1]) for other in others
            ):
                return words[1][2]
        return words[size - 1][2]

    # --- streets

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
                if pattern in (patterns.ROUTES, patterns.DIRECTED) and not self._number_start(match.start()):
                    continue
                end, parts = self.tail(match.end())
                self.found.append(_Found(self._unit_start(match.start()), end, 0.9 if parts else 0.75))
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
        if digit and self._has(patterns.DIRECTIONS) and self._has_number(patterns.BEFORE_DIRECTION):
            yield patterns.DIRECTED
        if self._has(patterns.FOREIGN_WORDS):
            yield patterns.FOREIGN
        if digit and any(map(self.text.__contains__, patterns.GERMAN_PARTS)):
            yield patterns.GERMAN

    def _has(self, words: frozenset[str]) -> bool:
        """Return whether the text has one of some words."""
        return not words.isdisjoint(self.words)

    def _has_number(self, pattern: re.Pattern[str]) -> bool:
        """Return whether a pattern matches at one of the text's numbers."""
        return any(self.segment.reading.at_numbers(pattern))

    def _house_start(self, before: re.Match[str]) -> int:
        """Return where the house number starts: a spoken date may run into it ("may 16 19 95 4009 pine road")."""
        start, end = before.span("number")
        number = before["number"]
        groups = list(re.finditer(r"\d+", number))
        dated = re.search(
            r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
            r"|\d(?:st|nd|rd|th)|birth|born|dob|of)[ ,]*$",
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
            if self._names_ok(names, kind) and self._number_start(before.start()):
                tail_end, parts = self.tail(end)
                if strong or parts or self._weak_ok(before, names, kind, tail_end):
                    score = 0.95 if strong or parts else 0.8
                    back = patterns.TAKEN_BACK.search(text, max(0, before.start() - 48), before.start())
                    if back is not None:
                        self.found.append(_Found(*back.span("number"), 0.7))
                    self.found.append(_Found(self._unit_start(self._house_start(before)), tail_end, score))
                    return
        self._street_alone(match, end, strong=strong)

    def _names_ok(self, names: list[str], kind: str) -> bool:
        lowered = [name.lower().rstrip(".") for name in names]
        if lowered == ["mg"] and kind.lower() in ("road", "rd", "marg"):
            return True  # Mahatma Gandhi Road
        if any(name in NAME_STOP for name in lowered):
            return False
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
                    self.found.append(_Found(first, tail_end, 0.9 if parts else 0.7))
                    return
        cue = self.asked_street or self.asked_place or patterns.STREET_CUE.search(self._left(start, 48))
        name = patterns.STREET_THE.search(text, max(0, start - 48), start)
        name = name or patterns.STREET_SPOKEN.search(text, max(0, start - 48), start)
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
                    "track",
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
        self.found.append(_Found(name.start("name"), tail_end, 0.85 if parts or cue else 0.6))

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
            _is_region(text[match.start("name") : kept])
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
        self.found.append(_Found(at, tail_end, 0.8))

    def corners(self) -> None:
        """Find two streets that meet, of which neither need have a type: "the corner of fifth and jefferson"."""
        if "and" not in self.words:
            return
        for match in self.segment.reading.matches(patterns.CORNER, patterns.CORNER_OPENERS):
            name = (match["named"] or "").lower()
            if match["first"]:
                self.found.append(_Found(match.start("first"), match.end("second"), 0.8))
            elif (name not in COMMON or name in patterns.STREET_NAMES) and name not in patterns.MONTHS:
                self.found.append(_Found(match.start("named"), match.end("numbered"), 0.7))

    def elements(self) -> None:
        """Find the address elements of FHIR and other XML."""
        for match in patterns.XML.finditer(self.text):
            if not _is_region(match["value"]):
                self.found.append(_Found(*match.span("value"), 0.9))

    # --- boxes and codes

    def transactions(self) -> None:
        """Find the address lines of an X12 transaction."""
        for pattern in (patterns.X12_STREET, patterns.X12_TOWN):
            for match in pattern.finditer(self.text):
                for group, value in match.groupdict().items():
                    if value and not self._taken(*match.span(group)):
                        self.found.append(_Found(*match.span(group), 0.95))

    def directed(self) -> None:
        """Find a number, a direction and a name behind a word that says where somebody is."""
        for match in patterns.CUED_DIRECTION.finditer(self.text):
            if not self._taken(*match.span("part")):
                end, _ = self.tail(match.end("part"))
                self.found.append(_Found(match.start("part"), end, 0.7))

    def boxes(self) -> None:
        """Find PO boxes, rural routes and HL7 address fields."""
        boxes = patterns.BOX.finditer(self.text) if self._has(patterns.BOX_WORDS) else ()
        for match in boxes:
            end, _ = self.tail(match.end())
            number = patterns.NUMBER_BEFORE.search(self.text, max(0, match.start() - 16), match.start())
            self.found.append(_Found(number.start() if number else match.start(), end, 0.95))
        if "^" in self.text:
            for match in patterns.HL7.finditer(self.text):
                if (
                    re.search(r"\d", match["zip"])
                    and match["city"].strip()
                    and (match["state"].strip() or re.search(r"\d", match["street"]))
                ):
                    start = match.start("street") if match["street"].strip() else match.start("city")
                    self.found.append(_Found(start, match.end("zip"), 0.95))

    def codes(self) -> None:
        """Find postcodes that stand alone."""
        text = self.text
        if not self.segment.reading.has_digit:
            return
        codes = patterns.POSTCODE.finditer(text) if self._has_number(patterns.LETTER_DIGIT) else ()
        for match in codes:
            if not self._taken(*match.span()):
                score = self._postcode(match)
                if score:
                    start = self._town_before(match.start()) if score >= 0.85 else match.start()
                    self.found.append(_Found(start, match.end(), score))
        for match in self.segment.reading.matches(patterns.CODE_CUE, patterns.ZIP_OPENERS):
            code = match["code"]
            digits = sum(map(str.isdigit, code))
            if 2 < len(code.replace(" ", "")) <= 12 and (digits >= 3 or not code.isdigit()) and digits <= 9:
                self.found.append(_Found(match.start("code"), self._zip_end(match), 0.95))
        if not self._has_number(patterns.FIVE_DIGITS):
            return
        for match in self.segment.reading.at_numbers(patterns.FIVE):
            state = patterns.STATE_LEFT.search(text, max(0, match.start() - 32), match.start())
            if state is not None and not patterns.FOLLOWED.match(text, match.end()):
                self.found.append(_Found(*match.span(), 0.9))
        for match in self.segment.reading.matches(patterns.NEAR_ZIP, patterns.NEAR_OPENERS):
            self.found.append(_Found(*match.span("code"), 0.7))
        for match in self.segment.reading.at_numbers(patterns.ZIP4):
            if not self._taken(*match.span()):
                self.found.append(_Found(*match.span(), 0.6))

    def _zip_end(self, match: re.Match[str]) -> int:
        """Cut a run of spoken digits after the ZIP: five, or nine."""
        code, end = match["code"], match.start("code")
        if " " not in code:
            return match.end("code")
        if not code.replace(" ", "").replace("-", "").isdigit():
            return match.end("code")
        count = 0
        for index, char in enumerate(code):
            if char.isdigit():
                count += 1
                end = match.start("code") + index + 1
                rest = code[index + 1 :]
                if count == 5 and rest and not re.fullmatch(r"[ -]{1,3}\d{4}|[ -]{1,3}\d\d \d\d", rest):
                    break
                if count == 9:
                    break
        return end

    def _postcode(self, match: re.Match[str]) -> float:
        """Return how sure it is that a code of letters and digits is a postcode."""
        code = match[0]
        left = self._left(match.start(), 48)
        cued = (
            self.asked_code
            or self.asked_street
            or bool(patterns.ZIP_CUE.search(left))
            or (self.asked_place and len(self.text) < 60)
            or patterns.CODE_AFTER.match(self.text, match.end()) is not None
        )
        if patterns.COMA_SCALE.fullmatch(code):
            return 0.0
        written = " " in code.strip() and code == code.upper()
        if match["uk"]:
            area = re.match(r"[A-Za-z]+", code)
            if area is None or area[0].upper() not in UK_AREAS:
                return 0.7 if cued else 0.0
            if cued:
                return 0.95
            if written:
                return 0.85
            return 0.55 if len(code.replace(" ", "")) >= 5 and not patterns.ID_CUE.search(left) else 0.0
        if match["ca"]:
            return 0.95 if cued else 0.85 if written else 0.55 if not patterns.ID_CUE.search(left) else 0.0
        return (
            0.95
            if cued
            else 0.8
            if written and re.search(r"\b(?:dublin|cork|galway|limerick|co\.?|ireland|eircode)\b", left, re.IGNORECASE)
            else 0.0
        )

    def _town_before(self, start: int) -> int:
        """Extend a postcode to the capitalised town in front of it: "Leeds LS6 1PQ"."""
        match = patterns.TOWN_LEFT.search(self.text, max(0, start - 40), start)
        if match is None:
            return start
        first = match["town"].split()[0].lower()
        if first in FUNCTION_WORDS or first in COMMON or _is_region(match["town"]):
            return start
        return match.start("town")

    # --- labels and places

    def labels(self) -> None:
        """Find what a form's label announces: "City: Fresno"."""
        if (":" not in self.text and "=" not in self.text) or not self._has(patterns.LABEL_WORDS):
            return
        for match in patterns.LABEL.finditer(self.text):
            value = match["value"]
            end = patterns.LABEL_END.search(value)
            value = value[: end.start()] if end else value
            value = value.rstrip(" ,.\t")
            label = match["label"].lower()
            if label.startswith(
                ("city", "town", "county", "village", "suburb", "hometown", "neighb", "local", "place", "birthplace")
            ):
                cut = re.search(r",? (?:and|my|the|phone|is|for|with|so|but|i)\b| \(", value)
                value = value[: cut.start()] if cut else value
            if not value.strip() or "@" in value or "://" in value or _is_region(value) or not re.search(r"\w", value):
                continue
            if re.fullmatch(
                r"(?i)(?:n/?a|none|unknown|same|yes|no|null|redacted|not given|-+|string|true|false|\{\w*"
                r"|same as above|on file|declined)",
                value.strip(),
            ):
                continue
            if label in ("line", "address", "addr") and not re.search(r"\d|[A-Z]", value):
                continue
            if re.search(
                r"(?i)\b(?:e-?mail|ip|mac|web|url)[ _]?$",
                self.text[max(0, match.start("label") - 8) : match.start("label")],
            ):
                continue
            lead = len(value) - len(value.lstrip())
            start = match.start("value") + lead
            stop = match.start("value") + len(value)
            if value[-3:-2] in " ," and re.fullmatch(patterns.CODES_ANY, value[-2:]):
                stop = match.start("value") + len(value[:-2].rstrip(" ,"))
            self.found.append(_Found(start, stop, 0.9))

    def columns(self) -> None:
        """Find the columns of a comma-separated table whose header says that they hold an address."""
        if "," not in self.text or "\n" not in self.text:
            return
        columns: list[int] = []
        width = 0
        at = 0
        for line in self.text.splitlines(keepends=True):
            cells = line.rstrip("\r\n").split(",")
            named = (
                [i for i, cell in enumerate(cells) if _is_place_key(cell.strip(' "').lower())] if len(cells) > 2 else []
            )
            if named:
                columns, width = named[:8], len(cells)  # a table has few such columns; keeps the work linear
            elif len(cells) == width:
                for column in columns:
                    value = cells[column].strip(' "')
                    if value and not _is_region(value):
                        start = at + len(",".join(cells[:column])) + bool(column)
                        start += cells[column].index(value)
                        self.found.append(_Found(start, start + len(value), 0.85))
            at += len(line)

    def places(self) -> None:
        """Find towns from the words in front of them."""
        text = self.text
        openers = [openers for needed, openers in patterns.SURE_OPENERS if not needed.isdisjoint(self.words)]
        if openers:
            for match in self.segment.reading.matches(patterns.SURE_CUE, frozenset().union(*openers)):
                self._place(match)
        if self._has(patterns.WEAK_WORDS):
            for match in self.segment.reading.matches(patterns.SOMEWHERE, patterns.SOMEWHERE_OPENERS):
                self._somewhere(match.end())
            for match in self.segment.reading.matches(patterns.WEAK_CUE, patterns.WEAK_OPENERS):
                self._known_town(match)
        if patterns.COMMA_CODE.search(text) or (", " in text and self._has(patterns.STATE_WORDS)):
            for match in patterns.TOWN_STATE.finditer(text):
                self._town_state(match)
        for match in self.segment.reading.matches(patterns.STATE_NAME, patterns.STATE_WORDS):
            self._before_state(match)
        if self._has(patterns.COUNTY_WORDS):
            self._counties()
        if self._has(patterns.HOOD_WORDS):
            self._neighbourhoods()

    def _counties(self) -> None:
        text = self.text
        for match in patterns.COUNTY.finditer(text):
            self._county(match)
        for match in patterns.COUNTY_UK.finditer(text):
            group = "name" if match["name"] else "short"
            word = match[group]
            if (
                word.lower() not in COMMON
                and (word[0].isupper() or patterns.SURE_CUE.search(self._left(match.start())))
                and not self._taken(*match.span())
            ):
                self.found.append(_Found(*match.span(group), 0.7))

    def _neighbourhoods(self) -> None:
        text = self.text
        for match in patterns.HOOD.finditer(text):
            name = match["name"].strip()
            words = [w for w in name.split() if w.lower() != "the"]
            if (
                words
                and not any(
                    w.lower() in COMMON or w.lower() in NAME_STOP or w.lower() in patterns.NO_NAMES for w in words
                )
                and not _is_region(name)
            ):
                first = text.index(words[0], match.start("name"))
                self.found.append(_Found(first, match.end("name") - 1, 0.7))

    def _words_at(self, at: int) -> list[tuple[str, int, int]]:
        words: list[tuple[str, int, int]] = []
        pos = at
        while len(words) < 4:
            match = patterns.WORD.match(self.text, pos)
            if match is None:
                break
            words.append((match[0], match.start(), match.end()))
            pos = match.end()
            if self.text[pos : pos + 1] != " ":
                break
            pos += 1
        return words

    def _place(self, match: re.Match[str]) -> None:
        """Take what a sure cue announces, and the other end of a move."""
        text = self.text
        mods = patterns.MODS_RE.match(text, match.end())
        words = self._words_at(mods.end() if mods else match.end())
        if not words or self._taken(words[0][1], words[0][2]):
            return
        end = self._place_or_word(words)
        if end is not None and not patterns.OTHER_NEXT.match(text, end):
            self.found.append(_Found(words[0][1], self._code_after(end), 0.85))
        else:
            end = _region_end(text, words)
        if end is not None and patterns.MOVES.search(match[0]):
            state = patterns.COMMA_STATE.match(text, end)
            then = patterns.THEN_TO.match(text, state.end() if state else end)
            second = self._words_at(then.end()) if then else []
            other = self._place_or_word(second)
            if other is not None:
                self.found.append(_Found(second[0][1], self._code_after(other), 0.85))

    def _place_or_word(self, words: list[tuple[str, int, int]]) -> int | None:
        """Return the end of a place name; a word of English will do if a town is called so ("reading")."""
        if not words or _region_end(self.text, words):
            return None
        end = self._place_end(words, after_comma=True)
        first = words[0][0].lower()
        if end is None and first in TOWNS and first not in FUNCTION_WORDS and first not in patterns.MONTHS:
            return words[0][2]
        return end

    def _somewhere(self, at: int) -> None:
        """Take a capitalised place after "she's in": the towns that no one has heard of."""
        words = self._words_at(at)
        if (
            words
            and patterns.HERE_NOW.match(self.text, words[0][2])
            and words[0][0].lower() in TOWNS
            and words[0][0].lower() not in FUNCTION_WORDS
        ):
            self.found.append(_Found(words[0][1], words[0][2], 0.6))
            return
        if not words or not words[0][0][0].isupper() or self._taken(words[0][1], words[0][2]):
            return
        end = self._place_end(words, after_comma=False, strict=True)
        if end is None:
            return
        name = self.text[words[0][1] : end]
        if (
            name.isupper()
            or not _capital_place(name)
            or patterns.OTHER_NEXT.match(self.text, end)
            or _region_end(self.text, words)
        ):
            return
        self.found.append(_Found(words[0][1], self._code_after(end), 0.6))

    def _known_town(self, match: re.Match[str]) -> None:
        """Take a town that the list knows and English does not, behind "in", "near" or "from"."""
        text = self.text
        first_word = patterns.WORD.match(text, match.end())
        if first_word is None or first_word[0] in FUNCTION_WORDS:
            return
        words = self._words_at(match.end())
        for size in range(len(words), 0, -1):
            first, last = words[0][1], words[size - 1][2]
            name = text[first:last].lower().rstrip(".")
            if not _is_town(name) or (size == 1 and (name in COMMON or name in AMBIGUOUS or len(name) < 4)):
                continue
            loose = match[0].split()[0].lower() in ("to", "which", "says", "is")
            if (
                self._taken(first, last)
                or _is_region(text[first:last])
                or patterns.FACILITY.match(text, last)
                or patterns.OTHER_NEXT.match(text, last)
                or patterns.PHONE_NEXT.match(text, first)
            ):
                return
            if (
                loose
                and " " not in name
                and not text[first].isupper()
                and not (patterns.MOVEMENT.search(self._left(match.start(), 40)) or match[0][:2].lower() != "to")
            ):
                return
            self.found.append(_Found(first, self._code_after(last), 0.6))
            return

    def _code_after(self, end: int) -> int:
        """Extend a town over the state and code that follow."""
        gap = patterns.BLANK2.match(self.text, end)
        if gap is None:
            return end
        state = patterns.STATE.match(self.text, gap.end()) or patterns.STATE_BEFORE_ZIP.match(self.text, gap.end())
        at = state.end() if state else end
        gap = patterns.BLANK2.match(self.text, at)
        code = patterns.TAIL_CODE.match(self.text, gap.end()) if gap else None
        return code.end() if code else end

    def _town_state(self, match: re.Match[str]) -> None:
        town = match["town"]
        words = town.split()
        while words and (
            words[0].lower() in FUNCTION_WORDS or words[0].lower() in COMMON or words[0].lower() in patterns.STARTERS
        ):
            words = words[1:]
        if not words:
            return
        town = " ".join(words)
        if match["code"] in patterns.CREDENTIALS and not match["zip"] and town.lower() not in TOWNS:
            return
        if _is_region(town) or patterns.FACILITY.search(town + " "):
            return
        start = match.start("town") + match["town"].rindex(town)
        end = match.end() if match["zip"] else match.end("town")
        self.found.append(_Found(start, end, 0.85))

    def _before_state(self, match: re.Match[str]) -> None:
        """Find "fresno oklahoma": a known town, or an unknown word after "in", before a state's full name."""
        text = self.text
        before = patterns.THREE_BEFORE.search(text, max(0, match.start() - 60), match.start())
        if before is None:
            return
        words = list(patterns.WORD.finditer(text, before.start(), before.end()))
        if (
            match[0].split()[0].lower() in patterns.SURNAME_STATES
            and not match["zip"]
            and not patterns.TO_PLACE.search(text, max(0, before.start() - 12), before.end())
        ):
            return
        for skip in range(len(words)):
            name = text[words[skip].start() : words[-1].end()].lower()
            known = _is_town(name) and name not in COMMON and not re.fullmatch(STATES, name)
            placed = (
                all(w[0].lower() not in COMMON and w[0].lower() not in FUNCTION_WORDS for w in words[skip:])
                and re.search(r"\b(?:in|from|near|to|of|at)\s$", text[: words[skip].start()][-8:], re.IGNORECASE)
                is not None
                and not _is_region(name)
            )
            if known or placed:
                end = match.end() if match["zip"] else words[-1].end()
                self.found.append(_Found(words[skip].start(), end, 0.8))
                return

    def _county(self, match: re.Match[str]) -> None:
        words: list[re.Match[str]] = []
        for word in reversed(list(patterns.WORD.finditer(self.text, match.start("name"), match.end("name")))):
            plain = word[0].lower()
            capital = word[0][0].isupper() and match["type"][0].isupper()
            if (
                plain in FUNCTION_WORDS
                or plain in patterns.NO_NAMES
                or (plain in COMMON and plain not in patterns.PLACE_WORDS and not capital)
            ):
                break
            words.insert(0, word)
        if not words or _is_region(words[-1][0]):
            return
        name = self.text[words[0].start() : words[-1].end()]
        lower = name == name.lower()
        if lower and not (
            re.search(r"\b(?:in|from|of|is|near|it's|to)\s$", self.text[: words[0].start()][-8:], re.IGNORECASE)
            or words[0].start() == 0
        ):
            return
        if lower and match["type"].lower() != "county":
            return
        if not lower and not name[0].isupper():
            return
        self.found.append(_Found(words[0].start(), match.end("type"), 0.75))

    # --- answers

    def answer(self) -> None:
        """Read a bare answer to "what city?", "your address?", "the zip?"."""
        self._answer()
        if self.asked_place and self.segment.role == "user" and len(self.text) <= _SHORT_ANSWER:
            self._whole_answer()

    def _whole_answer(self) -> None:
        """Take all of a short answer that says nothing else: a street or a town need be known to nobody."""
        question = self.segment.question
        if question is None or any(turn.role == "assistant" for turn in self.segment.since):
            return
        if not patterns.ASKS_NAMELY.search(question.text):
            return
        text = self.text
        lead = patterns.LEAD_IN.match(text)
        at = lead.end() if lead else 0
        if patterns.ASKS_NAME.search(question.text):  # "her name and pickup address?": from the number on
            number = patterns.HOUSE_NUMBER.search(text, at)
            at = number.start() if number else len(text)
        if text[:at].lower().endswith("the "):
            at -= len("the ")  # "the paddocks"
        end = len(patterns.ANSWER_ENDS.sub("", text).rstrip(" .,!?"))
        words = [word.lower() for word in patterns.PLAIN_WORDS.findall(text[at:end])]
        if not 1 <= len(words) <= _MOST_ANSWER_WORDS or not patterns.NO_PLACE.isdisjoint(words):
            return
        if _is_region(text[at:end]) or (len(words) == 1 and len(words[0]) < 3) or at >= end:
            return
        self.found.append(_Found(at, end, 0.7))

    def _answer(self) -> None:
        if self.asked_code:
            self._answer_code()
        if not self.asked_place:
            return
        text = self.text
        lead = patterns.LEAD_IN.match(text)
        at = lead.end() if lead else 0
        if self.asked_street and self.segment.role != "assistant":
            self._answer_street(at)
        self._towns_said()
        words = self._words_at(at)
        if not words or self._taken(words[0][1], words[0][2]) or len(text) - at > 160:
            return
        if self.segment.role == "assistant" and not self._echoed(words[0][0].lower()):
            return
        end = self._place_end(words, after_comma=True)
        first = words[0][0].lower()
        if (
            end is None
            and first in TOWNS
            and first not in FUNCTION_WORDS
            and not re.search(r"\w", patterns.CODE_FILLER.sub(" ", text[words[0][2] :]))
        ):
            end = words[0][2]
        if (
            end is None
            or end - words[0][1] < 3
            or _is_region(text[words[0][1] : end])
            or self._personal(words)
            or patterns.OTHER_NEXT.match(text, end)
        ):
            return
        said_in = re.search(
            r"\b(?:in|from|near|outside|of) $", text[max(0, words[0][1] - 9) : words[0][1]], re.IGNORECASE
        )
        if said_in or len(text[end:].strip(" .,!?").split()) <= 6:
            self.found.append(_Found(words[0][1], self._code_after(end), 0.75))

    def _towns_said(self) -> None:
        """Find the known towns of a short turn, wherever they stand: "okay baton rouge still"."""
        text = self.text
        if len(text) > 100:
            return
        for word in patterns.WORD.finditer(text):
            if self._taken(*word.span()):
                continue
            words = self._words_at(word.start())
            for size in range(min(3, len(words)), 0, -1):
                first, last = words[0][1], words[size - 1][2]
                name = text[first:last].lower()
                if _is_town(name) and (size > 1 or (name not in COMMON and name not in AMBIGUOUS and len(name) > 4)):
                    if not _is_region(name) and not patterns.FACILITY.match(text, last) and not self._personal(words):
                        self.found.append(_Found(first, self._code_after(last), 0.6))
                    break

    def _echoed(self, word: str) -> bool:
        """Return whether the asking side repeats a town that it was told, or names a known one."""
        if word in TOWNS and word not in AMBIGUOUS and word not in COMMON:
            return True
        said = (turn.text.lower() for turn in self.segment.since if turn.role != "assistant")
        return word not in COMMON and any(word in text for text in said)

    def _answer_code(self) -> None:
        """Read an answer to "the postcode?", whole or in parts, in digits, letters or the NATO alphabet."""
        text = self.text
        if self.segment.role != "assistant" and not self._answered_code():
            self._heard_code()
        for match in patterns.ANSWER_CODE.finditer(text):
            digits = sum(map(str.isdigit, match[0]))
            if self._taken(*match.span()) or patterns.UNITS_AFTER.match(text, match.end()):
                continue
            if self.segment.role == "assistant" and (digits not in (3, 4, 5, 9) or self._other_than_said(match[0])):
                continue  # an amount, said after the code was given
            if self.segment.role != "assistant" and self._answered_code():
                continue  # the telephone number that follows the code
            alone = len(_strip(text)) <= len(match[0]) + 24 or digits in (5, 9)
            if 3 <= digits <= 9 and alone:
                self.found.append(_Found(*match.span(), 0.85))
        if self._answered_code():
            return
        for match in patterns.CODE_RUN.finditer(text):
            if self._taken(*match.span()) or patterns.UNITS_AFTER.match(text, match.end()):
                continue
            rest = patterns.CODE_FILLER.sub(" ", text[: match.start()] + " " + text[match.end() :])
            bare = not rest.strip()
            mixed = re.search(r"\d", match[0]) is not None and len(match[0].replace(" ", "")) <= 24
            if bare or (mixed and re.search(r"[^\W\d_]", match[0]) and len(rest.split()) <= 2):
                self.found.append(_Found(*match.span(), 0.8))

    def _heard_code(self) -> None:
        """Take a short answer from its first to its last letter or digit, whatever a recogniser made of them."""
        if len(self.text) > _SHORT_ANSWER:
            return
        runs = [(start, end, size) for start, end, size in heard(self.segment.reading)]
        if not runs or runs[-1][0] - runs[0][1] > _BETWEEN_CODES:
            runs = [run for run in runs if run[2] > 1]
        start, end = (runs[0][0], runs[-1][1]) if runs else (0, 0)
        digits = sum(map(str.isdigit, self.text[start:end]))
        if sum(size for _, _, size in runs) >= _CODE_SIGNS and digits <= _MOST_DIGITS:
            self.found.append(_Found(start, end, 0.8))

    def _other_than_said(self, code: str) -> bool:
        """Return whether the asking side says another number than the code that it was given."""
        if self.segment.role != "assistant":
            return False
        said = [read(turn.text).text for turn in self.segment.since if turn.role != "assistant"]
        digits = "".join(filter(str.isdigit, code))
        whole = [match[0] for text in said for match in patterns.WHOLE_CODE.finditer(text)]
        return bool(whole) and not any(digits in "".join(filter(str.isdigit, one)) for one in whole)

    def _answered_code(self) -> bool:
        """Return whether a turn since the question already held a whole code."""
        said = (turn for turn in self.segment.since if turn.role != "assistant")
        return self.segment.role != "assistant" and any(
            patterns.WHOLE_CODE.search(read(turn.text).text) for turn in said
        )

    def _answer_street(self, at: int) -> None:
        """Read parts of a street address in answer to its question: "36 21", "avenue unit 8", "unit c"."""
        text = self.text
        if any(
            patterns.TYPE.search(" " + turn.text) for turn in self.segment.since if turn.role != "assistant"
        ) and not patterns.ONLY_DIGITS.fullmatch(text, at):
            part = patterns.ANSWER_REST.match(text, at)
        else:
            part = patterns.ANSWER_NUMBER.match(text, at) or patterns.ANSWER_REST.match(text, at)
            part = part or self._street_without_type(at)
            if part is None:
                self._cued_address(at)
                begins = patterns.ANSWER_BEGINS.search(text, at)
                if begins is not None:
                    self._cued_address(begins.end())
                return
        if part is not None and not self._taken(*part.span("part")):
            end, _ = self.tail(part.end("part"))
            self.found.append(_Found(part.start("part"), end, 0.75))
        for unit in patterns.ANSWER_UNIT.finditer(text):
            if not self._taken(*unit.span()):
                self.found.append(_Found(*unit.span(), 0.7))

    def _street_without_type(self, at: int) -> re.Match[str] | None:
        """Return a number and a word that is no ordinary one, as the whole of an answer ("1900 brookhaven")."""
        match = patterns.ANSWER_STREET.match(self.text, at)
        if match is None or any(word.lower() in COMMON for word in match["word"].split()):
            return None
        return match

    def _personal(self, words: list[tuple[str, int, int]]) -> bool:
        """Return whether the question also asks for a name, so that the first words may be one."""
        question = self.segment.question
        return (
            question is not None
            and re.search(r"\bnames?\b|\bwho\b|\bcalled\b", question.text, re.IGNORECASE) is not None
            and words[0][0].lower() not in TOWNS
        )


def _strip(text: str) -> str:
    return " ".join(w for w in text.lower().split() if w not in FUNCTION_WORDS)


def _capital_place(name: str) -> bool:
    return all(
        word[0].isupper() for word in name.split() if word.lower() not in ("of", "on", "the", "de", "la", "upon")
    )


def _region_end(text: str, words: list[tuple[str, int, int]]) -> int | None:
    """Return the end of the state or country that the words begin with."""
    for size in range(min(3, len(words)), 0, -1):
        if _is_region(text[words[0][1] : words[size - 1][2]]):
            return words[size - 1][2]
    return None
