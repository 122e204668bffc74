"""The trained model and its lexicon, loaded once."""

from __future__ import annotations

import json
import lzma
import threading
from importlib import resources
from typing import Any

import pycrfsuite

from masker_name.features import Lexicon, Sight, Word, features

__all__ = ["Model"]


class Model:
    """A conditional random field over the words of a stretch.

    A tagger holds the sequence it works on, so every thread has its own; all read the same bytes.
    """

    def __init__(self, lexicon: Lexicon, weights: bytes) -> None:
        self.lexicon = lexicon
        self._weights = weights
        self._local = threading.local()

    @classmethod
    def load(cls) -> Model:
        """Return the model that ships with this package."""
        data = resources.files("masker_name") / "data"
        facts = json.loads(lzma.decompress((data / "lexicon.json.xz").read_bytes()))
        lexicon = Lexicon(facts["codes"], frozenset(facts["vocabulary"]), facts["letters"])
        return cls(lexicon, lzma.decompress((data / "names.crfsuite.xz").read_bytes()))

    def _tagger(self) -> Any:
        tagger = getattr(self._local, "tagger", None)
        if tagger is None:
            tagger = pycrfsuite.Tagger()
            tagger.open_inmemory(self._weights)
            self._local.tagger = tagger
        return tagger

    def probabilities(self, words: list[Word], sight: Sight) -> list[float]:
        """Return for each word how likely it is part of a person's name."""
        tagger = self._tagger()
        tagger.set(features(words, self.lexicon, sight))
        outside = tagger.marginal
        return [1.0 - outside("O", i) for i in range(len(words))]
