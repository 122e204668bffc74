"""Laws of the painter, on any set of findings."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from masker import Span
from masker.detection.resolve import resolve

SPANS = st.lists(
    st.builds(
        lambda start, length, kind, score, detector: Span(start, start + length, kind, score, detector),
        st.integers(0, 30),
        st.integers(0, 12),
        st.sampled_from(["NAME", "PHONE", "DATE"]),
        st.sampled_from([0.3, 0.5, 1.0]),
        st.sampled_from(["a", "b", None]),
    ),
    max_size=12,
)
PRIORITIES = st.one_of(st.none(), st.dictionaries(st.sampled_from(["NAME", "PHONE"]), st.integers(0, 2)))


def covered(spans):
    return {place for span in spans for place in range(span.start, span.end)}


@given(SPANS, PRIORITIES, st.randoms())
def test_order_does_not_matter(spans, priority, random):
    """Any order of the same findings gives the same result."""
    shuffled = list(spans)
    random.shuffle(shuffled)
    assert resolve(spans, priority) == resolve(shuffled, priority)


@given(SPANS, PRIORITIES)
def test_exactly_the_union_is_covered(spans, priority):
    """Nothing found is left exposed, and nothing else is covered."""
    assert covered(spans) == covered(resolve(spans, priority))


@given(SPANS, PRIORITIES)
def test_the_result_is_sorted_disjoint_and_joined(spans, priority):
    """Neighbours do not overlap, and those that touch differ in kind."""
    resolved = resolve(spans, priority)
    for left, right in itertools.pairwise(resolved):
        assert left.end <= right.start
        assert left.end < right.start or left.kind != right.kind


@given(SPANS, PRIORITIES)
def test_resolving_again_changes_nothing(spans, priority):
    """The result is its own resolution."""
    resolved = resolve(spans, priority)
    assert resolved == resolve(resolved, priority)


@given(SPANS)
def test_every_character_has_a_kind_that_was_found_there(spans):
    """The painter invents no kind for a place."""
    for visible in resolve(spans):
        for place in range(visible.start, visible.end):
            assert visible.kind in {span.kind for span in spans if span.start <= place < span.end}


@given(SPANS)
def test_the_longest_finding_stays_whole(spans):
    """A finding longer than every other is covered by one kind: its own."""
    lengths = sorted((len(span) for span in spans), reverse=True)
    if not lengths or lengths[0] == 0 or (len(lengths) > 1 and lengths[0] == lengths[1]):
        return
    longest = max(spans, key=len)
    winners = [span for span in resolve(spans) if span.overlaps(longest)]
    assert any(
        span.start <= longest.start and longest.end <= span.end and span.kind == longest.kind for span in winners
    )
