"""Folding: take off what hides a character without changing what a reader sees.

Zero-width and soft-hyphen characters, full-width forms, digits of other scripts, look-alike letters inside words of
another script, HTML entities, percent-encoding and backslash escapes all read as the plain character; every plain
character remembers the stretch of source text that it stands for.
"""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Final, NamedTuple
from urllib.parse import unquote_to_bytes

__all__ = ["Folded", "fold"]


class Folded(NamedTuple):
    """Plain text and, unless it is the source itself, the source range of each of its characters."""

    text: str
    starts: list[int] | None
    ends: list[int] | None


#: Letters of other scripts that look like an ASCII letter; folded only in a word that also holds ASCII.
_LOOKALIKES: Final = dict(
    zip(
        "аеорсухіјѕһкмтвнгАВЕКМНОРСТХУІЈЅԁԛԝοανρικτυχγΑΒΕΖΗΙΚΜΝΟΡΤΥΧɡıƖ",
        "aeopcyxijshkmtbhrABEKMHOPCTXYIJSdqwoavpiktuxyABEZHIKMNOPTYXgil",
        strict=True,
    )
)

_QUOTES: Final = {"‘": "'", "’": "'", "‚": "'", "‛": "'", "ʼ": "'", "′": "'", "“": '"', "”": '"', "„": '"', "″": '"'}

_SPECIAL: Final = re.compile(
    r"(?P<cluster>[^\x00-\x7f])|&(?P<entity>\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8}\d{0,2});"
    r"|(?P<percent>(?:%[0-9A-Fa-f]{2})+)|\\u(?P<unicode>[0-9A-Fa-f]{4})|\\(?P<escape>[nrt\"/])"
)
_ESCAPES: Final = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "/": "/"}
_MIXED_WORD: Final = re.compile(r"[^\W_]+")


def fold(text: str) -> Folded:
    """Return the plain form of ``text`` with the source range of every character.

    Never raises, on any text; takes linear time.
    """
    # Plain ASCII without the three signs that begin an escape is what most people send: no need to search it.
    if text.isascii() and not ("&" in text or "%" in text or "\\" in text):
        return Folded(text, None, None)
    first = _SPECIAL.search(text)
    if first is None:
        return Folded(text, None, None)
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0

    def copy(start: int, end: int) -> None:
        out.append(text[start:end])
        starts.extend(range(start, end))
        ends.extend(range(start + 1, end + 1))

    match: re.Match[str] | None = first
    while match is not None:
        start, end = match.span()
        if match["cluster"]:
            # A base may be ASCII with marks behind it ("e" + combining acute): compose it with them.
            if start > at and unicodedata.combining(text[start]):
                start -= 1
            # Normalising sorts marks by insertion; a bounded cluster keeps hostile stacks of them linear.
            while end < len(text) and end - start < 32 and unicodedata.combining(text[end]):
                end += 1
        plain = _plain(text, start, end, match)
        copy(at, start)
        if plain is None:
            copy(start, end)
        else:
            out.append(plain)
            starts.extend([start] * len(plain))
            ends.extend([end] * len(plain))
        at = end
        match = _SPECIAL.search(text, at)
    copy(at, len(text))
    return _fold_lookalikes("".join(out), starts, ends)


def _plain(text: str, start: int, end: int, match: re.Match[str]) -> str | None:
    """Return what a special stretch stands for, or ``None`` when it stands for itself."""
    if match["entity"]:
        plain = html.unescape(match[0])
        return None if plain == match[0] else _plain_cluster(plain)
    if match["percent"]:
        try:
            return _plain_cluster(unquote_to_bytes(match[0]).decode())
        except UnicodeDecodeError:
            return None
    if match["unicode"]:
        return _plain_cluster(chr(int(match["unicode"], 16)))
    if match["escape"]:
        return _ESCAPES[match["escape"]]
    return _plain_cluster(text[start:end])


def _plain_cluster(cluster: str) -> str:
    """Return the plain form of a base character with its combining marks (or of a short decoded stretch)."""
    plain = []
    for char in unicodedata.normalize("NFKC", cluster):
        category = unicodedata.category(char)
        if category == "Cf" or char in "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0" or "\ufe00" <= char <= "\ufe0f":
            continue  # formats, joiners, fillers and variation selectors show nothing
        if category == "Nd":
            plain.append(str(unicodedata.decimal(char)))
        elif category == "Pd" or char == "−":
            plain.append("-")
        elif category == "Zs":
            plain.append(" ")
        elif category in ("Zl", "Zp"):
            plain.append("\n")
        else:
            plain.append(_QUOTES.get(char, char))
    return "".join(plain)


def _fold_lookalikes(text: str, starts: list[int], ends: list[int]) -> Folded:
    """Replace look-alike letters in words that mix them with ASCII (a Cyrillic name stays Cyrillic)."""
    if text.isascii():
        return Folded(text, starts, ends)

    def ascii_word(match: re.Match[str]) -> str:
        word = match[0]
        if word.isascii() or not any("0" <= c <= "z" for c in word):
            return word
        return "".join(_LOOKALIKES.get(c, c) for c in word)

    return Folded(_MIXED_WORD.sub(ascii_word, text), starts, ends)
