"""Calls: what a message says, what its calls ask for, and which function's result it holds.

Platforms write a call in many shapes: in ``tool_calls``, as a block of the content, as the message itself; its
arguments are a string or an object. All of them have a name beside arguments, and by that they are known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from masker.core.segments import Turn
from masker.detection.context import LONGEST_TURN, Asks, asks_of
from masker.detection.embedded import decode
from masker.detection.keys import VOCABULARY, is_measure, is_town, key_words, kind_of_key
from masker.detection.leaves import json_leaves
from masker.detection.naming import Told, label_of
from masker.detection.queries import selected
from masker.detection.tables import kinds_of
from masker.wire.bodies import dump_body

__all__ = [
    "ARGUMENTS",
    "RESULTS",
    "Tool",
    "Tools",
    "asked_by_name",
    "given_in",
    "result_in",
    "tool_named",
    "tools_by_call",
    "turn_of",
    "without_name",
]


class Tool(NamedTuple):
    """The function whose result a message holds.

    Attributes:
        name: What it is called, or ``""`` where several were.
        told: What its name, or what it was given, says of what it answers.
    """

    name: str
    told: Told | None

    @property
    def said(self) -> tuple[str, ...]:
        """All of it, as texts: no two tools have the same."""
        return (self.name,) if self.told is None else (self.name, self.told.key or "", *self.told.columns)

    def __repr__(self) -> str:
        return "Tool()"


#: What speaks to somebody: "Zip?", "please say your date of birth". A link's "?" has a word behind it.
_SPOKEN_TO: Final = re.compile(r"\?(?!\w)|\byour\b", re.IGNORECASE)
#: Words in names of tools that have a caller say one value, and of those that look one up or read it.
_ASKING: Final = frozenset("ask collect gather capture request prompt enter listen hear input dtmf".split())
_LOOKING: Final = frozenset("get fetch fill find lookup read retrieve obtain receive extract".split())
_HAVING_TOLD: Final = _ASKING | _LOOKING
#: How many characters of a tool's name are read, and of arguments that may be nothing but the label of the value and
#: how it is to be asked for.
_LONGEST_NAME: Final = 120
_ONLY_LABELS: Final = 400
#: What names of tools have behind the value that they are about: ``mrn_lookup``, ``collect_zip_digits``, ``get_mrn_v2``
#: (of which "v" is left). A word for a thing of its own (``get_email_template``) is none.
_BEHIND: Final = frozenset(
    (
        "lookup input dtmf digits value values entry entries response answer tool result results output task step node"
        " flow form slot field record collector collection capture extractor extraction getter handler helper function"
        " fn api endpoint async sync agent stage intent action prompt question query search check verification"
        " validation variable param info details data"
    ).split()
)
#: What is before them is looked for, what is behind them is given: ``get_mrn_by_phone``.
_BY: Final = frozenset("by with using via".split())
#: What parts the value from whose or where it is: ``ask_caller_for_mrn``, ``get_mrn_from_db``.
_BETWEEN: Final = frozenset("for from in to on".split())
#: Verbs that some names write in one word with what they are about (``lookupmrn``), and the words that may follow.
_VERBS: Final = _HAVING_TOLD | frozenset("verify check set save update record confirm validate search store".split())
_BEGINS: Final = tuple(_VERBS)
_ENDS: Final = tuple(_BEHIND)
_IN_ONE: Final = _VERBS | _BEHIND | _BY | VOCABULARY
#: Letters of such a word.
_LONGEST_WORD: Final = 40
#: Keys of arguments that name the value that is wanted: ``{"slot": "mrn"}``, ``{"variable_name": "mrn"}``.
_WANTED: Final = frozenset(
    "slot field variable column attribute property parameter param entity key label path pointer select".split()
)
#: Where the request ends in what a prompt asks for: "Collect the mrn, then read it back".
_GOES_ON: Final = re.compile(r"[.,;:!?()\n]|\b(?:and|then|so|if|which|that|when)\b", re.IGNORECASE)
_PARTS: Final = frozenset("id number no code last digits four birth".split())

#: Where a call has its name, its arguments and its id, and where a result has the call's.
_NAMES: Final = ("name", "toolName", "tool_name")
_GIVEN: Final = ("arguments", "input", "args")
ARGUMENTS: Final = frozenset(_GIVEN)
_WITHIN: Final = ("function", "custom", "functionCall", "function_call")
_RESPONSES: Final = ("functionResponse", "function_response")
_HOLDING: Final = frozenset(("response", "output", "result"))
_IDS: Final = ("call_id", "toolCallId", "id")
_PLAIN: Final = 2
#: How many of a message's calls are read for what they ask: more than a model makes at once.
_LAST_CALLS: Final = 64
#: Who calls nothing.
_ASKED: Final = frozenset(("user", "system", "developer", "tool", "function"))
#: Where a part of a content has its words, and a message what its model thought.
_WORDS: Final = ("text", "refusal", "transcript")
_REASONING: Final = ("reasoning_content", "reasoning")
_RESULT_IDS: Final = ("tool_call_id", "tool_use_id", "call_id", "toolCallId")
RESULTS: Final = frozenset(_RESULT_IDS)


class _Call(NamedTuple):
    """One call of a tool: its id, the function's name, what it is given."""

    id: str | None
    name: str
    given: Any

    def __repr__(self) -> str:
        return "_Call()"


