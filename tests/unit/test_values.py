"""Values: which texts mean the same, and how a spoken one is written."""

import pytest

from masker.core.dates import parse_date
from masker.core.values import canonical, was_spoken, written

SAME = [
    ("PHONE", ["415-555-0123", "+1 (415) 555-0123", "4155550123", "1.415.555.0123", "four one five, triple five, oh one two three"]),
    ("PHONE", ["+44 20 7946 0018", "0044 20 7946 0018"]),
    ("PHONE", ["415-555-0123 ext. 12", "4155550123 x12"]),
    ("NAME", ["Sarah Chen", "sarah  chen", "SARAH CHEN'S", "Chen, Sarah", "s a r a h c h e n", "S-A-R-A-H C-H-E-N"]),
    ("DATE", ["1982-03-03", "March 3rd, 1982", "3/3/1982", "3 march 1982", "03.03.82", "march third, uh, nineteen eighty two", "the third of March 1982"]),
    ("DATE", ["march third", "3 March", "Mar. 3"]),
    ("EMAIL", ["Sarah.Chen@example.org", "sarah dot chen at example dot org", "mailto:sarah.chen@example.org"]),
    ("URL", ["https://www.example.org/x/", "example.org/x"]),
    ("MRN", ["MRN-00447", "mrn 00447", "m r n zero zero four four seven"]),
    ("SSN", ["078-05-1120", "oh seven eight, oh five, one one two oh"]),
]  # fmt: skip
DIFFERENT = [
    ("PHONE", "415-555-0123", "415-555-0124"),
    ("PHONE", "415-555-0123", "415-555-0123 ext 4"),
    ("NAME", "Mrs. Chen", "Mr. Chen"),
    ("NAME", "Sarah", "Sarah Chen"),
    ("DATE", "March 3", "March 3 1982"),
    ("DATE", "3/4/1982", "4/3/1982"),
    ("EMAIL", "a.b@example.org", "ab@example.org"),
]


@pytest.mark.parametrize(("kind", "forms"), SAME)
def test_all_forms_of_a_value_are_one(kind, forms):
    """Separators, case, speech and order do not make another value."""
    assert 1 == len({canonical(kind, form) for form in forms})


@pytest.mark.parametrize(("kind", "one", "other"), DIFFERENT)
def test_other_values_stay_apart(kind, one, other):
    """What differs in substance is not merged."""
    assert canonical(kind, one) != canonical(kind, other)


@pytest.mark.parametrize(
    ("kind", "said", "form"),
    [
        ("PHONE", "four one five, triple five, oh one two three", "4155550123"),
        ("PHONE", "plus one four one five five five five oh one two three", "+14155550123"),
        ("PHONE", "four one five five five five oh one two three extension twelve", "4155550123 ext 12"),
        ("EMAIL", "sarah dot chen at example dot org", "sarah.chen@example.org"),
        ("DATE", "march third, uh, nineteen eighty two", "1982-03-03"),
        ("DATE", "the fourth of july two thousand and one", "2001-07-04"),
        ("DATE", "three fourteen eighty two", "1982-03-14"),
        ("SSN", "oh seven eight, oh five, one one two oh", "078051120"),
        ("MRN", "m r n four four seven one", "mrn4471"),
        ("NAME", "s as in sam, a r a h", "sarah"),
        ("PHONE", "4. 1. 5. 5. 5. 5. 0. 1. 2. 3.", "4155550123"),
        ("PHONE", "4... 1... 5... 5... 5... 5... 0... 1... 2... 3", "4155550123"),
        ("PHONE", "+1 4 1 5 5 5 5 0 1 2 3", "+14155550123"),
        ("ADDRESS", "4, 5, 4, 0, 2", "45402"),
        ("ADDRESS", "4. 5. 4. 0. 2", "45402"),
        ("DATE", "0 3 1 4 1 9 6 1", "1961-03-14"),
        ("DATE", "0. 3. 1. 4. 1. 9. 6. 1.", "1961-03-14"),
    ],
)
def test_a_spoken_value_is_written_for_a_tool(kind, said, form):
    """Digits without gaps, address@domain, complete dates as ISO 8601."""
    assert was_spoken(said)
    assert form == written(kind, said)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("PHONE", "(415) 555-0123"),
        ("DATE", "March 3rd, 1982"),
        ("DATE", "3/4/82"),
        ("EMAIL", "a@example.org"),
        ("NAME", "Sarah Chen"),
    ],
)
def test_a_written_value_stays_as_it_was_written(kind, text):
    """A tool gets what the user typed."""
    assert text == written(kind, text)


@pytest.mark.parametrize(
    ("said", "form"),
    [("three four eighty two", "3/4/82"), ("march third", "march 3rd"), ("the fifth of may", "the 5th of may")],
)
def test_an_open_or_incomplete_date_is_not_guessed(said, form):
    """Which numeral is the month, or which century, is nobody's guess."""
    assert form == written("DATE", said)


@pytest.mark.parametrize("text", ["13/13/1982", "0/1/1982", "1982-15-40", "March 40", "hello", "", "12345", "2/30/x"])
def test_what_is_no_date_has_no_parts(text):
    """Impossible months and days are not dates."""
    assert parse_date(text) is None


def test_a_day_over_twelve_settles_the_order():
    """Numerals are month first, unless that cannot be."""
    assert (1982, 3, 14) == parse_date("14/3/1982")[:3]
    assert (1982, 3, 14) == parse_date("3/14/1982")[:3]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("PHONE", "415 555 0123"),
        ("PHONE", "1.415.555.0123"),
        ("DATE", "3 4 61"),
        ("DATE", "3-4-61"),
        ("IP", "10.0.0.1"),
    ],
)
def test_groups_of_digits_stay_as_they_are_written(kind, text):
    """Only single digits are read out."""
    assert text == written(kind, text)
