"""Where text can stand in a request, and how masked text goes back."""

from __future__ import annotations

import json
from typing import Any

import pytest

from masker.detection.embedded import Edit
from masker.wire.bodies import Number, dump_body, parse_body
from masker.wire.calls import Tool, tools_by_call, turn_of
from masker.wire.positions import positions
from masker.wire.request import Outgoing, Slot, media_in, outgoing_slots, put, slots_of

Row = tuple[str, str, str | None]


def request(**fields: Any) -> dict[str, Any]:
    body = {"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "hi"}], **fields}
    return parse_body(json.dumps(body).encode())


def message(**fields: Any) -> dict[str, Any]:
    return request(messages=[fields])


def rows(body: dict[str, Any]) -> list[Row]:
    return [(slot.form, slot.segment.text, slot.segment.key) for slot in slots_of(body)]


def masked(body: dict[str, Any], **values: str) -> Outgoing:
    """Replace words in every slot, as masking would: ``Sarah="[NAME_1]"``."""
    before = dump_body(body)
    slots = slots_of(body)
    out = put(body, slots, [edits(slot, values) for slot in slots])
    assert before == dump_body(body), "the caller's body was changed"
    return out


def edits(slot: Slot, values: dict[str, str]) -> list[Edit] | None:
    found = [
        Edit(at, at + len(old), new)
        for old, new in values.items()
        for at in range(len(slot.segment.text))
        if slot.segment.text.startswith(old, at)
    ]
    return sorted(found) or None


def test_a_plain_conversation_is_its_contents() -> None:
    """Nothing else is looked at: neither the model nor roles nor settings."""
    body = request(
        messages=[{"role": "system", "content": "Help."}, {"role": "user", "content": "I'm Sarah"}],
        temperature=0.4,
        seed=7,
        n=2,
        stream=True,
        stream_options={"include_usage": True},
        logit_bias={"50256": -100},
        modalities=["text", "audio"],
        audio={"voice": "alloy", "format": "wav"},
        reasoning_effort="low",
        service_tier="auto",
        tool_choice="auto",
        store=False,
    )
    assert [("text", "Help.", None), ("text", "I'm Sarah", None)] == rows(body)


def test_tools_and_other_fields_come_before_messages() -> None:
    """Tokens are numbered in this order."""
    body = parse_body(
        json.dumps(
            {
                "messages": [{"role": "user", "content": "message"}],
                "metadata": {"note": "metadata"},
                "stop": ["stop"],
                "response_format": {
                    "type": "json_schema",
                    "json_schema": {"name": "answer", "description": "format", "schema": {}},
                },
                "functions": [{"name": "f", "description": "function"}],
                "model": "m",
                "tools": [{"type": "function", "function": {"name": "t", "description": "tool"}}],
            }
        ).encode()
    )
    texts = [text for form, text, _ in rows(body) if form == "text"]
    assert ["tool", "function", "format", "metadata", "stop", "message"] == texts


def test_schemas_show_words_and_names_and_keep_keywords() -> None:
    """Descriptions, titles, enums, consts, defaults, examples and property names; never patterns or references."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "x",
        "type": "object",
        "title": "T",
        "description": "D",
        "properties": {
            "pedro": {"type": "string", "pattern": "^a", "format": "date", "enum": ["E"], "minLength": 3},
            "other": {"$ref": "#/$defs/o", "const": "C", "default": "F", "examples": ["X"]},
        },
        "patternProperties": {"^x": {"title": "P"}},
        "required": ["pedro", "dob"],
        "additionalProperties": False,
        "anyOf": [{"description": "A"}],
        "$defs": {"o": {"type": "array", "items": {"description": "I"}}},
        "x-vendor": "V",
    }
    found = rows(
        request(tools=[{"type": "function", "function": {"name": "book", "parameters": schema, "strict": True}}])
    )
    assert [
        ("function_name", "book", None),
        ("text", "T", None),
        ("text", "D", None),
        ("property_name", "pedro", None),
        ("text", "E", "pedro"),
        ("text", "C", "other"),
        ("text", "F", "other"),
        ("text", "X", "other"),
        ("text", "P", None),
        ("property_name", "pedro", None),
        ("text", "A", None),
        ("text", "I", None),
        ("property_name", "x-vendor", None),
        ("text", "V", "x-vendor"),
    ] == found[:-1]


def test_places_to_choose_among_are_no_ones_address() -> None:
    """The sites that a tool offers stand without the key that names them; a default and other choices with theirs."""
    properties = {
        "clinic_location": {"enum": ["Downtown", "Northgate"], "default": "Westside"},
        "patient": {"enum": ["Sarah"]},
    }
    function = {"name": "b", "parameters": {"properties": properties}}
    found = rows(request(tools=[{"type": "function", "function": function}]))
    keys = {text: key for form, text, key in found if form == "text"}
    assert {"Downtown": None, "Northgate": None, "Westside": "clinic_location", "Sarah": "patient"}.items() <= keys.items()


def test_every_field_of_a_message_is_a_place() -> None:
    """Content, names, calls, results, refusals, reasoning, and fields that we do not know."""
    body = request(
        messages=[
            {
                "role": "assistant",
                "content": None,
                "name": "nurse_kim",
                "refusal": "R",
                "reasoning_content": "think",
                "tool_calls": [
                    {"id": "c1", "type": "function", "function": {"name": "look_up", "arguments": '{"dob": "D"}'}},
                    {"id": "c2", "type": "custom", "custom": {"name": "note", "input": "free"}},
                ],
                "function_call": {"name": "old", "arguments": "not json"},
                "audio": {"id": "audio_1"},
                "custom": {"Sarah Chen": "V"},
            },
            {"role": "tool", "tool_call_id": "c1", "content": "result"},
            {"role": "function", "name": "old", "content": "older"},
        ]
    )
    tools = {slot.segment.text: slot.tool for slot in slots_of(body)}
    assert [
        ("text", "nurse_kim", "name"),
        ("text", "R", None),
        ("text", "think", None),
        ("function_name", "look_up", None),
        ("text", "D", "dob"),
        ("id", "c1", None),
        ("function_name", "note", None),
        ("text", "free", None),
        ("id", "c2", None),
        ("function_name", "old", None),
        ("text", "not json", None),
        ("id", "audio_1", None),
        ("property_name", "custom", None),
        ("property_name", "Sarah Chen", None),
        ("text", "V", "Sarah Chen"),
        ("id", "c1", None),
        ("text", "result", None),
        ("function_name", "old", None),
        ("text", "older", None),
    ] == rows(body)
    assert ("look_up", "note", "old", "look_up", "old") == tuple(
        tools[text] for text in ("D", "free", "not json", "result", "older")
    )


def test_an_unknown_role_or_type_is_a_place() -> None:
    """Nothing hides behind a field that usually holds a keyword."""
    body = request(
        messages=[{"role": "Sarah Chen", "content": [{"type": "Sarah Chen", "text": "hi"}]}], service_tier="Sarah Chen"
    )
    assert [
        ("text", "Sarah Chen", None),
        ("id", "Sarah Chen", None),
        ("text", "hi", None),
        ("id", "Sarah Chen", None),
    ] == rows(body)


def test_unknown_fields_are_walked_to_the_bottom() -> None:
    """Keys that are no field names, strings and numbers, each under the key that describes it."""
    extra = {"pedro": {"phone": 4155550134, "tags": ["a", {"remark": "b"}]}, "on": True, "nothing": None}
    found = rows(request(extra=extra))
    assert [
        ("property_name", "pedro", None),
        ("number", "4155550134", "phone"),
        ("text", "a", "tags"),
        ("property_name", "remark", None),
        ("text", "b", "remark"),
        ("property_name", "nothing", None),
    ] == found[:-1]


def test_the_other_known_fields_that_hold_words() -> None:
    """Predictions, stop words, user locations, and the identifiers of end users."""
    body = request(
        prediction={"type": "content", "content": [{"type": "text", "text": "P"}]},
        stop="S",
        web_search_options={
            "search_context_size": "low",
            "user_location": {"type": "approximate", "approximate": {"city": "Lowell", "country": "US"}},
        },
        user="U",
        safety_identifier="I",
        prompt_cache_key="K",
    )
    assert [
        ("text", "P", None),
        ("text", "S", None),
        ("text", "Lowell", "city"),
        ("text", "US", "country"),
        ("drop", "U", "user"),
        ("drop", "I", "user"),
        ("drop", "K", "user"),
    ] == rows(body)[:-1]


def test_segments_know_the_open_question() -> None:
    """An answer's place is the question before it, for its JSON leaves too."""
    body = request(
        messages=[
            {"role": "assistant", "content": "What is your date of birth?"},
            {"role": "user", "content": [{"type": "text", "text": "march third"}]},
            {"role": "tool", "content": '{"a": "b"}'},
        ]
    )
    by_text = {slot.segment.text: slot.segment for slot in slots_of(body)}
    question = by_text["march third"].question
    assert question is not None
    assert ("assistant", "What is your date of birth?") == (question.role, question.text)
    assert ("user", "tool") == (by_text["march third"].role, by_text["b"].role)
    assert by_text["b"].question == question


def calling(arguments: str, content: str | None = None, part: str = "function") -> dict[str, Any]:
    """Return an assistant's message with one call."""
    name = "arguments" if part == "function" else "input"
    return {
        "role": "assistant",
        "content": content,
        "tool_calls": [{"id": "c1", part: {"name": "say", name: arguments}}],
    }


@pytest.mark.parametrize(
    "asking",
    [
        calling('{"question": "What is your ZIP code?"}'),
        calling('{"say": {"text": "Please tell me your ZIP code."}}'),
        calling("What is your ZIP code?", part="custom"),
        calling('{"text": "And the ZIP code?", "url": "https://example.org/?q=1"}', content="One moment."),
        {"role": "assistant", "function_call": {"name": "say", "arguments": '{"text": "Your ZIP code?"}'}},
        {"role": "assistant", "tool_calls": [{"id": "c1", "name": "say", "args": {"text": "Your ZIP code?"}}]},
        {
            "role": "assistant",
            "content": [{"type": "tool_use", "id": "c1", "name": "say", "input": {"text": "ZIP code?"}}],
        },
        {
            "role": "assistant",
            "content": [{"type": "tool-call", "toolCallId": "c1", "toolName": "say", "input": {"text": "ZIP code?"}}],
        },
        {"role": "assistant", "parts": [{"functionCall": {"name": "say", "args": {"text": "ZIP code?"}}}]},
        {"role": "assistant", "type": "function_call", "call_id": "c1", "name": "say", "arguments": '"ZIP code?"'},
        {"role": "assistant", "content": None, "audio": {"id": "a1", "transcript": "What is your ZIP code?"}},
        {"role": "assistant", "content": None, "refusal": "What is your ZIP code?"},
        {"role": "assistant", "content": [{"type": "refusal", "refusal": "What is your ZIP code?"}]},
        {"role": "assistant", "content": "", "reasoning_content": "I should ask: what is your ZIP code?"},
    ],
)
def test_a_call_that_asks_is_a_question(asking: dict[str, Any]) -> None:
    """What a tool is to ask the caller is open in its result, and in what the caller says next, however it is written."""
    answers = [{"role": "tool", "tool_call_id": "c1", "content": "45402"}, {"role": "user", "content": "45402"}]
    body = request(messages=[{"role": "user", "content": "hi"}, asking, *answers])
    questions = [slot.segment.question for slot in slots_of(body) if slot.segment.text == "45402"]
    assert [True, True] == [question is not None and "ZIP code" in question.text for question in questions]


@pytest.mark.parametrize(
    ("tool", "arguments", "asks"),
    [
        ("collect_mrn", "{}", "What is your mrn?"),
        ("collect_input", '{"field": "medical record number"}', "What is your medical record number?"),
        ("gatherDtmf", '{"type": "ssn_last4", "num_digits": 4}', "What is your ssn last?"),
        ("get_patient", '{"id": "12"}', None),
        ("collect_email_template", "{}", None),
        ("ask_member_id", "{}", "What is your member id?"),
        ("save_mrn", '{"note": "zip"}', None),
        ("list_slots", '{"field": "zip"}', None),
        ("collect_zip_dtmf", "{}", "What is your zip?"),
        ("ask_caller_for_date_of_birth", "{}", "What is your date of birth?"),
        ("check_availability", "{}", None),
        ("twilio_gather", '{"expected": "zip", "timeout": 5, "language": "en-US"}', "What is your zip?"),
    ],
)
def test_a_call_that_has_a_value_told_is_a_question(tool: str, arguments: str, asks: str | None) -> None:
    """By the tool's name, or by the label of what it is to fill in."""
    call = {"id": "c1", "function": {"name": tool, "arguments": arguments}}
    turn = turn_of({"role": "assistant", "content": None, "tool_calls": [call]})
    assert (asks or "") == turn.text.strip()


@pytest.mark.parametrize(
    ("tool", "asks"),
    [
        ("get_mrn", "What is your mrn?"),
        ("mcp__ehr__get_mrn", "What is your mrn?"),
        ("functions.getMrn", "What is your mrn?"),
        ("mrn_lookup", "What is your mrn?"),
        ("get_mrn_from_db", "What is your mrn?"),
        ("get_mrn_by_phone", "What is your mrn?"),
        ("get_ssn_last4", "What is your ssn last?"),
        ("collect_member_id", "What is your member id?"),
        ("get_mrn_v2", "What is your mrn?"),
        ("CollectMrnTask", "What is your mrn?"),
        ("getmemberid", "What is your member id?"),
        ("mrn_collect", "What is your mrn?"),
        ("get_patient_by_mrn", None),
        ("getaway", None),
        ("get_patient_status", None),
        ("get_email_template", None),
        ("verify_mrn", None),
    ],
)
def test_a_tools_name_is_the_question_of_its_result(tool: str, asks: str | None) -> None:
    """Of that alone, if it looks a value up: callers and other tools answer the question before. Of more than one number
    in it none need be the answer."""
    ask = {"role": "assistant", "content": "What is your ZIP code?"}
    calls = [{"id": name, "function": {"name": name, "arguments": "{}"}} for name in (tool, "list_slots")]
    results = [
        {"role": "tool", "tool_call_id": tool, "content": text}
        for text in ("one", '{"x": "two 2", "y": "3", "text": "4"}')
    ]
    other = {"role": "tool", "tool_call_id": "list_slots", "content": "five"}
    messages = [ask, {"role": "assistant", "content": None, "tool_calls": calls}, *results, other]
    slots = slots_of(request(messages=messages))
    asked = {slot.segment.text: slot.segment.question and slot.segment.question.text for slot in slots}
    before = asks if "collect" in tool.lower() else ask["content"]
    assert (asks or before, before) == (asked["one"], asked["five"])
    plain = None if "collect" in tool.lower() else before
    assert (plain, plain, asks or plain) == (asked["two 2"], asked["3"], asked["4"])


@pytest.mark.parametrize("kind", ["tool_use_id", "tool_call_id"])
def test_words_beside_a_block_answer_the_question_before(kind: str) -> None:
    """What a tool's name asks is asked of its block alone."""
    use = {"type": "tool_use", "id": "c1", "name": "get_mrn", "input": {}}
    content = [{"type": "tool_result", kind: "c1", "content": "4471"}, {"type": "text", "text": "hi"}]
    messages = [{"role": "assistant", "content": [use]}, {"role": "user", "content": content}]
    asked = {slot.segment.text: slot.segment.question for slot in slots_of(request(messages=messages))}
    assert asked["4471"] is not None
    assert asked["hi"] is None


def test_thoughts_beside_words_ask_nothing() -> None:
    """Nor do calls that callers or tools write."""
    thought = {"role": "assistant", "content": "One moment.", "reasoning_content": "I need the ZIP code?"}
    block = {"type": "tool_use", "id": "c1", "name": "say", "input": {"text": "Your ZIP code?"}}
    said = ["One moment.", "", ""]
    messages = [thought, *({"role": role, "content": [block]} for role in ("user", "tool"))]
    assert said == [turn_of(message).text for message in messages]


def test_results_are_known_by_their_calls() -> None:
    """In whatever shape call and result are; in a tool's own result no block tells whose it is."""
    use = {"type": "tool_use", "id": "c1", "name": "find", "input": {}}
    result = {"type": "tool_result", "tool_use_id": "c1", "content": "x"}
    assert {1: Tool("find", None)} == tools_by_call(
        [{"role": "assistant", "content": [use]}, {"role": "user", "content": [result]}]
    )
    assert {} == tools_by_call([{"role": "assistant", "content": [use]}, {"role": "tool", "content": [result]}])
    item = {"role": "assistant", "type": "function_call", "call_id": "c1", "name": "find", "arguments": "{}"}
    assert {1: Tool("find", None)} == tools_by_call(
        [item, {"role": "tool", "type": "function_call_output", "call_id": "c1", "output": "x"}]
    )


@pytest.mark.parametrize(
    "arguments", ['{"note": "asks when the date is"}', '{"url": "https://example.org/date?when=1"}', "{broken", "[]"]
)
def test_a_call_that_asks_nobody_is_no_question(arguments: str) -> None:
    """Notes and links in arguments leave the earlier question open."""
    ask = "What is your ZIP code?"
    said = [{"role": "assistant", "content": ask}, calling(arguments), {"role": "user", "content": "45402"}]
    (slot,) = [slot for slot in slots_of(request(messages=said)) if slot.segment.text == "45402"]
    assert slot.segment.question is not None
    assert ask == slot.segment.question.text


def test_numbers_name_the_kind_of_their_key() -> None:
    """Only where the key says so."""
    body = message(role="tool", content='{"phone": 4155550134, "count": 4155550134, "mrn": 12, "number": 2024}')
    assert ["PHONE", None, "MRN", None] == [slot.kind for slot in slots_of(body) if slot.form == "number"]


def test_slots_show_no_content() -> None:
    """Not in their repr, whatever their form."""
    body = request(extra={"Sarah": 4155550134}, messages=[{"role": "tool", "content": '{"Sarah": ["Sarah"]}'}])
    shown = repr(slots_of(body)) + repr(masked(body, Sarah="[NAME_1]"))
    assert "Sarah" not in shown
    assert "4155550134" not in shown


# --- writing back


def test_arguments_are_edited_in_place() -> None:
    """Spaces, literals, key order and escapes around a value stay; the value's place is exact despite escapes."""
    arguments = '{ "z" :1e400,\t"name": "\\u00e9\\/ \\ud83d\\ude00Sarah \\"Chen\\" \\u0053arah", "a":[0.10,"Sarah"]}'
    body = message(role="assistant", tool_calls=[{"id": "c", "function": {"name": "f", "arguments": arguments}}])
    out = masked(body, Sarah="[NAME_1]")
    new = out.body["messages"][0]["tool_calls"][0]["function"]["arguments"]
    assert (
        '{ "z" :1e400,\t"name": "\\u00e9\\/ \\ud83d\\ude00[NAME_1] \\"Chen\\" [NAME_1]", "a":[0.10,"[NAME_1]"]}' == new
    )


def test_whole_texts_are_as_good_as_edits() -> None:
    """Where masking knows no edits, what it kept is found again, escapes included."""
    body = message(role="tool", content='{"a": "\\u00e9 Sarah \\/ Sarah \\u00e9"}')
    slots = slots_of(body)
    texts = [slot.segment.text.replace("Sarah", "[NAME_1]") for slot in slots]
    assert '{"a": "\\u00e9 [NAME_1] \\/ [NAME_1] \\u00e9"}' == put(body, slots, texts).body["messages"][0]["content"]


def test_json_in_json_is_edited_in_place() -> None:
    """Each level keeps its own escapes."""
    inner = json.dumps({"b": 'Sarah "x" é'})
    outer = json.dumps({"a": inner, "c": "Sarah"})
    new = masked(message(role="tool", content=outer), Sarah="[NAME_1]").body["messages"][0]["content"]
    assert outer.replace("Sarah", "[NAME_1]") == new


def test_numbers_become_strings() -> None:
    """In a document and in the body; others keep their literals."""
    body = request(
        extra={"phone": 4155550134, "n": 1e-7}, messages=[{"role": "tool", "content": '{"phone":4155550134,"n":1e-7}'}]
    )
    out = masked(body, **{"4155550134": "[PHONE_1]"}).body
    assert {"phone": "[PHONE_1]", "n": Number("1e-07")} == out["extra"]
    assert '{"phone":"[PHONE_1]","n":1e-7}' == out["messages"][0]["content"]


def test_keys_are_renamed_in_order() -> None:
    """In unknown objects and in documents, wherever they occur; two keys never become one."""
    body = request(
        extra={"a": 1, "Sarah": "x", "b": 2, "sarah": "y"},
        messages=[{"role": "tool", "content": '[{"Sarah":1},{"Sarah":2}]'}],
    )
    out = masked(body, Sarah="[NAME_1]", sarah="[NAME_1]").body
    assert '{"a":1,"[NAME_1]":"x","b":2,"[NAME_1]_2":"y"}' == dump_body(out["extra"]).decode()
    assert '[{"[NAME_1]":1},{"[NAME_1]":2}]' == out["messages"][0]["content"]


def test_a_renamed_key_and_a_change_below_it() -> None:
    """Both arrive."""
    out = masked(request(extra={"Sarah": {"Sarah": ["Sarah"]}}), Sarah="[NAME_1]").body
    assert {"[NAME_1]": {"[NAME_1]": ["[NAME_1]"]}} == out["extra"]


def test_end_user_identifiers_go_when_they_would_change() -> None:
    """A token there would make all callers one."""
    out = masked(request(user="Sarah", safety_identifier="abc", prompt_cache_key="k-Sarah"), Sarah="[NAME_1]").body
    assert ("safety_identifier",) == tuple(
        name for name in out if name in ("user", "safety_identifier", "prompt_cache_key")
    )


def test_what_does_not_change_is_shared() -> None:
    """A large request is not copied for one word."""
    body = request(
        messages=[{"role": "user", "content": "Sarah"}, {"role": "user", "content": "x"}], tools=[{"type": "function"}]
    )
    out = masked(body, Sarah="[NAME_1]").body
    assert out["tools"] is body["tools"]
    assert out["messages"][1] is body["messages"][1]
    assert "[NAME_1]" == out["messages"][0]["content"]


NAMED_TOOLS = [
    {"type": "function", "function": {"name": name}}
    for name in ("call_sarah_chen", "call_Sarah_Chen", "call_NAME_1", "look_up")
]


def test_function_names_change_as_a_whole_and_stay_unique() -> None:
    """In OpenAI's alphabet; the choice and earlier calls follow."""
    body = request(
        tools=NAMED_TOOLS,
        tool_choice={"type": "function", "function": {"name": "call_sarah_chen"}},
        messages=[
            {
                "role": "assistant",
                "tool_calls": [
                    {"id": "c", "type": "function", "function": {"name": "call_sarah_chen", "arguments": "{}"}}
                ],
            }
        ],
    )
    out = masked(body, sarah_chen="[NAME_1]", Sarah_Chen="[NAME_1]")
    names = [tool["function"]["name"] for tool in out.body["tools"]]
    assert ["call_NAME_1_2", "call_NAME_1_3", "call_NAME_1", "look_up"] == names
    assert "call_NAME_1_2" == out.body["tool_choice"]["function"]["name"]
    assert "call_NAME_1_2" == out.body["messages"][0]["tool_calls"][0]["function"]["name"]
    assert {"call_NAME_1_2": "call_sarah_chen", "call_NAME_1_3": "call_Sarah_Chen"} == dict(out.names)


def test_thousands_of_names_that_are_masked_alike_take_no_time() -> None:
    """The test's own time limit is the check: keys and function names, each in its own spelling."""
    names = ["".join(c.upper() if n >> i & 1 else c for i, c in enumerate("sarahchenandnotes")) for n in range(8_000)]
    tools = [{"type": "function", "function": {"name": name}} for name in names]
    body = request(tools=tools, x=dict.fromkeys(names, 1))
    slots = slots_of(body)
    sent = put(body, slots, ["[NAME_1]" for _ in slots]).body
    assert [*range(2, 8_001)] == [int(key.removeprefix("[NAME_1]_")) for key in list(sent["[NAME_1]"])[1:]]
    assert 8_000 == len({tool["function"]["name"] for tool in sent["tools"]})


def test_function_names_are_cut_to_64() -> None:
    """Also when they need a number to be unique."""
    long = [f"{'x' * 60}_{name}_{number}" for number, name in ((1, "sarah"), (2, "sarah"))]
    out = masked(request(tools=[{"type": "function", "function": {"name": name}} for name in long]), sarah="[NAME_1]")
    names = [tool["function"]["name"] for tool in out.body["tools"]]
    assert [64, 64] == [len(name) for name in names]
    assert 2 == len(set(names))


def test_schema_properties_are_renamed_everywhere_and_known_by_their_new_name() -> None:
    """In OpenAI's alphabet, with ``required`` and the arguments of earlier calls."""
    schema = {"type": "object", "properties": {"sarah_notes": {"type": "string"}}, "required": ["sarah_notes"]}
    body = request(
        tools=[{"type": "function", "function": {"name": "f", "parameters": schema}}],
        messages=[
            {
                "role": "assistant",
                "tool_calls": [{"id": "c", "function": {"name": "f", "arguments": '{"sarah_notes": 1}'}}],
            }
        ],
    )
    out = masked(body, sarah="[NAME_1]")
    new = out.body["tools"][0]["function"]["parameters"]
    assert (["NAME_1_notes"], ["NAME_1_notes"]) == (list(new["properties"]), new["required"])
    assert '{"NAME_1_notes": 1}' == out.body["messages"][0]["tool_calls"][0]["function"]["arguments"]
    assert {"NAME_1_notes": "sarah_notes"} == dict(out.properties)


@pytest.mark.parametrize(
    ("parts", "value", "expected"),
    [
        (["my number is 415-", "555-0134 ok"], "415-555-0134", ["my number is [X_1]", " ok"]),
        (["I'm Sarah", "Chen."], "Sarah Chen", ["I'm [X_1]", "."]),
        (["sarah@", "example", ".org", " ok"], "sarah@example.org", ["[X_1]", "", "", " ok"]),
        (["Hi", "Sarah"], "Sarah", ["Hi", "[X_1]"]),
        (["Sarah", "Hi"], "Sarah", ["[X_1]", "Hi"]),
        (["415 555", "", "0134"], "415 5550134", ["[X_1]", "", ""]),
    ],
)
def test_a_value_split_between_parts_is_seen_whole(parts: list[str], value: str, expected: list[str]) -> None:
    """Neighbouring text parts are read as one; the token stands where the value began."""
    body = message(role="user", content=[{"type": "text", "text": text} for text in parts])
    out = masked(body, **{value: "[X_1]"}).body
    assert expected == [part["text"] for part in out["messages"][0]["content"]]


def test_other_parts_come_between() -> None:
    """Text parts around an image are texts of their own."""
    body = message(
        role="user",
        content=[
            {"type": "text", "text": "a"},
            {"type": "image_url", "image_url": {"url": "https://example.org/sarah.png", "detail": "low"}},
            {"type": "input_audio", "input_audio": {"data": "AAAA", "format": "wav"}},
            {
                "type": "file",
                "file": {"filename": "sarah.pdf", "file_data": "data:application/pdf;base64,AAAA", "file_id": "file-1"},
            },
            {"type": "text", "text": "b", "cache_control": {"type": "ephemeral"}},
        ],
    )
    assert [
        ("text", "a", None),
        ("url", "https://example.org/sarah.png", "url"),
        ("url", "sarah.pdf", "filename"),
        ("id", "file-1", "file_id"),
        ("text", "b", None),
    ] == [
        row
        for row in rows(body)
        if row[2] not in ("type", "format", "detail", "cache_control") and row[1] != "cache_control"
    ]


# --- media and the last look


@pytest.mark.parametrize(
    "part",
    [
        {"type": "image_url", "image_url": {"url": "https://example.org/a.png"}},
        {"type": "input_image", "image_url": "https://example.org/a.png"},
        {"type": "input_audio", "input_audio": {"data": "", "format": "wav"}},
        {"type": "file", "file": {"file_id": "f"}},
        {"type": "video_url", "video_url": {"url": "x"}},
        {"type": "document", "source": {}},
        {"type": "text", "text": "x", "image_url": {"url": "x"}},
        {"image_url": {"url": "x"}},
        {"type": "input_file", "filename": "x"},
    ],
)
def test_media_is_found_by_its_type_and_by_its_field(part: dict[str, Any]) -> None:
    """In a message of any role; the place is named for the error."""
    body = request(
        messages=[{"role": "user", "content": "x"}, {"role": "tool", "content": [{"type": "text", "text": "x"}, part]}]
    )
    assert "messages[1].content[1]" == media_in(body)


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"messages": [{"role": "user", "content": "see ![](data:image/png;base64,AAAA)"}]}, "messages[0]"),
        ({"messages": [{"role": "assistant", "audio": {"id": "a", "data": "AAAA"}}]}, "messages[0].audio"),
        ({"Sarah": ["data:audio/wav;base64,AAAA"]}, "(unknown field)"),
    ],
)
def test_encoded_bytes_are_media_anywhere(fields: dict[str, Any], where: str) -> None:
    """A caller's own key is not named."""
    assert where == media_in(request(**fields))


