"""The floor: the proxy's own stack without masking. ``python -m benchmarks.floor PORT UPSTREAM_PORT``.

Hypercorn, Quart, uvloop, the proxy's upstream transport, one JSON parse and dump: what any proxy of this make costs
before it masks anything.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator

import httpx
from quart import Quart, Response, request

from masker.proxy.listening import Stop, serve_app, server_config
from masker.proxy.supervisor import listen, new_event_loop
from masker.proxy.transport import StreamsTransport
from masker.wire.bodies import dump_body, parse_body


def create_app(upstream: str) -> Quart:
    """Return an application that passes chat completions on."""
    app = Quart("floor")
    app.config.update(RESPONSE_TIMEOUT=None, MAX_CONTENT_LENGTH=64 * 1024 * 1024)
    transport = StreamsTransport()

    @app.post("/v1/chat/completions")
    async def chat() -> Response:
        body = dump_body(parse_body(await request.get_data()))
        outgoing = httpx.Request("POST", upstream, headers={"content-type": "application/json"}, content=body)
        reply = await transport.handle_async_request(outgoing)
        kind = reply.headers["content-type"]
        if kind.startswith("text/event-stream"):

            async def pieces() -> AsyncIterator[bytes]:
                async for piece in reply.stream:
                    yield piece

            response = Response(pieces(), content_type=kind)
            response.timeout = None
            return response
        return Response(b"".join([piece async for piece in reply.stream]), content_type=kind)

    return app


async def _main(port: int, upstream_port: int) -> None:
    app = create_app(f"http://127.0.0.1:{upstream_port}/v1/chat/completions")
    await serve_app(app, listen(f"127.0.0.1:{port}"), server_config(), Stop(1))


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        runner.run(_main(int(sys.argv[1]), int(sys.argv[2])))
