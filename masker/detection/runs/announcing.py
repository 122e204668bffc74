"""Announcing: what the words around a run, the value it goes on with, its key or the open question make of it."""

from __future__ import annotations

import re
from typing import Final

from masker.core.segments import Segment
from masker.detection.amounts import MEASURES, is_amount
from masker.detection.labels import NUMBER, PLAIN, POSTCODES, Label, each_word, is_link, labels_in, words_in
from masker.detection.runs.asking import VOCABULARIES, heads, wanted_kinds
from masker.detection.runs.behind import label_behind
from masker.detection.runs.fields import FHIR, FHIR_KINDS
from masker.detection.runs.measures import CLOCK
from masker.detection.runs.run import POSTCODE, YEAR, Run, is_strong
from masker.detection.runs.seconds import is_second
from masker.detection.runs.surroundings import CARRY, JOINING, closes, is_led, opens

__all__ = ["announce", "is_carried"]


#: How far back a label may stand, in characters.
_REACH: Final = 90


#: A tag between a label and its value.
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>")


_BREAK: Final = re.compile(r"[.?!;](?=\s|\Z)|\n")


_PERSON: Final = re.compile(
    r"\b(?:my|his|her|their|our|your|a|best|the|me|him|that|which|what)\s*(?:[a-z']+\s+){0,2}(?:number|digits)\b",
    re.IGNORECASE,
)


#: "I see you have c o p d": letters after these are words.
_NOT_CODE: Final = frozenset("you have has had got see need at go going with for were".split())


#: A cell of a page's table, no telephone: ``- cell "66041"``, ``[0-7] cell: 66041``.
_CELL: Final = re.compile(r"(?:^|\n)[ \t]*+(?P<mark>-|\[[\w-]{1,16}\]|uid=\S{1,20}+) cell\Z", re.IGNORECASE)


def _is_cell(text: str, label: Label) -> bool:
    """Return whether a label is the role of a node. In a list it may be one, if no quoted value follows right away."""
    if label.end - label.start != len("cell"):
        return False
    node = _CELL.search(text[max(0, label.start - _REACH) : label.end])
    return node is not None and (node["mark"] != "-" or text.startswith(' "', label.end))


def _before(text: str, run: Run, floor: int, expected: bool) -> tuple[str | None, bool]:
    """Return what the words before a run announce it as, and whether only linking words stand between.

    ``expected`` is whether a key or a question names the number already.
    """
    begin = max(floor, run.start - _REACH)
    words = words_in(text, begin, run.start)
    if begin > 0 and begin > floor and words and words[0][1] == begin and text[begin - 1].isalnum():
        words = words[1:]
    if not words:
        return None, False
    labels = heads(
        [one for one in labels_in(words) if not (one.weak and one.kind == PLAIN and one.end < run.start - 3)], words
    )
    number: Label | None = None
    for label in reversed(labels):
        gap = text[label.end : run.start]
        between = [word for word, start, _ in words if start >= label.end]
        if between and "<" in gap:
            between = list(each_word(_TAG.sub(" ", gap)))  # <td>MRN</td><td>4471</td>
        near = len(between) <= 12 and all(map(is_link, between))
        if _is_cell(text, label):
            continue
        if run.digits == 0 and (len(between) > 4 or not _NOT_CODE.isdisjoint(between)):
            near = False
        broken = _BREAK.search(text, label.end, run.start) is not None
        if label.kind == PLAIN:
            if (label.weak and between) or _says_nothing(text, label, run, labels, expected):
                continue
            said = text[label.start : label.end].lower().replace("_", " ")
            if said in POSTCODES and _is_far_postcode(text, label, run) and not (broken and between):
                return POSTCODE, True
            if near and not broken:
                if said in POSTCODES:
                    return POSTCODE, True
                coded = text[label.start : label.end].lower() in VOCABULARIES  # "system": "RxNorm", "code": "860975"
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
            if _is_any_text(text, label):
                continue
            direct = not between and (is_strong(run) or gap.strip(" \t") in (":", "=", '":', '": "', ':"', "#"))
            linked = near and len(between) <= 4 and is_strong(run) and (run.digits >= 5 or run.letters > 1)
            if not (direct or linked or (near and run.part)):
                continue
            return label.kind, True
        if near and len(re.findall(r"\n", gap)) <= 2:
            return label.kind, True
        if broken:
            break
        if is_strong(run) and len(gap) <= 70:
            return label.kind, False
    if number is not None:
        return NUMBER, True
    return None, False


