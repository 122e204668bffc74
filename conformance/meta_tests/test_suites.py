"""The classes and the pytest plugin: three lines run everything, and nothing is left out without a trace."""

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

HEAD = """
import pytest
from masker_conformance import DetectorConformance, RehydratorConformance
from meta_tests.reference import EXAMPLES, ReferenceDetector, ReferenceRehydrator
"""

GOOD = """
class TestReference(DetectorConformance):
    examples = EXAMPLES

    @pytest.fixture
    def detector(self):
        return ReferenceDetector()
"""


@pytest.fixture
def project(pytester, monkeypatch):
    """A folder in which to write a test file that sees the reference detector."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent.parent))
    pytester.makepyprojecttoml("[project]\nname = 'x'\n")

    def run(body, *arguments, pyproject=None):
        if pyproject:
            pytester.makepyprojecttoml(pyproject)
        pytester.makepyfile(test_it=HEAD + body)
        return pytester.runpytest_subprocess("-p", "no:randomly", "-p", "no:cacheprovider", *arguments)

    return run


def test_a_good_detector_is_certified(project):
    """A class with a detector fixture runs every rule and ends with the number of cases and the verdict."""
    result = project(GOOD, "--conformance-report=report.xml")
    assert result.ret == 0
    result.stdout.fnmatch_lines(["*reference: * cases, * passed, 0 failed, 0 warnings; certified"])
    assert "<testsuite " in Path("report.xml").read_text()


def test_a_partial_run_certifies_nothing(project):
    """Rules that were not chosen are named, and nothing is called certified."""
    result = project(GOOD, "-k", "c1_declaration")
    assert result.ret == 0
    result.stdout.fnmatch_lines(["*not certified: C2, * did not run"])


def test_a_report_from_several_processes_is_refused(project):
    """Each process would write its own part over the others'."""
    result = project(GOOD, "-n", "2", "--conformance-report=report.json")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*needs a single process*"])


def test_a_rehydrator_class_needs_one_method(project):
    """A class with `make_rehydrator` runs the rules on rehydrators."""
    body = """
class TestRehydrator(RehydratorConformance):
    def make_rehydrator(self, tokens, json):
        return ReferenceRehydrator(tokens, json)
"""
    result = project(body)
    assert result.ret == 0
    result.stdout.fnmatch_lines(["*0 failed*certified"])


REPLACED = """
class TestReference(DetectorConformance):
    plugin = "x"

    def test_d2_negatives_untouched(self):
        pass
"""
REMOVED = """
class TestReference(DetectorConformance):
    plugin = "x"
    test_d2_negatives_untouched = None
"""
OWN_SUBJECT = """
class TestReference(DetectorConformance):
    @pytest.fixture
    def subject(self):
        return None
"""
THROUGH_MIXIN = """
class Mixin:
    test_d2_negatives_untouched = None

class TestReference(Mixin, DetectorConformance):
    plugin = "x"
"""
CLASS_MARK = GOOD.replace("class Test", "@pytest.mark.skip(reason='later')\nclass Test")
XFAIL = (
    """
pytestmark = pytest.mark.xfail(strict=False)
"""
    + GOOD
)
DELETED = (
    """
del DetectorConformance.test_d2_negatives_untouched
"""
    + GOOD
)
PATCHED = (
    """
DetectorConformance.test_d2_negatives_untouched = lambda self: None
"""
    + GOOD
)


@pytest.mark.parametrize("body", [REPLACED, REMOVED, OWN_SUBJECT, THROUGH_MIXIN, CLASS_MARK, XFAIL, DELETED, PATCHED])
def test_an_opt_out_in_code_is_refused(project, body):
    """A check that is replaced, removed, skipped, deleted or patched stops the run before it can look green."""
    result = project(body)
    assert result.ret not in (0, pytest.ExitCode.TESTS_FAILED)
    output = result.stdout.str() + result.stderr.str()
    assert "expected_failures" in output or "deleted" in output or "replaced" in output


def _pyproject(entry):
    return f"[project]\nname = 'x'\n[tool.masker.conformance.expected_failures]\n{entry}\n"


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ('"D1:own-p01" = ""', "*has no reason*"),
        ('"D1:own-p01" = 1', "*has no reason*"),
        ('"D1" = "all of it"', "*must name one case*"),
        ('"Z9:own-p01" = "why"', "*names no rule*"),
        ('"D1:own-p01" = "it used to fail"', "*own-p01*unexpected pass*"),
        ('"D1:own-p99" = "gone"', "*own-p99*unknown case*"),
    ],
)
def test_a_bad_expected_failure_fails(project, entry, words):
    """No reason, a whole rule, an unknown rule or case, and a case that passes by now: none goes through."""
    result = project(GOOD, "-k", "d1_positives", pyproject=_pyproject(entry))
    assert result.ret != 0
    result.stdout.fnmatch_lines([words])


def test_an_expected_failure_shows_in_the_summary(project):
    """A known failure with a reason passes, and is told."""
    body = GOOD.replace("ReferenceDetector()", "Careless()").replace(
        "class Test",
        """
class Careless(ReferenceDetector):
    def detect(self, segment):
        return [span for span in super().detect(segment) if "gate" not in segment.text]

class Test""",
    )
    entry = '"D1:own-p02" = "gates come with version 2"\n"D3:own-p02" = "x"'
    result = project(body, "-k", "d1_positives", pyproject=_pyproject(entry.splitlines()[0]))
    assert result.ret == 0
    result.stdout.fnmatch_lines(["*expected failure D1:own-p02: gates come with version 2"])


def test_a_failure_names_case_and_remedy(project):
    """A failing rule shows its number, the case, what was seen and what to do."""
    body = GOOD.replace("ReferenceDetector()", "Nothing()").replace(
        "class Test",
        "class Nothing(ReferenceDetector):\n    def detect(self, segment):\n        return ()\n\nclass Test",
    )
    result = project(body, "-k", "d1_positives")
    assert result.ret == 1
    result.stdout.fnmatch_lines(["*D1 Every marked value*", "*own-p01: not found*", "*What to do: *"])
