"""The reading: a text as it is meant, with every offset mapped back to the text as it stands.

People speak: "four one five, double five five, oh one two three", "s as in sam, a r a h", "sarah dot chen at gmail
dot com". The reading writes this the way a keyboard would ("415 555 0123", "sarah", "sarah.chen@gmail.com"), so that a
detector's pattern is written once, against the plain form.

It works in four steps: `fold` disguises, cut the text into words (`_Word`), read each stretch of words as an
`_Element` (a number, a letter, a symbol, or the word itself), and write the elements down, joined as the table in
`_Writer.gap` says. What the reading decides is only how things are written; whether "may 4" is a date is a
detector's business. It loses nothing: every source character outside numbers, letters and fillers is copied.

Digit words join where they stand next to each other; larger number words stay tokens of their own, because "twelve
twenty three nineteen sixty" can be a date, a phone number and a price.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final, NamedTuple

from masker.core.folding import Folded, fold
from masker.core.number_words import DIGITS, MULTIPLIERS, NATO, OHS, ORDINALS, REPEATS, TEENS, TENS

__all__ = ["HESITATION", "Piece", "Reading", "may_have_digit", "read", "vocabulary"]


class Piece(NamedTuple):
    """A stretch that was read: ``kind`` is ``number``, ``spelled`` or ``symbol``; offsets are into the source text."""

    kind: str
    text: str
    start: int
    end: int

    def __repr__(self) -> str:
        return f"Piece(kind={self.kind!r}, start={self.start}, end={self.end})"


class Reading:
    """A text in plain form.

    Attributes:
        text: The plain form.
        pieces: What was read as numbers, letters or symbols, in order.
        low: The plain form in lower case, of the same length.
        words: The `vocabulary` of the plain form: for a cheap look before a costly pattern.
        letters: The distinct runs of letters, in lower case ("4th of May, 5mg": th, of, may, mg).
        numbers: Where numbers (runs of digits) start in the plain form, in order.
        longest: How many digits the longest number has.
        has_digit: Whether there is a digit in the plain form.
        memo: Room for what detectors compute once per reading and share; lives as long as the reading.
    """

    __slots__ = (
        "_folded", "_map", "_starts", "has_digit", "letters", "longest", "low", "memo", "numbers", "pieces", "text",
        "words",
    )  # fmt: skip

    def __init__(
        self,
        text: str,
        mapping: _Map | None = None,
        folded: Folded | None = None,
        pieces: tuple[Piece, ...] = (),
        words: frozenset[str] | None = None,
    ) -> None:
        self.text = text
        self.pieces = pieces
        self.memo: dict[str, Any] = {}
        self.words = vocabulary(text) if words is None else words
        spans = [match.span() for match in _DIGITS.finditer(text)] if _some(text) else []
        self.numbers = [start for start, _ in spans]
        self.longest = max([end - start for start, end in spans]) if spans else 0
        self.has_digit = bool(spans)
        self.letters = _letter_runs(self.words) if self.has_digit else self.words
        self.low = _lower(text)
        self._starts: dict[str, list[int]] = {}
        self._map = mapping
        self._folded = folded if folded is not None and folded.starts is not None else None

    def __repr__(self) -> str:
        return f"Reading(length={len(self.text)}, pieces={len(self.pieces)})"

    def at_numbers(self, pattern: re.Pattern[str], least: int = 1) -> list[re.Match[str]]:
        """Return what ``pattern.finditer`` would, if every match begins with the first digit of a number.

        Args:
            pattern: It is tried only where a number starts, which is much quicker.
            least: How many digits a number in every match has at least: a text without such a number has none.
        """
        return self._tried(pattern, self.numbers) if self.longest >= least else []

    def matches(self, pattern: re.Pattern[str], openers: frozenset[str]) -> list[re.Match[str]]:
        """Return what ``pattern.finditer`` would, if every match begins with one of some words.

        Args:
            pattern: It is tried only where one of the words stands, which is much quicker.
            openers: Runs of letters in lower case.
        """
        return [] if openers.isdisjoint(self.letters) else self._tried(pattern, self.starts(openers))

    def _tried(self, pattern: re.Pattern[str], starts: list[int]) -> list[re.Match[str]]:
        text, match, done = self.text, pattern.match, 0
        found: list[re.Match[str]] = []
        for start in starts:
            if start >= done and (one := match(text, start)) is not None:
                done = one.end()
                found.append(one)
        return found

    def starts(self, words: frozenset[str]) -> list[int]:
        """Return where the given runs of letters (lower case) stand in the plain form, in order."""
        known = self._starts
        found: list[int] = []
        for word in words & self.letters:
            if word not in known:
                known[word] = _starts_of(word, self.low)
            found += known[word]
        found.sort()
        return found

    @property
    def is_identity(self) -> bool:
        """Whether the plain form is the text itself."""
        return self._map is None and self._folded is None

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Return the source offsets of the plain form's non-empty range ``start:end``."""
        if self._map is not None:
            start, end = self._map.source(start, end)
        if self._folded is not None and self._folded.starts is not None and self._folded.ends is not None:
            start, end = self._folded.starts[start], self._folded.ends[end - 1]
        return start, end

    def plain(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the plain form of everything that stands for source range ``start:end``."""
        if self._folded is not None and self._folded.starts is not None and self._folded.ends is not None:
            start, end = bisect_right(self._folded.ends, start), bisect_left(self._folded.starts, end)
        return (start, end) if self._map is None else self._map.plain(start, end)


#: Everything that is not a letter or a digit becomes a space; `str.translate` is quick on ASCII.
_TO_SPACES: Final = {code: " " for code in range(128) if not chr(code).isalnum()}
_ANY_WORD: Final = re.compile(r"[^\W_]+")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_DIGITS: Final = re.compile(r"\d+")


def vocabulary(text: str) -> frozenset[str]:
    """Return the distinct runs of letters and digits of a text, in lower case ("Dr. x-ray 5mg": dr, x, ray, 5mg)."""
    return frozenset(_runs(text))


def _runs(text: str) -> list[str]:
    """Return the runs of letters and digits of a text, in lower case."""
    return text.lower().translate(_TO_SPACES).split() if text.isascii() else _ANY_WORD.findall(_lower(text))


def may_have_digit(text: str, words: frozenset[str]) -> bool:
    """Return whether there may be a digit in the reading of a text: most need not be read to know that there is none.

    Args:
        text: The text.
        words: Its `vocabulary`.
    """
    return _some(text) or not _NUMBERED.isdisjoint(words)


def _some(text: str) -> bool:
    """Return whether there may be a digit: ten looks for one character are quicker than one for ten."""
    return not text.isascii() or any(map(text.__contains__, "0123456789"))


def _starts_of(word: str, low: str) -> list[int]:
    """Return where a word stands that is a run of letters."""
    found = []
    at = low.find(word)
    while at >= 0:
        end = at + len(word)
        if not (_ends_in_letter(low[at - 1 : at]) or _ends_in_letter(low[end : end + 1])):
            found.append(at)
        at = low.find(word, end)
    return found


def _ends_in_letter(char: str) -> bool:
    """Return whether there is a character, and one that `_LETTERS` matches."""
    return char.isalpha() or not (char.isascii() or char.isdecimal() or not char.isalnum())


def _letter_runs(words: frozenset[str]) -> frozenset[str]:
    letters = {word for word in words if word.isalpha()}
    for word in words - letters:
        letters.update(_LETTERS.findall(word))
    return frozenset(letters)


def _lower(text: str) -> str:
    """Return a text in lower case, of the same length: "İ", which alone would grow, is the i that patterns see."""
    return text.replace("İ", "i").lower()


class _Map:
    """Which source characters stand for which plain ones, as runs in order.

    A run either copies (one source character each) or is read: all of its characters stand for one source range.
    """

    __slots__ = ("_copied", "_ends", "_plain", "_starts", "length")

    def __init__(self) -> None:
        self.length = 0
        self._plain: list[int] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._copied: list[bool] = []

    def add(self, length: int, start: int, end: int, *, copied: bool) -> None:
        """Add a run of ``length`` plain characters."""
        self._plain.append(self.length)
        self._starts.append(start)
        self._ends.append(end)
        self._copied.append(copied)
        self.length += length

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Return the source range of a non-empty plain range."""
        i = bisect_right(self._plain, start) - 1
        j = bisect_right(self._plain, end - 1) - 1
        first = self._starts[i] + (start - self._plain[i] if self._copied[i] else 0)
        last = self._starts[j] + end - self._plain[j] if self._copied[j] else self._ends[j]
        return first, last

    def plain(self, start: int, end: int) -> tuple[int, int]:
        """Return the plain range of everything that stands for a source range."""
        i = bisect_right(self._ends, start)
        j = bisect_left(self._starts, end) - 1
        if i == len(self._plain):
            return self.length, self.length
        first = self._plain[i] + (max(0, start - self._starts[i]) if self._copied[i] else 0)
        if j < i:
            return first, first
        if self._copied[j]:
            return first, self._plain[j] + min(end, self._ends[j]) - self._starts[j]
        return first, self._plain[j + 1] if j + 1 < len(self._plain) else self.length


# --- Vocabulary ----------------------------------------------------------------------------------------------------

#: What recognisers write for a digit between digits.
_MISHEARD: Final = {"won": "1", "too": "2", "fore": "4", "sicks": "6", "heaven": "7", "ate": "8", "hero": "0"}
#: Those of them that people also say on their own.
_ORDINARY: Final = frozenset(("too", "ate", "won"))
_SYMBOLS: Final = {
    "dot": ".", "period": ".", "point": ".", "decimal": ".", "at": "@", "underscore": "_", "dash": "-", "hyphen": "-",
    "minus": "-", "slash": "/", "stroke": "/", "plus": "+", "colon": ":", "under": "_",
}  # fmt: skip
#: A bracket's words: "open paren four one five close paren".
_SIDES: Final = {"open": "(", "opening": "(", "left": "(", "close": ")", "closed": ")", "closing": ")", "right": ")"}
_BRACKETS: Final = frozenset("paren parens parenthesis parentheses bracket".split())
#: What people say while they think, and no words.
_HESITATIONS: Final = frozenset("uh um uhm umm er erm eh ah hm hmm mm".split())
_FILLERS: Final = _HESITATIONS | frozenset("like so okay ok yeah then well actually".split())
_FILLER_PHRASES: Final = frozenset(
    {("let", "me", "see"), ("let's", "see"), ("you", "know"), ("i", "think"), ("hang", "on"), ("hold", "on"),
     ("one", "moment"), ("and", "then"), ("i", "believe"), ("what", "is", "it"), ("what's", "it")}
)  # fmt: skip
#: Said in the same way, and before the right number behind a wrong one.
_SECOND_THOUGHTS: Final = frozenset(("sorry", "wait"))
#: Words that are left out there, or begin what is ("i mean").
_LEFT_OUT: Final = _SECOND_THOUGHTS | {"i"}
#: Fillers that mostly join what they stand between.
_LINKS: Final = frozenset(("so", "then"))
_MOST_FILLERS: Final = 4
#: A pattern for what is said while thinking and means nothing else, for detectors: the reading leaves it out only
#: within what is spoken ("march, um, fourteenth"), not beside what was written in digits ("March, um, 14").
HESITATION: Final = "(?:u+h+m*|u+m+|e+r+m?|eh|a+h+|h+m+|m+h*m+|you know|i mean|let me see|let's see|hang on|hold on)"
_FILLER_STARTS: Final = frozenset(phrase[0] for phrase in _FILLER_PHRASES)
#: Spoken ends of host names. Not a registry: it only tells "dot" the symbol from "dot" the word.
_TLDS: Final = frozenset(
    "com org net edu gov mil int info biz co uk us ca au nz ie de fr es it nl in io health care me tv ai app dev mx br"
    " jp ch se no dk fi pl pt za ng ke gh pk ph sg hk eu nhs ac example clinic test".split()
)
_PROVIDERS: Final = frozenset(
    "gmail googlemail yahoo hotmail outlook icloud aol protonmail comcast verizon msn".split()
)
#: Letter pairs and triples that label what follows, or are units: they never join with the number next to them.
_LABELS: Final = frozenset(
    "mrn dob ssn vin id dea npi mbi po zip icd cpt nhs nhi dl am pm mg ml kg cm mm hz gp er ed bp hr tv uk us usa"
    " iv im ok ct mri ecg ekg acct ref no nr hba pin sin imei udi mac url ip ssi copd"
    " hdl ldl tsh psa crp esr bnp inr cea alt ast alp ggt ldh wbc rbc bmi gcs phq gad egfr cvv cvc"
    " csc".split()
)
_PAIRS_WITH_VOWEL: Final = frozenset({"id", "iv", "am", "im", "ip", "ai"})

#: Words without one of which nothing is read as digits.
_NUMBERED: Final = (
    frozenset(DIGITS) | frozenset(TEENS) | frozenset(TENS) | frozenset(ORDINALS) | frozenset(REPEATS) | MULTIPLIERS
    | frozenset(_MISHEARD)
)  # fmt: skip
_TRIGGERS: Final = (
    (_NUMBERED - {"second", *_MISHEARD}) | {"dot", "underscore", "slash", "dash", "hyphen"} | _BRACKETS
    | frozenset("bcdefghjklmnopqrstuvwxyz")
)  # fmt: skip
_TEN: Final = frozenset("0123456789")
#: "A" and "i" are words unless explained: "a as in apple".
_AS_IN: Final = " as in "
#: Words around which a text is read.
_MARKS: Final = _TRIGGERS | _TEN
#: Every word that may be read as something else than itself.
_READ: Final = (
    _TRIGGERS
    | frozenset(_MISHEARD)
    | OHS
    | NATO
    | _FILLERS
    | _FILLER_STARTS
    | frozenset(_SYMBOLS)
    | frozenset(_SIDES)
    | {"second", "capital", "uppercase", "lowercase"}
)
_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W\d_]+)*")
_DICTATED: Final = re.compile(r"(?<![0-9])[0-9](?:[ ,;.\r\n\u2013\u2026-]{1,5}[0-9](?![0-9])){2}")
#: How many words on either side of a spoken one can belong to the same value.
_MARGIN: Final = 7
_LETTER: Final = re.compile(r"[^\W\d_]")


