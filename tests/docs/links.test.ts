// Every link between the documents leads somewhere.
import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";
import { documents, guides, root } from "./documents";

/** What is wrong with a link of a document; nothing, mostly. */
function fault(document: string, target: string): string | undefined {
  if (target.startsWith("https://")) return URL.canParse(target) ? undefined : "no URL";
  const [path = "", anchor] = target.split("#");
  const file = path === "" ? document : relative(root, join(root, dirname(document), decodeURI(path)));
  if (file.startsWith("..")) return "leads out of the repository";
  if (!existsSync(join(root, file))) return `there is no ${file}`;
  if (anchor === undefined) return undefined;
  const headings = documents.get(file)?.headings;
  if (!headings) return `${file} is none of the documents, so its anchors are not known`;
  const anchors = headings.map(({ anchor }) => anchor);
  return anchors.includes(decodeURIComponent(anchor)) ? undefined : `${file} has only ${anchors.join(", ")}`;
}

test.each([...documents])("the links of %s", (name, { links }) => {
  const dead = links.map(({ line, target }) => ({ line, target, why: fault(name, target) })).filter(({ why }) => why);
  expect(dead.map(({ line, target, why }) => `${name}:${line}: ${target}: ${why}`)).toEqual([]);
});

test.each(guides)("%s is linked from both READMEs", (guide) => {
  for (const readme of ["README.md", "README.vi.md"]) {
    expect(documents.get(readme)?.links.map(({ target }) => target)).toContain(guide);
  }
});

test("headings begin with one title and skip no level", () => {
  const skips = [...documents].flatMap(([name, { headings }]) =>
    headings
      .filter(({ level }, index) => (index === 0) !== (level === 1) || level > (headings[index - 1]?.level ?? 0) + 1)
      .map(({ text }) => `${name}: ${text}`),
  );
  expect(skips).toEqual([]);
});
