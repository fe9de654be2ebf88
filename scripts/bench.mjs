// Measures the package beside what one would write instead: `usage` below.
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { names } from "../tests/bench/drive/names.mjs";
import { buildPackage } from "./build.mjs";
import { buildSandbox, main, Stop } from "./lib.mjs";
import { setup } from "./setup.mjs";

const usage = `npm run bench -- [--quick] [--only NAME,NAME]
  everything takes six minutes, and writes docs/benchmark.json and docs/benchmark.svg
  --quick             few rounds; writes nothing
  --only NAME,NAME    some of it; writes nothing: ${names.join(", ")}`;

function readOptions() {
  /** @type {{ quick?: boolean, only?: string, help?: boolean }} */
  let values;
  try {
    const options = /** @type {const} */ ({
      quick: { type: "boolean" },
      only: { type: "string" },
      help: { type: "boolean" },
    });
    ({ values } = parseArgs({ options }));
  } catch (error) {
    throw new Stop(`${error instanceof Error ? error.message : error}\n${usage}`);
  }
  const only = values.only?.split(",") ?? [];
  const unknown = only.find((name) => !names.some((known) => known === name));
  if (unknown !== undefined) throw new Stop(`There is no measurement "${unknown}".\n${usage}`);
  return { help: values.help, quick: values.quick ?? false, only };
}

await main(async () => {
  const { help, ...options } = readOptions();
  if (help) {
    console.log(usage);
    return;
  }
  const [load = NaN] = loadavg();
  const browsers = await setup({ packages: true, wasm: true, browsers: true });
  if (!browsers) throw new Stop("There are no browsers.");
  await buildPackage();
  const sandboxProgram = await buildSandbox({ release: true });
  // Only now: it needs the npm packages.
  const { bench } = await import("../tests/bench/drive/run.mjs");
  await bench({ chrome: browsers.chrome, sandboxProgram, load, ...options });
});