class _Word(NamedTuple):
    text: str
    low: str
    start: int
    end: int


class _Element(NamedTuple):
    """Words ``first`` to ``last`` (exclusive) read as one thing.

    ``kind``: ``D`` spoken digits, ``N`` a spoken number of several digits, ``O`` an ordinal, ``L`` a spelled letter,
    ``S`` a symbol, ``d``/``n`` one or several written digits, ``c`` a written code (letters and digits), ``W`` a word,
    ``F`` a filler. ``value`` is what is written for it; empty for what is copied.
    """

    kind: str
    first: int
    last: int
    value: str = ""


def read(text: str) -> Reading:
    """Return the reading of a text.

    Args:
        text: Any text, of any length, in any script. Never raises; takes time proportional to the length.
    """
    folded = fold(text)
    runs = _runs(folded.text)
    words = frozenset(runs)
    in_row = not words.isdisjoint(_TEN) and _may_be_row(runs)
    plain = _ROW.sub(_read_out, folded.text) if in_row else folded.text
    if not _may_be_read(plain, words):
        return Reading(folded.text, None, folded, words=words)
    low = _lower(plain)
    writer = _Writer(plain)
    for stretch in _spoken_stretches(plain, low):
        writer.write(stretch, _elements(plain, stretch))
    if not writer.pieces:
        return Reading(folded.text, None, folded, words=words)
    writer.finish()
    pieces = writer.pieces
    if folded.starts is not None and folded.ends is not None:
        pieces = [p._replace(start=folded.starts[p.start], end=folded.ends[p.end - 1]) for p in pieces]
    return Reading("".join(writer.out), writer.map, folded, tuple(pieces))


