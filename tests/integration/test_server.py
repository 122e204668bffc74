"""The HTTP server under connections that are slow, silent, closed or ambiguous."""

from __future__ import annotations

import asyncio
import contextlib
import json
import selectors
import socket
import struct
import threading
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from masker.proxy import app
from masker.proxy.logs import configure_logging

ASK = {"model": "m", "messages": [{"role": "user", "content": "Hi, this is Sarah Chen."}]}
BODY = json.dumps(ASK).encode()
#: Seconds for headers, for bodies, and in which what was sent must be taken: a little of what they are.
IMPATIENT = {
    "masker.proxy.listening._IDLE": 0.5,
    "masker.proxy.app._BODY_TIMEOUT": 0.5,
    "masker.proxy.supervisor._UNREAD": 1,
}


@pytest.fixture(scope="module")
def metrics_addr() -> str:
    """An address on which nobody listens yet."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


def sockets(proxy: Any) -> int:
    """Return how many sockets the proxy's processes hold open."""
    found = 0
    for entry in (entry for pid in proxy.process_ids() for entry in Path(f"/proc/{pid}/fd").iterdir()):
        with contextlib.suppress(OSError):
            found += str(entry.readlink()).startswith("socket:")
    return found


def connect(proxy: Any) -> socket.socket:
    return socket.create_connection(("127.0.0.1", proxy.port), 10)


def head(url: str, *lines: str) -> bytes:
    path = "/" + url.split("/", 3)[3]
    return "\r\n".join([f"POST {path} HTTP/1.1", "host: m", "content-type: application/json", *lines, "", ""]).encode()


def is_cut(connection: socket.socket, seconds: float) -> bool:
    """Return whether the other side ends the connection in time."""
    connection.settimeout(seconds)
    try:
        while connection.recv(65536):
            pass
    except TimeoutError:
        return False
    except ConnectionError:
        pass
    return True


def is_cut_while_sending(connection: socket.socket, seconds: float) -> bool:
    """Return whether the other side ends the connection in time although bytes keep coming."""
    began = time.monotonic()
    while time.monotonic() < began + seconds:
        try:
            connection.sendall(b"x")
        except ConnectionError:
            return True
        time.sleep(0.02)
    return False


@pytest.mark.parametrize("asked", [False, True])
def test_a_closed_connection_is_let_go_at_once(proxy: Any, asked: bool) -> None:
    """Not when its idle time is over: whether a request was made on it or not."""
    url = proxy.chat_url(proxy.agent())
    before = sockets(proxy)
    for _ in range(20):
        with connect(proxy) as connection:
            if asked:
                connection.sendall(head(url, f"content-length: {len(BODY)}") + BODY)
                assert connection.recv(65536).startswith(b"HTTP/1.1 200")
    for _ in range(500):  # ten seconds on a busy machine; the idle time is 75
        if sockets(proxy) <= before + 2:  # one to the upstream, kept
            break
        time.sleep(0.02)
    assert sockets(proxy) <= before + 2


@pytest.mark.parametrize("how", ["end", "reset"])
def test_who_hangs_up_gets_no_answer_to_what_was_sent_ahead(proxy: Any, upstream: Any, how: str) -> None:
    """Of many requests sent one behind the other the first is cut off, and the others never leave."""
    url = proxy.chat_url(proxy.agent())
    arrived = threading.Event()

    async def script(exchange: Any) -> None:
        arrived.set()
        await exchange.hang()

    upstream.script = script
    with connect(proxy) as connection:
        connection.sendall((head(url, f"content-length: {len(BODY)}") + BODY) * 50)
        assert arrived.wait(5)
        if how == "reset":
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    assert upstream.last.gone.wait(1.5)
    time.sleep(0.3)
    assert 1 == len(upstream.exchanges)
    upstream.script = lambda exchange: exchange.says("Hello.")
    assert 200 == httpx.post(url, content=BODY, headers={"content-type": "application/json"}, timeout=10).status_code


def test_requests_sent_ahead_are_answered_in_turn(proxy: Any, upstream: Any) -> None:
    """To a caller that stays."""
    url = proxy.chat_url(proxy.agent())
    with connect(proxy) as connection:
        connection.sendall((head(url, f"content-length: {len(BODY)}") + BODY) * 5)
        connection.settimeout(10)
        answers = b""
        while answers.count(b"HTTP/1.1 200") < 5:
            more = connection.recv(65536)
            assert more
            answers += more
    assert 5 == len(upstream.exchanges)


