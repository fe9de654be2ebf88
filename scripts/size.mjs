// Says how large the package is, and what of it is large: npm run size -- [--all] [--json [FILE]]
import { writeFileSync } from "node:fs";
import { buildPackage } from "./build.mjs";
import { main, paint, Stop } from "./lib.mjs";
import { measure } from "./measure.mjs";
import { setup } from "./setup.mjs";

/** @import { Report, Size, Sums } from "./measure.mjs" */

const usage = "npm run size -- [--all] [--json [FILE]]";

const number = (/** @type {number} */ n, width = 9) => n.toLocaleString("en").padStart(width);

/** @param {string} name @param {(number | string)[]} numbers */
const row = (name, ...numbers) =>
  console.log(
    `  ${name.padEnd(36)}${numbers.map((n) => (typeof n === "number" ? number(n) : n.padStart(9))).join("  ")}`,
  );

/** @param {string} text @param {...string} columns */
const head = (text, ...columns) => {
  console.log();
  console.log(paint("bold", `${text.padEnd(38)}${columns.map((column) => column.padStart(9)).join("  ")}`));
};

/** @param {string} title @param {Sums} sums @param {number} [most] */
function list(title, sums, most = Infinity) {
  head(title);
  for (const [name, size] of Object.entries(sums).slice(0, most)) console.log(`${number(size)}  ${name}`);
}

/** @param {Report} report @param {boolean} all */
function print({ versions, total, wasm, javascript, embedded, sections, exact, crates, modules, items }, all) {
  const sizes = (/** @type {Size} */ { raw, gzip, brotli }) => [raw, gzip, brotli];
  head("What an app ships, in bytes", "raw", "gzip 9", "brotli 11");
  row("the core (.wasm)", ...sizes(wasm));
  row("JavaScript, minified", ...sizes(javascript));
  row("total", ...sizes(total));
  row("dist/embedded.js, only at need", ...sizes(embedded));
  head("Sections of the .wasm file", "raw", "brotli alone");
  for (const [name, { raw, brotli }] of Object.entries(sections)) row(name, raw, brotli);
  if (!exact) {
    console.log(
      paint(
        "yellow",
        "\nThe functions below are not exactly those of the shipped file: made by the same steps but with their\nnames kept, the core came out different.",
      ),
    );
  }
  list("The code by crate (what was inlined counts for where it went)", crates);
  list("omicall_partner by module", modules);
  list(all ? "All items" : "The ten largest items (--all shows all)", items, all ? Infinity : 10);
  console.log(
    `\n${Object.entries(versions)
      .map((pair) => pair.join(" "))
      .join(", ")}`,
  );
}

await main(async () => {
  const args = process.argv.slice(2);
  const json = args.indexOf("--json");
  const file = json < 0 ? undefined : args[json + 1]?.startsWith("--") ? undefined : args[json + 1];
  const unknown = args.find((arg) => !["--all", "--json", file].includes(arg));
  if (unknown) throw new Stop(`${unknown} is not an argument of this: ${usage}`);
  const write = process.stdout.write.bind(process.stdout);
  // What building says must not get into the JSON.
  if (json >= 0 && !file) process.stdout.write = process.stderr.write.bind(process.stderr);
  await setup({ packages: true, wasm: true });
  await buildPackage();
  const report = await measure();
  const text = `${JSON.stringify(report, null, 2)}\n`;
  if (json < 0) print(report, args.includes("--all"));
  else if (file) writeFileSync(file, text);
  else write(text);
});
