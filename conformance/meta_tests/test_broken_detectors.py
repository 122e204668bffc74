"""For every detector rule, a detector that breaks it is caught, and the report names the rule."""

import contextlib
import functools
import logging
import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
import warnings
from pathlib import Path

import pytest
from masker_conformance.rules import RULES, Level, rules_for
from masker_conformance.runner import run

from masker import Span

from .reference import ReferenceDetector, detector_subject, outcome


class Named(ReferenceDetector):
    name = "Not Lower"


class Unregistered(ReferenceDetector):
    kinds = frozenset({"BADGE", "SECRET"})


class OutOfRange(ReferenceDetector):
    def detect(self, segment):
        return [Span(span.start, span.end + 500, "BADGE") for span in super().detect(segment)]


class ReadingOffsets(ReferenceDetector):
    """Forgets to map offsets back to the text."""

    def detect(self, segment):
        text = segment.reading.text
        return [
            Span(match.start("value") + 200, match.end("value") + 200, "BADGE")
            for match in self._announced.finditer(text)
        ]


class Empty(ReferenceDetector):
    def detect(self, segment):
        return [
            *super().detect(segment),
            *(Span(m.start(), m.start(), "BADGE") for m in re.finditer("badge", segment.text)),
        ]


class Undeclared(ReferenceDetector):
    def detect(self, segment):
        return [Span(span.start, span.end, "BADGEE") for span in super().detect(segment)]


class Overconfident(ReferenceDetector):
    def detect(self, segment):
        return [Span(span.start, span.end, "BADGE", 1.7) for span in super().detect(segment)]


class NotANumber(ReferenceDetector):
    def detect(self, segment):
        return [Span(span.start, span.end, "BADGE", float("nan")) for span in super().detect(segment)]


class Random(ReferenceDetector):
    def detect(self, segment):
        return [Span(span.start, span.end, "BADGE", random.random()) for span in super().detect(segment)]


class Remembers(ReferenceDetector):
    """Takes what it has seen once for a badge everywhere."""

    def __init__(self):
        self.seen = 0

    def detect(self, segment):
        self.seen += 1
        return [Span(span.start, span.end, "BADGE", 0.9 if self.seen < 30 else 0.8) for span in super().detect(segment)]


class SharesState(ReferenceDetector):
    """Keeps the segment at hand on itself while it works."""

    def detect(self, segment):
        self.current = segment
        time.sleep(0)
        for _ in range(300):
            pass
        return list(super().detect(self.current))


class RaisesOnSurrogates(ReferenceDetector):
    def detect(self, segment):
        segment.text.encode()
        return super().detect(segment)


class RaisesOnEmpty(ReferenceDetector):
    def detect(self, segment):
        segment.text[0]
        return super().detect(segment)


class Utf16Offsets(ReferenceDetector):
    """Counts UTF-16 units, as JavaScript does."""

    def detect(self, segment):
        for span in super().detect(segment):
            ahead = sum(ord(char) > 0xFFFF for char in segment.text[: span.start])
            yield Span(span.start + ahead, span.end + ahead, "BADGE")


class ByteOffsets(ReferenceDetector):
    def detect(self, segment):
        for span in super().detect(segment):
            start = len(segment.text[: span.start].encode("utf-8", "surrogatepass"))
            yield Span(start, start + len(span), "BADGE")


class Nothing(ReferenceDetector):
    def detect(self, segment):
        return ()


class Everything(ReferenceDetector):
    def detect(self, segment):
        return [Span(0, len(segment.text), "BADGE")] if segment.text else ()


class EveryDigitRun(ReferenceDetector):
    """Flags all that has digits, written or spoken, with the letters before it."""

    def detect(self, segment):
        reading = segment.reading
        return [
            Span(*reading.source(*match.span()), "BADGE")
            for match in re.finditer(r"(?:\b[a-z]{2}-?)?\d+", reading.text, re.IGNORECASE)
        ]


class EveryLongDigitRun(ReferenceDetector):
    def detect(self, segment):
        reading = segment.reading
        found = re.finditer(r"(?:\b[a-z]{2}-?)?\d{3,}", reading.text, re.IGNORECASE)
        return [Span(*reading.source(*match.span()), "BADGE") for match in found]


