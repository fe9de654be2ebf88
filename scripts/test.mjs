// Sets everything up, builds, and runs the test suites: npm test -- [SUITE...] [--list]
import { AsyncLocalStorage } from "node:async_hooks";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { apiReportIsCurrent, buildPackage } from "./build.mjs";
import {
  buildSandbox,
  end,
  env,
  freePort,
  main,
  paint,
  root,
  run,
  runQuietly,
  seconds,
  startSandbox,
  startServer,
  Stop,
  viteScript,
} from "./lib.mjs";
import { clearProjects, setUpProjects } from "./projects.mjs";
import { setup } from "./setup.mjs";

/** @import { Browsers } from "./setup.mjs" */
/** @typedef {{ passed: number, failed: number }} Counts */
/** @typedef {"lint" | "npm" | "package" | "sandbox" | "browsers"} Need */
/** @typedef {{ about: string, needs: Need[], beside?: string, run: (context: Context) => Promise<Counts> }} Suite */
/** @typedef {{ browsers: Browsers, sandboxProgram: string, webPort: number }} Context */

const results = join(root, "tests", "e2e", "results");
const node = process.execPath;
const bin = (/** @type {string} */ name) => join(root, "node_modules", ".bin", name);
/** What a suite says that runs beside another one: kept until that one has ended. @type {AsyncLocalStorage<string[]>} */
const aside = new AsyncLocalStorage();
const print = (/** @type {string} */ line) => {
  const kept = aside.getStore();
  if (kept) kept.push(line);
  else console.log(line);
};

/**
 * Runs a command whose output is shown as it comes.
 * @param {string} command @param {string[]} args @param {NodeJS.ProcessEnv} [extraEnv]
 */
const show = (command, args, extraEnv) =>
  run(command, args, {
    env: { ...env, ...(process.stdout.isTTY ? { CARGO_TERM_COLOR: "always", FORCE_COLOR: "1" } : {}), ...extraEnv },
    onLine: print,
    timeoutMinutes: 20,
  });

/** A run that ended badly, or ran no test, has failed even if no single test did. @param {number} code @param {Counts} counts */
function judge(code, { passed, failed }) {
  if (failed === 0 && code !== 0) {
    print(`No test failed, but the run ended with exit code ${code}: counted as a failure.`);
    failed = 1;
  }
  if (passed + failed === 0) {
    print("No test ran: counted as a failure.");
    failed = 1;
  }
  return { passed, failed };
}

/** Counts the lines `test result: ok. 3 passed; 0 failed; …` of cargo test. @param {{ code: number, output: string }} run */
function judgeCargo({ code, output }) {
  const counts = { passed: 0, failed: 0 };
  for (const [, passed, failed] of output.matchAll(/^test result: \w+\. (\d+) passed; (\d+) failed/gm)) {
    counts.passed += Number(passed);
    counts.failed += Number(failed);
  }
  return judge(code, counts);
}

/** Counts by a JSON report. @param {number} code @param {string} file @param {(report: any) => Counts} read */
function judgeReport(code, file, read) {
  if (!existsSync(file)) {
    print("The run wrote no report: counted as a failure.");
    return { passed: 0, failed: 1 };
  }
  return judge(code, read(JSON.parse(readFileSync(file, "utf8"))));
}

/** The path of a suite's JSON report, without an older one. @param {string} suite */
function reportFile(suite) {
  mkdirSync(results, { recursive: true });
  const file = join(results, `${suite}.json`);
  rmSync(file, { force: true });
  return file;
}

/** @param {Context} context @param {number} port @param {string[]} flags @param {(url: string) => Promise<Counts>} tests */
async function withSandbox({ sandboxProgram }, port, flags, tests) {
  const args = ["--port", `${port}`, "--admin", "--activation", "300..600", ...flags];
  const sandbox = await startSandbox(sandboxProgram, args);
  let wanted = true;
  sandbox.exited.then((how) => wanted && print(`The sandbox ${how} while it was needed.`));
  try {
    return await tests(sandbox.url);
  } finally {
    wanted = false;
    await end(sandbox.child);
  }
}

