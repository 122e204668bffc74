"""The engine: the one object that the proxy and the command line use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from masker.core.policy import Policy
from masker.core.segments import Turn
from masker.core.spans import Span
from masker.detection.cache import SpanCache
from masker.detection.chain import Chain
from masker.detection.resolve import admit, resolve
from masker.host.manager import PluginHost, PluginStatus, create_plugin_host
from masker.host.settings import Settings
from masker.wire.positions import positions
from masker.wire.request import Slot, slots_of

__all__ = ["Engine", "build_engine"]


class Engine:
    def __init__(self, host: PluginHost, *, cache_limit: int = 50_000) -> None:
        self.host = host
        self._chain = Chain(host.detectors)
        self._cache = SpanCache(cache_limit)

    @property
    def plugins(self) -> tuple[PluginStatus, ...]:
        return self.host.statuses

    def check(self, policy: Policy) -> None:
        self.host.check(policy.required)

    def detect(self, turns: Sequence[Turn], policy: Policy) -> list[list[Span]]:
        messages = [{"role": t.role, "content": t.text} if t.role else {"content": t.text} for t in turns]
        slots = slots_of({"model": "", "messages": messages})
        found: list[list[Span]] = [[] for _ in turns]
        for slot in slots:
            if slot.form not in ("text",):
                continue
            for span in admit(slot.segment.text, self._chain.detect(slot.segment), policy):
                for path, start, end in positions(slot, span.start, span.end):
                    if path[2:] == ("content",):
                        found[path[1]].append(Span(start, end, span.kind, span.score, span.detector))
        return [list(resolve(spans)) for spans in found]


def build_engine(settings: Settings) -> Engine:
    return Engine(create_plugin_host(blocked=settings.blocked_plugins, settings=settings.plugin_settings))
