"""Writing back: masked texts go where their slots stand, in a copy that shares all that did not change.

Strings that are JSON are edited in place: the raw text outside a replacement, escapes and spaces included, stays as
the caller wrote it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import attrs

from masker.detection.embedded import Edit, apply_edits, edits_between, escape
from masker.wire.slots import Document, Path, Slot

__all__ = ["Masked", "Outgoing", "put"]


@attrs.frozen
class Outgoing:
    """What to send.

    Args:
        body: The masked request; shares everything unchanged with the caller's.
        names: Function names as they go out, each with the name that the caller knows it by; only those that changed.
        properties: The same for property names of parameter schemas.
    """

    body: dict[str, Any] = attrs.field(repr=False)
    names: Mapping[str, str] = attrs.field(factory=dict, repr=False)
    properties: Mapping[str, str] = attrs.field(factory=dict, repr=False)


#: What masking answers for a slot: nothing, the whole new text, or the edits that make it.
Masked = str | Sequence[Edit] | None

_NOT_IN_NAME: Final = re.compile(r"[^A-Za-z0-9_-]+")
_MAX_NAME: Final = 64


class _Copy:
    """A body that is copied where it changes: every container on the way to a change once, nothing else."""

    def __init__(self, body: Mapping[str, Any]) -> None:
        self.root = dict(body)
        self._own: dict[Path, Any] = {(): self.root}

    def container(self, path: Path) -> Any:
        found = self._own.get(path)
        if found is None:
            above = self.container(path[:-1])
            old = above[path[-1]]
            found = dict(old) if type(old) is dict else list(old)
            above[path[-1]] = found
            self._own[path] = found
        return found

    def set(self, path: Path, value: Any) -> None:
        self.container(path[:-1])[path[-1]] = value

    def delete(self, path: Path) -> None:
        del self.container(path[:-1])[path[-1]]

    def rename(self, path: Path, names: Mapping[str, str]) -> None:
        """Rename keys of the object at ``path``, in place and in order; two keys never become one."""
        owner = self.container(path)
        unique = _Unique(name for name in owner if name not in names)
        items = [(unique.name(names[name]) if name in names else name, value) for name, value in owner.items()]
        owner.clear()
        owner.update(items)


class _Unique:
    """Makes names of which no two are the same.

    Args:
        taken: Names that are given already.
        limit: How long a name may be; 0 for any length.
    """

    def __init__(self, taken: Iterable[str], limit: int = 0) -> None:
        self._taken = set(taken)
        self._limit = limit
        #: The last number behind each name: thousands may be masked alike.
        self._numbers: dict[str, int] = {}

    def name(self, name: str) -> str:
        """Return the name, or the name with a number behind it, that is not taken yet; and take it."""
        found, number = name, self._numbers.get(name, 1)
        while found in self._taken:
            number += 1
            tail = f"_{number}"
            found = (name[: self._limit - len(tail)] if self._limit else name) + tail
        self._numbers[name] = number
        self._taken.add(found)
        return found


def _bare(name: str) -> str:
    """Return a masked name in the alphabet that OpenAI allows for names: ``call_[NAME_1]`` becomes ``call_NAME_1``."""
    return _NOT_IN_NAME.sub("_", name.replace("[", "").replace("]", "")).strip("_")[:_MAX_NAME] or "name"


def _new_text(slot: Slot, masked: Masked) -> str | None:
    """Return the slot's new text, or ``None`` where nothing changes."""
    if masked is None:
        return None
    new = masked if isinstance(masked, str) else apply_edits(slot.segment.text, masked)
    return None if new == slot.segment.text else new


def _edits(slot: Slot, masked: str | Sequence[Edit]) -> Sequence[Edit]:
    return edits_between(slot.segment.text, masked) if isinstance(masked, str) else masked


