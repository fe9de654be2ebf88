// Sets everything up, builds, and runs the test suites: npm test -- [SUITE...] [--list]
import { AsyncLocalStorage } from "node:async_hooks";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { buildPackages, outdatedApiReports } from "./build.mjs";
import {
  buildSandbox,
  CliError,
  end,
  env,
  freePort,
  main,
  paint,
  readText,
  root,
  run,
  seconds,
  startSandbox,
  startServer,
  viteScript,
} from "./lib.mjs";
import { setUpProjects } from "./projects.mjs";
import { setup } from "./setup.mjs";

/** @import { Server } from "./lib.mjs" */
/** @import { Browsers } from "./setup.mjs" */
/** @typedef {{ passed: number, failed: number }} Counts */
/** @typedef {"lint" | "npm" | "package" | "sandbox" | "browsers"} Need */
/**
 * What a suite may use, if it needs it. Servers that `serve` gets are ended after the suite.
 * @typedef {{ browsers: Browsers, sandboxProgram: string, serve: (server: Promise<Server>) => Promise<string> }} Context
 */
/** @typedef {{ about: string, needs: Need[], run: (context: Context) => Promise<Counts> }} Suite */

const results = join(root, "tests", "e2e", "results");
const node = process.execPath;
const bin = (/** @type {string} */ name) => join(root, "node_modules", ".bin", name);

/** The output of a suite that runs beside another one: it is printed when that one has ended. @type {AsyncLocalStorage<string[]>} */
const buffer = new AsyncLocalStorage();
const print = (/** @type {string} */ line) => {
  const lines = buffer.getStore();
  if (lines) lines.push(line);
  else console.log(line);
};

/**
 * Runs a command and prints its output.
 * @param {string} command @param {string[]} args @param {NodeJS.ProcessEnv} [extraEnv]
 */
const show = (command, args, extraEnv) =>
  run(command, args, {
    env: { ...env, ...(process.stdout.isTTY ? { CARGO_TERM_COLOR: "always", FORCE_COLOR: "1" } : {}), ...extraEnv },
    onLine: print,
    timeoutMinutes: 20,
  });

/** A run with an exit code other than 0, or without any test, counts as a failure. @param {number} code @param {Counts} counts */
function judge(code, { passed, failed }) {
  if (failed > 0 || (code === 0 && passed > 0)) return { passed, failed };
  print(code === 0 ? "No test ran: counted as a failure." : `Exit code ${code}: counted as a failure.`);
  return { passed, failed: 1 };
}

/** Counts the lines `test result: ok. 3 passed; 0 failed; …` of cargo test. @param {{ code: number, output: string }} run */
function judgeCargo({ code, output }) {
  const results = [...output.matchAll(/^test result: \w+\. (\d+) passed; (\d+) failed/gm)];
  const sum = (/** @type {number} */ group) => results.reduce((sum, match) => sum + Number(match[group]), 0);
  return judge(code, { passed: sum(1), failed: sum(2) });
}

/**
 * Runs a command that writes a JSON report.
 * @param {string} suite @param {(file: string) => Promise<{ code: number }>} command @param {(report: any) => Counts} count
 */
async function judgeReport(suite, command, count) {
  mkdirSync(results, { recursive: true });
  const file = join(results, `${suite}.json`);
  rmSync(file, { force: true });
  const { code } = await command(file);
  const counts = existsSync(file) ? count(JSON.parse(readFileSync(file, "utf8"))) : { passed: 0, failed: 0 };
  return judge(code, counts);
}

/** Runs the vitest tests of a folder. @param {string} suite @param {string} dir @param {NodeJS.ProcessEnv} [extraEnv] */
const vitest = (suite, dir, extraEnv) =>
  judgeReport(
    suite,
    (file) => {
      const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
      return show(bin("vitest"), ["run", "--config", join(dir, "vitest.config.ts"), ...reporters], extraEnv);
    },
    ({ numPassedTests, numFailedTests }) => ({ passed: numPassedTests, failed: numFailedTests }),
  );

