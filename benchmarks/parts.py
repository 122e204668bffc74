"""The parts alone, in this process: each detector by size of text, and the rehydrator by chunk. Processor time."""

from __future__ import annotations

import time
from typing import Any

from benchmarks.calls import text_of
from benchmarks.results import median
from masker.core.policy import Policy
from masker.core.segments import Segment
from masker.host.engine import build_engine
from masker.host.settings import load_settings
from masker.masking.rehydrator import Rehydrator
from masker.masking.vault import Vault

__all__ = ["detectors", "rehydrator"]

_SIZES = (200, 2_000, 20_000)


def detectors(*, quick: bool, progress: Any) -> tuple[str, dict[str, Any]]:
    """Return the milliseconds of each detector on texts never seen before, by their size."""
    engine = build_engine(load_settings(environ={}))
    names = ["reading", *[detector.name for detector in engine.host.detectors]]
    found: dict[str, dict[int, float]] = {name: {} for name in names}
    for size in _SIZES:
        rounds = max(3, (20_000 if quick else 100_000) // size)
        times: dict[str, list[float]] = {name: [] for name in names}
        for number in progress(range(rounds)):
            segment = Segment(text_of(f"{time.time_ns()}-{number}", size), role="user")
            started = time.process_time()
            _ = segment.reading
            times["reading"].append(time.process_time() - started)
            for detector in engine.host.detectors:
                started = time.process_time()
                list(detector.detect(segment))
                times[detector.name].append(time.process_time() - started)
        for name in names:
            found[name][size] = 1000 * median(times[name])
    found["all"] = {size: sum(found[name][size] for name in names) for size in _SIZES}
    lines = [
        (
            "Median milliseconds of processor time, texts never seen before. The runs that the number plugins share are"
            " found once a text, and counted with the first of them.\n"
        ),
        f"| detector | {' | '.join(f'{size:,} B' for size in _SIZES)} | ×10 from 2 KB |",
        "|---" * (len(_SIZES) + 2) + "|",
    ]
    for name, row in sorted(found.items(), key=lambda item: -item[1][_SIZES[-1]]):
        ratio = row[_SIZES[-1]] / row[_SIZES[-2]] if row[_SIZES[-2]] else 0
        lines.append(f"| {name} | {' | '.join(f'{row[size]:.2f}' for size in _SIZES)} | {ratio:.1f} |")
    return "\n".join(lines), dict(found)


def rehydrator(*, quick: bool) -> tuple[str, dict[str, Any]]:
    """Return the microseconds of one chunk through a rehydrator, by what it holds."""
    policy = Policy.from_toml("")
    vault = Vault()
    for number in range(20):
        vault.add("NAME", f"Invented Person{number}")
    cases = {
        "prose": ["Thank ", "you ", "for ", "calling, ", "I ", "will ", "look ", "that ", "up. "],
        "token, whole": ["Thank you [NAME_1], "],
        "token, cut in three": ["[NA", "ME", "_1]"],
        "brackets that are no token": ["[see ", "note] ", "[NAME_99] "],
    }
    found: dict[str, float] = {}
    count = 3_000 if quick else 20_000
    for name, chunks in cases.items():
        for json in (False, True):
            one = Rehydrator(vault, unknown=policy.unknown_tokens, json=json)
            started = time.process_time()
            for _ in range(count):
                for chunk in chunks:
                    one.feed(chunk)
            found[name + (", in JSON" if json else "")] = 1e6 * (time.process_time() - started) / (count * len(chunks))
    lines = ["Mean microseconds of processor time a chunk, 20 live tokens.\n", "| chunk | µs |", "|---|---|"]
    lines += [f"| {name} | {value:.1f} |" for name, value in found.items()]
    return "\n".join(lines), dict(found)
