"""The examples are the specification: what is marked is found, exactly, and nothing else."""

import json
import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from masker_health_plan.detector import make_detector

from masker import Segment, Turn

DETECTOR = make_detector()
EXAMPLES = json.loads(files("masker_health_plan").joinpath("examples.json").read_text(encoding="utf-8"))
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


@pytest.mark.parametrize(
    "text",
    ["medicare 2950 70114 1 ref 2", "medicare 2950 70114 1 and i'm number 2 on it", "medicare 2950 70114 1, IRN: 2"],
)
def test_the_place_on_a_familys_card(text):
    """One digit behind the number of a card says whose it is."""
    assert ["2950 70114 1", "2"] == sorted((value for value, _ in found(text)), key=len, reverse=True)


def test_a_count_behind_a_cards_number():
    """A number that goes on, or counts something, is none."""
    assert ["2950 70114 1"] == [value for value, _ in found("medicare 2950 70114 1 and 2 visits left")]


@pytest.mark.parametrize("label", ["mem id", "mem#", "subs no", "sub id", "subscr #", "pol #", "Pol. no."])
def test_typed_abbreviations_of_its_labels(label):
    """Behind them stands a number; behind some of their letters a dose."""
    assert [("A4471", "HEALTH_PLAN")] == found(f"my {label} A4471 from last year")
    assert [] == found("sub 50 mg, subs 2 tablets, pol 3 days")
