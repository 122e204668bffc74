"""The option ``--fuzz-minutes`` itself."""

from __future__ import annotations

from typing import Any

FUZZ = """
import time
from hypothesis import settings

def test_rounds(rounds, request):
    began, ends = time.monotonic(), []

    def one():
        time.sleep(0.01)
        ends.append(time.monotonic() - began)

    rounds(one)
    limit = request.node.get_closest_marker("timeout")
    print("rounds", len(ends), "for at least a second", ends[-1] > 1, "limit", limit and limit.args[0])
    assert not (limit and settings().derandomize)
"""


def told(pytester: Any, *options: str) -> str:
    """Return what a fuzz test tells of its rounds."""
    pytester.makepyfile(FUZZ)
    result = pytester.runpytest_subprocess("-p", "tests.fuzz.plugin", "-p", "no:xdist", "-s", *options)
    assert 0 == result.ret
    return next(line[line.index("rounds ") :] for line in result.outlines if "rounds " in line)


def test_a_fuzz_test_goes_on_for_as_long_as_was_asked(pytester: Any, monkeypatch: Any) -> None:
    """Round after round, each with other examples, also in CI; and the limit of its time leaves room for them."""
    monkeypatch.setenv("CI", "true")
    _, rounds, rest = told(pytester, "--fuzz-minutes", "0.02").split(" ", 2)
    assert int(rounds) > 3
    assert "for at least a second True limit 301.2" == rest


def test_a_fuzz_test_makes_one_round_when_nothing_was_asked(pytester: Any) -> None:
    """The suite is to be quick."""
    assert told(pytester).startswith("rounds 1 ")
