// Follows documents from an empty folder, with npm's defaults and the packed package: each command, file and output in its order.
import type { StdioOptions } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Browser } from "@playwright/test";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { end, run, startServer } from "../../scripts/lib.mjs";
import { env, pack } from "../../scripts/projects.mjs";
import { launch } from "./browser";
import { documentOf } from "./documents";
import { reset, withSandboxUrl } from "./sandbox";

const dir = mkdtempSync(join(tmpdir(), "omicall-partner-"));
let tarball: string;
let browser: Browser;

beforeAll(async () => {
  [browser, { sdk: tarball }] = await Promise.all([launch(), pack(dir)]);
});
afterAll(async () => {
  await browser?.close();
  rmSync(dir, { recursive: true, force: true });
});
beforeEach(reset);

/** A tarball of the package in a command. */
const TARBALL = /\S+\/omicall-partner-\S+\.tgz/;

/** Opens a page, and returns the first line that its script writes to the console. */
async function consoleOf(url: string): Promise<string> {
  const page = await browser.newPage();
  const logged = page.waitForEvent("console", { predicate: (message) => message.type() === "log" });
  await page.goto(url);
  const text = (await logged).text();
  await page.close();
  return text;
}

/** Runs a command as the reader does, and returns what it prints. For a command that serves a page, that is what the page prints. */
async function follow(command: string, cwd: string): Promise<string> {
  const args = ["-c", command.replace(TARBALL, tarball)];
  if (command.includes("--servedir")) {
    const ready = /(http:\/\/127\.0\.0\.1:\d+\/)/;
    const stdio: StdioOptions = "pipe"; // esbuild's server ends when its input ends
    const { url, child } = await startServer("server of the guide", "sh", args, { cwd, env, ready, stdio });
    return consoleOf(url).finally(() => end(child));
  }
  const { code, output } = await run("sh", args, { cwd, env });
  if (code !== 0) throw new Error(`${command}: exit code ${code}\n${output}`);
  return output;
}

test.each([
  ["docs/guides/quick-start.md", "3 of 120 tenants"],
  ["docs/guides/vi/quick-start.md", "3 trong số 120 doanh nghiệp"],
  ["pkg/README.md", undefined],
])("%s works from an empty folder", async (document, shownByPage) => {
  const cwd = join(dir, document);
  mkdirSync(cwd, { recursive: true });
  let printed = "";
  for (const { file, language, code } of documentOf(document).blocks) {
    if (file !== undefined) {
      mkdirSync(dirname(join(cwd, file)), { recursive: true });
      writeFileSync(join(cwd, file), withSandboxUrl(code));
    } else if (language === "sh") {
      for (const command of code.split("\n")) {
        if (command.startsWith("npm run ")) continue; // in the clone
        printed = await follow(command, cwd);
        if (command.includes("--servedir")) expect(printed).toBe(shownByPage);
      }
    } else if (language === "text") expect(printed).toBe(code);
  }
  expect(printed).not.toBe("");
});
