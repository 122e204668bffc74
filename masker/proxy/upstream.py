"""Forward a masked request and hand back the upstream's reply, within bounds of time and size.

Addresses come from the operator's configuration alone. What goes out besides the body is written here from
scratch: no header of the caller's travels on, except ``Authorization`` for agents that pass it, and a query string
never does. Redirects are not followed, cookies not kept (requests go to the transport directly, past httpx's client,
which would keep them), proxies from the environment not used.
"""

from __future__ import annotations

__all__ = ["Reply", "Upstreams", "check_providers", "error_in"]

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Mapping
from types import TracebackType
from typing import Any, ClassVar, Final

import httpx

from masker import __version__
from masker.errors import ConfigError, RequestError, UpstreamError
from masker.host.settings import Provider, Settings
from masker.proxy.decoding import ACCEPT_ENCODING, BadCoding, decoder_for
from masker.proxy.transport import StreamsTransport
from masker.wire.bodies import parse_reply

#: Largest whole reply in bytes, after decompression: read in one go, which for the worst of JSON takes seconds already.
MAX_REPLY: Final = 16 * 1024 * 1024
#: Bytes of whole replies that a worker holds at once, and the size of those that are let in beyond that.
_ROOM: Final = 8 * MAX_REPLY
_SMALL: Final = 256 * 1024
#: Longest line of a stream in bytes: a line must be held until its end.
MAX_LINE: Final = 16 * 1024 * 1024
#: Largest error body that is looked at.
MAX_ERROR: Final = 1024 * 1024
#: RFC 9110 section 10.2.3: seconds (some say fractions) or a date. Anything else is no header of ours.
_RETRY_AFTER: Final = re.compile(r"\d{1,9}(?:\.\d{1,9})?|[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT")
_HEADER_VALUE: Final = re.compile(r"[\x20-\x7e]*")
#: Name of the built-in upstream.
STUB: Final = "stub"


class _Target:
    """Where one provider's requests go."""

    def __init__(self, provider: Provider, transport: httpx.AsyncBaseTransport) -> None:
        self.provider = provider
        self.transport = transport
        self._base = httpx.URL(provider.base_url)
        self._urls: dict[str, httpx.URL] = {}

    def url(self, path: str) -> httpx.URL:
        """Return the address of one of the API's paths; reading and writing a URL is a millisecond's tenth."""
        url = self._urls.get(path)
        if url is None:
            url = self._urls[path] = self._base.copy_with(path=self._base.path.rstrip("/") + path)
        return url


def check_providers(settings: Settings) -> None:
    """Make sure that every provider can be asked.

    Raises:
        ConfigError: A provider's key is missing from the environment, or something is no header.
    """
    for provider in settings.providers.values():
        if provider.api_key_env and not provider.api_key:
            raise ConfigError(f"[providers.{provider.name}] api_key_env: {provider.api_key_env} is not set")
        for what, value in {"api key": provider.api_key or "", **provider.headers}.items():
            if not _HEADER_VALUE.fullmatch(value):
                raise ConfigError(f"[providers.{provider.name}] {what}: line breaks and non-ASCII are no header")


