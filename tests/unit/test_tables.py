"""The cells of a text's tables are read under their columns' names, however far below these they stand."""

import re
import sys

import pytest

from masker import PatternDetector, Rule, Segment, Span
from masker.detection.chain import WINDOW, Chain
from masker.detection.tables import cells_in, values_in
from masker.errors import DetectionFailed

NAMES = ["id", "First Name", "ZIP", "Chart #"]
ROWS = [["1", "Maribel", "45402", "909808"], ["2", "Pedro", "45419", "909911"]]
READ = [(name, cell) for row in ROWS for name, cell in zip(NAMES[1:], row[1:], strict=True)]


class Keyed:
    """Finds whatever stands under a key."""

    name = "keyed"
    kinds = frozenset({"MRN"})

    def detect(self, segment):
        return [Span(0, len(segment.text), "MRN", 0.95)] if segment.key is not None and segment.text else []


def named(text):
    """Return the cells whose column is named after a kind; the others part them."""
    return [cell for cell in cells_in(text) if cell.name]


def _padded(cells, mark=" | "):
    return mark.join(cell.ljust(10) for cell in cells)


def _right(cells):
    return "  ".join(cell.rjust(10) for cell in cells)


@pytest.mark.parametrize(
    "table",
    [
        "\n".join(",".join(cells) for cells in [NAMES, *ROWS]),
        "\r\n".join(";".join(cells) for cells in [NAMES, *ROWS]),
        "\n".join("\t".join(cells) for cells in [NAMES, *ROWS]),
        "\n".join(",".join(f'"{cell}"' for cell in cells) for cells in [NAMES, *ROWS]),
        "\n".join(f"| {' | '.join(cells)} |" for cells in [NAMES, ["---"] * 4, *ROWS]),
        "\n".join(f" {_padded(cells)}" for cells in [NAMES, *ROWS]).replace("\n", f"\n{'+'.join(['-' * 12] * 4)}\n", 1),
        "\n".join(f"| {_padded(cells)} |" for cells in [NAMES, *ROWS]).replace("\n", f"\n+{'-' * 12}+\n", 1),
        "\n".join(_right(cells) for cells in [NAMES, *ROWS]),
        "\n".join(_padded(cells, "  ") for cells in [NAMES, *ROWS]),
    ],
    ids="csv semicolons tsv quoted markdown psql mysql right left".split(),
)
def test_each_cell_under_a_kinds_name_is_read(table):
    """Whatever parts the cells, those of a column that is named after a kind are read, after a line of prose as well."""
    for before in ("", "Here they are:\n", "Dear Maribel, thanks.\n\n"):
        text = before + table
        cells = named(text)
        assert READ == [(cell.name, cell.text) for cell in cells]
        assert all(text.startswith(cell.text, cell.start) for cell in cells)


@pytest.mark.parametrize(
    "text",
    [
        "Your name, your phone and your ZIP, please.\nThen say, slowly, what for.",
        "Drug,Dose\nMetformin,500",
        "First Name | Maribel\nLast Name | Okonkwo\nChart # | 909808",
        "ZIP,Chart\n\nsalt,pepper",
        "ZIP,Chart",
    ],
)
def test_what_is_no_table_has_no_cells(text):
    """Sentences, columns of other things, a form, and a line of names without lines below."""
    assert [] == named(text)


def test_a_mark_in_quotes_parts_nothing():
    """A name with a comma is one cell."""
    cells = named('Name,ZIP\n"Okonkwo, Maribel",45402')
    assert [("Name", "Okonkwo, Maribel"), ("ZIP", "45402")] == [(cell.name, cell.text) for cell in cells]


def test_a_cell_of_several_lines_does_not_end_a_table():
    """The rows below it are read."""
    cells = named('ZIP,Notes\n45402,"calls\non Monday"\n45419,none')
    assert ["45402", "45419"] == [cell.text for cell in cells]


def test_an_empty_cell_of_a_drawn_table_moves_no_other():
    """A cell belongs to the name above it."""
    cells = named("name        zip  mrn\nMaribel   45402  4471\nPedro            4472")
    assert [("mrn", "4472")] == [(cell.name, cell.text) for cell in cells if cell.text.startswith("4472")]


def test_rows_of_a_data_frame_are_numbered():
    """Their numbers are of no column."""
    frame = "       mrn    zip\n44710  66041  45402\n44711  66042  45403"
    assert ["66041", "45402", "66042", "45403"] == [cell.text for cell in named(frame)]


