// The files of the React guide in a project as create-vite makes it.
import { join } from "node:path";
import { expect, test } from "vitest";
import { project, reactTemplate } from "./browser";
import { documentOf, root } from "./documents";
import { run } from "./process";

const guide = "docs/guides/react-tanstack-query.md";

test("the files are where the template's tsconfig and page look for them, and TypeScript reports nothing", async () => {
  const tsconfig = reactTemplate("tsconfig.app.json");
  expect(tsconfig).toContain('"include": ["src"]');
  expect(reactTemplate("index.html")).toContain('src="/src/main.tsx"');
  const files = documentOf(guide).blocks.flatMap(({ file }) => file ?? []);
  expect(files).toContain("src/main.tsx");
  expect(files.filter((file) => !file.startsWith("src/"))).toEqual([]);
  const dir = project("react-template", guide, { "tsconfig.json": tsconfig });
  const { stdout, stderr } = await run(join(root, "node_modules/.bin/tsc"), ["-b", "--pretty", "false"], {}, dir);
  expect(stdout + stderr).toBe("");
});
