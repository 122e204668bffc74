"""The reading writes spoken values as a keyboard would and maps every offset back."""

import pytest

from masker import read

SPOKEN = [
    ("four one five, double five five, oh one two three", "415 555 0123"),
    ("four one five uh five five five let me see oh one two", "415 555 012"),
    ("triple nine double oh seven", "999007"),
    ("n\u0130ne e\u0130ght f\u0130ve", "985"),
    ("twelve twenty three nineteen sixty", "12 23 19 60"),
    ("o one seventeen sixty three", "01 17 63"),
    ("two thousand and four", "2004"),
    ("three hundred and five", "305"),
    ("two thousand three hundred", "2300"),
    ("eight hundred five five five one two one two", "800 5551212"),
    ("she is a hundred and one", "she is 101"),
    ("march third uh nineteen eighty two", "march 3rd 19 82"),
    ("the eleventh of the seventh", "the 11th of the 7th"),
    ("twenty first", "21st"),
    ("first_name=x, the first of may", "first_name=x, the 1st of may"),
    ("seven point two", "7.2"),
    ("three fifteen p m", "3 15 pm"),
    ("s a r a h", "sarah"),
    ("S-A-R-A-H", "SARAH"),
    ("s as in sam a r a h", "sarah"),
    ("s for sugar a r a h", "sarah"),
    ("young y as in yellow o u n g", "young young"),
    ("sierra alpha mike four two", "sam42"),
    ("capital b lowercase c four five", "Bc45"),
    ("kilo x-ray seven papa two", "kx7p2"),
    ("keisha m 3.14.95", "keisha m 3.14.95"),
    ("a, hundred, 7", "a, hundred, 7"),
    ("m period okonkwo at example dot o r g", "m.okonkwo@example.org"),
    ("whiskey x ray four", "wx4"),
    ("x as in x-ray y h two", "xyh2"),
    ("a chest x ray and a knee x-ray", "a chest x ray and a knee x-ray"),
    ("m r n eight eight three two one", "mrn 88321"),
    ("one e g four t e five m k seven two", "1eg4te5mk72"),
    ("l s six one p q", "ls61pq"),
    ("D 0 9 3 2 1 8 3 2 9", "D093218329"),
    ("sarah dot chen at gmail dot com", "sarah.chen@gmail.com"),
    ("sarah, dot, chen, at gmail, dot com", "sarah.chen@gmail.com"),
    ("seven, slash twenty three, slash nineteen twenty seven", "7/23/19 27"),
    ("three slash um fourteen slash, uh, sixty one", "3/14/61"),
    ("three hold on slash one four", "3/14"),
    ("3 slash like 14 slash 61", "3/14/61"),
    ("ruiz um dot uh ann at um example uh dot org", "ruiz.ann@example.org"),
    ("so dot ann at example dot org", "so.ann@example.org"),
    ("wei underscore ivanov at example dot org", "wei_ivanov@example.org"),
    ("wei under score, ivanov at example dot org", "wei_ivanov@example.org"),
    ("farouk under score leila at the rate um example dot org", "farouk_leila@example.org"),
    ("march third, oh five okay", "march 3rd, 05 okay"),
    ("five five um o and then one", "55 0 1"),
    ("fifty five um o and then one, eighty seven", "55 0 1 87"),
    ("one eight dash oh i think", "18-0 i think"),
    ("yusuf dot c a s t um at example dot org", "yusuf.cast@example.org"),
    ("jane at work dash clinic dot co dot uk", "jane@work-clinic.co.uk"),
    ("my chart dot org slash patients slash twelve", "my chart.org/patients/12"),
    ("call me at four one five dash six two eight dash oh one three four okay", "call me at 415-628-0134 okay"),
    ("i'm at 219 dash 09 dash 9999 right", "i'm at 219-09-9999 right"),
    ("text me at plus one four one five", "text me at +1415"),
    ("at home dash four one five dash six", "at home dash 415-6"),
    ("maribel at one two dash mail dot com", "maribel@12-mail.com"),
    ("one ninety two dot one sixty eight dot one dot one", "1 92.1 68.1.1"),
    ("plus four four seven seven double oh", "+447700"),
    ("forty eight larkspur lane dayton oh 45402", "48 larkspur lane dayton oh 45402"),
    ("forty eight larkspur lane dayton OH four five four oh two", "48 larkspur lane dayton OH 45402"),
    ("s\u200ba\u00adrah and ４１５", "sarah and 415"),
    ("٠١٢٣", "0123"),
    ("&#52;1&#53; %34%31 \\u0034", "415 41 4"),
    ("раul", "paul"),
]

