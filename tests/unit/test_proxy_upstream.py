"""How long a stream may stand still: one timer for all its chunks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from masker.errors import UpstreamError
from masker.proxy.upstream import Reply


class Body(httpx.AsyncByteStream):
    """Chunks with a pause before each."""

    def __init__(self, *pauses: float) -> None:
        self.pauses = pauses

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for pause in self.pauses:
            await asyncio.sleep(pause)
            yield b"data: x\n"


def reply(*pauses: float, first: float = 5.0, idle: float = 0.2) -> Reply:
    return Reply(httpx.Response(200, stream=Body(*pauses)), asyncio.get_running_loop().time() + first, idle)


async def test_each_wait_has_its_own_time() -> None:
    """Many waits that together are longer than the idle time are none too long; neither is what the consumer takes."""
    chunks = []
    async for chunk in reply(*[0.05] * 8).chunks():
        chunks.append(chunk)
        if len(chunks) == 4:
            await asyncio.sleep(0.3)
    assert [b"data: x\n"] * 8 == chunks


@pytest.mark.parametrize(("pauses", "first"), [((5,), 0.1), ((0, 5), 5.0), ((0, 0.1, 0.1, 0.1, 5), 5.0)])
async def test_standing_still_is_a_timeout(pauses: tuple[float, ...], first: float) -> None:
    """Before the first chunk, or between two."""
    started = asyncio.get_running_loop().time()
    got: list[bytes] = []

    async def read() -> None:
        async for chunk in reply(*pauses, first=first).chunks():
            got.append(chunk)

    with pytest.raises(UpstreamError) as caught:
        await read()
    assert "upstream_timeout" == caught.value.code
    assert len(pauses) - 1 == len(got)
    assert asyncio.get_running_loop().time() - started < 2


async def test_a_caller_that_hangs_up_is_no_timeout() -> None:
    """A cancellation from outside stays one, also when the time is over as well."""

    async def read() -> None:
        async for _ in reply(0, 5, idle=0.1).chunks():
            pass

    task = asyncio.create_task(read())
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert task.cancelled()


async def test_no_timer_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """One is set for all chunks, and taken back at the end."""
    loop = asyncio.get_running_loop()
    timers = []
    call_at = loop.call_at

    def counted(when: float, callback: object, *arguments: object, **options: object) -> asyncio.TimerHandle:
        timer = call_at(when, callback, *arguments, **options)  # type: ignore[arg-type]
        if getattr(callback, "__name__", "") == "_ring":
            timers.append(timer)
        return timer

    monkeypatch.setattr(loop, "call_at", counted)
    assert 30 == len([chunk async for chunk in reply(*[0] * 30, first=1, idle=60).chunks()])
    assert 1 == len(timers)
    assert timers[0].cancelled()
