"""Canaries, the places of a request where they can stand, and a search that no disguise escapes."""

from __future__ import annotations

import base64
import html
import json
import re
import unicodedata
import urllib.parse
from collections.abc import Callable, Iterator
from typing import Any, Final

import attrs


@attrs.frozen
class Canary:
    """An invented value that identifies somebody.

    Args:
        said: The sentence in which a caller gives it.
        asked: The question that a bare answer follows.
        written: The value.
        spoken: The value as a recogniser may write it down.
    """

    said: str
    asked: str
    written: str
    spoken: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        return self.said.format(self.written)


CANARIES: Final = {
    "NAME": Canary("Hi, my name is {}.", "Can I have your full name?", "Maribel Okonkwo",
        ("maribel okonkwo", "M A R I B E L O K O N K W O")),
    "ADDRESS": Canary("I live at {}.", "What is your home address?", "4821 Larkspur Lane, Springfield",
        ("forty eight twenty one larkspur lane springfield",)),
    "DATE": Canary("My date of birth is {}.", "What is your date of birth?", "03/14/1961",
        ("march fourteenth nineteen sixty one", "three fourteen sixty one")),
    "AGE": Canary("My grandmother is {} years old.", "How old is your grandmother?", "97", ("ninety seven",)),
    "PHONE": Canary("My phone number is {}.", "What is the best phone number to reach you?", "415-555-0134",
        ("four one five five five five oh one three four", "four fifteen triple five oh one thirty four")),
    "FAX": Canary("Please fax it, our fax number is {}.", "What is your fax number?", "415-555-0187",
        ("four one five five five five oh one eight seven",)),
    "EMAIL": Canary("My email is {}.", "What is your email address?", "m.okonkwo@example.org",
        ("m dot okonkwo at example dot org",)),
    "SSN": Canary("My social security number is {}.", "What is your social security number?", "219-09-9999",
        ("two one nine oh nine nine nine nine nine",)),
    "MRN": Canary("My medical record number is {}.", "What is your medical record number?", "84739201",
        ("eight four seven three nine two oh one",)),
    "HEALTH_PLAN": Canary("My member ID is {}.", "What is your insurance member ID?", "XQH847392015",
        ("x q h eight four seven three nine two oh one five",)),
    "ACCOUNT": Canary("My bank account number is {}.", "What is your bank account number?", "000123456789",
        ("zero zero zero one two three four five six seven eight nine",)),
    "CARD": Canary("My credit card is {}.", "What is the card number?", "4111 1111 1111 1111",
        ("four one one one one one one one one one one one one one one one",)),
    "LICENSE": Canary("My driver's license number is {}.", "What is your driver's license number?", "D8374921",
        ("d eight three seven four nine two one",)),
    "VEHICLE": Canary("My VIN is {}.", "What is the VIN of your car?", "1HGCM82633A004352",
        ("one h g c m eight two six three three a oh oh four three five two",)),
    "DEVICE": Canary("The pacemaker's serial number is {}.", "What is the pacemaker's serial number?", "PJN847201S",
        ("p j n eight four seven two oh one s",)),
    "URL": Canary("My page is {}.", "What is the address of your website?", "https://okonkwo.example.org/maribel",
        ("okonkwo dot example dot org slash maribel",)),
    "IP": Canary("My IP address is {}.", "What is your IP address?", "203.0.113.77",
        ("two oh three dot zero dot one one three dot seventy seven",)),
    "OTHER_ID": Canary("My confirmation code is {}.", "What is your confirmation code?", "KX7Q92ZB",
        ("k x seven q nine two z b",)),
}  # fmt: skip

#: What attacks plant besides, in words of their own.
BESIDES: Final = (
    "Maribel", "Okonkwo", "84739201543", "Wambui", "12 Elm St", "w.long@example.org", "Claude Hermes",
    "Ada [NAME_1] Quill", "NAME_2@example.org",
)  # fmt: skip

#: Kinds whose values give themselves away without a word around them.
SELF_EVIDENT: Final = ("NAME", "ADDRESS", "DATE", "PHONE", "FAX", "EMAIL", "SSN", "CARD", "URL", "IP")


# --- Disguises -------------------------------------------------------------------------------------------------------


