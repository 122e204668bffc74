"""Settings: one frozen value, read once at start-up from the environment over ``masker.toml``.

Every setting is one line of `SETTINGS`: the environment variable, its default, how its text becomes a value, and a
sentence for the documentation and ``--help``. The file's key is the variable's name in lower case without
``MASKER_``. What nobody knows is an error that names the nearest known key, so that a typing error in a security
setting never goes unnoticed.
"""

from __future__ import annotations

__all__ = [
    "DEFAULT_CONFIG",
    "SETTINGS",
    "Provider",
    "RateLimit",
    "Setting",
    "Settings",
    "is_utf8",
    "load_settings",
    "parse_address",
]

import difflib
import os
import re
import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import urlsplit

import attrs

from masker.errors import ConfigError

#: Read when no other file is named; may be missing.
DEFAULT_CONFIG: Final = Path("masker.toml")

_RATE = re.compile(r"\s*([1-9][0-9]{0,6})\s*/\s*s(?:\s+burst\s+([1-9][0-9]{0,6}))?\s*")
_PROVIDER_NAME = re.compile(r"[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?")
# Kubernetes sets these for every service whose name begins with "masker".
_KUBERNETES = re.compile(r"MASKER(?:_[A-Z0-9_]+)?_(?:SERVICE_(?:HOST|PORT(?:_[A-Z0-9_]+)?)|PORT(?:_[0-9]+_[A-Z_]+)?)")
_PREFIX: Final = "MASKER_"
#: Names that masker itself gives a meaning, so that no ``[providers.NAME]`` may take them.
_RESERVED_PROVIDERS: Final = {
    "openai": "set openai_base_url and openai_api_key instead",
    "stub": "it is the built-in upstream",
}


@attrs.frozen
class RateLimit:
    """A quota: so many requests per second sustained, so many at once.

    Args:
        per_second: Requests per second that can go on for ever.
        burst: Requests that may come at one instant after a pause.
    """

    per_second: int = attrs.field(validator=attrs.validators.ge(1))
    burst: int = attrs.field(validator=attrs.validators.ge(1))

    @classmethod
    def parse(cls, text: str) -> RateLimit:
        """Read ``N/s`` or ``N/s burst M``; the burst defaults to ``2N``.

        Raises:
            ConfigError: The text is neither.
        """
        match = _RATE.fullmatch(text)
        if match is None:
            raise ConfigError(
                "a rate limit is written N/s or N/s burst M with whole numbers from 1, such as 100/s burst 200"
            )
        rate = int(match[1])
        return cls(rate, int(match[2]) if match[2] else 2 * rate)

    def __str__(self) -> str:
        return f"{self.per_second}/s burst {self.burst}"


@attrs.frozen
class Provider:
    """An OpenAI-compatible upstream that the operator has configured.

    Args:
        name: What agents call it: the ``PROVIDER`` of ``PROVIDER:MODEL``.
        base_url: Address up to where ``/chat/completions`` is appended, so usually ending in ``/v1``. A query string
            in it is kept.
        api_key: Sent as ``Authorization: Bearer``; ``None`` sends none.
        api_key_env: Name of the variable that `api_key` comes from, for messages.
        headers: Sent with every request.
        timeout_ms: Overrides ``MASKER_UPSTREAM_TIMEOUT_MS`` for this upstream.
    """

    name: str
    base_url: str
    api_key: str | None = attrs.field(default=None, repr=False)
    api_key_env: str | None = None
    headers: Mapping[str, str] = attrs.field(factory=dict, repr=False)
    timeout_ms: int | None = None


@attrs.frozen
class Setting:
    """One line of the table of settings.

    Args:
        env: The environment variable.
        default: The default as it would be written, or ``""`` for none.
        parse: Turns the text into the value; raises `ConfigError` with a sentence that fits after "NAME: ".
        help: What it does, in one sentence.
        secret: Whether the value must never be shown.
    """

    env: str
    default: str
    parse: Callable[[str], Any]
    help: str
    secret: bool = False

    @property
    def key(self) -> str:
        """The key in ``masker.toml`` and the attribute of `Settings`."""
        return self.env.removeprefix(_PREFIX).lower()


