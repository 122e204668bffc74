"""Read a segment once for names, addresses, numbers and dates; detectors take from it what is theirs.

The model costs a few microseconds a word, so it looks only where a word could be part of either at all, and what it
says of a segment is remembered with the segment's reading: the second detector that asks pays nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

import attrs

from masker import Segment
from masker_tagger.features import Sight
from masker_tagger.glance import ALOUD, likely
from masker_tagger.model import Model
from masker_tagger.namesakes import Namesakes
from masker_tagger.stretches import stretches
from masker_tagger.weights import Weight
from masker_tagger.words import Word, split_texts, split_words

__all__ = ["ALOUD", "Tagged", "Tagger", "shared_tagger"]

#: How many ordinary words on either side of a word that may be a name or place the model looks at.
_AROUND: Final = 3
#: A word that speaks less than this for any label (a lone one needs hundreds to be believed) is not looked at again.
_GLANCE: Final = 2.0
#: Where no word is likelier than this to be part of anything, nobody asks.
_LEAST: Final = 0.04
#: ... and one that at first look, with its next neighbours alone, is this far from any label need no second look.
_FLOOR: Final = -1.0
#: After a question for a name or an address, the answer stands within so many words.
_ANSWER: Final = 40
_TOKEN: Final = re.compile(r"\[[A-Z]+(?:_[A-Z]+)*(?:_\d+|:[A-Z_]+)\]")
_NONE: Final = (0.0, 0.0, 0.0, 0.0)


@attrs.frozen
class Tagged:
    """A stretch that the model has read.

    Args:
        words: Its words, with their places in the reading's plain form.
        sight: What is known of the stretch.
        low: The first word to decide on; those before are there to be seen.
        high: The word after the last one to decide on.
        names: For each word how likely it is part of a person's name.
        places: For each word how likely it is part of an address.
        codes: For each word how likely it is part of a number or code that identifies.
        dates: For each word how likely it is part of a date.
    """

    words: list[Word] = attrs.field(repr=False)
    sight: Sight
    low: int
    high: int
    names: list[float]
    places: list[float]
    codes: list[float]
    dates: list[float]

    def runs(self, chances: Sequence[float], sure: float, beside: float) -> Iterator[tuple[int, int, float]]:
        """Yield the runs of words in which one word is sure and the others are likely, without signs at their ends.

        Args:
            chances: One of the four lists.
            sure: From which probability on a word begins a run.
            beside: From which probability on a word next to it belongs to it.

        Yields:
            First word, the word after the last one, the best probability.
        """
        words = self.words
        place = self.low
        while place < self.high:
            if chances[place] < sure or not words[place].text[0].isalnum():
                place += 1
                continue
            first, last = place, place + 1
            while first > self.low and chances[first - 1] >= beside:
                first -= 1
            while last < len(words) and chances[last] >= beside:
                last += 1
            place = last
            while not words[last - 1].text[0].isalnum():
                last -= 1
            while not words[first].text[0].isalnum():
                first += 1
            yield first, last, max(chances[first:last])


class Tagger:
    """Reads segments with a model.

    Args:
        model: The trained model; its facts about words are there for detectors, too.
    """

    def __init__(self, model: Model) -> None:
        self.model = model
        self.lexicon = model.lexicon
        self.namesakes = Namesakes(model.lexicon)

    def read(self, segment: Segment) -> list[Tagged]:
        """Return the stretches of a segment in which something may be an identifier, in order."""
        memo = segment.reading.memo
        known: list[Tagged] | None = memo.get("masker_tagger")
        if known is None:
            known = memo["masker_tagger"] = self._read(segment)
        return known

    def alone(self, text: str, sight: Sight) -> float:
        """Return how likely a word is part of a person's name when it is all that is said."""
        return self._alone(text, sight)[0]

    def alone_place(self, text: str) -> float:
        """Return how likely a word is part of a place when it is all that is said to a question for one."""
        return self._alone(text, Sight(place=True, cased=False))[1]

    def _alone(self, text: str, sight: Sight) -> Sequence[float]:
        (chance,) = self.model.chances(self._factors([text], sight, frozenset()))
        return chance or _NONE

    def _read(self, segment: Segment) -> list[Tagged]:
        reading = segment.reading
        texts = split_texts(reading.text)
        if not any(text[0].isalpha() for text in texts):
            return []
        ranges = [reading.plain(p.start, p.end) for p in reading.pieces if p.kind == "spelled"]
        words = split_words(reading.text, ranges) if ranges else []
        spelled = [place for place, word in enumerate(words) if word.spelled]
        masked = _masked(reading.text) if "[" in reading.text else ()
        found = []
        for stretch in stretches(segment, texts):
            left, right, sight = stretch.left, stretch.right, stretch.sight
            seen = texts[left:right]
            letters = frozenset(place - left for place in spelled if left <= place < right)
            factors = self._factors(seen, sight, letters)
            for place in masked:
                if left <= place < right:
                    factors[place - left] = None
            low, high = stretch.low - left, stretch.high - left
            if not any(factors[low:high]):
                continue
            chances = self.model.chances(factors)
            if not any(chance is not None and max(chance) >= _LEAST for chance in chances):
                continue
            words = words or split_words(reading.text)
            by_label = [list(column) for column in zip(*(chance or _NONE for chance in chances), strict=True)]
            found.append(Tagged(words[left:right], sight, low, high, *by_label))
        return found

    def _factors(self, texts: Sequence[str], sight: Sight, spelled: frozenset[int]) -> list[Weight | None]:
        """Return `Model.factors` of the words that may be part of something, and ``None`` for the others.

        What is no part of an answer gets a look when it is likely at all, and its neighbours when that look was no
        disappointment.
        """
        model, size = self.model, len(texts)
        seen = model.see(texts)
        answer = range(min(size, _ANSWER)) if sight.asked or sight.place else range(0)
        known = model.factors(texts, seen, sight, answer, spelled=spelled)
        places = likely(texts, [facts.hint for facts in seen], spelled, cased=sight.cased)
        glanced = [place for place in places if place not in known]
        known.update(model.factors(texts, seen, sight, glanced, spelled=spelled, floor=_FLOOR))
        near = set(answer)
        for place, factor in known.items():
            if factor is not None and max(factor) >= _GLANCE:
                near.update(range(max(0, place - _AROUND), min(size, place + _AROUND + 1)))
        missing = [place for place in sorted(near) if known.get(place) is None]
        known.update(model.factors(texts, seen, sight, missing, spelled=spelled))
        return [known[place] if place in near else None for place in range(size)]


def _masked(text: str) -> list[int]:
    """Return the places of words inside what masker itself writes for a masked value."""
    tokens = [match.span() for match in _TOKEN.finditer(text)]
    if not tokens:
        return []
    return [
        place
        for place, word in enumerate(split_words(text))
        if any(start <= word.start and word.end <= end for start, end in tokens)
    ]


@cache
def shared_tagger() -> Tagger:
    """Return the one tagger of this process, with the model that ships with this package."""
    return Tagger(Model.load())
