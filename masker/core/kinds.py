"""Kinds of PHI: their names, their Safe Harbor category, and the first-party plugin that finds each.

A kind is what a token shows (`[PHONE_1]`). The table follows the eighteen identifiers of the Safe Harbor method,
45 CFR 164.514(b)(2)(i), letters A to R.
"""

from __future__ import annotations

import re
from typing import Final

import attrs

__all__ = ["FIRST_PARTY", "KIND_NAME", "Kind", "distribution_for"]

#: What a kind may be called; the same alphabet as in a token, so that every kind can be written as one.
KIND_NAME: Final = re.compile(r"[A-Z]+(?:_[A-Z]+)*")


def _valid_name(_: object, __: object, value: str) -> None:
    if not KIND_NAME.fullmatch(value) or len(value) > 40:
        raise ValueError(f"kind name {value!r} must be upper-case words joined by underscores, at most 40 characters")


@attrs.frozen
class Kind:
    """One kind of identifier.

    Args:
        name: Upper-case words joined by underscores, such as ``HEALTH_PLAN``; shown in tokens.
        category: Letter of 45 CFR 164.514(b)(2)(i), ``A`` to ``R``, or ``None`` when it is none of them.
        title: What a person calls it, in lower case without an article: ``phone number``. Used in the neutral
            phrase for unknown tokens ("your phone number") and in listings.

    Raises:
        ValueError: The name is no kind name.
    """

    name: str = attrs.field(validator=_valid_name)
    category: str | None = None
    title: str = attrs.field(default="")

    def __attrs_post_init__(self) -> None:
        if not self.title:
            object.__setattr__(self, "title", self.name.replace("_", " ").lower())

    @property
    def phrase(self) -> str:
        """The neutral words that stand for a value nobody knows."""
        return f"your {self.title}"


#: The kinds of the contract and the plugin (entry-point name) that finds each.
FIRST_PARTY: Final[dict[str, tuple[Kind, str]]] = {
    kind.name: (kind, plugin)
    for kind, plugin in (
        (Kind("NAME", "A", "name"), "name"),
        (Kind("ADDRESS", "B", "address"), "address"),
        (Kind("DATE", "C", "date"), "date"),
        (Kind("AGE", "C", "age"), "date"),
        (Kind("PHONE", "D", "phone number"), "phone"),
        (Kind("FAX", "E", "fax number"), "phone"),
        (Kind("EMAIL", "F", "email address"), "email"),
        (Kind("SSN", "G", "social security number"), "ssn"),
        (Kind("MRN", "H", "medical record number"), "mrn"),
        (Kind("HEALTH_PLAN", "I", "health plan number"), "health-plan"),
        (Kind("ACCOUNT", "J", "account number"), "account"),
        (Kind("CARD", "J", "card number"), "account"),
        (Kind("LICENSE", "K", "license number"), "license"),
        (Kind("VEHICLE", "L", "vehicle number"), "vehicle"),
        (Kind("DEVICE", "M", "device number"), "device"),
        (Kind("URL", "N", "web address"), "url"),
        (Kind("IP", "O", "network address"), "ip"),
        (Kind("OTHER_ID", "R", "reference number"), "other-id"),
    )
}


def distribution_for(kind: str) -> str | None:
    """Return the distribution to install for a first-party kind, or ``None`` for a kind of someone else's."""
    found = FIRST_PARTY.get(kind)
    return f"phi-masker-{found[1]}" if found else None
