"""Two installed proxies behind nginx, with the configuration that deploy/ ships: streams, bodies, shapes, a machine that dies."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import httpx
import pytest
import trustme

from masker.host.settings import load_settings
from tests.attack.canaries import CANARIES, leaks, request
from tests.attack.conftest import answers
from tests.installed.conftest import InstalledProxy, Programs
from tests.installed.shapes import BODY, CHUNKED, CHUNKS, HIDDEN, JSON, SMUGGLING, chunked, head
from tests.integration.conftest import Background, Upstream, delta
from tests.services.conftest import Node, free_port

CONFIGURATION = Path(__file__).parents[2] / "deploy" / "nginx" / "masker.conf"
NAME = "masker.clinic.example.org"
SAID = {"role": "user", "content": f"{CANARIES['NAME'].sentence} {CANARIES['PHONE'].sentence}"}

pytestmark = [
    pytest.mark.services,
    pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not installed on this machine"),
    pytest.mark.timeout(180),
]


@attrs.define
class Front:
    """nginx, and what stands behind it."""

    port: int
    folder: Path
    tls: ssl.SSLContext
    nodes: list[Node]
    proxy: InstalledProxy
    path: str

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.port}{self.path}"

    def client(self) -> httpx.Client:
        return httpx.Client(trust_env=False, timeout=30, verify=self.tls, headers={"host": NAME})

    def passed(self) -> int:
        """Return how many requests nginx has passed on so far, by its own count."""
        lines = (self.folder / "passed.log").read_text().splitlines()
        return sum(line.strip() not in ("", "-") for line in lines)

    def served(self) -> int:
        """Return how many requests the proxies have answered so far, by theirs."""
        return sum(node.log.read_bytes().count(b'"event": "request"') for node in self.nodes)


@pytest.fixture
def front(
    background: Background, upstream: Upstream, programs: Programs, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Front]:
    folder = tmp_path_factory.mktemp("nginx")
    environ = programs.node().environ | {
        "MASKER_DATABASE_URL": f"sqlite:///{folder}/masker.db",
        "MASKER_RATE_LIMIT": "100000/s burst 100000",
    }
    nodes = [Node(free_port(), folder / f"node{number}.log", environ, programs.program) for number in (1, 2)]
    for node in nodes:
        node.start()
    port = free_port()
    authority = trustme.CA()
    authority.issue_cert(NAME, "127.0.0.1").private_key_and_cert_chain_pem.write_to_path(folder / "masker.pem")
    site = CONFIGURATION.read_text(encoding="utf-8")
    for pattern, text in (
        (r"server 10\.0\.0\.11:8080", f"server 127.0.0.1:{nodes[0].port}"),
        (r"server 10\.0\.0\.12:8080", f"server 127.0.0.1:{nodes[1].port}"),
        (r"listen 443", f"listen 127.0.0.1:{port}"),
        (r"/etc/nginx/tls/masker\.(?:crt|key)", f"{folder}/masker.pem"),
        (r"/var/log/nginx/masker\.log", f"{folder}/error.log"),
        (r"access_log off;", f"access_log {folder}/passed.log counted;"),
    ):
        site, times = re.subn(pattern, text, site)
        assert times, pattern
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"user root;\npid {folder}/nginx.pid;\nerror_log {folder}/error.log;\nworker_processes 2;\nevents {{}}\n"
        f"http {{\nlog_format counted '$upstream_status';\n{temporary}{site}}}\n"
    )
    process = subprocess.Popen(["nginx", "-c", folder / "nginx.conf", "-g", "daemon off;"])
    tls = ssl.create_default_context()
    authority.configure_trust(tls)
    try:
        for node in nodes:
            node.wait_until_ready()
        proxy = InstalledProxy(load_settings(environ=environ), nodes[0].port, background, None, None, programs)  # type: ignore[arg-type]
        path = proxy.chat_url(proxy.agent()).removeprefix(proxy.url)
        upstream.script = answers
        yield Front(port, folder, tls, nodes, proxy, path)
    finally:
        process.terminate()
        process.wait(20)
        for node in nodes:
            if node.process.poll() is None:
                node.terminate()


def test_a_conversation_through_nginx(front: Front, upstream: Upstream) -> None:
    """Whole and streamed, values restored; other paths lead nowhere."""
    with front.client() as http:
        for stream in (False, True):
            response = http.post(front.url, json={**request(SAID), "stream": stream})
            assert 200 == response.status_code
            assert "Maribel Okonkwo" in response.text.replace('"}', "")
        assert 404 == http.get(f"https://127.0.0.1:{front.port}/health").status_code
    assert not leaks(bytes(upstream.received), CANARIES["NAME"].written, CANARIES["PHONE"].written)


def test_nginx_holds_no_chunk_back(front: Front, upstream: Upstream) -> None:
    """The upstream waits for the caller to have chunk k before it makes chunk k+1."""
    gate = threading.Semaphore(0)

    async def gated(exchange: Any) -> None:
        import asyncio

        await exchange.begin_stream()
        for word in ("one ", "two ", "[NAME_1] ", "four "):
            await exchange.event(delta({"content": word}))
            assert await asyncio.to_thread(gate.acquire, timeout=10)
        await exchange.event(delta({}, "stop"))
        await exchange.end_stream()

    upstream.script = gated
    seen = ""
    with front.client() as http, http.stream("POST", front.url, json={**request(SAID), "stream": True}) as response:
        waiting = ["one ", "two ", "Maribel Okonkwo ", "four "]
        for text in response.iter_text():
            seen += text
            while waiting and waiting[0] in seen:
                waiting.pop(0)
                gate.release()
    assert "[DONE]" in seen


def test_no_body_and_no_id_is_on_disk(front: Front, upstream: Upstream) -> None:
    """Megabytes that are masked and answered leave nothing in nginx's folders or logs."""
    said = {"role": "user", "content": SAID["content"] + " so" * 100_000}
    with front.client() as http:
        found: set[str] = set()
        watching = threading.Event()

        def watch() -> None:
            while not watching.is_set():
                for path in front.folder.rglob("*"):
                    with contextlib.suppress(OSError):
                        if path.is_file() and leaks(path.read_bytes()[:1_000_000], CANARIES["NAME"].written):
                            found.add(path.name)
                time.sleep(0.02)

        thread = threading.Thread(target=watch)
        thread.start()
        response = http.post(front.url, json=request(said))
        watching.set()
        thread.join()
    assert 200 == response.status_code
    assert not found
    agent = front.path.split("/")[2]
    assert not [path.name for path in front.folder.glob("*.log") if agent.encode() in path.read_bytes()]


