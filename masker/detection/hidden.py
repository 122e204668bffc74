"""Words in base64 or hexadecimal: what a header, a token or a form field hides from the eye and not from a model.

Only what reads as text once it is decoded is text; keys, hashes and images are not, and neither is an ordinary long
word, whose bytes come out as gibberish. What is cut at either end is decoded as far as it goes, and what comes out is
looked at once more.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from typing import Final

__all__ = ["hidden_texts"]

#: Nine bytes at least: "Ann Chen.", "219099999".
_RUN: Final = re.compile(r"[A-Za-z0-9+/_-]{12,}={0,2}")
_HEXADECIMAL: Final = re.compile(r"(?:[0-9A-Fa-f]{2}){10,}")
#: The same byte by byte: "4d 79 20", "0x4d, 0x79", "4D:79". It begins with a digit, as the bytes of ASCII do, so that
#: searching is quick.
_BYTE: Final = r"(?:0x)?[0-9A-Fa-f]{2}h?"
_BYTES: Final = re.compile(
    r"[0-7](?<![^\W_].)(?:[0-9A-Fa-f]|(?<=0)x[0-9A-Fa-f]{2})h?"
    rf"(?:[ \t\r\n,;:-]{{1,3}}{_BYTE}){{8,}}(?![^\W_])",
    re.DOTALL,
)
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
#: Bytes at either end of UTF-16 or UTF-32 that may not belong to it: its mark, a part of a character.
_MARKS: Final = 4
#: In these every second byte, or three of four, is one of few: the first half of a letter of Europe or the Near East.
_FIRST_HALVES: Final = bytes(range(8))
_WIDE: Final = {"utf-32-le": 4, "utf-32-be": 4, "utf-16-le": 2, "utf-16-be": 2}
_FOREIGN: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u0700-\u1fff\u2100-\U0010ffff]")


def hidden_texts(text: str, depth: int = _DEPTH) -> Iterator[tuple[int, int, str]]:
    """Yield what stands encoded in a text: where it begins, where it ends, what it says."""
    for start, end, said in _said(text):
        yield start, end, said
        if depth > 1:
            for _, _, deeper in hidden_texts(said, depth - 1):
                yield start, end, deeper


def _said(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield what stands in a text encoded once."""
    for match in _RUN.finditer(text):
        for said in _decoded(match[0]):
            yield match.start(), match.end(), said
    for match in _BYTES.finditer(text):
        told = _text(bytes.fromhex(_NO_BYTE.sub("", match[0])))
        if told is not None:
            yield match.start(), match.end(), told


def _decoded(run: str) -> Iterator[str]:
    """Yield what a run of letters says, read in each of the ways it can be."""
    coded = run.rstrip("=").translate(_URL_SAFE)
    if _HEXADECIMAL.fullmatch(coded):
        said = _text(bytes.fromhex(coded))
        if said is not None:
            yield said
    for start in range(4):  # a part of something encoded may begin anywhere within a group of four
        length = len(coded) - start
        whole = coded[start : start + length - (length % 4 == 1)]
        said = _text(base64.b64decode(whole + "=" * (-len(whole) % 4)))
        if said is not None:
            yield said
            return


def _text(data: bytes) -> str | None:
    """Return bytes as text, or ``None`` where they are none."""
    if 2 * (len(data) - len(data.translate(None, _FIRST_HALVES))) >= _PLAIN * len(data) - _MARKS > 0:
        return _wide_text(data)  # as Windows writes it
    try:
        said = data.decode()
    except UnicodeDecodeError:
        if len(data) < _LEAST_OLD or len(data.translate(None, _NOT_ASCII)) < _OLD * len(data):
            return None
        said = data.decode("latin-1")
    stray = len(_CONTROL.findall(said))
    return said if said and stray <= (1 - _PLAIN) * len(said) else None


def _wide_text(data: bytes) -> str | None:
    """Return bytes of UTF-16 or UTF-32 as text, wherever in a character they begin, or ``None``."""
    for encoding, width in _WIDE.items():
        for start in range(width):
            said = data[start : start + (len(data) - start) // width * width].decode(encoding, "replace")
            said = said.lstrip("\ufeff")
            if said and len(_FOREIGN.findall(said)) <= (1 - _PLAIN) * len(said):
                return said
    return None
