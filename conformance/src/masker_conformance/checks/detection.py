"""Chapter D: find what is there, leave what is not, say where exactly.

Judged on the shared fixtures of the declared kinds and on the plugin's own examples.
"""

from __future__ import annotations

import math
import random
import re
from collections.abc import Iterator, Sequence
from typing import Final

import attrs

from masker import Segment, Span
from masker_conformance import nearness
from masker_conformance.fixtures import Case, Trap, shared_kinds, traps
from masker_conformance.judging import false_alarms, missed, quoted, required, trimmed, wrong_kind
from masker_conformance.rules import Level, Verdict, failed, passed, rule, skipped
from masker_conformance.subjects import THRESHOLD, Subject

__all__ = ["compare_padded", "padded_cases"]

#: How many examples of its own a kind needs, and how many of each form.
MIN_EXAMPLES: Final = 10
MIN_OF_A_FORM: Final = 3

#: The share of negatives that have to be near in one way or the other, and how many in each of the two.
MIN_NEAR: Final = 0.5
MIN_NEAR_EACH: Final = 3

#: Harmless texts a form, and the share of them in which a detector may find something all the same.
TRAPS_PER_FORM: Final = 150
MAX_TRAPPED: Final = 0.03


def _judged(subject: Subject, *, positive: bool) -> Iterator[tuple[Case, tuple[Span, ...] | Verdict]]:
    """Yield the cases of one polarity with what was found in them, or with the verdict that it could not be said."""
    for case in subject.cases():
        if case.positive != positive:
            continue
        if not subject.able(case):
            lacking = ", ".join(sorted(case.needs - subject.capabilities))
            yield case, skipped(case.id, f"the detector does not claim: {lacking}", case.level)
            continue
        try:
            yield case, subject.found(case)
        except Exception as error:  # noqa: BLE001  # any failure of a detector is a finding about it
            yield case, failed(case.id, f"the detector raised {type(error).__name__}", case.level)


@rule(Level.MUST, "Every marked value of a positive is found, to its last letter and digit")
def d1_positives_found(subject: Subject) -> Iterator[Verdict]:
    """Look for the marked values of the shared fixtures and of the plugin's own examples.

    A value is found when spans with a score of at least 0.5 cover all its letters and digits.

    If this fails: an identifier would have reached the model. Run the text through ``read()`` to see what the
    detector sees, and widen the pattern, the cue or the reach for the whole family of texts, not for this one.
    """
    for case, found in _judged(subject, positive=True):
        if isinstance(found, Verdict):
            yield found
        elif gaps := missed(case, found, subject.kinds):
            places = "; ".join(quoted(case.segment.text, mark.start, mark.end) for mark in gaps)
            yield failed(case.id, f"not found: {places}", case.level)
        else:
            yield passed(case.id, case.level)


@rule(Level.MUST, "Nothing is found in a negative")
def d2_negatives_untouched(subject: Subject) -> Iterator[Verdict]:
    """Look for findings in the harmless texts of the shared fixtures and of the plugin's own examples.

    If this fails: the model would have lost a dose, a time or a drug name. Validate more strictly (length, check
    digit, alphabet) or ask for a cue before the value.
    """
    for case, found in _judged(subject, positive=False):
        if isinstance(found, Verdict):
            yield found
        elif wrong := false_alarms(case, found):
            places = "; ".join(quoted(case.segment.text, span.start, span.end) for span in wrong)
            yield failed(case.id, f"found {wrong[0].kind} though it is {case.why}: {places}", case.level)
        else:
            yield passed(case.id, case.level)


@rule(Level.MUST, "The strongest finding over a value has the value's kind")
def d3_kind_right(subject: Subject) -> Iterator[Verdict]:
    """Compare kinds where one plugin finds several (phone and fax, account and card, date and age).

    If this fails: let the cue nearest to the value decide, and give the more specific kind the higher score.
    """
    for case, found in _judged(subject, positive=True):
        if isinstance(found, Verdict):
            continue
        if wrong := wrong_kind(case, found, subject.kinds):
            mark, kind = wrong[0]
            place = quoted(case.segment.text, mark.start, mark.end)
            yield failed(case.id, f"{mark.kind} was found as {kind}: {place}", case.level)
        else:
            yield passed(case.id, case.level)


