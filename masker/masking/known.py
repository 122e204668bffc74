"""Known values: find every form of what is already known, at a cost that hardly depends on how much is known.

A value is reduced to its *squeezed* form, letters and digits in lower case (`4155552671`, `sarahchen`). A text contains
it where some consecutive words (runs of letters, or of digits), with at most three separators in between, spell
exactly that. So other separators, other case, spacing and punctuation need no patterns: all words are cut once, by
one regular expression, and only the few that begin a known value are looked at. Spoken and spelled forms are found
the same way in the reading of those strings that hold spoken words.

What is masked where, in the interest of not masking every "92" and every "may":

- numbers: five digits or more when written as one group, six or more across groups; ages never, dates by their parts
  (day and month at least; in numerals only with a year);
- codes with letters and digits: five characters or more;
- words that are no names (usernames, towns): four letters or more, and no everyday word;
- names: the full name in any case, and its parts; parts of two letters and everyday words only where a name can
  stand (`_name_can_stand`);
- the beginning of a value at the very end of a user's turn: four digits, five characters of an address, or three
  spelled letters.

Text that was masked already, and literal text that looks like a token, is blanked out before and joins nothing.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Collection, Generator, Hashable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import compress, count, permutations, repeat
from typing import Final, NamedTuple, TypeVar

import attrs

from masker.core.dates import MONTHS, parse_date
from masker.core.folding import is_plain, is_shown
from masker.core.markup import MARKUP, Bare, bare
from masker.core.reading import read
from masker.core.surrogates import find_literals
from masker.core.values import canonical
from masker.detection.hidden import KNOWN, hidden_texts
from masker.errors import DetectionFailed
from masker.masking.common import COMMON, EPONYMS, NOT_ALONE, PLACES

__all__ = [
    "BLANK",
    "Hit",
    "Known",
    "KnownValues",
    "blank",
    "blank_literals",
    "finished",
    "is_own_word",
    "name_parts",
    "worth_reading",
]

_T = TypeVar("_T")

#: What stands for each blanked character: plain ASCII, part of no word, and a border that no value crosses.
BLANK: Final = "["

_WORD: Final = re.compile(r"[^\W\d_]+|\d+|\0")
_NEXT: Final = re.compile(r"(?:[^\w\[\]\0]|_){0,3}([^\W\d_]+|\d+)")
_ALNUM: Final = re.compile(r"[^\W_]+")
#: Longest squeezed form that is swept, since every beginning of it is remembered. What is longer is a link or no value,
#: and its detector knows it wherever it stands.
_LONGEST_FORM: Final = 128
#: How many beginnings may be remembered in one request, and how many words compared in one sweep: half a second's work
#: at most, and far beyond what any conversation needs. A request that asks for more is refused.
_MOST_STARTS: Final = 500_000
_MOST_STEPS: Final = 500_000
#: Characters that are looked at in one step, and how far a look reaches to either side: further than the
#: longest form does, with each of its characters in an escape.
_WINDOW: Final = 8_000
_REACH: Final = 1_000
_WORD_END: Final = re.compile(r"[^\W_]+\Z")
_NAME_WORD: Final = re.compile(r"[^\W\d_]+(?:['’.][^\W\d_]+)*")

_ONE_GROUP: Final = 5
_SOME_GROUPS: Final = 6
_CODE: Final = 5
#: The shortest national number that is known without its zero.
_NATIONAL: Final = 9
_PLAIN_WORD: Final = 4
_TAIL_DIGITS: Final = 4
_TAIL_CHARS: Final = 5
_TAIL_LETTERS: Final = 3
#: Up to here it pays to look for each wanted word on its own; beyond, one pass over all words is cheaper.
_FEW: Final = 24

_NUMBER_WORDS: Final = frozenset(
    """
    zero oh o one two three four five six seven eight nine niner ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand double triple
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
    sixteenth seventeenth eighteenth nineteenth twentieth thirtieth dash hyphen slash
    """.split()
)
_LETTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyz")
_BETWEEN: Final = frozenset("uh um uhm er erm ah hmm okay ok so and then well the of".split())


_RELEVANT: Final = _NUMBER_WORDS | _LETTERS | MONTHS.keys() | {"dot", "\0"}


#: What stands between two strings that are read as one: no value, no word and no date crosses it.
_SEAM: Final = " \0 "
#: ASCII letters in lower case, digits, the seam's null and whatever is not ASCII as they are; all else becomes a space.
_PLAIN: Final = bytes(
    byte if byte >= 128 or byte == 0 or chr(byte).isalnum() else 32 for byte in range(256)
)  # the text is in lower case already


def _words_of(lower: str) -> list[str]:
    """Return the words of a text in lower case, in order; cut so far as C code can: ``abc123`` is still one."""
    plain = lower.encode("utf-8", "surrogatepass").translate(_PLAIN)
    return plain.decode("utf-8", "surrogatepass").split()


def _vocabulary(words: Iterable[str]) -> set[str]:
    """Return every word, and those within words that were not cut far enough."""
    vocabulary = set(words)
    for word in [word for word in vocabulary if not (word.isalpha() or word.isdecimal())]:
        vocabulary.update(_WORD.findall(word))
    return vocabulary


def _joined(texts: Sequence[str]) -> str:
    """Return the texts as one, with a seam between each two and none within."""
    joined = _SEAM.join(texts)
    if joined.count("\0") < len(texts):
        return joined
    return _SEAM.join([text.replace("\0", " ") for text in texts])


def worth_reading(texts: Sequence[str]) -> list[int]:
    """Return which texts are worth a look at their reading.

    They hold three spoken numbers or letters in a row, a month with one of them, a spoken "dot", or disguises.
    """
    lower = _lower(_joined(texts))
    words = _words_of(lower) if lower.isascii() else _WORD.findall(lower)
    return _readable(texts, words)


def _readable(texts: Sequence[str], words: Sequence[str]) -> list[int]:
    return sorted({*_spoken(words), *(index for index, text in enumerate(texts) if _disguised(text))})


def _runs(words: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Yield the stretches worth reading: which string, first and last word; a null character stands between strings."""
    index = numbers = letters = 0
    first = last = -9
    for place in list(compress(count(), map(_RELEVANT.__contains__, words))):
        word = words[place]
        if place - last > 1 and not _BETWEEN.issuperset(words[last + 1 : place]):
            if numbers >= _RUN or letters >= _RUN:
                yield index, first, last
            numbers = letters = 0
        if not numbers and not letters:
            first = place
        last = place
        if word == "\0":
            if numbers >= _RUN or letters >= _RUN:
                yield index, first, place - 1
            index += 1
            numbers = letters = 0
        elif word in _LETTERS:
            letters += 1
            if word not in "ai" and words[place + 1 : place + 3] == ["as", "in"]:
                numbers = _RUN
            numbers += word == "o"
        elif word == "dot":
            numbers = _RUN
        else:
            numbers += 2 if word in MONTHS else 1
    if numbers >= _RUN or letters >= _RUN:
        yield index, first, last


