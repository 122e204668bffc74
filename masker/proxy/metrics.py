"""Metrics for Prometheus: counts and seconds by agent name, kind and detector; never content, never an agent's id.

With several workers each writes its own numbers to memory-mapped files in ``PROMETHEUS_MULTIPROC_DIR`` (set by the
supervisor before this module is imported, because prometheus-client decides then), and whichever worker is asked
adds them up.
"""

from __future__ import annotations

__all__ = ["Metrics", "metrics_app"]

import os
from typing import TYPE_CHECKING, Any, Final

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

if TYPE_CHECKING:
    from masker.core.reports import MaskingReport, RehydrationReport

_SECONDS: Final = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_CHARACTERS: Final = (0, 1, 2, 4, 8, 16, 32, 64)


class Metrics:
    """The process's instruments, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        own: dict[str, Any] = {"registry": self.registry}
        self._requests = Counter("masker_requests", "Requests by agent and status.", ("agent", "status"), **own)
        self._seconds = Histogram("masker_stage_seconds", "Time by stage.", ("stage",), buckets=_SECONDS, **own)
        self._found = Counter("masker_detections", "Masked spans by kind and detector.", ("kind", "detector"), **own)
        self._cache = Counter("masker_segment_cache", "Segments by whether their spans were known.", ("result",), **own)
        self._tokens = Counter("masker_reply_tokens", "Tokens in replies: restored, bent, unknown.", ("result",), **own)
        self._held = Histogram(
            "masker_held_characters", "Most characters held back at once in a reply.", buckets=_CHARACTERS, **own
        )
        self._children: dict[tuple[Any, ...], Any] = {}
        self._open = Gauge("masker_open_requests", "Requests being served.", multiprocess_mode="livesum", **own)

    def began(self) -> None:
        """Count a request in."""
        self._open.inc()

    def ended(self, agent: str | None, status: str, stages: dict[str, float]) -> None:
        """Count a request out.

        Args:
            agent: The agent's name, or ``None`` when none was found.
            status: The HTTP status, or ``499`` when the client hung up first.
            stages: Milliseconds by stage.
        """
        self._open.dec()
        self._child(self._requests, agent or "", status).inc()
        for stage, milliseconds in stages.items():
            self._child(self._seconds, stage).observe(milliseconds / 1000)

    def masked(self, report: MaskingReport) -> None:
        """Count what masking found."""
        for (kind, detector), count in report.by_detector.items():
            self._child(self._found, kind, detector).inc(count)
        self._child(self._cache, "hit").inc(report.cache_hits)
        self._child(self._cache, "miss").inc(report.cache_misses)

    def rehydrated(self, report: RehydrationReport) -> None:
        """Count what rehydration restored."""
        for result, count in (("restored", report.restored), ("bent", report.bent), ("unknown", report.unknown)):
            self._child(self._tokens, result).inc(count)
        self._held.observe(report.held_max)

    def _child(self, metric: Any, *labels: str) -> Any:
        """Return a metric with its labels; to look it up here is a fraction of what `labels` does under its lock."""
        key = (metric, *labels)
        child = self._children.get(key)
        if child is None:
            child = self._children[key] = metric.labels(*labels)
        return child

    def text(self) -> bytes:
        """Return all workers' numbers in Prometheus' text format."""
        if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
            return generate_latest(self.registry)
        everyone = CollectorRegistry()
        MultiProcessCollector(everyone)  # type: ignore[no-untyped-call]  # the library leaves it untyped
        return generate_latest(everyone)


def metrics_app(metrics: Metrics) -> Any:
    """Return an ASGI app that answers ``GET /metrics`` and nothing else."""

    async def app(scope: dict[str, Any], _receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        found = scope["path"] == "/metrics" and scope["method"] in {"GET", "HEAD"}
        body = metrics.text() if found else b""
        headers = [(b"content-type", CONTENT_TYPE_LATEST.encode()), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200 if found else 404, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return app
