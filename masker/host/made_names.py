"""Names that programs made: ids of calls, functions and fields, labels, models, words of a schema.

They are no sentences. What is read in them, as words, must be surer than in a sentence to be believed somebody's, and
what cannot be masked at all surer still, since the request is refused for it.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from typing import Final

from masker.core.segments import Segment
from masker.core.spans import Span
from masker.detection.keys import is_field_name, kind_of_key

__all__ = [
    "NAME_IN_NAME",
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
#: Digits in it that could be a person's number: in a row or in groups, with no letter at either end.
_NUMBER_IN_ID: Final = re.compile(r"(?<![A-Za-z0-9])\d(?:[-._ ]?\d){5,}(?![A-Za-z0-9])")
#: Two words in it that could be a person's name.
_WORDS_IN_ID: Final = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2,}[_.: -][A-Za-z]{2,}(?![A-Za-z0-9])")
#: A letter right before a whole number of somebody's: "c-219-09-9999".
_LETTER_BEFORE: Final = re.compile(r"[A-Za-z]-?(?=\d{3}-\d\d-\d{4}(?![A-Za-z0-9]))")
#: What says that ten digits are no seconds since 1970.
_NAMED_IN_ID: Final = re.compile(r"(?:npi|fax|phone|mobile|cell|tel|ssn|mrn)[^A-Za-z0-9]*\Z", re.IGNORECASE)
_DOT_IN_ID: Final = re.compile(r"(?<=[A-Za-z])\.(?=[A-Za-z])")
#: What a regular expression writes for a sign, and for any.
_BACKSLASH: Final = re.compile(r"\\([^A-Za-z0-9])")
_WILD: Final = re.compile(r"\.[?*]|\[[^\]]{1,8}\][?*]?")
#: What programs number by, and nobody is called: UUIDs, seconds since 1970 and their fractions.
_UUID: Final = re.compile(r"[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}")
_BETWEEN: Final = str.maketrans("_:/|=~", "      ")
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
_JOINED: Final = re.compile(r"(?<![^\W_])[^\W\d_]{2,20}(?:_[^\W\d_]{2,20}){1,3}(?![^\W_])")
_JOINED_OR_DOTTED: Final = re.compile(r"(?<![^\W_])[^\W\d_]{2,20}(?:[_.][^\W\d_]{2,20}){1,3}(?![^\W_])")
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
    return list(dict.fromkeys((words, apart.title() if apart.isupper() else apart, _LETTER_BEFORE.sub(_blanks, words))))


def readings_of_label(label: str) -> list[str]:
    """Return a label as it is written, and as the words that it is made of."""
    return list(dict.fromkeys((label, _EXTENSION.sub(_blanks, label).translate(_JOINERS))))


def readings_of_fixed(name: str) -> list[str]:
    """Return what leaves as it is as texts to search: as it is written, as words, and without a pattern's signs."""
    return list(dict.fromkeys((name, spaced(name), _WILD.sub("-", _BACKSLASH.sub(r"\1", name)))))


def joined_words(segment: Segment) -> Iterator[tuple[int, str]]:
    """Yield words that are joined by underscores, under a name's key also by full stops: where they begin, as words."""
    dotted = segment.key is not None and kind_of_key(segment.key) == "NAME"
    if not dotted and "_" not in segment.text:
        return
    for match in (_JOINED_OR_DOTTED if dotted else _JOINED).finditer(segment.text):
        if not is_field_name(match[0]):
            yield match.start(), match[0].translate(_JOINERS)


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
        told = int(year[0]) if year is not None and "://" not in name else 0
        return _NO_DAY < told <= time.gmtime().tm_year - _LONG_AGO
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
    """Return whether a finding inside an identifier can be somebody's: a name, or a number by itself, but no date."""
    return (
        span.kind not in ("DATE", "OTHER_ID")  # a code is what an identifier is
        and (not _EPOCH.fullmatch(text, span.start, span.end) or _NAMED_IN_ID.search(text[: span.start]) is not None)
        and not text[max(0, span.start - 1) : span.start].isalnum()
        and not text[span.end : span.end + 1].isalnum()
    )


def spells(kind: str, length: int) -> bool:
    """Return whether a known value of so many characters in a model's name is no chance."""
    return kind != "NAME" and length >= _CODE_IN_MODEL
