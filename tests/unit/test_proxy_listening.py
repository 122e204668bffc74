"""Accepting callers and writing to them, over real sockets."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import gc
import inspect
import socket
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from masker.proxy import listening
from masker.proxy.listening import Stop, serve_app, server_config
from masker.proxy.supervisor import listen

REQUEST = b"GET / HTTP/1.1\r\nhost: x\r\n\r\n"


async def hello(_scope: Any, _receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"5")]})
    await send({"type": "http.response.body", "body": b"hello", "more_body": True})
    await send({"type": "http.response.body"})


@contextlib.asynccontextmanager
async def served(app: Any, listener: socket.socket, grace: float = 1) -> AsyncIterator[None]:
    stop = Stop(grace)
    serving = asyncio.create_task(serve_app(app, listener, server_config(), stop))
    try:
        yield
    finally:
        stop.set()
        await serving
        listener.close()


async def connect(listener: socket.socket) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    return await asyncio.open_connection(*listener.getsockname())


async def test_a_reply_leaves_in_one_piece() -> None:
    """Headers and body, for each request of a connection."""
    listener = listen("127.0.0.1:0")
    async with served(hello, listener):
        reader, writer = await connect(listener)
        for _ in range(3):
            writer.write(REQUEST)
            assert (await reader.read(65536)).endswith(b"\r\n\r\nhello")
        writer.close()


async def test_nothing_of_a_request_stays_with_an_idle_connection() -> None:
    """Its bytes are let go once they were read, not when the next ones come."""
    listener = listen("127.0.0.1:0")
    async with served(hello, listener):
        reader, writer = await connect(listener)
        writer.write(REQUEST)
        await reader.readuntil(b"hello")
        reading = [one for one in gc.get_objects() if inspect.iscoroutine(one) and one.__name__ == "_read_data"]
        assert reading
        assert not any(value == REQUEST for one in reading for value in one.cr_frame.f_locals.values())
        writer.close()


async def test_a_chunk_leaves_before_the_next_one_exists() -> None:
    """Writing together never means waiting for more."""
    more = asyncio.Event()

    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"one", "more_body": True})
        await more.wait()
        await send({"type": "http.response.body", "body": b"two"})

    listener = listen("127.0.0.1:0")
    async with served(app, listener):
        reader, writer = await connect(listener)
        writer.write(REQUEST)
        async with asyncio.timeout(5):
            await reader.readuntil(b"one\r\n")
            more.set()
            assert b"3\r\ntwo\r\n0\r\n\r\n" == await reader.readuntil(b"0\r\n\r\n")
        writer.close()


async def test_of_a_burst_every_worker_gets_some() -> None:
    """Callers keep their connections, so whoever took all of them would serve alone from then on."""
    taken: list[str] = []

    def worker(name: str) -> Callable[..., Any]:
        async def app(scope: Any, receive: Any, send: Any) -> None:
            taken.append(name)
            await hello(scope, receive, send)

        return app

    first = listen("127.0.0.1:0")
    second = first.dup()
    second.setblocking(False)
    stop = Stop(1)
    serving = [
        asyncio.create_task(serve_app(worker(name), one, server_config(), stop, shared=True))
        for name, one in (("a", first), ("b", second))
    ]
    callers = [await connect(first) for _ in range(8)]
    for reader, writer in callers:
        writer.write(REQUEST)
        await reader.readuntil(b"hello")
    assert 8 == len(taken)
    assert min(taken.count("a"), taken.count("b")) >= 2
    stop.set()
    await asyncio.gather(*serving)
    first.close()
    second.close()


async def test_a_caller_that_reads_slowly_is_waited_for() -> None:
    """What it has not taken does not pile up in memory."""
    sent = 0

    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        nonlocal sent
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for _ in range(400):
            await send({"type": "http.response.body", "body": b"x" * 65536, "more_body": True})
            sent += 1
        await send({"type": "http.response.body"})

    listener = listen("127.0.0.1:0")
    async with served(app, listener):
        reader, writer = await connect(listener)
        writer.write(REQUEST)
        await asyncio.sleep(0.3)
        assert sent < 300
        async with asyncio.timeout(10):
            while not (await reader.read(2**20)).endswith(b"0\r\n\r\n"):
                pass
        assert 400 == sent
        writer.close()


async def test_no_file_left_is_a_breather_and_no_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Callers wait in the queue, and are served once there is room again."""
    monkeypatch.setattr(listening, "_BREATHER", 0.05)

    class Full(socket.socket):
        times = 2

        def accept(self) -> Any:
            if self.times:
                self.times -= 1
                raise OSError(errno.EMFILE, "too many open files")
            return super().accept()

    inner = listen("127.0.0.1:0")
    listener = Full(fileno=inner.detach())
    async with served(hello, listener):
        reader, writer = await connect(listener)
        writer.write(REQUEST)
        async with asyncio.timeout(5):
            assert (await reader.readuntil(b"hello")).startswith(b"HTTP/1.1 200")
        assert 0 == listener.times
        writer.close()


async def test_what_does_not_end_in_time_is_cut() -> None:
    """At the end open streams get their grace, and no more."""
    cut = asyncio.Event()

    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"one", "more_body": True})
        try:
            await asyncio.sleep(60)
        finally:
            cut.set()

    listener = listen("127.0.0.1:0")
    async with asyncio.timeout(5):
        async with served(app, listener, grace=0.1):
            reader, writer = await connect(listener)
            writer.write(REQUEST)
            await reader.readuntil(b"one")
        assert cut.is_set()
    writer.close()


async def test_who_has_sent_a_part_of_their_headers_is_heard_out_when_told_to_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest is awaited for a moment; who does not send it is closed, and so is who has sent nothing, at once."""
    monkeypatch.setattr(listening, "_HEADERS", 2.0)
    listener, stop = listen("127.0.0.1:0"), Stop(20)
    serving = asyncio.create_task(serve_app(hello, listener, server_config(), stop))
    callers = [await connect(listener) for _ in range(3)]
    for _, writer in callers[:2]:
        writer.write(REQUEST[:-7])
    await asyncio.sleep(0.1)
    stop.set()
    assert await callers[2][0].read() == b""
    assert not serving.done()
    callers[0][1].write(REQUEST[-7:])
    assert (await callers[0][0].read()).endswith(b"\r\n\r\nhello")
    assert not serving.done()
    assert await callers[1][0].read() == b""
    for _, writer in callers:
        writer.close()
    await serving
    assert stop.left() > 1
