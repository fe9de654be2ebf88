// What a tab keeps, and what the browser copies to another tab or shares with it.
import { mkdirSync, writeFileSync } from "node:fs";
import { chromium, type Page } from "@playwright/test";
import {
  count,
  balance,
  expect,
  hold,
  notification,
  openTenant,
  sandboxUrl,
  tenantPage,
  test,
  topUpForm,
  updateBalance,
  watchTopUps,
} from "./portal";

/** Sends a top-up that gets no response and has no effect. */
async function sendWithoutResponse(page: Page) {
  const tenant = await openTenant(page);
  await page.route(`**${updateBalance}`, (route) => route.abort());
  const form = topUpForm(page);
  await form.toConfirmation(50_000);
  await form.confirm.click();
  await expect(tenantPage(page).panel).toBeVisible();
  await page.unroute(`**${updateBalance}`);
  page.on("dialog", (dialog) => dialog.accept());
  return tenant;
}

/** Opens the same page in a new tab by `window.open`, which copies sessionStorage. */
async function openCopy(page: Page): Promise<Page> {
  const opened = page.waitForEvent("popup");
  await page.evaluate(() => void window.open(location.href));
  return opened;
}

/** The tab shows the tenant, without the top-up of another tab. */
async function expectNoTopUp(page: Page) {
  await expect(page.getByRole("group", { name: "Số dư ví cước gọi" })).toBeVisible();
  await expect(tenantPage(page).panel).toBeHidden();
  await expect(tenantPage(page).topUp).toBeEnabled();
}

test("a copy from `window.open` does not take over the top-up of the first tab", async ({ page }) => {
  await sendWithoutResponse(page);
  const { panel } = tenantPage(page);
  const copy = await openCopy(page);
  await expectNoTopUp(copy);
  await copy.reload();
  await expectNoTopUp(copy);
  for (let reloads = 0; reloads < 3; reloads++) {
    await page.reload();
    await expect(panel).toBeVisible();
    await copy.reload();
    await expectNoTopUp(copy);
  }
});

test("a copy does not forget the top-up of the first tab, which may be closed without a check", async ({ page }) => {
  await sendWithoutResponse(page);
  const copy = await openCopy(page);
  await expectNoTopUp(copy);
  await page.close();
  await copy.reload();
  await expect(tenantPage(copy).panel).toContainText("50.000");
});

test("a top-up that is settled while its page is left has the mark of that page", async ({ page }) => {
  await openTenant(page);
  const held = await hold(page, updateBalance);
  const form = topUpForm(page);
  await form.toConfirmation(50_000);
  await form.confirm.click();
  const route = await held.route;
  await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })));
  await route.abort();
  await expect(tenantPage(page).panel).toBeVisible();
  const stored = await page.evaluate(() => Object.values(sessionStorage).map((entry) => JSON.parse(entry)));
  expect(stored).toMatchObject([{ left: true, writes: [{ state: "unknown" }] }]);
});

test("a copy that starts while the first tab reloads does not take over its top-up", async ({ page, context }) => {
  await sendWithoutResponse(page);
  // Marks a page that has asked for a lock.
  await context.addInitScript(() => {
    const { request } = LockManager.prototype;
    LockManager.prototype.request = function (this: LockManager, ...args: unknown[]) {
      document.documentElement.dataset["asked"] = "";
      return Reflect.apply(request, this, args);
    } as typeof request;
  });
  const copy = await openCopy(page);
  await copy.locator("html[data-asked]").waitFor({ state: "attached" });
  await page.reload();
  await expect(tenantPage(page).panel).toBeVisible();
  await expectNoTopUp(copy);
});

test("a reload before the top-up is restored does not lose it", async ({ page }) => {
  // The page waits for its lock for ever, if its history state says so.
  await page.addInitScript(() => {
    if (history.state !== "wait") return;
    LockManager.prototype.request = () => {
      document.documentElement.dataset["asked"] = "";
      return new Promise(() => {});
    };
  });
  await sendWithoutResponse(page);
  await page.evaluate(() => history.replaceState("wait", ""));
  await page.reload();
  await page.locator("html[data-asked]").waitFor({ state: "attached" });
  await page.evaluate(() => history.replaceState(null, ""));
  await page.reload();
  await expect(tenantPage(page).panel).toContainText("50.000");
});

