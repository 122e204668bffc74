"""The rehydrator, case by case; its laws are property tests."""

import json

import pytest

from masker.masking.rehydrator import Rehydrator, rehydrate
from masker.masking.vault import Vault


@pytest.fixture
def vault() -> Vault:
    """A vault with a name, a spoken phone number, a quoted name, a spoken date; NAME_3 is literal text."""
    vault = Vault(reserved={"NAME_3"})
    vault.token_for("NAME", "Sarah Chen")
    vault.token_for("PHONE", "four one five, triple five, oh one two three")
    vault.token_for("NAME", 'Pedro "Pepe" Ruiz')
    vault.token_for("DATE", "march third nineteen eighty two")
    return vault


def whole(text, vault, **options):
    rehydrator = Rehydrator(vault, **options)
    return rehydrator.feed(text) + rehydrator.flush()


@pytest.mark.parametrize(
    ("text", "restored"),
    [
        ("Hi [NAME_1]!", "Hi Sarah Chen!"),
        ("[name_1] [NAME 1] [NAME-1] [NAME\n1]", "Sarah Chen Sarah Chen Sarah Chen Sarah Chen"),
        ("\\[NAME\\_1\\] and %5BNAME_1%5D", "Sarah Chen and Sarah Chen"),
        ("**[NAME_1]** _[NAME_1]_", "**Sarah Chen** _Sarah Chen_"),
        ("[NAME_1]'s NAME_1's", "Sarah Chen's Sarah Chen's"),
        ("NAME_1, x_NAME_1, NAME_12", "Sarah Chen, x_NAME_1, NAME_12"),
        ("*NAME_1* **NAME_1** ~~NAME_1~~ _NAME_1_", "*Sarah Chen* **Sarah Chen** ~~Sarah Chen~~ _NAME_1_"),
        ("name 1, name_1, Name_1", "name 1, name_1, Name_1"),
        ("[NAME_3] [NAME_9] [PHONE_2] [REDACTED:SSN]", "[NAME_3] [NAME_9] [PHONE_2] [REDACTED:SSN]"),
        ("[[NAME_1]]", "[Sarah Chen]"),
        ("[NAME_1", "[NAME_1"),
        ("so NAME_1", "so Sarah Chen"),
        ("[NAME_1 and", "[Sarah Chen and"),
    ],
)
def test_accepted_forms_come_back_and_nothing_else(vault, text, restored):
    """Each accepted form becomes the value; look-alikes, foreign and unfinished tokens stay."""
    assert restored == rehydrate(text, vault)


def test_a_restored_value_is_not_read_again():
    """A value that looks like another token is just a value."""
    vault = Vault()
    vault.token_for("OTHER_ID", "[NAME_1]")
    vault.token_for("NAME", "Sarah Chen")
    assert "[NAME_1] and [NAME_1]" == rehydrate("[OTHER_ID_1] and [OTHER_ID_1]", vault)


def test_what_was_counted(vault):
    """Restored, bent and unknown tokens are counted, and the most that was held."""
    rehydrator = Rehydrator(vault, unknown="phrase")
    for piece in ("[NAME", "_1] [name_1] NAME_2 [PHONE", "_9] [NAM"):
        rehydrator.feed(piece)
    rehydrator.flush()
    counts = (rehydrator.restored, rehydrator.bent, rehydrator.unknown, rehydrator.held_max)
    assert (3, 2, 1, len("[PHONE")) == counts


def test_unknown_tokens_can_become_a_phrase(vault):
    """A caller hears no brackets: a token of a known kind that was never issued is said neutrally."""
    text = "I have [PHONE_9], [date 4] and HEALTH_PLAN_1; [NAME_3], [STEP_1] and [NAME_1]."
    assert (
        "I have your phone number, your date and your health plan number; [NAME_3], [STEP_1] and Sarah Chen."
        == whole(text, vault, unknown="phrase")
    )


def test_a_plugin_kind_has_its_own_phrase(vault):
    """Phrases by kind replace the first-party ones."""
    assert "your pet's name" == whole("[PET_2]", vault, unknown="phrase", phrases={"PET": "your pet's name"})


