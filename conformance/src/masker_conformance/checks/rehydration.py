"""Chapter R: every token that this request issued comes back as its value, and nothing else changes.

Runs the fixtures of ``fixtures/rehydration`` (text in, text out) and what can be generated from them. Each
rehydrator is fed the whole text at once and flushed; chapter S cuts it.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping

from masker_conformance import oracle
from masker_conformance.fixtures import Channel, StreamCase, rehydration_cases, stream_cases
from masker_conformance.rules import Level, Verdict, failed, passed, rule
from masker_conformance.subjects import RehydratorSubject

__all__ = ["cuts", "run_channels", "run_chunks"]

ROUND_TRIPS = (
    "Hi, this is ⟦NAME:Sarah Chen⟧, my number is ⟦PHONE:415-555-0123⟧.",
    "⟦NAME:Zoë Müller-Łukasiewicz⟧ was born on ⟦DATE:3 March 1982⟧; ⟦NAME:Zoë Müller-Łukasiewicz⟧ lives here.",
    "member ⟦HEALTH_PLAN:W123 456 789⟧, record ⟦MRN:88321⟧, mail ⟦EMAIL:s.chen@example.org⟧",
    "⟦NAME:李小龍⟧ 電話 ⟦PHONE:+81 3-5550-0123⟧ 🙂 ⟦NAME:نور⟧",
    'She said "⟦NAME:O\'Neil \\ Sons⟧" and then ⟦OTHER_ID:A"B\\C⟧.\nNext line.',
    "no values here at all, only [brackets] and NAME_TAG and 50 % of it",
    "⟦NAME:A⟧⟦NAME:B⟧⟦NAME:C⟧ side by side",
)


def run_chunks(subject: RehydratorSubject, tokens: Mapping[str, str], chunks: list[str], *, in_json: bool) -> str:
    """Return what comes out when a fresh rehydrator is fed chunk by chunk and flushed."""
    made = subject.make(tokens, in_json)
    return "".join(made.feed(chunk) for chunk in chunks) + made.flush()


def cuts(text: str, seed: int = 7) -> Iterator[tuple[str, list[str]]]:
    """Yield a text under every chunking: whole, characters, pairs, every two-way split, seeded pieces."""
    yield "whole", [text]
    yield "characters", list(text)
    yield "pairs", [text[at : at + 2] for at in range(0, len(text), 2)]
    for at in range(1, len(text)):
        yield f"split-{at}", [text[:at], text[at:]]
    dice = random.Random(seed)
    for lap in range(8):
        pieces, at = [], 0
        while at < len(text):
            size = dice.choice((0, 1, 1, 2, 3, 5, 8))
            pieces.append(text[at : at + size])
            at += size
        yield f"seeded-{lap}", pieces


def _same(got: str, expected: str, *, in_json: bool) -> bool:
    """Return whether two outputs are equal; as JSON documents, ``é`` and its escape are the same."""
    if got == expected:
        return True
    if not in_json:
        return False
    try:
        return bool(json.loads(got) == json.loads(expected))
    except ValueError:
        return False


def _fixtures(subject: RehydratorSubject, rule_id: str) -> Iterator[Verdict]:
    for case in rehydration_cases():
        if case.rule != rule_id:
            continue
        try:
            got = run_chunks(subject, case.tokens, [case.input], in_json=case.json)
        except Exception as error:  # noqa: BLE001  # any failure of a rehydrator is a finding about it
            yield failed(case.id, f"raised {type(error).__name__}", case.level)
            continue
        if _same(got, case.expected, in_json=case.json):
            yield passed(case.id, case.level)
        else:
            yield failed(case.id, f"{case.input!r} became {got!r}, expected {case.expected!r}", case.level)


@rule(Level.MUST, "A live token becomes its value")
def r1_tokens_restored(subject: RehydratorSubject) -> Iterator[Verdict]:
    """Feed texts with tokens in their own form.

    If this fails: compare with one-shot replacement of ``[KIND_n]`` by its value; look at tokens side by side, at the
    very start and at the very end.
    """
    yield from _fixtures(subject, "R1")


@rule(Level.MUST, "A bent token becomes its value too")
def r2_bent_tokens(subject: RehydratorSubject) -> Iterator[Verdict]:
    """Feed the forms into which models bend tokens: other case, blank, dash, line break, Markdown, percent, bare.

    If this fails: accept the forms of section 1.2 of the spec's chapter R; a caller must never hear "name one".
    """
    yield from _fixtures(subject, "R2")


@rule(Level.MUST, "What only resembles a token stays as it is")
def r3_lookalikes_stay(subject: RehydratorSubject) -> Iterator[Verdict]:
    """Feed ``name 1``, ``phone_1``, ``NAME_10`` beside ``NAME_1``, words that contain one, and object keys.

    If this fails: bare tokens count only in upper case, with underscore, as whole words, and never as an object key.
    """
    yield from _fixtures(subject, "R3")


@rule(Level.MUST, "A token that this request did not issue stays as it is")
def r4_foreign_tokens_stay(subject: RehydratorSubject) -> Iterator[Verdict]:
    """Feed tokens that are not in the map, also among live ones, and an empty map.

    If this fails: look a token up before anything else; never guess the nearest one. It may be another caller's.
    """
    yield from _fixtures(subject, "R4")


@rule(Level.MUST, "In JSON, a value is escaped for the string it stands in")
def r5_json_escaped(subject: RehydratorSubject) -> Iterator[Verdict]:
    """Restore values with quotes, backslashes, line breaks and control characters into JSON documents.

    If this fails: write the value as ``json.dumps(value)[1:-1]`` when ``json`` is true, and as it is otherwise.
    """
    yield from _fixtures(subject, "R5")


@rule(Level.MUST, "Restored text is not looked at again")
def r6_not_scanned_again(subject: RehydratorSubject) -> Iterator[Verdict]:
    """Restore values that look like tokens, or that would form one with the text around them.

    If this fails: put the value out at once and go on behind the token; do not feed it back into the text.
    """
    yield from _fixtures(subject, "R6")
    tokens = {"[NAME_1]": "[NAME_2]", "[NAME_2]": "NAME_1", "[NAME_3]": "[NAME"}
    for text in ("[NAME_1]", "[NAME_3]_1]", "[NAME_2]_9", "x [NAME_1][NAME_2] y"):
        expected = oracle.rehydrate(text, tokens)
        wrong = next(
            (name for name, pieces in cuts(text) if run_chunks(subject, tokens, pieces, in_json=False) != expected),
            None,
        )
        case = f"text-{len(text)}"
        yield failed(case, f"{text!r} cut by {wrong} is not {expected!r}") if wrong else passed(case)


def run_channels(subject: RehydratorSubject, case: StreamCase) -> list[list[str]]:
    """Return the outputs of every feed and of the flush, for each channel, fed in the case's order.

    Bytes are decoded as a transport does it: a character cut in two comes with its last byte.
    """
    import codecs

    made = [subject.make(channel.tokens, channel.json) for channel in case.channels]
    decoders = [codecs.getincrementaldecoder("utf-8")() for _ in case.channels]
    waiting: list[Iterator[bytes]] = [iter(channel.chunks) for channel in case.channels]
    outputs: list[list[str]] = [[] for _ in case.channels]
    for number in case.order:
        outputs[number].append(made[number].feed(decoders[number].decode(next(waiting[number]))))
    for number, each in enumerate(made):
        outputs[number].append(each.flush())
    return outputs


def stream_fixtures(subject: RehydratorSubject, rule_id: str) -> Iterator[Verdict]:
    """Yield a verdict for every stream fixture of a rule: the text, and where it says so, when each piece came."""
    for case in stream_cases():
        if case.rule != rule_id:
            continue
        try:
            outputs = run_channels(subject, case)
        except Exception as error:  # noqa: BLE001  # any failure of a rehydrator is a finding about it
            yield failed(case.id, f"raised {type(error).__name__}", case.level)
            continue
        wrong = next(
            (words for channel, out in zip(case.channels, outputs, strict=True) if (words := _differs(channel, out))),
            None,
        )
        yield failed(case.id, wrong, case.level) if wrong else passed(case.id, case.level)


def _differs(channel: Channel, out: list[str]) -> str | None:
    if not _same("".join(out), channel.expected, in_json=channel.json):
        return f"got {''.join(out)!r}, expected {channel.expected!r}"
    if channel.emitted is not None and tuple(out) != channel.emitted:
        return f"the pieces came as {out!r}, expected {list(channel.emitted)!r}"
    return None


@rule(Level.MUST, "Choices and fields do not mix")
def r7_isolated_channels(subject: RehydratorSubject) -> Iterator[Verdict]:
    """Feed several rehydrators in turn, with the same token for different values and tokens cut between them.

    If this fails: keep ``held`` and the tokens on the rehydrator, not on its class or in a module; a dictionary as
    default argument is shared too.
    """
    yield from stream_fixtures(subject, "R7")
    texts = ("a [NAME_1] b [NAME", "c [NAME_1] d [", "[NAME_2] e NAME_1")
    maps = ({"[NAME_1]": "Sarah"}, {"[NAME_1]": "Omar", "[NAME_2]": "Li"}, {"[NAME_2]": "Ann", "[NAME_1]": "Bo"})
    made = [subject.make(tokens, False) for tokens in maps]
    outputs = ["", "", ""]
    for at in range(max(map(len, texts))):
        for number, text in enumerate(texts):
            outputs[number] += made[number].feed(text[at : at + 1])
    for number, (text, tokens) in enumerate(zip(texts, maps, strict=True)):
        outputs[number] += made[number].flush()
        expected = oracle.rehydrate(text, tokens)
        good = outputs[number] == expected
        yield passed(f"turns-{number}") if good else failed(f"turns-{number}", f"{outputs[number]!r}, not {expected!r}")


@rule(Level.MUST, "Mask, echo, stream, restore: the original comes back")
def r8_round_trip(subject: RehydratorSubject) -> Iterator[Verdict]:
    """Mask marked texts with the suite's own masker, let a model echo them, and stream the echo back under every cut.

    If this fails: some character of a value, or around a token, is lost or doubled on the way; the case names the cut.
    """
    for number, marked in enumerate(ROUND_TRIPS, 1):
        plain, masked, tokens = oracle.mask(marked)
        document = json.dumps({"reply": masked, "again": [masked]}, ensure_ascii=False)
        wrong = None
        for name, pieces in cuts(masked, seed=number):
            if run_chunks(subject, tokens, pieces, in_json=False) != plain:
                wrong = wrong or f"cut by {name}"
        for name, pieces in cuts(document, seed=number):
            if not _is_reply(run_chunks(subject, tokens, pieces, in_json=True), plain):
                wrong = wrong or f"as JSON, cut by {name}"
        yield failed(f"trip-{number}", f"{plain!r} did not come back {wrong}") if wrong else passed(f"trip-{number}")


def _is_reply(got: str, plain: str) -> bool:
    try:
        return bool(json.loads(got) == {"reply": plain, "again": [plain]})
    except ValueError:
        return False
