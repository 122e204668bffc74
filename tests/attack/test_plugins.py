"""Plugins that fail, lie or hang: nothing is forwarded, others are served, nobody is silenced."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any

import pytest

from masker import Kind, PatternDetector, Rule, Span, hookimpl
from masker.core.policy import Policy
from masker.errors import DetectionFailed, LeakPrevented
from masker.host.engine import Engine
from masker.host.manager import create_plugin_host
from masker.masking.vault import Vault

TEXT = "Maribel Okonkwo, 415-555-0134"
BODY = {"model": "m", "messages": [{"role": "user", "content": TEXT}]}


class Base:
    """Finds one person and phone numbers."""

    @hookimpl
    def masker_register_kinds(self) -> list[Kind]:
        return [Kind("NAME", "A", "name"), Kind("PHONE", "D", "phone number")]

    @hookimpl
    def masker_register_detectors(self, settings: Any) -> list[Any]:
        return [
            PatternDetector(
                "base",
                [Rule("NAME", re.compile("Maribel Okonkwo")), Rule("PHONE", re.compile(r"\d{3}-\d{3}-\d{4}"))],
            )
        ]


def engine_with(*plugins: object) -> Engine:
    named = {"base": Base(), **{f"other{number}": plugin for number, plugin in enumerate(plugins)}}
    engine = Engine(create_plugin_host(load_entrypoints=False, plugins=named))
    assert all(status.state == "active" for status in engine.plugins)
    return engine


def masked(engine: Engine, body: Any = BODY, policy: Policy | None = None) -> Any:
    call = engine.open(body, policy=policy or Policy(), agent="a", request_id="r")
    try:
        for _ in call.steps():
            pass
        return call.body
    finally:
        call.close()


class Detects:
    """A plugin with one detector that does what a test wants."""

    name = "wild"
    kinds = frozenset({"NAME"})

    def __init__(self, detect: Any) -> None:
        self.detect = detect

    @hookimpl
    def masker_register_detectors(self, settings: Any) -> list[Any]:
        return [self]


def _raise(error: BaseException) -> Any:
    raise error


NONSENSE = {
    "None": lambda segment: None,
    "a number": lambda segment: 7,
    "text": lambda segment: "NAME",
    "a dict": lambda segment: {"start": 0},
    "tuples": lambda segment: [(0, 3, "NAME")],
    "None among spans": lambda segment: [Span(0, 3, "NAME"), None],
    "negative": lambda segment: [Span(-3, 3, "NAME")],
    "backwards": lambda segment: [Span(3, 1, "NAME")],
    "empty": lambda segment: [Span(1, 1, "NAME")],
    "beyond the end": lambda segment: [Span(0, 10**9, "NAME")],
    "fractions": lambda segment: [Span(0.5, 3, "NAME")],  # type: ignore[arg-type]
    "text offsets": lambda segment: [Span("0", "3", "NAME")],  # type: ignore[arg-type]
    "foreign kind": lambda segment: [Span(0, 3, "PHONE")],
    "kind None": lambda segment: [Span(0, 3, None)],  # type: ignore[arg-type]
    "unhashable kind": lambda segment: [Span(0, 3, ["NAME"])],  # type: ignore[arg-type]
    "score 2": lambda segment: [Span(0, 3, "NAME", 2.0)],
    "score NaN": lambda segment: [Span(0, 3, "NAME", float("nan"))],
    "score text": lambda segment: [Span(0, 3, "NAME", "high")],  # type: ignore[arg-type]
    "raises": lambda segment: _raise(ValueError(segment.text)),
    "recursion": lambda segment: _raise(RecursionError(segment.text)),
    "memory": lambda segment: _raise(MemoryError()),
    "exit": lambda segment: _raise(SystemExit(segment.text)),
    "cancels": lambda segment: _raise(asyncio.CancelledError(segment.text)),
    "closes": lambda segment: _raise(GeneratorExit(segment.text)),
    "raises on the way": lambda segment: (Span(0, 3, "NAME") if number == 0 else _raise(KeyError(segment.text)) for number in range(2)),
    "a shout": lambda segment: _raise(UnicodeDecodeError("utf-8", segment.text.encode(), 0, 1, segment.text)),
}  # fmt: skip


@pytest.mark.parametrize("how", NONSENSE)
def test_nonsense_stops_the_request(how: str) -> None:
    """`detection_failed` names the detector, and neither it nor what it is chained to holds a word of the text."""
    engine = engine_with(Detects(NONSENSE[how]))
    with pytest.raises(DetectionFailed) as caught:
        masked(engine)
    error: BaseException | None = caught.value
    assert "wild" in str(error)
    while error is not None:
        assert "Maribel" not in f"{error!r} {error}" or error.__suppress_context__
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def test_huge_output_is_borne() -> None:
    """A detector that finds something at every character, a hundred times over, costs time and nothing else."""
    engine = engine_with(Detects(lambda segment: [Span(i, i + 1, "NAME") for i in range(len(segment.text))] * 100))
    assert "Maribel" not in str(masked(engine))


# --- The hook that resolves overlaps ---------------------------------------------------------------------------------


class Resolves:
    """A plugin that answers to overlaps as a test wants."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer
        self.asked = 0

    @hookimpl
    def masker_resolve_overlaps(self, segment: Any, spans: Any, policy: Any) -> Any:
        self.asked += 1
        return self.answer(segment, spans)


