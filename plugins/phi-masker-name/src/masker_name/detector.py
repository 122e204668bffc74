"""The name detector: a sequence model for talk and prose, structure rules for records.

The model answers "could a name stand here, and does this word look like none we know"; the rules read what has a
fixed form (HL7 fields, JSON keys, form labels, tables, spelled letters). A name found once is then found again
wherever its rarer words recur in the same text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from masker_tagger import NAME_KEY, Sight, Tagged, Tagger, Word, plain_key, shared_tagger

from masker import Segment, Span
from masker_name import asked, cues, owners, records, small
from masker_name.answers import Ends
from masker_name.codes import inside_code, outside_code
from masker_name.lists import LABELS, LINK, MONTHS, NEVER, RELATIONS, TITLES
from masker_name.slips import OFFICES, is_slip, is_sound
from masker_name.spelling import with_spelling
from masker_name.things import Things, is_first_name

__all__ = ["NameDetector"]

#: From which probability on a word is part of a name, and the probability that a part beside a sure word needs.
SURE: Final = 0.4
BESIDE: Final = 0.25
#: The same for one that is in no list of words, or in lists of names only.
UNKNOWN_BESIDE: Final = 0.1
_UNKNOWN: Final = frozenset(("N", "n", "r", "oov", "foreign", "odd"))
#: The same for a sign beside it, and what signs may stand inside a name.
SIGN: Final = 0.5
_INNER: Final = frozenset(",.'\"()\u201c\u201d\u2019&")
#: The same for words of these classes: Census names, words in no list, ordinary words and drugs, others.
_LIMITS: Final = {
    "N": 0.05,
    "n": 0.06,
    "r": 0.1,
    "oov": 0.12,
    "foreign": 0.2,
    "odd": 0.2,
    "a1": 0.3,
    "a2": 0.2,
    "a3": 0.2,
    "a4": 0.2,
    "pn": 0.3,
    "d": 0.95,
    "b": 0.6,
    "c1": 0.6,
    "c2": 0.5,
    "c3": 0.45,
}
#: The same for a rare English word of so many letters ("multifactorial"); shorter ones are names as often ("kat").
_RARE: Final = 0.7
_RARE_WORD: Final = 5
_LOWEST: Final = min(_LIMITS.values())
#: The same at least, once a conversation has begun and nobody asks for a name: there are few in what is said then.
_LATER: Final = 0.3
#: The same where a name was asked for.
ASKED: Final = 0.25
#: From which probability on even a word that is hardly ever a name is one ("sister love", "thanks, Trinidad").
_CERTAIN: Final = 0.95

#: What is said in so few words may be nothing but a name, to the model.
_SHORT_ANSWER: Final = 12

_SUFFIXES: Final = frozenset("md m.d do np rn pa phd pharmd dds facs lpn cna lcsw esq".split())
#: Words that end a name and never stand inside one.
_BREAKS: Final = frozenset(
    "i you he she it we they me him us them a an the is are was were be been am do does did have has had"
    " my your his their our its this that these those not no yes for with from about because if but so"
    " what when where who why how which taking take took takes don't didn't can't i'm i've i'll it's"
    " he's she's that's we're you're they're there here neighbor neighbour".split()
)
_SPEAKERS: Final = frozenset(
    "caller user patient client customer member agent assistant nurse doctor receptionist".split()
)
#: Classes of words that are no ordinary words (see `Lexicon.describe`).
_NAMELIKE: Final = frozenset(("N", "n", "r", "oov", "pn", "odd", "foreign"))
_LEADS: Final = frozenset(
    "uh um uhm er erm ah oh yes yeah yep sure okay ok so well it's its it is that's this my name's name"
    " hi hello"
    " i'm".split()
)


class NameDetector:
    """Finds names of persons.

    Args:
        model: The trained model; loaded from this package when not given.
    """

    name = "name"
    kinds = frozenset({"NAME"})

    def __init__(self, tagger: Tagger | None = None) -> None:
        self._tagger = tagger or shared_tagger()
        self._lexicon = self._tagger.lexicon
        self._things = Things(self._lexicon)
        self._ends = Ends(self._tagger)

    def detect(self, segment: Segment) -> Iterable[Span]:
        """Return every name found in the segment."""
        reading = segment.reading
        if not any(map(str.isalpha, reading.text)):
            return []
        if records.is_speaker(segment.key, reading.text):
            named = records.speaker(reading.text, self._lexicon)
            return [Span(*reading.source(start, end), "NAME", score, self.name) for start, end, score in named]
        found = [part for f in self._by_model(segment) for part in outside_code(reading.text, *f)]
        found += asked.find(segment, self._lexicon)
        found += records.find(segment, self._lexicon)
        found += cues.find(reading, self._lexicon)
        found += small.find(reading, self._lexicon)
        found += owners.find(segment, self._lexicon)
        found = list(cues.with_initials(reading.text, found, self._lexicon))
        found = with_spelling(segment, found, self._lexicon)
        if not found:
            return []
        found = [f for f in found if not self._tagger.namesakes.is_thing(segment, f[0], f[1])]
        if found and segment.key is not None and _WHOLE.fullmatch(reading.text) and _keyed(segment.key):
            found = [(0, len(reading.text.rstrip()), max(score for *_, score in found))]
        found += self._again(segment, found)
        if "[" in reading.text:
            tokens = [m.span() for m in _TOKEN.finditer(reading.text)]
            found = [f for f in found if not any(a < f[1] and f[0] < b for a, b in tokens)]
        if segment.role in _OPERATORS or segment.path[:1] in _DEFINITIONS:
            found = [one for one in found if not self._is_wording(reading.text, *one[:2])]
        return [
            Span(*reading.source(_behind_relation(reading.text, start, end), end), "NAME", score, self.name)
            for start, end, score in merged(found)
            if reading.text[start:end].lower().strip(". ") not in TITLES
        ]

    def _is_wording(self, text: str, start: int, end: int) -> bool:
        """Return whether a range is nothing but everyday words that few are called by, behind no title.

        Prompts are full of headings, tables and lists, whose words stand where names do ("# Agent Context").
        """
        words = _ANY_WORD.findall(text, start, end)
        return (
            bool(words)
            and all(map(self._is_ordinary, words))
            and _TITLE_BEFORE.search(text, max(0, start - 12), start) is None
        )

    def _is_ordinary(self, word: str) -> bool:
        """Return whether a word is one that everybody uses, nobody's first name and hardly anybody's last."""
        code = self._lexicon.codes.get(word.lower(), "")
        known = self._lexicon.describe(word)[1] in _DICTIONARY
        return known and "f" not in code and _LAST_NAME.search(code) is None

    def _by_model(self, segment: Segment) -> Iterator[tuple[int, int, float]]:
        for tagged in self._tagger.read(segment):
            words, sight = tagged.words, tagged.sight
            yield from self._answer(words, sight)
            texts = [word.text for word in words]
            least = _LATER if segment.since and segment.key is None and not sight.asked else 0.0
            short = sight.asked == "name" and segment.role != "assistant" and len(words) <= _SHORT_ANSWER
            for start, end, chance in self._runs(tagged, least, answer=short):
                if self._is_of_program(words, start, end):
                    continue
                if (sight.asked and not is_sound(texts, start, end)) or not is_slip(
                    texts, start, end, self._lexicon, chance
                ):
                    yield words[start].start, words[end - 1].end, chance

    def _candidate(self, word: Word, chance: float) -> bool:
        """Return whether a word can be a name on its own: some words only where nothing speaks against it."""
        low = word.text.lower()
        if len(low) <= (4 if word.spelled else 1) or not low[0].isalpha() or _CAMEL.fullmatch(word.text):
            return False
        if _WEEKDAYS.fullmatch(low) or _FORMAT.fullmatch(word.text) or self._is_class(word.text):
            return False
        if low.startswith(("max-", "min-")) and self._is_plain(low[4:], joined=False):
            return False
        return low not in NEVER or (chance >= _CERTAIN and not {"f", "l"}.isdisjoint(self._lexicon.codes.get(low, "")))

    def _is_of_program(self, words: list[Word], start: int, end: int) -> bool:
        """Return whether one word is a command's option ("--max-time") or leads to a class ("Runtime.ExitError")."""
        if end - start > 1:
            return False
        option = start > 1 and words[start - 1].text == words[start - 2].text == "-" and words[start].text.islower()
        if option and words[start - 2].end == words[start - 1].start and words[start - 1].end == words[start].start:
            return all(map(self._is_in_option, words[start].text.split("-")))
        dotted = end + 1 < len(words) and words[end].text == "." and words[start].end == words[end].start
        return dotted and words[end].end == words[end + 1].start and self._is_class(words[end + 1].text)

    def _is_in_option(self, part: str) -> bool:
        """Return whether a part of an option is an ordinary word, or a short one in no list ("--no-cache-dir")."""
        return self._is_plain(part, joined=False) or (len(part) <= _SHORT and part not in self._lexicon.codes)

    def _is_class(self, text: str) -> bool:
        """Return whether a word is what programs call things: words that nobody is called by, with a capital each.

        Abbreviations are some of them where the last one tells what it is ("OSError") or there are many, and a
        header's parts have hyphens ("Retry-After").
        """
        if text[1:].islower():
            return False
        parts = _CAPITALISED.findall(text)
        mark = "-" if "-" in text else ""
        if len(parts) < _LEAST_PARTS or mark.join(parts) != text:
            return False
        words = [part for part in parts if not part.isupper()]
        headed = parts[-1].lower() in _CLASS_HEADS or parts[0] == "X" or len(words) > _LEAST_PARTS
        if len(words) < len(parts) and not headed:
            return False
        return all(self._is_plain(part, joined=bool(mark)) for part in words)

    def _is_plain(self, part: str, *, joined: bool) -> bool:
        """Return whether a part of a class is an ordinary word, and where that may be half a double name, no name."""
        kind = self._lexicon.describe(part)[1]
        named = _NAMED.search(self._lexicon.codes.get(part.lower(), "")) is not None
        return (kind in ("c1", "c2") and not (joined and named)) or (kind in _UNNAMED and not named)

    def _answer(self, words: list[Word], sight: Sight) -> Iterator[tuple[int, int, float]]:
        """Yield an utterance that is nothing but a name after a question for one ("uh fatima", "mercy long")."""
        if sight.asked != "name" or len(words) > 9:
            return
        if len(words) > 2 and words[1].text == ":" and words[0].text.lower() in _SPEAKERS:
            words = words[2:]
        if any(w.text not in ".,!?'-" for w in words if not w.text[0].isalnum()):
            return
        said = [w for w in words if w.text[0].isalnum()]
        while said and said[0].text.lower() in _LEADS:
            said.pop(0)
        if not 1 <= len(said) <= 3 or any(not w.text[0].isalpha() or w.text.lower() in NEVER for w in said):
            return
        lexicon = self._lexicon
        known = [lexicon.codes.get(w.text.lower(), "") for w in said]
        if any("d" in c or "m" in c for c in known):
            return
        first_and_last = len(said) >= 2 and "f" in known[0] and "l" in known[-1]
        if any(w.text.lower() in MONTHS for w in said):
            return
        if (
            first_and_last
            or (len(said) == 1 and is_first_name(known[0]))
            or any(lexicon.describe(w.text)[1] in _NAMELIKE - {"pn"} for w in said)
        ):
            first, last = words.index(said[0]), words.index(said[-1])
            for start, end in self._ends.parts(words, first, last + 1, cased=sight.cased):
                yield words[start].start, words[end - 1].end, 0.8

    def _runs(self, tagged: Tagged, least: float, *, answer: bool) -> Iterator[tuple[int, int, float]]:
        """Yield names as (first word, word after the last one, score); one word in each is likelier than ``least``.

        In a short ``answer`` to a question for a name, everyday words are no part of it.
        """
        words, chances, sight, low, high = tagged.words, tagged.names, tagged.sight, tagged.low, tagged.high
        i = floor = low
        sure = ASKED if sight.asked in ("name", "key") else 1.0
        while i < high:
            if (
                chances[i] < max(_LOWEST, least)
                or chances[i] < min(sure, self._limit(words[i]))
                or not words[i].text[0].isalpha()
            ):
                i += 1
                continue
            start, end = i, i + 1
            while start > floor and self._belongs(words, start - 1, chances[start - 1]):
                start -= 1
            while end < len(words) and (
                self._belongs(words, end, chances[end])
                or self._is_last_name(words, end)
                or (
                    # A hyphen, or the number in a name of words ("two bears" is read as "2 bears").
                    (words[end].text in LINK or (len(words[end].text) == 1 and words[end].text.isdigit()))
                    and end + 1 < len(words)
                    and chances[end + 1] >= BESIDE
                    and words[end + 1].text[0].isalpha()
                )
            ):
                end += 1
            i = floor = end  # what is taken off below is not looked at again
            while end - start > 1 and (words[start].text.lower() in TITLES or not words[start].text[0].isalnum()):
                start += 1
            while end - start > 1 and words[end - 1].text.lower() in _SUFFIXES and not self._is_small(words, end - 1):
                end -= 1
            for low_, high_ in self._parts(words, start, end, sight, answer=answer):
                begin, stop = self._trimmed(words, chances, low_, high_)
                if not any(chances[at] >= max(least, min(sure, self._limit(words[at]))) for at in range(begin, stop)):
                    continue  # the sure word was taken off, or stands on the other side of a break
                if self._things.is_thing(words, begin, stop) or self._things.is_drug(words, begin, stop):
                    continue
                inside = [c for c, w in zip(chances[begin:stop], words[begin:stop], strict=True) if w.text[0].isalpha()]
                if any(map(self._candidate, words[begin:stop], chances[begin:stop])):
                    yield begin, stop, max(0.5, min(0.99, sum(inside) / len(inside)))

    def _is_last_name(self, words: list[Word], place: int) -> bool:
        """Return whether a capitalised last name stands right behind a capitalised first name ("Ada Finch 103")."""
        first, last = words[place - 1], words[place]
        if last.start - first.end != 1 or not (first.text.istitle() and last.text.istitle()):
            return False
        codes = self._lexicon.codes
        return "l" in codes.get(last.text.lower(), "") and is_first_name(codes.get(first.text.lower(), ""))

    def _is_small(self, words: list[Word], place: int) -> bool:
        """Return whether a word that otherwise ends a name is somebody's last name, with its capital ("Linh Do")."""
        if not place or not self._is_last_name(words, place) or words[place - 1].text.lower() in NEVER:
            return False
        after = words[place + 1].text if place + 1 < len(words) else ""
        before = [word.text.lower() for word in words[max(0, place - 4) : place - 1]]
        return small.is_small_name(words[place].text.lower(), after if after[:1].isalpha() else "", before)

    def _belongs(self, words: list[Word], place: int, chance: float) -> bool:
        """Return whether a word beside a sure one is part of the same name; a sign has to be sure ("Brandt, H.")."""
        word = words[place].text
        if not word[0].isalpha():
            return chance >= SIGN and word in _INNER
        if chance >= BESIDE:
            return True
        return chance >= UNKNOWN_BESIDE and self._lexicon.describe(word)[1] in _UNKNOWN

    def _parts(
        self, words: list[Word], start: int, end: int, sight: Sight, *, answer: bool
    ) -> Iterator[tuple[int, int]]:
        """Yield the parts of a run that may each be a name; of an answer without what follows the name."""
        for low, high in self._unbroken(words, start, end):
            if answer:
                yield from self._ends.parts(words, low, high, cased=sight.cased)
            else:
                yield low, high

    def _unbroken(self, words: list[Word], start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the parts of a run between words that never stand inside a name ("Well I'm taking ...")."""
        if end - start == 1:
            yield start, end
            return
        here = start
        for place in range(start, end):
            if words[place].text.lower() in _BREAKS and not (_is_initial(words, place) or self._is_small(words, place)):
                if place > here:
                    yield here, place
                here = place + 1
        if here < end:
            yield here, end

    def _limit(self, word: Word) -> float:
        """Return from which probability on a word is taken for a name: lower for one that is no ordinary word."""
        kind = self._lexicon.describe(word.text)[1]
        if kind == "c4" and len(word.text) >= _RARE_WORD:
            return _RARE
        return _LIMITS.get(kind, SURE)

    def _trimmed(self, words: list[Word], chances: list[float], start: int, end: int) -> tuple[int, int]:
        """Take off offices, labels and months that belong to what follows (".., MRN", "hakan dogan december 7th")."""
        follows = words[end].text if end < len(words) else ""
        while end > start and (
            _is_label(words[end - 1].text, chances[end - 1])
            or words[end - 1].text.lower() in OFFICES
            or (words[end - 1].text.lower() in MONTHS and (follows[:1].isdigit() or follows.lower() in ("the", "of")))
            or not words[end - 1].text[0].isalpha()
        ):
            end -= 1
            follows = words[end].text
        while start < end and (
            _is_label(words[start].text, chances[start])
            or words[start].text.lower() in OFFICES
            or not words[start].text[0].isalnum()
            or (end - start > 1 and words[start].text.lower() in RELATIONS)
        ):
            start += 1
        return start, end

    def _again(self, segment: Segment, found: list[tuple[int, int, float]]) -> list[tuple[int, int, float]]:
        """Return further mentions of the rarer words of what was found."""
        reading = segment.reading
        text, low = reading.text, reading.low
        seeds: set[str] = set()
        for start, end, score in found:
            if score >= 0.7:
                for part in _PART.finditer(text, start, end):
                    kind = self._lexicon.describe(part[0])[1]
                    word = low[part.start() : part.end()]
                    if kind in _NAMELIKE and word not in MONTHS and word not in NEVER:
                        seeds.add(word)
        if not seeds or len(text) < 12:
            return []
        more = []
        for seed in seeds:
            for start in reading.starts(frozenset((seed,))):
                if not inside_code(text, start, start + len(seed)):
                    more.append((start, start + len(seed), 0.8))
        return more


def _behind_relation(text: str, start: int, end: int) -> int:
    """Return where a name begins behind who somebody is to whom: "my dad ernesto", but "Aunt May"."""
    relation = _RELATION.match(text, start, end)
    owned = relation is not None and _OWNER.search(text, max(0, start - 8), start) is not None
    return relation.end() if relation is not None and owned else start


def _is_label(text: str, chance: float) -> bool:
    """Return whether a word labels what follows, and is no name that is written alike ("Ana", "my mother gerd")."""
    return text.lower() in LABELS and (text.isupper() or chance < _CERTAIN)


def _is_initial(words: Sequence[Word], place: int) -> bool:
    """Return whether a word is a capital before a full stop or a capitalised word: "A. Long", "I Okafor"."""
    after = words[place + 1].text if place + 1 < len(words) else ""
    return words[place].text in ("A", "I") and (after == "." or (after[:1].isupper() and words[place].text == "A"))


_RELATION: Final = re.compile(rf"(?:{'|'.join(sorted(RELATIONS))}),? (?=[^\W\d_])", re.IGNORECASE)
_OWNER: Final = re.compile(r"\b(?:my|his|her|our|their|your) \Z", re.IGNORECASE)
#: Whose texts are prompts, and where tools are defined.
_OPERATORS: Final = frozenset(("system", "developer"))
_DEFINITIONS: Final = frozenset((("tools",), ("functions",)))
_DICTIONARY: Final = frozenset(("c1", "c2", "seen"))
_ANY_WORD: Final = re.compile(r"[^\W\d_]+")
#: A last name that more have than the rarest.
_LAST_NAME: Final = re.compile("l[3-9]")
_TITLE_BEFORE: Final = re.compile(rf"\b(?:{'|'.join(sorted(TITLES))})\.? \Z", re.IGNORECASE)
#: A part of a name that is mentioned again.
_PART: Final = re.compile(r"[^\W\d_]{3,}")
#: "ageYears": what programs call things.
_CAMEL: Final = re.compile(r"[a-z]+[A-Z]\w*")
_CAPITALISED: Final = re.compile("[A-Z][a-z]+|[A-Z]+(?![a-z])")
_LEAST_PARTS: Final = 2
_SHORT: Final = 3
#: The last words of classes.
_CLASS_HEADS: Final = frozenset(
    "error exception warning event handler request response client server service parser encoder decoder reader writer"
    " lexer type info header headers adapter factory config id url uri api".split()
)
#: Classes of rarer words; with no code of a name nobody is called by one.
_UNNAMED: Final = frozenset(("c3", "c4", "d", "b", "seen"))
#: Codes of somebody's name.
_NAMED: Final = re.compile("[fl]")
#: How a date or a time is to be written: "YYYY-MM-DD".
_FORMAT: Final = re.compile(r"[YyMDdHhmsS]{1,4}(?:[-/:.][YyMDdHhmsS]{1,4}){1,5}|Y{4}M{2}D{2}")
#: "Mon-Sat".
_WEEKDAYS: Final = re.compile(r"(?:(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)(?:[-\u2013](?!\Z)|\Z)){2,}")
#: A value of nothing but capitalised words: under a name's key it is a name as a whole ("Mere Ngata").
_WHOLE: Final = re.compile(r"[A-Z][\w'\u2019-]+(?: [A-Z][\w'\u2019-]*\.?){1,3}\s*")


def _keyed(key: str) -> bool:
    """Return whether a JSON key announces a person's name."""
    plain = plain_key(key)
    return NAME_KEY.fullmatch(plain) is not None or plain == "name"


#: What masker writes for a masked value.
_TOKEN: Final = re.compile(r"\[[A-Z]+(?:_[A-Z]+)*(?:_\d+|:[A-Z_]+)\]")


def merged(found: Iterable[tuple[int, int, float]]) -> list[tuple[int, int, float]]:
    """Return disjoint ranges that cover the same characters, with the best score of each."""
    out: list[tuple[int, int, float]] = []
    for start, end, score in sorted(found):
        if out and start < out[-1][1]:
            last = out[-1]
            out[-1] = (last[0], max(last[1], end), max(last[2], score))
        else:
            out.append((start, end, score))
    return out
