"""Behind: what a number is called after it was said ("44712 was provided as her member ID", "type 66041 into MRN")."""

from __future__ import annotations

import re
from typing import Final

from masker.detection.labels import NUMBER, PLAIN, POSTCODES, Label, is_link, labels_in, words_in
from masker.detection.runs.run import POSTCODE, YEAR, Run, is_strong

__all__ = ["label_behind"]

#: How far a label may stand behind its number, in characters and in words.
_REACH: Final = 80
_WORDS: Final = 8
#: Fewer signs than these are counted, not named.
_FEWEST: Final = 3
#: A time of day in digits has no more.
_TIME: Final = 4

#: Where what is said of a number ends: its sentence, line, cell or tag. An arrow points to the label.
_END: Final = re.compile(r"[.?!;](?=\s|\Z)(?! (?:that|it)(?:'s| is) )|[\n\t|{}\[\]]|<(?!-)")

#: What says at once, whatever adjectives come next, that a label follows: "66041 is the baby's old MRN".
_IS: Final = re.compile(
    r"[\s,]*(?:is|was|are|that's|that is|would be|as|for|being|still)\s+(?:(?:still|also|going"
    r" to be|actually)\s+)?(?:a|an|my|the|his|her|their|our|your|mine|mom's|dad's)\b",
    re.IGNORECASE,
)
_ADJECTIVES: Final = 5

#: Words that begin another clause: "120 and my MRN", "500 so the account".
_CLAUSES: Final = frozenset("and so but because if while like".split())
#: ... and that are another's subject right behind a number.
_SUBJECTS: Final = frozenset("i ive we you have has had sorry no".split())
#: A clause that is about the number itself: "66041, and that's my MRN".
_SAME: Final = frozenset("that thats it its this not".split())
#: What says where a number stands, or what it is held against; participles do, too ("provided", "listed").
_PLACED: Final = frozenset(
    "against under into onto within beside below above near next down up where when what which who instead not"
    " didnt doesnt does do isnt wasnt might must may can cant could happens already match matches matching belong"
    " belongs appear appears stand stands came comes went fails put it".split()
)
#: What another number stands behind that is named instead: "66041 instead of 4472".
_OTHER: Final = frozenset("of not than".split())
#: In or for these something else may be counted: what holds money ("120 on my account"), what is paid for, what is
#: written. Behind them a number is theirs if it *is* one, or is told to be held against one.
_THINGS: Final = frozenset(
    "account accounts acct amex beneficiary biometrics card cardholder cards cell chart charts checking confirmation"
    " deposit direct encounter enrollee extension guarantor insurance insured invoice invoices licence license licenses"
    " login mastercard medicaid medicare membership mobile pager passport password phone plan plate plates policy"
    " policyholder record records registration report savings serial social subscriber ticket tracking username"
    " visa".split()
)
#: A thing's label with one of these names the number, not the thing.
_NUMBER_WORDS: Final = frozenset("number id code no digits four 4 last4".split())
_ABOUT: Final = frozenset(
    "in on to from off into for with by via per through of at under within onto up near above below".split()
)
_EQUAL: Final = frozenset("as is was be its thats isnt wasnt which against match matches matching called being".split())

#: A label with a value of its own: "180, MRN: unknown", {"weight": 180, "mrn": null}.
_OWN: Final = re.compile(r"[\"'*`]{0,3}\s?(?:[:=]\s?\S|->)")
#: ... or with a number of its own.
_NEXT: Final = re.compile(r"\d")
#: What comes before a time of day, and before a form that is known by its number.
_CLOCK: Final = re.compile(r"\b(?:at|around|about|by|until|till|before|after|form|forms) \Z", re.IGNORECASE)

#: The first word behind a number, and what stands between. Most numbers count what comes next.
_FIRST: Final = re.compile(r"([^\w\n\t|{}\[\]]{1,6})([^\W\d_]+(?:'[a-z]+)?)")

#: "Mine is 66041, and my husband's MRN is 4472": it stands for the noun of another.
_MINE: Final = re.compile(r"\b(?:mine|hers|his|theirs|yours|ours)(?:'s| is| was| would be)? \Z", re.IGNORECASE)