/** @returns {Promise<Counts>} */
async function lint() {
  const clippy = ["clippy", "--locked", "--workspace", "--all-targets"];
  const clippyWasm = [
    "clippy",
    "--locked",
    "-p",
    "omicall-partner",
    "--all-targets",
    "--target",
    "wasm32-unknown-unknown",
  ];
  const deny = ["--", "-D", "warnings"];
  const attw = ["--pack", "pkg", "--profile", "esm-only"];
  const projects = [
    "src",
    "pkg",
    "www",
    "scripts",
    "tests/e2e",
    "tests/package",
    "tests/soak",
    "tests/docs",
    "tests/release",
    "tests/types",
    "tests/size",
    "tests/bench",
  ];
  /** @type {[string, string, string[]][]} */
  const checks = [
    ["cargo fmt", "cargo", ["fmt", "--all", "--check"]],
    ["cargo clippy", "cargo", [...clippy, ...deny]],
    ["cargo clippy for wasm32", "cargo", [...clippyWasm, ...deny]],
    ...projects.map(
      (dir) => /** @type {[string, string, string[]]} */ ([`tsc ${dir}`, bin("tsc"), ["-p", dir, "--noEmit"]]),
    ),
    ["prettier", bin("prettier"), ["--check", "--log-level", "warn", "."]],
    ["publint", bin("publint"), ["--strict", "--pack", "npm", "pkg"]],
    // The .wasm file is no module that could have types.
    ["attw", bin("attw"), [...attw, "--exclude-entrypoints", "omicall_partner_bg.wasm"]],
  ];
  const counts = { passed: 0, failed: 0 };
  const tell = (/** @type {string} */ name, /** @type {boolean} */ ok, /** @type {string} */ why) => {
    counts[ok ? "passed" : "failed"]++;
    print(ok ? `  ok      ${name}` : `${why}\n  FAILED  ${name}`);
  };
  for (const [name, command, args] of checks) {
    const { code, output } = await run(command, args, { timeoutMinutes: 20 });
    tell(name, code === 0, output);
  }
  tell("API report", apiReportIsCurrent(), "The public surface has changed; `npm run build` writes the new report.");
  return counts;
}

/** @param {"chrome" | "firefox"} browser @returns {Suite} */
const webSuite = (browser) => ({
  about: `the core compiled to WebAssembly, in ${browser === "chrome" ? "Chromium" : "Firefox"} against the sandbox`,
  needs: ["npm", "sandbox", "browsers"],
  run: (context) =>
    // Both browsers use the same port: the tests have the sandbox's address compiled in.
    withSandbox(context, context.webPort, [], async (url) => {
      const { chrome, chromedriver, firefox, geckodriver } = context.browsers;
      const webdriver = JSON.parse(readFileSync(join(root, "webdriver.json"), "utf8"));
      const options = browser === "chrome" ? "goog:chromeOptions" : "moz:firefoxOptions";
      const binary = browser === "chrome" ? chrome : firefox;
      mkdirSync(results, { recursive: true });
      const file = join(results, `webdriver-${browser}.json`);
      writeFileSync(file, JSON.stringify({ [options]: { ...webdriver[options], binary } }));
      const driver =
        browser === "chrome"
          ? ["--chrome", "--chromedriver", chromedriver]
          : ["--firefox", "--geckodriver", geckodriver];
      const { CHROMEDRIVER, GECKODRIVER, ...cleanEnv } = env; // wasm-pack sets the one that it needs
      const result = await run(
        "wasm-pack",
        ["test", "--mode", "no-install", "--headless", ...driver, root, "--locked", "--lib", "--test=*"],
        {
          env: {
            ...cleanEnv,
            SANDBOX_URL: url,
            WASM_BINDGEN_TEST_WEBDRIVER_JSON: file,
            WASM_BINDGEN_TEST_TIMEOUT: "120",
          },
          onLine: print,
          timeoutMinutes: 20,
        },
      );
      return judgeCargo(result);
    }),
});

