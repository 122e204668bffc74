"""The proxy end to end: a real `masker serve`, a scripted upstream, and beside it the same stack without masking.

Every figure is *added* time: the same request's time through the proxy minus the median straight to the upstream,
measured in turns in one run. Calls are new in every run; each has planted values, and the run says how many reached
the upstream. The workers' processor time is counted beside the wall clock: it says what a busy machine hides.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Sequence
from typing import Any

from benchmarks.calls import Call, call, next_turn
from benchmarks.client import Client, Timing
from benchmarks.results import at_percentile, median, plot
from benchmarks.servers import Servers, start
from benchmarks.upstream import CHUNKS, GAP

__all__ = ["run"]

Say = Callable[[str], None]

SHAPES = {
    "short turn (2 KB, 6 turns)": {"turns": 6, "size": 2_000},
    "long call (27 KB, tools, 60 turns)": {"turns": 60, "size": 27_000, "tools": True},
    "200 KB context": {"turns": 60, "size": 200_000, "tools": True},
    "a call's first turn (27 KB; prompt and tools of the agent's other calls)": {
        "turns": 2,
        "size": 27_000,
        "tools": True,
        "agent": "clinic",
    },
}


#: The stages of `Server-Timing`, in order.
_STAGES = ("receive", "parse", "detect", "mask", "upstream", "total")
#: Streams begun in a second; each lasts two.
_STARTS = 200
#: How many are begun one after another where one is open at a time, and the seconds between them.
_ALONE = 8
_PAUSE = 0.3


class _Bench:
    """The clients of one run, and every planted value."""

    def __init__(self, servers: Servers, seed: str, say: Say) -> None:
        self.servers = servers
        self.seed = seed
        self.say = say
        self.direct = Client(servers.upstream, "/v1/chat/completions")
        self.floor = Client(servers.floor, "/v1/chat/completions")
        self.masker = Client(servers.masker, servers.path)
        self.planted: set[str] = set()
        self.leaked = self.bodies = 0
        self._number = 0

    def call(self, **shape: Any) -> Call:
        """Return a call that was never seen before; it belongs to the leak check."""
        self._number += 1
        made = call(f"{self.seed}-{self._number}", **shape)
        self.planted.update(made.canaries)
        return made

    async def post(self, made: Call) -> Timing:
        """Send a call through the proxy."""
        timing = await self.masker.post(made.body)
        if timing.status != 200:
            raise SystemExit(f"the proxy answered {timing.status}: {timing.body[:300]!r}")
        return timing

    async def elsewhere(self, client: Client, made: Call) -> Timing:
        """Send a call's like, without planted values, past the proxy: it would count as a leak."""
        body = json.dumps(made.body)
        for value in made.canaries:
            body = body.replace(value, "x" * len(value))
        return await client.post(body.encode())

    async def check(self) -> None:
        """Ask the upstream how many planted values it saw."""
        found = json.loads((await self.direct.post(sorted(self.planted), "/leaks")).body)
        self.leaked += found["leaks"]
        self.bodies += found["bodies"]
        self.planted.clear()


async def _latency(bench: _Bench, quick: bool) -> dict[str, Any]:
    found: dict[str, Any] = {}
    counts = (10, 4, 2, 4) if quick else (60, 20, 8, 20)
    for (name, shape), count in zip(SHAPES.items(), counts, strict=True):
        bench.say(f"latency: {name}")
        times: dict[str, list[float]] = {
            key: [] for key in ("direct", "floor", "first", "next", "cpu first", "cpu next")
        }
        stages: dict[str, list[float]] = {}
        if "agent" in shape:
            await bench.post(bench.call(**shape))
        for _ in range(count):
            made = bench.call(**shape)
            times["direct"].append((await bench.elsewhere(bench.direct, made)).total)
            times["floor"].append((await bench.elsewhere(bench.floor, made)).total)
            for turn, sent in (("first", made), ("next", next_turn(made, bench.seed))):
                before = bench.servers.cpu()
                timing = await bench.post(sent)
                times[turn].append(timing.total)
                times[f"cpu {turn}"].append(bench.servers.cpu() - before)
                for stage, milliseconds in timing.stages.items() if turn == "next" else ():
                    stages.setdefault(stage, []).append(milliseconds)
        base = median(times["direct"])
        found[name] = {
            key: {f"p{percent}": 1000 * (at_percentile(times[key], percent) - base) for percent in (50, 95)}
            for key in ("floor", "first", "next")
        }
        found[name] |= {f"cpu_{turn}_ms": 1000 * sum(times[f"cpu {turn}"]) / count for turn in ("first", "next")}
        found[name]["stages"] = {stage: median(values) for stage, values in stages.items()}
        await bench.check()
    return found


