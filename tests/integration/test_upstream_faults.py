"""Upstreams that fail in every way: the right error, in time, and the next caller is served."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import json
import resource
import threading
import time
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import brotli
import httpx
import pytest
import zstandard

ASK = {"model": "m", "messages": [{"role": "user", "content": "Hi, this is Sarah Chen."}]}
STREAM = {**ASK, "stream": True}


@pytest.fixture
def http() -> Any:
    with httpx.Client(trust_env=False, timeout=20) as client:
        yield client


@pytest.fixture
def quick(make_proxy: Any) -> Any:
    """A proxy that gives its upstream little time."""
    return make_proxy(upstream_timeout_ms=400, stream_idle_timeout_ms=400)


@contextlib.contextmanager
def in_time() -> Iterator[None]:
    """Allow many times the time of `quick`, and a small part of what the client or the tests allow."""
    began = time.monotonic()
    yield
    assert time.monotonic() - began < 5


def post(http: Any, proxy: Any, tree: Any = ASK, name: str = "clinic") -> httpx.Response:
    return http.post(proxy.chat_url(proxy.agent(name=name)), json=tree)


def still_serves(http: Any, proxy: Any, upstream: Any) -> bool:
    upstream.script = lambda exchange: exchange.says("Hello [NAME_1].")
    response = post(http, proxy, name="next")
    return response.json()["choices"][0]["message"]["content"] == "Hello Sarah Chen."


async def hang(exchange: Any) -> None:
    await exchange.hang()


async def hang_after_headers(exchange: Any) -> None:
    await exchange.begin_stream()
    await exchange.hang()


async def drip(exchange: Any) -> None:
    await exchange.begin_stream()
    while True:
        await exchange.chunk(b":")
        await asyncio.sleep(0.05)


async def drip_json(exchange: Any) -> None:
    await exchange.begin_stream("application/json")
    while True:
        await exchange.chunk(b" ")
        await asyncio.sleep(0.05)


async def reset(exchange: Any) -> None:
    exchange.abort()


async def reset_after_headers(exchange: Any) -> None:
    await exchange.begin_stream()
    exchange.abort()


async def truncated(exchange: Any) -> None:
    await exchange.raw(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{")
    exchange.abort()


async def nothing(exchange: Any) -> None:
    await exchange.begin_stream()
    await exchange.end_stream(done=False)


async def no_http(exchange: Any) -> None:
    await exchange.raw(b"SSH-2.0-OpenSSH_9.6\r\n\r\n")
    exchange.abort()


async def huge_headers(exchange: Any) -> None:
    await exchange.raw(b"HTTP/1.1 200 OK\r\nx: " + b"x" * 1_000_000 + b"\r\n\r\n")


async def html(exchange: Any) -> None:
    await exchange.reply(b"<html>Sarah</html>", content_type="text/html")


async def a_list(exchange: Any) -> None:
    await exchange.json([1])


async def events(exchange: Any) -> None:
    await exchange.streams("Hello.")


async def whole(exchange: Any) -> None:
    await exchange.says("Hello.")


async def bomb(exchange: Any) -> None:
    await exchange.reply(gzip.compress(b" " * 200_000_000, 1), content_encoding="gzip")


async def deflate_bomb(exchange: Any) -> None:
    await exchange.reply(zlib.compress(b" " * 200_000_000, 1), content_encoding="deflate")


async def brotli_bomb(exchange: Any) -> None:
    await exchange.reply(brotli.compress(b" " * 200_000_000, quality=1), content_encoding="br")


async def zstd_bomb(exchange: Any) -> None:
    await exchange.reply(zstandard.compress(b" " * 200_000_000), content_encoding="zstd")


async def no_coding(exchange: Any) -> None:
    await exchange.reply(b"not gzip", content_encoding="gzip")


async def unknown_coding(exchange: Any) -> None:
    await exchange.reply(b"{}", content_encoding="rot13")


@pytest.mark.parametrize("script", [hang, drip_json], ids=lambda script: script.__name__)
def test_no_whole_reply_in_time_is_504(quick: Any, upstream: Any, http: Any, script: Any) -> None:
    """Neither silence nor a drip of bytes holds the caller."""
    upstream.script = script
    with in_time():
        response = post(http, quick)
    assert (504, "upstream_timeout") == (response.status_code, response.json()["error"]["code"])
    assert still_serves(http, quick, upstream)


@pytest.mark.parametrize("script", [hang, hang_after_headers, drip], ids=lambda script: script.__name__)
def test_no_first_event_in_time_is_504(quick: Any, upstream: Any, http: Any, script: Any) -> None:
    """A stream that has not begun is still answered with a status."""
    upstream.script = script
    with in_time():
        response = post(http, quick, STREAM)
    if script is drip:  # its first byte came in time, the rest of its line did not
        assert "upstream_timeout" in response.text
    else:
        assert (504, "upstream_timeout") == (response.status_code, response.json()["error"]["code"])
    assert still_serves(http, quick, upstream)


@pytest.mark.parametrize(
    "script",
    [reset, reset_after_headers, truncated, no_http, huge_headers, html, a_list, events, bomb, deflate_bomb, brotli_bomb, zstd_bomb, no_coding, unknown_coding],
    ids=lambda script: script.__name__,
)  # fmt: skip
def test_nonsense_instead_of_a_reply_is_502(proxy: Any, upstream: Any, http: Any, script: Any) -> None:
    """Broken connections, other protocols, other media, bombs."""
    upstream.script = script
    response = post(http, proxy)
    assert (502, "upstream_error") == (response.status_code, response.json()["error"]["code"])
    assert "Sarah" not in response.text
    assert still_serves(http, proxy, upstream)


@pytest.mark.parametrize(
    "script", [reset, reset_after_headers, no_http, html, whole, nothing], ids=lambda script: script.__name__
)
def test_nonsense_instead_of_a_stream_is_502(proxy: Any, upstream: Any, http: Any, script: Any) -> None:
    """A JSON answer to a streamed request is none."""
    upstream.script = script
    response = post(http, proxy, STREAM)
    assert (502, "upstream_error") == (response.status_code, response.json()["error"]["code"])
    assert still_serves(http, proxy, upstream)


def test_a_refused_connection_is_502(make_proxy: Any, http: Any) -> None:
    """Nobody listens there."""
    proxy = make_proxy(openai_base_url="http://127.0.0.1:9/v1")
    response = post(http, proxy)
    assert (502, "upstream_error") == (response.status_code, response.json()["error"]["code"])


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404, 429, 500, 503])
@pytest.mark.parametrize("stream", [False, True])
def test_error_statuses_are_502_with_what_the_upstream_said(
    proxy: Any, upstream: Any, http: Any, status: int, stream: bool
) -> None:
    """Its status, its error object with values restored, its message and its Retry-After reach the caller."""
    error = {"message": "No slot for [NAME_1].", "type": "x", "param": None, "code": "y"}
    upstream.script = lambda exchange: exchange.json(
        {"error": error}, status=status, retry_after="7", location="http://127.0.0.1:9/"
    )
    response = post(http, proxy, STREAM if stream else ASK)
    found = response.json()["error"]
    assert (502, "upstream_error", "7") == (response.status_code, found["code"], response.headers["retry-after"])
    assert {"status": status, "error": {**error, "message": "No slot for Sarah Chen."}} == found["upstream"]
    assert "No slot for Sarah Chen." in found["message"]
    assert 1 == len(upstream.exchanges)


@pytest.mark.parametrize(
    ("given", "told"),
    [("7", "7"), ("0.5", "0.5"), ("Fri, 31 Dec 2027 23:59:59 GMT", "Fri, 31 Dec 2027 23:59:59 GMT"), ("soon, Sarah", None), ("9" * 5000, None)],
)  # fmt: skip
def test_retry_after_is_seconds_or_a_date(proxy: Any, upstream: Any, http: Any, given: str, told: str | None) -> None:
    """Nothing else that an upstream writes there becomes a header of ours."""
    upstream.script = lambda exchange: exchange.json({}, status=429, retry_after=given)
    assert told == post(http, proxy).headers.get("retry-after")


@pytest.mark.parametrize("content_type", ["text/html", "text/plain; charset=utf-8", "nonsense", ""])
def test_a_reply_that_is_json_is_served_under_any_name(
    proxy: Any, upstream: Any, http: Any, shapes: Any, content_type: str
) -> None:
    """It is no nonsense: OpenAI's own clients read it as well. The caller gets it by its right name."""
    upstream.script = lambda exchange: exchange.json(shapes.completion("Hello [NAME_1]."), content_type=content_type)
    response = post(http, proxy)
    assert (200, "application/json") == (response.status_code, response.headers["content-type"])
    assert shapes.completion("Hello Sarah Chen.") == response.json()


