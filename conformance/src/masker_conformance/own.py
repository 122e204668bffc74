"""masker's own rehydrator as a subject, judged like anybody else's."""

from __future__ import annotations

from collections.abc import Mapping

import masker
from masker.masking.rehydrator import Rehydrator
from masker.masking.vault import Vault
from masker_conformance.subjects import RehydratorSubject

__all__ = ["make_own_rehydrator", "own_rehydrator"]


def make_own_rehydrator(tokens: Mapping[str, str], json: bool) -> Rehydrator:
    """Return masker's rehydrator over a vault with the given tokens."""
    vault = Vault()
    vault.load(tokens)
    return Rehydrator(vault, json=json)


def own_rehydrator() -> RehydratorSubject:
    """Return masker's rehydrator as a subject."""
    return RehydratorSubject("rehydrator", make_own_rehydrator, "phi-masker", masker.__version__)