/** Runs the Playwright tests of a folder. @param {string} suite @param {string} dir @param {NodeJS.ProcessEnv} extraEnv */
const playwright = (suite, dir, extraEnv) =>
  judgeReport(
    suite,
    (file) => {
      const cli = join(root, "node_modules", "@playwright", "test", "cli.js");
      const config = join(dir, "playwright.config.ts");
      return show(node, [cli, "test", "--config", config], { PLAYWRIGHT_JSON_OUTPUT_FILE: file, ...extraEnv });
    },
    ({ stats, errors }) => ({
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected + (errors.length > 0 && stats.unexpected === 0 ? 1 : 0),
    }),
  );

/** @param {string} crate @param {string[]} [args] @param {NodeJS.ProcessEnv} [extraEnv] */
const cargoTest = async (crate, args = [], extraEnv) =>
  judgeCargo(await show("cargo", ["test", "--locked", "--no-fail-fast", "-p", crate, ...args], extraEnv));

/** The contract tests of the sandbox, against its npm package. @param {"node" | "in-process"} door @param {string[]} skip */
const sandboxPackage = (door, skip) =>
  cargoTest("omicall-sandbox", ["--test", "contract", "--", ...skip.flatMap((name) => ["--skip", name])], {
    SANDBOX_DOOR: door,
  });

/** @param {Context} context @param {string[]} [flags] @param {number} [port] */
const sandbox = ({ sandboxProgram, serve }, flags = [], port = 0) =>
  serve(startSandbox(sandboxProgram, ["--port", `${port}`, "--admin", "--activation-ms", "300..600", ...flags]));

/** Where the tests find the browsers and drivers. @param {Context} context */
const browserEnv = ({ browsers: { chrome, chromedriver, firefox, geckodriver } }) => ({
  CHROME_BIN: chrome,
  CHROMEDRIVER: chromedriver,
  FIREFOX_BIN: firefox,
  GECKODRIVER: geckodriver,
});

const typescriptProjects =
  "src pkg tests/sandbox/pkg tests/sandbox/tests/npm www scripts tests/e2e tests/portal tests/package tests/soak tests/docs docs/playground tests/release tests/types tests/size tests/bench";
const lintCommands = [
  "cargo fmt --all --check",
  "cargo clippy --locked --workspace --all-targets -- -D warnings",
  "cargo clippy --locked -p omicall-partner --all-targets --target wasm32-unknown-unknown -- -D warnings",
  "cargo clippy --locked -p omicall-sandbox --lib --target wasm32-unknown-unknown -- -D warnings",
  ...typescriptProjects.split(" ").map((dir) => `tsc -p ${dir} --noEmit`),
  "prettier --check --log-level warn .",
  "publint --strict --pack npm pkg",
  "publint --strict --pack npm tests/sandbox/pkg",
  // The .wasm file is no module that could have types.
  "attw --pack pkg --profile esm-only --exclude-entrypoints omicall_partner_bg.wasm",
  "attw --pack tests/sandbox/pkg --profile esm-only",
];

async function lint() {
  const counts = { passed: 0, failed: 0 };
  const report = (/** @type {string} */ name, /** @type {boolean} */ ok, /** @type {string} */ output) => {
    counts[ok ? "passed" : "failed"]++;
    print(ok ? `  ok      ${name}` : `${output}\n  FAILED  ${name}`);
  };
  for (const line of lintCommands) {
    const [name = "", ...args] = line.split(" ");
    const { code, output } = await run(existsSync(bin(name)) ? bin(name) : name, args, { timeoutMinutes: 20 });
    report(line, code === 0, output);
  }
  const outdated = outdatedApiReports().join(", ");
  report(
    "API reports",
    !outdated,
    `The public types have changed: ${outdated}; \`npm run build\` writes the new reports.`,
  );
  return counts;
}