def _spoken(words: Sequence[str]) -> list[int]:
    """Return which strings hold a stretch worth reading; a null character stands between strings."""
    found: list[int] = []
    # One letter a word lets the pattern machine pass over the many strings that say "a" here and "one" there.
    start = 0
    for index, signs in enumerate("".join(map(_SIGNS.get, words, repeat("."))).split("\0")):
        end = start + len(signs)
        if _PROMISING.search(signs) is not None and next(_runs(words[start:end]), None) is not None:
            found.append(index)
        start = end + 1
    return found


#: Words as signs: relevant, between, "dot", "as".
_SIGNS: Final[dict[str, str]] = (
    dict.fromkeys(_BETWEEN, "b") | dict.fromkeys(_RELEVANT, "r") | {"\0": "\0", "dot": "d", "as": "s"}
)
#: What `_runs` cannot do without: two relevant words in a row, one that is spelled out with "as in", or a "dot".
_PROMISING: Final = re.compile(r"rb*[rd]|rs|d")


def _stretches(text: str, spells: Callable[[Sequence[str]], bool]) -> list[tuple[int, int]]:
    """Return the parts of a text worth reading, each with some words around it.

    Args:
        text: The text.
        spells: Tells whether a stretch of single letters can be of interest at all.
    """
    if _disguised(text):
        return _around_disguises(text)
    lower = _lower(text)
    if text.isascii() and not _spoken(_words_of(lower)):
        return []  # what was spoken is masked by now
    words = list(_WORD.finditer(lower))
    stretches: list[tuple[int, int]] = []
    plain = [match[0] for match in words]
    for _, first, last in _runs(plain):
        start = words[max(0, first - _AROUND)].start()
        end = words[min(len(words) - 1, last + _AROUND)].end()
        if stretches and start <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], end)
            continue
        stretch = plain[first : last + 3]  # an "as in" after a letter is part of it
        if not (_NUMBER_WORDS.isdisjoint(stretch) and _SPOKEN_SIGNS.isdisjoint(stretch)) or spells(stretch):
            stretches.append((start, end))
    return stretches


def _around_disguises(text: str) -> list[tuple[int, int]]:
    """Return the parts of a text in which something stands for something else, with what a value may have around it."""
    parts: list[tuple[int, int]] = []
    for match in _DISGUISE.finditer(text):
        start, end = max(0, match.start() - _VALUE), min(len(text), match.end() + _VALUE)
        if parts and start <= parts[-1][1]:
            parts[-1] = (parts[-1][0], end)
        else:
            parts.append((start, end))
    return parts


def _disguised(text: str) -> bool:
    """Return whether a text has characters that stand for others: escapes, full-width, struck out, confusable ones."""
    return not is_plain(text) and _DISGUISE.search(text) is not None


_DISGUISE: Final = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u0300-\u052f\u115f\u1160\u17b4\u17b5\u180b-\u180f]"
    r"|[\u1d00-\u1d22\u200b-\u200f\u202a-\u202e\u2060-\u2064\u20d0-\u20ff\u2460-\u24ff\u2776-\u2793\u2800\u3164]"
    r"|[\ufe00-\ufe0f\ufeff\uff01-\uff5e\uffa0\U0001d400-\U0001d7ff\U0001f100-\U0001f1ff]"
    r"|[\U000e0020-\U000e007e\U000e0100-\U000e01ef]|(?![0-9])\d|[\u00b2\u00b3\u00b9\u2070-\u2079\u2080-\u2089]"
    r"|[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u2122]"
    r"|[○〇零一二三四五六七八九](?:[ \-.、，,·;；/／|~:：]{0,3}[○〇零一二三四五六七八九]){3}"
    r"|%u?[0-9A-Fa-f]{2}|&#|&\w{2,31};|\\(?:[uUx]|[0-3][0-7]{2})"
    rf"|{MARKUP}"
)
_SPOKEN_SIGNS: Final = frozenset({"dot", "as"}) | MONTHS.keys()
#: How many spoken numbers or letters in a row are worth reading, and how many words around them belong to it.
_RUN: Final = 3
_AROUND: Final = 8
#: Characters on either side of a disguise within which the value stands that it is a part of.
_VALUE: Final = 200


