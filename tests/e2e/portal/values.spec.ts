// Values that the SDK's types allow, but that no calendar, number format or table of names has.
import { type Page } from "@playwright/test";
import { expect, openTenant, rows, test } from "./portal";

/** Changes the tenants in the server's responses. */
async function changeTenants(page: Page, changes: object) {
  await page.route("**/api/partner/tenant/{list,info}*", async (route) => {
    const response = await route.fetch();
    const body = await response.json();
    const { payload } = body;
    if (payload?.items) payload.items = payload.items.map((item: object) => ({ ...item, ...changes }));
    else Object.assign(payload, changes);
    await route.fulfill({ response, json: body });
  });
}

const fact = (page: Page, term: string) => page.locator("dt", { hasText: new RegExp(`^${term}$`) }).locator("+ dd");

for (const [date, text] of [
  [Number.MAX_SAFE_INTEGER, "Không thời hạn"],
  [8_640_000_000_000_001, "Không thời hạn"],
  [0, "–"],
  [-62_135_596_800_000, "–"],
  [null, "–"],
  [undefined, "–"],
] as const) {
  test(`the date ${date} is shown as ${text}`, async ({ page }) => {
    const service_package = { service_name: "Gói", expiry_date: date };
    const public_numbers = [{ number: "02871000000", expire_date: date }];
    await changeTenants(page, {
      expire_date: date,
      domain_expire: date,
      effective_date: date,
      service_package,
      public_numbers,
    });
    await openTenant(page);
    for (const term of ["Ngày hết hạn", "Tên miền hết hạn", "Gói hết hạn"]) {
      await expect(fact(page, term)).toHaveText(text);
    }
    await expect(fact(page, "Ngày kích hoạt")).toHaveText("–");
    await expect(page.getByRole("table", { name: "Đầu số" }).getByRole("row").nth(1)).toContainText(text);
    await page.getByRole("link", { name: "Về danh sách doanh nghiệp" }).click();
    await expect(rows(page).nth(1).getByRole("cell").last()).toHaveText(text);
  });
}

test("names and ids that JavaScript treats in a special way are shown", async ({ page }) => {
  const [status, paid_type] = ["__proto__", "constructor"];
  await changeTenants(page, { status, paid_type, public_numbers: [{ number: "02871000000", status: "__proto__" }] });
  await page.goto("/");
  await rows(page).nth(1).getByRole("link").click();
  await expect(page.getByText("__proto__", { exact: true }).first()).toBeVisible();
  await expect(fact(page, "Hình thức thanh toán")).toHaveText("constructor");

  await page.unrouteAll();
  await changeTenants(page, { id: "\ud800" });
  await page.getByRole("link", { name: "Về danh sách doanh nghiệp" }).click();
  await page.reload();
  await expect(rows(page)).toHaveCount(21);
});

test("a tenant without any optional field is shown", async ({ page }) => {
  await page.route("**/api/partner/tenant/info*", (route) =>
    route.fulfill({ json: { status_code: 9999, payload: {} } }),
  );
  await page.goto("/#/tenants/x");
  await expect(page.getByRole("heading", { name: "(Chưa có tên)" })).toBeVisible();
  await expect(page.getByRole("group", { name: "Số dư ví cước" })).toHaveText("–");
});

for (const timezoneId of ["America/Los_Angeles", "Pacific/Kiritimati"]) {
  test.describe(`on a computer in ${timezoneId}`, () => {
    test.use({ timezoneId });
    test("dates are those of Vietnam, and the screens name the zone", async ({ page }) => {
      // 31/12/2026 23:30 in Vietnam.
      await changeTenants(page, { expire_date: Date.UTC(2026, 11, 31, 16, 30) });
      await page.goto("/");
      const zone = page.getByText("Asia/Ho_Chi_Minh");
      await expect(rows(page).nth(1).getByRole("cell").last()).toHaveText("31/12/2026");
      await expect(zone).toBeVisible();
      await rows(page).nth(1).getByRole("link").click();
      await expect(fact(page, "Ngày hết hạn")).toHaveText("31/12/2026");
      await expect(zone).toBeVisible();
    });
  });
}

test.describe("a screen that fails to render", () => {
  test.beforeEach(async ({ page }) => {
    // Fails on the pages of tenants only.
    await page.addInitScript(() => {
      const original = Object.getOwnPropertyDescriptor(Intl.NumberFormat.prototype, "format");
      Object.defineProperty(Intl.NumberFormat.prototype, "format", {
        get(this: Intl.NumberFormat) {
          if (location.hash.startsWith("#/tenants/") && !("repaired" in window)) throw new Error("secret-text");
          return original?.get?.call(this);
        },
      });
    });
    await page.goto("/");
    await rows(page).nth(1).getByRole("link").click();
  });

  test("shows a message, and the header and the way back work", async ({ page }) => {
    const alert = page.getByRole("alert").filter({ hasText: "Không hiển thị được trang này" });
    await expect(alert).toBeVisible();
    expect(await page.content()).not.toContain("secret-text");
    await page.getByText("EN", { exact: true }).click();
    await expect(page.getByRole("alert")).toContainText("This page cannot be shown");
    await page.getByText("VI", { exact: true }).click();
    await alert.getByRole("link", { name: "Về danh sách doanh nghiệp" }).click();
    await expect(rows(page)).toHaveCount(21);
    await expect(alert).toBeHidden();
  });

  test("can be tried again", async ({ page }) => {
    await page.evaluate(() => Object.assign(window, { repaired: true }));
    await page.getByRole("button", { name: "Thử lại" }).click();
    await expect(page.getByRole("group", { name: "Số dư ví cước" })).toBeVisible();
  });

  test("is left with the browser's back button", async ({ page }) => {
    await expect(page.getByRole("alert")).toBeVisible();
    await page.goBack();
    await expect(rows(page)).toHaveCount(21);
  });
});
