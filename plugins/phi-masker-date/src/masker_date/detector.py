"""Dates and ages over 89, in writing and in speech.

45 CFR 164.514(b)(2)(i)(C) names "all elements of dates (except year) for dates directly related to an individual",
"all ages over 89 and all elements of dates (including year) indicative of such age". So a day or a month makes a
date, a bare year does not, unless it is the birth year of someone of ninety.

Everything is matched on the segment's reading, in which "the eleventh of the seventh eighty eight" already says
"the 11th of the 7th 88". Three scans follow:

- *months*: every month name is looked at with the numbers around it; without a number it counts only where a month,
  and no verb or given name, can stand ("in march", not "march in place");
- *numbers*: groups of digits that can be a date. A separator and a plausible day and month suffice for
  ``4/21/1950``; loose groups ("6 12 80") need a cue, or the open question for a date;
- *ages*: a number from 90 to 129 in any of the ways in which people state an age.

What the operator calls the current date is left alone, since nobody's date it is.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final

from masker_tagger import Tagged, Tagger, Word, shared_tagger, vcard_lines

from masker import Reading, Segment, Span, asked, is_amount, runs
from masker_date import patterns

__all__ = ["DateDetector"]


def _plausible(first: int, second: int) -> bool:
    """Return whether two numbers can be a day and a month, in either order."""
    return 0 < first <= 31 and 0 < second <= 31 and min(first, second) <= 12


def _is_year(group: str) -> bool:
    return len(group) == 4 and group[:2] in ("18", "19", "20")


def _date_groups(groups: list[str], *, lenient: bool) -> bool:
    """Return whether groups of digits are one whole date: day, month and year in some order.

    Args:
        groups: The digit groups as said; a spoken year may be two (``19 60``), day and month may be one (``108``).
        lenient: Accept a two-digit year, all digits in one group, and days and months that do not exist: callers
            misspeak and recognisers mishear, and the question makes it a date all the same.
    """
    if (
        len(groups) >= 2
        and groups[-2] in ("18", "19", "20")
        and len(groups[-1]) == 2
        and len(groups) > 2 - (len(groups[0]) > 2)
    ):
        joined = [*groups[:-2], groups[-2] + groups[-1]]
        if len(joined) in (2, 3) and joined != groups and _date_groups(joined, lenient=lenient):
            return True
    if len(groups) == 4 and groups[0] in ("18", "19", "20"):
        return _date_groups([groups[0] + groups[1], *groups[2:]], lenient=lenient)
    if len(groups) == 3:
        if _is_year(groups[0]):
            return len(groups[1]) <= 2 and len(groups[2]) <= 2 and _plausible(int(groups[1]), int(groups[2]))
        if len(groups[0]) > 2 or len(groups[1]) > 2:
            return False
        if not _is_year(groups[2]) and not (lenient and len(groups[2]) == 2):
            return False
        return lenient or _plausible(int(groups[0]), int(groups[1]))
    if (
        len(groups) == 2
        and len(groups[0]) in ((2, 3, 4) if lenient and _is_year(groups[1]) else (3, 4))
        and (_is_year(groups[1]) or (lenient and len(groups[1]) == 2))
    ):
        head = groups[0]
        return any(_plausible(int(head[:cut]), int(head[cut:])) for cut in (1, 2) if 1 <= len(head) - cut <= 2)
    if len(groups) == 1 and lenient and len(groups[0]) in (6, 8):
        digits = groups[0]
        if len(digits) == 8 and _is_year(digits[:4]):
            return _plausible(int(digits[4:6]), int(digits[6:]))
        return _plausible(int(digits[:2]), int(digits[2:4])) and (len(digits) == 6 or _is_year(digits[4:]))
    return False


def _may_date(text: str) -> bool:
    """Return whether the numbers of a text without a month's name can be a day, a day and a month, or a whole date."""
    groups = patterns.NUMBER.findall(text)
    small = [int(group) for group in groups if len(group) <= 2]
    if not small or patterns.DECIMAL.search(text) or any(len(group) > 4 for group in groups):
        return len(groups) == 1 and len(groups[0]) in (6, 8) and _date_groups(groups, lenient=True)
    if any(len(group) == 3 or (len(group) == 4 and not _is_year(group)) for group in groups):
        return False
    if len(small) == 1:
        return 0 < small[0] <= 31
    return _plausible(small[0], small[1]) or (len(small) == 3 and _plausible(small[1], small[2]))


def _trimmed(words: Sequence[Word], first: int, last: int) -> tuple[int, int]:
    """Take off words that stand before and after dates and are none ("on the ninth or")."""
    while first < last and words[first].text.lower() in patterns.BEFORE_DATE:
        first += 1
    while last > first and words[last - 1].text.lower() in patterns.BEFORE_DATE:
        last -= 1
    return first, last


def _is_dated(digits: list[str]) -> bool:
    """Return whether groups end in a year of four digits, said as one or two numbers."""
    return len(digits) > 1 and (
        _is_year(digits[-1]) or (len(digits) > 2 and _is_year(digits[-2] + digits[-1]) and len(digits[-1]) == 2)
    )


#: An answer to a question for a day that names a holiday has fewer characters, unless a year stands beside it.
_SHORT_DAY: Final = 60
#: From which probability on a word is part of a date, and the probability that a word beside it needs.
_SURE: Final = 0.45
_BESIDE: Final = 0.25
#: The same for a word alone, and where the month may be a verb.
_ALONE: Final = 0.7
#: A number from 90 to 129 that speaks so much for itself is an age.
_AGED: Final = 0.5
#: From which chance on somebody is named before an age, and what may stand between them.
_NAMED: Final = 0.5
_BESIDE_SEX: Final = frozenset(",(/|-")
_MONTHS: Final = 12
#: Digits of a day, which alone is a part of a birth date at most.
_DAY: Final = 2
#: More months than this in a row are recited.
_RECITED: Final = 3


#: The score of an age that words beside it tell; what nothing but a question makes one has less.
_TOLD: Final = 0.9
#: Characters within which what was asked for is answered.
_AT_ONCE: Final = 24
#: From which probability on a word is a name that a birth date may follow.
_SURE_NAME: Final = 0.9


