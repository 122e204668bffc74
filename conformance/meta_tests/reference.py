"""A detector and a rehydrator that pass, written plainly, to break in the tests of the suite."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from masker_conformance import oracle
from masker_conformance.fixtures import example_cases
from masker_conformance.rules import RULES, rules_for
from masker_conformance.runner import Outcome, run_rule
from masker_conformance.subjects import RehydratorSubject, Subject

from masker import Segment, Span

EXAMPLES = Path(__file__).parent / "reference_examples.json"

rules_for("detector")  # registers the rules


class ReferenceDetector:
    """Finds badges: two letters and six digits, right after the word, or where the key or the question names it."""

    name = "reference"
    kinds = frozenset({"BADGE"})
    _value = r"(?P<value>[a-z]{2}-?\d{6})(?![\w-])"
    _announced = re.compile(rf"\bbadge(?:[ \"':.]|\b(?:is|says|number|no)\b){{1,8}}{_value}", re.IGNORECASE)
    _alone = re.compile(rf"(?<![\w-]){_value}", re.IGNORECASE)
    _cue = re.compile(r"badge", re.IGNORECASE)

    def detect(self, segment: Segment) -> Iterable[Span]:
        """Return the badges."""
        reading = segment.reading
        named = [segment.key or "", segment.question.text if segment.question else ""]
        pattern = self._alone if any(map(self._cue.search, named)) else self._announced
        return [
            Span(*reading.source(match.start("value"), match.end("value")), "BADGE", 0.9, self.name)
            for match in pattern.finditer(reading.text)
        ]


class ReferenceRehydrator:
    """Holds the longest end that may become a token; in JSON, everything, which is allowed though not quick."""

    def __init__(self, tokens: Mapping[str, str], json: bool) -> None:
        self.tokens = dict(tokens)
        self.json = json
        self.pending = ""
        self.before = ""

    def feed(self, chunk: str) -> str:
        """Return what is certain."""
        self.pending += chunk
        if self.json:
            return ""
        text = self.pending
        for start in range(len(text) + 1):
            before = text[start - 1] if start else self.before
            if start == len(text) or oracle.held_is_live(text[start:], before, self.tokens):
                return self.take(start)
        return ""

    def take(self, length: int) -> str:
        """Give out so much of what is pending."""
        text, self.pending = self.pending[:length], self.pending[length:]
        if not text:
            return ""
        # Only whether a word goes on matters; the very character could complete a token with what follows.
        lead = "x" if self.before.isalnum() or self.before == "_" else " "
        out = oracle.rehydrate(lead + text, self.tokens)[1:]
        self.before = text[-1]
        return out

    def flush(self) -> str:
        """Return the rest."""
        if self.json:
            text, self.pending = self.pending, ""
            return oracle.rehydrate(text, self.tokens, in_json=True)
        return self.take(len(self.pending))


def detector_subject(detector: object | None = None, **changes: object) -> Subject:
    """Return a subject around a detector, with the reference's examples unless told otherwise."""
    made = detector if detector is not None else ReferenceDetector()
    subject = Subject("reference", (made,), frozenset({"BADGE"}), example_cases(EXAMPLES))
    for name, value in changes.items():
        setattr(subject, name, value)
    return subject


def rehydrator_subject(make: Callable[[Mapping[str, str], bool], object] = ReferenceRehydrator) -> RehydratorSubject:
    """Return a subject around a rehydrator."""
    return RehydratorSubject("reference", make)


def outcome(rule_id: str, subject: Subject | RehydratorSubject) -> Outcome:
    """Return what one rule says about a subject."""
    return run_rule(RULES[rule_id], subject)
