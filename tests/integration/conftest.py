"""Real sockets on both sides: a proxy as it is served, and an upstream that does what a test tells it to.

Both live in one background event loop, so that a test may be synchronous (the sync openai client) or asynchronous.
The upstream keeps every byte it gets; what it must never see is looked for there.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import re
import sys
import threading
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from typing import Any

import attrs
import pytest
import structlog

from masker import Kind, PatternDetector, Rule, hookimpl
from masker.host.engine import Engine, build_engine
from masker.host.manager import create_plugin_host
from masker.host.settings import Settings, load_settings
from masker.proxy.agents import Agent, AgentStore
from masker.proxy.listening import Stop
from masker.proxy.logs import configure_logging
from masker.proxy.supervisor import listen, run_app


class Background:
    """An event loop in a thread of its own."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, Any], timeout: float = 30) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(timeout)

    def close(self) -> None:
        async def cancel_all() -> None:
            tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self.loop.shutdown_asyncgens()

        self.run(cancel_all())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(10)
        self.loop.close()


@attrs.define
class Exchange:
    """One request at the upstream, and the means to answer it."""

    method: str
    target: str
    headers: list[tuple[str, str]]
    body: bytes
    writer: asyncio.StreamWriter
    reader: asyncio.StreamReader
    gone: threading.Event = attrs.field(factory=threading.Event)

    @property
    def tree(self) -> Any:
        return json.loads(self.body)

    def header(self, name: str) -> str | None:
        return dict(self.headers).get(name)

    async def raw(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def reply(
        self, body: bytes, *, status: int = 200, content_type: str = "application/json", **headers: str
    ) -> None:
        more = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        head = f"HTTP/1.1 {status} X\r\ncontent-type: {content_type}\r\ncontent-length: {len(body)}\r\n{more}\r\n"
        await self.raw(head.encode() + body)

    async def json(self, tree: Any, **options: Any) -> None:
        await self.reply(json.dumps(tree).encode(), **options)

    async def says(self, text: str | None, **message: Any) -> None:
        await self.json(completion(text, **message))

    async def begin_stream(self, content_type: str = "text/event-stream") -> None:
        await self.raw(
            f"HTTP/1.1 200 OK\r\ncontent-type: {content_type}\r\ntransfer-encoding: chunked\r\n\r\n".encode()
        )

    async def chunk(self, data: bytes) -> None:
        await self.raw(b"%x\r\n%s\r\n" % (len(data), data))

    async def event(self, tree: Any) -> None:
        await self.chunk(b"data: " + json.dumps(tree).encode() + b"\n\n")

    async def end_stream(self, done: bool = True) -> None:
        if done:
            await self.chunk(b"data: [DONE]\n\n")
        await self.raw(b"0\r\n\r\n")

    async def streams(self, *texts: str) -> None:
        """Answer with a stream of content deltas."""
        await self.begin_stream()
        await self.event(delta({"role": "assistant", "content": ""}))
        for text in texts:
            await self.event(delta({"content": text}))
        await self.event(delta({}, "stop"))
        await self.end_stream()

    async def hang(self) -> None:
        """Say nothing until the other side closes."""
        await self.reader.read()
        self.gone.set()

    def abort(self) -> None:
        self.writer.transport.abort()


def completion(text: str | None, **message: Any) -> dict[str, Any]:
    choice = {
        "index": 0,
        "message": {"role": "assistant", "content": text, **message},
        "finish_reason": "tool_calls" if message.get("tool_calls") else "stop",
    }
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1700000000,
        "model": "gpt-4o-mini",
        "choices": [choice],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }


def delta(fields: dict[str, Any], finish_reason: str | None = None) -> dict[str, Any]:
    choice = {"index": 0, "delta": fields, "finish_reason": finish_reason}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": 1700000000,
        "model": "gpt-4o-mini",
        "choices": [choice],
    }


Script = Callable[[Exchange], Awaitable[None]]


class Upstream:
    """Answers by a script, keeps every byte that comes in."""

    def __init__(self) -> None:
        self.exchanges: list[Exchange] = []
        self.received = bytearray()
        self.connections = 0
        self._writers: set[asyncio.StreamWriter] = set()
        self.script: Script = lambda exchange: exchange.says("Hello.")

    async def start(self, port: int = 0) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        self._server.close()
        for writer in self._writers:
            writer.transport.abort()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def last(self) -> Exchange:
        return self.exchanges[-1]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._writers.add(writer)
        try:
            while head := await self._read(reader.readuntil(b"\r\n\r\n")):
                request_line, *lines = head.decode("latin-1").split("\r\n")
                headers = [(n.lower(), v.strip()) for n, _, v in (line.partition(":") for line in lines) if n]
                length = int(dict(headers).get("content-length", "0"))
                body = await self._read(reader.readexactly(length))
                method, target, _ = request_line.split(" ")
                exchange = Exchange(method, target, headers, body, writer, reader)
                self.exchanges.append(exchange)
                try:
                    await self.script(exchange)
                except (ConnectionError, OSError):
                    exchange.gone.set()
                    return
                if writer.transport.is_closing():
                    return
        except (ConnectionError, OSError, asyncio.IncompleteReadError):
            return
        finally:
            self._writers.discard(writer)
            writer.close()

    async def _read(self, reading: Coroutine[Any, Any, bytes]) -> bytes:
        data = await reading
        self.received += data
        return data


