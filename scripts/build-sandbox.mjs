// Builds the npm package of the sandbox from tests/sandbox: its WebAssembly, what apps import, and the program for Node.js.
import { chmodSync, cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { compile, rollUpTypes } from "./build-lib.mjs";
import { root, runQuietly } from "./lib.mjs";

export const sandboxPkg = join(root, "tests", "sandbox", "pkg");
/** The package's public types as text: committed, so that a diff shows a change of them. */
export const sandboxApiReport = join(sandboxPkg, "omicall-partner-sandbox.api.md");
const dist = join(sandboxPkg, "dist");
const name = "omicall_sandbox";

/** @param {boolean} withWasmPack */
export async function buildSandboxPackage(withWasmPack) {
  const generated = join(sandboxPkg, "wasm");
  for (const dir of [generated, dist]) rmSync(dir, { recursive: true, force: true });
  const from = { crate: join(root, "tests", "sandbox"), name, outDir: generated };
  await compile("the sandbox for JavaScript", from, withWasmPack);
  const file = join(generated, `${name}_bg.wasm`);
  await runQuietly("Shrinking the sandbox", "wasm-opt", [
    file,
    "-Oz",
    "--strip-debug",
    "--strip-producers",
    "--output",
    file,
  ]);
  // A part of the script: the tools that tests, stories and pages are built with need no configuration for it.
  const packed = deflateRawSync(readFileSync(file), { level: 9 }).toString("base64");
  writeFileSync(join(sandboxPkg, "embedded.js"), `export default "${packed}";\n`);

  const { build } = await import("esbuild");
  const index = join(sandboxPkg, "index.ts");
  const program = join(dist, "cli.js");
  /** @satisfies {import("esbuild").BuildOptions} */
  const options = { bundle: true, target: "es2022", logLevel: "warning" };
  // The program shares the module with the library, so the package contains it once as an ES module.
  await build({
    ...options,
    ...{ entryPoints: [index, join(sandboxPkg, "cli.ts")], outdir: dist, format: "esm", splitting: true },
    ...{ chunkNames: "[name]", external: ["node:*", "@remix-run/node-fetch-server"] },
  });
  await build({ ...options, entryPoints: [index], outfile: join(dist, "index.cjs"), format: "cjs" });
  chmodSync(program, 0o755);
  const types = join(dist, "index.d.ts");
  await rollUpTypes(sandboxPkg, join("wasm", `${name}.d.ts`), types, sandboxApiReport);
  cpSync(types, join(dist, "index.d.cts"));
}