/**
 * Runs the vitest tests of a folder.
 * @param {string} suite @param {string} dir @param {NodeJS.ProcessEnv} [extraEnv]
 */
async function vitest(suite, dir, extraEnv) {
  const file = reportFile(suite);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const args = ["run", "--config", join(dir, "vitest.config.ts"), ...reporters];
  const { code } = await show(bin("vitest"), args, extraEnv);
  return judgeReport(code, file, (report) => ({ passed: report.numPassedTests, failed: report.numFailedTests }));
}

/** @param {"chrome" | "firefox"} browser @returns {Suite} */
const packageSuite = (browser) => ({
  about: `the built npm package, in ${browser === "chrome" ? "Chromium" : "Firefox"} against the sandbox`,
  needs: ["package", "sandbox", "browsers"],
  // Both wait for much of their time.
  ...(browser === "firefox" ? { beside: "package-chrome" } : {}),
  run: (context) =>
    withSandboxes(context, ([http, http2, http1OverTls]) =>
      vitest(`package-${browser}`, join("tests", "e2e", "package"), {
        BROWSER: browser,
        CHROME_BIN: context.browsers.chrome,
        CHROMEDRIVER: context.browsers.chromedriver,
        FIREFOX_BIN: context.browsers.firefox,
        GECKODRIVER: context.browsers.geckodriver,
        SANDBOX_URL: http,
        SANDBOX_TLS_URL: http2,
        SANDBOX_TLS_HTTP1_URL: http1OverTls,
      }),
    ),
});

/** One sandbox for each way in which browsers reach servers. @param {Context} context @param {(urls: string[]) => Promise<Counts>} tests */
const withSandboxes = (context, tests) =>
  withSandbox(context, 0, [], (http) =>
    withSandbox(context, 0, ["--tls"], (http2) =>
      withSandbox(context, 0, ["--tls", "--http1"], (http1) => tests([http, http2, http1])),
    ),
  );

/**
 * Builds a Vite project.
 * @param {string} what said if it fails, for example "The portal"
 * @param {string} cwd @param {string[]} args @param {NodeJS.ProcessEnv} [extraEnv]
 */
async function viteBuild(what, cwd, args, extraEnv) {
  const { code } = await run(node, [viteScript(), "build", ...args, "--logLevel", "warn"], {
    cwd,
    env: { ...env, ...extraEnv },
    onLine: print,
  });
  if (code !== 0) throw new Stop(`${what} can't be built; what is wrong is said above.`);
}

/** Starts one of Vite's servers on a free port. @param {string} name @param {string} cwd @param {string[]} args */
async function viteServer(name, cwd, args) {
  const listen = ["--host", "127.0.0.1", "--port", `${await freePort(0)}`, "--strictPort"];
  return startServer(name, node, [viteScript(), ...args, ...listen], { cwd, env, ready: /Local:\s+(http:\S+)/ });
}

/**
 * Runs the Playwright tests of a folder.
 * @param {string} suite @param {string} dir @param {Context} context @param {NodeJS.ProcessEnv} extraEnv
 */
async function playwright(suite, dir, { browsers }, extraEnv) {
  const file = reportFile(suite);
  const cli = join(root, "node_modules", "@playwright", "test", "cli.js");
  const { code } = await show(node, [cli, "test", "--config", join(dir, "playwright.config.ts")], {
    CHROME_BIN: browsers.chrome,
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
    ...extraEnv,
  });
  return judgeReport(code, file, ({ stats, errors }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + (errors.length > 0 && stats.unexpected === 0 ? 1 : 0),
  }));
}

