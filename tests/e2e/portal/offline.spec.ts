import {
  createForm,
  expect,
  hoaDao,
  notification,
  openTenant,
  rows,
  search,
  tenantPage,
  test,
  topUpForm,
  watchTopUps,
} from "./portal";
import type { Page } from "@playwright/test";

const banner = (page: Page) => page.getByRole("alert").filter({ hasText: "Không có kết nối mạng" });
const placeholder = (page: Page) => page.getByRole("status", { name: "Đang tải…" });

test("a tenant that is opened offline is loaded when the network is back", async ({ page, context }) => {
  await page.goto("/");
  const link = rows(page).nth(1).getByRole("link");
  const name = await link.innerText();
  await context.setOffline(true);
  await link.click();
  await expect(banner(page)).toBeVisible();
  await expect(page.getByRole("alert").filter({ hasText: "Không thực hiện được" })).toBeVisible({ timeout: 15_000 });
  await expect(placeholder(page)).toBeHidden();
  await context.setOffline(false);
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
  await expect(page.getByRole("alert")).toBeHidden();
});

test("a search offline is repeated when the network is back", async ({ page, context }) => {
  await page.goto("/");
  await expect(rows(page)).toHaveCount(21);
  await context.setOffline(true);
  await search(page).fill("không có doanh nghiệp này");
  await expect(banner(page)).toBeVisible();
  await expect(page.getByRole("alert").filter({ hasText: "Không thực hiện được" })).toBeVisible({ timeout: 15_000 });
  await context.setOffline(false);
  await expect(page.getByText("Không tìm thấy doanh nghiệp nào")).toBeVisible();
});

test("a top-up that is confirmed offline is never sent", async ({ page, context, sandbox }) => {
  await openTenant(page);
  const sent = watchTopUps(page);
  const form = topUpForm(page);
  await form.toConfirmation(50_000);
  await context.setOffline(true);
  await form.confirm.click();
  await expect(form.dialog.getByRole("alert")).toContainText("Chưa gửi lệnh nạp tiền");
  await expect(form.dialog.getByRole("alert")).toContainText("không tự gửi");
  await expect(form.amount).toHaveValue("50.000 ₫");
  const reloaded = page.waitForResponse(/\/tenant\/info\?/);
  await context.setOffline(false);
  await reloaded;
  await expect(banner(page)).toBeHidden();
  expect(sent).toEqual([]);
  await form.next.click();
  await form.confirm.click();
  await expect(notification(page, "Đã nạp tiền")).toBeVisible();
  expect(await sandbox.topUpRequests()).toBe(1);
  await expect(tenantPage(page).topUp).toBeEnabled();
});

test("a tenant that is created offline is not sent, and can be created when the network is back", async ({
  page,
  context,
}) => {
  await page.goto("/");
  const form = createForm(page);
  await form.open();
  await form.fill(hoaDao);
  await context.setOffline(true);
  await form.submit();
  await expect(form.dialog.getByRole("alert")).toContainText("chưa được gửi");
  await context.setOffline(false);
  await form.submit();
  await expect(form.dialog.getByText(`Đã tạo ${hoaDao.fullName}`)).toBeVisible();
});

test("waiting for an activation goes on when the network is back", async ({ page, context }) => {
  await page.goto("/");
  const form = createForm(page);
  await form.open();
  await form.fill(hoaDao);
  // The tenant is not activated yet when the network is lost.
  await page.route("**/api/partner/tenant/info*", async (route) => {
    const response = await route.fetch();
    const body = await response.json();
    await route.fulfill({ response, json: { ...body, payload: { ...body.payload, status: "not_activated" } } });
  });
  await form.submit();
  await expect(form.dialog.getByText("Đang kích hoạt tài khoản…")).toBeVisible();
  await context.setOffline(true);
  await page.unrouteAll();
  await expect(banner(page)).toBeAttached();
  await context.setOffline(false);
  await expect(form.dialog.getByText("Tài khoản đã hoạt động.")).toBeVisible({ timeout: 20_000 });
});
