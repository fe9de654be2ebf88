// The journal of writes, which all tabs of a browser share, and which outlives them.
import { chromium, type LaunchOptions, type Page } from "@playwright/test";
import {
  balance,
  expect,
  hold,
  notification,
  openTenant,
  sandboxUrl,
  signIn,
  tenantPage,
  test,
  topUpForm,
  updateBalance,
  watchTopUps,
} from "./portal";
import { site } from "./sites";

/** Sends a top-up that gets no response so far. */
async function sendAndHold(page: Page) {
  const tenant = await openTenant(page);
  const held = await hold(page, updateBalance);
  const form = topUpForm(page);
  await form.toConfirmation(50_000);
  await form.confirm.click();
  const route = await held.route;
  return { ...tenant, route };
}

test("two tabs that confirm a top-up of one tenant at once send one, and share its outcome", async ({
  page,
  context,
}) => {
  const other = await context.newPage();
  const tabs = [page, other];
  const sent = tabs.map(watchTopUps);
  for (const tab of tabs) {
    await tab.bringToFront();
    await openTenant(tab);
    await tab.route(`**${updateBalance}`, () => {});
    await topUpForm(tab).toConfirmation(50_000);
    await expect(topUpForm(tab).confirm).toBeEnabled();
  }
  await Promise.all(tabs.map((tab) => topUpForm(tab).confirm.click()));
  await expect.poll(() => sent.flat()).toEqual(["POST"]);
  const [sender, refused] = sent[0]?.length === 1 ? [page, other] : [other, page];

  await refused.bringToFront();
  const form = topUpForm(refused);
  const alert = form.dialog.getByRole("alert").filter({ hasText: "Chưa gửi lệnh nạp tiền" });
  await expect(alert).toContainText("còn một giao dịch chưa có kết quả, có thể được gửi từ tab khác");
  await expect(form.amount).toHaveValue("50.000");
  await form.dialog.getByRole("button", { name: "Hủy" }).click();
  const { pending, panel, topUp, check, dismiss } = tenantPage(refused);
  await expect(pending).toContainText("50.000");
  await expect(topUp).toBeDisabled();

  await sender.close();
  await expect(panel).toContainText("Chưa rõ kết quả nạp tiền");
  const third = await context.newPage();
  await openTenant(third);
  await expect(tenantPage(third).topUp).toBeDisabled();
  await check.click();
  await dismiss.click();
  await expect(topUp).toBeEnabled();
  await expect(tenantPage(third).panel).toBeHidden();
  await expect(tenantPage(third).topUp).toBeEnabled();
  expect(sent.flat()).toEqual(["POST"]);
});

test("a top-up is not sent if another tab has sent one since its confirmation was opened", async ({
  page,
  context,
  sandbox,
}) => {
  const other = await context.newPage();
  for (const tab of [page, other]) {
    await tab.bringToFront();
    await openTenant(tab);
    await topUpForm(tab).toConfirmation(50_000);
    await expect(topUpForm(tab).confirm).toBeEnabled();
  }
  await topUpForm(other).confirm.click();
  await expect(notification(other, "Đã nạp tiền")).toBeVisible();

  await page.bringToFront();
  const form = topUpForm(page);
  await form.confirm.click();
  const alert = form.dialog.getByRole("alert").filter({ hasText: "Chưa gửi lệnh nạp tiền" });
  await expect(alert).toContainText("một giao dịch khác của doanh nghiệp này đã được gửi");
  expect(await sandbox.topUpRequests()).toBe(1);

  // The user may still want it.
  await form.next.click();
  await form.confirm.click();
  await expect(notification(page, "Đã nạp tiền")).toBeVisible();
  expect(await sandbox.topUpRequests()).toBe(2);
});

/** A browser with a profile on the disk, and with the back/forward cache, which Playwright disables. */
async function launchBrowser(profile: string, options: LaunchOptions) {
  const context = await chromium.launchPersistentContext(profile, {
    ...options,
    baseURL: site.portalUrl,
    ignoreDefaultArgs: ["--disable-back-forward-cache"],
  });
  await signIn(context);
  return context;
}

const endings: Record<string, (page: Page) => Promise<unknown>> = {
  reloaded: (page) => page.reload(),
  crashed: (page) => page.goto("chrome://crash").catch(() => {}),
  left: (page) => page.goto(`${sandboxUrl}/elsewhere`),
};

