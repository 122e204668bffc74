"""Replies, whole and streamed, as the OpenAI client reads them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from openai.types.chat import ChatCompletion, ChatCompletionChunk

from masker.wire.bodies import Number, dump_body, parse_reply
from masker.wire.chat_stream import ChatStream
from masker.wire.response import restore_error, restore_reply
from masker.wire.restoring import with_keys

Opened = tuple[int, str, bool, str | None]


class Tokens:
    """Replaces `[NAME_1]`, holding what can still become one; JSON text gets an escaped value."""

    def __init__(self, value: str) -> None:
        self._value = value
        self._held = ""

    def feed(self, chunk: str) -> str:
        text = (self._held + chunk).replace("[NAME_1]", self._value)
        cut = next((at for at in range(len(text)) if "[NAME_1]".startswith(text[at:])), len(text))
        self._held = text[cut:]
        return text[:cut]

    def flush(self) -> str:
        held, self._held = self._held, ""
        return held


class Opener:
    """Opens rehydrators and remembers what for."""

    def __init__(self) -> None:
        self.opened: list[Opened] = []

    def __call__(self, choice: int, field: str, is_json: bool, tool: str | None) -> Tokens:
        self.opened.append((choice, field, is_json, tool))
        return Tokens('Sarah \\"S\\" Chen' if is_json else 'Sarah "S" Chen')


def chunk(
    delta: dict[str, Any] | None = None, finish: str | None = None, index: int = 0, **fields: Any
) -> dict[str, Any]:
    choice = {"index": index, "delta": delta or {}, "logprobs": None, "finish_reason": finish}
    made = {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": 1700000000,
        "model": "m",
        "system_fingerprint": "fp",
        "choices": [choice],
    }
    ChatCompletionChunk.model_validate({**made, **fields})
    return {**made, **fields}


def event(data: Any, end: bytes = b"\n") -> bytes:
    return b"data: " + (data if isinstance(data, bytes) else json.dumps(data).encode()) + end * 2


DONE = event(b"[DONE]")


def datas(raw: bytes) -> Iterator[Any]:
    for one in raw.split(b"\n\n"):
        if one.startswith(b"data: ") and one != b"data: [DONE]":
            yield json.loads(one[6:])


def deltas(raw: bytes) -> list[tuple[dict[str, Any], str | None]]:
    found = []
    for data in datas(raw):
        for choice in ChatCompletionChunk.model_validate(data).choices:
            found.append((choice.delta.model_dump(exclude_unset=True), choice.finish_reason))
    return found


def run(
    *chunks: bytes,
    names: dict[str, str] | None = None,
    properties: dict[str, str] | None = None,
    json_content: bool = False,
) -> tuple[bytes, ChatStream, Opener]:
    opener = Opener()
    stream = ChatStream(opener, names, properties, json_content=json_content)
    out = b"".join(map(stream.feed, chunks))
    return out + stream.finish(), stream, opener


def test_a_stream_without_tokens_passes_byte_by_byte() -> None:
    """Role-only chunks, comments, usage, obfuscation, logprobs, CRLF, several data lines, vendor events."""
    raw = (
        event(chunk({"role": "assistant", "content": ""}))
        + b": keep-alive\n\n"
        + event(chunk({"content": "Hi [there]"}, obfuscation="aB3"), b"\r\n")
        + b'event: vendor\nid: 3\nretry: 10\ndata: {"choices": [],\ndata:  "x": 1e400, "created": 123456789012345678901234567890}\n\n'
        + event({"type": "ping"})
        + b"data:\n\n"
        + event(chunk({"reasoning_content": "so", "vendor": {"x": 1}}))
        + event(chunk({}, "stop"))
        + event({**chunk(), "choices": [], "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}})
        + DONE
    )
    out, stream, _ = run(raw)
    assert raw == out
    assert (True, True, None) == (stream.done, stream.ended_cleanly, stream.failed)


def test_a_token_over_many_events_never_shows() -> None:
    """Events leave at once, empty where all of their text is held, and the value comes with the token's last piece."""
    pieces = ["Hi ", "[NA", "ME", "_1", "]", "!"]
    opener = Opener()
    stream = ChatStream(opener)
    outs = [deltas(stream.feed(event(chunk({"content": piece})))) for piece in pieces]
    assert ["Hi ", "", "", "", 'Sarah "S" Chen', "!"] == [delta["content"] for ((delta, _),) in outs]
    assert [(0, "content", False, None)] == opener.opened


