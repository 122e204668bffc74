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


#: Who answers the telephone there: "nhs 111, how can i help".
_HELPLINE: Final = re.compile(r"\bnhs \Z", re.IGNORECASE)


#: Segments of HL7 messages, of which PID stands before the others and is a label elsewhere: "PID, PV1, NK1".
_SEGMENTS: Final = re.compile(r"(?:(?:PV[12]|NK1|IN[123]|GT1|DG1|PR1|PD1|AL1)(?:, ?|/| |\Z))+")


#: A chart that shows values, and the range or value behind it: "Tylenol chart: 24-35 lb", "See chart. 140-160 is fine".
_CHART: Final = re.compile(r"\bcharts?[.:]?\s+(?:\w+ )?\Z", re.IGNORECASE)
_SHOWN: Final = re.compile(r"\d{1,3}(?:(?: ?[-/\u2013] ?| to )\d{1,3}(?: \d{1,2})?)?")


def claim(run: Run, segment: Segment) -> tuple[str, float] | None:
    """Return kind and score for a run that is a record number, else ``None``."""
    if run.code == "111" and _HELPLINE.search(segment.reading.text, max(0, run.start - 5), run.start):
        return None
    if _SEGMENTS.fullmatch(run.text):
        return None
    charted = run.how == "label" and not run.bare and _SHOWN.fullmatch(run.text) is not None
    if charted and _CHART.search(segment.reading.text, max(0, run.start - 24), run.start):
        return None
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
    return RunDetector("mrn", ("MRN",), claim, small=False)
