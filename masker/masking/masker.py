"""Mask the strings of a request, consistently, and look at the result once more.

1. *Gather.* Detectors' spans and the places where a seed stands (a value the platform told us) become values, in the
   order in which they stand. The policy decides for each: tokenize, redact, block, keep.
2. *Sweep.* What is known now is looked for in everything that is not masked yet: other forms, parts of names, the
   beginning of a value where a turn was cut off, pieces of a number that the assistant repeats.
3. *Number.* Values get their numbers in the order in which they became known. A part of a name that only the sweep
   found becomes known where it stands, but not before the full name does: so a growing conversation keeps its numbers.
4. *Write.* Each range becomes its value's token; everything else stays as it is, character for character.

`outgoing_check` is the last look: the same matcher over the strings that are about to leave.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from typing import Final, cast

import attrs

from masker.core.folding import is_shown
from masker.core.policy import Action, Policy
from masker.core.segments import Segment
from masker.core.spans import Span
from masker.core.surrogates import find_literals, find_tokens, literal_names, redacted
from masker.detection.hidden import is_hiding
from masker.detection.resolve import resolve
from masker.errors import Blocked, LeakPrevented
from masker.masking.echoes import (
    AT_ONCE,
    CONFIRMED,
    WITHIN,
    echoes,
    ends_of,
    groups_of,
    has_number,
    is_hundreds,
    may_confirm,
    piece_of,
    spoken_forms,
)
from masker.masking.known import (
    Hit,
    Known,
    KnownValues,
    blank,
    blank_literals,
    finished,
    is_own_word,
    name_parts,
    worth_reading,
)
from masker.masking.vault import Value, Vault, identity

__all__ = [
    "TOOLS",
    "Masked",
    "Opened",
    "Seed",
    "Source",
    "Traits",
    "in_groups",
    "known_spans",
    "mask_segments",
    "masking_steps",
    "outgoing_check",
    "outgoing_steps",
    "replace_known",
    "traits_of",
]

#: Names under which spans that no detector found are reported.
SWEPT: Final = "known"
SEEDED: Final = "seed"

_USER: Final = "user"
_ASSISTANT: Final = "assistant"
TOOLS: Final = frozenset(("tool", "function"))
#: Characters that are swept in one step.
_GROUP: Final = 32_000
#: Characters from which on the same value of another kind is the same value, and no chance.
_CODE: Final = 5
#: Kinds whose values are words, and how long a canonical form may be of which the value is a piece of a number.
_WORDS: Final = frozenset({"NAME", "EMAIL", "URL"})
_LONGEST_PIECE: Final = 8
#: How many messages further on the next piece of a number may come, and how many digits of pieces are a number.
_BETWEEN_PIECES: Final = 2
_NUMBER: Final = 6
_LONGEST_NUMBER: Final = 20
#: How many pieces somebody gives in one turn at most.
_PIECES: Final = 8
#: Values, or places of values, that are handled in one step.
_MANY: Final = 200


@attrs.frozen
class Seed:
    """A value that the platform told us, such as the caller's number; masked wherever it stands.

    Args:
        kind: Its kind.
        text: Any form of it.
    """

    kind: str
    text: str = attrs.field(repr=False)


@attrs.frozen
class Masked:
    """The outcome of masking; as long as the list of segments.

    Args:
        texts: The masked strings.
        spans: What was masked in each source string, sorted and disjoint.
        edits: For each string the replacements that make it: start, end and new text, sorted and disjoint.
        forms: For each string, the source text by token; what an ``enum`` spelled, for `Rehydrator`'s ``spellings``.
    """

    texts: tuple[str, ...] = attrs.field(repr=False)
    spans: tuple[tuple[Span, ...], ...]
    edits: tuple[tuple[tuple[int, int, str], ...], ...] = attrs.field(repr=False)
    forms: tuple[Mapping[str, str], ...] = attrs.field(repr=False)

    def spellings(self, indices: Iterable[int]) -> dict[str, str]:
        """Return the source text by token over some of the strings; the first spelling of a token wins."""
        spelled: dict[str, str] = {}
        for index in indices:
            for token, text in self.forms[index].items():
                spelled.setdefault(token, text)
        return spelled


#: When a value became known: (index of the string, offset, 0 for a whole value or 1 for a part).
_Moment = tuple[int, int, int]
_BEFORE_ALL: Final[_Moment] = (-1, -1, 0)


@attrs.define(eq=False, repr=False)
class _Draft:
    """A value without a number yet."""

    key: tuple[str, str]
    kind: str
    text: str
    moment: _Moment
    part: bool = False
    #: Whether it is tokenized anywhere; a value that is redacted wherever it stands gets no number.
    tokenized: bool = False
    #: Whether it was found as a kind that the policy redacts everywhere.
    hidden: bool = False
    value: Value | None = None


@attrs.frozen(eq=False, repr=False)
class _Edit:
    """A range of one string that a value's token replaces."""

    start: int
    end: int
    span: Span
    draft: _Draft
    cut_off: bool = False


