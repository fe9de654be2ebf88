// Runs the benchmark; everything is set up and built before.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { end, readText, root, seconds, startSandbox, CliError } from "../../../scripts/lib.mjs";
import { activeTenants, fullResponses, signIn } from "./api.mjs";
import { startBrowser } from "./browser.mjs";
import { chart } from "./chart.mjs";
import { measurements, PAGE, SIZES } from "./measure.mjs";
import { environment, merged, results, warning } from "./record.mjs";
import { buildSite, serveSite } from "./site.mjs";
import { table } from "./table.mjs";
import { verify } from "./verify.mjs";

/** @import { Row } from "./measure.mjs" */

/** The number of tenants of the sandbox for iterations. The other sandbox has enough active tenants for the largest response. */
const ITERATED_TENANTS = 100_000;
const TENANTS = 12_000;

/** The subtitle of the chart. @param {string} browser @param {ReturnType<typeof environment>} environment */
const subtitle = (browser, { machine, date }) =>
  `Less is better. Times are multiples of bare fetch; light grey checks nothing, dark grey checks with zod. ${browser}, ${machine.cores} cores, ${date.slice(0, 10)}`;

/** @typedef {{ chrome: string, sandboxProgram: string, only: string[], quick: boolean, record: boolean, load: number }} Options */

/** @param {Options} options */
export async function bench({ chrome, sandboxProgram, only, quick, record, load }) {
  const env = environment(load);
  const busyWarning = warning(env);
  if (busyWarning) console.log(busyWarning);
  const [sandbox, largeSandbox] = await Promise.all(
    [TENANTS, ITERATED_TENANTS].map((count) =>
      startSandbox(sandboxProgram, ["--port", "0", "--tenants", `${count}`, "--admin"]),
    ),
  );
  if (!sandbox || !largeSandbox) return;
  const api = await signIn(sandbox.url);
  const largeApi = await signIn(largeSandbox.url);
  const dir = join(root, "target", "bench", "site");
  console.log("Making the responses and the contenders' bundles ...");
  const sizes = await buildSite(dir, await fullResponses(api, SIZES));
  const browser = await startBrowser(chrome);
  const site = await serveSite(dir);
  try {
    const ids = (await activeTenants(api, 3)).map(({ id }) => id);
    const problems = await verify(browser, site, api, PAGE, ids);
    if (problems.length > 0) throw new CliError(problems.join("\n"));
    console.log("Every contender returns the right data.");
    /** @type {Row[]} */
    const rows = [];
    /** @type {Record<string, object>} */
    const details = {};
    /** @type {string[]} */
    const notes = [];
    for (const [name, { title, run }] of Object.entries(measurements)) {
      if (only.length > 0 && !only.includes(name)) continue;
      const begun = performance.now();
      const found = await run({ browser, site, sizes, api, largeApi, quick });
      rows.push(...found.rows);
      notes.push(...(found.notes ?? []));
      if (found.details) details[name] = found.details;
      console.log(`${name}: ${title} (${seconds(begun)})`);
    }
    console.log(["", table(rows), ...notes, ""].join("\n"));
    const all = only.length === 0;
    if (quick || !(all || record)) return;
    const found = results({ ...env, browser: browser.version }, rows, details);
    const json = join(root, "docs", "benchmark.json");
    const recorded = all ? found : merged(JSON.parse(readText("docs/benchmark.json")), only, found);
    const text = JSON.stringify(recorded, undefined, 2);
    writeFileSync(json, await format(text, { ...(await resolveConfig(json)), filepath: json }));
    if (all) writeFileSync(join(root, "docs", "benchmark.svg"), chart(rows, subtitle(browser.version, env)));
    console.log(`Written: docs/benchmark.json${all ? ", docs/benchmark.svg" : ""}`);
  } finally {
    site.close();
    await browser.close();
    await Promise.all([sandbox, largeSandbox].map(({ child }) => end(child)));
  }
}
