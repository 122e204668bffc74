"""Snapshots: a page as tools that drive a browser describe it to a model, each node on a line of its own.

A field's node has its label and its value (``- textbox "MRN" [ref=e5]: "66041"``); elsewhere the label is one node and
the value the next (``- generic [ref=e3]: MRN``, ``- generic [ref=e4]: "66041"``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

__all__ = ["labelled_in"]

#: A node: its role, its name, its references, and what it holds, as Playwright, Chrome and BrowserGym write it.
_NODE: Final = re.compile(
    r"^[ \t]{0,80}+(?:- |uid=\S{1,20} |\[\w{1,12}\] )?(?P<role>[A-Za-z]{3,30}+)"
    r"(?: (?:\"(?P<double>[^\"\n]{1,80})\"|'(?P<single>[^'\n]{1,80})'))?(?: \[[^\]\n]{1,60}\]){0,6}+"
    r"(?: value=[\"']?(?P<value>[^\"'\n]{1,80})[\"']?)?(?:: [\"']?(?P<text>[^\"'\n]{1,80}+)[\"']?)?[ \t]{0,8}\r?$",
    re.MULTILINE,
)
#: What snapshots have one of.
_SIGNS: Final = ("[ref=", "uid=", "StaticText", "] textbox ", "- definition: ", "- textbox ")
#: Roles of nodes that hold a text, and of those around them.
_HOLDS: Final = frozenset(
    "generic term definition text statictext strong emphasis cell gridcell rowheader label inlinetextbox".split()
)
#: Those that hold prose as often; a label or a value in one is believed beside a bare number or code.
_LOOSE: Final = frozenset("heading paragraph listitem".split())
_BARE: Final = re.compile(r"[\w./-]*\d[\w./-]*")
#: Those of fields, which hold a value only.
_FIELDS: Final = frozenset("textbox combobox spinbutton searchbox link".split())
#: What marks a label: "MRN (required)", "ZIP *".
_MARK: Final = re.compile(r"(?: ?(?:\((?:required|optional)\)|[*:]))+\Z", re.IGNORECASE)


def labelled_in(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield each value that a node, or the node before, has a label for: where it begins, what it is, its label."""
    label, loose = "", False
    for node in _NODE.finditer(text) if any(map(text.__contains__, _SIGNS)) else ():
        name = next((group for group in ("double", "single") if node[group] is not None), None)
        held = next((group for group in ("value", "text") if node[group] is not None), None)
        if name is not None and held is not None:
            yield node.start(held), node[held], _MARK.sub("", node[name])
        only, role = held or name, node["role"].lower()
        if only is None or not (role in _HOLDS or role in _FIELDS or role in _LOOSE):
            continue
        loose = loose or role in _LOOSE
        if label and (not loose or _BARE.fullmatch(node[only])):
            yield node.start(only), node[only], label
        alone = role not in _FIELDS and (name is None or held is None)
        label, loose = (_MARK.sub("", node[only].strip()) if alone else ""), role in _LOOSE
