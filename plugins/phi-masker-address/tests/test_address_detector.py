"""The address detector: its own examples, places never heard of, answers over turns, robustness."""

import json
import re
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st
from masker_address import AddressDetector

from masker import Segment, Turn

DETECTOR = AddressDetector()
EXAMPLES = json.loads(resources.files("masker_address").joinpath("examples.json").read_text(encoding="utf-8"))
MARK = re.compile(r"⟦([A-Z_]+):(.*?)⟧", re.DOTALL)
#: Names that no list holds.
NAMES = ["kelderby", "quellmar", "ostvik", "brindleford", "tarrowen", "mizzenfield", "aldwarp", "zorrentino"]


def found(text, **context):
    """Return the texts that count under the default policy."""
    segment = Segment(text, **context)
    return [text[s.start : s.end] for s in sorted(DETECTOR.detect(segment)) if s.score >= 0.5]


@pytest.mark.parametrize("example", EXAMPLES["positive"] + EXAMPLES["negative"], ids=lambda e: e["text"][:40])
def test_examples(example):
    """What the examples mark is found to the character, and nothing else."""
    gold = [m[2] for m in MARK.finditer(example["text"])]
    context = {k: example[k] for k in ("role", "key") if k in example}
    if "question" in example:
        context["question"] = Turn("assistant", example["question"])
    assert gold == found(MARK.sub(r"\2", example["text"]), **context)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "form",
    ["i live in {}", "she lives in {} with her son", "we moved from {} last year", "resident of {}", "i grew up in {}",
     "City: {}", "my city is {}", "we're over in {} now", "he is originally from {}", "a small village called {}"],
)  # fmt: skip
def test_unknown_towns_are_found_from_their_place(name, form):
    """A town behind a sure cue is found whether or not anyone has heard of it."""
    for written in (name, name.title()):
        assert [written] == found(form.format(written))


@pytest.mark.parametrize("name", NAMES)
def test_unknown_streets_and_towns_make_one_span(name):
    """One span runs from the house number to the postcode."""
    address = f"4821 {name.title()} Lane, Apt 3B, {NAMES[0].title()}, NY 12871"
    assert [address] == found(f"I moved to {address}. Thanks!")


@pytest.mark.parametrize("kind", ["street", "avenue", "road", "lane", "boulevard", "drive", "court", "place"])
def test_spoken_streets(kind):
    """Number, name and street type suffice in speech, too."""
    address = f"fourteen thirty two aldwarp {kind}"
    assert [address] == found(f"so it's {address} okay")


def test_an_answer_in_parts():
    """Number, street and town may come one turn at a time."""
    question = Turn("assistant", "and what's your street address")
    assert ["thirty six twenty one"] == found("thirty six twenty one", role="user", question=question)
    assert ["kelderby"] == found("um kelderby", role="user", question=Turn("assistant", "which town is that"))


@pytest.mark.parametrize("text", ["Ohio", "in texas", "i live in the united kingdom", "He moved to Canada."])
def test_states_and_countries_stay(text):
    """A state or country is no subdivision smaller than a state."""
    assert [] == found(text, role="user", question=Turn("assistant", "where do you live"))


@pytest.mark.parametrize("key", ["city", "postalCode", "address_line_1", "homeAddress", "street", "billing_zip"])
def test_keys(key):
    """The key of a JSON leaf says what it is."""
    assert ["Ostvik 12"] == found("Ostvik 12", key=key)


@pytest.mark.parametrize("key", ["email_address", "ip_address", "state", "country", "capacity", "unit"])
def test_other_keys(key):
    """An address of another sort is left to others."""
    assert [] == found("ostvik12", key=key)


@pytest.mark.parametrize("key", ["zip value", "zip N", "postal_code stringValue", "What is your zip code?"])
def test_keys_with_a_general_one_below(key):
    """The key above says what it is."""
    assert ["45402"] == found("45402", key=key)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("ADR;TYPE=home:;;;;;62704;", ["62704"]),
        ("ADR:;;12 Elm St;Springfield;IL;62704;USA", ["12 Elm St;Springfield;IL;62704"]),
        ("ADR;HOME;PREF:;;;;;62704;", ["62704"]),
        ("item1.ADR;type=HOME;type=pref:PO Box 7;;;Ostvik;;;", ["PO Box 7;;;Ostvik"]),
        ('ADR;LABEL="12 Kelderby\\nOstvik":;;;;;62704;', ["12 Kelderby\\nOstvik", "62704"]),
        ("ADR;TYPE=home:;;1 Aldwarp\r\n  Row;Ostvik;;62704;", ["1 Aldwarp\r\n  Row;Ostvik;;62704"]),
        (r"BEGIN:VCARD\nADR:;;12 Aldwarp\nApt 3;;;62704;USA\nEND:VCARD", [r"12 Aldwarp\nApt 3;;;62704"]),
        ("ADR:;;;New York;;;USA", ["New York"]),
        ("ADR;TYPE=home:;;;;IL;;USA", []),
        ("ADR:;;[ADDRESS_1];USA", []),
        ("ADR: rash; hives; nausea", []),
    ],
)
def test_address_lines_of_vcards(line, expected):
    """The parts up to the code are one address, whatever they are; state and country alone stay."""
    assert expected == found(line)


