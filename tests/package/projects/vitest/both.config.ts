// The guide's configuration in two environments.
import { defineConfig } from "vitest/config";

const extended = "./vitest.config.ts";
const inline = ["omicall-partner", "omicall-partner-sandbox"];

export default defineConfig({
  test: {
    projects: [
      { extends: extended, test: { name: "jsdom", include: ["job.test.js"], server: { deps: { inline } } } },
      { extends: extended, test: { name: "node", environment: "node" } },
    ],
  },
});
