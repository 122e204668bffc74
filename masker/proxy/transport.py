"""The way to the upstream: an httpx transport over an asyncio protocol and h11, with a pool of one stack per origin.

httpx stays the interface (URLs, requests, timeouts), only the pool underneath is ours. The stock one decides about
every connection again for every request, which costs more than the rest of the proxy once calls run side by side;
docs/adr/0002-upstream-transport.md has the figures. A connection is taken from the top of the stack, so the most
recently used one, which is the least likely to have been closed meanwhile.

It speaks HTTP/1.1 only, follows no redirects, uses no proxy and decodes nothing.
"""

from __future__ import annotations

__all__ = ["StreamsTransport", "check_tls"]

import asyncio
import os
import ssl
import time
from collections.abc import AsyncIterator
from typing import Any, Final

import certifi
import h11
import httpx

from masker.errors import ConfigError

#: Seconds an idle connection is kept. Shorter than what common servers keep theirs (60 and more), so that we close
#: first: a request sent into a closing connection is lost.
_KEEP_ALIVE: Final = 50.0
#: Seconds after a request was sent in which a kept connection's end says that it was never read: a long way there and
#: back. A server that has begun by then, and dies, is asked twice.
_CROSSED: Final = 0.3
#: Idle connections kept per origin.
_MAX_IDLE: Final = 1000
#: Largest block of response headers in bytes.
_MAX_HEADERS: Final = 64 * 1024
#: Bytes that may wait to be read before the sender is told to wait.
_MAX_WAITING: Final = 256 * 1024

_Origin = tuple[str, str, int]


def default_tls() -> ssl.SSLContext:
    """Return a verifying TLS context: certifi's roots, and those in ``SSL_CERT_FILE`` for a private authority.

    Raises:
        OSError: That file cannot be read, or holds no certificates.
    """
    context = ssl.create_default_context(cafile=certifi.where())
    extra = os.environ.get("SSL_CERT_FILE")
    if extra:
        context.load_verify_locations(cafile=extra)
    context.set_alpn_protocols(["http/1.1"])
    return context


def check_tls() -> None:
    """Make sure that the certificates to trust can be read: a worker that cannot would end again and again.

    Raises:
        ConfigError: ``SSL_CERT_FILE`` is no file of certificates.
    """
    trusted = os.environ.get("SSL_CERT_FILE")
    try:
        if trusted:
            default_tls()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ConfigError(f"SSL_CERT_FILE: {trusted} cannot be read ({reason})") from error


