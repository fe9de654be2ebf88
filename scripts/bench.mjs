// Measures the package beside what one would write instead: npm run bench -- [--quick] [--only NAME,NAME]
import { parseArgs } from "node:util";
import { buildPackage } from "./build.mjs";
import { buildSandbox, main, Stop } from "./lib.mjs";
import { setup } from "./setup.mjs";

function readOptions() {
  try {
    const { values } = parseArgs({ options: { quick: { type: "boolean" }, only: { type: "string" } } });
    return { quick: values.quick ?? false, only: values.only?.split(",") ?? [] };
  } catch (error) {
    throw new Stop(`${error instanceof Error ? error.message : error}. npm run bench -- [--quick] [--only NAME,NAME]`);
  }
}

await main(async () => {
  const options = readOptions();
  const browsers = await setup({ packages: true, wasm: true, browsers: true });
  if (!browsers) throw new Stop("There are no browsers.");
  await buildPackage();
  const sandboxProgram = await buildSandbox({ release: true });
  // Only now: it needs the npm packages.
  const { bench } = await import("../tests/bench/drive/run.mjs");
  await bench({ chrome: browsers.chrome, sandboxProgram, ...options });
});