async def _streams(bench: _Bench) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for count in (1, 64, 200):
        bench.say(f"streams: {count} at once")
        # One at a time, but more than one: what a single stream waited says little.
        number, starts = (count, _STARTS) if count > 1 else (_ALONE, 1 / (CHUNKS * GAP + _PAUSE))
        calls = [bench.call(turns=6, size=2_000, stream=True) for _ in range(number)]
        for made in calls:  # warm: each call's first turn was answered before
            await bench.post(made._replace(body={**made.body, "stream": False}))
        warm = [next_turn(made, bench.seed) for made in calls]
        straight = await _together(lambda made: bench.elsewhere(bench.direct, made), warm, starts)
        floor = await _together(lambda made: bench.elsewhere(bench.floor, made), warm, starts)
        before = bench.servers.cpu()
        masked = await _together(bench.post, warm, starts)
        cpu = bench.servers.cpu() - before
        whole = [
            next_turn(made, f"{bench.seed} whole") for made in calls
        ]  # as new as the others, and answered in one piece
        before = bench.servers.cpu()
        await _together(bench.post, [made._replace(body={**made.body, "stream": False}) for made in whole], starts)
        alone = cpu - (bench.servers.cpu() - before)
        base = median([timing.first for timing in straight])
        found[str(count)] = {
            **_first("", masked, base),
            **_first("floor_", floor, base),
            "cpu_us_a_chunk": 1e6 * cpu / (number * CHUNKS),
            "cpu_us_a_chunk_alone": 1e6 * alone / (number * CHUNKS),
            **_chunks("", masked),
            **_chunks("floor_", floor),
        }
    bench.say("streams: 64, and a request of 1 MB in the middle")
    calls = [bench.call(turns=6, size=2_000, stream=True) for _ in range(64)]
    for made in calls:
        await bench.post(made._replace(body={**made.body, "stream": False}))
    large = bench.call(turns=60, size=1_000_000, tools=True)

    async def disturb() -> Timing:
        await asyncio.sleep(0.3)
        return await bench.post(large)

    disturbing = asyncio.create_task(disturb())
    masked = await _together(bench.post, [next_turn(made, 1) for made in calls], _STARTS)
    found["64 and 1 MB"] = {**_chunks("", masked), "large_ms": 1000 * (await disturbing).total}
    await bench.check()
    return found


async def _together(post: Callable[[Call], Any], calls: Sequence[Call], starts: float) -> list[Timing]:
    """Post all calls, so many of them a second: with two hundred all are open at once before the first one ends."""

    async def one(place: int, made: Call) -> Timing:
        await asyncio.sleep(place / starts)
        timing: Timing = await post(made)
        return timing

    return list(await asyncio.gather(*[one(place, made) for place, made in enumerate(calls)]))


def _first(prefix: str, timings: Sequence[Timing], base: float) -> dict[str, float]:
    """Return what was added to the first chunk."""
    times = [timing.first - base for timing in timings]
    return {f"{prefix}first_p{percent}": 1000 * at_percentile(times, percent) for percent in (50, 95, 99)}


def _chunks(prefix: str, timings: Sequence[Timing]) -> dict[str, float]:
    """Return the delay of chunks from sending to receiving; the first is counted on its own."""
    delays = [delay for timing in timings for delay in timing.delays[1:]]
    return {f"{prefix}chunk_p{percent}": 1000 * at_percentile(delays, percent) for percent in (50, 99)}


async def _closed_loop(bench: _Bench, calls: Sequence[Call], clients: int = 8) -> tuple[float, float]:
    """Return requests per second with so many callers, and the workers' CPU milliseconds a request."""
    waiting = list(calls)

    async def caller() -> None:
        while waiting:
            await bench.post(waiting.pop())

    before, started = bench.servers.cpu(), time.monotonic()
    await asyncio.gather(*[caller() for _ in range(clients)])
    took = time.monotonic() - started
    return len(calls) / took, 1000 * (bench.servers.cpu() - before) / len(calls)


