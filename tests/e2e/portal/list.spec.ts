import type { Page } from "@playwright/test";
import { count, expect, rows, search, test } from "./portal";

const filter = async (page: Page, name: string, option: string) => {
  await page.getByRole("combobox", { name }).click();
  await page.getByRole("option", { name: option }).click();
};
const header = (page: Page, name: string) => page.getByRole("columnheader", { name });
const region = (page: Page) => page.getByRole("region", { name: "Doanh nghiệp" });
/** The texts of a column, of the first rows. */
const column = async (page: Page, index: number) =>
  (await rows(page).locator(`td:nth-child(${index})`).allInnerTexts()).slice(0, 8);

test("the order, the filters and the keyword are kept in the URL, and the browser's buttons walk through them", async ({
  page,
}) => {
  await page.goto("/#/tenants");
  await expect(count(page)).toHaveText("120 doanh nghiệp");
  await filter(page, "Trạng thái", "Chờ kích hoạt");
  await expect(count(page)).toHaveText(/^\d+ \/ 120 doanh nghiệp$/);
  const filtered = await count(page).innerText();
  for (const status of await column(page, 3)) expect(status).toBe("Chờ kích hoạt");

  await header(page, "Số dư").getByRole("button").click();
  await expect(header(page, "Số dư")).toHaveAttribute("aria-sort", "ascending");
  await expect(page).toHaveURL(/\?sort=balance&status=not_activated#/);
  await page.reload();
  await expect(count(page)).toHaveText(filtered);
  await expect(header(page, "Số dư")).toHaveAttribute("aria-sort", "ascending");

  // Typing changes the entry of the history; choices have one each.
  await search(page).fill("cong ty");
  await expect(page).toHaveURL(/\?q=cong\+ty&sort=balance&status=not_activated#/);
  await page.goBack();
  await expect(header(page, "Số dư")).toHaveAttribute("aria-sort", "none");
  await expect(search(page)).toHaveValue("");
  await expect(count(page)).toHaveText(filtered);
  await page.goBack();
  await expect(count(page)).toHaveText("120 doanh nghiệp");
  await page.goForward();
  await expect(count(page)).toHaveText(filtered);
  // Choosing it again removes the filter.
  await filter(page, "Trạng thái", "Chờ kích hoạt");
  await expect(count(page)).toHaveText("120 doanh nghiệp");
});

test("a column is sorted upwards, downwards and not at all, and names as in Vietnamese", async ({ page }) => {
  await page.goto("/#/tenants");
  await expect(count(page)).toHaveText("120 doanh nghiệp");
  const unsorted = await column(page, 1);
  const name = header(page, "Tên doanh nghiệp");
  const sorted = async () => {
    const names = await column(page, 1);
    const { compare } = new Intl.Collator("vi");
    return { names, up: [...names].sort(compare), down: [...names].sort(compare).reverse() };
  };
  await name.getByRole("button").click();
  await expect.poll(async () => (await column(page, 1)).join()).not.toBe(unsorted.join());
  const ascending = await sorted();
  expect(ascending.names).toEqual(ascending.up);
  await name.getByRole("button").click();
  await expect.poll(async () => (await column(page, 1)).join()).not.toBe(ascending.names.join());
  const descending = await sorted();
  expect(descending.names).toEqual(descending.down);
  await expect(name).toHaveAttribute("aria-sort", "descending");
  await name.getByRole("button").click();
  await expect.poll(() => column(page, 1)).toEqual(unsorted);
  await expect(page).not.toHaveURL(/sort/);
});

test("filters can be combined, and without a match they can be cleared", async ({ page }) => {
  await page.goto("/?status=activated&expires=package&within=9999&sort=phone#/tenants");
  await expect(page.getByRole("combobox", { name: "Sắp hết hạn" })).toHaveValue("Gói: trong 9999 ngày");
  await expect(count(page)).toHaveText(/^[1-9]\d* \/ 120 doanh nghiệp$/);
  // The column of the order is shown, although it is not chosen.
  await expect(header(page, "Điện thoại")).toHaveAttribute("aria-sort", "ascending");
  await page.getByRole("textbox", { name: "Số dư dưới" }).fill("1");
  await expect(page).toHaveURL(/below=1/);
  await expect(page.getByText("Không có doanh nghiệp nào khớp bộ lọc")).toBeVisible();
  await page.getByRole("main").getByRole("button", { name: "Xóa bộ lọc", exact: true }).last().click();
  await expect(count(page)).toHaveText("120 doanh nghiệp");
  await expect(page.getByRole("textbox", { name: "Số dư dưới" })).toHaveValue("");
});

test("the chosen columns are kept", async ({ page }) => {
  await page.goto("/#/tenants");
  await page.getByRole("button", { name: "Chọn cột" }).click();
  await page.getByRole("checkbox", { name: "Điện thoại" }).check();
  await page.getByRole("checkbox", { name: "Email chủ doanh nghiệp" }).uncheck();
  await expect(page.getByRole("checkbox", { name: "Tên doanh nghiệp" })).toBeDisabled();
  await page.reload();
  await expect(header(page, "Điện thoại")).toBeVisible();
  await expect(header(page, "Email chủ doanh nghiệp")).toBeHidden();
  await page.getByRole("button", { name: "Chọn cột" }).click();
  await page.getByRole("button", { name: "Về mặc định" }).click();
  await expect(header(page, "Email chủ doanh nghiệp")).toBeVisible();
  await expect(header(page, "Điện thoại")).toBeHidden();
});

test("the way back from a tenant leads to the same rows at once", async ({ page }) => {
  await page.goto("/?sort=name#/tenants");
  await expect(count(page)).toHaveText("120 doanh nghiệp");
  await region(page).evaluate((list) => list.scrollTo(0, 2_000));
  const row = page.locator("[aria-rowindex='50']");
  await expect(row).toBeInViewport();
  const text = await row.innerText();
  await row.getByRole("link").click();
  await page.getByRole("link", { name: "Về danh sách doanh nghiệp" }).waitFor();
  const lists: string[] = [];
  page.on("request", (request) => request.url().includes("/tenant/list") && lists.push(request.url()));
  await page.goBack();
  await expect(row).toBeInViewport();
  await expect(row).toHaveText(text, { useInnerText: true });
  expect(await region(page).evaluate((list) => list.scrollTop)).toBe(2_000);
  expect(lists).toEqual([]);
});

test("a search is debounced, and the one before is aborted", async ({ page }) => {
  await page.goto("/#/tenants");
  await expect(count(page)).toHaveText("120 doanh nghiệp");
  const keywords: string[] = [];
  await page.route("**/api/partner/tenant/list*", (route) => {
    const { keyword } = route.request().postDataJSON();
    keywords.push(keyword);
    // The first search gets no answer.
    return keyword === "nguyen" ? undefined : route.continue();
  });
  const aborted = page.waitForEvent("requestfailed", (request) => request.postDataJSON()?.keyword === "nguyen");
  await search(page).fill("ng");
  await search(page).fill("nguyen");
  await expect(page).toHaveURL(/\?q=nguyen/);
  // Meanwhile the previous rows stay.
  await expect(page.locator("[aria-busy=true]").getByRole("row").nth(1)).toBeVisible();
  await search(page).fill("cong ty");
  await aborted;
  await expect(count(page)).toHaveText(/^(?!120)\d+ doanh nghiệp$/);
  expect(new Set(keywords)).toEqual(new Set(["nguyen", "cong ty"]));
});

test("a search without results shows a message, and can be cleared", async ({ page }) => {
  await page.goto("/#/tenants");
  await search(page).fill("không-có-ai-tên-này");
  await expect(page.getByText("Không tìm thấy doanh nghiệp nào")).toBeVisible();
  await expect(page.getByText("“không-có-ai-tên-này”")).toBeVisible();
  await page.getByRole("button", { name: "Xóa từ khóa" }).click();
  await expect(count(page)).toHaveText("120 doanh nghiệp");
});

test("a failed list shows the reason and can be retried", async ({ page }) => {
  await page.route("**/api/partner/tenant/list*", (route) => route.fulfill({ status: 403, body: "<html>" }));
  await page.goto("/#/tenants");
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("Tài khoản này không được phép thực hiện");
  await page.unroute("**/api/partner/tenant/list*");
  await alert.getByRole("button", { name: "Thử lại" }).click();
  await expect(count(page)).toHaveText("120 doanh nghiệp");
});

test("the list can be stopped and continued, and an error in the middle keeps the rows", async ({ page }) => {
  const second = /\/tenant\/list\?.*page=2/;
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route(second, async (route) => {
    await released;
    await route.fulfill({ status: 403, body: "<html>" });
  });
  await page.goto("/#/tenants");
  await expect(page.getByRole("progressbar", { name: "Tiến độ tải danh sách" })).toHaveAttribute("aria-valuenow", "83");
  await expect(page.getByText("Tệp xuất chỉ gồm các dòng đã tải.")).toBeVisible();
  await page.getByRole("button", { name: "Dừng tải" }).click();
  await expect(count(page)).toHaveText("100 doanh nghiệp");
  await page.getByRole("button", { name: "Tải tiếp" }).click();
  release();
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("Tài khoản này không được phép thực hiện");
  await expect(count(page)).toHaveText("100 doanh nghiệp");
  await page.unroute(second);
  // What is loaded is not loaded again, because the number of tenants has not changed.
  const pages: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/tenant/list")) pages.push(new URL(request.url()).search);
  });
  await alert.getByRole("button", { name: "Thử lại" }).click();
  await expect(count(page)).toHaveText("120 doanh nghiệp");
  expect(pages).toEqual(["?page=1&size=1", "?page=2&size=100"]);
});

