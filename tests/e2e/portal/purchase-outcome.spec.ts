// The outcome of a purchase: unknown, pending, not sent, or executed twice.
import { expect, hold, notification, openTenant, tenantInfo, tenantPage, test } from "./portal";
import { fact, note, openTenantWithPackage, paths, purchaseForm, purchases, requests } from "./purchases";

for (const kind of ["upgrade", "extend", "buy"] as const) {
  test(`an unknown outcome blocks payments until it is checked: ${kind}`, async ({ page, sandbox }) => {
    await page.route(`**${paths[kind]}`, async (route) => {
      await route.fetch();
      await route.abort();
    });
    const { email } = await openTenantWithPackage(page);
    const form = purchaseForm(page, kind);
    await form.toConfirmation();
    await form.confirm.click();
    const panel = page.getByRole("main").getByRole("alert").filter({ hasText: "Gửi lúc" });
    await expect(panel).toContainText("Đừng mua lại trước khi kiểm tra");
    await expect(form.dialog).toBeHidden();
    const { topUp, check, dismiss } = tenantPage(page);
    const buttons = [topUp, ...(["upgrade", "extend", "buy"] as const).map((kind) => purchaseForm(page, kind).button)];
    for (const button of buttons) await expect(button).toBeDisabled();
    await expect(page.getByText("Hãy kiểm tra giao dịch trước đó").first()).toBeVisible();

    await check.click();
    await expect(panel.getByRole("status")).toContainText("Máy chủ đã thực hiện");
    await expect(panel.getByText("Số dư của đại lý trước khi mua")).toBeVisible();
    await dismiss.click();
    await expect(panel).toBeHidden();
    for (const button of buttons) await expect(button).toBeEnabled();
    expect(await requests(page, paths[kind])).toBe(1);
    expect(await purchases(page, email)).toHaveLength(1);
  });
}

test("a purchase that was not executed can be sent again with the same values", async ({ page }) => {
  await page.route(`**${paths.buy}`, (route) => route.abort(), { times: 1 });
  const { email } = await openTenant(page);
  const form = purchaseForm(page, "buy");
  await form.toConfirmation("8");
  await form.confirm.click();
  const { panel, check } = tenantPage(page);
  await check.click();
  await expect(panel.getByRole("status")).toContainText("Hiện máy chủ chưa thực hiện");
  await page.getByRole("button", { name: "Mua lại" }).click();
  await expect(form.months).toHaveValue("8");
  await expect(form.note).toHaveValue(note);
  await form.next.click();
  await form.confirm.click();
  await expect(notification(page, "Đã mua đầu số")).toBeVisible();
  expect(await purchases(page, email)).toHaveLength(1);
});

for (const applied of [true, false]) {
  test(`after a reload, an unknown purchase that was ${applied ? "" : "not "}executed can only be compared`, async ({
    page,
    sandbox,
  }) => {
    page.on("dialog", (dialog) => dialog.accept());
    await page.route(`**${paths.upgrade}`, async (route) => {
      if (applied) await route.fetch();
      await route.abort();
    });
    await openTenant(page);
    const form = purchaseForm(page, "upgrade");
    await form.toConfirmation();
    await form.confirm.click();
    const { panel, topUp, check, dismiss } = tenantPage(page);
    await expect(panel).toBeVisible();
    await page.reload();
    await expect(panel).toContainText("OMI Pro");
    await expect(form.button).toBeDisabled();
    await expect(topUp).toBeDisabled();
    await check.click();
    const result = panel.getByRole("status");
    await expect(result).toContainText("đây không phải là bằng chứng");
    await expect(result).toContainText(applied ? "có thể máy chủ đã thực hiện" : "có thể vẫn đang được xử lý");
    await expect(page.getByRole("button", { name: "Mua lại" })).toBeHidden();
    await dismiss.click();
    await expect(form.button).toBeEnabled();
    expect(await requests(page, paths.upgrade)).toBe(applied ? 1 : 0);
  });
}

test("a pending purchase is shown on its tenant's page, and its outcome on every page", async ({ page }) => {
  const held = await hold(page, paths.upgrade);
  const { name } = await openTenant(page);
  const form = purchaseForm(page, "upgrade");
  await form.toConfirmation();
  await form.confirm.click();
  const route = await held.route;
  await page.goBack();
  await page.goForward();
  await expect(page.getByRole("status").filter({ hasText: "Đang nâng cấp gói" })).toContainText("OMI Pro");
  await expect(form.button).toBeDisabled();
  await expect(page.getByText("Hãy chờ kết quả của giao dịch đang gửi").first()).toBeVisible();
  await page.goBack();
  await route.continue();
  await expect(notification(page, "Đã nâng cấp gói")).toContainText(name);
  await page.goForward();
  await expect(form.button).toBeEnabled();
  await expect(fact(page, "Tên gói")).toHaveText("OMI Pro");
});

test("a purchase whose state before cannot be read is not sent", async ({ page, sandbox }) => {
  await openTenant(page);
  const form = purchaseForm(page, "upgrade");
  await form.toConfirmation();
  await page.route(`**${tenantInfo}*`, (route) => route.fulfill({ status: 403, body: "<html>" }));
  await form.confirm.click();
  const alert = form.dialog.getByRole("alert").filter({ hasText: "Chưa gửi yêu cầu nâng cấp gói" });
  await expect(alert).toContainText("Không đọc được dữ liệu trước khi mua");
  expect(await requests(page, paths.upgrade)).toBe(0);
});

test("an extension that was executed twice shows a warning with the balances", async ({ page }) => {
  await page.route(`**${paths.extend}`, async (route) => {
    await route.fetch();
    await route.continue();
  });
  const { email } = await openTenantWithPackage(page);
  const form = purchaseForm(page, "extend");
  await form.toConfirmation();
  await form.confirm.click();
  const message = notification(page, "Gói được gia hạn nhiều hơn số tháng đã mua");
  await expect(message).toContainText("đừng mua thêm trước khi đối chiếu xong");
  await expect(message).toContainText("khác với báo giá");
  expect(await purchases(page, email)).toHaveLength(2);
});
