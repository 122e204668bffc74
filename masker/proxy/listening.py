"""Serve an ASGI application on a listening socket: Hypercorn speaks HTTP, accepting and writing are ours.

Workers share one socket. asyncio's own servers accept until nobody is left waiting, so of a burst of callers the worker
that wakes first takes all, keeps them for as long as they live, and leaves its neighbours idle. Here a worker takes
two and then waits for a moment, in which the others wake: all get their share, and who has much to do gets fewer.

What is written in one turn of the event loop leaves in one packet at its end: a reply's headers and body, the last
chunk of a stream and the end of its body.
"""

from __future__ import annotations

__all__ = ["Stop", "serve_app", "server_config"]

import asyncio
import contextlib
import logging
import math
import socket
import time
from collections.abc import Awaitable, Callable
from typing import Any, Final

import h11
from hypercorn.app_wrappers import ASGIWrapper
from hypercorn.asyncio.tcp_server import TCPServer
from hypercorn.asyncio.worker_context import WorkerContext
from hypercorn.config import Config
from hypercorn.events import Closed, Event, RawData
from hypercorn.protocol import ProtocolWrapper
from hypercorn.protocol.h11 import H11Protocol
from hypercorn.typing import ConnectionState

from masker.proxy.errors import error_body, error_headers, from_http_status
from masker.proxy.logs import describe, logger, new_request_id

#: Bytes that are read at a time.
_READ: Final = 64 * 1024
#: ... and worked on before others have their turn, but where a body has a length.
_SLICE: Final = 8 * 1024
#: Bytes that are written without waiting for the end of the turn.
_MUCH: Final = 64 * 1024
#: Bytes before a request's body, and of what may follow one.
_LONGEST_HEAD: Final = 64 * 1024
#: Seconds that an idle connection is kept: cheap, and handshakes are not. Also the time for a request's headers.
_IDLE: Final = 75.0
#: How many callers a worker among several takes at once, and the seconds that it then leaves to the others.
_AT_ONCE: Final = 2
_PAUSE: Final = 0.001
#: Seconds in which those who connected last may say what they want.
_LAST_CALLERS: Final = 0.1
#: ... and those who have begun to may end their headers.
_HEADERS: Final = 3.0
#: Seconds for which a caller whose request was refused may go on sending it: who is cut off may lose the answer.
_DRAIN: Final = 2.0
#: Seconds after which a server that stops looks whether it has been told to be quicker.
_GLANCE: Final = 0.5
#: Seconds without accepting when the system has no file left for another caller.
_BREATHER: Final = 0.5


class Stop(asyncio.Event):
    """Tells servers to stop, and until when what is open may take. Told again, that can only be sooner.

    Args:
        grace: Seconds that open replies get when nothing else is said.
    """

    def __init__(self, grace: float) -> None:
        super().__init__()
        self.grace = grace
        self._until = math.inf
        self._told = asyncio.Event()

    def set(self) -> None:
        """Tell to stop, with the usual grace."""
        self.within(self.grace)

    def within(self, seconds: float) -> None:
        """Tell to stop, with so many seconds."""
        self._until = min(self._until, time.monotonic() + seconds)
        self._told.set()
        super().set()

    def left(self) -> float:
        """Return how many seconds there are left, once told to stop."""
        return max(0.0, self._until - time.monotonic())

    async def over(self, before: float) -> None:
        """Return when, told to stop, there are no more than so many seconds left."""
        await self.wait()
        while (left := self.left() - before) > 0:
            self._told.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(left):
                    await self._told.wait()


def server_config() -> Config:
    """Return Hypercorn's configuration."""
    config = Config()
    config.accesslog = None  # it would write paths, which hold agent ids
    config.errorlog = logging.getLogger("hypercorn.error")  # ends in our handler, which drops messages
    config.keep_alive_timeout = _IDLE
    config.keep_alive_max_requests = 1_000_000
    config.h11_max_incomplete_size = _LONGEST_HEAD
    config.include_server_header = False
    return config


