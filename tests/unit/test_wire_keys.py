"""JSON inside text: leaves, their keys, and what a key says."""

from __future__ import annotations

import json

import pytest

from masker.detection.keys import is_field_name, kind_of_key
from masker.detection.leaves import MAX_LEAVES, TooManyLeaves, json_leaves
from masker.errors import InvalidRequest
from masker.wire.walk import message_slots


def keyed(text: str) -> list[tuple[str, str | None]]:
    leaves = json_leaves(text)
    assert leaves is not None
    return [(text[leaf.start : leaf.end], leaf.key) for leaf in leaves if leaf.kind != "key"]


def test_values_stand_under_their_key() -> None:
    """Values of an array under the array's."""
    assert [("D", "dob"), ("1", "n"), ("a", "tags"), ("b", "tags"), ("c", "tags")] == keyed(
        '{"dob":"D","n":1,"tags":["a","b",["c"]]}'
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"telecom":[{"system":"phone","value":"V"}]}', ("V", "phone")),
        ('{"telecom":[{"value":"V","system":"email"}]}', ("V", "email")),
        ('{"identifier":[{"system":"http://hl7.org/fhir/sid/us-ssn","value":"V"}]}', ("V", "ssn")),
        ('{"label":"Date of birth","value":"V"}', ("V", "Date of birth")),
        ('{"name":[{"family":"V"}]}', ("V", "name family")),
        ('{"name":[{"given":["V"]}]}', ("V", "name given")),
        ('{"address":[{"line":["V"]}]}', ("V", "address line")),
        ('{"identifier":[{"system":"https://example.org/x","value":"V"}]}', ("V", "identifier value")),
    ],
)
def test_general_keys_take_their_meaning_from_around(text: str, expected: tuple[str, str]) -> None:
    """FHIR and form shapes: a system or label beside ``value``, or the key above."""
    assert expected in keyed(text)


@pytest.mark.parametrize(
    "text", ["", "Sarah", '"Sarah"', "12", '{"a":', "{a:1}", "[1,2", "[" * 5000, "[NAME_1]", '{"a":1} x']
)
def test_anything_else_has_no_leaves(text: str) -> None:
    """Only a whole object or array has."""
    assert json_leaves(text) is None


def test_raw_line_breaks_in_strings_are_forgiven() -> None:
    """Models write them into their arguments."""
    assert [("a\nb", "x")] == keyed('{"x":"a\nb"}')


@pytest.mark.parametrize("element", ["1", '"a"', '{"a":1}'])
def test_a_document_of_too_many_values_is_no_conversation(element: str) -> None:
    """Nor are many that hold as many together, in one message."""
    with pytest.raises(TooManyLeaves):
        json_leaves("[" + f"{element}," * MAX_LEAVES + "1]")
    half = "[" + f"{element}," * (MAX_LEAVES // 4) + "1]"
    assert json_leaves(half) is not None
    with pytest.raises(InvalidRequest) as caught:
        message_slots({"role": "user", "content": [{"type": "text", "text": half}] * 5}, 0, {})
    assert "invalid_request" == caught.value.code


def test_a_megabyte_is_read() -> None:
    """Strings full of quotation marks and brackets are strings."""
    text = json.dumps([{"a": '"]}{[\\"' * 10}] * 10_000)
    assert 20_000 == len(json_leaves(text) or ())


@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        (
            "PHONE",
            "number phone phoneNumber phone_number customerNumber callback_number mobile cellPhone home_phone caller.number tel",
        ),
        ("PHONE", "phones telephones workPhones callerNumbers"),
        ("SSN", "ssns patient_ssns"),
        ("MRN", "mrns patientIds"),
        ("ADDRESS", "zips addresses"),
        ("DATE", "dobs"),
        ("NAME", "name patientName patient_name firstName lastName full_name callerName surname doctor_name"),
        ("EMAIL", "email emailAddress customer_email"),
        ("DATE", "dob dateOfBirth birth_date birthday appointmentDate"),
        ("MRN", "mrn medical_mrn patientId patient_id chartNumber"),
        ("SSN", "ssn patientSSN social_security_number"),
        ("HEALTH_PLAN", "memberId member_id subscriberId policyNumber group_number insuranceId"),
        ("ADDRESS", "address street_address zip postalCode homeAddress"),
        ("FAX", "fax faxNumber"),
        ("ACCOUNT", "accountNumber iban routing_number"),
        ("CARD", "cardNumber cvv"),
        ("LICENSE", "npi passportNumber driverLicense"),
        ("VEHICLE", "vin licensePlate"),
        ("IP", "ip ipAddress"),
        ("AGE", "age patientAge"),
    ],
)
def test_a_key_names_a_kind_with_or_without_prefix(kind: str, keys: str) -> None:
    """Camel case, snake case, alone."""
    assert dict.fromkeys(keys.split(), kind) == {key: kind_of_key(key) for key in keys.split()}


@pytest.mark.parametrize(
    "key",
    "count total roomNumber clinicName medication_name drugName hospital_name fileName toolName functionName phoneNumberEnabled "
    "phone_type nameFormat address_type status version temperature id value text content emailCount policy account deaths cells numbers ids policies".split(),
)
def test_other_keys_name_none(key: str) -> None:
    """Counts, switches, things and organisations are nobody's identifier."""
    assert kind_of_key(key) is None


@pytest.mark.parametrize("key", [None, "", "_", "x" * 10_000, "12"])
def test_no_words_no_kind(key: str | None) -> None:
    """Nothing to read."""
    assert kind_of_key(key) is None


@pytest.mark.parametrize("key", "first_name patientDob slots appointmentDate start-time phone".split())
def test_field_names_identify_nobody(key: str) -> None:
    """Every word is a word of field names."""
    assert is_field_name(key)


@pytest.mark.parametrize(
    "key",
    ["sarah_notes", "Sarah Chen", "x_4155550134", "date_1982", "", "_", "dé", "name" * 30, "mac", "patient Sarah"],
)
def test_other_keys_may(key: str) -> None:
    """A name, a digit, a sentence."""
    assert not is_field_name(key)
