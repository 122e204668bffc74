"""A chat request as the places where words can stand.

`take_envelope` takes off what voice platforms add and keeps the values that tell who is calling. `slots_of` lists
every place, in the order in which tokens are numbered: tools, functions, ``response_format`` and other fields first,
then the messages. Masking looks at each slot's segment; `put` writes what it answers into a copy that shares all
that did not change. What is listed is decided by what we know to be harmless: a field or key that we do not know is
a place like any other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, Literal

import attrs

from masker.core.segments import Segment, Turn
from masker.detection.context import open_questions
from masker.detection.embedded import (
    Decoded,
    Edit,
    apply_edits,
    decode,
    describing_key,
    edits_between,
    escape,
    json_leaves,
    label_of,
)
from masker.detection.keys import key_words, kind_of_key
from masker.wire.bodies import Number

__all__ = ["Envelope", "Form", "Outgoing", "Seed", "Slot", "media_in", "outgoing_strings", "put", "slots_of", "take_envelope"]

Path = tuple[str | int, ...]

#: How a slot may be changed: ``text`` as any text; ``number`` a JSON number, which becomes a string; ``function_name``
#: and ``property_name`` as whole names; ``id`` only for values known from elsewhere; ``url`` an address or file name;
#: ``drop`` not at all: the field goes when its text would change.
Form = Literal["text", "number", "function_name", "property_name", "id", "url", "drop"]


# --- The envelope ----------------------------------------------------------------------------------------------------


@attrs.frozen
class Seed:
    """A value that a platform told us about the caller.

    Args:
        kind: What its key names, or ``None``: then it is a seed only if a detector recognises it.
        text: The value.
        key: Its key, for the detectors.
    """

    kind: str | None
    text: str = attrs.field(repr=False)
    key: str | None = attrs.field(default=None, repr=False)


@attrs.frozen
class Envelope:
    """A request without what voice platforms add to it.

    Args:
        body: The request that OpenAI knows; shares everything unchanged with the caller's.
        seeds: Values to mask in the whole request, in the order in which they stood.
    """

    body: dict[str, Any] = attrs.field(repr=False)
    seeds: tuple[Seed, ...] = attrs.field(repr=False)


_VAPI: Final = ("call", "customer", "phoneNumber", "assistant", "timestamp")
_ELEVENLABS: Final = ("user_id", "elevenlabs_extra_body")

#: Objects that describe the caller; every value below one is a seed or may be one.
_ABOUT_CALLER: Final = frozenset(
    "customer customers caller patient contact variableValues variable_values dynamicVariables dynamic_variables metadata "
    "elevenlabs_extra_body user_id".split()
)
#: Objects that describe the clinic or the bot, wherever they stand.
_ABOUT_CLINIC: Final = frozenset("phoneNumber phone_number assistant squad org agent".split())
#: Words of keys that hold the platform's clock and not a caller's date.
_CLOCK: Final = frozenset("now today current time timestamp created updated started ended year month day".split())
_MAX_SEED: Final = 500


def take_envelope(body: dict[str, Any]) -> Envelope:
    """Take off the fields that voice platforms add, and keep the values in them that identify the caller.

    Vapi's ``call``, ``customer``, ``phoneNumber``, ``assistant``, ``timestamp``, and ``metadata`` beside one of them;
    ElevenLabs' ``user_id`` and ``elevenlabs_extra_body``; lists of word confidences in messages. OpenAI answers 400 to
    them. The clinic's own number and the bot's name do not seed.

    Args:
        body: The request; not changed.
    """
    gone = [name for name in (*_VAPI, *_ELEVENLABS) if name in body]
    if "metadata" in body and any(name in _VAPI for name in gone):
        gone.append("metadata")
    seeds: dict[tuple[str | None, str], Seed] = {}
    for name in body if gone else ():
        if name in gone:
            for seed in _seeds(body[name], name, about=name in _ABOUT_CALLER, clinic=name in _ABOUT_CLINIC):
                seeds.setdefault((seed.kind, seed.text), seed)
    if gone:
        body = {name: value for name, value in body.items() if name not in gone}
    messages = [_without_words(message) for message in body["messages"]] if "messages" in body else []
    if any(new is not old for new, old in zip(messages, body.get("messages", ()), strict=True)):
        body = {**body, "messages": messages}
    return Envelope(body, tuple(seeds.values()))


def _seeds(value: Any, key: str | None, *, about: bool, clinic: bool) -> Iterator[Seed]:
    if type(value) is dict:
        for name, child in value.items():
            if name in _ABOUT_CLINIC and type(child) is dict:
                yield from _seeds(child, name, about=False, clinic=True)
            else:
                inside = name in _ABOUT_CALLER and not (clinic and name == "metadata")
                yield from _seeds(child, name, about=about or inside, clinic=clinic and not inside)
    elif type(value) is list:
        for child in value:
            yield from _seeds(child, key, about=about, clinic=clinic)
    elif about:
        text = value if type(value) is str else value.literal if type(value) is Number else ""
        if text.strip() and len(text) <= _MAX_SEED and not _is_clock(key):
            yield Seed(kind_of_key(key), text.strip(), key)


def _is_clock(key: str | None) -> bool:
    words = key_words(key or "")
    return words == ("date",) or (bool(words) and not _CLOCK.isdisjoint(words) and "birth" not in words)


def _without_words(message: Any) -> Any:
    """Return a message without its lists of word confidences, or the message itself when it has none."""
    if type(message) is not dict:
        return message
    metadata = message.get("metadata")
    listed = type(metadata) is dict and "wordLevelConfidence" in metadata
    if not listed and type(message.get("words")) is not list:
        return message
    kept = {name: value for name, value in message.items() if name != "words" or type(value) is not list}
    if listed:
        rest = {name: value for name, value in kept["metadata"].items() if name != "wordLevelConfidence"}
        if rest:
            kept["metadata"] = rest
        else:
            del kept["metadata"]
    return kept


# --- Slots -----------------------------------------------------------------------------------------------------------


class _Document:
    """A string with places of its own: a JSON document, or the text parts of one message read as one text.

    Attributes:
        text: What the spans of its slots count in.
        path: Where the string stands in the body, if it stands there directly.
        outer: The document in whose string it stands, if it stands in one.
        span: Its place in ``outer``.
        decoded: How ``text`` maps to that place.
    """

    __slots__ = ("decoded", "depth", "outer", "path", "span", "text")

    def __init__(
        self, text: str, path: Path, outer: _Document | None = None, span: tuple[int, int] = (0, 0), decoded: Decoded | None = None
    ) -> None:
        self.text = text
        self.path = path
        self.outer = outer
        self.span = span
        self.decoded = decoded
        self.depth: int = 0 if outer is None else outer.depth + 1

    def __repr__(self) -> str:
        return f"_Document(length={len(self.text)})"


@attrs.frozen(eq=False)
class Slot:
    """One place where text stands.

    Args:
        segment: The text with what is known about its place.
        form: How it may be changed, see `Form`.
        tool: For arguments and results of a tool: its name as the caller wrote it.
        kind: For numbers: the kind that the key names, or ``None``.
    """

    segment: Segment
    form: Form
    tool: str | None = attrs.field(default=None, repr=False)
    kind: str | None = None
    _document: _Document | None = attrs.field(default=None, repr=False)
    _spans: tuple[tuple[int, int], ...] = attrs.field(default=(), repr=False)
    _decoded: Decoded | None = attrs.field(default=None, repr=False)
    _parts: tuple[tuple[Path, int, int], ...] = attrs.field(default=(), repr=False)
    _is_key: bool = attrs.field(default=False, repr=False)
    _bare: bool = attrs.field(default=False, repr=False)

    @property
    def is_embedded(self) -> bool:
        """Whether it stands inside a JSON document that is itself a string."""
        return self._document is not None


#: Fields of the request that hold settings: their numbers and their words from `_SETTINGS_WORDS` are no one's data.
_SETTINGS: Final = frozenset(
    "model messages stream stream_options temperature top_p n max_tokens max_completion_tokens presence_penalty frequency_penalty "
    "logit_bias logprobs top_logprobs seed service_tier store reasoning_effort reasoning verbosity modalities audio "
    "parallel_tool_calls prompt_cache_retention prompt_cache_options moderation tools tool_choice functions function_call "
    "response_format stop prediction metadata web_search_options user safety_identifier prompt_cache_key top_k min_p "
    "repetition_penalty".split()
)
_SETTINGS_WORDS: Final = frozenset(
    "auto none required low medium high minimal xhigh max default flex priority scale fast standard_only in_memory 24h 30m text audio "
    "wav mp3 flac opus pcm16 aac alloy ash ballad coral echo fable nova onyx sage shimmer verse marin cedar approximate content implicit "
    "explicit score block concise detailed".split()
)
_DROPPED: Final = frozenset(("user", "safety_identifier", "prompt_cache_key"))
_ROLES: Final = frozenset(("system", "developer", "user", "assistant", "tool", "function"))
_TYPES: Final = frozenset(
    "text refusal output_text input_text function custom image_url input_image image input_audio audio file input_file video_url "
    "json_schema json_object grammar allowed_tools content ephemeral thinking redacted_thinking reasoning".split()
)
_MEDIA_TYPE: Final = re.compile(r"image|audio|video|file|document|media|voice")
_MEDIA_KEYS: Final = frozenset("image_url input_image image input_audio audio_url video_url video file input_file file_data inline_data".split())
_MEDIA_SETTINGS: Final = frozenset("type format detail media_type mime_type mimeType".split())
_MEDIA_DATA: Final = frozenset("data file_data b64_json bytes".split())
_DATA_URL: Final = re.compile(r"data:(?:image|audio|video|font|model|application/(?!json))[^,\s]{0,200};base64,", re.IGNORECASE)

#: JSON Schema keywords that stay as they are, whatever they hold.
_SCHEMA_FIXED: Final = frozenset(
    "$schema $id $ref $anchor $dynamicRef $dynamicAnchor $vocabulary type format pattern contentEncoding contentMediaType".split()
)
_SCHEMA_NUMBERS: Final = frozenset(
    "minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength minItems maxItems minProperties maxProperties "
    "minContains maxContains".split()
)
_SCHEMA_MAPS: Final = frozenset("properties patternProperties $defs definitions dependentSchemas".split())
_SCHEMA_BELOW: Final = frozenset(
    "items additionalProperties additionalItems unevaluatedProperties unevaluatedItems propertyNames contains not if then else anyOf "
    "oneOf allOf prefixItems contentSchema".split()
)
_SCHEMA_TEXT: Final = frozenset("title description $comment".split())
_SCHEMA_VALUES: Final = frozenset("enum const default example examples".split())
_SCHEMA_OTHER: Final = frozenset("required dependentRequired deprecated readOnly writeOnly uniqueItems nullable strict propertyOrdering".split())
_MESSAGE_FIELDS: Final = frozenset(
    "role content name tool_calls tool_call_id function_call refusal audio annotations reasoning reasoning_content reasoning_details "
    "metadata".split()
)
#: How deep documents in documents are opened; below that they are plain text.
_MAX_DOCUMENTS: Final = 3


class _Walk:
    """Collects the slots of one request; carries the context of the place it is at."""

    def __init__(self) -> None:
        self.slots: list[Slot] = []
        self.role: str | None = None
        self.question: Turn | None = None
        self.since: tuple[Turn, ...] = ()
        self.tool: str | None = None

    # -- what is found

    def _segment(self, text: str, path: Path, key: str | None) -> Segment:
        return Segment(text, self.role, key, self.question, self.since, path)

    def text(self, text: Any, path: Path, key: str | None = None, form: Form = "text") -> None:
        """Add a string, opened up where it is a JSON document; what is no string is walked."""
        if type(text) is not str:
            self.unknown(text, path, key)
        elif form == "text" and text[:1] in "{[ \n\t\r" and self._open(text, path, key, None):
            return
        elif text:
            self.slots.append(Slot(self._segment(text, path, key), form, self.tool))

    def name(self, text: Any, path: Path, form: Form = "function_name", *, bare: bool = False) -> None:
        """Add a name that changes as a whole."""
        if type(text) is not str:
            self.unknown(text, path, None)
        elif text:
            self.slots.append(Slot(self._segment(text, path, None), form, self.tool, bare=bare))

    def key(self, name: str, path: Path, *, bare: bool = False) -> None:
        """Add an object's key; ``path`` ends with it."""
        if name:
            self.slots.append(Slot(self._segment(name, path, None), "property_name", self.tool, is_key=True, bare=bare))

    def number(self, number: Number, path: Path, key: str | None) -> None:
        """Add a number."""
        self.slots.append(Slot(self._segment(number.literal, path, key), "number", self.tool, kind_of_key(key)))

    def _open(self, text: str, path: Path, key: str | None, within: tuple[_Document, tuple[int, int], Decoded] | None) -> bool:
        """Add the leaves of a JSON document; return whether it is one."""
        if within is not None and within[0].depth + 1 >= _MAX_DOCUMENTS:
            return False
        leaves = json_leaves(text)
        if leaves is None:
            return False
        document = _Document(text, path, *within) if within else _Document(text, path)
        keys: dict[str, list[tuple[int, int]]] = {}
        for start, end, _, kind in leaves:
            if kind == "key" and start < end:
                keys.setdefault(text[start:end], []).append((start, end))
        for start, end, own, kind in leaves:
            if start == end:
                continue
            raw = text[start:end]
            own = describing_key(own, key) or key
            if kind == "key":
                spans = keys.pop(raw, None)
                if spans:
                    decoded = decode(raw)
                    self.slots.append(
                        Slot(self._segment(decoded.text, path, None), "property_name", self.tool, None, document, tuple(spans), decoded, is_key=True)
                    )
                continue
            if kind == "number":
                self.slots.append(
                    Slot(self._segment(raw, path, own), "number", self.tool, kind_of_key(own), document, ((start, end),))
                )
                continue
            decoded = decode(raw)
            if decoded.text[:1] in ("{", "[") and self._open(decoded.text, path, own, (document, (start, end), decoded)):
                continue
            self.slots.append(Slot(self._segment(decoded.text, path, own), "text", self.tool, None, document, ((start, end),), decoded))
        return True

    # -- fields nobody told us about

    def unknown(self, value: Any, path: Path, key: str | None, above: str | None = None) -> None:
        """Walk a value that can hold anything."""
        kind = type(value)
        if kind is str:
            if not _is_data_url(value):
                self.text(value, path, describing_key(key, above))
        elif kind is Number:
            self.number(value, path, describing_key(key, above))
        elif kind is int or kind is float:
            self.number(Number(repr(value)), path, describing_key(key, above))
        elif kind is list:
            for index, child in enumerate(value):
                self.unknown(child, (*path, index), key, above)
        elif kind is dict:
            label = _label(value)
            for name, child in value.items():
                self.key(name, (*path, name))
                own = label if label is not None and name == "value" else name
                self.unknown(child, (*path, name), own, describing_key(key, above))

    def settings(self, value: Any, path: Path) -> None:
        """Walk a known setting: its words and numbers are the API's, anything else is unknown."""
        if type(value) is str:
            if value not in _SETTINGS_WORDS:
                self.text(value, path)
        elif type(value) is list:
            for index, child in enumerate(value):
                self.settings(child, (*path, index))
        elif type(value) is dict:
            for name, child in value.items():
                if not _IDENTIFIER.fullmatch(name):
                    self.key(name, (*path, name))
                self.settings(child, (*path, name))

    # -- the request

    def body(self, body: Mapping[str, Any]) -> None:
        """Walk a request in the order in which its tokens are numbered."""
        for name in ("tools", "functions", "response_format"):
            if name in body:
                self.field(name, body[name])
        for name, value in body.items():
            if name not in ("tools", "functions", "response_format", "messages", "model"):
                self.field(name, value)
        messages = body.get("messages")
        if type(messages) is list:
            self.messages(messages)

    def field(self, name: str, value: Any) -> None:
        """Walk one field of the request."""
        path: Path = (name,)
        if value is None or value is True or value is False:
            if name not in _SETTINGS:
                self.key(name, path)
        elif name == "tools" and type(value) is list:
            for index, tool in enumerate(value):
                self.tool_definition(tool, (name, index))
        elif name == "functions" and type(value) is list:
            for index, function in enumerate(value):
                self.function(function, (name, index))
        elif name == "response_format":
            self.response_format(value, path)
        elif name in ("tool_choice", "function_call"):
            self.choice(value, path)
        elif name in _DROPPED:
            self.text(value, path, "user", "drop")
        elif name == "prediction" and type(value) is dict:
            self.part(value, path)
        elif name == "stop":
            for index, text in enumerate(value if type(value) is list else ()):
                self.text(text, (name, index))
            if type(value) is not list:
                self.text(value, path)
        elif name == "metadata":
            self.unknown(value, path, None)
        elif name == "web_search_options" and type(value) is dict:
            for part, child in value.items():
                if part == "user_location":
                    self.location(child, (name, part))
                else:
                    self.settings(child, (name, part)) if part == "search_context_size" else self.unknown({part: child}, path, None)
        elif name in _SETTINGS:
            if name != "logit_bias":
                self.settings(value, path)
        else:
            self.key(name, path)
            self.unknown(value, path, name)

    def location(self, value: Any, path: Path) -> None:
        """Walk ``web_search_options.user_location``."""
        if type(value) is not dict:
            self.unknown(value, path, "location")
            return
        for name, child in value.items():
            if name == "approximate" and type(child) is dict:
                self.location(child, (*path, name))
            elif name == "type" and child == "approximate":
                continue
            elif name in ("city", "country", "region", "timezone"):
                self.text(child, (*path, name), name)
            else:
                self.key(name, (*path, name))
                self.unknown(child, (*path, name), name)

    def rest(self, value: dict[str, Any], path: Path, known: frozenset[str] | tuple[str, ...]) -> None:
        """Walk the fields of an object that are not ``known``."""
        for name, child in value.items():
            if name in known:
                continue
            if name == "type" and type(child) is str:
                if child not in _TYPES:
                    self.name(child, (*path, name), "id")
                continue
            if name == "strict" and type(child) is bool:
                continue
            self.key(name, (*path, name))
            self.unknown(child, (*path, name), name)

    def tool_definition(self, tool: Any, path: Path) -> None:
        """Walk one of ``tools``."""
        if type(tool) is not dict:
            self.unknown(tool, path, None)
            return
        for part in ("function", "custom"):
            if part in tool:
                self.function(tool[part], (*path, part))
        self.rest(tool, path, ("function", "custom"))

    def function(self, function: Any, path: Path) -> None:
        """Walk a function's definition: name, description, parameters."""
        if type(function) is not dict:
            self.unknown(function, path, None)
            return
        for name, child in function.items():
            below = (*path, name)
            if name == "name":
                self.name(child, below)
            elif name == "description":
                self.text(child, below)
            elif name in ("parameters", "schema", "input_schema"):
                self.schema(child, below, None)
            elif name not in ("strict", "type") or type(child) not in (bool, str):
                self.key(name, below)
                self.unknown(child, below, name)

    def response_format(self, value: Any, path: Path) -> None:
        """Walk ``response_format``."""
        if type(value) is not dict:
            self.text(value, path)
            return
        if "json_schema" in value:
            self.function(value["json_schema"], (*path, "json_schema"))
        self.rest(value, path, ("json_schema",))

    def choice(self, value: Any, path: Path) -> None:
        """Walk ``tool_choice`` and ``function_call``: strings are modes, names follow the tools."""
        if type(value) is str:
            if value not in _SETTINGS_WORDS:
                self.name(value, path)
        elif type(value) is list:
            for index, child in enumerate(value):
                self.choice(child, (*path, index))
        elif type(value) is dict:
            for name, child in value.items():
                below = (*path, name)
                if name == "name":
                    self.name(child, below)
                elif name == "type" and child in _TYPES:
                    continue
                elif name in ("function", "custom", "allowed_tools", "tools", "mode"):
                    self.choice(child, below)
                else:
                    self.key(name, below)
                    self.unknown(child, below, name)
        else:
            self.unknown(value, path, None)

    def schema(self, schema: Any, path: Path, key: str | None) -> None:
        """Walk a JSON schema; ``key`` is the property that it describes."""
        if type(schema) is list:
            for index, child in enumerate(schema):
                self.schema(child, (*path, index), key)
            return
        if type(schema) is not dict:
            if type(schema) is not bool:
                self.unknown(schema, path, key)
            return
        for name, child in schema.items():
            below = (*path, name)
            if name in _SCHEMA_FIXED or name in _SCHEMA_NUMBERS or (name in _SCHEMA_OTHER and type(child) is bool):
                continue
            if name in _SCHEMA_TEXT:
                self.text(child, below)
            elif name in _SCHEMA_MAPS and type(child) is dict:
                for part, inner in child.items():
                    if name == "properties":
                        self.key(part, (*below, part), bare=True)
                    self.schema(inner, (*below, part), part if name == "properties" else None)
            elif name in ("required", "propertyOrdering") and type(child) is list:
                for index, part in enumerate(child):
                    self.name(part, (*below, index), "property_name", bare=True)
            elif name == "dependentRequired" and type(child) is dict:
                for part, others in child.items():
                    self.key(part, (*below, part), bare=True)
                    for index, other in enumerate(others if type(others) is list else ()):
                        self.name(other, (*below, part, index), "property_name", bare=True)
            elif name in _SCHEMA_BELOW:
                self.schema(child, below, key)
            elif name in _SCHEMA_VALUES:
                self.unknown(child, below, key)
            else:
                self.key(name, below)
                self.unknown(child, below, name)

    # -- messages

    def messages(self, messages: list[Any]) -> None:
        """Walk the conversation; every message carries the question that is open where it stands."""
        dicts = [message if type(message) is dict else {} for message in messages]
        turns = [Turn(_role(message), _said(message.get("content"))) for message in dicts]
        tools = _tools_by_call(dicts)
        for index, (message, turn, (question, since)) in enumerate(zip(dicts, turns, open_questions(turns), strict=True)):
            self.role, self.question, self.since = turn.role, question, since
            if type(messages[index]) is not dict:
                self.unknown(messages[index], ("messages", index), None)
                continue
            self.message(message, ("messages", index), tools)
        self.role, self.question, self.since, self.tool = None, None, (), None

    def message(self, message: dict[str, Any], path: Path, tools: Mapping[str, str]) -> None:
        """Walk one message, field by field as they stand."""
        answers = self.role in ("tool", "function")
        for name, value in message.items():
            below = (*path, name)
            self.tool = None
            if value is None:
                if name not in _MESSAGE_FIELDS:
                    self.key(name, below)
            elif name == "role":
                if value not in _ROLES:
                    self.name(value, below, "id")
            elif name == "content":
                if answers:
                    self.tool = tools.get(_string(message.get("tool_call_id"))) or _string(message.get("name")) or None
                self.content(value, below)
            elif name == "name":
                if answers:
                    self.name(value, below)
                else:
                    self.text(value, below, "name")
            elif name == "tool_call_id":
                self.name(value, below, "id")
            elif name == "tool_calls" and type(value) is list:
                for index, call in enumerate(value):
                    self.call(call, (*below, index))
            elif name == "function_call" and type(value) is dict:
                self.called(value, below)
            elif name in ("refusal", "reasoning", "reasoning_content"):
                self.text(value, below)
            elif name == "audio" and type(value) is dict:
                for part, child in value.items():
                    if part == "id":
                        self.name(child, (*below, part), "id")
                    elif part not in _MEDIA_DATA:
                        self.text(child, (*below, part))
            else:
                if name not in _MESSAGE_FIELDS:
                    self.key(name, below)
                self.unknown(value, below, name)
        self.tool = None

    def call(self, call: Any, path: Path) -> None:
        """Walk one of an assistant message's ``tool_calls``."""
        if type(call) is not dict:
            self.unknown(call, path, None)
            return
        for part in ("function", "custom"):
            if part in call:
                self.called(call[part], (*path, part))
        self.tool = None
        if "id" in call:
            self.name(call["id"], (*path, "id"), "id")
        self.rest(call, path, ("function", "custom", "id", "index"))

    def called(self, function: Any, path: Path) -> None:
        """Walk a called function: its name, its arguments."""
        if type(function) is not dict:
            self.unknown(function, path, None)
            return
        self.tool = _string(function.get("name")) or None
        for name, child in function.items():
            if name == "name":
                self.name(child, (*path, name))
            elif name in ("arguments", "input"):
                self.text(child, (*path, name))
            else:
                self.key(name, (*path, name))
                self.unknown(child, (*path, name), name)

    def content(self, content: Any, path: Path) -> None:
        """Walk a message's content; neighbouring text parts are read as one text."""
        if type(content) is not list:
            self.text(content, path)
            return
        run: list[tuple[Path, str]] = []
        for index, part in enumerate(content):
            text = part.get("text") if type(part) is dict and part.get("type", "text") in _TEXT_PARTS else None
            if type(text) is str:
                run.append(((*path, index, "text"), text))
                self.rest(part, (*path, index), ("text",))
                continue
            self.joined(run)
            run = []
            self.part(part, (*path, index))
        self.joined(run)

    def joined(self, run: list[tuple[Path, str]]) -> None:
        """Add neighbouring text parts as one slot, so that a value split between two of them is seen whole."""
        if len(run) < 2 or any(json_leaves(text) is not None for _, text in run):
            for path, text in run:
                self.text(text, path)
            return
        whole = ""
        parts: list[tuple[Path, int, int]] = []
        for path, text in run:
            whole += _glue(whole, text)
            parts.append((path, len(whole), len(whole) + len(text)))
            whole += text
        if whole.strip():
            self.slots.append(Slot(self._segment(whole, run[0][0], None), "text", self.tool, parts=tuple(parts)))

    def part(self, part: Any, path: Path) -> None:
        """Walk a content part, or ``prediction``."""
        if type(part) is not dict:
            self.unknown(part, path, None)
            return
        if _is_media(part):
            self.media(part, path)
            return
        for name in ("text", "refusal", "content", "thinking", "reasoning"):
            if name in part:
                if name == "content":
                    self.content(part[name], (*path, name))
                else:
                    self.text(part[name], (*path, name))
        self.rest(part, path, ("text", "refusal", "content", "thinking", "reasoning", "cache_control"))
        if "cache_control" in part:
            self.settings(part["cache_control"], (*path, "cache_control"))

    def media(self, value: Any, path: Path, key: str | None = None) -> None:
        """Walk a part that carries media: its addresses and file names change, its bytes do not."""
        if type(value) is dict:
            for name, child in value.items():
                self.media(child, (*path, name), name)
        elif type(value) is list:
            for index, child in enumerate(value):
                self.media(child, (*path, index), key)
        elif type(value) is Number:
            self.number(value, path, key)
        elif type(value) is str and key not in _MEDIA_DATA and not _is_data_url(value):
            if key in _MEDIA_SETTINGS and len(value) <= 40:
                return
            self.text(value, path, key, "id" if key == "file_id" else "text" if key in ("text", "title", "context") else "url")


