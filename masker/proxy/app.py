"""The Quart application: routes, the id of each request, and what every reply carries.

Three things are served: chat completions and models of an agent, and the proxy's health. Everything else is a 404,
never a tunnel. Routes only translate between HTTP and `masker.proxy.chat`.
"""

from __future__ import annotations

__all__ = ["create_app", "open_services"]

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from types import TracebackType
from typing import TYPE_CHECKING, Any, ClassVar, Final

from quart import Quart, Request, Response, abort, request
from quart.wrappers.request import Body
from quart.wrappers.response import ResponseBody
from werkzeug.exceptions import HTTPException

from masker import __version__
from masker.core.policy import Policy
from masker.errors import ConfigError, InvalidRequest, RequestError, StoreUnavailable
from masker.proxy.agents import AgentDirectory, AgentStore
from masker.proxy.chat import Answer, Incoming, Services, Trace, answer_chat, answer_models, refusal
from masker.proxy.errors import dump_json, from_http_status
from masker.proxy.logs import describe, logger, new_request_id
from masker.proxy.metrics import Metrics
from masker.proxy.ratelimit import open_quota
from masker.proxy.upstream import Upstreams

if TYPE_CHECKING:
    import httpx

    from masker.host.engine import Engine
    from masker.host.settings import Settings

#: Seconds in which a request's body must have arrived.
_BODY_TIMEOUT: Final = 30.0
#: Seconds for which a body that is too large is read and thrown away, so that its sender gets to hear the 413.
_DRAIN: Final = 2.0
#: How many of the largest bodies a worker holds at once.
_ROOM: Final = 16
_CHAT: Final = "/proxy/{agent_id}/v1/chat/completions"
_MODELS: Final = "/proxy/{agent_id}/v1/models"
_EXITS: Final = "masker.exits"


@contextlib.asynccontextmanager
async def open_services(
    settings: Settings, engine: Engine, *, stub: httpx.AsyncBaseTransport | None = None
) -> AsyncIterator[Services]:
    """Open everything that requests share, and close it afterwards.

    Args:
        settings: The process's settings.
        engine: Masks and rehydrates.
        stub: Answers for the upstream ``stub``; default: a new `StubTransport`.

    Raises:
        StoreUnavailable: The database or Redis cannot be reached.
        ConfigError: The policy or a provider is wrong.
    """
    from masker.proxy.stub import StubTransport

    async with AsyncExitStack() as exits:
        policy = Policy.from_toml(settings.policy_text())
        store = AgentStore(settings.database_url)
        exits.push_async_callback(store.close)
        await store.open()
        quota = await open_quota(settings.redis_url)
        exits.push_async_callback(quota.close)
        upstreams = Upstreams(settings, stub=stub or StubTransport())
        exits.push_async_callback(upstreams.close)
        try:
            used = frozenset(agent.provider for agent in await store.list() if not agent.disabled)
        except ConfigError as error:
            # One agent's row that nobody can read is that agent's own trouble.
            logger().warning("agents cannot be listed", **describe(error), note="no connection is made ahead")
            used = frozenset()
        await upstreams.warm_up(used)
        yield Services(
            settings=settings,
            engine=engine,
            store=store,
            agents=AgentDirectory(store, policy, engine.check),
            quota=quota,
            upstreams=upstreams,
            metrics=Metrics(),
            log=logger(),
        )


