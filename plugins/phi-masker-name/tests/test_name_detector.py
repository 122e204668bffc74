"""The name detector on what people say, type and file."""

import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from masker_name.detector import NameDetector, merged

from masker import Segment, Turn


@pytest.fixture(scope="module")
def detector() -> NameDetector:
    return NameDetector()


def names(detector: NameDetector, text: str, **context: object) -> list[str]:
    return sorted(text[s.start : s.end] for s in detector.detect(Segment(text=text, **context)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hi my name is wambui kariuki and i need to move my appointment", ["wambui kariuki"]),
        ("right tadeusz so how long have you had the cough", ["tadeusz"]),
        ("i saw doctor villalobos last week", ["villalobos"]),
        ("can you tell ngozi that i called", ["ngozi"]),
        ("Dear Dr. Lindqvist, thank you for the referral.", ["Lindqvist"]),
        ("Patient: Okonkwo, Adaeze", ["Okonkwo, Adaeze"]),
        ("id=7&first_name=Will&last_name=Long&page=2", ["Long", "Will"]),
        ("curl -d first_name=Maribel", ["Maribel"]),
        ("PATIENT_FIRST_NAME=Will\nPATIENT_LAST_NAME=Long", ["Long", "Will"]),
        ("emergency_contact_name=Okonkwo level=info", ["Okonkwo"]),
        ("CUSTOMER_NAME=Maribel Okonkwo", ["Maribel Okonkwo"]),
        ("Electronically signed by Piotr Zielinski, MD", ["Piotr Zielinski"]),
    ],
)
def test_finds_names_spoken_and_written(detector, text, expected):
    """Names are found without their titles and degrees."""
    assert expected == names(detector, text)


@pytest.mark.parametrize(
    "text",
    [
        "i'm calling about my lisinopril refill",
        "the doctor said it was parkinson's disease",
        "i may need to come in sooner will that be okay",
        "A Foley catheter and a Jackson-Pratt drain were placed.",
        "Take amoxicillin 500 mg twice daily with food.",
        "thanks so much bye",
        "wei_chen@example.org",
    ],
)
def test_leaves_what_only_looks_like_a_name(detector, text):
    """Eponyms, drugs, verbs that are names elsewhere, and parts of an e-mail address stay."""
    assert [] == names(detector, text)


def test_a_bare_answer_to_a_question_for_a_name_is_one(detector):
    """Nobody says more than the name when asked for it."""
    question = Turn("assistant", "can i get your name please")
    assert ["pedro ruiz"] == names(detector, "pedro ruiz", role="user", question=question)


@pytest.mark.parametrize("name", ["Tamsin", "sarah", "Liesl Vandergriff", "james"])
@pytest.mark.parametrize("joint", [". ", ", ", " ", " - ", "! ", "... "])
@pytest.mark.parametrize(
    "about", ["chest pain", "overdose", "suicidal", "heart attack", "rash", "back pain", "cancel", "refill", "help"]
)
def test_what_is_said_behind_a_name_is_no_part_of_it(detector, name, joint, about):
    """A name in an answer ends where a sentence or the words of the lexicon that nobody is called by begin."""
    question = Turn("assistant", "Who am I speaking with, and what's going on today?")
    assert [name] == names(detector, f"{name}{joint}{about}", role="user", question=question)


@pytest.mark.parametrize(
    "about",
    ["overdose", "suicidal", "help", "cancel", "fire", "rash", "unconscious", "poisoned",
     "ayuda", "ayudame", "emergencia", "mi hijo no respira", "me duele mucho", "en español", "appendicitis", "meth"],
)  # fmt: skip
def test_a_cry_for_help_is_no_answer_to_a_question_for_a_name(detector, about):
    """What nobody is called by stays, whatever was asked."""
    assert names(detector, about, role="user", question=Turn("assistant", "What's your name?")) == []


