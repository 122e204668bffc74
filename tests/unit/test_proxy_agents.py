"""The agent store and the cache in front of it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from masker.core.policy import Policy
from masker.errors import ConfigError, PolicyError, StoreUnavailable
from masker.host.settings import RateLimit
from masker.proxy import agents
from masker.proxy.agents import AgentDirectory, AgentExists, AgentStore, UnknownAgent, is_agent_id, parse_upstream
from masker.proxy.signature import hash_key, key_matches


@pytest.fixture
async def store(tmp_path: Path) -> Any:
    store = AgentStore(f"sqlite+aiosqlite:///{tmp_path}/data/masker.db")
    await store.open()
    yield store
    await store.close()


async def test_an_agent_comes_back_as_it_was_stored(store: AgentStore) -> None:
    """Every field survives the database."""
    created, _ = await store.create(
        "Front desk",
        "openai:gpt-4o,gpt-4.1",
        policy_toml='preset = "scheduling"',
        timeout_ms=5,
        rate_limit=RateLimit(1, 2),
        signing_secret="s3cret",
        pass_authorization=True,
    )
    assert is_agent_id(created.id)
    for reference in (created.id, "Front desk"):
        found = await store.get(reference)
        assert found.created_at.replace(tzinfo=None) == created.created_at.replace(tzinfo=None)
        assert [created] == [agents.attrs.evolve(found, created_at=created.created_at)]
    assert "openai:gpt-4o,gpt-4.1" == created.upstream


async def test_a_key_is_shown_once_and_stored_hashed(store: AgentStore, tmp_path: Path) -> None:
    """The database never holds the key itself."""
    agent, key = await store.create("a", "stub:*", with_key=True)
    assert key is not None
    assert key_matches(key, agent.key_hash or "")
    assert not key_matches(key + "x", agent.key_hash or "")
    assert hash_key(key) == agent.key_hash
    held = b"".join(path.read_bytes() for path in (tmp_path / "data").iterdir())
    assert key.encode() not in held
    assert (agent.key_hash or "").encode() in held
    _, renewed = await store.renew_key("a")
    assert not key_matches(key, (await store.get("a")).key_hash or "")
    assert key_matches(renewed, (await store.get("a")).key_hash or "")


async def test_agents_change_and_go(store: AgentStore) -> None:
    """By id or by name."""
    agent, _ = await store.create("a", "stub:*")
    await store.create("b", "stub:*")
    assert (await store.update(agent.id, name="c", upstream="openai:x")).name == "c"
    assert ["c", "b"] == [one.name for one in await store.list()]
    assert ("openai", ("x",)) == ((await store.get("c")).provider, (await store.get("c")).models)
    with pytest.raises(AgentExists):
        await store.update("c", name="b")
    await store.delete("c")
    with pytest.raises(UnknownAgent):
        await store.get("c")


async def test_changes_made_at_once_all_last(store: AgentStore, tmp_path: Path) -> None:
    """By several processes: who disables an agent must not find it enabled by who changes its quota."""
    agent, _ = await store.create("a", "stub:*")
    others = [AgentStore(f"sqlite+aiosqlite:///{tmp_path}/data/masker.db") for _ in range(3)]
    for turn in range(1, 9):
        await store.update("a", disabled=False, timeout_ms=None)
        await asyncio.gather(
            others[0].update("a", disabled=True),
            others[1].update(agent.id, rate_limit=RateLimit(turn, turn)),
            others[2].update("a", timeout_ms=turn),
        )
        now = await store.get("a")
        assert (True, RateLimit(turn, turn), turn) == (now.disabled, now.rate_limit, now.timeout_ms)
    for other in others:
        await other.close()


async def test_a_change_is_made_whole_or_not_at_all(store: AgentStore) -> None:
    """A key that an agent cannot have leaves the quota that came with it as it was; one that is gone gets none."""
    await store.create("a", "stub:*", pass_authorization=True)
    with pytest.raises(ConfigError):
        await store.renew_key("a", rate_limit=RateLimit(7, 7))
    assert (None, None) == ((await store.get("a")).rate_limit, (await store.get("a")).key_hash)
    renamed, key = await store.renew_key("a", name="b", pass_authorization=False)
    assert ("b", False) == (renamed.name, renamed.pass_authorization)
    assert key_matches(key, (await store.get("b")).key_hash or "")
    await store.delete("b")
    with pytest.raises(UnknownAgent):
        await store.renew_key("b")


async def test_what_is_wrong_is_refused(store: AgentStore) -> None:
    """Before it reaches the database."""
    await store.create("a", "stub:*")
    with pytest.raises(AgentExists):
        await store.create("a", "stub:*")
    for name in ("", "x" * 65, "agt_01ARZ3NDEKTSV4RRFFQ69G5FAV", "a\nb"):
        with pytest.raises(ConfigError):
            await store.create(name, "stub:*")
    with pytest.raises(PolicyError):
        await store.create("b", "stub:*", policy_toml="presett = 1")
    with pytest.raises(ConfigError):
        await store.create("b", "stub:*", with_key=True, pass_authorization=True)


@pytest.mark.parametrize("text", ["", "openai", "openai:", ":x", "openai:a,,b", "openai:*,a"])
def test_wrong_upstreams(text: str) -> None:
    """An upstream is a provider and its models."""
    with pytest.raises(ConfigError):
        parse_upstream(text)


async def test_an_unreachable_database_says_so_without_its_password(tmp_path: Path) -> None:
    """Files that cannot be made, servers that do not listen, URLs that are none."""
    (tmp_path / "file").write_text("")
    for url in (f"sqlite+aiosqlite:///{tmp_path}/file/x.db", "postgresql+asyncpg://u:S3CRET@127.0.0.1:9/d"):
        store = AgentStore(url)
        with pytest.raises(StoreUnavailable) as caught:
            await store.open()
        assert "S3CRET" not in str(caught.value)
        await store.close()
    for url in ("nonsense+S3CRET", "postgresql+asyncpg://u:S3CRET@127.0.0.1:port/d"):
        with pytest.raises(ConfigError) as wrong:
            AgentStore(url)
        assert "S3CRET" not in str(wrong.value)


def test_ids_and_secrets_are_kept_out_of_reprs() -> None:
    """A log line or a traceback with an agent in it gives nothing away."""
    agent = agents.Agent(
        id="agt_SECRET", name="a", provider="p", models=("m",), key_hash="SECRET", signing_secret="SECRET"
    )
    assert "SECRET" not in repr(agent)


class TestDirectory:
    @pytest.fixture
    def directory(self, store: AgentStore) -> AgentDirectory:
        return AgentDirectory(store, Policy(), lambda policy: None)

    async def test_one_lookup_serves_everyone(
        self, directory: AgentDirectory, store: AgentStore, monkeypatch: Any
    ) -> None:
        """A hundred callers at once ask the database once; unknown ids are remembered too."""
        agent, _ = await store.create("a", "stub:*")
        asked = []
        find = store.find

        async def counted(agent_id: str) -> Any:
            asked.append(agent_id)
            return await find(agent_id)

        monkeypatch.setattr(store, "find", counted)
        unknown = "agt_01ARZ3NDEKTSV4RRFFQ69G5FAV"
        found = await asyncio.gather(*(directory.find(agent.id) for _ in range(100)))
        assert {"a"} == {one.name for one in found if one}
        assert [None, None, None] == [
            await directory.find(unknown),
            await directory.find(unknown),
            await directory.find("x"),
        ]
        assert [agent.id, unknown] == asked

    async def test_changes_are_noticed(self, directory: AgentDirectory, store: AgentStore, monkeypatch: Any) -> None:
        """Once the cache's time is over; the contract gives it five seconds."""
        assert agents._BELIEVED_FOR <= 5
        agent, _ = await store.create("a", "stub:*")
        assert await directory.find(agent.id)
        await store.update("a", disabled=True)
        assert await directory.find(agent.id)
        now = agents.time.monotonic()
        monkeypatch.setattr(agents.time, "monotonic", lambda: now + agents._BELIEVED_FOR + 1)
        assert await directory.find(agent.id) is None

    async def test_calls_in_progress_never_wait_for_the_database(
        self, directory: AgentDirectory, store: AgentStore, monkeypatch: Any
    ) -> None:
        """What is known serves while it is asked for again; also while the database hangs."""
        agent, _ = await store.create("a", "stub:*")
        assert await directory.find(agent.id)
        answered = asyncio.Event()

        async def slow(_: str) -> Any:
            await answered.wait()

        monkeypatch.setattr(store, "find", slow)
        now = agents.time.monotonic() + agents._ASKED_AFTER + 0.1
        monkeypatch.setattr(agents.time, "monotonic", lambda: now)
        async with asyncio.timeout(1):
            assert await directory.find(agent.id)
        answered.set()
        await asyncio.gather(*directory._lookups.values())
        await asyncio.sleep(0)
        assert await directory.find(agent.id) is None

    async def test_a_database_that_stands_still_is_not_waited_for(
        self, directory: AgentDirectory, store: AgentStore, monkeypatch: Any
    ) -> None:
        """Each call is told in time; the look-up goes on, and what it finds serves the next one."""
        agent, _ = await store.create("a", "stub:*")
        find, answered = store.find, asyncio.Event()

        async def slow(agent_id: str) -> Any:
            await answered.wait()
            return await find(agent_id)

        monkeypatch.setattr(store, "find", slow)
        monkeypatch.setattr(agents, "_PATIENCE", 0.1)
        for _ in range(2):
            with pytest.raises(StoreUnavailable):
                await directory.find(agent.id)
        answered.set()
        await asyncio.gather(*directory._lookups.values())
        assert await directory.find(agent.id)

    async def test_it_stays_bounded(self, directory: AgentDirectory, monkeypatch: Any) -> None:
        """Guessing ids cannot fill the memory."""
        monkeypatch.setattr(agents, "_CACHED", 3)
        for digit in "0123456789":
            await directory.find(f"agt_01ARZ3NDEKTSV4RRFFQ69G5FA{digit}")
        assert 3 == len(directory._known)

    async def test_a_failed_lookup_is_not_remembered(
        self, directory: AgentDirectory, store: AgentStore, monkeypatch: Any
    ) -> None:
        """The database comes back, and so does the agent."""
        agent, _ = await store.create("a", "stub:*")

        async def fails(_: str) -> Any:
            raise StoreUnavailable("gone")

        with monkeypatch.context() as patch:
            patch.setattr(store, "find", fails)
            with pytest.raises(StoreUnavailable):
                await directory.find(agent.id)
        assert await directory.find(agent.id)