class DateDetector:
    """Finds DATE and AGE.

    Args:
        today: The day from which ages are counted; by default the day on which the detector is made.
        tagger: The model that reads bare days; by default the one that all detectors share.
    """

    name = "date"
    kinds = frozenset({"DATE", "AGE"})

    def __init__(self, today: dt.date | None = None, tagger: Tagger | None = None) -> None:
        #: Born in this year or before: over 89 now or within the year.
        self._tagger = tagger or shared_tagger()
        self._old_year = (today or dt.datetime.now(tz=dt.UTC).date()).year - 90

    def detect(self, segment: Segment) -> Iterator[Span]:
        """Yield every date and every age over 89 of a segment."""
        reading = segment.reading
        text, words = reading.text, reading.letters
        digits = reading.has_digit
        months = not patterns.MONTH_WORDS.isdisjoint(words)
        if not digits and not months and patterns.OTHER_WORDS.isdisjoint(words):
            return
        if segment.key is not None and patterns.TODAY_KEY.fullmatch(segment.key):
            return
        source = reading.source
        scan = _Scan(segment, text, self._old_year)
        scan.all(digits=digits, months=months)
        scan.by_model(self._tagger)
        answers = segment.question is not None and segment.role == "user"
        for start, end, score in scan.found:
            if not (answers and is_amount(text, start, end)):
                yield Span(*source(start, end), "DATE", score, self.name)
        ages = list(_ages(segment, text))
        ages += [age for age in scan.ages if not any(start < age[1] and age[0] < end for start, end, _ in ages)]
        for start, end, score in ages:
            read_off = start < _AT_ONCE and score < _TOLD and _is_read_off(segment)
            if not (read_off or (answers and score < _TOLD and is_amount(text, start, end))):
                yield Span(*source(start, end), "AGE", score, self.name)


