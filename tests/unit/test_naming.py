"""Naming: the key of a value, whether it stands above it, beside it or at the head of its column."""

from __future__ import annotations

import json
from typing import Any

import pytest

from masker.detection.leaves import json_leaves
from masker.detection.naming import label_of
from masker.wire.bodies import parse_body
from masker.wire.walk import slots_of


def named(value: Any, key: str) -> list[str]:
    """Return the values of a document that a key describes."""
    text = json.dumps(value)
    leaves = json_leaves(text)
    assert leaves is not None
    return [text[leaf.start : leaf.end] for leaf in leaves if leaf.key == key]


@pytest.mark.parametrize(
    "inner",
    [
        {"integerValue": "4471"}, {"stringValue": "4471"}, {"value": "4471"}, {"N": "4471"}, {"S": "4471"}, {"$": "4471"}, {"v": 4471}, {"valueInteger": 4471},
        {"value": {"originalValue": "4471", "interpretedValue": "4471"}}, {"L": [{"S": "4471"}]}, {"arrayValue": {"values": [{"stringValue": "4471"}]}},
        {"$eq": "4471"}, {"in": ["4471"]}, {"old": "4471", "new": "4472"}, {"before": 44711, "after": 44722}, {"int": 84739201}, {"en": "4471"},
    ],
)  # fmt: skip
def test_what_says_nothing_has_the_key_above(inner: Any) -> None:
    """Types, operators, the old and the new: a bare number under a key of its own that names nothing."""
    leaves = json_leaves(json.dumps({"mrn": inner})) or []
    assert {"mrn"} == {leaf.key for leaf in leaves if leaf.kind != "key"}


@pytest.mark.parametrize(
    "inner",
    [
        {"count": 84739201}, {"found": 12}, {"total": "4471"}, {"value_count": 4471}, {"rows": 1200, "nulls": 34000}, {"x": "2019", "y": "2024"},
        {"x": "4471", "by": "import"}, {"from": "4471", "by": "import"}, {"help": "8 digits"}, {"status": "active"}, {"length": [8, 10]},
    ],
)  # fmt: skip
def test_what_measures_or_says_more_keeps_its_key(inner: Any) -> None:
    """Counts, years, sentences, and numbers beside other things."""
    assert [] == named({"mrn": inner}, "mrn")


@pytest.mark.parametrize(
    "change",
    [
        {"mrn": {"old": "4471", "by": "import"}},
        {"mrn": {"from": "4471", "to": "4472", "by": "import", "rev": "31337"}},
        {"field": "mrn", "old": "4471", "new": "4472", "by": "import", "rev": "31337"},
        {"field": "mrn", "fromString": "4471", "toString": "4472", "by": "import"},
    ],
)
def test_the_sides_of_a_change_are_the_fields(change: Any) -> None:
    """Whatever else is told of it."""
    assert {"4471", "4472"} >= set(named(change, "mrn")) > set()


def test_who_sends_and_who_gets_it_are_no_sides_of_a_change() -> None:
    """Of a message that has a kind, or a name."""
    assert [] == named({"type": "phone", "name": "mrn", "from": "Ann", "to": "Bob"}, "mrn")
    assert [] == named({"type": "mrn", "from": "4471", "to": "office", "text": "hi"}, "mrn")


def test_somebodys_role_makes_no_node_of_a_page() -> None:
    """The name of who has it is a name."""
    assert ["Sarah"] == named([{"role": "nurse", "name": "Sarah"}, {"role": "button", "name": "Save"}], "name")


def test_what_a_thing_has_is_not_the_thing() -> None:
    """Words, and what nobody writes as a number: below a person, a mailbox, an admission."""
    assert [] == named({"patient": {"room": "40217"}}, "patient")
    assert [] == named({"email": {"port": 58700}}, "email")
    assert [] == named({"admission": {"ward": "4"}}, "admission")


