"""A canary over the whole suite: invented patients that no log, file, error or metric may ever show.

Tests plant people and numbers from one list; after each test everything the product left behind is searched for them:

- what was printed and logged while the test ran, by the test's process and by servers it started,
- error bodies and headers that the test's HTTP clients and sockets got from a proxy, and its metrics,
- every file below the test's ``tmp_path``: databases, journals, logs of servers;
- and after the last test, the folders of the fixtures that tests share, and the session's folder for temporary files.

Agents' ids are secrets too and are looked for in logs, errors and metrics. A find fails the test and tells where it
was, never what. Values may be shown where showing them is the point: in replies, in an upstream's own error, and in
tests that say so with the marker ``shows_content``.
"""

from __future__ import annotations

import base64
import json
import re
import shutil
import socket
import ssl
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote
from weakref import WeakKeyDictionary

import httpx
import pytest

from tests.attack.canaries import BESIDES, CANARIES

#: Shorter than this, a value stands somewhere by chance: an age has two digits.
_SHORTEST: Final = 5
#: What tests plant.
PLANTED: Final = tuple(
    value
    for value in (
        "Sarah Chen", "Maria Lopez", "555-2671", "4155552671", "555-0142", "555-0188", "four one five five",
        "sarah.chen@", "Canary Quillfeather", "quillfeather", *BESIDES,
        *(form for canary in CANARIES.values() for form in (canary.written, *canary.spoken)),
    )
    if len(value) >= _SHORTEST
)  # fmt: skip
#: Fixtures that start a proxy: then files below ``tmp_path`` are the product's, but for what tests write themselves.
_SERVING: Final = frozenset({"proxy", "make_proxy", "serve", "run_client", "cluster", "canary_files"})
_WRITTEN_BY_TESTS: Final = frozenset({".py", ".toml", ".mjs", ".html"})
_NOT_OURS: Final = frozenset({"seen.json"})
#: Shared folders that hold programs and what tools remember of sources, in which names stand as examples.
_TOOLS: Final = frozenset({"installed", "mypy0", "uninstalling0"})
_LARGEST_FILE: Final = 32 * 1024 * 1024
_MOST_HEARD: Final = 1024 * 1024
_AGENT_ID: Final = re.compile(rb"agt_[0-7][0-9A-HJKMNP-TV-Z]{25}")
_WATCHED_PATHS: Final = ("/proxy/", "/health", "/metrics")
_ANSWERS: Final = re.compile(rb"(?=HTTP/1\.[01] \d{3} )")


def forms_of(value: str) -> set[bytes]:
    """Return the bytes in which a value can stand: as it is, without spaces' look, escaped for URLs, in base64."""
    whole = value.encode()
    # Base64 of a text inside another depends on where it begins; the middle of each of three cases is always the same.
    coded = {base64.b64encode(b"\0" * shift + whole)[4 if shift else 0 : -4] for shift in range(3)}
    return {whole, quote(value).encode(), value.replace(" ", "+").encode()} | {one for one in coded if len(one) >= 10}


#: Every form once, in small letters, with the number of its value: one search serves all writings.
_FORMS: Final = {form.lower(): number for number, value in enumerate(PLANTED) for form in sorted(forms_of(value))}


def find(data: bytes, *, ids: bool) -> str | None:
    """Return where a planted value, or an agent's id, stands in some bytes: a sentence without the value."""
    lowered = data.lower()
    for form, number in _FORMS.items():
        if (start := lowered.find(form)) >= 0:
            return f"planted value {number} of the list, {_place(data, start)}"
    if ids and (found := _AGENT_ID.search(data)):
        return f"an agent's id, {_place(data, found.start())}"
    return None


def _place(data: bytes, start: int) -> str:
    line = data.count(b"\n", 0, start) + 1
    return f"at byte {start}, line {line}"


class Canary:
    """What one test's HTTP clients and sockets got to see that must hold no content."""

    def __init__(self) -> None:
        self.songs: list[str] = []
        self._heard: list[bytearray] = []
        self._by_connection: WeakKeyDictionary[socket.socket, bytearray] = WeakKeyDictionary()

    def look(self, where: str, data: bytes, *, ids: bool = False) -> None:
        if what := find(data, ids=ids):
            self.songs.append(f"{where}: {what}")

    def watch(self, response: httpx.Response) -> None:
        """Look at a proxy's response: headers always, the body when it is an error of ours or the metrics."""
        path = response.request.url.path
        if not path.startswith(_WATCHED_PATHS):
            return
        what = f"{response.status_code} from /{path.split('/')[1]}"
        self.look(f"headers of a {what}", repr(response.headers.raw).encode(), ids=True)
        if not hasattr(response, "_content"):
            return  # a stream that the test reads itself
        if path == "/metrics" or (response.status_code >= 400 and not _is_upstreams(response.content)):
            self.look(f"body of a {what}", response.content, ids=True)

    def hear(self, connection: socket.socket, data: bytes) -> None:
        """Keep what came over a socket, up to a bound: some streams have no end."""
        heard = self._by_connection.get(connection)
        if heard is None:
            heard = self._by_connection[connection] = bytearray()
            self._heard.append(heard)
        if len(heard) < _MOST_HEARD:
            heard += data

    def watch_sockets(self) -> None:
        """Look at what came over sockets: the head of each response always, its body when it is an error of ours."""
        for data in list(self._heard):
            for answer in _ANSWERS.split(bytes(data))[1:]:
                head, _, body = answer.partition(b"\r\n\r\n")
                status = int(head.split(b" ", 2)[1])
                self.look(f"head of a {status} over a socket", head, ids=True)
                if status >= 400 and not _is_upstreams(body):
                    self.look(f"body of a {status} over a socket", body, ids=True)

    def search(self, folder: Path | None) -> None:
        """Look at the files that the product left below a folder."""
        for path in _files(folder):
            self.look(f"file {path.name}", path.read_bytes(), ids=path.suffix == ".log")

    @property
    def song(self) -> str:
        return "the canary sings:\n" + "\n".join(f"  {song}" for song in self.songs)


