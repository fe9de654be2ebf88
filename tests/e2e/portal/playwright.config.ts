// Run by `npm test -- portal`, which starts sandboxes and the portals built for them and names the browser.
import { defineConfig } from "@playwright/test";
import shared from "../playwright";
import { site, sites } from "./sites";

export default defineConfig(shared, {
  testDir: ".",
  outputDir: "../results/portal",
  // Each has a portal and a sandbox to itself, whose state its tests change.
  workers: sites.length,
  fullyParallel: true,
  use: { baseURL: site.portalUrl },
});
