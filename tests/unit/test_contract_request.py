"""Section 1.1 of the contract: what is masked in a request, and what reaches the upstream unchanged."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from masker import Kind, PatternDetector, Rule, hookimpl
from masker.core.policy import Policy
from masker.errors import LeakPrevented
from masker.host.engine import Engine
from masker.host.manager import create_plugin_host
from masker.wire.bodies import dump_body, parse_body

NAME, PHONE = "Sarah Chen", "415-555-0123"
MEDIA = Policy.from_toml('media = "allow"')


class Clinic:
    """A plugin that finds an invented patient, phone numbers and dates."""

    @staticmethod
    @hookimpl
    def masker_register_kinds() -> list[Kind]:
        return [Kind("NAME", "A", "name"), Kind("PHONE", "D", "phone number"), Kind("DATE", "C", "date")]

    @staticmethod
    @hookimpl
    def masker_register_detectors(settings: Any) -> list[PatternDetector]:
        rules = [
            Rule("NAME", re.compile(r"\bsarah chen\b", re.IGNORECASE)),
            Rule("NAME", re.compile(r"\bmay\b"), score=0.9),
            Rule("PHONE", re.compile(r"(?<!\d)\d{3}[- ]?\d{3}[- ]?\d{4}(?!\d)")),
            Rule("DATE", re.compile(r"\d{4}-\d\d-\d\d")),
        ]
        return [PatternDetector("clinic", rules)]


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(create_plugin_host(load_entrypoints=False, plugins={"clinic": Clinic}))


def sent(engine: Engine, body: dict[str, Any] | bytes, policy: Policy | None = None) -> bytes:
    """Return the bytes that would leave."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    call = engine.open(parse_body(raw), policy=policy or Policy(), agent="desk", request_id="r")
    for _ in call.steps():
        pass
    return dump_body(call.body)


def request(*messages: Any, **fields: Any) -> dict[str, Any]:
    return {"model": "m", **fields, "messages": list(messages) or [{"role": "user", "content": "hi"}]}


def tool(**function: Any) -> dict[str, Any]:
    return {"tools": [{"type": "function", "function": {"name": "book", **function}}]}


def parameters(**schema: Any) -> dict[str, Any]:
    return tool(parameters={"type": "object", "properties": {"who": {"type": "string", **schema}}})


def assistant(**fields: Any) -> dict[str, Any]:
    return {"role": "assistant", "content": None, **fields}


def called(arguments: str, name: str = "book") -> dict[str, Any]:
    return {"id": "c1", "type": "function", "function": {"name": name, "arguments": arguments}}


SCHEMA = {"type": "object", "properties": {"who": {"type": "string", "enum": [NAME]}}, "required": ["who"]}

