"""A streamed reply, rehydrated event by event.

Every stretch of text that the client will concatenate (content, reasoning, the arguments of one tool call, of one
choice) has a rehydrator of its own. An event in which nothing changes leaves as the bytes it came in; one that does
is written anew with its own fields; text that a rehydrator still holds leaves before the choice's ``finish_reason``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, Final, NamedTuple

from masker.wire.bodies import dump_body, parse_reply, reply_of_sane_depth
from masker.wire.response import REASONING, choice_index, restore_arguments, restore_error, restore_message
from masker.wire.restoring import OpenRehydrator, Rehydrator, in_one_go, with_keys
from masker.wire.sse import Event, EventTooLarge, SSEDecoder, with_data

__all__ = ["ChatStream", "OpenRehydrator", "Rehydrator"]


_DONE: Final = b"[DONE]"
#: Choices, and texts of theirs, that may be open at once: far more than any API has. Each costs memory until its end,
#: and an upstream could open one with every event.
_MOST_SIDE_BY_SIDE: Final = 2048
#: Longest name of a function that is put together from pieces.
_LONGEST_NAME: Final = 1024
#: Largest event after whose model an event of our own is made, and the model where there was none.
_LARGEST_MODEL: Final = 64 * 1024
_MANY_CHOICES: Final = "too many choices at once"
_MANY_TEXTS: Final = "too many texts at once"
#: The field of a name that came before, whole.
_AGAIN: Final = "name again"
_PLAINEST: Final = b'{"object":"chat.completion.chunk"}'
_TEXT_FIELDS: Final = ("content", "refusal", *REASONING)
_LISTED_FIELDS: Final = ("content", "reasoning_details", "thinking_blocks", *REASONING)

_Path = tuple[str | int, ...]
_Change = tuple[_Path, Any]
_Calls = list[tuple[int, dict[str, Any], str]]


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
        if any(name.startswith(held) and name != held for name in self._names):
            self._held = held
            return ""
        self._held, self._begun = "", True
        return self._names.get(held, held)

    def flush(self) -> str:
        held, self._held = self._held, ""
        self._begun = True
        return self._names.get(held, held)


class _Choice:
    """What one choice of the stream has open."""

    def __init__(self) -> None:
        self.texts: dict[str, Rehydrator] = {}
        self.tools: dict[str, str] = {}
        #: How many calls came under one index; of each its number by its id, and the first piece of its name.
        self.calls: dict[int, int] = {}
        self.numbers: dict[tuple[int, str], int] = {}
        self.names: dict[str, str | None] = {}
        #: Those whose arguments have begun, and those behind which another call has, so that their text is complete.
        self.begun: set[str] = set()
        self.left: list[str] = []
        self.finished = False

    def field(self, call: dict[str, Any], place: int) -> str:
        """Return the field of a call.

        Some servers give all parallel calls one index, or none, and each its own id; others give each piece of one call
        an id of its own. So a call begins where another id comes with a name, or, without ids, another name.
        """
        index = choice_index(call, place)
        functions = (call.get(part) for part in ("function", "custom"))
        function = next((one for one in functions if type(one) is dict), {})
        if not any(type(function.get(part)) is str and function[part] for part in ("name", "arguments", "input")):
            return _call_field(index, self.calls.get(index, 1) - 1)  # nothing to remember
        own, name = (one if type(one) is str and one else None for one in (call.get("id"), function.get("name")))
        at = None if own is None else self.numbers.get((index, own))
        if at is None:
            at = self.calls.get(index, 0) - 1
            last = _call_field(index, at)
            if at < 0 or (name is not None and (own is not None or (last in self.begun and self.names[last] != name))):
                if at >= 0:
                    self.left.append(last)
                at += 1
                self.calls[index] = at + 1
                self.names[_call_field(index, at)] = name
                if own is not None:
                    self.numbers[index, own] = at
        field = _call_field(index, at)
        if function.get("arguments") or function.get("input"):
            self.begun.add(field)
        return field


class ChatStream:
    """Turns the upstream's bytes into the client's, for any cut.

    Args:
        open_rehydrator: Opens a rehydrator for one stretch of text.
        names: Function names as the upstream knows them, each with the caller's own.
        properties: The same for keys in the arguments of tools.
        json_content: Whether ``response_format`` asked for JSON.
        begin: Is told that the work on one more piece begins.
        asked: How many choices were asked for.

    Attributes:
        done: Whether ``[DONE]`` came.
        error: Whether the upstream sent an error event.
        failed: Why the stream cannot be read on (``"not JSON"``), or ``None``. After it `feed` returns nothing.
    """

    def __init__(
        self,
        open_rehydrator: OpenRehydrator,
        names: Mapping[str, str] | None = None,
        properties: Mapping[str, str] | None = None,
        *,
        json_content: bool = False,
        begin: Callable[[], None] | None = None,
        asked: int = 1,
    ) -> None:
        self._asked = asked
        self._begin = begin
        self._open = with_keys(open_rehydrator, properties or {})
        self._once = in_one_go(self._open)
        self._names = names or {}
        self._json_content = json_content
        self._decoder = SSEDecoder()
        self._choices: dict[int, _Choice] = {}
        self._last = _PLAINEST
        self._model: dict[str, Any] | None = None
        self.done = False
        self.error = False
        self.failed: str | None = None

        self._open_texts = 0

    def __repr__(self) -> str:
        return f"ChatStream(choices={len(self._choices)}, done={self.done}, error={self.error}, failed={self.failed!r})"

    @property
    def pending(self) -> int:
        """How many bytes of an event have come whose end has not."""
        return self._decoder.pending

    @property
    def ended_cleanly(self) -> bool:
        """Whether the upstream said everything: ``[DONE]`` came, or every choice has its ``finish_reason``."""
        if self.failed is not None or self.error:
            return False
        begun = self._choices.values()
        return self.done or (len(begun) >= max(1, self._asked) and all(choice.finished for choice in begun))

    def feed(self, chunk: bytes) -> bytes:
        """Return what the client may have now; look at ``failed`` afterwards."""
        if self.failed is not None:
            return b""
        if self._begin is not None:
            self._begin()
        try:
            events = self._decoder.feed(chunk)
        except EventTooLarge:
            self.failed = "an event without end"
            return b""
        return self._events(events)

    def finish(self) -> bytes:
        """Return the rest, when the upstream has closed: a last event without its blank line, and text still held."""
        out = b""
        if self._begin is not None:
            self._begin()
        if self.failed is None:
            for event in self._decoder.flush():
                # Half an event was cut off with the connection, and is nothing; `ended_cleanly` tells.
                if event.data is None or _is_whole(event.data):
                    out += self._events([_closed(event)])
        if self.failed in (_MANY_CHOICES, _MANY_TEXTS):
            return out  # whoever opens so much has said nothing that is missed
        return out + self._flush_all()

    def _events(self, events: list[Event]) -> bytes:
        out: list[bytes] = []
        for event in events:
            out.append(event.raw if event.data is None else self._event(event, event.data))
            if self.failed is not None:
                break
        return b"".join(out)

    def _event(self, event: Event, data: bytes) -> bytes:
        said = data.strip()
        if said == _DONE:
            self.done = True
            return self._flush_all() + event.raw
        if not said:
            return event.raw  # some servers keep a connection alive with empty data
        try:
            chunk = _read(data)
        except ValueError:
            self.failed = "not JSON"
            return b""
        if type(chunk) is list and chunk and type(chunk[0]) is dict and chunk[0].get("error") is not None:
            data, chunk = dump_body(parse_reply(data)[0]), chunk[0]  # as Gemini's API writes it, and no client reads
            event = Event(with_data(event, data), data, event.event, event.id)
        if type(chunk) is not dict:
            self.failed = "not an object"
            return b""
        if chunk.get("error") is not None:
            return self._error(event, data)
        choices = chunk.get("choices")
        if type(choices) is not list or not choices:
            return event.raw
        if len(data) <= _LARGEST_MODEL:
            self._last, self._model = data, None
        before: list[bytes] = []
        changes: list[_Change] = []
        for place, choice in enumerate(choices):
            if type(choice) is dict:
                before.append(self._choice(choice, place, changes))
            if self.failed is not None:
                return b""
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
        error = restore_error(tree["error"], lambda text: self._once(text, "error", 0, False, None))
        if error == tree["error"]:
            return held + event.raw
        return held + with_data(event, dump_body({**tree, "error": error}))

    def _choice(self, choice: dict[str, Any], place: int, changes: list[_Change]) -> bytes:
        """Note what changes in one choice of an event; return what has to leave before the event."""
        index = choice_index(choice, place)
        state = self._choices.get(index)
        if state is None:
            state = self._choices[index] = _Choice()
            if len(self._choices) > _MOST_SIDE_BY_SIDE:
                self.failed = _MANY_CHOICES
                return b""
        delta = choice.get("delta")
        calls = _calls_in(delta, state) if type(delta) is dict else []
        pieces = self._pieces(delta, state, calls) if type(delta) is dict else []
        if len(pieces) > _MOST_SIDE_BY_SIDE:
            self.failed = _MANY_TEXTS
            return b""
        last = bool(choice.get("finish_reason"))  # some servers write "" until then
        before = self._flush(index, state, but={piece.field for piece in pieces}) if last else b""
        texts: list[str] = []
        for piece in pieces:
            if piece.field.endswith((".arguments", ".input")):  # then the name is complete
                name = f"{piece.field.rpartition('.')[0]}.name"
                held = state.texts[name].flush() if name in state.texts else ""
                here = [number for number, one in enumerate(pieces[: len(texts)]) if one.field == name]
                if held and here:
                    texts[here[-1]] += held
                elif held:
                    before += self._extra(index, _delta(name, held))
            texts.append(self._feed(state, index, piece))
        before += self._leave(state, index, pieces, texts)
        if last:
            # Text in the ending event itself: what its stretch still holds goes behind its last piece.
            for field, number in {piece.field: number for number, piece in enumerate(pieces)}.items():
                if field in state.texts:
                    texts[number] += state.texts[field].flush()
            state.finished = True
        for piece, text in zip(pieces, texts, strict=True):
            if text != piece.text:
                changes.append((("choices", place, "delta", *piece.path), text))
        if type(delta) is dict:
            whole = {name: delta[name] for name in REASONING if type(delta.get(name)) is dict}
            if delta.get("annotations"):
                whole["annotations"] = delta["annotations"]
            self._whole(whole, index, ("choices", place, "delta"), changes)
            for path, new in self._whole_arguments(delta, index, state, calls):
                changes.append((("choices", place, "delta", *path), new))
        if type(choice.get("message")) is dict:
            self._whole(choice["message"], index, ("choices", place, "message"), changes)
        return before

    def _leave(self, state: _Choice, index: int, pieces: list[_Piece], texts: list[str]) -> bytes:
        """Add what calls still hold behind which another has begun to their pieces, or return it as events."""
        out: list[bytes] = []
        for call in state.left:
            for field in (f"{call}.{part}" for part in ("name", "arguments", "input")):
                held = state.texts[field].flush() if field in state.texts else ""
                here = [number for number, piece in enumerate(pieces) if piece.field == field]
                if held and here:
                    texts[here[-1]] += held
                elif held:
                    out.append(self._extra(index, _delta(field, held)))
        state.left.clear()
        return b"".join(out)

    def _pieces(self, delta: dict[str, Any], state: _Choice, calls: _Calls) -> list[_Piece]:
        """Return the pieces of text in a delta with these calls."""
        found: list[_Piece] = []
        for name, value in delta.items():
            if not value:
                continue
            if name in _TEXT_FIELDS and type(value) is str:
                found.append(_Piece((name,), value, name, json=self._json_content and name == "content"))
            elif name in _LISTED_FIELDS and type(value) is list:
                found += _listed(value, name, json=self._json_content and name == "content")
            elif name == "tool_calls":
                for place, call, field in calls:
                    found += self._call(call, place, field, state)
            elif name == "function_call" and type(value) is dict:
                found += self._called(value, (name,), name, state)
            elif name == "audio" and type(value) is dict and type(value.get("transcript")) is str:
                found.append(_Piece((name, "transcript"), value["transcript"], "audio.transcript"))
        return found

    def _call(self, call: dict[str, Any], place: int, field: str, state: _Choice) -> list[_Piece]:
        return [
            piece
            for part in ("function", "custom")
            if type(call.get(part)) is dict
            for piece in self._called(call[part], ("tool_calls", place, part), field, state, again=bool(call.get("id")))
        ]

    def _called(
        self, function: dict[str, Any], path: _Path, field: str, state: _Choice, *, again: bool = False
    ) -> list[_Piece]:
        """Return the pieces of a function call; its name is complete when its arguments begin.

        Some servers repeat it in every piece, beside the call's id (``again``).
        """
        found: list[_Piece] = []
        name = function.get("name")
        if type(name) is str and name == state.tools.get(field) and (again or field in state.begun):
            found.append(_Piece((*path, "name"), name, f"{field}.{_AGAIN}"))
        elif type(name) is str and name:
            found.append(_Piece((*path, "name"), name, f"{field}.name"))
            state.tools[field] = (state.tools.get(field, "") + name)[:_LONGEST_NAME]
        called = state.tools.get(field)
        tool = None if called is None else self._names.get(called, called)
        for part in ("arguments", "input"):
            text = function.get(part)
            if type(text) is str and text:
                found.append(_Piece((*path, part), text, f"{field}.{part}", json=part == "arguments", tool=tool))
        return found

    def _feed(self, state: _Choice, index: int, piece: _Piece) -> str:
        if piece.field.endswith(f".{_AGAIN}"):
            return self._names.get(piece.text, piece.text)
        rehydrator = state.texts.get(piece.field)
        if rehydrator is None:
            self._open_texts += 1
            if self._open_texts > _MOST_SIDE_BY_SIDE:
                self.failed = _MANY_TEXTS
                return ""
            if piece.field.endswith(".name"):
                rehydrator = _Name(self._names)
            else:
                rehydrator = self._open(index, piece.field, piece.json, piece.tool)
            state.texts[piece.field] = rehydrator
        return rehydrator.feed(piece.text)

    def _whole(self, message: dict[str, Any], index: int, path: _Path, changes: list[_Change]) -> None:
        """Restore what comes whole inside a stream: annotations, and messages that some servers send at the end."""
        restored = restore_message(message, index, self._once, self._names, json_content=self._json_content)
        changes += [((*path, name), value) for name, value in restored.items() if value != message[name]]

    def _whole_arguments(self, delta: dict[str, Any], index: int, state: _Choice, calls: _Calls) -> Iterator[_Change]:
        """Yield arguments, restored, that some servers send as an object, in one event."""
        called: list[tuple[_Path, Any, str]] = [
            (("tool_calls", place, part), call.get(part), field)
            for place, call, field in calls
            for part in ("function", "custom")
        ]
        for below, function, field in (*called, (("function_call",), delta.get("function_call"), "function_call")):
            for part in ("arguments", "input"):
                value = function.get(part) if type(function) is dict else None
                if type(value) is dict or type(value) is list:
                    tool = state.tools.get(field)
                    tool = None if tool is None else self._names.get(tool, tool)
                    new = restore_arguments(value, f"{field}.{part}", index, self._once, tool)
                    if new != value:
                        yield (*below, part), new

    # -- what is held

    def _extra(self, index: int, delta: dict[str, Any]) -> bytes:
        """Return an event with one delta, like the last chunk: same id, model, creation time."""
        if self._model is None:
            chunk = parse_reply(self._last)
            self._model = {
                name: value for name, value in chunk.items() if name not in ("choices", "usage", "obfuscation")
            }
        choice = {"index": index, "delta": delta, "finish_reason": None}
        return b"data: " + dump_body({**self._model, "choices": [choice]}) + b"\n\n"

    def _flush_all(self) -> bytes:
        return b"".join(self._flush(index, state) for index, state in self._choices.items())

    def _flush(self, index: int, state: _Choice, but: Collection[str] = ()) -> bytes:
        """Return the text that a choice still holds, but not in the fields ``but``, as events of their own."""
        out: list[bytes] = []
        for field, rehydrator in state.texts.items():
            held = "" if field in but else rehydrator.flush()
            if held:
                out.append(self._extra(index, _delta(field, held)))
        return b"".join(out)


def _calls_in(delta: dict[str, Any], state: _Choice) -> _Calls:
    """Return the calls in a delta, each with its place there and its field."""
    calls = delta.get("tool_calls")
    listed = enumerate(calls) if type(calls) is list else ()
    return [(place, call, state.field(call, place)) for place, call in listed if type(call) is dict]


def _call_field(index: int, number: int) -> str:
    """Return the field of a call, by its index and how many came under that before it."""
    return f"tool_calls.{index}:{number}" if number else f"tool_calls.{index}"


def _closed(event: Event) -> Event:
    """Return an event that was cut off before its blank line, with one."""
    return Event(event.raw.rstrip(b"\r\n") + b"\n\n", event.data, event.event, event.id)


def _is_whole(data: bytes) -> bool:
    """Return whether the data of an event without end is all there."""
    if data.strip() == _DONE:
        return True
    try:
        return type(parse_reply(data)) is dict
    except ValueError:
        return False


def _read(data: bytes) -> Any:
    """Return a chunk for looking at; what is written is made from `parse_reply`, which keeps literals."""
    import orjson

    try:
        tree = orjson.loads(data)
    except ValueError:
        return parse_reply(data)
    return reply_of_sane_depth(tree, data)


def _listed(parts: list[Any], field: str, *, json: bool) -> list[_Piece]:
    """Return the texts of a list of parts: content parts continue each other, the others those of their own index."""
    found: list[_Piece] = []
    for place, part in enumerate(parts):
        if type(part) is not dict:
            continue
        own = field if field == "content" else f"{field}.{choice_index(part, 0)}"
        for name in ("text", "summary", "thinking", "reasoning", "refusal"):
            text = part.get(name)
            if type(text) is str and text:
                whose = own if field == "content" and name == "text" else f"{own}.{name}"
                found.append(_Piece((field, place, name), text, whose, json=json and name == "text"))
            elif type(text) is list:
                found += [
                    _Piece((field, place, name, number, "text"), one["text"], f"{own}.{name}.text")
                    for number, one in enumerate(text)
                    if type(one) is dict and type(one.get("text")) is str and one["text"]
                ]
    return found


def _delta(field: str, held: str) -> dict[str, Any]:
    """Return the delta that carries held text of one field."""
    first, *rest = field.split(".")
    if first == "tool_calls":
        part = "custom" if rest[1] == "input" else "function"
        return {first: [{"index": int(rest[0].partition(":")[0]), part: {rest[1]: held}}]}
    if first == "content" and rest:
        return {first: [{"type": rest[0], rest[0]: _in_parts(held) if rest[1:] else held}]}
    if first in _LISTED_FIELDS and rest:
        return {first: [{"index": int(rest[0]), rest[1]: _in_parts(held) if rest[2:] else held}]}
    if rest:
        return {first: {rest[0]: held}}
    return {first: held}


def _in_parts(text: str) -> list[dict[str, str]]:
    return [{"type": "text", "text": text}]


def _set(tree: Any, path: _Path, value: Any) -> None:
    for step in path[:-1]:
        tree = tree[step]
    tree[path[-1]] = value
