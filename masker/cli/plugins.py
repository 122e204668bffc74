"""``masker plugins``: what is installed, and a new one."""

from __future__ import annotations

import contextlib
import json

import attrs
import click

from masker.cli.state import State

__all__ = ["plugins"]


@click.group(short_help="Installed detectors; a new plugin.")
def plugins() -> None:
    """List the detectors that are installed, or begin a new plugin."""


@plugins.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def list_(state: State, as_json: bool) -> None:
    """List every plugin found: name, distribution, version, kinds, state, reason."""
    from masker.host.manager import create_plugin_host

    settings = state.settings
    host = create_plugin_host(blocked=settings.blocked_plugins, settings=settings.plugin_settings)
    if as_json:
        click.echo(json.dumps([attrs.asdict(status) for status in host.statuses], indent=1))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for column in ("name", "distribution", "version", "kinds", "state", "reason"):
        table.add_column(column, overflow="fold")
    for status in host.statuses:
        table.add_row(
            status.name,
            status.dist or "-",
            status.version or "-",
            ", ".join(status.kinds),
            status.state,
            status.reason,
            style={"broken": "red", "blocked": "dim"}.get(status.state),
        )
    console = Console()
    console.print(table)
    if not host.statuses:
        console.print("no plugins are installed; begin with: pip install 'phi-masker[all]'", markup=False)


with contextlib.suppress(ImportError):
    from masker.cli.plugins_new import new

    plugins.add_command(new)
