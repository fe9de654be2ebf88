// Packages and numbers are bought on the page of a tenant.
import { dong, expect, expectFieldMessage, notification, openTenant, sandboxUrl, test } from "./portal";
import { fact, note, openTenantWithPackage, paths, purchaseForm, purchases, requests } from "./purchases";

test("a package is upgraded after its quote is confirmed", async ({ page }) => {
  const { name, email } = await openTenant(page);
  const form = purchaseForm(page, "upgrade");
  await form.button.click();
  await expect(form.quote).toContainText(/Số dư của đại lý\s*250\.000\.000\s₫/);
  await expect(form.offer("Trial")).toBeDisabled();
  await expect(form.dialog.getByRole("alert")).toContainText("Gói hiện tại còn hạn đến");
  await form.offer("OMI Business").click();
  await expect(form.quote).toContainText(/5\.800\.000\s₫/);
  await expect(form.quote).toContainText("Hoặc 226,563");
  await form.dialog.getByRole("button", { name: "12 tháng" }).click();
  await expect(form.months).toHaveValue("12");
  await expect(form.quote).toContainText(/10\.600\.000\s₫/);
  await form.note.fill(note);
  await form.next.click();
  for (const text of [name, email, "OMI Business", "12 tháng", note]) {
    await expect(form.confirmation).toContainText(text);
  }
  await expect(form.confirmation).toContainText(new RegExp(dong(10_600_000)));
  await form.confirm.click();
  const message = notification(page, "Đã nâng cấp gói");
  await expect(message).toContainText(new RegExp(`${dong(250_000_000)} → ${dong(239_400_000)}`));
  await expect(form.dialog).toBeHidden();
  await expect(fact(page, "Tên gói")).toHaveText("OMI Business");
  expect(await purchases(page, email)).toMatchObject([{ months: 12, price: 10_600_000, note }]);
});

test("a package is extended by the months that were bought", async ({ page }) => {
  const { email } = await openTenantWithPackage(page);
  const before = await fact(page, "Ngày hết hạn gói").innerText();
  const form = purchaseForm(page, "extend");
  await form.toConfirmation("24");
  await form.confirm.click();
  await expect(notification(page, "Đã gia hạn gói")).toContainText("Thêm 24 tháng gói");
  await expect(fact(page, "Ngày hết hạn gói")).not.toHaveText(before);
  expect(await purchases(page, email)).toMatchObject([{ months: 24, note }]);
});

test("a number is found, bought, and no longer on sale", async ({ page }) => {
  const { email } = await openTenant(page);
  const form = purchaseForm(page, "buy");
  await form.button.click();
  const { dialog } = form;
  await expect(dialog.getByText("120 đầu số.")).toBeVisible();
  await expect(dialog.getByRole("radio")).toHaveCount(6);
  await dialog.getByRole("button", { name: "Trang 2", exact: true }).click();
  await expect(dialog.getByRole("radio", { name: "842800091430" })).toBeHidden();
  await dialog.getByRole("combobox", { name: "Loại đầu số" }).click();
  await page.getByRole("option", { name: "1900" }).click();
  await expect(dialog.getByText("24 đầu số.")).toBeVisible();
  await expect(dialog.getByRole("radio").first()).toHaveAccessibleName(/^1900/);
  await dialog.getByRole("combobox", { name: "Loại đầu số" }).click();
  await page.getByRole("option", { name: "Cố định" }).click();
  // As people write it.
  await dialog.getByRole("searchbox").fill("028 0009");
  await expect(dialog.getByRole("radio")).toHaveCount(1);
  await form.offer("842800091430").click();
  await expect(dialog.getByText("Đã chọn 842800091430")).toBeVisible();
  await expect(form.quote).toContainText(/150\.000\s₫/);
  await form.note.fill("Đơn 7");
  await form.next.click();
  await expect(form.confirmation).toContainText("842800091430");
  await form.confirm.click();
  await expect(notification(page, "Đã mua đầu số")).toContainText("842800091430");
  await expect(page.getByRole("table", { name: "Đầu số" })).toContainText("842800091430");
  expect(await purchases(page, email)).toMatchObject([{ months: 6, price: 150_000 }]);
  await form.button.click();
  await expect(dialog.getByText("119 đầu số.")).toBeVisible();
});

