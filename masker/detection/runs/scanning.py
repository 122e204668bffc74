"""Scanning: every run of a segment with what announces it, and with the letters and words that belong to it."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import islice
from typing import Final

import attrs

from masker.core.segments import Segment
from masker.detection.heard import heard
from masker.detection.labels import NUMBER, PLAIN, is_label, is_link, is_plain
from masker.detection.runs.announcing import announce, is_carried
from masker.detection.runs.asking import wanted_kinds
from masker.detection.runs.fields import HL7_LINE, hl7_fields, kind_of_key, table_fields
from masker.detection.runs.finding import COMMON, find_runs, spoken_at
from masker.detection.runs.groups import completed
from masker.detection.runs.measures import UNIT, is_dated, is_loosely_measured, is_measured, is_price
from masker.detection.runs.run import CODES, NATO, YEAR, Run, code_of, resized
from masker.detection.runs.seconds import is_alike
from masker.detection.runs.surroundings import (
    PARTLY,
    PARTLY_WORDS,
    is_bare,
    is_code,
    is_within_address,
    only_courtesies,
    opens,
    said_by_sign,
)
from masker.detection.runs.wholes import ends_whole, starts_whole

__all__ = ["runs"]


def _idle(run: Run, segment: Segment, key: str | None) -> bool:
    """Return whether no detector could claim a run whatever announces it, so that nobody need look around it."""
    if run.inside or (run.measured and run.digits < _MEASURE):
        return True
    if run.dated and not run.text.isdigit() and not run.spoken:
        return True
    short = len(run.code) < 3 and not run.bare and not (len(run.code) == 2 and (run.part or run.last))
    return short and key is None and not any(wanted_kinds(segment))


def _is_beside_whole(text: str, found: list[tuple[int, int]], place: int) -> bool:
    """Return whether one or two digits stand beside a number that is whole, so that they are no piece of it."""
    start, end = found[place]
    if end - start > _A_COUNT:
        return False
    after = found[place + 1][0] if place + 1 < len(found) else end
    return (text[end:after].isspace() and starts_whole(text, (start, end), after)) or (
        place > 0 and text[found[place - 1][1] : start].isspace() and ends_whole(text, found[place - 1], end - start)
    )


_A_COUNT: Final = 2
#: Characters behind a number that may be nothing but courtesies.
_CLOSING: Final = 60
#: A text of so many characters may be nothing but a number.
_LITTLE: Final = 4
#: Digits from which on a unit does not make an amount of an identifier.
_MEASURE: Final = 6


def _found(segment: Segment) -> list[tuple[int, int]]:
    """Return where the runs of a segment stand; looked for once."""
    memo = segment.reading.memo
    kept: list[tuple[int, int]] | None = memo.get("found runs")
    if kept is None:
        kept = memo["found runs"] = find_runs(segment)
    return kept


def _are_counts(segment: Segment, found: list[tuple[int, int]]) -> bool:
    """Return whether all runs are one or two digits among words that nobody could claim (see `_idle`)."""
    text = segment.reading.text
    if any(end - start > _A_COUNT or not text[start:end].isdecimal() for start, end in found):
        return False
    if "|" in text or "\n" in text or not PARTLY_WORDS.isdisjoint(segment.reading.words):
        return False
    rest = text[found[-1][1] :]
    if len(text) <= _LITTLE or (len(rest) < _CLOSING and only_courtesies(rest)):
        return False
    return not any(wanted_kinds(segment)) and kind_of_key(segment.key) is None and not is_bare(text, found)


def _scan(segment: Segment) -> tuple[Run, ...]:
    found = _found(segment)
    if not found:
        return ()
    scan = _Scan(segment, found)
    done: list[Run] = []
    for place, (_, end) in enumerate(found):
        if not done or end > done[-1].end:  # otherwise the last one took it in
            done.append(scan.read(place, done))
    return tuple(_as_heard(segment, done) if segment.question is not None else done)


#: What announces a run: kind, source and nearness, as `announce` returns them.
_Said = tuple[str | None, str, bool]


class _Scan:
    """What is looked at once for all runs of a segment, and the steps in which each is read.

    Args:
        segment: The segment.
        found: Where its runs stand in the reading, in order; at least one.
    """

    def __init__(self, segment: Segment, found: list[tuple[int, int]]) -> None:
        self.segment, self.found = segment, found
        self.text = text = segment.reading.text
        self.spoken = spoken_at(segment.reading)
        self.bare = is_bare(text, found)
        self.partly = not PARTLY_WORDS.isdisjoint(segment.reading.words)
        self.address = "@" in text or "." in text or "://" in text
        self.fields = _fields(text) if "|" in text or "\n" in text else []
        self.key = kind_of_key(segment.key)
        self.spelled = frozenset(p.text.lower() for p in segment.reading.pieces if p.kind == "spelled")

    def read(self, place: int, done: list[Run]) -> Run:
        """Return the run at a place with what announces it and what belongs to it; ``done`` are those before it."""
        previous = done[-1] if done else None
        run = self._run(*self.found[place])
        if run.measured and not run.code.endswith("000") and is_loosely_measured(self.text, run.start, run.end):
            run = self._unmeasured(run, previous)
        field = self._field(run) if self.fields else None
        if field is None and (_idle(run, self.segment, self.key) or _is_beside_whole(self.text, self.found, place)):
            carried = (
                previous is not None
                and previous.announced
                and not run.measured
                and is_carried(self.text, previous, run)
            )
            return attrs.evolve(run, kind=previous.kind, how="carried") if previous is not None and carried else run
        said = announce(self.segment, run, previous, self.key, field and field[2])
        if said[0] == NUMBER and run.digits in (3, 4) and any(map(_is_card, done[-3:])):
            said = ("CARD", *said[1:])  # "... expires eleven thirty and the code is zero zero one"
        if field is None:
            run, said = self._led(run, said, previous)
        kind, how, near = said
        if kind == "CARD" and _is_no_card(run, how):
            kind = "HEALTH_PLAN"  # payment cards have no letters and sixteen digits, insurance cards do not
        if kind is not None:
            priced = how == "label" and run.spoken and not run.bare and is_price(self.text, run.start, run.text)
            run = attrs.evolve(run, kind=kind, how=how, near=near, measured=run.measured or priced)
        return self._whole(run, field, place)

    def _run(self, start: int, end: int) -> Run:
        """Return a run as it stands, whatever announces it."""
        text, value = self.text, self.text[start:end]
        code = code_of(value)
        said_aloud = self.spoken(start, end)
        by_sign = said_aloud and said_by_sign(self.segment, start, end)
        return Run(
            start=start,
            end=end,
            text=value,
            code=code,
            digits=sum(map(str.isdigit, code)),
            spoken=said_aloud,
            signed=by_sign,
            measured=is_measured(text, start, end) and not (by_sign and " " not in value and is_code(code)),
            dated=is_dated(value),
            bare=self.bare or (len(self.found) == 1 and len(text) - (end - start) <= 2),
            inside=self.address and is_within_address(text, start, end),
            last=(said_aloud or len(code) == 2) and len(text) - end < _CLOSING and only_courtesies(text[end:]),
            part=self.partly and PARTLY.search(text, max(0, start - 24), start) is not None,
        )

    def _unmeasured(self, run: Run, previous: Run | None) -> Run:
        """Return a run without its unit, if a label or question says more than a word that is seldom a unit."""
        named = attrs.evolve(run, measured=False)
        kind, how, near = announce(self.segment, named, previous, self.key, None)
        return named if kind not in (None, PLAIN) and (near or how == "question") else run

    def _field(self, run: Run) -> tuple[int, int, str] | None:
        """Return the table's cell or the component that a run stands in, with its kind."""
        at = bisect_left(self.fields, (run.start + 1,)) - 1
        if at >= 0 and self.fields[at][0] <= run.start and run.end <= self.fields[at][1]:
            return self.fields[at]
        return None

    def _led(self, run: Run, said: _Said, previous: Run | None) -> tuple[Run, _Said]:
        """Return a run with the short group of letters before it, where that is its first, and what announces both."""
        text, start, end = self.text, run.start, run.end
        lead = _lead(text, run, previous.end if previous is not None else 0, self.spelled)
        if lead is None:
            return run, said
        wider = attrs.evolve(run, start=lead, text=text[lead:end], code=code_of(text[lead:end]))
        kind, how, near = wider_said = announce(self.segment, wider, previous, self.key, None)
        group = _BORDERS.sub("", text[lead:start]).lower()
        own = run.spoken and (run.digits > 4 or group in ("mrn", "rx", "ref", "sn", "inv", "clm"))
        label = is_label(group) and not (own and near and how == "label")
        # "badge found: EMP 20418": in capitals it may stand behind more words than a label's own
        capital = how == "label" and 1 < len(group) < 5 and not text.isupper() and text[lead:start].isupper()
        if capital and near and kind == said[0]:
            label = False  # "driving licence no (DL 4471 20985)": a label of what was named before is a part of it
        opening = how == "question" and not text[end:].strip(" .,!?") and opens(text, wider)
        if said[0] is None and kind is None and not label and _spelled_out(group, run):
            run = wider  # "front says XEA 771 200 418"
        second = how == "carried" and previous is not None and is_alike(previous, wider)
        whole = how == "key" and lead == 0  # "memberId": "NEV 8848 8229"
        if (
            (near or opening or whole or second or (capital and run.digits > 3))
            and (kind in CODES or (kind == "CARD" and _is_no_card(wider, how)))
            and (whole or second or how in ("label", "question"))
            and not label
        ):
            return wider, wider_said
        return run, said

    def _whole(self, run: Run, field: tuple[int, int, str] | None, place: int) -> Run:
        """Return a run with all that belongs to it: its cell, letters and digit words beside it, further groups."""
        text = self.text
        if field is not None:
            return resized(run, text, *_cell(text, *field[:2], run)) if run.announced else run
        if (run.announced and (run.near or run.how != "label")) or (run.spoken and (run.digits >= 7 or _unnamed(run))):
            run = resized(run, text, *_glued(text, run))
        if run.announced:
            run = resized(run, text, run.start, completed(text, run, islice(self.found, place + 1, place + 9)))
        return run