class Known(NamedTuple):
    """A value to look for.

    ``key`` is given back with each hit; ``kind`` decides what counts as a form; ``text`` is any form of the value and
    ``form`` its canonical one, worked out when it is not given.
    """

    kind: str
    text: str
    key: Hashable
    form: str = ""

    def __repr__(self) -> str:
        return f"Known({self.kind})"

    @property
    def canonical(self) -> str:
        """The canonical form."""
        return self.form or canonical(self.kind, self.text)


@attrs.frozen
class Hit:
    """A known value found.

    Args:
        index: Which of the strings.
        start: First code point.
        end: One past the last.
        kind: Kind of the value.
        key: The known value's key.
        part: The part of a name that was found alone, in its known spelling, or what is encoded and says the value;
            ``None`` for a whole value.
        cut_off: Whether it is only the beginning of the value.
    """

    index: int
    start: int
    end: int
    kind: str
    key: Hashable = attrs.field(repr=False)
    part: str | None = attrs.field(default=None, repr=False)
    cut_off: bool = False


def is_own_word(hit: Hit, text: str, role: str | None) -> bool:
    """Return whether a known place is a word of the operator's own where it stands in a prompt or a tool's definition.

    What town somebody named in answer to a question says nothing of a "reading level" and a "mobile number".

    Args:
        hit: Where the known value stands.
        text: It as it stands there.
        role: Whose text it is; ``None`` outside messages.
    """
    return hit.kind == "ADDRESS" and role in _OPERATORS and text in PLACES


_OPERATORS: Final = frozenset(("system", "developer", None))


@attrs.frozen(eq=False, repr=False)
class _Target:
    """One squeezed form of one value, or of a part of it."""

    form: str
    known: Known
    part: str | None = None
    careful: bool = False
    suffix: int = 0

    def like(self, other: _Target) -> bool:
        """Return whether the other one, of the same form, is found in the same places and means the same."""
        mine = (self.known.kind, self.part is None, self.careful, self.suffix)
        return mine == (other.known.kind, other.part is None, other.careful, other.suffix)


class _Piece(NamedTuple):
    """Strings that are looked at in one step: whole ones, or what stands from ``left`` on in one that is long.

    What begins between ``start`` and ``end`` is found in it, and elsewhere in the pieces beside it.
    """

    first: int
    texts: Sequence[str]
    left: int = 0
    start: int = 0
    end: int = sys.maxsize


def _pieces(texts: Sequence[str]) -> Iterator[_Piece]:
    """Yield what is looked at in one step each: neighbours that are no long texts, and windows of those that are."""
    done = size = 0
    for index, text in enumerate(texts):
        size += len(text)
        if size <= _WINDOW:
            continue
        if done < index:
            yield _Piece(done, texts[done:index])
        done, size = index, len(text)
        if size > _WINDOW:
            for start in range(0, size, _WINDOW):
                left, end = max(0, start - _REACH), start + _WINDOW
                yield _Piece(index, [text[left : end + _REACH]], left, start, end)
            done, size = index + 1, 0
    if done < len(texts):
        yield _Piece(done, texts[done:])


