// The package in test runners and in runtimes other than Node.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../scripts/lib.mjs";
import { env } from "../../scripts/projects.mjs";
import { expect, expectMainJobDone, project, SANDBOX, test } from "./support";

/** Runs an npm script of a project. */
const npm = (name: string, ...args: string[]) =>
  run("npm", ["run", "--silent", ...args], { cwd: project(name).dir, env: { ...env, SANDBOX_URL: SANDBOX } });

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
      "connect names what is missing",
      "the package can be imported where the environment lacks what the core needs",
      "there is a page",
    ],
  },
  {
    runner: "vitest",
    json: "--reporter=json",
    tests: [
      "MSW's handlers answer a read, and lose the response to a top-up",
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
    expect(passed.map(({ title }) => title).sort()).toEqual(tests);
  });
}

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
