"""Leaks by construction: a canary of every kind, in every place, in every disguise; the upstream's bytes are searched.

Not covered, on purpose: values behind a cipher, and words in a schema's ``pattern``, ``$ref``
and names of definitions, which stay as they are (numbers, e-mail addresses, full names, homes and birthdays in them are
refused).
"""

from __future__ import annotations

import base64
import itertools
import json
import re
from typing import Any

import httpx
import pytest

from masker.core.policy import Policy
from tests.attack.canaries import CANARIES, DISGUISES, PLACES, SELF_EVIDENT, leaks, request, requests_with, squash

EVERYTHING = " ".join(canary.sentence for canary in CANARIES.values())
VALUES = tuple(canary.written for canary in CANARIES.values())


def test_the_search_sees_through_every_disguise() -> None:
    """The instrument first: whatever is sent unmasked is found."""
    for kind, canary in CANARIES.items():
        for name, disguise in {"none": str, **DISGUISES}.items():
            sent = json.dumps(request({"role": "user", "content": canary.said.format(disguise(canary.written))}))
            assert [canary.written] == leaks(sent.encode(), canary.written), (kind, name)
        # In front, three characters whose codes differ between the two alphabets.
        for code in (base64.b64encode, base64.urlsafe_b64encode):
            for padding in (b"", b"."):
                coded = code(b"???>>>" + canary.sentence.encode() + padding).decode()
                for form in (coded, coded.rstrip("=")):
                    sent = json.dumps(request({"role": "user", "content": f"the form says {form} I think"}))
                    assert [canary.written] == leaks(sent.encode(), canary.written), (kind, form)


@pytest.mark.parametrize("place", PLACES)
def test_no_kind_leaves_from_any_place(leaves: Any, place: str) -> None:
    """Each kind by itself, in its sentence; and bare, where the value gives itself away."""
    for kind, canary in CANARIES.items():
        bare = kind in SELF_EVIDENT and place != "schema format"  # one word there is a format
        for text in (canary.sentence, canary.written) if bare else (canary.sentence,):
            assert not leaks(leaves(PLACES[place](text)), canary.written), (kind, text == canary.written)


@pytest.mark.parametrize("kind", CANARIES)
def test_no_spoken_value_leaves_from_any_place(leaves: Any, kind: str) -> None:
    """As a recogniser writes it down, in its sentence."""
    canary = CANARIES[kind]
    for form in canary.spoken:
        for name, tree in requests_with(canary.said.format(form)):
            assert not leaks(leaves(tree), form), (form, name)


@pytest.mark.parametrize("stream", [False, True])
def test_no_byte_on_the_upstreams_socket_tells(arena: Any, stream: bool) -> None:
    """All kinds at once in each place, over sockets: body, headers, request line."""
    told = []
    for name, place in PLACES.items():
        response = arena.post({**place(EVERYTHING), "stream": stream})
        assert response.status_code in (200, 422), (name, response.json()["error"]["code"])
        heard = arena.heard()
        assert (response.status_code == 200) == bool(heard)
        if found := leaks(heard, *VALUES):
            told.append((name, len(found)))
    assert not told


@pytest.mark.parametrize("kind", CANARIES)
def test_disguises_are_seen_through(leaves: Any, kind: str) -> None:
    """Full-width, zero-width, entities, percent signs, escapes: what a model can read, masking reads."""
    canary = CANARIES[kind]
    for (name, disguise), place in itertools.product(
        DISGUISES.items(), ("user content", "tool result in JSON", "unknown field")
    ):
        text = canary.said.format(disguise(canary.written))
        assert not leaks(leaves(PLACES[place](text)), canary.written), (name, place)


@pytest.mark.parametrize("kind", ["PHONE", "FAX", "SSN", "MRN", "HEALTH_PLAN", "ACCOUNT", "CARD", "LICENSE", "VEHICLE"])
@pytest.mark.parametrize(
    "between",
    [
        '<break time="200ms"/>', ' <break time="0.3s" /> ', "[pause]", "<#0.5#>", "[pause 1s]", "(pause)", "<br>", "</td><td>",
        '</span><span class="digit" data-at="1">', "&lt;break/&gt;", '<mstts:silence type="Tailing" value="200ms"/>', '"><input value="',
    ],
)  # fmt: skip
def test_values_with_tags_between_their_signs_are_read(leaves: Any, kind: str, between: str) -> None:
    """Sign by sign, as agents read numbers out and forms show them; also where the value is known only."""
    canary = CANARIES[kind]
    broken = between.join(canary.written)
    assert not leaks(leaves(PLACES["user content"](canary.said.format(broken))), broken)
    known = PLACES["user content"](canary.said.format(canary.written))
    known["messages"].append({"role": "assistant", "content": f"So it is {broken}, right?"})
    assert broken.encode() not in leaves(known).replace(b'\\"', b'"')


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("<span>415</span><span>555</span><span>0134</span>", "<span>[PHONE_1]</span>"),
        ("<em>Oko</em>nkwo", "<em>[NAME_2]"),
        ('see ma<x y="Maribel Okonkwo">r<x y="a">ibel@', 'see ma<x y="[NAME_1]">r<x y="a">ibel@'),
        ("<span>Maribel Okonkwo</span><span>Active</span>", "<span>[NAME_1]</span><span>Active</span>"),
        ("<b>1</b><span>Maribel Okonkwo</span><span>2</span>", "<b>1</b><span>[NAME_1]</span><span>2</span>"),
        ("<b>Patient</b><span>Maribel Okonkwo</span><b>Sex</b>", "<b>Patient</b><span>[NAME_1]</span><b>Sex</b>"),
        (
            "<span>12</span><span>415-555-0134</span><span>34</span>",
            "<span>12</span><span>[PHONE_1]</span><span>34</span>",
        ),
    ],
)
def test_known_values_are_found_between_tags(leaves: Any, text: str, masked: str) -> None:
    """Whatever the tags are; what stands in the cells around a value stays as it is."""
    told = {"role": "user", "content": "my name is Maribel Okonkwo, my phone number is 415-555-0134"}
    thanks, result = {"role": "assistant", "content": "Thanks."}, {"role": "user", "content": text}
    assert masked == json.loads(leaves(request(told, thanks, result)))["messages"][-1]["content"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("<b>Name</b><span>Maribel Okonkwo</span><b>Status</b><span>Active</span>", "<b>Name</b><span>%</span><b>Status</b><span>Active</span>"),
        ("<b>Room</b><b>12</b><b>Maribel Okonkwo</b>", "<b>Room</b><b>12</b><b>%</b>"),
        ("<b>IP</b><span>203.0.113.77</span>", "<b>IP</b><span>%</span>"),
        ("<b>Visit</b><span>10:30</span><span>03/14/2026</span>", "<b>Visit</b><span>10:30</span><span>%</span>"),
        ("<span>12</span><span>4111 1111 1111 1111</span><span>34</span>", "<span>12</span><span>%</span><span>34</span>"),
        ("<td>Seen</td><td>48 Larkspur Lane</td><td>Open</td>", "<td>Seen</td><td>%</td><td>Open</td>"),
        ("<em>Maribel Okonkwo</em><em>Pedro Ruiz</em>", "<em>%</em><em>%</em>"),
    ],
)  # fmt: skip
def test_cells_beside_each_other_are_read_apart(leaves: Any, text: str, kept: str) -> None:
    """Each value is masked, and neither a tag nor a word beside it."""
    sent = json.loads(leaves(request({"role": "user", "content": text})))["messages"][-1]["content"]
    assert kept == re.sub(r"\[[A-Z_]+_\d\]", "%", sent)


def each(form: str) -> Any:
    return lambda text: "".join(form.format(ord(char)) for char in text)


def fancy(first: int) -> Any:
    return lambda text: "".join(chr(first + ord(c) - 65) if "A" <= c <= "Z" else c for c in text.upper())


