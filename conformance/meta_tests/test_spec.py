"""The spec and the code say the same: every rule stands in docs/spec with its level, version and title, and no other."""

import re
from pathlib import Path

import pytest
from masker_conformance.rules import RULES, rules_for

SPEC = Path(__file__).parents[2] / "docs" / "spec"
rules_for("detector")


def _rows():
    for page in SPEC.glob("*.md"):
        for match in re.finditer(
            r"^\| ([CDPTRS]\d+) \| (\w+) \| ([\d.]+) \| (.+) \|$", page.read_text("utf-8"), re.MULTILINE
        ):
            yield page.stem, match.groups()


def test_the_spec_lists_every_rule():
    """Ids, levels, versions and titles are those of the registry."""
    listed = sorted(row for _, row in _rows())
    assert sorted((rule.id, str(rule.level), rule.since, rule.title) for rule in RULES.values()) == listed


def test_every_rule_is_explained():
    """Each rule has a paragraph of its own, or one of a range."""
    for rule in RULES.values():
        page = next(SPEC / f"{stem}.md" for stem, row in _rows() if row[0] == rule.id)
        bold = re.findall(r"^\*\*(.+?)\.?\*\*", page.read_text("utf-8"), re.MULTILINE)
        named = {rule_id for words in bold for rule_id in _expanded(words)}
        assert rule.id in named


def _expanded(words):
    ids = re.findall(r"[CDPTRS]\d+", words)
    if " to " in words and len(ids) == 2:
        return [f"{ids[0][0]}{number}" for number in range(int(ids[0][1:]), int(ids[1][1:]) + 1)]
    return ids


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_every_check_says_what_to_do(rule):
    """The docstring ends with a remedy that is more than a word."""
    assert len(rule.remedy) > 40
    assert rule.remedy.endswith(".")
