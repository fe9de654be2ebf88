// Runs the examples that are pages in Chromium, and the examples that are tests of a portal.
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "@playwright/test";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { launch, open, pageOf, policyOf, project, serve, viteBuild } from "./browser";
import { blocks, documentOf, fileOf, root } from "./documents";
import { run } from "./process";
import { reset, SANDBOX, withSandboxUrl } from "./sandbox";

const react = "docs/guides/react-tanstack-query.md";
const bundlers = "docs/guides/bundlers.md";
const testing = "docs/guides/testing.md";
const csp = "docs/guides/csp.md";

let browser: Browser;
/** The built portal of the React guide. */
let portal: string;

beforeAll(async () => {
  [browser, portal] = await Promise.all([launch(), viteBuild(project("react", react))]);
});
afterAll(() => browser?.close());
beforeEach(reset);

const filesIn = (dir: string) => readdirSync(dir, { recursive: true, encoding: "utf8" });

/** Opens a page, and returns its final text, its errors and the paths of its requests. */
const load = (folders: Record<string, string>, path = "/", headers: Record<string, string> = {}) =>
  serve(folders, headers, async ({ url, paths }) => {
    const { page, errors } = await open(browser, url + path);
    const body = page.locator("body");
    await body.filter({ hasText: /\d+ tenants|Error/ }).waitFor();
    const text = await body.innerText();
    await page.close();
    return { text, errors, paths };
  });

const loaded = { text: "120 tenants", errors: [] };
/** Scripts that use `omi.ts`: the first shows the number of tenants, the second shows an error of the first too. */
const show = `import { omi } from "./omi"; document.body.textContent = (await omi.tenants.list()).total_items + " tenants";`;
const showOrError = `await import("./show").catch((error) => (document.body.textContent = error.name + " " + error.code));`;

