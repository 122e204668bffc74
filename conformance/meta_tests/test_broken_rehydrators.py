"""For every rehydrator rule, a rehydrator that breaks it is caught, and the report names the rule."""

import re
from typing import ClassVar

import pytest
from masker_conformance import oracle
from masker_conformance.rules import rules_for

from .reference import ReferenceRehydrator, outcome, rehydrator_subject


class Forgets(ReferenceRehydrator):
    """Gives everything back as it came."""

    def feed(self, chunk):
        return chunk

    def flush(self):
        return ""


class ExactOnly(ReferenceRehydrator):
    """Knows a token in its own form only."""

    def feed(self, chunk):
        self.pending += chunk
        return ""

    def flush(self):
        text, self.pending = self.pending, ""
        return re.sub(r"\[[A-Z_]+_\d+\]", lambda match: self.tokens.get(match[0], match[0]), text)


class Eager(ReferenceRehydrator):
    """Takes ``name 1`` and ``phone_1`` for tokens too."""

    def feed(self, chunk):
        self.pending += chunk
        return ""

    def flush(self):
        text, self.pending = self.pending, ""
        for token, value in self.tokens.items():
            text = re.sub(token[1:-1].replace("_", "[ _-]"), lambda _, value=value: value, text, flags=re.IGNORECASE)
        return text


class RestoresKeys(ReferenceRehydrator):
    def flush(self):
        text, self.pending = self.pending, ""
        return oracle.rehydrate(text, self.tokens)


class Guesses(ReferenceRehydrator):
    """Gives an unknown token the first value of its kind, or any."""

    def __init__(self, tokens, json):
        first = next(iter(tokens.values()), "someone")
        super().__init__({**{f"[NAME_{number}]": first for number in range(1, 6)}, **tokens}, json)


class Unescaped(ReferenceRehydrator):
    def flush(self):
        text, self.pending = self.pending, ""
        return re.sub(r"\[[A-Z_]+_\d+\]", lambda match: self.tokens.get(match[0], match[0]), text)


class EscapesEverywhere(ReferenceRehydrator):
    def __init__(self, tokens, json):
        import json as json_

        super().__init__({token: json_.dumps(value)[1:-1] for token, value in tokens.items()}, json)


class ScansAgain(ReferenceRehydrator):
    def feed(self, chunk):
        out = super().feed(chunk)
        return oracle.rehydrate(out, self.tokens)


class SharedHeld(ReferenceRehydrator):
    """Keeps what is held on the class."""

    store: ClassVar = {"text": ""}

    def __init__(self, tokens, json):
        super().__init__(tokens, json)
        type(self).store = {"text": ""}

    @property
    def pending(self):
        return self.store["text"]

    @pending.setter
    def pending(self, text):
        self.store["text"] = text


class LosesLast(ReferenceRehydrator):
    """Loses the last character of a text that ends without a full stop."""

    def flush(self):
        return super().flush()[:-1]


class ChunkWise(ReferenceRehydrator):
    """Looks at each chunk by itself."""

    def feed(self, chunk):
        return oracle.rehydrate(chunk, self.tokens, in_json=self.json)

    def flush(self):
        return ""


class HoldsLines(ReferenceRehydrator):
    """Waits for the end of the line."""

    def feed(self, chunk):
        self.pending += chunk
        cut = self.pending.rfind("\n") + 1
        return self.take(cut) if not self.json else ""


class HoldsBrackets(ReferenceRehydrator):
    """Holds whatever an open bracket begins, live or not."""

    def feed(self, chunk):
        self.pending += chunk
        if self.json:
            return ""
        start = self.pending.rfind("[")
        if start >= 0 and "]" not in self.pending[start:]:
            return self.take(start)
        return super().feed("")


class DropsEmptyFeeds(ReferenceRehydrator):
    """Takes an empty feed for the end."""

    def feed(self, chunk):
        if not chunk:
            return self.flush()
        return super().feed(chunk)


class KeepsUnfinished(ReferenceRehydrator):
    """Drops a token that never ended."""

    def flush(self):
        if self.json:
            return super().flush()
        self.pending = ""
        return ""


class FlushesTwice(ReferenceRehydrator):
    def flush(self):
        if self.json:
            return super().flush()
        text = self.pending
        return oracle.rehydrate(text, self.tokens)


class RereadsAll(ReferenceRehydrator):
    """Looks at all that ever came for every chunk."""

    def __init__(self, tokens, json):
        super().__init__(tokens, json)
        self.all = []

    def feed(self, chunk):
        self.all.append(chunk)
        for _ in self.all:
            pass
        return super().feed(chunk)


BROKEN = [
    ("R1", Forgets),
    ("R2", ExactOnly),
    ("R3", Eager),
    ("R3", RestoresKeys),
    ("R4", Guesses),
    ("R5", Unescaped),
    ("R5", EscapesEverywhere),
    ("R6", ScansAgain),
    ("R7", SharedHeld),
    ("R8", LosesLast),
    ("R8", ChunkWise),
    ("S1", ChunkWise),
    ("S2", HoldsLines),
    ("S2", HoldsBrackets),
    ("S3", DropsEmptyFeeds),
    ("S4", KeepsUnfinished),
    ("S4", FlushesTwice),
    ("S5", HoldsLines),
    ("S5", RereadsAll),
]


@pytest.mark.parametrize(("rule_id", "broken"), BROKEN, ids=lambda value: getattr(value, "__name__", value))
def test_a_broken_rehydrator_is_caught_by_name_of_its_rule(rule_id, broken):
    """The rule that a rehydrator breaks fails, with its id and a remedy."""
    found = outcome(rule_id, rehydrator_subject(broken))
    assert found.failed
    assert {failure.rule for failure in found.failed} == {rule_id}
    assert all(failure.remedy for failure in found.failed)


def test_every_rehydrator_rule_has_a_broken_rehydrator():
    """No rule goes untested: each rehydrator rule is broken by something above."""
    assert {rule.id for rule in rules_for("rehydrator")} == {rule_id for rule_id, _ in BROKEN}