@rule(Level.MUST, "A finding is about the value, not about the sentence")
def d4_no_overreach(subject: Subject) -> Iterator[Verdict]:
    """Look in positives for spans with less than half of their letters and digits inside marks.

    If this fails: narrow the span to the value (the pattern's group ``value``), and do not look for values where the
    sentence has none.
    """
    for case, found in _judged(subject, positive=True):
        if isinstance(found, Verdict):
            continue
        if wrong := false_alarms(case, found):
            span = wrong[0]
            place = quoted(case.segment.text, span.start, span.end)
            yield failed(case.id, f"{span.kind} reaches beyond the value: {place}", case.level)
        else:
            yield passed(case.id, case.level)


@rule(Level.SHOULD, "A span begins and ends where the value does")
def d5_exact_bounds(subject: Subject) -> Iterator[Verdict]:
    """Compare the outer bounds of the findings over a mark with the mark, punctuation aside.

    If this fails: leave the label ("my number is", "MRN") out of the span and take the whole value in. A label inside
    a token is lost to the model, and the value no longer equals itself in another sentence.
    """
    for case, found in _judged(subject, positive=True):
        if isinstance(found, Verdict):
            continue
        text = case.segment.text
        wrong = []
        for mark in case.marks:
            over = [span for span in found if span.start < mark.end and mark.start < span.end]
            if mark.kind not in subject.kinds or not over:
                continue
            start, end = trimmed(text, min(span.start for span in over), max(span.end for span in over))
            needed = required(text, mark)
            whole = trimmed(text, mark.start, mark.end)
            if not (start in {whole[0], min(needed)} and end in {whole[1], max(needed) + 1}):
                wrong.append(quoted(text, start, end))
        yield failed(case.id, f"bounds: {wrong[0]}", case.level) if wrong else passed(case.id, case.level)


@rule(Level.MUST, "The plugin brings enough examples of its own: positive and negative, written and spoken")
def d6_enough_examples(subject: Subject) -> Iterator[Verdict]:
    """Count ``examples.json``.

    At least 10 positives of each declared kind without shared fixtures, at least 10 positives and 10 negatives in
    all, and of each claimed form at least 3 of each.

    If this fails: write more examples. For a kind that only you know, they are the only proof there is.
    """
    own = subject.own
    for kind in sorted(subject.invented):
        count = sum(any(mark.kind == kind for mark in case.marks) for case in own)
        enough = count >= MIN_EXAMPLES
        yield passed(f"kind-{kind}") if enough else failed(f"kind-{kind}", f"{count} of {MIN_EXAMPLES} positives")
    for polarity in ("positive", "negative"):
        cases = [case for case in own if case.positive == (polarity == "positive")]
        count = len({case.segment.text for case in cases})
        enough = count >= MIN_EXAMPLES
        yield passed(polarity) if enough else failed(polarity, f"{count} of {MIN_EXAMPLES} different examples")
        for form in ("written", "spoken"):
            name = f"{polarity}-{form}"
            if form not in subject.capabilities:
                yield skipped(name, f"the detector does not claim: {form}")
                continue
            count = sum(case.form == form for case in cases)
            yield passed(name) if count >= MIN_OF_A_FORM else failed(name, f"{count} of {MIN_OF_A_FORM} examples")


@rule(Level.MUST, "The plugin's own negatives are as near to its positives as life is")
def d7_near_negatives(subject: Subject) -> Iterator[Verdict]:
    """Measure how near the negatives of ``examples.json`` come.

    At least half of them contain something of a value's shape (digits, spoken digits, codes, symbols) or a word that
    announces a value in a positive; at least 3 do the one, and at least 3 the other.

    If this fails: collect sentences that a careless detector would fall for: the announcing word with something else
    after it, and the value's shape where it means something else.
    """
    positives = [case for case in subject.own if case.positive]
    negatives = [case for case in subject.own if not case.positive]
    value_like = {case.id for case in nearness.value_like(positives, negatives)}
    cue_like = {case.id for case in nearness.cue_like(positives, negatives)}
    for name, near, least in (
        ("value-like", value_like, MIN_NEAR_EACH),
        ("cue-like", cue_like, MIN_NEAR_EACH),
        ("near", value_like | cue_like, max(MIN_NEAR_EACH, math.ceil(MIN_NEAR * len(negatives)))),
    ):
        words = f"{len(near)} of {len(negatives)} negatives are {name}, {least} are needed"
        yield passed(name) if len(near) >= least else failed(name, words)


