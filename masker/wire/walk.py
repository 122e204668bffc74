"""Slots: every place of a chat request where text can stand.

They are listed in the order in which tokens are numbered: tools, functions, ``response_format`` and other fields
first, then the messages. What is listed is decided by what we know to be harmless: a field or a key that we do not
know is a place like any other. A string that is itself JSON is opened up, and its leaves are places.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from masker.core.segments import Segment, Turn
from masker.detection.context import Asks, Context, asks_of, open_questions
from masker.detection.embedded import Decoded, decode
from masker.detection.keys import is_field_name, key_words, kind_of_key
from masker.detection.leaves import MAX_LEAVES, Leaf, TooManyLeaves, json_leaves
from masker.detection.naming import Names, Told, describing_key, says_value
from masker.errors import InvalidRequest
from masker.wire.bodies import Number, as_said
from masker.wire.calls import (
    ARGUMENTS,
    RESULTS,
    Tool,
    asked_by_name,
    given_in,
    result_in,
    tool_named,
    tools_by_call,
    turn_of,
    without_name,
)
from masker.wire.media import is_bytes, is_data_url, is_media
from masker.wire.slots import Document, Form, Path, Slot
from masker.wire.vocabulary import (
    DROPPED,
    MEDIA_DATA,
    MEDIA_FIELDS,
    MEDIA_SETTINGS,
    MESSAGE_FIELDS,
    ROLES,
    SCHEMA_BELOW,
    SCHEMA_FIXED,
    SCHEMA_MAPS,
    SCHEMA_NUMBERS,
    SCHEMA_OTHER,
    SCHEMA_TEXT,
    SCHEMA_TYPES,
    SCHEMA_VALUES,
    SETTINGS,
    SETTINGS_KEYS,
    SETTINGS_WORDS,
    TEXT_PARTS,
    TOKEN_ID,
    TYPES,
)

__all__ = ["fixed_strings", "head_slots", "message_slots", "outgoing_slots", "slots_of"]

_TOO_MANY: Final = f"Documents inside of strings hold more than {MAX_LEAVES:,} values."
#: How deep documents in documents are opened; below that they are plain text.
_MAX_DOCUMENTS: Final = 3

#: The shortest phone number, without area code.
_PHONE_DIGITS: Final = 7


#: Who says something, and how a string begins that is nothing, or may be a document.
_SAYING: Final = ("user", "assistant", "system", "developer")
_DOCUMENT: Final = ("", "{", "[", " ", "\n", "\t", "\r")
#: Words of the properties whose choices are places of the operator's own.
_SITES: Final = frozenset(
    "location locations site sites clinic clinics office offices branch branches facility department campus store"
    " pharmacy".split()
)
#: Where blocks hold a result, beside ``content``.
_RESULT: Final = frozenset(("output", "result"))
#: Two numbers with a word between them that is none.
_DIGIT: Final = re.compile(r"\d")
_NUMBERS: Final = re.compile(
    r"\d\W{1,20}+(?!(?:zero|one|two|three|four|five|six|seven|eight|nine|double|triple|dash|and)\b)[A-Za-z]{3,}+\D*+\d"
)
#: What stands between the values of a list that a program printed, and around them.
_BETWEEN_VALUES: Final = re.compile(r"[\s,;|'\"\[\](){}]+")
#: Characters of the text before in which its last word is looked for, where a part follows it.
_LAST_WORD: Final = 2000
#: A part that ends within an e-mail address or a link, and one that goes on with it.
_CUT_EMAIL: Final = re.compile(r"\S@(?:[\w-]*|\S*\.\w?)$")
_LINK: Final = re.compile(r"://|^www\.")
_MORE_OF_LINK: Final = re.compile(r"[^\s./=?&%]*[./=?&%]\w")
_CUT_SCHEME: Final = re.compile(r"(?!https?://)[a-z]{1,4}://")


class _Walk:
    """Collects the slots of one request or of a part of it; carries the context of the place it is at.

    Args:
        telling: Whether it is asked for what tells what a value is: its key, its question, the name of its tool.
    """

    def __init__(self, *, telling: bool = True) -> None:
        self.telling = telling
        self.slots: list[Slot] = []
        self.role: str | None = None
        self.question: Turn | None = None
        self.since: tuple[Turn, ...] = ()
        self.tool: str | None = None
        #: What a tool's name says that its arguments, or its result, are.
        self.told: Told | None = None
        #: The function whose result a message holds, whole or in a block of its content.
        self.answered: Tool | None = None
        #: The question without what the tool's name asks: in a result with more than one number.
        self.unnamed: tuple[Turn | None, tuple[Turn, ...]] = (None, ())
        #: How many leaves documents may still have.
        self.left = MAX_LEAVES

    # -- what is found

    def _segment(self, text: str, path: Path, key: str | None, *, one_of_many: bool = False) -> Segment:
        question, since = self.unnamed if one_of_many else (self.question, self.since)
        return Segment(text, self.role, key, question, since, path)

    def text(self, text: Any, path: Path, key: str | None = None, form: Form = "text", *, many: bool = False) -> None:
        """Add a string, opened up where it is a JSON document; what is no string is walked.

        It may be one of ``many`` values, of which the name of their tool asks for one.
        """
        if type(text) is not str:
            self.unknown(text, path, key)
        elif form == "text" and text[:1] in "{[ \n\t\r" and self._open(text, path, key, None):
            return
        elif text:
            if self.told is not None and self.told.key is not None and key is None:
                key = _key_told(text, self.told.key)
            many = many or (self.told is not None and _NUMBERS.search(text[:_LAST_WORD]) is not None)
            self.slots.append(Slot(self._segment(text, path, key, one_of_many=many), form, self.tool))

    def name(self, text: Any, path: Path, form: Form = "function_name", *, bare: bool = False) -> None:
        """Add a name that changes as a whole."""
        if type(text) is not str:
            self.unknown(text, path, None)
        elif text and not (form == "property_name" and is_field_name(text)):
            self.slots.append(Slot(self._segment(text, path, None), form, self.tool, bare=bare))

    def key(self, name: str, path: Path, *, bare: bool = False) -> None:
        """Add an object's key; ``path`` ends with it. A key made of words of field names is nobody's."""
        if name and not is_field_name(name):
            self.slots.append(Slot(self._segment(name, path, None), "property_name", self.tool, is_key=True, bare=bare))

    def number(self, number: Number, path: Path, key: str | None) -> None:
        """Add a number."""
        said = as_said(number.literal)
        self.slots.append(Slot(self._segment(said, path, key), "number", self.tool, _number_kind(said, key)))

    def long_number(self, number: Number, path: Path) -> None:
        """Add a number where numbers are the API's own, if it is long enough to be the number of someone known."""
        if sum(map(str.isdecimal, number.literal)) >= _PHONE_DIGITS:
            self.number(number, path, None)

    def _open(
        self, text: str, path: Path, key: str | None, within: tuple[Document, tuple[int, int], Decoded] | None
    ) -> bool:
        """Add the leaves of a JSON document; return whether it is one."""
        if within is not None and within[0].depth + 1 >= _MAX_DOCUMENTS:
            return False
        leaves = self._leaves(text)
        if leaves is None:
            return False
        self.left -= len(leaves)
        if self.left < 0:
            raise InvalidRequest("invalid_request", _TOO_MANY)
        document = Document(text, path, *within) if within else Document(text, path)
        many = self.told is not None and _numbered(leaves, text) > 1
        keys: dict[str, list[tuple[int, int]]] = {}
        for start, end, _, kind, _ in leaves:
            if kind == "key" and start < end and (text[start:end] in keys or not is_field_name(text[start:end])):
                keys.setdefault(text[start:end], []).append((start, end))
        for start, end, leaf_key, kind, row in leaves:
            if start == end:
                continue
            raw = text[start:end]
            own = describing_key(leaf_key, key) or key
            if kind == "key":
                spans = keys.pop(raw, None)
                if spans:
                    decoded = decode(raw)
                    self.slots.append(
                        Slot(
                            self._segment(decoded.text, path, None),
                            "property_name",
                            self.tool,
                            None,
                            document,
                            tuple(spans),
                            decoded,
                            is_key=True,
                        )
                    )
                continue
            if kind == "number":
                said = as_said(raw)
                self.slots.append(
                    Slot(
                        self._segment(said, path, own),
                        "number",
                        self.tool,
                        _number_kind(said, own),
                        document,
                        ((start, end),),
                        row=row,
                    )
                )
                continue
            decoded = decode(raw)
            if decoded.text[:1] in ("{", "[") and self._open(
                decoded.text, path, own, (document, (start, end), decoded)
            ):
                continue
            self.slots.append(
                Slot(
                    self._segment(decoded.text, path, own, one_of_many=many and not says_value(leaf_key)),
                    "text",
                    self.tool,
                    None,
                    document,
                    ((start, end),),
                    decoded,
                    row=row,
                )
            )
        return True

    def _leaves(self, text: str) -> list[Leaf] | None:
        """Return the leaves of a JSON document, if a text is one."""
        try:
            return json_leaves(text, self.told, named=self.telling)
        except TooManyLeaves:
            raise InvalidRequest("invalid_request", _TOO_MANY) from None

    # -- fields nobody told us about

    def unknown(self, value: Any, path: Path, key: str | None) -> None:
        """Walk a value that can hold anything."""
        names = Names()
        _name(value, names)
        if self.told is not None:
            names.told(self.told)
        self._named(value, path, key, iter(names.keys), many=self.told is not None and names.numbered > 1)

    def _named(self, value: Any, path: Path, above: str | None, keys: Iterator[str | None], *, many: bool) -> None:
        """Walk a value that can hold anything, what is in it under the next of some keys."""
        kind = type(value)
        if kind is list:
            for index, child in enumerate(value):
                self._named(child, (*path, index), above, keys, many=many)
        elif kind is dict:
            for name, child in value.items():
                self.key(name, (*path, name))
                self._named(child, (*path, name), above, keys, many=many)
        elif kind is str:
            own = next(keys)
            if not is_data_url(value):
                self.text(value, path, describing_key(own, above) or above, many=many and not says_value(own))
        elif kind in (Number, int, float):
            number = value if kind is Number else Number(repr(value))
            self.number(number, path, describing_key(next(keys), above) or above)

    def settings(self, value: Any, path: Path) -> None:
        """Walk a known setting: its words and numbers are the API's, anything else is unknown."""
        if type(value) is str:
            if value not in SETTINGS_WORDS:
                self.text(value, path)
        elif type(value) is Number:
            self.long_number(value, path)
        elif type(value) is list:
            for index, child in enumerate(value):
                self.settings(child, (*path, index))
        elif type(value) is dict:
            for name, child in value.items():
                if name not in SETTINGS_KEYS:
                    self.key(name, (*path, name))
                self.settings(child, (*path, name))

    # -- the request

    def head(self, body: Mapping[str, Any]) -> None:
        """Walk everything beside the messages, in the order in which tokens are numbered."""
        for name in ("tools", "functions", "response_format"):
            if name in body:
                self.field(name, body[name])
        for name, value in body.items():
            if name not in ("tools", "functions", "response_format", "messages", "model"):
                self.field(name, value)

    def field(self, name: str, value: Any) -> None:
        """Walk one field of the request."""
        path: Path = (name,)
        if value is None or value is True or value is False:
            if name not in SETTINGS:
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
        elif name in DROPPED:
            self.text(value.literal if type(value) is Number else value, path, "user", "drop")
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
                    self.settings(child, (name, part)) if part == "search_context_size" else self.unknown(
                        {part: child}, path, None
                    )
        elif name in SETTINGS:
            if name == "logit_bias" and _are_token_ids(value):
                for token, bias in value.items():
                    self.long_number(bias, (*path, token))
            else:
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

    def rest(
        self, value: dict[str, Any], path: Path, known: frozenset[str] | tuple[str, ...], given: Told | None = None
    ) -> None:
        """Walk the fields of an object that are not ``known``; ``given`` is what its arguments are, if it is a call."""
        around = self.told
        for name, child in value.items():
            if name in known:
                continue
            if name == "type" and type(child) is str:
                if not _one_of(child, TYPES):
                    self.name(child, (*path, name), "id")
                continue
            if name == "strict" and type(child) is bool:
                continue
            self.key(name, (*path, name))
            self.told = given if name in ARGUMENTS else around if name in _RESULT else None
            self.unknown(child, (*path, name), name)
        self.told = around

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
        self.rest(function, path, ("name", "description", "parameters", "schema", "input_schema"))

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
            if value not in SETTINGS_WORDS:
                self.name(value, path)
        elif type(value) is list:
            for index, child in enumerate(value):
                self.choice(child, (*path, index))
        elif type(value) is dict:
            for name, child in value.items():
                below = (*path, name)
                if name == "name":
                    self.name(child, below)
                elif name == "type" and _one_of(child, TYPES):
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
            if name == "type":
                for word in child if type(child) is list else [child]:
                    if not _one_of(word, SCHEMA_TYPES):
                        self.unknown(child, below, None)
                        break
                continue
            if _is_fixed(name, child) or (name in SCHEMA_OTHER and type(child) is bool):
                continue
            if name in SCHEMA_NUMBERS and type(child) is Number:
                self.long_number(child, below)
                continue
            if name in SCHEMA_TEXT:
                self.text(child, below)
            elif name in SCHEMA_MAPS and type(child) is dict:
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
                    if type(others) is not list:
                        self.unknown(others, (*below, part), None)
                        continue
                    for index, other in enumerate(others):
                        self.name(other, (*below, part, index), "property_name", bare=True)
            elif name in SCHEMA_BELOW:
                self.schema(child, below, key)
            elif name in SCHEMA_VALUES:
                # Among which places a tool lets choose is the operator's to say: none of them is where a caller lives.
                offered = name == "enum" and key is not None and not _SITES.isdisjoint(key_words(key))
                self.unknown(child, below, None if offered else key)
            else:
                self.key(name, below)
                self.unknown(child, below, name)

    # -- messages

    def message(self, message: dict[str, Any], path: Path, tools: Mapping[int, Tool]) -> None:
        """Walk one message, field by field as they stand."""
        answers = self.role in ("tool", "function")
        tool = tools.get(path[1]) if type(path[1]) is int else None
        if tool is None and answers:
            tool = tool_named(_string(message.get("name")))
        self.answered = tool
        given = given_in(message) if self.telling and not answers else None
        for name, value in message.items():
            below = (*path, name)
            self.tool = self.told = None
            if value is None:
                if name not in MESSAGE_FIELDS:
                    self.key(name, below)
            elif name == "role":
                if not _one_of(value, ROLES):
                    self.name(value, below, "id")
            elif name == "content":
                if answers:
                    self.tool = (tool and tool.name) or None
                with self.answering(tool if answers else None):
                    self.content(value, below)
            elif name == "parts" and type(value) is list and any(map(_holds_result, value)):
                for index, part in enumerate(value):
                    with self.answering(_tool_in(part)):
                        self.unknown(part, (*below, index), name)
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
                self.spoken(value, below)
            else:
                if name not in MESSAGE_FIELDS:
                    self.key(name, below)
                with self.answering(tool if name == "output" else None):
                    self.told = given if name in ARGUMENTS else self.told
                    self.unknown(value, below, name)
        self.tool = self.told = None

    @contextmanager
    def answering(self, tool: Tool | None) -> Iterator[None]:
        """Walk the result of a function: what its name, or its call, says is the key and the question of that."""
        around = self.told, self.unnamed, self.question, self.since
        if tool is not None and self.telling:
            self.told = tool.told
            self.unnamed = without_name(self.question, tool.name), self.since
            by_name = asked_by_name(tool.name)
            if by_name is not None:
                self.question, self.since = by_name, ()
        yield
        self.told, self.unnamed, self.question, self.since = around

    def spoken(self, audio: dict[str, Any], path: Path) -> None:
        """Walk an assistant message's ``audio``: a reference to what was said, or its transcript."""
        for name, child in audio.items():
            if name == "id":
                self.name(child, (*path, name), "id")
            elif name not in MEDIA_DATA or type(child) is not str or not is_bytes(child):
                self.key(name, (*path, name))
                self.unknown(child, (*path, name), name)

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
        self.rest(call, path, ("function", "custom", "id"))

    def called(self, function: Any, path: Path) -> None:
        """Walk a called function: its name, its arguments."""
        if type(function) is not dict:
            self.unknown(function, path, None)
            return
        self.tool = _string(function.get("name")) or None
        given = given_in(function) if self.telling else None
        for name, child in function.items():
            if name == "name":
                self.name(child, (*path, name))
            elif name in ("arguments", "input"):
                self.told = given
                self.text(child, (*path, name))
                self.told = None
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
            text = part.get("text") if type(part) is dict and _one_of(part.get("type", "text"), TEXT_PARTS) else None
            if type(text) is str:
                run.append(((*path, index, "text"), text))
                self.rest(part, (*path, index), ("text",))
                continue
            self.joined(run)
            run = []
            self.part(part, (*path, index))
        self.joined(run)

    def joined(self, run: list[tuple[Path, str]]) -> None:
        """Add neighbouring text parts as one slot, so that a value split between two of them is seen whole.

        A part that is a JSON document is opened up by itself; its neighbours are still read as one.
        """
        if len(run) < 2:
            for path, text in run:
                self.text(text, path)
            return
        document = next((place for place, (_, text) in enumerate(run) if self._leaves(text) is not None), None)
        if document is not None:
            self.joined(run[:document])
            self.joined(run[document : document + 1])
            self.joined(run[document + 1 :])
            return
        whole = ""
        parts: list[tuple[Path, int, int]] = []
        for path, text in run:
            whole += _glue(whole[-_LAST_WORD:], text)
            parts.append((path, len(whole), len(whole) + len(text)))
            whole += text
        if whole.strip():
            self.slots.append(Slot(self._segment(whole, run[0][0], None), "text", self.tool, parts=tuple(parts)))

    def part(self, part: Any, path: Path) -> None:
        """Walk a content part, or ``prediction``."""
        if type(part) is not dict:
            self.unknown(part, path, None)
            return
        if is_media(part):
            self.media(part, path)
            return
        with self.answering(_tool_in(part) or (None if RESULTS.isdisjoint(part) else self.answered)):
            self.words(part, path)

    def words(self, part: dict[str, Any], path: Path) -> None:
        """Walk a content part that is no medium."""
        for name in ("text", "refusal", "content", "thinking", "reasoning"):
            if name in part:
                if name == "content":
                    self.content(part[name], (*path, name))
                else:
                    self.text(part[name], (*path, name))
        self.rest(part, path, ("text", "refusal", "content", "thinking", "reasoning", "cache_control"), given_in(part))
        if "cache_control" in part:
            self.settings(part["cache_control"], (*path, "cache_control"))

    def media(self, value: Any, path: Path, key: str | None = None) -> None:
        """Walk a part that carries media: its addresses and file names change, its bytes do not."""
        if type(value) is dict:
            for name, child in value.items():
                if name not in MEDIA_FIELDS:
                    self.key(name, (*path, name))
                self.media(child, (*path, name), name)
        elif type(value) is list:
            for index, child in enumerate(value):
                self.media(child, (*path, index), key)
        elif type(value) is Number:
            self.number(value, path, key)
        elif type(value) is str and not (is_bytes(value) if key in MEDIA_DATA else is_data_url(value)):
            known = key == "file_id" or key in MEDIA_SETTINGS
            words = key in ("text", "title", "context") or key in MEDIA_DATA
            self.text(value, path, key, "id" if known else "text" if words else "url")