class _Gathering:
    """Values and edits of one request, while they are collected.

    Args:
        source: The strings.
        policy: Decides what happens to each kind in each place.
        before: An earlier attempt at the same request, whose work on single values is taken over.
    """

    def __init__(self, source: Source, policy: Policy, before: _Gathering | None = None) -> None:
        self.segments = source.segments
        self.texts = [segment.text for segment in source.segments]
        self.spans = source.spans
        self.tools = source.tools
        self.policy = policy
        traits = source.traits if source.traits is not None else traits_of(self.texts)
        self.readable = [each.readable for each in traits]
        self.hiding = [each.hiding for each in traits]
        #: Literal text that looks like a token: where it stands, and the names that it takes.
        self.literals: list[Sequence[tuple[int, int]]] = [()] * len(self.texts)
        self.names: list[set[str]] = []
        for index, text in enumerate(self.texts):
            if traits[index].literal:
                self.literals[index] = [(found.start, found.end) for found in find_literals(text)]
                self.names.append(literal_names((text,)))
        self.drafts: dict[tuple[str, str], _Draft] = {}
        self.edits: list[list[_Edit]] = [[] for _ in self.texts]
        self.kept: dict[int, list[Span]] = {}
        self._identities: dict[tuple[str, str], tuple[str, str]] = before._identities if before else {}  # noqa: SLF001
        self._words: dict[tuple[str, str], list[str]] = {}
        self._parts: dict[tuple[str, str], _Moment] | None = None
        self._actions: dict[tuple[str, str | None, str | None], Action] = {}

    def identity(self, kind: str, text: str) -> tuple[str, str]:
        """Return a value's identity; the same text is read once a request."""
        key = self._identities.get((kind, text))
        if key is None:
            key = self._identities[kind, text] = identity(kind, text)
        return key

    def told_apart(self, key: tuple[str, str], text: str) -> tuple[str, str]:
        """Return the identity of a name as it is written: "Ann Alee" and "Anna Lee" have the same letters."""
        words = text.lower().split() if key[0] == "NAME" else []
        if len(words) < 2 or any(len(word) == 1 for word in words):
            return key  # it may be spelled
        first = self._words.setdefault(key, words)
        return key if first == words or len(first) != len(words) else (key[0], " ".join(words))

    def action(self, kind: str, index: int) -> Action:
        """Return what the policy does with a kind in one string; stop the request where it blocks."""
        place = (kind, self.segments[index].role, self.tools[index] if self.tools is not None else None)
        action = self._actions.get(place)
        if action is None:
            action = self._actions[place] = self.policy.action_for(*place)
        if action == "block":
            raise Blocked(kind)
        return action

    def draft(self, key: tuple[str, str], kind: str, text: str, moment: _Moment, *, part: bool = False) -> _Draft:
        """Return the value with an identity, known since the earlier of its moments."""
        draft = self.drafts.get(key)
        if draft is None:
            draft = self.drafts[key] = _Draft(key, kind, text, moment, part)
        elif moment < draft.moment:
            draft.moment = moment
        return draft

    def part_since(self, key: tuple[str, str]) -> _Moment | None:
        """Return since when a name is known as a part of a full one."""
        if self._parts is None:
            self._parts = {}
            for draft in sorted(self.drafts.values(), key=lambda one: one.moment):
                for part in name_parts(draft.text) if draft.kind == "NAME" and not draft.part else ():
                    self._parts.setdefault(self.identity("NAME", part), (*draft.moment[:2], 1))
        return self._parts.get(key)

    def edit(self, index: int, span: Span, draft: _Draft, *, cut_off: bool = False) -> None:
        """Note that a span will be replaced by its value's token."""
        self.edits[index].append(_Edit(span.start, span.end, span, draft, cut_off))

    def blanked(self, index: int) -> str:
        """Return one string with literal text and what is masked so far blanked out."""
        ranges = [*self.literals[index], *((edit.start, edit.end) for edit in self.edits[index])]
        return blank(self.texts[index], sorted(ranges)) if ranges else self.texts[index]

    def is_readable(self, index: int) -> bool:
        """Return whether what is left of a string is worth reading; a range that cuts a word makes new words."""
        return self.readable[index] or any(_cuts(self.texts[index], edit) for edit in self.edits[index])


