"""``masker policy``: what a policy does, for a privacy officer, and whether it is valid."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from masker.cli.state import State
from masker.core.policy import Policy

__all__ = ["policy"]

_FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)


@click.group(short_help="What the policy does; is it valid?")
def policy() -> None:
    """Show what a policy does, or check it."""


@policy.command()
@_FILE
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def show(state: State, file: Path | None, as_json: bool) -> None:
    """Show, per kind, the action, the detector and version that covers it, and what it is known to miss."""
    import json

    from masker.host.engine import build_engine

    chosen = state.policy(file)
    rows = build_engine(state.settings).coverage(chosen)
    if as_json:
        click.echo(json.dumps(rows, indent=1))
        return
    _print(chosen, rows)


def _print(chosen: Policy, rows: list[dict[str, Any]]) -> None:
    """Print a block for each kind; a kind that nothing covers stands out."""
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    console = Console(highlight=False)
    console.print(f"preset {chosen.preset}; media: {chosen.media}; unknown tokens: {chosen.unknown_tokens}\n")
    for row in rows:
        category = f"   45 CFR 164.514(b)(2)(i)({row['category']})" if row["category"] else ""
        covered = ", ".join(row["covered_by"])
        head = Text.assemble(
            (f"{row['kind']:<12}", "bold"),
            f" {row['action']:<9} ",
            (covered or "NOT COVERED", "" if covered else "bold red"),
        )
        console.print(head.append(category, style="dim"))
        for name in ("measured", "gaps"):
            if row[name]:
                title = {"measured": "measured", "gaps": "known gaps"}[name]
                console.print(Padding(Text(f"{title}: {row[name]}"), (0, 0, 0, 13)))


@policy.command()
@_FILE
@click.pass_obj
def validate(state: State, file: Path | None) -> None:
    """Check a policy file and that every kind it requires has a detector; exit 3 when not."""
    chosen = state.policy(file)
    state.engine(chosen)
    click.echo("the policy is valid and every required kind has a detector")