class HalfOfIt(ReferenceDetector):
    def detect(self, segment):
        return [Span(span.start, span.start + len(span) // 2, "BADGE") for span in super().detect(segment)]


class TwoKinds(ReferenceDetector):
    """Finds badges, under the name of another of its kinds."""

    kinds = frozenset({"BADGE", "LOCKER"})

    def detect(self, segment):
        return [Span(span.start, span.end, "LOCKER", 0.9) for span in super().detect(segment)]


class WholeSentence(ReferenceDetector):
    def detect(self, segment):
        return [Span(0, len(segment.text), "BADGE") for _ in super().detect(segment)]


class WithLabel(ReferenceDetector):
    """Takes a little of the label along."""

    def detect(self, segment):
        return [Span(max(0, span.start - 3), span.end, "BADGE") for span in super().detect(segment)]


class FirstPageOnly(ReferenceDetector):
    def detect(self, segment):
        return [span for span in super().detect(segment) if span.end < 1000]


class FromTheEnd(ReferenceDetector):
    """Counts from the last line."""

    def detect(self, segment):
        by = segment.text.rfind("\n") + 1
        return [Span(max(0, span.start - by), span.end - by, "BADGE") for span in super().detect(segment)]


class MasksTokens(ReferenceDetector):
    def detect(self, segment):
        tokens = re.finditer(r"\[[A-Z_]+_\d+\]", segment.text)
        return [*super().detect(segment), *(Span(*match.span(), "BADGE") for match in tokens)]


class KnowsByHeart(ReferenceDetector):
    """Finds the values of its examples, and no others."""

    def detect(self, segment):
        known = ("204417", "118820", "551920", "771204", "900417", "900418")
        return [
            span
            for span in super().detect(segment)
            if re.sub(r"\W", "", segment.text[span.start : span.end])[2:] in known
            or " " in segment.text[span.start : span.end]
        ]


class Logs(ReferenceDetector):
    def detect(self, segment):
        for span in super().detect(segment):
            logging.getLogger("plugin").debug("found %s", segment.text[span.start : span.end])
            yield span


class Prints(ReferenceDetector):
    def detect(self, segment):
        for span in super().detect(segment):
            print(segment.text[span.start : span.end])  # noqa: T201
            yield span


class WritesToStderr(ReferenceDetector):
    def detect(self, segment):
        for span in super().detect(segment):
            os.write(2, segment.text[span.start : span.end].encode("utf-8", "replace"))
            yield span


class Warns(ReferenceDetector):
    def detect(self, segment):
        for span in super().detect(segment):
            warnings.warn(f"odd badge {segment.text[span.start : span.end]}", stacklevel=1)
            yield span


class ShowsLast(ReferenceDetector):
    last = ""

    def detect(self, segment):
        for span in super().detect(segment):
            self.last = segment.text[span.start : span.end]
            yield span

    def __repr__(self):
        return f"ShowsLast({self.last})"


class TextInSpan(ReferenceDetector):
    """Returns spans that carry their text."""

    def detect(self, segment):
        class Telling(Span):
            pass

        for span in super().detect(segment):
            told = Telling(span.start, span.end, "BADGE", 0.9, segment.text[span.start : span.end])
            yield told


class QuotesInErrors(ReferenceDetector):
    def detect(self, segment):
        try:
            return super().detect(segment)
        except Exception as error:
            raise ValueError(f"cannot read {segment.text!r}") from error


class Connects(ReferenceDetector):
    def detect(self, segment):
        with contextlib.suppress(OSError):
            socket.create_connection(("192.0.2.1", 9), timeout=0.01).close()
        return super().detect(segment)


class RunsProcess(ReferenceDetector):
    def detect(self, segment):
        with contextlib.suppress(OSError):
            subprocess.run([sys.executable, "-c", ""], check=False)
        return super().detect(segment)


class WritesFile(ReferenceDetector):
    def detect(self, segment):
        with contextlib.suppress(OSError):
            Path(tempfile.gettempdir(), "masker-broken-detector.txt").write_text("x")
        return super().detect(segment)


class WritesFileInThread(ReferenceDetector):
    def detect(self, segment):
        def work():
            with contextlib.suppress(OSError):
                os.open(os.devnull, os.O_WRONLY | os.O_APPEND)

        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        return super().detect(segment)


class CachesText(ReferenceDetector):
    def __init__(self):
        self.cache = {}

    def detect(self, segment):
        return self.cache.setdefault(segment.text, list(super().detect(segment)))


@functools.lru_cache(maxsize=1000)
def _remembered(text):
    return text.count("badge")


class CachesInFunction(ReferenceDetector):
    def detect(self, segment):
        _remembered(segment.text)
        return super().detect(segment)


class LoopInLoop(ReferenceDetector):
    """Looks back over everything for every word."""

    def detect(self, segment):
        words = segment.text.split()
        for at in range(len(words)):
            for _ in words[:at]:
                pass
        return super().detect(segment)


class QuadraticPattern(ReferenceDetector):
    _slow = re.compile(r"\d+-?\d*x")

    def detect(self, segment):
        self._slow.search(segment.text)
        return super().detect(segment)


class ExponentialPattern(ReferenceDetector):
    _slow = re.compile(r"(?:\d+)+x")

    def detect(self, segment):
        self._slow.search(segment.text)
        return super().detect(segment)


BROKEN = [
    ("C1", Named),
    ("C1", Unregistered),
    ("C2", OutOfRange),
    ("C2", ReadingOffsets),
    ("C3", Empty),
    ("C4", Undeclared),
    ("C5", Overconfident),
    ("C5", NotANumber),
    ("C6", Random),
    ("C7", Remembers),
    ("C8", SharesState),
    ("C9", RaisesOnSurrogates),
    ("C9", RaisesOnEmpty),
    ("C10", Utf16Offsets),
    ("C10", ByteOffsets),
    ("D1", Nothing),
    ("D1", HalfOfIt),
    ("D2", Everything),
    ("D2", EveryDigitRun),
    ("D2", EveryLongDigitRun),
    ("D3", TwoKinds),
    ("D4", WholeSentence),
    ("D4", Everything),
    ("D5", WithLabel),
    ("D8", EveryDigitRun),
    ("D8", Everything),
    ("D9", FirstPageOnly),
    ("D9", FromTheEnd),
    ("D10", MasksTokens),
    ("D10", Everything),
    ("D11", KnowsByHeart),
    ("P1", Logs),
    ("P2", Prints),
    ("P2", WritesToStderr),
    ("P3", Warns),
    ("P4", ShowsLast),
    ("P4", TextInSpan),
    ("P5", QuotesInErrors),
    ("P6", Connects),
    ("P6", RunsProcess),
    ("P7", WritesFile),
    ("P7", WritesFileInThread),
    ("P8", CachesText),
    ("P8", CachesInFunction),
    ("T1", LoopInLoop),
    ("T2", QuadraticPattern),
    ("T2", ExponentialPattern),
]


@pytest.mark.parametrize(("rule_id", "broken"), BROKEN, ids=lambda value: getattr(value, "__name__", value))
def test_a_broken_detector_is_caught_by_name_of_its_rule(rule_id, broken):
    """The rule that a detector breaks fails (or warns, if it is a should), with its id and a remedy."""
    found = outcome(rule_id, detector_subject(broken()))
    bad = found.failed if RULES[rule_id].level is Level.MUST else found.warned
    assert bad
    assert {failure.rule for failure in bad} == {rule_id}
    assert all(failure.remedy for failure in bad)


def _few_examples(subject):
    return [case for number, case in enumerate(subject.own) if number % 4 == 0]


def _far_negatives(subject):
    far = [case for case in subject.own if case.id in {"own-n04", "own-n10"}]
    return [case for case in subject.own if case.positive] + far


EXAMPLE_BREAKS = [
    ("D6", _few_examples),
    ("D6", lambda subject: []),
    ("D6", lambda subject: [case for case in subject.own if case.form == "written"]),
    ("D6", lambda subject: [case for case in subject.own if case.positive]),
    ("D7", lambda subject: [case for case in subject.own if case.positive]),
    ("D7", _far_negatives),
]


@pytest.mark.parametrize(("rule_id", "chosen"), EXAMPLE_BREAKS)
def test_poor_examples_are_caught_by_name_of_their_rule(rule_id, chosen):
    """Too few examples, of one form or polarity only, or negatives far from everything fail the rule on examples."""
    subject = detector_subject()
    subject.own = tuple(chosen(subject))
    found = outcome(rule_id, subject)
    assert {failure.rule for failure in found.failed} == {rule_id}


def test_every_detector_rule_has_a_broken_detector():
    """No rule goes untested: each detector rule is broken by something above."""
    tested = {rule_id for rule_id, _ in BROKEN} | {rule_id for rule_id, _ in EXAMPLE_BREAKS}
    assert {rule.id for rule in rules_for("detector")} == tested


@pytest.mark.parametrize("broken", [Nothing, Everything, EveryDigitRun], ids=lambda broken: broken.__name__)
def test_the_three_lazy_detectors_fail_for_an_invented_kind(broken):
    """A detector that flags nothing, everything or every digit run is not certified, whatever its kind."""
    result = run(detector_subject(broken()))
    assert not result.certified
