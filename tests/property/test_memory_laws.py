"""Laws of memory: what an engine remembers of earlier requests changes nothing of what it does with the next one."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masker import Kind, PatternDetector, Rule, hookimpl
from masker.core.policy import Policy
from masker.host.engine import Engine
from masker.host.manager import create_plugin_host
from masker.wire.bodies import dump_body, parse_body

POLICY = Policy()
#: What is found, and what only the sweep can find once another message told it.
PIECES = st.sampled_from(
    [
        "my name is Sarah Chen", "Pedro Ruiz", "415-555-0123", "1982-03-14", "will may", "hello", "see you", "the",
        "sarah", "Chen's", "sarahchen", "sarah_chen", "ruiz", "s a r a h", "Will", "hi Will", "in may", "415 555 0123",
        "four one five five five five oh one two three", "(415) 555.0123", "415", "555", "0123", "March 14th, 1982",
        "3/14/1982", "14", "NAME_1", "[NAME_2]", "naïve", "sarah – chen", "C:\\new", "a\\b", "\n", '"quoted"', "\tsarah",
        "%53arah", "&eacute;", "\0", "{", "to", "sa rah", "50", "5 oh", "5o", "five0", "fi ve 0", "five, oh", "5\noh",
        "44713", "66913", "3.4471366913", "4471366913",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=4).map(" ".join)
#: Documents within strings, also cut off or written with escapes.
DOCUMENTS = st.one_of(
    TEXTS.map(lambda text: json.dumps({"note": text, "more": [text, 4155550123]})),
    TEXTS.map(lambda text: json.dumps({"sarah": "chen", "n": 3, "deep": json.dumps({"a": text})})),
    TEXTS.map(lambda text: json.dumps([text])[:-1]),
    TEXTS.map(lambda text: " " + json.dumps({"name": text}, ensure_ascii=False)),
)
CONTENTS = st.one_of(
    TEXTS, DOCUMENTS, st.lists(TEXTS.map(lambda text: {"type": "text", "text": text}), min_size=1, max_size=3)
)
NAMES = st.sampled_from(["look_up", "call_sarah_chen", "book"])
CALLS = st.tuples(NAMES, DOCUMENTS).map(
    lambda both: {
        "role": "assistant",
        "content": None,
        "tool_calls": [{"id": "call_1", "type": "function", "function": {"name": both[0], "arguments": both[1]}}],
    }
)
RESULTS = CONTENTS.map(lambda content: {"role": "tool", "tool_call_id": "call_1", "content": content})
SAID = st.tuples(st.sampled_from(["user", "assistant", "system"]), CONTENTS).map(
    lambda both: {"role": both[0], "content": both[1]}
)
MESSAGES = st.lists(st.one_of(SAID, CALLS, RESULTS), min_size=1, max_size=6)
HEADS = st.fixed_dictionaries(
    {},
    optional={
        "stop": st.lists(TEXTS, max_size=2),
        "user": st.just("caller-7"),
        "note": TEXTS,
        "tools": st.tuples(NAMES, TEXTS).map(
            lambda both: [{"type": "function", "function": {"name": both[0], "description": both[1]}}]
        ),
        "customer": st.sampled_from(
            [{"name": "Will May", "number": "+14155550123"}, {"mrn": "44713", "mrn2": "66913"}]
        ),
    },
)


MRN = Kind("MRN", "H", "record number")


class People:
    """A plugin that finds what is written in full."""

    @staticmethod
    @hookimpl
    def masker_register_kinds():
        return [Kind("NAME", "A", "name"), Kind("PHONE", "D", "phone number"), Kind("DATE", "C", "date"), MRN]

    @staticmethod
    @hookimpl
    def masker_register_detectors(settings):
        rules = [
            Rule("NAME", re.compile(r"\b(?:Sarah Chen|Pedro Ruiz|will may)\b")),
            Rule("PHONE", re.compile(r"\d{3}-\d{3}-\d{4}")),
            Rule("DATE", re.compile(r"\d{4}-\d\d-\d\d")),
            Rule("MRN", re.compile(r"\b50\b")),
        ]
        return [PatternDetector("people", rules)]


HOST = create_plugin_host(load_entrypoints=False, plugins={"people": People})


def masked(engine, head, messages, policy=POLICY):
    """Return what would leave, and what stands for what."""
    raw = json.dumps({"model": "m", **head, "messages": messages}).encode()
    call = engine.open(parse_body(raw), policy=policy, agent="a", request_id="r")
    for _ in call.steps():
        pass
    tokens = {name: (value.first, value.last) for name, value in call.vault.live.items()}
    return dump_body(call.body), tokens, call.report.by_detector, call.report.segments, call.report.characters


@settings(max_examples=300, deadline=None)
@given(HEADS, MESSAGES, MESSAGES, HEADS)
def test_an_engine_that_has_seen_a_conversation_masks_it_as_one_that_has_not(head, messages, more, other):
    """Whatever came before: the same call's earlier turns, another head, parts of it alone."""
    warm = Engine(HOST)
    masked(warm, other, messages)
    masked(warm, {}, more)
    masked(warm, head, messages)
    expected = masked(Engine(HOST), head, [*messages, *more])
    assert expected == masked(warm, head, [*messages, *more])
    assert expected == masked(warm, head, [*messages, *more])


def said(role, content):
    return {"role": role, "content": content}


@pytest.mark.parametrize("again", ["5 oh", "5o", "five0", "5 zero", "five, oh", "5-oh", "5\noh", "50"])
def test_what_repeats_a_piece_is_masked_however_often_it_is_seen(again):
    """The same request twice, and with a turn more: the assistant's words are known by then, and stay closed."""
    turns = [said("user", "50"), said("assistant", "Did it rain?"), said("user", "no"), said("assistant", f"I noted {again}.")]
    warm = Engine(HOST)
    for messages in (turns, turns, [*turns, said("user", "yes")]):
        body, *_ = masked(warm, {}, messages)
        assert f"I noted {again}".encode() not in body
        assert body == masked(Engine(HOST), {}, messages)[0]


def test_numbers_put_together_of_pieces_in_known_messages_are_masked():
    """Both pieces stand as values of the call's data in messages that are known and closed."""
    head = {"customer": {"mrn": "44713", "mrn2": "66913"}}
    turns = [said("user", "it has 44713 rows"), said("user", "66913"), said("system", "pi is 3.4471366913")]
    warm = Engine(HOST)
    for _ in range(3):
        assert b"4471366913" not in masked(warm, head, turns)[0]


def test_no_two_functions_become_one_though_one_of_them_stands_in_a_known_message():
    """Its message is known and closed by then; redacted names have no numbers of their own."""
    tool = {"type": "function", "function": {"name": "call_Sarah_Chen", "description": "calls Sarah Chen"}}
    call = {"id": "call_1", "type": "function", "function": {"name": "call_REDACTED_NAME", "arguments": "{}"}}
    turns = [said("user", "hello"), {"role": "assistant", "content": None, "tool_calls": [call]}]
    warm = Engine(HOST)
    for _ in range(3):
        body, *_ = masked(warm, {"tools": [tool]}, turns, policy=Policy.from_toml('[kinds.NAME]\naction = "redact"'))
        assert "call_REDACTED_NAME_2" == json.loads(body)["tools"][0]["function"]["name"]
