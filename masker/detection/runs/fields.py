"""Fields that name what they hold: JSON keys, HL7 v2 segments, tables with titles, FHIR resources."""

from __future__ import annotations

import re
from typing import Final

from masker.detection.labels import NUMBER, PLAIN, labels_in, may_label, spaced, words_in

__all__ = ["FHIR", "FHIR_KINDS", "HL7_LINE", "cells_of", "hl7_fields", "kind_of_key", "table_fields"]


#: What payment services call the end of a card's number; of a social security number the key says so ("ssn_last4").
_CARD_KEYS: Final = frozenset(("last4", "last_4", "last_four", "lastfour"))


#: What ends the keys of a laboratory's limits: "reference_range".
_LIMITS: Final = frozenset("range ranges interval limits".split())
#: Keys that say something although no label begins with them.
_OTHER_KEYS: Final = _LIMITS | _CARD_KEYS
#: What ends, or begins, the key of procedures for which something is needed; their codes are public: "auth_required".
_REQUIRED: Final = frozenset(("required", "needed"))
_REQUIRES: Final = frozenset(("requires", "needs"))


def kind_of_key(key: str | None) -> str | None:
    """Return what a JSON key (or a column's title) announces."""
    if not key or (key.isalpha() and key.islower() and not may_label(key) and key not in _OTHER_KEYS):
        return None  # as most
    if key.lower() in _CARD_KEYS:
        return "CARD"
    words = words_in(spaced(key[:80]))
    if words and words[-1][0] == "text":
        words.pop()  # what programs call any text; people say it of a telephone: "text 555-0134"
    if words and words[-1][0] in _LIMITS:
        return PLAIN
    labels = list(labels_in(words))
    kinds = [label.kind for label in labels if label.kind != NUMBER]
    if "CARD" in kinds:
        return "CARD"  # "card_last4"
    if set(kinds) == {"OTHER_ID"} and (words[-1][0] in _REQUIRED or words[0][0] in _REQUIRES):
        return PLAIN
    if kinds:
        return kinds[-1]
    return NUMBER if labels else None


#: Fields that identify, by segment and position (HL7 v2.5.1 chapters 3, 4, 6).
_HL7: Final[dict[str, dict[int, str]]] = {
    "PID": {2: "MRN", 3: "MRN", 4: "MRN", 13: "PHONE", 14: "PHONE", 18: "ACCOUNT", 19: "SSN", 20: "LICENSE", 21: "MRN"},
    "NK1": {5: "PHONE", 6: "PHONE", 12: "OTHER_ID", 37: "SSN"},
    "MSH": {9: "OTHER_ID"},  # its first field is the separator itself
    "PV1": {7: "LICENSE", 8: "LICENSE", 9: "LICENSE", 17: "LICENSE", 19: "MRN", 50: "MRN"},
    "IN1": {7: "PHONE", **dict.fromkeys((2, 3, 8, 9, 10, 36, 49), "HEALTH_PLAN")},
    "IN2": {1: "HEALTH_PLAN", 2: "SSN", 6: "HEALTH_PLAN", 8: "HEALTH_PLAN", 61: "HEALTH_PLAN"},
    "GT1": {2: "ACCOUNT", 6: "PHONE", 7: "PHONE", 12: "SSN"},
    "MRG": {1: "MRN", 3: "ACCOUNT"},
    "ORC": {2: "OTHER_ID", 3: "MRN", 10: "LICENSE", 11: "LICENSE", 12: "LICENSE"},
    "OBR": {2: "OTHER_ID", 3: "MRN", 10: "LICENSE", 16: "LICENSE", 28: "LICENSE", 32: "LICENSE"},
    "PD1": {4: "LICENSE"},
    "RXE": {15: "OTHER_ID"},
    "RXD": {7: "OTHER_ID"},
}


HL7_LINE: Final = re.compile(
    r"(?:^|(?<=[\n\r\s]))(PID|NK1|PV1|IN1|IN2|GT1|MRG|ORC|OBR|PD1|MSH|EVN|OBX|AL1|DG1|NTE|ROL|RXE|RXD|RXO|RXR|ZPI)\|"
)