class _Scan:
    """One look at one segment: what the context says, and what was found so far (offsets into the reading)."""

    def __init__(self, segment: Segment, text: str, old_year: int) -> None:
        self.segment = segment
        self.text = text
        self.words = segment.reading.letters
        self.old_year = old_year
        self.ordinal_found = False
        self.found: list[tuple[int, int, float]] = []
        self.ages: list[tuple[int, int, float]] = []  # over 89, by the model
        self.noted: set[int] = set()  # the months of the dates without a year
        self.days: dict[str, set[str]] | None = None  # days by their month, and those of a column
        key = segment.key
        self.birth_key = key is not None and patterns.BIRTH.search(key.replace("_", " ")) is not None
        self.date_key = self.birth_key or (key is not None and patterns.DATE_KEY.search(key) is not None)

    @cached_property
    def asked_birth(self) -> bool:
        """Whether the open question is for a birth date."""
        return asked(self.segment, patterns.ASKS_BIRTH, patterns.BIRTH_WORDS)

    @cached_property
    def expiry(self) -> bool:
        """Whether it is about the end of a card."""
        return asked(self.segment, patterns.ASKS_EXPIRY, patterns.EXPIRY_WORDS)

    @cached_property
    def asked_when(self) -> bool:
        """Whether it is for any date."""
        question = self.segment.question
        return self.asked_birth or (question is not None and patterns.WHEN.search(question.text) is not None)

    @cached_property
    def speaks_of_birth(self) -> bool:
        """Whether a birth date may be announced anywhere in the text."""
        low = self.segment.reading.low
        return not patterns.BIRTH_LETTERS.isdisjoint(self.words) or any(map(low.__contains__, patterns.BIRTH_STEMS))

    def all(self, *, digits: bool, months: bool) -> None:
        """Run every scan for which the text holds a digit or a month's name."""
        if months:
            self.months()
        if digits:
            self.separated()
            self.signed()
            self.runs()
            self.birth_years()
            self.on_cards()
            self.in_programs()
        if "second" in self.words:
            self.seconds()
        if not patterns.HOLIDAY_WORDS.isdisjoint(self.words):
            self.holidays()
        if self.found:
            self.corrections()

    def on_cards(self) -> None:
        """Find the birthdays of vCards, also without a year: "BDAY:--0305"."""
        for line in vcard_lines(self.segment.text):
            if line.name in patterns.CARD_DATES:
                for start, end in line.parts[:1]:
                    date = patterns.CARD_DATE.match(self.text, *self.segment.reading.plain(start, end))
                    if date is not None:
                        self._add(*date.span(), 0.95)

    def in_programs(self) -> None:
        """Find birthdays as programs print them: in parts, or in milliseconds."""
        for match in self.segment.reading.at_numbers(patterns.MILLISECONDS, 5):
            if self.date_key or self._birth_cue(match.start()):
                self._add(*match.span(), 0.95)
        for match in self.segment.reading.at_numbers(patterns.CONSTRUCTED, 4) if "(" in self.text else ():
            if patterns.CONSTRUCTS.search(self._left(match.start(), 24)):
                self._add(*match.span(), 0.95)
        if "year" not in self.segment.reading.low:
            return
        births = patterns.PARTED_BIRTH.finditer(self.text) if self.speaks_of_birth else ()
        for match in itertools.chain(births, patterns.PARTED_DATE.finditer(self.text) if "(" in self.text else ()):
            for part in patterns.PART_OF_DATE.finditer(self.text, *match.span("parts")):
                self._add(*part.span("value"), 0.95)

    def by_model(self, tagger: Tagger) -> None:
        """Take what the model reads as a date: bare days and days with slashes that only their surroundings tell."""
        reading = self.segment.reading
        sexed = not patterns.SEXES.isdisjoint(self.words) and any(reading.at_numbers(patterns.OVER_89, 2))
        for tagged in tagger.read(self.segment):
            if sexed:
                self.ages += _aged_names(tagged)
            for *run, chance in tagged.runs(tagged.dates, _SURE, _BESIDE):
                first, last = _trimmed(tagged.words, *run)
                if first == last:
                    continue
                start, end = tagged.words[first].start, tagged.words[last - 1].end
                if last - first == 1 and patterns.OVER_89.fullmatch(self.text, start, end):
                    if chance >= _AGED and self._may_be_age(start, end):
                        self.ages.append((start, end, round(min(chance, 0.7), 2)))
                    continue
                months = patterns.MONTH_NAME.findall(self.text, start, end)
                if len(months) > _RECITED:
                    continue  # "january february march ...": somebody says the months
                if patterns.NO_DATE.fullmatch(self.text, start, end) or self._is_other_number(start, end):
                    continue
                lone = last - first == 1 or any(month.lower() in patterns.MONTH_VERBS for month in months)
                if chance >= (_ALONE if lone else _SURE) and (months or _may_date(self.text[start:end])):
                    self._add(start, end, round(min(chance, 0.6), 2))

    def _is_other_number(self, start: int, end: int) -> bool:
        """Return whether what may be a day is an age up to 89, an hour, a duration ("for 6/7": six days) or a pair."""
        if patterns.COUNTED_PAIR.match(self.text, end) or self.text[end : end + 1] == "·":
            return True  # "7·KXM·104": a group of a code
        if patterns.FRACTION.fullmatch(self.text, start, end) and patterns.SCORED.search(self._left(start, 24)):
            return True  # "VA 6/9"
        if patterns.DURATION.fullmatch(self.text, start, end):
            return patterns.LASTS.search(self.text, max(0, start - 6), start) is not None
        if not patterns.SMALL.fullmatch(self.text, start, end):
            # "120250 | /uL": digits in one group, and a unit behind
            packed = self.text[start:end].isdecimal() and runs(self.segment)
            return any(run.measured and run.start <= start and end <= run.end for run in packed or ())
        aged = patterns.YEARS_OLD.match(self.text, end) or patterns.AGED.search(self.text, max(0, start - 8), start)
        return aged is not None or asked(self.segment, patterns.HOW_OLD, patterns.AGE_WORDS)

    def _may_be_age(self, start: int, end: int) -> bool:
        """Return whether nothing shows that a number is no age: a unit, or digits said one by one ("nine two")."""
        said = self.segment.reading.source(start, end)
        by_digits = end - start == 2 and patterns.DIGIT_BY_DIGIT.fullmatch(self.segment.text, *said) is not None
        in_field = self.text[end : end + 1] == "|" and self.text[start - 1 : start] == "|"
        counted = (
            patterns.BARE_AGE.match(self.text, start) is None or patterns.LONG_AGO.match(self.text, end) is not None
        )
        coded = patterns.BEFORE_CODE.search(self._left(start, 12)) is not None
        measured = patterns.MEASURED_BEFORE.search(self._left(start, 24)) is not None
        return not (by_digits or in_field or counted or coded or measured or self._is_taken(start, end))

    # --- context

    def _left(self, start: int, reach: int = 60) -> str:
        return self.text[max(0, start - reach) : start]

    def _add(self, start: int, end: int, score: float) -> bool:
        """Keep a finding unless it is the operator's current date or lies within an earlier one."""
        if any(s <= start and end <= e for s, e, _ in self.found[-24:]):
            return True
        if (
            self.segment.role != "user"
            and (patterns.TODAY.search(self._left(start)) or patterns.IS_TODAY.match(self.text, end))
            # "it's thursday the 10th at 1": an appointment
            and not (patterns.AT_CLOCK.match(self.text, end) and not patterns.WITH_YEAR.search(self.text, start, end))
        ):
            return False
        if score > 0.55 and (self.expiry or patterns.EXPIRY.search(self._left(start, 32))):
            score = 0.55  # a card's expiry, if the account plugin says so
        zero = patterns.LEADING_OH.search(self.text, max(0, start - 6), start)
        self.found.append((zero.start(1) if zero and self.text[start].isdigit() else start, end, score))
        return True

    def _is_taken(self, start: int, end: int) -> bool:
        return any(s < end and start < e for s, e, _ in self.found[-24:])

    def _birth_cue(self, start: int) -> bool:
        """Return whether a birth date is announced just before ``start``, and no other number stands between."""
        if self.birth_key:
            return True
        if not self.speaks_of_birth:
            return False
        left = self._left(start, 72)
        cues = list(patterns.BIRTH.finditer(left))
        if not cues:
            return False
        cue = cues[-1]
        return patterns.OTHER_NUMBER.search(left, cue.end()) is None and left.count("\n", cue.end()) < 3

    # --- months

    def months(self) -> None:
        """Find dates that name their month."""
        for match in self.segment.reading.matches(patterns.MONTH_NAME, patterns.MONTH_WORDS):
            if not self._is_taken(*match.span()) and not self._is_joined(match.start()):
                self._month(match)

    def _is_joined(self, start: int) -> bool:
        """Return whether a hyphen joins a month to a word that is no part of it, and not what it is the date of."""
        if self.text[start - 1 : start] != "-":
            return False
        word = patterns.HYPHENED.search(self.text, max(0, start - 6), start)
        return word is not None and word["joined"] is not None and not self._is_labelled(start - 1)

    def _is_labelled(self, end: int) -> bool:
        """Return whether the label of a date ends there."""
        left = self._left(end)
        return any(cue.end() == len(left) for cue in patterns.BIRTH.finditer(left)) or (
            patterns.DATE_LABEL.search(left) is not None
        )

    def _month(self, match: re.Match[str]) -> None:
        text = self.text
        start, end = match.span()
        month = match[0].lower()
        plain = patterns.IS_PLAIN.fullmatch(month) is not None
        said = patterns.DIGITS_AFTER.match(text, end) if plain or self._birth_cue(start) else None
        if said is not None:
            self._add(start, said.end(), 0.9)
            return
        before = patterns.BEFORE_MONTH.search(text, max(0, start - 32), start)
        after = patterns.AFTER_MONTH.match(text, end)
        first = before if before and before["day"] and self._day_first(before, after, month, plain) else None
        second = after if after and after["day"] and self._day_second(after, month, start, plain) else None
        if first or second:
            if before and before["year"] and (first or not before["day"]):
                start = before.start()
            elif first:
                start = first.start("day")
            if second or (after and after["year"] and not after["day"]):
                end = after.end() if after else end
            self._add(start, end, 0.95)
            other = patterns.FIRST_OF_TWO.search(text, max(0, start - 24), start) if first else None
            if other is not None:
                self._add(*other.span("day"), 0.9)
            return
        if after and after["year"] and not after["day"] and self._month_year(after["year"], start, plain):
            self._add(start, after.end(), 0.9)
            return
        self._month_alone(match, plain)

    def _day_first(self, before: re.Match[str], after: re.Match[str] | None, month: str, plain: bool) -> bool:
        """Return whether the number before the month is its day: not "1 may feel"."""
        if before["ord"] == "." and patterns.MODAL_AFTER.match(self.text, before.end() + len(month)):
            return False  # "bay 3. May I take a message"
        name = self.text[before.end() : before.end() + len(month)]
        if (
            name[:1].isupper()
            and not name.isupper()
            and not patterns.MODAL_AFTER.match(self.text, before.end() + len(month))
        ):
            return True  # "the scan of 2 Dec"
        if (
            plain
            or before["ord"]
            or before["day"].lower() == "second"
            or before["of"].strip()
            or (after and after["year"])
            or before["year"]
        ):
            return True
        if month in patterns.VERBS or (after and after["day"]):
            left = self.text[max(0, before.start("day") - 40) : before.start("day")]
            return bool(patterns.DATE_WORD.search(left)) or self.date_key or self.asked_when
        return True

    def _day_second(self, after: re.Match[str], month: str, start: int, plain: bool) -> bool:
        """Return whether the number after the month is its day: not "you may 2 times", "may 10 mg"."""
        if month == "mayo" and not after["year"] and not patterns.SPANISH.search(self._left(start, 8)):
            return False  # "the mayo one"
        if (
            after["ord"]
            or after["day"].lower() == "second"
            or after["year"]
            or (plain and not patterns.UNIT_AFTER.match(self.text, after.end("day")))
        ):
            return True
        if patterns.UNIT_AFTER.match(self.text, after.end("day")):
            return False
        follows = any(0 <= start - e <= 8 for _, e, _ in self.found[-2:])
        return (
            month not in ("may", "march", "mar")
            or follows
            or (self.text[start].isupper() and start > 2 and self.text[start - 2] not in ".?!")
            or not patterns.SUBJECT_BEFORE.search(self._left(start, 20))
            or bool(patterns.DATE_WORD.search(self._left(start)))
        )

    def _month_year(self, year: str, start: int, plain: bool) -> bool:
        if len(year.replace(" ", "")) == 4 or year.startswith("'"):
            return True
        # "december 85": two digits that are no day
        return plain or bool(patterns.MONTH_BEFORE.search(self._left(start))) or self.asked_when

    def _month_alone(self, match: re.Match[str], plain: bool) -> None:
        text = self.text
        start, end = match.span()
        left = self._left(start)
        month = match[0].lower()
        cued = patterns.MONTH_BEFORE.search(left) is not None or self.date_key
        if any(0 <= start - e <= 12 and patterns.MONTH_RANGE.match(text, e) for _, e, _ in self.found[-2:]):
            cued = (
                month not in ("may", "march", "mar")
                or re.search(r"(?:-|\b(?:to|through|until|till)) ?$", left) is not None
            )
        if not cued and patterns.MONTH_RANGE.match(text, end) and not patterns.MODAL_AFTER.match(text, end):
            cued = plain or (
                re.search(r"\b(?:from|between) $|[a-z] $(?<!and )(?<!or )", left) is not None
                and (match[0][:1].isupper() or left.endswith(("from ", "between ")))
            )
        if month in ("may", "march", "mar"):
            answers = month == "march" and self.asked_when and start < 12 and not patterns.MARCHES.match(text, end)
            if (patterns.MODAL_AFTER.match(text, end) and not answers) or (
                left.rstrip().lower().endswith(("this", "on", "by")) and month != "march"
            ):
                cued = False
        elif plain and month not in ("mayo", "julio", "abril", "marzo"):
            cued = cued or not (month == "november" and patterns.NATO.search(text, max(0, start - 14), end + 14))
        if cued and not self.date_key and patterns.NOBODYS_MONTH.search(left) and not self.asked_when:
            cued = False
        if cued and (patterns.MONTHS_AFTER.match(text, end) or patterns.MONTHS_BEFORE.search(left)):
            cued = False  # the months of the year, said in order
        if (
            not cued
            and self.asked_when
            and len(text) < 60
            and (
                not patterns.MODAL_AFTER.match(text, end)
                or (month == "march" and not patterns.MARCHES.match(text, end))
            )
        ):
            cued = patterns.SUBJECT_BEFORE.search(left) is None or plain
        if cued and not (
            len(month) <= 4 and month not in ("june", "july", "sept", "may") and text[end : end + 1].isalpha()
        ):
            self._add(start, end, 0.7)

    # --- numbers

    def separated(self) -> None:
        """Find dates in digits with separators, and packed ones."""
        at_numbers = self.segment.reading.at_numbers
        separated = any(at_numbers(patterns.SEPARATED))
        if separated:
            self._ranges()
        for match in at_numbers(patterns.SEP_DATE) if separated else ():
            self._separated(match)
        for match in at_numbers(patterns.PACKED, 8):
            left = self._left(match.start(), 24)
            if not patterns.NOT_A_DATE.search(left) or self.date_key:
                end = match.end("date") if "T" in match[0].upper() else match.end()
                self._add(match.start("date"), end, 0.9 if self._packed_cue(match) else 0.6)
        if not separated:
            return
        for pattern, score in ((patterns.MONTH_YEAR, 0.75), (patterns.YEAR_MONTH, 0.0)):
            for match in at_numbers(pattern):
                if self._is_taken(*match.span()):
                    continue
                left = self._left(match.start())
                cued = (
                    self.date_key
                    or patterns.DATE_WORD.search(left)
                    or patterns.DATE_LABEL.search(left)
                    or re.search(r"\bin $", left)
                )
                if not patterns.NOT_A_DATE.search(left) and (cued or score):
                    self._add(*match.span(), score if not cued else 0.85)
        for match in at_numbers(patterns.DAY_MONTH):
            self._day_month(match)
        for match in at_numbers(patterns.DOTTED_DAY):
            day, month = int(match["a"]), int(match["b"])
            if _plausible(day, month) and month <= 12 and not self._is_taken(*match.span()):
                self._add(*match.span(), 0.6)
        for match in at_numbers(patterns.SPACED, 4):
            if not self._is_taken(*match.span()) and _plausible(int(match["a"]), int(match["b"])):
                self._add(*match.span(), 0.75)

    def _ranges(self) -> None:
        """Find two complete dates in one: the sign between them would make either part of something else."""
        for match in self.segment.reading.at_numbers(patterns.DATE_RANGE):
            spans = [match.span(group) for group in ("from", "to") if match[group]]
            small = [
                [int(number) for number in patterns.NUMBER.findall(self.text, *span) if len(number) < 3][:2]
                for span in spans
            ]
            if all(_plausible(*pair) for pair in small) and not patterns.NEVER_A_DATE.search(self._left(match.start())):
                for span in spans:
                    self._add(*span, 0.95)

    def signed(self) -> None:
        """Find dates between unusual signs; of signs that tables and sums are made of, where a date is announced."""
        for match in self.segment.reading.at_numbers(patterns.SIGNED_DATE, 4):
            start, end = match.span()
            first, second = match["a"] or match["c"], match["b"] or match["d"]
            if not _plausible(int(first), int(second)):
                continue
            unusual = not (match["gap"] or match["apart"]).isascii()
            announced = self.date_key or self.asked_birth or self._birth_cue(start)
            if unusual or announced or patterns.DATE_LABEL.search(self._left(start)):
                self._add(start, end, 0.9)

    def seconds(self) -> None:
        """Find "on the second", which the reading leaves a word."""
        for match in patterns.THE_SECOND.finditer(self.text):
            if patterns.ORDINAL_DAY_AFTER.match(self.text, match.end()):
                self._add(*match.span("day"), 0.6)
        answer = patterns.ANSWERS_SECOND.fullmatch(self.text) if self.asked_when else None
        if answer is not None:
            self._add(*answer.span("day"), 0.6)

    def _packed_cue(self, match: re.Match[str]) -> bool:
        around = self.text[max(0, match.start() - 2) : match.start()] + self.text[match.end() : match.end() + 2]
        return (
            self.date_key
            or "|" in around
            or "T" in match[0]
            or bool(patterns.DATE_LABEL.search(self._left(match.start())))
            or self._birth_cue(match.start())
        )

    def _separated(self, match: re.Match[str]) -> None:
        a, b, c = match["a"], match["b"], match["c"].replace(" ", "")
        left = self._left(match.start())
        if left.endswith("/") and len(a) < len("1961"):
            if not self._is_labelled(match.start() - 1):
                return  # a path
            left = left[:-1]
        if left.endswith("#") and self.text.startswith("#", match.end()):
            left = left[:-1]  # a date in Access: "#1961-03-14#"
        birth = self.asked_birth or self._birth_cue(match.start())
        cued = (
            birth
            or self.date_key
            or patterns.DATE_WORD.search(left) is not None
            or patterns.DATE_LABEL.search(left) is not None
        )
        if len(a) == 4:
            if not _is_year(a) or len(c) > 2 or not (_plausible(int(b), int(c)) or cued):
                return
            score = 0.95
        elif len(a) <= 2 and (_is_year(c) or len(c) == 2):
            if not _plausible(int(a), int(b)) and not birth:
                return
            score = 0.95 if len(c) == 4 else 0.85
            slash = "/" in match["sep"]
            if len(c) == 2 and not slash and not cued:
                # "12-34-56" may be a sort code and "6.12.80" a version: two full pairs and the look of a date
                paired = len(a) == len(b) == 2 or (int(c) > 31 and self._has_borders(*match.span()))
                # "keisha m 3.14.95": no version counts like this
                closes = not self.text[match.end() :].strip(" .!") and (
                    max(int(a), int(b)) > 12
                    or self.asked_when
                    or patterns.NAME_BEFORE.fullmatch(self.text, 0, match.start())
                )
                paired = paired or (int(c) > 31 and bool(closes)) or (self.asked_when and bool(closes))
                score = 0.6 if paired and match["sep"] in ".-" else 0.0
        else:
            return
        whole = len(a) == 4 or len(c) == 4
        never = patterns.NEVER_A_DATE if whole else patterns.NOT_A_DATE
        if not cued and never.search(left) and ("/" not in match["sep"] or len(c) == 2):
            return
        if score:
            self._add(*match.span(), score)

    def _has_borders(self, start: int, end: int) -> bool:
        """Return whether slashes, bars or the text's ends set a value apart: "nair / 4.4.79 / records"."""
        left, right = self.text[:start].rstrip()[-1:], self.text[end:].lstrip()[:1]
        return left in ("", "/", "|", ";", ",") and right in ("", "/", "|", ";", ",")

    def _day_month(self, match: re.Match[str]) -> None:
        """Find "4/22", which is a date only behind a word that says so."""
        start, end = match.span()
        a, b = int(match["a"]), int(match["b"])
        if self._is_taken(start, end) or not _plausible(a, b):
            return
        left = self._left(start)
        told = any(start - 72 < e <= start for _, e, _ in self.found[-4:])  # the birth date stands before
        birth = (self._birth_cue(start) and not told) or self.asked_birth
        if not birth:
            if (
                (a, b) == (24, 7)
                or patterns.SCORE.search(left)
                or patterns.UNIT_AFTER.match(self.text, end)
                or self.text.startswith(" of ", end)
                or patterns.NOT_A_DATE.search(left)
                or self._of_two_drugs(left)
            ):
                return
            ranged = patterns.FROM_TO.search(left) is not None and any(0 < start - e < 8 for _, e, _ in self.found[-2:])
            if not (ranged or self.date_key or patterns.DATE_WORD.search(left) or patterns.DATE_LABEL.search(left)):
                opens = patterns.OPENS_RANGE.match(self.text, end) if left[-5:].lower() == "from " else None
                word = patterns.PLAIN_WORD_BEFORE.search(left)
                plain = word is not None and word["word"].lower() not in patterns.MEASURES
                test = word is not None and word["word"].isupper() and len(word["word"]) > 2  # "RAVLT 12/15"
                if plain and not test and match["sep"] == "/" and a != b and (max(a, b) > 12 or a in self.noted):
                    self._add(start, end, 0.6)  # "staples out 26/1", "fall 3/9, ORIF L hip 3/10"
                    return
                if not (
                    self._noted(match, left)
                    or (opens and int(opens[1]) != b)
                    or (self.asked_when and len(self.text) < 60)
                    or patterns.TIME_FOLLOWS.match(self.text, end)
                    or (self.text[start - 1 : start] in ("", "\n") and patterns.LINE_FOLLOWS.match(self.text, end))
                    or (patterns.FROM.search(left) and patterns.FROM_FOLLOWS.match(self.text, end))
                ):
                    return
            if match["sep"] == "-" and patterns.WEEKDAY_BEFORE.search(left) and max(a, b) <= 12:
                return  # "Sat 9-1": hours
            if match["sep"] == "-" and (a < b <= 12) and not patterns.DATE_LABEL.search(left) and not self.date_key:
                # "on 2-3" may be "2 to 3": wait for a word that only dates have
                return
        self.noted.add(a)
        self._add(start, end, 0.85 if birth else 0.75)

    def _of_two_drugs(self, left: str) -> bool:
        """Return whether a second drug stands before ("amlodipine/benazepril 5/20")."""
        second = patterns.SECOND_DRUG.search(left)
        return second is not None and "d" in shared_tagger().lexicon.codes.get(second["word"].lower(), "")

    def _noted(self, match: re.Match[str], left: str) -> bool:
        """Return whether a day and month stand as notes write them: padded, in a range, in a column, at a signature."""
        a, b, (start, end) = match["a"], match["b"], match.span()
        if a == b:
            return False
        padded = "0" in (a[0], b[0]) and len(a) == len(b) == 2
        ranged = patterns.NOTED_RANGE.match(self.text, end)
        column = self.text[start - 1 : start] in ("", "\n") and patterns.COLUMN_FOLLOWS.match(self.text, end)
        return bool(
            (padded and int(a) and int(b))
            or (match["sep"] == "/" and not patterns.TEST_BEFORE.search(left) and self._unlike_score(match, left))
            or (ranged and a == ranged["a"] and b != ranged["b"])
            or column
            or (patterns.CLOCK_FOLLOWS.match(self.text, end) and not patterns.SCORED.search(left))
            or (patterns.SIGNED_BEFORE.search(left) and not self.text[end : end + 8].strip(" ."))
        )

    def _unlike_score(self, match: re.Match[str], left: str) -> bool:
        """Return whether a day and month are no score: behind a participle, the first number larger, or in a list."""
        larger = int(match["a"]) > max(6, int(match["b"])) and patterns.APART_BEFORE.search(left) is not None
        return larger or patterns.DONE_BEFORE.search(left) is not None or self._listed(match)

    def _listed(self, match: re.Match[str]) -> bool:
        """Return whether a text holds the days of one month ("refused 6/7, 7/7, took 8/7"), or a column of days."""
        if self.days is None:
            self.days = {}
            for other in self.segment.reading.at_numbers(patterns.DAY_MONTH):
                left = self.text[max(0, other.start() - 16) : other.start()]
                if other["sep"] == "/" and not patterns.SCORED.search(left):
                    cell = left[-1:] == "," and self.text[other.end() : other.end() + 1] == ","
                    self.days.setdefault("," if cell else other["b"], set()).add(other["a"])
                    if int(other["b"]) > _MONTHS:
                        self.days.setdefault(other["a"] + "/", set()).add(other["b"])
        cell = self.text[match.start() - 1 : match.start()] == "," and self.text[match.end() : match.end() + 1] == ","
        if int(match["b"]) > _MONTHS and len(self.days.get(match["a"] + "/", ())) > 1:
            return True  # "11/22, 11/24 and 11/26": scores share the second number
        same = self.days.get("," if cell else match["b"], ())
        return len(same) > 1 and (cell or match["b"] not in patterns.DENOMINATORS)

    def runs(self) -> None:
        """Find dates said as loose groups of digits: "6 12 80", "the 11th of the 7th", "the 23rd"."""
        if not patterns.WEEKDAYS.isdisjoint(self.words):
            for match in patterns.WEEKDAYS_FROM_TO.finditer(self.text):
                if max(int(match["a"]), int(match["b"])) > 12:
                    self._add(*match.span("a"), 0.6)
                    self._add(*match.span("b"), 0.6)
        for match in self.segment.reading.at_numbers(patterns.RUN):
            if not self._is_taken(*match.span()):
                self._run(match)

    def _run(self, match: re.Match[str]) -> None:
        if match[0].isdecimal() and (
            patterns.UNIT_AFTER.match(self.text, match.end())
            or (len(match[0]) <= _DAY and not (self.birth_key or self.speaks_of_birth or self.asked_birth))
        ):
            return
        groups = [
            (m[1], m[2] or "", match.start() + m.start(), match.start() + m.end())
            for m in patterns.GROUP.finditer(match[0])
        ]
        if len(groups) > 12:
            return
        after_unit = patterns.UNIT_AFTER.match(self.text, match.end())
        if after_unit and not groups[-1][1]:
            groups.pop()
        if not groups:
            return
        digits = [g[0] for g in groups]
        start, end = groups[0][2], groups[-1][3]
        left = self._left(start)
        birth = self._birth_cue(start) or patterns.BIRTH_AFTER.match(self.text, match.end()) is not None
        open_birth = self.asked_birth and not birth
        ordinals = sum(1 for g in groups if g[1])
        if not ordinals and self._said_behind_name(groups):
            self._add(start, end, 0.6)
            return
        if birth or open_birth:
            size = self._whole_date(digits)
            if size:
                first, last = size
                if sum(map(len, digits)) <= 10:
                    first, last = 0, len(groups)  # "08 20 3 19 84" is the 23rd with a pause in it
                self._add(groups[first][2], groups[last - 1][3], 0.92 if birth else 0.85)
                return
        elif (
            len(digits) <= 5
            and _date_groups(digits, lenient=_is_dated(digits) and patterns.DATE_WORD.search(left) is not None)
            and not patterns.NOT_A_DATE.search(left)
            and not patterns.TIME_AFTER.match(self.text, end)
        ):
            self._add(start, end, 0.7)
            return
        elif self._name_and_date(digits, ordinals, start, end):
            self._add(start, end, 0.55)
            return
        if ordinals >= 2 and self._ordinal_pair(groups):
            return
        if birth and self._partial(groups, end, label=True):
            return
        if open_birth and self._partial(groups, end, label=False):
            return
        if self._answers_date(digits, start, end):
            self._add(start, end, 0.8)
            return
        if len(digits) == 2 and not ordinals and self._spoken_day_month(digits, left, start, end):
            return
        if ordinals == len(groups) or (ordinals == 1 and (groups[0][1] or groups[-1][1])):
            # alone, in a list ("the 17th the 19th and the 24th"), beside a time ("at 9 15 the 27th")
            for group in groups:
                if group[1]:
                    self._ordinal_day(group, self._left(group[2]))

    def _answers_date(self, digits: list[str], start: int, end: int) -> bool:
        """Return whether a turn is nothing but three to eight digits, after a question for a date."""
        question = self.segment.question
        if question is None or self.segment.role == "assistant" or not 3 <= sum(map(len, digits)) <= 8:
            return False
        if patterns.ASKS_DATE.search(question.text) is None or _is_year("".join(digits)):
            return False
        rest = patterns.WORD.findall(self.text[:start].lower() + " " + self.text[end:].lower())
        return all(word in patterns.SMALL_TALK for word in rest)

    def _name_and_date(self, digits: list[str], ordinals: int, start: int, end: int) -> bool:
        """Return whether a turn is a name and a date in three pairs of digits: "tendai dlamini 21 10 42"."""
        if ordinals or [len(d) for d in digits] != [2, 2, 2] or not _plausible(int(digits[0]), int(digits[1])):
            return False
        if self.text[end:].strip(" .,!?") or max(int(digits[0]), int(digits[1])) <= 12:
            return False
        words = patterns.WORD.findall(self.text[:start])
        return (
            1 < len(words) <= 4
            and patterns.OTHER_NUMBER.search(self.text) is None
            and not any(w.lower() in patterns.SMALL_TALK for w in words)
        )

    def _said_behind_name(self, groups: list[tuple[str, str, int, int]]) -> bool:
        """Return whether a year, and before it a month and a day said digit by digit, follow a name.

        "Hi this is curtis hollowell nine three seventy two": the reading joins the two digits.
        """
        start, end = groups[0][2:]
        match = patterns.BIRTH_SAID.fullmatch(" ".join(group[0] for group in groups))
        source = self.segment.reading.source(start, end)
        return (
            match is not None
            and _plausible(int(match["month"]), int(match["day"]))
            and patterns.DIGIT_BY_DIGIT.fullmatch(self.segment.text, *source) is not None
            and self._ends_name(start)
        )

    def _ends_name(self, at: int) -> bool:
        """Return whether a name of two words and more, as the model reads it, ends right before an offset."""
        for tagged in shared_tagger().read(self.segment):
            for first, last, _ in tagged.runs(tagged.names, _SURE_NAME, _BESIDE):
                if last - first > 1 and not self.text[tagged.words[last - 1].end : at].strip(" ,"):
                    return True
        return False

    def _whole_date(self, digits: list[str]) -> tuple[int, int] | None:
        """Return the range of groups that make a whole date, the longest first."""
        if sum(map(len, digits)) > 9 and len(digits) <= 4 and any(len(d) == 3 for d in digits):
            return None  # a telephone number
        for size in range(min(5, len(digits)), 0, -1):
            for at in range(len(digits) - size + 1):
                if _date_groups(digits[at : at + size], lenient=True):
                    return at, at + size
        return None

    def _ordinal_pair(self, groups: list[tuple[str, str, int, int]]) -> bool:
        """Find "the 11th of the 7th 88": two ordinals, joined by "of" or followed by a year."""
        for (a, a_ord, start, a_end), (b, b_ord, b_start, end) in itertools.pairwise(groups):
            between = self.text[a_end:b_start]
            if not (a_ord and b_ord and _plausible(int(a), int(b))):
                continue
            year = [g for g in groups if g[2] >= end and not g[1]]
            if "of" in between or (year and "and" not in between) or self.asked_birth or self._birth_cue(start):
                last = end
                if year and len(year) <= 2 and (len(year[0][0]) in (2, 4)):
                    last = year[-1][3]
                self._add(start, last, 0.85)
                return True
        return False

    def _partial(self, groups: list[tuple[str, str, int, int]], end: int, *, label: bool) -> bool:
        """Find parts of a date after its label, or in the answer to its question: "the 11th", "93", "6 12"."""
        digits = "".join(g[0] for g in groups)
        ordinal = any(g[1] for g in groups)
        if len(digits) > 8 or patterns.UNIT_AFTER.match(self.text, end):
            return False
        if label:
            if self.birth_key and self.text.strip() == digits and len(digits) <= 2:
                self._add(groups[0][2], groups[-1][3], 0.8)  # {"birth_month": "7"}
                return True
            if len(digits) < 2 and not ordinal:
                return False
            if len(groups) <= 2 and not ordinal and _is_year(digits):
                return False  # a bare year; `birth_years` knows which of them count
            if ordinal and len(groups) == 1 and int(digits) == 1 and not self.text[end:].strip(" .,?!"):
                return False  # "can i take your date of birth first"
            if groups[-1][1] and re.match(
                r"(?: of)? ?(?:line|part|name|thing|time|letter|half|four|three|two|bit)\b", self.text[end : end + 12]
            ):
                return False
            if ordinal and len(groups) == 1 and not patterns.ORDINAL_DAY_AFTER.match(self.text, end):
                return False  # "date of birth and the first line of your address"
            gap = re.split(
                r"\b(?:birth|born|dob|b|birthday|birthdate|bday)\b", self._left(groups[0][2], 72), flags=re.IGNORECASE
            )[-1]
            if any(word not in patterns.SMALL_TALK for word in patterns.WORD.findall(gap.lower())):
                return False
            self._add(groups[0][2], groups[-1][3], 0.8)
            return True
        question = self.segment.question
        if question is None or ((len(groups) == 1 or self.segment.role != "assistant") and self._complete()):
            return False
        left = self._left(groups[0][2], 24)
        if ordinal and len(groups) == 1 and patterns.NO_DAY_AFTER.match(self.text, end):
            return False  # "1st name"
        if not ordinal and (patterns.OTHER_NUMBER.search(left) or patterns.SAYS_AGE.search(left)):
            return False
        following = patterns.WORD.match(self.text, end + 1)
        if (
            not ordinal
            and following
            and following[0].lower() not in patterns.SMALL_TALK
            and not re.fullmatch(patterns.MONTH, following[0], re.IGNORECASE)
        ):
            return False  # "451 south halsted avenue"
        if len(groups) <= 2 and _is_year(digits) and int(digits) <= self.old_year:
            return self._add(groups[0][2], groups[-1][3], 0.8)  # "so it's 1934", wherever it stands
        if (
            not ordinal
            and len(digits) == 4
            and len(groups) <= 2
            and _is_year(digits)
            and not self.segment.since
            and not patterns.ASKS_DAY.search(question.text)
        ):
            return int(digits) <= self.old_year and self._add(groups[0][2], groups[-1][3], 0.8)
        if (
            not ordinal
            and (
                patterns.OTHER_NUMBER.search(question.text)
                or any(patterns.OTHER_NUMBER.search(t.text) for t in self.segment.since)
            )
            and len(groups) == 1
            and len(digits) not in (2, 4)
        ):
            return False
        if len(digits) == 1 and not ordinal and len(self.text.split()) > 3:
            return False
        words = [
            w
            for w in patterns.WORD.findall(self.text.lower())
            if w not in patterns.SMALL_TALK and not re.fullmatch(patterns.MONTH, w)
        ]
        leads = not [
            w
            for w in patterns.WORD.findall(self.text[: groups[0][2]].lower())
            if w not in patterns.SMALL_TALK and not re.fullmatch(patterns.MONTH, w)
        ]
        asks = self.segment.role == "assistant" and "?" in self.text and not leads
        if asks or (len(words) > 3 and not (leads and len(self.text) < 80)):
            return False
        if self.segment.role == "assistant" and len(groups) == 1 and not ordinal and not leads:
            return False
        self._add(groups[0][2], groups[-1][3], 0.75)
        return True

    def _complete(self) -> bool:
        """Return whether a turn since the question already gave the whole date."""
        said = [turn for turn in self.segment.since if turn.role != "assistant"]
        if patterns.REPEATS.search(self.text) or (
            self.segment.since and patterns.REPEATS.search(self.segment.since[-1].text)
        ):
            return False
        return any(patterns.COMPLETE.search(turn.reading.text) for turn in said)

    def _spoken_day_month(self, digits: list[str], left: str, start: int, end: int) -> bool:
        """Find "appointment on 4 22": no more than an "on" in a sentence about appointments."""
        if not _plausible(int(digits[0]), int(digits[1])) or max(map(len, digits)) > 2:
            return False
        if (
            not re.search(r"\bon (?:the )?$", left, re.IGNORECASE)
            or not patterns.SCHEDULE.search(left)
            or patterns.TIME_AFTER.match(self.text, end)
        ):
            return False
        self._add(start, end, 0.6)
        return True

    def _day_said(self) -> bool:
        """Return whether the turn before, or the question, speaks of a day of the month."""
        turns = [*self.segment.since[-1:], *((self.segment.question,) if self.segment.question else ())]
        return any(patterns.DAY_SAID.search(turn.text[-200:]) for turn in turns)

    @cached_property
    def keeps_diary(self) -> bool:
        """Whether lines begin with days."""
        return len(patterns.DIARY.findall(self.text)) > 1

    def _said_before(self, day: str) -> bool:
        """Return whether the turn before says a day of the month, which this one says again."""
        before = self.segment.since[-1] if self.segment.since else None
        return before is not None and day.lower() in before.reading.words

    def _ordinal_day(self, group: tuple[str, str, int, int], left: str) -> None:
        """Find "the 23rd", where a day of the month can stand."""
        number, _, start, end = group
        if not 0 < int(number) <= 31 or patterns.COUNTED_PAIR.match(self.text, end):
            return
        free = patterns.ORDINAL_DAY_AFTER.match(self.text, end) is not None
        small = int(number) <= 3
        if patterns.OF_MONTH.match(self.text, end):
            self.ordinal_found = self._add(start, end, 0.8)
            return
        clock = patterns.CLOCK_AFTER.match(self.text, end) is not None
        if re.search(r"\bthe $", left, re.IGNORECASE) is None:
            if int(number) > 10 and (free or clock) and patterns.BARE_DAY_BEFORE.search(left):
                self.ordinal_found = self._add(start, end, 0.6)  # "meeting 15th,", "24th 10 15 can"
                return
            spoken = self.asked_when and free and not small and len(self.text) < 80
            named = patterns.WEEKDAY_BEFORE.search(left) and not patterns.COUNTED.match(self.text, end)
            diary = start in (0, left.rfind("\n") + 1 + max(0, start - 60)) and self.keeps_diary
            if (
                spoken
                or named
                or diary
                or (start < 4 and free and not small and self._said_before(self.text[start:end]))
            ):
                self._add(start, end, 0.65)
            return
        around = patterns.SCHEDULE.search(self.text, max(0, start - 80), end + 40) is not None
        score = 0.0
        counted = patterns.COUNTED.match(self.text, end) is not None or "centile" in self.text[end : end + 40]
        led = patterns.ON_THE.search(left) or ((free or int(number) > 10) and patterns.FROM_THE.search(left))
        if led and not small and not counted:
            score = 0.6  # "at 4 on the 12th in the ward", "away from the 19th to the 1st"
        if (self.asked_when and free and len(self.text) < 80) or re.search(
            rf"{patterns.WEEKDAY},? the $", left, re.IGNORECASE
        ):
            score = 0.65
        elif patterns.ORDINAL_DAY_BEFORE.search(left) is not None and free:
            vague = patterns.VAGUE_BEFORE.search(left) is not None
            sure = re.search(r"\b(?:on|until|till|by|since) the $", left, re.IGNORECASE) is not None
            score = 0.65 if around or (not vague and (sure or not small)) else 0.0
        if (
            not score
            and free
            and re.search(r"\b(?:or|and|then|not) (?:on )?the $", left, re.IGNORECASE)
            and any(0 < start - e <= 48 for _, e, _ in self.found[-4:])
        ):
            score = 0.65  # "april 9th at 11 or the 10th at 3"
        if not score and not small and (clock or (around and free) or (int(number) > 10 and free)):
            score = 0.6 if not patterns.RANKED_BEFORE.search(left) else 0.0
        vague = small and patterns.VAGUE_BEFORE.search(left) is not None
        if not score and free and not vague and (self.ordinal_found or self._day_said()):
            score = 0.6  # "the 9th is no good, the 11th"
        if not score and patterns.SUITS.match(self.text, end) and not patterns.VAGUE_BEFORE.search(left):
            score = 0.6
        if (
            not score
            and free
            and not small
            and (patterns.PROPOSES.search(left) or (start <= 4 and len(self.text) < 64))
        ):
            score = 0.6
        if (
            not score
            and int(number) > 3
            and re.search(r"\b\w{4,} on the $", left, re.IGNORECASE)
            and not patterns.COUNTED.match(self.text, end)
        ):
            score = 0.6  # "that processed on the 20th check number ..."
        if score:
            self.ordinal_found = self._add(start, end, score)

    # --- years, holidays, corrections

    def birth_years(self) -> None:
        """Find a birth year that shows an age over 89."""
        said = not patterns.BIRTH_YEAR_WORDS.isdisjoint(self.words)
        openers = patterns.BIRTH_YEAR_OPENERS if said else frozenset()
        for match in self.segment.reading.matches(patterns.BIRTH_YEAR, openers):
            digits = match["year"].replace(" ", "").lstrip("'")
            year = int(digits) if len(digits) == 4 else 1900 + int(digits)
            # Two digits may be a year of this century: "born in 19" is a child, "born in 31" is not.
            if (
                year <= self.old_year
                and (len(digits) == 4 or year > self.old_year - 10)
                and not patterns.UNIT_AFTER.match(self.text, match.end())
            ):
                self._add(*match.span("year"), 0.85)
        key = self.segment.key
        if key is not None and re.search(r"birth[_ -]?year|year[_ -]?of[_ -]?birth|\byob\b", key, re.IGNORECASE):
            digits = self.text.strip()
            if digits.isascii() and digits.isdigit() and len(digits) == 4 and int(digits) <= self.old_year:
                at = self.text.index(digits)
                self._add(at, at + 4, 0.9)

    def holidays(self) -> None:
        """Find a holiday that stands for the day of a personal event."""
        for match in patterns.HOLIDAY.finditer(self.text):
            answers = self.asked_birth and (match["year"] is not None or len(self.text) < _SHORT_DAY)
            if answers or patterns.HOLIDAY_CUE.search(self._left(match.start(), 40)):
                self._add(*match.span(), 0.6)

    def corrections(self) -> None:
        """Find the other day or year that follows a date and a word of correction."""
        for _, end, score in list(self.found):
            match = patterns.CORRECTION.match(self.text, end)
            if match:
                self._add(*match.span("value"), min(score, 0.8))


