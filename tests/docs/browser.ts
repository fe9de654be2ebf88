// Builds and serves the examples that are pages, and opens them in Chromium.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { dirname, join } from "node:path";
import { type Browser, chromium, type Page } from "@playwright/test";
import sirv from "sirv";
import { build, type InlineConfig } from "vite";
import webdriver from "../../webdriver.json" with { type: "json" };
import { documentOf, out } from "./documents";
import type { Block } from "./markdown";
import { token, withSandboxUrl } from "./sandbox";

export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env["CHROME_BIN"] ?? "/usr/bin/chromium",
    args: webdriver["goog:chromeOptions"].args,
  });

/** Writes the blocks of a document that are files, and other files, into an empty folder. */
export function project(name: string, document: string, others: Readonly<Record<string, string>> = {}): string {
  const dir = join(out, "projects", name);
  rmSync(dir, { recursive: true, force: true });
  const blocks = documentOf(document).blocks.filter(
    (block): block is Block & { file: string } => block.file !== undefined,
  );
  const files = { ...Object.fromEntries(blocks.map(({ file, code }) => [file, withSandboxUrl(code)])), ...others };
  for (const [file, code] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, file)), { recursive: true });
    writeFileSync(join(dir, file), code);
  }
  return dir;
}

/** A file of create-vite's template, which the React guide starts from. */
export const reactTemplate = (file: string): string =>
  readFileSync(join(import.meta.dirname, "../../node_modules/create-vite/template-react-ts", file), "utf8");

/** A page that runs a script. */
export const pageOf = (script: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8" /><title>…</title><link rel="icon" href="data:," /></head>` +
  `<body><div id="root"></div><script type="module" src="${script}"></script></body></html>`;

/** The default target of Vite 5 and 6. */
export const MODULES = ["es2020", "edge88", "firefox78", "chrome87", "safari14"];

/** Builds a project with Vite for the browsers of Vite 5 and 6, and returns the output folder. */
export async function viteBuild(root: string, config: InlineConfig = {}): Promise<string> {
  // The template of the React guide has this setting.
  writeFileSync(join(root, "tsconfig.json"), JSON.stringify({ compilerOptions: { jsx: "react-jsx" } }));
  await build({ root, configFile: false, logLevel: "error", build: { target: MODULES }, ...config });
  return join(root, "dist");
}

export interface Site {
  readonly url: string;
  /** The paths of all requests. */
  readonly paths: string[];
}

/** Serves folders, each under its path, until `use` has finished. */
export async function serve<T>(
  folders: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>>,
  use: (site: Site) => Promise<T>,
): Promise<T> {
  const handlers = Object.entries(folders).map(([path, folder]) => [path, sirv(folder, { dev: true })] as const);
  const paths: string[] = [];
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    const { url = "/" } = request;
    paths.push(url);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const [path, handler] = handlers.find(([path]) => url.startsWith(path)) ?? [];
    request.url = `/${url.slice(path?.length)}`;
    const notFound = () => void response.writeHead(404, { "content-type": "text/plain" }).end("not found");
    if (handler) handler(request, response, notFound);
    else notFound();
  };
  const server: Server = createServer(listener).listen(0, "127.0.0.1");
  try {
    await new Promise((resolve, reject) => server.on("listening", resolve).on("error", reject));
    const address = server.address();
    if (typeof address !== "object" || !address) throw new Error("The server has no address.");
    return await use({ url: `http://127.0.0.1:${address.port}`, paths });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** Opens a new page, and collects its errors. */
export async function open(browser: Browser, url: string): Promise<{ page: Page; errors: string[] }> {
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.route("**/omi-token", async (route) => route.fulfill({ contentType: "text/plain", body: await token() }));
  await page.goto(url);
  return { page, errors };
}

/** Returns the Content Security Policy in a document. */
export function policyOf(document: string): string {
  const block = documentOf(document).blocks.find(({ language }) => language === "http");
  const [, policy] = /^Content-Security-Policy: (.+)$/m.exec(block?.code ?? "") ?? [];
  if (policy === undefined) throw new Error(`${document} has no policy.`);
  return policy;
}
