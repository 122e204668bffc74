"""What stands encoded in a text, and what only looks so."""

import base64

import pytest

from masker.detection.hidden import hidden_texts


def found(text: str) -> list[str]:
    return [item[2] for item in hidden_texts(text) if item is not None]


@pytest.mark.parametrize("word", ["appendicitis", "Appendicitis", "APPENDICITIS", "levetiracetam", "accentuating", "AGRICULTURAL"])
def test_a_long_word_hides_nothing(word: str) -> None:
    """A word in one case may decode to signs and letters by chance."""
    assert [] == found(word)


@pytest.mark.parametrize("text", ["Ann Chen, 219-09-9999", "se\u00f1ora N\u00fa\u00f1ez, calle 3", "CHEN ANN MRN 66041", "vibrionic"])
def test_what_is_encoded_is_read(text: str) -> None:
    """Names and numbers in base64 are read, also where all its letters happen to have one case."""
    assert [text] == found(base64.b64encode(text.encode()).decode())