def trap_texts(form: str, seed: int = 45) -> Iterator[tuple[Trap, str]]:
    """Yield `TRAPS_PER_FORM` harmless texts of a form, the templates in turn, their slots filled by a seeded die."""
    templates, slots = traps()
    of_form = [template for template in templates if template.form == form]
    dice = random.Random(seed)
    for number in range(TRAPS_PER_FORM):
        template = of_form[number % len(of_form)]
        yield template, re.sub(r"\{(\w+)\}", lambda match: dice.choice(slots[match[1]]), template.text)


@rule(Level.MUST, "Doses, vitals, prices, times and codes are left alone, whatever the kind")
def d8_traps(subject: Subject) -> Iterator[Verdict]:
    """Fill the templates of ``traps.json`` and count the texts in which anything is found: at most 3 in 100.

    If this fails: the detector takes numbers, capitals or codes as such for identifiers. Ask for a cue or a shape
    that only the value has. Where one family of traps is what your kind is about, list it as an expected failure.
    """
    for form in ("written", "spoken"):
        trapped: dict[str, list[str]] = {}
        count = 0
        for template, text in trap_texts(form):
            count += 1
            try:
                spans = [span for span in subject.detect(Segment(text)) if span.score >= THRESHOLD]
            except Exception:  # noqa: BLE001, S112  # C9 reports it
                continue
            if spans:
                place = quoted(text, spans[0].start, spans[0].end)
                trapped.setdefault(template.family, []).append(f"{spans[0].kind} {place}")
        total = sum(map(len, trapped.values()))
        if total <= MAX_TRAPPED * count:
            yield passed(form)
            continue
        excused = {family for family in trapped if f"D8:{form}-{family}" in subject.expected}
        if total - sum(len(trapped[family]) for family in excused) <= MAX_TRAPPED * count:
            yield passed(form)
        else:
            first = next(places[0] for family, places in trapped.items() if family not in excused)
            yield failed(form, f"{total} of {count} harmless texts: {sorted(trapped)}; such as {first}")
        for family in sorted(excused):
            yield failed(f"{form}-{family}", f"{len(trapped[family])} findings")


