// What the scripts share. It runs before `npm ci`, so it may import node: builtins only.
import { spawn, spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { homedir } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters, styleText } from "node:util";
import { brotliCompressSync, constants as zlib } from "node:zlib";

/** @import { ChildProcess, StdioOptions } from "node:child_process" */

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** Where tools go whose other version is already installed for the user. */
export const toolsDir = join(root, ".tools");
const cargoBin = join(process.env.CARGO_HOME ?? join(homedir(), ".cargo"), "bin");

/**
 * The directories in which tools are looked up. `node_modules/.bin`, which npm puts first, is left out: drivers there
 * would try to download themselves.
 */
const toolPath = [
  join(toolsDir, "bin"),
  ...(process.env.PATH ?? "")
    .split(delimiter)
    .filter((dir) => dir !== "" && !dir.endsWith(join("node_modules", ".bin"))),
  cargoBin,
];

/**
 * The environment of child processes: they find the tools, and wasm-pack finds `wasm-opt` in node_modules/.bin.
 * @type {NodeJS.ProcessEnv}
 */
export const env = {
  ...process.env,
  PATH: [...toolPath, join(root, "node_modules", ".bin")].join(delimiter),
};

/** A failure that is expected now and then: its message is all that a person needs, so no stack trace is shown. */
export class Stop extends Error {}

/** @param {"bold" | "dim" | "green" | "red" | "yellow"} format @param {string} text */
export function paint(format, text) {
  return process.stdout.isTTY && !process.env.NO_COLOR ? styleText(format, text) : text;
}

/** @param {number} since a `performance.now()` */
export const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** What a server sends of it. @param {Uint8Array} bytes */
export const packed = (bytes) => brotliCompressSync(bytes, { params: { [zlib.BROTLI_PARAM_QUALITY]: 11 } });

/** @param {string} path relative to the root */
export const readText = (path) => readFileSync(join(root, path), "utf8");

/**
 * The path of an executable: the first name that is a file (names with a slash) or is in a directory of the tool path.
 * @param {...(string | undefined)} names
 */
export function which(...names) {
  for (const name of names) {
    if (!name) continue;
    for (const path of name.includes("/") ? [name] : toolPath.map((dir) => join(dir, name))) {
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // not here
      }
    }
  }
}

/**
 * What a short command prints, or undefined if it can't be run or fails.
 * @param {string} command @param {string[]} args
 */
export function capture(command, ...args) {
  const result = spawnSync(command, args, { cwd: root, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  return result.status === 0 ? result.stdout.trim() : undefined;
}

const never = new Promise(() => {});

/** When a signal told the script to end: from then on nothing that waits for a child goes on, and none is started. */
let stopping = 0;

/**
 * The child processes of which something may still run, each with its `close`; each leads its own process group, so
 * that its own children end with it.
 * @type {Map<ChildProcess, Promise<unknown>>}
 */
const children = new Map();

/** @param {ChildProcess} child @param {NodeJS.Signals} signal */
function signalGroup(child, signal) {
  if (child.pid === undefined) return false;
  try {
    return process.kill(-child.pid, signal);
  } catch {
    return false; // nothing of the group is left
  }
}

/** Ends at once what is left of a child and its own children. @param {ChildProcess} child */
function kill(child) {
  signalGroup(child, "SIGKILL");
  children.delete(child);
  // What has left the group may hold the streams, which would then never close.
  const closeStreams = () => [child.stdout, child.stderr].forEach((stream) => stream?.destroy());
  setTimeout(closeStreams, 500).unref();
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, stdio?: StdioOptions }} [options]
 */
function start(command, args, options) {
  const child = spawn(command, args, {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "pipe"],
    ...options,
    detached: true,
  });
  children.set(child, new Promise((resolve) => child.on("close", resolve)));
  child.on("error", () => children.delete(child));
  child.on("exit", () => {
    signalGroup(child, "SIGTERM"); // what it left behind
    setTimeout(kill, 3000, child).unref();
  });
  return child;
}

/** Ends a child and all its own children, and waits for it. @param {ChildProcess} child */
export async function end(child) {
  const closed = children.get(child);
  if (!closed) return;
  signalGroup(child, "SIGTERM");
  const timer = setTimeout(kill, 5000, child);
  await closed;
  clearTimeout(timer);
}

export const endAll = () => Promise.all([...children.keys()].map(end));

/**
 * Calls back for each line that a child prints, on either stream.
 * @param {ChildProcess} child @param {(line: string) => void} onLine
 */
export function eachLine(child, onLine) {
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on("line", onLine);
  }
}

/**
 * Runs a command to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {{
 *   cwd?: string,
 *   env?: NodeJS.ProcessEnv,
 *   stdio?: StdioOptions,
 *   onLine?: (line: string) => void,
 *   timeoutMinutes?: number,
 * }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export async function run(command, args, { onLine, timeoutMinutes, ...options } = {}) {
  if (stopping) await never;
  const child = start(command, args, options);
  /** @type {string[]} */
  const lines = [];
  const add = (/** @type {string} */ line) => {
    lines.push(stripVTControlCharacters(line));
    onLine?.(line);
  };
  eachLine(child, add);
  let late = false;
  const timer = timeoutMinutes
    ? setTimeout(() => {
        late = true;
        add(`It still ran after ${timeoutMinutes} minutes, so it was ended.`);
        end(child);
      }, timeoutMinutes * 60_000)
    : undefined;
  try {
    const code = await new Promise((resolve, reject) => {
      child.on("error", (error) => reject(new Stop(`${basename(command)} can't be run: ${error.message}.`)));
      child.on("close", (code) => stopping || resolve(late ? code || 1 : (code ?? 1)));
    });
    return { code, output: lines.join("\n") };
  } finally {
    clearTimeout(timer);
  }
}

