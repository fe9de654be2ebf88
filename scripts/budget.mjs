// How large the package may be, the record of how large it was, and the words for what has grown since.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./lib.mjs";

/** @import { Report } from "./measure.mjs" */

/** In bytes, brotli 11. */
export const ceilings = {
  /** What an app ships: the .wasm file and the JavaScript. */
  total: 48_000,
  /** What one more endpoint adds to that. */
  endpoint: 1500,
};

/** How much larger than the record's the total may be: less than a change is likely to mean. */
export const tolerance = 0.005;

export const recordFile = join(root, "tests", "size", "sizes.json");

/** @returns {Report} */
export const readRecord = () => JSON.parse(readFileSync(recordFile, "utf8"));

/** @param {Report} report */
export const writeRecord = (report) => writeFileSync(recordFile, `${JSON.stringify(report, null, 2)}\n`);

/** The fewest bytes by which a function is worth a line. */
const worthMentioning = 16;
/** How many of the functions that grew, and of those that shrank, are listed. */
const mostFunctions = 15;

const bytes = (/** @type {number} */ n) => n.toLocaleString("en");
const signed = (/** @type {number} */ n) => (n > 0 ? "+" : "") + bytes(n);

/** The tools that decide about sizes and are not the same, each with both versions. @param {Report} before @param {Report} now */
export function otherTools(before, now) {
  const tools = /** @type {const} */ (["rustc", "wasm-bindgen", "binaryen", "esbuild", "brotli"]);
  return tools
    .filter((tool) => before.versions[tool] !== now.versions[tool])
    .map((tool) => `${tool} ${now.versions[tool]} (the record: ${before.versions[tool]})`);
}

/** Whether the total is larger by more than the tolerance. @param {Report} before @param {Report} now */
export const hasGrown = (before, now) => now.total.brotli > before.total.brotli * (1 + tolerance);

/**
 * What differs between two builds, in words.
 * @param {Report} before @param {Report} now
 */
export function describeChange(before, now) {
  const delta = now.total.brotli - before.total.brotli;
  const percent = ((delta / before.total.brotli) * 100).toFixed(2);
  const total = `${bytes(before.total.brotli)} → ${bytes(now.total.brotli)} B brotli`;
  const lines = [`What an app ships: ${total} (${signed(delta)} B, ${delta > 0 ? "+" : ""}${percent} %)`];
  /**
   * @param {string} title @param {Record<string, number>} was @param {Record<string, number>} is
   * @param {{ least?: number, most?: number }} [limits]
   */
  const part = (title, was, is, { least = 1, most = Infinity } = {}) => {
    const changes = [...new Set([...Object.keys(was), ...Object.keys(is)])]
      .map((name) => ({ name, from: was[name] ?? 0, to: is[name] ?? 0, delta: (is[name] ?? 0) - (was[name] ?? 0) }))
      .filter(({ delta }) => Math.abs(delta) >= least)
      .sort((a, b) => b.delta - a.delta);
    if (changes.length === 0) return;
    const shown = changes.filter(
      ({ delta }, index) => (delta > 0 && index < most) || (delta < 0 && index >= changes.length - most),
    );
    const left = changes.length - shown.length;
    lines.push("", `${title}, raw bytes:`);
    for (const { name, from, to, delta } of shown) {
      const change = from === 0 ? "new" : to === 0 ? "gone" : `${bytes(from)} → ${bytes(to)}`;
      lines.push(`${signed(delta).padStart(9)}  ${name} (${change})`);
    }
    if (left > 0) lines.push(`${"…".padStart(9)}  ${left} more with smaller changes`);
  };
  const raw = (/** @type {Report} */ { wasm, javascript }) => ({ ".wasm": wasm.raw, JavaScript: javascript.raw });
  const sections = (/** @type {Report} */ { sections }) =>
    Object.fromEntries(Object.entries(sections).map(([name, { raw }]) => [name, raw]));
  part("Files", raw(before), raw(now));
  part("Sections of the .wasm file", sections(before), sections(now));
  part("Code by crate", before.crates, now.crates);
  part("Code by module of omicall_partner", before.modules, now.modules);
  part("Functions", before.functions, now.functions, { least: worthMentioning, most: mostFunctions });
  part("Data segments", before.data, now.data);
  return lines.join("\n");
}
