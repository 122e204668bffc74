"""The trained model: a linear-chain conditional random field over five labels, and its lexicon.

The labels are outside, name, address, identifier (any number or code that is one) and date: a street may bear a
person's name, a person a town's, and nine digits are a telephone number or a date, so one model weighs them all. The
weights are a plain table, four numbers a feature: how much it speaks for each label, against outside. Reading it needs
no library, and anyone can look up that no name is in it. Nothing changes after loading but sums kept for words of the
public lexicon, so any number of threads may share one model.
"""

from __future__ import annotations

import json
import lzma
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from importlib import resources
from math import exp
from typing import Final

from masker_tagger.features import Sight
from masker_tagger.glance import hint
from masker_tagger.lexicon import Lexicon
from masker_tagger.weights import Facts, Surroundings, Weight

__all__ = ["Model", "Weights"]

#: Feature to its weight for each label, relative to outside.
Weights = dict[str, Weight]

_NOTHING: Final = (0.0, 0.0, 0.0, 0.0)
_MOST: Final = 30.0
_OUTSIDE: Final = (1.0, 0.0, 0.0, 0.0, 0.0)
_EVEN: Final = (1.0, 1.0, 1.0, 1.0, 1.0)


class Model:
    """Says for each word of a stretch how likely it is part of a name, an address, an identifier, a date.

    Args:
        lexicon: Public facts about words.
        weights: Weight of each feature.
        transitions: Logarithm of the factor from label to label, rows and columns in the labels' order.
    """

    def __init__(self, lexicon: Lexicon, weights: Weights, transitions: list[list[float]]) -> None:
        self.lexicon = lexicon
        self._weights = weights
        self._rows = tuple(tuple(exp(w) for w in row) for row in transitions)
        self._columns = tuple(zip(*self._rows, strict=True))
        #: What the word before one that is outside for certain is weighed by.
        self._leaving = tuple(row[0] for row in self._rows)
        self._around = Surroundings(weights)
        self._seen: dict[str, Facts] = {}

    @classmethod
    def load(cls) -> Model:
        """Return the model that ships with this package."""
        data = resources.files("masker_tagger") / "data"
        return cls.read((data / "lexicon.json.xz").read_bytes(), (data / "model.json.xz").read_bytes())

    @classmethod
    def read(cls, lexicon: bytes, model: bytes) -> Model:
        """Return the model from its two files, as ``training/train.py`` writes them."""
        facts = json.loads(lzma.decompress(lexicon))
        # A third of a million words share some hundred codes: each is kept once.
        codes = dict(zip(facts["codes"], map(sys.intern, facts["codes"].values()), strict=True))
        known = Lexicon(codes, frozenset(facts["vocabulary"]), facts["letters"], facts["clusters"])
        del facts
        trained = json.loads(lzma.decompress(model))
        return cls(known, _scaled(trained["weights"], trained["unit"]), trained["transitions"])

    def see(self, texts: Iterable[str]) -> list[Facts]:
        """Return the facts of some words."""
        known = self._seen.get
        return [known(low) or self._see(low) for low in map(str.lower, texts)]

    def _see(self, low: str) -> Facts:
        told = self.lexicon.describe(low)
        number = told[1] == "#"
        if number:  # numbers of one form are all alike, and only the form is remembered
            low = told[0]
            if low in self._seen:
                return self._seen[low]
        n = a = i = d = 0.0
        for feature in told[3:]:
            weight = self._weights.get(feature, _NOTHING)
            n, a, i, d = n + weight[0], a + weight[1], i + weight[2], d + weight[3]
        facts = self._around.facts(told, (n, a, i, d), hint(low, told[1]))
        if number or self.lexicon.is_public(low):  # never a caller's own word
            self._seen[low] = facts
        return facts

    def chances(self, factors: Sequence[Weight | None]) -> list[Weight | None]:
        """Return for each word how likely it has each label but outside (forward-backward, scaled).

        Args:
            factors: What `factors` returns; a word with ``None`` is outside for certain, and has no answer here.
        """
        found: list[Weight | None] = [None] * len(factors)
        start = 0
        for place, given in enumerate(factors):
            if given is None:
                if place > start:
                    self._settle(factors, start, place, found)
                start = place + 1
        self._settle(factors, start, len(factors), found)
        return found

    def _settle(self, factors: Sequence[Weight | None], start: int, end: int, found: list[Weight | None]) -> None:
        """Write the chances of the words ``start`` to ``end``, all with factors, between words that have none."""
        columns, rows = self._columns, self._rows
        given: list[Weight] = [factor for factor in factors[start:end] if factor is not None]
        forward: list[tuple[float, float, float, float, float]] = []
        o, n, a, i, d = _OUTSIDE
        for step, (fn, fa, fi, fd) in enumerate(given):
            if start + step:
                to, tn, ta, ti, td = (o * co + n * cn + a * ca + i * ci + d * cd for co, cn, ca, ci, cd in columns)
                o, n, a, i, d = to, tn * fn, ta * fa, ti * fi, td * fd
            else:
                o, n, a, i, d = 1.0, fn, fa, fi, fd
            total = o + n + a + i + d
            o, n, a, i, d = o / total, n / total, a / total, i / total, d / total
            forward.append((o, n, a, i, d))
        after = _EVEN if end == len(factors) else self._leaving
        for step in range(len(given) - 1, -1, -1):
            o, n, a, i, d = forward[step]
            bo, bn, ba, bi, bd = after
            o, n, a, i, d = o * bo, n * bn, a * ba, i * bi, d * bd
            total = o + n + a + i + d
            found[start + step] = (n / total, a / total, i / total, d / total)
            fn, fa, fi, fd = given[step]
            o, n, a, i, d = bo, fn * bn, fa * ba, fi * bi, fd * bd
            to, tn, ta, ti, td = (ro * o + rn * n + ra * a + ri * i + rd * d for ro, rn, ra, ri, rd in rows)
            total = to + tn + ta + ti + td
            after = (to / total, tn / total, ta / total, ti / total, td / total)

    def factors(
        self,
        texts: Sequence[str],
        seen: Sequence[Facts],
        sight: Sight,
        places: Collection[int],
        *,
        spelled: frozenset[int] = frozenset(),
        floor: float | None = None,
    ) -> dict[int, Weight | None]:
        """Return for some words how much each speaks for each label, against outside.

        Args:
            texts: The words of a stretch.
            seen: What `see` says of each.
            sight: What is known of the stretch.
            places: Which words.
            spelled: The places of words that were spelled letter by letter.
            floor: As in `Surroundings.sums`: words that are hopeless at a first look get ``None``.
        """
        if not places:
            return {}
        sums = self._around.sums(texts, seen, sight, places, spelled=spelled, floor=floor)
        return {place: total and _factor(total) for place, total in zip(places, sums, strict=True)}


def _scaled(counts: Mapping[str, Sequence[int]], unit: float) -> Weights:
    """Return the weights that are written as multiples of ``unit``; each number and each four of them is kept once."""
    numbers = {n: n * unit for four in counts.values() for n in four}
    kept: dict[tuple[int, ...], Weight] = {}
    weights: Weights = {}
    for feature, four in counts.items():
        weight = kept.get(key := tuple(four))
        if weight is None:
            n, a, i, d = map(numbers.__getitem__, four)
            weight = kept[key] = n, a, i, d
        weights[feature] = weight
    return weights


def _factor(total: Weight) -> Weight:
    """Return the factors of summed weights, clipped so that none overflows; e^30 is as good as certain."""
    n, a, i, d = total
    if -_MOST < n < _MOST and -_MOST < a < _MOST and -_MOST < i < _MOST and -_MOST < d < _MOST:
        return exp(n), exp(a), exp(i), exp(d)
    n, a, i, d = (exp(min(_MOST, max(-_MOST, weight))) for weight in total)
    return n, a, i, d
