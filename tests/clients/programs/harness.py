"""What every client program does: hold each conversation twice, once through the proxy, once straight with the model.

Started with two base URLs and the name of a file, into which it writes, as JSON, what its user got to see each time.
A client that is served exactly cannot tell the two apart.
"""

from __future__ import annotations

import asyncio
import inspect
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

MODEL = "gpt-4o-mini"
KEY = "sk-unused"
SYSTEM = "You are the front desk of a dental clinic."
USER = "Hi, this is Sarah Chen, my number is 415-555-2671."
MESSAGES = [{"role": "system", "content": SYSTEM}, {"role": "user", "content": USER}]
TOOL_NAME = "book_visit"
TOOL_TEXT = "Book a visit."
TOOL = {
    "type": "function",
    "function": {
        "name": TOOL_NAME,
        "description": TOOL_TEXT,
        "parameters": {
            "type": "object",
            "properties": {"patient": {"type": "string"}, "phone": {"type": "string"}},
            "required": ["patient", "phone"],
            "additionalProperties": False,
        },
    },
}


def booked(patient: str, phone: str) -> str:
    """Return what the tool answers: it repeats what it was given."""
    return f"Booked for {patient}, reminder to {phone}."


def main(**conversations: Callable[[str], Any]) -> None:
    """Hold the conversations; each gets a base URL and returns what its user saw."""
    through, straight, output = sys.argv[1:]
    seen = {
        name: {side: _hold(conversation, url) for side, url in (("proxied", through), ("direct", straight))}
        for name, conversation in conversations.items()
    }
    Path(output).write_text(json.dumps(seen))


def _hold(conversation: Callable[[str], Any], url: str) -> Any:
    if inspect.iscoroutinefunction(conversation):
        return asyncio.run(conversation(url))
    return conversation(url)
