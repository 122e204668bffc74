"""What bears a name and is no person: drugs, signs, scores, streets, hospitals, months, verbs."""

from __future__ import annotations

import re
from typing import Final

from masker_tagger import ALOUD, Lexicon, Word

from masker_name.lists import LINK, MONTHS, NATO, TITLES
from masker_name.persons import DOSES, VARIANTS, Persons

__all__ = ["Things", "is_first_name", "is_phrase"]


#: Verbs before a drug, and the words before "on" that make it the "on" of "I'm on ...".
_DOSED: Final = frozenset(
    "take takes taking took taken prescribe prescribed prescribes refill refilled restart restarted"
    " stop stopped start started increase decrease taper tapering tried swallow inject".split()
)


_PUT: Final = frozenset("i'm im he's she's am is was been be put started me him her them stay still back went".split())


#: What there is an amount of, and what one calls by the name of its kind.
_MEASURED: Final = DOSES | frozenset(
    "injection injections dose doses shot shots course tube bottle box pack packet drop glass cup half bit lot"
    " couple".split()
)
_SUBSTANCES: Final = frozenset(
    "one something stuff thing things drug medication medicine tablet pill cream ointment inhaler gel spray vaccine"
    " supplement brand product app website test treatment condition syndrome disease".split()
)


#: What may follow a person who was taken somewhere, started or stopped, but not a drug.
_TAKEN: Final = frozenset("to home out away along back there in with".split())


#: Nouns that make a place or an organisation of the name before them.
_PLACES: Final = frozenset(
    "street avenue ave road rd boulevard blvd lane drive parkway highway hospital clinic infirmary"
    " surgery pharmacy university college county memorial"
    " medical health healthcare hospice pediatrics cardiology orthopedics dental".split()
)


#: The same for organisations, and what may stand between ("harper valley national bank").
_ORGANISATIONS: Final = _PLACES | frozenset("bank school church insurance imaging airlines academy".split())
_BETWEEN: Final = frozenset(
    "valley creek hill hills ridge lake river bay city state park national community family county general regional"
    " credit savings first".split()
)


_RECORDED: Final = frozenset("record records number history id card plan insurance".split())


#: Nouns that make a medical term of an eponym before them.
_EPONYM_HEADS: Final = frozenset(
    "disease syndrome sign signs test palsy lymphoma score scale criteria maneuver manoeuvre catheter drain"
    " fracture cyst tumor tumour sarcoma phenomenon procedure position incision"
    " tendon tube line monitor contracture thyroiditis esophagus oesophagus chorea dementia ulcer node"
    " nodes nodule murmur shunt valve point method index stage classification wires wire needle stain reflex"
    " and or type ii iii iv".split()
)


#: Of these what is done to somebody of that last name, too ("David Murphy test results", not "Ramsay Hunt syndrome").
_DONE: Final = frozenset("test tube line monitor catheter drain score procedure cyst fracture".split())


