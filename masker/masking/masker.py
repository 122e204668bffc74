"""Mask the strings of a request, consistently, and look at the result once more.

1. *Gather.* Detectors' spans and the places where a seed stands (a value the platform told us) become values, in the
   order in which they stand. The policy decides for each: tokenize, redact, block, keep.
2. *Sweep.* What is known now is looked for in everything that is not masked yet: other forms, parts of names, the
   beginning of a value where a turn was cut off.
3. *Number.* Values get their numbers in the order in which they became known. A part of a name that only the sweep
   found becomes known where it stands, but not before the full name does: so a growing conversation keeps its numbers.
4. *Write.* Each range becomes its value's token; everything else stays as it is, character for character.

`outgoing_check` is the last look: the same matcher over the strings that are about to leave.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from typing import Final, cast

import attrs

from masker.core.policy import Action, Policy
from masker.core.segments import Segment
from masker.core.spans import Span
from masker.core.surrogates import find_literals, literal_names, redacted
from masker.detection.resolve import resolve
from masker.errors import Blocked, LeakPrevented
from masker.masking.known import Hit, Known, KnownValues, Lexicon, blank, blank_literals, word_edges
from masker.masking.vault import Value, Vault, identity

__all__ = [
    "Masked",
    "Seed",
    "in_groups",
    "known_spans",
    "mask_segments",
    "masking_steps",
    "outgoing_check",
    "replace_known",
]

#: Names under which spans that no detector found are reported.
SWEPT: Final = "known"
SEEDED: Final = "seed"

_USER: Final = "user"
#: Characters that are swept in one step.
_GROUP: Final = 32_000


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
    """Values and edits of one request, while they are collected."""

    def __init__(self, segments: Sequence[Segment], policy: Policy, tools: Sequence[str | None] | None) -> None:
        self.segments = segments
        self.policy = policy
        self.tools = tools
        self.drafts: dict[tuple[str, str], _Draft] = {}
        self.edits: list[list[_Edit]] = [[] for _ in segments]
        self._identities: dict[tuple[str, str], tuple[str, str]] = {}
        self._actions: dict[tuple[str, str | None, str | None], Action] = {}

    def identity(self, kind: str, text: str) -> tuple[str, str]:
        """Return a value's identity; the same text is read once a request."""
        key = self._identities.get((kind, text))
        if key is None:
            key = self._identities[kind, text] = identity(kind, text)
        return key

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

    def edit(self, index: int, span: Span, draft: _Draft, *, cut_off: bool = False) -> None:
        """Note that a span will be replaced by its value's token."""
        self.edits[index].append(_Edit(span.start, span.end, span, draft, cut_off))

    def masked_ranges(self, index: int) -> list[tuple[int, int]]:
        """Return what is masked in one string so far, sorted."""
        return sorted((edit.start, edit.end) for edit in self.edits[index])


def mask_segments(
    segments: Sequence[Segment],
    spans: Sequence[Sequence[Span]],
    vault: Vault,
    policy: Policy,
    seeds: Iterable[Seed] = (),
    *,
    tools: Sequence[str | None] | None = None,
) -> Masked:
    """Mask all strings of one request.

    Args:
        segments: The strings, in the order in which values are numbered: tools and other fields first, then messages.
        spans: What was found in each, disjoint (`admit`).
        vault: An empty vault; it holds the request's values afterwards.
        policy: Decides what happens to each kind in each place.
        seeds: Values known from the platform. One that stands nowhere gets no number.
        tools: For each string, the tool whose result it is, or ``None``.

    Returns:
        The masked strings and what was masked in them.

    Raises:
        Blocked: A value of a kind that the policy blocks was found.
    """
    steps = masking_steps(segments, spans, vault, policy, seeds, tools=tools)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            masked: Masked = end.value
            return masked