def _fields(text: str) -> list[tuple[int, int, str]]:
    """Return the cells of a text's tables and the components of its HL7 whose kind is known, in order."""
    found = table_fields(text)
    return sorted([*hl7_fields(text), *found]) if HL7_LINE.search(text) else found


def _is_card(run: Run) -> bool:
    return 13 <= run.digits <= 19 and not run.letters


def _is_no_card(run: Run, how: str) -> bool:
    """Return whether a run has letters or a length that no payment card has."""
    return bool(
        (run.letters and run.digits > 3)
        or (run.letters > 2 and run.digits > 1)
        or (8 < run.digits < 12 and how != "carried")
    )


def _as_heard(segment: Segment, done: list[Run]) -> list[Run]:
    """Widen the runs that answer a question for a code to the letters and digits around that were heard as words."""
    text = segment.reading.text
    answers = [run for run in done if run.how == "question" and run.kind in CODES and run.kind != NUMBER]
    if not answers or segment.role == "assistant" or len(text) > _SHORT_ANSWER or "<" in text:  # nobody says a tag
        return done
    ranges = [(start, end) for start, end, size in heard(segment.reading) if size > 1]
    widened: list[Run] = []
    for run in done:
        around = next(((a, b) for a, b in ranges if a <= run.start and run.end <= b), None)
        if run not in answers or around is None or _ASIDE.search(text, *around):
            widened.append(run)
        elif not widened or widened[-1].end <= around[0]:
            widened.append(resized(run, text, *around))
        elif widened[-1].end <= run.start:
            widened.append(run)
    return widened


