r"""Surrogates: the grammar of tokens, and its only home.

A token is `[KIND_n]`. Models bend what they repeat, so a token is also accepted as `[name_1]`, `[NAME 1]`, `[NAME-1]`,
`[NAME\n1]`, `\[NAME\_1\]` (Markdown), `%5BNAME_1%5D` (URLs) and, without brackets, as the whole upper-case word
`NAME_1`. Emphasis around a token and a possessive after it are ordinary text. In JSON strings every character may
also be escaped (`\u005bNAME_1]`).

One small automaton knows these forms (`_advance`). It reads characters and carries the token's *name*, `NAME_1`;
`Names` says which names exist and which can still become one. So "is this a token" and "could this become a token"
have one answer each, wherever a text is cut.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterable, Sequence
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from masker.core.kinds import FIRST_PARTY, KIND_NAME

__all__ = [
    "TRIGGER",
    "Found",
    "Match",
    "Names",
    "decode_unit",
    "find_literals",
    "find_tokens",
    "format_token",
    "joined",
    "literal_names",
    "match_at",
    "opened",
    "parse_token",
    "redacted",
    "token_name",
]

#: Longest run of digits in a token; no request holds a thousand million values.
MAX_DIGITS: Final = 9


def token_name(kind: str, number: int) -> str:
    """Return a token's name, ``PHONE_1``: what is inside its brackets."""
    return f"{kind}_{number}"


def format_token(kind: str, number: int) -> str:
    """Return the token ``[PHONE_1]`` for the ``number``-th value of a kind, counted from 1."""
    return f"[{kind}_{number}]"


def redacted(kind: str) -> str:
    """Return what stands for a value that must never come back: ``[REDACTED:SSN]``."""
    return f"[REDACTED:{kind}]"


_STRICT: Final = re.compile(rf"\[({KIND_NAME.pattern})_([1-9][0-9]{{0,{MAX_DIGITS - 1}}})\]")


def parse_token(text: str) -> tuple[str, int] | None:
    """Return ``(kind, number)`` of a token in its own form, ``[PHONE_1]``, or ``None`` for anything else."""
    match = _STRICT.fullmatch(text)
    return (match[1], int(match[2])) if match else None


# --- Literal text that looks like a token ----------------------------------------------------------------------------

_SEPARATOR: Final = r"(?:\\{0,2}_|[- \t\n\r]|\\n)"
_NUMBER: Final = rf"[1-9][0-9]{{0,{MAX_DIGITS - 1}}}"
#: Each pattern begins with the one character that such text cannot do without, so that searching is a memchr.
_SQUARE: Final = re.compile(
    rf"\[([A-Za-z]{{1,40}}(?:{_SEPARATOR}[A-Za-z]{{1,40}}){{0,8}}{_SEPARATOR}{_NUMBER})\\{{0,2}}\]"
)
_PERCENT: Final = re.compile(
    rf"%5[Bb]([A-Za-z]{{1,40}}(?:(?:_|-|%5[Ff]|%20)[A-Za-z]{{1,40}}){{0,8}}(?:_|-|%5[Ff]|%20){_NUMBER})%5[Dd]"
)
_BARE_NUMBER: Final = re.compile(rf"_({_NUMBER})(?!\w)")
_BARE_KIND: Final = re.compile(r"(?<!\w)[A-Z]{1,40}(?:_[A-Z]{1,40}){0,8}\Z")
_TOUCHING_NUMBER: Final = re.compile(rf"_({_NUMBER})")
_TOUCHING_KIND: Final = re.compile(r"[A-Z]{1,40}(?:_[A-Z]{1,40}){0,8}\Z")
_REDACTED: Final = re.compile(rf"\[REDACTED:(?:{'|'.join(FIRST_PARTY)})\]")
#: Digits of the largest number that is taken for a token's: "[MRN 84739201]" is somebody's.
_MOST_DIGITS: Final = 3
#: "[age 97]" is an age.
_OLD: Final = 90
#: Digits that a group of a number has, and few numbers of tokens.
_GROUP_DIGITS: Final = 3
_BESIDE: Final = re.compile(r"[^\w\[\]]{0,3}")
#: Digits behind a token that go on with its number: "PHONE_415.555.0134"; after a group also "[PHONE_415] 555 0134".
_DIGITS_BESIDE: Final = re.compile(r"[-./:]?[0-9]")
_GROUPS_BESIDE: Final = re.compile(r"[^\w\[\]]{0,3}[0-9]{2}")
_DIGITS_BEFORE: Final = re.compile(r"[0-9][^\w\[\]]{0,3}\Z")
_GROUP_BESIDE: Final = re.compile(r"[^\w\[\]]{0,3}\[([A-Za-z_]{1,40})[_ -](?:0[0-9]{1,9}|[0-9]{4,20})\]")
#: What has a token's form: words with a number, or whatever is said to be redacted.
_CARRIER: Final = re.compile(
    r"\[(?:REDACTED:(?=[A-Za-z_]{1,80}\])|(?=[^\[\]]{1,99}[0-9]\]))"
    r"(?P<words>[A-Za-z]{1,40}(?:[_ -][A-Za-z]{1,40}){0,8})(?:[_ -](?P<number>[0-9]{1,20}))?\]"
)
#: What joins a word and a number of several groups, which a detector would take for a word, a host or a version.
_LABEL_SIGN: Final = re.compile(r"(?:_(?=[0-9]{1,5}[-./: ][0-9])|-(?=[0-9]{1,4}(?:\.[0-9]{1,5}){2}))(?<=[A-Za-z].)")
_NOT_IN_NAME: Final = re.compile(r"\\n|%5[Ff]|%20|[-\s]")
_UNICODE_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})")
#: Longest kind name, plus the character before it.
_KIND_REACH: Final = 41