#: What recognisers and agents write between signs that are read out: "4, 1, 5, ...", "4 ... 1 ... 5", "4. 1. 5".
_BETWEEN: Final = r"(?=[,;.\u2013\u2026-]{0,4}[ \r\n]|\.{3}|\u2026)[ ,;.\r\n\u2013\u2026-]{1,5}"
_LONE: Final = r"[^\W_](?![^\W_])"
#: Single letters and digits that are read out one after the other, in groups perhaps ("4, 1, 5, then 5, 5, 5").
_ROW: Final = re.compile(
    rf"(?<![^\W_]){_LONE}(?:{_BETWEEN}(?:(?:and|then|next|dash|hyphen)(?![^\W_]){_BETWEEN}){{0,2}}{_LONE}){{2,}}",
    re.IGNORECASE,
)
_READ_OUT: Final = re.compile(_BETWEEN)
#: "Grades 3, 4, 5 and 6" are no number.
_COUNTING: Final = "123456789"
_ROW_SIGNS: Final = str.maketrans(dict.fromkeys(",;.\r\n\u2013\u2026-", " "))


def _may_be_row(runs: list[str]) -> bool:
    """Return whether there may be a row that is read out: two single digits and one sign more."""
    alone = [run for run in runs if len(run) == 1]
    return len(alone) > 2 and sum(map(_TEN.__contains__, alone)) > 1


def _read_out(row: re.Match[str]) -> str:
    """Return signs that were read out with nothing but blanks between them, as people say them; of the same length.

    So many that they are no list ("1, 2 and 3"), or all there is. Digits alone may be a list, however many, so what is
    between them stays: see `_settle_written_digits`.
    """
    words = row[0].translate(_ROW_SIGNS).split()
    signs = [word for word in words if len(word) == 1]
    digits = sum(map(str.isdecimal, signs))
    in_groups, coded = len(signs) < len(words), digits < len(signs)
    alone = not row.string[: row.start()].strip() and len(row.string) - row.end() < 3
    read_out = len(signs) >= 6 and "".join(signs) not in _COUNTING if in_groups else coded and len(signs) >= 4
    return row[0].translate(_ROW_SIGNS) if digits > 1 and (read_out or alone) else row[0]


def _may_be_read(plain: str, words: frozenset[str]) -> bool:
    """Return whether a text of these words has a number word, a lone letter, a symbol or digits one by one."""
    return (
        not _TRIGGERS.isdisjoint(words)
        or (not words.isdisjoint(_TEN) and _DICTATED.search(plain) is not None)
        or ("as" in words and _AS_IN in plain.lower())
    )


def _spoken_stretches(plain: str, low: str) -> Iterator[list[_Word]]:
    """Yield the stretches of words around number words, lone letters and symbols; the rest needs no reading."""
    found = list(_WORD.finditer(low))
    marks = [
        i
        for i, match in enumerate(found)
        if match[0] in _MARKS or (match[0] in ("a", "i", "under") and low.startswith((_AS_IN, " score"), match.end()))
    ]
    # Here the "s" of "it's" is no letter that was spelled: the vocabulary parts what `_WORD` keeps together.
    if all(found[i][0] in _TEN for i in marks) and not (marks and _DICTATED.search(plain)):
        return
    first = last = -1
    for i in marks:
        if first >= 0 and i - _MARGIN > last:
            yield _words(plain, found[first:last])
            first = -1
        if first < 0:
            first = max(0, i - _MARGIN, last)
        last = i + _MARGIN
    if first >= 0:
        yield _words(plain, found[first:last])


def _words(plain: str, found: list[re.Match[str]]) -> list[_Word]:
    return [_Word(plain[match.start() : match.end()], match[0], *match.span()) for match in found]


