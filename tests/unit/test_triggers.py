"""A cheap look before a costly pattern never hides what the pattern would find."""

import json
import re
from pathlib import Path

import pytest
from masker_account import detector as account
from masker_address import patterns as address
from masker_date import patterns as date
from masker_email import detector as email
from masker_ip import detector as ip
from masker_license import detector as licence
from masker_media import detector as media
from masker_name import cues
from masker_phone import detector as phone
from masker_tagger import stretches
from masker_vehicle import detector as vehicle

from masker import RunDetector, Segment, Turn, runs
from masker.core import reading as plain_form
from masker.core.reading import Reading, read, vocabulary
from masker.detection import context, corrections
from masker.detection.runs import asking, finding
from masker.detection.runs.fields import kind_of_key

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
#: What notes say of somebody with a role that is one.
ROLES_NOTED = re.compile(
    rf"(?<![\w-])(?i:{'|'.join(sorted(cues._ROLES, reverse=True))})(?:[- ]in[- ]law)?,? (?:Drs?\.? )?{cues._CAPITALS}(?=[ ,.;:()\n/]|$)"
)
#: What the cases hardly have.
RARE = [
    *("2019-03", "06 21 1941", "on the second", "exp 04/27 on my card", "Pt: 92 M", "a nonagenarian"),
    *("Brandt, H.  91F, CAM positive", "alive, 96, hard of hearing", "mrs lamb ninety five norovirus"),
    *("need a note from mon 12 til fri 16", "9.6. 9:00 urology"),
    *("put me through to faith please", "hi i'm april and i called", "tell hope i rang", "tell her forrest came by"),
    *("you can call me sunny for short", "appointment under hortense state", "i'm with sanjay the medical student"),
    *("oh sorry i gave you the wrong one it's 4472", "no wait, 4471", "just one more time", "your number please?"),
    *(
        "his secretary's on 4419",
        "hey doc its Will, knee still swollen",
        "PCP Okwuosa notified",
        "my mother-in-law Ada",
    ),
    *("pulling up the record now", "i need the group as well.", "whenever you're ready", "the m r n", "who's calling"),
    *("500 west madison suite 210", "my iban is GB29 NWBK 6016 1331 9268 19", "the corner of fifth and jefferson"),
]


def texts() -> list[str]:
    found = [*RARE]
    for path in sorted(BENCHMARKS.glob("cases*/*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            found += [turn["content"] for turn in case["messages"]] if "messages" in case else case["text"].split("\n")
    return found


@pytest.fixture(scope="module")
def turns() -> list[tuple[str, frozenset[str]]]:
    return [(text, vocabulary(text)) for text in dict.fromkeys(texts())]


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    return [read(text) for text in dict.fromkeys(texts())]


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (address.ASKS_PLACE, address.ASKS_PLACE_WORDS),
        (address.ASKS_STREET, address.ASKS_STREET_WORDS),
        (address.ASKS_CODE, address.ASKS_CODE_WORDS),
        (address.ASKS_NAME, address.ASKS_NAME_WORDS),
        (date.ASKS_BIRTH, date.BIRTH_WORDS),
        (date.ASKS_EXPIRY, date.EXPIRY_WORDS),
        (date.HOW_OLD, date.AGE_WORDS),
        (email._CUE, email._CUE_WORDS),
    ],
)
def test_every_cue_holds_one_of_its_words(turns, pattern, words):
    """Wherever a question's pattern matches, one of the words that let it be tried stands there too."""
    matched = [(text, known) for text, known in turns if pattern.search(text)]
    assert matched
    assert [] == [text for text, known in matched if words.isdisjoint(known)]


@pytest.mark.parametrize(
    ("words", "pattern"),
    [
        (account._EXPIRY_WORDS, account._EXPIRY),
        (address.LABEL_WORDS, address.LABEL),
        (date.BIRTH_YEAR_WORDS, date.BIRTH_YEAR),
        (date.HOLIDAY_WORDS, date.HOLIDAY),
        ({"second"}, date.THE_SECOND),
        (cues._GREETINGS, cues._GREETED),
        (cues._LETTERS, cues._INITIALED),
        *date.AGES_AROUND,
    ],
)
def test_every_match_holds_one_of_its_words(readings, words, pattern):
    """Wherever a pattern matches, one of the words that let it be tried stands there too."""
    matched = [match[0] for reading in readings for match in pattern.finditer(reading.text)]
    assert matched
    assert [] == [text for text in matched if words.isdisjoint(Reading(text).letters)]


def test_every_date_in_digits_is_separated(readings):
    """What says that no date in digits can be there is right."""
    dates = (date.SEP_DATE, date.MONTH_YEAR, date.YEAR_MONTH, date.DAY_MONTH, date.SPACED)
    matched = [match[0] for reading in readings for pattern in dates for match in pattern.finditer(reading.text)]
    assert matched
    assert [] == [text for text in matched if not date.SEPARATED.search(text)]


