// Pages that are served in special ways, most of them without a bundler.
import { cpSync } from "node:fs";
import { join } from "node:path";
import {
  expect,
  expectMainJob,
  expectMainJobDone,
  installed,
  isWasm,
  project,
  SANDBOX,
  scriptsWithCopy,
  test,
  visit,
} from "./support";

const plain = () => [project("plain").dir];

test("a page without a bundler does the main job", async ({ page, serve }) => {
  await expectMainJob(page, await serve({ folders: plain() }), "file");
});

test("a worker without a bundler does the main job", async ({ page, serve }) => {
  await expectMainJob(page, await serve({ folders: plain() }), "file", { do: "worker" });
  expect(page.workers()).toHaveLength(1);
});

test("a page does the main job with the package from another origin, which does not know WebAssembly", async ({
  page,
  serve,
}, testInfo) => {
  const folder = testInfo.outputPath("elsewhere");
  cpSync(installed("plain"), join(folder, "npm", "omicall-partner@0.1.0"), { recursive: true });
  const headers = (path: string) => ({
    "access-control-allow-origin": "*",
    ...(path.endsWith(".wasm") && { "content-type": "text/plain" }),
  });
  const base = `${await serve({ folders: [folder], headers })}npm/omicall-partner@0.1.0/`;
  const url = `${await serve({ folders: plain() })}elsewhere.html`;
  const { responses } = await expectMainJob(page, url, "file", { package: `${base}dist/index.js` });
  const fromElsewhere = responses.filter((response) => response.url().startsWith(base));
  expect(fromElsewhere.map((response) => [response.url(), response.headers()["content-type"]])).toEqual([
    [`${base}dist/index.js`, expect.stringContaining("javascript")],
    [`${base}wasm/omicall_partner_bg.wasm`, "text/plain"],
  ]);
});

for (const [what, status] of [
  ["nothing", 404],
  ["a page", 200],
] as const) {
  test(`a page does the main job where ${what} is served in place of the .wasm file`, async ({ page, serve }) => {
    const instead = { path: /\.wasm$/, status, body: "<!doctype html><title>The app's own page</title>" };
    const visited = await visit(page, await serve({ folders: plain(), instead }));
    expectMainJobDone(visited.outcome);
    expect(visited.responses.filter(isWasm).map((response) => response.status())).toEqual([status]);
    expect(await scriptsWithCopy(visited.responses)).toHaveLength(1);
    const complaints = status === 404 ? [expect.stringContaining("404")] : [];
    expect(visited.complaints).toEqual(complaints);
  });
}

for (const { bundler, folders, file, core } of [
  { bundler: "vite", folders: ["dist"], file: "", core: "file" },
  { bundler: "esbuild", folders: ["dist", "public"], file: "modules.html", core: "copy" },
] as const) {
  test(`what ${bundler} built does the main job under a strict Content Security Policy`, async ({ page, serve }) => {
    const policy = [
      "default-src 'none'",
      "script-src 'self' 'wasm-unsafe-eval'",
      `connect-src 'self' ${SANDBOX}`,
      "img-src data:",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ].join("; ");
    const url = await serve({
      folders: folders.map((folder) => join(project(bundler).dir, folder)),
      headers: () => ({ "content-security-policy": policy }),
    });
    const { responses } = await expectMainJob(page, url + file, core);
    expect(responses[0]?.headers()["content-security-policy"]).toBe(policy);
  });
}

test("two copies of the package on one page do not disturb each other", async ({ page, serve }) => {
  const here = await serve({ folders: plain() });
  const elsewhere = await serve({
    folders: [join(installed("node"), "..")],
    headers: () => ({ "access-control-allow-origin": "*" }),
  });
  const copies = [`${here}node_modules/omicall-partner/dist/index.js`, `${elsewhere}omicall-partner/dist/index.js`];
  const visited = await visit(
    page,
    `${here}two-copies.html`,
    copies.map((copy) => ["copy", copy]),
  );

  const jobs = visited.outcome["jobs"] as Record<string, unknown>[];
  expect(jobs).toHaveLength(2);
  jobs.forEach(expectMainJobDone);
  const validation = (field: string, isA: boolean[]) => ({ name: "ValidationError", fields: [field], isA });
  expect(visited.outcome).toEqual({
    jobs,
    balance: 1_000_000,
    failures: [validation("id", [true, false]), validation("id", [false, true])],
    closed: validation("client", [true, false]),
    open: true,
    left: [],
  });
  const files = visited.responses.filter(isWasm).map((response) => response.url());
  const wasmOf = (copy: string) => new URL("../wasm/omicall_partner_bg.wasm", copy).href;
  expect(files.sort()).toEqual(copies.map(wasmOf).sort());
  expect(visited.complaints).toEqual([]);
});
