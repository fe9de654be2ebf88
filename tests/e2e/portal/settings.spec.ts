import type { Page } from "@playwright/test";
import { expect, expectFieldMessage, rows, sandboxKey, sandboxUrl, test } from "./portal";

function settings(page: Page) {
  const drawer = page.getByRole("dialog", { name: "Cài đặt kết nối" });
  return {
    drawer,
    open: () => page.getByRole("button", { name: "Cài đặt kết nối" }).click(),
    chooseReal: () => drawer.getByText("API thật", { exact: true }).click(),
    url: drawer.getByRole("textbox", { name: "Địa chỉ API" }),
    key: drawer.getByRole("textbox", { name: "API key của đối tác" }),
    token: drawer.getByRole("textbox", { name: "Access token của đối tác" }),
    apply: () => drawer.getByRole("button", { name: "Áp dụng" }).click(),
  };
}

const stored = (page: Page) => page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));

test("a wrong API key is explained and can be corrected", async ({ page }) => {
  await page.goto("/#/tenants");
  await expect(page.getByRole("status", { name: "Môi trường: Sandbox" })).toBeVisible();
  const { drawer, open, key, apply } = settings(page);
  await open();
  await key.fill("no-such-key");
  await apply();
  await expect(drawer).toBeHidden();
  const alert = page.getByRole("alert").filter({ hasText: "api_key_invalid" });
  await expect(alert).toContainText("Hãy kiểm tra API key");

  await alert.getByRole("button", { name: "Mở cài đặt kết nối" }).click();
  await key.fill(sandboxKey);
  await apply();
  await expect(rows(page)).toHaveCount(21);
});

test("an unreachable sandbox is shown as the cause", async ({ page }) => {
  await page.goto("/#/tenants");
  const { open, url, apply } = settings(page);
  await open();
  // Nothing listens on port 9, the discard service.
  await url.fill("http://127.0.0.1:9");
  await apply();
  await expect(page.getByRole("alert").filter({ hasText: "token_unavailable" })).toContainText(
    "Không kết nối được tới sandbox",
  );
});

for (const address of [
  "https://public-v1-stg.omicall.com",
  "https://localhost.example.com",
  "https://127.0.0.1.example.com",
  "https://127.0.0.1@api.example.com",
  "https:\\\\api.example.com",
  "http://192.168.1.5:8787",
  "http://[::2]:8787",
]) {
  test(`no sandbox key is sent to ${address}`, async ({ page }) => {
    await page.goto("/#/tenants");
    await expect(rows(page)).toHaveCount(21);
    const elsewhere: string[] = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(sandboxUrl)) elsewhere.push(request.url());
    });
    const { drawer, open, url, apply } = settings(page);
    await open();
    await url.fill(address);
    await apply();
    await expectFieldMessage(url, /Sandbox phải chạy trên máy này/);
    await expect(url).toBeFocused();
    await expect(drawer).toBeVisible();
    await expect(page.getByRole("status", { name: "Môi trường: Sandbox" })).toBeVisible();
    expect(elsewhere).toEqual([]);

    // Correcting the value removes the message.
    await url.fill(sandboxUrl);
    await apply();
    await expect(drawer).toBeHidden();
  });
}

for (const host of ["localhost:9", "partner.localhost:9", "127.8.8.8:9", "[::1]:9"]) {
  test(`a sandbox may be on ${host}`, async ({ page }) => {
    await page.goto("/#/tenants");
    const { drawer, open, url, apply } = settings(page);
    await open();
    await url.fill(`http://${host}`);
    const authRequest = page.waitForRequest((request) => request.url().startsWith(`http://${host}/api/auth?`));
    await apply();
    await authRequest;
    await expect(drawer).toBeHidden();
  });
}

