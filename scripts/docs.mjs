// Builds the documentation site, docs/site/, from the built package's types, the READMEs and the guides; warnings are errors.
import { join } from "node:path";
import { buildPackages } from "./build.mjs";
import { isMain, main, root, runQuietly } from "./lib.mjs";
import { setup } from "./setup.mjs";

const docs = join(root, "docs");

/** Builds the site; needs the built package. */
export async function buildDocs() {
  const typedoc = join(docs, "node_modules", "typedoc", "bin", "typedoc");
  const args = [typedoc, "--options", join(docs, "typedoc.json"), "--logLevel", "Warn"];
  await runQuietly("Building the documentation", process.execPath, args);
}

if (isMain(import.meta.url)) {
  await main(async () => {
    await setup({ packages: true, wasm: true, wasmPack: true });
    await buildPackages();
    await buildDocs();
    console.log("The documentation is built: docs/site/index.html");
  });
}
