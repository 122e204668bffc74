// What every client program does: hold each conversation twice, once through the proxy, once straight with the model.
// Started with two base URLs and the name of a file, into which it writes what its user got to see each time.
import { writeFileSync } from "node:fs";

export const MODEL = "gpt-4o-mini";
export const KEY = "sk-unused";
export const SYSTEM = "You are the front desk of a dental clinic.";
export const USER = "Hi, this is Sarah Chen, my number is 415-555-2671.";
export const MESSAGES = [
  { role: "system", content: SYSTEM },
  { role: "user", content: USER },
];
export const TOOL = {
  type: "function",
  function: {
    name: "book_visit",
    description: "Book a visit.",
    parameters: {
      type: "object",
      properties: { patient: { type: "string" }, phone: { type: "string" } },
      required: ["patient", "phone"],
      additionalProperties: false,
    },
  },
};

export const booked = ({ patient, phone }) => `Booked for ${patient}, reminder to ${phone}.`;

export async function main(conversations) {
  const [through, straight, output] = process.argv.slice(2);
  const seen = {};
  for (const [name, conversation] of Object.entries(conversations)) {
    seen[name] = { proxied: await conversation(through), direct: await conversation(straight) };
  }
  writeFileSync(output, JSON.stringify(seen));
}
