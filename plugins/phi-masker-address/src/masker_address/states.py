"""Towns beside the two letters of their state: "Deadwood, OH", "i'm in reading pa".

Both halves may be words: "Normal, MD to follow" is a finding and a doctor, "Reading, IN progress" none of either. What
tells them apart is the form: what leads to a place stands before, or nothing but an end, a postcode or what somebody
does there behind.
"""

from __future__ import annotations

import re
from typing import Final

from masker_tagger import shared_tagger

from masker_address import patterns
from masker_address.growing import Found, Growing, is_region, is_town
from masker_address.vocabulary import AMBIGUOUS, COMMON, FUNCTION_WORDS, STATE_CODES, TOWNS

__all__ = ["States"]

_CODES: Final = frozenset(code.lower() for code in STATE_CODES.split("|") if len(code) == len("OH"))
#: Codes that are words of English when they are written small.
_WORDS: Final = frozenset("in or me ok hi oh la de id co mo pe on".split())
#: Codes that stand for something else in notes: degrees, scans, routes, diseases.
_CLINICAL: Final = patterns.CREDENTIALS | frozenset(
    "CA CT GA MI MN NC ND NS NT SC SD TX VA VT WA AR RI AB BC".split()
)
_CODE: Final = re.compile(r"[A-Za-z]{2}(?![\w'-]|\.\w|-)")
#: What leads to a place, right before it.
_LEADS: Final = re.compile(
    r"\b(?:in|from|of|near|to|at|around|outside|hometown|born|city|lives?|living|relocated|visiting)"
    r"(?: is| was|:)? (?:(?:uh|um|er|downtown|nearby),? )?\Z",
    re.IGNORECASE,
)
#: A place is said, and what somebody does there.
_ENDS: Final = re.compile(
    r"\.?(?:\s*(?:\Z|[,;)\n.?!])|,? \d{5}(?!\d)"
    r"| (?:and|but|so|because|where) (?:he|she|they|i|we|it|has|is|was|works?|lives?)\b)"
)
#: ... where something leads to it: what goes on with the sentence.
_GOES_ON: Final = re.compile(
    r" (?:and|but|so|because|where|with|who|since|for|on|by|this|last|next|yesterday|today|tonight|now|he|she|they|i|we"
    r"|is|was|has|area|right|near|office|please|thanks|at|after|before)\b",
    re.IGNORECASE,
)
#: From which probability on a word that is all that is said is a place's name ("reading pa").
_SURELY: Final = 0.8
_LONGEST_TOWN: Final = 40


class States(Growing):
    """Finds towns beside the code of a state."""

    def coded(self) -> None:
        """Find the towns right before a state's two letters."""
        if not _CODES.isdisjoint(self.words):
            for match in self.segment.reading.matches(_CODE, _CODES):
                small = match[0].islower() or self.text.isupper()
                if self.text[match.start() - 1 : match.start()] == " " and not (small and match[0].lower() in _WORDS):
                    self._before_code(match, small=small)

    def _before_code(self, match: re.Match[str], *, small: bool) -> None:
        """Take the town before a state's letters, if the rest of the sentence makes a place of it.

        Args:
            match: The letters.
            small: They are written small, or everything is in capitals: what is a word tells less.
        """
        text, code = self.text, match[0].upper()
        town = self._town_left(match.start() - (2 if text[match.start() - 2 : match.start() - 1] == "," else 1))
        if town is None or (not small and not text[town[0]].isupper()):
            return
        start, stop = town
        name = text[start:stop].lower()
        known = is_town(name)
        if not known and (small or code in _CLINICAL or not _is_new(text[start:stop])):
            return
        led, ends = self._led(start), _ENDS.match(text, match.end()) is not None
        if small or name in COMMON or name in AMBIGUOUS:
            lead = patterns.LEAD_IN.match(text)
            whole = ends and start <= (lead.end() if lead else 0)
            surely = code not in _CLINICAL or shared_tagger().alone_place(name) > _SURELY
            found = (led and (ends or _GOES_ON.match(text, match.end()) is not None)) or (whole and surely)
        else:
            found = ends or led or (known and code not in _CLINICAL)
        if found:
            self.found.append(Found(start, stop, 0.7))

    def _town_left(self, stop: int) -> tuple[int, int] | None:
        """Return where the town before an offset stands: the longest one that is known, or the word right before."""
        before = _TOWN.search(self.text, max(0, stop - _LONGEST_TOWN), stop)
        if before is None or self._taken(stop - 1, stop):
            return None
        starts = [word.start() for word in patterns.WORD.finditer(self.text, before.start(), stop)]
        start = next((at for at in starts if is_town(self.text[at:stop].lower())), starts[-1])
        return None if is_region(self.text[start:stop]) else (start, stop)

    def _led(self, start: int) -> bool:
        """Return whether what leads to a place stands right before an offset."""
        return _LEADS.search(self.text, max(0, start - 24), start) is not None

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
        start = match.start("town") + match["town"].rindex(town)
        credential = match["code"] in patterns.CREDENTIALS
        if credential and not match["zip"] and town.lower() not in TOWNS:
            return
        word = (credential or town.isupper()) and town.lower() in AMBIGUOUS and match["code"] and not match["zip"]
        if word and not (self._led(start) or _ENDS.match(self.text, match.end())):
            return  # "Normal, MD to follow", "EXAM NORMAL, CT PENDING"
        if is_region(town) or patterns.FACILITY.search(town + " "):
            return
        end = match.end() if match["zip"] else match.end("town")
        self.found.append(Found(start, end, 0.85))


#: Up to three words that may be a town's name.
_TOWN: Final = re.compile(r"(?<![\w'.-])(?:[^\W\d_][\w'-]*\.? ){0,2}[^\W\d_][\w'-]{2,}\Z")


def _is_new(name: str) -> bool:
    """Return whether a capitalised word that no list of towns knows can be one: no everyday word, no drug, no term."""
    low = name.lower()
    codes = shared_tagger().lexicon.codes.get(low, "")
    return name[0].isupper() and not name.isupper() and low not in COMMON and {"d", "m", "y", "b"}.isdisjoint(codes)
