// Run by `npm test -- sandbox-npm`, after the packages were built. The browsers run create-sandbox.test.ts too: tests/e2e/package.
import { defineConfig } from "vitest/config";

export default defineConfig({ test: { root: import.meta.dirname, testTimeout: 60_000 } });
