"""Transcripts in JSON: what is under one key again and again is said one after the other."""

from __future__ import annotations

import json
from typing import Any

import pytest

from masker.wire.turns import in_turns
from masker.wire.walk import head_slots, message_slots

ASK = "What is your ZIP code?"
NOTHING_ASKED = (None, ())


def questions(document: Any, text: str = "45402") -> list[str | None]:
    """Return the question that each place of a text in a document is an answer to."""
    slots = in_turns(message_slots({"role": "tool", "content": json.dumps(document)}, 0, {}, NOTHING_ASKED))
    found = [slot.segment.question for slot in slots if slot.segment.text == text]
    return [None if question is None else question.text for question in found]


@pytest.mark.parametrize(
    "transcript",
    [
        [{"role": "assistant", "content": ASK}, {"role": "user", "content": "45402"}],
        {"messages": [{"role": "bot", "message": ASK, "time": 1.5}, {"role": "user", "message": "45402", "time": 3}]},
        {"utterances": [{"speaker": 0, "transcript": ASK, "start": 0.1}, {"speaker": 1, "transcript": "45402"}]},
        [{"content": ASK, "role": "agent", "words": []}, {"content": "45402", "role": "user", "words": []}],
        [{"role": "model", "parts": [{"text": ASK}]}, {"role": "user", "parts": [{"text": "45402"}]}],
        [{"bot": ASK}, {"user": "45402"}],
        [{"text": ASK}, {"text": "45402"}],
        {"lines": [ASK, "45402"]},
        {"log": json.dumps([{"who": "agent", "said": ASK}, {"who": "caller", "said": "45402"}])},
    ],
)
def test_an_answer_has_the_question_before_it(transcript: Any) -> None:
    """Whatever the keys are called, and wherever in its object the speaker stands."""
    assert [ASK] == questions(transcript)


def test_a_field_that_holds_a_transcript_is_read_as_one() -> None:
    """In a message or beside the messages; each field by itself."""
    said = [{"role": "assistant", "content": ASK}, {"role": "user", "content": "45402"}]
    body = {"model": "m", "history": said, "messages": [{"role": "user", "content": "hi", "history": said}]}
    for slots in (head_slots(body), message_slots(body["messages"][0], 0, {}, NOTHING_ASKED)):
        (answer,) = [slot.segment for slot in in_turns(slots) if slot.segment.text == "45402"]
        assert answer.question is not None
        assert ASK == answer.question.text
    apart = {"role": "user", "content": "hi", "a": {"content": ASK}, "b": {"content": "45402"}}
    assert not any(slot.segment.question for slot in in_turns(message_slots(apart, 0, {}, NOTHING_ASKED)))


def test_who_speaks_makes_a_bare_noun_a_question() -> None:
    """As in the messages of a request: recognisers write no question marks, and notes hold the same nouns."""
    said = [("agent", "okay and your zip code"), ("caller", "45402")]
    named = [{"text": text, "from": speaker} for speaker, text in said]
    assert ["okay and your zip code"] == questions(named)
    assert ["okay and your zip code"] == questions([dict(reversed(one.items())) for one in named])
    assert [None] == questions([{"text": text} for _, text in said])


def test_instructions_in_a_transcript_leave_the_question_open() -> None:
    """The chat format's system message is nobody's turn."""
    between = {"role": "system", "content": "Ask for the date of birth next."}
    turns = [{"role": "assistant", "content": ASK}, between, {"role": "user", "content": "45402"}]
    assert [ASK] == questions(turns)


def test_other_keys_and_other_documents_are_no_answers() -> None:
    """A value beside a text is no turn, and neither is one in a document of its own."""
    assert [None] == questions([{"text": ASK, "id": "45402"}, {"text": "sure", "id": "7"}])
    assert [None] == questions([{"text": ASK}, {"text": json.dumps({"text": "45402"})}])


def test_without_a_question_a_document_is_as_it_was() -> None:
    """The question before the message goes on to count."""
    content = json.dumps([{"role": "user", "content": "my knee hurts"}, {"role": "user", "content": "a lot"}])
    slots = message_slots({"role": "tool", "content": content}, 0, {})
    assert slots == in_turns(slots)
