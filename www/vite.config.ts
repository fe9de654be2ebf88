import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig(({ mode }) => ({
  // The demo is opened from any path.
  base: mode === "demo" ? "./" : "/",
  plugins: [react()],
  // Only the demo has the sandbox in its page; elsewhere its package may be missing.
  optimizeDeps: { exclude: mode === "demo" ? [] : ["omicall-partner-sandbox"] },
  // For older browsers, `light-dark()` would become variables that Mantine's `color-scheme` does not set.
  build: { cssTarget: ["chrome123", "firefox120", "safari17.5"] },
}));
