import { balance, createForm, description, expect, hoaDao, rows, search, test, topUpForm } from "./portal";

test("a tenant is created, activated, found and topped up", async ({ page, sandbox }) => {
  const problems: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("requestfailed", (request) => problems.push(`${request.url()}: ${request.failure()?.errorText}`));

  await page.goto("/#/tenants");
  await expect(page).toHaveTitle("Doanh nghiệp – OMICall Partner");

  const form = createForm(page);
  await form.open();
  await form.fill(hoaDao);
  await expect(form.dialog.getByRole("switch", { name: "Kích hoạt ngay" })).toBeChecked();
  const bar = form.dialog.getByRole("progressbar", { name: "Đang kích hoạt tài khoản…" });
  await Promise.all([bar.waitFor(), form.submit()]);
  await expect(form.dialog.getByText("Tài khoản đã hoạt động.")).toBeVisible();
  await expect(bar).toBeHidden();
  await form.dialog.getByRole("link", { name: "Xem doanh nghiệp" }).click();
  await expect(page.getByRole("heading", { name: hoaDao.fullName, level: 1 })).toBeVisible();
  await expect(form.dialog).toBeHidden();

  await page.getByRole("link", { name: "Về danh sách doanh nghiệp" }).click();
  await expect(rows(page).nth(1)).toContainText(hoaDao.fullName);
  await search(page).fill("hoa dao tay bac");
  await expect(rows(page)).toHaveCount(2);
  const found = rows(page).nth(1);
  await expect(found).toContainText(hoaDao.email);
  await expect(found).toContainText("Đang hoạt động");
  await found.getByRole("link", { name: hoaDao.fullName }).click();
  await expect(page).toHaveTitle(`${hoaDao.fullName} – OMICall Partner`);

  const before = await balance(page);
  const topUp = topUpForm(page);
  await topUp.toConfirmation(1_250_000);
  const confirmation = topUp.dialog.getByRole("group", { name: "Xác nhận nạp tiền" });
  for (const text of [hoaDao.fullName, hoaDao.email, "1.250.000", "Ví cước gọi", description]) {
    await expect(confirmation.getByText(text).first()).toBeVisible();
  }
  expect(await sandbox.topUpRequests()).toBe(0);
  await topUp.confirm.click();
  await expect(page.getByRole("alert").filter({ hasText: "Đã nạp tiền" })).toBeVisible();
  await expect.poll(() => balance(page)).toBe(before + 1_250_000);
  expect((await sandbox.tenantState(hoaDao.email)).balance).toBe(before + 1_250_000);

  expect(problems).toEqual([]);
});
