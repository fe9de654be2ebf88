// The measurements. Every sample is taken in a fresh context of the browser: a process, caches and connections of its own.
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
/** @typedef {{ title: string, run: (bench: Bench) => Promise<{ rows: Row[], details?: object }> }} Measurement */

/** How many tenants the answers have. */
export const SIZES = [1, 50, 1_000, 10_000];
const BIG = 1_000;
const PAGE = 50;
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
 * A fresh page of the benchmark, with a contender ready to be measured.
 * @template T
 * @param {Bench} bench @param {Contender} contender
 * @param {(page: BrowserPage) => Promise<T>} work @param {Api} [api]
 */
const withContender = ({ browser, site, ...bench }, contender, work, api = bench.api) =>
  fresh(browser, async (page) => {
    await page.goto(`${site.url}/`);
    await page.bench("open", contender, api.url, api.token);
    return work(page);
  });

/**
 * Takes one sample of each contender in every round.
 * @param {number} rounds @param {Pick<Row, "name" | "unit">[]} what
 * @param {(contender: Contender, round: number) => Promise<number[]>} sample one value for each row
 * @returns {Promise<Row[]>}
 */
async function compare(rounds, what, sample) {
  /** @type {Row[]} */
  const rows = what.map((row) => ({ ...row, samples: new Map(contenders.map((contender) => [contender, []])) }));
  for (let round = 0; round < rounds; round++) {
    for (const contender of shuffled(contenders)) {
      const values = await sample(contender, round);
      rows.forEach((row, i) => row.samples.get(contender)?.push(values[i] ?? NaN));
    }
  }
  return rows;
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
    const names = SIZES.map((size) => `decode ${number(size)} tenant${size === 1 ? "" : "s"}`);
    const time = bench.quick ? 40 : 150;
    const rows = await compare(bench.quick ? 2 : 9, ms(...names), (contender) =>
      withContender(bench, contender, async (page) => {
        await page.bench("decode", PAGE, time * 2);
        const values = [];
        for (const size of SIZES) {
          await page.bench("decode", size, time / 5);
          values.push(await page.bench("decode", size, time));
        }
        return values;
      }),
    );
    return { rows, details: { nsPerTenant: nsPerTenant(rows) } };
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
    const time = bench.quick ? 100 : 300;
    const rows = await compare(bench.quick ? 2 : 9, ms(`call list, ${PAGE} tenants`, "call get"), (contender) =>
      withContender(bench, contender, async (page) => {
        await page.bench("listCalls", PAGE, time / 2);
        const list = await page.bench("listCalls", PAGE, time);
        await page.bench("getCalls", id, time / 2);
        return [list, await page.bench("getCalls", id, time)];
      }),
    );
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
      ["preflights, 10 times the same list", (page) => page.bench("lists", ids.length)],
      ["preflights, 10 times the same get", (page) => page.bench("gets", same)],
      ["preflights, get of 10 tenants", (page) => page.bench("gets", ids)],
    ];
    const rows = kinds.map(([name]) => absolute(name, "count", new Map()));
    for (const contender of contenders) {
      for (const [i, [, work]] of kinds.entries()) {
        const count = await withContender(bench, contender, async (page) => {
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
    const tenants = await activeTenants(bench.api, CALLS + 200);
    const ids = tenants.map(({ id }) => id);
    const what = ms(`${number(CALLS)} gets at once`, `longest block, ${number(CALLS)} gets at once`);
    const rows = await compare(bench.quick ? 1 : 7, what, (contender) =>
      withContender(bench, contender, async (page) => {
        await page.bench("atOnce", ids.slice(CALLS));
        const { ms, block } = await page.bench("atOnce", ids.slice(0, CALLS));
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
    const what = ms(`longest block, decode ${number(BIG)} tenants`);
    const rows = await compare(bench.quick ? 1 : 7, what, (contender) =>
      withContender(bench, contender, async (page) => {
        await page.bench("decodeBlock", BIG, 10);
        return [await page.bench("decodeBlock", BIG, bench.quick ? 5 : 25)];
      }),
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
    const rows = await compare(quick ? 2 : 9, what, async (contender) => {
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

/** @type {Measurement} */
const walk = {
  title: "a walk through all tenants",
  async run(bench) {
    const pages = (bench.quick ? 4_000 : 100_000) / PAGE;
    const step = 10;
    /** @type {Record<string, object>} */
    const details = {};
    const what = [
      ...ms(`walk through ${number(pages * PAGE)} tenants`),
      { name: "peak memory of the walk", unit: /** @type {const} */ ("bytes") },
    ];
    const rows = await compare(1, what, (contender) =>
      withContender(
        bench,
        contender,
        async (page) => {
          const collect = () => page.send("HeapProfiler.collectGarbage");
          const look = async () => {
            const { usedSize } = await page.send("Runtime.getHeapUsage");
            return { heap: Number(usedSize), wasm: await page.bench("wasmBytes") };
          };
          await page.bench("walk", PAGE);
          await page.bench("walkOn", 0);
          await collect();
          const samples = [];
          const live = [await look()];
          let walked = { pages: 0, tenants: 0, ms: 0 };
          while (walked.pages < pages) {
            const found = await page.bench("walkOn", step);
            samples.push(await look());
            walked = {
              pages: walked.pages + found.pages,
              tenants: walked.tenants + found.tenants,
              ms: walked.ms + found.ms,
            };
            if (found.done) break;
            if (walked.pages % (pages / 4) === 0) {
              await collect();
              live.push(await look());
            }
          }
          if (walked.tenants !== pages * PAGE) throw new Error(`${contender} walked past ${walked.tenants} tenants.`);
          const sums = samples.map(({ heap, wasm }) => heap + wasm);
          const peak = Math.max(...sums);
          const peakOfFirstQuarter = Math.max(...sums.slice(0, sums.length / 4));
          details[contender] = { peakOfFirstQuarter, peak, liveAtQuarters: live, samples: sums };
          return [walked.ms, peak];
        },
        bench.crowd,
      ),
    );
    return { rows, details };
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

/** @type {Record<string, Measurement>} */
export const measurements = { decode, call, preflights, many, block, first, start, walk, size };
