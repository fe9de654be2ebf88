// A token that the server refuses while the user works.
import type { Page } from "@playwright/test";
import {
  count,
  description,
  expect,
  expectFieldMessage,
  notification,
  openTenant,
  search,
  sandboxUrl,
  signInForm,
  tenantInfo,
  tenantPage,
  test,
  topUpForm,
  updateBalance,
  watchTopUps,
} from "./portal";

const again = (page: Page) => {
  const dialog = page.getByRole("dialog", { name: "Phiên đăng nhập đã hết hạn" });
  return {
    dialog,
    token: dialog.getByRole("textbox", { name: "Access token của đối tác" }),
    submit: dialog.getByRole("button", { name: "Tiếp tục" }),
    cancel: dialog.getByRole("button", { name: "Hủy" }),
  };
};

test.describe("of the real API", () => {
  test.use({ signedIn: false });
  test.beforeEach(async ({ page, sandbox }) => {
    await page.goto("/#/tenants");
    const form = signInForm(page);
    await form.url.fill(sandboxUrl);
    await form.token.fill(await sandbox.token());
    await form.submit.click();
    await expect(count(page)).toHaveText("120 doanh nghiệp");
  });

  test("is replaced during a top-up, which is sent once", async ({ page, sandbox }) => {
    const { email } = await openTenant(page);
    const sent = watchTopUps(page);
    const form = topUpForm(page);
    await form.toConfirmation(200_000);
    // The token expires between the reading of the balance and the top-up.
    await page.route(
      `**${updateBalance}`,
      async (route) => {
        await sandbox.expireTokens();
        await route.continue();
      },
      { times: 1 },
    );
    await form.confirm.click();
    const { dialog, token, submit } = again(page);
    await expect(token).toBeFocused();
    await token.fill(await sandbox.token("sandbox-empty-key"));
    await submit.click();
    await expectFieldMessage(token, /đối tác khác/);
    await token.fill(await sandbox.token());
    await submit.click();
    await expect(dialog).toBeHidden();
    await expect(notification(page, "Đã nạp tiền")).toBeVisible();
    // The first request was refused for its token, so it was not executed.
    expect(sent).toEqual(["POST", "POST"]);
    expect((await sandbox.tenantState(email)).top_ups).toHaveLength(1);
  });

  test("is asked for above a form, which keeps its values also when the user cancels", async ({ page, sandbox }) => {
    await openTenant(page);
    const form = topUpForm(page);
    const sent = watchTopUps(page);
    await form.toConfirmation(200_000);
    await sandbox.expireTokens();
    await form.confirm.click();
    const { dialog, token, cancel, submit } = again(page);
    await expect(dialog).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
    const alert = form.dialog.getByRole("alert").filter({ hasText: "chưa có access token mới" });
    await expect(alert).toBeVisible();
    await expect(form.amount).toHaveValue("200.000");
    await expect(form.description).toHaveValue(description);
    expect(sent).toEqual([]);

    // Calls in the background do not ask again.
    await expect(page.getByRole("main").getByRole("alert").filter({ hasText: "không đọc hay gửi được" })).toBeVisible();
    await alert.getByRole("button", { name: "Nhập access token mới" }).click();
    await cancel.click();
    await expect(dialog).toBeHidden();
    await alert.getByRole("button", { name: "Nhập access token mới" }).click();
    await token.fill(await sandbox.token());
    await submit.click();
    await expect(page.getByRole("main").getByRole("alert")).toBeHidden();
    await form.next.click();
    await form.confirm.click();
    await expect(notification(page, "Đã nạp tiền")).toBeVisible();
    expect(sent).toEqual(["POST"]);
  });

  test("is asked for once for all calls, and what failed meanwhile is read again", async ({ page, sandbox }) => {
    await page.clock.install();
    await sandbox.expireTokens();
    await search(page).fill("công ty");
    const { dialog, token, submit } = again(page);
    await expect(dialog).toBeVisible();
    // Longer than the SDK waits for a token.
    await page.clock.fastForward(31_000);
    await expect(page.getByRole("alert").filter({ hasText: "Không lấy được access token" })).toBeVisible();
    await token.fill(await sandbox.token());
    await submit.click();
    await expect(dialog).toBeHidden();
    await expect(count(page)).toHaveText(/^\d+ doanh nghiệp$/);
    await expect(page.getByRole("alert")).toBeHidden();

    // A change of the language has another client, which needs no token from the user.
    await page.getByText("EN", { exact: true }).click();
    const read = page.waitForResponse((response) => response.url().includes("/tenant/list") && response.ok());
    await page.getByRole("button", { name: "Refresh" }).click();
    await read;
    await expect(page.getByRole("dialog")).toBeHidden();
  });
});

test("of the sandbox is replaced without asking", async ({ page, sandbox }) => {
  await openTenant(page);
  await sandbox.expireTokens();
  const read = page.waitForResponse((response) => response.url().includes(tenantInfo) && response.ok());
  await page.getByRole("button", { name: "Làm mới" }).click();
  await read;
  await expect(tenantPage(page).topUp).toBeEnabled();
  await expect(again(page).dialog).toBeHidden();
});
