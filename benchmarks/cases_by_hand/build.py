"""Build cases.jsonl from the marked texts in source/.

A case begins with ``=== DOMAIN``. Lines that begin with ``u> ``, ``a> ``, ``s> `` or ``t> `` are messages of the user, the
assistant, the system and a tool; a case without them is one text. ``[[K value]]`` marks an identifier of kind ``K`` (see
`KINDS`), ``[[X value]]`` text that counts neither way; ``~year~`` inside a date marks a year that may be masked or not.
Titles before a name, a possessive s after it and the weekday before a date are taken out of the identifier here.

    python build.py [FOLDER]        # by default the folder of this script
"""

import json
import re
import sys
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
DOMAINS = {"trap": "hard_negatives"}
ROLES = {"u": "user", "a": "assistant", "s": "system", "t": "tool"}
KINDS = {
    "N": "NAME",
    "A": "ADDRESS",
    "D": "DATE",
    "G": "AGE",
    "P": "PHONE",
    "F": "FAX",
    "E": "EMAIL",
    "S": "SSN",
    "M": "MRN",
    "H": "HEALTH_PLAN",
    "C": "ACCOUNT",
    "K": "CARD",
    "L": "LICENSE",
    "V": "VEHICLE",
    "Y": "DEVICE",
    "U": "URL",
    "I": "IP",
    "O": "OTHER_ID",
}
MARK = re.compile(r"\[\[([A-Z]) (.*?)\]\](?!\])")
TITLE = re.compile(
    r"(?:mister|missus|misses|miss|mrs?|ms|dr|doctor|doc|nurse|old|sister|sr|fr|reverend|sergeant|attorney)\b\.?[ /]*"
    r"|midwife ",
    re.IGNORECASE,
)
WEEKDAY = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*"
LEAD = re.compile(rf"(?:(?:on|the|end of|like|{WEEKDAY}),? )+", re.IGNORECASE)
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
STATES = (
    "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|"
    "Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|"
    "Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|"
    "North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|"
    "South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington|West Virginia|Wisconsin|Wyoming"
)
NEUTRAL = re.compile(
    rf"\b(?:{STATES}"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|(?:19|20)\d\d|year-old|yrs old|years of age|y/o)\b"
    r"|(?<=\d)T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?",
    re.IGNORECASE,
)
Spans = list[dict]


def optional_year(value: str, pieces: list[str]) -> tuple[int, int] | None:
    """Where the year of a date stands: marked by hand, or four digits by themselves."""
    if len(pieces) == 3:
        return len(pieces[0]), len(pieces[0]) + len(pieces[1])
    year = YEAR.search(value)
    return year.span() if year and not re.search(r"\d{5}", value) else None


def identifier(kind: str, marked: str, start: int) -> tuple[Spans, Spans]:
    """The gold spans and the neutral spans of one mark whose text begins at ``start``."""
    pieces = marked.split("~")
    value = "".join(pieces)
    end = start + len(value)
    if kind == "X":
        return [], [{"start": start, "end": end}]
    span, neutral = {"start": start, "end": end, "kind": KINDS[kind]}, []
    lead = {"N": TITLE, "D": LEAD}[kind].match(value) if kind in "ND" else None
    if lead and lead.end() < len(value):
        neutral.append({"start": start, "end": start + lead.end()})
        span["start"] += lead.end()
    if kind == "N" and re.search(r"['’]s$", value):
        span["end"] -= 2
    year = optional_year(value, pieces) if kind == "D" else None
    if year == (0, len(value)):  # a year by itself is no identifier
        return [], [{"start": start, "end": end}]
    if year:
        span["optional"] = [start + year[0], start + year[1]]
    return [span], neutral


def parts(text: str) -> tuple[str, Spans, Spans]:
    """The text without marks, its gold spans and the spans that do not count."""
    plain, gold, ignore, last = "", [], [], 0
    for mark in MARK.finditer(text):
        plain += text[last : mark.start()]
        found, neutral = identifier(*mark.groups(), len(plain))
        gold += found
        ignore += neutral
        plain += mark[2].replace("~", "")
        last = mark.end()
    plain += text[last:]
    taken = {i for span in gold for i in range(span["start"], span["end"])}
    ignore += [
        {"start": neutral.start(), "end": neutral.end()}
        for neutral in NEUTRAL.finditer(plain)
        if taken.isdisjoint(range(*neutral.span()))
    ]
    return plain, gold, sorted(ignore, key=lambda span: span["start"])


def case(identity: str, domain: str, body: str) -> dict:
    """One row in the format of the other case sets."""
    turns: list[list[str]] = []
    for line in body.split("\n"):
        if re.match(r"[uast]> ", line):
            turns.append([ROLES[line[0]], line[3:]])
        elif turns:
            turns[-1][1] += "\n" + line
    row: dict = {"id": identity, "domain": domain}
    if not turns:
        row["text"], row["spans"], ignore = parts(body)
        return dict(row, ignore=ignore)
    row["messages"], row["spans"], ignore = [], [], []
    for index, (role, text) in enumerate(turns):
        plain, gold, neutral = parts(text)
        row["messages"].append({"role": role, "content": plain})
        row["spans"] += [dict(span, message=index) for span in gold]
        ignore += [dict(span, message=index) for span in neutral]
    return dict(row, ignore=ignore)


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    rows = []
    for path in sorted((folder / "source").glob("*.txt")):
        blocks = re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
        for number, block in enumerate(blocks):
            domain, _, body = block.strip().partition("\n")
            rows.append(case(f"{path.stem}-{number:03d}", DOMAINS.get(domain, domain), body))
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in sorted(rows, key=lambda row: row["id"]))
    (folder / "cases.jsonl").write_text("".join(lines), encoding="utf-8")
    kinds = Counter(span["kind"] for row in rows for span in row["spans"])
    print(f"{len(rows)} cases, {kinds.total()} identifiers; {dict(kinds.most_common())}")


if __name__ == "__main__":
    main()
