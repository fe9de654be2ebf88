// The documents that are checked, read once.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Block, type Markdown, parse } from "./markdown";

export const root = join(import.meta.dirname, "../..");

/** What the tests write; git ignores it. */
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

export const blocks: readonly Block[] = [...documents.values()].flatMap((document) => document.blocks);

export const place = ({ document, line }: Pick<Block, "document" | "line">): string => `${document}:${line}`;

/** What a test is called that is about a block. */
export const title = (block: Block): string =>
  [place(block), block.language, ...block.words, block.file].filter(Boolean).join(" ");

/** The block that is a file of a document. */
export function fileOf(document: string, file: string): Block {
  const found = documents.get(document)?.blocks.find((block) => block.file === file);
  if (!found) throw new Error(`${document} has no block that begins with the name ${file}`);
  return found;
}
