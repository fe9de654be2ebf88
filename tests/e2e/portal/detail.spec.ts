import { expect, openTenant, test } from "./portal";

test("the API key is not in the page until it is revealed", async ({ page }) => {
  const response = page.waitForResponse(/\/tenant\/info\?/);
  const { email } = await openTenant(page);
  const { payload } = await (await response).json();
  expect(payload).toMatchObject({ email });
  await expect(page.getByText(payload.domain, { exact: true }).first()).toBeVisible();
  await expect(page.getByText(payload.service_package.service_name, { exact: true })).toBeVisible();

  expect(await page.content()).not.toContain(payload.api_key);
  await page.getByRole("button", { name: "Hiện API key" }).click();
  await expect(page.getByText(payload.api_key)).toBeVisible();
  await page.getByRole("button", { name: "Ẩn API key" }).click();
  await expect(page.getByText(payload.api_key)).toBeHidden();
});

test("an unknown tenant shows an error with a way back to the list", async ({ page }) => {
  await page.goto("/#/tenants/nobody");
  await expect(page.getByRole("alert")).toContainText("tenant_not_found");
  await page.getByRole("link", { name: "Về danh sách doanh nghiệp" }).click();
  await expect(page.getByRole("heading", { name: "Doanh nghiệp", level: 1 })).toBeVisible();
});

test("fields that nobody has documented are shown as the server sends them", async ({ page }) => {
  await page.route("**/api/partner/tenant/info*", async (route) => {
    const response = await route.fetch();
    const body = await response.json();
    const { service_package, public_numbers } = body.payload;
    Object.assign(body.payload, {
      renewed_at: 1_766_860_321_187,
      trusted: false,
      label: "<b>Đại lý</b>",
      limits: { calls: 5 },
      empty: null,
      secret_key: "s3cr3t",
      service_package: { ...service_package, max_lines: 12 },
      public_numbers: [...(public_numbers ?? []), { number: "842873000000", sip_host: "sip.example" }],
    });
    await route.fulfill({ response, json: body });
  });
  await openTenant(page);
  const other = page.locator("section").filter({ has: page.getByRole("heading", { name: "Khác" }) });
  const value = (name: string) => other.locator("dt", { hasText: name }).locator("+ dd");
  // A number is not taken for a date.
  await expect(value("renewed_at")).toHaveText("1766860321187");
  await expect(value("trusted")).toHaveText("false");
  await expect(value("label")).toHaveText("<b>Đại lý</b>");
  await expect(value("limits")).toHaveText(/^\{\s*"calls": 5\s*\}$/);
  await expect(value("empty")).toHaveText("–");
  await expect(value("service_package.max_lines")).toHaveText("12");
  await expect(value("sip_host")).toHaveText("sip.example");
  expect(await page.content()).not.toContain("s3cr3t");
  await page.getByRole("button", { name: "Hiện secret_key" }).click();
  await expect(value("secret_key")).toHaveText("s3cr3t");
  await expect(other.locator("dt")).toHaveCount(8);
});

test("a tenant without undocumented fields has no section for them", async ({ page }) => {
  await openTenant(page);
  await expect(page.getByRole("heading", { name: "Đầu số" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Khác" })).toBeHidden();
});
