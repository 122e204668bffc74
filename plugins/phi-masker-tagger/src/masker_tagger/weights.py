"""The model's weights as tables that are looked up by small numbers.

`features.surroundings` is the definition of what the model sees around a word; it writes every feature as a string,
which is what training needs. To answer, the strings are not needed: each feature is one weight for a few known words,
classes and shapes, so every one of those gets a number when the model is loaded, and a feature's numbers, side by
side in one integer, are its key.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from masker_tagger.features import EDGES, ENDS, Sight, begins_after, rare_features, shape_of

__all__ = ["Surroundings", "Weight"]

#: Weight for a word of a name, an address, an identifier, a date, relative to none of them.
Weight = tuple[float, float, float, float]

_BITS: Final = 12
#: What stands for a word, class or shape that no weight knows: its own number, of which no table has an entry.
_UNKNOWN: Final = 0
#: Features of up to three numbers, and what each number counts: a word's identity, class, cluster, a shape.
_PARTS: Final = {
    "a1": "i", "a2": "i", "a3": "i", "b1": "i", "b2": "i", "b3": "i",
    "a21": "ii", "b12": "ii", "a321": "iii", "a1k": "ik", "kb1": "ki", "a1kb1": "iki", "a21k": "iik", "kb12": "kii",
    "kk": "kk", "kkn": "kk", "kkk": "kkk", "k3": "kkk", "n3": "kkk",
    "c1": "c", "c2": "c", "d1": "c", "d2": "c", "c21": "cc", "d12": "cc", "c1k": "ck", "kd1": "kc", "c1kd1": "ckc",
    "c1c": "cc", "cd1": "cc",
    "sh": "s", "shk": "sk", "sh1": "si", "shb": "si", "a1w": "ii", "wb1": "ii",
}  # fmt: skip


def _split(text: str) -> list[str]:
    """Return the parts of a feature's value; a part may be the sign "|" itself, but is never empty."""
    parts: list[str] = []
    pieces = iter(text.split("|"))
    for piece in pieces:
        if piece:
            parts.append(piece)
        else:  # two empty pieces in a row are the two sides of the sign
            next(pieces, None)
            parts.append("|")
    return parts


