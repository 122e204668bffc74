"""Connections that are meant to harm: thousands of idle ones, slow ones, broken ones, and requests within requests.

Each test ends with callers that are served as quickly as before, and with nothing left open.
"""

from __future__ import annotations

import asyncio
import resource
import socket
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.attack.canaries import CANARIES, leaks
from tests.installed.shapes import (
    BEGUN,
    BODY,
    CHUNKED,
    CUT,
    ENDLESS,
    HIDDEN,
    JSON,
    LENGTH,
    OTHER_PROTOCOLS,
    SMUGGLING,
    TWICE,
    WAITS,
    chunked,
)
from tests.installed.shapes import head as head_of

#: Seconds in which a caller is answered while others do harm. Many times what it takes, for a busy machine.
QUICK = 3.0
IDLE = 10_000
SLOW = 400


pytestmark = pytest.mark.timeout(300)


@pytest.fixture(autouse=True)
def _answering(arena: Any) -> Iterator[None]:
    """Look at the installed program before and after: it must be as it was."""
    before = descriptors(arena)
    yield
    assert quick(arena) < QUICK
    for _ in range(200):
        if descriptors(arena) <= before + 5:
            break
        time.sleep(0.05)
    assert descriptors(arena) <= before + 5


def workers(arena: Any) -> list[Path]:
    """Return the folders in /proc of the program's workers."""
    return [Path(f"/proc/{pid}") for pid in arena.proxy.process_ids()]


def descriptors(arena: Any) -> int:
    """Return how many files and sockets the workers hold open."""
    return sum(len(list((folder / "fd").iterdir())) for folder in workers(arena))