test("a tab whose page crashed has its unknown top-up again", async ({ page }) => {
  // Like a crash, this keeps the page from marking that it was left.
  await page.addInitScript(() => window.addEventListener("pagehide", (event) => event.stopImmediatePropagation()));
  await sendWithoutResponse(page);
  await page.goto(`${sandboxUrl}/elsewhere`);
  await page.goBack();
  await expect(tenantPage(page).panel).toContainText("50.000");
  await expectNoTopUp(await openCopy(page));
});

test("a copy has neither the dialogs nor the history state of the first tab", async ({ page, sandbox }) => {
  await openTenant(page);
  await topUpForm(page).toConfirmation(50_000);
  await expect(topUpForm(page).confirm).toBeEnabled();
  expect(await page.evaluate<unknown>("history.state")).toBeNull();
  const copy = await openCopy(page);
  const sent = watchTopUps(copy);
  await expectNoTopUp(copy);
  await expect(topUpForm(copy).dialog).toBeHidden();
  expect(sent).toEqual([]);
  expect(await sandbox.topUpRequests()).toBe(0);
});

test("an unknown top-up belongs to one of two tabs of a tenant", async ({ page, context, sandbox }) => {
  const { name, email } = await sendWithoutResponse(page);
  const other = await context.newPage();
  await openTenant(other);
  await expect(other.getByRole("heading", { name, level: 1 })).toBeVisible();
  await expectNoTopUp(other);
  const before = await balance(other);
  const form = topUpForm(other);
  await form.toConfirmation(70_000);
  await form.confirm.click();
  await expect(notification(other, "Đã nạp tiền")).toContainText("70.000");
  await expect.poll(() => balance(other)).toBe(before + 70_000);
  await expectNoTopUp(other);

  // The top-up of the other tab is no proof for the one of this tab.
  const { panel, check, resend, topUp } = tenantPage(page);
  await check.click();
  await expect(panel.getByRole("status")).toContainText("Chưa thể kết luận");
  await expect(resend).toBeHidden();
  await expect(topUp).toBeDisabled();
  expect((await sandbox.tenantState(email)).top_ups).toHaveLength(1);
});

test("a change of the language in one tab does not change another tab", async ({ page, context }) => {
  await page.goto("/#/tenants");
  await expect(count(page)).toHaveText("120 doanh nghiệp");
  const other = await context.newPage();
  await other.goto("/");
  await other.getByText("EN", { exact: true }).click();
  await expect(other.getByRole("heading", { name: "Tenants", level: 1 })).toBeVisible();
  await page.getByRole("button", { name: "Trang 2", exact: true }).click();
  await expect(page.getByText("21–40 / 120 doanh nghiệp")).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "vi");
});

/** The browser's own commands for tabs, which only an extension can call. */
interface Tabs {
  duplicate(): Promise<Page>;
  /** Opens the tab that was closed last. */
  restore(): Promise<Page>;
}

