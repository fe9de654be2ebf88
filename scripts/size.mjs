// Says how large the package is, and what of it is large: `usage` below.
import { readFileSync, writeFileSync } from "node:fs";
import { relative } from "node:path";
import { ceilings, describeChange, recordFile, writeRecord } from "./budget.mjs";
import { buildPackage } from "./build.mjs";
import { measureEndpoints } from "./endpoints.mjs";
import { main, paint, root, Stop } from "./lib.mjs";
import { measure } from "./measure.mjs";
import { setup } from "./setup.mjs";

/** @import { Report, Size, Sums } from "./measure.mjs" */

const usage = `npm run size -- [--quick] [--all] [--against FILE] [--json [FILE]] [--record]
  --quick         without the builds that say what one more endpoint costs
  --all           every function
  --against FILE  what differs from the build of that --json
  --json [FILE]   everything as JSON, into the file, or on stdout (then: npm run -s size -- --json)
  --record        writes ${relative(root, recordFile)}, with which \`npm test -- size\` compares`;

const number = (/** @type {number} */ n) => n.toLocaleString("en").padStart(9);

/** @param {string} name @param {...number} numbers */
const row = (name, ...numbers) => console.log(`  ${name.padEnd(36)}${numbers.map(number).join("  ")}`);

/** @param {string} text @param {...string} columns */
const head = (text, ...columns) =>
  console.log(paint("bold", `\n${text.padEnd(38)}${columns.map((column) => column.padStart(9)).join("  ")}`.trimEnd()));

/** @param {string} title @param {Sums} sums @param {number} [most] */
function list(title, sums, most = Infinity) {
  head(title);
  for (const [name, size] of Object.entries(sums).slice(0, most)) console.log(`${number(size)}  ${name}`);
}

const all = (/** @type {Size} */ { raw, gzip, brotli }) => [raw, gzip, brotli];

/** @param {number} size @param {number} ceiling */
const judge = (size, ceiling) =>
  size <= ceiling
    ? paint("green", `within the budget of ${ceiling.toLocaleString("en")} B`)
    : paint("red", `${(size - ceiling).toLocaleString("en")} B above the budget of ${ceiling.toLocaleString("en")} B`);

/** @param {Report} report @param {boolean} everything */
function print({ versions, sections, exact, crates, modules, functions, data, ...sizes }, everything) {
  head("What an app ships, in bytes", "raw", "gzip 9", "brotli 11");
  row("the core (.wasm)", ...all(sizes.wasm));
  row("JavaScript, minified", ...all(sizes.javascript));
  row("total", ...all(sizes.total));
  console.log(`  ${judge(sizes.total.brotli, ceilings.total)}`);
  row("dist/embedded.js, only at need", ...all(sizes.embedded));
  head("Sections of the .wasm file", "raw", "brotli");
  for (const [name, { raw, brotli }] of Object.entries(sections)) row(name, raw, brotli);
  if (!exact) {
    console.log(
      paint("yellow", "\nThe functions are those of a build with their names, which came out different from"),
    );
    console.log(paint("yellow", "the shipped file: their sizes are near the truth, and no more than that."));
  }
  list("Code by crate, raw; what was inlined counts for where it went", crates);
  list("Code by module of omicall_partner, raw", modules);
  const items = Object.fromEntries(Object.entries({ ...functions, ...data }).sort(([, a], [, b]) => b - a));
  list(everything ? "All items, raw" : "The ten largest items, raw", items, everything ? Infinity : 10);
  const tools = Object.entries(versions).map((pair) => pair.join(" "));
  console.log(`\nMade with ${tools.join(", ")}.`);
}

/** @param {Record<string, Size>} endpoints */
function printEndpoints(endpoints) {
  head("What one more endpoint costs", "raw", "gzip 9", "brotli 11");
  for (const [name, cost] of Object.entries(endpoints)) {
    row(name, ...all(cost));
    console.log(`  ${judge(cost.brotli, ceilings.endpoint)}`);
  }
}

/** Each option with its value, if it has one. @param {string[]} args */
function read(args) {
  /** Whether the option has a value. @type {Record<string, boolean>} */
  const values = {
    "--quick": false,
    "--all": false,
    "--record": false,
    "--help": false,
    "--against": true,
    "--json": true,
  };
  /** @type {Map<string, string | undefined>} */
  const options = new Map();
  for (let index = 0; index < args.length; index++) {
    const name = args[index] ?? "";
    if (!Object.hasOwn(values, name)) throw new Stop(`${name} is no option of this.\n${usage}`);
    const next = args[index + 1];
    const value = values[name] && !next?.startsWith("--") ? next : undefined;
    if (value !== undefined) index++;
    options.set(name, value);
  }
  if (options.has("--against") && !options.get("--against")) throw new Stop(`--against needs a file.\n${usage}`);
  if (options.has("--record") && options.has("--quick"))
    throw new Stop("The record has the endpoints too: no --quick.");
  return options;
}

/** @param {string} file @returns {Report} */
function readReport(file) {
  /** @type {Report | undefined} */
  let report;
  try {
    report = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    // Told below.
  }
  if (typeof report?.total?.brotli === "number") return report;
  throw new Stop(`${file} is no report of this: \`npm run size -- --quick --json ${file}\` makes one.`);
}

await main(async () => {
  const options = read(process.argv.slice(2));
  if (options.has("--help")) {
    console.log(usage);
    return;
  }
  const other = options.get("--against");
  const before = other === undefined ? undefined : readReport(other);
  const write = process.stdout.write.bind(process.stdout);
  const onlyJson = options.has("--json") && !options.get("--json");
  // What is said on the way is no JSON.
  if (onlyJson) process.stdout.write = process.stderr.write.bind(process.stderr);
  await setup({ packages: true, wasm: true });
  await buildPackage();
  const report = await measure();
  print(report, options.has("--all"));
  if (!options.has("--quick")) {
    report.endpoints = await measureEndpoints(report);
    printEndpoints(report.endpoints);
  }
  if (before) console.log(`\n${describeChange(before, report)}`);
  const file = options.get("--json");
  const text = `${JSON.stringify(report, null, 2)}\n`;
  if (onlyJson) write(text);
  else if (file) writeFileSync(file, text);
  if (options.has("--record")) writeRecord(report);
});
