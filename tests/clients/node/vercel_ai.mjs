// The Vercel AI SDK with its OpenAI providers: plain, streamed, with a tool and the steps after it, structured.
import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { Output, generateText, stepCountIs, streamText, tool } from "ai";
import { z } from "zod";
import { KEY, MODEL, SYSTEM, USER, booked, main } from "./harness.mjs";

const providers = {
  openai: (baseURL) => createOpenAI({ baseURL, apiKey: KEY }).chat(MODEL),
  compatible: (baseURL) =>
    createOpenAICompatible({ name: "masker", baseURL, apiKey: KEY, supportsStructuredOutputs: true })(MODEL),
};
const conversations = {};

for (const [name, model] of Object.entries(providers)) {
  const ask = (url, options = {}) => ({ model: model(url), system: SYSTEM, prompt: USER, maxRetries: 0, ...options });
  const tools = (called) => ({
    book_visit: tool({
      description: "Book a visit.",
      inputSchema: z.object({ patient: z.string(), phone: z.string() }),
      execute: async (args) => (called.push(args), booked(args)),
    }),
  });
  conversations[`${name} plain`] = async (url) => (await generateText(ask(url))).text;
  conversations[`${name} stream`] = async (url) => {
    const pieces = [];
    for await (const piece of streamText(ask(url)).textStream) pieces.push(piece);
    return [pieces.join(""), pieces.length > 1];
  };
  conversations[`${name} tools`] = async (url) => {
    const called = [];
    const done = await generateText(ask(url, { tools: tools(called), stopWhen: stepCountIs(2) }));
    return [called, done.text];
  };
  conversations[`${name} streamed tools`] = async (url) => {
    const called = [];
    const done = streamText(ask(url, { tools: tools(called), stopWhen: stepCountIs(2) }));
    return [await done.text, called];
  };
  conversations[`${name} structured`] = async (url) => {
    const schema = z.object({ name: z.string(), phone: z.string() });
    return (await generateText(ask(url, { output: Output.object({ schema }) }))).output;
  };
}

await main(conversations);
