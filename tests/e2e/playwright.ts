// Shared by all Playwright suites.
import { defineConfig } from "@playwright/test";
import webdriver from "../../webdriver.json" with { type: "json" };

const { CHROME_BIN = "", CI, PLAYWRIGHT_JSON_OUTPUT_FILE } = process.env;

export default defineConfig({
  forbidOnly: Boolean(CI),
  retries: 0,
  workers: 1,
  reporter: [["list"], ["json", { outputFile: PLAYWRIGHT_JSON_OUTPUT_FILE }]],
  use: {
    browserName: "chromium",
    screenshot: "only-on-failure",
    // Screenshots of every frame would take a quarter of the CPU time.
    trace: { mode: "retain-on-failure", screenshots: false },
    launchOptions: {
      executablePath: CHROME_BIN,
      args: webdriver["goog:chromeOptions"].args,
    },
  },
});
