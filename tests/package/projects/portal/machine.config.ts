// The guide's configuration, with the browser of this machine and a free port.
import { defineConfig } from "@playwright/test";
import guide from "./playwright.config";

const { CHROME_BIN = "", PORT = "" } = process.env;

export default defineConfig(JSON.parse(JSON.stringify(guide).replaceAll("4173", PORT)), {
  use: { launchOptions: { executablePath: CHROME_BIN, args: ["--no-sandbox"] } },
});