def _string(value: Any) -> str:
    return value if type(value) is str else ""


def _listed(message: Mapping[str, Any], *names: str) -> Iterator[dict[str, Any]]:
    """Yield the objects in a message's lists."""
    for name in names:
        value = message.get(name)
        for one in value if type(value) is list else ():
            if type(one) is dict:
                yield one


def _first(value: Mapping[str, Any], names: Sequence[str]) -> str | None:
    """Return the first of an object's members that is a string."""
    return next((value[name] for name in names if type(value.get(name)) is str), None)


def _call(value: dict[str, Any], *, sure: bool = False) -> Iterator[_Call]:
    """Yield an object as a call, if it is one; it may hold the function in an object of its own."""
    function = next((value[name] for name in _WITHIN if type(value.get(name)) is dict), value)
    name = _first(function, _NAMES)
    given = next((function[one] for one in _GIVEN if one in function), None)
    if sure or (name is not None and given is not None):
        yield _Call(_first(value, _IDS), name or "", given)


def _calls(message: dict[str, Any]) -> Iterator[_Call]:
    """Yield the calls of a message, in order."""
    if _string(message.get("role")) not in _ASKED:  # what callers and tools write are no calls
        yield from _call(message)
        for one in _listed(message, "content", "parts"):
            yield from _call(one)
    function = message.get("function_call")
    for one in ([function] if type(function) is dict else []) + list(_listed(message, "tool_calls")):
        yield from _call(one, sure=True)


class Tools(Mapping[int, Tool]):
    """The function whose result a message holds, by the message's index; calls are read when they are asked for.

    Args:
        called: The calls whose results a message holds, by its index.
        read: Whether what the calls say is told, beside the functions' names.
    """

    def __init__(self, called: Mapping[int, Sequence[_Call]], *, read: bool = True) -> None:
        self._called = called
        self._read = read
        self._tools: dict[int, Tool] = {}

    def __repr__(self) -> str:
        return f"Tools(results={len(self._called)})"

    def __getitem__(self, index: int) -> Tool:
        calls = self._called[index]
        if index not in self._tools:
            self._tools[index] = _one_of({_tool_of(call) if self._read else Tool(call.name, None) for call in calls})
        return self._tools[index]

    def __iter__(self) -> Iterator[int]:
        return iter(self._called)

    def __len__(self) -> int:
        return len(self._called)

    def names(self) -> Tools:
        """Return the same functions by their names alone."""
        return Tools(self._called, read=False)


def tools_by_call(messages: Sequence[Any]) -> Tools:
    """Return for every result of a tool the function that was called: by the last call before it with its id.

    Servers number their calls anew in each reply. Where an id is given to two functions before a result comes, it is
    nobody's, and so is a message with the results of two.
    """
    found: dict[int, list[_Call]] = {}
    called: dict[str, list[_Call]] = {}
    answered: set[str] = set()
    for index, message in enumerate(messages):
        if type(message) is not dict or _is_plain(message):
            continue
        results = [one for one in _answered(message) if one in called]
        if results:
            found[index] = [call for one in results for call in called[one]]
            answered.update(results)
        for call in _calls(message):
            if call.id is not None:
                if call.id in answered:
                    answered.discard(call.id)
                    del called[call.id]
                called.setdefault(call.id, []).append(call)
    return Tools(found)


def _one_of(tools: set[Tool]) -> Tool:
    """Return the tool that several calls called, as far as it is one."""
    if len(tools) == 1:
        return next(iter(tools))
    names = {tool.name for tool in tools}
    return Tool(names.pop() if len(names) == 1 else "", None)