#: Bodies of errors that are not OpenAI's, and the sentence in each.
OTHER_ERRORS = {
    b"": None, b"<html>Sarah</html>": None, b"[]": None, b'"no"': None, b"7": None, b"\xff": None, b'{"error": null}': None, b'{"error": [7]}': None,
    b'{"error": NaN}': None, b'{"error": {"code": -Infinity}}': None, b'[{"error": {"message": "no, [NAME_1]"}}]': "no, Sarah Chen",
    b'{"error": "no, [NAME_1]"}': "no, Sarah Chen", b'{"detail": "no, [NAME_1]"}': "no, Sarah Chen", b'{"message": "no"}': "no",
}  # fmt: skip


@pytest.mark.parametrize("status", [401, 403, 404, 429, 500, 503])
@pytest.mark.parametrize("stream", [False, True])
def test_error_bodies_of_other_shapes(proxy: Any, upstream: Any, http: Any, status: int, stream: bool) -> None:
    """Whatever the body is, the status is told, with the sentence in it if there is one, and when to come back."""
    url = proxy.chat_url(proxy.agent())
    for body, sentence in OTHER_ERRORS.items():
        upstream.script = lambda exchange, body=body: exchange.reply(
            body, status=status, content_type="text/html", retry_after="7"
        )
        response = http.post(url, json=STREAM if stream else ASK)
        found = json.loads(response.content, parse_constant=pytest.fail)["error"]
        assert (502, "upstream_error", status) == (response.status_code, found["code"], found["upstream"]["status"])
        assert "7" == response.headers["retry-after"]
        told = f"The upstream answered with status {status}"
        assert (f"{told}: {sentence}" if sentence else f"{told}.") == found["message"]
        assert sentence is not None or "Sarah" not in response.text
    assert still_serves(http, proxy, upstream)