#: How much, not of what: before a code or a long number they measure nothing ("a return under R32584584").
_QUANTIFIERS: Final = frozenset("about around approximately roughly over under least most between every".split())


#: When, not what: "new one starts in april: UB1577194-01".
_CALENDAR: Final = frozenset(
    "date today tomorrow yesterday time times year years since january february march april june july august september"
    " october november december monday tuesday wednesday thursday friday saturday sunday".split()
)


#: Where it stands, not what it is: "top line says 4471".
_PLACES: Final = frozenset(
    "line lines page pages part item items question questions area time times step steps take".split()
)
#: Behind when, where or how much: the verb whose subject was named before ("my MRN from last year is 66041").
_TELLS: Final = re.compile(
    r"\b(?:is|are|was|were|its|it's|says?|said|reads?|shows?|showed|had|has|gave|given|got|told|called)\b|[:,]",
    re.IGNORECASE,
)
#: Behind anything else: another clause ("I owe money but 55812").
_PARTS: Final = re.compile(r"(?<=\w), |\bbut\b", re.IGNORECASE)


#: Whose ZIP is no archive.
_WHOSE: Final = re.compile(r"\b(?:my|your|his|her|their|our) \Z", re.IGNORECASE)


def _is_far_postcode(text: str, label: Label, run: Run) -> bool:
    """Return whether a run can be the ZIP code that was named some words before."""
    if run.letters or run.measured or run.digits not in (5, 9):
        return False
    return (
        text[label.start : label.end].lower() != "zip"
        or _WHOSE.search(text, max(0, label.start - 8), label.start) is not None
    )


def _is_counted(text: str, run: Run) -> bool:
    """Return whether the word right before a run says how much or where: "over 2500 came in", "page 1250"."""
    words = words_in(text, max(0, run.start - 16), run.start)
    return bool(words) and words[-1][0] in (_QUANTIFIERS | _PLACES) - {"take"}


def _is_any_text(text: str, label: Label) -> bool:
    """Return whether a label is the name of any text in a literal: {'text': 'A4471'}, Part(text='A4471')."""
    around = text[label.start - 1 : label.start], text[label.end : label.end + 1]
    return (around in (("'", "'"), ('"', '"')) or around[1] == "=") and text[label.start : label.end].lower() == "text"


def _says_nothing(text: str, label: Label, run: Run, labels: list[Label], expected: bool) -> bool:
    """Return whether what reads as the label of something harmless is none before this run."""
    said = text[label.start : label.end].lower()
    if said == "type" and expected and run.digits > 1:
        return True
    if (
        run.digits > (1 if run.letters else 3)
        and not run.dated
        and not YEAR.fullmatch(run.text)
        and said not in POSTCODES
    ):
        aside = said in _CALENDAR or said in _QUANTIFIERS or said in _PLACES
        if (aside and expected) or (_TELLS if aside else _PARTS).search(text, label.end, run.start):
            return True
    if said in _QUANTIFIERS:
        return run.digits >= 7 or (run.letters > 0 and run.digits >= 4)
    if said in _CALENDAR:
        return run.letters > 0 and run.digits >= 5 and not run.dated
    # "my d e a is b p six one seven ...": spelled, and announced as something else
    spelled = len(said.replace(" ", "")) <= 3 and text[label.end : run.start] == " " and run.spoken and run.digits > 4
    return spelled and any(one.end < label.start and not one.weak and one.kind not in (PLAIN, NUMBER) for one in labels)


#: "MRN, that's *the long one*, is 66041".
_THE_LONG: Final = re.compile(r"\b(?:the|that|this) [a-z]{2,12} \Z", re.IGNORECASE)
_IS: Final = re.compile(r",? (?:is|was|says|reads|has)\b", re.IGNORECASE)