# --- From words to elements ------------------------------------------------------------------------------------------


def _elements(plain: str, words: list[_Word]) -> list[_Element]:
    """Read words as elements, left to right."""
    elements: list[_Element] = []
    i = 0
    previous = ""
    while i < len(words):
        low = words[i].low
        if (low not in _READ or _begins_name(plain, words[i])) and low.isalpha() and len(low) > 1:
            elements.append(_Element("W", i, i + 1))
            previous = "W"
            i += 1
            continue
        digit = DIGITS.get(low)
        if digit is not None and _is_one_digit(words, i):
            elements.append(_Element("D", i, i + 1, digit))
            previous = "D"
            i += 1
            continue
        element = (
            _repeated(words, i)
            or _number(plain, words, i, previous)
            or _spelled(plain, words, i, previous)
            or _filler(words, i)
            or _plain_word(words, i)
        )
        if element.kind == "N" and low in MULTIPLIERS:
            elements.pop()  # "a hundred and four": the article is part of the number
            element = element._replace(first=i - 1)
        elements.append(element)
        i = element.last
        if element.kind != "F":
            previous = element.kind
    kinds = {element.kind for element in elements}
    if "d" in kinds:
        _settle_written_digits(plain, words, elements)
    if "L" in kinds:
        _settle_letters(plain, words, elements)
    if "w" in kinds:
        if "F" in kinds:
            elements = _without_breaths(plain, words, elements)
        _settle_symbols(plain, words, elements)
    return elements


def _begins_name(plain: str, word: _Word) -> bool:
    """Return whether an ordinal is the beginning of a program's name: ``first_name``."""
    after = plain[word.end : word.end + 2]
    return after[:1] == "_" and after[1:].isalpha() and word.low in ORDINALS


def _is_one_digit(words: list[_Word], i: int) -> bool:
    """Return whether a digit's word is that digit, whatever stands around it: most are, in a number that is spelled."""
    return not (i and words[i - 1].low == "last") and not (i + 1 < len(words) and words[i + 1].low in MULTIPLIERS)


def _near(plain: str, words: list[_Word], i: int, marks: str = "-,") -> bool:
    """Return whether word ``i`` exists and follows word ``i - 1`` with only blanks and the given marks between."""
    if not 0 < i < len(words):
        return False
    gap = plain[words[i - 1].end : words[i].start]
    return not gap.strip(marks + " \t\n\r")


def _repeated(words: list[_Word], i: int) -> _Element | None:
    """Read "double five", "triple nine", "double oh", "double l"."""
    times = REPEATS.get(words[i].low)
    if times is None or i + 1 >= len(words):
        return None
    low = words[i + 1].low
    digit = DIGITS.get(low) or ("0" if low in OHS else low if len(low) == 1 and low.isdigit() else None)
    if digit is None and low in _MISHEARD and _is_digit_word(words, i + 2):
        digit = _MISHEARD[low]
    if digit is not None:
        return _Element("D", i, i + 2, digit * times)
    if len(low) == 1 and _LETTER.match(low):
        return _Element("L", i, i + 2, words[i + 1].text * times)
    return None


def _is_digit_word(words: list[_Word], i: int) -> bool:
    if i >= len(words):
        return False
    low = words[i].low
    if low in REPEATS:  # "o double t" goes on with a letter
        after = words[i + 1].low if i + 1 < len(words) else ""
        return len(after) != 1 or after in OHS or after.isdigit()
    return low in DIGITS or (len(low) == 1 and low.isdigit())


def _is_misheard(plain: str, words: list[_Word], i: int, previous: str) -> bool:
    """Return whether a word stands for a digit: between two signs of a code, or behind the last of several digits."""
    if i + 1 == len(words):
        several = i > 2 and all(_is_digit_word(words, k) for k in (i - 2, i - 3))
        return previous == "D" and several and words[i].low not in _ORDINARY
    if not _near(plain, words, i + 1):
        return False
    return _is_digit_word(words, i + 1) or (
        len(words[i + 1].low) == 1 and words[i + 1].low not in "ai" and words[i].low not in _ORDINARY
    )


def _goes_on(plain: str, words: list[_Word], i: int) -> bool:
    """Return whether a number goes on behind fillers: "um one", "and then one"."""
    k = i
    while k < min(len(words), i + 3) and (words[k].low in _HESITATIONS or words[k].low in ("and", "then")):
        k += 1
    return k > i and all(_near(plain, words, at, ",") for at in range(i, k + 1)) and _is_numeric(words, k)


def _is_numeric(words: list[_Word], i: int) -> bool:
    return _is_digit_word(words, i) or (
        i < len(words) and (words[i].low in TEENS or words[i].low in TENS or words[i].low.isdigit())
    )


def _number(plain: str, words: list[_Word], i: int, previous: str) -> _Element | None:
    """Read a number in words: a digit, "twenty two", "three hundred and five", "two thousand and four", "third"."""
    low = words[i].low
    if low in OHS:
        after = _near(plain, words, i + 1) and _is_numeric(words, i + 1)
        if after and previous == "W" and _is_state(words, i):
            return None
        if after and previous == "O":
            return _Element("D", i, i + 1, "0")  # "march third, oh five"
        row = i + 1
        while row < i + 5 and _near(plain, words, row, "") and words[row].low in OHS:
            row += 1
        if row > i + 1 and (previous in ("D", "N", "d", "n") or (_near(plain, words, row) and _is_numeric(words, row))):
            return _Element("D", i, i + 1, "0")  # "oh oh four seven", "twenty oh oh oh"
        if previous in ("D", "N", "d", "n") and (_near(plain, words, i) or i > 0) and (after or previous == "D"):
            return _Element("D", i, i + 1, "0")
        joint = previous == "w" and i > 1 and (after or words[i - 1].low in _JOINTS)
        if joint and (_is_numeric(words, i - 2) or (after and len(words[i - 2].low) == 1)):
            return _Element("D", i, i + 1, "0")  # "four seven dash oh nine", "eight dash oh i think"
        if previous in ("N", "n") and _goes_on(plain, words, i + 1):
            return _Element("D", i, i + 1, "0")  # "fifty five oh um one"
        alone = previous in ("W", "") and i + 2 >= len(words)
        again = i + 2 < len(words) and words[i + 2].low in OHS  # "oh two oh"
        if after and (again or _is_numeric(words, i + 2) or low == "o" or previous == "L" or alone):
            return _Element("D", i, i + 1, "0")
        return None
    if low in ORDINALS:
        return _Element("O", i, i + 1, _ordinal(ORDINALS[low]))
    if low in _MISHEARD and previous in ("D", "L") and _near(plain, words, i):
        return _Element("D", i, i + 1, _MISHEARD[low]) if _is_misheard(plain, words, i, previous) else None
    if low in ("four", "five", "six") and i and words[i - 1].low == "last":
        return None  # "the last four three five seven zero" are four digits, not five
    below, j = _below_hundred(plain, words, i)
    if below is None:
        # "a hundred and one", and not "a, hundred"
        if low in MULTIPLIERS and _near(plain, words, i, "") and words[i - 1].low == "a":
            return _large(plain, words, i, i, 1)
        # "oh double seven hundred nine hundred": what follows a repeated digit goes on digit by digit
        if low == "hundred" and i > 1 and words[i - 2].low in REPEATS and _near(plain, words, i, ""):
            return _Element("D", i, i + 1, "00")
        return None
    if isinstance(below, str):
        return _Element("O", i, j, below)
    if below and _near(plain, words, j, "") and words[j].low in MULTIPLIERS:
        return _large(plain, words, i, j, below)
    return _Element("D" if j == i + 1 and below < 10 else "N", i, j, str(below))


