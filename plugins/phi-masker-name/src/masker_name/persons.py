"""Who is a person although a dose, a form of a drug or a place of care stands beside.

"Xarpel 50 mg", "prescribed Xarpel" and "Harper hospital" are things, and nothing else tells than what stands beside. A
full name is no drug all the same ("gave Sarah Chen 20 units"), nor is who is said to be a person or is given a drug.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from masker_tagger import Lexicon, Word

__all__ = ["DOSES", "VARIANTS", "Persons"]

#: What follows a drug: a form, a unit, a schedule.
DOSES: Final = frozenset(
    "mg mcg milligram milligrams microgram micrograms ml units tablet tablets pill pills capsule capsules"
    " inhaler cream ointment syrup drops patch patches puffs injection injections xr er sr xl hcl bid tid"
    " qd qhs prn".split()
)
#: Which of several drugs of one name: "Hailey Fe", "Mylanta Max".
VARIANTS: Final = frozenset("fe lo max pro forte plus duo".split())
#: Who is named behind this is a person: roles, relatives, and what one does to people alone.
_ROLES: Final = frozenset(
    "patient pt client resident caller member grandma grandpa granny grandmother grandfather nana nan mother father"
    " mom mum mam dad husband wife son daughter brother sister uncle aunt auntie niece nephew cousin partner".split()
)
_TOLD: Final = frozenset("tell told ask asked remind reminded notify notified call called inform informed".split())
#: One gives to a person, or gives a person something.
_GIVEN: Final = frozenset("give gives gave giving".split())
_GIVEN_TO: Final = _GIVEN | frozenset("given administer administered dispensed injected".split())
_ORDERED: Final = _GIVEN | frozenset("prescribe prescribes prescribed prescribing".split())
_ARTICLES: Final = frozenset(("a", "an", "some", "another", "his", "her", "their"))
#: Before a place, and what somebody is who works there ("this is sarah chen pharmacy tech").
_WHERE: Final = frozenset("at in to from into near of off by via the a an this that our my your and".split())
#: Places that bear a full name, also where it is not written as one ("the betty ford clinic").
_FOUNDERS: Final = frozenset(
    "anne arundel, ben taub, betty ford, duane reade, florence nightingale, fred hutch, fred hutchinson, george eliot,"
    " george washington, henry ford, howard young, james paget, john muir, john radcliffe, luther king,"
    " martha jefferson, martin luther king, mary greeley, mary washington, nathan littauer, robert packer,"
    " robert wood johnson, ronald reagan, santa barbara, santa clara, santa maria, santa monica, santa rosa,"
    " sarah cannon, thomas jefferson, virginia mason".split(", ")
)
_POSTS: Final = frozenset(
    "tech technician assistant coach nurse student worker director manager secretary receptionist aide".split()
)
#: What is written of a person's visit there: "Sarah Chen Clinic Note".
_PAPERS: Final = frozenset("note notes visit visits course summary record records chart stay bill letter".split())
#: "prescribed Xarpel a week ago".
_WHEN: Final = frozenset("minute hour day week month year while few couple bit little lot long".split())
#: Words of these classes may be somebody's name without any help (see `Lexicon.describe`).
_NAMELIKE: Final = frozenset(("N", "n", "r", "pn", "oov", "oove", "odd", "foreign"))
_LISTED: Final = frozenset(("N", "n", "r", "pn"))
#: How much like a name's the letters of two words look that are in no list, at least.
_LOOK: Final = 0.1
#: From which frequency on a lone word is known as somebody's, and an English word as a last name.
_OFTEN: Final = 3


class Persons:
    """Tells who is a person by name, by what is said before and by what is given.

    Args:
        lexicon: Public facts about words.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def is_full_name(self, texts: Sequence[str], *, known: bool = False) -> bool:
        """Return whether two words or more are a first and a last name, of which one is known and none as a drug.

        Args:
            texts: The words.
            known: Whether one has to be in a list of names; else it is enough that the letters of two words that are
                in no list look like a name's.
        """
        texts = [text for text in texts if text[0].isalpha() and len(text) > 1]
        if len(texts) < 2 or texts[-1].lower() in VARIANTS or not all(map(self._may_be_called, texts)):
            return False
        first, last = texts[0], texts[-1]
        kind = self._lexicon.describe(last)[1]
        listed = kind in _LISTED and self._frequency(last, "l") > 0
        if self._frequency(first, "f") > 1 or (self._lexicon.describe(first)[1] in _LISTED and listed):
            return listed or kind in _NAMELIKE - _LISTED or self._frequency(last, "l") >= _OFTEN
        if self._lexicon.describe(first)[1] not in _NAMELIKE:
            return False
        look = sum(self._lexicon.nameness(text.lower()) for text in texts) / len(texts)
        return listed or (not known and kind in _NAMELIKE - _LISTED and look > _LOOK)

    def is_person(self, words: Sequence[Word], start: int, end: int) -> bool:
        """Return whether these are somebody's names rather than a drug's, by themselves or by the words around."""
        texts = [word.text for word in words[start:end] if word.text[0].isalpha()]
        if self.is_full_name(texts):
            return True
        if not texts or not all(map(self._may_be_called, texts)):
            return False
        named = texts[-1].lower() not in VARIANTS
        if len(texts) == 1:
            named = max(self._frequency(texts[0], part) for part in "fl") >= _OFTEN
        before = [word.text.lower() for word in words[max(0, start - 3) : start]]
        if self.is_announced(before) and (named or before[-1] in _ROLES):
            return True
        return self._is_given(words, end, before, named)

    def is_first_of(self, words: Sequence[Word], start: int, end: int) -> bool:
        """Return whether a word is a first name with a last name behind it that was not taken for one."""
        return end - start == 1 and self.is_full_name([word.text for word in words[start : end + 1]])

    def is_patient_of(self, words: Sequence[Word], start: int, end: int) -> bool:
        """Return whether a full name before a place of care is a person's ("Sarah Chen clinic note").

        Hospitals bear full names, too: with a capital, or behind a preposition, the noun is part of the place's name,
        unless a paper follows ("Sarah Chen Clinic Note").
        """
        before = words[start - 1].text.lower() if start else ""
        texts = [word.text for word in words[start:end]]
        after = words[end + 1].text if end + 1 < len(words) else ""
        of_place = not words[end].text.islower() and after.lower() not in _PAPERS
        if before in _WHERE or of_place or " ".join(texts).lower() in _FOUNDERS:
            return False
        if self.is_announced([word.text.lower() for word in words[max(0, start - 3) : start]]):
            return True  # "my son tobias lindqvist hospital follow up"
        if not self.is_full_name(texts):
            return False
        if words[start].text[0].isupper():
            return True
        return after in _POSTS or all(self._lexicon.describe(word.text)[1] in _LISTED for word in words[start:end])

    def is_first_name_alone(self, text: str) -> bool:
        """Return whether a word is a frequent first name and nothing else, as no drug is called: "take sarah off"."""
        code = self._lexicon.codes.get(text.lower(), "")
        return self._frequency(text, "f") > _OFTEN and {"e", "d", "m", "b"}.isdisjoint(code)

    def is_announced(self, before: Sequence[str]) -> bool:
        """Return whether the words before announce a person: "patient", "administered to", "tell"."""
        if not before:
            return False
        if before[-1] == "to":
            return len(before) > 1 and before[-2] in _GIVEN_TO
        # "gave the patient Xarpel 5 mg" tells nothing.
        return before[-1] in _TOLD or (before[-1] in _ROLES and _GIVEN_TO.isdisjoint(before) and "on" not in before)

    def _is_given(self, words: Sequence[Word], end: int, before: Sequence[str], named: bool) -> bool:
        """Return whether somebody is given, owns or is put on the drug that follows.

        Args:
            words: The words of a stretch.
            end: The word after the name.
            before: The words before it, in small letters.
            named: Whether these are two words, or one that is known as a name.
        """
        after = [word.text.lower() for word in words[end : end + 4]] + [""] * 4
        verb = before[-1] if before else ""
        if verb in _ORDERED and after[0] in _ARTICLES and after[1] not in _WHEN:
            return True  # "prescribed Okafor a cream"
        dosed = after[0][:1].isdigit() and after[1] in DOSES
        of_drug = after[2] == "of" and self._is_drug(after[3])
        if dosed and (of_drug or (named and (verb in _GIVEN or self._is_drug(after[2])))):
            return True  # "Okafor 20 units of insulin", "gave Sarah 2 puffs", "Sarah 50 mg metoprolol"
        if named and after[0] in ("'s", "\u2019s"):
            return True  # "refill Sarah's inhaler"
        on = after[0] == "on" and (self._is_drug(after[1]) or (after[1][:1].isdigit() and after[2] in DOSES))
        return on and (named or dosed)

    def _is_drug(self, low: str) -> bool:
        """Return whether a word is a drug's, or of medicine and no more than that ("insulin")."""
        return low not in DOSES and not {"d", "m"}.isdisjoint(self._lexicon.codes.get(low, ""))

    def _frequency(self, text: str, part: str) -> int:
        """Return how frequent a word is as a first name ("f") or a last name ("l"): 0 (never) to 5."""
        code = self._lexicon.codes.get(text.lower(), "")
        return int(code[code.index(part) + 1]) if part in code else 0

    def _may_be_called(self, text: str) -> bool:
        """Return whether a word is known neither as a drug nor as a brand, or as a frequent name in any case."""
        kind = self._lexicon.describe(text)[1]
        if kind == "oove" and text.islower():
            return False  # what ends like a drug: "al butterol"
        return text.lower() not in DOSES and (
            kind in _NAMELIKE or kind[0] == "a" or self._frequency(text, "l") >= _OFTEN
        )
