import { expect, openTenant, test } from "./portal";

test("the API key is not in the page until it is revealed", async ({ page }) => {
  const response = page.waitForResponse(/\/tenant\/info\?/);
  const { email } = await openTenant(page);
  const { payload } = await (await response).json();
  expect(payload).toMatchObject({ email });
  await expect(page.getByText(payload.domain, { exact: true }).first()).toBeVisible();
  await expect(page.getByText(payload.service_package.service_name, { exact: true })).toBeVisible();

  expect(await page.content()).not.toContain(payload.api_key);
  await page.getByRole("button", { name: "Hiện API key" }).click();
  await expect(page.getByText(payload.api_key)).toBeVisible();
  await page.getByRole("button", { name: "Ẩn API key" }).click();
  await expect(page.getByText(payload.api_key)).toBeHidden();
});

test("an unknown tenant shows an error with a way back to the list", async ({ page }) => {
  await page.goto("/#/tenants/nobody");
  await expect(page.getByRole("alert")).toContainText("tenant_not_found");
  await page.getByRole("link", { name: "Về danh sách doanh nghiệp" }).click();
  await expect(page.getByRole("heading", { name: "Doanh nghiệp", level: 1 })).toBeVisible();
});
