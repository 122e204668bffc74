"""Hostile bodies over a socket: never an error that the contract does not know, never a hang, never a canary out."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.attack.canaries import CANARIES, PLACES, leaks

QUICK = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True)

#: Canaries that give themselves away whatever a mutation does around them.
PLANTED = {kind: CANARIES[kind] for kind in ("PHONE", "EMAIL", "SSN", "CARD", "URL")}
TEXT = " ".join(canary.sentence for canary in PLANTED.values())
VALUES = tuple(canary.written for canary in PLANTED.values())

#: What the contract lets a chat request be answered with, when the upstream is well.
ALLOWED = {
    200: {None},
    400: {"invalid_json", "invalid_request"},
    415: {"unsupported_media_type"},
    422: {"model_not_allowed", "media_not_allowed", "blocked_by_policy"},
    500: {"leak_prevented"},
}

WORDS = st.sampled_from(
    ["", "m", "x", "role", "content", "type", "text", "tool_calls", "function", "arguments", "name", "messages", "data:", "[NAME_1]",
     "{", '{"a": "b"}', "[1, 2", "\\", '\\"', "\u0000", "\u2028", "é", "😀", "[PHONE_1]", "null", "image_url", "user", "tool", "\ufeff", TEXT]
)  # fmt: skip
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**40), 10**40), st.floats(allow_nan=False, allow_infinity=False), WORDS, st.text(max_size=8)
)  # fmt: skip
TREES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS | st.text(max_size=5), inner, max_size=4), max_leaves=12
)  # fmt: skip
MESSAGES = st.lists(
    st.fixed_dictionaries(
        {"role": st.sampled_from(["user", "assistant", "tool", "system", "function", "x"])},
        optional={
            "content": st.one_of(TREES, st.text(max_size=20), st.lists(st.dictionaries(WORDS, TREES, max_size=3), max_size=3)),
            "tool_calls": TREES, "name": TREES, "tool_call_id": TREES, "function_call": TREES, "audio": TREES, "words": TREES,
            "metadata": TREES, "refusal": TREES,
        },
    ),
    min_size=1,
    max_size=4,
)  # fmt: skip
FIELDS = st.dictionaries(
    st.sampled_from(
        ["tools", "functions", "tool_choice", "response_format", "prediction", "stop", "metadata", "user", "stream_options", "logit_bias",
         "web_search_options", "customer", "call", "assistant", "elevenlabs_extra_body", "user_id", "seed", "n", "audio", "reasoning", "x"]
    ),
    TREES,
    max_size=4,
)  # fmt: skip


@st.composite
def trees(draw: Any) -> dict[str, Any]:
    """A request with canaries in a known place, and anything in any other."""
    tree = draw(st.sampled_from(sorted(PLACES)).map(lambda name: PLACES[name](TEXT)))
    tree["messages"] = [*tree["messages"], *draw(MESSAGES)] if draw(st.booleans()) else tree["messages"]
    return {**draw(FIELDS), **tree, "stream": draw(st.sampled_from([True, False, None]))}


@st.composite
def bodies(draw: Any) -> bytes:
    """The bytes of a request, possibly damaged."""
    raw = json.dumps(draw(trees()), ensure_ascii=draw(st.booleans())).encode("utf-8", "surrogatepass")
    for _ in range(draw(st.integers(0, 3)) if draw(st.booleans()) else 0):
        at = draw(st.integers(0, len(raw)))
        how = draw(st.sampled_from(["cut", "drop", "insert", "repeat"]))
        if how == "cut":
            raw = raw[:at]
        elif how == "drop":
            raw = raw[:at] + raw[at + draw(st.integers(1, 4)) :]
        elif how == "insert":
            junk = [
                b"\x00",
                b"\xff",
                b"\xed\xa0\x80",
                b"\\ud800",
                b"NaN",
                b"1e999",
                b"{",
                b"]",
                b'"',
                b"[" * 200,
                b'"a":1,"a":2,',
                b"\xef\xbb\xbf",
                b" ",
            ]
            raw = raw[:at] + draw(st.sampled_from(junk)) + raw[at:]
        else:
            raw = raw[:at] + raw[max(0, at - 30) :]
    return raw  # fmt: skip


async def answers(exchange: Any) -> None:
    text = "Hello [PHONE_1] [NAME_1] [EMAIL"
    if exchange.tree.get("stream") is True:
        await exchange.streams(*text)
    else:
        await exchange.says(text)


def check(arena: Any, raw: bytes) -> None:
    response = arena.post(content=raw)
    code = None if response.status_code == 200 else response.json()["error"]["code"]
    heard = arena.heard()
    assert code in ALLOWED.get(response.status_code, set()), (response.status_code, code)
    assert bool(heard) == (response.status_code == 200)
    assert not leaks(heard, *VALUES)
    if code is not None:
        assert not leaks(response.content, *VALUES)


def test_hostile_bodies_are_answered_and_tell_nothing(arena: Any, rounds: Any) -> None:
    """Any tree of the API's shape or of none, damaged or not, with canaries in it."""
    arena.upstream.script = answers

    @QUICK
    @given(bodies())
    def law(raw: bytes) -> None:
        check(arena, raw)

    rounds(law)
