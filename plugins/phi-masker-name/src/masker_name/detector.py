"""The name detector: a sequence model for talk and prose, structure rules for records.

The model answers "could a name stand here, and does this word look like none we know"; the rules read what has a
fixed form (HL7 fields, JSON keys, form labels, tables, spelled letters). A name found once is then found again
wherever its rarer words recur in the same text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from masker_tagger import ALOUD, NAME_KEY, Sight, Tagger, Word, plain_key, question_of, shared_tagger

from masker import Reading, Segment, Span, heard
from masker_name import cues, records
from masker_name.lists import NEVER
from masker_name.slips import OFFICES, is_slip, is_sound

__all__ = ["NameDetector"]

#: From which probability on a word is part of a name, and the probability that a part beside a sure word needs.
SURE: Final = 0.4
BESIDE: Final = 0.25
#: The same for a sign beside it, and what signs may stand inside a name.
SIGN: Final = 0.5
_INNER: Final = frozenset(",.'\"()\u201c\u201d\u2019&")
#: The same for words of these classes: Census names, words in no list, ordinary words that are names, others.
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
    "c1": 0.6,
    "c2": 0.5,
    "c3": 0.45,
}
_LOWEST: Final = min(_LIMITS.values())
#: The same where a name was asked for.
ASKED: Final = 0.25
#: From which probability on even a word that is hardly ever a name is one ("sister love", "thanks, Trinidad").
_CERTAIN: Final = 0.95

_TITLES: Final = frozenset(
    "dr doctor mr mrs ms miss mister missus mx prof professor sir nurse sister reverend rev".split()
)
_SUFFIXES: Final = frozenset("md m.d do np rn pa phd pharmd dds facs lpn cna lcsw esq".split())
_LABELS: Final = frozenset(
    "name names surname maiden rx mrn dob ssn npi dea vin id ip ldl hdl bmi ecg ekg mri cbc ibs gerd uti"
    " std hiv hpv copd bph dexa"
    " psa tsh ana iga igm igg dna rna icu ccu phn nhs ppo hmo pcp"
    " udi sn lot ref tel fax mob dl acct grp qty sig amb imp emer sel loinc snomed rxnorm ucum email e-mail"
    " zip postcode neg pos".split()
)
_MONTHS: Final = frozenset(
    "january february march april may june july august september october november december".split()
)
_NATO: Final = frozenset(
    "alpha alfa bravo charlie delta echo foxtrot golf hotel india juliet juliett kilo lima mike november"
    " oscar papa quebec romeo sierra tango uniform victor"
    " whiskey whisky xray x-ray yankee zulu".split()
)
#: Verbs before a drug, and the words before "on" that make it the "on" of "I'm on ...".
_DOSED: Final = frozenset(
    "take takes taking took taken prescribe prescribed prescribes refill refilled restart restarted"
    " stop stopped start started increase decrease taper tapering tried swallow inject".split()
)
_PUT: Final = frozenset("i'm im he's she's am is was been be put started me him her them stay still back went".split())
#: What follows a drug: a form, a unit, a schedule.
_DOSES: Final = frozenset(
    "mg mcg milligram milligrams microgram micrograms ml units tablet tablets pill pills capsule capsules"
    " inhaler cream ointment syrup drops patch patches puffs injection injections xr er sr xl hcl bid tid"
    " qd qhs prn".split()
)
#: What may follow a person who was taken somewhere, started or stopped, but not a drug.
_TAKEN: Final = frozenset("to home out away along back there in with".split())
#: Words that end a name and never stand inside one.
_BREAKS: Final = frozenset(
    "i you he she it we they me him us them a an the is are was were be been am do does did have has had"
    " my your his their our its this that these those not no yes for with from about because if but so"
    " what when where who why how which taking take took takes don't didn't can't i'm i've i'll it's"
    " he's she's that's we're you're they're there here neighbor neighbour".split()
)
#: What people are to each other; no part of the name behind it ("my husband emeka").
_RELATIONS: Final = frozenset(
    "husband wife son daughter mother father mom mum mam dad brother sister uncle aunt auntie niece nephew cousin"
    " friend neighbour neighbor partner fianc\u00e9 fianc\u00e9e fiance fiancee boyfriend girlfriend newborn"
    " baby grandson granddaughter grandmother grandfather stepson stepdaughter roommate caregiver carer".split()
)
#: Nouns that make a place or an organisation of the name before them.
_PLACES: Final = frozenset(
    "street avenue ave road rd boulevard blvd lane drive parkway highway hospital clinic infirmary"
    " surgery pharmacy university college county memorial"
    " medical health healthcare hospice pediatrics cardiology orthopedics dental".split()
)
_RECORDED: Final = frozenset("record records number history id card plan insurance".split())
#: Nouns that make a medical term of an eponym before them.
_EPONYM_HEADS: Final = frozenset(
    "disease syndrome sign test palsy lymphoma score scale criteria maneuver manoeuvre catheter drain"
    " fracture cyst tumor tumour sarcoma phenomenon procedure position incision"
    " tendon tube line monitor contracture thyroiditis esophagus oesophagus chorea dementia ulcer node"
    " nodes point method index stage classification wires wire needle stain reflex"
    " and or type ii iii iv".split()
)
#: Nouns that make a term of any lone or hyphened name before them, known or not ("the Westley croup score").
_TERM_HEADS: Final = frozenset(
    "score scores scale criteria classification trial study cohort law laws sign maneuver manoeuvre catheter"
    " syndrome disease palsy fracture fractures staging formula equation questionnaire inventory index procedure"
    " position stent drain sheath technique grading protocol guideline guidelines croup maintenance rule rules"
    " neg negative pos positive equivocal absent present test tests reflex reflexes stain stains forceps retractor"
    " scissors clamp repair osteotomy suture sutures dressing brace splint boot sling rings bodies"
    " spray tablets tablet cream ointment gel drops inhaler syrup injection patch patches capsules lotion shampoo"
    " pen mg mcg milligrams micrograms units".split()
)
#: What may stand between such a name and its noun.
_TERM_LINKS: Final = frozenset(
    "croup pneumonia bleeding stroke pain risk coma depression anxiety diagnostic nasal eye ear".split()
)
#: Language models, of which one bears a first name.
_MODELS: Final = frozenset("gpt chatgpt gemini llama mistral copilot sonnet haiku opus anthropic openai llm".split())
_WEEKDAYS: Final = frozenset("mon tue tues wed thu thur thurs fri sat sun".split())
_MONTHS_SHORT: Final = frozenset(month[:3] for month in _MONTHS)
_SEASONS: Final = frozenset("summer autumn winter spring easter christmas".split())
_SEASONAL: Final = frozenset(
    "even this last next the all every since until till after before over during in by around just for at early"
    " late".split()
)
_TAKING: Final = frozenset(
    "taking takes take took prescribed using depression pressure cholesterol pain tablets".split()
)
#: The most letters of an abbreviation, and those that names are also written like.
_ABBREVIATED: Final = 5
_ABBREVIATIONS: Final = frozenset("ed si ot pt ma al cam tia ami gi".split())
_COUNT: Final = re.compile(r"x\d{1,2}")
#: How many words make a list of terms.
_LISTED: Final = 4
_GRADES: Final = frozenset("ii iii iv".split())
_TIMES: Final = frozenset(
    "in by since until till last next early late mid of this on before after and or from between during".split()
)
_ARTICLES: Final = frozenset(("a", "an", "the", "no", "any", "some"))
#: Verbs that are names elsewhere, and what stands around them as verbs.
_VERBS: Final = frozenset(
    "mark bill will hope may rob grant chase drew pat sue nick frank skip chip dash carry trace jack".split()
)
_OBJECTS: Final = frozenset(
    "the it that this down me a an my your his her their them us him out up off if for to you i".split()
)
_SUBJECTS: Final = frozenset("to can you i we they will may must should could would let me please don't and".split())
#: Companies and terms that bear the names of people and have nothing else around them to tell.
_THINGS: Final = frozenset(
    (
        *(
            "johnson & johnson",
            "johnson and johnson",
            "eli lilly",
            "lilly",
            "novo nordisk",
            "baxter",
            "pepper",
            "jp morgan",
            "premera",
        ),
        *("salter harris", "salter harris ii", "dix hallpike", "guillain barre", "jackson pratt", "wells fargo"),
        *(
            "miller fisher",
            "mallampati",
            "mallampati ii",
            "mallampati i",
            "bengay",
            "kirschner",
            "holter",
            "foley",
            "apgar",
        ),
        *("babinski", "kaplan meier", "kayser fleischer", "osgood schlatter", "child pugh", "de quervain", "ann arbor"),
        *("jack daniels", "captain morgan", "earl grey", "graham", "west nile", "rocky mountain", "smith and nephew"),
        *("mac os x", "mac os", "osler weber rendu", "burt", "dr oz", "dr phil", "doctor oz", "doctor phil", "jell o"),
    )
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
_NATO_RUN: Final = re.compile(
    r"\b(?:(?:double )?(?:alpha|alfa|bravo|charlie|delta|echo|foxtrot|golf|hotel|india|juliett?|kilo|lima|mike"
    r"|november|oscar|papa|quebec|romeo|sierra|tango|uniform|victor|whiske?y|x-?ray|yankee|zulu)["
    r" ,.]*){3,}(?<![ ,.])",
    re.IGNORECASE,
)
_NATO_PARTS: Final = _NATO - {"x-ray"} | {"ray"}
_LINK: Final = frozenset(("-", "'", "\u2019", ".", "\u00b7"))


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

    def detect(self, segment: Segment) -> Iterable[Span]:
        """Return every name found in the segment."""
        reading = segment.reading
        if not any(map(str.isalpha, reading.text)):
            return []
        found = [part for f in self._by_model(segment) for part in _outside_code(reading.text, *f)]
        found += records.find(segment, self._lexicon)
        found += cues.find(reading, self._lexicon)
        found = self._with_spelling(segment, found)
        if found and segment.key is not None and _WHOLE.fullmatch(reading.text) and _keyed(segment.key):
            found = [(0, len(reading.text.rstrip()), max(score for *_, score in found))]
        found += self._again(segment, found)
        if "[" in reading.text:
            tokens = [m.span() for m in _TOKEN.finditer(reading.text)]
            found = [f for f in found if not any(a < f[1] and f[0] < b for a, b in tokens)]
        return [
            Span(*reading.source(start, end), "NAME", score, self.name)
            for start, end, score in merged(found)
            if reading.text[start:end].lower().strip(". ") not in _TITLES
        ]

    def _by_model(self, segment: Segment) -> Iterator[tuple[int, int, float]]:
        for tagged in self._tagger.read(segment):
            words, sight = tagged.words, tagged.sight
            yield from self._answer(words, sight)
            texts = [word.text for word in words]
            for start, end, chance in self._runs(words, tagged.names, sight, tagged.low, tagged.high):
                if (sight.asked and not is_sound(texts, start, end)) or not is_slip(
                    texts, start, end, self._lexicon, chance
                ):
                    yield words[start].start, words[end - 1].end, chance

    def _candidate(self, word: Word, chance: float) -> bool:
        """Return whether a word can be a name on its own: some words only where nothing speaks against it."""
        low = word.text.lower()
        if len(low) <= (4 if word.spelled else 1) or not low[0].isalpha() or _CAMEL.fullmatch(word.text):
            return False
        return low not in NEVER or (chance >= _CERTAIN and not {"f", "l"}.isdisjoint(self._lexicon.codes.get(low, "")))

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
        if any(w.text.lower() in _MONTHS for w in said):
            return
        if (
            first_and_last
            or (len(said) == 1 and _is_first_name(known[0]))
            or any(lexicon.describe(w.text)[1] in _NAMELIKE - {"pn"} for w in said)
        ):
            yield said[0].start, said[-1].end, 0.8

    def _runs(
        self, words: list[Word], chances: list[float], sight: Sight, low: int, high: int
    ) -> Iterator[tuple[int, int, float]]:
        """Yield names as (first word, word after the last one, score)."""
        i = floor = low
        sure = ASKED if sight.asked in ("name", "key") else 1.0
        while i < high:
            if chances[i] < _LOWEST or chances[i] < min(sure, self._limit(words[i])) or not words[i].text[0].isalpha():
                i += 1
                continue
            start, end = i, i + 1
            while start > floor and _belongs(words[start - 1], chances[start - 1]):
                start -= 1
            while end < len(words) and (
                _belongs(words[end], chances[end])
                or self._is_last_name(words, end)
                or (
                    # A hyphen, or the number in a name of words ("two bears" is read as "2 bears").
                    (words[end].text in _LINK or (len(words[end].text) == 1 and words[end].text.isdigit()))
                    and end + 1 < len(words)
                    and chances[end + 1] >= BESIDE
                    and words[end + 1].text[0].isalpha()
                )
            ):
                end += 1
            i = floor = end  # what is taken off below is not looked at again
            while end - start > 1 and (words[start].text.lower() in _TITLES or not words[start].text[0].isalnum()):
                start += 1
            while end - start > 1 and words[end - 1].text.lower() in _SUFFIXES:
                end -= 1
            for low_, high_ in self._unbroken(words, start, end):
                begin, stop = self._trimmed(words, chances, low_, high_)
                if not any(chances[at] >= min(sure, self._limit(words[at])) for at in range(begin, stop)):
                    continue  # the sure word was taken off, or stands on the other side of a break
                if self._is_thing(words, begin, stop) or self._is_drug(words, begin, stop):
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
        return "l" in codes.get(last.text.lower(), "") and _is_first_name(codes.get(first.text.lower(), ""))

    def _unbroken(self, words: list[Word], start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the parts of a run between words that never stand inside a name ("Well I'm taking ...")."""
        if end - start == 1:
            yield start, end
            return
        here = start
        for place in range(start, end):
            if words[place].text.lower() in _BREAKS and not _is_initial(words, place):
                if place > here:
                    yield here, place
                here = place + 1
        if here < end:
            yield here, end

    def _is_drug(self, words: list[Word], start: int, end: int) -> bool:
        """Return whether the words around show a medicine ("I'm taking Xarpel for ...", "Xarpel 20 mg")."""
        before = [w.text.lower() for w in words[max(0, start - 7) : start]]
        after = [w.text.lower() for w in words[end : end + 2]]
        first = after[0] if after else ""
        if end - start > 2 or (before and before[-1] in _TITLES):
            return False
        if first in _DOSES or (first[:1].isdigit() and after[1:] and after[1] in _DOSES):
            return True
        if not before or first in _TAKEN:
            return False
        lead = [w for w in before if w not in ("the", "my", "some", "any", "more")]
        if lead and (lead[-1] in _DOSED or (lead[-1] == "on" and len(lead) > 1 and lead[-2] in _PUT)):
            return True
        # "taking one for depression and the other for high blood pressure"
        return lead[-1:] in (["and"], ["or"]) and first == "for" and any(w in _DOSED for w in lead)

    def _limit(self, word: Word) -> float:
        """Return from which probability on a word is taken for a name: lower for one that is no ordinary word."""
        return _LIMITS.get(self._lexicon.describe(word.text)[1], SURE)

    def _trimmed(self, words: list[Word], chances: list[float], start: int, end: int) -> tuple[int, int]:
        """Take off offices, labels and months that belong to what follows (".., MRN", "hakan dogan december 7th")."""
        follows = words[end].text if end < len(words) else ""
        while end > start and (
            _is_label(words[end - 1].text, chances[end - 1])
            or words[end - 1].text.lower() in OFFICES
            or (words[end - 1].text.lower() in _MONTHS and (follows[:1].isdigit() or follows.lower() in ("the", "of")))
            or not words[end - 1].text[0].isalpha()
        ):
            end -= 1
            follows = words[end].text
        while start < end and (
            _is_label(words[start].text, chances[start])
            or words[start].text.lower() in OFFICES
            or not words[start].text[0].isalnum()
            or (end - start > 1 and words[start].text.lower() in _RELATIONS)
        ):
            start += 1
        return start, end

    def _is_thing(self, words: list[Word], start: int, end: int) -> bool:
        """Return whether the words around show that this is no person: a sign, a street, a hospital, a code."""
        before = words[start - 1].text.lower() if start else ""
        rest = [w.text.lower() for w in words[end : end + 3]]
        if rest and rest[0] in ("'s", "\u2019s", "'", "\u2019"):
            rest = rest[1:]
        after = rest[0] if rest else ""
        inner = [w.text.lower() for w in words[start:end]]
        if self._in_list(words, start, end):
            return True
        if " ".join(inner).replace("-", " ") in _THINGS or (inner == ["penny"] and before == "table"):
            return True
        coded = self._lexicon.codes
        if self._is_abbreviation(words, start, end, before):
            return True
        if self._is_term(words, start, end, before, rest):
            return True
        if len(inner) == 1 and words[start].text[0].isupper() and coded.get(before, "") == "b":
            return True  # "Medtronic Evera": a product behind its maker
        if (
            before == "are"
            and start > 1
            and words[start - 2].text.lower() == "you"
            and after in (",", ".", "the", "a", "an")
        ):
            return True  # the agent's own part: "You are Iris, a friendly billing bot."
        if inner == ["christian"] and after == "name":
            return True
        if inner == ["claude"] and not _MODELS.isdisjoint(w.text.lower() for w in words[max(0, start - 4) : end + 4]):
            return True
        if len(inner) == 1 and before == "," and "p" in coded.get(inner[0], ""):
            return any(w.text[0].isdigit() for w in words[max(0, start - 9) : start])
        if before in _TITLES or (before == "." and start > 1 and words[start - 2].text.lower() in _TITLES):
            return False
        if inner[-1] in _PLACES or (before[:1].isdigit() and inner[-1] in ("st", "ln", "ct", "dr", "pl")):
            return True
        recorded = (
            after in ("medical", "health") and rest[1:2] and rest[1] in _RECORDED
        )  # "... d'angelo medical record"
        if (after in _PLACES and not recorded) or (
            after in _EPONYM_HEADS and any("y" in coded.get(w, "") for w in inner)
        ):
            return True
        glued = end < len(words) and words[end].start == words[end - 1].end  # "call Mrs. Abernathy @ 515 ..." is a name
        if "dot" in (before, after) or "dot" in inner or "underscore" in (before, after) or (after == "@" and glued):
            return True
        if len(inner) == 1 and self._is_word(words[start], before, after):
            return True
        return all(w in _NATO for w in inner) and (
            before in _NATO or after in _NATO or before[:1].isdigit() or after[:1].isdigit()
        )

    def _in_list(self, words: list[Word], start: int, end: int) -> bool:
        """Return whether a capitalised word stands in a list of terms ("Kelly, Kocher, Allis, Babcock").

        That is a list of at least four single words with commas between, none a first name in a person's place but
        some known as terms.
        """
        if end - start > 3 or not words[start].text[:1].isupper():
            return False
        items = [start]
        place = end
        while place + 1 < len(words) and words[place].text == "," and words[place + 1].text[0].isupper():
            items.append(place + 1)
            place += 2
            while (
                place < len(words)
                and (words[place].text in _LINK or words[place].text[0].isalnum())
                and place < items[-1] + 3
            ):
                place += 1
        place = start
        while place >= 2 and words[place - 1].text == "," and words[place - 2].text[0].isupper():
            place -= 2
            items.append(place)
        if len(items) < _LISTED:
            return False
        codes = [self._lexicon.codes.get(words[item].text.lower(), "") for item in items]
        terms = [
            not {"y", "d", "m", "b"}.isdisjoint(code) or ("e" in code and not re.search("[fl][3-5]", code))
            for code in codes
        ]
        return 2 * sum(terms) >= len(terms)

    def _is_abbreviation(self, words: list[Word], start: int, end: int, before: str) -> bool:
        """Return whether capitals among small letters abbreviate ("TKR L", "OSA on CPAP"), unless a name is due."""
        texts = [w.text for w in words[start:end] if w.text[0].isalpha()]
        if sum(map(len, texts)) > _ABBREVIATED or not all(map(str.isupper, texts)) or before in ALOUD:
            return False
        if not any(w.text.islower() for w in words[max(0, start - 8) : end + 8]):
            return False
        known = self._lexicon.codes
        return all(
            len(text) == 1 or text.lower() in _ABBREVIATIONS or {"f", "l"}.isdisjoint(known.get(text.lower(), ""))
            for text in texts
        )

    def _is_term(self, words: list[Word], start: int, end: int, before: str, rest: list[str]) -> bool:
        """Return whether a score, a product or a heading is named rather than a person.

        A term has one name or two with a hyphen and its noun behind it ("the Moseley trial", "Westley croup score"),
        a grade ("Mobitz one", "NYHA III"), or stands among what someone is allergic to; a heading has capitals only.
        """
        if before in _TITLES or (before == "." and start > 1 and words[start - 2].text.lower() in _TITLES):
            return False
        inner = [w.text.lower() for w in words[start:end]]
        spoken = [w for w in inner if w[0].isalpha()]
        after = rest[0] if rest else ""
        coded = [self._lexicon.codes.get(w, "") for w in spoken]
        one = len(spoken) == 1 or any("-" in w.text for w in words[start:end])
        first_name = any(_is_first_name(c, "345") for c in coded)
        second = rest[1] if len(rest) > 1 else ""
        if one and not first_name and (after in _TERM_HEADS or (after in _TERM_LINKS and second in _TERM_HEADS)):
            return True
        if one and not first_name and after in ("and", "or", "/") and rest[2:3] and rest[2] in _TERM_HEADS:
            return True  # "Neer and Hawkins positive"
        if one and not first_name and after in _GRADES and not any(coded):
            return True
        capitals = [w.text for w in words[start:end] if w.text[0].isalpha()]
        if len(spoken) == 2 and spoken[1] in _GRADES and len(spoken[0]) > 1:
            return True  # "Forrest III"
        if spoken[-1] in _GRADES and len(spoken) > 1 and len(spoken[0]) > 1:
            return not first_name and (one or "-" in inner or all(w.isupper() for w in capitals))
        if (
            len(capitals) > 1
            and all(w.isupper() for w in capitals)
            and any("e" in c and "f" not in c and "l" not in c for c in coded)
        ):
            return True
        if one and _COUNT.fullmatch(after) and words[start].text[0].isupper():
            return True  # "Kelly x6"
        if one and before in ("neg", "negative", "pos", "positive") and words[start].text[0].isupper():
            return True  # "neg Murphy, McBurney"
        earlier = [w.text.lower() for w in words[max(0, start - 6) : start]]
        if one and not first_name and ("allergic" in earlier or "allergy" in earlier) and "to" in earlier:
            return True
        if one and not first_name and after in ("nurse", "nurses", "team", "unit") and before in _ARTICLES:
            return True  # "the macmillan nurse"
        if one and after == "for" and not any(coded) and not _TAKING.isdisjoint(earlier):
            return True  # "I'm taking Remeron for depression and Ziac for my blood pressure"
        if before == "|" and after == ":":
            return True  # "| Lang: Spanish" is a label
        return inner == ["max"] and (before in ("pocket", "daily", "dose", "to", "the", "a") or before[-1:].isdigit())

    def _is_word(self, word: Word, before: str, after: str) -> bool:
        """Return whether a single word that can be a name is a month, a verb or a noun here."""
        low = word.text.lower()
        if low in _MONTHS:
            return (
                before in _TIMES
                or before[:1].isdigit()
                or after[:1].isdigit()
                or after in ("the", "of", "and", "or", "is", "are", "was")
            )
        if low in _WEEKDAYS and (after in _MONTHS or after[:3] in _MONTHS_SHORT or after[:1].isdigit()):
            return True  # "Thu May 21"
        if low in ("may", "will") and after in ("i", "we", "you") and before in ("hello", "hi", "hey", "thanks"):
            return True  # "hello may i speak to": a name would be followed by what is said to it
        if low in _SEASONS and before in _SEASONAL:
            return True
        english = "e" in self._lexicon.codes.get(low, "")
        if english and before in _ARTICLES:
            return True
        return (
            low in _VERBS
            and before not in ALOUD
            and (after in _OBJECTS or (before in _SUBJECTS and not word.text[0].isupper()))
        )

    def _with_spelling(self, segment: Segment, found: list[tuple[int, int, float]]) -> list[tuple[int, int, float]]:
        """Take in names spelled letter by letter: asked for, announced, or right after the name they spell."""
        reading = segment.reading
        text = reading.text
        ranges = [reading.plain(p.start, p.end) for p in reading.pieces if p.kind == "spelled"]
        if not _NATO_PARTS.isdisjoint(reading.words):
            ranges += [
                m.span()
                for m in _NATO_RUN.finditer(text)
                if not _DIGIT_BESIDE.search(text, max(0, m.start() - 2), m.end() + 2)
            ]
        question = segment.question.text if segment.question else ""
        wanted = question_of(segment)
        if wanted == "spell" and segment.role != "assistant" and not _OTHER.search(question):
            found = [*found, *_heard_letters(reading, ranges)]
        for start, end in ranges:
            value = text[start:end]
            if (
                any(c.isdigit() for c in value)
                or len(value) < 3
                or value.lower() in _LABELS
                or _inside_code(text, start, end)
            ):
                continue
            before = text[max(0, start - 40) : start].lower()
            # "last name is young y o u n g": the word said just before is what is spelled.
            head = start - len(value) - 1
            if head >= 0 and text[head : start - 1].lower() == value.lower() and not text[start - 1].isalnum():
                said = self._lexicon.describe(value)[1] not in ("d", "y", "b")
                if said and (wanted or _NAMED.search(text, max(0, head - 40), head)):
                    found = [*found, (head, end, 0.9)]
                    continue
            # "w i s e wise": spelled, then said.
            tail = end + 1 + len(value)
            if (
                text[end + 1 : tail].lower() == value.lower()
                and not text[end].isalnum()
                and not text[tail : tail + 1].isalnum()
                and self._lexicon.describe(value)[1] not in ("d", "y", "b")
                and not _OTHER.search(text, max(0, start - 60), start)
            ):
                found = [*found, (start, tail, 0.85)]
                continue
            near = any(
                s < end
                and start - e < 24
                and not re.search(r"[.\n]", text[e:start])
                and _SPELLS.fullmatch(text[e:start].lower())
                for s, e, _ in found
                if e <= start
            )
            same = any(value.lower() in text[s:e].lower() for s, e, _ in found if e <= start)
            if (
                near
                or same
                or _LABEL.search(before)
                or (wanted == "name" and len(value) > 3)
                or (wanted == "spell" and not _OTHER.search(question))
            ):
                found = [*found, (start, end, 0.9)]
        return found

    def _again(self, segment: Segment, found: list[tuple[int, int, float]]) -> list[tuple[int, int, float]]:
        """Return further mentions of the rarer words of what was found."""
        text = segment.reading.text
        seeds: set[str] = set()
        for start, end, score in found:
            if score >= 0.7:
                for part in re.findall(r"[^\W\d_]{3,}", text[start:end]):
                    kind = self._lexicon.describe(part)[1]
                    if kind in _NAMELIKE and part.lower() not in _MONTHS and part.lower() not in NEVER:
                        seeds.add(part.lower())
        if not seeds or len(text) < 12:
            return []
        more = []
        for match in re.finditer(r"[^\W\d_]{3,}", text):
            if match.group().lower() in seeds:
                if _inside_code(text, *match.span()):
                    continue
                more.append((match.start(), match.end(), 0.8))
        return more


