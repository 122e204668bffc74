"""The examples are the specification: what is marked is found, exactly, and nothing else."""

import json
import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from masker_vehicle.detector import make_detector, vin_valid

from masker import Segment, Turn

DETECTOR = make_detector()
EXAMPLES = json.loads(files("masker_vehicle").joinpath("examples.json").read_text(encoding="utf-8"))
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


@pytest.mark.parametrize(("vin", "valid"), [("1M8GDM9AXKP042788", True), ("1M8GDM9A1KP042788", False)])
def test_the_vin_check_digit_is_computed(vin, valid):
    """49 CFR 565.15: place nine is the weighted sum modulo eleven."""
    assert vin_valid(vin) is valid


def test_a_key_or_a_label_makes_a_plate():
    """What stands under a key that names a plate, or right behind the word, is one; a template is none."""
    found = [
        [segment.text[s.start : s.end] for s in make_detector().detect(segment)]
        for segment in (
            Segment("RJU 253", key="plate"),
            Segment("UP72 KXC", key="licensePlate"),
            Segment("A1 B", key="template"),
            Segment("yes", key="plate"),
            Segment("vehicle towed, plate CSN 390, no injuries"),
            Segment("a plate of 3 eggs"),
        )
    ]
    assert [["RJU 253"], ["UP72 KXC"], [], [], ["CSN 390"], []] == [sorted(set(values)) for values in found]


@pytest.mark.parametrize(
    ("text", "plates"),
    [
        ("Ambulance TN 22 CK 4471 was late", ["TN 22 CK 4471"]),
        ("Complaint registered against MH 05 GX 1661.", ["MH 05 GX 1661"]),
        ("plate 2CD·4EF, other vehicle KX·08·LLM", ["2CD·4EF", "KX·08·LLM"]),
        ("Na 138·K 4.2, 3·10^5 and 10·5 mmol", []),
    ],
)
def test_plates_of_four_groups_and_with_dots(text, plates):
    """Indian plates have a form of their own, and plates show a dot between their groups."""
    values = {value for value, _ in found(text)}
    assert set(plates) <= values
    assert bool(plates) == bool(values)


@pytest.mark.parametrize(
    ("text", "plate"),
    [
        ("the license plate line reads KQZ 381", "KQZ 381"),
        ("my plate used to be 7KQZ381", "7KQZ381"),
        ("his plate has changed to KQZ 381 now", "KQZ 381"),
    ],
)
def test_a_plate_with_words_between(text, plate):
    """What is said of a plate may stand between it and its label."""
    assert found(text) == [(plate, "VEHICLE")]


@pytest.mark.parametrize("text", ["her plate was set and CT 2012 shows it", "the growth plate was seen on MRI 2019"])
def test_another_plate(text):
    """Plates of bones have years and levels behind them."""
    assert found(text) == []
