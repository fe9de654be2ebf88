// Values that the SDK's types allow, but that no calendar, number format or table of names has.
import type { Locator, Page } from "@playwright/test";
import { count, expect, notification, openTenant, rows, test, topUpForm, updateBalance } from "./portal";

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

for (const [date, text, day = "–"] of [
  [Number.MAX_SAFE_INTEGER, "Không thời hạn"],
  [8_640_000_000_000_001, "Không thời hạn"],
  [0, "–"],
  [-62_135_596_800_000, "–"],
  [null, "–"],
  [undefined, "–"],
  [Date.UTC(2024, 1, 29), "29/02/2024 (đã hết hạn)", "29/02/2024"],
  [Date.UTC(2099, 1, 28), "28/02/2099", "28/02/2099"],
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
    for (const term of ["Ngày hết hạn tài khoản", "Ngày hết hạn tên miền", "Ngày hết hạn gói"]) {
      await expect(fact(page, term)).toHaveText(text);
    }
    await expect(fact(page, "Ngày kích hoạt")).toHaveText(day);
    await expect(page.getByRole("table", { name: "Đầu số" }).getByRole("row").nth(1)).toContainText(text);
    await page.getByRole("link", { name: "Về danh sách doanh nghiệp" }).click();
    await expect(rows(page).nth(1).getByRole("cell").last()).toHaveText(text);
  });
}

test("names and ids that JavaScript treats in a special way are shown", async ({ page }) => {
  const [status, paid_type] = ["__proto__", "constructor"];
  await changeTenants(page, { status, paid_type, public_numbers: [{ number: "02871000000", status: "__proto__" }] });
  await page.goto("/#/tenants");
  await rows(page).nth(1).getByRole("link").click();
  await expect(page.getByText("__proto__", { exact: true }).first()).toBeVisible();
  await expect(fact(page, "Hình thức thanh toán")).toHaveText("constructor");

  await page.unrouteAll();
  await changeTenants(page, { id: "\ud800" });
  await page.getByRole("link", { name: "Về danh sách doanh nghiệp" }).click();
  await page.reload();
  // All tenants have the same id.
  await expect(count(page)).toHaveText("1 doanh nghiệp");
});

test("a tenant without any optional field is shown", async ({ page }) => {
  await page.route("**/api/partner/tenant/info*", (route) =>
    route.fulfill({ json: { status_code: 9999, payload: {} } }),
  );
  await page.goto("/#/tenants/x");
  await expect(page.getByRole("heading", { name: "(Chưa có tên)" })).toBeVisible();
  await expect(page.getByRole("group", { name: "Số dư ví cước gọi" })).toHaveText("–");
});

test("numbers outside the documented range are shown", async ({ page }) => {
  const huge = 1.7e308;
  await changeTenants(page, { balance: -huge, currency: "xx", service_package: { staff_num: -1, cashback: huge } });
  await page.route("**/api/partner/tenant/list*", async (route) => {
    const response = await route.fetch();
    const body = await response.json();
    const totals = { total_items: Number.MAX_SAFE_INTEGER, total_pages: Number.MAX_SAFE_INTEGER };
    await route.fulfill({ response, json: { ...body, payload: { ...body.payload, ...totals } } });
  });
  await page.goto("/#/tenants");
  await expect(count(page)).toHaveText("120 doanh nghiệp");
  await rows(page).nth(1).getByRole("link").click();
  await expect(fact(page, "Số nhân viên")).toHaveText("-1");
});

for (const [timezoneId, locale] of [
  ["America/Los_Angeles", "ar-EG"],
  ["Pacific/Kiritimati", "vi-VN"],
] as const) {
  test.describe(`on a computer in ${timezoneId} with the language ${locale}`, () => {
    test.use({ timezoneId, locale });
    test("dates are those of Vietnam, and the screens name the zone", async ({ page }) => {
      // 31/12/2099 23:30 in Vietnam.
      await changeTenants(page, {
        expire_date: Date.UTC(2099, 11, 31, 16, 30),
        service_package: { expiry_date: Date.UTC(2099, 11, 31, 16, 30) },
        balance: 1_234_567,
      });
      await page.goto("/#/tenants");
      const zone = page.getByText("Asia/Ho_Chi_Minh");
      const cells = rows(page).nth(1).getByRole("cell");
      await expect(cells.last()).toHaveText("31/12/2099");
      await expect(cells.nth(4)).toHaveText(/^1\.234\.567\s₫$/);
      await expect(zone).toBeVisible();
      await rows(page).nth(1).getByRole("link").click();
      await expect(fact(page, "Ngày hết hạn tài khoản")).toHaveText("31/12/2099");
      await expect(zone).toBeVisible();
      await page.getByText("EN", { exact: true }).click();
      await expect(fact(page, "Account expires on")).toHaveText("31/12/2099");
      await expect(page.getByRole("group", { name: "Call-charge balance" })).toHaveText(/^1,234,567\s₫$/);
    });

    test("the time of a top-up is that of Vietnam", async ({ page }) => {
      await page.clock.setFixedTime(Date.UTC(2026, 11, 31, 17, 30));
      await page.route(`**${updateBalance}`, (route) => route.abort());
      await openTenant(page);
      const form = topUpForm(page);
      await form.toConfirmation(200_000);
      await form.confirm.click();
      await expect(fact(page, "Gửi lúc")).toHaveText("00:30:00 GMT+7 01/01/2027");
      await page.getByText("EN", { exact: true }).click();
      await expect(fact(page, "Sent at")).toHaveText("01/01/2027, 00:30:00 GMT+7");
    });
  });
}

