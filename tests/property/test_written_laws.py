"""The law of the written form: what was said comes back as it is written, or as it was said, never as anything else."""

from __future__ import annotations

import datetime as dt
import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masker.core.dates import parse_date
from masker.core.values import written
from tests.property import speaker

RANDOMS = st.randoms(use_true_random=False)
NAMES = "maribel okonkwo chen ruiz ann o connor smith mike charlie oscar golf may king vega li west rose".split()
#: What an address is made of that sounds like a number or a sign, and is none.
SOUNDS = "one two four ten fish seasons rivers hundred first second point score at to the number".split()
NUMBERS = frozenset("one two four ten sixty hundred".split())


def _digits(random: Random, length: int) -> str:
    return random.choice("123456789") + "".join(random.choice("00123456789") for _ in range(length - 1))


def phone(random: Random) -> tuple[str, str, str]:
    number = random.choice("23456789") + _digits(random, 9)
    said = speaker.number(random, number)
    if random.random() < 0.2:
        return "PHONE", "+1" + number, "plus one " + said
    if random.random() < 0.2:
        number = "+442079460" + _digits(random, 3)
        return "PHONE", number, "plus " + speaker.number(random, number[1:])
    return "PHONE", number, random.choice(["", "", "area code "]) + said


def ssn(random: Random) -> tuple[str, str, str]:
    number = _digits(random, random.choice([9, 4]))
    return "SSN", number, speaker.number(random, number)


def card(random: Random) -> tuple[str, str, str]:
    number = _digits(random, 16)
    return "CARD", number, speaker.number(random, number)


def record(random: Random) -> tuple[str, str, str]:
    number = _digits(random, random.randint(3, 10))
    return random.choice(["MRN", "ACCOUNT", "OTHER_ID"]), number, speaker.number(random, number)


def member(random: Random) -> tuple[str, str, str]:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    parts = [
        "".join(random.choice(alphabet) for _ in range(random.randint(1, 3))),
        _digits(random, random.randint(2, 6)),
    ]
    if random.random() < 0.3:
        parts.append(random.choice(alphabet))
    if random.random() < 0.3:
        parts.reverse()
    text = random.choice(["", "", "-"]).join(parts)
    return random.choice(["HEALTH_PLAN", "LICENSE", "VEHICLE"]), text, speaker.code(random, text)


def date(random: Random) -> tuple[str, str, str]:
    day = dt.date(random.randint(1905, 2029), 1, 1) + dt.timedelta(random.randint(0, 364))
    return "DATE", day.isoformat(), speaker.date(random, day)


def age(random: Random) -> tuple[str, str, str]:
    years = random.randint(90, 115)
    said = (
        speaker.below_hundred(years)
        if years < 100
        else random.choice(["one hundred", "a hundred"])
        + (random.choice([" and ", " "]) + speaker.below_hundred(years - 100) if years > 100 else "")
    )
    return "AGE", str(years), said


def mail(random: Random) -> tuple[str, str, str]:
    words = NAMES if random.random() < 0.7 else NAMES + SOUNDS
    local = [random.choice(words)]
    for _ in range(random.randint(0, 2)):
        local += [*random.choice([[], ["."], ["-"], ["_"], ["+"]]), random.choice([*words, random.choice("abiox")])]
    if random.random() < 0.5:
        digits = random.choice([str(random.randint(1930, 2010)), _digits(random, random.randint(1, 3))])
        local += [*random.choice([[], ["_"], ["."]]), digits]
    if local[0] != "o" and random.random() < 0.1:
        local = [_digits(random, 2), *local]
    local = [
        part
        for i, part in enumerate(local)
        if part not in NUMBERS
        or not any(beside[-1:].isalnum() for beside in [*local[max(0, i - 1) : i], *local[i + 1 : i + 2]])
    ] or ["ann"]
    host = random.choice(
        [
            ["gmail"],
            ["aol"],
            ["web"],
            ["larkspur", "-", "clinic"],
            ["clinic", random.choice(words)],
            [random.choice(words), "mail"],
        ]
    )
    parts = [*local, "@", *host, ".", *random.choice([["com"], ["org"], ["co", ".", "uk"], ["de"]])]
    return "EMAIL", "".join(parts), speaker.mail(random, parts)


def page(random: Random) -> tuple[str, str, str]:
    host = [random.choice([*NAMES, "example"]), ".", random.choice(["com", "org"])]
    path = [random.choice([random.choice(NAMES), _digits(random, 3)]) for _ in range(random.randint(0, 2))]
    said = speaker.mail(random, host) + "".join(f" slash {speaker.mail(random, [part])}" for part in path)
    return "URL", "/".join(["".join(host), *path]), said


def machine(random: Random) -> tuple[str, str, str]:
    octets = [str(random.choice([0, 1, 10, 127, 168, 192, random.randint(0, 255)])) for _ in range(4)]
    said = " dot ".join(speaker.house(random, octet) for octet in octets)
    return "IP", ".".join(octets), said