def _text(value: str) -> str:
    if not value:
        raise ConfigError("must not be empty")
    return value


def _optional(parse: Callable[[str], Any]) -> Callable[[str], Any]:
    return lambda value: parse(value) if value else None


def _positive(value: str) -> int:
    if not value.isascii() or not value.isdigit() or int(value) < 1 or len(value) > 12:
        raise ConfigError("must be a whole number from 1")
    return int(value)


def parse_address(value: str) -> str:
    """Return ``HOST:PORT`` when it is one.

    Raises:
        ConfigError: It is not.
    """
    host, colon, port = value.rpartition(":")
    if not colon or not host or not port.isdecimal() or int(port) > 65535:
        raise ConfigError("must be HOST:PORT, such as 127.0.0.1:8080")
    return value


#: Blanks and control characters, which `urlsplit` passes over.
_NO_URL: Final = re.compile(r"[\x00-\x20\x7f]")
#: What stands for a header's name, and those that say how a request is framed, which is not an operator's to say.
_HEADER_NAME: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_FRAMING: Final = frozenset(
    "content-length transfer-encoding content-encoding connection keep-alive te trailer upgrade expect".split()
)


def _http_url(value: str) -> str:
    try:
        parts = urlsplit(value)
        right = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
        (parts.hostname or "").encode("idna")  # as the system will, to look for it
    except ValueError:  # of a port, an IPv6 address or a name of a host
        right = False
    if right and "@" in parts.netloc:
        raise ConfigError("must hold no user and password; set a key instead")
    if not right or _NO_URL.search(value):
        raise ConfigError("must be an http:// or https:// address")
    return value.rstrip("/")


def _database_url(value: str) -> str:
    """Name the asyncio driver where the URL leaves it out: operators paste ``postgresql://``."""
    scheme, separator, rest = value.partition("://")
    if not separator:
        raise ConfigError("must be an SQLAlchemy URL, such as postgresql://user@host/database")
    drivers = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}
    driver = drivers.get(scheme, scheme)
    if driver == "postgresql+asyncpg":  # which calls by another name what PostgreSQL's own tools call so
        rest = re.sub(r"(?<=[?&])sslmode=", "ssl=", rest)
    return f"{driver}://{rest}"


def _redis_url(value: str) -> str:
    if not value.startswith(("redis://", "rediss://", "redis+sentinel://", "redis+cluster://")):
        raise ConfigError("must be a redis:// or rediss:// address")
    return value


