// Measures the package beside its alternatives.
import { loadavg } from "node:os";
import { names } from "../tests/bench/drive/names.mjs";
import { buildPackages } from "./build.mjs";
import { buildSandbox, CliError, main, readOptions } from "./lib.mjs";
import { setup } from "./setup.mjs";

const usage = `npm run bench -- [--quick] [--only NAME,NAME [--record]]
  everything takes eleven minutes, and writes docs/benchmark.json and docs/benchmark.svg
  --quick             few rounds; writes nothing
  --only NAME,NAME    some of it; writes nothing: ${names.join(", ")}
  --record            with --only: replaces the results of these measurements in docs/benchmark.json`;

await main(async () => {
  const options = /** @type {const} */ ({
    quick: { type: "boolean", default: false },
    only: { type: "string" },
    record: { type: "boolean", default: false },
  });
  const { quick, record, only: list } = readOptions(options, usage);
  const only = list?.split(",") ?? [];
  const unknown = only.find((name) => !names.some((known) => known === name));
  if (unknown !== undefined) throw new CliError(`There is no measurement "${unknown}".\n${usage}`);
  const [load = NaN] = loadavg();
  const browsers = await setup({ packages: true, wasm: true, wasmPack: true, browsers: true });
  if (!browsers) throw new CliError("There are no browsers.");
  await buildPackages();
  const sandboxProgram = await buildSandbox({ release: true });
  // Only now: it needs the npm packages.
  const { bench } = await import("../tests/bench/drive/run.mjs");
  await bench({ chrome: browsers.chrome, sandboxProgram, load, quick, record, only });
});
