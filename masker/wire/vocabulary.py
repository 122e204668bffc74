"""What we know of the chat API: the fields and words that are the API's own and nobody's data.

Everything that is not in one of these lists is a place where a person's words can stand.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = [
    "DATA_URL",
    "DATA_URL_ONLY",
    "DROPPED",
    "MEDIA_DATA",
    "MEDIA_FIELDS",
    "MEDIA_KEYS",
    "MEDIA_SETTINGS",
    "MEDIA_TYPE",
    "MESSAGE_FIELDS",
    "ROLES",
    "SCHEMA_BELOW",
    "SCHEMA_FIXED",
    "SCHEMA_MAPS",
    "SCHEMA_NUMBERS",
    "SCHEMA_OTHER",
    "SCHEMA_TEXT",
    "SCHEMA_TYPES",
    "SCHEMA_VALUES",
    "SETTINGS",
    "SETTINGS_KEYS",
    "SETTINGS_WORDS",
    "TEXT_PARTS",
    "TOKEN_ID",
    "TYPES",
]

#: Fields of the request that we know, most of them settings.
SETTINGS: Final = frozenset(
    (
        "model messages stream stream_options temperature top_p n max_tokens max_completion_tokens "
        "presence_penalty frequency_penalty logit_bias logprobs top_logprobs seed service_tier store "
        "reasoning_effort reasoning verbosity modalities audio parallel_tool_calls prompt_cache_retention "
        "prompt_cache_options moderation tools tool_choice functions function_call response_format stop "
        "prediction metadata web_search_options user safety_identifier prompt_cache_key top_k min_p "
        "repetition_penalty"
    ).split()
)
SETTINGS_WORDS: Final = frozenset(
    (
        "auto none required low medium high minimal xhigh max default flex priority scale fast standard_only "
        "in_memory 24h 30m text audio wav mp3 flac opus pcm16 aac alloy ash ballad coral echo fable nova onyx "
        "sage shimmer verse marin cedar approximate content implicit explicit score block concise detailed "
        "ephemeral 5m 1h"
    ).split()
)
#: Keys inside settings.
SETTINGS_KEYS: Final = frozenset(
    (
        "include_usage include_obfuscation voice format effort summary generate_summary mode ttl type model "
        "policy input output search_context_size exclude enabled max_tokens"
    ).split()
)
#: Longest token id in ``logit_bias``; a longer number of digits is someone's.
TOKEN_ID: Final = re.compile(r"\d{1,7}")
#: Identifiers of end users: a token in them would make all callers one.
DROPPED: Final = frozenset(("user", "safety_identifier", "prompt_cache_key"))
ROLES: Final = frozenset(("system", "developer", "user", "assistant", "tool", "function"))
#: What ``type`` says in messages, parts, tools and formats.
TYPES: Final = frozenset(
    (
        "text refusal output_text input_text function custom image_url input_image image input_audio audio "
        "file input_file video_url json_schema json_object grammar allowed_tools content ephemeral thinking "
        "redacted_thinking reasoning"
    ).split()
)
#: Content parts that carry media, by their ``type`` or by a field; what of them is a setting, what are the bytes.
MEDIA_TYPE: Final = re.compile(r"image|audio|video|file|document|media|voice")
MEDIA_KEYS: Final = frozenset(
    ("image_url input_image image input_audio audio_url video_url video file input_file file_data inline_data").split()
)
MEDIA_SETTINGS: Final = frozenset("type format detail media_type mime_type mimeType".split())
MEDIA_DATA: Final = frozenset("data file_data b64_json bytes".split())
MEDIA_FIELDS: Final = MEDIA_KEYS | MEDIA_SETTINGS | MEDIA_DATA | {"file_id", "file_url", "filename", "url"}
DATA_URL: Final = re.compile(r"data:[^,\s]{0,200};base64,", re.IGNORECASE)
DATA_URL_ONLY: Final = re.compile(rf"{DATA_URL.pattern}[A-Za-z0-9+/_-]*={{0,2}}", re.IGNORECASE)

#: JSON Schema keywords whose strings stay as they are.
SCHEMA_FIXED: Final = frozenset(
    (
        "$schema $id $ref $anchor $dynamicRef $dynamicAnchor $vocabulary type format pattern contentEncoding "
        "contentMediaType"
    ).split()
)
SCHEMA_TYPES: Final = frozenset("string number integer boolean object array null".split())
SCHEMA_NUMBERS: Final = frozenset(
    (
        "minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength minItems maxItems "
        "minProperties maxProperties minContains maxContains"
    ).split()
)
SCHEMA_MAPS: Final = frozenset("properties patternProperties $defs definitions dependentSchemas".split())
SCHEMA_BELOW: Final = frozenset(
    (
        "items additionalProperties additionalItems unevaluatedProperties unevaluatedItems propertyNames "
        "contains not if then else anyOf oneOf allOf prefixItems contentSchema"
    ).split()
)
SCHEMA_TEXT: Final = frozenset("title description $comment".split())
SCHEMA_VALUES: Final = frozenset("enum const default example examples".split())
SCHEMA_OTHER: Final = frozenset(
    ("required dependentRequired deprecated readOnly writeOnly uniqueItems nullable strict propertyOrdering").split()
)
MESSAGE_FIELDS: Final = frozenset(
    (
        "role content name tool_calls tool_call_id function_call refusal audio annotations reasoning "
        "reasoning_content reasoning_details metadata"
    ).split()
)
TEXT_PARTS: Final = frozenset(("text", "input_text", "output_text"))
