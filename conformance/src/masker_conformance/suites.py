"""The classes to subclass in a test file. One test method a rule; the methods are made from the registry.

Nothing may be left out without a trace: a subclass that redefines a check, or anything else of ours than the few names
meant for it, is refused when its class is made; the pytest plugin refuses checks that were deleted, skipped or
marked as expected failures in code.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar, Final

import pytest

from masker import Detector
from masker_conformance.errors import OptOutError
from masker_conformance.fixtures import verify_manifest
from masker_conformance.rules import Rule, rules_for
from masker_conformance.runner import Outcome, check_expected, run_rule
from masker_conformance.subjects import (
    Rehydrator,
    RehydratorSubject,
    Subject,
    expected_failures,
    plugin_subject,
    subject_of,
)

__all__ = ["DetectorConformance", "RehydratorConformance", "subject_key"]

#: Where an item keeps the outcome for the terminal summary and the report.
OUTCOMES: Final[pytest.StashKey[dict[str, tuple[Subject | RehydratorSubject, list[Outcome]]]]] = pytest.StashKey()


def subject_key(cls: type) -> str:
    """Return the name under which a class's outcomes are collected."""
    return f"{cls.__module__}.{cls.__qualname__}"


class _Suite:
    """What both suites share: the guard against silent opt-outs, and the record of what was found."""

    #: The names that a subclass may set; everything else of ours is fixed.
    _free: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.__module__ == __name__:
            return
        allowed = {
            "__module__",
            "__qualname__",
            "__doc__",
            "__firstlineno__",
            "__static_attributes__",
            "__annotations__",
        }
        for name in vars(cls):
            if name in allowed or name in cls._free:
                continue
            if any(name in vars(base) for base in cls.__mro__[1:] if base is not object) or name in _MACHINERY:
                raise OptOutError(
                    f"{cls.__qualname__} redefines {name}; a check cannot be replaced. An accepted failure belongs "
                    f'into pyproject.toml: [tool.masker.conformance.expected_failures] "RULE:case" = "reason"'
                )


#: What would let a subclass slip out under a check without redefining it.
_MACHINERY: Final = frozenset(
    {"__getattribute__", "__getattr__", "pytestmark", "__test__", "__init_subclass__", "setup_method"}
)


def _judge(rule: Rule, subject: Subject | RehydratorSubject, request: pytest.FixtureRequest) -> None:
    """Run one rule and fail the test with every case that a must failed for."""
    outcome = run_rule(rule, subject)
    kept = request.config.stash.setdefault(OUTCOMES, {})
    _, outcomes = kept.setdefault(subject_key(request.cls), (subject, []))
    outcomes[:] = [each for each in outcomes if each.rule.id != rule.id] + [outcome]
    if outcome.failed:
        lines = [f"  {failure.case}: {failure.detail}" for failure in outcome.failed[:20]]
        if len(outcome.failed) > 20:
            lines.append(f"  ... and {len(outcome.failed) - 20} more")
        total = f"{len(outcome.failed)} of {outcome.cases} cases failed"
        remedy = outcome.failed[0].remedy
        pytest.fail(f"{rule.id} {rule.title} ({total})\n" + "\n".join(lines) + f"\nWhat to do: {remedy}", pytrace=False)
    if outcome.cases == 0:
        reason = outcome.skipped[0][1] if outcome.skipped else "no case applies"
        pytest.skip(f"{rule.id}: {reason}")


def _method(rule: Rule) -> Callable[..., None]:
    def check(_self: Any, subject: Subject | RehydratorSubject, request: pytest.FixtureRequest) -> None:
        _judge(rule, subject, request)

    check.__name__ = rule.test_name
    check.__qualname__ = rule.test_name
    check.__doc__ = f"{rule.id}: {rule.title}."
    check.__module__ = __name__
    return check


class DetectorConformance(_Suite):
    """Judge a detector: set ``plugin`` to an installed plugin's name, or define a fixture ``detector``.

    ```python
    class TestLoyalty(DetectorConformance):
        plugin = "acme-loyalty"
    ```

    With a fixture, ``examples`` may name the ``examples.json`` to judge with it; by default it is looked for beside the
    module of the detector's class. Expected failures stand in the pyproject of the project that the test file is in.
    """

    _free: ClassVar[frozenset[str]] = frozenset({"plugin", "detector", "examples"})

    plugin: ClassVar[str | None] = None
    examples: ClassVar[Path | str | None] = None

    @pytest.fixture
    def subject(self, request: pytest.FixtureRequest) -> Subject:
        """What is judged, with the expected failures of the project at hand."""
        verify_manifest()
        expected = expected_failures(Path(inspect.getfile(type(self))).parent)
        if self.plugin is not None:
            subject = plugin_subject(self.plugin)
            subject.expected = expected
        else:
            detector: Detector = request.getfixturevalue("detector")
            examples = Path(inspect.getfile(type(self))).parent / self.examples if self.examples else None
            subject = subject_of(detector, examples, expected)
        check_expected(subject)
        return subject


class RehydratorConformance(_Suite):
    """Judge a rehydrator: define ``make_rehydrator``.

    ```python
    class TestRehydrator(RehydratorConformance):
        def make_rehydrator(self, tokens, json):
            return MyRehydrator(tokens, escape=json)
    ```
    """

    _free: ClassVar[frozenset[str]] = frozenset({"make_rehydrator"})

    def make_rehydrator(self, tokens: Mapping[str, str], json: bool) -> Rehydrator:
        """Return a fresh rehydrator.

        Args:
            tokens: The live tokens, ``[NAME_1]``, and their values.
            json: Whether the text is that of a JSON document.
        """
        raise NotImplementedError(f"{type(self).__qualname__} must define make_rehydrator(self, tokens, json)")

    @pytest.fixture
    def subject(self) -> RehydratorSubject:
        """What is judged, with the expected failures of the project at hand."""
        verify_manifest()
        expected = expected_failures(Path(inspect.getfile(type(self))).parent)
        subject = RehydratorSubject(type(self).__qualname__, self.make_rehydrator, expected=expected)
        check_expected(subject)
        return subject


for _rule in rules_for("detector"):
    setattr(DetectorConformance, _rule.test_name, _method(_rule))
for _rule in rules_for("rehydrator"):
    setattr(RehydratorConformance, _rule.test_name, _method(_rule))
