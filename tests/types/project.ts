// Makes a user's project that has the package installed and contains the files in cases/.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { packageDir } from "./package-dir.ts";

const cases = join(import.meta.dirname, "cases");
const root = join(import.meta.dirname, "..", "..");

/** The folder of a package that a workspace has installed. */
const installed = (name: string, workspace: string) =>
  dirname(createRequire(join(workspace, "package.json")).resolve(`${name}/package.json`));

export interface Compiler {
  version: string;
  tsc: string;
}

/** The oldest supported TypeScript, the newest one, and the last one that is written in JavaScript. */
export const compilers: Compiler[] = [import.meta.dirname, join(root, "docs"), root].map((workspace) => {
  const dir = installed("typescript", workspace);
  const { version } = JSON.parse(readFileSync(join(dir, "package.json"), "utf8")) as { version: string };
  return { version, tsc: join(dir, "bin", "tsc") };
});

/** The settings that differ between the configurations; all others are as strict as possible. */
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

/** Such as `2345|2741: reason`: TypeScript versions report the same error with different codes. */
const directive = /^\s*\/\/ @ts-expect-error ([\d|]+): ./;

/** The codes of the errors that the cases expect, by `file:line`; the line is the one after the directive. */
export function expectedErrors(): Map<string, string> {
  const errors = new Map<string, string>();
  for (const file of readdirSync(cases)) {
    const lines = readFileSync(join(cases, file), "utf8").split("\n");
    lines.forEach((line, index) => {
      if (!line.includes("@ts-expect-error")) return;
      const codes = directive.exec(line)?.[1];
      if (codes === undefined) throw new Error(`${file}:${index + 1} does not name the code of the expected error`);
      errors.set(`${file}:${index + 2}`, codes);
    });
  }
  return errors;
}

/** Makes the project, with one configuration for each of `settings`, and returns its folder. */
export function makeProject(): string {
  // Outside the repository, so that only the installed package can be resolved by its name.
  const dir = realpathSync(mkdtempSync(join(tmpdir(), "omicall-partner-types-")));
  for (const file of readdirSync(cases)) {
    // Removes the directive, because it would suppress any error and not only the expected one.
    const code = readFileSync(join(cases, file), "utf8").replaceAll("@ts-expect-error", "expected error");
    writeFileSync(join(dir, file), code);
  }
  writeFileSync(join(dir, "package.json"), JSON.stringify({ type: "module" }));
  mkdirSync(join(dir, "node_modules"));
  symlinkSync(realpathSync(packageDir), join(dir, "node_modules", "omicall-partner"));
  symlinkSync(installed("expect-type", import.meta.dirname), join(dir, "node_modules", "expect-type"));
  settings.forEach((compilerOptions, index) => {
    // TypeScript's own libraries are checked only once; the package's declarations every time.
    const skipDefaultLibCheck = index > 0;
    const config = { compilerOptions: { ...strictest, ...compilerOptions, skipDefaultLibCheck }, include: ["*.ts"] };
    writeFileSync(join(dir, `tsconfig.${index}.json`), JSON.stringify(config));
  });
  return dir;
}
