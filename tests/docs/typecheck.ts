// Type-checks the TypeScript of all documents, as a reader's own project would: with the package under its own name.
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { run } from "../../scripts/lib.mjs";
import { blocks, out, place, root } from "./documents";
import type { Block } from "./markdown";

/** What a reader has, and no document shows: one folder for a document. */
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

/** A page of the reader's is checked without Node's types, the reader's backend without the browser's. */
const programs = {
  page: { lib: ["es2023", "dom", "dom.iterable", "dom.asynciterable"], types: ["vite/client"], jsx: "react-jsx" },
  node: { lib: ["es2023"], types: ["node"] },
};

/** The script of a page: as many lines further down as there. */
function scriptOf(code: string): string {
  const [, before = "", script = ""] = /^(.*?<script type="module">)(.*?)<\/script>/ms.exec(code) ?? [];
  return before.replace(/[^\n]/g, "") + script;
}

const code = (block: Block): string => (block.language === "html" ? scriptOf(block.code) : block.code);

/** Blocks that are programs, or hold one. */
export const programBlocks = blocks.filter(({ language }) => ["ts", "tsx", "js", "html"].includes(language));

/** Where a block's code is written; a block that names no file is named after its line. */
export function sourceFile(block: Block): string {
  const { document, line, language } = block;
  const extension = language === "html" ? "js" : language;
  const named = language === "html" ? undefined : block.file;
  return join(sources, document, named ?? `line-${line}.${extension}`);
}

/** Writes the blocks as files whose lines are those of the document. */
function write() {
  rmSync(sources, { recursive: true, force: true });
  for (const block of programBlocks) {
    const file = sourceFile(block);
    if (existsSync(file)) throw new Error(`${place(block)}: another block of this document is ${block.file} already`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, "\n".repeat(block.line) + code(block));
    const reader = join(readers, block.document);
    if (existsSync(reader)) cpSync(reader, dirname(file), { recursive: true });
  }
}

async function tsc(name: string, options: object, files: string[]): Promise<string[]> {
  const project = join(out, `tsconfig.${name}.json`);
  writeFileSync(project, JSON.stringify({ compilerOptions: { ...strict, ...options }, files }));
  const program = join(root, "node_modules/.bin/tsc");
  const { output } = await run(program, ["-p", project, "--pretty", "false"], { cwd: sources });
  return output.split("\n").filter((line) => line !== "");
}

/** Where a diagnostic is: `file(line,column): error …`. */
const PLACE = /^(.+?)\((\d+),(\d+)\): (.*)$/;

/** What TypeScript says about the blocks, by place; what it says of nothing in them is under `""`. */
export async function typecheck(): Promise<ReadonlyMap<string, readonly string[]>> {
  mkdirSync(out, { recursive: true });
  write();
  const isNode = ({ words }: Block) => words.includes("node");
  const files = (wanted: Block[]) => wanted.map(sourceFile);
  const lines = await Promise.all([
    tsc("page", programs.page, files(programBlocks.filter((block) => !isNode(block)))),
    tsc("node", programs.node, files(programBlocks.filter(isNode))),
  ]);
  const owners = new Map(programBlocks.map((block) => [relative(sources, sourceFile(block)), block]));
  const found = new Map<string, string[]>();
  let owner = "";
  for (const line of lines.flat()) {
    const [, file = "", at, column, what] = PLACE.exec(line) ?? [];
    const block = owners.get(file);
    // Lines that begin with blanks go on with the diagnostic above.
    if (!line.startsWith(" ")) owner = block ? place(block) : "";
    const text = block ? `${block.document}:${at}:${column} ${what}` : line;
    found.set(owner, [...(found.get(owner) ?? []), text]);
  }
  return found;
}
