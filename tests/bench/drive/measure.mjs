// The measurements. Each contender has its own browser context, with its own processes, caches and connections.
import { activeTenants } from "./api.mjs";
import { contenders, OURS } from "./site.mjs";
import { shuffled, summary } from "./statistics.mjs";

/** @import { Api } from "./api.mjs" */
/** @import { Browser, BrowserContext, BrowserPage } from "./browser.mjs" */
/** @import { Contender, Site, Size } from "./site.mjs" */

/** @typedef {{ browser: Browser, site: Site, sizes: Map<Contender, Size>, api: Api, largeApi: Api, quick: boolean }} Bench */
/**
 * The samples of each contender, one per round and in the order of the rounds. They are compared with bare `fetch`, with
 * the first of `columns` (if these are not the usual contenders), with `reference` if it is given, or not at all if `absolute`.
 * @typedef {{
 *   name: string,
 *   unit: "ms" | "bytes" | "count",
 *   samples: Map<string, number[]>,
 *   columns?: readonly string[],
 *   reference?: { name: string, samples: number[] },
 *   absolute?: boolean,
 * }} Row
 */
/** @typedef {{ title: string, run: (bench: Bench) => Promise<Found> }} Measurement */
/** @typedef {{ rows: Row[], details?: object, notes?: string[] }} Found notes: results that are not in the table */

/** The numbers of tenants in the responses. */
export const SIZES = [1, 50, 1_000, 10_000];
const BIG = 1_000;
/** The default page size. */
export const PAGE = 50;
/** The number of concurrent calls. */
const CALLS = 1_000;

const number = (/** @type {number} */ value) => value.toLocaleString("en");

/** @template T @param {Browser} browser @param {(page: BrowserPage, context: BrowserContext) => Promise<T>} work */
async function fresh(browser, work) {
  const context = await browser.context();
  try {
    return await work(await context.page(), context);
  } finally {
    await context.close();
  }
}

/**
 * Opens the benchmark's page with a contender that is ready to be measured.
 * @param {BrowserContext} context @param {Site} site @param {Contender} contender @param {Api} api
 */
async function open(context, site, contender, api) {
  const page = await context.page();
  await page.goto(`${site.url}/`);
  await page.bench("open", contender, api.url, api.token);
  return page;
}

/** @param {Pick<Row, "name" | "unit">[]} headers @returns {Row[]} */
const emptyRows = (headers) =>
  headers.map((row) => ({ ...row, samples: new Map(contenders.map((contender) => [contender, []])) }));

/**
 * Takes samples in rounds: one contender after the other, in random order. If a round is short, other load of the machine
 * affects all contenders alike.
 * @param {number} rounds @param {Row[]} rows
 * @param {(contender: Contender, round: number) => Promise<number[]>} sample returns one value for each row
 */
async function inRounds(rounds, rows, sample) {
  for (let round = 0; round < rounds; round++) {
    for (const contender of shuffled(contenders)) {
      const values = await sample(contender, round);
      rows.forEach((row, i) => row.samples.get(contender)?.push(values[i] ?? NaN));
    }
  }
}

/**
 * Takes samples in several sets of pages, each with its own rounds, because the compiled code differs from page to page.
 * @param {Bench} bench @param {number} sets
 * @param {(page: BrowserPage, contender: Contender) => Promise<unknown>} warmUp
 * @param {(pages: Map<Contender, BrowserPage>) => Promise<void>} measure
 */
async function inSets({ browser, site, api }, sets, warmUp, measure) {
  for (let set = 0; set < sets; set++) {
    /** @type {BrowserContext[]} */
    const contexts = [];
    /** @type {Map<Contender, BrowserPage>} */
    const pages = new Map();
    for (const contender of shuffled(contenders)) {
      const context = await browser.context();
      contexts.push(context);
      const page = await open(context, site, contender, api);
      pages.set(contender, page);
      await warmUp(page, contender);
    }
    await measure(pages);
    for (const context of contexts) await context.close();
  }
}

