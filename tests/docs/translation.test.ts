// README.vi.md is a translation of README.md: the same chapters, code, tables and links.
import { expect, test } from "vitest";
import { documentOf } from "./documents";
import type { Block, InlineCode, Markdown } from "./markdown";

const english = documentOf("README.md");
const vietnamese = documentOf("README.vi.md");

/** Replaces text with more than one word, because it is for users and is translated. */
const withoutProse = (text: string) => (/\s/.test(text) ? "…" : text);

/** Removes what is translated in code: comments, texts, and the language of messages. */
function withoutTranslation({ language, flags, code }: Block): string {
  const lines = code
    .replace(/\/\*\*.*?\*\//gs, "")
    .replace(/(^|\s)(\/\/|#) .*$/gm, "")
    .replace(/language: "(en|vi)"/, 'language: "…"')
    .replace(/"([^"\n]*)"/g, (_, text: string) => `"${withoutProse(text)}"`)
    .replace(/`([^`]*)`/g, (_, text: string) =>
      text
        .split(/(\$\{[^}]*\})/)
        .map((part) => (part.startsWith("$") ? part : withoutProse(part)))
        .join(""),
    );
  return [language, ...flags, lines.replace(/ +$/gm, "")].join("\n");
}

test("the same chapters", () => {
  const levels = ({ headings }: Markdown) => headings.map(({ level }) => level);
  expect(levels(vietnamese)).toEqual(levels(english));
});

test("the same number of blocks", () => {
  expect(vietnamese.blocks).toHaveLength(english.blocks.length);
});

test.each(english.blocks.map((block, index) => [`README.md:${block.line}`, index] as const))(
  "the code of %s is the same except for comments and texts",
  (_, index) => {
    const [original, translation] = [english.blocks[index], vietnamese.blocks[index]];
    expect(translation && withoutTranslation(translation)).toBe(original && withoutTranslation(original));
  },
);

test("tables of the same size", () => {
  const sizes = ({ tables }: Markdown) => tables.map((rows) => rows.map((cells) => cells.length));
  expect(sizes(vietnamese)).toEqual(sizes(english));
});

test("the same links, except for the links between the two files and their anchors", () => {
  const anchors = new Map(english.headings.map(({ anchor }, index) => [anchor, vietnamese.headings[index]?.anchor]));
  const expected = english.links.map(({ target }) => {
    if (target === "README.vi.md") return "README.md";
    return target.startsWith("#") ? `#${anchors.get(target.slice(1))}` : target;
  });
  expect(vietnamese.links.map(({ target }) => target)).toEqual(expected);
});

/** The names of classes, options, codes and commands, which are not translated. */
const namesIn = (inlineCodes: readonly InlineCode[]) =>
  new Set(inlineCodes.map(({ code }) => code).filter((code) => /^[\w.'"()<>{}[\]:,?! -]+$/.test(code)));

test("every name of README.md", () => {
  const translated = namesIn(vietnamese.inlineCodes);
  expect([...namesIn(english.inlineCodes)].filter((name) => !translated.has(name))).toEqual([]);
});
