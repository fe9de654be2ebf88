import type { Page } from "@playwright/test";
import {
  dong,
  expect,
  expectFieldMessage,
  hold,
  notification,
  openTenant,
  rows,
  sandboxUrl,
  tenantInfo,
  tenantPage,
  test,
} from "./portal";

const paths = {
  upgrade: "/api/partner/service_package/upgrade",
  extend: "/api/partner/service_package/extend",
  buy: "/api/partner/public_number/buy",
};
const titles = { upgrade: "Nâng cấp gói", extend: "Gia hạn gói", buy: "Mua đầu số" };
type Kind = keyof typeof paths;

const note = "Theo đơn hàng số 1042, khách hẹn qua điện thoại";

/** The dialog of a purchase. */
function purchaseForm(page: Page, kind: Kind) {
  const title = titles[kind];
  const dialog = page.getByRole("dialog", { name: title });
  const form = {
    dialog,
    button: page.getByRole("main").getByRole("button", { name: title }),
    offer: (name: string) => dialog.getByRole("radio", { name }),
    months: dialog.getByRole("textbox", { name: "Số tháng" }),
    note: dialog.getByRole("textbox", { name: "Ghi chú" }),
    quote: dialog.getByRole("group", { name: "Báo giá" }),
    next: dialog.getByRole("button", { name: "Tiếp tục" }),
    edit: dialog.getByRole("button", { name: "Sửa lại" }),
    confirmation: dialog.getByRole("group", { name: /^Xác nhận/ }),
    confirm: dialog.getByRole("group", { name: /^Xác nhận/ }).getByRole("button", { name: title }),
    /** Opens the form, fills it in and continues to the confirmation. */
    async toConfirmation(months = "6", offer = kind === "upgrade" ? "OMI Pro" : undefined) {
      await form.button.click();
      if (offer) await form.offer(offer).click();
      else if (kind === "buy") await dialog.getByRole("radio").first().click();
      await form.months.fill(months);
      await form.note.fill(note);
      await form.next.click();
    },
  };
  return form;
}

/** The purchases in the sandbox's books. */
async function purchases(page: Page, email: string): Promise<unknown[]> {
  const response = await page.request.get(`${sandboxUrl}/sandbox/tenant`, { params: { email } });
  return (await response.json()).purchases;
}

/** How many purchases of this kind have arrived, whatever their outcome. */
async function requests(page: Page, path: string): Promise<number> {
  const { requests } = await (await page.request.get(`${sandboxUrl}/sandbox/state`)).json();
  return requests[`POST ${path}`] ?? 0;
}

/** Opens a tenant whose package has a list price. */
async function openTenantWithPackage(page: Page): Promise<{ email: string }> {
  await page.goto("/#/tenants");
  const row = rows(page).filter({ hasText: "Đang hoạt động" }).filter({ hasText: "OMI" }).first();
  const email = await row.getByRole("cell").nth(1).innerText();
  await row.getByRole("link").click();
  await expect(page.getByText(email)).toBeVisible();
  return { email };
}

const fact = (page: Page, term: string) => page.locator("dt", { hasText: new RegExp(`^${term}$`) }).locator("+ dd");

test("a package is upgraded after its quote is confirmed", async ({ page }) => {
  const { name, email } = await openTenant(page);
  const form = purchaseForm(page, "upgrade");
  await form.button.click();
  await expect(form.quote).toContainText(/Số dư của đại lý\s*250\.000\.000\s₫/);
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