class Upstreams:
    """Every configured upstream, by name.

    Args:
        settings: Gives providers and timeouts.
        transport: How to reach them; default: `StreamsTransport`.
        stub: The transport that answers for the upstream ``stub``.

    Raises:
        ConfigError: A provider's key is missing from the environment.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        stub: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._transport = transport or StreamsTransport()
        #: Whether `cut` was called.
        self.is_cut = False
        self._timeout_ms = settings.upstream_timeout_ms
        self._idle_ms = settings.stream_idle_timeout_ms
        self._targets: dict[str, _Target] = {}
        check_providers(settings)
        for provider in settings.providers.values():
            self._targets[provider.name] = _Target(provider, self._transport)
        if stub is not None:
            self._targets[STUB] = _Target(Provider(STUB, "http://stub.invalid/v1"), stub)

    async def chat(
        self, name: str, body: bytes, *, stream: bool, timeout_ms: int | None, authorization: str | None
    ) -> Reply:
        """Post a chat completion; the reply's headers have come when this returns.

        Args:
            name: The provider.
            body: The masked request, as it goes out.
            stream: Whether server-sent events were asked for.
            timeout_ms: The agent's own timeout; ``None`` for the provider's.
            authorization: The caller's bearer token, sent in place of ours; ``""`` sends none, ``None`` ours.

        Raises:
            UpstreamError: ``upstream_error`` or ``upstream_timeout``.
        """
        headers = {
            "content-type": "application/json",
            "accept": "text/event-stream" if stream else "application/json",
            # A compressed stream arrives in the compressor's rhythm, not in the model's.
            "accept-encoding": "identity" if stream else ACCEPT_ENCODING,
        }
        return await self._send(
            httpx.Request("POST", self._url(name, "/chat/completions"), headers=headers, content=body),
            name,
            timeout_ms,
            authorization,
        )

    async def models(self, name: str, *, timeout_ms: int | None, authorization: str | None) -> Reply:
        """Ask an upstream for its models; as `chat`."""
        headers = {"accept": "application/json", "accept-encoding": ACCEPT_ENCODING}
        request = httpx.Request("GET", self._url(name, "/models"), headers=headers)
        return await self._send(request, name, timeout_ms, authorization)

    def _url(self, name: str, path: str) -> httpx.URL:
        target = self._targets.get(name)
        if target is None:
            raise UpstreamError("upstream_error", "The agent's upstream is not configured in this proxy.")
        return target.url(path)

    async def _send(
        self, request: httpx.Request, name: str, timeout_ms: int | None, authorization: str | None
    ) -> Reply:
        target = self._targets[name]
        provider = target.provider
        request.headers["user-agent"] = f"masker/{__version__}"
        token = provider.api_key if authorization is None else authorization
        if token:
            request.headers["authorization"] = f"Bearer {token}"
        request.headers.update(provider.headers)
        seconds = (timeout_ms or provider.timeout_ms or self._timeout_ms) / 1000
        deadline = asyncio.get_running_loop().time() + seconds
        try:
            async with asyncio.timeout_at(deadline):
                response = await target.transport.handle_async_request(request)
        except (TimeoutError, httpx.TimeoutException) as error:
            raise UpstreamError("upstream_timeout", "The upstream did not answer in time.") from error
        except httpx.TransportError as error:
            raise UpstreamError("upstream_error", "The upstream cannot be reached, or broke off.") from error
        return Reply(response, deadline, self._idle_ms / 1000)

    async def warm_up(self, names: frozenset[str], within: float = 3.0) -> None:
        """Connect to some upstreams ahead of their first request; one that cannot be reached is left for later.

        To all of them at once: however many do not answer, others' callers wait for none but the slowest.
        """

        async def connect(target: _Target) -> None:
            if isinstance(target.transport, StreamsTransport):
                with contextlib.suppress(httpx.TransportError):
                    await target.transport.warm_up(target.url(""), within)

        async with asyncio.TaskGroup() as tasks:
            for name, target in self._targets.items():
                if name in names:
                    tasks.create_task(connect(target))

    def cut(self) -> None:
        """Break off every reply that is still on its way in: the proxy is about to end."""
        self.is_cut = True
        if isinstance(self._transport, StreamsTransport):
            self._transport.cut()

    async def close(self) -> None:
        """Close every pooled connection."""
        await self._transport.aclose()


class Reply:
    """One reply on its way in. Close it, whatever happens; an unfinished one takes its connection along.

    Attributes:
        status: The upstream's HTTP status.
        held: Bytes of all whole replies that are read and not answered yet, in this process.
    """

    held: ClassVar[int] = 0

    def __init__(self, response: httpx.Response, deadline: float, idle: float) -> None:
        self.status = response.status_code
        self._response = response
        self._deadline = deadline
        self._idle = idle
        self._own = 0

    @property
    def is_event_stream(self) -> bool:
        """Whether the upstream says that it sends server-sent events."""
        content_type = self._response.headers.get("content-type", "")
        return str(content_type).partition(";")[0].strip().lower() == "text/event-stream"

    async def read(self, limit: int = MAX_REPLY) -> bytes:
        """Return the whole body.

        Raises:
            UpstreamError: It did not come in time, broke off, or is larger than ``limit`` bytes.
            RequestError: ``not_ready``: too many large ones are held at once.
        """
        parts: list[bytes] = []
        size = 0
        try:
            async with asyncio.timeout_at(self._deadline):
                async for piece in self._decoded():
                    parts.append(piece)
                    size += len(piece)
                    if size > limit:
                        raise UpstreamError("upstream_error", "The upstream's reply is too large.")
                    self._hold(len(piece))
        except (TimeoutError, httpx.TransportError, BadCoding) as error:
            raise _failure(error) from error
        return b"".join(parts)

    async def chunks(self) -> AsyncIterator[bytes]:
        """Yield a stream's bytes as they come.

        The first must come within the upstream's timeout; after that a whole line within the idle timeout, so that a
        drip of single bytes counts as standing still. Time that the consumer takes does not count.

        Raises:
            UpstreamError: The stream stalled, broke off, or has a line that is too long.
        """
        now = asyncio.get_running_loop().time
        pieces = self._decoded()
        left = self._deadline - now()
        line = 0
        stall = _Stall()
        try:
            while True:
                started = now()
                try:
                    with stall.within(left):
                        piece = await anext(pieces, None)
                except (TimeoutError, httpx.TransportError, BadCoding) as error:
                    raise _failure(error) from error
                if piece is None:
                    return
                end = max(piece.rfind(b"\n"), piece.rfind(b"\r"))
                left = self._idle if end >= 0 else left - (now() - started)
                line = line + len(piece) if end < 0 else len(piece) - end
                if line > MAX_LINE:
                    raise UpstreamError("upstream_error", "The upstream sent a line that is too long.")
                if piece:
                    yield piece
        finally:
            stall.close()

    async def read_error(self) -> bytes:
        """Return the body of an error reply; nothing if it does not come."""
        try:
            return await self.read(MAX_ERROR)
        except RequestError:
            return b""

    @property
    def retry_after(self) -> str | None:
        """The upstream's ``Retry-After``, if it is one."""
        value = self._response.headers.get("retry-after", "").strip()
        return value if _RETRY_AFTER.fullmatch(value) else None

    def _hold(self, size: int) -> None:
        """Count some bytes as held until the reply is closed; small replies find room whatever others hold."""
        if self._own + size > _SMALL and Reply.held + size > _ROOM:
            busy = "Too many large replies are on their way at the moment."
            raise RequestError("not_ready", busy, retry_after="1")
        self._own += size
        Reply.held += size

    async def close(self) -> None:
        """Give the connection back, or cut it when the reply has not been read to its end."""
        Reply.held -= self._own
        self._own = 0
        await self._response.aclose()

    async def _decoded(self) -> AsyncIterator[bytes]:
        decoder = decoder_for(self._response.headers.get("content-encoding", ""))
        stream = self._response.stream
        if not isinstance(stream, httpx.AsyncByteStream):
            raise TypeError("transports answer with asynchronous streams")
        async for data in stream:
            for piece in decoder.feed(data):
                yield piece
        decoder.finish()


