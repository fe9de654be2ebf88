// Measures the sandbox in Node.js: in the same process, beside both servers and beside handlers of Mock Service Worker.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import { createSandbox } from "omicall-partner-sandbox";
import { Bench } from "tinybench";
import { summary } from "./statistics.mjs";

const ME = "/api/partner/me";
const LIST = "/api/partner/tenant/list?page=1&size=50";
const MANY = 100_000;

/** The requests of a contender. @param {string} baseUrl @param {typeof fetch} send */
async function requests(baseUrl, send) {
  const auth = await send(`${baseUrl}/api/auth?apiKey=sandbox-partner-key`);
  const headers = { authorization: `Bearer ${(await auth.json()).payload.access_token}` };
  /** @param {string} path @param {RequestInit} [init] */
  const answer = async (path, init) => {
    const response = await send(baseUrl + path, { headers, ...init });
    const { status_code, payload } = await response.json();
    if (status_code !== 9999) throw new Error(`${path} failed.`);
    return payload;
  };
  return { me: () => answer(ME), list: () => answer(LIST, { method: "POST", body: "{}" }) };
}

/** @typedef {Awaited<ReturnType<typeof requests>>} Requests */

/** Handlers as a team writes them: the recorded responses of the two endpoints, and no rules. @param {Requests} real */
async function mockServiceWorker(real) {
  const baseUrl = "https://mocked.example";
  const [me, page] = [await real.me(), await real.list()];
  /** @param {object} payload */
  const success = (payload) => HttpResponse.json({ status_code: 9999, payload });
  const server = setupServer(
    http.get(`${baseUrl}/api/auth`, () => success({ access_token: "any" })),
    http.get(`${baseUrl}${ME}`, () => success(me)),
    http.post(`${baseUrl}/api/partner/tenant/list`, () => success(page)),
  );
  server.listen();
  const mocked = await requests(baseUrl, fetch);
  server.close();
  return { ...mocked, server };
}

/**
 * @param {{ native: string, program: string }} urls of the servers @param {number} rounds
 * @returns {Promise<Record<string, { perSecond: number, ratios: Record<string, number> }>>}
 */
async function throughput({ native, program }, rounds) {
  const { baseUrl, fetch: sandboxFetch } = await createSandbox();
  const here = await requests(baseUrl, sandboxFetch);
  const msw = await mockServiceWorker(here);
  const contenders = {
    "in the same process": here,
    "Mock Service Worker, hand-written": msw,
    "npx omicall-partner-sandbox": await requests(program, fetch),
    "native server": await requests(native, fetch),
  };
  const [first = ""] = Object.keys(contenders);
  /** @type {Record<string, { perSecond: number, ratios: Record<string, number> }>} */
  const results = {};
  for (const name of /** @type {const} */ (["me", "list"])) {
    /** @type {Record<string, number[]>} */
    const perSecond = {};
    for (let round = 0; round < rounds; round++) {
      const bench = new Bench({ time: 400, warmupTime: 100 });
      for (const [contender, calls] of Object.entries(contenders)) {
        // Its `fetch` would be in the way of the others.
        const hooks =
          "server" in calls ? { beforeAll: () => calls.server.listen(), afterAll: () => calls.server.close() } : {};
        bench.add(contender, calls[name], hooks);
      }
      for (const { name, result } of await bench.run()) {
        if (result.state !== "completed") throw new Error(`${name}: ${result.state}`);
        (perSecond[name] ??= []).push(result.throughput.mean);
      }
    }
    const base = perSecond[first] ?? [];
    const ratios = Object.entries(perSecond).map(([contender, values]) => {
      const { median } = summary(values.map((value, round) => value / (base[round] ?? NaN)));
      return [contender, Number(median.toFixed(2))];
    });
    results[name] = { perSecond: Math.round(summary(base).median), ratios: Object.fromEntries(ratios) };
  }
  return results;
}

/** The start of a fresh process with many tenants. */
function start() {
  const output = execFileSync(process.execPath, [join(import.meta.dirname, "sandbox-start.mjs"), `${MANY}`], {
    encoding: "utf8",
  });
  return /** @type {{ ms: number, firstMs: number, rssMiB: number }} */ (JSON.parse(output));
}

/** @param {{ native: string, program: string }} urls @param {number} rounds */
export const measureSandbox = async (urls, rounds) => ({ ...(await throughput(urls, rounds)), start: start() });
