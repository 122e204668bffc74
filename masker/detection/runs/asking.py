"""What the open question asks for, and what was asked since."""

from __future__ import annotations

import re
import string
from typing import Final

from masker.core.reading import read
from masker.core.segments import Segment, Turn
from masker.detection.context import announces, asks_to_read, begins, is_cut_short
from masker.detection.labels import NUMBER, PLAIN, Label, labels_in, words_in

__all__ = ["VOCABULARIES", "asks_for", "heads", "wanted_kinds"]


def heads(labels: list[Label], words: list[tuple[str, int, int]]) -> list[Label]:
    """Drop labels that only say where the number is printed ("member id *on my card*") or which part it is.

    "Last four" alone is of a social security number; "last four of the card" is the card's.
    """
    if sum(label.kind != PLAIN for label in labels) < 2:
        return labels
    kept: list[Label] = []
    first = {start: word for word, start, _ in words}
    for label in labels:
        previous = next((one for one in reversed(kept) if not one.weak), None)
        part = next((one for one in kept if first.get(one.start) == "last"), None)
        if part is not None and label.kind not in (PLAIN, NUMBER, part.kind):
            kept.remove(part)
        elif previous is not None and label.kind not in (PLAIN, previous.kind) and previous.kind != NUMBER:
            between = [word for word, start, end in words if start >= previous.end and end <= label.start]
            if 0 < len(between) <= 5 and between[0] in ("on", "for", "from", "off", "of"):
                continue
        if first.get(label.start) == "last" and any(one.kind not in (PLAIN, NUMBER) and not one.weak for one in kept):
            continue
        kept.append(label)
    return kept


VOCABULARIES: Final = frozenset("rxnorm snomed loinc icd icd10 icd9 cpt ndc cvx hcpcs atc drg".split())


def asks_for(segment: Segment) -> list[str]:
    """Return the kinds (and `PLAIN`, `NUMBER`) that the open question asks for, in its order.

    A turn since the question that names a kind at its end ("... okay, and the three digits on the back") asks anew.
    """
    return wanted_kinds(segment)[0]


def wanted_kinds(segment: Segment) -> tuple[list[str], list[str]]:
    """Return what the open question asks for, and what it may ask for if the answer is a proper number."""
    memo = segment.reading.memo
    kept: tuple[list[str], list[str]] | None = memo.get("asked")
    if kept is None:
        kept = ([], [])
        if segment.question is not None:
            kept = _asked_by(segment.question, 300)
            if announces(segment.question):
                kept = (kept[0][-1:], kept[1])  # "march third, and my social is": what it ends with
            for turn in segment.since:
                unfinished = _unfinished(turn)
                if unfinished is not None:
                    # "... and the number is oh seven seven double oh": the next turn goes on with it
                    if unfinished == "CARD" and kept[0] and "CARD" not in kept[0]:
                        continue  # "it's on the card": where it stands
                    if unfinished not in ("", NUMBER, PLAIN):
                        kept = ([unfinished], [])
                    elif unfinished == NUMBER and "PHONE" in kept[0]:
                        kept = (["PHONE"], [])
                elif turn.role in (None, "assistant") or turn.role != segment.role:
                    strong, weak = _asked_since(turn)
                    later = [kind for kind in strong if kind not in (NUMBER, PLAIN)]
                    if later:
                        kept = (later[-1:], weak)
                    elif weak:
                        kept = (kept[0], weak)  # "pulling up the record" may be a prompt, and may be none
        memo["asked"] = kept
    return kept


def _asked_by(turn: Turn, reach: int) -> tuple[list[str], list[str]]:
    """Return what the last ``reach`` characters of a turn ask for, surely and perhaps; read once for all who follow."""
    kept: tuple[list[str], list[str]] | None = turn.memo.get(("asked", reach))
    if kept is None:
        strong, weak = _asked_kinds(_plain(turn.text[-reach:]))
        if not strong and is_cut_short(turn):
            strong = [NUMBER]
        if not (strong or weak) and asks_to_read(turn):
            weak = ["OTHER_ID"]  # if it is a proper number: a scale and a bottle say something, too
        kept = turn.memo["asked", reach] = strong, weak
    return kept


def _asked_since(turn: Turn) -> tuple[list[str], list[str]]:
    """Return what the end of a turn since the question asks for; more of it counts if it reads back a number."""
    kept: tuple[list[str], list[str]] | None = turn.memo.get("asked since")
    if kept is None:
        reach = 120 if _ENDS_IN_NUMBER.search(turn.text[-20:]) else 60
        kept = turn.memo["asked since"] = _asked_kinds(_plain(turn.text[-reach:]))
    return kept


