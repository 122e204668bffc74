"""Somebody who reads written values out, in the ways in which people do."""

from __future__ import annotations

import datetime as dt
from random import Random

DIGITS = "zero one two three four five six seven eight nine".split()
TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
    " sixteenth seventeenth eighteenth nineteenth".split()
)
MONTHS = "january february march april may june july august september october november december".split()
NATO = (
    "alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november oscar papa quebec romeo"
    " sierra tango uniform victor whiskey xray yankee zulu".split()
)
WORDS = (
    "apple bear chair door elm fish goat hill ink jam king lamp moon nest oak pear queen rope sun tree urn vase".split()
)


def below_hundred(n: int) -> str:
    """Say 0 to 99."""
    if n < 20:
        return DIGITS[n] if n < 10 else TEENS[n - 10]
    return TENS[n // 10] + (f" {DIGITS[n % 10]}" if n % 10 else "")


def ordinal(n: int) -> str:
    """Say 1st to 31st."""
    if n < 20:
        return ORDINALS[n - 1]
    return {20: "twentieth", 30: "thirtieth"}.get(n) or f"{TENS[n // 10]} {ORDINALS[n % 10 - 1]}"


def one_by_one(random: Random, digits: str) -> str:
    """Say digits one after the other, with one of the names of zero, and doubled or not."""
    zero = random.choice(["zero", "oh", "o"])
    names = [zero, *DIGITS[1:]]
    out = []
    i = 0
    doubles = random.random() < 0.4
    while i < len(digits):
        times = next((n for n in (3, 2) if doubles and digits[i : i + n] == digits[i] * n), 1)
        out.append(("", "", "double ", "triple ")[times] + names[int(digits[i])])
        i += times
    return " ".join(out)


def number(random: Random, digits: str) -> str:
    """Say digits in groups of any size, each in any way, with any pause between."""
    if random.random() < 0.25:
        return one_by_one(random, digits)
    said, before = "", ""
    while digits:
        size = random.choice([1, 2, 2, 3, 4])
        group, digits = digits[:size], digits[size:]
        words = _group(random, group)
        gap = random.choice([" ", " ", " ", ", ", ". ", " um ", ", uh, ", " dash ", " and then "])
        if _would_be_one(before, group, words):
            gap = random.choice([", ", ". ", " um "])
        said += (gap if said else "") + words
        before = words
    return said


def _would_be_one(before: str, group: str, words: str) -> bool:
    """Return whether nobody would say one group right after the other, as the two would be another number."""
    unit = words.split(maxsplit=1)[0] in DIGITS[1:]
    return (before.endswith(tuple(TENS[2:])) and unit) or (before.endswith("thousand") and group[0] != "0")


def _group(random: Random, group: str) -> str:
    n = int(group)
    ways = [one_by_one(random, group)]
    if len(group) == 2:
        ways += [below_hundred(n) if n > 9 else f"oh {DIGITS[n]}"] * 3
    if len(group) == 3 and group[0] != "0":
        rest = n % 100
        ways.append(
            f"{DIGITS[n // 100]} {below_hundred(rest)}" if rest > 9 else f"{DIGITS[n // 100]} oh {DIGITS[rest]}"
        )
        ways.append(
            f"{DIGITS[n // 100]} hundred" + (random.choice([" and ", " "]) + below_hundred(rest) if rest else "")
        )
    if len(group) == 4 and group[0] != "0":
        rest = n % 100
        if rest > 9 and n // 100 % 10:
            ways.append(f"{below_hundred(n // 100)} {below_hundred(rest)}")
        if not rest and n // 100 % 10:
            ways.append(f"{below_hundred(n // 100)} hundred")
        if n // 100 % 10 == 0:
            ways.append(
                f"{DIGITS[n // 1000]} thousand" + (random.choice([" and ", " "]) + below_hundred(rest) if rest else "")
            )
    return random.choice(ways)


def letters(random: Random, text: str) -> str:
    """Spell letters."""
    way = random.choice(["plain", "nato", "as in", "for"])
    capital = random.random() < 0.5
    out = []
    for letter in text.lower():
        word = next((word for word in WORDS if word[0] == letter), NATO[ord(letter) - 97])
        shown = letter.upper() if capital else letter
        explained = random.random() < 0.7
        out.append(
            NATO[ord(letter) - 97]
            if way == "nato"
            else f"{shown} {way} {word}"
            if way in ("as in", "for") and explained
            else shown
        )
    return random.choice([" ", ", "]).join(out)


def code(random: Random, text: str) -> str:
    """Read out letters, digits and hyphens."""
    out, i = [], 0
    while i < len(text):
        k = i
        while k < len(text) and text[k].isdecimal() == text[i].isdecimal() and text[k].isalnum() == text[i].isalnum():
            k += 1
        part = text[i:k]
        if not part.isalnum():
            out.append("dash")
        elif part.isdecimal():
            out.append(number(random, part).replace(" dash ", " "))
        else:
            out.append(letters(random, part))
        i = k
    return " ".join(out)


def year(random: Random, n: int) -> str:
    """Say a year."""
    rest = n % 100
    ways = [f"{below_hundred(n // 100)} {below_hundred(rest) if rest > 9 else f'oh {DIGITS[rest]}'}"] if rest else []
    if 2000 <= n < 2100:
        ways.append("two thousand" + (random.choice([" and ", " "]) + below_hundred(rest) if rest else ""))
    else:
        ways.append(f"{below_hundred(n // 100)} hundred" + (f" and {below_hundred(rest)}" if rest else ""))
        ways = ways[:1]
    ways.append(one_by_one(random, str(n)))
    return random.choice(ways)


def date(random: Random, day: dt.date) -> str:
    """Say a date in one of the usual orders, with hesitations."""
    month = MONTHS[day.month - 1]
    oh = random.random() < 0.3

    def small(n: int) -> str:
        return f"oh {DIGITS[n]}" if oh and n < 10 else below_hundred(n)

    said_year = year(random, day.year) if random.random() < 0.6 else below_hundred(day.year % 100)
    if day.year % 100 < 10 and " " not in said_year:
        said_year = f"oh {DIGITS[day.year % 100]}"
    nth = ordinal(day.day)
    order = random.choice(
        [
            [month, nth, said_year],
            [month, "the " + nth, said_year],
            [month, below_hundred(day.day), said_year],
            ["the " + nth, "of " + month, said_year],
            [nth, month, said_year],
            [below_hundred(day.day), month, said_year],
            [year(random, day.year), month, nth],
            [small(day.month), small(day.day), said_year],
            [small(day.month), "slash " + small(day.day), "slash " + said_year],
            [one_by_one(random, f"{day.month:02}{day.day:02}{day.year}")],
            [one_by_one(random, f"{day.month:02}{day.day:02}{day.year % 100:02}")],
            [one_by_one(random, f"{day.month}{day.day}{day.year}")],
            [one_by_one(random, day.isoformat().replace("-", ""))],
            [one_by_one(random, f"{day.month:02}"), one_by_one(random, f"{day.day:02}"), said_year],
            [one_by_one(random, str(day.month)), one_by_one(random, str(day.day)), said_year],
            [month, nth],
            [month, year(random, day.year)],
        ]
    )
    gaps = [random.choice([" ", " ", " ", ", ", " um ", ", uh, "]) for _ in order[1:]]
    return order[0] + "".join(gap + part for gap, part in zip(gaps, order[1:], strict=True))


#: Letters of a local part or a host that may also be said in words of their own.
SIGNS = {".": ["dot", "period"], "-": ["dash", "hyphen", "minus"], "_": ["underscore", "under score"], "+": ["plus"]}


def mail(random: Random, parts: list[str]) -> str:
    """Read out an address that comes in parts: words, signs, digits, and the sign itself."""
    out = []
    for i, part in enumerate(parts):
        if part in SIGNS:
            names = SIGNS[part]
            out.append(names[0] if "@" in parts[:i] else random.choice(names))
        elif part == "@":
            out.append(random.choice(["at", "at", "at sign", "at the rate"]))
        elif part.isdecimal():
            out.append(number(random, part).replace(" dash ", " ").replace(" and then ", " ").replace(". ", ", "))
        elif random.random() < 0.2 or len(part) == 1:
            out.append(" ".join(part))
        else:
            out.append(part)
    return "".join(
        (random.choice([" ", " ", " ", " ", ", ", " um "]) if i else "") + part for i, part in enumerate(out)
    )


def house(random: Random, digits: str) -> str:
    """Say the number of a house or a flat: no pauses, and sums."""
    n = int(digits)
    rest = n % 100
    ways = [one_by_one(random, digits)]
    if n < 100:
        ways += [below_hundred(n)] * 4
    elif n < 1000:
        ways.append(f"{DIGITS[n // 100]} {below_hundred(rest) if rest > 9 else f'oh {DIGITS[rest]}'}" if rest else "")
        ways.append(
            f"{DIGITS[n // 100]} hundred" + (random.choice([" and ", " "]) + below_hundred(rest) if rest else "")
        )
    else:
        ways.append(
            f"{below_hundred(n // 100)} {below_hundred(rest) if rest > 9 else f'oh {DIGITS[rest]}'}"
            if n < 10000 and rest and n // 100 % 10
            else ""
        )
        ways.append(f"{below_hundred(n // 100)} hundred" if n < 10000 and not rest and n // 100 % 10 else "")
        ways.append(
            f"{DIGITS[n // 1000]} thousand {below_hundred(rest)}" if n < 10000 and n // 100 % 10 == 0 and rest else ""
        )
    return random.choice([way for way in ways if way])
