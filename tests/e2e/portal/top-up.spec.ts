// A top-up is sent once, and its outcome is shown, wherever the user is.
import type { Page } from "@playwright/test";
import {
  balance,
  description,
  dong,
  expect,
  hold,
  notification,
  openTenant,
  rows,
  signInAgain,
  tenantInfo,
  tenantPage,
  test,
  topUpForm,
  updateBalance,
  watchTopUps,
} from "./portal";

/** Sends a top-up and intercepts its request. */
async function sendAndHold(page: Page) {
  const held = await hold(page, updateBalance);
  const tenant = await openTenant(page);
  const form = topUpForm(page);
  await form.toConfirmation(200_000);
  await form.confirm.click();
  const route = await held.route;
  return { ...tenant, form, route };
}

test("neither double clicks nor clicks during the closing animation send another top-up", async ({ page, sandbox }) => {
  const { email } = await openTenant(page);
  const before = await balance(page);
  const form = topUpForm(page);
  await form.open();
  await form.amount.fill("200000");
  await form.description.fill(description);
  await form.next.dblclick();
  await expect(form.confirm).toBeEnabled();
  expect(await sandbox.topUpRequests()).toBe(0);
  await form.confirm.evaluate(async (button: HTMLButtonElement) => {
    button.click();
    for (let click = 0; click < 60; click++) {
      button.click();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  });
  await expect(form.dialog).toBeHidden();
  await expect.poll(() => balance(page)).toBe(before + 200_000);
  expect(await sandbox.topUpRequests()).toBe(1);
  expect((await sandbox.tenantState(email)).top_ups).toHaveLength(1);
});

test("a top-up goes into the selected wallet", async ({ page, sandbox }) => {
  const { email } = await openTenant(page);
  const before = await sandbox.tenantState(email);
  const form = topUpForm(page);
  await form.toConfirmation(300_000, "Ví dịch vụ");
  await expect(form.dialog.getByText("Ví dịch vụ")).toBeVisible();
  await form.confirm.click();
  await expect(page.getByRole("alert").filter({ hasText: "Đã nạp tiền" })).toContainText("ví dịch vụ");
  const after = await sandbox.tenantState(email);
  expect(after.service_balance).toBe(before.service_balance + 300_000);
  expect(after.balance).toBe(before.balance);
});

test("a rejected top-up is shown in the form, which keeps its values", async ({ page }) => {
  await page.route(`**${updateBalance}`, (route) =>
    route.fulfill({ json: { status_code: -9999, message: "access_denied" } }),
  );
  await openTenant(page);
  const form = topUpForm(page);
  await form.toConfirmation(200_000);
  await form.confirm.click();
  await expect(form.dialog.getByRole("alert")).toContainText("access_denied");
  await expect(form.description).toHaveValue(description);
});

for (const applied of [true, false]) {
  test(`a top-up without a response that was ${applied ? "applied" : "not applied"} is not sent again`, async ({
    page,
    sandbox,
  }) => {
    await page.route(`**${updateBalance}`, async (route) => {
      if (applied) await route.fetch();
      await route.abort();
    });
    const { email } = await openTenant(page);
    const { balance: before } = await sandbox.tenantState(email);
    const sent = watchTopUps(page);
    const form = topUpForm(page);
    await form.toConfirmation(200_000);
    await form.confirm.click();

    const { topUp, panel, check, resend, dismiss } = tenantPage(page);
    await expect(panel).toContainText("Chưa rõ kết quả nạp tiền");
    await expect(panel).toContainText("Đừng nạp lại");
    await expect(form.dialog).toBeHidden();
    await expect(topUp).toBeDisabled();

    await check.click();
    await expect(panel).toContainText(applied ? "Tiền đã vào ví" : "Hiện tiền chưa vào ví");
    const now = before + (applied ? 200_000 : 0);
    await expect(panel).toContainText(new RegExp(`${dong(before)}.*${dong(now)}`));
    await expect.poll(() => balance(page)).toBe(now);
    await expect(resend).toBeVisible({ visible: !applied });
    await dismiss.click();
    await expect(panel).toBeHidden();
    await expect(topUp).toBeEnabled();
    expect(sent).toEqual(["POST"]);
    expect((await sandbox.tenantState(email)).top_ups).toHaveLength(applied ? 1 : 0);
  });
}

test("a top-up without a response stays on the tenant's page until it is dismissed", async ({ page }) => {
  await page.route(`**${updateBalance}`, (route) => route.abort());
  const { name } = await openTenant(page);
  const sent = watchTopUps(page);
  const form = topUpForm(page);
  await form.toConfirmation(200_000);
  await form.confirm.click();
  const { topUp, panel, check, dismiss, toList } = tenantPage(page);
  await expect(panel).toBeVisible();

  // The list shows it too, with a link to the tenant.
  await toList.click();
  const onList = page.getByRole("main").getByRole("alert").filter({ hasText: name });
  await expect(onList).toContainText("Chưa rõ kết quả nạp tiền");
  const isWhole = ({ scrollHeight, clientHeight }: Element) => scrollHeight <= clientHeight;
  expect(await onList.evaluate(isWhole)).toBe(true);
  await onList.getByRole("link", { name: "Xem doanh nghiệp" }).click();
  await expect(panel).toBeVisible();
  await expect(topUp).toBeDisabled();

  // Other tenants are not blocked.
  await toList.click();
  await rows(page).filter({ hasText: "Đang hoạt động" }).nth(1).getByRole("link").click();
  await expect(topUp).toBeEnabled();
  await expect(panel).toBeHidden();
  await page.goBack();

  // It is still there after connecting to the same server again.
  await signInAgain(page);
  await page.goto("/#/tenants");
  await rows(page).getByRole("link", { name }).click();
  await expect(panel).toBeVisible();
  await expect(topUp).toBeDisabled();

  await check.click();
  await dismiss.click();
  await expect(panel).toBeHidden();
  await expect(topUp).toBeEnabled();
  await toList.click();
  await expect(rows(page).first()).toBeVisible();
  await expect(onList).toBeHidden();
  expect(sent).toHaveLength(1);
});

test("a top-up that gets no response after the user left the page is reported", async ({ page }) => {
  const { name, route } = await sendAndHold(page);
  await page.goBack();
  await expect(page.getByRole("heading", { name: "Doanh nghiệp", level: 1 })).toBeVisible();
  const { topUp, pending, panel } = tenantPage(page);
  await rows(page).getByRole("link", { name }).click();
  await expect(pending).toContainText("200.000");
  await expect(topUp).toBeDisabled();

  await page.goBack();
  await route.abort();
  await expect(notification(page, "Chưa rõ kết quả nạp tiền")).toContainText(name);
  await page.goForward();
  await expect(panel).toBeVisible();
  await expect(pending).toBeHidden();
  await expect(topUp).toBeDisabled();
});

test("a top-up that succeeds after the user left the page is reported", async ({ page, sandbox }) => {
  const { name, email, route } = await sendAndHold(page);
  const before = (await sandbox.tenantState(email)).balance;
  await page.goBack();
  // Changing the language creates a new client, and must not lose the top-up.
  await page.getByText("EN", { exact: true }).click();
  await expect(page.getByRole("heading", { name: "Tenants", level: 1 })).toBeVisible();
  await route.continue();
  await expect(notification(page, "Topped up")).toContainText(name);
  await page.goForward();
  await expect(page.getByRole("button", { name: "Top up" })).toBeEnabled();
  expect((await sandbox.tenantState(email)).balance).toBe(before + 200_000);
});

test("a top-up that is rejected after the user left the page is reported", async ({ page }) => {
  const { name, route } = await sendAndHold(page);
  await page.goBack();
  await expect(page.getByRole("heading", { name: "Doanh nghiệp", level: 1 })).toBeVisible();
  await route.fulfill({ json: { status_code: -9999, message: "description_is_required" } });
  const message = notification(page, "Không nạp được tiền");
  await expect(message).toContainText(name);
  await expect(message).toContainText(/nội dung nạp tiền/i);
  await page.goForward();
  await expect(tenantPage(page).topUp).toBeEnabled();
});

test("the page asks before leaving while a top-up is pending", async ({ page }) => {
  const dialogs: string[] = [];
  page.on("dialog", async (dialog) => {
    dialogs.push(dialog.type());
    await dialog.dismiss();
  });
  const { form, route } = await sendAndHold(page);
  await expect(form.dialog.getByRole("status")).toContainText("Đừng đóng trang này");
  await page.evaluate(() => window.location.reload());
  await expect.poll(() => dialogs).toEqual(["beforeunload"]);

  // An unknown one is in the journal.
  await route.abort();
  const { topUp, panel } = tenantPage(page);
  await expect(panel).toBeVisible();
  await page.reload();
  await expect(panel).toBeVisible();
  await expect(topUp).toBeDisabled();
  expect(dialogs).toHaveLength(1);
});

test("neither a failed check nor a change of the language loses a top-up", async ({ page }) => {
  await page.route(`**${updateBalance}`, (route) => route.abort());
  await openTenant(page);
  const form = topUpForm(page);
  await form.toConfirmation(200_000);
  await form.confirm.click();
  const { topUp, panel, check } = tenantPage(page);
  await expect(panel).toBeVisible();
  await expect(topUp).toBeDisabled();

  await page.route(`**${tenantInfo}*`, (route) => route.fulfill({ status: 403, body: "<html>" }));
  await check.click();
  await expect(panel).toContainText("không được phép thực hiện");
  await page.getByText("EN", { exact: true }).click();
  const english = page.getByRole("main").getByRole("alert").filter({ hasText: "Do not send it again" });
  await expect(english).toBeVisible();
  await expect(page.getByRole("button", { name: "Top up" })).toBeDisabled();
  // The message of the failed check was in the old language, so it is removed; the next check uses the new one.
  await expect(page.getByText("không được phép")).toBeHidden();
  await page.getByRole("button", { name: "Check now" }).click();
  await expect(english).toContainText("This account has no permission");
});