class Found(NamedTuple):
    """Literal text in an accepted form: offsets in the text, and the name it would have as a token (or ``""``)."""

    start: int
    end: int
    name: str


def find_literals(text: str) -> Sequence[Found]:
    """Return every stretch of a text that looks like a token, in any accepted form, or like a redaction; sorted.

    Such text stays as it is: it is never masked from within, and its number is never given to a value. What only has
    the form of one ("[Maribel Okonkwo 1]", "MRN_84739201") is text like any other.
    """
    found = _without_lonely([one for one in _look_alikes(text) if not one.name or _may_be_issued(one.name)])
    if len(found) > 1:
        found = _without_groups(text, found)
    return [one for one in found if not _goes_on(text, one)]


def find_tokens(text: str, names: Container[str]) -> Sequence[tuple[int, int]]:
    """Return where a text holds tokens of some names, as masker writes them; sorted.

    Args:
        text: Any text.
        names: Such as ``NAME_1``.
    """
    return [match.span() for match in _STRICT.finditer(text) if match[0][1:-1] in names]


def opened(text: str) -> str | None:
    """Return a text without the signs of what only has the form of a token, or ``None`` if there is no such thing.

    In the same places "[OKONKWO_1]" and "[REDACTED:OKONKWO]" become words, "[PHONE_415]-[PHONE_555]-[PHONE_0134]" one
    number after "PHONE", and "PHONE_415.555.0134" and "phone-415.555.0134" a word and a number.
    """
    inner = text
    if "[" in text and _CARRIER.search(text) is not None:
        inner = _without_brackets(text)  # most brackets are no token's, and tokens are looked for elsewhere, too
    if "_" in inner or ("-" in inner and "." in inner):
        inner = _LABEL_SIGN.sub(" ", inner)
    return None if inner == text else inner


def _without_brackets(text: str) -> str:
    literal = {one.start for one in find_literals(text)}
    pieces, at, last = [], 0, None
    for match in _CARRIER.finditer(text):
        if match.start() in literal:
            continue
        kind, end = match["words"].upper(), match.end()
        goes_on = last is not None and last[1] == kind and _BESIDE.fullmatch(text, last[0], match.start()) is not None
        goes_on = goes_on or _follows_digits(text, match.start())
        shown = match.start("number") if goes_on and match["number"] else match.start("words")
        inner = text[shown : end - 1].replace("_", " ")
        pieces += [text[at : match.start()], " " * (shown - match.start()), inner, " "]
        at, last = end, (end, kind)
    return "".join([*pieces, text[at:]])


def _without_groups(text: str, found: list[Found]) -> list[Found]:
    """Drop tokens of one kind side by side whose numbers are groups of one: "[PHONE_415]-[PHONE_555]"."""
    groups: set[Found] = set()
    for one, after in pairwise(found):
        kind, _, first = one.name.rpartition("_")
        other, _, second = after.name.rpartition("_")
        same = kind != "" and kind == other and _BESIDE.fullmatch(text, one.end, after.start) is not None
        if same and max(len(first), len(second)) >= _GROUP_DIGITS and int(second) - int(first) != 1:
            groups |= {one, after}
    return [one for one in found if one not in groups]


