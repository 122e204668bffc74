"""What is part of an address, a user name, a link or a code rather than of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

__all__ = ["inside_code", "outside_code"]


_TOKENS: Final = re.compile(r"[^\s]+")


#: The last part is a time zone's area as the IANA's database names them: "America/Chicago".
_CODE: Final = re.compile(
    r"\w@|://|\w_|_\w|\d[a-zA-Z]|[a-zA-Z]\d|[a-z0-9]\.[a-z]{2,}\b|\bwww\.|\w/\w+/"
    r"|\b(?:Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)/[A-Z]"
)


#: What goes on behind the last word of a file's name ("Ada Finch.pdf", "Ada Finch_2.pdf"), or without a blank.
_GOES_ON: Final = re.compile(r"[._-]\w[\w.-]*+(?!@)")


def inside_code(text: str, start: int, end: int) -> bool:
    """Return whether a range is part of an address, a user name, a link or a code rather than of a sentence."""
    left = start
    while left > 0 and start - left < 80 and not text[left - 1].isspace() and text[left - 1] not in "\"'<>()[]{},;|^":
        left -= 1
    right = end
    while right < len(text) and right - end < 80 and not text[right].isspace() and text[right] not in "\"'<>()[]{},;|^":
        right += 1
    return _CODE.search(text, left, right) is not None


def outside_code(text: str, start: int, end: int, score: float) -> Iterator[tuple[int, int, float]]:
    """Yield a range, or where a code stands in it ("sylvie araujo sy528"), its words before and behind the code.

    The last of several words belongs to the range though a file's ending is written behind it.
    """
    if not inside_code(text, start, end):
        yield start, end, score
        return
    first = last = start
    for word in _TOKENS.finditer(text, start, end):
        named = last > first and word.end() == end and _CODE.search(word.group()) is None
        if not (named and _GOES_ON.match(text, end)) and inside_code(text, *word.span()):
            if last > first:
                yield first, last, score
            first = last = word.end()
        else:
            first, last = (word.start() if last == first else first), word.end()
    if last > first:
        yield first, last, score
