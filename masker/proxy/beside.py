"""Work beside the event loop: what may take longer than other callers of this worker should wait.

Requests of usual size are masked on the loop in short steps, which costs least. A text of many kilobytes can be made so
that one step takes long, whatever is done to keep steps short; so large requests are masked in threads. Python lets
threads take turns, so others are served meanwhile, if more slowly. Nothing can stop a thread: a request whose time is
over is refused at once, and a worker in which one step does not end is replaced (see `longest_step`).
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any, Final, NamedTuple, TypeVar

__all__ = ["OF_A_STREAM", "TURNS", "Places", "Steps", "among_others", "in_turn", "longest_step"]

#: Bytes from which on parsing and restoring take longer than others should wait.
_LARGE: Final = 256 * 1024
#: ... and what has come of a stream: of many streams each may have so much, and a caller who hangs up must be heard
#: between them.
OF_A_STREAM: Final = 16 * 1024
#: ... and masking, of which a byte costs more.
_LARGE_TO_MASK: Final = 32 * 1024
#: Seconds of masking after which others are served; turning to them for every step would cost more than most steps.
_TURN: Final = 0.001
#: The same in a thread, where others are served all the time: so that large requests take turns among themselves.
_SLICE: Final = 0.02
#: Seconds after which a thread gives way to another that waits (Python's own default is 0.005).
TURNS: Final = 0.001
#: What upstreams send that is large is looked through by these, so that requests and look-ups of names have theirs; and
#: what is of some size by others, so that it has not to wait until something large has ended.
_REPLIES: Final = ThreadPoolExecutor(2, thread_name_prefix="replies")
_PIECES: Final = ThreadPoolExecutor(2, thread_name_prefix="pieces")
_MASKING: Final = ThreadPoolExecutor(6, thread_name_prefix="masking")
#: Seconds of work after which a request needs a place: what was seen before, and short calls, have ended by then.
_SHARE: Final = 0.015
#: ... and after which it gives that up, and needs one of those who work long.
_QUICK: Final = 0.3
#: Seconds for which a reply waits for its agent's turn.
_PATIENCE: Final = 30.0
#: When the slices began that are worked on now, in monotonic seconds.
_begun: Final[dict[object, float]] = {}

_T = TypeVar("_T")


async def among_others(size: int, work: Callable[..., _T], *arguments: Any) -> _T:
    """Do some work at once, or beside the event loop where it is so much that other callers would have to wait.

    Args:
        size: Bytes that are worked on.
        work: What to call.
        arguments: With what.
    """
    if size < _LARGE:
        return work(*arguments)
    return await asyncio.get_running_loop().run_in_executor(None, work, *arguments)


async def in_turn(
    size: int,
    whose: str,
    work: Callable[..., _T],
    *arguments: Any,
    large: int = _LARGE,
    patience: float = _PATIENCE,
) -> _T:
    """Do some work of an agent's reply as `among_others` does; agents take turns.

    Args:
        size: Bytes that are worked on.
        whose: The agent.
        work: What to call.
        arguments: With what.
        large: From how many bytes on it is so much that others would have to wait.
        patience: Seconds to wait for its turn.

    Raises:
        TimeoutError: It did not come.
    """
    if size < large:
        return work(*arguments)
    places, threads = (_replying, _REPLIES) if size >= _LARGE else (_in_pieces, _PIECES)
    if not await places.take(whose, time.monotonic() + patience):
        raise TimeoutError
    loop = asyncio.get_running_loop()
    job = threads.submit(work, *arguments)

    def ended(_: Future[_T]) -> None:  # in the thread; however it ends, and whoever still waits for it
        with contextlib.suppress(RuntimeError):  # the loop has ended, too
            loop.call_soon_threadsafe(places.leave, whose)

    job.add_done_callback(ended)
    return await asyncio.wrap_future(job)


class Steps:
    """What is done bit by bit while others are served.

    Args:
        steps: Each of them; what one raises is raised by `finish`.
        size: Bytes that are worked on.
        whose: The agent for which.
    """

    def __init__(self, steps: Iterator[None], size: int, whose: str) -> None:
        self._steps = steps
        self._large = size >= _LARGE_TO_MASK
        self._whose = whose
        self._slice: Future[tuple[bool, float]] | None = None

    async def finish(self, deadline: float) -> bool:
        """Take all steps; return whether they ended in time.

        When time is over in the middle of a step, or nobody waits any more, that step goes on in its thread.

        Args:
            deadline: In monotonic seconds.
        """
        worked, held, more = 0.0, None, True
        try:
            while more:
                wanted = None if worked <= _SHARE else _quick if worked <= _QUICK else _long
                if held is not wanted and held is not None:
                    held.leave(self._whose)
                    held = None
                if held is not wanted and wanted is not None:
                    if not await wanted.take(self._whose, deadline):
                        return False
                    held = wanted
                if time.monotonic() > deadline:
                    return False
                taken = await self._take(deadline)
                if taken is None:
                    return False
                more = taken[0]
                worked += taken[1]
            return time.monotonic() <= deadline
        finally:
            if held is not None:
                self.afterwards(partial(held.leave, self._whose))

    async def _take(self, deadline: float) -> tuple[bool, float] | None:
        """Take steps for a while; return whether there are more and the seconds of work, or ``None``: out of time."""
        if not self._large:
            taken = _advance(self._steps, _TURN)
            if taken[0]:
                await asyncio.sleep(0)
            return taken
        self._slice = _MASKING.submit(_advance, self._steps, _SLICE)
        answer = asyncio.wrap_future(self._slice)
        answer.add_done_callback(_look)
        done, _ = await asyncio.wait((answer,), timeout=deadline - time.monotonic())
        if not done:
            self._slice.cancel()  # it has not begun, if all threads are busy
            return None
        return answer.result()

    def afterwards(self, work: Callable[[], object]) -> None:
        """Do what ends the steps' work, once none is being taken: now, or when the one has ended that still goes on.

        Until then a step must find everything as it was: what it comes to may be remembered.

        Args:
            work: Called on this loop.
        """
        going_on = self._slice
        if going_on is None or going_on.cancel() or going_on.done():
            work()
            return
        loop = asyncio.get_running_loop()

        def ended(_: Future[tuple[bool, float]]) -> None:
            with contextlib.suppress(RuntimeError):  # the loop is closed: the process ends
                loop.call_soon_threadsafe(work)

        going_on.add_done_callback(ended)


def longest_step() -> float:
    """Return for how many seconds the slice that takes longest has been worked on."""
    now = time.monotonic()
    return max((now - begun for begun in list(_begun.values())), default=0.0)


def _advance(steps: Iterator[None], seconds: float) -> tuple[bool, float]:
    """Take steps for a while; return whether there are more, and how many seconds of processor time they took."""
    mark = object()
    begun, worked = time.monotonic(), time.thread_time()
    _begun[mark] = begun
    try:
        more = any(time.monotonic() - begun > seconds for _ in steps)
        return more, time.thread_time() - worked
    finally:
        del _begun[mark]


def _look(future: asyncio.Future[tuple[bool, float]]) -> None:
    """Take note of what a step raised, which the loop would otherwise log: its message may quote content."""
    if not future.cancelled():
        future.exception()


class Places:
    """The places of those who may work on: agents have turns.

    If all took turns, then too many at once would each come to a little in the time that they have, and to nothing in
    the end, for as long as others follow.

    Args:
        most: How many there are.
        each: How many of them one agent may have.
    """

    def __init__(self, most: int, each: int) -> None:
        self._most = most
        self._each = each
        self._taken: Counter[str] = Counter()
        #: Who waits, by agent, in the order in which agents have their turn.
        self._waiting: dict[str, list[_Waiting]] = {}

    async def take(self, whose: str, deadline: float) -> bool:
        """Wait for a place; return whether there was one in time.

        Args:
            whose: The agent.
            deadline: In monotonic seconds.
        """
        if self._is_free(whose):
            self._taken[whose] += 1
            return True
        now = time.monotonic()
        waiting = _Waiting(asyncio.get_running_loop().create_future(), (now + deadline) / 2)
        self._waiting.setdefault(whose, []).append(waiting)
        try:
            await asyncio.wait((waiting.called,), timeout=deadline - now)
        except asyncio.CancelledError:
            if waiting.called.done():
                self.leave(whose)
            raise
        finally:
            if not waiting.called.done():
                self._called(whose, waiting)
        return waiting.called.done()

    def leave(self, whose: str) -> None:
        """Give a place back, to the next agent that waits for one and may have it."""
        self._taken[whose] -= 1
        for following in list(self._waiting):
            if self._is_free(following):
                called = self._next(self._waiting[following])
                self._called(following, called)
                if following in self._waiting:  # it has had its turn
                    self._waiting[following] = self._waiting.pop(following)
                self._taken[following] += 1
                called.called.set_result(None)

    @staticmethod
    def _next(waiting: list[_Waiting]) -> _Waiting:
        """Return who has waited longest, or came last where that one hardly has the time left to end.

        Were it always the former, then all would be called when it is too late, as long as more come than can end.
        """
        return waiting[0] if time.monotonic() < waiting[0].half_time else waiting[-1]

    def _called(self, whose: str, waiting: _Waiting) -> None:
        self._waiting[whose].remove(waiting)
        if not self._waiting[whose]:
            del self._waiting[whose]

    def _is_free(self, whose: str) -> bool:
        return self._taken.total() < self._most and self._taken[whose] < self._each


class _Waiting(NamedTuple):
    """One who waits for a place; in monotonic seconds when half of the time that it had for that is over."""

    called: asyncio.Future[None]
    half_time: float


_quick: Final = Places(2, 2)
_long: Final = Places(2, 1)
#: Of those whose large replies are worked on, and of those whose smaller ones are.
_replying: Final = Places(2, 1)
_in_pieces: Final = Places(2, 1)
