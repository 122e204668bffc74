"""``masker conformance``: exit codes, reports, badge; never a green run that judged nothing."""

import json
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import attrs
import pytest
from click.testing import CliRunner
from masker_conformance import runner, subjects
from masker_conformance.errors import FixtureError, SubjectError
from masker_conformance.fixtures import SUITE_VERSION
from masker_conformance.report import as_badge, as_table, write_report
from masker_conformance.rules import RULES
from masker_conformance.runner import result_of, run_rule
from masker_conformance.subjects import installed_plugins, plugin_subject

from masker.cli.conformance_command import conformance

from .reference import EXAMPLES, ReferenceDetector, detector_subject

GOOD = """
from masker import Kind, hookimpl
from meta_tests.reference import ReferenceDetector

@hookimpl
def masker_register_kinds():
    return [Kind("BADGE")]

@hookimpl
def masker_register_detectors(settings):
    return [ReferenceDetector()]
"""


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Install a plugin into a folder on the path, the way pip would: a package and its dist-info."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent.parent))
    monkeypatch.syspath_prepend(str(tmp_path))

    def do(name, source, *, examples=None, entry=None):
        package = tmp_path / f"fake_{name}"
        package.mkdir()
        (package / "__init__.py").write_text(source)
        if examples is not None:
            (package / "examples.json").write_text(examples)
        info = tmp_path / f"fake_{name}-3.1.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: fake-{name}\nVersion: 3.1\n")
        (info / "entry_points.txt").write_text(f"[masker]\n{entry or name} = fake_{name}\n")
        plugin_subject.cache_clear()
        return package

    yield do
    plugin_subject.cache_clear()
    for name in [name for name in sys.modules if name.startswith("fake_")]:
        del sys.modules[name]


def _run(*arguments):
    return CliRunner().invoke(conformance, arguments)


def test_a_good_plugin_is_certified_and_reported(install, tmp_path, monkeypatch):
    """Exit code 0, a report of the promised shape, and a badge with the suite's version."""
    install("badges", GOOD, examples=EXAMPLES.read_text("utf-8"))
    report, badge = tmp_path / "report.json", tmp_path / "badge.svg"
    # Timing has tests of its own; here the shape of the report is at stake.
    monkeypatch.setattr(
        runner, "rules_for", lambda kind: [RULES[rule] for rule in ("C1", "C2", "D1", "D2", "D6", "P2")]
    )
    done = _run("badges", "--report", str(report), "--badge", str(badge))
    assert done.exit_code == 0, done.output
    loaded = json.loads(report.read_text("utf-8"))
    entry = loaded["plugins"][0]
    assert loaded["suite"] == SUITE_VERSION
    assert (entry["name"], entry["version"], entry["certified"]) == ("badges", "3.1", True)
    assert entry["cases"] == entry["passed"] > 50
    assert (entry["failed"], entry["skipped"], entry["expected_failures"]) == ([], [], [])
    assert f"suite {SUITE_VERSION}" in ET.fromstring(badge.read_text()).attrib["aria-label"]


def test_a_failing_plugin_exits_with_1(install, tmp_path, monkeypatch):
    """A failed must is exit code 1; the report names rule, case and remedy, and no text."""
    install(
        "nothing",
        GOOD.replace("ReferenceDetector()]", "Nothing()]")
        + ("class Nothing(ReferenceDetector):\n    def detect(self, segment):\n        return ()\n"),
        examples=EXAMPLES.read_text("utf-8"),
    )
    monkeypatch.setattr(runner, "rules_for", lambda kind: [RULES[rule] for rule in ("C1", "D1")])
    report = tmp_path / "report.json"
    done = _run("nothing", "--report", str(report))
    assert done.exit_code == 1
    failed = json.loads(report.read_text("utf-8"))["plugins"][0]["failed"]
    assert {entry["rule"] for entry in failed} == {"D1"}
    assert set(failed[0]) == {"rule", "case", "remedy"}
    assert "QA-204417" not in report.read_text("utf-8")


@pytest.mark.parametrize(
    ("source", "examples", "words"),
    [
        ("", None, "has no detectors"),
        (GOOD.replace("return [ReferenceDetector()]", "return []"), None, "has no detectors"),
        ("raise RuntimeError('no')", None, "does not load"),
        (GOOD.replace("return [ReferenceDetector()]", "raise OSError('no')"), None, "cannot be registered"),
        (GOOD, "{}", "examples.json"),
        (GOOD, "no json", "examples.json"),
        (GOOD, '{"positive": [{"text": "none", "form": "written"}], "negative": []}', "own-p01"),
        (GOOD, '{"positive": [], "negative": [{"text": "x", "form": "written"}]}', "'why' is a required"),
        (GOOD, '{"positive": [{"text": "⟦BADGE:1", "form": "written"}], "negative": []}', "own-p01"),
    ],
)
def test_what_cannot_be_judged_exits_with_2(install, source, examples, words):
    """No detectors, a failing import, broken examples: a clear error and exit code 2."""
    install("odd", source, examples=examples)
    done = _run("odd")
    assert done.exit_code == 2
    assert words in done.output


