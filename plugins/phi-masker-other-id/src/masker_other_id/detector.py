"""Every other identifying number or code: what is announced as one, and what no other detector has a name for.

Three sources. Announced runs: confirmation, order, claim, prescription, employee numbers. User names and codes
without digits, behind their label only. And the leftovers: long or mixed runs that are no dose, vital sign, lab
value, price, date, version or medical code. The leftovers carry a low score, so that any detector that knows better
takes the same characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from masker_tagger import shared_tagger

from masker import Run, RunDetector, Segment, asks_for, runs, said

__all__ = ["claim", "leftover", "make_detector", "shapes"]

#: ICD-10-CM, HCPCS level II, LOINC, CPT category II/III, DSM axis codes, NUCC taxonomy: public, and nobody's number.
_MEDICAL: Final = re.compile(
    r"[A-TV-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?|[A-V]\d{4}|\d{1,5}-\d|\d{4}[FTU]|\d{4,5}-\d{3,4}-\d{1,2}"
    r"|NCT\d{8}|RS\d{3,}|\d{3}[A-Z\d]{6}X|\d{5}-(?:[RL]T|TC|25|26|50|59|95)"
)
#: "A c slash three oh two".
_SLASHED: Final = re.compile(r"[A-Za-z]{2,4}/\d{3,8}(?:/\d{1,8})*(?:/[A-Za-z]{2,3})?|[A-Z]{2,5}(?:/[A-Z\d]{2,8}){1,4}")
#: "G1R1B0A0S1", "pT2N0M0": letters with a grade each; a score; "5266dupC", "JAK2 V617F": a variant of a gene.
_GRADED: Final = re.compile(
    r"(?:[A-Z]\d){4,}|[A-Z]{2,5}\d? [A-Z]\d{2,4}[A-Z]|\d+(?:_\d+)?(?:dup|del|ins)[ACGT]*|\d+[ACGT]>[ACGT]"
    r"|00\d{4}X\d{3}[A-Z]\d|CHA2?DS2-?VAS[cC](?: \d)?"
    r"|[acpry]{0,2}T[0-4][a-d]?N[0-3][a-c]?M[01X][a-c]?"
)
#: What bills speak of most (CPT, office visits): "what does 99214 mean".
_VISIT_CODE: Final = re.compile(r"99[2-4]\d\d")
_COUNTING: Final = "0123456789012345678909876543210"
_UUID: Final = re.compile(r"(?<![\w-])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![\w-])", re.IGNORECASE)
_UUID_HYPHENS: Final = 4
#: "0730 1130 1630 2100": hours of a day.
_CLOCKS: Final = re.compile(
    r"(?:[01]\d|2[0-3])[0-5]\d(?:[ -](?:[01]\d|2[0-3])[0-5]\d){1,7}"
    r"|[01]?\d:[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?|2[0-3]:[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?"
)
_YEARS: Final = re.compile(r"(?:(?:19|20)[ ]?\d\d[ ]?)+")

#: A user name, as written or as said ("peggy underscore wright eighty" reads ``peggy_wright 80``).
_NAME = r"@?[^\W_][\w.-]{2,40}(?<![.-])(?: dot [^\W_]{2,30})?(?: \d{1,6}(?![^\W_]))*"
_USER: Final = re.compile(
    r"\b(?:user ?name|user ?id|log ?in(?: id| name)?|screen ?name|user|portal (?:id|name)|handle|(?:logged|signed"
    r"|log|sign) ?in as|my ?chart)\b[\"']?[ :=]{1,3}"
    r"(?:(?:is|was|as|name|id|for|the|on|app|site|portal|it's|called|uh|um|er)\b[:=]? ?){0,5}[\"']?"
    rf"(?P<value>{_NAME})",
    re.IGNORECASE,
)
#: The same with what is said of it between, if the name has digits behind letters: "my username used to be tokafor9".
_TOLD_USER: Final = re.compile(
    r"\b(?:user ?name|user ?id|screen ?name)\b(?:,? [(]?(?!and\b|or\b|but\b)[a-z']{1,12}[)]?){1,6}?[,:]? "
    r"(?<!\bon )(?<!\bfor )(?<!\bin )(?<!\bfrom )(?P<value>[a-z][a-z._-]{2,24}\d{1,6}[\w.-]{0,8}(?<![.-]))(?![\w@])",
    re.IGNORECASE,
)
#: The same in several words, to the end of what is said: "my username is big al sixty four and i forgot ...".
_SAID_USER: Final = re.compile(
    r"\b(?:user ?name|screen ?name|log ?in(?: name)?|handle)(?: on \w+ \w+| for \w+ \w+)?(?:'s| is| was|:) (?:uh |um "
    r"|like )?"
    r"(?P<value>[^\W_][\w.-]{0,24}(?: (?!(?:and|but|so|or|i|it|that|is|was|with|for|because|can|could|please|thanks)\b)"
    r"[\w.-]{1,24}){0,4})",
    re.IGNORECASE,
)
#: An initial and a name: "my login is z lemieux", or the answer to "your user name?".
_INITIALED: Final = r"(?P<value>[b-hj-z] [^\W\d_]{3,20}(?: \d{1,6})?)(?![\w'])"
_INITIALED_USER: Final = re.compile(
    rf"\b(?:user ?name|user ?id|log ?in|screen ?name|handle)(?: id| name)?(?:'s| is| was|:) (?:uh |um )?{_INITIALED}",
    re.IGNORECASE,
)
_INITIALED_ANSWER: Final = re.compile(rf"(?:(?:uh|um|it's|its|yeah|yes|sure|okay) )*{_INITIALED}", re.IGNORECASE)
#: A name on a social network: "telegram @jrowe_77".
_SOCIAL: Final = re.compile(r"(?<![\w.@/])@(?=[A-Za-z.]*[\d_])[A-Za-z][\w.]{2,30}(?<!\.)(?![\w@-])")
#: Behind a decorator its arguments, and the definition it decorates: "@cached_property" and "def url(self):".
_DECORATES: Final = re.compile(
    r"[\w.]{0,80}(?:\([^\n]{0,200})?[ \t]*\n[ \t]*(?:@|(?:async|def|class|public|private|protected|export|fun) )"
)
#: What opens a door: "the gate code is four four star nine" reads ``44 star 9``.
_DOOR: Final = re.compile(
    r"\b(?:gate|door|entry|alarm|access|garage|key ?pad|lock ?box|buzzer|building|elevator|call box)(?: code"
    r"| number| pin)?"
    r"(?:'s| is| was|:)? (?:like |uh |um )?(?P<value>(?:[*#]|star |pound |hash )?\d[\d ]{0,9}(?: ?(?:[*#]|star"
    r"|pound|hash)(?: ?\d[\d ]{0,9})?)*"
    r"(?<! ))(?!\w| ?(?:street|avenue|minutes|days|floors?)\b|[-/:.]\d)",
    re.IGNORECASE,
)
#: Booking codes of capital letters alone, behind their label.
_LETTERS: Final = re.compile(
    r"\b(?:confirmation|conf|booking|reservation|locator|reference|ref|pick-?up|confirmation"
    r" code|booking code|case code)\b"
    r"(?:[ :#\"'=.]|\b(?:code|number|no|id|is|was|locator)\b){1,12}(?-i:(?P<value>[A-Z]{5,8}))(?![^\W_])",
    re.IGNORECASE,
)
#: Passwords and passcodes may be anything that is one word.
_SECRET: Final = re.compile(
    r"\b(?:password|passcode|passphrase|secret word)\b[\"']?(?: is | was |: ?|=|\": ?\")(?:uh"
    r" |um )?[\"']?(?P<value>[^\s\"',;]{4,40}(?<![.?!]))",
    re.IGNORECASE,
)
#: Who did it, in logs and tickets: "actor: j.figueiredo", "opened 2 Mar by sarita_k", "09:04 jpetrov created".
_DOER: Final = re.compile(
    r"(?:\b(?:actor|author|owner|operator|assignee|assigned to|last_?login|modified_?by|created_?by"
    r"|changed_?by|ack'?d by"
    r"|(?:opened|closed|signed|viewed|updated|edited|entered|printed|created|reply|message|msg)(?: [\w:./-]{1,12}){0,2}"
    r" (?:by|from)|by|from)(?![^\W_])[\"']?[:=]? ?[\"']?|(?<!\d)\d\d:\d\d(?::\d\d)? )"
    r"(?P<value>[a-z][\w.]{2,30}(?<![.]))"
    r"(?P<verb> (?:created|viewed|edited|updated|deleted|opened|closed|signed|printed|exported|login|logout"
    r"|added|changed"
    r"|accessed|flag|address|allergy|phone|NOK))?"
)
_HANDLE: Final = re.compile(r"[a-z]+(?:[._][a-z]+)+\d{0,4}|[a-z]{3,}_?\d{1,4}|[a-z]+(?:_[a-z\d]+)+")
_PARTS: Final = re.compile(r"[._-]")
#: Codes of the lexicon: a name, and one that is not rare.
_NAMED: Final = re.compile("[fl]")
_OFTEN_NAMED: Final = re.compile("[fl][345]")
#: Files of programs.
_SOURCE: Final = re.compile(
    r"(?P<stem>[A-Za-z]+(?:[._-][A-Za-z]+){0,4})\.(?:py|[cm]?[jt]sx?|rb|go|rs|java|kt|swift|[ch]|cc|cpp|hpp|cs|php|pl"
    r"|lua|exs?|scala|sh|sql|ya?ml|toml|ini|xml|css|md|cfg|conf|lock)"
)
#: So few letters of a file's name are nobody's unless they are a name.
_SHORT_STEM: Final = 3
_FILES: Final = re.compile(
    r".*\.(?:com|org|net|edu|gov|uk|py|exe|txt|pdf|csv|json|xml|jpe?g|png|log|docx?"
    r"|xlsx?|example)"
)
_NAMELIKE: Final = re.compile(r"[^\d._-]*(?:\d|[._-][^\W_]).*|[a-z]+[A-Z].*")
_PUBLIC: Final = re.compile(
    r"(?:ISO|RFC|IEC|UTF|AES|SHA|RTX|GTX|COVID|USB|MP|PHQ|GAD|IEEE|NCT|RS|CVE)-?\d+|G\d+P\d+"
    r"|\d+X\d+(?:X\d+)?(?:P|CM|MM)?"
)


#: Versions of standards and of languages, also several: "http2", "ISO-8859-15", "int32 x509"; weaknesses, errors and
#: ports.
_STANDARDS: Final = re.compile(
    r"(?:(?:\A| )(?:iso|iec|utf|ucs|rfc|https?|sha|md|u?int|float|x|oauth|ipv|base|python|windows|cp|latin|ecma|css"
    r"|html|aes|tlsv?)[-_/ ]?\d{1,5}(?:[-.]\d{1,3}){0,2}(?= |\Z))+"
    r"|(?:(?:\A|,? )CVE-\d{4}-\d{4,7})+|ORA-\d{5}|EXPOSE \d{2,5}",
    re.IGNORECASE,
)
#: A style sheet's colour and what it is the colour of: "background-color: #f8f8f2".
_COLOUR: Final = re.compile(r"[0-9A-Fa-f]{3,8}")
_COLOURED: Final = re.compile(
    r"(?:colou?r|background|fill|stroke|border|shadow|accent)[\w-]{0,20}[\"']?\s{0,2}[:=]\s{0,2}[\"']?#\Z",
    re.IGNORECASE,
)


def _is_series(digits: str) -> bool:
    """Return whether digits only count up or down, or repeat one digit."""
    return digits in _COUNTING or len(set(digits)) == 1


def _counts(text: str) -> bool:
    """Return whether groups go up or down by the same step: serial sevens, a dose that is tapered."""
    groups = re.findall(r"\d{1,4}", text)
    steps = {int(after) - int(before) for before, after in pairwise(groups)}
    return len(groups) > 2 and len(steps) == 1 and 0 not in steps


#: Two groups of digits: "0081-77", "551-20", "61-0041".
_DASHED: Final = re.compile(r"\d{2,6}-\d{2,6}")


def _is_no_range(text: str) -> bool:
    """Return whether two groups of digits are no range, no score, no blood pressure and no hours."""
    first, second = text.split("-")
    if len(first + second) < 5 or _CLOCKS.fullmatch(text) or _YEARS.fullmatch(first):
        return False
    if first[0] == "0" or (second[0] == "0" and len(second) > 2):
        return True
    if len(first) == 3 and len(second) in (2, 3) and 70 <= int(first) <= 250:
        return False
    return int(first) > int(second) or len(second) - len(first) > 1


def leftover(run: Run) -> float:
    """Return the score of a run that nothing announces: how surely it identifies something or someone."""
    if run.inside or (run.measured and run.digits < 9) or run.dated or _is_series(run.code):
        return 0.0
    if "/" in run.text:
        return 0.58 if run.digits >= 3 and _SLASHED.fullmatch(run.text) else 0.0
    if _CLOCKS.fullmatch(run.text):
        return 0.0
    begun = run.part and run.bare  # "it starts with h zero double one nine"
    if (_MEDICAL.fullmatch(run.text.upper()) and not begun) or _YEARS.fullmatch(run.text):
        return 0.0
    if run.letters:
        if _GRADED.fullmatch(run.text):
            return 0.0
        if run.text.count(".") or len(run.code) > 64 or _PUBLIC.fullmatch(run.code) or _STANDARDS.fullmatch(run.text):
            return 0.0
        if run.digits == 0:
            # code words alone ("foxtrot golf mike november"): nobody says four of them for fun
            return 0.55 if run.bare and run.text.count(" ") >= 3 else 0.0
        mixed = run.digits >= 5 or (run.digits >= 4 and run.letters >= 2 and len(run.code) >= 7)
        if re.fullmatch(r"[A-Z]-\d{4,5}", run.text):
            return 0.58  # "kindred K-0412": a letter before digits that no vocabulary writes with a hyphen
        alone = run.bare and run.spoken and run.digits >= 2 and run.letters >= 2
        if run.bare and run.signed and run.digits and run.letters > 1 and len(run.code) >= 4:
            return 0.57  # "s w e six a a", and nothing else
        mixed_signs = run.digits >= 4 or (run.digits >= 3 and run.letters >= 2)
        if run.signed and mixed_signs and len(run.code) <= 16 and " " not in run.text:
            return 0.57  # "give them this number m g six six one five": nobody counts like this
        return 0.6 if (mixed or alone) and len(run.code) >= 6 else 0.0
    if run.text.count(".") or ":" in run.text:
        return 0.0
    longest = max(map(len, re.split(r"[^0-9]+", run.text)))
    if run.signed and " " not in run.text and not _VISIT_CODE.fullmatch(run.text):
        zero = "0" in run.text or len(set(run.text)) < len(run.text)
        if run.digits >= 5 or (run.digits == 4 and zero):
            return 0.56
    if run.spoken:
        if _counts(run.text):
            return 0.0
        paired = run.digits >= 8 and run.text.count(" ") > 2 and run.kind is None  # "two twenty six ninety thirty ..."
        return 0.58 if longest >= 7 or (run.digits >= 9 and longest >= 3) else 0.56 if paired else 0.0
    if _DASHED.fullmatch(run.text) and _is_no_range(run.text):
        return 0.57
    if "-" in run.text or " " in run.text:
        return 0.58 if run.digits >= 7 and (longest >= 3 or run.digits >= 8) else 0.0
    if run.digits >= 7 and not run.text.endswith("000"):
        return 0.6
    return 0.55 if run.digits == 6 and not run.text.endswith("00") and run.kind is None else 0.0


#: Pregnancies and births.
_PREGNANCIES: Final = re.compile(r"G\d{1,2}P\d{1,2}(?:\+\d|A\d)?", re.IGNORECASE)
#: What tools that drive a browser call the parts of a page: "[ref=e12]".
_NODE: Final = re.compile(r"(?:f\d{1,3})?[es]\d{1,6}")
#: Codes of things that elsewhere are numbered like rooms: "box TLM-0417", "pendant alarm (unit TS-4410-882)".
_STORED: Final = re.compile(r"\b(?:box|unit) \Z", re.IGNORECASE)


def claim(run: Run, segment: Segment) -> tuple[str, float] | None:
    """Return kind and score for a run that identifies something otherwise unnamed, else ``None``."""
    text = segment.reading.text
    if run.text.count(".") > 2 and not run.letters:
        return None  # an object identifier: "urn:oid:2.16.840.1.113883.4.1"
    if _COLOURED.search(text, max(0, run.start - 40), run.start) and _COLOUR.fullmatch(run.text):
        return None
    if text.endswith("[ref=", 0, run.start) and _NODE.fullmatch(run.text):
        return None
    if _PREGNANCIES.fullmatch(run.text):
        return None  # "antenatal booking: G2P1"
    if said(run, "OTHER_ID"):
        return "OTHER_ID", 0.92
    if run.kind == "NUMBER" and said(run, "NUMBER"):
        coded = run.how != "question" and _MEDICAL.fullmatch(run.text.upper()) is not None  # "code": "4548-4"
        if run.how in ("question", "key", "field") and len(run.code) >= 3 and not coded:
            return "OTHER_ID", 0.7
        if (
            not run.dated
            and not _MEDICAL.fullmatch(run.text.upper())
            and "." not in run.text
            and (run.digits >= 4 or (run.letters and run.digits >= 2 and len(run.code) >= 5))
        ):
            return "OTHER_ID", 0.65
        return None
    if run.kind == "PLAIN" and run.spoken and run.signed and 14 <= run.digits <= 16:
        return "OTHER_ID", 0.6  # "the imei of the tablet is ...": no dose has so many digits
    if run.kind == "PLAIN" and (run.near or run.digits < 7):
        stored = run.letters > 1 and run.digits > 3 and _STORED.search(text, max(0, run.start - 6), run.start)
        return ("OTHER_ID", 0.6) if stored and not (run.measured or run.dated) else None
    if run.announced or run.code in _SERVICES:
        return None
    if _goes_on(run, segment):
        return "OTHER_ID", 0.56
    score = leftover(run)
    return ("OTHER_ID", score) if score else None


#: What the asking side says between two pieces of a number.
_BACK_CHANNEL: Final = frozenset(
    "ok okay yes yeah yep uh huh mhm mm hmm right got it go on ahead and then next i'm with you there sure alright"
    " continue keep going perfect great good".split()
)


def _goes_on(run: Run, segment: Segment) -> bool:
    """Return whether a turn is nothing but digits, and the other side only urged to go on: a piece of a number."""
    before = (*((segment.question,) if segment.question is not None else ()), *segment.since)
    if not (run.bare and run.spoken and run.digits > 1 and " " in segment.text.strip() and before):
        return False
    last = before[-1]
    if last.role == segment.role or len(last.text) > 40 or "PLAIN" in asks_for(segment) or run.measured or run.dated:
        return False
    return _BACK_CHANNEL.issuperset(re.findall(r"[a-z']+", last.text.lower()))


_ANSWER: Final = re.compile(rf"(?<![^\s]){_NAME}(?=[,.]?(?:\s|\Z))")
_HAS_LETTERS: Final = re.compile(r"(?<![^\W_])[A-Z]{5,8}(?![^\W_])")
#: What may follow "password is" without being one.
_WORDS: Final = frozenset(
    "same not wrong incorrect correct invalid expired right locked blocked reset being required"
    " the that what my your still also too already case sensitive from with by to at of or"
    " via out into again page button screen credentials issue issues problem error help session"
    " str string bool boolean int integer number none null undefined true false optional object array text varchar"
    " attempt attempts details info and for gone lost changed on a in it is was have has".split()
)


_LABELS: Final = ("user", "login", "log in", "logged", "sign", "chart", "screen", "handle", "portal")
_DOORS: Final = frozenset("gate door entry alarm access garage keypad pad lockbox box buzzer building elevator".split())
_DOER_WORDS: Final = frozenset("actor author owner operator assignee by from login last".split())
_LETTER_LABELS: Final = frozenset(
    "confirmation conf booking reservation locator reference ref pick pickup case".split()
)
#: JSON keys whose value is a user name where it looks like one ("agent": "valentina.lindqvist").
_DOER_KEYS: Final = frozenset(
    "user agent actor by operator author owner assignee createdby updatedby modifiedby caller requester sender".split()
)
#: JSON keys whose whole value is a user name or a secret.
_KEYS: Final = frozenset("username login userid screenname handle password passcode uid".split())
#: JSON keys whose whole value may be a code of capital letters ("confirmation": "PLBTTW").
_CODE_KEYS: Final = frozenset(
    "confirmation confirmationcode confirmationnumber booking bookingref bookingcode reservation locator"
    " recordlocator pnr reference referencecode pickupcode".split()
)
_CAPITALS: Final = re.compile("[A-Z]{5,8}")


def shapes(segment: Segment) -> Iterator[tuple[int, int, str, float]]:
    """Yield user names, passwords, letter codes and UUIDs, in offsets of the reading, and what the model adds."""
    found = list(_by_shape(segment))
    yield from found
    for item in _by_model(segment):
        if not any(start < item[1] and item[0] < end for start, end, *_ in found):
            yield item


def _by_shape(segment: Segment) -> Iterator[tuple[int, int, str, float]]:
    text = segment.reading.text
    low = segment.reading.low
    if any(map(low.__contains__, _LABELS)):
        yield from _user_names(text)
        yield from _said_user_names(text)
        for match in _TOLD_USER.finditer(text):
            if not _harmless(match["value"]):
                yield (*match.span("value"), "OTHER_ID", 0.8)
        for match in _INITIALED_USER.finditer(text):
            if _is_no_word(match["value"]):
                yield (*match.span("value"), "OTHER_ID", 0.8)
    for match in _SOCIAL.finditer(segment.text) if "@" in segment.text else ():
        if _DECORATES.match(segment.text, match.end()):
            continue
        yield (*segment.reading.plain(*match.span()), "OTHER_ID", 0.7)
    if not _DOER_WORDS.isdisjoint(segment.reading.words) or ":" in text:
        for match in _DOER.finditer(text):
            value, label = match["value"], match[0][: match.start("value") - match.start()]
            named = label.rstrip("\"' ").endswith(("=", ":", "'d by")) and not label[0].isdigit()
            clear = (
                _HANDLE.fullmatch(value)
                and not _FILES.fullmatch(value)
                and not (
                    label.strip() in ("by", "from") and _is_thing(value)  # "from list_slots import ..."
                )
            )
            if (
                clear
                or (match["verb"] and label[:1].isdigit())
                or (named and value.isalpha() and value.islower() and len(value) > 4)
            ):
                yield (*match.span("value"), "OTHER_ID", 0.75)
    if not _DOORS.isdisjoint(segment.reading.words):
        for match in _DOOR.finditer(text):
            if sum(map(str.isdigit, match["value"])) > 2 and ("code" in match[0].lower() or len(match["value"]) > 3):
                yield (*match.span("value"), "OTHER_ID", 0.8)
    if "pass" in low or "secret" in low:
        for match in _SECRET.finditer(text):
            if match["value"].lower().rstrip(")]}") not in _WORDS:
                yield (*match.span("value"), "OTHER_ID", 0.75)
    if not _LETTER_LABELS.isdisjoint(segment.reading.words) and _HAS_LETTERS.search(text):
        for match in _LETTERS.finditer(text):
            yield (*match.span("value"), "OTHER_ID", 0.85)
    for piece in segment.reading.pieces:
        if piece.kind == "symbol" and piece.text == "_":
            yield (*_token_around(text, *segment.reading.plain(piece.start, piece.end)), "OTHER_ID", 0.56)
    if text.count("-") >= _UUID_HYPHENS:
        for match in _UUID.finditer(text):
            yield (*match.span(), "OTHER_ID", 0.9)
    one_word = 3 <= len(text) <= 64 and not any(map(str.isspace, text))
    if one_word and segment.key is not None:
        key = re.sub(r"[_\W]", "", segment.key.rsplit(".", 1)[-1]).lower()
        handle = (key in _DOER_KEYS or key.endswith("edby")) and _HANDLE.fullmatch(text) and not _FILES.fullmatch(text)
        if handle or key in _KEYS or (key in _CODE_KEYS and _CAPITALS.fullmatch(text)):
            yield 0, len(text), "OTHER_ID", 0.85
    if segment.question is not None and "user" in segment.question.text.lower() and "OTHER_ID" in asks_for(segment):
        initialed = _INITIALED_ANSWER.match(text)
        if initialed is not None and _is_no_word(initialed["value"]):
            yield (*initialed.span("value"), "OTHER_ID", 0.75)
        for match in _ANSWER.finditer(text):
            if (_NAMELIKE.fullmatch(match[0]) or " dot " in match[0]) and match[0].split(" ")[0].lower() not in _WORDS:
                yield (*match.span(), "OTHER_ID", 0.75)


def _is_thing(value: str) -> bool:
    """Return whether a name is made of words that nobody is called by, as programs name things ("list_slots")."""
    return all(map(_is_common, _PARTS.split(value)))


def _is_common(part: str) -> bool:
    if not part:
        return False
    lexicon = shared_tagger().lexicon
    kind, codes = lexicon.describe(part)[1], lexicon.codes.get(part.lower(), "")
    frequent = kind in ("c1", "c2") and not _OFTEN_NAMED.search(codes)
    return frequent or (kind in ("c3", "c4") and not _NAMED.search(codes))


def _is_no_word(value: str) -> bool:
    """Return whether what stands behind an initial is no ordinary word ("plan b locked me out")."""
    return shared_tagger().lexicon.describe(value.split(" ")[1])[1][0] != "c"


_WORD_LEFT: Final = re.compile(r"[\w.-]{1,40}\Z")
_WORD_RIGHT: Final = re.compile(r"[\w-]{0,40}")


def _token_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the word around an underscore that was said aloud, which nobody does but in an identifier."""
    left = _WORD_LEFT.search(text, max(0, start - 40), start)
    right = _WORD_RIGHT.match(text, end)
    return (left.start() if left else start), (right.end() if right else end)


