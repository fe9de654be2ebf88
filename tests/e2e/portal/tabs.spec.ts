import { expect, hold, openTenant, tenantPage, test, topUpForm, updateBalance } from "./portal";

test("a tab that the browser copied does not take over the top-ups of the first tab", async ({ page }) => {
  await openTenant(page);
  const { route } = await hold(page, updateBalance);
  const form = topUpForm(page);
  await form.toConfirmation(50_000);
  await form.confirm.click();
  await (await route).abort();
  const { panel } = tenantPage(page);
  await expect(panel).toBeVisible();

  // `window.open` copies sessionStorage, as "Duplicate tab" does.
  const opened = page.waitForEvent("popup");
  await page.evaluate(() => {
    window.open(location.href);
  });
  const copy = await opened;
  await expect(copy.getByRole("group", { name: "Số dư ví cước" })).toBeVisible();
  await expect(tenantPage(copy).panel).toBeHidden();
  await expect(tenantPage(copy).topUp).toBeEnabled();
  await copy.reload();
  await expect(tenantPage(copy).topUp).toBeEnabled();
  await copy.close();

  page.on("dialog", (dialog) => dialog.accept());
  await page.reload();
  await expect(panel).toBeVisible();
  await page.reload();
  await expect(panel).toBeVisible();
});
