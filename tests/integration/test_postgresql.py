"""Agents in PostgreSQL: the same store behind another URL, shared by several proxies."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from masker.errors import StoreUnavailable
from masker.host.settings import RateLimit
from masker.proxy.agents import AgentExists, AgentStore

_BIN = max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)
pytestmark = [
    pytest.mark.services,
    pytest.mark.skipif(_BIN is None, reason="postgresql is not installed"),
    pytest.mark.skipif(os.geteuid() == 0 and shutil.which("setpriv") is None, reason="PostgreSQL does not run as root"),
]
ASK = {"model": "m", "messages": [{"role": "user", "content": "Hi, this is Sarah Chen."}]}


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder that the server's own user can reach, which pytest's are not."""
    with tempfile.TemporaryDirectory(prefix="postgresql-", ignore_cleanup_errors=True) as name:
        yield Path(name)


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[str]:
    """A PostgreSQL of the tests' own, on a socket in a folder: its URL."""
    assert _BIN is not None
    become: list[str] = []
    if os.geteuid() == 0:
        become = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        shutil.chown(folder, "postgres", "postgres")
    data = folder / "data"
    subprocess.run(
        [*become, _BIN / "initdb", "-D", data, "-A", "trust", "-U", "masker", "--no-sync"],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=folder,
    )
    options = f"-k {folder} -c listen_addresses= -c fsync=off"
    control = [*become, _BIN / "pg_ctl", "-D", data, "-w", "-l", folder / "log"]
    subprocess.run([*control, "-o", options, "start"], check=True, stdout=subprocess.DEVNULL)
    yield f"postgresql+asyncpg://masker@/postgres?host={folder}"
    subprocess.run([*control, "-m", "immediate", "stop"], check=True, stdout=subprocess.DEVNULL)


async def test_agents_live_in_postgresql(server: str) -> None:
    """Every field survives; names are unique; several processes may start at once."""
    stores = [AgentStore(server) for _ in range(3)]
    await asyncio.gather(*(store.open() for store in stores))
    first, second, _ = stores
    created, _ = await first.create(
        "front desk", "openai:a,b", policy_toml='media = "allow"', rate_limit=RateLimit(1, 2), with_key=True
    )
    assert created == await second.get("front desk")
    with pytest.raises(AgentExists):
        await second.create("front desk", "stub:*")
    await second.update("front desk", disabled=True)
    assert (await first.get(created.id)).disabled
    await second.delete("front desk")
    assert created.id not in {agent.id for agent in await first.list()}
    for store in stores:
        await store.close()


def test_two_proxies_share_agents_and_nothing_of_a_call_is_stored(
    make_proxy: Any, upstream: Any, server: str, folder: Path
) -> None:
    """An agent that one knows, the other serves; the database's files hold no word of a call."""
    first, second = (make_proxy(database_url=server) for _ in range(2))
    agent = first.agent()
    for proxy in (first, second):
        assert 200 == httpx.post(proxy.chat_url(agent), json=ASK).status_code
    assert b"Sarah" not in upstream.received
    held = b"".join(path.read_bytes() for path in (folder / "data").rglob("*") if path.is_file())
    assert b"clinic" in held
    assert b"Sarah" not in held


async def test_a_wrong_name_is_told_without_the_password(server: str) -> None:
    """No such database."""
    store = AgentStore(server.replace("masker@/postgres", "masker:S3CRET@/nowhere"))
    with pytest.raises(StoreUnavailable) as caught:
        await store.open()
    assert "S3CRET" not in str(caught.value)
    await store.close()
