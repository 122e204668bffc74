"""Event streams are cut over raw bytes."""

from __future__ import annotations

import pytest

from masker.wire.sse import Event, EventTooLarge, SSEDecoder, with_data


def events(*chunks: bytes) -> list[Event]:
    decoder = SSEDecoder()
    return [event for chunk in chunks for event in decoder.feed(chunk)] + decoder.flush()


def data(*chunks: bytes) -> list[bytes]:
    return [event.data for event in events(*chunks) if event.data is not None]


@pytest.mark.parametrize("end", [b"\n", b"\r", b"\r\n"])
def test_lines_end_at_cr_lf_and_crlf(end: bytes) -> None:
    """All three, and blank lines end events."""
    assert [b"a", b"b"] == data(b"data: a" + end * 2 + b"data:b" + end * 2)


def test_a_line_separator_is_text() -> None:
    """U+2028, U+0085 and the form feed are legal inside JSON."""
    text = '"\u2028\u2029\u0085\x0c"'.encode()
    assert [text] == data(b"data: " + text + b"\n\n")


def test_several_data_lines_are_one_data() -> None:
    """Joined with a line feed; only one leading space is taken off."""
    assert [b"a\n b\n"] == data(b"data: a\ndata:  b\ndata\n\n")


def test_other_fields_and_comments() -> None:
    """An event's name and id are seen, a comment is an event without data, and the raw bytes are all there."""
    raw = b": ping\n\nevent: error\nid: 7\nretry: 10\ndata: x\n\n"
    first, second = events(raw)
    assert (None, b": ping\n\n") == (first.data, first.raw)
    assert (b"x", b"error", b"7") == (second.data, second.event, second.id)
    assert raw == first.raw + second.raw


def test_crlf_over_a_chunk_border_is_one_ending() -> None:
    """The event is out with the CR; the LF that follows ends no second line."""
    decoder = SSEDecoder()
    assert [b"a"] == [event.data for event in decoder.feed(b"data: a\r\n\r")]
    assert [(b"\n", None)] == [(event.raw, event.data) for event in decoder.feed(b"\n")]
    assert [b"b\nc"] == data(b"data: b\r", b"\ndata: c\r", b"\n\r\n")


def test_a_byte_order_mark_is_taken_off_the_first_line() -> None:
    """As the standard says."""
    assert [b"a"] == data(b"\xef\xbb\xbfdata: a\n\n")


def test_an_event_without_end_is_flushed() -> None:
    """What the connection cut off is one last event, as it came."""
    assert [(b"data: a\nda", b"a")] == [(event.raw, event.data) for event in events(b"data: a\nda")]
    assert [] == events(b"data: a\n\n")[1:]


def test_an_endless_line_is_refused() -> None:
    """Memory stays bounded."""
    decoder = SSEDecoder(max_event=100)
    decoder.feed(b"data: " + b"x" * 90)
    with pytest.raises(EventTooLarge):
        decoder.feed(b"x" * 10)


def test_many_small_events_are_not_one_large_one() -> None:
    """The limit is per event."""
    assert 100 == len(SSEDecoder(max_event=20).feed(b"data: 12345\n\n" * 100))


def test_nothing_shows_content() -> None:
    """Neither an event nor the decoder."""
    decoder = SSEDecoder()
    (event,) = decoder.feed(b"event: Sarah\nid: Sarah\ndata: Sarah\n\ndata: Sarah")
    assert "Sarah" not in repr(event) + repr(decoder)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"data: a\n\n", b"data: NEW\n\n"),
        (b"id: 1\r\ndata:a\r\ndata:b\r\n: c\r\n\r\n", b"id: 1\r\ndata: NEW\r\n: c\r\n\r\n"),
        (b"event: x\rdata\r\r", b"event: x\rdata: NEW\r\r"),
        (b"data: a", b"data: NEW"),
        (b"data: a\nid: 1", b"data: NEW\nid: 1"),
    ],
)
def test_new_data_leaves_the_other_fields_alone(raw: bytes, expected: bytes) -> None:
    """Names, ids, comments and line endings stay."""
    (event,) = events(raw)
    assert expected == with_data(event, b"NEW")


@pytest.mark.parametrize("line", [b":\n", b"data\n", b":\r"])
def test_an_event_of_too_many_lines_is_given_up(line: bytes) -> None:
    """Each takes many times its length in memory."""
    decoder = SSEDecoder()
    with pytest.raises(EventTooLarge):
        decoder.feed(line * 200_000)
