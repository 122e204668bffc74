"""Names in records: HL7 fields, JSON keys, form labels, "Last, First", tables.

A record says itself where the name is, so these rules need no model; the lexicon only vetoes values that are plainly
no names ("unknown", "see chart").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from masker_tagger import NAME_KEY, Lexicon, plain_key, vcard_lines

from masker import Segment
from masker_name.lists import NEVER, RELATIONS, TITLES
from masker_name.things import is_first_name

__all__ = ["find", "is_speaker", "speaker"]

Found = Iterator[tuple[int, int, float]]

_NAME_WORD: Final = r"[^\W\d_][^\W\d_'\u2019.-]*(?:[-'\u2019][^\W\d_]+)*\.?"
#: A name as forms have it; what someone is called stands inside in quotes or brackets ("Rudolph \"Rudy\" Espinoza").
_VALUE: Final = re.compile(
    rf"{_NAME_WORD}(?:(?:, ?|[ \t])(?:{_NAME_WORD}|[\"\u201c(']{_NAME_WORD}[\"\u201d)'](?=[ \t][A-Z]))){{0,4}}"
)
#: HL7 v2 segment to the fields that hold persons (XPN or XCN), HL7 v2.5 chapters 3, 4 and 6.
_HL7_FIELDS: Final = {
    "PID": (5, 6, 9), "NK1": (2, 30), "PV1": (7, 8, 9, 17, 52), "GT1": (3, 4), "IN1": (16,), "ORC": (10, 11, 12),
    "OBR": (10, 16, 28, 32, 33, 34, 35), "AIP": (3,), "ROL": (4,), "PD1": (4,), "STF": (3,), "EVN": (5,),
    "TXA": (5, 9, 10), "DG1": (16,), "PR1": (8, 11, 12), "OBX": (16,), "MRG": (7,), "SCH": (12, 16, 20),
}  # fmt: skip
_HL7_LINE: Final = re.compile(
    r"(?:^|(?<=[\n\r\s]))(PID|NK1|PV1|GT1|IN1|ORC|OBR|AIP|ROL|PD1|STF|EVN|TXA|DG1|PR1|OBX|MRG|SCH)\|[^\n\r]*"
)
_HL7_LOOSE: Final = re.compile(r"(?<![\w^])([A-Z][A-Za-z'-]+)\^([A-Z][A-Za-z'-]*)(?:\^([A-Z][A-Za-z'.-]*))?(?![\w])")
_JSON_PAIR: Final = re.compile(
    r"\\?\"([A-Za-z][\w .-]{1,40})\\?\"\s*:\s*(?:\\?\"([^\"\\\n]{1,80})\\?\""
    r"|\[\s*((?:\\?\"[^\"\\\n]{1,40}\\?\"\s*+(?:,\s*+)?){1,6})\])"
)
_LABEL: Final = re.compile(
    # A few blanks and a word; where there are more, the place after two of them is a beginning, too. Any number of them
    # on both sides of no word, tried at every blank of a table's padding, would take cubic time.
    r"(?:^|(?<=[\n|;,({\t])|(?<=  )|(?<=[.;] )|(?<=\| ))[ \t]{0,2}+(?=[A-Za-z_])"
    r"((?:patient|pt|caller|client|member|subscriber|insured|guarantor|contact|provider|attending|doctor|physician|prescriber|surgeon|nurse"
    r"|emergency|next of kin|mother|father|spouse|guardian|first|last|middle|given|family|maiden|full"
    r"|legal|preferred|other|primary care|referring|ordering|treating|admitting"
    r"|policy ?holder|account holder|cardholder|employee|student|witness|signed|reviewed|dictated"
    r"|verified|performed|collected|ordered|referred|author|seen|assessed|completed|recorded|checked"
    r"|translated|approved|administered|requested|clinician|consultant|therapist|informant|carer"
    r"|interpreter|midwife|resident|child|service user|registrar|gp)?(?:'s)?"
    r"[ _]?(?:name|names|surname|forename|physician|provider|doctor|contact|by|of kin)?(?: \((?:print"
    r"|last, first|printed|first|last)\))?)[ \t]*(?:[:=]|\.{3,}:?|_{3,}:?)[ \t]*",
    re.IGNORECASE | re.MULTILINE,
)
_STRONG: Final = re.compile(
    r"(?:patient|pt|caller|client|member|subscriber|guarantor|first|last|middle|given|family|maiden|full"
    r"|legal|preferred|emergency|contact|insured|policy ?holder|account holder|cardholder|mother|father"
    r"|spouse|guardian|student|employee|doctor|physician|provider|child|resident|service user|donor)?"
    r"(?:'s)?[ _]?(?:names?|surname|forename)(?: \(.*\))?|patient|pt|caller|clinician|consultant"
    r"|therapist|informant|interpreter|midwife|registrar|gp|carer|attending(?: physician| provider)?"
    r"|prescriber|surgeon|guarantor|next of kin|emergency contact"
    r"|(?:signed|reviewed|dictated|verified|performed|collected|ordered|referred|seen|assessed|completed"
    r"|recorded|checked|translated|approved|administered|requested) by|referring (?:physician|provider"
    r"|doctor)|ordering (?:physician|provider|doctor)|primary care (?:physician|provider|doctor)|witness",
    re.IGNORECASE,
)
_HEADER: Final = re.compile(
    r"(?:^|_| )(?:name|patient|caller|surname|provider|doctor|physician|member|contact|client|guarantor"
    r"|first|last|given|family|nurse|rn|attending|resident|pcp|gp|md|forename|fn|ln|fname|lname|firstname|lastname"
    r"|vorname|nachname|familienname|arzt|nom|pr[e\u00e9]nom|m[e\u00e9]decin|nombre|apellidos?|m[e\u00e9]dico"
    r"|nome|cognome"
    r"|sobrenome|naam|voornaam|achternaam|namn|navn|fornavn|etternavn|imi[e\u0119]|nazwisko|ad[ıi]|soyad[ıi])(?:$|_| )",
    re.IGNORECASE,
)
_NO_HEADER: Final = re.compile(
    r"id|num|phone|email|dob|date|drug|med|plan|status|reason|type|addr|code|count|clinic|facility|file"
    r"|user|visit|class",
    re.IGNORECASE,
)
#: A person in an X12 transaction (837, 271, 834): ``NM1*IL*1*LAST*FIRST*MIDDLE``; entity type 1 is a person.
_X12: Final = re.compile(
    r"\bNM1\*\w{2,3}\*1\*(?P<last>[^*~\n]{1,60})(?:\*(?P<first>[^*~\n]{0,35}))?(?:\*(?P<middle>[^*~\n]{0,25}))?"
)
_QUOTED: Final = r"(?:'(?:[^'\n]|'')*+'|\"[^\"\n]*+\")"
#: A column that is compared with quoted words: ``p.last_name ILIKE '%okonkwo%'``, ``LOWER(surname) IN ('long')``; and
#: the same in programs: ``df["last_name"] == "Long"``, ``{'last_name': 'Long'}``.
_COMPARED: Final = re.compile(
    r"(?<![^\W_])(?P<column>[A-Za-z_]{2,40})(?:[\"'`\])]{1,3}:?|)\s{0,3}"
    r"(?:[=<>!~]{1,3}\*?|(?:NOT\s)?(?:I?LIKE|R?LIKE|IN|REGEXP|IS)\b|(?P<described>(?<=:)))\s{0,3}"
    rf"(?:(?P<one>[NE]?{_QUOTED}(?:\s{{0,3}}\|\|\s{{0,3}}{_QUOTED})*+)"
    rf"|(?:[A-Za-z_]{{1,20}}\s?)?[(\[]{{1,2}}\s?(?P<list>[NE]?{_QUOTED}(?:\s{{0,3}}(?:,|\|\|)\s{{0,3}}{_QUOTED})*+))",
    re.IGNORECASE,
)
#: What most columns of persons are called, in part.
_COLUMNS: Final = ("name", "patient", "doctor", "physician", "provider", "guardian")
#: What a quoted value stands behind, in lower case.
_PUT: Final = re.compile(r"(?:[=<>!~*(\[:,]|like|in|is|regexp)\s{0,3}[ne]?[\"']")
#: Columns and the rows put into them.
_INSERTED: Final = re.compile(
    r"\binsert\s+into\s+[\w.\"`\[\]]{1,80}\s{0,3}\((?P<columns>[^()]{1,2000})\)\s{0,3}values\s{0,3}(?=\()",
    re.IGNORECASE,
)
_ROW: Final = re.compile(rf"\((?P<cells>(?:[^'\"()]|{_QUOTED}|\([^()'\"]*+\))*+)\)\s{{0,3}},?\s{{0,3}}")
_CELL: Final = re.compile(rf"(?:[^'\",()]|{_QUOTED}|\([^()'\"]*+\))++")
_LITERAL: Final = re.compile(_QUOTED)
_WILD: Final = " \t%_*.^$\"'"
#: Properties of a vCard under which the whole value is a person's name.
_CARD_NAMES: Final = ("FN", "NICKNAME", "RELATED")
_ALL: Final = re.compile(r".+", re.DOTALL)
_LISTED: Final = re.compile(r"[^,]+")
_TITLE: Final = re.compile(r"(?:(?:dr|mr|mrs|ms|miss|prof|doctor|mx|rev)\b\.?\s+)+", re.IGNORECASE)
_TAIL: Final = re.compile(
    r",?\s+(?:MD|M\.D\.?|DO|NP|RN|PA|PA-C|PhD|PharmD|DDS|FACS|LPN|LCSW|FNP|MBBS|FRCP|DPM|CRNA|CNA|mrn|dob"
    r"|age|sex|gender|phone|tel|date|room|acct|id|address)$",
    re.IGNORECASE,
)
#: A FHIR name in XML, by attribute or content.
_XML: Final = re.compile(
    r"<(?:family|given|text|(?:first|last|middle|full|patient|provider)[-_]?[Nn]ame|surname)(?: value=\"|>)"
    r"(?P<value>[^\"<>]{2,60})",
    re.IGNORECASE,
)
#: Cells that rows of persons have, and such as hold a single word.
_SEX_CELLS: Final = frozenset("f m ppo hmo epo hdhp".split())
_CELLS: Final = re.compile(r"[^,]+")
_CELL_NAME: Final = re.compile(
    r"\s{0,3}(?!(?i:ppo|hmo|epo|hdhp)\b)(?P<name>[^\W\d_]{2,20}(?:['\u2019-][^\W\d_]{2,20})?)\s{0,3}"
)
#: How much like names' the letters of two unknown words look together, at least.
_LOOK: Final = 0.3
#: A speaker is called by no more than that.
_LONGEST_SPEAKER: Final = 60
_SPOKEN_BY: Final = re.compile(r"(?P<name>[^\W\d_]+(?:['\u2019-][^\W\d_]+)*)(?: [A-Z]\b\.?)?")
_VOWEL: Final = re.compile("[aeiouy]")
_LAST_FIRST: Final = re.compile(
    r"(?:(?<=[/|;\t(\[])|(?<=[/|;:] )|(?<=^)|(?<=\n))[A-Z][A-Z'-]{1,24},[A-Z][A-Z'-]{1,24}(?: [A-Z](?![A-Za-z]))?"
    r"(?= ?[/|;)\]\t\n]|$)"
)
#: A form's fields in a row, as browsers and commands send them, ``first_name=Will&last_name=Long``; variables.
_ASSIGNED: Final = re.compile(
    r"(?<![^\W_])(?P<key>[A-Za-z_.]{4,40})=(?P<value>[^\W\d_]['\u2019-]?(?:[^\W\d_]{1,30}['\u2019-]?){1,3}"
    r"(?: [^\W\d_a-z][^\W\d_'\u2019-]{0,30}+(?![\w=]|[.:]\w)){0,3})"
)
#: Go's maps and structs: ``map[first_name:Will last_name:Long]``, ``{FirstName:Will LastName:Long}``.
_PRINTED: Final = re.compile(
    r"(?<=[\[{ ])(?P<key>[A-Za-z_]{4,40}):"
    r"(?P<value>[^\W\d_][^\W\d_'\u2019.-]{0,40}(?: [^\W\d_][^\W\d_'\u2019.-]{0,40}){0,3})"
    r"(?=[\]}]| [A-Za-z_]{1,40}\d{0,2}:)"
)
#: Lists of a ward: "Rm 3 Ashworth - POD2", "Bed 4 Olawale-Price: CHF".
_BED: Final = re.compile(
    r"(?:^|(?<=[\n/;,.|] )|(?<=\n)|(?<=[-*] ))(?i:rm|room|bed|bay|cubicle|chair|slot)\.? ?\d{1,3}[A-Za-z]?"
    r"(?:[:.,-]| [-\u2013])? "
    r"(?P<value>\"?[A-Z][\w'-]+\"?(?:,? [A-Z][\w'-]+){0,2})(?= ?(?:[-\u2013\u2014:,;(]|$|\n))",
    re.MULTILINE,
)
_SURE_KEY: Final = re.compile(
    r"(?:name )?(?:family|given)|(?:first|last|middle|given|family|patient|full|sur|fore|[fl]) ?name|surname"
)
#: What stands under such a key for nothing.
_EMPTY: Final = frozenset(
    "unknown none null na n/a nil withheld redacted anonymous test blank tbd pending unspecified other string".split()
)
_BEDS: Final = frozenset(("rm", "room", "bed", "bay", "cubicle", "chair", "slot"))
_TIGHT_COMMA: Final = re.compile(r",[A-Z]")
_ORGANISATION: Final = re.compile(
    r"\b(?:hospital|clinic|center|centre|medical|health|pharmacy|insurance|plan|group|practice|surgery"
    r"|inc|llc|ltd|department|dept|service|services|care|unit|team|desk|office|blue|cross|shield|company"
    r"|school|university)\b",
    re.IGNORECASE,
)


#: Words that show a sentence where a name should be ("Patient: No, I don't know").
_SENTENCE: Final = re.compile(
    r"\b(?:i'm|i've|it's|is|are|was|were|have|has|had|don't|didn't|can't|not|this|that|what|because|taking)\b"
    r"|\b(?-i:I [a-z]+)",
    re.IGNORECASE,
)


def find(segment: Segment, lexicon: Lexicon) -> Found:
    """Yield (start, end, score) in the reading for every name that a record's form shows."""
    text = segment.reading.text
    key = segment.key
    if key is not None and (_is_sure_key(key) or NAME_KEY.fullmatch(plain_key(key))):
        yield from _value(text, 0, len(text), lexicon, 0.95, sure=_is_sure_key(key))
    if "^" in text:
        yield from _hl7(text, lexicon)
    if '"' in text:
        yield from _json(text, lexicon)
    if _has_query(segment):
        yield from _queries(text, lexicon)
    if ":" in text or "=" in text or "..." in text:
        yield from _labels(text, lexicon)
    if "=" in text:
        for match in _ASSIGNED.finditer(text):
            key = plain_key(match["key"].rpartition(".")[2])
            ends = (key, " ".join(key.split()[-2:]))  # PATIENT_FIRST_NAME: whose it is may stand before
            sure = any(map(_is_sure_key, ends))
            if sure or any(map(NAME_KEY.fullmatch, ends)):
                yield from _value(text, *match.span("value"), lexicon, 0.95, sure=sure)
    if "map[" in text or "{" in text:
        for match in _PRINTED.finditer(text):
            # Types stand there, too, in small letters: "{firstName:string}"; and "{family:Arial}".
            named = _is_sure_key(match["key"]) and "name" in match["key"].lower()
            if named and (match["value"][0].isupper() or "map[" in text):
                yield from _value(text, *match.span("value"), lexicon, 0.95, sure=True)
    yield from _vcard(segment, lexicon)
    if "NM1*" in text:
        for match in _X12.finditer(text):
            for group in ("last", "first", "middle"):
                if match[group]:
                    yield *match.span(group), 0.97
    if "</" in text or "/>" in text:
        for match in _XML.finditer(text):
            yield from _value(text, *match.span("value"), lexicon, 0.95)
    if segment.reading.has_digit and not _BEDS.isdisjoint(segment.reading.letters):
        for match in _BED.finditer(text):
            yield from _value(text, *match.span("value"), lexicon, 0.85)
    for match in _LAST_FIRST.finditer(text) if _TIGHT_COMMA.search(text) else ():
        yield from _last_first(match, lexicon)
    if "," in text and not _SEX_CELLS.isdisjoint(segment.reading.letters):
        yield from _rows(text, lexicon)
    if "\n" in text and ("," in text or "|" in text or "\t" in text or ";" in text):
        yield from _table(text, lexicon)


