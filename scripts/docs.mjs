// Builds the documentation site, docs/site/, from the built package's types, the READMEs and the guides; warnings are errors.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildPackage } from "./build.mjs";
import { main, root, runQuietly } from "./lib.mjs";
import { setup } from "./setup.mjs";

const docs = join(root, "docs");

/** Builds the site; needs the built package. */
export async function buildDocs() {
  const typedoc = join(docs, "node_modules", "typedoc", "bin", "typedoc");
  const args = [typedoc, "--options", join(docs, "typedoc.json"), "--logLevel", "Warn"];
  await runQuietly("Building the documentation", process.execPath, args);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await main(async () => {
    await setup({ packages: true, wasm: true });
    await buildPackage();
    await buildDocs();
    console.log("The documentation is built: docs/site/index.html");
    return 0;
  });
}
