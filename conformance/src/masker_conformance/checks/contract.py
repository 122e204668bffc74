"""Chapter C: the promises of the detector protocol, whatever the detector looks for."""

from __future__ import annotations

import math
import re
import threading
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

from masker import Segment, Span, Turn
from masker_conformance.fixtures import Case
from masker_conformance.rules import Level, Verdict, failed, passed, rule
from masker_conformance.subjects import CAPABILITIES, Subject

__all__ = ["HOSTILE"]

_NAME: Final = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")
_KIND: Final = re.compile(r"[A-Z]+(?:_[A-Z]+)*")

#: Text that has broken detectors before: nothing, much, other scripts, characters that are none.
HOSTILE: Final[dict[str, str]] = {
    "empty": "",
    "blank": " \t\r\n\u00a0\u2028",
    "huge-prose": "so the clinic opens at nine and we will see you then, okay. " * 17000,
    "huge-digits": "4155550123 " * 9000,
    "huge-word": "a" * 100_000,
    "right-to-left": "شماره من ۰۹۱۲ ۵۵۵ ۰۱۲۳ است \u202eabc 415-555-0123\u202c שמי נועה",
    "nul": "\x00my number\x00 is 415\x00-555-0123\x00",
    "combining": "Zoe\u0308 Mu\u0308ller a\u0301\u0300\u0302" + "e\u0301" * 400,
    "only-combining": "\u0301" * 500,
    "surrogate-high": "call \ud83d 415-555-0123",
    "surrogate-low": "\udc00 my name is \udfff Sarah \ud800",
    "surrogate-swapped": "\udca9\ud83d x \udca9\ud83d 1",
    "zero-width": "4\u200b1\u200c5\u2060-\ufeff555-\u00ad0123",
    "digits-of-others": "٤١٥-٥٥٥-٠١٢٣ ４１５ ५५५ 𝟜𝟙𝟝 ④①⑤ ²³",
    "expands": "ﷺ ﬁ ß ŉ ǰ ΐ İ K Å ½ ⑳ ㍿" * 20,
    "casing": "İSTANBUL ıı ǅ ß ẞ ﬀ Σς" * 20,
    "controls": "".join(map(chr, range(32))) + "\x7f\x80\x9f\ufffe\uffff\U0010ffff",
    "emoji": "👩🏽‍⚕️👨‍👩‍👧‍👦🇺🇸 call 415-555-0123 🧑🏾‍🦽",
    "markup": "<a href='tel:+1'>&#52;&#49;&#x35;</a> %34%31%35 \\u0034 &amp;&nbsp;&bogus; %zz \\uZZZZ &#99999999999;",
    "brackets": "[[[[((((" * 200 + "]]]]" + '{"a": {"b": [' * 60,
    "separators": "-" * 3000 + "." * 3000 + "@" * 3000 + "/" * 3000,
    "number-words": "one " * 4000 + "hundred " * 400 + "double " * 400 + "point " * 400,
    "letters": "a b c d e f g " * 1500,
    "newlines": "\r\n\r\r\n" * 3000,
}


@lru_cache(maxsize=1)
def hostile_segments() -> dict[str, Segment]:
    """Return the hostile texts as segments, made once: reading a megabyte is masker's work, not the detector's."""
    made = {name: Segment(text) for name, text in HOSTILE.items()}
    for segment in made.values():
        _ = segment.reading
    return made


_Look = tuple[str, Segment, tuple[Span, ...] | Exception]


def _looks(subject: Subject) -> tuple[_Look, ...]:
    """Return what is found in every case and hostile text, below the threshold too, or what is raised.

    Computed once a subject: six rules look at the same spans.
    """
    if "looks" not in subject.memo:
        everything = [(case.id, case.segment) for case in subject.cases()] + list(hostile_segments().items())
        looks: list[_Look] = []
        for case_id, segment in everything:
            try:
                spans = tuple(span for detector in subject.detectors for span in detector.detect(segment))
            except Exception as error:  # noqa: BLE001  # C9 reports it
                looks.append((case_id, segment, error))
            else:
                looks.append((case_id, segment, spans))
        subject.memo["looks"] = tuple(looks)
    known: tuple[_Look, ...] = subject.memo["looks"]
    return known


def _sweep(subject: Subject, complaint: Callable[[Segment, Span], str | None]) -> Iterator[Verdict]:
    """Yield one verdict per text: failed with the first span that ``complaint(segment, span)`` has words for."""
    for case_id, segment, spans in _looks(subject):
        if isinstance(spans, Exception):
            continue
        words = next((found for span in spans if (found := complaint(segment, span))), None)
        yield failed(case_id, words) if words else passed(case_id)