def _rows(text: str, lexicon: Lexicon) -> Found:
    """Yield two names that stand side by side in a row that tells a sex or a plan: "F, okafor, chidinma"."""
    at = 0
    for line in text.split("\n"):
        cells = [(match.start(), match[0]) for match in _CELLS.finditer(line)] if line.count(",") > 1 else []
        if not _SEX_CELLS.isdisjoint(cell.strip().lower() for _, cell in cells):
            names = [_CELL_NAME.fullmatch(cell) for _, cell in cells]
            for (first, _), one, (second, _), other in zip(cells, names, cells[1:], names[1:], strict=False):
                if one and other and _are_names([one["name"].lower(), other["name"].lower()], lexicon):
                    for start, name in ((first, one), (second, other)):
                        yield at + start + name.start("name"), at + start + name.end("name"), 0.75
        at += len(line) + 1


def _are_names(words: list[str], lexicon: Lexicon) -> bool:
    """Return whether words are names, or unknown ones that look like some, and none means anything else."""
    kinds = [lexicon.describe(word)[1] for word in words]
    if not all(kind in ("N", "n", "r", "oov", "pn", "odd") or kind[0] == "a" for kind in kinds):
        return False
    listed = any(kind in ("N", "n", "r") or kind[0] == "a" for kind in kinds)
    return listed or sum(map(lexicon.nameness, words)) > _LOOK


