"""Medical record numbers: no standard shape, so the announcement decides.

Hospitals number records as they like (seven digits, 3-2-2 groups, ``MRN`` and six digits). A run is a record number
when a label, a column, an HL7 field or a question says so, or when it carries the prefix itself.
"""

from __future__ import annotations

import re
from typing import Final

from masker import Run, RunDetector, Segment, said

__all__ = ["claim", "make_detector"]

_PREFIX: Final = re.compile(r"MRN[A-Z]?\d{4,}|(?:ENC|PAT|CSN|HAR|ACC)\d{4,}")


def claim(run: Run, segment: Segment) -> tuple[str, float] | None:  # noqa: ARG001 - a claim is asked with both
    """Return kind and score for a run that is a record number, else ``None``."""
    if said(run, "MRN"):
        return "MRN", 0.95
    if (
        run.letters
        and not run.inside
        and _PREFIX.fullmatch(run.code)
        and not (run.announced and run.near and run.kind != "NUMBER")
    ):
        return "MRN", 0.9
    return None


def make_detector() -> RunDetector:
    """Return the detector."""
    return RunDetector("mrn", ("MRN",), claim)
