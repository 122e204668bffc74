"""A canary over the whole suite: invented patients that no log, file, error or metric may ever show.

Tests plant people and numbers from one list; after each test everything the product left behind is searched for them:

- what was printed and logged while the test ran, by the test's process and by servers it started,
- error bodies and headers that the test's HTTP clients got from a proxy, and its metrics,
- every file below the test's ``tmp_path``: databases, journals, logs of servers.

Agents' ids are secrets too and are looked for in logs, errors and metrics. A find fails the test and tells where it
was, never what. Values may be shown where showing them is the point: in replies, in an upstream's own error, and in
tests that say so with the marker ``shows_content``.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import httpx
import pytest

#: What tests plant. Long enough to stand nowhere by chance.
PLANTED: Final = (
    "Sarah Chen", "Maria Lopez", "555-2671", "4155552671", "555-0142", "555-0188", "four one five five",
    "sarah.chen@", "Canary Quillfeather", "quillfeather",
)  # fmt: skip
#: Fixtures that start a proxy: then files below ``tmp_path`` are the product's, but for what tests write themselves.
_SERVING: Final = frozenset({"proxy", "make_proxy", "serve", "run_client", "cluster", "canary_files"})
_WRITTEN_BY_TESTS: Final = frozenset({".py", ".toml", ".mjs", ".html"})
_NOT_OURS: Final = frozenset({"seen.json"})
_LARGEST_FILE: Final = 32 * 1024 * 1024
_AGENT_ID: Final = re.compile(rb"agt_[0-7][0-9A-HJKMNP-TV-Z]{25}")
_WATCHED_PATHS: Final = ("/proxy/", "/health", "/metrics")


def forms_of(value: str) -> set[bytes]:
    """Return the bytes in which a value can stand: as it is, without spaces' look, escaped for URLs, in base64."""
    whole = value.encode()
    # Base64 of a text inside another depends on where it begins; the middle of each of three cases is always the same.
    coded = {base64.b64encode(b"\0" * shift + whole)[4 if shift else 0 : -4] for shift in range(3)}
    return {whole, whole.lower(), quote(value).encode(), value.replace(" ", "+").encode()} | {
        one for one in coded if len(one) >= 10
    }


_FORMS: Final = [(number, form) for number, value in enumerate(PLANTED) for form in sorted(forms_of(value))]


def find(data: bytes, *, ids: bool) -> str | None:
    """Return where a planted value, or an agent's id, stands in some bytes: a sentence without the value."""
    lowered = data.lower()
    for number, form in _FORMS:
        if (start := data.find(form)) >= 0 or (start := lowered.find(form)) >= 0:
            return f"planted value {number} of the list, {_place(data, start)}"
    if ids and (found := _AGENT_ID.search(data)):
        return f"an agent's id, {_place(data, found.start())}"
    return None


def _place(data: bytes, start: int) -> str:
    line = data.count(b"\n", 0, start) + 1
    return f"at byte {start}, line {line}"


class Canary:
    """What one test's HTTP clients got to see that must hold no content."""

    def __init__(self) -> None:
        self.songs: list[str] = []

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
    """Watch what the test's HTTP clients get."""
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

    monkeypatch.setattr(httpx.Client, "send", watched)
    monkeypatch.setattr(httpx.AsyncClient, "send", watched_async)
    return canary


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
    if _SERVING & set(getattr(item, "fixturenames", ())):
        for path in _files(getattr(item, "funcargs", {}).get("tmp_path")):
            canary.look(f"file {path.name}", path.read_bytes(), ids=path.suffix == ".log")
    if canary.songs:
        report.outcome = "failed"
        report.longrepr = "the canary sings:\n" + "\n".join(f"  {song}" for song in canary.songs)
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
