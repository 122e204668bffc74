"""Agents: who may call, which upstream and models they reach, under which policy and quota.

An agent is a row in a database behind SQLAlchemy's asyncio layer, so another database is another URL. Requests read
agents through `AgentDirectory`, a short cache: a change takes effect everywhere within its lifetime, and neither
known nor unknown ids can make the database work harder than once per lifetime each.

An agent's id is a secret (whoever knows the URL may use it), and so is what the row holds; neither appears in a
repr, a log or a message.
"""

from __future__ import annotations

__all__ = [
    "Agent",
    "AgentDirectory",
    "AgentExists",
    "AgentStore",
    "UnknownAgent",
    "is_agent_id",
    "parse_upstream",
]

import asyncio
import contextlib
import os
import re
import secrets
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

import attrs
import sqlalchemy as sa
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, IntegrityError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from ulid import ULID

from masker.core.policy import Policy
from masker.errors import ConfigError, MaskerError, PluginError, PolicyError, RequestError, StoreUnavailable
from masker.host.settings import RateLimit
from masker.proxy.signature import hash_key

# A ULID is 128 bits in Crockford's base 32: 26 characters, the first at most 7.
_AGENT_ID: Final = re.compile(r"agt_[0-7][0-9A-HJKMNP-TV-Z]{25}")
_AGENT_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}")
_ANY_MODEL: Final = "*"
#: A model's name is not masked, so it must not be a sentence, nor a path that leads elsewhere.
_MODEL: Final = re.compile(r"(?!.*(?:\.\.|//))[A-Za-z0-9@][A-Za-z0-9._:/@+-]{0,199}")

#: Seconds for which an agent, or its absence, is believed; the contract allows 5. It is asked for again before, while
#: what is known still serves, so that calls in progress never wait for the database.
_BELIEVED_FOR: Final = 4.0
_ASKED_AFTER: Final = 2.0
#: Seconds for which a call waits for the database.
_PATIENCE: Final = 3.0
_UNKNOWN: Final = "no agent has this id or name; `masker agents list` shows them all"
_TAKEN: Final = 'an agent is already called "{}"; choose another name'
#: Agents, and unknown ids, kept in the cache; the oldest go first.
_CACHED: Final = 4096


class UnknownAgent(MaskerError):
    """No agent has this id or name."""


class AgentExists(MaskerError):
    """Another agent has this name."""


@attrs.frozen
class Agent:
    """One agent.

    Args:
        id: ``agt_`` and a ULID; a secret.
        name: What logs and metrics call it; unique.
        provider: Name of the upstream.
        models: The models it may ask for, or ``("*",)``.
        policy_toml: Its own policy, or ``None`` for the process's.
        timeout_ms: Overrides the upstream's timeout.
        rate_limit: Its own quota, or ``None`` for the process's.
        key_hash: SHA-256 of its key, or ``None`` when it has none.
        pass_authorization: Whether the caller's ``Authorization`` goes to the upstream, instead of ours.
        signing_secret: Its own signing secret, in place of the process's. An HMAC cannot be checked against a hash.
        disabled: Whether it is answered 404.
        created_at: When it was created.
    """

    id: str = attrs.field(repr=False)
    name: str
    provider: str
    models: tuple[str, ...]
    policy_toml: str | None = attrs.field(default=None, repr=False)
    timeout_ms: int | None = None
    rate_limit: RateLimit | None = None
    key_hash: str | None = attrs.field(default=None, repr=False)
    pass_authorization: bool = False
    signing_secret: str | None = attrs.field(default=None, repr=False)
    disabled: bool = False
    created_at: datetime = attrs.field(factory=lambda: datetime.now(UTC))

    @property
    def upstream(self) -> str:
        """The upstream as it was configured: ``PROVIDER:MODEL[,MODEL...]`` or ``PROVIDER:*``."""
        return f"{self.provider}:{','.join(self.models)}"

    def allows(self, model: str) -> bool:
        """Return whether it may ask for a model; where any will do, it must at least look like a model's name."""
        return _MODEL.fullmatch(model) is not None if self.allows_any_model else model in self.models

    @property
    def allows_any_model(self) -> bool:
        """Whether every model of the upstream may be asked for."""
        return self.models == (_ANY_MODEL,)


def is_agent_id(text: str) -> bool:
    """Return whether a text has the form of an agent's id."""
    return _AGENT_ID.fullmatch(text) is not None