@pytest.mark.parametrize("how", ["hang", "drip", "reset", "bomb"])
@pytest.mark.parametrize("stream", [False, True])
def test_an_error_whose_body_does_not_come_is_still_that_error(
    quick: Any, upstream: Any, http: Any, how: str, stream: bool
) -> None:
    """In time, with its status and its Retry-After, which came before: of every status, side by side."""
    statuses = [401, 403, 404, 429, 500, 503]
    bomb = gzip.compress(b" " * 50_000_000, 1)

    async def script(exchange: Any) -> None:
        coding = "content-encoding: gzip\r\n" if how == "bomb" else ""
        head = (
            f"HTTP/1.1 {statuses[exchange.tree['seed']]} X\r\ncontent-length: 1000000\r\nretry-after: 7\r\n{coding}\r\n"
        )
        await exchange.raw(head.encode() + (bomb if how == "bomb" else b'{"error": {"message": "No slot'))
        while how == "drip":
            await exchange.raw(b" ")
            await asyncio.sleep(0.05)
        if how == "reset":
            await asyncio.sleep(0.5)  # a reset takes back what was not read yet, the headers too
            exchange.abort()
        await exchange.hang()

    upstream.script = script
    url = quick.chat_url(quick.agent())
    asked = [{**ASK, "stream": stream, "seed": number} for number in range(len(statuses))]
    with in_time(), ThreadPoolExecutor(len(asked)) as callers:
        responses = list(callers.map(lambda tree: http.post(url, json=tree), asked))
    for status, response in zip(statuses, responses, strict=True):
        found = response.json()["error"]
        assert (502, "upstream_error", "7") == (response.status_code, found["code"], response.headers["retry-after"])
        assert {"status": status, "error": None} == found["upstream"]
    assert all(exchange.gone.wait(5) for exchange in upstream.exchanges)
    assert still_serves(http, quick, upstream)


