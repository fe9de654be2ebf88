// Runs the examples that are pages in Chromium.
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "@playwright/test";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { launch, open, pageOf, policyOf, project, reactTemplate, serve, viteBuild } from "./browser";
import { blocks, documentOf, fileOf, root } from "./documents";
import { run } from "./process";
import { reset, SANDBOX, withSandboxUrl } from "./sandbox";

const react = "docs/guides/react-tanstack-query.md";
const bundlers = "docs/guides/bundlers.md";
const csp = "docs/guides/csp.md";

let browser: Browser;
/** The built portal of the React guide. */
let portal: string;

beforeAll(async () => {
  const page = Object.fromEntries(["index.html", "public/favicon.svg"].map((file) => [file, reactTemplate(file)]));
  [browser, portal] = await Promise.all([launch(), viteBuild(project("react", react, page))]);
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
const show =
  `import { connectOmi } from "./omi"; export const shown = connectOmi().then((omi) => omi.tenants.list())` +
  `.then((page) => void (document.body.textContent = page.total_items + " tenants"));`;
const showOrError = `import("./show").then(({ shown }) => shown).catch((error) => (document.body.textContent = error.name + " " + error.code));`;

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

describe("an example that is pasted into a page", () => {
  /** Builds a page with the first program of a document and a script of its own, and loads it twice. */
  test.each(["README.md", "README.vi.md"])("%s: the page renders at each load, and the example runs", async (name) => {
    const example = documentOf(name).blocks.find(({ flags }) => flags.includes("run"));
    const files = {
      "index.html": pageOf("/main.ts"),
      "example.ts": example?.code ?? "",
      "main.ts": 'import "./example"; document.body.append("rendered");',
    };
    const dir = await viteBuild(project("example", react, files));
    await serve({ "/": dir }, {}, async ({ url }) => {
      for (let load = 1; load <= 2; load++) {
        const page = await browser.newPage();
        const problems: string[] = [];
        page.on("pageerror", (error) => problems.push(String(error)));
        page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
        const done = page.waitForEvent("console", { predicate: (message) => message.text() === "Sao Mai" });
        await page.goto(url);
        expect(await page.locator("body").innerText()).toContain("rendered");
        await done;
        expect(problems).toEqual([]);
        await page.close();
      }
    });
  });
});

test("these tests cover every page of the guides", () => {
  const pages = blocks.filter(({ language }) => language === "html").map(({ document }) => document);
  const quickStarts = ["docs/guides/quick-start.md", "docs/guides/vi/quick-start.md"]; // in quick-start.test.ts
  expect(pages.sort()).toEqual([bundlers, csp, ...quickStarts]);
});
