// Run by `npm test -- size`, after the package was built.
import { defineConfig } from "vitest/config";

export default defineConfig({ test: { root: import.meta.dirname } });
