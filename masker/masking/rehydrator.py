"""The rehydrator: tokens become values again, in a text that arrives in pieces.

Sans-IO, two methods: `Rehydrator.feed` returns what is certain, `Rehydrator.flush` the rest. Held back is only the
beginning of something that may become a live token; prose leaves in the call that brought it. However a text is cut,
the concatenated output is the same as for the whole text at once, because every decision is taken on characters
that have arrived, never on where a piece ended. A restored value is output, and output is not read again.

Text left at the end: a bare token (`NAME_1`) that the end completes is restored; an opened bracket that never closes is
a token the model left unfinished, and stays as it is.

In JSON text (tool arguments; content when JSON was asked for) a small scanner knows strings, escapes and keys. A value
is escaped for the string it stands in; a token outside a string, which no JSON allows, becomes a JSON string, so that
the result is valid. A bare token is never restored in an object's key. A token that stood in the request for a JSON
number comes back as a string, since it became one there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final, Literal

from masker.core.kinds import FIRST_PARTY
from masker.core.markup import without_markup
from masker.core.surrogates import TRIGGER, Match, Names, decode_unit, joined, match_at
from masker.core.values import canonical, was_spoken, written
from masker.masking.vault import Value, Vault

__all__ = ["Rehydrator", "rehydrate"]

#: No look-behind here: the character before may be the end of an escape, which only decoding tells.
_IN_STRING: Final = re.compile(r'["\\\[%A-Z]')
_OUTSIDE: Final = re.compile(r'["{}\[\],:\\%]|(?<![A-Za-z0-9_])[A-Z]')

#: Places that are looked at before time is.
_OFTEN: Final = 256

_NO_MATCH: Final = Match("none")

#: The neutral phrase for a token of each first-party kind that this request did not issue.
PHRASES: Final[dict[str, str]] = {name: kind.phrase for name, (kind, _) in FIRST_PARTY.items()}


class Rehydrator:
    """Restores one text: one field of one choice of one reply.

    Args:
        vault: The request's vault; read, never changed.
        json: Whether the text is JSON (tool arguments, or content of a structured answer).
        unknown: What to do with a well-formed token that this request did not issue: ``keep`` it, or say a neutral
            ``phrase``.
        phrases: Phrase by kind, for ``unknown="phrase"``; the first-party kinds' by default. Tokens of other kinds
            stay, since ``[STEP_1]`` is nobody's data.
        for_tool: Whether the text goes to a tool: spoken values come back written.
        enums: Values that the tool's schema lists (``enum``, ``const``); a value that one of them is a form of comes
            back exactly as listed.
        spellings: Exact text by token (``[NAME_1]``), stronger than all of the above.
        spend: Is told the length of each value before it is written, and 0 now and then meanwhile; what it raises ends
            the text.

    Attributes:
        restored: How many tokens became values.
        bent: How many of those were written in another form than ``[KIND_n]``.
        unknown: How many tokens became a phrase.
        held_max: The most characters held back at once.
    """

    def __init__(
        self,
        vault: Vault,
        *,
        json: bool = False,
        unknown: Literal["keep", "phrase"] = "keep",
        phrases: Mapping[str, str] | None = None,
        for_tool: bool = False,
        enums: Iterable[str] = (),
        spellings: Mapping[str, str] | None = None,
        spend: Callable[[int], None] | None = None,
    ) -> None:
        self._phrases = (PHRASES if phrases is None else phrases) if unknown == "phrase" else {}
        self._vault = vault
        self._names = Names(vault.live, self._phrases, vault.reserved)
        self._for_tool = for_tool
        self._enums = tuple(enums)
        self._spellings = spellings or {}
        self._spend = spend
        self._values: dict[str, str] = {}
        self._held = ""
        self._before = ""
        self._json = _JsonPlace() if json else None
        self._looks = 0
        self.restored = 0
        self.bent = 0
        self.unknown = 0
        self.held_max = 0

    def __repr__(self) -> str:
        return f"Rehydrator(held={len(self._held)}, restored={self.restored})"

    @property
    def held(self) -> str:
        """The text held back: the beginning of something that may become a live token, or ``""``."""
        return self._held

    def feed(self, chunk: str) -> str:
        """Return what is certain after one more piece of text."""
        if not chunk:
            return ""
        if not self._names:
            return chunk
        if self._json is not None:
            return self._feed_json(self._json, chunk)
        if not self._held and TRIGGER.search(chunk) is None:
            self._before = chunk[-1]
            return chunk
        return self._feed_text(chunk)

    def flush(self) -> str:
        """Return the rest, at the end of the text. An unfinished token stays as it is."""
        text, self._held = self._held, ""
        if not text:
            return ""
        quoted = self._json is None or self._json.in_string
        match = match_at(text + " ", 0, self._before, self._names, json=self._json is not None and quoted)
        if match.outcome == "token" and match.bare:
            place = self._json
            rest = text[match.end :]
            return self._restore(match.name, text[: match.end], place) + rest
        return text

    def _feed_text(self, chunk: str) -> str:
        text = self._held + chunk
        out: list[str] = []
        done = position = 0
        self._held = ""
        while (trigger := TRIGGER.search(text, position)) is not None:
            start = trigger.start()
            before = text[start - 1] if start else self._before
            self._look()
            match = match_at(text, start, before, self._names)
            if match.outcome == "open":
                out.append(text[done:start])
                self._hold(text[start:], before)
                return "".join(out)
            if match.outcome == "token":
                out.append(text[done:start])
                out.append(self._restore(match.name, text[start : match.end], None))
                done = position = match.end
            else:
                position = start + 1
        out.append(text[done:])
        self._before = text[-1]
        return "".join(out)

    def _feed_json(self, place: _JsonPlace, chunk: str) -> str:
        lead = place.partial
        text = lead + self._held + chunk
        out: list[str] = []
        done = len(lead)
        position = 0
        place.partial = self._held = ""
        while True:
            place.look_into(text, position)
            trigger = (_IN_STRING if place.in_string else _OUTSIDE).search(text, position)
            if (len(text) if trigger is None else trigger.start()) > position:
                place.see_plain()
            if trigger is None:
                out.append(text[done:])
                if position < len(text):  # else the last character was an escape, and is known
                    self._before = text[-1]
                return "".join(out)
            start = trigger.start()
            before = text[start - 1] if start > position else self._before
            char = text[start]
            self._look()
            if char not in '{}],:"':
                match = match_at(text, start, before, self._names, json=place.in_string)
                if match.bare and place.in_key and match.outcome != "none":
                    match = _NO_MATCH
                if match.outcome == "open":
                    out.append(text[done:start])
                    self._hold(text[start:], before)
                    place.read_again()
                    return "".join(out)
                if match.outcome == "token":
                    out.append(text[done:start])
                    place.see_token()
                    out.append(self._restore(match.name, text[start : match.end], place))
                    done = position = match.end
                    encoded = text[match.end - 3] == "%"  # its last character is a letter, as that of a bare token
                    self._before = text[match.end - 1] if match.bare or encoded else "]"
                    continue
            if char == "\\" and place.in_string:
                char, position = decode_unit(text, start)
                self._before = joined(before, char)
                if not char:  # an escape that the next piece completes; no token can begin with it
                    out.append(text[done:])
                    place.partial = text[start:]
                    self._before = before
                    return "".join(out)
                place.see_inside(char)
                continue
            place.see_plain()
            place.see(char)
            self._before = char
            position = start + 1

    def _look(self) -> None:
        """Count one more place at which something could begin."""
        self._looks += 1
        if self._spend is not None and not self._looks % _OFTEN:
            self._spend(0)

    def _hold(self, text: str, before: str) -> None:
        self._held = text
        self._before = before
        self.held_max = max(self.held_max, len(text))

    def _restore(self, name: str, source: str, place: _JsonPlace | None) -> str:
        value = self._vault.live.get(name)
        if value is None:
            self.unknown += 1
            text = self._phrases.get(name.rpartition("_")[0], source)
        else:
            self.restored += 1
            self.bent += source != f"[{name}]"
            text = self._text_of(name, value)
            if self._spend is not None:
                self._spend(len(text))
        if place is None:
            return text
        quoted = json.dumps(text, ensure_ascii=False)
        if place.in_inner_string:
            quoted = json.dumps(quoted[1:-1], ensure_ascii=False)
        return quoted if not place.in_string and place.depth else quoted[1:-1]

    def _text_of(self, name: str, value: Value) -> str:
        text = self._values.get(name)
        if text is None:
            text = self._values[name] = self._spelled(value)
        return text

    def _spelled(self, value: Value) -> str:
        exact = self._spellings.get(value.token)
        if exact is not None:
            return exact
        for listed in self._enums:
            if canonical(value.kind, listed) == value.canonical:
                return listed
        return _for_tool(value) if self._for_tool else value.form


def _for_tool(value: Value) -> str:
    """Return a value as it is written; as it stood first where how it was said last does not tell."""
    form, first = written(value.kind, value.form), without_markup(value.first)
    # a spelled name has no blanks, and dates are one by a guess
    unsure = value.kind == "NAME" or (value.kind != "DATE" and form == value.form)
    return first if unsure and was_spoken(value.form) and not was_spoken(first) else form


#: The brackets that open a document, and how it may go on: "[PHONE_2]" does not, nor does "{name}".
_OPENS: Final = {"{": '\\}\n\r"', "[": '\\]{[\n\r"-0123456789tfn'}


def _after_blanks(text: str, position: int) -> int:
    while position < len(text) and text[position] in " \t":
        position += 1
    return position


class _JsonPlace:
    """Where in a JSON text the scanner stands."""

    __slots__ = (
        "_begun",
        "_containers",
        "_escaping",
        "_expects_key",
        "_first",
        "_holds_json",
        "in_inner_string",
        "in_key",
        "in_string",
        "partial",
    )

    def __init__(self) -> None:
        self._containers: list[str] = []
        self._expects_key = False
        self.in_string = False
        self.in_key = False
        self._holds_json = False  # the string at hand is itself a JSON document
        #: Whether a string of that document is open.
        self.in_inner_string = False
        self._begun = False  # a string whose first characters have not come
        self._first = ""  # the bracket with which it begins, until the next character tells whether it is a document
        self._escaping = False  # the document's own backslash before the next character
        #: An unfinished escape that was let through already; it is read again with what follows.
        self.partial = ""

    @property
    def depth(self) -> int:
        """How many objects and arrays are open."""
        return len(self._containers)

    def see(self, char: str) -> None:
        """Take notice of a structural character or a quotation mark."""
        if char == '"':
            self.in_key = not self.in_string and self._expects_key
            self.in_string = self._begun = not self.in_string
            self._first = ""
            self._holds_json = self.in_inner_string = self._escaping = False
        elif self.in_string:
            return
        elif char in "{[":
            self._containers.append(char)
            self._expects_key = char == "{"
        elif char in "}]":
            if self._containers:
                self._containers.pop()
            self._expects_key = False
        elif char == ",":
            self._expects_key = bool(self._containers) and self._containers[-1] == "{"
        elif char == ":":
            self._expects_key = False

    def look_into(self, text: str, position: int) -> None:
        """Take notice of how a string begins that was just opened."""
        if not self._begun:
            return
        position = _after_blanks(text, position)
        if not self._first:
            if position == len(text) or text[position] == "\\":
                return  # an escape may be a blank, too
            self._begun = self._holds_json = not self.in_key and text[position] in _OPENS
            self._first = text[position] if self._begun else ""
            position = _after_blanks(text, position + 1)
        if self._begun and position < len(text):
            self._begun = False
            self._holds_json = text[position] in _OPENS[self._first]

    def read_again(self) -> None:
        """Take notice that the last character is held back, and comes again."""
        self._first = ""

    def see_token(self) -> None:
        """Take notice of a token: what holds one outside of its strings is no document."""
        self._holds_json = self._holds_json and self.in_inner_string
        self._escaping = False

    def see_plain(self) -> None:
        """Take notice of characters that stand for themselves."""
        self._escaping = False

    def see_inside(self, char: str) -> None:
        """Take notice of a character of a string that was written as an escape."""
        escaped = self._escaping
        self._escaping = char == "\\" and not escaped
        if char == '"' and not escaped and self._holds_json:
            self.in_inner_string = not self.in_inner_string


def rehydrate(text: str, vault: Vault) -> str:
    """Return a whole plain text with its live tokens restored."""
    rehydrator = Rehydrator(vault)
    return rehydrator.feed(text) + rehydrator.flush()
