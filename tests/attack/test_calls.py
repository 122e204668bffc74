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
