// What the scripts share. It runs before `npm ci`, so it may import node: builtins only.
import { spawn, spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { homedir } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs, stripVTControlCharacters, styleText } from "node:util";
import { brotliCompressSync } from "node:zlib";

/** @import { ChildProcess, SpawnOptions } from "node:child_process" */
/** @typedef {Pick<SpawnOptions, "cwd" | "env" | "stdio">} Options */

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** Tools that are installed for this project only, because the user has another version. */
export const toolsDir = join(root, ".tools");
export const cargoHome = process.env.CARGO_HOME ?? join(homedir(), ".cargo");

/** Without `node_modules/.bin`, which npm puts first: its drivers would try to download browsers. */
const toolPath = [
  join(toolsDir, "bin"),
  ...(process.env.PATH ?? "").split(delimiter).filter((dir) => dir && !dir.endsWith(join("node_modules", ".bin"))),
  join(cargoHome, "bin"),
];

/** The environment of child processes. @type {NodeJS.ProcessEnv} */
export const env = {
  ...process.env,
  PATH: [...toolPath, join(root, "node_modules", ".bin")].join(delimiter),
  CARGO_TARGET_DIR: join(root, "target"),
};

/** An expected error: its message is enough, so `main` prints no stack trace. */
export class CliError extends Error {}
/** The name under which tests/bench imports it. */

/**
 * Reads the options of a script; with --help it prints the usage and exits.
 * @template {NonNullable<import("node:util").ParseArgsConfig["options"]>} T
 * @param {T} options @param {string} usage
 */
export function readOptions(options, usage) {
  if (process.argv.includes("--help")) {
    console.log(usage);
    process.exit();
  }
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    throw new CliError(`${error instanceof Error ? error.message : error}\n\n${usage}`);
  }
}

/** @param {"bold" | "dim" | "green" | "red"} format @param {string} text */
export const paint = (format, text) => (process.stdout.isTTY && !process.env.NO_COLOR ? styleText(format, text) : text);

/** @param {number} since a `performance.now()` */
export const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** As a server sends it; Node's default is the highest quality. @param {Uint8Array} bytes */
export const packed = (bytes) => brotliCompressSync(bytes);

/** @param {string} path relative to the root */
export const readText = (path) => readFileSync(join(root, path), "utf8");

/** @param {string} url a module's `import.meta.url` */
export const isMain = (url) => process.argv[1] !== undefined && url === pathToFileURL(process.argv[1]).href;

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The path of the first of these executables that exists; a name without a slash is looked up on the tool path.
 * @param {...(string | undefined)} names
 */
export const which = (...names) =>
  names
    .flatMap((name = "") => (name.includes("/") ? [name] : toolPath.map((dir) => join(dir, name || "-"))))
    .find(isExecutable);

/**
 * What a short command prints; undefined if it fails.
 * @param {string} command @param {string[]} args
 */
