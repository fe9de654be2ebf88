// Every code block of every document: its language is one that is checked, its code is type-checked, and a block with the flag `run` is run.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Loader, transform } from "esbuild";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { MODULES } from "./browser";
import { compile, runNode } from "./compile";
import { blocks, documentOf, documents, location, originalOf, root, title } from "./documents";
import type { Block } from "./markdown";
import { run } from "./process";
import { reset } from "./sandbox";
import { programBlocks, RECIPES, typecheck } from "./typecheck";

const LANGUAGES = ["", "text", "ts", "tsx", "js", "html", "json", "http", "nginx", "sh", "toml", "rust"];
const FLAGS = ["run", "serve", "node", "output", ...RECIPES];

const inLanguage = (language: string) => blocks.filter((block) => block.language === language);
const isOriginal = ({ document }: Block) => originalOf(document) === document;
const named = (blocks: readonly Block[]) => blocks.map((block) => [title(block), block] as const);

test("there are documents with blocks", () => {
  expect(documents.size).toBeGreaterThan(10);
  expect(blocks.length).toBeGreaterThan(50);
});

test.each(named(blocks))("%s has a language and flags that are checked", (_, { language, flags, code }) => {
  expect(LANGUAGES).toContain(language);
  for (const flag of flags) expect(FLAGS).toContain(flag);
  expect(code.trim()).not.toBe("");
});

describe("type check", () => {
  let diagnostics: Awaited<ReturnType<typeof typecheck>>;
  beforeAll(async () => {
    diagnostics = await typecheck();
  });

  test("TypeScript reports nothing outside of the blocks", () => {
    expect(diagnostics.get("") ?? []).toEqual([]);
  });

  test.each(named(programBlocks))("%s", (_, block) => {
    expect(diagnostics.get(location(block)) ?? []).toEqual([]);
  });
});

/** Returns what a program should print: the next block, if that has the flag `output`. */
function outputOf(block: Block): string | undefined {
  const next = blocks[blocks.indexOf(block) + 1];
  return next?.document === block.document && next.flags.includes("output") ? next.code : undefined;
}

describe("programs", () => {
  // quick-start.test.ts and browser.test.ts run those that are files of a project.
  const programs = blocks.filter(({ flags, file }) => flags.includes("run") && file === undefined);

  beforeEach(reset);

  test.each(named(programs))("%s", async (_, block) => {
    const { code, stdout, stderr } = await runNode(await compile(block));
    expect(code, stderr).toBe(0);
    expect(stdout).toBe(`${outputOf(block)}\n`);
  });

  test("every output belongs to a program", () => {
    const outputs = blocks.filter(({ flags }) => flags.includes("output"));
    expect(outputs.map(({ code }) => code)).toEqual(programs.map(outputOf));
  });
});

describe("data and settings", () => {
  test.each(named(inLanguage("json")))("%s is JSON", (_, { code }) => {
    expect(JSON.parse(code)).toBeTypeOf("object");
  });

  test.each(named(inLanguage("http")))("%s has valid headers", (_, { code }) => {
    for (const line of code.split("\n")) {
      const [, name = "", value = ""] = /^([\w-]+): (.+)$/.exec(line) ?? [];
      expect(() => new Headers([[name, value]])).not.toThrow();
      expect(name, line).not.toBe("");
    }
  });

  test.each(named(inLanguage("nginx")))("%s has complete directives", (_, { code }) => {
    for (const line of code.split("\n")) expect(line).toMatch(/^[a-z_]+( ("[^"]*"|[^\s";]+))+;$/);
  });
});

describe("Vite 5 and 6", () => {
  const isBuilt = ({ document, language, flags }: Block) =>
    ["ts", "tsx", "js"].includes(language) && !flags.includes("node") && document !== "docs/guides/testing.md";

  test.each(named(programBlocks.filter(isBuilt)))("%s can be built, or the guide says how", async (_, block) => {
    const { code, language, flags, document } = block;
    // The esbuild of Vite 5 and 6 keeps destructuring for Safari 14; newer ones refuse it.
    const supported = { destructuring: true };
    const built = await transform(code, {
      loader: language as Loader,
      target: MODULES,
      supported,
      format: "esm",
      logLevel: "silent",
    }).then(
      () => true,
      () => false,
    );
    const says = documentOf(document).links.some(({ target }) => target.endsWith("bundlers.md#top-level-await"));
    expect(built || (flags.includes("run") && says)).toBe(true);
  });
});

describe("recipes", () => {
  const recipes = blocks.filter(({ flags }) => flags.some((flag) => RECIPES.includes(flag)));

  test.each(named(recipes))("%s is a file of a project that `npm test -- tarball` runs", (_, block) => {
    const { document, file, flags } = block;
    expect([document, file, flags.length]).toEqual(["docs/guides/testing.md", expect.any(String), 1]);
    expect(existsSync(join(root, "tests/package/projects", flags[0] ?? "", "package.json"))).toBe(true);
  });
});

describe("Rust", () => {
  const server = join(root, "tests/docs/token-server");

  test.each(named(inLanguage("rust").filter(isOriginal)))(
    "%s is the program that servers.test.ts runs",
    (_, { code }) => {
      expect(`${code}\n`).toBe(readFileSync(join(server, "src/main.rs"), "utf8"));
    },
  );

  test.each(named(inLanguage("toml")))("%s names existing packages and features", async (_, { code }) => {
    const documented = dependencies(code);
    const used = dependencies(readFileSync(join(server, "Cargo.toml"), "utf8"));
    expect([...documented.keys()].sort()).toEqual([...used.keys()].sort());
    const args = ["metadata", "--locked", "--format-version=1", "--manifest-path", join(server, "Cargo.toml")];
    const { stdout, stderr } = await run("cargo", args);
    if (stdout === "") throw new Error(stderr);
    const { packages }: { packages: { name: string; version: string; features: object }[] } = JSON.parse(stdout);
    for (const [name, { version, features }] of documented) {
      const crate = packages.find((crate) => crate.name === name && `${crate.version}.`.startsWith(`${version}.`));
      expect(crate, `${name} ${version}`).toBeDefined();
      expect(used.get(name)?.version).toBe(version);
      for (const feature of features) expect(Object.keys(crate?.features ?? {}), name).toContain(feature);
    }
  });
});

/** Reads the dependencies of a Cargo.toml: `name = "1"` or `name = { version = "1", features = [...] }`. */
function dependencies(toml: string): Map<string, { version: string; features: string[] }> {
  const [, table = ""] = /\[dependencies\]\n((?:.+\n?)*)/.exec(toml) ?? [];
  const found = new Map<string, { version: string; features: string[] }>();
  for (const line of table.split("\n").filter((line) => line !== "")) {
    const [, name, plain, inline = ""] = /^([\w-]+) = (?:"([^"]+)"|\{(.+)\})$/.exec(line) ?? [];
    const version = plain ?? /version = "([^"]+)"/.exec(inline)?.[1];
    if (name === undefined || version === undefined) throw new Error(`This line is not a dependency: ${line}`);
    const features = [...(/features = \[([^\]]*)\]/.exec(inline)?.[1] ?? "").matchAll(/"([^"]+)"/g)];
    found.set(name, { version, features: features.map(([, feature = ""]) => feature) });
  }
  return found;
}
