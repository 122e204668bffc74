"""Run rules on a subject and sort the verdicts: passed, failed, warned, skipped, expected.

Both ways in, the pytest classes and the command, come through `run_rule`, so they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs

from masker_conformance.errors import ConformanceError, OptOutError
from masker_conformance.fixtures import verify_manifest
from masker_conformance.rules import Level, Rule, Verdict, rules_for
from masker_conformance.subjects import CAPABILITIES, RehydratorSubject, Subject, plugin_subject

__all__ = ["Failure", "Outcome", "Result", "run", "run_plugin", "run_rule"]


@attrs.frozen
class Failure:
    """One case that failed: the rule, the case, what to do, and what was seen (never in the JSON report)."""

    rule: str
    case: str
    remedy: str
    detail: str = ""


@attrs.frozen
class Outcome:
    """What one rule had to say about one subject."""

    rule: Rule
    passed: tuple[str, ...] = ()
    failed: tuple[Failure, ...] = ()
    warned: tuple[Failure, ...] = ()
    skipped: tuple[tuple[str, str], ...] = ()
    expected: tuple[tuple[str, str], ...] = ()

    @property
    def cases(self) -> int:
        """How many cases ran; the skipped ones did not."""
        return len(self.passed) + len(self.failed) + len(self.warned) + len(self.expected)


@attrs.frozen
class Result:
    """All outcomes of one subject."""

    name: str
    distribution: str
    version: str
    kinds: tuple[str, ...]
    capabilities: tuple[str, ...]
    scopes: tuple[str, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def cases(self) -> int:
        """How many cases ran."""
        return sum(outcome.cases for outcome in self.outcomes)

    @property
    def passed(self) -> int:
        """How many of them passed."""
        return sum(len(outcome.passed) for outcome in self.outcomes)

    @property
    def failures(self) -> tuple[Failure, ...]:
        """Every failed case of a must rule, and every expected failure that passed or does not exist."""
        return tuple(failure for outcome in self.outcomes for failure in outcome.failed)

    @property
    def warnings(self) -> tuple[Failure, ...]:
        """Every failed case of a should or may rule."""
        return tuple(failure for outcome in self.outcomes for failure in outcome.warned)

    @property
    def limits(self) -> tuple[str, ...]:
        """What the detectors do not claim to be able to do; a certificate says so."""
        if not self.capabilities:
            return ()
        lacking = sorted(f"not {each}" for each in CAPABILITIES - set(self.capabilities))
        return (*lacking, *(f"only {scope}" for scope in self.scopes))

    @property
    def certified(self) -> bool:
        """Whether cases ran and no must failed."""
        return self.cases > 0 and not self.failures


def run_rule(rule: Rule, subject: Subject | RehydratorSubject) -> Outcome:
    """Return one rule's outcome. A check that breaks on a subject has found something: it counts as a failure."""
    verdicts: list[Verdict] = []
    try:
        verdicts.extend(rule.check(subject))
    except ConformanceError:
        raise
    except Exception as error:  # noqa: BLE001  # the subject did something that no check foresaw
        verdicts.append(Verdict("run", ok=False, detail=f"the check ended with {type(error).__name__}: {error}"))
    return _sorted(rule, _each_once(verdicts), subject.expected)


def _each_once(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Return one verdict per case; a failure outweighs a pass under the same id."""
    kept: dict[str, Verdict] = {}
    for verdict in verdicts:
        if verdict.case not in kept or verdict.ok is False:
            kept[verdict.case] = verdict
    return list(kept.values())


def _sorted(rule: Rule, verdicts: Sequence[Verdict], expected: Mapping[str, str]) -> Outcome:
    passed: list[str] = []
    failed: list[Failure] = []
    warned: list[Failure] = []
    skipped: list[tuple[str, str]] = []
    excused: list[tuple[str, str]] = []
    awaited = {key.partition(":")[2]: reason for key, reason in expected.items() if key.partition(":")[0] == rule.id}
    for verdict in verdicts:
        reason = awaited.pop(verdict.case, None)
        if verdict.ok is None:
            skipped.append((verdict.case, verdict.detail))
        elif verdict.ok and reason is not None:
            words = "passes by now: take it out of expected_failures in pyproject.toml"
            failed.append(Failure(rule.id, verdict.case, words, "unexpected pass"))
        elif verdict.ok:
            passed.append(verdict.case)
        elif reason is not None:
            excused.append((verdict.case, reason))
        else:
            kept = failed if rule.weaker(verdict.level) is Level.MUST else warned
            kept.append(Failure(rule.id, verdict.case, rule.remedy, verdict.detail))
    for case in awaited:
        words = "there is no such case: take it out of expected_failures in pyproject.toml"
        failed.append(Failure(rule.id, case, words, "expected failure of an unknown case"))
    return Outcome(rule, tuple(passed), tuple(failed), tuple(warned), tuple(skipped), tuple(excused))


def run(subject: Subject | RehydratorSubject) -> Result:
    """Run every rule for a subject.

    Raises:
        FixtureError: The fixtures are not those of this suite version.
        OptOutError: An expected failure names no rule.
    """
    verify_manifest()
    rules = rules_for("detector" if isinstance(subject, Subject) else "rehydrator")
    check_expected(subject)
    return result_of(subject, [run_rule(rule, subject) for rule in rules])


def run_plugin(name: str) -> Result:
    """Run every rule for an installed plugin; a function of a name, so that another process can do it.

    Raises:
        SubjectError: There is nothing to judge under that name.
        FixtureError: The fixtures or its examples are broken.
        OptOutError: Its expected failures are broken.
    """
    return run(plugin_subject(name))


def check_expected(subject: Subject | RehydratorSubject) -> None:
    """Refuse expected failures of rules that do not exist.

    Raises:
        OptOutError: One of them does.
    """
    known = {rule.id for kind in ("detector", "rehydrator") for rule in rules_for(kind)}
    for key in subject.expected:
        if key.partition(":")[0] not in known:
            raise OptOutError(f'expected failure "{key}" names no rule; rules: {", ".join(sorted(known))}')


def result_of(subject: Subject | RehydratorSubject, outcomes: Iterable[Outcome]) -> Result:
    """Return the outcomes with what the report says about their subject."""
    judged = subject if isinstance(subject, Subject) else None
    return Result(
        name=subject.name,
        distribution=subject.distribution,
        version=subject.version,
        kinds=tuple(sorted(judged.kinds)) if judged else (),
        capabilities=tuple(sorted(judged.capabilities)) if judged else (),
        scopes=tuple(sorted(set(judged.scopes.values()))) if judged else (),
        outcomes=tuple(outcomes),
    )
