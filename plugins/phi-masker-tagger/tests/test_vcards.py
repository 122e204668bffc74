"""Lines of vCards: their parts, what is no card, time."""

import time

import pytest
from masker_tagger import vcard_lines


def test_lines_of_a_vcard_are_cut_into_their_parts():
    """Parameters are passed over, escaped semicolons cut nothing; without a card, only what is written like one."""
    text = 'item1.ADR;TYPE="a;b:c",home:;;1\\;2;Ostvik\nNOTE:N:a\nTEL:1'
    (line,) = vcard_lines(text)
    assert ("ADR", ["", "", "1\\;2", "Ostvik"]) == (line.name, [text[start:end] for start, end in line.parts])
    assert [] == list(vcard_lines("FN:Ada"))
    assert ["FN"] == [line.name for line in vcard_lines("BEGIN:VCARD\nFN:Ada\nEND:VCARD")]


@pytest.mark.parametrize("begun", ["\nN;A=a", '\nN;A="', '\n N;A="a', '\\nN;A="', "\\nN;A=a;", '"N;A='])
def test_cards_that_never_come_to_a_value_take_linear_time(begun):
    """Eight times as many beginnings take far less than sixty-four times as long."""

    def seconds(times):
        began = time.process_time()
        assert [] == list(vcard_lines("ADR:\n" + times * begun))
        return time.process_time() - began

    assert min(seconds(8000) for _ in range(3)) < 30 * max(min(seconds(1000) for _ in range(3)), 0.0002)


def test_a_birthday_without_a_year_needs_no_card():
    """Nothing else is written so."""
    assert ["BDAY"] == [line.name for line in vcard_lines("BDAY:--0314")]
    assert [] == list(vcard_lines("BDAY:x")) + list(vcard_lines("bday: --"))
