// Run by `npm test -- tarball`, which packs the package and sets up the projects; otherwise as for the portal.
import { defineConfig } from "@playwright/test";
import portal from "../e2e/portal/playwright.config";

export default defineConfig(portal, {
  testDir: ".",
  outputDir: "../e2e/results/tarball",
  workers: 2,
  fullyParallel: true,
});