def finished(steps: Generator[None, None, _T]) -> _T:
    """Return what steps come to, without a pause between them."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: _T = end.value
            return result


def blank(text: str, ranges: Iterable[tuple[int, int]]) -> str:
    """Return the text, of the same length, with the ranges blanked out; ranges are sorted and disjoint."""
    pieces: list[str] = []
    done = 0
    for start, end in ranges:
        pieces.append(text[done:start])
        pieces.append(BLANK * (end - start))
        done = end
    if not done:
        return text
    pieces.append(text[done:])
    return "".join(pieces)


def blank_literals(text: str) -> str:
    """Return the text with tokens, redactions and what looks like them blanked out."""
    return blank(text, ((found.start, found.end) for found in find_literals(text)))


def name_parts(text: str) -> Iterator[str]:
    """Yield the parts of a full name that are values of their own: no titles, suffixes, particles or initials."""
    words = [word for word in _NAME_WORD.findall(text) if len(word) > 1]
    if len(words) < 2:
        return
    for word in words:
        plain = word.lower().rstrip(".")
        if plain.endswith(("'s", "’s")):
            plain, word = plain[:-2], word[:-2]  # noqa: PLW2901  # the possessive is no part of the name
        if plain not in NOT_ALONE and len(plain) > 1:
            yield word.rstrip(".")


class KnownValues:
    """An index over known values; build it once a request.

    Args:
        values: What is known, as for `add`.
    """

    def __init__(self, values: Iterable[Known] = ()) -> None:
        #: Every beginning of a squeezed form, with all forms that begin so.
        self._starts: dict[str, list[str]] = {}
        #: Every whole squeezed form, with the few different things it can be.
        self._whole: dict[str, list[_Target]] = {}
        #: Single letters at which a value may begin in a text; elsewhere letters one by one are found in the reading,
        #: or every "a" and "i" would have to be looked at.
        self._initials: set[str] = set()
        self._dates: dict[str, Known] = {}
        #: For each date with which words it can begin, see `_words_of_date`.
        self._date_words: list[tuple[frozenset[str], frozenset[str]]] = []
        self._left = _MOST_STARTS
        for known in values:
            self.add(known)

    def __repr__(self) -> str:
        return f"KnownValues(starts={len(self._starts)}, dates={len(self._dates)})"

    def __bool__(self) -> bool:
        return bool(self._starts or self._dates)

    def add(self, known: Known) -> None:
        """Add one value; a later form of one whose squeezed form is known already costs nothing.

        Raises:
            DetectionFailed: There are more values than any conversation has.
        """
        for target in _targets_of(known):
            self._add(target)
        if known.kind == "DATE":
            form = known.canonical
            if _sweepable_date(form) and form not in self._dates:
                self._dates[form] = known
                self._date_words.append(_words_of_date(form))

    def _add(self, target: _Target) -> None:
        form = target.form
        if len(form) > _LONGEST_FORM:
            return
        same = self._whole.get(form)
        if same is None:
            self._work(len(form))
            self._whole[form] = [target]
            for length in range(1, len(form) + 1):
                self._starts.setdefault(form[:length], []).append(form)
        elif any(target.like(other) for other in same):
            return  # the part "chen" of a second person is the same value
        else:
            same.append(target)
        first = _WORD.search(_lower(target.part or target.known.text))
        if first is not None and len(first[0]) == 1 and form.startswith(first[0]):
            self._initials.add(first[0])

    def _work(self, steps: int) -> None:
        """Count work done.

        Raises:
            DetectionFailed: It is more than any conversation needs.
        """
        self._left -= steps
        if self._left < 0:
            raise DetectionFailed("sweep", "has too much to compare")

    def find(
        self,
        texts: Sequence[str],
        ends: Iterable[int] = (),
        readable: Iterable[int] | None = None,
        hiding: Iterable[int] | None = None,
    ) -> list[Hit]:
        """Return where known values stand.

        Args:
            texts: Strings with masked and literal parts blanked out (`blank`).
            ends: Which of them are user turns, at whose end a value may be cut off.
            readable: Which of them are worth reading (`worth_reading`), if that is known.
            hiding: In which of them something stands encoded (`is_hiding`), if that is known.

        Returns:
            Disjoint hits, sorted. Takes time proportional to the total length.

        Raises:
            DetectionFailed: Values and texts are made so that it would not.
        """
        return finished(self.finding(texts, ends, readable, hiding))

    def finding(
        self,
        texts: Sequence[str],
        ends: Iterable[int] = (),
        readable: Iterable[int] | None = None,
        hiding: Iterable[int] | None = None,
    ) -> Generator[None, None, list[Hit]]:
        """Do what `find` does, in steps that are short if few of the texts are long."""
        if not self:
            return []
        self._left = _MOST_STEPS
        encoded: list[Hit] = []
        for index in range(len(texts)) if hiding is None else hiding:
            yield from self._encoded(index, texts[index], encoded)
        return (yield from self._standing(texts, ends, readable, encoded))

    def _encoded(self, index: int, text: str, hits: list[Hit]) -> Iterator[None]:
        """Note what is encoded in a string and says a known value: it is a value of its own, as it stands."""
        for hidden in hidden_texts(text, least=KNOWN):
            if hidden is None:
                yield
                continue
            start, end, said = hidden
            if not hits or hits[-1].index != index or hits[-1].end <= start:
                for hit in (yield from self._standing([said]))[:1]:
                    hits.append(Hit(index, start, end, hit.kind, hit.key, part=text[start:end]))

    def _standing(
        self,
        texts: Sequence[str],
        ends: Iterable[int] = (),
        readable: Iterable[int] | None = None,
        encoded: Sequence[Hit] = (),
    ) -> Generator[None, None, list[Hit]]:
        """Find what stands in strings, and choose among it and what is encoded there."""
        chosen: list[Hit] = []
        cut_off, worth = set(ends), None if readable is None else set(readable)
        for piece in _pieces(texts):
            if piece.first or piece.start:
                yield
            indices = range(piece.first, piece.first + len(piece.texts))
            hits = [hit for hit in encoded if hit.index in indices and piece.start <= hit.start < piece.end]
            within = None if worth is None else [index - piece.first for index in indices if index in worth]
            for hit in self._found(piece.texts, within):
                start = hit.start + piece.left
                if piece.start <= start < piece.end:  # a neighbour sees the others whole
                    hits.append(attrs.evolve(hit, index=piece.first + hit.index, start=start, end=hit.end + piece.left))
            for index in indices:
                if index in cut_off and len(texts[index]) <= piece.end:
                    begun = self._cut_off(index, texts[index])
                    hits += () if begun is None else (begun,)
            _choose(hits, chosen)
        return chosen

    def _found(self, texts: Sequence[str], readable: Collection[int] | None) -> Iterator[Hit]:
        """Yield where known values stand, overlaps included."""
        joined = _joined(texts)
        lower = _lower(joined)
        words = _words_of(lower)
        vocabulary = _vocabulary(words)
        bounds = [0]
        for text in texts:
            bounds.append(bounds[-1] + len(text) + len(_SEAM))
        for hit in self._hits(joined, lower, vocabulary):
            yield _localized(hit, bounds)
        if readable is None:
            readable = _readable(texts, words) if joined.isascii() else worth_reading(texts)
        for index in readable:
            yield from self._read(index, texts[index])
        for index, text in enumerate(texts):
            if (shown := bare(text)) is not None:
                yield from self._between_tags(index, text, shown)

    def _between_tags(self, index: int, text: str, shown: Bare) -> Iterator[Hit]:
        """Yield the hits in a string without its tags that are cut by one, unless something in that is masked."""
        lower = _lower(shown.text)
        hits = [*self._hits(shown.text, lower, _vocabulary(_words_of(lower))), *self._read(0, shown.text)]
        for hit in hits:
            if shown.has_tag(hit.start, hit.end):
                start, end = shown.source(hit.start, hit.end)
                if _BLANKED.search(text, start, end) is None:
                    yield attrs.evolve(hit, index=index, start=start, end=end)

    def told(self) -> list[str]:
        """Return what decides where values stand, in the same order whatever order they became known in."""
        forms = [
            f"{form} {[(one.known.kind, one.part is None, one.careful, one.suffix) for one in targets]}"
            for form, targets in self._whole.items()
        ]
        return sorted([*forms, *(f"letter {one}" for one in self._initials), *(f"date {one}" for one in self._dates)])

    def may_stand_in(self, texts: Sequence[str], ends: Collection[int] = ()) -> set[int]:
        """Return which texts hold the words of a known value, or of a date, whatever stands around them.

        More than `find` would: what is left out here holds no known value in any string cut out of it, nor the
        beginning of one at its end if it is among ``ends``.
        """
        if not self:
            return set()
        self._left = _MOST_STEPS
        cut_off = {index for index in ends if self._cut_off(index, texts[index]) is not None}
        texts = [text if (shown := bare(text)) is None else f"{text}\n{shown.text}" for text in texts]
        lower = _lower(_joined(texts))
        vocabulary = _vocabulary(_words_of(lower))
        bounds = [0]
        for text in texts:
            bounds.append(bounds[-1] + len(text) + len(_SEAM))
        places = [start for start, _, _, _ in self._spelled(lower, vocabulary)]
        places += [start for start, _ in self._dated(lower, vocabulary)]
        return cut_off.union(bisect_right(bounds, place) - 1 for place in places)

    def _spells(self, words: Sequence[str]) -> bool:
        """Return whether single letters among the words begin to spell something known."""
        letters = "".join(word for word in words if len(word) == 1)
        return any(letters[place : place + _RUN] in self._starts for place in range(len(letters) - _RUN + 1))

    def _read(self, index: int, text: str) -> Iterator[Hit]:
        """Yield the hits in the reading of a string's spoken parts."""
        for begin, finish in _stretches(text, self._spells):
            reading = read(text[begin:finish])
            if reading.is_identity:
                continue
            lower = _lower(reading.text)
            for hit in self._hits(reading.text, lower, set(_WORD.findall(lower))):
                start, end = reading.source(hit.start, hit.end)
                for left, right in _unblanked(text, begin + start, begin + end):
                    yield attrs.evolve(hit, index=index, start=left, end=right)

    def _hits(self, text: str, lower: str, vocabulary: AbstractSet[str]) -> Iterator[Hit]:
        """Yield raw hits in one string; ``index`` is 0 and offsets are into it."""
        for start, end, stop, form in self._spelled(lower, vocabulary):
            targets = self._whole[form]
            found = [one for one in targets if _counts(one, text, lower, start, stop, whole=stop == end)]
            if found and all(one.suffix for one in found):
                # Of "Miles", known as an everyday word and as more than one "Mile", an "s" would be left over.
                found += [one for one in targets if not one.suffix]
            for target in found:
                left, right = _with_prefix(target, text, start, stop - target.suffix)
                yield Hit(0, left, right, target.known.kind, target.known.key, target.part)
        for start, end in self._dated(lower, vocabulary):
            parts = parse_date(_with_zero(lower[start:end]))
            known = self._dates.get(parts.key) if parts is not None else None
            if known is not None:
                yield Hit(0, start, end, "DATE", known.key)

    def _spelled(self, lower: str, vocabulary: AbstractSet[str]) -> Iterator[tuple[int, int, int, str]]:
        """Yield where consecutive words spell a squeezed form: start, ends of the first and of the last word, form."""
        wanted = {word for word in self._starts.keys() & vocabulary if self._goes_on(word, vocabulary)}
        for start, end, word in _places(lower, wanted):
            read, stop = word, end
            while read in self._starts:
                self._work(1)
                if read in self._whole:
                    yield start, end, stop, read
                following = _NEXT.match(lower, stop)
                if following is None:
                    break
                read += following[1]
                stop = following.end()

    def _goes_on(self, word: str, vocabulary: AbstractSet[str]) -> bool:
        """Return whether a known form can begin with a word: it is one, or some word there is could come next."""
        if len(word) == 1 and word not in self._initials and word.isalpha():
            return False
        if word in self._whole:
            return True
        begun = len(word)
        for form in self._starts[word]:
            self._work(1)
            if any(form[begun:end] in vocabulary for end in range(begun + 1, len(form) + 1)):
                return True
        return False

    def _dated(self, lower: str, vocabulary: AbstractSet[str]) -> Iterator[tuple[int, int]]:
        """Yield the ranges that have the shape of a known date."""
        numerals: set[str] = set()
        months: set[str] = set()
        for digits, names in self._date_words:
            numerals |= digits & vocabulary
            months |= names & vocabulary
        if numerals or months:
            yield from _date_shapes(lower, numerals, months)

    def _cut_off(self, index: int, text: str) -> Hit | None:
        """Return the beginning of a value at the very end of a turn, if there is one."""
        tail = _TAIL_END.sub("", text[-_TAIL_REACH:])
        chunk = tail.rsplit(None, 1)[-1] if tail else ""
        word = _WORD_END.search(chunk)
        if word is None:
            return None
        if word[0].isdecimal() or len(word[0]) == 1 or word[0].lower() in _NUMBER_WORDS:
            return self._cut_off_code(index, text)
        if len(chunk) < _TAIL_CHARS or word[0] == chunk:
            return None
        found = self._begun(chunk, 0, _TAIL_CHARS, ("EMAIL", "URL"))
        start = text.rindex(chunk)
        if found is None or BLANK in chunk:
            return None
        return Hit(index, start, start + len(chunk), found.known.kind, found.known.key, cut_off=True)

    def _cut_off_code(self, index: int, text: str) -> Hit | None:
        """Return the beginning of a number, said or written, or of a spelled name."""
        offset = max(0, len(text) - 2 * _TAIL_REACH)
        letters = _TAIL_SPELLED.search(text, offset)
        found = self._begun(letters[0], 0, _TAIL_LETTERS, ("NAME",)) if letters is not None else None
        if letters is not None and found is not None:
            return Hit(index, letters.start(), letters.end(), "NAME", found.known.key, cut_off=True)
        reading = read(text[offset:])
        digits = _TAIL_NUMBER.search(reading.text)
        for group in _DIGITS.finditer(digits[0]) if digits is not None else ():
            found = self._begun(digits[0], group.start(), _TAIL_DIGITS, ()) if digits is not None else None
            if digits is not None and found is not None:
                start, end = reading.source(digits.start() + group.start(), digits.end())
                return Hit(index, offset + start, offset + end, found.known.kind, found.known.key, cut_off=True)
        return None

    def _begun(self, text: str, start: int, least: int, kinds: Collection[str]) -> _Target | None:
        """Return the value that a text from ``start`` on is the beginning of, and no more."""
        form = "".join(_ALNUM.findall(text[start:].lower()))
        if len(form) < least or form in self._whole:
            return None
        targets = [self._whole[whole][0] for whole in self._starts.get(form, ())]
        fitting = (one for one in targets if (one.known.kind in kinds if kinds else one.form.isdecimal()))
        return next(fitting, None)


