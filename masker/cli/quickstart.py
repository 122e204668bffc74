"""``masker quickstart``: the proxy."""

from __future__ import annotations

import click

__all__ = ["quickstart"]


@click.command()
def quickstart() -> None:
    """Serve."""
