"""Lists of fields: what stands behind one label after the other."""

from __future__ import annotations

import pytest

from masker.detection.listed import listed_in

#: How people and programs write a list of fields: what stands before a label, before its value, and behind that.
FORMS = {
    "blanks": ("", " ", " "),
    "commas": ("", " ", ", "),
    "semicolons": ("", ": ", "; "),
    "slashes": ("", " ", " / "),
    "bars": ("", " ", " | "),
    "dashes": ("", " - ", ", "),
    "arrows": ("", " -> ", "\n"),
    "colons without blanks": ("", ":", " "),
    "lines": ("", " ", "\n"),
    "columns": ("", "      ", "\n"),
    "bullets": ("- ", " ", "\n"),
    "other bullets": ("\u2022 ", " ", "\n"),
    "numbers": ("1) ", " ", "\n"),
    "numbers in a line": ("(2) ", " ", " "),
    "letters in a line": ("a) ", " ", " "),
    "below each other": ("", "\n", "\n"),
    "below each other with a colon": ("", ":\n", "\n\n"),
    "brackets": ("[", " ", "] "),
    "values in brackets": ("", " (", ") "),
    "redis-cli": ('1) "', '"\n2) "', '"\n'),
    "R": ("$", '\n[1] "', '"\n\n'),
}
#: Towns that are words or labels, and ages, of a list; numbers are told by their labels alone.
RECORDS = [
    ([("Town", "Reading"), ("Age", "97"), ("Member", "XQH8473")], ["Reading", "97"]),
    ([("MRN", "66041"), ("City", "Mobile"), ("Zip", "45402"), ("Age", "102")], ["Mobile", "102"]),
    ([("Last name", "Day"), ("Member ID", "A4471"), ("Home town", "Walla Walla")], ["Day", "Walla Walla"]),
    ([("age", "45"), ("city", "normal"), ("mrn", "4471")], ["45", "normal"]),
]


def found(text: str) -> list[str]:
    """Return the values in a text's lists."""
    values = list(listed_in(text, 0, len(text)))
    assert all(text.startswith(said, at) for at, said, _ in values)
    return [said for _, said, _ in values]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("record", "values"), RECORDS)
def test_towns_ages_and_names_in_a_list_of_fields(form, record, values):
    """Whatever parts the fields, and these from their values."""
    before, between, behind = FORMS[form]
    assert set(values) <= set(found("".join(before + label + between + value + behind for label, value in record)))


@pytest.mark.parametrize(
    "text",
    [
        "City Hall Age 45 Member services",
        "City Hospital, Phone 555-0134, Fax 555-0135",
        "State Medicaid, City Transit, Town Center",
        "The city and the town. Age 45.",
        "Ask for the name, age, city and member ID.",
        "Collect: 1) Name 2) Age 3) City 4) Zip",
        "1. City\n2. State\n3. Zip",
        "name string\nage int\ncity string",
        "['city', 'state', 'zip'], ['city', 'country'], ('city', 'Hospital', 'Clinic')",
        "errors.add('name', 'required'); t('city', 'City')",
        '1) "name"\n2) \'redis\'\n3) "visits"\n4) "3"',
        "In the city\nDayton is nice",
        "Patient stable, age old, plan discharge",
        "k age 4 from Coimbatore fever 102 since 2 days, city of three",
        "dob (YYYY-MM-DD), phone (E.164), email.",
    ],
)
def test_what_is_no_list_of_fields_has_no_values(text):
    """One field alone, a form without values, what towns have; ages of few years and names of types are nobody's."""
    assert [] == [value for value in found(text) if value not in ("3", "45", "string", "int")]


def test_a_pair_in_quotes_is_a_field_with_its_value():
    """As code gives both to a function."""
    assert ["Reading", "66041"] == found("p.where('city', 'Reading').put(\"mrn\", \"66041\")")
