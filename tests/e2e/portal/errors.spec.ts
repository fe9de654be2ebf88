// Every class of error has its place on the screen, with what the user can do.
import type { Page } from "@playwright/test";
import { expect, rows, sandboxUrl, signInForm, test } from "./portal";

const list = "POST /api/partner/tenant/list";
const alertOf = (page: Page) => page.getByRole("main").getByRole("alert");

test("the errors of a read say what to do", async ({ page, sandbox }) => {
  await page.clock.install();
  await page.goto("/#/tenants");
  await expect(rows(page).nth(1)).toBeVisible();
  const retry = alertOf(page).getByRole("button", { name: "Thử lại" });
  const copy = alertOf(page).getByRole("button", { name: "Sao chép chi tiết" });

  const show = async (fault: object, text: string | RegExp) => {
    await sandbox.clearFaults();
    await sandbox.fault(list, fault);
    await page.reload();
    await expect(async () => {
      // The time-outs of the SDK, and its pauses before retries.
      await page.clock.fastForward(40_000);
      await expect(alertOf(page)).toContainText(text, { timeout: 300 });
    }).toPass();
  };

  await show({ kind: "unknown_code", code: "quota_exceeded" }, "quota_exceeded"); // ApiError
  await expect(alertOf(page)).toContainText("bộ phận hỗ trợ của OMICall");
  await expect(copy).toBeVisible();

  await show({ kind: "status", status: 503 }, "Máy chủ gặp sự cố"); // ServerError
  await expect(alertOf(page)).toContainText("HTTP 503");

  await show({ kind: "wrong_types" }, /items\[0\]\.balance: cần/); // ProtocolError
  await expect(alertOf(page)).toContainText("người quản trị cổng");

  await show({ kind: "cut_headers" }, "hãy kiểm tra kết nối mạng"); // NetworkError
  await expect(copy).toBeHidden();

  await show({ kind: "hang" }, "không trả lời kịp thời gian"); // TimeoutError

  await show({ kind: "status", status: 429, retry_after: "90" }, "Gửi quá nhiều yêu cầu"); // RateLimitError
  await expect(alertOf(page)).toContainText(/chờ thêm \d+ giây/);
  await expect(retry).toBeDisabled();
  await page.clock.runFor(91_000);
  await expect(retry).toBeEnabled();
  await expect(alertOf(page)).not.toContainText("chờ thêm");

  await sandbox.clearFaults();
  await retry.click();
  await expect(rows(page).nth(1)).toBeVisible();
});

test("a token that the sandbox no longer issues leads back to the first screen", async ({ page, sandbox }) => {
  await page.goto("/#/tenants");
  await expect(rows(page).nth(1)).toBeVisible();
  await sandbox.expireTokens();
  await sandbox.fault("GET /api/auth", { kind: "unknown_code", code: "api_key_invalid" });
  await page.reload();
  await expect(alertOf(page)).toContainText("Hãy kiểm tra API key"); // AuthenticationError
  await alertOf(page).getByRole("button", { name: "Đăng xuất" }).click();
  const { sandbox: sandboxButton, heading } = signInForm(page);
  await sandboxButton.click();
  await expect(alertOf(page)).toContainText(/Không đăng nhập được.*api_key_invalid/);
  await expect(heading).toBeVisible();
});

test("a request that the browser refuses is reported to the administrator", async ({ page }) => {
  await page.addInitScript((server) => {
    const original = window.fetch;
    window.fetch = (...args) => {
      const url = args[0] instanceof Request ? args[0].url : String(args[0]);
      if (url.startsWith(`${server}/api/partner`)) throw new TypeError("blocked by an extension");
      return original(...args);
    };
  }, sandboxUrl);
  await page.goto("/#/tenants");
  await expect(alertOf(page)).toContainText("request_refused"); // PartnerError
  await expect(alertOf(page)).toContainText("người quản trị cổng");
});

test.describe("a core that cannot run", () => {
  test("because of the page's policy says which directive is missing", async ({ page }) => {
    await page.route("/", async (route) => {
      const response = await route.fetch();
      const headers = { ...response.headers(), "content-security-policy": "script-src 'self'" };
      await route.fulfill({ response, headers });
    });
    await page.goto("/#/tenants");
    await expect(alertOf(page)).toContainText("wasm_blocked_by_csp");
    await expect(alertOf(page)).toContainText("'wasm-unsafe-eval'");
    await expect(alertOf(page).getByRole("button", { name: "Thử lại" })).toBeVisible();
  });

  test("in this browser is not tried again", async ({ page }) => {
    await page.addInitScript(() => Reflect.deleteProperty(window, "WebAssembly"));
    await page.goto("/#/tenants");
    await expect(alertOf(page)).toContainText("wasm_unsupported");
    await expect(alertOf(page).getByRole("button", { name: "Thử lại" })).toBeHidden();
    await expect(alertOf(page).getByRole("button", { name: "Sao chép chi tiết" })).toBeVisible();
  });

  test("because its file is damaged is reported to the administrator", async ({ page }) => {
    await page.route(/\.wasm$/, (route) => route.fulfill({ contentType: "application/wasm", body: "damaged" }));
    // The copy of the core that is used where the file cannot be loaded.
    await page.route(/\/embedded[^/]*\.js$/, (route) => route.abort());
    await page.goto("/#/tenants");
    await expect(alertOf(page)).toContainText("wasm_invalid");
    await expect(alertOf(page)).toContainText("người quản trị cổng");
  });
});