export function capture(command, ...args) {
  const result = spawnSync(command, args, { cwd: root, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  return result.status === 0 ? result.stdout.trim() : undefined;
}

const never = new Promise(() => {});

/** When a signal ended the script. From then on no child is started, and code that waits for one does not continue. */
let stoppedAt = 0;

/**
 * The child processes whose process groups may still have members, each with a promise of its `close` event. Each child
 * leads a process group of its own, so that its own children end with it.
 * @type {Map<ChildProcess, Promise<unknown>>}
 */
const children = new Map();

/** @param {ChildProcess} child @param {NodeJS.Signals} signal */
function signalGroup(child, signal) {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  } catch {
    // The group is empty.
  }
}

/** @param {ChildProcess} child */
function kill(child) {
  signalGroup(child, "SIGKILL");
  children.delete(child);
  // A process that left the group may keep the streams open; then `close` would never come.
  setTimeout(() => [child.stdout, child.stderr].forEach((stream) => stream?.destroy()), 500).unref();
}

/** @param {string} command @param {string[]} args @param {Options} options */
function start(command, args, options) {
  const child = spawn(command, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"], ...options, detached: true });
  children.set(child, new Promise((resolve) => child.on("close", resolve)));
  child.on("error", () => children.delete(child));
  child.on("exit", () => {
    signalGroup(child, "SIGTERM");
    setTimeout(kill, 3000, child).unref();
  });
  return child;
}

/** Ends a child and its own children, and waits for it. @param {ChildProcess} child */
export async function end(child) {
  const closed = children.get(child);
  if (!closed) return;
  signalGroup(child, "SIGTERM");
  const timer = setTimeout(kill, 5000, child);
  await closed;
  clearTimeout(timer);
}

export const endAll = () => Promise.all([...children.keys()].map(end));

/** @param {ChildProcess} child @param {(line: string) => void} onLine receives each line of both streams */
function eachLine({ stdout, stderr }, onLine) {
  for (const stream of [stdout, stderr]) if (stream) createInterface({ input: stream }).on("line", onLine);
}

/**
 * Runs a command to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {Options & { onLine?: (line: string) => void, timeoutMinutes?: number }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export async function run(command, args, { onLine, timeoutMinutes, ...options } = {}) {
  if (stoppedAt) await never;
  const child = start(command, args, options);
  /** @type {string[]} */
  const lines = [];
  const add = (/** @type {string} */ line) => {
    lines.push(stripVTControlCharacters(line));
    onLine?.(line);
  };
  eachLine(child, add);
  const onTimeout = () => {
    add(`Ended, because it still ran after ${timeoutMinutes} minutes.`);
    end(child);
  };
  const timer = timeoutMinutes ? setTimeout(onTimeout, timeoutMinutes * 60_000) : undefined;
  try {
    const code = await new Promise((resolve, reject) => {
      child.on("error", (error) => reject(new CliError(`${basename(command)} can't be run: ${error.message}.`)));
      // Without an exit code a signal ended it.
      child.on("close", (code) => stoppedAt || resolve(code ?? 1));
    });
    return { code, output: lines.join("\n") };
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Runs a step that may take minutes. On a terminal it shows the last line of output, elsewhere a line every 15 seconds; the
 * whole output only if the step fails.
 * @param {string} what for the error message, for example "Building the sandbox"
 * @param {string} command @param {string[]} args @param {Options} [options]
 */
export async function runQuietly(what, command, args, options) {
  const begun = performance.now();
  let last = "";
  const tty = process.stdout.isTTY;
  const show = () => {
    const line = `      ${seconds(begun)}  ${last}`;
    process.stdout.write(tty ? `\r\x1b[2K${line.slice(0, process.stdout.columns - 1)}` : `${line}\n`);
  };
  const timer = setInterval(show, tty ? 200 : 15_000);
  const onLine = (/** @type {string} */ line) => (last = stripVTControlCharacters(line).trim() || last);
  const { code, output } = await run(command, args, { ...options, onLine }).finally(() => {
    clearInterval(timer);
    if (tty) process.stdout.write("\r\x1b[2K");
  });
  if (code !== 0) {
    console.error(output.split("\n").slice(-60).join("\n"));
    throw new CliError(`${what} failed; the output of \`${basename(command)} ${args.join(" ")}\` is above.`);
  }
  return output;
}

/**
 * Builds a program of the workspace and returns its path.
 * @param {string} name for messages, for example "the sandbox" @param {string} crate
 * @param {{ release?: boolean }} [options]
 */
export async function buildProgram(name, crate, { release = false } = {}) {
  const args = ["build", "--locked", "-p", crate, ...(release ? ["--release"] : [])];
  await runQuietly(`Building ${name}`, "cargo", args);
  return join(root, "target", release ? "release" : "debug", crate);
}

/** @param {{ release?: boolean }} [options] */
export function buildSandbox(options) {
  console.log("Building the sandbox ...");
  return buildProgram("the sandbox", "omicall-sandbox", options);
}

/** The file that starts Vite for the portal. */
export const viteScript = () => {
  const path = [join(root, "www", "node_modules", "vite"), join(root, "node_modules", "vite")].find(existsSync);
  if (!path) throw new CliError("Vite isn't installed: run `npm run setup`.");
  return join(path, "bin", "vite.js");
};

/** @typedef {{ name: string, child: ChildProcess, url: string, exited: Promise<string> }} Server */

/**
 * Starts a server and waits until it prints its address.
 * @param {string} name
 * @param {string} command @param {string[]} args
 * @param {Options & { ready: RegExp, onLine?: (line: string) => void }} options the first group of `ready` is the address
 * @returns {Promise<Server>} `exited` resolves to how the server ended
 */
export async function startServer(name, command, args, { ready, onLine, ...options }) {
  if (stoppedAt) await never;
  const child = start(command, args, options);
  /** @type {string[]} */
  const lines = [];
  /** @type {Promise<string>} */
  const exited = new Promise((resolve) => {
    child.on("error", (error) => resolve(`can't be run: ${error.message}`));
    child.on("close", (code, signal) => stoppedAt || resolve(`ended with ${signal ?? `exit code ${code}`}`));
  });
  const timeout = AbortSignal.timeout(60_000);
  try {
    const url = await new Promise((resolve, reject) => {
      const fail = (/** @type {string} */ why) => reject(new CliError([...lines, `The ${name} ${why}`].join("\n")));
      eachLine(child, (line) => {
        onLine?.(line);
        const match = ready.exec(stripVTControlCharacters(line));
        if (match) resolve(match[1]);
        else if (!onLine && lines.length < 60) lines.push(line);
      });
      exited.then((how) => fail(`${how} before it was ready.`));
      timeout.addEventListener("abort", () => fail("was not ready within 60 seconds."));
    });
    return { name, child, url, exited };
  } catch (error) {
    await end(child);
    throw error;
  }
}

/** @param {string} binary @param {string[]} args @param {(line: string) => void} [onLine] */
export const startSandbox = (binary, args, onLine) =>
  startServer("sandbox", binary, args, { ready: /^sandbox listening on (https?:\S+)/, onLine });

/**
 * The port if it is free on 127.0.0.1, otherwise undefined; 0 stands for any free port.
 * @param {number} port @returns {Promise<number | undefined>}
 */
export function freePort(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.on("error", () => resolve(undefined));
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : undefined));
    });
  });
}

