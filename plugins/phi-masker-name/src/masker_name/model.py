"""The trained model: a linear-chain conditional random field over three labels, and its lexicon.

The weights are a plain table, two numbers a feature: how much it speaks for the first and for a later word of a name,
against no name. Reading it needs no library, and anyone can look up that no name is in it. Nothing changes after
loading but sums kept for words of the public lexicon, so any number of threads may share one model.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Sequence
from importlib import resources
from itertools import compress, count
from math import exp
from typing import Final

from masker_name.features import Lexicon, Sight
from masker_name.weights import Pair, Surroundings

__all__ = ["Model", "Weights"]

#: Feature to (begin, inside), relative to outside.
Weights = dict[str, Pair]

_NOTHING: Final = (0.0, 0.0)


class Model:
    """Says for each word of a stretch how likely it is part of a person's name.

    Args:
        lexicon: Public facts about words.
        weights: Weight of each feature.
        transitions: Factor (not its logarithm) from label to label, rows and columns outside, begin, inside.
    """

    def __init__(self, lexicon: Lexicon, weights: Weights, transitions: list[list[float]]) -> None:
        self.lexicon = lexicon
        self._weights = weights
        self._transitions = [[exp(w) for w in row] for row in transitions]
        self._around = Surroundings(weights)
        self._own: dict[str, tuple[float, float]] = {}

    @classmethod
    def load(cls) -> Model:
        """Return the model that ships with this package."""
        data = resources.files("masker_name") / "data"
        return cls.read((data / "lexicon.json.xz").read_bytes(), (data / "model.json.xz").read_bytes())

    @classmethod
    def read(cls, lexicon: bytes, model: bytes) -> Model:
        """Return the model from its two files, as ``training/train.py`` writes them."""
        facts = json.loads(lzma.decompress(lexicon))
        trained = json.loads(lzma.decompress(model))
        unit = trained["unit"]
        weights = {feature: (b * unit, i * unit) for feature, (b, i) in trained["weights"].items()}
        known = Lexicon(facts["codes"], frozenset(facts["vocabulary"]), facts["letters"])
        return cls(known, weights, trained["transitions"])

    def _own_sum(self, text: str, told: tuple[str, ...]) -> tuple[float, float]:
        low = text.lower()
        total = self._own.get(low)
        if total is None:
            pairs = [self._weights.get(f, _NOTHING) for f in told[2:]]
            total = sum(p[0] for p in pairs), sum(p[1] for p in pairs)
            if self.lexicon.is_public(low):
                self._own[low] = total
        return total

    def probabilities(
        self,
        texts: Sequence[str],
        told: Sequence[tuple[str, ...]],
        sight: Sight,
        only: Sequence[bool] | None = None,
        spelled: frozenset[int] = frozenset(),
    ) -> list[float]:
        """Return for each word how likely it is part of a person's name (forward-backward, scaled).

        Args:
            texts: The words of a stretch.
            told: What the lexicon says of each.
            sight: What is known of the stretch.
            only: For each word whether it is of interest; the others are taken for no part of a name.
            spelled: The places of words that were spelled letter by letter.
        """
        return self._outside_complement(self.factors(texts, told, sight, only, spelled))

    def factors(
        self,
        texts: Sequence[str],
        told: Sequence[tuple[str, ...]],
        sight: Sight,
        only: Sequence[bool] | None = None,
        spelled: frozenset[int] = frozenset(),
    ) -> list[tuple[float, float] | None]:
        """Return for each word how much it speaks for the first and for a later word of a name, against none.

        Args:
            texts: The words of a stretch.
            told: What the lexicon says of each.
            sight: What is known of the stretch.
            only: For each word whether it is of interest; the others get ``None``.
            spelled: The places of words that were spelled letter by letter.
        """
        places = range(len(texts)) if only is None else list(compress(count(), only))
        factors: list[tuple[float, float] | None] = [None] * len(texts)
        for place, (begin, inside) in zip(places, self._around.sums(texts, told, sight, places, spelled), strict=True):
            own = self._own_sum(texts[place], told[place])
            # Clipped so that no factor overflows; e^30 is as good as certain.
            factors[place] = (
                exp(min(30.0, max(-30.0, begin + own[0]))),
                exp(min(30.0, max(-30.0, inside + own[1]))),
            )
        return factors

    def _outside_complement(self, factors: Sequence[tuple[float, float] | None]) -> list[float]:
        """Return one minus each word's probability to be outside; without factors a word is outside for certain."""
        (oo, ob, oi), (bo, bb, bi), (io, ib, ii) = self._transitions
        forward: list[tuple[float, float, float]] = []
        outside = (1.0, 0.0, 0.0)
        o, b, i = outside
        for step, pair in enumerate(factors):
            if pair is None:
                o, b, i = outside
                forward.append(outside)
                continue
            fb, fi = pair
            if step == 0:
                o, b, i = 1.0, fb, fi
            else:
                o, b, i = o * oo + b * bo + i * io, (o * ob + b * bb + i * ib) * fb, (o * oi + b * bi + i * ii) * fi
            total = o + b + i
            o, b, i = o / total, b / total, i / total
            forward.append((o, b, i))
        chances = [0.0] * len(factors)
        o = b = i = 1.0
        for step in range(len(factors) - 1, -1, -1):
            pair = factors[step]
            if pair is None:
                o, b, i = oo, bo, io
                continue
            fo, fb, fi = forward[step]
            out, begin, inside = fo * o, fb * b, fi * i
            chances[step] = 1.0 - out / (out + begin + inside)
            gb, gi = pair
            b, i = b * gb, i * gi
            o, b, i = oo * o + ob * b + oi * i, bo * o + bb * b + bi * i, io * o + ib * b + ii * i
            total = o + b + i
            o, b, i = o / total, b / total, i / total
        return chances
