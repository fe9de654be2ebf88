// Used by `npm test -- soak`.
import { defineConfig } from "@playwright/test";
import shared from "../e2e/playwright";

export default defineConfig(shared, { testDir: ".", outputDir: "../e2e/results/soak" });
