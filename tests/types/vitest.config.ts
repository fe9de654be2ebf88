// Used by `npm test -- types`: needs the built package, TypeScript and Node, but no browser.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { packageDir } from "./package-dir.ts";

const { exports } = JSON.parse(readFileSync(join(packageDir, "package.json"), "utf8")) as {
  exports: { ".": { default: string } };
};

export default defineConfig({
  root: import.meta.dirname,
  cacheDir: join(import.meta.dirname, "../../node_modules/.vite/type-tests"),
  resolve: { alias: { "omicall-partner": join(packageDir, exports["."].default) } },
  test: {
    include: ["*.test.ts"],
    globalSetup: "global-setup.ts",
    testTimeout: 300_000, // for a busy machine
    maxConcurrency: 2,
  },
});