test("a placeholder is shown while the list is loading", async ({ page }) => {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/api/partner/tenant/list*", async (route) => {
    await released;
    await route.continue();
  });
  await page.goto("/#/tenants");
  const loading = page.getByRole("status").filter({ hasText: "Đang tải…" });
  await expect(loading).toBeVisible();
  release();
  await expect(count(page)).toHaveText("120 doanh nghiệp");
  await expect(loading).toBeHidden();
});

for (const width of [360, 390, 767]) {
  test(`at ${width} px nothing is wider than the screen`, async ({ page }) => {
    const tooWide = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    await page.setViewportSize({ width, height: 800 });
    await page.goto("/#/tenants");
    await expect(count(page)).toHaveText("120 doanh nghiệp");
    expect(await tooWide()).toBeLessThanOrEqual(0);
    const list = page.getByRole("list", { name: "Doanh nghiệp" });
    await list.getByRole("link").first().click();
    await expect(page.getByRole("group", { name: "Số dư ví cước gọi" })).toBeVisible();
    const numbers = await page.getByRole("table", { name: "Đầu số" }).boundingBox();
    const section = await page.locator("section", { has: page.getByRole("heading", { name: "Đầu số" }) }).boundingBox();
    expect(numbers?.width).toBeLessThan(section?.width ?? 0);
    expect(await tooWide()).toBeLessThanOrEqual(0);
    await page.goBack();

    await page.getByRole("button", { name: "Bộ lọc" }).click();
    const drawer = page.getByRole("dialog", { name: "Bộ lọc" });
    await drawer.getByRole("combobox", { name: "Trạng thái" }).click();
    await page.getByRole("option", { name: "Đang hoạt động" }).click();
    await drawer.getByRole("button", { name: /^Xem \d+ doanh nghiệp$/ }).click();
    await expect(page.getByRole("button", { name: "Bộ lọc (1)" })).toBeVisible();

    await expect(drawer).toBeHidden();
    await page.evaluate(() => window.scrollTo(0, 3_000));
    // The first ones are not in the page any more.
    await expect(list.locator("[aria-posinset='1']")).toHaveCount(0);
    const card = list.getByRole("listitem").nth(10);
    await expect(card).toBeInViewport();
    expect(await list.getByRole("listitem").count()).toBeLessThan(30);
    const scrolled = await page.evaluate(() => window.scrollY);
    await card.getByRole("link").click();
    await expect(page.getByRole("group", { name: "Số dư ví cước gọi" })).toBeVisible();
    await page.goBack();
    await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(scrolled);
  });
}