def _is_label(text: str, chance: float) -> bool:
    """Return whether a word labels what follows, and is no name that is written alike ("Ana", "my mother gerd")."""
    return text.lower() in _LABELS and (text.isupper() or chance < _CERTAIN)


def _is_initial(words: Sequence[Word], place: int) -> bool:
    """Return whether a word is a capital before a full stop or a capitalised word: "A. Long", "I Okafor"."""
    after = words[place + 1].text if place + 1 < len(words) else ""
    return words[place].text in ("A", "I") and (after == "." or (after[:1].isupper() and words[place].text == "A"))


def _belongs(word: Word, chance: float) -> bool:
    """Return whether a word beside a sure one is part of the same name; a sign has to be sure itself ("Brandt, H.")."""
    return chance >= (BESIDE if word.text[0].isalpha() else SIGN) and (word.text[0].isalpha() or word.text in _INNER)


#: "ageYears": what programs call things.
_CAMEL: Final = re.compile(r"[a-z]+[A-Z]\w*")
#: A value of nothing but capitalised words: under a name's key it is a name as a whole ("Mere Ngata").
_WHOLE: Final = re.compile(r"[A-Z][\w'\u2019-]+(?: [A-Z][\w'\u2019-]*\.?){1,3}\s*")


def _keyed(key: str) -> bool:
    """Return whether a JSON key announces a person's name."""
    plain = plain_key(key)
    return NAME_KEY.fullmatch(plain) is not None or plain == "name"


