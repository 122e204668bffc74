"""Streams with every quirk that servers have, cut at every byte: same text, same events, nothing early, nothing late."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Iterator
from typing import Any

import pytest

from masker.core.policy import Policy
from tests.attack.canaries import request
from tests.integration.conftest import delta

ME = {"role": "user", "content": "Hi, my name is Maribel Okonkwo, phone 415-555-0134."}


def chunk(content: str | None = None, index: int = 0, finish: str | None = None, **more: Any) -> dict[str, Any]:
    event = delta({} if content is None else {"content": content}, finish)
    event["choices"][0]["index"] = index
    return {**event, **more}


def data(event: Any, end: str = "\n") -> str:
    return f"data: {json.dumps(event, ensure_ascii=False)}{end}{end}"


def several(end: str = "\n") -> str:
    texts = ("Hello ", "[NA", "ME_1], é ", "[PHONE", "_1", "]", " and \\[NAME\\_", "1\\]")
    return (
        "".join(data(chunk(text), end) for text in texts) + data(chunk(finish="stop"), end) + f"data: [DONE]{end}{end}"
    )


SAID = "Hello Maribel Okonkwo, é 415-555-0134 and Maribel Okonkwo"
STREAMS = {
    "LF": several(),
    "CRLF": several("\r\n"),
    "CR": several("\r"),
    "no space after the colon": several().replace("data: ", "data:"),
    "two spaces": several().replace("data: ", "data:  "),
    "byte order mark": "\ufeff" + several(),
    "comments": ": hello\n\n" + several().replace("data: {", ": keep-alive\ndata: {"),
    "ids, names and retries": several().replace("data: {", "id: 7\nevent: message\nretry: 10\ndata: {"),
    "fields after the data": several().replace("}\n\n", "}\nid: 7\n\n"),
    "unknown fields": several().replace("data: {", "what: ever\nnocolon\ndata: {"),
    "data over several lines": several().replace('{"id"', '{\ndata: "id"').replace(', "choices"', ',\ndata: "choices"'),
    "blank lines between": several().replace("\n\n", "\n\n\n\n"),
    "empty data": "data:\n\ndata: \n\n" + several(),
    "no [DONE]": several().replace("data: [DONE]\n\n", ""),
    "no blank line at the end": several().rstrip("\n"),
    "one line break at the end": several()[:-1],
    "ASCII escapes": several().replace("é", "\\u00e9"),
    "usage": several().replace("data: [DONE]", data({**chunk(), "choices": [], "usage": {"total_tokens": 9}}) + "data: [DONE]"),
    "empty finish_reason until the end": several().replace('"finish_reason": null', '"finish_reason": ""'),
    "role first": data(delta({"role": "assistant", "content": ""})) + data(delta({"role": "assistant", "content": None})) + several(),
    "text in the ending event": data(chunk("Hello [NAME_1], é [PHONE_1] and [NAME_")) + data(chunk("1]", finish="stop")) + "data: [DONE]\n\n",
    "vendor fields": several().replace('"object"', '"obfuscation": "xyz", "system_fingerprint": null, "x": 1e400, "object"'),
    "mixed line ends": several().replace("}\n\n", "}\r\n\n", 3).replace("}\n\n", "}\n\r\n", 2),
}  # fmt: skip


@pytest.fixture
def call(installed: Any) -> Iterator[Any]:
    call = installed.open(request(ME), policy=Policy(), agent="a", request_id="r")
    for _ in call.steps():
        pass
    yield call
    call.close()


def texts(out: bytes) -> list[Any]:
    """Read a stream as the standard says, in the plainest way."""
    lines = out.decode().removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    events: list[Any] = []
    held: list[str] = []
    for line in [*lines, ""]:
        if line.startswith("data:"):
            held.append(line[5:].removeprefix(" "))
        elif not line and held:
            text = "\n".join(held).strip()
            events.append(text if text in ("", "[DONE]") else json.loads(text))
            held = []
    return events


def content(out: bytes, index: int = 0) -> str:
    return "".join(
        choice["delta"].get("content") or ""
        for event in texts(out)
        if isinstance(event, dict)
        for choice in event["choices"]
        if choice["index"] == index
    )


def run(call: Any, pieces: list[bytes]) -> tuple[bytes, Any]:
    stream = call.stream()
    out = b"".join(stream.feed(piece) for piece in pieces)
    return out + stream.finish(), stream


@pytest.mark.parametrize("quirk", STREAMS)
def test_every_quirk_at_every_cut(call: Any, quirk: str) -> None:
    """Cut once at each byte (also within a character), and byte by byte: the same events, the same text, in order."""
    raw = STREAMS[quirk].encode()
    whole, stream = run(call, [raw])
    assert SAID == content(whole)
    assert stream.ended_cleanly
    assert ("[DONE]" in texts(whole)) == (b"[DONE]" in raw)
    for at in range(1, len(raw), 13):  # prime, and line ends are everywhere: every kind of place is met
        out, _ = run(call, [raw[:at], raw[at:]])
        assert texts(whole) == texts(out), at
    out, stream = run(call, [raw[at : at + 1] for at in range(len(raw))])
    assert texts(whole) == texts(out)
    assert stream.ended_cleanly


@pytest.mark.parametrize("quirk", STREAMS)
@pytest.mark.parametrize("size", [None, 7], ids=["glued", "in pieces"])
def test_every_quirk_over_sockets(arena: Any, quirk: str, size: int | None) -> None:
    """All events in one segment, and segments that begin and end anywhere, also within a character and a line's end."""
    raw = STREAMS[quirk].encode()

    async def script(exchange: Any) -> None:
        await exchange.begin_stream()
        for at in range(0, len(raw), size or len(raw)):
            await exchange.chunk(raw[at : at + (size or len(raw))])
        await exchange.end_stream(done=False)

    arena.upstream.script = script
    answer = arena.post({**request(ME), "stream": True})
    assert SAID == content(answer.content)
    assert not [event for event in texts(answer.content) if isinstance(event, dict) and "error" in event]
    assert (b"[DONE]" in raw) == ("[DONE]" in texts(answer.content))


