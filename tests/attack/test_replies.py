"""Hostile replies: whatever the upstream answers, the caller gets an answer that the contract knows."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.attack.canaries import request
from tests.integration.conftest import completion, delta

ME = {"role": "user", "content": "Hi, my name is Maribel Okonkwo."}


def nested(depth: int) -> Any:
    return json.loads("[" * depth + '"[NAME_1]"' + "]" * depth)


PLACES = {
    "unknown field": lambda value: {**completion("Hi."), "x": value},
    "annotations": lambda value: completion("Hi.", annotations=value),
    "content": completion,
    "arguments": lambda value: completion(None, tool_calls=[{"id": "c", "function": {"name": "f", "arguments": value}}]),
    "arguments in text": lambda value: completion(
        None, tool_calls=[{"id": "c", "function": {"name": "f", "arguments": json.dumps(value)}}]
    ),
    "choices": lambda value: {**completion("Hi."), "choices": value},
    "error": lambda value: {"error": {"message": "[NAME_1]", "more": value}},
}  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("depth", [3, 120, 260, 900])
@pytest.mark.parametrize("status", [200, 500])
def test_replies_of_any_depth_are_answered(arena: Any, place: str, depth: int, status: int) -> None:
    """200 or 502; never an error of our own."""
    arena.upstream.script = lambda exchange: exchange.json(PLACES[place](nested(depth)), status=status)
    response = arena.post(request(ME))
    code = None if response.status_code == 200 else response.json()["error"]["code"]
    assert (response.status_code, code) in {(200, None), (502, "upstream_error")}


@pytest.mark.parametrize("field", ["content", "annotations", "reasoning_details", "tool_calls", "x"])
@pytest.mark.parametrize("depth", [3, 120, 260, 900])
def test_chunks_of_any_depth_are_answered(arena: Any, field: str, depth: int) -> None:
    """A stream goes on, or ends in an error event of the upstream's."""

    async def script(exchange: Any) -> None:
        await exchange.begin_stream()
        await exchange.event(delta({"content": "Hi [NAME"}))
        await exchange.event(delta({field: nested(depth), "refusal": "[NAME_1]"}))
        await exchange.event(delta({"content": "_1]"}, "stop"))
        await exchange.end_stream()

    arena.upstream.script = script
    response = arena.post({**request(ME), "stream": True})
    assert 200 == response.status_code
    assert "internal_error" not in response.text
    assert "[DONE]" in response.text or "upstream_error" in response.text


@pytest.mark.parametrize(
    "body",
    [b"{}", b"null", b'"[NAME_1]"', b"[]", b"7", b'{"choices": null}', b'{"choices": {}}', b'{"choices": [null, 7, "x", []]}',
     b'{"choices": [{"message": null}]}', b'{"choices": [{"message": {"content": 7, "tool_calls": {}, "function_call": []}}]}',
     b'{"choices": [{"index": "x", "message": {"tool_calls": [null, {"function": 7}, {"function": {"arguments": 7, "name": []}}]}}]}',
     b'{"choices": [{"message": {"content": "\\ud800 [NAME_1]"}}]}', b'{"a": NaN, "b": 1e999}', b'{"a": 1, "a": 2}', b"\xff", b"",
     b'{"error": null}', b'{"error": "[NAME_1]"}', b'{"choices": [{"message": {"content": ["[NAME_1]", {"text": ["x"]}]}}]}'],
    ids=ascii,
)  # fmt: skip
@pytest.mark.parametrize("status", [200, 201, 204, 400, 503])
def test_replies_of_any_shape_are_answered(arena: Any, body: bytes, status: int) -> None:
    """What is no completion passes as it is, or is a 502."""
    arena.upstream.script = lambda exchange: exchange.reply(body if status != 204 else b"", status=status)
    for stream in (False, True):
        response = arena.post({**request(ME), "stream": stream})
        code = None if response.status_code == 200 else response.json()["error"]["code"]
        assert (response.status_code, code) in {(200, None), (502, "upstream_error")}


@pytest.mark.parametrize("status", [200, 400])
@pytest.mark.parametrize("stream", [False, True])
def test_a_long_value_repeated_without_end_does_not_fill_our_memory(arena: Any, stream: bool, status: int) -> None:
    """A hundred thousand characters, a thousand times, in a reply, a stream or an error: the upstream said too much."""
    link = "https://okonkwo.example.org/" + "a1b2" * 25_000
    said = "[URL_1] " * 1000

    async def script(exchange: Any) -> None:
        if not stream or status != 200:
            body = completion(said) if status == 200 else {"error": {"message": said}}
            await exchange.json(body, status=status)
            return
        await exchange.begin_stream()
        await exchange.event(delta({"content": "ok, URL_1"}))
        await exchange.event(delta({"content": f" {said} URL_1"}))
        await exchange.end_stream()

    arena.upstream.script = script
    response = arena.post({**request({"role": "user", "content": f"look at {link}"}), "stream": stream})
    assert "upstream_error" in response.text
    assert "[DONE]" not in response.text
    assert len(response.content) < 1_000_000