def full_width(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


DISGUISES: Final[dict[str, Callable[[str], str]]] = {
    "full-width": full_width,
    "zero-width": "\u200b".join,
    "soft hyphens": "\u00ad".join,
    "ways of saying": lambda text: f'<say-as interpret-as="characters">{text}</say-as>',
    "struck out": lambda text: "".join(char + "\u0336" for char in text),
    "underlined": lambda text: "".join(char + "\u0332" for char in text),
    "entities": lambda text: "".join(f"&#{ord(char)};" for char in text),
    "hexadecimal entities": lambda text: "".join(f"&#x{ord(char):x};" for char in text),
    "percent": lambda text: "".join(f"%{byte:02X}" for byte in text.encode()),
    "quoted for a URL": lambda text: urllib.parse.quote(text, safe=""),
    "backslash-u": lambda text: "".join(f"\\u{ord(char):04x}" for char in text),
    "capitals": str.upper,
    "small letters": str.lower,
}

_INVISIBLE: Final = re.compile("[\u00ad\u0332\u0336\u180e\u200b-\u200f\u2060\ufeff]")
_BASE64: Final = re.compile(r"[A-Za-z0-9+/_-]{12,}={0,2}")


def _from_base64(text: str) -> str:
    found = []
    for word in _BASE64.findall(text):
        plain = word.rstrip("=").replace("-", "+").replace("_", "/")
        try:
            found.append(base64.b64decode(plain + "=" * (-len(plain) % 4)).decode())
        except ValueError:
            continue
    return " ".join(found)


_MARKUP: Final = re.compile(r"</?(?:break|say-as)[^<>]*>")

_UNDO: Final[tuple[Callable[[str], str], ...]] = (
    lambda text: _MARKUP.sub("", text),
    html.unescape,
    urllib.parse.unquote_plus,
    lambda text: re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), text),
    lambda text: re.sub(r'\\+(["\\/])', r"\1", text),
    lambda text: _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)),
    _from_base64,
)


def readings(data: bytes) -> set[str]:
    """Return everything that some bytes say, also to somebody who unescapes, decodes and normalises them twice."""
    found = {data.decode("utf-8", "replace")}
    newest = found
    for _ in range(2):
        newest = {undo(text) for text in newest for undo in _UNDO} - found
        found |= newest
    return found


def squash(text: str) -> str:
    """Return letters and digits only, in lower case: no punctuation hides a value."""
    return "".join(char for char in text.lower() if char.isalnum())


def leaks(data: bytes, *values: str) -> list[str]:
    """Return which of the values can be read in some bytes, whatever stands between their characters."""
    squashed = {squash(text) for text in readings(data)}
    # An age has two digits: it must stand for itself to be one.
    return [
        value
        for value in values
        if any(
            re.search(rf"(?<![0-9]){value}(?![0-9])", text)
            for text in (readings(data) if len(value) < 4 else ())
        )
        or (len(value) >= 4 and any(squash(value) in text for text in squashed))
    ]  # fmt: skip


# --- Places ----------------------------------------------------------------------------------------------------------

Place = Callable[[str], dict[str, Any]]


def request(*messages: Any, **fields: Any) -> dict[str, Any]:
    return {"model": "m", "messages": [{"role": "user", "content": "Hello, can you help me?"}, *messages], **fields}


def _call(name: str = "find", arguments: str = "{}", **more: Any) -> dict[str, Any]:
    call = {"id": "call_a", "type": "function", "function": {"name": name, "arguments": arguments}, **more}
    return {"role": "assistant", "content": None, "tool_calls": [call]}


def _result(content: Any) -> dict[str, Any]:
    return request(_call(), {"role": "tool", "tool_call_id": "call_a", "content": content})


def _tool(**function: Any) -> dict[str, Any]:
    return request(tools=[{"type": "function", "function": {"name": "find", **function}}])


def _schema(schema: dict[str, Any]) -> dict[str, Any]:
    return _tool(parameters={"type": "object", "properties": {"field": schema}})


def _location(location: Any) -> dict[str, Any]:
    return request(web_search_options={"user_location": location})


def _said(**message: Any) -> dict[str, Any]:
    return request({"role": "user", "content": "Yes.", **message})


def _part(**part: Any) -> dict[str, Any]:
    return request({"role": "user", "content": [part]})


def _format(**json_schema: Any) -> dict[str, Any]:
    return request(response_format={"type": "json_schema", "json_schema": {"name": "reply", **json_schema}})


_json = json.dumps

