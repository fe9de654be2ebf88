// A top-up whose balance cannot be read before is not sent, and the portal says so.
import {
  description,
  expect,
  expectFieldMessage,
  hold,
  notification,
  openTenant,
  rows,
  tenantInfo,
  test,
  topUpForm,
} from "./portal";

const amount = 200_000;

test.describe("before the top-up is sent", () => {
  for (const [request, path, response] of [
    ["tenant", tenantInfo, "403"],
    ["tenant", tenantInfo, "no response"],
    ["list", "/api/partner/tenant/list", "403"],
  ] as const) {
    test(`${response} for the ${request} request is shown as not sent`, async ({ page, sandbox }) => {
      await openTenant(page);
      const form = topUpForm(page);
      await form.toConfirmation(amount);
      await page.route(`**${path}*`, (route) =>
        response === "403" ? route.fulfill({ status: 403, body: "<html>" }) : route.abort(),
      );
      await form.confirm.click();
      const alert = form.dialog.getByRole("alert");
      await expect(alert).toContainText("Chưa gửi lệnh nạp tiền", { timeout: 15_000 });
      await expect(alert).toContainText("Không đọc được số dư trước khi nạp, nên lệnh nạp chưa được gửi");
      await expect(alert).toContainText(response === "403" ? "không được phép" : "Không nhận được phản hồi");
      await expect(form.description).toHaveValue(description);
      expect(await sandbox.topUpRequests()).toBe(0);

      // It can be sent once the balance can be read.
      await page.unroute(`**${path}*`);
      await form.next.click();
      await form.confirm.click();
      await expect(notification(page, "Đã nạp tiền")).toBeVisible();
    });
  }

  test("a balance that cannot be read is reported on other pages too", async ({ page, sandbox }) => {
    await openTenant(page);
    const form = topUpForm(page);
    await form.toConfirmation(amount);
    const held = await hold(page, `${tenantInfo}*`);
    await form.confirm.click();
    const route = await held.route;
    await page.goBack();
    await expect(rows(page).first()).toBeVisible();
    await route.fulfill({ status: 403, body: "<html>" });
    await expect(notification(page, "Chưa gửi lệnh nạp tiền")).toContainText("nên lệnh nạp chưa được gửi");
    expect(await sandbox.topUpRequests()).toBe(0);
  });

  test("an error about the tenant's e-mail address is shown at that field", async ({ page, sandbox }) => {
    const { email } = await openTenant(page);
    const form = topUpForm(page);
    await form.toConfirmation(amount);
    await page.route("**/api/partner/tenant/list*", (route) =>
      route.fulfill({ json: { status_code: 9999, payload: { items: [] } } }),
    );
    await form.confirm.click();
    const field = form.dialog.getByRole("textbox", { name: "Email chủ doanh nghiệp" });
    await expectFieldMessage(field, /không có trong danh sách doanh nghiệp của bạn/);
    await expect(field).toBeFocused();
    await expect(field).toHaveValue(email);
    await expect(form.dialog.getByRole("alert")).toBeHidden();
    expect(await sandbox.topUpRequests()).toBe(0);
  });
});
