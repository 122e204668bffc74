"""``masker serve``: the proxy."""

from __future__ import annotations

import click

__all__ = ["serve"]


@click.command()
def serve() -> None:
    """Serve."""