/** Tests that run inside a browser, by wasm-pack. @param {"chrome" | "firefox"} browser @param {Context} context */
async function web(browser, context) {
  // The tests have the sandbox's address compiled in. The same port in every run, if it is free, saves compiling them again.
  const url = await sandbox(context, [], (await freePort(8790)) ?? 0);
  const { chrome, chromedriver, firefox, geckodriver } = context.browsers;
  const [options, binary, driver] =
    browser === "chrome"
      ? ["goog:chromeOptions", chrome, ["--chrome", "--chromedriver", chromedriver]]
      : ["moz:firefoxOptions", firefox, ["--firefox", "--geckodriver", geckodriver]];
  mkdirSync(results, { recursive: true });
  const file = join(results, `webdriver-${browser}.json`);
  const webdriver = JSON.parse(readText("webdriver.json"));
  writeFileSync(file, JSON.stringify({ [options]: { ...webdriver[options], binary } }));
  const args = ["test", "--mode", "no-install", "--headless", ...driver, root, "--locked", "--lib", "--test=*"];
  return judgeCargo(
    await show("wasm-pack", args, {
      // wasm-pack sets the one that it needs.
      CHROMEDRIVER: undefined,
      GECKODRIVER: undefined,
      SANDBOX_URL: url,
      WASM_BINDGEN_TEST_WEBDRIVER_JSON: file,
      WASM_BINDGEN_TEST_TIMEOUT: "120",
    }),
  );
}

/** @param {"chrome" | "firefox"} browser @param {Context} context */
const builtPackage = async (browser, context) =>
  vitest(`package-${browser}`, "tests/e2e/package", {
    ...browserEnv(context),
    BROWSER: browser,
    SANDBOX_URL: await sandbox(context),
    SANDBOX_TLS_URL: await sandbox(context, ["--tls"]),
    SANDBOX_TLS_HTTP1_URL: await sandbox(context, ["--tls", "--http1"]),
  });

/** Builds the portal for a sandbox of its own and serves it. @param {Context} context @param {string} name */
async function portalSite(context, name) {
  const sandboxUrl = await sandbox(context);
  const options = { cwd: join(root, "www"), env: { ...env, VITE_SANDBOX_URL: sandboxUrl } };
  const out = ["--outDir", join(results, `portal-dist-${name}`)];
  const build = [viteScript(), "build", ...out, "--emptyOutDir", "--logLevel", "warn"];
  const { code } = await run(node, build, { ...options, onLine: print });
  if (code !== 0) throw new CliError("The portal can't be built; the errors are above.");
  const port = ["--host", "127.0.0.1", "--port", `${await freePort(0)}`, "--strictPort"];
  const args = [viteScript(), "preview", ...out, ...port];
  const portalUrl = await context.serve(
    startServer("portal", node, args, { ...options, ready: /Local:\s+(http:\S+)/ }),
  );
  return { portalUrl, sandboxUrl };
}

/** Builds the demo, the portal with the sandbox in its page. */
async function buildDemo() {
  const outDir = join(results, "portal-dist-demo");
  const build = [viteScript(), "build", "--mode", "demo", "--outDir", outDir, "--emptyOutDir", "--logLevel", "warn"];
  const { code } = await run(node, build, { cwd: join(root, "www"), env, onLine: print });
  if (code !== 0) throw new CliError("The demo can't be built; the errors are above.");
  return outDir;
}

/** @param {Context} context */
async function tarball(context) {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), "omicall-partner-")));
  const clear = () => rmSync(dir, { recursive: true, force: true });
  process.once("exit", clear); // if a signal ends the run
  const { tarball, projects, running } = await setUpProjects(dir);
  try {
    const file = join(dir, "projects.json");
    writeFileSync(file, JSON.stringify({ tarball, projects }));
    const extraEnv = { ...browserEnv(context), PROJECTS: file, SANDBOX_URL: await sandbox(context) };
    return await playwright("tarball", "tests/package", extraEnv);
  } finally {
    await Promise.all(running.map(({ child }) => end(child)));
    clear();
  }
}

