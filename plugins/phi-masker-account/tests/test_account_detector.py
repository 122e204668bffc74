"""The examples are the specification: what is marked is found, exactly, and nothing else."""

import json
import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from masker_account.detector import iban_valid, luhn_valid, make_detector

from masker import Segment, Turn

DETECTOR = make_detector()
EXAMPLES = json.loads(files("masker_account").joinpath("examples.json").read_text(encoding="utf-8"))
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


@pytest.mark.parametrize(("number", "valid"), [("4111111111111111", True), ("4111111111111112", False)])
def test_the_luhn_check_digit_is_computed(number, valid):
    """ISO/IEC 7812-1: the last digit makes the weighted sum a multiple of ten."""
    assert luhn_valid(number) is valid


@pytest.mark.parametrize(("iban", "valid"), [("GB82WEST12345698765432", True), ("GB83WEST12345698765432", False)])
def test_the_iban_check_digits_are_computed(iban, valid):
    """ISO 13616: moved to the end and read as a number, the rest by 97 is one."""
    assert iban_valid(iban) is valid


def test_a_wrong_check_digit_under_a_label_is_still_masked():
    """Callers misread."""
    assert found("my card number is 4111111111111112") == [("4111111111111112", "CARD")]


def test_an_expiry_date_under_its_key():
    """Month and year under a key that names an expiry are a card's."""
    found = [
        [segment.text[s.start : s.end] for s in make_detector().detect(segment)]
        for segment in (
            Segment("04/29", key="exp"),
            Segment("10/2031", key="card_expiry"),
            Segment("04/29", key="score"),
        )
    ]
    assert [["04/29"], ["10/2031"], []] == found


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("%B4111111111111111^LARK/UNA^25121010000012300000?", ["%B4111111111111111", "25121010000012300000"]),
        ("swiped: B5555555555554444^LARK/UNA^2512101", ["5555555555554444", "2512101"]),
        ("%B3782 822463 10005^LARK/UNA ^2512101?", ["%B3782 822463 10005", "2512101"]),
        (
            "%B4111111111111111^LARK/UNA^?;4111111111111111=25121011?",
            ["%B4111111111111111", "4111111111111111", "25121011"],
        ),
        ("vitamin B12^2 and b = 4^2; 3=3", []),
    ],
)
def test_a_magnetic_stripe_is_a_card(text, values):
    """The number ("%B4" is read as one escaped character), and what follows it: the expiry date and the check value."""
    assert found(text) == [(value, "CARD") for value in values]


def test_what_stands_behind_a_cards_number():
    """Behind number and expiry date the check value follows, with or without its name."""
    assert ("884", "CARD") in found("4111 1111 1111 1111  09/27  884")
    assert ("771", "CARD") in found("amex 3782 822463 10005 exp 01/28, security 771")
    assert ("884", "CARD") not in found("4111 1111 1111 1111 09/27 884-1")


def test_a_sort_code_is_no_date():
    """British sort codes have the form of a date."""
    assert ("30-98-12", "ACCOUNT") in found("refund to sort 30-98-12, acc 50119823")
    assert ("20-11-98", "ACCOUNT") in found("sort code 20-11-98 account 44120031")
    assert [] == found("we sort them on 20-11-98")


@pytest.mark.parametrize(
    "text",
    [
        "CVV from the letter was 737",
        "CVV I wrote down says 737",
        "my cvv which is 737",
        "the CVV line reads 7371",
        "CVV (I hope) is seven three seven",
    ],
)
def test_a_check_value_with_words_between(text):
    """What is said of a card's check value may stand between it and its name."""
    assert [kind for _, kind in found(text)] == ["CARD"]


@pytest.mark.parametrize(
    "text", ["the cvv was wrong and I paid 150", "the CVV is checked within 500 ms", "cvv in 30 days"]
)
def test_another_number_behind_a_check_value(text):
    """Another clause and an amount have numbers of their own."""
    assert found(text) == []
