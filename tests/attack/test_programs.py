"""What programs print: a value under its name is masked in whatever form, and nothing else of it."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.attack.canaries import request

#: What a tool answers; every value of somebody's in brackets.
PRINTED = {
    "Python": "{'mrn': '[66041]', 'age': [97], 'city': '[Mobile]', 'last_name': '[Street]', 'visits': 3, 'phone': None}",
    "Python's types": "{'mrn': Decimal('[66041]'), 'dob': datetime.date([1961, 3, 14]), 'city': '[Reading]'}",
    "Python's classes": "Patient(id=[4471], city='[Mobile]', visits=3, last_name='[Day]', zip='[45402]')",
    "JavaScript": "{ mrn: [4471], city: '[Mobile]', age: [97], lastName: '[Day]', status: 'open' }",
    "Rust": 'Record { mrn: "[66041]", zip: Some("[45402]"), age: Some([97]), city: Some("[Reading]"), visits: 3 }',
    "Ruby": '{:mrn=>"[66041]", :city=>"[Reading]", :last_name=>"[Day]", :visits=>3}',
    "PHP": "['mrn' => '[66041]', 'city' => '[Reading]', 'age' => [97]]",
    "print_r": "Array\n(\n    [city] => [Reading]\n    [zip] => [45402]\n    [last_name] => [Day]\n)",
    "var_dump": 'array(2) {\n  ["mrn"]=>\n  string(5) "[66041]"\n  ["city"]=>\n  string(7) "[Reading]"\n}',
    "Go": "&{ID:3 MRN:[66041] Visits:3}",
    "Java": "zip=Optional[[45402]], status=Optional[open]",
    "logfmt": "level=info mrn=[66041] visits=3 age=[97] days_open=3 zip=[45402] pages=2",
    "fields in a line": "MRN: [66041] Visits: 3 Age: [97] Days since last visit: 3",
    "YAML": "last_name: [Day]\nfirst_name: [Will]\ncity: [Reading]\nvisits: 3",
    "two columns": "field,value\nssn_last4,[9999]\ncity,[Reading]\nmrn,[4471]\nage,[97]",
    "PowerShell": "age                : [97]\nmrn                : [66041]\nvisits             : 3",
    "INSERT": "INSERT INTO p (mrn, city, age, visits) VALUES ('[66041]', '[Reading]', [97], 3), ('[66042]', '[Bath]', [98], 4);",
    "SELECT": "SELECT * FROM p WHERE city = '[Reading]' AND last_name ILIKE '[Day]' AND mrn='[66041]' LIMIT 3",
    "PostgreSQL's keys": "DETAIL:  Key (visits, mrn)=(3, [66041]) already exists.",
    "MySQL": "Incorrect integer value: '[66041]' for column 'mrn' at row 1",
    "MySQL's keys": "Duplicate entry '[9999]' for key 'patients.ssn_last4'",
    "pydantic": "1 validation error for find\nmrn\n  Input should be a string [type=string_type, input_value=[66041], input_type=int]",
    "pydantic's names": "1 validation error for find\nlast_name\n  Bad [type=value_error, input_value='[Day]', input_type=str]",
    "JSON Schema": "'[66041]' does not match '^[0-9]{8}$' on instance['mrn']",
    "ajv": 'data/mrn must match pattern "^[0-9]+$" (was "[66041]")',
    "Elasticsearch": "failed to parse field [mrn] of type [long] in a document. Preview of field's value: '[66041]'",
    ".NET": "The value '[66041]' is not valid for mrn.",
    "a form": '--x\r\nContent-Disposition: form-data; name="city"\r\n\r\n[Reading]\r\n--x',
    "XML": "<patient><name>[Rose]</name><age>[97]</age><mrn>[4471]</mrn><zip>[45402]</zip><city>[Mobile]</city><visits>3</visits></patient>",
    "attributes": "<Patient age=\"[97]\" mrn=\"[4471]\" lastName=\"[Street]\" city='[Mobile]' visits=\"3\"/>",
    "FHIR": '<Patient><birthDate value="[1961-03-14]"/><name><family value="[Street]"/></name><active value="true"/></Patient>',
    "tool calls in XML": '<parameter name="city">[Reading]</parameter><parameter name="last_name">[Day]</parameter>',
    "old and new": "MRN changed from [66040] to [66041]. Updated ZIP code from [45401] to [45402]; visits changed from 3 to 4",
    "iCalendar": "ATTENDEE;CN=[Maribel Okonkwo];ROLE=CHAIR:x",
    "webhooks of telephony": "FromCity=[DAYTON]&FromZip=[45402]&FromState=OH&CallStatus=ringing",
    "logfmt's words": "level=info city=[Reading] status=open last_name=[Day] visits=3",
    "a heading": "## Patient\n[Rose Chase]\n\n## Next Steps\nCall the clinic",
    "pairs": "my number is [41, 55, 55, 01, 34] and scores were 97, 88, 76, 65",
    "code's marks": "he is `[97]` years old",
    "emphasis that goes on": "_[Maribel] came late_ and _[Maribel] left",
    "SQL in capitals": "ZIP BETWEEN [45401] AND [45402] OR MRN CHANGED FROM [66040] TO [66041]",
    "Redis' answers": "{b'age': b'[97]', b'city': b'[Reading]', b'visits': b'3'}",
    "marked strings": "city=N'[Reading]' and state=N'OH'",
    "a card": '- heading "MRN" [level=3] [ref=e3]\n- generic [ref=e4]: "[66041]"\n- heading "City" [ref=e5]\n- paragraph [ref=e6]: Choose a town',
    "old and new lines": "MRN:\n  old: [66040]\n  new: [66041]\nvisits:\n  old: 3\n  new: 4",
    "redis-cli": '1) "mrn"\n2) "[66041]"\n3) "visits"\n4) "3"\n5) "city"\n6) "[Reading]"\n7) "age"\n8) "[97]"',
    "fields without signs": "Town [Mobile] Age [97] Member [A4471] Visits 3",
    "fields of a line each": "1. City [Normal]\n2. Visits 3\n3. Town [Hope]\n4. Age [97]",
    "fields with dashes": "Name - [Arjun Mehra], City - [Reading], Age - [97], Status - open",
    "a pair in a call": "query.where('city', '[Reading]').where('status', 'open'); setattr(p, 'city', '[Bath]')",
    "assertions": 'assertEquals("[66041]", p.getMrn()); assertEquals("open", p.getStatus()); assert_eq!("[66042]", p.mrn)',
    "proofs": "assertThat(p.getMrn()).isEqualTo(\"[66041]\"); expect(p.city).not.toBe('[Reading]'); expect(p.visits).toBe(3)",
    "an exception below its code": "    return by_number[mrn]\n           ~~~~~~~~~^^^^^\nKeyError: '[66041]'",
    "a parser's exception": "  n = int(row['zip'])\nValueError: invalid literal for int() with base 10: '[45402x]'",
    "Django's objects": "<Patient: Patient object ([66041])>, <Task: sync (12345)>, <Patient: None>",
    "a column's series": "a    [Reading]\nb    [Hope]\nName: city, dtype: object",
    "one or the other": "MRN [66040] or [66041]? 5 or 10 mg, open or closed",
    "a snapshot without references": '- term: MRN\n- definition: "[66041]"\n- term: Visits\n- definition: "3"',
    "neighbours in view trees":
        '<node text="MRN" class="x"/><node text="[66041]" class="x"/><node text="Visits"/><node text="3"/>',
    "expected but got": "account number does not match: expected '[55811]' but got '[55812]'",
    "one of some": "SELECT 1 FROM p WHERE zip IN ('[45401]', '[45402]') AND city in ('[Reading]') AND status IN ('open', 'closed')",
    "a call in a row": "INSERT INTO p (mrn, zip, made) VALUES ('[66041]', '[45402]', NOW())",
    "a field's label beside it": '- generic [ref=e2]: MRN\n- textbox [ref=e3]: "[66041]"\n- textbox "ZIP *" [ref=e4]: "[45402]"',
    "view trees": '<node text="[66041]" hint="MRN" class="android.widget.EditText"/>',
    "measures": "MRN: [66041] Dose (mg): 50 Age: [97] Percent complete: 40",
    "an arrow": "age: [96] -> [97]",
    "expected and got": "mrn mismatch (on file: [66040], given: [66041])",
    "a list": "Zips: [45401], [45402]",
    "data frames": "age,name,visits\n[97].0,x,3.0\n41.0,y,4.0",
    "a series": "age          [97].0\nssn_last4  [9999].0\nvisits        3.0",
    "dates": "Claim [2026-03-02] was denied. PHQ-9 score [2026-03-02]: 14. id [1961-03-14]T00:00:00, version 2025-11-20",
    "Playwright": '- term [ref=e3]: MRN\n- definition [ref=e4]: "[66041]"\n- textbox "City" [ref=e5]: "[Reading]"\n- generic [ref=e6]: Status',
    "changes of fields": "field,old_value,new_value\nmrn,[4471],[4472]\nage,[96],[97]\nlast_name,[Day],[Will]\nvisits,3137,3138",
    "changes in a Markdown table":
        "| Column | Before | After | By |\n|---|---|---|---|\n| MRN | [66040] | [66041] | 31337 |\n| visits | 31336 | 31337 | 3 |",
    "polars":
        "shape: (2, 3)\n┌───────┬───────┬────────┐\n│ mrn   ┆ zip   ┆ visits │\n│ ---   ┆ ---   ┆ ---    │\n"
        "│ i64   ┆ str   ┆ i64    │\n╞═══════╪═══════╪════════╡\n│ [66041] ┆ [45402] ┆ 31337  │\n"
        "│ [66042] ┆ [45403] ┆ 31338  │\n└───────┴───────┴────────┘",
    "TOON": "patients[2]{mrn,zip,visits}:\n  [66041],[45402],31337\n  [66042],[45403],31338\nitems[1]{sku,price}:\n  31338,12000",
    "data frames of numbers": "     mrn    zip  visits\n0  [66041]  [45402]   31337\n1  [66042]  [45403]   31338",
    "old below its key": '{"mrn": {"old": "[4471]", "by": "import"}, "visits": {"old": "4472", "by": "import"}}',
    "old beside its field":
        '[{"field": "mrn", "old": "[4470]", "new": "[4471]", "by": "import"}, {"field": "visits", "old": "4472", "new": "4473"}]',
    "a tracker's changes":
        '{"items": [{"field": "MRN", "from": null, "fromString": "[66040]", "to": null, "toString": "[66041]"},'
        ' {"field": "Points", "fromString": "31336", "toString": "31337"}, {"from": "4471", "to": "4472", "text": "hi"}]}',
    "a table in a snapshot":
        '- row "MRN City Visits" [ref=e4]:\n  - columnheader "MRN" [ref=e5]\n  - columnheader "City" [ref=e6]\n'
        '  - columnheader "Visits" [ref=e7]\n- row "[4471] [Reading] 3133" [ref=e9]:\n  - gridcell "[4471]" [ref=e10]\n'
        '  - gridcell "[Reading]" [ref=e11]\n  - gridcell "3133" [ref=e12]',
    "nodes of a page's tree":
        '{"role":"WebArea","name":"","children":[{"role":"StaticText","name":"MRN: [66041]"},{"role":"textbox","name":"City",'
        '"value":"[Reading]"},{"role":"StaticText","name":"Last name"},{"role":"StaticText","name":"[Street]"},'
        '{"role":"StaticText","name":"Visits"},{"role":"StaticText","name":"31337"},{"role":"heading","name":"ZIP"},'
        '{"role":"paragraph","name":"Enter the code"}]}',
    "tables in a page's tree":
        '{"role":"table","children":[{"role":"rowgroup","children":[{"role":"row","children":[{"role":"columnheader",'
        '"name":"MRN"},{"role":"columnheader","name":"City"},{"role":"columnheader","name":"Visits"}]}]},{"role":"rowgroup",'
        '"children":[{"role":"row","children":[{"role":"gridcell","name":"[4471]"},{"role":"gridcell",'
        '"name":"[Reading]"},{"role":"gridcell","name":"3133"}]}]}]}',
    "Chrome": 'uid=1_3 StaticText "Member ID"\nuid=1_4 StaticText "[A4471]"\nuid=1_5 textbox "Age" value="[97]"',
    "Jackson": 'Cannot deserialize value of type `java.lang.Integer` from String "[66041x]": not a valid Integer value\n at [Source: (String)"{}"; line: 1, column: 12] (through reference chain: com.x.Patient["mrn"])',
    "SQL Server": "Violation of UNIQUE KEY constraint 'UQ_patients_mrn'. Cannot insert duplicate key in object 'dbo.patients'. The duplicate key value is ([66041]).",
    "SQL Server's types": "Conversion failed when converting the varchar value '[66041x]' to data type int.",
    "BigQuery": "Could not parse '[66041x]' as INT64 for field mrn (position 2) starting at location 4096",
    "BigQuery's fields": "Could not convert value to integer. Field: mrn; Value: [66041x]",
    "HubSpot": 'Property values were not valid: [{"isValid":false,"message":"[66041] was not a valid number","error":"INVALID_INTEGER","name":"mrn"}]',
    "JSON Schema over lines": "'[66041]' is not of type 'integer'\n\nFailed validating 'type' in schema['properties']['mrn']:\n    {'type': 'integer', 'maximum': 9}\n\nOn instance['mrn']:\n    '[66041]'",
    "JSON Schema's numbers": "[66041] is not of type 'string'\n\nFailed validating 'type' in schema['properties']['mrn']:\n    {'type': 'string'}\n\nOn instance['mrn']:\n    [66041]",
    "JSON Schema's towns": "'[Reading]' is too short for city\n\nOn instance['city']:\n    '[Reading]'",
    "Spring": "Field error in object 'patient' on field 'mrn': rejected value [[66041]]; codes [typeMismatch.patient.mrn,typeMismatch.mrn]",
    "Spring's names": "Field error in object 'patient' on field 'lastName': rejected value [[Day]]; codes [Size.patient.lastName,Size]",
    "Oracle": "ORA-01722: unable to convert string value containing '[66041x]' to a number: MRN",
    "Oracle's columns": "ORA-03301: (ORA-00001 details) row with column values (MRN:[66041]) already exists",
    "a driver's tuple": "DataError: (1366, \"Incorrect integer value: '[66041x]' for column 'mrn' at row 1\")",
    "a bean's message": 'mrn: must match "[0-9]{8}" (value: [66041])',
    "the next line's field": "ValueError: invalid literal for int() with base 10: '[66041x]'\n  while reading field 'mrn'",
    "a value first": "Out of range value [66041] for column 'mrn'",
    "indexes on expressions": "DETAIL:  Key (lower(city), COALESCE(mrn, ''::text), visits)=([reading], [66041], 3) already exists.",
    "PHP's objects": 'object(Patient)#1 (3) {\n  ["mrn":"Patient":private]=>\n  string(5) "[66041]"\n  ["zip"]=>\n  int([45402])\n  ["visits"]=>\n  int(3)\n}',
    "print_r's objects": "Patient Object\n(\n    [mrn:protected] => [66041]\n    [ssn:Patient:private] => [9999]\n)",
    "calls": 'patient.setMrn("[66041]"); patient.setZip([45402]); p.setLastName("[Day]"); b.city("[Reading]").visits(3)',
    "snake calls": "set_mrn('[66041]'); find_by_mrn([66041]); set_visits(3)",
    "accessors": 'p.getMrn() = [66041]; p.getVisits() = 3; getCity() == "[Reading]"',
    "Django": "Patient.objects.filter(age__gte=[97], mrn__exact='[66041]', city__iexact=\"[Reading]\", visits__gt=3)",
    "things in paths": "PATCH /api/patients/[66041]/phones/[4155550134]; p = patients[[66041]]; /orders/list/3; a/b/66",
    "a blank between": 'run --mrn [66041] --city "[Reading]" --region "East"; {:mrn "[66041]" :last-name "[Day]"}',
    "expressions": "where(p.zip.eq([45402]).and(p.visits.eq(3)))",
    "paths": 'patient::mrn = "[66041]"; filter[mrn]=[66041]&visits=3',
    "types between": 'let mrn: Option<String> = Some("[66041]"); visits: int = 3',
}  # fmt: skip
#: A value in its brackets, of which a pair around several words, or in a pattern, is none.
_VALUE = re.compile(r"\[((?!open|mrn\]|long|city\]|zip\]|last_name|type|value|0-9|[12]\]\{)[\w, -]+)\]")


@pytest.mark.parametrize("form", PRINTED)
def test_values_under_their_names_do_not_leave(leaves: Any, form: str) -> None:
    """Also values that are words elsewhere; counts, states and other words stay."""
    text = _VALUE.sub(r"\1", PRINTED[form])
    call = {"id": "c1", "type": "function", "function": {"name": "run", "arguments": "{}"}}
    sent = json.loads(
        leaves(
            request(
                {"role": "assistant", "tool_calls": [call]}, {"role": "tool", "tool_call_id": "c1", "content": text}
            )
        )
    )
    masked = re.sub(r"\[[A-Z_]+_\d+\]", "%", sent["messages"][-1]["content"])
    assert _VALUE.sub("%", PRINTED[form]) == masked


@pytest.mark.parametrize(
    "text",
    [
        "zip  age  dob",
        "first_name: null\nage: null\nzip: n/a",
        "city  object\nzip  object\nlast_name  object\ndtype: object",
        "column,type\nfirst_name,text\ncity,varchar",
        "INSERT INTO p (mrn, zip, city) VALUES (:mrn, :zip, :city)",
        "data must have required property 'last_name'",
        'null value in column "zip" of relation "patients" violates a constraint',
        "Column zip changed from varchar to char",
        "- generic [ref=e2]: City\n- generic [ref=e3]: ZIP\n- generic [ref=e4]: Age",
        "zips: 3, 4\nphones: 2, 3",
        'assertEquals("mrn", field.name); expect(tool.name).toBe("book_slot"); expect(p.age).toBe(45)',
        "    port = ports[v]\nKeyError: '8080x'",
        "    name = names[code]\nKeyError: 'items'",
        "<Response: OK (2000)>, <Dose: Lasix (4000)>",
        "City Hall Age 45 Member services, City Council",
        "State Medicaid, City Transit, Name Tags",
        "1) Name 2) Age 3) City 4) Zip",
        "('city', 'state'), ('name', 'required'), t('age', 'Age')",
        '1) "name"\n2) "visits"\n3) "age"\n4) "3"',
        '[{"role":"StaticText","name":"City"},{"role":"StaticText","name":"ZIP"},{"role":"StaticText","name":"Age"}]',
        '- columnheader "SKU"\n- columnheader "Cost"\n- cell "66041"\n- cell "45402"',
        "field,old,new\namount,12000,13000\nvisits,31336,31337",
        "│ sku   ┆ price │\n│ i64   ┆ i64   │\n│ 66041 ┆ 45402 │",
        "│ mrn   ┆ zip   │\n│ i64   ┆ str   │",
        "items[2]{sku,qty}:\n  66041,45402\n  66042,45403",
        '{"price": {"before": 12000, "after": 13000}, "order": {"old": "31336", "new": "31337"}}',
        "Phone 1 or 2 lines, MRN 1 through 5",
        "def set_mrn(mrn: str) -> None:",
        "mrn = None",
        "SELECT mrn FROM p ORDER BY mrn LIMIT 3",
        "mrn must be 8 digits",
        "patient.setMrn(mrn); patient.setZip(zip); cell(4096)",
        "patient.getMrn().equals(other.getMrn())",
        "for name in dir(module): pass",
        "if name.endswith('binom')",
        "addresses = [local, remote]",
        "int a[10000]; address[10000]; build/12345/log; /usr/lib/x/3",
        """NameError: name 'zip' is not defined, city "name", file 'name' 'x'""",
        '_VERBOSITY_NAMES = ["quiet", "normal"]',
        "Field error in object 'patient' on field 'mrn': rejected value [null]; default message [must be 4096 or less]",
        "ORA-12899: value too large for column MRN (actual: 40, maximum: 1000)",
        'x = "v4096"\nraise ValueError("bad field \'mrn\'")',
        '_ID = re.compile(r"^(\\d{1,12}|\\*)$")\nMRN = re.compile(r"^[0-9]{8}$")',
    ],
)
def test_names_types_and_counts_of_fields_stay(leaves: Any, text: str) -> None:
    """What describes values is nobody's."""
    sent = json.loads(leaves(request({"role": "user", "content": text})))["messages"][-1]["content"]
    assert text == sent


