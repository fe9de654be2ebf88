// Shared by the tests: the projects, servers for their builds, and assertions for every page that uses the package.
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { test as base, expect, type Page, type Request, type Response } from "@playwright/test";
import sirv from "sirv";
import type { Project } from "../../scripts/projects.mjs";

export { expect };

const { PROJECTS = "", SANDBOX_URL = "" } = process.env;
export const SANDBOX = SANDBOX_URL;
const setUp = JSON.parse(readFileSync(PROJECTS, "utf8")) as { tarball: string; projects: Record<string, Project> };
export const { tarball, projects } = setUp;

export function project(name: string): Project {
  const found = projects[name];
  if (!found) throw new Error(`There is no project ${name}.`);
  return found;
}

/** The path of a file of the package that a project has installed. */
export const installed = (name: string, ...path: string[]) =>
  join(project(name).dir, "node_modules", "omicall-partner", ...path);

export type Headers = Record<string, string>;

export interface Site {
  /** The served folders; the first one that has the file is used. */
  readonly folders: readonly string[];
  /** A response for some paths, which takes precedence over the folders. */
  readonly override?: { readonly path: RegExp; readonly status: number; readonly body: string };
  headers?(path: string): Headers;
}

interface Fixtures {
  /** Serves files on a new origin until the test ends. */
  serve(site: Site): Promise<string>;
}

export const test = base.extend<Fixtures>({
  serve: async ({}, use) => {
    const servers: Server[] = [];
    await use(async ({ folders, override, headers }) => {
      const handlers = folders.map((folder) =>
        sirv(folder, {
          setHeaders: (response, path) => {
            for (const [name, value] of Object.entries(headers?.(path) ?? {})) response.setHeader(name, value);
          },
        }),
      );
      const server = createServer((request, response) => {
        if (override?.path.test(request.url ?? "")) {
          response.writeHead(override.status, { "content-type": "text/html" }).end(override.body);
          return;
        }
        const notFound = () => response.writeHead(404).end();
        handlers.reduceRight<() => void>((next, handler) => () => handler(request, response, next), notFound)();
      });
      servers.push(server);
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    });
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  },
});

/** The outcome of a page and its network activity. */
export interface Visit {
  outcome: Record<string, unknown>;
  /** Errors and warnings on the console, page errors, failed requests and policy violations. */
  problems: string[];
  responses: Response[];
}

export type Query = Record<string, string> | string[][];

/** Opens a page and waits for the outcome of its job. */
export async function visit(page: Page, url: string, query: Query = {}): Promise<Visit> {
  const problems: string[] = [];
  const responses: Response[] = [];
  const onFailed = (request: Request) => problems.push(`${request.url()}: ${request.failure()?.errorText}`);
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("requestfailed", onFailed);
  page.on("response", (response) => responses.push(response));

  const pageUrl = new URL(url);
  pageUrl.search = new URLSearchParams(query).toString();
  pageUrl.searchParams.set("sandbox", SANDBOX);
  await page.goto(pageUrl.href);
  const output = page.getByRole("status");
  await expect(output).not.toBeEmpty({ timeout: 20_000 });
  const outcome = JSON.parse(await output.innerText()) as Record<string, unknown>;
  return { outcome, problems, responses };
}

export const expectMainJobDone = (outcome: Record<string, unknown>) =>
  expect(outcome).toEqual({
    id: expect.any(String),
    status: "activated",
    found: [outcome["id"]],
    balance: 500_000,
  });

/** The source of the core: the `.wasm` file, or the copy in a script. A script that uses the file may also contain the copy. */
export type Core = "file" | "copy" | "file, not copy";

export const isWasm = (response: Response) => new URL(response.url()).pathname.endsWith(".wasm");

/** A part of the copy's text, by which the copy is recognised in any file of a bundler. */
const excerptOfCopy = () =>
  /[\w+/]{1000}([\w+/]{60})/.exec(readFileSync(installed("plain", "dist", "embedded.js"), "utf8"))?.[1] ?? "";

export async function scriptsWithCopy(responses: readonly Response[]): Promise<Response[]> {
  const excerpt = excerptOfCopy();
  const isScript = (response: Response) => /javascript/.test(response.headers()["content-type"] ?? "");
  const scripts = responses.filter((response) => isScript(response) && response.status() === 200);
  const texts = await Promise.all(scripts.map((response) => response.text()));
  return scripts.filter((_, i) => texts[i]?.includes(excerpt));
}

/** Expects that the core was fetched once, and only from the given source. */
async function expectCoreFrom(core: Core, { responses }: Visit): Promise<void> {
  const files = responses.filter(isWasm);
  expect(files.map((response) => response.status())).toEqual(core === "copy" ? [] : [200]);
  for (const file of files) {
    const original = readFileSync(installed("plain", "wasm", "omicall_partner_bg.wasm"));
    // Fetched again, because Playwright decodes the bytes of a text/plain response.
    expect(original.equals(new Uint8Array(await (await fetch(file.url())).arrayBuffer()))).toBe(true);
  }
  expect(await scriptsWithCopy(responses)).toHaveLength(core === "file" ? 0 : 1);
}

/** Opens a page that runs the main job, and checks its outcome and its requests. */
export async function expectMainJob(
  page: Page,
  url: string,
  core: Core,
  query?: Record<string, string>,
): Promise<Visit> {
  const visited = await visit(page, url, query);
  expectMainJobDone(visited.outcome);
  await expectCoreFrom(core, visited);
  expect(visited.problems).toEqual([]);
  return visited;
}
