"""The examples are the specification: what is marked is found, exactly, and nothing else."""

import json
import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from masker_mrn.detector import make_detector

from masker import Segment, Turn

DETECTOR = make_detector()
EXAMPLES = json.loads(files("masker_mrn").joinpath("examples.json").read_text(encoding="utf-8"))
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


def test_a_letter_behind_a_slash():
    """A chart's number may end in a letter."""
    assert [("44210/B", "MRN")] == found("your mother's chart (44210/B) was open")


@pytest.mark.parametrize(
    "label", ["MR#", "mr no", "pt id", "pt #", "PT NO.", "pt.id", "pt/id:", "enc #", "enc no", "Enc:", "hx no"]
)
def test_typed_abbreviations_of_its_labels(label):
    """With a sign, a dot or a slash."""
    assert [("4471", "MRN")] == found(f"calling about {label} 4471 from last week")


@pytest.mark.parametrize(
    "text", ["Mr 4471", "pt no longer takes 1000 mg", "pt no BM 3 days", "enc 200 pages", "mr no one"]
)
def test_the_same_letters_elsewhere(text):
    """A title, a patient without something, an enclosure."""
    assert [] == found(text)
