"""The canary over the suite sings where something leaks, and tells where, not what."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
LEAKS = '''
import http.server, json, logging, os, sqlite3, sys, threading
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


@pytest.mark.shows_content
def test_the_canary_sings_at_each_leak_and_at_nothing_else(pytester: Any, monkeypatch: Any) -> None:
    """Every way out has a leak of its own; each is a failure of exactly that test, and says where, not what."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    pytester.makepyfile(LEAKS)
    pytester.makeini("[pytest]\nasyncio_mode = auto\nasyncio_default_fixture_loop_scope = function")
    leaks = pytester.runpytest_subprocess("-p", "tests.canary.plugin", "-p", "no:randomly", "-p", "no:xdist", "-rA")
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
        "headers of a 400 from /proxy",
        "body of a 200 from /metrics",
        "file masker.db",
        "file body.bin",
    ):
        assert place in text
    songs = [line for line in text.splitlines() if "of the list, at byte" in line]
    assert songs
    assert not [song for song in songs if "uillfeather" in song]
