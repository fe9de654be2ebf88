// Sets up the projects of tests/package: copies them, installs the packed package in each, builds and serves them.
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, delimiter, dirname, join } from "node:path";
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

/** The projects of the recipes in the testing guide, and the guides whose files they have. They install the sandbox's package too. */
export const recipes = /** @type {Record<string, string[] | undefined>} */ ({
  jest: ["testing"],
  vitest: ["testing"],
  portal: ["react-tanstack-query", "testing"],
});

/** These take longest: started first, two at a time, all end soonest. */
const slow = ["next", "angular", "parcel", "webpack", "portal", "jest"];
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

/** @typedef {{ sdk: string, sandbox: string }} Tarballs */

/** Packs the built packages into a folder. @param {string} dir @returns {Promise<Tarballs>} */
export async function pack(dir) {
  const workspaces = ["--workspace", "omicall-partner", "--workspace", "omicall-partner-sandbox"];
  const args = ["pack", ...workspaces, "--ignore-scripts", "--pack-destination", dir];
  await runQuietly("Packing the packages", "npm", args, { cwd: root });
  const [sandbox, sdk] = ["omicall-partner-sandbox-", "omicall-partner-"].map((name) => {
    const file = readdirSync(dir).find((file) => new RegExp(`^${name}\\d.*\\.tgz$`).test(file));
    if (!file) throw new CliError(`npm pack made no tarball ${name}VERSION.tgz.`);
    return join(dir, file);
  });
  return { sdk, sandbox };
}

/** Writes the files of a guide: its code blocks that begin with a file's name, in the testing guide those of one project. */
function writeFilesOf(/** @type {string} */ guide, /** @type {string} */ project, /** @type {string} */ dir) {
  const flag = guide === "testing" ? ` ${project}` : "";
  const block = new RegExp(`^\`\`\`\\w+${flag}\\n(// (\\S+)\\n.*?)^\`\`\`$`, "gms");
  const text = readFileSync(join(root, "docs", "guides", `${guide}.md`), "utf8");
  for (const [, code = "", file = ""] of text.matchAll(block)) {
    mkdirSync(dirname(join(dir, file)), { recursive: true });
    writeFileSync(join(dir, file), code);
  }
}

/** @param {string} name @param {string} dir where it goes @param {Tarballs} tarballs @returns {Promise<Project>} */
async function setUp(name, dir, { sdk, sandbox }) {
  const begun = performance.now();
  const filter = (/** @type {string} */ path) =>
    !["node_modules", "dist", ".next", ".svelte-kit"].includes(basename(path));
  cpSync(join(source, "projects", name), dir, { recursive: true, filter });
  cpSync(join(source, "jobs"), join(dir, "jobs"), { recursive: true });
  const guides = recipes[name];
  guides?.forEach((guide) => writeFilesOf(guide, name, dir));
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
  if (install.code === 0) install = await npm(dir, ...installTarball, sdk, ...(guides ? [sandbox] : []));
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
 * Packs the packages and sets up all projects in a folder outside of the repository, where nothing but the tarballs has the
 * packages' names. Failures are part of the result; the tests report them.
 * @param {string} dir
 * @returns {Promise<{ tarball: string, projects: Record<string, Project>, running: Server[] }>}
 */
export async function setUpProjects(dir) {
  const tarballs = await pack(dir);
  /** @type {Record<string, Project>} */
  const done = {};
  const waiting = names();
  const worker = async () => {
    for (let name = waiting.shift(); name; name = waiting.shift()) {
      done[name] = await setUp(name, join(dir, name), tarballs);
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
  return { tarball: tarballs.sdk, projects: done, running };
}
