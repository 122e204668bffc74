"""Plugin ``date``: dates and ages over 89, written and spoken (45 CFR 164.514(b)(2)(i)(C))."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from masker import Detector, Kind, hookimpl
from masker_date.detector import DateDetector

__all__ = ["DateDetector", "masker_register_detectors", "masker_register_kinds"]


@hookimpl
def masker_register_kinds() -> Iterable[Kind]:
    """Name the kinds that this plugin finds."""
    return (Kind("DATE", "C", "date"), Kind("AGE", "C", "age"))


@hookimpl
def masker_register_detectors(settings: Mapping[str, Any]) -> Iterable[Detector]:  # noqa: ARG001
    """Hand over the one detector; there is nothing to set."""
    return (DateDetector(),)
