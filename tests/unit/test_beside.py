"""Work beside the event loop: what is wiped at the end of a request stays until its last step has ended."""

import asyncio
import threading
import time
from collections.abc import Iterator

import pytest

from masker.proxy.beside import Steps, longest_step

LARGE = 1_000_000


class Work:
    """Two steps; the second one lasts until it is let go."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.go_on = threading.Event()
        self.seen: list[str] = []
        self.state = "kept"
        self.wiped = asyncio.Event()

    def steps(self) -> Iterator[None]:
        yield
        self.begun.set()
        self.go_on.wait(20)
        self.seen.append(self.state)
        yield

    def wipe(self) -> None:
        self.state = "wiped"
        self.wiped.set()


@pytest.mark.parametrize("how", ["hang-up", "deadline"])
async def test_a_step_that_goes_on_finds_everything_as_it_was(how: str) -> None:
    """The request has ended; what ends its work waits for the thread."""
    work = Work()
    steps = Steps(work.steps(), LARGE)
    soon = 0.2 if how == "deadline" else 60
    task = asyncio.create_task(steps.finish(time.monotonic() + soon))
    assert await asyncio.to_thread(work.begun.wait, 20)
    if how == "hang-up":
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    else:
        assert not await task
    assert longest_step() > 0
    steps.afterwards(work.wipe)
    await asyncio.sleep(0)
    assert "kept" == work.state
    work.go_on.set()
    async with asyncio.timeout(20):
        await work.wiped.wait()
    assert ["kept"] == work.seen


@pytest.mark.parametrize("size", [100, LARGE])
async def test_what_ends_the_work_is_done_at_once_where_nothing_goes_on(size: int) -> None:
    """On the loop and beside it; a step that raises ends it, too."""
    work = Work()
    work.go_on.set()
    steps = Steps(work.steps(), size)
    assert await steps.finish(time.monotonic() + 60)
    steps.afterwards(work.wipe)
    assert ("wiped", ["kept"]) == (work.state, work.seen)

    def fails() -> Iterator[None]:
        yield
        raise LookupError("no such thing")

    failing = Steps(fails(), size)
    with pytest.raises(LookupError):
        await failing.finish(time.monotonic() + 60)
    done: list[bool] = []
    failing.afterwards(lambda: done.append(True))
    assert [True] == done