def test_headers_that_do_not_come_are_not_waited_for(make_proxy: Any) -> None:
    """However many of them dribble in."""
    proxy = make_proxy(constants=IMPATIENT)
    with connect(proxy) as silent, connect(proxy) as slow:
        assert is_cut_while_sending(slow, 2)
        assert is_cut(silent, 2)


#: What begins a request whose body is read before it is refused.
CHUNKED = b"POST /proxy/agt_x/v1/chat/completions HTTP/1.1\r\nhost: m\r\ntransfer-encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    ("begins", "goes_on"),
    [
        (b"GET /", b"x"), (b"", b"x"), (b"GET / HTTP/1.1\r\nhost: m\r\nx: ", b"x"), (b"GET / HTTP/1.1\r\nhost: m\r\n", b"x: y\r\n"),
        (CHUNKED + b"1;", b"x"), (CHUNKED + b"0\r\n", b"x: y\r\n"),
    ],
    ids=["path", "no line", "one header", "many headers", "extension of a chunk", "trailers"],
)  # fmt: skip
def test_a_head_without_end_is_refused(proxy: Any, upstream: Any, begins: bytes, goes_on: bytes) -> None:
    """After some hundred kilobytes, which are nowhere near its end: answered with 4xx, or cut."""
    with connect(proxy) as connection:
        connection.settimeout(10)
        answer = b""
        with contextlib.suppress(ConnectionError):  # it may be cut while we send
            connection.sendall(begins + goes_on * (300_000 // len(goes_on)))
            while more := connection.recv(65536):
                answer += more
    assert not answer or answer.startswith(b"HTTP/1.1 4")
    assert not upstream.exchanges


@pytest.mark.parametrize(
    "request_",
    [
        b"GET /health?" + b"x" * 70_000 + b" HTTP/1.1\r\nhost: m\r\n\r\n",
        b"GET /health HTTP/1.1\r\nhost: m\r\nx: " + b"x" * 70_000 + b"\r\n\r\n",
        b"GET /health HTTP/1.1\r\nhost: m\r\n" + b"x: y\r\n" * 12_000 + b"\r\n",
        b"GET /health HTTP/2.0\r\nhost: m\r\n\r\n",
    ],
    ids=["path", "one header", "many headers", "another version"],
)
def test_a_long_head_is_refused_though_it_comes_in_one_go(proxy: Any, request_: bytes) -> None:
    """As if it came in pieces; so is another version than HTTP/1.1 and 1.0. In our own form."""
    with connect(proxy) as connection:
        connection.sendall(request_)
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b'"invalid_request"' in answer
    assert b"xxx" not in answer


@pytest.mark.parametrize("size", [1, 5, 100])
def test_a_body_in_very_many_very_small_pieces_is_served(proxy: Any, size: int) -> None:
    """As who writes JSON bit by bit sends it."""
    url, content = proxy.chat_url(proxy.agent("stub:*", name=f"pieces {size}")), "hi " * 10_000
    body = json.dumps({"model": "m", "messages": [{"role": "user", "content": content}]}).encode()
    chunks = [body[at : at + size] for at in range(0, len(body), size)]
    with connect(proxy) as connection:
        connection.sendall(head(url, "transfer-encoding: chunked", "connection: close"))
        with contextlib.suppress(ConnectionError):  # it may be cut while we send
            connection.sendall(b"".join(b"%x\r\n%b\r\n" % (len(chunk), chunk) for chunk in chunks) + b"0\r\n\r\n")
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 200")


#: What no reader of HTTP/1.1 accepts, each with a name in it that must not come back.
NO_REQUESTS = {
    "no HTTP": b"Maribel Okonkwo\r\n\r\n",
    "a path with a blank": b"GET /Maribel Okonkwo HTTP/1.1\r\nhost: m\r\n\r\n",
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03Maribel\r\n\r\n" + b"\x00" * 500,
    "no host": b"GET /Maribel HTTP/1.1\r\n\r\n",
    "no colon": b"GET / HTTP/1.1\r\nhost: m\r\nMaribel\r\n\r\n",
    "a NUL": b"GET / HTTP/1.1\r\nhost: m\r\nx: Maribel\x00\r\n\r\n",
    "a blank before the colon": b"GET / HTTP/1.1\r\nhost: m\r\nmaribel : x\r\n\r\n",
    "two lengths": b"POST /Maribel HTTP/1.1\r\nhost: m\r\ncontent-length: 7\r\ncontent-length: 5\r\n\r\nMaribel",
    "a length that is none": b"POST /Maribel HTTP/1.1\r\nhost: m\r\ncontent-length: Maribel\r\n\r\n",
    "an unknown coding": b"POST /Maribel HTTP/1.1\r\nhost: m\r\ntransfer-encoding: maribel\r\n\r\n",
    "no size of a chunk": CHUNKED + b"Maribel\r\n",
    "no end of a chunk": CHUNKED + b"3\r\nMaribel\r\n",
    "a long path": b"GET /" + b"Maribel" * 50_000 + b" HTTP/1.1\r\nhost: m\r\n\r\n",
    "many headers": b"GET / HTTP/1.1\r\nhost: m\r\n" + b"x: Maribel\r\n" * 50_000 + b"\r\n",
}


@pytest.mark.parametrize("again", [False, True], ids=["at once", "behind another"])
@pytest.mark.parametrize("how", NO_REQUESTS)
def test_what_is_no_request_is_told_so(proxy: Any, upstream: Any, how: str, again: bool) -> None:
    """In the form of every other error, whole even while the caller is still sending; then the connection ends."""
    with connect(proxy) as connection:
        if again:
            connection.sendall(b"GET /health/live HTTP/1.1\r\nhost: m\r\n\r\n")
            connection.recv(65536)
        connection.sendall(NO_REQUESTS[how])
        connection.settimeout(5)
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    top, _, body = answer.partition(b"\r\n\r\n")
    headers = dict(line.split(": ", 1) for line in top.decode().lower().split("\r\n")[1:])
    assert top.startswith(b"HTTP/1.1 400")
    assert ("application/json", str(len(body)), "close") == (
        headers["content-type"],
        headers["content-length"],
        headers["connection"],
    )
    assert headers["x-request-id"].startswith("req_")
    error = json.loads(body)["error"]
    assert ("invalid_request_error", None, "invalid_request") == (error["type"], error["param"], error["code"])
    assert b"maribel" not in answer.lower()
    assert not upstream.exchanges


@pytest.mark.parametrize(("closing", "stream"), [("connection: close", True), ("HTTP/1.0", False)])
@pytest.mark.parametrize("late", [False, True], ids=["in one piece", "while it is answered"])
@pytest.mark.parametrize(
    "behind", [b"\r\n", b"\x00", b"GET /health/live HTTP/1.1\r\nhost: m\r\n\r\n", b"x" * 500_000],
    ids=["line end", "NUL", "request", "much"],
)  # fmt: skip
def test_what_stands_behind_the_last_request_is_nobodys(
    proxy: Any, upstream: Any, shapes: Any, behind: bytes, closing: str, late: bool, stream: bool
) -> None:
    """The request is answered whole, and nothing else is."""
    arrived, go_on = threading.Event(), threading.Event()

    async def script(exchange: Any) -> None:
        if stream:
            await exchange.begin_stream()
            await exchange.event(shapes.delta({"content": "Hello"}))
        arrived.set()
        await asyncio.to_thread(go_on.wait, 5)
        if stream:
            await exchange.event(shapes.delta({"content": " again."}, "stop"))
            await exchange.end_stream()
        else:
            await exchange.says("Hello again.")

    upstream.script = script
    body = json.dumps({**ASK, "stream": stream}).encode()
    ask = head(proxy.chat_url(proxy.agent()), f"content-length: {len(body)}", *([closing] if ":" in closing else []))
    ask = ask.replace(b"HTTP/1.1", closing.encode()) if ":" not in closing else ask
    with connect(proxy) as connection:
        connection.settimeout(5)
        connection.sendall(ask + body + (b"" if late else behind))
        assert arrived.wait(5)
        if late:
            connection.sendall(behind)
        go_on.set()
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 200")
    assert b"again." in answer
    assert (b"[DONE]" in answer) == stream
    assert 1 == answer.count(b"HTTP/1.1")
    assert 1 == len(upstream.exchanges)


def test_a_refusal_of_head_has_no_body(proxy: Any) -> None:
    """As no answer to HEAD has one."""
    with connect(proxy) as connection:
        connection.sendall(b"HEAD / HTTP/1.1\r\nhost: m\r\ntransfer-encoding: chunked\r\n\r\nnone\r\n")
        connection.settimeout(5)
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 400")
    assert answer.endswith(b"\r\n\r\n")


def test_who_never_ends_a_refused_request_is_cut(make_proxy: Any) -> None:
    """Its answer waits for it no more than a moment."""
    proxy = make_proxy(constants={"masker.proxy.listening._DRAIN": 0.3})
    with connect(proxy) as connection:
        connection.sendall(b"nonsense\r\n\r\n")
        assert is_cut_while_sending(connection, 3)


@pytest.mark.parametrize("key", ["sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version: 13\r\n", ""])
def test_who_asks_for_a_websocket_is_answered_without(proxy: Any, key: str) -> None:
    """As if it had not asked, and the connection goes on with HTTP."""
    ask = f"GET /health/live HTTP/1.1\r\nhost: m\r\nconnection: upgrade\r\nupgrade: websocket\r\n{key}\r\n".encode()
    with connect(proxy) as connection:
        connection.settimeout(5)
        for _ in range(2):
            connection.sendall(ask)
            assert connection.recv(65536).startswith(b"HTTP/1.1 200")


def test_a_body_that_does_not_come_is_not_waited_for(make_proxy: Any, upstream: Any) -> None:
    """It is refused with 400, and the connection ends."""
    proxy = make_proxy(constants=IMPATIENT)
    url = proxy.chat_url(proxy.agent())
    with connect(proxy) as slow:
        slow.sendall(head(url, "content-length: 1000"))
        for _ in range(8):
            slow.sendall(b" ")
            time.sleep(0.05)
        slow.settimeout(5)
        answer = slow.recv(65536)
        assert answer.startswith(b"HTTP/1.1 400")
        assert b"in time" in answer
        assert is_cut(slow, 2)
    assert not upstream.exchanges


@pytest.mark.skipif(not hasattr(socket, "TCP_USER_TIMEOUT"), reason="this system has no TCP_USER_TIMEOUT")
def test_a_client_that_never_reads_is_cut(make_proxy: Any, upstream: Any) -> None:
    """Neither it nor the upstream's connection behind it is held for ever."""
    proxy = make_proxy(constants=IMPATIENT)

    async def script(exchange: Any) -> None:
        await exchange.begin_stream()
        text = {"choices": [{"index": 0, "delta": {"content": "x" * 60_000}, "finish_reason": None}]}
        while True:
            await exchange.event(text)

    upstream.script = script
    body = json.dumps({**ASK, "stream": True}).encode()
    with connect(proxy) as connection:
        connection.sendall(head(proxy.chat_url(proxy.agent()), f"content-length: {len(body)}") + body)
        connection.settimeout(10)
        assert connection.recv(100).startswith(b"HTTP/1.1 200")
        assert upstream.last.gone.wait(15)


@pytest.mark.parametrize("order", [1, -1])
def test_a_request_that_tells_its_length_twice_is_refused(proxy: Any, upstream: Any, order: int) -> None:
    """Neither the request nor what follows it on the connection is served."""
    lines = [f"content-length: {len(BODY)}", "transfer-encoding: chunked"][::order]
    url = proxy.chat_url(proxy.agent())
    hidden = b"GET /health/live HTTP/1.1\r\nhost: m\r\n\r\n"
    with connect(proxy) as connection:
        connection.sendall(head(url, *lines) + b"%x\r\n%s\r\n0\r\n\r\n" % (len(BODY), BODY) + hidden)
        connection.settimeout(5)
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 400")
    assert "invalid_request" == json.loads(answer.split(b"\r\n\r\n", 1)[1])["error"]["code"]
    assert 1 == answer.count(b"HTTP/1.1")
    assert not upstream.exchanges


@pytest.mark.parametrize(
    "opening",
    [
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00",
        b"GET /health/live HTTP/1.1\r\nhost: m\r\nconnection: upgrade\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABkAAQAAP__\r\n\r\n",
    ],
    ids=["at once", "by upgrade"],
)  # fmt: skip
def test_no_http2_is_spoken(proxy: Any, opening: bytes) -> None:
    """Not for a client that begins with it, nor for one that asks."""
    with connect(proxy) as connection:
        connection.sendall(opening)
        connection.settimeout(5)
        answer = connection.recv(65536)
    assert answer.startswith((b"HTTP/1.1 200", b"HTTP/1.1 4"))


def test_a_slow_caller_holds_nobody_up(proxy: Any, upstream: Any) -> None:
    """While one sends a byte at a time, another is served."""
    url = proxy.chat_url(proxy.agent())
    stop = threading.Event()
    with connect(proxy) as slow:
        slow.sendall(head(url, f"content-length: {len(BODY)}"))

        def dribble() -> None:
            for at in range(len(BODY) - 1):
                slow.sendall(BODY[at : at + 1])
                if stop.wait(0.02):
                    return

        thread = threading.Thread(target=dribble)
        thread.start()
        assert 200 == httpx.post(url, json=ASK, timeout=5).status_code
        assert thread.is_alive()
        stop.set()
        thread.join()
    assert 1 == len(upstream.exchanges)


#: So many bodies of the largest size at once, and no more: `masker.proxy.app._ROOM`.
ROOM = 16
LIMIT = 100_000
LARGE = {**ASK, "note": "x" * 90_000}


def test_bodies_of_strangers_do_not_fill_the_memory(make_proxy: Any, upstream: Any) -> None:
    """So many large bodies are held at once and no more; small requests go on, and later large ones are served again."""
    proxy = make_proxy(max_body_bytes=LIMIT)
    stranger = f"{proxy.url}/proxy/agt_01ARZ3NDEKTSV4RRFFQ69G5FAV/v1/chat/completions"
    url = proxy.chat_url(proxy.agent())
    with contextlib.ExitStack() as exits:
        for _ in range(40):
            connection = exits.enter_context(connect(proxy))
            connection.sendall(head(stranger, f"content-length: {LIMIT}") + b" " * (LIMIT - 1000))
        response = answered(url, 503)
        assert ("not_ready", "1") == (response.json()["error"]["code"], response.headers["retry-after"])
        assert app._BoundedBody.held <= ROOM * LIMIT
        assert 200 == httpx.post(url, json=ASK, timeout=10).status_code
    answered(url, 200)
    assert nothing_is_held()


def test_uploads_that_are_broken_off_leave_room_for_others(make_proxy: Any, upstream: Any) -> None:
    """Many times what may be held at once: one after the other, ended and reset, nothing stays of them."""
    proxy = make_proxy(max_body_bytes=LIMIT)
    url = proxy.chat_url(proxy.agent())
    for number in range(4 * ROOM):
        with connect(proxy) as connection:
            connection.sendall(head(url, f"content-length: {LIMIT}") + b" " * (LIMIT - 1000))
            if number % 2:  # a reset rather than an end
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    answered(url, 200)
    assert nothing_is_held()
    assert 1 == len(upstream.exchanges)


def answered(url: str, status: int) -> httpx.Response:
    """Ask with a large body until it is answered so, which may take a moment."""
    for _ in range(200):
        response = httpx.post(url, json=LARGE, timeout=10)
        if response.status_code == status:
            return response
        assert response.status_code in (200, 503)
        time.sleep(0.02)
    pytest.fail(f"never answered with {status}")


def nothing_is_held() -> bool:
    """Return whether no request's bytes are kept in this process, shortly after the last one."""
    for _ in range(200):
        if app._BoundedBody.held == 0:
            return True
        time.sleep(0.02)
    return False


@pytest.mark.parametrize("how", ["whole", "one event", "request"])
def test_a_large_reply_or_request_holds_nobody_up(proxy: Any, upstream: Any, shapes: Any, how: str) -> None:
    """While tens of thousands of tokens, or of values, are worked on, others are answered in between."""
    url = proxy.chat_url(proxy.agent())
    text = "[NAME_1] " * 60_000
    tree = {**ASK, "stream": how == "one event"}
    if how == "request":
        tree["note"] = [f"the {number}th of many" for number in range(45_000)]

    async def script(exchange: Any) -> None:
        if how == "one event":
            await exchange.begin_stream()
            await exchange.event(shapes.delta({"content": text}, "stop"))
            await exchange.end_stream()
        else:
            await exchange.says(text)

    upstream.script = script
    took = 0.0

    def ask() -> None:
        nonlocal took
        began = time.monotonic()
        httpx.post(url, json=tree, timeout=60)
        took = time.monotonic() - began

    caller = threading.Thread(target=ask)
    caller.start()
    longest = 0.0
    with httpx.Client(trust_env=False) as other:
        while caller.is_alive():
            began = time.monotonic()
            assert 200 == other.get(f"{proxy.url}/health/live", timeout=60).status_code
            longest = max(longest, time.monotonic() - began)
    assert longest < took / 2, (longest, took)


@pytest.mark.parametrize("each", [10_000, 20], ids=["large events", "small events"])
def test_a_hang_up_is_heard_among_streams_of_tokens(proxy: Any, upstream: Any, shapes: Any, each: int) -> None:
    """Within a second: what comes of many streams at the same time is not worked on in one go."""
    url = proxy.chat_url(proxy.agent())
    event = b"data: %s\n\n" % json.dumps(shapes.delta({"content": "[NAME_1] " * each})).encode()
    events = b"%x\r\n%s\r\n" % (len(event), event) * (10_000 // each)
    begun = threading.Semaphore(0)

    async def script(exchange: Any) -> None:
        await exchange.begin_stream()
        begun.release()
        with contextlib.suppress(OSError):
            while True:
                await exchange.raw(events)
                await asyncio.sleep(0.01)
        exchange.gone.set()

    upstream.script = script
    body = json.dumps({**ASK, "stream": True}).encode()
    with contextlib.ExitStack() as exits:
        callers = [exits.enter_context(connect(proxy)) for _ in range(16)]
        listening = selectors.DefaultSelector()
        for number, caller in enumerate(callers):
            caller.sendall(head(url, f"content-length: {len(body)}") + body)
            listening.register(caller, selectors.EVENT_READ, number)
        assert all(begun.acquire(timeout=10) for _ in callers)
        heard, stop = 0, threading.Event()

        def listen() -> None:
            nonlocal heard
            while not stop.is_set():
                for key, _ in listening.select(0.1):
                    with contextlib.suppress(OSError):
                        heard += len(callers[key.data].recv(2**20))

        listener = threading.Thread(target=listen)
        listener.start()
        try:
            time.sleep(1)
            assert heard
        finally:
            stop.set()
            listener.join()
        for caller in callers:
            caller.close()
        began = time.monotonic()
        assert all(exchange.gone.wait(10) for exchange in upstream.exchanges)
        assert time.monotonic() - began < 1


@pytest.mark.parametrize("stream", [False, True])
def test_a_hang_up_is_no_error(
    make_proxy: Any, upstream: Any, shapes: Any, capfd: Any, metrics_addr: str, stream: bool
) -> None:
    """Neither in the log nor in the metrics: a caller may hang up."""
    configure_logging("info", "json")
    proxy = make_proxy(metrics_addr=metrics_addr)
    arrived = threading.Event()

    async def script(exchange: Any) -> None:
        if stream:
            await exchange.begin_stream()
            await exchange.event(shapes.delta({"content": "Hello"}))
        arrived.set()
        await exchange.hang()

    upstream.script = script
    body = json.dumps({**ASK, "stream": stream}).encode()
    agent = proxy.agent()
    with connect(proxy) as connection:
        connection.sendall(head(proxy.chat_url(agent), f"content-length: {len(body)}") + body)
        assert arrived.wait(5)
        if stream:
            connection.recv(65536)
    assert upstream.last.gone.wait(1)
    counted = f'masker_requests_total{{agent="{agent.name}",status="{200 if stream else 499}"}} 1.0'
    for _ in range(100):
        metrics = httpx.get(f"http://{metrics_addr}/metrics").text
        if counted in metrics:
            break
        time.sleep(0.02)
    assert counted in metrics
    assert "masker_open_requests 0.0" in metrics
    shown = capfd.readouterr().err + proxy.logged()
    assert agent.name in shown
    assert '"error"' not in shown