/**
 * The port that an option names, if it is free on 127.0.0.1.
 * @param {string} text @param {string} option for example "--port" @param {string} advice how to choose another port
 */
export async function checkPort(text, option, advice) {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw new CliError(`${option} must be a port, and ${text} is none.`);
  if ((await freePort(port)) === undefined) {
    throw new CliError(
      `Port ${port} of 127.0.0.1 is in use or not allowed: end what uses it, or choose another one with ${advice}.`,
    );
  }
  return port;
}

/**
 * Runs a script. When it ends, for whatever reason, its child processes are ended first.
 * @param {() => Promise<number | void>} script returns the exit code
 */
export async function main(script) {
  if (process.platform === "win32") {
    console.error("These scripts run on Linux and macOS; on Windows use them within WSL.");
    process.exit(1);
  }
  const onSignal = async (/** @type {NodeJS.Signals} */ _signal, /** @type {number} */ number) => {
    // npm may send two signals for one Ctrl-C; a later one ends the script at once.
    if (stoppedAt && performance.now() - stoppedAt < 500) return;
    if (!stoppedAt) {
      stoppedAt = performance.now();
      await endAll();
    }
    process.exit(128 + number);
  };
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) process.on(signal, onSignal);
  if (process.env.npm_lifecycle_event) {
    // npm does not pass SIGTERM on, so the script has to notice that npm has ended.
    const parent = process.ppid;
    setInterval(() => process.ppid === parent || process.kill(process.pid, "SIGTERM"), 1000).unref();
  }
  process.on("exit", () => {
    for (const child of children.keys()) signalGroup(child, "SIGKILL");
  });
  let code = 1;
  try {
    code = (await script()) ?? 0;
  } catch (error) {
    console.error(error instanceof CliError ? paint("red", error.message) : error);
  }
  await endAll();
  process.exitCode = code;
}