def _aged_names(tagged: Tagged) -> Iterator[tuple[int, int, float]]:
    """Yield an age over 89 that stands with a sex behind somebody's name: "Okafor 97 F", "Chen, Sarah F 97"."""
    places = [place for place, word in enumerate(tagged.words) if word.text not in _BESIDE_SEX]
    for name, first, second in zip(places, places[1:], places[2:], strict=False):
        if tagged.names[name] < _NAMED or tagged.words[name].text.lower() in patterns.SEXES:
            continue
        pair = tagged.words[first], tagged.words[second]
        for age, sex in (pair, pair[::-1]):
            if patterns.OVER_89.fullmatch(age.text) and sex.text.lower() in patterns.SEXES:
                yield age.start, age.end, 0.7


def _old_ages(reading: Reading) -> Iterator[re.Match[str]]:
    """Yield every statement of an age over 89."""
    text = reading.text
    for pattern in patterns.AGES_FIRST:
        yield from reading.at_numbers(pattern)
    for openers, pattern in patterns.AGES_AFTER:
        yield from reading.matches(pattern, openers)
    for words, pattern in patterns.AGES_AROUND:
        if not words.isdisjoint(reading.letters):
            yield from pattern.finditer(text)
    if not text.islower():
        for pattern in patterns.AGES_NAMED:
            yield from pattern.finditer(text)