@pytest.mark.parametrize("as_chunks", [False, True], ids=["plain", "chunks"])
def test_nginx_and_masker_agree_where_a_request_ends(front: Front, upstream: Upstream, as_chunks: bool) -> None:
    """Of all shapes that could be read in two ways, masker sees as many requests as nginx passed on, and no hidden one."""
    sent = [
        head(front.path, JSON, *lines) + (chunked(BODY) if as_chunks else BODY) + HIDDEN for lines in SMUGGLING.values()
    ]
    if as_chunks:
        sent += [head(front.path, JSON, CHUNKS) + data for data, _ in CHUNKED.values()]
    for data in sent:
        with (
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", front.port), 10) as raw,
            front.tls.wrap_socket(raw, server_hostname=NAME) as connection,
        ):
            connection.sendall(data.replace(b"host: masker", f"host: {NAME}".encode(), 1))
            connection.settimeout(0.3)
            while connection.recv(65536):
                pass
    for _ in range(100):
        if front.passed() == front.served():
            break
        time.sleep(0.05)
    assert front.passed() == front.served()
    assert front.served() >= len(upstream.exchanges) > 0
    assert not leaks(bytes(upstream.received), CANARIES["PHONE"].written)


def test_a_machine_that_dies_is_gone_round(front: Front, upstream: Upstream) -> None:
    """Before and after the death of one of two, whatever nginx has not sent yet is served by the other."""
    with front.client() as http:
        statuses = [http.post(front.url, json=request(SAID)).status_code for _ in range(6)]
        front.nodes[0].kill()
        statuses += [http.post(front.url, json=request(SAID)).status_code for _ in range(12)]
    # One that was under way, or a kept connection that broke as it was used, nginx must not repeat.
    assert statuses.count(200) >= 16
    assert {200} == set(statuses[-10:])
    assert json.dumps(SAID["content"])[1:20] not in "".join(node.log.read_text() for node in front.nodes)
