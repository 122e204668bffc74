"""A question stays open over back-channels, read-backs and elliptical follow-ups."""

from masker import Turn
from masker.detection.context import MAX_TURNS, open_questions


def questions(*turns):
    made = [Turn("assistant" if t[0] == "a" else "user", t[2:]) for t in turns]
    return [q.text if q else None for q, _ in open_questions(made)]


def test_an_answer_sees_its_question():
    """The turn after a question has it as context; the question itself does not."""
    assert [None, "what's your date of birth"] == questions("a:what's your date of birth", "u:uh october seventh")


def test_back_channels_keep_it_open():
    """Pieces of a value, with "okay" between, all see the question."""
    ask = "can i get your phone number"
    assert [None, ask, ask, ask] == questions(f"a:{ask}", "u:seven one five", "a:okay", "u:one three nine")


def test_an_elliptical_follow_up_keeps_it_open():
    """A short follow-up does not hide what was asked."""
    ask = "what is your date of birth"
    assert ask == questions(f"a:{ask}", "u:october seventh", "a:and in which one", "u:ninety three")[3]


def test_a_new_question_replaces_it():
    """Another topic closes the first."""
    assert "where is the pain" == questions("a:what's your name", "u:pedro", "a:where is the pain", "u:left knee")[3]


def test_it_closes_after_some_turns():
    """A question nobody comes back to does not stay open for ever."""
    turns = ["a:what's your name", *["u:mm"] * (MAX_TURNS + 2)]
    assert questions(*turns)[-1] is None


def test_a_tool_result_is_no_question():
    """Instructions and data ask nothing of the caller."""
    made = [Turn("system", "ask for the date of birth, please"), Turn("user", "hello")]
    assert (None, (made[0],)) == list(open_questions(made))[1]


def test_a_tool_result_goes_on_with_nothing():
    """Without a question, data is the same wherever it stands, and known again."""
    made = [Turn("user", "hello"), Turn("assistant", "one moment"), Turn("tool", "seven open slots")]
    assert (None, ()) == list(open_questions(made))[2]


def test_signs_said_one_a_turn_keep_it_open():
    """An account number in single digits takes more turns than a question otherwise stays open."""
    ask = "please say the account number one digit at a time"
    assert ask == questions(f"a:{ask}", *["u:seven", "a:seven"] * MAX_TURNS)[-1]


def test_a_number_begun_is_a_question():
    """Who names a number and begins to say it goes on with it in the next turns."""
    said = "let me give you her social nine four"
    assert [None, said, said] == questions(f"u:{said}", "a:okay", "u:one two")
    assert [None, None, None] == questions("u:i have two sons and my social life", "a:okay", "u:one two")


def test_a_name_that_is_being_spelled_is_a_question_for_letters():
    """Who begins to spell a name goes on with letters; one that was said is complete, and words are something else."""
    said = "my last name is o k o n"
    assert [None, said, said] == questions(f"u:{said}", "a:okay", "u:uh k w o")
    assert [None, said, None] == questions(f"u:{said}", "a:okay", "u:refill please")
    assert [None, None, None] == questions("u:my last name is okonkwo o k o n k w o", "a:okay", "u:k w o")


def test_the_rest_of_a_number_is_no_new_question():
    """ "The full number" asks for more of what was asked for; somebody's number is a new one."""
    ask = "what's the serial on the back of the monitor"
    assert ask == questions(f"a:{ask}", "u:w m", "a:the full number please", "u:oh four")[3]
    assert ask != questions(f"a:{ask}", "u:w m", "a:and what's your number", "u:oh four")[3]


def test_urging_on_asks_nothing():
    """ "Take your time" leaves the question open."""
    ask = "what's the code we texted you"
    assert ask == questions(f"a:{ask}", "u:hold on", "a:take your time", "u:three nine")[3]


def test_a_number_taken_back_answers_its_question_once_more():
    """Who says "actually it's 4472" some questions later means the number that looks like it, and nothing else."""
    ask, name, help_ = "what's your record number", "and your name", "how can i help you today"
    told = (f"a:{ask}", "u:4471", f"a:{name}", "u:okafor", f"a:{help_}")
    for said in (
        "actually it's 4472",
        "no, 4472",
        "oh I gave you the wrong one, it's 4472",
        "no wait four four seven two",
    ):
        assert ask == questions(*told, f"u:{said}")[-1]
    for said in ("it's 4472", "no, 101 fever", "actually 5 of them", "sorry, okonkwo"):
        assert help_ == questions(*told, f"u:{said}")[-1]


def test_a_number_taken_back_is_not_looked_for_where_another_one_is_asked_for():
    """Where the open question is for a number, that is what a correction corrects."""
    ask = "and your pin"
    assert ask == questions("a:what's your record number", "u:4471", f"a:{ask}", "u:sorry, 9981")[-1]


def test_what_a_caller_misses_is_open_for_who_tells_it():
    """A bare number behind "I forgot my PIN" is that PIN, unless the caller goes on or something is asked first."""
    said = "I forgot my PIN"
    help_ = "how can i help you"
    assert [None, said] == questions(f"u:{said}", "a:4471")
    assert [None, help_, said] == questions(f"a:{help_}", f"u:{said}", "a:no problem, it's 4471")
    assert [None, None, None] == questions(f"u:{said}", "a:okay", "u:4471 miles away")
    assert [None, "what's your name", "what's your name"] == questions("a:what's your name", f"u:{said}", "a:4471")
    assert [None, None] == questions("u:I need my account balance", "a:1250")
    assert [None, None] == questions(
        f"u:{said}", "a:" + "there is something else that we need to talk about first, " * 2
    )


def test_an_offer_closes_a_question_that_was_answered():
    """Times and days to choose from are the asking side's own; what it repeats of an answer, or says before one, is not."""
    ask = "what's your record number"
    for offer in (
        "I have two fifteen or three forty five.",
        "Doctor Tran can see you Thursday at 2:15.",
        "Which one should I put you down for?",
        "Does nine thirty work for you?",
        "Do you want Thursday or Friday?",
    ):
        assert questions(f"a:{ask}", "u:nine fifteen four", f"a:{offer}", "u:two fifteen")[3] is None
        assert ask == questions(f"a:{ask}", "u:hold on", f"a:{offer}", "u:nine fifteen four")[3]
    assert ask == questions(f"a:{ask}", "u:nine fifteen", "a:i have nine fifteen or is it nine fifty", "u:four")[2]
    assert ask == questions(f"a:{ask}", "u:nine fifteen", "a:okay i have nine fifteen today", "u:four")[3]


def test_what_is_offered_is_read_without_the_question():
    """The times of an offer answer nothing, whatever is asked; without any the turn may read an answer back."""
    ask = "what's your record number"
    assert questions(f"a:{ask}", "u:4471", "a:I have two fifteen or three forty five.")[2] is None
    assert ask == questions(f"a:{ask}", "u:4471", "a:so 4472, which one should I put you down for?")[2]
