"""Texts that make a regular expression work hardest: made from the expression itself.

A pattern backtracks where it repeats something. So for every repetition in it, a text is made that begins as the pattern
does up to there, goes on with what is repeated, very often, and ends with something that cannot follow.
"""

from __future__ import annotations

import re._constants as codes  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterable, Iterator
from typing import Any

#: Which characters a sample prefers where several would do; each order makes samples of its own.
ORDERS = ("a1 -.@/", "1 -a/.", " A.1@a-")
#: What cannot follow, mostly.
ENDS = ("\n!", "\x00")
#: Repetitions that may go on for longer than this count as endless.
LONG = 30


def pumps(pattern: str, flags: int) -> Iterator[tuple[str, str, str]]:
    """Yield beginning, what to repeat, and end."""
    tree = parser.parse(pattern, flags)
    seen = set()
    for order in ORDERS:
        sampler = _Sampler(order)
        found = [*sampler.repeats(tree, ""), ("", sampler.sample(tree)), ("", sampler.sample(tree)[:1])]
        for before, repeated in found:
            for end in ENDS:
                pump = (before, repeated, end)
                if repeated and pump not in seen:
                    seen.add(pump)
                    yield pump


class _Sampler:
    """Writes texts that a parsed pattern matches, more or less: look-arounds and references are taken lightly."""

    def __init__(self, order: str) -> None:
        self.order = order
        self.groups: dict[int, str] = {}

    def sample(self, tree: Iterable[Any]) -> str:
        return "".join(self._one(code, argument) for code, argument in tree)

    def repeats(self, tree: Iterable[Any], before: str) -> Iterator[tuple[str, str]]:
        """Yield every long repetition below a node, with what stands before it."""
        for code, argument in tree:
            if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
                _, most, inner = argument
                if most > LONG:
                    yield before, self.sample(inner)
                yield from self.repeats(inner, before)
            else:
                for inner in _below(code, argument):
                    yield from self.repeats(inner, before)
            before += self._one(code, argument)

    def _one(self, code: Any, argument: Any) -> str:
        if code is codes.LITERAL:
            return chr(argument)
        if code is codes.NOT_LITERAL:
            return next(char for char in self.order if ord(char) != argument)
        if code is codes.ANY:
            return self.order[0]
        if code is codes.IN:
            return self._member(argument)
        if code is codes.BRANCH:
            branches = argument[1]
            return self.sample(branches[len(self.order) % len(branches)])
        if code is codes.SUBPATTERN:
            text = self.sample(argument[3])
            if argument[0] is not None:
                self.groups[argument[0]] = text
            return text
        if code is codes.ATOMIC_GROUP:
            return self.sample(argument)
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            least, most, inner = argument
            return self.sample(inner) * max(least, min(1, most))
        if code is codes.GROUPREF:
            return self.groups.get(argument, "")
        if code is codes.GROUPREF_EXISTS:
            return self.sample(argument[1])
        return ""  # borders and look-arounds match nothing

    def _member(self, items: list[Any]) -> str:
        negated = items[0][0] is codes.NEGATE
        for char in (*self.order, *"abcxyzABCXYZ0123456789 \t\n.,:;-_/@'\"()[]{}<>|+*=?&%#\\", "é", "\u2019", "\u200b"):
            if any(_holds(item, char) for item in items) != negated:
                return char
        for code, argument in items:
            if code is codes.LITERAL:
                return chr(argument)
            if code is codes.RANGE:
                return chr(argument[0])
        return ""


def _below(code: Any, argument: Any) -> list[Any]:
    if code is codes.BRANCH:
        return list(argument[1])
    if code is codes.SUBPATTERN:
        return [argument[3]]
    if code is codes.ATOMIC_GROUP:
        return [argument]
    if code in (codes.ASSERT, codes.ASSERT_NOT):
        return [argument[1]]
    if code is codes.GROUPREF_EXISTS:
        return [part for part in argument[1:] if part is not None]
    return []


def _holds(item: Any, char: str) -> bool:
    code, argument = item
    if code is codes.LITERAL:
        return ord(char) == argument
    if code is codes.RANGE:
        return bool(argument[0] <= ord(char) <= argument[1])
    if code is codes.CATEGORY:
        return {
            codes.CATEGORY_DIGIT: char.isdecimal(),
            codes.CATEGORY_NOT_DIGIT: not char.isdecimal(),
            codes.CATEGORY_SPACE: char.isspace(),
            codes.CATEGORY_NOT_SPACE: not char.isspace(),
            codes.CATEGORY_WORD: char.isalnum() or char == "_",
            codes.CATEGORY_NOT_WORD: not (char.isalnum() or char == "_"),
        }[argument]
    return False
