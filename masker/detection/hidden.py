"""Words in base64 or hexadecimal: what a header, a token or a form field hides from the eye and not from a model.

Only what reads as text once it is decoded is text; keys, hashes and images are not, and neither is an ordinary long
word, whose bytes come out as gibberish. What is cut at either end is decoded as far as it goes, and what comes out is
looked at once more.
"""

from __future__ import annotations

import base64
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

__all__ = ["KNOWN", "hidden_texts", "is_hiding"]

#: How many bytes say something by themselves ("Ann Chen.", "219099999"), and how many may be a value that is known.
_TELLING: Final = 9
KNOWN: Final = 5
#: The same byte by byte: "4d 79 20", "0x4d, 0x79", "4D:79". It begins with a digit, as the bytes of ASCII do, so that
#: searching is quick.
_BYTE: Final = r"(?:0x)?[0-9A-Fa-f]{2}h?"
#: What stands for six bits in base64 and in the kind that addresses may hold, and those signs that may as well join
#: what is encoded to words: "/patients/NDQ3MTM2NjI=".
_SIGN: Final = "[A-Za-z0-9+/_-]"
_PART_SIGN: Final = "[A-Za-z0-9+]"
_JOINS: Final = re.compile(r"[/_-]")
_NO_BYTE: Final = re.compile(r"0x|[^0-9A-Fa-f]")
_URL_SAFE: Final = str.maketrans("-_", "+/")
#: What does not stand in a text, but for a stray one.
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd]")
#: How often something may be encoded.
_DEPTH: Final = 3
#: Which share of what was decoded must be as it is in a text.
_PLAIN: Final = 0.9
#: Of bytes that are no UTF-8, which share must be ASCII for them to be a text of an old system, with accents; and how
#: many there must be for that to be no chance.
_OLD: Final = 0.75
_LEAST_OLD: Final = 14
_NOT_ASCII: Final = bytes(range(128, 256))
#: What decodes to so few characters may be a long word, by chance: then its letters come from anywhere.
_CHANCE: Final = 24
#: What a run of letters in one case may hide, hardly ever as it is; anything else is an ordinary word ("appendicitis").
_WORDS: Final = re.compile(r"[A-Za-z0-9 .,:;'@/()-]+")
#: First words of letters' names in Unicode: those that stand beside letters of any script, and those of East Asia.
_ANYWHERE: Final = frozenset(("LATIN", "MODIFIER"))
_EAST_ASIAN: Final = frozenset(
    "CJK HIRAGANA KATAKANA KATAKANA-HIRAGANA IDEOGRAPHIC BOPOMOFO HANGUL FULLWIDTH HALFWIDTH".split()
)
#: Bytes at either end of UTF-16 or UTF-32 that may not belong to it: its mark, a part of a character.
_MARKS: Final = 4
#: In these every second byte, or three of four, is one of few: the first half of a letter of Europe or the Near East.
_FIRST_HALVES: Final = bytes(range(8))
_WIDE: Final = {"utf-32-le": 4, "utf-32-be": 4, "utf-16-le": 2, "utf-16-be": 2}
_FOREIGN: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u0700-\u1fff\u2100-\U0010ffff]")
#: Characters after whose decoding others are served: a few milliseconds.
_STEP: Final = 10_000


class _Patterns(NamedTuple):
    """What may be encoded: a run of letters, a part of one, one that is hexadecimal, and bytes one by one."""

    run: re.Pattern[str]
    part: re.Pattern[str]
    hexadecimal: re.Pattern[str]
    bytes: re.Pattern[str]


def _runs_of(sign: str, least: int) -> re.Pattern[str]:
    signs = (least * 8 + 5) // 6
    # Texts are full of short words, which are none.
    head = rf"(?<!{sign})(?:(?![A-Z]?[a-z]*(?!{sign}))|(?={sign}{{12}}))" if signs < 12 else ""
    return re.compile(rf"{head}{sign}{{{signs},}}={{0,2}}")


@cache
def _patterns(least: int) -> _Patterns:
    return _Patterns(
        _runs_of(_SIGN, least),
        _runs_of(_PART_SIGN, least),
        re.compile(rf"[0-9A-Fa-f]{{{least * 2},}}"),
        re.compile(
            r"[0-7](?<![^\W_].)(?:[0-9A-Fa-f]|(?<=0)x[0-9A-Fa-f]{2})h?"
            rf"(?:[ \t\r\n,;:-]{{1,3}}{_BYTE}){{{least - 1},}}(?![^\W_])",
            re.DOTALL,
        ),
    )


