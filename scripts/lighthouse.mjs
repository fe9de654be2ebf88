// Runs Lighthouse on the production build of the portal, against the sandbox: npm run lighthouse
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { buildPackages } from "./build.mjs";
import {
  buildSandbox,
  CliError,
  freePort,
  main,
  readText,
  root,
  runQuietly,
  startSandbox,
  viteScript,
} from "./lib.mjs";
import { setup } from "./setup.mjs";

const outDir = join(root, "tests", "e2e", "results", "lighthouse-dist");
const screens = ["/", "/#/", "/#/tenants", "/#/history"];
const categories = ["performance", "accessibility", "best-practices"];
const minScore = 0.95;

/** Serves a folder as a static host does, compressed by brotli. @param {string} dir */
async function serve(dir) {
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile() && /\.(js|css|html|svg|wasm)$/.test(file))
      writeFileSync(`${file}.br`, brotliCompressSync(readFileSync(file)));
  }
  // Only now: it needs the npm packages.
  const { default: sirv } = await import("sirv");
  const port = (await freePort(0)) ?? 0;
  const server = createServer(
    sirv(dir, { brotli: true, etag: true, maxAge: 31_536_000, immutable: true, single: true }),
  );
  await new Promise((resolve) => server.listen(port, "127.0.0.1", () => resolve(undefined)));
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

await main(async () => {
  const browsers = await setup({ packages: true, wasm: true, wasmPack: true, browsers: true });
  if (!browsers) throw new CliError("There are no browsers.");
  await buildPackages();
  const sandbox = await startSandbox(await buildSandbox({ release: true }), ["--port", "0"]);
  const build = [viteScript(), "build", "--outDir", outDir, "--emptyOutDir"];
  await runQuietly("Building the portal", process.execPath, build, {
    cwd: join(root, "www"),
    env: { ...process.env, VITE_SANDBOX_URL: sandbox.url },
  });
  const { url, close } = await serve(outDir);
  const { default: lighthouse, desktopConfig } = await import("lighthouse");
  const { default: puppeteer } = await import("puppeteer-core");
  const { args } = JSON.parse(readText("webdriver.json"))["goog:chromeOptions"];
  const browser = await puppeteer.launch({ executablePath: browsers.chrome, args });
  let failed = 0;
  try {
    for (const [index, screen] of screens.entries()) {
      const page = await browser.newPage();
      // The first one is the screen to sign in.
      if (index > 0)
        await page.evaluateOnNewDocument(() => sessionStorage.setItem("omicall-portal-session", '{"kind":"sandbox"}'));
      const result = await lighthouse(url + screen, { output: "html" }, desktopConfig, page);
      if (!result) throw new CliError(`Lighthouse returned nothing for ${screen}.`);
      const { lhr, report } = result;
      writeFileSync(join(root, "tests", "e2e", "results", `lighthouse-${index}.html`), String(report));
      const scores = categories.map((name) => [name, lhr.categories[name]?.score ?? 0]);
      failed += scores.filter(([, score]) => Number(score) < minScore).length;
      const timings = [
        "first-contentful-paint",
        "largest-contentful-paint",
        "interactive",
        "total-blocking-time",
        "cumulative-layout-shift",
      ];
      console.log(`\n${index === 0 ? "sign-in" : screen}`);
      for (const [name, score] of scores)
        console.log(`  ${String(name).padEnd(26)} ${Math.round(Number(score) * 100)}`);
      for (const name of timings) console.log(`  ${name.padEnd(26)} ${lhr.audits[name]?.displayValue}`);
      for (const audit of Object.values(lhr.audits)) {
        if (audit.score !== null && audit.score < 0.9 && audit.scoreDisplayMode === "binary")
          console.log(`  to fix: ${audit.title}`);
      }
      await page.close();
    }
  } finally {
    await browser.close();
    close();
  }
  const scripts = readdirSync(join(outDir, "assets")).filter((name) => name.endsWith(".js"));
  const size = (/** @type {string} */ name) => readFileSync(join(outDir, "assets", `${name}.br`)).length;
  console.log("\nscripts, compressed by brotli:");
  for (const name of scripts) console.log(`  ${name.padEnd(40)} ${(size(name) / 1000).toFixed(1)} kB`);
  return failed === 0 ? 0 : 1;
});
