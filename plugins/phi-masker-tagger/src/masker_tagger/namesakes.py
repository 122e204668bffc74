"""What is called like people and places and is none: insurers, pharmacies, hospitals, tests, drugs.

People are called Oscar, Molina and Kaiser, and towns Anthem and Kettering; so are insurers and hospitals. The lists of
public names below decide nothing about such a word by themselves: what was asked for does ("which insurance?"), the key
that it stands under, or what stands beside it ("Molina Medicaid", "covered by Oscar"). Words that nobody is called by
are things wherever no name, or no place, is asked for.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

import attrs

from masker import Segment, Turn
from masker_tagger.lexicon import Lexicon
from masker_tagger.stretches import NAME_KEY, asked_for, asks_place, place_asked, plain_key, question_of

__all__ = ["Namesakes"]


def _phrases(names: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(name.split()) for name in names.split(", "))


#: Insurers, health plans and public programmes of the United States, Canada and the United Kingdom, as people say them.
_PAYERS: Final = _phrases(
    "aarp, aetna, aflac, alignment, alliance, ambetter, amerigroup, amerihealth, ameritas, anthem, anthem blue cross,"
    " assurant, aviva, avmed, axa, banner, blue cross, blue cross blue shield, blue shield, bright, buckeye, bupa,"
    " canada life, capital blue, carefirst, caresource, centene, christus, cigna, clover, community first, dean, delta"
    " dental, dentaquest, desjardins, devoted, elevance, emblem, emblemhealth, empire, empire blue cross, excellus,"
    " fallon, fidelis, florida blue, freedom, friday, geisinger, great west, green shield, group health,"
    " guardian, harvard pilgrim, healthfirst, healthnet, healthpartners, healthspring, health net, highmark, horizon,"
    " horizon blue cross, humana, independence, independence blue cross, kaiser, kaiser permanente,"
    " l a care, magellan, manulife, mass general brigham, mclaren, medica, medical mutual, meridian,"
    " meritain, metlife, metroplus, moda, molina, multiplan, mutual of omaha, mvp, ohip, optima, optum, oscar, oxford,"
    " pacificsource, paramount, parkland, peach state, physicians health, point 32, premera, presbyterian, principal,"
    " priority, priority health, providence, quartz, ramq, regence, sagicor, sanford, scan, scott and white, security"
    " health, select health, selecthealth, sentara, sharp, simply, summa care, summacare, sun life, sunshine, sunlife,"
    " superior, trillium, triple s, tricare, tufts, umr, unicare, united, united american, united concordia,"
    " unitedhealthcare, united healthcare, univera, upmc, vantage, viva, vitality, wellcare, wellmark, wellpoint,"
    " wellsense, wps, zurich"
)
#: Pharmacies that many towns have, and those that send by mail, of the same countries.
_PHARMACIES: Final = _phrases(
    "albertsons, alto, amazon pharmacy, bartell drugs, bi mart, big y, boots, capsule, caremark, costco, cvs, discount"
    " drug mart, duane reade, express scripts, food lion, fred meyer, fruth, genoa, giant eagle, h e b,"
    " harris teeter, heb, hy vee, hyvee, jean coutu, jewel osco, king soopers, kinney drugs, kroger, lloyds, loblaws,"
    " london drugs, longs drugs, meijer, omnicare, optumrx, osco, pharmaprix, pharmasave, pillpack, price"
    " chopper, publix, rexall, rite aid, rowlands, safeway, sam's club, savon, schnucks, shoppers drug mart,"
    " shoprite, sobeys, stop and shop, superdrug, thrifty white, tops, walgreen, walgreens, walmart,"
    " wegmans, weis, winn dixie"
)
#: Laboratory tests as results name them: enzymes, cells, salts, fats, hormones, proteins.
_TESTS: Final = _phrases(
    "a1c, acth, afp, albumin, aldosterone, alk phos, alkaline phosphatase, alp, alt, ammonia, amylase, anion gap,"
    " apolipoprotein, ast, basophils, bicarbonate, bilirubin, bnp, bun, c peptide, c reactive protein, ca 125, calcium,"
    " cbc, cea, chloride, cholesterol, ck, ck mb, cmp, co2, complement, copper, cortisol, creatine kinase, creatinine,"
    " crp, d dimer, dhea, egfr, eosinophils, esr, estradiol, ferritin, fibrinogen, folate, free t3, free t4, fsh, ggt,"
    " globulin, glucose, gfr, haptoglobin, hba1c, hcg, hct, hdl, hematocrit, hemoglobin, hgb, homocysteine, iga, ige,"
    " igg, igm, inr, insulin, iron, ketones, lactate, ldh, ldl, lead, lh, lipase, lipoprotein, lymphocytes, magnesium,"
    " mch, mchc, mcv, mercury, monocytes, mpv, neutrophils, nt probnp, osmolality, pco2, phosphate, phosphorus,"
    " platelets, plt, po2, potassium, prealbumin, procalcitonin, progesterone, prolactin, protein, psa, pt, pth, ptt,"
    " rbc, rdw, reticulocytes, rheumatoid factor, selenium, sgot, sgpt, shbg, sodium, t3, t4, testosterone, tibc, total"
    " bilirubin, direct bilirubin, total cholesterol, total protein, transferrin, triglycerides, troponin, tsh, urate,"
    " urea, uric acid, vitamin b12, vitamin d, vldl, wbc, zinc"
)
_LISTED: Final = _PAYERS | _PHARMACIES
#: Those of them that are last names, which no list of frequent ones has.
_LAST_NAMES: Final = frozenset("christus fruth geisinger hannaford magellan moda".split())


def _by_first(phrases: frozenset[tuple[str, ...]]) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        found.setdefault(phrase[0], []).append(phrase)
    return found


_ORGANISATIONS: Final = _by_first(_LISTED)
_TERMS: Final = _by_first(_TESTS)
_FIRST_WORDS: Final = frozenset(_ORGANISATIONS)

#: Keys whose value is the name of a payer or a pharmacy, of a place where people are treated, or of a drug.
_PAYER_KEYS: Final = frozenset(
    "payer payers payor payors insurer insurers insurance insurances carrier carriers plan plans coverage coverages"
    " pharmacy pharmacies".split()
)
_WHERE_KEYS: Final = frozenset("hospital hospitals facility facilities".split())
_DRUG_KEYS: Final = frozenset(
    "medication medications med meds medicine medicines drug drugs prescription prescriptions".split()
)
#: Keys of what tests, and drugs, are called.
_NAMING_KEYS: Final = frozenset(
    "name names display label title test tests component analyte lab labs panel marker item drug medication".split()
)
_OF_KEYS: Final = frozenset("name names company provider display".split())

#: What stands behind a payer's or a pharmacy's name as a part of it, and makes one of a name.
_KIND: Final = (
    r"(?:p ?p ?o|h ?m ?o|e ?p ?o|h ?d ?h ?p|h ?s ?a|medicaid|medicare|advantage|insurance|health ?care|health|healthnet"
    r"|dental|vision|coverage|marketplace|exchange|policy|pharmacy|gold|silver|bronze|plans?(?! (?:to|on)\b))"
)
_IS_KIND: Final = re.compile(_KIND)
_IN_PLANS: Final = frozenset("of the and plus choice select complete".split())
_AT_WORK: Final = (
    r"through (?:(?:my|his|her|our|their|the) )?(?:(?:husband|wife|mom|dad|spouse|partner)'?s? )?"
    r"(?:work|job|employer|company|school|union|state|marketplace|exchange)"
)
_KINDS: Final = re.compile(rf"(?:[ ,/-]{{1,2}}{_KIND}(?![^\W_])){{1,4}}", re.IGNORECASE)
_INSURED: Final = re.compile(rf"[ ,/-]{{1,2}}(?:{_KIND}|{_AT_WORK})(?![^\W_])", re.IGNORECASE)
#: What stands before it.
_INSURES: Final = re.compile(
    r"\b(?:(?:insurance|coverage|carrier|insurer|payer)(?: (?:company|provider|plan))?(?:'s|:)? "
    r"(?:(?:is|was|now|with|through|by|called|like|uh|um|just) ){0,3}"
    r"|(?:insured|covered) (?:by|with|through|under) )\Z",
    re.IGNORECASE,
)
#: The same of a name that is nobody's first name: "we switched to Molina", "do you take Kaiser?"
_SWITCHES: Final = re.compile(r"\b(?:switch|chang)(?:e|ed|ing)?(?: over)? (?:to|from) \Z", re.IGNORECASE)
_HAS: Final = re.compile(
    r"\b(?:(?:i|we|they|he|she)(?:'ve)? (?:(?:still|now|also|just|only) )?(?:have|has|had|got|use)"
    r"|you (?:take|accept)) \Z",
    re.IGNORECASE,
)
_HAS_ENDS: Final = re.compile(r"\W*\Z|[,.;?]| (?:and|but|so|for|now|too|is)\b", re.IGNORECASE)
_UNDER: Final = re.compile(r"\bunder ", re.IGNORECASE)
#: A last sentence asks for the name of an organisation, and for nothing else.
_ASKS: Final = re.compile(
    r"\b(?:insurances?|insurers?|insured|carriers?|payers?|coverage|covered by|(?:health|medical|dental|vision) plan"
    r"|which plan|what plan|pharmac(?:y|ies)|drug ?store|hospitals?|emergency (?:room|department)|facility)\b",
    re.IGNORECASE,
)
_ASKS_HOSPITAL: Final = re.compile(r"\b(?:hospitals?|emergency (?:room|department)|facility)\b", re.IGNORECASE)
_ASK_STEMS: Final = frozenset(
    "insurance insurances insurer insurers insured carrier carriers payer payers coverage covered plan pharmacy"
    " pharmacies drugstore drug hospital hospitals emergency facility".split()
)
_ASKS_OTHER: Final = re.compile(
    r"\b(?:spell\w*|policy ?holders?|subscribers?|members?|card ?holders?|holder|id|i d|ids|numbers?|digits|dates?"
    r"|birth|birthday|when|phone|doctors?|physicians?|reason|e-?mail|how (?:long|many|much|old)|under whose|whose"
    r"|covers?|contact|closest|near\w{0,3}|local|area)\b"
    r"|\bwho\b(?!(?:'s| is| do| are| did) (?:your|you|the|his|her)\b)",
    re.IGNORECASE,
)
_SENTENCES: Final = re.compile(r"[^.?!]+")
_TAIL: Final = 200

_WORD: Final = re.compile(r"[^\W_]+(?:['\u2019][^\W\d_]+)?")
#: The whole of an answer, around the name.
_OPENS: Final = (
    r"(?:(?:uh|um|er|oh|yes|yeah|yep|sure|okay|ok|so|well|just|still|now|currently|right now|it'?s|it is|it was|its"
    r"|that'?s|that is|that would be|it'?d be|i think|i believe|i guess|maybe|probably"
    r"|i (?:have|got|use|had|was|go|went)|i'?ve got|we (?:have|got|use)|we'?ve got"
    r"|(?:i'?m|he'?s|she'?s|we'?re|they'?re) (?:on|with|at)"
    r"|(?:i|we|they) (?:just )?(?:switched|changed|moved|went|took (?:me|him|her|us)) to|through|with|under|to|at"
    r"|over at|the|the one is|(?:my|our|his|her|the) (?:insurance|plan|carrier|coverage|pharmacy|hospital)"
    r"(?: is|'s)?)[ ,.]{1,3}+)"
)
_CLOSES: Final = (
    rf"(?:[ ,.]{{1,3}}(?:{_KIND}|{_AT_WORK}|hospital|medical cent(?:er|re)|clinic|e r|er|emergency room|please|thanks"
    r"|thank you|i think|i believe|i guess|for now|now|yesterday|last (?:night|week|month)|this morning|right|ma'?am"
    r"|sir|yeah|actually|p p o)(?![^\W_]))"
)
_NAME: Final = r"[^\W\d_][^\W_]*(?:['\u2019][^\W\d_]+)?"
_ANSWER: Final = re.compile(
    rf"\W*{_OPENS}{{0,5}}(?P<name>(?:st\. )?{_NAME}(?:(?: | ?[&-] ?){_NAME}){{0,3}}?)(?P<kind>{_CLOSES}{{0,4}})"
    r"(?: (?:over )?(?:in|on|near|off|by) [^,.?!]{1,40})?\W*",
    re.IGNORECASE,
)
#: The beginning of an answer before a listed name, and how it goes on behind it.
_OPENING: Final = re.compile(rf"\W*{_OPENS}{{0,5}}", re.IGNORECASE)
_GOES_ON: Final = re.compile(
    rf"{_CLOSES}{{0,4}}(?:[.;]|,? (?:(?:and|but|so) )?(?:the|my|i|i'm|i've|it|it's|id|member|group|then|we)\b)",
    re.IGNORECASE,
)
#: What is kept is no longer: the text under a key.
_LONGEST_KEPT: Final = 400
_ABBREVIATED: Final = 3
#: Words of a name at most.
_LONGEST_NAME: Final = 3
#: Longer answers tell more than a name.
_LONGEST: Final = 80
_SAINTS: Final = frozenset(("st", "saint"))
#: "Mercy West", and "Mercy Long".
_QUARTERS: Final = frozenset("north south east west".split())
#: No answer, and no part of a name in one; people, and whose it is.
_NO_PARTS: Final = frozenset(
    "i i'm my me mine his her our your their he she we they you it is are was were am no not none don't do does did"
    " know sure can could would what why who when where how this that there here and or but so because if for from in"
    " on of under by a an as name names called husband wife son daughter mother father mom mum dad brother sister"
    " partner mr mrs ms miss dr doctor nurse hold hang wait hello hi please sorry"
    " street avenue road lane drive court boulevard".split()
)
_RELATED: Final = frozenset(
    "husband wife son daughter mother father mom mum dad brother sister uncle aunt friend partner baby patient pt mr"
    " mrs ms miss mister dr doctor nurse".split()
)
#: Behind these somebody says who they are, or who is meant.
_INTRODUCES: Final = re.compile(
    r"\b(?:names?(?:'s| is|:)?|this is|i'?m|i am|named|calling|speaking (?:to|with)|ask(?:ed|ing)? for|dear|hi|hello)"
    r" \Z",
    re.IGNORECASE,
)
_FIRST_NAME: Final = re.compile("f[2-5]")
_LAST_NAME: Final = re.compile("l[2-5]")
#: In a list of drugs, or of tests, somebody is named among words like these.
_TALK: Final = frozenset(
    "by for from with to per dr doctor mr mrs ms and of at is was says said told her his my nurse patient asked".split()
)


@attrs.frozen
class _Kept:
    """The name of a thing.

    Args:
        start: Where it begins in the reading.
        end: Where it ends.
        sure: Whether what stands around says that it is a thing's.
        town: Whether it may be a town's all the same.
    """

    start: int
    end: int
    sure: bool
    town: bool = False


class Namesakes:
    """Tells which words are the names of things and organisations.

    Args:
        lexicon: Public facts about words.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._codes = lexicon.codes

    def is_thing(self, segment: Segment, start: int, end: int, *, place: bool = False) -> bool:
        """Return whether all words of a finding are those of things.

        Args:
            segment: The segment.
            start: Where the finding begins in the reading.
            end: Where it ends.
            place: Whether it was taken for a place, and not for a person.
        """
        kept = self._kept(segment)
        low, high = (bisect_left(kept, at, key=_begins) for at in (start - _LONGEST_KEPT, end))
        near = [one for one in kept[low:high] if start < one.end]
        if not near:
            return False
        asks = place_asked(segment) if place else _asks_name(segment)
        around = [
            one
            for one in near
            if not (place and one.town) and (one.sure or (not asks and self._is_nobody(segment, one, place=place)))
        ]
        return bool(around) and all(
            any(one.start <= word.start() and word.end() <= one.end for one in around)
            for word in _WORD.finditer(segment.reading.text, start, end)
        )

    def _is_nobody(self, segment: Segment, one: _Kept, *, place: bool) -> bool:
        """Return whether nobody is called by a listed name of one word, or no place."""
        key = segment.key
        if key is not None and NAME_KEY.fullmatch(plain_key(key)):
            return False
        words = [word[0].lower() for word in _WORD.finditer(segment.reading.text, one.start, one.end)]
        if len(words) > 1:
            return True
        codes = self._codes.get(words[0], "")
        called = words[0] in _LAST_NAMES or "f" in codes or _LAST_NAME.search(codes) is not None
        return not (called or (codes and "b" not in codes) or (place and "p" in codes))

    def _kept(self, segment: Segment) -> tuple[_Kept, ...]:
        memo = segment.reading.memo
        kept: tuple[_Kept, ...] | None = memo.get("masker_namesakes")
        if kept is None:
            found = (*self._keyed(segment), *self._answered(segment), *self._named(segment))
            kept = memo["masker_namesakes"] = tuple(sorted(found, key=_begins))
        return kept

    # -- what a key tells

    def _keyed(self, segment: Segment) -> Iterator[_Kept]:
        """Yield what the key calls a thing, and known tests and drugs under a key that is nobody's name."""
        text = segment.reading.text
        if segment.key is None or len(text) > _LONGEST_KEPT:
            return
        key = plain_key(segment.key)
        if NAME_KEY.fullmatch(key):
            return
        words = list(_WORD.finditer(text))
        lows = [word[0].lower() for word in words]
        parts = key.split()
        told = next((word for word in reversed(parts) if word not in _OF_KEYS), "")
        if told in _DRUG_KEYS and _TALK.isdisjoint(lows) and not self._is_person(lows):
            yield _Kept(0, len(text), sure=True)
        if told in _WHERE_KEYS and 0 < len(lows) <= _LONGEST_NAME and self._is_hospital(lows):
            yield _Kept(0, len(text), sure=True)
        if told in _PAYER_KEYS:
            yield from _payers_in(text, words)
        if parts[-1:] and parts[-1] in _NAMING_KEYS:
            yield from self._terms(text, words)

    def _terms(self, text: str, words: Sequence[re.Match[str]]) -> Iterator[_Kept]:
        """Yield tests, and drugs that nobody is called by."""
        for start, end in _matches(text, _TERMS):
            if end - start > _ABBREVIATED or text[start:end].isupper():  # people are called Alt, and hardly ALT
                yield _Kept(start, end, sure=True)
        for word in words:
            code = self._codes.get(word[0].lower(), "")
            if not {"d", "m"}.isdisjoint(code) and {"f", "l"}.isdisjoint(code):
                yield _Kept(*word.span(), sure=True, town="p" in code)

    def _is_hospital(self, lows: Sequence[str]) -> bool:
        """Return whether words may be what a hospital is called, and nobody: a saint, a town, an everyday word."""
        if not _NO_PARTS.isdisjoint(lows):
            return False
        if lows[0] in _SAINTS:
            return True
        codes = [self._codes.get(low, "") for low in lows]
        called = len(codes) > 1 and _FIRST_NAME.search(codes[0]) and lows[1] not in _QUARTERS
        if called and (not codes[1] or _LAST_NAME.search(codes[1])):
            return False
        return any("e" in code or ("p" in code and "f" not in code) for code in codes)

    def _is_given(self, low: str) -> bool:
        """Return whether a word is somebody's first name."""
        return "f" in self._codes.get(low, "")

    def _is_person(self, lows: Sequence[str]) -> bool:
        """Return whether a first name stands before a last name."""
        codes = [self._codes.get(low, "") for low in lows]
        return any(
            _FIRST_NAME.search(first) and (not last or _LAST_NAME.search(last)) for first, last in pairwise(codes)
        )

    # -- what was asked for

    def _answered(self, segment: Segment) -> Iterator[_Kept]:
        """Yield the organisation that answers a question for one, also where the asking side says it after that."""
        text = segment.reading.text
        asking, since = _last_asked(segment)
        asked = "" if asking is None else _asks(asking)
        if asking is None or not asked:
            return
        if segment.role == "user":
            for start, end in self._answers(text, asked):
                # "Which hospital did Grant go to?" names nobody's hospital.
                if asked != "hospital" or not _contains(asking.text, text[start:end]):
                    yield _Kept(start, end, sure=True)
        elif segment.role == "assistant":
            for turn in since:
                said = turn.reading.text
                for start, end in self._answers(said, asked):
                    again = re.finditer(rf"\b{re.escape(said[start:end])}\b", text, re.IGNORECASE)
                    yield from (_Kept(*match.span(), sure=True) for match in again)

    def _answers(self, text: str, asked: str) -> Iterator[tuple[int, int]]:
        """Yield the organisation that is the whole of an answer, or a listed one with which it begins."""
        match = _ANSWER.fullmatch(text) if len(text) <= _LONGEST else None
        if match is not None:
            lows = [word[0].lower() for word in _WORD.finditer(match["name"])]
            if tuple(lows) in _LISTED:  # "it's under Oscar": whose it is
                found = not (_UNDER.search(text, 0, match.start("name")) and self._is_given(lows[0]))
            else:
                found = asked == "hospital" and self._is_hospital(lows)
            if found:
                yield match.start("name"), match.end("kind")
            return
        start, end = next(_matches(text[:_LONGEST], _ORGANISATIONS), (0, 0))
        if end and _OPENING.fullmatch(text, 0, start) and _GOES_ON.match(text, end):
            yield start, end

    # -- what stands around

    def _named(self, segment: Segment) -> Iterator[_Kept]:
        """Yield the listed organisations of a text."""
        reading = segment.reading
        if _FIRST_WORDS.isdisjoint(reading.words):
            return
        text, asked = reading.text, _asks_name(segment)
        for start, end in _matches(text, _ORGANISATIONS):
            before = text[max(0, start - 64) : start]
            if _INTRODUCES.search(before) or self._is_named(before):
                continue
            kinds = _KINDS.match(text, end)
            sure = _INSURED.match(text, end) is not None or _INSURES.search(before) is not None
            if not (sure or asked or self._is_given(text[start:end].lower())):
                sure = _SWITCHES.search(before) is not None or (
                    _HAS.search(before) is not None and _HAS_ENDS.match(text, end) is not None
                )
            yield _Kept(start, kinds.end() if kinds is not None else end, sure)

    def _is_named(self, before: str) -> bool:
        """Return whether a first name, a title or a relation stands right before."""
        left = _WORD.findall(before)[-1:]
        if not left or not before.endswith((left[0] + " ", left[0] + ". ")):
            return False
        low = left[0].lower()
        return low in _RELATED or _FIRST_NAME.search(self._codes.get(low, "")) is not None