class Surroundings:
    """Sums the weights of what stands around a word, as `features.surroundings` defines it.

    Args:
        weights: Weight of each feature by its string.
    """

    def __init__(self, weights: Mapping[str, Weight]) -> None:
        self._weights = weights
        self._numbers: dict[str, dict[str, int]] = {"i": {}, "k": {}, "c": {}, "s": {}}
        self._tables: dict[str, dict[int, Weight]] = {name: {} for name in _PARTS}
        for feature, weight in weights.items():
            name, _, value = feature.partition("=")
            kinds = _PARTS.get(name)
            if kinds is None:
                continue
            key = 0
            for kind, part in zip(kinds, _split(value), strict=True):
                known = self._numbers[kind]
                key = key << _BITS | known.setdefault(part, len(known) + 1)
            self._tables[name][key] = weight
        self._lookups = tuple(self._tables[name].get for name in _PARTS)

    def sums(
        self,
        texts: Sequence[str],
        told: Sequence[tuple[str, ...]],
        sight: Sight,
        own: Mapping[int, Weight],
        *,
        spelled: frozenset[int] = frozenset(),
        floor: float | None = None,
    ) -> list[Weight | None]:
        """Return the summed weights of some words and what stands around them.

        Args:
            texts: The words of a stretch.
            told: What `Lexicon.describe` says of each.
            sight: What is known of the stretch.
            own: The weights of the words of interest themselves, by their places.
            spelled: The places of words that were spelled letter by letter.
            floor: A word for which, with its next neighbours alone, no label reaches this is not looked at further and
                has no answer.
        """
        identities, classes, clusters, shapes = (self._numbers[kind].get for kind in "ikcs")
        edge = EDGES[sight.first]
        ids = [identities(name, _UNKNOWN) for name in (*edge, *[t[0] for t in told], *ENDS)]
        kinds = [classes(name, _UNKNOWN) for name in ("<", "<", *[t[1] for t in told], ">", ">")]
        groups = [clusters(name, _UNKNOWN) for name in ("<", "<", *[t[2] for t in told], ">", ">")]
        (
            get_a1, get_a2, get_a3, get_b1, get_b2, get_b3, get_a21, get_b12, get_a321, get_a1k, get_kb1, get_a1kb1,
            get_a21k, get_kb12, get_kk, get_kkn, get_kkk, get_k3, get_n3, get_c1, get_c2, get_d1, get_d2, get_c21,
            get_d12, get_c1k, get_kd1, get_c1kd1, get_c1c, get_cd1, get_sh, get_shk, get_sh1, get_shb, get_a1w, get_wb1,
        ) = self._lookups  # fmt: skip
        found: list[Weight | None] = []
        for i, (n, a, x, d) in own.items():
            a3, a2, a1, me, b1, b2, b3 = ids[i : i + 7]
            k2, k1, k, n1, n2 = kinds[i : i + 5]
            a1k, kb1 = a1 << _BITS | k, k << _BITS | b1
            for weight in (get_a1(a1), get_b1(b1), get_a1k(a1k), get_kb1(kb1)):
                if weight is not None:  # most combinations were never seen in training
                    n, a, x, d = n + weight[0], a + weight[1], x + weight[2], d + weight[3]  # noqa: PLW2901  # sums that grow
            if floor is not None and n < floor and a < floor and x < floor and d < floor:
                found.append(None)
                continue
            c2, c1, c, d1, d2 = groups[i : i + 5]
            shape = shapes(shape_of(texts[i], sight, i == 0 or begins_after(texts[i - 1])), _UNKNOWN)
            a21, b12, k1k, c1k = a2 << _BITS | a1, b1 << _BITS | b2, k1 << _BITS | k, c1 << _BITS | k
            k1kn, kn1 = k1k << _BITS | n1, k << _BITS | n1
            for weight in (
                get_a2(a2), get_a3(a3), get_b2(b2), get_b3(b3), get_a21(a21), get_b12(b12),
                get_a321(a3 << 2 * _BITS | a21), get_a1kb1(a1k << _BITS | b1),
                get_a21k(a21 << _BITS | k), get_kb12(kb1 << _BITS | b2), get_kk(k1k), get_kkn(kn1), get_kkk(k1kn),
                get_k3(k2 << 2 * _BITS | k1k), get_n3(kn1 << _BITS | n2), get_sh(shape), get_shk(shape << _BITS | k),
                get_sh1(shape << _BITS | a1), get_shb(shape << _BITS | b1), get_c1(c1), get_c2(c2), get_d1(d1),
                get_d2(d2), get_c21(c2 << _BITS | c1), get_d12(d1 << _BITS | d2), get_c1k(c1k),
                get_kd1(k << _BITS | d1), get_c1kd1(c1k << _BITS | d1), get_c1c(c1 << _BITS | c),
                get_cd1(c << _BITS | d1),
            ):  # fmt: skip
                if weight is not None:
                    n, a, x, d = n + weight[0], a + weight[1], x + weight[2], d + weight[3]  # noqa: PLW2901  # sums that grow
            rare = self._rare(told, sight, i, spelled)
            if told[i][0][0] != "~":
                rare += [get_a1w(a1 << _BITS | me), get_wb1(me << _BITS | b1)]
            for weight in rare:
                if weight is not None:
                    n, a, x, d = n + weight[0], a + weight[1], x + weight[2], d + weight[3]  # noqa: PLW2901  # sums that grow
            found.append((n, a, x, d))
        return found

    def _rare(
        self, told: Sequence[tuple[str, ...]], sight: Sight, i: int, spelled: frozenset[int]
    ) -> list[Weight | None]:
        """Return the weights of what few words have: a place at the beginning, a question, spelled letters."""
        if i >= 2 and not sight.asked and not sight.place and not spelled:
            return []
        return [self._weights.get(feature) for feature in rare_features(told, sight, i, spelled)]
