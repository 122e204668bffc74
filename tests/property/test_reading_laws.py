"""Laws of the reading, on any text."""

from hypothesis import given
from hypothesis import strategies as st

from masker import read

WORDS = st.sampled_from(
    "one two oh o double triple twenty nineteen hundred thousand and third first s a r i b as in for sam dot at dash"
    " slash plus point underscore com uh um like let me see 4 15 415 a1b capital mike oscar , . - \u200b é ４ &amp; %41"
    " \\u0041 İ ß 👩‍⚕️ \n".split(" ")
)
TEXTS = st.one_of(st.text(), st.lists(WORDS, max_size=40).map(" ".join), st.lists(WORDS, max_size=40).map("".join))


@given(TEXTS)
def test_every_plain_character_stands_for_source_text(text):
    """Offsets are in range, never empty, and never run backwards."""
    reading = read(text)
    last = 0
    for i in range(len(reading.text)):
        start, end = reading.source(i, i + 1)
        assert 0 <= start < end <= len(text)
        assert start >= last
        last = start


@given(TEXTS)
def test_reading_is_deterministic(text):
    """The same text reads the same."""
    assert read(text).text == read(text).text


@given(st.text(alphabet="bcdefghjklmnpqrstuvwxyz BCDEF", min_size=1).map(lambda t: "word" + t.replace(" ", " word")))
def test_prose_without_numbers_stays(text):
    """Text without number words, lone letters or disguises is its own plain form."""
    assert text == read(text).text


@given(TEXTS, st.integers(0, 200), st.integers(1, 50))
def test_source_and_plain_are_inverse_on_ranges(text, start, length):
    """Going to the source and back covers at least the range one started from."""
    reading = read(text)
    start = min(start, len(reading.text))
    end = min(start + length, len(reading.text))
    if start == end:
        return
    back = reading.plain(*reading.source(start, end))
    assert back[0] <= start
    assert end <= back[1]
