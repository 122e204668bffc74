"""Where results go: ``RESULTS.md`` section by section, ``results/*.json``, and growth curves as small SVG files."""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

__all__ = ["at_percentile", "median", "plot", "store", "write_section"]

HERE = Path(__file__).parent
RESULTS = HERE / "RESULTS.md"
FOLDER = HERE / "results"
_HEAD = """# Results

Written by `./dev bench` (`python -m benchmarks --help`). Figures of different sections may come from different runs and
loads of the machine; compare within a table. Medians unless a column says otherwise.
"""


def at_percentile(values: Sequence[float], percent: float) -> float:
    """Return the value at a percentile (nearest rank), 0 for none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))] if ordered else 0.0


def median(values: Sequence[float]) -> float:
    """Return the median (upper of two), 0 for none."""
    return at_percentile(values, 50)


def provenance() -> str:
    """Return on what, when and under which load something was measured."""
    found = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=HERE, capture_output=True, text=True, check=False
    )
    commit = found.stdout.strip() or "no commit"
    load = os.getloadavg()[0]
    when = datetime.now(UTC).strftime("%Y-%m-%d %H:%M")
    return f"_{when} UTC, commit {commit}, Python {platform.python_version()}, {os.cpu_count()} cores, load {load:.1f} at the end_"


def write_section(name: str, text: str) -> None:
    """Replace one section of ``RESULTS.md``, or add it."""
    old = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else _HEAD
    section = f"## {name}\n\n{provenance()}\n\n{text.strip()}\n"
    pattern = re.compile(rf"^## {re.escape(name)}\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    new = pattern.sub(lambda _: section + "\n", old) if pattern.search(old) else f"{old.rstrip()}\n\n{section}"
    RESULTS.write_text(new.rstrip() + "\n", encoding="utf-8")


def store(name: str, data: Mapping[str, Any]) -> None:
    """Write the numbers behind a section as JSON."""
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{name}.json").write_text(json.dumps(data, indent=1, sort_keys=True) + "\n", encoding="utf-8")


_COLOURS = ("#1f6feb", "#d1242f", "#1a7f37", "#8250df")


def plot(name: str, title: str, across: str, up: str, curves: Mapping[str, Sequence[tuple[float, float]]]) -> Path:
    """Draw curves over logarithmic axes into ``results/NAME.svg``.

    Args:
        name: The file's name without its end.
        title: What it shows.
        across: What the x axis counts.
        up: What the y axis counts.
        curves: Points by the curve's name; all values positive.
    """
    import math

    width, height, left, bottom = 640, 360, 60, 50
    points = [point for curve in curves.values() for point in curve]
    low_x, high_x = (math.log10(edge(x for x, _ in points)) for edge in (min, max))
    low_y, high_y = (math.log10(edge(max(y, 1e-3) for _, y in points)) for edge in (min, max))

    def place(x: float, y: float) -> tuple[float, float]:
        right = (math.log10(x) - low_x) / ((high_x - low_x) or 1)
        above = (math.log10(max(y, 1e-3)) - low_y) / ((high_y - low_y) or 1)
        return left + right * (width - left - 20), height - bottom - above * (height - bottom - 40)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">',
        f'<rect width="{width}" height="{height}" fill="white"/><text x="{left}" y="20" font-size="14">{title}</text>',
        f'<path d="M{left} 30V{height - bottom}H{width - 20}" fill="none" stroke="#888"/>',
        f'<text x="{width / 2}" y="{height - 8}">{across}</text><text x="4" y="34">{up}</text>',
    ]
    for number, (label, curve) in enumerate(curves.items()):
        colour = _COLOURS[number % len(_COLOURS)]
        placed = [place(x, y) for x, y in curve]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in placed)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for (x, y), (given_x, given_y) in zip(placed, curve, strict=True):
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>')
            parts.append(f'<text x="{x - 8:.1f}" y="{y - 7:.1f}" font-size="10">{given_y:.3g}</text>')
            parts.append(f'<text x="{x - 10:.1f}" y="{height - bottom + 15}" font-size="10">{given_x:g}</text>')
        parts.append(f'<text x="{left + 10}" y="{46 + 16 * number}" fill="{colour}">{label}</text>')
    FOLDER.mkdir(exist_ok=True)
    path_ = FOLDER / f"{name}.svg"
    path_.write_text("\n".join([*parts, "</svg>\n"]), encoding="utf-8")
    return path_