WRITINGS = {
    "\\x": each("\\x{:02x}"), "octal": each("\\{:03o}"), "\\u{}": each("\\u{{{:x}}}"), "\\U": each("\\U{:08x}"),
    "%u": each("%u{:04x}"), "escaped twice": each("\\\\u{:04x}"), "escaped thrice": each("\\\\\\\\u{:04x}"), "escaped six times": each("\\" * 32 + "u{:04x}"),
    "escaped letters of mathematics": lambda text: json.dumps("".join(chr(0x1D400 + ord(c) - 65) if "A" <= c <= "Z" else c for c in text.upper()))[1:-1],

    "entities without a semicolon": each("&#{}"), "entities with zeros": each("&#{:010};"), "escaped entities": each("&amp;#{};"),
    "escaped percent": each("%25{:02X}"), "entities in percent": each("%26%23{}%3B"), "a byte that is no UTF-8": lambda text: "%E9" + each("%{:02X}")(text),
    "named spaces without width": "&ZeroWidthSpace;".join, "invisible times": "&InvisibleTimes;".join, "NUL": "\x00".join,
    "garbled": lambda text: text.encode().replace(b"-", "–".encode()).replace(b" ", "\u00a0".encode()).decode("cp1252"),
    "DEL": "\x7f".join,
    "colours": lambda text: text[:3] + "\x1b[1;31m" + text[3:] + "\x1b[0m", "variation selectors": "\U000e0100".join, "frames": "\u20dd".join,
    "capitals in brackets": fancy(0x1F110), "letters in brackets": lambda text: "".join(chr(0x249C + ord(c) - 97) if c.isalpha() else c for c in text.lower()),
    "squares": fancy(0x1F130), "filled circles": fancy(0x1F150), "filled squares": fancy(0x1F170), "flags": fancy(0x1F1E6),
    "small capitals": lambda text: text.lower().translate(str.maketrans("abcdefghijklmnoprtuvwyz", "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢ")),
    "tags": lambda text: "".join(chr(0xE0000 + ord(char)) for char in text),
    "tags in a flag": lambda text: "\U0001f3f4" + "".join(chr(0xE0000 + ord(char)) for char in text) + "\U000e007f",
    "Chinese numerals apart": lambda text: text.translate({ord(d): f"{h}、" for d, h in zip("0123456789", "○一二三四五六七八九", strict=True)}),
    **{
        f"Chinese numerals and {sign!r}": lambda text, sign=sign: text.translate(
            {ord(d): f"{h}{sign}" for d, h in zip("0123456789", "○一二三四五六七八九", strict=True)}
        )
        for sign in (";", "；", "/", ", ", "; ", "｜", " ")
    },
    "digits in brackets": lambda text: text.translate(str.maketrans("123456789", "⑴⑵⑶⑷⑸⑹⑺⑻⑼")),
    "Chinese numerals": lambda text: text.translate(str.maketrans("0123456789", "〇一二三四五六七八九")),
    "digits in circles": lambda text: text.translate(str.maketrans("0123456789", "🄋➀➁➂➃➄➅➆➇➈")),
}  # fmt: skip


@pytest.mark.parametrize("writing", WRITINGS)
def test_no_writing_hides_a_value(leaves: Any, writing: str) -> None:
    """In its sentence, and once it is known."""
    for kind in ("NAME", "PHONE", "SSN"):
        canary = CANARIES[kind]
        written = WRITINGS[writing](canary.written)
        known = request(
            {"role": "user", "content": canary.sentence}, {"role": "tool", "content": f"row: {written} end"}
        )
        for tree in (request({"role": "user", "content": canary.said.format(written)}), known):
            sent = json.loads(leaves(tree))["messages"]
            assert written == canary.written or written not in sent[-1]["content"], kind


@pytest.mark.parametrize("kind", CANARIES)
def test_base64_hides_nothing(leaves: Any, kind: str) -> None:
    """A sentence, and a bare value that gives itself away: in either alphabet, as the payload of a token, in a header."""
    canary = CANARIES[kind]
    said = canary.sentence.encode()
    payload = base64.urlsafe_b64encode(json.dumps({"sub": "1", "note": canary.sentence}).encode()).rstrip(b"=").decode()
    forms = [base64.b64encode(said), base64.urlsafe_b64encode(said), base64.b64encode(said).rstrip(b"=")]
    if kind in SELF_EVIDENT:
        forms.append(base64.b64encode(canary.written.encode()))
    for text in [
        *(f"the form says {form.decode()} I think" for form in forms),
        f"Bearer eyJhbGciOiJIUzI1NiJ9.{payload}.c2lnbmF0dXJl",
    ]:
        for place in ("user content", "tool result in JSON", "unknown field", "arguments"):
            assert not leaks(leaves(PLACES[place](text)), canary.written), (text[:20], place)


ENCODED = {
    "base64 thrice": lambda said: base64.b64encode(base64.b64encode(base64.b64encode(said))),
    "cut at the front": lambda said: base64.b64encode(b"well, " + said)[3:],
    "cut at the end": lambda said: base64.b64encode(said + b" then")[:-3],
    "old code": lambda said: base64.b64encode("für ".encode("latin-1") + said),
    "hexadecimal": lambda said: said.hex().encode(),
    "a byte order mark": lambda said: base64.b64encode("\ufeff".encode() + said),
    "joined signs": lambda said: base64.b64encode(said + " \U0001f468\u200d\U0001f469\u00a0\u2028\f".encode()),
    "UTF-16": lambda said: base64.b64encode(said.decode().encode("utf-16")),
    "UTF-16, the other way": lambda said: base64.b64encode(said.decode().encode("utf-16-be")),
    "HEXADECIMAL": lambda said: said.hex().upper().encode(),
    "UTF-32": lambda said: base64.b64encode(said.decode().encode("utf-32")),
    "UTF-32, the other way, cut": lambda said: base64.b64encode(said.decode().encode("utf-32-be"))[5:],
    "accents in an old code": lambda said: base64.b64encode("à Orléans, né où José, ".encode("latin-1") + said),
    "Cyrillic in UTF-16": lambda said: base64.b64encode("Меня зовут Иван ".encode("utf-16") + said.decode().encode("utf-16-le")),
    "Cyrillic in UTF-16, the other way, cut": lambda said: base64.b64encode(("Меня зовут " + said.decode()).encode("utf-16-be"))[3:],
    "accents in UTF-32": lambda said: base64.b64encode(("né où " + said.decode()).encode("utf-32-le")),
    "bytes": lambda said: said.hex(" ").encode(), "bytes and colons": lambda said: said.hex(":").encode(), "bytes in lines": lambda said: said.hex("\n").encode(),
    "a list of bytes": lambda said: ", ".join(f"0x{byte:02x}" for byte in said).encode(),
    "bytes of assembly": lambda said: " ".join(f"{byte:02X}h" for byte in said).encode(),
}  # fmt: skip


@pytest.mark.parametrize("encoding", ENCODED)
def test_no_encoding_that_models_read_hides_a_value(leaves: Any, encoding: str) -> None:
    """The whole run goes, wherever in it the value stands."""
    for kind in ("NAME", "PHONE", "SSN"):
        run = ENCODED[encoding](CANARIES[kind].sentence.encode()).decode()
        sent = json.loads(leaves(request({"role": "user", "content": f"note {run} then"})))["messages"][-1]["content"]
        assert re.fullmatch(r"note (?:\[[A-Z_]+_\d\] ?)+=* ?then", sent), (kind, sent)


@pytest.mark.parametrize(
    "day",
    [
        "一九六一年三月十四日",
        "1961年3月14日",
        "1961 年 03 月 14 日",
        "一九六一年十二月三十一日",
        "3月14日",
        "十月二十日",
        "1961년 3월 14일",
        "二〇〇一年三月十四號",
    ],
)
def test_dates_of_east_asia(leaves: Any, day: str) -> None:
    """In digits and as they are said."""
    for text in ("my birthday is {}", "born {} in town", "我的生日是{}，谢谢"):
        sent = json.loads(leaves(request({"role": "user", "content": text.format(day)})))["messages"][-1]["content"]
        assert text.format("[DATE_1]") == sent


@pytest.mark.parametrize(
    "text", ["他三月来过，住了十四日", "十三月四十日", "三四个人，五六天，七八次", "2個月、每月3日"]
)
def test_what_is_no_date_of_east_asia_stays(leaves: Any, text: str) -> None:
    """Months and days apart, and counts."""
    assert text == json.loads(leaves(request({"role": "user", "content": text})))["messages"][-1]["content"]


def test_the_words_of_flags_stay(leaves: Any) -> None:
    """What a flag says in tags is a country."""
    flag = "\U0001f3f4" + "".join(chr(0xE0000 + ord(char)) for char in "gbsct") + "\U000e007f"
    assert (
        flag
        in json.loads(leaves(request({"role": "user", "content": f"from {flag} with love"})))["messages"][-1]["content"]
    )


