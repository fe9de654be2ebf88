// The command palette, the shortcuts, and where the focus goes.
import type { Page } from "@playwright/test";
import { count, createForm, expect, rows, search, test, topUpForm } from "./portal";

const palette = (page: Page) => {
  const dialog = page.getByRole("dialog", { name: "Tìm kiếm và lệnh" });
  return { dialog, input: dialog.getByRole("combobox"), options: dialog.getByRole("option") };
};
const heading = (page: Page, name: string) => page.getByRole("heading", { name, level: 1 });

test("the palette finds tenants on the server, and aborts an outdated search", async ({ page }) => {
  await page.goto("/#/tenants");
  const name = await rows(page).nth(3).getByRole("link").innerText();
  await expect(count(page)).toHaveText("120 doanh nghiệp");
  await page.keyboard.press("Control+k");
  const { dialog, input, options } = palette(page);
  await expect(input).toBeFocused();

  // The first search gets no answer.
  await page.route("**/tenant/list*", () => {}, { times: 1 });
  const outdated = page.waitForEvent("requestfailed");
  const first = page.waitForRequest(/tenant\/list/);
  await input.fill("không có");
  await first;
  await input.fill(name);
  await outdated;
  const tenant = dialog.getByRole("group", { name: "Mở doanh nghiệp" }).getByRole("option").filter({ hasText: name });
  await expect(tenant.first()).toBeVisible();
  await expect(options.first()).toHaveAttribute("data-combobox-selected", "true");
  await input.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(heading(page, name)).toBeFocused();

  await page.keyboard.press("Control+k");
  await input.fill(name);
  await dialog.getByRole("group", { name: "Nạp tiền" }).getByRole("option").first().click();
  await expect(topUpForm(page).dialog).toBeVisible();
});

test("the palette runs commands, which need no diacritics", async ({ page }) => {
  await page.goto("/#/tenants");
  await expect(count(page)).toHaveText("120 doanh nghiệp");
  const { dialog, input, options } = palette(page);
  const run = async (text: string, option: string) => {
    await page.keyboard.press("Control+k");
    await input.fill(text);
    await options.filter({ hasText: option }).click();
    await expect(dialog).toBeHidden();
  };
  await run("giao dien toi", "Giao diện: Tối");
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark");
  await run("tao doanh", "Tạo doanh nghiệp");
  await expect(createForm(page).dialog).toBeVisible();
  // Not above a form.
  await page.keyboard.press("Control+k");
  await expect(dialog).toBeHidden();
  await page.keyboard.press("Escape");
  await expect(createForm(page).dialog).toBeHidden();

  await page.route("**/tenant/list*", (route) => route.fulfill({ status: 403, body: "<html>" }));
  await page.keyboard.press("Control+k");
  await input.fill("zzzz");
  await expect(dialog.getByRole("status")).toContainText("không được phép");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();

  await run("english", "Switch to English");
  await expect(heading(page, "Tenants")).toBeVisible();
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.keyboard.press("Control+k");
  await page.getByRole("option", { name: "Sign out" }).click();
  await expect(page.getByRole("button", { name: "Try it with the sandbox" })).toBeVisible();
});

test("shortcuts lead to the screens and to the search, unless the user types or has switched them off", async ({
  page,
}) => {
  await page.goto("/#/tenants");
  await expect(count(page)).toHaveText("120 doanh nghiệp");
  await page.keyboard.press("g");
  await page.keyboard.press("h");
  await expect(heading(page, "Lịch sử giao dịch")).toBeFocused();
  await page.keyboard.press("g");
  await page.keyboard.press("t");
  await expect(heading(page, "Doanh nghiệp")).toBeFocused();
  await expect(page).toHaveTitle(/^Doanh nghiệp/);

  await page.keyboard.press("/");
  await expect(search(page)).toBeFocused();
  await page.keyboard.type("ngn?");
  await expect(search(page)).toHaveValue("ngn?");
  await expect(page.getByRole("dialog")).toBeHidden();
  await search(page).blur();

  await page.keyboard.press("n");
  await expect(createForm(page).dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(createForm(page).dialog).toBeHidden();

  await page.keyboard.press("?");
  const list = page.getByRole("dialog", { name: "Phím tắt" });
  await expect(list.getByRole("row", { name: "Tạo doanh nghiệp N" })).toBeVisible();
  await list.getByRole("switch", { name: "Bật các phím tắt một phím" }).click();
  await page.keyboard.press("Escape");
  await expect(list).toBeHidden();
  await page.keyboard.press("n");
  await page.keyboard.press("Control+k");
  await expect(palette(page).dialog).toBeVisible();
  await expect(createForm(page).dialog).toBeHidden();
});

test("the first key skips the navigation", async ({ page }) => {
  await page.goto("/#/tenants");
  await expect(count(page)).toHaveText("120 doanh nghiệp");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  expect(page.url()).toMatch(/#\/tenants$/);
});

test("a screen opens offline, and a script that could not be loaded is loaded again", async ({ page, context }) => {
  const script = /\/History-[^/]*\.js$/;
  await page.route(script, (route) => route.abort());
  const prefetched = page.waitForEvent("requestfailed", { predicate: (request) => script.test(request.url()) });
  await page.goto("/#/tenants");
  await expect(count(page)).toHaveText("120 doanh nghiệp");
  await prefetched;
  const navigation = page.getByRole("navigation", { name: "Các màn hình" });
  await navigation.getByRole("link", { name: "Lịch sử" }).click();
  const failed = page.getByRole("alert").filter({ hasText: "Không hiển thị được" });
  await expect(failed).toBeVisible();
  await page.unroute(script);
  await failed.getByRole("button", { name: "Thử lại" }).click();
  await expect(heading(page, "Lịch sử giao dịch")).toBeVisible();

  await context.setOffline(true);
  await navigation.getByRole("link", { name: "Tạo hàng loạt" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await expect(page.getByRole("alert").filter({ hasText: "Không hiển thị được" })).toBeHidden();
});
