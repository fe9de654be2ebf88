// Follows documents from an empty folder, with npm's defaults, the packed packages and no Rust: each command, file and output in its order.
import type { StdioOptions } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import type { Browser } from "@playwright/test";
import { afterAll, beforeAll, expect, test } from "vitest";
import { end, run, type Server, startServer } from "../../scripts/lib.mjs";
import { env, pack } from "../../scripts/projects.mjs";
import { launch } from "./browser";
import { documentOf } from "./documents";
import { DOCUMENTED } from "./sandbox";

const dir = mkdtempSync(join(tmpdir(), "omicall-partner-"));
const PATH = join(dir, "bin");
const reader = { ...env, PATH };
let browser: Browser;

/** Makes a folder with the only programs that a reader needs. */
async function linkPrograms() {
  mkdirSync(PATH);
  const { output } = await run("sh", ["-c", "for name in node npm npx sh; do command -v $name; done"], { env });
  for (const program of output.trim().split("\n")) symlinkSync(program, join(PATH, basename(program)));
}

beforeAll(async () => {
  [browser] = await Promise.all([launch(), pack(dir), linkPrograms()]);
});
afterAll(async () => {
  await browser?.close();
  rmSync(dir, { recursive: true, force: true });
});

/** Opens a page, and returns the first line that its script writes to the console. */
async function consoleOf(url: string): Promise<string> {
  const page = await browser.newPage();
  const logged = page.waitForEvent("console", { predicate: (message) => message.type() === "log" });
  await page.goto(url);
  const text = (await logged).text();
  await page.close();
  return text;
}

/** Starts a server by a command, as the reader does. */
const start = (command: string, cwd: string, ready: RegExp) => {
  const stdio: StdioOptions = "pipe"; // esbuild's server ends when its input ends
  return startServer("server of the guide", "sh", ["-c", command], { cwd, env: reader, ready, stdio });
};

/** Runs a command as the reader does, and returns what it prints. For a command that serves a page, that is what the page prints. */
async function follow(command: string, cwd: string): Promise<string> {
  if (command.includes("--servedir")) {
    const { url, child } = await start(command, cwd, /(http:\/\/127\.0\.0\.1:\d+\/)/);
    return consoleOf(url).finally(() => end(child));
  }
  const { code, output } = await run("sh", ["-c", command], { cwd, env: reader });
  if (code !== 0) throw new Error(`${command}: exit code ${code}\n${output}`);
  return output;
}

test("the reader has Node.js, and no Rust", async () => {
  const find = (program: string) => run("sh", ["-c", `command -v ${program}`], { env: reader });
  expect((await find("node")).code).toBe(0);
  for (const program of ["cargo", "rustc", "rustup"]) expect((await find(program)).code).not.toBe(0);
});

test.each([
  ["docs/guides/quick-start.md", "3 of 120 tenants"],
  ["docs/guides/vi/quick-start.md", "3 trong số 120 doanh nghiệp"],
  ["pkg/README.md", undefined],
])("%s works from an empty folder", async (document, shownByPage) => {
  const cwd = join(dir, document);
  mkdirSync(cwd, { recursive: true });
  let printed = "";
  let sandbox: Server | undefined;
  for (const { file, language, code } of documentOf(document).blocks) {
    if (file !== undefined) {
      mkdirSync(dirname(join(cwd, file)), { recursive: true });
      writeFileSync(join(cwd, file), sandbox ? code.replaceAll(DOCUMENTED, sandbox.url) : code);
    } else if (language === "sh") {
      for (const line of code.split("\n")) {
        if (line.startsWith("npm run ")) continue; // in the clone
        const command = line.replace(/ +#.*$/, "").replace(/\S+\/(?=\S+\.tgz)/g, `${dir}/`);
        if (command === "npx omicall-partner-sandbox") {
          sandbox = await start(`${command} --port 0`, cwd, /^sandbox listening on (http:\S+)/);
          continue;
        }
        printed = await follow(command, cwd);
        if (command.includes("--servedir")) expect(printed).toBe(shownByPage);
      }
    } else if (language === "text") expect(printed).toBe(code);
  }
  if (sandbox) await end(sandbox.child);
  expect(printed).not.toBe("");
});
