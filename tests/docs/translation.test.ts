// The Vietnamese documents are translations: the same chapters, code, tables and links.
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { documentOf, translations } from "./documents";
import type { Block, InlineCode, Markdown } from "./markdown";

/** Replaces text with more than one word and labels such as `balance:`, because they are for users and are translated. */
const withoutProse = (text: string) => (/\s|:$/.test(text) ? "…" : text);

/** Removes what is translated in code: comments, texts, and the language of messages. */
function withoutTranslation({ language, flags, file, code }: Block): string {
  if (language === "text") return [language, ...flags].join("\n"); // what a program prints: other tests compare it
  const lines = code
    .replace(/\/\*\*.*?\*\//gs, "")
    .replace(/(^|\s)(\/\/|#) .*$/gm, "")
    .replace(/<title>.*<\/title>|^ *[^\s<].*$(?=\n *<\/body>)/gm, "…")
    .replaceAll("ĐƯỜNG_DẪN/", "PATH/")
    .replace(/lang="(en|vi)"/, "…")
    .replace(/language: "(en|vi)"/g, 'language: "…"')
    .replace(/"([^"\n]*)"/g, (_, text: string) => `"${withoutProse(text)}"`)
    .replace(/`([^`]*)`/g, (_, text: string) =>
      text
        .split(/(\$\{[^}]*\})/)
        .map((part) => (part.startsWith("$") ? part : withoutProse(part)))
        .join(""),
    );
  return [language, ...flags, file, lines.replace(/ +$/gm, "")].join("\n");
}

/** The names of classes, options, codes and commands, which are not translated. */
const namesIn = (inlineCodes: readonly InlineCode[]) =>
  new Set(inlineCodes.map(({ code }) => code).filter((code) => /^[\w.'"()<>{}[\]:,?! -]+$/.test(code)));

/** Returns a link's target as a path from the root, with the anchor. */
function resolve(document: string, target: string): [file: string, anchor?: string] {
  if (target.startsWith("https://")) return [target];
  const [path = "", anchor] = target.split("#");
  const file = path === "" ? document : join(dirname(document), path);
  return anchor === undefined ? [file] : [file, decodeURIComponent(anchor)];
}

/** Returns the link of a translation in place of a link of the original: to the translation, where there is one. */
function translated(file: string, anchor?: string): [file: string, anchor?: string] {
  const translation = translations.get(file);
  if (translation === undefined) return anchor === undefined ? [file] : [file, anchor];
  if (anchor === undefined) return [translation];
  const index = documentOf(file).headings.findIndex((heading) => heading.anchor === anchor);
  return [translation, documentOf(translation).headings[index]?.anchor ?? "missing"];
}

test("there are translations of the guides", () => {
  const guides = ["quick-start", "errors", "safe-top-ups", "token-backend"].map((name) => `docs/guides/${name}.md`);
  expect([...translations.keys()]).toEqual(expect.arrayContaining(["README.md", ...guides]));
});

describe.each([...translations])("%s, %s", (name, translation) => {
  const english = documentOf(name);
  const vietnamese = documentOf(translation);

  test("the same chapters", () => {
    const levels = ({ headings }: Markdown) => headings.map(({ level }) => level);
    expect(levels(vietnamese)).toEqual(levels(english));
  });

  test("the same number of blocks", () => {
    expect(vietnamese.blocks).toHaveLength(english.blocks.length);
  });

  test.each(english.blocks.map((block, index) => [block.line, index] as const))(
    "the code of line %i is the same except for comments and texts",
    (_, index) => {
      const [original, translation] = [english.blocks[index], vietnamese.blocks[index]];
      expect(translation && withoutTranslation(translation)).toBe(original && withoutTranslation(original));
    },
  );

  test("tables of the same size", () => {
    const sizes = ({ tables }: Markdown) => tables.map((rows) => rows.map((cells) => cells.length));
    expect(sizes(vietnamese)).toEqual(sizes(english));
  });

  test("the same links, to the Vietnamese documents where there are any; the first leads to the other language", () => {
    const [toEnglish, ...links] = vietnamese.links.map(({ target }) => resolve(translation, target));
    const [toVietnamese, ...expected] = english.links.map(({ target }) => resolve(name, target));
    expect([toEnglish, toVietnamese]).toEqual([[name], [translation]]);
    expect(links).toEqual(expected.map((link) => translated(...link)));
  });

  test("every name of the original", () => {
    const names = namesIn(vietnamese.inlineCodes);
    expect([...namesIn(english.inlineCodes)].filter((name) => !names.has(name))).toEqual([]);
  });
});
