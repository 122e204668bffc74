"""The model's weights as tables that are looked up by small numbers.

`features.surroundings` is the definition of what the model sees around a word; it writes every feature as a string,
which is what training needs. To answer, the strings are not needed: each feature is one weight for a few known words,
classes and shapes, so every one of those gets a number when the model is loaded, and a feature's numbers, as the
digits of one integer, are its key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from masker_tagger.features import EDGES, ENDS, Sight, begins_after, rare_features, shape_of

__all__ = ["Facts", "Surroundings", "Weight"]

#: Weight for a word of a name, an address, an identifier, a date, relative to none of them.
Weight = tuple[float, float, float, float]

#: The base of those digits: more than there are words, and odd, so that a dictionary, which goes by an integer's lowest
#: bits, does not put all that ends in one word in one place.
_BASE: Final = 40_503
_SQUARE: Final = _BASE**2
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

#: Those of one number are one weight of a neighbour, added up when it is seen first; the others are looked up.
_PAIRED: Final = tuple(name for name, kinds in _PARTS.items() if len(kinds) > 1 or kinds == "s")
_NOTHING: Final = (0.0, 0.0, 0.0, 0.0)


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


class Facts:
    """A word as the tables know it; kept for words of the public lexicon, made anew for others.

    Args:
        told: What `Lexicon.describe` says of it.
        numbers: Of its identity, class and cluster.
        own: The sum of its own weights.
        around: What it says of the word three, two and one places after it, and one, two and three before it.
        hint: What `glance.hint` says of it.
    """

    __slots__ = ("after", "before", "cluster", "hint", "identity", "kind", "own", "told")

    def __init__(
        self,
        told: tuple[str, ...],
        numbers: tuple[int, int, int],
        own: Weight,
        around: tuple[tuple[Weight | None, ...], tuple[Weight | None, ...]],
        hint: int,
    ) -> None:
        self.told, self.own, self.hint = told, own, hint
        self.identity, self.kind, self.cluster = numbers
        self.before, self.after = around

    def __repr__(self) -> str:
        return f"<Facts of a word of class {self.told[1]}>"


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
                key = key * _BASE + known.setdefault(part, len(known) + 1)
            self._tables[name][key] = weight
        self._lookups = tuple(self._tables[name].get for name in _PAIRED)
        self._edges = {
            first: [self.facts((name, "<", "<"), _NOTHING, 0) for name in edge] for first, edge in EDGES.items()
        }
        self._ends = [self.facts((name, ">", ">"), _NOTHING, 0) for name in ENDS]

    def facts(self, told: tuple[str, ...], own: Weight, hint: int) -> Facts:
        """Return a word as the tables know it.

        Args:
            told: What `Lexicon.describe` says of it.
            own: The sum of its own weights.
            hint: What `glance.hint` says of it.
        """
        numbers, tables = self._numbers, self._tables
        i = numbers["i"].get(told[0], _UNKNOWN)
        c = numbers["c"].get(told[2], _UNKNOWN)
        # Seen from the word after it, it is the first to the left (a1, c1); from the word before it, to the right.
        before = (
            _sum(tables["a1"].get(i), tables["c1"].get(c)),
            _sum(tables["a2"].get(i), tables["c2"].get(c)),
            tables["a3"].get(i),
        )
        after = (
            _sum(tables["b1"].get(i), tables["d1"].get(c)),
            _sum(tables["b2"].get(i), tables["d2"].get(c)),
            tables["b3"].get(i),
        )
        return Facts(told, (i, numbers["k"].get(told[1], _UNKNOWN), c), own, (before, after), hint)

    def sums(
        self,
        texts: Sequence[str],
        seen: Sequence[Facts],
        sight: Sight,
        places: Iterable[int],
        *,
        spelled: frozenset[int] = frozenset(),
        floor: float | None = None,
    ) -> list[Weight | None]:
        """Return the summed weights of some words and what stands around them.

        Args:
            texts: The words of a stretch.
            seen: The facts of each.
            sight: What is known of the stretch.
            places: Which words.
            spelled: The places of words that were spelled letter by letter.
            floor: A word for which, with its next neighbours alone, no label reaches this is not looked at further and
                has no answer.
        """
        padded = [*self._edges[sight.first], *seen, *self._ends]
        shapes = self._numbers["s"].get
        (
            get_a21, get_b12, get_a321, get_a1k, get_kb1, get_a1kb1,
            get_a21k, get_kb12, get_kk, get_kkn, get_kkk, get_k3, get_n3, get_c21,
            get_d12, get_c1k, get_kd1, get_c1kd1, get_c1c, get_cd1, get_sh, get_shk, get_sh1, get_shb, get_a1w, get_wb1,
        ) = self._lookups  # fmt: skip
        found: list[Weight | None] = []
        for at in places:
            left, word, right = padded[at + 2], padded[at + 3], padded[at + 4]
            a1, k, b1 = left.identity, word.kind, right.identity
            a1k, kb1 = a1 * _BASE + k, k * _BASE + b1
            n, a, x, d = word.own
            # Most combinations were never seen in training, and have no weights.
            for wn, wa, wx, wd in filter(None, (left.before[0], right.after[0], get_a1k(a1k), get_kb1(kb1))):
                n, a, x, d = n + wn, a + wa, x + wx, d + wd
            if floor is not None and n < floor and a < floor and x < floor and d < floor:
                found.append(None)
                continue
            left2, right2 = padded[at + 1], padded[at + 5]
            a2, b2, c, c1, d1 = left2.identity, right2.identity, word.cluster, left.cluster, right.cluster
            shape = shapes(shape_of(texts[at], sight, at == 0 or begins_after(texts[at - 1])), _UNKNOWN)
            a21, b12, c1k = a2 * _BASE + a1, b1 * _BASE + b2, c1 * _BASE + k
            k1k, kn1 = left.kind * _BASE + k, k * _BASE + right.kind
            k1kn = k1k * _BASE + right.kind
            weights = (
                left2.before[1], padded[at].before[2], right2.after[1], padded[at + 6].after[2],
                get_a21(a21), get_b12(b12), get_a321(padded[at].identity * _SQUARE + a21),
                get_a1kb1(a1k * _BASE + b1), get_a21k(a21 * _BASE + k), get_kb12(kb1 * _BASE + b2),
                get_kk(k1k), get_kkn(kn1), get_kkk(k1kn), get_k3(left2.kind * _SQUARE + k1k),
                get_n3(kn1 * _BASE + right2.kind),
                get_sh(shape), get_shk(shape * _BASE + k), get_sh1(shape * _BASE + a1), get_shb(shape * _BASE + b1),
                get_c21(left2.cluster * _BASE + c1), get_d12(d1 * _BASE + right2.cluster), get_c1k(c1k),
                get_kd1(k * _BASE + d1), get_c1kd1(c1k * _BASE + d1), get_c1c(c1 * _BASE + c),
                get_cd1(c * _BASE + d1),
            )  # fmt: skip
            for wn, wa, wx, wd in filter(None, weights):
                n, a, x, d = n + wn, a + wa, x + wx, d + wd
            rare: list[Weight | None] = []
            if at < 2 or sight.asked or sight.place or spelled:
                features = rare_features(len(seen), sight, at, word.told[1], left.told[0], spelled=spelled)
                rare = list(map(self._weights.get, features))
            if word.told[0][0] != "~":
                rare += [get_a1w(a1 * _BASE + word.identity), get_wb1(word.identity * _BASE + b1)]
            for wn, wa, wx, wd in filter(None, rare):
                n, a, x, d = n + wn, a + wa, x + wx, d + wd
            found.append((n, a, x, d))
        return found


def _sum(one: Weight | None, other: Weight | None) -> Weight | None:
    if one is None or other is None:
        return one if other is None else other
    return one[0] + other[0], one[1] + other[1], one[2] + other[2], one[3] + other[3]
