import { createForm, expect, expectFieldMessage, hoaDao, hold, rows, test } from "./portal";

test("an empty form shows at every field that it is required", async ({ page }) => {
  await page.goto("/#/tenants");
  const form = createForm(page);
  await form.open();
  await form.submit();
  for (const field of Object.values(form.fields)) await expectFieldMessage(field, /không được để trống\./);
  await expect(form.fields.fullName).toBeFocused();
});

test("an invalid e-mail address and a weak password are explained at their fields", async ({ page }) => {
  await page.goto("/#/tenants");
  const form = createForm(page);
  await form.open();
  await form.fill({ ...hoaDao, email: "dao.nguyen", password: "hoadao" });
  await form.submit();
  await expectFieldMessage(form.fields.email, /Email không hợp lệ\./);
  await expectFieldMessage(form.fields.password, /ít nhất 8 ký tự.*chữ in hoa.*chữ số.*ký tự đặc biệt/);
  await expect(form.fields.fullName).not.toHaveAttribute("aria-invalid", "true");

  // Correcting the value removes the message.
  await form.fields.email.fill(hoaDao.email);
  await expect(form.fields.email).not.toHaveAttribute("aria-invalid", "true");
});

test("a server error about the e-mail address is shown at that field", async ({ page }) => {
  await page.goto("/#/tenants");
  const email = await rows(page).nth(1).getByRole("cell").nth(1).innerText();
  const form = createForm(page);
  await form.open();
  await form.fill({ ...hoaDao, email });
  await form.submit();
  await expectFieldMessage(form.fields.email, /Đã có doanh nghiệp dùng email này/);
  await expect(form.fields.password).toHaveValue(hoaDao.password);
});

test("a server error without a field is shown as an alert", async ({ page }) => {
  await page.goto("/#/tenants");
  const form = createForm(page);
  await form.open();
  await form.fill({ ...hoaDao, email: "create-tenant-error@example.com" });
  await form.submit();
  await expect(form.dialog.getByRole("alert")).toContainText("create_tenant_error");
});

test("without immediate activation the portal does not wait", async ({ page }) => {
  await page.goto("/#/tenants");
  const form = createForm(page);
  await form.open();
  await form.fill(hoaDao);
  await form.dialog.getByRole("switch", { name: "Kích hoạt ngay" }).uncheck();
  await form.submit();
  await expect(form.dialog.getByText("chưa kích hoạt")).toBeVisible();
  await expect(form.dialog.getByRole("progressbar")).toBeHidden();
  await page.keyboard.press("Escape");
  await expect(rows(page).nth(1)).toContainText(hoaDao.fullName);
  await expect(rows(page).nth(1)).toContainText("Chờ kích hoạt");
});

test("waiting for the activation can be stopped and resumed", async ({ page }) => {
  const notActivated = { status_code: 9999, payload: { email: hoaDao.email, status: "not_activated" } };
  await page.route("**/api/partner/tenant/info*", (route) => route.fulfill({ json: notActivated }));
  await page.goto("/#/tenants");
  const form = createForm(page);
  await form.open();
  await form.fill(hoaDao);
  await form.submit();
  const bar = form.dialog.getByRole("progressbar");
  await expect(bar).toBeVisible();
  await form.dialog.getByRole("button", { name: "Ngừng chờ" }).click();
  await expect(bar).toBeHidden();
  await expect(form.dialog.getByText("vẫn đang được kích hoạt")).toBeVisible();

  await page.unroute("**/api/partner/tenant/info*");
  await form.dialog.getByRole("button", { name: "Tiếp tục chờ" }).click();
  await expect(form.dialog.getByText("Tài khoản đã hoạt động.")).toBeVisible();
});

test("a creation with an unknown outcome is checked, not sent again", async ({ page }) => {
  let sent = 0;
  await page.route("**/api/partner/tenant/add", async (route) => {
    sent += 1;
    await route.fetch();
    await route.abort();
  });
  await page.goto("/#/tenants");
  const form = createForm(page);
  await form.open();
  await form.fill(hoaDao);
  await form.submit();
  await expect(form.dialog.getByText("Chưa rõ doanh nghiệp đã được tạo hay chưa")).toBeVisible();
  await form.dialog.getByRole("button", { name: "Kiểm tra" }).click();
  await expect(form.dialog.getByText("Doanh nghiệp đã được tạo.")).toBeVisible();
  await form.dialog.getByRole("link", { name: "Xem doanh nghiệp" }).click();
  await expect(page.getByRole("heading", { name: hoaDao.fullName, level: 1 })).toBeVisible();
  expect(sent).toBe(1);
});

test("a creation with an unknown outcome stays on the list until it is dismissed", async ({ page }) => {
  let sent = 0;
  await page.route("**/api/partner/tenant/add", async (route) => {
    sent += 1;
    await route.abort();
  });
  await page.goto("/#/tenants");
  const form = createForm(page);
  await form.open();
  await form.fill(hoaDao);
  await form.submit();
  await expect(form.dialog.getByText("Chưa rõ doanh nghiệp đã được tạo hay chưa")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(form.dialog).toBeHidden();
  const alert = page.getByRole("main").getByRole("alert").filter({ hasText: "Chưa rõ doanh nghiệp" });
  await expect(alert).toContainText(hoaDao.email);

  // It is still there after visiting another page.
  await rows(page).nth(1).getByRole("link").click();
  await page.getByRole("link", { name: "Về danh sách doanh nghiệp" }).click();
  await expect(alert).toBeVisible();

  // Until then, the same e-mail address is rejected.
  await form.open();
  await form.fill({ ...hoaDao, email: hoaDao.email.toUpperCase() });
  await form.submit();
  await expectFieldMessage(form.fields.email, /kiểm tra yêu cầu tạo trước đó/);
  await page.keyboard.press("Escape");

  await alert.getByRole("button", { name: "Kiểm tra" }).click();
  await expect(alert).toContainText("chưa có doanh nghiệp nào với email này");
  await alert.getByRole("button", { name: "Tôi đã kiểm tra" }).click();
  await expect(alert).toBeHidden();
  expect(sent).toBe(1);
});

for (const [outcome, message] of [
  ["succeeds", `Đã tạo ${hoaDao.fullName}`],
  ["is rejected", `Không tạo được ${hoaDao.fullName}`],
  ["gets no response", "Chưa rõ doanh nghiệp"],
] as const) {
  test(`a creation that ${outcome} after the user left the page is reported`, async ({ page }) => {
    const held = await hold(page, "/api/partner/tenant/add");
    await page.goto("/#/tenants");
    await rows(page).nth(1).getByRole("link").click();
    await page.getByRole("link", { name: "Về danh sách doanh nghiệp" }).click();
    const form = createForm(page);
    await form.open();
    await form.fill(hoaDao);
    await form.submit();
    const route = await held.route;
    await page.goBack();
    await expect(form.dialog).toBeHidden();
    if (outcome === "succeeds") await route.continue();
    else if (outcome === "is rejected") await route.fulfill({ json: { status_code: -9999, message: "access_denied" } });
    else await route.abort();
    await expect(page.locator(".mantine-Notification-root").filter({ hasText: message })).toBeVisible();
    await page.goForward();
    const alert = page.getByRole("main").getByRole("alert").filter({ hasText: "Chưa rõ doanh nghiệp" });
    await expect(alert).toBeVisible({ visible: outcome === "gets no response" });
  });
}
