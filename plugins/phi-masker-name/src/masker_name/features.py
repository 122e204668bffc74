"""Words and what the model sees of them.

The model never sees a name. It sees a word's identity only when the word belongs to a vocabulary of frequent public
words ("my", "doctor", "speaking"); of every other word it sees classes: how common it is in English and in the Census
lists, whether it is known as a drug, a place or a brand, how it is written, which letters it ends in, how much its
letters look like a name's, and all of that for its neighbours. So a name from any language is "a word nobody knows, in
a place where names stand". Training and detection share this module, so both see the same.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import attrs

__all__ = [
    "EDGES",
    "ENDS",
    "PLAIN",
    "Lexicon",
    "Sight",
    "Word",
    "begins_after",
    "features",
    "rare_features",
    "shape_of",
    "split_texts",
    "split_words",
    "surroundings",
]

# Marks of scripts that write vowels as combining characters: part of the word, though str.isalnum says no.
_MARKS: Final = (
    r"\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f"
    r"\u1780-\u17ff\u200c\u200d"
)
_LETTERS: Final = rf"(?:[^\W\d_]++|[{_MARKS}]++)++"
_WORD: Final = re.compile(rf"{_LETTERS}(?:[-'\u2019]{_LETTERS})*+|\d++(?:[.,:/-]\d++)*+|\n|[^\w\s]|_|[^\s]")
# The same for ASCII alone, at a third of the time.
_ASCII_WORD: Final = re.compile(r"[A-Za-z]++(?:[-'][A-Za-z]++)*+|\d++(?:[.,:/-]\d++)*+|\n|[^\w\s]|_")
_POSSESSIVE: Final = re.compile(r"['\u2019]s?$", re.IGNORECASE)

#: Endings that drugs, diseases, procedures and body parts have and names rarely do.
_MEDICAL_ENDING: Final = re.compile(
    r"(?:pril|sartan|statin|olol|azole|idine|cillin|mycin|floxacin|cycline|oxin|mab|nib|tide|gliptin"
    r"|gliflozin|glutide|zepam|zolam|barbital"
    r"|caine|sone|solone|lone|nide|terol|tropium|triptan|setron|profen|oxicam|coxib|vir|ine|ide|ate|azine"
    r"|mide|thiazide|formin"
    r"|itis|osis|oma|emia|aemia|algia|pathy|ectomy|otomy|ostomy|plasty|scopy|gram|graphy|ology|logist"
    r"|iasis|plegia|paresis|trophy|penia"
    r"|uria|rrhea|rrhoea|dynia|edema|cele|megaly|sclerosis|stasis|toxic|genic|icular|itic|ular|ness|ment"
    r"|tion|sion|ity|ism|ical|able|ible"
    r"|less|ful|ing|ized|ised|ally|ously|antly)$"
)


#: Classes of words that are a name only where the surroundings say so aloud.
PLAIN: Final = frozenset(("c1", "c2", "c3", "d", "y", "b", "#", "letter", "sign", *".,:;?!-/\"'(){}[]^|@_&\n"))


class Word(NamedTuple):
    """One word, number or sign of the reading, with its place and whether it was spelled letter by letter."""

    text: str
    start: int
    end: int
    spelled: bool = False


def _pattern(text: str) -> re.Pattern[str]:
    return _ASCII_WORD if text.isascii() else _WORD


def split_texts(text: str) -> list[str]:
    """Return the words of a plain text without their places: the texts of `split_words`, for a first look.

    Args:
        text: The plain form.
    """
    found = _pattern(text).findall(text)
    if "'" not in text and "\u2019" not in text:
        return found
    texts: list[str] = []
    for value in found:
        cut = _possessive(value)
        if cut:
            texts += (value[:cut], value[cut:])
        else:
            texts.append(value)
    return texts


def _possessive(value: str) -> int:
    """Return where the possessive of a word begins, or 0."""
    if len(value) > 2 and value[-1] in "sS'\u2019":
        tail = _POSSESSIVE.search(value)
        if tail and tail.start() > 0 and value.lower() not in _CONTRACTIONS:
            return tail.start()
    return 0


def split_words(text: str, spelled: Sequence[tuple[int, int]] = ()) -> list[Word]:
    """Return the words of a plain text; a possessive "'s" after a word is a word of its own.

    Args:
        text: The plain form.
        spelled: Ranges of ``text`` that were spelled out, in order.
    """
    words: list[Word] = []
    ranges = iter(spelled)
    low, high = next(ranges, (len(text), len(text)))
    for match in _pattern(text).finditer(text):
        start, end = match.span()
        while start >= high:
            low, high = next(ranges, (len(text), len(text)))
            if low >= len(text):
                low = high = len(text) + 1
        value = match.group()
        flag = low <= start < high
        cut = _possessive(value)
        if cut:
            cut += start
            words.append(Word(text[start:cut], start, cut, flag))
            words.append(Word(text[cut:end], cut, end))
        else:
            words.append(Word(value, start, end, flag))
    return words


_CONTRACTIONS: Final = frozenset(
    f"{word}{mark}s"
    for word in (
        "it that what he she who here there how where when why let name everything something nobody everyone one"
    ).split()
    for mark in "'\u2019"
)


_CONTRACTED: Final = ("m", "s", "t", "re", "ve", "d", "ll")


@attrs.frozen
class Sight:
    """What is known of a stretch of words before it is searched.

    Args:
        asked: ``""``, ``"name"`` when the open question asks for a person's name, ``"spell"`` when it asks for letters,
            ``"key"`` when a JSON key announces a name.
        cased: Whether the text uses capital letters at all.
        first: Whether the stretch begins an utterance.
    """

    asked: str = ""
    cased: bool = True
    first: bool = True


def _steps(value: float, limits: Sequence[float]) -> int:
    return bisect_right(limits, value)


class Lexicon:
    """Public facts about words: codes, the vocabulary of known identity, and letter trigrams.

    Args:
        codes: Word to codes, as ``training/lexicon.py`` describes them.
        vocabulary: Words whose identity the model may use.
        letters: Log-odds (times 8) of letter trigrams, names against other words.
    """

    def __init__(self, codes: dict[str, str], vocabulary: frozenset[str], letters: dict[str, int]) -> None:
        self.codes = codes
        self.vocabulary = vocabulary
        self.letters = letters
        self._frequent = sorted(word for word, code in codes.items() if code[:2] in ("e1", "e2", "e3"))
        # Only words of the public lexicon are remembered, never a caller's own.
        self._known: dict[str, tuple[str, ...]] = {}

    def begins_word(self, low: str) -> bool:
        """Return whether a frequent English word begins with these letters and goes on."""
        place = bisect_right(self._frequent, low)
        return place < len(self._frequent) and self._frequent[place].startswith(low)

    def nameness(self, word: str) -> float:
        """Return how much the letters of a folded word look like a name's: above 0 more than like other words."""
        padded = f"^{word}$"
        get = self.letters.get
        return sum(get(padded[i : i + 3], 0) for i in range(len(padded) - 2)) / (8 * max(1, len(padded) - 2))

    def describe(self, text: str) -> tuple[str, ...]:
        """Return the word as the model sees it: (identity or class, class, own features ...)."""
        low = text.lower()
        known = self._known.get(low)
        if known is not None:
            return known
        described = self._describe(low)
        described = (*described[:2], "1", f"w={described[0]}", f"k={described[1]}", *described[2:])
        if self.is_public(low):
            self._known[low] = described
        return described

    def describe_all(self, texts: Iterable[str]) -> list[tuple[str, ...]]:
        """Return `describe` of each word."""
        known = self._known.get
        return [known(low) or self.describe(low) for low in map(str.lower, texts)]

    def may_name(self, text: str) -> bool:
        """Return whether a word can be a name without help from its surroundings: no ordinary word, drug or number."""
        return self.describe(text)[1] not in PLAIN

    def is_public(self, low: str) -> bool:
        """Return whether a lower-case word is in the public lexicon (and so may be remembered between calls)."""
        return low in self.codes or low in self.vocabulary

    def _describe(self, low: str) -> tuple[str, ...]:
        head = low[0]
        if head.isdigit():
            size = len(low)
            return (f"#{min(size, 6)}", "#")
        if not (head.isalpha() or len(low) > 1):
            return (low, low if low in ".,:;?!-/\"'(){}[]^|@_&\n" else "sign")
        folded = low
        if not low.isascii():
            folded = "".join(c for c in unicodedata.normalize("NFKD", low) if not unicodedata.combining(c))
            if not folded.isascii():
                kind = "foreign" if not any("a" <= c <= "z" for c in folded) else "odd"
                return (f"~{kind}", kind)
        codes = self.codes.get(folded, "")
        if "'" in folded or "\u2019" in folded:
            stem, _, tail = folded.replace("\u2019", "'").rpartition("'")
            whole = self.codes.get(stem, "") + self.codes.get(stem.removesuffix("n"), "")
            if tail in _CONTRACTED and (stem == "i" or "e" in whole):
                codes = "e1"
        if not codes and ("-" in folded or "'" in folded):
            parts = [p for p in re.split(r"[-'\u2019]", folded) if p]
            inner = [self.codes.get(p, "") for p in parts]
            if parts and all("e" in c for c in inner):
                codes = "e6"
            elif len(parts) > 1 and all("y" in c for c in inner) and not all(re.search("l[3-5]", c) for c in inner):
                codes = "y"  # "Swan-Ganz"
            elif any(re.search("[fl]", c) for c in inner) and len(parts) > 1:
                codes = "l2"
        return self._classify(low, folded, codes)

    def _classify(self, low: str, folded: str, codes: str) -> tuple[str, ...]:
        level = first = last = 0
        flags = ""
        for i, code in enumerate(codes):
            if code in "efl":
                digit = int(codes[i + 1])
                if code == "e":
                    level = digit
                elif code == "f":
                    first = digit
                else:
                    last = digit
            elif code in "dpmyb" and code not in flags:
                flags += code
        seen = "s" in codes
        name = max(first, last)
        common = 0 if not level else 1 if level <= 2 else 2 if level <= 4 else 3 if level <= 7 else 4
        ending = ""
        if len(low) == 1:
            cls = "letter"
        elif flags and flags != "p" and common == 0 and name < 3:
            cls = "d" if "d" in flags or "m" in flags else flags[0]
        elif common == 0 and "p" in flags and name < 4:
            cls = "p" if name < 2 else "pn"
        elif common == 0 and name >= 2:
            cls = "N" if name >= 4 else "n"
        elif common == 0:
            ending = "e" if len(folded) > 4 and _MEDICAL_ENDING.search(folded) else ""
            cls = "seen" if seen else "oov" + ending if name == 0 else "r" + ending
        elif name >= 4 or first >= 3:
            cls = f"a{common}"
        else:
            cls = f"c{common}" if name < 3 or common == 1 else f"b{common}"
        identity = low if low in self.vocabulary else f"~{cls}"
        own = [f"e={level}", f"f={first}", f"l={last}", f"g={flags}"]
        own += [f"fe={first},{level}", f"le={last},{level}"]
        if seen:
            own.append("seen")
        if identity[0] == "~" and len(folded) > 1:
            look = _steps(self.nameness(folded), (-1.2, -0.8, -0.5, -0.25, 0.0, 0.25, 0.5, 0.8, 1.2))
            own += [f"look={look}", f"look={look},{cls}", f"len={min(len(low), 12)}"]
            if common in (0, 3, 4):
                own += [f"s3={folded[-3:]}", f"s2={folded[-2:]}", f"p2={folded[:2]}"]
            if not low.isascii():
                own.append("accent")
        return (identity, cls, *own)


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
    return [[*own[2:], *row] for own, row in zip(told, rows, strict=True)]


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
    rows: list[list[str]] = []
    for i, text in enumerate(texts):
        a3, a2, a1, me, b1, b2, b3 = ids[i : i + 7]
        k2, k1, kind, n1, n2 = kinds[i : i + 5]
        shape = shape_of(text, sight, i == 0 or begins_after(texts[i - 1]))
        row = [
            f"a1={a1}", f"a2={a2}", f"a3={a3}", f"b1={b1}", f"b2={b2}", f"b3={b3}",
            f"a21={a2}|{a1}", f"b12={b1}|{b2}", f"a321={a3}|{a2}|{a1}",
            f"a1k={a1}|{kind}", f"kb1={kind}|{b1}", f"a1kb1={a1}|{kind}|{b1}",
            f"a21k={a2}|{a1}|{kind}", f"kb12={kind}|{b1}|{b2}",
            f"kk={k1}|{kind}", f"kkn={kind}|{n1}", f"kkk={k1}|{kind}|{n1}",
            f"k3={k2}|{k1}|{kind}", f"n3={kind}|{n1}|{n2}",
            f"sh={shape}", f"shk={shape}|{kind}", f"sh1={shape}|{a1}", f"shb={shape}|{b1}",
        ]  # fmt: skip
        if me[0] != "~":  # otherwise the same as a1k and kb1
            row += [f"a1w={a1}|{me}", f"wb1={me}|{b1}"]
        rows.append(row + rare_features(told, sight, i, spelled))
    return rows


def rare_features(
    told: Sequence[tuple[str, ...]], sight: Sight, i: int, spelled: frozenset[int] = frozenset()
) -> list[str]:
    """Return the features that few words have: spelled letters, a place at the beginning, an open question.

    Args:
        told: What `Lexicon.describe` says of each word of the stretch.
        sight: What is known of the stretch.
        i: Which word.
        spelled: The places of words that were spelled letter by letter.
    """
    size, asked, kind = len(told), sight.asked, told[i][1]
    length = min(size, 4) if size < 5 else 5 if size < 9 else 9
    before = told[i - 1][0] if i else EDGES[sight.first][2]
    row: list[str] = []
    if i in spelled:
        row += ["spelled", f"spelled|{before}", f"spelled|{asked}"]
    if i + 1 in spelled:
        row.append("spells")
    if i < 2:
        row.append(f"at={i}|{kind}|{length}")
    if asked:
        row += [
            f"ask={asked}",
            f"ask={asked}|{kind}|{length}",
            f"ask={asked}|{min(i, 3)}|{kind}",
            f"ask={asked}|{before}|{kind}",
        ]
    return row
