"""Supervised workers: replaced when they die or hang, drained on SIGTERM, started anew on SIGHUP."""

from __future__ import annotations

import asyncio
import json
import os
import queue
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from masker.proxy.listening import Stop
from masker.proxy.supervisor import GRACE
from tests.integration.test_redis import free_port, redis_server

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="workers are forked")

PROGRAM = """
import re, sys, time
from masker import Kind, PatternDetector, Rule, hookimpl
from masker.errors import ConfigError, StoreUnavailable
from masker.host.engine import Engine
from masker.host.manager import create_plugin_host
from masker.host.settings import load_settings
from masker.proxy.supervisor import serve

class Names(PatternDetector):
    others = 0

    def detect(self, segment):
        if "hang up the interpreter" in segment.text:
            print('{"event": "hanging"}', file=sys.stderr, flush=True)
            while True:
                pass
        if "wait for another caller" in segment.text:
            print('{"event": "waiting"}', file=sys.stderr, flush=True)
            for _ in range(200):
                if Names.others:
                    return []
                time.sleep(0.05)
            raise RuntimeError("nobody else was served")
        Names.others += "while the large one waits" in segment.text
        return super().detect(segment)

class Plugin:
    @hookimpl
    def masker_register_kinds(self):
        return [Kind("NAME", "A", "name")]
    @hookimpl
    def masker_register_detectors(self, settings):
        return [Names("names", [Rule("NAME", re.compile("Sarah Chen"))])]

try:
    engine = Engine(create_plugin_host(load_entrypoints=False, plugins={"test": Plugin()}))
    serve(load_settings(), engine, workers=int(sys.argv[1]), hung_after=1.0)
except StoreUnavailable:
    sys.exit(5)
except ConfigError:
    sys.exit(3)
"""
ASK = {"model": "stub", "messages": [{"role": "user", "content": "Hi, this is Sarah Chen."}]}
GREETING = "Thanks Sarah Chen, how can I help you today?"


class Served:
    """The program above, running; its log lines can be waited for."""

    def __init__(self, python: str, folder: Path, workers: int, **environ: str) -> None:
        (folder / "program.py").write_text(PROGRAM)
        (folder / "policy.toml").write_text('required_kinds = ["NAME"]')
        clean = {name: value for name, value in os.environ.items() if not name.startswith("MASKER_")}
        self.process = subprocess.Popen(
            [python, "program.py", str(workers)],
            cwd=folder,
            stderr=subprocess.PIPE,
            text=True,
            env={
                **clean,
                "MASKER_LISTEN_ADDR": "127.0.0.1:0",
                "MASKER_DATABASE_URL": f"sqlite:///{folder}/masker.db",
                "MASKER_POLICY_PATH": str(folder / "policy.toml"),
                "MASKER_DETECTION_TIMEOUT_MS": "1000",
                **environ,
            },
        )
        self.lines: list[dict[str, Any]] = []
        self._queue: queue.Queue[dict[str, Any]] = queue.Queue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self._queue.put(json.loads(line) if line.startswith("{") else {"event": "?", "text": line})

    def wait_for(self, event: str) -> dict[str, Any]:
        """Return the next log line with this event."""
        while True:
            line = self._queue.get(timeout=30)
            self.lines.append(line)
            if line["event"] == event:
                return line

    def has_logged(self, event: str) -> bool:
        """Return whether this event has come, without waiting for it."""
        return any(line["event"] == event for line in [*self.lines, *self._queue.queue])

    @property
    def url(self) -> str:
        return f"http://{self.address}"

    def begin(self, workers: int) -> list[int]:
        """Wait until everyone serves; return the workers' process ids."""
        self.address = self.wait_for("serving")["address"]
        return [self.wait_for("worker ready")["pid"] for _ in range(workers)]

    def end(self) -> int:
        code = self.process.wait(40)
        self._reader.join(10)
        assert self.process.stderr is not None
        self.process.stderr.close()
        return code


@pytest.fixture
def serve(tmp_path: Path, python: str) -> Iterator[Any]:
    running: list[Served] = []

    def start(workers: int, program: str = python, **environ: str) -> Served:
        served = Served(program, tmp_path, workers, **environ)
        running.append(served)
        return served

    yield start
    for served in running:
        if served.process.poll() is None:
            served.process.send_signal(signal.SIGTERM)
        served.end()


