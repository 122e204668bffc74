"""What the installed proxy does when everything goes wrong: requests held, faults injected, bad inputs tried.

The wheels are installed into an environment of their own and ``masker serve`` runs from there; callers, connections and
the upstream are real sockets. Lost is a request without an answer of the contract's, leaked a planted value in a byte
that the upstream got. Both must be zero; the command fails where they are not.
"""

from __future__ import annotations

import asyncio
import gzip
import itertools
import json
import os
import resource
import signal
import socket
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import attrs
import brotli
import httpx
import zstandard

from benchmarks.installation import install
from benchmarks.results import at_percentile, median
from tests.attack.canaries import CANARIES, PLACES, leaks, request
from tests.installed import shapes
from tests.integration import test_upstream_faults as faults
from tests.integration.conftest import Exchange, Upstream

__all__ = ["run"]

Say = Callable[[str], None]

#: An age is two digits, which stand in any log; the tests look for it where it could be one.
_VALUES = tuple(canary.written for kind, canary in CANARIES.items() if kind != "AGE")
_EVERYTHING = " ".join(canary.sentence for canary in CANARIES.values())
_MARK = "caller{}@example.org"
#: Statuses and codes that a refused request may be answered with.
_REFUSALS = {"invalid_json", "invalid_request", "unsupported_media_type", "request_too_large", "not_found",
             "method_not_allowed", "model_not_allowed", "media_not_allowed", "leak_prevented", "agent_not_found"}  # fmt: skip
_WORKERS = 2
#: Seconds that the installed program is given by the settings below.
_UPSTREAM_SECONDS = 2.0


@attrs.define
class Tally:
    """One row of the table."""

    what: str
    tried: int = 0
    lost: list[str] = attrs.field(factory=list)
    leaked: list[str] = attrs.field(factory=list)
    answers: Counter[str] = attrs.field(factory=Counter)
    seconds: list[float] = attrs.field(factory=list)
    note: str = ""

    def count(self, answer: str, took: float, *, right: bool) -> None:
        """Count one answer."""
        self.tried += 1
        self.answers[answer] += 1
        self.seconds.append(took)
        if not right:
            self.lost.append(answer)


