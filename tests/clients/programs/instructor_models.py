"""instructor: a model as reply, by tool call and by schema, and partial models while it streams."""

from __future__ import annotations

from typing import Any

import instructor
from harness import KEY, MESSAGES, MODEL, main
from openai import OpenAI
from pydantic import BaseModel


class Caller(BaseModel):
    name: str
    phone: str


def wrapped(url: str, mode: instructor.Mode = instructor.Mode.TOOLS) -> Any:
    return instructor.from_openai(OpenAI(base_url=url, api_key=KEY, max_retries=0), mode=mode)


def plain(url: str) -> Any:
    return wrapped(url).create(model=MODEL, messages=MESSAGES, response_model=Caller).model_dump()


def by_schema(url: str) -> Any:
    made = wrapped(url, instructor.Mode.JSON_SCHEMA).create(model=MODEL, messages=MESSAGES, response_model=Caller)
    return made.model_dump()


def stream(url: str) -> Any:
    seen = list(wrapped(url).create_partial(model=MODEL, messages=MESSAGES, response_model=Caller))
    return seen[-1].model_dump(), len(seen) > 1


if __name__ == "__main__":
    main(plain=plain, by_schema=by_schema, stream=stream)