#: "Seven seven *is that* a one or an l", "*there's* a dash then zero one": talk between the signs.
_ASIDE: Final = re.compile(r"\b(?:is|was) (?:that|it|this)\b|\ba dash\b", re.IGNORECASE)


def _spelled_out(group: str, run: Run) -> bool:
    """Return whether a group of capitals before an unannounced number is its first group."""
    return not run.spoken and run.digits >= 7 and " " in run.text and 1 < len(group) < 5 and not is_plain(group)


_TELEPHONE: Final = 10
#: An answer that is nothing but a code has at most so many characters.
_SHORT_ANSWER: Final = 90


#: A short group of letters, and capitals that other signs part from the next group: "XQH | 8473".
_LEAD: Final = re.compile(
    r"(?<![^\W_])(?:(?P<group>[A-Za-z]{1,4})(?:[ -]| dash | hyphen )"
    r"|(?P<capitals>[A-Z]{2,4})(?![.\n]\s)[^\w<>@]{1,3})\Z"
)


#: Signs around a group.
_BORDERS: Final = re.compile(r"\A[\W_]+|[\W_]+\Z")
_TRAIL: Final = re.compile(
    r"-[A-Za-z]{1,4}(?![^\W_])| (?!MD|DO|NP|PA|RN|PT|OT|US|UK|AM|PM|ML|MG|IU)[A-Z]{1,2}(?![^\W_]|[ ][a-z])"
    r"| [a-z](?=[.,!]?\Z)"
)