describe("the tests of the guide", () => {
  /** The number of tests in a block. */
  const count = (file: string) => fileOf(testing, file).code.match(/^test\(/gm)?.length;

  test("the vitest tests pass", async () => {
    const dir = project("vitest", testing);
    const vitest = join(root, "node_modules/vitest/vitest.mjs");
    const { code, stdout } = await run(process.execPath, [vitest, "run", "--root", dir, "--reporter=json"]);
    const report: VitestReport = JSON.parse(stdout);
    const all = report.testResults.flatMap(({ assertionResults }) => assertionResults);
    const failed = all.filter(({ status }) => status !== "passed");
    expect(failed.map(({ title, failureMessages }) => [title, ...failureMessages])).toEqual([]);
    expect([all.length, code]).toEqual([count("omi.test.ts"), 0]);
  });

  test("the Playwright tests pass with the portal of the React guide and the policy of the CSP guide", async () => {
    const dir = project("playwright", testing);
    const policy = withSandboxUrl(policyOf(csp));
    await serve({ "/": portal }, { "content-security-policy": policy }, async ({ url }) => {
      const cli = join(root, "node_modules/@playwright/test/cli.js");
      const args = [cli, "test", "--config", join(root, "tests/docs/playwright.config.ts")];
      const { stdout } = await run(process.execPath, args, { PORTAL_URL: url, SPEC_DIR: dir });
      const { suites, errors }: PlaywrightReport = JSON.parse(stdout);
      const all = suites.flatMap(({ specs }) => specs);
      const failed = all
        .filter(({ ok }) => !ok)
        .map(({ title, tests }) => [title, tests[0]?.results[0]?.error?.message]);
      expect([...errors.map(({ message }) => message), ...failed]).toEqual([]);
      expect(all).toHaveLength(count("portal.spec.ts") ?? 0);
    });
  }, 300_000);
});

interface VitestReport {
  testResults: { assertionResults: { title: string; status: string; failureMessages: string[] }[] }[];
}

interface PlaywrightReport {
  errors: { message: string }[];
  suites: { specs: { title: string; ok: boolean; tests: { results: { error?: { message: string } }[] }[] }[] }[];
}

describe("the policy of the CSP guide", () => {
  const policy = withSandboxUrl(policyOf(csp));

  /** Opens the portal of the React guide with a policy, and returns the number of tenants or the alert that it shows. */
  const openWith = (policy: string) =>
    serve({ "/": portal }, { "content-security-policy": policy }, async ({ url, paths }) => {
      const { page, errors } = await open(browser, url);
      const item = page.getByRole("listitem").first();
      const alert = page.getByRole("alert").first();
      await item.or(alert).waitFor();
      const shown = (await alert.isVisible())
        ? await alert.innerText()
        : `${await page.getByRole("listitem").count()} tenants`;
      await page.close();
      return { shown, errors, paths };
    });

  test("is enough, and nothing is blocked", async () => {
    const { shown, errors, paths } = await openWith(policy);
    expect({ shown, errors }).toEqual({ shown: "20 tenants", errors: [] });
    expect(paths.some((path) => path.endsWith(".wasm"))).toBe(true);
  });

  test("without 'wasm-unsafe-eval' the portal shows what is missing", async () => {
    const { shown } = await openWith(policy.replace(" 'wasm-unsafe-eval'", ""));
    expect(shown).toMatch(/'wasm-unsafe-eval'.*wasm_blocked_by_csp/s);
  });

  test("without the API's origin the calls are network errors", async () => {
    const files = { "index.html": pageOf("/main.ts"), "main.ts": showOrError, "show.ts": show };
    const dir = await viteBuild(project("vite-csp", bundlers, files));
    const headers = { "content-security-policy": policy.replace(` ${SANDBOX}`, "") };
    const { text, errors } = await load({ "/": dir }, "/", headers);
    expect(text).toBe("NetworkError network");
    expect(errors.join("\n")).toContain("connect-src");
  });

  test("if the .wasm file is blocked, the copy is used", async () => {
    const { shown } = await openWith(policy.replace("connect-src 'self'", "connect-src"));
    expect(shown).toBe("20 tenants");
  });

  test("is the same in every document", () => {
    const [header, page, security] = [policyOf(csp), fileOf(csp, "index.html").code, documentOf("SECURITY.md")];
    expect(page).toContain(`content="${header}"`);
    const nginx = blocks.find(({ document, language }) => document === csp && language === "nginx");
    expect(nginx?.code).toContain(`"${header.replace(/ https:\S+$/, "")}"`);
    expect(security.inlineCodes.map(({ code }) => code)).toContain(
      `Content-Security-Policy: ${header.replace(/https:\S+$/, "https://API")}`,
    );
  });
});

describe("bundlers", () => {
  test("Vite with an import of the file's URL", async () => {
    const dir = project("vite", bundlers, { "index.html": pageOf("/show.ts"), "show.ts": show });
    const { paths, ...rest } = await load({ "/": await viteBuild(dir) });
    expect(rest).toEqual(loaded);
    expect(paths.filter((path) => /omicall_partner_bg-.+\.wasm$/.test(path))).toHaveLength(1);
  });

  test("Vite and a worker", async () => {
    const dir = project("worker", bundlers, { "index.html": pageOf("/page.ts") });
    const { paths, ...rest } = await load({ "/": await viteBuild(dir, { worker: { format: "es" } }) });
    expect(rest).toEqual(loaded);
    expect(paths.some((path) => /worker-.+\.js$/.test(path))).toBe(true);
  });

  test("esbuild with the script of the guide: the file is used, and the copy is not loaded", async () => {
    const dir = project("esbuild", bundlers, { "index.html": pageOf("/dist/main.js") });
    expect(await run(process.execPath, ["build.mjs"], {}, dir)).toEqual({ code: 0, stdout: "", stderr: "" });
    const { paths, ...rest } = await load({ "/": dir });
    expect(rest).toEqual(loaded);
    expect(paths.filter((path) => path.endsWith(".wasm"))).toHaveLength(1);
    expect(paths.filter((path) => path.endsWith(".js"))).toEqual(["/dist/main.js"]);
  });

  test("esbuild without splitting: the copy is in the main file", async () => {
    const dir = project("esbuild-one-file", bundlers, {
      "build.mjs": fileOf(bundlers, "build.mjs").code.replace(/ +splitting: true.*\n/, ""),
    });
    expect((await run(process.execPath, ["build.mjs"], {}, dir)).code).toBe(0);
    const wasm = statSync(join(root, "pkg/wasm/omicall_partner_bg.wasm")).size;
    expect(statSync(join(dir, "dist/main.js")).size).toBeGreaterThan(wasm / 2);
    expect(filesIn(join(dir, "dist")).filter((file) => file.endsWith(".js"))).toEqual(["main.js"]);
  });

  test("esbuild with the command of the quick start", async () => {
    const inQuickStart = blocks.filter(({ document }) => document === "docs/guides/quick-start.md");
    const code = withSandboxUrl(inQuickStart.find(({ section }) => section === "read")?.code ?? "");
    const command = inQuickStart.find(({ code }) => code.startsWith("npx esbuild "))?.code ?? "";
    const shown = code.replace("console.log(", "document.body.append(");
    const dir = project("quick-start", "docs/guides/quick-start.md", {
      "main.ts": shown,
      "index.html": pageOf("/dist/main.js"),
    });
    const [, , ...args] = command.split(" ");
    expect((await run(join(root, "node_modules/.bin/esbuild"), args, {}, dir)).code).toBe(0);
    expect((await load({ "/": dir })).text).toBe("3 of 120 tenants");
  });

  test("no bundler", async () => {
    const dir = project("no-bundler", bundlers);
    const { paths, ...rest } = await load(
      { "/node_modules/omicall-partner/": join(root, "pkg"), "/": dir },
      "/index.html",
    );
    expect(rest.text).toBe(loaded.text);
    expect(paths).toContain("/node_modules/omicall-partner/wasm/omicall_partner_bg.wasm");
  });

  describe("another origin", () => {
    const block = blocks.find(({ document, section }) => document === bundlers && section === "another-origin");
    /** Opens a page with the block, with the file on a server that sends these headers. */
    const loadFrom = (headers: Record<string, string>) =>
      serve({ "/omicall-partner/0.1.0/": join(root, "pkg/wasm") }, headers, async ({ url }) => {
        const omi = withSandboxUrl(block?.code ?? "").replace("https://cdn.example.com", url);
        const files = { "index.html": pageOf("/main.ts"), "main.ts": showOrError, "show.ts": show, "omi.ts": omi };
        return (await load({ "/": await viteBuild(project("cdn", bundlers, files)) })).text;
      });

    test("with CORS headers, the file is loaded", async () => {
      expect(await loadFrom({ "access-control-allow-origin": "*" })).toBe(loaded.text);
    });

    test("without CORS headers, it is not found", async () => {
      expect(await loadFrom({})).toBe("LoadError wasm_not_found");
    });
  });
});

test("these tests cover every page of the guides", () => {
  const pages = blocks.filter(({ language }) => language === "html").map(({ document }) => document);
  expect(pages.sort()).toEqual([bundlers, csp, react]);
});
