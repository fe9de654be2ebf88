// README.vi.md says what README.md says: the same chapters, code, tables and links, in another language.
import { expect, test } from "vitest";
import { documents } from "./documents";
import type { Block, Markdown, Span } from "./markdown";

const parsed = (name: string): Markdown => {
  const document = documents.get(name);
  if (!document) throw new Error(`there is no ${name}`);
  return document;
};
const english = parsed("README.md");
const vietnamese = parsed("README.vi.md");

/** Text of more than one word is for people. */
const prose = (text: string) => (/\s/.test(text) ? "…" : text);

/** Code without what is translated: comments, texts, and the language of messages. */
function untranslated({ language, words, code }: Block): string {
  const lines = code
    .replace(/\/\*\*.*?\*\//gs, "")
    .replace(/(^|\s)(\/\/|#) .*$/gm, "")
    .replace(/language: "(en|vi)"/, 'language: "…"')
    .replace(/"([^"\n]*)"/g, (_, text: string) => `"${prose(text)}"`)
    .replace(/`([^`]*)`/g, (_, text: string) =>
      text
        .split(/(\$\{[^}]*\})/)
        .map((part) => (part.startsWith("$") ? part : prose(part)))
        .join(""),
    );
  return [language, ...words, lines.replace(/ +$/gm, "")].join("\n");
}

test("the same chapters", () => {
  const levels = ({ headings }: Markdown) => headings.map(({ level }) => level);
  expect(levels(vietnamese)).toEqual(levels(english));
});

test("the same number of blocks", () => {
  expect(vietnamese.blocks).toHaveLength(english.blocks.length);
});

test.each(english.blocks.map((block, index) => [`README.md:${block.line}`, index] as const))(
  "the code of %s is the same but for comments and texts",
  (_, index) => {
    const [original, translation] = [english.blocks[index], vietnamese.blocks[index]];
    expect(translation && untranslated(translation)).toBe(original && untranslated(original));
  },
);

test("the same tables", () => {
  const shape = ({ tables }: Markdown) => tables.map(({ rows, columns }) => ({ rows, columns }));
  expect(shape(vietnamese)).toEqual(shape(english));
});

test("the same links, but for each other and for anchors of their own", () => {
  const anchors = new Map(english.headings.map(({ anchor }, index) => [anchor, vietnamese.headings[index]?.anchor]));
  const translated = english.links.map(({ target }) => {
    if (target === "README.vi.md") return "README.md";
    return target.startsWith("#") ? `#${anchors.get(target.slice(1))}` : target;
  });
  expect(vietnamese.links.map(({ target }) => target)).toEqual(translated);
});

/** Names are no matter of language: classes, options, codes, commands. */
const names = (spans: readonly Span[]) =>
  new Set(spans.map(({ code }) => code).filter((code) => /^[\w.'"()<>{}[\]:,?! -]+$/.test(code)));

test("every name that README.md names", () => {
  expect([...names(english.spans)].filter((name) => !names(vietnamese.spans).has(name))).toEqual([]);
});