@pytest.fixture
def chat_url(tmp_path: Path, background: Any) -> Any:
    def url_of(served: Served, upstream: str = "stub:*") -> str:
        from masker.proxy.agents import AgentStore

        async def create() -> str:
            store = AgentStore(f"sqlite+aiosqlite:///{tmp_path}/masker.db")
            await store.open()
            agent, _ = await store.create("clinic", upstream)
            await store.close()
            return agent.id

        return f"{served.url}/proxy/{background.run(create())}/v1/chat/completions"

    return url_of


def ask(url: str, said: str = "Hi, this is Sarah Chen.") -> str:
    body = {"model": "stub", "messages": [{"role": "user", "content": said}]}
    response = httpx.post(url, json=body, timeout=20, headers={"connection": "close"})
    assert 200 == response.status_code, response.text
    return response.json()["choices"][0]["message"]["content"]


def test_a_dead_worker_is_replaced(serve: Any, chat_url: Any) -> None:
    """Killed from outside; callers are served all the time."""
    served = serve(2)
    pids = served.begin(2)
    url = chat_url(served)
    os.kill(pids[0], signal.SIGKILL)
    assert {GREETING} == {ask(url) for _ in range(5)}
    assert pids[0] == served.wait_for("worker died")["pid"]
    assert served.wait_for("worker ready")["pid"] not in pids
    assert GREETING == ask(url)


def test_a_worker_that_a_detector_hangs_is_replaced(serve: Any, chat_url: Any) -> None:
    """A detector that never lets go of the interpreter takes its worker along, and nothing else: the other serves on."""
    served = serve(2, MASKER_DETECTION_TIMEOUT_MS="4000")  # five seconds until it is taken for hung
    pids = served.begin(2)
    url = chat_url(served)
    ask(url)
    poison = {"model": "stub", "messages": [{"role": "user", "content": "hang up the interpreter"}]}
    failed = threading.Event()

    def hang() -> None:
        try:
            httpx.post(url, json=poison, timeout=30)
        except httpx.HTTPError:
            failed.set()

    caller = threading.Thread(target=hang)
    caller.start()
    served.wait_for("hanging")
    assert [GREETING] * 8 == [ask(url) for _ in range(8)]
    assert not served.has_logged("worker hung")
    hung = served.wait_for("worker hung")["pid"]
    assert hung in pids
    assert served.wait_for("worker ready")["pid"] not in pids
    caller.join(30)
    assert failed.is_set()
    assert GREETING == ask(url)


def test_a_machine_that_stood_still_loses_no_worker(serve: Any, chat_url: Any) -> None:
    """While everybody is stopped (a snapshot, a pause) nobody can give a sign of life: that is no hang."""
    served = serve(1, MASKER_DETECTION_TIMEOUT_MS="1000")
    (worker,) = served.begin(1)
    url = chat_url(served)
    for stopped in ((worker, served.process.pid), (served.process.pid,)):
        for pid in stopped:
            os.kill(pid, signal.SIGSTOP)
        time.sleep(6)
        for pid in stopped:
            os.kill(pid, signal.SIGCONT)
        assert GREETING == ask(url)
        time.sleep(1)
    assert not served.has_logged("worker hung")


def test_a_worker_that_hangs_when_another_one_takes_its_place_is_killed(serve: Any, chat_url: Any) -> None:
    """It has a quarter of an hour for the replies that it has begun, but only while it gives signs of life."""
    served = serve(1, MASKER_DETECTION_TIMEOUT_MS="6000")
    (old,) = served.begin(1)
    url = chat_url(served)
    poison = {"model": "stub", "messages": [{"role": "user", "content": "hang up the interpreter"}]}
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(httpx.post, url, json=poison, timeout=60)
        served.wait_for("hanging")
        served.process.send_signal(signal.SIGHUP)
        assert old != served.wait_for("worker ready")["pid"]
        assert old == served.wait_for("worker hung")["pid"]
        with pytest.raises(httpx.HTTPError):
            answer.result(60)
    assert GREETING == ask(url)


