// The first screen: which server the portal connects to, with which credentials, and what it keeps.
import type { Page } from "@playwright/test";
import { chooseInMenu, count, expect, expectFieldMessage, sandboxKey, sandboxUrl, signInForm, test } from "./portal";

test.use({ signedIn: false });

const stored = (page: Page) => page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
const environment = (page: Page, name: string) => page.getByRole("status", { name: `Môi trường: ${name}` });

/** Opens the fields for the address and the key of the sandbox. */
async function openAdvanced(page: Page) {
  await page.goto("/#/tenants");
  const form = signInForm(page);
  await form.advanced.click();
  return form;
}

async function signInWithToken(page: Page, token: string) {
  await page.goto("/#/tenants");
  const form = signInForm(page);
  await form.url.fill(sandboxUrl);
  await form.token.fill(token);
  await form.submit.click();
  await expect(count(page)).toHaveText("120 doanh nghiệp");
}

test("the sandbox is one click away, and a reload does not ask again until the user signs out", async ({ page }) => {
  await page.goto("/?status=activated#/tenants");
  const { sandbox, heading } = signInForm(page);
  await expect(page).toHaveTitle("Đăng nhập – OMICall Partner");
  await sandbox.click();
  // The screen of the address, not the first one.
  await expect(count(page)).toHaveText(/^\d+ \/ 120 doanh nghiệp$/);
  await expect(environment(page, "Sandbox")).toBeVisible();
  await page.reload();
  await expect(count(page)).toHaveText(/ 120 doanh nghiệp$/);
  expect(await stored(page)).not.toContain(sandboxKey);

  await chooseInMenu(page, "Đăng xuất");
  await expect(heading).toBeVisible();
  await page.reload();
  await expect(heading).toBeVisible();
  expect(page.url()).not.toContain("tenants");
  // The demo of another partner, whose key is not kept for a reload.
  const { advanced, key } = signInForm(page);
  await advanced.click();
  await key.fill("sandbox-empty-key");
  await sandbox.click();
  await page.getByRole("navigation").getByRole("link", { name: "Doanh nghiệp" }).click();
  await expect(page.getByText("Chưa có doanh nghiệp nào")).toBeVisible();
  expect(await stored(page)).not.toContain("sandbox-empty-key");
  await page.reload();
  await expect(heading).toBeVisible();
});

test("a wrong API key is explained and can be corrected", async ({ page }) => {
  const { key, sandbox } = await openAdvanced(page);
  await key.fill("no-such-key");
  await sandbox.click();
  const alert = page.getByRole("alert").filter({ hasText: "api_key_invalid" });
  await expect(alert).toContainText("Hãy kiểm tra API key");
  // A suspended partner gets a token, which every call refuses.
  await key.fill("sandbox-suspended-key");
  await sandbox.click();
  await expect(page.getByRole("alert").filter({ hasText: "partner_invalid" })).toBeVisible();
  await key.fill(sandboxKey);
  await sandbox.click();
  await expect(count(page)).toHaveText("120 doanh nghiệp");
});

test("an unreachable sandbox is shown as the cause", async ({ page }) => {
  const { sandboxUrl, sandbox } = await openAdvanced(page);
  // Nothing listens on port 9, the discard service.
  await sandboxUrl.fill("http://127.0.0.1:9");
  await sandbox.click();
  const alert = page.getByRole("alert").filter({ hasText: "token_unavailable" });
  await expect(alert).toContainText("Không kết nối được tới sandbox");
});

test("no sandbox key is sent to another machine", async ({ page }) => {
  const { sandboxUrl: url, sandbox } = await openAdvanced(page);
  const elsewhere: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/api/")) elsewhere.push(request.url());
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
    await url.fill(address);
    await expect(url).not.toHaveAttribute("aria-invalid");
    await sandbox.click();
    await expectFieldMessage(url, /Sandbox phải chạy trên máy này/);
    await expect(url).toBeFocused();
  }
  expect(elsewhere).toEqual([]);

  await url.fill(sandboxUrl);
  await sandbox.click();
  await expect(count(page)).toHaveText("120 doanh nghiệp");
});