/** @type {Suite} */
const tarballSuite = {
  about: "the packed package, installed in projects with bundlers, in pages without one and in Node, in Chromium",
  needs: ["package", "sandbox", "browsers"],
  run: (context) =>
    withSandbox(context, 0, [], async (sandboxUrl) => {
      const dir = realpathSync(mkdtempSync(join(tmpdir(), "omicall-partner-")));
      process.once("exit", () => clearProjects(dir)); // if a signal ends the run
      const { tarball, projects, running } = await setUpProjects(dir);
      try {
        const file = join(dir, "projects.json");
        writeFileSync(file, JSON.stringify({ tarball, projects }));
        const extraEnv = { PROJECTS: file, SANDBOX_URL: sandboxUrl };
        return await playwright("tarball", join("tests", "package"), context, extraEnv);
      } finally {
        await Promise.all(running.map(({ child }) => end(child)));
        clearProjects(dir);
      }
    }),
};

/** @typedef {{ portalUrl: string, sandboxUrl: string }} Site */

/**
 * A sandbox, and the portal built for it.
 * @param {Context} context @param {string} name @param {(site: Site) => Promise<Counts>} tests
 */
const withPortal = (context, name, tests) =>
  withSandbox(context, 0, [], async (sandboxUrl) => {
    const www = join(root, "www");
    const out = join(results, `portal-dist-${name}`);
    await viteBuild("The portal", www, ["--outDir", out, "--emptyOutDir"], { VITE_SANDBOX_URL: sandboxUrl });
    const portal = await viteServer("portal", www, ["preview", "--outDir", out]);
    try {
      return await tests({ portalUrl: portal.url, sandboxUrl });
    } finally {
      await end(portal.child);
    }
  });

/** @type {Suite} */
const portalSuite = {
  about: "the built portal, in Chromium against the sandbox",
  needs: ["package", "sandbox", "browsers"],
  run: (context) =>
    withPortal(context, "1", (first) =>
      withPortal(context, "2", (second) =>
        playwright("portal", join("tests", "e2e", "portal"), context, {
          PORTAL_SITES: JSON.stringify([first, second]),
        }),
      ),
    ),
};

/** @type {Suite} */
const soakSuite = {
  about: "thousands of calls, in Chromium and Firefox against the sandbox; `npm run soak` makes ten times as many",
  needs: ["package", "sandbox", "browsers"],
  run: (context) =>
    withSandbox(context, 0, [], (url) =>
      playwright("soak", join("tests", "soak"), context, {
        CHROMEDRIVER: context.browsers.chromedriver,
        FIREFOX_BIN: context.browsers.firefox,
        GECKODRIVER: context.browsers.geckodriver,
        SANDBOX_URL: url,
      }),
    ),
};

/** @type {Suite} */
const benchSuite = {
  about: "every contender of the benchmark gives the same data; `npm run bench` measures them",
  needs: ["package", "sandbox", "browsers"],
  run: (context) =>
    withSandbox(context, 0, [], (url) => playwright("bench", join("tests", "bench"), context, { SANDBOX_URL: url })),
};

/** @type {Suite} */
const typesSuite = {
  about: "the types, by TypeScript 5.4 and newer, and against what the package hands out and takes",
  needs: ["package"],
  run: () => vitest("types", join("tests", "types")),
};

/** @type {Suite} */
const docsSuite = {
  about: "the documentation: its examples, links and commands, the translation and the site",
  needs: ["package", "sandbox", "browsers"],
  run: (context) =>
    withSandbox(context, 0, [], (url) =>
      vitest("docs", join("tests", "docs"), {
        CHROME_BIN: context.browsers.chrome,
        SANDBOX_PROGRAM: context.sandboxProgram,
        SANDBOX_URL: url,
      }),
    ),
};

/** @type {Suite} */
const releaseSuite = {
  about: "a release, rehearsed in a copy of the repository",
  needs: ["package"],
  run: () => vitest("release", join("tests", "release")),
};

/** @type {Suite} */
const sizeSuite = {
  about: "the package's size: its budget, what it was before, and what one more endpoint costs",
  needs: ["package"],
  run: () => vitest("size", join("tests", "size")),
};

/** @param {string} crate */
const cargoTest = async (crate) => judgeCargo(await show("cargo", ["test", "--locked", "--no-fail-fast", "-p", crate]));

