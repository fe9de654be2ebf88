import type { Page } from "@playwright/test";
import { createForm, expect, expectFieldMessage, hoaDao, hold, rows, test } from "./portal";

test("an empty form shows at every field that it is required", async ({ page }) => {
  await page.goto("/#/tenants");
  const form = createForm(page);
  await form.open();
  await form.submit();
  for (const field of Object.values(form.fields)) await expectFieldMessage(field, /không được để trống\./);
  await expect(form.fields.fullName).toBeFocused();
});

test("errors appear when a field is left and follow what is typed, in the language of the portal", async ({ page }) => {
  await page.goto("/#/tenants");
  const form = createForm(page);
  const { email, password, fullName, ownerName } = form.fields;
  await form.open();
  await email.pressSequentially("dao");
  await expect(email).not.toHaveAttribute("aria-invalid", "true");
  await email.press("Tab");
  await expectFieldMessage(email, /Email không hợp lệ\./);
  await email.pressSequentially("@hoadao.example");
  await expect(email).not.toHaveAttribute("aria-invalid", "true");
  await email.press("Backspace");
  await email.fill("dao@");
  await expectFieldMessage(email, /Email không hợp lệ\./);

  // The press of the button leaves the password: its error must not move the button away.
  await password.fill("hoadao");
  await form.submit();
  await expectFieldMessage(password, /ít nhất 8 ký tự.*chữ in hoa.*chữ số.*ký tự đặc biệt/);
  await expectFieldMessage(fullName, /không được để trống\./);
  await fullName.pressSequentially("H");
  await expect(fullName).not.toHaveAttribute("aria-invalid", "true");
  // A field that was passed is no mistake yet.
  await page.keyboard.press("Escape");
  await page.getByText("EN", { exact: true }).click();
  await page.getByRole("main").getByRole("button", { name: "New tenant" }).click();
  const english = page.getByRole("dialog", { name: "New tenant" });
  await english.getByRole("textbox", { name: "Business name" }).press("Tab");
  await expect(english.locator("[aria-invalid=true]")).toHaveCount(0);
  const emailInEnglish = english.getByRole("textbox", { name: "E-mail" });
  await emailInEnglish.fill("dao@");
  await emailInEnglish.press("Tab");
  await expectFieldMessage(emailInEnglish, /The e-mail address is not valid\./);
  await expect(ownerName).toBeHidden();
});