@pytest.mark.parametrize("stream", [False, True])
def test_an_error_body_of_100_megabytes_is_not_read_to_its_end(
    proxy: Any, upstream: Any, http: Any, stream: bool
) -> None:
    """Some of it is looked at; then the upstream is let go."""
    sent = 0

    async def script(exchange: Any) -> None:
        nonlocal sent
        await exchange.raw(
            b"HTTP/1.1 503 X\r\ncontent-length: 100000030\r\nretry-after: 7\r\n\r\n" + b'{"error": {"message": "No slot'
        )
        while sent < 100_000_000:
            await exchange.raw(b"x" * 100_000)
            sent += 100_000

    upstream.script = script
    response = post(http, proxy, STREAM if stream else ASK)
    found = response.json()["error"]
    assert (502, "upstream_error", "7") == (response.status_code, found["code"], response.headers["retry-after"])
    assert {"status": 503, "error": None} == found["upstream"]
    assert upstream.last.gone.wait(5)
    assert sent < 50_000_000  # on the way
    assert still_serves(http, proxy, upstream)


class TestInsideAStream:
    def ask(self, http: Any, proxy: Any) -> tuple[httpx.Response, list[Any]]:
        response = post(http, proxy, STREAM)
        data = [line.removeprefix("data: ") for line in response.text.split("\n") if line.startswith("data: ")]
        return response, data

    async def begin(self, exchange: Any) -> None:
        from_shape = {"id": "1", "choices": [{"index": 0, "delta": {"content": "Hello [NAME"}, "finish_reason": None}]}
        await exchange.begin_stream()
        await exchange.event(from_shape)

    def expect(self, response: httpx.Response, data: list[str], code: str) -> None:
        assert (200, "no-cache") == (response.status_code, response.headers["cache-control"])
        assert code == json.loads(data[-1])["error"]["code"]
        assert "[DONE]" not in response.text
        said = "".join(json.loads(one)["choices"][0]["delta"].get("content", "") for one in data[:-1])
        assert "Hello [NAME" == said

    def test_a_stall_ends_in_an_error_event(self, quick: Any, upstream: Any, http: Any) -> None:
        """Held text leaves first; there is no [DONE]."""

        async def script(exchange: Any) -> None:
            await self.begin(exchange)
            await exchange.hang()

        upstream.script = script
        with in_time():
            self.expect(*self.ask(http, quick), "upstream_timeout")
        assert still_serves(http, quick, upstream)

    @pytest.mark.parametrize("how", ["reset", "clean end", "nonsense", "half an event"])
    def test_a_cut_ends_in_an_error_event(self, proxy: Any, upstream: Any, http: Any, how: str) -> None:
        """Also when the body ends as HTTP wants it, but the conversation does not."""

        async def script(exchange: Any) -> None:
            await self.begin(exchange)
            if how == "clean end":
                await exchange.end_stream(done=False)
            elif how == "nonsense":
                await exchange.chunk(b"data: <html>\n\n")
                await exchange.end_stream()
            elif how == "half an event":
                await exchange.chunk(b'data: {"choices": [{"index": 0, "del')
                await exchange.end_stream(done=False)
            else:
                exchange.abort()

        upstream.script = script
        self.expect(*self.ask(http, proxy), "upstream_error")
        assert still_serves(http, proxy, upstream)

    def test_an_upstreams_error_event_passes_restored(self, proxy: Any, upstream: Any, http: Any) -> None:
        """And is the last word: no second error follows."""

        async def script(exchange: Any) -> None:
            await exchange.begin_stream()
            await exchange.event({"error": {"message": "Overloaded, [NAME_1].", "code": "x"}})
            await exchange.end_stream(done=False)

        upstream.script = script
        _, data = self.ask(http, proxy)
        assert [{"error": {"message": "Overloaded, Sarah Chen.", "code": "x"}}] == [json.loads(one) for one in data]

    def test_a_missing_done_is_no_error(self, proxy: Any, upstream: Any, http: Any, shapes: Any) -> None:
        """Some servers end after the last finish_reason."""

        async def script(exchange: Any) -> None:
            await exchange.begin_stream()
            await exchange.event(shapes.delta({"content": "Hello."}))
            await exchange.event(shapes.delta({}, "stop"))
            await exchange.end_stream(done=False)

        upstream.script = script
        response, _ = self.ask(http, proxy)
        assert "error" not in response.text

    def test_an_upstream_that_stays_open_after_done_holds_nobody(
        self, proxy: Any, upstream: Any, http: Any, shapes: Any
    ) -> None:
        """The caller's stream ends with [DONE]."""

        async def script(exchange: Any) -> None:
            await exchange.begin_stream()
            await exchange.event(shapes.delta({"content": "Hello."}, "stop"))
            await exchange.chunk(b"data: [DONE]\n\n")
            await exchange.hang()

        upstream.script = script
        response, data = self.ask(http, proxy)
        assert "[DONE]" == data[-1]
        assert "error" not in response.text


