// The site: that it is built without a warning, and what is in it.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { documents, root } from "./documents";
import { run } from "./run";

const site = join(root, "docs/site");
const read = (path: string) => readFileSync(join(site, path), "utf8");
const pages = () => readdirSync(site, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".html"));

/** For readers on npm, and for those who publish. */
const NOT_IN_IT = ["pkg/README.md", "RELEASING.md"];

let built: Awaited<ReturnType<typeof run>>;

beforeAll(async () => {
  const script = 'import { buildDocs } from "./scripts/docs.mjs"; await buildDocs();';
  built = await run(process.execPath, ["--input-type=module", "--eval", script]);
});

test("it is built, without a warning", () => {
  expect(built).toMatchObject({ code: 0, stderr: "" });
});

test("README.md is its front page", () => {
  expect(read("index.html")).toContain(">Two commands<");
});

/** The page of a document, by its title. */
function pageOf(document: string): string {
  const [title] = documents.get(document)?.headings ?? [];
  const wanted = pages().filter((path) => path.startsWith("documents/"));
  const file = wanted.find((path) => read(path).includes(`<h1 id="${title?.anchor}"`));
  return document === "README.md" ? "index.html" : (file ?? "missing");
}

test.each([...documents].filter(([name]) => !NOT_IN_IT.includes(name)))(
  "%s is in it, with its examples",
  (name, { blocks }) => {
    const html = read(pageOf(name));
    for (const { language, code } of blocks) {
      if (language === "" || language === "text") continue;
      const inColour = new RegExp(`<pre><code class="${language}"><span class="hl-`, "g");
      const count = blocks.filter((block) => block.language === language).length;
      expect(html.match(inColour), code).toHaveLength(count);
    }
  },
);

test("every export is in it", () => {
  const types = readFileSync(join(root, "pkg/dist/index.d.ts"), "utf8");
  const exported = [...types.matchAll(/^export declare (?:abstract )?(?:class|function|interface|type|const) (\w+)/gm)];
  expect(exported.length).toBeGreaterThan(40);
  const names = new Set(pages().map((path) => /API\.(\w+)\.html$/.exec(path)?.[1]));
  expect(exported.map(([, name]) => name).filter((name) => !names.has(name))).toEqual([]);
});

test("no link within it leads nowhere", () => {
  const dead = pages().flatMap((page) =>
    [...read(page).matchAll(/(?:href|src)="([^"#:]+?)(?:#[^"]*)?"/g)]
      .map(([, target = ""]) => join(page, "..", decodeURI(target)))
      .filter((target) => !existsSync(join(site, target)))
      .map((target) => `${page}: ${target}`),
  );
  expect(dead).toEqual([]);
});
