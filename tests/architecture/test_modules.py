"""What holds for every module: public names are listed and true, its docstring tells its job, nothing writes to stdout."""

from __future__ import annotations

import ast
import importlib
from functools import cache
from pathlib import Path

import pytest

import masker

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(path for path in (ROOT / "masker").rglob("*.py") if "templates" not in path.parts)
PURE = ("core", "detection", "masking", "wire")


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def _imported_names() -> frozenset[tuple[str, str, Path]]:
    """Return (module, name, importing file) of every ``from ... import`` in the package."""
    return frozenset(
        (node.module or "", alias.name, path)
        for path in FILES
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    )


def _name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@pytest.mark.parametrize("path", FILES, ids=_name_of)
def test_exported_names_exist(path: Path) -> None:
    """``__all__`` names what is there, each once."""
    module = importlib.import_module(_name_of(path))
    exported = getattr(module, "__all__", [])
    assert [] == [name for name in exported if not hasattr(module, name)]
    assert len(set(exported)) == len(exported)


@pytest.mark.parametrize("path", FILES, ids=_name_of)
def test_what_looks_public_is_exported(path: Path) -> None:
    """A class or function that another module imports is in ``__all__``."""
    tree = _tree(path)
    exported = getattr(importlib.import_module(_name_of(path)), "__all__", None)
    defined = {
        node.name
        for node in tree.body
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_")
    }
    if path.name == "__init__.py" and exported is None:
        assert set() == defined, "a package's names need __all__"
    elif exported is not None and not _may_keep_names(path):
        assert set() == {name for name in defined - set(exported) if _used_elsewhere(name, path)}


def _may_keep_names(path: Path) -> bool:
    # Hook specifications are found by prefix; commands by their group.
    return path.name == "hookspecs.py" or path.parent.name == "cli"


def _used_elsewhere(name: str, path: Path) -> bool:
    """Return whether another module imports the name from this one."""
    return any(
        module == _name_of(path) and imported == name and by != path for module, imported, by in _imported_names()
    )


@pytest.mark.parametrize("path", FILES, ids=_name_of)
def test_a_module_opens_with_its_job(path: Path) -> None:
    """The first statement is a docstring whose first line ends a sentence or introduces one."""
    docstring = ast.get_docstring(_tree(path))
    assert docstring
    assert docstring.split("\n", 1)[0].rstrip().endswith((".", ":", "?", '"'))


@pytest.mark.parametrize("path", [p for p in FILES if p.parent.name in PURE], ids=_name_of)
def test_pure_code_reads_no_clock_and_no_environment(path: Path) -> None:
    """What masks and restores depends on its arguments alone: no time, randomness, environment, files, threads."""
    forbidden = {"time", "random", "os", "io", "pathlib", "threading", "subprocess", "tempfile"}
    imported = set()
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            imported.add((node.module or "").split(".")[0])
    assert set() == imported & forbidden


@pytest.mark.parametrize("path", FILES, ids=_name_of)
def test_no_assertion_carries_a_check(path: Path) -> None:
    """``python -O`` removes asserts; the few that stand tell the type checker something and say so beside them."""
    source = path.read_text(encoding="utf-8").splitlines()
    lines = [node.lineno for node in ast.walk(_tree(path)) if isinstance(node, ast.Assert)]
    assert [] == [line for line in lines if "# noqa: S101" not in source[line - 1]]


@pytest.mark.parametrize(
    "path", [p for p in FILES if p.parent.name != "cli" and p.name != "supervisor.py"], ids=_name_of
)
def test_nothing_prints(path: Path) -> None:
    """Only the command line writes to standard output."""
    tree = _tree(path)
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert "print" not in called


@pytest.mark.parametrize("name", masker.__all__)
def test_the_public_api_is_documented(name: str) -> None:
    """Every public name explains itself; constants stand in the specification of the hooks."""
    member = getattr(masker, name)
    assert isinstance(member, int) or (member.__doc__ or "").strip()


@pytest.mark.parametrize("marker", sorted((ROOT / "plugins").glob("*/src/*/__init__.py")), ids=lambda p: p.parent.name)
def test_packages_are_typed(marker: Path) -> None:
    """Type checkers look into a distribution only where ``py.typed`` invites them."""
    assert (marker.parent / "py.typed").is_file()
    assert (ROOT / "masker/py.typed").is_file()
