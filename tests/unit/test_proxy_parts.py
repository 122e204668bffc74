"""Quota, decoding, logs: the proxy's small parts."""

from __future__ import annotations

import gzip
import io
import json
import logging
import sys
import threading
import zlib
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import brotli
import pytest
import structlog
import throttled.utils
import zstandard
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import Headers

from masker.errors import ConfigError, InvalidRequest, StoreUnavailable
from masker.host.settings import RateLimit, load_settings
from masker.proxy import logs, ratelimit
from masker.proxy.beside import OF_A_STREAM
from masker.proxy.chat import Incoming, Trace, rehydrated
from masker.proxy.decoding import _PIECE, BadCoding, decoder_for
from masker.proxy.ratelimit import open_quota
from masker.proxy.upstream import Upstreams


def raw_deflate(data: bytes) -> bytes:
    compressor = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return compressor.compress(data) + compressor.flush()


#: A frame that says nothing: RFC 8878 section 3.1.2.
SKIPPED = b"\x50\x2a\x4d\x18\x04\x00\x00\x00skip"
_CODERS = {
    "gzip": gzip.compress,
    "gzip of members": lambda data: gzip.compress(data[:7]) + gzip.compress(b"") + gzip.compress(data[7:]),
    "gzip and zeros": lambda data: gzip.compress(data) + bytes(700),
    "gzip and more": lambda data: gzip.compress(data) + b"\n" + gzip.compress(b"never read"),
    "deflate": zlib.compress,
    "deflate and more": lambda data: zlib.compress(data) + zlib.compress(b"never read"),
    "raw deflate": raw_deflate,
    "raw deflate and more": lambda data: raw_deflate(data) + b"never read",
    "br": lambda data: brotli.compress(data, quality=1),
    "zstd": zstandard.compress,
    "zstd of frames": lambda data: SKIPPED + zstandard.compress(data[:7]) + SKIPPED + zstandard.compress(data[7:]),
    "identity": lambda data: data,
}


def decoded(coding: str, coded: bytes, size: int = 1000) -> bytes:
    """Return what a whole reply decodes to, in pieces of some size."""
    decoder = decoder_for(coding)
    pieces = [coded[start : start + size] for start in range(0, len(coded), size)]
    plain = b"".join(plain for piece in pieces for plain in decoder.feed(piece))
    decoder.finish()
    return plain


@given(st.sampled_from(sorted(_CODERS)), st.binary(max_size=2000), st.integers(1, 300), st.integers(1, 50))
def test_decoding_does_not_depend_on_cuts(coding: str, data: bytes, repeat: int, size: int) -> None:
    """Whatever the pieces, the plain bytes come out: of every member and frame, and not of what stands behind the end."""
    coded = _CODERS[coding](data * repeat)
    assert data * repeat == decoded(coding.removeprefix("raw ").partition(" ")[0], coded, size)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_pieces_are_small_however_far_a_byte_goes(coding: str) -> None:
    """A bomb can be stopped after its first pieces."""
    coded = _CODERS[coding](bytes(50_000_000))
    largest = 0
    for piece in decoder_for(coding).feed(coded):
        largest = max(largest, len(piece))
    assert largest <= _PIECE


@pytest.mark.parametrize("large", range(4))
async def test_whatever_piece_of_a_stream_is_large_keeps_the_loop_free(large: int) -> None:
    """The first, one in the middle, the last, and what is left in the end."""
    sizes = [OF_A_STREAM * 2 if number == large else 10 for number in range(4)]
    loop_thread, fed = threading.get_ident(), list[bool]()

    class Stream:
        done = failed = error = None
        ended_cleanly = True
        pending = 0

        def feed(self, chunk: bytes) -> bytes:
            fed.append(threading.get_ident() != loop_thread)
            return chunk

        def finish(self) -> bytes:
            fed.append(threading.get_ident() != loop_thread)
            return b"x" * self.pending

    async def chunks() -> AsyncIterator[bytes]:
        for size in sizes[1:3]:
            yield bytes(size)
        stream.pending = sizes[3]

    stream: Any = Stream()
    services: Any = None
    unread: Any = None
    incoming = Incoming("agt_x", Headers(), unread, AsyncExitStack(), Trace("r", "/"))
    out = [piece async for piece in rehydrated(services, incoming, stream, bytes(sizes[0]), chunks())]
    assert sizes == list(map(len, out))
    assert [number == large for number in range(4)] == fed


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_broken_codings_are_told(coding: str) -> None:
    """Nonsense, and streams cut short."""
    with pytest.raises(BadCoding):
        list(decoder_for(coding).feed(b"certainly not compressed" * 10))
    whole = _CODERS[coding](b"hello" * 100)
    for cut in (whole[:-6], whole[:1]):
        decoder = decoder_for(coding)
        list(decoder.feed(cut))
        with pytest.raises(BadCoding):
            decoder.finish()


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_a_second_member_that_is_cut_or_broken_is_told(coding: str) -> None:
    """It is a part of the reply as the first is."""
    whole = _CODERS[coding](bytes(range(256)))
    for second in (whole[:-1], whole[:4], whole[:4] + b"nonsense" * 4):
        with pytest.raises(BadCoding):
            decoded(coding, whole + second)


def test_unknown_codings_are_told() -> None:
    """Also several at once."""
    for coding in ("rot13", "gzip, br"):
        with pytest.raises(BadCoding):
            decoder_for(coding)