/** @param {Map<Contender, BrowserPage>} pages @param {Contender} contender */
function pageOf(pages, contender) {
  const page = pages.get(contender);
  if (!page) throw new Error(`${contender} has no page.`);
  return page;
}

/** @param {string[]} names @returns {Pick<Row, "name" | "unit">[]} */
const ms = (...names) => names.map((name) => ({ name, unit: "ms" }));

/** @param {string} name @param {"bytes" | "count"} unit @param {Map<Contender, number>} values @returns {Row} */
const absolute = (name, unit, values) => ({
  name,
  unit,
  samples: new Map([...values].map(([contender, value]) => [contender, [value]])),
  absolute: true,
});

/** @type {Measurement} */
const decode = {
  title: "from response to usable objects",
  async run(bench) {
    const rows = emptyRows(ms(...SIZES.map((size) => `decode ${number(size)} tenant${size === 1 ? "" : "s"}`)));
    await inSets(
      bench,
      bench.quick ? 1 : 3,
      async (page) => {
        for (const size of SIZES) await page.bench("decode", size, size === PAGE ? 400 : 100);
      },
      async (pages) => {
        for (let round = 0; round < (bench.quick ? 5 : 15); round++) {
          for (const [i, size] of SIZES.entries()) {
            // One size at a time, so that compared values are measured within a fraction of a second.
            await inRounds(1, rows.slice(i, i + 1), async (contender) => [
              await pageOf(pages, contender).bench("decode", size, 20),
            ]);
          }
        }
      },
    );
    const costs = nsPerTenant(rows);
    const ours = costs[OURS]?.map(
      ({ tenants, all, beyondFetch }) => `${number(all)} (${number(beyondFetch)}) with ${number(tenants)}`,
    );
    const notes = [`${OURS}, ns per tenant, and the part beyond bare fetch: ${ours?.join(", ")}`];
    return { rows, details: { nsPerTenant: costs }, notes };
  },
};

/** The time per tenant for responses of each size, in total and beyond that of bare `fetch`, in ns. @param {Row[]} rows */
function nsPerTenant(rows) {
  const medians = rows.map(
    ({ samples }) => new Map([...samples].map(([contender, values]) => [contender, summary(values).median])),
  );
  return Object.fromEntries(
    contenders.map((contender) => [
      contender,
      SIZES.map((size, i) => {
        const own = medians[i]?.get(contender) ?? NaN;
        const bare = medians[i]?.get("fetch") ?? NaN;
        const ns = (/** @type {number} */ value) => Math.round((value * 1e6) / size);
        return { tenants: size, all: ns(own), beyondFetch: ns(own - bare) };
      }),
    ]),
  );
}

/** @type {Measurement} */
const call = {
  title: "calls over loopback, one after the other",
  async run(bench) {
    const [tenant] = await activeTenants(bench.api, 1);
    const id = String(tenant?.id);
    const rows = emptyRows(ms(`call list, ${PAGE} tenants`, "call get"));
    // Our GET requests are `no-store`, which bypasses the preflight cache, so every one costs an OPTIONS request.
    /** @type {number[]} */
    const ours = [];
    const reference = { name: 'bare fetch with cache: "no-store", like ours', samples: /** @type {number[]} */ ([]) };
    await inSets(
      bench,
      bench.quick ? 1 : 3,
      async (page) => {
        await page.bench("listCalls", PAGE, 300);
        await page.bench("getCalls", id, 200);
      },
      async (pages) => {
        for (let round = 0; round < (bench.quick ? 5 : 15); round++) {
          await inRounds(1, rows.slice(0, 1), async (contender) => [
            await pageOf(pages, contender).bench("listCalls", PAGE, 50),
          ]);
          await inRounds(1, rows.slice(1), async (contender) => [
            await pageOf(pages, contender).bench("getCalls", id, 50),
          ]);
          reference.samples.push(await pageOf(pages, "fetch").bench("noStoreGetCalls", id, 50));
          ours.push(await pageOf(pages, OURS).bench("getCalls", id, 50));
        }
      },
    );
    rows.push({ name: "call get, no-store", unit: "ms", samples: new Map([[OURS, ours]]), reference });
    return { rows };
  },
};

