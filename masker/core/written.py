"""The written form of a spoken value, where it is certain.

A tool books, mails and looks up with what it gets, and nobody hears it, so a wrong value is worse than one in words.
Each kind has a small grammar for the whole value: what was said is written only if every word has its place in it and
all that they may mean is one value, or the only one of the right length.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from masker.core.dates import spoken_date
from masker.core.number_words import NATO
from masker.core.said import NUMERIC, Said, digits_of, pairs_in, said, zeros_are_sure
from masker.core.spoken_addresses import address

__all__ = ["written_form"]


def written_form(kind: str, text: str) -> str | None:
    """Return what a spoken value is when it is written, or ``None`` where that is not certain.

    Args:
        kind: Kind of the value.
        text: The value and nothing else.
    """
    return _FORMS.get(kind, _code)(text.strip(" ,.;"))


def _only(found: Iterable[str]) -> str | None:
    """Return the one string that there is, or ``None``."""
    forms = list(found)
    return forms[0] if len(forms) == 1 and forms[0] else None


# --- Numbers and codes -----------------------------------------------------------------------------------------------

#: What people say between the groups of a number, and nobody writes.
_BETWEEN: Final = frozenset(
    "dash hyphen dot point period then and so like okay ok yeah next open close paren parenthesis bracket".split()
)
_SEPARATORS: Final = re.compile(r"[\s,.()/\u2013\u2026;-]*")
_EXTENSION: Final = frozenset({"extension", "ext", "x"})


def _digits(things: Sequence[Said]) -> list[Said] | None:
    """Return what stands for digits, or ``None`` if there is anything else than that and words between groups."""
    things = [thing._replace(kind="oh", forms=("0",)) if thing.low == "o" else thing for thing in things]
    kept = [thing for thing in things if thing.kind in NUMERIC]
    others = all(thing.kind in NUMERIC or thing.low in _BETWEEN for thing in things)
    return kept if kept and others and all(_SEPARATORS.fullmatch(thing.gap) for thing in things[1:]) else None


def _of_length(digits: Sequence[Said], *lengths: int) -> str | None:
    """Return the number that these digits are, where those of its kind have one of some lengths.

    One of another length may be a part, or "fifty three" was said for 50 and 3: then there is no telling.
    """
    forms = digits_of(digits)
    if len(forms) > 1:
        return _only(form for form in forms if len(form) in lengths)
    fits = any(len(form) in lengths for form in forms)
    most = max(map(len, forms), default=0) + pairs_in(digits)
    split = not fits and any(len(form) < length <= most for form in forms for length in lengths)
    return None if split else _only(forms)


_AMERICAN: Final = re.compile(r"1?[2-9]\d{9}")


def _subscriber(digits: Sequence[Said], *, abroad: bool) -> str | None:
    """Return a telephone number; of those of other countries the length is not known."""
    forms = digits_of(digits)
    if abroad or all(form.startswith("0") for form in forms):
        return None if pairs_in(digits) else _only(forms)
    american = [form for form in forms if _AMERICAN.fullmatch(form)]
    form = american[0] if len(american) == 1 else _of_length(digits, 10, 11)
    # "one four one three ... sixty one oh": of that length, and no number, so something else was meant
    return None if form is not None and len(form) in (10, 11) and not _AMERICAN.fullmatch(form) else form


def _phone(text: str) -> str | None:
    things = list(said(text))
    cut = next((i for i, thing in enumerate(things) if i and thing.low in _EXTENSION), len(things))
    number, extension = things[:cut], things[cut + 1 :]
    plus = bool(number) and ("+" in number[0].gap or number[0].low == "plus")
    if number and number[0].low == "plus":
        del number[0]
    if [thing.low for thing in number[:2]] == ["area", "code"]:
        del number[:2]
    digits, last = _digits(number), _digits(extension)
    if digits is None or (last is None and cut < len(things)):
        return None
    form = _subscriber(digits, abroad=plus and digits[0].forms[0][:1] != "1")
    if plus and form is not None and form.startswith("1") and len(form) != 11:
        return None
    ending = _only(digits_of(last)) if last else ""
    return None if form is None or ending is None else "+" * plus + form + (f" ext {ending}" if ending else "")


def _social(text: str) -> str | None:
    digits = _digits(said(text))
    return _of_length(digits, 9, 4) if digits else None


def _card(text: str) -> str | None:
    """Return a card's number, or its three or four digits; "seven twenty twenty six" is until when it is good."""
    digits = _digits(said(text))
    if digits is None:
        return _code(text)
    form = _of_length(digits, 15, 16)
    until = form is not None and len(form) in (5, 6) and any(thing.kind == "number" for thing in digits)
    return None if until else form


