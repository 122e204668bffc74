"""Vehicles: VINs by their check digit, plates by their announcement.

A VIN has 17 characters without I, O, Q and, in North America, a check digit in place nine (ISO 3779, 49 CFR
565.15). Plates follow a hundred patterns, so only a label, a column or a question makes one; the letters around its
digits ("AB12 CDE", "the plate is lima kilo 4488") are taken along.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from masker import Run, RunDetector, Segment, Span, said

__all__ = ["VehicleDetector", "claim", "make_detector", "vin_valid"]

_VIN: Final = re.compile(r"[A-HJ-NPR-Z0-9]{17}")
_VALUES: Final = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", "12345678123457923456789", strict=True))
_WEIGHTS: Final = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_LEFT: Final = re.compile(r"(?<![\w'\u2019])([A-Z]{1,3}|[a-z])[ -]\Z")
_RIGHT: Final = re.compile(r"[ -]([A-Z]{1,3}|[b-hj-z])(?![^\W_])")
#: A JSON key or a word that names a plate makes one of what it holds, if that has a plate's shape.
_KEY: Final = re.compile(r"(?<!tem)plate(?:[ _-]?(?:no|num|number))?\Z|vrm\Z", re.IGNORECASE)
_LEAF: Final = re.compile(r"(?=[^\d]*\d)[A-Za-z0-9]{1,4}(?:[ -]?[A-Za-z0-9]{1,4}){0,2}")
_LABELLED: Final = re.compile(
    r"(?<!\w)(?i:plates?(?: (?:number|no\.?))?(?: for parking)?(?: is)?)[:#]? ?"
    r"(?P<value>[A-Z]{1,4}[ -]?\d{1,4}(?:[ -]?[A-Z]{1,3})?|\d{1,4}[ -]?[A-Z]{1,4}(?:[ -]?\d{1,4})?)(?![\w-])"
)

#: The same with what is said of the plate between: "the license plate line reads KQZ 381".
_TOLD: Final = re.compile(
    r"(?<!\w)(?i:(?:licen[cs]e|number|registration|car|my|your|his|her|their|our) plates?)"
    r"(?:,? (?!and\b|or\b|but\b)[a-z']{1,12}){1,6}?[,:]? "
    r"(?P<value>[A-Z]{2,4}[ -]?\d{2,4}|\d{1,4}[ -]?[A-Z]{2,4}(?:[ -]?\d{1,4})?)(?![\w-])"
)


#: A vehicle and a code of letters and digits that is no model: "van 8XYZ123", "reg LV71 OXH", "f150 tag BKR 4471".
_BESIDE: Final = re.compile(
    r"(?<!\w)(?i:van|truck|taxi|cab|ambulance|cars?|vehicles?|plates|sedan|suv|pickup|trailer|tag|rego?|registration|placard"
    r"|permit)"
    r"(?i:,? (?:no\.?|number|tag|plate|is|#))?(?:[:#]|(?<=s),)? ?"
    r"(?P<value>(?=[A-Z0-9 -]{0,9}\d)(?=[A-Z0-9 -]{0,9}[A-Z])[A-Z0-9]{2,8}(?:[ -][A-Z0-9]{2,4}){0,2})(?![\w-])"
)
#: "... and 1JP 2UN" behind a plate.
_SECOND: Final = re.compile(
    r",? (?:and|&) (?P<value>(?=[A-Z0-9 -]{0,9}\d)(?=[A-Z0-9 -]{0,9}[A-Z])"
    r"[A-Z0-9]{2,8}(?:[ -][A-Z0-9]{2,4}){0,2})(?![\w-])"
)
#: The form of British plates since 2001, which nothing else has; older ones beside one of them.
_BRITISH: Final = re.compile(r"[A-HJ-PR-Z](?<![\w-].)[A-HJ-PR-Z]\d\d [A-HJ-PR-Z]{3}(?![\w-])")
_BRITISH_OLDER: Final = re.compile(r"(?<![\w-])[A-HJ-NP-TV-Y]\d{1,3} [A-HJ-PR-Y]{3}(?![\w-])")
#: The form of Indian plates: state, district, series, number.
_YEAR_DIGITS: Final = 2
_INDIAN: Final = re.compile(r"(?<![\w-])[A-Z]{2}[ -]\d{1,2}[ -][A-Z]{1,3}[ -]\d{4}(?![\w-])")
_SERIAL_DIGITS: Final = 4
#: Groups parted by dots in the middle of the line, as plates show them: "YC·09·LLP".
_DOTTED: Final = re.compile(
    r"(?<![\w·])(?=[A-Z0-9·]{0,9}\d)(?=[A-Z0-9·]{0,9}[A-Z])[A-Z0-9]{1,4}(?:·[A-Z0-9]{1,4}){1,2}(?![\w·-])"
)
#: "138·K" is no plate.
_SHORTEST: Final = 5
_VEHICLES: Final = frozenset(
    "cars vehicles plates van truck taxi cab ambulance car vehicle sedan suv pickup trailer tag reg rego registration"
    " placard permit".split()
)


def vin_valid(code: str) -> bool:
    """Return whether 17 characters carry the right check digit."""
    if not _VIN.fullmatch(code):
        return False
    total = sum(int(_VALUES.get(char, char)) * weight for char, weight in zip(code, _WEIGHTS, strict=True))
    return code[8] == "0123456789X"[total % 11]


def claim(run: Run, segment: Segment) -> tuple[str, float] | None:  # noqa: ARG001 - a claim is asked with both
    """Return kind and score for a run that is a VIN or an announced plate, else ``None``."""
    if said(run, "VEHICLE"):
        return "VEHICLE", 0.95
    if run.inside or run.digits < 3:
        return None
    if run.letters and vin_valid(run.code):
        return "VEHICLE", 0.95
    if run.letters >= 3 and _VIN.fullmatch(run.code) and not (run.announced and run.near and run.kind != "NUMBER"):
        return "VEHICLE", 0.65
    return None


class VehicleDetector(RunDetector):
    """Claims runs and takes the letter groups of a plate along."""

    def detect(self, segment: Segment) -> list[Span]:
        """Return every VIN and plate."""
        reading = segment.reading
        named = list(self._named(segment))
        spans = list(named)
        for run in self.claimable(segment):
            claimed = self.claim(run, segment)
            if claimed is None:
                continue
            start, end = run.start, run.end
            if len(run.code) <= 6 and run.kind == "VEHICLE":
                left = _LEFT.search(reading.text, max(0, start - 5), start)
                right = _RIGHT.match(reading.text, end, end + 5)
                start = left.start() if left and left[1] != "a" else start
                end = right.end() if right else end
            span = Span(*reading.source(start, end), *claimed, self.name)
            if not any(one.start <= span.start and span.end <= one.end for one in named):
                spans.append(span)
        return spans

    def _named(self, segment: Segment) -> Iterator[Span]:
        """Yield the plates that a JSON key or the word right before them names."""
        reading = segment.reading
        if segment.key is not None and _KEY.search(segment.key) and _LEAF.fullmatch(segment.text):
            yield Span(0, len(segment.text), "VEHICLE", 0.96, self.name)
        elif not _VEHICLES.isdisjoint(reading.words):
            for match in _BESIDE.finditer(segment.text):
                code = [char for char in match["value"] if char.isalnum()]
                if 6 <= len(code) <= 9 and sum(map(str.isdigit, code)) >= 2:
                    yield Span(*match.span("value"), "VEHICLE", 0.9, self.name)
                    second = _SECOND.match(segment.text, match.end())
                    if second is not None:
                        yield Span(*second.span("value"), "VEHICLE", 0.85, self.name)
        british = list(_BRITISH.finditer(segment.text)) if reading.longest >= _YEAR_DIGITS else []
        if british:
            british += _BRITISH_OLDER.finditer(segment.text)
        for match in british:
            yield Span(*match.span(), "VEHICLE", 0.85, self.name)
        for match in _INDIAN.finditer(segment.text) if reading.longest >= _SERIAL_DIGITS else ():
            yield Span(*match.span(), "VEHICLE", 0.85, self.name)
        for match in _DOTTED.finditer(segment.text) if "·" in segment.text else ():
            if sum(map(str.isalnum, match[0])) > _SHORTEST:
                yield Span(*match.span(), "VEHICLE", 0.55, self.name)
        if "late" in reading.text or "LATE" in reading.text:
            found = (*_LABELLED.finditer(reading.text), *_TOLD.finditer(reading.text))
            for value in dict.fromkeys(match.span("value") for match in found):
                yield Span(*reading.source(*value), "VEHICLE", 0.96, self.name)


def make_detector() -> VehicleDetector:
    """Return the detector."""
    return VehicleDetector("vehicle", ("VEHICLE",), claim, small=False)
