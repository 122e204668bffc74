// The openai package: plain, streamed, with tools by hand and by its runner, structured.
import OpenAI from "openai";
import { zodResponseFormat } from "openai/helpers/zod";
import { z } from "zod";
import { KEY, MESSAGES, MODEL, TOOL, booked, main } from "./harness.mjs";

const client = (baseURL) => new OpenAI({ baseURL, apiKey: KEY, maxRetries: 0 });
const ask = (url, options = {}) => client(url).chat.completions.create({ model: MODEL, messages: MESSAGES, ...options });

await main({
  plain: async (url) => await ask(url),
  stream: async (url) => {
    const pieces = [];
    for await (const chunk of await ask(url, { stream: true })) {
      if (chunk.choices[0]?.delta.content) pieces.push(chunk.choices[0].delta.content);
    }
    return [pieces.join(""), pieces.length > 1];
  },
  tools: async (url) => {
    const first = (await ask(url, { tools: [TOOL] })).choices[0].message;
    const call = first.tool_calls[0];
    const result = { role: "tool", tool_call_id: call.id, content: booked(JSON.parse(call.function.arguments)) };
    const last = await ask(url, { tools: [TOOL], messages: [...MESSAGES, first, result] });
    return [call, last.choices[0].message.content];
  },
  streamedTools: async (url) => {
    const called = [];
    const book = { ...TOOL.function, parse: JSON.parse, function: (args) => (called.push(args), booked(args)) };
    const runner = client(url).chat.completions.runTools({
      model: MODEL, messages: MESSAGES, stream: true, tools: [{ type: "function", function: book }],
    });
    return [await runner.finalContent(), called];
  },
  parse: async (url) => {
    const caller = z.object({ name: z.string(), phone: z.string() });
    const done = await client(url).chat.completions.parse({
      model: MODEL, messages: MESSAGES, response_format: zodResponseFormat(caller, "caller"),
    });
    return done.choices[0].message.parsed;
  },
});
