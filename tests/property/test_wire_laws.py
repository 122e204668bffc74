"""Laws of the wire: exactness of bodies, and independence of how a stream is cut."""

from __future__ import annotations

import json
import re
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from masker.detection.embedded import apply_edits, decode, edits_between, escape
from masker.detection.leaves import json_leaves
from masker.wire.bodies import dump_body, parse_body, parse_reply
from masker.wire.chat_stream import ChatStream
from masker.wire.request import Slot, media_in, outgoing_slots, parts_of, put, slots_of, tools_by_call
from masker.wire.response import restore_reply
from masker.wire.sse import SSEDecoder

# No deadlines: a busy machine is no failure.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
LITERAL = st.from_regex(r"-?(0|[1-9][0-9]{0,30})(\.[0-9]{1,20})?([eE][-+]?[0-9]{1,4})?", fullmatch=True)


class Literal(str):
    """A number, as the reference writer below puts it down."""

    __slots__ = ()


VALUE = st.recursive(
    st.none() | st.booleans() | TEXT | LITERAL.map(Literal),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)
BODY = st.dictionaries(TEXT, VALUE, max_size=6)


def write(value: Any) -> str:
    if isinstance(value, Literal):
        return str(value)
    if isinstance(value, dict):
        return "{" + ",".join(f"{escape_all(key)}:{write(child)}" for key, child in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(write, value)) + "]"
    return escape_all(value) if isinstance(value, str) else json.dumps(value)


def escape_all(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


@settings(deadline=None)
@given(BODY)
def test_a_body_is_written_literally_as_it_was_read(body: dict[str, Any]) -> None:
    """For compact JSON without needless escapes, byte by byte."""
    raw = write(body).replace("\x7f", "\\u007f").encode()
    assert raw.replace(b"\\u007f", b"\x7f") == dump_body(parse_body(raw))
    assert dump_body(parse_body(raw)) == dump_body(parse_reply(raw))


@settings(deadline=None)
@given(BODY, st.integers(0, 4))
def test_spaces_and_escapes_do_not_change_a_body(body: dict[str, Any], indent: int) -> None:
    """However it is laid out, the tree is the same."""
    plain = json.loads(write(body), parse_float=str, parse_int=str)
    raw = json.dumps(plain, indent=indent).encode()
    assert plain == json.loads(dump_body(parse_body(raw)))


@settings(deadline=None)
@given(st.binary(max_size=40))
@example(b'{"a":1}')
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    """No other exception; what passes is what the standard library reads."""
    from masker.errors import InvalidRequest

    try:
        tree = parse_body(raw)
    except InvalidRequest:
        return
    assert json.loads(raw) == json.loads(dump_body(tree))


@settings(deadline=None)
@given(BODY)
def test_leaves_are_the_strings_numbers_and_keys_of_a_document(body: dict[str, Any]) -> None:
    """In order, at their offsets, with escapes resolved."""
    for text in (write(body), json.dumps(json.loads(write(body), parse_float=str, parse_int=str), indent=1)):
        leaves = json_leaves(text)
        assert leaves is not None
        expected = strings_in(json.loads(text, parse_float=str, parse_int=str))
        assert expected == [decode(text[leaf.start : leaf.end]).text for leaf in leaves]
        nameless = json_leaves(text, named=False)
        assert nameless is not None
        assert [(leaf.start, leaf.end, leaf.kind) for leaf in leaves] == [(n.start, n.end, n.kind) for n in nameless]


@settings(deadline=None)
@given(st.text(alphabet='{}[]",:\\1-.eE \nautrlsn', max_size=60))
def test_broken_json_has_no_leaves(text: str) -> None:
    """Only objects and arrays that the standard library reads have leaves."""
    try:
        value = json.loads(text, strict=False)
    except ValueError:
        value = None
    assert (json_leaves(text) is not None) == isinstance(value, (dict, list))


@settings(deadline=None)
@given(st.text(max_size=20), st.data())
def test_spans_of_a_decoded_string_map_to_the_raw_one(text: str, data: st.DataObject) -> None:
    """Any stretch of the value is exactly a stretch of the raw text, also of escapes and surrogate pairs."""
    raw = json.dumps(text)[1:-1]
    decoded = decode(raw)
    start = data.draw(st.integers(0, len(decoded.text)))
    end = data.draw(st.integers(start, len(decoded.text)))
    first, last = decoded.raw(start, end)
    assert decoded.text[start:end] == json.loads(f'"{raw[first:last]}"')


@settings(deadline=None)
@given(st.text("ab [N1]", max_size=20), st.text("ab [N1]", max_size=20))
def test_edits_between_two_texts_turn_one_into_the_other(before: str, after: str) -> None:
    """Whatever the texts."""
    assert after == apply_edits(before, edits_between(before, after))


@settings(deadline=None)
@given(st.text(max_size=20))
def test_an_escaped_text_is_the_inside_of_a_json_string(text: str) -> None:
    """Also with quotes, backslashes and control characters."""
    assert text == json.loads(f'"{escape(text)}"')


@settings(deadline=None)
@given(BODY, st.sampled_from(["arguments", "content", "extra"]))
def test_writing_nothing_back_changes_nothing(value: dict[str, Any], place: str) -> None:
    """And the caller's body is never touched, whatever is written."""
    document = write(value)
    body: dict[str, Any] = {
        "model": "m",
        "messages": [
            {"role": "user", "content": document if place == "content" else "hi"},
            {"role": "assistant", "tool_calls": [{"function": {"name": "f", "arguments": document}}]},
        ],
    }
    if place == "extra":
        body["extra"] = parse_reply(document)
    before = dump_body(body)
    slots = slots_of(body)
    assert before == dump_body(put(body, slots, [None] * len(slots)).body)
    put(body, slots, ["[NAME_1]"] * len(slots))
    assert before == dump_body(body)


WORDS_OF_THE_API = st.sampled_from(
    "role content name type text function arguments tool_calls id parameters properties required enum tools user stop metadata schema "
    "json_schema $defs $ref pattern format items description audio image_url input_audio data file words customer call strict index "
    "tool_choice mode title const default minimum additionalProperties prediction refusal custom input logit_bias seed".split()
)
ODD = st.recursive(
    st.none() | st.booleans() | LITERAL.map(Literal) | st.just("SPOT") | WORDS_OF_THE_API,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS_OF_THE_API | st.just("SPOT"), inner, max_size=4),
    max_leaves=12,
)
FIELDS = st.sampled_from(
    "tools functions response_format tool_choice function_call metadata stop prediction web_search_options user extra logit_bias "
    "audio stream_options service_tier seed reasoning modalities moderation".split()
)


