"""The examples are the specification: what is marked is found, exactly, and nothing else."""

import json
import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from masker_ssn.detector import make_detector

from masker import Segment, Turn

DETECTOR = make_detector()
EXAMPLES = json.loads(files("masker_ssn").joinpath("examples.json").read_text(encoding="utf-8"))
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


def test_what_is_refused_is_asked_for_again():
    """ "... don't match" asks for the number once more, and "ssn4" is a key for its last digits."""
    refused = Turn("assistant", "The last four of the SSN you gave don't match.")
    assert [("7713", "SSN")] == found("oh sorry. 7713, i mixed them up", role="user", question=refused)
    assert [("4471", "SSN")] == found('{"ssn4":"4471"}')