@pytest.mark.parametrize(
    "pair",
    [
        {"field": "mrn", "value": "4471"}, {"Name": "mrn", "Value": "4471"}, {"k": "mrn", "v": "4471"}, {"column": "mrn", "op": "eq", "value": "4471"},
        {"id": "mrn", "value": "4471"}, {"attribute": "mrn", "newValue": "4471"}, {"op": "replace", "path": "/mrn", "value": "4471"}, {"n": "mrn", "x": "4471"},
        {"path": "/patients/0/mrn", "value": "4471"}, {"path": "patient.mrn", "value": "4471"}, {"path": "/mrn/0", "value": "4471"}, {"mrn": "x", "label": "mrn", "value": "4471"},
        {"label": "mrn:", "value": "4471"}, {"label": "mrn", "answer": {"text": "4471"}}, {"text": "mrn", "answer": [{"valueString": "4471"}]}, {"prompt": "mrn", "input": 4471},
        {"label": "mrn", "values": ["4471"]}, {"field": "mrn", "from": "4471", "to": "4472"}, {"name": "mrn", "valueInteger": 4471}, {"key": "mrn", "type": "string", "value": "4471"},
    ],
)  # fmt: skip
def test_a_label_names_the_value_beside_it(pair: dict[str, Any]) -> None:
    """Whatever the keys of both are called."""
    assert "4471" in named(pair, "mrn")


@pytest.mark.parametrize(
    "error",
    [
        {"type": "string_type", "loc": ["body", "mrn"], "msg": "Input should be a string", "input": 4471}, {"loc": ["body", "patients", 0, "mrn"], "input": "4471"},
        {"code": "invalid_type", "expected": "string", "received": 4471, "path": ["mrn"], "message": "Invalid"}, {"path": ["patient", "mrn"], "got": "4471"},
        {"loc": ["body", "mrn", 0, "int"], "input": "4471"}, {"loc": ["query", "mrn", "value"], "input": "4471"}, {"loc": ["body", "mrn"], "input": ["4471"]},
    ],
)  # fmt: skip
def test_a_path_names_the_value_beside_it(error: dict[str, Any]) -> None:
    """By its last name, as what checks the arguments of a tool writes it; JSON numbers, too."""
    assert "4471" in named({"detail": [error]}, "mrn")


@pytest.mark.parametrize(
    "value",
    [
        {"loc": ["body", "items", 3], "input": "4471"}, {"path": ["mrn", "visits"], "input": 4471}, {"loc": ["mrn", "count"], "value": 4471}, {"loc": ["mrn", "zip"], "value": "4471"},
        {"path": ["mrn"], "expected": "string", "received": "undefined"}, {"path": ["mrn"], "minimum": 84739201}, {"loc": ["mrn"], "ctx": {"limit": 8}, "msg": "x"}, {"path": [["mrn"]], "value": "4471"},
        {"type": "missing", "loc": ["body", "mrn"], "input": {"reason": "Refill"}},
    ],
)  # fmt: skip
def test_what_is_no_path_or_no_value_keeps_its_key(value: dict[str, Any]) -> None:
    """Its last name is another's; a list of several names; types, limits, messages."""
    assert [] == [said for said in named(value, "mrn") if said != "mrn"]


@pytest.mark.parametrize(
    "value",
    [
        {"field": {"title": "mrn", "id": 7}, "value": "4471"}, {"field": {"type": "short_text", "ref": "mrn"}, "value": 4471}, {"question": {"label": "mrn"}, "answer": "4471"},
        {"field": {"title": "mrn"}, "says": "4471"},
    ],
)  # fmt: skip
def test_an_object_that_is_a_label_names_the_value_beside_it(value: dict[str, Any]) -> None:
    """It has a title and no value of its own."""
    assert "4471" in named([value], "mrn")


def test_what_has_a_value_is_no_label() -> None:
    """And what beside a label is no value has its own name."""
    assert "4472" not in named({"field": {"title": "mrn", "value": "4471"}, "value": "4472"}, "mrn")
    assert [] == named({"field": {"title": "mrn"}, "rank": 44722, "no": "44723"}, "mrn")


