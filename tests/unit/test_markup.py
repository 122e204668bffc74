"""Markup: a text without its tags, and where each of its characters stood."""

from __future__ import annotations

import pytest

from masker.core.markup import bare, without_markup


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("219-09-<em>9999</em>", "219-09-9999"),
        ("<em>8473</em>9201", "84739201"),
        ("<em>Oko</em>nkwo, <span class='cap'>M</span>aribel", "Okonkwo, Maribel"),
        ("<td>415</td><td>555</td>\n<td>0134</td>", "415 555\n0134"),
        ("<b>Patient</b>Okonkwo<b>12</b>new", "Patient Okonkwo 12 new"),
        ("<b>1</b><span>Okonkwo</span>", "1 Okonkwo"),
        ("<p>I am Okonkwo.</p>Call me.", "I am Okonkwo. Call me."),
        ("4<br/>1<!-- x -->5<break\ntime='1s'/>5&lt;br/&gt;5[pause 1s]5(pause)0", "4 1 5 5 5 5 0"),
        ('<input name="a" value="219"><input value="09" size=2/>', "219 09"),
        ("<b>Okonkwo</b> is <i>here</i>", "Okonkwo is here"),
    ],
)
def test_what_stands_between_tags_is_what_is_shown(text: str, shown: str) -> None:
    """A tag within a word or a number is nothing, any other parts what stands around it."""
    inner = bare(text)
    assert inner is not None
    assert shown == inner.text
    assert shown == without_markup(text)
    for place, char in enumerate(inner.text):
        start, end = inner.source(place, place + 1)
        assert char.isspace() or char == text[start:end]


@pytest.mark.parametrize("text", ["a < b and c > d", "<maribel@example.org>", "[NAME_1], a[b]", "(pauses)", ""])
def test_what_is_no_tag_stays(text: str) -> None:
    """Signs of mathematics, addresses, tokens, words in brackets."""
    assert bare(text) is None
    assert text == without_markup(text)