def parse_upstream(text: str) -> tuple[str, tuple[str, ...]]:
    """Split ``PROVIDER:MODEL[,MODEL...]`` or ``PROVIDER:*``.

    Raises:
        ConfigError: The text is neither.
    """
    provider, colon, rest = text.partition(":")
    models = tuple(dict.fromkeys(model.strip() for model in rest.split(",")))
    if not colon or not provider or not all(models) or (_ANY_MODEL in models and models != (_ANY_MODEL,)):
        raise ConfigError(f"upstream {text!r}: write PROVIDER:MODEL[,MODEL...] or PROVIDER:*")
    return provider, models


_metadata = sa.MetaData()
_agents: Final = sa.Table(
    "agents",
    _metadata,
    sa.Column("id", sa.String(30), primary_key=True),
    sa.Column("name", sa.String(64), nullable=False, unique=True),
    sa.Column("provider", sa.String(64), nullable=False),
    sa.Column("models", sa.JSON, nullable=False),
    sa.Column("policy_toml", sa.Text),
    sa.Column("timeout_ms", sa.Integer),
    sa.Column("rate_limit", sa.String(40)),
    sa.Column("key_hash", sa.String(64)),
    sa.Column("pass_authorization", sa.Boolean, nullable=False),
    sa.Column("signing_secret", sa.Text),
    sa.Column("disabled", sa.Boolean, nullable=False),
    sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
)