def _is_upstreams(body: bytes) -> bool:
    """Return whether an error tells what the upstream said, which is the caller's to see, values restored."""
    try:
        return bool(json.loads(body)["error"]["code"] == "upstream_error")
    except (ValueError, TypeError, KeyError):
        return False


_CANARY: Final = pytest.StashKey[Canary]()


def pytest_configure(config: pytest.Config) -> None:
    """Name the marker."""
    config.addinivalue_line("markers", "shows_content: prints or writes planted values because that is its job")


@pytest.fixture(autouse=True)
def canary(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Canary:
    """Watch what the test's HTTP clients and sockets get."""
    canary = request.node.stash[_CANARY] = Canary()
    send, send_async = httpx.Client.send, httpx.AsyncClient.send

    def watched(client: Any, *args: Any, **options: Any) -> Any:
        response = send(client, *args, **options)
        canary.watch(response)
        return response

    async def watched_async(client: Any, *args: Any, **options: Any) -> Any:
        response = await send_async(client, *args, **options)
        canary.watch(response)
        return response

    def hearing(receive: Any) -> Any:
        def recv(connection: Any, *args: Any) -> bytes:
            data: bytes = receive(connection, *args)
            canary.hear(connection, data)
            return data

        return recv

    # Of its own, because servers in this process read from sockets as well.
    watched_socket = type("WatchedSocket", (socket.socket,), {"__slots__": (), "recv": hearing(socket.socket.recv)})
    connect = socket.create_connection

    def watched_connect(*args: Any, **options: Any) -> socket.socket:
        connection = connect(*args, **options)
        connection.__class__ = watched_socket
        return connection

    monkeypatch.setattr(socket, "create_connection", watched_connect)
    monkeypatch.setattr(ssl.SSLSocket, "recv", hearing(ssl.SSLSocket.recv))
    monkeypatch.setattr(httpx.Client, "send", watched)
    monkeypatch.setattr(httpx.AsyncClient, "send", watched_async)
    return canary


@pytest.fixture(scope="session", autouse=True)
def _left_behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Give the session a folder for temporary files, and search it and the shared fixtures' folders at the end.

    It is set up before any other fixture of the session, and so it ends when they have closed what they had open.
    """
    shared = tmp_path_factory.getbasetemp()
    temporary = Path(tempfile.mkdtemp(prefix="masker-tests-"))
    temporary.chmod(0o711)  # PostgreSQL runs as another user, in a folder below it
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(temporary))
        patch.setattr(tempfile, "tempdir", None)
        yield
    canary = Canary()
    canary.search(temporary)
    for folder in shared.iterdir():
        # What a test itself wrote is below its own `tmp_path`, which bears its name.
        ours = not folder.name.startswith("test_") and folder.name not in _TOOLS
        if ours and folder.is_dir() and not folder.is_symlink():
            canary.search(folder)
    shutil.rmtree(temporary, ignore_errors=True)
    if canary.songs:
        pytest.fail(canary.song, pytrace=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Search what a test left behind, once it has ended and everything it started is closed."""
    report: Any = yield
    canary = item.stash.get(_CANARY, None)
    if report.when != "teardown" or canary is None or item.get_closest_marker("shows_content"):
        return report
    for title, text in report.sections:
        # Printing an id is how the command line tells it; logging one is a leak.
        canary.look(title.lower(), text.encode("utf-8", "replace"), ids="stdout" not in title)
    canary.watch_sockets()
    if _SERVING & set(getattr(item, "fixturenames", ())):
        canary.search(getattr(item, "funcargs", {}).get("tmp_path"))
    if canary.songs:
        report.outcome = "failed"
        report.longrepr = canary.song
        report.sections = []  # they hold the value
    return report


def _files(folder: Path | None) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")) if folder else ():
        if (
            path.is_file()
            and not path.is_symlink()
            and path.suffix not in _WRITTEN_BY_TESTS
            and path.name not in _NOT_OURS
            and path.stat().st_size <= _LARGEST_FILE
        ):
            yield path