@pytest.mark.parametrize(
    "name",
    [
        "Whitlock, Dana",
        "okonkwo maribel",
        "okafor, comfort",
        "de la cruz",
        "abdulrahman bin khalid",
        "Mary-Jane O'Neil Smith",
        "sarah gold",
        "park church",
        "River",
        "felicity haverford",
        "Per Olsson",
        "aponi two bears abdallah",
    ],
)
def test_names_of_everyday_words_are_masked_whole(detector, name):
    """Names from everywhere, and those that are words as well, are no shorter in an answer."""
    question = Turn("assistant", "What's your first and last name?")
    assert [name] == names(detector, name, role="user", question=question)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Love", ["Love"]),
        ("it's good", ["good"]),
        ("Street.", ["Street"]),
        ("Do", ["Do"]),
        ("it's An", ["An"]),
        ("um, so", ["so"]),
        ("ye", ["ye"]),
        ("yes, the last name is Do", ["Do"]),
        ("Short like the word", ["Short"]),
        ("Law, as in lawyer", ["Law"]),
        ("sick, like the word", ["sick"]),
        ("Good, G O O D", ["G O O D", "Good"]),
        ("linh do", ["linh do"]),
    ],
)
@pytest.mark.parametrize("asked", ["And your last name?", "Could I get the patient's last name, please?"])
def test_a_word_that_answers_a_question_for_one_name_is_it(detector, said, name, asked):
    """Who is called as an everyday word is says it like anybody else."""
    assert names(detector, said, role="user", question=Turn("assistant", asked)) == name


@pytest.mark.parametrize(
    "said",
    "no;what?;sorry?;hold on;it's fine;help;help help;pain;it's blood;sick;cancel;so I fell;a doctor;good morning"
    ";do you need it;an ambulance;same as before".split(";"),
)
def test_who_refuses_or_complains_has_not_said_a_name(detector, said):
    """What nobody says of a name stays, whatever was asked."""
    assert names(detector, said, role="user", question=Turn("assistant", "And your last name?")) == []


@pytest.mark.parametrize(
    "asked",
    [
        "Is that your last name?",
        "Is your last name spelled with a K?",
        "Your last name, and how are you feeling?",
        "I have your last name as Garcia, correct?",
        "How are you feeling?",
    ],
)
def test_a_word_that_answers_something_else_is_no_name(detector, asked):
    """A last name that is only mentioned, or one question of two, asks for none."""
    assert [names(detector, said, role="user", question=Turn("assistant", asked)) for said in ("good", "so")] == [
        [],
        [],
    ]


def test_a_word_behind_the_answer_is_no_second_one(detector):
    """A question for a name is answered once; who stalls has not answered."""
    question = Turn("assistant", "And your last name?")
    for said, found in (("Love", []), ("one second", ["good"])):
        since = (Turn("user", said), Turn("assistant", "Okay."))
        assert names(detector, "good", role="user", question=question, since=since) == found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I'm seeing Dr. Do tomorrow", ["Do"]),
        ("Mrs. An is here", ["An"]),
        ("ask for Ms. So", ["So"]),
        ("Mr. He is waiting", ["He"]),
        ("Dr. You is out", ["You"]),
        ("mrs an is here", ["an"]),
        ("MR. AND MRS. DO", ["DO"]),
        ("my name is Linh Do", ["Linh Do"]),
        ("Linh Do called about her refill", ["Linh Do"]),
        ("Linh Do labs pending", ["Linh Do"]),
        ("fax to Linh Do", ["Linh Do"]),
        ("I spoke with Linh Do, she was nice", ["Linh Do"]),
        ("Kim An is here", ["Kim An"]),
        ("this is linh do calling", ["linh do"]),
        ("DO, LINH  DOB 3/14/1961", ["DO, LINH"]),
    ],
)
def test_small_words_are_names_where_they_can_be_nothing_else(detector, text, expected):
    """Behind a title and a first name "Do" is nothing that somebody does, and "An" no article."""
    assert names(detector, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Thanks Dr. You know what I mean",
        "OK Dr. Do I need to fast?",
        "Hi Dr. My knee hurts",
        "The Dr. He is nice. An MRI is next",
        "Sorry Dr. No.",
        "I have MS. So I get tired",
        "hey mister do you have a minute",
        "Will do",
        "DO, NOT RESUSCITATE",
    ],
)
def test_small_words_are_no_names_where_they_mean_something(detector, text):
    """A sentence that ends in a title, and what is done, hold no name."""
    assert names(detector, text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ask Linh do you know", "Linh"),
        ("What should Sarah Do", "Sarah"),
        ("Hi Sarah Do you have time", "Sarah"),
        ("Thanks Sarah So I will wait", "Sarah"),
        ("this is sarah do i need a referral", "sarah"),
    ],
)
def test_small_words_behind_a_first_name_may_go_on_with_the_sentence(detector, text, name):
    """Somebody behind "do", or a verb before the name that needs one, makes a verb of it."""
    assert names(detector, text) == [name]


