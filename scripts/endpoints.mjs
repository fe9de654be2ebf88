// What one more endpoint costs: the package is built with it, in a copy of the sources.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import { filesIn, hash } from "./build.mjs";
import { env, root, runQuietly, Stop } from "./lib.mjs";
import { measureApp, sizeDir } from "./measure.mjs";

/** @import { Report, Size } from "./measure.mjs" */

/** A folder for each: new files, and pieces of those that the sources have. */
const endpointsDir = join(root, "tests", "size", "endpoints");
/** One copy for all endpoints, so that the dependencies are compiled once. */
const copy = join(sizeDir, "copy");
const cacheFile = join(sizeDir, "endpoints.json");

/** What the build of the package reads; the workspace's other members have to be there. */
const sources = [
  ...["Cargo.toml", "Cargo.lock", "package.json", "package-lock.json"],
  ...["src", "scripts", "tests/sandbox", "tests/docs/token-server"],
  ...["pkg/package.json", "pkg/tsconfig.json"],
  ...readdirSync(join(root, "pkg"))
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `pkg/${name}`),
];

export const endpointNames = () => readdirSync(endpointsDir).sort();

/**
 * Puts pieces into a source. Each has a line `//@ before LINE`, `//@ after LINE` or `//@ instead LINE` above it that
 * says where it goes: to the one line of the source that reads exactly so.
 * @param {string} source @param {string} pieces @param {string} name of the pieces' file, for errors
 */
export function insert(source, pieces, name) {
  const [first, ...rest] = pieces.split(/^\/\/@ /m);
  if (first) throw new Stop(`${name} must begin with a line such as \`//@ before LINE\`.`);
  const lines = source.split("\n");
  for (const piece of rest) {
    const [, how, anchor = "", text = ""] = /^(before|after|instead) (.*)\n([^]*)$/.exec(piece) ?? [];
    if (!how) throw new Stop(`${name} has a piece whose first line is not \`//@ before|after|instead LINE\`: ${piece}`);
    const found = lines.flatMap((line, index) => (line === anchor ? [index] : []));
    const [at] = found;
    if (at === undefined || found.length > 1) {
      const how = found.length === 0 ? "is gone from the sources" : "is in the sources more than once";
      throw new Stop(`${name} puts a piece at a line that ${how}: adapt it.\n  ${anchor}`);
    }
    lines.splice(how === "after" ? at + 1 : at, how === "instead" ? 1 : 0, ...text.replace(/\n$/, "").split("\n"));
  }
  return lines.join("\n");
}

/** Brings along what cargo has built of the dependencies. Where that is of no use to it, it builds them again. */
function bringDependencies() {
  const target = join(copy, "target");
  if (existsSync(target)) return;
  for (const dir of ["release", join("wasm32-unknown-unknown", "release")]) {
    const built = join(root, "target", dir);
    if (existsSync(built)) cpSync(built, join(target, dir), { recursive: true, preserveTimestamps: true });
  }
}

/** Makes the copy anew with an endpoint in it. @param {string} endpoint */
function prepare(endpoint) {
  mkdirSync(copy, { recursive: true });
  bringDependencies();
  // All is written again, for cargo goes by the time of writing: it would take the last endpoint's build for this one's.
  for (const name of readdirSync(copy)) if (name !== "target") rmSync(join(copy, name), { recursive: true });
  for (const path of sources) cpSync(join(root, path), join(copy, path), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  for (const file of filesIn(join(endpointsDir, endpoint))) {
    const target = join(copy, relative(join(endpointsDir, endpoint), file));
    const text = readFileSync(file, "utf8");
    mkdirSync(dirname(target), { recursive: true });
    const name = relative(root, file);
    writeFileSync(target, existsSync(target) ? insert(readFileSync(target, "utf8"), text, name) : text);
  }
}

/** Tells what is built of the copy from all else that could be. @param {Report["versions"]} versions */
function fingerprint(versions) {
  const paths = sources.map((path) => join(copy, path));
  const files = paths.flatMap((path) => (statSync(path).isDirectory() ? filesIn(path) : [path]));
  return hash(files, JSON.stringify(versions));
}

/**
 * What each of the endpoints adds to what an app ships; they are built, unless that was done before.
 * @param {Report} report of the package without them @returns {Promise<Record<string, Size>>}
 */
export async function measureEndpoints({ total: without, versions }) {
  /** @type {Record<string, { key: string, total: Size }>} */
  const known = existsSync(cacheFile) ? JSON.parse(readFileSync(cacheFile, "utf8")) : {};
  /** @type {Record<string, Size>} */
  const costs = {};
  for (const endpoint of endpointNames()) {
    prepare(endpoint);
    const key = fingerprint(versions);
    if (known[endpoint]?.key !== key) {
      console.log(`Building the package with one more endpoint (${endpoint}) ...`);
      await build(endpoint);
      known[endpoint] = { key, total: (await measureApp(join(copy, "pkg"))).total };
      writeFileSync(cacheFile, JSON.stringify(known));
    }
    const { raw, gzip, brotli } = known[endpoint].total;
    costs[endpoint] = { raw: raw - without.raw, gzip: gzip - without.gzip, brotli: brotli - without.brotli };
  }
  return costs;
}

/** @param {string} endpoint */
const build = (endpoint) =>
  runQuietly(
    `Building the package with the endpoint of tests/size/endpoints/${endpoint}`,
    process.execPath,
    ["--input-type=module", "--eval", `await (await import("./scripts/build.mjs")).buildPackage()`],
    { cwd: copy, env: { ...env, CARGO_TARGET_DIR: join(copy, "target") } },
  );
