"""The registry of rules: what each demands, how strongly, and the one function that checks it.

A check takes a subject and yields a `Verdict` for every case it tried. It never stops at the first failure and it
never raises for something the subject did wrong. Its docstring ends with "If this fails:" and a remedy, which the
report repeats.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Any, Final, TypeVar

import attrs

__all__ = ["RULES", "Level", "Rule", "Verdict", "failed", "passed", "rule", "rules_for", "skipped"]


class Level(StrEnum):
    """How strong a rule or a case is, as in RFC 2119."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"


@attrs.frozen
class Verdict:
    """The outcome of one case of one rule.

    Args:
        case: The case's id, unique within the rule.
        ok: Whether it passed; ``None`` when it was skipped.
        detail: What was expected and what came instead, or why the case was skipped. Fixture texts are invented, so
            they may be quoted here; the JSON report carries only ids and remedies.
        level: The case's own level, where it is weaker than its rule's.
    """

    case: str
    ok: bool | None
    detail: str = ""
    level: Level = Level.MUST


def passed(case: str, level: Level = Level.MUST) -> Verdict:
    """Return the verdict of a case that passed."""
    return Verdict(case, ok=True, level=level)


def failed(case: str, detail: str, level: Level = Level.MUST) -> Verdict:
    """Return the verdict of a case that failed."""
    return Verdict(case, ok=False, detail=detail, level=level)


def skipped(case: str, reason: str, level: Level = Level.MUST) -> Verdict:
    """Return the verdict of a case that was not tried."""
    return Verdict(case, ok=None, detail=reason, level=level)


Check = Callable[[Any], Iterator[Verdict]]
_C = TypeVar("_C", bound=Check)


@attrs.frozen
class Rule:
    """One numbered rule.

    Args:
        id: Letter of its chapter (C, D, P, T, R, S) and a number that is never reused.
        level: Its level; a case's own level can only weaken it.
        title: One line, as in the spec.
        since: Suite version that introduced it.
        check: Yields a verdict per case.
    """

    id: str
    level: Level
    title: str
    since: str
    check: Check = attrs.field(repr=False)

    @property
    def subject(self) -> str:
        """``detector`` or ``rehydrator``: what the rule judges."""
        return "rehydrator" if self.id[0] in "RS" else "detector"

    @property
    def remedy(self) -> str:
        """What the check's docstring says after "If this fails:", on one line."""
        _, _, remedy = (self.check.__doc__ or "").partition("If this fails:")
        return " ".join(remedy.split())

    @property
    def test_name(self) -> str:
        """The name of the rule's test method, such as ``test_c2_spans_in_range``."""
        return f"test_{self.check.__name__}"

    def weaker(self, level: Level) -> Level:
        """Return the weaker of the rule's level and a case's."""
        order = [Level.MUST, Level.SHOULD, Level.MAY]
        return max(self.level, level, key=order.index)


#: Every rule, by id, in the order of the spec.
RULES: Final[dict[str, Rule]] = {}

_NAME: Final = re.compile(r"[cdptrs]\d+_[a-z0-9_]+")


def rule(level: Level, title: str, since: str = "1.0") -> Callable[[_C], _C]:
    """Register a check; its function name starts with the rule's id in lower case (``c2_spans_in_range``)."""

    def register(check: _C) -> _C:
        name = check.__name__
        if not _NAME.fullmatch(name):
            raise ValueError(f"check {name} does not start with a rule id")
        made = Rule(name.partition("_")[0].upper(), level, title, since, check)
        if made.id in RULES:
            raise ValueError(f"rule {made.id} is registered twice")
        if not made.remedy:
            raise ValueError(f'the docstring of {name} lacks "If this fails: ..."')
        RULES[made.id] = made
        return check

    return register


def rules_for(subject: str) -> tuple[Rule, ...]:
    """Return the rules that judge a ``detector`` or a ``rehydrator``, in the order of the spec."""
    from masker_conformance import checks  # noqa: F401  # registers the rules

    return tuple(each for each in RULES.values() if each.subject == subject)