test("the strength of the password is shown, and a strong one can be generated and copied", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/#/tenants");
  const form = createForm(page);
  const strength = form.dialog.getByRole("meter", { name: "Độ mạnh của mật khẩu" });
  const rule = (text: string) => form.dialog.getByRole("listitem").filter({ hasText: text });
  await form.open();
  await expect(strength).toBeHidden();
  await form.fields.password.pressSequentially("Password1");
  await expect(strength).toHaveAttribute("aria-valuetext", "Rất yếu");
  await expect(rule("Một ký tự đặc biệt")).toContainText("(chưa đạt)");
  await expect(rule("Một chữ in hoa")).toContainText("(đạt)");
  await form.dialog.getByRole("button", { name: "Tạo mật khẩu" }).click();
  await expect(strength).toHaveAttribute("aria-valuetext", "Rất mạnh");
  await expect(form.fields.password).toHaveAttribute("type", "text");
  const generated = await form.fields.password.inputValue();
  expect(generated).toHaveLength(16);
  await form.dialog.getByRole("button", { name: "Sao chép mật khẩu" }).click();
  await expect(form.dialog.getByRole("button", { name: "Đã sao chép" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(generated);
  // The values of the other fields make a password weak.
  await form.fill({ ...hoaDao, email: "Tranminhquan1!@x.vn", password: "Tranminhquan1!" });
  await expect(strength).toHaveAttribute("aria-valuetext", /yếu/i);
});

test("a server error about the e-mail address is shown at that field", async ({ page }) => {
  await page.goto("/#/tenants");
  const email = await rows(page).nth(1).getByRole("cell").nth(1).innerText();
  const form = createForm(page);
  await form.open();
  await form.fill({ ...hoaDao, email });
  await form.submit();
  await expectFieldMessage(form.fields.email, /Đã có doanh nghiệp dùng email này.*email khác/);
  await expect(form.fields.password).toHaveValue(hoaDao.password);
});

test("a creation that the browser has repeated leads to its tenant, not to another e-mail address", async ({
  page,
}) => {
  await page.route("**/api/partner/tenant/add", async (route) => {
    await route.fetch();
    await route.continue();
  });
  await page.goto("/#/tenants");
  const form = createForm(page);
  await form.open();
  await form.fill(hoaDao);
  await form.submit();
  const alert = form.dialog.getByRole("alert").filter({ hasText: "có thể được tạo từ chính yêu cầu này" });
  await expect(alert).toBeFocused();
  await expect(form.dialog).not.toContainText("dùng email khác");
  await alert.getByRole("link", { name: "Xem doanh nghiệp" }).click();
  await expect(form.dialog).toBeHidden();
  await expect(page.getByRole("heading", { name: hoaDao.fullName, level: 1 })).toBeVisible();
});

test("a server error without a field is shown as an alert", async ({ page }) => {
  await page.goto("/#/tenants");
  const form = createForm(page);
  await form.open();
  await form.fill({ ...hoaDao, email: "create-tenant-error@example.com" });
  await form.submit();
  await expect(form.dialog.getByRole("alert")).toContainText("create_tenant_error");
});

test("a creation shows its steps until the tenant is active", async ({ page }) => {
  await page.goto("/#/tenants");
  const answer = await hold(page, "/api/partner/tenant/add");
  const form = createForm(page);
  await form.open();
  await form.fill(hoaDao);
  await form.submit();
  await expect(form.dialog.getByText("Đang gửi yêu cầu…")).toBeVisible();
  // Closing would lose the response.
  await page.keyboard.press("Escape");
  const route = await answer.route;
  await page.route("**/api/partner/tenant/info*", async (route) => {
    const response = await route.fetch();
    const body = await response.json();
    await route.fulfill({ response, json: { ...body, payload: { ...body.payload, status: "not_activated" } } });
  });
  await route.continue();
  await expect(form.dialog.getByText(`Đã tạo ${hoaDao.fullName}`)).toBeVisible();
  await expect(form.dialog.getByText("Trạng thái: Chờ kích hoạt")).toBeVisible();
  await expect(form.dialog.getByText(/Đã chờ \d+ giây/)).toBeVisible();
  await page.unrouteAll({ behavior: "wait" });
  await expect(form.dialog.getByText("Tài khoản đã hoạt động.")).toBeVisible();
  await expect(form.dialog.getByRole("progressbar")).toBeHidden();
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

/** Counts the requests that create a tenant. */
function watchCreations(page: Page): string[] {
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/tenant/add")) sent.push(request.method());
  });
  return sent;
}

test("a creation whose response is lost is checked at once, and goes on with the tenant that was found", async ({
  page,
}) => {
  await page.route("**/api/partner/tenant/add", async (route) => {
    await route.fetch();
    await route.abort();
  });
  await page.goto("/#/tenants");
  await expect(rows(page).nth(1)).toBeVisible();
  const search = await hold(page, "/api/partner/tenant/list*");
  const sent = watchCreations(page);
  const form = createForm(page);
  await form.open();
  await form.fill(hoaDao);
  await form.submit();
  await expect(form.dialog.getByText("Đang kiểm tra xem doanh nghiệp đã được tạo chưa…")).toBeVisible();
  await search.route;
  // The request goes on.
  await page.unrouteAll();
  await expect(form.dialog.getByText(`Đã tạo ${hoaDao.fullName}`)).toBeVisible();
  await expect(form.dialog.getByText("Tài khoản đã hoạt động.")).toBeVisible();
  await form.dialog.getByRole("link", { name: "Xem doanh nghiệp" }).click();
  await expect(page.getByRole("heading", { name: hoaDao.fullName, level: 1 })).toBeVisible();
  await page.goBack();
  await expect(rows(page).nth(1)).toContainText(hoaDao.fullName);
  await expect(page.getByRole("main").getByText("Chưa rõ doanh nghiệp")).toBeHidden();
  expect(sent).toEqual(["POST"]);
});

test("a creation that did not arrive is sent again only from the form", async ({ page }) => {
  await page.route("**/api/partner/tenant/add", (route) => route.abort(), { times: 1 });
  await page.goto("/#/tenants");
  const sent = watchCreations(page);
  const form = createForm(page);
  await form.open();
  await form.fill(hoaDao);
  await form.submit();
  await expect(form.dialog.getByRole("status")).toContainText("chưa có doanh nghiệp nào với email này");
  const checked = page.waitForResponse(/\/tenant\/list/);
  await form.dialog.getByRole("button", { name: "Kiểm tra ngay" }).click();
  await checked;
  expect(sent).toHaveLength(1);
  await form.dialog.getByRole("button", { name: "Quay lại biểu mẫu" }).click();
  for (const name of ["fullName", "ownerName", "email", "password", "phone"] as const)
    await expect(form.fields[name]).toHaveValue(hoaDao[name]);
  await form.submit();
  await expect(form.dialog.getByText("Tài khoản đã hoạt động.")).toBeVisible();
  expect(sent).toHaveLength(2);
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

  await alert.getByRole("button", { name: "Kiểm tra ngay" }).click();
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
