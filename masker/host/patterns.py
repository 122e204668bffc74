"""What the regular expression of a schema spells: "^Maribel +Okonkwo$" is a name, "^(219)-(09)-(9999)$" a number.

Schemas leave as they are, so nobody's data may stand in them, in whatever way it is written. Expressions come in
several dialects, and those that no engine takes are sent all the same: so each sign is read by itself, and what is none
is text.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["spelled"]

#: Characters that are written down at most: an expression may say "a million times".
_MOST: Final = 2_000
_MOST_TIMES: Final = 20
_SIGN: Final = re.compile(
    r"\\Q(?P<quoted>.{0,400}?)\\E|\\(?:x(?P<byte>[0-9A-Fa-f]{2})|u(?P<code>[0-9A-Fa-f]{4}))"
    r"|\\(?P<escaped>[^A-Za-z0-9])|\\(?P<blank>s)|\\(?P<nothing>[bBAZzGK1-9])|\\(?P<any>[dDwWSNhHvVRX])"
    r"|\[(?P<set>\^?(?:\\.|[^\\\]]){1,80})\]"
    r"|(?P<open>\((?:\?(?:P?<[A-Za-z_]\w{0,40}>|<?[=!>|]|[a-zA-Z-]{0,10}[:)]|'\w{1,40}'))?)|(?P<close>\))"
    r"|\{(?P<times>\d{1,4})(?:,\d{0,4})?\}[?+]?|(?P<often>[*+?]{1,2})|(?P<either>\|)|[\^$]",
    re.DOTALL,
)
_MEMBER: Final = re.compile(r"\\?(.)", re.DOTALL)
#: What stands for a blank or for a sign between two words or groups, in a set.
_BETWEEN: Final = frozenset("s _-./")


def spelled(pattern: str) -> str:
    """Return the text that an expression spells, with a sign for each of its parts that say nothing."""
    out: list[str] = []
    groups: list[int] = []
    item = at = 0  # where in `out` the part stands that is repeated
    for match in _SIGN.finditer(pattern):
        if at < match.start():
            out += pattern[at : match.start()]
            item = len(out) - 1
        at = match.end()
        if match["times"] is not None:
            again = out[item:] * (min(int(match["times"]), _MOST_TIMES) - 1)
            out += again if len(out) + len(again) <= _MOST else ()
        elif match["open"] is not None and not match["open"].endswith(")"):
            groups.append(len(out))
        elif match["close"] is not None:
            item = groups.pop() if groups else len(out)
            if out[item:] and not any(map(str.isalnum, out[item:])):
                out[item:] = "-"  # "(-|\\s)"
        elif match["often"] is not None:
            if out[-1:] == ["."]:
                out[-1] = "-"
        else:
            item = len(out)
            out += _said(match)
    return "".join((*out, pattern[at:])).strip()


def _said(match: re.Match[str]) -> str:
    """Return what a sign that is no repetition and no bracket stands for."""
    if match["quoted"] is not None:
        return match["quoted"]
    if match["escaped"] is not None:
        return match["escaped"]
    if match["byte"] or match["code"]:
        return chr(int(match["byte"] or match["code"], 16))
    if match["set"] is not None:
        members: set[str] = set(_MEMBER.findall(match["set"]))
        if len({member.lower() for member in members}) == 1:
            return min(members)  # "[4]", "[Mm]": its capital
        return " " if " " in members or ("s" in members and members <= _BETWEEN) else "-"
    if match["any"] is not None:
        return "-"
    return "\n" if match["either"] is not None else " " if match["blank"] is not None else ""
