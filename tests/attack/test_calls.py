"""Calls of tools and what they answer: what a call asks for is masked in its answer, and nothing else of that."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.attack.canaries import request


def call(name: str, arguments: Any = "{}") -> dict[str, Any]:
    """Return an assistant's message with one call."""
    function = {"name": name, "arguments": arguments}
    return {
        "role": "assistant",
        "content": None,
        "tool_calls": [{"id": "c1", "type": "function", "function": function}],
    }


def answer(text: Any) -> dict[str, Any]:
    """Return the message with what the tool answers."""
    return {"role": "tool", "tool_call_id": "c1", "content": text}


@pytest.mark.parametrize(
    "wrapper",
    [
        "{}",
        '{{"result": "{}"}}',
        '{{"text": "{}", "confidence": 0.93}}',
        '[{{"type": "text", "text": "{}"}}]',
        '{{"content": [{{"type": "text", "text": "{}"}}]}}',
        "{{'text': '{}'}}",
        "content=[TextContent(type='text', text='{}', annotations=None)] isError=False",
    ],
)
@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("What is your member ID?", "A4471"),
        ("What is your confirmation code?", "QX7731"),
        ("What is your MRN?", "4471"),
        ("What is your member ID?", "a four four seven one"),
    ],
)
def test_an_answer_in_a_wrapper_does_not_leave(leaves: Any, question: str, value: str, wrapper: str) -> None:
    """Also in that of the Model Context Protocol, and under the key of what a recogniser heard."""
    asking = call("ask_caller", json.dumps({"question": question}))
    sent = leaves(request(asking, answer(wrapper.format(value))))
    assert value.encode() not in sent


@pytest.mark.parametrize("text", ['{"text": "4471"}', '{"type": "text", "text": "Copay is 20, 1234 points"}'])
def test_a_text_is_no_telephone(leaves: Any, text: str) -> None:
    """The key of any text says nothing about it."""
    assert json.dumps(text).encode() in leaves(request(call("list_notes"), answer(text)))


def last(sent: bytes) -> Any:
    """Return the last message of a request."""
    return json.loads(sent)["messages"][-1]


@pytest.mark.parametrize("wrapper", ["{}", '{{"result": "{}"}}', '{{"ok": true, "digits": "{}", "confidence": 0.93}}'])
@pytest.mark.parametrize(
    "name",
    [
        "mcp__ehr__get_{}",
        "Ehr-read_{}",
        "verify_{}",
        "{}",
        "{}_lookup",
        "search_{}",
        "get_{}_by_phone",
        "get_{}_v2",
        "collect_{}_task",
        "{}_result",
        "fetch{}",
    ],
)
@pytest.mark.parametrize(
    ("kind", "value"),
    [("mrn", "4471"), ("zip", "45402"), ("ssn_last4", "9999"), ("age", "97"), ("dob", "3/14"), ("member_id", "A4471")],
)
def test_a_bare_value_is_what_the_tools_name_says(leaves: Any, name: str, kind: str, value: str, wrapper: str) -> None:
    """Wherever in the name, and whatever the verb."""
    sent = last(leaves(request(call(name.format(kind)), answer(wrapper.format(value)))))["content"]
    assert value not in sent
    assert "0.93" in sent or "0.93" not in wrapper


@pytest.mark.parametrize(
    ("name", "result"),
    [
        ("get_patient_status", "4471"),
        ("check_availability", '{"result": "45402"}'),
        ("verify_ssn", "verified"),
        ("verify_ssn", '{"valid": true, "code": 200}'),
        ("check_zip", '{"status": "ok"}'),
        ("verify_address", "Address verified."),
        ("get_age", "45"),
        ("get_mrn_count", "4471"),
        ("get_mrn", '{"status": "ok", "visits": "3", "copay": "$20.00", "next": "10:30"}'),
        ("find_zip", '{"available": true, "slots": ["09:00", "10:30"], "price": "120"}'),
        ("extract_dob", "Copay is 20, the balance 1234.50, 14 visits"),
        ("get_phone", '{"count": 1200, "page": 1}'),
        ("send_sms", '{"pages": "12"}'),
        ("get_patient_by_mrn", '{"dose": "20 mg", "refills": "2"}'),
        ("get_email_template", '{"result": "4471"}'),
        ("getaway", '{"result": 44712}'),
        ("get_mrn", '{"count": 4471, "price": 12500, "status": 200}'),
    ],
)
def test_what_else_a_tool_answers_stays(leaves: Any, name: str, result: str) -> None:
    """Verdicts, counts, prices and times, and all of a tool whose name names no value."""
    assert result == last(leaves(request(call(name), answer(result))))["content"]


