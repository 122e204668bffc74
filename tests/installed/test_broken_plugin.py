"""A plugin that fails in every way, built and installed as users install one, beside the wheels."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from benchmarks.installation import uv

PROJECT = """
[build-system]
requires = ["hatchling>=1.25"]
build-backend = "hatchling.build"
[project]
name = "phi-masker-broken"
version = "0.1.0"
[project.entry-points.masker]
broken = "masker_broken"
[tool.hatch.build.targets.wheel]
only-include = ["masker_broken.py"]
"""
#: Its detector does what the text says.
MODULE = """
import time
from masker import Kind, Span, hookimpl

class Broken:
    name = "broken"
    kinds = frozenset({"BROKEN"})

    def detect(self, segment):
        if "please raise" in segment.text:
            raise ValueError(segment.text)
        if "please overreach" in segment.text:
            return [Span(0, len(segment.text) + 1, "BROKEN")]
        if "please trespass" in segment.text:
            return [Span(0, 1, "PHONE")]
        if "please return nonsense" in segment.text:
            return [segment.text]
        if "please dawdle" in segment.text:
            time.sleep(1.5)
        return []

@hookimpl
def masker_register_kinds():
    return (Kind("BROKEN", title="broken thing"),)

@hookimpl
def masker_register_detectors(settings):
    return (Broken(),)
"""


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory, program: Path) -> Path:
    """The folder with the plugin's distribution in it."""
    folder = tmp_path_factory.mktemp("broken")
    (folder / "pyproject.toml").write_text(PROJECT)
    (folder / "masker_broken.py").write_text(MODULE)
    uv(folder, "build", "--wheel", "--out-dir", folder / "wheels")
    uv(
        folder, "pip", "install", "--python", program.with_name("python"), "--target", folder / "packages", "--no-deps",
        *folder.glob("wheels/*.whl"),
    )  # fmt: skip
    return folder / "packages"


@pytest.mark.parametrize("how", ["raise", "overreach", "trespass", "return nonsense", "dawdle"])
def test_a_failing_detector_stops_the_request(make_proxy: Any, upstream: Any, packages: Path, how: str) -> None:
    """500, and the upstream hears nothing; neither the answer nor the log tells what was said; the next is served."""
    proxy = make_proxy(packages=packages, detection_timeout_ms=1000)
    url = proxy.chat_url(proxy.agent())
    said = {"role": "user", "content": f"Hi, my name is Sarah Chen, please {how}."}
    response = httpx.post(url, json={"model": "m", "messages": [said]}, timeout=20)
    assert (500, "detection_failed") == (response.status_code, response.json()["error"]["code"])
    assert not upstream.received
    assert "Sarah" not in response.text + proxy.logged()
    well = {"role": "user", "content": "Hi, my name is Sarah Chen, please go on."}
    assert 200 == httpx.post(url, json={"model": "m", "messages": [well]}, timeout=20).status_code
    assert b"[NAME_1], please go on." in upstream.received
