// Makes a user's project that has the package installed and contains the files in cases/.
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
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

/** The TypeScript that a workspace has installed under a name. */
export function compiler(name: string, workspace = import.meta.dirname): Compiler {
  const dir = installed(name, workspace);
  const { version } = JSON.parse(readFileSync(join(dir, "package.json"), "utf8")) as { version: string };
  return { version, tsc: join(dir, "bin", "tsc") };
}

/** An old TypeScript, the newest one, and the last one that is written in JavaScript. */
export const compilers = [import.meta.dirname, join(root, "docs"), root].map((workspace) =>
  compiler("typescript", workspace),
);

/** The settings that differ between the configurations; all others are as strict as possible. */
export const settings = [
  { module: "esnext", moduleResolution: "bundler", lib: ["es2022", "dom"] },
  { module: "esnext", moduleResolution: "bundler", lib: ["es2022", "dom", "esnext.disposable"] },
  { module: "nodenext", moduleResolution: "nodenext", lib: ["es2022", "dom"] },
  { module: "nodenext", moduleResolution: "nodenext", lib: ["es2022", "dom", "esnext.disposable"] },
];

export const strictest = {
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

/** Makes a folder that has the package and other packages installed. @param others the folder of each, by its name */
function makeFolder(others: Record<string, string>): string {
  // Outside the repository, so that only the installed packages can be resolved by their names.
  const dir = realpathSync(mkdtempSync(join(tmpdir(), "omicall-partner-types-")));
  writeFileSync(join(dir, "package.json"), JSON.stringify({ type: "module" }));
  for (const [name, folder] of Object.entries({ "omicall-partner": packageDir, ...others })) {
    const link = join(dir, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(realpathSync(folder), link);
  }
  return dir;
}

/** Makes a project with the files in platforms/, and returns its folder. */
export function makePlatforms(): string {
  const dir = makeFolder({
    "@types/node": installed("@types/node", root),
    "@cloudflare/workers-types": installed("@cloudflare/workers-types", import.meta.dirname),
  });
  cpSync(join(import.meta.dirname, "platforms"), dir, { recursive: true });
  return dir;
}

/** Makes the project with the files in cases/, with one configuration for each of `settings`, and returns its folder. */
export function makeProject(): string {
  const dir = makeFolder({
    "expect-type": installed("expect-type", import.meta.dirname),
    // It does not export its package.json.
    "@standard-schema/spec": join(root, "node_modules/@standard-schema/spec"),
  });
  for (const file of readdirSync(cases)) {
    // Removes the directive, because it would suppress any error and not only the expected one.
    const code = readFileSync(join(cases, file), "utf8").replaceAll("@ts-expect-error", "expected error");
    writeFileSync(join(dir, file), code);
  }
  settings.forEach((compilerOptions, index) => {
    // TypeScript's own libraries are checked only once; the package's declarations every time.
    const skipDefaultLibCheck = index > 0;
    const config = { compilerOptions: { ...strictest, ...compilerOptions, skipDefaultLibCheck }, include: ["*.ts"] };
    writeFileSync(join(dir, `tsconfig.${index}.json`), JSON.stringify(config));
  });
  return dir;
}