def test_what_an_event_carries_besides_text_stays() -> None:
    """Literals, logprobs, unknown fields, name, id and comment of an event that is written anew."""
    raw = b'id: 7\n: note\nevent: message\ndata: {"x":1e400,"choices":[{"index":0,"delta":{"content":"[NAME_1]","y":null},"logprobs":{"content":[{"token":"[NAME_1]","logprob":-0.10}]}}]}\n\n'
    out, _, _ = run(raw)
    assert raw.replace(b'"content":"[NAME_1]"', b'"content":"Sarah \\"S\\" Chen"') == out


def test_held_text_leaves_before_the_finish_reason() -> None:
    """In an event of its own, like the others: the ending chunk itself stays as it came."""
    end = event(chunk({}, "stop"))
    out, stream, _ = run(event(chunk({"content": "a [NAME"})), end, DONE)
    assert [({"content": "a "}, None), ({"content": "[NAME"}, None), ({}, "stop")] == deltas(out)
    assert out.endswith(end + DONE)
    assert {"chatcmpl-1"} == {data["id"] for data in datas(out)}
    assert stream.ended_cleanly


@pytest.mark.parametrize(
    ("begun", "tail", "clean"), [(1, b"", False), (2, b"", True), (1, DONE, True), (0, b"", False)]
)
def test_a_stream_without_a_choice_that_was_asked_for_broke_off(begun: int, tail: bytes, *, clean: bool) -> None:
    """Unless the upstream says that it is done: some know no second choice."""
    stream = ChatStream(Opener(), asked=2)
    for index in range(begun):
        stream.feed(event(chunk({"content": "hi"}, index=index)) + event(chunk({}, "stop", index)))
    stream.feed(tail)
    assert clean == stream.ended_cleanly


def test_text_in_the_ending_chunk_keeps_its_order() -> None:
    """What is held goes before it, in the same event."""
    out, _, _ = run(event(chunk({"content": "a [NAME"})), event(chunk({"content": "_1] b [N"}, "stop")))
    assert [({"content": "a "}, None), ({"content": 'Sarah "S" Chen b [N'}, "stop")] == deltas(out)


def test_held_text_leaves_before_done_and_at_the_end() -> None:
    """Also when the upstream never sends a finish_reason."""
    held = event(chunk({"content": "[NAME"}))
    for tail, done in ((DONE, True), (b"", False)):
        out, stream, _ = run(held, tail)
        assert [({"content": ""}, None), ({"content": "[NAME"}, None)] == deltas(out)
        assert (done, done) == (stream.done, stream.ended_cleanly)
        assert out.endswith(tail)


