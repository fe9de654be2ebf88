// Compiles the files in cases/ with each version of TypeScript and each kind of module resolution. The files name the errors
// that they expect; the compiler must report exactly these.
import { rmSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { run } from "../../scripts/lib.mjs";
import { compilers, expectedErrors, makeProject, settings } from "./project.ts";

const project = makeProject();
afterAll(() => rmSync(project, { recursive: true }));
const expected = expectedErrors();

/** An error as `file:line codes`, with the codes that the case expects; an error without a position is returned in full. */
function shortForm(error: string): string {
  const [, file, line, code = ""] = /^([\w-]+\.ts)\((\d+),\d+\): error TS(\d+): /.exec(error) ?? [];
  if (file === undefined) return error;
  const codes = expected.get(`${file}:${line}`);
  return `${file}:${line} ${codes?.split("|").includes(code) ? codes : code}`;
}

/** The errors of a project. */
async function errors(tsc: string, config: string): Promise<string[]> {
  const args = [tsc, "--project", config, "--pretty", "false"];
  const { output } = await run(process.execPath, args, { cwd: project });
  const lines = output.split("\n").filter((line) => /\berror TS\d+:/.test(line));
  return lines.map(shortForm).sort();
}

const matrix = compilers.flatMap(({ version, tsc }) =>
  settings.map(({ moduleResolution, lib }, index): [title: string, tsc: string, config: string] => {
    const title = `TypeScript ${version} resolves as ${moduleResolution}, lib ${lib.join(", ")}`;
    return [title, tsc, `tsconfig.${index}.json`];
  }),
);

test("the cases expect errors", () => {
  expect(expected.size).toBeGreaterThan(100);
});

test.concurrent.for(matrix)("%s", async ([, tsc, config]) => {
  expect(await errors(tsc, config)).toEqual([...expected].map((error) => error.join(" ")).sort());
});
