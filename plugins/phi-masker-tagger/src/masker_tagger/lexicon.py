"""What is publicly known about words, as the model sees it.

The model never sees a name. It sees a word's identity only when the word belongs to a vocabulary of frequent public
words ("my", "doctor", "speaking"); of every other word it sees classes: how common it is in English and in the Census
lists, whether it is known as a drug, a place or a brand, which frequent words it is used like, which letters it ends
in, how much its letters look like a name's. So a name from any language is "a word nobody knows".
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Final

__all__ = ["LANGUAGES", "PLAIN", "Lexicon"]

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

#: Languages, which interpreters speak, and nobody and no place is called by.
LANGUAGES: Final = frozenset(
    "dari pashto farsi urdu hindi tagalog amharic tigrinya hmong punjabi gujarati bengali tamil telugu cantonese"
    " mandarin swahili somali oromo kinyarwanda spanish french arabic russian polish portuguese vietnamese korean"
    " japanese ukrainian romanian haitian creole asl catalan czech danish dutch estonian finnish greek hebrew"
    " hungarian icelandic indonesian kurdish latvian lithuanian malay mongolian nepali norwegian sinhala slovak"
    " slovenian swedish thai tibetan turkish uzbek yiddish yoruba zulu xhosa igbo hausa twi sesotho setswana shona"
    " malayalam kannada marathi quechua nahuatl espanol español chinese".split()
)

#: Beginnings that English and medicine put before whole words ("midfoot", "cardioprotective"), and endings behind them.
_BEGINNING: Final = re.compile(
    r"(?:anti|auto|bio|broncho|cardio|cerebro|cervico|chemo|cranio|cryo|dermato|electro|endo|extra|fibro|gastro"
    r"|hemi|hemo|hepato|hetero|homo|hydro|hyper|hypo|immuno|infra|inter|intra|intero|laryngo|lumbo|lympho|macro"
    r"|meta|micro|mid|mini|mono|multi|musculo|myelo|myo|naso|nephro|neuro|non|oro|ortho|osteo|over|para|patho|peri"
    r"|pharmaco|photo|physio|pneumo|poly|post|pre|proto|pseudo|psycho|radio|re|retro|semi|socio|sterno|sub|super"
    r"|supra|tele|thermo|thoraco|thrombo|thyro|tibio|trans|ultra|un|under|uni|uro|vaso|veno|ventriculo)(.{5,})"
)
_ENDING: Final = re.compile(r"(.{5,}?)(?:ies|es|s|ed|ing|ly|ness|like|wise)")
#: English words up to this level, and medical ones, are what others are made of.
_COMMON: Final = frozenset(("e1", "e2", "e3", "e4", "e5", "e6"))
#: Shorter ones are not taken apart.
_LEAST_COMPOUND: Final = 8
_LEAST_DROPPED: Final = 5
#: Two words that are said as one.
_SLURRED: Final = frozenset("gonna wanna gotta lemme gimme dunno".split())
_CONTRACTED: Final = ("m", "s", "t", "re", "ve", "d", "ll")


#: Codes of names and places, and those of drugs and of words of medicine.
_NAMED: Final = frozenset("flp")
_TERMS: Final = frozenset("dm")
#: One word of each cluster of what befalls people and their bodies.
_OF_HARM: Final = "wound overdose vomiting pain tumor collapsed attack kidney bite".split()
#: A number that may be an age over 89 (45 CFR 164.514(b)(2)(i)(C)).
_OLD: Final = re.compile(r"9\d|1[0-2]\d")
_MARK_INSIDE: Final = re.compile(r"\d([.,:/-])")


def _number(low: str) -> str:
    """Return the class of a number: how many signs, the first mark inside, or that it may be an age over 89."""
    if _OLD.fullmatch(low):
        return "#old"
    inside = _MARK_INSIDE.search(low)
    return f"#{min(len(low), 6)}{inside[1] if inside else ''}"


def _steps(value: float, limits: Sequence[float]) -> int:
    return bisect_right(limits, value)


class Lexicon:
    """Public facts about words: codes, the vocabulary of known identity, clusters, and letter trigrams.

    Args:
        codes: Word to codes, as ``training/lexicon.py`` describes them.
        vocabulary: Words whose identity the model may use.
        letters: Log-odds (times 8) of letter trigrams, names against other words.
        clusters: Frequent words that are used alike ("hallway kitchen attic").
    """

    def __init__(
        self,
        codes: dict[str, str],
        vocabulary: frozenset[str],
        letters: dict[str, int],
        clusters: Iterable[str] = (),
    ) -> None:
        self.codes = codes
        self.vocabulary = vocabulary
        self.letters = letters
        self._clusters = {word: f"c{number}" for number, words in enumerate(clusters) for word in words.split()}
        self._of_harm = frozenset(self._clusters[word] for word in _OF_HARM if word in self._clusters)
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
        """Return the word as the model sees it: (identity or class, class, cluster or class, own features ...)."""
        low = text.lower()
        known = self._known.get(low)
        if known is not None:
            return known
        described = self._describe(low)
        identity, kind = described[:2]
        cluster = self._clusters.get(low, kind)
        described = (identity, kind, cluster, "1", f"w={identity}", f"k={kind}", f"c={cluster}", *described[2:])
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

    def is_term(self, text: str) -> bool:
        """Return whether a word is known as a drug or a word of medicine, as a rare one of those, and as nobody's.

        Of rare English words those are terms that end like one, or that patients and doctors said ("anaphylaxis").
        """
        low = text.lower()
        codes = self.codes.get(low, "")
        if not _NAMED.isdisjoint(codes):
            return False
        rare = re.match("e[5-8]", codes) is not None
        return not _TERMS.isdisjoint(codes) or (rare and ("s" in codes or _MEDICAL_ENDING.search(low) is not None))

    def is_of_harm(self, text: str) -> bool:
        """Return whether a word is used like those of injuries, illness, pain, accidents or the body ("bite")."""
        return self.describe(text)[2] in self._of_harm

    def is_public(self, low: str) -> bool:
        """Return whether a lower-case word is in the public lexicon, or one sign; such may be remembered."""
        return len(low) == 1 or low in self.codes or low in self.vocabulary

    def _describe(self, low: str) -> tuple[str, ...]:
        head = low[0]
        if head.isdigit():
            return (_number(low), "#")
        if not (head.isalpha() or len(low) > 1):
            return (low, low if low in ".,:;?!-/\"'(){}[]^|@_&\n" else "sign")
        folded = low
        if not low.isascii():
            folded = "".join(c for c in unicodedata.normalize("NFKD", low) if not unicodedata.combining(c))
            if not folded.isascii():
                kind = "foreign" if not any("a" <= c <= "z" for c in folded) else "odd"
                return (f"~{kind}", kind)
        codes = "e1" if folded in _SLURRED else self.codes.get(folded, "")
        if "'" in folded or "\u2019" in folded:
            stem, _, tail = folded.replace("\u2019", "'").rpartition("'")
            whole = self.codes.get(stem, "") + self.codes.get(stem.removesuffix("n"), "")
            if tail in _CONTRACTED and (stem == "i" or "e" in whole):
                codes = "e1"
        if not codes and ("-" in folded or "'" in folded):
            parts = [p for p in re.split(r"[-'\u2019]", folded) if p]
            inner = [self.codes.get(p, "") for p in parts]
            if any("e" in c for c in inner) and all("e" in c or len(p) == 1 for p, c in zip(parts, inner, strict=True)):
                codes = "e6"  # "T-shirt", too
            elif len(parts) > 1 and all("y" in c for c in inner) and not all(re.search("l[3-5]", c) for c in inner):
                codes = "y"  # "Swan-Ganz"
            elif any(re.search("[fl]", c) for c in inner) and len(parts) > 1:
                codes = "l2"
        elif not codes and self._drops_letter(folded):
            codes = "e5"
        elif not codes and len(folded) >= _LEAST_COMPOUND and self._is_compound(folded):
            codes = "e7"
        return self._classify(low, folded, codes)

    def _is_compound(self, word: str) -> bool:
        """Return whether a word that is in no list is made of one that is, and of no name ("togethers", "midfoot")."""
        stems = [word]
        if ending := _ENDING.fullmatch(word):
            stem = ending[1]
            stems += (stem, stem + "e", stem + "y", stem[:-1] if stem[-1:] == stem[-2:-1] else stem)
        stems += [beginning[1] for stem in stems if (beginning := _BEGINNING.fullmatch(stem))]
        return any(self._is_plain(stem) for stem in stems)

    def _drops_letter(self, word: str) -> bool:
        """Return whether a word is said without its last letter ("waitin"), and the whole is an ordinary one."""
        return len(word) >= _LEAST_DROPPED and word.endswith("in") and self._is_plain(f"{word}g")

    def _is_plain(self, word: str) -> bool:
        codes = self.codes.get(word, "")
        return (codes[:2] in _COMMON or "m" in codes or "d" in codes) and {"f", "l"}.isdisjoint(codes)

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
