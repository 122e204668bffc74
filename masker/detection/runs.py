"""Runs: the numbers and codes of a text, and what each one is announced as.

Thirteen detectors look for numbers. They differ in which numbers are theirs, not in how a number is found. So the
search is done once per segment: `runs` finds every maximal stretch of digits and code characters in the reading
("415 555 0123", "RX-917288", "319-42-32") and looks around it for what it is: a label before it, the JSON key or the
column it stands in, the value it continues ("212 / let me see / 555"), words after it ("... is my cell"), the open
question. The result is kept in the reading's memo. A detector then claims the runs that are announced as its kind or
that have its shape; see `RunDetector`.

Everything here is linear in the length of the text: atoms are found by one pass of a simple pattern, and every look
to the left or right has a fixed reach.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from typing import Final

import attrs

from masker.core.reading import Reading, read
from masker.core.segments import Segment, Turn
from masker.core.spans import Span
from masker.detection.context import begins
from masker.detection.heard import heard
from masker.detection.labels import (
    NUMBER,
    PLAIN,
    Label,
    each_word,
    is_label,
    is_link,
    is_plain,
    labels_in,
    spaced,
    words_in,
)

__all__ = ["NUMBER", "PLAIN", "Run", "RunDetector", "asks_for", "runs", "said"]


@attrs.frozen
class Run:
    """A number or code in the reading.

    Args:
        start: Offset in ``segment.reading.text``.
        end: One past its last character.
        text: It as it stands in the reading.
        code: Its letters and digits alone, upper case.
        digits: How many digits it has.
        spoken: Whether it was (partly) said in words.
        kind: What it is announced as: a kind, `NUMBER` (an identifier of no named kind), `PLAIN` (harmless, or
            another detector's business), or ``None`` when nothing announces it.
        how: What announces it: ``label``, ``after``, ``carried``, ``field``, ``key``, ``question``, or ``""``.
        near: Whether nothing but linking words stands between the label and the run.
        measured: Whether a unit follows ("mg", "years") or a currency sign precedes.
        dated: Whether it reads as a complete date, an ISO timestamp or a time of day.
        bare: Whether the text says nothing else (fillers and courtesies aside).
        inside: Whether it is part of an address with ``@`` or of a web address.
        last: Whether nothing but courtesies follows, if it was spoken or has two signs.
        part: Whether it is said to be an end or a beginning ("ending in four four").
        signed: Whether it was said sign by sign ("four four one", not "forty four" or "four hundred").
    """

    start: int
    end: int
    text: str = attrs.field(repr=False)
    code: str = attrs.field(repr=False)
    digits: int
    spoken: bool = False
    kind: str | None = None
    how: str = ""
    near: bool = False
    measured: bool = False
    dated: bool = False
    bare: bool = False
    inside: bool = False
    last: bool = False
    part: bool = False
    signed: bool = False

    @property
    def letters(self) -> int:
        """How many letters it has."""
        return len(self.code) - self.digits

    @property
    def announced(self) -> bool:
        """Whether something says that this is an identifier."""
        return self.kind is not None and self.kind != PLAIN


# --- Finding ----------------------------------------------------------------------------------------------------------

_ATOM: Final = re.compile(r"\d[^\W_]*")
#: Letters that belong to a code and stand right before its first digit ("RX-" of "RX-917288").
_HEAD: Final = re.compile(r"(?:(?<![^\W_])(?![xX]{1,6}-)[A-Za-z]{1,6}[-_/]{1,2})?[^\W\d_]{0,12}\Z")
#: ... and right after its last.
_TAIL: Final = re.compile(r"-[A-Z]{1,4}(?![^\W_])")
_EXTENSION: Final = re.compile(r"(?<=\d)[ ,]{0,3}(?:ext(?:ension)?\.?|x)[ :.]{0,2}", re.IGNORECASE)
_TIGHT: Final = frozenset({"-", ".", "_", ")", ") ", ")-", ".)", "/", ":", "--", "‑"})
_NATO = (
    "alpha|alfa|bravo|charlie|delta|echo|foxtrot|golf|hotel|india|juliett?|kilo|lima|mike"
    "|november|oscar|papa|quebec|romeo"
    "|sierra|tango|uniform|victor|whiske?y|x[- ]?ray|yankee|zulu"
)
#: Words that a recogniser writes for digits, and what callers say inside one number.
_GLUE: Final = re.compile(
    rf"[ ,]{{1,2}}(?:oh|o|double|triple|treble|zed|uh|um|er|erm|then|colon|space|{_NATO})(?:[ ,]{{1,2}}(?:uh"
    rf"|um|er|erm|oh|o))?[ ,]{{1,2}}",
    re.IGNORECASE,
)
_LETTER: Final = re.compile(r" [a-z](?: (?:oh|o))* ")
_HEARD: Final = re.compile(
    r"[ ,]{1,2}(?:(?:double|triple|treble) )?(?:to|too|for|fore|won|ate|free|sicks|tree|owe"
    r"|the|see|nein|heaven|hero)(?:[ ,]{1,2}(?:oh|o))?[ ,]{1,2}",
    re.IGNORECASE,
)
_ORDINAL: Final = re.compile(r"\d{1,4}(?:st|nd|rd|th|s)", re.IGNORECASE)

_UNIT: Final = re.compile(
    r"[ -]?(?:%|°|(?:percent|mgs?|milligrams?|mcgs?|micrograms?|grams?|gm?|kgs?|kilos?|kilograms?"
    r"|mls?|milliliters?|millilitres?|cc|liters?|litres?|l|dl|units?|iu|meq|mmol|mmhg|bpm"
    r"|years?|yrs?|yo|months?|mos?|weeks?|wks?|days?|nights?|hours?|hrs?|h|minutes?|mins?"
    r"|seconds?|secs?|ms|a\.?m|p\.?m|a m|p m|o'?clock|in the (?:morning|afternoon|evening)"
    r"|pounds?|lbs?|ounces?|oz|stones?|feet|foot|ft|inch(?:es)?|cm|mm|centimeters?|centimetres?"
    r"|millimeters?|meters?|metres?|miles?|kilometers?|km|blocks?|degrees?|celsius|fahrenheit"
    r"|f|c"
    r"|dollars?|bucks?|cents?|euros?|quid|pence|pills?|tablets?|tabs?|capsules?|caps?|puffs?"
    r"|drops?|doses?|refills?|vials?|pens?|patches|sprays?|teaspoons?|tablespoons?|tsp|tbsp"
    r"|scoops?|bottles?|boxes"
    r"|packs?|cigarettes?|drinks?|beers?|glasses|cups?|times?|kids?|children|sons?|daughters?"
    r"|brothers?|sisters?|siblings|people|persons?|patients?|visits?|sessions?|appointments?"
    r"|episodes?|steps?|calories|reps?|sets?"
    r"|questions?|points?|pages?|lines?|stories|flights?|stairs?|floors?|mph|hz|watts?|volts?"
    r"|beats?|breaths?|words?|tokens?|digits?|letters?|characters?|numbers?|out of|or so|ish"
    r"|something|over|by|per|plus|and a half|x \d|to \d)(?![^\W_]))(?<!-[cflh])",
    re.IGNORECASE,
)
_CURRENCY: Final = re.compile(r"[$£€¥]\s?\Z")
_SEPARATED: Final = re.compile(r"\d,\Z")

_M, _D, _Y = r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12]\d|3[01])", r"(?:(?:1[89]|20)\d\d|\d\d)"
_DATE: Final = re.compile(
    rf"(?:{_M}([-/. ]){_D}\1{_Y}|{_D}([-/. ]){_M}\2{_Y}"
    rf"|(?:1[89]|20)\d\d[-/.]{_M}[-/.]{_D}(?:T[\d:.]*(?:Z|[+-]\d\d:?\d\d)?)?"
    rf"|(?:1[89]|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\d{{4}}(?:\d\d)?)?"
    rf"|(?:1[89]|20)\d\d[-/](?:(?:1[89]|20)\d\d|\d\d)|(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?:[ap]m)?(?:-(?:[01]?\d"
    rf"|2[0-3]):[0-5]\d(?:[ap]m)?)?|\d{{1,2}}[ap]m)",
    re.IGNORECASE,
)


#: Three code words in a row spell something.
_CODEWORDS: Final = re.compile(rf"(?<![^\W_])(?:{_NATO})(?:[ ,]{{1,2}}(?:{_NATO})(?![^\W_])){{2,20}}", re.IGNORECASE)


#: Of which each holds one ("x-ray" is two words).
_CODEWORD_PARTS: Final = frozenset(re.sub(r"(.)\?", r"\1", _NATO.replace("[- ]?", "|")).split("|")) | {
    "juliet",
    "whisky",
    "xray",
    "ray",
}


#: "last four 3570": the count is no part of the number.
_PART: Final = re.compile(r"\b(?:last|first|final|middle) \Z", re.IGNORECASE)


#: "My new one is ...": no number.
_PRONOUN: Final = re.compile(
    r"\b(?:new|old|same|other|this|that|right|better|wrong|only|which|another|the|no|any|every|each|last"
    r"|first|next) \Z",
    re.IGNORECASE,
)
#: A token that stands for a value already masked: a conversation comes back with them.
_TOKEN: Final = re.compile(
    r"\\?\[[A-Za-z]+(?:\\?[_ -][A-Za-z]+)*\\?[_ \n-]\d+\\?\]|(?<![^\W_])[A-Z]{2,}(?:_[A-Z]+)*_\d{1,4}(?![^\W_])"
)


def _atoms(reading: Reading) -> list[tuple[int, int]]:
    """Return the stretches that can be (part of) a run: around digits, and what was spelled letter by letter."""
    text = reading.text
    atoms: list[tuple[int, int]] = []
    for match in reading.at_numbers(_ATOM):
        start = match.start()
        if match[0] == "1" and _PRONOUN.search(text, max(0, start - 8), start):
            continue
        if match[0] in ("2", "3", "4", "5", "6") and _PART.search(text, max(0, start - 8), start):
            continue
        before = start - 1
        if before >= 0 and (text[before].isalpha() or text[before] in "-_/"):
            head = _HEAD.search(text, max(0, start - 20), start)
            if head is not None:
                start = head.start()
            if text[start : match.end()].lower().endswith(("last4", "first4", "last5")):
                continue
        atoms.append((start, match.end()))
    if not reading.is_identity:
        for piece in reading.pieces:
            if piece.kind == "spelled" and piece.text.isalpha() and len(piece.text) > 1:
                start, end = reading.plain(piece.start, piece.end)
                word = text[start:end].lower()
                if word and not is_label(word) and not is_link(word) and not text[end : end + 1].isalnum():
                    atoms.append((start, end))
    if not _CODEWORD_PARTS.isdisjoint(reading.words):
        atoms.extend(match.span() for match in _CODEWORDS.finditer(text))
    atoms.sort()
    if "[" in text or "_" in text:
        tokens = [match.span() for match in _TOKEN.finditer(text)]
        starts = [start for start, _ in tokens]
        if tokens:
            atoms = [atom for atom in atoms if not _inside(tokens, starts, atom)]
    return atoms


def _inside(ranges: list[tuple[int, int]], starts: list[int], atom: tuple[int, int]) -> bool:
    at = bisect_right(starts, atom[1] - 1) - 1
    return at >= 0 and atom[0] < ranges[at][1]


def _spoken_at(reading: Reading) -> Callable[[int, int], bool]:
    """Return a test for ranges of the plain form: was any of it said in words or letter by letter?"""
    if reading.is_identity:
        return lambda _start, _end: False
    pieces = [piece for piece in reading.pieces if piece.kind != "symbol"]
    ends = [piece.end for piece in pieces]

    def spoken(start: int, end: int) -> bool:
        begin, stop = reading.source(start, end)
        at = bisect_right(ends, begin)
        return at < len(pieces) and pieces[at].start < stop

    return spoken


#: "34yo", "28w": a number with its unit.
_AGED: Final = re.compile(r"\d{1,3}[a-z]{1,2}")


#: Capitals and digits of one group of a code.
_MIXED: Final = re.compile(r"(?=[A-Z\d]{4,8}\Z)(?=\d?[A-Z]{2})[A-Z\d]*\d\d[A-Z\d]*")


def _ranges(left: str, gap: str) -> bool:
    """Return whether "to" between numbers is no misheard two: "twenty to four", "a hundred and ninety to forty one"."""
    return gap.strip(" ,").lower() == "to" and (sum(map(str.isdigit, left)) < 3 or left.endswith("0"))


def _joins(text: str, run: tuple[int, int], atom: tuple[int, int], spoken: Callable[[int, int], bool]) -> bool:
    """Return whether an atom continues a run."""
    gap = text[run[1] : atom[0]]
    if len(gap) > 24:
        return False
    left, right = text[run[0] : run[1]], text[atom[0] : atom[1]]
    if gap in _TIGHT:
        return True
    digits = sum(map(str.isdigit, left))
    if gap == " " and digits >= 7 and re.fullmatch(r"(?:x|ext)\d{1,6}", right, re.IGNORECASE):
        return True
    if digits >= 7 and right.isdigit() and len(right) <= 6 and _EXTENSION.fullmatch(text, run[1], atom[0]):
        return True
    if gap in (" (", " - ", "(") and digits <= 5:
        return right.isdigit() and left.lstrip("+").isdigit() and (gap != " - " or min(len(left), len(right)) > 1)
    if _LETTER.fullmatch(gap) and not left.isdigit() and any(map(str.isdigit, left)) and spoken(*run) and spoken(*atom):
        return True
    digital = left[-1:].isdigit() and right.isdigit() and len(right) < 8
    if gap != " " and not (
        (_GLUE.fullmatch(gap) and len(left) > 1 and right.isalnum())
        or (digital and digits > 1 and _HEARD.fullmatch(gap) and not _ranges(left, gap))
    ):
        return False
    if any(not group.isdigit() and is_plain(group.lower()) for group in (right, left.split(" ")[-1])):
        return False  # "h d l one seventy two, a one c five point nine"
    if _ORDINAL.fullmatch(right) or _ORDINAL.fullmatch(left):
        return False
    if spoken(*atom) and (spoken(*run) or (len(left) < 3 and left.isdigit())):
        return True
    if gap != " ":
        return False
    group = re.split(r"[ ().-]+", left)[-1]
    if right.isdigit() and _MIXED.fullmatch(group):
        return 3 <= len(right) <= 5 and not _YEAR.fullmatch(right)  # "BPH882 010 7731"
    if not (group.isdigit() and right.isdigit()):
        # "1EG4 TE5 MK73": groups of one code, all of them mixed
        return (
            right.isalnum()
            and not right.isdigit()
            and not group.isdigit()
            and len(right) <= 5
            and len(group) <= 5
            and (right.upper() == right or any(map(str.isdigit, right)))
            and any(map(str.isdigit, group))
            and any(map(str.isalpha, group))
            and not _AGED.fullmatch(group)
        )
    if re.fullmatch(r"3[47]\d\d(?: \d{6})?", left) and len(right) in (6, 5):
        return True
    if text[max(0, run[0] - 1) : run[0] + 1].find("+") >= 0 and digits < 12:
        return digits + len(right) <= 15
    if len(left) == 5 and left[0] == "0" and len(right) == 6:
        return True  # a British number as people write it: "07700 900123"
    if len(group) > 5 or len(right) > 5:
        return (
            bool(re.fullmatch(r"\+?\d{1,4}", left))
            and len(right) <= 10
            and (left[0] == "+" or text[run[0] - 1 : run[0]] == "+")
        )
    after = text[atom[1] : atom[1] + 2]
    if after[:1] in ("/", ":", ".") and after[1:].isdigit():
        return False
    if after[:1] == "-" and after[1:].isdigit() and digits > 4:
        return False
    if text[max(0, run[0] - 1) : run[0] + 1].find("+") >= 0:
        return digits + len(right) <= 15
    # a complete written number ends; only groups of four go on (cards), and IBANs have their own pattern
    return digits < 9 or len(group) == 4 or digits + len(right) <= 11


#: An answer that is said sign by sign is short.
_DICTATED: Final = 100
#: A letter or code words by themselves; with a question for a code they are (a piece of) it.
_SIGN: Final = re.compile(rf"(?<![\w'’.])(?:[b-hj-z]|(?:{_NATO})(?: (?:{_NATO}))*)(?![\w'’]|\.\w)", re.IGNORECASE)
_SIGN_WORDS: Final = _CODEWORD_PARTS | frozenset("bcdefghjklmnopqrstuvwxyz")


def _signs(segment: Segment) -> list[tuple[int, int]]:
    """Return single letters and code words in a short answer to a question for a code: "another five" / "k"."""
    reading = segment.reading
    if segment.question is None or len(reading.text) > _DICTATED:
        return []
    spelled = [p for p in reading.pieces if p.kind == "spelled" and p.end - p.start > 1]
    signs = {reading.plain(p.start, p.end) for p in spelled if p.text.lower() in ("a", "i")}  # "a as in apple"
    if not _SIGN_WORDS.isdisjoint(reading.words):
        signs.update(match.span() for match in _SIGN.finditer(reading.text))
    if not signs or _CODES.isdisjoint(asks_for(segment)):
        return []
    return sorted(signs)


def _find(segment: Segment) -> list[tuple[int, int]]:
    """Return the maximal runs of the plain form."""
    reading = segment.reading
    text = reading.text
    found = [(start, end) for start, end in _joined(reading, _atoms(reading)) if not _names_itself(text, start, end)]
    signs = [sign for sign in _signs(segment) if not any(a < sign[1] and sign[0] < b for a, b in found)]
    if signs:
        both = sorted([*found, *signs])
        found = both if _bare(text, both) else [one for one in both if one not in signs or " " in text[slice(*one)]]
    return found


def _names_itself(text: str, start: int, end: int) -> bool:
    """Return whether a run is the name of one ("CVV2 540")."""
    return text[start].isalpha() and text[end - 1].isdigit() and is_label(text[start:end].lower())


def _joined(reading: Reading, atoms: list[tuple[int, int]]) -> list[tuple[int, int]]:
    text = reading.text
    spoken = _spoken_at(reading)
    found: list[tuple[int, int]] = []
    for atom in atoms:
        if found and atom[0] >= found[-1][1] and _joins(text, found[-1], atom, spoken) and atom[1] - found[-1][0] <= 80:
            found[-1] = (found[-1][0], atom[1])
        elif found and atom[0] < found[-1][1] < atom[1]:
            found[-1] = (found[-1][0], atom[1])  # letters spelled in front of a code: "luth" of "luth/044"
        elif not found or atom[0] >= found[-1][1]:
            found.append(atom)
    out = []
    for atom in found:
        start, end = atom
        tail = _TAIL.match(text, end, end + 6)
        if (
            tail
            and (not text[start:end].isdigit() or (end - start > 2 and tail[0].isupper()))
            and not _UNIT.match(text, end, end + 12)
        ):
            end = tail.end()
        while start > 0 and text[start - 1] in "(+" and (text[start - 1] == "+" or ")" in text[start:end]):
            start -= 1
        out.append((start, end))
    return out


# --- Announcing -------------------------------------------------------------------------------------------------------

#: How far back a label may stand, in characters.
_REACH: Final = 90
_BREAK: Final = re.compile(r"[.?!;](?=\s|\Z)|\n")
_CARRY: Final = frozenset(
    "okay ok and then um uh er erm so let me see no sorry wait i mean scratch that actually"
    " make it rather er erm correction dash hyphen thats it's its"
    " yeah yes right mm hmm mhm go ahead got plus also not the next area code double well"
    " like you know first last part rest was oh my bad strike hold on"
    " sir maam alright one sec second user assistant caller agent patient"
    " something theres on end".split()
)
_AFTER: Final = re.compile(
    r"[\s,]*(?:is|was|are|that's|that is|would be|as|for|being|still)\s+(?:(?:still|also|going"
    r" to be|actually)\s+)?(?:a|an|my|the|his|her|their|our|your|mine|mom's|dad's)\b",
    re.IGNORECASE,
)
_PERSON: Final = re.compile(
    r"\b(?:my|his|her|their|our|your|a|best|the|me|him|that|which|what)\s*(?:[a-z']+\s+){0,2}(?:number|digits)\b",
    re.IGNORECASE,
)
#: What an answer may say besides the value and still be bare.
_COURTESY: Final = _CARRY | frozenset(
    "sure hi hello please thanks thank you it is im that the my number a here there just got"
    " to find think believe should be with starts ends in for one moment minute hm ah uhm"
    " yep yup of course great perfect"
    " k cool ready here's heres again so keep going theres more another an final".split()
)


def _strong(run: Run) -> bool:
    """Return whether a run is long enough to be an identifier whose label stands further away."""
    if run.measured or run.dated:
        return False
    if run.letters:
        return (run.digits >= 3 and len(run.code) >= 5) or (
            run.signed and run.digits >= 2 and len(run.code) >= 4 and " " not in run.text
        )
    return (
        run.digits >= 4
        and not re.fullmatch(r"(?:19|20)\d\d", run.code)
        and run.text.count(".") != 1
        and "/" not in run.text
    )


def _heads(labels: list[Label], words: list[tuple[str, int, int]]) -> list[Label]:
    """Drop labels that only say where the number is printed ("member id *on my card*") or which part it is.

    "Last four" alone is of a social security number; "last four of the card" is the card's.
    """
    if sum(label.kind != PLAIN for label in labels) < 2:
        return labels
    kept: list[Label] = []
    first = {start: word for word, start, _ in words}
    for label in labels:
        previous = next((one for one in reversed(kept) if not one.weak), None)
        part = next((one for one in kept if first.get(one.start) == "last"), None)
        if part is not None and label.kind not in (PLAIN, NUMBER, part.kind):
            kept.remove(part)
        elif previous is not None and label.kind not in (PLAIN, previous.kind) and previous.kind != NUMBER:
            between = [word for word, start, end in words if start >= previous.end and end <= label.start]
            if 0 < len(between) <= 5 and between[0] in ("on", "for", "from", "off", "of"):
                continue
        if first.get(label.start) == "last" and any(one.kind not in (PLAIN, NUMBER) and not one.weak for one in kept):
            continue
        kept.append(label)
    return kept


_VOCABULARIES: Final = frozenset("rxnorm snomed loinc icd icd10 icd9 cpt ndc cvx hcpcs atc drg".split())
#: "I see you have c o p d": letters after these are words.
_NOT_CODE: Final = frozenset("you have has had got see need at go going with for were".split())


def _before(text: str, run: Run, floor: int) -> tuple[str | None, bool]:
    """Return what the words before a run announce it as, and whether only linking words stand between."""
    begin = max(floor, run.start - _REACH)
    words = words_in(text, begin, run.start)
    if begin > 0 and begin > floor and words and words[0][1] == begin and text[begin - 1].isalnum():
        words = words[1:]
    if not words:
        return None, False
    labels = _heads(
        [one for one in labels_in(words) if not (one.weak and one.kind == PLAIN and one.end < run.start - 3)], words
    )
    number: Label | None = None
    for label in reversed(labels):
        between = [word for word, start, _ in words if start >= label.end]
        near = len(between) <= 12 and all(map(is_link, between))
        if run.digits == 0 and (len(between) > 4 or not _NOT_CODE.isdisjoint(between)):
            near = False
        gap = text[label.end : run.start]
        broken = _BREAK.search(text, label.end, run.start) is not None
        if label.kind == PLAIN:
            if (label.weak and between) or _says_nothing(text, label, run, labels):
                continue
            if near and not broken:
                coded = text[label.start : label.end].lower() in _VOCABULARIES  # "system": "RxNorm", "code": "860975"
                return (NUMBER if number is not None and not coded else PLAIN), True
            if number is not None or broken:
                continue
            return PLAIN, False
        if label.kind == NUMBER:
            if number is None and near:
                number = label
            continue
        if number is not None:
            # "Insurance: Foo  ID: 123": the number word takes its kind from what it belongs to
            apart = _BREAK.search(text, label.end, number.start) is not None
            if label.kind == "CARD" and text[number.start : number.end].lower() in ("id", "ids"):
                return "HEALTH_PLAN", True  # the card with an id on it is the insurance card
            if not apart and len(between) <= 6 and (near or len(between) <= 3):
                return label.kind, True
            break
        if label.weak:
            direct = not between and (_strong(run) or gap.strip(" \t") in (":", "=", '":', '": "', ':"', "#"))
            linked = near and len(between) <= 4 and _strong(run) and (run.digits >= 5 or run.letters > 1)
            if not (direct or linked or (near and run.part)):
                continue
            return label.kind, True
        if near and len(re.findall(r"\n", gap)) <= 2:
            return label.kind, True
        if broken:
            break
        if _strong(run) and len(gap) <= 70:
            return label.kind, False
    if number is not None:
        return NUMBER, True
    return None, False


#: How much, not of what: before a code or a long number they measure nothing ("a return under R32584584").
_QUANTIFIERS: Final = frozenset("about around approximately roughly over under least most between every".split())


def _says_nothing(text: str, label: Label, run: Run, labels: list[Label]) -> bool:
    """Return whether what reads as the label of something harmless is none before this run."""
    said = text[label.start : label.end].lower()
    if said in _QUANTIFIERS:
        return run.digits >= 7 or (run.letters > 0 and run.digits >= 4)
    # "my d e a is b p six one seven ...": spelled, and announced as something else
    spelled = len(said.replace(" ", "")) <= 3 and text[label.end : run.start] == " " and run.spoken and run.digits > 4
    return spelled and any(one.end < label.start and not one.weak and one.kind not in (PLAIN, NUMBER) for one in labels)


def _after(text: str, run: Run) -> str | None:
    """Return what the words after a run announce it as ("... is my cell")."""
    link = _AFTER.match(text, run.end, run.end + 40)
    if link is None:
        return None
    stop = _BREAK.search(text, link.end(), link.end() + 40)
    words = words_in(text, link.end(), stop.start() if stop else link.end() + 40)[:5]
    kinds = [label.kind for label in labels_in(words) if not label.weak]
    return kinds[0] if kinds else None


def _carried(text: str, previous: Run, run: Run) -> bool:
    """Return whether a run goes on with the value before it ("212, let me see, 555" or "... no wait, 8965")."""
    gap = text[previous.end : run.start]
    if len(gap) > 60 or "\n\n" in gap or any(mark in gap for mark in '|"{}'):
        return False
    words = [word for word, _, _ in words_in(gap)]
    if not words:  # "830. 555. 0 1.", typed as it was said
        # ... or a list: "invoices 71182, 71190 and 71204"
        listed = gap == ", " and len(run.code) == len(previous.code) > 4 and previous.how in ("label", "carried")
        heard_so = gap.strip() in (".", ",", "...") and previous.how in ("question", "carried") and len(run.code) <= 5
        return listed or heard_so
    return len(words) <= 8 and all(word in _CARRY for word in words)


def asks_for(segment: Segment) -> list[str]:
    """Return the kinds (and `PLAIN`, `NUMBER`) that the open question asks for, in its order.

    A turn since the question that names a kind at its end ("... okay, and the three digits on the back") asks anew.
    """
    return _asked(segment)[0]


def _asked(segment: Segment) -> tuple[list[str], list[str]]:
    """Return what the open question asks for, and what it may ask for if the answer is a proper number."""
    memo = segment.reading.memo
    kept: tuple[list[str], list[str]] | None = memo.get("asked")
    if kept is None:
        kept = ([], [])
        if segment.question is not None:
            kept = _asked_by(segment.question, 300)
            for turn in segment.since:
                unfinished = _unfinished(turn)
                if unfinished is not None:
                    # "... and the number is oh seven seven double oh": the next turn goes on with it
                    if unfinished == "CARD" and kept[0] and "CARD" not in kept[0]:
                        continue  # "it's on the card": where it stands
                    if unfinished not in ("", NUMBER, PLAIN):
                        kept = ([unfinished], [])
                    elif unfinished == NUMBER and "PHONE" in kept[0]:
                        kept = (["PHONE"], [])
                elif turn.role in (None, "assistant") or turn.role != segment.role:
                    strong, weak = _asked_since(turn)
                    later = [kind for kind in strong if kind not in (NUMBER, PLAIN)]
                    if later or weak:
                        kept = (later[-1:], weak)
        memo["asked"] = kept
    return kept


def _asked_by(turn: Turn, reach: int) -> tuple[list[str], list[str]]:
    """Return what the last ``reach`` characters of a turn ask for, surely and perhaps; read once for all who follow."""
    kept: tuple[list[str], list[str]] | None = turn.memo.get(("asked", reach))
    if kept is None:
        kept = turn.memo["asked", reach] = _asked_kinds(_plain(turn.text[-reach:]))
    return kept


def _asked_since(turn: Turn) -> tuple[list[str], list[str]]:
    """Return what the end of a turn since the question asks for; more of it counts if it reads back a number."""
    kept: tuple[list[str], list[str]] | None = turn.memo.get("asked since")
    if kept is None:
        reach = 120 if _ENDS_IN_NUMBER.search(turn.text[-20:]) else 60
        kept = turn.memo["asked since"] = _asked_kinds(_plain(turn.text[-reach:]))
    return kept


def _unfinished(turn: Turn) -> str | None:
    """Return the label of the number in which a caller's turn ends, "" for one without, ``None`` if it ends in none."""
    if turn.role == "assistant":
        return None
    if "unfinished" not in turn.memo:
        label = None
        if _ENDS_IN_NUMBER.search(turn.text):
            label = ([one.kind for one in labels_in(words_in(turn.text[-120:])) if not one.weak] or [""])[-1]
        turn.memo["unfinished"] = label
    kept: str | None = turn.memo["unfinished"]
    return kept


_ENDS_IN_NUMBER: Final = re.compile(
    r"(?:\d|\b(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|hundred))\W*\Z",
    re.IGNORECASE,
)
_SPELLED: Final = re.compile(r"(?<![^\W_])[A-Za-z] [A-Za-z](?![^\W_])")


def _plain(text: str) -> str:
    """Return an earlier turn as read, where letters stand alone: "what's the i d", "it starts with x o f"."""
    return read(text).text if _SPELLED.search(text) else text


_ONE_BY_ONE: Final = re.compile(r"\b(?:digits?|numbers?|one at a time|characters?)\b", re.IGNORECASE)


#: Labels of something harmless that nobody asks for.
_IDLE: Final = frozenset(
    "line lines today time take over under about part pay charge question questions between".split()
)


#: "Tuesday *and your* number": the number is none of what was named before.
_APART: Final = re.compile(r"\b(?:and|your)\b", re.IGNORECASE)
_CODE_NOUNS: Final = frozenset({"id", "ids", "identification", "identifier", "code"})


#: What people put behind the noun that they ask with: "i need the group as well".
_AFTERTHOUGHT: Final = re.compile(
    r"(?:,? (?:as well|please|too|next|for me|if you have it|sir|ma'?am|madam|love))+\W*\Z", re.IGNORECASE
)


def _asked_kinds(text: str) -> tuple[list[str], list[str]]:
    text = _AFTERTHOUGHT.sub("", text)
    words = words_in(text)
    labels = _heads(list(labels_in(words)), words)
    named = [label for label in labels if not label.weak]
    if (
        len(named) > 1
        and named[-1].kind == NUMBER
        and named[-2].kind == PLAIN
        and _APART.search(text, named[-2].end, named[-1].start)
    ):
        named = [label for label in named if label.kind != PLAIN]  # "okay tuesday and your number"
    kinds = [label.kind for label in named]
    if kinds and set(kinds) == {NUMBER} and any(word in _CODE_NOUNS for word, _, _ in words):
        kinds = ["OTHER_ID"]  # "your id number", "the code we texted you"
    specific = [kind for kind in kinds if kind != NUMBER]
    if any(kind != PLAIN for kind in specific):
        idle = [
            text_of for text_of, start, _ in words if text_of in _IDLE and any(one.start == start for one in labels)
        ]
        if idle and len(idle) == specific.count(PLAIN):
            specific = [kind for kind in specific if kind != PLAIN]  # "refill line, what's the prescription number?"
    if specific == ["CARD"] and any(word == "id" for word, _, _ in words):
        specific = ["HEALTH_PLAN"]
    # a weak label counts where the question ends with it ("and the group") or is little more
    weak = [
        label.kind
        for label in labels
        if label.weak and label.kind != PLAIN and (len(words) <= 4 or label.end >= words[-1][2])
    ]
    untold = not weak and (_ONE_BY_ONE.search(text) or begins(text))
    return specific or kinds or ([NUMBER] if untold else []), weak


#: What payment services call the end of a card's number; of a social security number the key says so ("ssn_last4").
_CARD_KEYS: Final = frozenset(("last4", "last_4", "last_four", "lastfour"))


def _key_kind(key: str | None) -> str | None:
    """Return what a JSON key (or a column's title) announces."""
    if not key:
        return None
    if key.lower() in _CARD_KEYS:
        return "CARD"
    words = words_in(spaced(key[:80]))
    labels = list(labels_in(words))
    kinds = [label.kind for label in labels if label.kind != NUMBER]
    if "CARD" in kinds:
        return "CARD"  # "card_last4"
    if kinds:
        return kinds[-1]
    return NUMBER if labels else None


# --- Fields: HL7 v2 segments, tables whose first row names the columns ---------------------------------------------

#: Fields that identify, by segment and position (HL7 v2.5.1 chapters 3, 4, 6).
_HL7: Final[dict[str, dict[int, str]]] = {
    "PID": {2: "MRN", 3: "MRN", 4: "MRN", 13: "PHONE", 14: "PHONE", 18: "ACCOUNT", 19: "SSN", 20: "LICENSE", 21: "MRN"},
    "NK1": {5: "PHONE", 6: "PHONE", 12: "OTHER_ID", 37: "SSN"},
    "MSH": {9: "OTHER_ID"},  # its first field is the separator itself
    "PV1": {7: "LICENSE", 8: "LICENSE", 9: "LICENSE", 17: "LICENSE", 19: "MRN", 50: "MRN"},
    "IN1": {7: "PHONE", **dict.fromkeys((2, 3, 8, 9, 10, 36, 49), "HEALTH_PLAN")},
    "IN2": {1: "HEALTH_PLAN", 2: "SSN", 6: "HEALTH_PLAN", 8: "HEALTH_PLAN", 61: "HEALTH_PLAN"},
    "GT1": {2: "ACCOUNT", 6: "PHONE", 7: "PHONE", 12: "SSN"},
    "MRG": {1: "MRN", 3: "ACCOUNT"},
    "ORC": {2: "OTHER_ID", 3: "MRN", 10: "LICENSE", 11: "LICENSE", 12: "LICENSE"},
    "OBR": {2: "OTHER_ID", 3: "MRN", 10: "LICENSE", 16: "LICENSE", 28: "LICENSE", 32: "LICENSE"},
    "PD1": {4: "LICENSE"},
    "RXE": {15: "OTHER_ID"},
    "RXD": {7: "OTHER_ID"},
}
_HL7_LINE: Final = re.compile(
    r"(?:^|(?<=[\n\r\s]))(PID|NK1|PV1|IN1|IN2|GT1|MRG|ORC|OBR|PD1|MSH|EVN|OBX|AL1|DG1|NTE|ROL|RXE|RXD|RXO|RXR|ZPI)\|"
)


#: A person with an id, in whatever field (XCN, HL7 v2.5.1 chapter 2A): "1245319599^NORRIS^HELENE".
_XCN: Final = re.compile(r"\d{6,}\^[A-Za-z'-]{2,}\^[A-Za-z]")


def _hl7(text: str) -> list[tuple[int, int, str]]:
    """Return the fields of HL7 v2 segments with what each announces; unlisted fields announce `PLAIN`."""
    fields: list[tuple[int, int, str]] = []
    heads = list(_HL7_LINE.finditer(text))
    for number, head in enumerate(heads):
        stop = heads[number + 1].start() if number + 1 < len(heads) else len(text)
        for brk in ("\n", "\r"):
            at = text.find(brk, head.end(), stop)
            stop = at if at >= 0 else stop
        known = _HL7.get(head[1], {})
        at = head.end()
        for place, value in enumerate(text[head.end() : stop].split("|")[:80], 1):
            kind = known.get(place, "LICENSE" if _XCN.match(value) else PLAIN)
            if kind == "OTHER_ID" and value.isdigit() and len(value) < 5:
                kind = PLAIN  # a message or order counted from one
            fields.append((at, at + len(value), kind))
            at += len(value) + 1
    return fields


def _table(text: str) -> list[tuple[int, int, str]]:
    """Return the cells of delimited lines under a header that names at least one identifying column."""
    cells: list[tuple[int, int, str]] = []
    header: list[str | None] = []
    mark = ""
    at = 0
    for line in text.splitlines(keepends=True):
        body = line.rstrip("\r\n")
        parts = _parts(body, mark) if mark else []
        if mark and len(parts) == len(header):
            place = at
            for part, kind in zip(parts, header, strict=True):
                if kind is not None:
                    cells.append((place, place + len(part), kind))
                place += len(part) + len(mark)
        else:
            mark, header = _header(body)
        at += len(line)
    return cells


def _parts(line: str, mark: str) -> list[str]:
    """Return the cells of a line; a mark between quotes parts nothing."""
    if '"' not in line or len(line) > 2000:
        return line.split(mark)
    parts: list[str] = []
    for part in line.split(mark):
        if parts and parts[-1].count('"') % 2:
            parts[-1] += mark + part
        else:
            parts.append(part)
    return parts


def _header(line: str) -> tuple[str, list[str | None]]:
    if len(line) > 2000:
        return "", []
    for mark in ("|", "\t", ",", ";"):
        if line.count(mark) < 2:
            continue
        parts = line.split(mark)
        if all(len(part) <= 40 for part in parts):
            if sum(map(str.isdigit, line)) > 3:
                break
            kinds = [_key_kind(part.strip(" \"'")) for part in parts]
            if sum(kind is not None for kind in kinds) * 3 >= len(parts):
                return mark, kinds
    return "", []


#: A FHIR resource whose first element is its id or identifier; the resource says what it identifies.
_FHIR: Final = re.compile(
    r'"resourceType"\s*:\s*"(Patient|Encounter|Appointment|Coverage|Device|Claim|ServiceRequest'
    r'|MedicationRequest|Account)"\s*,\s*'
    r'(?:"id"\s*:\s*|"identifier"\s*:\s*\[\s*\{\s*"value"\s*:\s*)"\Z'
)
_FHIR_KINDS: Final = {
    "Patient": "MRN",
    "Encounter": "MRN",
    "Coverage": "HEALTH_PLAN",
    "Device": "DEVICE",
    "Account": "ACCOUNT",
}


# --- Together -------------------------------------------------------------------------------------------------------

_INSIDE: Final = re.compile(
    r"@|://|www\.|\.(?:com|org|net|edu|gov|io|co|uk|health|app|info|de|fr)(?![^\W_])", re.IGNORECASE
)


def _solid(text: str, start: int, end: int) -> str:
    """Return the unbroken word around a run, at most 120 characters to each side."""
    left = start
    while left > 0 and start - left < 120 and not text[left - 1].isspace() and text[left - 1] not in "\"'<>(),;|":
        left -= 1
    right = end
    while right < len(text) and right - end < 120 and not text[right].isspace() and text[right] not in "\"'<>),;|":
        right += 1
    return text[left:right]


#: Linking words that make a statement of it: "the t four was eleven" is no answer to "your number?".
_STATES: Final = frozenset("ive weve youve was were had has have got patient doctor wife".split())


def _within(text: str, start: int, end: int) -> bool:
    """Return whether a run is part of an email or web address."""
    solid = _solid(text, start, end)
    if "@" in solid and solid.endswith(text[start:end]) and text[start:end].isdigit():
        return False  # "call me at 011..." said aloud: no domain is a bare number
    return _INSIDE.search(solid) is not None


def _bare(text: str, found: list[tuple[int, int]]) -> bool:
    """Return whether a text is nothing but numbers, fillers and courtesies."""
    if len(text) > 300:
        return False
    at, rest = 0, []
    for start, end in found:
        rest.append(text[at:start])
        at = end
    rest.append(text[at:])
    # Most texts say something else with their first words.
    for count, word in enumerate(each_word(" ".join(rest))):
        if count == 25 or not (
            word in _COURTESY or (is_link(word) and word not in _STATES) or len(word) == 1 or word.isdigit()
        ):
            return False
    return True


def _only_courtesies(text: str) -> bool:
    return all(word in _COURTESY for word in each_word(text))


def _opens(text: str, run: Run) -> bool:
    """Return whether a run comes first in an answer: only fillers and courtesies stand before it."""
    words = [word for word, _, _ in words_in(text, 0, min(run.start, 200))]
    return run.start < 200 and all(word in _COURTESY or (is_link(word) and word not in _STATES) for word in words)


#: "Ending in four four", "the last two are nine nine".
_PARTLY: Final = re.compile(
    r"\b(?:ending|ends|ended|finishing|finishes|starting|starts|beginning|begins)(?: (?:in|with|on|uh|um|of|digits))*"
    r"[ :]{1,2}\Z",
    re.IGNORECASE,
)
_PARTLY_WORDS: Final = frozenset("ending ends ended finishing finishes starting starts beginning begins".split())
#: "Thursday at ten fifteen": a time, whatever was asked.
_AT_TIME: Final = re.compile(r"(?:^|[ ,])(?:at|around|about|by|until|till|after|before|from|or) \Z", re.IGNORECASE)
_CLOCK: Final = re.compile(r"(?:1[0-2]|[1-9])(?: (?:[0-5]\d|0\d))?")


def _closes(segment: Segment, run: Run) -> bool:
    """Return whether digits said one by one end a short answer: "it's on the bottle hold on seven seven one"."""
    text = segment.reading.text
    return segment.role != "assistant" and run.signed and len(text) <= 80 and not text[run.end :].strip(" .,!?")


#: Numbers of more than a digit: "i'm seventy eight".
_TENS: Final = re.compile(
    r"\b(?:ten|eleven|twelve|hundred|thousand|\w+teen|\w+ty|\w+th|first|second"
    r"|third)\b",
    re.IGNORECASE,
)


#: What letters follow that are a code's, and no abbreviation in talk.
_LEADS: Final = re.compile(r"(?:^|\b(?:it's|its|is|then|says|uh|um|no|wait)) \Z", re.IGNORECASE)


def _led(text: str, run: Run) -> bool:
    """Return whether a run begins with letters that were spelled as an answer: "it's x j no that's x g"."""
    return run.letters > 1 and run.spoken and _LEADS.search(text, max(0, run.start - 8), run.start) is not None


_DIGIT: Final = re.compile(r"\d")


def _by_sign(segment: Segment, start: int, end: int) -> bool:
    """Return whether what was said in words was said sign by sign."""
    said_as = segment.text[slice(*segment.reading.source(start, end))]
    # "2 x 325", "78 L 14 M": written digits beside a letter are amounts
    written = _DIGIT.search(said_as) is not None and not segment.reading.text[start:end].isdigit()
    return not written and _TENS.search(said_as) is None


def _is_code(code: str) -> bool:
    """Return whether signs are too many, or too mixed, to be counted in units: "two nine oh oh five something"."""
    return len(code) > 4 or (len(code) > 3 and not code.isdigit())


def _answers(segment: Segment, run: Run) -> str | None:
    """Return what an open question announces a run as."""
    asked, weakly = _asked(segment)
    text = segment.reading.text
    if (
        segment.role == "assistant"
        and _CLOCK.fullmatch(run.text)
        and _AT_TIME.search(text, max(0, run.start - 12), run.start)
    ):
        return PLAIN
    if (
        weakly
        and not (run.letters and weakly[-1] in ("PHONE", "FAX", "SSN"))
        and _strong(run)
        and (run.digits >= 5 or run.letters)
        and not any(kind not in (NUMBER, PLAIN) for kind in asked)
    ):
        return weakly[-1]
    if not asked:
        return None
    wanted = [kind for kind in dict.fromkeys(asked) if kind != PLAIN]
    if not wanted:
        return PLAIN
    if run.measured or (run.dated and not run.bare):
        return None
    if not run.bare and not _strong(run):
        # "yes zero two she's the spouse": two signs at least, said one by one, open or close the answer
        signs = 2 if PLAIN not in asked and (not run.digits or run.signed) else 3
        placed = _opens(text, run) or _led(text, run) or (run.digits > 0 and _closes(segment, run))
        if len(run.code) < signs or not placed:
            return None
    if wanted == [NUMBER] and not run.letters and run.digits <= 11:
        return "PHONE" if run.digits > 6 or not run.spoken or run.signed else None
    # "march twenty thirty, and the three digits on the back": what was asked last
    last = asked[-1] != PLAIN and run.bare and run.text.isdigit() and run.digits in (3, 4)
    if PLAIN in asked and not _strong(run) and not last and not (run.signed and run.letters > 1):
        return PLAIN
    if len(wanted) > 1 and "PHONE" in wanted and run.digits in (10, 11) and not run.letters:
        return "PHONE"
    if len(wanted) > 1 and "SSN" in wanted and run.digits in (4, 9) and not run.letters:
        return "SSN"
    others = [kind for kind in wanted if kind not in ("PHONE", "FAX", "SSN")] if run.letters else wanted
    return (others or wanted)[0]


_NANP: Final = re.compile(r"(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4}(?:\D{1,12}\d{1,6})?")
#: The number word that no telephone has.
_CODED: Final = re.compile(r"\b(?:id|code)\b[^.?!]*\Z", re.IGNORECASE)


def _announce(
    segment: Segment, run: Run, previous: Run | None, key: str | None, field: str | None
) -> tuple[str | None, str, bool]:
    """Return kind, source and nearness of the announcement that counts for a run."""
    text = segment.reading.text
    if field is not None:
        return field, "field", True
    kind, near = _before(text, run, previous.end if previous is not None else 0)
    resource = _FHIR.search(text, max(0, run.start - 90), run.start) if text[run.start - 1 : run.start] == '"' else None
    if resource is not None:
        return _FHIR_KINDS.get(resource[1], "OTHER_ID"), "field", True
    if kind is not None and near and kind != NUMBER:
        return kind, "label", True
    if previous is not None and previous.announced and kind in (None, NUMBER) and _carried(text, previous, run):
        return previous.kind, "carried", previous.near
    after = _after(text, run)
    if after is not None and after not in (PLAIN, NUMBER):
        return after, "after", True
    if key is not None and key != NUMBER and (run.bare or (_strong(run) and (run.digits > 4 or run.letters))):
        return key, "key", True
    if kind == NUMBER and _NANP.fullmatch(run.text) and _PERSON.search(text, max(0, run.start - 30), run.start):
        return "PHONE", "label", True
    answer = _answers(segment, run)
    if kind not in (None, NUMBER, PLAIN) and (segment.role == "assistant" or segment.since):
        answer = None  # what the sentence itself names says more than an earlier question
    if kind == NUMBER and answer in ("PHONE", "FAX", "SSN") and _CODED.search(text, max(0, run.start - 30), run.start):
        answer = None  # "the id is ..." is no telephone number
    if answer is not None and PLAIN not in (answer, kind) and (kind in (None, NUMBER) or answer != NUMBER):
        return answer, "question", run.bare
    if NUMBER in (kind, after, key):
        start = max(0, run.start - 60)
        person = kind == NUMBER and not run.letters and 3 <= run.digits <= 12 and _PERSON.search(text, start, run.start)
        if person and (run.digits >= 7 or run.bare or "end" in text[person.end() : run.start]):
            return "PHONE", "label", False
        if previous is not None and previous.kind == "CARD" and run.digits in (3, 4) and run.start - previous.end < 90:
            return "CARD", "label", True
        return NUMBER, "label" if kind == NUMBER else "key", near
    if kind is not None:
        return kind, "label", near
    if PLAIN in (after, key, answer):
        return PLAIN, "question" if answer == PLAIN else "key", key == PLAIN
    return None, "", False


def _is_measured(text: str, start: int, end: int) -> bool:
    """Return whether a unit follows, a currency sign or the digits before a comma precede, or it counts in order."""
    before = text[max(0, start - 2) : start]
    return bool(
        _UNIT.match(text, end, end + 24)
        or _CURRENCY.search(before)
        or (before[-1:] == "," and _SEPARATED.search(before))
        or (text[end - 1].isalpha() and _ORDINAL.fullmatch(text, start, end))
    )


def _is_dated(value: str) -> bool:
    """Return whether a value reads as a complete date, a timestamp or a time of day."""
    return not (len(value) < 8 and value.isdecimal()) and _DATE.fullmatch(value) is not None


def _idle(run: Run, segment: Segment) -> bool:
    """Return whether no detector could claim a run whatever announces it, so that nobody need look around it."""
    if run.inside or (run.measured and run.digits < 6):
        return True
    if run.dated and not run.text.isdigit() and not run.spoken:
        return True
    short = len(run.code) < 3 and not run.bare and not (len(run.code) == 2 and (run.part or run.last))
    return short and segment.question is None and segment.key is None


def _scan(segment: Segment) -> tuple[Run, ...]:
    reading = segment.reading
    text = reading.text
    found = _find(segment)
    if not found:
        return ()
    spoken = _spoken_at(reading)
    bare = _bare(text, found)
    partly = not _PARTLY_WORDS.isdisjoint(reading.words)
    address = "@" in text or "." in text or "://" in text
    fields: list[tuple[int, int, str]] = []
    if "|" in text or "\n" in text:
        fields = sorted([*_hl7(text), *_table(text)]) if _HL7_LINE.search(text) else _table(text)
    starts = [field[0] for field in fields]
    done: list[Run] = []
    for start, end in found:
        if done and end <= done[-1].end:
            continue  # the last one took it in
        value = text[start:end]
        code = _code(value)
        said_aloud = spoken(start, end)
        by_sign = said_aloud and _by_sign(segment, start, end)
        run = Run(
            start=start,
            end=end,
            text=value,
            code=code,
            digits=sum(map(str.isdigit, code)),
            spoken=said_aloud,
            signed=by_sign,
            measured=_is_measured(text, start, end) and not (by_sign and " " not in value and _is_code(code)),
            dated=_is_dated(value),
            bare=bare or (len(found) == 1 and len(text) - (end - start) <= 2),
            inside=address and _within(text, start, end),
            last=(said_aloud or len(code) == 2) and len(text) - end < 60 and _only_courtesies(text[end:]),
            part=partly and _PARTLY.search(text, max(0, start - 24), start) is not None,
        )
        field = None
        if fields:
            at = bisect_left(starts, start + 1) - 1
            if at >= 0 and fields[at][0] <= start and end <= fields[at][1]:
                field = fields[at][2]
        previous = done[-1] if done else None
        if field is None and _idle(run, segment):
            carried = previous is not None and previous.announced and not run.measured and _carried(text, previous, run)
            done.append(
                attrs.evolve(run, kind=previous.kind, how="carried") if previous is not None and carried else run
            )
            continue
        key = _key_kind(segment.key)
        kind, how, near = _announce(segment, run, previous, key, field)
        if (
            kind == NUMBER
            and run.digits in (3, 4)
            and any(13 <= one.digits <= 19 and not one.letters for one in done[-3:])
        ):
            kind = "CARD"  # "... expires eleven thirty and the code is zero zero one"
        lead = _lead(text, run, previous.end if previous is not None else 0)
        if lead is not None and field is None:
            wider = attrs.evolve(run, start=lead, text=text[lead:end], code=_code(text[lead:end]))
            said_kind, said_how, said_near = _announce(segment, wider, previous, key, field)
            group = text[lead:start].strip(" -").lower()
            own = run.spoken and (run.digits > 4 or group in ("mrn", "rx", "ref", "sn", "inv", "clm"))
            label = is_label(group) and not (own and said_near and said_how == "label")
            opening = said_how == "question" and not text[end:].strip(" .,!?") and _opens(text, wider)
            if kind is None and said_kind is None and not label and _spelled_out(group, run):
                run = wider  # "front says XEA 771 200 418"
            whole = said_how == "key" and lead == 0  # "memberId": "NEV 8848 8229"
            if (
                (said_near or opening or whole)
                and said_kind in _CODES
                and (whole or said_how in ("label", "question"))
                and not label
            ):
                run, kind, how, near = wider, said_kind, said_how, said_near
        if kind == "CARD" and ((run.letters and run.digits > 3) or (8 < run.digits < 12 and how != "carried")):
            kind = "HEALTH_PLAN"  # payment cards have no letters and sixteen digits, insurance cards do not
        if kind is not None:
            run = attrs.evolve(run, kind=kind, how=how, near=near)
        if field is not None and run.announced:
            run = _resized(run, text, *_cell(text, *fields[at][:2], run))
        elif (run.announced and (near or how != "label")) or (run.spoken and (run.digits >= 7 or _unnamed(run))):
            run = _resized(run, text, *_glued(text, run))
        done.append(run)
    return tuple(_as_heard(segment, done) if segment.question is not None else done)


def _as_heard(segment: Segment, done: list[Run]) -> list[Run]:
    """Widen the runs that answer a question for a code to the letters and digits around that were heard as words."""
    text = segment.reading.text
    answers = [run for run in done if run.how == "question" and run.kind in _CODES and run.kind != NUMBER]
    if not answers or segment.role == "assistant" or len(text) > _SHORT_ANSWER:
        return done
    ranges = [(start, end) for start, end, size in heard(segment.reading) if size > 1]
    widened: list[Run] = []
    for run in done:
        around = next(((a, b) for a, b in ranges if a <= run.start and run.end <= b), None)
        if run not in answers or around is None or _ASIDE.search(text, *around):
            widened.append(run)
        elif not widened or widened[-1].end <= around[0]:
            widened.append(_resized(run, text, *around))
        elif widened[-1].end <= run.start:
            widened.append(run)
    return widened


#: "Seven seven *is that* a one or an l", "*there's* a dash then zero one": talk between the signs.
_ASIDE: Final = re.compile(r"\b(?:is|was) (?:that|it|this)\b|\ba dash\b", re.IGNORECASE)


def _spelled_out(group: str, run: Run) -> bool:
    """Return whether a group of capitals before an unannounced number is its first group."""
    return not run.spoken and run.digits >= 7 and " " in run.text and 1 < len(group) < 5 and not is_plain(group)


#: An answer that is nothing but a code has at most so many characters.
_SHORT_ANSWER: Final = 90
_LEAD: Final = re.compile(r"(?<![^\W_])[A-Za-z]{1,4}(?:[ -]| dash | hyphen )\Z")
_TRAIL: Final = re.compile(
    r"-[A-Za-z]{1,4}(?![^\W_])| (?!MD|DO|NP|PA|RN|PT|OT|US|UK|AM|PM|ML|MG|IU)[A-Z]{1,2}(?![^\W_]|[ ][a-z])"
    r"| [a-z](?=[.,!]?\Z)"
)
_PLATE_TRAIL: Final = re.compile(r"[ -](?:[A-Z]{1,3}|[a-z]{3})(?![^\W_])")
#: "U7740128 03": digits that go on with a labelled code of letters and digits.
_DIGIT_TRAIL: Final = re.compile(r"[ ](\d{2,8})(?![^\W_]|[/.:%-]\d)")
#: Short words that stand before or after a number and are no part of a code.
_COMMON: Final = frozenset(
    "not are you all out now new has had got get but can did too two off any per its the and"
    " for his her our was who why how yes yeah hi um uh er oh ok my me we he she it is in"
    " on to at of an as be by do go if no or so up us am pm"
    " i a been have from them they then this that were what when will with your just like"
    " some only last next also both each much many more most over left took take ago day days"
    " dr mr mrs ms st ave rd said says had"
    " about mg ml bp hr rr po iv im qd ed er icu cm mm lb kg hz oz pt pts dob age sex lab"
    " mri ct xr us x ray via old yrs min max avg plus see use need said told one six ten nine"
    " five four three".split()
)
_LEFT_GLUE: Final = re.compile(r"(?:(?<![^\W_])(?:oh|o|double|triple|treble)[ ,]{1,2})+\Z", re.IGNORECASE)
#: At the end of what is said: elsewhere "oh" is what people say next.
_RIGHT_GLUE: Final = re.compile(
    r"(?:[ ](?:oh|o|double|triple|treble)(?![^\W_']))+(?=\W*\Z|[,.!?]"
    r"|[ ](?:\d|[a-z](?![^\W_'])))",
    re.IGNORECASE,
)
_LEFT_WORDS: Final = re.compile(
    rf"(?:(?<![^\W_])(?:{_NATO}|zed|[a-z] (?:as in|for|like|as) [a-z]{{3,12}})[ ])+\Z", re.IGNORECASE
)
_RIGHT_WORDS: Final = re.compile(
    rf"(?:[ ](?:{_NATO}|zed|[a-z] (?:as in|for|like|as) [a-z]{{3,12}}(?:-[a-z]+)?)(?![^\W_'])(?:[ ]?\d+(?![^\W_]))?)+",
    re.IGNORECASE,
)


def _code(value: str) -> str:
    if value.isdecimal():
        return value
    return "".join(filter(str.isalnum, _EXTENSION.sub("", value, count=1))).upper()


_A_SIGN: Final = re.compile(r"\b(?:number|id|code|accession|serial|policy|member|is) \Z", re.IGNORECASE)


def _lead(text: str, run: Run, floor: int) -> int | None:
    """Return where a short group of letters right before a run starts, when it can be the code's first group."""
    words = _LEFT_WORDS.search(text, max(floor, run.start - 60), run.start) if run.spoken else None
    if words is not None:
        return words.start()
    match = _LEAD.search(text, max(floor, run.start - 12), run.start)
    if match is None or run.digits < (2 if run.spoken else 3):
        return None
    group, joined = match[0].split()[0].rstrip("-"), len(match[0].split()) > 1
    if not (group.isupper() or (group.islower() and len(group) <= 3)):
        return None
    if group == "a" and run.spoken and _A_SIGN.search(text, max(0, match.start() - 12), match.start()):
        return match.start()  # "accession number a fifty three"
    measure = run.spoken and run.digits > 4 and group in ("bp", "hr", "rr")  # what no such number of digits follows
    if (
        (group.lower() in _COMMON and not measure)
        or is_link(group.lower())
        or (len(group) == 1 and not (group.isupper() or joined))
    ):
        return None
    return match.start()


def _glued(text: str, run: Run) -> tuple[int, int]:
    """Return a run's range with the letter groups and digit words that belong to it on either side."""
    start, end = run.start, run.end
    codes = run.kind in _CODES or _unnamed(run)
    if run.spoken:
        for left in (_LEFT_GLUE, _LEFT_WORDS) if codes else (_LEFT_GLUE,):
            match = left.search(text, max(0, start - 60), start)
            start = match.start() if match else start
        for right in (_RIGHT_GLUE, _RIGHT_WORDS) if codes else (_RIGHT_GLUE,):
            match = right.match(text, end, end + 80)
            end = match.end() if match else end
    if codes and run.near:
        plate = run.kind == "VEHICLE" and len(run.code) <= 5
        match = (_PLATE_TRAIL.match(text, end, end + 6) if plate else None) or _TRAIL.match(text, end, end + 6)
        if match is not None:
            group = match[0][1:].lower()
            if (
                match[0][0] == "-"
                or (len(group) == 1 and match[0].islower() == run.spoken)
                or (group not in _COMMON and not is_label(group) and not is_link(group))
            ):
                end = match.end()
        more = _DIGIT_TRAIL.match(text, end, end + 12) if run.digits and (run.letters or run.digits > 4) else None
        if more is not None and not run.letters and len(more[1]) < 3:
            more = None
        if more is not None and not _UNIT.match(text, more.end(), more.end() + 24) and not _YEAR.fullmatch(more[1]):
            end = more.end()
    return start, end


def _unnamed(run: Run) -> bool:
    """Return whether a run that nothing announces was said sign by sign, and is too long to be counted."""
    return run.kind is None and run.signed and run.digits > 4 and not (run.measured or run.dated)


def _cell(text: str, start: int, end: int, run: Run) -> tuple[int, int]:
    """Return the range of a table cell or HL7 component when it holds one unbroken value, else the run's own."""
    value = text[start:end]
    core = value.strip(" \t\"'")
    at = start + value.find(core)
    if len(core) > 64 or any(map(str.isspace, core)) or ("^" in core and run.kind not in ("PHONE", "FAX")):
        return run.start, run.end
    return at, at + len(core)


def _resized(run: Run, text: str, start: int, end: int) -> Run:
    if (start, end) == (run.start, run.end):
        return run
    code = _code(text[start:end])
    return attrs.evolve(run, start=start, end=end, text=text[start:end], code=code, digits=sum(map(str.isdigit, code)))


#: What is spelled in talk of insurance and is no number.
_ABBREVIATED: Final = frozenset("PPO HMO EPO HSA FSA UHC BCBS AARP SSI DMV VA MRI".split())
#: Kinds whose values have letters; the others are digits alone.
_CODES: Final = frozenset({"MRN", "HEALTH_PLAN", "ACCOUNT", "LICENSE", "VEHICLE", "DEVICE", "OTHER_ID", NUMBER})
_DECIMAL: Final = re.compile(r"\d{1,4}\.\d{1,2}")
_DOTTED: Final = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}|\d{1,3}\.\d+-\d{1,3}(?:\.\d+)?|\d{1,3}-\d{1,3}\.\d+")
_YEAR: Final = re.compile(r"(?:19|20) ?\d\d")


