// The benchmark, once everything is set up and built.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { end, root, seconds, startSandbox, Stop } from "../../../scripts/lib.mjs";
import { activeTenants, fullAnswers, signIn } from "./api.mjs";
import { startBrowser } from "./browser.mjs";
import { chart } from "./chart.mjs";
import { measurements, PAGE, SIZES } from "./measure.mjs";
import { circumstances, toJson, warning } from "./record.mjs";
import { buildSite, serveSite } from "./site.mjs";
import { table } from "./table.mjs";
import { verify } from "./verify.mjs";

/** @import { Row } from "./measure.mjs" */

/** The tenants of the sandbox for walks; the other one has as many as the largest answer, and those that it leaves out. */
const CROWD = 100_000;
const TENANTS = 12_000;

/** What stands below the picture's heading. @param {string} browser @param {ReturnType<typeof circumstances>} where */
const subtitle = (browser, { machine, date }) =>
  `Less is better. Times are multiples of bare fetch; light grey checks nothing, dark grey checks with zod. ${browser}, ${machine.cores} cores, ${date.slice(0, 10)}`;

/** @typedef {{ chrome: string, sandboxProgram: string, only: string[], quick: boolean, load: number }} Options */

/** @param {Options} options */
export async function bench({ chrome, sandboxProgram, only, quick, load }) {
  const where = circumstances(load);
  const warned = warning(where);
  if (warned) console.log(warned);
  const [sandbox, crowded] = await Promise.all(
    [TENANTS, CROWD].map((count) => startSandbox(sandboxProgram, ["--port", "0", "--tenants", `${count}`])),
  );
  if (!sandbox || !crowded) return;
  const api = await signIn(sandbox.url);
  const crowd = await signIn(crowded.url);
  const dir = join(root, "target", "bench", "site");
  console.log("Making the answers and the contenders' bundles ...");
  const sizes = await buildSite(dir, await fullAnswers(api, SIZES));
  const browser = await startBrowser(chrome);
  const site = await serveSite(dir);
  try {
    const ids = (await activeTenants(api, 3)).map(({ id }) => id);
    const complaints = await verify(browser, site, api, PAGE, ids);
    if (complaints.length > 0) throw new Stop(complaints.join("\n"));
    console.log("Every contender gives the right data.");
    /** @type {Row[]} */
    const rows = [];
    /** @type {Record<string, object>} */
    const details = {};
    /** @type {string[]} */
    const notes = [];
    for (const [name, { title, run }] of Object.entries(measurements)) {
      if (only.length > 0 && !only.includes(name)) continue;
      const begun = performance.now();
      const found = await run({ browser, site, sizes, api, crowd, quick });
      rows.push(...found.rows);
      notes.push(...(found.notes ?? []));
      if (found.details) details[name] = found.details;
      console.log(`${name}: ${title} (${seconds(begun)})`);
    }
    console.log(["", table(rows), ...notes, ""].join("\n"));
    if (quick || only.length > 0) return;
    const json = join(root, "docs", "benchmark.json");
    const config = await resolveConfig(json);
    writeFileSync(
      json,
      await format(toJson({ ...where, browser: browser.version }, rows, details), { ...config, filepath: json }),
    );
    writeFileSync(join(root, "docs", "benchmark.svg"), chart(rows, subtitle(browser.version, where)));
    console.log("Written: docs/benchmark.json, docs/benchmark.svg");
  } finally {
    site.close();
    await browser.close();
    await Promise.all([sandbox, crowded].map(({ child }) => end(child)));
  }
}
