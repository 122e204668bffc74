"""What a JSON key says about its value: ``patientName`` is a name, ``callback_number`` a phone number.

A key is split into words (camel case, snake case, spaces); the words decide. Specific words win over the general
``number``, ``id`` and ``name``, and words that name a thing (``clinicName``, ``drug_name``) take the meaning away.
Nothing is cached: a key can be a caller's own word.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = [
    "LABELS",
    "QUALIFIERS",
    "TOWNS",
    "TYPES",
    "VOCABULARY",
    "field_of",
    "is_field_name",
    "is_measure",
    "is_name_part",
    "is_thing",
    "is_told",
    "is_town",
    "key_words",
    "kind_of_key",
    "plain_key",
    "says_nothing",
]

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

#: What towns have: "City Hall".
_CIVIC: Final = frozenset("hall council center centre limits police library park bus manager".split())

#: Nobody's identifier whatever else the key says: counts, switches, formats.
_NEVER: Final = frozenset(
    (
        "count total max min limit length size enabled allowed required valid verified format pattern label "
        "prompt type kind voice language locale country state status reason score confidence percent price "
        "cost amount duration seconds ms visits calls attempts"
    ).split()
)

#: Words that carry a kind by themselves, most telling first.
_SPECIFIC: Final = tuple(
    (kind, frozenset(words.split()))
    for kind, words in (
        ("EMAIL", "email emails mail"),
        ("FAX", "fax"),
        ("SSN", "ssn itin social sin"),
        ("MRN", "mrn chart accession encounter"),
        ("HEALTH_PLAN", "member subscriber medicare medicaid mbi hicn policy insured beneficiary"),
        ("CARD", "card cvv cvc pan cc"),
        ("ACCOUNT", "account acct iban routing invoice bank"),
        ("VEHICLE", "vin plate vehicle"),
        ("LICENSE", "license licence passport npi dea dl"),
        ("DEVICE", "serial imei mac udi device"),
        ("DATE", "dob birthday birthdate birth bday admission discharge deceased death"),
        ("ADDRESS", "address addr street zip zipcode postcode postal county neighborhood neighbourhood"),
        ("PHONE", "phone telephone tel mobile cell cellphone msisdn callback ani landline pager sms whatsapp"),
        ("URL", "url website homepage"),
    )
)

#: All of them: most keys have none.
_TELLING: Final = frozenset[str]().union(*(words for _, words in _SPECIFIC))

#: What lists of them are called. Nothing that is also counted: "deaths", "cells".
_LISTED: Final = {
    **{
        f"{word}s": word
        for word in (
            "ssn itin mrn mbi hicn cvv iban vin passport npi dob birthday birthdate addr zip zipcode postcode phone "
            "telephone tel mobile cellphone msisdn landline pager imei serial"
        ).split()
    },
    "faxes": "fax",
    "addresses": "address",
}

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


#: Further words of field names. No word that is also a person's name, a place or a value.
_FIELD_WORDS: Final = frozenset(
    (
        "a action active address age all and appointment at available begin body booked by category choice city "
        "code color comment content created current data date day days default description details dob dose "
        "duration email end error extra family field first format found free from full given hour id ids info "
        "input insurance is item items key last line lines list mail message method middle minute minutes month "
        "name names new next no note notes number of offset old on open options order other output page parameters "
        "part parts period phone postal preferred primary properties provider purpose query question reason record "
        "records request required result results role search secondary selected slot slots source specialty start "
        "started success summary symptoms system tags text time times title to today tomorrow unit units updated "
        "use user value values version visit week year years"
    ).split()
)


#: Words that are also names, or too short to be sure, are left out.
VOCABULARY: Final = (
    _FIELD_WORDS | _THINGS | _NEVER | _CODES | _PERSONS | _NAME_PARTS | {"firstname", "lastname", "fullname"}
).union(*(words for _, words in _SPECIFIC)) - {"sin", "dea", "mac", "vin", "nick", "pan", "ani"}
_WORDS_ONLY: Final = re.compile(r"[A-Za-z_-]+")
#: Words of keys that name a town. Numbers under them are none, so that they have no kind.
TOWNS: Final = frozenset("city town suburb locality hometown village municipality borough".split())
#: What labels in a list of fields are called; the last ones name no kind.
LABELS: Final = (
    _TELLING | TOWNS | frozenset("age name surname patient group plan claim state sex gender country".split())
)
#: What may stand before them.
QUALIFIERS: Final = _PERSONS | _NAME_PARTS | {"home"}
#: What code puts before a field's name: "setMrn", "get_zip"; and behind it, to compare it: "age__gte", "mrn.keyword".
_ACCESSOR: Final = re.compile(r"(?:get|set|with)(?:_|(?=[A-Z]))(?=[A-Za-z])")
_PATH: Final = re.compile(r"\.|__")
_LOOKUPS: Final = frozenset(
    "between contains endswith eq equals equalto exact gt gte icontains iendswith iexact ilike in is isin istartswith"
    " keyword like lt lte ne not range raw startswith".split()
)
#: What formats put around a field's name: a namespace or an attribute's sign before it, what marks it as somebody's own
#: or as a value behind it.
_AFFIXES: Final = re.compile(
    r"[@#$]?(?P<space>[A-Za-z][\w.-]{0,20}:)?(?P<plain>\w[^:]*?)"
    rf"(?:__(?:[a-z]{{1,2}}|{'|'.join(sorted(_LOOKUPS))})|[_ ]value|(?<=[a-z])Value)?",
    re.ASCII,
)
_MARKS: Final = re.compile(r"[@#$:]|__|value$", re.IGNORECASE)
#: What says of which type a value must be, or that there is none: nobody's value.
TYPES: Final = frozenset(
    "string str text varchar char number integer int bigint float double decimal boolean bool array list object date"
    " datetime timestamp any uuid null none nil nan undefined".split()
)
#: What stands in a field without a value, or names the values that it takes.
_NOTHING: Final = TYPES.union(
    "n/a na unknown true false required optional missing empty internal external confirmed verified pending".split()
)
_BARE_FIELDS: Final = frozenset("name names email phone fax city zip age dob address status type id date".split())
_PLACEHOLDERS: Final = frozenset(":$@?{%")
#: Words of keys that name an age: ``age_years``, ``ages``, ``ageMax``.
_AGES: Final = frozenset("age ages in years yrs max min value".split())


def key_words(key: str) -> tuple[str, ...]:
    """Return a key's words in lower case: ``callbackNumber`` gives ``("callback", "number")``."""
    return tuple(map(str.lower, _WORD.findall(key)))