#: Every place of a request that the API or a platform knows, and some that nobody knows.
PLACES: Final[dict[str, Place]] = {
    **{
        f"{role} content": (lambda text, role=role: request({"role": role, "content": text}))  # type: ignore[misc]
        for role in ("user", "system", "developer", "assistant")
    },
    "tool result": _result,
    "function result": lambda text: request({"role": "function", "name": "find", "content": text}),
    "tool result in JSON": lambda text: _result(_json({"note": text})),
    "tool result in JSON in JSON": lambda text: _result(_json({"note": _json({"more": [text]})})),
    "tool result six documents deep": lambda text: _result(
        _json({"a": _json([_json([_json({"b": _json([_json([text])])})])])})
    ),
    "tool result in parts": lambda text: _result([{"type": "text", "text": text}]),
    "text part": lambda text: _part(type="text", text=text),
    "input_text part": lambda text: _part(type="input_text", text=text),
    "part without type": lambda text: _part(text=text),
    "part of unknown type": lambda text: _part(type="poem", lines=[text]),
    "part in a part": lambda text: _part(type="text", content=[{"type": "text", "text": text}]),
    "image in a part": lambda text: _part(type="text", content=[{"type": "image", "data": text}]),
    "refusal part": lambda text: _part(type="refusal", refusal=text),
    "thinking part": lambda text: _part(type="thinking", thinking=text),
    "type of a part": lambda text: _part(type=text, text="Yes."),
    "unknown field of a part": lambda text: _part(type="text", text="Yes.", note=text),
    "data of a text part": lambda text: _part(type="text", text="Yes.", data=text),
    "cache_control": lambda text: _part(type="text", text="Yes.", cache_control={"type": text}),
    "refusal": lambda text: request({"role": "assistant", "refusal": text}),
    "reasoning_content": lambda text: request({"role": "assistant", "content": "", "reasoning_content": text}),
    "reasoning_details": lambda text: request(
        {"role": "assistant", "content": "", "reasoning_details": [{"type": "reasoning.text", "text": text}]}
    ),
    "annotations": lambda text: request(
        {"role": "assistant", "content": "", "annotations": [{"type": "url_citation", "url_citation": {"title": text}}]}
    ),
    "audio transcript": lambda text: request({"role": "assistant", "audio": {"id": "audio_a", "transcript": text}}),
    "audio id": lambda text: request({"role": "assistant", "audio": {"id": text}}),
    "message name": lambda text: _said(name=text),
    "message role": lambda text: _said(role=text),
    "message metadata": lambda text: _said(metadata={"note": text}),
    "unknown field of a message": lambda text: _said(note=text),
    "deep in a message": lambda text: _said(note={"a": [[{"b": text}]]}),
    "key of a message": lambda text: _said(**{text: "x"}),
    "tool_call_id": lambda text: request(_call(), {"role": "tool", "tool_call_id": text, "content": "Done."}),
    "id of a call": lambda text: request(_call(id=text)),
    "type of a call": lambda text: request(_call(type=text)),
    "unknown field of a call": lambda text: request(_call(note=text)),
    "name of a called function": lambda text: request(_call(name=text)),
    "arguments": lambda text: request(_call(arguments=_json({"note": text}))),
    "arguments, escaped": lambda text: request(_call(arguments=_json({"note": text + " é"}).replace("M", "\\u004d"))),
    "arguments that are no JSON": lambda text: request(_call(arguments=text)),
    "arguments cut off": lambda text: request(_call(arguments='{"note": "' + text)),
    "key of arguments": lambda text: request(_call(arguments=_json({text: True}))),
    "custom tool's input": lambda text: request(
        {"role": "assistant", "tool_calls": [{"id": "c", "type": "custom", "custom": {"name": "f", "input": text}}]}
    ),
    "function_call": lambda text: request(
        {"role": "assistant", "content": None, "function_call": {"name": "find", "arguments": _json({"a": text})}}
    ),
    "tool description": lambda text: _tool(description=text),
    "tool name": lambda text: _tool(name=text),
    "tool type": lambda text: request(tools=[{"type": text, "function": {"name": "find"}}]),
    "unknown field of a function": lambda text: _tool(note=text),
    "unknown field of a tool": lambda text: request(tools=[{"type": "mcp", "server": {"headers": {"x": text}}}]),
    "input_schema": lambda text: request(tools=[{"name": "f", "input_schema": {"description": text}}]),
    "functions": lambda text: request(functions=[{"name": "find", "description": text}]),
    "schema description": lambda text: _schema({"type": "string", "description": text}),
    "schema title": lambda text: _schema({"title": text}),
    "schema comment": lambda text: _schema({"$comment": text}),
    "schema enum": lambda text: _schema({"enum": [text]}),
    "schema const": lambda text: _schema({"const": text}),
    "schema default": lambda text: _schema({"default": {"a": text}}),
    "schema examples": lambda text: _schema({"examples": [text]}),
    "schema anyOf": lambda text: _schema({"anyOf": [{"items": {"description": text}}]}),
    "schema $defs": lambda text: _tool(parameters={"$defs": {"A": {"description": text}}}),
    "schema type": lambda text: _schema({"type": text}),
    "schema format": lambda text: _schema({"format": text}),
    "schema minimum": lambda text: _schema({"minimum": text}),
    "schema readOnly": lambda text: _schema({"readOnly": text}),
    "schema pattern in a list": lambda text: _schema({"pattern": [text]}),
    "schema property": lambda text: _tool(parameters={"properties": {text: {"type": "string"}}, "required": [text]}),
    "schema required": lambda text: _tool(parameters={"required": text}),
    "schema dependentRequired": lambda text: _tool(parameters={"dependentRequired": {"a": [text]}}),
    "schema dependentRequired text": lambda text: _tool(parameters={"dependentRequired": {"a": text}}),
    "schema dependentRequired object": lambda text: _tool(parameters={"dependentRequired": {"a": {"b": text}}}),
    "unknown schema keyword": lambda text: _schema({"x-note": text}),
    "unknown key of a schema": lambda text: _schema({text: "x"}),
    "tool_choice": lambda text: request(tool_choice=text),
    "name in tool_choice": lambda text: request(tool_choice={"type": "function", "function": {"name": text}}),
    "type in tool_choice": lambda text: request(tool_choice={"type": text}),
    "mode in tool_choice": lambda text: request(
        tool_choice={"type": "allowed_tools", "allowed_tools": {"mode": text}}
    ),
    "top function_call": lambda text: request(function_call={"name": text}),
    "response_format description": lambda text: _format(description=text),
    "response_format name": lambda text: _format(name=text),
    "response_format schema": lambda text: _format(schema={"properties": {"a": {"enum": [text]}}}),
    "response_format type": lambda text: request(response_format={"type": text}),
    "response_format unknown": lambda text: request(response_format={"type": "text", "note": text}),
    "prediction": lambda text: request(prediction={"type": "content", "content": text}),
    "prediction parts": lambda text: request(prediction={"content": [{"type": "text", "text": text}]}),
    "prediction that is text": lambda text: request(prediction=text),
    "prediction file": lambda text: request(prediction={"type": "content", "file": {"data": text}}),
    "stop": lambda text: request(stop=text),
    "stop list": lambda text: request(stop=["\n", text]),
    "stop object": lambda text: request(stop={"a": text}),
    "metadata": lambda text: request(metadata={"note": text}),
    "metadata key": lambda text: request(metadata={text: "x"}),
    "metadata that is text": lambda text: request(metadata=text),
    "user": lambda text: request(user=text),
    "user object": lambda text: request(user={"a": text}),
    "safety_identifier": lambda text: request(safety_identifier=text),
    "prompt_cache_key": lambda text: request(prompt_cache_key=text),
    "city": lambda text: _location({"type": "approximate", "approximate": {"city": text}}),
    "elsewhere in user_location": lambda text: _location({"type": "approximate", "approximate": {"note": text}}),
    "user_location that is text": _location,
    "web_search_options": lambda text: request(web_search_options={"note": text}),
    "temperature": lambda text: request(temperature=text),
    "seed": lambda text: request(seed=text),
    "n": lambda text: request(n=[text]),
    "modalities": lambda text: request(modalities=["text", text]),
    "reasoning": lambda text: request(reasoning={"effort": text}),
    "stream_options": lambda text: request(stream_options={"note": text}),
    "key of stream_options": lambda text: request(stream_options={text: True}),
    "audio voice": lambda text: request(audio={"voice": text, "format": "wav"}),
    "service_tier": lambda text: request(service_tier=text),
    "logit_bias": lambda text: request(logit_bias={text: 1}),
    "unknown field": lambda text: request(note=text),
    "deep in an unknown field": lambda text: request(x=[[{"a": {"b": [text]}}]]),
    "JSON in an unknown field": lambda text: request(x=_json({"a": _json({"b": text})})),
    "key of JSON in an unknown field": lambda text: request(x=_json({text: True})),
    "unknown field's name": lambda text: request(**{text: True}),
    "unknown field's name, empty": lambda text: request(**{text: None}),
    "key in an unknown field": lambda text: request(x={text: None}),
    "words behind a data URL": lambda text: request(x="DATA:text/plain;base64," + text),
    "words behind a data URL in a key": lambda text: request(x={"Data:;base64," + text: 1}),
    "extra_body": lambda text: request(extra_body={"messages": [{"content": text}]}),
    "extra_headers": lambda text: request(extra_headers={"x-note": text}),
    "api_base": lambda text: request(api_base=text),
    "guardrails": lambda text: request(guardrails=[text]),
    "ElevenLabs": lambda text: request(elevenlabs_extra_body={"note": text}, user_id=text),
    "Vapi": lambda text: request(
        call={"id": text, "customer": {"note": text}}, customer={"x": text}, phoneNumber={"x": text},
        assistant={"x": text}, timestamp=text, metadata={"a": text},
    ),
    "word confidences": lambda text: _said(
        words=[{"word": text, "confidence": 1}], metadata={"wordLevelConfidence": [{"word": text}]}
    ),
}  # fmt: skip


def requests_with(text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the text in every place."""
    for name, place in PLACES.items():
        yield name, place(text)
