"""Certify a detector or a rehydrator against masker's numbered rules.

Subclass `DetectorConformance` or `RehydratorConformance` in a test file, or run ``masker conformance`` on what is
installed. Both run the same checks: pure functions, one rule each, in `masker_conformance.checks`.
"""

from masker_conformance.fixtures import SUITE_VERSION
from masker_conformance.suites import DetectorConformance, RehydratorConformance

__all__ = ["SUITE_VERSION", "DetectorConformance", "RehydratorConformance"]