for (const [ending, end] of Object.entries(endings)) {
  test(`a top-up that is pending while its page is ${ending} becomes unknown in the other tabs`, async ({
    page,
    context,
  }) => {
    const { name } = await sendAndHold(page);
    const other = await context.newPage();
    const sent = [page, other].map(watchTopUps);
    await openTenant(other);
    await expect(other.getByRole("heading", { name, level: 1 })).toBeVisible();
    await expect(tenantPage(other).pending).toBeVisible();
    page.on("dialog", (dialog) => dialog.accept());
    await end(page);
    await expect(tenantPage(other).panel).toContainText("50.000");
    await expect(tenantPage(other).topUp).toBeDisabled();
    if (ending === "reloaded") await expect(tenantPage(page).panel).toContainText("50.000");
    expect(sent.flat()).toEqual([]);
  });
}

test("a top-up that is pending while the browser is closed is unknown after a restart", async ({
  launchOptions,
}, info) => {
  const launch = () => launchBrowser(info.outputPath("profile"), launchOptions);
  const first = await launch();
  await sendAndHold(await first.newPage());
  await first.close();
  const second = await launch();
  const page = await second.newPage();
  await openTenant(page);
  await expect(tenantPage(page).panel).toContainText("50.000");
  await expect(tenantPage(page).topUp).toBeDisabled();
  await second.close();
});

test("a page from the back/forward cache still gets the outcome of its top-up", async ({ launchOptions, sandbox }) => {
  const context = await launchBrowser("", launchOptions);
  const page = await context.newPage();
  page.on("dialog", (dialog) => dialog.accept());
  const { route } = await sendAndHold(page);
  await page.evaluate(() => Object.assign(window, { isFirst: true }));
  await page.goto(`${sandboxUrl}/elsewhere`);
  await page.evaluate(() => history.back());
  await expect.poll(() => page.evaluate(() => "isFirst" in window)).toBe(true);
  await route.continue();
  await expect(notification(page, "Đã nạp tiền")).toContainText("50.000");
  await expect(tenantPage(page).topUp).toBeEnabled();
  expect(await sandbox.topUpRequests()).toBe(1);
  await context.close();
});

test("a top-up that cannot be recorded is not sent, and the page says why", async ({ page, sandbox }) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("", "SecurityError");
    };
  });
  await openTenant(page);
  const form = topUpForm(page);
  await form.toConfirmation(50_000);
  await form.confirm.click();
  const alert = form.dialog.getByRole("alert").filter({ hasText: "Chưa gửi lệnh nạp tiền" });
  await expect(alert).toContainText("Trình duyệt không cho phép cổng đại lý ghi lại giao dịch");
  expect(await sandbox.topUpRequests()).toBe(0);

  // The screens that show what is recorded say that they cannot read it.
  for (const path of ["history", "batches/x"]) {
    await page.goto(`/#/${path}`);
    const unreadable = page.getByRole("main").getByRole("alert");
    await expect(unreadable).toContainText("Không đọc được dữ liệu lưu trong trình duyệt này");
  }
});

test("a page keeps the outcome of a top-up that it cannot record until it is reloaded", async ({ page, sandbox }) => {
  const { route } = await sendAndHold(page);
  const before = await balance(page);
  await page.evaluate(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("", "QuotaExceededError");
    };
  });
  await route.continue();
  await expect(notification(page, "Đã nạp tiền")).toContainText("50.000");
  await expect.poll(() => balance(page)).toBe(before + 50_000);
  await expect(tenantPage(page).pending).toBeHidden();
  // The next one is not sent either before the outcome can be recorded.
  const form = topUpForm(page);
  await form.toConfirmation(60_000);
  await form.confirm.click();
  await expect(form.dialog.getByRole("alert").filter({ hasText: "Chưa gửi lệnh nạp tiền" })).toContainText("ghi lại");
  await form.dialog.getByRole("button", { name: "Hủy" }).click();
  await page.reload();
  await expect(tenantPage(page).panel).toContainText("50.000");
  expect(await sandbox.topUpRequests()).toBe(1);
});

test("a change of the language in one tab does not change another tab", async ({ page, context }) => {
  await openTenant(page);
  const other = await context.newPage();
  await openTenant(other);
  await other.getByText("EN", { exact: true }).click();
  await expect(other.getByRole("button", { name: "Top up" })).toBeVisible();
  await tenantPage(page).topUp.click();
  await expect(topUpForm(page).dialog).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "vi");
});
