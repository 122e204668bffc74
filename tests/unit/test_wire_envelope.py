"""What voice platforms add is taken off, and tells who is calling."""

from __future__ import annotations

import json
from typing import Any

import pytest

from masker.wire.bodies import parse_body
from masker.wire.request import Envelope, take_envelope


def taken(**fields: Any) -> Envelope:
    body = {"model": "m", "messages": [{"role": "user", "content": "hi"}], **fields}
    raw = json.dumps(body).encode()
    parsed = parse_body(raw)
    envelope = take_envelope(parsed)
    assert parsed == parse_body(raw), "the caller's body was changed"
    return envelope


def seeds(**fields: Any) -> list[tuple[str | None, str]]:
    return [(seed.kind, seed.text) for seed in taken(**fields).seeds]


def test_a_plain_request_stays_as_it_is() -> None:
    """Not even copied; its metadata is OpenAI's own."""
    body = {"model": "m", "messages": [{"role": "user", "content": "hi"}], "metadata": {"name": "x"}, "extra": 1}
    envelope = take_envelope(body)
    assert envelope.body is body
    assert () == envelope.seeds


@pytest.mark.parametrize("name", ["call", "customer", "phoneNumber", "assistant", "timestamp"])
def test_vapi_fields_go_with_metadata_beside_them(name: str) -> None:
    """Each of them; other unknown fields stay."""
    assert ["model", "messages", "extra"] == list(taken(**{name: {}, "metadata": {}, "extra": 1}).body)


@pytest.mark.parametrize("name", ["user_id", "elevenlabs_extra_body"])
def test_elevenlabs_fields_go_and_leave_metadata(name: str) -> None:
    """Metadata is then OpenAI's."""
    assert ["model", "messages", "metadata"] == list(taken(**{name: {}, "metadata": {}}).body)


def test_word_confidences_go_from_messages() -> None:
    """With the metadata that held nothing else."""
    words = [{"word": "sarah", "confidence": 0.9}]
    messages = [
        {"role": "user", "content": "a", "words": words, "metadata": {"wordLevelConfidence": words}},
        {"role": "user", "content": "b", "metadata": {"wordLevelConfidence": words, "x": 1}},
        {"role": "user", "content": "c", "words": "said"},
    ]
    first, second, third = taken(messages=messages).body["messages"]
    assert ["role", "content"] == list(first)
    assert ["x"] == list(second["metadata"])
    assert "said" == third["words"]


def test_the_caller_seeds() -> None:
    """The customer, the call's customer and the call's variables, by the kind their key names."""
    assert [
        ("PHONE", "+14155550134"),
        ("NAME", "Sarah Chen"),
        ("EMAIL", "sarah@example.org"),
        ("NAME", "Pedro Ruiz"),
        ("DATE", "1982-03-04"),
        ("MRN", "00123"),
        (None, "likes jazz"),
        ("PHONE", "+14155550135"),
    ] == seeds(
        call={
            "id": "call-1",
            "customer": {"number": "+14155550134", "name": "Sarah Chen", "email": "sarah@example.org"},
            "assistantOverrides": {
                "variableValues": {
                    "patientName": "Pedro Ruiz",
                    "dob": "1982-03-04",
                    "mrn": "00123",
                    "note": "likes jazz",
                }
            },
            "phoneNumber": {"number": "+14155550100", "name": "Front desk"},
            "assistant": {"name": "Riley", "metadata": {"name": "Riley"}},
        },
        customer={"number": "+14155550135"},
        phoneNumber={"number": "+14155550100", "twilioAuthToken": "secret"},
        assistant={"name": "Riley", "firstMessage": "Hello, this is Riley."},
    )


def test_numbers_and_lists_seed_too() -> None:
    """A phone number may be a JSON number; a list's values stand under the list's key."""
    assert [("PHONE", "4155550134"), ("NAME", "Sarah"), ("NAME", "Pedro")] == seeds(
        customer={"phone": 4155550134, "names": ["Sarah", "Pedro"]}
    )


def test_placeholders_are_candidates_only() -> None:
    """A web call comes from the number "anonymous"; masking that word would be wrong."""
    assert [(None, "anonymous"), (None, "Unknown Caller"), (None, "none"), (None, "n/a")] == seeds(
        customer={"number": "anonymous", "name": "Unknown Caller", "email": "none", "dob": "n/a"}
    )


def test_only_ages_over_89_seed() -> None:
    """Others identify nobody."""
    assert [(None, "45"), ("AGE", "93")] == seeds(customer={"age": 45, "patientAge": 93})


def test_the_same_value_seeds_once() -> None:
    """However often the platform repeats it."""
    customer = {"number": "+14155550134"}
    assert [("PHONE", "+14155550134")] == seeds(call={"customer": customer}, customer=customer)


def test_the_platforms_clock_is_no_caller_date() -> None:
    """Vapi puts the current time among the variables."""
    variables = {
        "now": "Nov 22, 2026",
        "date": "Nov 22, 2026",
        "year": "2026",
        "currentDate": "x",
        "createdAt": "x",
        "birthYear": "1982",
    }
    assert [(None, "1982")] == [
        (None, text) for _, text in seeds(call={"assistantOverrides": {"variableValues": variables}})
    ]


def test_elevenlabs_dynamic_variables_seed() -> None:
    """With the user's id as a candidate for the detectors."""
    assert [(None, "+14155550134"), ("NAME", "Sarah")] == seeds(
        user_id="+14155550134", elevenlabs_extra_body={"dynamic_variables": {"patient_name": "Sarah"}}
    )


def test_nothing_shows_content() -> None:
    """Neither a seed nor the envelope."""
    assert "Sarah" not in repr(taken(customer={"Sarah": "Sarah", "name": "Sarah"}))
