"""Plugin ``name``: names of persons (45 CFR 164.514(b)(2)(i)(A))."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from masker import Detector, Kind, hookimpl
from masker_name.detector import NameDetector

__all__ = ["NameDetector", "masker_register_detectors", "masker_register_kinds"]


@hookimpl
def masker_register_kinds() -> Iterable[Kind]:
    """Name the kind that this plugin finds."""
    return (Kind("NAME", "A", "name"),)


@hookimpl
def masker_register_detectors(settings: Mapping[str, Any]) -> Iterable[Detector]:  # noqa: ARG001
    """Hand over the one detector, its model loaded; there is nothing to set."""
    return (NameDetector(),)
