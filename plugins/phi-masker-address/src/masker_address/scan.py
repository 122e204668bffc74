"""One look at one segment for everything that is an address."""

from __future__ import annotations

from masker import asked
from masker_address import patterns
from masker_address.answers import Answers
from masker_address.codes import Codes
from masker_address.growing import Found, is_region, is_town
from masker_address.vocabulary import AMBIGUOUS, COMMON, TOWN_OPENERS

__all__ = ["Scan"]


class Scan(Answers, Codes):
    """Finds every address of a segment."""

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
        if self.asked_place or self.asked_code or self.asked_unit:
            self.answer()
        elif self.found:
            self._towns_said()  # "18 cedar parkway okay kissimmee still"
        if len(self.text) < 48:
            self._only_town()
        for place, item in enumerate(self.found):
            further = patterns.TOWN_GOES_ON.match(self.text, item.end)
            if further and is_town(self.text[item.start : item.end].rsplit(" ", maxsplit=1)[-1].lower()):
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
                is_town(name)
                and not is_region(name)
                and name not in COMMON
                and name not in AMBIGUOUS
                and len(name) > 4
                and not self._taken(first, last)
            ):
                rest = patterns.CODE_FILLER.sub(" ", self.text[last:]).split()
                if not rest or rest in (["now"], ["still"]):
                    self.found.append(Found(first, last, 0.55))
                return
