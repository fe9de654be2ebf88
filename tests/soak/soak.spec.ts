// Thousands of calls on one page: neither the core's memory nor the page's JavaScript heap may grow with them.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import sirv from "sirv";
import { type Browser, remote } from "webdriverio";
import webdriver from "../../webdriver.json" with { type: "json" };

const { CHROME_BIN, CHROMEDRIVER, FIREFOX_BIN, GECKODRIVER, SANDBOX_URL = "", SOAK_CALLS = "2000" } = process.env;

/** A quarter of the calls is the warm-up; the others are made in parts, and the memory is measured after each part. */
const PARTS = 7;
const PART = Math.ceil((Number(SOAK_CALLS) * 0.75) / PARTS / 10) * 10;
const WARM_UP = Math.ceil(Number(SOAK_CALLS) / 4 / 10) * 10;

/** The number of calls between garbage collections: the core keeps a list until the page's handle of it is collected. */
const CALLS_PER_COLLECTION = 250;

/** The allowed growth of the heap. The usual growth is about one byte per call, and the smallest leaked object has twenty. */
const MAX_BYTES_PER_CALL = 8;

/** The functions that page.js sets on its window. */
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

interface MemorySample {
  wasm: number;
  /** The JavaScript heap, where the browser reports it. */
  heap?: number;
}

/** Makes the calls, and measures the memory after the warm-up and after each part. */
async function memorySamples(
  browser: Browser,
  collectGarbage: () => Promise<number | undefined>,
): Promise<MemorySample[]> {
  await browser.setTimeout({ script: 1_200_000 });
  await browser.url(url);
  const total: Record<string, number> = {};
  const make = (url: string, count: number) => (globalThis as unknown as SoakWindow).soak(url, count);
  const soak = async (count: number) => {
    for (let left = count; left > 0; left -= CALLS_PER_COLLECTION) {
      const outcomes = await browser.execute(make, SANDBOX_URL, Math.min(left, CALLS_PER_COLLECTION));
      for (const [outcome, times] of Object.entries(outcomes)) total[outcome] = (total[outcome] ?? 0) + times;
      await collectGarbage();
    }
  };
  const measure = async (): Promise<MemorySample> => {
    const heap = await collectGarbage();
    const wasm = await browser.execute(() => (globalThis as unknown as SoakWindow).wasmBytes());
    return { wasm, ...(heap !== undefined && { heap }) };
  };
  await soak(WARM_UP);
  const samples = [await measure()];
  for (let part = 0; part < PARTS; part++) {
    await soak(PART);
    samples.push(await measure());
  }
  const codes = ["aborted", "access_denied", "network", "outcome_unknown", "tenant_not_found", "timeout", "validation"];
  expect(Object.keys(total).sort()).toEqual([...codes, "success"].sort());
  expect(total["success"]).toBe((WARM_UP + PARTS * PART) * 0.9);
  console.log(`    ${WARM_UP} calls to warm up, then ${PARTS} times ${PART}: ${JSON.stringify(total)}`);
  console.log(`    WebAssembly memory, bytes: ${samples.map(({ wasm }) => wasm).join(" ")}`);
  return samples;
}

/** The median growth. It ignores the occasional jumps when the browser compiles code. */
function medianGrowth(sizes: number[]): number {
  const growths = sizes.slice(1).map((size, index) => size - (sizes[index] ?? 0));
  return growths.sort((a, b) => a - b)[Math.floor(growths.length / 2)] ?? Infinity;
}

const expectNoGrowth = (sizes: number[]) => expect(sizes).toEqual(sizes.map(() => sizes[0]));

test.describe.configure({ timeout: 1_200_000 });

// Uses WebDriver in Chromium too, because Playwright makes the page keep a record of every request on its heap.
const CLASSIC = { "wdio:enforceWebDriverClassic": true };

/** Compiled code is on the heap too and would count as growth, so the JIT compilers are disabled. */
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
    const samples = await memorySamples(browser, async () => {
      // Twice, because finalizers of the first collection release further objects.
      for (let i = 0; i < 2; i++) await browser.sendCommand("HeapProfiler.collectGarbage", {});
      const usage = (await browser.sendCommandAndGetResult("Runtime.getHeapUsage", {})) as { usedSize: number };
      return usage.usedSize;
    });
    const heap = samples.map((sample) => sample.heap ?? Infinity);
    const perCall = medianGrowth(heap) / PART;
    console.log(`    JavaScript heap, bytes: ${heap.join(" ")}; per call ${perCall.toFixed(1)}`);
    expect(samples.every(({ wasm }) => wasm > 0)).toBe(true);
    expectNoGrowth(samples.map(({ wasm }) => wasm));
    expect(perCall).toBeLessThan(MAX_BYTES_PER_CALL);
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
    const samples = await memorySamples(browser, async () => {
      await browser.execute(() => (globalThis as unknown as { TestUtils: { gc(): Promise<void> } }).TestUtils.gc());
      return undefined; // Firefox does not report the size of the heap
    });
    expect(samples.every(({ wasm }) => wasm > 0)).toBe(true);
    expectNoGrowth(samples.map(({ wasm }) => wasm));
  } finally {
    await browser.deleteSession();
  }
});
