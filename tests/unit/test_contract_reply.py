"""Sections 1.2 and 1.3 of the contract: tokens, and the reply that brings values back, whole and streamed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from masker import Kind, PatternDetector, Rule, hookimpl
from masker.core.policy import Policy
from masker.host.engine import Engine, MaskedCall
from masker.host.manager import create_plugin_host
from masker.wire.bodies import parse_body

PHRASE = Policy.from_toml('unknown_tokens = "phrase"')


class Clinic:
    """A plugin that finds two invented people, phone numbers, addresses and dates."""

    @staticmethod
    @hookimpl
    def masker_register_kinds() -> list[Kind]:
        return [
            Kind("NAME", "A", "name"),
            Kind("PHONE", "D", "phone number"),
            Kind("EMAIL", "F", "email address"),
            Kind("DATE", "C", "date"),
        ]

    @staticmethod
    @hookimpl
    def masker_register_detectors(settings: Any) -> list[PatternDetector]:
        rules = [
            Rule("NAME", re.compile(r"\bsarah (?:\"?sal\"? )?chen\b|\bpedro ruiz\b", re.IGNORECASE)),
            Rule("PHONE", re.compile(r"(?<!\d)\d{3}[- ]?\d{3}[- ]?\d{4}(?!\d)")),
            Rule("EMAIL", re.compile(r"\w+@example\.org")),
            Rule("DATE", re.compile(r"\d{4}-\d\d-\d\d|\bmarch 3rd 19 ?82\b")),
        ]
        return [PatternDetector("clinic", rules)]


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(create_plugin_host(load_entrypoints=False, plugins={"clinic": Clinic}))


def masked(engine: Engine, *messages: Any, policy: Policy | None = None, **fields: Any) -> MaskedCall:
    turns = [{"role": "user", "content": each} if isinstance(each, str) else each for each in messages]
    raw = json.dumps({"model": "m", **fields, "messages": turns}).encode()
    call = engine.open(parse_body(raw), policy=policy or Policy(), agent="desk", request_id="r")
    for _ in call.steps():
        pass
    return call


def contents(call: MaskedCall) -> list[str]:
    return [message["content"] for message in call.body["messages"]]


def restored(call: MaskedCall, **message: Any) -> Any:
    reply = call.reply({"choices": [{"index": 0, "message": {"role": "assistant", **message}}]})
    return reply["choices"][0]["message"]


def arguments(call: MaskedCall, text: str, name: str = "book") -> str:
    calls = [{"id": "c", "type": "function", "function": {"name": name, "arguments": text}}]
    return str(restored(call, tool_calls=calls)["tool_calls"][0]["function"]["arguments"])


def events(delta_of: Any, text: str, size: int) -> Iterator[bytes]:
    """Yield an upstream's stream of one text in pieces."""
    for start in range(0, len(text), size):
        choice = {"index": 0, "delta": delta_of(text[start : start + size]), "finish_reason": None}
        yield b"data: " + json.dumps({"id": "x", "choices": [choice]}).encode() + b"\n\n"
    yield b'data: {"id": "x", "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}\n\n'
    yield b"data: [DONE]\n\n"


def deltas(wire: bytes) -> list[Any]:
    data = [line.removeprefix(b"data: ") for line in wire.split(b"\n") if line.startswith(b"data: {")]
    return [json.loads(one)["choices"][0]["delta"] for one in data]