@pytest.mark.parametrize("name", ["Mark Young", "Faith Bell", "Grace Park"])
@pytest.mark.parametrize(
    "noted", ["{} labs pending", "{} EKG done", "bump {} to Tuesday", "Refill {}'s inhaler", "{} (sepsis)"]
)
def test_a_full_name_of_two_words_is_one_in_a_list(detector, name, noted):
    """Two words that people are called by, with a capital each, are no sentence."""
    assert names(detector, noted.format(name)) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "mark young patients",
        "Mark young patients for follow-up",
        "faith in god",
        "The Mark Young Award",
        "Summer Camp starts Monday",
        "Ruby Red grapefruit",
        "Will Young be there",
    ],
)
def test_two_words_that_are_no_full_name_stay(detector, text):
    """Without both capitals, in a heading, and where one of the two is hardly a name, words are words."""
    assert names(detector, text) == []


def test_a_bare_answer_to_another_question_is_none(detector):
    """The same shape after a question for a drug is a drug."""
    question = Turn("assistant", "which medication is it")
    assert [] == names(detector, "gabapentin", role="user", question=question)


def test_spelled_letters_belong_to_the_name(detector):
    """A name spelled letter by letter is as telling as the name."""
    text = "last name is nguyen that's n g u y e n"
    found = list(detector.detect(Segment(text=text)))
    covered = {i for s in found for i in range(s.start, s.end)}
    assert {i for i in range(text.index("n g u"), len(text)) if text[i] != " "} <= covered


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("smith with a y s m y t h", ["s m y t h", "smith"]),
        ("anna with an a a n n a", ["a n n a", "anna"]),
        ("sara no h s a r a", ["s a r a", "sara"]),
        ("I live with a l i c e", ["a l i c e"]),
        ("no h o p e", ["h o p e"]),
    ],
)
def test_letters_that_explain_a_name_are_none_of_it(detector, text, expected):
    """A letter that a name has or has not, said before it is spelled, is no first letter of it."""
    assert expected == names(detector, text, question=Turn("assistant", "What's your name?"))


def test_reads_hl7_person_fields(detector):
    """The parts of the name in PID-5 are found with initial and suffix, the identifiers beside them are not."""
    text = "PID|1||998877^^^HOSP||TANAKA^YUI^Q^JR||19700101|F|||12 Elm St^^Boise^ID"
    assert ["JR", "Q", "TANAKA", "YUI"] == names(detector, text)
    assert ["J", "LUCKY", "PIKE"] == names(detector, "NM1*IL*1*PIKE*LUCKY*J***MI*5DK3WK4JX35~")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("my name is tamika last initial r", ["r", "tamika"]),
        ("just put b for the middle initial", ["b"]),
        ("you spoke with denise w yesterday", ["denise w"]),
        ("vitamin d and the hepatitis b shot", []),
        ("the initial visit was fine", []),
        ("what did the initial x ray show", []),
    ],
)
def test_initials(detector, text, expected):
    """One letter is part of a name where it is called so, and behind a first name."""
    assert expected == names(detector, text)


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("the last name is sy that's s y", "s y"),
        ("it's yu that's y u", "y u"),
        ("St. Pierre. S-T, period, P-I-E-R-R-E.", "S-T, period, P-I-E-R-R-E"),
        ("st john that's s t space j o h n", "s t space j o h n"),
    ],
)
def test_names_of_two_letters_and_two_words_are_spelled(detector, text, spelled):
    """Two letters that spell the word said before, and words with the name of a sign between them, are a name."""
    covered = {at for s in detector.detect(Segment(text)) for at in range(s.start, s.end)}
    place = text.index(spelled)
    assert {at for at in range(place, place + len(spelled)) if text[at].isalnum()} <= covered


@pytest.mark.parametrize(
    ("card", "expected"),
    [
        ("N:Okonkwo;Ada;;;", ["Ada", "Okonkwo"]),
        ("N;CHARSET=UTF-8:long;rose;M;Dr.;MD", ["long", "rose"]),
        ("BEGIN:VCARD\nVERSION:2.1\nN:long;rose\nFN:Rose Long\nEND:VCARD", ["Rose Long", "long", "rose"]),
        ("BEGIN:VCARD\nNICKNAME:Bunny,Honey\nEND:VCARD", ["Bunny", "Honey"]),
        ("BEGIN:VCARD\nFN:Springfield Clinic\nORG:Springfield Clinic\nEND:VCARD", []),
        ("N: 5; 6;; 7", []),
    ],
)
def test_reads_the_names_of_vcards(detector, card, expected):
    """Family and given name are found also where they are ordinary words; who is an organisation stays."""
    assert expected == names(detector, card)