def _choice(*choices: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if value.lower() not in choices:
            raise ConfigError(f"must be one of {', '.join(choices)}")
        return value.lower()

    return parse


def _header_names(value: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in value.split(","))
    if not all(re.fullmatch(r"[A-Za-z0-9-]+", name) for name in names):
        raise ConfigError("must be a header's name, or several with commas between")
    return names


#: Every setting, in the order in which the documentation shows them.
SETTINGS: Final[tuple[Setting, ...]] = (
    Setting("MASKER_LISTEN_ADDR", "127.0.0.1:8080", parse_address, "Address the proxy listens on, HOST:PORT."),
    Setting(
        "MASKER_PUBLIC_URL",
        "",
        _optional(_http_url),
        "Address callers reach the proxy at, for the printed proxy URLs; default: http:// and the listen address.",
    ),
    Setting(
        "MASKER_DATABASE_URL",
        "",
        _optional(_database_url),
        "SQLAlchemy URL of the agent store; default: an SQLite file in the user's data folder.",
        secret=True,
    ),
    Setting(
        "MASKER_REDIS_URL",
        "",
        _optional(_redis_url),
        "Redis that holds the quotas, so that several workers and machines share them; default: in memory.",
        secret=True,
    ),
    Setting("MASKER_OPENAI_API_KEY", "", _optional(_text), "Key for the upstream `openai`.", secret=True),
    Setting(
        "MASKER_OPENAI_BASE_URL",
        "https://api.openai.com/v1",
        _http_url,
        "Base URL of the upstream `openai`, with /v1.",
    ),
    Setting(
        "MASKER_UPSTREAM_TIMEOUT_MS",
        "30000",
        _positive,
        "Milliseconds in which a whole reply, or the first byte of a stream, must have come.",
    ),
    Setting(
        "MASKER_STREAM_IDLE_TIMEOUT_MS",
        "30000",
        _positive,
        "Milliseconds a stream may stand still between two lines.",
    ),
    Setting(
        "MASKER_DETECTION_TIMEOUT_MS",
        "5000",
        _positive,
        "Milliseconds in which a request must be masked; later, nothing is forwarded.",
    ),
    Setting("MASKER_MAX_BODY_BYTES", "10485760", _positive, "Largest request body in bytes."),
    Setting(
        "MASKER_RATE_LIMIT",
        "100/s burst 200",
        RateLimit.parse,
        "Quota of each agent that has none of its own, N/s or N/s burst M.",
    ),
    Setting(
        "MASKER_VAPI_WEBHOOK_SECRET",
        "",
        _optional(_text),
        "Secret with which every request must be signed (HMAC-SHA256 of the raw body); default: no signature asked.",
        secret=True,
    ),
    Setting("MASKER_SIGNATURE_HEADER", "X-Vapi-Signature", _header_names, "Header that carries the signature."),
    Setting(
        "MASKER_TIMESTAMP_HEADER",
        "X-Vapi-Timestamp,X-Timestamp",
        _header_names,
        "Header that carries the timestamp when it is part of what is signed.",
    ),
    Setting("MASKER_POLICY_PATH", "", _optional(Path), "Policy file for agents that have none; default: Safe Harbor."),
    Setting(
        "MASKER_METRICS_ADDR",
        "",
        _optional(parse_address),
        "Address on which /metrics answers Prometheus, HOST:PORT; default: off.",
    ),
    Setting(
        "MASKER_LOG_LEVEL",
        "info",
        _choice("debug", "info", "warning", "error"),
        "Least important level that is logged: debug, info, warning or error.",
    ),
    Setting("MASKER_LOG_FORMAT", "json", _choice("json", "pretty"), "How log lines look: json or pretty."),
)

_BY_KEY: Final[Mapping[str, Setting]] = MappingProxyType({setting.key: setting for setting in SETTINGS})


@attrs.frozen
class Settings:
    """All settings of one process; see `SETTINGS` for what each means.

    Args:
        providers: The ``[providers.NAME]`` tables, and ``openai``, by name.
        blocked_plugins: Plugins that are not imported, from ``[plugins] blocked``.
        plugin_settings: The ``[plugins.NAME]`` tables, by plugin; kept out of the repr, because only the plugin knows
            what is secret in them.
        blank: The keys of settings that were given, and left empty.
    """

    listen_addr: str
    public_url: str
    database_url: str = attrs.field(repr=False)
    redis_url: str | None = attrs.field(repr=False)
    openai_api_key: str | None = attrs.field(repr=False)
    openai_base_url: str
    upstream_timeout_ms: int
    stream_idle_timeout_ms: int
    detection_timeout_ms: int
    max_body_bytes: int
    rate_limit: RateLimit
    vapi_webhook_secret: str | None = attrs.field(repr=False)
    signature_header: tuple[str, ...]
    timestamp_header: tuple[str, ...]
    policy_path: Path | None
    metrics_addr: str | None
    log_level: str
    log_format: str
    providers: Mapping[str, Provider] = attrs.field(factory=dict)
    blocked_plugins: frozenset[str] = frozenset()
    plugin_settings: Mapping[str, Mapping[str, Any]] = attrs.field(factory=dict, repr=False)
    blank: frozenset[str] = frozenset()

    def public(self) -> dict[str, Any]:
        """Return the settings without secrets, as plain values, for the hook ``masker_configure``."""
        shown = {setting.key: getattr(self, setting.key) for setting in SETTINGS if not setting.secret}
        return {**shown, "rate_limit": str(self.rate_limit), "providers": sorted(self.providers)}

    def policy_text(self) -> str:
        """Return the default policy's TOML, ``""`` when none is configured.

        Raises:
            ConfigError: The configured file cannot be read.
        """
        if self.policy_path is None:
            return ""
        try:
            return self.policy_path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"policy_path: {self.policy_path} cannot be read ({type(error).__name__})") from error

    def proxy_url(self, agent_id: str) -> str:
        """Return what a voice platform takes as base URL for an agent."""
        return f"{self.public_url}/proxy/{agent_id}/v1"


