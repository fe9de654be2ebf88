// The measurements. Each contender has a context of the browser: processes, caches and connections of its own.
import { activeTenants } from "./api.mjs";
import { contenders, OURS } from "./site.mjs";
import { shuffled, summary } from "./statistics.mjs";

/** @import { Api } from "./api.mjs" */
/** @import { Browser, BrowserContext, BrowserPage } from "./browser.mjs" */
/** @import { Contender, Site, Size } from "./site.mjs" */

/** @typedef {{ browser: Browser, site: Site, sizes: Map<Contender, Size>, api: Api, crowd: Api, quick: boolean }} Bench */
/**
 * One value of each contender in each round; samples of a round have the same place. They are compared with bare `fetch`,
 * or with what `reference` names, or not at all.
 * @typedef {{
 *   name: string,
 *   unit: "ms" | "bytes" | "count",
 *   samples: Map<Contender, number[]>,
 *   reference?: { name: string, samples: number[] },
 *   absolute?: boolean,
 * }} Row
 */
/** @typedef {{ title: string, run: (bench: Bench) => Promise<Found> }} Measurement */
/** @typedef {{ rows: Row[], details?: object, notes?: string[] }} Found notes are what the table does not say */

/** How many tenants the answers have. */
export const SIZES = [1, 50, 1_000, 10_000];
const BIG = 1_000;
/** How many are on a page, if nothing else is said. */
export const PAGE = 50;
/** Calls at once. */
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
 * A page of the benchmark, with a contender ready to be measured.
 * @param {BrowserContext} context @param {Site} site @param {Contender} contender @param {Api} api
 */
async function open(context, site, contender, api) {
  const page = await context.page();
  await page.goto(`${site.url}/`);
  await page.bench("open", contender, api.url, api.token);
  return page;
}

/** @param {Pick<Row, "name" | "unit">[]} what @returns {Row[]} */
const emptyRows = (what) =>
  what.map((row) => ({ ...row, samples: new Map(contenders.map((contender) => [contender, []])) }));