def test_reads_json_keys_in_text_and_as_context(detector):
    """A key that announces a person makes its value a name; a tool's name is none."""
    assert ["Ines Carvalho"] == names(detector, 'args: {"patient_name": "Ines Carvalho", "reason": "refill"}')
    assert ["Amara Diallo"] == names(detector, "Amara Diallo", key="patient_name")
    assert [] == names(detector, "book_appointment", key="name")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * FROM patients WHERE p.last_name = 'Long' AND drug = 'aspirin'", ["Long"]),
        ("last_name='Okonkwo' AND dob='1961-03-05'", ["Okonkwo"]),
        ("WHERE patient_name ILIKE '%okonkwo%'", ["okonkwo"]),
        ("WHERE surname LIKE 'Okonk%' ORDER BY id", ["Okonk"]),
        ("LOWER(last_name) = LOWER('long')", ["long"]),
        ("UPPER(`surname`) NOT IN ('LONG', 'OKONKWO')", ["LONG", "OKONKWO"]),
        ("WHERE surname = 'O''Brien'", ["O''Brien"]),
        ("WHERE last_name LIKE '%' || 'Stone' || '%'", ["Stone"]),
        ("INSERT INTO patients (id, first_name, last_name) VALUES (1, 'Ada', 'Long'), (NOW(), 'Rose', 'O''Brien');",
         ["Ada", "Long", "O''Brien", "Rose"]),
        ("df[df['last_name'] == 'Long']", ["Long"]),
        ("{'last_name': 'Long', 'drug_name': 'Aspirin'}", ["Long"]),
        ("SELECT name FROM drugs WHERE name = 'Lisinopril' AND status = 'Active'", []),
        ("WHERE last_name <> 'unknown' AND first_name <> '' AND plan_name = 'Gold'", []),
        ("the patient said: 'I feel Good', and 'no' to the rest", []),
    ],
)  # fmt: skip
def test_reads_queries(detector, query, expected):
    """What is compared with a person's column, or put into it, is a name, ordinary word or not."""
    assert expected == names(detector, query)


def test_reads_columns_under_a_head(detector):
    """A table's head says which column holds names."""
    assert ["Lena Hartwig"] == names(detector, "id,patient,status\n7,Lena Hartwig,confirmed")


def test_finds_a_rare_name_again(detector):
    """A name introduced once is found where its parts recur."""
    text = "Patient: Xochitl Okwuosa\nHPI: Okwuosa was admitted with chest pain."
    assert 2 == sum("Okwuosa" in n for n in names(detector, text))


