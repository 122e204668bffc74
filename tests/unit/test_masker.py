"""Masking a request's strings, case by case; its laws are property tests."""

import pytest

from masker import Segment, Span
from masker.core.policy import Policy
from masker.errors import Blocked, DetectionFailed, LeakPrevented
from masker.masking.known import Known, KnownValues
from masker.masking.masker import (
    Seed,
    Source,
    known_spans,
    mask_segments,
    masking_steps,
    outgoing_check,
    outgoing_steps,
    replace_known,
)
from masker.masking.rehydrator import rehydrate
from masker.masking.vault import Vault

DEFAULT = Policy()


def call(*turns, policy=DEFAULT, seeds=(), tools=None, vault=None):
    """Mask a call; a turn is ``(role, text, (kind, found), ...)``."""
    segments, spans = [], []
    for role, text, *found in turns:
        segments.append(Segment(text, role))
        spans.append(
            [Span(text.index(piece), text.index(piece) + len(piece), kind, 1.0, "test") for kind, piece in found]
        )
    vault = Vault() if vault is None else vault
    result = mask_segments(segments, spans, vault, policy, seeds, tools=tools)
    outgoing_check(result.texts, vault, policy, roles=[segment.role for segment in segments], tools=tools)
    return result, vault


SARAH = (
    "user",
    "Hi, this is Sarah Chen, my number is 415-555-0123.",
    ("NAME", "Sarah Chen"),
    ("PHONE", "415-555-0123"),
)


def after(text, *, role="user", known=SARAH, **options):
    """Return one more turn, masked, after a turn with known values."""
    result, _ = call(known, (role, text), **options)
    return result.texts[1]


def test_a_turn_is_masked_and_comes_back():
    """Found values become tokens, everything else stays, and an echo restores the turn."""
    result, vault = call(SARAH)
    assert ("Hi, this is [NAME_1], my number is [PHONE_1].",) == result.texts
    assert SARAH[1] == rehydrate(result.texts[0], vault)
    assert [("NAME", "test"), ("PHONE", "test")] == [(span.kind, span.detector) for span in result.spans[0]]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("call (415) 555-0123 now", "call [PHONE_1] now"),
        ("+14155550123, 1 415 555 0123 or 415.555.0123", "[PHONE_1], [PHONE_1] or [PHONE_1]"),
        ("it is four one five, triple five, oh one two three okay", "it is [PHONE_1] okay"),
        ("id_4155550123_x", "id_[PHONE_1]_x"),
        ("sarah chen / SARAH CHEN / Sarah-Chen / sarahchen", "[NAME_1] / [NAME_1] / [NAME_1] / [NAME_1]"),
        ("that is s a r a h, c h e n", "that is [NAME_1]"),
        ("that is s a r a h and c h e n", "that is [NAME_2] and [NAME_3]"),
        ("Sarah's son, Mrs. Chen", "[NAME_2]'s son, Mrs. [NAME_3]"),
        ("sarahs son", "[NAME_2]s son"),
        ("Chen, Sarah", "[NAME_2], [NAME_3]"),
        ("94155550123 and 415555012", "94155550123 and 415555012"),
        ("\uff14155550123, Sar\u200bah, %34155550123", "[PHONE_1], [NAME_2], [PHONE_1]"),
        ("S\u0336a\u0336r\u0336a\u0336h\u0336 and Sa\u0301rah", "[NAME_2] and [NAME_2]"),
        ("S as in Sam, a as in apple, r a h", "[NAME_2]"),
        ("a chenille sarahland", "a chenille sarahland"),
        ("555-0123", "555-0123"),
    ],
)
def test_known_values_are_swept_in_every_form(text, masked):
    """Other separators, case, speech, spelling, parts and possessives; but not inside other words and numbers."""
    assert masked == after(text, role="assistant")


