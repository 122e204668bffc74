"""What the model sees of a word besides the word itself: its neighbours, how it is written, what was asked.

Training and detection share this module, so both see the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import attrs

from masker_tagger.lexicon import Lexicon
from masker_tagger.words import Word

__all__ = ["EDGES", "ENDS", "Sight", "begins_after", "features", "rare_features", "shape_of", "surroundings"]


@attrs.frozen
class Sight:
    """What is known of a stretch of words before it is searched.

    Args:
        asked: ``""``, ``"name"`` when the open question asks for a person's name, ``"spell"`` when it asks for letters,
            ``"key"`` when a JSON key announces a name.
        cased: Whether the text uses capital letters at all.
        first: Whether the stretch begins an utterance.
        place: Whether the open question asks for an address or a part of one.
    """

    asked: str = ""
    cased: bool = True
    first: bool = True
    place: bool = False


#: What stands before the first word, where the stretch begins an utterance and where it does not, and after the last.
EDGES: Final = {True: ("<3", "<2", "<1"), False: ("...", "...", "...")}
ENDS: Final = (">1", ">2", ">3")


def begins_after(text: str) -> bool:
    """Return whether a sentence begins after a word or sign."""
    return text in ".?!:\n"


def shape_of(text: str, sight: Sight, begins: bool) -> str:
    """Return how a word is written: whether the text has capitals at all, the word's own, whether it begins one."""
    return ("C" if sight.cased else "u") + _shape(text) + ("^" if begins else "")


def _shape(text: str) -> str:
    if text.islower():
        return "x"
    if text.isupper():
        return "A" if len(text) == 1 else "AA"
    if text[0].isupper():
        return "Xx" if text[1:].islower() else "XxX"
    return "xX" if text.upper() != text.lower() else "o"


def features(words: Sequence[Word], lexicon: Lexicon, sight: Sight) -> list[list[str]]:
    """Return the model's features of each word in a stretch, as training needs them.

    Args:
        words: The words, at most a few hundred.
        lexicon: Public facts.
        sight: What is known of the stretch.
    """
    texts = [w.text for w in words]
    told = lexicon.describe_all(texts)
    spelled = frozenset(place for place, w in enumerate(words) if w.spelled)
    rows = surroundings(texts, told, sight, spelled)
    return [[*own[3:], *row] for own, row in zip(told, rows, strict=True)]


def surroundings(
    texts: Sequence[str],
    told: Sequence[tuple[str, ...]],
    sight: Sight,
    spelled: frozenset[int] = frozenset(),
) -> list[list[str]]:
    """Return, for each word, the features that depend on its neighbours and on how it is written here.

    Args:
        texts: The words of a stretch.
        told: What `Lexicon.describe` says of each.
        sight: What is known of the stretch.
        spelled: The places of words that were spelled letter by letter.
    """
    edge = EDGES[sight.first]
    ids = [*edge, *[t[0] for t in told], *ENDS]
    kinds = ["<", "<", *[t[1] for t in told], ">", ">"]
    clusters = ["<", "<", *[t[2] for t in told], ">", ">"]
    rows: list[list[str]] = []
    for i, text in enumerate(texts):
        a3, a2, a1, me, b1, b2, b3 = ids[i : i + 7]
        k2, k1, kind, n1, n2 = kinds[i : i + 5]
        c2, c1, cluster, d1, d2 = clusters[i : i + 5]
        shape = shape_of(text, sight, i == 0 or begins_after(texts[i - 1]))
        row = [
            f"a1={a1}", f"a2={a2}", f"a3={a3}", f"b1={b1}", f"b2={b2}", f"b3={b3}",
            f"a21={a2}|{a1}", f"b12={b1}|{b2}", f"a321={a3}|{a2}|{a1}",
            f"a1k={a1}|{kind}", f"kb1={kind}|{b1}", f"a1kb1={a1}|{kind}|{b1}",
            f"a21k={a2}|{a1}|{kind}", f"kb12={kind}|{b1}|{b2}",
            f"kk={k1}|{kind}", f"kkn={kind}|{n1}", f"kkk={k1}|{kind}|{n1}",
            f"k3={k2}|{k1}|{kind}", f"n3={kind}|{n1}|{n2}",
            f"c1={c1}", f"c2={c2}", f"d1={d1}", f"d2={d2}", f"c21={c2}|{c1}", f"d12={d1}|{d2}",
            f"c1k={c1}|{kind}", f"kd1={kind}|{d1}", f"c1kd1={c1}|{kind}|{d1}", f"c1c={c1}|{cluster}",
            f"cd1={cluster}|{d1}",
            f"sh={shape}", f"shk={shape}|{kind}", f"sh1={shape}|{a1}", f"shb={shape}|{b1}",
        ]  # fmt: skip
        if me[0] != "~":  # otherwise the same as a1k and kb1
            row += [f"a1w={a1}|{me}", f"wb1={me}|{b1}"]
        rows.append(row + rare_features(len(told), sight, i, kind, a1, spelled=spelled))
    return rows


def rare_features(
    size: int, sight: Sight, i: int, kind: str, before: str, *, spelled: frozenset[int] = frozenset()
) -> list[str]:
    """Return the features that few words have: spelled letters, a place at the beginning, an open question.

    Args:
        size: How many words the stretch has.
        sight: What is known of the stretch.
        i: Which word.
        kind: Its class.
        before: The identity of the word before it, or of the edge.
        spelled: The places of words that were spelled letter by letter.
    """
    asked = sight.asked
    length = min(size, 4) if size < 5 else 5 if size < 9 else 9
    row: list[str] = []
    if i in spelled:
        row += ["spelled", f"spelled|{before}", f"spelled|{asked}"]
    if i + 1 in spelled:
        row.append("spells")
    if i < 2:
        row.append(f"at={i}|{kind}|{length}")
    if sight.place:
        row += ["place", f"place|{kind}|{length}", f"place|{min(i, 3)}|{kind}", f"place|{before}|{kind}"]
    if asked:
        row += [
            f"ask={asked}",
            f"ask={asked}|{kind}|{length}",
            f"ask={asked}|{min(i, 3)}|{kind}",
            f"ask={asked}|{before}|{kind}",
        ]
    return row