def _is_pronoun(text: str, run: Run) -> bool:
    """Return whether a "one" stands for what was named before it."""
    if run.code != "1" or not run.spoken or run.announced or _IS.match(text, run.end, run.end + 8) is None:
        return False
    return _THE_LONG.search(text, max(0, run.start - 20), run.start) is not None


_JOINING: Final = re.compile(rf"\b{JOINING}\b", re.IGNORECASE)


def is_carried(text: str, previous: Run, run: Run) -> bool:
    """Return whether a run goes on with the value before it ("212, let me see, 555" or "... no wait, 8965")."""
    gap = text[previous.end : run.start]
    if is_second(text, previous, run):
        return True
    if len(gap) > 60 or "\n\n" in gap or any(mark in gap for mark in '|"{}'):
        return False
    words = [word for word, _, _ in words_in(_JOINING.sub(" then ", gap))]
    if not words:  # "830. 555. 0 1.", typed as it was said
        # ... or a list: "invoices 71182, 71190 and 71204"
        listed = gap == ", " and len(run.code) == len(previous.code) > 4 and previous.how in ("label", "carried")
        heard_so = gap.strip() in (".", ",", "...") and previous.how in ("question", "carried") and len(run.code) <= 5
        return listed or heard_so
    return len(words) <= 8 and all(word in CARRY for word in words)


#: "Thursday at ten fifteen": a time, whatever was asked.
_AT_TIME: Final = re.compile(r"(?:^|[ ,])(?:at|around|about|by|until|till|after|before|from|or) \Z", re.IGNORECASE)


#: "The first one", and no number.
_THE_ONE: Final = re.compile(r"\b(?:1st|2nd|3rd|first|second|this|that|other|last|which|just) \Z", re.IGNORECASE)


#: ... and a while.
_A_WHILE: Final = re.compile(r" (?:more )?(?:sec|second|2nd|moment|minute)\b", re.IGNORECASE)


def _is_the_one(text: str, run: Run) -> bool:
    """Return whether a "one" is none of what was asked for: "the first one", "one second"."""
    if _A_WHILE.match(text, run.end, run.end + 16):
        return True
    return _THE_ONE.search(text, max(0, run.start - 8), run.start) is not None


_CVV: Final = 3
#: Digits of a social security number, the shortest of those that have no letters.
_WHOLE: Final = 9
#: What parts the answers to a question for several things: "4471, 737", "1. 97", "- QX7731 then 55812".
_PIECE_ENDS: Final = re.compile(r"(?: thanks| please)?\s*(?:[,;|/\n]|\.(?=\s|\Z)|\b(?:and|then)\b|\Z)", re.IGNORECASE)
_PIECE_STARTS: Final = re.compile(
    r"(?:\A|[,;|/\n]|\.\s|\b(?:and|then)\b)\s*(?:[-*\u2022]|\d{1,2}[.)])?"
    r"(?:\s*(?:and|then|sure|yes|yeah|okay|ok|it's|its|my|is|the|uh|um)\b,?)*\s*\Z",
    re.IGNORECASE,
)


def _is_listed(text: str, run: Run) -> bool:
    """Return whether a run is a piece by itself of an answer that gives several things."""
    if not _PIECE_ENDS.match(text, run.end):
        return False
    return _PIECE_STARTS.search(text[max(0, run.start - 40) : run.start]) is not None


