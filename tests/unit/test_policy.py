"""The policy: what a TOML document may say, and what it then does."""

import sys

import pytest

from masker.core.kinds import FIRST_PARTY
from masker.core.policy import Policy
from masker.errors import PolicyError

FULL = """
preset = "scheduling"
scheduling_tools = ["find_slots"]
media = "allow"
unknown_tokens = "phrase"
required_kinds = ["NAME", "PHONE"]

[kinds.SSN]
action = "redact"
min_score = 0.2

[kinds.CARD]
action = "block"

[[rules]]
kind = "NAME"
role = "system"
action = "keep"

[[rules]]
kind = "DATE"
tool = "lookup"
action = "redact"

[allow.NAME]
words = ["Willow Creek Clinic"]
patterns = ["Dr\\\\.? \\\\w+"]

[allow.PHONE]
words = ["415-555-0100"]
"""


def test_the_default_is_safe_harbor():
    """Without a word from the operator every kind is tokenized everywhere and every first-party kind is required."""
    policy = Policy.from_toml("")
    assert {"tokenize"} == {policy.action_for(kind, role) for kind in FIRST_PARTY for role in ("user", "tool", None)}
    assert tuple(FIRST_PARTY) == policy.required
    assert (0.5, "refuse", "keep") == (policy.min_score("NAME"), policy.media, policy.unknown_tokens)


def test_a_full_policy_is_read():
    """Every key has its effect."""
    policy = Policy.from_toml(FULL)
    assert "redact" == policy.action_for("SSN", "user")
    assert "block" == policy.action_for("CARD", "user")
    assert (0.2, 0.5) == (policy.min_score("SSN"), policy.min_score("CARD"))
    assert ("keep", "tokenize") == (policy.action_for("NAME", "system"), policy.action_for("NAME", "user"))
    assert ("NAME", "PHONE") == policy.required
    assert ("allow", "phrase") == (policy.media, policy.unknown_tokens)


def test_scheduling_keeps_dates_only_in_results_of_the_named_tools():
    """The preset opens one kind, in one place."""
    policy = Policy.from_toml(FULL)
    assert "keep" == policy.action_for("DATE", "tool", "find_slots")
    assert "redact" == policy.action_for("DATE", "tool", "lookup")
    assert "tokenize" == policy.action_for("DATE", "tool", "other")
    assert "tokenize" == policy.action_for("DATE", "user")
    assert "tokenize" == policy.action_for("PHONE", "tool", "find_slots")


def test_the_last_rule_wins_over_earlier_ones_and_over_the_preset():
    """Rules are read top to bottom; the operator's own beat the preset's."""
    policy = Policy.from_mapping(
        {
            "preset": "scheduling",
            "scheduling_tools": ["find_slots"],
            "rules": [
                {"kind": "DATE", "role": "tool", "action": "redact"},
                {"kind": "DATE", "tool": "find_slots", "action": "block"},
            ],
        }
    )
    assert "block" == policy.action_for("DATE", "tool", "find_slots")
    assert "redact" == policy.action_for("DATE", "tool", "other")


def test_mask_is_another_word_for_tokenize():
    """Both words of the glossary are understood."""
    assert "tokenize" == Policy.from_toml('[kinds.NAME]\naction = "mask"').action_for("NAME")


