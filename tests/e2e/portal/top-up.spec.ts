import { balance, description, expect, expectFieldMessage, openTenant, test, topUpForm, watchTopUps } from "./portal";

test("what is wrong with a top-up stands at its fields, before anything is confirmed", async ({ page, sandbox }) => {
  await openTenant(page);
  const form = topUpForm(page);
  await form.open();
  await form.amount.fill("9999");
  await form.description.fill("Quá ngắn");
  await expect(form.dialog.getByText("8/50 ký tự")).toBeVisible();
  await form.next.click();
  await expectFieldMessage(form.amount, /phải từ 10\.000 VNĐ trở lên/);
  await expectFieldMessage(form.description, /phải có ít nhất 50 ký tự/);
  await expect(form.amount).toBeFocused();

  await form.amount.fill("10000");
  // Typed in two ways, it is as long for the server.
  await form.description.fill(description.normalize("NFD"));
  await expect(form.dialog.getByText(`${description.length}/50 ký tự`)).toBeVisible();
  await form.next.click();
  await expect(form.confirm).toBeVisible();
  expect(await sandbox.topUpRequests()).toBe(0);
});

test("a double click sends one top-up", async ({ page, sandbox }) => {
  const { email } = await openTenant(page);
  const before = await balance(page);
  const sent = watchTopUps(page);
  const form = topUpForm(page);
  await form.toConfirmation(200_000);
  await expect(form.confirm).toBeEnabled();
  await form.confirm.dblclick();
  await expect(form.dialog).toBeHidden();
  await expect.poll(() => balance(page)).toBe(before + 200_000);
  expect(sent).toEqual(["POST"]);
  expect(await sandbox.topUpRequests()).toBe(1);
  expect((await sandbox.books(email)).top_ups).toHaveLength(1);
});

test("a double click on the way to the confirmation confirms nothing", async ({ page, sandbox }) => {
  await openTenant(page);
  const form = topUpForm(page);
  await form.open();
  await form.amount.fill("200000");
  await form.description.fill(description);
  await form.next.dblclick();
  await expect(form.confirm).toBeEnabled();
  expect(await sandbox.topUpRequests()).toBe(0);
});

test("a top-up goes into the wallet that was chosen", async ({ page, sandbox }) => {
  const { email } = await openTenant(page);
  const before = await sandbox.books(email);
  const form = topUpForm(page);
  await form.toConfirmation(300_000, "Ví dịch vụ");
  await expect(form.dialog.getByText("Ví dịch vụ")).toBeVisible();
  await form.confirm.click();
  await expect(page.getByRole("alert").filter({ hasText: "Đã nạp tiền" })).toContainText("Ví dịch vụ");
  const after = await sandbox.books(email);
  expect(after.service_balance).toBe(before.service_balance + 300_000);
  expect(after.balance).toBe(before.balance);
});

test("a refused top-up is said at the form, with what was typed still there", async ({ page }) => {
  await page.route("**/tenant/update_balance", (route) =>
    route.fulfill({ json: { status_code: -9999, message: "access_denied" } }),
  );
  await openTenant(page);
  const form = topUpForm(page);
  await form.toConfirmation(200_000);
  await form.confirm.click();
  await expect(form.dialog.getByRole("alert")).toContainText("access_denied");
  await expect(form.description).toHaveValue(description);
});

for (const arrived of [true, false]) {
  test(`a top-up without an answer that ${arrived ? "arrived" : "did not arrive"} is not sent again`, async ({
    page,
    sandbox,
  }) => {
    await page.route("**/tenant/update_balance", async (route) => {
      if (arrived) await route.fetch();
      await route.abort();
    });
    const { email } = await openTenant(page);
    const { balance: before } = await sandbox.books(email);
    const sent = watchTopUps(page);
    const form = topUpForm(page);
    await form.toConfirmation(200_000);
    await form.confirm.click();

    const panel = page.getByRole("alert").filter({ hasText: "Chưa rõ kết quả nạp tiền" });
    await expect(panel).toContainText("Đừng nạp lại");
    await expect(form.dialog).toBeHidden();
    const topUp = page.getByRole("button", { name: "Nạp tiền" });
    await expect(topUp).toBeDisabled();

    await panel.getByRole("button", { name: "Xem số dư hiện tại" }).click();
    await expect(panel).toContainText(arrived ? "tăng đúng bằng số tiền này" : "Số dư chưa thay đổi");
    expect(await balance(page)).toBe(before + (arrived ? 200_000 : 0));
    await panel.getByRole("button", { name: "Tôi đã kiểm tra" }).click();
    await expect(panel).toBeHidden();
    await expect(topUp).toBeEnabled();
    expect(sent).toEqual(["POST"]);
    expect((await sandbox.books(email)).top_ups).toHaveLength(arrived ? 1 : 0);
  });
}