@pytest.mark.parametrize(
    ("kind", "value", "text", "masked"),
    [
        ("DATE", "March 3rd, 1982", "3/3/1982, 1982-03-03, 03.03.82, march third nineteen eighty two", "[DATE_1], [DATE_1], [DATE_1], [DATE_1]"),
        ("DATE", "March 3rd, 1982", "march 3rd, 3/3, 1982, 3/3/1983", "march 3rd, 3/3, 1982, 3/3/1983"),
        ("DATE", "march third", "March 3, the third of march, 3/3", "[DATE_1], the [DATE_1], 3/3"),
        ("AGE", "92", "92 or ninety two", "92 or ninety two"),
        ("MRN", "MRN-00447A", "mrn 00447a, MRN00447A, 00447", "[MRN_1], [MRN_1], 00447"),
        ("MRN", "4471", "room 4471", "room 4471"),
        ("OTHER_ID", "48213", "48213, 482 13", "[OTHER_ID_1], 482 13"),
        ("OTHER_ID", "sunnygirl", "SunnyGirl and sunny girl", "[OTHER_ID_1] and [OTHER_ID_1]"),
        ("OTHER_ID", "summer", "in summer", "in summer"),
        ("EMAIL", "sarah.chen@example.org", "Sarah.Chen@Example.org, sarah dot chen at example dot org", "[EMAIL_1], [EMAIL_1]"),
        ("ADDRESS", "12 Oak Street, Springfield", "12 oak street springfield; 12 Oak Street", "[ADDRESS_1]; [ADDRESS_2]"),
        ("HEALTH_PLAN", "1EG4-TE5-MK73", "1eg4te5mk73 / 1EG4 TE5 MK73", "[HEALTH_PLAN_1] / [HEALTH_PLAN_1]"),
        ("NAME", "José Núñez", "jose nunez", "[NAME_1]"),
        ("NAME", "Dr. Maria de la Cruz", "de la cruz, dr maria", "de la [NAME_2], dr [NAME_3]"),
    ],
)  # fmt: skip
def test_each_kind_has_its_own_borders(kind, value, text, masked):
    """Short and ambiguous values are not swept everywhere; long ones in every form."""
    assert masked == after(text, role="assistant", known=("user", f"it's {value}.", (kind, value)))


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("will you come in may?", "will you come in may?"),
        ("hi will, it's me", "hi [NAME_2], it's me"),
        ("hi Will 0123", "hi [NAME_2] 0123"),
        ("my name is may", "my name is [NAME_3]"),
        ("please ask Will about it", "please ask [NAME_2] about it"),
        ("Will it rain? May I come?", "Will it rain? May I come?"),
        ("the visit is in May", "the visit is in May"),
        ("the visit is in **May**", "the visit is in **May**"),
        ("**May** 3rd", "**May** 3rd"),
        ("I have **May** on file", "I have **[NAME_3]** on file"),
        ("**May**", "**[NAME_3]**"),
        ("THE WILL MAY CHANGE", "THE [NAME_1] CHANGE"),
        ("Mr. May called", "Mr. [NAME_3] called"),
    ],
)
def test_everyday_words_are_masked_only_where_a_name_can_stand(text, masked):
    """ "Will May" does not make every "will" and "may" a person."""
    masked_text = after(text, role="assistant", known=("user", "I'm Will May", ("NAME", "Will May")))
    assert masked.replace("NAME_3", "NAME_2") == masked_text.replace("NAME_3", "NAME_2")


@pytest.mark.parametrize(
    ("role", "text", "masked"),
    [
        ("system", "Explain at a sixth grade reading level.", "Explain at a sixth grade reading level."),
        (None, "reading", "reading"),
        ("system", "The caller is from Reading.", "The caller is from [ADDRESS_1]."),
        ("assistant", "so that is reading", "so that is [ADDRESS_1]"),
        ("user", "yes reading", "yes [ADDRESS_1]"),
        ("tool", "reading", "[ADDRESS_1]"),
    ],
)
def test_a_place_is_an_operators_own_word_in_small_letters(role, text, masked):
    """The town that a caller names in answer to a question alters no prompt and no tool that uses the word."""
    assert masked == after(text, role=role, known=("user", "reading", ("ADDRESS", "reading")))


def test_a_place_is_an_operators_own_word_in_a_functions_name():
    """Names of functions are their operator's, too."""
    _, vault = call(("user", "reading", ("ADDRESS", "reading")))
    assert "get_reading" == replace_known("get_reading", vault)


