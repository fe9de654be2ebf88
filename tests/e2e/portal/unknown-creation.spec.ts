import type { Page } from "@playwright/test";
import { createForm, expect, hoaDao, rows, test } from "./portal";

/** All records in the page's databases, as JSON. */
const storedData = (page: Page) =>
  page.evaluate(async () => {
    const done = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const records: unknown[] = [];
    for (const { name = "" } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        records.push(await done(database.transaction(store).objectStore(store).getAll()));
      }
      database.close();
    }
    return JSON.stringify(records);
  });

test("a creation with an unknown outcome is still there after a reload", async ({ page }) => {
  page.on("dialog", (dialog) => dialog.accept());
  await page.route("**/api/partner/tenant/add", async (route) => {
    await route.fetch();
    await route.abort();
  });
  await page.goto("/#/tenants");
  await expect(rows(page).nth(1)).toBeVisible();
  // The page is reloaded while it checks the outcome.
  const check = page.waitForRequest("**/api/partner/tenant/list*");
  await page.route("**/api/partner/tenant/list*", () => {}, { times: 1 });
  const form = createForm(page);
  await form.open();
  await form.fill(hoaDao);
  await form.submit();
  await expect(form.dialog.getByText("Đang kiểm tra xem doanh nghiệp đã được tạo chưa…")).toBeVisible();
  await check;
  expect(await storedData(page)).not.toContain(hoaDao.password);
  await page.reload();
  const alert = page.getByRole("main").getByRole("alert").filter({ hasText: "Chưa rõ doanh nghiệp" });
  await alert.getByRole("button", { name: "Kiểm tra ngay" }).click();
  await expect(alert).toContainText("Doanh nghiệp đã được tạo.");
  await alert.getByRole("link", { name: "Xem doanh nghiệp" }).click();
  await expect(page.getByRole("heading", { name: hoaDao.fullName, level: 1 })).toBeVisible();
});