def is_speaker(key: str | None, text: str) -> bool:
    """Return whether a text is what a transcript, or a program, calls somebody who speaks."""
    return key is not None and len(text) <= _LONGEST_SPEAKER and plain_key(key) == "speaker"


def speaker(text: str, lexicon: Lexicon) -> Found:
    """Yield the name by which somebody speaks ("hope", "Dr. Okafor", "Tamsin Yeung (Billing)"); "Triage" is none."""
    named = [word for word in _SPOKEN_BY.finditer(text) if _names_speaker(word["name"], lexicon)]
    if named:
        yield named[0].start(), named[-1].end(), 0.95


def _names_speaker(word: str, lexicon: Lexicon) -> bool:
    """Return whether a word is somebody's name where nothing but a person, an office or a program is called."""
    low = word.lower()
    known = lexicon.codes.get(low, "")
    if low in TITLES or low in RELATIONS or len(word) < 2 or (low in NEVER and not is_first_name(known, "345")):
        return False  # "will" is one all the same
    if not known and word.isupper() and _VOWEL.search(low) is None:
        return False  # "CSR"
    return lexicon.describe(word)[1][0] in "Nnroapf" or is_first_name(known)


def _last_first(match: re.Match[str], lexicon: Lexicon) -> Found:
    """Yield "LUNDQUIST,BRITTA M": capitals, a comma without blank, and a field's border on both sides."""
    words = re.findall(r"[^\W\d_]+", match[0])
    kinds = [lexicon.describe(word.lower())[1] for word in words if len(word) > 1]
    if all(kind not in ("c1", "c2", "d", "b", "y") for kind in kinds):
        yield *match.span(), 0.85


