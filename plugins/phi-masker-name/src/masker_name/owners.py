"""User names that are names: in a home's path ("/home/tokafor"), before a machine ("tokafor@EHR01").

Programs own homes, too ("/home/ubuntu"); theirs are words that are known, or known as none of a person's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from masker_tagger import Lexicon

from masker import Segment

__all__ = ["find"]

_USER: Final = r"(?P<user>[A-Za-z][\w.-]{2,31})"
_HOME: Final = re.compile(
    rf"(?:[/\\](?:home|users)[/\\]{{1,2}}|(?<![^\s\"'(=:])~){_USER}(?=[/\\\s,;:\"')]|\Z)", re.IGNORECASE
)
#: A machine has a capital or a number in its name, unlike a release ("vite@latest"), and no dot, unlike an address.
_AT_MACHINE: Final = re.compile(
    r"(?<![\w.@/+-])(?P<user>[A-Za-z][A-Za-z._-]{3,30}\d{0,3})@(?=[A-Za-z]{2}[A-Za-z_-]{0,20}\d|[A-Z]{2}|[a-z-]{2,20}:)"
    r"[A-Za-z][\w-]{1,30}(?![\w@-]|\.\w)"
)
#: Accounts that systems are made with and no list of words has.
_MADE: Final = frozenset("jenkins azureuser codespace".split())
_PARTS: Final = re.compile(r"[A-Za-z]{3,}")
#: How much like a name's the letters of a word look that is in no list, at least.
_LOOK: Final = -0.3


def find(segment: Segment, lexicon: Lexicon) -> Iterator[tuple[int, int, float]]:
    """Yield (start, end, score), in offsets of the plain form, for every user name that somebody's name is part of.

    They are looked for in the text as it stands: in a path a backslash before a "t" is no tab.
    """
    text, reading = segment.text, segment.reading
    patterns = []
    if "~" in text or "home" in reading.letters or "users" in reading.letters:
        patterns.append(_HOME)
    if "@" in text:
        patterns.append(_AT_MACHINE)
    for pattern in patterns:
        for match in pattern.finditer(text):
            end = match.start("user") + len(match["user"].rstrip("."))
            parts = _PARTS.findall(text, match.start("user"), end)
            if any(_names(part.lower(), lexicon) for part in parts):
                yield *reading.plain(match.start("user"), end), 0.75


def _names(part: str, lexicon: Lexicon) -> bool:
    """Return whether a part of a user name is somebody's name, or a word that nobody knows and looks like one."""
    if part in _MADE:
        return False
    kind = lexicon.describe(part)[1]
    return kind in ("N", "n", "r") or (kind == "oov" and lexicon.nameness(part) > _LOOK)
