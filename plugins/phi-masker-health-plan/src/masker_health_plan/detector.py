"""Health plan numbers: what is announced as a member, subscriber, group or policy number, and the Medicare id's shape.

The Medicare Beneficiary Identifier has a fixed format (CMS, "Understanding the MBI", 2017): eleven characters,
numeric 1-9, alphabetic, alphanumeric, numeric, alphabetic, alphanumeric, numeric, alphabetic, alphabetic, numeric,
numeric; letters without S, L, O, I, B, Z. It has no check digit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from masker import Run, RunDetector, Segment, runs, said

__all__ = ["claim", "make_detector", "shapes"]

_L = "[AC-HJKMNP-RT-Y]"
_LN = "[AC-HJKMNP-RT-Y0-9]"
MBI: Final = re.compile(rf"[1-9]{_L}{_LN}\d{_L}{_LN}\d{_L}{_L}\d\d")

#: Whose number it is on a card for a family (Australia): "medicare 2950 70114 1 ref 2", "and i'm number 3 on it".
_ON_CARD: Final = re.compile(
    r"[ ,.]{1,2}(?:(?:and|with|then|it's|i'm|she's|he's|the|my|her|his|individual|line) ){0,4}"
    r"(?:ref(?:erence)?|irn|number|no\.?)(?: (?:number|no\.?))?(?: is)?[ :#]{1,2}(?P<value>\d)(?![\w/.:-]\w|\w)",
    re.IGNORECASE,
)


def shapes(segment: Segment) -> Iterator[tuple[int, int, str, float]]:
    """Yield the place on a card that is said behind its number."""
    for run in runs(segment, small=False):
        if run.kind == "HEALTH_PLAN" and not run.letters:
            match = _ON_CARD.match(segment.reading.text, run.end, run.end + 60)
            if match is not None:
                yield (*match.span("value"), "HEALTH_PLAN", 0.8)


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
    return RunDetector("health-plan", ("HEALTH_PLAN",), claim, shapes, small=False)