_PLATE_TRAIL: Final = re.compile(r"[ -](?:[A-Z]{1,3}|[a-z]{3})(?![^\W_])")


#: "U7740128 03": digits that go on with a labelled code of letters and digits.
_DIGIT_TRAIL: Final = re.compile(r"[ ](\d{2,8})(?![^\W_]|[/.:%-]\d)")


_LEFT_GLUE: Final = re.compile(r"(?:(?<![^\W_])(?:oh|o|double|triple|treble)[ ,]{1,2})+\Z", re.IGNORECASE)


#: At the end of what is said: elsewhere "oh" is what people say next.
_RIGHT_GLUE: Final = re.compile(
    r"(?:[ ](?:oh|o|double|triple|treble)(?![^\W_']))+(?=\W*\Z|[,.!?]"
    r"|[ ](?:\d|[a-z](?![^\W_'])))",
    re.IGNORECASE,
)


_LEFT_WORDS: Final = re.compile(
    rf"(?:(?<![^\W_])(?:{NATO}|zed|[a-z] (?:as in|for|like|as) [a-z]{{3,12}})[ ])+\Z", re.IGNORECASE
)


_RIGHT_WORDS: Final = re.compile(
    rf"(?:[ ](?:{NATO}|zed|[a-z] (?:as in|for|like|as) [a-z]{{3,12}}(?:-[a-z]+)?)(?![^\W_'])(?:[ ]?\d+(?![^\W_]))?)+",
    re.IGNORECASE,
)


#: Letters one by one, a consonant last: "a b 44 71", but not "it's 44 71".
_LONE_LETTERS: Final = re.compile(r"(?:(?<= )|\A)(?:[a-z] ){0,4}[b-hj-np-tv-z] \Z")
_A_SIGN: Final = re.compile(r"\b(?:number|id|code|accession|serial|policy|member|is) \Z", re.IGNORECASE)


