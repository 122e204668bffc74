"""What is found in a plain sentence is found whatever is said around it.

Every value with its cue, and every answer to a question, stands before and behind each of the phrases below, as a caller's words and in a tool's result. The
phrases hold what could pull a value's end or start into something else: units, single letters, counts, hesitations,
verbs and forms of drugs, small words that are also abbreviations.

``ahead.txt`` holds the third form: sentences in which the value of ``called.txt`` stands before its label, or further from
it than usual. (What they say of another number is nobody's business here.) ``second.txt`` holds sentences that name the
number once and give two.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from masker import Turn
from masker.core.policy import Policy
from masker.host.engine import Engine
from masker.host.manager import create_plugin_host
from tests.talk.test_talk import mistakes, unmarked

HERE = Path(__file__).parent
CUED = (HERE / "cued.txt").read_text(encoding="utf-8").splitlines()
ASKED = [line.split("\t") for line in (HERE / "asked.txt").read_text(encoding="utf-8").splitlines()]
#: What people say, and behind an empty line what stands beside a value in lists and notes.
SAID_BEHIND, NOTED_BEHIND = (
    block.splitlines() for block in (HERE / "behind.txt").read_text(encoding="utf-8").split("\n\n")
)
CALLED = [line.split("\t") for line in (HERE / "called.txt").read_text(encoding="utf-8").splitlines()]
SECOND = (HERE / "second.txt").read_text(encoding="utf-8").splitlines()
AHEAD = (HERE / "ahead.txt").read_text(encoding="utf-8").splitlines()
SAID_BEFORE, NOTED_BEFORE = (
    block.splitlines() for block in (HERE / "before.txt").read_text(encoding="utf-8").split("\n\n")
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(create_plugin_host())


def left(engine: Engine, lines: list[str], role: str, *questions: str) -> list[str]:
    """Return the lines of which something marked is left, each as a turn of its own behind the questions."""
    found = []
    asked = [Turn("assistant", question) for question in questions]
    for line in lines:
        text, wanted = unmarked(line)
        spans = engine.detect([*asked, Turn(role, text)], Policy())[-1]
        found += [text for error in mistakes(text, wanted, spans) if error.startswith("left")]
    return found


@pytest.mark.parametrize("role", ["user", "tool"])
@pytest.mark.parametrize("cued", CUED)
def test_what_follows_does_not_uncover_a_value(engine, cued, role):
    assert left(engine, [f"{cued} {phrase}" for phrase in SAID_BEHIND + NOTED_BEHIND], role) == []


@pytest.mark.parametrize("role", ["user", "tool"])
@pytest.mark.parametrize("cued", CUED)
def test_what_stands_before_does_not_uncover_a_value(engine, cued, role):
    assert left(engine, [f"{phrase} {cued}" for phrase in SAID_BEFORE + NOTED_BEFORE], role) == []


@pytest.mark.parametrize(("question", "answer"), ASKED)
def test_an_answer_is_found_whatever_is_said_around_it(engine, question, answer):
    lines = [f"{answer} {phrase}" for phrase in SAID_BEHIND] + [f"{phrase} {answer}" for phrase in SAID_BEFORE]
    assert left(engine, lines, "user", question) == []


@pytest.mark.parametrize("role", ["user", "tool"])
@pytest.mark.parametrize(("label", "value"), CALLED)
def test_a_value_is_found_wherever_its_sentence_names_it(engine, label, value, role):
    assert left(engine, [sentence.format(label=label, value=value) for sentence in AHEAD], role) == []


def another(value: str) -> str:
    """Return a marked value that looks like the given one: with another last digit."""
    *first, last = re.split(r"(?<=[ \d])(?=[\w]+⟧)", value)
    return "".join(first) + ("six⟧" if last[:-1].isalpha() else f"{(int(last[:-1]) + 3) % 10}⟧")


@pytest.mark.parametrize("role", ["user", "tool"])
@pytest.mark.parametrize(("label", "value"), CALLED)
def test_a_second_value_is_found_where_a_sentence_names_one_and_gives_two(engine, label, value, role):
    lines = [sentence.format(label=label, value=value, second=another(value)) for sentence in SECOND]
    assert left(engine, lines, role) == []
