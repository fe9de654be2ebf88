// Runs the examples of the documents as programs of their own.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { createInterface } from "node:readline";
import { build, type Plugin } from "esbuild";
import { out, root } from "./documents";
import type { Block } from "./markdown";
import { onSandbox } from "./sandbox";
import { sourceFile, sources } from "./typecheck";

/** The blocks of a document import each other; the rest comes from node_modules. */
const toldOfSandbox: Plugin = {
  name: "told-of-sandbox",
  setup({ onLoad }) {
    onLoad({ filter: /\.tsx?$/ }, ({ path }) => ({
      contents: onSandbox(readFileSync(path, "utf8")),
      loader: path.endsWith("x") ? "tsx" : "ts",
    }));
  },
};

/** A block as a JavaScript file that Node runs. */
export async function compile(block: Block): Promise<string> {
  const source = sourceFile(block);
  const outfile = join(out, "run", `${relative(sources, source)}.mjs`);
  await build({
    entryPoints: [source],
    outfile,
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: "inline",
    jsx: "automatic",
    plugins: [toldOfSandbox],
    logLevel: "silent",
  });
  return outfile;
}

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end. */
export function run(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd = root,
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    const text = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (part: string) => (text.stdout += part));
    child.stderr.setEncoding("utf8").on("data", (part: string) => (text.stderr += part));
    child.on("error", reject).on("close", (code) => resolve({ code, ...text }));
  });
}

/** Runs a file with Node; errors are told by the lines of the document. */
export const runNode = (file: string): Promise<Outcome> => run(process.execPath, ["--enable-source-maps", file]);

/** Starts a server, runs `use` once it prints a line that `ready` matches, and ends it. */
export async function withServer<T>(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  ready: RegExp,
  use: (match: RegExpExecArray) => Promise<T>,
): Promise<T> {
  const child = spawn(command, args, { cwd: root, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  const closed = new Promise<void>((resolve) => child.on("close", () => resolve()));
  const lines: string[] = [];
  try {
    const match = await new Promise<RegExpExecArray>((resolve, reject) => {
      const look = (line: string) => {
        lines.push(line);
        const match = ready.exec(line);
        if (match) resolve(match);
      };
      for (const input of [child.stdout, child.stderr]) createInterface({ input }).on("line", look);
      child.on("error", reject);
      closed.then(() => reject(new Error(["It ended before it was ready:", ...lines].join("\n"))));
    });
    return await use(match);
  } finally {
    child.kill();
    await closed;
  }
}
