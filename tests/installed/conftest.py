"""The wheels in an environment of their own, and ``masker serve`` from there as a process: what a user runs.

The fixtures have the names of the integration tests', so that those can be run against the installed program as they
stand. A program is started once for each set of settings and serves all tests that ask for these.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import attrs
import pytest

from masker.host.settings import load_settings
from masker.proxy.agents import Agent
from tests.attack.conftest import Arena, answers
from tests.integration.conftest import Background, Proxy, Upstream, background, shapes
from tests.services.conftest import Node, free_port, program

__all__ = ["background", "program", "shapes"]

_NUMBERS = count()


@attrs.define
class Programs:
    """Every ``masker serve`` of this session, by its settings."""

    program: Path
    folder: Path
    upstream_port: int = attrs.field(factory=free_port)
    nodes: dict[frozenset[tuple[str, str]], Node] = attrs.field(factory=dict)

    def node(self, constants: dict[str, Any] | None = None, packages: Path | None = None, **variables: Any) -> Node:
        """Return a program with these settings, and with further installed packages, that serves."""
        own = {f"MASKER_{name.upper()}": str(value) for name, value in variables.items()}
        if packages:
            own["PYTHONPATH"] = str(packages)
        key = frozenset({**own, **{name: str(value) for name, value in (constants or {}).items()}}.items())
        node = self.nodes.get(key)
        if node is None:
            folder = self.folder / f"node{len(self.nodes)}"
            folder.mkdir()
            environ = {
                "PATH": os.environ["PATH"],
                "HOME": str(folder),
                "TMPDIR": str(folder),
                "MASKER_DATABASE_URL": f"sqlite:///{folder}/masker.db",
                "MASKER_OPENAI_BASE_URL": f"http://127.0.0.1:{self.upstream_port}/v1",
                "MASKER_OPENAI_API_KEY": "sk-operator",
                **own,
            }
            node = self.nodes[key] = Node(free_port(), folder / "serve.log", environ, self._program(folder, constants))
            node.start()
        node.wait_until_ready()
        return node

    def _program(self, folder: Path, constants: dict[str, Any] | None) -> Path:
        """Return the installed program; one that changes constants before it begins, if there are any to change."""
        if not constants:
            return self.program
        program = folder / "masker"
        changes = "".join(
            f"setattr(importlib.import_module({module!r}), {name!r}, {value!r})\n"
            for (module, _, name), value in ((full.rpartition("."), value) for full, value in constants.items())
        )
        begin = f"#!{self.program.with_name('python')}\nimport importlib, sys\n"
        program.write_text(f"{begin}{changes}from masker.cli import main\nsys.exit(main())\n")
        program.chmod(0o755)
        return program


@attrs.define
class InstalledProxy(Proxy):
    """A proxy in a process of its own, which other tests use as well: agents get names of their own."""

    programs: Programs

    def agent_with_key(self, upstream: str = "openai:*", name: str = "clinic", **options: Any) -> tuple[Agent, str]:
        return super().agent_with_key(upstream, f"{name}-{next(_NUMBERS)}", **options)

    @property
    def _node(self) -> Node:
        return next(node for node in self.programs.nodes.values() if node.port == self.port)

    def process_ids(self) -> list[int]:
        """Return its workers."""
        return self._node.workers()

    def logged(self) -> str:
        return self._node.log.read_text(encoding="utf-8")

    def shut_down(self) -> None:
        """Leave it to the others."""


@pytest.fixture(scope="session")
def programs(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Programs]:
    programs = Programs(program, tmp_path_factory.mktemp("programs"))
    yield programs
    for node in programs.nodes.values():
        assert 0 == node.terminate()


@pytest.fixture
def python(program: Path) -> str:
    """The interpreter that has the wheels and nothing else."""
    return str(program.with_name("python"))


@pytest.fixture
def upstream(background: Background, programs: Programs) -> Iterator[Upstream]:
    """A new upstream where the programs look for theirs."""
    upstream = Upstream()
    background.run(upstream.start(programs.upstream_port))
    yield upstream
    background.run(upstream.stop())


@pytest.fixture
def make_proxy(background: Background, upstream: Upstream, programs: Programs) -> Any:
    def make(
        *,
        use_engine: Any = None,
        constants: dict[str, Any] | None = None,
        packages: Path | None = None,
        **variables: Any,
    ) -> InstalledProxy:
        if use_engine is not None:
            pytest.skip("the installed program has the plugins that are installed")
        node = programs.node(constants, packages, **variables)
        return InstalledProxy(load_settings(environ=node.environ), node.port, background, None, None, programs)

    return make


@pytest.fixture
def proxy(make_proxy: Any) -> InstalledProxy:
    return make_proxy()


@pytest.fixture
def arena(make_proxy: Any, background: Background, upstream: Upstream) -> Iterator[Arena]:
    """The arena of the attacks, around the installed program."""
    import httpx

    proxy = make_proxy(rate_limit="100000/s burst 100000", upstream_timeout_ms=10_000)
    upstream.script = answers
    with httpx.Client(trust_env=False, timeout=30) as http:
        yield Arena(background, upstream, proxy, proxy.agent(), http)
    with contextlib.suppress(Exception):
        upstream.exchanges.clear()