def masking_steps(
    segments: Sequence[Segment],
    spans: Sequence[Sequence[Span]],
    vault: Vault,
    policy: Policy,
    seeds: Iterable[Seed] = (),
    *,
    tools: Sequence[str | None] | None = None,
) -> Generator[None, None, Masked]:
    """Do what `mask_segments` does in short steps, so that a caller can serve others in between."""
    texts = [segment.text for segment in segments]
    seeds = tuple(seed for seed in seeds if seed.text.strip() and not policy.allows(seed.kind, seed.text))
    gathering = _Gathering(segments, policy, tools)
    literals: list[list[tuple[int, int]]] = []
    readable: list[str] = []
    lexicons: list[tuple[int, int, Lexicon]] = []
    for start, end in in_groups(texts):
        group = texts[start:end]
        vault.reserve(literal_names(group))
        literals += [[(found.start, found.end) for found in find_literals(text)] for text in group]
        readable += [blank(text, ranges) for text, ranges in zip(group, literals[start:end], strict=True)]
        lexicons.append((start, end, Lexicon.of(readable[start:end])))
        yield
    seeded: dict[int, list[Span]] = {}
    if seeds:
        wanted = KnownValues(Known(seed.kind, seed.text, position) for position, seed in enumerate(seeds))
        for group_lexicon in lexicons:
            _seeded(gathering, readable, wanted, group_lexicon, seeded)
            yield
    kept = _gather(gathering, spans, literals, seeded)
    known = _index(gathering, seeds)
    yield
    for group_lexicon in lexicons:
        _sweep(gathering, known, readable, kept, group_lexicon)
        yield
    _number(gathering, vault)
    vault.known = known
    yield
    return _write(gathering)


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


def _gather(
    gathering: _Gathering,
    spans: Sequence[Sequence[Span]],
    literals: Sequence[Sequence[tuple[int, int]]],
    seeded: Mapping[int, Sequence[Span]],
) -> list[list[Span]]:
    """Turn findings and seeds into values and edits; return what the policy keeps, per string."""
    kept: list[list[Span]] = [[] for _ in gathering.segments]
    for index, segment in enumerate(gathering.segments):
        found: Iterable[Span] = spans[index]
        if index in seeded:
            found = resolve((*found, *seeded[index]))
        for span in found:
            for piece in _outside(span, literals[index], segment.text):
                action = gathering.action(piece.kind, index)
                if action == "keep":
                    kept[index].append(piece)
                    continue
                text = segment.text[piece.start : piece.end]
                key = gathering.identity(piece.kind, text)
                draft = gathering.draft(key, piece.kind, text, (index, piece.start, 0))
                draft.tokenized |= action == "tokenize"
                gathering.edit(index, piece, draft)
    return kept


def _seeded(
    gathering: _Gathering,
    texts: Sequence[str],
    wanted: KnownValues,
    group: tuple[int, int, Lexicon],
    seeded: dict[int, list[Span]],
) -> None:
    """Note where seeds, or parts of them, stand in a group of texts."""
    first, end, lexicon = group
    for hit in wanted.find(texts[first:end], lexicon=lexicon):
        index = first + hit.index
        if not gathering.policy.allows(hit.kind, texts[index][hit.start : hit.end]):
            seeded.setdefault(index, []).append(Span(hit.start, hit.end, hit.kind, 1.0, SEEDED))


def _outside(span: Span, literals: Sequence[tuple[int, int]], text: str) -> Iterable[Span]:
    """Yield the span without literal tokens, surrounding space and a possessive; nothing without a letter or digit."""
    start = span.start
    for left, right in (*((a, b) for a, b in literals if a < span.end and span.start < b), (span.end, span.end)):
        piece = text[start:left]
        bare = piece.strip()
        if span.kind == "NAME" and len(bare) > 3 and bare[-2:] in ("'s", "’s"):
            bare = bare[:-2]
        if any(char.isalnum() for char in bare):
            begin = start + len(piece) - len(piece.lstrip())
            yield (
                span
                if (begin, begin + len(bare)) == (span.start, span.end)
                else attrs.evolve(span, start=begin, end=begin + len(bare))
            )
        start = max(start, right)


