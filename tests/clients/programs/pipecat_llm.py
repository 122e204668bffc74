"""Pipecat's OpenAILLMService: one inference, and a pipeline that streams, calls a tool and goes on."""

from __future__ import annotations

from typing import Any

from harness import KEY, MESSAGES, MODEL, TOOL_TEXT, booked, main
from pipecat.adapters.schemas.function_schema import FunctionSchema
from pipecat.adapters.schemas.tools_schema import ToolsSchema
from pipecat.frames.frames import EndFrame, LLMContextFrame, LLMTextFrame
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.runner import PipelineRunner
from pipecat.pipeline.task import PipelineTask
from pipecat.processors.aggregators.llm_context import LLMContext
from pipecat.processors.aggregators.llm_response_universal import LLMContextAggregatorPair
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor
from pipecat.services.openai.llm import OpenAILLMService

BOOK = FunctionSchema(
    name="book_visit",
    description=TOOL_TEXT,
    properties={"patient": {"type": "string"}, "phone": {"type": "string"}},
    required=["patient", "phone"],
)


def service(url: str) -> OpenAILLMService:
    return OpenAILLMService(base_url=url, api_key=KEY, settings=OpenAILLMService.Settings(model=MODEL))


class Listener(FrameProcessor):
    """Collects what would be spoken."""

    def __init__(self, wanted: str) -> None:
        super().__init__()
        self.wanted = wanted
        self.pieces: list[str] = []
        self.task: Any = None

    async def process_frame(self, frame: Any, direction: FrameDirection) -> None:
        await super().process_frame(frame, direction)
        if isinstance(frame, LLMTextFrame):
            self.pieces.append(frame.text)
            if "".join(self.pieces).endswith(self.wanted):
                await self.task.queue_frame(EndFrame())
        await self.push_frame(frame, direction)


async def spoken(llm: OpenAILLMService, context: LLMContext, wanted: str) -> list[str]:
    pair = LLMContextAggregatorPair(context)
    listener = Listener(wanted)
    task = PipelineTask(Pipeline([llm, listener, pair.assistant()]), cancel_on_idle_timeout=True, idle_timeout_secs=20)
    listener.task = task
    await task.queue_frame(LLMContextFrame(context))
    await PipelineRunner(handle_sigint=False).run(task)
    return listener.pieces


async def plain(url: str) -> Any:
    return await service(url).run_inference(LLMContext(list(MESSAGES)))


async def stream(url: str) -> Any:
    pieces = await spoken(service(url), LLMContext(list(MESSAGES)), ".")
    return "".join(pieces), len(pieces) > 1


async def tools(url: str) -> Any:
    called: list[Any] = []

    async def book_visit(params: Any) -> None:
        called.append(dict(params.arguments))
        await params.result_callback(booked(**params.arguments))

    llm = service(url)
    llm.register_function("book_visit", book_visit)
    context = LLMContext(list(MESSAGES), tools=ToolsSchema(standard_tools=[BOOK]))
    pair = LLMContextAggregatorPair(context)
    listener = Listener(".")
    # The user's side has to stand before the service: it is what asks again once the tool has answered.
    task = PipelineTask(Pipeline([pair.user(), llm, listener, pair.assistant()]), idle_timeout_secs=20)
    listener.task = task
    await task.queue_frame(LLMContextFrame(context))
    await PipelineRunner(handle_sigint=False).run(task)
    return called, "".join(listener.pieces)


if __name__ == "__main__":
    main(plain=plain, stream=stream, tools=tools)
