// The packages in test runners, Storybook, and in runtimes other than Node: the recipes of the testing guide are files of the projects.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { end, freePort, root, run, startServer } from "../../scripts/lib.mjs";
import { env } from "../../scripts/projects.mjs";
import { expect, expectMainJobDone, project, SANDBOX, test } from "./support";

/** Runs an npm script of a project. */
const npm = (name: string, ...args: string[]) =>
  run("npm", ["run", "--silent", ...args], { cwd: project(name).dir, env: { ...env, SANDBOX_URL: SANDBOX } });

/** The tests of the guide for vitest. */
const recipes = [
  "a call with an expired token gets a new token and continues",
  "a connection that is cut is a network error",
  "a partner without tenants gets an empty list",
  "a read is retried when the server is unavailable for a short time",
  "a top-up whose response is lost is executed once, and reconcile finds it",
  "the requests of the SDK get the sandbox's responses",
];

interface Report {
  testResults: { name: string; assertionResults: { title: string; status: string }[] }[];
}

for (const { runner, json, tests } of [
  {
    runner: "jest",
    json: "--json",
    tests: [
      "a new tenant can be found and topped up", // in Node's environment
      "a new tenant can be found and topped up", // in jsdom
      "connect and createSandbox name what is missing",
      "the package can be imported where the environment lacks what the core needs",
      "there is a page",
    ],
  },
  {
    runner: "vitest",
    json: "--reporter=json",
    tests: [
      // In jsdom and in Node's environment.
      ...[...recipes, ...recipes],
      "the main job runs where jsdom is the environment and the package is inlined",
    ],
  },
]) {
  test(`${runner} runs its tests, with jsdom and without`, async () => {
    const { code, output } = await npm(runner, "test", "--", json, "--outputFile=report.json");
    expect(code, output).toBe(0);
    const report = JSON.parse(readFileSync(join(project(runner).dir, "report.json"), "utf8")) as Report;
    const passed = report.testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .filter(({ status }) => status === "passed");
    expect(passed.map(({ title }) => title).sort()).toEqual(tests.toSorted());
  });
}

for (const name of ["vitest", "portal"]) {
  test(`TypeScript reports nothing in the recipes of ${name}`, async () => {
    const tsc = join(root, "node_modules", ".bin", "tsc");
    expect(await run(tsc, ["-p", project(name).dir, "--pretty", "false"])).toEqual({ code: 0, output: "" });
  });
}

test("Playwright runs its tests of a portal", async () => {
  const { dir, build } = project("portal");
  expect(build?.code, build?.output).toBe(0);
  const PORT = `${await freePort(0)}`;
  const { code, output } = await run("npm", ["test", "--", "--reporter=line"], { cwd: dir, env: { ...env, PORT } });
  expect([code, output]).toEqual([0, expect.stringContaining("5 passed")]);
});

test("Storybook's stories show what their sandboxes answer", async ({ page, serve }) => {
  const url = await serve({ folders: [join(project("portal").dir, "storybook-static")] });
  const requests: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  const open = (story: string) => page.goto(`${url}iframe.html?id=tenantlist--${story}`);
  const tenants = page.getByRole("listitem");

  await open("tenants");
  await expect(tenants).toHaveCount(20);
  await open("no-tenants");
  await expect(page.getByRole("button", { name: "Next page" })).toBeDisabled();
  await expect(page.getByText("Loading…")).toHaveCount(0);
  await expect(tenants).toHaveCount(0);
  await open("loading");
  await expect(page.getByText("Loading…")).toBeVisible();
  await open("refused");
  await expect(page.getByRole("alert")).toContainText("quota_exceeded");
  expect(requests.filter((request) => !request.startsWith(url))).toEqual([]);
});

test("npx omicall-partner-sandbox serves the API", async () => {
  const options = { cwd: project("portal").dir, env };
  const args = ["omicall-partner-sandbox", "--port", "0", "--admin", "--activation-ms", "300..600"];
  const { url, child } = await startServer("sandbox", "npx", args, { ...options, ready: /listening on (http:\S+)/ });
  try {
    const script = `import("./jobs/job.js").then(({ mainJob }) => mainJob("${url}")).then(JSON.stringify).then(console.log)`;
    const { code, output } = await run(process.execPath, ["--eval", script], options);
    expect([code, output]).toEqual([0, expect.stringMatching(/^\{.*\}$/)]);
    expectMainJobDone(JSON.parse(output));
  } finally {
    await end(child);
  }
});

for (const [runtime, ...args] of [
  ["bun", "start", "--", SANDBOX],
  ["deno", "start", "--", SANDBOX],
  ["workerd", "test"],
] as const) {
  test(`${runtime} runs the main job`, async () => {
    const { code, output } = await npm(runtime, ...args);
    const [outcome = ""] = /^\{.*\}$/m.exec(output) ?? [];
    expect([code, outcome], output).toEqual([0, expect.stringMatching(/./)]);
    expectMainJobDone(JSON.parse(outcome));
  });
}