def _is_state(words: list[_Word], i: int) -> bool:
    """Return whether an "oh" is Ohio's: in capitals where people speak in small letters, or before a typed ZIP code."""
    word, after = words[i], words[i + 1]
    typed = len(after.low) == 5 and after.low.isdecimal()
    return word.low == "oh" and (typed or (word.text.isupper() and not after.text.isupper()))


def _ordinal(value: int) -> str:
    suffix = "th" if 10 < value % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{suffix}"


def _below_hundred(plain: str, words: list[_Word], i: int) -> tuple[int | str | None, int]:
    """Read 0 to 99 at word ``i``; a string is an ordinal ("twenty third"). Returns the value and the next word."""
    if i >= len(words):
        return None, i
    low = words[i].low
    if low in DIGITS:
        return int(DIGITS[low]), i + 1
    if low in TEENS:
        return TEENS[low], i + 1
    if low not in TENS:
        return None, i
    tens = TENS[low]
    if _near(plain, words, i + 1, "-"):
        unit = words[i + 1].low
        if unit in DIGITS and DIGITS[unit] != "0":
            return tens + int(DIGITS[unit]), i + 2
        if ORDINALS.get(unit, 10) < 10:
            return _ordinal(tens + ORDINALS[unit]), i + 2
    return tens, i + 1


def _large(plain: str, words: list[_Word], i: int, j: int, value: int) -> _Element:
    """Read on from "<value> hundred" or "<value> thousand"; word ``j`` is that multiplier."""
    for multiplier, factor in (("thousand", 1000), ("hundred", 100)):
        if j < len(words) and words[j].low == multiplier and _near(plain, words, j, ""):
            value, j = value * factor, j + 1
            with_and = _near(plain, words, j, "") and words[j].low == "and"
            k = j + with_and
            rest, after = _below_hundred(plain, words, k)
            if not isinstance(rest, int) or not _near(plain, words, k, "") or not rest:
                break
            if multiplier == "thousand" and after < len(words) and words[after].low == "hundred" and rest < 10:
                value, j = value // 1000 * 10 + rest, after  # "two thousand three hundred": go round with 23 hundred
                continue
            # "eight hundred five five five": single digits that go on are digits of their own
            if not with_and and rest < 10 and after == k + 1 and _is_digit_word(words, after):
                break
            value, j = value + rest, after
            break
    return _Element("N", i, j, str(value))


def _spelled(plain: str, words: list[_Word], i: int, previous: str) -> _Element | None:
    """Read a letter: "s", "s as in sam", "s for sugar", "capital b", and words of the NATO alphabet."""
    low = words[i].low
    if low in ("capital", "uppercase", "lowercase") and _near(plain, words, i + 1, ""):
        letter = words[i + 1]
        if len(letter.low) == 1 and _LETTER.match(letter.low):
            value = letter.text.lower() if low == "lowercase" else letter.text.upper()
            return _Element("L", i, i + 2, value)
    if len(low) == 1 and _LETTER.match(low) and not (low == "x" and _code_word(words, i)):
        j = _phonetic_end(words, i)
        return _Element("L", i, j, words[i].text)
    count = _code_word(words, i)
    if count:
        before = i and _near(plain, words, i) and (previous == "L" and _ends_code_word(words, i - 1))
        after = _near(plain, words, i + count)
        between = previous == "D" and _near(plain, words, i) and after and _is_digit_word(words, i + count)
        if before or between or (after and _code_word(words, i + count)):
            return _Element("L", i, i + count, low[0])
    return None


def _code_word(words: list[_Word], i: int) -> int:
    """Return how many words the word of the NATO alphabet at ``i`` takes ("x-ray" is two), 0 where there is none."""
    if i < len(words) and words[i].low in NATO:
        return 1
    return 2 if [w.low for w in words[i : i + 2]] == ["x", "ray"] else 0


def _ends_code_word(words: list[_Word], i: int) -> bool:
    return words[i].low in NATO or (words[i].low == "ray" and i > 0 and words[i - 1].low == "x")


def _phonetic_end(words: list[_Word], i: int) -> int:
    """Return the word after "s as in sam" or "s for sugar", with a breath in it or not, or after the letter alone."""
    after = i + 1
    if words[after : after + 1] and words[after].low in _FILLERS - {"like"}:
        after += 1  # "m erm for mother"
    rest = [w.low for w in words[after : after + 3]]
    if rest[:2] in (["as", "in"], ["like", "in"]) and len(rest) == 3:
        place = after + 2 + (rest[2] in _FILLERS and after + 3 < len(words))  # "r as in um roger"
        return place + max(1, _code_word(words, place))
    if rest in (["for", "x", "ray"], ["like", "x", "ray"]) and words[i].low == "x":
        return after + 3
    if rest[:1] in (["for"], ["like"]) and len(rest) >= 2 and len(rest[1]) > 2 and rest[1][0] == words[i].low:
        return after + 2
    return i + 1


def _filler(words: list[_Word], i: int) -> _Element | None:
    if words[i].low in _FILLERS:
        return _Element("F", i, i + 1)
    for length in (3, 2) if words[i].low in _FILLER_STARTS else ():
        if i + length <= len(words) and tuple(w.low for w in words[i : i + length]) in _FILLER_PHRASES:
            return _Element("F", i, i + length)
    return None


#: By how many words they take with the "at" before them, longest first.
_AT_CALLED: Final[dict[int, set[tuple[str, ...]]]] = {
    4: {("the", "rate", "of"), ("the", "rate", "sign")},
    3: {("the", "rate")},
    2: {("sign",), ("symbol",)},
}


