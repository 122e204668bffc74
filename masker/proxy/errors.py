"""Errors on the wire: one `RequestError` as a JSON reply or as the last event of a stream."""

from __future__ import annotations

__all__ = ["dump_json", "error_body", "error_event", "error_headers", "from_http_status"]

from collections.abc import Iterable

import orjson

from masker.errors import InvalidRequest, RequestError
from masker.wire.bodies import dump_body


def error_body(error: RequestError) -> bytes:
    """Return the JSON body of an error, in OpenAI's shape."""
    # An upstream's error object may hold number literals that only our own writer knows.
    return dump_body(error.body())


def error_headers(error: RequestError) -> dict[str, str]:
    """Return the headers that belong to an error."""
    headers = {"content-type": "application/json"}
    if error.retry_after is not None:
        headers["retry-after"] = error.retry_after
    if error.status == 401:
        # RFC 9110 section 15.5.2: a 401 names a scheme.
        headers["www-authenticate"] = "Bearer"
    return headers


def error_event(error: RequestError) -> bytes:
    """Return an error as a server-sent event: how a stream that has begun ends when it cannot go on."""
    return b"data: " + error_body(error) + b"\n\n"


def from_http_status(status: int, allowed: Iterable[str] | None = None) -> RequestError:
    """Return what a refusal of the parser or the router is called here."""
    if status == 405:
        methods = ", ".join(sorted(set(allowed or ()) - {"HEAD", "OPTIONS"}))
        return InvalidRequest("method_not_allowed", f"This path answers {methods} only.")
    if status == 413:
        return InvalidRequest("request_too_large", "The request is too large.")
    if status == 400:
        return InvalidRequest(
            "invalid_request", "The request breaks the rules of HTTP, or two readers could read it differently."
        )
    if status == 431:
        return InvalidRequest("invalid_request", "The request's first line, its headers or its trailers are too long.")
    if status < 500:
        return InvalidRequest(
            "not_found", "Nothing is served here. Chat completions are at /proxy/{agent_id}/v1/chat/completions."
        )
    return RequestError("internal_error", "The proxy failed; nothing more is known to the caller.")


def dump_json(tree: object) -> bytes:
    """Return our own (never a caller's) data as JSON."""
    return orjson.dumps(tree)
