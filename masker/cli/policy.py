"""``masker policy``: what a policy does, for a privacy officer, and whether it is valid."""

from __future__ import annotations

from pathlib import Path

import click

from masker.cli.state import State

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
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, title=f"policy: preset {chosen.preset}", title_justify="left")
    for column in ("kind", "45 CFR 164.514(b)(2)", "action", "covered by", "measured leaks", "known gaps"):
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(
            row["kind"],
            row["category"] or "-",
            row["action"],
            ", ".join(row["covered_by"]) or "nothing",
            row["measured"] or "-",
            row["gaps"] or "-",
            style=None if row["covered_by"] else "red",
        )
    Console().print(table)


@policy.command()
@_FILE
@click.pass_obj
def validate(state: State, file: Path | None) -> None:
    """Check a policy file and that every kind it requires has a detector; exit 3 when not."""
    chosen = state.policy(file)
    state.engine(chosen)
    click.echo("the policy is valid and every required kind has a detector")
