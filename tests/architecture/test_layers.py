"""The arrows of the architecture hold: between masker's packages, and from plugins to masker."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

import masker

ROOT = Path(__file__).resolve().parents[2]
PLUGINS = sorted(path.parent for path in (ROOT / "plugins").glob("*/pyproject.toml"))
#: The model that several plugins share; it registers nothing.
LIBRARIES = frozenset({"phi-masker-tagger"})
#: Modules that a plugin may import from beside the package itself; `masker.core.kinds` and the like are not promises.
PUBLIC = frozenset({"masker"})


def test_the_import_contracts_hold() -> None:
    """core <- detection <- masking | wire <- host <- proxy <- cli, and the core is pure."""
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_logo=True) == 0


def _imports(path: Path) -> list[tuple[str, list[str]]]:
    """Return (module, names) of every import in a file, wherever it stands."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(alias.name, []) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.append((node.module or "", [alias.name for alias in node.names]))
    return found


@pytest.mark.parametrize("plugin", PLUGINS, ids=lambda path: path.name)
def test_a_plugin_imports_public_names_only(plugin: Path) -> None:
    """A first-party plugin has no privilege: it imports what `masker.__all__` promises, and no web, database or clock."""
    for path in (plugin / "src").rglob("*.py"):
        for module, names in _imports(path):
            where = f"{path.relative_to(ROOT)} imports {module}"
            package = module.split(".")[0]
            if package == "masker":
                assert module in PUBLIC, where
                assert set(names) <= set(masker.__all__), f"{where}: {sorted(set(names) - set(masker.__all__))}"
            assert package not in {"asyncio", "socket", "httpx", "quart", "sqlalchemy", "logging", "requests"}, where


@pytest.mark.parametrize("plugin", PLUGINS, ids=lambda path: path.name)
def test_a_plugin_does_not_print_or_open_the_network(plugin: Path) -> None:
    """Nothing in a plugin's code writes what it sees: no print, no warnings, no urllib."""
    for path in (plugin / "src").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        called = {
            node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert not called & {"print", "breakpoint", "exec", "eval"}, path.relative_to(ROOT)
        assert not {module.split(".")[0] for module, _ in _imports(path)} & {"urllib", "http", "warnings", "pickle"}


def _requirements(table: list[str]) -> set[str]:
    return {re.split(r"[\s\[<>=!;~]", requirement, maxsplit=1)[0] for requirement in table}


def test_a_plugin_author_installs_attrs_and_pluggy_only() -> None:
    """The base distribution needs nothing else; what serves or prints comes with an extra."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {"attrs", "pluggy"} == _requirements(project["dependencies"])


def test_the_public_api_imports_nothing_of_an_extra() -> None:
    """`import masker` and the four pure packages work with attrs and pluggy alone."""
    extras = {"click", "rich", "quart", "hypercorn", "httpx", "structlog", "sqlalchemy", "prometheus_client", "ulid"}
    for package in ("core", "detection", "masking", "wire"):
        for path in (ROOT / "masker" / package).rglob("*.py"):
            assert not {module.split(".")[0] for module, _ in _imports(path)} & extras, path.relative_to(ROOT)


def test_all_brings_every_first_party_plugin() -> None:
    """The extra `[all]` names each distribution of the workspace."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {path.name for path in PLUGINS} | {"phi-masker", "phi-masker-conformance"}
    assert wanted == _requirements(project["optional-dependencies"]["all"])


def test_uv_and_mypy_know_every_member_of_the_workspace() -> None:
    """A new plugin is named where tools cannot find it by themselves."""
    tool = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    members = {path.name for path in PLUGINS} | {"phi-masker-conformance"}
    assert members | {"phi-masker"} == set(tool["uv"]["sources"])
    roots = {Path(entry).parent.name for entry in tool["mypy"]["mypy_path"]}
    assert {path.name for path in PLUGINS} | {"conformance"} == roots


@pytest.mark.parametrize("plugin", [path for path in PLUGINS if path.name not in LIBRARIES], ids=lambda path: path.name)
def test_a_plugin_package_is_complete(plugin: Path) -> None:
    """Entry point, detector, examples, types, tests and a README: what the style guide calls a small plugin."""
    project = tomllib.loads((plugin / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    name = plugin.name.removeprefix("phi-masker-")
    module = f"masker_{name.replace('-', '_')}"
    assert {name: module} == project["entry-points"]["masker"]
    source = plugin / "src" / module
    files = [source / "detector.py", source / "py.typed", source / "examples.json", plugin / "README.md"]
    assert [] == [str(path.relative_to(ROOT)) for path in files if not path.is_file()]
    assert list((plugin / "tests").glob("test_*.py"))
