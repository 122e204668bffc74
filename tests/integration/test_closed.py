"""Nothing leaves before it is masked, and nothing stays behind: failing detectors, logs, metrics, the store."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from masker import Kind, Span, hookimpl
from masker.host.engine import Engine
from masker.host.manager import create_plugin_host
from masker.proxy.logs import configure_logging

ASK = {"model": "m", "messages": [{"role": "user", "content": "Hi, this is Sarah Chen, 415-555-2671."}]}


def free_address() -> str:
    """Return an address on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


class Failing:
    """A plugin whose one detector does what the test wants."""

    name = "failing"
    kinds = frozenset({"NAME"})

    def __init__(self, detect: Any) -> None:
        self._detect = detect

    def detect(self, segment: Any) -> Any:
        return self._detect(segment)

    @hookimpl
    def masker_register_kinds(self) -> list[Kind]:
        return [Kind("NAME", "A", "name")]

    @hookimpl
    def masker_register_detectors(self, settings: Any) -> list[Any]:
        return [self]


def raises(segment: Any) -> Any:
    raise ValueError(segment.text)


def out_of_range(segment: Any) -> Any:
    return [Span(0, len(segment.text) + 1, "NAME")]


def undeclared(segment: Any) -> Any:
    return [Span(0, 1, "PHONE")]


def late(segment: Any) -> Any:
    time.sleep(0.3)
    return []


@pytest.mark.parametrize("detect", [raises, out_of_range, undeclared, late], ids=lambda detect: detect.__name__)
def test_a_failing_detector_stops_the_request(make_proxy: Any, upstream: Any, capfd: Any, detect: Any) -> None:
    """An exception, nonsense, or an answer that comes too late: 500, and the upstream hears nothing."""
    engine = Engine(create_plugin_host(load_entrypoints=False, plugins={"failing": Failing(detect)}))
    proxy = make_proxy(use_engine=engine, detection_timeout_ms=100)
    response = httpx.post(proxy.chat_url(proxy.agent()), json=ASK, timeout=10)
    assert (500, "detection_failed") == (response.status_code, response.json()["error"]["code"])
    assert not upstream.exchanges
    assert "Sarah" not in response.text
    captured = capfd.readouterr()
    assert "Sarah" not in captured.out + captured.err


def test_a_policy_that_cannot_be_kept_stops_the_request(proxy: Any, upstream: Any) -> None:
    """An agent whose policy requires a kind that nobody finds is not served."""
    agent = proxy.agent(policy_toml='required_kinds = ["SSN"]')
    response = httpx.post(proxy.chat_url(agent), json=ASK)
    assert (500, "detection_failed") == (response.status_code, response.json()["error"]["code"])
    assert not upstream.exchanges


@pytest.mark.parametrize(
    "field", ["api_base", "base_url", "extra_body", "extra_headers", "guardrails", "mask", "provider"]
)
def test_no_field_has_power_over_the_proxy(proxy: Any, upstream: Any, field: str) -> None:
    """Options of libraries and proxies are unknown fields: passed on, masked, without effect."""
    value = {"url": "http://127.0.0.1:9", "note": "Sarah Chen"}
    response = httpx.post(proxy.chat_url(proxy.agent()), json={**ASK, field: value})
    assert 200 == response.status_code
    assert {"url": "http://127.0.0.1:9", "note": "[NAME_1]"} == upstream.last.tree[field]


@pytest.mark.parametrize("answer", ["whole", "stream", "error", "garbage"])
def test_nothing_of_a_call_stays_behind(
    make_proxy: Any, upstream: Any, capfd: Any, tmp_path: Any, background: Any, answer: str
) -> None:
    """Neither the log nor the metrics nor the database nor a file holds a word of it, or the agent's id."""
    configure_logging("debug", "json")
    address = free_address()
    proxy = make_proxy(metrics_addr=address)
    agent = proxy.agent()

    async def script(exchange: Any) -> None:
        if answer == "whole":
            await exchange.says("Hello [NAME_1].")
        elif answer == "stream":
            await exchange.streams("Hello [NA", "ME_1].")
        elif answer == "error":
            await exchange.json({"error": {"message": "No [NAME_1]."}}, status=500)
        else:
            await exchange.reply(b"Sarah <html>")

    upstream.script = script
    response = httpx.post(proxy.chat_url(agent) + "?who=Sarah", json={**ASK, "stream": answer == "stream"})
    httpx.post(f"{proxy.url}/proxy/{agent.id}/nothing/Sarah", json=ASK)
    assert (answer == "garbage") or "Sarah Chen" in response.text
    metrics = httpx.get(f"http://{address}/metrics").text
    proxy.shut_down()
    captured = capfd.readouterr()
    shown = captured.out + captured.err
    lines = [json.loads(line) for line in shown.splitlines() if line.startswith("{")]
    assert "clinic" in {line.get("agent") for line in lines}
    planted = ("Sarah", "Chen", "5552671", "555-2671", agent.id)
    assert not [one for one in planted if one in shown + metrics]
    for path in tmp_path.rglob("*"):
        if path.is_file():
            held = path.read_bytes()
            assert not [one for one in planted[:-1] if one.encode() in held]