def test_columns_of_a_page_as_stagehand_writes_it(leaves: Any) -> None:
    """A cell there is no telephone."""
    page = (
        "[0-2] table\n  [0-4] columnheader: MRN\n  [0-5] columnheader: City\n  [0-6] columnheader: Total\n  [0-7] row\n"
        "    [0-8] cell: {}\n    [0-9] cell: {}\n    [0-13] cell: 313\n  [0-14] StaticText: Visits"
    )
    sent = leaves(request({"role": "user", "content": page.format("4471", "Reading")}))
    assert page.format("[MRN_1]", "[ADDRESS_1]") == json.loads(sent)["messages"][-1]["content"]


@pytest.mark.parametrize(
    ("question", "city"),
    [("what city do you live in?", "lebanon"), ("What city are you calling from?", "I'm calling from Lebanon.")],
)
def test_a_town_that_was_asked_for_does_not_leave(leaves: Any, question: str, city: str) -> None:
    """Though a country has the same name; asked for that, it stays."""
    for asked, leaves_it in ((question, False), (question.replace("city", "country"), True)):
        turns = {"role": "assistant", "content": asked}, {"role": "user", "content": city}
        sent = json.loads(leaves(request(*turns)))["messages"][-1]["content"]
        assert ("lebanon" in sent.lower()) is leaves_it


@pytest.mark.parametrize("text", ['{"city": "Lebanon"}', "City: Lebanon", "{'city': 'Lebanon'}"])
def test_a_town_under_its_key_does_not_leave(leaves: Any, text: str) -> None:
    """Though a country has the same name."""
    for key, leaves_it in (("city", False), ("country", True)):
        said = text.replace("city", key).replace("City", key.title())
        assert (b"Lebanon" in leaves(request({"role": "user", "content": said}))) is leaves_it