/** @type {Record<string, Suite>} */
const suites = {
  lint: { about: "format, clippy and type checks", needs: ["lint", "package"], run: lint },
  core: { about: "the core's parts that need no browser", needs: [], run: () => cargoTest("omicall-partner") },
  sandbox: { about: "the sandbox server", needs: [], run: () => cargoTest("omicall-sandbox") },
  "sandbox-node": {
    about: "the sandbox's program for Node.js, by the same tests",
    needs: ["package"],
    run: () => sandboxPackage("node", ["native::"]),
  },
  "sandbox-in-process": {
    about: "the sandbox in the same process, by the same tests",
    needs: ["package"],
    run: () => sandboxPackage("in-process", ["native::", "process::"]),
  },
  "sandbox-npm": {
    about: "the npm package of the sandbox, in Node.js",
    needs: ["package"],
    run: () => vitest("sandbox-npm", "tests/sandbox/tests/npm"),
  },
  "web-chrome": {
    about: "the core compiled to WebAssembly, in Chromium against the sandbox",
    needs: ["npm", "sandbox", "browsers"],
    run: (context) => web("chrome", context),
  },
  "web-firefox": {
    about: "the core compiled to WebAssembly, in Firefox against the sandbox",
    needs: ["npm", "sandbox", "browsers"],
    run: (context) => web("firefox", context),
  },
  "package-chrome": {
    about: "the built npm package, in Chromium against the sandbox",
    needs: ["package", "sandbox", "browsers"],
    run: (context) => builtPackage("chrome", context),
  },
  "package-firefox": {
    about: "the built npm package, in Firefox against the sandbox",
    needs: ["package", "sandbox", "browsers"],
    run: (context) => builtPackage("firefox", context),
  },
  types: {
    about: "the types, by TypeScript 5.0 and newer, and against the values that the package returns and takes",
    needs: ["package"],
    run: () => vitest("types", "tests/types"),
  },
  docs: {
    about: "the documentation: its examples, links and commands, the translation and the site",
    needs: ["package", "sandbox", "browsers"],
    run: async (context) =>
      vitest("docs", "tests/docs", {
        CHROME_BIN: context.browsers.chrome,
        SANDBOX_PROGRAM: context.sandboxProgram,
        SANDBOX_URL: await sandbox(context),
      }),
  },
  tarball: {
    about:
      "the packed package, in projects with bundlers, frameworks and test runners, in pages without a bundler, in Node and other runtimes",
    needs: ["package", "sandbox", "browsers"],
    run: tarball,
  },
  release: {
    about: "a release, rehearsed in a copy of the repository",
    needs: ["package"],
    run: () => vitest("release", "tests/release"),
  },
  size: { about: "the package's size limits", needs: ["package"], run: () => vitest("size", "tests/size") },
  "portal-units": {
    about: "the portal's texts, tables and other code that needs no browser",
    needs: ["package"],
    run: () => vitest("portal-units", "tests/portal"),
  },
  portal: {
    about: "the built portal, in Chromium against the sandbox, and the main flow in Firefox",
    needs: ["package", "sandbox", "browsers"],
    run: async (context) => {
      // One for each worker: the tests wait most of their time.
      const sites = [];
      for (const name of ["1", "2", "3", "4"]) sites.push(await portalSite(context, name));
      const extraEnv = { PORTAL_SITES: JSON.stringify(sites), DEMO_DIR: await buildDemo() };
      return playwright("portal", "tests/e2e/portal", { ...browserEnv(context), ...extraEnv });
    },
  },
  bench: {
    about: "all contenders of the benchmark return the same data; `npm run bench` measures them",
    needs: ["package", "sandbox", "browsers"],
    run: async (context) =>
      playwright("bench", "tests/bench", { ...browserEnv(context), SANDBOX_URL: await sandbox(context) }),
  },
  soak: {
    about: "thousands of calls, in Chromium and Firefox against the sandbox; `npm run soak` makes ten times as many",
    needs: ["package", "sandbox", "browsers"],
    run: async (context) =>
      playwright("soak", "tests/soak", { ...browserEnv(context), SANDBOX_URL: await sandbox(context) }),
  },
};

