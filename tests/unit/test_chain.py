"""The chain runs every detector, checks what comes back and fails closed."""

import re

import pytest

from masker import PatternDetector, Rule, Segment, Span
from masker.detection.cache import SpanCache
from masker.detection.chain import MARGIN, SHORT, WINDOW, Chain
from masker.detection.context import LONGEST_TURN
from masker.errors import DetectionFailed
from masker.wire.request import turn_of

DIGITS = PatternDetector("digits", [Rule("OTHER_ID", re.compile(r"\d{4,}"))])


class Returns:
    name = "odd"
    kinds = frozenset({"NAME"})

    def __init__(self, *spans):
        self.spans = spans

    def detect(self, segment):
        return self.spans


class Raises(Returns):
    def detect(self, segment):
        raise ValueError(segment.text)


@pytest.mark.parametrize(
    "span",
    [Span(0, 0, "NAME"), Span(-1, 2, "NAME"), Span(2, 1, "NAME"), Span(0, 99, "NAME"), Span(0, 1, "MRN"),
     Span(0, 1, "NAME", 1.5), Span("0", 1, "NAME"), (0, 1, "NAME")],
)  # fmt: skip
def test_a_bad_span_stops_the_request(span):
    """Out of range, empty, undeclared or no span at all: detection failed."""
    with pytest.raises(DetectionFailed, match="odd"):
        Chain((Returns(span),)).detect(Segment("sarah"))


def test_an_exception_is_named_but_not_quoted():
    """The error tells detector and exception type, never its message."""
    with pytest.raises(DetectionFailed) as caught:
        Chain((Raises(),)).detect(Segment("sarah chen"))
    assert "ValueError" in caught.value.message
    assert "sarah" not in caught.value.message
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("at", [0, WINDOW - 3, WINDOW, WINDOW + MARGIN - 1, 2 * WINDOW - 2, 3 * WINDOW])
def test_windows_find_what_one_search_finds(at):
    """A value on a window's border is found once and whole."""
    text = ("a " * 10_000)[: at - at % 2] + "12345678 " + "b " * 5_000
    found = set(Chain((DIGITS,)).detect(Segment(text)))
    assert {"12345678"} == {text[s.start : s.end] for s in found}


def test_a_short_text_is_one_step():
    """A text that takes less time than there is between two looks at others is searched in one go."""
    chain = Chain((DIGITS, DIGITS))
    assert 1 == len(list(chain.steps(Segment("a" * (SHORT - 4) + "1234"))))
    assert 1 < len(list(chain.steps(Segment("a" * (SHORT - 3) + "1234"))))


def test_every_window_is_a_step():
    """A long text is searched in several bounded steps."""
    assert 10 <= len(list(Chain((DIGITS,)).steps(Segment("word " * 10_000))))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("it's 4155550123 no wait 0173", ["4155550123", "0173"]),
        ("it's four one five five five five oh one two three sorry no oh one seven three",
         ["four one five five five five oh one two three", "oh one seven three"]),
        ("it's 41555501 scratch that 41555502 i mean 0503", ["41555501", "41555502", "0503"]),
        ("it's 41555501 sorry i take 20 mg", ["41555501"]),
        ("it's 41555501 no 20 mg of that", ["41555501"]),
    ],
)  # fmt: skip
def test_a_correction_is_the_same_kind(text, values):
    """What follows a correction is a value too, unless it is an amount."""
    found = sorted(set(Chain((DIGITS,)).detect(Segment(text))))
    assert values == [text[s.start : s.end] for s in found if s.end - s.start >= 4 or "20" in text[s.start : s.end]]


def test_the_cache_forgets_the_oldest():
    """The cache is bounded and holds no text."""
    cache = SpanCache(limit=2)
    keys = [cache.digest("scope", Segment(f"sarah {i}")) for i in range(3)]
    for key in keys:
        cache.put(key, (Span(0, 5, "NAME"),))
    assert cache.get(keys[0]) is None
    assert (Span(0, 5, "NAME"),) == cache.get(keys[2])
    assert "sarah" not in repr(vars(cache) if hasattr(cache, "__dict__") else cache)


def test_the_cache_key_sees_all_context():
    """Everything a detector may look at changes the key."""
    from masker import Turn

    cache = SpanCache()
    segments = [
        Segment("x"), Segment("x", role="user"), Segment("x", key="dob"), Segment("x", question=Turn("assistant", "q")),
        Segment("x", since=(Turn("user", "q"),)), Segment("xq"),
        Segment("x", question=Turn("assistant", "q"), since=(Turn("user", "r"),)),
        Segment("x", question=Turn("assistant", "qr")),
    ]  # fmt: skip
    assert len({cache.digest("s", segment) for segment in segments}) == len(segments)
    assert cache.digest("s", segments[0]) != cache.digest("t", segments[0])
    assert cache.digest("s", segments[0]) != cache.digest("s", segments[0], tool="lookup")
    assert SpanCache().digest("s", segments[0]) != cache.digest("s", segments[0])


class _Sees:
    """Reports every segment it is given as one span, and remembers its context."""

    name = "sees"
    kinds = frozenset({"NAME"})

    def __init__(self):
        self.seen = []

    def detect(self, segment):
        self.seen.append((segment.text, segment.role, segment.question.text if segment.question else None))
        return [Span(0, len(segment.text), "NAME")]


def test_a_transcript_is_read_turn_by_turn():
    """Lines that begin with a speaker are turns; an answer sees its question and spans keep their place."""
    text = "Doctor: What's your name?\nPatient: Pedro Ruiz.\nDoctor: Okay.\nPatient: And my knee hurts."
    detector = _Sees()
    spans = Chain((detector,)).detect(Segment(text))
    assert ("Pedro Ruiz.", "user", "What's your name?") == detector.seen[1]
    assert "Pedro Ruiz." in [text[s.start : s.end] for s in spans]


def test_of_a_long_turn_the_end_is_context():
    """Detectors look at the context of every segment after it; the turn itself is searched whole."""
    long = "what is " + "it " * 3000 + "your name?"
    detector = _Sees()
    spans = Chain((detector,)).detect(Segment(f"agent: {long}\nuser: ann\nagent: okay"))
    assert ("ann", "user", long[-LONGEST_TURN:]) in detector.seen
    assert len("agent: ") + len(long) in {span.end for span in spans}
    assert long[-LONGEST_TURN:] == turn_of({"role": "assistant", "content": long}).text


def test_a_form_is_no_transcript():
    """A form's labels stay part of the text."""
    detector = _Sees()
    text = "Patient: Chen, Jian\nDOB: 1 May 1980\nMRN: 88321\nPhone: 415-555-0123"
    Chain((detector,)).detect(Segment(text))
    assert [text] == [seen[0] for seen in detector.seen]