test("the key is sent only to the sandbox", async ({ page }) => {
  const authRequest = page.waitForRequest(/\/api\/auth\?/);
  await page.goto("/#/tenants");
  const headers = await (await authRequest).allHeaders();
  expect(headers).not.toHaveProperty("referer");
  expect(headers["cache-control"]).toBe("no-cache");
  await expect(rows(page)).toHaveCount(21);

  const followed: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/elsewhere")) followed.push(request.url());
  });
  await page.route("**/api/auth?*", (route) =>
    route.fulfill({
      status: 302,
      headers: { "access-control-allow-origin": "*", location: `${sandboxUrl}/elsewhere?apiKey=${sandboxKey}` },
    }),
  );
  const { open, apply } = settings(page);
  await open();
  await apply();
  const alert = page.getByRole("alert").filter({ hasText: "token_unavailable" });
  await expect(alert).toContainText("Không kết nối được tới sandbox");
  expect(followed).toEqual([]);
});

test("another partner's key shows that partner's tenants", async ({ page }) => {
  await page.goto("/?page=2#/tenants");
  await expect(rows(page)).toHaveCount(21);
  const { open, key, apply } = settings(page);
  await open();
  await key.fill("sandbox-empty-key");
  await apply();
  await expect(page.getByText("Chưa có doanh nghiệp nào")).toBeVisible();
});

test("the real API is called with the entered token, which is not stored", async ({ page, sandbox }) => {
  const token = await sandbox.token();
  await page.goto("/#/tenants");
  await expect(rows(page)).toHaveCount(21);
  expect(await stored(page)).not.toContain(sandboxKey);

  const { drawer, open, chooseReal, url, token: tokenField, apply } = settings(page);
  await open();
  await chooseReal();
  await url.fill(sandboxUrl);
  await tokenField.fill(token);
  const sent = page.waitForRequest(/\/api\/partner\/tenant\/list/);
  await apply();
  expect(await (await sent).headerValue("authorization")).toBe(`Bearer ${token}`);
  await expect(drawer).toBeHidden();
  await expect(page.getByRole("status", { name: "Môi trường: API thật" })).toBeVisible();
  await expect(rows(page)).toHaveCount(21);

  await page.getByText("EN", { exact: true }).click();
  await expect(page.getByRole("heading", { name: "Tenants", level: 1 })).toBeVisible();
  const kept = await stored(page);
  expect(kept).toContain("en");
  expect(kept).not.toContain(token);
  expect(page.url()).not.toContain(token);
});

test("the real API stays connected after an error outside the screens", async ({ page, context, sandbox }) => {
  // The text of the banner above the screens.
  await page.addInitScript(() => {
    const original = Object.getOwnPropertyDescriptor(Node.prototype, "textContent");
    Object.defineProperty(Node.prototype, "textContent", {
      ...original,
      set(this: Node, text: string | null) {
        if (text === "Bạn đang ngoại tuyến") throw new Error("broken");
        original?.set?.call(this, text);
      },
    });
  });
  await page.goto("/#/tenants");
  const { drawer, open, chooseReal, url, token, apply } = settings(page);
  await open();
  await chooseReal();
  await url.fill(sandboxUrl);
  await token.fill(await sandbox.token());
  await apply();
  await expect(drawer).toBeHidden();
  await expect(rows(page)).toHaveCount(21);
  await context.setOffline(true);
  const alert = page.getByRole("alert").filter({ hasText: "Không hiển thị được" });
  await expect(alert).toBeVisible();
  await context.setOffline(false);
  await alert.getByRole("button", { name: "Thử lại" }).click();
  await expect(rows(page)).toHaveCount(21);
  await expect(page.getByRole("status", { name: "Môi trường: API thật" })).toBeVisible();
});

test("settings that the SDK rejects are explained at their fields", async ({ page }) => {
  await page.goto("/#/tenants");
  const { drawer, open, chooseReal, url, token, apply } = settings(page);
  await open();
  await chooseReal();
  await url.fill("http://api.example.com");
  await apply();
  await expect(url).toHaveAccessibleDescription(/phải dùng https/);
  await expect(token).toHaveAttribute("aria-invalid", "true");
  await expect(drawer).toBeVisible();
});
