"""Where the time goes: a profile of the engine, as shares of processor time by part of the code.

A profiler slows small functions down more than long ones, so shares are a map and no measure.
"""

from __future__ import annotations

import cProfile
import json
import pstats
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.calls import Call, call, next_turn
from masker.core.policy import Policy
from masker.host.engine import Engine, build_engine
from masker.host.settings import load_settings
from masker.wire.bodies import check_chat_request, dump_body, parse_body

__all__ = ["run"]

_LONG = {"turns": 60, "size": 27_000, "tools": True}
#: Parts below this share are added up.
_LEAST = 0.02


def run(*, quick: bool) -> tuple[str, dict[str, Any]]:
    """Profile long calls, seen for the first time and one turn later."""
    engine = build_engine(load_settings(environ={}))
    _mask(engine, [call("warm", **_LONG)])
    calls = [call(f"shares-{time.time_ns()}-{number}", **_LONG) for number in range(4 if quick else 20)]
    found = {
        "first sight": _shares(engine, calls),
        "next turn": _shares(engine, [next_turn(made, "shares") for made in calls]),
    }
    parts = dict.fromkeys(part for shares in found.values() for part in sorted(shares, key=lambda p: -shares[p]))
    lines = [
        "Shares of the engine's processor time, long calls (27 KB, tools, 60 turns), as a profiler sees them:\n",
        "| part | first sight | next turn |",
        "|---|---|---|",
    ]
    rest = dict.fromkeys(found, 0.0)
    for part in parts:
        row = {turn: shares.get(part, 0.0) for turn, shares in found.items()}
        if max(row.values()) < _LEAST:
            rest = {turn: share + row[turn] for turn, share in rest.items()}
        else:
            lines.append(f"| {part} | {' | '.join(f'{100 * share:.0f} %' for share in row.values())} |")
    lines.append(f"| all else | {' | '.join(f'{100 * share:.0f} %' for share in rest.values())} |")
    return "\n".join(lines), dict(found)


def _mask(engine: Engine, calls: Sequence[Call]) -> None:
    for made in calls:
        body = parse_body(json.dumps(made.body).encode())
        check_chat_request(body)
        masked = engine.open(body, policy=Policy(), agent="bench", request_id="")
        for _ in masked.steps():
            pass
        dump_body(masked.body)
        masked.close()


def _shares(engine: Engine, calls: Sequence[Call]) -> dict[str, float]:
    profile = cProfile.Profile()
    profile.runcall(_mask, engine, calls)
    took: dict[str, float] = defaultdict(float)
    for (path, _, _), (_, _, own, _, callers) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        if path == "~" and callers:  # a built-in's time belongs to those who call it
            for (caller, _, _), (_, _, share, _) in callers.items():
                took[_part_of(caller)] += share
        else:
            took[_part_of(path)] += own
    whole = sum(took.values())
    return {part: share / whole for part, share in took.items()}


def _part_of(path: str) -> str:
    """Return the name of a part of the code: a module of ours, a plugin, or a library."""
    parts = Path(path).with_suffix("").parts
    for place, part in enumerate(parts):
        if part == "src" and place + 1 < len(parts) and parts[place + 1].startswith("masker_"):
            return f"detector {parts[place + 1].removeprefix('masker_').replace('_', '-')}"
    folders = parts[:-1]
    if "masker" in folders:
        return ".".join(parts[len(folders) - folders[::-1].index("masker") :])
    return "libraries"