#: From which probability on a word is part of an identifier, and the probability that a word beside it needs.
_SURE: Final = 0.6
_BESIDE: Final = 0.3
#: From which probability on it needs no more signs than three.
_CERTAIN: Final = 0.97


#: In what a program or a clinician wrote, fewer signs than this are a value of the text, not somebody's number.
_WRITTEN_SIGNS: Final = 5
#: What stands before the code with which a program ended or answered, and how many digits that has.
_CODE_BEFORE: Final = re.compile(
    r"\b(?:exit|status|errno|return|response)(?: code| status)?[ :=]{1,2}\Z", re.IGNORECASE
)
_STATUS: Final = 3
#: How far a time zone is from Greenwich: "TZOFFSETFROM:-0400".
_OFFSET: Final = re.compile(r"[01]\d[0-5]\d")
_FROM_UTC: Final = re.compile(r"(?:TZOFFSET(?:FROM|TO):|UTC ?|GMT ?)[+-]\Z")
#: Letters right before digits: "rfc2833".
_GLUED: Final = re.compile(r"(?<![^\W_])[A-Za-z]+[-_/]?\Z")
#: A number that counts rather than identifies, where nobody asked for one: "voided 300"; and with all that is said
#: beside it: "MELD 22", "then 40" being as often the next piece of a number.
_COUNT: Final = re.compile(r"(?!0)\d{1,3}")
#: Fewer blanks part nothing else from a piece of a number ("then 97").
_COUNTING_WORDS: Final = 2
_COUNTED: Final = re.compile(r"(?!then )[^\W\d_]{3,}(?:[ -][^\W\d_]+){0,2} (?!0)\d{1,3}", re.IGNORECASE)
_DECIMAL: Final = re.compile(r"\d\.\d|\d/\d|\d:\d\d|\d[%\u00b0]")


