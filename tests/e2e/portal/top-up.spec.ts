import type { Locator, Page } from "@playwright/test";
import {
  balance,
  description,
  dong,
  expect,
  expectFieldMessage,
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

/** Types a text into a field, or pastes it over what is there. */
const entries = {
  async type(field: Locator, text: string) {
    await field.fill("");
    await field.pressSequentially(text);
  },
  async paste(field: Locator, text: string) {
    await field.evaluate((_, text) => navigator.clipboard.writeText(text), text);
    await field.press("ControlOrMeta+A");
    await field.press("ControlOrMeta+V");
  },
};

test("invalid values of a top-up are explained at their fields before the confirmation", async ({ page, sandbox }) => {
  await openTenant(page);
  const form = topUpForm(page);
  await form.open();
  await form.description.fill("Quá ngắn");
  await expect(form.dialog.getByText("8 ký tự (tối thiểu 50)")).toBeVisible();
  await form.next.click();
  await expectFieldMessage(form.amount, "Hãy nhập số tiền.");
  await expectFieldMessage(form.description, /phải có ít nhất 50 ký tự/);
  await expect(form.amount).toBeFocused();
  await form.amount.fill("9999");
  await form.next.click();
  await expectFieldMessage(form.amount, /phải từ 10\.000 VND trở lên/);

  await form.amount.fill("10000");
  // The server counts a decomposed (NFD) text like a composed one.
  await form.description.fill(description.normalize("NFD"));
  await expect(form.dialog.getByText(`${description.length} ký tự (tối thiểu 50)`)).toBeVisible();
  await form.next.click();
  await expect(form.confirm).toBeVisible();
  expect(await sandbox.topUpRequests()).toBe(0);
});

test("an amount gets thousands separators while it is edited, and is shown in words", async ({ page }) => {
  await openTenant(page);
  const form = topUpForm(page);
  await form.open();
  await expect(form.amount).toBeFocused();
  await form.amount.pressSequentially("1250000");
  await expect(form.amount).toHaveValue("1.250.000");
  await expect(form.amount).toHaveAccessibleDescription("Một triệu hai trăm năm mươi nghìn đồng");
  // [keys, text with the caret as "|"]
  for (const [keys, text] of [
    ["Backspace", "125.000|"],
    ["ArrowLeft ArrowLeft ArrowLeft Backspace", "125|.000"],
    ["Backspace", "12|.000"],
    ["Delete", "12.|000"],
    ["Delete", "1.2|00"],
    ["7", "12.7|00"],
    ["Home 9", "9|12.700"],
    ["Shift+ArrowRight Shift+ArrowRight 3", "93|.700"],
  ] as const) {
    for (const key of keys.split(" ")) await form.amount.press(key);
    const withCaret = await form.amount.evaluate(
      ({ value, selectionStart: caret }: HTMLInputElement) =>
        `${value.slice(0, caret ?? 0)}|${value.slice(caret ?? 0)}`,
    );
    expect(withCaret, keys).toBe(text);
  }
  await form.dialog.getByRole("button", { name: "2.000.000" }).click();
  await expect(form.amount).toHaveValue("2.000.000");
  await form.description.fill(description);
  await form.next.click();
  const confirmation = form.dialog.getByRole("group", { name: "Xác nhận nạp tiền" });
  await expect(confirmation.getByText("Hai triệu đồng")).toBeVisible();
});

test("an amount is never taken for another one, whether it is typed or pasted", async ({ page, context }) => {
  test.slow();
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openTenant(page);
  const form = topUpForm(page);
  await form.open();
  await form.description.fill(description);
  const whole = /phải là số nguyên VND/;
  const number = /phải là một số/;
  const low = /phải từ 10\.000 VND trở lên/;
  for (const [text, message] of [
    ["500.000,5", whole],
    ["500000,25", whole],
    ["500,000", number],
    ["20000,000", number],
    ["-50000", low],
    ["500000.00", number],
    ["500.00", number],
    ["500.000.00", number],
    ["500,000.00", number],
    ["500.000,", number],
    ["5e5", number],
    ["500000 USD", number],
  ] as const) {
    for (const enter of Object.values(entries)) {
      await enter(form.amount, text);
      await form.next.click();
      await expectFieldMessage(form.amount, message);
    }
    // Pasted last: it is not corrected.
    await expect(form.amount).toHaveValue(text);
  }
  await entries.paste(form.amount, "5000.000");
  await form.next.click();
  await expectFieldMessage(form.amount, number);
  for (const text of ["500000", "500.000", "500.000,00", "500000,0", " 500.000\u00a0₫", "500.000 VND"]) {
    for (const enter of Object.values(entries)) {
      await enter(form.amount, text);
      await expect(form.amount).toHaveAccessibleDescription("Năm trăm nghìn đồng");
      await form.next.click();
      await expect(form.confirm).toHaveText(/ 500\.000\s₫/);
      await form.dialog.getByRole("button", { name: "Sửa lại" }).click();
    }
  }
});

test("an amount in English is never taken for another one, whether it is typed or pasted", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openTenant(page);
  await page.getByText("EN", { exact: true }).click();
  await page.getByRole("button", { name: "Top up" }).click();
  const dialog = page.getByRole("dialog", { name: "Top up" });
  const amount = dialog.getByRole("textbox", { name: "Amount" });
  await dialog.getByRole("textbox", { name: "Description" }).fill(description);
  const next = dialog.getByRole("button", { name: "Continue" });
  for (const enter of Object.values(entries)) {
    for (const [text, message] of [
      ["500000,00", /must be a number/],
      ["500.000,00", /must be a number/],
      ["500.000", /must be a number/],
      ["500,000.5", /must be a whole number of VND/],
    ] as const) {
      await enter(amount, text);
      await next.click();
      await expectFieldMessage(amount, message);
    }
    for (const text of ["500000.00", "500,000"]) {
      await enter(amount, text);
      await expect(amount).toHaveAccessibleDescription("Five hundred thousand dong");
      await next.click();
      await expect(dialog.getByRole("button", { name: /^Top up/ })).toHaveText(/ 500,000\s₫$/);
      await dialog.getByRole("button", { name: "Edit" }).click();
    }
  }
});