def _index(gathering: _Gathering, seeds: Sequence[Seed]) -> KnownValues:
    """Return the index of everything that is known: values in the order in which they stand, then seeds."""
    known = [Known(draft.kind, draft.text, key, key[1]) for key, draft in gathering.drafts.items()]
    for seed in seeds:
        key = gathering.identity(seed.kind, seed.text)
        known.append(Known(seed.kind, seed.text, key, key[1]))
    return KnownValues(known)


def _sweep(
    gathering: _Gathering,
    known: KnownValues,
    texts: Sequence[str],
    kept: Sequence[Sequence[Span]],
    group: tuple[int, int, Lexicon],
) -> None:
    """Find known values in what is not masked yet in a group of ``texts``; literal tokens are blanked out in them."""
    first, stop, lexicon = group
    segments = gathering.segments
    blanked: list[str] = []
    edges: list[tuple[int, str]] = []
    for index in range(first, stop):
        ranges = gathering.masked_ranges(index)
        if ranges:
            edges.extend((index - first, rest) for rest in word_edges(texts[index], ranges))
        blanked.append(blank(texts[index], ranges))
    users = [index - first for index in range(first, stop) if segments[index].role == _USER]
    for hit in known.find(blanked, users, lexicon.cut_at(edges) if edges else lexicon):
        index = first + hit.index
        if any(hit.kind == span.kind and hit.start < span.end and span.start < hit.end for span in kept[index]):
            continue
        action = gathering.action(hit.kind, index)
        text = segments[index].text[hit.start : hit.end]
        if action == "keep" or gathering.policy.allows(hit.kind, text):
            continue
        draft = _swept(gathering, hit, index, text)
        draft.tokenized |= action == "tokenize"
        span = Span(hit.start, hit.end, draft.kind, 1.0, SWEPT)
        gathering.edit(index, span, draft, cut_off=hit.cut_off)


def _swept(gathering: _Gathering, hit: Hit, index: int, text: str) -> _Draft:
    """Return the value a hit stands for: the known one, or its part as a value of its own."""
    moment = (index, hit.start, 1)
    key = cast("tuple[str, str]", hit.key)
    if hit.part is None:
        return gathering.draft(key, hit.kind, text, moment) if key not in gathering.drafts else gathering.drafts[key]
    whole = gathering.drafts.get(key)
    since = whole.moment if whole is not None else _BEFORE_ALL
    later = max(moment, (since[0], since[1], 1))
    return gathering.draft(gathering.identity(hit.kind, hit.part), hit.kind, text, later, part=True)


def _number(gathering: _Gathering, vault: Vault) -> None:
    """Give the values their tokens, in the order in which they became known."""
    for draft in sorted(gathering.drafts.values(), key=lambda one: one.moment):
        fixed = None if draft.tokenized else redacted(draft.kind)
        draft.value = vault.put(draft.key, draft.kind, draft.text, token=fixed, part=draft.part)


def _write(gathering: _Gathering) -> Masked:
    """Replace every edit's range and note in which form each value stood last in a user's message."""
    texts: list[str] = []
    spans: list[tuple[Span, ...]] = []
    written: list[tuple[tuple[int, int, str], ...]] = []
    forms: list[Mapping[str, str]] = []
    for index, segment in enumerate(gathering.segments):
        edits = sorted(gathering.edits[index], key=lambda edit: edit.start)
        if not edits:
            texts.append(segment.text)
            spans.append(())
            written.append(())
            forms.append({})
            continue
        pieces: list[str] = []
        new: list[tuple[int, int, str]] = []
        spelled: dict[str, str] = {}
        done = 0
        for edit in edits:
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
    known = vault.known
    if known is None:
        return
    blanked = [blank_literals(string) for string in strings]
    users = [index for index, role in enumerate(roles or ()) if role == _USER]
    for hit in known.find(blanked, users):
        role = roles[hit.index] if roles is not None else None
        tool = tools[hit.index] if tools is not None else None
        text = strings[hit.index][hit.start : hit.end]
        if policy.action_for(hit.kind, role, tool) != "keep" and not policy.allows(hit.kind, text):
            raise LeakPrevented(hit.kind)