@pytest.mark.parametrize(
    "url",
    ["http://example.org/member-id", "https://example.org/fhir/StructureDefinition/patients-identifier#member-id"],
)
def test_an_extension_is_named_by_the_end_of_its_address(url: str) -> None:
    """FHIR's own way to add a field; what came from an address is none."""
    assert ["A4471"] == named({"extension": [{"url": url, "valueString": "A4471"}]}, "member-id")
    assert [] == named({"url": url, "status": 200, "response": "ok"}, "member-id")


@pytest.mark.parametrize(
    "condition",
    [
        ["mrn", "=", 4471], ["mrn", "!=", "4471"], ["patient.mrn", "=", "4471"], ["mrn", "in", ["4471", "4472"]], ["mrn", "not in", [4470, 4471]], ["mrn", "eq", "4471"],
    ],
)  # fmt: skip
def test_a_condition_names_what_it_compares(condition: list[Any]) -> None:
    """A field, a comparison and a value; several of them are no table."""
    assert "4471" in named({"filters": [condition]}, "mrn")
    assert "4471" in named({"filters": ["&", ["zip", "=", "45402"], condition, ["mrn", ">", 0]]}, "mrn")


@pytest.mark.parametrize(
    "row",
    [
        ["visits", "=", 4471],
        ["mrn", "visits", 4471],
        ["mrn", "is", "new"],
        ["mrn", "=", "4471", "x"],
        ["x", "mrn", "=", 4471],
    ],
)
def test_three_elements_are_not_always_a_condition(row: list[Any]) -> None:
    """Fields that name no kind, and other rows and lists."""
    assert [] == [said for said in named([row], "mrn") if said != "mrn"]


@pytest.mark.parametrize(
    "pair",
    [
        {"entity": "city", "value": "Reading"}, {"path": "/patient/city", "value": "Reading"}, {"city": {"_": "Reading"}},
        {"data": [["Reading", "x"]], "columns": ["city", "note"]}, {"displayName": "city", "state": "FILLED", "value": "Reading"},
    ],
)  # fmt: skip
def test_a_town_is_named_as_any_value(pair: dict[str, Any]) -> None:
    """Though a town has no numbers: the word may be an everyday one."""
    assert ["Reading"] == named(pair, "city")


@pytest.mark.parametrize("limits", ["135-145", "150 - 400", "<200", "3.5-5.1"])
def test_limits_beside_a_measurement_are_no_reference_number(limits: str) -> None:
    """The same key names a reference number where the value is no measurement, or somebody's."""
    assert [limits] == named({"name": "Sodium", "value": "139", "ref": limits}, "reference range")
    assert [] == named({"value": "XQ44713", "ref": limits}, "reference range")
    assert [] == named({"field": "mrn", "value": "44713", "ref": limits}, "reference range")
    assert [] == named({"ref": limits}, "reference range")


@pytest.mark.parametrize(
    ("value", "key"),
    [
        ({"payers": [{"name": "Oscar"}]}, "payer name"),
        ({"insurance": {"name": "Oscar"}}, "payer name"),
        ({"hospital": {"name": "Oscar"}}, "hospital name"),
        ({"active_medications": [{"name": "Oscar"}]}, "medication name"),
        ({"patients": [{"name": "Oscar"}]}, "name"),
        ({"results": [{"name": "Oscar"}]}, "name"),
    ],
)
def test_a_name_below_a_thing_is_the_things(value: Any, key: str) -> None:
    """Who stands below a person, or below what says nothing, is called by it."""
    assert ["Oscar"] == named(value, key)


def test_no_number_is_a_towns() -> None:
    """What is counted in a town, and its own number."""
    assert [] == named({"columns": ["city", "n"], "rows": [[41233, "x"], [40217, "y"]]}, "city")
    assert [] == named({"city": {"id": 44713, "ref": "44714"}}, "city")
    assert [] == named(["city", 44713, 44714], "city")[1:]


