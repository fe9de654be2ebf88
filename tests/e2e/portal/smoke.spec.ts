import { expect, test } from "@playwright/test";

test("the portal serves a page", async ({ page }) => {
  const response = await page.goto("/#/tenants");
  expect(response?.ok()).toBe(true);
  await expect(page.locator("body")).toBeVisible();
});