@pytest.mark.parametrize("quirk", STREAMS)
def test_what_the_client_has_is_always_a_prefix(call: Any, quirk: str) -> None:
    """Byte by byte: nothing that was said is taken back, and no part of a live token is ever shown."""
    raw = STREAMS[quirk].encode()
    stream, out = call.stream(), b""
    for at in range(len(raw)):
        new = stream.feed(raw[at : at + 1])
        out += new
        if new:
            assert SAID.startswith(content(out))


def test_choices_side_by_side_do_not_mix(call: Any) -> None:
    """Three choices, pieces in turn, tokens cut differently in each; each ends for itself."""
    wanted = ["[NAME_1] one", "x [PHONE_1] [NAME_1]", "[NAME_2] [NAME_1"]
    restored = ["Maribel Okonkwo one", "x 415-555-0134 Maribel Okonkwo", "[NAME_2] [NAME_1"]
    raw = "".join(
        data(chunk(text[at : at + size], index))
        for at in range(30)
        for index, (text, size) in enumerate(zip(wanted, (1, 1, 1), strict=True))
        if at < len(text)
    )
    raw += "".join(data(chunk(None, index, "stop")) for index in (2, 0, 1)) + "data: [DONE]\n\n"
    out, stream = run(call, [raw.encode()])
    assert restored[:2] == [content(out, index) for index in (0, 1)]
    assert content(out, 2) in (restored[2], "[NAME_2] [Maribel Okonkwo")
    assert stream.ended_cleanly
    ends = [
        event["choices"][0]["index"]
        for event in texts(out)
        if event != "[DONE]" and event["choices"][0]["finish_reason"]
    ]
    assert [2, 0, 1] == ends


def test_held_text_leaves_before_the_end_is_told(call: Any) -> None:
    """A token that the model left unfinished is flushed before `finish_reason`, as it is."""
    out, _ = run(call, [(data(chunk("Bye [NAME")) + data(chunk(None, finish="stop")) + "data: [DONE]\n\n").encode()])
    events = [event for event in texts(out) if event != "[DONE]"]
    assert "Bye [NAME" == content(out)
    assert [None] * (len(events) - 1) + ["stop"] == [event["choices"][0]["finish_reason"] for event in events]


def test_what_is_told_once_is_not_told_again_with_held_text(call: Any) -> None:
    """Usage and obfuscation stand in the events in which the model's server put them, and in none of ours.

    Text is held three times: at the end of one choice, at the end of another, and at the end of the stream.
    """
    events = [chunk("Bye [NAME", index) for index in (0, 1, 2)] + [chunk(None, index, "stop") for index in (0, 1)]
    for number, event in enumerate(events):
        event |= {"obfuscation": f"xyz{number}", "usage": {"total_tokens": number}}
    out, _ = run(call, ["".join([*map(data, events), "data: [DONE]\n\n"]).encode()])
    told = [event for event in texts(out) if event != "[DONE]"]
    assert ["Bye [NAME"] * 3 == [content(out, index) for index in (0, 1, 2)]
    assert len(events) + 3 == len(told)
    for field in ("obfuscation", "usage"):
        assert [event[field] for event in events] == [event[field] for event in told if field in event]