#: Kinds whose label no price follows.
_UNPRICED: Final = frozenset({"PHONE", "FAX", "SSN", "MRN", "DEVICE"})


def said(run: Run, *kinds: str) -> bool:
    """Return whether a run is announced as one of ``kinds`` and can be what it is announced as.

    A label does not make a number of everything that follows it: "my account has 45 dollars", "policy 1/1/2024". In
    an answer or a named field, on the other hand, even two digits are the number (or a piece of it).
    """
    if run.kind not in kinds or run.inside or (run.measured and run.digits < 6) or is_plain(run.text.lower()):
        return False
    if run.dated and not (run.text.isdigit() or (run.spoken and " " in run.text)):
        return False
    if _DECIMAL.fullmatch(run.text) or (
        _YEAR.fullmatch(run.text) and not run.bare and not (run.near and run.how == "label")
    ):
        return False
    if run.kind not in ("PHONE", "FAX") and _DOTTED.fullmatch(run.text):
        return False
    amount = run.letters == 0 and " " in run.text and run.kind not in _UNPRICED
    if run.how == "label" and run.spoken and run.digits <= 3 and amount and not run.bare:
        return False  # "the invoice was one fifty"
    if run.digits == 0 and run.code in _ABBREVIATED:
        return False
    if run.digits == 0 and run.how == "question":
        return run.kind in _CODES and (run.bare or (run.spoken and len(run.code) > 1))
    if run.digits == 0:
        return run.near and run.kind in _CODES and len(run.code) >= (2 if run.how == "carried" else 3)
    if run.how in ("field", "key"):
        return len(run.code) >= 2 or run.bare
    if run.how in ("carried", "question"):
        if run.letters and run.digits < 7 and run.kind not in _CODES:
            return False
        return len(run.code) >= 2 or run.bare
    if len(run.code) == 2 and run.near and run.digits and " " not in run.text:
        # "your code is k seven", "it starts with zero zero": two signs, said one by one, that end what is said
        return run.part or (run.spoken and run.last and (run.letters > 0 or run.text[0] == "0"))
    return len(run.code) >= 3 and run.digits >= 1 + (run.letters == 0)


