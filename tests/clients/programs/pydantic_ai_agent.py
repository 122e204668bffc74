"""pydantic-ai: an agent, plain, streamed, with a tool, whole and streamed, with a typed output."""

from __future__ import annotations

from typing import Any

from harness import KEY, MODEL, SYSTEM, USER, booked, main
from pydantic import BaseModel
from pydantic_ai import Agent
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.providers.openai import OpenAIProvider


class Caller(BaseModel):
    name: str
    phone: str


def agent(url: str, **options: Any) -> Agent[None, Any]:
    model = OpenAIChatModel(MODEL, provider=OpenAIProvider(base_url=url, api_key=KEY))
    return Agent(model, system_prompt=SYSTEM, retries=0, **options)


async def plain(url: str) -> Any:
    return (await agent(url).run(USER)).output


async def stream(url: str) -> Any:
    async with agent(url).run_stream(USER) as result:
        pieces = [piece async for piece in result.stream_text(delta=True, debounce_by=None)]
    return "".join(pieces), len(pieces) > 1


async def tools(url: str) -> Any:
    called: list[Any] = []

    def book_visit(patient: str, phone: str) -> str:
        """Book a visit."""
        called.append([patient, phone])
        return booked(patient, phone)

    done = await agent(url, tools=[book_visit]).run(USER)
    return called, done.output


async def streamed_tools(url: str) -> Any:
    called: list[Any] = []

    def book_visit(patient: str, phone: str) -> str:
        """Book a visit."""
        called.append([patient, phone])
        return booked(patient, phone)

    async with agent(url, tools=[book_visit]).run_stream(USER) as result:
        pieces = [piece async for piece in result.stream_text(delta=True, debounce_by=None)]
    return called, "".join(pieces), len(pieces) > 1


async def typed(url: str) -> Any:
    return (await agent(url, output_type=Caller).run(USER)).output.model_dump()


if __name__ == "__main__":
    main(plain=plain, stream=stream, tools=tools, streamed_tools=streamed_tools, typed=typed)