/**
 * Takes samples in rounds: of one contender after the other, in an order of chance. What else the machine does meanwhile
 * meets all of them alike then, if a round is short.
 * @param {number} rounds @param {Row[]} rows
 * @param {(contender: Contender, round: number) => Promise<number[]>} sample one value for each row
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
 * Takes samples in several sets of pages, each with rounds of its own: a page's code may be compiled luckily.
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
            // One size at a time, so that what is compared was measured within a fraction of a second.
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
    const notes = [`${OURS}, ns per tenant, and what of it is beyond bare fetch: ${ours?.join(", ")}`];
    return { rows, details: { nsPerTenant: costs }, notes };
  },
};

/** What a tenant costs in answers of each size, in all and beyond what it costs with bare `fetch`: ns. @param {Row[]} rows */
function nsPerTenant(rows) {
  const medians = rows.map(
    ({ samples }) => new Map([...samples].map(([who, values]) => [who, summary(values).median])),
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
    // Ours keeps no answer to a GET, and browsers ask for leave again before each request that is not to be kept.
    /** @type {number[]} */
    const ours = [];
    const reference = { name: 'bare fetch with cache: "no-store", as ours', samples: /** @type {number[]} */ ([]) };
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
  title: `${number(CALLS)} calls at once`,
  async run(bench) {
    const rounds = bench.quick ? 1 : 9;
    // Others in each round: a browser remembers for a while which addresses it may call.
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
  title: "the first call of a fresh page, from the navigation on",
  async run({ browser, site, api, quick }) {
    const query = new URLSearchParams({ baseUrl: api.url, token: api.token });
    const rates = [1, 4];
    const what = ms(...rates.map((rate) => `first call${rate > 1 ? `, CPU ${rate} times slower` : ""}`));
    const rows = emptyRows(what);
    await inRounds(quick ? 2 : 11, rows, async (contender) => {
      const values = [];
      for (const rate of rates) {
        const { ms, items } = await fresh(browser, async (page) => {
          // With a process and a connection at hand, as in a browser that is in use.
          await page.goto(`${site.url}/blank.html`);
          await page.send("Emulation.setCPUThrottlingRate", { rate });
          await page.goto(`${site.url}/contenders/${contender}/first.html?${query}`);
          return page.evaluate("first");
        });
        if (items !== PAGE) throw new Error(`The first call of ${contender} gave ${items} tenants.`);
        values.push(ms);
      }
      return values;
    });
    return { rows };
  },
};

/** @type {Measurement} */
const start = {
  title: "connect, beside an empty module",
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
        if (i < 0) continue; // filled the cache
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

/** How many pages a walk takes before another look at the memory, and the parts whose peaks are recorded. */
const STEP = 10;
const PARTS = 20;

/** What is seen of the memory on a walk, in bytes. */
class Footprint {
  #page;
  /** After each step: whatever is on the heap, garbage too, and the core's memory. @type {number[]} */
  #sums = [];
  /** What is left after a garbage collection. @type {{ heap: number, wasm: number }[]} */
  live = [];

  /** @param {BrowserPage} page */
  constructor(page) {
    this.#page = page;
  }

  async #look() {
    const { usedSize } = await this.#page.send("Runtime.getHeapUsage");
    return { heap: Number(usedSize), wasm: await this.#page.bench("wasmBytes") };
  }

  async step() {
    const { heap, wasm } = await this.#look();
    this.#sums.push(heap + wasm);
  }

  async collect() {
    await this.#page.send("HeapProfiler.collectGarbage");
    this.live.push(await this.#look());
  }

  /** The peak of a part of the walk. @param {number} part @param {number} parts */
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

/** @type {Measurement} */
const walk = {
  title: "a walk through all tenants",
  async run(bench) {
    const pages = (bench.quick ? 4_000 : 100_000) / PAGE;
    const steps = pages / STEP;
    const time = emptyRows(ms(`walk through ${number(pages * PAGE)}, a page of ${PAGE}`));
    const memory = emptyRows([
      { name: "peak memory, first quarter of it", unit: "bytes" },
      { name: "peak memory, all of it", unit: "bytes" },
    ]);
    /** @type {Map<Contender, Footprint>} */
    const footprints = new Map();
    let tenants = 0;
    await inSets(
      { ...bench, api: bench.crowd },
      1,
      async (page, contender) => {
        const footprint = new Footprint(page);
        footprints.set(contender, footprint);
        await page.bench("walk", PAGE);
        await footprint.collect();
      },
      (pages) =>
        inRounds(steps, time, async (contender, round) => {
          const found = await pageOf(pages, contender).bench("walkOn", STEP);
          tenants += found.tenants;
          await footprints.get(contender)?.step();
          if ((round + 1) % (steps / 4) === 0) await footprints.get(contender)?.collect();
          return [found.ms / STEP];
        }),
    );
    if (tenants !== pages * PAGE * contenders.length) throw new Error(`The walks went past ${tenants} tenants in all.`);
    const details = [...footprints].map(([contender, footprint]) => {
      const summary = footprint.summary();
      memory[0]?.samples.get(contender)?.push(summary.peakOfFirstQuarter);
      memory[1]?.samples.get(contender)?.push(summary.peak);
      return [contender, summary];
    });
    const live = footprints.get(OURS)?.live.map(({ heap, wasm }) => number(heap + wasm));
    const notes = [
      `${OURS}, bytes after garbage collection at the start and each quarter of the walk: ${live?.join(" ")}`,
    ];
    return { rows: [...time, ...memory], details: Object.fromEntries(details), notes };
  },
};

/** @type {Measurement} */
const size = {
  title: "what an app grows by",
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
export const measurements = { decode, call, preflights, many, block, first, start, walk, size };
