"""Backtracking: in how many ways an operator's pattern can be tried on one text.

Python's ``re`` tries one way after the other, and two repetitions that can share out the same characters are enough for
minutes of it. A repetition costs nothing where the next character says whether it goes on; elsewhere it may end at any
character, and the choices of all parts multiply. `ways` bounds their number from Python's own parse of the pattern.

That parse has no public name: ``sre_parse``, which had one, is deprecated since Python 3.11, and a parser of our own
would sooner or later read a pattern otherwise than ``re`` runs it. A Python without these modules fails at import,
which stops masker before it serves anybody.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from itertools import combinations
from typing import Any, Final, NamedTuple

__all__ = ["ways"]

_compiler, _constants, _parser = map(import_module, ("re._compiler", "re._constants", "re._parser"))

#: Beyond which a pattern is hopeless, and counting ends.
_HOPELESS: Final = 10**9
#: Letters, digits, blanks and signs of several scripts stand for all that are not written in a pattern.
_USUAL: Final = frozenset(map(chr, range(0x180))) | frozenset("漢٣\u2003’😀жΩ\u212a\u017f")
#: How many characters stand for those of a range.
_SAMPLES: Final = 64
_REPEATS: Final = (_constants.MAX_REPEAT, _constants.MIN_REPEAT)
_SIGNS: Final = (_constants.LITERAL, _constants.NOT_LITERAL, _constants.ANY, _constants.IN)


class _Part(NamedTuple):
    """In how many ways a part can match from one place, what it can begin with, and whether it can be nothing."""

    ways: int
    first: frozenset[str]
    empty: bool


def ways(pattern: str, longest: int) -> int:
    """Return a bound of the number of ways in which a whole text of ``longest`` characters is tried."""
    parsed = _parser.parse(pattern)
    named = {*pattern, *_named(parsed)}
    alphabet = _USUAL | {form for char in named for form in (char, *char.lower(), *char.upper())}
    return _Count(parsed.state, alphabet, longest).sequence(parsed, frozenset()).ways


def _named(tree: Any) -> Iterator[str]:
    """Yield the characters that a parse names, however the pattern writes them, and those beside them.

    Of a range its ends and some between; numbers that mean something else do no harm.
    """
    if isinstance(tree, int):
        yield from (chr(code) for code in (tree - 1, tree, tree + 1) if 0 <= code <= sys.maxunicode)
    elif isinstance(tree, _parser.SubPattern | list | tuple):
        for below in tree:
            yield from _named(below)
        if tree and tree[0] is _constants.RANGE:
            first, last = tree[1]
            yield from map(chr, range(first, last, 1 + (last - first) // _SAMPLES))


class _Count:
    """Counts the ways of one pattern, from right to left, so that it is known what may follow."""

    def __init__(self, state: Any, alphabet: frozenset[str], longest: int) -> None:
        self._state = state
        self._alphabet = alphabet
        self._longest = longest
        self._flags = 0
        #: A repetition is looked at twice; so each repetition in it would be four times.
        self._counted: dict[tuple[int, frozenset[str]], _Part] = {}

    def sequence(self, items: Sequence[tuple[Any, Any]], follow: frozenset[str]) -> _Part:
        """Return the part that a sequence makes before what begins with one of ``follow``, or the end."""
        key = (id(items), follow)
        part = self._counted.get(key)
        if part is None:
            part = self._counted[key] = self._sequence(items, follow)
        return part

    def _sequence(self, items: Sequence[tuple[Any, Any]], follow: frozenset[str]) -> _Part:
        total, empty, after = 1, True, follow
        for item in reversed(items):
            part = self._item(item, after)
            total = min(total * part.ways, _HOPELESS)
            after = part.first | after if part.empty else part.first
            empty = empty and part.empty
        return _Part(total, after, empty)

    def _item(self, item: tuple[Any, Any], follow: frozenset[str]) -> _Part:
        kind, given = item
        if kind in _SIGNS:
            return _Part(1, self._chars(kind, given), empty=False)
        if kind in _REPEATS:
            return self._repeat(given, follow)
        if kind is _constants.POSSESSIVE_REPEAT:
            return self._repeat(given, frozenset())
        if kind is _constants.ATOMIC_GROUP:
            return self.sequence(given, follow)
        if kind is _constants.BRANCH:
            return _either([self.sequence(one, follow) for one in given[1]])
        if kind is _constants.SUBPATTERN:
            _, added, removed, inner = given
            outer, self._flags = self._flags, self._flags | added
            part = self.sequence(inner, follow)
            self._flags = outer
            return part._replace(ways=_HOPELESS) if removed else part
        if kind in (_constants.ASSERT, _constants.ASSERT_NOT):
            return _Part(self.sequence(given[1], self._alphabet).ways, frozenset(), empty=True)
        if kind is _constants.AT:
            return _Part(1, frozenset(), empty=True)
        if kind is _constants.GROUPREF_EXISTS:
            return _either([self.sequence(one or (), follow) for one in given[1:]])
        return _Part(1, self._alphabet, empty=True)  # what an earlier group matched

    def _repeat(self, given: tuple[Any, Any, Any], follow: frozenset[str]) -> _Part:
        least, most, inner = given
        first = self.sequence(inner, follow).first
        part = self.sequence(inner, follow | first)
        times = min(int(most), self._longest)
        choices = 1 if part.first.isdisjoint(follow) else max(1, times - int(least) + 1)
        if times > 1 and (part.ways > 1 or part.empty):
            choices = _HOPELESS
        return _Part(min(choices * part.ways, _HOPELESS), part.first, part.empty or least == 0)

    def _chars(self, kind: Any, given: Any) -> frozenset[str]:
        one = _compiler.compile(_parser.SubPattern(self._state, [(kind, given)]), self._flags)
        # Signs that none of these is: as good as any.
        return frozenset(char for char in self._alphabet if one.fullmatch(char)) or self._alphabet


def _either(parts: Sequence[_Part]) -> _Part:
    """Return one of several parts; the next character chooses where each begins with others."""
    apart = all(a.first.isdisjoint(b.first) for a, b in combinations(parts, 2)) and not any(one.empty for one in parts)
    count = max(one.ways for one in parts) if apart else sum(one.ways for one in parts)
    return _Part(count, frozenset().union(*(one.first for one in parts)), any(one.empty for one in parts))