def _plain_word(words: list[_Word], i: int) -> _Element:
    word = words[i]
    if word.low == "at":  # what the sign is called: "smith at sign example dot net", "at the rate" in India
        for length, called in _AT_CALLED.items():
            if tuple(w.low for w in words[i + 1 : i + length]) in called:
                return _Element("w", i, i + length)
    if word.low == "under":  # "under score", as recognisers write it
        score = i + 1 < len(words) and words[i + 1].low == "score"
        return _Element("w", i, i + 2) if score else _Element("W", i, i + 1)
    if word.low in _SIDES and i + 1 < len(words) and words[i + 1].low in _BRACKETS:
        return _Element("w", i, i + 2)
    if word.low in _SYMBOLS:
        return _Element("w", i, i + 1)  # settled later: a symbol only in a number, code or address
    if word.low.isalpha():
        return _Element("W", i, i + 1)
    if word.low.isdigit() and word.low.isascii():
        return _Element("d" if len(word.low) == 1 else "n", i, i + 1)
    if any(c.isdigit() for c in word.low):
        return _Element("c", i, i + 1)
    return _Element("W", i, i + 1)


def _settle_written_digits(plain: str, words: list[_Word], elements: list[_Element]) -> None:
    """Read three or more written single digits in a row ("3 8 8 8 7") as dictated digits, four with other signs."""
    i = 0
    while i < len(elements):
        j = i
        least = 3
        while j < len(elements) and elements[j].kind in ("d", "D"):
            gap = plain[words[elements[j].first - 1].end : words[elements[j].first].start] if j > i else ""
            if gap.strip(" ") and gap != "-":
                if not _READ_OUT.fullmatch(gap):
                    break
                least = 4
            j += 1
        counted = least > 3 and j - i < 8 and "".join(words[each.first].low for each in elements[i:j]) in _COUNTING
        if j - i >= least and not counted:
            for k in range(i, j):
                if elements[k].kind == "d":
                    word = words[elements[k].first]
                    elements[k] = _Element("D", elements[k].first, elements[k].last, word.low)
        i = max(j, i + 1)


def _settle_letters(plain: str, words: list[_Word], elements: list[_Element]) -> None:
    """Turn lone letters back into words ("a", "i", "vitamin d") unless they are spelled or part of a code."""
    if "w/" in plain or "W/" in plain:  # "97 M w/ CHF": with
        for k, element in enumerate(elements):
            word = words[element.first]
            if element.kind == "L" and word.low == "w" and plain[word.end : word.end + 1] == "/":
                elements[k] = _Element("W", element.first, element.last)
    n = len(elements)
    i = 0
    while i < n:
        if elements[i].kind != "L":
            i += 1
            continue
        j = i + 1
        while j < n and (
            elements[j].kind == "L" or (elements[j].kind == "F" and j + 1 < n and elements[j + 1].kind == "L")
        ):
            if not _near(plain, words, elements[j].first, "-.,"):
                break
            j += 1
        letters = [e for e in elements[i:j] if e.kind == "L"]
        value = "".join(e.value[0] for e in letters).lower()
        local = any(words[e.first].low == "at" for e in elements[j : j + 2] if e.kind in "wF")
        if i and len(value) > 1 and value[:2] in _TLDS and words[elements[i - 1].first].low == "dot" and not local:
            # "... dot example dot a u i'm her granddaughter": the country, and what comes next
            last = next(k for k in range(i + 1, j) if elements[k].kind == "L")
            for k in range(last + 1, j if value not in _TLDS else last + 1):
                if elements[k].kind == "L":
                    elements[k] = _Element("W", elements[k].first, elements[k].last)
            i = j
            continue
        explained = any(e.last - e.first > 1 for e in letters)
        before = elements[i - 1].kind if i and _near(plain, words, elements[i].first, "") else ""
        after = elements[j].kind if j < n and _near(plain, words, elements[j].first, "") else ""
        if after == "F" and _digits_from(elements, j + 1) > 2:
            after = elements[j + 1].kind  # "k um five seven six"
        if after in ("d", "n") and _PUNCTUATED.match(plain, words[elements[j].first].end):
            after = ""  # "keisha m 3.14.95": what is written with marks inside is no part of a code
        if before in ("d", "n") and _is_marked(plain, words[elements[i - 1].first].start):
            before = ""  # "admitted 3/2 F"
        in_code = "D" in (before, after) or "d" in (before, after) or "N" in (before, after)
        if value in _LATIN and plain.startswith(".", words[elements[i].first].end):
            for k in range(i, j):  # "Member ID, e.g. W123"
                elements[k] = _Element("W", elements[k].first, elements[k].last)
            i = j
            continue
        if before == "w" and i > 1 and elements[i - 2].kind in "DdNn" and len(letters) == 1 and not explained:
            in_code = words[elements[i - 1].first].low in ("dash", "hyphen")  # "four four one nine dash c"
        if after == "w" and not in_code and j + 1 < n and elements[j + 1].kind in "DdNn":
            in_code = words[elements[j].first].low in _JOINTS  # "p slash two one", "k b stroke four one nine"
        if in_code and value in ("a", "i"):
            # "a two hour drive", "i four": only inside a code, or before three spoken digits
            in_code = (before in ("D", "d") and after in ("D", "d")) or (
                after == "D" and _digits_from(elements, j) > 2 and not _tells_area(words, elements, j)
            )
        if len(letters) == 2 and not explained:
            spelled = not set(value) & {"a", "i"} or value in _PAIRS_WITH_VOWEL or in_code
        else:
            spelled = (len(letters) > 2 and not set(value) <= {"a", "i"}) or explained
        if not spelled and not in_code:
            for k in range(i, j):
                if elements[k].kind == "L":
                    elements[k] = _Element("W", elements[k].first, elements[k].last)
        i = j


#: "E.g.", "i.e.".
_LATIN: Final = frozenset(("eg", "ie"))
#: Symbols that stand between the letters and the digits of a code.
_JOINTS: Final = frozenset({"dash", "hyphen", "slash", "stroke"})
_PUNCTUATED: Final = re.compile(r"[./:-]\d")


def _is_marked(plain: str, start: int) -> bool:
    """Return whether a mark and a digit stand right before a number: the 2 of "3/2"."""
    return plain[start - 1 : start] in ("/", ".", ":") and plain[start - 2 : start - 1].isdigit()


def _digits_from(elements: list[_Element], i: int) -> int:
    count = 0
    while i < len(elements) and elements[i].kind in ("D", "d") and count < 3:
        count += max(1, len(elements[i].value))
        i += 1
    return count


