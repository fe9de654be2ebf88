import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig(({ mode }) => ({
  // The demo is opened from any path.
  base: mode === "demo" ? "./" : "/",
  plugins: [react()],
  // Only the demo has the sandbox in its page; elsewhere its package may be missing.
  optimizeDeps: { exclude: mode === "demo" ? [] : ["omicall-partner-sandbox"] },
  // One script of about 650 kB (200 kB compressed), nearly all of it React and Mantine: fine for a demo.
  build: { chunkSizeWarningLimit: 800 },
}));