def _by_model(segment: Segment) -> Iterator[tuple[int, int, str, float]]:
    """Yield what the model takes for an identifier, but for what is announced as a kind of its own or measures."""
    text = segment.reading.text
    known: list[tuple[int, int]] | None = None
    talk = segment.role in ("user", "assistant")
    for tagged in shared_tagger().read(segment):
        for first, last, chance in tagged.runs(tagged.codes, _SURE, _BESIDE):
            start, end = tagged.words[first].start, tagged.words[last - 1].end
            value = text[start:end]
            if _CODE_BEFORE.search(text, max(0, start - 16), start) and len(value) <= _STATUS:
                continue
            if _OFFSET.fullmatch(value) and _FROM_UTC.search(text, max(0, start - 16), start):
                continue
            signs = sum(map(str.isalnum, value))
            least = 2 if value.isalpha() else 1
            if talk and not asks_for(segment) and _is_count(segment, start, end):
                continue
            if not talk:
                least = _WRITTEN_SIGNS if chance < _CERTAIN else 3
            ranged = _DASHED.fullmatch(value) is not None and not _is_no_range(value)
            named = not talk and "_" in value and _is_thing(value)
            glued = _GLUED.search(text, max(0, start - 12), start)
            if signs < least or ranged or named or _harmless((glued[0] if glued else "") + value):
                continue
            if known is None:
                known = [(run.start, run.end) for run in runs(segment) if _is_known(run)]
            if not any(left < end and start < right for left, right in known):
                yield start, end, "OTHER_ID", round(min(chance, 0.6), 2)


