"""The processes that are measured: scripted upstream, floor, and a real `masker serve`; and what they cost the system."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import attrs

__all__ = ["Servers", "start"]

_MASKER = [sys.executable, "-c", "from masker.cli import main; main()"]
_ROOT = Path(__file__).parent.parent


@attrs.frozen
class Servers:
    """Where the three listen, and how the proxy's workers are doing."""

    upstream: int
    floor: int
    masker: int
    path: str
    supervisor: int
    started_in: float

    def workers(self) -> list[int]:
        """Return the process ids of the proxy's workers."""
        found = []
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit():
                with contextlib.suppress(OSError):
                    if int(folder.joinpath("stat").read_text().rpartition(")")[2].split()[1]) == self.supervisor:
                        found.append(int(folder.name))
        return found

    def cpu(self) -> float:
        """Return the seconds of processor time that the workers have used."""
        total = 0
        for pid in self.workers():
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            total += int(fields[11]) + int(fields[12])
        return total / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """Return the workers' resident memory in MB (the largest worker's)."""
        return max(
            int(line.split()[1]) / 1024
            for pid in self.workers()
            for line in Path(f"/proc/{pid}/status").read_text().splitlines()
            if line.startswith("VmRSS")
        )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            if time.monotonic() > deadline:
                raise SystemExit(f"nothing listens on port {port}") from None
            time.sleep(0.05)
        else:
            return


def _wait_until_live(port: int, seconds: float = 60) -> None:
    """Wait for an answer: the supervisor listens before its workers can serve."""
    _wait_for(port, seconds)
    with socket.create_connection(("127.0.0.1", port), seconds) as probe:
        probe.sendall(b"GET /health/live HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
        if b"200" not in probe.recv(100):
            raise SystemExit("masker serve does not answer")


@contextlib.contextmanager
def start(workers: int = 1) -> Iterator[Servers]:
    """Start everything on free loopback ports, and stop it at the end."""
    upstream, floor, masker = _free_port(), _free_port(), _free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MASKER_")}
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as exits:
        environment |= {
            "MASKER_DATABASE_URL": f"sqlite+aiosqlite:///{folder}/bench.db",
            "MASKER_OPENAI_BASE_URL": f"http://127.0.0.1:{upstream}/v1",
            "MASKER_OPENAI_API_KEY": "bench",
            "MASKER_RATE_LIMIT": "100000/s burst 200000",
            "MASKER_DETECTION_TIMEOUT_MS": "120000",
            "MASKER_LOG_LEVEL": "warning",
        }

        def run(command: list[str]) -> subprocess.Popen[bytes]:
            process = subprocess.Popen(command, env=environment, cwd=_ROOT, stdout=subprocess.DEVNULL)
            exits.callback(_stop, process)
            return process

        run([sys.executable, "-m", "benchmarks.upstream", str(upstream)])
        run([sys.executable, "-m", "benchmarks.floor", str(floor), str(upstream)])
        _wait_for(upstream)
        made = subprocess.run(
            [*_MASKER, "agents", "create", "bench", "--upstream", "openai:*", "--json"],
            env=environment, cwd=_ROOT, check=True, capture_output=True, text=True,
        )  # fmt: skip
        began = time.monotonic()
        supervisor = run([*_MASKER, "serve", "--bind", f"127.0.0.1:{masker}", "--workers", str(workers)])
        _wait_until_live(masker)
        took = time.monotonic() - began
        _wait_for(floor)
        path = f"/proxy/{json.loads(made.stdout)['id']}/v1/chat/completions"
        yield Servers(upstream, floor, masker, path, supervisor.pid, took)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