ROWS = {
    "a number in groups": ({"phone": ["415", "555", "0134"]}, ["415", "555", "0134"]),
    "a number of numbers": ({"phone": [415, 555, 134]}, ["415", "555", "134"]),
    "keys pressed": ({"dtmf": list("4155550134")}, ["4", "1", "5", "0", "3"]),
    "digits said": ({"heard": "four one five five five five oh one three four".split()}, ["four", "one", "five"]),
    "groups with their signs": ({"x": ["219-", "09-", "9999"]}, ["219-", "09-", "9999"]),
    "an e-mail address": ({"email": ["m.okonkwo@exam", "ple.org"]}, ["m.okonkwo@exam", "ple.org"]),
    "an address of the net": ({"ip": ["203.", "0.", "113.", "77"]}, ["203.", "77"]),
    "a name": ({"caller": ["Maribel", "Okonkwo"]}, ["Maribel", "Okonkwo"]),
    "words of a sentence": ({"words": ["my", "name", "is", "maribel", "okonkwo"]}, ["maribel", "okonkwo"]),
    "a date": ({"dob": ["march", "third", "1980"]}, ["march", "third", "1980"]),
}


@pytest.mark.parametrize("row", ROWS)
def test_a_value_cut_over_an_array_does_not_leave(leaves: Any, row: str) -> None:
    """Element by element, in a document and in a field; each is a value of its own and would come back as it was."""
    value, pieces = ROWS[row]
    for tree in (
        request({"role": "tool", "tool_call_id": "call_1", "content": json.dumps(value)}),
        request({"role": "user", "content": "hi"}, heard=value),
    ):
        sent = json.loads(leaves(tree))
        (elements,) = (sent["heard"] if "heard" in sent else json.loads(sent["messages"][-1]["content"])).values()
        assert not set(pieces) & set(map(str, elements)), elements
        assert len(elements) == len(next(iter(value.values())))


@pytest.mark.parametrize(
    "row",
    [
        {"pressure": ["120", "80", "72"]}, {"pain": [4, 5, 3, 6, 2, 4, 4, 1, 2, 3]}, {"options": ["A", "B", "C", "D"]},
        {"slots": ["9:00", "9:30", "10:00"]}, {"medications": ["metformin", "lisinopril"]}, {"grid": [[1, 2, 3], [4, 5, 6]]},
    ],
)  # fmt: skip
def test_an_array_of_measurements_stays(leaves: Any, row: dict[str, Any]) -> None:
    """What the elements say together is nobody's."""
    content = json.dumps(row)
    sent = json.loads(leaves(request({"role": "tool", "tool_call_id": "call_1", "content": content})))
    assert content == sent["messages"][-1]["content"]


@pytest.mark.parametrize(
    "one",
    [
        "call_maribel_okonkwo", "session/Maribel-Okonkwo:7", "user-maribel.okonkwo-3", "MARIBEL_OKONKWO",
        "MaribelOkonkwo", "call_MaribelOkonkwo", "maribelOkonkwo-7", "user:OkonkwoMaribel:2", "x-MaribelOkonkwo99",
        "call/maribel/okonkwo", "call~maribel~okonkwo", "user|7|maribel|okonkwo", "who=maribel+okonkwo", "MARIBEL_A_OKONKWO", "call_Maribel_A_Okonkwo",
        "x/maribel/j/okonkwo", "maribel--okonkwo:2",
    ],
)  # fmt: skip
def test_names_inside_of_ids_do_not_leave(leaves: Any, one: str) -> None:
    """An identifier that a program made of a caller's name; ordinary words in one stay."""
    for given in (one, "call_get_weather_paris"):
        call = {"id": given, "type": "function", "function": {"name": "find", "arguments": "{}"}}
        result = {"role": "tool", "tool_call_id": given, "content": "Done."}
        out = leaves(request({"role": "assistant", "content": None, "tool_calls": [call]}, result))
        _, asked, answered = json.loads(out)["messages"]
        assert asked["tool_calls"][0]["id"] == answered["tool_call_id"]
        assert ("okonkwo" in out.decode().lower(), given in out.decode()) == (False, given != one)


@pytest.mark.parametrize("kind", ["PHONE", "SSN", "MRN", "HEALTH_PLAN", "CARD"])
def test_numbers_inside_of_ids_do_not_leave(leaves: Any, kind: str) -> None:
    """An identifier that a platform makes of a caller's number; the two places of a call's id stay the same."""
    written = {"HEALTH_PLAN": "84739201543", "CARD": "4111111111111111"}.get(kind, CANARIES[kind].written)
    name = {"PHONE": "call", "SSN": "ssn", "MRN": "mrn", "HEALTH_PLAN": "member", "CARD": "card"}[kind]
    touching = {"SSN": [f"c-{written}"]}.get(kind, [])
    for one in (f"{name}_{written}", f"{name}:{written}:7", f"x-{name}-{written}", *touching):
        call = {"id": one, "type": "function", "function": {"name": "find", "arguments": "{}"}}
        result = {"role": "tool", "tool_call_id": one, "content": "Done."}
        out = leaves(request({"role": "assistant", "content": None, "tool_calls": [call]}, result))
        assert not leaks(out, written), one
        _, asked, answered = json.loads(out)["messages"]
        assert asked["tool_calls"][0]["id"] == answered["tool_call_id"]


@pytest.mark.parametrize(
    ("given", "masked"),
    [
        ("rec_84739201_a", "rec_[OTHER_ID_1]_a"), ("rec_219-09-9999_a", "rec_[SSN_1]_a"), ("x_415-555-0134_x", "x_[PHONE_1]_x"),
        ("job-4111-1111-1111-1111-b", "job-[CARD_1]-b"), ("file_219099999_a", "file_[OTHER_ID_1]_a"), ("dob_1961-03-14", "dob_[DATE_1]"),
        ("dob-03141961-v2", "dob-[DATE_1]-v2"), ("ssn:219:09:9999", "ssn:[SSN_1]"), ("ssn/219/09/9999/a", "ssn/[SSN_1]/a"),
        ("fax|415|555|0134", "fax|[FAX_1]"), ("fax=415~555~0134", "fax=[FAX_1]"), ("x/1961/03/14", "x/[DATE_1]"),
    ],
)  # fmt: skip
def test_numbers_and_birthdays_between_letters_of_ids_do_not_leave(leaves: Any, given: str, masked: str) -> None:
    """A piece of letters on either side is no sign of the number."""
    out = leaves(request({"role": "tool", "tool_call_id": given, "content": "Done."}))
    assert masked == json.loads(out)["messages"][-1]["tool_call_id"]


@pytest.mark.parametrize(
    "plain",
    ["PatientRecord", "call_GetWeather_2", "JohnsHopkinsClient", "toolu_Mhv4yrxxMad3z8g9fKY6YcMV", "call_Xm3FJqAEndbCg13iH6zyuUze", "MayoClinicApi-7", "KaiserPermanente", "refillRequestTwo", "call_abc123XYZ", "call_1700000000", "run_20240806_a", "batch_100000_of_200000", "msg_1718822400_b", "chatcmpl-1700000000123", "toolu_01A09q90qw90lq917835lq9", "step-7", "run_2024-11-05",
     "get/weather/paris", "t=12:30:45", "x/12:30:45:678", "chain/1/2/3/4/5/6", "seq=1/20/300", "shard+10+20+30", "plan_a_gold", "uid:12345/678",
     "call_550e8400-e29b-41d4-a716-446655440000", "fc_67ca09c5efe0819096d0511c92b8c890096610f474011cc0"],
)  # fmt: skip
def test_ids_of_programs_stay(leaves: Any, plain: str) -> None:
    """Random ones, counted ones, the time of day, UUIDs."""
    out = leaves(request({"role": "tool", "tool_call_id": plain, "content": "Done."}))
    assert plain == json.loads(out)["messages"][-1]["tool_call_id"]


@pytest.mark.parametrize("kind", CANARIES)
def test_spoken_values_do_not_leave(leaves: Any, kind: str) -> None:
    """In a sentence, and as the bare answer to a question; the question may stand three turns back."""
    canary = CANARIES[kind]
    ask = {"role": "assistant", "content": canary.asked}
    for form in (canary.written, *canary.spoken):
        answer = {"role": "user", "content": form}
        between = [{"role": "user", "content": "One moment."}, {"role": "assistant", "content": "Sure."}]
        for tree in (
            request({"role": "user", "content": canary.said.format(form)}),
            request(ask, answer),
            request(ask, *between, answer),
        ):
            assert not leaks(leaves(tree), form), (form, len(tree["messages"]))


@pytest.mark.parametrize("kind", CANARIES)
def test_values_split_between_parts_do_not_leave(leaves: Any, kind: str) -> None:
    """Wherever the cut falls, also beside a part that is JSON; what is left of the value is no more than a scrap."""
    canary = CANARIES[kind]
    text = canary.sentence
    begin = text.index(canary.written)
    for at in range(begin, begin + len(canary.written) + 1):
        for others in ([], [{"type": "text", "text": '{"a": 1}'}]):
            parts = [*others, {"type": "text", "text": text[:at]}, {"type": "text", "text": text[at:]}]
            out = json.loads(leaves(request({"role": "user", "content": parts})))
            left = squash("".join(part["text"] for part in out["messages"][-1]["content"]))
            assert squash(canary.written) not in left, (at - begin, bool(others))


