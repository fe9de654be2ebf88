// Sets up the projects of tests/package: copies them, installs the packed package in each, builds and serves them.
import { cpSync, readdirSync, readFileSync } from "node:fs";
import { basename, delimiter, join } from "node:path";
import { CliError, freePort, root, run, runQuietly, seconds, startServer } from "./lib.mjs";

/** @import { Server } from "./lib.mjs" */
/** @typedef {{ code: number, output: string }} Outcome */
/** @typedef {{ dir: string, install: Outcome, build?: Outcome, server?: { url?: string, error?: string } }} Project */

const source = join(root, "tests", "package");

/** The projects with a server of their own: its npm script, and the options before its host name. */
const servers = /** @type {const} */ ({
  vite: ["dev", "--strictPort", "--host"],
  "vite-5": ["dev", "--strictPort", "--host"],
  next: ["start", "--hostname"],
  sveltekit: ["preview", "--strictPort", "--host"],
});

/** These take longest: started first, two at a time, all end soonest. */
const slow = ["next", "angular", "parcel", "webpack", "jest"];
const names = () => {
  const folders = readdirSync(join(source, "projects"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [...slow, ...folders.map(({ name }) => name).filter((name) => !slow.includes(name))];
};

/** The environment of a user's shell: without the variables of the npm script that runs the tests, and without the repository's tools. */
export const env = Object.fromEntries(
  Object.entries({
    ...process.env,
    PATH: (process.env.PATH ?? "")
      .split(delimiter)
      .filter((dir) => !dir.endsWith(join("node_modules", ".bin")))
      .join(delimiter),
    NEXT_TELEMETRY_DISABLED: "1",
    NG_CLI_ANALYTICS: "false",
  }).filter(([name]) => !/^(npm_|NODE_ENV$|CI$|FORCE_COLOR$)/i.test(name)),
);

const npm = (/** @type {string} */ cwd, /** @type {string[]} */ ...args) =>
  run("npm", args, { cwd, env, timeoutMinutes: 10 });

/** Packs the built package into a folder. @param {string} dir @returns {Promise<string>} the tarball */
export async function pack(dir) {
  const args = ["pack", "--ignore-scripts", "--pack-destination", dir];
  await runQuietly("Packing the package", "npm", args, { cwd: join(root, "pkg") });
  const tarball = readdirSync(dir).find((name) => name.endsWith(".tgz"));
  if (!tarball) throw new CliError("npm pack made no tarball.");
  return join(dir, tarball);
}

/** @param {string} name @param {string} dir where it goes @param {string} tarball @returns {Promise<Project>} */
async function setUp(name, dir, tarball) {
  const begun = performance.now();
  const filter = (/** @type {string} */ path) =>
    !["node_modules", "dist", ".next", ".svelte-kit"].includes(basename(path));
  cpSync(join(source, "projects", name), dir, { recursive: true, filter });
  cpSync(join(source, "jobs"), join(dir, "jobs"), { recursive: true });
  const { scripts = {}, engines = {} } = JSON.parse(readFileSync(join(dir, "package.json"), "utf8"));
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"];
  const pnpm = ["exec", "--yes", "--prefer-offline", `--package=pnpm@${engines.pnpm}`, "--", "pnpm"];
  const [installLocked, installTarball] = engines.pnpm
    ? [
        [...pnpm, "install", "--frozen-lockfile"],
        [...pnpm, "add"],
      ]
    : [
        ["ci", ...quiet],
        ["install", "--no-save", ...quiet],
      ];
  let install = await npm(dir, ...installLocked);
  if (install.code === 0) install = await npm(dir, ...installTarball, tarball);
  const installed = seconds(begun);
  const buildBegun = performance.now();
  const build = install.code === 0 && scripts.build ? await npm(dir, "run", "--loglevel=error", "build") : undefined;
  const how = `installed in ${installed}${build ? `, built in ${seconds(buildBegun)}` : ""}`;
  const failed = install.code !== 0 || (build && build.code !== 0);
  console.log(`  ${failed ? "FAILED " : "ok     "} ${name}: ${how}`);
  return { dir, install, ...(build && { build }) };
}

/** Starts a project's own server. @param {string} name @param {string} dir @returns {Promise<Server>} */
async function serve(name, dir) {
  const [script, ...options] = servers[/** @type {keyof typeof servers} */ (name)];
  const args = ["run", script, "--", ...options, "127.0.0.1", "--port", `${await freePort(0)}`];
  return startServer(`server of ${name}`, "npm", args, { cwd: dir, env, ready: /Local:\s+(http:\S+)/ });
}

/**
 * Packs the package and sets up all projects in a folder outside of the repository, where nothing but the tarball has the
 * package's name. Failures are part of the result; the tests report them.
 * @param {string} dir
 * @returns {Promise<{ tarball: string, projects: Record<string, Project>, running: Server[] }>}
 */
export async function setUpProjects(dir) {
  const tarball = await pack(dir);
  /** @type {Record<string, Project>} */
  const done = {};
  const waiting = names();
  const worker = async () => {
    for (let name = waiting.shift(); name; name = waiting.shift()) {
      done[name] = await setUp(name, join(dir, name), tarball);
    }
  };
  await Promise.all([worker(), worker()]);
  /** @type {Server[]} */
  const running = [];
  await Promise.all(
    Object.keys(servers).map(async (name) => {
      const project = done[name];
      if (!project || project.install.code !== 0) return;
      try {
        const server = await serve(name, project.dir);
        running.push(server);
        project.server = { url: server.url };
      } catch (error) {
        project.server = { error: String(error) };
      }
    }),
  );
  return { tarball, projects: done, running };
}