class AgentStore:
    """The agents in the database. Every method raises `StoreUnavailable` when it cannot be reached.

    Args:
        url: SQLAlchemy URL with an asyncio driver.

    Raises:
        ConfigError: The URL is none, or its driver is not installed.
    """

    def __init__(self, url: str) -> None:
        try:
            self._url = make_url(url)
            self._engine = create_async_engine(self._url, **_engine_options(self._url))
        except (ArgumentError, NoSuchModuleError, ModuleNotFoundError, ValueError) as error:
            # The message of an ArgumentError quotes the URL, password included.
            raise ConfigError(f"database_url: no usable SQLAlchemy URL ({type(error).__name__})") from None
        if self._url.get_backend_name() == "sqlite":
            sa.event.listen(self._engine.sync_engine, "connect", _prepare_sqlite)

    async def open(self) -> None:
        """Reach the database and create the table where it is missing."""
        if self._url.get_backend_name() == "sqlite" and self._url.database not in {None, "", ":memory:"}:
            _create_private_file(Path(str(self._url.database)))
        try:
            async with self._connection() as connection:
                await connection.run_sync(_metadata.create_all)
        except (StoreUnavailable, IntegrityError):
            # Two processes that start together both try to create the table; the second try finds it there.
            async with self._connection() as connection:
                await connection.run_sync(_metadata.create_all)

    async def close(self) -> None:
        """Close every connection."""
        await self._engine.dispose()

    async def ping(self) -> None:
        """Reach the database."""
        async with self._connection() as connection:
            await connection.execute(sa.select(sa.literal(1)))

    async def create(
        self,
        name: str,
        upstream: str,
        *,
        policy_toml: str | None = None,
        timeout_ms: int | None = None,
        rate_limit: RateLimit | None = None,
        signing_secret: str | None = None,
        with_key: bool = False,
        pass_authorization: bool = False,
    ) -> tuple[Agent, str | None]:
        """Create an agent and return it with its key, which is shown this once and never again.

        Raises:
            AgentExists: The name is taken.
            ConfigError: A value is wrong.
            PolicyError: The policy is wrong.
        """
        _check_header(with_key=with_key, pass_authorization=pass_authorization)
        provider, models = parse_upstream(upstream)
        key = _new_key() if with_key else None
        agent = Agent(
            id=f"agt_{ULID()}",
            name=_checked_name(name),
            provider=provider,
            models=models,
            policy_toml=_checked_policy(policy_toml),
            timeout_ms=timeout_ms,
            rate_limit=rate_limit,
            key_hash=hash_key(key) if key else None,
            pass_authorization=pass_authorization,
            signing_secret=signing_secret,
        )
        try:
            async with self._connection() as connection:
                await connection.execute(sa.insert(_agents).values(**_columns_of(attrs.asdict(agent, recurse=False))))
        except IntegrityError:
            raise AgentExists(_TAKEN.format(name)) from None
        return agent, key

    async def get(self, reference: str) -> Agent:
        """Return the agent with this id or name.

        Raises:
            UnknownAgent: There is none.
        """
        async with self._connection() as connection:
            row = (await connection.execute(sa.select(_agents).where(_named(reference)))).mappings().one_or_none()
        if row is None:
            raise UnknownAgent(_UNKNOWN)
        return _agent_of(row)

    async def find(self, agent_id: str) -> Agent | None:
        """Return the agent with this id, or ``None``."""
        try:
            return await self.get(agent_id) if is_agent_id(agent_id) else None
        except UnknownAgent:
            return None

    async def list(self) -> list[Agent]:
        """Return all agents, oldest first.

        Raises:
            ConfigError: One of them cannot be read: somebody else wrote its row.
        """
        try:
            async with self._connection() as connection:
                rows = (await connection.execute(sa.select(_agents).order_by(_agents.c.id))).mappings().all()
            return [_agent_of(row) for row in rows]
        except (ValueError, TypeError, AttributeError) as error:
            raise ConfigError(f"An agent in the database cannot be read ({type(error).__name__}).") from error

    async def update(self, reference: str, *, upstream: str | None = None, **changes: Any) -> Agent:
        """Change some of an agent's fields and return it as it is now.

        What somebody else changes at the same time in other fields stays.

        Args:
            reference: Its id or name.
            upstream: A new ``PROVIDER:MODEL[,MODEL...]``.
            changes: Any of the fields of `Agent` but ``id`` and ``created_at``.

        Raises:
            UnknownAgent: There is none.
            AgentExists: The new name is taken.
            ConfigError: A value is wrong.
        """
        if upstream is not None:
            changes["provider"], changes["models"] = parse_upstream(upstream)
        if "name" in changes:
            _checked_name(changes["name"])
        if "policy_toml" in changes:
            _checked_policy(changes["policy_toml"])
        name = changes.get("name", reference)
        try:
            async with self._connection() as connection:
                # Written before it is read: so each database makes who comes second wait for the first.
                changed = sa.update(_agents).where(_named(reference)).values(**_columns_of(changes))
                if not (await connection.execute(changed)).rowcount:
                    raise UnknownAgent(_UNKNOWN)
                found = await connection.execute(sa.select(_agents).where(_named(name)))
                agent = _agent_of(found.mappings().one())
                _check_header(with_key=agent.key_hash is not None, pass_authorization=agent.pass_authorization)
        except IntegrityError:
            raise AgentExists(_TAKEN.format(name)) from None
        return agent

    async def renew_key(self, reference: str, **changes: Any) -> tuple[Agent, str]:
        """Give an agent a new key, with other changes as in `update`, and return both; the old key stops working."""
        key = _new_key()
        return await self.update(reference, key_hash=hash_key(key), **changes), key

    async def delete(self, reference: str) -> Agent:
        """Delete an agent and return what it was.

        Raises:
            UnknownAgent: There is none.
        """
        agent = await self.get(reference)
        async with self._connection() as connection:
            await connection.execute(sa.delete(_agents).where(_agents.c.id == agent.id))
        return agent

    @contextlib.asynccontextmanager
    async def _connection(self) -> AsyncIterator[AsyncConnection]:
        try:
            async with self._engine.begin() as connection:
                yield connection
        except IntegrityError:
            raise
        # Drivers raise their own kinds beside SQLAlchemy's: a refused connection is an OSError with asyncpg.
        except (SQLAlchemyError, OSError) as error:
            where = self._url.render_as_string(hide_password=True)
            raise StoreUnavailable(f"the database {where} cannot be reached ({type(error).__name__})") from error


