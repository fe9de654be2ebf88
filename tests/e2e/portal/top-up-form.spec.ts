// The form of a top-up: the amount, the description and its templates.
import type { Locator } from "@playwright/test";
import { description, expect, expectFieldMessage, openTenant, tenantPage, test, topUpForm } from "./portal";

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
