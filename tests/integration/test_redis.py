"""Quotas in Redis: shared, atomic, and refused when they cannot be checked."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import redis

from masker.errors import InvalidRequest
from masker.host.settings import RateLimit
from masker.proxy.ratelimit import open_quota

pytestmark = [
    pytest.mark.services,
    pytest.mark.skipif(shutil.which("redis-server") is None, reason="redis-server is not installed"),
]
ASK = {"model": "m", "messages": [{"role": "user", "content": "Hi, this is Sarah Chen, 415-555-2671."}]}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A Redis of the test's own: its URL and its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    for _ in range(500):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            break
        time.sleep(0.02)
    yield f"redis://127.0.0.1:{port}/0", process
    process.terminate()
    process.wait(10)


async def admitted(url: str, times: int, limit: RateLimit) -> int:
    """Return how many of so many requests at once pass."""
    quota = await open_quota(url)
    try:
        outcomes = await asyncio.gather(*(quota.admit("agent", limit) for _ in range(times)), return_exceptions=True)
    finally:
        await quota.close()
    for one in outcomes:
        if one is not None and not isinstance(one, InvalidRequest):
            raise one
    refused = [one for one in outcomes if isinstance(one, InvalidRequest)]
    assert all(one.code == "rate_limited" and int(one.retry_after or 0) >= 1 for one in refused)
    assert len(refused) == sum(one is not None for one in outcomes)
    return times - len(refused)


async def test_machines_share_one_quota(server: Any) -> None:
    """Three proxies that ask at the same time admit no more than one would: the step is atomic."""
    passed = await asyncio.gather(*(admitted(server[0], 60, RateLimit(1, 50)) for _ in range(3)))
    # One more may pass for each second that the asking itself takes; counted apart, all 150 would.
    assert 50 <= sum(passed) < 75


def test_nothing_of_a_call_is_in_redis(make_proxy: Any, server: Any) -> None:
    """Neither the agent's id nor a word; and what is there expires."""
    proxy = make_proxy(redis_url=server[0])
    agent = proxy.agent()
    assert 200 == httpx.post(proxy.chat_url(agent), json=ASK).status_code
    with redis.Redis.from_url(server[0]) as client:
        held = {key: client.get(key) for key in client.keys()}  # noqa: SIM118
        assert held
        assert all(client.ttl(key) > 0 for key in held)
    shown = repr(held)
    assert not [planted for planted in (agent.id, "Sarah", "2671", "clinic") if planted in shown]


def test_a_quota_that_cannot_be_checked_refuses(make_proxy: Any, upstream: Any, server: Any) -> None:
    """When Redis goes, requests are refused with 503 rather than let through uncounted."""
    proxy = make_proxy(redis_url=server[0])
    url = proxy.chat_url(proxy.agent())
    server[1].terminate()
    server[1].wait(10)
    response = httpx.post(url, json=ASK, timeout=20)
    assert (503, "not_ready") == (response.status_code, response.json()["error"]["code"])
    assert not upstream.exchanges
