"""The two state machines that every reply goes through, driven by Hypothesis."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from masker.masking.rehydrator import Rehydrator
from masker.masking.vault import Vault
from masker.wire.sse import EventTooLarge, SSEDecoder

QUICK = settings(
    max_examples=60, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck), derandomize=False
)

VALUES = {"NAME": 'Maribel "Oko" [PHONE_1] \\', "PHONE": "415-555-0134", "HEALTH_PLAN": "NAME_1\n"}
PIECES = st.one_of(
    st.sampled_from(
        ["[", "]", "\\", "_", "1", "NAME", "name", "[NAME_1]", "NAME_1", "[PHONE", " 1", "-1]", "%5B", "%5D", "%", "HEALTH", "PLAN",
         "[HEALTH_PLAN_1]", "[NAME_2]", "[NAME_3]", '"', "{", "}", ":", ",", "\n", "'s", "**", "é", "\u2028", "😀", " ", "x", "PHONE_1", "2"]
    ),
    st.text(alphabet="[]NAME_1 phone\\%5BDF2é\n", max_size=6),
    st.text(max_size=3),
)  # fmt: skip


def a_vault() -> Vault:
    vault = Vault(reserved={"NAME_2"})
    for kind, text in VALUES.items():
        vault.token_for(kind, text)
    return vault


class RehydratorMachine(RuleBasedStateMachine):
    """Whatever comes in whatever pieces: the same as all at once, and never a piece of a live token too early."""

    @initialize(json_mode=st.booleans(), for_tool=st.booleans())
    def begin(self, json_mode: bool, for_tool: bool) -> None:
        self.options: dict[str, Any] = {"json": json_mode, "for_tool": for_tool}
        self.one = Rehydrator(a_vault(), **self.options)
        self.fed = ""
        self.out = ""

    @rule(piece=PIECES)
    def feed(self, piece: str) -> None:
        self.fed += piece
        self.out += self.one.feed(piece)

    @rule()
    def feed_nothing(self) -> None:
        assert not self.one.feed("")

    @precondition(lambda self: hasattr(self, "one"))
    @invariant()
    def what_is_out_is_a_prefix_of_what_will_be(self) -> None:
        for rest in ("", "]", "1]", "_1]", " and so on."):
            other = Rehydrator(a_vault(), **self.options)
            assert (other.feed(self.fed + rest) + other.flush()).startswith(self.out)

    def teardown(self) -> None:
        if hasattr(self, "one"):
            other = Rehydrator(a_vault(), **self.options)
            assert other.feed(self.fed) + other.flush() == self.out + self.one.flush()
            assert not self.one.flush()


BYTES = st.one_of(
    st.sampled_from(
        [b"\n", b"\r", b"\r\n", b"\n\n", b"\r\r", b"data:", b"data: ", b"data", b"event: x\n", b"id: 1\r", b": c\n", b"retry: 3\n\n",
         b'{"a": 1}', b"[DONE]", b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"\xff", b"\x00", b":", b" ", b"data: x\n\n", b"data:\ndata:\n\n"]
    ),
    st.binary(max_size=5),
)  # fmt: skip


def by_the_standard(raw: bytes) -> list[bytes]:
    """Return the data of every event that ends, read line by line in the plainest way."""
    lines = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")[:-1]
    if lines:
        lines[0] = lines[0].removeprefix(b"\xef\xbb\xbf")
    found: list[bytes] = []
    held: list[bytes] | None = None
    for line in lines:
        field, _, value = line.partition(b":")
        if not line:
            if held is not None:
                found.append(b"\n".join(held))
            held = None
        elif field == b"data":
            held = [*(held or ()), value.removeprefix(b" ")]
    return found


class DecoderMachine(RuleBasedStateMachine):
    """Not a byte is lost or added, and the events are those of the standard, whatever the cuts."""

    @initialize()
    def begin(self) -> None:
        self.one = SSEDecoder(max_event=4096)
        self.fed = b""
        self.raw = b""
        self.data: list[bytes] = []
        self.failed = False

    @rule(piece=BYTES)
    def feed(self, piece: bytes) -> None:
        if self.failed:
            return
        self.fed += piece
        try:
            events = self.one.feed(piece)
        except EventTooLarge:
            self.failed = True
            return
        self.raw += b"".join(event.raw for event in events)
        self.data += [event.data for event in events if event.data is not None]

    @precondition(lambda self: hasattr(self, "one"))
    @invariant()
    def the_raw_bytes_are_a_prefix(self) -> None:
        assert self.fed.startswith(self.raw)

    def teardown(self) -> None:
        if hasattr(self, "one") and not self.failed:
            # Between CR and LF the decoder may know an event before the line feed has come.
            assert by_the_standard(self.fed) == self.data
            rest = self.one.flush()
            assert self.fed == self.raw + b"".join(event.raw for event in rest)


def test_the_rehydrator_holds_its_laws(rounds: Any) -> None:
    """Same text for any pieces; what is out stays."""
    rounds(lambda: run_state_machine_as_test(RehydratorMachine, settings=QUICK))


def test_the_decoder_holds_its_laws(rounds: Any) -> None:
    """Same events for any pieces; every byte passes."""
    rounds(lambda: run_state_machine_as_test(DecoderMachine, settings=QUICK))


def test_json_stays_json(rounds: Any) -> None:
    """Any JSON that a model writes around tokens is JSON after them, in any two pieces."""
    from hypothesis import given

    @settings(QUICK, max_examples=100)
    @given(
        st.recursive(
            PIECES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(PIECES, inner, max_size=3), max_leaves=5
        ),
        st.data(),
        st.booleans(),
    )
    def law(tree: Any, cuts: Any, ascii_only: bool) -> None:
        text = json.dumps(tree, ensure_ascii=ascii_only)
        at = cuts.draw(st.integers(0, len(text)))
        one = Rehydrator(a_vault(), json=True)
        restored = one.feed(text[:at]) + one.feed(text[at:]) + one.flush()
        json.loads(restored)

    rounds(law)
