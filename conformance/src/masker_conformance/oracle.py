r"""An independent answer to "what should have come out": one-shot replacement over the whole text.

Written from the contract alone, apart from masker's own rehydrator, and in another way: regular expressions over the
complete text instead of a state machine over pieces. Where two so different programs agree under
every cut, both are likely right.

Accepted forms of a live token: ``[NAME_1]`` in any case, with ``_``, ``-``, a blank or a line break (or an escaped
``\_``) between its parts, its brackets optionally escaped by a backslash or percent-encoded; and the bare upper-case
word ``NAME_1``. In JSON the same forms count in the decoded text of a string, values are escaped, and a bare word that
is an object's key stays.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

__all__ = ["held_is_live", "mask", "rehydrate"]

_HEX = frozenset("0123456789abcdefABCDEF")


def _bracketed(parts: list[str]) -> str:
    inner = r"(?:\\?_|[ \t\r\n-])".join(f"(?i:{part})" for part in parts)
    percent = "(?:_|-|%5[Ff]|%20)".join(f"(?i:{part})" for part in parts)
    # A backslash before the bracket is Markdown's where there is a second one; else it is a path's, and stays.
    return rf"(?:\\\[(?=[^\[\]]*\\)|\[){inner}\\?\]|%5[Bb]{percent}%5[Dd]"


@lru_cache(maxsize=256)
def _pattern(tokens: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of all accepted forms; the group's name tells the token."""
    forms = []
    for number, token in enumerate(tokens):
        name = token[1:-1]
        # A bare word that ends the text behind an open bracket is a token that the model left unfinished.
        bare = rf"(?<!\w){name}(?!\w)(?<!\[{name}\Z)"
        forms.append(rf"(?P<t{number}>{_bracketed(name.split('_'))}|{bare})")
    return re.compile("|".join(forms) if forms else r"(?!)")


def rehydrate(text: str, tokens: Mapping[str, str], *, in_json: bool = False) -> str:
    """Return a whole text with its live tokens replaced, in one go.

    Args:
        text: What the model said, complete.
        tokens: Live tokens (``[NAME_1]``) and their values.
        in_json: Whether the text is a JSON document, so that values are escaped; a bare token in an object key stays.
    """
    names = tuple(tokens)
    if not in_json:
        return _pattern(names).sub(lambda match: tokens[_which(match, names)], text)
    decoded, where = _decode(text)
    keys = _object_keys(text)
    result: list[str] = []
    last = 0
    for match in _pattern(names).finditer(decoded):
        start, end = where[match.start()], where[match.end()]
        bare = decoded[match.start()] not in "[\\%"
        if bare and any(low <= start < high for low, high in keys):
            continue
        result += [text[last:start], json.dumps(tokens[_which(match, names)], ensure_ascii=False)[1:-1]]
        last = end
    return "".join(result) + text[last:]


def _which(match: re.Match[str], names: tuple[str, ...]) -> str:
    return names[int(str(match.lastgroup)[1:])]


def _decode(text: str) -> tuple[str, list[int]]:
    r"""Return a JSON document's text with escapes decoded, and the source offset of each of its characters.

    A backslash that begins no JSON escape stays as it is.
    """
    simple = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
    chars: list[str] = []
    where: list[int] = []
    at = 0
    while at < len(text):
        where.append(at)
        following = text[at + 1 : at + 2]
        digits = text[at + 2 : at + 6]
        if text[at] == "\\" and following in simple:
            chars.append(simple[following])
            at += 2
        elif text[at] == "\\" and following == "u" and len(digits) == 4 and set(digits) <= _HEX:
            chars.append(chr(int(digits, 16)))
            at += 6
        else:
            chars.append(text[at])
            at += 1
    return "".join(chars), [*where, len(text)]


_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)


def _object_keys(text: str) -> list[tuple[int, int]]:
    """Return the offsets of the strings that are followed by a colon: a document's object keys."""
    return [match.span() for match in _STRING.finditer(text) if text[match.end() :].lstrip(" \t\r\n").startswith(":")]


def mask(marked: str) -> tuple[str, str, dict[str, str]]:
    """Return the plain text, the text with counted tokens instead of its marked values, and the tokens' values.

    One token per different value, counted by kind, in the order in which they stand.
    """
    from masker_conformance.marks import parse_marks

    text, marks = parse_marks(marked)
    counts: dict[str, int] = {}
    issued: dict[tuple[str, str], str] = {}
    parts: list[str] = []
    last = 0
    for mark in marks:
        value = text[mark.start : mark.end]
        if (mark.kind, value) not in issued:
            counts[mark.kind] = counts.get(mark.kind, 0) + 1
            issued[mark.kind, value] = f"[{mark.kind}_{counts[mark.kind]}]"
        parts += [text[last : mark.start], issued[mark.kind, value]]
        last = mark.end
    masked = "".join(parts) + text[last:]
    return text, masked, {token: value for (_, value), token in issued.items()}


def _forms(token: str) -> Iterator[list[tuple[str, ...]]]:
    """Yield every accepted form of a token as a list of alternatives, one entry for each place in it."""
    parts = token[1:-1].split("_")

    def joined(separators: tuple[str, ...]) -> list[tuple[str, ...]]:
        places: list[tuple[str, ...]] = []
        for number, part in enumerate(parts):
            if number:
                places.append(separators)
            places += [(char.lower(), char.upper()) for char in part]
        return places

    inside = joined(("_", "\\_", "-", " ", "\t", "\r", "\n"))
    yield [("[", "\\["), *inside, ("]", "\\]")]
    yield [("%5B", "%5b"), *joined(("_", "-", "%5F", "%5f", "%20")), ("%5D", "%5d")]


def _begins(held: str, places: list[tuple[str, ...]]) -> bool:
    """Return whether ``held`` is a proper beginning of a form."""
    states = {(0, 0)}  # (place, characters of ``held`` used)
    while states:
        following: set[tuple[int, int]] = set()
        for place, used in states:
            if place == len(places):
                continue
            for option in places[place]:
                rest = held[used:]
                if option.startswith(rest) and len(rest) < len(option):
                    return True
                if rest.startswith(option):
                    following.add((place + 1, used + len(option)))
        states = following
    return False


def held_is_live(held: str, before: str, tokens: Mapping[str, str], *, in_json: bool = False) -> bool:
    """Return whether held text can still become a live token in an accepted form.

    Args:
        held: What was taken and not yet given back.
        before: The character before it, or the empty string at the start.
        tokens: Live tokens.
        in_json: Whether the text is a JSON document; an escape that has only begun may still become anything.
    """
    if in_json:
        cut = re.search(r"(?<!\\)(?:\\\\)*(\\(?:u[0-9A-Fa-f]{0,3})?)$", held)
        if cut is not None:
            held = held[: cut.start(1)]
            if not held:
                return True
        held = _decode(held)[0]
    if not held:
        return True
    for token in tokens:
        name = token[1:-1]
        if name.startswith(held) and not (before.isalnum() or before == "_"):
            return True
        if any(_begins(held, places) for places in _forms(token)):
            return True
    return False
