"""Large requests are masked in threads, so any number of detections may run at a time; each finds what it finds alone."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from masker import Span, Turn
from masker.core.policy import Policy
from masker.host.engine import Engine
from masker.host.manager import create_plugin_host

LINES = (Path(__file__).parent / "lines.txt").read_text(encoding="utf-8").splitlines()[:400]
TURNS = [Turn("", line.replace("⟦", "").replace("⟧", "")) for line in LINES if line]


def found(engine: Engine, turns: list[Turn]) -> list[list[Span]]:
    return [spans for turn in turns for spans in engine.detect([turn], Policy())]


def test_what_is_found_does_not_depend_on_other_threads() -> None:
    """Four threads over the same lines in other orders, with one engine."""
    alone = dict(zip(TURNS, found(Engine(create_plugin_host()), TURNS), strict=True))
    engine = Engine(create_plugin_host())
    orders = [TURNS, TURNS[::-1], TURNS[200:] + TURNS[:200], TURNS[::2] + TURNS[1::2]]
    with ThreadPoolExecutor(4) as pool:
        for order, spans in zip(orders, pool.map(lambda turns: found(engine, turns), orders), strict=True):
            assert alone == dict(zip(order, spans, strict=True))
