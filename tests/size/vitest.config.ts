// Run by `npm test -- size`, after the package was built; it builds the core again, and the package with more endpoints.
import { defineConfig } from "vitest/config";

export default defineConfig({ test: { root: import.meta.dirname, testTimeout: 60_000, hookTimeout: 600_000 } });
