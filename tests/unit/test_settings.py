"""Settings: environment over file, exact errors, no secrets in sight."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import attrs
import pytest

from masker.errors import ConfigError
from masker.host.settings import SETTINGS, RateLimit, Settings, load_settings


@pytest.fixture
def load(tmp_path: Path) -> Any:
    def load(toml: str = "", also_known: Any = (), **environ: str) -> Settings:
        path = tmp_path / "masker.toml"
        path.write_text(toml)
        return load_settings(path, environ, also_known=also_known)

    return load


def test_every_setting_is_an_attribute() -> None:
    """The table and the class name the same settings."""
    names = {attribute.name for attribute in attrs.fields(Settings)}
    assert {setting.key for setting in SETTINGS} == names - {"providers", "blocked_plugins", "plugin_settings", "blank"}


def test_defaults(load: Any) -> None:
    """What nobody sets."""
    settings = load()
    assert (30000, 10485760, RateLimit(100, 200)) == (
        settings.upstream_timeout_ms,
        settings.max_body_bytes,
        settings.rate_limit,
    )
    assert "https://api.openai.com/v1" == settings.openai_base_url
    assert settings.database_url.startswith("sqlite+aiosqlite:////")
    assert "http://127.0.0.1:8080/proxy/agt_X/v1" == settings.proxy_url("agt_X")


def test_the_environment_wins(load: Any) -> None:
    """A variable overrides the file's key, which is its name in lower case."""
    settings = load("upstream_timeout_ms = 1\nstream_idle_timeout_ms = 2", MASKER_UPSTREAM_TIMEOUT_MS="3")
    assert (3, 2) == (settings.upstream_timeout_ms, settings.stream_idle_timeout_ms)


@pytest.mark.parametrize(
    ("toml", "environ", "names"),
    [
        ("upstream_timeout = 1", {}, ["upstream_timeout", "upstream_timeout_ms"]),
        ("MASKER_LISTEN_ADDR = 'x:1'", {}, ["MASKER_LISTEN_ADDR", "listen_addr"]),
        ("", {"MASKER_RATE_LIMT": "1/s"}, ["MASKER_RATE_LIMT", "MASKER_RATE_LIMIT"]),
        ("[provider.x]\nbase_url = 'http://x'", {}, ["provider"]),
        ("[providers.x]\nbase_uri = 'http://x'", {}, ["base_uri", "base_url"]),
        ("[plugins]\nblock = ['x']", {}, ["block", "blocked"]),
    ],
)
def test_unknown_keys_name_the_nearest_known_one(
    load: Any, toml: str, environ: dict[str, str], names: list[str]
) -> None:
    """A typing error is never ignored."""
    with pytest.raises(ConfigError) as caught:
        load(toml, **environ)
    assert all(name in str(caught.value) for name in names)


def test_a_services_variables_are_no_settings(load: Any) -> None:
    """Kubernetes sets these for a service called masker."""
    load(MASKER_SERVICE_HOST="10.0.0.1", MASKER_PORT="tcp://10.0.0.1:80", MASKER_PORT_80_TCP_ADDR="10.0.0.1")
    with pytest.raises(ConfigError):
        load(MASKER_PORT="8080")


def test_variables_that_the_configuration_names_are_known(load: Any) -> None:
    """A provider's key, and what the caller reads itself."""
    toml = "[providers.groq]\nbase_url = 'https://x.example/v1/'\napi_key_env = 'MASKER_GROQ_KEY'"
    settings = load(toml, MASKER_GROQ_KEY="gsk", MASKER_MINE="x", also_known=["MASKER_MINE"])
    assert ("gsk", "https://x.example/v1") == (settings.providers["groq"].api_key, settings.providers["groq"].base_url)