def load_settings(
    path: Path | None = None,
    environ: Mapping[str, str] | None = None,
    *,
    also_known: Collection[str] = (),
) -> Settings:
    """Read the settings from the environment over a file.

    Args:
        path: The file; ``None`` reads ``masker.toml`` where there is one.
        environ: The environment; default: the process's.
        also_known: Variables that begin with ``MASKER_`` and that the caller itself reads.

    Raises:
        ConfigError: The file cannot be read, a key is unknown, a value is wrong.
    """
    environ = os.environ if environ is None else environ
    table = _read_table(path)
    providers, plugins = table.pop("providers", {}), table.pop("plugins", {})
    _refuse_unknown(table, _BY_KEY, "masker.toml")
    settings_providers = _providers(providers, environ)
    known = {setting.env for setting in SETTINGS} | set(also_known)
    known.update(provider.api_key_env for provider in settings_providers.values() if provider.api_key_env)
    _refuse_unknown((name for name in environ if _is_ours(name, environ[name])), known, "the environment")

    values = {setting.key: _value_of(setting, table, environ) for setting in SETTINGS}
    values["database_url"] = values["database_url"] or _default_database_url()
    values["public_url"] = values["public_url"] or f"http://{values['listen_addr']}"
    openai = Provider("openai", values["openai_base_url"], values["openai_api_key"])
    blocked, plugin_settings = _plugins(plugins)
    return Settings(
        **values,
        providers=MappingProxyType({"openai": openai, **settings_providers}),
        blocked_plugins=blocked,
        plugin_settings=plugin_settings,
        blank=frozenset(
            setting.key
            for setting in SETTINGS
            if not str(environ.get(setting.env, table.get(setting.key, setting.key))).strip()
        ),
    )


def _read_table(path: Path | None) -> dict[str, Any]:
    if path is None:
        if not DEFAULT_CONFIG.exists():
            return {}
        path = DEFAULT_CONFIG
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} cannot be read ({type(error).__name__})") from error
    except (ValueError, RecursionError) as error:  # numbers of thousands of digits are another ValueError
        raise ConfigError(f"{path} is not TOML: {error}") from error


def _value_of(setting: Setting, table: Mapping[str, Any], environ: Mapping[str, str]) -> Any:
    if setting.env in environ:
        name, text = setting.env, environ[setting.env].strip()
        if not is_utf8(text):
            raise ConfigError(f"{name}: is not UTF-8")
    elif setting.key in table:
        name, raw = setting.key, table[setting.key]
        if isinstance(raw, bool) or not isinstance(raw, str | int):
            raise ConfigError(f"{name}: must be a string or a whole number")
        text = str(raw).strip()
    else:
        name, text = setting.env, setting.default
    try:
        return setting.parse(text)
    except ConfigError as error:
        raise ConfigError(f"{name}: {error}") from None


def is_utf8(text: str) -> bool:
    """Return whether a variable of the environment was UTF-8: Python keeps other bytes as lone surrogates."""
    return not any("\ud800" <= char <= "\udfff" for char in text)


