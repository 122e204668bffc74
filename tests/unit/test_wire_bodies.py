"""Bodies are read strictly and written exactly."""

from __future__ import annotations

import json
import sys

import pytest

from masker.errors import InvalidRequest
from masker.wire.bodies import MAX_VALUES, Number, as_said, check_chat_request, dump_body, parse_body, parse_reply


@pytest.mark.parametrize(
    "text",
    [
        '{"a":0.1,"b":1e-7,"c":1e400,"d":123456789012345678901234567890,"e":-0,"f":1E+2,"g":-0.0}',
        '{"b":null,"a":true,"z":[],"y":{},"x":""}',
        '{"é":"ü\u2028 😀","":"\\"\\\\\\n"}',
        '{"a":[[[{"b":[1,2.50]}]]]}',
    ],
)
def test_what_is_read_is_written_as_it_was(text: str) -> None:
    """Literals, key order, nulls and unicode survive."""
    assert text == dump_body(parse_body(text.encode())).decode()


def refused(raw: bytes) -> InvalidRequest:
    with pytest.raises(InvalidRequest) as caught:
        parse_body(raw)
    return caught.value


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"sarah",
        b'{"a":1}x',
        b'{"a":1}{"a":2}',
        b'\xef\xbb\xbf{"a":1}',
        b'{"a":"\xff"}',
        b'{"a":"\xed\xa0\x80"}',  # a surrogate written as if it were a character
        b'{"a":NaN}',
        b'{"a":-Infinity}',
        b'{"a":"\\ud83d"}',
        b'{"a":["\\ude00x"]}',
        b'{"\\ud83d":1}',
        b'{"a":1,"a":1}',
        b'{"x":[{"a":1,"\\u0061":2}]}',
        b'{"a":' + b"1" * 1001 + b"}",
        b'{"a":01}',
        b'{"a":.5}',
        b"{'a':1}",
        b'{"a":"line\nbreak"}',
        b'{"a":1,}',
        '{"a":1}'.encode("utf-16"),
    ],
)
def test_json_that_two_readers_could_read_differently_is_refused(raw: bytes) -> None:
    """Nothing of it gets past, and nothing of it is in the error or its chain."""
    error = refused(raw)
    assert ("invalid_json", 400) == (error.code, error.status)
    assert "sarah" not in error.message
    assert error.__cause__ is None
    assert error.__context__ is None


def test_pairs_of_surrogates_are_one_character() -> None:
    """An escaped emoji is as good as a written one."""
    assert {"a": "😀"} == parse_body(b'{"a":"\\ud83d\\ude00"}')


@pytest.mark.parametrize("raw", [b"[]", b'"a"', b"1", b"null"])
def test_a_body_is_an_object(raw: bytes) -> None:
    """Other JSON is a wrong request rather than wrong JSON."""
    assert "invalid_request" == refused(raw).code