def _goes_on(text: str, one: Found) -> bool:
    """Return whether what no token has goes on with one: "[SSN_219]-[SSN_09]", "SSN_219.09.9999"."""
    beside = _GROUP_BESIDE.match(text, one.end)
    kind, _, number = one.name.rpartition("_")
    if beside is not None and beside[1].upper() == kind:
        return True
    if one.name and _DIGITS_BESIDE.match(text, one.end) is not None:
        return True
    if len(number) < _GROUP_DIGITS:
        return False
    return _GROUPS_BESIDE.match(text, one.end) is not None or _follows_digits(text, one.start)


def _follows_digits(text: str, start: int) -> bool:
    """Return whether a number stands before a place: "415-[PHONE_555]-0134"."""
    return _DIGITS_BEFORE.search(text, max(0, start - 4), start) is not None


def _without_lonely(found: list[Found]) -> list[Found]:
    """Drop high numbers without another of their kind, as no token has: "[MRN_847]", and no other record."""
    names: dict[str, set[str]] = {}
    for one in found:
        names.setdefault(one.name.rpartition("_")[0], set()).add(one.name)
    kept = []
    for one in found:
        kind, _, number = one.name.rpartition("_")
        if len(number) < _GROUP_DIGITS or len(names[kind]) > 1:
            kept.append(one)
    return kept


def _may_be_issued(name: str) -> bool:
    """Return whether a name is one that tokens have: a kind of our own and a small number."""
    kind, _, number = name.rpartition("_")
    return kind in FIRST_PARTY and len(number) <= _MOST_DIGITS and not (kind == "AGE" and int(number) >= _OLD)


def _look_alikes(text: str) -> Sequence[Found]:
    """Return whatever has the form of a token; sorted."""
    if "[" not in text and "_" not in text and "%5" not in text:
        return ()
    found: list[Found] = []
    for match in _SQUARE.finditer(text):
        start = match.start()
        while start and text[start - 1] == "\\" and match.start() - start < 2:
            start -= 1
        found.append(Found(start, match.end(), _plain_name(match[1])))
    found.extend(Found(match.start(), match.end(), "") for match in _REDACTED.finditer(text))
    found.extend(Found(match.start(), match.end(), _plain_name(match[1])) for match in _PERCENT.finditer(text))
    for match in _BARE_NUMBER.finditer(text):
        kind = _BARE_KIND.search(text, max(0, match.start() - _KIND_REACH), match.start())
        if kind is not None:
            found.append(Found(kind.start(), match.end(), f"{kind[0]}_{match[1]}"))
    return _outermost(found)


def _plain_name(raw: str) -> str:
    return _NOT_IN_NAME.sub("_", raw).replace("\\", "").upper()


def _outermost(found: list[Found]) -> list[Found]:
    """Return what is not inside something else, sorted: the bare word within brackets is part of the token."""
    found.sort(key=lambda one: (one.start, -one.end))
    kept: list[Found] = []
    for one in found:
        if not kept or kept[-1].end <= one.start:
            kept.append(one)
    return kept


def literal_names(texts: Iterable[str]) -> set[str]:
    """Return the names of all token-like literal text, so that they are skipped when tokens are numbered.

    More is skipped than `find_literals` finds: ``NAME_2`` that touches a word stands alone once that word is masked.
    """
    names: set[str] = set()
    for text in texts:
        if "_" not in text and "[" not in text and "%5" not in text and "\\u00" not in text:
            continue
        names.update(found.name for found in _look_alikes(text))
        for match in _TOUCHING_NUMBER.finditer(text):
            kind = _TOUCHING_KIND.search(text, max(0, match.start() - _KIND_REACH), match.start())
            if kind is not None:  # of "NAME_21EG4" the beginning stands alone, wherever masking cuts it
                names.update(f"{kind[0]}_{match[1][:length]}" for length in range(1, len(match[1]) + 1))
        if "\\u00" in text:
            plain = _UNICODE_ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
            names.update(found.name for found in _look_alikes(plain))
    names.discard("")
    return names


# --- Tokens in a reply -----------------------------------------------------------------------------------------------

#: Where a token can begin in plain text: a bracket, an escape, or an upper-case word.
TRIGGER: Final = re.compile(r"[\[\\%]|(?<![A-Za-z0-9_])[A-Z]")


