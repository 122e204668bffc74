"""Group frequent English words that are used alike: ``python clusters.py MODEL``; writes ``clusters.txt.xz``, a group a line.

MODEL is the folder of all-MiniLM-L6-v2 (``model.safetensors``, ``vocab.txt``), of which only the token embeddings are
read. Needs numpy and scikit-learn. Words that are rare in English and frequent in the Census lists are left out, so
that no group is one of names.
"""

import json
import lzma
import re
import struct
import sys
from pathlib import Path

import numpy as np
from lexicon import census, english, first_names
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA

GROUPS = 200
TARGET = Path(__file__).parent / "clusters.txt.xz"


def embeddings(path: Path) -> np.ndarray:
    """Return the token embeddings of a model, a row a token."""
    raw = path.read_bytes()
    (size,) = struct.unpack("<Q", raw[:8])
    head = json.loads(raw[8 : 8 + size])
    name = next(key for key in head if "word_embeddings" in key)
    start, end = head[name]["data_offsets"]
    return np.frombuffer(raw[8 + size + start : 8 + size + end], dtype=np.float32).reshape(head[name]["shape"])


def main() -> None:
    """Write the groups, largest first."""
    model = Path(sys.argv[1])
    level, first, last = english(), first_names(), census("all.last")
    words = [
        (row, word)
        for row, word in enumerate((model / "vocab.txt").read_text(encoding="utf-8").split("\n"))
        if re.fullmatch("[a-z]{2,}", word)
        and level.get(word, 9) <= 5
        and not (level.get(word, 9) >= 4 and (first.get(word, 0) > 0.01 or last.get(word, 0) > 0.01))
    ]
    rows = embeddings(model / "model.safetensors")[[row for row, _ in words]]
    rows -= rows.mean(0)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    rows = PCA(100, random_state=0).fit_transform(rows)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    groups: list[list[str]] = [[] for _ in range(GROUPS)]
    for (_, word), group in zip(
        words, KMeans(GROUPS, n_init=2, random_state=0, max_iter=60).fit_predict(rows), strict=True
    ):
        groups[group].append(word)
    groups.sort(key=lambda group: -len(group))
    TARGET.write_bytes(lzma.compress("\n".join(map(" ".join, groups)).encode(), preset=9))


if __name__ == "__main__":
    main()
