"""Plugin ``address``: geographic subdivisions smaller than a state (45 CFR 164.514(b)(2)(i)(B))."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from masker import Detector, Kind, hookimpl
from masker_address.detector import AddressDetector

__all__ = ["AddressDetector", "masker_register_detectors", "masker_register_kinds"]


@hookimpl
def masker_register_kinds() -> Iterable[Kind]:
    """Name the kind that this plugin finds."""
    return (Kind("ADDRESS", "B", "address"),)


@hookimpl
def masker_register_detectors(settings: Mapping[str, Any]) -> Iterable[Detector]:  # noqa: ARG001
    """Hand over the one detector; there is nothing to set."""
    return (AddressDetector(),)