def test_others_are_served_during_a_step_that_takes_long(serve: Any, chat_url: Any) -> None:
    """A large text may be made so that one step takes long; it ends here only once another caller was answered."""
    served = serve(1, MASKER_DETECTION_TIMEOUT_MS="20000")
    served.begin(1)
    url = chat_url(served)
    said = ("wait for another caller", "word " * 10_000)
    large = {"model": "stub", "messages": [{"role": "user", "content": text} for text in said]}
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(httpx.post, url, json=large, timeout=30)
        served.wait_for("waiting")
        assert GREETING == ask(url, "This is Sarah Chen, while the large one waits.")
        assert httpx.codes.OK == answer.result(30).status_code


def test_a_step_that_never_ends_takes_its_worker_along(serve: Any, chat_url: Any) -> None:
    """In a large text a hanging detector leaves the loop alive: its caller is refused in time, then the worker goes."""
    served = serve(1, MASKER_DETECTION_TIMEOUT_MS="1000")
    pids = served.begin(1)
    url = chat_url(served)
    said = ("hang up the interpreter", "word " * 10_000)
    poison = {"model": "stub", "messages": [{"role": "user", "content": text} for text in said]}
    refused = httpx.post(url, json=poison, timeout=30)
    assert "detection_failed" == refused.json()["error"]["code"]
    assert GREETING == ask(url)
    assert pids == [served.wait_for("worker hung")["pid"]]
    assert served.wait_for("worker ready")["pid"] not in pids
    assert GREETING == ask(url)


def gated(upstream: Any) -> asyncio.Event:
    """Let the upstream begin a stream; return what it waits for before it goes on."""
    go_on = asyncio.Event()

    async def script(exchange: Any) -> None:
        await exchange.begin_stream()
        await exchange.event({"choices": [{"index": 0, "delta": {"content": "Hello [NA"}, "finish_reason": None}]})
        await go_on.wait()
        await exchange.event({"choices": [{"index": 0, "delta": {"content": "ME_1]."}, "finish_reason": "stop"}]})
        await exchange.end_stream()

    upstream.script = script
    return go_on


def test_sigterm_lets_open_streams_end(serve: Any, chat_url: Any, upstream: Any, background: Any) -> None:
    """No new connections, the open stream goes on to its end, exit status 0."""
    go_on = gated(upstream)
    served = serve(1, MASKER_OPENAI_BASE_URL=upstream.url)
    served.begin(1)
    url = chat_url(served, "openai:*")
    with httpx.stream("POST", url, json={**ASK, "stream": True}, timeout=20) as response:
        pieces = response.iter_text()
        text = next(pieces)
        served.process.send_signal(signal.SIGTERM)
        for _ in range(200):
            try:
                httpx.get(f"{served.url}/health/live", timeout=5, headers={"connection": "close"})
            except httpx.ConnectError:
                break  # refused, so that a balancer tries another machine: a connection nobody answers would wait
            except httpx.HTTPError:
                continue  # taken in the moment of the end
        else:
            pytest.fail("connections are still taken")
        background.loop.call_soon_threadsafe(go_on.set)
        text += "".join(pieces)
    assert "Sarah Chen." in text
    assert text.rstrip().endswith("[DONE]")
    assert 0 == served.process.wait(20)


def test_a_stream_that_was_begun_before_a_reload_comes_to_its_end(
    serve: Any, chat_url: Any, upstream: Any, background: Any
) -> None:
    """However long that takes: the grace is for those that are told to stop. Told so after all, it ends in time."""
    go_on = gated(upstream)
    served = serve(1, MASKER_OPENAI_BASE_URL=upstream.url, MASKER_STREAM_IDLE_TIMEOUT_MS="60000")
    (old,) = served.begin(1)
    url = chat_url(served, "openai:*")
    with httpx.stream("POST", url, json={**ASK, "stream": True}, timeout=60) as response:
        pieces = response.iter_text()
        text = next(pieces)
        served.process.send_signal(signal.SIGHUP)
        served.wait_for("reloading")
        assert old != served.wait_for("worker ready")["pid"]
        time.sleep(GRACE + 1)
        background.loop.call_soon_threadsafe(go_on.set)
        text += "".join(pieces)
    assert "Sarah Chen." in text
    assert text.rstrip().endswith("[DONE]")


async def test_who_is_told_to_stop_once_more_has_no_more_time() -> None:
    """A worker that another one took the place of must end with the proxy, and not later."""
    stop = Stop(1)
    stop.within(3600)
    assert stop.left() > 1
    stop.set()
    assert stop.left() <= 1
    stop.within(3600)
    assert stop.left() <= 1


