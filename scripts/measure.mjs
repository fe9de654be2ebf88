// Measures the built package for `npm run size` and the suite `size`.
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { gzipSync } from "node:zlib";
import { brotli, jsFile, pkg as packageDir, wasmFile } from "./build.mjs";
import { capture, root, Stop } from "./lib.mjs";
import { ownerOf, plainName } from "./owners.mjs";
import { namedFile } from "./shrink.mjs";
import { dataOf, functionsOf, sectionsOf } from "./wasm.mjs";

/** @typedef {{ raw: number, gzip: number, brotli: number }} Size */
/** @typedef {Record<string, number>} Sums in bytes, the largest first */
/**
 * @typedef {object} Report
 * @property {Record<"rustc" | "wasm-bindgen" | "binaryen" | "esbuild" | "brotli" | "node", string>} versions
 * @property {Size} total of the .wasm file and the JavaScript
 * @property {Size} wasm
 * @property {Size} javascript minified, as an app ships it
 * @property {Size} embedded the copy of the core that is loaded only where the .wasm file is not to be had
 * @property {Record<string, { raw: number, brotli: number }>} sections of the .wasm file, heads included
 * @property {boolean} exact whether the code with names is, byte for byte, that of the shipped file
 * @property {Sums} crates the code section by crate
 * @property {Sums} modules omicall_partner's part of it by module
 * @property {Sums} functions by name; namesakes, such as the instances of a generic, together
 * @property {Sums} data the data segments
 * @property {Record<string, Size>} [endpoints] what each of tests/size/endpoints adds to the total
 */

export const sizeDir = join(root, "target", "size");

/** @param {Uint8Array} bytes @returns {Size} */
const sizeOf = (bytes) => ({
  raw: bytes.length,
  gzip: gzipSync(bytes, { level: 9 }).length,
  brotli: brotli(bytes),
});

/** @param {Size} a @param {Size} b @returns {Size} */
const add = (a, b) => ({ raw: a.raw + b.raw, gzip: a.gzip + b.gzip, brotli: a.brotli + b.brotli });

/** @param {Iterable<[string, number]>} entries @returns {Sums} */
function sum(entries) {
  /** @type {Map<string, number>} */
  const sums = new Map();
  for (const [name, size] of entries) sums.set(name, (sums.get(name) ?? 0) + size);
  return Object.fromEntries([...sums].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)));
}

/**
 * What an app ships that uses all of the package: its JavaScript, and the part that is loaded only at need.
 * @param {string} entry the package's module
 */
async function bundleApp(entry) {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    stdin: { contents: 'export * from "omicall-partner"', resolveDir: root },
    alias: { "omicall-partner": entry },
    bundle: true,
    minify: true,
    splitting: true,
    format: "esm",
    target: "es2022",
    outdir: join(sizeDir, "app"),
    chunkNames: "[name]", // without a hash, which would be another with each build
    write: false,
    logLevel: "warning",
  });
  const [app, embedded, ...more] = outputFiles;
  if (!app || !embedded?.path.endsWith("embedded.js") || more.length > 0) {
    const names = outputFiles.map((file) => file.path).join(", ");
    throw new Stop(`An app of the package should be one script and embedded.js, and esbuild made: ${names}.`);
  }
  return { app: app.contents, embedded: embedded.contents };
}

/**
 * What an app ships of a built package.
 * @param {string} pkg its folder
 */
export async function measureApp(pkg) {
  const { app, embedded } = await bundleApp(join(pkg, relative(packageDir, jsFile)));
  const wasm = sizeOf(readFileSync(join(pkg, relative(packageDir, wasmFile))));
  const javascript = sizeOf(app);
  return { total: add(wasm, javascript), wasm, javascript, embedded: sizeOf(embedded) };
}

/** The sections of the .wasm file. @param {Uint8Array} core @returns {Report["sections"]} */
const measureSections = (core) =>
  Object.fromEntries(
    sectionsOf(core).map(({ name, start, end }) => [
      name,
      { raw: end - start, brotli: brotli(core.subarray(start, end)) },
    ]),
  );

/** The code section. @param {Buffer} core */
function codeOf(core) {
  const section = sectionsOf(core).find(({ name }) => name === "code");
  return core.subarray(section?.start, section?.end);
}

/** Measures the package as it is built. @returns {Promise<Report>} */
export async function measure() {
  const core = readFileSync(wasmFile);
  const named = readFileSync(namedFile);
  const functions = functionsOf(named).map(({ name, size }) => ({ name: plainName(name), size }));
  const owned = functions.map(({ name, size }) => ({ ...ownerOf(name), size }));
  const own = owned.filter(({ crate }) => crate === "omicall_partner");
  return {
    versions: await versions(),
    ...(await measureApp(packageDir)),
    sections: measureSections(core),
    exact: codeOf(core).equals(codeOf(named)),
    crates: sum(owned.map(({ crate, size }) => [crate, size])),
    modules: sum(own.map(({ module, size }) => [module || "lib", size])),
    functions: sum(functions.map(({ name, size }) => [name, size])),
    data: Object.fromEntries(dataOf(core).map((size, index) => [`data segment ${index}`, size])),
  };
}

/** @returns {Promise<Report["versions"]>} */
async function versions() {
  const esbuild = await import("esbuild");
  const of = (/** @type {string} */ tool) => capture(tool, "--version")?.match(/\d\S*/)?.[0] ?? "unknown";
  const { brotli = "unknown", node } = process.versions;
  return {
    rustc: of("rustc"),
    "wasm-bindgen": of("wasm-bindgen"),
    binaryen: of("wasm-opt"),
    esbuild: esbuild.version,
    brotli,
    node,
  };
}