TOO_LITTLE = {
    "nothing": lambda segment, spans: [],
    "all but one": lambda segment, spans: spans[1:],
    "one character less": lambda segment, spans: [Span(s.start, s.end - 1, s.kind) for s in spans],
    "beside it": lambda segment, spans: [Span(s.end - 1, s.end, s.kind) for s in spans],
    "a hole": lambda segment, spans: [
        part for s in spans for part in (Span(s.start, s.start + 3, s.kind), Span(s.start + 4, s.end, s.kind))
    ],
    "its own list emptied": lambda segment, spans: spans.clear() or spans,
    "an unknown kind": lambda segment, spans: [Span(s.start, s.end, "HARMLESS") for s in spans],
    "outside": lambda segment, spans: [*spans, Span(0, 9999, "NAME")],
    "text": lambda segment, spans: "spans",
    "a generator": lambda segment, spans: (span for span in spans),
    "raises": lambda segment, spans: _raise(ValueError(segment.text)),
}  # fmt: skip


@pytest.mark.parametrize("how", TOO_LITTLE)
def test_overlaps_resolved_to_too_little_stop_the_request(how: str) -> None:
    """A plugin may choose among kinds; what was found stays covered, or nothing leaves."""
    engine = engine_with(Resolves(TOO_LITTLE[how]))
    with pytest.raises(DetectionFailed, match="masker_resolve_overlaps") as caught:
        masked(engine)
    assert "Maribel" not in str(caught.value)


@pytest.mark.parametrize(
    ("answer", "content"),
    [
        (lambda segment, spans: None, "[NAME_1], [PHONE_1]"),
        (lambda segment, spans: list(reversed(spans)), "[NAME_1], [PHONE_1]"),
        (lambda segment, spans: tuple(spans), "[NAME_1], [PHONE_1]"),
        (lambda segment, spans: [Span(0, len(segment.text), "NAME")], "[NAME_1]"),
        (lambda segment, spans: [Span(s.start, s.end, "PHONE") for s in spans], "[PHONE_1], [PHONE_2]"),
    ],
)
def test_overlaps_resolved_to_enough_are_taken(answer: Any, content: str) -> None:
    """More than what was found, other kinds, another order: the plugin's choice; ``None`` is no answer."""
    plugin = Resolves(answer)
    assert content == masked(engine_with(plugin))["messages"][0]["content"]
    assert plugin.asked


def test_what_the_policy_allows_need_not_be_covered() -> None:
    """The plugin is asked about what counts, and about nothing else."""
    plugin = Resolves(lambda segment, spans: spans)
    policy = Policy.from_toml('[allow.NAME]\nwords = ["Maribel Okonkwo"]\n[kinds.PHONE]\nmin_score = 1.0')
    assert "Maribel Okonkwo" in masked(engine_with(plugin), policy=policy)["messages"][0]["content"]


# --- The last look ---------------------------------------------------------------------------------------------------


class Forgetful(Vault):
    """A vault whose tokens are the values."""

    def put(self, key: Any, kind: str, text: str, *, token: str | None = None, part: bool = False) -> Any:
        value = super().put(key, kind, text, token=token, part=part)
        value.token = text
        return value


class BringsVault:
    """A plugin with a vault that does not hide anything."""

    @hookimpl
    def masker_open_vault(self, request: Any) -> Any:
        return Forgetful()


def test_the_last_look_stops_what_a_vault_let_through() -> None:
    """`leak_prevented`, with the kind and no word more."""
    with pytest.raises(LeakPrevented) as caught:
        masked(engine_with(BringsVault()))
    assert (500, "leak_prevented") == (caught.value.status, caught.value.code)
    assert "Maribel" not in str(caught.value.body())


@pytest.mark.parametrize("keyword", ["pattern", "$ref", "$id", "$anchor"])
@pytest.mark.parametrize(
    "value",
    ["415-555-0134", "m.okonkwo@example.org", "219-09-9999", "^1961-03-14$", "03/14/1961", "^(March 14, 1961)$", "^4821 Larkspur Lane$"],
)  # fmt: skip
def test_what_stays_as_it_is_must_not_tell(leaves: Any, keyword: str, value: str) -> None:
    """Numbers and addresses of persons in a schema's fixed keywords cannot be masked: the request is refused."""
    schema = {"type": "object", "properties": {"a": {keyword: value}}}
    tools = [{"type": "function", "function": {"name": "f", "parameters": schema}}]
    assert not leaves({**BODY, "tools": tools})