def create_app(services: Services) -> Quart:
    """Return the application over open services."""
    app = Quart("masker", static_folder=None)
    app.request_class = _Request
    app.config.update(
        MAX_CONTENT_LENGTH=services.settings.max_body_bytes,
        RESPONSE_TIMEOUT=None,
        BODY_TIMEOUT=None,
        PROVIDE_AUTOMATIC_OPTIONS=False,
    )
    # A path with doubled slashes is another path, not a redirect.
    app.url_map.merge_slashes = False
    app.asgi_app = _Unwinding(app.asgi_app)  # type: ignore[method-assign]  # the documented way to add a layer

    async def chat(agent_id: str) -> Response:
        return await _serve(services, _CHAT, agent_id, answer_chat)

    async def models(agent_id: str) -> Response:
        return await _serve(services, _MODELS, agent_id, answer_models)

    async def live() -> Response:
        return _json(200, {"status": "ok"})

    async def health() -> Response:
        return await _health(services)

    app.add_url_rule("/proxy/<agent_id>/v1/chat/completions", "chat", chat, methods=["POST"])
    # Platforms that append the path to a pasted full URL.
    app.add_url_rule("/proxy/<agent_id>/v1/chat/completions/chat/completions", "chat_twice", chat, methods=["POST"])
    app.add_url_rule("/proxy/<agent_id>/v1/models", "models", models, methods=["GET"])
    app.add_url_rule("/health/live", "live", live, methods=["GET"])
    app.add_url_rule("/health", "health", health, methods=["GET"])

    @app.before_request
    async def only_plain_requests() -> None:
        # The router forgives slashes in front.
        if request.scope["path"].startswith("//"):
            abort(404)
        # What stands in front of us may have believed the other length, and taken the rest for another request.
        if "transfer-encoding" in request.headers and "content-length" in request.headers:
            abort(400)

    @app.errorhandler(HTTPException)
    async def refused(error: HTTPException) -> Response:
        allowed = getattr(error, "valid_methods", None)
        answer = refusal(from_http_status(error.code or 500, allowed))
        response = _response(answer, new_request_id())
        if allowed:
            response.headers["allow"] = ", ".join(sorted(set(allowed) - {"HEAD", "OPTIONS"}))
        if error.code == 400:
            # What follows on this connection may be the rest of it.
            response.headers["connection"] = "close"
        return response

    @app.errorhandler(Exception)
    async def failed(error: Exception) -> Response:
        services.log.error("request failed", **describe(error))
        return _response(refusal(from_http_status(500)), new_request_id())

    return app


async def _serve(
    services: Services, route: str, agent_id: str, answer_with: Callable[[Services, Incoming], Awaitable[Answer]]
) -> Response:
    """Run one request through `chat`, and write one log line at its end, whatever that is."""
    trace = Trace(new_request_id(), route)
    exits: AsyncExitStack = request.scope[_EXITS]  # type: ignore[typeddict-item]  # our own key
    services.metrics.began()
    exits.callback(_ended, services, trace)
    incoming = Incoming(agent_id, request.headers, request.body.read_all, exits, trace)  # type: ignore[attr-defined]
    try:
        answer = await answer_with(services, incoming)
    except RequestError as error:
        trace.code = error.code
        answer = refusal(error)
    except Exception as error:  # noqa: BLE001  # a bug of ours must not show the caller's words in a traceback
        services.log.error("request failed", request_id=trace.request_id, **describe(error))  # noqa: TRY400  # no message
        trace.code = "internal_error"
        answer = refusal(RequestError("internal_error", "The proxy failed; nothing was forwarded after that."))
    trace.status = answer.status
    response = _response(answer, trace.request_id)
    response.headers["server-timing"] = trace.server_timing()
    return response


def _ended(services: Services, trace: Trace) -> None:
    status = str(trace.status or 499)
    services.metrics.ended(trace.agent, status, {**trace.stages, "total": trace.total})
    services.log.info(
        "request",
        request_id=trace.request_id,
        agent=trace.agent,
        route=trace.route,
        status=int(status),
        code=trace.code,
        upstream_status=trace.upstream_status,
        stream=trace.stream,
        masked=trace.masked,
        restored=trace.restored,
        ms=round(trace.total, 1),
    )


async def _health(services: Services) -> Response:
    active = [plugin for plugin in services.engine.plugins if plugin.state == "active"]
    try:
        async with asyncio.timeout(2):
            await services.store.ping()
        store = "ok"
    except (StoreUnavailable, TimeoutError):
        store = "unreachable"
    ready = services.engine.ready() and store == "ok"
    status = {"status": "ok" if ready else "unavailable", "version": __version__, "plugins": len(active)}
    return _json(200 if ready else 503, {**status, "store": store})