/** @type {Measurement} */
const preflights = {
  title: "CORS preflights",
  async run(bench) {
    const tenants = await activeTenants(bench.api, 10);
    const ids = tenants.map(({ id }) => id);
    const same = ids.map(() => String(ids[0]));
    /** @type {[string, (page: BrowserPage) => Promise<unknown>][]} */
    const kinds = [
      ["preflights, 10 times the same list", (page) => page.bench("lists", ids.length, 1)],
      ["preflights, list of 10 pages", (page) => page.bench("lists", ids.length, ids.length)],
      ["preflights, 10 times the same get", (page) => page.bench("gets", same)],
      ["preflights, get of 10 tenants", (page) => page.bench("gets", ids)],
    ];
    const rows = kinds.map(([name]) => absolute(name, "count", new Map()));
    for (const contender of contenders) {
      for (const [i, [, work]] of kinds.entries()) {
        const count = await fresh(bench.browser, async (_, context) => {
          const page = await open(context, bench.site, contender, bench.api);
          let count = 0;
          page.on("Network.requestWillBeSent", ({ initiator }) => (count += Number(initiator.type === "preflight")));
          await page.send("Network.enable");
          await work(page);
          return count;
        });
        rows[i]?.samples.set(contender, [count]);
      }
    }
    return { rows };
  },
};

/** @type {Measurement} */
const many = {
  title: `${number(CALLS)} concurrent calls`,
  async run(bench) {
    const rounds = bench.quick ? 1 : 9;
    // Different tenants in each round, because browsers cache preflights by URL.
    const tenants = await activeTenants(bench.api, CALLS * rounds + 200);
    const ids = tenants.map(({ id }) => id);
    const rows = emptyRows(ms(`${number(CALLS)} gets at once`, `longest block, ${number(CALLS)} gets at once`));
    await inSets(
      bench,
      1,
      (page) => page.bench("atOnce", ids.slice(CALLS * rounds)),
      (pages) =>
        inRounds(rounds, rows, async (contender, round) => {
          const some = ids.slice(CALLS * round, CALLS * (round + 1));
          const { ms, block } = await pageOf(pages, contender).bench("atOnce", some);
          return [ms, block];
        }),
    );
    return { rows };
  },
};

/** @type {Measurement} */
const block = {
  title: "the main thread's longest block",
  async run(bench) {
    const rows = emptyRows(ms(`longest block, decode ${number(BIG)} tenants`));
    await inSets(
      bench,
      bench.quick ? 1 : 3,
      (page) => page.bench("decode", BIG, 200),
      (pages) =>
        inRounds(bench.quick ? 5 : 25, rows, async (contender) => [
          await pageOf(pages, contender).bench("decodeBlock", BIG),
        ]),
    );
    return { rows };
  },
};

/** @type {Measurement} */
const first = {
  title: "the first call of a new page, from the navigation on",
  async run({ browser, site, api, quick }) {
    const query = new URLSearchParams({ baseUrl: api.url, token: api.token });
    const rates = [1, 4];
    const headers = ms(...rates.map((rate) => `first call${rate > 1 ? `, CPU ${rate} times slower` : ""}`));
    const rows = emptyRows(headers);
    await inRounds(quick ? 2 : 11, rows, async (contender) => {
      const values = [];
      for (const rate of rates) {
        const { ms, items } = await fresh(browser, async (page) => {
          // First a blank page, so that a process and a connection exist as in a browser in use.
          await page.goto(`${site.url}/blank.html`);
          await page.send("Emulation.setCPUThrottlingRate", { rate });
          await page.goto(`${site.url}/contenders/${contender}/first.html?${query}`);
          return page.evaluate("first");
        });
        if (items !== PAGE) throw new Error(`The first call of ${contender} returned ${items} tenants.`);
        values.push(ms);
      }
      return values;
    });
    return { rows };
  },
};

