"""The painter, case by case; its laws are property tests."""

import pytest

from masker import Span
from masker.core.policy import Policy
from masker.detection.resolve import admit, resolve


@pytest.mark.parametrize(
    ("spans", "visible"),
    [
        ([], []),
        ([Span(3, 3, "NAME")], []),
        ([Span(0, 5, "NAME"), Span(0, 5, "NAME")], [(0, 5, "NAME")]),
        ([Span(0, 10, "ADDRESS"), Span(3, 7, "NAME")], [(0, 10, "ADDRESS")]),
        ([Span(0, 6, "ADDRESS"), Span(4, 12, "NAME")], [(0, 4, "ADDRESS"), (4, 12, "NAME")]),
        ([Span(0, 5, "NAME", 0.4), Span(0, 5, "DATE", 0.9)], [(0, 5, "DATE")]),
        ([Span(0, 5, "NAME"), Span(5, 9, "NAME")], [(0, 9, "NAME")]),
        ([Span(0, 5, "NAME"), Span(6, 9, "NAME")], [(0, 5, "NAME"), (6, 9, "NAME")]),
        ([Span(0, 5, "NAME"), Span(3, 9, "NAME"), Span(8, 11, "NAME")], [(0, 11, "NAME")]),
    ],
)
def test_the_stronger_finding_is_painted_last(spans, visible):
    """Longer beats shorter, then surer beats less sure; touching findings of one kind are one."""
    assert visible == [(span.start, span.end, span.kind) for span in resolve(spans)]


def test_priority_goes_before_length():
    """A kind that the caller weighs higher stays whole."""
    spans = [Span(0, 10, "ADDRESS"), Span(3, 7, "NAME")]
    kinds = [(span.start, span.end, span.kind) for span in resolve(spans, {"NAME": 1})]
    assert [(0, 3, "ADDRESS"), (3, 7, "NAME"), (7, 10, "ADDRESS")] == kinds


def test_a_joined_finding_keeps_the_surer_score_and_its_detector():
    """Reports name the detector that was surest."""
    (joined,) = resolve([Span(0, 5, "NAME", 0.6, "a"), Span(5, 9, "NAME", 0.9, "b")])
    assert (0.9, "b") == (joined.score, joined.detector)


def test_many_nested_findings_are_resolved_quickly():
    """Ten thousand overlapping findings are no trouble; the test's own time limit is the check."""
    spans = [Span(start, 20_000 - start, "NAME" if start % 2 else "DATE") for start in range(9_000)]
    assert [(0, 20_000, "DATE")] == [(span.start, span.end, span.kind) for span in resolve(spans)]


def test_unsure_and_allowed_findings_do_not_count():
    """``min_score`` and the allow-list take a finding out before overlaps are resolved."""
    policy = Policy.from_toml('[kinds.DATE]\nmin_score = 0.9\n[allow.NAME]\nwords = ["Ava"]')
    text = "Ava met Sarah in May"
    spans = [Span(0, 3, "NAME"), Span(8, 13, "NAME", 0.5), Span(17, 20, "DATE", 0.8), Span(0, 13, "NAME", 0.4)]
    assert [(8, 13)] == [(span.start, span.end) for span in admit(text, spans, policy)]