def padded_cases(subject: Subject, most: int) -> list[Case]:
    """Return up to ``most`` must-level positives that are found as they stand, evenly spread.

    Answers and JSON leaves are left out: there, other text before a value is another answer.
    """
    found = []
    for case, spans in _judged(subject, positive=True):
        if "context" in case.needs:
            continue
        if case.level is Level.MUST and not isinstance(spans, Verdict) and not missed(case, spans, subject.kinds):
            found.append(case)
    step = max(1, len(found) // most)
    return found[::step][:most]


def _over_marks(case: Case, spans: Sequence[Span], by: int, kinds: frozenset[str]) -> set[tuple[int, int, str]]:
    """Return the spans that touch a mark, moved back ``by`` characters."""
    return {
        (span.start - by, span.end - by, span.kind)
        for span in spans
        for mark in case.marks
        if mark.kind in kinds and span.start - by < mark.end and mark.start < span.end - by
    }


def compare_padded(subject: Subject, case: Case, padding: str, name: str) -> Verdict:
    """Return whether the same values are found, ``len(padding)`` further on, when neutral text stands before them."""
    segment = attrs.evolve(case.segment, text=padding + case.segment.text)
    try:
        spans = [span for span in subject.detect(segment) if span.score >= THRESHOLD]
    except Exception as error:  # noqa: BLE001  # any failure of a detector is a finding about it
        return failed(name, f"raised {type(error).__name__} behind {len(padding)} characters")
    here = _over_marks(case, subject.found(case), 0, subject.kinds)
    there = _over_marks(case, spans, len(padding), subject.kinds)
    if here == there:
        return passed(name)
    lost = sorted(here - there)
    return failed(name, f"behind {len(padding)} characters: lost {lost}, came {sorted(there - here)}")


_SMALL_TALK: Final = (
    "Thank you for waiting. The line was busy for a while, but it is fine now. Please go on whenever it suits you. "
    "There is no hurry at all, and the rest can wait.\n"
)


@rule(Level.MUST, "Neutral text before a value moves its offsets by exactly its length")
def d9_padding_shifts(subject: Subject) -> Iterator[Verdict]:
    """Put one line, and some thousand characters, of small talk before and after positives.

    If this fails: look for offsets that are counted from somewhere else than the start of the text, for limits on how
    far a detector looks, and for windows whose edge cuts a value.
    """
    for case in padded_cases(subject, 30):
        yield compare_padded(subject, case, "Thank you.\n\n", f"{case.id}-line")
    for case in padded_cases(subject, 8):
        yield compare_padded(subject, case, _SMALL_TALK * 30 + "\n", f"{case.id}-page")


_TOKEN_TEXTS: Final = (
    "Hello {}, how can I help you today?",
    "your number is {}, is that right",
    "I have {} on file.",
    "my name is {} and I was born on [DATE_7], you can call me at [PHONE_3].",
    '{{"id": "{}", "note": "confirmed"}}',
    "the member id is {} and the code is {}",
)


@rule(Level.MUST, "Tokens are inert: nothing is found in masked text")
def d10_tokens_inert(subject: Subject) -> Iterator[Verdict]:
    """Look at texts whose values are already tokens or redactions.

    If this fails: a conversation comes back masked on the next turn, and a token inside a token cannot be restored.
    Do not match inside square brackets that hold an upper-case kind and a number.
    """
    kinds = sorted(shared_kinds() | subject.kinds)
    for kind in kinds:
        wrong = None
        for number, frame in enumerate(_TOKEN_TEXTS, 1):
            for token in (f"[{kind}_{number}]", f"[{kind}_12]", f"[REDACTED:{kind}]"):
                text = frame.replace("{}", token).replace("{{", "{").replace("}}", "}")
                wrong = wrong or _token_found(subject, text)
        yield failed(f"token-{kind}", wrong) if wrong else passed(f"token-{kind}")


_TOKEN: Final = re.compile(r"\[(?:REDACTED:)?[A-Z_]+(?:_[0-9]+)?\]")


def _token_found(subject: Subject, text: str) -> str | None:
    tokens = [match.span() for match in _TOKEN.finditer(text)]
    try:
        spans = [span for span in subject.detect(Segment(text)) if span.score >= THRESHOLD]
    except Exception:  # noqa: BLE001  # C9 reports it
        return None
    for span in spans:
        if any(span.start < end and start < span.end for start, end in tokens):
            return f"found {span.kind} {quoted(text, span.start, span.end)}"
    return None


def _other_digit(dice: random.Random, digit: str) -> str:
    return dice.choice([other for other in "12345678" if other != digit])


@rule(Level.SHOULD, "Values of the same shape as an example's are found too")
def d11_generalises(subject: Subject) -> Iterator[Verdict]:
    """Replace the last digit of each run of digits in the plugin's own written positives; half are found again.

    Half, because a check digit or a calendar may rightly reject the others.

    If this fails: the detector seems to know its examples by heart. Match the shape of a value, not a list.
    """
    dice = random.Random(164514)
    tried = hit = 0
    for case in subject.own:
        marks = [mark for mark in case.marks if mark.kind in subject.kinds]
        text = case.segment.text
        digits = {at for mark in marks for at in range(mark.start, mark.end) if text[at] in "0123456789"}
        last = {at for at in digits if at + 1 not in digits}
        if case.form != "written" or len(digits) < 3 or "written" not in subject.capabilities:
            continue
        other = "".join(_other_digit(dice, char) if at in last else char for at, char in enumerate(text))
        fresh = attrs.evolve(case, segment=attrs.evolve(case.segment, text=other))
        tried += 1
        try:
            spans = [span for span in subject.detect(fresh.segment) if span.score >= THRESHOLD]
        except Exception:  # noqa: BLE001, S112  # C9 reports it
            continue
        hit += not missed(fresh, spans, subject.kinds)
    if tried == 0:
        yield skipped("fresh-digits", "no written example has three digits")
    elif 2 * hit >= tried:
        yield passed("fresh-digits")
    else:
        yield failed("fresh-digits", f"{hit} of {tried} found again")
