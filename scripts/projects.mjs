// Sets up the projects of tests/package for a test: copies them, installs the packed package in each, builds and serves.
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { basename, delimiter, dirname, join } from "node:path";
import { freePort, root, run, runQuietly, seconds, startServer, Stop } from "./lib.mjs";

/** @import { Server } from "./lib.mjs" */
/** @typedef {{ code: number, output: string }} Outcome */
/** @typedef {{ dir: string, install: Outcome, build?: Outcome, server?: { url?: string, error?: string } }} Project */

const source = join(root, "tests", "package");
/** What `npm ci` made of each project's lock, for the next run. */
const kept = join(root, "target", "package-projects");

/** How projects are served that have a server of their own: an npm script, and the options for its place. */
const servers = /** @type {const} */ ({
  vite: ["dev", "--strictPort", "--host"],
  "vite-5": ["dev", "--strictPort", "--host"],
  next: ["start", "--hostname"],
});

/** Those that take the longest come first, so that two at a time end together. */
const slow = ["next", "angular", "parcel", "webpack"];
const names = () => {
  const folders = readdirSync(join(source, "projects"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [...slow, ...folders.map(({ name }) => name).filter((name) => !slow.includes(name))];
};

/** As in a user's shell: nothing of the npm script that runs the tests, and no tools of the repository. */
const env = Object.fromEntries(
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
async function pack(dir) {
  const args = ["pack", "--ignore-scripts", "--pack-destination", dir];
  await runQuietly("Packing the package", "npm", args, { cwd: join(root, "pkg") });
  const tarball = readdirSync(dir).find((name) => name.endsWith(".tgz"));
  if (!tarball) throw new Stop("npm pack made no tarball.");
  return join(dir, tarball);
}

/** Where the installed dependencies of a project are kept: elsewhere as soon as they may be others. @param {string} name */
function keptModules(name) {
  const sum = createHash("sha256").update(`${process.version} ${process.platform} ${process.arch}`);
  for (const file of ["package.json", "package-lock.json"])
    sum.update(readFileSync(join(source, "projects", name, file)));
  return join(kept, name, sum.digest("hex").slice(0, 16), "node_modules");
}

/** @param {string} from @param {string} to */
function move(from, to) {
  try {
    renameSync(from, to);
    return true;
  } catch {
    return false; // not there, taken by another run, or on another file system
  }
}

/** @param {string} name @param {string} dir where it goes @param {string} tarball @returns {Promise<Project>} */
async function setUp(name, dir, tarball) {
  const begun = performance.now();
  const filter = (/** @type {string} */ path) => !["node_modules", "dist", ".next"].includes(basename(path));
  cpSync(join(source, "projects", name), dir, { recursive: true, filter });
  cpSync(join(source, "jobs"), join(dir, "jobs"), { recursive: true });
  const modules = join(dir, "node_modules");
  const again = move(keptModules(name), modules);
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"];
  let install = again ? { code: 0, output: "" } : await npm(dir, "ci", ...quiet);
  if (install.code === 0) install = await npm(dir, "install", "--no-save", ...quiet, tarball);
  const installed = seconds(begun);
  const buildBegun = performance.now();
  const { scripts = {} } = JSON.parse(readFileSync(join(dir, "package.json"), "utf8"));
  const build = install.code === 0 && scripts.build ? await npm(dir, "run", "--loglevel=error", "build") : undefined;
  const how = `installed${again ? " again" : ""} in ${installed}${build ? `, built in ${seconds(buildBegun)}` : ""}`;
  const failed = install.code !== 0 || (build && build.code !== 0);
  console.log(`  ${failed ? "FAILED " : "ok     "} ${name}: ${how}`);
  return { dir, install, ...(build && { build }) };
}

/** Keeps what `npm ci` installed, without the package and what bundlers left. @param {string} dir of a project */
function keep(dir) {
  const modules = join(dir, "node_modules");
  if (!existsSync(modules)) return;
  for (const name of readdirSync(modules)) {
    const foreign = name.startsWith(".") && ![".bin", ".package-lock.json"].includes(name);
    if (foreign || name === "omicall-partner") rmSync(join(modules, name), { recursive: true, force: true });
  }
  const place = keptModules(basename(dir));
  if (existsSync(place)) return;
  rmSync(dirname(dirname(place)), { recursive: true, force: true });
  mkdirSync(dirname(place), { recursive: true });
  move(modules, place);
}

/** Starts a project's own server. @param {string} name @param {string} dir @returns {Promise<Server>} */
async function serve(name, dir) {
  const [script, ...options] = servers[/** @type {keyof typeof servers} */ (name)];
  const args = ["run", script, "--", ...options, "127.0.0.1", "--port", `${await freePort(0)}`];
  return startServer(`server of ${name}`, "npm", args, { cwd: dir, env, ready: /Local:\s+(http:\S+)/ });
}

/**
 * Packs the package and sets up all projects in a folder that is outside of the repository, so that nothing but the tarball can
 * be found under the package's name. What fails is part of the result, for the tests to tell.
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

/** Removes the projects' folder, but for what the next run can use. @param {string} dir */
export function clearProjects(dir) {
  for (const name of names()) {
    const ready = join(dir, name, "node_modules", ".package-lock.json"); // written when npm is done
    if (existsSync(ready)) keep(join(dir, name));
  }
  rmSync(dir, { recursive: true, force: true });
}