def test_a_stream_that_outlives_the_grace_is_told(make_proxy: Any, upstream: Any) -> None:
    """It ends in an error event rather than in the middle."""

    async def script(exchange: Any) -> None:
        await exchange.begin_stream()
        await exchange.event({"choices": [{"index": 0, "delta": {"content": "Hello "}, "finish_reason": None}]})

    upstream.script = script
    proxy = make_proxy()
    url = proxy.chat_url(proxy.agent())
    with httpx.stream("POST", url, json={**ASK, "stream": True}, timeout=20) as response:
        lines = (line for line in response.iter_lines() if line)
        assert "Hello" in next(lines)
        ending = threading.Thread(target=proxy.shut_down)
        ending.start()
        assert "not_ready" == json.loads(next(lines).removeprefix("data: "))["error"]["code"]
        assert [] == list(lines)
    ending.join()


def test_sighup_starts_anew_behind_the_same_socket(serve: Any, chat_url: Any, tmp_path: Path) -> None:
    """New workers read the new configuration; one that does not work is refused, and the old workers serve on."""
    served = serve(1)
    (old,) = served.begin(1)
    url = chat_url(served)
    (tmp_path / "masker.toml").write_text("nonsense = 1")
    served.process.send_signal(signal.SIGHUP)
    assert 3 == served.wait_for("reload refused")["code"]
    assert GREETING == ask(url)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        (tmp_path / "masker.toml").write_text(f"metrics_addr = '127.0.0.1:{taken.getsockname()[1]}'")
        served.process.send_signal(signal.SIGHUP)
        assert 3 == served.wait_for("reload refused")["code"]
    assert GREETING == ask(url)
    (tmp_path / "masker.toml").write_text("max_body_bytes = 10")
    served.process.send_signal(signal.SIGHUP)
    served.wait_for("reloading")
    assert served.wait_for("serving")["address"] == served.address
    assert served.wait_for("worker ready")["pid"] != old
    for _ in range(100):
        if 413 == httpx.post(url, json=ASK, timeout=20, headers={"connection": "close"}).status_code:
            break
    else:
        pytest.fail("the new limit never took effect")


def test_a_database_that_goes_away_during_a_reload_ends_nothing(serve: Any, chat_url: Any, tmp_path: Path) -> None:
    """The old worker serves on, and new ones are tried until it is back."""
    served = serve(1)
    (old,) = served.begin(1)
    url = chat_url(served)
    assert GREETING == ask(url)
    served.process.send_signal(signal.SIGHUP)
    served.wait_for("reloading")  # the trial run went well; the new program is not even imported
    database = tmp_path / "masker.db"
    database.rename(tmp_path / "away.db")
    database.mkdir()
    assert (5, "it is replaced") == (served.wait_for("worker died")["code"], served.lines[-1]["note"])
    assert GREETING == ask(url)
    served.wait_for("worker died")
    database.rmdir()
    (tmp_path / "away.db").rename(database)
    assert served.wait_for("worker ready")["pid"] != old
    assert GREETING == ask(url)


@pytest.mark.services
@pytest.mark.skipif(shutil.which("redis-server") is None, reason="redis-server is not installed")
def test_a_redis_that_goes_away_during_a_reload_ends_nothing(serve: Any, chat_url: Any, tmp_path: Path) -> None:
    """Calls are answered with 503, as ever without a quota that can be checked, and are served when it is back."""
    port = free_port()
    with redis_server(tmp_path, port, "--port", str(port)) as redis:
        served = serve(1, MASKER_REDIS_URL=f"redis://127.0.0.1:{port}/0")
        served.begin(1)
        url = chat_url(served)
        assert GREETING == ask(url)
        served.process.send_signal(signal.SIGHUP)
        served.wait_for("reloading")
        redis.kill()
        redis.wait(10)
        assert 5 == served.wait_for("worker died")["code"]
        refused = httpx.post(url, json=ASK, timeout=20, headers={"connection": "close"})
        assert (503, "not_ready") == (refused.status_code, refused.json()["error"]["code"])
    with redis_server(tmp_path, port, "--port", str(port)):
        served.wait_for("worker ready")
        assert GREETING == ask(url)