const withCommands = test.extend<{ commands: Tabs }>({
  // The default settings of Playwright disable extensions and the back/forward cache.
  context: async ({ baseURL, launchOptions }, use) => {
    const context = await chromium.launchPersistentContext("", {
      ...launchOptions,
      ...(baseURL === undefined ? {} : { baseURL }),
      args: [...(launchOptions.args ?? []), "--enable-unsafe-extension-debugging"],
      ignoreDefaultArgs: ["--disable-extensions", "--disable-back-forward-cache"],
    });
    await use(context);
    await context.close();
  },
  page: async ({ context }, use) => use(await context.newPage()),
  commands: async ({ context }, use, info) => {
    const path = info.outputPath("extension");
    mkdirSync(path, { recursive: true });
    const permissions = ["tabs", "sessions"];
    const background = { service_worker: "worker.js" };
    const manifest = { manifest_version: 3, name: "Tabs", version: "1", permissions, background };
    writeFileSync(`${path}/manifest.json`, JSON.stringify(manifest));
    writeFileSync(`${path}/worker.js`, "");
    const started = context.waitForEvent("serviceworker");
    const session = await context.browser()?.newBrowserCDPSession();
    await session?.send("Extensions.loadUnpacked", { path });
    const worker = await started;
    const opens = async (command: string) => {
      const [page] = await Promise.all([context.waitForEvent("page"), worker.evaluate(command)]);
      return page;
    };
    await use({
      duplicate: () => opens("chrome.tabs.query({ active: true }).then(([tab]) => chrome.tabs.duplicate(tab.id))"),
      restore: () => opens("chrome.sessions.restore()"),
    });
  },
});

withCommands("a duplicated tab does not take over the top-up of the first tab", async ({ page, commands }) => {
  await sendWithoutResponse(page);
  const copy = await commands.duplicate();
  await expectNoTopUp(copy);
  await copy.reload();
  await expectNoTopUp(copy);
  await page.reload();
  await expect(tenantPage(page).panel).toBeVisible();
});

withCommands("a tab that is duplicated on another site does not take over the top-up", async ({ page, commands }) => {
  await sendWithoutResponse(page);
  const address = page.url();
  await page.goto(`${sandboxUrl}/elsewhere`);
  const copy = await commands.duplicate();
  await page.evaluate(() => history.back());
  await expect(tenantPage(page).panel).toBeVisible();
  await copy.goto(address);
  await expectNoTopUp(copy);
  await page.reload();
  await expect(tenantPage(page).panel).toBeVisible();
  await copy.reload();
  await expectNoTopUp(copy);
});

for (const error of ["QuotaExceededError", "SecurityError"]) {
  withCommands(`a page from the back/forward cache keeps what ${error} kept from the storage`, async ({ page }) => {
    await page.addInitScript((name) => {
      Storage.prototype.setItem = () => {
        throw new DOMException("", name);
      };
      if (name !== "SecurityError") return;
      Object.defineProperty(window, "sessionStorage", {
        get: () => {
          throw new DOMException("", name);
        },
      });
    }, error);
    await sendWithoutResponse(page);
    await page.evaluate(() => Object.assign(window, { isFirst: true }));
    await page.goto(`${sandboxUrl}/elsewhere`);
    await page.evaluate(() => history.back());
    await expect.poll(() => page.evaluate(() => "isFirst" in window)).toBe(true);
    await expect(tenantPage(page).panel).toContainText("50.000");
    await expect(tenantPage(page).topUp).toBeDisabled();
  });
}

withCommands("a closed tab that the browser restores has its unknown top-up again", async ({ page, commands }) => {
  await sendWithoutResponse(page);
  await page.close();
  const restored = await commands.restore();
  await expect(tenantPage(restored).panel).toContainText("50.000");
  await expect(tenantPage(restored).topUp).toBeDisabled();
});

withCommands("a page from the back/forward cache shows what the tab has sent since", async ({ page }) => {
  const { name } = await openTenant(page);
  await page.evaluate(() => Object.assign(window, { isFirst: true }));
  const isFirst = () => page.evaluate(() => "isFirst" in window);
  // The first page is left for another site, and the portal is opened again.
  await page.goto(`${sandboxUrl}/elsewhere`);
  await sendWithoutResponse(page);
  expect(await isFirst()).toBe(false);
  await page.goto(`${sandboxUrl}/elsewhere`);
  await page.evaluate(() => history.go(-4));
  await expect.poll(isFirst).toBe(true);
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
  await expect(tenantPage(page).panel).toContainText("50.000");
  await expect(tenantPage(page).topUp).toBeDisabled();

  // It is this tab's own page now: a reload keeps the top-up, and a copy does not take it over.
  await expectNoTopUp(await openCopy(page));
  await page.reload();
  await expect(tenantPage(page).panel).toBeVisible();
});
