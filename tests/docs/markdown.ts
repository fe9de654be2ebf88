// Reads Markdown as these documents are written: fenced blocks, headings, links and code spans. Not all that Markdown allows.

export interface Block {
  /** The document's path from the root. */
  readonly document: string;
  /** The line of the opening fence, from 1 on. */
  readonly line: number;
  readonly language: string;
  /** What else the fence says, such as `run`. */
  readonly words: readonly string[];
  readonly code: string;
  /** The file that a first line such as `// omi.ts` names. */
  readonly file: string | undefined;
  /** The anchor of the heading above it. */
  readonly section: string;
}

export interface Heading {
  readonly level: number;
  readonly text: string;
  readonly anchor: string;
}

export interface Link {
  readonly line: number;
  readonly target: string;
}

export interface Table {
  readonly line: number;
  readonly rows: number;
  readonly columns: number;
}

export interface Span {
  readonly line: number;
  readonly code: string;
}

export interface Markdown {
  readonly blocks: readonly Block[];
  readonly headings: readonly Heading[];
  readonly links: readonly Link[];
  readonly tables: readonly Table[];
  readonly spans: readonly Span[];
}

const FENCE = /^( *)(```+|~~~+) *(\S*) *(.*)$/;
const FILE_NAME = /^(?:\/\/|#|<!--) (\S+\.\w+)(?: -->)?$/;

/** The anchor that GitHub gives a heading. */
export function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, "")
    .replaceAll(" ", "-");
}

export function parse(document: string, text: string): Markdown {
  const lines = text.split("\n");
  const blocks: Block[] = [];
  const headings: Heading[] = [];
  const links: Link[] = [];
  const tables: Table[] = [];
  const spans: Span[] = [];
  const anchors = new Map<string, number>();

  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? "";
    const number = index + 1;
    const [, indent = "", fence, language = "", info = ""] = FENCE.exec(line) ?? [];
    if (fence !== undefined) {
      const end = lines.findIndex((other, at) => at > index && other.trim() === fence);
      if (end < 0) throw new Error(`${document}:${number}: the block does not end`);
      // Lines of a block in a list are indented as its fence is.
      const code = lines.slice(index + 1, end).map((text) => text.replace(new RegExp(`^ {0,${indent.length}}`), ""));
      const words = info.split(" ").filter(Boolean);
      const file = FILE_NAME.exec(code[0] ?? "")?.[1];
      const section = headings.at(-1)?.anchor ?? "";
      blocks.push({ document, line: number, language, words, code: code.join("\n"), file, section });
      index = end;
      continue;
    }
    const [, marks, title] = /^(#+) (.+)$/.exec(line) ?? [];
    if (marks !== undefined && title !== undefined) {
      const plain = title.replace(/[`*]/g, "");
      const seen = anchors.get(slug(plain)) ?? 0;
      anchors.set(slug(plain), seen + 1);
      headings.push({ level: marks.length, text: plain, anchor: seen === 0 ? slug(plain) : `${slug(plain)}-${seen}` });
    }
    if (/^\| ?-{3}/.test(line)) {
      const end = lines.findIndex((other, at) => at > index && !other.startsWith("|"));
      const rows = (end < 0 ? lines.length : end) - number;
      tables.push({ line: number, rows, columns: line.split("|").length - 2 });
    }
    for (const [, code = ""] of line.matchAll(/`([^`]+)`/g)) spans.push({ line: number, code });
    const prose = line.replace(/`[^`]*`/g, (code) => "x".repeat(code.length));
    for (const [, target = ""] of prose.matchAll(/\]\(([^)\s]+)\)/g)) links.push({ line: number, target });
  }
  return { blocks, headings, links, tables, spans };
}
