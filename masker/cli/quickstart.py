"""``masker quickstart``: a proxy, a store, an upstream and an agent, with nothing to configure.

It shows beside each turn what the caller said and what the model saw. What the caller said is known only inside the
request, so the engine of the quickstart notes it in a context variable that the built-in upstream's callback reads;
nothing else of masker can see both sides.
"""

from __future__ import annotations

import asyncio
import contextvars
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import click

from masker.cli.state import State, bind_option
from masker.core.policy import Policy
from masker.host.engine import Engine, MaskedCall

if TYPE_CHECKING:
    from masker.host.settings import Settings
    from masker.proxy.stub import Turn

__all__ = ["quickstart"]

_SAID: contextvars.ContextVar[str] = contextvars.ContextVar("said", default="")
_EXAMPLE = (
    "hi this is Sarah Chen, my number is four one five double five five oh one two three,"
    " i'd like to move my appointment on march third"
)


@click.command(short_help="Try it: a proxy with a built-in model, no key needed.")
@bind_option("Address to listen on; loopback only (default: 127.0.0.1:8080).")
@click.pass_obj
def quickstart(state: State, bind: str | None) -> None:
    """Serve a proxy with an embedded store, the built-in upstream and a demo agent, on loopback.

    Prints a curl line that works when pasted, and shows beside each turn what the caller said and what the model saw.
    Nothing is kept: the store is a temporary file that goes when you press Ctrl-C.
    """
    address = "127.0.0.1:8080" if bind is None else bind
    if not _is_loopback(address):
        raise click.BadParameter("quickstart shows what callers say; it listens on loopback only", param_hint="--bind")
    policy = state.policy()
    engine = state.engine(policy)
    watching = _WatchingEngine(engine.host)
    with _demo_settings(state.settings) as settings:
        agent_id = asyncio.run(_create_demo_agent(settings))
        _serve(settings, watching, address, agent_id)


def _is_loopback(address: str) -> bool:
    return address.rpartition(":")[0] in ("127.0.0.1", "localhost", "[::1]", "::1")


@contextmanager
def _demo_settings(settings: Settings) -> Iterator[Settings]:
    """Give the settings a store of their own that goes at the end."""
    with tempfile.TemporaryDirectory(prefix="masker-quickstart-") as folder:
        database = f"sqlite+aiosqlite:///{Path(folder, 'agents.sqlite3')}"
        yield attrs.evolve(settings, database_url=database, redis_url=None, vapi_webhook_secret=None)


async def _create_demo_agent(settings: Settings) -> str:
    from masker.proxy.agents import AgentStore

    store = AgentStore(settings.database_url)
    try:
        await store.open()
        agent, _ = await store.create("demo", "stub:*")
    finally:
        await store.close()
    return agent.id


class _WatchingEngine(Engine):
    """Notes what the caller just said, for `_show`."""

    def open(self, body: Mapping[str, Any], *, policy: Policy, agent: str, request_id: str) -> MaskedCall:
        said = ""
        for message in body.get("messages", ()):
            if isinstance(message, dict) and isinstance(message.get("content"), str):
                said = message["content"]
        _SAID.set(said)
        return super().open(body, policy=policy, agent=agent, request_id=request_id)


def _serve(settings: Settings, engine: Engine, address: str, agent_id: str) -> None:
    from masker.proxy.logs import configure_logging
    from masker.proxy.stub import StubTransport
    from masker.proxy.supervisor import serve_here

    configure_logging("warning", "pretty")

    def ready(listening: str) -> None:
        base_url = f"http://{listening}/proxy/{agent_id}/v1"
        body = {"model": "gpt-4o-mini", "messages": [{"role": "user", "content": _EXAMPLE}]}
        # An apostrophe would end the shell's quotes.
        data = json.dumps(body).replace("'", "'\\''")
        click.echo(f"masker is ready with {len(engine.host.detectors)} detectors and a built-in model. Paste this:\n")
        click.echo(f"curl -s {base_url}/chat/completions -H 'content-type: application/json' -d '{data}'\n")
        click.echo(f"or give any OpenAI client this base URL: {base_url}\n")
        sys.stdout.flush()

    serve_here(settings, engine, bind=address, stub=StubTransport(on_turn=_show), on_ready=ready)


def _show(turn: Turn) -> None:
    """Print one turn: the caller's words and the model's, side by side."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    seen = next((m.get("content") for m in reversed(turn.request.get("messages", [])) if m.get("content")), "")
    table = Table(box=None, padding=(0, 2, 1, 0), expand=True)
    table.add_column("the caller said", ratio=1, style="green")
    table.add_column("the model saw", ratio=1, style="cyan")
    table.add_row(Text(_SAID.get()), Text(seen if isinstance(seen, str) else json.dumps(seen)))
    answer = json.loads(turn.reply).get("content") or "(a tool call)"
    table.add_row(Text(""), Text(f"and answered: {answer}", style="dim cyan"))
    console = Console(width=None if Console().is_terminal else 160)
    console.print(table)