def megabytes(arena: Any) -> float:
    """Return the workers' resident memory."""
    lines = [line for folder in workers(arena) for line in (folder / "status").read_text().splitlines()]
    return sum(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def quick(arena: Any, times: int = 3) -> float:
    """Return the median of seconds that a caller waits, each on a connection of its own."""
    took = []
    for _ in range(times):
        began = time.monotonic()
        response = httpx.post(arena.url, content=BODY, headers={"content-type": "application/json"}, timeout=30)
        took.append(time.monotonic() - began)
        assert 200 == response.status_code
    assert not leaks(arena.heard(), CANARIES["PHONE"].written)
    return statistics.median(took)


def head(arena: Any, *lines: str) -> bytes:
    return head_of(arena.url.removeprefix(arena.proxy.url), *lines)


def talk(arena: Any, data: bytes, seconds: float = 10) -> tuple[bytes, bool]:
    """Send bytes and say no more; return everything that comes back until a silence, and whether it ended before that."""
    with socket.create_connection(("127.0.0.1", arena.proxy.port), seconds) as connection:
        answer = b""
        try:
            connection.sendall(data)
            connection.settimeout(0.5)
            while more := connection.recv(65536):
                answer += more
        except TimeoutError:
            return answer, False
        except ConnectionError:  # cut, perhaps while we were sending
            pass
        return answer, True


async def connect(arena: Any) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    return await asyncio.open_connection("127.0.0.1", arena.proxy.port)


def close(writers: list[asyncio.StreamWriter]) -> None:
    for writer in writers:
        writer.transport.abort()


@pytest.mark.slow
def test_ten_thousand_idle_connections(arena: Any, background: Any) -> None:
    """They cost little, and callers among them are served at once; they go, and nothing is left of them."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < IDLE + 2000:
        pytest.skip(f"the system allows {hard} open files; this needs {IDLE + 2000}")
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    memory = megabytes(arena)

    async def open_them() -> list[asyncio.StreamWriter]:
        writers = []
        for start in range(0, IDLE, 500):  # fewer at once than the backlog holds
            found = await asyncio.gather(*(connect(arena) for _ in range(start, start + 500)))
            writers += [writer for _, writer in found]
        return writers

    writers = background.run(open_them(), timeout=60)
    try:
        for _ in range(400):
            if descriptors(arena) >= IDLE:
                break
            time.sleep(0.05)
        assert descriptors(arena) >= IDLE
        assert quick(arena, 20) < QUICK
        assert (megabytes(arena) - memory) * 1024 / IDLE < 64  # KB each
    finally:
        background.loop.call_soon_threadsafe(close, writers)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.parametrize("part", ["request line", "headers", "body", "chunked body"])
def test_hundreds_of_slow_senders(arena: Any, background: Any, part: str) -> None:
    """A byte now and then, from each of hundreds: callers between them notice nothing."""
    whole = {
        "request line": b"POST /proxy/",
        "headers": head(arena, "x-slow: " + "x" * 200)[:-4],
        "body": head(arena, "content-type: application/json", "content-length: 5000") + BODY,
        "chunked body": head(arena, "content-type: application/json", "transfer-encoding: chunked")
        + b"1\r\n{\r\n" * 99,
    }[part]
    drip = 3

    async def begin() -> list[asyncio.StreamWriter]:
        found = await asyncio.gather(*(connect(arena) for _ in range(SLOW)))
        for _, writer in found:
            writer.write(whole[:-drip])
        return [writer for _, writer in found]

    async def one_more(writers: list[asyncio.StreamWriter], at: int) -> None:
        for number, writer in enumerate(writers):
            writer.write(whole[at : at + 1])
            if number % 20 == 0:  # as they come: not all in one moment
                await asyncio.sleep(0.02)

    writers = background.run(begin(), timeout=60)
    try:
        for at in range(len(whole) - drip, len(whole)):
            dripping = asyncio.run_coroutine_threadsafe(one_more(writers, at), background.loop)
            assert quick(arena) < QUICK
            dripping.result(30)
    finally:
        background.loop.call_soon_threadsafe(close, writers)
    assert b"POST" not in arena.heard()


@pytest.mark.parametrize("sent", [0, 1, 40, 100_000])
def test_uploads_that_are_broken_off(arena: Any, sent: int) -> None:
    """A hundred callers each hang up in the middle of a body: nothing is forwarded, nothing is kept."""
    opening = head(arena, "content-type: application/json", "content-length: 5000000") + (BODY + b" " * 100_000)[:sent]
    for number in range(100):
        connection = socket.create_connection(("127.0.0.1", arena.proxy.port), 10)
        connection.sendall(opening)
        if number % 2:  # a reset rather than an end
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        connection.close()
    assert b"POST" not in arena.heard()


@pytest.mark.parametrize("how", CHUNKED)
def test_chunked_bodies(arena: Any, how: str) -> None:
    """What the standard allows is served; anything else is refused and never half read."""
    data, allowed = CHUNKED[how]
    opening = head(arena, "content-type: application/json", "transfer-encoding: chunked", "connection: close")
    answer, ended = talk(arena, opening + data)
    heard = arena.heard()
    status = int(answer.split(b" ", 2)[1]) if answer else CUT if ended else WAITS
    assert status in allowed, status
    assert heard.count(b"POST ") == (status == 200)
    assert not leaks(heard + answer, CANARIES["PHONE"].written)
    assert b"Maribel" not in heard


@pytest.mark.parametrize("how", SMUGGLING)
@pytest.mark.parametrize("as_chunks", [False, True], ids=["plain", "chunks"])
def test_requests_within_requests(arena: Any, how: str, as_chunks: bool) -> None:
    """Whatever the head claims, one request is forwarded at most, and that whole; who tells two lengths is refused."""
    answer, _ = talk(arena, head(arena, JSON, *SMUGGLING[how]) + (chunked(BODY) if as_chunks else BODY) + HIDDEN)
    exchanges = list(arena.upstream.exchanges)
    heard = arena.heard()
    statuses = [int(piece[:3]) for piece in answer.split(b"HTTP/1.1 ")[1:]]
    final = [status for status in statuses if status >= 200]
    assert set(final) <= {200, 400, 404, 411, 413, 415, 417, 431, 501}, final
    assert len(final) <= 1 or final[0] in (200, 400, 415)
    if how in TWICE:
        assert final in ([], [400])
    assert len(exchanges) == (final.count(200) - answer.count(b'{"status":"ok"}'))
    assert len(exchanges) <= 1
    assert all(2 == len(exchange.tree["messages"]) for exchange in exchanges)
    assert not leaks(heard + answer, CANARIES["PHONE"].written)


def test_requests_in_one_segment_are_answered_one_after_the_other(arena: Any) -> None:
    """Pipelining: five at once, five answers, in order, and the sixth that is none ends it."""
    whole = head(arena, JSON, LENGTH) + BODY
    answer, _ = talk(arena, whole * 5 + b"nonsense\r\n\r\n", 20)
    assert 5 == answer.count(b"HTTP/1.1 200")
    assert 1 == answer.count(b"HTTP/1.1 400")
    assert 5 == arena.heard().count(b"POST ")


@pytest.mark.parametrize("how", OTHER_PROTOCOLS)
def test_no_other_protocol_is_spoken(arena: Any, how: str) -> None:
    """HTTP/1.1 it is: nothing is switched to another protocol, and what is none is refused, however it goes on."""
    answer, ended = talk(arena, OTHER_PROTOCOLS[how])
    assert b" 101 " not in answer
    assert answer or ended or how in BEGUN
    assert ended or how not in ENDLESS
    assert not answer or answer.startswith((b"HTTP/1.1 4", b"HTTP/1.1 200")), answer[:60]
    assert not arena.heard()