# --- What to look for ------------------------------------------------------------------------------------------------


def _targets_of(known: Known) -> Iterator[_Target]:
    kind, text = known.kind, known.text
    if kind in ("DATE", "AGE"):
        return
    form = "".join(_ALNUM.findall(_lower(known.canonical)))
    if kind == "NAME":
        yield from _name_targets(known, form)
        return
    for variant in _variants(kind, form, text):
        if _long_enough(variant):
            yield _Target(variant, known)
    # Of a code or a number with an extension, programs keep the number: "MR-66041123" as 66041123.
    if known.canonical.isalnum() and not form.isdecimal():
        for number in _WITHIN_CODE.findall(form):
            yield _Target(number, known, part=number)
    if kind == "ADDRESS":
        line = text.split(",")[0].split("\n")[0]
        street = "".join(_ALNUM.findall(_lower(canonical(kind, line))))
        if (
            street != form
            and any(char.isdecimal() for char in street)
            and len(line.split()) > 1
            and _long_enough(street)
        ):
            yield _Target(street, known, part=line.strip())


#: A number that nobody else has, whatever letters stand around it.
_WITHIN_CODE: Final = re.compile(r"[0-9]{7,}")


def _name_targets(known: Known, form: str) -> Iterator[_Target]:
    parts = list(dict.fromkeys(name_parts(read(known.text).text)))
    single = not parts
    if len(form) > 1:
        careful = single and (len(form) <= 2 or form in COMMON)
        for variant in _accents(form):
            yield _Target(variant, known, careful=careful)
            if single and not careful and len(form) > 3:
                yield _Target(variant + "s", known, suffix=1)
    for part in parts:
        for plain in {"".join(_ALNUM.findall(part.lower()))}:
            careful = len(plain) <= 2 or plain in COMMON
            for variant in _accents(plain):
                yield _Target(variant, known, part=part, careful=careful)
                if not careful and len(plain) > 3:
                    yield _Target(variant + "s", known, part=part, suffix=1)