def _tells_area(words: list[_Word], elements: list[_Element], i: int) -> bool:
    """Return whether the digits from element ``i`` on are an area code: "it's a six one four number"."""
    behind = next((element for element in elements[i:] if element.kind != "D"), None)
    return behind is not None and words[behind.first].low in ("number", "area")


def _letters_from(elements: list[_Element], i: int) -> str:
    """Return the letters spelled from element ``i`` on, at most four ("dot o r g")."""
    letters = ""
    while i < len(elements) and elements[i].kind == "L" and len(letters) < 4:
        letters += elements[i].value.lower()
        i += 1
    return letters


def _without_breaths(plain: str, words: list[_Word], elements: list[_Element]) -> list[_Element]:
    """Return elements without the fillers beside what may be a symbol ("three slash um fourteen"): they cut nothing.

    A filler that is a word, too, is a breath only where its other neighbour is a number: "so dot ann" is an address.
    """
    kept: list[_Element] = []
    i = 0
    while i < len(elements):
        j = i
        while j < len(elements) and elements[j].kind == "F":
            j += 1
        beside = [*kept[-1:], *elements[j : j + 1]] if j > i else []
        first, last = elements[i].first, elements[j].first if j < len(elements) else len(words)
        if (
            len(beside) == 2
            and any(element.kind == "w" for element in beside)
            and (_sounds(words[first:last]) or any(element.kind in "DNdn" for element in beside))
            and all(_near(plain, words, k, ",") for k in range(first, last + 1))
        ):
            i = j
            continue
        kept += elements[i : j + 1] if j < len(elements) else elements[i:]
        i = j + 1
    return kept


def _sounds(words: list[_Word]) -> bool:
    """Return whether fillers are no word of an address, nor of anything else: "um", "let me see"."""
    alone = [word.low for word in words if word.low in _FILLERS]
    return _HESITATIONS.issuperset(alone)


def _settle_symbols(plain: str, words: list[_Word], elements: list[_Element]) -> None:
    """Decide right to left, then left to right, which "dot", "at", "dash", "slash" are symbols."""
    n = len(elements)
    reach = 0  # how many elements ahead the next symbol of a host name or code may still stand
    host = False  # whether it is a host name's: "six two eight dash oh one" is none

    def low(k: int) -> str:
        return words[elements[k].first].low

    def become(k: int) -> None:
        word = words[elements[k].first]
        sign = _SIDES.get(word.low) or _SYMBOLS[word.low]
        elements[k] = _Element("S", elements[k].first, elements[k].last, sign)

    for k in range(n - 2, -1, -1):
        reach -= 1
        if elements[k + 1].kind == "L" or elements[k + 1].kind == "D":
            reach += 1  # a spelled or spoken stretch counts as one
        if elements[k].kind != "w":
            continue
        word = low(k)
        if word in _SIDES:
            inside = elements[k + 1] if _SIDES[word] == "(" else elements[k - 1] if k else None
            if inside is not None and inside.kind in "DNdn":
                become(k)
            continue
        if k == 0 and word != "plus":
            continue
        if not (
            (k == 0 or _near(plain, words, elements[k].first, ",")) and _near(plain, words, elements[k + 1].first, ",")
        ):
            continue
        left, right = elements[k - 1].kind if k else "W", elements[k + 1].kind
        numeric = left in "DNdnc" and right in "DNdnc"
        code = left in "DNdncL" and right in "DNdncL"
        chain = reach > 0
        named = chain and host
        tld = (right == "W" and low(k + 1) in _TLDS) or (right == "L" and _letters_from(elements, k + 1) in _TLDS)
        if (
            (word in ("dot", "period") and (chain or tld or numeric))
            or (word in ("point", "decimal") and numeric)
            or (word == "at" and (named or (right == "W" and low(k + 1) in _PROVIDERS)))
            or word in ("underscore", "under")
            or (word in ("dash", "hyphen", "minus", "slash") and (code or (chain and (host or right not in "DNdn"))))
            or (word == "stroke" and code)
            or (word == "plus" and ((right in "Ddn" and left not in "DNdn") or named))
        ):
            become(k)
            reach = 4
            host = named or word == "at" or (word in ("dot", "period") and right not in "DNdn")
    for k in range(1, n - 1):  # what follows a host: "dot org slash patients slash twelve"
        if elements[k].kind != "w" or low(k) not in ("slash", "dash", "underscore", "dot", "hyphen"):
            continue
        if any(elements[b].kind == "S" for b in range(max(0, k - 4), k)) and _near(
            plain, words, elements[k].first, ","
        ):
            become(k)
    for k, element in enumerate(elements):
        if element.kind == "w":
            elements[k] = element._replace(kind="W")


# --- From elements to the plain form ---------------------------------------------------------------------------------


#: Letters of one spelled word that are looked at together.
_LONGEST_SPELLED: Final = 24


