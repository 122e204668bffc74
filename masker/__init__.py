"""masker keeps protected health information away from language models.

This module is the public API for detector authors; the proxy and the command line come with extras.
"""

from masker.core.kinds import Kind
from masker.core.reading import HESITATION, Reading, read
from masker.core.segments import Segment, Turn
from masker.core.spans import Span
from masker.detection.amounts import is_amount
from masker.detection.context import WHERE, asked, cued
from masker.detection.detector import Detector, PatternDetector, Rule
from masker.detection.heard import heard
from masker.detection.runs import Run, RunDetector, asks_for, runs, said
from masker.hookspecs import HOOK_API, hookimpl

__all__ = [
    "HESITATION",
    "HOOK_API",
    "WHERE",
    "Detector",
    "Kind",
    "PatternDetector",
    "Reading",
    "Rule",
    "Run",
    "RunDetector",
    "Segment",
    "Span",
    "Turn",
    "asked",
    "asks_for",
    "cued",
    "heard",
    "hookimpl",
    "is_amount",
    "read",
    "runs",
    "said",
]

__version__ = "0.1.0"