async def _throughput(bench: _Bench, quick: bool) -> dict[str, Any]:
    found: dict[str, Any] = {}
    short, long = {"turns": 6, "size": 2_000}, SHAPES["long call (27 KB, tools, 60 turns)"]
    sizes = (150, 16) if quick else (1_000, 60)
    for name, shape, count in (("short", short, sizes[0]), ("long", long, sizes[1])):
        bench.say(f"throughput: {name}")
        calls = [bench.call(**shape) for _ in range(count)]
        for heat, batch in (
            ("cold", calls),
            ("next turn", [next_turn(made, 1) for made in calls]),
            ("seen", [next_turn(made, 1) for made in calls]),
        ):
            rate, cpu = await _closed_loop(bench, batch)
            found[f"{name}, {heat}"] = {
                "per_second": rate,
                "cpu_ms": cpu,
                "per_second_of_cpu": 1000 / cpu if cpu else 0,
            }
        await bench.check()
        if name == "short":
            found["open loop, 300/s"] = await _open_loop(bench, [next_turn(made, 2) for made in calls], 300)
    return found


async def _open_loop(bench: _Bench, calls: Sequence[Call], rate: float) -> dict[str, float]:
    """Send at a fixed rate whatever the answers do; the latency counts from when a request was due."""
    bench.say(f"open loop: {rate:.0f}/s")
    started = time.monotonic()

    async def one(place: int, made: Call) -> float:
        due = started + place / rate
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        await bench.post(made)
        return time.monotonic() - due

    late = await asyncio.gather(*[one(place, made) for place, made in enumerate(calls)])
    return {f"p{percent}_ms": 1000 * at_percentile(late, percent) for percent in (50, 95, 99)} | {
        "served_per_second": len(calls) / (time.monotonic() - started)
    }


async def _memory(bench: _Bench, quick: bool, at_start: float) -> dict[str, Any]:
    bench.say("memory")
    found = {"start_mb": at_start, "before_mb": bench.servers.memory()}
    count = 64 if quick else 200
    calls = [bench.call(turns=6, size=2_000, stream=True) for _ in range(count)]
    running = asyncio.gather(*[bench.post(made) for made in calls])
    peak = 0.0
    while not running.done():
        peak = max(peak, bench.servers.memory())
        await asyncio.sleep(0.1)
    await running
    found["streams_mb"] = peak
    found["mb_a_stream"] = max(0.0, peak - found["before_mb"]) / count
    made = bench.call(turns=6, size=2_000)
    for round_ in range(2 if quick else 5):
        await _closed_loop(bench, [made] * (500 if quick else 2_000))
        found[f"after_{round_ + 1}_rounds_mb"] = bench.servers.memory()
    await bench.check()
    return found


async def _growth(bench: _Bench, quick: bool) -> dict[str, Any]:
    found: dict[str, Any] = {"turns": {}, "size": {}}
    for turns in (8, 32, 128) if quick else (8, 16, 32, 64, 128, 256):
        bench.say(f"growth: {turns} turns")
        cold, warm = [], []
        for _ in range(3 if quick else 8):
            made = bench.call(turns=turns, size=300 * turns)
            cold.append((await bench.post(made)).total)
            warm.append((await bench.post(next_turn(made, 1))).total)
        found["turns"][turns] = {"cold": 1000 * median(cold), "warm": 1000 * median(warm)}
    for size in (1_000, 10_000, 100_000, 1_000_000):
        bench.say(f"growth: {size:,} bytes")
        cold, warm = [], []
        for _ in range(1 if quick or size > 500_000 else 4):
            made = bench.call(turns=6, size=size, tools=size > 5_000)
            cold.append((await bench.post(made)).total)
            warm.append((await bench.post(next_turn(made, 1))).total)
        found["size"][size] = {"cold": 1000 * median(cold), "warm": 1000 * median(warm)}
    await bench.check()
    for axis, label in (("turns", "turns of the call"), ("size", "bytes of the request")):
        curves = {heat: [(float(x), values[heat]) for x, values in found[axis].items()] for heat in ("cold", "warm")}
        plot(f"growth-{axis}", f"Time of one request by {label}", label, "ms", curves)
    return found


def run(*, quick: bool, say: Say) -> tuple[str, dict[str, Any]]:
    """Measure everything; return it as Markdown and as numbers."""
    with start() as servers:
        return asyncio.run(_run(servers, quick, say))


async def _run(servers: Servers, quick: bool, say: Say) -> tuple[str, dict[str, Any]]:
    bench = _Bench(servers, f"{time.time_ns()}", say)
    at_start = servers.memory()
    for _ in range(5):  # connections, lazy imports, the allocator
        made = bench.call(turns=6, size=2_000)
        await bench.post(made)
        await bench.elsewhere(bench.floor, made)
        await bench.elsewhere(bench.direct, made)
    found = {
        "latency": await _latency(bench, quick),
        "streams": await _streams(bench),
        "throughput": await _throughput(bench, quick),
        "memory": await _memory(bench, quick, at_start),
        "growth": await _growth(bench, quick),
    }
    found["leak_check"] = {"bodies": bench.bodies, "planted_values_that_reached_the_upstream": bench.leaked}
    found["start_seconds"] = servers.started_in
    for client in (bench.direct, bench.floor, bench.masker):
        await client.close()
    return _as_markdown(found), found