@pytest.mark.parametrize(
    "result", ['{"result": 4471}', '{"status": "ok", "digits": 4471}', '{"code": 200, "value": 4471}']
)
@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("get_mrn", {}),
        ("ask_caller", {"question": "What are the last four digits of your social security number?"}),
        ("set_slot", {"slot": "mrn"}),
    ],
)
def test_a_json_number_answers_what_its_call_asks(leaves: Any, name: str, arguments: Any, result: str) -> None:
    """As a text would; among counts and states, too."""
    sent = last(leaves(request(call(name, json.dumps(arguments)), answer(result))))["content"]
    assert "4471" not in sent
    assert ("200" in sent) is ("200" in result)


@pytest.mark.parametrize("name", ["count_open_claims", "get_stock"])
def test_a_json_number_of_another_call_stays(leaves: Any, name: str) -> None:
    """What was asked before is answered by the caller."""
    talk = {"role": "assistant", "content": "What is your member ID?"}, {"role": "user", "content": "I have none here"}
    result = '{"result": 4471}'
    assert result == last(leaves(request(*talk, call(name), answer(result))))["content"]


@pytest.mark.parametrize(
    "arguments",
    [
        {"slot": "mrn"},
        {"field": "mrn", "required": True},
        {"variable_name": "patient_mrn", "type": "string"},
        {"fields": ["mrn"]},
        {"path": "$.patient.mrn"},
        {"instructions": "Collect the mrn"},
        {"prompt": "Ask for the caller's 8-digit MRN, then read it back."},
        {"sql": "SELECT DISTINCT p.mrn AS m FROM patients p WHERE p.id = 3"},
    ],
)
@pytest.mark.parametrize("name", ["run", "set_value", "query"])
@pytest.mark.parametrize("result", ["66041", '{"result": 66041}', '{"value": "66041"}', "[(66041,)]", '[["66041"]]'])
def test_arguments_tell_what_a_tool_answers(leaves: Any, name: str, arguments: Any, result: str) -> None:
    """They name a slot, ask in words or query one column."""
    assert "66041" not in last(leaves(request(call(name, json.dumps(arguments)), answer(result))))["content"]


def test_rows_have_the_columns_of_their_query(leaves: Any) -> None:
    """Which nothing else may name."""
    query = json.dumps({"query": "SELECT p.mrn, zip AS z, visits FROM patients p LIMIT 2"})
    for result in ('[["66041", "45402", "31337"]]', '{"rows": [[66041, 45402, 31337]], "rowCount": 1}'):
        sent = last(leaves(request(call("run", query), answer(result))))["content"]
        assert [False, False, True] == [value in sent for value in ("66041", "45402", "31337")]


@pytest.mark.parametrize(
    ("name", "arguments", "result"),
    [
        ("count_by_field", {"field": "mrn"}, '{"result": 44712}'),
        ("run_sql", {"sql": "SELECT COUNT(*) FROM patients"}, '{"result": 44712}'),
        ("run_sql", {"sql": "SELECT price FROM orders"}, '{"result": "44712"}'),
        ("run_sql", {"sql": "SELECT visits, dose FROM orders"}, '[["44712", "20000"]]'),
        ("list_fields", {"fields": ["mrn", "zip"]}, '{"result": 44712}'),
        ("send_message", {"type": "sms", "body": "See you"}, '{"result": "44712"}'),
        ("get_order", {"instructions": "Get the order total"}, '{"result": 44712}'),
        ("fetch", {"path": "/api/v1/orders"}, '{"result": 44712}'),
        ("get_lab_result", {"key": "glucose"}, '{"value": 10400}'),
    ],
)
def test_arguments_that_ask_for_nothing_of_a_person_tell_nothing(
    leaves: Any, name: str, arguments: Any, result: str
) -> None:
    """Counts, prices, several fields."""
    assert result == last(leaves(request(call(name, json.dumps(arguments)), answer(result))))["content"]


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("verify_ssn", {"value": 219099999}),
        ("verify_mrn", {"value": 4471}),
        ("verify_ssn", {"digits": 219099999}),
        ("search_by_phone", {"q": 4155550134}),
        ("lookup_by_mrn", {"query": "66041"}),
        ("lookupByMrn", {"query": "66041", "limit": 10}),
        ("set_zip_code", {"value": "45402"}),
        ("set_age", {"value": 97}),
        ("record_date_of_birth", {"value": "3/14"}),
        ("save_member_id", {"value": "A4471"}),
    ],
)
def test_arguments_are_what_the_tools_name_says(leaves: Any, name: str, arguments: dict[str, Any]) -> None:
    """As a string or as an object, in a call or in a block of the content."""
    (value, *others) = arguments.values()
    block = {"type": "tool_use", "id": "c1", "name": name, "input": arguments}
    for asking in (
        call(name, json.dumps(arguments)),
        call(name, arguments),
        {"role": "assistant", "content": [block]},
    ):
        sent = json.dumps(last(leaves(request(asking))))
        assert str(value) not in sent
        assert all(str(other) in sent for other in others)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("send_sms", {"text": "Your code is ready, 3 visits left"}),
        ("update_address", {"content": "Moved last week"}),
        ("send_fax", {"pages": 12}),
        ("collect_mrn", {"timeout": 10000}),
        ("get_patient_status", {"value": "4471"}),
        ("set_age", {"value": 45}),
        ("charge_card", {"amount": 12500}),
    ],
)
def test_other_arguments_stay(leaves: Any, name: str, arguments: dict[str, Any]) -> None:
    """Words, settings, prices and numbers of their own."""
    sent = last(leaves(request(call(name, json.dumps(arguments)))))["tool_calls"][0]["function"]["arguments"]
    assert arguments == json.loads(sent)