def test_every_stretch_of_text_has_its_own_rehydrator() -> None:
    """Choices, fields and tool calls interleave without touching each other; arguments are JSON of their tool."""

    def call(number: int, **function: str) -> dict[str, Any]:
        return {"tool_calls": [{"index": number, "function": function}]}

    out, _, opener = run(
        event(chunk({"content": "[NA"})),
        event(chunk({"content": "[NAME_"}, index=1)),
        event(chunk({"refusal": "[NAME"})),
        event(chunk({"reasoning": "[NAME_1"})),
        event(
            chunk(
                {
                    "tool_calls": [
                        {"index": 0, "id": "a", "type": "function", "function": {"name": "f", "arguments": ""}}
                    ]
                }
            )
        ),
        event(
            chunk(
                {
                    "tool_calls": [
                        {
                            "index": 1,
                            "id": "b",
                            "type": "function",
                            "function": {"name": "g", "arguments": '{"x":"[NAME'},
                        }
                    ]
                }
            )
        ),
        event(chunk(call(0, arguments='{"y":"[NA'))),
        event(chunk(call(1, arguments='_1]"}'))),
        event(chunk(call(0, arguments='ME_1]"}'))),
        event(chunk({"content": "1]"}, index=1)),
        event(chunk({"content": "ME_1]"})),
        event(chunk({"refusal": "_1]"})),
        event(chunk({"reasoning": "]"})),
    )
    text: dict[tuple[Any, ...], str] = {}
    for data in datas(out):
        (choice,) = data["choices"]
        for name, value in choice["delta"].items():
            if name == "tool_calls":
                key = (choice["index"], value[0]["index"])
                text[key] = text.get(key, "") + value[0]["function"].get("arguments", "")
            else:
                text[choice["index"], name] = text.get((choice["index"], name), "") + value
    plain, escaped = 'Sarah "S" Chen', 'Sarah \\"S\\" Chen'
    assert {
        (0, "content"): plain,
        (1, "content"): plain,
        (0, "refusal"): plain,
        (0, "reasoning"): plain,
        (0, 0): f'{{"y":"{escaped}"}}',
        (0, 1): f'{{"x":"{escaped}"}}',
    } == text
    assert {(0, "tool_calls.0.arguments", True, "f"), (0, "tool_calls.1.arguments", True, "g")} <= set(opener.opened)


@pytest.mark.parametrize("pieces", [["call_NAME_1"], ["call_", "NAME", "_1"], ["c", "all_NAME_1"]])
def test_function_names_come_back(pieces: list[str]) -> None:
    """Whole or in pieces; the rehydrator of the arguments knows the caller's name."""
    names = {"call_NAME_1": "call_sarah_chen"}
    events = [event(chunk({"tool_calls": [{"index": 0, "function": {"name": piece}}]})) for piece in pieces]
    out, _, opener = run(
        *events, event(chunk({"tool_calls": [{"index": 0, "function": {"arguments": "{}"}}]})), names=names
    )
    got = [call["function"].get("name", "") for delta, _ in deltas(out) for call in delta["tool_calls"]]
    assert "call_sarah_chen" == "".join(got)
    assert [(0, "tool_calls.0.arguments", True, "call_sarah_chen")] == opener.opened


@pytest.mark.parametrize("ids", [["a", "b"], [None, None]])
@pytest.mark.parametrize("together", [True, False])
def test_parallel_calls_may_share_an_index(ids: list[str | None], together: bool) -> None:
    """Each has its name and its own rehydrator; what the first one holds leaves before the second begins."""
    names = {"call_NAME_1": "call_sarah_chen", "mail_NAME_1": "mail_sarah_chen"}
    calls = [
        {"index": 0, **({"id": one} if one else {}), "function": {"name": name, "arguments": '{"x":"[NAME_1'}}
        for one, name in zip(ids, names, strict=True)
    ]
    events = [{"tool_calls": calls}] if together else [{"tool_calls": [call]} for call in calls]
    last = {"tool_calls": [{"index": 0, "function": {"arguments": ']"}'}}]} if not together else {}
    out, _, opener = run(
        *(event(chunk(one)) for one in events), event(chunk(last)), event(chunk({}, "stop")), names=names
    )
    got = [call["function"] for delta, _ in deltas(out) for call in delta.get("tool_calls", ())]
    assert list(names.values()) == [one["name"] for one in got if one.get("name")]
    assert list(names.values()) == [tool for _, _, _, tool in opener.opened]
    arguments = "".join(one.get("arguments", "") for one in got)
    first = '{"x":"[NAME_1'
    assert arguments == (2 * first if together else first + '{"x":"Sarah \\"S\\" Chen"}')


def test_calls_without_an_index_are_told_apart() -> None:
    """By their ids, though each stands first in its event."""
    names = {"call_NAME_1": "call_sarah_chen", "mail_NAME_1": "mail_sarah_chen"}
    stream = ChatStream(Opener(), names)
    calls = [{"id": name, "function": {"name": name, "arguments": '{"x":"[NAME_1]"}'}} for name in names]
    chunks = [{"choices": [{"index": 0, "delta": {"tool_calls": [call]}}]} for call in calls]
    out = b"".join(stream.feed(b"data: " + json.dumps(one).encode() + b"\n\n") for one in chunks)
    got = [json.loads(line[6:])["choices"][0]["delta"]["tool_calls"][0] for line in out.splitlines() if line]
    assert list(names.items()) == [(call["id"], call["function"]["name"]) for call in got]


