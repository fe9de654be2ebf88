// Examples that need a page: built as the documents say, served, and looked at in Chromium.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { dirname, join } from "node:path";
import { type Browser, chromium, type Page } from "@playwright/test";
import sirv from "sirv";
import { build, type InlineConfig } from "vite";
import webdriver from "../../webdriver.json" with { type: "json" };
import { documents, out } from "./documents";
import type { Block } from "./markdown";
import { onSandbox } from "./sandbox";

export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env["CHROME_BIN"] ?? "/usr/bin/chromium",
    args: webdriver["goog:chromeOptions"].args,
  });

/** The files that a document's blocks are, told of the sandbox, and others, in an empty folder. */
export function project(name: string, document: string, others: Readonly<Record<string, string>> = {}): string {
  const dir = join(out, "projects", name);
  rmSync(dir, { recursive: true, force: true });
  const blocks = documents.get(document)?.blocks ?? [];
  const files = blocks.filter((block): block is Block & { file: string } => block.file !== undefined);
  const all = { ...Object.fromEntries(files.map(({ file, code }) => [file, onSandbox(code)])), ...others };
  for (const [file, code] of Object.entries(all)) {
    mkdirSync(dirname(join(dir, file)), { recursive: true });
    writeFileSync(join(dir, file), code);
  }
  return dir;
}

/** A page that runs a script. */
export const pageOf = (script: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8" /><title>…</title><link rel="icon" href="data:," /></head>` +
  `<body><div id="root"></div><script type="module" src="${script}"></script></body></html>`;

/** Builds a project with Vite, and gives the folder of what came out. */
export async function viteBuild(root: string, config: InlineConfig = {}): Promise<string> {
  // As a reader's own project has it.
  writeFileSync(join(root, "tsconfig.json"), JSON.stringify({ compilerOptions: { jsx: "react-jsx" } }));
  await build({ root, configFile: false, logLevel: "error", ...config });
  return join(root, "dist");
}

export interface Site {
  readonly url: string;
  /** The paths that were asked for. */
  readonly asked: string[];
}

/** Serves folders, each under its path, while `use` runs. */
export async function serve<T>(
  folders: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>>,
  use: (site: Site) => Promise<T>,
): Promise<T> {
  const handlers = Object.entries(folders).map(([path, folder]) => [path, sirv(folder, { dev: true })] as const);
  const asked: string[] = [];
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const { url = "/" } = request;
    asked.push(url);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const [path, handler] = handlers.find(([path]) => url.startsWith(path)) ?? [];
    request.url = `/${url.slice(path?.length)}`;
    const missing = () => void response.writeHead(404, { "content-type": "text/plain" }).end("not here");
    if (handler) handler(request, response, missing);
    else missing();
  };
  const server: Server = createServer(answer).listen(0, "127.0.0.1");
  try {
    await new Promise((resolve, reject) => server.on("listening", resolve).on("error", reject));
    const address = server.address();
    if (typeof address !== "object" || !address) throw new Error("no address");
    return await use({ url: `http://127.0.0.1:${address.port}`, asked });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** A page of its own, and what it complained of. */
export async function open(browser: Browser, url: string): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.route("**/omi-token", async (route) => {
    const response = await fetch(onSandbox("http://127.0.0.1:8787/api/auth?apiKey=sandbox-partner-key"));
    const { payload }: { payload: { access_token: string } } = await response.json();
    await route.fulfill({ contentType: "text/plain", body: payload.access_token });
  });
  await page.goto(url);
  return { page, complaints };
}

/** The policy that a document gives. */
export function policyOf(document: string): string {
  const block = documents.get(document)?.blocks.find(({ language }) => language === "http");
  const [, policy] = /^Content-Security-Policy: (.+)$/m.exec(block?.code ?? "") ?? [];
  if (policy === undefined) throw new Error(`${document} gives no policy`);
  return policy;
}
