"""The built-in upstream: a deterministic stand-in for a model, in this process, with no key and no network.

It sees what a real upstream would see and answers in OpenAI's shapes: it repeats the tokens of the last user message
in a sentence, calls the first tool that is offered with arguments made of tokens, repeats tool results, fills
structured outputs from their schema, streams in pieces that cut tokens in the middle. It is an httpx transport, so a
stubbed call takes the same path as any other.
"""

from __future__ import annotations

__all__ = ["StubTransport", "Turn"]

import json
import re
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, Final

import attrs
import httpx

from masker.core.kinds import FIRST_PARTY
from masker.core.surrogates import parse_token

#: Characters per streamed piece. Shorter than any token, so that every token is cut.
_PIECE: Final = 4
#: Turns remembered for `StubTransport.turns`.
_REMEMBERED: Final = 32
_BRACKETS: Final = re.compile(r"\[[A-Z0-9_]+\]")


@attrs.frozen
class Turn:
    """What the stub was sent and what it said: masked text on both sides."""

    request: dict[str, Any] = attrs.field(repr=False)
    reply: str = attrs.field(repr=False)


class StubTransport(httpx.AsyncBaseTransport):
    """Answers chat completions and models.

    Args:
        on_turn: Called with each turn, before the reply goes back; ``masker quickstart`` shows them.
    """

    def __init__(self, on_turn: Callable[[Turn], None] | None = None) -> None:
        self._on_turn = on_turn
        self.turns: deque[Turn] = deque(maxlen=_REMEMBERED)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer one request."""
        raw = await request.aread()
        if request.url.path.endswith("/models"):
            models = [{"id": "stub", "object": "model", "created": 0, "owned_by": "masker"}]
            return httpx.Response(200, json={"object": "list", "data": models})
        body = json.loads(raw)
        message = reply_to(body)
        turn = Turn(body, json.dumps(message, ensure_ascii=False))
        self.turns.append(turn)
        if self._on_turn:
            self._on_turn(turn)
        if body.get("stream"):
            return httpx.Response(200, headers={"content-type": "text/event-stream"}, stream=_Events(body, message))
        return httpx.Response(200, json=_completion(body, message))


def reply_to(body: dict[str, Any]) -> dict[str, Any]:
    """Return the assistant message that answers a request."""
    messages = body["messages"]
    last = messages[-1]
    tools = body.get("tools") or []
    if tools and last.get("role") == "user" and body.get("tool_choice") != "none":
        return {"role": "assistant", "content": None, "tool_calls": [_tool_call(body, tools, tokens_of(_text(last)))]}
    tokens = tokens_of(_text(last))
    form = body.get("response_format") or {}
    if form.get("type") == "json_schema":
        schema = form.get("json_schema", {}).get("schema", {})
        return {"role": "assistant", "content": json.dumps(_instance(schema, "", tokens), ensure_ascii=False)}
    if form.get("type") == "json_object":
        return {"role": "assistant", "content": json.dumps({"reply": _sentence(tokens)}, ensure_ascii=False)}
    if last.get("role") == "tool":
        return {"role": "assistant", "content": f"I found this for you: {_text(last)}"}
    return {"role": "assistant", "content": _sentence(tokens)}


def tokens_of(text: str) -> dict[str, list[str]]:
    """Return the tokens in a text by kind, each once, in order."""
    found: dict[str, list[str]] = {}
    for token in dict.fromkeys(_BRACKETS.findall(text)):
        parsed = parse_token(token)
        if parsed:
            found.setdefault(parsed[0], []).append(token)
    return found


def _text(message: dict[str, Any]) -> str:
    content = message.get("content")
    if isinstance(content, list):
        return " ".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
    return content if isinstance(content, str) else ""


def _sentence(tokens: dict[str, list[str]]) -> str:
    names = " and ".join(tokens.get("NAME", ()))
    thanks = f"Thanks {names}" if names else "Thanks"
    known = [
        f"your {FIRST_PARTY[kind][0].title if kind in FIRST_PARTY else kind.replace('_', ' ').lower()} as {token}"
        for kind, found in tokens.items()
        if kind != "NAME"
        for token in found
    ]
    if not known:
        return f"{thanks}, how can I help you today?"
    listed = known[0] if len(known) == 1 else f"{', '.join(known[:-1])} and {known[-1]}"
    return f"{thanks}, I have {listed}."


def _tool_call(body: dict[str, Any], tools: list[Any], tokens: dict[str, list[str]]) -> dict[str, Any]:
    functions = [tool["function"] for tool in tools if isinstance(tool, dict) and "function" in tool]
    choice = body.get("tool_choice")
    wanted = choice.get("function", {}).get("name") if isinstance(choice, dict) else None
    function = next((one for one in functions if one.get("name") == wanted), functions[0])
    arguments = _instance(function.get("parameters") or {"type": "object"}, "", tokens)
    return {
        "id": "call_stub_1",
        "type": "function",
        "function": {"name": function["name"], "arguments": json.dumps(arguments, ensure_ascii=False)},
    }


def _instance(schema: Any, key: str, tokens: dict[str, list[str]]) -> Any:
    """Return a value of a JSON schema, with tokens where a property's name asks for their kind."""
    if not isinstance(schema, dict):
        return ""
    if "const" in schema:
        return schema["const"]
    if schema.get("enum"):
        return schema["enum"][0]
    kind = schema.get("type", "object" if "properties" in schema else "string")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "object":
        return {name: _instance(part, name, tokens) for name, part in schema.get("properties", {}).items()}
    if kind == "array":
        return [_instance(schema.get("items", {}), key, tokens)]
    if kind == "boolean":
        return True
    if kind in {"integer", "number"}:
        return 1
    return None if kind == "null" else _token_for(key, tokens)


