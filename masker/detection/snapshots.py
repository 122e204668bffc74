"""Snapshots: a page as tools that drive a browser describe it to a model, each node on a line of its own.

A field's node has its label and its value (``- textbox "MRN" [ref=e5]: "66041"``); elsewhere the label is one node and
the value the next (``- generic [ref=e3]: MRN``, ``- generic [ref=e4]: "66041"``), or its column's name stands above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

__all__ = ["HOLDS", "ROLES", "labelled_in"]

#: A node: its role, its name, its references, and what it holds, as Playwright, Chrome and BrowserGym write it.
_NODE: Final = re.compile(
    r"^[ \t]{0,80}+(?:- |uid=\S{1,20} |\[[\w-]{1,16}\] )?(?P<role>[A-Za-z]{3,30}+)"
    r"(?: (?:\"(?P<double>[^\"\n]{1,80})\"|'(?P<single>[^'\n]{1,80})'))?(?: \[[^\]\n]{1,60}\]){0,6}+"
    r"(?: value=[\"']?(?P<value>[^\"'\n]{1,80})[\"']?)?(?:: [\"']?(?P<text>[^\"'\n]{1,80}+)[\"']?|:)?[ \t]{0,8}\r?$",
    re.MULTILINE,
)
#: What snapshots have one of.
_SIGNS: Final = (*("[ref=", "uid=", "StaticText", "] textbox", "- definition: ", "- textbox ", "columnheader"),)
#: Roles of nodes that hold a text, and of those around them.
HOLDS: Final = frozenset(
    "generic term definition text statictext strong emphasis cell gridcell rowheader label inlinetextbox".split()
)
_CELLS: Final = frozenset("cell gridcell rowheader".split())
#: Those that hold prose as often; a label or a value in one is believed beside a bare number or code.
_LOOSE: Final = frozenset("heading paragraph listitem".split())
_BARE: Final = re.compile(r"[\w./-]*\d[\w./-]*")
#: Those of fields, which hold a value only.
_FIELDS: Final = frozenset("textbox combobox spinbutton searchbox link".split())
#: All of those that a node of a tree in JSON may have: {"role": "StaticText", "name": "MRN: 66041"}.
ROLES: Final = (
    HOLDS
    | _LOOSE
    | _FIELDS
    | frozenset("columnheader row button img image checkbox radio tab menuitem option switch".split())
)
#: What marks a label: "MRN (required)", "ZIP *".
_MARK: Final = re.compile(r"(?: ?(?:\((?:required|optional)\)|[*:]))+\Z", re.IGNORECASE)


class _Columns:
    """A table's columns as far as it is read: what they are called, and where in its row a node stands."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._named = False
        self._at = 0
        #: Of a row that is named after all that its cells hold: how far that is read, and its end.
        self._row = (0, 0)

    def begin(self, row: tuple[int, int]) -> None:
        """Take the beginning of a row, and where its name stands."""
        self._at, self._row = 0, row

    def head(self, name: str) -> None:
        """Take the name of a column; the first behind cells is another table's."""
        if self._named:
            self._names, self._named = [], False
        self._names.append(name)

    def cell(self, start: int, said: str, text: str) -> Iterator[tuple[int, str, str]]:
        """Yield a cell under its column's name, and what its row's name has of it."""
        self._named = True
        at, self._at = self._at, self._at + 1
        places = [start] if said else []
        begin, end = self._row
        found = text.find(said, begin, end) if said else -1
        if found >= 0:
            places.append(found)
            self._row = (found + len(said), end)
        if at < len(self._names):
            yield from ((place, said, self._names[at]) for place in places)


def labelled_in(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield each value that a node, or the node before, has a label for: where it begins, what it is, its label."""
    label, loose = "", False
    columns = _Columns()
    for node in _NODE.finditer(text) if any(map(text.__contains__, _SIGNS)) else ():
        name = next((group for group in ("double", "single") if node[group] is not None), None)
        held = next((group for group in ("value", "text") if node[group] is not None), None)
        if name is not None and held is not None:
            yield node.start(held), node[held], _MARK.sub("", node[name])
        only, role = held or name, node["role"].lower()
        if role == "row":
            columns.begin(node.span(only) if only is not None else (0, 0))
        elif role == "columnheader" and only is not None:
            columns.head(_MARK.sub("", node[only].strip()))
        elif role in _CELLS:
            yield from columns.cell(node.start(only) if only else 0, node[only] if only else "", text)
        if only is None or not (role in HOLDS or role in _FIELDS or role in _LOOSE):
            continue
        loose = loose or role in _LOOSE
        if label and (not loose or _BARE.fullmatch(node[only])):
            yield node.start(only), node[only], label
        alone = role not in _FIELDS and (name is None or held is None)
        label, loose = (_MARK.sub("", node[only].strip()) if alone else ""), role in _LOOSE
