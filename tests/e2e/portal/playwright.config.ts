// Run by `npm test -- portal`, which starts the sandboxes and their portals, and sets the browser.
import { defineConfig } from "@playwright/test";
import shared from "../playwright";
import { site, sites } from "./sites";

export default defineConfig(shared, {
  testDir: ".",
  outputDir: "../results/portal",
  // Each worker has its own portal and sandbox, because the tests change the sandbox's state.
  workers: sites.length,
  fullyParallel: true,
  use: { baseURL: site.portalUrl },
});