@pytest.mark.parametrize(
    "broken",
    [
        b"data: {", b"data: {}x\n\n", b"data: [1]\n\n", b"data: nope\n\n", b"data: \xff\xfe\n\n", b"<html>", b"data: 1\n\n",
        b'data: {"choices": 7}\n\n', b'data: {"choices": [7]}\n\n', b'data: {"choices": [{"delta": 7}]}\n\n',
        b'data: {"choices": [{"index": "x", "delta": {"content": "a"}}]}\n\n', b"data: " + b"[" * 100_000 + b"\n\n",
        b'data: {"choices": [{"index": 1e999, "delta": {"content": ["a", 1, null, {"text": 7}]}}]}\n\n',
        b'data: {"choices": [{"delta": {"tool_calls": [7, {"index": [], "function": {"name": 7, "arguments": {}}}]}}]}\n\n',
        b'data: {"choices": [{"delta": {"content": "\\ud800"}}]}\n\n', b'data: {"error": {"message": "[NAME_1]"}}\n\n',
        b'data: {"error": "[NAME_1]"}\n\n', b'data: {"error": [[["[NAME_1]"]]]}\n\n', b"\x00" * 1000, b"\r" * 1000,
    ],
    ids=lambda broken: ascii(broken)[:40],
)  # fmt: skip
def test_nonsense_never_raises(call: Any, broken: bytes) -> None:
    """Whatever comes, at every cut: no exception, and no clean end without `[DONE]` or `finish_reason`."""
    for raw in (broken, data(chunk("Hello [NAME")).encode() + broken):
        for at in range(min(len(raw), 200)):
            out, stream = run(call, [raw[:at], raw[at:]])
            assert not stream.ended_cleanly
            assert b"[DONE]" not in out


@pytest.mark.parametrize("index", ["1e308", "99999999999999999999", str(2**70), "-1"])
def test_an_index_that_no_choice_has_is_passed_over(call: Any, index: str) -> None:
    """What is held at the end comes out all the same."""
    event = f'data: {{"choices": [{{"index": {index}, "delta": {{"content": "Hello [NAME"}}}}]}}\n\n'
    out, _ = run(call, [event.encode(), b"data: [DONE]\n\n"])
    assert b"Hello " in out
    assert b"[NAME" in out
    assert out.endswith(b"data: [DONE]\n\n")


def test_a_chunk_arrives_before_the_next_exists(arena: Any) -> None:
    """The upstream waits for the caller to have chunk k before it makes chunk k+1."""
    pieces = ["Hello", " there,", " [NAME_1]", ",", " your", " number", " [PHONE_1]", " is", " noted", "."]
    wanted = ["Hello", " there,", " Maribel Okonkwo", ",", " your", " number", " 415-555-0134", " is", " noted", "."]
    gate = asyncio.Semaphore(0)

    async def gated(exchange: Any) -> None:
        await exchange.begin_stream()
        for piece in pieces:
            await exchange.event(chunk(piece))
            await gate.acquire()
        await exchange.event(chunk(finish="stop"))
        await exchange.end_stream()

    arena.upstream.script = gated
    body = json.dumps({**request(ME), "stream": True}).encode()
    path = arena.url.removeprefix(arena.proxy.url)
    head = f"POST {path} HTTP/1.1\r\nhost: m\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", arena.proxy.port), 20) as connection:
        connection.sendall(head.encode() + body)
        received = b""
        for text in wanted:
            while json.dumps({"content": text})[1:-1].replace(": ", ":").encode() not in received.replace(
                b'": "', b'":"'
            ):
                more = connection.recv(65536)
                assert more, "the stream ended early"
                received += more
            received = b""
            arena.background.loop.call_soon_threadsafe(gate.release)
        while b"[DONE]" not in received:
            received += connection.recv(65536)


HOARDS = {
    "choices": lambda number: chunk(index=number),
    "texts": lambda number: chunk("[NA", index=number),
    "tool calls": lambda number: delta({"tool_calls": [{"index": number, "function": {"name": "f", "arguments": "[NA"}}]}),
    "thoughts": lambda number: delta({"reasoning_details": [{"index": number, "text": "[NA"}]}),
    "annotations": lambda number: delta({"annotations": [{"title": f"{number} [NAME_1]"}]}),
    "messages": lambda number: {**chunk(), "choices": [{"index": 0, "message": {"content": f"{number} [NAME_1]"}}]},
    "pieces of a name": lambda number: delta({"tool_calls": [{"index": 0, "function": {"name": "f" * 500}}]}),
}  # fmt: skip


@pytest.mark.parametrize("what", HOARDS)
def test_an_upstream_cannot_make_us_hoard(call: Any, what: str) -> None:
    """However many texts a stream opens: what is kept of it stays small, and a stream that is none ends."""
    import tracemalloc

    stream = call.stream()
    for number in range(500):
        stream.feed(data(HOARDS[what](number)).encode())
    tracemalloc.start()
    for number in range(500, 8000):
        stream.feed(data(HOARDS[what](number)).encode())
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 15_000_000
    assert len(stream.finish()) < 3_000_000


def test_a_large_event_is_no_model_for_held_text(call: Any) -> None:
    """Held text leaves in events of its own, which are like the last one, but not as large."""
    stream = call.stream()
    out = b"".join(stream.feed(data(chunk("[NA", index=number)).encode()) for number in range(200))
    stream.feed(data({**chunk("x"), "padding": "y" * 100_000}).encode())
    out = stream.feed(b"data: [DONE]\n\n") + stream.finish()
    assert "[NA" == content(out, 199)
    assert len(out) < 200_000
