// Run by `npm test -- soak`; otherwise as for the portal.
import { defineConfig } from "@playwright/test";
import portal from "../e2e/portal/playwright.config";

export default defineConfig(portal, { testDir: ".", outputDir: "../e2e/results/soak" });
