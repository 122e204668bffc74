"""Every hook of masker. A plugin implements the ones it needs with ``masker.hookimpl``.

Hooks are called once, at start-up, one plugin at a time; the detectors they hand over are then called in a plain
loop for every segment. pluggy project name and entry-point group are both ``masker``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

import pluggy

if TYPE_CHECKING:
    from masker.core.kinds import Kind
    from masker.core.policy import Policy
    from masker.core.reports import MaskingReport, RehydrationReport
    from masker.core.segments import Segment
    from masker.core.spans import Span
    from masker.detection.detector import Detector

__all__ = ["HOOK_API", "hookimpl", "hookspec"]

#: Rises only when an existing plugin could break.
HOOK_API: Final = 1

hookspec = pluggy.HookspecMarker("masker")
hookimpl = pluggy.HookimplMarker("masker")


# --- Registration: once, at start-up -------------------------------------------------------------------------------


@hookspec
def masker_register_kinds() -> Iterable[Kind]:  # type: ignore[empty-body]  # a specification has no body
    """Return the kinds that this plugin's detectors find.

    Called once per plugin, before `masker_register_detectors`. Registering a kind that another plugin registered is
    fine when both agree on category and title. An exception marks the plugin ``broken``.
    """


@hookspec
def masker_register_detectors(settings: Mapping[str, Any]) -> Iterable[Detector]:  # type: ignore[empty-body]
    """Return this plugin's detectors, ready to run.

    Called once per plugin. Load models and compile patterns here, not while detecting.

    Args:
        settings: The table ``[plugins.NAME]`` of ``masker.toml``, or an empty mapping.

    An exception, a clash of names or an undeclared kind marks the plugin ``broken``; the proxy then refuses to start.
    """


@hookspec
def masker_register_commands(group: Any) -> None:
    """Add commands to the command line.

    Args:
        group: The ``click.Group`` behind ``masker``.
    """


# --- Lifecycle -----------------------------------------------------------------------------------------------------


@hookspec(historic=True)
def masker_configure(settings: Mapping[str, Any]) -> None:
    """Take notice of the settings.

    Historic: a plugin registered later is told as well.

    Args:
        settings: The process's settings without secrets.
    """


# --- Decisions: the first answer that is not None wins; masker's own comes last --------------------------------------


@hookspec(firstresult=True)
def masker_open_vault(request: Mapping[str, Any]) -> Any:
    """Return the vault for one request, or ``None`` to leave it to masker's in-memory vault.

    Args:
        request: ``{"agent": name, "request_id": id}``; never content.
    """


@hookspec(firstresult=True)
def masker_make_surrogate(kind: str, number: int, request: Mapping[str, Any]) -> str | None:
    """Return the text that stands for the ``number``-th value of ``kind``, or ``None`` for ``[KIND_n]``.

    It must be in the token grammar (`masker.core.surrogates`), or the request is stopped.
    """


@hookspec(firstresult=True)
def masker_resolve_overlaps(segment: Segment, spans: list[Span], policy: Policy) -> list[Span] | None:
    """Return disjoint spans that cover all of ``spans``, or ``None`` for masker's own painter."""


# --- Observation: never fatal ----------------------------------------------------------------------------------------


@hookspec
def masker_request_masked(report: MaskingReport) -> None:
    """Learn what was masked in a request: kinds, counts, detectors, milliseconds; never content."""


@hookspec
def masker_response_rehydrated(report: RehydrationReport) -> None:
    """Learn what was restored in a reply: counts of restored, bent and unknown tokens; never content."""