#: Letters that no decomposition makes plain; what keyboards without umlauts write; accents that capitals drop: "NUÑEZ".
_PLAIN_LETTERS: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
)
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "ß": "ss"})
_DROPPED: Final = frozenset("\u0300\u0301\u0302")


def _accents(form: str) -> tuple[str, ...]:
    """Return the form, and the same without accents if it has any: recognisers often drop them."""
    if form.isascii():
        return (form,)
    marks = unicodedata.normalize("NFKD", form)
    bare = "".join(char for char in marks if not unicodedata.combining(char)).translate(_PLAIN_LETTERS)
    capitals = unicodedata.normalize("NFC", "".join(char for char in marks if char not in _DROPPED))
    return tuple(dict.fromkeys(one for one in (form, bare, capitals, form.translate(_UMLAUTS)) if one))


def _variants(kind: str, form: str, text: str) -> Iterator[str]:
    yield from _accents(form)
    if kind not in ("PHONE", "FAX") and form.isdecimal() and form[0] == "0":
        yield form.lstrip("0")  # programs that keep a number as a number lose its zeros
    if kind not in ("PHONE", "FAX") or not form.isdecimal():
        return
    if len(form) == 10:
        yield "1" + form
    elif text.lstrip(" (").startswith(("+", "00")) and len(form) > 10:
        # a national form drops the country code (one to three digits) and mostly gains a trunk zero
        for code in (1, 2, 3):
            national = form[code:].lstrip("0")
            yield "0" + national
            if len(national) >= _NATIONAL:
                yield national  # where it is kept as a number
    elif form.startswith("0") and len(form) > 8:
        yield form[1:]


