"""Boxes, postcodes and the addresses of transactions."""

from __future__ import annotations

import re

from masker import asked, runs
from masker_address import patterns
from masker_address.growing import Found, Growing, is_region
from masker_address.vocabulary import COMMON, FUNCTION_WORDS, UK_AREAS

__all__ = ["Codes"]


class Codes(Growing):
    """Finds boxes and postcodes."""

    def transactions(self) -> None:
        """Find the address lines of an X12 transaction."""
        for pattern in (patterns.X12_STREET, patterns.X12_TOWN):
            for match in pattern.finditer(self.text):
                for group, value in match.groupdict().items():
                    if value and not self._taken(*match.span(group)):
                        self.found.append(Found(*match.span(group), 0.95))

    def directed(self) -> None:
        """Find a number, a direction and a name behind a word that says where somebody is."""
        for match in patterns.CUED_DIRECTION.finditer(self.text):
            if not self._taken(*match.span("part")):
                end, _ = self.tail(match.end("part"))
                self.found.append(Found(match.start("part"), end, 0.7))

    def boxes(self) -> None:
        """Find PO boxes, rural routes and HL7 address fields."""
        boxes = patterns.BOX.finditer(self.text) if self._has(patterns.BOX_WORDS) else ()
        for match in boxes:
            end, _ = self.tail(match.end())
            number = patterns.NUMBER_BEFORE.search(self.text, max(0, match.start() - 16), match.start())
            self.found.append(Found(number.start() if number else match.start(), end, 0.95))
        if "^" in self.text:
            for match in patterns.HL7.finditer(self.text):
                if (
                    re.search(r"\d", match["zip"])
                    and match["city"].strip()
                    and (match["state"].strip() or re.search(r"\d", match["street"]))
                ):
                    start = match.start("street") if match["street"].strip() else match.start("city")
                    self.found.append(Found(start, match.end("zip"), 0.95))

    def codes(self) -> None:
        """Find postcodes that stand alone."""
        text = self.text
        if not self.segment.reading.has_digit:
            return
        codes = patterns.POSTCODE.finditer(text) if self._has_number(patterns.LETTER_DIGIT) else ()
        for match in codes:
            if not self._taken(*match.span()):
                score = self._postcode(match)
                if score:
                    start = self._town_before(match.start()) if score >= 0.85 else match.start()
                    self.found.append(Found(start, match.end(), score))
        for match in self.segment.reading.matches(patterns.CODE_CUE, patterns.ZIP_OPENERS):
            if _is_code("".join(filter(str.isalnum, match["code"]))):
                self.found.append(Found(match.start("code"), self._zip_end(match), 0.95))
        # Whatever marks stand between the label and a code as it is written.
        for run in runs(self.segment, small=False):
            whole = not run.spoken or (not run.letters and run.digits in (5, 9))
            if run.how == "postcode" and whole and _is_code(run.code):
                self.found.append(Found(run.start, run.end, 0.95))
        if self.segment.reading.longest < patterns.ZIP_DIGITS:
            return
        sent = asked(self.segment, patterns.ASKS_WHERE, patterns.ASKS_WHERE_WORDS)  # "where should we send it?"
        for match in self.segment.reading.at_numbers(patterns.FIVE, 5):
            state = patterns.STATE_LEFT.search(text, max(0, match.start() - 32), match.start())
            if (sent or state is not None) and not patterns.FOLLOWED.match(text, match.end()):
                self.found.append(Found(*match.span(), 0.9))
        for match in self.segment.reading.matches(patterns.NEAR_ZIP, patterns.NEAR_OPENERS):
            self.found += [Found(*match.span(group), 0.7) for group in ("code", "second") if match[group]]
        for match in self.segment.reading.at_numbers(patterns.ZIP4, 5):
            if not self._taken(*match.span()):
                self.found.append(Found(*match.span(), 0.6))

    def _zip_end(self, match: re.Match[str]) -> int:
        """Cut a run of spoken digits after the ZIP: five, or nine."""
        code, end = match["code"], match.start("code")
        if " " not in code:
            return match.end("code")
        if not code.replace(" ", "").replace("-", "").isdigit():
            return match.end("code")
        count = 0
        for index, char in enumerate(code):
            if char.isdigit():
                count += 1
                end = match.start("code") + index + 1
                rest = code[index + 1 :]
                if count == 5 and rest and not re.fullmatch(r"[ -]{1,3}\d{4}|[ -]{1,3}\d\d \d\d", rest):
                    break
                if count == 9:
                    break
        return end

    def _postcode(self, match: re.Match[str]) -> float:
        """Return how sure it is that a code of letters and digits is a postcode."""
        code = match[0]
        left = self._left(match.start(), 48)
        cued = (
            self.asked_code
            or self.asked_street
            or bool(patterns.ZIP_CUE.search(left))
            or (self.asked_place and len(self.text) < 60)
            or patterns.CODE_AFTER.match(self.text, match.end()) is not None
        )
        if patterns.COMA_SCALE.fullmatch(code) or (not cued and patterns.TUMOUR_STAGE.fullmatch(code)):
            return 0.0
        written = " " in code.strip() and code == code.upper()
        if match["uk"]:
            area = re.match(r"[A-Za-z]+", code)
            if area is None or area[0].upper() not in UK_AREAS:
                return 0.7 if cued else 0.0
            if cued:
                return 0.95
            if written:
                return 0.85
            return 0.55 if len(code.replace(" ", "")) >= 5 and not patterns.ID_CUE.search(left) else 0.0
        if match["ca"]:
            return 0.95 if cued else 0.85 if written else 0.55 if not patterns.ID_CUE.search(left) else 0.0
        return (
            0.95
            if cued
            else 0.8
            if written and re.search(r"\b(?:dublin|cork|galway|limerick|co\.?|ireland|eircode)\b", left, re.IGNORECASE)
            else 0.0
        )

    def _town_before(self, start: int) -> int:
        """Extend a postcode to the capitalised town in front of it: "Leeds LS6 1PQ"."""
        match = patterns.TOWN_LEFT.search(self.text, max(0, start - 40), start)
        if match is None:
            return start
        first = match["town"].split()[0].lower()
        if first in FUNCTION_WORDS or first in COMMON or is_region(match["town"]):
            return start
        return match.start("town")


def _is_code(code: str) -> bool:
    """Return whether letters and digits behind a postcode's label can be one."""
    digits = sum(map(str.isdigit, code))
    return 2 < len(code) <= 12 and digits <= 9 and (digits >= 3 or not code.isdigit())
