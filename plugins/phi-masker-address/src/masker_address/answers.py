"""Answers to a question for an address or a part of one."""

from __future__ import annotations

import re
from typing import Final

from masker import heard, is_amount
from masker_address import patterns
from masker_address.growing import Found, is_region, is_town
from masker_address.places import Places
from masker_address.streets import Streets, is_street
from masker_address.vocabulary import AMBIGUOUS, COMMON, FUNCTION_WORDS, TOWNS

__all__ = ["Answers"]


#: An answer that is nothing but a code has at most so many characters, parts at most so far apart, ...
_SHORT_ANSWER: Final = 90


_BETWEEN_CODES: Final = 16


#: ... at least so many letters and digits, and fewer digits than a telephone number.
_CODE_SIGNS: Final = 2


_MOST_DIGITS: Final = 9


#: Words beside a code that is given anew: "try", "how about", "we moved".
_WORDS_ANEW: Final = 3


#: Where somebody is is told in so many characters.
_LONGEST_PLACE: Final = 120


#: An answer with more words says more than a place.
_MOST_ANSWER_WORDS: Final = 7


class Answers(Streets, Places):
    """Finds what answers a question."""

    def answer(self) -> None:
        """Read a bare answer to "what city?", "your address?", "the zip?"."""
        self._answer()
        if self.asked_place and self.segment.role in ("user", "tool") and len(self.text) <= _SHORT_ANSWER:
            self._whole_answer()

    def _whole_answer(self) -> None:
        """Take all of a short answer that says nothing else: a street or a town need be known to nobody."""
        question = self.segment.question
        if question is None or any(turn.role == "assistant" for turn in self.segment.since):
            return
        if not patterns.ASKS_NAMELY.search(question.text):
            return
        text = self.text
        lead = patterns.LEAD_IN.match(text)
        at = lead.end() if lead else 0
        if patterns.ASKS_NAME.search(question.text):  # "her name and pickup address?": from the number on
            number = patterns.HOUSE_NUMBER.search(text, at)
            at = number.start() if number else len(text)
        if text[:at].lower().endswith("the "):
            at -= len("the ")  # "the paddocks"
        end = len(patterns.ANSWER_ENDS.sub("", text).rstrip(" .,!?"))
        words = [word.lower() for word in patterns.PLAIN_WORDS.findall(text[at:end])]
        if not 1 <= len(words) <= _MOST_ANSWER_WORDS or not patterns.NO_PLACE.isdisjoint(words):
            return
        if self._is_region(text[at:end]) or (len(words) == 1 and len(words[0]) < 3) or at >= end:
            return
        self.found.append(Found(at, end, 0.7))

    def _answer(self) -> None:
        if self.asked_code:
            self._answer_code()
        text = self.text
        lead = patterns.LEAD_IN.match(text)
        at = lead.end() if lead else 0
        if self.segment.role != "assistant":
            if self.asked_unit or (self.asked_place and self.asked_namely):
                self._answer_street(at)
            elif self.asked_place and self.asked_street:
                self._answer_where(at)
                return
        if not self.asked_place:
            if self.segment.role != "assistant":
                self._towns_said()  # "four five six oh one that's gahanna"
            return
        self._towns_said()
        words = self._words_at(at)
        if not words or self._taken(words[0][1], words[0][2]) or len(text) - at > 160:
            return
        if self.segment.role == "assistant" and not self._echoed(words[0][0].lower()):
            return
        end = self._place_end(words, after_comma=True)
        first = words[0][0].lower()
        if (
            end is None
            and first in TOWNS
            and first not in FUNCTION_WORDS
            and not re.search(r"\w", patterns.CODE_FILLER.sub(" ", text[words[0][2] :]))
        ):
            end = words[0][2]
        if (
            end is None
            or end - words[0][1] < 3
            or patterns.HUM.fullmatch(words[0][0])
            or self._is_region(text[words[0][1] : end])
            or self._personal(words)
            or patterns.OTHER_NEXT.match(text, end)
        ):
            return
        said_in = re.search(
            r"\b(?:in|from|near|outside|of) $", text[max(0, words[0][1] - 9) : words[0][1]], re.IGNORECASE
        )
        if said_in or len(text[end:].strip(" .,!?").split()) <= 6:
            self.found.append(Found(words[0][1], self._code_after(end), 0.75))

    def _is_region(self, name: str) -> bool:
        """Return whether an answer names a state or country, and no town that was asked for ("lebanon")."""
        if not is_region(name):
            return False
        asked = "" if self.segment.question is None else self.segment.question.text
        town = patterns.ASKS_TOWN.search(asked) is not None and patterns.ASKS_REGION.search(asked) is None
        return not (town and is_town(name.strip(" .,!?").lower()))

    def _towns_said(self) -> None:
        """Find the known towns of a short turn, wherever they stand: "okay baton rouge still"."""
        text = self.text
        if len(text) > 100:
            return
        for word in patterns.WORD.finditer(text):
            if self._taken(*word.span()):
                continue
            words = self._words_at(word.start())
            for size in range(min(3, len(words)), 0, -1):
                first, last = words[0][1], words[size - 1][2]
                name = text[first:last].lower()
                if not self.asked_place and COMMON.issuperset(name.split()):
                    continue  # "we got cut off"
                if is_town(name) and (size > 1 or (name not in COMMON and name not in AMBIGUOUS and len(name) > 4)):
                    if not is_region(name) and not patterns.FACILITY.match(text, last) and not self._personal(words):
                        self.found.append(Found(first, self._code_after(last), 0.6))
                    break

    def _echoed(self, word: str) -> bool:
        """Return whether the asking side repeats a town that it was told, or names a known one."""
        if word in TOWNS and word not in AMBIGUOUS and word not in COMMON:
            return True
        said = (turn.text.lower() for turn in self.segment.since if turn.role != "assistant")
        return word not in COMMON and any(word in text for text in said)

    def _answer_code(self) -> None:
        """Read an answer to "the postcode?", whole or in parts, in digits, letters or the NATO alphabet."""
        text = self.text
        if self.segment.role != "assistant" and not self._answered_code():
            self._heard_code()
        for match in patterns.ANSWER_CODE.finditer(text):
            digits = sum(map(str.isdigit, match[0]))
            if self._taken(*match.span()) or patterns.UNITS_AFTER.match(text, match.end()):
                continue
            if self.segment.role == "assistant" and (digits not in (3, 4, 5, 9) or self._other_than_said(match[0])):
                continue  # an amount, said after the code was given
            if self.segment.role != "assistant" and self._answered_code() and not self._is_anew(match):
                continue  # the telephone number that follows the code
            alone = len(_strip(text)) <= len(match[0]) + 24 or digits in (5, 9)
            if 3 <= digits <= 9 and alone:
                self.found.append(Found(*match.span(), 0.85))
        if self._answered_code():
            return
        for match in patterns.CODE_RUN.finditer(text):
            if self._taken(*match.span()) or patterns.UNITS_AFTER.match(text, match.end()):
                continue
            rest = patterns.CODE_FILLER.sub(" ", text[: match.start()] + " " + text[match.end() :])
            bare = not rest.strip()
            mixed = re.search(r"\d", match[0]) is not None and len(match[0].replace(" ", "")) <= 24
            if bare or (mixed and re.search(r"[^\W\d_]", match[0]) and len(rest.split()) <= 2):
                self.found.append(Found(*match.span(), 0.8))

    def _heard_code(self) -> None:
        """Take a short answer from its first to its last letter or digit, whatever a recogniser made of them."""
        if len(self.text) > _SHORT_ANSWER:
            return
        runs = [(start, end, size) for start, end, size in heard(self.segment.reading)]
        if not runs or runs[-1][0] - runs[0][1] > _BETWEEN_CODES:
            runs = [run for run in runs if run[2] > 1]
        start, end = (runs[0][0], runs[-1][1]) if runs else (0, 0)
        digits = sum(map(str.isdigit, self.text[start:end]))
        if sum(size for _, _, size in runs) >= _CODE_SIGNS and digits <= _MOST_DIGITS:
            self.found.append(Found(start, end, 0.8))

    def _other_than_said(self, code: str) -> bool:
        """Return whether the asking side says another number than the code that it was given."""
        if self.segment.role != "assistant":
            return False
        said = [turn.reading.text for turn in self.segment.since if turn.role != "assistant"]
        digits = "".join(filter(str.isdigit, code))
        whole = [match[0] for text in said for match in patterns.WHOLE_CODE.finditer(text)]
        return bool(whole) and not any(digits in "".join(filter(str.isdigit, one)) for one in whole)

    def _answered_code(self) -> bool:
        """Return whether a turn since the question already held a whole code."""
        said = (turn for turn in self.segment.since if turn.role != "assistant")
        return self.segment.role != "assistant" and any(patterns.WHOLE_CODE.search(turn.reading.text) for turn in said)

    def _is_anew(self, code: re.Match[str]) -> bool:
        """Return whether a short turn says little but a code as long as the one that was said before it."""
        said = (turn.reading.text for turn in self.segment.since if turn.role != "assistant")
        lengths = {len(match[0]) for text in said for match in patterns.WHOLE_CODE.finditer(text)}
        around = patterns.CODE_FILLER.sub(" ", self.text[: code.start()] + " " + self.text[code.end() :])
        return len(code[0]) in lengths and len(around.split()) <= _WORDS_ANEW

    def _answer_street(self, at: int) -> None:
        """Read parts of a street address in answer to its question: "36 21", "avenue unit 8", "unit c"."""
        text = self.text
        if any(
            patterns.TYPE.search(" " + turn.text) for turn in self.segment.since if turn.role != "assistant"
        ) and not patterns.ONLY_DIGITS.fullmatch(text, at):
            part = patterns.ANSWER_REST.match(text, at)
        else:
            part = patterns.ANSWER_NUMBER.match(text, at) or patterns.ANSWER_REST.match(text, at)
            part = part or self._street_without_type(at)
            if part is None:
                self._cued_address(at)
                begins = patterns.ANSWER_BEGINS.search(text, at)
                if begins is not None:
                    self._cued_address(begins.end())
                self._houses()
                return
        if part is not None and not self._taken(*part.span("part")):
            end, _ = self.tail(part.end("part"))
            self.found.append(Found(part.start("part"), end, 0.75))
        for unit in patterns.ANSWER_UNIT.finditer(text):
            if not self._taken(*unit.span()):
                self.found.append(Found(*unit.span(), 0.7))

    def _answer_where(self, at: int) -> None:
        """Read where somebody is, or something goes: a house with its street, or a town; the rest is talk as often."""
        text = self.text
        self._houses()
        self._towns_said()
        for unit in patterns.ANSWER_UNIT.finditer(text) if self.found else ():
            if not self._taken(*unit.span()):
                self.found.append(Found(*unit.span(), 0.7))
        words = self._words_at(at)
        rest = patterns.CODE_FILLER.sub(" ", text[words[0][2] :]) if words else "-"
        if not rest.strip() and is_town(words[0][0].lower()) and not self._is_region(words[0][0]):
            self.found.append(Found(words[0][1], words[0][2], 0.75))  # "reading", all by itself

    def _houses(self) -> None:
        """Find a house's number and its street, wherever they stand in an answer: "same place 36 harmon"."""
        text = self.text
        for match in patterns.ANSWER_HOUSE.finditer(text) if len(text) <= _LONGEST_PLACE else ():
            if self._taken(*match.span()) or is_amount(text, match.start(), match.start("street") - 1):
                continue
            if is_street(match["street"]) and self._number_start(match.start()):
                further = match["more"] is not None and is_street(match["more"][1:])
                end, _ = self.tail(match.end("more" if further else "street"))
                self.found.append(Found(match.start(), end, 0.75))

    def _street_without_type(self, at: int) -> re.Match[str] | None:
        """Return a number and a word that is no ordinary one, as the whole of an answer ("1900 brookhaven")."""
        match = patterns.ANSWER_STREET.match(self.text, at)
        if match is None or any(word.lower() in COMMON for word in match["word"].split()):
            return None
        return match

    def _personal(self, words: list[tuple[str, int, int]]) -> bool:
        """Return whether the question also asks for a name, so that the first words may be one."""
        question = self.segment.question
        return (
            question is not None
            and re.search(r"\bnames?\b|\bwho\b|\bcalled\b", question.text, re.IGNORECASE) is not None
            and words[0][0].lower() not in TOWNS
        )


def _strip(text: str) -> str:
    return " ".join(w for w in text.lower().split() if w not in FUNCTION_WORDS)