@attrs.frozen
class Traits:
    """What holds of a text whatever else is in the request; offsets and yes or no, so that it can be remembered.

    Args:
        literal: Whether it holds something that looks like a token.
        readable: Whether it is worth reading, see `worth_reading`.
        hiding: Whether something stands encoded in it, see `is_hiding`.
    """

    literal: bool = False
    readable: bool = False
    hiding: bool = False


def traits_of(texts: Sequence[str], hiding: Collection[int] | None = None) -> list[Traits]:
    """Return the traits of some texts; ``hiding`` are those in which something stands encoded, if that is known."""
    readable = set(worth_reading(texts))
    if hiding is None:
        hiding = {index for index, text in enumerate(texts) if is_hiding(text)}
    literal = [bool(find_literals(text) or literal_names((text,))) for text in texts]
    return [Traits(each, index in readable, index in hiding) for index, each in enumerate(literal)]


@attrs.frozen
class Source:
    """The strings of one request, in the order in which values are numbered: other fields first, then messages.

    Args:
        segments: The strings.
        spans: What was found in each, disjoint (`admit`).
        tools: For each string, the tool whose result it is, or ``None``.
        traits: What is known of each, if it is known.
    """

    segments: Sequence[Segment]
    spans: Sequence[Sequence[Span]]
    tools: Sequence[str | None] | None = None
    traits: Sequence[Traits] | None = None


#: Yields after short steps; returns the whole request's source anew if known values may stand in strings that were left
#: out of it because nothing was found in them, else ``None``.
Opened = Callable[[KnownValues], Generator[None, None, Source | None]]


def mask_segments(
    segments: Sequence[Segment],
    spans: Sequence[Sequence[Span]],
    vault: Vault,
    policy: Policy,
    seeds: Iterable[Seed] = (),
    *,
    tools: Sequence[str | None] | None = None,
) -> Masked:
    """Mask all strings of one request, see `Source`.

    Args:
        segments: The strings.
        spans: What was found in each.
        vault: An empty vault; it holds the request's values afterwards.
        policy: Decides what happens to each kind in each place.
        seeds: Values known from the platform. One that stands nowhere gets no number.
        tools: For each string, the tool whose result it is, or ``None``.

    Returns:
        The masked strings and what was masked in them.

    Raises:
        Blocked: A value of a kind that the policy blocks was found.
    """
    return finished(masking_steps(Source(segments, spans, tools), vault, policy, seeds))


def masking_steps(
    source: Source, vault: Vault, policy: Policy, seeds: Iterable[Seed] = (), opened: Opened | None = None
) -> Generator[None, None, Masked]:
    """Do what `mask_segments` does in short steps, so that a caller can serve others in between."""
    seeds = tuple(seed for seed in seeds if seed.text.strip() and not policy.allows(seed.kind, seed.text))
    gathering = _Gathering(source, policy)
    yield from _gather(gathering, seeds)
    known = yield from _index(gathering, seeds)
    yield
    while opened is not None and (more := (yield from opened(known))) is not None:
        # Values are known in the order in which they stand: begin again with all that may hold one, until no more is
        # known by it. Pieces of a number that stood in a part may have become one.
        gathering = _Gathering(more, policy, gathering)
        yield from _gather(gathering, seeds)
        known = yield from _index(gathering, seeds)
        yield
    for start, end in in_groups(gathering.texts):
        # What is masked now may let a word beside it stand as a name: look again until there is nothing new.
        changed: Sequence[int] = range(start, end)
        while changed:
            changed = yield from _sweep(gathering, known, changed)
            yield
    _echo(gathering)
    vault.reserve(name for literals in gathering.names for name in literals)
    yield from _number(gathering, vault)
    vault.known = known
    yield
    return (yield from _write(gathering))


