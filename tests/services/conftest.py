"""Two proxies behind one address, with PostgreSQL for agents and Redis for quotas: all of them real processes.

The proxies are the wheels in an environment of their own.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import itertools
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import httpx
import pytest

from benchmarks.installation import install
from tests.integration.conftest import Background, Upstream

POSTGRESQL = max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)

#: Below the range from which outgoing connections take theirs, so that none takes one before it is used; each process
#: of the suite begins elsewhere.
_PORTS = itertools.cycle(range(12_000 + os.getpid() * 211 % 16_000, 32_000))


def free_port() -> int:
    for port in _PORTS:
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")


class Balancer:
    """One address before several: passes bytes on, to the next backend when one refuses. It knows nothing of HTTP."""

    def __init__(self, ports: list[int]) -> None:
        self._ports = ports
        self._turn = 0

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def stop(self) -> None:
        self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._turn += 1
        for step in range(len(self._ports)):
            with contextlib.suppress(OSError):
                port = self._ports[(self._turn + step) % len(self._ports)]
                upstream_reader, upstream_writer = await asyncio.open_connection("127.0.0.1", port)
                await asyncio.gather(_pump(reader, upstream_writer), _pump(upstream_reader, writer))
                break
        writer.close()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
        writer.close()


@attrs.define
class Node:
    """One ``masker serve``, which can be killed and started again on its port."""

    port: int
    log: Path
    environ: dict[str, str] = attrs.field(repr=False)
    program: Path
    options: tuple[str, ...] = ()
    process: Any = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [self.program, "serve", "--bind", f"127.0.0.1:{self.port}", *self.options],
                cwd=self.log.parent,
                # As in the image: what is printed is in the log, also when the process ends without a farewell.
                env={**self.environ, "PYTHONUNBUFFERED": "1"},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def wait_until_ready(self) -> None:
        for _ in range(600):
            assert self.process.poll() is None, f"masker serve ended with {self.process.returncode}"
            with contextlib.suppress(httpx.TransportError):
                if 200 == httpx.get(f"{self.url}/health", timeout=5).status_code:
                    return
            time.sleep(0.1)
        pytest.fail("masker serve did not become ready")

    def workers(self) -> list[int]:
        """Return the processes that serve; the one that was started only watches them."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(encoding="ascii")
        return [int(pid) for pid in children.split()]

    def kill(self) -> None:
        """Take it away at once, supervisor and worker."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(20)

    def terminate(self) -> int:
        """Ask it to stop; return its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return int(self.process.wait(60))


@attrs.define
class Cluster:
    """All of it."""

    nodes: list[Node]
    balancer: Balancer
    upstream: Upstream
    background: Background
    environ: dict[str, str] = attrs.field(repr=False)
    folder: Path
    program: Path

    @property
    def redis_url(self) -> str:
        return self.environ["MASKER_REDIS_URL"]

    def masker(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.program, *arguments],
            env={**self.environ, **variables},
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def agent(self, name: str, *options: str) -> str:
        """Create an agent; return its path."""
        done = self.masker("agents", "create", name, "--upstream", "openai:*", "--json", *options)
        assert 0 == done.returncode, done.stderr
        return f"/proxy/{json.loads(done.stdout)['id']}/v1/chat/completions"


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The installed ``masker``. The variable ``INSTALLED_MASKER`` names one that is there already."""
    given = os.environ.get("INSTALLED_MASKER")
    if given:
        return Path(given)
    # One environment for all of pytest-xdist's processes, made by the first.
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with (shared / "installed.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        folder = shared / "installed"
        done = folder / "done"
        if not done.exists():
            folder.mkdir(exist_ok=True)
            done.write_text(str(install(folder)))
    return Path(done.read_text()) / "masker"


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """A Redis of the tests' own."""
    if shutil.which("redis-server") is None:
        pytest.skip("redis-server is not installed")
    port = free_port()
    folder = tempfile.mkdtemp(prefix="redis-")
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    for _ in range(500):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            break
        time.sleep(0.02)
    yield f"redis://127.0.0.1:{port}/0"
    process.terminate()
    process.wait(20)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[tuple[str, Path]]:
    """A PostgreSQL of the tests' own, on a socket in a folder: its URL and its folder. It refuses to run as root."""
    if POSTGRESQL is None:
        pytest.skip("postgresql is not installed")
    become: list[str] = []
    folder = Path(tempfile.mkdtemp(prefix="postgresql-"))
    if os.geteuid() == 0:
        become = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        shutil.chown(folder, "postgres", "postgres")
    data = folder / "data"

    def run(*command: str | Path) -> None:
        subprocess.run([*become, *command], check=True, stdout=subprocess.DEVNULL, cwd=folder)

    run(POSTGRESQL / "initdb", "-D", data, "-A", "trust", "-U", "masker", "--no-sync")
    control = (POSTGRESQL / "pg_ctl", "-D", data, "-w", "-l", folder / "log")
    run(*control, "-o", f"-k {folder} -c listen_addresses= -c fsync=off", "start")
    yield f"postgresql://masker@/postgres?host={folder}", folder
    run(*control, "-m", "immediate", "stop")
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def cluster(
    redis_url: str, postgresql: tuple[str, Path], program: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Cluster]:
    """Two proxies, a balancer, an upstream; started once for all tests."""
    folder = tmp_path_factory.mktemp("cluster")
    background = Background()
    upstream = Upstream()
    background.run(upstream.start())
    environ = {
        **{name: value for name, value in os.environ.items() if not name.startswith("MASKER_")},
        "MASKER_DATABASE_URL": postgresql[0],
        "MASKER_REDIS_URL": redis_url,
        "MASKER_OPENAI_BASE_URL": upstream.url,
        "MASKER_OPENAI_API_KEY": "sk-operator",
        "TMPDIR": str(folder),
    }
    nodes = [Node(free_port(), folder / f"node{number}.log", environ, program) for number in (1, 2)]
    for node in nodes:
        node.start()
    balancer = Balancer([node.port for node in nodes])
    background.run(balancer.start())
    try:
        for node in nodes:
            node.wait_until_ready()
        yield Cluster(nodes, balancer, upstream, background, environ, folder, program)
    finally:
        for node in nodes:
            if node.process.poll() is None:
                node.terminate()
        background.run(balancer.stop())
        background.run(upstream.stop())
        background.close()