def test_pieces_of_one_call_may_have_ids_of_their_own() -> None:
    """As some servers make a new one for each: without a name behind the first they are one call."""
    pieces = ['{"x":"[NA', "ME_", '1]"}']
    calls = [
        {"index": 0, "id": str(at), "function": {"name": None if at else "f", "arguments": piece}}
        for at, piece in enumerate(pieces)
    ]
    out, _, opener = run(*(event(chunk({"tool_calls": [call]})) for call in calls))
    assert [(0, "tool_calls.0.arguments", True, "f")] == opener.opened
    got = [call["function"]["arguments"] for delta, _ in deltas(out) for call in delta["tool_calls"]]
    assert '{"x":"Sarah \\"S\\" Chen"}' == "".join(got)


def test_a_name_that_only_begins_like_ours_passes() -> None:
    """Held while in doubt, and flushed."""
    names = {"call_NAME_1": "call_sarah_chen"}
    for pieces, whole in ((["call_", "back"], "call_back"), (["call_NA"], "call_NA")):
        events = [event(chunk({"tool_calls": [{"index": 0, "function": {"name": piece}}]})) for piece in pieces]
        out, _, _ = run(*events, event(chunk({}, "tool_calls")), names=names)
        got = [call["function"].get("name", "") for delta, _ in deltas(out) for call in delta.get("tool_calls", ())]
        assert whole == "".join(got)


def test_keys_of_arguments_come_back() -> None:
    """Names of the caller's own schema, in pieces too; values and other keys are not touched."""
    properties = {"NAME_1_notes": "sarah_notes"}
    raw = '{"NAME_1_notes":"NAME_1_notes x","a":"[NAME_1]"}'
    events = [
        event(chunk({"tool_calls": [{"index": 0, "function": {"name": "f", "arguments": char}}]})) for char in raw
    ]
    out, _, _ = run(*events, event(chunk({}, "tool_calls")), properties=properties)
    got = "".join(
        call["function"].get("arguments", "") for delta, _ in deltas(out) for call in delta.get("tool_calls", ())
    )
    assert {"sarah_notes": "NAME_1_notes x", "a": 'Sarah "S" Chen'} == json.loads(got)


def test_many_keys_take_no_longer_than_few() -> None:
    """However far the last quotation mark is from the reply's end; the test's own time limit is the check."""

    class Plain:
        def feed(self, chunk: str) -> str:
            return chunk

        def flush(self) -> str:
            return ""

    keys = {f"NAME_1_{number}": f"sarah_{number}" for number in range(300_000)}
    rehydrator = with_keys(lambda *_: Plain(), keys)(0, "content", True, None)
    text = '{"NAME_1_300000":"","NAME_1_77":"' + "x" * 5_000_000
    got = (
        "".join(rehydrator.feed(text) for _ in range(5))
        + rehydrator.feed('","NAME_1_2')
        + rehydrator.feed('9":')
        + rehydrator.flush()
    )
    assert got[:40] == '{"NAME_1_300000":"","sarah_77":"xxxxxxxx'
    assert got[-16:] == 'xxx","sarah_29":'