#: What masker writes for a masked value.
_TOKEN: Final = re.compile(r"\[[A-Z]+(?:_[A-Z]+)*(?:_\d+|:[A-Z_]+)\]")
_SPELLS: Final = re.compile(
    r"[\s,.:;-]*(?:(?:and |so |um |uh )*(?:that'?s|thats|it'?s|spell(?:ed|t|ing)?(?: (?:it|that|as"
    r"|with))?|i'?ll spell (?:it|that)(?: for you)?|is spell(?:ed|t)|is|with an?|so it'?s spell(?:ed|t)"
    r"|that is)?)[\s,.:;-]*"
    r"(?:(?:spell(?:ed|t)|um|uh|like|so)[\s,]*)?"
)
_LABEL: Final = re.compile(
    r"(?:\b(?:last|first|1st|family|given|sur|middle|maiden) ?name(?:'?s)?|\bsurname(?:'?s)?|my"
    r" name(?:'?s)?|\bname is)(?: is| spelled| spelt| that'?s| it'?s|,|:| uh| um)*\s*$"
)
_NAMED: Final = re.compile(r"\bnames?\b|\bsurname\b|\bmy name'?s\b|\bit'?s $|\bmister|\bmrs|\bdoctor", re.IGNORECASE)
_DIGIT_BESIDE: Final = re.compile(r"\d")
_OTHER: Final = re.compile(
    r"\b(?:street|road|address|town|city|medication|drug|medicine|tablets?|email|e-mail|postcode|company"
    r"|pharmacy|plate)\b",
    re.IGNORECASE,
)


