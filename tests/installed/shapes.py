"""What hostile callers send, as bytes: requests within requests, chunked bodies that are none, other protocols, bad bodies."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final, NamedTuple

from tests.attack.canaries import CANARIES, request

SAID: Final = {"role": "user", "content": CANARIES["PHONE"].sentence}
BODY: Final = json.dumps(request(SAID)).encode()
JSON: Final = "content-type: application/json"
LENGTH: Final = f"content-length: {len(BODY)}"
CHUNKS: Final = "transfer-encoding: chunked"
#: A request that must never be served where it stands inside another's body.
HIDDEN: Final = b"GET /health/live HTTP/1.1\r\nhost: masker\r\n\r\n"


def head(path: str, *lines: str) -> bytes:
    """Return a request's head as it is written."""
    return "\r\n".join([f"POST {path} HTTP/1.1", "host: masker", *lines, "", ""]).encode("latin-1")


def chunked(*pieces: bytes) -> bytes:
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


#: In place of a status: the connection is cut, or what has come so far is kept and the rest is waited for.
CUT: Final = 0
WAITS: Final = -1
#: Chunked bodies, and the statuses that each may be answered with.
CHUNKED: Final = {
    "one chunk": (chunked(BODY), {200}),
    "a byte a chunk": (chunked(*(BODY[at : at + 1] for at in range(len(BODY)))), {200}),
    "capitals": (b"%X\r\n%s\r\n0\r\n\r\n" % (len(BODY), BODY), {200}),
    "zeros in front": (b"0000%x\r\n%s\r\n0\r\n\r\n" % (len(BODY), BODY), {200}),
    "an extension": (b"%x;a=b\r\n%s\r\n0\r\n\r\n" % (len(BODY), BODY), {200}),
    "trailers": (b"%x\r\n%s\r\n0\r\nx-note: Maribel\r\n\r\n" % (len(BODY), BODY), {200}),
    "a trailer that is a length": (b"%x\r\n%s\r\n0\r\ncontent-length: 5\r\n\r\n" % (len(BODY), BODY), {200, 400}),
    "a huge extension": (b"%x;%s\r\n%s\r\n0\r\n\r\n" % (len(BODY), b"a" * 300_000, BODY), {CUT, 400, 431}),
    "a huge size": (b"f" * 16 + b"\r\n" + BODY, {WAITS, 400, 413}),
    "a size of 21 digits": (b"f" * 21 + b"\r\n" + BODY, {CUT, 400}),
    "a negative size": (b"-5\r\n" + BODY + b"\r\n0\r\n\r\n", {CUT, 400}),
    "a size with 0x": (b"0x%x\r\n%s\r\n0\r\n\r\n" % (len(BODY), BODY), {CUT, 400}),
    "a size with an underscore": (b"1_0\r\n" + BODY[:16] + b"\r\n0\r\n\r\n", {CUT, 400}),
    "a size with a plus": (b"+%x\r\n%s\r\n0\r\n\r\n" % (len(BODY), BODY), {CUT, 400}),
    "no line end after the data": (b"%x\r\n%s0\r\n\r\n" % (len(BODY), BODY), {CUT, 400}),
    "no size": (b"\r\n" + BODY + b"\r\n0\r\n\r\n", {CUT, 400}),
    "words for a size": (b"hello\r\n" + BODY, {CUT, 400}),
}

#: Heads on whose end two readers could disagree.
SMUGGLING: Final = {
    "both": [LENGTH, CHUNKS],
    "both, the other way round": [CHUNKS, LENGTH],
    "length 0 and chunks": ["content-length: 0", CHUNKS],
    "two lengths": [LENGTH, "content-length: 5"],
    "two equal lengths": [LENGTH, LENGTH],
    "a list of lengths": [f"content-length: {len(BODY)}, {len(BODY)}"],
    "a short length": ["content-length: 5"],
    "a signed length": [f"content-length: +{len(BODY)}"],
    "a length in hexadecimal": [f"content-length: {len(BODY):#x}"],
    "a length with a blank": ["content-length: 1 0"],
    "a length with an underscore": ["content-length: 1_0"],
    "a length with other digits": ["content-length: ²"],
    "a negative length": ["content-length: -1"],
    "an empty length": ["content-length:"],
    "a length that overflows": ["content-length: 18446744073709551616"],
    "a blank before the colon": [f"content-length : {len(BODY)}"],
    "a tab before the colon": [f"content-length\t: {len(BODY)}"],
    "chunks and more": ["transfer-encoding: gzip, chunked"],
    "chunks twice": [CHUNKS, CHUNKS],
    "chunks in a list": ["transfer-encoding: chunked, chunked"],
    "chunks with a word": ["transfer-encoding: chunked;q=1"],
    "chunks in quotes": ['transfer-encoding: "chunked"'],
    "chunks misspelled": ["transfer-encoding: xchunked"],
    "chunks after a vertical tab": ["transfer-encoding:\x0bchunked"],
    "chunks with a bad blank": ["transfer-encoding: \xa0chunked"],
    "chunks in a folded line": ["transfer-encoding:", " chunked"],
    "identity": ["transfer-encoding: identity"],
    "a bare line feed": [f"x: a\ncontent-length: {len(BODY)}"],
    "a bare carriage return": [f"x: a\r{LENGTH}"],
    "a NUL": [f"x: a\x00{LENGTH}"],
    "a header without a colon": [LENGTH, "nonsense"],
    "a header without a name": [LENGTH, ": value"],
    "a name with a blank": [LENGTH, "x y: value"],
    "a line that begins with a blank": [" x: y", LENGTH],
    "two hosts": ["host: example.org", LENGTH],
    "an underscore in place of the dash": [f"content_length: {len(BODY)}"],
    "expects to go on": ["expect: 100-continue", LENGTH],
}
#: Those that tell two lengths.
TWICE: Final = {"both", "both, the other way round", "length 0 and chunks", "two lengths"}