@pytest.mark.parametrize(
    ("role", "text", "masked"),
    [
        ("user", "my number is 415 555", "my number is [PHONE_1]"),
        ("user", "my number is four one five five", "my number is [PHONE_1]"),
        ("user", "it's s a r", "it's [NAME_1]"),
        ("user", "my number is 415 555, ", "my number is [PHONE_1], "),
        ("user", "it's 415", "it's 415"),
        ("user", "415 555 is how it starts", "415 555 is how it starts"),
        ("assistant", "my number is 415 555", "my number is 415 555"),
    ],
)
def test_the_beginning_of_a_value_is_masked_at_the_end_of_a_users_turn(role, text, masked):
    """A caller who was cut off still said part of the number."""
    assert masked == after(text, role=role)


@pytest.mark.parametrize("blank", ["\r", "\r\n", "\xa0", "\x0b", "\u2003\u3000", "\u2028", "\x1f", "\x85"])
def test_whatever_is_blank_is_blank_at_the_end_of_a_turn(blank):
    """A turn may hold nothing else, or a lot of it."""
    assert [blank, "ok." + blank * 90] == [after(blank), after("ok." + blank * 90)]
    assert f"my number is [PHONE_1], {blank}" == after(f"my number is 415 555, {blank}")
    known = ("user", "it's s.chen42@example.org", ("EMAIL", "s.chen42@example.org"))
    assert f"so [EMAIL_1].{blank}" == after(f"so s.chen42@exa.{blank}", known=known)


def test_the_beginning_of_an_address_is_masked_too():
    """An e-mail address that breaks off is still someone's."""
    known = ("user", "it's s.chen42@example.org", ("EMAIL", "s.chen42@example.org"))
    assert "so [EMAIL_1]" == after("so s.chen42@exa", known=known)
    assert "so [EMAIL_1]@" == after("so s.chen42@", known=known)


def test_a_cut_off_form_is_not_what_comes_back():
    """The token of a beginning stands for the whole value, and restores it."""
    _, vault = call(SARAH, ("user", "so that's 415 555"))
    assert "415-555-0123" == rehydrate("[PHONE_1]", vault)


def test_a_value_is_known_in_earlier_turns_too():
    """What is known once is masked everywhere, also before it was found."""
    result, _ = call(("assistant", "Is this Sarah? I have 4155550123."), SARAH)
    assert "Is this [NAME_2]? I have [PHONE_1]." == result.texts[0]


def test_parts_get_numbers_without_taking_those_of_found_values():
    """A part's number comes where it becomes known, so that the next turn changes no earlier token."""
    turns = [SARAH, ("assistant", "Thanks Sarah."), ("user", "and Pedro Ruiz", ("NAME", "Pedro Ruiz"))]
    first, _ = call(*turns[:2])
    both, _ = call(*turns)
    late, _ = call(("assistant", "Hello Sarah"), ("user", "Pedro", ("NAME", "Pedro")), SARAH)
    assert first.texts == both.texts[:2]
    assert "and [NAME_3]" == both.texts[2]
    assert ("Hello [NAME_3]", "[NAME_1]") == late.texts[:2]


def test_a_value_returns_in_the_form_last_used_by_the_user():
    """Forms in the assistant's or a tool's text do not count."""
    _, vault = call(SARAH, ("user", "I mean (415) 555 0123"), ("assistant", "So 4155550123, SARAH CHEN?"))
    assert "(415) 555 0123 Sarah Chen" == rehydrate("[PHONE_1] [NAME_1]", vault)


def test_seeds_are_masked_wherever_they_stand():
    """What the platform told us counts as found, in any form; one that stands nowhere takes no number."""
    seeds = [Seed("NAME", "Pedro Ruiz"), Seed("PHONE", "+14155550123"), Seed("NAME", "Sarah Chen")]
    result, _ = call(
        ("system", "You speak with sarah chen."),
        ("user", "it's sarah, four one five five five five oh one two three"),
        seeds=seeds,
    )
    assert ("You speak with [NAME_1].", "it's [NAME_2], [PHONE_1]") == result.texts
    assert ["seed"] == [span.detector for span in result.spans[0]]


def test_a_seed_widens_what_a_detector_found():
    """Where both found something, the longer one stays whole."""
    result, _ = call(("user", "Sarah Chen here", ("NAME", "Chen")), seeds=[Seed("NAME", "Sarah Chen")])
    assert ("[NAME_1] here",) == result.texts


def test_allowed_words_are_not_swept_as_parts():
    """The bot's name stays, even when a patient has it too."""
    policy = Policy.from_toml('[allow.NAME]\nwords = ["Sarah"]')
    assert "Sarah is the assistant, Mrs. [NAME_2]" == after("Sarah is the assistant, Mrs. Chen", policy=policy)


