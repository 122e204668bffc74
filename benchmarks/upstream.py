"""A scripted upstream, as quick as asyncio goes: raw HTTP over one protocol, a process of its own.

``python -m benchmarks.upstream PORT`` answers every chat completion at once; a request for a stream gets ``CHUNKS``
events, ``GAP`` seconds apart, each with the moment it was sent (a monotonic clock that all processes of a machine
share). It keeps the bodies that it saw: ``POST /leaks`` with a list of strings answers how many of them stand in a body.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from typing import ClassVar, Final

CHUNKS: Final = 40
GAP: Final = 0.05
#: Bytes of bodies that are kept for the leak check.
_KEPT: Final = 200_000_000

_REPLY: Final = json.dumps(
    {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "bench",
        "choices": [
            {
                "index": 0,
                "message": {
                    "role": "assistant",
                    "content": "Thank you [NAME_1], I have noted [PHONE_1]. Anything else?",
                },
                "finish_reason": "stop",
            }
        ],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }
).encode()
#: What is said, with tokens cut in two.
_PIECES: Final = "Thank |you |[NA|ME_1]|, |I |have |your |number |as |[PHONE|_1] |and |will |call |back. ".split("|")


class _Upstream(asyncio.Protocol):
    bodies: ClassVar[list[bytes]] = []
    size = 0

    def __init__(self) -> None:
        self.data = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.data += data
        while True:
            head = self.data.find(b"\r\n\r\n")
            if head < 0:
                return
            lines = bytes(self.data[:head]).lower()
            at = lines.find(b"content-length:")
            length = int(lines[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
            if len(self.data) < head + 4 + length:
                return
            path = bytes(self.data[: self.data.find(b"\r\n")]).split()[1]
            body = bytes(self.data[head + 4 : head + 4 + length])
            del self.data[: head + 4 + length]
            self.answer(path, body)

    def answer(self, path: bytes, body: bytes) -> None:
        if path == b"/leaks":
            joined = b"\0".join(_Upstream.bodies)
            found = {
                "bodies": len(_Upstream.bodies),
                "leaks": sum(value.encode() in joined for value in json.loads(body)),
            }
            _Upstream.bodies, _Upstream.size = [], 0
            self.send(json.dumps(found).encode())
            return
        if _Upstream.size < _KEPT:
            _Upstream.bodies.append(body)
            _Upstream.size += len(body)
        if b'"stream":true' in body or b'"stream": true' in body:
            self.task = asyncio.get_running_loop().create_task(self.stream())
        else:
            self.send(_REPLY)

    def send(self, body: bytes) -> None:
        self.transport.write(
            b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n" % len(body) + body
        )

    async def stream(self) -> None:
        self.transport.write(
            b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
        )
        for number in range(CHUNKS):
            delta = {"content": _PIECES[number % len(_PIECES)]}
            last = number == CHUNKS - 1
            event = {
                "id": "chatcmpl-1",
                "object": "chat.completion.chunk",
                "sent": time.monotonic(),
                "choices": [{"index": 0, "delta": {} if last else delta, "finish_reason": "stop" if last else None}],
            }
            self.chunk(b"data: " + json.dumps(event).encode() + b"\n\n")
            await asyncio.sleep(GAP)
        self.chunk(b"data: [DONE]\n\n")
        self.transport.write(b"0\r\n\r\n")

    def chunk(self, data: bytes) -> None:
        if not self.transport.is_closing():
            self.transport.write(b"%x\r\n%b\r\n" % (len(data), data))


async def _main(port: int) -> None:
    server = await asyncio.get_running_loop().create_server(_Upstream, "127.0.0.1", port, backlog=1024)
    await server.serve_forever()


if __name__ == "__main__":
    import uvloop

    uvloop.run(_main(int(sys.argv[1])))
