"""The cache's digests tell everything apart that a detector could, and nothing else."""

from masker.core.segments import Segment, Turn
from masker.core.spans import Span
from masker.detection.cache import SpanCache
from masker.detection.context import Asks, asks_of


def test_the_same_words_in_another_request_have_the_same_digest():
    """Turns are known by what they say, not by which object says it."""
    cache = SpanCache()
    made = [
        Segment("pedro", "user", question=Turn("assistant", "your name?"), since=(Turn("user", "uh"),))
        for _ in range(2)
    ]
    assert cache.digests("s").segment(made[0]) == cache.digests("s").segment(made[1])


def test_context_counts():
    """Another question, another turn since, or their order gives another digest."""
    digests = SpanCache().digests("s")
    name, age, uh = Turn("assistant", "your name?"), Turn("assistant", "your age?"), Turn("user", "uh")
    segments = [
        Segment("ten", "user"),
        Segment("ten", "user", question=name),
        Segment("ten", "user", question=age),
        Segment("ten", "user", question=name, since=(uh,)),
        Segment("ten", "user", question=name, since=(uh, age)),
        Segment("ten", "user", question=name, since=(age, uh)),
        Segment("ten", "user", since=(name,)),
    ]
    assert len(segments) == len({digests.segment(segment) for segment in segments})
    contexts = [(segment.question, segment.since) for segment in segments]
    assert len(segments) == len({digests.placed(b"ten", *context) for context in contexts})


def test_a_turn_is_asked_once():
    """Whether a turn is a question is remembered over requests, by its digest."""
    cache = SpanCache()
    asked = []

    def ask(turn):
        asked.append(turn.text)
        return asks_of(turn)

    for _ in range(2):
        asks = cache.asking(cache.digests("s"), ask)
        answers = [asks(Turn("assistant", "what is your name?")), asks(Turn("user", "it hurts"))]
        assert answers == [Asks.VALUE, Asks.NOTHING]
    assert ["what is your name?", "it hurts"] == asked


def test_a_cache_of_size_zero_remembers_nothing():
    """Neither spans nor questions."""
    cache = SpanCache(0)
    digest = cache.digest("s", Segment("x"))
    cache.put(digest, ())
    assert cache.get(digest) is None
    assert "segments=0" in repr(cache)


def test_what_holds_thousands_of_spans_takes_the_room_of_hundreds():
    """A cache that counted texts alone would grow with whoever sends lists of values."""
    cache = SpanCache(4000)
    spans = tuple(Span(at, at + 1, "NAME") for at in range(8000))

    def known(text):
        return cache.get(cache.digest("s", Segment(text))) is not None

    for number in range(10):
        cache.put(cache.digest("s", Segment(f"list {number}")), spans[:4000])
        cache.put(cache.digest("s", Segment(f"line {number}")), spans[:1])
    assert [3, 4, 5, 6, 7, 8, 9] == [number for number in range(10) if known(f"list {number}")]
    cache.put(cache.digest("s", Segment("enormous")), spans)
    assert not known("enormous")
    assert known("line 9")
    for number in range(5000):
        cache.put(cache.digest("s", Segment(f"line {number}")), spans[:1])
    assert 4000 == len(cache)


def test_what_detectors_note_about_a_turn_is_no_part_of_it():
    """A turn's memo neither shows nor changes what it equals."""
    one, other = Turn("user", "sarah"), Turn("user", "sarah")
    one.memo["asked"] = True
    assert one == other
    assert hash(one) == hash(other)
    assert "asked" not in repr(one)