def _is_ours(name: str, value: str) -> bool:
    if not name.startswith(_PREFIX):
        return False
    # MASKER_PORT is Kubernetes' when it holds an address, and a typing error when it holds a number.
    return not _KUBERNETES.fullmatch(name) or (name == "MASKER_PORT" and "://" not in value)


def _refuse_unknown(names: Iterable[str], known: Collection[str], where: str) -> None:
    for name in names:
        if name not in known:
            raise ConfigError(f'unknown key "{name}" in {where}; did you mean "{_nearest(name, known)}"?')


def _nearest(name: str, known: Collection[str]) -> str:
    plain = {one.lower().removeprefix("masker_"): one for one in sorted(known)}
    return plain[difflib.get_close_matches(name.lower().removeprefix("masker_"), plain, n=1, cutoff=0.0)[0]]


def _providers(tables: Any, environ: Mapping[str, str]) -> dict[str, Provider]:
    if not isinstance(tables, dict):
        raise ConfigError("providers: must be tables [providers.NAME]")
    return {name: _provider(name, table, environ) for name, table in tables.items()}


def _provider(name: str, table: Any, environ: Mapping[str, str]) -> Provider:
    where = f"[providers.{name}]"
    if not _PROVIDER_NAME.fullmatch(name):
        raise ConfigError(f"{where}: a provider's name has lower-case letters, digits, - and _ only")
    if name in _RESERVED_PROVIDERS:
        raise ConfigError(f"{where}: the name is taken; {_RESERVED_PROVIDERS[name]}")
    if not isinstance(table, dict):
        raise ConfigError(f"{where}: must be a table")
    _refuse_unknown(table, ("base_url", "api_key_env", "headers", "timeout_ms"), where)
    try:
        base_url = _http_url(_string(table.get("base_url", "")))
    except ConfigError as error:
        raise ConfigError(f"{where} base_url: {error}") from None
    headers = table.get("headers", {})
    if not isinstance(headers, dict) or not all(isinstance(value, str) for value in headers.values()):
        raise ConfigError(f"{where} headers: must be a table of strings")
    for header in headers:
        if not _HEADER_NAME.fullmatch(header) or header.lower() in _FRAMING:
            raise ConfigError(f'{where} headers: "{header}" is no header that may be set')
    timeout_ms = table.get("timeout_ms")
    if timeout_ms is not None and (type(timeout_ms) is not int or timeout_ms < 1):
        raise ConfigError(f"{where} timeout_ms: must be a whole number from 1")
    api_key_env = table.get("api_key_env")
    if api_key_env is not None and not isinstance(api_key_env, str):
        raise ConfigError(f"{where} api_key_env: must be the name of an environment variable")
    return Provider(
        name,
        base_url,
        environ.get(api_key_env) if api_key_env else None,
        api_key_env,
        MappingProxyType(dict(headers)),
        timeout_ms,
    )


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise ConfigError("must be a string")
    return value


def _plugins(table: Any) -> tuple[frozenset[str], Mapping[str, Mapping[str, Any]]]:
    if not isinstance(table, dict):
        raise ConfigError("plugins: must be a table")
    blocked = table.pop("blocked", [])
    if not isinstance(blocked, list) or not all(isinstance(name, str) for name in blocked):
        raise ConfigError("[plugins] blocked: must be a list of plugin names")
    for name, value in table.items():
        if not isinstance(value, dict):
            raise ConfigError(f'unknown key "{name}" in [plugins]; did you mean "{_nearest(name, ("blocked",))}"?')
    return frozenset(blocked), MappingProxyType({name: MappingProxyType(value) for name, value in table.items()})


def _default_database_url() -> str:
    import platformdirs

    return f"sqlite+aiosqlite:///{Path(platformdirs.user_data_dir('masker', appauthor=False)) / 'masker.db'}"
