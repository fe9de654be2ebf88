// Measures how smoothly the portal shows a very long list: `npm run bench:portal`.
import { join } from "node:path";
import { buildPackages } from "./build.mjs";
import {
  buildSandbox,
  CliError,
  env,
  freePort,
  main,
  readOptions,
  readText,
  root,
  runQuietly,
  startSandbox,
  startServer,
  viteScript,
} from "./lib.mjs";
import { setup } from "./setup.mjs";

const usage = `npm run bench:portal -- [--tenants COUNT]
  loads the list of tenants in headless Chromium, scrolls through it, sorts and filters it, and prints the times
  --tenants COUNT  how many tenants the sandbox has (default 100000)`;

/** A frame that takes longer is noticed. */
const longFrameMs = 50;

/** @param {number} ms */
const text = (ms) => `${Math.round(ms).toLocaleString("en")} ms`;

/** @param {number[]} frames */
const framesText = (frames) =>
  `${frames.length} frames, ${frames.filter((ms) => ms > longFrameMs).length} over ${longFrameMs} ms, ` +
  `the longest ${text(Math.max(...frames))}`;

await main(async () => {
  const { tenants } = readOptions(/** @type {const} */ ({ tenants: { type: "string", default: "100000" } }), usage);
  const browsers = await setup({ packages: true, wasm: true, browsers: true });
  if (!browsers) throw new CliError("There are no browsers.");
  await buildPackages({ only: ["code"], withWasmPack: false });
  const program = await buildSandbox({ release: true });
  const sandbox = await startSandbox(program, ["--port", "0", "--tenants", tenants]);

  const cwd = join(root, "www");
  const out = ["--outDir", join(root, "target", "portal-bench")];
  await runQuietly("Building the portal", process.execPath, [viteScript(), "build", ...out, "--emptyOutDir"], {
    cwd,
    env: { ...env, VITE_SANDBOX_URL: sandbox.url },
  });
  const preview = [viteScript(), "preview", ...out, "--host", "127.0.0.1", "--port", `${await freePort(0)}`];
  const portal = await startServer("portal", process.execPath, preview, { cwd, ready: /Local:\s+(http:\S+)/ });

  // Only now: it needs the npm packages.
  const { chromium } = await import("@playwright/test");
  const { args } = JSON.parse(readText("webdriver.json"))["goog:chromeOptions"];
  const browser = await chromium.launch({ executablePath: browsers.chrome, args });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: "vi-VN" });
    // As after the first screen.
    await page.addInitScript(() => sessionStorage.setItem("omicall-portal-session", '{"kind":"sandbox"}'));

    /** Runs something, and returns how long it took and the frames meanwhile. @param {() => Promise<unknown>} run */
    async function measure(run) {
      await page.evaluate(() => {
        /** @type {number[]} */
        const frames = [];
        let last = performance.now();
        const frame = (/** @type {number} */ now) => {
          frames.push(now - last);
          last = now;
          id = requestAnimationFrame(frame);
        };
        let id = requestAnimationFrame(frame);
        Object.assign(window, { stopFrames: () => (cancelAnimationFrame(id), frames) });
      });
      const begun = performance.now();
      await run();
      const ms = performance.now() - begun;
      /** @type {number[]} */
      const frames = await page.evaluate("stopFrames()");
      return { ms, frames };
    }

    const count = page.getByRole("status").filter({ hasText: /doanh nghiệp$/ });
    const firstRow = page.locator("[aria-rowindex='2']");

    let begun = performance.now();
    await page.goto(`${portal.url}#/tenants`);
    await firstRow.waitFor();
    console.log(`First rows: ${text(performance.now() - begun)}`);
    const loading = await measure(() => page.locator("[role=status][aria-busy=false]").waitFor({ timeout: 300_000 }));
    console.log(
      `${await count.innerText()} loaded after ${text(performance.now() - begun)}: ${framesText(loading.frames)}`,
    );

    const scroll = (/** @type {number} */ step, /** @type {number} */ frames) =>
      measure(() =>
        page.getByRole("region", { name: "Doanh nghiệp" }).evaluate(
          async (list, { step, frames }) => {
            for (let frame = 0; frame < frames; frame++) {
              list.scrollTop += step;
              await new Promise(requestAnimationFrame);
            }
          },
          { step, frames },
        ),
      );
    const wheel = await scroll(120, 600);
    console.log(`Scrolled as with a wheel, 120 px in each frame: ${framesText(wheel.frames)}`);
    // Each frame shows other rows than the one before.
    const jumps = await scroll(22_000, 200);
    console.log(`Scrolled through all rows, 500 in each frame: ${framesText(jumps.frames)}`);
    console.log(`Rows in the page at the end: ${await page.locator("tbody tr").count()}`);

    await page.getByRole("region", { name: "Doanh nghiệp" }).evaluate((list) => list.scrollTo(0, 0));
    await firstRow.waitFor();
    for (const column of ["Tên doanh nghiệp", "Số dư", "Email chủ doanh nghiệp"]) {
      const before = await firstRow.innerText();
      const header = page.getByRole("columnheader", { name: column });
      const sorting = await measure(async () => {
        await header.getByRole("button").click();
        await page.waitForFunction(
          (before) => document.querySelector("[aria-rowindex='2']")?.textContent !== before,
          before,
        );
      });
      console.log(`Sorted by “${column}” in ${text(sorting.ms)}: ${framesText(sorting.frames)}`);
    }
    const before = await count.innerText();
    const filtering = await measure(async () => {
      await page.getByRole("combobox", { name: "Trạng thái" }).click();
      await page.getByRole("option", { name: "Đang hoạt động" }).click();
      await page.waitForFunction(
        (before) => [...document.querySelectorAll("[role=status]")].every(({ textContent }) => textContent !== before),
        before,
      );
    });
    console.log(`Filtered in ${text(filtering.ms)}, with the two clicks: ${framesText(filtering.frames)}`);
  } finally {
    await browser.close();
  }
});
