"""Web addresses, written and spoken: category N of 45 CFR 164.514(b)(2)(i)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from masker import Detector, Kind, hookimpl
from masker_url.detector import make_detector

__all__ = ["masker_register_detectors", "masker_register_kinds"]


@hookimpl
def masker_register_kinds() -> Iterable[Kind]:
    """Register the kinds that this plugin finds."""
    return (Kind("URL", category="N", title="web address"),)


@hookimpl
def masker_register_detectors(settings: Mapping[str, Any]) -> Iterable[Detector]:  # noqa: ARG001 - it has no settings
    """Register the detector."""
    return (make_detector(),)