#: Each place that can carry a person's words, with a person's name in it.
PLACES = {
    "content": request({"role": "user", "content": NAME}),
    "system content": request({"role": "system", "content": NAME}),
    "developer content": request({"role": "developer", "content": NAME}),
    "assistant content": request({"role": "assistant", "content": NAME}),
    "text part": request({"role": "user", "content": [{"type": "text", "text": NAME}]}),
    "refusal part": request({"role": "assistant", "content": [{"type": "refusal", "refusal": NAME}]}),
    "refusal": request(assistant(refusal=NAME)),
    "message name": request({"role": "user", "name": "Sarah_Chen", "content": "hi"}),
    "arguments": request(assistant(tool_calls=[called(json.dumps({"who": NAME}))])),
    "arguments that are no JSON": request(assistant(tool_calls=[called(NAME)])),
    "called name": request(assistant(tool_calls=[called("{}", "call_sarah_chen")])),
    "custom input": request(assistant(tool_calls=[{"id": "c", "custom": {"name": "note", "input": NAME}}])),
    "function_call arguments": request(assistant(function_call={"name": "book", "arguments": f'{{"who": "{NAME}"}}'})),
    "function_call name": request(assistant(function_call={"name": "call_sarah_chen", "arguments": "{}"})),
    "tool result": request({"role": "tool", "tool_call_id": "c1", "content": NAME}),
    "tool result in JSON": request({"role": "tool", "tool_call_id": "c1", "content": json.dumps([{"who": NAME}])}),
    "function result": request({"role": "function", "name": "book", "content": NAME}),
    "tool description": request(**tool(description=f"Books for {NAME}.")),
    "tool name": request(tools=[{"type": "function", "function": {"name": "call_sarah_chen"}}]),
    "schema description": request(**parameters(description=f"{NAME} or another")),
    "schema title": request(**parameters(title=NAME)),
    "schema enum": request(**parameters(enum=[NAME, "other"])),
    "schema const": request(**parameters(const=NAME)),
    "schema default": request(**parameters(default=NAME)),
    "schema examples": request(**parameters(examples=[NAME])),
    "schema example": request(**parameters(example=NAME)),
    "property name": request(**tool(parameters={"type": "object", "properties": {"sarah_chen": {"type": "string"}}})),
    "nested schema": request(**parameters(anyOf=[{"items": {"description": NAME}}])),
    "definitions": request(**tool(parameters={"$defs": {"a": {"description": NAME}}})),
    "functions": request(functions=[{"name": "book", "description": NAME}]),
    "functions' schema": request(functions=[{"name": "book", "parameters": SCHEMA}]),
    "response_format": request(
        response_format={"type": "json_schema", "json_schema": {"name": "answer", "description": NAME}}
    ),
    "response_format's schema": request(
        response_format={"type": "json_schema", "json_schema": {"name": "answer", "schema": SCHEMA}}
    ),
    "prediction": request(prediction={"type": "content", "content": NAME}),
    "prediction parts": request(prediction={"type": "content", "content": [{"type": "text", "text": NAME}]}),
    "stop": request(stop=NAME),
    "stop list": request(stop=["\n", f"{NAME}:"]),
    "metadata": request(metadata={"who": NAME}),
    "metadata key": request(metadata={NAME: "1"}),
    "user_location": request(
        web_search_options={"user_location": {"type": "approximate", "approximate": {"city": NAME}}}
    ),
    "unknown field": request(extra=NAME),
    "unknown field below": request(extra={"a": [{"b": NAME}]}),
    "unknown key": request(extra={NAME: 1}),
    "unknown field of a message": request({"role": "user", "content": "hi", "extra": {"b": NAME}}),
    "user": request(user=NAME),
    "safety_identifier": request(safety_identifier=NAME),
    "prompt_cache_key": request(prompt_cache_key=NAME),
}


@pytest.mark.parametrize("body", PLACES.values(), ids=PLACES)
def test_no_place_shows_a_name(engine: Engine, body: dict[str, Any]) -> None:
    """Every string that can carry a person's words is masked or taken out; the rest of the request leaves."""
    out = sent(engine, body)
    assert not re.search(rb"sarah|chen", out, re.IGNORECASE)
    assert {"model", "messages"} <= json.loads(out).keys()


def test_schema_keywords_stay(engine: Engine) -> None:
    """``$schema``, ``$ref``, ``pattern``, ``format`` and ``type`` are no words, whatever they look like."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": ["object", "null"],
        "properties": {"day": {"type": "string", "format": "date", "pattern": r"^\d{4}-\d\d-\d\d$"}, "o": {"$ref": "#/$defs/o"}},
        "$defs": {"o": {"type": "integer", "minimum": 4155550123}},
    }  # fmt: skip
    assert schema == json.loads(sent(engine, request(**tool(parameters=schema))))["tools"][0]["function"]["parameters"]


def test_everything_else_leaves_as_it_came(engine: Engine) -> None:
    """Same values, same number literals, same key order."""
    raw = (
        b'{"zeta":1E-7,"model":"m","top_p":0.10,"seed":123456789012345678901234567890,"messages":[{"content":"hi",'
        b'"role":"user"}],"n":-0,"logit_bias":{"50256":-100},"stream":false,"x":{"b":1.0,"a":null},"alpha":true}'
    )
    assert raw == sent(engine, raw)


def test_a_masked_request_keeps_its_literals_and_its_order(engine: Engine) -> None:
    """Also beside and around what changes, and where a key is renamed."""
    raw = b'{"z":0.10,"x":{"b":1e2,"Sarah Chen":2.50,"a":3},"model":"m","messages":[{"role":"user","content":"Sarah Chen"}],"a":1E5}'
    out = sent(engine, raw)
    assert raw.replace(b"Sarah Chen", b"[NAME_1]") == out


def test_arguments_are_edited_in_place(engine: Engine) -> None:
    """Spaces, escapes and literals of an argument string stay as the caller wrote them."""
    arguments = '{ "who" :"Sarah Chen",\n\t"note": "caf\\u00e9 \\/ \\"ok\\"", "n": 1.50 }'
    out = json.loads(sent(engine, request(assistant(tool_calls=[called(arguments)]))))
    got = out["messages"][0]["tool_calls"][0]["function"]["arguments"]
    assert arguments.replace("Sarah Chen", "[NAME_1]") == got


@pytest.mark.parametrize("place", ["arguments", "tool result", "unknown field"])
def test_a_number_is_masked_when_known_or_named(engine: Engine, place: str) -> None:
    """A number that equals a known value, or whose key names a kind, becomes a token string; others stay."""
    values = (
        '{"copy":4155550123,"phone":4155550199,"count":4155550177,"price":12.50,"long":94155550123,"near":4155550123.5}'
    )
    said = {"role": "user", "content": f"it is {PHONE}"}
    if place == "unknown field":
        raw = b'{"model":"m","extra":%b,"messages":[%b]}' % (values.encode(), json.dumps(said).encode())
        out = sent(engine, raw)
        extra = out[out.index(b'"extra":') + 8 : out.index(b',"messages"')].decode()
        masked = values.replace("4155550123", '"[PHONE_2]"', 1).replace("4155550199", '"[PHONE_1]"')
    else:
        message = (
            assistant(tool_calls=[called(values)])
            if place == "arguments"
            else {"role": "tool", "tool_call_id": "c", "content": values}
        )
        last = json.loads(sent(engine, request(said, message)))["messages"][-1]
        extra = last["tool_calls"][0]["function"]["arguments"] if place == "arguments" else last["content"]
        masked = values.replace("4155550123", '"[PHONE_1]"', 1).replace("4155550199", '"[PHONE_2]"')
    assert masked == extra


@pytest.mark.parametrize("field", ["user", "safety_identifier", "prompt_cache_key"])
def test_identifiers_of_end_users_go_only_with_phi(engine: Engine, field: str) -> None:
    """A token there would make all callers one; what is nobody's stays."""
    assert field not in json.loads(sent(engine, request(**{field: f"u {PHONE}"})))
    assert field not in json.loads(sent(engine, request(**{field: 4155550123})))
    assert "u-7f3a" == json.loads(sent(engine, request(**{field: "u-7f3a"})))[field]