def test_tools_get_written_values(vault):
    """What was spoken comes back in digits and ISO 8601; content keeps the caller's words."""
    text = '{"phone": "[PHONE_1]", "born": "[DATE_1]"}'
    assert {"phone": "4155550123", "born": "1982-03-03"} == json.loads(whole(text, vault, json=True, for_tool=True))
    assert "march third nineteen eighty two" == whole("[DATE_1]", vault)


def test_tools_get_what_was_typed_where_speech_does_not_tell():
    """How a value stood first is certain, where it was said last in a way that two values share."""
    vault = Vault()
    vault.add("NAME", "Sarah Chen").last = "s a r a h c h e n"
    vault.add("MRN", "00422").last = "double oh four hundred twenty two"
    vault.add("SSN", "078-05-1120").last = "oh seven eight, oh five, one one two oh"
    said = whole("[NAME_1] [MRN_1] [SSN_1]", vault, for_tool=True)
    assert "Sarah Chen 00422 078051120" == said


def test_tools_get_their_own_spelling(vault):
    """A value that the tool's enum lists comes back exactly as listed; a spelling by token is stronger still."""
    text = '{"who": "[NAME_1]", "when": "[DATE_1]"}'
    options = {"json": True, "for_tool": True, "enums": ["CHEN, SARAH", "3 March 1982"]}
    assert {"who": "CHEN, SARAH", "when": "3 March 1982"} == json.loads(whole(text, vault, **options))
    exact = json.loads(whole(text, vault, **options, spellings={"[NAME_1]": "S. Chen"}))
    assert "S. Chen" == exact["who"]


@pytest.mark.parametrize(
    ("text", "restored"),
    [
        ('{"a": "[NAME_2]"}', {"a": 'Pedro "Pepe" Ruiz'}),
        ('{"a": "x\\n[NAME_2]\\\\"}', {"a": 'x\nPedro "Pepe" Ruiz\\'}),
        ('{"a": "\\u005bNAME_1]", "b": "[NAME\\n1]"}', {"a": "Sarah Chen", "b": "Sarah Chen"}),
        ('{"a": [NAME_1], "b": [[NAME_2], PHONE_1]}', {"a": "Sarah Chen", "b": ['Pedro "Pepe" Ruiz', "4155550123"]}),
        ('{"NAME_1": "NAME_1"}', {"NAME_1": "Sarah Chen"}),
        ('{"[NAME_1]": {"x": "NAME_1", "PHONE_1": 1}}', {"Sarah Chen": {"x": "Sarah Chen", "PHONE_1": 1}}),
        ('["NAME_1", {"a": ["NAME_1"]}]', ["Sarah Chen", {"a": ["Sarah Chen"]}]),
        ('{"url": "https://example.org/?q=%5BNAME_1%5D"}', {"url": "https://example.org/?q=Sarah Chen"}),
        ('{"quote": "\\"[NAME_1]\\"", "n": 1e-7}', {"quote": '"Sarah Chen"', "n": 1e-7}),
    ],
)
def test_restored_arguments_are_valid_json(vault, text, restored):
    """Values are escaped for their string; a token without quotation marks becomes a string; bare keys stay."""
    assert restored == json.loads(whole(text, vault, json=True, for_tool=True))


def test_json_text_outside_strings_and_tokens_stays_as_it_is(vault):
    """Numbers, spacing and escapes are not rewritten."""
    text = '{ "a" : 1.0e+5 , "b" : [ 0.1, -0 , null ],\t"c": "\\u00e9\\/", "n": 123456789012345678901234567890 }'
    assert text == whole(text, vault, json=True)


def test_prose_in_json_mode_is_restored_without_quotation_marks(vault):
    """A model that was asked for JSON and answers in prose is understood."""
    assert "Sorry, Sarah Chen." == whole("Sorry, [NAME_1].", vault, json=True)


def test_text_is_held_over_as_many_pieces_as_it_takes(vault):
    """Nothing of a token that does complete leaves early; what turns out to be prose leaves at once."""
    rehydrator = Rehydrator(vault)
    outputs = [
        rehydrator.feed(piece) for piece in ("Hi", " [", "NA", "ME", "_", "1", "]", "! [NA", "P]", " NAME_1", ".")
    ]
    assert ["Hi", " ", "", "", "", "", "Sarah Chen", "! ", "[NAP]", " ", "Sarah Chen."] == outputs
    assert "" == rehydrator.held == rehydrator.flush()