@pytest.mark.parametrize(
    ("pattern", "signs"),
    [
        (account._IBAN, account._HAS_IBAN),
        (ROLES_NOTED, cues._ROLE_NAMED),
        (address.CUED_DIRECTION, address.BEFORE_DIRECTION),
        (address.DIRECTED, address.BEFORE_DIRECTION),
        (address.POSTCODE, address.LETTER_DIGIT),
        (media._POINTER, media._DIGITS),
        (cues._CAPITALS_LABEL, cues._CAPITAL_RUN),
    ],
)
def test_every_match_holds_its_sign(readings, pattern, signs):
    """Wherever a pattern matches, the quicker one that let it be tried does as well."""
    matched = [match[0] for reading in readings for match in pattern.finditer(reading.text)]
    assert matched
    assert [] == [text for text in matched if not signs.search(text)]


@pytest.mark.parametrize(
    ("pattern", "openers"),
    [
        (address.CORNER, address.CORNER_OPENERS),
        (address.SURE_CUE, frozenset().union(*(openers for _, openers in address.SURE_OPENERS))),
        (address.TYPE, address.TYPES),
        (date.MONTH_NAME, date.MONTH_WORDS),
        (date.BIRTH_YEAR, date.BIRTH_YEAR_OPENERS),
        (cues._TITLED, cues._TITLES),
        (cues._TITLED_NUMBER, cues._TITLES),
        (cues._RELATED, cues._POSSESSIVES),
        (cues._ASK_FOR, cues._ASKERS),
        (cues._LABELLED, cues._LABELS),
        (cues._MADE_FOR, cues._PAPERS),
        (cues._UNDER, cues._BOOKERS),
        (cues._REACHED, cues._REACHERS),
        (cues._BESIDE, cues._BESIDERS),
        (cues._HERE, cues._SELVES),
        (phone._DESK_ON, phone._DESKS),
    ],
)
def test_a_pattern_tried_at_its_words_finds_the_same(readings, pattern, openers):
    """Trying a pattern only where one of its opening words stands leaves nothing out."""
    found = [[match.span() for match in reading.matches(pattern, openers)] for reading in readings]
    assert any(found)
    assert [[match.span() for match in pattern.finditer(reading.text)] for reading in readings] == found


@pytest.mark.parametrize(
    "pattern",
    [
        *(date.SEP_DATE, date.PACKED, date.MONTH_YEAR, date.YEAR_MONTH, date.DAY_MONTH, date.SPACED, date.RUN),
        *(address.FIVE, address.ZIP4, ip._V4, finding._ATOM, cues._DOSE),
        *date.AGES_FIRST,
    ],
)
def test_a_pattern_tried_at_numbers_finds_the_same(readings, pattern):
    """Trying a pattern only where a number starts leaves nothing out."""
    found = [[match.span() for match in reading.at_numbers(pattern)] for reading in readings]
    assert [[match.span() for match in pattern.finditer(reading.text)] for reading in readings] == found


@pytest.mark.parametrize(
    ("pattern", "least"),
    [
        *((date.PACKED, 8), (date.SPACED, 4), (date.SIGNED_DATE, 4), (date.CONSTRUCTED, 4), (date.MILLISECONDS, 5)),
        *((date.OVER_89, 2), (address.FIVE, 5), (address.ZIP4, 5), (licence._BORN, 6), (account._HAS_IBAN, 2)),
        *((phone._X_DIGITS, 3), (finding._PAIRS, 2)),
    ],
)
def test_a_pattern_with_a_long_number_is_not_tried_where_there_is_none(readings, pattern, least):
    """A match holds a number of as many digits as those who ask for it say."""
    found = [match for reading in readings for match in reading.at_numbers(pattern) if reading.longest < least]
    assert [] == found


def test_plates_hold_the_numbers_that_let_them_be_tried(turns):
    """British plates have the two digits of their year, Indian ones their four."""
    for pattern, least in ((vehicle._BRITISH, vehicle._YEAR_DIGITS), (vehicle._INDIAN, vehicle._SERIAL_DIGITS)):
        assert [] == [text for text, _ in turns if pattern.search(text) and read(text).longest < least]


def test_what_asks_and_urges_holds_one_of_its_stems(turns):
    """What is looked for only beside some words is found as if it was looked for everywhere."""
    for text in [text[-400:] for text, _ in turns]:
        low = text.lower()
        words = context._WORD.findall(low)
        assert context._without_urging(text, low) == context._URGES.sub("", text)
        if "i d" not in low:
            assert context._has_topic_phrase(text, low, words) == bool(context._TOPIC_PHRASE.search(text)), text
        assert asking._without_afterthought(text, low) == asking._AFTERTHOUGHT.sub("", text)


