"""Every exception masker raises on purpose, in one tree, each with a stable code.

    MaskerError
    ├── ConfigError            a setting, policy or masker.toml is wrong            (exit code 3)
    │   └── PolicyError
    ├── PluginError            a plugin cannot be used                              (exit code 3)
    │   └── MissingKinds       a required kind has no active detector
    ├── StoreUnavailable       the configured database or Redis cannot be reached   (exit code 5)
    └── RequestError           one request cannot be served; carries code, status and OpenAI error type
        ├── InvalidRequest     400 / 404 / 405 / 413 / 415 / 422 / 429 / 401
        ├── DetectionFailed    500 detection_failed
        ├── LeakPrevented      500 leak_prevented
        ├── Blocked            422 blocked_by_policy
        └── UpstreamError      502 upstream_error, 504 upstream_timeout

Messages say what happened, to which object, and the next step. They never contain a caller's words.
"""

from __future__ import annotations

__all__ = [
    "ERROR_CODES",
    "Blocked",
    "ConfigError",
    "DetectionFailed",
    "ErrorCode",
    "InvalidRequest",
    "LeakPrevented",
    "MaskerError",
    "MissingKinds",
    "PluginError",
    "PolicyError",
    "RequestError",
    "StoreUnavailable",
    "UpstreamError",
]

from typing import Any, Final, NamedTuple


class ErrorCode(NamedTuple):
    """The HTTP status and OpenAI error type that a code answers with."""

    status: int
    type: str


#: The one table from error code to HTTP status and OpenAI ``type``.
ERROR_CODES: Final[dict[str, ErrorCode]] = {
    "invalid_json": ErrorCode(400, "invalid_request_error"),
    "invalid_request": ErrorCode(400, "invalid_request_error"),
    "bad_signature": ErrorCode(401, "authentication_error"),
    "invalid_api_key": ErrorCode(401, "authentication_error"),
    "agent_not_found": ErrorCode(404, "invalid_request_error"),
    "not_found": ErrorCode(404, "invalid_request_error"),
    "method_not_allowed": ErrorCode(405, "invalid_request_error"),
    "request_too_large": ErrorCode(413, "invalid_request_error"),
    "unsupported_media_type": ErrorCode(415, "invalid_request_error"),
    "model_not_allowed": ErrorCode(422, "invalid_request_error"),
    "media_not_allowed": ErrorCode(422, "invalid_request_error"),
    "blocked_by_policy": ErrorCode(422, "invalid_request_error"),
    "rate_limited": ErrorCode(429, "rate_limit_error"),
    "detection_failed": ErrorCode(500, "server_error"),
    "leak_prevented": ErrorCode(500, "server_error"),
    "internal_error": ErrorCode(500, "server_error"),
    "not_ready": ErrorCode(503, "server_error"),
    "upstream_error": ErrorCode(502, "server_error"),
    "upstream_timeout": ErrorCode(504, "server_error"),
}


class MaskerError(Exception):
    """The root of every error that masker raises on purpose."""


class ConfigError(MaskerError):
    """A setting or configuration file is wrong; the message names the key and the nearest known one."""


class PolicyError(ConfigError):
    """A policy is wrong; the message names the table and key."""


class PluginError(MaskerError):
    """A plugin cannot be used; the message names the plugin, the distribution and the reason."""


class MissingKinds(PluginError):
    """A kind that the policy requires has no active detector; the message names what to install."""


class StoreUnavailable(MaskerError):
    """The configured database or Redis cannot be reached."""


class RequestError(MaskerError):
    """One request cannot be served. Nothing of it was forwarded unless the upstream itself failed.

    Args:
        code: A key of `ERROR_CODES`.
        message: A sentence for the developer who reads the response; never request content.
        param: The offending field's name, when one field is to blame.
        retry_after: Seconds to wait, for ``Retry-After``.
        upstream: The upstream's own status and error object, for ``error.upstream``.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        param: str | None = None,
        retry_after: str | None = None,
        upstream: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.param = param
        self.retry_after = retry_after
        self.upstream = upstream

    @property
    def status(self) -> int:
        """The HTTP status of this error."""
        return ERROR_CODES[self.code].status

    def body(self) -> dict[str, Any]:
        """Return the error in OpenAI's shape."""
        error: dict[str, Any] = {
            "message": self.message,
            "type": ERROR_CODES[self.code].type,
            "param": self.param,
            "code": self.code,
        }
        if self.upstream is not None:
            error["upstream"] = self.upstream
        return {"error": error}


class InvalidRequest(RequestError):
    """The request itself is refused: its shape, its size, its key, its model, its quota."""


class Blocked(RequestError):
    """The policy's action for a found kind is ``block``."""

    def __init__(self, kind: str) -> None:
        super().__init__("blocked_by_policy", f"The policy blocks requests that contain {kind}.")


class DetectionFailed(RequestError):
    """A detector raised, returned a bad span or came too late. Names the detector, never its message."""

    def __init__(self, detector: str, reason: str) -> None:
        super().__init__("detection_failed", f'Detector "{detector}" {reason}; nothing was forwarded.')
        self.detector = detector
        self.reason = reason


class LeakPrevented(RequestError):
    """The last look at the outgoing text found a known value."""

    def __init__(self, kind: str, *, param: str | None = None) -> None:
        super().__init__(
            "leak_prevented", f"A {kind} value was still present after masking; nothing was forwarded.", param=param
        )
        self.kind = kind


class UpstreamError(RequestError):
    """The upstream failed, broke off, sent nonsense or came too late."""
