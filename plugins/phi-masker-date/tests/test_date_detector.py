"""The date detector: its own examples, the traps of clinical text, context over turns, time and robustness."""

import datetime as dt
import json
import re
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st
from masker_date import DateDetector

from masker import Segment, Turn

DETECTOR = DateDetector(today=dt.date(2026, 3, 1))
EXAMPLES = json.loads(resources.files("masker_date").joinpath("examples.json").read_text(encoding="utf-8"))
MARK = re.compile(r"⟦([A-Z_]+):(.*?)⟧", re.DOTALL)
MONTHS = "january february march april may june july august september october november december".split()


def found(text, **context):
    """Return the (kind, text) pairs that count under the default policy."""
    segment = Segment(text, **context)
    return [(s.kind, text[s.start : s.end]) for s in sorted(DETECTOR.detect(segment)) if s.score >= 0.5]


def unmarked(example):
    gold = [(m[1], m[2]) for m in MARK.finditer(example["text"])]
    context = {k: example[k] for k in ("role", "key") if k in example}
    if "question" in example:
        context["question"] = Turn("assistant", example["question"])
        context["since"] = tuple(Turn(t["role"], t["text"]) for t in example.get("since", ()))
    return MARK.sub(r"\2", example["text"]), gold, context


@pytest.mark.parametrize("example", EXAMPLES["positive"] + EXAMPLES["negative"], ids=lambda e: e["text"][:40])
def test_examples(example):
    """What the examples mark is found to the character, and nothing else."""
    text, gold, context = unmarked(example)
    assert gold == found(text, **context)


@pytest.mark.parametrize("month", MONTHS)
@pytest.mark.parametrize("form", ["{} 3, 1962", "3 {} 1962", "3rd of {}", "{} third", "1962 {} 3", "{} 1962"])
def test_every_month_in_every_order(month, form):
    """A day or year beside a month makes a date, whatever the month."""
    text = form.format(month)
    assert [("DATE", text)] == found(text)


@pytest.mark.parametrize(
    "text",
    [
        "july um the thirtieth um two oh one seven",
        "seventh, uh, of february one nine three zero",
        "nineteen ninety three, uh, july ninth",
        "zero four um double two one nine eight two",
        "one two, one eight one nine eight four",
    ],
)
def test_a_hesitation_does_not_cut_a_date(text):
    """A date with a pause in it is one date: each of its parts may look like another one."""
    question = Turn("assistant", "What is your date of birth?")
    assert [("DATE", text)] == found(text, role="user", question=question)


@pytest.mark.parametrize(
    "text",
    [
        "DOS 10/28/26-10/28/26",
        "stay 10/28/2026-10/30/2026.",
        "28.10.2026-30.10.2026",
        "28.10.-30.10.2026",
        "10.28.26-10.30.26",
        "10/28/2026_10/30/2026",
        "leave approved 2026-10-28..2026-10-30",
        '{"period": "2026-10-28/2026-10-30"}',
        "2026-10-28T09:00:00Z/2026-10-30T10:00:00+01:00",
    ],
)
def test_both_dates_of_a_range_are_found(text):
    """The sign that joins two complete dates (ISO 8601's interval, a stay, a claim) hides neither."""
    spans = [(s.start, s.end) for s in DETECTOR.detect(Segment(text)) if s.score >= 0.5]
    days = [match.start() for match in re.finditer(r"28(?!\d\d)|30", text)]
    assert len(days) == 2
    assert all(any(start <= day < end for start, end in spans) for day in days)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2026-10-28/P3D", "2026-10-28"),
        ("GET /visits/2026-10-28/notes", "2026-10-28"),
        ("held 10/28/26AM", "10/28/26"),
        ("amoxicillin 10/28/26x3 days", "10/28/26"),
        ("note of 10/28/26-0930", "10/28/26"),
    ],
)
def test_what_touches_a_complete_date_does_not_hide_it(text, date):
    """A duration, a path, half a day or an hour behind it."""
    assert [("DATE", date)] == found(text)


@pytest.mark.parametrize(
    "text",
    [
        "[(66041, 'x', datetime.datetime(1961, 3, 14, 0, 0))]",
        "created_at=datetime.datetime(1961, 3, 14, 9, 30, tzinfo=datetime.timezone.utc)",
        "LocalDateTime.of(1961, 3, 14, 0, 0)",
        "DateTime.new(1961, 3, 14)",
    ],
)
def test_a_date_that_a_program_makes(text):
    """Hours and zones behind it do not make it a list of numbers."""
    assert ("DATE", "1961, 3, 14") in found(text)


def test_numbers_of_another_call_are_no_date():
    """Without a date's name before the bracket they are sizes."""
    assert found("resize(1920, 10, 12, 5)") == []


