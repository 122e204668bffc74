"""Which words deserve the model's look: decided by each word alone and a few beside it, in well under a microsecond.

Most words are ordinary, and among ordinary words. An identifier has a number or a word that is no ordinary one, or is
announced: by "mrs", by "street", by a capital within a sentence.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from masker_tagger.lexicon import PLAIN

__all__ = ["ALOUD", "hint", "likely"]

#: After these even an ordinary word may be a name ("my name is patience", "mrs early").
ALOUD: Final = frozenset(
    "dr doctor mr mrs ms miss mister missus mx prof professor sir nurse sister reverend rev"
    " name name's names surname is it's called i'm this hi hello hey thanks bye".split()
)
#: Words that stand in addresses or announce one; ordinary words around them may be a part of it.
_SITED: Final = frozenset(
    "street st avenue ave road rd lane ln drive dr court ct boulevard blvd close way place crescent terrace"
    " gardens grove parkway pkwy circle hill square row mews walk park view highway route county township"
    " apartment apt flat unit suite box lot building floor house cottage farm lodge estate village town city"
    " postcode zip address live lives living lived staying moved born from near outside around opposite based"
    " located trail loop alley plaza green rise vale heights".split()
)
_SITED_AROUND: Final = 3
#: What `hint` says of a word.
_NAMELIKE: Final = 1
_NUMBER: Final = 2
_CALLS: Final = 4
_SITES: Final = 8


def hint(low: str, kind: str) -> int:
    """Return why a word deserves a look, or makes its neighbours deserve one; 0 for most words.

    Args:
        low: The word, lower-case.
        kind: Its class, as `Lexicon.describe` gives it.
    """
    if kind == "#":
        return _NUMBER
    found = _NAMELIKE if len(low) > 1 and low[0].isalnum() and kind not in PLAIN else 0
    if low in ALOUD:
        found |= _CALLS
    if low in _SITED:
        found |= _SITES
    return found


def likely(texts: Sequence[str], hints: Sequence[int], spelled: Collection[int], *, cased: bool) -> list[int]:
    """Return the places of words that may begin something: no ordinary ones, numbers, and those behind a cue.

    Args:
        texts: The words of a stretch.
        hints: What `hint` says of each.
        spelled: The places of words that were spelled letter by letter.
        cased: Whether the text uses capital letters.
    """
    size = len(texts)
    found = set(spelled)
    if cased:
        found.update(
            at for at in range(1, size) if texts[at][0].isupper() and texts[at - 1] not in ".?!:" and len(texts[at]) > 1
        )
    for at in [at for at, why in enumerate(hints) if why]:
        why = hints[at]
        if why & _NAMELIKE or (why & _NUMBER and (len(texts[at]) > 1 or (at and _beside_number(texts, at)))):
            found.add(at)
        if why & _CALLS:
            called = next((to for to in range(at + 1, size) if len(texts[to]) > 1 and texts[to][0].isalpha()), None)
            if called is not None:
                found.add(called)
        if why & _SITES:
            found.add(at)
            around = range(max(0, at - _SITED_AROUND), min(size, at + 1 + _SITED_AROUND))
            found.update(to for to in around if texts[to][0].isalnum() and (to < at or len(texts[to]) > 1 or hints[to]))
    return sorted(found)


def _beside_number(texts: Sequence[str], place: int) -> bool:
    """Return whether a digit stands beside another number or a lone letter."""
    after = texts[place + 1] if place + 1 < len(texts) else ""
    return any(text[:1].isdigit() or (len(text) == 1 and text not in "aAiI") for text in (texts[place - 1], after))
