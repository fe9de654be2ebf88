// Measures the package beside what one would write instead: npm run bench -- [--quick] [--only NAME,NAME]
import { buildPackage } from "./build.mjs";
import { buildSandbox, main, Stop } from "./lib.mjs";
import { setup } from "./setup.mjs";
import { parseArgs } from "node:util";

await main(async () => {
  const { values } = parseArgs({ options: { quick: { type: "boolean" }, only: { type: "string" } } });
  const browsers = await setup({ packages: true, wasm: true, browsers: true });
  if (!browsers) throw new Stop("There are no browsers.");
  await buildPackage();
  const sandboxProgram = await buildSandbox({ release: true });
  // Only now: it needs the npm packages.
  const { bench } = await import("../tests/bench/drive/run.mjs");
  await bench({
    chrome: browsers.chrome,
    sandboxProgram,
    only: values.only?.split(",") ?? [],
    quick: values.quick ?? false,
  });
});
