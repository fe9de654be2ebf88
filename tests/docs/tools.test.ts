// The versions in the guide on bundlers are those of the projects that `npm test -- tarball` sets up.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { documentOf, root } from "./documents";

const folder = join(root, "tests/package/projects");

/** The packages and versions that each project names. */
const projects = readdirSync(folder).map((name) => {
  const manifest: Record<string, Record<string, string>> = JSON.parse(
    readFileSync(join(folder, name, "package.json"), "utf8"),
  );
  const { dependencies, devDependencies, engines } = manifest;
  return { name, versions: { ...dependencies, ...devDependencies, ...engines } as Record<string, string> };
});

/** The packages whose name is not the name of the tool. */
const PACKAGES: Readonly<Record<string, string>> = {
  Angular: "@angular/core",
  "Next.js": "next",
  Playwright: "@playwright/test",
  SvelteKit: "@sveltejs/kit",
};
const [, ...rows] = documentOf("docs/guides/bundlers.md").tables.find(([header]) => header?.[0] === "tool") ?? [];
const tools = rows.map(([tool = "", versions = ""]) => [PACKAGES[tool] ?? tool.toLowerCase(), versions] as const);

test.each(tools)("the tested versions of %s are %s", (tool, versions) => {
  const used = projects.flatMap((project) => project.versions[tool] ?? []);
  expect(versions.split(", ").sort()).toEqual([...new Set(used)].sort());
});

test("the table has a tool of each project, except of those without tools", () => {
  const names = tools.map(([tool]) => tool);
  const others = projects.filter(({ versions }) => !names.some((name) => name in versions));
  expect(others.map(({ name }) => name)).toEqual(["node", "plain"]);
});