_TEXT_PARTS: Final = frozenset(("text", "input_text", "output_text"))
_IDENTIFIER: Final = re.compile(r"[a-z_]{1,40}")


def _string(value: Any) -> str:
    return value if type(value) is str else ""


def _role(message: dict[str, Any]) -> str | None:
    return _string(message.get("role")) or None


def _said(content: Any) -> str:
    if type(content) is str:
        return content
    if type(content) is not list:
        return ""
    return " ".join(_string(part.get("text")) for part in content if type(part) is dict)


def _tools_by_call(messages: list[dict[str, Any]]) -> dict[str, str]:
    """Return the function name behind every tool call's id."""
    found: dict[str, str] = {}
    for message in messages:
        calls = message.get("tool_calls")
        for call in calls if type(calls) is list else ():
            if type(call) is dict:
                function = call.get("function", call.get("custom"))
                name = _string(function.get("name")) if type(function) is dict else ""
                if name and type(call.get("id")) is str:
                    found[call["id"]] = name
    return found


def _label(value: dict[str, Any]) -> str | None:
    """Return the key that an object's own label gives to its ``value``."""
    if "value" not in value:
        return None
    for name in ("system", "label", "name", "key", "field", "type", "code"):
        label = value.get(name)
        if type(label) is str:
            found = label_of(label)
            if found is not None:
                return found
    return None


