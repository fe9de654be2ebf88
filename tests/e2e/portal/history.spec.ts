import type { Locator, Page } from "@playwright/test";
import { balance, dong, expect, hold, rows, tenantPage, test, topUpForm, updateBalance } from "./portal";

const payments = (page: Page) => page.getByRole("table", { name: "Lịch sử giao dịch" }).getByRole("row");
const search = (page: Page) => page.getByRole("searchbox", { name: "Tìm theo doanh nghiệp" });

/** Opens the tenant in this row of the list. */
async function openTenantAt(page: Page, index: number): Promise<string> {
  await page.goto("/#/tenants");
  const link = rows(page).filter({ hasText: "Đang hoạt động" }).nth(index).getByRole("link");
  const name = await link.innerText();
  await link.click();
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
  return name;
}

async function topUp(page: Page, amount: number) {
  const form = topUpForm(page);
  await form.toConfirmation(amount);
  await form.confirm.click();
  return form;
}

test("the history shows the payments of all tabs, unknown ones first, and checks them", async ({ page, context }) => {
  const other = await context.newPage();
  await other.goto("/#/history");
  await expect(other.getByText("Trình duyệt này chưa gửi giao dịch nào")).toBeVisible();

  // A tab in the background is slow.
  await page.bringToFront();
  await page.route(`**${updateBalance}`, (route) => route.abort(), { times: 1 });
  const unknown = await openTenantAt(page, 0);
  const unknownBalance = await balance(page);
  await topUp(page, 150_000);
  const { panel, check, dismiss } = tenantPage(other);
  await expect(panel).toContainText(unknown);
  await page.route(
    `**${updateBalance}`,
    (route) => route.fulfill({ json: { status_code: -9999, message: "access_denied" } }),
    { times: 1 },
  );
  const link = page.getByRole("navigation", { name: "Các màn hình" }).getByRole("link", { name: "Lịch sử giao dịch" });
  const badge = link.getByRole("img", { name: "1 giao dịch chưa rõ kết quả" });
  const top = (element: Locator) => element.evaluate((element) => element.getBoundingClientRect().top);
  expect(await top(badge), "the badge is beside the label").toBeLessThan((await top(link)) + 10);
  const confirmed = await openTenantAt(page, 1);
  const before = await balance(page);
  const form = await topUp(page, 250_000);
  await expect(form.dialog.getByRole("alert")).toContainText("access_denied");
  await page.route("**/api/partner/tenant/list*", (route) => route.fulfill({ status: 403, body: "" }), { times: 1 });
  await form.next.click();
  await form.confirm.click();
  await expect(form.dialog.getByRole("alert")).toContainText("Chưa gửi lệnh nạp tiền");
  await form.next.click();
  await form.confirm.click();
  await expect(form.dialog).toBeHidden();

  const pending = await hold(page, updateBalance);
  await openTenantAt(page, 2);
  await topUp(page, 350_000);
  const route = await pending.route;
  await expect(payments(other).nth(2)).toContainText("Đang gửi");
  await route.continue();
  for (const [index, ...texts] of [
    [1, unknown, "150.000", "Chưa rõ kết quả"],
    [2, "350.000", "Đã xác nhận"],
    [3, confirmed, "Nạp tiền", "Ví cước gọi", "250.000", "Đã xác nhận"],
    [4, "250.000", "Chưa gửi"],
    [5, "250.000", "Bị từ chối", "Yêu cầu bị từ chối"],
  ] as const) {
    for (const text of texts) await expect(payments(other).nth(index)).toContainText(text);
  }
  await expect(payments(other).nth(3)).toContainText(new RegExp(`${dong(before)} → ${dong(before + 250_000)}`));

  await other.bringToFront();
  // Filters, by a text without diacritics too.
  await search(other).fill("yeu cau bi tu choi");
  await expect(payments(other)).toHaveCount(2);
  await search(other).fill("sao hoa");
  await expect(other.getByText("Không có giao dịch phù hợp")).toBeVisible();
  await search(other).fill(confirmed.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d").toUpperCase());
  await expect(payments(other)).toHaveCount(4);
  await other.getByRole("combobox", { name: "Lọc theo trạng thái" }).click();
  await other.getByRole("option", { name: "Bị từ chối" }).click();
  await expect(payments(other)).toHaveCount(2);
  // The outcome of the first one, in the other tab, where the balance before it is not known.
  await other.reload();
  await expect(panel).toContainText(unknown);
  await check.click();
  await expect(panel.getByRole("status")).toContainText("Số dư chưa thay đổi");
  await expect(panel).toContainText(new RegExp(dong(unknownBalance)));
  await dismiss.click();
  await expect(panel).toBeHidden();
  await expect(payments(other).filter({ hasText: "150.000" })).toContainText("Đã kiểm tra");
  await payments(other).filter({ hasText: "150.000" }).getByRole("link", { name: unknown }).click();
  await expect(tenantPage(other).topUp).toBeEnabled();
});

test("the settled payments of the history can be removed", async ({ page }) => {
  await openTenantAt(page, 0);
  const form = await topUp(page, 50_000);
  await expect(form.dialog).toBeHidden();
  await page.route(`**${updateBalance}`, (route) => route.abort());
  await topUp(page, 60_000);
  await expect(tenantPage(page).panel).toBeVisible();
  await page.goto("/#/history");
  await expect(payments(page)).toHaveCount(3);
  const clear = page.getByRole("button", { name: "Xóa lịch sử" });
  const dialog = page.getByRole("dialog", { name: "Xóa lịch sử" });
  await clear.click();
  await dialog.getByRole("button", { name: "Hủy" }).click();
  await expect(payments(page)).toHaveCount(3);
  await clear.click();
  await dialog.getByRole("button", { name: "Xóa 1 giao dịch" }).click();
  await expect(payments(page)).toHaveCount(2);
  await expect(payments(page).nth(1)).toContainText("60.000");
  await expect(clear).toBeDisabled();
});
