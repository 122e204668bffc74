"""The examples are the specification: what is marked is found, exactly, and nothing else."""

import json
import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from masker_other_id.detector import make_detector

from masker import Segment, Turn

DETECTOR = make_detector()
EXAMPLES = json.loads(files("masker_other_id").joinpath("examples.json").read_text(encoding="utf-8"))
MARK = re.compile(r"⟦([A-Z_]+):(.*?)⟧")


def found(text, **place):
    segment = Segment(text, **place)
    return [(text[span.start : span.end], span.kind) for span in DETECTOR.detect(segment) if span.score >= 0.5]


def place_of(example):
    question = example.get("question")
    return {
        "role": example.get("role"),
        "key": example.get("key"),
        "question": Turn("assistant", question) if question else None,
    }


@pytest.mark.parametrize("example", EXAMPLES["positive"], ids=lambda example: example["text"][:60])
def test_every_marked_value_is_found_exactly(example):
    """Kind and boundaries are those of the mark."""
    text = MARK.sub(lambda mark: mark[2], example["text"])
    marked = [(mark[2], mark[1]) for mark in MARK.finditer(example["text"])]
    assert sorted(marked) == sorted(found(text, **place_of(example)))


@pytest.mark.parametrize("example", EXAMPLES["negative"], ids=lambda example: example["text"][:60])
def test_nothing_is_found_in_a_near_miss(example):
    """The announcing word without its number, or a number that is something else."""
    assert [] == found(example["text"], **place_of(example))


@given(st.text(max_size=200))
def test_spans_lie_in_the_text(text):
    """Any text at all: no exception, no empty span, no span outside, only declared kinds."""
    for span in DETECTOR.detect(Segment(text)):
        assert 0 <= span.start < span.end <= len(text)
        assert span.kind in DETECTOR.kinds


@pytest.mark.parametrize("text", ["1 2 3 4 5 6 7 8 9", "20240115", "1,500,000", "2019-2024", "version 12.4.18"])
def test_harmless_numbers_are_no_leftovers(text):
    """Counting, dates, thousands, years and versions identify nobody."""
    assert found(text) == []


@pytest.mark.parametrize("text", ["884152670", "ab12-9931-77x", "here it is 8841-5267"])
def test_long_numbers_that_nothing_announces_are_masked(text):
    """What nobody claims is masked all the same, with a low score."""
    assert [kind for _, kind in found(text)] == ["OTHER_ID"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ref QRT·0815·K", "QRT·0815·K"),
        ("Badge found in the sluice: EMP 20418", "EMP 20418"),
        ("created_by=agent_desk_02", "agent_desk_02"),
    ],
)
def test_codes_in_groups(text, value):
    """Middle dots part groups, and capitals before a labelled number are its first."""
    assert [(value, "OTHER_ID")] == found(text)


def test_a_variant_of_a_gene():
    """What is deleted or doubled between two places of a gene is no code."""
    assert [] == found("the variant is c.68_69del in exon 2")


@pytest.mark.parametrize(
    ("text", "value", "asks"),
    [
        ("ref KL/4471/ab.", "KL/4471/ab", None),
        ("telegram @jrowe_77", "@jrowe_77", None),
        ("my login is b lindgren", "b lindgren", None),
        ("t vasquez nine", "t vasquez nine", "what's your username"),
    ],
)
def test_user_names_with_an_initial_and_codes_with_letters_at_their_end(text, value, asks):
    """An initial belongs to the user name, letters behind a slash to the code, and an at sign opens a name."""
    question = Turn("assistant", asks) if asks else None
    start = text.index(value)
    assert any(low <= start and start + len(value) <= high for low, high in _spans(text, question))


def _spans(text, question):
    return [(s.start, s.end) for s in DETECTOR.detect(Segment(text, role="user", question=question)) if s.score >= 0.5]


@pytest.mark.parametrize("text", ["he spoke @ 3 pm", "mail x@y_2.example"])
def test_no_user_names(text):
    """An hour and a host are none."""
    assert not _spans(text, None)


@pytest.mark.parametrize(
    "text",
    [
        "my username which is tokafor9",
        "the username line reads tokafor9",
        "my username used to be tokafor9",
        "username from the letter was tokafor9",
    ],
)
def test_a_user_name_with_words_between(text):
    """What is said of a user name may stand between it and its label."""
    assert found(text) == [("tokafor9", "OTHER_ID")]


@pytest.mark.parametrize("text", ["the username field needs utf8", "my username does not work on chrome120"])
def test_another_word_with_digits_behind_a_user_name(text):
    """Versions and programs are nobody's names."""
    assert found(text) == []


@pytest.mark.parametrize("label", ["clm", "clm #", "tkt#", "tix", "cnf", "ord no", "emp id"])
def test_typed_abbreviations_of_labels(label):
    """A claim, a ticket, an order; how many tickets stays."""
    assert [("4471", "OTHER_ID")] == found(f"calling about {label} 4471 from last week")
    assert [] == found("2 tix 300 each, order in 3 days")


@pytest.mark.parametrize(
    "text", ["MELD 22", "beck 28", "shiley 6", "venturi 40", "fentanyl 50 then 25", "the foley came out and he voided 300"]
)
def test_counts_that_nobody_asked_for(text):
    """A score, a size or an amount of up to three digits identifies nobody."""
    assert found(text, role="user") == []


@pytest.mark.parametrize(
    ("text", "question", "expected"),
    [
        ("it's three two two", None, "three two two"),
        ("then 97", None, "97"),
        ("tokafor 28", "And your user name?", "tokafor 28"),
        ("417", "What is the confirmation code?", "417"),
    ],
)
def test_pieces_of_a_number(text, question, expected):
    """What is read out sign by sign, goes on with a number or was asked for is found however short it is."""
    asked = None if question is None else Turn("assistant", question)
    assert found(text, role="user", question=asked) == [(expected, "OTHER_ID")]
