"""The examples are the specification: what is marked is found, exactly, and nothing else."""

import json
import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from masker_license.detector import dea_valid, make_detector, npi_valid

from masker import Segment, Turn

DETECTOR = make_detector()
EXAMPLES = json.loads(files("masker_license").joinpath("examples.json").read_text(encoding="utf-8"))
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


@pytest.mark.parametrize(("npi", "valid"), [("1234567893", True), ("1234567890", False), ("3234567893", False)])
def test_the_npi_check_digit_is_computed(npi, valid):
    """45 CFR 162.406: Luhn with the prefix 80840."""
    assert npi_valid(npi) is valid


@pytest.mark.parametrize(("dea", "valid"), [("AB1234563", True), ("AB1234564", False)])
def test_the_dea_check_digit_is_computed(dea, valid):
    """The last digit is that of the weighted sum of the first six."""
    assert dea_valid(dea) is valid


def test_a_label_behind_a_label():
    """What was named before a short label begins with it: the form of the number on the card."""
    assert [("DL 5582 20117", "LICENSE")] == found("driving licence no (DL 5582 20117), thanks")