def _long_enough(form: str) -> bool:
    if form.isdecimal():
        return len(form) >= _ONE_GROUP
    if form.isalpha():
        return len(form) >= _PLAIN_WORD and form not in COMMON
    return len(form) >= _CODE


def _sweepable_date(form: str) -> bool:
    """Return whether a canonical date names a day and a month, which is what makes it someone's date."""
    parts = form.rsplit("-", 2)
    return len(parts) == 3 and parts[1].isdecimal() and parts[2].isdecimal()


# --- Where to look ---------------------------------------------------------------------------------------------------

_MONTH_WORD: Final = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
#: Begins with a digit, so that searching is quick; what may not stand before it is checked afterwards.
_NUMERAL_DATE: Final = re.compile(
    r"\d(?:\d{3}[-/.]\d{1,2}[-/.]\d{1,2}|\d?([-/.])\d{1,2}\1(?:\d{4}|\d\d)|\d \d\d (?:19|20)\d\d|\d{6,7})(?![\d/-])"
)
_ORDINAL: Final = r"\d{1,2}(?:st|nd|rd|th)?"
_CALENDAR_YEAR: Final = r"(?:[\s,]{1,3}(?:of )?(?:(?:19|20) ?\d\d|\d{4})(?!\d))?"
_MONTH_FIRST: Final = re.compile(rf"{_MONTH_WORD}[\s-]{{1,2}}(?:the )?{_ORDINAL}(?!\w){_CALENDAR_YEAR}")
_DAY_FIRST: Final = re.compile(rf"(?<![\w/]){_ORDINAL}[\s-]{{1,2}}(?:of )?{_MONTH_WORD}(?!\w){_CALENDAR_YEAR}")
#: Longest "23rd of " before a month.
_DAY_REACH: Final = 10


