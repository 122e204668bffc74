"""What a run leaves behind: the JSON report, JUnit XML, a badge, and the table for a README.

The JSON report carries ids, counts and remedies, no text.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from masker_conformance.fixtures import SUITE_VERSION
from masker_conformance.runner import Failure, Result

__all__ = ["as_badge", "as_dict", "as_junit", "as_table", "write_report"]


def _failure(failure: Failure) -> dict[str, str]:
    return {"rule": failure.rule, "case": failure.case, "remedy": failure.remedy}


def _entry(result: Result) -> dict[str, Any]:
    return {
        "name": result.name,
        "distribution": result.distribution,
        "version": result.version,
        "kinds": list(result.kinds),
        "capabilities": list(result.capabilities),
        "limits": list(result.limits),
        "certified": result.certified,
        "cases": result.cases,
        "passed": result.passed,
        "failed": [_failure(failure) for failure in result.failures],
        "warnings": [_failure(failure) for failure in result.warnings],
        "skipped": [
            {"rule": outcome.rule.id, "case": case, "reason": reason}
            for outcome in result.outcomes
            for case, reason in outcome.skipped
        ],
        "expected_failures": [
            {"rule": outcome.rule.id, "case": case, "reason": reason}
            for outcome in result.outcomes
            for case, reason in outcome.expected
        ],
        "rules": {
            outcome.rule.id: {
                "level": str(outcome.rule.level),
                "cases": outcome.cases,
                "failed": len(outcome.failed) + len(outcome.warned),
            }
            for outcome in result.outcomes
        },
    }


def as_dict(results: Sequence[Result], rehydrators: Sequence[Result] = ()) -> dict[str, Any]:
    """Return the report: one entry a plugin, and one a rehydrator where any was judged."""
    report: dict[str, Any] = {"plugins": [_entry(result) for result in results], "suite": SUITE_VERSION}
    if rehydrators:
        report["rehydrators"] = [_entry(result) for result in rehydrators]
    return report


def as_junit(results: Sequence[Result]) -> str:
    """Return the report as JUnit XML: a test suite a plugin, a test case a rule."""
    root = ET.Element("testsuites", name=f"masker conformance {SUITE_VERSION}")
    for result in results:
        suite = ET.SubElement(
            root,
            "testsuite",
            name=result.name,
            tests=str(len(result.outcomes)),
            failures=str(sum(bool(outcome.failed) for outcome in result.outcomes)),
            skipped=str(sum(outcome.cases == 0 for outcome in result.outcomes)),
            errors="0",
        )
        for outcome in result.outcomes:
            case = ET.SubElement(
                suite, "testcase", classname=result.name, name=f"{outcome.rule.id} {outcome.rule.title}"
            )
            if outcome.failed:
                ids = ", ".join(failure.case for failure in outcome.failed)
                ET.SubElement(case, "failure", message=f"{outcome.rule.id}: {ids}").text = outcome.failed[0].remedy
            elif outcome.cases == 0:
                ET.SubElement(case, "skipped", message="no case applies")
            if outcome.warned:
                ET.SubElement(case, "system-out").text = "\n".join(
                    f"{failure.rule} ({outcome.rule.level}) {failure.case}" for failure in outcome.warned
                )
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def as_badge(results: Sequence[Result]) -> str:
    """Return an SVG badge: certified with the suite's version, with its limits, or failing."""
    failing = [result for result in results if not result.certified]
    limits = sorted({limit for result in results for limit in result.limits})
    excused = sum(len(outcome.expected) for result in results for outcome in result.outcomes)
    if failing or not results:
        words, colour = "failing", "#c62828"
    else:
        notes = [*limits, *([f"{excused} expected failures"] if excused else [])]
        words = f"suite {SUITE_VERSION}" + (f" ({', '.join(notes)})" if notes else "")
        colour = "#f9a825" if notes else "#2e7d32"
    left, right = 124, 16 + 7 * len(words)
    label = "masker conformance"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img" '
        f'aria-label="{label}: {escape(words)}">\n'
        f"<title>{label}: {escape(words)}</title>\n"
        f'<rect width="{left}" height="20" fill="#555"/>\n'
        f'<rect x="{left}" width="{right}" height="20" fill="{colour}"/>\n'
        f'<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">\n'
        f'<text x="{left // 2}" y="14">{label}</text><text x="{left + right // 2}" y="14">{escape(words)}</text>\n'
        f"</g></svg>\n"
    )


def as_table(results: Sequence[Result]) -> str:
    """Return a Markdown table, one row a subject: the one in the README."""
    rows = [
        "| plugin | version | kinds | cases | passed | must failed | should open | verdict |",
        "|---|---|---|---:|---:|---:|---:|---|",
    ]
    for result in results:
        verdict = "certified" if result.certified else "failing"
        if result.certified and result.limits:
            verdict += f" ({', '.join(result.limits)})"
        kinds = ", ".join(result.kinds) or "-"
        rows.append(
            f"| {result.name} | {result.version or '-'} | {kinds} | {result.cases} | {result.passed} "
            f"| {len(result.failures)} | {len(result.warnings)} | {verdict} |"
        )
    return "\n".join(rows) + "\n"


def write_report(path: Path, results: Sequence[Result], rehydrators: Sequence[Result] = ()) -> None:
    """Write the report: JUnit for ``.xml``, a Markdown table for ``.md``, JSON for any other name."""
    everyone = [*results, *rehydrators]
    if path.suffix == ".xml":
        text = as_junit(everyone)
    elif path.suffix == ".md":
        text = as_table(everyone)
    else:
        text = json.dumps(as_dict(results, rehydrators), indent=1, ensure_ascii=False) + "\n"
    path.write_text(text, encoding="utf-8")
