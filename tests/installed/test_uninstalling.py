"""Each plugin's distribution is taken away in turn; without it the others find theirs."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from pathlib import Path

import attrs
import pytest

from benchmarks.installation import build

pytestmark = pytest.mark.timeout(300)

#: What each distribution finds.
SAYS = {
    "account": ("ACCOUNT", "my bank account number is 000123456789"),
    "address": ("ADDRESS", "I live at 12 Larkspur Avenue, Springfield, IL 62701"),
    "date": ("DATE", "my date of birth is March 3, 1980"),
    "device": ("DEVICE", "the pump's serial number is PX4477120"),
    "email": ("EMAIL", "write to maribel@example.org"),
    "health-plan": ("HEALTH_PLAN", "my member id is XYZ123456789"),
    "ip": ("IP", "the portal saw 192.0.2.44"),
    "license": ("LICENSE", "my driver's license number is S5301298"),
    "media": ("OTHER_ID", "her confirmation code is QX7R2LM9"),
    "mrn": ("MRN", "medical record number 00123456"),
    "name": ("NAME", "my name is Maribel Okonkwo"),
    "other-id": ("OTHER_ID", "her confirmation code is QX7R2LM9"),
    "phone": ("PHONE", "call me at 415-555-0134"),
    "ssn": ("SSN", "my social security number is 219-09-9999"),
    "url": ("URL", "see https://maribel.example.org/page"),
    "vehicle": ("VEHICLE", "the license plate is 7ABC123"),
}
TEXT = "\n".join(dict.fromkeys(f"{sentence}." for _, sentence in SAYS.values()))


@attrs.define
class Environment:
    """An environment whose plugins may go."""

    folder: Path
    wheels: dict[str, Path]

    def uv(self, *arguments: str | Path) -> None:
        """Run uv's pip on the environment."""
        program = Path(sys.executable).with_name("uv")
        python = self.folder / "environment" / "bin" / "python"
        command = [program, "pip", arguments[0], "--python", python, *arguments[1:]]
        subprocess.run(command, check=True, cwd=self.folder, capture_output=True)

    def detect(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run ``masker detect`` on the text."""
        command = [self.folder / "environment" / "bin" / "masker", "detect", "--format", "json", *arguments]
        return subprocess.run(command, input=TEXT, capture_output=True, text=True, check=False, cwd=self.folder)


@pytest.fixture(scope="module")
def environment(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """One of our own: the other tests need theirs whole."""
    folder = tmp_path_factory.mktemp("uninstalling")
    beside = program.parent.parent.parent / "wheels"  # those that the program was installed from
    wheels = sorted((beside if beside.is_dir() else build(folder)).glob("*.whl"))
    venv.create(folder / "environment")
    made = Environment(folder, {wheel.name.split("-")[0].replace("_", "-"): wheel for wheel in wheels})
    made.uv("install", *wheels, "phi-masker[cli]")
    return made


@pytest.mark.parametrize("plugin", SAYS)
def test_without_one_plugin_the_others_find_theirs(environment: Environment, tmp_path: Path, plugin: str) -> None:
    """Once its kinds are not required any more, all but its own values are found."""
    distribution = f"phi-masker-{plugin}"
    everything = {kind for kind, _ in SAYS.values()}
    # Codes are also what the plugin for media finds, of its own sort; both declare their kind.
    own = set() if plugin in {"media", "other-id"} else {SAYS[plugin][0]}
    policy = tmp_path / "policy.toml"
    policy.write_text(f"required_kinds = {json.dumps(sorted(everything - own))}\n")
    environment.uv("uninstall", distribution)
    try:
        found = environment.detect("--policy", str(policy))
    finally:
        environment.uv("install", "--no-deps", environment.wheels[distribution])
    assert 0 == found.returncode, found.stderr
    kinds = {span["kind"] for span in json.loads(found.stdout)["spans"]}
    assert everything - own - ({"OTHER_ID"} if plugin == "other-id" else set()) <= kinds
    assert not own & {span["kind"] for span in json.loads(found.stdout)["spans"] if span["detector"] == plugin}


def test_without_a_plugin_that_is_required_nothing_is_done(environment: Environment) -> None:
    """What to install is said."""
    environment.uv("uninstall", "phi-masker-ssn")
    try:
        refused = environment.detect()
    finally:
        environment.uv("install", "--no-deps", environment.wheels["phi-masker-ssn"])
    assert (3, "") == (refused.returncode, refused.stdout)
    assert "phi-masker-ssn" in refused.stderr