test("invalid values are explained at their fields as typed", async ({ page }) => {
  await openTenant(page);
  const requests: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  const form = purchaseForm(page, "upgrade");
  await form.button.click();
  await form.months.fill("5");
  await expectFieldMessage(form.months, /từ 6 trở lên/);
  await expect(form.quote).toContainText(/Báo giá\s*–/);
  await form.months.fill("6,5");
  await expectFieldMessage(form.months, /từ 6 trở lên/);
  await form.months.fill("7");
  await expect(form.months).not.toHaveAttribute("aria-invalid", "true");
  await form.note.fill("Ngắn");
  await expectFieldMessage(form.note, /ít nhất 10 ký tự/);
  await expect(form.dialog.getByText("4 ký tự (tối thiểu 10)")).toBeVisible();
  await form.note.fill("");
  await form.next.click();
  await expectFieldMessage(form.note, /Ghi chú không được để trống/);
  await expect(form.dialog.getByText("Gói dịch vụ không được để trống.")).toBeVisible();
  await form.dialog.getByRole("button", { name: "Hủy" }).click();

  const number = purchaseForm(page, "buy");
  await number.button.click();
  await number.next.click();
  await expect(number.dialog.getByText("Đầu số không được để trống.")).toBeVisible();
  expect(requests.filter((url) => /upgrade|buy/.test(url))).toEqual([]);
});

test("a double click neither skips the confirmation nor sends twice", async ({ page }) => {
  const { email } = await openTenant(page);
  const form = purchaseForm(page, "upgrade");
  await form.button.click();
  await form.offer("OMI Start").click();
  await form.note.fill(note);
  await form.next.dblclick();
  await expect(form.confirm).toBeEnabled();
  expect(await purchases(page, email)).toHaveLength(0);
  await form.confirm.evaluate(async (button: HTMLButtonElement) => {
    for (let click = 0; click < 40; click++) {
      button.click();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  });
  await expect(form.dialog).toBeHidden();
  await expect(notification(page, "Đã nâng cấp gói")).toHaveCount(1);
  expect(await requests(page, paths.upgrade)).toBe(1);
});

test("a quote above the own balance is warned about, and the refusal is shown in the form", async ({ page }) => {
  const { email } = await openTenant(page);
  const form = purchaseForm(page, "upgrade");
  await form.toConfirmation("100");
  const warning = "Số dư của đại lý thấp hơn báo giá";
  await expect(form.confirmation).toContainText(warning);
  await form.confirm.click();
  const alert = form.dialog.getByRole("alert").filter({ hasText: "Không nâng cấp được gói" });
  await expect(alert).toContainText("balance_not_enough");
  await expect(form.months).toHaveValue("100");
  await expect(form.note).toHaveValue(note);
  await expect(form.dialog.getByText(warning)).toBeVisible();
  // The values can be changed and sent.
  await form.months.fill("6");
  await form.next.click();
  await expect(form.confirmation).not.toContainText(warning);
  await form.confirm.click();
  await expect(notification(page, "Đã nâng cấp gói")).toBeVisible();
  expect(await purchases(page, email)).toHaveLength(1);
});

test("a number that was sold meanwhile is refused and disappears from the list", async ({ page, sandbox }) => {
  const { email } = await openTenant(page);
  const form = purchaseForm(page, "buy");
  await form.toConfirmation();
  const order = { email, number: "842800091430", number_count: 6, note };
  const other = { ...order, email: "hieu.nguyen115@example.com" };
  const headers = { authorization: `Bearer ${await sandbox.token()}` };
  await page.request.post(`${sandboxUrl}${paths.buy}`, { headers, data: other });
  await form.confirm.click();
  await expect(form.dialog.getByRole("alert")).toContainText("public_number_not_found");
  await expect(form.dialog.getByText("119 đầu số.")).toBeVisible();
  await form.next.click();
  await expect(form.dialog.getByText("Hãy chọn một đầu số trong danh sách.")).toBeVisible();
  expect(await purchases(page, email)).toHaveLength(0);
});

test("a package without a list price, or without one in the partner's currency, says so", async ({ page }) => {
  await page.route("**/service_package/list", async (route) => {
    const response = await route.fetch();
    const body = await response.json();
    body.payload[1].fee_setups = [{ currency: "EUR", price: 10.5 }];
    body.payload[1].fee_holds = [{ currency: "EUR", price: 0.977 }];
    await route.fulfill({ response, json: body });
  });
  await openTenant(page);
  const form = purchaseForm(page, "upgrade");
  await form.button.click();
  await form.offer("Customize").click();
  await expect(form.quote).toContainText("Không có giá niêm yết");
  await expect(form.dialog.getByText("hãy hỏi giá trước khi mua")).toBeVisible();
  await form.offer("OMI Start").click();
  await expect(form.quote).toContainText("16,362");
  await expect(form.dialog.getByText("Không có giá bằng VND")).toBeVisible();
});

test("offers that cannot be loaded can be loaded again", async ({ page }) => {
  await openTenant(page);
  await page.route("**/public_number/list*", (route) => route.fulfill({ status: 403, body: "<html>" }));
  const form = purchaseForm(page, "buy");
  await form.button.click();
  await expect(form.dialog.getByRole("alert")).toContainText("không được phép");
  await expect(form.next).toBeDisabled();
  await page.unrouteAll();
  await form.dialog.getByRole("button", { name: "Thử lại" }).click();
  await expect(form.dialog.getByText("120 đầu số.")).toBeVisible();
});
