// Compiles the programs in platforms/ as users with other types of the platform, or an old TypeScript, do.
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { run } from "../../scripts/lib.mjs";
import { compiler, compilers, makePlatforms, strictest } from "./project.ts";

const project = makePlatforms();
afterAll(() => rmSync(project, { recursive: true }));

/** TypeScript has `using` and the library `esnext.disposable` from 5.2 on. */
const oldest = compiler("typescript-5.0");
const withUsing = [compiler("typescript-5.2"), ...compilers];

const bundler = { module: "esnext", moduleResolution: "bundler" };
const node = { module: "nodenext", moduleResolution: "nodenext" };

interface Platform {
  lib: string[];
  types?: string[];
  how?: typeof bundler;
  files: string[];
}
const platforms: Platform[] = [
  { lib: ["es2022"], files: ["es2022.ts"] },
  { lib: ["es2022"], types: ["node"], files: ["es2022.ts", "fetch.ts"] },
  { lib: ["es2022"], types: ["@cloudflare/workers-types"], files: ["es2022.ts", "fetch.ts", "webassembly.ts"] },
  { lib: ["es2022", "webworker"], files: ["es2022.ts", "fetch.ts", "webassembly.ts"] },
  { lib: ["es2022", "dom"], files: ["es2022.ts", "fetch.ts", "webassembly.ts"] },
  { lib: ["es2022", "dom"], types: ["node"], files: ["es2022.ts", "fetch.ts", "webassembly.ts"] },
  { lib: ["es2022", "dom"], how: node, files: ["es2022.ts", "fetch.ts", "webassembly.ts", "commonjs.cts"] },
];
const disposable: Platform[] = [
  { lib: ["es2022"], files: ["using.ts"] },
  { lib: ["es2022"], types: ["node"], files: ["using.ts"] },
  {
    lib: ["es2022", "dom", "esnext.disposable"],
    files: ["es2022.ts", "fetch.ts", "webassembly.ts", "using.ts", "stack.ts"],
  },
];

const cases = [
  ...platforms.map((platform) => ({ ...oldest, ...platform })),
  ...withUsing.flatMap((compiler) => [...platforms, ...disposable].map((platform) => ({ ...compiler, ...platform }))),
].map(({ version, tsc, lib, types = [], how = bundler, files }, index) => {
  const title = `TypeScript ${version}, lib ${lib.join()}, types ${types.join() || "none"}: ${files.join(", ")}`;
  const config = join(project, `tsconfig.${index}.json`);
  const compilerOptions = { ...strictest, skipDefaultLibCheck: true, lib, types, ...how };
  writeFileSync(config, JSON.stringify({ compilerOptions, files }));
  return [title, tsc, config] as const;
});

test.concurrent.for(cases)("%s", async ([, tsc, config]) => {
  const compiled = await run(process.execPath, [tsc, "--project", config, "--pretty", "false"]);
  expect(compiled).toEqual({ code: 0, output: "" });
});
