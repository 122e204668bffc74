"""Train the model: ``python train.py CORPORA [--held-out | --quick | --lexicon]``.

Deterministic: fixed seeds, no network, one thread; a few minutes on one core. Writes ``src/masker_tagger/data``.
With ``--held-out`` a quarter of the MTS-Dialog training dialogues is left out (for tuning; the shipped model uses all).
``--quick`` trains on a fiftieth in seconds, to see that the same input gives the same bytes; ``--lexicon`` writes the
lexicon alone. Prints the files' SHA-256.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
import random
import re
import tempfile
import time
from pathlib import Path

import pycrfsuite
from corpus import Builder, Example, clean, dialogues, notes, plain_examples, tweets
from fill import OPEN
from lexicon import build, letter_model, read_column, with_terms
from masker_tagger.features import features
from masker_tagger.lexicon import Lexicon
from masker_tagger.stretches import stretches
from masker_tagger.words import split_texts, split_words
from people import People, locale_names
from talk import examples, plain_words, texts
from templates import ANSWERS, CHAT, CLINICAL, NEGATIVE, SPEECH

HERE = Path(__file__).parent
DATA = HERE.parent / "src/masker_tagger/data"
SEED = 20240
#: Outside, name, address, identifier, date.
LABELS = "ONAID"
#: Weights are stored as whole numbers of this size.
UNIT = 0.01


def add(trainer: pycrfsuite.Trainer, example: Example, lexicon: Lexicon) -> int:
    """Append an example's stretches to the trainer; return the number of words."""
    reading = example.segment.reading
    count = 0
    every = split_words(reading.text, [reading.plain(p.start, p.end) for p in reading.pieces if p.kind == "spelled"])
    for stretch in stretches(example.segment, split_texts(reading.text), size=400, overlap=0):
        words = every[stretch.left : stretch.right]
        labels = []
        for word in words:
            start, end = reading.source(word.start, word.end)
            labels.append(next((label for s, e, label in example.spans if s < end and start < e), "O"))
        trainer.append(features(words, lexicon, stretch.sight), labels)
        count += len(words)
    return count


def export(path: Path, target: Path) -> int:
    """Write a CRFsuite model as a table of weights relative to the label ``O``; return the number of features."""
    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))
    info = tagger.info()
    table: dict[str, dict[str, float]] = {}
    for (feature, label), weight in info.state_features.items():
        table.setdefault(feature, {})[label] = weight
    weights = {}
    for feature, by in sorted(table.items()):
        out = by.get("O", 0.0)
        row = [round((by.get(label, 0.0) - out) / UNIT) for label in LABELS[1:]]
        if any(abs(w) >= 3 for w in row):
            weights[feature] = row
    transitions = [[round(info.transitions.get((a, b), 0.0), 4) for b in LABELS] for a in LABELS]
    model = json.dumps(
        {"unit": UNIT, "transitions": transitions, "weights": weights}, sort_keys=True, separators=(",", ":")
    )
    target.write_bytes(lzma.compress(model.encode(), preset=9))
    return len(weights)


def main() -> None:
    """Build lexicon and model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--lexicon", action="store_true", help="write the lexicon and leave the model as it is")
    parser.add_argument("--scale", type=float, default=0.25)
    parser.add_argument("--times", type=int, default=2, help="variations of each text of talk/")
    parser.add_argument("--c1", type=float, default=0.15)
    parser.add_argument("--c2", type=float, default=0.04)
    parser.add_argument("--least", type=int, default=4, help="how often a feature has to occur")
    parser.add_argument("--iterations", type=int, default=70)
    parser.add_argument("--out", type=Path, default=DATA)
    args = parser.parse_args()
    scale, iterations = (0.02, 8) if args.quick else (args.scale, args.iterations)
    began = time.time()
    raw, sections = read_column(args.corpora, "dialogue"), read_column(args.corpora, "section_text")
    talks = dialogues(args.corpora)
    if args.held_out:
        raw = [d for i, d in enumerate(raw) if i % 4 != 3]
        sections = [d for i, d in enumerate(sections) if i % 4 != 3]
        talks = [d for i, d in enumerate(talks) if i % 4 != 3]
    cues = {
        w
        for t in (*SPEECH, *ANSWERS, *CLINICAL, *CHAT, *NEGATIVE)
        for w in re.findall(r"(?<![{A-Za-z])[a-z']+(?![}A-Za-z])", t.lower())
    }
    found = texts()
    codes, vocabulary = build(raw, sections, cues, plain_words(found))
    letters = letter_model(codes, [n for first, last in locale_names(False) for n in (*first, *last)])
    clusters = lzma.decompress((HERE / "clusters.txt.xz").read_bytes()).decode().splitlines()
    lexicon = Lexicon(codes, frozenset(vocabulary), letters, clusters)
    args.out.mkdir(exist_ok=True, parents=True)
    facts = json.dumps(
        {"codes": with_terms(codes), "vocabulary": vocabulary, "letters": letters, "clusters": clusters},
        sort_keys=True,
        separators=(",", ":"),
    )
    (args.out / "lexicon.json.xz").write_bytes(lzma.compress(facts.encode(), preset=9))
    if args.lexicon:
        print(hashlib.sha256((args.out / "lexicon.json.xz").read_bytes()).hexdigest(), "lexicon.json.xz")
        return

    rng = random.Random(SEED)
    told = notes(args.corpora)
    if args.held_out:
        told = [d for i, d in enumerate(told) if i % 4 != 3]
    labelled = tweets(args.corpora)
    if args.quick:
        talks, told, labelled = talks[:60], told[:60], labelled[:300]
    carriers = [m for turns in talks for _, m in turns if OPEN not in m and 2 <= len(m.split()) <= 40]
    sentences = [
        s for note in told for s in re.split(r"(?<=[.?])\s+", note) if OPEN not in s and 3 <= len(s.split()) <= 40
    ]
    carriers += random.Random(SEED).sample(sentences, len(sentences) // 2)
    builder = Builder(rng, People(rng), carriers)
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(
        {
            "c1": args.c1,
            "c2": args.c2,
            "max_iterations": iterations,
            "feature.minfreq": args.least,
            "feature.possible_transitions": True,
        }
    )
    words = 0
    for make, count in (
        (builder.speech, 20000),
        (builder.vocative, 9000),
        (builder.mention, 15000),
        (builder.swap, 5000),
        (builder.answer, 8000),
        (builder.clinical, 9000),
        (builder.chat, 7000),
        (builder.negative, 16000),
        (builder.key, 1500),
    ):
        for _ in range(int(count * scale)):
            words += add(trainer, make(), lexicon)
    for example in plain_examples(builder, talks):
        words += add(trainer, example, lexicon)
    for marked in told:
        words += add(trainer, builder.example(marked, rng.choice(("typed", "typed", "lower", "bare"))), lexicon)
    for marked in labelled:
        if clean(marked) and rng.random() < 0.6:
            style = rng.choices(("typed", "bare"), (60, 40))[0]
            words += add(trainer, builder.example(marked, style), lexicon)
    for example in examples(found[:60] if args.quick else found, builder.filler, rng, args.times):
        words += add(trainer, example, lexicon)
    print(f"{words} words, {time.time() - began:.0f} s to build", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model"
        trainer.train(str(path))
        count = export(path, args.out / "model.json.xz")
    print(f"{count} features, {time.time() - began:.0f} s")
    for name in ("lexicon.json.xz", "model.json.xz"):
        print(hashlib.sha256((args.out / name).read_bytes()).hexdigest(), name)


if __name__ == "__main__":
    main()
