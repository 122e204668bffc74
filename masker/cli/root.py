"""The root command, the ``--config`` option that every command takes, and the mapping of errors to exit codes."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from masker import __version__
from masker.cli.state import State, fail
from masker.errors import ConfigError, MaskerError, PluginError, StoreUnavailable

__all__ = ["cli", "run"]


class MaskerGroup(click.Group):
    """A group whose commands all take ``--config``, before or after their name; plugins may add to them.

    Plugins are loaded only for a command that masker itself does not have, and for the list of all: loading them
    takes longer than most commands.
    """

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, one of masker's own or else a plugin's."""
        found = super().get_command(ctx, cmd_name)
        if found is None:
            self._ask_plugins(ctx)
            found = super().get_command(ctx, cmd_name)
        return found

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        self._ask_plugins(ctx)
        return super().list_commands(ctx)

    def _ask_plugins(self, ctx: click.Context) -> None:
        """Let plugins add their commands; with a configuration that cannot be read there are none."""
        from masker.host.manager import create_plugin_host

        if ctx.meta.setdefault("masker.plugins_asked", False):
            return
        ctx.meta["masker.plugins_asked"] = True
        with contextlib.suppress(ConfigError):
            settings = ctx.ensure_object(State).settings
            host = create_plugin_host(blocked=settings.blocked_plugins, settings=settings.plugin_settings)
            host.hook.masker_register_commands(group=self)

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Add a command and give it, and whatever it holds, the option."""
        _give_config(cmd)
        super().add_command(cmd, name)


def _give_config(command: click.Command) -> None:
    if isinstance(command, click.Group):
        for sub in command.commands.values():
            _give_config(sub)
    elif not any(param.name == "config" for param in command.params):
        command.params.append(_config_option())


def _config_option() -> click.Option:
    return click.Option(
        ["--config"],
        type=click.Path(dir_okay=False, path_type=Path),
        expose_value=False,
        callback=_take_config,
        is_eager=True,
        help="Configuration file (default: masker.toml, which may be missing).",
    )


def _take_config(context: click.Context, _: click.Parameter, value: Path | None) -> None:
    state = context.ensure_object(State)
    if value is None:
        return
    if not value.exists():
        raise click.BadParameter(f"{value} does not exist", context)
    state.config = value


@click.group(cls=MaskerGroup, params=[_config_option()], context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="masker")
@click.pass_context
def cli(context: click.Context) -> None:
    """Keep protected health information away from language models.

    `masker quickstart` starts a proxy with a built-in upstream; `masker serve` is the real thing.
    """
    context.ensure_object(State)


def _register() -> None:
    from masker.cli import agents, detect, mask, plugins, policy, quickstart, serve

    for command in (
        quickstart.quickstart,
        serve.serve,
        agents.agents,
        detect.detect,
        mask.mask,
        mask.unmask,
        plugins.plugins,
        policy.policy,
    ):
        cli.add_command(command)
    with contextlib.suppress(ImportError):  # comes with phi-masker-conformance
        from masker.cli.conformance_command import conformance

        cli.add_command(conformance)


def _exit_code(error: MaskerError) -> int:
    if isinstance(error, ConfigError | PluginError):
        return 3
    return 5 if isinstance(error, StoreUnavailable) else 1


@contextlib.contextmanager
def _errors_to_exit_codes() -> Iterator[None]:
    try:
        yield
    except MaskerError as error:
        fail(str(error), _exit_code(error))
    except BrokenPipeError:
        # The reader of our output has gone (`masker detect | head`); keep the interpreter from complaining.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EIO, errno.EDQUOT):
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        fail(f"the output cannot be written: {error.strerror}")
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] == "masker":
            raise
        fail(f"{error.name} is missing; install the proxy: pip install 'phi-masker[proxy]'")


def run(arguments: list[str] | None = None, **extra: Any) -> None:
    """Run the command line with the process's arguments, or the given ones."""
    with _errors_to_exit_codes():
        _register()
        cli.main(args=arguments, prog_name="masker", **extra)