def test_literal_token_text_is_left_alone():
    """It is not masked from within, its number is skipped, and it never becomes a value."""
    result, vault = call(("user", "what is [NAME_1], name_2 or PHONE_1? I'm Sarah Chen", ("NAME", "Sarah Chen")))
    assert ("what is [NAME_1], name_2 or PHONE_1? I'm [NAME_2]",) == result.texts
    assert "[NAME_1] PHONE_1" == rehydrate("[NAME_1] PHONE_1", vault)


def test_a_finding_over_literal_text_masks_what_is_around_it():
    """A detector that takes a look-alike for part of a name cannot make it vanish."""
    text = "Sarah [NAME_1] Chen"
    result, _ = call(("user", text, ("NAME", text)))
    assert ("[NAME_2] [NAME_1] [NAME_3]",) == result.texts


def test_actions_redact_keep_and_block():
    """``redact`` never comes back, also where it is swept; ``keep`` stays; ``block`` stops."""
    policy = Policy.from_toml("[kinds.PHONE]\naction = 'redact'\n[kinds.NAME]\naction = 'keep'")
    result, vault = call(SARAH, ("assistant", "4155550123, Sarah"), policy=policy)
    assert ("Hi, this is Sarah Chen, my number is [REDACTED:PHONE].", "[REDACTED:PHONE], Sarah") == result.texts
    assert not vault.live
    with pytest.raises(Blocked) as blocked:
        call(SARAH, policy=Policy.from_toml("[kinds.PHONE]\naction = 'block'"))
    assert "415" not in str(blocked.value)


def test_what_is_redacted_does_not_come_back_under_another_kind():
    """The same digits, found as a code elsewhere."""
    policy = Policy.from_toml('[kinds.SSN]\naction = "redact"')
    turns = [
        ("tool", "code 219099999", ("OTHER_ID", "219099999")),
        ("user", "my ssn is 219-09-9999", ("SSN", "219-09-9999")),
        ("tool", "code 319099999", ("OTHER_ID", "319099999")),
    ]
    result, vault = call(*turns, policy=policy)
    assert ("code [REDACTED:OTHER_ID]", "my ssn is [REDACTED:SSN]", "code [OTHER_ID_1]") == result.texts
    assert "[REDACTED:OTHER_ID] 319099999" == rehydrate("[REDACTED:OTHER_ID] [OTHER_ID_1]", vault)


def test_a_code_that_is_redacted_does_not_come_back_under_another_kind():
    """With its letters."""
    policy = Policy.from_toml('[kinds.LICENSE]\naction = "redact"')
    result, _ = call(
        ("user", "my license is D8374921", ("LICENSE", "D8374921")),
        ("user", "code d837 4921", ("OTHER_ID", "d837 4921")),
        policy=policy,
    )
    assert ("my license is [REDACTED:LICENSE]", "code [REDACTED:OTHER_ID]") == result.texts


def test_what_one_disguise_hides_is_found_without_reading_everything():
    """One escape in a long text makes of it no text to be read whole; the test's own time limit is the check."""
    text = "a-" * 200_000 + "%5B 415%2D555%2D0123 " + "a-" * 200_000
    result, _ = call(SARAH, ("assistant", text))
    assert "555" not in result.texts[1]


def test_actions_differ_by_place():
    """A rule changes one place; the same value is masked elsewhere."""
    policy = Policy.from_toml(
        "[[rules]]\nkind='PHONE'\nrole='tool'\naction='redact'\n[[rules]]\nkind='NAME'\nrole='system'\naction='keep'"
    )
    result, _ = call(("system", "Patient: Sarah Chen"), ("tool", "4155550123"), SARAH, policy=policy)
    assert ("Patient: Sarah Chen", "[REDACTED:PHONE]", "Hi, this is [NAME_1], my number is [PHONE_1].") == result.texts


