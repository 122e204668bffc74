"""The vault: numbers, identity, and what it never shows."""

import pytest

from masker.errors import DetectionFailed
from masker.masking.vault import Vault


def test_values_are_counted_per_kind():
    """The same value, in any form, has one token; another has the next number."""
    vault = Vault()
    tokens = [
        vault.token_for("NAME", "Sarah Chen"),
        vault.token_for("PHONE", "415-555-0123"),
        vault.token_for("NAME", "Pedro Ruiz"),
        vault.token_for("NAME", "SARAH CHEN"),
        vault.token_for("PHONE", "four one five, triple five, oh one two three"),
    ]
    assert ["[NAME_1]", "[PHONE_1]", "[NAME_2]", "[NAME_1]", "[PHONE_1]"] == tokens


def test_reserved_numbers_are_skipped():
    """A number that stands in the request as literal text is nobody's."""
    vault = Vault(reserved={"NAME_1", "NAME_3"})
    assert ["[NAME_2]", "[NAME_4]"] == [vault.token_for("NAME", "Sarah"), vault.token_for("NAME", "Pedro")]


def test_a_long_number_is_one_value_whatever_its_kind():
    """A phone number that is also the fax number gets one token; short numbers are values of their kind."""
    vault = Vault()
    assert vault.token_for("PHONE", "415-555-0123") == vault.token_for("FAX", "(415) 555 0123")
    assert vault.token_for("MRN", "4471") != vault.token_for("ACCOUNT", "4471")


def test_nothing_shows_a_value():
    """Neither the vault's repr nor its values' reprs contain text."""
    vault = Vault()
    vault.token_for("NAME", "Sarah Chen")
    assert "Sarah" not in repr(vault) + repr(list(vault)) + repr(vault.live)
    assert "chen" not in (repr(vault) + repr(list(vault))).lower()


def test_a_wiped_vault_knows_nothing():
    """Even a value that somebody still holds is empty."""
    vault = Vault()
    value = vault.add("NAME", "Sarah Chen")
    vault.wipe()
    assert (0, {}, None) == (len(vault), dict(vault.live), vault.find("NAME", "Sarah Chen"))
    assert ("", "") == (value.first, value.form)


def test_a_plugin_may_write_tokens_of_its_own():
    """Any text of the token grammar will do, and is what is live."""
    vault = Vault(surrogate=lambda kind, number: f"[{kind}_{number + 100}]")
    assert "[NAME_101]" == vault.token_for("NAME", "Sarah")
    assert ["NAME_101"] == list(vault.live)


@pytest.mark.parametrize("answer", ["Sarah", "[name_1]", "[NAME_7]", "NAME_1"])
def test_a_plugin_that_breaks_the_grammar_stops_the_request(answer):
    """Text outside the grammar, or one token for two values, is no surrogate."""
    vault = Vault(surrogate=lambda kind, number: answer)
    with pytest.raises(DetectionFailed):
        [vault.token_for("NAME", person) for person in ("Sarah", "Pedro")]


def test_a_value_comes_back_without_markup() -> None:
    """A span may begin and end within tags, which a speech engine would refuse, and a tool wants the number."""
    vault = Vault()
    said = '415</prosody><prosody rate="slow">555</prosody> <prosody rate="slow">0134'
    assert "415 555 0134" == vault.add("PHONE", said).form
    assert "219-09-9999" == vault.add("SSN", "219-09-<em>9999").form
    assert "a < b" == vault.add("OTHER_ID", "a < b").form
