// The balance as evidence of a top-up: before and after it, and without a response.
import type { Page } from "@playwright/test";
import {
  description,
  dong,
  expect,
  hold,
  notification,
  openTenant,
  type Sandbox,
  signInAgain,
  tenantInfo,
  tenantPage,
  test,
  topUpForm,
  updateBalance,
  watchTopUps,
} from "./portal";

const amount = 200_000;
const change = (before: number, after: number) => new RegExp(`Số dư: ${dong(before)} → ${dong(after)}\\.`);
const success = { status_code: 9999, payload: null };

/** Opens a tenant and sends a top-up; the test has set up the network's behaviour before. */
async function send(page: Page, sandbox: Sandbox, wallet?: string) {
  const tenant = await openTenant(page);
  const { balance: before } = await sandbox.tenantState(tenant.email);
  const form = topUpForm(page);
  await form.toConfirmation(amount, wallet);
  await form.confirm.click();
  return { ...tenant, before, form };
}

/** Network faults for top-ups. */
const network = {
  /** Sends the request twice, like a browser when a reused connection breaks. */
  repeats: (page: Page) =>
    page.route(`**${updateBalance}`, async (route) => {
      await route.fetch();
      await route.continue();
    }),
  repeatsAndAborts: (page: Page) =>
    page.route(`**${updateBalance}`, async (route) => {
      await route.fetch();
      await route.fetch();
      await route.abort();
    }),
  aborts: (page: Page) =>
    page.route(`**${updateBalance}`, async (route) => {
      await route.fetch();
      await route.abort();
    }),
};

/** Another top-up changes the balance while the portal's top-up is pending. */
const withOtherTopUp = (page: Page, sandbox: Sandbox, response: "success" | "none") =>
  page.route(`**${updateBalance}`, async (route) => {
    await sandbox.topUp(route.request().postDataJSON().email, 15_000);
    await route.fetch();
    await (response === "success" ? route.fulfill({ json: success }) : route.abort());
  });

test.describe("a confirmed top-up", () => {
  test("shows the balance before and after", async ({ page, sandbox }) => {
    const { name, before } = await send(page, sandbox);
    const message = notification(page, "Đã nạp tiền");
    await expect(message).toContainText(name);
    await expect(message).toContainText(change(before, before + amount));
  });

  test("into the service wallet shows no balance", async ({ page, sandbox }) => {
    const { name } = await send(page, sandbox, "Ví dịch vụ");
    const message = notification(page, "Đã nạp tiền");
    await expect(message).toContainText(`ví dịch vụ của ${name}.`);
    await expect(message).not.toContainText("Số dư");
    await expect(message).not.toContainText("số dư");
  });

  test("that was applied twice shows a permanent warning", async ({ page, sandbox }) => {
    await page.clock.install();
    await network.repeats(page);
    const { email, before, form } = await send(page, sandbox);
    const message = notification(page, "Số dư tăng bằng 2 lần số tiền nạp");
    await expect(message).toContainText(change(before, before + 2 * amount));
    await expect(message).toContainText("có thể đã gửi lặp lại");
    await expect(message).toContainText("báo cho nhà cung cấp");
    await expect(form.dialog).toBeHidden();
    expect((await sandbox.tenantState(email)).top_ups).toHaveLength(2);
    await page.clock.fastForward(600_000);
    await expect(message).toBeVisible();

    // The warning follows a change of the language.
    await page.getByText("EN", { exact: true }).click();
    const english = notification(page, "The balance rose by 2 times the amount");
    await expect(english).toContainText("tell the provider", { ignoreCase: true });
    await english.getByRole("button").click();
    await expect(english).toBeHidden();
  });

  test("that was applied twice shows the whole warning on a phone", async ({ page }) => {
    await network.repeats(page);
    await page.setViewportSize({ width: 360, height: 800 });
    await page.goto("/#/tenants");
    const card = page
      .getByRole("list", { name: "Doanh nghiệp" })
      .getByRole("link")
      .filter({ hasText: "Đang hoạt động" });
    await card.first().click();
    const form = topUpForm(page);
    await form.toConfirmation(amount);
    await form.confirm.click();
    const message = notification(page, "Số dư tăng bằng 2 lần số tiền nạp");
    await expect(message.getByText("đừng nạp thêm trước khi đối chiếu xong")).toBeVisible();
    await expect
      .poll(() => message.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight))
      .toBeLessThanOrEqual(0);
  });

  test("with another change of the balance shows both balances", async ({ page, sandbox }) => {
    await withOtherTopUp(page, sandbox, "success");
    const { before } = await send(page, sandbox);
    const message = notification(page, "Đã nạp tiền, nhưng số dư không khớp");
    await expect(message).toContainText(change(before, before + amount + 15_000));
    await expect(message).toContainText("còn có khoản khác");
  });

  test("that did not increase the balance shows a warning", async ({ page, sandbox }) => {
    await page.route(`**${updateBalance}`, (route) => route.fulfill({ json: success }));
    const { before } = await send(page, sandbox);
    const message = notification(page, "Máy chủ đã xác nhận, nhưng số dư chưa tăng");
    await expect(message).toContainText(change(before, before));
    await expect(message).toContainText("đừng nạp lại");
  });

  test("is a success even if the new balance cannot be read", async ({ page, sandbox }) => {
    await page.route(`**${updateBalance}`, async (route) => {
      await page.route(`**${tenantInfo}*`, (infoRoute) => infoRoute.fulfill({ status: 403, body: "<html>" }));
      await route.continue();
    });
    const { email } = await send(page, sandbox);
    await expect(notification(page, "Đã nạp tiền")).toContainText("chưa xem được số dư mới");
    expect((await sandbox.tenantState(email)).top_ups).toHaveLength(1);
  });
});