class Names:
    """The token names that mean something in one reply.

    Args:
        live: Names of the tokens that the request issued.
        kinds: Kinds of which *every* number counts as a name, for policies that replace unknown tokens.
        never: Names that are literal text of the request and mean nothing.
    """

    __slots__ = ("_growing", "_kinds", "_live", "_never", "firsts")

    def __init__(self, live: Iterable[str], kinds: Collection[str] = (), never: Collection[str] = ()) -> None:
        self._live = frozenset(live)
        self._kinds = frozenset(kinds)
        self._never = frozenset(never)
        self._growing = frozenset(
            name[:length]
            for name in (*self._live, *(f"{kind}_1" for kind in self._kinds))
            for length in range(len(name))
        )
        #: First letters of all names.
        self.firsts = frozenset(prefix for prefix in self._growing if len(prefix) == 1)

    def __bool__(self) -> bool:
        return bool(self._growing)

    def complete(self, name: str) -> bool:
        """Return whether this is a name."""
        return name in self._live or self._counted(name, 1)

    def grows(self, name: str) -> bool:
        """Return whether something longer than this is a name."""
        return name in self._growing or self._counted(name, 0)

    def _counted(self, name: str, room: int) -> bool:
        """Return whether this is a kind and a number that has no meaning of its own."""
        kind, _, digits = name.rpartition("_")
        return (
            kind in self._kinds
            and digits.isdecimal()
            and digits[0] != "0"
            and len(digits) < MAX_DIGITS + room
            and (room == 0 or name not in self._never)
        )


class Match(NamedTuple):
    """What stands at one place of a text.

    ``outcome`` is ``none`` (no token begins here), ``open`` (the text ends where one may be going on) or ``token``.
    ``end`` is the offset after the token, ``name`` its name or the part of it read so far, ``bare`` whether it
    has no brackets.
    """

    outcome: Literal["none", "open", "token"]
    end: int = 0
    name: str = ""
    bare: bool = False


_NONE: Final = Match("none")
_SEPARATORS: Final = frozenset("_- \t\n\r")
_ALNUM: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
_UPPER: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")

#: One state of the automaton: the phase, and the token's name so far.
_State = tuple[str, str]


def _advance(state: _State, char: str, names: Names) -> _State | None:
    r"""Return the state after one more character, or ``None`` when no name can come of it.

    The phases: ``start``, ``\`` (an escape before the bracket), ``[`` (inside), ``[\`` (an escape inside), ``\[`` and
    ``\[\`` (the same behind an escape, until a second one proves it: that of a path, ``C:\[NAME_1]``, is none), ``%``,
    ``%5`` (before the percent-encoded bracket), ``B`` (inside), ``B%``, ``B%2``, ``B%5`` (an escape inside), ``bare``
    and ``done``.
    """
    phase, name = state
    if phase in {"[", "\\[", "B", "bare"}:
        if char in _ALNUM if phase != "bare" else char in _UPPER:
            return _named(phase, name + char.upper(), names)
        if phase == "bare":
            return None
        if char in {"_", "-"} or (phase != "B" and char in _SEPARATORS):
            return _named(phase, name + "_", names)
        if phase == "[" and char == "]":
            return ("done", name) if names.complete(name) else None
        if char == ("%" if phase == "B" else "\\") and (names.complete(name) or names.grows(name + "_")):
            return (phase + char, name)
        return None
    if phase == "start":
        return {"[": ("[", ""), "\\": ("\\", ""), "%": ("%", "")}.get(char)
    if phase == "\\":
        return ("\\[", "") if char == "[" else None
    if phase in {"[\\", "\\[\\"}:
        if char == "]":
            return ("done", name) if names.complete(name) else None
        return _named("[", name + "_", names) if char == "_" else None
    if phase == "%":
        return ("%5", "") if char == "5" else None
    if phase == "%5":
        return ("B", "") if char in "Bb" else None
    if phase == "B%":
        if char == "5":
            return ("B%5", name)
        return ("B%2", name) if char == "2" and names.grows(name + "_") else None
    if phase == "B%5" and char in "Dd":
        return ("done", name) if names.complete(name) else None
    if (phase == "B%5" and char in "Ff") or (phase == "B%2" and char == "0"):
        return _named("B", name + "_", names)
    return None


def _named(phase: str, name: str, names: Names) -> _State | None:
    return (phase, name) if names.grows(name) or names.complete(name) else None


def _starts_word(before: str) -> bool:
    return not (before.isalnum() or before == "_")