class _Writer:
    """Writes elements down, joined or apart, and keeps the source range of each character."""

    def __init__(self, plain: str) -> None:
        self.plain = plain
        self.words: list[_Word] = []
        self.elements: list[_Element] = []
        self.at = 0  # end of what is read, in the source
        self.kept = 0  # where what stays as it is begins that is not written yet
        self.out: list[str] = []
        self.map = _Map()
        self.pieces: list[Piece] = []

    def _keep(self, end: int) -> None:
        """Write what stays as it is, up to ``end``."""
        if self.kept < end:
            self.out.append(self.plain[self.kept : end])
            self.map.add(end - self.kept, self.kept, end, copied=True)

    def write(self, words: list[_Word], elements: list[_Element]) -> None:
        """Write the text up to and with these elements."""
        self.words, self.elements = words, elements
        previous: _Element | None = None
        for index, element, fillers in self._without_inner_fillers():
            start, end = words[element.first].start, words[element.last - 1].end
            joined = None
            if previous is not None and (element.kind not in "WF" or previous.kind == "S" or fillers):
                joined = self._gap(previous, element, self.plain[self.at : start], index, fillers=fillers)
            if joined is not None:
                self._keep(self.at)
                if joined:
                    self.out.append(joined)
                    self.map.add(1, self.at, start, copied=False)
                self.kept = start
            if element.value:
                self._keep(start)
                self.out.append(element.value)
                self.map.add(len(element.value), start, end, copied=False)
                self._piece(element, start, end, self.at if joined == "" else -1)
                self.kept = end
            self.at = end
            previous = element

    def finish(self) -> None:
        """Write the rest of the text."""
        self._keep(len(self.plain))

    def _piece(self, element: _Element, start: int, end: int, joined_at: int) -> None:
        kind = {"L": "spelled", "S": "symbol"}.get(element.kind, "number")
        value = element.value
        if self.pieces and self.pieces[-1].end == joined_at and self.pieces[-1].kind == kind:
            last = self.pieces[-1]
            self.pieces[-1] = Piece(kind, last.text + value, last.start, end)
        else:
            self.pieces.append(Piece(kind, value, start, end))

    def _without_inner_fillers(self) -> Iterator[tuple[int, _Element, bool]]:
        """Yield elements; fillers within a value, or beside a number, are left out and reported with what follows."""
        elements = self.elements
        i = 0
        skipped = False
        while i < len(elements):
            j = self._after_fillers(i) if i and self._may_be_left_out(i) else i
            if i < j < len(elements) and self._goes_on(i, j):
                i, skipped = j, True
                continue
            yield i, elements[i], skipped
            skipped = False
            i += 1

    def _may_be_left_out(self, i: int) -> bool:
        """Return whether an element may begin what `_after_fillers` passes over: most do not."""
        kind = self.elements[i].kind
        return kind == "F" or (kind == "W" and self.words[self.elements[i].first].low in _LEFT_OUT)

    def _after_fillers(self, i: int) -> int:
        """Return the element behind the fillers at ``i``, at most four of them."""
        j = i
        while j < len(self.elements) and j - i < _MOST_FILLERS:
            if self.elements[j].kind == "F" or self._word(j) in _SECOND_THOUGHTS:
                j += 1
            elif self._word(j) == "i" and j + 1 < len(self.elements) and self._word(j + 1) == "mean":
                j += 2
            else:
                break
        return j

    def _word(self, i: int) -> str:
        element = self.elements[i]
        return self.words[element.first].low if element.kind == "W" else ""

    def _goes_on(self, i: int, j: int) -> bool:
        """Return whether what stands before the fillers ``i`` to ``j`` goes on behind them."""
        before, after = self.elements[i - 1], self.elements[j]
        first, last = self.words[before.last - 1].end, self.words[after.first].start
        if any(mark in self.plain[first:last] for mark in ".!?;:\n"):
            return False
        left, right = before.kind, after.kind
        filled = all(each.kind == "F" for each in self.elements[i:j])
        if left in "DNOdnL" and right in "DNOdnL":  # a second thought corrects a number, unless it has just begun
            return (left in "DNOL" or right in "DNOL") and (filled or (right == "D" and self._has_begun(i)))
        if self._links(i, j):
            return False
        if left == "W":
            return (right in "NO" or (right == "D" and self._is_digit_alone(j))) and (
                self.words[before.first].low not in OHS
            )
        if right != "W" or (left == "D" and (i == 1 or self.elements[i - 2].kind not in "DN")):
            return False  # "july four like america"
        return (left in "DNO" and filled) or (left in "DN" and self._word(i) == "i")

    def _has_begun(self, i: int) -> bool:
        """Return whether two digits stand before element ``i`` and no more of a number: "six six"."""
        kinds = [each.kind for each in self.elements[max(0, i - 3) : i]]
        return kinds[-2:] == ["D", "D"] and (len(kinds) < 3 or kinds[0] not in "DNOdnLc")

    def _is_digit_alone(self, i: int) -> bool:
        """Return whether element ``i`` is one digit and no number goes on behind it."""
        after = self.elements[i + 1].kind if i + 1 < len(self.elements) else "W"
        return len(self.elements[i].value) == 1 and after not in "DNOdnLcF"

    def _links(self, i: int, j: int) -> bool:
        """Return whether there is a "so" or "then" among fillers that no commas set apart: it joins two sentences."""
        words = self.words[self.elements[i].first : self.elements[j].first + 1]
        return any(
            word.low in _LINKS and "," not in self.plain[word.end : after.start] for word, after in pairwise(words)
        )

    def _gap(self, a: _Element, b: _Element, gap: str, index: int, *, fillers: bool) -> str | None:
        """Return what is written between two elements: "" joins, " " sets apart, ``None`` keeps what is there."""
        if a.kind == "S" or b.kind == "S":
            # "call plus four four": the plus belongs to what follows it
            leading = b.kind == "S" and b.value in "+(" and a.kind in "WF"
            return None if leading and self._number_follows(index) else ""
        if "W" in (a.kind, b.kind) and fillers:
            return " "
        if a.kind not in "DNOdnLc" or b.kind not in "DNOdnLc":
            return None
        pair = a.kind + b.kind
        blank, light = not gap.strip(), not gap.strip(" \t-,.…" if "D" not in pair else " \t\r\n-,.;–…")
        if not fillers and not light:
            return None
        if pair in ("DD", "Dd", "dD"):
            return "" if blank or gap == "-" else " "
        if pair == "LL":
            return "" if fillers or len(gap.strip()) <= 1 else " "
        if "L" in pair and ("D" in pair or "d" in pair or "N" in pair or "n" in pair):
            touching = blank or (gap.strip() == "," and self._opens_code(index, a))
            return "" if touching and not fillers and self._one_code(index, a, b) else (" " if fillers else None)
        if fillers or ((a.value or b.value) and not {"O", "c", "L"} & set(pair)):
            return " "
        return None

    def _number_follows(self, index: int) -> bool:
        return index + 1 < len(self.elements) and self.elements[index + 1].kind in "DNdn"

    def _opens_code(self, index: int, a: _Element) -> bool:
        """Return whether a letter before a number is explained and no end of a word: "a as in apple, four four"."""
        return a.kind == "L" and a.last - a.first > 1 and (index < 2 or self.elements[index - 2].kind != "L")

    def _one_code(self, index: int, a: _Element, b: _Element) -> bool:
        """Return whether a letter and a number beside it are one code, not a label or unit ("m r n 88", "3 p m")."""
        letters: list[str] = []
        step = -1 if a.kind == "L" else 1
        k = index - 1 if a.kind == "L" else index
        while 0 <= k < len(self.elements) and self.elements[k].kind == "L" and len(letters) < _LONGEST_SPELLED:
            letters.append(self.elements[k].value.lower())
            k += step
        value = "".join(letters[::step])
        if value in _LABELS:
            return False
        if a.kind == "L" and len(value) > 2:
            said = [self.words[e.first].low for e in self.elements[max(0, k - 1) : k + 1] if e.kind == "W"]
            if value in said:
                return False  # "sylvie araujo s y l v i e five twenty eight": a name, spelled, and the next answer
        if a.kind == "n" or b.kind == "n":  # a written number stays apart from a lone letter: "vitamin d 50"
            return value not in ("a", "i")
        return True
