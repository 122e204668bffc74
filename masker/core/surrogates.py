r"""Surrogates: the grammar of tokens, and its only home.

A token is `[KIND_n]`. Models bend what they repeat, so a token is also accepted as `[name_1]`, `[NAME 1]`, `[NAME-1]`,
`[NAME\n1]`, `\[NAME\_1\]` (Markdown), `%5BNAME_1%5D` (URLs) and, without brackets, as the whole upper-case word
`NAME_1`. Emphasis around a token and a possessive after it are ordinary text. In JSON strings every character may
also be escaped (`\u005bNAME_1]`).

One small automaton knows these forms (`_advance`). It reads characters and carries the token's *name* (`NAME_1`) so far;
`Names` says which names exist and which can still become one. So "is this a token", "could this become a token" and
"is this literal text that looks like one" have one answer each, wherever the text is cut.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Final, Literal, NamedTuple

from masker.core.kinds import KIND_NAME

__all__ = [
    "Literal_",
    "Match",
    "Names",
    "Surrogate",
    "format_token",
    "is_literal",
    "literal_names",
    "literals",
    "match_at",
    "name_of",
    "parse_token",
    "redacted",
]
