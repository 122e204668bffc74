"""The tagger: words, questions, tables of weights, chances."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from masker_tagger import Sight, asked_for, plain_key, shared_tagger, split_texts, split_words
from masker_tagger.features import surroundings
from masker_tagger.stretches import asks_place

from masker import Segment, Turn


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("what's your last name", "name"),
        ("how do you spell that", "spell"),
        ("what's the name of the medication", ""),
        ("what's your date of birth", ""),
    ],
)
def test_knows_what_a_question_asks_for(question, expected):
    """A question for a thing's name is no question for a person."""
    assert expected == asked_for(question)


def test_keys_are_read_in_any_convention():
    """Camel case and underscores are words."""
    assert ["patient name"] * 2 == [plain_key("patientName"), plain_key("patient_name")]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("and the first line of your address", True),
        ("whereabouts are you calling from", True),
        ("what's your postcode", True),
        ("can i take your email address", False),
        ("where does it hurt", False),
        ("what's your date of birth", False),
    ],
)
def test_knows_when_a_place_is_asked_for(question, expected):
    """An address of a mailbox and the place of a pain are none."""
    assert expected == asks_place(question)


@given(st.text(alphabet=st.sampled_from("antgoB'\u2019s-. 1,/:_\n\u00e9\u0301\u0915\u093f\x1c#"), max_size=40))
def test_words_with_and_without_places_are_the_same(text):
    """The quick first look splits a text as the one that keeps places does."""
    assert split_texts(text) == [word.text for word in split_words(text)]


_SAID = st.lists(
    st.sampled_from(
        "my name is | dr Okafor smith the a of it's can't i'm may ? . 415 called Zaphira mg st . / \" : uh".split()
    ),
    min_size=1,
    max_size=14,
)


@settings(deadline=None)  # the first to ask loads the model
@given(
    _SAID,
    st.sampled_from(["", "name", "spell", "key"]),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.sets(st.integers(0, 13)),
)
def test_tables_weigh_what_the_features_say(texts, asked, cased, first, place, spelled):
    """The tables add up the weights of just those features that training sees."""
    model = shared_tagger().model
    sight = Sight(asked, cased, first, place)
    told = model.lexicon.describe_all(texts)
    letters = frozenset(spelled)
    expected = []
    for own, row in zip(told, surroundings(texts, told, sight, letters), strict=True):
        weights = [model._weights[feature] for feature in (*own[3:], *row) if feature in model._weights]
        expected.append(tuple(sum(weight[label] for weight in weights) for label in range(4)))
    sums = model._around.sums(texts, model.see(texts), sight, range(len(texts)), spelled=letters)
    assert [pytest.approx(weight) for weight in expected] == sums


def test_a_possessive_is_a_word_of_its_own():
    """The span of "kowalska's" ends before the apostrophe; contractions stay whole."""
    assert ["kowalska", "'s", "office"] == [w.text for w in split_words("kowalska's office")]
    assert ["it's", "fine"] == [w.text for w in split_words("it's fine")]


def test_what_a_tokeniser_cut_in_two_is_one_word():
    """Recognisers that write as treebanks do put a gap into contractions; at the end of a text, too."""
    words = split_words("i ca n't say i'm gon na")
    assert ["i", "can't", "say", "i'm", "gonna"] == [w.text for w in words]
    assert [(0, 1), (2, 8), (9, 12), (13, 16), (17, 23)] == [(w.start, w.end) for w in words]
    assert ["the", "gon", "nation"] == [w.text for w in split_words("the gon nation")]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("neurovascularly", True),  # a beginning and an ending around "vascular"
        ("togethers", True),
        ("employes", True),
        ("paravertebral", True),  # a word of medicine
        ("wixela", True),  # a drug
        ("eejit", True),  # a word of talk
        ("onetouch", True),  # a brand
        ("Li-Fraumeni", True),  # an eponym
        ("passin", True),  # "passing"
        ("kilin", False),
        ("sharafeddine", False),
        ("overdiek", False),
        ("wanchai", False),
    ],
)
def test_words_that_are_no_names(word, expected):
    """What is made of English or medical words, or is in a list of them, is no name by itself."""
    assert shared_tagger().lexicon.may_name(word) is not expected


_FACTORS = st.lists(st.none() | st.tuples(*[st.floats(0.01, 100.0)] * 4), min_size=1, max_size=5)


@settings(deadline=None)
@given(_FACTORS)
def test_chances_are_those_of_all_sequences(factors):
    """Forward and backward give the sums over every sequence of labels, weighed one by one."""
    model = shared_tagger().model
    rows = model._rows
    totals = [[0.0] * 5 for _ in factors]
    for labels in itertools.product(range(5), repeat=len(factors)):
        weight = 1.0
        for place, (label, factor) in enumerate(zip(labels, factors, strict=True)):
            weight *= (1.0, *factor)[label] if factor is not None else float(label == 0)
            if place:
                weight *= rows[labels[place - 1]][label]
        for place, label in enumerate(labels):
            totals[place][label] += weight
    for place, chances in enumerate(model.chances(factors)):
        if factors[place] is None:
            assert chances is None
        else:
            whole = sum(totals[place])
            assert tuple(total / whole for total in totals[place][1:]) == pytest.approx(chances)


def test_a_segment_is_read_once():
    """What was read is remembered with the reading, for the next detector that asks."""
    tagger = shared_tagger()
    segment = Segment("my name is oksana and i live in leeds", "user", question=Turn("assistant", "hello"))
    assert tagger.read(segment) is tagger.read(segment)


def test_runs_begin_and_end_with_words():
    """A run has a sure word, takes likely neighbours, and leaves signs at its ends."""
    tagged = next(iter(shared_tagger().read(Segment("this is ( Oksana Kowalska )", "user"))))
    chances = [0.0, 0.3, 0.4, 0.9, 0.4, 0.4]
    assert [(3, 5, 0.9)] == list(tagged.runs(chances, 0.5, 0.35))


@pytest.mark.parametrize(
    ("word", "term"),
    [
        ("anaphylaxis", True), ("Preeclampsia", True), ("pancreatitis", True), ("metformin", True), ("hand", False),
        ("anwar", False), ("reading", False), ("friendship", False), ("zzyzx", False),
    ],
)  # fmt: skip
def test_terms_of_medicine(word, term):
    """Drugs, words of medicine and rare words that end like these are terms; names, places and everyday words are none."""
    assert term == shared_tagger().lexicon.is_term(word)


@pytest.mark.parametrize(
    ("word", "harm"), [("bite", True), ("overdose", True), ("Wound", True), ("friendship", False), ("zzyzx", False)]
)
def test_words_of_harm(word, harm):
    """What is used like words of injury or illness tells what happened to somebody."""
    assert harm == shared_tagger().lexicon.is_of_harm(word)
