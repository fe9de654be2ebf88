// The package as its users get it: packed, and installed in a Vite project and in a page without a bundler.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, type Response, test } from "@playwright/test";
import { capture, root, run } from "../../scripts/lib.mjs";

const {
  DEV_URL = "",
  PLAIN_URL = "",
  PREVIEW_URL = "",
  SANDBOX_URL = "",
  TARBALL = "",
  VITE_PROJECT = "",
} = process.env;

const installed = join(VITE_PROJECT, "node_modules", "omicall-partner");

test("the tarball holds exactly what users need", () => {
  const entries = capture("tar", "-tzf", TARBALL)?.split("\n") ?? [];
  expect(entries.sort()).toEqual([
    "package/LICENSE",
    "package/README.md",
    "package/dist/embedded.js",
    "package/dist/index.d.ts",
    "package/dist/index.js",
    "package/dist/index.js.map",
    "package/package.json",
    "package/wasm/omicall_partner_bg.wasm",
  ]);
});

test("installing it makes a real copy, and brings nothing else along", () => {
  const modules = readdirSync(join(VITE_PROJECT, "node_modules"), { withFileTypes: true });
  const packages = modules.filter(({ name }) => !name.startsWith("."));
  expect(packages.map((entry) => [entry.name, entry.isDirectory()])).toEqual([["omicall-partner", true]]);
});

test("importing it does nothing that anyone could see", async () => {
  const code = `
    const before = Reflect.ownKeys(globalThis);
    globalThis.fetch = WebAssembly.compile = WebAssembly.instantiate = () => console.log("not only imported");
    await import("omicall-partner");
    for (const key of Reflect.ownKeys(globalThis)) if (!before.includes(key)) console.log(key);`;
  const imported = await run(process.execPath, ["--input-type=module", "--eval", code], { cwd: VITE_PROJECT });
  expect(imported).toEqual({ code: 0, output: "" });
});

for (const [module, resolution] of [
  ["esnext", "bundler"],
  ["nodenext", "nodenext"],
]) {
  test(`its types are strict ones and complete, resolved as ${resolution} does`, async () => {
    const checked = await run(
      join(root, "node_modules", ".bin", "tsc"),
      [
        ...["--ignoreConfig", "--noEmit", "--strict", "--skipLibCheck", "false", "--types", ""],
        ...["--target", "es2022", "--lib", "es2022,dom"],
        ...["--module", module, "--moduleResolution", resolution, "types.ts"],
      ],
      { cwd: VITE_PROJECT },
    );
    expect(checked).toEqual({ code: 0, output: "" });
  });
}

/** Opens a page that does the main job, and checks what it shows and fetches. @returns every address it fetched */
async function expectMainJob(page: Page, url: string): Promise<string[]> {
  const complaints: string[] = [];
  const responses: Response[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("requestfailed", (request) => complaints.push(`${request.url()}: ${request.failure()?.errorText}`));
  page.on("response", (response) => responses.push(response));

  await page.goto(`${url}?sandbox=${SANDBOX_URL}`);
  const output = page.getByRole("status");
  await expect(output).not.toBeEmpty({ timeout: 20_000 });
  const outcome = JSON.parse(await output.innerText());
  expect(outcome).toEqual({ id: expect.any(String), status: "activated", found: [outcome.id], balance: 500_000 });

  const wasm = responses.filter((response) => new URL(response.url()).pathname.endsWith(".wasm"));
  expect(wasm.map((response) => response.status())).toEqual([200]);
  expect(await wasm[0]?.body()).toEqual(readFileSync(join(installed, "wasm", "omicall_partner_bg.wasm")));
  expect(complaints).toEqual([]);
  return responses.map((response) => response.url());
}

test("a Vite project does the main job on the development server", async ({ page }) => {
  const fetched = await expectMainJob(page, DEV_URL);
  // Vite bundles what a project depends on before it serves it.
  expect(fetched.map((url) => new URL(url).pathname)).toContain("/node_modules/.vite/deps/omicall-partner.js");
});

test("a Vite project does the main job when it is built", async ({ page }) => {
  await expectMainJob(page, PREVIEW_URL);
});

test("a page without a bundler does the main job", async ({ page }) => {
  await expectMainJob(page, PLAIN_URL);
});