@pytest.mark.parametrize("label", ["zip", "ZIP Code", "zip_code", "zipCode", "postal_code", "Postcode"])
@pytest.mark.parametrize(
    "form",
    [
        "- **{}**: 45402",
        "**{}:** 45402",
        "- `{}`: `45402`",
        "| {} | 45402 |",
        '{} => "45402"',
        '["{}"] = "45402"',
        "<dt>{}</dt><dd>45402</dd>",
        '<tr><th scope="row">{}</th><td>45402</td></tr>',
        '<input name="{}" value="45402">',
        "<key>{}</key><string>45402</string>",
    ],
)
def test_marks_between_a_label_and_its_code(label, form):
    """Markup, bars and arrows say nothing."""
    assert "45402" in found(form.format(label))


@pytest.mark.parametrize("text", ["| zip | 12 |", "**ZIP** file of 45402 bytes", "| zip | date | 45402 |"])
def test_numbers_that_no_postcodes_label_stands_beside(text):
    """What is too short, or has another word before it, is none."""
    assert [] == found(text)


@given(st.text(max_size=300))
def test_any_text_gives_spans_inside_it(text):
    """No text raises; spans lie in it and are not empty."""
    assert all(0 <= s.start < s.end <= len(text) for s in DETECTOR.detect(Segment(text)))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("send it to the walgreens on halsted please", "halsted"),
        ("we use the rite aid over on mulberry", "mulberry"),
        ("the kidney center over on belmont is where i go", "belmont"),
        ("do you want it sent to the same cvs on north lamar", "north lamar"),
        ("it's the one on highway 40 by the feed store", "highway 40"),
        ("The pharmacy at Thetford rang.", "Thetford"),
        ("i can fit you in at our fresno location on monday", "fresno"),
        ("Your glasses are ready at our Gresham store.", "Gresham"),
        ("that provider only works out of the yonkers site", "yonkers"),
    ],
)
def test_where_somebodys_shop_is(text, place):
    """The street or town of the shop or branch that somebody goes to is found without a type."""
    assert [place] == found(text)


@pytest.mark.parametrize(
    "text",
    [
        "the pharmacy on file is closed",
        "the lab on saturdays closes at noon",
        "the clinic on zoom was fine",
        "the one on warfarin is my dad",
        "the store on campus",
        "the office on holidays",
        "the doctor is at our main location today",
        "please call the billing office or the front office",
        "our endocrinology office will call",
        "the walgreens on the corner",
    ],
)
def test_no_place_of_a_shop(text):
    """What a shop is on may be a day, a drug or an idiom, and an office may be called after its work."""
    assert [] == found(text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("He lives with his aunt at The Old Bakery, Mill Street, Ledbury.", "The Old Bakery, Mill Street, Ledbury"),
        ("we're at the old schoolhouse mill lane upper slaughter", "the old schoolhouse mill lane upper slaughter"),
        ("the billing zip is the same six oh six one four", "six oh six one four"),
        ("POST /pay card=ok&bill_zip=60614&auth=ok", "60614"),
    ],
)
def test_articles_of_houses_and_codes_behind_their_name(text, place):
    """A house is called with its article; a ZIP may stay the same, or stand in a query under a longer name."""
    assert [place] == found(text)


@pytest.mark.parametrize("question", ["What's your address?", "And your ZIP code?", "What city do you live in?"])
@pytest.mark.parametrize(
    "said",
    ["overdose", "help", "I fell", "I fell down the stairs", "my water broke", "she's unconscious", "my neighbor was shot",
     "I'm choking", "house fire", "send an ambulance", "he's turning blue", "my oxygen's at 82", "O2 is 84", "pulse 130",
     "I took 20 of them", "I'm 12 weeks along", "5 of the blue ones", "two refills please", "my temp's 39.5", "insulin",
     "naloxone", "billing", "cancel", "main menu", "spanish please", "en español", "vietnamese", "anaphylaxis",
     "anaphylactic shock", "preeclampsia", "appendicitis", "snake bite", "high blood pressure", "ayuda", "me duele mucho",
     "one second"],
)  # fmt: skip
def test_what_is_said_instead_of_an_address_stays(question, said):
    """An emergency, an order or an amount reaches whoever has to hear it."""
    assert [] == found(said, role="user", question=Turn("assistant", question))


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("418 Ash Street hurry", "418 Ash Street"),
        ("418 ash street please hurry", "418 ash street"),
        ("418 north ash avenue overdose", "418 north ash avenue"),
        ("four eighteen ash street he's choking", "four eighteen ash street"),
        ("418 Ash Street anaphylaxis", "418 Ash Street"),
        ("418 ash street gunshot wound", "418 ash street"),
        ("418 ash street reading", "418 ash street reading"),
        ("418 ash street friendship", "418 ash street friendship"),
        ("418 ash street falling water", "418 ash street falling water"),
        ("418 ash street upstairs", "418 ash street upstairs"),
        ("418 ash street apartment four", "418 ash street apartment four"),
        ("418 Ash Street Wounded Knee", "418 Ash Street Wounded Knee"),
    ],
)
def test_what_is_said_behind_a_street_is_no_part_of_it(said, place):
    """An injury, an illness or a call to hurry ends an address; a town of everyday words and a unit do not."""
    assert [place] == found(said, role="user", question=Turn("assistant", "What's your address?"))


@pytest.mark.parametrize(
    "place",
    ["llandysul", "heol y felin", "the old mill on foss lane", "nether wallop", "truth or consequences", "reading", "bend",
     "maple", "dogwood", "orchard", "the paddocks", "rose cottage", "5 the paddocks", "fox run", "sand hill", "418 ash",
     "three twenty five bell", "4 minutes lane"],
)  # fmt: skip
def test_places_of_everyday_words_are_found_in_an_answer(place):
    """What is called by an everyday word is a place where one was asked for."""
    assert [place] == found(place, role="user", question=Turn("assistant", "What's your street address?"))
