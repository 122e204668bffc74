"""Every regular expression that masker and its plugins compile, found by watching the compiler: run as a program.

Prints a JSON list of ``[where, pattern, flags, anchored]``; anchored is what is only ever asked to match at one place. A
process of its own, because patterns are compiled once, at import.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
import sys
from typing import Any

OURS = ("masker.", "masker_")
TEXT = "I am Maribel Okonkwo, 4821 Larkspur Lane, born March 14, 1961, m.okonkwo@example.org, 415-555-0134, KX7Q92ZB."
found: dict[tuple[str, int], str] = {}
compile_ = re._compile  # type: ignore[attr-defined]  # what re.compile, re.sub and all others call


def watched(pattern: Any, flags: Any) -> Any:
    compiled = compile_(pattern, flags)
    frame = sys._getframe(1)
    while frame is not None and frame.f_globals.get("__name__", "").partition(".")[0] in ("re", "functools"):
        frame = frame.f_back
    module = frame.f_globals.get("__name__", "") if frame is not None else ""
    if module.startswith(OURS) and isinstance(compiled.pattern, str):
        found.setdefault((compiled.pattern, compiled.flags), f"{module}:{frame.f_lineno}")
    return compiled


re._compile = watched  # type: ignore[attr-defined]


def anchored(modules: list[Any]) -> set[str]:
    """Return ``module:line`` of every pattern with a name of its own that only ``match`` and ``fullmatch`` are asked of."""
    named: dict[tuple[str, str], list[str]] = {}
    uses: dict[tuple[str, str], set[str]] = {}
    for module in modules:
        tree = ast.parse(inspect.getsource(module))
        asked = {
            id(node.value): node.attr
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                uses.setdefault(_known_as(module, node.id), set()).add(asked.get(id(node), "something else"))
        for node in tree.body:
            targets = [node.target] if isinstance(node, ast.AnnAssign) else getattr(node, "targets", [])
            for target in targets:
                if isinstance(target, ast.Name):
                    lines = range(node.lineno, (node.end_lineno or node.lineno) + 1)
                    places = named.setdefault(_known_as(module, target.id), [])
                    places += [f"{module.__name__}:{line}" for line in lines]
    only = {name for name, found in uses.items() if found <= {"match", "fullmatch"}}
    return {place for name in only for place in named.get(name, ())}


def _known_as(module: Any, name: str) -> tuple[str, str]:
    """Return what tells a name apart: private ones belong to their module, others may be imported anywhere."""
    return (module.__name__ if name.startswith("_") else "", name)


def main() -> None:
    import importlib
    import pkgutil

    from masker.core.policy import Policy
    from masker.core.segments import Turn
    from masker.detection.detector import PatternDetector
    from masker.host.engine import build_engine
    from masker.host.settings import load_settings

    engine = build_engine(load_settings(environ={}))
    packages = {type(detector).__module__.partition(".")[0] for detector in engine.host.detectors} | {"masker"}
    modules = []
    for name in sorted(packages):
        package = importlib.import_module(name)
        modules += [
            package,
            *(importlib.import_module(one.name) for one in pkgutil.walk_packages(package.__path__, f"{name}.")),
        ]
    # Some are compiled when they are first needed.
    engine.detect([Turn("user", TEXT)], Policy())
    for detector in engine.host.detectors:
        for rule in getattr(detector, "rules", ()) if isinstance(detector, PatternDetector) else ():
            found.setdefault((rule.pattern.pattern, rule.pattern.flags), f"{detector.name} (rule)")
    matched = anchored(modules)
    json.dump([[where, *pattern, where in matched] for pattern, where in found.items()], sys.stdout)


if __name__ == "__main__":
    main()
