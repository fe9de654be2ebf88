// Every link between the documents has a target.
import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";
import { documentOf, documents, guides, root, translations } from "./documents";

/** Returns what is wrong with a link of a document, if anything. */
function problemWith(document: string, target: string): string | undefined {
  if (target.startsWith("https://")) return URL.canParse(target) ? undefined : "not a URL";
  const [path = "", anchor] = target.split("#");
  const file = path === "" ? document : relative(root, join(root, dirname(document), decodeURI(path)));
  if (file.startsWith("..")) return "outside of the repository";
  if (!existsSync(join(root, file))) return `there is no ${file}`;
  if (anchor === undefined) return undefined;
  const headings = documents.get(file)?.headings;
  if (!headings) return `${file} is not one of the documents, so its anchors are unknown`;
  const anchors = headings.map(({ anchor }) => anchor);
  return anchors.includes(decodeURIComponent(anchor)) ? undefined : `${file} only has ${anchors.join(", ")}`;
}

test.each([...documents])("the links of %s", (name, { links }) => {
  const problems = links.flatMap(({ line, target }) => {
    const problem = problemWith(name, target);
    return problem === undefined ? [] : [`${name}:${line}: ${target}: ${problem}`];
  });
  expect(problems).toEqual([]);
});

test.each(guides)("both READMEs link to %s", (guide) => {
  for (const [readme, target] of [
    ["README.md", guide],
    ["README.vi.md", translations.get(guide) ?? guide],
  ] as const) {
    expect(documentOf(readme).links.map(({ target }) => target)).toContain(target);
  }
});

test("each document begins with its only title, and its headings skip no level", () => {
  const skips = [...documents].flatMap(([name, { headings }]) =>
    headings
      .filter(({ level }, index) => (index === 0) !== (level === 1) || level > (headings[index - 1]?.level ?? 0) + 1)
      .map(({ text }) => `${name}: ${text}`),
  );
  expect(skips).toEqual([]);
});