@pytest.fixture
def usual_recursion():
    """As deep as Python goes by itself: Hypothesis raises the limit for the tests after it."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(1_000)
    yield
    sys.setrecursionlimit(limit)


@pytest.mark.parametrize(
    ("kind", "text", "allowed"),
    [
        ("NAME", "willow  creek clinic", True),
        ("NAME", "Dr. Okafor", True),
        ("NAME", "Dr. Okafor Jones", False),
        ("NAME", "Willow", False),
        ("PHONE", "+1 (415) 555-0100", True),
        ("PHONE", "four one five, five five five, oh one oh oh", True),
        ("PHONE", "415-555-0101", False),
        ("FAX", "415-555-0100", False),
        ("NAME", "Dr. " + "x" * 500, False),
    ],
)
def test_the_allow_list_covers_whole_values_in_any_form(kind, text, allowed):
    """A listed word counts in every form; a pattern must match the whole value; both are per kind."""
    assert allowed == Policy.from_toml(FULL).allows(kind, text)


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ("presett = 'default'", 'Unknown key "presett" in the policy; the nearest known one is "preset"'),
        ("preset = 'shceduling'", '"preset" cannot be "shceduling"; the nearest known one is "scheduling"'),
        ("scheduling_tools = ['a']", 'preset = "scheduling"'),
        ("[kinds.SSN]\nacton = 'keep'", 'Unknown key "acton" in [kinds.SSN]; the nearest known one is "action"'),
        (
            "[kinds.SSN]\naction = 'redcat'",
            '"action" in [kinds.SSN] cannot be "redcat"; the nearest known one is "redact"',
        ),
        ("[kinds.SSN]\nmin_score = 2", "number from 0 to 1"),
        ("[kinds.SSN]\nmin_score = true", "number from 0 to 1"),
        ("[kinds.ssn]\naction = 'keep'", 'nearest known one is "SSN"'),
        ("[kinds.PHNE]\naction = 'keep'", 'nearest known one is "PHONE"'),
        ("required_kinds = ['NAEM']", 'nearest known one is "NAME"'),
        ("[kinds]\nSSN = 1", "[kinds.SSN] must be a table"),
        ("rules = 3", "[[rules]] must be an array"),
        ("[[rules]]\nkind = 'NAME'\naction = 'keep'", "[[rules]] number 1 needs either"),
        ("[[rules]]\nkind = 'NAME'\nrole = 'user'\ntool = 'x'\naction = 'keep'", "needs either"),
        ("[[rules]]\nkind = 'NAME'\nrole = 'usr'\naction = 'keep'", 'nearest known one is "user"'),
        ("[[rules]]\nkind = 'NAME'\nrole = 'user'", 'lacks "action"'),
        ("[[rules]]\nkind = 'NAME'\ntool = ''\naction = 'keep'", "name of a tool"),
        ("[allow.NAME]\npatterns = ['(']", "pattern 1 of [allow.NAME] is not a regular expression"),
        (
            f"[allow.NAME]\npatterns = ['{'(' * 5_000}a{')' * 5_000}']",
            "pattern 1 of [allow.NAME] is not a regular expression",
        ),
        ("[allow.NAME]\npatterns = ['(a+)+']", "pattern 1 of [allow.NAME] can be tried in too many ways"),
        ("[allow.NAME]\nwords = 'Ava'", "list of non-empty strings"),
        ("[allow.NAME]\nword = ['Ava']", 'nearest known one is "words"'),
        ("media = [", "not valid TOML"),
        ("a = " + "[" * 5_000, "not valid TOML"),
        ("a = " + "9" * 5_000, "not valid TOML"),
    ],
)
def test_a_wrong_policy_names_the_place_and_the_nearest_known_word(toml, told, usual_recursion):
    """Errors say which table and key, and what was probably meant."""
    with pytest.raises(PolicyError) as error:
        Policy.from_toml(toml, kinds=tuple(FIRST_PARTY))
    assert told in str(error.value)


@pytest.mark.parametrize(
    "pattern",
    [
        r"(a+)+", r"(\w+\s?)*x", r"(?:a|ab)*c", r"(\w*)\s*(\w*)\s*(\w*)\s*(\w*)\s*(\w*)\s*(\w*)\s*x", r".*a.*b.*", r"(\w{1,30}){1,30}",
        r"(?:a?){25}a{25}", r"(?=(\w+)+$)x", r"(?>(a+)+)b", r"((a+)+)++b", r"([a-z]+)*?!", r"(?i:a+A+A+)b", r"(\d+)\1*", r"\w+(?:\w+|x)\w+",
        r"(?:[\u05d0-\u05ea]+ ?)+-Clinic", r"(?:[\u0411-\u0415\u0431-\u0435]+)+!", r"(?:[^\x00-\u02ff]*)*!", r"(?:[\u0590-\u05ff]+\w*)+!",
        r"(?:[\N{GREEK SMALL LETTER ALPHA}-\N{GREEK SMALL LETTER OMEGA}]+)+!", r"(?:\u4e2d+)+!", r"(?:\U00010400|\U00010400+)+!",
    ],
)  # fmt: skip
def test_a_pattern_that_can_be_tried_in_too_many_ways_is_refused(pattern):
    """Repetitions that share out the same characters, nested or side by side, whatever they are written with."""
    with pytest.raises(PolicyError, match="too many ways"):
        Policy.from_mapping({"allow": {"NAME": {"patterns": [pattern]}}})


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"Dr\.? \w+", "Dr. Okonkwo"), (r".*Clinic.*", "Willow Creek Clinic, Unit 2"), (r"\w+ \w+ \w+ \w+", "Willow Creek Family Clinic"),
        (r"(?:Dr|Prof|Nurse)\.? [A-Z]\w+(?: [A-Z]\w+)?", "Nurse Maribel Okonkwo"), (r"(?i)willow creek( \w+)*", "WILLOW CREEK north wing"),
        (r"(?:[a-z]+-)*[a-z]+", "north-west-wing"), (r"\+1 ?\(?555\)?[ -]?01\d\d", "+1 (555) 0134"), (r"\w+\d+", "ava2"), (r"\w++ (?i:AVA)", "nurse ava"),
        (r"(?:[\u05d0-\u05ea]+ )+-Clinic", "\u05d0\u05d1 -Clinic"),
    ],
)  # fmt: skip
def test_a_pattern_whose_repetitions_end_at_a_sign_of_their_own_is_taken(pattern, text):
    """Repetitions one after the other are fine, where the next character tells them apart; one may be open."""
    assert Policy.from_mapping({"allow": {"NAME": {"patterns": [pattern]}}}).allows("NAME", text)


def test_third_party_kinds_are_welcome_when_nobody_says_which_exist():
    """A policy file can be read before plugins are loaded."""
    assert "keep" == Policy.from_toml("[kinds.PET_NAME]\naction = 'keep'").action_for("PET_NAME")


def test_a_policy_survives_being_written_down():
    """``to_mapping`` reads back to the same policy, with the same digest."""
    policy = Policy.from_toml(FULL)
    again = Policy.from_mapping(policy.to_mapping())
    assert policy.to_mapping() == again.to_mapping()
    assert policy.digest == again.digest
    assert policy.digest != Policy().digest
    assert again.allows("NAME", "Dr. Okafor")