def _kind_of_words(words: tuple[str, ...]) -> str | None:
    have = frozenset(words)
    last = words[-1]
    if have <= _AGES and have & {"age", "ages"}:
        return "AGE"
    if last in _NEVER:
        return None
    for kind, telling in () if have.isdisjoint(_TELLING) else _SPECIFIC:
        found = have & telling
        if found and (found - _NEEDS_CODE or have & _CODES):
            if kind == "ADDRESS" and have & {"ip", "mac", "web"}:
                return {"ip": "IP", "mac": "DEVICE", "web": "URL"}[next(iter(sorted(have & {"ip", "mac", "web"})))]
            return kind
    if last in ("ip", "age"):
        return last.upper()
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
    if not words:
        return None
    words = tuple([_LISTED.get(word, word) for word in words])
    if len(words) > 1 and words[-1] in ("ids", "numbers"):
        words = (*words[:-1], words[-1][:-1])
    return _kind_of_words(words)


def is_measure(key: str) -> bool:
    """Return whether a key says how many, how long or whether, so that its value is nobody's identifier."""
    return not _NEVER.isdisjoint(key_words(key)[-1:])


def is_told(key: str) -> bool:
    """Return whether a key names a kind or a town."""
    return kind_of_key(key) is not None or is_town(key)


def is_name_part(key: str) -> bool:
    """Return whether a key names a part of a person's name, or whose it is: ``lastName``, ``patient_name``."""
    return kind_of_key(key) == "NAME" and not (_NAME_PARTS | _PERSONS | _NAMES).isdisjoint(key_words(key))


def is_thing(word: str) -> bool:
    """Return whether a word in a name says that it is a thing's or an organisation's: "City *Hospital*"."""
    return word.lower() in _THINGS or word.lower() in _CIVIC


def is_town(key: str) -> bool:
    """Return whether a key says that its value is a town's name: ``city``, ``homeTown``."""
    if len(key) > _MAX_KEY or not any(map(key.lower().__contains__, TOWNS)):  # quicker than its words
        return False
    return not TOWNS.isdisjoint(key_words(key)[-1:])


def plain_key(key: str) -> str:
    """Return a place's or an age's key without what its format put around it: ``ns2:zip``, ``Zip__c``, ``zip_value``.

    What is left must say what the whole does: ``web:address`` and ``clinic:city`` are no places of a person. Other
    kinds are known by any word of their keys.
    """
    if _MARKS.search(key) is None or len(key) > _MAX_KEY:
        return key
    match = _AFFIXES.fullmatch(key)
    if match is None or not _THINGS.isdisjoint(key_words(match["space"] or "")):
        return key
    plain = match["plain"]
    kind = kind_of_key(plain)
    same = kind == "AGE" or (kind == "ADDRESS" and kind_of_key(key) == kind) or is_town(plain)
    return plain if same else key


def field_of(written: str) -> str:
    """Return the field that code names by its path, an accessor or a comparison: ``patient.setMrn``, ``mrn__exact``."""
    parts = [part for part in _PATH.split(written) if part]
    while len(parts) > 1 and parts[-1].lower() in _LOOKUPS:
        parts.pop()
    return _ACCESSOR.sub("", parts[-1], count=1) if parts else written


def is_field_name(key: str) -> bool:
    """Return whether every word of a key is a word of field names, so that the key itself identifies nobody.

    ``first_name``, ``patientDob`` and ``slots`` are; ``sarah_notes`` and ``x_4155550134`` are not.
    """
    words = key_words(key) if len(key) <= _MAX_KEY and _WORDS_ONLY.fullmatch(key) else ()
    return bool(words) and all(word in VOCABULARY for word in words)


def says_nothing(said: str, name: str) -> bool:
    """Return whether a value is none: a type, a sign that stands for a value, the name of another field.

    People are called Day and Street, too, and a town Mobile.
    """
    word = said.strip(" \"'")
    if word.lower() in _NOTHING or word[:1] in _PLACEHOLDERS:
        return True
    if not is_field_name(word.replace(" ", "_")):
        return False
    word_may_be_one = kind_of_key(name) == "NAME" or is_town(name)
    return not word_may_be_one or word.lower() in _BARE_FIELDS or len(key_words(word)) > 1
