import { expect, rows, search, test } from "./portal";

test("the page and page size are kept in the URL", async ({ page }) => {
  await page.goto("/#/tenants");
  await expect(rows(page)).toHaveCount(21);
  await expect(page.getByText("1–20 / 120 doanh nghiệp")).toBeVisible();
  const first = await rows(page).nth(1).innerText();

  await page.getByRole("button", { name: "Trang 3", exact: true }).click();
  await expect(page.getByText("41–60 / 120 doanh nghiệp")).toBeVisible();
  await expect(rows(page).nth(1)).not.toHaveText(first);
  await page.reload();
  await expect(page.getByText("41–60 / 120 doanh nghiệp")).toBeVisible();
  await expect(page.getByRole("button", { name: "Trang 3", exact: true })).toHaveAttribute("aria-current", "page");

  // Opening a tenant and going back keeps the page too.
  await rows(page).nth(1).getByRole("link").click();
  await page.getByRole("link", { name: "Về danh sách doanh nghiệp" }).click();
  await expect(page.getByText("41–60 / 120 doanh nghiệp")).toBeVisible();

  await page.getByRole("combobox", { name: "Số dòng mỗi trang" }).click();
  await page.getByRole("option", { name: "50 / trang" }).click();
  await expect(page.getByText("1–50 / 120 doanh nghiệp")).toBeVisible();
  await expect(rows(page)).toHaveCount(51);
  await page.getByRole("button", { name: "Trang sau" }).click();
  await expect(page.getByText("51–100 / 120 doanh nghiệp")).toBeVisible();
  await page.goBack();
  await expect(page.getByText("1–50 / 120 doanh nghiệp")).toBeVisible();
});

test("a search is debounced and starts at page one", async ({ page }) => {
  await page.goto("/?page=2#/tenants");
  await expect(page.getByText("21–40 / 120 doanh nghiệp")).toBeVisible();
  const keywords: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/tenant/list")) keywords.push(request.postDataJSON().keyword);
  });
  await search(page).pressSequentially("nguyen", { delay: 30 });
  await expect(page).toHaveURL(/\?q=nguyen/);
  await expect(page.getByText(/^1–\d+ \/ \d+ doanh nghiệp$/)).toBeVisible();
  expect(keywords).toEqual(["nguyen"]);
});

test("a search without results shows a message, and can be cleared", async ({ page }) => {
  await page.goto("/#/tenants");
  await search(page).fill("không-có-ai-tên-này");
  await expect(page.getByText("Không tìm thấy doanh nghiệp nào")).toBeVisible();
  await expect(page.getByText("“không-có-ai-tên-này”")).toBeVisible();
  await page.getByRole("button", { name: "Xóa từ khóa" }).click();
  await expect(rows(page)).toHaveCount(21);
});

test("a page after the last one offers a way to the first", async ({ page }) => {
  await page.goto("/?page=99#/tenants");
  await page.getByRole("button", { name: "Về trang đầu" }).click();
  await expect(page.getByText("1–20 / 120 doanh nghiệp")).toBeVisible();
});

test("a failed list shows the reason and can be retried", async ({ page }) => {
  await page.route("**/api/partner/tenant/list*", (route) => route.fulfill({ status: 403, body: "<html>" }));
  await page.goto("/#/tenants");
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("Tài khoản này không được phép thực hiện");
  await page.unroute("**/api/partner/tenant/list*");
  await alert.getByRole("button", { name: "Thử lại" }).click();
  await expect(rows(page)).toHaveCount(21);
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
  await expect(rows(page)).toHaveCount(21);
  await expect(loading).toBeHidden();
});

for (const width of [360, 390, 768]) {
  test(`at ${width} px nothing is wider than the screen`, async ({ page }) => {
    const tooWide = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    await page.setViewportSize({ width, height: 800 });
    await page.goto("/#/tenants");
    await expect(page.getByText("1–20 / 120 doanh nghiệp")).toBeVisible();
    expect(await tooWide()).toBeLessThanOrEqual(0);
    await page.getByRole("list", { name: "Doanh nghiệp" }).getByRole("link").first().click();
    await expect(page.getByRole("group", { name: "Số dư ví cước gọi" })).toBeVisible();
    const numbers = await page.getByRole("table", { name: "Đầu số" }).boundingBox();
    const section = await page.locator("section", { has: page.getByRole("heading", { name: "Đầu số" }) }).boundingBox();
    expect(numbers?.width).toBeLessThan(section?.width ?? 0);
    expect(await tooWide()).toBeLessThanOrEqual(0);
  });
}