def label_behind(text: str, run: Run) -> str | None:
    """Return what the words behind a run announce it as: a kind, `NUMBER`, `PLAIN`, or `POSTCODE`."""
    link = _IS.match(text, run.end, run.end + 40)
    if link is not None:
        stop = _END.search(text, link.end(), link.end() + 40)
        words = words_in(text, link.end(), stop.start() if stop else link.end() + 40)[:_ADJECTIVES]
        label = next((label for label in labels_in(words) if not label.weak), None)
        if label is not None:
            return _kind(text, label)
    if len(run.code) < _FEWEST or not run.digits or run.measured or run.dated or run.inside:
        return None
    if YEAR.fullmatch(run.text) or "_" in run.text:
        return None
    if run.digits <= _TIME and _CLOCK.search(text, max(0, run.start - 8), run.start):
        return None
    return _placed(text, run)


def _kind(text: str, label: Label) -> str:
    return POSTCODE if text[label.start : label.end].lower() in POSTCODES else label.kind


def _placed(text: str, run: Run) -> str | None:
    """Return the label to which nothing but small words lead from a run."""
    first = _FIRST.match(text, run.end, run.end + 32)
    shared = first is not None and _MINE.search(text, max(0, run.start - 16), run.start) is not None
    if first is None or not (shared or first[1].strip() or _leads(first[2].lower().replace("'", ""))):
        return None
    stop = _END.search(text, run.end, run.end + _REACH)
    words = words_in(text, run.end, stop.start() if stop else min(len(text), run.end + _REACH))
    for label in labels_in(words):
        before = [word for word, start, _ in words if start < label.start]
        if not (shared or _leads_on(before, run)):
            return None
        kind = _kind(text, label)
        said = text[label.start : label.end].lower().split()
        if label.weak or kind == NUMBER or (kind == PLAIN and said[-1] in _ABOUT):
            continue  # "under" makes an amount of what follows it
        if kind in (PLAIN, "PHONE", "FAX"):
            return None  # telephone numbers tell what they are; their labels are also what people do
        if before and ":" in first[1]:
            return None  # "ORA-12899: value too large for column MRN": what is before a colon is explained behind it
        relation = next((word for word in reversed(before) if word in _ABOUT or word in _EQUAL), "")
        if relation == "with" or (_is_thing(said) and before and relation not in _EQUAL):
            continue
        if not before and not _is_joined(text, run, label):
            return None
        return kind if shared or not _has_own(text, label.end) else None
    return None


def _leads(word: str) -> bool:
    """Return whether a word is none that is counted or measured, so that a number may be called something behind it."""
    return is_link(word) or word in _PLACED or word in _ABOUT or word.endswith("ed")


def _leads_on(words: list[str], run: Run) -> bool:
    """Return whether words between a number and a label say something of the number, and of nothing else."""
    if not words:
        return True
    if not _leads(words[0]) or words[0] in _SUBJECTS or len(words) > _WORDS:
        return False
    if not is_strong(run) and not all(map(_leads, words)):
        return False
    following = [*words[1:], ""]
    for before, word, after in zip(["", *words], words, following, strict=False):
        if (word in _CLAUSES and after not in _SAME) or (word[0].isdigit() and before not in _OTHER):
            return False
    return True


def _is_thing(words: list[str]) -> bool:
    """Return whether a label is the name of something that has a number, and not of the number."""
    return not _THINGS.isdisjoint(words) and _NUMBER_WORDS.isdisjoint(words)


def _is_joined(text: str, run: Run, label: Label) -> bool:
    """Return whether a label that follows at once is a number's, and not that of what comes next.

    An equals sign or an arrow says so. Behind other signs, nothing else stands before the number in its line; behind
    a comma, nothing behind the label, either.
    """
    gap = text[run.end : label.start]
    if "=" in gap or "<-" in gap:
        return True
    line = text.rfind("\n", max(0, run.start - _REACH), run.start) + 1
    if text[line : run.start].strip(" \"'(#*`-"):
        return False
    thing = _is_thing(text[label.start : label.end].lower().split())
    return bool(gap.strip(" ,")) or (not thing and not text[label.end : label.end + 4].strip(" .!?\n"))


def _has_own(text: str, end: int) -> bool:
    """Return whether a label has a value of its own behind it."""
    if _OWN.match(text, end):
        return True
    stop = _END.search(text, end, end + 40)
    number = _NEXT.search(text, end, stop.start() if stop else end + 40)
    return number is not None and all(is_link(word) for word, _, _ in words_in(text, end, number.start()))
