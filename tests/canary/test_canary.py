"""The canary over the suite sings where something leaks, and tells where, not what."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.attack.canaries import CANARIES
from tests.canary.plugin import find

ROOT = Path(__file__).parents[2]
LEAKS = '''
import http.server, json, logging, os, socket, sqlite3, sys, threading
from urllib.parse import urlsplit
import httpx, pytest

CANARY = "Canary " + "Quillfeather"  # not written out, so that this file is none of the finds

class Leaky(http.server.BaseHTTPRequestHandler):
    """A proxy that repeats its callers."""
    def do_GET(self):
        status = 200 if self.path in ("/metrics", "/proxy/reply") else 400
        code = "upstream_error" if "upstream" in self.path else "invalid_request"
        body = json.dumps({"error": {"code": code, "message": CANARY}}).encode()
        self.send_response(status)
        if self.path == "/proxy/header":
            self.send_header("x-caller", CANARY)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *args):
        pass

@pytest.fixture
def url():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Leaky)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()

@pytest.fixture
def canary_files(tmp_path):
    return tmp_path

def test_leak_stdout():
    print(CANARY)

def test_leak_stderr():
    os.write(2, CANARY.lower().encode())

def test_leak_log():
    logging.getLogger("x").warning("%s", CANARY)

def test_leak_agent_id():
    sys.stderr.write("agt_01ARZ3NDEKTSV4RRFFQ69G5FAV")

def test_leak_url_form():
    sys.stderr.write(CANARY.replace(" ", "%20"))

def test_leak_base64():
    import base64
    sys.stderr.write(base64.b64encode(b"user: " + CANARY.encode() + b"!").decode())

def test_leak_error_body(url):
    httpx.get(url + "/proxy/error")

def over_a_socket(url, path):
    with socket.create_connection(("127.0.0.1", urlsplit(url).port)) as connection:
        connection.sendall(f"GET {path} HTTP/1.0\\r\\n\\r\\n".encode())
        while connection.recv(65536):
            pass

def test_leak_error_body_over_a_socket(url):
    over_a_socket(url, "/proxy/error")

def test_fine_reply_over_a_socket(url):
    over_a_socket(url, "/proxy/reply")

def test_leak_header(url):
    httpx.get(url + "/proxy/header")

def test_leak_metrics(url):
    httpx.get(url + "/metrics")

async def test_leak_async_client(url):
    async with httpx.AsyncClient() as client:
        await client.get(url + "/proxy/error")

def test_leak_database(canary_files):
    with sqlite3.connect(canary_files / "masker.db") as connection:
        connection.execute("create table t (x text)")
        connection.execute("insert into t values (?)", (CANARY,))
    connection.close()

def test_leak_temporary_file(canary_files):
    (canary_files / "spool").mkdir()
    (canary_files / "spool" / "body.bin").write_bytes(b"\\0" + CANARY.encode())

def test_fine_reply(url):
    httpx.get(url + "/proxy/reply")

def test_fine_upstreams_own_error(url):
    httpx.get(url + "/proxy/upstream")

@pytest.mark.shows_content
def test_fine_shown_on_purpose():
    print(CANARY)

def test_fine_silent():
    pass

def test_fine_id_on_stdout():
    print("agt_01ARZ3NDEKTSV4RRFFQ69G5FAV")
'''


def run(pytester: Any, monkeypatch: Any, tests: str) -> Any:
    """Run some tests under the canary and nothing else."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    pytester.makepyfile(tests)
    pytester.makeini("[pytest]\nasyncio_mode = auto\nasyncio_default_fixture_loop_scope = function")
    return pytester.runpytest_subprocess("-p", "tests.canary.plugin", "-p", "no:randomly", "-p", "no:xdist", "-rA")


@pytest.mark.shows_content
def test_the_canary_sings_at_each_leak_and_at_nothing_else(pytester: Any, monkeypatch: Any) -> None:
    """Every way out has a leak of its own; each is a failure of exactly that test, and says where, not what."""
    leaks = run(pytester, monkeypatch, LEAKS)
    names = [line.strip().removeprefix("def ").partition("(")[0] for line in LEAKS.replace("async ", "").split("\n")]
    leaking = [name for name in names if name.startswith("test_leak_")]
    fine = [name for name in names if name.startswith("test_fine_")]
    leaks.assert_outcomes(passed=len(leaking) + len(fine), errors=len(leaking))
    text = leaks.stdout.str()
    assert all(f"ERROR at teardown of {name} " in text for name in leaking)
    # At the start of a line: where CI is set, pytest repeats each reason in its summary.
    assert len(leaking) == text.count("\nthe canary sings")
    for place in (
        "captured stderr call",
        "captured log call",
        "captured stdout call",
        "body of a 400 from /proxy",
        "body of a 400 over a socket",
        "headers of a 400 from /proxy",
        "body of a 200 from /metrics",
        "file masker.db",
        "file body.bin",
    ):
        assert place in text
    songs = [line for line in text.splitlines() if "of the list, at byte" in line]
    assert songs
    assert not [song for song in songs if "uillfeather" in song]


LEFT = """
import os, tempfile
import pytest

CANARY = b"Canary " + b"Quillfeather"

@pytest.fixture(scope="session")
def server(tmp_path_factory):
    yield
    (tmp_path_factory.mktemp("server") / "masker.db").write_bytes(b"\\0" + CANARY)

def test_that_leaves_files(server, tmp_path):
    (tmp_path / "own.txt").write_bytes(CANARY)  # the test's, not the product's
    handle, _ = tempfile.mkstemp(suffix=".body")
    os.write(handle, CANARY)
    os.close(handle)
"""


@pytest.mark.shows_content
def test_the_canary_sings_at_what_a_session_leaves_behind(pytester: Any, monkeypatch: Any) -> None:
    """The folders of shared fixtures, once these are closed, and the temporary files of the whole session."""
    left = run(pytester, monkeypatch, LEFT)
    left.assert_outcomes(passed=1, errors=1)
    songs = {line.split(":")[0] for line in left.stdout.str().splitlines() if "of the list, at byte" in line}
    assert {".body", ".db"} == {Path(song.split()[-1]).suffix for song in songs}
    assert 2 == len(songs)


@pytest.mark.parametrize("kind", [kind for kind in CANARIES if kind != "AGE"])
def test_what_attacks_plant_is_known(kind: str) -> None:
    """Each value that leaves its mark by itself, written and spoken, in either case."""
    for value in (CANARIES[kind].written, *CANARIES[kind].spoken):
        assert find(f"log: {value}.".encode(), ids=False)
        assert find(f"log: {value.upper()}.".encode(), ids=False)
