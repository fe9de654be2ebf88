import { expect, search, test } from "./portal";

test("changing the language changes texts, numbers and messages, and is remembered", async ({ page }) => {
  await page.goto("/#/tenants");
  const html = page.locator("html");
  await expect(html).toHaveAttribute("lang", "vi");
  await expect(page.getByRole("heading", { name: "Doanh nghiệp", level: 1 })).toBeVisible();
  await expect(page.getByRole("cell", { name: /^[\d.]+\s₫$/ }).first()).toBeVisible();

  await page.getByText("EN", { exact: true }).click();
  await expect(html).toHaveAttribute("lang", "en");
  await expect(page).toHaveTitle("Tenants – OMICall Partner");
  await expect(page.getByRole("heading", { name: "Tenants", level: 1 })).toBeVisible();
  await expect(page.getByRole("cell", { name: /^[\d,]+\s₫$/ }).first()).toBeVisible();
  await expect(search(page)).toBeHidden();

  await page.getByRole("banner").getByRole("button", { name: "New tenant" }).click();
  const dialog = page.getByRole("dialog", { name: "New tenant" });
  await dialog.getByRole("button", { name: "Create", exact: true }).click();
  await expect(dialog.getByRole("textbox", { name: "Phone number" })).toHaveAccessibleDescription(/ is required\.$/);

  await page.reload();
  await expect(page.getByRole("heading", { name: "Tenants", level: 1 })).toBeVisible();
});

test("an error on the screen follows a change of the language", async ({ page }) => {
  await page.route("**/api/partner/tenant/list*", (route) => route.fulfill({ status: 403, body: "<html>" }));
  await page.goto("/#/tenants");
  await expect(page.getByRole("alert")).toContainText("không được phép thực hiện");
  await page.getByText("EN", { exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("This account has no permission");
});