@pytest.mark.parametrize(
    "text", ["build 1.2.3-1.2.4", "version 1.10.20-2.11.20", "gpt-4o-2024-08-06", "parts 12-40-99/12-41-99", "10/28"]
)
def test_versions_and_part_numbers_are_no_dates(text):
    """Signs join them, too."""
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    ["february thirty first nineteen ninety", "June 31, 1980", "date of birth 2/30/1975", "dob 13/45/1980"],
)
def test_days_that_do_not_exist_are_dates(text):
    """Callers misspeak: an impossible day is somebody's date all the same."""
    assert [k for k, _ in found(text)] == ["DATE"]


@pytest.mark.parametrize(
    ("line", "expected"), [("BDAY:--0314", "--0314"), ("BDAY:---14", "---14"), ("ANNIVERSARY:1990-04", "1990-04"), ("BDAY:1961", None)]
)  # fmt: skip
def test_birthdays_of_vcards(line, expected):
    """Also without a year; a year alone stays."""
    assert ([("DATE", expected)] if expected else []) == found(f"BEGIN:VCARD\n{line}\nEND:VCARD")


def test_the_question_stays_open_for_the_year():
    """A year alone is part of the date when the day and month came a turn before."""
    question = Turn("assistant", "and your date of birth")
    since = (Turn("user", "october seventh"), Turn("assistant", "okay"))
    assert [("DATE", "ninety three")] == found("ninety three", role="user", question=question, since=since)


def test_a_complete_answer_closes_the_question():
    """Once the whole date was said, the next number is not a part of it."""
    question = Turn("assistant", "and your date of birth")
    since = (Turn("user", "march third nineteen eighty"), Turn("assistant", "thanks"))
    assert [] == found("two", role="user", question=question, since=since)


@pytest.mark.parametrize("role", ["system", "assistant", None])
def test_the_operators_current_date_stays(role):
    """What the operator calls today is nobody's date; the birth date beside it is."""
    assert [("DATE", "March 3, 1960")] == found("Today is Sunday, March 1, 2026. Born March 3, 1960.", role=role)


def test_a_users_today_is_masked():
    """Only the operator states the current date."""
    assert [("DATE", "march third")] == found("today is march third", role="user")


@pytest.mark.parametrize(("year", "old"), [("1936", True), ("1937", False), ("'31", True), ("nineteen twenty", True)])
def test_a_birth_year_shows_an_age_over_89(year, old):
    """A year alone counts from the year on in which someone turns ninety."""
    assert ([("DATE", year)] if old else []) == [(k, t) for k, t in found(f"she was born in {year}") if k == "DATE"]


@pytest.mark.parametrize("age", range(85, 112))
@pytest.mark.parametrize("form", ["she is {}.", "a {} year old man", "he turned {}", "Age: {}", "{}yo F"])
def test_ages_count_from_ninety(age, form):
    """89 stays and 90 goes."""
    assert ([("AGE", str(age))] if age > 89 else []) == found(form.format(age))


@pytest.mark.parametrize(
    "text",
    ["she's 95 percent on air", "he is 98 kg", "sats were 97 over 2 liters", "it is 101.2", "HR is 96/min", "90 days"],
)
def test_vitals_are_no_ages(text):
    """A number from 90 on is an age only in the words of an age."""
    assert [] == found(text)


@given(st.text(max_size=300))
def test_any_text_gives_spans_inside_it(text):
    """No text raises; spans lie in it and are not empty."""
    assert all(0 <= s.start < s.end <= len(text) for s in DETECTOR.detect(Segment(text)))


@given(st.dates(dt.date(1937, 1, 1), dt.date(2030, 12, 31)))
def test_every_written_form_of_every_day(day):
    """Each common written form of a day is found as one span."""
    for form in ("%Y-%m-%d", "%m/%d/%Y", "%d.%m.%Y", "%B %d, %Y", "%d %b %Y", "%d-%b-%y", "%m/%d/%y"):
        text = day.strftime(form)
        assert [("DATE", text)] == found(f"seen on {text} by phone")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("birth_date { year: 1961 month: 3 day: 14 }", ["1961", "3", "14"]),
        ("birth_date {\n  year: 1961\n  month: MARCH\n  day: 14\n}", ["1961", "MARCH", "14"]),
        ("birthDate: {day: 14, month: 3, year: 1961}", ["14", "3", "1961"]),
        ("birth_date=Date(year=1961, month=3, day=14)", ["1961", "3", "14"]),
        ("'dob': {'year': 1961, 'month': 3, 'day': '14'}", ["1961", "3", "14"]),
        ("at=/Date(1700000000000)/ dob=/Date(-277776000000)/", ["277776000000"]),
        ("dob set; version { year: 2024 month: 3 day: 14 }", []),
    ],
)
def test_birthdays_as_programs_print_them(text, expected):
    """In parts, or in milliseconds since 1970; other records' parts stay."""
    assert [value for _, value in found(text)] == expected


def test_milliseconds_under_a_dates_key():
    """Of .NET's JSON; under other keys they stay."""
    assert found("/Date(-277776000000)/", key="DateOfBirth") == [("DATE", "277776000000")]
    assert found("/Date(1700000000000)/", key="token") == []


