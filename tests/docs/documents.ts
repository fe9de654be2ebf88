// The documents under test, read once.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Block, type Markdown, parse } from "./markdown";

export const root = join(import.meta.dirname, "../..");

/** The output folder of the tests; git ignores it. */
export const out = join(import.meta.dirname, "out");

export const guides: readonly string[] = readdirSync(join(root, "docs/guides")).map((file) => `docs/guides/${file}`);

const isMarkdown = (file: string) => file.endsWith(".md");

const names = [
  ...readdirSync(root).filter(isMarkdown),
  "pkg/README.md",
  "docs/browser-repeats.md",
  "docs/performance.md",
  ...guides,
];

export const documents: ReadonlyMap<string, Markdown> = new Map(
  names.map((name) => [name, parse(name, readFileSync(join(root, name), "utf8"))]),
);

/** Returns a document by its path from the root. */
export function documentOf(name: string): Markdown {
  const document = documents.get(name);
  if (!document) throw new Error(`There is no document ${name}.`);
  return document;
}

export const blocks: readonly Block[] = [...documents.values()].flatMap((document) => document.blocks);

export const location = ({ document, line }: Pick<Block, "document" | "line">): string => `${document}:${line}`;

/** The title of a test of a block. */
export const title = (block: Block): string =>
  [location(block), block.language, ...block.flags, block.file].filter(Boolean).join(" ");

/** Returns the block that is a file of a document. */
export function fileOf(document: string, file: string): Block {
  const found = documentOf(document).blocks.find((block) => block.file === file);
  if (!found) throw new Error(`${document} has no block whose first line names ${file}.`);
  return found;
}
