"""Bodies: JSON bytes to a tree of plain Python values and back, exactly.

What is checked is what is sent: the tree is read once, strictly, and written again from itself, so that no second
reading of the caller's bytes (another duplicate key winning, another Unicode repair) can reach the upstream. A
number stays the literal that the caller wrote (`Number`), because ``0.1``, ``1e400`` and thirty-digit integers do
not survive a trip through floats. The standard library's C scanner reads (its hooks see every literal and every
pair), orjson writes (a `Number` passes through ``orjson.Fragment``, which copies its text; it can only be a literal
that the scanner matched).
"""

from __future__ import annotations

import json
import re
from typing import Any, Final, NoReturn

from masker.errors import InvalidRequest

__all__ = [
    "MAX_DEPTH",
    "MAX_LITERAL",
    "MAX_VALUES",
    "Number",
    "as_said",
    "check_chat_request",
    "dump_body",
    "parse_body",
    "parse_reply",
    "reply_of_sane_depth",
]

#: How deep a body may nest; the outermost object is 1.
MAX_DEPTH: Final = 128

#: How many strings, numbers, objects and the like a body may hold: far more than any conversation has, and few enough
#: for others to be served meanwhile.
MAX_VALUES: Final = 50_000

#: How deep a reply may nest: what writes it again goes to 254, and an error's object is wrapped in ours.
_MAX_REPLY_DEPTH: Final = 200

#: How long a number literal may be.
MAX_LITERAL: Final = 1000


#: How many digits a number with an exponent may have to be said.
_MOST_SAID: Final = 40
_NUMBER: Final = re.compile(r"-?(?P<whole>\d+)(?:\.(?P<fraction>\d+))?(?:[eE](?P<exponent>[+-]?0*\d{1,3}))?")


class Number:
    """A JSON number as it was written.

    Not a ``str``, so that nothing takes it for text; not a ``float``, so that it is exact.
    """

    __slots__ = ("literal",)

    def __init__(self, literal: str) -> None:
        self.literal = literal

    def __repr__(self) -> str:
        # A phone number can stand as a number.
        return f"Number(length={len(self.literal)})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Number) and other.literal == self.literal

    def __hash__(self) -> int:
        return hash((Number, self.literal))


def as_said(literal: str) -> str:
    """Return a number as somebody would say it, without sign, exponent and decimal zero.

    Tables write "4155550134.0" where one row has none, and programs "-4155550134" or "4.155550134e9". What is no whole
    number, or an enormous one, is returned as it is.
    """
    match = _NUMBER.fullmatch(literal) if not literal.isdecimal() else None
    if match is None:
        return literal
    digits, shift = match["whole"] + (match["fraction"] or ""), int(match["exponent"] or "0")
    point = len(match["whole"]) + shift
    if point <= 0 or (shift and point > _MOST_SAID) or digits[point:].strip("0"):
        return literal
    return digits[:point].ljust(point, "0").lstrip("0") or "0"


class _Refused(ValueError):
    """Carries a sentence for the caller through the scanner."""


def _constant(name: str) -> NoReturn:
    raise _Refused(f"{name} is not a JSON value.")