#: A person with an id, in whatever field (XCN, HL7 v2.5.1 chapter 2A): "1245319599^NORRIS^HELENE".
_XCN: Final = re.compile(r"\d{6,}\^[A-Za-z'-]{2,}\^[A-Za-z]")


#: Insurers' numbers stand in more fields than the standard has for them.
_MEMBER: Final = re.compile(r"[A-Z]{1,4}\d{6,}(?:-\d{1,3})?")


def hl7_fields(text: str) -> list[tuple[int, int, str]]:
    """Return the fields of HL7 v2 segments with what each announces; unlisted fields announce `PLAIN`."""
    fields: list[tuple[int, int, str]] = []
    heads = list(HL7_LINE.finditer(text))
    for number, head in enumerate(heads):
        stop = heads[number + 1].start() if number + 1 < len(heads) else len(text)
        for brk in ("\n", "\r"):
            at = text.find(brk, head.end(), stop)
            stop = at if at >= 0 else stop
        known = _HL7.get(head[1], {})
        at = head.end()
        for place, value in enumerate(text[head.end() : stop].split("|")[:80], 1):
            kind = known.get(place) or ("LICENSE" if _XCN.match(value) else PLAIN)
            if kind == PLAIN and head[1] in ("IN1", "IN2") and _MEMBER.fullmatch(value):
                kind = "HEALTH_PLAN"
            if kind == "OTHER_ID" and value.isdigit() and len(value) < 5:
                kind = PLAIN  # a message or order counted from one
            fields.append((at, at + len(value), kind))
            at += len(value) + 1
    return fields


def table_fields(text: str) -> list[tuple[int, int, str]]:
    """Return the cells of delimited lines under a header that names at least one identifying column."""
    cells: list[tuple[int, int, str]] = []
    header: list[str | None] = []
    mark = ""
    at = 0
    for line in text.splitlines(keepends=True):
        body = line.rstrip("\r\n")
        parts = cells_of(body, mark) if mark else []
        if mark and len(parts) == len(header):
            place = at
            for part, kind in zip(parts, header, strict=True):
                if kind is not None:
                    cells.append((place, place + len(part), kind))
                place += len(part) + len(mark)
        else:
            mark, header = _header(body)
        at += len(line)
    return cells


def cells_of(line: str, mark: str) -> list[str]:
    """Return the cells of a line; a mark between quotes parts nothing."""
    if '"' not in line or len(line) > 2000:
        return line.split(mark)
    parts: list[str] = []
    for part in line.split(mark):
        if parts and parts[-1].count('"') % 2:
            parts[-1] += mark + part
        else:
            parts.append(part)
    return parts


def _header(line: str) -> tuple[str, list[str | None]]:
    if len(line) > 2000:
        return "", []
    for mark in ("|", "\t", ",", ";"):
        if line.count(mark) < 2:
            continue
        parts = line.split(mark)
        if all(len(part) <= 40 for part in parts):
            if sum(map(str.isdigit, line)) > 3:
                break
            kinds = [kind_of_key(part.strip(" \"'")) for part in parts]
            if sum(kind is not None for kind in kinds) * 3 >= len(parts):
                return mark, kinds
    return "", []


#: A FHIR resource whose first element is its id or identifier; the resource says what it identifies.
FHIR: Final = re.compile(
    r'"resourceType"\s*:\s*"(Patient|Encounter|Appointment|Coverage|Device|Claim|ServiceRequest'
    r'|MedicationRequest|Account)"\s*,\s*'
    r'(?:"id"\s*:\s*|"identifier"\s*:\s*\[\s*\{\s*"value"\s*:\s*)"\Z'
)


FHIR_KINDS: Final = {
    "Patient": "MRN",
    "Encounter": "MRN",
    "Coverage": "HEALTH_PLAN",
    "Device": "DEVICE",
    "Account": "ACCOUNT",
}
