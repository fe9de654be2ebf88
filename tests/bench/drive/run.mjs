// The benchmark, once everything is set up and built.
import { join } from "node:path";
import { end, root, seconds, startSandbox, Stop } from "../../../scripts/lib.mjs";
import { activeTenants, fullAnswers, signIn } from "./api.mjs";
import { startBrowser } from "./browser.mjs";
import { measurements, SIZES } from "./measure.mjs";
import { buildSite, serveSite } from "./site.mjs";
import { table } from "./table.mjs";
import { verify } from "./verify.mjs";

/** @import { Row } from "./measure.mjs" */

/** The tenants of the sandbox for walks; the other one has as many as the largest answer, and those that it leaves out. */
const CROWD = 100_000;
const TENANTS = 12_000;

/**
 * @param {{ chrome: string, sandboxProgram: string, only: string[], quick: boolean }} options
 */
export async function bench({ chrome, sandboxProgram, only, quick }) {
  const sandbox = await startSandbox(sandboxProgram, ["--port", "0", "--tenants", `${TENANTS}`]);
  const crowded = await startSandbox(sandboxProgram, ["--port", "0", "--tenants", `${CROWD}`]);
  const api = await signIn(sandbox.url);
  const crowd = await signIn(crowded.url);
  const dir = join(root, "target", "bench", "site");
  console.log("Making the answers and the contenders' bundles ...");
  const sizes = await buildSite(dir, await fullAnswers(api, SIZES));
  const site = await serveSite(dir);
  const browser = await startBrowser(chrome);
  try {
    const ids = (await activeTenants(api, 3)).map(({ id }) => id);
    const complaints = await verify(browser, site, api, 50, ids);
    if (complaints.length > 0) throw new Stop(complaints.join("\n"));
    console.log("Every contender gives the right data.");
    /** @type {Row[]} */
    const rows = [];
    for (const [name, { title, run }] of Object.entries(measurements)) {
      if (only.length > 0 && !only.includes(name)) continue;
      const begun = performance.now();
      const found = await run({ browser, site, sizes, api, crowd, quick });
      rows.push(...found.rows);
      console.log(`${name}: ${title} (${seconds(begun)})`);
    }
    console.log(table(rows));
  } finally {
    await browser.close();
    site.close();
    await Promise.all([sandbox, crowded].map(({ child }) => end(child)));
  }
}
