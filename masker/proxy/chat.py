"""One chat completion from the caller's bytes to the reply: `answer_chat` reads like its life, a line a step.

Receive, find the agent, check key and signature, admit to the quota, parse, check the model, mask, forward, rehydrate,
return. Each step either returns or raises a `RequestError`; nothing goes out before the step that masks has ended.
What must be undone at the end (wipe the vault, release the upstream) is pushed onto an exit stack that the server
unwinds however the request ends, also when the caller hangs up.
"""

from __future__ import annotations

__all__ = ["Answer", "Incoming", "Services", "Trace", "answer_chat", "answer_models", "refusal"]

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from contextlib import AsyncExitStack
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import attrs

from masker.errors import DetectionFailed, InvalidRequest, RequestError, StoreUnavailable, UpstreamError
from masker.proxy.beside import OF_A_STREAM, Steps, among_others, in_turn
from masker.proxy.errors import error_body, error_event, error_headers
from masker.proxy.logs import describe
from masker.proxy.signature import bearer_of, is_signed, key_matches
from masker.proxy.upstream import Reply, Upstreams, error_in
from masker.wire.bodies import check_chat_request, dump_body, parse_body, parse_reply
from masker.wire.response import restore_error

if TYPE_CHECKING:
    from werkzeug.datastructures import Headers

    from masker.host.engine import Engine, MaskedCall
    from masker.host.settings import Settings
    from masker.proxy.agents import Agent, AgentDirectory, AgentStore
    from masker.proxy.metrics import Metrics
    from masker.proxy.ratelimit import Quota
    from masker.wire.chat_stream import ChatStream

#: Seconds that an upstream may keep a stream open after its last event, before the connection is given up.
_LINGER: Final = 0.5
_TOO_LARGE: Final = "The upstream's reply is too large to be worked on in time."
_STOPPING: Final = "The proxy is being stopped; the stream ends here."
#: Bytes of an upstream's list of models: several times the longest that there are.
_LONGEST_LIST: Final = 4 * 1024 * 1024
#: How much more work there is in a byte of an error than in one of other texts: all of it may be tokens.
_DENSE: Final = 8
#: As how many bytes a line's end counts: each may end an event.
_LINE: Final = 16
#: ... and what may begin or part a token: most of the work is in tokens.
_TOKEN: Final = 32


@attrs.frozen
class Services:
    """What requests share in one worker."""

    settings: Settings
    engine: Engine
    store: AgentStore
    agents: AgentDirectory
    quota: Quota
    upstreams: Upstreams
    metrics: Metrics
    log: Any


@attrs.define
class Trace:
    """What may be told of one request: names, numbers and times.

    Args:
        request_id: The ``x-request-id``.
        route: The route's template, never the path.
        agent: The agent's name, once it is known.
        status: The HTTP status, once it is known.
        code: The error's code, if there was one; also of an error inside a stream.
        upstream_status: The upstream's status, if it answered.
        stream: Whether server-sent events were asked for.
        masked: How many spans were masked.
        restored: How many tokens became values.
        stages: Milliseconds by stage.
    """

    request_id: str
    route: str
    agent: str | None = None
    status: int | None = None
    code: str | None = None
    upstream_status: int | None = None
    stream: bool = False
    masked: int = 0
    restored: int = 0
    stages: dict[str, float] = attrs.field(factory=dict)
    _started: float = attrs.field(factory=time.perf_counter)

    @contextlib.contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure one stage."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.stages[name] = self.stages.get(name, 0.0) + (time.perf_counter() - started) * 1000

    @property
    def total(self) -> float:
        """Milliseconds since the request began."""
        return (time.perf_counter() - self._started) * 1000

    def server_timing(self) -> str:
        """Return the value of ``Server-Timing``."""
        stages = {**self.stages, "total": self.total}
        return ", ".join(f"{name};dur={milliseconds:.2f}" for name, milliseconds in stages.items())


@attrs.frozen
class Incoming:
    """A request as it came in: what the route knows of it.

    Args:
        agent_id: From the path.
        headers: The caller's headers.
        read: Returns the raw body.
        exits: Unwound when the request has ended.
        trace: Filled on the way.
    """

    agent_id: str = attrs.field(repr=False)
    headers: Headers = attrs.field(repr=False)
    read: Callable[[], Awaitable[bytes]]
    exits: AsyncExitStack
    trace: Trace


