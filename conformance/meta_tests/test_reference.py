"""The reference passes every rule, so that a failure of a broken copy is that break's doing."""

import pytest
from masker_conformance.own import own_rehydrator
from masker_conformance.rules import rules_for
from masker_conformance.runner import run_rule

from .reference import detector_subject, rehydrator_subject

SUBJECT = detector_subject()


@pytest.mark.parametrize("rule", rules_for("detector"), ids=lambda rule: rule.id)
def test_the_reference_detector_passes(rule):
    """Every rule runs cases on the reference detector, and none fails, not even a should."""
    found = run_rule(rule, SUBJECT)
    assert (found.failed, found.warned) == ((), ())
    assert found.cases > 0


@pytest.mark.parametrize("rule", rules_for("rehydrator"), ids=lambda rule: rule.id)
@pytest.mark.parametrize("subject", [rehydrator_subject(), own_rehydrator()], ids=["reference", "masker"])
def test_the_rehydrators_pass(rule, subject):
    """Every rule runs cases on the reference rehydrator and on masker's own, and none fails."""
    found = run_rule(rule, subject)
    assert (found.failed, found.warned) == ((), ())
    assert found.cases > 0