def _is_known(run: Run) -> bool:
    """Return whether a run is announced as something, or measures or dates something."""
    return run.kind not in (None, "NUMBER") or run.measured or run.dated


def _is_count(segment: Segment, start: int, end: int) -> bool:
    """Return whether a number of up to three digits, not said sign by sign, is an amount of what is told beside it."""
    text = segment.reading.text
    if _COUNTED.fullmatch(text.strip(" .,!?")):
        return True
    if _COUNT.fullmatch(text, start, end) is None or text.count(" ") < _COUNTING_WORDS:
        return False
    return not any(run.signed for run in runs(segment) if run.start < end and start < run.end)


#: Everybody's telephone numbers.
_SERVICES: Final = frozenset("911 999 112 000 111 101 119 211 311 411 511 611 711 811 988".split())


def _harmless(value: str) -> bool:
    """Return whether a value is a measurement, a time, or a code of a public vocabulary."""
    return (
        _DECIMAL.search(value) is not None
        or _CLOCKS.fullmatch(value) is not None
        or _MEDICAL.fullmatch(value.upper()) is not None
        or _GRADED.fullmatch(value) is not None
        or value in _SERVICES
        or _STANDARDS.fullmatch(value) is not None
        or _is_source(value)
    )


def _is_source(value: str) -> bool:
    """Return whether a value is the name of a program's file, and no person's ("x.py", "utils.test.ts")."""
    file = _SOURCE.fullmatch(value)
    if file is None:
        return False
    stem = file["stem"]
    short = len(stem) <= _SHORT_STEM and _NAMED.search(shared_tagger().lexicon.codes.get(stem.lower(), "")) is None
    return short or _is_thing(stem)