#: Nouns that make a term of any lone or hyphened name before them, known or not ("the Westley croup score").
_TERM_HEADS: Final = frozenset(
    "score scores scale criteria classification trial study cohort law laws sign maneuver manoeuvre catheter"
    " syndrome disease palsy fracture fractures staging formula equation questionnaire inventory index procedure"
    " position stent drain sheath technique grading protocol guideline guidelines croup maintenance rule rules"
    " squeeze variant variants antibody antibodies antigen antigens spaces needle knot traction pouch boots"
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


_UNITS: Final = frozenset("min sec hr hrs mins mo cal mil".split())
_WEEKDAYS: Final = frozenset("mon tue tues wed thu thur thurs fri sat sun".split())


_MONTHS_SHORT: Final = frozenset(month[:3] for month in MONTHS)


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


_ABBREVIATIONS: Final = frozenset("ed si ot pt ma al cam tia ami gi ng".split())


_COUNT: Final = re.compile(r"x\d{1,2}")


#: How many words make a list of terms.
_LISTED: Final = 4


#: What notes write before somebody's disease or procedure: history of, rule out, status post, consistent with.
_HISTORY: Final = re.compile(r"(?:h|r)/o|s/p|c/w|hx", re.IGNORECASE)
_ROMAN: Final = re.compile(r"[IVX]{2,4}")
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


#: Companies, terms and turns of phrase that bear the names of people and have nothing else around them to tell: whole,
#: or with one of their words found for a name ("captain ⟦morgan⟧", "⟦johnson⟧ & johnson").
_THINGS: Final = frozenset(
    (
        "johnson and johnson, eli lilly, lilly, novo nordisk, baxter, pepper, jp morgan, premera, salter harris, "
        "salter harris ii, dix hallpike, guillain barre, jackson pratt, wells fargo, miller fisher, mallampati, "
        "mallampati ii, mallampati i, bengay, kirschner, holter, foley, apgar, babinski, kaplan meier, kayser "
        "fleischer, osgood schlatter, child pugh, de quervain, ann arbor, jack daniels, captain morgan, earl "
        "grey, graham, west nile, rocky mountain, smith and nephew, mac os x, mac os, osler weber rendu, burt, dr "
        "oz, dr phil, doctor oz, doctor phil, jell o, marcus gunn, argyll robertson, charles bonnet, denis "
        "browne, bair hugger, brown sequard, may thurner, sister mary joseph, graham steell, carey coombs, "
        "treacher collins, bence jones, lou gehrig, cornelia de lange, von hippel lindau, circle of willis, loop "
        "of henle, bundle of his, wong baker, resusci anne, resusci annie, lloyd davies, steri strip, mini "
        "mental, accu chek, accu check, accu cheks, x ray, x rays, john deere, johns hopkins, mount sinai, dr "
        "pepper, dr scholl, dr scholls, dr martens, mr clean, mr muscle, mrs dash, aunt jemima, uncle ben, betty "
        "crocker, little debbie, trader joe, papa john, papa johns, jimmy john, jimmy johns, tim hortons, ben and "
        "jerry, ben and jerrys, marks and spencer, bausch and lomb, black and decker, barnes and noble, procter "
        "and gamble, saks fifth, neiman marcus, merrill lynch, morgan stanley, charles schwab, goldman sachs, jim "
        "beam, jose cuervo, harry potter, mickey mouse, minnie mouse, donald duck, peppa pig, bob the builder, "
        "sherlock holmes, santa claus, bloody mary, lazy susan, jack russell, jolly roger, roger that, roger "
        "wilco, pete 's sake, petes sake, murphy 's law, moore 's law, rube goldberg, spick and span, zig zag, "
        "zig zags, victoria sponge, bakewell tart, eggs benedict, chicken alfredo, fettuccine alfredo, alfredo "
        "sauce, beef wellington, mcdonald 's, macy 's, reese 's, trader joe 's, ben and jerry 's, papa john 's, "
        "jimmy john 's, st john 's wort, burt 's bees, land 's end, marie callender 's, bob evans, sri lanka, kia "
        "ora, kia rio, kia soul, kia sorento, kia sportage, estelle 35 ed, brenda 35 ed, diane 35 ed, "
        "poison ivy, west nile, grand mal, lyme disease, austin flint, grey turner, elizabeth arden, estee lauder, "
        "calvin klein, charlotte tilbury"
    ).split(", ")
)
_PHRASES: Final = [phrase.split() for phrase in sorted(_THINGS) if " " in phrase]
#: The same by each of their words.
_BY_WORD: Final = {
    word: [phrase for phrase in _PHRASES if word in phrase] for word in {word for phrase in _PHRASES for word in phrase}
}


class Things:
    """Tells what is no person by the words around it.

    Args:
        lexicon: Public facts about words.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._persons = Persons(lexicon)

    def is_thing(self, words: list[Word], start: int, end: int) -> bool:
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
        if _in_phrase(words, start, end):
            return True
        coded = self._lexicon.codes
        if self._is_abbreviation(words, start, end, before):
            return True
        if self._is_term(words, start, end, before, rest):
            return True
        if len(inner) == 1 and _is_numbered(words, end):
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
        if before in TITLES or (before == "." and start > 1 and words[start - 2].text.lower() in TITLES):
            return False
        if inner[-1] in _PLACES or (before[:1].isdigit() and inner[-1] in ("st", "ln", "ct", "dr", "pl")):
            return True
        recorded = (
            after in ("medical", "health") and rest[1:2] and rest[1] in _RECORDED
        )  # "... d'angelo medical record"
        if (after in _PLACES and not recorded and not self._persons.is_patient_of(words, start, end)) or (
            after in _EPONYM_HEADS
            and (len(inner) == 1 or after not in ("and", "or"))
            and any("y" in coded.get(w, "") for w in inner)
            and not (after in _DONE and "y" not in coded.get(inner[0], "") and self._persons.is_full_name(inner))
        ):
            return True
        qualified = [word for word in rest if word not in _BETWEEN]
        if after in _BETWEEN and qualified and qualified[0] in _ORGANISATIONS:
            return True
        glued = end < len(words) and words[end].start == words[end - 1].end  # "call Mrs. Abernathy @ 515 ..." is a name
        if "dot" in (before, after) or "dot" in inner or "underscore" in (before, after) or (after == "@" and glued):
            return True
        if len(inner) == 1 and self._is_word(words[start], before, after):
            return True
        return all(w in NATO for w in inner) and (
            before in NATO or after in NATO or before[:1].isdigit() or after[:1].isdigit()
        )

    def is_drug(self, words: list[Word], start: int, end: int) -> bool:
        """Return whether the words around show a medicine ("I'm taking Xarpel for ...", "Xarpel 20 mg")."""
        before = [w.text.lower() for w in words[max(0, start - 7) : start]]
        after = [w.text.lower() for w in words[end : end + 2]]
        first = after[0] if after else ""
        if end - start > 2 or (before and before[-1] in TITLES):
            return False
        if self._persons.is_person(words, start, end) or self._persons.is_first_of(words, start, end):
            return False
        if _is_form(words, end) or (first[:1].isdigit() and after[1:] and after[1] in DOSES):
            return True
        if not before or first in _TAKEN:
            return False
        if end - start == 1 and self._persons.is_first_name_alone(words[start].text):
            return False
        if (
            end - start == 1
            and words[start].text.lower() in VARIANTS
            and "d" in self._lexicon.codes.get(before[-1], "")
        ):
            return True  # "Blisovi Fe"
        lead = [w for w in before if w not in ("the", "my", "some", "any", "more")]
        if lead and (lead[-1] in _DOSED or (lead[-1] == "on" and len(lead) > 1 and lead[-2] in _PUT)):
            return True
        if (lead[-1:] == ["of"] and lead[-2:-1] and lead[-2] in _MEASURED) or (
            lead[-1:] in (["called"], ["named"]) and lead[-2:-1] and lead[-2] in _SUBSTANCES
        ):
            return True  # "an injection of Lucentes", "something called Phexie"
        # "taking one for depression and the other for high blood pressure"
        return lead[-1:] in (["and"], ["or"]) and first == "for" and any(w in _DOSED for w in lead)

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
                and (words[place].text in LINK or words[place].text[0].isalnum())
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
        if before in TITLES or (before == "." and start > 1 and words[start - 2].text.lower() in TITLES):
            return False
        inner = [w.text.lower() for w in words[start:end]]
        spoken = [w for w in inner if w[0].isalpha()]
        after = rest[0] if rest else ""
        coded = [self._lexicon.codes.get(w, "") for w in spoken]
        one = len(spoken) == 1 or any("-" in w.text for w in words[start:end])
        first_name = any(is_first_name(c, "345") for c in coded)
        second = rest[1] if len(rest) > 1 else ""
        if one and not first_name and (after in _TERM_HEADS or (after in _TERM_LINKS and second in _TERM_HEADS)):
            return True
        if one and after == "protocol" and spoken[0] in ("bruce", "naughton"):
            return True  # treadmill tests
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
        if one and "y" in coded[0] and words[start].text[0].isupper() and _HISTORY.fullmatch(_joined(words, start)):
            return True  # "h/o Graves, Addison"
        if one and _ROMAN.fullmatch(words[start].text) and before in ("/", "-"):
            return True  # "II/VI systolic murmur"
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
        if low in MONTHS:
            return (
                before in _TIMES
                or before[:1].isdigit()
                or after[:1].isdigit()
                or after in ("the", "of", "and", "or", "is", "are", "was")
            )
        if low in _UNITS and before[:1].isdigit():
            return True  # "a 21 min session"
        if low in _WEEKDAYS and (after in MONTHS or after[:3] in _MONTHS_SHORT or after[:1].isdigit()):
            return True  # "Thu May 21"
        if low in ("may", "will") and after in ("i", "we", "you") and before in ("hello", "hi", "hey", "thanks"):
            return True  # "hello may i speak to": a name would be followed by what is said to it
        if low in _SEASONS and before in _SEASONAL:
            return True
        english = "e" in self._lexicon.codes.get(low, "")
        if english and before in _ARTICLES:
            return True
        if english and before[:1].isdigit() and word.text.islower() and not is_first_name(self._lexicon.codes[low]):
            return True  # "a four wheeler"
        return (
            low in _VERBS
            and before not in ALOUD
            and (after in _OBJECTS or (before in _SUBJECTS and not word.text[0].isupper()))
        )


def _joined(words: list[Word], end: int) -> str:
    """Return the word before a place with what is written right before it ("h/o")."""
    start = end - 1
    while start > 0 and words[start].start == words[start - 1].end and end - start < _SHORT_FORM:
        start -= 1
    return "".join(word.text for word in words[max(start, 0) : end])


#: Words and signs of "h/o".
_SHORT_FORM: Final = 3


def _is_form(words: list[Word], place: int) -> bool:
    """Return whether a drug's form, unit or schedule stands here; "er" without a capital is a hesitation as often."""
    if place == len(words) or words[place].text.lower() not in DOSES:
        return False
    after = words[place + 1].text.lower() if place + 1 < len(words) else ""
    return words[place].text != "er" or after in DOSES or after[:1].isdigit()


def _is_numbered(words: list[Word], end: int) -> bool:
    """Return whether a hyphen and digits are written right behind a word, as in names of markers ("Ki-67")."""
    place = end - 1
    for sign in words[end : end + 2]:
        if sign.start != words[place].end:
            return False
        place += 1
    return len(words) > end + 1 and words[end].text == "-" and words[end + 1].text.isdigit()


def is_phrase(text: str) -> bool:
    """Return whether a text is what a thing is called by, in whatever capitals ("Dr. Pepper")."""
    return " ".join(text.lower().replace(".", " ").replace("-", " ").split()) in _THINGS


def _in_phrase(words: list[Word], start: int, end: int) -> bool:
    """Return whether words stand in a thing's name of several words ("Johnson & ⟦Johnson⟧", "for ⟦pete⟧'s sake")."""
    first = words[start].text.lower()
    titled = start > 0 and words[start - 1].text.lower() in TITLES
    for phrase in _BY_WORD.get(first, ()):
        if titled and phrase[0] not in TITLES:
            continue  # "Dr. Gunn, Marcus"
        size = len(phrase)
        around = [
            (place, "and" if words[place].text == "&" else words[place].text.lower().replace("\u2019", "'"))
            for place in range(max(0, start - 2 * size), min(len(words), end + 2 * size))
            if words[place].text not in ("-", ".")
        ]
        texts = [text for _, text in around]
        for low in range(len(texts) - size + 1):
            inside = around[low][0] <= start and end <= around[low + size - 1][0] + 1
            if inside and texts[low : low + size] == phrase:
                return True
    return False


def is_first_name(code: str, often: str = "2345") -> bool:
    """Return whether a lexicon code marks a first name that is at least so frequent."""
    return "f" in code and code[code.index("f") + 1] in often
