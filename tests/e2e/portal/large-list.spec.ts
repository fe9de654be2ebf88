// A list of 100,000 tenants, which the page answers itself.
import { count, expect, rows, test } from "./portal";

const total = 100_000;
const pageSize = 5_000;

const tenant = (index: number) => ({
  id: `t${index}`,
  full_name: `Doanh nghiệp ${index}`,
  email: `owner${index}@example.com`,
  status: index % 2 === 0 ? "activated" : "not_activated",
  balance: index,
  currency: "VND",
});

test("100,000 tenants can be reached, and only the visible ones are in the page", async ({ page }) => {
  await page.route("**/api/partner/tenant/list*", (route) => {
    const number = Number(new URL(route.request().url()).searchParams.get("page"));
    const items = Array.from({ length: pageSize }, (_, index) => tenant((number - 1) * pageSize + index + 1));
    const pages = { page_number: number, total_items: total, total_pages: total / pageSize };
    const payload = { ...pages, page_size: pageSize, has_next: number * pageSize < total, items };
    return route.fulfill({ json: { status_code: 9999, payload } });
  });
  await page.goto("/#/tenants");
  await expect(count(page)).toHaveText("100.000 doanh nghiệp", { timeout: 20_000 });
  const table = page.getByRole("table", { name: "Doanh nghiệp" });
  await expect(table).toHaveAttribute("aria-rowcount", String(total + 1));

  // From the first row to the last one by keyboard, and back.
  await rows(page).nth(1).getByRole("link").focus();
  await page.keyboard.press("End");
  const last = page.getByRole("link", { name: "Doanh nghiệp 100000", exact: true });
  await expect(last).toBeFocused();
  await expect(last).toBeInViewport();
  await expect(rows(page).last()).toHaveAttribute("aria-rowindex", String(total + 1));
  expect(await rows(page).count()).toBeLessThan(60);
  await page.keyboard.press("ArrowUp");
  await expect(page.getByRole("link", { name: "Doanh nghiệp 99999", exact: true })).toBeFocused();

  await page.getByRole("button", { name: "Số dư" }).dblclick();
  await expect(page.getByRole("columnheader", { name: "Số dư" })).toHaveAttribute("aria-sort", "descending");
  await expect(rows(page).nth(1)).toContainText("100.000 ₫");
  await expect(rows(page).nth(1)).toHaveAttribute("aria-rowindex", "2");

  await rows(page).nth(3).getByRole("link").focus();
  await page.keyboard.press("PageDown");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#\/tenants\/t999\d\d$/);
});