@pytest.mark.parametrize(
    "schema",
    [
        {"pattern": r"^\d{4}-\d{2}-\d{2}$"}, {"pattern": r"^\+?[1-9]\d{1,14}$"}, {"pattern": r"^\(\d{3}\) \d{3}-\d{4}$"},
        {"pattern": r"^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}$"}, {"pattern": "^(2024-01-01|2024-02-01)$"}, {"pattern": "^(1900-01-01|9999-12-31)$"},
        {"pattern": r"^\d{1,5} [A-Za-z ]+ (St|Ave|Road)$"}, {"pattern": "^(10 mg|500 mg tablet)$"}, {"$id": "https://example.org/2006-03-01/a.json"},
        {"pattern": r"^(?!000|666)[0-8][0-9]{2}-(?!00)[0-9]{2}-(?!0000)[0-9]{4}$"}, {"pattern": r"^4[0-9]{12}(?:[0-9]{3})?$"},
        {"$schema": "https://json-schema.org/draft/2020-12/schema"}, {"$id": "https://example.org/schemas/visit.json"},
        {"$ref": "#/$defs/Patient"}, {"$defs": {"Patient": {}, "Address": {}}}, {"format": "date-time"}, {"format": "uuid"},
        {"pattern": "^(aspirin|ibuprofen)$"}, {"pattern": r"^https?://[^\s]+$"}, {"pattern": r"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}$"},
        {"pattern": "^(New York|Los Angeles)$"}, {"patternProperties": {"^x-": {}}}, {"minimum": 1000000, "maximum": 9999999999},
    ],
    ids=str,
)  # fmt: skip
def test_ordinary_schemas_pass_unchanged(leaves: Any, schema: Any) -> None:
    """Their keywords are not taken for somebody."""
    tools = [{"type": "function", "function": {"name": "f", "parameters": schema}}]
    assert schema == json.loads(leaves({**BODY, "tools": tools}))["tools"][0]["function"]["parameters"]


# --- Observers -------------------------------------------------------------------------------------------------------


class Observes:
    """An observer that remembers what it was told, and then fails."""

    def __init__(self, error: BaseException | None) -> None:
        self.error = error
        self.reports: list[Any] = []

    @hookimpl
    def masker_request_masked(self, report: Any) -> None:
        self.reports.append(report)
        if self.error:
            raise self.error

    @hookimpl
    def masker_response_rehydrated(self, report: Any) -> None:
        self.reports.append(report)
        if self.error:
            raise self.error


def test_an_observer_that_fails_silences_nobody() -> None:
    """Whatever the order of plugins: each is told of the request and of the reply."""
    observers = [Observes(error) for error in (None, ValueError("x"), None, SystemExit(3), RecursionError(), None)]
    engine = engine_with(*observers)
    call = engine.open(BODY, policy=Policy(), agent="a", request_id="r")
    for _ in call.steps():
        pass
    assert (
        "Maribel Okonkwo"
        == call.reply({"choices": [{"message": {"content": "[NAME_1]"}}]})["choices"][0]["message"]["content"]
    )
    call.close()
    assert [2] * len(observers) == [len(one.reports) for one in observers]
    assert "Maribel" not in repr([one.reports for one in observers])


# --- Allow-lists -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["the clinic is at 415-555-0100", "call 415-555-0100 please", "415-555-0100"])
def test_an_allowed_value_is_no_other_kind_either(leaves: Any, said: str) -> None:
    """The clinic's own number stays, whichever detector would claim its digits."""
    policy = Policy.from_toml('[allow.PHONE]\nwords = ["415-555-0100"]')
    assert said.encode() in leaves({**BODY, "messages": [{"role": "user", "content": said}]}, policy)


def test_an_allowed_value_frees_nothing_around_it(leaves: Any) -> None:
    """Only what stands wholly inside it is free: a longer finding, and another value beside it, are masked."""
    policy = Policy.from_toml('[allow.PHONE]\nwords = ["415-555-0100"]\n[allow.NAME]\nwords = ["Grace"]')
    said = "the clinic is at 415-555-0100, mine is 415-555-0134; I am Grace Okonkwo, grace.okonkwo@example.org"
    out = leaves({**BODY, "messages": [{"role": "user", "content": said}]}, policy)
    assert b"415-555-0100" in out
    assert b"0134" not in out
    assert b"Okonkwo" not in out
    assert b"okonkwo" not in out
