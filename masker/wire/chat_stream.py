"""A streamed reply, rehydrated event by event.

Every stretch of text that the client will concatenate (content, reasoning, the arguments of one tool call, of one
choice) has a rehydrator of its own. An event in which nothing changes leaves as the bytes it came in; one that does
is written anew with its own fields; text that a rehydrator still holds leaves before the choice's ``finish_reason``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple, Protocol

from masker.wire.bodies import dump_body, parse_reply
from masker.wire.response import REASONING, choice_index, restore_error, restore_message
from masker.wire.sse import Event, EventTooLarge, SSEDecoder, with_data

__all__ = ["ChatStream", "OpenRehydrator", "Rehydrator"]


class Rehydrator(Protocol):
    """Replaces tokens in a text that comes in pieces."""

    def feed(self, chunk: str, /) -> str:
        """Return what is certain."""

    def flush(self) -> str:
        """Return the rest."""


#: Opens the rehydrator for one stretch of text: choice, field, whether it is JSON, the tool it is meant for.
OpenRehydrator = Callable[[int, str, bool, str | None], Rehydrator]

_TEXT_FIELDS: Final = ("content", "refusal", *REASONING)

_Path = tuple[str | int, ...]
_Change = tuple[_Path, Any]


class _Piece(NamedTuple):
    """A piece of text in a delta: where in the delta, and which stretch of text it continues."""

    path: _Path
    text: str
    field: str
    json: bool = False
    tool: str | None = None


class _Name:
    """A function name that may come in pieces: held while it can still become a name that we changed."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._held = ""
        self._begun = False

    def feed(self, piece: str) -> str:
        if self._begun:
            return piece
        held = self._held + piece
        if held in self._names:
            self._held, self._begun = "", True
            return self._names[held]
        if any(name.startswith(held) for name in self._names):
            self._held = held
            return ""
        self._held, self._begun = "", True
        return held

    def flush(self) -> str:
        held, self._held = self._held, ""
        self._begun = True
        return held


class _Choice:
    """What one choice of the stream has open."""

    def __init__(self) -> None:
        self.texts: dict[str, Rehydrator] = {}
        self.tools: dict[str, str] = {}
        self.finished = False