ROADS = (
    "Larkspur Lane", "Baker Street", "Adams Avenue", "Three Rivers Road", "Six Mile Road", "Forest Drive", "Oak Court",
    "5th Street", "2nd Avenue", "12th Street", "42nd Street", "25th Avenue", "K Street", "First Baptist Road", "Twelve Oaks Lane",
)  # fmt: skip


def _road(random: Random, road: str) -> str:
    """Say the name of a street."""
    first, _, rest = road.partition(" ")
    return (
        f"{speaker.ordinal(int(first[:-2])) if int(first[:-2]) < 32 else 'forty second'} {rest}"
        if first[:1].isdigit()
        else road
    )


def american(random: Random) -> tuple[str, str, str]:
    house = _digits(random, random.choice([1, 2, 3, 3, 4, 5]))
    road, way = random.choice(ROADS), random.choice(["", "", "West ", "N "])
    unit = random.choice(["", "", "apartment", "unit", "suite", "floor"])
    flat = _digits(random, random.choice([1, 2, 3])) + random.choice(["", "", "B"]) if unit else ""
    state = random.choice(["Ohio", "OH"])
    zips = random.choice("0123456789") + _digits(random, 4) if random.random() < 0.7 else ""
    plain = [f"{house} {way}{road}", f"{unit} {flat}" if unit else "", "Dayton", f"{state} {zips}".strip()]
    spoken = [
        f"{speaker.house(random, house)} {way}{_road(random, road)}",
        f"{unit} {speaker.house(random, flat.strip('B'))}" + " B" * flat.endswith("B") if unit else "",
        "Dayton",
        f"{state} {speaker.number(random, zips)}" if zips else state,
    ]
    gap = random.choice([" ", ", "])
    text, said = (gap.join(part for part in parts if part) for parts in (plain, spoken))
    if not zips and random.random() < 0.3:
        box = _digits(random, 3)
        return (
            "ADDRESS",
            f"PO Box {box} {text.split(gap)[-1]}",
            f"p o box {speaker.house(random, box)} {text.split(gap)[-1]}",
        )
    return "ADDRESS", text, said


def british(random: Random) -> tuple[str, str, str]:
    code = random.choice(["SW1A 1AA", "M1 1AE", "OX12 9LP", "EC1A 1BB", "B33 8TH", "K1A 0B1", "NW10 4UU"])
    house, flat = _digits(random, random.choice([1, 2, 3])), _digits(random, 1)
    gap = random.choice([" ", ", "])
    road = random.choice(["Larkspur Lane", "Baker Street", "Church Road"])
    first = random.random() < 0.4
    text = gap.join([f"flat {flat}"] * first + [f"{house} {road}", f"London {code}"])
    spelled = speaker.code(random, code.replace(" ", "")).replace("dash", "")
    said = gap.join(
        [f"flat {speaker.house(random, flat)}"] * first
        + [f"{speaker.house(random, house)} {road}", f"London {spelled}"]
    )
    return "ADDRESS", text, said


def zip_code(random: Random) -> tuple[str, str, str]:
    text = random.choice("0123456789") + _digits(random, 4)
    return "ADDRESS", text, speaker.number(random, text)


def name(random: Random) -> tuple[str, str, str]:
    text = random.choice([each for each in NAMES if len(each) > 2])
    other = text[0] + random.choice(NAMES)  # spelled as nobody hears it
    return "NAME", text, random.choice(["", f"{text} ", f"{text}, ", f"{other} "]) + " ".join(text)


SPEAKERS = (phone, ssn, card, record, member, date, age, mail, page, machine, american, british, zip_code, name)


def _same(kind: str, form: str, text: str) -> bool:
    """Return whether two written forms are one value to whoever reads them."""
    if kind == "DATE":
        parts, day = parse_date(form), dt.date.fromisoformat(text)
        known = parts and [part for part in (parts.year, parts.month, parts.day) if part is not None]
        years = {day.year, 2000 + day.year % 100 if parts and parts.short_year else day.year}
        return bool(known) and all(
            part is None or part in meant
            for part, meant in ((parts.year, years), (parts.month, {day.month}), (parts.day, {day.day}))
        )
    if kind == "PHONE":
        return form == text
    loose = re.sub(r"[ -]", "", form) if kind in ("SSN", "CARD", "MRN", "ACCOUNT", "OTHER_ID") else form
    return loose.casefold() == text.casefold() or _plain(form) == _plain(text)


def _plain(text: str) -> str:
    words = text.casefold().split()
    return " ".join(
        f"{speaker.ORDINALS.index(word) + 1}"
        if word in speaker.ORDINALS
        else re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", word)
        for word in words
    )


@pytest.mark.parametrize("of", SPEAKERS, ids=lambda of: of.__name__)
@given(random=RANDOMS)
def test_what_was_said_is_written_or_stays(of, random):
    """A value in a tool's arguments is the one that was said, or the words with which it was."""
    kind, text, said = of(random)
    form = written(kind, said)
    assert form == said or _same(kind, form, text), (text, said, form)