def plausible(value: str, lexicon: Lexicon) -> bool:
    """Return whether a value in a name's place can be a name: not only ordinary words, no organisation."""
    words = re.findall(r"[^\W\d_]+", value)
    if not words or len(words) > 7 or _ORGANISATION.search(value) or _SENTENCE.search(value):
        return False
    kinds = [lexicon.describe(w)[1] for w in words if len(w) > 1]
    if not kinds:
        return False
    return any(k not in ("c1", "c2", "c3", "d", "b", "y", "seen") for k in kinds) and not any(k == "d" for k in kinds)


def _is_sure_key(key: str) -> bool:
    """Return whether a key leaves no doubt, so that even an ordinary word under it is a name ("family": "Long")."""
    return _SURE_KEY.fullmatch(plain_key(key)) is not None


def _value(text: str, start: int, end: int, lexicon: Lexicon, score: float, *, sure: bool = False) -> Found:
    """Yield the name that fills ``text[start:end]``, without title and degree.

    Args:
        text: The plain form.
        start: Where the value begins.
        end: Where it ends.
        lexicon: Public facts.
        score: Score of the finding.
        sure: Whether a capitalised ordinary word is a name here, too.
    """
    title = _TITLE.match(text, start, end)
    if title:
        start = title.end()
    while start < end and not text[start].isalnum():
        start += 1
    match = _VALUE.match(text, start, end)
    if not match:
        return
    stop = match.end()
    while tail := _TAIL.search(text, start, stop):
        stop = tail.start()
    while stop > start and not text[stop - 1].isalnum():
        stop -= 1
    if stop > start and _is_name(text[start:stop], lexicon, sure=sure):
        yield start, stop, score


