"""The arena of the attacks, for fuzzing."""

from tests.attack.conftest import arena, installed, shared_arena

__all__ = ["arena", "installed", "shared_arena"]