def _strict_decoder() -> json.JSONDecoder:
    """Return a decoder for one body; it stops at the first number or object too many."""
    left = MAX_VALUES

    def number(literal: str) -> Number:
        nonlocal left
        left -= 1
        if left < 0:
            raise _Refused(_TOO_MANY)
        if len(literal) > MAX_LITERAL:
            raise _Refused(f"A number literal is longer than {MAX_LITERAL:,} characters.")
        return Number(literal)

    def object_of(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal left
        left -= 1
        if left < 0:
            raise _Refused(_TOO_MANY)
        found = dict(pairs)
        if len(found) != len(pairs):
            raise _Refused("An object has the same key twice.")
        return found

    return json.JSONDecoder(object_pairs_hook=object_of, parse_int=number, parse_float=number, parse_constant=_constant)


_TOO_MANY: Final = f"The body holds more than {MAX_VALUES:,} values."
_LENIENT: Final = json.JSONDecoder(parse_int=Number, parse_float=Number, parse_constant=Number)
_SURROGATE_ESCAPE: Final = re.compile(rb"\\u[dD][89a-fA-F]")


def _too_many(tree: Any) -> bool:
    """Return whether there are more than `MAX_VALUES` elements and members in a tree."""
    left = MAX_VALUES
    open_nodes = [tree]
    while open_nodes:
        node = open_nodes.pop()
        left -= len(node)
        if left < 0:
            return True
        open_nodes += [
            child
            for child in (node.values() if type(node) is dict else node)
            if type(child) is dict or type(child) is list
        ]
    return False


def _too_deep(tree: Any, depth: int = MAX_DEPTH) -> bool:
    level = [tree]
    for _ in range(depth):
        below: list[Any] = []
        for node in level:
            below += [
                child
                for child in (node.values() if type(node) is dict else node)
                if type(child) is dict or type(child) is list
            ]
        if not below:
            return False
        level = below
    return True


def _read(raw: bytes) -> Any:
    """Return the tree, or raise `_Refused` with a sentence that holds nothing of the body."""
    if raw.startswith(b"\xef\xbb\xbf"):
        raise _Refused("The body begins with a byte order mark.")
    try:
        tree = _strict_decoder().decode(raw.decode())
    except UnicodeDecodeError as error:
        problem = f"The body is not UTF-8 (byte {error.start})."
    except json.JSONDecodeError as error:
        problem = f"The body is not JSON (line {error.lineno}, column {error.colno})."
    except RecursionError:
        problem = f"The body nests deeper than {MAX_DEPTH}."
    else:
        return tree
    # Raised out here so that the scanner's exception, which holds the body, is not chained to ours.
    raise _Refused(problem)


def parse_body(raw: bytes) -> dict[str, Any]:
    """Return the request body as a tree of ``dict``, ``list``, ``str``, `Number`, ``bool`` and ``None``.

    Args:
        raw: The bytes as received.

    Raises:
        InvalidRequest: ``invalid_json`` for what is no JSON, or JSON that two readers could read differently: invalid
            UTF-8, a byte order mark, NaN, lone surrogates, duplicate keys, nesting over `MAX_DEPTH`, a literal over
            `MAX_LITERAL`, trailing bytes. ``invalid_request`` when it is not an object, or holds more than `MAX_VALUES`
            values.
    """
    problem: str | None = None
    tree: Any = None
    try:
        tree = _read(raw)
    except _Refused as error:
        problem = str(error)
    brackets = raw.count(b"{") + raw.count(b"[")
    nested = problem is None and isinstance(tree, (dict, list))
    if nested and brackets + raw.count(b",") > MAX_VALUES and _too_many(tree):
        problem = _TOO_MANY
    if problem == _TOO_MANY:
        raise InvalidRequest("invalid_request", problem)
    if nested and brackets > MAX_DEPTH and _too_deep(tree):
        problem = f"The body nests deeper than {MAX_DEPTH}."
    if problem is None and _SURROGATE_ESCAPE.search(raw) and not _is_unicode(tree):
        problem = "A string holds half of a surrogate pair."
    if problem is not None:
        raise InvalidRequest("invalid_json", problem)
    if type(tree) is not dict:
        raise InvalidRequest("invalid_request", "The body must be a JSON object.")
    return tree


def _is_unicode(tree: Any) -> bool:
    """Return whether every string can be written as UTF-8; a lone surrogate cannot."""
    level = [tree]
    while level:
        below: list[Any] = []
        for node in level:
            children: list[Any] = (
                [*node.keys(), *node.values()] if type(node) is dict else node if type(node) is list else [node]
            )
            for child in children:
                if type(child) is str:
                    if not _encodes(child):
                        return False
                elif type(child) is dict or type(child) is list:
                    below.append(child)
        level = below
    return True


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def parse_reply(raw: bytes | str) -> Any:
    """Return an upstream's JSON as a tree; number literals are kept, oddities that servers emit (NaN) pass.

    Raises:
        ValueError: It is not JSON, not UTF-8, or nests too deep. Neither the message nor its chain holds content.
    """
    try:
        # Some servers put a mark before their JSON, which RFC 8259 (8.1) lets a reader pass over.
        tree = _LENIENT.decode(raw if isinstance(raw, str) else raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        pass
    else:
        return reply_of_sane_depth(tree, raw)
    raise ValueError("not JSON")


def reply_of_sane_depth(tree: Any, raw: bytes | str) -> Any:
    """Return a reply's tree, if it can be walked and written again.

    Args:
        tree: What ``raw`` was read as.
        raw: Tells quickly that a tree cannot be deep.

    Raises:
        ValueError: It nests too deep.
    """
    brackets = raw.count(b"[") + raw.count(b"{") if isinstance(raw, bytes) else raw.count("[") + raw.count("{")
    if brackets > _MAX_REPLY_DEPTH and type(tree) in (dict, list) and _too_deep(tree, _MAX_REPLY_DEPTH):
        raise ValueError("nests too deep")
    return tree


def dump_body(tree: Any) -> bytes:
    """Return a tree as compact JSON bytes: same key order, same literals, unicode unescaped.

    Raises:
        ValueError: The tree cannot be written: it nests deeper than orjson goes (254).
    """
    import orjson

    def default(value: Any) -> Any:
        if type(value) is Number:
            return orjson.Fragment(value.literal)
        raise TypeError

    try:
        return orjson.dumps(tree, default=default, option=orjson.OPT_PASSTHROUGH_SUBCLASS)
    except TypeError:
        pass
    try:
        # Only an upstream's reply gets here: half a surrogate pair in one chunk, the other half in the next.
        return orjson.dumps(_escape_surrogates(tree), default=default, option=orjson.OPT_PASSTHROUGH_SUBCLASS)
    except (TypeError, RecursionError):
        pass
    raise ValueError("the tree cannot be written as JSON")


def _escape_surrogates(tree: Any) -> Any:
    import orjson

    if type(tree) is dict:
        return {key: _escape_surrogates(value) for key, value in tree.items()}
    if type(tree) is list:
        return [_escape_surrogates(value) for value in tree]
    if type(tree) is str and not _encodes(tree):
        return orjson.Fragment(json.dumps(tree))
    return tree


def _refuse(param: str, must: str) -> NoReturn:
    raise InvalidRequest("invalid_request", f"'{param}' must be {must}.", param=param)


def check_chat_request(body: dict[str, Any]) -> None:
    """Check the shape of a chat request, as far as masking and routing depend on it; unknown fields pass.

    Raises:
        InvalidRequest: ``invalid_request``; ``param`` names the field (``messages[2].content``).
    """
    for required in ("model", "messages"):
        if required not in body:
            raise InvalidRequest("invalid_request", f"You must provide '{required}'.", param=required)
    if not isinstance(body["model"], str) or not body["model"]:
        _refuse("model", "a non-empty string")
    messages = body["messages"]
    if not isinstance(messages, list) or not messages:
        _refuse("messages", "a non-empty list")
    for index, message in enumerate(messages):
        if not _is_said(message):
            _check_message(f"messages[{index}]", message)
    if not isinstance(body.get("stream"), (bool, type(None))):
        _refuse("stream", "a boolean")
    for name in ("tools", "functions"):
        items = body.get(name)
        if items is None:
            continue
        if not isinstance(items, list):
            _refuse(name, "a list")
        for index, item in enumerate(items):
            if not isinstance(item, dict):
                _refuse(f"{name}[{index}]", "an object")
            for part in ("function", "custom"):
                if name == "tools" and part in item and not isinstance(item[part], dict):
                    _refuse(f"{name}[{index}].{part}", "an object")
    if not isinstance(body.get("response_format"), (dict, type(None))):
        _refuse("response_format", "an object")
    if not isinstance(body.get("tool_choice"), (dict, str, type(None))):
        _refuse("tool_choice", "a string or an object")


def _is_said(message: Any) -> bool:
    """Return whether a message is a role and its words, as most are."""
    if type(message) is not dict or len(message) != 2:
        return False
    role = message.get("role")
    return type(role) is str and role != "" and type(message.get("content")) is str


def _check_message(param: str, message: Any) -> None:
    if not isinstance(message, dict):
        _refuse(param, "an object")
    if not isinstance(message.get("role"), str) or not message["role"]:
        _refuse(f"{param}.role", "a non-empty string")
    content = message.get("content")
    if not isinstance(content, (str, list, type(None))):
        _refuse(f"{param}.content", "a string, a list of parts or null")
    for index, part in enumerate(content if isinstance(content, list) else ()):
        if not isinstance(part, dict):
            _refuse(f"{param}.content[{index}]", "an object")
        if not isinstance(part.get("type", ""), str):
            _refuse(f"{param}.content[{index}].type", "a string")
    for name in ("name", "tool_call_id", "refusal"):
        if not isinstance(message.get(name), (str, type(None))):
            _refuse(f"{param}.{name}", "a string")
    calls = message.get("tool_calls")
    if not isinstance(calls, (list, type(None))):
        _refuse(f"{param}.tool_calls", "a list")
    for index, call in enumerate(calls or ()):
        if not isinstance(call, dict):
            _refuse(f"{param}.tool_calls[{index}]", "an object")
        if not isinstance(call.get("function", {}), dict):
            _refuse(f"{param}.tool_calls[{index}].function", "an object")
    if not isinstance(message.get("function_call"), (dict, type(None))):
        _refuse(f"{param}.function_call", "an object")
