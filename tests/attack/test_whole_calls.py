"""Whole calls over a socket: nothing of the patient leaves, and every token comes back as what it stood for."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.attack.conftest import Arena
from tests.attack.whole_calls import PLAIN, whole

_TOKEN = re.compile(r"\[[A-Z_]+_\d+\]")
#: A request is sent after every so many messages, and for the whole.
_EVERY = 7


def _strings(tree: Any) -> list[str]:
    if isinstance(tree, dict):
        return [text for value in tree.values() for text in _strings(value)]
    if isinstance(tree, list):
        return [text for value in tree for text in _strings(value)]
    return [tree] if isinstance(tree, str) else []


def _left(sent: dict[str, Any], forms: set[str]) -> list[str]:
    """Return the forms that the upstream heard."""
    heard = "\n".join(_strings(sent["messages"])).lower()
    return sorted(form for form in forms if re.search(rf"(?<!\w){re.escape(form.lower())}(?!\w)", heard))


def _beside(sent: dict[str, Any]) -> set[str]:
    """Return what is left of what the caller said, but for what says nothing."""
    texts = (message["content"] for message in sent["messages"] if message["role"] == "user")
    return set(re.findall(r"[a-z0-9']+", _TOKEN.sub(" ", " ".join(texts)))) - PLAIN


def _said(response: str) -> str:
    """Return what a stream says, put together."""
    events = [json.loads(line[6:]) for line in response.splitlines() if line.startswith("data: {")]
    return "".join(event["choices"][0]["delta"].get("content") or "" for event in events)


@pytest.mark.parametrize("seed", range(16))
def test_nothing_of_a_whole_call_leaves(arena: Arena, seed: int) -> None:
    """At any turn, whole and streamed; the reply repeats every token and comes back without one."""
    made = whole(seed)
    heard: list[dict[str, Any]] = []

    async def repeat(exchange: Any) -> None:
        heard.append(exchange.tree)
        tokens = list(dict.fromkeys(_TOKEN.findall(" ".join(_strings(exchange.tree["messages"])))))
        text = " | ".join(tokens)
        if exchange.tree.get("stream"):
            await exchange.streams(*(text[at : at + 5] for at in range(0, len(text), 5)))
        else:
            arguments = json.dumps({"values": tokens})
            calls = [{"id": "c", "type": "function", "function": {"name": "save", "arguments": arguments}}]
            await exchange.says(text, tool_calls=calls)

    arena.upstream.script = repeat
    for end in [*range(_EVERY, len(made.messages), _EVERY), len(made.messages)]:
        tree = {"model": "gpt-4o", "messages": made.messages[:end]}
        whole_reply = arena.post(tree).json()["choices"][0]["message"]
        streamed = _said(arena.post({**tree, "stream": True}).text)
        assert heard[-2]["messages"] == heard[-1]["messages"]
        assert [] == _left(heard[-1], made.forms), (heard[-1]["messages"], made.messages[:end])
        assert set() == _beside(heard[-1])
        assert streamed == whole_reply["content"]
        assert _TOKEN.search(streamed) is None
        saved = json.loads(whole_reply["tool_calls"][0]["function"]["arguments"])["values"]
        assert [] == [value for value in saved if _TOKEN.search(value)]