def raw_deflate(plain: bytes) -> bytes:
    compressor = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return compressor.compress(plain) + compressor.flush()


#: Ways to compress a whole reply; the first word, or the second after "raw", is the coding's name.
CODED = {
    "gzip": gzip.compress,
    "gzip of two members": lambda plain: gzip.compress(plain[:40]) + gzip.compress(plain[40:]),
    "gzip and a tail": lambda plain: gzip.compress(plain) + b"\0\0 and more",
    "deflate": zlib.compress,
    "raw deflate": raw_deflate,
    "deflate and a tail": lambda plain: zlib.compress(plain) + b"\0\0 and more",
    "br": lambda plain: brotli.compress(plain, quality=3),
    "zstd": zstandard.compress,
    "zstd of two frames": lambda plain: zstandard.compress(plain[:40]) + zstandard.compress(plain[40:]),
}


@pytest.mark.parametrize("how", CODED)
def test_compressed_replies_are_read(proxy: Any, upstream: Any, http: Any, shapes: Any, how: str) -> None:
    """Whether asked for or not, also megabytes of them, and all that one is made of."""
    coded = CODED[how](json.dumps(shapes.completion("[NAME_1] " + "x" * 3_000_000)).encode())
    upstream.script = lambda exchange: exchange.reply(
        coded, content_encoding=how.removeprefix("raw ").partition(" ")[0]
    )
    content = post(http, proxy).json()["choices"][0]["message"]["content"]
    assert "Sarah Chen " + "x" * 3_000_000 == content


class Compressor:
    """A stream's compressor that lets go of each event at once, as servers must."""

    def __init__(self, coding: str) -> None:
        self.coding = coding
        self._brotli = brotli.Compressor(quality=1)
        self._zlib = zlib.compressobj(wbits=zlib.MAX_WBITS | (16 if coding == "gzip" else 0))
        self._zstd = zstandard.ZstdCompressor().compressobj()

    def feed(self, plain: bytes) -> bytes:
        if self.coding == "br":
            return bytes(self._brotli.process(plain) + self._brotli.flush())
        if self.coding == "zstd":
            return self._zstd.compress(plain) + self._zstd.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)
        if self.coding == "gzip of members":
            return gzip.compress(plain)
        return self._zlib.compress(plain) + self._zlib.flush(zlib.Z_SYNC_FLUSH)

    def end(self) -> bytes:
        if self.coding == "br":
            return bytes(self._brotli.finish())
        if self.coding == "zstd":
            return self._zstd.flush()
        return b"" if self.coding == "gzip of members" else self._zlib.flush()


async def begin_compressed_stream(exchange: Any, coding: str) -> None:
    await exchange.begin_stream(f"text/event-stream\r\ncontent-encoding: {coding.partition(' ')[0]}")


@pytest.mark.parametrize("coding", ["gzip", "gzip of members", "deflate", "br", "zstd"])
def test_compressed_streams_are_read_event_by_event(
    proxy: Any, upstream: Any, shapes: Any, background: Any, coding: str
) -> None:
    """Though nobody asked for compression: the upstream waits until the caller has each event before it makes the next."""
    heard = [asyncio.Event() for _ in range(4)]

    async def script(exchange: Any) -> None:
        compressor = Compressor(coding)
        await begin_compressed_stream(exchange, coding)
        for number, event in enumerate(heard):
            content = {"content": f"word {number} for [NAME_1]. "}
            await exchange.chunk(compressor.feed(b"data: " + json.dumps(shapes.delta(content)).encode() + b"\n\n"))
            async with asyncio.timeout(5):
                await event.wait()
        last = b"data: " + json.dumps(shapes.delta({}, "stop")).encode() + b"\n\ndata: [DONE]\n\n"
        await exchange.chunk(compressor.feed(last) + compressor.end())
        await exchange.end_stream(done=False)

    upstream.script = script
    seen = ""
    with (
        httpx.Client(trust_env=False, timeout=10) as http,
        http.stream("POST", proxy.chat_url(proxy.agent()), json=STREAM) as response,
    ):
        assert "content-encoding" not in response.headers
        for piece in response.iter_text():
            seen += piece
            for number, event in enumerate(heard):
                if f"word {number} for Sarah Chen. " in seen:
                    background.loop.call_soon_threadsafe(event.set)
    assert "error" not in seen
    assert seen.endswith("data: [DONE]\n\n")
    assert "identity" == upstream.last.header("accept-encoding")


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_a_compressed_stream_that_is_none_ends_in_an_error_event(
    proxy: Any, upstream: Any, http: Any, shapes: Any, coding: str
) -> None:
    """What came before is passed on; there is no [DONE]."""

    async def script(exchange: Any) -> None:
        await begin_compressed_stream(exchange, coding)
        event = b"data: " + json.dumps(shapes.delta({"content": "Hello [NAME_1]."})).encode() + b"\n\n"
        await exchange.chunk(Compressor(coding).feed(event))
        await exchange.chunk(b"data: [DONE]\n\n" * 100)
        await exchange.end_stream()

    upstream.script = script
    text = post(http, proxy, STREAM).text
    assert "Hello Sarah Chen." in text
    assert "upstream_error" == json.loads(text.rstrip().rpartition("data: ")[2])["error"]["code"]
    assert "[DONE]" not in text
    assert still_serves(http, proxy, upstream)


