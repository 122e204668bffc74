"""What a proxy does in the long run: memory over very many requests, and throughput with more workers.

The load generator and the upstream share the machine with the proxy, so more workers are measured with long calls seen
for the first time, of which a worker has hundreds of milliseconds to do and a generator next to nothing.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

from benchmarks.calls import Call, call, next_turn
from benchmarks.client import Client
from benchmarks.servers import Servers, start

__all__ = ["run"]

Say = Callable[[str], None]

_SHORT = {"turns": 6, "size": 2_000}
_LONG = {"turns": 60, "size": 27_000, "tools": True}


def run(*, requests: int, workers: int, say: Say) -> tuple[str, dict[str, Any]]:
    """Measure both; return them as Markdown and as numbers.

    Args:
        requests: How many requests the memory is watched over.
        workers: How many workers to compare with one.
        say: Tells how far it is.
    """
    with start() as servers:
        memory = asyncio.run(_memory(servers, requests, say))
    rates = {count: _throughput(count, say) for count in (1, workers)}
    found = {"memory": memory, "workers": rates}
    return _as_markdown(found, requests), found


async def _memory(servers: Servers, requests: int, say: Say) -> dict[int, float]:
    """Return the worker's resident megabytes after each tenth of the requests; every one is a turn never seen before."""
    client = Client(servers.masker, servers.path)
    calls = [call(f"soak-{number}-{time.time_ns()}", **_SHORT) for number in range(200)]
    found = {0: servers.memory()}
    done = 0
    while done < requests:
        batch = min(requests // 10, requests - done)
        waiting = [next_turn(calls[number % len(calls)], f"{done + number}") for number in range(batch)]
        await asyncio.gather(*[_send(client, waiting) for _ in range(8)])
        done += batch
        found[done] = servers.memory()
        say(f"{done:,} requests, {found[done]:.0f} MB")
    await client.close()
    return found


async def _send(client: Client, waiting: list[Call]) -> None:
    while waiting:
        timing = await client.post(waiting.pop().body)
        if timing.status != 200:
            raise SystemExit(f"the proxy answered {timing.status}: {timing.body[:300]!r}")


async def _connect(client: Client, number: int) -> None:
    """Open a connection and warm up whoever took it."""
    for turn in range(8):
        await _send(client, [call(f"warm-{number}-{turn}-{time.time_ns()}", **_SHORT)])


def _throughput(workers: int, say: Say, count: int = 24) -> float:
    """Return long calls a second, none seen before."""
    with start(workers) as servers:

        async def measure() -> float:
            client = Client(servers.masker, servers.path)
            await asyncio.gather(*[_connect(client, number) for number in range(4 * workers)])
            waiting = [call(f"long-{number}-{time.time_ns()}", **_LONG) for number in range(count)]
            started = time.monotonic()
            await asyncio.gather(*[_send(client, waiting) for _ in range(4 * workers)])
            took = time.monotonic() - started
            await client.close()
            return count / took

        rate = asyncio.run(measure())
    say(f"{workers} workers: {rate:.1f} long calls a second")
    return rate


def _as_markdown(found: dict[str, Any], requests: int) -> str:
    memory = found["memory"]
    one, *more = found["workers"].items()
    lines = [
        f"Memory of one worker over {requests:,} requests, each with a turn never seen before:",
        "",
        "| requests | " + " | ".join(f"{count:,}" for count in memory) + " |",
        "|---|" + "---|" * len(memory),
        "| MB | " + " | ".join(f"{megabytes:.0f}" for megabytes in memory.values()) + " |",
        "",
        "Long calls (27 KB, tools, 60 turns), none seen before, a second:",
        "",
        "| workers | a second | times one worker |",
        "|---|---|---|",
        f"| {one[0]} | {one[1]:.1f} | 1 |",
        *(f"| {count} | {rate:.1f} | {rate / one[1]:.2f} |" for count, rate in more),
    ]
    return "\n".join(lines) + "\n"
