"""A cheap look before a costly pattern never hides what the pattern would find."""

import json
from pathlib import Path

import pytest
from masker_address import patterns as address
from masker_date import patterns as date
from masker_email import detector as email

from masker.core.reading import vocabulary

CASES = Path(__file__).parents[2] / "benchmarks" / "cases"


def texts() -> list[str]:
    found = []
    for path in sorted(CASES.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            found += [turn["content"] for turn in case["messages"]] if "messages" in case else case["text"].split("\n")
    return found


@pytest.fixture(scope="module")
def turns() -> list[tuple[str, frozenset[str]]]:
    return [(text, vocabulary(text)) for text in dict.fromkeys(texts())]


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (address.ASKS_PLACE, address.ASKS_PLACE_WORDS),
        (address.ASKS_STREET, address.ASKS_STREET_WORDS),
        (address.ASKS_CODE, address.ASKS_CODE_WORDS),
        (address.ASKS_NAME, address.ASKS_NAME_WORDS),
        (date.ASKS_BIRTH, date.BIRTH_WORDS),
        (date.ASKS_EXPIRY, date.EXPIRY_WORDS),
        (date.HOW_OLD, date.AGE_WORDS),
        (email._CUE, email._CUE_WORDS),
    ],
)
def test_every_cue_holds_one_of_its_words(turns, pattern, words):
    """Wherever a question's pattern matches, one of the words that let it be tried stands there too."""
    matched = [(text, known) for text, known in turns if pattern.search(text)]
    assert matched
    assert [] == [text for text, known in matched if words.isdisjoint(known)]
