// The measurements. Every sample is taken in a fresh context of the browser: a process, caches and connections of its own.
import { activeTenants } from "./api.mjs";
import { contenders, OURS } from "./site.mjs";
import { shuffled } from "./statistics.mjs";

/** @import { Api } from "./api.mjs" */
/** @import { Browser, BrowserContext, BrowserPage } from "./browser.mjs" */
/** @import { Contender, Site } from "./site.mjs" */

/** @typedef {{ browser: Browser, site: Site, api: Api, crowd: Api, quick: boolean }} Bench */
/** @typedef {{ name: string, unit: "ms" | "bytes", samples: Map<Contender, number[]> }} Row the samples of a round have the same place */
/** @typedef {{ title: string, run: (bench: Bench) => Promise<{ rows: Row[], details?: object }> }} Measurement */

/** How many tenants the answers have. */
export const SIZES = [1, 50, 1_000, 10_000];
const BIG = 1_000;
const PAGE = 50;

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
 * @param {number} rounds @param {readonly string[]} names of the rows
 * @param {(contender: Contender, round: number) => Promise<number[]>} sample one value for each row
 * @param {readonly Contender[]} [who]
 */
async function compare(rounds, names, sample, who = contenders) {
  /** @type {Row[]} */
  const rows = names.map((name) => ({ name, unit: "ms", samples: new Map(who.map((contender) => [contender, []])) }));
  for (let round = 0; round < rounds; round++) {
    for (const contender of shuffled(who)) {
      const values = await sample(contender, round);
      rows.forEach((row, i) => row.samples.get(contender)?.push(values[i] ?? NaN));
    }
  }
  return rows;
}

/** @type {Measurement} */
const decode = {
  title: "from response to usable objects",
  async run(bench) {
    const names = SIZES.map((size) => `decode ${number(size)} tenant${size === 1 ? "" : "s"}`);
    const ms = bench.quick ? 30 : 150;
    const rows = await compare(bench.quick ? 2 : 9, names, (contender) =>
      withContender(bench, contender, async (page) => {
        await page.bench("decode", PAGE, bench.quick ? 100 : 250);
        const values = [];
        for (const size of SIZES) {
          await page.bench("decode", size, ms / 5);
          values.push(await page.bench("decode", size, ms));
        }
        return values;
      }),
    );
    return { rows };
  },
};

/** @type {Measurement} */
const call = {
  title: "calls over loopback, one after the other",
  async run(bench) {
    const [tenant] = await activeTenants(bench.api, 1);
    const id = String(tenant?.id);
    const times = bench.quick ? 20 : 100;
    const rows = await compare(bench.quick ? 2 : 9, [`list ${PAGE}`, "get"], (contender) =>
      withContender(bench, contender, async (page) => {
        await page.bench("listCalls", PAGE, times / 2);
        const list = await page.bench("listCalls", PAGE, times);
        await page.bench("getCalls", id, times / 2);
        return [list, await page.bench("getCalls", id, times)];
      }),
    );
    return { rows };
  },
};

/** @type {Record<string, Measurement>} */
export const measurements = { decode, call };