@attrs.frozen
class Answer:
    """What goes back: a whole body, or pieces as they come."""

    body: bytes | AsyncIterator[bytes] = attrs.field(repr=False)
    headers: dict[str, str]
    status: int = 200


async def answer_chat(services: Services, incoming: Incoming) -> Answer:
    """Serve one chat completion.

    Raises:
        RequestError: It cannot be served.
    """
    with incoming.trace.stage("receive"):
        raw = await incoming.read()
    agent = await find_agent(services, incoming)
    check_caller(services.settings, agent, incoming.headers, raw)
    await services.quota.admit(agent.id, agent.rate_limit or services.settings.rate_limit)
    body = await parse_request(incoming, raw)
    check_model(agent, body["model"])
    call = await mask(services, incoming, agent, body, len(raw))
    with incoming.trace.stage("upstream"):
        reply = await forward(services, incoming, agent, call)
        if not incoming.trace.stream:
            return await whole_reply(call, reply, agent.id)
        return await streamed_reply(services, incoming, call, reply)


async def answer_models(services: Services, incoming: Incoming) -> Answer:
    """List the agent's models, or its upstream's when it may use any.

    Raises:
        RequestError: It cannot be served.
    """
    raw = await incoming.read()
    agent = await find_agent(services, incoming)
    check_caller(services.settings, agent, incoming.headers, raw)
    await services.quota.admit(agent.id, agent.rate_limit or services.settings.rate_limit)
    if agent.allows_any_model:
        authorization = _passed_authorization(agent, incoming.headers)
        reply = await services.upstreams.models(
            agent.provider, timeout_ms=agent.timeout_ms, authorization=authorization
        )
        incoming.exits.push_async_callback(reply.close)
        if reply.status != 200:
            raise await upstream_refusal(reply, agent.id, str)
        raw = await reply.read(_LONGEST_LIST)
        body = await _worked_on(len(raw), agent.id, lambda: _list_of(_model_ids(raw), agent.provider))
    else:
        body = _list_of(agent.models, agent.provider)
    return Answer(body, {"content-type": "application/json"})


# --- the steps -------------------------------------------------------------------------------------------------------


async def find_agent(services: Services, incoming: Incoming) -> Agent:
    """Return the enabled agent of the path, or refuse."""
    try:
        agent = await services.agents.find(incoming.agent_id)
    except StoreUnavailable as error:
        raise RequestError("not_ready", "The agent store cannot be reached at the moment.") from error
    if agent is None:
        raise InvalidRequest("agent_not_found", "No agent has this id, or it is disabled.")
    incoming.trace.agent = agent.name
    return agent


def check_caller(settings: Settings, agent: Agent, headers: Headers, raw: bytes) -> None:
    """Refuse a caller without the agent's key, or without the signature that is asked for."""
    if agent.key_hash and not key_matches(bearer_of(headers.getlist("authorization")), agent.key_hash):
        raise InvalidRequest("invalid_api_key", "This agent has a key; send it as Authorization: Bearer.")
    secret = agent.signing_secret or settings.vapi_webhook_secret
    if secret:
        signatures = [value for name in settings.signature_header for value in headers.getlist(name)]
        timestamps = [headers.getlist(name) for name in settings.timestamp_header]
        if not is_signed(raw, secret, signatures, timestamps):
            raise InvalidRequest(
                "bad_signature", f"{settings.signature_header[0]} is missing, or does not sign this body."
            )


async def parse_request(incoming: Incoming, raw: bytes) -> dict[str, Any]:
    """Return the body as a tree, or refuse what is no chat request."""
    media_type = incoming.headers.get("content-type", "application/json").partition(";")[0].strip().lower()
    if media_type != "application/json" and not (
        media_type.startswith("application/") and media_type.endswith("+json")
    ):
        raise InvalidRequest("unsupported_media_type", "The body must be application/json.")
    codings = ",".join(incoming.headers.getlist("content-encoding")).lower().split(",")
    if not {coding.strip() for coding in codings} <= {"", "identity"}:
        raise InvalidRequest("unsupported_media_type", "Compressed bodies are not accepted; send the JSON as it is.")
    with incoming.trace.stage("parse"):
        body = await among_others(len(raw), parse_body, raw)
        check_chat_request(body)
    incoming.trace.stream = body.get("stream") is True
    return body


