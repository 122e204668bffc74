"""What is said in place of an address: "I fell", "overdose", "two refills please".

A short answer to a question for an address may be a place that nobody has heard of, so all of it is taken for one. What
it cannot be is nothing but everyday words, of which the lexicon knows that no place is called by them, and amounts. A
word too many is not safe: what is masked, the agent on the other side never hears of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from masker_tagger import LANGUAGES, Tagger

from masker import is_amount
from masker_address.growing import is_town
from masker_address.vocabulary import AMBIGUOUS, FUNCTION_WORDS, NAMESAKES, STRONG_TYPES, TOWNS, UNITS, WEAK_TYPES

__all__ = ["Talk"]

_WORD: Final = re.compile(r"\d+(?:\.\d)?(?![^\W_])|[^\W_]+(?:['\u2019][^\W\d_]+)?")
_NUMBER: Final = re.compile(r"(?<![^\W_])\d+(?:\.\d)?(?![^\W_])")
_POSSESSIVE: Final = re.compile(r"['\u2019]s\Z")
#: "The paddocks": what houses are called.
_ARTICLE: Final = re.compile(r"\bthe (?=[^\W\d])", re.IGNORECASE)
#: Somebody of whom something is told, with no place: "he's [turning blue]", "my [neighbor was shot]".
_SUBJECT: Final = re.compile(
    r"(?:\A|[ ,.])(?:(?:i|he|she|they|we|someone|somebody|there)(?:['\u2019](?:m|s|re|ve))?|my|(?:he|she|it) (?:is|was)"
    r"|i (?:am|was)) \Z",
    re.IGNORECASE,
)
#: Words within a sentence and within no place.
_PROSE: Final = re.compile(r"\b(?:an|my|me|him|some|lot)\b", re.IGNORECASE)
#: A house's number, its street and the street's type.
_STREET: Final = re.compile(
    rf"\d[\w/-]*(?: \d[\w/-]*){{0,3}}(?: [^\W\d_][\w'\u2019-]*){{1,3}}? (?:{STRONG_TYPES})\b\.?", re.IGNORECASE
)
#: Classes of everyday words, drugs and brands.
_EVERYDAY: Final = frozenset(("c1", "c2", "c3", "d", "y", "b"))
#: What is measured, or asked for in another language; no list knows all of them as everyday words.
_SAID: Final = frozenset("o2 a1c spo2 co2 inr bp temp ph bmi".split())
_TYPES: Final = frozenset(f"{STRONG_TYPES}|{WEAK_TYPES}".split("|"))
#: Beside these a word may be anything.
_UNITS: Final = frozenset(UNITS.split("|")) - frozenset("level block floor door shop lot".split())
#: From which probability on the model takes a word for a place ("Orchard"), and up to which one of the words of an
#: answer must be hardly any ("heart attack", unlike "Nether Wallop").
_MAYBE: Final = 0.9
_HARDLY: Final = 0.2


class Talk:
    """Tells which answers to a question for a place are none.

    Args:
        tagger: The model and its facts about words.
    """

    def __init__(self, tagger: Tagger) -> None:
        self._tagger = tagger
        self._lexicon = tagger.lexicon

    def is_talk(self, text: str, start: int, end: int) -> bool:
        """Return whether a part of an answer, taken for a place, is everyday words and amounts alone."""
        if is_amount(text, start, end):
            return _ARTICLE.search(text, max(0, start - 4), start + 5) is None
        words = list(_WORD.finditer(text, start, end))
        lows = [_POSSESSIVE.sub("", word[0].lower()) for word in words]
        several = len(words) > 1
        if _ARTICLE.search(text, max(0, start - 4), start + 5) is not None:
            return not several and self._is_thing(lows)
        if not words or (several and (lows[-1] in _TYPES or is_town(text[start:end].lower()))):
            return False
        doses = {place for place, low in enumerate(lows[1:]) if lows[place].isdecimal() and self._is_drug(low)}
        counted = bool(doses) or any(is_amount(text, *number.span()) for number in _NUMBER.finditer(text))
        prose = several and _PROSE.search(text, start, end) is not None
        harm = any(map(self._is_of_harm, lows))
        told = counted or prose or harm or _SUBJECT.search(text, max(0, start - 16), start) is not None
        for place, (word, low) in enumerate(zip(words, lows, strict=True)):
            if low[0].isdecimal():
                if place not in doses and not is_amount(text, *word.span()):
                    return False
            elif not (
                self._is_everyday(low, told=told) or (prose and low in AMBIGUOUS) or (harm and self._is_named(low))
            ):
                return several and not told and self._is_headed(lows)
        if told:
            return True
        if several and lows[0] in NAMESAKES:
            return self._tagger.alone_place(lows[-1]) < _HARDLY
        return lows[0] not in NAMESAKES and (not several or min(map(self._tagger.alone_place, lows)) < _HARDLY)

    def _is_thing(self, lows: Sequence[str]) -> bool:
        """Return whether a word behind "the" is a frequent one of what is no house ("the lobby")."""
        frequent = len(lows) == 1 and self._lexicon.describe(lows[0])[1] == "c1"
        return frequent and self._is_everyday(lows[0]) and self._tagger.alone_place(lows[0]) < _HARDLY

    def _is_drug(self, low: str) -> bool:
        """Return whether a word is a drug, so that a number before it is how much of it is wanted ("30 lisinopril")."""
        return self._lexicon.describe(low)[1] == "d" and "p" not in self._lexicon.codes.get(low, "")

    def end_of(self, text: str, start: int, end: int) -> int:
        """Return where an address ends behind whose street something else is told ("418 Ash Street [hurry]")."""
        street = _STREET.match(text, start, end)
        if street is None or street.end() == end:
            return end
        said = [word[0] for word in _WORD.finditer(text, street.end(), end) if word[0].lower() not in FUNCTION_WORDS]
        if any(map(str.istitle, said)):
            return end  # "Wounded Knee"
        usual = len(said) == 1 and self._is_usual(said[0])
        told = usual or any(self._is_of_harm(word.lower()) or self._lexicon.is_term(word) for word in said)
        return street.end() if told and self.is_talk(text, street.end(), end) else end

    def _is_usual(self, low: str) -> bool:
        """Return whether a word is one of the most frequent, and hardly any place's."""
        return self._lexicon.codes.get(low, "").startswith("e1") and self._tagger.alone_place(low) < _HARDLY

    def _is_headed(self, lows: Sequence[str]) -> bool:
        """Return whether two words name a thing of a kind that is no place's ("broken arm", "main menu")."""
        first, *others, last = lows
        if others or first == last:
            return False
        thing = self._is_everyday(last) and last not in FUNCTION_WORDS and last not in NAMESAKES
        return thing and self._is_everyday(first, told=True) and self._tagger.alone_place(last) < _HARDLY

    def _is_everyday(self, low: str, *, told: bool = False) -> bool:
        """Return whether a word is an everyday one that is no place, or may be one where something is told."""
        if low in FUNCTION_WORDS or low in LANGUAGES or low in _SAID:
            return True
        if low in TOWNS or low in _UNITS:
            return False
        if self._lexicon.is_term(low):
            return True
        if self._lexicon.describe(low)[1] not in _EVERYDAY:
            return False
        return told or ("p" not in self._lexicon.codes.get(low, "") and self._tagger.alone_place(low) < _MAYBE)

    def _is_named(self, low: str) -> bool:
        """Return whether a frequent English word that is a name, too, may be part of a harm's ("poison ivy")."""
        return low not in TOWNS and self._lexicon.describe(low)[1] in ("a1", "a2")

    def _is_of_harm(self, low: str) -> bool:
        """Return whether a word tells of an injury, an illness or the body, and no place is called by it."""
        if low in TOWNS or not self._lexicon.is_of_harm(low):
            return False
        return self._is_everyday(low, told=True) and "p" not in self._lexicon.codes.get(low, "")