/** How the lines begin that cargo writes for programs, with --message-format=json-render-diagnostics. */
const cargoMessage = '{"reason":';

/**
 * Runs a step that may take minutes, showing that it goes on: on a terminal by its last line of output, elsewhere by a
 * line every 15 seconds. What it printed is shown only if it fails.
 * @param {string} what said if it fails, for example "Building the sandbox"
 * @param {string} command @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
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
  const readable = (/** @type {string} */ line) => !line.startsWith(cargoMessage);
  const { code, output } = await run(command, args, {
    ...options,
    onLine: (line) => (last = (readable(line) && stripVTControlCharacters(line).trim()) || last),
  }).finally(() => {
    clearInterval(timer);
    if (tty) process.stdout.write("\r\x1b[2K");
  });
  if (code !== 0) {
    console.error(output.split("\n").filter(readable).slice(-60).join("\n"));
    throw new Stop(`${what} failed; the output of \`${basename(command)} ${args.join(" ")}\` is above.`);
  }
  return output;
}

/**
 * Builds a program of the workspace and returns its path, which depends on the user's cargo configuration.
 * @param {string} name as people know it, for example "the sandbox" @param {string} crate
 * @param {{ release?: boolean }} [options]
 */
export async function buildProgram(name, crate, { release = false } = {}) {
  const profile = release ? ["--release"] : [];
  const args = ["build", "--locked", "-p", crate, ...profile, "--message-format=json-render-diagnostics"];
  const output = await runQuietly(`Building ${name}`, "cargo", args);
  const messages = output.split("\n").filter((line) => line.startsWith(cargoMessage));
  const program = messages.map((line) => JSON.parse(line).executable).find(Boolean);
  if (!program) throw new Stop(`cargo built ${name} but did not say where its program is.`);
  return /** @type {string} */ (program);
}

/** @param {{ release?: boolean }} [options] */
export function buildSandbox(options) {
  console.log("Building the sandbox ...");
  return buildProgram("the sandbox", "omicall-sandbox", options);
}

/** The file that starts Vite for the portal. */
export const viteScript = () => {
  const path = [join(root, "www", "node_modules", "vite"), join(root, "node_modules", "vite")].find(existsSync);
  if (!path) throw new Stop("Vite isn't installed: run `npm run setup`.");
  return join(path, "bin", "vite.js");
};

/** @typedef {{ name: string, child: ChildProcess, url: string, exited: Promise<string> }} Server */

/**
 * Starts a server and waits until it prints its address.
 * @param {string} name
 * @param {string} command @param {string[]} args
 * @param {{ ready: RegExp, onLine?: (line: string) => void, cwd?: string, env?: NodeJS.ProcessEnv }} options
 *   `ready`'s first group is the address
 * @returns {Promise<Server>} `exited` becomes how it ended
 */
export async function startServer(name, command, args, { ready, onLine, ...options }) {
  if (stopping) await never;
  const child = start(command, args, options);
  /** @type {string[]} */
  const lines = [];
  /** @type {Promise<string>} */
  const exited = new Promise((resolve) => {
    child.on("error", (error) => resolve(`can't be run: ${error.message}`));
    child.on(
      "close",
      (code, signal) => stopping || resolve(signal ? `was ended by ${signal}` : `ended with exit code ${code}`),
    );
  });
  const patience = AbortSignal.timeout(60_000);
  const url = await new Promise((resolve, reject) => {
    const fail = (/** @type {string} */ why) => reject(new Stop([...lines, `The ${name} ${why}`].join("\n")));
    eachLine(child, (line) => {
      onLine?.(line);
      const match = ready.exec(stripVTControlCharacters(line));
      if (match) resolve(match[1]);
      else if (!onLine && lines.length < 60) lines.push(line);
    });
    exited.then((how) => fail(`${how} before it was ready.`));
    patience.addEventListener("abort", () => fail("did not say within 60 seconds that it is ready."));
  }).catch(async (error) => {
    await end(child);
    throw error;
  });
  return { name, child, url: String(url), exited };
}

/** @param {string} binary @param {string[]} args @param {(line: string) => void} [onLine] */
export const startSandbox = (binary, args, onLine) =>
  startServer("sandbox", binary, args, { ready: /^sandbox listening on (https?:\S+)/, onLine });

/** Whether a port of 127.0.0.1 can be listened on; 0 gives any free port. @param {number} port @returns {Promise<number | undefined>} the port */
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
 * Runs a script: expected failures are told in their own words, and whatever ends it, its child processes end first.
 * @param {() => Promise<number | void>} script returns the exit code
 */
export async function main(script) {
  if (process.platform === "win32") {
    console.error("These scripts run on Linux and macOS; on Windows use them within WSL.");
    process.exit(1);
  }
  for (const [signal, code] of /** @type {const} */ ([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ])) {
    process.on(signal, async () => {
      // A second signal ends everything at once; but for one Ctrl-C npm may send two.
      if (stopping && performance.now() - stopping < 500) return;
      if (!stopping) {
        stopping = performance.now();
        await endAll();
      }
      process.exit(code);
    });
  }
  if (process.env.npm_lifecycle_event) {
    // npm passes no SIGTERM on: once it is gone, nobody wants this any more.
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
    console.error(error instanceof Stop ? paint("red", error.message) : error);
  }
  await endAll();
  process.exitCode = code;
}
