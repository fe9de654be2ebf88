// Pages with special servers, most of them without a bundler.
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

test("a page without a bundler runs the main job", async ({ page, serve }) => {
  await expectMainJob(page, await serve({ folders: plain() }), "file");
});

test("a worker without a bundler runs the main job", async ({ page, serve }) => {
  await expectMainJob(page, await serve({ folders: plain() }), "file", { do: "worker" });
  expect(page.workers()).toHaveLength(1);
});

test("a page runs the main job with the package from another origin whose server has no MIME type for WebAssembly", async ({
  page,
  serve,
}, testInfo) => {
  const folder = testInfo.outputPath("other-origin");
  cpSync(installed("plain"), join(folder, "npm", "omicall-partner@0.1.0"), { recursive: true });
  const headers = (path: string) => ({
    "access-control-allow-origin": "*",
    ...(path.endsWith(".wasm") && { "content-type": "text/plain" }),
  });
  const base = `${await serve({ folders: [folder], headers })}npm/omicall-partner@0.1.0/`;
  const url = `${await serve({ folders: plain() })}other-origin.html`;
  const { responses } = await expectMainJob(page, url, "file", { package: `${base}dist/index.js` });
  const fromOtherOrigin = responses.filter((response) => response.url().startsWith(base));
  expect(fromOtherOrigin.map((response) => [response.url(), response.headers()["content-type"]])).toEqual([
    [`${base}dist/index.js`, expect.stringContaining("javascript")],
    [`${base}wasm/omicall_partner_bg.wasm`, "text/plain"],
  ]);
});

for (const [content, status] of [
  ["nothing", 404],
  ["an HTML page", 200],
] as const) {
  test(`a page runs the main job when ${content} is served instead of the .wasm file`, async ({ page, serve }) => {
    const override = { path: /\.wasm$/, status, body: "<!doctype html><title>The app's own page</title>" };
    const visited = await visit(page, await serve({ folders: plain(), override }));
    expectMainJobDone(visited.outcome);
    expect(visited.responses.filter(isWasm).map((response) => response.status())).toEqual([status]);
    expect(await scriptsWithCopy(visited.responses)).toHaveLength(1);
    const problems = status === 404 ? [expect.stringContaining("404")] : [];
    expect(visited.problems).toEqual(problems);
  });
}

for (const { bundler, folders, file, core } of [
  { bundler: "vite", folders: ["dist"], file: "", core: "file" },
  { bundler: "esbuild", folders: ["dist", "public"], file: "modules.html", core: "copy" },
] as const) {
  test(`a build of ${bundler} runs the main job with a strict Content Security Policy`, async ({ page, serve }) => {
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

test("two copies of the package on one page do not affect each other", async ({ page, serve }) => {
  const here = await serve({ folders: plain() });
  const otherOrigin = await serve({
    folders: [join(installed("node"), "..")],
    headers: () => ({ "access-control-allow-origin": "*" }),
  });
  const copies = [`${here}node_modules/omicall-partner/dist/index.js`, `${otherOrigin}omicall-partner/dist/index.js`];
  const visited = await visit(
    page,
    `${here}two-copies.html`,
    copies.map((copy) => ["copy", copy]),
  );

  const jobs = visited.outcome["jobs"] as Record<string, unknown>[];
  expect(jobs).toHaveLength(2);
  jobs.forEach(expectMainJobDone);
  const validationError = (field: string, isA: boolean[]) => ({ name: "ValidationError", fields: [field], isA });
  expect(visited.outcome).toEqual({
    jobs,
    balance: 1_000_000,
    errors: [validationError("id", [true, false]), validationError("id", [false, true])],
    closed: validationError("client", [true, false]),
    otherClientWorks: true,
    newGlobals: [],
  });
  const files = visited.responses.filter(isWasm).map((response) => response.url());
  const wasmOf = (copy: string) => new URL("../wasm/omicall_partner_bg.wasm", copy).href;
  expect(files.sort()).toEqual(copies.map(wasmOf).sort());
  expect(visited.problems).toEqual([]);
});