def test_function_names_follow_one_map(engine: Engine) -> None:
    """Tools, ``tool_choice``, earlier calls and results; within OpenAI's alphabet; a name that only looks like one stays."""
    tools = [{"type": "function", "function": {"name": name}} for name in ("call_sarah_chen", "schedule_may")]
    body = request(
        assistant(tool_calls=[called("{}", "call_sarah_chen")]),
        {"role": "function", "name": "call_sarah_chen", "content": "ok"},
        tools=tools,
        tool_choice={"type": "function", "function": {"name": "call_sarah_chen"}},
    )
    out = json.loads(sent(engine, body))
    assert ["call_NAME_1", "schedule_may"] == [each["function"]["name"] for each in out["tools"]]
    assert {"call_NAME_1"} == {
        out["tool_choice"]["function"]["name"],
        out["messages"][0]["tool_calls"][0]["function"]["name"],
        out["messages"][1]["name"],
    }


def test_two_names_never_become_one(engine: Engine) -> None:
    """Where masking would make two names equal, one is told apart by a number."""
    names = ["call_sarah_chen", "call_Sarah_Chen", "call_NAME_1"]
    out = json.loads(sent(engine, request(tools=[{"type": "function", "function": {"name": name}} for name in names])))
    got = [each["function"]["name"] for each in out["tools"]]
    assert len(names) == len(set(got))
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{1,64}", name) for name in got)


VAPI = {
    "call": {
        "id": "x",
        "customer": {"number": "+14155550123"},
        "phoneNumber": {"number": "+14155550166"},
        "assistantOverrides": {
            "variableValues": {"patientName": "Zyx Wvutty", "dob": "1982-03-03", "note": "met Sarah Chen"}
        },
    },
    "customer": {"name": "Qorv Blixt"},
    "phoneNumber": {"twilioAuthToken": "secret", "number": "+14155550166"},
    "assistant": {"name": "Riley"},
    "timestamp": 1700000000,
    "metadata": {"numAssistantTurns": 1},
}


def test_vapis_envelope_is_taken_off(engine: Engine) -> None:
    """Nothing of it leaves, telephony secrets least of all."""
    out = json.loads(sent(engine, request(**VAPI)))
    assert request() == out


@pytest.mark.parametrize("field", ["call", "customer", "phoneNumber", "assistant", "timestamp"])
def test_metadata_goes_only_beside_vapis_fields(engine: Engine, field: str) -> None:
    """It is OpenAI's own where it stands alone."""
    assert request() == json.loads(sent(engine, request(metadata={"a": "b"}, **{field: {}})))
    assert {"a": "b"} == json.loads(sent(engine, request(metadata={"a": "b"})))["metadata"]