def put(body: Mapping[str, Any], slots: Sequence[Slot], masked: Sequence[Masked]) -> Outgoing:
    """Write masked texts back.

    Args:
        body: The request that the slots were taken from; not changed.
        slots: What `slots_of` returned for it.
        masked: For every slot ``None`` (unchanged), its new text, or the edits in ``slot.segment.text`` that make it.
            Give edits where they are known: from a text alone, where each replacement began must be guessed when a
            value was split between content parts.
    """
    copy = _Copy(body)
    names, properties = _NameMap(body), _NameMap(body)
    renames: dict[Path, dict[str, str]] = {}
    documents: dict[Document, list[Edit]] = {}
    drops: list[Path] = []
    for slot, given in zip(slots, masked, strict=True):
        # Arguments of an earlier call follow the schema's new names.
        renamed = properties.get(slot.segment.text) if slot.is_key and slot.document else None
        answer = given if renamed is None else renamed
        new = _new_text(slot, answer)
        if new is None or answer is None:
            continue
        path = slot.segment.path
        if slot.form == "function_name":
            copy.set(path, names.add(slot.segment.text, new))
        elif slot.form == "drop":
            drops.append(path)
        elif slot.document is not None:
            documents.setdefault(slot.document, []).extend(_document_edits(slot, answer, new))
        elif slot.parts:
            for part, text in _split(slot, _edits(slot, answer)):
                copy.set(part, text)
        else:
            if slot.bare:
                new = properties.add(slot.segment.text, new)
            if slot.is_key:
                renames.setdefault(path[:-1], {})[slot.segment.text] = new
            else:
                copy.set(path, new)
    for document, edits in _innermost_first(documents):
        if document.outer is None:
            copy.set(document.path, apply_edits(document.text, edits))
        else:
            documents[document.outer] += _outer_edits(document, edits)
    # Paths count in the caller's keys: rename the deepest first, and only when everything else is in place.
    for path in sorted(renames, key=len, reverse=True):
        copy.rename(path, renames[path])
    for path in drops:
        copy.delete(path)
    return Outgoing(copy.root, names.original, properties.original)


def _innermost_first(documents: dict[Document, list[Edit]]) -> Iterator[tuple[Document, list[Edit]]]:
    """Yield every document that changes, and those around it, with its edits in order."""
    for document in list(documents):
        outer = document.outer
        while outer is not None:
            documents.setdefault(outer, [])
            outer = outer.outer
    for document in sorted(documents, key=lambda each: each.depth, reverse=True):
        yield document, sorted(documents[document])


def _document_edits(slot: Slot, answer: str | Sequence[Edit], new: str) -> list[Edit]:
    """Return a slot's edits as they stand in its document."""
    if slot.form == "number":
        return [Edit(start, end, f'"{escape(new)}"') for start, end in slot.spans]
    decoded = slot.decoded
    edits = _edits(slot, answer)
    return [
        Edit(base + raw_start, base + raw_end, escape(text))
        for base, _ in slot.spans
        for start, end, text in edits
        for raw_start, raw_end in [decoded.raw(start, end) if decoded else (start, end)]
    ]


def _outer_edits(document: Document, edits: Sequence[Edit]) -> list[Edit]:
    """Return the same edits as they stand in the document around."""
    base = document.span[0]
    decoded = document.decoded
    found: list[Edit] = []
    for start, end, new in edits:
        raw_start, raw_end = decoded.raw(start, end) if decoded else (start, end)
        found.append(Edit(base + raw_start, base + raw_end, escape(new)))
    return found


def _split(slot: Slot, edits: Sequence[Edit]) -> Iterator[tuple[Path, str]]:
    """Yield the parts that change.

    A replacement stands in the part in which it begins; what it covers of later parts is taken off them.
    """
    ends = [end for _, _, end in slot.parts]
    last = len(ends) - 1
    own: dict[int, list[Edit]] = {}
    for start, stop, text in edits:
        # Between two parts an edit stands in the later one.
        place = min(bisect_right(ends, start), last)
        while True:
            _, begin, end = slot.parts[place]
            left, right = (min(max(offset, begin), end) - begin for offset in (start, stop))
            own.setdefault(place, []).append(Edit(left, right, text))
            if place == last or slot.parts[place + 1][1] >= stop:
                break
            place, text = place + 1, ""  # noqa: PLW2901  # written once; what it covers of later parts only goes
    for place, (path, begin, end) in enumerate(slot.parts):
        if place in own:
            yield path, apply_edits(slot.segment.text[begin:end], own[place])


class _NameMap:
    """Names as they go out: a name changes as a whole, and no two become one.

    Args:
        body: The request. No name becomes one that stands anywhere in it, also in parts whose slots nobody made.
    """

    def __init__(self, body: Any) -> None:
        self.original: dict[str, str] = {}
        self._body = body
        self._outgoing: dict[str, str] = {}
        self._unique: _Unique | None = None

    def get(self, name: str) -> str | None:
        """Return what goes out for a name that changes, or ``None``."""
        return self._outgoing.get(name)

    def add(self, name: str, masked: str) -> str:
        """Return what goes out for a name, given its masked form."""
        if name not in self._outgoing:
            if self._unique is None:  # few requests have a name that changes
                self._unique = _Unique(_strings_in(self._body), _MAX_NAME)
            outgoing = self._unique.name(_bare(masked))
            self._outgoing[name] = outgoing
            self.original[outgoing] = name
        return self._outgoing[name]


def _strings_in(tree: Any) -> Iterator[str]:
    """Yield every string of a tree, keys included."""
    waiting = [tree]
    while waiting:
        value = waiting.pop()
        if type(value) is str:
            yield value
        elif type(value) is list:
            waiting += value
        elif type(value) is dict:
            yield from value
            waiting += value.values()
