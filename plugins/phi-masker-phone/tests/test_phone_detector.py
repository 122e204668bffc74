"""The examples are the specification: what is marked is found, exactly, and nothing else."""

import json
import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from masker_phone.detector import make_detector

from masker import Segment, Turn

DETECTOR = make_detector()
EXAMPLES = json.loads(files("masker_phone").joinpath("examples.json").read_text(encoding="utf-8"))
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


def test_the_nearest_label_decides():
    """A fax label between the phone label and the number makes it a fax number."""
    assert found("my phone broke, fax me at 415-555-0123") == [("415-555-0123", "FAX")]


def test_a_correction_keeps_the_kind():
    """Both the wrong and the right digits are the caller's number."""
    assert found("you can reach me at 4155550187 no wait 0189") == [("4155550187", "PHONE"), ("0189", "PHONE")]


def test_plus_behind_at_and_an_exit_code():
    """ "At plus one ..." is no e-mail address, and "0044" begins a number of any groups."""
    said = "plus one five one four five five five oh one eight two"
    assert [(said, "PHONE")] == found(f"text my sister at {said}")
    assert [("0044 1632 960 144", "FAX")] == found("fax 0044 1632 960 144")


def test_what_a_machine_dials():
    """An IP address with its port is nobody's telephone."""
    assert found("dial tcp: lookup db on 127.0.0.11:53: no such host") == []
    assert found("dial 415.555.0134 please") == [("415.555.0134", "PHONE")]


@pytest.mark.parametrize("question", ["What's the number?", "Can you read me the digits?", "and your phone number"])
@pytest.mark.parametrize("lead", ["", "it's "])
def test_pairs_with_commas_answer_a_question_for_a_number(question, lead):
    """One number, whatever it begins with."""
    asks = Turn("assistant", question)
    assert [("41, 55, 55, 01, 34", "PHONE")] == found(lead + "41, 55, 55, 01, 34", question=asks)
    assert [("41, 55, 55, 61, 34", "PHONE")] == found(lead + "41, 55, 55, 61, 34", question=asks)


def test_other_pairs_with_commas_stay():
    """Readings, ages, and what answers another question."""
    assert [] == found("41, 55, 55, 61, 34")
    assert [] == found("41, 55, 55, 61, 34", question=Turn("assistant", "How old are your children?"))
    assert [] == found("41, 55, 55, 61, 34", question=Turn("assistant", "What did the scale say each day?"))


@pytest.mark.parametrize("joint", [", and ", " and ", ". and ", ", next ", ", and then "])
def test_a_word_between_groups_does_not_cut_a_number(joint):
    """Asked for or not, in words or in digits, and not where its groups are other numbers."""
    asks = Turn("assistant", "What's your phone number?")
    number = f"four one five, six two eight{joint}oh one three four"
    assert [(number, "PHONE")] == found(f"{number} is my cell", question=asks)
    assert [(number, "PHONE")] == found(f"you can use {number}", question=asks)
    assert [(number, "PHONE")] == found(f"my number is {number}")
    assert [(f"206, 460{joint}0181", "PHONE")] == found(f"206, 460{joint}0181 is my cell")
    assert [] == found(f"we ordered 200, 300{joint}1500 units")
