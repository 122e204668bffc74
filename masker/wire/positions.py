"""Where a finding in a slot stands in the body; a slot may be a leaf of JSON inside a string."""

from __future__ import annotations

from collections.abc import Iterator

from masker.wire.slots import Path, Slot

__all__ = ["positions"]


def positions(slot: Slot, start: int, end: int) -> Iterator[tuple[Path, int, int]]:
    """Yield the path of every string in the body that holds the slot's characters ``start:end``, with offsets there.

    A key that occurs several times in one document, and a text joined from several parts, stand in several places.
    """
    if slot.document is None:
        if not slot.parts:
            yield slot.segment.path, start, end
        for path, begin, stop in slot.parts:
            if start < stop and begin < end:
                yield path, max(start, begin) - begin, min(end, stop) - begin
        return
    for base, stop in slot.spans:
        first, last = slot.decoded.raw(start, end) if slot.decoded else (start, end)
        # A number is read as it is said, and stands there as it is written.
        first, last = (base, stop) if slot.form == "number" else (base + first, base + last)
        document = slot.document
        while document.outer is not None:
            if document.decoded is not None:
                first, last = document.decoded.raw(first, last)
            first, last = document.span[0] + first, document.span[0] + last
            document = document.outer
        yield document.path, first, last