@given(st.text(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_text_is_bearable(detector, text):
    """Spans lie within any text, whatever its script."""
    for span in detector.detect(Segment(text=text)):
        assert 0 <= span.start < span.end <= len(text)
        assert span.kind == "NAME"
        assert 0.5 <= span.score <= 1


def test_threads_share_one_detector(detector):
    """Concurrent calls give what one call gives."""
    text = "hello this is wambui kariuki and my husband terje is here " * 20
    expected = list(detector.detect(Segment(text=text)))
    results: list[list[object]] = []
    threads = [
        threading.Thread(target=lambda: results.append(list(detector.detect(Segment(text=text))))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [expected] * 4 == results


def test_long_lines_are_cut_without_losing_names(detector):
    """A transcript without a line break is searched in windows; a name at a cut is found."""
    filler = "and then i took the tablets with some water in the morning "
    for shift in range(0, 120, 15):
        text = "um " * shift + filler * 10 + "so my name is wambui kariuki " + filler * 10
        assert ["wambui kariuki"] == names(detector, text)


def test_merged_ranges_are_disjoint():
    """Overlapping findings become one with the better score."""
    assert [(0, 6, 0.9), (8, 9, 0.5)] == merged([(4, 6, 0.9), (0, 5, 0.6), (8, 9, 0.5)])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PCP Szymanski notified by phone.", ["Szymanski"]),
        ("Consult requested by Ndiaye for AKI.", ["Ndiaye"]),
        ("Agree w/ plan per T. Brannigan PA-C.", ["T. Brannigan"]),
        ("My aide Nomvula rides with me.", ["Nomvula"]),
        ("hey doc its Will, knee still swollen", ["Will"]),
        ("please call me back, thanks! - Will", ["Will"]),
        ("they said to ask for sunny or mercy at the front desk", ["mercy", "sunny"]),
        ("keisha m 3.14.95", ["keisha m"]),
        ("Referral from A. Kruger for E. coli.", ["A. Kruger"]),
        ("3/2/24 16:05 - ONeill: patient ambulated.", ["ONeill"]),
        ("her mother-in-law Ottoline is here", ["Ottoline"]),
        ("my mother's maiden name was finkelstein", ["finkelstein"]),
        ("they call me bubba at work", ["bubba"]),
    ],
)
def test_people_in_notes_and_messages(detector, text, expected):
    """A role, a short word of notes, a signature or a date right behind it show a name that nothing else shows."""
    assert expected == names(detector, text)


@pytest.mark.parametrize(
    "text",
    [
        "Plan per Wells criteria, w/ Xarelto 20 mg.",
        "Bell's palsy, House-Brackmann III.",
        "Rovsing negative, Hoffmann neg.",
        "Interpreter used throughout (Dari).",
        "ok ty!",
        "In the ED she had OSA on CPAP and a TKR L.",
        "She denies SI.",
        "Neer and Hawkins positive, Forrest III ulcer.",
        "umm since about easter",
        "ask for help at the desk",
        "this is Tylenol, right?",
        "Johnson & Johnson recalled the lot.",
        "he drank some captain morgan",
        "No Argyll Robertson pupil. Marcus Gunn negative.",
        "the ears oh for pete's sake",
        "Dr. Pepper is not a hydration strategy.",
        "Deauville 4, IPI 2. Ki-67 80 %. Reed-Sternberg cells not seen",
        "Doppler ABPI 0.92 R, 0.88 L. Buerger's test negative.",
        '"Tamiflu" as "tamo flew", "Humira" as "you mirror"',
        "roger that loud and clear",
        "Kid threw up on the Honda, the dog and the Dyson",
        "a two wheeler or a four wheeler",
        "i love to bak besides my ceramics i'm really big into baking",
        "so my plan is to give you an injection of lucentes once a month",
        "no film. Thompson squeeze normal, so the Achilles is intact",
        "yeah hang on come here darl can you do a cough",
        "needle stick Mar 3, source pt MRN 882-10-4",
        "ED TRIAGE 07/04/2026 2218",
    ],
)
def test_what_stands_where_a_person_might(detector, text):
    """The same places hold methods, drugs, signs, languages and ordinary words."""
    assert [] == names(detector, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("map[dob:1961-03-14 first_name:Maribel last_name:Okonkwo phone:4155550134]", ["Maribel", "Okonkwo"]),
        ("map[patient_name:Maribel Okonkwo phone:4155550134]", ["Maribel Okonkwo"]),
        ("map[last_name:okonkwo visits:3]", ["okonkwo"]),
        ("&{ID:17 FirstName:Will Plan:gold LastName:Long}", ["Long", "Will"]),
        ("map[drug_name:Long clinic:Lakeside] {first_name:string last_name:string}", []),
        ("map[first_name:unknown count:3] {family:Large}", []),
    ],
)
def test_maps_as_go_prints_them(detector: NameDetector, text: str, expected: list[str]) -> None:
    """What stands behind a sure key, up to the next one; types stay."""
    assert sorted(set(names(detector, text))) == expected


@pytest.mark.parametrize("letters", ["o as in oscar k as in kilo", "b as in boy", "k w"])
def test_a_name_is_spelled_in_pieces(detector, letters):
    """A piece may be shorter than any name; "o k" is none."""
    asks = Turn("assistant", "Can you spell your last name?")
    assert [letters] == names(detector, letters, question=asks)
    assert [] == names(detector, "o k", question=asks)
    assert [] == names(detector, letters, question=Turn("assistant", "How do you spell the medication?"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("given to Adaeze Okonkwo 50 mg at 10", ["Adaeze Okonkwo"]),
        ("the nurse gave Ada Finch 5 mg morphine", ["Ada Finch"]),
        ("we gave sarah chen twenty units of insulin", ["sarah chen"]),
        ("He prescribed Maribel Okonkwo a cream", ["Maribel Okonkwo"]),
        ("Please refill Sarah Chen's inhaler", ["Sarah Chen"]),
        ("start Maria Garcia on 50 mg sertraline", ["Maria Garcia"]),
        ("Adaeze Okonkwo BID", ["Adaeze Okonkwo"]),
        ("Sarah Chen tablets ready for pickup", ["Sarah Chen"]),
        ("Sarah Chen ER visit", ["Sarah Chen"]),
        ("this is sarah chen er i'm calling about my results", ["sarah chen"]),
        ("Patient Sarah Chen injection given", ["Sarah Chen"]),
        ("i tried Sarah Chen twice, no answer", ["Sarah Chen"]),
        ("gave Sarah 2 puffs", ["Sarah"]),
    ],
)
def test_a_full_name_before_a_dose_or_behind_a_verb_of_drugs_is_no_drug(detector, text, expected):
    """A first and a last name, who is given something, and a frequent first name that gets a dose are persons."""
    assert expected == names(detector, text)


@pytest.mark.parametrize(
    "text",
    [
        "Take Nora 0.35 mg daily, then Estelle 35 ED.",
        "Camila tablets, Yasmin 28, Mirena IUD",
        "prescribed Advair Diskus 250, then Breo Ellipta 100 mcg",
        "gave pt Pepto Bismol 30 ml and Lucentes 0.5 mg",
        "refill my Blisovi Fe please",
        "Xarpel ER 50 mg, xarpel er 50 mg",
        "okay i see al butterol ninety micrograms last filled",
        "A Jackson Pratt 30 ml drain; Estee Lauder cream; Johnson's baby shampoo",
        "stopped Xarpel a week ago, started Lucentes on Monday",
    ],
)
def test_a_drug_that_sounds_like_somebody_is_a_drug(detector, text):
    """One word before a dose, and two that are known as a drug or a product, are nobody's name."""
    assert [] == names(detector, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Emily Johnson clinic note", ["Emily Johnson"]),
        ("Sarah Chen hospital follow up", ["Sarah Chen"]),
        ("this is sarah chen pharmacy tech", ["sarah chen"]),
        ("David Murphy test results", ["David Murphy"]),
        ("Johns Hopkins hospital", []),
        ("Jackson Pratt drain, Swan Ganz catheter, Ramsay Hunt syndrome", []),
        ("transfer to Henry Ford hospital", []),
        ("Mary Greeley Medical Center", []),
        ("the Betty Ford clinic called", []),
        ("santa rosa clinic", []),
    ],
)
def test_a_full_name_before_a_place_of_care(detector, text, expected):
    """It is a person's where the noun is written small and nothing leads to a place, and no place is known by it."""
    assert expected == names(detector, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sarah Chen.pdf", ["Sarah Chen"]),
        ("please open Adaeze Okonkwo_labs.docx", ["Adaeze Okonkwo"]),
        ("Foley Catheter.pdf and Monthly Report.xlsx", []),
    ],
)
def test_the_last_name_in_a_files_name_is_part_of_it(detector, text, expected):
    """A file's ending behind a name's last word makes no code of it."""
    assert expected == names(detector, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sarah. chest pain", ["Sarah"]),
        ("Tamsin, overdose", ["Tamsin"]),
        ("Tamsin, prior auth", ["Tamsin"]),
        ("Tamsin Prior", ["Tamsin Prior"]),
        ("Sarah spanish please", ["Sarah"]),
        ("Sarah español", ["Sarah"]),
        ("Xochitl ayuda", ["Xochitl"]),
        ("fell off roof", []),
        ("poison ivy", []),
        ("ivy parker", ["ivy parker"]),
        ("my name is roof", ["roof"]),
        ("james suicidal", ["james"]),
        ("Liesl. need ambulance", ["Liesl"]),
        ("sarah chen, refill", ["sarah chen"]),
        ("mercy long", ["mercy long"]),
        ("sarah pond", ["sarah pond"]),
        ("Chen, Sarah", ["Chen, Sarah"]),
        ("maria de la cruz", ["maria de la cruz"]),
    ],
)
def test_what_a_caller_says_behind_the_name_is_no_part_of_it(detector, text, expected):
    """An answer to a question for a name may tell a concern as well, and that the agent has to hear."""
    asks = Turn("assistant", "Who am I speaking with, and what's going on today?")
    assert expected == names(detector, text, role="user", question=asks)
