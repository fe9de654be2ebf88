// Runs other programs.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { root } from "./documents";

export interface ProcessResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command until it exits. */
export function run(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd = root,
): Promise<ProcessResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    const text = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (part: string) => (text.stdout += part));
    child.stderr.setEncoding("utf8").on("data", (part: string) => (text.stderr += part));
    child.on("error", reject).on("close", (code) => resolve({ code, ...text }));
  });
}

/** Starts a server, calls `use` once the server prints a line that matches `ready`, and stops the server. */
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
      const onLine = (line: string) => {
        lines.push(line);
        const match = ready.exec(line);
        if (match) resolve(match);
      };
      for (const input of [child.stdout, child.stderr]) createInterface({ input }).on("line", onLine);
      child.on("error", reject);
      closed.then(() => reject(new Error(["The server exited before it was ready:", ...lines].join("\n"))));
    });
    return await use(match);
  } finally {
    child.kill();
    await closed;
  }
}
