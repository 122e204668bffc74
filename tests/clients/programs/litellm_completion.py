"""LiteLLM's completion: plain, streamed, asynchronous, with tools, whole and streamed."""

from __future__ import annotations

import json
import os
from typing import Any

# Without this it asks the network for prices.
os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"

import litellm
from harness import KEY, MESSAGES, MODEL, TOOL, booked, main

litellm.telemetry = False


def ask(url: str, messages: Any = MESSAGES, **options: Any) -> Any:
    return litellm.completion(
        model=f"openai/{MODEL}", api_base=url, api_key=KEY, messages=messages, num_retries=0, **options
    )


def plain(url: str) -> Any:
    return ask(url).choices[0].message.content


def stream(url: str) -> Any:
    pieces = [chunk.choices[0].delta.content or "" for chunk in ask(url, stream=True)]
    return "".join(pieces), len([piece for piece in pieces if piece]) > 1


async def asynchronous(url: str) -> Any:
    done = await litellm.acompletion(model=f"openai/{MODEL}", api_base=url, api_key=KEY, messages=MESSAGES)
    return done.choices[0].message.content


async def streamed_asynchronous(url: str) -> Any:
    chunks = await litellm.acompletion(
        model=f"openai/{MODEL}", api_base=url, api_key=KEY, messages=MESSAGES, stream=True
    )
    pieces = [chunk.choices[0].delta.content or "" async for chunk in chunks]
    return "".join(pieces), len([piece for piece in pieces if piece]) > 1


def tools(url: str) -> Any:
    first = ask(url, tools=[TOOL]).choices[0].message
    call = first.tool_calls[0]
    result = {"role": "tool", "tool_call_id": call.id, "content": booked(**json.loads(call.function.arguments))}
    last = ask(url, [*MESSAGES, first.model_dump(exclude_none=True), result], tools=[TOOL])
    return call.function.arguments, last.choices[0].message.content


def streamed_tools(url: str) -> Any:
    chunks = list(ask(url, stream=True, tools=[TOOL]))
    call = litellm.stream_chunk_builder(chunks).choices[0].message.tool_calls[0]
    return call.function.name, json.loads(call.function.arguments), len(chunks) > 2


if __name__ == "__main__":
    main(
        plain=plain,
        stream=stream,
        asynchronous=asynchronous,
        streamed_asynchronous=streamed_asynchronous,
        tools=tools,
        streamed_tools=streamed_tools,
    )
