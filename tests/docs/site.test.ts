// The documentation site: it is built without warnings, and is complete.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect as playwrightExpect } from "@playwright/test";
import { beforeAll, expect, test } from "vitest";
import { launch, open, serve } from "./browser";
import { documentOf, documents, root } from "./documents";
import { run } from "./process";

const site = join(root, "docs/site");
const read = (path: string) => readFileSync(join(site, path), "utf8");
const pages = () => readdirSync(site, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".html"));

/** For readers on npm and for maintainers. */
const EXCLUDED = ["pkg/README.md", "tests/sandbox/pkg/README.md", "RELEASING.md"];

let built: Awaited<ReturnType<typeof run>>;

beforeAll(async () => {
  const script = 'import { buildDocs } from "./scripts/docs.mjs"; await buildDocs();';
  built = await run(process.execPath, ["--input-type=module", "--eval", script]);
});

test("the site is built without warnings", () => {
  expect(built).toMatchObject({ code: 0, stderr: "" });
});

test("README.md is the front page", () => {
  expect(read("index.html")).toContain(">Two commands<");
});

/** Finds the page of a document by its title. */
function pageOf(document: string): string {
  const [title] = documentOf(document).headings;
  const candidates = pages().filter((path) => path.startsWith("documents/"));
  const file = candidates.find((path) => read(path).includes(`<h1 id="${title?.anchor}"`));
  return document === "README.md" ? "index.html" : (file ?? "missing");
}

test.each([...documents].filter(([name]) => !EXCLUDED.includes(name)))(
  "%s is in the site, with highlighted examples",
  (name, { blocks }) => {
    const html = read(pageOf(name));
    for (const { language, code } of blocks) {
      if (language === "" || language === "text") continue;
      const highlighted = new RegExp(`<pre><code class="${language}"><span class="hl-`, "g");
      const count = blocks.filter((block) => block.language === language).length;
      expect(html.match(highlighted), code).toHaveLength(count);
    }
  },
);

test("the playground runs the examples of the quick start, without a server", async () => {
  const browser = await launch();
  await serve({ "/": site }, {}, async ({ url }) => {
    const { page, errors } = await open(browser, `${url}/${pageOf("docs/guides/playground.md")}`);
    const requests: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    const playground = page.frameLocator("iframe");
    const last = { Read: "3 of 120 tenants", Write: "(email_registered)" }; // what each example prints last
    const names = await playground.getByLabel("Example").locator("option").allInnerTexts();
    expect(names).toEqual(Object.keys(last));
    const output = playground.getByLabel("Output");
    for (const [name, text] of Object.entries(last)) {
      await playground.getByLabel("Example").selectOption(name);
      await playwrightExpect(output).toBeEmpty();
      await playground.getByRole("button", { name: "Run" }).click();
      await playwrightExpect(output).toContainText(text, { timeout: 30_000 });
      await playwrightExpect(output.locator(".error")).toHaveCount(0);
    }
    expect(errors).toEqual([]);
    // What is typed runs too, as TypeScript, and errors are shown.
    const code = playground.getByRole("textbox", { name: "Code" });
    await code.fill("const text: string = 'xin chào'; console.log(text);");
    await playground.getByRole("button", { name: "Run" }).click();
    await playwrightExpect(output).toHaveText("xin chào");
    await code.fill("const a: any = { n: 1n }; a.a = a; console.log(undefined, new Map([['k', { v: 1 }]]), a);");
    await playground.getByRole("button", { name: "Run" }).click();
    await playwrightExpect(output).toHaveText(
      "undefined Map(1) { 'k' => { v: 1 } } <ref *1> { n: 1n, a: [Circular *1] }",
    );
    for (const [bad, message] of [
      ["await Promise.reject(new Error('no'))", "Error: no"],
      ["throw Object.assign(new Error('no'), { code: 'not_found' })", "Error (not_found): no"],
      ["const = 5", "SyntaxError"],
    ] as const) {
      await code.fill(bad);
      await playground.getByRole("button", { name: "Run" }).click();
      await playwrightExpect(output.locator(".error")).toContainText(message);
    }
    // The changes of each example are kept, and the editor has the theme of the site.
    await playground.getByLabel("Example").selectOption("Read");
    await playwrightExpect(code).toContainText("createSandbox()");
    const keyword = code.getByText("import", { exact: true }).first();
    const color = () => keyword.evaluate((element) => getComputedStyle(element).color);
    const light = await color();
    await page.getByRole("heading", { name: "Settings" }).click();
    await page.getByLabel("Theme").selectOption("dark");
    await playwrightExpect.poll(color).not.toBe(light);
    await playground.getByLabel("Example").selectOption("Write");
    await playwrightExpect(code).toHaveText("const = 5");
    expect(requests.filter((request) => !request.startsWith(url))).toEqual([]);
  }).finally(() => browser.close());
});

test.each([
  ["pkg", "API", 40],
  ["tests/sandbox/pkg", "Sandbox_API", 15],
])("every export of %s is in the site", (folder, module, least) => {
  const types = readFileSync(join(root, folder, "dist/index.d.ts"), "utf8");
  const exported = [...types.matchAll(/^export declare (?:abstract )?(?:class|function|interface|type|const) (\w+)/gm)];
  expect(exported.length).toBeGreaterThan(least);
  const pattern = new RegExp(`/${module}\\.(\\w+)\\.html$`);
  const names = new Set(pages().map((path) => pattern.exec(path)?.[1]));
  expect(exported.map(([, name]) => name).filter((name) => !names.has(name))).toEqual([]);
});

test("no internal link is broken", () => {
  const broken = pages().flatMap((page) =>
    [...read(page).matchAll(/(?:href|src)="([^"#:]+?)(?:#[^"]*)?"/g)]
      .map(([, target = ""]) => join(page, "..", decodeURI(target)))
      .filter((target) => !existsSync(join(site, target)))
      .map((target) => `${page}: ${target}`),
  );
  expect(broken).toEqual([]);
});