def test_a_second_sighup_waits_for_the_first_to_have_its_effect(serve: Any, chat_url: Any) -> None:
    """It comes while the new program has no handlers yet, and would end it."""
    served = serve(1)
    served.begin(1)
    url = chat_url(served)
    served.process.send_signal(signal.SIGHUP)
    for _ in range(2):
        served.wait_for("reloading")
        served.process.send_signal(signal.SIGHUP)
        served.wait_for("serving")
    served.wait_for("reloading")
    served.wait_for("worker ready")
    assert GREETING == ask(url)


def test_the_old_workers_serve_until_there_are_new_ones(serve: Any, chat_url: Any) -> None:
    """Through several reloads, one of them asked for while another goes on."""
    served = serve(1)
    (first,) = served.begin(1)
    url = chat_url(served)
    for _ in range(2):
        served.process.send_signal(signal.SIGHUP)
        served.wait_for("reloading")
        served.process.send_signal(signal.SIGHUP)
        # The new program has not even been imported: nobody could answer but the old worker.
        assert GREETING == ask(url)
        served.wait_for("serving")
        assert GREETING == ask(url)
    served.wait_for("worker ready")
    for _ in range(200):
        try:
            os.kill(first, 0)
        except ProcessLookupError:
            break
        time.sleep(0.1)
    else:
        pytest.fail("the first worker was never let go")
    assert GREETING == ask(url)
    served.process.send_signal(signal.SIGTERM)
    assert 0 == served.process.wait(20)


@pytest.mark.parametrize("within", [0.0, 0.3, 0.8])
def test_sigterm_during_a_reload_ends_it_all(serve: Any, within: float) -> None:
    """It is not lost in the trial run, nor on the way to the new program."""
    served = serve(2)
    workers = served.begin(2)
    served.process.send_signal(signal.SIGHUP)
    time.sleep(within)
    served.process.send_signal(signal.SIGTERM)
    assert 0 == served.process.wait(20)
    for pid in workers:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_a_row_that_nobody_can_read_stops_no_other_agent(serve: Any, chat_url: Any, tmp_path: Path) -> None:
    """It may have been written by hand, or by another version."""
    import sqlite3

    served = serve(1)
    (first,) = served.begin(1)
    url = chat_url(served)
    with sqlite3.connect(tmp_path / "masker.db") as database:
        columns = [row[1] for row in database.execute("PRAGMA table_info(agents)")]
        row = dict(zip(columns, database.execute("SELECT * FROM agents").fetchone(), strict=True))
        row |= {"id": "bad", "name": "bad", "models": "not json"}
        database.execute(f"INSERT INTO agents VALUES ({', '.join('?' * len(columns))})", list(row.values()))
    os.kill(first, signal.SIGKILL)
    assert served.wait_for("worker ready")["pid"] != first
    assert GREETING == ask(url)


def test_a_reload_moves_the_metrics(serve: Any, tmp_path: Path) -> None:
    """To where they are asked for now."""
    config = tmp_path / "masker.toml"
    old, new = free_port(), free_port()
    config.write_text(f"metrics_addr = '127.0.0.1:{old}'")
    served = serve(1)
    served.begin(1)
    assert 200 == httpx.get(f"http://127.0.0.1:{old}/metrics").status_code
    config.write_text(f"metrics_addr = '127.0.0.1:{new}'")
    served.process.send_signal(signal.SIGHUP)
    served.wait_for("reloading")
    served.wait_for("worker ready")
    assert 200 == httpx.get(f"http://127.0.0.1:{new}/metrics").status_code


def test_a_program_that_ends_before_it_serves_replaces_none(serve: Any, chat_url: Any, tmp_path: Path) -> None:
    """Even if it ends as if all was well."""
    (tmp_path / "sitecustomize.py").write_text("import os, sys\nif os.path.exists('gone'):\n    sys.exit(0)\n")
    served = serve(1, PYTHONPATH=os.pathsep.join([str(tmp_path), *filter(None, sys.path)]))
    served.begin(1)
    url = chat_url(served)
    (tmp_path / "gone").touch()
    served.process.send_signal(signal.SIGHUP)
    assert served.wait_for("reload refused")["reason"] == "the new program does not start"
    assert GREETING == ask(url)


