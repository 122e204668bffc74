"""Names that programs made: ids of calls, functions and fields, labels, models, words of a schema.

They are no sentences. What is read in them, as words, must be surer than in a sentence to be believed somebody's, and
what cannot be masked at all surer still, since the request is refused for it.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from typing import Final

from masker.core.dates import parse_date
from masker.core.segments import Segment
from masker.core.spans import Span
from masker.detection.keys import is_field_name, kind_of_key
from masker.host.patterns import spelled

__all__ = [
    "NAME_IN_NAME",
    "camel_words",
    "is_full_name",
    "is_id",
    "is_name",
    "joined_words",
    "may_stand_in_id",
    "readings_of_fixed",
    "readings_of_id",
    "readings_of_label",
    "spaced",
    "spells",
    "sure_in_name",
    "tells",
]

#: Score from which two words inside a function's name are believed to be a person's.
NAME_IN_NAME: Final = 0.7
#: The same for what cannot be masked and is refused: "^(New York|Los Angeles)$" is nobody.
_NAME_AS_IT_IS: Final = 0.95
#: Characters from which a known code in a model's name is no chance.
_CODE_IN_MODEL: Final = 6
#: Digits from which a number inside a function's name is believed to be an identifier.
_DIGITS_IN_NAME: Final = 6
#: What an identifier made by a program looks like. Anything else in its place is words, and searched as words.
_IDENTIFIER: Final = re.compile(r"(?!.*://)(?=[\d.:/|+=~-]*[A-Za-z_])[A-Za-z0-9_.:/|+=~-]*")
#: Digits in it that could be a person's number: in a row or in groups, with no letter at either end. Signs that also
#: part counts and times of day are believed between more of them.
_NUMBER_IN_ID: Final = re.compile(r"(?<![A-Za-z0-9])\d(?:(?:[-._ ]?\d){5,}|(?:[-._:/|=+~ ]?\d){7,})(?![A-Za-z0-9])")
#: Two words in it that could be a person's name, with an initial between them or without.
_WORDS_IN_ID: Final = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z]{2,}[-_.:/|=+~ ]{1,2}(?:[A-Za-z][-_.:/|=+~ ]{1,2})?[A-Za-z]{2,}(?![A-Za-z0-9])"
)
#: A letter right before a whole number of somebody's: "c-219-09-9999".
_LETTER_BEFORE: Final = re.compile(r"[A-Za-z]-?(?=\d{3}-\d\d-\d{4}(?![A-Za-z0-9]))")
#: Digits from which a number that nothing names is somebody's rather than a count.
_DIGITS_UNNAMED: Final = 8
#: What says that ten digits are no seconds since 1970.
_NAMED_IN_ID: Final = re.compile(r"(?:npi|fax|phone|mobile|cell|tel|ssn|mrn)[^A-Za-z0-9]*\Z", re.IGNORECASE)
_JOINT_IN_ID: Final = re.compile(r"(?<=[A-Za-z])[.-](?=[A-Za-z])")
_DOT_IN_ID: Final = re.compile(r"(?<=[A-Za-z])\.(?=[A-Za-z])")
#: What programs number by, and nobody is called: UUIDs, seconds since 1970 and their fractions.
_UUID: Final = re.compile(r"[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}")
_BETWEEN: Final = str.maketrans("_:/|=~+", "       ")
_EPOCH: Final = re.compile(r"1[5-9]\d{8}(?:\d{3}){0,2}")
#: What a name of a function or a field looks like; the same holds.
_NAME: Final = re.compile(r"[A-Za-z0-9_.:$-]*")
#: Kinds that stand rightly in names, patterns and references: "gpt-4o-2024-08-06", "https://json-schema.org"; but no
#: code of this many digits in a row does, which is more than a date has.
_IN_NAMES: Final = frozenset(("URL", "OTHER_ID"))
#: Years after which a full date in a place that stays as it is can only be somebody's.
_LONG_AGO: Final = 10
#: The year that stands for "no date".
_NO_DAY: Final = 1900
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
#: A house's number and its street, "4821 Larkspur": "New York" alone is nobody's home.
_HOUSE: Final = re.compile(r"\d[A-Za-z]? +[A-Za-z]{3}")
_LONG_NUMBER: Final = re.compile(r"\d{9}")
#: How file names end, and what stands in labels in the place of spaces: "sarah_chen_mri.pdf".
_EXTENSION: Final = re.compile(r"\.[A-Za-z0-9]{1,5}\Z")
_WORD: Final = r"[^\W\d_]{2,20}"
_JOINED: Final = re.compile(rf"(?<![^\W_]){_WORD}(?:_{{1,2}}{_WORD}){{1,3}}(?![^\W_])")
_JOINED_OR_DOTTED: Final = re.compile(rf"(?<![^\W_]){_WORD}(?:(?:_{{1,2}}|\.){_WORD}){{1,3}}(?![^\W_])")
#: A part of a path, with blanks in it between two slashes only, and a file's name.
_PIECE: Final = re.compile(
    r"(?<=[/\\])(?:[^/\\\n\"<>|@]{3,48}(?=[/\\])|[^\s/\\\"<>|@]{3,64})"
    r"|(?<![^\s\"'(=:])[^\s/\\\"<>|@]{3,60}\.[A-Za-z][A-Za-z0-9]{1,4}(?![^\W_])"
)
#: A time zone as the IANA's database names it, which is no path to somebody: "America/Los_Angeles".
_ZONE: Final = re.compile(
    r"(?<![\w/])(?:Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)(?:/[A-Z][A-Za-z_-]{1,24}){1,2}"
)
_FILE: Final = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,4}(?![^\W_])")
_MOST_WORDS: Final = 8
_CAMEL: Final = re.compile(r"[A-Z][a-z]{1,20}(?:[A-Z][a-z]{1,20}){1,3}(?=[ _.-]?\d{0,8}\Z)")
#: The same within an identifier: "SarahChen", "chenSarah"; random codes are full of such words that are shorter, or
#: that other letters and digits touch.
_CAMEL_IN_ID: Final = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z][a-z]{2,20}(?:[A-Z][a-z]{2,20}){1,2}(?=\d{0,8}(?![A-Za-z0-9]))"
)
_CAPITAL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SIGNS: Final = re.compile(r"[\W\d_]")
_JOINERS: Final = str.maketrans("_.", "  ")


def is_id(text: str) -> bool:
    """Return whether a text looks like an identifier made by a program; anything else in its place is words."""
    return _IDENTIFIER.fullmatch(text) is not None


def is_name(text: str) -> bool:
    """Return whether a text looks like the name of a function or a field."""
    return _NAME.fullmatch(text) is not None


def readings_of_id(name: str) -> list[str]:
    """Return an identifier as texts of the same length to search; none where nothing in it can be somebody's.

    That is a long number, or two words: "call_2195550134", "call_sarah_chen".
    """
    text = _UUID.sub(lambda match: "x" * len(match[0]), name)
    if not any(sign.search(text) for sign in (_NUMBER_IN_ID, _WORDS_IN_ID, _LETTER_BEFORE)):
        return []
    words = text.translate(_BETWEEN)
    apart = _DOT_IN_ID.sub(" ", spaced(words))
    return list(dict.fromkeys((words, apart.title() if apart.isupper() else apart, _numbers_of(words))))


def _numbers_of(words: str) -> str:
    """Return nothing but the numbers of an identifier: letters beside them read as signs of them ("rec 84739201 a")."""
    numbers, at = "", 0
    for match in _NUMBER_IN_ID.finditer(_LETTER_BEFORE.sub(_blanks, words)):
        numbers += " " * (match.start() - at) + match[0]
        at = match.end()
    return numbers + " " * (len(words) - at)


def readings_of_label(label: str) -> list[str]:
    """Return a label as it is written, and as the words that it is made of."""
    return list(dict.fromkeys((label, _EXTENSION.sub(_blanks, label).translate(_JOINERS))))


def readings_of_fixed(name: str) -> list[str]:
    """Return what leaves as it is as texts to search: as it is written, as words, as a pattern spells it."""
    text = spelled(name)
    return list(dict.fromkeys((name, spaced(name), text, _JOINT_IN_ID.sub(" ", text))))


def joined_words(segment: Segment) -> Iterator[tuple[str, Sequence[int]]]:
    """Yield words that signs join: as words, and for each of their characters (and their end) where it stands.

    That is by underscores anywhere, by full stops under a name's key, and in paths and names of files by any sign, or
    by capitals alone.
    """
    text = segment.text
    if "/" in text:
        text = _ZONE.sub(_blanks, text)
    dotted = segment.key is not None and kind_of_key(segment.key) == "NAME"
    if dotted or "_" in text:
        for match in (_JOINED_OR_DOTTED if dotted else _JOINED).finditer(text):
            if not is_field_name(match[0]):
                yield match[0].translate(_JOINERS), range(match.start(), match.end() + 1)
    if "/" in text or "\\" in text or ("." in text and _FILE.search(text)):
        for match in _PIECE.finditer(text):
            folder = text[match.end() : match.end() + 1] in ("/", "\\")
            yield from _words_of_piece(match[0] if folder else _EXTENSION.sub("", match[0]), match.start())


def camel_words(name: str) -> Iterator[tuple[str, Sequence[int]]]:
    """Yield words in an identifier that capitals alone part, as `joined_words` does."""
    for match in _CAMEL_IN_ID.finditer(name):
        words, places = _parted(match[0], match.start())
        yield words.title(), places


def is_full_name(span: Span, words: str) -> bool:
    """Return whether all of some words are surely a name: programs call things "IronPython", too."""
    return span.kind == "NAME" and span.score >= _NAME_AS_IT_IS and (span.start, span.end) == (0, len(words))


def _parted(word: str, start: int) -> tuple[str, Sequence[int]]:
    """Return a word as those that its capitals begin, and where each of their characters (and their end) stands."""
    borders = [match.start() for match in _CAPITAL.finditer(word)]
    places = [at for at in range(len(word) + 1) for _ in range(1 + (at in borders))]
    return _CAPITAL.sub(" ", word), [start + at for at in places]


def _words_of_piece(piece: str, start: int) -> Iterator[tuple[str, Sequence[int]]]:
    """Yield the words of one part of a path, if they may be a name."""
    camel = _CAMEL.match(piece)
    if camel is not None:
        yield _parted(camel[0], start)
        return
    words = _SIGNS.sub(" ", piece)
    if 1 < len(words.split()) <= _MOST_WORDS and not is_field_name(piece):
        yield words, range(start, start + len(piece) + 1)


def _blanks(match: re.Match[str]) -> str:
    """Return as many blanks as a match is long."""
    return " " * len(match[0])


def spaced(name: str) -> str:
    """Return a name as words, of the same length."""
    return name.replace("_", " ").replace("-", " ")


def tells(span: Span, name: str) -> bool:
    """Return whether a finding in a name that leaves as it is makes us refuse it."""
    if span.kind == "DATE":
        # A birthday, and not the release of a model, the version of an interface or a day to come.
        year = _YEAR.search(name, span.start, span.end)
        return year is not None and "://" not in name and _is_long_ago(int(year[0]))
    if span.kind == "ADDRESS":
        return _HOUSE.search(name, span.start, span.end) is not None
    if span.kind in _IN_NAMES:
        return span.kind == "OTHER_ID" and _LONG_NUMBER.search(name, span.start, span.end) is not None
    if span.kind == "NAME":
        return span.score >= _NAME_AS_IT_IS and len(name[span.start : span.end].split()) > 1
    return span.kind == "EMAIL" or _is_long(span, name)


def sure_in_name(spans: Sequence[Span], spaced: str) -> Iterator[Span]:
    """Yield the findings inside a function's or property's name that are believed: a full name, or a long number."""
    names = [span for span in spans if span.kind == "NAME" and span.score >= NAME_IN_NAME]
    full = sum(len(spaced[span.start : span.end].split()) for span in names) > 1
    for span in spans:
        if (full and span in names) or _is_long(span, spaced):
            yield span


def _is_long(span: Span, text: str) -> bool:
    """Return whether a finding is a number that is long enough to be somebody's."""
    digits = sum(char.isdecimal() for char in text[span.start : span.end])
    return span.kind != "NAME" and digits >= _DIGITS_IN_NAME


def may_stand_in_id(span: Span, text: str) -> bool:
    """Return whether a finding inside an identifier can be somebody's: a name, a number by itself, a birthday."""
    if text[max(0, span.start - 1) : span.start].isalnum() or text[span.end : span.end + 1].isalnum():
        return False
    before = text[: span.start]
    if span.kind == "DATE":
        date = parse_date(text[span.start : span.end])
        return date is not None and date.year is not None and _is_long_ago(date.year)
    if span.kind == "OTHER_ID":  # a code is what an identifier is, but not a number alone
        found = text[span.start : span.end]
        if not found.isdecimal() or len(found) < _DIGITS_UNNAMED:
            return False
    return not _EPOCH.fullmatch(text, span.start, span.end) or _NAMED_IN_ID.search(before) is not None


def _is_long_ago(year: int) -> bool:
    """Return whether a day of a year is more likely somebody's than that of a version, a file or a visit to come."""
    return _NO_DAY < year <= time.gmtime().tm_year - _LONG_AGO


def spells(kind: str, length: int) -> bool:
    """Return whether a known value of so many characters in a model's name is no chance."""
    return kind != "NAME" and length >= _CODE_IN_MODEL
