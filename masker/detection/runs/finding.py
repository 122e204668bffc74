"""Finding: the maximal stretches of digits and code characters in the reading, joined over what stands inside a number.

Linear in the length of the text: atoms are found by one pass of a simple pattern, and every look to the left or right
has a fixed reach.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from typing import Final

from masker.core.reading import Reading
from masker.core.segments import Segment
from masker.detection.labels import PLAIN, is_label, is_link, is_plain
from masker.detection.runs.asking import asks_for
from masker.detection.runs.measures import ORDINAL, UNIT, has_unit
from masker.detection.runs.run import CODES, EXTENSION, NATO, YEAR
from masker.detection.runs.surroundings import is_bare
from masker.detection.runs.wholes import ends_whole, starts_whole

__all__ = ["COMMON", "find_runs", "spoken_at"]


_ATOM: Final = re.compile(r"\d[^\W_]*")


#: Letters that belong to a code and stand right before its first digit ("RX-" of "RX-917288").
_HEAD: Final = re.compile(r"(?:(?<![^\W_])(?![xX]{1,6}-)[A-Za-z]{1,6}[-_/·]{1,2})?[^\W\d_]{0,12}\Z")


#: ... and right after its last.
_TAIL: Final = re.compile(r"[-·][A-Z]{1,4}(?![^\W_])")
#: The same behind a slash: "PT/2214/bg", "33109/B".
_SLASH_TAIL: Final = re.compile(r"/(?:(?<=/\d{3}/)|(?<=/\d{4}/))[A-Za-z]{2,3}(?![^\W_])|(?<=\d{5})/[A-Z](?![^\W_])")


_TIGHT: Final = frozenset({"-", ".", "_", ")", ") ", ")-", ".)", "/", ":", "--", "‑", "·"})


#: Words that a recogniser writes for digits, and what callers say inside one number.
_GLUE: Final = re.compile(
    rf"[ ,]{{1,2}}(?:oh|o|double|triple|treble|zed|uh|um|er|erm|then|colon|space|{NATO})(?:[ ,]{{1,2}}(?:uh"
    rf"|um|er|erm|oh|o))?[ ,]{{1,2}}",
    re.IGNORECASE,
)


#: Signs that are named between groups of a code: "g t h dash kilo nine four", "r l i slash two two nine slash b".
_NAMED_SIGN: Final = r"(?:dash|hyphen|slash|stroke)"
_SIGN_GLUE: Final = re.compile(
    rf"[ ,]{{1,2}}{_NAMED_SIGN}(?:[ ,]{{1,2}}(?:{NATO}|oh))*[ ,]{{1,2}}"
    rf"|(?:[ ,]{{1,2}}(?:{NATO}))+[ ,]{{1,2}}{_NAMED_SIGN}[ ,]{{1,2}}",
    re.IGNORECASE,
)
_SIGN_TAIL: Final = re.compile(
    rf"[ ,]{{1,2}}{_NAMED_SIGN}(?:[ ,]{{1,2}}(?:{NATO}|[b-hj-z]|a(?=\W*\Z)))+(?![\w'])", re.IGNORECASE
)


_LETTER: Final = re.compile(r" [a-z](?: (?:oh|o))* ")


_HEARD: Final = re.compile(
    r"[ ,]{1,2}(?:(?:double|triple|treble) )?(?:to|too|for|fore|won|ate|free|sicks|tree|owe"
    r"|the|see|nein|heaven|hero)(?:[ ,]{1,2}(?:oh|o))?[ ,]{1,2}",
    re.IGNORECASE,
)


#: Three code words in a row spell something.
_CODEWORDS: Final = re.compile(rf"(?<![^\W_])(?:{NATO})(?:[ ,]{{1,2}}(?:{NATO})(?![^\W_])){{2,20}}", re.IGNORECASE)


#: Of which each holds one ("x-ray" is two words).
_CODEWORD_PARTS: Final = frozenset(re.sub(r"(.)\?", r"\1", NATO.replace("[- ]?", "|")).split("|")) | {
    "juliet",
    "whisky",
    "xray",
    "ray",
}


#: "last four 3570": the count is no part of the number.
_PART: Final = re.compile(r"\b(?:last|first|final|middle) \Z", re.IGNORECASE)


#: "The three on the back": neither.
_COUNTED: Final = re.compile(r" (?:digits |numbers )?on the (?:back|front)\b", re.IGNORECASE)


#: "My new one is ...": no number.
_PRONOUN: Final = re.compile(
    r"\b(?:new|old|same|other|this|that|right|better|wrong|only|which|another|the|no|any|every|each|last"
    r"|first|next) \Z",
    re.IGNORECASE,
)


#: Short words that stand before or after a number and are no part of a code.
COMMON: Final = frozenset(
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


#: The letters that a written code begins with, and the one between two of its groups: "YRP 221 M 90817".
_CODE_BEGINS: Final = re.compile(r"(?<![^\W_])(?:[A-Z]{2,4}|[a-z]{3})[ -]\Z")
_LETTER_BETWEEN: Final = re.compile(r" (?:[A-HJ-Z]|[b-hj-wyz]) ")
#: So large a number is nobody's age and no vital sign.
_NO_AGE: Final = 120


#: A token that stands for a value already masked: a conversation comes back with them.
_TOKEN: Final = re.compile(
    r"\\?\[[A-Za-z]+(?:\\?[_ -][A-Za-z]+)*\\?[_ \n-]\d{1,3}\\?\]|(?<![^\W_])[A-Z]{2,}(?:_[A-Z]+)*_\d{1,3}(?![^\W_])"
)


#: "K, um, 576118": digits after a breath, which a lone letter belongs to.
_HESITATED: Final = re.compile(r" \d{3}")
#: Labels that nobody says letter by letter.
_NOT_SPELLED: Final = frozenset(("nr", "no"))
#: A group of a code that was said: "53s" is seconds where it was written.
_SAID_GROUP: Final = re.compile(r"\d+[a-z]")


#: A telephone number read out in pairs, as a recogniser may write it: "41, 55, 55, 01, 34".
_PARTED: Final = 3
_PAIRS: Final = re.compile(r"(?<![\d.,])(?<!\d )\d\d(?:, \d\d){3,6}(?![\d%]|[.,]\d|, ?\d)")
#: One of America in its groups, with a word between: "415, 628, and 0134", "+14 15, and 6 28, and 01 34".
_PAUSED: Final = r"[ ,.]{1,3}(?:(?:and|then|next|followed by|uh|um)[ ,]{1,2})"
_GROUPED: Final = re.compile(
    rf"(?<![\d.,])(?<!\d )(?:1(?:{_PAUSED}{{1,2}}|[ ,]{{0,2}}))?[2-9](?: ?\d){{2}}{_PAUSED}{{0,3}}[2-9](?: ?\d){{2}}"
    rf"{_PAUSED}{{1,3}}\d(?: ?\d){{3}}(?! ?[\d%]|[.,]\d|, ?\d)",
    re.IGNORECASE,
)
_JOINED_BY: Final = frozenset({"and", "then", "next", "followed", "uh", "um"})
#: ... with commas: "614, 555, 0150"; and behind where it is: "a 614 number, 555 0150".
_IN_THREE: Final = re.compile(r"(?<![\d.,])(?<!\d )[2-9]\d\d, [2-9]\d\d, \d{4}(?![\d%]|[.,]\d|, ?\d)")
_BEHIND_AREA: Final = re.compile(
    r"(?<![\d.,])(?<!\d )[2-9]\d\d (?:number|area code)\b(?:[ ,]+(?:and|then|it's|is|so))*[ ,]+"
    r"[2-9](?: ?\d){2}[ ,.-]{0,2}\d(?: ?\d){3}(?! ?[\d%]|[.,]\d|, ?\d)",
    re.IGNORECASE,
)
_AREA_WORDS: Final = frozenset({"number", "area"})
_WITH_ZERO: Final = re.compile(r"\b0\d")
_NUMBER_IS: Final = re.compile(
    r"\b(?:number|phone|mobile|cell|call|text|reach|ring|dial|try)\b[^.?!\d\n]{0,16}\Z", re.IGNORECASE
)
_IS_NUMBER: Final = re.compile(r"[ ,]{1,2}(?:is|that's) (?:\w+ ){1,2}(?:number|phone|mobile|cell)\b", re.IGNORECASE)


def _atoms(segment: Segment) -> list[tuple[int, int]]:
    """Return the stretches that can be (part of) a run: around digits, and what was spelled letter by letter."""
    reading = segment.reading
    text = reading.text
    atoms: list[tuple[int, int]] = []
    for match in reading.at_numbers(_ATOM):
        start = match.start()
        if match[0] == "1" and _PRONOUN.search(text, max(0, start - 8), start):
            continue
        if match[0] in ("2", "3", "4", "5", "6") and (
            _PART.search(text, max(0, start - 8), start) or _COUNTED.match(text, match.end())
        ):
            continue
        before = start - 1
        if before >= 0 and (text[before].isalpha() or text[before] in "-_/·"):
            head = _HEAD.search(text, max(0, start - 20), start)
            if head is not None:
                start = head.start()
            if text[start : match.end()].lower().endswith(("last4", "first4", "last5")):
                continue
        atoms.append((start, match.end()))
    if not reading.is_identity:
        for piece in reading.pieces:
            if piece.kind == "spelled" and piece.text.isalpha():
                start, end = reading.plain(piece.start, piece.end)
                if len(piece.text) == 1 and not _HESITATED.match(text, end):
                    continue
                word = text[start:end].lower()
                announces = (is_label(word) or is_link(word)) and word not in _NOT_SPELLED
                if word and not announces and not text[end : end + 1].isalnum():
                    atoms.append((start, end))
    apart: list[re.Match[str]] = []
    if text.count(", ") >= _PARTED - 1 and len(reading.numbers) >= _PARTED:
        apart += (*reading.at_numbers(_PAIRS, 2), *reading.at_numbers(_IN_THREE))
    if not _JOINED_BY.isdisjoint(reading.words):
        apart += reading.at_numbers(_GROUPED)
    for match in apart:
        if (
            _WITH_ZERO.search(match[0])
            or _IS_NUMBER.match(text, match.end())
            or _NUMBER_IS.search(text, max(0, match.start() - 40), match.start())
            or any(kind != PLAIN for kind in asks_for(segment))
        ):
            atoms.append(match.span())
    if not _AREA_WORDS.isdisjoint(reading.words):
        atoms.extend(match.span() for match in reading.at_numbers(_BEHIND_AREA))
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


def spoken_at(reading: Reading) -> Callable[[int, int], bool]:
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


def _ranges(left: str, gap: str, right: str) -> bool:
    """Return whether "to" between numbers is no misheard two: "twenty to four", "a hundred and ninety to forty one"."""
    if gap.strip(" ,").lower() != "to":
        return False
    digits = sum(map(str.isdigit, left))
    if digits + len(right) in (_TELEPHONE - 1, _TELEPHONE):
        return False  # "five five five seventy to ninety three"
    return digits < 3 or left.endswith("0")


#: Digits of an American telephone number, and one at whose end the last was heard as a word.
_TELEPHONE: Final = 10
_LAST_HEARD: Final = re.compile(r" (?:to|too)(?=[.?!\s]*\Z)", re.IGNORECASE)
#: Before a country's code, with a breath between.
_PLUS: Final = re.compile(r"\bplus (?:(?:uh|um|er|erm) )?\Z", re.IGNORECASE)
#: Digits of a number that is whole.
_WHOLE: Final = 9
#: Digits of the longest number that is said in groups.
_LONGEST: Final = 16


def _joins(text: str, run: tuple[int, int], atom: tuple[int, int], spoken: Callable[[int, int], bool]) -> bool:
    """Return whether an atom continues a run."""
    gap = text[run[1] : atom[0]]
    if len(gap) > 24:
        return False
    left, right = text[run[0] : run[1]], text[atom[0] : atom[1]]
    if len(gap) > 1 and gap.isspace() and "\n" not in gap and left[-1:].isdigit() and right[:1].isdigit():
        gap = " "
    digits = sum(map(str.isdigit, left))
    if gap == "/" and digits >= _WHOLE and digits == len(left.replace("-", "")):
        return False  # another number: "415-555-0134/219-09-9999"
    if gap in _TIGHT:
        return True
    if gap in (" ", " (") and _parts(text, run, atom, spoken):
        return False
    if gap == " " and digits >= 7 and re.fullmatch(r"(?:x|ext)\d{1,6}", right, re.IGNORECASE):
        return True
    if digits >= 7 and right.isdigit() and len(right) <= 6 and EXTENSION.fullmatch(text, run[1], atom[0]):
        return True
    if gap.strip() in ("-", "·", "–") and 5 < digits <= _LONGEST and right.isdigit() and len(right) > 1:
        return left[-2:].isdigit() and left.count(gap) > 0  # "0001 - 2345 - 6789": apart as before
    if gap in (" (", " - ", "(") and digits <= 5:
        return right.isdigit() and left.lstrip("+").isdigit() and (gap != " - " or min(len(left), len(right)) > 1)
    if _LETTER.fullmatch(gap) and not left.isdigit() and any(map(str.isdigit, left)) and spoken(*run) and spoken(*atom):
        return True
    if _SIGN_GLUE.fullmatch(gap) and spoken(*run) and spoken(*atom) and not (left.isdigit() and right.isdigit()):
        return True
    if _LETTER_BETWEEN.fullmatch(gap) and _is_lettered(text, run, atom):
        return True
    digital = left[-1:].isdigit() and right.isdigit() and len(right) < 8
    if gap != " " and not (
        (_GLUE.fullmatch(gap) and len(left) > 1 and right.isalnum())
        or (digital and digits > 1 and _HEARD.fullmatch(gap) and not _ranges(left, gap, right))
    ):
        return False
    said = spoken(*atom) and spoken(*run)
    groups = [group.lower() for group in (right, left.split(" ")[-1]) if not group.isdigit()]
    if any(is_plain(group) and not (said and _SAID_GROUP.fullmatch(group)) for group in groups):
        return False  # "h d l one seventy two, a one c five point nine"
    if (ORDINAL.fullmatch(right) and not (said and _SAID_GROUP.fullmatch(right))) or ORDINAL.fullmatch(left):
        return False
    if spoken(*atom) and (spoken(*run) or (len(left) < 3 and left.isdigit())):
        return True
    if gap != " ":
        return False
    return _is_next_group(text, run, atom)


def _is_lettered(text: str, run: tuple[int, int], atom: tuple[int, int]) -> bool:
    """Return whether a lone letter stands between two groups of a written code, and is no sex, unit or article."""
    left, right = text[run[0] : run[1]].rsplit(" ", 1)[-1], text[atom[0] : atom[1]]
    if not (left.isdecimal() and right.isdecimal() and 1 < len(left) < 7 and 2 < len(right) < 9):
        return False
    if UNIT.match(text, atom[1], atom[1] + 48):
        return False
    letter = text[run[1] + 1]
    begins = _CODE_BEGINS.search(text, max(0, run[0] - 6), run[0])
    if begins is not None:
        group = begins[0][:-1].lower()
        # "MRN 54 M 4471203": an age and a sex behind a label
        named = group in COMMON or is_label(group) or is_plain(group) or is_link(group)
        return not named and begins[0][0].isupper() == letter.isupper()
    return letter.isupper() and letter != "A" and int(left) > _NO_AGE and len(right) > 3


def _is_next_group(text: str, run: tuple[int, int], atom: tuple[int, int]) -> bool:
    """Return whether what stands behind a written number and a blank is its next group: by the lengths of both."""
    left, right = text[run[0] : run[1]], text[atom[0] : atom[1]]
    digits = sum(map(str.isdigit, left))
    group = re.split(r"[ ().-]+", left)[-1]
    if right.isdigit() and _MIXED.fullmatch(group):
        return 3 <= len(right) <= 5 and not YEAR.fullmatch(right)  # "BPH882 010 7731"
    if not (group.isdigit() and right.isdigit()):
        return _are_mixed(group, right)
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
    if left.startswith("00") and len(group) > 1:
        return digits + len(right) <= _LONGEST  # "0044 1632 960 158": the code of a country behind the exit code
    # a complete written number ends; only groups of four go on (cards), and IBANs have their own pattern
    return digits < 9 or len(group) == 4 or digits + len(right) <= 11


def _are_mixed(group: str, right: str) -> bool:
    """Return whether two groups are of one code, all of them mixed: "1EG4 TE5 MK73"."""
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


def _parts(text: str, run: tuple[int, int], atom: tuple[int, int], spoken: Callable[[int, int], bool]) -> bool:
    """Return whether a blank parts two numbers, since what stands on one side of it is whole, or has a unit."""
    size = atom[1] - atom[0]
    if spoken(*run) and spoken(*atom):
        return False  # groups as they were said
    if ends_whole(text, run, size) or starts_whole(text, run, atom[0]):
        return True
    # "219-09-9999 50 mg": neither doses nor thousands have a group of four before them
    return size < _GROUP_OF_FOUR and _FOUR.search(text, run[0], run[1]) is not None and has_unit(text, atom[1])


_GROUP_OF_FOUR: Final = 4
_FOUR: Final = re.compile(r"\d{4}\Z")


#: An answer that is said sign by sign is short.
_DICTATED: Final = 100


#: A letter or code words by themselves; with a question for a code they are (a piece of) it.
_SIGN: Final = re.compile(rf"(?<![\w'’.])(?:[b-hj-z]|(?:{NATO})(?: (?:{NATO}))*)(?![\w'’]|\.\w)", re.IGNORECASE)


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
    if not signs or CODES.isdisjoint(asks_for(segment)):
        return []
    return sorted(signs)


def find_runs(segment: Segment) -> list[tuple[int, int]]:
    """Return the maximal runs of the plain form."""
    reading = segment.reading
    text = reading.text
    found = [(start, end) for start, end in _joined(reading, _atoms(segment)) if not _names_itself(text, start, end)]
    signs = [sign for sign in _signs(segment) if not any(a < sign[1] and sign[0] < b for a, b in found)]
    if signs:
        both = sorted([*found, *signs])
        found = both if is_bare(text, both) else [one for one in both if one not in signs or " " in text[slice(*one)]]
    return found


def _names_itself(text: str, start: int, end: int) -> bool:
    """Return whether a run is the name of one ("CVV2 540")."""
    return text[start].isalpha() and text[end - 1].isdigit() and is_label(text[start:end].lower())


#: A card with until when it is good and its check value, said in one go: three values.
_CARD_AND_MORE: Final = re.compile(
    r"(3[47](?: ?\d){13}|[3-6](?: ?\d){15}) ?((?:0?[1-9]|1[0-2])[ /]?(?:20 ?)?[2-4]\d)(?: (\d(?: ?\d){2,3}))?"
)


def _joined(reading: Reading, atoms: list[tuple[int, int]]) -> list[tuple[int, int]]:
    text = reading.text
    spoken = spoken_at(reading)
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
        parts = _CARD_AND_MORE.fullmatch(text, start, end) if end - start > _LONGEST else None
        if parts is not None:
            out += [parts.span(part) for part in (1, 2, 3) if parts[part]]
            continue
        tail = _TAIL.match(text, end, end + 6)
        if (
            tail
            and (not text[start:end].isdigit() or (end - start > 2 and tail[0].isupper()))
            and not UNIT.match(text, end, end + 48)
        ):
            end = tail.end()
        signed = _SIGN_TAIL.match(text, end, end + 40) if spoken(*atom) else None
        if signed:
            end = signed.end()
        slashed = _SLASH_TAIL.match(text, end, end + 5)
        if slashed and end - start < _TELEPHONE:
            end = slashed.end()
        if sum(map(str.isdigit, text[start:end])) == _TELEPHONE - 1 and text[end - 1].isdigit() and spoken(*atom):
            last = _LAST_HEARD.match(text, end)
            end = last.end() if last else end
        plus = _PLUS.search(text, max(0, start - 10), start) if end - start >= _WHOLE else None
        start = plus.start() if plus else start
        while start > 0 and text[start - 1] in "(+" and (text[start - 1] == "+" or ")" in text[start:end]):
            start -= 1
        out.append((start, end))
    return out