/** @type {Record<string, Suite>} */
const suites = {
  lint: { about: "format, clippy and type checks", needs: ["lint", "package"], run: lint },
  core: { about: "the core's parts that need no browser", needs: [], run: () => cargoTest("omicall-partner") },
  sandbox: { about: "the sandbox server", needs: [], run: () => cargoTest("omicall-sandbox") },
  "web-chrome": webSuite("chrome"),
  "web-firefox": webSuite("firefox"),
  "package-chrome": packageSuite("chrome"),
  "package-firefox": packageSuite("firefox"),
  types: typesSuite,
  docs: docsSuite,
  tarball: tarballSuite,
  release: releaseSuite,
  size: sizeSuite,
  portal: portalSuite,
  bench: benchSuite,
  soak: soakSuite,
};

/** Runs a build that suites need; if it fails, they do. @template T @param {() => Promise<T>} build */
async function attempt(build) {
  try {
    return await build();
  } catch (error) {
    print(error instanceof Stop ? paint("red", error.message) : inspect(error));
  }
}

await main(async () => {
  const args = process.argv.slice(2);
  if (args.includes("--list")) {
    for (const [name, { about }] of Object.entries(suites)) console.log(`${name.padEnd(16)} ${about}`);
    return 0;
  }
  const unknown = args.find((name) => !(name in suites));
  if (unknown)
    throw new Stop(
      `There is no suite ${unknown}. npm test -- [--list] [SUITE...], and the suites are: ${Object.keys(suites).join(", ")}.`,
    );
  const names = Object.keys(suites).filter((name) => args.length === 0 || args.includes(name));
  const needed = new Set(names.flatMap((name) => suites[name].needs));
  const total = { passed: 0, failed: 0 };
  const begun = performance.now();
  /** @type {string[]} */
  const lines = [];
  try {
    const browsers = await setup({
      packages: needed.has("package") || needed.has("npm"),
      wasm: needed.has("package") || needed.has("npm"),
      lint: needed.has("lint"),
      browsers: needed.has("browsers"),
    });
    const built = needed.has("package") ? await attempt(() => buildPackage().then(() => true)) : false;
    const sandboxProgram = needed.has("sandbox") ? await attempt(() => buildSandbox()) : undefined;
    // The same port in every run, if it is free, saves compiling the tests in web-* again.
    const webPort = (await freePort(8790)) ?? (await freePort(0)) ?? 0;

    const context = /** @type {Context} */ ({ browsers, sandboxProgram, webPort });
    const runSuite = async (/** @type {string} */ name) => {
      const suiteBegun = performance.now();
      const suite = suites[name];
      print(paint("bold", `\n[${names.indexOf(name) + 1}/${names.length}] ${name}: ${suite.about}`));
      const unmet = (suite.needs.includes("package") && !built) || (suite.needs.includes("sandbox") && !sandboxProgram);
      const counts = (unmet
        ? print("Not run, because what it needs could not be built.")
        : await attempt(() => suite.run(context))) ?? { passed: 0, failed: 1 };
      total.passed += counts.passed;
      total.failed += counts.failed;
      const line = `${name.padEnd(16)} ${counts.passed} ok, ${counts.failed} not ok (${seconds(suiteBegun)})`;
      const painted = paint(counts.failed === 0 ? "green" : "red", line);
      lines.push(painted);
      print(painted);
    };
    for (const first of names.filter((name) => !names.includes(suites[name].beside ?? ""))) {
      const others = names
        .filter((name) => suites[name].beside === first)
        .map((name) => {
          /** @type {string[]} */
          const kept = [];
          return { kept, ended: aside.run(kept, runSuite, name) };
        });
      await runSuite(first);
      for (const { kept, ended } of others) {
        await ended;
        console.log(kept.join("\n"));
      }
    }
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    console.error(paint("red", error.message));
    total.failed += names.length - lines.length;
  }
  console.log([`\nAll suites, in ${seconds(begun)}:`, ...lines].join("\n"));
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
});
