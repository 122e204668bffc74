"""Tools and structured outputs, with the real client: a booking from the question to the tool's call."""

from __future__ import annotations

import json
from typing import Any

import openai
import pydantic
import pytest

BOOK = {
    "type": "function",
    "function": {
        "name": "book_slot",
        "description": "Book an appointment.",
        "parameters": {
            "type": "object",
            "properties": {"date": {"type": "string"}, "name": {"type": "string"}, "phone": {"type": "string"}},
        },
    },
}
FIND = {"type": "function", "function": {"name": "find_slots", "parameters": {"type": "object", "properties": {}}}}
SCHEDULING = 'preset = "scheduling"\nscheduling_tools = ["find_slots"]\nrequired_kinds = ["NAME", "PHONE", "DATE"]\n'
CALLER = {
    "role": "user",
    "content": "I am Sarah Chen, 415-555-2671. I was born on 1982-03-03. Book the second-earliest slot.",
}


def tool_call(name: str, arguments: Any) -> dict[str, Any]:
    return {"id": "call_1", "type": "function", "function": {"name": name, "arguments": json.dumps(arguments)}}


@pytest.fixture
def client(proxy: Any) -> Any:
    agent = proxy.agent(policy_toml=SCHEDULING)
    with openai.OpenAI(api_key="unused", base_url=proxy.base_url(agent), max_retries=0) as client:
        yield client


def test_the_second_earliest_slot_is_booked(client: Any, upstream: Any) -> None:
    """Under the scheduling preset the model sees the slots' dates, sorts them, and never sees who the caller is."""

    async def model(exchange: Any) -> None:
        messages = exchange.tree["messages"]
        if messages[-1]["role"] == "user":
            await exchange.says(None, tool_calls=[tool_call("find_slots", {})])
            return
        slots = sorted(slot["date"] for slot in json.loads(messages[-1]["content"])["slots"])
        arguments = {"date": slots[1], "name": "[NAME_1]", "phone": "[PHONE_1]"}
        await exchange.says(None, tool_calls=[tool_call("book_slot", arguments)])

    upstream.script = model
    messages: list[Any] = [CALLER]
    first = client.chat.completions.create(model="m", messages=messages, tools=[FIND, BOOK]).choices[0].message
    assert "find_slots" == first.tool_calls[0].function.name
    slots = {"slots": [{"date": "2030-05-09"}, {"date": "2030-05-02"}, {"date": "2030-05-30"}], "for": "Sarah Chen"}
    messages += [first.to_dict(), {"role": "tool", "tool_call_id": "call_1", "content": json.dumps(slots)}]
    second = client.chat.completions.create(model="m", messages=messages, tools=[FIND, BOOK]).choices[0].message
    assert {"date": "2030-05-09", "name": "Sarah Chen", "phone": "415-555-2671"} == json.loads(
        second.tool_calls[0].function.arguments
    )
    for planted in (b"Sarah", b"Chen", b"415-555", b"1982-03"):
        assert planted not in upstream.received
    for exchange in upstream.exchanges:
        assert not [planted for planted in (b"415", b"1982") if planted in exchange.body]


def test_without_the_preset_the_slots_are_masked(proxy: Any, upstream: Any) -> None:
    """Dates are PHI unless the policy says otherwise."""
    messages = [
        {"role": "user", "content": "When?"},
        {"role": "assistant", "content": None, "tool_calls": [tool_call("find_slots", {})]},
        {"role": "tool", "tool_call_id": "call_1", "content": '{"date": "2030-05-09"}'},
    ]
    with openai.OpenAI(api_key="unused", base_url=proxy.base_url(proxy.agent()), max_retries=0) as client:
        client.chat.completions.create(model="m", messages=messages)  # type: ignore[arg-type]
    assert '{"date": "[DATE_1]"}' == upstream.last.tree["messages"][2]["content"]


@pytest.mark.parametrize("size", [1, 3, 8])
def test_arguments_are_restored_while_they_stream(client: Any, upstream: Any, shapes: Any, size: int) -> None:
    """Two calls side by side, in pieces that cut tokens; the result is JSON."""
    texts = [json.dumps({"name": "[NAME_1]"}), json.dumps({"phone": "[PHONE_1]", "date": "[DATE_1]"})]

    async def model(exchange: Any) -> None:
        await exchange.begin_stream()
        for index in (0, 1):
            opening = {
                "index": index,
                "id": f"call_{index}",
                "type": "function",
                "function": {"name": "book_slot", "arguments": ""},
            }
            await exchange.event(shapes.delta({"tool_calls": [opening]}))
        for start in range(0, max(map(len, texts)), size):
            for index, text in enumerate(texts):
                piece = {"index": index, "function": {"arguments": text[start : start + size]}}
                await exchange.event(shapes.delta({"tool_calls": [piece]}))
        await exchange.event(shapes.delta({}, "tool_calls"))
        await exchange.end_stream()

    upstream.script = model
    with client.chat.completions.stream(model="m", messages=[CALLER], tools=[BOOK]) as stream:
        calls = stream.get_final_completion().choices[0].message.tool_calls
    assert [{"name": "Sarah Chen"}, {"phone": "415-555-2671", "date": "1982-03-03"}] == [
        json.loads(call.function.arguments) for call in calls
    ]


