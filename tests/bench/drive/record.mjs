// The results as JSON: docs/benchmark.json.
import { existsSync, readFileSync } from "node:fs";
import { cpus, release, totalmem, type } from "node:os";
import { join } from "node:path";
import { capture, readText, root } from "../../../scripts/lib.mjs";
import { summary } from "./statistics.mjs";
import { ratio } from "./table.mjs";

/** @import { Row } from "./measure.mjs" */

const rounded = (/** @type {number} */ value) => Number(value.toPrecision(4));

/** @param {number[]} samples */
function statistics(samples) {
  const { median, q1, q3 } = summary(samples);
  return { median: rounded(median), q1: rounded(q1), q3: rounded(q3), samples: samples.length };
}

/** @param {Row} row @param {string} contender @param {number[]} samples */
function entry(row, contender, samples) {
  const { median, q1, q3 } = ratio(row, contender) ?? {};
  if (median === undefined || q1 === undefined || q3 === undefined) return statistics(samples);
  return { ...statistics(samples), ratio: { median: rounded(median), q1: rounded(q1), q3: rounded(q3) } };
}

/** @param {Row} row */
const record = (row) => ({
  name: row.name,
  unit: row.unit,
  ...(row.reference && { reference: { name: row.reference.name, ...statistics(row.reference.samples) } }),
  contenders: Object.fromEntries(
    [...row.samples].map(([contender, samples]) => [contender, entry(row, contender, samples)]),
  ),
});

/** @param {string} name the name of a package */
function versionOf(name) {
  const folders = [join("tests", "bench", "node_modules"), "node_modules"];
  const file = folders.map((folder) => join(root, folder, name, "package.json")).find(existsSync);
  return file && JSON.parse(readFileSync(file, "utf8")).version;
}

/** The environment of the measurements. @param {number} load the load of the machine before the benchmark and its builds */
export function environment(load) {
  const { dependencies } = JSON.parse(readText("tests/bench/package.json"));
  return {
    date: new Date().toISOString(),
    commit: capture("git", "rev-parse", "--short", "HEAD") ?? null,
    machine: {
      cpu: cpus()[0]?.model,
      cores: cpus().length,
      memoryGiB: rounded(totalmem() / 2 ** 30),
      system: `${type()} ${release()}`,
      load: rounded(load),
    },
    node: process.versions.node,
    versions: Object.fromEntries(Object.keys(dependencies).map((name) => [name, versionOf(name)])),
  };
}

/** A warning if the machine is too busy for reliable results. @param {ReturnType<typeof environment>} env */
export const warning = ({ machine: { load, cores } }) =>
  load > cores / 2 ? `The machine is busy (its load is ${load}, with ${cores} cores): expect wide spreads.` : undefined;

/** @typedef {ReturnType<typeof environment> & { browser: string }} Environment */

/** @param {Environment} env @param {Row[]} rows @param {Record<string, object>} details */
export const results = (env, rows, details) => ({ ...env, measurements: rows.map(record), details });

/**
 * Recorded results with some measurements made anew, whose environment is in `later`.
 * @param {ReturnType<typeof results> & { later?: Record<string, Environment> }} recorded
 * @param {string[]} names
 * @param {ReturnType<typeof results>} anew
 */
export function merged(recorded, names, { measurements, details, ...env }) {
  const byName = new Map([...recorded.measurements, ...measurements].map((row) => [row.name, row]));
  return {
    ...recorded,
    measurements: [...byName.values()],
    details: { ...recorded.details, ...details },
    later: { ...recorded.later, ...Object.fromEntries(names.map((name) => [name, env])) },
  };
}