def test_what_is_taken_back_and_read_as_digits_is_known_by_its_words(turns):
    """A turn that is not read has no digit in its reading, and takes nothing back."""
    for text, _ in turns:
        turn = Turn("user", text)
        if not turn.may_have_digit:
            assert not turn.reading.has_digit, text
        opens = corrections._OPENS.match(text[: corrections._MAX])
        if corrections._ANEW.match(turn.reading.text[: corrections._MAX]):
            assert turn.may_have_digit
            assert opens is None or not opens["slip"] or not corrections._SLIPS.isdisjoint(turn.words), text


@pytest.mark.parametrize(
    "context",
    [
        {},
        {"role": "tool", "key": "notes"},
        {"role": "tool", "key": "mrn"},
        {"role": "user", "question": Turn("assistant", "what is your record number?")},
        {"role": "user", "question": Turn("assistant", "how long has it been going on?")},
    ],
)
def test_runs_without_the_small_ones_are_those_of_all_that_are_not_small(turns, context):
    """Texts that are known to hold nothing but counts hold no run that anybody could claim."""
    for text, _ in turns[::3]:
        larger = runs(Segment(text, **context), small=False)
        assert tuple(run for run in runs(Segment(text, **context)) if not run.small) == larger, text


def test_a_key_of_one_word_announces_what_its_label_does(turns):
    """What answers quickly that a key says nothing is right: written with a capital, the same key is looked at whole."""
    words = {word for _, known in turns for word in known if word.isalpha() and word.isascii()}
    words |= {"range", "limits", "lastfour", "mrn", "text", "member", "number", "notes"}
    assert [] == [word for word in words if kind_of_key(word) != kind_of_key(word.capitalize())]


@pytest.mark.parametrize("text", ["4 5", "a1b22 333", "no number", "\u0664\u0665 \u0666", "12345", ""])
def test_numbers_are_where_digits_begin(text):
    """Each run of digits, of whatever script, has its start among the numbers."""
    assert [match.start() for match in re.finditer(r"\d+", text)] == Reading(text).numbers
    assert any(map(str.isdecimal, text)) == Reading(text).has_digit
    assert max(map(len, re.findall(r"\d+", text)), default=0) == Reading(text).longest


def test_an_age_tried_at_its_words_is_found_all_the_same(readings):
    """The same for every way to state an age, in the texts that hold a number of ninety or more."""
    old = [reading for reading in readings if any(reading.at_numbers(date.OVER_89))]
    for openers, pattern in date.AGES_AFTER:
        found = [[match.span() for match in reading.matches(pattern, openers)] for reading in old]
        assert [[match.span() for match in pattern.finditer(reading.text)] for reading in old] == found, pattern.pattern


def test_every_question_for_a_name_holds_one_of_its_stems(turns):
    """What says that nobody is asked for in a turn is right."""
    asked = [text.lower() for text, _ in turns if stretches._ASKS_NAME.search(text)]
    assert asked
    assert [] == [text for text in asked if not any(stem in text for stem in stretches._NAME_STEMS)]
    assert [] == [text for text, _ in turns if stretches._ASKS_SPELLING.search(text) and "spel" not in text.lower()]


@pytest.mark.parametrize("text", ["4th of May, 5mg", "٤٥x ²a1b", "İstanbul 34", "x_y-z", ""])
def test_letters_stand_where_they_begin(text):
    """The runs of letters are those that a pattern finds, and each is known to stand where it does."""
    reading = Reading(text)
    found = [(match[0], match.start()) for match in re.finditer(r"[^\W\d_]+", reading.low)]
    assert {word for word, _ in found} == reading.letters
    assert [start for _, start in found] == reading.starts(reading.letters)


def test_signs_in_a_row_that_are_read_out_have_two_digits_and_one_more(monkeypatch):
    """What says that no row of signs is read out is right."""
    texts_ = [*dict.fromkeys(texts()), "4, 1, 5", "4. 1. 5.", "k, 4, 5", "4 5", "4, 1", "a, b, 4", "4, 4, 4"]
    quick = [read(text).text for text in texts_]
    monkeypatch.setattr(plain_form, "_may_be_row", lambda _runs: True)
    assert [read(text).text for text in texts_] == quick


@pytest.mark.parametrize(("small", "asked"), [(True, ["8", "10", "4471"]), (False, ["4471"])])
def test_a_detector_says_whether_it_wants_small_numbers(small, asked):
    """The small numbers of talk are asked for where a detector wants them; what is announced or long always is."""
    heard = []
    detector = RunDetector("any", ["OTHER_ID"], lambda run, _: heard.append(run.text), small=small)
    assert [] == list(detector.detect(Segment("it was 8 out of 10 and then 4471 again")))
    assert asked == heard


@pytest.mark.parametrize("text", ["7", "it ends in 27", "my mrn is 27"])
def test_a_number_that_stands_for_more_is_not_small(text):
    """A text that is nothing else, and a number that something announces, are asked for whatever their size."""
    heard = []
    RunDetector("any", ["OTHER_ID"], lambda run, _: heard.append(run.text), small=False).detect(Segment(text))
    assert heard