class TestTokens:
    def test_one_value_has_one_token_in_every_form(self, engine: Engine) -> None:
        """Written, with country code, and spoken."""
        call = masked(
            engine, "415-555-0123", "+14155550123", "four one five five five five oh one two three", "(415) 555.0123"
        )
        assert {"[PHONE_1]"} == set(contents(call))

    def test_different_values_and_parts_have_tokens_of_their_own(self, engine: Engine) -> None:
        """A first name alone may be somebody else's."""
        call = masked(engine, "sarah chen and pedro ruiz", "sarah?")
        assert ["[NAME_1] and [NAME_2]", "[NAME_3]?"] == contents(call)

    def test_tools_and_other_fields_are_numbered_before_messages(self, engine: Engine) -> None:
        """They stand in front of every turn, and so keep their numbers."""
        tools = [{"type": "function", "function": {"name": "book", "description": "for 415-555-0188"}}]
        call = masked(engine, "415-555-0123", tools=tools, metadata={"from": "415-555-0177"})
        assert "for [PHONE_1]" == call.body["tools"][0]["function"]["description"]
        assert {"from": "[PHONE_2]"} == call.body["metadata"]
        assert ["[PHONE_3]"] == contents(call)

    def test_a_growing_conversation_keeps_its_tokens(self, engine: Engine) -> None:
        """Also for the part of a name that is said before the next full name."""
        turns = ["sarah chen here", "sarah, yes", "it is 415-555-0123", "pedro ruiz too", "and sarah's 415-555-0188"]
        last = contents(masked(engine, *turns))
        for length in range(1, len(turns)):
            assert last[:length] == contents(masked(engine, *turns[:length]))

    @pytest.mark.parametrize(
        "literal", ["[NAME_1]", "[name_1]", "[NAME 1]", "[NAME-1]", "NAME_1", "%5BNAME_1%5D", r"\[NAME\_1\]"]
    )
    def test_a_number_that_stands_as_text_is_skipped_and_never_restored(self, engine: Engine, literal: str) -> None:
        """In any accepted form, and in the reply in any form."""
        call = masked(engine, f"say {literal} to sarah chen")
        assert [f"say {literal} to [NAME_2]"] == contents(call)
        assert "[NAME_1] NAME_1 %5BNAME_1%5D sarah chen" == restored(
            call, content="[NAME_1] NAME_1 %5BNAME_1%5D [NAME_2]"
        )["content"]  # fmt: skip

    def test_a_token_of_another_request_is_plain_text(self, engine: Engine) -> None:
        """There is no vault across requests."""
        first = masked(engine, "sarah chen")
        assert "[NAME_1]" == restored(masked(engine, "hello"), content="[NAME_1]")["content"]
        first.close()
        assert "[NAME_1]" == first.restore_text("[NAME_1]")

    def test_what_is_redacted_never_comes_back(self, engine: Engine) -> None:
        """It has no number."""
        call = masked(engine, "415-555-0123", policy=Policy.from_toml('[kinds.PHONE]\naction = "redact"'))
        assert ["[REDACTED:PHONE]"] == contents(call)
        assert "[REDACTED:PHONE] [PHONE_1]" == restored(call, content="[REDACTED:PHONE] [PHONE_1]")["content"]


class TestForms:
    """In which form a value returns."""

    def test_as_a_user_last_said_it(self, engine: Engine) -> None:
        """Whoever else wrote it later."""
        later = [
            {"role": "assistant", "content": "SARAH CHEN?"},
            {"role": "tool", "tool_call_id": "c", "content": "SARAH CHEN"},
        ]
        assert (
            "Sarah Chen" == restored(masked(engine, "sarah chen", "Sarah Chen", *later), content="[NAME_1]")["content"]
        )

    def test_else_as_it_stood_first(self, engine: Engine) -> None:
        """No user has said it."""
        call = masked(
            engine, {"role": "system", "content": "For SARAH CHEN"}, {"role": "assistant", "content": "sarah chen"}
        )
        assert "SARAH CHEN" == restored(call, content="[NAME_1]")["content"]

    @pytest.mark.parametrize(
        ("said", "token", "written"),
        [
            ("four one five five five five oh one two three", "[PHONE_1]", "4155550123"),
            ("sal at example dot org", "[EMAIL_1]", "sal@example.org"),
            ("march third nineteen eighty two", "[DATE_1]", "1982-03-03"),
            ("415-555-0123", "[PHONE_1]", "415-555-0123"),
        ],
    )
    def test_a_tool_gets_what_was_spoken_written(self, engine: Engine, said: str, token: str, written: str) -> None:
        """And what was written as it was written; the caller hears it as it was said."""
        call = masked(engine, said)
        assert [token] == contents(call)
        assert json.dumps({"v": written}) == arguments(call, json.dumps({"v": token}))
        assert said == restored(call, content=token)["content"]

    @pytest.mark.parametrize("keyword", ["enum", "const"])
    def test_a_tool_gets_the_spelling_of_its_own_schema(self, engine: Engine, keyword: str) -> None:
        """Another tool gets its own."""
        tools = [
            {"type": "function", "function": {"name": name, "parameters": {"type": "object", "properties": {
                "who": {keyword: [spelled] if keyword == "enum" else spelled}}}}}
            for name, spelled in (("book", "SARAH CHEN"), ("call", "Sarah Chen"))
        ]  # fmt: skip
        call = masked(engine, "it's sarah chen", tools=tools)
        assert '{"who": "SARAH CHEN"}' == arguments(call, '{"who": "[NAME_1]"}')
        assert '{"who": "Sarah Chen"}' == arguments(call, '{"who": "[NAME_1]"}', "call")
        assert "sarah chen" == restored(call, content="[NAME_1]")["content"]


