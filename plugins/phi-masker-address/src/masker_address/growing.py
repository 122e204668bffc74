"""What an address grows from an anchor: to the right unit, town, state and postcode."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from masker import Segment, Turn, asked
from masker_address import patterns
from masker_address.vocabulary import (
    AMBIGUOUS,
    COMMON,
    COUNTRIES,
    FUNCTION_WORDS,
    STATE_CODES,
    STATES,
    TOWNS,
    plain_name,
)

__all__ = ["Found", "Growing", "is_place_key", "is_region", "is_town", "is_town_under"]


class Found(NamedTuple):
    """A part of an address, in offsets of the reading."""

    start: int
    end: int
    score: float


class Growing:
    """What the looks for addresses share; offsets are into the reading.

    Args:
        segment: What is looked at.
    """

    def __init__(self, segment: Segment) -> None:
        self.segment = segment
        self.text = segment.reading.text
        self.words = segment.reading.letters
        self.found: list[Found] = []
        self.asked_place = (
            asked(segment, patterns.ASKS_PLACE, patterns.ASKS_PLACE_WORDS)
            and not self._asks_otherwise()
            and not self._went_on()
        )
        self.asked_code = asked(segment, patterns.ASKS_CODE, patterns.ASKS_CODE_WORDS)

    @property
    def asked_street(self) -> bool:
        """Whether the open question is for a street."""
        return self.asked_namely or asked(self.segment, patterns.ASKS_WHERE, patterns.ASKS_WHERE_WORDS)

    @property
    def asked_namely(self) -> bool:
        """Whether it calls it so: where somebody is, or something goes, may be told otherwise ("at the front desk")."""
        return asked(self.segment, patterns.ASKS_STREET, patterns.ASKS_STREET_WORDS)

    @property
    def asked_unit(self) -> bool:
        """Whether it is for a unit alone ("which unit?"), which is as often one of a hospital: its name stays."""
        return asked(self.segment, patterns.ASKS_UNIT, patterns.ASKS_UNIT_WORDS)

    def _went_on(self) -> bool:
        """Return whether the asking side has spoken of something else since: its question is answered."""
        spoken = [turn for turn in self.segment.since if turn.role == "assistant"]
        return bool(spoken) and _is_other_talk(spoken[-1])

    def _asks_otherwise(self) -> bool:
        """Return whether the question is for an email address, or for the place of a pain."""
        question = self.segment.question
        if question is None or patterns.ASKS_HOME.search(question.text):
            return False
        return patterns.ASKS_OTHER.search(question.text) is not None or (
            patterns.ASKS_BODY.search(question.text) is not None and patterns.ASKS_WHERE.search(question.text) is None
        )

    def _left(self, start: int, reach: int = 60) -> str:
        return self.text[max(0, start - reach) : start]

    def _taken(self, start: int, end: int) -> bool:
        return any(f.start < end and start < f.end for f in self.found[-32:])

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
            elif patterns.ANTIPODES.search(text[:pos][-12:]):
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
            if is_town(name) and (size > 1 or name not in COMMON or (after_comma and words[0][0][0].isupper())):
                if size == 1 and patterns.PHONE_NEXT.match(text, words[0][1]):
                    return None
                if not patterns.FACILITY.match(text, words[size - 1][2]):
                    return self._longer(words, size)
        taken = 0
        for number, (word, start, _) in enumerate(words):
            plain = word.lower().rstrip(".")
            if patterns.STATE.match(text, start) and (number or is_region(word)):
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
        if is_region(name) or patterns.FACILITY.match(text, words[taken - 1][2]):
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

    def _has(self, words: frozenset[str]) -> bool:
        """Return whether the text has one of some words."""
        return not words.isdisjoint(self.words)

    def _has_number(self, pattern: re.Pattern[str]) -> bool:
        """Return whether a pattern matches at one of the text's numbers."""
        return any(self.segment.reading.at_numbers(pattern))


#: So few words go on with a question: "okay and then", "go ahead i'm listening".
_FEW_WORDS: Final = 6


def _is_other_talk(turn: Turn) -> bool:
    """Return whether a turn says more than "go on" and neither asks for a place nor reads back what it heard."""
    few = len(turn.text.split()) <= _FEW_WORDS and _ASKS_ANEW.search(turn.text) is None
    if few or _READ_BACK.search(turn.text) is not None:
        return False
    return patterns.ASKS_PLACE.search(turn.text) is None and patterns.ASKS_CODE.search(turn.text) is None


_ASKS_ANEW: Final = re.compile(r"\b(?:which|how|when|why|have you|did you|do you)\b", re.IGNORECASE)
#: "So that's forty two cedar avenue", "i have 42 ...", "did you say".
_READ_BACK: Final = re.compile(r"\b(?:so that's|so it's|i've got|did you say|that's|you said|got)\b", re.IGNORECASE)


def is_town(name: str) -> bool:
    """Return whether the list knows a town of this lower-case name, whatever its accents and hyphens."""
    return name in TOWNS or (patterns.PLAIN_NAME.search(name) is not None and plain_name(name) in TOWNS)


def is_place_key(key: str) -> bool:
    """Return whether a JSON key names an address or a part of one; a general key may follow ("zip value")."""
    key = patterns.GENERAL.sub("", key)
    return patterns.KEY.search(key) is not None and patterns.NOT_KEY.search(key) is None


def is_town_under(key: str, name: str) -> bool:
    """Return whether a name that is also a state's or a country's is a town's under its key: "City: Lebanon"."""
    return patterns.TOWN_KEY.search(key) is not None and is_town(name.strip(" .,").lower())


def is_region(name: str) -> bool:
    """Return whether a name is that of a state or country, which stay."""
    plain = " ".join(name.lower().replace(",", " ").split()).strip(" .")
    return (
        plain in COUNTRIES
        or plain.removeprefix("the ") in COUNTRIES
        or re.fullmatch(STATES, plain) is not None
        or (name.strip(" .,") == name.strip(" .,").upper() and re.fullmatch(STATE_CODES, name.strip(" .,")) is not None)
    )