def match_at(text: str, start: int, before: str, names: Names, *, json: bool = False) -> Match:
    """Tell what stands at one place of a text.

    Args:
        text: The text, which may go on later.
        start: Where to look.
        before: The character before it, ``""`` at the very beginning; a bare token is a whole word.
        names: The names that count.
        json: Whether the place is inside a JSON string, whose characters may be escaped.

    Returns:
        ``open`` only if the rest of ``text`` is a proper beginning of an accepted form of a name, or a bare name
        whose end is not yet known.
    """
    if text[start] in names.firsts:
        return _match_bare(text, start, before, names, json=json)
    state: _State = ("start", "")
    position = start
    length = len(text)
    while True:
        if position >= length:
            return Match("open", length, state[1])
        char, following = decode_unit(text, position) if json else (text[position], position + 1)
        if not char:
            able = any(_advance(state, possible, names) for possible in _completions(text[position:]))
            return Match("open", length, state[1]) if able else _NONE
        advanced = _advance(state, char, names)
        if advanced is None:
            return _NONE
        state = advanced
        position = following
        if state[0] == "done":
            return Match("token", position, state[1])


def _match_bare(text: str, start: int, before: str, names: Names, *, json: bool) -> Match:
    if before and not _starts_word(before):
        return _NONE
    state: _State = ("bare", "")
    position = start
    while position < len(text):
        char, following = decode_unit(text, position) if json else (text[position], position + 1)
        if json and "\ud800" <= char <= "\udbff":
            char = _whole(text, following, char)
        if not char:
            able = any(_advance(state, possible, names) for possible in _completions(text[position:]))
            waits = able or names.complete(state[1])
            return Match("open", len(text), state[1], bare=True) if waits else _NONE
        if _starts_word(char):
            break
        advanced = _advance(state, char, names)
        if advanced is None:
            return _NONE
        state = advanced
        position = following
    else:
        return Match("open", position, state[1], bare=True)
    return Match("token", position, state[1], bare=True) if names.complete(state[1]) else _NONE


# --- Characters of a JSON string -------------------------------------------------------------------------------------

_ESCAPES: Final = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_HEX: Final = frozenset("0123456789abcdefABCDEF")
#: The second escape of a pair of surrogates, and its beginnings at the end of a text.
_LOW: Final = re.compile(r"\\u([dD][c-fC-F][0-9a-fA-F]{2})")
_LOW_BEGUN: Final = re.compile(r"(?:\\(?:u(?:[dD](?:[c-fC-F][0-9a-fA-F]?)?)?)?)?\Z")


def decode_unit(text: str, start: int) -> tuple[str, int]:
    r"""Return the character at ``start`` of a JSON string's raw text, and the offset after it.

    The character is ``""`` when the text ends inside an escape. A backslash that begins no JSON escape, such as the one
    in ``\[``, counts as itself.
    """
    char = text[start]
    if char != "\\":
        return char, start + 1
    if start + 1 >= len(text):
        return "", len(text)
    following = text[start + 1]
    if following in _ESCAPES:
        return _ESCAPES[following], start + 2
    if following != "u":
        return char, start + 1
    digits = text[start + 2 : start + 6]
    if not _HEX.issuperset(digits):
        return char, start + 1
    return (chr(int(digits, 16)), start + 6) if len(digits) == 4 else ("", len(text))


def joined(first: str, second: str) -> str:
    """Return the one character that two escaped halves are, or else the second: a whole one may be a letter."""
    if "\ud800" <= first <= "\udbff" and "\udc00" <= second <= "\udfff":
        return chr(0x10000 + ((ord(first) - 0xD800) << 10) + ord(second) - 0xDC00)
    return second


def _whole(text: str, position: int, first: str) -> str:
    """Return the character whose first half was read: ``""`` while the other may be coming, the half if it is not."""
    second = _LOW.match(text, position)
    if second is not None:
        return joined(first, chr(int(second[1], 16)))
    return "" if _LOW_BEGUN.match(text, position) else first


_TOKEN_CHARACTERS: Final = sorted(_ALNUM | _SEPARATORS | set("[]\\%"))


def _completions(partial: str) -> list[str]:
    """Return the characters of tokens whose escape can begin like this."""
    if partial == "\\":
        return _TOKEN_CHARACTERS
    digits = partial[2:].lower()
    return [char for char in _TOKEN_CHARACTERS if f"{ord(char):04x}".startswith(digits)]