for (const hash of ["#/tenants/%E0%A4%A", "#/%", "#/tenants/a?b=%"]) {
  test(`the address ${hash} shows a screen`, async ({ page }) => {
    await page.goto(`/${hash}`);
    await expect(page.getByRole("banner")).toBeVisible();
    await expect(page.getByRole("heading", { level: 1 }).or(page.getByRole("alert")).first()).toBeVisible();
  });
}

test.describe("a part of the page that fails to render", () => {
  test.beforeEach(async ({ page }) => {
    await page.addInitScript(() => {
      const original = Document.prototype.createElement;
      Document.prototype.createElement = function (this: Document, name: string, options?: ElementCreationOptions) {
        if ((window as { broken?: string }).broken === name) throw new Error("secret-text");
        return original.call(this, name, options);
      } as typeof original;
    });
  });
  const breakElement = (page: Page, broken?: string) =>
    page.evaluate((broken) => Object.assign(window, { broken }), broken);
  const failed = (parent: Page | Locator) => parent.getByRole("alert").filter({ hasText: "Không hiển thị được" });

  for (const [button, dialogName, screen] of [
    ["Tạo doanh nghiệp", "Tạo doanh nghiệp", "list"],
    ["Nạp tiền", "Nạp tiền", "tenant"],
  ] as const) {
    test(`in the dialog “${dialogName}” can be tried again, and the screen stays`, async ({ page }) => {
      if (screen === "tenant") await openTenant(page);
      else await page.goto("/#/tenants");
      const content = screen === "tenant" ? page.getByRole("heading", { level: 1 }) : rows(page).nth(1);
      await expect(content).toBeVisible();
      await breakElement(page, "input");
      const dialog = page.getByRole("dialog", { name: dialogName });
      await page.getByRole("button", { name: button }).first().click();
      await expect(failed(dialog)).toBeVisible();
      expect(await page.content()).not.toContain("secret-text");
      await page.keyboard.press("Escape");
      await expect(dialog).toBeHidden();
      await expect(content).toBeVisible();

      await page.getByRole("button", { name: button }).first().click();
      await expect(failed(dialog)).toBeVisible();
      await breakElement(page);
      await dialog.getByRole("button", { name: "Thử lại" }).click();
      await expect(dialog.getByRole("textbox").first()).toBeVisible();
      await expect(failed(dialog)).toBeHidden();
    });
  }

  test("in the list can be tried again", async ({ page }) => {
    await page.goto("/#/tenants");
    await expect(count(page)).toHaveText("120 doanh nghiệp");
    await breakElement(page, "td");
    await page.getByRole("button", { name: "Số dư" }).click();
    await expect(failed(page)).toBeVisible();
    await breakElement(page);
    await failed(page).getByRole("button", { name: "Thử lại" }).click();
    await expect(count(page)).toHaveText("120 doanh nghiệp");
  });

  test("outside the screens can be tried again", async ({ page }) => {
    await page.addInitScript(() => Object.assign(window, { broken: "header" }));
    await page.goto("/#/tenants");
    await expect(failed(page)).toBeVisible();
    await breakElement(page);
    await failed(page).getByRole("button", { name: "Thử lại" }).click();
    await expect(count(page)).toHaveText("120 doanh nghiệp");
  });

  test("in a notification leaves the page as it is", async ({ page, sandbox }) => {
    await openTenant(page);
    const form = topUpForm(page);
    await form.toConfirmation(200_000);
    await page.route(`**${updateBalance}`, async (route) => {
      // The amounts of the notification fail, those of the screen do not change before.
      await page.evaluate(() => {
        Object.defineProperty(Intl.NumberFormat.prototype, "format", {
          get: () => {
            throw new Error("secret-text");
          },
        });
      });
      await route.continue();
    });
    await form.confirm.click();
    await expect(notification(page, "Đã nạp tiền")).toBeVisible();
    expect(await sandbox.topUpRequests()).toBe(1);
    await expect(page.getByRole("banner")).toBeVisible();
  });
});

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
    await page.goto("/#/tenants");
    await rows(page).nth(1).getByRole("link").click();
  });

  test("shows a message, and the header and the way back work", async ({ page }) => {
    const alert = page.getByRole("alert").filter({ hasText: "Không hiển thị được nội dung này" });
    await expect(alert).toBeVisible();
    expect(await page.content()).not.toContain("secret-text");
    await page.getByText("EN", { exact: true }).click();
    await expect(page.getByRole("alert")).toContainText("This content cannot be shown");
    await page.getByText("VI", { exact: true }).click();
    await alert.getByRole("link", { name: "Về danh sách doanh nghiệp" }).click();
    await expect(count(page)).toHaveText("120 doanh nghiệp");
    await expect(alert).toBeHidden();
  });

  test("can be tried again", async ({ page }) => {
    await expect(page.getByRole("alert")).toBeVisible();
    await page.evaluate(() => Object.assign(window, { repaired: true }));
    await page.getByRole("button", { name: "Thử lại" }).click();
    await expect(page.getByRole("group", { name: "Số dư ví cước gọi" })).toBeVisible();
  });

  test("is left with the browser's back button", async ({ page }) => {
    await expect(page.getByRole("alert")).toBeVisible();
    await page.goBack();
    await expect(count(page)).toHaveText("120 doanh nghiệp");
  });
});
