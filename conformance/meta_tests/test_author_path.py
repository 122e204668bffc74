"""The author's path: ``masker plugins new``, and from there to a certified wheel in an empty environment."""

import json
import os
import re
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner
from masker_conformance.rules import rules_for
from masker_conformance.runner import run_rule
from masker_conformance.subjects import subject_of

from masker.cli.plugins_new import new

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _new(*arguments):
    return CliRunner().invoke(new, arguments)


@pytest.mark.parametrize(
    "name", ["Acme", "acme_loyalty", "-x", "x-", "9lives", "a--b", "../up", "a/b", "", "x" * 41, "phone"]
)
def test_bad_names_are_refused(folder, name):
    """A name that is no name, or is a first-party plugin's, writes nothing."""
    done = _new("--kind", "LOYALTY_CARD", "--", name)
    assert done.exit_code == 2
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("kind", ["loyalty", "LOYALTY CARD", "LOYALTY-CARD", "_X", "X_", "X1", "", "X" * 41])
def test_bad_kinds_are_refused(folder, kind):
    """A kind that cannot stand in a token writes nothing."""
    done = _new("acme", "--kind", kind)
    assert done.exit_code == 2
    assert list(folder.iterdir()) == []


def test_an_existing_folder_is_never_touched(folder):
    """What is there stays."""
    (folder / "acme").mkdir()
    (folder / "acme" / "mine.txt").write_text("mine")
    done = _new("acme", "--kind", "LOYALTY_CARD")
    assert done.exit_code == 1
    assert "exists already" in done.output
    assert [path.name for path in (folder / "acme").iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("acme-loyalty", "LOYALTY_CARD"), ("phi-masker-gym", "MEMBERSHIP"), ("acme-mrn", "MRN"), ("acme-tel", "PHONE")],
)
def test_a_new_project_is_green_at_once(folder, name, kind, monkeypatch):
    """Every must and should passes before a line is changed, for an invented kind and for a part of a known one."""
    done = _new(name, "--kind", kind)
    assert done.exit_code == 0, done.output
    module = f"masker_{name.removeprefix('phi-masker-').replace('-', '_')}"
    monkeypatch.syspath_prepend(str(folder / name / "src"))
    detector = __import__(f"{module}.detector", fromlist=["make_detector"]).make_detector()
    subject = subject_of(detector, folder / name / "src" / module / "examples.json")
    for rule in rules_for("detector"):
        found = run_rule(rule, subject)
        assert (found.failed, found.warned) == ((), ()), rule.id


def _run(*arguments, cwd=None, **environment):
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV", "PYTEST"))
    }
    done = subprocess.run(
        [str(argument) for argument in arguments],
        cwd=cwd,
        env=clean | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_from_nothing_to_a_certified_wheel(folder):
    """Generate, build, install beside phi-masker into an empty environment, list, certify, and mask through the proxy."""
    uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or shutil.which("uv")
    if uv is None:
        pytest.skip("uv is not installed; ./dev setup brings it")
    assert _new("acme-loyalty", "--kind", "LOYALTY_CARD").exit_code == 0
    wheels = folder / "wheels"
    for source in (ROOT, ROOT / "conformance", folder / "acme-loyalty"):
        _run(uv, "build", "--quiet", "--wheel", "--no-sources", "--out-dir", wheels, source)
    _run(uv, "venv", "--quiet", folder / "env")
    python = folder / "env" / "bin" / "python"
    built = {path.name.partition("-")[0]: path for path in wheels.glob("*.whl")}
    masker = f"phi-masker[proxy] @ {built['phi_masker'].as_uri()}"
    _run(
        uv,
        "pip",
        "install",
        "--quiet",
        "--python",
        python,
        masker,
        built["phi_masker_conformance"],
        built["phi_masker_acme_loyalty"],
    )
    command = folder / "env" / "bin" / "masker"

    listed = json.loads(_run(command, "plugins", "list", "--json", cwd=folder))
    assert [(one["name"], one["state"], list(one["kinds"])) for one in listed] == [
        ("acme-loyalty", "active", ["LOYALTY_CARD"])
    ]

    _run(command, "conformance", "acme-loyalty", "--report", "report.json", "--badge", "badge.svg", cwd=folder)
    entry = json.loads((folder / "report.json").read_text("utf-8"))["plugins"][0]
    assert (entry["name"], entry["certified"], entry["failed"], entry["warnings"]) == ("acme-loyalty", True, [], [])
    assert "suite " in (folder / "badge.svg").read_text("utf-8")

    output = _run(python, "-m", "pytest", "-p", "no:cacheprovider", cwd=folder / "acme-loyalty")
    assert "0 failed, 0 warnings; certified" in output

    example = json.loads((folder / "acme-loyalty/src/masker_acme_loyalty/examples.json").read_text("utf-8"))[
        "positive"
    ][0]
    said = re.sub(r"⟦[A-Z_]+:|⟧", "", example["text"])
    (folder / "policy.toml").write_text('required_kinds = ["LOYALTY_CARD"]')
    answer, seen = _ask_the_proxy(command, folder, said)
    assert "LOYALTY_CARD_1" in seen
    assert re.search(r"⟦[A-Z_]+:(.*?)⟧", example["text"])[1] in answer


def _ask_the_proxy(command, folder, said):
    """Start ``masker quickstart``, say one thing; return the caller's answer and what quickstart printed."""
    environment = dict(os.environ, MASKER_POLICY_PATH=str(folder / "policy.toml"), HOME=str(folder))
    server = subprocess.Popen(
        [command, "quickstart", "--bind", "127.0.0.1:0"],
        cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        line = next(line for line in server.stdout if line.startswith("curl "))
        url = re.search(r"http://\S+", line)[0]
        body = json.dumps({"model": "m", "messages": [{"role": "user", "content": said}]}).encode()
        request = urllib.request.Request(url, body, {"content-type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as reply:
            answer = json.load(reply)["choices"][0]["message"]["content"]
        server.terminate()
        return answer, server.stdout.read()
    finally:
        server.kill()
        server.wait()
        server.stdout.close()