@pytest.mark.parametrize("kind", CANARIES)
def test_spoken_values_split_between_parts_do_not_leave(leaves: Any, kind: str) -> None:
    """Wherever between two words a recogniser cuts what it heard, and in three parts too."""
    canary = CANARIES[kind]
    for form in canary.spoken:
        text = canary.said.format(form)
        begin = text.index(form)
        gaps = [begin, *(at for at in range(begin, begin + len(form)) if text[at] == " "), begin + len(form)]
        cuts = [(at,) for at in gaps] + [(gaps[0], gaps[len(gaps) // 2]), (gaps[len(gaps) // 2], gaps[-1])]
        for cut in cuts:
            pieces = [text[one:other] for one, other in itertools.pairwise([0, *cut, len(text)])]
            parts = [{"type": "text", "text": piece} for piece in pieces]
            out = json.loads(leaves(request({"role": "user", "content": parts})))
            left = squash("".join(part["text"] for part in out["messages"][-1]["content"]))
            assert squash(form) not in left, (form, cut)


def test_what_was_seen_alone_is_seen_anew_behind_another_turn(leaves: Any) -> None:
    """What a message says may hang on the turn before it, also where nobody asked: nothing is remembered without it."""
    said = {"role": "assistant", "content": "nineteen eighty two"}
    code = {"role": "user", "content": "84739201"}
    assert leaks(leaves({"model": "m", "messages": [said]}), "nineteen")
    assert not leaks(leaves({"model": "m", "messages": [code, said]}), "nineteen")


def test_a_name_cut_within_a_word_does_not_leave(leaves: Any) -> None:
    """Neither half of it, wherever the cut falls, and whatever comes before and after."""
    for before, after in (("Hi, my name is ", ", I have a toothache."), ("patient: ", ""), ("this is ", " calling")):
        for at in range(1, len("Maribel Okonkwo")):
            text = f"{before}Maribel Okonkwo{after}"
            cut = len(before) + at
            parts = [{"type": "text", "text": text[:cut]}, {"type": "text", "text": text[cut:]}]
            out = json.loads(leaves(request({"role": "user", "content": parts})))
            left = " ".join(part["text"] for part in out["messages"][-1]["content"]).lower()
            assert not [piece for piece in ("mari", "ribel", "okon", "konkwo") if piece in left], (before, at)


@pytest.mark.parametrize("zero", ["\u0660", "\u0966", "\u2070", "\uff10"])
def test_known_numbers_do_not_leave_in_other_scripts(leaves: Any, zero: str) -> None:
    """Wherever they stand."""
    said = [{"role": "assistant", "content": "What is your MRN?"}, {"role": "user", "content": "it's 66045"}]
    other = "".join(chr(ord(zero) + int(digit)) for digit in "66045")
    for fields in (
        {"metadata": {"a": other}}, {"metadata": {other: "x"}}, {"stop": [f"{other} x"]}, {"x": [other]},
        {"tools": [{"type": "function", "function": {"name": "f", "description": f"of {other}", "parameters": {}}}]},
    ):  # fmt: skip
        out = json.dumps(json.loads(leaves({"model": "m", "messages": said, **fields})), ensure_ascii=False)
        assert other not in out, list(fields)


def test_numbers_of_someone_known_do_not_leave(leaves: Any) -> None:
    """A number that was said is masked as a JSON number too: in arguments, unknown fields, settings, schemas."""
    canary = CANARIES["PHONE"]
    said = {"role": "user", "content": canary.sentence}
    number = int(squash(canary.written))
    for fields in (
        {"x": number}, {"x": {"deep": [number]}}, {"seed": number}, {"max_tokens": number},
        {"logit_bias": {str(number): 1}}, {"logit_bias": {"5": number, "6": -1}}, {"stream_options": {"a": number}},
        {"tools": [{"type": "function", "function": {"name": "f", "parameters": {"minimum": number}}}]},
        {"metadata": {"a": number}}, {"stop": [number]}, {"user": number}, {"reasoning": {"effort": number}},
        {"x": float(number)}, {"seed": float(number)}, {"x": json.dumps({"row": [float(number), None]})},
    ):  # fmt: skip
        assert not leaks(leaves(request(said, **fields)), str(number)), list(fields)
    for key in ("phone", "callback_number", "ssn", "phones", "callerNumbers"):
        assert not leaks(leaves(request(x={key: number})), str(number)), key
        assert not leaks(leaves(request(x={key: float(number)})), str(number)), key
        assert not leaks(leaves(request(x=json.dumps({key: float(number)}))), str(number)), key


@pytest.mark.parametrize(
    "literal",
    ["-4155550134", "4155550134.0", "-4155550134.00", "4155550134E0", "41555501340e-1", "4.155550134e9", "-4.155550134E+09", "0.4155550134e10"],
)  # fmt: skip
def test_numbers_of_someone_known_do_not_leave_however_they_are_written(leaves: Any, literal: str) -> None:
    """Negative, with a decimal zero, with an exponent: each becomes a string, in a field and in a document."""
    said = {"role": "user", "content": "My phone number is 415-555-0134."}
    schema = {"tools": [{"type": "function", "function": {"name": "f", "parameters": {"minimum": 0.125}}}]}
    for fields in ({"x": 0.125}, {"x": [{"deep": 0.125, "price": -41.5}]}, {"seed": 0.125}, schema):
        raw = json.dumps(request(said, **fields))
        out = leaves(raw.replace("0.125", literal).encode())
        assert json.loads(raw.replace("0.125", '"[PHONE_1]"'))["messages"][0] == json.loads(out)["messages"][0]
        assert raw.replace("0.125", '"[PHONE_1]"').count("[PHONE_1]") == out.decode().count('"[PHONE_1]"'), fields
    document = f'{{"row": [{literal}, 1e2, -7.50, null]}}'
    result = {"role": "tool", "tool_call_id": "a", "content": document}
    for messages, left in (((result,), document), ((result, said), document.replace(literal, '"[PHONE_1]"'))):
        assert left == json.loads(leaves(request(*messages)))["messages"][1]["content"]
    keyed = {**result, "content": f'{{"phone": {literal}}}'}
    assert '{"phone": "[PHONE_1]"}' == json.loads(leaves(request(keyed)))["messages"][1]["content"]


@pytest.mark.parametrize(
    ("said", "number", "others"),
    [
        ("I was born 03/14/1961.", "3141961", ("3151961", "31419610")),
        ("i was born september fourteenth nineteen sixty one", "9141961", ("9151961",)),
        ("My phone is +44 20 7946 0958.", "2079460958", ("2079460959", "79460958")),
        ("My phone is 415-555-0134 ext 22.", "4155550134", ("4155550135", "415555013")),
        ("My MRN is MR-66041123.", "66041123", ("66041124", "6604112")),
        ("My driver license is D1234567.", "1234567", ("1234568", "123456")),
        ("my member id is x q h eight four seven three one two three", "8473123", ("8473124",)),
    ],
)
def test_what_programs_keep_of_a_known_value_as_a_number_does_not_leave(
    leaves: Any, said: str, number: str, others: tuple[str, ...]
) -> None:
    """Without a date's or a national number's first zero, an extension, a code's letters; other numbers stay."""
    for fields in ("%s", '{"deep": [%s]}', '{"50256": %s}'):
        for name in ("seed", "n", "logit_bias", "metadata", "x"):
            raw = json.dumps(request({"role": "user", "content": said}, **{name: None}))
            made = raw.replace(f'"{name}": null', f'"{name}": {fields}')
            assert not leaks(leaves((made % number).encode()), number), (name, fields)
            for other in others:
                assert f":{other}".encode() in leaves((made % other).encode()).replace(b"[", b""), (name, fields, other)


@pytest.mark.parametrize("said", ["I take D3 2000 and room A1204567890.", "My name is Maribel Okonkwo.", "My MRN is MR-66041123."])
def test_settings_of_nobody_stay(leaves: Any, said: str) -> None:
    """Seeds, penalties of tokens and limits are random and long, and are the upstream's."""
    fields = {"seed": 1733012345, "n": 2, "logit_bias": {"50256": -100, "1734": 5}, "max_tokens": 4096, "temperature": 0.7}
    out = json.loads(leaves(request({"role": "user", "content": said}, **fields)))
    assert fields == {name: out[name] for name in fields}


TOLD = ("Long", "Wambui", "415-555-0134", "12 Elm St", "Ostvik", "62704", "w.long@example.org", "0314", "03-14")
VCARDS = {
    "2.1": "BEGIN:VCARD\r\nVERSION:2.1\r\nN:Long;Wambui;M.;Dr.;\r\nTEL;CELL;VOICE:(415) 555-0134\r\nADR;HOME:;;12 Elm St;Ostvik;IL;62704;USA\r\n"
    "EMAIL;INTERNET:w.long@example.org\r\nBDAY:19610314\r\nEND:VCARD\r\n",
    "3.0": "BEGIN:VCARD\nVERSION:3.0\nN:Long;Wambui;;;\nFN:Wambui Long\nTEL;TYPE=CELL:+14155550134\nitem1.ADR;type=HOME;type=pref:;;12 Elm St;Ostvik;IL;62704;USA\n"
    "EMAIL;TYPE=INTERNET:w.long@example.org\nBDAY:1961-03-14\nEND:VCARD",
    "4.0": 'BEGIN:VCARD\nVERSION:4.0\nN:Long;Wambui;;;\nFN:Wambui Long\nTEL;VALUE=uri;TYPE=home:tel:+1-415-555-0134\nADR;LABEL="12 Elm St\\nOstvik":;;;;;62704;\n'
    "EMAIL:w.long@example.org\nBDAY:--0314\nEND:VCARD",
}  # fmt: skip


@pytest.mark.parametrize("version", VCARDS)
def test_vcards_do_not_leave(leaves: Any, version: str) -> None:
    """As they are, within JSON, and on one line."""
    card = VCARDS[version]
    for text in (card, json.dumps({"card": card}), json.dumps(card)[1:-1]):
        for place in ("user content", "tool result", "unknown field"):
            out = leaves(PLACES[place](text))
            assert not leaks(out, *TOLD), (text[:20], place)


@pytest.mark.parametrize(
    "query",
    ["SELECT * FROM patients WHERE last_name = '{}'", "last_name='{}' AND dob='1961-03-05'", "surname LIKE '{}%'",
     "INSERT INTO patients (id, last_name) VALUES (1, '{}')", "WHERE LOWER(p.last_name) IN ('{}')", 'WHERE "last_name" = \'{}\''],
)  # fmt: skip
def test_surnames_in_queries_do_not_leave(leaves: Any, query: str) -> None:
    """A rare one and one that is an ordinary word, in either case, as a text and as a tool's argument."""
    for name in ("Okonkwo", "Stone", "stone"):
        for place in ("user content", "arguments", "tool result in JSON"):
            assert not leaks(leaves(PLACES[place](query.format(name))), name), (name, place)


@pytest.mark.parametrize("form", ["{0}", "tel:+1{0}", "+1 {0}", "({0})", "<{0}>", '"{0}"', "[{0}]", "id={0}&x=1"])
def test_known_values_are_swept_from_every_place(leaves: Any, form: str) -> None:
    """What the platform told is masked everywhere, with whatever stands around it."""
    value = "415-555-0134"
    for name, place in PLACES.items():
        tree = {**place(form.format(value)), "customer": {"number": "+14155550134"}}
        assert not leaks(leaves(tree), value), name


@pytest.mark.parametrize("length", [500, 3000, 9000])
@pytest.mark.parametrize("lead", [0, 3900, 4096])
def test_values_longer_than_a_window_do_not_leave(leaves: Any, length: int, lead: int) -> None:
    """A long link, or a number with a thousand invisible characters between its digits, across a window's border."""
    text = "so " * (lead // 3) + "see https://okonkwo.example.org/maribel?" + "a1b2" * (length // 4) + "&end=1 please"
    out = leaves(request({"role": "user", "content": text}))
    assert not leaks(out, "okonkwo.example.org/maribel", "a1b2a1b2", "end=1")
    digits = ("\u200b" * (length // 9)).join("415-555-0134")
    text = "so " * (lead // 3) + f"my phone number is {digits}, thanks"
    assert not leaks(leaves(request({"role": "user", "content": text})), "415-555-0134")


FORMS = [
    "phone={PHONE}&email={EMAIL}", "email={EMAIL}&ssn={SSN}", "card={CARD}&next=https://shop.example.org/x", "{SSN}/{EMAIL}",
    "call {PHONE}/{EMAIL} please", "{SSN}:{EMAIL}", "mrn={MRN};email={EMAIL}", "see https://x.example.org/p/a%20b/{PHONE}/{SSN} now",
]  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_nothing_beside_an_address_leaves(leaves: Any, form: str) -> None:
    """Fields of a form as it is sent, numbers that a sign joins to an e-mail address or a link."""
    values = {kind: CANARIES[kind].written for kind in ("PHONE", "EMAIL", "SSN", "CARD", "MRN")}
    for place in ("user content", "tool result in JSON", "arguments"):
        sent = leaves(PLACES[place](form.format(**values)))
        for kind, value in values.items():
            assert f"{{{kind}}}" not in form or not leaks(sent, value), (kind, place)


def test_blanks_of_a_form_are_blanks(leaves: Any) -> None:
    """A plus sign stands for one."""
    sent = leaves(
        request({"role": "user", "content": "name=Maribel+Okonkwo&email=m@example.org&card=4111+1111+1111+1111"})
    )
    assert "name=[NAME_1]&email=[EMAIL_1]&card=[CARD_1]" == json.loads(sent)["messages"][-1]["content"]


APART = [
    " - ", "  ", "\t", "\n", "\u00b7", " / ", "-**", ", ", " . ", "|", "~", "+", "\u2019", "'", '"', "&", "*", ")(", "][", " | ", "\u2022", " \u00b7 ", ";",
    "</b> <b>", "&nbsp;",
]  # fmt: skip


@pytest.mark.parametrize("between", [*APART, " x ", " -> ", "->", " => ", " >", ">", " <- ", "|>", "\\", "\\\\"])
def test_groups_set_apart_are_one_number(leaves: Any, between: str) -> None:
    """Once it is announced, whatever stands between them."""
    for said, groups in (
        ("my social security number is", "219 09 9999"), ("my phone number is", "415 555 0134"), ("my credit card is", "4111 1111 1111 1111"),
        ("my medical record number is", "8473 9201"), ("my bank account number is", "0001 2345 6789"), ("my member ID is", "847 392 015"),
        ("the NPI is", "157 890 1234"), ("my driver's license is", "D837 4921"), ("the confirmation number is", "5521 8847 10"),
        ("my subscriber ID is", "XQH847 39B 20T"),
    ):  # fmt: skip
        text = f"{said} {between.join(groups.split())} ok"
        sent = json.loads(leaves(request({"role": "user", "content": text})))["messages"][-1]["content"]
        assert f"{said} [" == sent[: len(said) + 2], sent
        assert not any(char.isdecimal() for char in sent.replace("_1]", "]")), sent


@pytest.mark.parametrize(
    "text",
    [
        "account number: 0001 \u00b7 2345 ~ 6789", "account 0001 ; 2345 / 6789", "Account 0001 - 2345 | 6789", "member ID 8844 * 2210 ~ 9931",
        "my mrn is 88 dash 321 then 0042", "my member id is 88 hyphen 3219 and then 42", "my ssn is 219 then 09 and then 9999",
        "call me at 415 followed by 555 followed by 0134", "my cell is 415, next 555, and then 0134", "card number 4111 then 1111 then 1111 and finally 1111",
        "my account number is 0001 followed by 2345 and after that 6789", "case number 7712, next comes 3390", "the mrn is 8842 and then it's 1190",
    ],
)  # fmt: skip
def test_groups_that_words_or_different_signs_part_are_a_number(leaves: Any, text: str) -> None:
    """People read a number out in pieces, and programs put anything between them."""
    sent = json.loads(leaves(request({"role": "user", "content": text})))["messages"][-1]["content"]
    assert not any(char.isdecimal() for char in re.sub(r"_\d\]", "]", sent)), sent


@pytest.mark.parametrize("between", APART)
def test_days_months_and_years_set_apart_are_one_date(leaves: Any, between: str) -> None:
    """The year goes with the day."""
    for groups in ("03 14 1961", "14 3 1961", "1961 03 14"):
        text = f"my date of birth is {between.join(groups.split())} ok"
        sent = json.loads(leaves(request({"role": "user", "content": text})))["messages"][-1]["content"]
        assert "my date of birth is [DATE_1] ok" == sent


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("MRN 84739201, 120 / 80 today", "MRN [MRN_1], 120 / 80 today"),
        ("chart 847392, 45 years old", "chart [MRN_1], 45 years old"),
        ("account 0001234 - 30 days overdue", "account [ACCOUNT_1] - 30 days overdue"),
        ("policy 847392; 2019", "policy [HEALTH_PLAN_1]; 2019"),
        ("docket 84739; 15 visits left", "docket [OTHER_ID_1]; 15 visits left"),
        ("invoices 71182, 71190, 71204", "invoices [ACCOUNT_1], [ACCOUNT_2], [ACCOUNT_3]"),
        ("confirmation number 55218 | 12 mg", "confirmation number [OTHER_ID_1] | 12 mg"),
        ("mrn 84739201  BP 120/80", "mrn [MRN_1]  BP 120/80"),
        ("mrn 84739201 then 20 mg and then 40 mg", "mrn [MRN_1] then 20 mg and then 40 mg"),
        ("order 55182, followed by 40 units", "order [OTHER_ID_1], followed by 40 units"),
        ("account 0001 \u00b7 2345, 12 tablets", "account [ACCOUNT_1], 12 tablets"),
        ("call me at 4 then 555 mg and then 12", "call me at 4 then 555 mg and then 12"),
        ("mrn 84739201 > 30 days", "mrn [MRN_1] > 30 days"),
        ("mrn 84739201, bp 120 > 80", "mrn [MRN_1], bp 120 > 80"),
        ("confirmation number 55218 @ 15", "confirmation number [OTHER_ID_1] @ 15"),
        ("a dash of salt, 2 dash 3 tablets", "a dash of salt, 2 dash 3 tablets"),
    ],
)
def test_other_numbers_beside_a_number_are_no_groups_of_it(leaves: Any, text: str, masked: str) -> None:
    """Amounts, ages, years, pressures; and each number of a list is one."""
    sent = json.loads(leaves(request({"role": "user", "content": text})))
    assert masked == sent["messages"][-1]["content"]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("418 Ash Street, Suite 3 (612) 555-0118", "[ADDRESS_1] [PHONE_1]"),
        ("Room 412 bed 2 415-555-0134", "Room 412 bed 2 [PHONE_1]"),
        ("Page 2  415.555.0143  seen", "Page 2  [PHONE_1]  seen"),
        ("age 34 612-555-0118", "age 34 [PHONE_1]"),
        ("weight 180 415 555 0134", "weight 180 [PHONE_1]"),
        ("She has room 12 219-09-9999", "She has room 12 [SSN_1]"),
        ("bed 2 4111 1111 1111 1111", "bed 2 [CARD_1]"),
        ("24-7 415 555 0134", "24-7 [PHONE_1]"),
        ("Copay $25.00 415-555-0199", "Copay $25.00 [PHONE_1]"),
        ("Temp 98.6  415-555-0199", "Temp 98.6  [PHONE_1]"),
        ("it's 98.6 415 555 0199 is my cell", "it's 98.6 [PHONE_1] is my cell"),
        ("E11.9 219-09-8888", "E11.9 [SSN_1]"),
        ("-12.5 4111 1111 1111 1111", "-12.5 [CARD_1]"),
        ("50 mg 219-09-8888 50 mg", "50 mg [SSN_1] 50 mg"),
        ("SSN xxx-xx-9999 34 yo", "SSN xxx-xx-[SSN_1] 34 yo"),
        ("call +1 415-555-0134 or 1 (415) 555-0135", "call [PHONE_1] or [PHONE_2]"),
        ("account DE89 3704 0044 0532 0130 00", "account [ACCOUNT_1]"),
        ("BP 120 80 pulse 72", "BP 120 80 pulse 72"),
        ("pulse 72 120 80 1030", "pulse 72 120 80 1030"),
        ("12.5 25 50 mg", "12.5 25 50 mg"),
        ("WBC 7.5 250 140 1100", "WBC 7.5 250 140 1100"),
        ("heparin 1 000 000 units", "heparin 1 000 000 units"),
    ],
)
def test_a_whole_number_is_no_group_of_the_one_before_it(leaves: Any, text: str, masked: str) -> None:
    """A count, an amount, an age or a code before a telephone number makes neither an amount of it nor hides it."""
    sent = json.loads(leaves(request({"role": "user", "content": text})))
    assert masked == sent["messages"][-1]["content"]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("MRN: 66041 F", "MRN: [MRN_1]"),
        ("account 55812 f, seen", "account [ACCOUNT_1] f, seen"),
        ("ssn ending 9999 F", "ssn ending [SSN_1] F"),
        ("MRN: A4471 by RN", "MRN: [MRN_1] by RN"),
        ("MRN: A4471 Page 2", "MRN: [MRN_1] Page 2"),
        ("my MRN is 66041 by the way", "my MRN is [MRN_1] by the way"),
        ("confirmation QX7731 over the phone", "confirmation [OTHER_ID_1] over the phone"),
        ("cvv 737 per the card", "cvv [CARD_1] per the card"),
        ("the policy number is 77120 digits and all", "the policy number is [HEALTH_PLAN_1] digits and all"),
        ("my confirmation number is QX7731 minutes please", "my confirmation number is [OTHER_ID_1] minutes please"),
        ("my account has 12500 dollars", "my account has 12500 dollars"),
        ("the policy is 40000 or so", "the policy is 40000 or so"),
        ("Age 97 F MRN 00812744", "Age [AGE_1] F MRN [MRN_1]"),
        ("Sex/Age F 97", "Sex/Age F [AGE_1]"),
        ("from 73.162.14.9 M 12", "from [IP_1] M 12"),
        ("Temp 98.6 F", "Temp 98.6 F"),
        ("chart says 101 F", "chart says 101 F"),
        ("oral 38.5 C, BP 120 over 80, wound 4 by 6 cm", "oral 38.5 C, BP 120 over 80, wound 4 by 6 cm"),
        ("my account has 120 pages", "my account has 120 pages"),
        ("pump set at 120 units", "pump set at 120 units"),
        ("release 1.2.3.4b", "release 1.2.3.4b"),
    ],
)
def test_a_word_that_may_be_a_unit_makes_no_amount_of_what_is_named(leaves: Any, text: str, masked: str) -> None:
    """Sexes are no degrees, phrases and the next thing's name no units; where nothing names the number they are."""
    sent = json.loads(leaves(request({"role": "user", "content": text})))
    assert masked == sent["messages"][-1]["content"]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("the cvv is seven thirty seven", "the cvv is [CARD_1]"),
        ("c v v seven thirty seven thanks", "c v v [CARD_1] thanks"),
        ("account number four twenty", "account number [ACCOUNT_1]"),
        ("my pin is seven thirty seven", "my pin is [OTHER_ID_1]"),
        ("expires oh nine twenty eight", "expires [CARD_1]"),
        ("it expires oh nine twenty eight c v v seven thirty seven", "it expires [CARD_1] c v v [CARD_2]"),
        (
            "four one one one one one one one one one one one one one one one, oh nine twenty eight, seven thirty seven",
            "[CARD_1], [CARD_2], [CARD_3]",
        ),
        ("the account was one fifty over", "the account was one fifty over"),
        ("my card is four twenty short", "my card is four twenty short"),
        ("the epipen expires oh nine twenty eight", "the epipen expires oh nine twenty eight"),
    ],
)
def test_a_number_said_like_a_time_or_a_price_is_one_behind_its_label(leaves: Any, text: str, masked: str) -> None:
    """It is a price only behind what has one; a card, until when it is good and its check value are three values."""
    sent = json.loads(leaves(request({"role": "user", "content": text})))
    assert masked == sent["messages"][-1]["content"]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("my cell is plus one four fifteen, and six twenty eight, and oh one thirty four", "my cell is [PHONE_1]"),
        ("my cell is one 415, um, 628, um, 0134 ok", "my cell is [PHONE_1] ok"),
        ("my number is open paren four one five close paren 628 0134", "my number is [PHONE_1]"),
        ("it's left parenthesis 415 right parenthesis 628 0134", "it's [PHONE_1]"),
        ("turn left, five paces, then right", "turn left, five paces, then right"),
        ("member id is a as in apple, four four, seven one", "member id is [HEALTH_PLAN_1]"),
        ("418 mill road salem oregon six seventy two three", "[ADDRESS_1]"),
    ],
)
def test_what_is_said_within_a_value_does_not_part_it(leaves: Any, text: str, masked: str) -> None:
    """Country codes, words between groups, the names of brackets, pauses and pairs belong to the number they are in."""
    sent = json.loads(leaves(request({"role": "user", "content": text})))
    assert masked == sent["messages"][-1]["content"]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("My name is Sarah_Chen.", "My name is [NAME_1]."),
        ("in /charts/Maribel_Okonkwo/mri.pdf", "in /charts/[NAME_1]/mri.pdf"),
        ("book_appointment, then get_weather in new_york", "book_appointment, then get_weather in new_york"),
        ('{"name": "sarah.chen"}', '{"name": "[NAME_1]"}'),
        ('{"name": "config.file"}', '{"name": "config.file"}'),
        ('{"name": "Sarah__Chen"}', '{"name": "[NAME_1]"}'),
        ("see /home/sarah.chen/notes", "see /home/[NAME_1]/notes"),
        ("C:\\Users\\maribel.okonkwo\\x.docx", "C:\\Users\\[NAME_1]\\x.docx"),
        ('{"p": "/charts/Chen,Sarah/x.pdf"}', '{"p": "/charts/[NAME_1]/x.pdf"}'),
        ('{"file": "ngozi-bakare.pdf"}', '{"file": "[NAME_1].pdf"}'),
        ("opened BakareNgozi_2024.pdf and x_ray-Ngozi-Bakare-final.v2.pdf", "opened [NAME_1]_2024.pdf and x_[NAME_2]-final.v2.pdf"),
        ("opened NgoziBakare.pdf and closed it", "opened [NAME_1].pdf and closed it"),
        ("in /files/Maribel Okonkwo/scan.png", "in /files/[NAME_1]/scan.png"),
        ('{"file": "maribel-okonkwo-2024-03.pdf"}', '{"file": "[NAME_1]-2024-03.pdf"}'),
        ('{"f": "MainWindow.java"}', '{"f": "MainWindow.java"}'),
        ("see src/main-window/intake-form.ts and/or lab-results.pdf", "see src/main-window/intake-form.ts and/or lab-results.pdf"),
    ],
)  # fmt: skip
def test_names_joined_by_signs_are_names(leaves: Any, text: str, masked: str) -> None:
    """By underscores anywhere, by full stops under a name's key, in paths and names of files by any sign or by capitals."""
    sent = json.loads(leaves(request({"role": "tool", "tool_call_id": "call_1", "content": text})))
    assert masked == sent["messages"][-1]["content"]


