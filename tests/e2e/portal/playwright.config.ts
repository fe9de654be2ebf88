// Run by `npm test -- portal`, which starts the sandbox and the built portal and names the browser.
import { defineConfig } from "@playwright/test";
import webdriver from "../../../webdriver.json" with { type: "json" };

const { CHROME_BIN, PLAYWRIGHT_JSON_OUTPUT_FILE, PORTAL_URL } = process.env;

export default defineConfig({
  testDir: ".",
  outputDir: "../results/portal",
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  workers: 1,
  reporter: [["list"], ["json", { outputFile: PLAYWRIGHT_JSON_OUTPUT_FILE }]],
  use: {
    baseURL: PORTAL_URL,
    browserName: "chromium",
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: CHROME_BIN,
      args: webdriver["goog:chromeOptions"].args,
    },
  },
});