@pytest.mark.parametrize(
    "pair",
    [
        {"id": "48213", "name": "mrn"}, {"name": "mrn", "minutes": 48213}, {"field": "mrn", "error": "not found"}, {"field": "mrn", "code": "48213"},
        {"name": "mrn", "values": [1200, 1300]}, {"name": "mrn", "year": "2019"}, {"name": "mrn", "count": "48213"}, {"label": "mrn", "rank": "48213", "page": "12"},
    ],
)  # fmt: skip
def test_a_name_says_nothing_of_what_it_is_named_beside(pair: dict[str, Any]) -> None:
    """A thing's own number, what is counted or went wrong, a series."""
    assert [] == [value for value in named(pair, "mrn") if value != "mrn"]


ROWS = [["84739201", 45402], ["84739202", 45419]]
CELLS = [[{"v": cell} for cell in row] for row in ROWS]


@pytest.mark.parametrize(
    "table",
    [
        [["mrn", "zip"], *ROWS], {"values": [["Patients"], [], ["mrn", "zip"], *ROWS]}, {"columns": ["mrn", "zip"], "rows": ROWS}, {"rows": ROWS, "fields": ["mrn", "zip"]},
        {"columns": ["mrn", "zip"], "data": ROWS, "column_names": [None]}, {"meta": {"columns": ["mrn", "zip"]}, "data": ROWS}, {"header": {"columns": ["mrn", "zip"]}, "rows": ROWS},
        {"meta": [{"name": "mrn", "type": "String"}, {"name": "zip", "type": "UInt64"}], "data": ROWS}, {"Tables": [{"Columns": [{"ColumnName": "mrn"}, {"ColumnName": "zip"}], "Rows": ROWS}]},
        {"manifest": {"schema": {"columns": [{"name": "mrn"}, {"name": "zip"}]}}, "result": {"data_array": ROWS}}, {"cols": [{"label": "mrn"}, {"label": "zip"}], "rows": [{"c": row} for row in CELLS]},
        {"columnMetadata": [{"name": "mrn"}, {"name": "zip"}], "records": CELLS}, {"Rows": [{"Data": [{"VarCharValue": "mrn"}, {"VarCharValue": "zip"}]}, *({"Data": row} for row in CELLS)]},
        {"rowData": [{"values": [{"userEnteredValue": {"v": cell}} for cell in row]} for row in (["mrn", "zip"], *ROWS)]} | {"x": 1}, {"columns": ["mrn", "zip"], "data": [{"row": row} for row in ROWS]},
        [["mrn", "84739201", "84739202"], ["zip", 45402, 45419]], {"columns": ["mrn", "zip"], "data": [["84739201", "84739202", "84739201"], [45402, 45419, 45402]]},
        [["mrn", "zip", 2024], ["84739201", 45402, 5], ["84739202", 45419, 6]], [["mrn", None, "zip"], ["84739201", None, 45402], ["84739202", True, 45419]],
        {"header": {"values": ["mrn", "zip"]}, "cells": {"values": [["84739201"], [45402]]}}, {"columns": ["p.mrn", "/p/zip"], "rows": ROWS},
    ],
)  # fmt: skip
def test_a_columns_name_names_its_cells(table: Any) -> None:
    """Strings and numbers, wherever the header stands and however rows and cells are wrapped."""
    assert {"84739201", "84739202"} >= set(named(table, "mrn")) >= {"84739201"}
    assert {"45402", "45419"} >= set(named(table, "zip")) >= {"45402"}


@pytest.mark.parametrize(
    "table",
    [
        {"x": ["mrn", "zip"], "points": ROWS}, [["mrn", 1], ["84739201", 2]], [["caller", "hi"], ["bot", "hello"]], {"meta": {"fields": ["mrn", "zip"]}, "limits": [[1, 2, 3]]},
        {"labels": ["email", "url"], "data": [12000, 34000]}, [["Visits", 12000, 13000], ["Account", 12000, 9000]],
    ],
)  # fmt: skip
def test_what_is_no_header_names_nothing(table: Any) -> None:
    """An array beside another, the first line of a talk, the axis of a chart."""
    text = json.dumps(table)
    assert not {leaf.key for leaf in json_leaves(text) or ()} & {"mrn", "zip", "caller", "email", "url", "Account"}


