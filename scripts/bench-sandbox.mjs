// Measures the sandbox in the same process beside its servers and beside handlers of Mock Service Worker.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadavg } from "node:os";
import { buildPackages } from "./build.mjs";
import { sandboxPkg } from "./build-sandbox.mjs";
import { buildSandbox, main, readOptions, root, startSandbox } from "./lib.mjs";
import { setup } from "./setup.mjs";

const usage = `npm run bench:sandbox -- [--quick]
  takes two minutes, and writes docs/benchmark-sandbox.json
  --quick  few rounds; writes nothing`;

await main(async () => {
  const { quick } = readOptions(/** @type {const} */ ({ quick: { type: "boolean", default: false } }), usage);
  const [load = NaN] = loadavg();
  await setup({ packages: true, wasm: true, wasmPack: true });
  await buildPackages();
  const native = await startSandbox(await buildSandbox({ release: true }), ["--port", "0"]);
  const program = await startSandbox(process.execPath, [join(sandboxPkg, "dist", "cli.js"), "--port", "0"]);
  // Only now: they need the npm packages.
  const { measureSandbox } = await import("../tests/bench/drive/sandbox.mjs");
  const { environment, warning } = await import("../tests/bench/drive/record.mjs");
  const env = environment(load);
  const results = await measureSandbox({ native: native.url, program: program.url }, quick ? 2 : 15);
  const text = JSON.stringify({ ...env, ...results }, undefined, 2);
  console.log(text);
  const busy = warning(env);
  if (busy) console.log(busy);
  if (!quick) writeFileSync(join(root, "docs", "benchmark-sandbox.json"), `${text}\n`);
  return 0;
});