def test_elevenlabs_fields_are_taken_off(engine: Engine) -> None:
    """And what they tell of the caller seeds."""
    body = request({"role": "user", "content": "zyx wvutty here"}, user_id="u1",
                   elevenlabs_extra_body={"patientName": "Zyx Wvutty"})  # fmt: skip
    assert request({"role": "user", "content": "[NAME_1] here"}) == json.loads(sent(engine, body))


def test_word_confidences_are_taken_off(engine: Engine) -> None:
    """They repeat each word that was said."""
    words = [{"word": "hi", "confidence": 0.9}]
    message = {"role": "user", "content": "hi"}
    for more in ({"words": words}, {"metadata": {"wordLevelConfidence": words}}):
        assert request(message) == json.loads(sent(engine, request({**message, **more})))
    kept = {"metadata": {"wordLevelConfidence": words, "channel": "a"}}
    assert {"channel": "a"} == json.loads(sent(engine, request({**message, **kept})))["messages"][0]["metadata"]


@pytest.mark.parametrize(
    ("said", "masked"),
    [
        ("this is zyx wvutty", "this is [NAME_1]"),
        ("mister wvutty called", "mister [NAME_1] called"),
        ("qorv blixt", "[NAME_1]"),
        ("four one five five five five oh one two three", "[PHONE_1]"),
        ("(415) 555 0123", "[PHONE_1]"),
        ("march third nineteen eighty two", "[DATE_1]"),
        ("sarah called", "[NAME_1] called"),
    ],
)
def test_what_the_platform_tells_of_the_caller_is_masked_in_any_form(engine: Engine, said: str, masked: str) -> None:
    """Values whose key names a kind, and those that a detector recognises, such as the name in a note."""
    out = json.loads(sent(engine, request({"role": "user", "content": said}, **VAPI)))
    assert masked == out["messages"][0]["content"]


def test_the_clinics_own_number_and_the_bots_name_do_not_seed(engine: Engine) -> None:
    """``phoneNumber`` and ``assistant.name`` are nobody's, also inside ``call``."""
    said = {"role": "user", "content": "hi riley, is this 555-0166 or 555-0188"}
    clinic = {"phoneNumber": {"number": "555-0166"}, "assistant": {"name": "Riley"}}
    assert request(said) == json.loads(sent(engine, request(said, **clinic)))
    assert request(said) == json.loads(sent(engine, request(said, call=clinic)))
    caller = json.loads(sent(engine, request(said, customer={"number": "555-0188"}, **clinic)))
    assert "hi riley, is this 555-0166 or [PHONE_1]" == caller["messages"][0]["content"]


def test_allowed_media_passes_untouched_but_for_its_names(engine: Engine) -> None:
    """The bytes stay, the address and the file's name are masked."""
    parts = [
        {"type": "image_url", "image_url": {"url": f"https://example.org/{PHONE}.png", "detail": "high"}},
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,4155550123AAAA"}},
        {"type": "input_audio", "input_audio": {"data": "4155550123AAAA", "format": "wav"}},
        {"type": "file", "file": {"filename": "sarah_chen_mri.pdf", "file_data": "4155550123AAAA"}},
    ]
    out = json.loads(sent(engine, request({"role": "user", "content": parts}), MEDIA))["messages"][0]["content"]
    assert "https://example.org/[PHONE_1].png" == out[0]["image_url"]["url"]
    assert parts[1:3] == out[1:3]
    assert {"filename": "[NAME_1]_mri.pdf", "file_data": "4155550123AAAA"} == out[3]["file"]


def test_words_in_the_place_of_bytes_are_masked(engine: Engine) -> None:
    """A document of plain text; bytes in lines stay as they are."""
    plain = {"type": "document", "source": {"type": "text", "media_type": "text/plain", "data": f"Call {PHONE}."}}
    lines = {"type": "file", "file": {"file_data": "4155550123AA\r\n4155550123==\n"}}
    out = json.loads(sent(engine, request({"role": "user", "content": [plain, lines]}), MEDIA))
    assert "Call [PHONE_1]." == out["messages"][0]["content"][0]["source"]["data"]
    assert lines == out["messages"][0]["content"][1]


def test_the_last_look_stops_what_slipped_through(engine: Engine) -> None:
    """A known value where masking may not write, such as a schema's pattern: nothing leaves."""
    body = request(
        {"role": "user", "content": "hi"}, customer={"name": "Zyx Wvutty"}, **parameters(pattern="^Zyx Wvutty$")
    )
    with pytest.raises(LeakPrevented) as caught:
        sent(engine, body)
    assert "Zyx" not in str(caught.value)