#: Types of a field, as schemas and signatures give them: "name: str".
_TYPES: Final = frozenset("str string int integer bool boolean float number varchar text any object".split())


def _is_name(value: str, lexicon: Lexicon, *, sure: bool) -> bool:
    if value in _TYPES:
        return False
    named = sure and value[:1].isupper() and value.lower() not in _EMPTY and not _ORGANISATION.search(value)
    return named or plausible(value, lexicon)


def _hl7(text: str, lexicon: Lexicon) -> Found:
    for line in _HL7_LINE.finditer(text):
        wanted = _HL7_FIELDS[line[1]]
        at = line.start()
        for number, field in enumerate(line.group().split("|")):
            if number in wanted and (line[1] != "IN1" or "^" in field):
                yield from _person(field, at)
            at += len(field) + 1
    for match in _HL7_LOOSE.finditer(text):
        if plausible(match[1], lexicon) and plausible(match[2], lexicon):
            for group in (1, 2, 3):
                if match[group]:
                    yield *match.span(group), 0.85


#: Family, given and middle name or initial, and suffix ("JR"), in this order.
_NAME_PARTS: Final = 4


def _person(field: str, at: int) -> Found:
    """Yield the parts of the name in an XPN or XCN field (XCN puts an id number first)."""
    for repetition in field.split("~"):
        here, seen = at, 0
        for component in repetition.split("^"):
            if seen or component[:1].isalpha():
                seen += 1
                if seen <= _NAME_PARTS and component and not any(c.isdigit() for c in component):
                    yield here, here + len(component), 0.97
            here += len(component) + 1
        at += len(repetition) + 1


