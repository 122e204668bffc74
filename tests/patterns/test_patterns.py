"""No pattern is super-linear: twice the text is about twice the work, for every pattern that masker and its plugins have.

A pattern holds the interpreter while it works, so one that takes its time stops every caller of its process, and no
timeout helps. The patterns are found by watching the compiler, so none can be forgotten; the texts are made from each.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from masker.core.policy import Policy
from masker.core.segments import Turn
from masker.host.engine import Engine, build_engine
from masker.host.settings import load_settings
from tests.patterns.pumps import pumps

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

COLLECT = Path(__file__).with_name("collect.py")
#: Characters at first. A quadratic pattern takes milliseconds for so many, a linear one some microseconds.
SHORT = 1500
#: Seconds for a short text from which on it is looked at more closely.
SUSPECT = 0.001
#: Seconds for a short text that no linear pattern ever takes.
HOPELESS = 0.03
#: How much more work twice the text may be. Linear is 2, quadratic is 4.
RATIO = 3.0
#: Words that every kind of value is announced with.
CUES = (
    "Patient name: Maribel Okonkwo, DOB: 03/14/1961, lives at 4821 Larkspur Lane, zip 62704, phone (415) 555-0134, email m at example dot org,"
    " ssn 219-09-9999, mrn 84739201, member id XQH847392015, account 000123456789, license D8374921, plate 8XYZ123, serial PJN847201S"
)
#: Milliseconds of masking for 1,000 characters that are more than any text may cost.
SLOW = 100
PARTS = 4


@pytest.fixture(scope="session")
def patterns() -> list[tuple[str, str, int, bool]]:
    done = subprocess.run([sys.executable, COLLECT], check=True, capture_output=True, text=True)
    return [tuple(one) for one in json.loads(done.stdout)]


@pytest.fixture(scope="session")
def engine() -> Engine:
    return build_engine(load_settings(environ={}))


def work(pattern: re.Pattern[str], text: str, anchored: bool) -> float:
    """Return the seconds of processor time that a pattern takes with a text, as it is used."""
    began = time.process_time()
    if anchored:
        pattern.match(text)
    else:
        for _ in pattern.finditer(text):
            pass
    return time.process_time() - began


def growth(pattern: re.Pattern[str], pump: tuple[str, str, str], anchored: bool) -> float:
    """Return by what the work grows when a text becomes twice as long; 0 where it is too little to say."""
    before, repeated, end = pump

    def once(length: int) -> float:
        return work(pattern, before + repeated * (length // len(repeated) + 1) + end, anchored)

    # Exponential ones would never come back from more, and cubic ones not soon.
    if any(once(length) > 0.005 and once(length) > 0.005 for length in (24, SHORT // 10)):
        return float("inf")
    short = once(SHORT)
    if short < SUSPECT:
        return 0.0
    if short > HOPELESS and once(SHORT) > HOPELESS:
        return float("inf")
    # The least of two is nearer to the work itself: whatever else the machine does only adds to it.
    small, large = (min(once(length), once(length)) for length in (2 * SHORT, 4 * SHORT))
    return large / small if large > SUSPECT else 0.0


def tiring(source: str, flags: int, anchored: bool) -> tuple[str, str, str] | None:
    """Return what makes a pattern super-linear, if anything does."""
    pattern = re.compile(source, flags)
    for pump in pumps(source, flags):
        # Once more, for what came between: a truly quadratic one is so every time.
        if growth(pattern, pump, anchored) > RATIO and growth(pattern, pump, anchored) > RATIO:
            return pump
    return None


def masking(engine: Engine, pump: tuple[str, str, str]) -> tuple[float, float]:
    """Return how the work of masking such a text grows when it becomes twice as long, and milliseconds for a KB."""
    before, repeated, end = pump

    def once(length: int) -> float:
        # The number keeps the cache from knowing the text; the words let it past the cheap looks before the costly ones.
        text = f"{time.monotonic_ns()} {CUES}\n{before}{repeated * (length // len(repeated) + 1)}{end}\n{CUES}"
        began = time.process_time()
        engine.detect([Turn("user", text)], Policy())
        return time.process_time() - began

    small, large = once(3 * SHORT), once(6 * SHORT)
    return large / small, 1000 * large / (6 * SHORT / 1000)


def test_a_quadratic_pattern_is_noticed() -> None:
    """The instrument first: the classical mistakes, and their linear cousins."""
    assert tiring(r"(?:a+)+b", 0, False)
    assert tiring(r"\d+x", 0, False)
    assert tiring(r"\s*,", 0, False)
    assert tiring(r"[a-z]+@[a-z]+\.[a-z]+", 0, False)
    assert tiring(r"^(?:\w+\s?)*$", 0, True)
    assert not tiring(r"(?<!\d)\d+x", 0, False)
    assert not tiring(r"\d{1,20}x", 0, False)
    assert not tiring(r"\d+x", 0, True)
    assert not tiring(r"\b\w+@", 0, False)


def test_patterns_are_found(patterns: list[tuple[str, str, int, bool]]) -> None:
    """In the core and in every plugin that has any."""
    modules = {where.partition(":")[0].partition(".")[0] for where, *_ in patterns}
    assert {"masker", "masker_name", "masker_address", "masker_date", "masker_phone", "masker_other_id"} <= modules
    assert len(patterns) > 450


@pytest.mark.parametrize("part", range(PARTS))
def test_twice_the_text_is_about_twice_the_work(
    engine: Engine, patterns: list[tuple[str, str, int, bool]], part: int
) -> None:
    """For every pattern and every text that is made to tire it.

    A pattern that is only ever asked about some characters in a row may be what it likes beyond them. So where one
    is super-linear by itself, masking the very text that tires it must not be.
    """
    wrong = []
    for where, *pattern in patterns[part::PARTS]:
        pump = tiring(*pattern)
        if pump is not None:
            times, cost = masking(engine, pump)
            if (times > RATIO and masking(engine, pump)[0] > RATIO) or cost > SLOW:
                wrong.append((where, pump, round(times, 1), round(cost, 1)))
    assert [] == wrong


@pytest.mark.parametrize(
    "unit",
    ["a", "A", "é", "1", "a1", "ab-", "Ab ", "a@a.", "4155550134 ", "http://a/", "&#65;", "%41", "\\u0041", "[NAME_1] ", "my name is ",
     "four ", "s a ", "Sarah Chen ", "\u200b", "```", "   ", "\t", "{", '{"a":', '["", ', "\n", "YWJj"],
    ids=ascii,
)  # fmt: skip
def test_masking_a_long_run_takes_linear_time(engine: Engine, unit: str) -> None:
    """Of anything: what one caller sends must not take the others' time."""
    times, cost = masking(engine, ("", unit, ""))
    assert times < RATIO or masking(engine, ("", unit, ""))[0] < RATIO
    assert cost < SLOW