def test_a_value_comes_back_as_the_user_last_said_it():
    """The last form in a user's message wins over the first form."""
    vault = Vault()
    value = vault.add("PHONE", "+14155550123")
    assert "+14155550123" == rehydrate("[PHONE_1]", vault)
    value.last = "415 555 0123"
    assert "415 555 0123" == rehydrate("[PHONE_1]", vault)


@pytest.mark.parametrize("path", ["C:\\patients\\{}.pdf", "\\\\srv\\{}\\a.pdf", "DOMAIN\\{}"])
def test_the_backslash_of_a_path_stays(path):
    """As text, in arguments and in a document in them; Markdown's, which has another behind it, goes."""
    vault = Vault()
    vault.add("MRN", "44713")
    text, wanted = path.format("[MRN_1]"), path.format("44713")
    assert wanted == rehydrate(text, vault)
    for raw, expected in (
        (json.dumps({"a": text}), json.dumps({"a": wanted})),
        (json.dumps({"a": json.dumps({"b": text})}), json.dumps({"a": json.dumps({"b": wanted})})),
    ):
        for pieces in ([raw], list(raw)):
            rehydrator = Rehydrator(vault, json=True)
            assert expected == "".join(map(rehydrator.feed, pieces)) + rehydrator.flush()
    assert "44713 44713 44713" == rehydrate("\\[MRN\\_1\\] \\[MRN_1\\] \\[MRN\\_1]", vault)


def test_a_wiped_vault_restores_nothing(vault):
    """After the request, its tokens are plain text, even for a rehydrator that was opened before."""
    rehydrator = Rehydrator(vault)
    vault.wipe()
    assert "[NAME_1]" == rehydrator.feed("[NAME_1]") + rehydrator.flush()


def test_nothing_shows_held_text(vault):
    """The repr tells lengths only."""
    rehydrator = Rehydrator(vault)
    rehydrator.feed("Sarah [NAME")
    assert "NAME" not in repr(rehydrator)
    assert "Sarah" not in repr(rehydrator)


NESTED = {
    "an object": ({"who": "[NAME_1]", "quoted": 'say "[NAME_1]" ok', "path": "c:\\x [NAME_1]"}, None),
    "on lines": ({"who": "[NAME_1]"}, 2),
    "an array": (["[NAME_1]", 1], None),
    "arrays": ([["[NAME_1]"], "a"], None),
    "escapes before what closes a string": ({"a": "x\n", "b": "\\\\", "c": '"', "d[": "[\\", "e": "[NAME_1]"}, None),
}


@pytest.mark.parametrize("blanks", ["", "  ", "\n\t"])
@pytest.mark.parametrize("document", NESTED)
def test_json_inside_of_an_arguments_string_stays_json(document, blanks):
    """For every cut: a value is escaped for the string that it stands in, and for that in which the document stands."""
    vault = Vault()
    value = 'Maribel "Q" Okonkwo\n2nd'
    vault.add("NAME", value)
    inner, indent = NESTED[document]
    raw = json.dumps({"url": "/book", "body": blanks + json.dumps(inner, indent=indent)})
    wanted = json.loads(json.dumps(inner).replace("[NAME_1]", json.dumps(value)[1:-1]))
    for pieces in [list(raw), *([raw[:cut], raw[cut:]] for cut in range(len(raw)))]:
        rehydrator = Rehydrator(vault, json=True)
        out = "".join(map(rehydrator.feed, pieces)) + rehydrator.flush()
        assert wanted == json.loads(json.loads(out)["body"])


@pytest.mark.parametrize("text", ["[NAME_1]", "[NAME_1] and [NAME_1]", "{so} [NAME_1]"])
def test_words_that_begin_like_json_are_escaped_once(text):
    """A string that begins with a token is no document."""
    vault = Vault()
    vault.add("NAME", 'Maribel "Q" Okonkwo')
    rehydrator = Rehydrator(vault, json=True)
    out = rehydrator.feed(json.dumps({"a": text})) + rehydrator.flush()
    assert {"a": text.replace("[NAME_1]", 'Maribel "Q" Okonkwo')} == json.loads(out)