def _has_query(segment: Segment) -> bool:
    """Return whether a person's column may be compared with something quoted."""
    low = segment.reading.low
    quoted = "'" in low or '"' in low
    return quoted and any(column in low for column in _COLUMNS) and _PUT.search(low) is not None


def _queries(text: str, lexicon: Lexicon) -> Found:
    """Yield what a query or a program compares a person's column with, or puts into it."""
    for match in _COMPARED.finditer(text):
        for literal in _LITERAL.finditer(text, *match.span("one" if match["one"] else "list")):
            yield from _under_column(
                text, *literal.span(), match["column"], lexicon, described=match["described"] is not None
            )
    for match in _INSERTED.finditer(text):
        columns = [column.strip(" \t\r\n\"'`[]") for column in match["columns"].split(",")]
        at = match.end()
        while row := _ROW.match(text, at):
            for column, cell in zip(columns, _CELL.finditer(text, *row.span("cells")), strict=False):
                put = _LITERAL.search(text, *cell.span())
                if put is not None:
                    yield from _under_column(text, *put.span(), column, lexicon)
            at = row.end()


def _under_column(text: str, start: int, end: int, column: str, lexicon: Lexicon, *, described: bool = False) -> Found:
    """Yield a quoted literal without quotes and wildcards, if its column names a person; "O''Brien" is one name.

    Queries are often in lower case; a column that is described (``{'last_name': 'text'}``) has ordinary words there.
    """
    if not NAME_KEY.fullmatch(plain_key(column)):
        return
    value = text[start:end]
    start += len(value) - len(value.lstrip(_WILD))
    end = max(start, end - len(value) + len(value.rstrip(_WILD)))
    name = text[start:end].replace("''", "'")
    if end - start > 1 and _is_name(name if described else name.title(), lexicon, sure=_is_sure_key(column)):
        yield start, end, 0.95