class AgentDirectory:
    """Agents as requests see them: cached for some seconds, with their policy ready to use.

    Args:
        store: Where agents live.
        default_policy: The policy of agents that have none.
        check: Called once with each agent's own policy; raises `PluginError` when a kind that it requires has no
            detector. The default policy was checked before anything was served.
    """

    def __init__(self, store: AgentStore, default_policy: Policy, check: Callable[[Policy], None]) -> None:
        self._store = store
        self._check = check
        self._default_policy = default_policy
        self._known: OrderedDict[str, tuple[float, Agent | None]] = OrderedDict()
        self._lookups: dict[str, asyncio.Task[Agent | None]] = {}
        self._policies: OrderedDict[str, Policy] = OrderedDict()

    async def find(self, agent_id: str) -> Agent | None:
        """Return the enabled agent with this id, or ``None``.

        Raises:
            StoreUnavailable: It is not cached and the database cannot be reached, or does not answer in time.
        """
        if not is_agent_id(agent_id):
            return None
        learned, agent = self._known.get(agent_id, (float("-inf"), None))
        age = time.monotonic() - learned
        if age > _BELIEVED_FOR:
            try:
                async with asyncio.timeout(_PATIENCE):
                    # Shielded: a caller that hangs up must not cancel the lookup that others wait for.
                    agent = await asyncio.shield(self._look_up(agent_id))
            except TimeoutError as error:
                raise StoreUnavailable("the database does not answer in time") from error
        elif age > _ASKED_AFTER:
            self._look_up(agent_id)
        return None if agent is None or agent.disabled else agent

    def policy_of(self, agent: Agent) -> Policy:
        """Return the policy that an agent's requests are masked under.

        Raises:
            RequestError: ``detection_failed``: the policy cannot be kept with the plugins of this process.
        """
        if agent.policy_toml is None:
            return self._default_policy
        policy = self._policies.get(agent.policy_toml)
        if policy is None:
            try:
                policy = Policy.from_toml(agent.policy_toml)
                self._check(policy)
            except (PolicyError, PluginError) as error:
                raise RequestError(
                    "detection_failed",
                    "The agent's policy cannot be kept by this proxy's plugins; nothing was forwarded.",
                ) from error
            self._policies[agent.policy_toml] = policy
            _shrink(self._policies)
        return policy

    def _look_up(self, agent_id: str) -> asyncio.Task[Agent | None]:
        """Ask the database once, however many requests wait for the answer."""
        task = self._lookups.get(agent_id)
        if task is None:
            task = self._lookups[agent_id] = asyncio.create_task(self._store.find(agent_id))
            task.add_done_callback(partial(self._remember, agent_id, time.monotonic()))
        return task

    def _remember(self, agent_id: str, asked: float, task: asyncio.Task[Agent | None]) -> None:
        del self._lookups[agent_id]
        if not task.cancelled() and task.exception() is None:
            self._known[agent_id] = (asked, task.result())
            self._known.move_to_end(agent_id)
            _shrink(self._known)


def _shrink(cache: OrderedDict[str, Any]) -> None:
    while len(cache) > _CACHED:
        cache.popitem(last=False)


def _checked_name(name: str) -> str:
    if not _AGENT_NAME.fullmatch(name) or is_agent_id(name):
        raise ConfigError("an agent's name has 1 to 64 letters, digits, spaces, '.', '_' and '-', and is no agent id")
    return name


def _checked_policy(policy_toml: str | None) -> str | None:
    if policy_toml is not None:
        Policy.from_toml(policy_toml)
    return policy_toml


def _check_header(*, with_key: bool, pass_authorization: bool) -> None:
    if with_key and pass_authorization:
        raise ConfigError("an agent's key and a passed-on Authorization share one header; choose one of the two")


def _new_key() -> str:
    return f"msk_{secrets.token_urlsafe(32)}"


def _named(reference: str) -> sa.ColumnElement[bool]:
    """Return the condition that holds for the agent with an id or name."""
    return (_agents.c.id if is_agent_id(reference) else _agents.c.name) == reference


def _columns_of(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return fields of an agent as the table's columns hold them."""
    columns = dict(fields)
    if "models" in columns:
        columns["models"] = list(columns["models"])
    if "rate_limit" in columns:
        columns["rate_limit"] = str(columns["rate_limit"]) if columns["rate_limit"] else None
    return columns


def _agent_of(row: Any) -> Agent:
    values = dict(row)
    values["models"] = tuple(values["models"])
    values["rate_limit"] = RateLimit.parse(values["rate_limit"]) if values["rate_limit"] else None
    if values["created_at"].tzinfo is None:  # SQLite keeps no time zone
        values["created_at"] = values["created_at"].replace(tzinfo=UTC)
    return Agent(**values)


def _engine_options(url: sa.URL) -> dict[str, Any]:
    if url.get_backend_name() == "sqlite":
        # Parameters hold secrets and policies; SQLAlchemy puts them into its messages unless told not to.
        return {"hide_parameters": True, "connect_args": {"timeout": 5}}
    options: dict[str, Any] = {"hide_parameters": True, "pool_pre_ping": True, "pool_timeout": 5}
    if url.get_driver_name() == "asyncpg":
        options["connect_args"] = {"timeout": 5, "command_timeout": 5}
    return options


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Let the command line write while the proxy reads."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.close()


def _create_private_file(path: Path) -> None:
    """Create the database's file readable by its owner only: agent ids and signing secrets are in it."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise StoreUnavailable(f"the database file {path} cannot be opened ({type(error).__name__})") from error
