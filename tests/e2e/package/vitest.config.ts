// Used by `npm test -- package-chrome package-firefox`, which sets the environment variables below.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { webdriverio } from "@vitest/browser-webdriverio";
import sirv from "sirv";
import { defineConfig, type Plugin } from "vitest/config";
import webdriver from "../../../webdriver.json" with { type: "json" };

const {
  BROWSER = "chrome",
  CHROME_BIN,
  CHROMEDRIVER,
  FIREFOX_BIN,
  GECKODRIVER,
  PROPERTY_SEED = "1",
  SANDBOX_URL = "",
  SANDBOX_TLS_URL = "",
  SANDBOX_TLS_HTTP1_URL = "",
} = process.env;

const capabilities = {
  acceptInsecureCerts: true, // for the sandbox's certificate
  ...(BROWSER === "firefox"
    ? {
        "moz:firefoxOptions": { ...webdriver["moz:firefoxOptions"], binary: FIREFOX_BIN },
        "wdio:geckodriverOptions": { binary: GECKODRIVER },
      }
    : {
        "goog:chromeOptions": { ...webdriver["goog:chromeOptions"], binary: CHROME_BIN },
        "wdio:chromedriverOptions": { binary: CHROMEDRIVER },
      }),
};

/** The first TypeScript block of a README that is marked `run`, as a module. */
const readmeExample: Plugin = {
  name: "readme-example",
  resolveId: (id) => (id.startsWith("readme:") ? `/${id}.ts` : undefined),
  load(id) {
    const file = /^\/readme:(.*)\.ts$/.exec(id)?.[1];
    if (file === undefined) return undefined;
    const text = readFileSync(join(import.meta.dirname, "../../..", file), "utf8");
    const code = /^```ts run\n(.*?)^```$/ms.exec(text)?.[1];
    if (code === undefined) throw new Error(`${file} has no TypeScript block marked run`);
    return code;
  },
};

/**
 * Responses that tests cannot stub: /elsewhere/... redirects to the sandbox, /missing/... is a 404 in plain text, and /guarded/... needs
 * the cookie of a session.
 */
const specialResponses: Plugin = {
  name: "special-responses",
  configureServer({ middlewares }) {
    middlewares.use("/elsewhere", ({ url }, response) => {
      response.writeHead(307, { location: `${SANDBOX_URL}${url}` }).end();
    });
    middlewares.use("/missing", (_, response) => {
      response.writeHead(404, { "content-type": "text/plain" }).end("no such file");
    });
    middlewares.use("/guarded", ({ headers }, response) => {
      if (!headers.cookie?.includes("session=test")) return void response.writeHead(401).end();
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify({ status_code: 9999, payload: { id: "a1", status: "activated", items: [] } }));
    });
  },
};

/** A page with a strict Content Security Policy, and the package, both served without a bundler. */
const strictPages: Plugin = {
  name: "strict-pages",
  configureServer({ middlewares }) {
    const pkg = join(import.meta.dirname, "../../../pkg");
    for (const [page, scripts] of [
      ["wasm", "'self' 'wasm-unsafe-eval'"],
      ["no-wasm", "'self'"],
    ]) {
      middlewares.use(`/csp/${page}/dist`, sirv(join(pkg, "dist"), { dev: true }));
      middlewares.use(`/csp/${page}/wasm`, sirv(join(pkg, "wasm"), { dev: true }));
      middlewares.use(`/csp/${page}`, (request, response, next) => {
        const policy = `default-src 'self'; script-src ${scripts}; connect-src 'self' ${SANDBOX_URL}`;
        response.setHeader("content-security-policy", policy);
        sirv(join(import.meta.dirname, "csp"), { dev: true })(request, response, next);
      });
    }
  },
};

export default defineConfig({
  root: import.meta.dirname,
  plugins: [readmeExample, specialResponses, strictPages],
  cacheDir: `../../../node_modules/.vite/package-tests-${BROWSER}`,
  // A dependency that Vite discovers only during the tests would make it reload the page.
  optimizeDeps: { include: ["fast-check"] },
  test: {
    include: ["**/*.test.ts", "../../sandbox/tests/npm/create-sandbox.test.ts"],
    env: { SANDBOX_URL, SANDBOX_TLS_URL, SANDBOX_TLS_HTTP1_URL, BROWSER, PROPERTY_SEED }, // import.meta.env in the tests
    testTimeout: 30_000,
    fileParallelism: false, // the files share the sandbox and start by resetting it
    browser: {
      enabled: true,
      headless: true,
      ui: false,
      screenshotFailures: false,
      provider: webdriverio({ capabilities, logLevel: "warn" }),
      instances: [{ browser: BROWSER === "firefox" ? "firefox" : "chrome" }],
    },
  },
});
