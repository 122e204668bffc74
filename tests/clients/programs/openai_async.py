"""The openai library, asynchronous: plain, streamed, with tools, structured, raw."""

from __future__ import annotations

import json
from typing import Any

from harness import KEY, MESSAGES, MODEL, TOOL, booked, main
from openai import AsyncOpenAI
from pydantic import BaseModel


class Caller(BaseModel):
    name: str
    phone: str


def client(url: str) -> AsyncOpenAI:
    return AsyncOpenAI(base_url=url, api_key=KEY, max_retries=0)


async def plain(url: str) -> Any:
    async with client(url) as ai:
        return (await ai.chat.completions.create(model=MODEL, messages=MESSAGES)).model_dump()


async def stream(url: str) -> Any:
    async with client(url) as ai:
        chunks = await ai.chat.completions.create(model=MODEL, messages=MESSAGES, stream=True)
        pieces = [chunk.choices[0].delta.content or "" async for chunk in chunks]
    return "".join(pieces), len([piece for piece in pieces if piece]) > 1


async def tools(url: str) -> Any:
    async with client(url) as ai:
        async with ai.chat.completions.stream(model=MODEL, messages=MESSAGES, tools=[TOOL]) as events:
            first = (await events.get_final_completion()).choices[0].message
        call = first.tool_calls[0]
        result = {"role": "tool", "tool_call_id": call.id, "content": booked(**json.loads(call.function.arguments))}
        assistant = {
            "role": "assistant",
            "tool_calls": [
                call.model_dump(include={"id", "type"})
                | {"function": {"name": call.function.name, "arguments": call.function.arguments}}
            ],
        }
        last = await ai.chat.completions.create(model=MODEL, messages=[*MESSAGES, assistant, result], tools=[TOOL])
    return call.function.arguments, last.choices[0].message.content


async def parse(url: str) -> Any:
    async with client(url) as ai:
        done = await ai.chat.completions.parse(model=MODEL, messages=MESSAGES, response_format=Caller)
    return done.choices[0].message.parsed.model_dump()


async def raw(url: str) -> Any:
    async with client(url) as ai:
        response = await ai.chat.completions.with_raw_response.create(model=MODEL, messages=MESSAGES)
    return response.status_code, response.headers["content-type"], json.loads(response.text), response.parse().id


async def streamed_raw(url: str) -> Any:
    async with client(url) as ai:
        response = await ai.chat.completions.with_raw_response.create(model=MODEL, messages=MESSAGES, stream=True)
        pieces = [chunk.choices[0].delta.content or "" async for chunk in response.parse()]
    kind = response.headers["content-type"].partition(";")[0]
    return response.status_code, kind, "".join(pieces), len([piece for piece in pieces if piece]) > 1


if __name__ == "__main__":
    main(plain=plain, stream=stream, tools=tools, parse=parse, raw=raw, streamed_raw=streamed_raw)