def is_hiding(text: str) -> bool:
    """Return whether anything stands encoded in a text, though it be no more than a known value is."""
    return any(hidden is not None for hidden in hidden_texts(text, least=KNOWN))


def hidden_texts(text: str, depth: int = _DEPTH, *, least: int = _TELLING) -> Iterator[tuple[int, int, str] | None]:
    """Yield what stands encoded in a text: where it begins, where it ends, what it says; ``None`` after each step.

    Args:
        text: The text.
        depth: How often something in it may be encoded.
        least: How many bytes count.
    """
    read = 0
    for start, end, said in _said(text, _patterns(least)):
        read += end - start
        if read >= _STEP:
            read = 0
            yield None
        if said is None:
            continue
        yield start, end, said
        for deeper in hidden_texts(said, depth - 1, least=least) if depth > 1 else ():
            yield deeper and (start, end, deeper[2])


def _said(text: str, patterns: _Patterns) -> Iterator[tuple[int, int, str | None]]:
    """Yield what may stand in a text encoded once, with what it says or ``None``."""
    for match in patterns.run.finditer(text):
        for said in _decoded(match[0], patterns.hexadecimal):
            yield match.start(), match.end(), said
        if _JOINS.search(match[0]) is None:
            continue
        for part in patterns.part.finditer(text, match.start(), match.end()):
            for said in _decoded(part[0], patterns.hexadecimal):
                yield part.start(), part.end(), said
    for match in patterns.bytes.finditer(text):
        for said in _texts(bytes.fromhex(_NO_BYTE.sub("", match[0]))):
            yield match.start(), match.end(), said


def _decoded(run: str, hexadecimal: re.Pattern[str]) -> Iterator[str | None]:
    """Yield what a run of letters says, or ``None``, read in each of the ways it can be."""
    coded = run.rstrip("=").translate(_URL_SAFE)
    if len(coded) % 2 == 0 and hexadecimal.fullmatch(coded):
        yield from _texts(bytes.fromhex(coded))
    word = coded.isalpha() and (coded[1:].islower() or coded.isupper())
    for start in range(4):  # a part of something encoded may begin anywhere within a group of four
        length = len(coded) - start
        whole = coded[start : start + length - (length % 4 == 1)]
        for said in _texts(base64.b64decode(whole + "=" * (-len(whole) % 4))):
            yield said if said is None or not word or _WORDS.fullmatch(said) else None
            if said is not None:
                return


def _texts(data: bytes) -> Iterator[str | None]:
    """Yield bytes as text, at most once, and ``None`` for each code in which they are none."""
    if 2 * (len(data) - len(data.translate(None, _FIRST_HALVES))) >= _PLAIN * len(data) - _MARKS > 0:
        yield from _wide_texts(data)  # as Windows writes it
        return
    try:
        said = data.decode()
    except UnicodeDecodeError:
        if len(data) < _LEAST_OLD or len(data.translate(None, _NOT_ASCII)) < _OLD * len(data):
            yield None
            return
        said = data.decode("latin-1")
    stray = len(_CONTROL.findall(said))
    yield said if said and stray <= (1 - _PLAIN) * len(said) and not _is_chance(said) else None


def _is_chance(said: str) -> bool:
    """Return whether few letters come from scripts that nobody writes together ("CodeableConcept")."""
    if len(said) > _CHANCE or said.isascii():
        return False
    scripts = {unicodedata.name(letter, "").partition(" ")[0] for letter in said if letter.isalpha()} - _ANYWHERE
    return len(scripts) > 1 and not scripts <= _EAST_ASIAN


def _wide_texts(data: bytes) -> Iterator[str | None]:
    """Yield bytes of UTF-16 or UTF-32 as text, wherever in a character they begin."""
    for encoding, width in _WIDE.items():
        for start in range(width):
            said = data[start : start + (len(data) - start) // width * width].decode(encoding, "replace")
            said = said.lstrip("\ufeff")
            if said and len(_FOREIGN.findall(said)) <= (1 - _PLAIN) * len(said):
                yield said
                return
            yield None