@attrs.define
class Site:
    """The program, its upstream and its callers."""

    port: int
    path: str
    supervisor: int
    upstream: Upstream
    http: httpx.AsyncClient

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.path}"

    def workers(self) -> list[int]:
        return [
            int(pid) for pid in Path(f"/proc/{self.supervisor}/task/{self.supervisor}/children").read_text().split()
        ]

    def descriptors(self) -> int:
        return sum(len(list(Path(f"/proc/{pid}/fd").iterdir())) for pid in self.workers())

    def megabytes(self) -> float:
        status = "".join(Path(f"/proc/{pid}/status").read_text() for pid in self.workers())
        return sum(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024

    def heard(self) -> bytes:
        """Return what the upstream got since the last time."""
        data = bytes(self.upstream.received)
        self.upstream.received.clear()
        self.upstream.exchanges.clear()
        return data


def run(*, program: Path | None, quick: bool, say: Say) -> tuple[str, dict[str, Any]]:
    """Do it all; return it as Markdown and as numbers.

    Args:
        program: An installed ``masker``; ``None`` builds and installs the wheels.
        quick: Fewer of everything.
        say: Tells how far it is.
    """
    with tempfile.TemporaryDirectory(prefix="masker-faults-") as name, ExitStack() as exits:
        folder = Path(name)
        if program is None:
            say("building and installing the wheels")
            program = install(folder) / "masker"
        rows = asyncio.run(_all(program, folder, exits, quick, say))
    text = _as_markdown(rows)
    return text, {row.what: {**attrs.asdict(row), "seconds": None, "answers": dict(row.answers)} for row in rows}


async def _all(program: Path, folder: Path, exits: ExitStack, quick: bool, say: Say) -> list[Tally]:
    upstream = Upstream()
    await upstream.start()
    port, environ = _free_port(), _environment(folder, upstream)
    made = subprocess.run(
        [program, "agents", "create", "faults", "--upstream", "openai:*", "--json"],
        env=environ, cwd=folder, check=True, capture_output=True, text=True,
    )  # fmt: skip
    log = exits.enter_context((folder / "serve.log").open("wb"))
    served = subprocess.Popen(
        [program, "serve", "--bind", f"127.0.0.1:{port}", "--workers", str(_WORKERS)],
        env=environ, cwd=folder, stdout=log, stderr=log,
    )  # fmt: skip
    exits.callback(_end, served)
    limits = httpx.Limits(max_connections=200, max_keepalive_connections=64)
    async with httpx.AsyncClient(trust_env=False, timeout=60, limits=limits) as http:
        path = f"/proxy/{json.loads(made.stdout)['id']}/v1/chat/completions"
        site = Site(port, path, served.pid, upstream, http)
        await _ready(site)
        began = site.megabytes(), site.descriptors()
        rows = []
        for step in (_held, _faults, _bad_inputs, _idle, _slow, _broken_off, _shapes, _killed):
            row = await step(site, quick)
            row.leaked += leaks(site.heard(), *_VALUES)
            say(f"{row.what}: {row.tried} tried, {len(row.lost)} lost, {len(row.leaked)} leaked {row.lost[:5] or ''}")
            rows.append(row)
        for _ in range(100):
            if site.descriptors() <= began[1] + 20:
                break
            await asyncio.sleep(0.1)
        rows.append(Tally(
            f"memory {began[0]:.0f} → {site.megabytes():.0f} MB, descriptors {began[1]} → {site.descriptors()}, both workers",
            note="before and after all of it",
        ))  # fmt: skip
    logged = (folder / "serve.log").read_bytes()
    rows.append(Tally("lines of the log", logged.count(b"\n"), leaked=leaks(logged, *_VALUES)))
    await upstream.stop()
    return rows


# --- The steps -------------------------------------------------------------------------------------------------------


async def _held(site: Site, quick: bool) -> Tally:
    """Callers side by side, streams and whole replies, a canary of every kind in every place in turn."""
    row = Tally("requests held, 32 at a time, streamed and whole, all kinds in all places")
    site.upstream.script = _answers
    places = itertools.cycle(PLACES.items())
    jobs = (
        (number, place(_EVERYTHING)) for number, (_, place) in zip(range(400 if quick else 3000), places, strict=False)
    )
    await _side_by_side(32, jobs, lambda job: _ask(site, row, *job))
    return row


async def _ask(site: Site, row: Tally, number: int, tree: dict[str, Any]) -> None:
    mine = _MARK.format(number)
    tree["messages"].append({"role": "user", "content": f"My email is {mine}."})
    tree["stream"] = number % 2 == 0
    began = time.monotonic()
    try:
        response = await site.http.post(site.url, json=tree)
    except httpx.TransportError as error:
        row.count(type(error).__name__, time.monotonic() - began, right=False)
        return
    took = time.monotonic() - began
    if response.status_code == 200:
        text = _said(response)
        foreign = [
            word for word in text.split() if "@example.org" in word and word not in (mine, "m.okonkwo@example.org")
        ]
        row.leaked += foreign
        row.count("200", took, right=mine in text and not foreign)
    else:
        code = response.json()["error"]["code"]
        # Words where only a number or a setting may stand, and images in disguise, are refused.
        row.count(f"{response.status_code} {code}", took, right=code in _REFUSALS)


_FAULTS: dict[str, Callable[[Exchange], Awaitable[None]]] = {
    name: getattr(faults, name)
    for name in (
        "hang", "hang_after_headers", "drip", "drip_json", "reset", "reset_after_headers", "truncated", "no_http", "huge_headers",
        "html", "a_list", "events", "whole", "no_coding", "unknown_coding",
    )
}  # fmt: skip
#: 200 MB of blanks, in each coding.
_BOMBS = {
    "gzip": gzip.compress(b" " * 200_000_000, 1),
    "br": brotli.compress(b" " * 200_000_000, quality=1),
    "zstd": zstandard.compress(b" " * 200_000_000),
}


async def _faults(site: Site, quick: bool) -> Tally:
    """Each fault to several callers, among callers whose upstream is well."""
    row = Tally("faults of the upstream injected: 29 kinds, streamed and whole, among callers that are served")
    kinds = {**_FAULTS, **{f"bomb: {coding}": _bomb(coding) for coding in _BOMBS}, **{f"status {status}": _status(status) for status in (301, 400, 401, 403, 404, 429, 500, 503)},
             **{f"stream: {how}": _cut(how) for how in ("reset", "end", "nonsense")}}  # fmt: skip

    # By number: whatever is a word may be somebody's name.
    scripts = [*kinds.values(), _answers, _answers]
    named = [*kinds, None, None]
    site.upstream.script = lambda exchange: scripts[exchange.tree["seed"]](exchange)
    jobs = itertools.product(range(2 if quick else 12), range(len(scripts)), (False, True))
    await _side_by_side(24, jobs, lambda job: _fail(site, row, named[job[1]], job[1], stream=job[2]))
    row.what = row.what.replace("29", str(len(kinds)))
    return row


async def _fail(site: Site, row: Tally, how: str | None, number: int, *, stream: bool) -> None:
    tree = request({"role": "user", "content": _EVERYTHING}, stream=stream, seed=number)
    began = time.monotonic()
    try:
        response = await site.http.post(site.url, json=tree)
    except httpx.TransportError as error:
        row.count(f"{how}: {type(error).__name__}", time.monotonic() - began, right=False)
        return
    took = time.monotonic() - began
    text = response.text
    code = next((code for code in ("upstream_error", "upstream_timeout") if code in text), None)
    served = response.status_code == 200 and code is None
    well = how is None or (how, stream) in {("whole", False), ("events", True)}
    in_time = took < 4 * _UPSTREAM_SECONDS + 5
    right = served if well else response.status_code in (200, 502, 504) and code is not None and "[DONE]" not in text
    row.count(str(response.status_code) if served else f"{response.status_code} {code}", took, right=right and in_time)


async def _bad_inputs(site: Site, quick: bool) -> Tally:
    """Bodies, paths and headers that are none, damaged or hostile."""
    row = Tally("bad inputs tried: bodies, paths, methods")
    site.upstream.script = _answers
    jobs = itertools.chain.from_iterable(shapes.bad_inputs(site.path) for _ in range(1 if quick else 5))
    await _side_by_side(16, jobs, lambda job: _refused(site, row, job))
    return row


async def _refused(site: Site, row: Tally, bad: shapes.Bad) -> None:
    began = time.monotonic()
    try:
        response = await site.http.request(
            bad.method, f"http://127.0.0.1:{site.port}{bad.path}", content=bad.body, headers=bad.headers
        )
    except httpx.TransportError as error:
        row.count(type(error).__name__, time.monotonic() - began, right=False)
        return
    code = response.json()["error"]["code"] if response.status_code != 200 else ""
    row.leaked += leaks(response.content, *_VALUES) if code else []
    row.count(f"{response.status_code} {code}".strip(), time.monotonic() - began, right=code in _REFUSALS)


async def _idle(site: Site, quick: bool) -> Tally:
    """Ten thousand connections that say nothing, and a caller among them."""
    count = 2000 if quick else 10_000
    row = Tally(f"{count:,} idle connections held, and callers among them")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, count + 2000)), hard))
    memory, before = site.megabytes(), site.descriptors()
    writers: list[asyncio.StreamWriter] = []
    for _ in range(0, count, 500):
        writers += [writer for _, writer in await asyncio.gather(*(_connect(site) for _ in range(500)))]
    for _ in range(200):
        if site.descriptors() >= before + count:
            break
        await asyncio.sleep(0.05)
    await _next_callers(site, row)
    row.note = f"{(site.megabytes() - memory) * 1024 / count:.1f} KB each"
    began = time.monotonic()
    for writer in writers:
        writer.transport.abort()
    while site.descriptors() > before + 50 and time.monotonic() < began + 60:
        await asyncio.sleep(0.05)
    row.note += f"; let go {time.monotonic() - began:.1f} s after they closed"
    return row