def _json(status: int, tree: dict[str, Any]) -> Response:
    return _response(Answer(dump_json(tree), {"content-type": "application/json"}, status), new_request_id())


def _response(answer: Answer, request_id: str) -> Response:
    body = answer.body if isinstance(answer.body, bytes) else _Pieces(answer.body)
    response = Response(body, answer.status)
    response.timeout = None
    for name, value in answer.headers.items():
        response.headers[name] = value
    response.headers["x-request-id"] = request_id
    return response


class _Pieces(ResponseBody):
    """A body that is written as it comes, closed when nobody listens any more."""

    def __init__(self, pieces: AsyncIterator[bytes]) -> None:
        self._pieces = pieces

    async def __aenter__(self) -> AsyncIterator[bytes]:
        return self._pieces

    async def __aexit__(
        self, exc_type: type[BaseException] | None, exc_value: BaseException | None, tb: TracebackType | None
    ) -> None:
        close = getattr(self._pieces, "aclose", None)
        if close is not None:
            await close()


class _Unwinding:
    """Gives each request an exit stack, and unwinds it when the request has ended, also by a hang-up.

    Quart cancels a request whose caller is gone. That can strike between a route's return and the first byte of its
    body, where neither the route nor the body's generator can clean up.
    """

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            async with AsyncExitStack() as exits:
                scope[_EXITS] = exits
                await self._app(scope, receive, send)
        except Exception as error:  # noqa: BLE001  # the server would log its message, and drop the connection's peers
            logger().error("request failed", **describe(error))


class _BoundedBody(Body):
    """A request body with a limit that also holds for chunked uploads, and a limit for all bodies together.

    What is over a limit is thrown away as it comes. An answer before the upload's end would be lost on most
    clients: they go on writing into a closed connection and never read it.
    """

    #: Bytes that all bodies of this process hold at the moment. Whoever can connect can send bodies, so that without
    #: a limit strangers could fill the memory.
    held: ClassVar[int] = 0

    def __init__(self, expected_content_length: int | None, max_content_length: int | None) -> None:
        super().__init__(None, None)
        self._limit = max_content_length or 0
        self._decided = asyncio.Event()
        self._own = 0
        self._refused: RequestError | None = None
        if (expected_content_length or 0) > self._limit:
            self._refuse(self._too_large())

    def append(self, data: bytes) -> None:
        if self._refused is None and self._own + len(data) > self._limit:
            self._refuse(self._too_large())
        if self._refused is None and _BoundedBody.held + len(data) > _ROOM * self._limit:
            busy = "Too many large bodies are on their way at the moment."
            self._refuse(RequestError("not_ready", busy, retry_after="1"))
        if self._refused is None:
            super().append(data)
            self._own += len(data)
            _BoundedBody.held += len(data)

    def set_complete(self) -> None:
        super().set_complete()
        self._decided.set()

    def release(self) -> None:
        """Forget the bytes."""
        self._data.clear()
        _BoundedBody.held -= self._own
        self._own = 0

    async def read_all(self) -> bytes:
        """Return the whole body.

        Raises:
            RequestError: It is over a limit, or does not arrive.
        """
        try:
            async with asyncio.timeout(_BODY_TIMEOUT):
                await self._decided.wait()
        except TimeoutError:
            raise InvalidRequest("invalid_request", "The body did not arrive in time.") from None
        if self._refused is not None:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_DRAIN):
                    await self._complete.wait()
            raise self._refused
        return bytes(self._data)

    def _refuse(self, error: RequestError) -> None:
        self._refused = error
        self.release()
        self._decided.set()

    def _too_large(self) -> RequestError:
        return InvalidRequest("request_too_large", f"The body is larger than {self._limit} bytes.")


class _Request(Request):
    body_class = _BoundedBody

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.scope[_EXITS].callback(self.body.release)  # type: ignore[typeddict-item,attr-defined]  # our own

    def __repr__(self) -> str:
        # The stock one shows the URL, which holds the agent's id and whatever a caller put into the query.
        return f"<Request {self.method}>"