def test_large_replies_are_exact(proxy: Any, upstream: Any, http: Any) -> None:
    """Ten megabytes, odd number literals, nulls, unicode, key order: only tokens change."""
    body = (
        '{"b":1e400,"a":0.10,"n":123456789012345678901234567890,"x":null,"u":"\u2028é",'
        '"choices":[{"index":0,"message":{"role":"assistant","content":"%s"},"finish_reason":"stop"}]}'
    ) % ("y" * 10_000_000)
    upstream.script = lambda exchange: exchange.reply(body.encode())
    assert body == post(http, proxy).text


class TestConnections:
    def test_connections_are_kept(self, proxy: Any, upstream: Any, http: Any) -> None:
        """One after another share one, streamed or not."""
        url = proxy.chat_url(proxy.agent())
        for tree in (ASK, STREAM, ASK, STREAM):
            upstream.script = events if tree is STREAM else whole
            assert 200 == http.post(url, json=tree).status_code
        assert 1 == upstream.connections

    def test_a_connection_that_the_upstream_closed_is_not_used(self, proxy: Any, upstream: Any, http: Any) -> None:
        """The caller notices nothing."""
        url = proxy.chat_url(proxy.agent())

        async def close_after(exchange: Any) -> None:
            await exchange.says("Hello.")
            exchange.writer.close()

        upstream.script = close_after
        assert [200, 200, 200] == [http.post(url, json=ASK).status_code for _ in range(3)]

    def test_a_request_into_a_closing_connection_is_sent_again(self, proxy: Any, upstream: Any, http: Any) -> None:
        """The upstream closes a kept connection just as the next request arrives, without an answer."""
        url = proxy.chat_url(proxy.agent())
        assert 200 == http.post(url, json=ASK).status_code

        async def script(exchange: Any) -> None:
            if upstream.connections == 1:
                exchange.abort()
            else:
                await exchange.says("Hello.")

        upstream.script = script
        assert 200 == http.post(url, json=ASK).status_code

    def test_cookies_are_not_kept(self, proxy: Any, upstream: Any, http: Any) -> None:
        """What one reply sets must not travel with another caller's request."""
        upstream.script = lambda exchange: exchange.says("Hello.")
        url = proxy.chat_url(proxy.agent())

        async def sets(exchange: Any) -> None:
            await exchange.json({"choices": []}, set_cookie="session=1")

        upstream.script = sets
        first = http.post(url, json=ASK)
        http.post(url, json=ASK)
        assert upstream.last.header("cookie") is None
        assert "set-cookie" not in first.headers

    def test_only_listed_headers_travel(self, proxy: Any, upstream: Any, http: Any) -> None:
        """No header of the caller's and no query string reach the upstream."""
        planted = {"x-patient": "Sarah Chen", "referer": "http://example.org/Sarah", "cookie": "name=Sarah",
                   "accept-encoding": "sarah", "authorization": "Bearer Sarah", "user-agent": "Sarah", "accept": "sarah"}  # fmt: skip
        http.post(proxy.chat_url(proxy.agent()) + "?patient=Sarah", json=ASK, headers=planted)
        assert b"arah" not in upstream.received
        assert {
            "host",
            "content-type",
            "content-length",
            "accept",
            "accept-encoding",
            "user-agent",
            "authorization",
        } == {name for name, _ in upstream.last.headers}
        assert "/v1/chat/completions" == upstream.last.target