class StreamsTransport(httpx.AsyncBaseTransport):
    """Sends httpx requests over pooled connections of the running event loop.

    Args:
        tls: The TLS context; default: `default_tls`.
    """

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self._tls = tls
        self._idle: dict[_Origin, list[_Connection]] = {}
        self._open: set[_Connection] = set()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request and return as soon as the response's headers are there.

        Raises:
            httpx.TransportError: By what failed: connecting, sending, receiving, the protocol or the time.
        """
        timeouts: dict[str, float | None] = request.extensions.get("timeout", {})
        body = await request.aread()
        origin = _origin_of(request.url)
        connection = self._take_idle(origin)
        while True:
            fresh = connection is None
            if connection is None:
                connection = await self._connect(origin, timeouts.get("connect"))
            sent = time.monotonic()
            try:
                await connection.send(request, body, timeouts.get("write"))
                response = await connection.receive_head(timeouts.get("read"))
            except _ClosedBeforeResponse as error:
                connection.abort()
                if fresh or time.monotonic() - sent > _CROSSED:
                    raise httpx.RemoteProtocolError("closed before a response") from error
                # The server closed a kept connection while the request was on its way: not a byte of an answer came,
                # and no time went by in which it could have been served. Once more, on a fresh one.
                connection = None
                continue
            except BaseException:
                connection.abort()
                raise
            return httpx.Response(
                response.status_code,
                headers=response.headers.raw_items(),
                stream=_Body(self, connection, timeouts.get("read")),
                extensions={"http_version": b"HTTP/1.1"},
            )

    async def warm_up(self, url: httpx.URL, within: float) -> None:
        """Connect ahead of the first request, TLS handshake included.

        Raises:
            httpx.TransportError: The origin cannot be reached.
        """
        self.put_back(await self._connect(_origin_of(url), within))

    async def aclose(self) -> None:
        """Close the idle connections."""
        for connections in self._idle.values():
            for connection in connections:
                connection.abort()
        self._idle.clear()

    def cut(self) -> None:
        """Close every connection at once: what is still being received breaks off."""
        for connection in tuple(self._open):
            connection.abort()

    def put_back(self, connection: _Connection) -> None:
        """Keep a connection whose response has been read to its end, when both sides want it kept."""
        idle = self._idle.setdefault(connection.origin, [])
        if not connection.reset() or len(idle) >= _MAX_IDLE:
            connection.abort()
            return
        connection.idle_since = time.monotonic()
        idle.append(connection)
        # The bottom of the stack is the longest unused: closing a few there keeps the pool as small as the traffic.
        while idle and idle[0].idle_since < connection.idle_since - _KEEP_ALIVE:
            idle.pop(0).abort()

    def _take_idle(self, origin: _Origin) -> _Connection | None:
        idle = self._idle.get(origin, [])
        while idle:
            connection = idle.pop()
            if connection.is_usable() and connection.idle_since > time.monotonic() - _KEEP_ALIVE:
                return connection
            connection.abort()
        return None

    async def _connect(self, origin: _Origin, within: float | None) -> _Connection:
        scheme, host, port = origin
        tls: dict[str, Any] = {}
        try:
            if scheme == "https":
                self._tls = self._tls or default_tls()  # whose file was there when the proxy started
                tls = {"ssl": self._tls, "server_hostname": host}
            async with asyncio.timeout(within):
                loop = asyncio.get_running_loop()
                _, connection = await loop.create_connection(lambda: _Connection(origin, self._open), host, port, **tls)
        except TimeoutError as error:
            raise httpx.ConnectTimeout("no connection in time") from error
        except (OSError, UnicodeError) as error:  # what is no name of a host is the latter
            raise httpx.ConnectError(type(error).__name__) from error
        return connection


class _ClosedBeforeResponse(Exception):
    """The connection ended before the first byte of a response."""


class _Connection(asyncio.Protocol):
    """One connection, used by one request at a time."""

    def __init__(self, origin: _Origin, among: set[_Connection]) -> None:
        self.origin = origin
        #: The connections that are open: this one is one of them from its first moment to its last.
        self._among = among
        self.protocol = h11.Connection(h11.CLIENT, max_incomplete_event_size=_MAX_HEADERS)
        self.idle_since = 0.0
        self._transport: asyncio.Transport
        self._received: list[bytes] = []
        self._waiting = 0
        self._ended = False
        self._lost: Exception | None = None
        #: Whoever waits for bytes, and for room to write.
        self._reader: asyncio.Future[None] | None = None
        self._writer: asyncio.Future[None] | None = None

    # -- what the event loop tells

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]  # of a connection
        self._among.add(self)

    def data_received(self, data: bytes) -> None:
        self._received.append(data)
        self._waiting += len(data)
        if self._waiting > _MAX_WAITING:
            self._transport.pause_reading()
        _wake(self._reader)

    def eof_received(self) -> None:
        self._ended = True
        _wake(self._reader)

    def connection_lost(self, error: Exception | None) -> None:
        self._among.discard(self)
        self._ended = True
        self._lost = error
        _wake(self._reader)
        _wake(self._writer)

    def pause_writing(self) -> None:
        self._writer = asyncio.get_running_loop().create_future()

    def resume_writing(self) -> None:
        _wake(self._writer)
        self._writer = None

    # -- what the pool asks

    def is_usable(self) -> bool:
        """Return whether the server has neither closed nor said anything since the last response.

        What it said unasked must never be taken for the answer to another caller's request.
        """
        return not (self._received or self._ended or self._transport.is_closing())

    def reset(self) -> bool:
        """Prepare for the next request; ``False`` when one side wants the connection closed."""
        if self.protocol.trailing_data[0]:
            return False
        if self.protocol.our_state is h11.IDLE:
            return True
        try:
            self.protocol.start_next_cycle()
        except h11.LocalProtocolError:
            return False
        return True

    def abort(self) -> None:
        """Close at once; what has not been sent never is."""
        self._transport.abort()

    # -- what a request does

    async def send(self, request: httpx.Request, body: bytes, within: float | None) -> None:
        head = h11.Request(method=request.method, target=request.url.raw_path, headers=request.headers.raw)
        data = self.protocol.send(head) or b""
        if body:
            data += self.protocol.send(h11.Data(data=body)) or b""
        data += self.protocol.send(h11.EndOfMessage()) or b""
        if self._ended:
            return  # the server may have answered before it closed (413, 401): look for the answer first
        self._transport.write(data)
        if self._writer is None:
            return
        try:
            async with asyncio.timeout(within):
                await self._writer
        except TimeoutError as error:
            raise httpx.WriteTimeout("not sent in time") from error

    async def receive_head(self, within: float | None) -> h11.Response:
        heard = False
        while True:
            event = self._next_event()
            if isinstance(event, h11.Response):
                return event
            if isinstance(event, h11.InformationalResponse):
                continue
            if event is not h11.NEED_DATA:
                raise httpx.RemoteProtocolError("no response")
            try:
                data = await self._read(within)
            except httpx.ReadError:
                data = b""
            if not data and not heard:
                raise _ClosedBeforeResponse
            heard = True
            self._receive(data)

    async def receive_body(self, within: float | None) -> AsyncIterator[bytes]:
        while True:
            event = self._next_event()
            if isinstance(event, h11.Data):
                yield bytes(event.data)
            elif isinstance(event, h11.EndOfMessage):
                return
            elif event is h11.NEED_DATA:
                self._receive(await self._read(within))
            else:
                raise httpx.RemoteProtocolError("the body broke off")

    def _receive(self, data: bytes) -> None:
        try:
            self.protocol.receive_data(data)
        except h11.RemoteProtocolError as error:
            raise httpx.RemoteProtocolError("no HTTP") from error

    def _next_event(self) -> Any:
        try:
            return self.protocol.next_event()
        except h11.RemoteProtocolError as error:
            # h11's message quotes what came; ours must not.
            raise httpx.RemoteProtocolError("no HTTP") from error

    async def _read(self, within: float | None) -> bytes:
        """Return what has come, at least something; nothing at the end."""
        if not self._received and not self._ended:
            self._reader = asyncio.get_running_loop().create_future()
            try:
                if within is None:
                    await self._reader
                else:
                    async with asyncio.timeout(within):
                        await self._reader
            except TimeoutError as error:
                raise httpx.ReadTimeout("nothing came in time") from error
            finally:
                self._reader = None
        if not self._received and self._lost is not None:
            raise httpx.ReadError(type(self._lost).__name__)
        data = self._received[0] if len(self._received) == 1 else b"".join(self._received)
        self._received = []
        if self._waiting > _MAX_WAITING and not self._ended:
            self._transport.resume_reading()
        self._waiting = 0
        return data


def _wake(waiting: asyncio.Future[None] | None) -> None:
    if waiting is not None and not waiting.done():
        waiting.set_result(None)


class _Body(httpx.AsyncByteStream):
    """A response's body; the connection goes back to the pool at its end, or is cut where reading stops before."""

    def __init__(self, transport: StreamsTransport, connection: _Connection, within: float | None) -> None:
        self._transport = transport
        self._connection: _Connection | None = connection
        self._within = within

    async def __aiter__(self) -> AsyncIterator[bytes]:
        connection = self._connection
        if connection is None:
            return
        async for data in connection.receive_body(self._within):
            yield data
        self._connection = None
        self._transport.put_back(connection)

    async def aclose(self) -> None:
        if self._connection is not None:
            self._connection.abort()
            self._connection = None


def _origin_of(url: httpx.URL) -> _Origin:
    return url.scheme, url.host, url.port or (443 if url.scheme == "https" else 80)