UNTOUCHED = [
    "can i have a look at the dot on my arm",
    "oh i see what you mean at the end",
    "i had a b and a c",
    "Оксана Иваненко",
    "415-555-0123 and 918 555 0177",
    "",
]


@pytest.mark.parametrize(("spoken", "written"), SPOKEN)
def test_spoken_values_read_as_written(spoken, written):
    """What is said reads as it would be typed."""
    assert written == read(spoken).text


@pytest.mark.parametrize("text", UNTOUCHED[:2] + UNTOUCHED[3:])
def test_ordinary_words_stay(text):
    """Words that only look like symbols or digits are left alone."""
    assert text == read(text).text


def test_offsets_map_back():
    """A match in the plain form maps to the words it was said in."""
    text = "my number is four one five double five five oh one two three okay"
    reading = read(text)
    at = reading.text.index("4155550123")
    start, end = reading.source(at, at + 10)
    assert "four one five double five five oh one two three" == text[start:end]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("see?name=Ann+Example and", "see?name=Ann Example and"),
        ("see?a=b?name=Ann+Example", "see?a=b?name=Ann Example"),
        ("name=Ann+Example(mother)&phone=415+555", "name=Ann Example(mother);phone=415 555"),
        ("a=b(c=d?e=f&g=h+i", "a=b(c=d?e=f;g=h i"),
        ("a=1+1=2 & b", "a=1 1=2 & b"),
        ("x = a+b & c", "x = a+b & c"),
    ],
)
def test_forms_read_as_words(text, plain):
    """As a browser sends them, and inside of an address."""
    assert plain == read(text).text


@pytest.mark.parametrize("begun", ["?a=b", "(name=x%41", '"a=b', "a=b ", "?a=b&", "?=&"])
def test_what_only_begins_like_a_form_is_read_in_linear_time(begun):
    """However often it does; the test's own time limit is the check."""
    read(begun * 100_000 + "+")


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("born march, I mean, fourteenth, um, nineteen sixty one", "born march 14th 19 61"),
        ("four eighteen, hang on, ash street", "4 18 ash street"),
        ("she's um ninety seven", "she's 97"),
        ("six six sorry oh four one", "66 041"),
        # what joins or corrects stays
        ("twenty two so call me", "22 so call me"),
        ("it's five five five sorry five six six", "it's 555 sorry 566"),
        ("october seventeenth sorry october sixteenth", "october 17th sorry october 16th"),
    ],
)
def test_a_hesitation_beside_a_number_is_left_out(said, plain):
    """A value goes on behind it, in words or in numbers; every detector then sees the value alone."""
    assert plain == read(said).text


def test_pieces_point_at_the_source():
    """Each piece tells what was read and from which characters."""
    text = "it's n g u y e n"
    (piece,) = read(text).pieces
    assert ("spelled", "nguyen", "n g u y e n") == (piece.kind, piece.text, text[piece.start : piece.end])


def test_reprs_show_no_text():
    """A reading and its pieces can be logged."""
    reading = read("sarah s a r a h four one five")
    assert "sarah" not in repr(reading) + repr(reading.pieces)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Dr. x-ray, 5mg four two", {"dr", "x", "ray", "5mg", "42"}),
        ("naïve “Groß” it's_a", {"naïve", "groß", "it", "s", "a"}),
        ("", set()),
    ],
)
def test_the_words_of_a_reading_are_its_runs_of_letters_and_digits(text, words):
    """The vocabulary is a trigger for patterns, so it is cut the same in ASCII and elsewhere."""
    assert words == read(text).words