def test_a_change_is_of_its_field():
    """Old and new stand under the field's name, in whatever order; who did it does not."""
    cells = named("by,new,old,field\n4711,4472,4471,mrn\n4712,32,31,visits\n4713,Street,Day,last_name")
    assert [("mrn", "4472"), ("mrn", "4471"), ("last_name", "Street"), ("last_name", "Day")] == [
        (cell.name, cell.text) for cell in cells
    ]


def test_a_number_is_not_taken_for_the_cells_of_a_row():
    """Each of them is a value of its own; one over cells that are named after no kind is cut over them."""
    wide = PatternDetector("wide", [Rule("PHONE", re.compile(r"\d+(?:\W+\d+)+"))])
    chain = Chain((wide, Keyed()))
    assert ["MRN", "MRN"] == [span.kind for span in chain.detect(Segment("mrn    n\n66041  3\n66042  4"))]
    assert "PHONE" in {span.kind for span in chain.detect(Segment("mrn,a,b\nx,415,5550134\ny,415,5550143"))}


def test_tables_below_each_other_have_their_own_names():
    """A line of names within a table begins another."""
    for between in ("\n", "\n\n", "\nVisits:\n"):
        cells = named(f"first_name,zip\nMaribel,45402{between}phone,mrn\n5550134,4471")
        assert ["first_name", "zip", "phone", "mrn"] == [cell.name for cell in cells]


def test_the_chain_reads_cells_far_below_the_names():
    """What a window does not hold, the cell's name tells."""
    rows = [f"{number},{84739201 + number}" for number in range(400)]
    text = "\n".join(["count,mrn", *rows])
    assert len(text) > 2 * WINDOW
    found = Chain((Keyed(),)).detect(Segment(text))
    assert [row.partition(",")[2] for row in rows] == [text[span.start : span.end] for span in found]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ('Result: {"mrn": "4471", "note": "ok"} and more', [("mrn", "4471")]),
        ('```json\n[\n  {"mrn": 4471},\n  {"zip": "45402"}\n]\n```', [("mrn", "4471"), ("zip", "45402")]),
        ('{"mrn": "4471"}\n{"mrn": "4472"}', [("mrn", "4471"), ("mrn", "4472")]),
        ('log {"columns": ["mrn"], "rows": [["4471"], ["4472"]]}', [("mrn", "4471"), ("mrn", "4472")]),
        ('{"who": {"mrn": "4471", "zip": "45402', [("mrn", "4471")]),
        ('{"mrn": "4471",} {"count": "4471"} [1, 2] ["a", "b"] {mrn} "mrn": 4471', [("mrn", "4471")]),
        ('so {"mrn": and "4471"}', []),
        ("no document", []),
    ],
)
def test_documents_within_a_text_are_read(text, values):
    """Behind other text, one a line, cut off, with a comma too much; not what only has signs of one."""
    found = [cell for cell in values_in(text) if cell is not None]
    assert values == [(cell.name, cell.text) for cell in found]
    assert all(text[cell.start :].startswith(cell.text) for cell in found)


@pytest.mark.parametrize("unit", ['{"a":', '[["', '{"a": "b" ', '{"mrn": "1",'])
def test_what_is_hardly_a_document_takes_linear_time(unit):
    """Counted in tokens that are looked at, not in time: twice the text, about twice the work."""

    def work(count):
        steps = 0

        def step(_frame, event, _argument):
            nonlocal steps
            steps += event in ("call", "c_call")

        sys.setprofile(step)
        try:
            list(values_in('{"a":"' + unit * count))
        finally:
            sys.setprofile(None)
        return steps

    assert work(4_000) < 2.5 * work(2_000) + 100


def test_a_document_with_too_many_values_stops_the_request():
    """As one that is all of a text does."""
    text = "Result: [" + '{"mrn": 1},' * 30_000 + "]"
    with pytest.raises(DetectionFailed, match="too many values"):
        Chain((Keyed(),)).detect(Segment(text))


@pytest.mark.parametrize(
    "unit",
    [
        "for 'mrn' ",
        "(mrn)=(" + " " * 90,
        "mrn='4471' ",
        "mrn: 4471\n",
        "(mrn) values ('1'),",
        "mrns=[4471, '",
        'a.mrn("4471", ',
    ],
)
def test_a_long_text_of_assignments_takes_many_short_steps(unit):
    """Others are served between two of them, and twice the text has twice the steps."""
    steps = [sum(cell is None for cell in values_in(unit * (size // len(unit)))) for size in (40_000, 80_000)]
    assert 8 < steps[0] < 40
    assert steps[0] * 3 > steps[1] > steps[0] * 3 / 2


def test_a_message_that_names_many_fields_names_none():
    """What repeats names of fields is no message about one of them."""
    assert [] == [cell for cell in values_in("for 'mrn' for 'zip' " * 8 + "got '4471'") if cell is not None]