async def _slow(site: Site, quick: bool) -> Tally:
    """Headers and bodies that come a byte at a time and never end: cut after 75 and 30 seconds."""
    count = 50 if quick else 500
    row = Tally(f"{2 * count} slow senders (headers; bodies), and callers among them")
    head = f"POST {site.path} HTTP/1.1\r\nhost: m\r\ncontent-type: application/json\r\n".encode()
    ends: dict[str, list[float]] = {"headers": [], "bodies": []}

    async def drip(part: str) -> None:
        reader, writer = await _connect(site)
        writer.write(head + (b"x: " if part == "headers" else b"content-length: 100000\r\n\r\n{"))
        began = time.monotonic()
        with suppress(OSError):
            while time.monotonic() < began + 100 and not reader.at_eof():
                writer.write(b" ")
                await writer.drain()
                with suppress(TimeoutError):
                    async with asyncio.timeout(2):
                        await reader.read(65536)
        ends[part].append(time.monotonic() - began)
        writer.transport.abort()

    slow = [asyncio.create_task(drip(part)) for part in ends for _ in range(count)]
    await asyncio.sleep(1)
    await _next_callers(site, row)
    await asyncio.gather(*slow)
    row.note = "; ".join(
        f"{part} cut after {median(found):.0f} s, the last after {max(found):.0f}" for part, found in ends.items()
    )
    row.lost += [f"{part} held" for part, found in ends.items() for seconds in found if seconds > 99]
    return row


