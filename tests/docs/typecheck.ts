// Type-checks the TypeScript of all documents as in a reader's project: they import the package by its name.
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { recipes } from "../../scripts/projects.mjs";
import { blocks, location, originalOf, out, root } from "./documents";
import type { Block } from "./markdown";
import { run } from "./process";

/** Files that the reader writes and no document shows: one folder for each document. */
const readers = join(import.meta.dirname, "reader");
export const sources = join(out, "blocks");

const strict = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noImplicitOverride: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  verbatimModuleSyntax: true,
  noEmit: true,
  skipLibCheck: true,
  target: "es2022",
  module: "esnext",
  moduleDetection: "force",
  moduleResolution: "bundler",
  allowJs: true,
  checkJs: true,
};

/** Pages are checked without Node's types, and what runs in Node without the browser's. */
const programs = {
  page: { lib: ["es2023", "dom", "dom.iterable", "dom.asynciterable"], types: ["vite/client"], jsx: "react-jsx" },
  node: { lib: ["es2022"], types: ["node"] },
};

/** Returns the script of an HTML page, with its line numbers. */
function scriptOf(code: string): string {
  const [, before = "", script = ""] = /^(.*?<script type="module">)(.*?)<\/script>/ms.exec(code) ?? [];
  return before.replace(/[^\n]/g, "") + script;
}

const codeOf = (block: Block): string => (block.language === "html" ? scriptOf(block.code) : block.code);

/** The projects in tests/package that have the testing guide's recipes as files. They check and run them. */
export const RECIPES: readonly string[] = Object.keys(recipes);

/** The blocks that are programs or contain one, except of the recipes. */
export const programBlocks = blocks.filter(
  ({ language, flags }) =>
    ["ts", "tsx", "js", "html"].includes(language) && !flags.some((flag) => RECIPES.includes(flag)),
);

/** The file for a block's code. A block that names no file is named by its line. */
export function sourceFile(block: Block): string {
  const { document, line, language } = block;
  const extension = language === "html" ? "js" : language;
  const named = language === "html" ? undefined : block.file;
  return join(sources, document, named ?? `line-${line}.${extension}`);
}

/** Writes the blocks as files with the line numbers of the document. */
export function writeSources(): void {
  rmSync(sources, { recursive: true, force: true });
  for (const block of programBlocks) {
    const file = sourceFile(block);
    if (existsSync(file)) throw new Error(`${location(block)}: this document already has a block ${block.file}.`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, "\n".repeat(block.line) + codeOf(block));
    const reader = join(readers, originalOf(block.document));
    if (existsSync(reader)) cpSync(reader, join(sources, block.document), { recursive: true });
  }
}

async function tsc(name: string, options: object, wanted: readonly Block[]): Promise<string[]> {
  const project = join(out, `tsconfig.${name}.json`);
  const files = wanted.map(sourceFile);
  writeFileSync(project, JSON.stringify({ compilerOptions: { ...strict, ...options }, files }));
  const program = join(root, "node_modules/.bin/tsc");
  const { stdout, stderr } = await run(program, ["-p", project, "--pretty", "false"], {}, sources);
  return `${stdout}\n${stderr}`.split("\n").filter((line) => line !== "");
}

/** `file(line,column): error …` */
const DIAGNOSTIC = /^(.+?)\((\d+),(\d+)\): (.*)$/;

/** Returns TypeScript's diagnostics by the location of the block; those outside of the blocks are at `""`. */
export async function typecheck(): Promise<ReadonlyMap<string, readonly string[]>> {
  writeSources();
  const isNode = ({ flags }: Block) => flags.includes("node");
  const runsInNode = (block: Block) => isNode(block) || block.flags.includes("run");
  const lines = await Promise.all([
    tsc(
      "page",
      programs.page,
      programBlocks.filter((block) => !isNode(block)),
    ),
    tsc("node", programs.node, programBlocks.filter(runsInNode)),
  ]);
  const blockOf = new Map(programBlocks.map((block) => [relative(sources, sourceFile(block)), block]));
  const diagnostics = new Map<string, string[]>();
  let owner = "";
  for (const line of lines.flat()) {
    const [, file = "", at, column, message] = DIAGNOSTIC.exec(line) ?? [];
    const block = blockOf.get(file);
    // An indented line continues the diagnostic above.
    if (!line.startsWith(" ")) owner = block ? location(block) : "";
    const text = block ? `${block.document}:${at}:${column} ${message}` : line;
    diagnostics.set(owner, [...(diagnostics.get(owner) ?? []), text]);
  }
  return diagnostics;
}