def _one_of(value: Any, words: frozenset[str]) -> bool:
    """Return whether a value is one of some words; it may as well be a list."""
    return type(value) is str and value in words


def _string(value: Any) -> str:
    return value if type(value) is str else ""


def _role(message: dict[str, Any]) -> str | None:
    return _string(message.get("role")) or None


def _holds_result(part: Any) -> bool:
    return type(part) is dict and result_in(part) is not None


def _tool_in(part: Any) -> Tool | None:
    """Return the function whose result a block holds, if the block itself tells."""
    name = result_in(part) if type(part) is dict else None
    return None if name is None else tool_named(name)


def _key_told(text: str, told: str) -> str | None:
    """Return the key that the name of a tool gives to a text, if that is nothing but such values: "[(66041,)]"."""
    return next((told for values in _listed(text.strip()) if _all_told(values, told)), None)


def _listed(text: str) -> Iterator[list[str]]:
    """Yield a text as one value, and as those of a list."""
    yield [text]
    if len(text) <= _LAST_WORD:
        yield [value for value in _BETWEEN_VALUES.split(text) if value]


def _all_told(values: Iterable[str], told: str) -> bool:
    names = Names()
    for value in values:
        names.value(value, number=False)
    names.told(Told(told))
    return bool(names.keys) and all(key is not None for key in names.keys)


