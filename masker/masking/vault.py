"""The vault: which token stands for which value, in memory, for the length of one request.

A caller resends the conversation each turn, so every value that a reply could mention is in the request at hand.
Nothing is shared between requests and nothing is stored; `wipe` forgets it all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Final

import attrs

from masker.core.markup import without_markup
from masker.core.surrogates import format_token, parse_token, token_name
from masker.core.values import canonical
from masker.errors import DetectionFailed
from masker.masking.known import KnownValues

__all__ = ["Value", "Vault", "identity"]

#: From this length on, a number is the same value whatever kind a detector took it for.
_SHARED_DIGITS: Final = 7


def identity(kind: str, text: str) -> tuple[str, str]:
    """Return the key that all forms of one value share.

    A long number has one identity whatever its kind: the same digits found once as a phone and once as a fax number,
    or as an account here and a record there, are one value. Everything else is a value of its kind.
    """
    form = canonical(kind, text)
    shared = len(form) >= _SHARED_DIGITS and form.isdecimal()
    return ("" if shared else kind, form)


@attrs.define(eq=False)
class Value:
    """One value of a request; its repr shows no text.

    Args:
        kind: Kind that was found first.
        token: ``[KIND_n]``, or ``[REDACTED:KIND]`` for a value that must not come back.
        name: The token's name ``KIND_n``, or ``""`` when it must not come back.
        canonical: What all its forms share.
        first: The form in which it stood first.
        last: The form in which it last stood in a user's message, or ``None``.
        part: Whether it is known only as part of another value (the first name of a full name).
    """

    kind: str
    token: str
    name: str
    canonical: str = attrs.field(repr=False)
    first: str = attrs.field(repr=False)
    last: str | None = attrs.field(default=None, repr=False)
    part: bool = False

    @property
    def form(self) -> str:
        """How it comes back: as a user last said it, else as it stood first; without markup, which may lack its end."""
        return without_markup(self.last if self.last is not None else self.first)


class Vault:
    """Tokens and values of one request.

    Args:
        reserved: Names (``NAME_1``) that stand as literal text in the request; their numbers are skipped.
        surrogate: Gives the text for the n-th value of a kind, or ``None`` for ``[KIND_n]``.
    """

    def __init__(
        self,
        reserved: Iterable[str] = (),
        surrogate: Callable[[str, int], str | None] | None = None,
    ) -> None:
        self._reserved = set(reserved)
        self._surrogate = surrogate
        self._values: dict[tuple[str, str], Value] = {}
        self._live: dict[str, Value] = {}
        self._numbers: dict[str, int] = {}
        #: The sweep's index over the known values, once there is one; forgotten with them.
        self.known: KnownValues | None = None

    def __repr__(self) -> str:
        return f"Vault(values={len(self._values)})"

    def __len__(self) -> int:
        return len(self._values)

    def __iter__(self) -> Iterator[Value]:
        """Iterate over the values in the order in which they got their numbers, redacted ones included."""
        return iter(self._values.values())

    @property
    def reserved(self) -> Collection[str]:
        """Names that are literal text of this request; never given to a value, never rehydrated."""
        return self._reserved

    @property
    def live(self) -> Mapping[str, Value]:
        """The values that may come back, by token name."""
        return self._live

    def reserve(self, names: Iterable[str]) -> None:
        """Skip these names from now on."""
        self._reserved.update(names)

    def find(self, kind: str, text: str) -> Value | None:
        """Return the known value that a text is a form of, or ``None``."""
        return self._values.get(identity(kind, text))

    def add(self, kind: str, text: str, *, part: bool = False) -> Value:
        """Return the value that a text is a form of; a new one gets the next number of its kind."""
        return self.put(identity(kind, text), kind, text, part=part)

    def put(self, key: tuple[str, str], kind: str, text: str, *, token: str | None = None, part: bool = False) -> Value:
        """Return the value with an identity; a new one gets the next number of its kind.

        Args:
            key: Its identity.
            kind: Kind of the value.
            text: The form in which it stood first.
            token: What stands for it when it must not come back; it then gets no number.
            part: Whether it is known only as part of another value.
        """
        value = self._values.get(key)
        if value is None:
            shown, name = (token, "") if token is not None else self._next(kind)
            value = Value(kind, shown, name, key[1], text, part=part)
            self._values[key] = value
            if name:
                self._live[name] = value
        return value

    def token_for(self, kind: str, text: str) -> str:
        """Return the token of a value, a new one if the value is new."""
        return self.add(kind, text).token

    def load(self, tokens: Mapping[str, str]) -> None:
        """Take values from a map of token to text, as ``masker mask --map`` writes it; skip what is no token."""
        for token, text in tokens.items():
            parsed = parse_token(token)
            if parsed is not None:
                name = token_name(*parsed)
                self._live[name] = Value(parsed[0], token, name, canonical(parsed[0], text), text)

    def wipe(self) -> None:
        """Forget every value. Tokens of a wiped vault stay as they are in any later text."""
        for value in self._values.values():
            value.first, value.last, value.canonical = "", None, ""
        self._values.clear()
        self._live.clear()
        self._numbers.clear()
        self.known = None

    def _next(self, kind: str) -> tuple[str, str]:
        """Return the next token of a kind and its name."""
        number = self._numbers.get(kind, 0)
        while True:
            number += 1
            if token_name(kind, number) in self._reserved:
                continue
            token = (self._surrogate and self._surrogate(kind, number)) or format_token(kind, number)
            parsed = parse_token(token)
            if parsed is None:
                raise DetectionFailed("masker_make_surrogate", "returned text outside the token grammar")
            name = token_name(*parsed)
            if name not in self._live and name not in self._reserved:
                break
            if parsed != (kind, number):
                raise DetectionFailed("masker_make_surrogate", "returned one token for two values")
        self._numbers[kind] = number
        return token, name
