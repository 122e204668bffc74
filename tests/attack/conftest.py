"""One proxy with every installed plugin, and an upstream that keeps what it hears, for all attacks."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from typing import Any

import attrs
import httpx
import pytest

from masker.core.policy import Policy
from masker.errors import RequestError
from masker.host.engine import Engine, build_engine
from masker.host.settings import load_settings
from masker.proxy.agents import Agent
from masker.wire.bodies import check_chat_request, dump_body, parse_body
from tests.integration.conftest import Background, Proxy, Upstream, start_proxy


@attrs.define
class Arena:
    """The proxy under attack and the upstream behind it."""

    background: Background
    upstream: Upstream
    proxy: Proxy
    agent: Agent
    http: httpx.Client

    @property
    def url(self) -> str:
        return self.proxy.chat_url(self.agent)

    def post(self, tree: Any = None, **options: Any) -> httpx.Response:
        if tree is not None:
            options["content"] = json.dumps(tree).encode()
        return self.http.post(self.url, headers={"content-type": "application/json"}, **options)

    def heard(self) -> bytes:
        """Return every byte the upstream got since the last time, headers and request lines included."""
        data = bytes(self.upstream.received)
        self.upstream.received.clear()
        self.upstream.exchanges.clear()
        return data


@pytest.fixture(scope="session")
def installed() -> Engine:
    """The engine with every plugin that is installed."""
    return build_engine(load_settings(environ={}))


@pytest.fixture(scope="session")
def shared_arena(installed: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Arena]:
    background = Background()
    upstream = Upstream()
    background.run(upstream.start())
    proxy = start_proxy(
        background,
        installed,
        {
            "MASKER_DATABASE_URL": f"sqlite:///{tmp_path_factory.mktemp('attack')}/masker.db",
            "MASKER_OPENAI_BASE_URL": upstream.url,
            "MASKER_OPENAI_API_KEY": "sk-operator",
            "MASKER_RATE_LIMIT": "100000/s burst 100000",
            "MASKER_UPSTREAM_TIMEOUT_MS": "10000",
            "MASKER_DETECTION_TIMEOUT_MS": "60000",  # a thousand calls at once take a busy machine longer than usual
        },
    )
    with httpx.Client(trust_env=False, timeout=30) as http:
        yield Arena(background, upstream, proxy, proxy.agent(), http)
    proxy.shut_down()
    background.run(upstream.stop())
    background.close()


async def answers(exchange: Any) -> None:
    if exchange.method == "POST" and exchange.tree.get("stream") is True:
        await exchange.streams("Hello ", "[NA", "ME_1].")
    else:
        await exchange.says("Hello [NAME_1].")


@pytest.fixture
def arena(shared_arena: Arena) -> Arena:
    """The arena, its upstream answering plainly and having heard nothing yet."""
    shared_arena.heard()
    shared_arena.upstream.script = answers
    return shared_arena


@pytest.fixture
def leaves(installed: Engine) -> Callable[[Any], bytes]:
    """Return what a request becomes before it is sent; nothing where it is refused as the contract says."""

    def leave(tree: Any, policy: Policy | None = None) -> bytes:
        refused = ""
        with contextlib.ExitStack() as exits:
            try:
                body = parse_body(tree if isinstance(tree, bytes) else json.dumps(tree).encode())
                check_chat_request(body)
                call = installed.open(body, policy=policy or Policy(), agent="attack", request_id="r")
                exits.callback(call.close)
                for _ in call.steps():
                    pass
                return dump_body(call.body)
            except RequestError as refusal:
                refused = refusal.code
        assert refused in {"media_not_allowed", "invalid_request", "leak_prevented"}
        return b""

    return leave
