"""``masker agents``: create and change what a voice platform calls."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from masker.cli.state import State, fail
from masker.core.policy import Policy
from masker.errors import ConfigError
from masker.host.settings import RateLimit, Settings, is_utf8

__all__ = ["agents"]

_T = TypeVar("_T")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_AGENT = click.argument("agent", metavar="ID|NAME")
_BUILT_IN = frozenset({"stub"})


@click.group(short_help="Create and change agents.")
def agents() -> None:
    """Create, list and change agents. An agent's id is a secret: whoever knows its URL may use it."""


def _with_store(settings: Settings, work: Callable[[Any], Awaitable[_T]]) -> _T:
    """Run ``work`` with the agent store open."""
    from masker.proxy.agents import AgentStore

    async def run() -> _T:
        store = AgentStore(settings.database_url)
        try:
            await store.open()
            return await work(store)
        finally:
            await store.close()

    return asyncio.run(run())


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that `create` and `update` share."""
    for option in reversed(
        (
            click.option(
                "--policy",
                "policy_path",
                type=click.Path(exists=True, dir_okay=False, path_type=Path),
                help="Policy file; it is copied into the store.",
            ),
            click.option("--timeout-ms", type=click.IntRange(1, 2**31 - 1), help="Upstream timeout in milliseconds."),
            click.option("--rate-limit", metavar="R", help="Quota: N/s or 'N/s burst M' (burst defaults to 2N)."),
            click.option(
                "--signing-secret-env",
                metavar="VAR",
                help="Environment variable that holds the agent's own signing secret; it is copied into the store.",
            ),
        )
    ):
        command = option(command)
    return command


def _changes(
    state: State,
    policy_path: Path | None,
    timeout_ms: int | None,
    rate_limit: str | None,
    signing_secret_env: str | None,
) -> dict[str, Any]:
    """Read the shared options; what was not given is left out."""
    changes: dict[str, Any] = {}
    if policy_path is not None:
        try:
            changes["policy_toml"] = policy_path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"{policy_path} cannot be read ({type(error).__name__})") from None
        # As `masker policy validate`: what is stored now would otherwise stop every request of the agent later.
        state.engine(Policy.from_toml(changes["policy_toml"]))
    if timeout_ms is not None:
        changes["timeout_ms"] = timeout_ms
    if rate_limit is not None:
        try:
            changes["rate_limit"] = RateLimit.parse(rate_limit)
        except ConfigError as error:
            raise click.BadParameter(str(error), param_hint="--rate-limit") from None
    if signing_secret_env is not None:
        secret = os.environ.get(signing_secret_env)
        if not secret:
            raise click.BadParameter(f"{signing_secret_env} is not set", param_hint="--signing-secret-env")
        if not is_utf8(secret):
            raise click.BadParameter(f"{signing_secret_env} is not UTF-8", param_hint="--signing-secret-env")
        changes["signing_secret"] = secret
    return changes


def _check_provider(upstream: str, settings: Settings) -> None:
    from masker.proxy.agents import parse_upstream

    try:
        provider, _ = parse_upstream(upstream)
    except ConfigError as error:
        raise click.BadParameter(str(error), param_hint="--upstream") from None
    known = sorted(_BUILT_IN | set(settings.providers))
    if provider not in known:
        raise ConfigError(f'unknown provider "{provider}"; known: {", ".join(known)} (add [providers.NAME] tables)')


def _as_dict(agent: Any, settings: Settings) -> dict[str, Any]:
    return {
        "id": agent.id,
        "name": agent.name,
        "proxy_url": settings.proxy_url(agent.id),
        "upstream": agent.upstream,
        "models": list(agent.models),
        "timeout_ms": agent.timeout_ms,
        "rate_limit": str(agent.rate_limit) if agent.rate_limit else None,
        "policy": agent.policy_toml,
        "has_key": agent.key_hash is not None,
        "pass_authorization": agent.pass_authorization,
        "signed": agent.signing_secret is not None,
        "disabled": agent.disabled,
        "created_at": agent.created_at.isoformat(),
    }


@agents.command()
@click.argument("name")
@click.option(
    "--upstream",
    required=True,
    metavar="PROVIDER:MODEL[,MODEL...]",
    help="Upstream and its models; PROVIDER:* for any.",
)
@_options
@click.option("--with-key", is_flag=True, help="Ask callers for a key; it is shown once.")
@click.option("--pass-authorization", is_flag=True, help="Send the caller's Authorization to the upstream.")
@_JSON
@click.pass_obj
def create(
    state: State, /, name: str, upstream: str, with_key: bool, pass_authorization: bool, as_json: bool, **options: Any
) -> None:
    """Create an agent and print its id and proxy URL."""
    if with_key and pass_authorization:
        raise click.UsageError("--with-key and --pass-authorization share one header; choose one")
    settings = state.settings
    _check_provider(upstream, settings)
    changes = _changes(state, **options)
    agent, key = _with_store(
        settings,
        lambda store: store.create(name, upstream, with_key=with_key, pass_authorization=pass_authorization, **changes),
    )
    row = _as_dict(agent, settings)
    if as_json:
        click.echo(json.dumps(dict(row, key=key) if key else row, indent=1))
        return
    click.echo(f"id         {agent.id}")
    click.echo(f"proxy url  {row['proxy_url']}")
    if key:
        click.echo(f"key        {key}   (shown this once)")


@agents.command("list")
@_JSON
@click.pass_obj
def list_(state: State, as_json: bool) -> None:
    """List all agents, oldest first."""
    settings = state.settings
    rows = [_as_dict(agent, settings) for agent in _with_store(settings, lambda store: store.list())]
    if as_json:
        click.echo(json.dumps(rows, indent=1))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for column in ("name", "upstream", "id", "state"):
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(row["name"], row["upstream"], row["id"], "disabled" if row["disabled"] else "enabled")
    Console().print(table)


@agents.command()
@_AGENT
@_JSON
@click.pass_obj
def show(state: State, agent: str, as_json: bool) -> None:
    """Show one agent."""
    settings = state.settings
    _print(_as_dict(_with_store(settings, lambda store: store.get(agent)), settings), as_json=as_json)


@agents.command()
@_AGENT
@click.option("--name", help="A new name.")
@click.option("--upstream", metavar="PROVIDER:MODEL[,MODEL...]", help="Another upstream.")
@_options
@click.option("--new-key", is_flag=True, help="Give it a new key, shown once; the old one stops working.")
@click.option("--without-key", is_flag=True, help="Ask callers for no key any more.")
@click.option("--pass-authorization/--no-pass-authorization", default=None, help="Send the caller's Authorization on.")
@_JSON
@click.pass_obj
def update(
    state: State,
    /,
    agent: str,
    name: str | None,
    upstream: str | None,
    new_key: bool,
    without_key: bool,
    pass_authorization: bool | None,
    as_json: bool,
    **options: Any,
) -> None:
    """Change an agent. Running workers notice within 5 seconds."""
    settings = state.settings
    changes = _changes(state, **options)
    if new_key and without_key:
        raise click.UsageError("--new-key and --without-key exclude each other")
    if upstream is not None:
        _check_provider(upstream, settings)
        changes["upstream"] = upstream
    if name is not None:
        changes["name"] = name
    if without_key:
        changes["key_hash"] = None
    if pass_authorization is not None:
        changes["pass_authorization"] = pass_authorization
    if not changes and not new_key:
        raise click.UsageError("nothing to change; see --help")

    async def work(store: Any) -> tuple[Any, str | None]:
        if new_key:
            renewed: tuple[Any, str] = await store.renew_key(agent, **changes)
            return renewed
        return await store.update(agent, **changes), None

    changed, key = _with_store(settings, work)
    row = _as_dict(changed, settings)
    _print(dict(row, key=key) if key else row, as_json=as_json)


@agents.command()
@_AGENT
@click.pass_obj
def disable(state: State, agent: str) -> None:
    """Answer an agent's callers 404, from 5 seconds on."""
    _with_store(state.settings, lambda store: store.update(agent, disabled=True))
    click.echo("disabled")


@agents.command()
@_AGENT
@click.pass_obj
def enable(state: State, agent: str) -> None:
    """Serve an agent again."""
    _with_store(state.settings, lambda store: store.update(agent, disabled=False))
    click.echo("enabled")


@agents.command()
@_AGENT
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def delete(state: State, agent: str, yes: bool) -> None:
    """Delete an agent for good."""
    if not yes:
        if not sys.stdin.isatty():
            fail("deleting needs --yes where nobody can be asked", 2)
        click.confirm("Delete this agent for good?", abort=True)
    _with_store(state.settings, lambda store: store.delete(agent))
    click.echo("deleted")


def _print(row: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(row, indent=1))
        return
    for key, value in row.items():
        click.echo(f"{key:<19} {'-' if value is None else value}")