_CODE_OF_PLACE: Final = re.compile(r"(\d{5})(\d{4})?")


def _address(text: str) -> str | None:
    digits = _digits(said(text))
    if digits is None:
        return address(text)
    form = _of_length(digits, 5, 9)
    code = _CODE_OF_PLACE.fullmatch(form or "")
    return f"{code[1]}-{code[2]}" if code and code[2] else form


def _age(text: str) -> str | None:
    things = said(text)
    numbers = [thing for thing in things if thing.kind in NUMERIC]
    if not numbers or len(numbers) > 3 or any(not {thing.kind} <= NUMERIC | {"word"} for thing in things):
        return None
    if len(numbers) == 1:
        return "".join(thing.gap + (thing.text if thing.kind == "word" else thing.forms[0]) for thing in things).strip()
    return _only(digits_of(numbers)) if len(numbers) == len(things) else None


#: Signs within a code.
_CODE_SIGNS: Final = {
    "dash": "-", "hyphen": "-", "minus": "-", "slash": "/", "stroke": "/", "underscore": "_", "dot": ".",
    "period": ".", "point": ".", "colon": ":",
}  # fmt: skip
_PAUSE: Final = re.compile(r"(?:[,.;\u2013\u2026-]*\s+|-|\.{3})?")
#: Letters that a recogniser writes as one word.
_CAPITALS: Final = re.compile(r"[A-Z]{2,4}")


#: What a code is called, said letter by letter before it: "c v v seven thirty seven" is 737, or it is in the code.
_CALLED: Final = ("cvv", "cvc", "dea", "iban", "grp", "pin", "id")


def _code(text: str) -> str | None:
    things = [thing for thing in said(text) if thing.low not in ("and", "then")]
    if "".join(thing.low if thing.kind == "letter" else " " for thing in things).startswith(_CALLED):
        return None
    lone = not text.isupper()
    out: list[str] = []
    digits: list[Said] = []  # the digits that are not written yet
    for i, thing in enumerate(things):
        if i and not _PAUSE.fullmatch(thing.gap):
            return None
        if (
            i
            and thing.gap == "-"
            and not (_is_single(thing) and thing.kind == things[i - 1].kind and _is_single(things[i - 1]))
        ):
            return None  # a hyphen that was typed
        if thing.kind in NUMERIC:
            digits.append(thing)
            continue
        sign = _CODE_SIGNS.get(thing.low) if 0 < i < len(things) - 1 else None
        letters = thing.kind in ("letter", "code") or (lone and _CAPITALS.fullmatch(thing.text) is not None)
        if sign is None and not letters:
            return None
        number = _only(digits_of(digits)) if digits else ""
        if number is None:
            return None
        out += number, sign or thing.forms[0]
        digits = []
    number = _only(digits_of(digits)) if digits else ""
    return None if number is None or not _letters_are_sure(things) else "".join(out) + number


def _is_single(thing: Said) -> bool:
    return len(thing.forms[0]) == 1


def _letters_are_sure(things: Sequence[Said]) -> bool:
    """Return whether no "o" may be a zero as well: it stands beside a letter and no digit, or there are no digits."""
    if not zeros_are_sure(things):
        return False
    numeric = any(thing.kind in NUMERIC for thing in things)
    o = [thing.kind == "letter" and thing.low == "o" for thing in things]
    for i in range(len(things)):
        beside = {things[k].kind for k in (i - 1, i + 1) if 0 <= k < len(things) and not o[k]}
        if numeric and o[i] and ("letter" not in beside or not beside.isdisjoint(NUMERIC)):
            return False
    return True


# --- Names -----------------------------------------------------------------------------------------------------------


def _name(text: str) -> str | None:
    """Return a name whose last letters were spelled; what was said and then spelled is what was said."""
    things = said(text, nato=False)
    start = len(things)
    while start and things[start - 1].kind == "letter":
        start -= 1
    words, letters = things[:start], things[start:]
    if letters and [thing.low for thing in words] in (["spelled"], ["spelt"]):
        return _name("".join(thing.gap + thing.text for thing in letters).strip())
    spelled = "".join(thing.forms[0] for thing in letters)
    before = "".join(thing.gap + thing.text for thing in words)
    named = any(thing.low in _NAMED_SIGNS for thing in words)  # "o apostrophe n e i l"
    if not letters or named or any(a.kind == b.kind == "letter" for a, b in pairwise(words)):
        return None
    if words and spelled.casefold() in ("".join(thing.low for thing in words), words[-1].low):
        return before.strip(" ,.;-")
    explained = any(len(thing.text.split()) > 1 for thing in letters)
    again = any(thing.low[0] == spelled[0].casefold() for thing in words)  # the same in other letters, perhaps
    if again or (len(spelled) < 3 and not explained) or _is_parted(letters):
        return None
    return (before + letters[0].gap + spelled).strip()