class TestReply:
    def test_only_words_change(self, engine: Engine) -> None:
        """Ids, usage, logprobs and unknown fields stay as the upstream sent them."""
        untouched = {
            "id": "[NAME_1]",
            "model": "[NAME_1]",
            "system_fingerprint": "[NAME_1]",
            "usage": {"note": "[NAME_1]"},
            "vendor": {"note": "[NAME_1]"},
        }
        choice = {
            "index": 0,
            "finish_reason": "stop",
            "logprobs": {"content": [{"token": "[NAME_1]", "logprob": -0.5}]},
            "vendor": "[NAME_1]",
        }
        message = {
            "role": "assistant",
            "content": "[NAME_1]",
            "refusal": "[NAME_1]",
            "reasoning": "[NAME_1]",
            "reasoning_content": "[NAME_1]",
            "audio": {"id": "[NAME_1]", "data": "[NAME_1]", "transcript": "[NAME_1]"},
            "annotations": [{"type": "url_citation", "url_citation": {"title": "[NAME_1]"}}],
            "function_call": {"name": "book", "arguments": '{"who": "[NAME_1]"}'},
            "tool_calls": [{"id": "[NAME_1]", "type": "function", "function": {"name": "book", "arguments": '["[NAME_1]"]'}}],
            "vendor": "[NAME_1]",
        }  # fmt: skip
        got = masked(engine, "sarah chen").reply({**untouched, "choices": [{**choice, "message": message}]})
        name = "sarah chen"
        assert {
            **untouched,
            "choices": [
                {
                    **choice,
                    "message": {
                        "role": "assistant",
                        "content": name,
                        "refusal": name,
                        "reasoning": name,
                        "reasoning_content": name,
                        "audio": {"id": "[NAME_1]", "data": "[NAME_1]", "transcript": name},
                        "annotations": [{"type": "url_citation", "url_citation": {"title": name}}],
                        "function_call": {"name": "book", "arguments": f'{{"who": "{name}"}}'},
                        "tool_calls": [
                            {"id": "[NAME_1]", "type": "function", "function": {"name": "book", "arguments": f'["{name}"]'}}
                        ],
                        "vendor": "[NAME_1]",
                    },
                }
            ],
        } == got  # fmt: skip

    @pytest.mark.parametrize(
        ("bent", "said"),
        [
            ("[NAME_1]", "sarah chen"),
            ("[name_1]", "sarah chen"),
            ("[NAME 1]", "sarah chen"),
            ("[NAME-1]", "sarah chen"),
            ("[NAME\n1]", "sarah chen"),
            (r"\[NAME\_1\]", "sarah chen"),
            ("%5BNAME_1%5D", "sarah chen"),
            ("**[NAME_1]**", "**sarah chen**"),
            ("[NAME_1]'s", "sarah chen's"),
            ("NAME_1", "sarah chen"),
            ("name 1", "name 1"),
            ("name_1", "name_1"),
            ("Name_1", "Name_1"),
            ("FIRST_NAME_1", "FIRST_NAME_1"),
            ("NAME_12", "NAME_12"),
            ("[NAME_2]", "[NAME_2]"),
            ("[name_1", "[name_1"),
        ],
    )
    @pytest.mark.parametrize("size", [1, 2, 3, 100])
    def test_bent_tokens_come_back_streamed_as_whole(self, engine: Engine, bent: str, said: str, size: int) -> None:
        """The accepted forms and no others; the stream says what the whole reply says."""
        call = masked(engine, "sarah chen")
        text = f"Hi {bent}, ok."
        assert f"Hi {said}, ok." == restored(call, content=text)["content"]
        stream = call.stream()
        wire = b"".join(stream.feed(event) for event in events(lambda piece: {"content": piece}, text, size))
        assert f"Hi {said}, ok." == "".join(delta.get("content", "") for delta in deltas(wire + stream.finish()))

    def test_an_object_key_is_no_bare_token(self, engine: Engine) -> None:
        """A property may well be called ``NAME_1``."""
        assert '{"NAME_1": "sarah chen"}' == arguments(masked(engine, "sarah chen"), '{"NAME_1": "NAME_1"}')

    @pytest.mark.parametrize("size", [1, 4, 100])
    @pytest.mark.parametrize("field", ["content", "refusal", "reasoning_content", "function_call", "audio"])
    def test_every_field_of_a_stream_is_restored(self, engine: Engine, field: str, size: int) -> None:
        """However it is cut."""
        shapes: dict[str, Any] = {
            "function_call": lambda piece: {"function_call": {"arguments": piece}},
            "audio": lambda piece: {"audio": {"transcript": piece}},
        }
        read: dict[str, Any] = {
            "function_call": lambda delta: delta.get("function_call", {}).get("arguments", ""),
            "audio": lambda delta: delta.get("audio", {}).get("transcript", ""),
        }
        stream = masked(engine, "sarah chen").stream()
        pieces = events(shapes.get(field, lambda piece: {field: piece}), '{"v": "[NAME_1]"}', size)
        wire = b"".join(map(stream.feed, pieces)) + stream.finish()
        of = read.get(field, lambda delta: delta.get(field, ""))
        assert '{"v": "sarah chen"}' == "".join(map(of, deltas(wire)))

    @pytest.mark.parametrize(
        "form", [{"type": "json_object"}, {"type": "json_schema", "json_schema": {"name": "a", "schema": {}}}]
    )
    def test_structured_content_stays_json(self, engine: Engine, form: dict[str, Any]) -> None:
        """A value is escaped for the string it stands in, in a stream as well; plain content is not escaped."""
        said = 'sarah "sal" chen'
        call = masked(engine, said, response_format=form)
        assert {"who": said} == json.loads(restored(call, content='{"who": "[NAME_1]"}')["content"])
        stream = call.stream()
        wire = b"".join(map(stream.feed, events(lambda piece: {"content": piece}, '{"who": "[NAME_1]"}', 3)))
        assert {"who": said} == json.loads("".join(delta.get("content", "") for delta in deltas(wire)))
        assert said == restored(masked(engine, said), content="[NAME_1]")["content"]

    def test_arguments_stay_json(self, engine: Engine) -> None:
        """Whatever the value holds."""
        call = masked(engine, 'sarah "sal" chen')
        assert {"who": 'sarah "sal" chen'} == json.loads(arguments(call, '{"who": "[NAME_1]"}'))

    def test_an_unknown_token_becomes_a_phrase_where_it_is_heard(self, engine: Engine) -> None:
        """A tool gets it as it is; without the policy everything stays."""
        call = masked(engine, "sarah chen", policy=PHRASE)
        assert (
            "Is your phone number right, sarah chen?"
            == restored(call, content="Is [PHONE_4] right, [NAME_1]?")["content"]
        )
        assert '{"v": "[PHONE_4]", "w": "sarah chen"}' == arguments(call, '{"v": "[PHONE_4]", "w": "[NAME_1]"}')
        kept = masked(engine, "sarah chen")
        assert "[PHONE_4]" == restored(kept, content="[PHONE_4]")["content"]

    def test_an_unknown_token_in_streamed_arguments_stays(self, engine: Engine) -> None:
        """As in a whole reply."""
        stream = masked(engine, "sarah chen", policy=PHRASE).stream()
        opening = {"index": 0, "id": "c", "type": "function"}
        pieces = events(lambda piece: {"tool_calls": [{**opening, "function": {"name": "", "arguments": piece}}]}, '{"v": "[PHONE_4]"}', 4)  # fmt: skip
        wire = b"".join(map(stream.feed, pieces))
        calls = [call for delta in deltas(wire) for call in delta.get("tool_calls", ())]
        assert '{"v": "[PHONE_4]"}' == "".join(call["function"].get("arguments", "") for call in calls)

    def test_comments_usage_and_order_stay(self, engine: Engine) -> None:
        """What carries no words passes byte by byte, in its place."""
        stream = masked(engine, "sarah chen").stream()
        wire = (
            b": keep-alive\n\n"
            b'data: {"id":"x","choices":[{"index":0,"delta":{"content":"ok"},"finish_reason":null}]}\n\n'
            b'data: {"id":"x","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n'
            b'event: x\ndata: {"id":"x","choices":[],"usage":{"total_tokens":1.50}}\n\ndata: [DONE]\n\n'
        )
        assert wire == stream.feed(wire) + stream.finish()