def strings_in(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for key, child in value.items() for text in (key, *strings_in(child))]
    if isinstance(value, list):
        return [text for child in value for text in strings_in(child)]
    return [value] if isinstance(value, str) else []


@settings(deadline=None)
@given(
    st.dictionaries(FIELDS, ODD, max_size=3), st.lists(st.dictionaries(WORDS_OF_THE_API, ODD, max_size=4), max_size=3)
)
def test_nothing_hides(fields: dict[str, Any], messages: list[Any]) -> None:
    """Whatever the shape, the walk does not fail, and the last look sees every string that is not the API's own word.

    Only bytes of media are not looked at.
    """
    body = parse_reply(write({**fields, "messages": messages}))
    slots = outgoing_slots(body)
    seen = sum(slot.segment.text.count("SPOT") for slot in slots)
    if media_in(body) is None:
        assert strings_in(body).count("SPOT") <= seen
    places = slots_of(body)
    out = put(body, places, ["[X_1]" if slot.segment.text == "SPOT" else None for slot in places]).body
    left = strings_in(out).count("SPOT")
    assert left <= len([slot for slot in outgoing_slots(out) if slot.segment.text == "SPOT"]) or media_in(body)


@settings(deadline=None)
@given(st.lists(st.dictionaries(WORDS_OF_THE_API, ODD, max_size=4), max_size=3), BODY, st.sampled_from(["", "get_mrn"]))
@example([{"role": "user", "content": "SPOT"}, {"role": "user", "content": ""}], {"mrn": Literal("66041")}, "get_mrn")
def test_places_are_the_same_where_nobody_asks_what_they_hold(messages: list[Any], value: Any, name: str) -> None:
    """Whatever a tool's name, a key or a question tells changes no place, nor by what name its tool is known."""
    call = {"id": "c1", "type": "function", "function": {"name": name, "arguments": write(value)}}
    result = {"role": "tool", "tool_call_id": "c1", "content": write(value)}
    talk = [*messages, {"role": "assistant", "tool_calls": [call]}, result, {**result, "content": [value]}]
    body = parse_reply(write({"messages": talk}))
    tools = tools_by_call(body["messages"])
    for part in parts_of(body)[1:]:
        asked, alone = part.slots(tools, (None, ())), part.slots(tools.names())
        assert list(map(place_of, asked)) == list(map(place_of, alone))


def place_of(slot: Slot) -> tuple[Any, ...]:
    document = None if slot.document is None else (slot.document.text, slot.document.span)
    text, role, path = slot.segment.text, slot.segment.role, slot.segment.path
    return slot.form, text, role, path, slot.tool, slot.spans, slot.parts, slot.is_key, slot.bare, document


