// What the tests need from a Markdown document.
import GithubSlugger from "github-slugger";
import { toString } from "mdast-util-to-string";
import { remark } from "remark";
import remarkGfm from "remark-gfm";
import { visit } from "unist-util-visit";

/** A fenced code block. */
export interface Block {
  /** The document's path from the root. */
  readonly document: string;
  /** The line of the opening fence, from 1. */
  readonly line: number;
  readonly language: string;
  /** The rest of the opening fence, such as `run`. */
  readonly flags: readonly string[];
  readonly code: string;
  /** The file that a first line such as `// omi.ts` names. */
  readonly file: string | undefined;
  /** The anchor of the heading above the block. */
  readonly section: string;
}

export interface Heading {
  readonly level: number;
  readonly text: string;
  /** The anchor that GitHub gives the heading. */
  readonly anchor: string;
}

/** A link or an image. */
export interface Link {
  readonly line: number;
  readonly target: string;
}

export interface InlineCode {
  readonly line: number;
  readonly code: string;
}

/** The text of each cell, row by row, with the header first. */
export type Table = readonly (readonly string[])[];

export interface Markdown {
  readonly blocks: readonly Block[];
  readonly headings: readonly Heading[];
  readonly links: readonly Link[];
  readonly tables: readonly Table[];
  readonly inlineCodes: readonly InlineCode[];
}

const FILE_NAME = /^(?:\/\/|#|<!--) (\S+\.\w+)(?: -->)?$/;
const parser = remark().use(remarkGfm);

export function parse(document: string, text: string): Markdown {
  const lines = text.split("\n");
  const slugger = new GithubSlugger();
  const blocks: Block[] = [];
  const headings: Heading[] = [];
  const links: Link[] = [];
  const tables: Table[] = [];
  const inlineCodes: InlineCode[] = [];

  visit(parser.parse(text), (node) => {
    const { line } = node.position!.start;
    if (node.type === "code") {
      const lastLine = lines[node.position!.end.line - 1] ?? "";
      if (!/^ *(```|~~~)$/.test(lastLine)) throw new Error(`${document}:${line}: the block has no closing fence`);
      const [firstLine = ""] = node.value.split("\n");
      blocks.push({
        document,
        line,
        language: node.lang ?? "",
        flags: node.meta?.split(" ") ?? [],
        code: node.value,
        file: FILE_NAME.exec(firstLine)?.[1],
        section: headings.at(-1)?.anchor ?? "",
      });
    } else if (node.type === "heading") {
      headings.push({ level: node.depth, text: toString(node), anchor: slugger.slug(toString(node)) });
    } else if (node.type === "link" || node.type === "image") {
      links.push({ line, target: node.url });
    } else if (node.type === "table") {
      tables.push(node.children.map((row) => row.children.map((cell) => toString(cell))));
    } else if (node.type === "inlineCode") {
      inlineCodes.push({ line, code: node.value });
    }
  });
  return { blocks, headings, links, tables, inlineCodes };
}
