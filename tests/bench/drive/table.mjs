// The results as a text table: the values of bare `fetch`, and each contender's ratio to them.
import { contenders } from "./site.mjs";
import { summary } from "./statistics.mjs";

/** @import { Row } from "./measure.mjs" */

const digits = (/** @type {number} */ value) => (value < 10 ? 2 : value < 100 ? 1 : 0);

/** @param {number} ms */
export function duration(ms) {
  if (ms < 1) return `${(ms * 1000).toFixed(0)} µs`;
  return ms < 1000 ? `${ms.toFixed(digits(ms))} ms` : `${(ms / 1000).toFixed(2)} s`;
}

/** @param {number} bytes */
export const kilobytes = (bytes) =>
  bytes < 1e6 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(2)} MB`;

/** @param {Row} row @param {number} value */
export function inUnit({ unit }, value) {
  if (unit === "count") return `${value}`;
  return unit === "ms" ? duration(value) : kilobytes(value);
}

/** The columns of a row in the table. The others are compared with the first one. @param {Row} row */
const columnsOf = ({ columns = contenders }) => columns;

/** A contender's ratio to its reference, computed for each round. @param {Row} row @param {string} contender */
export function ratio(row, contender) {
  const { samples, reference, absolute } = row;
  const base = reference?.samples ?? samples.get(columnsOf(row)[0] ?? "");
  const own = samples.get(contender);
  if (!own || !base || absolute) return undefined;
  return summary(own.map((value, i) => value / (base[i] ?? NaN)));
}

/** @param {Row} row @param {string} contender */
function cell(row, contender) {
  const isFirst = contender === columnsOf(row)[0];
  const own = row.samples.get(contender);
  if (!own) return isFirst && row.reference ? `${inUnit(row, summary(row.reference.samples).median)} *` : "–";
  const found = isFirst ? undefined : ratio(row, contender);
  if (!found) return inUnit(row, summary(own).median);
  const places = digits(found.median);
  const [median, q1, q3] = [found.median, found.q1, found.q3].map((value) => value.toFixed(places));
  return `${median} (${q1}–${q3})`;
}

/** @param {Row[]} rows @param {readonly string[]} columns */
function grid(rows, columns) {
  const lines = [
    ["", ...columns],
    ...rows.map((row) => [row.name, ...columns.map((contender) => cell(row, contender))]),
  ];
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  return lines
    .map((line) =>
      line.map((text, i) => (i === 0 ? text.padEnd(widths[i] ?? 0) : text.padStart(widths[i] ?? 0))).join("  "),
    )
    .join("\n");
}

/** One table for the rows of the same columns. @param {Row[]} rows */
export function table(rows) {
  const grids = [...new Set(rows.map(columnsOf))].map((columns) =>
    grid(
      rows.filter((row) => columnsOf(row) === columns),
      columns,
    ),
  );
  const notes = rows.flatMap(({ name, reference }) =>
    reference ? [`* ${name}: compared with ${reference.name}`] : [],
  );
  const legend =
    "Times and memory: the values of the first column, and the others as multiples of it: the median (and the quartiles).";
  return [grids.join("\n\n"), legend, ...notes].join("\n");
}
