"""Social security numbers: announced ones, their last four digits, and the written shape 3-2-4.

No check digit exists. Numbers that the Social Security Administration never issues (area 000, 666, 900-999 outside
the ITIN range; group 00; serial 0000) are still somebody's misread number when they are announced as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from masker import Run, RunDetector, Segment, runs, said

__all__ = ["claim", "make_detector", "shapes"]

_SHAPE: Final = re.compile(r"(\d{3})([- ])(\d{2})\2(\d{4})")
#: The same as a step of a path or a part of a longer code: "/patients/1/900-55-0123/edit".
_WITHIN: Final = re.compile(r"(?<=[/.])\d{3}-\d{2}-\d{4}(?![\w-])")
#: Last four behind a mask: "xxx-xx-1234", "***-**-1234".
_MASKED: Final = re.compile(r"[xX*]{3}[- ]?[xX*]{2}[- ]?\Z")


def claim(run: Run, segment: Segment) -> tuple[str, float] | None:
    """Return kind and score for a run that is (part of) a social security number, else ``None``."""
    if said(run, "SSN"):
        return "SSN", 0.95 if run.digits in (4, 9) else 0.85
    if run.inside or run.dated or (run.announced and run.near and run.kind != "NUMBER"):
        return None
    shape = _SHAPE.fullmatch(run.text)
    if shape is not None:
        issued = shape[1] not in ("000", "666") and shape[3] != "00" and shape[4] != "0000"
        return "SSN", 0.9 if issued and shape[2] == "-" else 0.75
    if run.digits == 4 and _MASKED.search(segment.reading.text, max(0, run.start - 9), run.start):
        return "SSN", 0.9
    return None


def shapes(segment: Segment) -> Iterator[tuple[int, int, str, float]]:
    """Yield numbers that stand within something longer, in offsets of the reading."""
    text = segment.reading.text
    for run in runs(segment, small=False) if "-" in text and ("/" in text or "." in text) else ():
        for match in _WITHIN.finditer(text, run.start, run.end) if not run.inside else ():
            yield (*match.span(), "SSN", 0.8)


def make_detector() -> RunDetector:
    """Return the detector."""
    return RunDetector("ssn", ("SSN",), claim, shapes, small=False)