async def serve_app(
    app: Any, listener: socket.socket, config: Config, stop: Stop, *, shared: bool = False
) -> None:
    """Serve until told to stop, then until what is open has ended or its time is over.

    Args:
        app: The ASGI application; it hears of no lifespan.
        listener: Where callers connect; closed when told to stop.
        config: See `server_config`.
        stop: When set, no new connections are taken, and idle ones are closed.
        shared: Whether others serve on the same socket.
    """
    loop = asyncio.get_running_loop()
    context = WorkerContext(None)
    wrapped = ASGIWrapper(app)
    attending: set[asyncio.Task[None]] = set()

    async def attend(caller: socket.socket) -> None:
        reader = asyncio.StreamReader(loop=loop)
        protocol = _Caller(reader, loop=loop)
        transport, _ = await loop.connect_accepted_socket(lambda: protocol, caller)
        writer = asyncio.StreamWriter(transport, protocol, reader, loop)
        protocol.connection = _Connection(wrapped, loop, config, context, ConnectionState({}), reader, writer)
        await protocol.connection

    def serve_caller(caller: socket.socket) -> None:
        caller.setblocking(False)
        task = loop.create_task(attend(caller))
        attending.add(task)
        task.add_done_callback(ended)

    def accept() -> None:
        for taken in range(_AT_ONCE):
            try:
                caller, _ = listener.accept()
            except (BlockingIOError, InterruptedError, ConnectionError):  # another worker was quicker, or it hung up
                if not taken:
                    return
                break
            except OSError as error:
                logger().error("cannot accept", **describe(error))
                pause(_BREATHER)
                return
            serve_caller(caller)
        if shared:
            pause(_PAUSE)

    def pause(seconds: float) -> None:
        loop.remove_reader(listener)
        loop.call_later(seconds, resume)

    def ended(task: asyncio.Task[None]) -> None:
        attending.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None and not isinstance(error, OSError):
            logger().error("connection failed", **describe(error))

    def resume() -> None:
        if not stop.is_set():
            loop.add_reader(listener, accept)

    resume()
    await stop.wait()
    loop.remove_reader(listener)
    with contextlib.suppress(OSError):  # until none is left of those whom the system has let in
        while True:
            serve_caller(listener.accept()[0])
    listener.close()
    await asyncio.sleep(_LAST_CALLERS)
    await context.terminated.set()
    while attending and (left := stop.left()):
        await asyncio.wait(attending, timeout=min(left, _GLANCE))
    late = tuple(attending)
    for task in late:
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)


class _Caller(asyncio.StreamReaderProtocol):
    """Tells the connection when its caller hangs up, also while nobody reads from it.

    Hypercorn does not, while it answers one request and has the next already: it would go on and answer all of them.
    """

    connection: _Connection | None = None

    def eof_received(self) -> bool | None:
        if self.connection is not None:
            self.connection.end()
        return super().eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        if self.connection is not None:
            self.connection.end()
        super().connection_lost(exc)


class _Ended:
    """Stands in for HTTP where there is nobody to speak it with: nothing comes, and what is sent is nothing."""

    they_are_waiting_for_100_continue = False
    our_state = their_state = h11.CLOSED

    def receive_data(self, _data: bytes) -> None:
        """Forget it."""

    def next_event(self) -> Any:
        """Return that there is none."""
        return h11.NEED_DATA

    def send(self, _event: Any) -> bytes:
        """Return nothing."""
        return b""


class _Parser(h11.Connection):
    """Reads no further than the last request of a connection: what a caller sends behind it is nobody's.

    A line's end too many would otherwise be an error that takes the answer's place.

    Attributes:
        chunked: Whether the body that comes is in chunks; ``None`` between requests.
    """

    chunked: bool | None = None

    def receive_data(self, data: bytes) -> None:
        if self.their_state is not h11.MUST_CLOSE:
            super().receive_data(data)

    def next_event(self) -> h11.Event | type[h11.NEED_DATA | h11.PAUSED]:
        if self.their_state is h11.MUST_CLOSE:
            return h11.NEED_DATA
        event = super().next_event()
        if isinstance(event, h11.Request):
            self.chunked = any(name == b"transfer-encoding" for name, _ in event.headers)
            self._check(event)
        elif isinstance(event, h11.EndOfMessage):
            self.chunked = None
            self._check(event)
        return event

    @staticmethod
    def _check(event: h11.Request | h11.EndOfMessage) -> None:
        """Refuse what h11 lets pass: another version, and a long head or long trailers that come in one go."""
        size = sum(len(name) + len(value) + 4 for name, value in event.headers)
        if isinstance(event, h11.Request):
            size += len(event.target)
            if event.http_version not in (b"1.0", b"1.1"):
                raise h11.RemoteProtocolError("another version of HTTP")
        if size > _LONGEST_HEAD:
            raise h11.RemoteProtocolError("too long", error_status_hint=431)