@pytest.mark.parametrize("name", ["get_mrn", "lookup_member_id", "find_zip_code"])
@pytest.mark.parametrize("said", ["14", "14 pills"])
def test_what_the_caller_says_after_a_look_up_stays(leaves: Any, name: str, said: str) -> None:
    """A tool that looks a value up asks the caller for nothing."""
    talk = {"role": "assistant", "content": "How many pills are left?"}, {"role": "user", "content": said}
    assert said == last(leaves(request(call(name), answer('{"status": "ok"}'), *talk)))["content"]


def test_the_same_result_of_another_tool_is_read_anew(leaves: Any) -> None:
    """What was found in it for one tool does not count for another."""
    held = [b'"4471"' in leaves(request(call(name), answer("4471"))) for name in ("verify_room", "verify_mrn")]
    assert [True, False] == held
    two = [call(name)["tool_calls"][0] | {"id": name} for name in ("check_floor", "check_room")]
    for name, stays in (("check_room", True), ("check_mrn", False)):
        two[1]["function"]["name"] = name
        results = [{"role": "tool", "tool_call_id": one["id"], "content": "4472"} for one in two]
        sent = leaves(request({"role": "assistant", "content": None, "tool_calls": two}, *results))
        assert ("4472" == last(sent)["content"]) is stays


def anthropic(name: str, result: Any) -> list[dict[str, Any]]:
    use = {"type": "tool_use", "id": "t1", "name": name, "input": {}}
    block = {"type": "tool_result", "tool_use_id": "t1", "content": [{"type": "text", "text": json.dumps(result)}]}
    return [{"role": "assistant", "content": [use]}, {"role": "user", "content": [block]}]


def gemini(name: str, result: Any) -> list[dict[str, Any]]:
    asking = {"role": "assistant", "content": "", "parts": [{"functionCall": {"name": name, "args": {}}}]}
    response = {"functionResponse": {"name": name, "response": result}}
    return [asking, {"role": "user", "content": "", "parts": [response]}]


def ai_sdk(name: str, result: Any) -> list[dict[str, Any]]:
    asking = {"type": "tool-call", "toolCallId": "t1", "toolName": name, "input": {}}
    output = {"type": "json", "value": result}
    block = {"type": "tool-result", "toolCallId": "t1", "toolName": name, "output": output}
    return [{"role": "assistant", "content": [asking]}, {"role": "tool", "content": [block]}]


def responses(name: str, result: Any) -> list[dict[str, Any]]:
    item = {"role": "assistant", "type": "function_call", "call_id": "c1", "name": name, "arguments": "{}"}
    return [item, {"role": "tool", "type": "function_call_output", "call_id": "c1", "output": json.dumps(result)}]


@pytest.mark.parametrize("shape", [anthropic, gemini, ai_sdk, responses])
@pytest.mark.parametrize("name", ["get_mrn", "verify_mrn"])
@pytest.mark.parametrize(
    ("result", "leaving", "staying"),
    [
        ({"result": "4471"}, [], ["4471"]),
        ({"ok": True, "text": "A4471", "confidence": 0.93}, ["0.93"], ["A4471"]),
        ({"status": "ok", "visits": "37", "copay": "$20.00"}, ["37", "$20.00"], []),
    ],
)
def test_results_in_every_shape(
    leaves: Any, shape: Any, name: str, result: Any, leaving: list[str], staying: list[str]
) -> None:
    """Blocks and items are read as a tool's message is."""
    sent = json.dumps(last(leaves(request(*shape(name, result)))))
    assert [True] * len(leaving) == [value in sent for value in leaving]
    assert [False] * len(staying) == [value in sent for value in staying]


def test_a_file_beside_the_content_is_searched(leaves: Any) -> None:
    """Only the content is looked at for media that a policy may refuse."""
    data = "TXkgU1NOIGlzIDIxOS0wOS05OTk5LCBNYXJpYmVs"
    part = {"file_data": data}
    for parts in ([part], [part, {"functionResponse": {"name": "get_mrn", "response": {"a": 1}}}]):
        assert data.encode() not in leaves(request({"role": "user", "content": "hi", "parts": parts}))