@settings(deadline=None)
@given(BODY)
def test_masked_json_strings_stay_json(value: dict[str, Any]) -> None:
    """Every leaf may be replaced by any text, and the document keeps its shape."""
    document = write(value)
    body = {"model": "m", "messages": [{"role": "tool", "content": document}]}
    slots = slots_of(body)
    masked = ['"[NAME_1]\\' if slot.form in ("text", "number") else None for slot in slots]
    new = put(body, slots, masked).body["messages"][0]["content"]

    def expected(inner: Any) -> Any:
        if isinstance(inner, dict):
            return {key: expected(child) for key, child in inner.items()}
        if isinstance(inner, list):
            return [expected(child) for child in inner]
        if isinstance(inner, str) and json_leaves(inner) is not None:
            return inner if not json_leaves(inner) else None
        return '"[NAME_1]\\' if isinstance(inner, str) and inner else inner

    if any(json_leaves(slot.segment.text) for slot in slots) or "None" in repr(expected(value)):
        return  # documents in documents have their own test
    if json_leaves(document):
        assert json.dumps(expected(json.loads(write(value), parse_float=str, parse_int=str))) == json.dumps(
            json.loads(new)
        )


# --- streams


def cuts(data: st.DataObject, raw: bytes) -> list[bytes]:
    places = sorted(data.draw(st.lists(st.integers(0, len(raw)), max_size=12)))
    return [raw[a:b] for a, b in zip([0, *places], [*places, len(raw)], strict=True)]


def reference(raw: bytes) -> list[bytes]:
    """Read a whole event stream in one go, as the HTML standard words it."""
    lines = re.split(rb"\r\n|\n|\r", raw)
    out: list[bytes] = []
    data: list[bytes] = []
    for line in lines:
        name, _, value = line.partition(b":")
        if not line:
            if data:
                out.append(b"\n".join(data))
            data = []
        elif name == b"data":
            data.append(value.removeprefix(b" "))
    if data:
        out.append(b"\n".join(data))
    return out


STREAM = st.lists(
    st.sampled_from(
        [
            b"data: a",
            b"data:b",
            b"data",
            b": c",
            b"event: x",
            b"id: 1",
            b"x",
            b"\r",
            b"\n",
            b"\r\n",
            b"\n\n",
            b"\r\n\r\n",
        ]
    ),
    max_size=30,
).map(b"".join)


@settings(deadline=None)
@given(STREAM, st.data())
def test_events_do_not_depend_on_the_cut(raw: bytes, data: st.DataObject) -> None:
    """The same events as a one-shot reader, and not a byte lost."""
    decoder = SSEDecoder()
    events = [event for chunk in cuts(data, raw) for event in decoder.feed(chunk)] + decoder.flush()
    assert reference(raw) == [event.data for event in events if event.data is not None]
    assert raw == b"".join(event.raw for event in events)


class Tokens:
    """The smallest rehydrator: `[NAME_1]` is Sarah "S" Chen."""

    VALUE = 'Sarah "S" Chen'

    def __init__(self, choice: int, field: str, is_json: bool, tool: str | None) -> None:
        self._value = escape(self.VALUE) if is_json else self.VALUE
        self._held = ""

    def feed(self, chunk: str) -> str:
        text = (self._held + chunk).replace("[NAME_1]", self._value)
        held = re.search(r"\[(N(A(M(E(_(1)?)?)?)?)?)?$", text)
        cut = held.start() if held else len(text)
        self._held = text[cut:]
        return text[:cut]

    def flush(self) -> str:
        held, self._held = self._held, ""
        return held


WORDS = st.lists(
    st.sampled_from(["[NAME_1]", "[NAME_2]", "[NA", "[", "]", "hi ", "é😀", "\u2028", "x", '\\"']), max_size=6
).map("".join)


