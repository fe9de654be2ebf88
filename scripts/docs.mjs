// Builds the documentation site, docs/site/, from the built package's types, the READMEs and the guides; warnings are errors.
import { cpSync } from "node:fs";
import { join } from "node:path";
import { buildPackages } from "./build.mjs";
import { CliError, isMain, main, readText, root, runQuietly } from "./lib.mjs";
import { setup } from "./setup.mjs";

const docs = join(root, "docs");

/** What a page loads of the packages. */
const packages = /** @type {const} */ ([
  ["pkg", "omicall-partner", ["dist/index.js", "dist/embedded.js", "wasm/omicall_partner_bg.wasm"]],
  ["tests/sandbox/pkg", "omicall-partner-sandbox", ["dist/index.js", "dist/core.js", "dist/chunk.js"]],
]);

/** Builds the site; needs the built package. */
export async function buildDocs() {
  const typedoc = join(docs, "node_modules", "typedoc", "bin", "typedoc");
  const args = [typedoc, "--options", join(docs, "typedoc.json"), "--logLevel", "Warn"];
  await runQuietly("Building the documentation", process.execPath, args);
  await buildPlayground();
}

/** A page of the site that runs the examples of the quick start. */
async function buildPlayground() {
  const { build } = await import("esbuild");
  const source = join(docs, "playground");
  const site = join(docs, "site", "playground");
  for (const [folder, name, files] of packages) {
    for (const file of files) cpSync(join(root, folder, file), join(site, name, file));
  }
  for (const file of ["playground.html", "playground.css"]) cpSync(join(source, file), join(site, file));
  await build({
    entryPoints: [join(source, "playground.ts")],
    outfile: join(site, "playground.js"),
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    logLevel: "warning",
    define: { EXAMPLES: JSON.stringify(await examples()) },
  });
}

/** The examples of the quick start that need no server. */
async function examples() {
  const { remark } = await import("remark");
  const { toString } = await import("mdast-util-to-string");
  let title = "";
  const found = remark()
    .parse(readText("docs/guides/quick-start.md"))
    .children.flatMap((node) => {
      if (node.type === "heading") title = toString(node);
      return node.type === "code" && node.value.includes("createSandbox()") ? [{ title, code: node.value }] : [];
    });
  if (found.length === 0) throw new CliError("The quick start has no example with createSandbox() for the playground.");
  return found;
}

if (isMain(import.meta.url)) {
  await main(async () => {
    await setup({ packages: true, wasm: true, wasmPack: true });
    await buildPackages();
    await buildDocs();
    console.log(
      "The documentation is built: docs/site. Its playground needs a web server, such as `npx serve docs/site`.",
    );
  });
}
