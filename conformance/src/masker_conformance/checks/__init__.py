"""The checks, one function a rule, a module a chapter. Importing this package registers them, in the spec's order."""

from masker_conformance.checks import contract, detection, privacy, rehydration, stream, work

__all__ = ["contract", "detection", "privacy", "rehydration", "stream", "work"]
