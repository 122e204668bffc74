"""Every distribution of this workspace as a wheel, in an environment that holds nothing else: what users install.

A fault that is injected into the working tree says little about a file that the wheel leaves out.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

__all__ = ["build", "install", "uv"]

_ROOT = Path(__file__).parent.parent


def install(folder: Path) -> Path:
    """Build the wheels, install them below a folder and return the folder of the environment's programs."""
    wheels, environment = build(folder), folder / "environment"
    uv(folder, "venv", "--python", sys.executable, environment)
    # By their paths: found by name and version, uv may take those of an earlier day from its cache.
    uv(
        folder, "pip", "install", "--python", environment / "bin" / "python", "--compile-bytecode",
        *sorted(wheels.glob("*.whl")), "phi-masker[all]",
    )  # fmt: skip
    return environment / "bin"


def build(folder: Path) -> Path:
    """Build the wheels below a folder and return the folder that holds them."""
    wheels = folder / "wheels"
    uv(folder, "build", "--all-packages", "--wheel", "--out-dir", wheels, _ROOT)
    return wheels


def uv(folder: Path, *arguments: str | Path) -> None:
    """Run uv in a folder."""
    # Elsewhere than here: nothing of the working tree may be found by chance.
    subprocess.run([Path(sys.executable).with_name("uv"), *arguments], check=True, cwd=folder, capture_output=True)