#: What people call the signs of a name.
_NAMED_SIGNS: Final = frozenset("apostrophe hyphen dash space capital".split())


def _is_parted(letters: Sequence[Said]) -> bool:
    """Return whether there is a pause between two groups of letters, which may be two names."""
    starts = [0, *(i for i, thing in enumerate(letters) if i and thing.paused), len(letters)]
    long = [b - a > 1 for a, b in pairwise(starts)]
    return sum(long) > 1


# --- Addresses of mail, pages and machines ---------------------------------------------------------------------------

_MAIL_SIGNS: Final = {
    "dot": ".", "period": ".", "dash": "-", "hyphen": "-", "minus": "-", "underscore": "_", "plus": "+",
    "apostrophe": "'",
}  # fmt: skip
#: Words that tell how something is written, or what it is, and belong to no address; nor do those that sound like a
#: number or a sign.
_NO_PART: Final = frozenset(
    "the letter letters number numeral digit digits all word words lower upper case lowercase uppercase capital"
    " capitals caps and then than or not space spaces blank spelled spelling spell with without is it's its im i'm to"
    " too for as like so okay ok yeah well actually sign symbol score hash pound star asterisk percent ampersand slash"
    " backslash stroke point comma colon decimal double triple treble quadruple hundred thousand email mailbox"
    " followed before after between that that's again sorry no wait oops in at dollar equals tilde exclamation bracket"
    " hashtag minus plus dot dash hyphen underscore period apostrophe quote".split()
)
_HOST: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,6}[a-z]{2,24}", re.IGNORECASE)
_LOCAL: Final = re.compile(r"[a-z0-9]+(?:[._+'-][a-z0-9]+)*", re.IGNORECASE)
_TYPED: Final = re.compile(r"[.@_+-]")


def _mail(text: str) -> str | None:
    things = _mail_things(text)
    ats = [i for i, thing in enumerate(things) if thing.kind == "sign" and thing.forms[0] == "@"]
    if len(ats) != 1:
        return None
    local, host = _part(things[: ats[0]], host=False), _part(things[ats[0] + 1 :], host=True)
    fine = local and host and _LOCAL.fullmatch(local) and _HOST.fullmatch(host)
    return f"{local}@{host}" if fine else None


def _page(text: str) -> str | None:
    things = _mail_things(text)
    scheme = ""
    cut = next((i for i, thing in enumerate(things[:6]) if thing.low == "colon"), 0)
    if cut:
        scheme = "".join(thing.forms[0] for thing in things[:cut]).lower()
        if scheme not in ("http", "https") or [thing.low for thing in things[cut + 1 : cut + 3]] != ["slash", "slash"]:
            return None
        scheme += "://"
        things = things[cut + 3 :]
    parts: list[list[Said]] = [[]]
    for thing in things:
        if thing.low in ("slash", "stroke"):
            parts.append([])
        else:
            parts[-1].append(thing)
    host = _part(parts[0], host=True)
    path = [_part(part, host=False) for part in parts[1:]]
    if host is None or not _HOST.fullmatch(host) or not all(path):
        return None
    return scheme + "/".join([host, *(part or "" for part in path)])


def _machine(text: str) -> str | None:
    parts: list[list[Said]] = [[]]
    for thing in said(text):
        if thing.low in ("dot", "point", "period"):
            parts.append([])
        elif thing.kind in NUMERIC and not thing.gap.strip():
            parts[-1].append(thing)
        else:
            return None
    octets = [part[0].forms[0] if len(part) == 1 else _only(digits_of(part)) for part in parts]
    fine = len(octets) == 4 and all(octet and len(octet) < 4 and int(octet) < 256 for octet in octets)
    return ".".join(octet or "" for octet in octets) if fine else None