def _user_names(text: str) -> Iterator[tuple[int, int, str, float]]:
    for match in _USER.finditer(text):
        value = match["value"]
        if value.split(" ")[0].lower() in _WORDS:
            continue
        label = match[0].lower()
        if "=" in label[: match.start("value") - match.start()] and not _NAMELIKE.fullmatch(value):
            if len(value) > 3 and value.islower():
                yield (*match.span("value"), "OTHER_ID", 0.75)  # "user=lsteinberg" in a log
            continue
        spoken = " dot " in value or label.startswith(("username", "user name", "screen", "user id", "userid"))
        strong = spoken and " is " in label
        if strong or _NAMELIKE.fullmatch(value):
            yield (*match.span("value"), "OTHER_ID", 0.8)


def _said_user_names(text: str) -> Iterator[tuple[int, int, str, float]]:
    """Yield user names of several words, of which the first is none that people say instead of one."""
    for match in _SAID_USER.finditer(text):
        value = match["value"].split(" ")
        if len(value) > 1 and value[0].lower() not in _WORDS and not _SENTENCE.search(match["value"]):
            yield (*match.span("value"), "OTHER_ID", 0.8)


_SENTENCE: Final = re.compile(
    (
        r"\b(?:isn't|doesn't|won't|not|my|your|the|email|e-?mail|what|which|same|does|do|has|have|same|as|keeps"
        r"|saying|working)\b"
    ),
    re.IGNORECASE,
)


def make_detector() -> RunDetector:
    """Return the detector."""
    return RunDetector("other-id", ("OTHER_ID",), claim, shapes, small=False)
