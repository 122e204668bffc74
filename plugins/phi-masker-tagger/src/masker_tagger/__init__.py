"""The tagger: one trained model that reads talk and prose for names and addresses, and what is known about words.

It finds nothing by itself and is no plugin: the detectors of names and of addresses ask it, and add what only they
know. `DATASHEET.md` tells what the model was trained on and how well it does.
"""

from masker_tagger.features import Sight
from masker_tagger.lexicon import LANGUAGES, PLAIN, Lexicon
from masker_tagger.model import Model
from masker_tagger.stretches import NAME_KEY, asked_for, plain_key, question_of
from masker_tagger.tagger import ALOUD, Tagged, Tagger, shared_tagger
from masker_tagger.vcards import VcardLine, vcard_lines
from masker_tagger.words import Word, split_texts, split_words

__all__ = [
    "ALOUD",
    "LANGUAGES",
    "NAME_KEY",
    "PLAIN",
    "Lexicon",
    "Model",
    "Sight",
    "Tagged",
    "Tagger",
    "VcardLine",
    "Word",
    "asked_for",
    "plain_key",
    "question_of",
    "shared_tagger",
    "split_texts",
    "split_words",
    "vcard_lines",
]
