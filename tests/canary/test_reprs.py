"""No object of ours shows content when it is printed, not even while a call is in the middle of its life."""

from __future__ import annotations

import gc
from typing import Any

import httpx
import pytest

from tests.canary.plugin import find

ASK = {
    "model": "m",
    "messages": [
        {"role": "system", "content": "You work for the clinic. The caller is Sarah Chen."},
        {"role": "user", "content": "Call me at 415-555-2671.", "name": "Sarah"},
    ],
    "tools": [{"type": "function", "function": {"name": "call_back", "description": "Calls Sarah Chen."}}],
    "customer": {"number": "+14155552671", "name": "Sarah Chen"},
    "call": {"id": "1"},
}


def ours() -> list[Any]:
    """Return every object of the proxy's and the plugins' classes that is alive; the conformance suite shows cases."""
    modules = ("masker.", "masker_")
    return [
        one
        for one in gc.get_objects()
        if (module := str(type(one).__module__)).startswith(modules) and not module.startswith("masker_conformance")
    ]


def singing(objects: list[Any]) -> dict[str, str]:
    """Return where the printed form of an object holds what was planted, by the object's class."""
    finds = {type(one).__qualname__: find(repr(one).encode("utf-8", "replace"), ids=True) for one in objects}
    return {name: what for name, what in finds.items() if what}


@pytest.mark.parametrize("stream", [False, True])
def test_no_repr_shows_content(proxy: Any, upstream: Any, stream: bool) -> None:
    """While the upstream answers, the vault, the walk, the request and the agent are all alive."""
    seen: dict[str, Any] = {}

    async def script(exchange: Any) -> None:
        if stream:
            await exchange.streams("Hello [NA", "ME_1], [PHO", "NE_1].")
        else:
            await exchange.says("Hello [NAME_1].")

    async def looking(exchange: Any) -> None:
        objects = ours()
        seen["songs"] = singing(objects)
        seen["kinds"] = {type(one).__name__ for one in objects}
        await script(exchange)

    upstream.script = looking
    response = httpx.post(
        proxy.chat_url(proxy.agent()) + "?who=Sarah%20Chen", json={**ASK, "stream": stream}, timeout=20
    )
    assert 200 == response.status_code
    assert {} == seen["songs"]
    # The walk over objects did meet what holds content.
    assert {"Vault", "MaskedCall", "Agent", "Incoming"} <= seen["kinds"]
