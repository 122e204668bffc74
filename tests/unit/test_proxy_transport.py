"""The transport: TLS, timeouts and the pool, against real servers."""

from __future__ import annotations

import asyncio
import ssl
from typing import Any

import httpx
import pytest
import trustme

from masker.proxy.transport import StreamsTransport

REPLY = b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello"


class Server:
    """Answers each request with the same bytes."""

    def __init__(self) -> None:
        self.connections = 0
        self.reply = REPLY
        self.writers: list[asyncio.StreamWriter] = []
        self.requests = 0
        self.crashes_after: float | None = None

    async def start(self, tls: ssl.SSLContext | None = None) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=tls)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.writers.append(writer)
        try:
            while True:
                await reader.readuntil(b"\r\n\r\n")
                self.requests += 1
                if self.crashes_after is not None:
                    await asyncio.sleep(self.crashes_after)
                    return
                writer.write(self.reply)
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        finally:
            writer.close()

    async def stop(self) -> None:
        self._server.close()
        for writer in self.writers:
            writer.transport.abort()
        await asyncio.sleep(0)


@pytest.fixture
async def server() -> Any:
    server = Server()
    yield server
    await server.stop()


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def server_tls(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    return context


async def get(transport: StreamsTransport, url: str, **timeouts: float) -> bytes:
    response = await transport.handle_async_request(httpx.Request("GET", url, extensions={"timeout": timeouts}))
    try:
        return b"".join([piece async for piece in response.stream])  # type: ignore[union-attr]
    finally:
        await response.aclose()


async def test_connections_are_used_again_over_tls(
    server: Server, server_tls: ssl.SSLContext, authority: trustme.CA
) -> None:
    """One handshake serves many requests; a warmed-up connection serves the first."""
    await server.start(server_tls)
    context = ssl.create_default_context()
    authority.configure_trust(context)
    transport = StreamsTransport(context)
    url = f"https://localhost:{server.port}/"
    await transport.warm_up(httpx.URL(url), 5)
    assert [b"hello"] * 3 == [await get(transport, url) for _ in range(3)]
    assert 1 == server.connections
    await transport.aclose()


async def test_side_by_side_requests_get_connections_of_their_own(server: Server) -> None:
    """And give them back: the next round opens none."""
    await server.start()
    transport = StreamsTransport()
    url = f"http://127.0.0.1:{server.port}/"
    for _ in range(2):
        assert [b"hello"] * 5 == list(await asyncio.gather(*(get(transport, url) for _ in range(5))))
    assert 5 == server.connections
    await transport.aclose()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
async def test_an_unknown_certificate_is_refused(
    server: Server, server_tls: ssl.SSLContext, authority: trustme.CA, host: str
) -> None:
    """An authority that nobody trusts, or a name that is not in the certificate."""
    await server.start(server_tls)
    context = ssl.create_default_context()
    if host == "127.0.0.1":
        authority.configure_trust(context)
    transport = StreamsTransport(context)
    with pytest.raises(httpx.ConnectError):
        await get(transport, f"https://{host}:{server.port}/")


async def test_a_private_authority_can_be_named(
    server: Server, server_tls: ssl.SSLContext, authority: trustme.CA, tmp_path: Any, monkeypatch: Any
) -> None:
    """``SSL_CERT_FILE`` is trusted beside the public ones."""
    await server.start(server_tls)
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    transport = StreamsTransport()
    assert b"hello" == await get(transport, f"https://localhost:{server.port}/")
    await transport.aclose()


async def test_errors_carry_nothing_of_what_came(server: Server) -> None:
    """Neither does a chain of causes that would be printed."""
    await server.start()
    server.reply = b"HTTP/1.1 Sarah Chen\r\n\r\n"
    transport = StreamsTransport()
    with pytest.raises(httpx.RemoteProtocolError) as caught:
        await get(transport, f"http://127.0.0.1:{server.port}/")
    assert "Sarah" not in str(caught.value)


async def test_silence_is_a_timeout(server: Server) -> None:
    """Where a request sets one of its own."""
    await server.start()
    server.reply = b""
    transport = StreamsTransport()
    with pytest.raises(httpx.ReadTimeout):
        await get(transport, f"http://127.0.0.1:{server.port}/", read=0.05)


@pytest.mark.parametrize("later", [False, True])
async def test_an_answer_nobody_asked_for_is_not_taken_for_the_next(server: Server, later: bool) -> None:
    """A connection on which more came than its reply is closed, so that replies cannot be mixed up."""
    await server.start()
    other = REPLY.replace(b"hello", b"other")
    server.reply = REPLY if later else REPLY + other
    transport = StreamsTransport()
    url = f"http://127.0.0.1:{server.port}/"
    assert b"hello" == await get(transport, url)
    if later:
        server.writers[0].write(other)
        (idle,) = transport._idle[("http", "127.0.0.1", server.port)]
        async with asyncio.timeout(5):
            while idle.is_usable():  # noqa: ASYNC110  # the pool has no event to wait for
                await asyncio.sleep(0.001)
    assert b"hello" == await get(transport, url)
    assert 2 == server.connections
    await transport.aclose()


async def test_a_slow_reader_slows_the_sender(server: Server) -> None:
    """Of a long body only a little waits in memory; all of it arrives."""
    await server.start()
    body = bytes(range(256)) * 40_000
    server.reply = b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n" % len(body) + body
    transport = StreamsTransport()
    response = await transport.handle_async_request(httpx.Request("GET", f"http://127.0.0.1:{server.port}/"))
    await asyncio.sleep(0.1)
    assert server.writers[0].transport.get_write_buffer_size() > len(body) // 4
    assert body == b"".join([piece async for piece in response.stream])  # type: ignore[union-attr]
    assert b"" == b"".join([piece async for piece in response.stream])  # type: ignore[union-attr]
    await transport.aclose()


@pytest.mark.parametrize(("thinks", "tries"), [(0.0, 2), (1.3, 1)])
async def test_a_request_is_sent_again_once_if_it_can_never_have_been_read(
    server: Server, thinks: float, tries: int
) -> None:
    """A server that closes kept connections crosses with it; one that crashes while it thinks has read it."""
    await server.start()
    transport = StreamsTransport()
    url = f"http://127.0.0.1:{server.port}/"
    await asyncio.gather(*(get(transport, url) for _ in range(5)))  # that many are kept
    server.crashes_after = thinks
    server.requests = 0
    with pytest.raises(httpx.RemoteProtocolError):
        await get(transport, url)
    assert tries == server.requests
    await transport.aclose()