MANY = {
    "numbers": "[" + "1," * MAX_VALUES + "1]",
    "strings": "[" + '"a",' * MAX_VALUES + "1]",
    "arrays": "[" + "[]," * MAX_VALUES + "1]",
    "objects": "[" + "{}," * MAX_VALUES + "1]",
    "members": json.dumps({f"k{number}": None for number in range(MAX_VALUES + 1)}),
    "arrays of few": "[" + "[1,null,true]," * (MAX_VALUES // 4 + 1) + "1]",
}


@pytest.mark.parametrize("values", MANY)
def test_a_body_of_too_many_values_is_refused(values: str) -> None:
    """Reading, walking and masking them would keep everybody else waiting."""
    error = refused(b'{"a":' + MANY[values].encode() + b"}")
    assert ("invalid_request", f"The body holds more than {MAX_VALUES:,} values.") == (error.code, error.message)


def test_a_body_of_many_values_and_one_of_many_signs_are_read() -> None:
    """What stands inside of strings does not count."""
    assert MAX_VALUES - 2 == len(parse_body(b'{"a":[' + b"1," * (MAX_VALUES - 3) + b'"a"]}')["a"])
    assert parse_body(b'{"a":"' + b"[,1]" * MAX_VALUES + b'"}')


def test_nesting_is_counted_from_the_outermost_object() -> None:
    """128 levels pass, 129 do not, whether of arrays or of objects."""
    assert parse_body(b'{"a":' + b"[" * 127 + b"]" * 127 + b"}")
    assert "invalid_json" == refused(b'{"a":' + b"[" * 128 + b"]" * 128 + b"}").code
    assert parse_body(b'{"a":' * 128 + b"1" + b"}" * 128)
    assert "invalid_json" == refused(b'{"a":' * 129 + b"1" + b"}" * 129).code


def test_many_brackets_side_by_side_are_not_deep() -> None:
    """Only nesting counts."""
    assert 500 == len(parse_body(b'{"a":[' + b",".join([b"[[]]"] * 500) + b"]}")["a"])


def test_endless_opening_brackets_are_refused_without_harm() -> None:
    """Ten megabytes of them do not exhaust the stack."""
    assert "invalid_json" == refused(b"[" * 10_000_000).code
    assert "invalid_json" == refused(b'{"a":' * 1_000_000).code


def test_a_literal_of_a_thousand_characters_passes() -> None:
    """The limit is inclusive."""
    raw = b'{"a":' + b"1" * 1000 + b"}"
    assert raw == dump_body(parse_body(raw))


def test_numbers_show_no_content() -> None:
    """A phone number can stand as a number."""
    assert "4155550134" not in repr(parse_body(b'{"phone":4155550134}'))
    assert Number("1") == Number("1") != Number("1.0")
    assert 1 == len({Number("1"), Number("1")})


@pytest.mark.parametrize(
    ("literal", "said"),
    [("62704", "62704"), ("-62704", "62704"), ("62704.0", "62704"), ("6.2704e4", "62704"), ("627040E-1", "62704"), ("-0.0", "0"),
     ("62704.5", "62704.5"), ("-7.50", "-7.50"), ("1e-7", "1e-7"), ("1e400", "1e400"), ("1e99999", "1e99999"), ("5e2", "500"), ("62704e0000", "62704"), ("6.2704E+0004", "62704")],
)  # fmt: skip
def test_numbers_are_read_as_somebody_would_say_them(literal: str, said: str) -> None:
    """Without sign, exponent and decimal zero, where they are whole and not enormous."""
    assert said == as_said(literal)


def test_replies_keep_what_servers_really_send() -> None:
    """NaN, duplicate keys and half surrogates are the upstream's business."""
    raw = b'{"logprob":NaN,"x":-Infinity,"t":"\\ud83d"}'
    assert raw == dump_body(parse_reply(raw))


@pytest.mark.parametrize("raw", [b"<html>Sarah</html>", b'{"a":', b"\xff", b"[" * 100_000])
def test_a_reply_that_is_no_json_is_a_value_error(raw: bytes) -> None:
    """Without the content."""
    with pytest.raises(ValueError, match=r"^not JSON$") as caught:
        parse_reply(raw)
    assert caught.value.__context__ is None


def test_a_large_reply_stays_exact() -> None:
    """Ten megabytes with thousands of numbers."""
    raw = json.dumps(
        {"choices": [{"text": "x" * 9_000_000, "n": list(range(100_000))}]}, separators=(",", ":")
    ).encode()
    assert raw == dump_body(parse_reply(raw))


def test_a_tree_too_deep_to_write_is_a_value_error() -> None:
    """No other exception gets out."""
    tree: object = []
    for _ in range(sys.getrecursionlimit() * 2):
        tree = [tree]
    with pytest.raises(ValueError, match="cannot be written"):
        dump_body(tree)


OK = {"model": "m", "messages": [{"role": "user", "content": "hi"}]}


@pytest.mark.parametrize(
    ("change", "param"),
    [
        ({"model": ...}, "model"),
        ({"messages": ...}, "messages"),
        ({"model": ""}, "model"),
        ({"model": None}, "model"),
        ({"messages": []}, "messages"),
        ({"messages": "hi"}, "messages"),
        ({"messages": ["hi"]}, "messages[0]"),
        ({"messages": [{"content": "hi"}]}, "messages[0].role"),
        ({"messages": [{"role": 1, "content": "hi"}]}, "messages[0].role"),
        ({"messages": [{"role": "user", "content": {}}]}, "messages[0].content"),
        ({"messages": [{"role": "user", "content": ["hi"]}]}, "messages[0].content[0]"),
        ({"messages": [{"role": "user", "content": [{"type": 1}]}]}, "messages[0].content[0].type"),
        ({"messages": [{"role": "assistant", "tool_calls": {}}]}, "messages[0].tool_calls"),
        ({"messages": [{"role": "assistant", "tool_calls": [1]}]}, "messages[0].tool_calls[0]"),
        (
            {"messages": [{"role": "assistant", "tool_calls": [{"function": "f"}]}]},
            "messages[0].tool_calls[0].function",
        ),
        ({"messages": [{"role": "assistant", "function_call": "f"}]}, "messages[0].function_call"),
        ({"messages": [{"role": "tool", "tool_call_id": 1, "content": ""}]}, "messages[0].tool_call_id"),
        ({"stream": "yes"}, "stream"),
        ({"stream": Number("1")}, "stream"),
        ({"tools": {}}, "tools"),
        ({"tools": ["f"]}, "tools[0]"),
        ({"tools": [{"function": "f"}]}, "tools[0].function"),
        ({"response_format": "json"}, "response_format"),
        ({"tool_choice": []}, "tool_choice"),
    ],
)
def test_a_wrong_shape_names_the_field(change: dict[str, object], param: str) -> None:
    """``param`` is where to look."""
    body = {name: value for name, value in {**OK, **change}.items() if value is not ...}
    with pytest.raises(InvalidRequest) as caught:
        check_chat_request(body)
    assert ("invalid_request", param) == (caught.value.code, caught.value.param)


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"stream": None},
        {"stream": True, "tools": None, "custom": {"x": 1}, "temperature": "warm"},
        {
            "messages": [
                {"role": "assistant", "content": None, "tool_calls": [{"type": "custom", "custom": {"name": "f"}}]}
            ]
        },
        {"messages": [{"role": "critic", "content": [{"text": "hi"}], "extra": 1}]},
    ],
)
def test_what_we_do_not_depend_on_passes(change: dict[str, object]) -> None:
    """Unknown fields, roles and values are the upstream's to judge."""
    check_chat_request({**OK, **change})


def test_a_reply_may_begin_with_a_byte_order_mark() -> None:
    """It is no part of the JSON."""
    assert {"id": "x"} == parse_reply(b'\xef\xbb\xbf{"id": "x"}')