def test_the_scheduling_preset_keeps_dates_in_slots():
    """Dates in a scheduling tool's results stay readable, even one that the caller also said."""
    policy = Policy.from_toml("preset='scheduling'\nscheduling_tools=['find_slots']")
    born = ("user", "born March 3rd, 1982", ("DATE", "March 3rd, 1982"))
    slots = ("tool", "free: 2031-05-04, 1982-03-03, Sarah Chen 415-555-0123", ("DATE", "2031-05-04"))
    result, _ = call(SARAH, born, slots, slots, policy=policy, tools=[None, None, "find_slots", "other"])
    assert "free: 2031-05-04, 1982-03-03, [NAME_1] [PHONE_1]" == result.texts[2]
    assert "free: [DATE_2], [DATE_1], [NAME_1] [PHONE_1]" == result.texts[3]


@pytest.mark.parametrize("leak", ["Sarah", "4155550123", "four one five five five five oh one two three", "x chen"])
def test_the_last_look_stops_known_values(leak):
    """A known value in an outgoing string stops the request; the error names its kind, not the value."""
    _, vault = call(SARAH)
    with pytest.raises(LeakPrevented) as prevented:
        outgoing_check(["[NAME_1] is fine", leak], vault, DEFAULT)
    assert leak not in str(prevented.value)


def test_the_last_look_lets_tokens_and_everyday_words_pass():
    """Tokens, redactions and look-alikes hold no value."""
    _, vault = call(SARAH)
    outgoing_check(["[NAME_1] [REDACTED:PHONE] NAME_1 will 555"], vault, DEFAULT)
    outgoing_check(["anything"], Vault(), DEFAULT)


def test_a_token_may_have_the_number_that_is_another_value():
    """Of ten thousand postal codes in a table, one is the number of another one's token."""
    codes = [f"{number:05}" for number in range(9_000, 20_000)]
    result, _ = call(("tool", " ".join(codes), *(("ADDRESS", code) for code in codes)))
    assert result.texts[0].endswith("[ADDRESS_11000]")


def test_other_strings_can_be_masked_with_what_is_known():
    """Function names and the like: known values only, written as the caller of the function wants."""
    _, vault = call(SARAH)
    assert "call_NAME_1" == replace_known("call_sarah_chen", vault, lambda token: token[1:-1])
    assert "schedule_may" == replace_known("schedule_may", vault)
    assert [(0, 10, "[PHONE_1]")] == known_spans("4155550123", vault)
    assert [] == known_spans("4155550123", Vault())


def test_spellings_tell_what_stood_in_a_string():
    """What an enum spelled can come back exactly."""
    result, _ = call(("system", "Chen, Sarah", ("NAME", "Chen, Sarah")), SARAH)
    assert {"[NAME_1]": "Chen, Sarah"} == result.spellings([0])


def test_nothing_shows_a_value():
    """Reprs of results, seeds and hits hold no text."""
    result, vault = call(SARAH, ("user", "sarah"))
    shown = repr(result) + repr(Seed("NAME", "Sarah")) + repr(vault.known)
    shown += repr(vault.known.find(["sarah 4155550123"]))
    assert "sarah" not in shown.lower()
    assert "4155" not in shown


def test_a_very_long_text_with_many_beginnings_stays_linear():
    """Runs of words that begin a known value are no trouble; the test's own time limit is the check."""
    text = "415 555 " * 20_000 + "sarah " * 20_000 + "s a r " * 10_000
    result, _ = call(SARAH, ("assistant", text))
    assert "sarah" not in result.texts[1]


def test_many_values_are_masked_in_many_steps():
    """Others are served while they are gathered, indexed, numbered and written, however many there are."""
    numbers = [f"{number:07}" for number in range(1_000_000, 1_002_000)]
    text = " ".join(numbers)
    spans = [Span(8 * place, 8 * place + 7, "MRN", 1.0, "test") for place in range(len(numbers))]
    steps = masking_steps(Source([Segment(text, "user")], [spans]), Vault(), DEFAULT)
    assert sum(1 for _ in steps) >= 4 * len(numbers) // 200


def test_what_is_made_to_be_compared_for_ever_is_refused():
    """A long value of one word over and over, in a text of nothing else; or more values than memory should hold."""
    with pytest.raises(DetectionFailed):
        call(("user", "12 " * 100_000), seeds=[Seed("ACCOUNT", "12 " * 60)])
    with pytest.raises(DetectionFailed):
        call(("user", "hi"), seeds=[Seed("ACCOUNT", f"{n:0100}") for n in range(1, 6_000)])
    result, _ = call(("user", "it is 12 12 12 12"), seeds=[Seed("ACCOUNT", "12 " * 60), Seed("ACCOUNT", "12121212")])
    assert ("it is [ACCOUNT_1]",) == result.texts