def _words_of_date(form: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return with which words a canonical date can begin in a text: numerals, and the names of its month."""
    year, month, day = form.rsplit("-", 2)
    names = frozenset(name for name, number in MONTHS.items() if number == int(month))
    if not year.isdecimal():
        return frozenset(), names
    ordered = ["".join(parts) for parts in permutations((year, month, day))]
    whole = (*ordered, *(digits.lstrip("0") for digits in ordered))
    return frozenset((year, month, day, month.lstrip("0"), day.lstrip("0"), *whole)), names


def _with_zero(date: str) -> str:
    """Return a date with the zero that it loses where it is kept as a number: 3141961."""
    return "0" + date if len(date) == 7 and date.isdecimal() else date


def _date_shapes(lower: str, numerals: set[str], months: set[str]) -> Iterator[tuple[int, int]]:
    """Yield what has the shape of a date with a day and a month, and begins with one of some numerals or months."""
    for start, _, _ in _places(lower, numerals):
        numeral = _NUMERAL_DATE.match(lower, start)
        if numeral is not None and (not start or lower[start - 1] not in "/.-"):
            yield numeral.span()
    for start, _, _ in _places(lower, months):
        month_first = _MONTH_FIRST.match(lower, start)
        if month_first is not None:
            yield month_first.span()
        for back in range(max(0, start - _DAY_REACH), start):
            day_first = _DAY_FIRST.match(lower, back) if lower[back].isdecimal() else None
            if day_first is not None:
                yield day_first.span()


_TAIL_REACH: Final = 80
_TAIL_END: Final = re.compile(r"[\s.,@-]{1,80}\Z")
_DIGITS: Final = re.compile(r"\d+")
_TAIL_NUMBER: Final = re.compile(r"\d(?:[\d\s().,+-]*\d)?(?=[\s.,-]*\Z)")
_TAIL_SPELLED: Final = re.compile(r"(?<![^\W_])(?<!['’])[^\W\d_](?:[\s.,-]{1,3}[^\W\d_](?![^\W_])){2,}(?=[\s.,-]*\Z)")


def _lower(text: str) -> str:
    """Return the text in lower case, of the same length."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _places(lower: str, wanted: set[str]) -> Iterator[tuple[int, int, str]]:
    """Yield every place where a wanted word stands as a word: ``(start, end, word)``."""
    if len(wanted) > _FEW:
        for match in _WORD.finditer(lower):
            if match[0] in wanted:
                yield match.start(), match.end(), match[0]
        return
    for word in wanted:
        length = len(word)
        digits = word[0].isdecimal()
        start = lower.find(word)
        while start >= 0:
            end = start + length
            before = lower[start - 1] if start else " "
            after = lower[end] if end < len(lower) else " "
            if digits:
                if not (before.isdecimal() or after.isdecimal()):
                    yield start, end, word
            elif not (_is_letter(before) or _is_letter(after)):
                yield start, end, word
            start = lower.find(word, end)


def _is_letter(char: str) -> bool:
    return char.isalnum() and not char.isdecimal()


def _counts(target: _Target, text: str, lower: str, start: int, end: int, *, whole: bool) -> bool:
    form = target.form
    if form.isdecimal() and not whole and len(form) < _SOME_GROUPS:
        return False
    if target.suffix and not lower[end - 2].isalnum():
        return False  # a real possessive: the value itself is found, without its 's
    eponym = target.known.kind == "NAME" and EPONYMS.intersection((target.form, target.form.removesuffix("s")))
    if eponym and _TERM.match(lower, end):
        return False  # "graves disease" says nothing of Doctor Graves
    return not target.careful or _name_can_stand(text, lower, start, end)


#: What makes a medical term of the name before it.
_TERM: Final = re.compile(
    r"(?:['\u2019]s?)?[ -](?:disease|syndrome|palsy|lymphoma|thyroiditis|chorea|dementia|contracture|fracture|sarcoma"
    r"|esophagus|oesophagus|phenomenon|maneuver|manoeuvre)\b"
)


def _with_prefix(target: _Target, text: str, start: int, end: int) -> tuple[int, int]:
    """Return the range with what belongs to a phone number in front of it: its bracket, its country code."""
    if target.known.kind not in ("PHONE", "FAX"):
        return start, end
    if start and text[start - 1] == "(" and ")" in text[start:end]:
        start -= 1
    code = _COUNTRY_CODE.search(text, max(0, start - 6), start)
    return (code.start() if code else start), end


_COUNTRY_CODE: Final = re.compile(r"(?:\+\d{0,3}|(?<![\d\w-])1)[\s.-]{0,2}$")

_CUE: Final = re.compile(
    r"(?:\b(?:name is|name's|named|called|call me|i'm|i am|this is|hi|hello|hey|dear|mr\.?|mrs\.?|ms\.?|miss|dr\.?"
    r"|doctor|patient|first name|last name|surname|name:|sincerely|regards))[\s,:]{1,3}$"
)
_NOT_AFTER_NAME: Final = re.compile(r"\s+(?:i|you|we|he|she|they|it|be|have|not|the|a|an)\b")
#: Behind a month: a day or a year. Other numbers argue against no name, and may be masked themselves.
_DAY_FOLLOWS: Final = re.compile(r"\s+(?:\d{1,2}(?:st|nd|rd|th)?|(?:19|20)\d\d)\b")
#: A blank, unlike the bracket of "[pause]" or "caller[name]".
_BLANKED: Final = re.compile(r"\[(?![A-Za-z])")
_NOT_BLANK: Final = re.compile(r"[^\[]+")
_BEFORE_MONTH: Final = re.compile(
    r"(?:\b(?:in|on|of|by|since|until|till|last|next|this|early|late|mid|before|after)|\d\w*)\s+$"
)
_EMPHASIS: Final = re.compile(r"(?<![*_])(?:\*{1,3}|_{1,3})$")
_SENTENCE_START: Final = re.compile(r"(?:^|[.!?:;\n\"“•*\-\[\]\0])\s*$")


def _name_can_stand(text: str, lower: str, start: int, end: int) -> bool:
    """Return whether an everyday word is used as a name here: after a cue, or capitalised within a sentence.

    What was blanked out around it is no argument, so that masking a neighbour never turns a word into a name.
    """
    capital, word = text[start].isupper() and not text[start + 1 : start + 2].isupper(), lower[start:end]
    marks = _EMPHASIS.search(text, max(0, start - 3), start)
    if marks is not None and text.startswith(marks[0], end):  # "I have **June** on file" is read as without them
        start, end = marks.start(), end + len(marks[0])
        if text[max(0, start - 2) : start] in ("", _SEAM[1:]) and text[end : end + 2] in ("", _SEAM[:2]):
            return True  # nothing else is said
    if _NOT_AFTER_NAME.match(lower, end) or (word in MONTHS and _DAY_FOLLOWS.match(lower, end)):
        return False
    back = max(0, start - 16)
    if _CUE.search(lower[back:start]):
        return True
    if not capital:
        return False
    if word in MONTHS and _BEFORE_MONTH.search(lower[back:start]):
        return False
    return _SENTENCE_START.search(text[back:start]) is None and _in_lower_case(text, start, end)


def _in_lower_case(text: str, start: int, end: int) -> bool:
    """Return whether the neighbourhood is ordinary prose, not a heading or a list of capitalised words."""
    before = text[max(0, start - 24) : start].split()
    return bool(before) and before[-1][:1].islower() and end > start


def _unblanked(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a range that are not blanked out and hold a letter or digit."""
    for match in _NOT_BLANK.finditer(text, start, end):
        piece = match[0]
        if any(map(is_shown, piece)):
            left = match.start() + len(piece) - len(piece.lstrip())
            yield left, match.end() - (len(piece) - len(piece.rstrip()))


def _localized(hit: Hit, bounds: Sequence[int]) -> Hit:
    index = bisect_right(bounds, hit.start) - 1
    return attrs.evolve(hit, index=index, start=hit.start - bounds[index], end=hit.end - bounds[index])


def _choose(hits: list[Hit], chosen: list[Hit]) -> None:
    """Add the hits that overlap no other, sorted: the earlier, then the longer, then the whole value wins."""
    hits.sort(key=lambda hit: (hit.index, hit.start, -hit.end, hit.part is not None, hit.cut_off, hit.kind))
    for hit in hits:
        if not chosen or chosen[-1].index != hit.index or chosen[-1].end <= hit.start:
            chosen.append(hit)