def test_server_timing_tells_stages_and_nothing_else(proxy: Any) -> None:
    """Each proxied reply says where its time went."""
    response = httpx.post(proxy.chat_url(proxy.agent()), json=ASK)
    stages = [part.partition(";")[0] for part in response.headers["server-timing"].split(", ")]
    assert {"receive", "detect", "mask", "upstream", "total"} <= set(stages)


def test_metrics_count_by_name_kind_and_stage(make_proxy: Any, upstream: Any) -> None:
    """On an address of their own, where nothing else is served."""
    address = free_address()
    proxy = make_proxy(metrics_addr=address)
    upstream.script = lambda exchange: exchange.says("Hello [name 1], [NAME_9].")
    agent = proxy.agent()
    for _ in range(2):
        httpx.post(proxy.chat_url(agent), json=ASK)
    text = httpx.get(f"http://{address}/metrics").text
    assert 'masker_requests_total{agent="clinic",status="200"} 2.0' in text
    assert 'masker_detections_total{detector="test-phone",kind="PHONE"} 2.0' in text
    assert 'masker_reply_tokens_total{result="restored"} 2.0' in text
    assert 'masker_reply_tokens_total{result="bent"} 2.0' in text
    assert 'masker_reply_tokens_total{result="unknown"} 0.0' in text
    assert "masker_held_characters_count 2.0" in text
    assert "masker_open_requests 0.0" in text
    hits, misses = (
        float(re.findall(rf'masker_segment_cache_total{{result="{result}"}} (\S+)', text)[0])
        for result in ("hit", "miss")
    )
    assert hits >= misses  # the second time all is known; the engine may be so from other tests
    assert hits + misses == 2
    for stage in ("receive", "parse", "detect", "mask", "upstream", "total"):
        assert f'masker_stage_seconds_count{{stage="{stage}"}} 2.0' in text
    assert agent.id not in text
    assert 404 == httpx.get(f"http://{address}/").status_code
    assert 404 == httpx.get(f"{proxy.url}/metrics").status_code


def test_large_replies_have_room_for_so_many_bytes(
    make_proxy: Any, upstream: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One too many is told to come again, small ones are served all the same, and what was answered makes room."""
    from masker.proxy import upstream as bounds

    monkeypatch.setattr(bounds, "_ROOM", 1_000_000)
    proxy = make_proxy()

    def post(name: str) -> httpx.Response:
        return httpx.post(proxy.chat_url(proxy.agent(name=name)), json=ASK, timeout=30)

    reply = json.dumps({"choices": [{"index": 0, "message": {"role": "assistant", "content": "y" * 700_000}}]})
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow(exchange: Any) -> None:
        head = f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len(reply)}\r\n\r\n"
        exchange.writer.write(head.encode())
        exchange.writer.write(reply[:650_000].encode())
        begun.set()
        await go_on.wait()
        exchange.writer.write(reply[650_000:].encode())

    upstream.script = slow
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(post, "first")
        while not begun.is_set() or bounds.Reply.held < 600_000:
            time.sleep(0.01)
        upstream.script = lambda exchange: exchange.reply(reply.encode())
        refused = post("second")
        assert (503, "not_ready") == (refused.status_code, refused.json()["error"]["code"])
        assert "1" == refused.headers["retry-after"]
        upstream.script = lambda exchange: exchange.says("Hello.")
        assert 200 == post("small").status_code
        proxy.background.loop.call_soon_threadsafe(go_on.set)
        assert 200 == first.result().status_code
    upstream.script = lambda exchange: exchange.reply(reply.encode())
    assert 200 == post("third").status_code
    until = time.monotonic() + 10
    while bounds.Reply.held and time.monotonic() < until:
        time.sleep(0.01)  # the last caller has the whole answer a moment before the request ends
    assert 0 == bounds.Reply.held
