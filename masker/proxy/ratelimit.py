"""Quotas: so many requests a second for each agent, counted by GCRA.

The generic cell rate algorithm keeps one number per agent, the time at which its bucket will be empty again. Here
throttled-py does the arithmetic: in memory with keys that expire, or in Redis inside one Lua script, so that
several workers and machines share a quota without a race between reading and writing.

When Redis is configured and cannot be asked, the request is refused with 503 rather than admitted: whoever set up a
shared quota relies on it.
"""

from __future__ import annotations

__all__ = ["Quota", "open_quota"]

import asyncio
import hashlib
import math
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from throttled.asyncio import RateLimiterRegistry, per_sec
from throttled.asyncio.store import MemoryStore

from masker.errors import InvalidRequest, RequestError, StoreUnavailable

if TYPE_CHECKING:
    from masker.host.settings import RateLimit

#: Agents whose state is kept in memory at once; the one not seen for longest goes first.
_MEMORY_KEYS: Final = 65536
#: Seconds that Redis has to answer, one free connection and one of its steps included.
_REDIS_TIMEOUT: Final = 2.0
#: Connections to Redis per worker; a step takes a fraction of a millisecond.
_REDIS_CONNECTIONS: Final = 16


class Quota:
    """Admits requests, or says when to come back.

    Args:
        store: Where the state lives: throttled-py's ``MemoryStore`` or ``RedisStore``.
        shared: Whether other processes see the same state.
    """

    def __init__(self, store: Any, *, shared: bool) -> None:
        self._store = store
        self._limiters: dict[RateLimit, Any] = {}
        self.shared = shared

    async def admit(self, agent_id: str, limit: RateLimit) -> None:
        """Count one request.

        Raises:
            InvalidRequest: ``rate_limited``; ``retry_after`` is in whole seconds, rounded up.
            RequestError: ``not_ready`` when the shared state cannot be asked.
        """
        limiter = self._limiters.get(limit)
        if limiter is None:
            gcra = RateLimiterRegistry.get("gcra")
            limiter = gcra(per_sec(limit.per_second, limit.burst), self._store, key_prefix="masker")
            self._limiters[limit] = limiter
        try:
            # All of it together: waiting for a connection and for the answer each have a limit of their own.
            async with asyncio.timeout(_REDIS_TIMEOUT):
                result = await limiter.limit(_key_of(agent_id, limit))
        except asyncio.CancelledError:
            raise
        except Exception as error:
            # Whatever Redis's client raises (it has many kinds), the answer is the same.
            raise RequestError("not_ready", "The quota cannot be checked at the moment.") from error
        if result.limited:
            raise InvalidRequest(
                "rate_limited",
                f"This agent's quota is {limit}; wait before the next request.",
                retry_after=str(max(1, math.ceil(result.state.retry_after))),
            )

    async def close(self) -> None:
        """Close connections to Redis."""
        if self.shared:
            await self._store._backend.get_client().aclose()  # noqa: SLF001  # the store has no close of its own


def _key_of(agent_id: str, limit: RateLimit) -> str:
    """Return the name of an agent's state: the id is a secret, and what Redis holds names nobody.

    A new quota begins anew: the time at which a bucket of the old one is empty says nothing of it.
    """
    return hashlib.blake2s(f"{agent_id} {limit}".encode(), digest_size=16).hexdigest()


async def open_quota(redis_url: str | None) -> Quota:
    """Return quotas in Redis, or in memory when there is no URL.

    Raises:
        StoreUnavailable: Redis does not answer.
    """
    if redis_url is None:
        return Quota(MemoryStore(options={"MAX_SIZE": _MEMORY_KEYS}), shared=False)
    from redis.asyncio.retry import Retry
    from redis.backoff import NoBackoff
    from redis.exceptions import ConnectionError as Closed
    from throttled.asyncio.store import RedisStore

    pool: dict[str, Any] = {
        "socket_timeout": _REDIS_TIMEOUT,
        "socket_connect_timeout": _REDIS_TIMEOUT,
        # A connection that was closed while nobody used it (by Redis' own ``timeout``, a balancer, a restart) is opened
        # anew. Should it be closed amid a step, that may be counted twice, and a caller is refused one sooner.
        "retry": Retry(NoBackoff(), 1, supported_errors=(Closed,)),
    }
    options: dict[str, Any] = {"CONNECTION_POOL_KWARGS": pool}
    if redis_url.startswith(("redis://", "rediss://")):
        # A burst of callers waits for a free connection, rather than opening as many as there are callers.
        options["CONNECTION_POOL_CLASS"] = "redis.asyncio.BlockingConnectionPool"
        pool |= {"max_connections": _REDIS_CONNECTIONS, "timeout": _REDIS_TIMEOUT}
    store = RedisStore(server=redis_url, options=options)
    try:
        await store.exists("masker:ping")
    except Exception as error:
        host = urlsplit(redis_url).hostname or "redis"
        raise StoreUnavailable(f"Redis at {host} cannot be reached ({type(error).__name__})") from error
    return Quota(store, shared=True)