@pytest.mark.parametrize(
    ("rows", "left"),
    [
        ({"area": "415", "prefix": "555", "line": "0134"}, 0), ({"areaCode": "415", "exchange": "555", "number": "0134"}, 0),
        ({"ssn1": "219", "ssn2": "09", "ssn3": "9999"}, 0), ({"ssn_part_1": 219, "ssn_part_2": "09", "ssn_part_3": 9999}, 0),
        ({"cc1": "4111", "cc2": "1111", "cc3": "1111", "cc4": "1111"}, 0), ({"rows": [["415"], ["555"], ["0134"]]}, 0),
        ({"phone": [{"p": "415"}, {"p": "555"}, {"p": "0134"}]}, 0), ({"x": ["219/", "09/", "9999"]}, 0), ({"x": ["219, ", "09, ", "9999"]}, 0),
        ({"x": ["415-55", "5-0134"]}, 0), ({"words": [{"word": w} for w in "four one five five five five oh one three four".split()]}, 0),
        ({"width": "415", "height": "555", "depth": "2134"}, 3), ({"q1": "3", "q2": "12", "q3": "1"}, 3), ({"first": "120", "second": "80"}, 2),
        ({"hours": [{"h": "0800"}, {"h": "1200"}, {"h": "1700"}]}, 3), ({"score1": 120, "score2": 140}, 2),
        ({"words": [{"word": w, "start": n / 8} for n, w in enumerate("four one five five five five oh one three four".split())]}, 10),
        ({"heard": [{"at": 7, "w": w, "who": "A"} for w in "ssn two one nine oh nine nine nine nine nine.".split()]}, 21),
        ({"phone_area": "415", "phone_exchange": "555", "phone_line": "0134"}, 0), ({"faxNumberArea": 415, "faxNumberPrefix": 555, "faxNumberSuffix": 2134}, 0),
        ({"dob_year": "1961", "dob_month": "03", "dob_day": "14"}, 0), ({"dob": {"day": "14", "month": "03", "year": "1961"}}, 0),
        ({"date_of_birth": {"y": 1961, "m": 3, "d": 14}}, 0), ({"dob": {"yyyy": 1961, "mm": 3, "dd": 14}}, 0), ({"size": {"mm": 12, "m": 3}}, 2),
        ({"birthYear": 1961, "birthMonth": 3, "birthDay": 14}, 0), ({"ssn": {"1": "219", "2": "09", "3": "9999"}}, 0),
        ({"ssn": {"area": 219, "group": 9, "serial": 9999}}, 0), ({"phone": {"a": "415", "b": "555", "c": "0134"}}, 0),
        ({"x": ["219-09", "9999"]}, 0), ({"x": ["219", "09-9999"]}, 0), ([["MRN", 84739201], ["Phone", 4155550134], ["SSN", 219099999]], 3),
        ([["glucose", 120], ["total", 4155550], ["items", 84739201]], 6), ([{"code": "8480-6", "n": "1"}, {"code": "8462-4", "n": "3"}], 4),
        ([{"n": str(n), "drug": drug} for n, drug in enumerate(("metformin", "lisinopril", "Advil", "Tylenol"))], 8),
        ({"values": [["Name", "DOB", "Phone", "SSN"], ["Maribel Okonkwo", 22354, 4155550134, 219099999]]}, 4),
        ({"columns": ["first_name", "ssn"], "index": [0], "data": [["Maribel", 219099999]]}, 3), ({"rows": [[84739201, 1200]], "fields": ["mrn", "steps"]}, 3),
        ({"rows": [[219099999, 17000]], "cols": [{"name": "ssn", "base": "int"}, {"name": "n"}]}, 4), ({"headers": ["MRN", "kg"], "row": [84739201, 70]}, 3),
        ([["day", "weight"], ["Monday", 70123], ["Tuesday", 70124]], 6), ({"columns": ["mrn"], "index": [84000], "data": [[84739201]]}, 2),
        ({"x": ["ssn", "phone"], "points": [[219099999, 4155550]]}, 4), ([["ssn", 1], [219099999, 219099998]], 4),
        ({"ssn": {"17": 219099999}, "mrn": {"id": 84739201}, "phones": {"home": 4155550134, "work": 4155550135}}, 0),
        ([{"field": "ssn", "val": 219099999}, {"question": "What is your MRN?", "response": 84739201}, {"trait_type": "SSN", "value": 219099998}], 3),
        ({"phones": [{"type": "home", "value": 4155550134}, {"label": "Other", "value": 4155550135}]}, 2), ([{"title": "Steps", "value": 84739}], 2),
        ({"columns": ["name", "mrn", "zip", "visits"], "rows": [["Maribel Okonkwo", "4471", "45402", "12"]]}, 5), ([["Name", "ZIP"], ["Maribel Okonkwo", "45402"]], 2),
        ({"zip": {"N": "45402"}, "mrn": {"old": "4471", "new": "4472"}, "ssn": {"int": 219099999}, "ssn_last4": {"stringValue": "9999"}}, 0),
        ({"op": "replace", "path": "/address/zip", "value": "45402"}, 2), ({"q": "What is your zip code?", "a": "45402"}, 1), ({"Name": "mrn", "Value": "4471"}, 1),
        ({"meta": [{"name": "ssn", "type": "Int"}, {"name": "n", "type": "Int"}], "data": [[219099999, 17000]]}, 5), ([["SSN", 219099999, 219099998], ["n", 17000, 18000]], 4),
        ({"plan": {"group": "gold", "year": 2024}, "start_year": 2024, "start_month": 3, "start_day": 14}, 5), ({"x": ["12-3", "45"], "y": ["1.5", "2.5"]}, 4),
    ],
)  # fmt: skip
def test_values_cut_over_an_object_or_rows_are_one(leaves: Any, rows: Any, left: int) -> None:
    """Where the keys number the same thing or name the parts of a number; measurements stay."""

    def ends(tree: Any) -> list[str]:
        inner = tree.values() if isinstance(tree, dict) else tree
        return [end for one in inner for end in ends(one)] if isinstance(tree, dict | list) else [str(tree)]

    sent = leaves(request({"role": "tool", "tool_call_id": "call_1", "content": json.dumps(rows)}))
    out = ends(json.loads(json.loads(sent)["messages"][-1]["content"]))
    assert left == sum(not one.startswith("[") for one in out), out