async def _broken_off(site: Site, quick: bool) -> Tally:
    """Callers that hang up within a body, or while the upstream answers."""
    count = 100 if quick else 1000
    row = Tally("uploads and replies broken off by the caller")
    gone = 0

    async def script(exchange: Exchange) -> None:
        nonlocal gone
        if "seed" not in exchange.tree:
            await _answers(exchange)
            return
        await exchange.begin_stream()
        with suppress(OSError):
            await exchange.event({"choices": [{"index": 0, "delta": {"content": "Hello "}, "finish_reason": None}]})
            await exchange.hang()
        gone += 1

    site.upstream.script = script
    body = json.dumps(request({"role": "user", "content": _EVERYTHING}, stream=True, seed=1)).encode()
    head = (
        f"POST {site.path} HTTP/1.1\r\nhost: m\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
    )

    async def leave(number: int) -> None:
        reader, writer = await _connect(site)
        whole = number % 2
        writer.write(head.encode() + (body if whole else body[: number % len(body)]))
        if whole:
            await reader.readuntil(b"Hello ")
        writer.transport.abort()
        row.tried += 1

    await _side_by_side(32, range(count), leave)
    began = time.monotonic()
    while gone < count // 2 and time.monotonic() < began + 10:
        await asyncio.sleep(0.02)
    row.lost += ["the upstream was not told"] * (count // 2 - gone)
    row.note = f"the last upstream was told {time.monotonic() - began:.1f} s after the last hang-up"
    await _next_callers(site, row)
    return row


async def _shapes(site: Site, quick: bool) -> Tally:
    """Requests within requests, chunked bodies that are none, other protocols."""
    row = Tally("smuggling shapes, chunked bodies, other protocols")
    site.upstream.script = _answers
    for shape in shapes.wire_shapes(site.path):
        before = len(site.upstream.exchanges)
        began = time.monotonic()
        reader, writer = await _connect(site)
        writer.write(shape)
        answer = b""
        with suppress(TimeoutError, OSError):
            async with asyncio.timeout(0.5 if quick else 1):
                while data := await reader.read(65536):
                    answer += data
        writer.transport.abort()
        forwarded = len(site.upstream.exchanges) - before
        row.leaked += leaks(answer, *_VALUES) if not forwarded else []
        row.count("answered" if answer else "cut", time.monotonic() - began, right=forwarded <= 1)
    row.seconds.clear()
    await _next_callers(site, row)
    return row


async def _killed(site: Site, quick: bool) -> Tally:
    """Workers killed under load. A caller whose connection breaks asks again; what was forwarded twice is counted."""
    row = Tally("workers killed under load (SIGKILL), callers ask again")
    seen: Counter[int] = Counter()

    async def script(exchange: Exchange) -> None:
        seen[exchange.tree["seed"]] += 1
        await _answers(exchange)

    site.upstream.script = script
    broken: set[int] = set()

    async def ask(number: int) -> None:
        tree = request({"role": "user", "content": _EVERYTHING}, seed=number)
        began = time.monotonic()
        for _ in range(100):
            try:
                response = await site.http.post(site.url, json=tree, headers={"connection": "close"})
            except httpx.TransportError:
                broken.add(number)
                await asyncio.sleep(0.05)
                continue
            row.count(str(response.status_code), time.monotonic() - began, right=response.status_code == 200)
            return
        row.count("no answer", time.monotonic() - began, right=False)

    async def kill() -> int:
        kills = 0
        for _ in range(3 if quick else 10):
            await asyncio.sleep(1.5)
            with suppress(ProcessLookupError, IndexError):
                os.kill(site.workers()[0], signal.SIGKILL)
                kills += 1
        return kills

    killing = asyncio.create_task(kill())
    numbers = itertools.takewhile(lambda _: not killing.done(), itertools.count())
    await _side_by_side(8, numbers, ask)
    twice = {number for number, times in seen.items() if times > 1}
    row.lost += ["forwarded twice"] * len(twice - broken)
    row.note = (
        f"{await killing} killed, {len(broken)} connections broken, {len(twice)} had been forwarded when they broke"
    )
    return row


# --- Callers and upstreams -------------------------------------------------------------------------------------------


async def _answers(exchange: Exchange) -> None:
    """Say everything that this caller could have a token for, and what neighbours could."""
    text = " ".join(f"[{kind}_{number}]" for kind in ("EMAIL", "NAME", "PHONE") for number in (1, 2, 3))
    if exchange.tree.get("stream") is True:
        await exchange.streams(*(text[at : at + 5] for at in range(0, len(text), 5)))
    else:
        await exchange.says(text)


def _status(status: int) -> Callable[[Exchange], Awaitable[None]]:
    return lambda exchange: exchange.json(
        {"error": {"message": "No [NAME_1]."}}, status=status, location="http://127.0.0.1:9/"
    )


def _bomb(coding: str) -> Callable[[Exchange], Awaitable[None]]:
    return lambda exchange: exchange.reply(_BOMBS[coding], content_encoding=coding)


def _cut(how: str) -> Callable[[Exchange], Awaitable[None]]:
    async def script(exchange: Exchange) -> None:
        await exchange.begin_stream()
        await exchange.event({"choices": [{"index": 0, "delta": {"content": "Hello [NAME"}, "finish_reason": None}]})
        if how == "reset":
            exchange.abort()
        else:
            await exchange.chunk(b"data: <html>\n\n" if how == "nonsense" else b": bye\n\n")
            await exchange.end_stream(done=False)

    return script


async def _next_callers(site: Site, row: Tally, count: int = 20) -> None:
    """Ask a few times, each on a connection of its own: they must be served, and the row tells how quickly."""
    site.upstream.script = _answers
    for _ in range(count):
        began = time.monotonic()
        tree = request({"role": "user", "content": _EVERYTHING})
        response = await site.http.post(site.url, json=tree, headers={"connection": "close"})
        row.count(str(response.status_code), time.monotonic() - began, right=response.status_code == 200)


async def _side_by_side(width: int, jobs: Any, work: Callable[[Any], Awaitable[None]]) -> None:
    waiting: Iterator[Any] = iter(jobs)

    async def one() -> None:
        for job in waiting:
            await work(job)

    await asyncio.gather(*(one() for _ in range(width)))


def _said(response: httpx.Response) -> str:
    if not response.headers["content-type"].startswith("text/event-stream"):
        return str(response.json()["choices"][0]["message"]["content"])
    events = [json.loads(line[6:]) for line in response.text.split("\n") if line.startswith("data: {")]
    return "".join(event["choices"][0]["delta"].get("content") or "" for event in events)


async def _connect(site: Site) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    return await asyncio.open_connection("127.0.0.1", site.port)


async def _ready(site: Site) -> None:
    for _ in range(600):
        with suppress(httpx.TransportError):
            if (await site.http.get(f"http://127.0.0.1:{site.port}/health")).status_code == 200 and len(
                site.workers()
            ) == _WORKERS:
                return
        await asyncio.sleep(0.1)
    raise SystemExit("masker serve did not become ready")


def _environment(folder: Path, upstream: Upstream) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "MASKER_DATABASE_URL": f"sqlite:///{folder}/masker.db",
        "MASKER_OPENAI_BASE_URL": upstream.url,
        "MASKER_OPENAI_API_KEY": "sk-faults",
        "MASKER_RATE_LIMIT": "100000/s burst 200000",
        "MASKER_UPSTREAM_TIMEOUT_MS": str(int(_UPSTREAM_SECONDS * 1000)),
        "MASKER_STREAM_IDLE_TIMEOUT_MS": str(int(_UPSTREAM_SECONDS * 1000)),
        "MASKER_DETECTION_TIMEOUT_MS": "60000",
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(45)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _as_markdown(rows: list[Tally]) -> str:
    lines = [
        f"`masker serve --workers {_WORKERS}`, installed from the wheels; callers, connections and upstream over sockets. Lost: no answer of",
        "the contract's, or one that came too late. Leaked: a planted value in a byte that the upstream got, in an error or in the log, or a",
        "value of another caller's in a reply.",
        "",
        "| what | tried | answers | lost | leaked | p50 / most, s | |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        answers = ", ".join(f"{count:,} × {answer}" for answer, count in row.answers.most_common(6))
        took = f"{median(row.seconds):.2f} / {at_percentile(row.seconds, 100):.2f}" if row.seconds else "–"
        lines.append(
            f"| {row.what} | {row.tried or '–'} | {answers or '–'} | {len(row.lost)} | {len(row.leaked)} | {took} | {row.note} |"
        )
    return "\n".join(lines) + "\n"
