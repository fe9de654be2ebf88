// Run by `npm test -- portal-units`, after the package was built.
import { defineConfig } from "vitest/config";

export default defineConfig({ test: { root: import.meta.dirname } });
