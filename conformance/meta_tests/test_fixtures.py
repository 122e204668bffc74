"""The fixtures themselves: complete, valid, and never trusted when they are not."""

import json
import re
import shutil

import jsonschema
import pytest
from masker_conformance import fixtures, oracle
from masker_conformance.checks.detection import trap_texts
from masker_conformance.errors import FixtureError
from masker_conformance.fixtures import FIXTURES, Level, detection_cases, shared_kinds
from masker_conformance.marks import parse_marks

from masker.core.kinds import FIRST_PARTY


@pytest.mark.parametrize("kind", sorted(FIRST_PARTY))
@pytest.mark.parametrize("positive", [True, False], ids=["positive", "negative"])
def test_every_kind_has_enough_of_both_forms(kind, positive):
    """At least 25 positives and 25 negatives for every kind of the table, at least 10 of each form."""
    cases = [case for case in detection_cases(kind) if case.positive == positive]
    assert len(cases) >= 25
    assert len({case.segment.text for case in cases}) >= 24
    for form in ("written", "spoken"):
        assert sum(case.form == form for case in cases) >= 10
    assert sum(case.level is Level.MUST for case in cases) >= 20


def test_every_shared_kind_is_one_of_the_table():
    """No file stands for a kind that nobody declares."""
    assert shared_kinds() == frozenset(FIRST_PARTY)


def test_ids_are_unique_over_all_detection_files():
    """An expected failure names one case, whatever kinds a plugin declares."""
    ids = [case.id for kind in shared_kinds() for case in detection_cases(kind)]
    ids += [case.id for case in detection_cases("OTHER_ID", scope="biometric")]
    assert len(ids) == len(set(ids))


def test_phone_numbers_are_fictional():
    """Written numbers of ten digits come from the ranges that nobody is called on."""
    for kind in ("PHONE", "FAX"):
        for case in detection_cases(kind):
            for mark in case.marks:
                digits = re.sub(r"\D", "", case.segment.text[mark.start : mark.end])
                if case.form == "written" and mark.kind == kind and len(digits) == 10 and digits[0] != "0":
                    assert digits[3:8] == "55501"


def test_the_schema_is_a_schema():
    """The schema itself is valid JSON Schema."""
    jsonschema.Draft202012Validator.check_schema(json.loads((FIXTURES / "schema.json").read_text("utf-8")))


def test_the_manifest_is_that_of_the_files():
    """The manifest of this version lists exactly the files that are here."""
    fixtures.verify_manifest()


def test_the_oracle_agrees_with_every_rehydration_fixture():
    """The expectations written by hand and the oracle's answers are the same."""
    for case in fixtures.rehydration_cases():
        got = oracle.rehydrate(case.input, case.tokens, in_json=case.json)
        assert got == case.expected or json.loads(got) == json.loads(case.expected), case.id


def test_the_oracle_agrees_with_every_stream_fixture():
    """The same for streams: the chunks put together, replaced in one go."""
    for case in fixtures.stream_cases():
        for channel in case.channels:
            text = b"".join(channel.chunks).decode()
            got = oracle.rehydrate(text, channel.tokens, in_json=channel.json)
            assert got == channel.expected or json.loads(got) == json.loads(channel.expected), case.id


def test_traps_are_filled_and_the_same_in_every_run():
    """No slot stays open, and the die is seeded."""
    for form in ("written", "spoken"):
        texts = [text for _, text in trap_texts(form)]
        assert not any("{" in text for text in texts)
        assert len(set(texts)) >= 90
        assert texts == [text for _, text in trap_texts(form)]


@pytest.fixture
def copy(tmp_path):
    """A copy of the fixtures to break."""
    root = tmp_path / "fixtures"
    shutil.copytree(FIXTURES, root, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return root


def _change(root, name, old, new):
    path = root / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("detection/SSN.json", '"must"', '"perhaps"'),
        ("detection/SSN.json", '"level"', '"lever"'),
        ("detection/SSN.json", '"rule": "D1"', '"rule": "D7"'),
        ("detection/SSN.json", '{"type"', '{"type'),
        ("detection/SSN.json", "⟧", ""),
        ("detection/SSN.json", "ssn-p02", "ssn-p01"),
        ("detection/SSN.json", "⟦SSN:219-09-9999⟧", "219-09-9999"),
        ("rehydration/tokens.json", '"[NAME_1]": "Sarah Chen"', '"NAME_1": "Sarah Chen"'),
        ("rehydration/tokens.json", '"json": false', '"json": 0'),
        ("stream/streams.json", '"chunks"', '"pieces"'),
        ("stream/streams.json", '"order": [0, 1, 1, 0]', '"order": [0, 1, 1, 1]'),
        ("traps.json", '"family"', '"familiar"'),
        ("manifests/1.0.json", '"suite": "1.0"', '"suite": "0.9"'),
    ],
)
def test_a_broken_fixture_stops_the_run(copy, name, old, new):
    """A file that breaks the schema, a mark or an order is named, and nothing is judged."""
    _change(copy, name, old, new)
    with pytest.raises(FixtureError, match=name.partition("/")[2] or name):
        fixtures.verify_manifest(copy)


def test_a_changed_fixture_stops_the_run(copy):
    """A valid file that is not the manifest's is refused: results of one suite version compare."""
    _change(copy, "detection/SSN.json", "219-09-9999", "219-09-9998")
    with pytest.raises(FixtureError, match=r"SSN\.json.*is not the file"):
        fixtures.verify_manifest(copy)


@pytest.mark.parametrize("extra", [True, False], ids=["added", "removed"])
def test_an_added_or_removed_fixture_stops_the_run(copy, extra):
    """The set of files is part of the version."""
    path = copy / "detection" / "SSN.json"
    if extra:
        shutil.copy(path, path.with_name("SSN.extra.json"))
    else:
        path.unlink()
    with pytest.raises(FixtureError):
        fixtures.verify_manifest(copy)


@pytest.mark.parametrize(
    "text", ["⟦SSN:1", "1⟧", "⟦SSN:⟧", "⟦ssn:1⟧", "⟦SSN:⟦SSN:1⟧⟧", "⟦SSN:‹1⟧", "a ‹b› c", "⟦SSN:1›2‹⟧"]
)
def test_bad_marks_are_refused(text):
    """An unclosed, empty, nested or misspelled mark is an error, not a text without a value."""
    with pytest.raises(ValueError, match=r"mark|‹"):
        parse_marks(text)


def test_marks_give_offsets_of_the_text_without_them():
    """Offsets count the code points of the plain text; optional characters are known."""
    text, marks = parse_marks("🙂 ⟦DATE:may 5 ‹1990›⟧ and ⟦NAME:Li⟧")
    assert text == "🙂 may 5 1990 and Li"
    assert [text[mark.start : mark.end] for mark in marks] == ["may 5 1990", "Li"]
    assert "".join(text[at] for at in sorted(marks[0].optional)) == "1990"
