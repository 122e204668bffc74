"""No shape of a request is super-linear: twice as many of anything is about twice the work, until it leaves."""

from __future__ import annotations

import gc
import json
import time
from typing import Any

import pytest

from masker.core.policy import Policy
from masker.detection.leaves import json_leaves
from masker.errors import RequestError
from masker.host.engine import Engine, build_engine
from masker.host.settings import load_settings
from masker.wire.bodies import check_chat_request, dump_body, parse_body
from tests.attack.canaries import request

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

#: How much more work twice the request may be; linear is 2, quadratic 4.
RATIO = 3.0


def said(text: str, **more: Any) -> dict[str, Any]:
    return {"role": "user", "content": text, **more}


def called(number: int, name: str = "find") -> list[dict[str, Any]]:
    function = {"name": name, "arguments": json.dumps({"note": f"call {number}"})}
    call = {"id": f"call_{number}", "type": "function", "function": function}
    return [
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": f"call_{number}", "content": "Done."},
    ]


def tool(name: str, **parameters: Any) -> dict[str, Any]:
    return {"type": "function", "function": {"name": name, "parameters": {"type": "object", **parameters}}}


def person(number: int) -> str:
    letters = "".join(chr(97 + int(digit)) for digit in f"{number:05}")
    return f"My name is Maribel Ok{letters}."


SHAPES = {
    "messages": lambda n: request(*(said(f"Turn {i}, please.") for i in range(n))),
    "the same message": lambda n: request(*(said("Yes, please.") for _ in range(n))),
    "questions and answers": lambda n: request(
        *(m for i in range(n) for m in ({"role": "assistant", "content": f"What is your name, {i}?"}, said("No.")))
    ),
    "parts": lambda n: request(said([{"type": "text", "text": f"part {i}"} for i in range(n)])),
    "parts that cut words": lambda n: request(said([{"type": "text", "text": f"ab{i}cd"} for i in range(n)])),
    "calls": lambda n: request(*(m for i in range(n) for m in called(i))),
    "names of functions": lambda n: request(*(m for i in range(n) for m in called(i, f"call_maribel_{i}"))),
    "tools": lambda n: request(tools=[tool(f"find_{i}") for i in range(n)]),
    "properties": lambda n: request(tools=[tool("f", properties={f"field {i}": {"type": "string"} for i in range(n)})]),
    "enum": lambda n: request(tools=[tool("f", properties={"a": {"enum": [f"value {i}" for i in range(n)]}})]),
    "unknown fields": lambda n: request(**{f"field {i}": f"value {i}" for i in range(n)}),
    "keys": lambda n: request(x={f"key {i} of mine": i for i in range(n)}),
    "numbers": lambda n: request(said("my phone is 415-555-0134"), x=[4155550134 + i for i in range(n)]),
    "a document of many leaves": lambda n: request(said(json.dumps([f"leaf {i}" for i in range(n)]))),
    "a table": lambda n: request(said(json.dumps({"columns": ["mrn", "kg"], "rows": [[84739 + i, 70] for i in range(n)]}))),
    "documents": lambda n: request(x=[json.dumps({"a": f"leaf {i}"}) for i in range(n)]),
    "mail addresses": lambda n: request(said(" ".join(f"caller{i}@example.org" for i in range(n)))),
    "phone numbers": lambda n: request(said(" ".join(f"415-555-{i:04}" for i in range(n)))),
    "persons": lambda n: request(*(said(person(i)) for i in range(n))),
    "look-alike tokens": lambda n: request(said(" ".join(f"[NAME_{i}]" for i in range(n)))),
    "seeds": lambda n: {
        **request(said("Hello.")),
        "call": {"assistantOverrides": {"variableValues": {f"name{i}": f"Oko{i} Lark" for i in range(n)}}},
    },
    "stop": lambda n: request(stop=[f"stop {i}" for i in range(n)]),
    "base64": lambda n: request(said(" ".join(["aGVsbG8gaG93IGFyZSB5b3U="] * n))),
    "brackets": lambda n: request(said("[] " * n)),
}  # fmt: skip


@pytest.fixture(scope="module")
def engine() -> Engine:
    return build_engine(load_settings(environ={}))


def work(engine: Engine, shape: Any, count: int) -> float:
    """Return the seconds of processor time from the bytes that came to the bytes that leave."""
    raw = json.dumps(shape(count)).encode()
    gc.collect()
    gc.disable()  # what a collection costs is a matter of all that the tests before have left behind
    began = time.process_time()
    body = parse_body(raw)
    check_chat_request(body)
    # An agent of its own: nothing is known from the time before.
    call = engine.open(body, policy=Policy(), agent=f"{time.monotonic_ns()}", request_id="r")
    try:
        for _ in call.steps():
            pass
        dump_body(call.body)
    except RequestError as refused:
        pytest.fail(f"refused: {refused.code}")
    finally:
        call.close()
        gc.enable()
    return time.process_time() - began


@pytest.mark.parametrize("shape", SHAPES)
def test_twice_as_many_are_twice_the_work(engine: Engine, shape: str) -> None:
    """Of messages, parts, tools, keys, values, tokens: one caller's size is not the others' wait."""
    count = 500
    while (small := work(engine, SHAPES[shape], count)) < 0.15 and count < 200_000:
        count *= 2
    large = work(engine, SHAPES[shape], 2 * count)
    for _ in range(5):  # once more, for what came between: noise only adds, so the least of each is the nearest
        if large / small < RATIO:
            break
        small = min(small, work(engine, SHAPES[shape], count))
        large = min(large, work(engine, SHAPES[shape], 2 * count))
    assert large / small < RATIO, (count, small, large)


def test_values_beside_a_label_take_linear_time() -> None:
    """All of them wait for it until their object ends; four times as many are not sixteen times the work."""

    def seconds(count: int) -> float:
        text = json.dumps({"value": [1] * count, "label": "x"})
        began = time.process_time()
        json_leaves(text)
        return time.process_time() - began

    small, large = (min(seconds(count) for _ in range(3)) for count in (12_000, 48_000))
    assert large / small < 4 * RATIO
