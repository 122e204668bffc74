"""A reply as the places where the model's words stand.

Only what shows the model's words is restored: content, refusal, reasoning, arguments, names, transcripts and
annotations. Ids, usage, ``logprobs`` and fields that we do not know stay as the upstream sent them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from masker.wire.bodies import Number, dump_body, parse_reply
from masker.wire.restoring import OpenRehydrator, Replace, in_one_go, with_keys

__all__ = ["REASONING", "choice_index", "restore_arguments", "restore_error", "restore_message", "restore_reply"]

#: Fields of a message or delta in which servers put what the model thought.
REASONING: Final = ("reasoning", "reasoning_content", "reasoning_text", "thinking")

_WORDS: Final = frozenset(("refusal", "reasoning_details", "thinking_blocks", "annotations", *REASONING))

#: What servers write for numbers that JSON has none for.
_NO_NUMBERS: Final = ("NaN", "Infinity")

#: Keys below a message that are never words.
_FIXED: Final = frozenset(
    "id type index object role format data encrypted signature start_index end_index created expires_at".split()
)


def restore_reply(
    reply: dict[str, Any],
    open_rehydrator: OpenRehydrator,
    names: Mapping[str, str] | None = None,
    properties: Mapping[str, str] | None = None,
    *,
    json_content: bool = False,
) -> dict[str, Any]:
    """Return a whole reply with its tokens replaced.

    Args:
        reply: A tree from `parse_reply`; not changed, shared where nothing changes.
        open_rehydrator: Opens a rehydrator for one stretch of text; every string is one feed and one flush.
        names: Function names as the upstream knows them, each with the caller's own.
        properties: The same for keys in the arguments of tools.
        json_content: Whether ``response_format`` asked for JSON, so that content is escaped as such.
    """
    if "error" in reply:  # whatever its status, it is one
        told = in_one_go(open_rehydrator)
        reply = {**reply, "error": restore_error(reply["error"], lambda text: told(text, "error", 0, False, None))}
    choices = reply.get("choices")
    if type(choices) is not list:
        return reply
    replace = in_one_go(with_keys(open_rehydrator, properties or {}))
    restored = [_choice(choice, place, replace, names or {}, json_content) for place, choice in enumerate(choices)]
    return {**reply, "choices": restored}


def restore_error(value: Any, replace: Callable[[str], str]) -> Any:
    """Return an upstream's error object with every string in it restored, and without numbers that are no JSON."""
    if type(value) is str:
        return replace(value)
    if type(value) is dict:
        return {name: restore_error(child, replace) for name, child in value.items()}
    if type(value) is list:
        return [restore_error(child, replace) for child in value]
    return None if type(value) is Number and value.literal.endswith(_NO_NUMBERS) else value


def restore_arguments(value: Any, field: str, choice: int, replace: Replace, tool: str | None) -> Any:
    """Return arguments that are no string but an object, as some servers send them: restored as the string would be."""
    text = dump_body(value).decode()
    restored = replace(text, field, choice, True, tool)
    return value if restored == text else parse_reply(restored)


#: No server counts so many choices; what we write ourselves holds no larger number.
_MOST: Final = 2**31


def choice_index(choice: dict[str, Any], place: int) -> int:
    """Return a choice's ``index``, or where it stands when it has none that can be one."""
    index = choice.get("index", place)
    try:
        number = int(getattr(index, "literal", index))
    except (TypeError, ValueError, OverflowError):
        return place
    return number if number < _MOST else place


def _choice(choice: Any, place: int, replace: Replace, names: Mapping[str, str], json_content: bool) -> Any:
    if type(choice) is not dict or type(choice.get("message")) is not dict:
        return choice
    index = choice_index(choice, place)
    return {**choice, "message": restore_message(choice["message"], index, replace, names, json_content=json_content)}


def restore_message(
    message: dict[str, Any], choice: int, replace: Replace, names: Mapping[str, str], *, json_content: bool = False
) -> dict[str, Any]:
    """Return one message of a reply, restored; arguments as in `restore_reply`."""
    new = dict(message)
    for name, value in message.items():
        if name == "content":
            new[name] = _content(value, choice, replace, json_content)
        elif name in _WORDS:
            new[name] = _words(value, name, choice, replace)
        elif name == "tool_calls" and type(value) is list:
            new[name] = [_call(call, f"tool_calls.{place}", choice, replace, names) for place, call in enumerate(value)]
        elif name == "function_call" and type(value) is dict:
            new[name] = _called(value, "function_call", choice, replace, names)
        elif name == "audio" and type(value) is dict and type(value.get("transcript")) is str:
            new[name] = {**value, "transcript": replace(value["transcript"], "audio.transcript", choice, False, None)}
    return new


def _content(content: Any, choice: int, replace: Replace, json_content: bool) -> Any:
    if type(content) is str:
        return replace(content, "content", choice, json_content, None)
    if type(content) is not list:
        return content
    return [_part(part, choice, replace, json_content) for part in content]


def _part(part: Any, choice: int, replace: Replace, json_content: bool) -> Any:
    if type(part) is not dict:
        return part
    new = dict(part)
    for name, value in part.items():
        if name in ("text", "refusal") and type(value) is str:
            new[name] = replace(value, "content", choice, json_content and name == "text", None)
        elif name in ("thinking", "reasoning", "annotations"):
            new[name] = _words(value, name, choice, replace)
    return new


def _words(value: Any, field: str, choice: int, replace: Replace) -> Any:
    """Restore every string below, except those that are never words."""
    if type(value) is str:
        return replace(value, field, choice, False, None)
    if type(value) is list:
        return [_words(child, field, choice, replace) for child in value]
    if type(value) is dict:
        return {
            name: child if name in _FIXED else _words(child, field, choice, replace) for name, child in value.items()
        }
    return value


def _call(call: Any, field: str, choice: int, replace: Replace, names: Mapping[str, str]) -> Any:
    if type(call) is not dict:
        return call
    new = dict(call)
    for part in ("function", "custom"):
        if type(call.get(part)) is dict:
            new[part] = _called(call[part], field, choice, replace, names)
    return new


def _called(
    function: dict[str, Any], field: str, choice: int, replace: Replace, names: Mapping[str, str]
) -> dict[str, Any]:
    new = dict(function)
    name = function.get("name")
    tool = names.get(name, name) if type(name) is str else None
    if tool is not None:
        new["name"] = tool
    for part in ("arguments", "input"):
        value = function.get(part)
        if type(value) is str:
            new[part] = replace(value, f"{field}.{part}", choice, part == "arguments", tool)
        elif type(value) is dict or type(value) is list:
            new[part] = restore_arguments(value, f"{field}.{part}", choice, replace, tool)
    return new
