"""The way to the upstream: an httpx transport over asyncio streams and h11, with a pool of one stack per origin.

httpx stays the interface (URLs, requests, timeouts), only the pool underneath is ours. The stock one decides about
every connection again for every request, which costs more than the rest of the proxy once calls run side by side;
docs/adr/0002-upstream-transport.md has the figures. A connection is taken from the top of the stack, so the most
recently used one, which is the least likely to have been closed meanwhile.

It speaks HTTP/1.1 only, follows no redirects, uses no proxy and decodes nothing.
"""

from __future__ import annotations

__all__ = ["StreamsTransport"]

import asyncio
import os
import ssl
import time
from collections.abc import AsyncIterator
from typing import Any, Final

import attrs
import certifi
import h11
import httpx

#: Seconds an idle connection is kept. Shorter than what common servers keep theirs (60 and more), so that we close
#: first: a request sent into a closing connection is lost.
_KEEP_ALIVE: Final = 50.0
#: Idle connections kept per origin.
_MAX_IDLE: Final = 1000
#: Largest block of response headers in bytes.
_MAX_HEADERS: Final = 64 * 1024
_READ: Final = 64 * 1024

_Origin = tuple[str, str, int]


def default_tls() -> ssl.SSLContext:
    """Return a verifying TLS context: certifi's roots, and those in ``SSL_CERT_FILE`` for a private authority."""
    context = ssl.create_default_context(cafile=certifi.where())
    extra = os.environ.get("SSL_CERT_FILE")
    if extra:
        context.load_verify_locations(cafile=extra)
    context.set_alpn_protocols(["http/1.1"])
    return context


class StreamsTransport(httpx.AsyncBaseTransport):
    """Sends httpx requests over pooled connections of the running event loop.

    Args:
        tls: The TLS context; default: `default_tls`.
    """

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self._tls = tls
        self._idle: dict[_Origin, list[_Connection]] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request and return as soon as the response's headers are there.

        Raises:
            httpx.TransportError: By what failed: connecting, sending, receiving, the protocol or the time.
        """
        timeouts: dict[str, float | None] = request.extensions.get("timeout", {})
        body = await request.aread()
        origin = _origin_of(request.url)
        while True:
            connection = self._take_idle(origin)
            fresh = connection is None
            if connection is None:
                connection = await self._connect(origin, timeouts.get("connect"))
            try:
                await connection.send(request, body, timeouts.get("write"))
                response = await connection.receive_head(timeouts.get("read"))
            except _ClosedBeforeResponse as error:
                connection.abort()
                if fresh:
                    raise httpx.RemoteProtocolError("closed before a response") from error
                # The server had closed a kept connection while it lay idle: not a byte of an answer came, so the
                # request was not served. Once more, on another connection; this ends with a fresh one.
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
        if scheme == "https":
            self._tls = self._tls or default_tls()
            tls = {"ssl": self._tls, "server_hostname": host}
        try:
            async with asyncio.timeout(within):
                reader, writer = await asyncio.open_connection(host, port, limit=_READ, **tls)
        except TimeoutError as error:
            raise httpx.ConnectTimeout("no connection in time") from error
        except OSError as error:
            raise httpx.ConnectError(type(error).__name__) from error
        return _Connection(origin, reader, writer)


class _ClosedBeforeResponse(Exception):
    """The connection ended before the first byte of a response."""


@attrs.define(eq=False)
class _Connection:
    """One connection, used by one request at a time."""

    origin: _Origin
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    protocol: h11.Connection = attrs.field(
        factory=lambda: h11.Connection(h11.CLIENT, max_incomplete_event_size=_MAX_HEADERS)
    )
    idle_since: float = 0.0

    def is_usable(self) -> bool:
        """Return whether the server has neither closed nor said anything since the last response.

        What it said unasked must never be taken for the answer to another caller's request.
        """
        unasked = self.reader._buffer  # type: ignore[attr-defined]  # noqa: SLF001  # no public way to look without reading
        return not (unasked or self.reader.at_eof() or self.writer.is_closing() or self.reader.exception())

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
        self.writer.transport.abort()

    async def send(self, request: httpx.Request, body: bytes, within: float | None) -> None:
        head = h11.Request(method=request.method, target=request.url.raw_path, headers=request.headers.raw)
        data = self.protocol.send(head) or b""
        if body:
            data += self.protocol.send(h11.Data(data=body)) or b""
        data += self.protocol.send(h11.EndOfMessage()) or b""
        try:
            self.writer.write(data)
            async with asyncio.timeout(within):
                await self.writer.drain()
        except TimeoutError as error:
            raise httpx.WriteTimeout("not sent in time") from error
        except OSError:
            # The server may have answered before it closed (413, 401): look for the answer first.
            return

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
        try:
            async with asyncio.timeout(within):
                return await self.reader.read(_READ)
        except TimeoutError as error:
            raise httpx.ReadTimeout("nothing came in time") from error
        except OSError as error:
            raise httpx.ReadError(type(error).__name__) from error


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
