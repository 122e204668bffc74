"""LiveKit Agents' OpenAI plugin: always streamed, as it runs inside a voice agent, with a tool."""

from __future__ import annotations

import json
from typing import Any

from harness import KEY, MODEL, SYSTEM, TOOL_TEXT, USER, booked, main
from livekit.agents import llm
from livekit.plugins import openai


def context() -> llm.ChatContext:
    talk = llm.ChatContext.empty()
    talk.add_message(role="system", content=SYSTEM)
    talk.add_message(role="user", content=USER)
    return talk


@llm.function_tool(name="book_visit", description=TOOL_TEXT)
async def book_visit(patient: str, phone: str) -> str:
    return booked(patient, phone)


async def said(model: openai.LLM, talk: llm.ChatContext, tools: list[Any]) -> tuple[list[str], list[Any]]:
    pieces: list[str] = []
    calls: list[Any] = []
    async with model.chat(chat_ctx=talk, tools=tools) as chunks:
        async for chunk in chunks:
            if chunk.delta:
                pieces += [chunk.delta.content] if chunk.delta.content else []
                calls += chunk.delta.tool_calls
    return pieces, calls


async def stream(url: str) -> Any:
    async with openai.LLM(model=MODEL, base_url=url, api_key=KEY) as model:
        pieces, _ = await said(model, context(), [])
    return "".join(pieces), len(pieces) > 1


async def tools(url: str) -> Any:
    async with openai.LLM(model=MODEL, base_url=url, api_key=KEY) as model:
        talk = context()
        _, (call,) = await said(model, talk, [book_visit])
        talk.insert(llm.FunctionCall(call_id=call.call_id, name=call.name, arguments=call.arguments))
        result = await book_visit(**json.loads(call.arguments))
        talk.insert(llm.FunctionCallOutput(call_id=call.call_id, name=call.name, output=result, is_error=False))
        pieces, _ = await said(model, talk, [book_visit])
    return call.arguments, "".join(pieces)


if __name__ == "__main__":
    main(stream=stream, tools=tools)