@pytest.mark.parametrize(
    "pattern",
    [
        "^219\\-09\\-9999$", "m\\.okonkwo@example\\.org", "415.?555.?0134", "^(219)-(09)-(9999)$", "^219\\D?09\\D?9999$", "^(?:415)-?555-?0134$",
        "219-09-9{4}", "^\\Q219-09-9999\\E$", "(21)9-(09)-(9){4}", "[2][1][9]-[0][9]-[9][9][9][9]", "219(-|\\s)?09(-|\\s)?9999", "(219-09-9999|0)",
        "^Maribel\\sOkonkwo$", "Maribel[ ]Okonkwo", "(?i)Maribel Okonkwo", "^(Maribel) +(Okonkwo)$", "^[Mm]aribel[\\s-]+[Oo]konkwo$", "^Maribel.Okonkwo$",
        "^(?<first>Maribel)\\s(?P<last>Okonkwo)$", "^(?:Maribel|Maria)\\s+Okonkwo$", "^Maribel\\x20Okonkwo$", "^\\x4daribel\\u0020Okonkwo$", "Maribel[^a-z]Okonkwo",
        "^1961-(03)-14$", "^March\\s14,\\s1961$", "((Maribel Okonkwo", "Maribel Okonkwo)*{", "\\QMaribel Okonkwo",
    ],
)  # fmt: skip
def test_a_pattern_that_spells_somebody_is_refused(arena: Any, pattern: str) -> None:
    """However its signs are written."""
    tool = {"type": "function", "function": {"name": "f", "parameters": {"type": "string", "pattern": pattern}}}
    before = len(arena.upstream.exchanges)
    response = httpx.post(arena.url, json=request({"role": "user", "content": "hi"}, tools=[tool]))
    assert (500, before) == (response.status_code, len(arena.upstream.exchanges))


