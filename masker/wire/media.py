"""Media: parts of a request that carry an image, a sound, a film or a file, which may be a face, a voice or a scan."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any, Final

from masker.wire.vocabulary import (
    DATA_URL,
    DATA_URL_ONLY,
    MEDIA_DATA,
    MEDIA_KEYS,
    MEDIA_TYPE,
    SETTINGS,
)

__all__ = ["is_bytes", "is_data_url", "is_media", "media_in"]


_BASE64: Final = re.compile(r"[A-Za-z0-9+/_\r\n-]*={0,2}\s*")


def is_data_url(text: str) -> bool:
    """Return whether a string is a file's bytes in base64, and nothing else: words behind the prefix are words."""
    return text[:5].lower() == "data:" and DATA_URL_ONLY.fullmatch(text) is not None


def is_bytes(text: str) -> bool:
    """Return whether a string is bytes in base64, in one line or many; a plain text in their place is words."""
    return is_data_url(text) or _BASE64.fullmatch(text) is not None


def is_media(part: dict[str, Any]) -> bool:
    """Return whether a content part carries media: by its type, or by a field whatever its type says."""
    kind = part.get("type")
    if type(kind) is str and kind not in ("text", "input_text", "output_text") and MEDIA_TYPE.search(kind.lower()):
        return True
    return not MEDIA_KEYS.isdisjoint(part)


def media_in(body: Mapping[str, Any], but: Collection[int] = ()) -> str | None:
    """Return where the first image, sound, film or file of a request stands (``messages[0].content[1]``), or ``None``.

    Parts of a media type, parts with a media field whatever their type, wherever parts can stand (in parts of parts
    and in ``prediction`` too), and base64 data URLs anywhere, also as keys.

    Args:
        body: The request.
        but: Indices of messages that are known to carry none.
    """
    listed = body.get("messages")
    messages = [
        (index, message) for index, message in enumerate(listed if type(listed) is list else ()) if index not in but
    ]
    for index, message in messages:
        if type(message) is not dict:
            continue
        audio = message.get("audio")
        if type(audio) is dict and not MEDIA_DATA.isdisjoint(audio):
            return f"messages[{index}].audio"
        content = message.get("content")
        for place, part in enumerate(content if type(content) is list else ()):
            if _holds_media(part):
                return f"messages[{index}].content[{place}]"
    if _holds_media(body.get("prediction")):
        return "prediction"
    for name, value in body.items():
        if name == "messages" and value is listed and type(listed) is list:
            where = next((index for index, message in messages if _holds_data_url(message)), None)
            if where is not None:
                return f"messages[{where}]"
        elif _holds_data_url(name) or _holds_data_url(value):
            return name if name in SETTINGS else "(unknown field)"
    return None


def _holds_media(part: Any) -> bool:
    """Return whether a content part, or a part in its own ``content``, carries media."""
    if type(part) is list:
        return any(map(_holds_media, part))
    return type(part) is dict and (is_media(part) or _holds_media(part.get("content")))


def _holds_data_url(value: Any) -> bool:
    if type(value) is str:
        return "64," in value and DATA_URL.search(value) is not None
    if type(value) is dict:
        return any(_holds_data_url(name) or _holds_data_url(child) for name, child in value.items())
    return type(value) is list and any(map(_holds_data_url, value))