@pytest.mark.parametrize(
    "toml",
    [
        "upstream_timeout_ms = 0",
        "upstream_timeout_ms = 1.5",
        "upstream_timeout_ms = true",
        "upstream_timeout_ms = 'soon'",
        "listen_addr = '8080'",
        "rate_limit = 'fast'",
        "rate_limit = '0/s'",
        "log_level = 'loud'",
        "database_url = 'masker.db'",
        "redis_url = 'localhost'",
        "openai_base_url = 'api.openai.com'",
        "openai_base_url = 'http://h:abc/v1'",
        "openai_base_url = 'http://h:99999/v1'",
        f"openai_base_url = 'http://{'h' * 64}.example/v1'",
        "openai_base_url = 'http://h..example/v1'",
        "openai_base_url = 'http://user:secret@h.example/v1'",
        "openai_base_url = 'http://h h/v1'",
        "openai_base_url = 'http://[h/v1'",
        "signature_header = 'a b'",
        "not toml",
        "[providers.x]",
        "[providers.stub]\nbase_url = 'http://x'",
        "[providers.'a:b']\nbase_url = 'http://x'",
        "[providers.x]\nbase_url = 'http://x'\ntimeout_ms = '1'",
        "[providers.x]\nbase_url = 'http://x'\nheaders = {a = 1}",
        "[providers.x]\nbase_url = 'http://x'\nheaders = {'a b' = 'c'}",
        "[providers.x]\nbase_url = 'http://x'\nheaders = {'Content-Length' = '3'}",
        "[providers.x]\nbase_url = 'http://x'\nheaders = {transfer-encoding = 'chunked'}",
        "[plugins]\nblocked = 'x'",
        "providers = 1",
        "plugins = 1",
    ],
)  # fmt: skip
def test_wrong_values_are_config_errors(load: Any, toml: str) -> None:
    """Whatever is wrong is told before anything is served."""
    with pytest.raises(ConfigError):
        load(toml)


def test_a_named_file_must_exist(tmp_path: Path, monkeypatch: Any) -> None:
    """Only the default file may be missing."""
    with pytest.raises(ConfigError):
        load_settings(tmp_path / "no.toml", {})
    monkeypatch.chdir(tmp_path)
    load_settings(None, {})


def test_what_was_given_and_left_empty_is_known(load: Any) -> None:
    """In the environment or in the file; what was not given at all is not blank."""
    assert frozenset() == load().blank
    assert {"vapi_webhook_secret"} == load('vapi_webhook_secret = ""').blank
    assert {"vapi_webhook_secret"} == load(MASKER_VAPI_WEBHOOK_SECRET=" ").blank


def test_no_secret_is_shown(load: Any) -> None:
    """Neither a repr nor what plugins get to see has one."""
    toml = "[providers.x]\nbase_url = 'http://x'\napi_key_env = 'K'\nheaders = {api-key = 'S3CRET'}\n[plugins.p]\nkey = 'S3CRET'"
    settings = load(
        toml,
        K="S3CRET",
        MASKER_OPENAI_API_KEY="S3CRET",
        MASKER_VAPI_WEBHOOK_SECRET="S3CRET",
        MASKER_DATABASE_URL="postgresql://u:S3CRET@h/d",
        MASKER_REDIS_URL="redis://:S3CRET@h",
    )
    assert "S3CRET" not in repr(settings) + repr(settings.public())
    assert "S3CRET" == settings.openai_api_key


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgresql://u@h/d", "postgresql+asyncpg://u@h/d"),
        ("postgres://u@h/d", "postgresql+asyncpg://u@h/d"),
        ("postgresql://u@h/d?a=b&sslmode=require", "postgresql+asyncpg://u@h/d?a=b&ssl=require"),
        ("sqlite:///x.db", "sqlite+aiosqlite:///x.db"),
        ("mysql+aiomysql://u@h/d", "mysql+aiomysql://u@h/d"),
    ],
)
def test_database_urls_get_an_asyncio_driver(load: Any, given: str, used: str) -> None:
    """Operators paste what their database's console shows."""
    assert used == load(MASKER_DATABASE_URL=given).database_url


@pytest.mark.parametrize(
    ("text", "limit"), [("10/s", (10, 20)), ("100/s burst 200", (100, 200)), (" 5 / s  burst  7 ", (5, 7))]
)
def test_rate_limits(text: str, limit: tuple[int, int]) -> None:
    """The burst defaults to twice the rate, and the printed form reads back."""
    parsed = RateLimit.parse(text)
    assert limit == (parsed.per_second, parsed.burst)
    assert parsed == RateLimit.parse(str(parsed))


def test_plugins(load: Any) -> None:
    """Blocked ones, and each one's own table."""
    settings = load("[plugins]\nblocked = ['phone']\n[plugins.name]\nmodel = 'x'")
    assert frozenset({"phone"}) == settings.blocked_plugins
    assert {"model": "x"} == dict(settings.plugin_settings["name"])