def _lead(text: str, run: Run, floor: int, spelled: frozenset[str]) -> int | None:
    """Return where a short group of letters right before a run starts, when it can be the code's first group.

    Groups that are ``spelled`` letter by letter are letters for certain.
    """
    words = _LEFT_WORDS.search(text, max(floor, run.start - 60), run.start) if run.spoken else None
    if words is not None:
        return words.start()
    match = _LEAD.search(text, max(floor, run.start - 12), run.start)
    if match is None or run.digits < (2 if run.spoken else 3):
        return None
    group, joined = match["group"] or match["capitals"], len(match[0].split()) > 1
    if group.lower() in spelled:
        return match.start()  # "member id m m 77 41"
    lone = _LONE_LETTERS.search(text, max(floor, run.start - 12), run.start)
    if lone is not None:
        return lone.start()  # "my record number is m 44 71"
    if not (group.isupper() or (group.islower() and len(group) <= 3)):
        return None
    if group == "a" and run.spoken and _A_SIGN.search(text, max(0, match.start() - 12), match.start()):
        # "accession number a fifty three", but "it's a six one four number five five five ..."
        return match.start() if run.digits != _TELEPHONE else None
    measure = run.spoken and run.digits > 4 and group in ("bp", "hr", "rr")  # what no such number of digits follows
    if (
        (group.lower() in COMMON and not measure)
        or is_link(group.lower())
        or (len(group) == 1 and not (group.isupper() or joined))
    ):
        return None
    return match.start()


def _glued(text: str, run: Run) -> tuple[int, int]:
    """Return a run's range with the letter groups and digit words that belong to it on either side."""
    start, end = run.start, run.end
    codes = run.kind in CODES or _unnamed(run)
    if run.spoken:
        for left in (_LEFT_GLUE, _LEFT_WORDS) if codes else (_LEFT_GLUE,):
            match = left.search(text, max(0, start - 60), start)
            start = match.start() if match else start
        for right in (_RIGHT_GLUE, _RIGHT_WORDS) if codes else (_RIGHT_GLUE,):
            match = right.match(text, end, end + 80)
            end = match.end() if match else end
    if codes and run.near:
        plate = run.kind == "VEHICLE" and len(run.code) <= 5
        match = (_PLATE_TRAIL.match(text, end, end + 6) if plate else None) or _TRAIL.match(text, end, end + 6)
        if match is not None:
            group = match[0][1:].lower()
            if (
                match[0][0] == "-"
                or (len(group) == 1 and match[0].islower() == run.spoken)
                or (group not in COMMON and not is_label(group) and not is_link(group))
            ):
                end = match.end()
        more = _DIGIT_TRAIL.match(text, end, end + 12) if run.digits and (run.letters or run.digits > 4) else None
        if more is not None and not run.letters and len(more[1]) < 3:
            more = None
        if more is not None and not UNIT.match(text, more.end(), more.end() + 48) and not YEAR.fullmatch(more[1]):
            end = more.end()
    return start, end


def _unnamed(run: Run) -> bool:
    """Return whether a run that nothing announces is a code: said sign by sign or with letters, too long to count."""
    return run.kind is None and (run.signed or run.letters > 1) and run.digits > 4 and not (run.measured or run.dated)


def _cell(text: str, start: int, end: int, run: Run) -> tuple[int, int]:
    """Return the range of a table cell or HL7 component when it holds one unbroken value, else the run's own."""
    value = text[start:end]
    core = value.strip(" \t\"'")
    at = start + value.find(core)
    if len(core) > 64 or any(map(str.isspace, core)) or ("^" in core and run.kind not in ("PHONE", "FAX")):
        return run.start, run.end
    return at, at + len(core)


def runs(segment: Segment, *, small: bool = True) -> tuple[Run, ...]:
    """Return the numbers and codes of a segment, in order, each with what announces it.

    Computed once per segment and kept in its reading's memo.

    Args:
        segment: The segment.
        small: Whether those are wanted, too, that are `Run.small`. Without them, most texts with a number have none,
            and are known for it at a third of the time.
    """
    memo, which = segment.reading.memo, "runs" if small else "larger runs"
    kept: tuple[Run, ...] | None = memo.get(which)
    if kept is None:
        kept = memo[which] = _scan(segment) if small else _larger(segment)
    return kept


def _larger(segment: Segment) -> tuple[Run, ...]:
    found = _found(segment)
    if not found or _are_counts(segment, found):
        return ()
    return tuple([run for run in runs(segment) if not run.small])
