"""Chapter S: however the text is cut, the same comes out, and as early as it can.

Every rehydration fixture is run again under every chunking and compared with the oracle's one-shot replacement.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from masker_conformance import oracle
from masker_conformance.checks.rehydration import cuts, run_chunks, stream_fixtures
from masker_conformance.checks.work import count_steps
from masker_conformance.fixtures import rehydration_cases
from masker_conformance.rules import Level, Verdict, failed, passed, rule
from masker_conformance.subjects import RehydratorSubject

_TOKENS = {"[NAME_1]": "Sarah Chen", "[NAME_12]": "Omar", "[HEALTH_PLAN_1]": "W123"}
_PROSE = "Yes, I can see that now [1]; the N in NAME is 50 % of it. HEALTH \\ PLAN? [NAME] [name_3] Nothing more."


@rule(Level.MUST, "Any cut gives what one-shot replacement gives")
def s1_any_cut(subject: RehydratorSubject) -> Iterator[Verdict]:
    """Run every must-level rehydration fixture whole, by characters, by pairs, in every two parts and in seeded pieces.

    If this fails: the decision about a piece was taken before the text that decides it had come; hold it until then.
    """
    yield from stream_fixtures(subject, "S1")
    for case in rehydration_cases():
        if case.level is not Level.MUST:
            continue
        expected = run_chunks(subject, case.tokens, [case.input], in_json=case.json)
        wrong = next(
            (
                (name, got)
                for name, pieces in cuts(case.input)
                if (got := run_chunks(subject, case.tokens, pieces, in_json=case.json)) != expected
            ),
            None,
        )
        own = case.expected if not case.json else expected
        if wrong:
            yield failed(case.id, f"{case.input!r} cut by {wrong[0]} became {wrong[1]!r}, whole {expected!r}")
        elif expected != own:
            yield failed(case.id, f"{case.input!r} became {expected!r}, expected {own!r}")
        else:
            yield passed(case.id)


def _held_wrongly(subject: RehydratorSubject, text: str, tokens: Mapping[str, str], *, in_json: bool) -> str | None:
    """Feed a text by characters; return what was held though it could not become a token any more, or ``None``."""
    made = subject.make(tokens, in_json)
    out = ""
    for at in range(1, len(text) + 1):
        out += made.feed(text[at - 1])
        held = _held(text[:at], out, tokens, in_json=in_json)
        if held is None:
            return f"the output is no beginning of the answer after {text[:at]!r}"
        before = text[at - len(held) - 1 : at - len(held)]
        if not oracle.held_is_live(held, before, tokens, in_json=in_json):
            return f"held {held!r} after {text[:at]!r}"
    return None


def _held(taken: str, out: str, tokens: Mapping[str, str], *, in_json: bool) -> str | None:
    """Return the shortest end of what was taken that explains what has not come out yet."""
    for length in range(len(taken) + 1):
        done = taken[: len(taken) - length]
        if oracle.rehydrate(done, tokens, in_json=in_json) == out:
            return taken[len(done) :]
    return None


@rule(Level.MUST, "What is held is always the beginning of a live token")
def s2_holds_the_least(subject: RehydratorSubject) -> Iterator[Verdict]:
    """Feed by characters and compare what is out with what has come in, after every one of them.

    If this fails: give text back as soon as it can no longer become a token that this request issued; ``[`` before a
    letter that begins none of them is prose.
    """
    yield from stream_fixtures(subject, "S2")
    texts = {
        case.id: (case.input, case.tokens, case.json) for case in rehydration_cases() if case.rule in {"R1", "R3", "R4"}
    }
    texts["prose"] = (_PROSE, _TOKENS, False)
    for name, (text, tokens, in_json) in texts.items():
        if in_json:
            continue
        wrong = _held_wrongly(subject, text, tokens, in_json=in_json)
        yield failed(name, wrong) if wrong else passed(name)


@rule(Level.MUST, "Bytes cut inside a character change nothing")
def s3_cut_characters(subject: RehydratorSubject) -> Iterator[Verdict]:
    """Stream UTF-8 bytes cut inside characters through an incremental decoder; some feeds are empty.

    If this fails: an empty feed must return what an empty text deserves, and nothing may be decided by its length.
    """
    yield from stream_fixtures(subject, "S3")


@rule(Level.MUST, "An unfinished token is flushed as it is, and a flush leaves nothing behind")
def s4_flush(subject: RehydratorSubject) -> Iterator[Verdict]:
    """End the text inside every token, at every place, and flush twice.

    If this fails: ``flush`` returns what is held, a complete bare token as its value, anything else as it stands; then
    nothing is held.
    """
    yield from stream_fixtures(subject, "S4")
    for name, text in (
        ("bracket", "so [HEALTH_PLAN_1]"),
        ("bare", "so HEALTH_PLAN_1"),
        ("markdown", "so \\[NAME\\_1\\]"),
    ):
        wrong = None
        for end in range(len(text)):
            made = subject.make(_TOKENS, False)
            got = made.feed(text[:end]) + made.flush()
            if got != oracle.rehydrate(text[:end], _TOKENS):
                wrong = wrong or f"{text[:end]!r} became {got!r}"
            if made.flush() != "":
                wrong = wrong or f"a second flush after {text[:end]!r} returned text"
        yield failed(name, wrong) if wrong else passed(name)


@rule(Level.MUST, "What is held is bounded, and the work is linear")
def s5_bounded(subject: RehydratorSubject) -> Iterator[Verdict]:
    """Stream thousands of false beginnings; count the characters held and the lines of Python that run.

    If this fails: do not look at the whole of what has come for every chunk; a live token has a longest form, and
    nothing longer is ever held.
    """
    longest = 4 * max(map(len, _TOKENS))
    for name, unit in (
        ("brackets", "["),
        ("starts", "[NAME_"),
        ("words", "NAME "),
        ("percent", "%5B"),
        ("slashes", "\\"),
        ("prose", "a b"),
    ):
        made = subject.make(_TOKENS, False)
        given = taken = most = 0
        for _ in range(1500):
            given += len(unit)
            taken += len(made.feed(unit))
            most = max(most, given - taken)
        if most > longest:
            yield failed(name, f"{most} characters of {unit!r} were held")
            continue
        steps = []
        for count in (500, 1000):
            fresh = subject.make(_TOKENS, False)
            steps.append(count_steps(lambda fresh=fresh, count=count: [fresh.feed(unit) for _ in range(count)]))  # type: ignore[misc]  # noqa: B023
        grew = steps[1] > 2.5 * steps[0] + 400
        yield failed(name, f"{steps[0]} steps for 500 chunks, {steps[1]} for 1,000") if grew else passed(name)