def _last_asked(segment: Segment) -> tuple[Turn | None, tuple[Turn, ...]]:
    """Return the last turn of the asking side, and the turns since."""
    turns = [turn for turn in (segment.question, *segment.since) if turn is not None]
    place = next((at for at in reversed(range(len(turns))) if turns[at].role == "assistant"), None)
    return (None, ()) if place is None else (turns[place], tuple(turns[place + 1 :]))


def _asks_name(segment: Segment) -> bool:
    """Return whether the open question, or the last turn of the asking side, is for a person's name."""
    if question_of(segment):
        return True
    asking = _last_asked(segment)[0] if segment.role == "user" else None
    return asking is not None and bool(asked_for(asking.text))


def _contains(text: str, said: str) -> bool:
    return re.search(rf"\b{re.escape(said)}\b", text, re.IGNORECASE) is not None


def _payers_in(text: str, words: Sequence[re.Match[str]]) -> Iterator[_Kept]:
    """Yield the listed organisations of a value that begins with one and says no more than which of its plans it is."""
    found = list(_matches(text, _ORGANISATIONS))
    if not found or found[0][0] != words[0].start():
        return
    rest = [word[0] for word in words if not any(start <= word.start() < end for start, end in found)]
    if all(not word.islower() or word in _IN_PLANS or _IS_KIND.fullmatch(word) for word in rest):
        yield from (_Kept(start, end, sure=True) for start, end in found)


