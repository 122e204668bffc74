"""Where a name ends in answer to a question for one: "Sarah. Chest pain" is a name, and what the call is about.

A short answer may be nothing but a name from anywhere, so the model takes every word of it for a part of one. What it
cannot know, and the lexicon does, is which words nobody is called by. They end a name, and so does a full stop; words
that are somebody's last name and an everyday word belong to the name that they stand right behind ("Sarah Short"),
unless more everyday words follow ("Sarah, sharp pain", "Sarah back pain"). A word too many in a name is not safe: what
is masked, the agent on the other side never hears of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from masker_tagger import LANGUAGES, Sight, Tagger, Word

from masker_name.lists import NEVER, RELATIONS, TITLES
from masker_name.things import is_first_name

__all__ = ["FIRST_OF_ALL", "Ends"]

#: How well a word goes with a name: not at all; as a last name beside one; likely so; it is one.
_NO, _WEAK, _STRONG, _SURE = range(4)
#: Frequent English words, drugs and brands, and rarer words.
_EVERYDAY: Final = frozenset(("c1", "c2", "d", "b"))
_RARER: Final = frozenset(("c3", "c4", "seen"))
#: How likely the model must hold a word for a name when it is all that is said: a rare name that is an everyday word
#: ("River"), and a rare word that is in no list of names ("Felicity").
_ALONE: Final = 0.92
_DOUBTFUL: Final = 0.5
_SIGHT: Final = Sight(asked="name", cased=False)
#: What hurts, or is wanted at once, is that first, whoever else is called so.
FIRST_OF_ALL: Final = frozenset(
    "rash blood hurt fell falls high burn burns drown rape cramps gash sweat back call card order person money meth"
    " ayuda ayudame emergencia ambulancia sangre".split()
)
#: First names that no list has, since they are younger or from elsewhere, and everyday words all the same.
_UNLISTED: Final = frozenset("sky poppy praise saffron clover legend per".split())
#: Behind these stands a name, whatever it means.
_ADDRESSED: Final = frozenset("mr mrs ms miss mister dr".split())
#: Words within names that are everyday words elsewhere ("bin", "den").
_PARTICLES: Final = frozenset("van de la le al el bin ibn der den von del di da du dos ter".split())
_STOPS: Final = frozenset(".!?;:\n")
#: These may stand beside a name without being what it is about.
_BESIDE: Final = NEVER | RELATIONS | frozenset("speaking calling again".split())


class Ends:
    """Tells which words of an answer are a name.

    Args:
        tagger: The model and its facts about words.
    """

    def __init__(self, tagger: Tagger) -> None:
        self._tagger = tagger
        self._lexicon = tagger.lexicon

    def parts(self, words: Sequence[Word], start: int, end: int, *, cased: bool) -> Iterator[tuple[int, int]]:
        """Yield the parts of a run of words, taken for a name in an answer to a question for one, that are names.

        Args:
            words: The words of the answer.
            start: The first word of the run.
            end: The word after the last one.
            cased: Whether the answer uses capital letters at all.
        """
        ranks = [self._rank(words, place, cased=cased) for place in range(start, end)]
        for at, rank in enumerate(ranks[:-1]):
            if rank == _NO and ranks[at + 1] == _SURE and _touch(words, start + at + 1):
                ranks[at] = self._before_name(words, start + at, ranks[at - 1] if at else _NO)
        first = start
        for place in range(start, end + 1):
            if place < end and ranks[place - start] != _NO and not _stops(words, place):
                continue
            if part := self._named(words, ranks, start, first, place):
                yield part
            first = place + 1

    def _named(
        self, words: Sequence[Word], ranks: list[int], start: int, first: int, end: int
    ) -> tuple[int, int] | None:
        """Return the name between two words that are none, or between the ends of sentences."""
        said = [at for at in range(first, end) if words[at].text[0].isalnum()]
        core = [at for at in said if ranks[at - start] == _SURE]
        if not core:
            several = len(said) > 1 and _SURE in ranks and all(ranks[at - start] == _WEAK for at in said)
            if not said or several or self._is_everyday(words, end) or self._is_everyday(words, first - 1):
                return None
            if any(at not in said and self._is_of_harm(words[at].text) for at in range(len(words))):
                return None  # "fell off roof"
            return said[0], said[-1] + 1
        low, high = core[0], core[-1] + 1
        for at in (at for at in said if at >= high):
            last = ranks[at - start] == _WEAK
            if self._is_everyday(words, at + 1) and (last or not _touch(words, at)):
                break
            high = at + 1
            if last:
                break
        for at in (at for at in reversed(said) if at < low):
            if self._is_everyday(words, at - 1):
                break
            low = at
        return low, high

    def _is_everyday(self, words: Sequence[Word], place: int) -> bool:
        """Return whether an everyday word stands there that is no name, and goes on with another subject."""
        if not 0 <= place < len(words) or not words[place].text[0].isalpha():
            return False
        low = words[place].text.lower()
        return low not in _BESIDE and self._rank(words, place, cased=False) == _NO

    def _is_of_harm(self, text: str) -> bool:
        """Return whether a word tells what happened to somebody, and is nobody's name."""
        low = text.lower()
        codes = self._lexicon.codes.get(low, "")
        return low in FIRST_OF_ALL or (self._lexicon.is_of_harm(low) and {"f", "l"}.isdisjoint(codes))

    def _before_name(self, words: Sequence[Word], place: int, before: int) -> int:
        """Return how well an everyday word goes with the name right behind it ("Aponi 2 Bears Abdallah")."""
        low = words[place].text.lower()
        inside = before >= _STRONG and _touch(words, place)
        rare = re.search("[fl]1", self._lexicon.codes.get(low, "")) is not None and low not in FIRST_OF_ALL
        return _STRONG if inside else _WEAK if rare else _NO

    def _rank(self, words: Sequence[Word], place: int, *, cased: bool) -> int:
        """Return how well a word goes with a name; a capital within a sentence speaks for one."""
        word = words[place]
        if not word.text[0].isalpha() or word.spelled or word.text.lower() in _PARTICLES:
            return _STRONG
        before = words[place - 1].text.lower() if place else "."
        if before in _ADDRESSED:
            return _SURE
        rank = self._plain_rank(word.text.lower())
        begins = before in _STOPS
        if rank < _STRONG and cased and word.text.istitle() and not begins:
            return _WEAK if rank == _NO else _SURE
        return rank

    def _plain_rank(self, low: str) -> int:
        """Return how well a word goes with a name wherever it stands."""
        code, kind = self._lexicon.codes.get(low, ""), self._lexicon.describe(low)[1]
        if low in FIRST_OF_ALL or low in LANGUAGES:
            return _NO
        if is_first_name(code) or low in _UNLISTED or low in TITLES:
            return _SURE
        if re.search("l[2-5]", code):
            return _WEAK if kind[0] == "c" else _STRONG if kind[0] in "ab" else _SURE
        if kind in _EVERYDAY:
            rare = re.search("[fl]1", code) is not None
            return _WEAK if rare and self._tagger.alone(low, _SIGHT) >= _ALONE else _NO
        if kind in _RARER and code:
            return _WEAK if self._tagger.alone(low, _SIGHT) >= _DOUBTFUL else _NO
        return _SURE


def _stops(words: Sequence[Word], place: int) -> bool:
    """Return whether a sentence ends at a word; a full stop behind an initial or a title ends none ("J. Long")."""
    if words[place].text not in _STOPS:
        return False
    before = words[place - 1].text.lower() if place else ""
    return words[place].text != "." or not (len(before) == 1 or before in TITLES or before in ("st", "jr", "sr"))


def _touch(words: Sequence[Word], place: int) -> bool:
    """Return whether nothing but a blank or a hyphen is between a word and the one before it."""
    return place > 0 and words[place - 1].text[0].isalnum() and words[place].start - words[place - 1].end <= 1