def result_in(block: dict[str, Any]) -> str | None:
    """Return the function whose result a block of a message holds, if the block itself tells."""
    result = next((block[name] for name in _RESPONSES if type(block.get(name)) is dict), block)
    return None if _HOLDING.isdisjoint(result) else _first(result, _NAMES)


def _is_plain(message: dict[str, Any]) -> bool:
    """Return whether a message is nothing but a role and its words, as most are."""
    return len(message) == _PLAIN and type(message.get("content")) is str


def _answered(message: dict[str, Any]) -> list[str]:
    """Return the ids of the calls whose results a message holds.

    Those of blocks only where a user's message carries them: a tool may write what it likes into its result.
    """
    own = _first(message, _RESULT_IDS)
    if own is not None or message.get("role") != "user":
        return [] if own is None or _is_call(message) else [own]
    return [one for part in _listed(message, "content") if (one := _first(part, _RESULT_IDS)) is not None]


def _is_call(message: dict[str, Any]) -> bool:
    return next(_call(message), None) is not None


# -- what is said, and what is asked for


def turn_of(message: Any) -> Turn:
    """Return a message as a turn of the conversation: what it says, and what its calls ask the caller."""
    if type(message) is not dict:
        return Turn(None, "")
    role = _string(message.get("role")) or None
    if _is_plain(message):
        return Turn(role, message["content"][-LONGEST_TURN:])
    audio = message.get("audio")
    said = [
        _text(message.get("content")) or _text(message.get("parts")),
        _string(message.get("refusal")),
        _string(audio.get("transcript")) if type(audio) is dict else "",
        *(question for call in list(_calls(message))[-_LAST_CALLS:] for question in _asked(call)),
    ]
    if not any(said):  # what a model thinks asks nothing, unless its server writes all that it says there
        said = [_string(message.get(name)) for name in _REASONING]
    return Turn(role, "\n".join(filter(None, said))[-LONGEST_TURN:])


def _text(content: Any) -> str:
    """Return the words of a content, whole or in parts."""
    if type(content) is str:
        return content
    parts = content if type(content) is list else ()
    return " ".join(_first(part, _WORDS) or "" for part in parts if type(part) is dict)


def _asked(call: _Call) -> Iterator[str]:
    """Yield what a call has a tool say to the caller: ``ask_caller({"question": "What is your ..."})``."""
    said = _written(call.given)
    yield from _labels(call.name, said)
    if len(said) > LONGEST_TURN or _SPOKEN_TO.search(said) is None:
        return
    leaves = json_leaves(said)
    strings = [said[one.start : one.end] for one in leaves or () if one.kind == "string"]
    texts = [said] if leaves is None else [decode(raw).text for raw in strings]
    yield from filter(_SPOKEN_TO.search, texts)


def _written(given: Any) -> str:
    """Return arguments as JSON; those of a tree only if they are short enough to ask something."""
    if type(given) is not dict and type(given) is not list:
        return _string(given)
    room = LONGEST_TURN
    waiting: list[Any] = [given]
    while waiting and room > 0:
        value = waiting.pop()
        room -= 1
        if type(value) is str:
            room -= len(value)
        elif type(value) is dict:
            waiting += value.values()
        elif type(value) is list:
            waiting += value
    return "" if waiting else dump_body(given).decode()


def given_in(value: dict[str, Any]) -> Told | None:
    """Return what its tool's name says of the arguments of a call: ``lookup_by_mrn``, ``verify_ssn``."""
    name = _first(value, _NAMES) if not ARGUMENTS.isdisjoint(value) else None
    if name is None:
        return None
    looked_for, given = _words_of(name)
    words = _value_in(given) or _value_in(looked_for)
    return Told("_".join(words)) if words else None


def _value_answered(name: str) -> str | None:
    """Return the key that a tool's name gives to what the tool answers: ``get_mrn_by_phone``."""
    return "_".join(_value_in(_words_of(name)[0])) or None


def _tool_of(call: _Call) -> Tool:
    """Return what a call calls: its name says what the answer is, or it is given nothing that names but that."""
    tool = tool_named(call.name)
    if tool.told is not None or any(map(is_measure, _words_of(call.name)[0])):
        return tool
    said = _written(call.given)
    leaves = json_leaves(said) or () if len(said) <= _ONLY_LABELS else ()
    strings = [(decode(said[leaf.start : leaf.end]).text, leaf.key) for leaf in leaves if leaf.kind == "string"]
    columns = next(filter(None, (selected(text) for text, _ in strings)), ())
    wanted = set(columns or (_wanted(*string) for string in strings)) - {None}
    key = wanted.pop() if len(wanted) == 1 else None
    told = Told(key if key is not None and kinds_of(key) else None, tuple(columns))
    return Tool(call.name, told if any(told) else None)