def _mail_things(text: str) -> list[Said]:
    """Return what was said, with signs put together, typed ones, too."""
    found: list[Said] = []
    things = list(said(text, nato=False))
    i = 0
    while i < len(things):
        thing = things[i]
        typed = thing.gap.strip()
        if found and _TYPED.fullmatch(typed) and not (typed == "-" and _spells(found[-1], thing)):
            # "mary-ann" is what recognisers write for "mary ann", and a full stop with a blank ends a sentence
            sure = typed == "@" or (typed == thing.gap and typed != "-")
            found.append(Said("sign" if sure else "other", (typed,), typed))
            thing = thing._replace(gap="")
        low = [each.low for each in things[i : i + 4]]
        if low[0] == "at":
            called = next((n for n, words in _AT_CALLED if low[1 : n + 1] == words), 0)
            found.append(Said("sign", ("@",), "at", thing.gap))
            i += 1 + called
        elif low[:2] == ["under", "score"]:
            found.append(Said("sign", ("_",), "underscore", thing.gap))
            i += 2
        elif low[0] == "point" and len(things) - i in (2, 3) and found:
            found.append(Said("sign", (".",), "dot", thing.gap))  # "at gmail point com"
            i += 1
        elif low[0] in _MAIL_SIGNS:
            found.append(Said("sign", (_MAIL_SIGNS[low[0]],), thing.text, thing.gap))
            i += 1
        else:
            found.append(thing)
            i += 1
    return found


#: What the sign is called behind "at", by how many words, longest first.
_AT_CALLED: Final = (
    (3, ["the", "rate", "of"]), (3, ["the", "rate", "sign"]), (2, ["the", "rate"]), (1, ["sign"]), (1, ["symbol"]),
)  # fmt: skip


def _spells(a: Said, b: Said) -> bool:
    return a.kind in ("letter", "digit") and b.kind in ("letter", "digit")


def _part(things: Sequence[Said], *, host: bool) -> str | None:
    """Return what stands on one side of the sign, or ``None``."""
    if any(i and thing.gap.strip(" \t\n,-") for i, thing in enumerate(things)):
        return None
    runs = list(_runs(things))
    out: list[str] = []
    for kind, run in runs:
        if kind != "number":
            if kind == "word" and not _are_parts(run):
                return None
            out += [thing.forms[0] for thing in run]
            continue
        form = _only(digits_of(run))
        if form is None:
            return None
        out.append(form)
    return "".join(out).lower() if _numbers_are_sure(runs, host=host) and zeros_are_sure(things) else None


def _are_parts(run: Sequence[Said]) -> bool:
    known = all(thing.kind in ("word", "letter", "code") and thing.low not in _NO_PART for thing in run)
    names = [thing.kind == "word" and thing.low in NATO for thing in run]
    # "alpha bravo" is ab, and "sarah s a r a h" was said twice
    twice = any(
        [thing.kind for thing in run[i : i + 3]] == ["word", "letter", "letter"] and run[i].low[0] == run[i + 1].low[0]
        for i in range(len(run))
    )
    # "mari um maribel" was begun anew
    anew = any(a.kind == b.kind == "word" and b.hesitant for a, b in pairwise(run))
    return known and not twice and not anew and not any(a and b for a, b in pairwise(names))


def _runs(things: Sequence[Said]) -> Iterator[tuple[str, list[Said]]]:
    """Yield signs, one by one, and what stands between them: numbers and other words."""
    run: list[Said] = []
    last = ""
    for thing in things:
        kind = "sign" if thing.kind == "sign" else "number" if thing.kind in NUMERIC else "word"
        if run and (kind != last or kind == "sign"):
            yield last, run
            run = []
        run.append(thing)
        last = kind
    if run:
        yield last, run


def _numbers_are_sure(runs: list[tuple[str, list[Said]]], *, host: bool) -> bool:
    """Return whether each spoken number is one in digits: "two fish" and "one medical dot com" are words as often."""
    for i, (kind, run) in enumerate(runs):
        if kind != "number" or not any(thing.spoken for thing in run):
            continue
        before, after = (runs[k] if 0 <= k < len(runs) else ("sign", []) for k in (i - 1, i + 1))
        row = len(run) > 1 and all(thing.kind in ("digit", "oh") for thing in run)
        several = sum(len(thing.text.split()) for thing in run) > 1
        ends = before[0] == "word" and after[0] == "sign" and not host  # "maribel two at"
        alone = before[0] == after[0] == "sign"
        if not (row or ends or (several and alone and not host)):
            return False
    return True


def _date(text: str) -> str | None:
    parts = spoken_date(said(text))
    return parts.written if parts else _ordinal(text)


def _ordinal(text: str) -> str | None:
    things = said(text)
    return things[0].forms[0] if len(things) == 1 and things[0].kind == "ordinal" else None


_FORMS: Final[dict[str, Callable[[str], str | None]]] = {
    "NAME": _name,
    "ADDRESS": _address,
    "DATE": _date,
    "AGE": _age,
    "PHONE": _phone,
    "FAX": _phone,
    "EMAIL": _mail,
    "URL": _page,
    "IP": _machine,
    "SSN": _social,
    "CARD": _card,
}
