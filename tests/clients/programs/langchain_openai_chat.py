"""LangChain's ChatOpenAI: invoke, stream, a tool and its result, a tool while it streams, structured output."""

from __future__ import annotations

from typing import Any

from harness import KEY, MESSAGES, MODEL, TOOL, booked, main
from langchain_core.messages import HumanMessage, SystemMessage, ToolMessage
from langchain_openai import ChatOpenAI
from pydantic import BaseModel

ASKED = [SystemMessage(MESSAGES[0]["content"]), HumanMessage(MESSAGES[1]["content"])]


class Caller(BaseModel):
    name: str
    phone: str


def chat(url: str) -> ChatOpenAI:
    return ChatOpenAI(model=MODEL, base_url=url, api_key=KEY, max_retries=0)


def plain(url: str) -> Any:
    return chat(url).invoke(ASKED).content


def stream(url: str) -> Any:
    pieces = [chunk.content for chunk in chat(url).stream(ASKED)]
    return "".join(pieces), len([piece for piece in pieces if piece]) > 1


def tools(url: str) -> Any:
    bound = chat(url).bind_tools([TOOL])
    first = bound.invoke(ASKED)
    call = first.tool_calls[0]
    last = bound.invoke([*ASKED, first, ToolMessage(booked(**call["args"]), tool_call_id=call["id"])])
    return call["args"], last.content


def streamed_tools(url: str) -> Any:
    whole, *rest = chat(url).bind_tools([TOOL]).stream(ASKED)
    for chunk in rest:
        whole += chunk
    call = whole.tool_calls[0]
    return call["name"], call["args"], len([chunk for chunk in rest if chunk.tool_call_chunks]) > 1


def structured(url: str) -> Any:
    return chat(url).with_structured_output(Caller).invoke(ASKED).model_dump()


def structured_by_function(url: str) -> Any:
    return chat(url).with_structured_output(Caller, method="function_calling").invoke(ASKED).model_dump()


if __name__ == "__main__":
    main(
        plain=plain,
        stream=stream,
        tools=tools,
        streamed_tools=streamed_tools,
        structured=structured,
        structured_by_function=structured_by_function,
    )
