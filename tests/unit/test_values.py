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
    ("EMAIL", ["maribel.okonkwo1961@example.org", "maribel dot okonkwo nineteen sixty one at example dot org"]),
    ("DATE", ["3/4/1961", "three four nineteen sixty one"]),
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
    ("DATE", "March 2016", "March 20, 2016"),
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
        ("NAME", "spelled k a t h r y n e", "kathryne"),
        ("PHONE", "open paren four one five close paren six two eight oh one three four", "4156280134"),
        ("ADDRESS", "west hartford connecticut oh six one oh seven", "west hartford connecticut 06107"),
        ("PHONE", "4. 1. 5. 5. 5. 5. 0. 1. 2. 3.", "4155550123"),
        ("PHONE", "4... 1... 5... 5... 5... 5... 0... 1... 2... 3", "4155550123"),
        ("PHONE", "+1 4 1 5 5 5 5 0 1 2 3", "+14155550123"),
        ("ADDRESS", "4, 5, 4, 0, 2", "45402"),
        ("ADDRESS", "4. 5. 4. 0. 2", "45402"),
        ("DATE", "0 3 1 4 1 9 6 1", "1961-03-14"),
        ("DATE", "0. 3. 1. 4. 1. 9. 6. 1.", "1961-03-14"),
        ("DATE", "three four nineteen sixty one", "3/4/1961"),
        ("DATE", "six thirty two thousand and ten", "2010-06-30"),
        ("DATE", "july uh second nineteen sixty three", "1963-07-02"),
        ("DATE", "nineteen sixty one march fourteenth", "1961-03-14"),
        ("DATE", "the fourth of the third sixty one", "1961-03-04"),
        ("EMAIL", "maribel dot okonkwo nineteen sixty one at example dot com", "maribel.okonkwo1961@example.com"),
        ("EMAIL", "maribel dash okonkwo nineteen sixty one at a o l dot com", "maribel-okonkwo1961@aol.com"),
        ("EMAIL", "maribel dot o apostrophe connor at example dot org", "maribel.o'connor@example.org"),
        (
            "EMAIL",
            "mary ann under score smith at larkspur dash clinic dot co dot u k",
            "maryann_smith@larkspur-clinic.co.uk",
        ),
        ("URL", "w w w dot example dot org slash patients slash one two", "www.example.org/patients/12"),
        ("IP", "one ninety two dot zero dot two dot one", "192.0.2.1"),
        ("ADDRESS", "four fifty four oh two", "45402"),
        ("ADDRESS", "four five four, oh two", "45402"),
        ("ADDRESS", "four five four hundred two", "45402"),
        ("ADDRESS", "four five four oh two dash one two three four", "45402-1234"),
        ("ADDRESS", "one twenty two west fifth street apartment four b", "122 west 5th street apartment 4b"),
        ("ADDRESS", "twelve oh five larkspur lane, um, dayton ohio", "1205 larkspur lane, dayton ohio"),
        ("ADDRESS", "twenty four fifty n larkspur lane dayton OH 45402", "2450 n larkspur lane dayton OH 45402"),
        ("ADDRESS", "twenty two b baker street london n w one six x e", "22b baker street london NW1 6XE"),
        ("ADDRESS", "flat two, twelve baker street", "flat 2, 12 baker street"),
        ("ADDRESS", "p o box one two three dayton", "po box 123 dayton"),
        ("NAME", "okonkwo, o k o n k w o", "okonkwo"),
        ("AGE", "a hundred and two", "102"),
        ("MRN", "six six oh four one", "66041"),
        ("HEALTH_PLAN", "a b dash one two three four", "ab-1234"),
        ("PHONE", "eight hundred five five five oh one two three", "8005550123"),
        ("PHONE", "one eight hundred five five five oh one two three", "18005550123"),
        ("PHONE", "plus four four two oh seven nine four six double oh one eight", "+442079460018"),
        ("NAME", "doctor c h e n", "doctor chen"),
        ("CARD", "forty one eleven eleven eleven eleven eleven eleven eleven", "4111111111111111"),
    ],
)
def test_a_spoken_value_is_written_for_a_tool(kind, said, form):
    """Digits without gaps, address@domain, complete dates as ISO 8601."""
    assert was_spoken(said)
    assert form == written(kind, said)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("EMAIL", "maribel underscore o one two at example dot com"),  # the letter, or zero
        ("EMAIL", "maribel point okonkwo at example dot com"),  # the sign, or the word
        ("EMAIL", "mari um maribel at example dot org"),  # begun anew
        ("ADDRESS", "cincinnati oh six thirty nine four"),  # 06394 or Ohio 63094
        ("NAME", "o'neil o apostrophe n e i l"),
        ("CARD", "c v v seven thirty seven"),  # what it is called, or a part of it
        ("LICENSE", "d e a b b four four one two oh nine three"),
        ("HEALTH_PLAN", "g r p eight eight one two"),
        ("PHONE", "one four one three uh two eight two sixty one oh"),  # no number of America begins with one
        ("ADDRESS", "523 mill road, dayton ohio, eighty nine four three"),  # a ZIP code lacks a digit
        ("ADDRESS", "cincinnati oh, seventy one seventy-nine"),  # ... and a state is no zero
        ("EMAIL", "m okonkwo all one word at example dot com"),
        ("EMAIL", "seven at one medical dot com"),
        ("EMAIL", "maribel double u at example dot com"),
        ("EMAIL", "sarah, s a r a h, at example dot org"),
        ("EMAIL", "info at seven eleven dot com"),
        ("PHONE", "plus four four twenty seven nine four six double oh one eight"),  # +44 20 7946 0018
        ("PHONE", "plus one two one two two oh six five fifty five"),  # a digit is missing
        ("CARD", "seven twenty twenty six"),  # until when it is good
        ("NAME", "jon j o h n"),
        ("NAME", "j. r. r. tolkien"),
        ("ADDRESS", "flat two twelve baker street"),  # 212, or flat 2 in 12
        ("ADDRESS", "forty eight six mile road"),
        ("ADDRESS", "one twenty fifth street"),  # 125th, 1 in the 25th, 120 in the 5th
        ("ADDRESS", "three fifty second avenue"),
        ("ADDRESS", "seventy seven fifty three"),  # 77503, if it is a ZIP code
        ("DATE", "march twenty twenty one"),  # 2021, or the 20th of March 21
        ("DATE", "march nineteen sixty one"),
        ("DATE", "one two nineteen sixty one"),
        ("DATE", "three twenty nineteen"),
        ("DATE", "second, twenty oh two"),
        ("DATE", "March third, '61 uh nineteen sixty one"),
        ("MRN", "a-1 2 3"),
        ("MRN", "four hundred twenty two"),  # 422, or 400 22
        ("MRN", "fifty, five"),
        ("HEALTH_PLAN", "a b o one two"),
        ("LICENSE", "kaiser one two three"),
        ("NAME", "c h e n, s a r a h"),
        ("NAME", "henry okonkwo the third"),
        ("IP", "three hundred dot zero dot two dot one"),
    ],
)
def test_what_may_be_two_values_stays_as_it_was_said(kind, said):
    """A tool gets no guess."""
    assert said == written(kind, said)


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


def test_a_number_that_is_mostly_letters_is_told_apart_by_them():
    """Of two the digits may be the same."""
    assert len({canonical("PHONE", text) for text in ("1-800-FLOWERS", "1 800 flowers", "1-800-GETWELL")}) == 2
    assert canonical("PHONE", "415-555-0134 (cell)") == canonical("PHONE", "4155550134")
