// A project of somebody else's that has the package installed and is made of the files in cases/.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { packageDir } from "./package-dir.ts";

const cases = join(import.meta.dirname, "cases");
const root = join(import.meta.dirname, "..", "..");

/** A package that a workspace has installed. */
const installed = (name: string, workspace: string) =>
  dirname(createRequire(join(workspace, "package.json")).resolve(`${name}/package.json`));

export interface Compiler {
  version: string;
  tsc: string;
}

/** The oldest TypeScript that is promised, the newest, and the last one that was written in JavaScript. */
export const compilers: Compiler[] = [import.meta.dirname, join(root, "docs"), root].map((workspace) => {
  const dir = installed("typescript", workspace);
  const { version } = JSON.parse(readFileSync(join(dir, "package.json"), "utf8")) as { version: string };
  return { version, tsc: join(dir, "bin", "tsc") };
});

/** Each project's settings; the rest is as strict as TypeScript gets. */
export const settings = [
  { module: "esnext", moduleResolution: "bundler", lib: ["es2022", "dom"] },
  { module: "esnext", moduleResolution: "bundler", lib: ["es2022", "dom", "esnext.disposable"] },
  { module: "nodenext", moduleResolution: "nodenext", lib: ["es2022", "dom"] },
  { module: "nodenext", moduleResolution: "nodenext", lib: ["es2022", "dom", "esnext.disposable"] },
];

const strictest = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  target: "es2022",
  types: [],
  noEmit: true,
};

/** Such as `2345|2741: why`: versions of TypeScript differ in how they call the same. */
const directive = /^\s*\/\/ @ts-expect-error ([\d|]+): ./;

/** The codes of every error that the cases announce, by its `file:line`, which is the line after the announcement. */
export function announced(): Map<string, string> {
  const errors = new Map<string, string>();
  for (const file of readdirSync(cases)) {
    const lines = readFileSync(join(cases, file), "utf8").split("\n");
    lines.forEach((line, index) => {
      if (!line.includes("@ts-expect-error")) return;
      const codes = directive.exec(line)?.[1];
      if (codes === undefined) throw new Error(`${file}:${index + 1} does not say which error it expects`);
      errors.set(`${file}:${index + 2}`, codes);
    });
  }
  return errors;
}

/** Makes the project, one configuration for each of `settings`, and gives its folder. */
export function makeProject(): string {
  // Outside the repository, where nothing but the package can be found under its name.
  const dir = realpathSync(mkdtempSync(join(tmpdir(), "omicall-partner-types-")));
  for (const file of readdirSync(cases)) {
    // The directive would take any error for the one that is meant.
    const code = readFileSync(join(cases, file), "utf8").replaceAll("@ts-expect-error", "expected error");
    writeFileSync(join(dir, file), code);
  }
  writeFileSync(join(dir, "package.json"), JSON.stringify({ type: "module" }));
  mkdirSync(join(dir, "node_modules"));
  symlinkSync(realpathSync(packageDir), join(dir, "node_modules", "omicall-partner"));
  symlinkSync(installed("expect-type", import.meta.dirname), join(dir, "node_modules", "expect-type"));
  settings.forEach((compilerOptions, index) => {
    // TypeScript's own libraries need one look only; the package's declarations get one each time.
    const skipDefaultLibCheck = index > 0;
    const config = { compilerOptions: { ...strictest, ...compilerOptions, skipDefaultLibCheck }, include: ["*.ts"] };
    writeFileSync(join(dir, `tsconfig.${index}.json`), JSON.stringify(config));
  });
  return dir;
}
