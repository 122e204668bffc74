"""Quotas in Redis: shared, atomic, and refused when they cannot be checked."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import redis
import trustme

from masker.errors import InvalidRequest, StoreUnavailable
from masker.host.settings import RateLimit
from masker.proxy.ratelimit import open_quota

pytestmark = [
    pytest.mark.services,
    pytest.mark.skipif(shutil.which("redis-server") is None, reason="redis-server is not installed"),
]
ASK = {"model": "m", "messages": [{"role": "user", "content": "Hi, this is Sarah Chen, 415-555-2671."}]}


@contextlib.contextmanager
def redis_server(folder: Path, port: int, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a Redis of the test's own."""
    command = ["redis-server", "--bind", "127.0.0.1", "--save", "", "--dir", str(folder), *options]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    for _ in range(500):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            break
        time.sleep(0.02)
    yield process
    process.terminate()
    process.wait(10)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Its URL and its process."""
    port = free_port()
    with redis_server(tmp_path, port, "--port", str(port)) as process:
        yield f"redis://127.0.0.1:{port}/0", process


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


async def test_a_new_quota_begins_anew(server: Any) -> None:
    """A quota that is used up for minutes does not hold back who was given a larger one; nor in memory."""
    for url in (server[0], None):
        quota = await open_quota(url)
        for limit in (RateLimit(1, 50), RateLimit(100, 20)):
            for _ in range(limit.burst):
                await quota.admit("agent", limit)
        again = (quota.admit("agent", RateLimit(1, 50)) for _ in range(50))
        assert any(isinstance(one, InvalidRequest) for one in await asyncio.gather(*again, return_exceptions=True))
        await quota.close()


async def test_connections_that_were_closed_meanwhile_are_opened_anew(server: Any) -> None:
    """Redis and balancers close those that nobody uses; who calls then is no less served."""
    quota = await open_quota(server[0])
    admitting = [quota.admit("agent", RateLimit(1000, 1000)) for _ in range(12)]
    await asyncio.gather(*admitting)
    with redis.Redis.from_url(server[0]) as operator:
        operator.client_kill_filter(_type="normal", skipme=True)
        await asyncio.gather(*(quota.admit("agent", RateLimit(1000, 1000)) for _ in range(12)))
    await quota.close()


async def test_redis_may_speak_tls(tmp_path: Path) -> None:
    """With an authority that the URL names; a server that nobody vouches for is not spoken to."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(tmp_path / "redis.pem")
    port = free_port()
    files = {"cert": "redis.pem", "key": "redis.pem", "ca-cert": "ca.pem"}
    options = [word for name, file in files.items() for word in (f"--tls-{name}-file", str(tmp_path / file))]
    encrypted = ["--port", "0", "--tls-port", str(port), "--tls-auth-clients", "no", *options]
    with redis_server(tmp_path, port, *encrypted):
        url = f"rediss://127.0.0.1:{port}/0"
        # One more may pass for each second that the asking itself takes.
        assert 5 <= await admitted(f"{url}?ssl_ca_certs={tmp_path}/ca.pem", 30, RateLimit(1, 5)) < 25
        for unproven in (url, url.replace("rediss:", "redis:")):
            with pytest.raises(StoreUnavailable):
                await open_quota(unproven)


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


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGSTOP], ids=["gone", "silent"])
def test_a_quota_that_cannot_be_checked_refuses(make_proxy: Any, upstream: Any, server: Any, end: int) -> None:
    """When Redis goes or hangs, requests are refused with 503 rather than let through uncounted."""
    proxy = make_proxy(redis_url=server[0])
    url = proxy.chat_url(proxy.agent())
    server[1].send_signal(end)
    if end == signal.SIGTERM:
        server[1].wait(10)
    try:
        response = httpx.post(url, json=ASK, timeout=20)
    finally:
        server[1].send_signal(signal.SIGCONT)
    assert (503, "not_ready") == (response.status_code, response.json()["error"]["code"])
    assert not upstream.exchanges
