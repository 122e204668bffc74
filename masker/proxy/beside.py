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
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Final, TypeVar

__all__ = ["REPLIES", "TURNS", "Steps", "among_others", "longest_step"]

#: Bytes from which on parsing and restoring take longer than others should wait.
_LARGE: Final = 256 * 1024
#: ... and masking, of which a byte costs more.
_LARGE_TO_MASK: Final = 32 * 1024
#: Seconds of masking after which others are served; turning to them for every step would cost more than most steps.
_TURN: Final = 0.001
#: The same in a thread, where others are served all the time: so that large requests take turns among themselves.
_SLICE: Final = 0.02
#: Seconds after which a thread gives way to another that waits (Python's own default is 0.005).
TURNS: Final = 0.001
#: What upstreams send that is large is looked through by these, so that requests and look-ups of names have theirs.
REPLIES: Final = ThreadPoolExecutor(2, thread_name_prefix="replies")
_MASKING: Final = ThreadPoolExecutor(4, thread_name_prefix="masking")
#: When the slices began that are worked on now, in monotonic seconds.
_begun: Final[dict[object, float]] = {}

_T = TypeVar("_T")


async def among_others(
    size: int, work: Callable[..., _T], *arguments: Any, executor: ThreadPoolExecutor | None = None
) -> _T:
    """Do some work at once, or beside the event loop where it is so much that other callers would have to wait.

    Args:
        size: Bytes that are worked on.
        work: What to call.
        arguments: With what.
        executor: Whose threads do it; default: the loop's own.
    """
    if size < _LARGE:
        return work(*arguments)
    return await asyncio.get_running_loop().run_in_executor(executor, work, *arguments)


class Steps:
    """What is done bit by bit while others are served.

    Args:
        steps: Each of them; what one raises is raised by `finish`.
        size: Bytes that are worked on.
    """

    def __init__(self, steps: Iterator[None], size: int) -> None:
        self._steps = steps
        self._large = size >= _LARGE_TO_MASK
        self._slice: Future[bool] | None = None

    async def finish(self, deadline: float) -> bool:
        """Take all steps; return whether they ended in time.

        When time is over in the middle of a step, or nobody waits any more, that step goes on in its thread.

        Args:
            deadline: In monotonic seconds.
        """
        more = True
        while more:
            if time.monotonic() > deadline:
                return False
            if self._large:
                self._slice = _MASKING.submit(_advance, self._steps, _SLICE)
                answer = asyncio.wrap_future(self._slice)
                answer.add_done_callback(_look)
                done, _ = await asyncio.wait((answer,), timeout=deadline - time.monotonic())
                if not done:
                    self._slice.cancel()  # it has not begun, if all threads are busy
                    return False
                more = answer.result()
            else:
                more = _advance(self._steps, _TURN)
                if more:
                    await asyncio.sleep(0)
        return time.monotonic() <= deadline

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

        def ended(_: Future[bool]) -> None:
            with contextlib.suppress(RuntimeError):  # the loop is closed: the process ends
                loop.call_soon_threadsafe(work)

        going_on.add_done_callback(ended)


def longest_step() -> float:
    """Return for how many seconds the slice that takes longest has been worked on."""
    now = time.monotonic()
    return max((now - begun for begun in list(_begun.values())), default=0.0)


def _advance(steps: Iterator[None], seconds: float) -> bool:
    """Take steps for a while; return whether there are more."""
    mark = object()
    begun = _begun[mark] = time.monotonic()
    try:
        return any(time.monotonic() - begun > seconds for _ in steps)
    finally:
        del _begun[mark]


def _look(future: asyncio.Future[bool]) -> None:
    """Take note of what a step raised, which the loop would otherwise log: its message may quote content."""
    if not future.cancelled():
        future.exception()