@pytest.mark.parametrize(
    "pattern",
    [
        "^\\d{3}-\\d{2}-\\d{4}$", "[A-Z]{2}[0-9]{6,9}", "^(?:0|1){9}\\s[A-Z]{3}$", "^(New\\sYork|Los Angeles)$", "^(\\+\\d{1,3})?[0-9]{10}$", "^(red|green|blue){1,3}$",
        "^(Mr|Mrs|Ms|Dr)\\.?\\s", "^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$", "^https?://[\\w.-]+/", "^(Blue Cross|Aetna|United Healthcare)$",
        "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}", "^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$",
        "^(Johns Hopkins|Mayo Clinic)$", "^(Main Street|Oak Avenue)$", "^(January|February|March) \\d{1,2}$", "^\\w+@\\w+\\.(com|org)$", "a{9}" * 5000,
    ],
)  # fmt: skip
def test_a_pattern_that_describes_values_passes(arena: Any, pattern: str) -> None:
    """Numbers, dates, addresses of no one, choices between places and companies."""
    tool = {"type": "function", "function": {"name": "f", "parameters": {"type": "string", "pattern": pattern}}}
    response = httpx.post(arena.url, json=request({"role": "user", "content": "hi"}, tools=[tool]))
    assert 200 == response.status_code


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("my social security number is [SSN 219099999]", "219099999"), ("my medical record number is [MRN 84739201]", "84739201"),
        ("my name is [Maribel Okonkwo 1]", "Maribel Okonkwo"), ("[born march 14]", "march 14"), ("my mrn is MRN_84739201", "84739201"),
        ("%5BMRN-84739201%5D", "84739201"), ("[account 123456789]", "123456789"), ("[age 97]", "97"), ("the chart is [MRN_847]", "847"), ("[MRN_847] and again [MRN_847], for [NAME_1]", "847"), ("my code is [ACCOUNT-912]", "912"),
        ("she is [AGE_97]", "97"), ("my name is [OKONKWO_1]", "OKONKWO"), ("my name is [REDACTED:MARIBEL_OKONKWO]", "OKONKWO"),
        ("the patient is [REDACTED:OKONKWO], she", "OKONKWO"), ("my phone is [PHONE_415]-[PHONE_555]-[PHONE_0134]", "0134"),
        ("my phone is [PHONE_415]-[PHONE_555]-[PHONE_0134]", "415"), ("my ssn is [SSN_219] [SSN_09] [SSN_9999]", "219"),
        ("my ssn is [SSN-219][SSN-09][SSN-9999]", "09"), ("my name is [maribel_okonkwo 2]", "okonkwo"),
        ("my phone number is PHONE_415.555.0134", "415.555"), ("[PHONE_415.555.0134]", "555.0134"), ("cell-415.555.0134", "0134"),
        ("log: %5BPHONE_415.555.0134%5D", "0134"), ("my ssn is SSN_219.09.9999", "9999"), ("my ssn is SSN_219-09-9999", "219"),
        ("my ssn is SSN_219 09 9999", "219"), ("my ssn is [SSN_219]-09-9999", "219"), ("my phone is [PHONE_415] 555 0134", "415"),
        ("my phone is 415-[PHONE_555]-0134", "0134"), ("client IP_203.0.113.77 connected", "203"), ("born [DATE_3]/14/1961", "14"),
        ("my id DATE_12/14/1961 please", "1961"), ("npi LICENSE_157.890.1234", "890"), ("card [CARD_411]1111111111111", "411"),
        ("mrn [MRN_847]-39201", "847"), ("my id OTHER_ID_123-456-789", "123"), ("from HOST_203.0.113.77", "203"),
    ],
)  # fmt: skip
def test_what_only_looks_like_a_token_is_masked(leaves: Any, said: str, value: str) -> None:
    """Charts and logs write in brackets, too."""
    for place in ("user content", "tool result in JSON"):
        assert not leaks(leaves(PLACES[place](said)), value), place


