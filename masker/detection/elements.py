"""Elements: the short values of XML within a text, under the names of their elements and attributes.

Records are written as ``<zip>45402</zip>``, as ``<patient zip="45402"/>``, by FHIR as ``<postalCode value="45402"/>``,
by tool calls as ``<parameter name="zip">45402</parameter>``. A name says as much there as a key of JSON, also of values
that are words elsewhere (``<family>Street</family>``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from masker.detection.keys import is_town, kind_of_key, plain_key

__all__ = ["elements_in"]

_NAME: Final = r"[A-Za-z][\w:.-]{0,60}+"
#: A tag with its attributes; what it holds, if that is no element, and its end.
_ELEMENT: Final = re.compile(
    rf"<(?P<name>{_NAME})(?P<inner>[\s/][^<>]{{0,2000}}+)?>(?:(?P<text>[^<>]{{1,80}})</(?P=name)>)?"
)
_ATTRIBUTE: Final = re.compile(
    rf"(?<=\s)(?P<name>{_NAME})=(?:\"(?P<double>[^\"]{{1,80}})\"|'(?P<single>[^']{{1,80}})')"
)
#: Attributes that hold what the element's name says, and those that name what it holds.
_WHOLE: Final = ("value", "content", "extension", "text")
_NAMING: Final = "name key field id label property itemprop hint aria-label content-desc placeholder title".split()


def elements_in(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield each short value: where it begins, what it is, and what it is called."""
    if "<" not in text:
        return
    label = ""
    for element in _ELEMENT.finditer(text):
        name = plain_key(element["name"])
        inner = _ATTRIBUTE.finditer(text, *element.span("inner")) if element["inner"] is not None else ()
        held = []
        for attribute in inner:
            group = "double" if attribute["double"] is not None else "single"
            own = plain_key(attribute["name"])
            if own in _NAMING:
                name = plain_key(attribute[group])
            elif own in _WHOLE:
                held.append((attribute.start(group), attribute[group]))
            else:
                yield attribute.start(group), attribute[group], own
        if element["text"] is not None:
            held.append((element.start("text"), element["text"]))
        for start, said in held:
            # A view's parts are alike: <node text="MRN"/><node text="66041"/>.
            yield start, said, label if label and kind_of_key(name) is None and not is_town(name) else name
        label = held[0][1].strip(" :*") if len(held) == 1 and element["text"] is None else ""
