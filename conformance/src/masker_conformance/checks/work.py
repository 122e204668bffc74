"""Chapter T: twice the text, about twice the work.

Work is counted where it can be: T1 counts the lines of Python that run, which is exact and the same on every machine.
What a pattern does inside one call of the regular-expression engine cannot be counted from outside, so T2 takes the
processor time of the thread (other processes do not count) and asks for a ratio, not for a speed: the best of several
tries, with room for noise. A quadratic pattern fails every time all the same: its ratio is four.
"""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from functools import lru_cache
from types import FrameType
from typing import Any, Final

from masker import Segment
from masker_conformance.rules import Level, Verdict, failed, passed, rule
from masker_conformance.subjects import Subject

__all__ = ["adversarial", "count_steps", "growth"]

#: Texts that make careless patterns try again and again. Repeated to the length needed.
_UNITS: Final[dict[str, str]] = {
    "digits": "1",
    "digit-space": "1 ",
    "digit-dash": "1-",
    "groups": "415 555 ",
    "letters": "a",
    "capitals": "Ab ",
    "upper": "A",
    "dotted": "a.",
    "at": "a@",
    "spaces": " ",
    "newlines": "\n",
    "dashes": "-",
    "slashes": "1/",
    "colons": "a:",
    "brackets": "(",
    "codes": "A1-",
    "words": "the street of ",
    "spoken": "four one five ",
    "ordinals": "the third of may ",
    "spelled": "s a r ",
    "commas": "1, ",
    "fillers": "uh um ",
}

#: Counted lines may grow by this factor, and this much besides, when the text doubles.
_COUNT_RATIO: Final = 2.5
_COUNT_SLACK: Final = 400
#: Processor time may grow by this factor when the text doubles. Linear is 2, quadratic is 4.
_TIME_RATIO: Final = 3.0
#: Seconds below which a measurement says nothing.
_MEASURABLE: Final = 0.004
#: A text this short must not take this long: exponential patterns show early, and would never come back later.
_SHORT: Final = 64
_FOREVER: Final = 0.25


def adversarial(subject: Subject) -> Iterator[tuple[str, str]]:
    """Yield names and units to repeat: the general ones, then pieces of the plugin's own positives."""
    yield from _UNITS.items()
    positives = [case for case in subject.cases() if case.positive]
    step = max(1, len(positives) // 5)
    for case in positives[::step][:5]:
        mark = case.marks[0]
        text = case.segment.text
        value = text[mark.start : mark.end]
        yield f"values-of-{case.id}", value + " "
        yield f"half-values-of-{case.id}", value[: max(1, len(value) // 2)]
        yield f"cues-of-{case.id}", text[max(0, mark.start - 24) : mark.start] or value


def _text(unit: str, length: int) -> str:
    # What stands at the end makes the match fail after all: that is where backtracking begins.
    return (unit * (length // len(unit) + 1))[:length] + "\n!"


def count_steps(work: Callable[[], object]) -> int:
    """Return how many lines of Python and calls one run takes."""
    steps = 0

    def tracer(_frame: FrameType, _event: str, _arg: Any) -> Any:
        nonlocal steps
        steps += 1
        return tracer

    before = sys.gettrace()
    sys.settrace(tracer)
    try:
        work()
    except Exception:  # noqa: BLE001, S110  # C9 reports it
        pass
    finally:
        sys.settrace(before)
    return steps


@lru_cache(maxsize=400)
def _prepared(text: str) -> Segment:
    """Return a segment whose reading is made already: that is masker's work, not the detector's."""
    segment = Segment(text)
    _ = segment.reading
    return segment


@rule(Level.MUST, "Doubling a text at most about doubles the counted work")
def t1_counted_work(subject: Subject) -> Iterator[Verdict]:
    """Count the lines of Python that run for adversarial texts of 1,000, 2,000 and 4,000 characters.

    If this fails: look for a loop over the text inside a loop over the matches, and for slices or joins of all that
    came before.
    """
    for name, unit in adversarial(subject):
        small, large = _counted(subject, unit, 1000), _counted(subject, unit, 2000)
        if large > _COUNT_RATIO * small + _COUNT_SLACK:
            # What is quadratic goes on growing; what only begins late (a window, a limit) does not.
            huge = _counted(subject, unit, 4000)
            if huge > _COUNT_RATIO * large + _COUNT_SLACK:
                words = f"{small}, {large}, {huge} steps at 1,000, 2,000, 4,000 characters"
                yield failed(name, f"{words}; unit {unit[:20]!r}")
                continue
        yield passed(name)


def _counted(subject: Subject, unit: str, length: int) -> int:
    segment = _prepared(_text(unit, length))
    return count_steps(lambda: subject.detect(segment))


def _seconds(subject: Subject, text: str, tries: int = 1) -> float:
    segment = _prepared(text)
    best = float("inf")
    for _ in range(tries):
        begin = time.thread_time()
        with contextlib.suppress(Exception):  # C9 reports it
            subject.detect(segment)
        best = min(best, time.thread_time() - begin)
    return best


def growth(subject: Subject, unit: str) -> str | None:
    """Return how the work outgrows the text of repeated units, or ``None`` if it does not.

    The text grows from 16 characters, so that an exponential pattern is caught before it takes forever.
    """
    for length in (16, 20, 24, 28, 32, 48, _SHORT):
        if _seconds(subject, _text(unit, length)) > _FOREVER and _seconds(subject, _text(unit, length)) > _FOREVER:
            return f"over {_FOREVER} s for {length} characters"
    previous = _seconds(subject, _text(unit, 128))
    for length in (256, 512, 1024, 2048, 4096, 8192, 16384):
        seconds = _seconds(subject, _text(unit, length))
        if seconds > _MEASURABLE and seconds > _TIME_RATIO * previous:
            ratio = _ratio(subject, unit, length)
            # One step may be steep (a limit, a cache line); quadratic work is steep at every step.
            if ratio > _TIME_RATIO and _ratio(subject, unit, 2 * length) > _TIME_RATIO:
                return f"{ratio:.1f} times the time for {length} characters as for half of them"
        previous = seconds
    return None


def _ratio(subject: Subject, unit: str, length: int) -> float:
    """Return the smallest of three ratios between a text and half of it; the best of three tries each."""
    ratios = []
    for _ in range(3):
        half = _seconds(subject, _text(unit, length // 2), 3)
        whole = _seconds(subject, _text(unit, length), 3)
        ratios.append(whole / max(half, 1e-6))
        if ratios[-1] <= _TIME_RATIO:
            break
    return min(ratios)


@rule(Level.MUST, "Doubling a text at most about doubles the time inside patterns and libraries")
def t2_pattern_time(subject: Subject) -> Iterator[Verdict]:
    """Take the thread's processor time for adversarial texts up to 16,384 characters, doubling.

    If this fails: a pattern tries every start and from each runs to the end. Anchor it with a cheap first character,
    bound every repetition (``{1,40}``), use possessive or atomic groups, and never nest ``+`` in ``+``.
    """
    for name, unit in adversarial(subject):
        words = growth(subject, unit)
        yield failed(name, f"{words}; unit {unit[:20]!r}") if words else passed(name)