def test_what_two_calls_still_hold_leaves_under_their_own_index(client: Any, upstream: Any, shapes: Any) -> None:
    """Both break off within a token: the rest of each comes back as it is, in its own call, before the end is told."""
    texts = ['{"name": "[NAME_1]", "for": "[NAME_', '{"phone": "[PHONE_1]", "or": "[PHON']

    async def model(exchange: Any) -> None:
        await exchange.begin_stream()
        for index, text in enumerate(texts):
            function = {"name": "book_slot", "arguments": text}
            call = {"index": index, "id": f"call_{index}", "type": "function", "function": function}
            await exchange.event(shapes.delta({"tool_calls": [call]}))
        await exchange.event(shapes.delta({}, "length"))
        await exchange.end_stream()

    upstream.script = model
    said = ["", ""]
    ended = False
    stream = client.chat.completions.create(model="m", messages=[CALLER], tools=[BOOK], stream=True)
    for choice in (chunk.choices[0] for chunk in stream):
        for call in choice.delta.tool_calls or ():
            assert not ended
            said[call.index] += call.function.arguments
        ended = ended or choice.finish_reason is not None
    assert ['{"name": "Sarah Chen", "for": "[NAME_', '{"phone": "415-555-2671", "or": "[PHON'] == said
    assert ended


class Booking(pydantic.BaseModel):
    name: str
    phone: str


def test_structured_outputs_are_restored_as_json(client: Any, upstream: Any) -> None:
    """The client's own parser accepts what comes back."""
    upstream.script = lambda exchange: exchange.says('{"name": "[NAME_1]", "phone": "[PHONE_1]"}')
    reply = client.chat.completions.parse(model="m", messages=[CALLER], response_format=Booking)
    assert Booking(name="Sarah Chen", phone="415-555-2671") == reply.choices[0].message.parsed


class TestStub:
    """The built-in upstream takes the same path as any other."""

    @pytest.fixture
    def client(self, proxy: Any) -> Any:
        with openai.OpenAI(api_key="x", base_url=proxy.base_url(proxy.agent("stub:*")), max_retries=0) as client:
            yield client

    def test_it_answers_with_the_callers_values(self, client: Any, upstream: Any) -> None:
        """Whole and streamed alike; no other upstream hears of it."""
        said = client.chat.completions.create(model="m", messages=[CALLER]).choices[0].message.content
        stream = client.chat.completions.create(model="m", messages=[CALLER], stream=True)
        assert said == "".join(chunk.choices[0].delta.content or "" for chunk in stream)
        assert "Thanks Sarah Chen, I have your phone number as 415-555-2671 and your date as 1982-03-03." == said
        assert not upstream.exchanges

    def test_it_calls_tools(self, client: Any) -> None:
        """With arguments made of the caller's values, then with words about the result."""
        messages: list[Any] = [CALLER]
        call = client.chat.completions.create(model="m", messages=messages, tools=[BOOK]).choices[0].message
        arguments = json.loads(call.tool_calls[0].function.arguments)
        assert {"name": "Sarah Chen", "phone": "415-555-2671", "date": "1982-03-03"} == arguments
        messages += [
            call.to_dict(),
            {"role": "tool", "tool_call_id": "call_stub_1", "content": "Booked for Sarah Chen."},
        ]
        reply = client.chat.completions.create(model="m", messages=messages, tools=[BOOK]).choices[0].message
        assert "Booked for Sarah Chen." in reply.content

    def test_it_fills_structured_outputs(self, client: Any) -> None:
        """From the schema's property names."""
        reply = client.chat.completions.parse(model="m", messages=[CALLER], response_format=Booking)
        assert Booking(name="Sarah Chen", phone="415-555-2671") == reply.choices[0].message.parsed

    def test_it_sends_usage_when_asked(self, client: Any) -> None:
        """As the last chunk, without choices."""
        stream = client.chat.completions.create(
            model="m", messages=[CALLER], stream=True, stream_options={"include_usage": True}
        )
        *_, last = stream
        assert [] == last.choices
        assert last.usage.total_tokens > 0