@st.composite
def replies(draw: st.DrawFn) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A whole reply and the same reply in chunks."""
    choices = []
    streams: list[list[dict[str, Any]]] = []
    for index in range(draw(st.integers(1, 3))):
        content, reasoning = draw(WORDS), draw(WORDS)
        calls = [
            {
                "id": f"c{n}",
                "function": {
                    "name": draw(st.sampled_from(["f", "call_NAME_1"])),
                    "arguments": f'{{"a":"{draw(WORDS)}"}}',
                },
            }
            for n in range(draw(st.integers(0, 2)))
        ]
        choices.append(
            {
                "index": index,
                "message": {
                    "role": "assistant",
                    "content": content,
                    "reasoning_content": reasoning,
                    "tool_calls": calls,
                },
                "finish_reason": "stop",
            }
        )
        deltas: list[dict[str, Any]] = [{"content": piece} for piece in pieces(draw, content)]
        deltas += [{"reasoning_content": piece} for piece in pieces(draw, reasoning)]
        chunks: list[dict[str, Any]] = [{"role": "assistant", "content": ""}]
        argument_streams = [deltas]
        for number, call in enumerate(calls):
            parts = [
                {
                    "index": number,
                    "id": call["id"],
                    "type": "function",
                    "function": {"name": call["function"]["name"], "arguments": ""},
                }
            ]
            parts += [
                {"index": number, "function": {"arguments": piece}}
                for piece in pieces(draw, call["function"]["arguments"])
            ]
            argument_streams.append([{"tool_calls": [part]} for part in parts])
        chunks += interleaved(draw, argument_streams)
        stream = [{"index": index, "delta": delta, "finish_reason": None} for delta in chunks]
        if draw(st.booleans()):
            stream.append({"index": index, "delta": {}, "finish_reason": "stop"})
        else:
            stream[-1]["finish_reason"] = "stop"
        streams.append(stream)
    events = [{"id": "x", "created": 1, "choices": [choice]} for choice in interleaved(draw, streams)]
    return {"id": "x", "choices": choices}, [*events, {"id": "x", "choices": [], "usage": {"total_tokens": 3}}]


def pieces(draw: st.DrawFn, text: str) -> list[str]:
    places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=5)))
    return [text[a:b] for a, b in zip([0, *places], [*places, len(text)], strict=True)]


def interleaved(draw: st.DrawFn, streams: list[list[Any]]) -> list[Any]:
    out: list[Any] = []
    streams = [list(stream) for stream in streams if stream]
    while streams:
        stream = draw(st.sampled_from(streams))
        out.append(stream.pop(0))
        streams = [stream for stream in streams if stream]
    return out


def collect(raw: bytes) -> dict[int, dict[str, Any]]:
    """Concatenate a stream the way clients do."""
    found: dict[int, dict[str, Any]] = {}
    for data in reference(raw):
        if data == b"[DONE]":
            continue
        for choice in json.loads(data)["choices"]:
            message = found.setdefault(
                choice["index"], {"content": "", "reasoning_content": "", "tool_calls": {}, "finished": False}
            )
            assert not message["finished"], "text after finish_reason"
            delta = choice["delta"]
            message["content"] += delta.get("content") or ""
            message["reasoning_content"] += delta.get("reasoning_content") or ""
            for call in delta.get("tool_calls") or ():
                one = message["tool_calls"].setdefault(call["index"], {"name": "", "arguments": ""})
                one["name"] += call["function"].get("name") or ""
                one["arguments"] += call["function"].get("arguments") or ""
            message["finished"] = choice["finish_reason"] is not None
    return found


NAMES = {"call_NAME_1": "call_sarah_chen"}


@settings(max_examples=60, deadline=None)
@given(replies(), st.sampled_from([b"\n", b"\r\n", b"\r"]), st.booleans(), st.data())
def test_a_concatenated_stream_is_the_whole_reply(
    reply: tuple[dict[str, Any], list[dict[str, Any]]], end: bytes, done: bool, data: st.DataObject
) -> None:
    """For any division into deltas, any interleaving and any cut of the bytes; nothing follows finish_reason."""
    whole, chunks = reply
    raw = b"".join(b"data: " + json.dumps(chunk, ensure_ascii=False).encode() + end * 2 for chunk in chunks)
    if done:
        raw += b"data: [DONE]" + end * 2
    stream = ChatStream(Tokens, NAMES)
    out = b"".join(stream.feed(chunk) for chunk in cuts(data, raw)) + stream.finish()

    expected = restore_reply(whole, Tokens, NAMES)
    for index, message in collect(out).items():
        one = expected["choices"][index]["message"]
        assert one["content"] == message["content"]
        assert one["reasoning_content"] == message["reasoning_content"]
        assert [call["function"] for call in one["tool_calls"]] == [
            message["tool_calls"][n] for n in sorted(message["tool_calls"])
        ]
    assert len(whole["choices"]) == len(collect(out))
    assert stream.ended_cleanly
    assert reference(raw)[-1] == reference(out)[-1]


@settings(deadline=None)
@given(WORDS, st.data())
def test_what_the_client_has_is_a_prefix_of_the_final_text(text: str, data: st.DataObject) -> None:
    """At any time, and without a fragment of a token that does complete."""
    raw = b"".join(
        b"data: "
        + json.dumps({"choices": [{"index": 0, "delta": {"content": char}, "finish_reason": None}]}).encode()
        + b"\n\n"
        for char in text
    )
    whole = Tokens(0, "content", False, None)
    final = whole.feed(text) + whole.flush()
    stream = ChatStream(Tokens)
    out = b""
    for chunk in cuts(data, raw):
        out += stream.feed(chunk)
        complete = out[: out.rfind(b"\n\n") + 2] if b"\n\n" in out else b""
        assert final.startswith(collect(complete).get(0, {"content": ""})["content"])
    assert not stream.ended_cleanly
    assert final == collect(out + stream.finish()).get(0, {"content": ""})["content"]
