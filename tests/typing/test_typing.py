"""The public API carries its types: a stranger's strict type checker accepts good use and refuses bad use."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from mypy import api

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


def _check(path: Path, cache: Path) -> tuple[str, int]:
    config = ["--config-file", "", "--strict", "--python-version", f"{sys.version_info[0]}.{sys.version_info[1]}"]
    report, _, status = api.run([*config, "--cache-dir", str(cache), str(path)])
    return report, status


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mypy")


@pytest.mark.slow
def test_good_use_is_accepted(cache: Path) -> None:
    """The example of every public name passes mypy --strict without our configuration."""
    report, status = _check(HERE / "api.py", cache)
    assert status == 0, report


@pytest.mark.slow
def test_bad_use_is_refused(cache: Path, tmp_path: Path) -> None:
    """A wrong type, a missing attribute, an object that is no detector: each line is an error of its own."""
    lines = [
        'Span("0", 4, "PHONE")',
        'Kind("PHONE", category=4)',
        "Segment(text=None)",
        'PatternDetector("phone", [Span(0, 1, "PHONE")])',
        'detector: Detector = Kind("PHONE")',
        'Span(0, 4, "PHONE").text',
    ]
    wrong = tmp_path / "wrong.py"
    head = "from masker import Detector, Kind, PatternDetector, Segment, Span"
    wrong.write_text("\n".join([head, *lines, ""]), encoding="utf-8")
    report, status = _check(wrong, cache)
    assert status == 1, report
    assert [] == [line for number, line in enumerate(lines, 2) if f":{number}: error:" not in report], report
    assert ":1: error:" not in report


def test_every_public_name_is_used() -> None:
    """The example leaves nothing of the public API out."""
    import masker

    text = (HERE / "api.py").read_text(encoding="utf-8")
    assert [] == [name for name in masker.__all__ if text.count(name) < 2]