class Plugin:
    """Small detectors of our own, so that these tests are about the proxy."""

    @hookimpl
    def masker_register_kinds(self) -> list[Kind]:
        return [Kind("NAME", "A", "name"), Kind("PHONE", "D", "phone number"), Kind("DATE", "C", "date")]

    @hookimpl
    def masker_register_detectors(self, settings: Any) -> list[PatternDetector]:
        months = "January|February|March|April|May|June|July|August|September|October|November|December"
        return [
            PatternDetector(
                "test-name", [Rule("NAME", re.compile(r"\b(?:Sarah Chen|Maria Lopez|Sarah|Chen|Maria)\b"))]
            ),
            PatternDetector("test-phone", [Rule("PHONE", re.compile(r"(?<!\d)\d{3}-\d{3}-\d{4}(?!\d)"))]),
            PatternDetector(
                "test-date",
                [Rule("DATE", re.compile(rf"\b\d{{4}}-\d\d-\d\d\b|\b(?:{months}) \d{{1,2}}(?:, \d{{4}})?\b"))],
            ),
        ]


@attrs.define
class Proxy:
    """A running proxy."""

    settings: Settings
    port: int
    background: Background
    stop: Stop
    task: Any

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def agent(self, upstream: str = "openai:*", **options: Any) -> Agent:
        return self.agent_with_key(upstream, **options)[0]

    def agent_with_key(self, upstream: str = "openai:*", name: str = "clinic", **options: Any) -> tuple[Agent, str]:
        async def create() -> Any:
            store = AgentStore(self.settings.database_url)
            await store.open()
            try:
                return await store.create(name, upstream, **options)
            finally:
                await store.close()

        return self.background.run(create())

    def base_url(self, agent: Agent) -> str:
        return f"{self.url}/proxy/{agent.id}/v1"

    def chat_url(self, agent: Agent) -> str:
        return f"{self.base_url(agent)}/chat/completions"

    def process_ids(self) -> list[int]:
        """Return the processes in which it runs: this one, in which all sides live."""
        return [os.getpid()]

    def logged(self) -> str:
        """Return what it has logged elsewhere than to this process's standard error."""
        return ""

    def shut_down(self) -> None:
        async def stop() -> None:
            self.stop.set()
            await self.task

        self.background.run(stop())


def start_proxy(background: Background, engine: Engine, environ: dict[str, str]) -> Proxy:
    """Serve on a free port of this machine, in the background, until shut down."""
    settings = load_settings(environ=environ)
    listener = listen("127.0.0.1:0")
    metrics_listener = listen(settings.metrics_addr) if settings.metrics_addr else None
    port = listener.getsockname()[1]

    async def start() -> tuple[Stop, Any]:
        stop, ready = Stop(1), asyncio.Event()

        async def run() -> None:
            try:
                await run_app(
                    settings,
                    engine,
                    listener,
                    stop,
                    metrics_listener=metrics_listener,
                    on_ready=ready.set,
                )
            finally:
                listener.close()
                if metrics_listener:
                    metrics_listener.close()
                ready.set()

        task = asyncio.create_task(run())
        await ready.wait()
        return stop, task

    return Proxy(settings, port, background, *background.run(start()))


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Log as ``serve`` does, and leave the logging of other tests alone."""
    root = logging.getLogger()
    before = root.handlers[:], root.level
    configure_logging("warning", "json")
    yield
    root.handlers, root.level = before
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def engine() -> Engine:
    return Engine(create_plugin_host(load_entrypoints=False, plugins={"test": Plugin()}))


@pytest.fixture(scope="session")
def installed_engine() -> Engine:
    """The engine with every plugin that is installed."""
    return build_engine(load_settings(environ={}))


@pytest.fixture
def python() -> str:
    """The interpreter for programs that import masker."""
    return sys.executable


@pytest.fixture
def background() -> Iterator[Background]:
    background = Background()
    yield background
    background.close()


@pytest.fixture
def upstream(background: Background) -> Iterator[Upstream]:
    upstream = Upstream()
    background.run(upstream.start())
    yield upstream
    background.run(upstream.stop())


@pytest.fixture
def make_proxy(
    background: Background, upstream: Upstream, engine: Engine, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Any]:
    """Start a proxy with settings, and with constants of modules changed that are no settings, by their full names."""
    running: list[Proxy] = []

    def make(*, use_engine: Any = None, constants: dict[str, Any] | None = None, **variables: Any) -> Proxy:
        for name, value in (constants or {}).items():
            monkeypatch.setattr(name, value)
        environ = {
            "MASKER_DATABASE_URL": f"sqlite:///{tmp_path}/masker.db",
            "MASKER_OPENAI_BASE_URL": upstream.url,
            "MASKER_OPENAI_API_KEY": "sk-operator",
            **{f"MASKER_{name.upper()}": str(value) for name, value in variables.items()},
        }
        proxy = start_proxy(background, use_engine or engine, environ)
        running.append(proxy)
        return proxy

    yield make
    for proxy in running:
        proxy.shut_down()


@pytest.fixture
def proxy(make_proxy: Any) -> Proxy:
    return make_proxy()


@pytest.fixture
def shapes() -> Any:
    """The builders of OpenAI's shapes."""

    class Shapes:
        completion = staticmethod(completion)
        delta = staticmethod(delta)

    return Shapes