class ChatStream:
    """Turns the upstream's bytes into the client's, for any cut.

    Args:
        open_rehydrator: Opens a rehydrator for one stretch of text.
        names: Function names as the upstream knows them, each with the caller's own.
        json_content: Whether ``response_format`` asked for JSON.

    Attributes:
        done: Whether ``[DONE]`` came.
        error: Whether the upstream sent an error event.
        failed: Why the stream cannot be read on (``"not JSON"``), or ``None``. After it nothing more comes out.
    """

    def __init__(
        self, open_rehydrator: OpenRehydrator, names: Mapping[str, str] | None = None, *, json_content: bool = False
    ) -> None:
        self._open = open_rehydrator
        self._names = names or {}
        self._json_content = json_content
        self._decoder = SSEDecoder()
        self._choices: dict[int, _Choice] = {}
        self._last: bytes | None = None
        self.done = False
        self.error = False
        self.failed: str | None = None

    def __repr__(self) -> str:
        return f"ChatStream(choices={len(self._choices)}, done={self.done}, error={self.error}, failed={self.failed!r})"

    @property
    def ended_cleanly(self) -> bool:
        """Whether the upstream said everything: ``[DONE]`` came, or every choice has its ``finish_reason``."""
        if self.failed is not None or self.error:
            return False
        return self.done or (bool(self._choices) and all(choice.finished for choice in self._choices.values()))

    def feed(self, chunk: bytes) -> bytes:
        """Return what the client may have now."""
        if self.failed is not None:
            return b""
        try:
            events = self._decoder.feed(chunk)
        except EventTooLarge:
            self.failed = "an event without end"
            return b""
        return self._events(events)

    def finish(self) -> bytes:
        """Return the rest, when the upstream has closed: a last event without its blank line, and text still held."""
        out = b""
        if self.failed is None:
            for event in self._decoder.flush():
                if event.data is None or self._reads(event.data):
                    out += self._events([attrs_evolve_raw(event)])
                # Half an event was cut off with the connection; `ended_cleanly` tells.
        return out + self._flush_all()

    def _reads(self, data: bytes) -> bool:
        if data.strip() == b"[DONE]":
            return True
        try:
            return type(parse_reply(data)) is dict
        except ValueError:
            return False

    def _events(self, events: list[Event]) -> bytes:
        out: list[bytes] = []
        for event in events:
            if self.failed is not None:
                break
            out.append(event.raw if event.data is None else self._event(event, event.data))
        return b"".join(out)

    def _event(self, event: Event, data: bytes) -> bytes:
        if data.strip() == b"[DONE]":
            self.done = True
            return self._flush_all() + event.raw
        try:
            chunk = _read(data)
        except ValueError:
            self.failed = "not JSON"
            return b""
        if type(chunk) is not dict:
            self.failed = "not an object"
            return b""
        if chunk.get("error") is not None:
            return self._error(event, data)
        choices = chunk.get("choices")
        if type(choices) is not list or not choices:
            return event.raw
        before = [
            self._flush_before(choice, place, data) for place, choice in enumerate(choices) if type(choice) is dict
        ]
        self._last = data
        changes: list[_Change] = []
        for place, choice in enumerate(choices):
            if type(choice) is dict:
                self._choice(choice, place, changes)
        if not changes:
            return b"".join(before) + event.raw
        tree = parse_reply(data)
        for path, new in changes:
            _set(tree, path, new)
        return b"".join(before) + with_data(event, dump_body(tree))

    def _error(self, event: Event, data: bytes) -> bytes:
        self.error = True
        held = self._flush_all()
        tree = parse_reply(data)

        def once(text: str) -> str:
            rehydrator = self._open(0, "error", False, None)
            return rehydrator.feed(text) + rehydrator.flush()

        restored = {**tree, "error": restore_error(tree["error"], once)}
        return held + (event.raw if restored == tree else with_data(event, dump_body(restored)))

    # -- one choice of one event

    def _state(self, index: int) -> _Choice:
        found = self._choices.get(index)
        if found is None:
            found = self._choices[index] = _Choice()
        return found

    def _choice(self, choice: dict[str, Any], place: int, changes: list[_Change]) -> None:
        index = choice_index(choice, place)
        state = self._state(index)
        path: _Path = ("choices", place, "delta")
        last = choice.get("finish_reason") is not None
        delta = choice.get("delta")
        if type(delta) is dict:
            for key, text, field, is_json, tool in self._texts(delta, index, state, changes, path):
                new = self._feed(state, index, field, text, is_json, tool)
                if last:
                    new += state.texts[field].flush()
                if new != text:
                    changes.append(((*path, *key), new))
        if type(choice.get("message")) is dict:
            self._message(choice["message"], index, ("choices", place, "message"), changes)
        if last:
            state.finished = True

    def _texts(
        self, delta: dict[str, Any], index: int, state: _Choice, changes: list[_Change], path: _Path
    ) -> list[_Piece]:
        """Return the pieces of text in a delta: where, text, field, whether JSON, tool."""
        found: list[_Piece] = []
        for name, value in delta.items():
            if not value:
                continue
            if name in _TEXT_FIELDS:
                is_json = self._json_content and name == "content"
                if type(value) is str:
                    found.append(((name,), value, name, is_json, None))
                elif type(value) is list:
                    found += _listed(value, name, is_json)
            elif name in ("reasoning_details", "thinking_blocks") and type(value) is list:
                found += _listed(value, name, False)
            elif name == "tool_calls" and type(value) is list:
                for place, call in enumerate(value):
                    if type(call) is dict:
                        found += self._call(
                            call, ("tool_calls", place), f"tool_calls.{choice_index(call, place)}", state, changes, path
                        )
            elif name == "function_call" and type(value) is dict:
                found += self._called(value, ("function_call",), "function_call", state, changes, path)
            elif name == "audio" and type(value) is dict and type(value.get("transcript")) is str:
                found.append((("audio", "transcript"), value["transcript"], "audio.transcript", False, None))
            elif name == "annotations":
                self._message({name: value}, index, path, changes)
        return found

    def _call(
        self, call: dict[str, Any], key: _Path, field: str, state: _Choice, changes: list[_Change], path: _Path
    ) -> list[_Piece]:
        found: list[_Piece] = []
        for part in ("function", "custom"):
            if type(call.get(part)) is dict:
                found += self._called(call[part], (*key, part), field, state, changes, path)
        return found

    def _called(
        self, function: dict[str, Any], key: _Path, field: str, state: _Choice, changes: list[_Change], path: _Path
    ) -> list[_Piece]:
        name = function.get("name")
        new = ""
        if type(name) is str and name:
            new = self._name(state, field).feed(name)
        arguments = function.get("arguments") or function.get("input")
        if arguments:
            new += self._name(state, field).flush()
        if new:
            state.tools[field] = state.tools.get(field, "") + new
        if new != (name or ""):
            changes.append(((*path, *key, "name"), new))
        found: list[_Piece] = []
        for part, is_json in (("arguments", True), ("input", False)):
            text = function.get(part)
            if type(text) is str and text:
                found.append(((*key, part), text, f"{field}.{part}", is_json, state.tools.get(field)))
        return found

    def _name(self, state: _Choice, field: str) -> _Name:
        found = state.texts.get(f"{field}.name")
        if not isinstance(found, _Name):
            found = _Name(self._names)
            state.texts[f"{field}.name"] = found
        return found

    def _feed(self, state: _Choice, index: int, field: str, text: str, is_json: bool, tool: str | None) -> str:
        rehydrator = state.texts.get(field)
        if rehydrator is None:
            rehydrator = state.texts[field] = self._open(index, field, is_json, tool)
        return rehydrator.feed(text)

    def _message(self, message: dict[str, Any], index: int, path: _Path, changes: list[_Change]) -> None:
        """Restore what comes whole inside a stream: annotations, and messages of servers that send them at the end."""

        def once(text: str, field: str, choice: int, is_json: bool, tool: str | None) -> str:
            rehydrator = self._open(choice, field, is_json, tool)
            return rehydrator.feed(text) + rehydrator.flush()

        restored = restore_message(message, index, once, self._names, json_content=self._json_content)
        for name, value in restored.items():
            if value != message[name]:
                changes.append(((*path, name), value))

    # -- what is held

    def _flush_before(self, choice: dict[str, Any], place: int, data: bytes) -> bytes:
        """Return the choice's held text as events of their own, if this event ends the choice.

        A field that has text in the ending event itself is left to that event, so that its order is kept.
        """
        if choice.get("finish_reason") is None:
            return b""
        index = choice_index(choice, place)
        state = self._choices.get(index)
        if state is None:
            return b""
        delta = choice.get("delta")
        here = _fields_of(delta) if type(delta) is dict else frozenset()
        return self._flush(index, state, here, data)

    def _flush_all(self) -> bytes:
        if self._last is None:
            return b""
        return b"".join(self._flush(index, state, frozenset(), self._last) for index, state in self._choices.items())

    def _flush(self, index: int, state: _Choice, but: frozenset[str], data: bytes) -> bytes:
        out: list[bytes] = []
        for field, rehydrator in state.texts.items():
            if field in but:
                continue
            held = rehydrator.flush()
            if held:
                out.append(_extra(data, index, _delta(field, held)))
        return b"".join(out)