test.describe("a top-up without a response", () => {
  test("that was not applied can be sent again with the same values", async ({ page, sandbox }) => {
    await page.route(`**${updateBalance}`, (route) => route.abort());
    const { email, before, form } = await send(page, sandbox);
    const { panel, check, resend } = tenantPage(page);
    await expect(resend).toBeHidden();
    await check.click();
    await expect(panel.getByRole("status")).toContainText("Hiện tiền chưa vào ví");
    await resend.click();
    await expect(panel).toBeHidden();
    await expect(form.amount).toHaveValue(/^200\.000/);
    await expect(form.description).toHaveValue(description);

    await page.unroute(`**${updateBalance}`);
    await form.next.click();
    await form.confirm.click();
    await expect(notification(page, "Đã nạp tiền")).toContainText(change(before, before + amount));
    expect((await sandbox.tenantState(email)).top_ups).toHaveLength(1);
  });

  test("that was applied twice shows a warning on the page", async ({ page, sandbox }) => {
    await network.repeatsAndAborts(page);
    const { before } = await send(page, sandbox);
    const { topUp, panel, check, resend, dismiss } = tenantPage(page);
    await check.click();
    await expect(panel).toContainText("Số dư tăng bằng 2 lần số tiền nạp");
    await expect(panel).toContainText("báo cho nhà cung cấp");
    await expect(panel).toContainText(new RegExp(`${dong(before)}.*${dong(before + 2 * amount)}`));
    await expect(resend).toBeHidden();
    await expect(topUp).toBeDisabled();
    await dismiss.click();
    await expect(topUp).toBeEnabled();
  });

  test("whose check was certain shows that after a reload, and after a later check of another tab", async ({
    page,
    context,
    sandbox,
  }) => {
    page.on("dialog", (dialog) => dialog.accept());
    await network.aborts(page);
    const { before } = await send(page, sandbox);
    const arrived = "Tiền đã vào ví";
    const balances = new RegExp(`${dong(before)}.*${dong(before + amount)}`);
    const { topUp, panel, check, dismiss } = tenantPage(page);
    await expect(panel).toBeVisible();

    // The other tab can only compare the balance with the one on the screen, and gets its response last.
    const other = await context.newPage();
    await other.goto(page.url());
    await expect(tenantPage(other).check).toBeVisible();
    const held = await hold(other, `${tenantInfo}*`);
    await tenantPage(other).check.click();
    const route = await held.route;
    await page.bringToFront();
    await check.click();
    await expect(panel).toContainText(arrived);
    await expect(tenantPage(other).panel).toContainText(arrived);
    const answered = other.waitForResponse(`**${tenantInfo}*`);
    await route.continue();
    await answered;

    await other.close();
    await page.reload();
    await expect(panel.getByRole("status")).toContainText(arrived);
    await expect(panel).toContainText(balances);
    await expect(check).toBeHidden();
    await expect(topUp).toBeDisabled();
    await dismiss.click();
    await expect(topUp).toBeEnabled();
    await page.goto("/#/history");
    const row = page.getByRole("table", { name: "Lịch sử giao dịch" }).getByRole("row").nth(1);
    await expect(row).toContainText(balances);
    await expect(row).toContainText("Đã thực hiện");
  });

  test("with another change of the balance refers to the provider", async ({ page, sandbox }) => {
    await withOtherTopUp(page, sandbox, "none");
    const { before } = await send(page, sandbox);
    const { panel, check, resend, dismiss } = tenantPage(page);
    await check.click();
    await expect(panel.getByRole("status")).toContainText("Chưa thể kết luận");
    await expect(panel).toContainText(new RegExp(`${dong(before)}.*${dong(before + amount + 15_000)}`));
    await expect(resend).toBeHidden();
    await expect(dismiss).toBeVisible();
  });

  test("into the service wallet can only be checked by the provider", async ({ page, sandbox }) => {
    await network.aborts(page);
    await send(page, sandbox, "Ví dịch vụ");
    const { topUp, panel, check } = tenantPage(page);
    await expect(panel).toContainText("chỉ nhà cung cấp mới biết");
    await expect(panel).not.toContainText("Số dư hiện tại");
    await expect(check).toBeHidden();
    await expect(topUp).toBeDisabled();
    await panel.getByRole("button", { name: "Tôi đã hỏi nhà cung cấp" }).click();
    await expect(topUp).toBeEnabled();
  });

  for (const applied of [true, false]) {
    test(`that was ${applied ? "applied" : "not applied"} is still there after a reload`, async ({ page, sandbox }) => {
      page.on("dialog", (dialog) => dialog.accept());
      if (applied) await network.aborts(page);
      else await page.route(`**${updateBalance}`, (route) => route.abort());
      const { name, before } = await send(page, sandbox);
      const { topUp, panel, check, resend, dismiss, toList } = tenantPage(page);
      await expect(panel).toBeVisible();
      const sent = watchTopUps(page);
      await page.reload();
      await expect(panel).toContainText("200.000");
      await expect(topUp).toBeDisabled();
      await toList.click();
      const onList = page.getByRole("main").getByRole("alert").filter({ hasText: name });
      await onList.getByRole("link", { name: "Xem doanh nghiệp" }).click();

      // Only the balance on the screen is known now: no proof, so the top-up cannot be sent again.
      await check.click();
      const now = before + (applied ? amount : 0);
      await expect(panel).toContainText(new RegExp(`${dong(before)}.*${dong(now)}`));
      await expect(panel.getByRole("status")).toContainText("Chỉ so sánh được với số dư hiển thị lúc đó");
      await expect(panel.getByRole("status")).toContainText(
        applied ? "có thể tiền đã vào ví" : "Số dư chưa thay đổi, nhưng",
      );
      await expect(resend).toBeHidden();
      await dismiss.click();
      await page.reload();
      await expect(topUp).toBeEnabled();
      expect(sent).toEqual([]);
    });
  }

  test("can be checked with a new connection when the old one fails", async ({ page, sandbox }) => {
    await network.aborts(page);
    const { name } = await send(page, sandbox);
    const { panel, check } = tenantPage(page);
    await expect(panel).toBeVisible();
    await signInAgain(page);
    await page.goto("/#/history");
    await expect(panel).toContainText(name);
    await page.route(`**${tenantInfo}*`, (route) => route.fulfill({ status: 403, body: "<html>" }), { times: 1 });
    await check.click();
    await expect(panel.getByRole("status")).toContainText("có thể tiền đã vào ví");
  });
});

test("a top-up that was pending at a reload has an unknown outcome", async ({ page, sandbox }) => {
  page.on("dialog", (dialog) => dialog.accept());
  const held = await hold(page, updateBalance);
  await send(page, sandbox);
  await held.route;
  await page.reload();
  const { topUp, panel } = tenantPage(page);
  await expect(panel).toContainText("Chưa rõ kết quả nạp tiền");
  await expect(topUp).toBeDisabled();
});
