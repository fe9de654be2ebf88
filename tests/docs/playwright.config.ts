// Runs the Playwright example of the guide; started by browser.test.ts, which serves the portal.
import { defineConfig } from "@playwright/test";
import webdriver from "../../webdriver.json" with { type: "json" };

const { CHROME_BIN = "/usr/bin/chromium", PORTAL_URL, SPEC_DIR = "." } = process.env;

export default defineConfig({
  testDir: SPEC_DIR,
  testMatch: "*.spec.ts",
  outputDir: "out/playwright",
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: "json",
  use: {
    baseURL: PORTAL_URL,
    browserName: "chromium",
    launchOptions: { executablePath: CHROME_BIN, args: webdriver["goog:chromeOptions"].args },
  },
});