/** Suites that run at the same time as another one, where both wait most of their time. @type {Record<string, string>} */
const beside = { "package-firefox": "package-chrome", tarball: "docs" };

/** Prints an error in place of throwing it. @template T @param {() => Promise<T>} action */
async function attempt(action) {
  try {
    return await action();
  } catch (error) {
    print(error instanceof CliError ? paint("red", error.message) : inspect(error));
  }
}

/** @param {Suite} suite @param {Omit<Context, "serve">} context */
async function runSuite(suite, context) {
  /** @type {Server[]} */
  const servers = [];
  let isRunning = true;
  const serve = async (/** @type {Promise<Server>} */ starting) => {
    const server = await starting;
    servers.push(server);
    server.exited.then((how) => isRunning && print(`The ${server.name} ${how} while it was needed.`));
    return server.url;
  };
  const counts = await attempt(() => suite.run({ ...context, serve }));
  isRunning = false;
  await Promise.all(servers.map(({ child }) => end(child)));
  return counts;
}

await main(async () => {
  const args = process.argv.slice(2);
  const all = Object.keys(suites);
  if (args.includes("--list")) {
    for (const [name, { about }] of Object.entries(suites)) console.log(`${name.padEnd(18)} ${about}`);
    return 0;
  }
  const unknown = args.find((name) => !all.includes(name));
  if (unknown)
    throw new CliError(
      `There is no suite ${unknown}. npm test -- [--list] [SUITE...], and the suites are: ${all.join(", ")}.`,
    );
  const names = all.filter((name) => args.length === 0 || args.includes(name));
  const isNeeded = (/** @type {Need} */ need) => names.some((name) => suites[name].needs.includes(need));
  const begun = performance.now();
  const total = { passed: 0, failed: 0 };
  /** @type {string[]} */
  const summary = [];
  await attempt(async () => {
    const withNpm = isNeeded("package") || isNeeded("npm");
    const lint = isNeeded("lint");
    const browsers = await setup({
      packages: withNpm,
      wasm: withNpm,
      wasmPack: withNpm,
      lint,
      browsers: isNeeded("browsers"),
    });
    const isBuilt = isNeeded("package") && (await attempt(() => buildPackages().then(() => true)));
    const sandboxProgram = isNeeded("sandbox") ? await attempt(() => buildSandbox()) : undefined;

    const runAndCount = async (/** @type {string} */ name) => {
      const suiteBegun = performance.now();
      const suite = suites[name];
      print(paint("bold", `\n[${names.indexOf(name) + 1}/${names.length}] ${name}: ${suite.about}`));
      const unmet =
        (suite.needs.includes("package") && !isBuilt) || (suite.needs.includes("sandbox") && !sandboxProgram);
      if (unmet) print("Not run, because what it needs could not be built.");
      const context = /** @type {Context} */ ({ browsers, sandboxProgram });
      const counts = (unmet ? undefined : await runSuite(suite, context)) ?? { passed: 0, failed: 1 };
      total.passed += counts.passed;
      total.failed += counts.failed;
      const line = `${name.padEnd(18)} ${counts.passed} ok, ${counts.failed} not ok (${seconds(suiteBegun)})`;
      summary.push(paint(counts.failed === 0 ? "green" : "red", line));
      print(summary.at(-1) ?? "");
    };
    for (const name of names) {
      if (names.includes(beside[name] ?? "")) continue;
      /** @type {string[]} */
      const lines = [];
      const other = names.find((other) => beside[other] === name);
      const running = other && buffer.run(lines, runAndCount, other);
      await runAndCount(name);
      await running;
      if (other) console.log(lines.join("\n"));
    }
  });
  // Suites that did not run because the setup failed.
  total.failed += names.length - summary.length;
  console.log([`\nAll suites, in ${seconds(begun)}:`, ...summary].join("\n"));
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
});
