// The site for the browser: every contender's bundle, the page that measures it, and a page that only makes one call.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { build } from "esbuild";
import sirv from "sirv";
import { packed, root } from "../../../scripts/lib.mjs";

const bench = join(root, "tests", "bench");

/** The contenders, in the order of the table. */
export const contenders = /** @type {const} */ ([
  "fetch",
  "omicall-partner",
  "openapi-fetch",
  "ky-zod",
  "axios-zod",
  "ky-zod-jitless",
  "axios-zod-jitless",
]);
/** @typedef {typeof contenders[number]} Contender */

export const OURS = "omicall-partner";

/** Whether a contender checks responses. @param {Contender} contender */
export const checks = (contender) => contender !== "fetch" && contender !== "openapi-fetch";

/** @typedef {{ script: number, wasm: number, scriptBrotli: number, wasmBrotli: number }} Size in bytes */

/** The smallest valid module: magic number and version. */
const EMPTY_MODULE = Buffer.from([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]);

/** @param {string} title @param {string} script */
const html = (title, script) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>${title}</title>
    <link rel="icon" href="data:," />
    <script type="module">${script}</script>
  </head>
  <body></body>
</html>
`;

/** A page that makes one call with the parameters of its URL, and measures the time since the navigation. */
const firstCall = `
  import { connect } from "./index.js";
  const { baseUrl, token } = Object.fromEntries(new URLSearchParams(location.search));
  globalThis.first = (async () => {
    const { list } = await connect({ baseUrl, token });
    const { items } = await list(1, 50);
    return { ms: performance.now(), items: items.length };
  })();
`;

/** Whether browsers fetch a file of a bundle; the embedded copy of the core is loaded only where the .wasm file is missing. @param {string} file */
const isFetched = (file) => file === "index.js" || file.endsWith(".wasm");

/**
 * Builds a contender's bundle as an app would.
 * @param {Contender} contender @param {string} dir @returns {Promise<Size>}
 */
async function bundle(contender, dir) {
  await build({
    entryPoints: { index: join(bench, "contenders", `${contender}.ts`) },
    outdir: dir,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    splitting: true,
    chunkNames: "chunk-[hash]",
    publicPath: `/contenders/${contender}`,
    loader: { ".wasm": "file" },
    logLevel: "warning",
  });
  writeFileSync(join(dir, "first.html"), html(contender, firstCall));
  const size = { script: 0, wasm: 0, scriptBrotli: 0, wasmBrotli: 0 };
  for (const file of readdirSync(dir)) {
    const bytes = readFileSync(join(dir, file));
    const compressed = packed(bytes);
    writeFileSync(join(dir, `${file}.br`), compressed);
    if (!isFetched(file)) continue;
    const kind = file.endsWith(".wasm") ? "wasm" : "script";
    size[kind] += bytes.length;
    size[`${kind}Brotli`] += compressed.length;
  }
  return size;
}

/**
 * Builds the site; needs the built package.
 * @param {string} dir @param {Map<number, string>} responses by their number of tenants
 */
export async function buildSite(dir, responses) {
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(join(dir, "responses"), { recursive: true });
  for (const [size, text] of responses) writeFileSync(join(dir, "responses", `${size}.json`), text);
  writeFileSync(join(dir, "empty.wasm"), EMPTY_MODULE);
  writeFileSync(join(dir, "blank.html"), html("Blank", ""));
  writeFileSync(join(dir, "index.html"), html("Benchmark", 'import "./page.js";'));
  await build({
    entryPoints: [join(bench, "page", "page.ts")],
    outdir: dir,
    bundle: true,
    format: "esm",
    target: "es2022",
    logLevel: "warning",
  });
  /** @type {Map<Contender, Size>} */
  const sizes = new Map();
  for (const contender of contenders) {
    const to = join(dir, "contenders", contender);
    mkdirSync(to, { recursive: true });
    sizes.set(contender, await bundle(contender, to));
  }
  return sizes;
}

/** Cross-origin isolation, which gives a page a clock with a resolution of 5 µs. */
const ISOLATED = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};

/** Serves the site like a CDN: compressed, and cacheable without limit. @param {string} dir */
export async function serveSite(dir) {
  const files = sirv(dir, {
    brotli: true,
    maxAge: 31_536_000,
    immutable: true,
    setHeaders: (response, path) => {
      if (path !== "/") return;
      for (const [name, value] of Object.entries(ISOLATED)) response.setHeader(name, value);
    },
  });
  const server = createServer((request, response) => {
    files(request, response, () => {
      response.writeHead(404).end();
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof serveSite>>} Site */