def attrs_evolve_raw(event: Event) -> Event:
    """Return an event that was cut off before its blank line, with one."""
    return Event(event.raw.rstrip(b"\r\n") + b"\n\n", event.data, event.event, event.id)


def _read(data: bytes) -> Any:
    """Return a chunk for looking at; what is written is made from `parse_reply`, which keeps literals."""
    import orjson

    try:
        return orjson.loads(data)
    except ValueError:
        return parse_reply(data)


def _listed(parts: list[Any], field: str, is_json: bool) -> list[_Piece]:
    """Return the texts of a list of parts; parts of one index continue each other."""
    found: list[_Piece] = []
    for place, part in enumerate(parts):
        if type(part) is not dict:
            continue
        own = field if field == "content" else f"{field}.{choice_index(part, 0)}"
        for name in ("text", "summary", "thinking", "refusal"):
            if type(part.get(name)) is str and part[name]:
                found.append(
                    (
                        (field, place, name),
                        part[name],
                        own if name == "text" else f"{own}.{name}",
                        is_json and name == "text",
                        None,
                    )
                )
    return found


def _fields_of(delta: dict[str, Any]) -> frozenset[str]:
    """Return the fields that have text in this delta."""
    found = {name for name in _TEXT_FIELDS if delta.get(name) and type(delta[name]) is str}
    calls = delta.get("tool_calls")
    for place, call in enumerate(calls if type(calls) is list else ()):
        if type(call) is dict:
            for part in ("function", "custom"):
                if type(call.get(part)) is dict:
                    found |= _called_fields(call[part], f"tool_calls.{choice_index(call, place)}")
    if type(delta.get("function_call")) is dict:
        found |= _called_fields(delta["function_call"], "function_call")
    if type(delta.get("audio")) is dict and delta["audio"].get("transcript"):
        found.add("audio.transcript")
    return frozenset(found)


def _called_fields(function: dict[str, Any], field: str) -> set[str]:
    return {f"{field}.{name}" for name in ("name", "arguments", "input") if function.get(name)}


def _delta(field: str, held: str) -> dict[str, Any]:
    """Return the delta that carries held text of one field."""
    first, *rest = field.split(".")
    if first == "tool_calls":
        part = "custom" if rest[1] == "input" else "function"
        return {"tool_calls": [{"index": int(rest[0]), part: {rest[1]: held}}]}
    if first in ("reasoning_details", "thinking_blocks"):
        return {first: [{"index": int(rest[0]), rest[1] if len(rest) > 1 else "text": held}]}
    if rest:
        return {first: {rest[0]: held}}
    return {first: held}


def _extra(data: bytes, index: int, delta: dict[str, Any]) -> bytes:
    """Return an event with one delta, like the chunk at hand: same id, model, creation time."""
    chunk = parse_reply(data)
    like = {name: value for name, value in chunk.items() if name not in ("choices", "usage", "obfuscation")}
    like["choices"] = [{"index": index, "delta": delta, "finish_reason": None}]
    return b"data: " + dump_body(like) + b"\n\n"


def _set(tree: Any, path: _Path, value: Any) -> None:
    for step in path[:-1]:
        tree = tree[step]
    tree[path[-1]] = value
