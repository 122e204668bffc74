"""Words in base64: what a header, a token or a form field hides from the eye and not from a model.

Only what reads as text once it is decoded is text; keys, hashes and images are not, and neither is an ordinary long
word, whose bytes come out as gibberish.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from typing import Final

__all__ = ["hidden_texts"]

#: Ten bytes at least: "Sarah Chen", "219-09-9999".
_RUN: Final = re.compile(r"[A-Za-z0-9+/_-]{14,}={0,2}")
_URL_SAFE: Final = str.maketrans("-_", "+/")
_SPACES: Final = str.maketrans("\t\r\n", "   ")


def hidden_texts(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield what stands in base64 in a text: where it begins, where it ends, what it says."""
    for match in _RUN.finditer(text):
        coded = match[0].rstrip("=").translate(_URL_SAFE)
        try:
            said = base64.b64decode(coded + "=" * (-len(coded) % 4)).decode()
        except (binascii.Error, UnicodeDecodeError):
            continue
        if said.translate(_SPACES).isprintable():
            yield match.start(), match.end(), said