def _numbered(leaves: Iterable[Leaf], text: str) -> int:
    """Return how many numbers, and texts with one, a document has."""
    values = (leaf for leaf in leaves if leaf.kind != "key")
    return sum(_DIGIT.search(text, leaf.start, leaf.end) is not None for leaf in values)


def _number_kind(literal: str, key: str | None) -> str | None:
    """Return the kind that a number's key names; a number under ``number`` is a phone number only if it is long."""
    kind = kind_of_key(key)
    return None if kind in ("PHONE", "FAX") and len(literal) < _PHONE_DIGITS else kind


def _are_token_ids(bias: Any) -> bool:
    return type(bias) is dict and all(TOKEN_ID.fullmatch(key) and type(bias[key]) is Number for key in bias)


def _name(value: Any, names: Names) -> None:
    """Tell what a value that can hold anything consists of, so that all of it gets a name."""
    kind = type(value)
    if kind is list or kind is dict:
        names.begin(array=kind is list)
        for child in value.items() if kind is dict else value:
            if kind is dict:
                names.member(child[0])
            _name(child[1] if kind is dict else child, names)
        names.end()
    elif kind is str:
        names.value(value, number=False)
    elif kind in (Number, int, float):
        names.value(value.literal if kind is Number else repr(value), number=True)
    else:
        names.nothing()


