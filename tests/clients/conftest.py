"""Client libraries run as programs of their own, against a proxy with every plugin and a model that plays along.

The model answers on two addresses. Through the proxy it speaks in tokens, straight it speaks in values; everything
else is the same, so whatever a client makes of both must be the same too.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest

from masker.host.engine import Engine
from masker.host.manager import create_plugin_host
from tests.integration.conftest import Background, Exchange, Proxy, Upstream, delta, start_proxy

#: What the caller tells, and what the model must see in its place.
VALUES = {"[NAME_1]": "Sarah Chen", "[PHONE_1]": "415-555-2671"}
#: Shorter than a token, so that every token is cut.
PIECE = 5


@attrs.frozen
class Seen:
    """What came of one conversation: what the client's user saw, and the requests at the model."""

    proxied: Any
    direct: Any


@attrs.define
class Model:
    """The scripted upstream: calls the tool that is offered, fills the schema that is asked for, or says hello."""

    upstream: Upstream

    @property
    def direct_url(self) -> str:
        return f"http://127.0.0.1:{self.upstream.port}/direct/v1"

    def requests(self, *, direct: bool) -> list[Exchange]:
        return [one for one in self.upstream.exchanges if one.target.startswith("/direct/") == direct]

    async def answer(self, exchange: Exchange) -> None:
        message = self._message(exchange.tree)
        if exchange.target.startswith("/direct/"):
            message = with_values(message)
        if exchange.tree.get("stream"):
            await self._stream(exchange, message)
        else:
            await exchange.says(message["content"], **{k: v for k, v in message.items() if k != "content"})

    def _message(self, tree: Any) -> dict[str, Any]:
        if tree["messages"][-1]["role"] == "tool":
            return {"content": "Done, [NAME_1], we remind you at [PHONE_1]."}
        if tree.get("tools"):
            function = tree["tools"][0]["function"]
            arguments = json.dumps(filled(function["parameters"]))
            call = {"id": "call_1", "type": "function", "function": {"name": function["name"], "arguments": arguments}}
            return {"content": None, "tool_calls": [call]}
        if tree.get("response_format", {}).get("type") == "json_schema":
            return {"content": json.dumps(filled(tree["response_format"]["json_schema"]["schema"]))}
        return {"content": "Hello [NAME_1], I have [PHONE_1]."}

    async def _stream(self, exchange: Exchange, message: dict[str, Any]) -> None:
        await exchange.begin_stream()
        await exchange.event(delta({"role": "assistant", "content": "" if message["content"] else None}))
        for piece in pieces(message["content"] or ""):
            await exchange.event(delta({"content": piece}))
        for call in message.get("tool_calls", []):
            function = call["function"]
            first = {"index": 0, **call, "function": {**function, "arguments": ""}}
            await exchange.event(delta({"tool_calls": [first]}))
            for piece in pieces(function["arguments"]):
                await exchange.event(delta({"tool_calls": [{"index": 0, "function": {"arguments": piece}}]}))
        await exchange.event(delta({}, "tool_calls" if message.get("tool_calls") else "stop"))
        if (exchange.tree.get("stream_options") or {}).get("include_usage"):
            usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
            await exchange.event({**delta({}), "choices": [], "usage": usage})
        await exchange.end_stream()


def pieces(text: str) -> list[str]:
    return [text[start : start + PIECE] for start in range(0, len(text), PIECE)]


def filled(schema: Any) -> dict[str, str]:
    """Return arguments for a schema of names and numbers."""
    return {key: "[PHONE_1]" if key == "phone" else "[NAME_1]" for key in schema["properties"]}


def with_values(tree: Any) -> Any:
    """Return a tree with values in place of tokens."""
    text = json.dumps(tree)
    for token, value in VALUES.items():
        text = text.replace(token, value)
    return json.loads(text)


@pytest.fixture(scope="session")
def loop_of_clients() -> Iterator[Background]:
    background = Background()
    yield background
    background.close()


@pytest.fixture(scope="session")
def serving(loop_of_clients: Background, tmp_path_factory: Any) -> Iterator[tuple[Proxy, Upstream]]:
    """One proxy with all first-party plugins, and its upstream, for every client."""
    upstream = Upstream()
    loop_of_clients.run(upstream.start())
    environ = {
        "MASKER_DATABASE_URL": f"sqlite:///{tmp_path_factory.mktemp('clients')}/masker.db",
        "MASKER_OPENAI_BASE_URL": upstream.url,
        "MASKER_OPENAI_API_KEY": "sk-operator",
    }
    proxy = start_proxy(loop_of_clients, Engine(create_plugin_host()), environ)
    yield proxy, upstream
    proxy.shut_down()
    loop_of_clients.run(upstream.stop())


@pytest.fixture
def model(serving: tuple[Proxy, Upstream]) -> Model:
    upstream = serving[1]
    upstream.exchanges.clear()
    upstream.received.clear()
    model = Model(upstream)
    upstream.script = model.answer
    return model


@pytest.fixture(scope="session")
def base_url(serving: tuple[Proxy, Upstream]) -> str:
    proxy = serving[0]
    return proxy.base_url(proxy.agent("openai:gpt-4o-mini"))


@pytest.fixture
def run_client(base_url: str, model: Model, tmp_path: Path) -> Any:
    """Run a client program to its end; return what it saw, by conversation."""

    def run(*command: str) -> dict[str, Seen]:
        output = tmp_path / "seen.json"
        # No proxies, keys or tracing of this machine; and a home of its own for what libraries keep.
        environ = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "NO_COLOR": "1", "DO_NOT_TRACK": "1"}
        done = subprocess.run(
            [*command, base_url, model.direct_url, str(output)],
            env=environ,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=110,
            check=False,
        )
        assert 0 == done.returncode, re.sub(r"(?m)^", "    ", done.stderr[-3000:])
        return {name: Seen(**seen) for name, seen in json.loads(output.read_text()).items()}

    return run
