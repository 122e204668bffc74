"""What restores text, as the wire sees it: something to feed and flush, opened for one stretch of text.

Keys of tool arguments and of JSON content that went out under another name (`outgoing`) come back under their own here,
since they are names of the caller's schema and no tokens.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping
from typing import Final, Protocol

from masker.core.surrogates import TRIGGER
from masker.detection.embedded import escape

__all__ = ["OpenRehydrator", "Rehydrator", "Replace", "in_one_go", "with_keys"]

#: A string that may be a key as it goes out, up to its second quotation mark.
_QUOTED: Final = re.compile(r'"[A-Za-z0-9_-]{1,64}(?=")')


class Rehydrator(Protocol):
    """Replaces tokens in a text that comes in pieces."""

    def feed(self, chunk: str, /) -> str:
        """Return what is certain."""

    def flush(self) -> str:
        """Return the rest."""


#: Opens the rehydrator for one stretch of text: choice, field, whether it is JSON, the tool it is meant for.
OpenRehydrator = Callable[[int, str, bool, str | None], Rehydrator]

#: Restores one whole string: text, field, choice, whether it is JSON, the tool it is meant for.
Replace = Callable[[str, str, int, bool, str | None], str]


def in_one_go(open_rehydrator: OpenRehydrator) -> Replace:
    """Return a function that restores whole strings: one feed and one flush each."""

    def replace(text: str, field: str, choice: int, is_json: bool, tool: str | None) -> str:
        if not text or (not is_json and TRIGGER.search(text) is None):
            return text
        rehydrator = open_rehydrator(choice, field, is_json, tool)
        return rehydrator.feed(text) + rehydrator.flush()

    return replace


def with_keys(open_rehydrator: OpenRehydrator, properties: Mapping[str, str]) -> OpenRehydrator:
    """Return an opener whose rehydrators also give the keys in tool arguments and JSON content their own names back.

    Args:
        open_rehydrator: Opens the rehydrator for everything else.
        properties: Keys as they went out, each with the caller's own.
    """
    if not properties:
        return open_rehydrator
    keys = _Keys(properties)

    def open_with_keys(choice: int, field: str, is_json: bool, tool: str | None) -> Rehydrator:
        inner = open_rehydrator(choice, field, is_json, tool)
        keyed = is_json and field.endswith((".arguments", "content"))
        return _KeyedRehydrator(inner, keys) if keyed else inner

    return open_with_keys


class _Keys:
    """Keys as they went out, each with the caller's own; there may be thousands."""

    def __init__(self, properties: Mapping[str, str]) -> None:
        self._own = {f'"{name}': f'"{escape(own)}' for name, own in properties.items()}
        self._sorted = sorted(f'{name}"' for name in self._own)

    def rename(self, text: str) -> str:
        """Return a text with the caller's own keys."""
        return _QUOTED.sub(lambda match: self._own.get(match[0], match[0]), text)

    def may_become(self, tail: str) -> bool:
        """Return whether a key can begin like this."""
        place = bisect_left(self._sorted, tail)
        return place < len(self._sorted) and self._sorted[place].startswith(tail)


class _KeyedRehydrator:
    """Renames keys before the rehydrator reads the text; holds what can still become a quoted key."""

    def __init__(self, inner: Rehydrator, keys: _Keys) -> None:
        self._inner = inner
        self._keys = keys
        self._held = ""

    def feed(self, chunk: str) -> str:
        text = self._keys.rename(self._held + chunk)
        # A restored key ends with its quotation mark, which could begin nothing but the next string.
        start = text.rfind('"')
        open_key = start >= 0 and self._keys.may_become(text[start:])
        self._held = text[start:] if open_key else ""
        return self._inner.feed(text[:start] if open_key else text)

    def flush(self) -> str:
        held, self._held = self._held, ""
        return self._inner.feed(held) + self._inner.flush()