def _vcard(segment: Segment, lexicon: Lexicon) -> Found:
    """Yield family, given and further names of a vCard, each by itself; full names, nicknames, relatives."""
    reading = segment.reading
    for line in vcard_lines(segment.text):
        if line.name == "N":
            for part in line.parts[:3]:
                start, end = reading.plain(*part)
                # A middle initial alone identifies nobody.
                if sum(map(str.isalpha, reading.text[start:end])) > 1:
                    yield start, end, 0.97
        elif line.name in _CARD_NAMES:
            for part in line.parts:
                start, end = reading.plain(*part)
                for one in (_LISTED if line.name == "NICKNAME" else _ALL).finditer(reading.text, start, end):
                    yield from _value(reading.text, *one.span(), lexicon, 0.95, sure=True)


def _json(text: str, lexicon: Lexicon) -> Found:
    for match in _JSON_PAIR.finditer(text):
        if NAME_KEY.fullmatch(plain_key(match[1])):
            sure = _is_sure_key(match[1])
            if match[2]:
                yield from _value(text, *match.span(2), lexicon, 0.95, sure=sure)
            else:
                for item in re.finditer(r"[^\"\\,\s][^\"\\,]*", match[3]):
                    if len(item.group()) > 1:
                        yield from _value(
                            text, match.start(3) + item.start(), match.start(3) + item.end(), lexicon, 0.95, sure=sure
                        )


#: What no name goes beyond; a nickname in quotes stands inside one.
_LABEL_END: Final = re.compile(
    r"\n|  |\t|[|;()<\[{&]|(?<!\w)\"(?!\w{2,20}\" )|(?<=\w)\"(?! \w)|\d| - |: |, ?(?:MD|DO|RN|NP|PA|dob|born|age)\b",
    re.IGNORECASE,
)


def _labels(text: str, lexicon: Lexicon) -> Found:
    for match in _LABEL.finditer(text):
        label = match[1].strip().replace("_", " ")
        if not label or not _STRONG.fullmatch(label):
            continue
        start = match.end()
        end = min(len(text), start + 60)
        cut = _LABEL_END.search(text, start, end)
        if cut:
            end = cut.start()
            if cut.group() == ": ":  # the last word is the next label
                end = max(text.rfind(" ", start, end), text.rfind(",", start, end), start)
        yield from _value(text, start, end, lexicon, 0.9)


def _table(text: str, lexicon: Lexicon) -> Found:
    """Yield the cells under a name's column head."""
    heads: list[int] | None = None
    mark, width, at = ",", 0, 0
    for line in text.split("\n"):
        if heads:
            cells = line.split(mark)
            if len(cells) == width:
                here = at
                for i, cell in enumerate(cells):
                    if i in heads:
                        yield from _value(text, here, here + len(cell), lexicon, 0.9)
                    here += len(cell) + 1
            else:
                heads = None
        if not heads:
            for mark in (";", ",", "|", "\t"):
                cells = line.split(mark)
                if 2 <= len(cells) <= 60 and all(len(c) < 40 for c in cells):
                    heads = [i for i, c in enumerate(cells) if _HEADER.search(c.strip()) and not _NO_HEADER.search(c)]
                    width = len(cells)
                    if heads:
                        break
        at += len(line) + 1