def _is_read_off(segment: Segment) -> bool:
    """Return whether a reading was asked for ("what does the pulse ox say?"), and not how old somebody is."""
    turns = [turn for turn in (segment.question, *segment.since) if turn is not None and turn.role == "assistant"]
    return segment.role == "user" and any(
        not patterns.READING_WORDS.isdisjoint(turn.words)
        and patterns.ASKS_READING.search(turn.text)
        and not patterns.HOW_OLD.search(turn.text)
        for turn in turns[-1:]
    )


def _ages(segment: Segment, text: str) -> Iterator[tuple[int, int, float]]:
    """Yield the ages over 89, as offsets into the reading."""
    reading = segment.reading
    numbers = any(reading.at_numbers(patterns.OVER_89, 2))
    if not numbers and not any(map(reading.low.__contains__, patterns.OVER_89_WORDS)):
        return
    taken: set[tuple[int, int]] = set()
    for match in _old_ages(reading):
        span = match.span("age")
        if span not in taken:
            taken.add(span)
            first, last = reading.source(*span)
            if len(match["age"]) > 2 or not patterns.DIGIT_BY_DIGIT.fullmatch(segment.text, first, last):
                yield *span, 0.9
                while (again := patterns.AGE_AGAIN.match(text, span[1])) is not None:
                    span = again.span("age")
                    taken.add(span)
                    yield *span, 0.9
    before = segment.since[-1] if segment.since else segment.question
    again = patterns.SAME_AGE.fullmatch(text) if before is not None and len(text) < 120 else None
    if (
        again is not None
        and before is not None
        and again.span("age") not in taken
        and any(match["age"] == again["age"] for match in _old_ages(before.reading))
    ):
        taken.add(again.span("age"))
        yield *again.span("age"), 0.75
    keyed = segment.key is not None and patterns.AGE_KEY.search(segment.key) is not None
    if keyed or asked(segment, patterns.HOW_OLD, patterns.AGE_WORDS):
        for match in patterns.BARE_AGE.finditer(text[:80]):
            if match.span("age") not in taken:
                yield *match.span("age"), 0.9 if keyed else 0.75
