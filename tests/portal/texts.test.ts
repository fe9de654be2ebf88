import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { texts } from "../../www/src/language/texts";

type Leaf = string | ((...values: string[]) => string | string[]);
type Path = readonly string[];

/** The texts with their paths, such as `create.outcomes.applied`. */
function leaves(value: object, path: Path = []): (readonly [path: Path, leaf: Leaf])[] {
  return Object.entries(value).flatMap(([name, child]: [string, Leaf | object]) =>
    typeof child === "object" ? leaves(child, [...path, name]) : [[[...path, name], child] as const],
  );
}

/** The text, of a function with placeholders for its values. */
const textOf = (leaf: Leaf) =>
  typeof leaf === "string" ? leaf : [leaf(...Array<string>(leaf.length).fill("7"))].flat().join("\n");
const kindOf = (leaf: Leaf) => (typeof leaf === "string" ? "text" : `function of ${leaf.length}`);
const all = Object.values(texts).flatMap((language) => leaves(language));
/** The paths of the texts that fail a check, with the texts. */
const failing = (isWrong: (text: string) => boolean) =>
  all.filter(([, leaf]) => isWrong(textOf(leaf))).map(([path, leaf]) => `${path.join(".")}: ${textOf(leaf)}`);

test("both languages have the same texts", () => {
  const kinds = (language: object) => leaves(language).map(([path, leaf]) => `${path.join(".")}: ${kindOf(leaf)}`);
  expect(kinds(texts.en)).toEqual(kinds(texts.vi));
});

/** The same in both languages: brands and technical terms. */
const untranslated = new Set(["API key", "CSV", "Excel (XLSX)", "Menu", "OMICall Partner", "Sandbox"]);

test("every text is translated", () => {
  const english = new Map(leaves(texts.en).map(([path, leaf]) => [path.join("."), textOf(leaf)]));
  const same = leaves(texts.vi).filter(([path, leaf]) => {
    const text = textOf(leaf);
    return text === english.get(path.join(".")) && /\p{L}/u.test(text) && !untranslated.has(text);
  });
  expect(same.map(([path, leaf]) => `${path.join(".")}: ${textOf(leaf)}`)).toEqual([]);
});

test("every text is used", () => {
  const src = join(import.meta.dirname, "../../www/src");
  const files = readdirSync(src, { recursive: true, encoding: "utf8" });
  const code = files
    .filter((file) => /\.tsx?$/.test(file) && !/(^|\/)texts\.ts$|language\/common\.ts$/.test(file))
    .map((file) => readFileSync(join(src, file), "utf8"))
    .join("\n");
  const has = (pattern: string) => new RegExp(pattern).test(code);
  const isUsed = (path: Path): boolean => {
    const [parent = "t", name = ""] = path.length > 1 ? path.slice(-2) : ["t", ...path];
    if (has(`\\b${parent}\\.${name}\\b`)) return true;
    // Looked up by a value: `t.create.outcomes[outcome]`, `lookUp(t.tenant.statuses, status)`, `t.purchase[kind].title`
    const isLookedUp = has(`\\.${parent}(\\[|,|\\)|;)`);
    return isLookedUp || (path.slice(0, -2).some((object) => has(`\\.${object}\\[`)) && has(`\\.${name}\\b`));
  };
  expect(leaves(texts.vi).flatMap(([path]) => (isUsed(path) ? [] : [path.join(".")]))).toEqual([]);
});

test("no text is empty or has two spaces", () => {
  expect(failing((text) => text.trim() === "" || text.includes("  "))).toEqual([]);
});

test("texts have typographic quotation marks, ellipses and dashes", () => {
  expect(failing((text) => /["'`]|\.\.\.|--| - /.test(text))).toEqual([]);
});

test("texts in Vietnamese are composed characters, as on keyboards and in searches", () => {
  expect(failing((text) => text !== text.normalize("NFC"))).toEqual([]);
});