def _token_for(key: str, tokens: dict[str, list[str]]) -> str:
    words = re.split(r"[^A-Z]+", key.upper())
    for kind, found in tokens.items():
        if kind in words or kind.replace("_", "") in words:
            return found[0]
    return "unknown"


def _usage(body: dict[str, Any], message: dict[str, Any]) -> dict[str, int]:
    asked = sum(len(_text(one).split()) for one in body["messages"] if isinstance(one, dict))
    said = len(json.dumps(message).split())
    return {"prompt_tokens": asked, "completion_tokens": said, "total_tokens": asked + said}


def _completion(body: dict[str, Any], message: dict[str, Any]) -> dict[str, Any]:
    choices = [
        {"index": index, "message": {**message, "refusal": None}, "logprobs": None, "finish_reason": _reason(message)}
        for index in range(_choices(body))
    ]
    return {**_envelope(body, "chat.completion"), "choices": choices, "usage": _usage(body, message)}


def _envelope(body: dict[str, Any], kind: str) -> dict[str, Any]:
    return {"id": "chatcmpl-stub", "object": kind, "created": 1700000000, "model": body["model"]}


def _reason(message: dict[str, Any]) -> str:
    return "tool_calls" if message.get("tool_calls") else "stop"


def _choices(body: dict[str, Any]) -> int:
    n = body.get("n")
    return n if isinstance(n, int) and 1 <= n <= 8 else 1


def _deltas(message: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield {"role": "assistant", "content": None if message.get("tool_calls") else ""}
    for piece in _pieces(message.get("content") or ""):
        yield {"content": piece}
    for index, call in enumerate(message.get("tool_calls") or ()):
        function = call["function"]
        opening = {**call, "index": index, "function": {"name": function["name"], "arguments": ""}}
        yield {"tool_calls": [opening]}
        for piece in _pieces(function["arguments"]):
            yield {"tool_calls": [{"index": index, "function": {"arguments": piece}}]}


def _pieces(text: str) -> Iterator[str]:
    return (text[start : start + _PIECE] for start in range(0, len(text), _PIECE))


class _Events(httpx.AsyncByteStream):
    """A reply as server-sent events."""

    def __init__(self, body: dict[str, Any], message: dict[str, Any]) -> None:
        self._body = body
        self._message = message

    async def __aiter__(self) -> AsyncIterator[bytes]:
        envelope = _envelope(self._body, "chat.completion.chunk")
        for index in range(_choices(self._body)):
            for delta in _deltas(self._message):
                choice = {"index": index, "delta": delta, "logprobs": None, "finish_reason": None}
                yield _event({**envelope, "choices": [choice]})
            choice = {"index": index, "delta": {}, "logprobs": None, "finish_reason": _reason(self._message)}
            yield _event({**envelope, "choices": [choice]})
        if (self._body.get("stream_options") or {}).get("include_usage"):
            yield _event({**envelope, "choices": [], "usage": _usage(self._body, self._message)})
        yield b"data: [DONE]\n\n"


def _event(tree: dict[str, Any]) -> bytes:
    return f"data: {json.dumps(tree, ensure_ascii=False)}\n\n".encode()
