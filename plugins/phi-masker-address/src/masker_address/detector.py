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
from typing import Final

from masker_tagger import Tagger, VcardLine, Word, shared_tagger, vcard_lines

from masker import Segment, Span, asked
from masker_address import patterns
from masker_address.growing import Found, is_place_key, is_region, is_town_under
from masker_address.scan import Scan
from masker_address.talk import Talk

__all__ = ["AddressDetector"]


class AddressDetector:
    """Finds ADDRESS."""

    name = "address"
    kinds = frozenset({"ADDRESS"})

    def __init__(self, tagger: Tagger | None = None) -> None:
        self._tagger = tagger or shared_tagger()
        self._talk = Talk(self._tagger)

    def detect(self, segment: Segment) -> Iterator[Span]:
        """Yield every address of a segment, each from its first to its last found part."""
        reading = segment.reading
        text = reading.text
        key = segment.key
        # Beside a link or an e-mail address an address is searched for as in any text.
        mixed = "@" in segment.text or "://" in segment.text
        if key is not None and text.strip() and is_place_key(key) and not mixed:
            yield from self._keyed(segment, key)
            return
        found = list(self._by_model(segment))
        if not (
            len(text) >= 48
            and patterns.TRIGGERS.isdisjoint(reading.letters)
            and not reading.has_digit
            and not asked(segment, patterns.ASKS_PLACE, patterns.ASKS_PLACE_WORDS)
        ):
            scan = Scan(segment)
            scan.all()
            found += scan.found
        for line in vcard_lines(segment.text):
            for start, end in _on_card(segment.text, line):
                found.append(Found(*reading.plain(start, end), 1.0))
        answers = segment.role == "user" and bool(found) and _is_asked(segment)
        for item in _merge(found, text):
            if _is_organisation(text, item) or patterns.STATUS.fullmatch(text, item.start, item.end):
                continue
            if answers and self._talk.is_talk(text, item.start, item.end):
                continue
            if self._tagger.namesakes.is_thing(segment, item.start, item.end, place=True):
                continue
            stop = self._talk.end_of(text, item.start, item.end) if answers else item.end
            article = _HOUSE_NAME.match(text, item.start - 4) if item.start > 3 else None
            start, end = reading.source(article.start() if article is not None else item.start, stop)
            yield Span(start, end, "ADDRESS", item.score, self.name)

    def _by_model(self, segment: Segment) -> Iterator[Found]:
        """Yield the runs of words that the model takes for an address; a lone state or country stays."""
        text = segment.reading.text
        if segment.key is not None and len(text) < _LEAF:
            return  # its key would have said so
        for tagged in self._tagger.read(segment):
            words = tagged.words
            for first, last, chance in tagged.runs(tagged.places, _SURE, _BESIDE):
                for start, end in _parted(words, first, last):
                    if chance < self._least(words[start:end], asked=tagged.sight.place):
                        continue
                    if end - start == 1 and words[start].text.isdecimal() and not _may_be_number(segment):
                        continue
                    low, high = words[start].start, words[end - 1].end
                    if not tagged.sight.place and _STRENGTH.fullmatch(segment.reading.text, low, high):
                        continue
                    if _is_place(text[low:high], asked_for=tagged.sight.place) and not _of_business(words, start, end):
                        yield Found(low, high, round(chance, 2))

    def _least(self, words: list[Word], *, asked: bool) -> float:
        """Return from which probability on words are a place: ordinary ones, and a lone number or term, need more."""
        kinds = [self._tagger.lexicon.describe(word.text)[1] for word in words]
        if len(kinds) > 1:
            street = patterns.STREET_TYPES.fullmatch(words[-1].text) is not None
            ordinary = all(kind[0] == "c" for kind in kinds) and not (asked or street)
            return _ORDINARY if ordinary else _SURE
        kind = kinds[0]
        return 0.7 if kind in ("#", "d", "y", "b") or kind[0] == "c" else 0.45 if kind[0] != "p" else _SURE

    def _keyed(self, segment: Segment, key: str) -> Iterator[Span]:
        """Take a JSON leaf whose key says that it is an address, unless it is only a state or country."""
        text = segment.text
        value = text.strip(" \t\r\n,.")
        if not value or not any(map(str.isalnum, value)) or patterns.NO_VALUE.fullmatch(value):
            return
        if is_region(value) and not is_town_under(patterns.GENERAL.sub("", key), value):
            return
        if "district" in key.lower() and not value[0].isupper():
            return
        if patterns.CODE_KEY.search(key) is not None and sum(map(str.isalnum, value)) < _SHORTEST_CODE:
            return
        start = text.index(value)
        yield Span(start, start + len(value), "ADDRESS", 0.95, self.name)