def _unfinished(turn: Turn) -> str | None:
    """Return the label of the number in which a caller's turn ends, "" for one without, ``None`` if it ends in none."""
    if turn.role == "assistant":
        return None
    if "unfinished" not in turn.memo:
        label = None
        if _ENDS_IN_NUMBER.search(turn.text):
            label = ([one.kind for one in labels_in(words_in(turn.text[-120:])) if not one.weak] or [""])[-1]
        turn.memo["unfinished"] = label
    kept: str | None = turn.memo["unfinished"]
    return kept


_ENDS_IN_NUMBER: Final = re.compile(
    r"(?:\d|\b(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|hundred))\W*\Z",
    re.IGNORECASE,
)


_SPELLED: Final = re.compile(r"(?<![^\W_])[A-Za-z] [A-Za-z](?![^\W_])")


def _plain(text: str) -> str:
    """Return an earlier turn as read, where letters stand alone: "what's the i d", "it starts with x o f"."""
    return read(text).text if _SPELLED.search(text) else text


_ONE_BY_ONE: Final = re.compile(r"\b(?:digits?|numbers?|one at a time|characters?)\b", re.IGNORECASE)


#: Labels of something harmless that nobody asks for.
_IDLE: Final = frozenset(
    "line lines today time take over under about part pay charge question questions between".split()
)


#: "Tuesday *and your* number": the number is none of what was named before.
_APART: Final = re.compile(r"\b(?:and|your)\b", re.IGNORECASE)


_CODE_NOUNS: Final = frozenset({"id", "ids", "identification", "identifier", "code"})


#: What people put behind the noun that they ask with: "i need the group as well".
_AFTERTHOUGHT: Final = re.compile(
    r"(?:,? (?:as well|please|too|next|for me|if you have it|sir|ma'?am|madam|love))+\W*\Z", re.IGNORECASE
)


#: Each of those holds one of these near the end, before its marks.
_AFTERTHOUGHTS: Final = ("well", "please", "too", "next", "me", "it", "sir", "ma", "love")
_MARKS: Final = string.punctuation + string.whitespace + "\u2013\u2014\u2018\u2019\u201c\u201d\u2026"
_AT_END: Final = 12


#: An amount, whatever it is of: "how much was the bill?"
_HOW_MUCH: Final = re.compile(r"\bhow (?:much|many)\b(?![^.?!]*\b(?:and|what|your)\b)[^.?!]*\??\s*\Z", re.IGNORECASE)


def _without_afterthought(text: str, low: str) -> str:
    """Return a question without what people put behind its noun; ``low`` is the same in lower case."""
    end = low.rstrip(_MARKS)[-_AT_END:]
    return _AFTERTHOUGHT.sub("", text) if any(map(end.__contains__, _AFTERTHOUGHTS)) else text


def _asked_kinds(text: str) -> tuple[list[str], list[str]]:
    low = text.lower()
    if "how m" in low and _HOW_MUCH.search(text):
        return [PLAIN], []
    text = _without_afterthought(text, low)
    words = words_in(text)
    labels = heads(list(labels_in(words)), words)
    named = [label for label in labels if not label.weak]
    if (
        len(named) > 1
        and named[-1].kind == NUMBER
        and named[-2].kind == PLAIN
        and _APART.search(text, named[-2].end, named[-1].start)
    ):
        named = [label for label in named if label.kind != PLAIN]  # "okay tuesday and your number"
    kinds = [label.kind for label in named]
    if kinds and set(kinds) == {NUMBER} and any(word in _CODE_NOUNS for word, _, _ in words):
        kinds = ["OTHER_ID"]  # "your id number", "the code we texted you"
    specific = [kind for kind in kinds if kind != NUMBER]
    if any(kind != PLAIN for kind in specific):
        idle = [
            text_of for text_of, start, _ in words if text_of in _IDLE and any(one.start == start for one in labels)
        ]
        if idle and len(idle) == specific.count(PLAIN):
            specific = [kind for kind in specific if kind != PLAIN]  # "refill line, what's the prescription number?"
    if specific == ["CARD"] and any(word == "id" for word, _, _ in words):
        specific = ["HEALTH_PLAN"]
    # a weak label counts where the question ends with it ("and the group") or is little more
    weak = [
        label.kind
        for label in labels
        if label.weak and label.kind != PLAIN and (len(words) <= 4 or label.end >= words[-1][2])
    ]
    untold = not weak and (_ONE_BY_ONE.search(text) or begins(text))
    return specific or kinds or ([NUMBER] if untold else []), weak
