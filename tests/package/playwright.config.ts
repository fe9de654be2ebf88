// Used by `npm test -- tarball`, which packs the package and sets up the projects.
import { defineConfig } from "@playwright/test";
import shared from "../e2e/playwright";

export default defineConfig(shared, {
  testDir: ".",
  testMatch: "*.spec.ts",
  outputDir: "../e2e/results/tarball",
  workers: 2,
  fullyParallel: true,
});