def check_model(agent: Agent, model: str) -> None:
    """Refuse a model that the agent may not use."""
    if not agent.allows(model):
        raise _refused_model(agent)


def _refused_model(agent: Agent) -> InvalidRequest:
    may = "any model of its upstream, by its plain name" if agent.allows_any_model else ", ".join(agent.models)
    return InvalidRequest("model_not_allowed", f"This agent may use: {may}.", param="model")


async def mask(services: Services, incoming: Incoming, agent: Agent, body: dict[str, Any], size: int) -> MaskedCall:
    """Return the masked call. Others are served in between its steps, or meanwhile.

    Raises:
        RequestError: The policy refuses, a detector failed, or it took too long; nothing may be forwarded.
    """
    policy = services.agents.policy_of(agent)
    limit = services.settings.detection_timeout_ms
    call = services.engine.open(body, policy=policy, agent=agent.name, request_id=incoming.trace.request_id)
    steps = Steps(call.steps(), size, agent.id)
    incoming.exits.callback(steps.afterwards, partial(_close_call, services, incoming.trace, call))
    if not await steps.finish(time.monotonic() + limit / 1000):
        raise DetectionFailed("all together", f"took longer than {limit} ms")
    if agent.allows_any_model and not call.accepts_model(body["model"]):
        raise _refused_model(agent)
    incoming.trace.stages |= call.report.milliseconds
    incoming.trace.masked = call.report.masked
    services.metrics.masked(call.report)
    return call


def _close_call(services: Services, trace: Trace, call: MaskedCall) -> None:
    """Count what came back, then wipe the vault."""
    report = call.rehydration_report()
    trace.restored = report.restored
    services.metrics.rehydrated(report)
    call.close()


async def forward(services: Services, incoming: Incoming, agent: Agent, call: MaskedCall) -> Reply:
    """Send the masked body and return the reply, whose headers have come.

    Raises:
        UpstreamError: It answered with an error status, broke off or came too late.
    """
    reply = await services.upstreams.chat(
        agent.provider,
        dump_body(call.body),
        stream=incoming.trace.stream,
        timeout_ms=agent.timeout_ms,
        authorization=_passed_authorization(agent, incoming.headers),
    )
    incoming.exits.push_async_callback(reply.close)
    incoming.trace.upstream_status = reply.status
    if reply.status != 200:
        raise await upstream_refusal(reply, agent.id, call.restore_text)
    return reply


async def whole_reply(call: MaskedCall, reply: Reply, agent_id: str) -> Answer:
    """Return an upstream's JSON reply, rehydrated."""
    raw = await reply.read()
    body = await _worked_on(_effort(raw), agent_id, restored, call, raw)
    return Answer(body, {"content-type": "application/json"})


async def _worked_on(size: int, agent_id: str, work: Callable[..., bytes], *arguments: Any, **options: int) -> bytes:
    """Return what comes of an upstream's bytes, see `in_turn`.

    Raises:
        UpstreamError: They are so many that their turn does not come in time.
    """
    try:
        return await in_turn(size, agent_id, work, *arguments, **options)
    except TimeoutError as error:
        raise UpstreamError("upstream_timeout", _TOO_LARGE) from error


def restored(call: MaskedCall, raw: bytes) -> bytes:
    """Return a reply's bytes with values in place of tokens."""
    try:
        tree = parse_reply(raw)
    except ValueError as error:
        raise UpstreamError("upstream_error", "The upstream's reply is not JSON.") from error
    if not isinstance(tree, dict):
        raise UpstreamError("upstream_error", "The upstream's reply is not a JSON object.")
    return dump_body(call.reply(tree))


async def streamed_reply(services: Services, incoming: Incoming, call: MaskedCall, reply: Reply) -> Answer:
    """Return an upstream's event stream, rehydrated as it comes.

    The first bytes are awaited here, so that an upstream that sends headers and then nothing is still answered with
    a proper error status.
    """
    if not reply.is_event_stream:
        raise UpstreamError("upstream_error", "The upstream did not answer with an event stream.")
    chunks = reply.chunks()
    first = await anext(chunks, b"")
    if not first:
        raise UpstreamError("upstream_error", "The upstream's stream is empty.")
    headers = {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-cache",
        # nginx buffers streams unless told not to.
        "x-accel-buffering": "no",
    }
    return Answer(rehydrated(services, incoming, call.stream(), first, chunks), headers)


