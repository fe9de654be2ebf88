// For `npm test -- docs`, which builds the package, starts the sandbox and sets the variables of the tests.
import { defineConfig } from "vitest/config";

export default defineConfig({
  root: import.meta.dirname,
  cacheDir: "../../node_modules/.vite/docs-tests",
  test: {
    include: ["*.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 300_000,
    fileParallelism: false, // the files share the sandbox
  },
});
