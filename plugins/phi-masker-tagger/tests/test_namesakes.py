"""Namesakes: what is called like people and towns, and when it is meant."""

import pytest
from masker_tagger import shared_tagger

from masker import Segment, Turn

NAMESAKES = shared_tagger().namesakes


def is_thing(text, name, question=None, place=False, **told):
    turn = None if question is None else Turn("assistant", question)
    segment = Segment(text, role=None if "key" in told else "user", question=turn, **told)
    start = segment.reading.text.lower().index(name.lower())
    return NAMESAKES.is_thing(segment, start, start + len(name), place=place)


@pytest.mark.parametrize("name", ["oscar", "molina", "kaiser", "buckeye", "anthem"])
def test_whoever_is_asked_for_insurance_names_an_insurer(name):
    """The same word is a person's, or a town's, where these are asked for or nothing is."""
    assert is_thing(f"it's {name}", name, "What insurance do you have?")
    assert is_thing(f"i have {name} through my work", name, "Which insurance is it?")
    assert not is_thing(f"it's {name}", name, "Can I get your last name?")
    assert not is_thing(name, name, "What city are you in?", place=True)
    assert not is_thing(name, name, "Who is the policy holder of your insurance?")


@pytest.mark.parametrize("answer", ["my husband oscar", "it's under oscar", "this is oscar", "oscar molina", "ask oscar"])
def test_who_has_the_insurance_is_a_person(answer):
    """Relatives, whose policy it is, who speaks, and whoever has a first and a last name."""
    assert not is_thing(answer, "oscar", "What insurance do you have?")


@pytest.mark.parametrize("text", ["molina medicaid", "my insurance is molina", "we're covered by molina", "molina p p o"])
def test_what_stands_beside_a_name_makes_an_insurer_of_it(text):
    """Without a question; but not of somebody who is introduced or has a title."""
    assert is_thing(text, "molina")
    assert not is_thing(f"mr {text[text.index('molina') :]}", "molina")


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("payer", "Kaiser", True), ("insurance_plan", "Molina Gold 80", True), ("payer", "Dale", False), ("plan", "Call Molina", False),
        ("coverage", "Oscar covers tonight", False), ("policyholder", "Oscar", False), ("hospital", "Grant", True), ("hospital", "Dale Brubaker", False),
        ("medications", "Ella", True), ("medications", "given by Ella", False), ("medications", "Ella Brubaker", False),
        ("name", "ALT", True), ("name", "Iron", True), ("last_name", "Iron", False), ("name", "Alt", False), ("note", "Mercury", False),
    ],
)  # fmt: skip
def test_a_key_tells_what_is_called_so(key, value, expected):
    """Payers, hospitals, drugs and tests; what is said under such a key is read as any text."""
    name = value.split()[-1] if value.startswith(("Call", "given")) else value.split()[0]
    assert expected == is_thing(value, name, key=key)


@pytest.mark.parametrize("name", ["good samaritan", "saint elizabeth", "mount carmel east", "kettering", "grant"])
def test_whoever_is_asked_for_a_hospital_names_one(name):
    """Unless the one nearest to somebody is asked for, which tells where they live."""
    assert is_thing(f"i was at {name} last night", name, "Which hospital were you at?")
    assert not is_thing(name, name, "Which hospital is closest to you?")
    assert not is_thing(f"my son {name}", name, "Which hospital were you at?")


@pytest.mark.parametrize("name", ["mercy long", "hope bell", "dale brubaker", "chidinma okafor", "larkspur court", "sarah"])
def test_a_full_name_or_a_street_is_no_hospital(name):
    """Whatever was asked for; "Mercy West" is one."""
    assert not is_thing(name, name, "Which hospital were you at?")
    assert is_thing("mercy west", "mercy west", "Which hospital were you at?")