test("a description comes from a template, whose placeholder must be replaced, and can be saved as one", async ({
  page,
}) => {
  await openTenant(page);
  const form = topUpForm(page);
  await form.open();
  const templates = form.dialog.getByRole("button", { name: "Mẫu nội dung" });
  const item = (name: string | RegExp) => page.getByRole("menuitem", { name });
  await form.amount.fill("50000");
  await templates.click();
  await item(/^Nạp cước gọi tháng \d\d\/\d{4} /).click();
  await expect(form.description).toHaveValue(/theo hợp đồng số \[số hợp đồng\]$/);
  await form.next.click();
  await expectFieldMessage(form.description, /Hãy thay \[số hợp đồng\]/);
  await templates.click();
  await item(/^Nạp cước gọi/).click();
  // The placeholder is selected.
  await expect(form.description).toBeFocused();
  await page.keyboard.type("128/2026");
  await expect(form.description).toHaveValue(/theo hợp đồng số 128\/2026$/);
  const text = await form.description.inputValue();
  await templates.click();
  await item("Lưu nội dung đang nhập làm mẫu").click();

  await page.reload();
  await form.open();
  await templates.click();
  await item(text).click();
  await expect(form.description).toHaveValue(text);
  await templates.click();
  await item("Xóa mẫu này").click();
  await templates.click();
  await expect(item(/^Nạp bổ sung/)).toBeVisible();
  await expect(item(text)).toBeHidden();
});

test("a link opens the form once", async ({ page }) => {
  await openTenant(page);
  const { hash } = new URL(page.url());
  await page.goto(`/?topUp${hash}`);
  const form = topUpForm(page);
  await expect(form.amount).toBeFocused();
  expect(new URL(page.url()).search).toBe("");
  await page.reload();
  await expect(tenantPage(page).topUp).toBeEnabled();
  await expect(form.dialog).toBeHidden();
});

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
  await expect(page.getByRole("alert").filter({ hasText: "Đã nạp tiền" })).toContainText("Ví dịch vụ");
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
