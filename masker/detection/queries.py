"""Queries: which field each parameter of a query is compared with or stored in.

Programs send a query with signs for its values and the values beside it, so that nothing in the document but the
query says what they are.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["parameters", "selected"]

#: A sign for a value, with the field that it is compared with or set to.
_SIGN: Final = re.compile(
    r"(?:(?<![\w\"`\]])[\"`\[]?(?:\w{1,60}\.)?(?P<field>[A-Za-z]\w{0,60})\\?[\"`\]]? ?"
    r"(?:[=<>!~]{1,2}|(?:not )?(?:like|ilike|in)\b) ?\(? ?)?(?:\?|\$[0-9]{1,3}|%s|@p[0-9]{1,3}|:[0-9]{1,3})(?!\w)",
    re.IGNORECASE | re.ASCII,
)
#: The fields of an ``INSERT``, before the signs for their values.
_FIELDS: Final = re.compile(r"\((?P<fields>[\w ,\"`.\\]{1,1000})\)\s{1,3}values\s{0,3}\(", re.IGNORECASE)
#: What every query has that tells a parameter's field: quickly looked for.
_COMPARED: Final = re.compile(r"[?$%@:](?:(?<=[=<>~(,].)|(?<=[=<>~(,eEnN] .))")
_LONGEST: Final = 4_000
#: What a query selects; of a column that another one is made of, or that has another name, that is its last word.
_SELECT: Final = re.compile(
    r"\s{0,20}select\s{1,20}(?:distinct\s{1,20})?(?P<columns>[\w ,.\"`\[\]\r\n]{1,1000}?)\sfrom\s", re.IGNORECASE
)


def parameters(query: str) -> list[str | None]:
    """Return what each parameter of a query is called, in order; ``None`` where nothing tells.

    Args:
        query: Any text, its quotation marks escaped or not; one without signs for values has no parameters.
    """
    if len(query) > _LONGEST or _COMPARED.search(query) is None:
        return []
    names = [match["field"] for match in _SIGN.finditer(query)]
    inserted = _FIELDS.search(query) if names and not any(names) else None
    if inserted is None:
        return names
    fields: list[str | None] = [field.strip(' \\"`').rpartition(".")[2] for field in inserted["fields"].split(",")]
    return fields if len(fields) == len(names) else []


def selected(query: str) -> list[str]:
    """Return the columns that a query selects, in order: ``SELECT p.mrn, zip AS code FROM ...``.

    Args:
        query: Any text; one that is no such query, or that computes what it selects, has none.
    """
    match = _SELECT.match(query)
    if match is None:
        return []
    columns = []
    for column in match["columns"].split(","):
        words = column.replace(".", " ").split()
        # Under another name a column is still that column.
        if [word.lower() for word in words[-2:-1]] == ["as"]:
            words = words[:-2]
        columns.append(words[-1].strip('"`[]') if words else "")
    return columns
