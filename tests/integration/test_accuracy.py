"""The detectors keep what they have reached: the evaluation cases, through the installed command.

The bounds are a guard against regressions, a little wider than what was measured; `benchmarks/RESULTS.md` has the full
figures and says which cases were looked at while the detectors were written.
"""

from pathlib import Path

import pytest

from benchmarks.accuracy import evaluate, load_cases

pytestmark = pytest.mark.slow
CASES = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module")
def templated():
    return evaluate(load_cases(CASES / "cases"))


@pytest.fixture(scope="module")
def freeform():
    return evaluate(load_cases(CASES / "cases_freeform"))


@pytest.fixture(scope="module")
def by_hand():
    return evaluate(load_cases(CASES / "cases_by_hand"))


@pytest.fixture(scope="module")
def fresh():
    return evaluate(load_cases(CASES / "cases_fresh"))


@pytest.fixture(scope="module")
def everyday():
    return evaluate(load_cases(CASES / "cases_everyday"))


def test_there_are_enough_cases(templated, freeform, by_hand, fresh, everyday):
    """A guard over a handful of cases would guard nothing."""
    assert everyday.domains["all"].labelled > 4000
    assert fresh.domains["all"].labelled > 1300
    assert by_hand.domains["all"].labelled > 1300
    assert templated.domains["all"].labelled > 5000
    assert freeform.domains["all"].labelled > 400


def test_leaks_stay_rare(templated):
    """Identifiers with any character left readable, overall and in speech."""
    assert templated.domains["all"].leak_rate <= 0.025
    assert templated.domains["voice"].leak_rate <= 0.04


def test_harmless_text_stays_readable(templated):
    """False alarms on text full of traps, and precision elsewhere."""
    assert templated.domains["hard_negatives"].alarms_per_1000 <= 4
    assert templated.domains["all"].precision >= 0.98


def test_each_kind_is_called_by_its_name(templated):
    """An identifier that is masked as another kind reads oddly to the model."""
    assert templated.domains["all"].strict_f1 >= 0.945


def test_unplanned_speech_is_heard(freeform):
    """Cases written by hand, each different from the others."""
    assert freeform.domains["all"].leak_rate <= 0.03
    assert freeform.domains["all"].precision >= 0.93


def test_what_others_say_is_heard(by_hand):
    """A second set written by hand, by somebody else."""
    assert by_hand.domains["all"].leak_rate <= 0.045
    assert by_hand.domains["all"].precision >= 0.945


def test_the_hardest_set_is_heard(fresh):
    """A third set, whose people are called Rain and Comfort."""
    assert fresh.domains["all"].leak_rate <= 0.13
    assert fresh.domains["voice"].leak_rate <= 0.14
    assert fresh.domains["all"].precision >= 0.9


def test_an_ordinary_week_is_heard(everyday):
    """A fourth set, by four authors: templates, whole calls, records."""
    assert everyday.domains["all"].leak_rate <= 0.03
    assert everyday.domains["voice"].leak_rate <= 0.04
    assert everyday.domains["all"].precision >= 0.97
    assert everyday.domains["hard_negatives"].alarms_per_1000 <= 4
