"""``masker serve``: the proxy."""

from __future__ import annotations

import click

from masker.cli.state import State, bind_option

__all__ = ["serve"]


@click.command(short_help="Serve the proxy.")
@bind_option("Address to listen on (default: MASKER_LISTEN_ADDR).")
@click.option("--workers", type=click.IntRange(1, 256), default=1, show_default=True, help="Worker processes.")
@click.pass_obj
def serve(state: State, bind: str | None, workers: int) -> None:
    """Serve the proxy until SIGTERM; open streams then get up to 30 seconds.

    Refuses to start while a plugin is broken or a kind that the policy requires has no detector.
    """
    from masker.proxy import supervisor

    supervisor.serve(state.settings, state.engine(state.policy()), bind=bind, workers=workers)