OTHER_PROTOCOLS: Final = {
    "h2 at once": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00",
    "h2c": b"GET /health/live HTTP/1.1\r\nhost: m\r\nconnection: upgrade, http2-settings\r\nupgrade: h2c\r\n"
    b"http2-settings: AAMAAABkAAQAAP__\r\n\r\n",
    "h2c for all": b"OPTIONS * HTTP/1.1\r\nhost: m\r\nconnection: upgrade\r\nupgrade: h2c\r\nhttp2-settings: \r\n\r\n",
    "websocket": b"GET /health/live HTTP/1.1\r\nhost: m\r\nconnection: upgrade\r\nupgrade: websocket\r\n"
    b"sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 500,
    "zeros": b"\x00" * 1000,
    "SSH": b"SSH-2.0-OpenSSH_9.6\r\n\r\n",
    "0.9": b"GET / HTTP/0.9\r\n\r\n",
    "3.0": b"GET / HTTP/3.0\r\n\r\n",
    "a bare line": b"GET /health/live\r\n",
    "no line": b"x" * 200_000,
    "long path": b"GET /" + b"x" * 200_000 + b" HTTP/1.1\r\nhost: m\r\n\r\n",
    "many headers": b"GET / HTTP/1.1\r\nhost: m\r\n" + b"x: y\r\n" * 50_000 + b"\r\n",
}
#: Those that are no more than the beginning of something.
BEGUN: Final = {"a bare line"}
#: Those that go on and on: they are not waited for.
ENDLESS: Final = {"no line", "long path", "many headers"}


def wire_shapes(path: str) -> Iterator[bytes]:
    """Yield all of them, as they go over the wire."""
    for body in (BODY, chunked(BODY)):
        for lines in SMUGGLING.values():
            yield head(path, JSON, *lines) + body + HIDDEN
    for data, _ in CHUNKED.values():
        yield head(path, JSON, CHUNKS, "connection: close") + data
    yield from OTHER_PROTOCOLS.values()


class Bad(NamedTuple):
    """A request that must be refused."""

    method: str
    path: str
    body: bytes
    headers: dict[str, str]


def bad_inputs(path: str) -> Iterator[Bad]:
    """Yield requests that HTTP allows and the contract does not."""
    kind = {"content-type": "application/json"}
    said = BODY[:-1]  # without its closing brace
    for body in (
        b"", b"{", b"[]", b"null", b"7", b'"x"', said, BODY + b"x", BODY + BODY, b"\xef\xbb\xbf{}", b"\xff\xfe" + BODY, b"\x00" + BODY,
        said + b',"model":"x"}', said + b',"a":NaN}', said + b',"a":Infinity}', said + b',"a":-Infinity}', said + b',"a":1e}', said + b',"a":01}',
        said + b',"a":"\\ud800"}', said + b',"\\udfff":1}', said + b',"a":"\xff"}', said + b',"a":"\xed\xa0\x80"}', said + b',"a":"\n"}',
        said + b',"a":"\\x41"}', said + b',"a":' + b"[" * 200 + b"]" * 200 + b"}", said + b',"a":' + b'{"a":' * 200 + b"1" + b"}" * 200 + b"}",
        said + b',"a":' + b"[" * 500_000, said + b',"a":' + b"9" * 1001 + b"}", said + b',"a":1' + b"0" * 100_000 + b"}", said + b",}", said + b',"a":\'x\'}',
        b'{"model":"m"}', b'{"messages":[]}', b'{"model":"m","messages":[]}', b'{"model":7,"messages":[{"role":"user","content":"x"}]}',
        b'{"model":"m","messages":{}}', b'{"model":"m","messages":[7]}', b'{"model":"","messages":[{"role":"user","content":"x"}]}',
        BODY.replace(b'"m"', b'"Maribel Okonkwo"'), BODY.replace(b'"m"', b'"../x"'), BODY + b" " * 11_000_000,
        json.dumps(request({"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:image/png;base64,x"}}]})).encode(),
    ):  # fmt: skip
        yield Bad("POST", path, body, kind)
    for headers in ({"content-type": "text/plain"}, {"content-type": "multipart/form-data; boundary=x"}, {**kind, "content-encoding": "gzip"},
                    {**kind, "content-encoding": "zstd"}, {**kind, "content-encoding": "gzip, identity"}):  # fmt: skip
        yield Bad("POST", path, BODY, headers)
    base = path.removesuffix("/chat/completions")
    for other in ("/", "/v1/chat/completions", f"{base}/embeddings", f"{base}/responses", f"{base}/chat/completions/", f"/{path}", f"{path}/x",
                  "/proxy/agt_x/v1/chat/completions", "/proxy/agt_01ARZ3NDEKTSV4RRFFQ69G5FAV/v1/chat/completions"):  # fmt: skip
        yield Bad("POST", other, BODY, kind)
    for method in ("GET", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"):
        yield Bad(method, path, BODY, kind)