def test_a_short_code_beside_a_phones_name_is_no_phone_number() -> None:
    """But one that is long enough is."""
    assert [] == named({"name": "phone visit", "cpt": "99213"}, "phone visit")
    assert ["5550134"] == named({"name": "home phone", "is": "5550134"}, "home phone")


def test_a_number_under_a_general_name_is_its_number() -> None:
    """``account`` may be a text; the numbers in its column are accounts'."""
    assert ["55812"] == named({"columns": ["account", "n"], "rows": [["55812", "1"]]}, "account")
    assert [] == named({"columns": ["account", "n"], "rows": [["closed", "1"]]}, "account")


@pytest.mark.parametrize(
    ("label", "key"),
    [("What is your zip code?", "What is your zip code"), ("MRN:", "MRN"), ("a/b", None), ("/a/phone", "phone"), ("a" * 59 + "/", None), ("x" * 61, None)],
)  # fmt: skip
def test_a_label_is_read_without_its_signs(label: str, key: str | None) -> None:
    """And the place in a document by its last name."""
    assert key == label_of(label)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM visits WHERE p.mrn = $1 AND zip LIKE $2", "select * from p where (mrn=?) and zip in (?)", 'INSERT INTO p (mrn, "zip") VALUES (%s, %s)',
        "UPDATE p SET mrn = @p1 WHERE [zip] <> @p2",
    ],
)  # fmt: skip
def test_a_query_names_its_parameters(query: str) -> None:
    """By the field that each is compared with or stored in; as many as it has signs."""
    assert (["4471"], ["45402"]) == tuple(
        named({"query": query, "params": [4471, 45402]}, key) for key in ("mrn", "zip")
    )
    assert [] == named({"params": [4471, 45402, 7], "query": query}, "mrn")


@pytest.mark.parametrize(
    "text", ["Is the mrn 4471?", "mrn: $4", "WHERE visits = ?", "mrn = 4471", "x" * 5000 + " mrn = ?"]
)
def test_what_is_no_query_names_no_parameter(text: str) -> None:
    """Questions, prices, fields of no kind, values that stand in the query."""
    assert [] == named({"query": text, "params": [4471]}, "mrn")


@pytest.mark.parametrize(
    ("key", "plain"),
    [
        ("ns2:zip", "zip"), ("Zip__c", "Zip"), ("zip_value", "zip"), ("zipValue", "zip"), ("@zip", "zip"), ("age__c", "age"), ("tns:home_city", "home_city"), ("city_value", "city"),
    ],
)  # fmt: skip
def test_what_formats_put_around_a_key_is_not_its_name(key: str, plain: str) -> None:
    """Namespaces, signs of attributes, marks of fields and values; of the label beside a value, too."""
    assert ["45402"] == named({key: "45402"}, plain)
    assert ["45402"] == named({"field": key, "value": "45402"}, plain)
    assert ["Reading"] == named({"city": {"@type": "x", "#text": "Reading"}}, "city")


@pytest.mark.parametrize(
    "key",
    [
        "web:address",
        "ip:address",
        "clinic:city",
        "date_value",
        "number_value",
        "Room__c",
        "drug:name",
        "https://example.org/zip",
        "City: x",
    ],
)
def test_what_says_something_else_without_its_rest_keeps_it(key: str) -> None:
    """What a thing has, what types are called, addresses."""
    assert ["45402"] == named({key: "45402"}, key)


def test_fields_that_nobody_knows_are_read_as_documents_are() -> None:
    """The same values under the same keys, whether a tree or a text."""
    tree = {
        "patch": [{"op": "replace", "path": "/mrn", "value": 84739201}],
        "t": [["Name", "ZIP"], [None, "45402"]],
        "zip": {"N": "45402", "x": True},
    }
    slots = slots_of(parse_body(json.dumps({"messages": [], "x": tree}).encode()))
    keys = [slot.segment.key for slot in slots if not slot.is_key]
    leaves = [leaf.key or "x" for leaf in json_leaves(json.dumps(tree)) or () if leaf.kind != "key"]
    assert leaves == keys
    assert {"mrn", "ZIP", "zip"} < set(keys)
