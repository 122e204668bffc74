"""Server-sent events from raw bytes, for any cut.

Lines end at CR, LF or CRLF and nowhere else (a line separator such as U+2028 is legal inside JSON), as the HTML
standard says in "Parsing an event stream". Every event keeps the bytes it came in, so that what is not changed is
forwarded as it was: the raw bytes of all events, in order, are the bytes that were fed.
"""

from __future__ import annotations

import re
from typing import Final

import attrs

__all__ = ["MAX_EVENT", "Event", "EventTooLarge", "SSEDecoder", "with_data"]

#: How many bytes one event may take before the stream is given up, and how many lines.
MAX_EVENT: Final = 16 * 1024 * 1024
_MOST_LINES: Final = 100_000

_END: Final = re.compile(rb"\r\n|\n|\r")
_BOM: Final = b"\xef\xbb\xbf"
_ONE_EVENT: Final = re.compile(rb"data: [^\r\n]+\n\n").fullmatch


class EventTooLarge(ValueError):
    """An event does not end."""


@attrs.frozen
class Event:
    """One event, or bytes between events that carry none.

    Args:
        raw: The bytes as they came, with the blank line that ends the event.
        data: The ``data`` lines joined with LF; ``None`` when there is none (comments, ``retry``, keep-alives).
        event: The ``event`` field, or ``None``.
        id: The ``id`` field, or ``None``.
    """

    raw: bytes = attrs.field(repr=lambda raw: f"<{len(raw)} bytes>")
    data: bytes | None = attrs.field(default=None, repr=False)
    event: bytes | None = attrs.field(default=None, repr=False)
    id: bytes | None = attrs.field(default=None, repr=False)


class SSEDecoder:
    """Cuts a byte stream into events.

    Args:
        max_event: How many bytes one event may take.
    """

    def __init__(self, max_event: int = MAX_EVENT) -> None:
        self._max_event = max_event
        self._buffer = bytearray()
        self._line = 0  # where the current line begins
        self._searched = 0  # up to where the current line was searched for its end
        self._lines: list[tuple[int, int]] = []
        self._after_cr = False  # a line feed that comes next belongs to the line that just ended
        self._first = True

    def __repr__(self) -> str:
        return f"SSEDecoder(pending={len(self._buffer)})"

    @property
    def pending(self) -> int:
        """How many bytes have come of an event whose end has not."""
        return len(self._buffer)

    def feed(self, chunk: bytes) -> list[Event]:
        """Return the events that end in this chunk.

        Raises:
            EventTooLarge: The event at hand is longer than allowed.
        """
        events: list[Event] = []
        if not chunk:
            return events
        if self._after_cr and chunk[:1] == b"\n":
            self._after_cr = False
            if self._buffer:
                # The line stays open in the buffer: complete its ending there.
                self._buffer += b"\n"
                self._line = self._searched = len(self._buffer)
            else:
                events.append(Event(b"\n"))
            chunk = chunk[1:]
            if not chunk:
                return events
        self._after_cr = chunk[-1:] == b"\r"
        buffer = self._buffer
        if not buffer and _ONE_EVENT(chunk) is not None:  # nearly always: one network read, one event of one line
            self._first = False
            return [*events, Event(chunk, chunk[6:-2])]
        buffer += chunk
        begin = 0
        for match in _END.finditer(buffer, self._searched):
            end, after = match.span()
            if end == self._line:
                events.append(self._event(bytes(buffer[begin:after]), begin))
                begin = after
            else:
                self._lines.append((self._line, end))
                if len(self._lines) > _MOST_LINES:
                    raise EventTooLarge(f"an event has more than {_MOST_LINES:,} lines")
            self._line = after
        if begin:
            del buffer[:begin]
            self._line -= begin
            self._lines = [(start - begin, end - begin) for start, end in self._lines]
        self._searched = len(buffer)
        if len(buffer) > self._max_event:
            raise EventTooLarge(f"an event is longer than {self._max_event:,} bytes")
        return events

    def flush(self) -> list[Event]:
        """Return what is left as one event, as if its end had come; its raw bytes are as they came."""
        if not self._buffer:
            return []
        if self._line < len(self._buffer):
            self._lines.append((self._line, len(self._buffer)))
        event = self._event(bytes(self._buffer), 0)
        self._buffer.clear()
        self._line = self._searched = 0
        return [event]

    def _event(self, raw: bytes, begin: int) -> Event:
        data: list[bytes] = []
        name: bytes | None = None
        identity: bytes | None = None
        for start, end in self._lines:
            line = raw[start - begin : end - begin]
            if self._first:
                line = line.removeprefix(_BOM)
                self._first = False
            field, _, value = line.partition(b":")
            if field == b"data":
                data.append(value[1:] if value[:1] == b" " else value)
            elif field == b"event":
                name = value.removeprefix(b" ")
            elif field == b"id":
                identity = value.removeprefix(b" ")
        self._lines = []
        self._first = False
        return Event(raw, b"\n".join(data) if data else None, name, identity)


def with_data(event: Event, data: bytes) -> bytes:
    """Return an event's bytes with other data: one ``data`` line in the place of the first, everything else as it was.

    Args:
        event: The event.
        data: The new data, without line breaks.
    """
    raw = event.raw
    if event.data is not None and raw == b"data: %b\n\n" % event.data:
        return b"data: %b\n\n" % data  # nearly every event
    out: list[bytes] = []
    written = False
    at = 0
    for match in _END.finditer(raw):
        line, ending = raw[at : match.start()], match.group()
        at = match.end()
        if line.removeprefix(_BOM).partition(b":")[0] != b"data":
            out += (line, ending)
        elif not written:
            out += (b"data: ", data, ending)
            written = True
    tail = raw[at:]
    if tail.partition(b":")[0] != b"data":
        out.append(tail)
    elif not written:
        out += (b"data: ", data)
    return b"".join(out)
