// The numbers about speed and size in the documents are the results of the last benchmark, docs/benchmark.json.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { documentOf, root } from "./documents";

interface Measurement {
  readonly name: string;
  readonly unit: "ms" | "bytes" | "count";
  readonly contenders: Readonly<
    Record<string, { readonly median: number; readonly ratio?: { readonly median: number } }>
  >;
}

const read = (name: string) => readFileSync(join(root, name), "utf8");
const { measurements } = JSON.parse(read("docs/benchmark.json")) as { measurements: Measurement[] };

/** A column of the table about pages ahead, and of no other one. */
const AHEAD = "omicall-partner, 4 ahead";
const isAhead = ({ contenders }: Measurement) => AHEAD in contenders;

function resultOf(name: string) {
  const result = measurements.find((measurement) => measurement.name === name)?.contenders["omicall-partner"];
  if (!result) throw new Error(`The benchmark has no measurement ${name}.`);
  return result;
}

const ratioOf = (name: string) => resultOf(name).ratio?.median.toFixed(2);

test.each([
  ["README.md", /50 tenants takes ([\d.]+) times .+? 1,000 tenants takes ([\d.]+) times/, /The package adds (\d+) kB/],
  ["README.vi.md", /50 doanh nghiệp mất ([\d,]+) lần .+? 1\.000 doanh nghiệp là ([\d,]+) lần/, /Gói thêm (\d+) kB/],
])("%s has the benchmark's numbers", (name, times, size) => {
  const text = read(name).replace(/\s+/g, " ");
  const [, page, large] = times.exec(text) ?? [];
  expect([page, large].map((number) => number?.replace(",", "."))).toEqual([
    ratioOf("decode 50 tenants"),
    ratioOf("decode 1,000 tenants"),
  ]);
  expect(size.exec(text)?.[1]).toBe((resultOf("size, brotli").median / 1000).toFixed(0));
});

const tables = documentOf("docs/performance.md").tables;

test("docs/performance.md has the benchmark's results for the package, row by row", () => {
  const [header = [], ...rows] = tables.find(([header]) => header?.includes("omicall-partner")) ?? [];
  const column = header.indexOf("omicall-partner");
  const expected = measurements
    .filter((measurement) => measurement.name !== "size, minified" && !isAhead(measurement)) // the table has the size with brotli only
    .map(({ name, unit }) => {
      const { median, ratio } = resultOf(name);
      return ratio?.median.toFixed(2) ?? (unit === "bytes" ? `${(median / 1000).toFixed(1)} kB` : `${median}`);
    });
  expect(rows.map((row) => row[column])).toEqual(expected);
});

test("docs/performance.md has the benchmark's results for pages ahead", () => {
  const [header = [], ...rows] = tables.find(([header]) => header?.includes(AHEAD)) ?? [];
  // Before them: the name of the row, and the value that the others are compared with.
  const columns = header.slice(2);
  const expected = measurements
    .filter(isAhead)
    .map(({ contenders }) => columns.map((column) => contenders[column]?.ratio?.median.toFixed(2)));
  expect(rows.map((row) => row.slice(2))).toEqual(expected);
  expect(expected).not.toEqual([]);
});

test("docs/performance.md has the results about the sandbox", () => {
  type Ratios = Readonly<Record<string, number>>;
  interface Results {
    readonly me: { readonly perSecond: number; readonly ratios: Ratios };
    readonly list: Results["me"];
    readonly start: { readonly firstMs: number; readonly ms: number; readonly rssMiB: number };
  }
  const { me, list, start } = JSON.parse(read("docs/benchmark-sandbox.json")) as Results;
  const first = "in the same process";
  const [header = [], ...rows] = tables.find(([header]) => header?.includes(first)) ?? [];
  const others = header.slice(2);
  const expected = [me, list].map(({ perSecond, ratios }) => [
    perSecond.toLocaleString("en"),
    ...others.map((name) => ratios[name]?.toFixed(2)),
  ]);
  expect(rows.map((row) => row.slice(1))).toEqual(expected);
  const text = read("docs/performance.md").replace(/\s+/g, " ");
  expect(text).toContain(`takes ${start.firstMs} ms with the default data`);
  expect(text).toContain(`takes ${(start.ms / 1000).toFixed(1)} s, and the process grows by ${start.rssMiB} MiB`);
});
