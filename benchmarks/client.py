"""A lean HTTP/1.1 client with keep-alive: measures without being the bottleneck."""

from __future__ import annotations

import asyncio
import json
import re
import time
from typing import NamedTuple

__all__ = ["Client", "Timing"]

_SENT = re.compile(rb'"sent": ?([\d.]+)')
_STAGE = re.compile(rb"(\w+);dur=([\d.]+)")


class Timing(NamedTuple):
    """One reply: seconds to the first byte of its body and to its end, for a stream each event's delay, and stages."""

    status: int
    first: float
    total: float
    delays: list[float]
    body: bytes
    stages: dict[str, float]


class Client:
    """Connections to one address, one request each at a time; more are opened when more are needed."""

    def __init__(self, port: int, path: str) -> None:
        self._port = port
        self._path = path
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def post(self, tree: object, path: str | None = None) -> Timing:
        """Send a JSON body and read the whole reply."""
        body = tree if isinstance(tree, bytes) else json.dumps(tree).encode()
        connection = (
            self._idle.pop() if self._idle else await asyncio.open_connection("127.0.0.1", self._port, limit=2**24)
        )
        reader, writer = connection
        head = f"POST {path or self._path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
        started = time.monotonic()
        writer.write(head.encode() + body)
        header = (await reader.readuntil(b"\r\n\r\n")).lower()
        status = int(header.split(b" ", 2)[1])
        delays: list[float] = []
        received = bytearray()
        if b"transfer-encoding: chunked" in header:
            first = 0.0
            while True:
                size = int(await reader.readuntil(b"\r\n"), 16)
                data = await reader.readexactly(size + 2)
                now = time.monotonic()
                first = first or now
                if not size:
                    break
                received += data[:-2]
                delays += [now - float(sent) for sent in _SENT.findall(data)]
        else:
            at = header.find(b"content-length:")
            received += await reader.readexactly(int(header[at + 15 :].split(b"\r\n", 1)[0]))
            first = time.monotonic()
        ended = time.monotonic()
        self._idle.append(connection)
        at = header.find(b"server-timing:")
        stages = _STAGE.findall(header, at, header.find(b"\r\n", at)) if at >= 0 else []
        times = {name.decode(): float(milliseconds) for name, milliseconds in stages}
        return Timing(status, first - started, ended - started, delays, bytes(received), times)

    async def close(self) -> None:
        """Close every connection."""
        for _, writer in self._idle:
            writer.close()
        self._idle.clear()