def _glue(before: str, after: str) -> str:
    """Return what to read between two text parts: nothing where a number or an address goes on, else a space."""
    if not before or not after or before[-1].isspace() or after[0].isspace():
        return ""
    goes_on = before[-1].isdigit() or before[-1] in "-.@_+/("
    return "" if goes_on and (after[0].isalnum() or after[0] in "-.@_/)") else "" if after[0] in "-@_/.,;:!?)" else " "


def _is_data_url(text: str) -> bool:
    return text[:5].lower() == "data:" and _DATA_URL.match(text) is not None


def _is_media(part: dict[str, Any]) -> bool:
    kind = part.get("type")
    if type(kind) is str and kind not in ("text", "input_text", "output_text") and _MEDIA_TYPE.search(kind.lower()):
        return True
    return not _MEDIA_KEYS.isdisjoint(part)


def media_in(body: Mapping[str, Any]) -> str | None:
    """Return where the first image, sound, film or file of a request stands (``messages[0].content[1]``), or ``None``.

    Parts of a media type, parts with a media field whatever their type, and base64 data URLs anywhere.
    """
    messages = body.get("messages")
    for index, message in enumerate(messages if type(messages) is list else ()):
        content = message.get("content") if type(message) is dict else None
        for place, part in enumerate(content if type(content) is list else ()):
            if type(part) is dict and _is_media(part):
                return f"messages[{index}].content[{place}]"
    return next((_where(path) for path, text in _strings(body, ()) if "data:" in text and _DATA_URL.search(text)), None)