def _wanted(said: str, key: str | None) -> str | None:
    """Return the key of the value that an argument asks for: by the name of a field, or in words."""
    words = key_words(key or "")
    if words[-1:] == ("name",):
        words = words[:-1]
    if words and words[-1].removesuffix("s") in _WANTED:
        label = label_of(said.lstrip("$."))
        return label if label is not None and (kind_of_key(label) or is_town(label)) else None
    order = key_words(_GOES_ON.split(said, maxsplit=1)[0])
    return "_".join(_value_in(order)) or None if order[:1] and order[0] in _HAVING_TOLD else None


def tool_named(name: str) -> Tool:
    """Return a function of which nothing is known but its name."""
    key = _value_answered(name)
    return Tool(name, None if key is None else Told(key))


def asked_by_name(name: str) -> Turn | None:
    """Return what a tool that has a value told asks by its name alone: its own result answers that."""
    looked_for, _ = _words_of(name)
    value = [] if _HAVING_TOLD.isdisjoint(looked_for) else _value_in(looked_for)
    return Turn("assistant", _question(value)) if value else None


def without_name(question: Turn | None, name: str) -> Turn | None:
    """Return a question without what the name of a tool asks: what is left is asked in words."""
    by_name = asked_by_name(name)
    if question is None or by_name is None or by_name.text not in question.text:
        return question
    rest = Turn(question.role, question.text.replace(by_name.text, "").strip("\n"))
    return rest if asks_of(rest) > Asks.NAMES else None


def _question(words: Sequence[str]) -> str:
    return f"What is your {' '.join(words)}?"


def _labels(name: str, arguments: str) -> Iterator[str]:
    """Yield what a call asks the caller by a label: ``collect_mrn({})``, ``get_input({"field": "zip"})``."""
    looked_for, _ = _words_of(name)
    if _HAVING_TOLD.isdisjoint(looked_for):
        return
    value = [] if _ASKING.isdisjoint(looked_for) else _value_in(looked_for)
    if value:
        yield _question(value)
    for leaf in json_leaves(arguments) or () if len(arguments) <= _ONLY_LABELS else ():
        label = arguments[leaf.start : leaf.end] if leaf.kind == "string" else ""
        if kinds_of(label):
            yield _question(key_words(label))


# -- what the name of a tool tells


def _words_of(name: str) -> tuple[list[str], list[str]]:
    """Return the words of a tool's name, those of what is looked for and those of what is given for that."""
    words = [part for word in key_words(name[:_LONGEST_NAME]) for part in _parted(word)]
    at = next((at for at, word in enumerate(words) if word in _BY), len(words))
    return words[:at], words[at + 1 :]


def _parted(word: str) -> Sequence[str]:
    """Return the words of several that are written as one: ``lookupmrn``, ``getmemberid``, ``mrnlookup``."""
    if word in _IN_ONE or len(word) > _LONGEST_WORD or not (word.startswith(_BEGINS) or word.endswith(_ENDS)):
        return (word,)
    words: list[Sequence[str] | None] = [()]
    for end in range(1, len(word) + 1):  # the longest last word first
        starts = (start for start in range(end) if words[start] is not None and word[start:end] in _IN_ONE)
        start = next(starts, None)
        words.append(None if start is None else (*(words[start] or ()), word[start:end]))
    return words[-1] or (word,)


def _value_in(words: Sequence[str]) -> list[str]:
    """Return the words of a tool's name that name a value, if any do: behind the verb, else before it.

    The last of them names it, or how much of it: not "email" in "get_email_template".
    """
    verbs = (at for at, word in enumerate(words) if word in _HAVING_TOLD and word not in _BEHIND)
    at = next(verbs, 0)
    return _first_value(words[at:]) or _first_value(words[:at])


def _first_value(words: Sequence[str]) -> list[str]:
    group: list[str] = []
    for word in (*words, None):
        if word is not None and word not in _BETWEEN:
            group = [] if word in _HAVING_TOLD and word not in _BEHIND else [*group, word]
            continue
        while group and (group[-1] in _BEHIND or len(group[-1]) == 1):
            group.pop()
        last = group[-1] if group else ""
        told = last in _PARTS or kind_of_key(last)
        if (told and kind_of_key("_".join(group)) not in (None, "NAME")) or is_town(last):
            return group
        group = []
    return []
