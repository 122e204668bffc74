"""What people say and type, line by line: everything marked is masked, and nothing else.

``lines.txt`` holds one text a line, ``turns.txt`` calls with an empty line between them, ``A:`` for the asking side and
``U:`` for the caller. ``machines.txt`` holds what programs say, one text a line, as a tool's result (``T:``), in a prompt
(``S:``) or quoted by somebody (``U:``). ``⟦KIND:value⟧`` marks what must be masked; ``\\n`` stands for a new line. Only that no letter or
digit of it is left and nothing else goes is compared here; the kinds are the evaluation's business. ``gaps.txt`` holds
lines that fail.
"""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from masker import Span, Turn
from masker.core.policy import Policy
from masker.host.engine import Engine
from masker.host.manager import create_plugin_host

HERE = Path(__file__).parent
MARK = re.compile(r"⟦[A-Z_]+:(.*?)⟧", re.DOTALL)
ROLES = {"A": "assistant", "U": "user", "S": "system", "T": "tool"}


def unmarked(line: str) -> tuple[str, set[int]]:
    """Return the text, and the places of its letters and digits that must be masked."""
    text, places, at = "", set(), 0
    for match in MARK.finditer(line):
        text += line[at : match.start()]
        places.update(range(len(text), len(text) + len(match[1])))
        text += match[1]
        at = match.end()
    text += line[at:]
    return text, {place for place in places if text[place].isalnum()}


def mistakes(text: str, wanted: set[int], spans: Sequence[Span]) -> list[str]:
    covered = {place for span in spans for place in range(span.start, span.end)}
    left = "".join(text[place] if place in wanted - covered else "·" for place in range(len(text)))
    found = [f"left readable: {left}"] if wanted - covered else []
    for span in spans:
        if wanted.isdisjoint(range(span.start, span.end)):
            found.append(f"masked for nothing: {text[span.start : span.end]!r} as {span.kind}")
    return found


def cases() -> list[list[tuple[str, str]]]:
    calls = (HERE / "turns.txt").read_text(encoding="utf-8").strip().split("\n\n")
    calls += (HERE / "machines.txt").read_text(encoding="utf-8").splitlines()
    return lines("lines.txt") + [[(ROLES[line[0]], line[3:]) for line in call.splitlines()] for call in calls]


def lines(name: str) -> list[list[tuple[str, str]]]:
    return [[("", line)] for line in (HERE / name).read_text(encoding="utf-8").splitlines() if line]


def gaps() -> list[object]:
    known = pytest.mark.xfail(strict=True, reason="a known gap; once it is closed, the line belongs into lines.txt")
    return [pytest.param(case, marks=known) for case in lines("gaps.txt")]


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(create_plugin_host())


@pytest.mark.parametrize("case", cases() + gaps(), ids=lambda case: MARK.sub(r"\1", case[0][1])[:40])
def test_all_that_is_marked_and_nothing_else(engine, case):
    turns = [(role or None, *unmarked(line.replace("\\n", "\n"))) for role, line in case]
    found = engine.detect([Turn(role, text) for role, text, _ in turns], Policy())
    errors = [
        error for (_, text, wanted), spans in zip(turns, found, strict=True) for error in mistakes(text, wanted, spans)
    ]
    assert not errors, "\n".join(errors)


def test_the_comparison_sees_leaks_and_false_alarms():
    """The judge itself: half a value, nothing, and a word too many."""
    text, wanted = unmarked("it's ⟦NAME:ann lee⟧ hello")
    assert text == "it's ann lee hello"
    assert mistakes(text, wanted, [Span(5, 12, "NAME", 0.9, "t")]) == []
    assert len(mistakes(text, wanted, [Span(5, 8, "NAME", 0.9, "t")])) == 1
    assert len(mistakes(text, wanted, [])) == 1
    assert len(mistakes(text, wanted, [Span(5, 12, "NAME", 0.9, "t"), Span(13, 18, "NAME", 0.9, "t")])) == 1
