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
_URL_SAFE: Final = str.maketrans("-_", "+/")
#: What does not stand in a text, but for a stray one.
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd]")
#: How often something may be encoded.
_DEPTH: Final = 3
#: Of bytes that are no UTF-8, which share must be ASCII for them to be a text of an old system.
_PLAIN: Final = 0.9
#: Bytes at either end of UTF-16 that may not belong to it: its mark, half a character.
_MARKS: Final = 4
_NOT_ASCII: Final = bytes(range(128, 256))


def hidden_texts(text: str, depth: int = _DEPTH) -> Iterator[tuple[int, int, str]]:
    """Yield what stands encoded in a text: where it begins, where it ends, what it says."""
    for match in _RUN.finditer(text):
        for said in _decoded(match[0]):
            yield match.start(), match.end(), said
            if depth > 1:
                for _, _, deeper in hidden_texts(said, depth - 1):
                    yield match.start(), match.end(), deeper


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
    if 2 * data.count(0) >= len(data) - _MARKS > 0:  # as Windows writes it
        said = data.decode("utf-16-be" if data[:1] in (b"\0", b"\xfe") else "utf-16-le", "replace")
    else:
        try:
            said = data.decode()
        except UnicodeDecodeError:
            if len(data.translate(None, _NOT_ASCII)) < _PLAIN * len(data):
                return None
            said = data.decode("latin-1")
    stray = len(_CONTROL.findall(said))
    return said if said and stray <= (1 - _PLAIN) * len(said) else None
