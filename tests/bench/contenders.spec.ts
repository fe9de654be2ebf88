// Every contender of the benchmark returns the same data, checks what it claims to check, and generates code only if its name says so.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { activeTenants, fullResponses, signIn, type Api } from "./drive/api.mjs";
import { buildSite, contenders, serveSite, type Contender, type Site, type Size } from "./drive/site.mjs";
import { countFunctions, problems } from "./drive/verify.mjs";
import type { Bench } from "./page/api";

const { SANDBOX_URL = "" } = process.env;
const SIZE = 50;

/** The globals that page.ts and `countFunctions` set. */
interface BenchWindow {
  bench: Bench;
  functionsMade: number;
}

const dir = mkdtempSync(join(tmpdir(), "omicall-bench-"));
let api: Api;
let site: Site;
let sizes: Map<Contender, Size>;

test.beforeAll(async () => {
  api = await signIn(SANDBOX_URL);
  sizes = await buildSite(dir, await fullResponses(api, [SIZE]));
  site = await serveSite(dir);
});

test.afterAll(() => {
  site?.close();
  rmSync(dir, { recursive: true, force: true });
});

for (const contender of contenders) {
  test(contender, async ({ page }) => {
    const ids = (await activeTenants(api, 3)).map(({ id }) => id);
    await page.addInitScript(countFunctions);
    await page.goto(site.url);
    const { verdict, functionsMade } = await page.evaluate(
      async ({ contender, url, token, size, ids }) => {
        const { bench } = globalThis as unknown as BenchWindow;
        await bench.open(contender, url, token);
        const verdict = await bench.verify(size, ids);
        return { verdict, functionsMade: (globalThis as unknown as BenchWindow).functionsMade };
      },
      { contender, url: api.url, token: api.token, size: SIZE, ids },
    );
    expect(problems(contender, verdict, functionsMade)).toEqual([]);
    expect(sizes.get(contender)?.script).toBeGreaterThan(0);
  });
}
