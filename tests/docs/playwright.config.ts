// The configuration for the Playwright example of the guide; browser.test.ts serves the portal and starts it.
import { defineConfig } from "@playwright/test";
import shared from "../e2e/playwright";

const { PORTAL_URL, SPEC_DIR = "." } = process.env;

export default defineConfig(shared, {
  testDir: SPEC_DIR,
  testMatch: "*.spec.ts",
  outputDir: "out/playwright",
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: "json",
  use: { baseURL: PORTAL_URL },
});