class TestQuota:
    @pytest.fixture(autouse=True)
    def clock(self, monkeypatch: Any) -> list[float]:
        now = [1000.0]
        monkeypatch.setattr(throttled.utils, "now_mono_f", lambda: now[0])
        return now

    async def test_the_burst_passes_then_the_rate(self) -> None:
        """Two hundred at once; the next is told to come back in a second."""
        quota = await open_quota(None)
        for _ in range(200):
            await quota.admit("a", RateLimit(100, 200))
        with pytest.raises(InvalidRequest) as caught:
            await quota.admit("a", RateLimit(100, 200))
        assert ("rate_limited", "1") == (caught.value.code, caught.value.retry_after)
        await quota.admit("b", RateLimit(100, 200))

    async def test_the_rate_can_go_on_for_ever(self, clock: list[float]) -> None:
        """After the burst, a hundred requests pass in each second, and no more."""
        quota = await open_quota(None)
        passed = 0
        for _ in range(100):
            clock[0] += 0.1
            for _ in range(30):
                try:
                    await quota.admit("a", RateLimit(100, 200))
                except InvalidRequest:
                    break
                passed += 1
        assert abs(passed - (200 + 1000)) <= 12

    async def test_slow_rates_say_how_long(self) -> None:
        """``Retry-After`` is rounded up to whole seconds."""
        quota = await open_quota(None)
        await quota.admit("a", RateLimit(1, 1))
        with pytest.raises(InvalidRequest) as caught:
            await quota.admit("a", RateLimit(1, 1))
        assert "1" == caught.value.retry_after

    async def test_what_is_kept_of_agents_is_bounded(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """However many there are; the ones not seen for longest are forgotten, and nobody else."""
        monkeypatch.setattr(ratelimit, "_MEMORY_KEYS", 50)
        quota = await open_quota(None)
        for number in range(500):
            await quota.admit(f"agent{number}", RateLimit(1, 1))
        assert 50 == len(self.kept(quota))
        for number in (450, 499):
            with pytest.raises(InvalidRequest):
                await quota.admit(f"agent{number}", RateLimit(1, 1))
        await quota.admit("agent449", RateLimit(1, 1))
        assert 50 == len(self.kept(quota))

    async def test_what_is_kept_of_an_agent_expires(self, clock: list[float]) -> None:
        """It lasts until the bucket is empty again, and a refusal does not make it last longer."""
        quota = await open_quota(None)
        for _ in range(5):
            await quota.admit("a", RateLimit(1, 5))
        with pytest.raises(InvalidRequest):
            await quota.admit("a", RateLimit(1, 5))
        (key,) = self.kept(quota)
        assert 5 == await quota._store.ttl(key)
        clock[0] += 5.5
        assert await quota._store.ttl(key) < 0
        assert await quota._store.get(key) is None
        assert not self.kept(quota)

    def kept(self, quota: Any) -> list[str]:
        return list(quota._store._backend.get_client())

    async def test_an_unreachable_redis_says_so_without_its_password(self) -> None:
        """At start; exit code 5."""
        with pytest.raises(StoreUnavailable) as caught:
            await open_quota("redis://:S3CRET@127.0.0.1:9/0")
        assert "S3CRET" not in str(caught.value)


class TestLogs:
    @pytest.fixture(autouse=True)
    def configured(self) -> Any:
        root = logging.getLogger()
        before = root.handlers[:], root.level
        logs.configure_logging("debug", "json")
        yield
        root.handlers, root.level = before
        structlog.reset_defaults()

    def test_only_listed_fields_are_written(self, capsys: Any) -> None:
        """A careless call cannot leak."""
        logs.logger().info("request", status=200, body="Sarah Chen")
        line = json.loads(capsys.readouterr().err)
        assert (200, "request") == (line["status"], line["event"])
        assert "body" not in line

    @pytest.mark.shows_content  # to the test's own capture
    def test_libraries_lose_their_messages(self, capsys: Any) -> None:
        """Only the logger's name, the level and the exception's type and place stay."""
        try:
            raise ValueError("Sarah Chen")
        except ValueError:
            logging.getLogger("asyncio").exception("Task got %s", "Sarah Chen")
        shown = capsys.readouterr().err
        line = json.loads(shown)
        assert ("asyncio", "ValueError", "error") == (line["logger"], line["error"], line["level"])
        assert line["at"].startswith(f"{__name__}:")
        assert "Sarah" not in shown

    def test_a_closed_standard_error_stops_nothing(self, monkeypatch: Any) -> None:
        """The line is lost, the request is not."""
        closed = io.StringIO()
        closed.close()
        monkeypatch.setattr(sys, "stderr", closed)
        logs.logger().info("request")


def test_a_silenced_library_is_heard_again(capsys: Any) -> None:
    """Someone's earlier configuration cannot hide what goes wrong in a library."""
    root, library = logging.getLogger(), logging.getLogger("hypercorn.error")
    before = root.handlers[:], root.level
    library.disabled = True
    library.setLevel(logging.CRITICAL)
    try:
        logs.configure_logging("info", "json")
        library.error("gone wrong")
        assert "hypercorn.error" == json.loads(capsys.readouterr().err)["logger"]
    finally:
        root.handlers, root.level = before
        structlog.reset_defaults()


@pytest.mark.parametrize("key", ["sk-a\r\nx: y", "sk-é", "sk-a\nb"])
def test_a_key_that_is_no_header_is_told_at_the_start(key: str) -> None:
    """Not at the first call, and without the key."""
    settings = load_settings(environ={"MASKER_OPENAI_API_KEY": key})
    with pytest.raises(ConfigError, match="openai") as caught:
        Upstreams(settings)
    assert "sk-" not in str(caught.value)