def test_an_unknown_plugin_exits_with_2():
    """The message names what is installed."""
    done = _run("no-such-plugin")
    assert done.exit_code == 2
    assert 'unknown plugin "no-such-plugin"; installed: ' in done.output


def test_two_plugins_of_one_name_are_refused(install):
    """Which of them would be certified?"""
    install("first", GOOD, entry="twice")
    install("second", GOOD, entry="twice")
    with pytest.raises(SubjectError, match="provided 2 times"):
        plugin_subject("twice")


def test_no_case_is_a_failure(install, monkeypatch):
    """A run in which no rule had a case is not green."""
    install("badges", GOOD, examples=EXAMPLES.read_text("utf-8"))
    monkeypatch.setattr(runner, "rules_for", lambda kind: [])
    done = _run("badges")
    assert done.exit_code == 2
    assert "no case ran" in done.output


def test_broken_fixtures_exit_with_2(install, monkeypatch):
    """Nothing is judged with fixtures that are not those of the suite."""

    def broken():
        raise FixtureError("SSN.json: at cases/0: no")

    install("badges", GOOD, examples=EXAMPLES.read_text("utf-8"))
    monkeypatch.setattr(runner, "verify_manifest", broken)
    done = _run("badges")
    assert done.exit_code == 2
    assert "SSN.json" in done.output


def test_without_plugins_the_whole_run_exits_with_2(monkeypatch):
    """An environment without plugins has nothing to certify."""
    monkeypatch.setattr(subjects, "installed_plugins", tuple)
    done = _run()
    assert done.exit_code == 2
    assert "no plugin is installed" in done.output


def test_list_shows_rules_and_plugins(install):
    """``--list`` judges nothing."""
    install("badges", GOOD)
    done = _run("--list")
    assert done.exit_code == 0
    assert "D1   must" in done.output
    assert "badges" in done.output
    assert "badges" in installed_plugins()


def test_an_unwritable_report_exits_with_2(install, tmp_path, monkeypatch):
    """A report that cannot be written is an error, not a silent success."""
    install("badges", GOOD, examples=EXAMPLES.read_text("utf-8"))
    monkeypatch.setattr(runner, "rules_for", lambda kind: [RULES["C1"]])
    done = _run("badges", "--report", str(tmp_path / "missing" / "report.json"))
    assert done.exit_code == 2


class WrittenOnly(ReferenceDetector):
    capabilities = frozenset({"written"})


class Part(ReferenceDetector):
    kinds = frozenset({"MRN"})
    scope = "acme-mrn"


def _result(detector, *rule_ids):
    subject = detector_subject(detector)
    return result_of(subject, [run_rule(RULES[rule_id], subject) for rule_id in rule_ids])


def test_what_is_not_claimed_is_skipped_and_told():
    """Skipped cases have a reason, and table and badge say what was not claimed."""
    result = _result(WrittenOnly(), "D1", "D2", "D6")
    reasons = {reason for outcome in result.outcomes for _, reason in outcome.skipped}
    assert any("spoken" in reason for reason in reasons)
    assert result.limits == ("not context", "not spoken")
    assert "certified (not context, not spoken)" in as_table([result])
    assert "not context, not spoken" in as_badge([result])


def test_a_scope_keeps_the_shared_negatives_and_is_told():
    """A detector of a part of a kind needs examples of its own, and the badge says of which part."""
    subject = detector_subject(Part())
    assert subject.invented == {"MRN"}
    assert not any(case.positive for case in subject.cases() if case.kind == "MRN")
    assert sum(case.kind == "MRN" for case in subject.cases()) >= 25
    assert "only acme-mrn" in as_badge([_result(Part(), "D2")])


def test_junit_counts_a_test_a_rule(tmp_path):
    """JUnit has a case a rule, a failure for each failed must, and is well-formed."""
    result = _result(ReferenceDetector(), "C1", "D1", "D6")
    failing = attrs.evolve(result, name="failing", outcomes=_result(WrittenOnly(), "C1").outcomes)
    path = tmp_path / "report.xml"
    write_report(path, [result, failing])
    suites = ET.parse(path).getroot().findall("testsuite")
    assert [(suite.attrib["name"], suite.attrib["tests"], suite.attrib["failures"]) for suite in suites] == [
        ("reference", "3", "0"),
        ("failing", "1", "0"),
    ]