/** @type {Measurement} */
const start = {
  title: "connect, compared with an empty module",
  async run({ browser, site, quick }) {
    /** @type {number[]} */
    const ready = [];
    /** @type {number[]} */
    const empty = [];
    await fresh(browser, async (_, context) => {
      for (let i = -2; i < (quick ? 4 : 30); i++) {
        const page = await context.page();
        await page.goto(`${site.url}/`);
        const found = await page.bench("start", OURS, i % 2 === 0);
        await page.close();
        if (i < 0) continue; // these runs fill the cache
        ready.push(found.ready);
        empty.push(found.empty);
      }
    });
    /** @type {Row} */
    const row = {
      name: "connect, files in the cache",
      unit: "ms",
      samples: new Map([[OURS, ready]]),
      reference: { name: "an empty module", samples: empty },
    };
    return { rows: [row] };
  },
};

/** The number of pages between two memory samples. */
const PAGES_PER_SAMPLE = 10;
/** The number of parts of an iteration whose peaks are recorded. */
const PARTS = 20;

/** The memory during an iteration, in bytes. */
class MemoryProfile {
  #page;
  /** After each step: the JavaScript heap, with garbage, plus the core's memory. @type {number[]} */
  #sums = [];
  /** The memory after a garbage collection. @type {{ heap: number, wasm: number }[]} */
  live = [];

  /** @param {BrowserPage} page */
  constructor(page) {
    this.#page = page;
  }

  async #measure() {
    const { usedSize } = await this.#page.send("Runtime.getHeapUsage");
    return { heap: Number(usedSize), wasm: await this.#page.bench("wasmBytes") };
  }

  async sample() {
    const { heap, wasm } = await this.#measure();
    this.#sums.push(heap + wasm);
  }

