"""Ours pass: every first-party plugin and masker's own rehydrator, through the command, as anybody would run it."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from masker_conformance.subjects import installed_plugins

ROOT = Path(__file__).parents[2]
FIRST_PARTY = sorted(
    path.parents[2].name.removeprefix("phi-masker-")
    for path in (ROOT / "plugins").glob("phi-masker-*/src/*/examples.json")
)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_every_first_party_plugin_is_certified(tmp_path):
    """One run over everything: exit code 0, each plugin and the rehydrator certified, hundreds of cases each."""
    assert set(FIRST_PARTY) <= set(installed_plugins())
    report = tmp_path / "report.json"
    command = "from masker.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", command, "conformance", "--report", str(report)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    loaded = json.loads(report.read_text("utf-8"))
    judged = {entry["name"]: entry for entry in [*loaded["plugins"], *loaded["rehydrators"]]}
    assert {*FIRST_PARTY, "rehydrator"} <= set(judged)
    for name in (*FIRST_PARTY, "rehydrator"):
        assert judged[name]["certified"]
        assert judged[name]["failed"] == []
        assert judged[name]["cases"] > 250


def test_the_readme_shows_every_plugin_as_certified():
    """The table that the suite wrote stands in the README, with a row for each plugin and the rehydrator."""
    table = (ROOT / "README.md").read_text("utf-8").partition("<!-- conformance -->")[2].partition("<!-- end -->")[0]
    rows = dict(re.findall(r"^\| ([a-z-]+) \| .* \| ([a-z ()-]+) \|$", table, re.MULTILINE))
    rows.pop("plugin", None)
    assert set(rows) == {*FIRST_PARTY, "rehydrator"}
    assert all(verdict.startswith("certified") for verdict in rows.values())