class _Turnstile:
    """Tells after every so many values, or places of values, that others should be served."""

    def __init__(self) -> None:
        self._count = 0

    def due(self) -> bool:
        """Count one more."""
        self._count += 1
        return not self._count % _MANY


def in_groups(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield index ranges of texts that are short enough together to be swept in one step."""
    start = size = 0
    for index, text in enumerate(texts):
        if size and size + len(text) > _GROUP:
            yield start, index
            start, size = index, 0
        size += len(text)
    if start < len(texts):
        yield start, len(texts)


def _gather(gathering: _Gathering, seeds: Sequence[Seed]) -> Iterator[None]:
    """Turn findings and places of seeds into values and edits."""
    seeded: dict[int, list[Span]] = {}
    turnstile = _Turnstile()
    if seeds:
        wanted = KnownValues()
        for position, seed in enumerate(seeds):
            wanted.add(Known(seed.kind, seed.text, position))
            if turnstile.due():
                yield
        for start, end in in_groups(gathering.texts):
            yield from _seeded(gathering, wanted, range(start, end), seeded)
            yield
    for index, found in enumerate(gathering.spans):
        if index in seeded:
            found = resolve((*found, *seeded[index]))  # noqa: PLW2901  # both are findings
        for span in found:
            if turnstile.due():
                yield
            for piece in _outside(span, gathering.literals[index], gathering.texts[index]):
                action = gathering.action(piece.kind, index)
                if action == "keep":
                    gathering.kept.setdefault(index, []).append(piece)
                    continue
                text = gathering.texts[index][piece.start : piece.end]
                key = gathering.told_apart(gathering.identity(piece.kind, text), text)
                draft = gathering.draft(key, piece.kind, text, (index, piece.start, 0))
                draft.tokenized |= action == "tokenize"
                draft.hidden |= gathering.policy.action_for(piece.kind) == "redact"
                gathering.edit(index, piece, draft)


def _seeded(
    gathering: _Gathering, wanted: KnownValues, indices: Sequence[int], seeded: dict[int, list[Span]]
) -> Iterator[None]:
    """Note where seeds, or parts of them, stand in some texts."""
    for hit in (yield from _found(gathering, wanted, indices)):
        if not gathering.policy.allows(hit.kind, gathering.texts[hit.index][hit.start : hit.end]):
            seeded.setdefault(hit.index, []).append(Span(hit.start, hit.end, hit.kind, 1.0, SEEDED))


def _found(
    gathering: _Gathering, known: KnownValues, indices: Sequence[int], ends: Collection[str | None] = ()
) -> Generator[None, None, list[Hit]]:
    """Return where known values stand in what is not masked yet of some texts; ``ends`` are roles, see `find`."""
    hits = yield from known.finding(
        [gathering.blanked(index) for index in indices],
        [place for place, index in enumerate(indices) if gathering.segments[index].role in ends],
        [place for place, index in enumerate(indices) if gathering.is_readable(index)],
        [place for place, index in enumerate(indices) if gathering.hiding[index]],
    )
    return [attrs.evolve(hit, index=indices[hit.index]) for hit in hits]


def _cuts(text: str, edit: _Edit) -> bool:
    """Return whether an edit begins or ends within a word."""
    start, end = edit.start, edit.end
    within = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    return within or (end < len(text) and text[end - 1].isalnum() and text[end].isalnum())


def _outside(span: Span, literals: Sequence[tuple[int, int]], text: str) -> Iterable[Span]:
    """Yield the span without literal tokens, surrounding space and a possessive; nothing without a letter or digit."""
    start = span.start
    for left, right in (*((a, b) for a, b in literals if a < span.end and span.start < b), (span.end, span.end)):
        piece = text[start:left]
        bare = piece.strip()
        if span.kind == "NAME" and len(bare) > 3 and bare[-2:] in ("'s", "’s"):
            bare = bare[:-2]
        if any(map(is_shown, bare)):
            begin = start + len(piece) - len(piece.lstrip())
            yield (
                span
                if (begin, begin + len(bare)) == (span.start, span.end)
                else attrs.evolve(span, start=begin, end=begin + len(bare))
            )
        start = max(start, right)


def _index(gathering: _Gathering, seeds: Sequence[Seed]) -> Generator[None, None, KnownValues]:
    """Return the index of what is known: values in the order in which they stand, numbers given in pieces, seeds."""
    known = KnownValues()
    turnstile = _Turnstile()
    for key, draft in gathering.drafts.items():
        known.add(Known(draft.kind, draft.text, key, key[1]))
        if turnstile.due():
            yield
    for kind, text in [*_joined(gathering), *((seed.kind, seed.text) for seed in seeds)]:
        key = gathering.identity(kind, text)
        known.add(Known(kind, text, key, key[1]))
        if turnstile.due():
            yield
    return known


def _sweep(gathering: _Gathering, known: KnownValues, indices: Sequence[int]) -> Generator[None, None, list[int]]:
    """Find known values in what is not masked yet in some texts; return which texts have changed."""
    changed: list[int] = []
    turnstile = _Turnstile()
    for hit in (yield from _found(gathering, known, indices, (_USER,))):
        if turnstile.due():
            yield
        index = hit.index
        kept = gathering.kept.get(index, ())
        if any(hit.kind == span.kind and hit.start < span.end and span.start < hit.end for span in kept):
            continue
        text = gathering.texts[index][hit.start : hit.end]
        if is_own_word(hit, text, gathering.segments[index].role):
            continue
        action = gathering.action(hit.kind, index)
        if action == "keep" or gathering.policy.allows(hit.kind, text):
            continue
        draft = _swept(gathering, hit, index, text)
        draft.tokenized |= action == "tokenize"
        draft.hidden |= gathering.policy.action_for(hit.kind) == "redact"
        span = Span(hit.start, hit.end, draft.kind, 1.0, SWEPT)
        gathering.edit(index, span, draft, cut_off=hit.cut_off)
        if not changed or changed[-1] != index:
            changed.append(index)
    return changed


def _echo(gathering: _Gathering) -> None:
    """Mask what the assistant, or a tool, repeats of the pieces of a number that the caller has just given."""
    given: dict[int, dict[str, _Draft | str]] = {}
    ends: dict[int, dict[str, _Draft | str]] = {}
    for message, tail, kind in _ends(gathering):
        ends.setdefault(message, {})[tail] = kind
    for message, piece, text, draft in _given(gathering):
        forms = given.setdefault(message, {})
        forms |= dict.fromkeys(groups_of(text), draft.kind)
        forms |= dict.fromkeys((piece, *spoken_forms(piece)), draft)
    for index, segment in enumerate(gathering.segments) if given or ends else ():
        place = _message(segment)
        confirms = segment.role in TOOLS and may_confirm(segment.text)
        if place is None or not (confirms or segment.role == _ASSISTANT):
            continue
        pieces: dict[str, _Draft | str] = {}
        for before in range(place - WITHIN, place):
            pieces |= ends.get(before, {}) if before >= place - AT_ONCE else {}
            pieces |= given.get(before, {})
        if confirms:
            pieces = {piece: value for piece, value in pieces.items() if sum(map(str.isdecimal, piece)) >= CONFIRMED}
        taken = sorted([*gathering.literals[index], *((edit.start, edit.end) for edit in gathering.edits[index])])
        for start, end, value in echoes(segment.reading, pieces) if pieces and has_number(segment.text) else ():
            at = bisect_left(taken, (end,))
            if at and taken[at - 1][1] > start:
                continue
            text = gathering.texts[index][start:end]
            if is_hundreds(text):
                continue
            kind = value if isinstance(value, str) else value.kind
            action = gathering.action(kind, index)
            if action != "keep" and not gathering.policy.allows(kind, text):
                # A group of a piece is a value of its own: what comes back must be no more than was said.
                moment = (index, start, 1)
                draft = (
                    gathering.draft(gathering.identity(kind, text), kind, text, moment)
                    if isinstance(value, str)
                    else value
                )
                draft.tokenized |= action == "tokenize"
                gathering.edit(index, Span(start, end, draft.kind, 1.0, SWEPT), draft)


def _given(gathering: _Gathering) -> Iterator[tuple[int, str, str, _Draft]]:
    """Yield the pieces of numbers that the caller gives: number of the message, piece, as it was said, value."""
    for index, segment in enumerate(gathering.segments):
        if segment.role != _USER or not gathering.edits[index]:
            continue
        message = _message(segment)
        if message is None:
            continue
        given = [
            (gathering.texts[index][edit.start : edit.end], edit.draft)
            for edit in gathering.edits[index]
            if not (edit.cut_off or edit.draft.kind in _WORDS or len(edit.draft.key[1]) > _LONGEST_PIECE)
        ]
        for text, draft in given if len(given) <= _PIECES else ():  # more are a table
            piece = piece_of(text)
            if piece is not None:
                yield message, piece, text, draft


def _ends(gathering: _Gathering) -> Iterator[tuple[int, str, str]]:
    """Yield the ends of whole numbers that the caller gives, which are said after them: "two six six, thanks"."""
    for index, edits in enumerate(gathering.edits):
        segment = gathering.segments[index]
        message = _message(segment) if 0 < len(edits) <= _PIECES and segment.role == _USER else None
        if message is None:
            continue
        for edit in edits:
            for tail in ends_of(edit.draft.key[1]) if edit.draft.kind not in _WORDS else ():
                yield message, tail, edit.draft.kind


def _joined(gathering: _Gathering) -> Iterator[tuple[str, str]]:
    """Yield kind and digits of the numbers that the caller gave in pieces, one turn after the other."""
    digits, kind, last = "", "", 0
    for message, piece, _, draft in _given(gathering):
        if draft.kind != kind or message - last > _BETWEEN_PIECES or len(digits + piece) > _LONGEST_NUMBER:
            digits = ""
        digits, kind, last = digits + piece, draft.kind, message
        if digits != piece and digits.isdecimal() and len(digits) >= _NUMBER:
            yield kind, digits


def _message(segment: Segment) -> int | None:
    """Return the number of the message in which a string stands."""
    match segment.path:
        case ("messages", int(number), *_):
            return number
    return None


def _swept(gathering: _Gathering, hit: Hit, index: int, text: str) -> _Draft:
    """Return the value a hit stands for: the known one, or its part as a value of its own."""
    moment = (index, hit.start, 1)
    key = cast("tuple[str, str]", hit.key)
    if hit.part is None:
        draft = gathering.drafts.get(key)
        if draft is not None and hit.kind == "NAME" and moment < draft.moment:
            # Before it was said by itself it was known as a part of a full name, if it was known at all.
            since = gathering.part_since(key)
            if since is not None:
                draft.moment = min(draft.moment, max(moment, since))
        return draft if draft is not None else gathering.draft(key, hit.kind, text, moment)
    whole = gathering.drafts.get(key)
    since = whole.moment if whole is not None else _BEFORE_ALL
    later = max(moment, (since[0], since[1], 1))
    return gathering.draft(gathering.identity(hit.kind, hit.part), hit.kind, text, later, part=True)


def _number(gathering: _Gathering, vault: Vault) -> Iterator[None]:
    """Give the values their tokens, in the order in which they became known.

    What must never come back has none as another kind either: the digits of a redacted SSN may be found as a code.
    """
    turnstile = _Turnstile()
    hidden = {draft.key[1] for draft in gathering.drafts.values() if draft.hidden and len(draft.key[1]) >= _CODE}
    for draft in sorted(gathering.drafts.values(), key=lambda one: one.moment):
        if turnstile.due():
            yield
        never = draft.hidden or not draft.tokenized or draft.key[1] in hidden
        fixed = redacted(draft.kind) if never else None
        draft.value = vault.put(draft.key, draft.kind, draft.text, token=fixed, part=draft.part)


def _write(gathering: _Gathering) -> Generator[None, None, Masked]:
    """Replace every edit's range and note in which form each value stood last in a user's message."""
    texts: list[str] = []
    spans: list[tuple[Span, ...]] = []
    written: list[tuple[tuple[int, int, str], ...]] = []
    forms: list[Mapping[str, str]] = []
    turnstile = _Turnstile()
    for index, segment in enumerate(gathering.segments):
        edits = gathering.edits[index]
        if not edits:
            texts.append(segment.text)
            spans.append(())
            written.append(())
            forms.append({})
            continue
        edits.sort(key=lambda edit: edit.start)
        pieces: list[str] = []
        new: list[tuple[int, int, str]] = []
        spelled: dict[str, str] = {}
        done = 0
        for edit in edits:
            if turnstile.due():
                yield
            source = segment.text[edit.start : edit.end]
            pieces.append(segment.text[done : edit.start])
            token = _token_in(gathering, edit, index)
            pieces.append(token)
            new.append((edit.start, edit.end, token))
            done = edit.end
            if not edit.cut_off and edit.draft.value is not None and token == edit.draft.value.token:
                spelled.setdefault(token, source)
                if segment.role == _USER:
                    edit.draft.value.last = source
        pieces.append(segment.text[done:])
        texts.append("".join(pieces))
        spans.append(tuple(edit.span for edit in edits))
        written.append(tuple(new))
        forms.append(spelled)
    return Masked(tuple(texts), tuple(spans), tuple(written), tuple(forms))


def _token_in(gathering: _Gathering, edit: _Edit, index: int) -> str:
    """Return what to write at one place; a rule may redact here what is tokenized elsewhere."""
    if gathering.action(edit.span.kind, index) == "redact":
        return redacted(edit.span.kind)
    return edit.draft.value.token if edit.draft.value is not None else redacted(edit.span.kind)


# --- After masking ---------------------------------------------------------------------------------------------------


def known_spans(text: str, vault: Vault) -> list[tuple[int, int, str]]:
    """Return where known values stand in one more string, such as a function's name: ``(start, end, token)``.

    A part of a name that has no token yet gets the next one.
    """
    known = vault.known
    if known is None:
        return []
    found = []
    for hit in known.find([blank_literals(text)]):
        source = text[hit.start : hit.end]
        if is_own_word(hit, source, None):
            continue
        value = vault.find(hit.kind, hit.part or source)
        if value is None:
            value = vault.add(hit.kind, hit.part or source, part=hit.part is not None)
        found.append((hit.start, hit.end, value.token))
    return found


def replace_known(text: str, vault: Vault, write: Callable[[str], str] = str) -> str:
    """Return one more string with known values replaced; ``write`` turns a token into what is written."""
    pieces: list[str] = []
    done = 0
    for start, end, token in known_spans(text, vault):
        pieces.append(text[done:start])
        pieces.append(write(token))
        done = end
    pieces.append(text[done:])
    return "".join(pieces)


def outgoing_check(
    strings: Sequence[str],
    vault: Vault,
    policy: Policy,
    *,
    roles: Sequence[str | None] | None = None,
    tools: Sequence[str | None] | None = None,
) -> None:
    """Look for known values in what is about to leave, with the sweep's own matcher, borders and exemptions.

    Args:
        strings: The strings that will be sent.
        vault: The request's vault after `mask_segments`.
        policy: The agent's policy; where it keeps a kind, finding one is no leak.
        roles: The role of each string, ``None`` outside messages.
        tools: The tool whose result each string is.

    Raises:
        LeakPrevented: A known value is still readable; the message names its kind only.
    """
    finished(outgoing_steps(strings, vault, policy, roles=roles, tools=tools))


def outgoing_steps(
    strings: Sequence[str],
    vault: Vault,
    policy: Policy,
    *,
    roles: Sequence[str | None] | None = None,
    tools: Sequence[str | None] | None = None,
) -> Generator[None, None, None]:
    """Do what `outgoing_check` does in short steps."""
    known = vault.known
    if known is None:
        return
    # Our own first: "[ADDRESS_45402]" is the token of one value and has the number of another.
    blanked = [blank_literals(blank(string, find_tokens(string, vault.live))) for string in strings]
    users = [index for index, role in enumerate(roles or ()) if role == _USER]
    for hit in (yield from known.finding(blanked, users)):
        role = roles[hit.index] if roles is not None else None
        tool = tools[hit.index] if tools is not None else None
        text = strings[hit.index][hit.start : hit.end]
        if is_own_word(hit, text, role):
            continue
        if policy.action_for(hit.kind, role, tool) != "keep" and not policy.allows(hit.kind, text):
            raise LeakPrevented(hit.kind)