class _Stall:
    """What `asyncio.timeout` does, for many short waits one after the other.

    That one sets and takes back a timer for each, which costs more than all else that is done with a chunk. Here one
    timer runs for the whole stream: when it rings it looks whether the present wait is over its time, else it is set
    again for when that would be.
    """

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[Any] | None = None
        self._due = 0.0
        self._cancelling = 0
        self._rang = False

    def within(self, seconds: float) -> _Stall:
        """Return a context in which the current task may wait so long; `TimeoutError` is raised on its exit then."""
        self._due = self._loop.time() + seconds
        return self

    def __enter__(self) -> None:
        self._task = asyncio.current_task()
        if self._task is not None:
            self._cancelling = self._task.cancelling()
        if self._timer is None or self._timer.when() > self._due:
            self._set()

    def __exit__(
        self, exc_type: type[BaseException] | None, exc_value: BaseException | None, tb: TracebackType | None
    ) -> None:
        task, self._task = self._task, None
        if self._rang and task is not None:
            self._rang = False
            # As asyncio.timeout has it: someone else may have cancelled the task as well.
            if task.uncancel() <= self._cancelling and exc_type is asyncio.CancelledError:
                raise TimeoutError from exc_value

    def close(self) -> None:
        """Take the timer back."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _set(self) -> None:
        self.close()
        self._timer = self._loop.call_at(self._due, self._ring)

    def _ring(self) -> None:
        self._timer = None
        if self._task is None:
            return  # nobody waits; the next wait sets it again
        if self._loop.time() < self._due:
            self._set()
            return
        self._rang = True
        self._task.cancel()


def _failure(error: Exception) -> UpstreamError:
    if isinstance(error, TimeoutError | httpx.TimeoutException):
        return UpstreamError("upstream_timeout", "The upstream's reply stopped coming.")
    if isinstance(error, BadCoding):
        return UpstreamError("upstream_error", "The upstream's reply cannot be decoded.")
    return UpstreamError("upstream_error", "The upstream broke off its reply.")


def error_in(raw: bytes) -> tuple[str | None, Any]:
    """Return what an error reply's body says: its message and its error object; each may be ``None``."""
    try:
        tree = parse_reply(raw)
    except ValueError:
        tree = None
    if isinstance(tree, list) and len(tree) == 1:
        tree = tree[0]  # as Gemini's API writes it
    found = tree.get("error", tree) if isinstance(tree, dict) else None
    return _message_of(found), found


def _message_of(found: Any) -> str | None:
    """Find the sentence in an error object: OpenAI's ``message``, others' ``detail`` or the error itself."""
    if isinstance(found, str):
        return found
    if isinstance(found, Mapping):
        for key in ("message", "detail"):
            if isinstance(found.get(key), str):
                return str(found[key])
    return None