def _heard_letters(reading: Reading, spelled: list[tuple[int, int]]) -> Iterator[tuple[int, int, float]]:
    """Yield the runs of an answer to "how do you spell it?" that hold single letters and little but letters."""
    for start, end, size in heard(reading, glued=4):
        value = reading.text[start:end]
        single = re.search(r"(?<![\w'])[^\W\d_](?![\w'])", value) or any(start < b and a < end for a, b in spelled)
        if size > 2 and single and sum(map(str.isdigit, value)) < 3:
            yield start, end, 0.85


def _is_first_name(code: str, often: str = "2345") -> bool:
    """Return whether a lexicon code marks a first name that is at least so frequent."""
    return "f" in code and code[code.index("f") + 1] in often


def _inside_code(text: str, start: int, end: int) -> bool:
    """Return whether a range is part of an address, a user name, a link or a code rather than of a sentence."""
    left = start
    while left > 0 and start - left < 80 and not text[left - 1].isspace() and text[left - 1] not in "\"'<>()[]{},;|^":
        left -= 1
    right = end
    while right < len(text) and right - end < 80 and not text[right].isspace() and text[right] not in "\"'<>()[]{},;|^":
        right += 1
    return _CODE.search(text, left, right) is not None


def _outside_code(text: str, start: int, end: int, score: float) -> Iterator[tuple[int, int, float]]:
    """Yield a range, or where a code stands in it ("sylvie araujo sy528"), its words before and behind the code."""
    if not _inside_code(text, start, end):
        yield start, end, score
        return
    first = last = start
    for word in _TOKENS.finditer(text, start, end):
        if _inside_code(text, *word.span()):
            if last > first:
                yield first, last, score
            first = last = word.end()
        else:
            first, last = (word.start() if last == first else first), word.end()
    if last > first:
        yield first, last, score


_TOKENS: Final = re.compile(r"[^\s]+")
_CODE: Final = re.compile(r"\w@|://|\w_|_\w|\d[a-zA-Z]|[a-zA-Z]\d|[a-z0-9]\.[a-z]{2,}\b|\bwww\.|\w/\w+/")


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
