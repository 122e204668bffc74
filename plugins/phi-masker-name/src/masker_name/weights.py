"""The model's weights as tables that are looked up by small numbers.

`features.surroundings` is the definition of what the model sees around a word; it writes every feature as a string,
which is what training needs. To answer, the strings are not needed: each feature is one weight for a few known words,
classes and shapes, so every one of those gets a number when the model is loaded, and a feature's numbers, side by
side in one integer, are its key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from masker_name.features import EDGES, ENDS, Sight, begins_after, rare_features, shape_of

__all__ = ["Pair", "Surroundings"]

#: Weight for the first and for a later word of a name, relative to no name.
Pair = tuple[float, float]

_BITS: Final = 12
#: What stands for a word, class or shape that no weight knows: its own number, of which no table has an entry.
_UNKNOWN: Final = 0
#: Features of up to three numbers, and what each number counts: a word's identity, a class, a shape.
_PARTS: Final = {
    "a1": "i", "a2": "i", "a3": "i", "b1": "i", "b2": "i", "b3": "i",
    "a21": "ii", "b12": "ii", "a321": "iii", "a1k": "ik", "kb1": "ki", "a1kb1": "iki", "a21k": "iik", "kb12": "kii",
    "kk": "kk", "kkn": "kk", "kkk": "kkk", "k3": "kkk", "n3": "kkk",
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

    def __init__(self, weights: Mapping[str, Pair]) -> None:
        self._weights = weights
        self._numbers: dict[str, dict[str, int]] = {"i": {}, "k": {}, "s": {}}
        self._tables: dict[str, dict[int, Pair]] = {name: {} for name in _PARTS}
        for feature, pair in weights.items():
            name, _, value = feature.partition("=")
            kinds = _PARTS.get(name)
            if kinds is None:
                continue
            key = 0
            for kind, part in zip(kinds, _split(value), strict=True):
                known = self._numbers[kind]
                key = key << _BITS | known.setdefault(part, len(known) + 1)
            self._tables[name][key] = pair

    def sums(
        self,
        texts: Sequence[str],
        told: Sequence[tuple[str, ...]],
        sight: Sight,
        places: Iterable[int],
        spelled: frozenset[int] = frozenset(),
    ) -> list[Pair]:
        """Return the summed weights of the surroundings of some words.

        Args:
            texts: The words of a stretch.
            told: What `Lexicon.describe` says of each.
            sight: What is known of the stretch.
            places: Which words are of interest.
            spelled: The places of words that were spelled letter by letter.
        """
        identities, classes, shapes = (self._numbers[kind].get for kind in "iks")
        edge = EDGES[sight.first]
        ids = [identities(name, _UNKNOWN) for name in (*edge, *[t[0] for t in told], *ENDS)]
        kinds = [classes(name, _UNKNOWN) for name in ("<", "<", *[t[1] for t in told], ">", ">")]
        (
            get_a1, get_a2, get_a3, get_b1, get_b2, get_b3, get_a21, get_b12, get_a321, get_a1k, get_kb1, get_a1kb1,
            get_a21k, get_kb12, get_kk, get_kkn, get_kkk, get_k3, get_n3, get_sh, get_shk, get_sh1, get_shb, get_a1w,
            get_wb1,
        ) = (self._tables[name].get for name in _PARTS)  # fmt: skip
        found: list[Pair] = []
        for i in places:
            a3, a2, a1, me, b1, b2, b3 = ids[i : i + 7]
            k2, k1, k, n1, n2 = kinds[i : i + 5]
            shape = shapes(shape_of(texts[i], sight, i == 0 or begins_after(texts[i - 1])), _UNKNOWN)
            a21, b12, k1k, kb1 = a2 << _BITS | a1, b1 << _BITS | b2, k1 << _BITS | k, k << _BITS | b1
            k1kn, kn1, a1k = k1k << _BITS | n1, k << _BITS | n1, a1 << _BITS | k
            begin = inside = 0.0
            for pair in (
                get_a1(a1), get_a2(a2), get_a3(a3), get_b1(b1), get_b2(b2), get_b3(b3), get_a21(a21), get_b12(b12),
                get_a321(a3 << 2 * _BITS | a21), get_a1k(a1k), get_kb1(kb1), get_a1kb1(a1k << _BITS | b1),
                get_a21k(a21 << _BITS | k), get_kb12(kb1 << _BITS | b2), get_kk(k1k), get_kkn(kn1), get_kkk(k1kn),
                get_k3(k2 << 2 * _BITS | k1k), get_n3(kn1 << _BITS | n2), get_sh(shape), get_shk(shape << _BITS | k),
                get_sh1(shape << _BITS | a1), get_shb(shape << _BITS | b1),
            ):  # fmt: skip
                if pair is not None:  # most combinations were never seen in training
                    begin += pair[0]
                    inside += pair[1]
            rare = self._rare(told, sight, i, spelled)
            if told[i][0][0] != "~":
                rare += [get_a1w(a1 << _BITS | me), get_wb1(me << _BITS | b1)]
            for pair in rare:
                if pair is not None:
                    begin += pair[0]
                    inside += pair[1]
            found.append((begin, inside))
        return found

    def _rare(
        self, told: Sequence[tuple[str, ...]], sight: Sight, i: int, spelled: frozenset[int]
    ) -> list[Pair | None]:
        """Return the weights of what few words have: a place at the beginning, a question, spelled letters."""
        if i >= 2 and not sight.asked and not spelled:
            return []
        return [self._weights.get(feature) for feature in rare_features(told, sight, i, spelled)]
