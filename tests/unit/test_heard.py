"""Letters and digits in an answer that was to hold some, as recognisers write them."""

import pytest

from masker import heard, read


def parts(text: str, glued: int = 3) -> list[str]:
    reading = read(text)
    return [text[slice(*reading.source(start, end))] for start, end, _ in heard(reading, glued=glued)]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("a mber j a", ["a mber j a"]),
        ("wi ll i am s", ["wi ll i am s"]),
        ("s t u ar t space our ob e r ts", ["s t u ar t space our ob e r ts"]),
        ("see a u u l a", ["see a u u l a"]),
        ("it's s m i t h", ["s m i t h"]),
        ("i spell it k a r e n", ["k a r e n"]),
    ],
)
def test_a_spelled_name_is_heard_whole(said, expected):
    """Letters that became words, and letters run together."""
    assert parts(said, glued=4) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("t v 1 4 y w", ["t v 1 4 y w"]),
        ("6 i 5 and", ["6 i 5 and"]),
        ("lima 6 to tango echo", ["lima 6 to tango echo"]),
        ("six eight four dp", ["six eight four dp"]),
        ("t for tommy w one", ["t for tommy w one"]),
        ("tango susan to water 5", ["tango", "5"]),
    ],
)
def test_a_code_is_heard_whole(said, expected):
    """Code words, words for letters, and the word that explains a letter; other words part it."""
    assert parts(said) == expected


@pytest.mark.parametrize(
    "said",
    [
        "um i'm not sure why do you need that",
        "can you hold on a sec let me see",
        "you are oh oh you",
        "i will be there",
        "",
    ],
)
def test_talk_holds_nothing_sure(said):
    """Words that letters are heard as are no letters by themselves."""
    assert parts(said) == []


def test_a_sentence_ends_a_run():
    """What stands behind a question mark is no part of the code; full stops stand between letters, too."""
    assert parts("b c 1? c d 2") == ["b c 1", "c d 2"]
    assert parts("b. c. 1.") == ["b. c. 1"]


def test_the_size_counts_sure_signs():
    """ "to" and "are" count for nothing."""
    reading = read("b are 2 to 5")
    assert [size for _, _, size in heard(reading)] == [3]