async def rehydrated(
    services: Services, incoming: Incoming, stream: ChatStream, first: bytes, chunks: AsyncIterator[bytes]
) -> AsyncIterator[bytes]:
    """Yield the caller's bytes. A stream that cannot go on ends in an error event, without ``[DONE]``."""
    error: RequestError | None = None
    failure: dict[str, Any] = {}
    worked = 0
    try:
        async for chunk in _until_ended(stream, first, chunks):
            size = stream.pending + _effort(chunk)
            if out := await _worked_on(size, incoming.agent_id, stream.feed, chunk, large=OF_A_STREAM):
                yield out
            worked += size
            if worked >= OF_A_STREAM:  # many small chunks that are all there already, behind which others wait
                worked = 0
                await asyncio.sleep(0)
    except RequestError as caught:
        error = RequestError("not_ready", _STOPPING) if services.upstreams.is_cut else caught
    except Exception as caught:  # noqa: BLE001  # whatever it is, the caller hears of it in the stream's own form
        failure = describe(caught)
        error = RequestError("internal_error", "The proxy failed; the stream ends here.")
    if failure:
        services.log.error("stream failed", request_id=incoming.trace.request_id, **failure)
    with contextlib.suppress(RequestError):  # it may have ended because nothing more can be restored
        if out := await _worked_on(stream.pending, incoming.agent_id, stream.finish, large=OF_A_STREAM):
            yield out
    # An error event of the upstream has passed already and says why the stream ends.
    if error is None and not stream.ended_cleanly and not stream.error:
        reason = f"sent {stream.failed}" if stream.failed else "broke off its stream"
        error = UpstreamError("upstream_error", f"The upstream {reason}.")
    if error is not None:
        incoming.trace.code = error.code
        yield error_event(error)


def _effort(raw: bytes) -> int:
    """Return how much work a reply, or a piece of one, makes: as many bytes of plain text would."""
    return len(raw) + _LINE * raw.count(b"\n") + _TOKEN * (raw.count(b"[") + raw.count(b"_"))


async def _until_ended(stream: ChatStream, first: bytes, chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Yield chunks; once the stream has said that it is done, wait only briefly for the connection's end."""
    yield first
    while not stream.done:
        if stream.failed:
            return
        chunk = await anext(chunks, None)
        if chunk is None:
            return
        yield chunk
    # The end of the body usually sits in the same packet, and reading it lets the connection be used again.
    with contextlib.suppress(TimeoutError, RequestError, StopAsyncIteration):
        async with asyncio.timeout(_LINGER):
            while True:
                await anext(chunks)


# --- details ---------------------------------------------------------------------------------------------------------


async def upstream_refusal(reply: Reply, agent_id: str, restore: Callable[[str], str]) -> UpstreamError:
    """Return the error that tells the caller what an upstream's error reply said, with values restored."""
    raw = await reply.read_error()
    sentence = f"The upstream answered with status {reply.status}"

    def told() -> UpstreamError:
        message, found = error_in(raw)
        return UpstreamError(
            "upstream_error",
            f"{sentence}: {restore(message)}" if message else f"{sentence}.",
            retry_after=reply.retry_after,
            upstream={"status": reply.status, "error": restore_error(found, restore)},
        )

    try:
        # Many tokens make much of it: a short one counts as a long one.
        return await in_turn(len(raw) * _DENSE, agent_id, told)
    except TimeoutError:
        return UpstreamError("upstream_error", f"{sentence}.", retry_after=reply.retry_after)


def _passed_authorization(agent: Agent, headers: Headers) -> str | None:
    """Return the caller's own token where the agent passes it on: a caller without one must not get to use ours."""
    if not agent.pass_authorization:
        return None
    return bearer_of(headers.getlist("authorization")) or ""


def _list_of(names: Iterable[str], provider: str) -> bytes:
    models = [{"id": name, "object": "model", "created": 0, "owned_by": provider} for name in names]
    return dump_body({"object": "list", "data": models})


def _model_ids(raw: bytes) -> list[str]:
    try:
        tree = parse_reply(raw)
        return [model["id"] for model in tree["data"] if isinstance(model["id"], str)]
    except (ValueError, TypeError, KeyError) as error:
        raise UpstreamError("upstream_error", "The upstream's list of models is not one.") from error


def refusal(error: RequestError) -> Answer:
    """Return the reply that tells a caller of an error."""
    return Answer(error_body(error), error_headers(error), error.status)
