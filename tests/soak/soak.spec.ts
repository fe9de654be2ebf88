// Thousands of calls on one page: neither the core's memory nor the page's heap grows with them.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import sirv from "sirv";
import { type Browser, remote } from "webdriverio";
import webdriver from "../../webdriver.json" with { type: "json" };

const { CHROME_BIN, CHROMEDRIVER, FIREFOX_BIN, GECKODRIVER, SANDBOX_URL = "", SOAK_CALLS = "2000" } = process.env;

/** A quarter of the calls warms up; the others are made in parts, with a look at the memory after each. */
const PARTS = 7;
const PART = Math.ceil((Number(SOAK_CALLS) * 0.75) / PARTS / 10) * 10;
const WARM_UP = Math.ceil(Number(SOAK_CALLS) / 4 / 10) * 10;

/** Calls from one garbage collection to the next: the core keeps a list until the page's handle of it is collected. */
const STRETCH = 250;

/** The growth of the heap that is allowed: it is about one byte, and a leak of the smallest object is twenty. */
const BYTES_PER_CALL = 8;

/** What page.js puts on its window. */
interface SoakWindow {
  soak: (baseUrl: string, count: number) => Promise<Record<string, number>>;
  wasmBytes: () => number;
}

let server: Server;
let url: string;

test.beforeAll(async () => {
  const page = sirv(import.meta.dirname, { dev: true });
  const pkg = sirv(join(import.meta.dirname, "../../pkg"), { dev: true });
  server = createServer((request, response) => page(request, response, () => pkg(request, response)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});

test.afterAll(() => new Promise((resolve) => server.close(resolve)));

interface Look {
  wasm: number;
  /** Of JavaScript, where the browser tells it. */
  heap?: number;
}

/** Makes the calls and looks at the memory: after the warm-up, and after each part. */
async function looks(browser: Browser, collectGarbage: () => Promise<number | undefined>): Promise<Look[]> {
  await browser.setTimeout({ script: 1_200_000 });
  await browser.url(url);
  const total: Record<string, number> = {};
  const make = (url: string, count: number) => (globalThis as unknown as SoakWindow).soak(url, count);
  const soak = async (count: number) => {
    for (let left = count; left > 0; left -= STRETCH) {
      const outcomes = await browser.execute(make, SANDBOX_URL, Math.min(left, STRETCH));
      for (const [outcome, times] of Object.entries(outcomes)) total[outcome] = (total[outcome] ?? 0) + times;
      await collectGarbage();
    }
  };
  const look = async (): Promise<Look> => {
    const heap = await collectGarbage();
    const wasm = await browser.execute(() => (globalThis as unknown as SoakWindow).wasmBytes());
    return { wasm, ...(heap !== undefined && { heap }) };
  };
  await soak(WARM_UP);
  const found = [await look()];
  for (let part = 0; part < PARTS; part++) {
    await soak(PART);
    found.push(await look());
  }
  const codes = ["aborted", "access_denied", "network", "outcome_unknown", "tenant_not_found", "timeout", "validation"];
  expect(Object.keys(total).sort()).toEqual([...codes, "fine"].sort());
  expect(total["fine"]).toBe((WARM_UP + PARTS * PART) * 0.9);
  console.log(`    ${WARM_UP} calls to warm up, then ${PARTS} times ${PART}: ${JSON.stringify(total)}`);
  console.log(`    WebAssembly memory, bytes: ${found.map(({ wasm }) => wasm).join(" ")}`);
  return found;
}

/** The larger half of its growths shows what grows steadily; code that is compiled now and then comes in jumps. */
function steadyGrowth(sizes: number[]): number {
  const growths = sizes.slice(1).map((size, index) => size - (sizes[index] ?? 0));
  return growths.sort((a, b) => a - b)[Math.floor(growths.length / 2)] ?? Infinity;
}

const expectNoGrowth = (sizes: number[]) => expect(sizes).toEqual(sizes.map(() => sizes[0]));

test.describe.configure({ timeout: 1_200_000 });

// By WebDriver, also in Chromium: Playwright has the page keep a record of every request, on its heap.
const CLASSIC = { "wdio:enforceWebDriverClassic": true };

/** Code that is compiled while it runs lies on the heap too, and would be taken for growth. */
const INTERPRETED = "--js-flags=--no-opt,--no-maglev,--no-sparkplug,--no-flush-bytecode,--no-lazy-feedback-allocation";

test("in Chromium", async () => {
  const browser = await remote({
    logLevel: "warn",
    capabilities: {
      ...CLASSIC,
      browserName: "chrome",
      "goog:chromeOptions": { args: [...webdriver["goog:chromeOptions"].args, INTERPRETED], binary: CHROME_BIN },
      "wdio:chromedriverOptions": { binary: CHROMEDRIVER },
    },
  });
  try {
    const found = await looks(browser, async () => {
      // Once more for what the finalizers of the first time let go.
      for (let i = 0; i < 2; i++) await browser.sendCommand("HeapProfiler.collectGarbage", {});
      const usage = (await browser.sendCommandAndGetResult("Runtime.getHeapUsage", {})) as { usedSize: number };
      return usage.usedSize;
    });
    const heap = found.map((look) => look.heap ?? Infinity);
    const perCall = steadyGrowth(heap) / PART;
    console.log(`    JavaScript heap, bytes: ${heap.join(" ")}; per call ${perCall.toFixed(1)}`);
    expectNoGrowth(found.map(({ wasm }) => wasm));
    expect(perCall).toBeLessThan(BYTES_PER_CALL);
  } finally {
    await browser.deleteSession();
  }
});

test("in Firefox", async () => {
  const browser = await remote({
    logLevel: "error",
    capabilities: {
      ...CLASSIC,
      browserName: "firefox",
      "moz:firefoxOptions": {
        ...webdriver["moz:firefoxOptions"],
        binary: FIREFOX_BIN,
        prefs: { "dom.testing.testutils.enabled": true },
      },
      "wdio:geckodriverOptions": { binary: GECKODRIVER },
    },
  });
  try {
    const found = await looks(browser, async () => {
      await browser.execute(() => (globalThis as unknown as { TestUtils: { gc(): Promise<void> } }).TestUtils.gc());
      return undefined; // pages cannot ask for the size of their heap here
    });
    expectNoGrowth(found.map(({ wasm }) => wasm));
  } finally {
    await browser.deleteSession();
  }
});
