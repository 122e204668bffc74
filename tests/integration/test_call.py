"""A call end to end, with the real clients over real sockets."""

from __future__ import annotations

import json
from typing import Any

import openai
import pytest

from masker.core.policy import Policy

SEED = {
    "model": "gpt-4o-mini",
    "messages": [
        {"role": "system", "content": "You are a helpful healthcare assistant."},
        {"role": "user", "content": "Hi, this is Sarah Chen, my number is 415-555-2671."},
    ],
    "stream": False,
    "temperature": 0.4,
    "max_tokens": 512,
}
THANKS = "Thanks [NAME_1], I have your number as [PHONE_1]."
THANKS_RESTORED = "Thanks Sarah Chen, I have your number as 415-555-2671."


@pytest.fixture
def client(proxy: Any) -> Any:
    with openai.OpenAI(api_key="unused", base_url=proxy.base_url(proxy.agent()), max_retries=0) as client:
        yield client


def test_the_upstream_sees_tokens_and_the_caller_sees_values(client: Any, upstream: Any) -> None:
    """The seed example works as it stands."""
    upstream.script = lambda exchange: exchange.says(THANKS)
    reply = client.chat.completions.create(**SEED)
    assert THANKS_RESTORED == reply.choices[0].message.content
    assert b"Sarah" not in upstream.received
    assert b"Chen" not in upstream.received
    assert b"555" not in upstream.last.body
    assert b"555-" not in upstream.received  # a port or a length may hold the digits alone
    assert "Hi, this is [NAME_1], my number is [PHONE_1]." == upstream.last.tree["messages"][1]["content"]


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 100])
def test_a_stream_is_restored_however_the_tokens_are_cut(client: Any, upstream: Any, size: int) -> None:
    """Pieces of any size give the same text as the whole reply."""
    pieces = [THANKS[start : start + size] for start in range(0, len(THANKS), size)]
    upstream.script = lambda exchange: exchange.streams(*pieces)
    stream = client.chat.completions.create(**{**SEED, "stream": True})
    said = [chunk.choices[0].delta.content or "" for chunk in stream]
    assert THANKS_RESTORED == "".join(said)
    assert b"Sarah" not in upstream.received


def test_a_stream_is_restored_at_every_two_way_cut(client: Any, upstream: Any) -> None:
    """The upstream cuts the text at each possible place in turn; no piece shows part of a token."""
    for cut in range(1, len(THANKS)):
        upstream.script = lambda exchange, cut=cut: exchange.streams(THANKS[:cut], THANKS[cut:])
        stream = client.chat.completions.create(**{**SEED, "stream": True})
        said = [chunk.choices[0].delta.content or "" for chunk in stream]
        assert THANKS_RESTORED == "".join(said)
        assert not any(mark in piece for piece in said for mark in ("[", "]", "NAME_", "PHONE_"))


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("policy", "heard"),
    [
        (None, "Thanks Sarah Chen, is [PHONE_2] or PHONE_3 or [NAME_7] right? [STEP_1]."),
        (
            'unknown_tokens = "phrase"\nrequired_kinds = ["NAME"]',
            "Thanks Sarah Chen, is your phone number or your phone number or your name right? [STEP_1].",
        ),
    ],
    ids=["keep", "phrase"],
)
def test_tokens_that_nobody_issued(proxy: Any, upstream: Any, policy: str | None, heard: str, stream: bool) -> None:
    """A model invents some: they stay as they are, or become a phrase for the ear; what is no kind's is no token."""
    said = "Thanks [NAME_1], is [PHONE_2] or PHONE_3 or [NAME_7] right? [STEP_1]."
    upstream.script = lambda exchange: exchange.streams(*said) if stream else exchange.says(said)
    base_url = proxy.base_url(proxy.agent(policy_toml=policy))
    with openai.OpenAI(api_key="unused", base_url=base_url, max_retries=0) as client:
        reply = client.chat.completions.create(**{**SEED, "stream": stream})
        pieces = [one.choices[0].delta.content or "" for one in reply] if stream else [reply.choices[0].message.content]
    assert heard == "".join(pieces)


def test_bytes_of_an_event_may_come_one_by_one(client: Any, upstream: Any, shapes: Any) -> None:
    """Network cuts, also inside a UTF-8 character, change nothing."""
    events = [shapes.delta({"content": "Grüße, [NA"}), shapes.delta({"content": "ME_1] 👋"}), shapes.delta({}, "stop")]
    wire = b"".join(b"data: " + json.dumps(event, ensure_ascii=False).encode() + b"\n\n" for event in events)

    async def script(exchange: Any) -> None:
        await exchange.begin_stream()
        for position in range(len(wire)):
            await exchange.chunk(wire[position : position + 1])
        await exchange.end_stream()

    upstream.script = script
    stream = client.chat.completions.create(**{**SEED, "stream": True})
    assert "Grüße, Sarah Chen 👋" == "".join(chunk.choices[0].delta.content or "" for chunk in stream)


async def test_the_async_client_is_served(proxy: Any, upstream: Any) -> None:
    """Whole and streamed, with openai's asynchronous client."""
    async with openai.AsyncOpenAI(api_key="unused", base_url=proxy.base_url(proxy.agent()), max_retries=0) as client:
        upstream.script = lambda exchange: exchange.says(THANKS)
        reply = await client.chat.completions.create(**SEED)
        assert THANKS_RESTORED == reply.choices[0].message.content
        upstream.script = lambda exchange: exchange.streams(THANKS[:10], THANKS[10:])
        stream = await client.chat.completions.create(**{**SEED, "stream": True})
        assert THANKS_RESTORED == "".join([chunk.choices[0].delta.content or "" async for chunk in stream])


@pytest.mark.parametrize("stream", [False, True])
def test_the_installed_plugins_do_the_same(make_proxy: Any, upstream: Any, installed_engine: Any, stream: bool) -> None:
    """The seed example with what a clone installs, under the default policy."""
    installed_engine.check(Policy())
    proxy = make_proxy(use_engine=installed_engine)
    upstream.script = lambda exchange: exchange.streams("Thanks [NA", "ME_1].") if stream else exchange.says(THANKS)
    with openai.OpenAI(api_key="unused", base_url=proxy.base_url(proxy.agent()), max_retries=0) as client:
        reply = client.chat.completions.create(**{**SEED, "stream": stream})
        said = "".join(c.choices[0].delta.content or "" for c in reply) if stream else reply.choices[0].message.content
    assert ("Thanks Sarah Chen." if stream else THANKS_RESTORED) == said
    assert "Hi, this is [NAME_1], my number is [PHONE_1]." == upstream.last.tree["messages"][1]["content"]
    assert not [planted for planted in (b"Sarah", b"Chen", b"415", b"2671") if planted in upstream.last.body]
    assert not [planted for planted in (b"Sarah", b"Chen", b"415-555", b"555-2671") if planted in upstream.received]