  async collect() {
    await this.#page.send("HeapProfiler.collectGarbage");
    this.live.push(await this.#measure());
  }

  /** The peak in a part of the iteration. @param {number} part @param {number} parts */
  peak(part, parts) {
    const length = this.#sums.length;
    return Math.max(...this.#sums.slice((part * length) / parts, ((part + 1) * length) / parts));
  }

  summary() {
    return {
      peakOfFirstQuarter: this.peak(0, 4),
      peak: this.peak(0, 1),
      afterCollectionAtQuarters: this.live,
      peaks: Array.from({ length: PARTS }, (_, part) => this.peak(part, PARTS)),
    };
  }
}

/** Named `walk` on the command line. @type {Measurement} */
const walk = {
  title: "an iteration over all tenants",
  async run(bench) {
    const pages = (bench.quick ? 4_000 : 100_000) / PAGE;
    const steps = pages / PAGES_PER_SAMPLE;
    const time = emptyRows(ms(`walk through ${number(pages * PAGE)}, a page of ${PAGE}`));
    const memory = emptyRows([
      { name: "peak memory, first quarter of it", unit: "bytes" },
      { name: "peak memory, all of it", unit: "bytes" },
    ]);
    /** @type {Map<Contender, MemoryProfile>} */
    const profiles = new Map();
    let tenants = 0;
    await inSets(
      { ...bench, api: bench.largeApi },
      1,
      async (page, contender) => {
        const profile = new MemoryProfile(page);
        profiles.set(contender, profile);
        await page.bench("startIteration", PAGE, 0);
        await profile.collect();
      },
      (pages) =>
        inRounds(steps, time, async (contender, round) => {
          const found = await pageOf(pages, contender).bench("readPages", PAGES_PER_SAMPLE);
          tenants += found.tenants;
          await profiles.get(contender)?.sample();
          if ((round + 1) % (steps / 4) === 0) await profiles.get(contender)?.collect();
          return [found.ms / PAGES_PER_SAMPLE];
        }),
    );
    if (tenants !== pages * PAGE * contenders.length)
      throw new Error(`The iterations read ${tenants} tenants in total.`);
    const details = [...profiles].map(([contender, profile]) => {
      const summary = profile.summary();
      memory[0]?.samples.get(contender)?.push(summary.peakOfFirstQuarter);
      memory[1]?.samples.get(contender)?.push(summary.peak);
      return [contender, summary];
    });
    const live = profiles.get(OURS)?.live.map(({ heap, wasm }) => number(heap + wasm));
    const notes = [
      `${OURS}, bytes after garbage collection at the start and after each quarter of the iteration: ${live?.join(" ")}`,
    ];
    return { rows: [...time, ...memory], details: Object.fromEntries(details), notes };
  },
};

/** The iterations that `ahead` compares with the first of them. @type {{ name: string, contender: Contender, pages: number }[]} */
const ITERATIONS = [
  { name: "openapi-fetch", contender: "openapi-fetch", pages: 0 },
  { name: "openapi-fetch, 4 at a time", contender: "openapi-fetch", pages: 4 },
  { name: OURS, contender: OURS, pages: 0 },
  { name: `${OURS}, 1 ahead`, contender: OURS, pages: 1 },
  { name: `${OURS}, 4 ahead`, contender: OURS, pages: 4 },
];
const ITERATION_NAMES = ITERATIONS.map(({ name }) => name);

/** @type {Measurement} */
const ahead = {
  title: "an iteration over all tenants with pages requested ahead, by the latency of the server",
  async run({ browser, site, largeApi, quick }) {
    const count = quick ? 10 : 100;
    const what = `walk through ${number(count * BIG)}, a page of ${number(BIG)}`;
    /** @param {string} name @param {"ms" | "bytes"} unit @returns {Row} */
    const row = (name, unit) => ({
      name,
      unit,
      samples: new Map(ITERATION_NAMES.map((name) => [name, []])),
      columns: ITERATION_NAMES,
    });
    /** @type {{ context: BrowserContext, page: BrowserPage, name: string, ahead: number }[]} */
    const opened = [];
    for (const { name, contender, pages } of ITERATIONS) {
      const context = await browser.context();
      opened.push({ context, page: await open(context, site, contender, largeApi), name, ahead: pages });
    }
    // Read by single pages, to sample the memory after each; this also warms up.
    const memory = row(`peak memory, ${what}`, "bytes");
    for (const { page, name, ahead } of opened) {
      const profile = new MemoryProfile(page);
      await page.bench("startIteration", BIG, ahead);
      await profile.collect();
      for (let i = 0; i < count; i++) {
        await page.bench("readPages", 1);
        await profile.sample();
      }
      memory.samples.get(name)?.push(profile.peak(0, 1));
    }
    const times = [];
    for (const latency of [0, 50, 200]) {
      await largeApi.delay(latency);
      const time = row(`${what}, ${latency} ms of latency`, "ms");
      times.push(time);
      for (let round = 0; round < (quick ? 1 : 3); round++) {
        for (const { page, name, ahead } of shuffled(opened)) {
          await page.bench("startIteration", BIG, ahead);
          const { tenants, ms } = await page.bench("readPages", count);
          if (tenants !== count * BIG) throw new Error(`${name} read ${tenants} tenants.`);
          time.samples.get(name)?.push(ms);
        }
      }
    }
    await largeApi.delay(0);
    for (const { context } of opened) await context.close();
    return { rows: [...times, memory] };
  },
};

/** @type {Measurement} */
const size = {
  title: "the size added to an app",
  async run({ sizes }) {
    /** @param {(size: Size) => number} pick */
    const all = (pick) => new Map([...sizes].map(([contender, size]) => [contender, pick(size)]));
    const rows = [
      absolute(
        "size, minified",
        "bytes",
        all(({ script, wasm }) => script + wasm),
      ),
      absolute(
        "size, brotli",
        "bytes",
        all(({ scriptBrotli, wasmBrotli }) => scriptBrotli + wasmBrotli),
      ),
    ];
    return { rows, details: Object.fromEntries(sizes) };
  },
};

/** @type {Record<import("./names.mjs").Name, Measurement>} */
export const measurements = { decode, call, preflights, many, block, first, start, walk, ahead, size };
