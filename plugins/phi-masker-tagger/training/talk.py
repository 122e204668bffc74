"""Calls, consultations, messages and notes written for training, and variations of them.

``talk/*.txt`` was written text by text, no two alike. ``=== DOMAIN`` opens a text; ``u> `` ``a> `` ``s> `` ``t> `` begin a message
of the caller, the asking side, the system, a tool; ``[[N value]]`` marks a name, ``[[A value]]`` an address, ``[[D value]]``
a date, other letters other identifiers, ``[[X value]]`` what counts neither way.

A text is used as it is, and again with its people exchanged for others and its streets and towns renamed, so that
what is learned is where they stand.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from corpus import Example
from fill import (
    CLOSE,
    CLOSES,
    CODE_CLOSE,
    CODE_OPEN,
    DATE_CLOSE,
    DATE_OPEN,
    FACILITY_WORDS,
    OPEN,
    OPENS,
    PLACE_CLOSE,
    PLACE_OPEN,
    STREETS,
    Filler,
    _cities,
    unmark,
)
from people import People

from masker import Segment, Turn
from masker.detection.context import open_questions

FOLDER = Path(__file__).parent / "talk"
_MARK = re.compile(r"\[\[([A-Z]) (.*?)\]\](?!\])", re.DOTALL)
_ROLES = {"u": "user", "a": "assistant", "s": "system", "t": "tool"}
_TITLES = "mister missus misses miss mrs mr ms dr doctor doc nurse professor prof sir auntie uncle".split()
_TITLED = re.compile(rf"\b(?:{'|'.join(_TITLES)})\b\.? *\Z", re.IGNORECASE)
_LEADING_TITLE = re.compile(rf"(?:(?:{'|'.join(_TITLES)})\b\.? +)+(?=\S)", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['\u2019]s\Z")
_WORD = re.compile(r"[^\W\d_]+(?:[-'\u2019][^\W\d_]+)*")
_LETTER = re.compile(r"(?<![\w'])[^\W\d_](?![\w'])")
#: Words of addresses that are not exchanged.
_FIXED = {
    *(s.lower() for s in STREETS),
    *"north south east west northeast northwest apartment apt unit flat suite floor box road street avenue lane drive court"
    " close house cottage farm building block near the of and on by at in upper lower great little new old saint county"
    " zero one two three four five six seven eight nine ten eleven twelve hundred thousand double triple"
    " thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
    " first second third fourth fifth sixth seventh eighth ninth tenth as for like".split(),
}


class Text(NamedTuple):
    """One text: its domain and its messages as (role, marked text)."""

    domain: str
    messages: list[tuple[str | None, str]]


def _marked(match: re.Match[str]) -> str:
    kind, value = match[1], match[2].replace("~", "")
    if kind == "N":
        lead = _LEADING_TITLE.match(value)
        start = lead.end() if lead else 0
        tail = _POSSESSIVE.search(value)
        end = tail.start() if tail else len(value)
        return f"{value[:start]}{OPEN}{value[start:end]}{CLOSE}{value[end:]}"
    if kind == "A":
        return f"{PLACE_OPEN}{value}{PLACE_CLOSE}"
    if kind in "DG":  # an age is of the dates' label; which it is its number tells
        return f"{DATE_OPEN}{value}{DATE_CLOSE}"
    # An address of a page or a mailbox is a matter of its form.
    return f"{CODE_OPEN}{value}{CODE_CLOSE}" if kind in "PFSMHCKLVYO" else value


def texts(folder: Path = FOLDER) -> list[Text]:
    """Return every text of a folder."""
    found = []
    for path in sorted(folder.glob("*.txt")):
        for block in re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            domain, _, body = block.strip().partition("\n")
            messages: list[tuple[str | None, str]] = []
            for line in body.strip().split("\n"):
                if re.match(r"[uast]> ", line):
                    messages.append((_ROLES[line[0]], line[3:]))
                elif messages:
                    messages[-1] = (messages[-1][0], f"{messages[-1][1]}\n{line}")
                else:
                    messages.append((None, line))
            found.append(Text(domain.strip(), [(role, _MARK.sub(_marked, text)) for role, text in messages]))
    return found


def plain_words(found: list[Text]) -> Counter[str]:
    """Count the lower-case words outside names and addresses."""
    count: Counter[str] = Counter()
    outside = re.compile(f"[{''.join(OPENS)}][^{CLOSES}]*[{CLOSES}]")
    for text in found:
        for _, marked in text.messages:
            count.update(re.findall(r"\b[a-z][a-z']*\b", outside.sub(" ", marked)))
    return count


class Exchange:
    """Exchanges the people and places of one text for others, every mention alike."""

    def __init__(self, rng: random.Random, people: People, filler: Filler) -> None:
        self.rng, self.people, self.filler = rng, people, filler
        self._names: dict[str, str] = {}
        self._places: dict[str, str] = {}

    def apply(self, marked: str) -> str:
        """Return a marked text with others in its marks."""
        marked = re.sub(
            f"{OPEN}([^{CLOSE}]*){CLOSE}",
            lambda m: f"{OPEN}{self._name(m[1], marked[max(0, m.start() - 12) : m.start()])}{CLOSE}",
            marked,
        )
        return re.sub(
            f"{PLACE_OPEN}([^{PLACE_CLOSE}]*){PLACE_CLOSE}",
            lambda m: f"{PLACE_OPEN}{_WORD.sub(self._place, m[1])}{PLACE_CLOSE}",
            marked,
        )

    def _name(self, value: str, before: str) -> str:
        letters = "".join(_LETTER.findall(value)).lower()
        if len(letters) > 2 or re.search(r"\b(?:as in|for|like)\b", value):
            return self._spelled(value, letters)
        number = -1

        def one(match: re.Match[str]) -> str:
            nonlocal number
            number += 1
            word = match[0]
            if len(word) == 1:
                return word
            last = number > 0 or _TITLED.search(before) is not None
            new = self._names.setdefault(word.lower(), self.people.last() if last else self.people.first())
            return _as_written(word, new)

        return _WORD.sub(one, value)

    def _spelled(self, value: str, letters: str) -> str:
        """Spell the other name where a known one is spelled; leave what is not understood."""
        head = value[: value.find(next(iter(_LETTER.findall(value)), value))]
        for old, new in self._names.items():
            if old.replace("'", "").replace("-", "") == letters:
                said = self.filler.spelled(new)
                lead = _WORD.sub(lambda m: _as_written(m[0], self._names.get(m[0].lower(), m[0])), head)
                return f"{lead}{said.lower() if value.islower() else said}"
        return value

    def _place(self, match: re.Match[str]) -> str:
        word = match[0]
        low = word.lower()
        if len(word) < 4 or low in _FIXED:
            return word
        if low not in self._places:
            dice = self.rng.random()
            new = word if dice < 0.4 else self.rng.choice(_cities()) if dice < 0.7 else self.people.last()
            if dice > 0.9:
                new = self.rng.choice(FACILITY_WORDS)
            self._places[low] = new
        return _as_written(word, self._places[low])


def _as_written(old: str, new: str) -> str:
    if old.islower():
        return new.lower()
    return new.upper() if old.isupper() and len(old) > 1 else new


def examples(found: list[Text], filler: Filler, rng: random.Random, times: int) -> Iterator[Example]:
    """Yield every message of every text in its context: as it is, and so many times with others in it."""
    for text in found:
        for turn in range(times + 1):
            exchange = Exchange(rng, filler.people, filler) if turn else None
            bare = text.domain != "voice" and rng.random() < 0.35
            messages = []
            for role, original in text.messages:
                marked = original if exchange is None else exchange.apply(original)
                if bare and "{" not in marked and "\n" not in marked:
                    marked = filler.render(marked, rng.choice(("lower", "bare")))
                messages.append((role, *unmark(marked)))
            questions = list(open_questions([Turn(role, said) for role, said, _ in messages]))
            for (role, said, spans), (question, since) in zip(messages, questions, strict=True):
                if said.strip():
                    yield Example(Segment(said, role, None, question, since), spans)
