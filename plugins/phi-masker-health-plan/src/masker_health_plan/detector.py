"""Health plan numbers: what is announced as a member, subscriber, group or policy number, and the Medicare id's shape.

The Medicare Beneficiary Identifier has a fixed format (CMS, "Understanding the MBI", 2017): eleven characters,
numeric 1-9, alphabetic, alphanumeric, numeric, alphabetic, alphanumeric, numeric, alphabetic, alphabetic, numeric,
numeric; letters without S, L, O, I, B, Z. It has no check digit.
"""

from __future__ import annotations

import re
from typing import Final

from masker import Run, RunDetector, Segment, said

__all__ = ["claim", "make_detector"]

_L = "[AC-HJKMNP-RT-Y]"
_LN = "[AC-HJKMNP-RT-Y0-9]"
MBI: Final = re.compile(rf"[1-9]{_L}{_LN}\d{_L}{_LN}\d{_L}{_L}\d\d")


def claim(run: Run, segment: Segment) -> tuple[str, float] | None:  # noqa: ARG001 - a claim is asked with both
    """Return kind and score for a run that is a health plan number, else ``None``."""
    if said(run, "HEALTH_PLAN"):
        return "HEALTH_PLAN", 0.95
    if (
        run.digits >= 4
        and not run.inside
        and MBI.fullmatch(run.code)
        and not (run.announced and run.near and run.kind != "NUMBER")
    ):
        return "HEALTH_PLAN", 0.9
    return None


def make_detector() -> RunDetector:
    """Return the detector."""
    return RunDetector("health-plan", ("HEALTH_PLAN",), claim)
