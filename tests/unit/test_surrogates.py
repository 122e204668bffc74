"""The token grammar: what is a token, what may become one, and what merely looks like one."""

import pytest

from masker.core.surrogates import (
    Names,
    find_literals,
    format_token,
    literal_names,
    match_at,
    parse_token,
    redacted,
)

NAMES = Names(["NAME_1", "NAME_12", "HEALTH_PLAN_2"])

ACCEPTED = [
    ("[NAME_1]", "NAME_1"),
    ("[name_1]", "NAME_1"),
    ("[NAME 1]", "NAME_1"),
    ("[NAME-1]", "NAME_1"),
    ("[NAME\n1]", "NAME_1"),
    ("\\[NAME\\_1\\]", "NAME_1"),
    ("%5BNAME_1%5D", "NAME_1"),
    ("%5bname%5f1%5d", "NAME_1"),
    ("[NAME_12]", "NAME_12"),
    ("[health plan 2]", "HEALTH_PLAN_2"),
    ("\\[HEALTH\\_PLAN\\_2\\]", "HEALTH_PLAN_2"),
    ("%5BHEALTH%20PLAN_2%5D", "HEALTH_PLAN_2"),
]
NOT_ACCEPTED = ["[NAME_2]", "[NAME_01]", "[NAME]", "[NAME_]", "[NAME__1]", "[ NAME_1]", "(NAME_1)", "name_1", "Name_1", "name 1", "[NAME_1)", "%5BNAME_1]", "x[", "%41", "\\n"]  # fmt: skip


@pytest.mark.parametrize(("text", "name"), ACCEPTED)
def test_accepted_forms_are_tokens(text, name):
    """Each form of the contract is read as the token's name, up to its closing bracket."""
    match = match_at(text + " x", 0, " ", NAMES)
    assert ("token", len(text), name) == match[:3]


@pytest.mark.parametrize(("text", "name"), ACCEPTED)
def test_every_beginning_of_an_accepted_form_is_open(text, name):
    """Wherever the text is cut, it may still become the token."""
    assert {"open"} == {match_at(text[:cut], 0, " ", NAMES).outcome for cut in range(1, len(text))}


@pytest.mark.parametrize("text", NOT_ACCEPTED)
def test_other_text_is_no_token(text):
    """Nothing else is, at least once it goes on."""
    assert "none" == match_at(text + " ", 0, " ", NAMES).outcome


@pytest.mark.parametrize(
    ("before", "text", "outcome"),
    [
        (" ", "NAME_1 ", "token"),
        ("", "NAME_1.", "token"),
        ("[", "NAME_1,", "token"),
        (" ", "NAME_1", "open"),
        (" ", "NAME_1x", "none"),
        (" ", "NAME_1_", "none"),
        (" ", "NAME_2 ", "none"),
        ("x", "NAME_1 ", "none"),
        ("_", "NAME_1 ", "none"),
        ("é", "NAME_1 ", "none"),
        (" ", "NAME-1 ", "none"),
        (" ", "NAME 1 ", "none"),
    ],
)
def test_without_brackets_only_a_whole_upper_case_word(before, text, outcome):
    """A bare token has an underscore and stands on its own."""
    assert outcome == match_at(text, 0, before, NAMES).outcome


@pytest.mark.parametrize(
    "text",
    [
        "\\u005bNAME_1]",
        "[NAME\\u005f1\\u005D",
        "[NAME\\n1]",
        "\\\\[NAME\\\\_1\\\\]",
        "\\[NAME\\_1\\]",
        "[\\u004eAME_1]",
    ],
)
def test_in_json_every_character_may_be_escaped(text):
    """Escapes are read as what they stand for, at any cut."""
    assert ("token", len(text), "NAME_1") == match_at(text + '"', 0, " ", NAMES, json=True)[:3]
    assert {"open"} == {match_at(text[:cut], 0, " ", NAMES, json=True).outcome for cut in range(1, len(text))}


@pytest.mark.parametrize("text", ["\\u00e9", "\\u006", "\\u1", "\\n", "[NAME\\u00e", '\\"'])
def test_escapes_that_cannot_belong_to_a_token_are_let_go(text):
    """Only what may become a token waits."""
    assert "none" == match_at(text, 0, " ", NAMES, json=True).outcome


def test_names_of_unknown_numbers_count_for_given_kinds():
    """For policies that replace unknown tokens, every number of a kind is a name, except literal text."""
    names = Names(["NAME_1"], kinds=["PHONE"], never=["PHONE_3"])
    assert (True, True, False, False, False) == tuple(
        names.complete(name) for name in ("NAME_1", "PHONE_77", "PHONE_3", "PHONE_07", "NAME_2")
    )
    assert names.grows("PHONE_3")
    assert not names.grows("PHONE_0")
    assert not Names([])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("say [NAME_1] or name_1", [("[NAME_1]", "NAME_1")]),
        ("\\[phone\\_2\\] NAME_3.", [("\\[phone\\_2\\]", "PHONE_2"), ("NAME_3", "NAME_3")]),
        ("%5BHEALTH%20PLAN%5F4%5D", [("%5BHEALTH%20PLAN%5F4%5D", "HEALTH_PLAN_4")]),
        ("[REDACTED:SSN] [mrn 1]", [("[REDACTED:SSN]", ""), ("[mrn 1]", "MRN_1")]),
        ("[MRN 8473] SSN_219099999 [Ann Example 1] [REDACTED:ANN_EXAMPLE] [born march 4]", []),
        ("[[NAME_1]] [NAME 0] xNAME_1 [1] a_1 A1", [("[NAME_1]", "NAME_1")]),
        ("[NAME_1", [("NAME_1", "NAME_1")]),
        ("no such thing", []),
    ],
)
def test_literal_look_alikes_are_found_in_every_accepted_form(text, found):
    """With their offsets; a large number, or words that are no kind, are somebody's."""
    assert found == [(text[one.start : one.end], one.name) for one in find_literals(text)]


def test_names_of_literals_are_read_through_json_escapes():
    """A look-alike that only JSON decoding shows still takes its number."""
    assert {"NAME_1", "DATE_2"} == literal_names(["\\u005bNAME_1\\u005d", "DATE_2", "nothing"])


def test_names_of_any_kind_and_number_are_not_given_again():
    """A plugin may bring the kind; the text that holds them is not protected for that."""
    assert {"MY_KIND_4", "MRN_8473"} <= literal_names(["[my kind 4] and MRN_8473"])


def test_writing_and_reading_a_token():
    """A token's own form is read back; bent ones are not its own."""
    assert "[HEALTH_PLAN_3]" == format_token("HEALTH_PLAN", 3)
    assert ("HEALTH_PLAN", 3) == parse_token("[HEALTH_PLAN_3]")
    assert "[REDACTED:SSN]" == redacted("SSN")
    assert [None] * 5 == [parse_token(text) for text in ("[name_1]", "NAME_1", "[NAME_0]", "[REDACTED:SSN]", "[A_B]")]


@pytest.mark.parametrize(
    "hostile", ["[A " * 4000, "[" * 12000, "A_" * 6000, "%5BA%20" * 2000, "[" + "A" * 12000, "_1" * 6000]
)
def test_looking_for_literals_stays_linear(hostile):
    """Long runs of beginnings are no trouble; the test's own time limit is the check."""
    assert [] == [one for one in find_literals(hostile) if one.end - one.start > 400]
