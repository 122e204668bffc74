"""``masker mask`` and ``masker unmask``: a text to tokens and back."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import BinaryIO

import click

from masker.cli.state import State, fail, file_argument, policy_option, read_text

__all__ = ["mask", "unmask"]


@click.command(short_help="Put tokens in place of PHI.")
@file_argument
@click.option(
    "--map",
    "map_path",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the map from token to value here (it holds PHI; readable by you alone).",
)
@policy_option
@click.pass_obj
def mask(state: State, file: BinaryIO, map_path: Path | None, policy_path: Path | None) -> None:
    """Print FILE (default: standard input) with tokens in place of PHI."""
    policy = state.policy(policy_path)
    engine = state.engine(policy)
    masked, tokens = engine.mask_text(read_text(file), policy)
    if map_path is not None:
        _write_private(map_path, json.dumps(tokens, ensure_ascii=False, indent=1) + "\n")
    click.echo(masked, nl=False)


def _write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read; an existing one keeps its owner but loses others' access."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            path.chmod(0o600)
            file.write(text)
    except OSError as error:
        fail(f"{path} cannot be written ({type(error).__name__})")


def _is_text(value: object) -> bool:
    """Return whether a value can be printed: a lone surrogate cannot."""
    return isinstance(value, str) and not any("\ud800" <= char <= "\udfff" for char in value)


@click.command(short_help="Put values back in place of tokens.")
@file_argument
@click.option(
    "--map",
    "map_path",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The map that `masker mask --map` wrote.",
)
def unmask(file: BinaryIO, map_path: Path) -> None:
    """Print FILE (default: standard input) with the map's values in place of its tokens."""
    from masker.host.engine import unmask_text

    try:
        tokens = json.loads(map_path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        fail(f"{map_path} is not a map written by `masker mask`")
    if not isinstance(tokens, dict) or not all(map(_is_text, tokens.values())):
        fail(f"{map_path} is not a map written by `masker mask`")
    click.echo(unmask_text(read_text(file), tokens), nl=False)
