"""The examples are the specification: what is marked is found, exactly, and nothing else."""

import json
import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from masker_email.detector import make_detector

from masker import Segment, Turn

DETECTOR = make_detector()
EXAMPLES = json.loads(files("masker_email").joinpath("examples.json").read_text(encoding="utf-8"))
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


def test_the_next_sentence_is_no_part_of_an_address():
    """A full stop behind an address ends it, also where the next word is a country's ending."""
    from masker_email.detector import make_detector

    from masker import Segment

    for text in ("My email is m.okonkwo@example.org. My social is fine", "it's ann@example.org. me too"):
        (span,) = make_detector().detect(Segment(text))
        assert text[span.start : span.end].endswith("@example.org")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("my email is c dot harrow at blue ridge dot com", "c dot harrow at blue ridge dot com"),
        ("send it to t dot okada at s b c global dot net", "t dot okada at s b c global dot net"),
        (
            "his email's d underscore pratt four at first light dot org",
            "d underscore pratt four at first light dot org",
        ),
        ("you can email me it's deepika dot rao seven one", "deepika dot rao seven one"),
        ("the best email is tobias underscore finch three", "tobias underscore finch three"),
    ],
)
def test_said_with_a_domain_of_several_words_or_without_its_end(text, value):
    """A domain may be several words, and the at sign may come with the next turn."""
    assert [(value, "EMAIL")] == found(text)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("it's records at hessbarlow dot example dot com", "what's the email"),
        ("carmela dot ruiz at north shore dental dot com", "and your email"),
        ("n dot castellano um hang on at aol dot com", "your email address please"),
    ],
)
def test_said_when_asked_for(text, asks):
    """Who is asked for an address may have one that is called like a thing, or breathe before the at sign."""
    assert [(text.removeprefix("it's "), "EMAIL")] == found(text, question=Turn("assistant", asks))


def test_the_rest_of_an_address_after_a_back_channel():
    """ "at mail dot example dot net" goes on with what came before "uh huh", and is a site's address otherwise."""
    rest = "at mail dot example dot net"
    assert [(rest, "EMAIL")] == found(rest, since=(Turn("assistant", "uh huh"),))
    assert [(rest, "EMAIL")] == found("and then " + rest, since=(Turn("assistant", "okay"),))
    assert [] == found("where did you read that " + rest, since=(Turn("assistant", "okay"),))


def test_the_part_before_the_at():
    """Who is asked for the part before the at sign says an address."""
    asks = Turn("assistant", "and what's the part before the at")
    assert [("g dot marsh", "EMAIL")] == found("g dot marsh", since=(asks,))


@pytest.mark.parametrize(
    "text",
    [
        "my email is on page 2",
        "my email is not working since may 2",
        "we met at blue ridge dot com",
        "the records are at portal dot example dot org",
    ],
)
def test_no_part_of_an_address(text):
    """Numbers, sites and what is said of mail are none."""
    assert [] == found(text)


@pytest.mark.parametrize(
    "text",
    [
        "golf um one nine seven seven at maribel mail dot co dot uk",
        "maribel, um, sixty one at example dot org",
        "okonkwo um maribel at example dot org",
        "okonkwo, uh, maribel at um example uh dot org",
        "o k o n um at gmail dot com",
        "m, okonkwo at example dot org",
    ],
)
def test_a_hesitation_does_not_cut_an_address(text):
    """What stands behind it would be somebody else's address."""
    assert [(text, "EMAIL")] == found(text)
    assert [(text, "EMAIL")] == found("my email is um " + text)


@pytest.mark.parametrize(
    "begun", ["sunny garden at", "sunny garden at example", "sunny dot", "sunny garden at example dot"]
)
def test_an_address_that_breaks_off_at_a_sign(begun):
    """Its rest comes in the next turn; where nobody asked, the sign stands behind "my email is"."""
    asks = Turn("assistant", "What's your email?")
    assert [(begun, "EMAIL")] == found(begun, question=asks)
    assert [(begun, "EMAIL")] == found(f"sure it's {begun}", question=asks)
    if not begun.endswith("example"):
        assert [(begun, "EMAIL")] == found(f"my email is {begun}")
    assert [] == found(f"we met in the {begun}")


@pytest.mark.parametrize(
    "answer",
    ["uh one second", "the same one", "representative", "it's complicated", "what is it at", "i'm at work", "operator"],
)
def test_what_is_said_instead_of_an_address(answer):
    """An answer that is none stays."""
    assert [] == found(answer, question=Turn("assistant", "What's your email?"))


@pytest.mark.parametrize(
    "said",
    ["I swallowed 30", "my temp is 104", "I want 2", "I need 90 of them", "I've been bleeding for 3 days", "pulse 130",
     "he's not breathing", "ambulance", "send an ambulance", "metformin", "my oxygen's at 82", "contractions every 3",
     "anaphylaxis", "pancreatitis", "hypoglycemia", "dermatology"],
)  # fmt: skip
def test_what_is_said_instead_of_an_address_stays(said):
    """An amount, a word that anybody says or a drug is no beginning of an address."""
    assert [] == found(said, role="user", question=Turn("assistant", "What's your email?"))


@pytest.mark.parametrize("value", ["szczepanski", "dave 88", "sunny garden 53", "szczepanski 412"])
def test_the_beginning_of_an_address_is_found_in_an_answer(value):
    """Names, and numbers that count nothing."""
    assert [(value, "EMAIL")] == found(value, role="user", question=Turn("assistant", "What's your email?"))