@pytest.mark.parametrize(
    ("kind", "value", "other"),
    [
        ("SSN", "012-34-5678", "12345678"),
        ("ACCOUNT", "000123456789", "123456789"),
        ("MRN", "00123456", "123-456"),
        ("NAME", "José Núñez", "JOSE NUÑEZ"),
        ("NAME", "Núñez", "NUÑEZ"),
        ("NAME", "Łukasz Wałęsa", "lukasz walesa"),
        ("NAME", "Jürgen Strauß", "Juergen Strauss"),
        ("NAME", "Søren Bjørnæs", "Soren Bjornaes"),
    ],
)
def test_a_value_that_programs_wrote_again_is_the_same_value(kind, value, other):
    """Without its leading zeros, with some of its accents or none, with two letters for one."""
    result, _ = call(("user", f"it is {value}", (kind, value)), ("tool", f"row: {other}, end"))
    assert f"row: [{kind}_1], end" == result.texts[1]


def test_a_word_that_only_its_masked_neighbour_makes_a_name_is_masked_too():
    """The last look reads the outgoing text, so the sweep reads what it has masked once more."""
    texts = ["it's 1982-03-14", "hi Will 3/14/1982"]
    spans = [[Span(5, 15, "DATE")], []]
    vault = Vault()
    result = mask_segments(
        [Segment(text, "user") for text in texts], spans, vault, Policy(), [Seed("NAME", "Will May")]
    )
    assert ("it's [DATE_1]", "hi [NAME_1] [DATE_1]") == result.texts
    outgoing_check(result.texts, vault, Policy())


def test_spelled_letters_beside_the_name_are_read_wherever_they_stand():
    """Whether a text is worth reading depends on itself alone, so that it can be remembered."""
    result = mask_segments(
        [Segment("I am Asa", "user"), Segment("No Asa a s a.", "user")], [[Span(5, 8, "NAME")], []], Vault(), Policy()
    )
    assert "No [NAME_1] [NAME_1]." == result.texts[1]


def test_a_name_that_is_a_word_is_masked_whole_where_a_shorter_name_would_be():
    """Miles Mile, of whom nothing may be left but a letter."""
    result = mask_segments(
        [Segment("Miles Mile", "user"), Segment("Oh Miles sorry", "assistant")],
        [[Span(0, 10, "NAME")], []],
        Vault(),
        Policy(),
    )
    assert "Oh [NAME_2] sorry" == result.texts[1]


@pytest.mark.parametrize("value", ["Sarah Chen", "\uff33arah \uff23hen", "\\u0053arah Chen", "S-A-R-A-H C-H-E-N"])
@pytest.mark.parametrize("filler", ["thx ", "\uff54hx ", "\\u0074hx-"])
def test_known_values_are_found_wherever_a_long_text_is_cut(value, filler):
    """A long text is swept in pieces: each place of a value in it is found, once, whichever border it stands on."""
    known = KnownValues([Known("NAME", "Sarah Chen", "key")])
    text, places = "", []
    while len(text) < 40_000:
        text += filler * (12 + len(places) % 7)
        text += " "
        places.append((len(text), len(text) + len(value)))
        text += value + " "
    hits = known.find(["Sarah Chen", text, "", "Sarah Chen"])
    assert [0, *[1] * len(places), 3] == [hit.index for hit in hits]
    assert places == [(hit.start, hit.end) for hit in hits[1:-1]]


@pytest.mark.parametrize("text", ["\\u0041\\u0042 ", "%41b-", "\uff41b ", "one two three ", "&#91;ab-", "Sarah "])
def test_a_long_text_is_swept_in_short_steps(text):
    """What stands in a text makes no single step of the sweep, or of the last look, longer."""
    vault = Vault()
    segments = [Segment("Sarah Chen", "user"), Segment(text * (200_000 // len(text)), "user")]
    steps = masking_steps(Source(segments, [[Span(0, 10, "NAME", 1.0, "test")], []]), vault, DEFAULT)
    assert 20 < sum(1 for _ in steps)
    assert 20 < sum(1 for _ in outgoing_steps([segments[1].text.replace("Sarah", "thx and")], vault, DEFAULT))
