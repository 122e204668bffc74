"""The reading and every installed detector, on texts that nobody would write: no exception, and spans that are spans."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from masker.core.policy import Policy
from masker.core.segments import Turn
from tests.attack.canaries import CANARIES, DISGUISES

QUICK = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True)

#: Pieces of what people say, write and mistype: values whole and cut, cues, spelled and spoken numbers, odd characters.
PIECES = st.one_of(
    st.sampled_from(
        [*(canary.written for canary in CANARIES.values()), *(spoken for canary in CANARIES.values() for spoken in canary.spoken),
         *(canary.asked for canary in CANARIES.values()), "my name is", "born", "at", "dot", "dash", "double", "triple", "oh", "hundred",
         "thousand", "and", "st", "nineteen", "a as in alpha", "x-ray", "/", "@", "#", ":", "(", ")", "[NAME_1]", "\n", "\t", "  ", "\u200b",
         "\u2028", "\u0301", "\U0001f600", "ß", "İ", "ﬁ", "１２", "&#65;", "%41", "\\u0041", "{", '{"a": "', "0" * 40, "a" * 300]
    ),
    st.text(max_size=6),
    st.text(alphabet="0123456789 -./()", max_size=12),
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=12).flatmap(
    lambda pieces: st.sampled_from([" ", "", ", ", "-", "\n"]).map(lambda glue: glue.join(pieces))
)


def test_any_text_is_searched(installed: Any, rounds: Any) -> None:
    """In any role, disguised or not, alone or after a question: sorted, disjoint, in range; and the same the next time."""

    @QUICK
    @given(
        TEXTS,
        st.sampled_from(["user", "assistant", "tool", "system"]),
        st.sampled_from([str, *DISGUISES.values()]),
        TEXTS,
    )
    def law(text: str, role: str, disguise: Any, before: str) -> None:
        turns = [Turn("assistant", before), Turn(role, disguise(text))]
        found = installed.detect(turns, Policy())
        assert len(turns) == len(found)
        for turn, spans in zip(turns, found, strict=True):
            ends = [0, *(end for span in spans for end in (span.start, span.end))]
            assert ends == sorted(ends)
            assert ends[-1] <= len(turn.text)
            assert all(span.start < span.end for span in spans)
        assert found == installed.detect(turns, Policy())

    rounds(law)
