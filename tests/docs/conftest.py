"""The command line as click sees it."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest


def _leaves(command: click.Command, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    if isinstance(command, click.Group):
        for name, sub in sorted(command.commands.items()):
            yield from _leaves(sub, (*path, name))
    else:
        yield path, command


@pytest.fixture(scope="session")
def commands() -> dict[tuple[str, ...], click.Command]:
    """Every command that can be run, by its words after ``masker``."""
    from masker.cli import root

    root._register()
    return dict(_leaves(root.cli, ()))
