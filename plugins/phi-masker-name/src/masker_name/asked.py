"""The word that answers a question for one name: "Do", "it's Key", "Short, like the word", "Good, G O O D".

Who was asked for a last name and says one word has said it, whatever the word means elsewhere, unless it is one with
which people refuse, stall or cry for help. The model knows words by how they are used, and these are hardly ever names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from masker_tagger import Lexicon, question_of

from masker import HESITATION, Segment, Turn
from masker_name.answers import FIRST_OF_ALL
from masker_name.lists import NEVER
from masker_name.things import is_first_name

__all__ = ["REFUSALS", "find"]

#: With these people refuse, stall or do not understand; whoever is called so is asked again.
REFUSALS: Final = frozenset(
    "no nope nah not yes yeah yep yup ok okay oh uh um er ah hm hmm huh ha what who why how where when which whose"
    " right sorry pardon thanks thank please wait hold hang stop hello hi hey bye goodbye help sure fine alright well"
    " correct true same none nothing null blank pass skip ready now then but because if or and with the just that this"
    " it i me is are was be been can could would still here there again guess".split()
)
#: Who is wanted, or what is wrong.
_WANTED: Final = FIRST_OF_ALL | frozenset(
    "low doctor nurse guest patient code shivers tingle hazard struck flood leak".split()
)
#: What is said of a moment's wait.
_STALLS: Final = REFUSALS | frozenset("one a second sec moment minute let my see think get".split())
#: The last sentence asks for one name, ...
_ASKS_ONE: Final = re.compile(
    r"(?:\A|[.?!])(?P<before>[^.?!]*)\b(?:(?:first|1st|given|christian|last|family|second|maiden|middle)[ -]?name"
    r"|surname|forename)s?\b(?P<rest>[^?]{0,48})\??\s*\Z",
    re.IGNORECASE,
)
#: ... and neither whether it is right nor for anything else. An answer to both names has two words.
_CONFIRMS: Final = re.compile(
    r"\A\W*(?:(?:and|so|okay|ok|great|thanks|alright|perfect)\W+){0,3}"
    r"(?:is|was|are|were|did|does|has|have|that'?s|i have|i'?ve|i see|i found|i got|i heard)\b"
    r"|\b(?:first|given)\W+(?:and|&|then)\W+\Z",
    re.IGNORECASE,
)
_ASKS_MORE: Final = re.compile(
    r"\b(?:is|was|are|how|what|what's|why|do|does|did|right|correct|ready|spell\w*)\b|\bas [A-Z]"
)
_WORD: Final = r"[^\W\d_]{2,24}+(?:[-'\u2019][^\W\d_]{2,24}+)?"
_SPACE: Final = r"[\s,.;:\u2026-]{1,4}+"
_OPENS: Final = (
    rf"(?:(?:{HESITATION}|yes|yeah|yep|sure|ok|okay|well|sorry|of course|it'?s|it is|its|that'?s|that is"
    rf"|(?:that|it) would be|(?:(?:my|his|her|their|the) )?(?:last |first |family |maiden |sur)?name(?:'s| is)?)"
    rf"{_SPACE})"
)
_TOLD: Final = (
    rf"(?:[\s,]{{1,2}}(?:just )?(?:(?P<told>(?:like|as in) (?:the word|it sounds))|(?:like|as in) (?:the |a )?{_WORD})"
    rf"|{_SPACE}that'?s (?:my|his|her|the) (?:last |first |sur|full )?name|{_SPACE}(?:please|ma'?am|sir))?\W*"
)
#: The whole answer: the name, once more or spelled (which is read as one word), and that it is a word.
_ONE: Final = re.compile(
    rf"\W*{_OPENS}{{0,4}}(?P<name>{_WORD})(?:{_SPACE}{_OPENS}?(?P<again>{_WORD}))??{_TOLD}", re.IGNORECASE
)
_PAIR: Final = re.compile(
    rf"\W*{_OPENS}{{0,4}}(?P<first>{_WORD}) (?P<name>{_WORD})"
    rf"(?:{_SPACE}{_OPENS}?(?P<again>(?P=first) (?P=name)))?{_TOLD}",
    re.IGNORECASE,
)
_NAMED: Final = re.compile("[fl][2-5]")
#: The same for small and for rare words.
_EVER_NAMED: Final = re.compile("[fl]1")
_RARE: Final = re.compile("e[5-9]")
#: Longer answers say more than a name.
_LONGEST: Final = 80


def find(segment: Segment, lexicon: Lexicon) -> Iterator[tuple[int, int, float]]:
    """Yield (start, end, score) in the reading of the name that is a caller's whole answer to "and your last name?"."""
    text, question = segment.reading.text, segment.question
    if question is None or segment.role != "user" or len(text) > _LONGEST:
        return
    one = _asks_one(question)
    if not (one or question_of(segment) == "name"):
        return
    if any(turn.role == "user" and not turn.words <= _STALLS for turn in segment.since):
        return  # it was answered before
    match = _ONE.fullmatch(text) if one else None
    if match is not None and (match["again"] or match["name"]).lower() == match["name"].lower():
        spelled = bool(match["again"]) and any(piece.kind == "spelled" for piece in segment.reading.pieces)
        if match["told"] or _is_name(match["name"].lower(), lexicon, explained=spelled):
            yield *match.span("name"), 0.9
            if match["again"]:
                yield *match.span("again"), 0.9
        return
    match = _PAIR.fullmatch(text)
    if match is not None and _is_pair(match["first"].lower(), match["name"].lower(), lexicon):
        yield match.start("first"), match.end("name"), 0.9
        if match["again"]:
            yield *match.span("again"), 0.9


def _asks_one(turn: Turn) -> bool:
    """Return whether a turn of the asking side ends with a question for a first or a last name."""
    if turn.role != "assistant":
        return False
    held: bool | None = turn.memo.get(_asks_one)
    if held is None:
        asked = _ASKS_ONE.search(turn.text[-160:]) if "name" in turn.text[-160:].lower() else None
        held = turn.memo[_asks_one] = (
            asked is not None and not _CONFIRMS.search(asked["before"]) and not _ASKS_MORE.search(asked["rest"])
        )
    return held


def _is_pair(first: str, last: str, lexicon: Lexicon) -> bool:
    """Return whether two words are a first name and somebody's last name ("linh do")."""
    given = is_first_name(lexicon.codes.get(first, "")) and first not in NEVER | REFUSALS
    return given and _is_name(last, lexicon, explained=False)


def _is_name(low: str, lexicon: Lexicon, *, explained: bool) -> bool:
    """Return whether a word is somebody's name for all that is known of it.

    Of the words that hardly anybody is called by only small and rare ones are: nobody complains with "an" or "ye".
    """
    if low in REFUSALS:
        return False
    if explained:
        return True
    code = lexicon.codes.get(low, "")
    if low in _WANTED or not {"d", "m", "b"}.isdisjoint(code):
        return False
    return _NAMED.search(code) is not None or (
        _EVER_NAMED.search(code) is not None and (low in NEVER or _RARE.match(code) is not None)
    )
