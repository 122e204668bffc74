"""Real clients cannot tell the proxy from the model, and the model gets tokens where they said values.

The openai library comes with the development tools; the others live in environments of their own, which
``./dev clients`` builds.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.clients.conftest import VALUES, Model, Seen, with_values

pytestmark = [pytest.mark.clients, pytest.mark.timeout(120)]

HERE = Path(__file__).parent
OTHERS = HERE.parents[1] / ".venv-clients" / "bin" / "python"
NODE_MODULES = HERE / "node" / "node_modules"
PLANTED = ("sarah", "chen", "555-2671", "5552671")


def check(seen: dict[str, Seen], model: Model) -> None:
    """Compare both sides of every conversation, and search what the model got."""
    assert seen
    for name, one in seen.items():
        assert one.direct == one.proxied, name
        assert all(value in json.dumps(one.proxied) for value in VALUES.values()), name
    through = model.requests(direct=False)
    straight = model.requests(direct=True)
    assert len(through) >= len(seen)
    for exchange in through:
        sent = b"".join([exchange.target.encode(), repr(exchange.headers).encode(), exchange.body]).lower()
        assert not [planted for planted in PLANTED if planted.encode() in sent]
        assert all(token.encode() in exchange.body for token in VALUES)
    restored = [with_values(exchange.tree) for exchange in through]
    assert [exchange.tree for exchange in straight] == restored
    assert [list(exchange.tree) for exchange in straight] == [list(tree) for tree in restored]


@pytest.mark.parametrize("program", ["openai_sync", "openai_async"])
def test_openai_python(run_client: Any, model: Model, program: str) -> None:
    """Plain, streamed, tools, structured outputs, raw responses."""
    check(run_client(sys.executable, str(HERE / "programs" / f"{program}.py")), model)


def needs(found: bool, missing: str) -> pytest.MarkDecorator:
    """Skip a test whose libraries were never set up; but not in CI, which must not pass without it."""
    reason = f"run `./dev clients` once: {missing} is missing"
    return pytest.mark.skipif(not found and os.environ.get("CI") != "true", reason=reason)


@needs(OTHERS.exists(), ".venv-clients")
@pytest.mark.parametrize(
    "program",
    [
        "langchain_openai_chat",
        "litellm_completion",
        "instructor_models",
        "pydantic_ai_agent",
        "livekit_llm",
        "pipecat_llm",
    ],
)
def test_python_clients(run_client: Any, model: Model, program: str) -> None:
    """Frameworks over the openai library, and the model services of voice frameworks."""
    check(run_client(str(OTHERS), str(HERE / "programs" / f"{program}.py")), model)


@needs(shutil.which("node") is not None and NODE_MODULES.exists(), "node, or tests/clients/node/node_modules,")
@pytest.mark.parametrize("program", ["openai_node", "vercel_ai"])
def test_node_clients(run_client: Any, model: Model, program: str) -> None:
    """The openai package for Node, and the Vercel AI SDK with both of its providers."""
    check(run_client("node", str(HERE / "node" / f"{program}.mjs")), model)


@pytest.mark.parametrize(
    "command", [["./dev", "clients"], [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", __file__, "-k", "openai_node"]]
)  # fmt: skip
def test_ci_does_not_pass_without_node(tmp_path: Path, command: list[str]) -> None:
    """Neither what sets the clients up nor their tests: elsewhere a missing npm is told, and its tests are skipped."""
    (tmp_path / "dirname").symlink_to(str(shutil.which("dirname")))
    environ = {"PATH": str(tmp_path), "HOME": str(tmp_path), "CI": "true"}
    done = subprocess.run(
        command, cwd=HERE.parents[1], env=environ, capture_output=True, text=True, timeout=110, check=False
    )
    assert 1 == done.returncode
    assert ("npm was not found" if command[0] == "./dev" else "1 failed") in done.stdout + done.stderr
