"""What a JSON key says about its value: ``patientName`` is a name, ``callback_number`` a phone number.

A key is split into words (camel case, snake case, spaces); the words decide. Specific words win over the general
``number``, ``id`` and ``name``, and words that name a thing (``clinicName``, ``medication_name``) take the meaning away.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

__all__ = ["key_words", "kind_of_key"]

_WORD: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\d_]+")

#: Longer keys are sentences or hostile; they name no kind.
_MAX_KEY: Final = 80

#: Words that make a value the property of a thing or an organisation, so that it is nobody's identifier.
_THINGS: Final = frozenset(
    (
        "agent app assistant bot brand business campaign channel city class clinic column company condition "
        "department diagnosis display domain drug event facility field file flow function group health "
        "hospital insurance insurer language location lab medication medicine method model office org "
        "organisation organization payer pharmacy plan practice procedure product program project queue room "
        "schema script server service squad state status step store system table template test timezone tool "
        "topic type vendor voice workflow"
    ).split()
)

#: Nobody's identifier whatever else the key says: counts, switches, formats.
_NEVER: Final = frozenset(
    (
        "count total max min limit length size enabled allowed required valid verified format pattern label "
        "prompt type kind voice language locale country state status reason score confidence percent price "
        "cost amount duration seconds ms"
    ).split()
)

#: Words that carry a kind by themselves, most telling first.
_SPECIFIC: Final[tuple[tuple[str, frozenset[str]], ...]] = (
    ("EMAIL", frozenset(("email", "emails", "mail"))),
    ("FAX", frozenset(("fax",))),
    ("SSN", frozenset(("ssn", "itin", "social", "sin"))),
    ("MRN", frozenset(("mrn", "chart", "accession", "encounter"))),
    ("HEALTH_PLAN", frozenset(("member", "subscriber", "medicare", "medicaid", "mbi", "hicn", "policy", "insured", "beneficiary"))),
    ("CARD", frozenset(("card", "cvv", "cvc", "pan", "cc"))),
    ("ACCOUNT", frozenset(("account", "acct", "iban", "routing", "invoice", "bank"))),
    ("VEHICLE", frozenset(("vin", "plate", "vehicle"))),
    ("LICENSE", frozenset(("license", "licence", "passport", "npi", "dea", "dl"))),
    ("DEVICE", frozenset(("serial", "imei", "mac", "udi", "device"))),
    ("DATE", frozenset(("dob", "birthday", "birthdate", "birth", "bday", "admission", "discharge", "deceased", "death"))),
    ("ADDRESS", frozenset(("address", "addr", "street", "zip", "zipcode", "postcode", "postal", "county", "neighborhood", "neighbourhood"))),
    ("PHONE", frozenset(("phone", "telephone", "tel", "mobile", "cell", "cellphone", "msisdn", "callback", "ani", "landline", "pager", "sms", "whatsapp"))),
    ("URL", frozenset(("url", "website", "homepage"))),
)  # fmt: skip

#: Words of the specific kinds that need one of `_CODES` beside them: "policy number" is one, "policy" a text.
_NEEDS_CODE: Final = frozenset(
    (
        "member subscriber policy insured beneficiary medicare medicaid account acct bank chart encounter "
        "card device vehicle callback social cc invoice dl"
    ).split()
)
_CODES: Final = frozenset("id ids no num number numbers nr code ssn mbi".split())
_NAMES: Final = frozenset(
    (
        "firstname lastname fullname middlename surname forename nickname givenname familyname maidenname "
        "patientname callername username"
    ).split()
)
_PERSONS: Final = frozenset(
    (
        "patient caller customer user guardian parent mother father spouse wife husband partner child son "
        "daughter relative contact emergency guarantor insured subscriber member employer doctor physician "
        "provider nurse therapist dentist client"
    ).split()
)
_NAME_PARTS: Final = frozenset("first last middle full given family maiden preferred sur nick legal".split())


def key_words(key: str) -> tuple[str, ...]:
    """Return a key's words in lower case: ``callbackNumber`` gives ``("callback", "number")``."""
    return tuple(word.lower() for word in _WORD.findall(key))


@lru_cache(maxsize=4096)
def _kind_of_words(words: tuple[str, ...]) -> str | None:
    have = frozenset(words)
    last = words[-1]
    if last in _NEVER:
        return None
    for kind, telling in _SPECIFIC:
        found = have & telling
        if found and (found - _NEEDS_CODE or have & _CODES):
            if kind == "ADDRESS" and have & {"ip", "mac", "web"}:
                return {"ip": "IP", "mac": "DEVICE", "web": "URL"}[next(iter(sorted(have & {"ip", "mac", "web"})))]
            return kind
    if last == "ip":
        return "IP"
    if last in _NAMES or (len(words) > 1 and last == "name" and have & {"user", "login"} == have - {"name"}):
        return "OTHER_ID" if last == "username" or have & {"user", "login"} else "NAME"
    if last in ("name", "names"):
        return None if have & (_THINGS - _PERSONS) else "NAME"
    if last in ("surname", "family", "given") or (len(words) > 1 and words[0] == "name" and last in _NAME_PARTS):
        return "NAME"
    if last in _PERSONS and len(words) == 1 and last in ("caller", "patient", "spouse", "guardian", "guarantor"):
        return "NAME"
    if last == "date":
        return "DATE"
    if last in ("number", "no", "num"):
        others = have - {"number", "no", "num"}
        if not others or others <= (
            _PERSONS | {"from", "to", "home", "work", "alternate", "primary", "secondary", "main"}
        ):
            return "PHONE"
        return (
            "HEALTH_PLAN"
            if "group" in others
            else "OTHER_ID"
            if others & {"confirmation", "employee", "order", "case", "reference"}
            else None
        )
    if last == "id":
        if have & {"group", "plan", "insurance"}:
            return "HEALTH_PLAN"
        if have & {"patient", "record"}:
            return "MRN"
        return "OTHER_ID" if have & {"employee", "confirmation", "order", "case"} else None
    return None


@lru_cache(maxsize=1024)
def _known_key(key: str) -> str | None:
    words = key_words(key)
    return _kind_of_words(words) if words else None


def kind_of_key(key: str | None) -> str | None:
    """Return the kind that a JSON key names, or ``None``.

    With or without a prefix: ``number``, ``phone_number`` and ``customerNumber`` are ``PHONE``, ``patientName`` is
    ``NAME``, ``clinicName`` and ``roomNumber`` are nothing.

    Args:
        key: The key as it stands in the JSON, or ``None`` where there is none.
    """
    if not key or len(key) > _MAX_KEY:
        return None
    words = key_words(key)
    return _kind_of_words(words) if words else None
