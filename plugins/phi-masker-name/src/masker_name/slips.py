"""What looks like an unknown name in talk and is none: words cut off, hesitations, offices, peoples, slips of the keys.

People who speak begin words and drop them ("the tha that one"), hum, and name offices, countries and codes. To a model
that takes a word nobody knows for a name, all of these are names; here they are told apart by what is around them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from masker_tagger import Lexicon

__all__ = ["OFFICES", "is_slip", "is_sound"]

#: Offices that people are addressed by; never themselves part of the name beside them.
OFFICES: Final = frozenset(
    "chair chairs chairman chairwoman chairperson speaker president minister"
    " ministers ambassador secretary commissioner"
    " senator governor honourable honorable deputy treasurer councillor".split()
)
#: Before a person's name there is no article, but there is one before the things that a name belongs to.
_ARTICLES: Final = frozenset("the a an this these those any some no every each which".split())
_BELONGS: Final = frozenset(
    "family party appointment appointments table reservation booking account house household residence boy girl boys"
    " girls kids twins brothers sisters chart file record case baby estate funeral order prescription 's".split()
)
#: Behind these "to" begins a verb.
_WILLING: Final = frozenset(
    "want wants wanted love like need needs needed have has had try tries trying tried able used supposed hope hoping"
    " going".split()
)
#: What somebody has is hardly ever a person of whom nobody has heard; from this chance on it is.
_OWNERS: Final = frozenset(("my", "your", "their"))
_SURELY: Final = 0.9
#: Words that end what an article began.
_JOINTS: Final = frozenset(
    "and or but from for in on at with to is was has had that which when if then so because".split()
)
_MICROPHONE: Final = frozenset(("mike", "mikes"))
_BEFORE_THINGS: Final = frozenset(
    "wireless distant close lapel talking field fet real close head table another other"
    " same his her your my each of".split()
)
#: Words that are names elsewhere, in turns of phrase: "to be frank", "children and young people", "good luck".
_IDIOMS: Final = {
    "frank": ("be", "being"),
    "grace": ("me", "of", "some"),
    "luck": ("good", "bad", "any"),
    "young": ("and", "or", "too", "very", "so", "i'm", "you're", "still", "pretty", "quite"),
    "diamond": ("black", "double"),
    "olds": ("year",),
    "hope": ("no", "of", "lost", "any", "and"),
    "joy": ("no", "of", "any"),
    "rose": ("it", "they", "pressure"),
    "rich": ("so", "too", "very", "pretty"),
    "bill": (
        "my",
        "the",
        "this",
        "your",
        "our",
        "last",
        "gas",
        "phone",
        "electric",
        "water",
        "hospital",
        "medical",
        "dental",
        "electricity",
        "heating",
    ),
    "amber": ("red",),
    "mark": ("question", "birth", "check", "trade", "ending", "stretch", "temporal"),
    "marks": ("question", "stretch", "bite", "birth"),
    "earl": ("drinks", "and"),
    "doh": ("play",),
    "price": ("cash", "list", "retail", "full", "the"),
}
#: Sounds that stand for no word, however long they are drawn.
_SOUND: Final = re.compile(
    r"(?:m+k+ay|ok(?:ey|ie)-?do(?:ke|kie|key)|ok(?:ey|ie)|do(?:ke|kie|key)|o+h+|a+h+s?|u+h+|u+m+h*s?|e+h+m*|e+r+m*|h+m+|m+h*m*|n+h*|y+e+a*h*|y+a+h*|j+a+h*|n+a+h+|n+u+h+"
    r"|m+u+h+|h+u+h+|a+w+|o+w+"
    r"|p+h*e+w+|w+o+w+|w+h*o+a+h*|o+o+h+|a+y+e*|h+e+y+a*|ho+|(?:ha)+h?|(?:he){2,}|t+s+k+|p+f+t*|f+f+|s+h+|u+g+h+"
    r"|y+u+p+|n+e+i+n?|d+o+h+"
    r"|uh-?huh|mm-?hmm|uh-?oh|whoops|oops|yikes|geez|gosh|blah|bla|la|na|da|'?cause|'?til|'?em|'?ll|(?:no|some"
    r"|any|every)?thin|"
    r"(?:go|do|be|hav|com|tak|gett|say|tell|look|talk|try|think|mak|feel|work)in)"
)
_VOWEL: Final = re.compile(r"[aeiouyáéíóúàèìòùâêîôûäëïöüãõåæøœ]|[^\x00-\x7fa-z]")
#: Below this chance a beginning of a word is one, and no name.
_DOUBTFUL: Final = 0.8
_SHORT: Final = 6
#: What speakers go on with after they dropped a word.
_RESUMES: Final = frozenset(
    "uh um er eh ehm i it it's we you yeah yes so no or well what that this they"
    " but and he she the a in if is there then"
    " just like because 'cause at first let let's our my not mean of".split()
)
#: Longer ones are no slips.
_LONGEST: Final = 20
#: How far ahead the whole of a word that was cut off may come.
_AHEAD: Final = 3


def is_slip(texts: Sequence[str], start: int, end: int, lexicon: Lexicon, chance: float) -> bool:
    """Return whether words that look like a name are none, by the words around them; only where none is announced.

    Args:
        texts: The words of a stretch.
        start: The first word in question.
        end: The word after the last one.
        lexicon: Public facts.
        chance: How likely the model holds them for a name.
    """
    inner = [text.lower() for text in texts[start:end] if text[0].isalpha() or text[0] == "'"]
    after = [text.lower() for text in texts[end : end + _AHEAD]]
    before = texts[start - 1].lower() if start else ""
    if all(_is_sound(word, lexicon) or _is_cut_off(word, after, lexicon) for word in inner):
        return True
    if chance < _DOUBTFUL and all(_is_dropped(word, after, lexicon) for word in inner):
        return True
    if len(inner) > 1:
        return False
    word = inner[0]
    if word == "kay" and (not start or before == "'"):
        return True  # what is left of "okay"
    if word in _MICROPHONE and (
        before in _BEFORE_THINGS or (after and after[0] in ("signal", "channel", "stand", "cross"))
    ):
        return True
    if word in _IDIOMS and any(before == b for b in _IDIOMS[word]):
        return True
    code = lexicon.codes.get(word, "")
    if before == "this" and start > 1 and texts[start - 2].lower() in ("is", "yeah", "hello", "hi", "yes"):
        return not ("f" in code and code[code.index("f") + 1] in "2345")  # "is this wesley"
    if before in _ARTICLES and texts[start].islower() and not (after and after[0] in _BELONGS):
        return not ("f" in code and code[code.index("f") + 1] in "345") or before in ("the", "this", "these", "those")
    known = "f" in code and code[code.index("f") + 1] in "345"
    willing = before == "to" and start > 1 and texts[start - 2].lower() in _WILLING
    if willing and texts[start].islower() and after[:1] != ["'s"]:
        return not known  # "i love to bak"
    if before in _OWNERS and not code and texts[start].islower() and not (after and after[0] in _BELONGS):
        return chance < _SURELY
    if before in ("a", "an", "the") and word[-1] != "s" and _ends_there(after):
        return not known  # "the dog and the Dyson"
    # A capital within a sentence is no slip of the keys.
    written = texts[start].istitle() and before not in ("", ".", "?", "!", "\n")
    return not code and not written and _is_mistyped(word, lexicon)


def _ends_there(after: Sequence[str]) -> bool:
    """Return whether nothing follows that a name could belong to ("the Okafor chart")."""
    return not after or not after[0][0].isalnum() or after[0] in _JOINTS


def is_sound(texts: Sequence[str], start: int, end: int) -> bool:
    """Return whether words are nothing but hesitations and assent, which even an answer to "your name?" may be."""
    return all(
        text.lower() in _ASSENT or _SOUND.fullmatch(text.lower()) for text in texts[start:end] if len(text) < _LONGEST
    )


_ASSENT: Final = frozenset("kay okay ok cool right yeah yes no sure fine great good hmm '".split())


def _is_sound(word: str, lexicon: Lexicon) -> bool:
    """Return whether a word is a hesitation, or no word at all for want of a vowel."""
    if len(word) <= _LONGEST and _SOUND.fullmatch(word):
        return True
    return _VOWEL.search(word) is None and {"f", "l"}.isdisjoint(lexicon.codes.get(word, ""))


def _is_cut_off(word: str, after: Sequence[str], lexicon: Lexicon) -> bool:
    """Return whether a word was begun, dropped and begun again ("ju just"): the next words hold the whole of it."""
    code = lexicon.codes.get(word, "")
    if "f" in code and code[code.index("f") + 1] in "345":
        return False  # "jo joined": a name all the same
    return any(len(text) > len(word) and text.startswith(word) and "e" in lexicon.codes.get(text, "") for text in after)


def _is_dropped(word: str, after: Sequence[str], lexicon: Lexicon) -> bool:
    """Return whether a short word nobody knows begins a frequent one, and the speaker goes on with something else."""
    if len(word) > _SHORT or re.search("[fl][2-5]", lexicon.codes.get(word, "")):
        return False
    return len(word) > 1 and lexicon.begins_word(word) and (not after or after[0] in _RESUMES)


def _is_mistyped(word: str, lexicon: Lexicon) -> bool:
    """Return whether an unknown word is a frequent one with two letters swapped or one typed twice."""
    if not 5 <= len(word) <= _LONGEST or not word.isascii():
        return False
    swapped = (word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1))
    single = (word[:i] + word[i + 1 :] for i in range(len(word) - 1) if word[i] == word[i + 1])
    return any(lexicon.codes.get(other, "")[:2] in ("e1", "e2", "e3", "e4") for other in (*swapped, *single))
