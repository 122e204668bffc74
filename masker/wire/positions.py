"""Where a finding in a slot stands in the message it came from; a slot may be a leaf of JSON inside a string."""

from __future__ import annotations

from collections.abc import Iterator

from masker.wire.request import Slot

__all__ = ["positions"]


def positions(slot: Slot, start: int, end: int) -> Iterator[tuple[tuple[str | int, ...], int, int]]:
    """Yield the path of every string in the body that holds the slot's characters ``start:end``, with the offsets there.

    A key that occurs several times in one document, and a text joined from several parts, stand in several places.
    """
    document = slot.document
    if document is None:
        if not slot.parts:
            yield slot.segment.path, start, end
        for path, begin, stop in slot.parts:
            if start < stop and begin < end:
                yield path, max(start, begin) - begin, min(end, stop) - begin
        return
    for base, _ in slot.spans:
        first, last = slot.decoded.raw(start, end) if slot.decoded else (start, end)
        first, last = base + first, base + last
        inner = document
        while inner.outer is not None:
            if inner.decoded is not None:
                first, last = inner.decoded.raw(first, last)
            first, last = inner.span[0] + first, inner.span[0] + last
            inner = inner.outer
        yield inner.path, first, last
