"""Logs: one JSON object a line, made of names from a list and of nothing else.

An event may carry only fields that are listed here; any other is dropped before it is written, so a careless call
cannot leak. Records from libraries keep their logger's name, level and exception type: their messages may quote
paths (which hold agent ids) or content.
"""

from __future__ import annotations

__all__ = ["FIELDS", "configure_logging", "describe", "logger", "new_request_id"]

import contextlib
import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any, Final

import structlog
from ulid import ULID

#: Every field that a log line may have.
FIELDS: Final = frozenset(
    {
        "event", "level", "timestamp", "logger",
        "request_id", "agent", "route", "method", "status", "code", "outcome", "ms", "stream",
        "upstream_status", "masked", "restored", "cache_hits", "cache_misses",
        "error", "at", "detector", "kind", "plugin", "dist", "version",
        "address", "pid", "worker", "workers", "plugins", "reason", "note",
    }
)  # fmt: skip


def logger() -> Any:
    """Return the logger of the proxy."""
    return structlog.get_logger("masker")


def new_request_id() -> str:
    """Return an id for one request: its reply carries it, and its log line tells it."""
    return f"req_{ULID()}"


def configure_logging(level: str = "info", style: str = "json") -> None:
    """Send masker's events and libraries' records to standard error, in one form.

    Args:
        level: ``debug``, ``info``, ``warning`` or ``error``.
        style: ``json`` or ``pretty``.
    """
    number = getattr(logging, level.upper())
    renderer: Any = structlog.processors.JSONRenderer()
    if style == "pretty":
        renderer = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            only_listed_fields,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=_StandardError,
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    root.handlers = [_LibraryHandler(max(number, logging.WARNING))]
    root.setLevel(max(number, logging.WARNING))
    for name in ("hypercorn.error", "hypercorn.access", "quart.app", "quart.serving", "asyncio"):
        library = logging.getLogger(name)
        library.handlers = []
        library.propagate = True
        # Whoever configured logging before us may have silenced it; what goes wrong in there must be heard.
        library.disabled = False
        library.setLevel(logging.NOTSET)


def only_listed_fields(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop every field that is not in `FIELDS`: a structlog processor."""
    return {key: value for key, value in event.items() if key in FIELDS}


def describe(error: BaseException) -> dict[str, str]:
    """Return what may be logged of an unexpected exception: its type and the line that raised it.

    Never its message or its traceback's source lines' values: they may quote what a caller sent.
    """
    frames = list(traceback.walk_tb(error.__traceback__))
    if not frames:
        return {"error": type(error).__name__}
    frame, line = frames[-1]
    return {"error": type(error).__name__, "at": f"{frame.f_globals.get('__name__', '?')}:{line}"}


class _StandardError:
    """Writes lines to standard error. One that cannot be written (a closed pipe) is lost, not the request."""

    def __init__(self, *_: Any) -> None:
        """Take the arguments that structlog hands to logger factories."""

    def msg(self, message: str) -> None:
        """Write one line."""
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.write(message + "\n")
            sys.stderr.flush()

    debug = info = warning = error = critical = msg


class _LibraryHandler(logging.Handler):
    """Turns a library's record into an event without its message."""

    def emit(self, record: logging.LogRecord) -> None:
        fields: dict[str, Any] = {"logger": record.name}
        if record.exc_info and record.exc_info[1] is not None:
            fields |= describe(record.exc_info[1])
        log = logger()
        method = log.error if record.levelno >= logging.ERROR else log.warning
        method("library", **fields)