class TestHangUps:
    @pytest.mark.parametrize("tree", [ASK, STREAM], ids=["whole", "streamed"])
    def test_a_caller_who_hangs_up_cancels_the_upstream(
        self, proxy: Any, upstream: Any, tree: Any, background: Any
    ) -> None:
        """Within a second, and nothing stays behind."""
        assert 200 == httpx.get(f"{proxy.url}/health/live", headers={"connection": "close"}).status_code

        async def tasks() -> int:
            return len(asyncio.all_tasks())

        before = background.run(tasks())
        arrived = threading.Event()

        async def script(exchange: Any) -> None:
            if tree is STREAM:
                await exchange.begin_stream()
                await exchange.event(
                    {"id": "1", "choices": [{"index": 0, "delta": {"content": "Hello"}, "finish_reason": None}]}
                )
            arrived.set()
            await exchange.hang()

        upstream.script = script
        url = proxy.chat_url(proxy.agent())
        with httpx.Client(trust_env=False, timeout=10) as http:
            if tree is STREAM:
                with http.stream("POST", url, json=tree) as response:
                    next(response.iter_raw())
            else:
                with pytest.raises(httpx.ReadTimeout):
                    http.post(url, json=tree, timeout=httpx.Timeout(10, read=0.3))
        assert arrived.is_set()
        assert upstream.last.gone.wait(1)

        async def settled() -> int:
            for _ in range(100):
                if await tasks() <= before:
                    break
                await asyncio.sleep(0.01)
            return await tasks()

        assert background.run(settled()) <= before

    def test_a_chunk_reaches_the_caller_before_the_next_exists(self, proxy: Any, upstream: Any) -> None:
        """The upstream waits for the caller's word before each chunk."""
        heard = [asyncio.Event() for _ in range(5)]

        async def script(exchange: Any) -> None:
            await exchange.begin_stream()
            for number, event in enumerate(heard):
                await exchange.event(
                    {"choices": [{"index": 0, "delta": {"content": f"word {number} "}, "finish_reason": None}]}
                )
                async with asyncio.timeout(5):
                    await event.wait()
            await exchange.event({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
            await exchange.end_stream()

        upstream.script = script
        seen = ""
        with (
            httpx.Client(trust_env=False, timeout=10) as http,
            http.stream("POST", proxy.chat_url(proxy.agent()), json=STREAM) as response,
        ):
            for piece in response.iter_text():
                seen += piece
                for number, event in enumerate(heard):
                    if f"word {number} " in seen:
                        proxy.background.loop.call_soon_threadsafe(event.set)
        assert "[DONE]" in seen

    def test_a_slow_reader_slows_the_upstream(self, proxy: Any, upstream: Any) -> None:
        """What the caller does not take is not fetched: buffers stay small."""
        sent = 0
        stop = threading.Event()

        async def script(exchange: Any) -> None:
            nonlocal sent
            await exchange.begin_stream()
            text = {"choices": [{"index": 0, "delta": {"content": "x" * 60_000}, "finish_reason": None}]}
            while sent < 200_000_000:
                await exchange.event(text)
                sent += 60_000

        upstream.script = script
        with (
            httpx.Client(trust_env=False, timeout=10) as http,
            http.stream("POST", proxy.chat_url(proxy.agent()), json=STREAM) as response,
        ):
            next(response.iter_raw())
            last = -1
            while sent != last:  # until the upstream stands still
                last = sent
                stop.wait(0.4)
        assert sent < 50_000_000


def resident(proxy: Any) -> int:
    """Return how many bytes of memory the proxy's processes hold at the moment."""
    pages = sum(int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) for pid in proxy.process_ids())
    return pages * resource.getpagesize()


@contextlib.contextmanager
def peak_of(proxy: Any) -> Iterator[list[int]]:
    """Fill a list with how many bytes more the proxy's processes held in between, at most, than at the beginning."""

    def told(pid: int) -> int:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))

    pids = proxy.process_ids()
    for pid in pids:
        Path(f"/proc/{pid}/clear_refs").write_text("5", encoding="ascii")  # the highest so far is forgotten
    before = {pid: told(pid) for pid in pids}
    found: list[int] = []
    yield found
    found += [told(pid) - before[pid] for pid in pids]


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is told by Linux")
class TestStreamsWithoutEnd:
    def test_content_for_ever_is_passed_on_until_the_caller_hangs_up(
        self, proxy: Any, upstream: Any, shapes: Any, http: Any
    ) -> None:
        """As it comes, restored, and without piling up; then the upstream is let go within a second."""
        heard = asyncio.Event()
        sent = 0

        async def script(exchange: Any) -> None:
            nonlocal sent
            await exchange.begin_stream()
            await exchange.event(shapes.delta({"content": "Hello [NAME_1]."}))
            async with asyncio.timeout(5):
                await heard.wait()
            text = "so [NAME_1], " + "word " * 2000 + "[NA"
            while True:
                await exchange.event(shapes.delta({"content": text}))
                sent += len(text)

        upstream.script = script
        got = before = 0
        with (
            httpx.Client(trust_env=False, timeout=10) as caller,
            caller.stream("POST", proxy.chat_url(proxy.agent()), json=STREAM) as response,
        ):
            pieces = response.iter_raw()
            first = next(pieces)
            assert b"Hello Sarah Chen." in first  # nothing more is sent before
            proxy.background.loop.call_soon_threadsafe(heard.set)
            for piece in pieces:
                assert b"[NAME_1]" not in piece
                got += len(piece)
                if got < 5_000_000:  # until then buffers are made
                    before = resident(proxy)
                elif got > 60_000_000:
                    break
            assert resident(proxy) - before < 8_000_000
            assert sent - got < 20_000_000  # on the way
        assert upstream.last.gone.wait(1)
        began = time.monotonic()
        assert still_serves(http, proxy, upstream)
        assert time.monotonic() - began < 1

    @pytest.mark.parametrize("begins", [b"data: ", b": ", b"x"], ids=["data", "comment", "neither"])
    def test_a_line_without_end_is_cut_off(
        self, proxy: Any, upstream: Any, shapes: Any, http: Any, begins: bytes
    ) -> None:
        """With an error event; it is not held, and the upstream is let go."""
        sent = 0

        async def script(exchange: Any) -> None:
            nonlocal sent
            await exchange.begin_stream()
            await exchange.event(shapes.delta({"content": "Hello [NAME"}))
            await exchange.chunk(begins)
            while True:
                await exchange.chunk(b"x" * 65536)
                sent += 65536

        upstream.script = script
        response = post(http, proxy, STREAM)
        *events, error = [json.loads(line[6:]) for line in response.text.split("\n") if line.startswith("data: ")]
        assert "Hello [NAME" == "".join(event["choices"][0]["delta"]["content"] for event in events)
        assert "upstream_error" == error["error"]["code"]
        assert "[DONE]" not in response.text
        assert upstream.last.gone.wait(1)
        assert sent < 60_000_000
        assert still_serves(http, proxy, upstream)

    @pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
    def test_a_bomb_within_a_stream_is_cut_off(
        self, proxy: Any, upstream: Any, shapes: Any, http: Any, coding: str
    ) -> None:
        """Hundreds of megabytes in some kilobytes: an error event as for any line without end, and no more is inflated."""
        compressor = Compressor(coding)
        begin = b"data: " + json.dumps(shapes.delta({"content": "Hello [NAME_1]."})).encode() + b"\n\ndata: "
        pieces = [compressor.feed(begin), *(compressor.feed(b" " * 10_000_000) for _ in range(40))]

        async def script(exchange: Any) -> None:
            await begin_compressed_stream(exchange, coding)
            await exchange.chunk(pieces[0])
            await asyncio.sleep(0.1)
            await exchange.chunk(b"".join(pieces[1:]))
            await exchange.hang()

        upstream.script = script
        assert 200 == http.get(f"{proxy.url}/health/live").status_code
        with peak_of(proxy) as peak:
            text = post(http, proxy, STREAM).text
        assert "Hello Sarah Chen." in text
        assert "upstream_error" == json.loads(text.rstrip().rpartition("data: ")[2])["error"]["code"]
        assert "[DONE]" not in text
        assert upstream.last.gone.wait(5)
        assert max(peak) < 160_000_000  # a line may have 16 MB, and is copied now and then
        assert still_serves(http, proxy, upstream)