def _with_floor(row: dict[str, float], kind: str, percents: Sequence[int]) -> str:
    """Return percentiles, those of the floor in brackets, where they were measured."""
    own, floor = (
        " / ".join(f"{row[key]:.1f}" for percent in percents if (key := f"{prefix}{kind}_p{percent}") in row)
        for prefix in ("", "floor_")
    )
    return f"{own} ({floor})" if floor else own or "–"


def _as_markdown(found: dict[str, Any]) -> str:
    lines = [
        (
            f"One worker, all first-party plugins. Leak check: {found['leak_check']['planted_values_that_reached_the_upstream']}"
            f" planted values in {found['leak_check']['bodies']} bodies that reached the upstream."
            f" `masker serve` answered {found['start_seconds']:.1f} s after its start.\n"
        ),
        "| added over the upstream, ms | floor p50 / p95 | first sight p50 / p95 | next turn p50 / p95 | CPU first / next |",
        "|---|---|---|---|---|",
    ]
    for name, row in found["latency"].items():
        cells = [f"{row[key]['p50']:.1f} / {row[key]['p95']:.1f}" for key in ("floor", "first", "next")]
        lines.append(f"| {name} | {' | '.join(cells)} | {row['cpu_first_ms']:.0f} / {row['cpu_next_ms']:.0f} |")
    lines += [
        "\nWhere a next turn's time goes, median milliseconds as `Server-Timing` tells them:\n",
        "| | " + " | ".join(_STAGES) + " |",
        "|---" * (len(_STAGES) + 1) + "|",
    ]
    for name, row in found["latency"].items():
        lines.append(f"| {name} | " + " | ".join(f"{row['stages'].get(stage, 0):.2f}" for stage in _STAGES) + " |")
    lines += [
        (
            f"\nStreams ({CHUNKS} chunks each, {1000 * GAP:.0f} ms apart, warm calls, {_STARTS} begun a second, or {_ALONE} one"
            " after another); added ms to the first chunk, and each further chunk from sending to receiving; in brackets the floor:\n"
        ),
        "| streams | first chunk p50 / p95 / p99 | chunk p50 / p99 | CPU a chunk, with its share of the request / alone |",
        "|---|---|---|---|",
    ]
    for name, row in found["streams"].items():
        first, chunk = (
            _with_floor(row, kind, percents) for kind, percents in (("first", (50, 95, 99)), ("chunk", (50, 99)))
        )
        cpu = (
            f"{row['cpu_us_a_chunk']:.0f} / {row['cpu_us_a_chunk_alone']:.0f} µs"
            if "cpu_us_a_chunk" in row
            else f"the 1 MB took {row['large_ms']:.0f} ms"
        )
        lines.append(f"| {name} | {first} | {chunk} | {cpu} |")
    lines += [
        "\n| throughput, one worker | requests/s | CPU ms a request | requests a second of CPU |",
        "|---|---|---|---|",
    ]
    for name, row in found["throughput"].items():
        if "per_second" in row:
            lines.append(f"| {name} | {row['per_second']:.0f} | {row['cpu_ms']:.2f} | {row['per_second_of_cpu']:.0f} |")
        else:
            times = " / ".join(f"{row[key]:.0f}" for key in ("p50_ms", "p95_ms", "p99_ms"))
            lines.append(f"| {name}: p50 / p95 / p99 {times} ms | {row['served_per_second']:.0f} | | |")
    memory = found["memory"]
    rounds = " → ".join(f"{value:.0f}" for key, value in memory.items() if key.startswith("after_"))
    lines.append(
        f"\nMemory of the worker: {memory['start_mb']:.0f} MB at start, {memory['before_mb']:.0f} MB after the runs above,"
        f" {memory['mb_a_stream']:.3f} MB an open stream, then {rounds} MB over rounds of the same request.\n"
    )
    for axis, title in (("turns", "turns"), ("size", "bytes")):
        lines += [f"\n| {title} | cold ms | next turn ms | warm/cold |", "|---|---|---|---|"]
        for x, row in found["growth"][axis].items():
            lines.append(f"| {x:,} | {row['cold']:.1f} | {row['warm']:.1f} | {row['warm'] / row['cold']:.2f} |")
        lines.append(f"\n![growth by {title}](results/growth-{axis}.svg)")
    return "\n".join(lines)
