"""The pytest plugin: no check goes missing, and the run ends with what was certified.

Registered as ``pytest11``; it imports nothing of the suite until a test file does.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from masker_conformance.runner import Result

__all__: list[str] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--conformance-report FILE``."""
    group = parser.getgroup("masker conformance")
    group.addoption(
        "--conformance-report",
        metavar="FILE",
        default=None,
        help="write what the conformance classes found: JSON, JUnit for .xml, a Markdown table for .md",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Refuse a report from several processes: each would know a part and overwrite the others'."""
    if config.getoption("conformance_report") and config.getoption("numprocesses", None):
        raise pytest.UsageError("--conformance-report needs a single process; leave out -n")


def _suites() -> tuple[type, ...]:
    """Return the suite classes, if any test file has imported them."""
    module: Any = sys.modules.get("masker_conformance.suites")
    return (module.DetectorConformance, module.RehydratorConformance) if module else ()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse conformance classes whose checks were deleted or are excused by marks.

    Runs first, so that ``-k`` and ``--deselect`` may still choose what to run; a rule that did not run is named in the
    summary, and nothing is called certified then.
    """
    suites = _suites()
    seen: dict[type, set[str]] = {}
    for item in items:
        cls = getattr(item, "cls", None)
        if cls is None or not issubclass(cls, suites):
            continue
        name = getattr(item, "originalname", item.name)
        if not _is_ours(name, cls):
            continue
        seen.setdefault(cls, set()).add(name)
        for mark in item.iter_markers():
            if mark.name in {"skip", "skipif", "xfail"}:
                raise pytest.UsageError(
                    f"{item.nodeid} is marked {mark.name}; an accepted failure belongs into pyproject.toml: "
                    f'[tool.masker.conformance.expected_failures] "RULE:case" = "reason"'
                )
    for cls, names in seen.items():
        missing = sorted(_wanted(cls) - {name for name in dir(cls) if callable(getattr(cls, name, None))})
        if missing:
            raise pytest.UsageError(f"{cls.__qualname__}: the checks {', '.join(missing)} were deleted")
        replaced = sorted(name for name in names if getattr(cls, name).__module__ != "masker_conformance.suites")
        if replaced:
            raise pytest.UsageError(f"{cls.__qualname__}: the checks {', '.join(replaced)} were replaced")


def _wanted(cls: type) -> set[str]:
    from masker_conformance.rules import rules_for
    from masker_conformance.suites import DetectorConformance

    subject = "detector" if issubclass(cls, DetectorConformance) else "rehydrator"
    return {rule.test_name for rule in rules_for(subject)}


def _is_ours(name: str, cls: type) -> bool:
    return name in _wanted(cls)


def _results(config: pytest.Config) -> list[tuple[Result, list[str]]]:
    """Return what was found by class, with the rules that did not run."""
    module: Any = sys.modules.get("masker_conformance.suites")
    if module is None:
        return []
    from masker_conformance.rules import rules_for
    from masker_conformance.runner import result_of
    from masker_conformance.subjects import Subject

    found = []
    for subject, outcomes in config.stash.get(module.OUTCOMES, {}).values():
        wanted = rules_for("detector" if isinstance(subject, Subject) else "rehydrator")
        ran = {outcome.rule.id for outcome in outcomes}
        missing = [rule.id for rule in wanted if rule.id not in ran]
        ordered = sorted(outcomes, key=lambda outcome: [rule.id for rule in wanted].index(outcome.rule.id))
        found.append((result_of(subject, ordered), missing))
    return found


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the report, and fail a run in which a conformance class tried no case at all."""
    found = _results(session.config)
    target = session.config.getoption("conformance_report")
    if target:
        from masker_conformance.report import write_report

        plugins = [result for result, _ in found if result.kinds]
        write_report(Path(target), plugins, [result for result, _ in found if not result.kinds])
    if session.exitstatus == pytest.ExitCode.OK and any(not missing and result.cases == 0 for result, missing in found):
        session.exitstatus = pytest.ExitCode.NO_TESTS_COLLECTED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say for each class how many cases ran, and whether that certifies anything."""
    found = _results(config)
    if not found:
        return
    from masker_conformance.fixtures import SUITE_VERSION

    terminalreporter.section(f"masker conformance, suite {SUITE_VERSION}")
    for result, missing in found:
        line = f"{result.name}: {result.cases} cases, {result.passed} passed, {len(result.failures)} failed"
        line += f", {len(result.warnings)} warnings"
        if missing:
            line += f"; not certified: {', '.join(missing)} did not run"
        elif result.certified:
            line += "; certified" + (f" ({', '.join(result.limits)})" if result.limits else "")
        terminalreporter.line(line)
        for failure in result.warnings[:10]:
            terminalreporter.line(f"  should {failure.rule}:{failure.case}: {failure.detail[:160]}")
        for outcome in result.outcomes:
            for case, reason in outcome.expected:
                terminalreporter.line(f"  expected failure {outcome.rule.id}:{case}: {reason}")