class _Http(H11Protocol):
    """HTTP/1.1 and nothing else, which tells in our own form what it refuses."""

    def __init__(self, outer: ProtocolWrapper, hear_out: Callable[[], Awaitable[None]]) -> None:
        super().__init__(
            outer.app,
            outer.config,
            outer.context,
            outer.task_group,
            outer.state,
            outer.ssl,
            outer.client,
            outer.server,
            outer.send,
        )
        self.connection = _Parser(h11.SERVER, outer.config.h11_max_incomplete_size)
        self._hear_out = hear_out

    async def _check_protocol(self, event: h11.Request) -> None:
        # Hypercorn 0.18 would switch to HTTP/2 for whoever asks on a plain socket: a second parser, for strangers only.
        """Go on with the protocol that is spoken."""

    async def _create_stream(self, request: h11.Request) -> None:
        # Nor is any other protocol spoken: who asks for one is answered as if it had not.
        headers = [(name, value) for name, value in request.headers if name != b"upgrade"]
        await super()._create_stream(
            h11.Request(
                method=request.method, target=request.target, headers=headers, http_version=request.http_version
            )
        )

    async def _send_error_response(self, status_code: int) -> None:
        # The parser's own words may quote the request, and its statuses are more than clients know.
        error = from_http_status(431 if status_code == 431 else 400)
        body = error_body(error)
        headers = {
            **error_headers(error),
            "content-length": str(len(body)),
            "x-request-id": new_request_id(),
            "connection": "close",
        }
        await self._send_h11_event(h11.Response(status_code=error.status, headers=list(headers.items())))
        await self._send_h11_event(h11.Data(data=body))  # nothing, where HEAD was asked
        await self._send_h11_event(h11.EndOfMessage())
        await self.handle(Closed())
        await self._hear_out()


class _Connection(TCPServer):
    """One caller's connection, which gathers what is written in one turn, speaks HTTP/1.1 and ends with its caller."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._written: list[bytes] = []
        self._size = 0
        self._ended = False

    def end(self) -> None:
        """Stop what is being answered, and answer nothing more: the caller is gone."""
        protocol: Any = getattr(getattr(self, "protocol", None), "protocol", None)
        if self._ended or protocol is None:
            return
        self._ended = True
        if protocol.stream is not None:  # else it ends by itself
            protocol.connection = _Ended()
            with contextlib.suppress(RuntimeError):  # or all that was to do is done
                self._task_group.spawn(self._stop_answering, protocol)

    async def _stop_answering(self, protocol: Any) -> None:
        await protocol.handle(Closed())
        await protocol.can_read.set()

    async def _initiate_server_close(self) -> None:
        if self.context.terminated.is_set() and self._has_begun():
            await asyncio.sleep(_HEADERS)
        # A request that comes in the moment in which an idle connection is closed is answered first; its end closes.
        if getattr(getattr(self.protocol, "protocol", None), "stream", None) is None:
            await super()._initiate_server_close()

    def _has_begun(self) -> bool:
        """Return whether a part of a request's headers has come."""
        parser = getattr(getattr(self.protocol, "protocol", None), "connection", None)
        return isinstance(parser, h11.Connection) and bool(parser.trailing_data[0])

    async def protocol_send(self, event: Event) -> None:
        if not isinstance(event, RawData):
            self._flush()
            await super().protocol_send(event)
            return
        if not event.data:
            return
        if not self._written:
            self.loop.call_soon(self._flush)
        self._written.append(event.data)
        self._size += len(event.data)
        if self._size > _MUCH:
            self._flush()
        try:
            await self.writer.drain()
        except (ConnectionError, RuntimeError):
            self.end()

    def _flush(self) -> None:
        if self._written:
            data = b"".join(self._written)
            self._written.clear()
            self._size = 0
            with contextlib.suppress(
                ConnectionError, RuntimeError
            ):  # the caller is gone, as the next to write will see
                self.writer.write(data)

    async def _read_data(self) -> None:
        self.protocol.protocol = _Http(self.protocol, self._hear_out)
        while not self.reader.at_eof():
            try:
                data = await self.reader.read(_READ)
            except OSError:
                break
            await self._work_on(data)
            del data  # else a request would lie here until the next one comes
        await self.protocol.handle(Closed())
        # And it would keep a connection that the caller has closed until its idle time is over.
        await self.idle_task.stop()

    async def _work_on(self, data: bytes) -> None:
        """Hand on what was read: a little at a time where it may hold thousands of chunks, as hundreds may send."""
        start = 0
        while start < len(data):
            if start:
                await asyncio.sleep(0)
            parser = getattr(self.protocol.protocol, "connection", None)
            plain = isinstance(parser, _Parser) and parser.chunked is False
            end = len(data) if plain else start + _SLICE
            await self.protocol.handle(RawData(data[start:end]))
            start = end

    async def _hear_out(self) -> None:
        """Read on for a moment and forget it: a connection that is closed with bytes unread takes the answer along."""
        self._flush()
        with contextlib.suppress(OSError, TimeoutError):
            self.writer.write_eof()
            async with asyncio.timeout(_DRAIN):
                while await self.reader.read(_READ):
                    pass

    async def _close(self) -> None:
        self._flush()
        await super()._close()
