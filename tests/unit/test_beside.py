"""Work beside the event loop: what is wiped at the end of a request stays until its last step has ended."""

import asyncio
import threading
import time
from collections.abc import Iterator

import pytest

from masker.proxy.beside import OF_A_STREAM, Places, Steps, in_turn, longest_step

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
    steps = Steps(work.steps(), LARGE, "clinic")
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
    steps = Steps(work.steps(), size, "clinic")
    assert await steps.finish(time.monotonic() + 60)
    steps.afterwards(work.wipe)
    assert ("wiped", ["kept"]) == (work.state, work.seen)

    def fails() -> Iterator[None]:
        yield
        raise LookupError("no such thing")

    failing = Steps(fails(), size, "clinic")
    with pytest.raises(LookupError):
        await failing.finish(time.monotonic() + 60)
    done: list[bool] = []
    failing.afterwards(lambda: done.append(True))
    assert [True] == done


class Shift:
    """Works for so long in short steps; notes who ended, and what everybody had worked when three had."""

    def __init__(self) -> None:
        self.worked: dict[str, float] = {}
        self.order: list[str] = []
        self.at_third: dict[str, float] = {}

    def steps(self, name: str, seconds: float) -> Iterator[None]:
        self.worked[name] = 0.0
        while self.worked[name] < seconds:
            begun = time.thread_time()
            while time.thread_time() - begun < 0.001:
                pass
            self.worked[name] += time.thread_time() - begun
            yield
        self.order.append(name)
        if len(self.order) == 3:
            self.at_third = dict(self.worked)


@pytest.mark.parametrize("size", [100, LARGE])
async def test_of_too_many_at_once_some_end(size: int) -> None:
    """What takes long is done one at a time for an agent; short work, and that of others, goes in between."""
    shift = Shift()
    deadline = time.monotonic() + 60
    works = [(f"{n}", 1.0, "a") for n in range(5)] + [("short", 0.01, "a"), ("middle", 0.2, "b"), ("other", 1.0, "b")]
    tasks = [
        asyncio.create_task(Steps(shift.steps(name, long), size, who).finish(deadline)) for name, long, who in works
    ]
    assert all(await asyncio.gather(*tasks))
    assert "short" == shift.order[0]
    assert shift.order.index("middle") < 4
    at_work = [name for name, worked in shift.at_third.items() if worked > 0.4]
    assert len(at_work) <= 4  # two have a place for long work, and so may have had the ones that ended
    assert {name for name, *_ in works} == set(shift.order)


async def test_who_waits_for_a_place_and_goes_leaves_it_to_others() -> None:
    """A hang-up and a deadline while one waits; the place of one that broke off is given back, too."""
    shift = Shift()
    late = time.monotonic() + 60

    def begin(name: str, deadline: float = late) -> asyncio.Task[bool]:
        return asyncio.create_task(Steps(shift.steps(name, 0.25), 100, "a").finish(deadline))

    async def until_worked(seconds: float, *names: str) -> None:
        for _ in range(2_000):
            if min(shift.worked.get(name, 0) for name in names) > seconds:
                return
            await asyncio.sleep(0.01)

    placed = [begin("one"), begin("two")]
    await until_worked(0.02, "one", "two")  # both have a place
    gone, out_of_time, last = begin("gone"), begin("out of time", time.monotonic() + 0.25), begin("last")
    await until_worked(0.015, "gone", "last")
    gone.cancel()
    placed[0].cancel()
    assert not await out_of_time
    assert await placed[1]
    assert await last
    assert ["last", "two"] == sorted(shift.order)


async def queue(places: Places, order: list[str], *names: str, seconds: float = 60) -> list[asyncio.Task[None]]:
    """Let them wait for a place, agent and name in one word; note who got one."""

    async def wait(name: str) -> None:
        if await places.take(name[0], time.monotonic() + seconds):
            order.append(name)

    tasks = [asyncio.create_task(wait(name)) for name in names]
    await asyncio.sleep(0)
    return tasks


async def test_agents_have_turns() -> None:
    """However many of one wait, the next place is another's."""
    places, order = Places(2, 2), list[str]()
    tasks = await queue(places, order, "a1", "a2", "a3", "a4", "a5", "b1", "b2", "c1")
    for whose in ("a", "a", "a", "b", "c", "a"):
        places.leave(whose)
        await asyncio.sleep(0.01)
    await asyncio.gather(*tasks)
    assert ["a1", "a2", "a3", "b1", "c1", "a4", "b2", "a5"] == order


async def test_who_has_the_time_left_to_end_is_called_first() -> None:
    """Not always the one who has waited longest: that one would be called when it is too late for it, and so would all."""
    places, order = Places(1, 1), list[str]()
    tasks = await queue(places, order, "a1")
    tasks += await queue(places, order, "a2", seconds=2)
    tasks += await queue(places, order, "a3", "a4", "a5")
    places.leave("a")
    await asyncio.sleep(0)
    tasks += await queue(places, order, "a6", seconds=2)
    await asyncio.sleep(1.1)
    for _ in range(4):
        places.leave("a")
        await asyncio.sleep(0)
    await asyncio.gather(*tasks)
    assert ["a1", "a2", "a3", "a4", "a5", "a6"] == order

    order.clear()
    tasks = await queue(places, order, "a1", seconds=2)
    tasks += await queue(places, order, "a2", "a3")
    await asyncio.sleep(1.1)
    for _ in range(3):
        places.leave("a")
        await asyncio.sleep(0)
    await asyncio.gather(*tasks)
    assert ["a3", "a2", "a1"] == order


async def test_the_large_replies_of_one_agent_leave_a_thread_to_another() -> None:
    """However many there are, and also when their callers have gone; who waits too long is told."""
    go_on = threading.Event()
    many = [asyncio.create_task(in_turn(LARGE, "many", go_on.wait, 20, patience=20)) for _ in range(4)]
    await asyncio.sleep(0)
    assert "done" == await in_turn(LARGE, "other", lambda: "done", patience=20)
    with pytest.raises(TimeoutError):
        await in_turn(LARGE, "many", lambda: "done", patience=0.05)
    many[0].cancel()
    await asyncio.wait(many[:1])
    with pytest.raises(TimeoutError):  # its thread goes on
        await in_turn(LARGE, "many", lambda: "done", patience=0.05)
    assert "done" == await in_turn(LARGE, "other", lambda: "done", patience=20)
    go_on.set()
    assert [True] * 3 == await asyncio.gather(*many[1:])
    assert "small" == await in_turn(1, "many", lambda: "small", patience=0)


async def test_what_is_of_some_size_waits_for_nothing_large() -> None:
    """However many agents' large replies are worked on: pieces of streams have threads of their own, and turns, too."""
    go_on = threading.Event()
    large = [asyncio.create_task(in_turn(LARGE, f"large {k}", go_on.wait, 20, patience=20)) for k in range(4)]
    one = asyncio.create_task(in_turn(OF_A_STREAM, "one", go_on.wait, 20, large=OF_A_STREAM, patience=20))
    await asyncio.sleep(0)
    assert "done" == await in_turn(OF_A_STREAM, "other", lambda: "done", large=OF_A_STREAM, patience=20)
    with pytest.raises(TimeoutError):
        await in_turn(OF_A_STREAM, "one", lambda: "done", large=OF_A_STREAM, patience=0.05)
    go_on.set()
    assert [True] * 5 == await asyncio.gather(*large, one)
