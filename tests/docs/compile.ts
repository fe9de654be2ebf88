// Compiles the examples of the documents into programs.
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { build, type Plugin } from "esbuild";
import { out } from "./documents";
import type { Block } from "./markdown";
import { type ProcessResult, run } from "./process";
import { withSandboxUrl } from "./sandbox";
import { sourceFile, sources } from "./typecheck";

const sandboxUrl: Plugin = {
  name: "sandbox-url",
  setup({ onLoad }) {
    onLoad({ filter: /\.tsx?$/ }, ({ path }) => ({
      contents: withSandboxUrl(readFileSync(path, "utf8")),
      loader: path.endsWith("x") ? "tsx" : "ts",
    }));
  },
};

/** Compiles a block, and the blocks of its document that it imports, to a JavaScript file for Node. */
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
    plugins: [sandboxUrl],
    logLevel: "silent",
  });
  return outfile;
}

/** Runs a file with Node. Stack traces have the line numbers of the document. */
export const runNode = (file: string): Promise<ProcessResult> => run(process.execPath, ["--enable-source-maps", file]);