def _glue(before: str, after: str) -> str:
    """Return what to read between two text parts: nothing where a number or an address goes on, else a space."""
    if not before or not after or before[-1].isspace() or after[0].isspace():
        return ""
    word = before.rsplit(None, 1)[-1]
    if _CUT_EMAIL.search(word) or (_LINK.search(word) and _MORE_OF_LINK.match(after)) or _CUT_SCHEME.match(after):
        return ""
    goes_on = before[-1].isdigit() or before[-1] in "-.@_+/("
    return "" if goes_on and (after[0].isalnum() or after[0] in "-.@_/)") else "" if after[0] in "-@_/.,;:!?)" else " "


def head_slots(body: Mapping[str, Any]) -> list[Slot]:
    """Return every place beside the messages, in the order in which tokens are numbered."""
    walk = _Walk()
    walk.head(body)
    return walk.slots


def is_said(message: Any) -> bool:
    """Return whether a message is nothing but words that somebody says: one place, and no document."""
    if type(message) is not dict or len(message) != 2 or message.get("role") not in _SAYING:
        return False
    said = message.get("content")
    return type(said) is str and said[:1] not in _DOCUMENT


def message_slots(message: Any, index: int, tools: Mapping[int, Tool], context: Context | None = None) -> list[Slot]:
    """Return every place of one message.

    Args:
        message: The message.
        index: Which one it is.
        tools: Of the whole conversation, see `tools_by_call`.
        context: The question that is open where it stands, and the turns since then. Without it, it is asked for the
            places alone: what tells what a value is may be left out.
    """
    question, since = (None, ()) if context is None else context
    if is_said(message):
        path: Path = ("messages", index, "content")
        return [Slot(Segment(message["content"], message["role"], None, question, since, path), "text")]
    walk = _Walk(telling=context is not None)
    walk.question, walk.since = question, since
    if type(message) is dict:
        walk.role = _role(message)
        walk.message(message, ("messages", index), tools)
    else:
        walk.unknown(message, ("messages", index), None)
    return walk.slots


