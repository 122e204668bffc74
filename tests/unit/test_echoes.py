"""Pieces of a number that the assistant repeats: masked with the token that the caller's own words got."""

import re

import pytest

from masker import Kind, PatternDetector, Rule, hookimpl
from masker.core.policy import Policy
from masker.core.segments import Segment
from masker.core.spans import Span
from masker.host.engine import Engine
from masker.host.manager import create_plugin_host
from masker.masking.echoes import WITHIN
from masker.masking.masker import mask_segments
from masker.masking.vault import Vault


def masked(*turns: str, policy: Policy | None = None, path: bool = True) -> list[str]:
    """Return the turns of a call, the caller's first, masked; what stands in ``<>`` was found as an SSN."""
    segments, spans = [], []
    for number, turn in enumerate(turns):
        before, _, rest = turn.partition("<")
        value, _, after = rest.partition(">")
        role = "assistant" if number % 2 else "user"
        where = ("messages", number, "content") if path else ()
        segments.append(Segment(before + value + after, role, path=where))
        spans.append([Span(len(before), len(before) + len(value), "SSN", 1.0, "test")] if value else [])
    return list(mask_segments(segments, spans, Vault(), policy or Policy()).texts)


@pytest.mark.parametrize(
    ("said", "repeated", "becomes"),
    [
        ("it's <219>", "I've got 219, and then?", "I've got [SSN_1], and then?"),
        ("it's <two one nine>", "Alright, 2 1 9 noted. The next 2?", "Alright, [SSN_1] noted. The next 2?"),
        ("<2, 1, 9>", "two-one-nine so far", "[SSN_1] so far"),
        ("<09>", "So 09? Or 90, or 1090?", "So [SSN_1]? Or 90, or 1090?"),
        ("<w12>", "W 12, please go on", "[SSN_1], please go on"),
        ("<219>", "[SSN_1] 219 [MRN_7]", "[SSN_1] [SSN_2] [MRN_7]"),
        ("it's <415-555-0134>", "0134, thanks. Room 134?", "[SSN_2], thanks. Room [SSN_3]?"),
        ("it's <four one five double five five oh one three four>", "one three four yes", "[SSN_2] yes"),
        ("it's <415-555-0185>", "you owe one hundred eighty five dollars", "you owe one hundred eighty five dollars"),
        ("<09>", "I've got oh nine, not zero eight", "I've got [SSN_1], not zero eight"),
        ("<219-09>", "Thanks, 219. And 09 then?", "Thanks, [SSN_2]. And [SSN_3] then?"),
        ("<222 and>", "I've got 222. What's next?", "I've got [SSN_1]. What's next?"),
        ("<7>", "I have 7 of them", "I have 7 of them"),
        ("<abc>", "abc then", "abc then"),
    ],
)
def test_what_was_just_said_is_masked_when_it_is_repeated(said: str, repeated: str, becomes: str) -> None:
    """In whatever form, as a whole, with its own token; nothing shorter and nothing that is all letters."""
    assert becomes == masked(said, repeated)[1]


@pytest.mark.parametrize(
    ("answers", "becomes"),
    [
        ("Saved 219.", "Saved [SSN_1]."),
        ("219", "[SSN_1]"),
        ("2-1-9 ok", "[SSN_1] ok"),
        ("room 2190, 09 minutes", "room 2190, 09 minutes"),
        (f"219 {'and so on ' * 10}", f"219 {'and so on ' * 10}"),
    ],
)
@pytest.mark.parametrize("role", ["tool", "function"])
def test_a_tool_confirms_what_was_just_said(role: str, answers: str, becomes: str) -> None:
    """In a few words; two digits in what it answers are a count or a time."""
    said = [("user", "219"), ("user", "09"), ("assistant", "ok"), (role, answers)]
    segments = [Segment(text, who, path=("messages", at, "content")) for at, (who, text) in enumerate(said)]
    spans = [[Span(0, len(text), "SSN", 1.0, "test")] if who == "user" else [] for who, text in said]
    assert becomes == list(mask_segments(segments, spans, Vault(), Policy()).texts)[-1]


def test_it_holds_for_some_turns_of_the_assistant_alone() -> None:
    """Later, and in what others say, the same few digits are chance."""
    turns = masked(
        "<219>", "Go on.", "219 apples", "That was 219.", *["yes", "And?"] * (WITHIN // 2 - 2), "ok", "219 it is"
    )
    assert ["[SSN_1]", "Go on.", "219 apples", "That was [SSN_1]."] == turns[:4]
    assert "219 it is" == turns[-1]
    assert "got 219" == masked("<219>", "got 219", path=False)[1]


def test_a_number_in_pieces_is_known_as_a_whole() -> None:
    """Once it is said; not what is cut by other turns, nor what comes to too little."""
    pieces = ("<415>", "ok", "<555>", "ok", "<0134>", "So 415-555-0134, or 415555?")
    assert "So [SSN_4], or [SSN_5]?" == masked(*pieces)[-1]
    assert "219098765" in masked("<219>", "?", "no", "?", "<098765>", "219098765?")[-1]
    assert "219219098765" in masked(*["<219>", "?"] * 9, "219219098765?")[-1]
    assert "is 4155 right" == masked("<41>", "?", "<55>", "is 4155 right")[-1]


def test_what_is_remembered_of_the_request_before_changes_nothing() -> None:
    """The same request again, and one that goes on: nothing was found in the assistant's turn by itself."""
    engine = Engine(create_plugin_host(load_entrypoints=False, plugins={"numbers": Numbers()}))
    turns = ["What is your number?", "219", "I've got 219. What's next?", "09", "So 219 and 09, and?", "9999"]
    roles = ["assistant", "user"] * 3

    def body(count: int) -> dict[str, object]:
        messages = [{"role": role, "content": text} for role, text in zip(roles, turns, strict=True)]
        return {"model": "m", "messages": messages[:count]}

    for count in (2, 3, 4, 5, 6, 6):
        masking = engine.open(body(count), policy=Policy(), agent="a", request_id="r")
        for _ in masking.steps():
            pass
        sent = [message["content"] for message in masking.body["messages"]]
        masking.close()
        assert (
            sent
            == [
                turns[0],
                "[SSN_1]",
                "I've got [SSN_1]. What's next?",
                "[SSN_2]",
                "So [SSN_1] and [SSN_2], and?",
                "[SSN_3]",
            ][:count]
        )


class Numbers:
    """Finds turns that are nothing but digits."""

    @hookimpl
    def masker_register_kinds(self) -> list[Kind]:
        return [Kind("SSN", "An SSN.", "number")]

    @hookimpl
    def masker_register_detectors(self, settings: object) -> list[PatternDetector]:
        return [PatternDetector("numbers", [Rule("SSN", re.compile(r"\A\d+\Z"))])]


def test_a_policy_decides_here_too() -> None:
    """What it keeps in the assistant's turns stays; what it redacts has no token."""
    kept = Policy.from_toml('[[rules]]\nkind = "SSN"\nrole = "assistant"\naction = "keep"\n')
    assert "got 219" == masked("<219>", "got 219", policy=kept)[1]
    redacted = Policy.from_toml('[kinds.SSN]\naction = "redact"\n')
    assert ["[REDACTED:SSN]", "got [REDACTED:SSN]"] == masked("<219>", "got 219", policy=redacted)
