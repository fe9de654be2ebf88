// What the documents say of the package's size is what the size report recorded.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "./documents";

const read = (name: string) => readFileSync(join(root, name), "utf8");

interface Sizes {
  total: { brotli: number };
  wasm: { brotli: number };
  javascript: { brotli: number };
  embedded: { brotli: number };
  endpoints: Record<string, { brotli: number }>;
}
const sizes = JSON.parse(read("tests/size/sizes.json")) as Sizes;

test.each([
  ["README.md", /The package adds (\d+) kB to an app/],
  ["README.vi.md", /Gói thêm (\d+) kB vào ứng dụng/],
])("%s says how much the package adds to an app", (name, pattern) => {
  expect(pattern.exec(read(name))?.[1]).toBe(`${Math.round(sizes.total.brotli / 1000)}`);
});

test.each([
  ["the core (`.wasm`)", sizes.wasm],
  ["JavaScript, minified", sizes.javascript],
  ["**together**", sizes.total],
  ["one more endpoint: a page of a list, with its checks", sizes.endpoints["page"]],
  ["one more endpoint: a write with three parameters", sizes.endpoints["write"]],
  [
    "the copy of the core for bundlers that leave the file behind (`dist/embedded.js`, loaded only there)",
    sizes.embedded,
  ],
])("docs/performance.md says how much it is: %s", (what, size) => {
  const row = read("docs/performance.md")
    .split("\n")
    .find((line) => line.startsWith(`| ${what} |`));
  expect(row?.replaceAll("*", "")).toContain(` ${size?.brotli.toLocaleString("en")} B `);
});