def _begins(one: _Kept) -> int:
    return one.start


def _matches(text: str, phrases: dict[str, list[tuple[str, ...]]]) -> Iterator[tuple[int, int]]:
    """Yield where the names of a list stand in a text, the longest at each place."""
    words = [(word[0].lower().replace("\u2019", "'"), *word.span()) for word in _WORD.finditer(text)]
    place = 0
    while place < len(words):
        low, start, _ = words[place]
        size = next(
            (
                len(phrase)
                for phrase in phrases.get(low, ())
                if tuple(word[0] for word in words[place : place + len(phrase)]) == phrase
            ),
            0,
        )
        if size:
            yield start, words[place + size - 1][2]
        place += size or 1


def _asks(turn: Turn) -> str:
    """Return what a turn asks the name of: a ``"payer"`` or pharmacy, a ``"hospital"``, or nothing of these."""
    held: str | None = turn.memo.get(_asks)
    if held is None:
        held = turn.memo[_asks] = "" if _ASK_STEMS.isdisjoint(turn.words) else _asks_in(turn.text[-_TAIL:])
    return held


def _asks_in(tail: str) -> str:
    sentences = _SENTENCES.findall(tail)
    asking = [place for place, sentence in enumerate(sentences) if _ASKS.search(sentence)]
    if not asking:
        return ""
    rest = "".join(sentences[asking[-1] :])
    if _ASKS_OTHER.search(rest) or asked_for(rest) == "name" or asks_place(rest):
        return ""
    return "hospital" if _ASKS_HOSPITAL.search(rest) else "payer"