def _answers(segment: Segment, run: Run) -> str | None:
    """Return what an open question announces a run as."""
    asked, weakly = wanted_kinds(segment)
    text = segment.reading.text
    if (asked or weakly) and (is_amount(text, run.start, run.end) or run.text.split()[0].upper() in MEASURES):
        return None
    if (
        segment.role == "assistant"
        and CLOCK.fullmatch(run.text)
        and _AT_TIME.search(text, max(0, run.start - 12), run.start)
    ):
        return PLAIN
    if (
        weakly
        and not (run.letters and weakly[-1] in ("PHONE", "FAX", "SSN"))
        and is_strong(run)
        and (run.digits >= 5 or run.letters)
        and not any(kind not in (NUMBER, PLAIN) for kind in asked)
    ):
        return weakly[-1]
    counted = segment.role == "assistant" and run.digits < 3 and not run.letters and not run.signed
    if not asked or counted or (run.code == "1" and _is_the_one(text, run)):
        return None
    wanted = [kind for kind in dict.fromkeys(asked) if kind != PLAIN]
    if not wanted:
        return PLAIN
    if run.measured or (run.dated and not run.bare):
        return None
    listed = run.digits > 2 and segment.role != "assistant" and _is_listed(text, run)
    if not run.bare and not is_strong(run) and not listed:
        # "yes zero two she's the spouse": two signs at least, said one by one, open or close the answer
        signs = 2 if PLAIN not in asked and (not run.digits or run.signed) else 3
        placed = opens(text, run) or is_led(text, run) or (run.digits > 0 and closes(segment, run))
        if len(run.code) < signs or not placed:
            return None
    if wanted == [NUMBER] and not run.letters and run.digits <= 11:
        return "PHONE" if run.digits > 6 or not run.spoken or run.signed else None
    # "march twenty thirty, and the three digits on the back": what was asked last
    last = asked[-1] != PLAIN and run.bare and run.text.isdigit() and run.digits in (3, 4)
    last = last or (listed and (run.letters > 0 or "CARD" in wanted or run.digits > 3))
    if PLAIN in asked and not is_strong(run) and not last and not (run.signed and run.letters > 1):
        return PLAIN
    if len(wanted) > 1 and "PHONE" in wanted and run.digits in (10, 11) and not run.letters:
        return "PHONE"
    if len(wanted) > 1 and "SSN" in wanted and run.digits in (4, 9) and not run.letters:
        return "SSN"
    if listed and run.digits == len(run.code) == _CVV and "CARD" in wanted:
        return "CARD"
    others = [kind for kind in wanted if kind not in ("PHONE", "FAX", "SSN")] if run.letters else wanted
    return (others or wanted)[0]


_NANP: Final = re.compile(r"(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4}(?:\D{1,12}\d{1,6})?")


#: The number word that no telephone has.
_CODED: Final = re.compile(r"\b(?:id|code)\b[^.?!]*\Z", re.IGNORECASE)


def announce(
    segment: Segment, run: Run, previous: Run | None, key: str | None, field: str | None
) -> tuple[str | None, str, bool]:
    """Return kind, source and nearness of the announcement that counts for a run."""
    text = segment.reading.text
    if field is not None:
        return field, "field", True
    expected = key is not None or any(one not in (NUMBER, PLAIN) for one in wanted_kinds(segment)[0])
    floor = previous.end if previous is not None and not _is_pronoun(text, previous) else 0
    kind, near = _before(text, run, floor, expected)
    after = label_behind(text, run) if kind in (None, NUMBER, PLAIN) or not near else None
    if kind == PLAIN and not expected and after not in (None, NUMBER, PLAIN) and not _is_counted(text, run):
        kind, near = _before(text, run, floor, expected=True)  # "type 66041 into MRN", "today 9999 was given as ..."
    resource = FHIR.search(text, max(0, run.start - 90), run.start) if text[run.start - 1 : run.start] == '"' else None
    if resource is not None:
        return FHIR_KINDS.get(resource[1], "OTHER_ID"), "field", True
    if kind == POSTCODE:
        return PLAIN, POSTCODE, True
    if kind is not None and near and kind != NUMBER:
        return kind, "label", True
    coded = run.letters and previous is not None and previous.kind in ("PHONE", "FAX", "SSN")  # no part of that number
    if (
        previous is not None
        and previous.announced
        and kind in (None, NUMBER)
        and not (coded and previous.digits >= _WHOLE)
        and is_carried(text, previous, run)
    ):
        return previous.kind, "carried", previous.near
    if previous is not None and previous.how == POSTCODE and kind in (None, NUMBER) and is_second(text, previous, run):
        return PLAIN, POSTCODE, True
    if after == POSTCODE:
        return PLAIN, POSTCODE, True
    if after is not None and after not in (PLAIN, NUMBER):
        return after, "after", True
    if key is not None and key != NUMBER and (run.bare or (is_strong(run) and (run.digits > 4 or run.letters))):
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
