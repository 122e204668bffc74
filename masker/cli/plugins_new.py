"""``masker plugins new NAME --kind KIND``: a plugin project that passes conformance before a line is changed."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path
from string import Template
from typing import Final

import click

from masker.core.kinds import FIRST_PARTY, KIND_NAME

__all__ = ["new"]

#: Lower-case words joined by hyphens: good for an entry point, a distribution and a module alike.
_NAME: Final = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_PREFIX: Final = "phi-masker-"

#: Template file to place in the project; ``$module`` in a place is filled in too.
_FILES: Final = {
    "pyproject.toml.tmpl": "pyproject.toml",
    "README.md.tmpl": "README.md",
    "gitignore.tmpl": ".gitignore",
    "ci.yml.tmpl": ".github/workflows/ci.yml",
    "init.py.tmpl": "src/$module/__init__.py",
    "detector.py.tmpl": "src/$module/detector.py",
    "examples.json.tmpl": "src/$module/examples.json",
    "test_conformance.py.tmpl": "tests/test_conformance.py",
}


@click.command(short_help="Begin a plugin that passes conformance.")
@click.argument("name")
@click.option("--kind", required=True, help="The kind that it finds, such as LOYALTY_CARD; shown in tokens.")
def new(name: str, kind: str) -> None:
    """Write a ready-to-publish plugin project into ./NAME; it passes conformance as it is.

    NAME is lower-case words joined by hyphens, KIND upper-case words joined by underscores. An existing folder is
    never touched.
    """
    short = name.removeprefix(_PREFIX)
    if not _NAME.fullmatch(short) or len(short) > 40:
        raise click.BadParameter(
            f'"{name}" must be lower-case words joined by hyphens, such as acme-loyalty', param_hint="NAME"
        )
    if not KIND_NAME.fullmatch(kind) or len(kind) > 40:
        hint = re.sub(r"[^A-Z]+", "_", kind.upper()).strip("_")
        example = hint if KIND_NAME.fullmatch(hint) and len(hint) <= 40 else "LOYALTY_CARD"
        raise click.BadParameter(
            f'"{kind}" must be upper-case words joined by underscores, such as {example}', param_hint="--kind"
        )
    if short in {plugin for _, plugin in FIRST_PARTY.values()} | {"media"}:
        raise click.BadParameter(f'"{name}" is the name of a first-party plugin; choose another', param_hint="NAME")
    target = Path(name)
    if target.exists():
        raise click.ClickException(f"{target} exists already; nothing was written")
    for path, text in _project(short, kind).items():
        file = target / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (target / "src" / _module(short) / "py.typed").touch()
    click.echo(f"{target}: {_PREFIX}{short}, finds {kind}")
    if kind in FIRST_PARTY:
        click.echo(
            f"{kind} has shared fixtures; the detector claims a part of it (scope) and is judged by its own examples "
            "and the shared negatives. Remove the scope to be judged by all of them."
        )
    click.echo(
        f"next:\n  cd {target}\n  python -m venv .venv && .venv/bin/pip install -e '.[test]'\n  .venv/bin/pytest"
    )


def _module(short: str) -> str:
    return f"masker_{short.replace('-', '_')}"


def _project(short: str, kind: str) -> dict[str, str]:
    """Return the project's files by path."""
    words = kind.replace("_", " ").lower()
    known = FIRST_PARTY[kind][0] if kind in FIRST_PARTY else None
    title = known.title if known else words
    cues = "|".join(sorted({re.sub(" ", "[ _-]", text) for text in (words, title)}, key=len, reverse=True))
    scope = ""
    if known:
        scope = f'    # A part of the kind only, as reports and badges say.\n    detector.scope = "{short}"\n'
    values = {
        "name": short,
        "distribution": f"{_PREFIX}{short}",
        "module": _module(short),
        "class_name": "".join(part.capitalize() for part in short.split("-")),
        "kind": kind,
        "title": title,
        "key": title.replace(" ", "_"),
        "category": f'"{known.category}"' if known and known.category else "None",
        "cues": cues,
        "scope": scope,
    }
    folder = resources.files("masker.cli") / "templates" / "plugin"
    return {
        Template(place).substitute(values): Template((folder / source).read_text(encoding="utf-8")).substitute(values)
        for source, place in _FILES.items()
    }
