"""Biometric templates: ids of voice prints, face templates, fingerprints and photographs.

Safe Harbor's categories P and Q (biometric identifiers; full-face photographs) reach a language model as content
parts, which the proxy refuses, or as text that points at one: "voiceprint id VP-8823", ``face_template: 9f3c…``. The
pointers are what this detector finds. They have no kind of their own: they are reported as ``OTHER_ID``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from masker import Segment, Span

__all__ = ["MediaDetector", "make_detector"]

_WHAT: Final = (
    r"(?:(?:voice|face|facial|finger|palm|thumb|iris|retina(?:l)?|hand|foot|vein|gait|speaker"
    r"|biometric)[ _-]?(?:prints?|template|scan|code|hash|embedding|signature|sample|model"
    r"|id|recognition|geometry|enroll?ment|profile|image|map)"
    r"|biometrics?|photo(?:graph)?[ _-]?id|mug ?shot|full[ _-]?face (?:photo|image)|selfie)"
)
_POINTER: Final = re.compile(
    rf"\b{_WHAT}(?![^\W_])(?:[\"' .]|[ _-]?(?:id|number|no|ref|reference|code|key|hash|template"
    rf"|enroll?ment|file|token|is|was|saved|stored|as|on|the|uh|um|called|image|scan)(?![^\W_])"
    rf"|[:=#]){{0,12}}"
    r"(?P<value>[^\W_][\w.-]{0,70}\d[\w.-]{0,70})",
    re.IGNORECASE,
)
_KEY: Final = re.compile(_WHAT, re.IGNORECASE)
_FILE: Final = re.compile(
    r"(?<![\w/])[\w-]{2,80}\.(?:jpe?g|png|heic|gif|bmp|tiff?|dcm|dicom|wav|mp3|m4a|ogg|flac|mp4|mov)(?![\w])",
    re.IGNORECASE,
)
#: No id has fewer digits.
_DIGITS: Final = re.compile(r"\d[\w.-]*\d")
#: Every such pointer holds one of these.
_HINTS: Final = (
    *("print", "face", "facial", "biometric", "iris", "retina", "scan", "template", "photo", "selfie", "vein", "mug"),
    *("voice", "speaker", "palm", "thumb", "hand", "foot", "gait", "finger"),
)


class MediaDetector:
    """Finds ids of prints and templates in text."""

    def __init__(self) -> None:
        self.name = "media"
        self.kinds = frozenset({"OTHER_ID"})
        # A part of the kind only; the rest of it is phi-masker-other-id's.
        self.scope = "biometric"

    def detect(self, segment: Segment) -> Iterator[Span]:
        """Yield every id of a biometric template."""
        reading = segment.reading
        # An id has digits, and most texts have none: the cheaper question first.
        if any(reading.at_numbers(_DIGITS)) and _hinted(reading.low):
            for match in _POINTER.finditer(reading.text):
                value = match["value"].rstrip(".-")
                if sum(map(str.isdigit, value)) < 2 or len(value) < 4:
                    continue
                start = match.start("value")
                yield Span(*reading.source(start, start + len(value)), "OTHER_ID", 0.9, self.name)
        if segment.key is not None and _DIGITS.search(segment.text) and _named(segment.key):
            for match in _VALUE.finditer(segment.text):
                if sum(map(str.isdigit, match[0])) >= 2:
                    yield Span(*match.span(), "OTHER_ID", 0.9, self.name)


def _hinted(low: str) -> bool:
    return any(map(low.__contains__, _HINTS))


_VALUE: Final = re.compile(r"[^\W_][\w.-]{2,198}[^\W_]")
_SUFFIX: Final = re.compile(r"[ _-]?(?:id|ref|url|uri|key|hash)\Z", re.IGNORECASE)


def _named(key: str) -> bool:
    """Return whether a JSON key names a print or a template: ``voiceprint_id``, ``face_id``."""
    return any(_KEY.fullmatch(name) for name in (key[:80], _SUFFIX.sub("", key[:80])))


def make_detector() -> MediaDetector:
    """Return the detector."""
    return MediaDetector()
