// Run by `npm test -- portal`, which starts sandboxes and the portals built for them and names the browser.
import { defineConfig } from "@playwright/test";
import webdriver from "../../../webdriver.json" with { type: "json" };
import { site, sites } from "./sites";

const { CHROME_BIN, PLAYWRIGHT_JSON_OUTPUT_FILE } = process.env;

export default defineConfig({
  testDir: ".",
  outputDir: "../results/portal",
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  // Each has a portal and a sandbox to itself, whose state its tests change.
  workers: sites.length,
  fullyParallel: true,
  reporter: [["list"], ["json", { outputFile: PLAYWRIGHT_JSON_OUTPUT_FILE }]],
  use: {
    baseURL: site.portalUrl,
    browserName: "chromium",
    screenshot: "only-on-failure",
    // Pictures of every frame would take a quarter of the processor's time.
    trace: { mode: "retain-on-failure", screenshots: false },
    launchOptions: {
      executablePath: CHROME_BIN,
      args: webdriver["goog:chromeOptions"].args,
    },
  },
});