def test_text_is_no_media() -> None:
    """Nor are requests for audio, or words about images."""
    body = request(
        audio={"voice": "alloy", "format": "wav"},
        modalities=["text", "audio"],
        messages=[{"role": "user", "content": [{"type": "text", "text": "data:image is a prefix"}]}],
    )
    assert media_in(body) is None


def test_the_last_look_sees_patterns_references_and_keys() -> None:
    """Everything but the model, roles and settings."""
    schema = {
        "properties": {"p": {"pattern": "^Sarah$", "$ref": "#/$defs/Chen"}},
        "$defs": {"Chen": {"description": "D"}},
    }
    body = request(
        tools=[{"type": "function", "function": {"name": "f", "parameters": schema}}], extra={"K": "V"}, user="U"
    )
    texts = [slot.segment.text for slot in outgoing_slots(body)]
    assert {"^Sarah$", "#/$defs/Chen", "Chen", "D", "p", "f", "K", "V", "U", "hi"} == set(texts)


# --- where a finding stands


def test_a_number_is_found_as_it_is_written() -> None:
    """Its sign and exponent belong to it, though they are not said."""
    text = '{"a": {"b": -4.155550134e9}}'
    body = request(messages=[{"role": "tool", "content": text}])
    (slot,) = [slot for slot in slots_of(body) if slot.form == "number"]
    ((_, start, end),) = positions(slot, 0, len(slot.segment.text))
    assert ("4155550134", "-4.155550134e9") == (slot.segment.text, text[start:end])


def test_a_finding_is_found_in_the_body_again() -> None:
    """In plain text, in documents of any depth, in repeated keys and over joined parts; escapes are counted."""
    document = json.dumps({"a": json.dumps({"b": "é Sarah"}), "Sarah": 1})
    parts = [{"type": "text", "text": "Sa-"}, {"type": "text", "text": "rah"}]
    body = request(
        messages=[
            {"role": "user", "content": "I'm Sarah"},
            {"role": "tool", "content": document},
            {"role": "user", "content": parts},
        ]
    )
    found = []
    for slot in slots_of(body):
        for value in ("Sarah", "Sa- rah", "Sa-rah"):
            at = slot.segment.text.find(value)
            for path, start, end in positions(slot, at, at + len(value)) if at >= 0 else ():
                text: Any = body
                for step in path:
                    text = text[step]
                found.append((path[1:], text[start:end]))
    assert [
        ((0, "content"), "Sarah"),
        ((1, "content"), "Sarah"),
        ((1, "content"), "Sarah"),
        ((2, "content", 0, "text"), "Sa-"),
        ((2, "content", 1, "text"), "rah"),
    ] == found