@pytest.mark.parametrize(
    "said",
    [
        "[NAME_1] and [ADDRESS_12] called [PHONE_2]", "it was [REDACTED:HEALTH_PLAN]", "my phone is [PHONE_1]-[PHONE_2]", "she is [AGE_45]",
        "in [PHONE_101], [PHONE_102]", "[MRN_12] of [MRN_847]", "said [NAME_101]", "[STEP_1] then [STEP_2]", "born [DATE_3] [DATE_14] [DATE_61]",
        "[NAME_1] 2 tablets", "on python-3.11.2 and nginx_1.25.4", "take NAME_1 2 of them",
    ],
)  # fmt: skip
def test_tokens_stay_as_they_are(leaves: Any, said: str) -> None:
    """Side by side as well, as far as their numbers count values."""
    sent = json.loads(leaves(request({"role": "user", "content": said})))
    assert said == sent["messages"][-1]["content"]


def test_a_result_belongs_to_the_call_before_it(leaves: Any) -> None:
    """Whoever gives a later call the id of an earlier one does not change what a policy says of the earlier one's result."""
    policy = 'preset = "scheduling"\nscheduling_tools = ["find_slots"]'
    called = lambda name: {"id": "call_1", "type": "function", "function": {"name": name, "arguments": "{}"}}
    result = {"role": "tool", "tool_call_id": "call_1", "content": '{"date": "1961-03-14"}'}
    one, other = (
        {"role": "assistant", "content": None, "tool_calls": [called(name)]} for name in ("get_patient", "find_slots")
    )
    both = {"role": "assistant", "content": None, "tool_calls": [called("get_patient"), called("find_slots")]}
    for messages, kept in (
        ([one, result, other, result], [False, True]),
        ([one, other, result, result], [False, False]),
        ([other, result, one], [True]),
        ([both, result], [False]),
    ):
        sent = json.loads(leaves(request(*messages), Policy.from_toml(policy)))["messages"]
        assert kept == ["1961-03-14" in message["content"] for message in sent if message["role"] == "tool"]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("my name is Maribel Okonkwo. OKONKWO FRACTURE L WRIST", "my name is [NAME_1]. [NAME_2] FRACTURE L WRIST"),
        ("Dr. Paul Graves treats graves disease", "Dr. [NAME_1] treats graves disease"),
        ("patient: Ann Alee, doctor: Anna Lee", "patient: [NAME_1], doctor: [NAME_2]"),
        ("my name is ⒨⒜⒭⒤⒝⒠⒧ ⒪⒦⒪⒩⒦⒲⒪ ok", "my name is [NAME_1] ok"),
        ("my name is Ⓜⓐⓡⓘⓑⓔⓛ Ⓞⓚⓞⓝⓚⓦⓞ ok", "my name is [NAME_1] ok"),
        ("> my phone number is 415-555-\n> 0134 ok", "> my phone number is [PHONE_1] ok"),
        (
            "WEBVTT\n\n1\n00:01.000 --> 00:03.000\nmy ssn is 219 09\n\n2\n00:03.000 --> 00:05.000\n9999 thanks",
            "WEBVTT\n\n1\n00:01.000 --> 00:03.000\nmy ssn is [SSN_1] thanks",
        ),
    ],
)
def test_known_names_and_framed_lines(leaves: Any, text: str, masked: str) -> None:
    """A known name before a medical word, letters in circles, quoted lines, subtitles; names of the same letters."""
    assert masked == json.loads(leaves(request({"role": "user", "content": text})))["messages"][-1]["content"]