test("a sandbox may have any address of this machine", async ({ page }) => {
  const { sandboxUrl, sandbox } = await openAdvanced(page);
  for (const host of ["localhost:9", "partner.localhost:9", "127.8.8.8:9", "[::1]:9"]) {
    await sandboxUrl.fill(`http://${host}`);
    const authRequest = page.waitForRequest((request) => request.url().startsWith(`http://${host}/api/auth?`));
    await sandbox.click();
    await authRequest;
    await expect(page.getByRole("alert").filter({ hasText: "Không kết nối được" })).toBeVisible();
  }
});

test("the key is sent only to the sandbox", async ({ page }) => {
  const authRequest = page.waitForRequest(/\/api\/auth\?/);
  await page.goto("/#/tenants");
  const { sandbox } = signInForm(page);
  await sandbox.click();
  const headers = await (await authRequest).allHeaders();
  expect(headers).not.toHaveProperty("referer");
  expect(headers["cache-control"]).toBe("no-cache");
  await expect(count(page)).toHaveText("120 doanh nghiệp");

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
  await chooseInMenu(page, "Đăng xuất");
  await sandbox.click();
  const alert = page.getByRole("alert").filter({ hasText: "token_unavailable" });
  await expect(alert).toContainText("Không kết nối được tới sandbox");
  expect(followed).toEqual([]);
});

test("the real API is called with the entered token, which is not stored", async ({ page, sandbox }) => {
  const token = await sandbox.token();
  const sent = page.waitForRequest(/\/api\/partner\/tenant\/list/);
  await signInWithToken(page, token);
  expect(await (await sent).headerValue("authorization")).toBe(`Bearer ${token}`);
  await expect(environment(page, "API thật")).toBeVisible();

  await page.getByText("EN", { exact: true }).click();
  await expect(page.getByRole("heading", { name: "Tenants", level: 1 })).toBeVisible();
  const kept = await stored(page);
  expect(kept).toContain(sandboxUrl);
  expect(kept).not.toContain(token);
  expect(page.url()).not.toContain(token);

  // A reload asks for the token, with the address filled in.
  await page.getByText("VI", { exact: true }).click();
  await page.reload();
  const form = signInForm(page);
  await expect(form.url).toHaveValue(sandboxUrl);
  await expect(form.token).toHaveValue("");
  await form.token.fill(` ${token}\n`);
  await form.token.press("Enter");
  await expect(count(page)).toHaveText("120 doanh nghiệp");
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
  await signInWithToken(page, await sandbox.token());
  await context.setOffline(true);
  const alert = page.getByRole("alert").filter({ hasText: "Không hiển thị được" });
  await expect(alert).toBeVisible();
  await context.setOffline(false);
  await alert.getByRole("button", { name: "Thử lại" }).click();
  await expect(count(page)).toHaveText("120 doanh nghiệp");
  await expect(environment(page, "API thật")).toBeVisible();
});

test("what the SDK or the server rejects is explained at the fields", async ({ page }) => {
  await page.goto("/#/tenants");
  const { url, token, submit, heading } = signInForm(page);
  await url.fill("http://api.example.com");
  await submit.click();
  await expect(url).toHaveAccessibleDescription(/phải dùng https/);
  await expect(url).toBeFocused();
  await expect(token).toHaveAttribute("aria-invalid", "true");

  await url.fill(sandboxUrl);
  await token.fill("no-such-token");
  await submit.click();
  await expectFieldMessage(token, /đăng nhập lại/);
  await expect(token).toBeFocused();

  // Nothing listens on port 9: the reason is neither of the fields.
  await url.fill("http://127.0.0.1:9");
  await submit.click();
  await expect(page.getByRole("alert").filter({ hasText: "Không đăng nhập được" })).toContainText("phản hồi");
  await expect(heading).toBeVisible();
});