#: From which probability on a word is part of an address, and the probability that a word beside it needs.
_SURE: Final = 0.3


_BESIDE: Final = 0.2
#: The strength of a limb: "5/5 RUE".
_STRENGTH: Final = re.compile(r"[0-5][+-]?/5 [A-Z]{2,3}")
#: From which probability on several ordinary words are a place ("fancy place"), when nobody asks for one.
_ORDINARY: Final = 0.8


#: "The Old Bakery, Mill Street": what a house is called is one name with its article.
_HOUSE_NAME: Final = re.compile(r"(?<!\w)(?:The (?=[A-Z][\w'-]+(?: [A-Z][\w'-]+)?,)|the (?=old \w))")


#: A postcode has so many signs at least.
_SHORTEST_CODE: Final = 3
#: A JSON leaf shorter than this is a value of its key, not prose.
_LEAF: Final = 24


#: Words between two places, and before one.
_BETWEEN: Final = frozenset("to from".split())


_BEFORE: Final = frozenset(
    "in on at to from near by off around of the is it's and uh um no sure yes yeah so okay".split()
)


#: What makes a place that of a business where nobody lives or goes for care.
_BUSINESS: Final = frozenset("snf hotel restaurant airport".split())
#: What organisations with the name of a place are called, and what may stand before it ("hill valley national bank").
_ORGANISATION: Final = re.compile(
    r"(?: (?:national|first|family|regional|general|urgent|primary|credit|savings|community)\b)*"
    r" (?:bank|insurance|clinic|hospital|hospice|surgery|practice|medicine|medical|healthcare|pa?ediatrics"
    r"|cardiology|dermatology|neurology|oncology|orthopa?edics|radiology|urology|imaging|dental|dentistry|rehab"
    r"|university|college|school|academy|church|institute|airlines|union)\b",
    re.IGNORECASE,
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


def _is_organisation(text: str, item: Found) -> bool:
    """Return whether a place begins or is the name of an organisation; where one stands has a number."""
    if any(map(str.isdigit, text[item.start : item.end])):
        return False
    last = text.rfind(" ", item.start, item.end)
    street = text.endswith(" bank", item.start, item.end)  # "on gorse bank"
    return any(_ORGANISATION.match(text, at) for at in (item.end, item.end if street else last) if at >= 0)


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
        if any(map(str.isalnum, text[start:end])) and not (place == _REGION and is_region(text[start:end]))
    ]
    if said:
        yield said[0][0], said[-1][1]


def _is_asked(segment: Segment) -> bool:
    """Return whether the open question is for an address or a part of one."""
    return asked(segment, patterns.ASKS_PLACE, patterns.ASKS_PLACE_WORDS) or asked(
        segment, patterns.ASKS_CODE, patterns.ASKS_CODE_WORDS
    )


def _may_be_number(segment: Segment) -> bool:
    """Return whether the open question may be answered with a house's number alone, and asks for no age."""
    question = "" if segment.question is None else segment.question.text
    return patterns.ASKS_AGE.search(question) is None


def _is_place(value: str, *, asked_for: bool) -> bool:
    """Return whether a run of words is more than a letter, a state, a country or, unless asked for, a number."""
    said = asked_for or any(map(str.isalpha, value))
    return said and len(value) > 1 and not is_region(value) and patterns.HUM.fullmatch(value) is None


def _merge(found: list[Found], text: str) -> list[Found]:
    """Join overlapping findings, and those parted by no more than a comma, blank or state."""
    merged: list[Found] = []
    for item in sorted(found):
        if merged and item.start <= merged[-1].end:
            last = merged[-1]
            merged[-1] = Found(last.start, max(last.end, item.end), max(last.score, item.score))
        elif merged and (
            patterns.BETWEEN.fullmatch(text, merged[-1].end, item.start)
            or patterns.LEADS_ON.fullmatch(text, merged[-1].end, item.start)
        ):
            last = merged[-1]
            merged[-1] = Found(last.start, item.end, max(last.score, item.score))
        else:
            merged.append(item)
    return merged
