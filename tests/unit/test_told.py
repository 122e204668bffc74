"""What a label tells is found as well where markup stands between the label and its value."""

import re

import pytest

from masker import Kind, PatternDetector, Rule, Span, hookimpl
from masker.core.policy import Policy
from masker.detection.told import told
from masker.host.engine import Engine
from masker.host.manager import create_plugin_host

#: Forms in which prompts, records and portals write a label and its value.
MARKDOWN = [
    "**{}:** {}",
    "**{}**: {}",
    "- **{}:** {}",
    "1. **{}** {}",
    "* *{}:* {}",
    "__{}:__ {}",
    "_{}_: {}",
    "***{}:*** {}",
    "`{}`: {}",
    "- `{}` - {}",
    "**{}** \u2013 {}",
    "**{}:** **{}**",
    "**{}:** `{}`",
    "{}: **{}**",
    "{}: *{}*",
    "{}: _{}_",
    "{} = `{}`",
    "The caller's {}: **{}**.",
    "> **{}:** {}  \n> next",
]
TABLES = [
    "| {} | {} |",
    "| **{}** | {} |",
    "| Item | Entry |\n|---|---|\n| {} | {} |\n| Room | large |",
    "| **{}** | {} | **Room** | large |",
    "{} | {}",
    "Room | large\n{} | {}\n",
]
HTML = [
    "<b>{}:</b> {}",
    "<strong>{}</strong> {}<br>",
    "<td>{}</td><td>{}</td>",
    "<tr>\n  <td>\n    {}\n  </td>\n  <td>\n    {}\n  </td>\n</tr>",
    '<tr><td class="l"><b>{}</b></td><td><span>{}</span></td></tr>',
    "<tr><th>{}</th><td>{}</td><th>Room</th><td>large</td></tr>",
    "<dl><dt>Room</dt><dd>large</dd><dt>{}</dt><dd>{}</dd></dl>",
    '<label for="x">{}</label><span>{}</span>',
    '<div class="l">{}</div>\n<div class="v">{}</div>',
    "<p>{}: <b>{}</b></p>",
]


class Fields:
    """Finds what a line of the form "Label: value" tells, and nothing else."""

    @staticmethod
    @hookimpl
    def masker_register_kinds():
        return [Kind("DATE", "C", "date")]

    @staticmethod
    @hookimpl
    def masker_register_detectors(settings):
        return [PatternDetector("fields", [Rule("DATE", re.compile(r"(?<=Last visit: )\d+/\d+"))])]


def masked(text):
    engine = Engine(create_plugin_host(load_entrypoints=False, plugins={"fields": Fields}))
    return engine.mask_text(text, Policy())


@pytest.mark.parametrize("form", [*MARKDOWN, *TABLES, *HTML])
def test_a_value_beside_a_label_in_markup_is_found(form):
    """It is read as "Label: value", and the markup around it stays where it is."""
    text = form.format("Last visit", "3/2")
    assert (form.format("Last visit", "[DATE_1]"), {"[DATE_1]": "3/2"}) == masked(text)


def test_fields_of_a_text_are_read_in_their_places():
    """Each field stands for itself; what is found in a label, or over the end of a value, is nobody's."""
    fields = told("**Name:** May Ruiz\n**Room:** 12 | **Age:** 97\nand more")
    assert "Name: May Ruiz\nRoom: 12\nAge: 97\n" == fields.text
    assert "Told(length=32, fields=3)" == repr(fields)
    found = [Span(0, 4, "NAME"), Span(6, 14, "NAME"), Span(10, 17, "NAME"), Span(29, 31, "AGE")]
    assert [Span(10, 18, "NAME"), Span(43, 45, "AGE")] == list(fields.placed(found))


@pytest.mark.parametrize(
    "text",
    [
        "Name: Maribel, room 12",
        "the first_name of a patient_record",
        "PID|1||4471|A^B|104",
        "call **June** today",
        "<p>Call <b>June</b></p>",
        "the <em>Oko</em>nkwo file",
        "| Name | Age |\n|---|---|",
        "<tr><th>Drug</th><th>Dose</th></tr>",
        "<ul><li>Open</li><li>Closed</li></ul>",
        "| 1 | Maribel | Okonkwo |\n| 2 | Pedro | Ruiz |",
        "<tr><td>Lisinopril</td><td>10</td><td>daily</td></tr>",
    ],
)
def test_other_markup_tells_nothing(text):
    """Words that are marked in a sentence, rows of several columns, headings and lists hold no label of a value."""
    assert told(text) is None