def _strings(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if type(value) is str:
        yield path, value
    elif type(value) is dict:
        for name, child in value.items():
            yield from _strings(child, (*path, name))
    elif type(value) is list:
        for index, child in enumerate(value):
            yield from _strings(child, (*path, index))


def _where(path: Path) -> str:
    """Return a path for an error message; only its first three steps, which are never a caller's own keys."""
    first, *steps = path[:3]
    name = str(first) if first in _SETTINGS else "(unknown field)"
    for step in steps if first == "messages" else ():
        name += f"[{step}]" if type(step) is int else f".{step}" if step in _MESSAGE_FIELDS else ""
    return name


def slots_of(body: Mapping[str, Any]) -> list[Slot]:
    """Return every place of a request where text can stand, in the order in which tokens are numbered.

    Args:
        body: A tree from `parse_body` that passed `check_chat_request`, without its envelope.
    """
    walk = _Walk()
    walk.body(body)
    return walk.slots


def outgoing_strings(body: Mapping[str, Any]) -> Iterator[tuple[Form, str]]:
    """Return every text that is about to leave, with the form of its place, for the last look.

    The slots of the masked body, and beside them what masking leaves alone but must not hold a known value either:
    patterns, references and names of definitions in schemas.
    """
    for slot in slots_of(body):
        yield slot.form, slot.segment.text
    for name in ("tools", "functions", "response_format"):
        for text in _fixed_strings(body.get(name)):
            yield "property_name", text


def _fixed_strings(value: Any) -> Iterator[str]:
    if type(value) is list:
        for child in value:
            yield from _fixed_strings(child)
    elif type(value) is dict:
        for name, child in value.items():
            if name in _SCHEMA_FIXED and name != "type" and type(child) is str:
                yield child
            elif name in ("$defs", "definitions", "patternProperties") and type(child) is dict:
                yield from child
            if type(child) is dict or type(child) is list:
                yield from _fixed_strings(child)


# --- Writing back ----------------------------------------------------------------------------------------------------


@attrs.frozen
class Outgoing:
    """What to send.

    Args:
        body: The masked request; shares everything unchanged with the caller's.
        names: Function names as they go out, each with the name that the caller knows it by; only those that changed.
        properties: The same for property names of parameter schemas.
    """

    body: dict[str, Any] = attrs.field(repr=False)
    names: Mapping[str, str] = attrs.field(factory=dict, repr=False)
    properties: Mapping[str, str] = attrs.field(factory=dict, repr=False)


#: What masking answers for a slot: nothing, the whole new text, or the edits that make it.
Masked = str | Sequence[Edit] | None

_NOT_IN_NAME: Final = re.compile(r"[^A-Za-z0-9_-]+")
_MAX_NAME: Final = 64


class _Copy:
    """A body that is copied where it changes: every container on the way to a change once, nothing else."""

    def __init__(self, body: Mapping[str, Any]) -> None:
        self.root = dict(body)
        self._own: dict[Path, Any] = {(): self.root}

    def container(self, path: Path) -> Any:
        found = self._own.get(path)
        if found is None:
            above = self.container(path[:-1])
            old = above[path[-1]]
            found = dict(old) if type(old) is dict else list(old)
            above[path[-1]] = found
            self._own[path] = found
        return found

    def set(self, path: Path, value: Any) -> None:
        self.container(path[:-1])[path[-1]] = value

    def delete(self, path: Path) -> None:
        del self.container(path[:-1])[path[-1]]

    def rename(self, path: Path, names: Mapping[str, str]) -> None:
        """Rename keys of the object at ``path``, in place and in order; two keys never become one."""
        owner = self.container(path)
        taken = {name for name in owner if name not in names}
        items = [(_unique(names[name], taken, 0) if name in names else name, value) for name, value in owner.items()]
        owner.clear()
        owner.update(items)


def _unique(name: str, taken: set[str], limit: int) -> str:
    """Return the name, or the name with a number behind it, that is not taken yet; and take it."""
    found, number = name, 1
    while found in taken:
        number += 1
        tail = f"_{number}"
        found = (name[: limit - len(tail)] if limit else name) + tail
    taken.add(found)
    return found


def _bare(name: str) -> str:
    """Return a masked name in the alphabet that OpenAI allows for names: ``call_[NAME_1]`` becomes ``call_NAME_1``."""
    return _NOT_IN_NAME.sub("_", name.replace("[", "").replace("]", "")).strip("_")[:_MAX_NAME] or "name"


def _new_text(slot: Slot, masked: Masked) -> str | None:
    """Return the slot's new text, or ``None`` where nothing changes."""
    if masked is None:
        return None
    new = masked if isinstance(masked, str) else apply_edits(slot.segment.text, masked)
    return None if new == slot.segment.text else new


def _edits(slot: Slot, masked: str | Sequence[Edit]) -> Sequence[Edit]:
    return edits_between(slot.segment.text, masked) if isinstance(masked, str) else masked


def put(body: Mapping[str, Any], slots: Sequence[Slot], masked: Sequence[Masked]) -> Outgoing:
    """Write masked texts back.

    Args:
        body: The request that the slots were taken from; not changed.
        slots: What `slots_of` returned for it.
        masked: For every slot ``None`` (unchanged), its new text, or the edits in ``slot.segment.text`` that make it.
            Give edits where they are known: from a text alone, where each replacement began must be guessed when a
            value was split between content parts.
    """
    copy = _Copy(body)
    names = _NameMap(slots)
    renames: dict[Path, dict[str, str]] = {}
    properties: dict[str, str] = {}
    documents: dict[_Document, list[Edit]] = {}
    drops: list[Path] = []
    for slot, answer in zip(slots, masked, strict=True):
        new = _new_text(slot, answer)
        if new is None or answer is None:
            continue
        path = slot.segment.path
        if slot.form == "function_name":
            copy.set(path, names.add(slot.segment.text, new))
        elif slot.form == "drop":
            drops.append(path)
        elif slot._document is not None:
            documents.setdefault(slot._document, []).extend(_document_edits(slot, answer, new))
        elif slot._parts:
            for part, text in _split(slot, _edits(slot, answer)):
                copy.set(part, text)
        else:
            if slot._bare:
                new = _bare(new)
                properties[new] = slot.segment.text
            if slot._is_key:
                renames.setdefault(path[:-1], {})[slot.segment.text] = new
            else:
                copy.set(path, new)
    for document, edits in _innermost_first(documents):
        text = apply_edits(document.text, sorted(edits))
        if document.outer is None:
            copy.set(document.path, text)
        else:
            documents[document.outer].extend(_inner_edits(document, text))
    # Paths count in the caller's keys: rename the deepest first, and only when everything else is in place.
    for path in sorted(renames, key=len, reverse=True):
        copy.rename(path, renames[path])
    for path in drops:
        copy.delete(path)
    return Outgoing(copy.root, names.original, properties)


def _innermost_first(documents: dict[_Document, list[Edit]]) -> Iterator[tuple[_Document, list[Edit]]]:
    for document in list(documents):
        outer = document.outer
        while outer is not None:
            documents.setdefault(outer, [])
            outer = outer.outer
    for document in sorted(documents, key=lambda each: each.depth, reverse=True):
        yield document, documents[document]


def _document_edits(slot: Slot, answer: str | Sequence[Edit], new: str) -> list[Edit]:
    """Return a slot's edits as they stand in its document."""
    if slot.form == "number":
        return [Edit(start, end, f'"{escape(new)}"') for start, end in slot._spans]
    decoded = slot._decoded
    edits = _edits(slot, answer)
    return [
        Edit(base + raw_start, base + raw_end, escape(text))
        for base, _ in slot._spans
        for start, end, text in edits
        for raw_start, raw_end in [decoded.raw(start, end) if decoded else (start, end)]
    ]


def _inner_edits(document: _Document, text: str) -> list[Edit]:
    """Return the edits in the outer document that a change of an inner one makes."""
    base = document.span[0]
    decoded = document.decoded
    found: list[Edit] = []
    for start, end, new in edits_between(document.text, text):
        raw_start, raw_end = decoded.raw(start, end) if decoded else (start, end)
        found.append(Edit(base + raw_start, base + raw_end, escape(new)))
    return found


def _split(slot: Slot, edits: Sequence[Edit]) -> Iterator[tuple[Path, str]]:
    """Return the changed parts: a replacement stands in the part in which it begins, its rest is taken off the next ones."""
    for path, begin, end in slot._parts:
        own: list[Edit] = []
        for start, stop, text in edits:
            # Glue between parts belongs to the part before it.
            if stop <= begin and not (start == stop == begin) or start > end:
                continue
            starts_here = begin <= start < end or (start == stop and begin <= start <= end)
            glued = not starts_here and start < begin and not any(b <= start < e for _, b, e in slot._parts) and _first_after(slot, start) == begin
            if not (starts_here or start < begin < stop):
                continue
            own.append(Edit(max(start, begin) - begin, min(stop, end) - begin, text if starts_here or glued else ""))
        if own:
            yield path, apply_edits(slot.segment.text[begin:end], own)


def _first_after(slot: Slot, offset: int) -> int:
    return next((begin for _, begin, end in slot._parts if end > offset), -1)


class _NameMap:
    """Function names as they go out: a name changes as a whole, and no two become one."""

    def __init__(self, slots: Sequence[Slot]) -> None:
        self.original: dict[str, str] = {}
        self._outgoing: dict[str, str] = {}
        self._taken = {slot.segment.text for slot in slots if slot.form == "function_name"}

    def add(self, name: str, masked: str) -> str:
        """Return what goes out for ``name``."""
        if name not in self._outgoing:
            outgoing = _unique(_bare(masked), self._taken, _MAX_NAME)
            self._outgoing[name] = outgoing
            self.original[outgoing] = name
        return self._outgoing[name]


#: How `response` and `chat_stream` ask for text to be restored: text, field, choice, json, tool.
Replace = Callable[[str, str, int, bool, str | None], str]
