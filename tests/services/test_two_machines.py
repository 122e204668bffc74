"""Two machines behind one address: one may die, quotas are counted once, changes reach both, stores hold no content."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import Any, Self

import asyncpg
import httpx
import pytest
import redis

from tests.canary.plugin import find
from tests.services.conftest import Node, free_port

pytestmark = [pytest.mark.services, pytest.mark.timeout(180)]

CLOSE = {"connection": "close"}
ANSWER = "Hello Sarah Chen, I have 415-555-2671."


def body(number: int) -> dict[str, Any]:
    """Return a request that can be told from all others by what is not masked."""
    words = "Hi, this is Sarah Chen, my number is 415-555-2671."
    return {"model": "m", "seed": number, "messages": [{"role": "user", "content": words}]}


@pytest.fixture
def forwarded(cluster: Any) -> Counter[int]:
    """How often the upstream got each request, while it answers all of them a little later."""
    seen: Counter[int] = Counter()

    async def script(exchange: Any) -> None:
        seen[exchange.tree["seed"]] += 1
        await asyncio.sleep(0.03)
        await exchange.says("Hello [NAME_1], I have [PHONE_1].")

    cluster.upstream.exchanges.clear()
    cluster.upstream.received.clear()
    cluster.upstream.script = script
    return seen


class Load:
    """Callers that ask, and ask again when a connection was refused or broke before an answer."""

    def __init__(self, url: str, callers: int = 4) -> None:
        self.url = url
        self.numbers = count()
        self.answers: dict[int, tuple[int, str]] = {}
        self.broken: list[int] = []
        self._enough = threading.Event()
        self._threads = [threading.Thread(target=self._call) for _ in range(callers)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._enough.set()
        for thread in self._threads:
            thread.join(60)

    def wait_for(self, more: int) -> None:
        """Wait until so many more requests have been answered."""
        goal = len(self.answers) + more
        for _ in range(6000):
            if len(self.answers) >= goal:
                return
            time.sleep(0.01)
        pytest.fail("the load stands still")

    def _call(self) -> None:
        with httpx.Client(trust_env=False, timeout=30, headers=CLOSE) as client:
            while not self._enough.is_set():
                number = next(self.numbers)
                for _ in range(50):
                    try:
                        response = client.post(self.url, json=body(number))
                    except httpx.TransportError:
                        self.broken.append(number)
                        time.sleep(0.05)
                        continue
                    said = response.json()
                    text = (
                        said["choices"][0]["message"]["content"]
                        if response.status_code == 200
                        else said["error"]["code"]
                    )
                    self.answers[number] = response.status_code, text
                    break


def test_machines_die_one_at_a_time(cluster: Any, forwarded: Counter[int]) -> None:
    """Killed without warning or stopped politely, under load: every request is answered, values and all.

    A request is sent twice to the upstream only when its machine was killed after it had been forwarded, which no one
    can undo; a polite stop loses and repeats nothing that had been forwarded.
    """
    first, second = cluster.nodes
    path = cluster.agent("dying", "--rate-limit", "1000/s")
    with Load(cluster.balancer.url + path) as load:
        load.wait_for(40)
        first.kill()
        load.wait_for(60)
        first.start()
        first.wait_until_ready()
        load.wait_for(40)
        repeated_by_kill = {number for number, times in forwarded.items() if times > 1}
        assert 0 == second.terminate()
        load.wait_for(60)
        second.start()
        second.wait_until_ready()
        load.wait_for(40)
    asked = next(load.numbers)
    assert dict.fromkeys(range(asked), (200, ANSWER)) == load.answers
    assert set(range(asked)) == set(forwarded)
    assert repeated_by_kill == {number for number, times in forwarded.items() if times > 1}
    assert repeated_by_kill <= set(load.broken)
    assert not find(bytes(cluster.upstream.received), ids=True)


def answered(urls: list[str], times: int) -> list[httpx.Response]:
    """Ask so many times, at each address in turn, on connections of their own."""

    def ask(number: int) -> httpx.Response:
        return httpx.post(urls[number % len(urls)], json=body(number), timeout=30, headers=CLOSE)

    with ThreadPoolExecutor(8) as callers:
        return list(callers.map(ask, range(times)))


def test_one_quota_for_both(cluster: Any, forwarded: Counter[int]) -> None:
    """The burst is admitted once, not once per machine; the others hear when to come back."""
    path = cluster.agent("counted", "--rate-limit", "1/s burst 20")
    began = time.monotonic()
    responses = answered([node.url + path for node in cluster.nodes], 80)
    seconds = time.monotonic() - began
    statuses = Counter(response.status_code for response in responses)
    assert {200, 429} == set(statuses)
    # One more may pass for each second that the asking itself took.
    assert 20 <= statuses[200] <= 20 + seconds + 1
    assert statuses[200] == len(forwarded)
    assert all(int(one.headers["retry-after"]) >= 1 for one in responses if one.status_code == 429)


def test_a_machine_that_is_killed_and_comes_back_brings_no_quota_along(cluster: Any, forwarded: Counter[int]) -> None:
    """What was used up stays used up: while one is away, and when it is there again, having forgotten everything."""
    first, second = cluster.nodes
    path = cluster.agent("killed", "--rate-limit", "1/s burst 60")
    began = time.monotonic()
    statuses = Counter(one.status_code for one in answered([first.url + path, second.url + path], 40))
    assert {200: 40} == statuses
    first.kill()
    statuses += Counter(one.status_code for one in answered([second.url + path], 40))
    first.start()
    first.wait_until_ready()
    statuses += Counter(one.status_code for one in answered([first.url + path], 80))
    seconds = time.monotonic() - began
    assert {200, 429} == set(statuses)
    # A machine that began to count anew would have let another 60 pass.
    assert 60 <= statuses[200] <= 60 + seconds + 1


def test_one_quota_for_all_workers_of_a_machine(cluster: Any, forwarded: Counter[int], program: Path) -> None:
    """With Redis the burst is admitted once, not once per worker, and there is nothing to warn of."""
    path = cluster.agent("worked", "--rate-limit", "1/s burst 20")
    machine = Node(free_port(), cluster.folder / "workers.log", cluster.environ, program, options=("--workers", "2"))
    machine.start()
    try:
        machine.wait_until_ready()
        for _ in range(600):
            if machine.log.read_text().count('"worker ready"') == 2:
                break
            time.sleep(0.1)
        began = time.monotonic()
        statuses = Counter(one.status_code for one in answered([machine.url + path], 80))
        seconds = time.monotonic() - began
    finally:
        assert 0 == machine.terminate()
    assert {200, 429} == set(statuses)
    assert 20 <= statuses[200] <= 20 + seconds + 1
    assert "quota is per worker" not in machine.log.read_text()


def test_changes_reach_both_within_five_seconds(cluster: Any, forwarded: Counter[int]) -> None:
    """Made by the command line on a third machine, so to speak."""
    path = cluster.agent("changing")

    def statuses() -> list[int]:
        return [httpx.post(node.url + path, json=body(0), timeout=30).status_code for node in cluster.nodes]

    assert [200, 200] == statuses()
    assert 0 == cluster.masker("agents", "disable", "changing").returncode
    time.sleep(5)
    assert [404, 404] == statuses()


async def test_no_store_holds_content(cluster: Any, forwarded: Counter[int], postgresql: tuple[str, Path]) -> None:
    """Every table, every key, and the bytes on disk, also after errors; and what both machines logged."""
    # A burst this large keeps its key for as long as the test looks.
    path = cluster.agent("stored", "--rate-limit", "1/s burst 100")
    async with httpx.AsyncClient(trust_env=False, timeout=30) as client:
        for number in range(12):
            request = body(number) if number % 4 else {**body(number), "messages": "Sarah Chen"}
            await client.post(cluster.nodes[number % 2].url + path, json=request)
    connection = await asyncpg.connect(postgresql[0])
    try:
        names = await connection.fetch("select tablename from pg_tables where schemaname = 'public'")
        rows = {name["tablename"]: await connection.fetch(f'select * from "{name["tablename"]}"') for name in names}
        await connection.execute("checkpoint")
    finally:
        await connection.close()
    assert "stored" in repr(rows)
    assert not find(repr(rows).encode(), ids=False)
    for file in postgresql[1].rglob("*"):
        if file.is_file():
            assert not find(file.read_bytes(), ids=False), file.name
    with redis.Redis.from_url(cluster.redis_url) as store:
        held = {key: (store.type(key), store.dump(key), store.ttl(key)) for key in store.scan_iter()}
    assert held
    assert not find(repr(held).encode(), ids=True)
    assert all(ttl > 0 for _, _, ttl in held.values())
    logs = [node.log.read_bytes() for node in cluster.nodes]
    assert all(b'"stored"' in log for log in logs)
    assert not [find(log, ids=True) for log in logs if find(log, ids=True)]


@pytest.mark.parametrize(
    ("variable", "url"),
    [("MASKER_REDIS_URL", "redis://127.0.0.1:9/0"), ("MASKER_DATABASE_URL", "postgresql://u:S3CRET@127.0.0.1:9/d")],
)
def test_an_unreachable_store_is_exit_status_5(cluster: Any, variable: str, url: str) -> None:
    """Told in a sentence, without the password."""
    done = cluster.masker("serve", "--bind", "127.0.0.1:0", **{variable: url})
    assert 5 == done.returncode
    assert "cannot be reached" in done.stderr
    assert "S3CRET" not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