def test_no_date_before_a_dot_in_the_middle():
    """Groups of a code that are parted by dots hold no day."""
    assert [] == found("1,7·KXM·104,KMHAPBYD7B9807158,rides@example.org", role="tool")


@pytest.mark.parametrize(
    "said",
    ["my oxygen is 82", "my oxygen's at 97", "I took 20 of them", "my sugar's 412", "my heart rate is 140", "I swallowed 30",
     "my temp is 104", "it's a 9 out of 10", "I weigh 92", "pulse 130", "I want 2", "I need 90 of them", "about a 7",
     "contractions every 3", "my pressure's 210 over 120", "quarter past 3", "half past nine", "half nine", "about 5",
     "around 10", "quarter to 5", "I'm 34", "he is only 7"],
)  # fmt: skip
@pytest.mark.parametrize("question", ["What's your date of birth?", "And how old are you?"])
def test_an_amount_said_instead_of_an_answer_stays(question, said):
    """A number behind a vital sign's word or an amount's verb is neither a day nor an age."""
    assert [] == found(said, role="user", question=Turn("assistant", question))


@pytest.mark.parametrize(
    ("question", "answer", "expected"),
    [
        ("What year were you born?", "around 85", ("DATE", "85")),
        ("What day were you born?", "around the 10th", ("DATE", "10th")),
        ("And how old are you?", "I'm 97", ("AGE", "97")),
        ("And how old is he?", "he's about 91", ("AGE", "91")),
    ],
)
def test_no_hour_is_rounded_like_this(question, answer, expected):
    """A year, a day of the month and an age over 89 are found behind the words that an hour or a younger age has."""
    assert [expected] == found(answer, role="user", question=Turn("assistant", question))


@pytest.mark.parametrize(
    ("question", "answer", "kind"),
    [
        ("What's your date of birth?", "twelve", "DATE"),
        ("What's your date of birth?", "92", "DATE"),
        ("And how old are you?", "ninety seven", "AGE"),
        ("And how old are you?", "97", "AGE"),
    ],
)
def test_a_bare_number_answers(question, answer, kind):
    """What counts nothing is what was asked for."""
    assert [(kind, answer)] == found(answer, role="user", question=Turn("assistant", question))


@pytest.mark.parametrize(
    "text",
    [
        "admission date-⟦March 2nd⟧",
        "date of birth-⟦march 14⟧",
        "DOB-⟦March 14, 1961⟧",
        "D.O.B.-⟦March 14, 1961⟧",
        "born-⟦May 4, 1950⟧",
        "admission date/⟦03/02/2026⟧",
        "late-⟦May 2024⟧",
    ],
)
def test_a_date_behind_its_label_and_a_hyphen_or_slash(text):
    """A sign that joins a date to its label is the end of the label."""
    assert [("DATE", text[text.index("⟦") + 1 : -1])] == found(text.strip("⟧").replace("⟦", ""))


@pytest.mark.parametrize(
    "text", ["x-may 4", "the hand-march 14 miles", "/photos/03/02/2026", "see docs/03/02/2026/x.html"]
)
def test_what_a_sign_joins_to_another_word_is_no_date(text):
    """Words with hyphens and paths are no dates."""
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "the age changed to 97",
        "you have my age as 97",
        "they had the age down as 97",
        "her age which is 97",
        "the age line reads 97",
        "my mom's age was entered as ninety seven",
        "the patient's age is listed as 97.",
    ],
)
def test_an_age_with_words_between(text):
    """What is said of somebody's age may stand between it and its number."""
    assert [kind for kind, _ in found(text)] == ["AGE"]


@pytest.mark.parametrize(
    "text",
    [
        "at your age a heart rate of 97 is high",
        "for his age a systolic of 120 is fine",
        "the age group is 95 people",
        "the age limit was raised to 100",
        "her age and weight are 60 and 95",
        "the age was fine, oxygen 97",
        "the age of the machine is 97 days",
        "the age was entered as 79",
    ],
)
def test_another_number_behind_somebodys_age(text):
    """Measures, groups and another clause have numbers of their own."""
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("WHERE dob = #1961-03-14# AND x = 3", ["1961-03-14"]),
        ("#3/14/1961#", ["3/14/1961"]),
        ("BDAY:--0314", ["--0314"]),
        ("datetime(year=1961, month=3, day=14)", ["1961", "3", "14"]),
        ("time.struct_time(tm_year=1961, tm_mon=3, tm_mday=14, tm_hour=0, tm_yday=73)", ["1961", "3", "14"]),
    ],
)
def test_dates_between_signs_and_in_named_parts(text, parts):
    """As Access, vCards and Python write them."""
    assert parts == [value for _, value in found(text)]


@pytest.mark.parametrize(
    "text",
    [
        "issue #1961-03-14",
        "relativedelta(years=1, months=3, days=14)",
        "datetime(year, month, day)",
        "range(year=1961, day=3)",
    ],
)
def test_what_only_has_their_signs(text):
    """A number behind one sign, a duration, names of parts."""
    assert [] == found(text)
