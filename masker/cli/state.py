"""What the commands share: the configuration and what is built from it, a common option, and how a command fails."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn, TypeVar

import click

from masker.errors import ConfigError

if TYPE_CHECKING:
    from masker.core.policy import Policy
    from masker.host.engine import Engine
    from masker.host.settings import Settings

__all__ = ["State", "bind_option", "fail", "file_argument", "policy_option", "read_text"]

_Command = TypeVar("_Command", bound=Callable[..., Any])

#: ``FILE`` of the commands that look at a text. Bytes, since reading text would turn CR LF into LF and so change what
#: offsets count in.
file_argument = click.argument("file", type=click.File("rb"), default="-")

#: ``--policy FILE`` of the commands that look at a text.
policy_option = click.option(
    "--policy",
    "policy_path",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Policy file (default: the configured one, else Safe Harbor).",
)


class State:
    """What the commands share: the configuration file, and what is built from it on first use."""

    def __init__(self) -> None:
        self.config: Path | None = None
        self._settings: Settings | None = None

    @property
    def settings(self) -> Settings:
        """The settings, read once."""
        if self._settings is None:
            from masker.host.settings import load_settings

            self._settings = load_settings(self.config)
        return self._settings

    def policy(self, path: Path | None = None) -> Policy:
        """Return the policy of a file, or the configured one.

        Raises:
            ConfigError: The file cannot be read or is no policy.
        """
        from masker.core.policy import Policy

        if path is None:
            return Policy.from_toml(self.settings.policy_text())
        try:
            return Policy.from_toml(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"{path} cannot be read ({type(error).__name__})") from None

    def engine(self, policy: Policy) -> Engine:
        """Return an engine whose plugins cover what the policy requires.

        Raises:
            PluginError: A plugin is broken or a required kind is not covered.
        """
        from masker.host.engine import build_engine

        engine = build_engine(self.settings)
        engine.check(policy)
        return engine


def fail(message: str, code: int = 1) -> NoReturn:
    """Print an error to stderr and end with an exit code."""
    click.echo(f"masker: {message}", err=True)
    raise SystemExit(code)


def read_text(file: BinaryIO) -> str:
    """Return a whole file's text as it stands, line endings included; end the command when it is not UTF-8."""
    try:
        return file.read().decode()
    except UnicodeDecodeError as error:
        place = error.start
    fail(f"the text is not UTF-8 (byte {place})")


def bind_option(text: str) -> Callable[[_Command], _Command]:
    """Return the option ``--bind HOST:PORT``; ``text`` is its help."""
    return click.option("--bind", metavar="HOST:PORT", callback=_check_address, help=text)


def _check_address(_: click.Context, param: click.Parameter, value: str | None) -> str | None:
    from masker.host.settings import parse_address

    try:
        return None if value is None else parse_address(value)
    except ConfigError as error:
        raise click.BadParameter(str(error), param=param) from None