def test_an_interpreter_that_is_away_ends_nothing(serve: Any, chat_url: Any, tmp_path: Path, python: str) -> None:
    """An environment that is being replaced: the reload is refused, and the next one goes well."""
    interpreter = tmp_path / "python"
    interpreter.symlink_to(python)
    served = serve(1, str(interpreter), PYTHONPATH=os.pathsep.join(filter(None, sys.path)))
    (worker,) = served.begin(1)
    url = chat_url(served)
    interpreter.unlink()
    served.process.send_signal(signal.SIGHUP)
    assert "No such file or directory" == served.wait_for("reload refused")["reason"]
    assert GREETING == ask(url)
    interpreter.symlink_to(python)
    served.process.send_signal(signal.SIGHUP)
    served.wait_for("reloading")
    assert served.wait_for("worker ready")["pid"] != worker
    assert GREETING == ask(url)


def test_several_workers_without_redis_say_so(serve: Any) -> None:
    """Each worker counts its own quota then."""
    served = serve(2)
    served.begin(2)
    assert any(line["event"] == "quota is per worker" for line in served.lines)


@pytest.mark.parametrize("secret", ["", "  "])
def test_an_empty_signing_secret_is_told(serve: Any, secret: str) -> None:
    """Whoever meant to have requests signed, and lost the secret on the way, must hear that none is."""
    served = serve(1, MASKER_VAPI_WEBHOOK_SECRET=secret)
    served.begin(1)
    assert any(line["event"] == "no signature is asked for" for line in served.lines)


def test_workers_metrics_are_added_up(serve: Any, chat_url: Any, tmp_path: Path) -> None:
    """Whichever worker Prometheus meets."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    shared = tmp_path / "shared"
    shared.mkdir()
    (shared / "counter_1.db").write_text("another program's")
    served = serve(2, MASKER_METRICS_ADDR=address, PROMETHEUS_MULTIPROC_DIR=str(shared))
    served.begin(2)
    url = chat_url(served)
    for _ in range(10):
        ask(url)
    assert 'masker_requests_total{agent="clinic",status="200"} 10.0' in httpx.get(f"http://{address}/metrics").text
    served.process.send_signal(signal.SIGTERM)
    served.process.wait(20)
    assert ["counter_1.db"] == [path.name for path in shared.iterdir()]


def test_a_folder_for_metrics_that_is_not_there_is_none_of_ours(serve: Any, chat_url: Any, tmp_path: Path) -> None:
    """The environment may name one for another program."""
    served = serve(1, PROMETHEUS_MULTIPROC_DIR=str(tmp_path / "gone"))
    served.begin(1)
    assert GREETING == ask(chat_url(served))


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_certificates_that_cannot_be_read_stop_the_start(serve: Any, tmp_path: Path, content: str | None) -> None:
    """A worker that cannot read them would end again and again, and its callers would hang."""
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_text(content)
    assert 3 == serve(1, SSL_CERT_FILE=str(path)).process.wait(30)


def test_upstreams_that_do_not_answer_do_not_keep_a_worker_from_serving(
    serve: Any, chat_url: Any, background: Any, tmp_path: Path
) -> None:
    """However many there are, callers of the others are served after the few seconds that one of them gets."""
    from masker.proxy.agents import AgentStore

    names = [f"silent{number}" for number in range(12)]

    async def create() -> None:
        store = AgentStore(f"sqlite+aiosqlite:///{tmp_path}/masker.db")
        await store.open()
        for name in names:
            await store.create(name, f"{name}:*")
        await store.close()

    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(64)
        base = f"https://127.0.0.1:{silent.getsockname()[1]}/v1"
        (tmp_path / "masker.toml").write_text("".join(f"[providers.{name}]\nbase_url = '{base}'\n" for name in names))
        background.run(create())
        served = serve(1)
        served.begin(1)
        assert GREETING == ask(chat_url(served))


@pytest.mark.parametrize("variable", ["MASKER_REDIS_URL", "MASKER_DATABASE_URL"])
def test_an_unreachable_store_stops_the_start(serve: Any, variable: str) -> None:
    """Nothing is served."""
    url = {"MASKER_REDIS_URL": "redis://127.0.0.1:9/0", "MASKER_DATABASE_URL": "postgresql://u:p@127.0.0.1:9/d"}[
        variable
    ]
    assert 5 == serve(1, **{variable: url}).process.wait(30)
