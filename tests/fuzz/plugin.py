"""The option ``--fuzz-minutes``: how long each fuzz test goes on; without it, one short round each."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import settings


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--fuzz-minutes",
        type=float,
        default=0.0,
        metavar="N",
        help="fuzz for N minutes per test instead of one short round",
    )


def pytest_configure(config: pytest.Config) -> None:
    # In CI, Hypothesis takes the same examples every time: one round would be as good as many.
    if config.getoption("--fuzz-minutes"):
        settings.load_profile("default")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    minutes = config.getoption("--fuzz-minutes")
    for item in items:
        if minutes and "rounds" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.timeout(minutes * 60 + 300))


@pytest.fixture
def rounds(request: pytest.FixtureRequest) -> Callable[[Callable[[], None]], None]:
    """Run a Hypothesis test once, or again and again with new examples for as long as was asked."""
    end = time.monotonic() + request.config.getoption("--fuzz-minutes") * 60

    def run(test: Callable[[], None]) -> None:
        test()
        while time.monotonic() < end:
            test()

    return run