@rule(Level.MUST, "A detector has a lower-case name, kinds that its plugin registered, and known capabilities")
def c1_declaration(subject: Subject) -> Iterator[Verdict]:
    """Look at what a detector says about itself.

    If this fails: give every detector a unique lower-case ``name``, a non-empty frozenset ``kinds`` of upper-case
    names that ``masker_register_kinds`` returns, and in ``capabilities`` (if you set it) only ``written``,
    ``spoken`` and ``context``.
    """
    names = [getattr(detector, "name", None) for detector in subject.detectors]
    for number, detector in enumerate(subject.detectors, 1):
        case = f"detector-{number}"
        name, kinds = names[number - 1], getattr(detector, "kinds", None)
        capabilities = getattr(detector, "capabilities", CAPABILITIES)
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            yield failed(case, "name must be a lower-case string")
        elif names.count(name) > 1:
            yield failed(case, f'name "{name}" is used twice')
        elif not isinstance(kinds, frozenset) or not kinds:
            yield failed(case, f'detector "{name}": kinds must be a non-empty frozenset')
        elif bad := sorted(kind for kind in kinds if not (isinstance(kind, str) and _KIND.fullmatch(kind))):
            yield failed(case, f'detector "{name}": {bad} are no kind names')
        elif subject.registered is not None and kinds - subject.registered:
            yield failed(case, f'detector "{name}": {sorted(kinds - subject.registered)} were not registered')
        elif not isinstance(capabilities, frozenset) or not capabilities <= CAPABILITIES:
            yield failed(case, f'detector "{name}": capabilities must be a frozenset out of {sorted(CAPABILITIES)}')
        elif not capabilities & {"written", "spoken"}:
            yield failed(case, f'detector "{name}": claims neither the written nor the spoken form')
        else:
            yield passed(case)


@rule(Level.MUST, "Every span lies within the text")
def c2_spans_in_range(subject: Subject) -> Iterator[Verdict]:
    """Compare offsets with the length of the text, on fixtures and hostile texts.

    If this fails: return half-open code-point offsets into ``segment.text``. A match in ``segment.reading.text`` has
    to go through ``segment.reading.source(start, end)`` first.
    """

    def complaint(segment: Segment, span: Span) -> str | None:
        if type(span.start) is not int or type(span.end) is not int:
            return "offsets must be int"
        if not (0 <= span.start <= len(segment.text) and span.end <= len(segment.text)):
            return f"span {span.start}:{span.end} in a text of {len(segment.text)} characters"
        return None

    yield from _sweep(subject, complaint)


@rule(Level.MUST, "No span is empty")
def c3_spans_not_empty(subject: Subject) -> Iterator[Verdict]:
    """Look for spans that end where they start, or before.

    If this fails: skip matches of length zero; a pattern of optional parts only matches everywhere.
    """
    yield from _sweep(
        subject,
        lambda _, span: f"span {span.start}:{span.end} is empty" if span.start >= span.end else None,
    )


@rule(Level.MUST, "Every span is of a kind that its detector declares")
def c4_kinds_declared(subject: Subject) -> Iterator[Verdict]:
    """Compare each span's kind with the detector's ``kinds``.

    If this fails: add the kind to ``kinds`` (and register it), or correct its spelling in the span.
    """
    yield from _sweep(
        subject,
        lambda _, span: f"kind {span.kind!r} is not declared" if span.kind not in subject.kinds else None,
    )


@rule(Level.MUST, "Every score is a number from 0 to 1")
def c5_scores_in_range(subject: Subject) -> Iterator[Verdict]:
    """Look at the scores: not a number compares with nothing, so no policy could decide on it.

    If this fails: clamp the score to 0..1 and never divide by zero on the way to it.
    """

    def complaint(_: Segment, span: Span) -> str | None:
        number = isinstance(span.score, (int, float)) and math.isfinite(span.score)
        return None if number and 0 <= span.score <= 1 else f"score {span.score!r}"

    yield from _sweep(subject, complaint)


