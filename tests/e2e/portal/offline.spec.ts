import {
  count,
  createForm,
  expect,
  hoaDao,
  hold,
  notification,
  openTenant,
  rows,
  search,
  tenantPage,
  test,
  topUpForm,
  updateBalance,
  watchTopUps,
} from "./portal";
import type { Locator, Page } from "@playwright/test";

/** Says that the browser is offline; a dialog has its own, because it hides the page. */
const banner = (parent: Page | Locator) => parent.getByRole("alert").filter({ hasText: "Không có kết nối mạng" });
const placeholder = (page: Page) => page.getByRole("status", { name: "Đang tải…" });

test("a tenant that is opened offline is loaded when the network is back", async ({ page, context }) => {
  // The screen's script is loaded when the browser is idle.
  await Promise.all([page.waitForResponse(/\/TenantDetail-[^/]*\.js$/), page.goto("/#/tenants")]);
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
  await page.goto("/#/tenants");
  await expect(count(page)).toHaveText("120 doanh nghiệp");
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
  await expect(banner(form.dialog)).toContainText("chưa gửi được");
  await form.confirm.click();
  const alert = form.dialog.getByRole("alert").filter({ hasText: "Chưa gửi lệnh nạp tiền" });
  await expect(alert).toContainText("không tự gửi");
  await expect(form.amount).toHaveValue("50.000");
  const reloaded = page.waitForResponse(/\/tenant\/info\?/);
  await context.setOffline(false);
  await reloaded;
  await expect(banner(form.dialog)).toBeHidden();
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
  await page.goto("/#/tenants");
  const form = createForm(page);
  await form.open();
  await form.fill(hoaDao);
  await context.setOffline(true);
  await expect(banner(form.dialog)).toContainText("chưa gửi được");
  await form.submit();
  await expect(form.dialog.getByRole("alert").filter({ hasText: "yêu cầu chưa được gửi" })).toBeVisible();
  await context.setOffline(false);
  await expect(banner(form.dialog)).toBeHidden();
  await form.submit();
  await expect(form.dialog.getByText(`Đã tạo ${hoaDao.fullName}`)).toBeVisible();
});

test("waiting for an activation goes on when the network is back", async ({ page, context }) => {
  await page.goto("/#/tenants");
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
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await expect(banner(form.dialog)).toBeVisible();
  await context.setOffline(false);
  await expect(form.dialog.getByText("Tài khoản đã hoạt động.")).toBeVisible({ timeout: 20_000 });
});

test("a check of a top-up that failed offline is repeated when the network is back", async ({ page, context }) => {
  await openTenant(page);
  const { route } = await hold(page, updateBalance);
  const form = topUpForm(page);
  await form.toConfirmation(50_000);
  await form.confirm.click();
  await (await route).abort();
  const { panel, check } = tenantPage(page);
  await expect(panel).toBeVisible();
  await context.setOffline(true);
  await check.click();
  await expect(banner(page)).toBeVisible();
  const failed = panel.getByRole("alert").filter({ hasText: "Không thực hiện được" });
  await expect(failed).toBeVisible({ timeout: 15_000 });
  await context.setOffline(false);
  await expect(panel.getByRole("status")).toContainText("Hiện tiền chưa vào ví");
  await expect(failed).toBeHidden();
});

test("a check of a creation that failed offline is repeated when the network is back", async ({ page, context }) => {
  await page.goto("/#/tenants");
  const { route } = await hold(page, "/api/partner/tenant/add");
  const form = createForm(page);
  await form.open();
  await form.fill(hoaDao);
  await form.submit();
  await (await route).abort();
  const check = form.dialog.getByRole("button", { name: "Kiểm tra ngay" });
  await expect(check).toBeVisible();
  await context.setOffline(true);
  await check.click();
  await expect(banner(form.dialog)).toBeVisible();
  await expect(form.dialog.getByText("Không thực hiện được")).toBeVisible({ timeout: 15_000 });
  await context.setOffline(false);
  await expect(form.dialog.getByRole("status")).toContainText("chưa có doanh nghiệp nào với email này");
});

test("every tab says that it is offline, and loads its data when the network is back", async ({ page, context }) => {
  await page.goto("/#/tenants");
  await expect(count(page)).toHaveText("120 doanh nghiệp");
  const other = await context.newPage();
  const { name } = await openTenant(other);
  await context.setOffline(true);
  await expect(banner(page)).toBeVisible();
  await expect(banner(other)).toBeVisible();
  await other.getByRole("button", { name: "Làm mới" }).click();
  await expect(other.getByRole("alert").filter({ hasText: "Không thực hiện được" })).toBeVisible({ timeout: 15_000 });
  // The data that was loaded before stays.
  await expect(other.getByRole("heading", { name, level: 1 })).toBeVisible();
  await context.setOffline(false);
  for (const tab of [page, other]) await expect(tab.getByRole("alert")).toBeHidden();
  await expect(other.getByRole("heading", { name, level: 1 })).toBeVisible();
});

test("a portal that is started offline loads its core when the network is back", async ({ page, context }) => {
  const core = /\.wasm$|\/embedded[^/]*\.js$/;
  await page.route(core, (route) => route.abort("internetdisconnected"));
  await page.goto("/#/tenants");
  await expect(page.getByRole("alert")).toContainText("Không khởi động được cổng đại lý");
  await context.setOffline(true);
  await expect(banner(page)).toBeVisible();
  await page.unroute(core);
  await context.setOffline(false);
  await expect(count(page)).toHaveText("120 doanh nghiệp");
  await expect(page.getByRole("alert")).toBeHidden();
});
