// The documents under test, read once.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Block, type Markdown, parse } from "./markdown";

export const root = join(import.meta.dirname, "../..");

/** The output folder of the tests; git ignores it. */
export const out = join(import.meta.dirname, "out");

const isMarkdown = (file: string) => file.endsWith(".md");
const guidesIn = (folder: string) =>
  readdirSync(join(root, folder))
    .filter(isMarkdown)
    .map((file) => `${folder}/${file}`);

export const guides: readonly string[] = guidesIn("docs/guides");

/** The Vietnamese documents, by the English document that they translate. */
export const translations: ReadonlyMap<string, string> = new Map([
  ["README.md", "README.vi.md"],
  ...guidesIn("docs/guides/vi").map((file) => [file.replace("/vi/", "/"), file] as const),
]);

/** Returns the English document of a translation, and any other document itself. */
export const originalOf = (document: string): string =>
  [...translations].find(([, translation]) => translation === document)?.[0] ?? document;

const names = [
  ...readdirSync(root).filter(isMarkdown),
  "pkg/README.md",
  "tests/sandbox/pkg/README.md",
  "docs/browser-repeats.md",
  "docs/performance.md",
  ...guides,
  ...guidesIn("docs/guides/vi"),
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