def slots_of(body: Mapping[str, Any], asks: Callable[[Turn], Asks] = asks_of) -> list[Slot]:
    """Return every place of a request where text can stand, in the order in which tokens are numbered.

    Args:
        body: A tree from `parse_body` that passed `check_chat_request`, without its envelope.
        asks: Answers as `asks_of` does; a caller may remember the answers.
    """
    slots = head_slots(body)
    messages = body.get("messages")
    if type(messages) is list:
        tools = tools_by_call(messages)
        context = list(open_questions([turn_of(message) for message in messages], asks))
        for index, message in enumerate(messages):
            slots += message_slots(message, index, tools, context[index])
    return slots


def outgoing_slots(
    body: Mapping[str, Any], skip: Collection[int | None] = (), tools: Mapping[int, Tool] | None = None
) -> list[Slot]:
    """Return every text that is about to leave, for the last look.

    The slots of the masked body, and beside them what masking leaves alone but must not hold a known value either:
    patterns, references and names of definitions in schemas (as form ``id``).

    Args:
        body: The masked request.
        skip: Indices of messages that need no further look; ``None`` for everything beside the messages.
        tools: Of the conversation as the caller wrote it, see `tools_by_call`.
    """
    slots = [] if None in skip else head_slots(body)
    messages = body.get("messages")
    if type(messages) is list:
        tools = tools_by_call(messages) if tools is None else tools
        for index, message in enumerate(messages):
            if index not in skip:
                slots += message_slots(message, index, tools)
    slots += [Slot(Segment(text, path=(name,)), "id") for name, text in fixed_strings(body)]
    return slots


def fixed_strings(body: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what stays as it is in schemas (patterns, references, names of definitions), each with its field."""
    for name in ("tools", "functions", "response_format"):
        for text in _fixed_strings(body.get(name)):
            yield name, text


def _is_fixed(name: str, value: Any) -> bool:
    """Return whether a schema's keyword and its string stay as they are; a format of several words is none."""
    return name in SCHEMA_FIXED and type(value) is str and not (name == "format" and " " in value)


def _fixed_strings(value: Any) -> Iterator[str]:
    if type(value) is list:
        for child in value:
            yield from _fixed_strings(child)
    elif type(value) is dict:
        for name, child in value.items():
            if name != "type" and _is_fixed(name, child):
                yield child
            elif name in ("$defs", "definitions", "patternProperties", "dependentSchemas") and type(child) is dict:
                yield from child
            if type(child) is dict or type(child) is list:
                yield from _fixed_strings(child)