def runs(segment: Segment) -> tuple[Run, ...]:
    """Return the numbers and codes of a segment, in order, each with what announces it.

    Computed once per segment and kept in its reading's memo.
    """
    memo = segment.reading.memo
    kept: tuple[Run, ...] | None = memo.get("runs")
    if kept is None:
        kept = memo["runs"] = _scan(segment)
    return kept


class RunDetector:
    """A detector that claims runs, and may know shapes that are more than a run.

    Args:
        name: Unique, lower-case name.
        kinds: The kinds it may return.
        claim: Called with each run; returns ``(kind, score)``, or ``None`` when the run is not its business.
        shapes: Called once per segment; yields ``(start, end, kind, score)`` in offsets of the reading, for what has
            a shape of its own (an IBAN in groups, a MAC address). Runs inside a shape are not asked for.
    """

    def __init__(
        self,
        name: str,
        kinds: Iterable[str],
        claim: Callable[[Run, Segment], tuple[str, float] | None],
        shapes: Callable[[Segment], Iterable[tuple[int, int, str, float]]] | None = None,
    ) -> None:
        self.name = name
        self.kinds = frozenset(kinds)
        self.claim = claim
        self.shapes = shapes

    def detect(self, segment: Segment) -> Iterator[Span]:
        """Yield a span for every shape, and for every run outside them that is claimed."""
        reading = segment.reading
        taken: list[tuple[int, int]] = []
        if self.shapes is not None:
            for start, end, kind, score in self.shapes(segment):
                taken.append((start, end))
                yield Span(*reading.source(start, end), kind, score, self.name)
        found = runs(segment)
        if not found:
            return
        taken.sort()
        for run in found:
            claimed = self.claim(run, segment)
            if claimed is None:
                continue
            at = bisect_right(taken, (run.start, len(reading.text))) - 1
            if at < 0 or taken[at][1] < run.end:
                yield Span(*reading.source(run.start, run.end), *claimed, self.name)