def streamed(*changes: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the deltas that come of some, each cut out of the caller's events."""
    stream = ChatStream(Opener())
    events = [{"choices": [{"index": 0, "delta": change}]} for change in changes]
    raw = b"".join(stream.feed(event(one)) for one in [*events, {"choices": [{"index": 0, "finish_reason": "stop"}]}])
    return [choice["delta"] for data in datas(raw) for choice in data["choices"] if "delta" in choice]


@pytest.mark.parametrize("field", ["content", "reasoning_details"])
@pytest.mark.parametrize("end", ["1]", "1"])
def test_thoughts_in_parts_of_parts_are_one_text(field: str, end: str) -> None:
    """As Mistral streams them; a token is put together over events, and what is held at the end comes in the same form."""

    def thought(text: str) -> dict[str, Any]:
        return {field: [{"type": "thinking", "thinking": [{"type": "text", "text": text}]}]}

    found = streamed(thought("for [NA"), thought("ME_"), thought(end))
    texts = [text["text"] for delta in found for part in delta[field] for text in part["thinking"]]
    assert ("for Sarah " + '"S" Chen' if end == "1]" else "for [NAME_1") == "".join(texts)


def test_what_is_no_string_is_restored_where_it_stands() -> None:
    """Arguments that are an object, reasoning that is one: in a stream as in a whole reply."""
    call = {"index": 0, "function": {"name": "find", "arguments": {"who": ["[NAME_1]", 5]}}}
    delta = {"tool_calls": [call], "reasoning": {"content": "[NAME_1]"}}
    sarah = 'Sarah "S" Chen'
    expected = {
        "tool_calls": [{**call, "function": {"name": "find", "arguments": {"who": [sarah, 5]}}}],
        "reasoning": {"content": sarah},
    }
    assert [expected] == streamed(delta)
    message = {"role": "assistant", **delta}
    whole = restore_reply({"choices": [{"index": 0, "message": message}]}, Opener())
    assert {"role": "assistant", **expected} == json.loads(dump_body(whole["choices"][0]["message"]))


def test_keys_of_structured_content_and_of_whole_arguments_come_back() -> None:
    """As those in a string of arguments do; a value that is written alike is a key's name no less."""
    names = {"NAME_1": "sarah chen"}
    out, _, _ = run(
        event(chunk({"content": '{"NAME'})), event(chunk({"content": '_1": 1}'})), properties=names, json_content=True
    )
    assert '{"sarah chen": 1}' == "".join(delta.get("content", "") for delta, _ in deltas(out))
    call = {"index": 0, "function": {"name": "find", "arguments": {"NAME_1": {"NAME_1": "[NAME_1]"}}}}
    message = {"role": "assistant", "tool_calls": [call]}
    whole = restore_reply({"choices": [{"index": 0, "message": message}]}, Opener(), None, names)
    arguments = whole["choices"][0]["message"]["tool_calls"][0]["function"]["arguments"]
    assert {"sarah chen": {"sarah chen": 'Sarah "S" Chen'}} == arguments


def test_structured_content_is_json() -> None:
    """When the request asked for it."""
    out, _, opener = run(event(chunk({"content": '{"a":"[NAME_1]"}'})), json_content=True)
    assert '{"a":"Sarah \\"S\\" Chen"}' == deltas(out)[0][0]["content"]
    assert [(0, "content", True, None)] == opener.opened


def test_transcripts_parts_and_annotations() -> None:
    """Vendor shapes of streamed words."""
    out, _, _ = run(
        event(chunk({"audio": {"id": "a", "transcript": "[NAME", "data": "AAAA"}})),
        event(chunk({"audio": {"transcript": "_1]"}})),
        event(
            chunk(
                {
                    "reasoning_details": [
                        {"type": "reasoning.text", "text": "[NAME_1]", "index": 0, "signature": "[NAME_1]"}
                    ]
                }
            )
        ),
        event(
            chunk(
                {
                    "annotations": [
                        {"type": "url_citation", "url_citation": {"title": "[NAME_1]", "url": "u", "start_index": 0}}
                    ]
                }
            )
        ),
        event({"choices": [{"index": 0, "delta": {"content": [{"type": "text", "text": "[NAME_1]"}]}}]}),
        event({"choices": [{"index": 0, "message": {"content": "[NAME_1]"}}]}),
    )
    found = [data["choices"][0] for data in datas(out)]
    value = 'Sarah "S" Chen'
    assert {"id": "a", "transcript": "", "data": "AAAA"} == found[0]["delta"]["audio"]
    assert {"transcript": value} == found[1]["delta"]["audio"]
    assert {"type": "reasoning.text", "text": value, "index": 0, "signature": "[NAME_1]"} == found[2]["delta"][
        "reasoning_details"
    ][0]
    assert {"title": value, "url": "u", "start_index": 0} == found[3]["delta"]["annotations"][0]["url_citation"]
    assert [{"type": "text", "text": value}] == found[4]["delta"]["content"]
    assert value == found[5]["message"]["content"]


def test_an_error_event_passes_restored() -> None:
    """After what was held; the stream did not end cleanly."""
    out, stream, _ = run(
        event(chunk({"content": "[NAM"})), event({"error": {"message": "No [NAME_1] here", "code": 7}})
    )
    error = list(datas(out))[-1]["error"]
    assert {"message": 'No Sarah "S" Chen here', "code": 7} == error
    assert [({"content": ""}, None), ({"content": "[NAM"}, None)] == deltas(out[: out.rindex(b"data: ")])
    assert (True, False) == (stream.error, stream.ended_cleanly)


def test_an_error_in_a_list_becomes_one_that_clients_know() -> None:
    """As Gemini's API writes it; a second one passes as well, and a mark at the stream's beginning is no part of it."""
    error = {"error": {"message": "No [NAME_1] here", "code": 7}}
    for data in (error, [error], [error, error]):
        out, stream, _ = run(b"\xef\xbb\xbf" + event(chunk({"content": "[NAM"})), event(data), event(data))
        got = [one["error"] for one in datas(out) if "error" in one]
        assert 2 * [{"message": 'No Sarah "S" Chen here', "code": 7}] == got
        assert (True, None) == (stream.error, stream.failed)


@pytest.mark.parametrize("repeated", [("id", "name"), ("name",), ("id",)])
@pytest.mark.parametrize("name", ["call_NAME_1", "call_NAME_1_2", "look_up"])
def test_a_call_may_repeat_its_id_and_name_in_every_piece(repeated: tuple[str, ...], name: str) -> None:
    """It stays one call: nothing comes more often than the upstream sent it, and each time under the caller's name."""
    names = {"call_NAME_1": "call_sarah_chen", "call_NAME_1_2": "call_sarah_ito"}
    pieces = ['{"x":"[NA', "ME_", '1]"', "}"]
    calls: list[dict[str, Any]] = []
    for at, piece in enumerate(pieces):
        function = {"name": name} if not at or "name" in repeated else {}
        calls.append({"index": 0, "function": {**function, "arguments": piece}})
        if not at or "id" in repeated:
            calls[-1]["id"] = "c1"
    out, _, opener = run(*(event(chunk({"tool_calls": [call]})) for call in calls), names=names)
    got = [call["function"] for delta, _ in deltas(out) for call in delta["tool_calls"]]
    own = names.get(name, name)
    assert [own] * (4 if "name" in repeated else 1) == [one["name"] for one in got if one.get("name")]
    assert '{"x":"Sarah \\"S\\" Chen"}' == "".join(one.get("arguments", "") for one in got)
    assert [(0, "tool_calls.0.arguments", True, own)] == opener.opened


@pytest.mark.parametrize(
    "nonsense", [b"data: <html>\n\n", b"data: 12\n\n", b'data: ["x"]\n\n', b'data: {"choices":\n\n']
)
def test_nonsense_ends_the_stream(nonsense: bytes) -> None:
    """What came before it in the same bytes still leaves; nothing after it does."""
    good = event(chunk({"content": "hi [NAME"}))
    out, stream, _ = run(good + nonsense + good, good)
    assert [({"content": "hi "}, None), ({"content": "[NAME"}, None)] == deltas(out)
    assert stream.failed is not None
    assert not stream.ended_cleanly


def test_an_endless_event_ends_the_stream() -> None:
    """Bounded memory."""
    stream = ChatStream(Opener())
    for _ in range(17):
        stream.feed(b"x" * 1024 * 1024)
    assert stream.failed == "an event without end"


def test_a_last_event_without_its_blank_line() -> None:
    """A whole one counts; half of one is nothing, and the stream did not end cleanly."""
    out, stream, _ = run(event(chunk({"content": "a"}, "stop")) + DONE.rstrip(b"\n"))
    assert out.endswith(DONE)
    assert stream.ended_cleanly
    out, stream, _ = run(event(chunk({"content": "a"})) + b'data: {"choices":[{"delta":{"content":"Sa')
    assert [({"content": "a"}, None)] == deltas(out)
    assert not stream.ended_cleanly


def test_a_stream_without_done_is_clean_when_every_choice_finished() -> None:
    """Some servers just close."""
    first, second = event(chunk({"content": "a"}, "stop")), event(chunk({"content": "b"}, index=1))
    assert run(first)[1].ended_cleanly
    assert not run(first, second)[1].ended_cleanly
    assert not run()[1].ended_cleanly


def test_the_stream_shows_no_content() -> None:
    """In its repr."""
    _, stream, _ = run(event(chunk({"content": "Sarah [NAME"})))
    assert "Sarah" not in repr(stream)


# --- whole replies


REPLY = {
    "id": "chatcmpl-[NAME_1]",
    "object": "chat.completion",
    "created": 1700000000,
    "model": "[NAME_1]",
    "choices": [
        {
            "index": 0,
            "finish_reason": "tool_calls",
            "logprobs": {
                "content": [{"token": "[NAME_1]", "logprob": -0.5, "bytes": None, "top_logprobs": []}],
                "refusal": None,
            },
            "message": {
                "role": "assistant",
                "content": "Hi [NAME_1]",
                "refusal": "[NAME_1]",
                "reasoning_content": "[NAME_1]",
                "annotations": [
                    {
                        "type": "url_citation",
                        "url_citation": {"title": "[NAME_1]", "url": "[NAME_1]", "start_index": 0, "end_index": 1},
                    }
                ],
                "audio": {"id": "[NAME_1]", "data": "[NAME_1]", "expires_at": 1, "transcript": "[NAME_1]"},
                "tool_calls": [
                    {
                        "id": "[NAME_1]",
                        "type": "function",
                        "function": {"name": "call_NAME_1", "arguments": '{"a":"[NAME_1]"}'},
                    },
                    {"id": "c", "type": "custom", "custom": {"name": "note", "input": "[NAME_1]"}},
                ],
                "function_call": {"name": "g", "arguments": '{"NAME_2":"[NAME_1]"}'},
                "vendor": "[NAME_1]",
            },
        },
        {
            "index": 1,
            "finish_reason": "stop",
            "logprobs": None,
            "message": {"role": "assistant", "content": None, "refusal": None},
        },
    ],
    "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    "vendor": "[NAME_1]",
}


def test_every_word_of_the_model_is_restored_and_nothing_else() -> None:
    """Ids, logprobs, data, usage and unknown fields stay; the client can read it."""
    ChatCompletion.model_validate(REPLY)
    opener = Opener()
    before = json.dumps(REPLY)
    restored = restore_reply(REPLY, opener, {"call_NAME_1": "call_sarah_chen"}, {"NAME_2": "sarah"})
    assert before == json.dumps(REPLY)
    value = 'Sarah "S" Chen'
    message = restored["choices"][0]["message"]
    expected = json.loads(before)
    wanted = expected["choices"][0]["message"]
    wanted |= {"content": f"Hi {value}", "refusal": value, "reasoning_content": value}
    wanted["annotations"][0]["url_citation"] |= {"title": value, "url": value}
    wanted["audio"]["transcript"] = value
    wanted["tool_calls"][0]["function"] = {"name": "call_sarah_chen", "arguments": '{"a":"Sarah \\"S\\" Chen"}'}
    wanted["tool_calls"][1]["custom"]["input"] = value
    wanted["function_call"]["arguments"] = '{"sarah":"Sarah \\"S\\" Chen"}'
    assert expected == restored
    ChatCompletion.model_validate(restored)
    assert (0, "tool_calls.0.arguments", True, "call_sarah_chen") in opener.opened
    assert value == message["refusal"]


def test_a_whole_reply_keeps_its_literals() -> None:
    """And its order; content parts and structured answers too."""
    raw = b'{"z":1e400,"choices":[{"message":{"content":[{"type":"text","text":"[NAME_1]"}]},"index":0}],"a":-0.10}'
    out = dump_body(restore_reply(parse_reply(raw), Opener(), json_content=True))
    assert raw.replace(b"[NAME_1]", b'Sarah \\\\\\"S\\\\\\" Chen') == out


@pytest.mark.parametrize(
    "reply",
    [
        {},
        {"choices": None},
        {"choices": [1, {}, {"message": None}, {"message": {"tool_calls": [None, {}], "content": 1, "audio": None}}]},
        {"error": {}},
    ],
)
def test_odd_shapes_pass(reply: dict[str, Any]) -> None:
    """What has no words stays as it is."""
    assert reply == restore_reply(reply, Opener())


def test_every_string_of_an_error_is_restored() -> None:
    """Whatever its shape."""
    found = restore_error({"message": "a", "inner": [{"x": "b", "n": Number("1")}], "code": None}, str.upper)
    assert {"message": "A", "inner": [{"x": "B", "n": Number("1")}], "code": None} == found


def test_an_error_in_a_reply_of_any_status_is_restored_as_one() -> None:
    """Its words come back, and what is no number in JSON is null."""
    raw = b'{"error": {"message": "no, [NAME_1]", "code": NaN}, "id": 1}'
    found = json.loads(dump_body(restore_reply(parse_reply(raw), Opener())), parse_constant=pytest.fail)
    assert {"error": {"message": 'no, Sarah "S" Chen', "code": None}, "id": 1} == found
    assert b'{"error":null}' == dump_body(restore_reply(parse_reply(b'{"error": NaN}'), Opener()))


@pytest.mark.parametrize(
    ("data", "failed"),
    [
        (b'{"choices":[' + b"{}," * 5000 + b"{}]}", "too many choices at once"),
        (b'{"choices":[{"delta":{"tool_calls":[' + b'{"function":{"arguments":"A"}},' * 5000 + b"{}]}}]}", "too many texts at once"),
    ],
)  # fmt: skip
def test_one_event_may_not_open_everything(data: bytes, failed: str) -> None:
    """What is too much ends the stream at once, with nothing of it kept or sent."""
    out, stream, opener = run(event(data), event(chunk({"content": "hi"})))
    assert (b"", failed) == (out, stream.failed)
    assert not opener.opened


@pytest.mark.parametrize("cut", range(1, 12))
@pytest.mark.parametrize("together", [False, True])
def test_a_name_that_begins_like_another_is_told_by_its_end(cut: int, together: bool) -> None:
    """For every cut, with its arguments in the same event or in the next."""
    names = {"book_NAME_1": "book_sarah", **{f"book_NAME_1{n}": f"book_chen{n}" for n in range(10)}}
    for sent, wanted in (("book_NAME_1", "book_sarah"), ("book_NAME_10", "book_chen0")):
        functions: list[dict[str, str]] = [{"name": piece} for piece in (sent[:cut], sent[cut:]) if piece]
        if together:
            functions[-1]["arguments"] = "{}"
        else:
            functions.append({"arguments": "{}"})
        events = [event(chunk({"tool_calls": [{"index": 0, "function": function}]})) for function in functions]
        out, _, _ = run(*events, event(chunk({}, "tool_calls")), DONE, names=names)
        made = [call["function"] for delta, _ in deltas(out) for call in delta.get("tool_calls", ())]
        assert wanted == "".join(one.get("name") or "" for one in made)
        assert "{}" == "".join(one.get("arguments") or "" for one in made)
        first = next(place for place, one in enumerate(made) if one.get("arguments"))
        assert wanted == "".join(one.get("name") or "" for one in made[: first + 1])


def test_many_texts_that_are_held_are_told_in_little_time() -> None:
    """Each leaves in an event of its own, like one that is small; the test's own time limit is the check."""
    calls = [{"index": n, "function": {"arguments": "["}} for n in range(1000)]
    large = {**chunk(), "padding": list(range(200_000)), "choices": [{"index": 0, "delta": {"tool_calls": calls}}]}
    out, stream, _ = run(event(large))
    assert stream.failed is None
    assert 1000 == sum(
        len(delta.get("tool_calls", ())) for delta in map(delta_of, datas(out)) if "padding" not in delta
    )
    assert len(out) < 4_000_000


def delta_of(data: Any) -> dict[str, Any]:
    return {"padding": 1} if "padding" in data else data["choices"][0]["delta"]
