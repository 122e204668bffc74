"""Pieces of a number that the assistant repeats: masked with the token that the caller's own words got."""

import pytest

from masker.core.policy import Policy
from masker.core.segments import Segment
from masker.core.spans import Span
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
        ("<7>", "I have 7 of them", "I have 7 of them"),
        ("<abc>", "abc then", "abc then"),
    ],
)
def test_what_was_just_said_is_masked_when_it_is_repeated(said: str, repeated: str, becomes: str) -> None:
    """In whatever form, as a whole, with its own token; nothing shorter and nothing that is all letters."""
    assert becomes == masked(said, repeated)[1]


def test_it_holds_for_some_turns_of_the_assistant_alone() -> None:
    """Later, and in what others say, the same few digits are chance."""
    turns = masked("<219>", "Go on.", "219 apples", "That was 219.", *["yes", "And?"] * (WITHIN // 2 - 2), "ok", "219 it is")
    assert ["[SSN_1]", "Go on.", "219 apples", "That was [SSN_1]."] == turns[:4]
    assert "219 it is" == turns[-1]
    assert "got 219" == masked("<219>", "got 219", path=False)[1]


def test_a_policy_decides_here_too() -> None:
    """What it keeps in the assistant's turns stays; what it redacts has no token."""
    kept = Policy.from_toml('[[rules]]\nkind = "SSN"\nrole = "assistant"\naction = "keep"\n')
    assert "got 219" == masked("<219>", "got 219", policy=kept)[1]
    redacted = Policy.from_toml('[kinds.SSN]\naction = "redact"\n')
    assert ["[REDACTED:SSN]", "got [REDACTED:SSN]"] == masked("<219>", "got 219", policy=redacted)
