// @ts-check
// Sandboxes of the npm package for the contract tests: reads requests as lines of JSON and prints the responses.
import { createInterface } from "node:readline";
import { createSandbox } from "omicall-partner-sandbox";

/** @import { Sandbox } from "omicall-partner-sandbox" */
/** @typedef {{ sandbox: number, number: number, method: string, path: string, headers: [string, string][], body: string }} Line */

/** By number. @type {Map<number, Promise<Sandbox>>} */
const sandboxes = new Map();

/** @param {Line} line */
async function answer({ sandbox, number, method, path, headers, body }) {
  let response;
  let error;
  try {
    const created = await sandboxes.get(sandbox);
    // A request with these methods has no body.
    const init = ["GET", "HEAD"].includes(method) ? {} : { body };
    const received = await created?.handle(new Request(`http://localhost${path}`, { method, headers, ...init }));
    if (!received) throw new Error(`There is no sandbox ${sandbox}.`);
    response = { status: received.status, headers: [...received.headers], text: "" };
    const decoder = new TextDecoder();
    for await (const chunk of received.body ?? []) response.text += decoder.decode(chunk, { stream: true });
  } catch (reason) {
    error = String(reason);
  }
  process.stdout.write(`${JSON.stringify({ number, response, error })}\n`);
}

for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line);
  if (message.options) sandboxes.set(message.sandbox, createSandbox(message.options));
  else void answer(message);
}
process.exit();