def _sample(subject: Subject, most: int = 60) -> list[Case]:
    """Return up to ``most`` cases, evenly spread, so that rules about repetition stay quick."""
    cases = list(subject.cases())
    step = max(1, len(cases) // most)
    return cases[::step][:most]


def _look(subject: Subject, segment: Segment) -> object:
    """Return what is found, or the type of what is raised, to compare with another look."""
    try:
        return subject.detect(segment)
    except Exception as error:  # noqa: BLE001  # C9 reports it
        return type(error)


@rule(Level.MUST, "The same segment gives the same spans, in one process as in the next")
def c6_deterministic(subject: Subject) -> Iterator[Verdict]:
    """Detect the same segment three times in a row.

    If this fails: look for randomness, clocks, and sets of strings whose order decides (it changes from process to
    process).
    """
    for case in _sample(subject):
        looks = [_look(subject, case.segment) for _ in range(3)]
        same = looks[0] == looks[1] == looks[2]
        yield passed(case.id) if same else failed(case.id, "three looks at one segment differ")


@rule(Level.MUST, "What was seen before does not matter")
def c7_stateless(subject: Subject) -> Iterator[Verdict]:
    """Detect the cases forwards and backwards, with other text in between.

    If this fails: keep nothing on the detector while detecting; what a detector may know of earlier turns is in
    ``segment.question`` and ``segment.since``.
    """
    cases = _sample(subject)
    forwards = {case.id: _look(subject, case.segment) for case in cases}
    other = Segment("my number is 415 555 0123, my name is Sarah Chen, member id W123456789, code AB-1234")
    for case in reversed(cases):
        _look(subject, other)
        again = _look(subject, case.segment)
        same = again == forwards[case.id]
        yield passed(case.id) if same else failed(case.id, "found other spans after other texts had been seen")


@rule(Level.MUST, "Several threads may detect at once")
def c8_thread_safe(subject: Subject) -> Iterator[Verdict]:
    """Detect the cases in four threads, each in its own order, and compare with one thread.

    If this fails: keep what one call needs in local variables, not on the detector or in a module.
    """
    import sys

    cases = _sample(subject, 40)
    alone = {case.id: _look(subject, case.segment) for case in cases}
    wrong: set[str] = set()
    gate = threading.Barrier(4)

    def work(turn: int) -> None:
        gate.wait(timeout=30)
        for lap in range(2):
            for case in cases[turn::4] + cases[: turn + lap] + cases[turn + lap :]:
                if _look(subject, case.segment) != alone[case.id]:
                    wrong.add(case.id)

    threads = [threading.Thread(target=work, args=(turn,), daemon=True) for turn in range(4)]
    interval = sys.getswitchinterval()
    # Threads change hands often, so that a shared variable shows in a short run.
    sys.setswitchinterval(1e-5)
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(interval)
    for case in cases:
        yield failed(case.id, "found other spans among other threads") if case.id in wrong else passed(case.id)


@rule(Level.MUST, "No text makes a detector raise")
def c9_safe_on_any_text(subject: Subject) -> Iterator[Verdict]:
    r"""Detect hostile texts, also as answers and JSON leaves, and every fixture.

    If this fails: a detector that raises stops the caller's request. Handle the empty text, a million characters,
    unpaired surrogates (they cannot be encoded) and digits that ``int()`` or ``\d`` take and your table does not.
    """
    for case_id, _, spans in _looks(subject):
        raised = type(spans).__name__ if isinstance(spans, Exception) else None
        yield failed(case_id, f"raised {raised}") if raised else passed(case_id)
    question = Turn("assistant", "what is your number?")
    for name, text in HOSTILE.items():
        if len(text) > 5000:
            continue
        variants = (Segment(text, "user", None, question), Segment(text, "tool", "id"), Segment("x", "tool", text))
        raised = next((error for segment in variants if (error := _raises(subject, segment))), None)
        case_id = f"{name}-in-context"
        yield failed(case_id, f"raised {raised}") if raised else passed(case_id)


def _raises(subject: Subject, segment: Segment) -> str | None:
    found = _look(subject, segment)
    return found.__name__ if isinstance(found, type) else None


@rule(Level.MUST, "Offsets count code points, also after astral characters")
def c10_code_points(subject: Subject) -> Iterator[Verdict]:
    """Put characters of one, two, three and four UTF-8 bytes (one or two UTF-16 units) before a positive.

    If this fails: offsets were counted in bytes, in UTF-16 units, or in a normalised copy. Count code points of
    ``segment.text``.
    """
    from masker_conformance.checks.detection import compare_padded, padded_cases

    for case in padded_cases(subject, 20):
        for name, padding in (
            ("astral", "Oh 🙂🩺 𠮷野家.\n\n"),
            ("accents", "Café, straße, жизнь, 漢字, re\u0301sume\u0301.\n\n"),
        ):
            yield compare_padded(subject, case, padding, f"{case.id}-{name}")
