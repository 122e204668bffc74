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
from collections.abc import Iterable, Sequence
from importlib import resources
from math import exp
from typing import Final

from masker_tagger.features import Sight
from masker_tagger.lexicon import Lexicon
from masker_tagger.weights import Surroundings, Weight

__all__ = ["Model", "Weights"]

#: Feature to its weight for each label, relative to outside.
Weights = dict[str, Weight]

_NOTHING: Final = (0.0, 0.0, 0.0, 0.0)
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
        self._own: dict[str, Weight] = {}

    @classmethod
    def load(cls) -> Model:
        """Return the model that ships with this package."""
        data = resources.files("masker_tagger") / "data"
        return cls.read((data / "lexicon.json.xz").read_bytes(), (data / "model.json.xz").read_bytes())

    @classmethod
    def read(cls, lexicon: bytes, model: bytes) -> Model:
        """Return the model from its two files, as ``training/train.py`` writes them."""
        facts = json.loads(lzma.decompress(lexicon))
        trained = json.loads(lzma.decompress(model))
        unit = trained["unit"]
        weights = {
            feature: (n * unit, a * unit, i * unit, d * unit) for feature, (n, a, i, d) in trained["weights"].items()
        }
        known = Lexicon(facts["codes"], frozenset(facts["vocabulary"]), facts["letters"], facts["clusters"])
        return cls(known, weights, trained["transitions"])

    def _own_sum(self, text: str, told: tuple[str, ...]) -> Weight:
        low = text.lower()
        total = self._own.get(low)
        if total is None:
            n = a = i = d = 0.0
            for feature in told[3:]:
                weight = self._weights.get(feature, _NOTHING)
                n, a, i, d = n + weight[0], a + weight[1], i + weight[2], d + weight[3]
            total = (n, a, i, d)
            if self.lexicon.is_public(low):
                self._own[low] = total
        return total

    def chances(self, factors: Sequence[Weight | None]) -> list[Weight | None]:
        """Return for each word how likely it has each label but outside (forward-backward, scaled).

        Args:
            factors: What `factors` returns; a word with ``None`` is outside for certain, and has no answer here.
        """
        columns, rows = self._columns, self._rows
        forward: list[tuple[float, ...]] = []
        before: tuple[float, ...] = _OUTSIDE
        for step, given in enumerate(factors):
            if given is None:
                before = _OUTSIDE
            else:
                o, n, a, i, d = before
                weighed: tuple[float, ...] = (1.0, *given)
                if step:
                    weighed = tuple(
                        (o * co + n * cn + a * ca + i * ci + d * cd) * factor
                        for (co, cn, ca, ci, cd), factor in zip(columns, weighed, strict=True)
                    )
                total = sum(weighed)
                before = tuple(chance / total for chance in weighed)
            forward.append(before)
        found: list[Weight | None] = [None] * len(factors)
        after: tuple[float, ...] = _EVEN
        for step in range(len(factors) - 1, -1, -1):
            given = factors[step]
            if given is None:
                after = self._leaving
                continue
            both = [there * back for there, back in zip(forward[step], after, strict=True)]
            total = sum(both)
            found[step] = (both[1] / total, both[2] / total, both[3] / total, both[4] / total)
            o, n, a, i, d = (factor * back for factor, back in zip((1.0, *given), after, strict=True))
            weighed = tuple(ro * o + rn * n + ra * a + ri * i + rd * d for ro, rn, ra, ri, rd in rows)
            total = sum(weighed)
            after = tuple(chance / total for chance in weighed)
        return found

    def factors(
        self,
        texts: Sequence[str],
        told: Sequence[tuple[str, ...]],
        sight: Sight,
        places: Iterable[int],
        *,
        spelled: frozenset[int] = frozenset(),
        floor: float | None = None,
    ) -> dict[int, Weight | None]:
        """Return for some words how much each speaks for each label, against outside.

        Args:
            texts: The words of a stretch.
            told: What the lexicon says of each.
            sight: What is known of the stretch.
            places: Which words.
            spelled: The places of words that were spelled letter by letter.
            floor: As in `Surroundings.sums`: words that are hopeless at a first look get ``None``.
        """
        own = {place: self._own_sum(texts[place], told[place]) for place in places}
        if not own:
            return {}
        sums = self._around.sums(texts, told, sight, own, spelled=spelled, floor=floor)
        return {place: total and _factor(total) for place, total in zip(own, sums, strict=True)}


def _factor(total: Weight) -> Weight:
    """Return the factors of summed weights, clipped so that none overflows; e^30 is as good as certain."""
    n, a, i, d = (exp(min(30.0, max(-30.0, weight))) for weight in total)
    return n, a, i, d
