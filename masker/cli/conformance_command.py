"""``masker conformance``: run the suite on installed plugins, with no test file at all."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from masker_conformance.runner import Failure, Result

__all__ = ["conformance"]

#: How many failed cases of a plugin are printed in full.
_SHOWN = 12


@click.command(short_help="Run the conformance suite on installed plugins.")
@click.argument("plugin_names", metavar="[PLUGIN]...", nargs=-1)
@click.option("--list", "list_only", is_flag=True, help="List the rules and the installed plugins, and judge nothing.")
@click.option(
    "--report",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write the report: JSON, JUnit for .xml, a Markdown table for .md.",
)
@click.option("--badge", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="Write an SVG badge.")
def conformance(plugin_names: tuple[str, ...], list_only: bool, report: Path | None, badge: Path | None) -> None:
    """Run the conformance suite on installed plugins; without a name on all of them and on masker's rehydrator.

    Exits with 1 when a must rule fails, and with 2 when nothing could be judged: an unknown plugin, one without
    detectors, a broken fixture.
    """
    try:
        from masker_conformance.errors import ConformanceError
    except ModuleNotFoundError:
        _refuse("the suite is not installed; pip install phi-masker-conformance")
    try:
        if list_only:
            _list()
            return
        results, rehydrators = _judge(plugin_names)
    except ConformanceError as error:
        _refuse(str(error))
    from masker_conformance.report import as_badge, write_report

    everyone = [*results, *rehydrators]
    try:
        if report is not None:
            write_report(report, results, rehydrators)
        if badge is not None:
            badge.write_text(as_badge(everyone), encoding="utf-8")
    except OSError as error:
        _refuse(f"{error.filename}: {error.strerror}")
    total = sum(result.cases for result in everyone)
    failed = sum(len(result.failures) for result in everyone)
    click.echo(f"{len(results)} plugins, {total} cases, {failed} failed")
    empty = [result.name for result in everyone if result.cases == 0]
    if not everyone or empty:
        _refuse(f"no case ran for {', '.join(empty) or 'anything'}")
    sys.exit(1 if failed else 0)


def _refuse(message: str) -> NoReturn:
    click.echo(f"masker conformance: {message}", err=True)
    sys.exit(2)


def _list() -> None:
    from masker_conformance.fixtures import SUITE_VERSION
    from masker_conformance.rules import rules_for
    from masker_conformance.subjects import installed_plugins

    click.echo(f"suite {SUITE_VERSION}")
    for subject in ("detector", "rehydrator"):
        for rule in rules_for(subject):
            click.echo(f"  {rule.id:<4} {rule.level:<7} {rule.title}")
    click.echo("installed plugins: " + (", ".join(installed_plugins()) or "none"))


def _judge(names: tuple[str, ...]) -> tuple[list[Result], list[Result]]:
    from masker_conformance.errors import SubjectError
    from masker_conformance.own import own_rehydrator
    from masker_conformance.runner import run
    from masker_conformance.subjects import detects, installed_plugins, plugin_subject

    wanted = names or tuple(name for name in installed_plugins() if detects(name))
    if not wanted:
        raise SubjectError("no plugin is installed; pip install 'phi-masker[all]', or name one")
    names_once = list(dict.fromkeys(wanted))
    for name in names_once:
        plugin_subject(name)  # an unknown or broken one stops the run before anything is judged
    results = []
    for result in _in_parallel(names_once):
        _print(result)
        results.append(result)
    rehydrators = []
    if not names:
        rehydrators.append(run(own_rehydrator()))
        _print(rehydrators[0])
    return results, rehydrators


def _in_parallel(names: list[str]) -> Iterator[Result]:
    """Yield the results in order, judged by as many processes as there are processors."""
    from masker_conformance.runner import run_plugin

    workers = min(len(names), os.cpu_count() or 1)
    if workers == 1:
        yield from map(run_plugin, names)
        return
    # Fresh processes: the parent may have threads, and a forked one would inherit their locks.
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        yield from pool.map(run_plugin, names)


def _print(result: Result) -> None:
    verdict = "certified" if result.certified else "FAILED"
    if result.certified and result.limits:
        verdict += f" ({', '.join(result.limits)})"
    version = f" {result.version}" if result.version else ""
    skipped = sum(len(outcome.skipped) for outcome in result.outcomes)
    expected = sum(len(outcome.expected) for outcome in result.outcomes)
    click.secho(f"{result.name}{version}: {verdict}", fg="green" if result.certified else "red", bold=True)
    click.echo(
        f"  {result.cases} cases, {result.passed} passed, {len(result.failures)} failed, "
        f"{len(result.warnings)} warnings, {skipped} skipped, {expected} expected failures"
    )
    _print_failures(result.failures, "must")
    _print_failures(result.warnings, "should")
    for outcome in result.outcomes:
        for case, reason in outcome.expected:
            click.echo(f"  expected {outcome.rule.id}:{case}: {reason}")


def _print_failures(failures: tuple[Failure, ...], word: str) -> None:
    told: set[str] = set()
    for failure in failures[:_SHOWN]:
        click.echo(f"  {word} {failure.rule}:{failure.case}: {failure.detail}")
        if failure.rule not in told and word == "must":
            told.add(failure.rule)
            click.echo(f"    what to do: {failure.remedy}")
    if len(failures) > _SHOWN:
        click.echo(f"  ... and {len(failures) - _SHOWN} more ({word})")
