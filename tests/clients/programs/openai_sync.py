"""The openai library, synchronous: plain, streamed, with tools, structured, raw."""

from __future__ import annotations

import json
from typing import Any

from harness import KEY, MESSAGES, MODEL, TOOL, booked, main
from openai import OpenAI
from pydantic import BaseModel


class Caller(BaseModel):
    name: str
    phone: str


def client(url: str) -> OpenAI:
    return OpenAI(base_url=url, api_key=KEY, max_retries=0)


def plain(url: str) -> Any:
    return client(url).chat.completions.create(model=MODEL, messages=MESSAGES).model_dump()


def stream(url: str) -> Any:
    options = {"include_usage": True}
    chunks = list(
        client(url).chat.completions.create(model=MODEL, messages=MESSAGES, stream=True, stream_options=options)
    )
    pieces = [chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices]
    return "".join(pieces), len([piece for piece in pieces if piece]) > 1, chunks[-1].usage.model_dump()


def tools(url: str) -> Any:
    create = client(url).chat.completions.create
    first = create(model=MODEL, messages=MESSAGES, tools=[TOOL]).choices[0].message
    call = first.tool_calls[0]
    result = {"role": "tool", "tool_call_id": call.id, "content": booked(**json.loads(call.function.arguments))}
    history = [*MESSAGES, first.model_dump(exclude_none=True), result]
    last = create(model=MODEL, messages=history, tools=[TOOL])
    return call.model_dump(), last.choices[0].message.content


def streamed_tools(url: str) -> Any:
    with client(url).chat.completions.stream(model=MODEL, messages=MESSAGES, tools=[TOOL]) as events:
        message = events.get_final_completion().choices[0].message
    return message.tool_calls[0].function.model_dump()


def parse(url: str) -> Any:
    done = client(url).chat.completions.parse(model=MODEL, messages=MESSAGES, response_format=Caller)
    return done.choices[0].message.parsed.model_dump()


def raw(url: str) -> Any:
    response = client(url).chat.completions.with_raw_response.create(model=MODEL, messages=MESSAGES)
    return response.status_code, response.headers["content-type"], json.loads(response.text), response.parse().id


def streamed_raw(url: str) -> Any:
    response = client(url).chat.completions.with_raw_response.create(model=MODEL, messages=MESSAGES, stream=True)
    pieces = [chunk.choices[0].delta.content or "" for chunk in response.parse()]
    kind = response.headers["content-type"].partition(";")[0]
    return response.status_code, kind, "".join(pieces), len([piece for piece in pieces if piece]) > 1


if __name__ == "__main__":
    main(
        plain=plain,
        stream=stream,
        tools=tools,
        streamed_tools=streamed_tools,
        parse=parse,
        raw=raw,
        streamed_raw=streamed_raw,
    )
