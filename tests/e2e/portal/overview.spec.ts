import type { Page, Route } from "@playwright/test";
import { createForm, expect, sandboxUrl, test } from "./portal";

const listPath = "/api/partner/tenant/list";
const day = 24 * 60 * 60_000;

interface Listed {
  enabled: boolean;
  status: string;
  balance: number;
  domain_expire?: number;
  service_package: { code_name: string; service_name: string; expiry_date: number };
  public_numbers: { expire_date: number }[];
}

/** The elements of the overview. */
function overview(page: Page) {
  const section = (name: string) => page.getByRole("region", { name });
  return {
    updated: page.getByText(/^120 doanh nghiệp · Cập nhật lúc /),
    progress: page.getByRole("progressbar", { name: "Đang tải danh sách doanh nghiệp" }),
    stop: page.getByRole("button", { name: "Dừng" }),
    resume: page.getByRole("button", { name: "Tải tiếp" }),
    refresh: page.getByRole("button", { name: "Làm mới" }),
    account: section("Số dư của bạn"),
    low: section("Số dư thấp"),
    threshold: page.getByRole("textbox", { name: "Ngưỡng số dư (₫)" }),
    expiring: section("Sắp hết hạn"),
    statuses: section("Theo trạng thái"),
    packages: section("Theo gói dịch vụ"),
  };
}

/** Lets the test decide what happens to the requests for one page of the list; the others are sent. */
async function interceptPage(page: Page, number: number, handle: (route: Route) => unknown) {
  await page.route(`**${listPath}?page=${number}&size=100`, handle);
}

test("each number is that of the server's list, and leads to the tenants that it counts", async ({
  page,
  request,
  sandbox,
}) => {
  const response = await request.post(`${sandboxUrl}${listPath}?page=1&size=10000`, {
    headers: { authorization: `Bearer ${await sandbox.token()}` },
    data: {},
  });
  const tenants: Listed[] = (await response.json()).payload.items;
  const now = Date.now();
  const isSoon = (days: number) => (date?: number) => date !== undefined && date > now && date <= now + days * day;
  const count = (matches: (tenant: Listed) => boolean) => tenants.filter(matches).length;

  await page.goto("/#/");
  const { updated, expiring, low, statuses, packages, threshold } = overview(page);
  await expect(updated).toBeVisible();

  const expectLink = async (label: string, number: number, search: string) => {
    const link = page.getByRole("link", { name: `${number.toLocaleString("vi-VN")} ${label}`, exact: true });
    if (number === 0) return expect(page.getByRole("link", { name: label })).toHaveCount(0);
    await expect(link).toHaveText(number.toLocaleString("vi-VN"));
    expect(await link.getAttribute("href")).toContain(`?${search}`);
  };
  for (const days of [30, 90]) {
    const within = `hết hạn trong ${days} ngày`;
    const byPackage = count((tenant) => isSoon(days)(tenant.service_package.expiry_date));
    await expectLink(`doanh nghiệp có gói dịch vụ ${within}`, byPackage, `expires=package&within=${days}`);
    const byDomain = count((tenant) => isSoon(days)(tenant.domain_expire));
    await expectLink(`doanh nghiệp có tên miền ${within}`, byDomain, `expires=domain&within=${days}`);
    const byNumber = count((tenant) => tenant.public_numbers.some(({ expire_date }) => isSoon(days)(expire_date)));
    await expectLink(`doanh nghiệp có đầu số ${within}`, byNumber, `expires=number&within=${days}`);
  }
  await expect(expiring.getByRole("row")).toHaveCount(4);

  const inUse = (status: string) => count((tenant) => tenant.enabled && tenant.status === status);
  const withStatus = (name: string) => `doanh nghiệp có trạng thái “${name}”`;
  await expectLink(withStatus("Đang hoạt động"), inUse("activated"), "status=activated");
  await expectLink(withStatus("Chờ kích hoạt"), inUse("not_activated"), "status=not_activated");
  await expectLink(
    withStatus("Ngừng hoạt động"),
    count(({ enabled }) => !enabled),
    "status=disabled",
  );
  await expect(statuses.getByRole("listitem")).toHaveCount(3);

  const names = new Map(
    tenants.map(({ service_package }) => [service_package.code_name, service_package.service_name]),
  );
  await expect(packages.getByRole("listitem")).toHaveCount(names.size);
  for (const [code, name] of names) {
    const number = count(({ service_package }) => service_package.code_name === code);
    await expectLink(`doanh nghiệp dùng gói ${name}`, number, `package=${code}`);
  }

  // Balances, with the threshold that is set at first and one that the user sets.
  const below = (amount: number) => count(({ balance }) => balance < amount);
  const underLimit = (amount: string) => `doanh nghiệp có số dư dưới ${amount}\u00a0₫`;
  await expectLink(underLimit("100.000"), below(100_000), "below=100000");
  await threshold.fill("5000000");
  await expect(threshold).toHaveValue("5.000.000");
  await expectLink(underLimit("5.000.000"), below(5_000_000), "below=5000000");
  await page.reload();
  await expect(threshold).toHaveValue("5.000.000");

  // With the keyboard, to the list and back.
  const active = count(({ enabled, status, balance }) => enabled && status === "activated" && balance < 5_000_000);
  const link = low.getByRole("link", { name: `${active} doanh nghiệp đang hoạt động có số dư dưới`, exact: false });
  await link.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\?status=activated&below=5000000#\/tenants$/);
  await page.goBack();
  await expect(link).toBeVisible();
});

test("loading can be stopped and continued, and a refresh keeps the numbers", async ({ page }) => {
  const { updated, progress, stop, resume, refresh, statuses, account } = overview(page);
  const counted = async () =>
    (await statuses.getByRole("link").allInnerTexts()).reduce((sum, number) => sum + Number(number), 0);
  let held: Route | undefined;
  await interceptPage(page, 2, (route) => (held = route));
  await page.goto("/#/");

  // Usable while it is loading.
  await expect(page.getByText("Đã tải 100 / 120 doanh nghiệp")).toBeVisible();
  await expect(progress).toHaveAttribute("aria-valuenow", /^83/);
  await expect.poll(counted).toBe(100);
  await expect(account).toContainText("250.000.000");

  await expect.poll(() => held).toBeDefined();
  await stop.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Các con số mới tính 100 / 120 doanh nghiệp.")).toBeVisible();
  await expect(progress).toBeHidden();
  expect(await counted()).toBe(100);
  // The same button continues, with what is missing only.
  await expect(resume).toBeFocused();
  await page.unroute(`**${listPath}?page=2&size=100`);
  const pages: (string | null)[] = [];
  page.on("request", (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (pathname.endsWith(listPath) && searchParams.get("size") === "100") pages.push(searchParams.get("page"));
  });
  await page.keyboard.press("Enter");
  await expect(updated).toBeVisible();
  expect(await counted()).toBe(120);
  expect(pages).toEqual(["2"]);

  const before = await updated.innerText();
  await interceptPage(page, 2, () => {});
  await refresh.click();
  await expect(page.getByText("Đã tải 100 / 120 doanh nghiệp")).toBeVisible();
  expect(await counted()).toBe(120);
  await stop.click();
  await expect(updated).toHaveText(before);
});

test("a failure in the middle keeps what is loaded, and can be retried", async ({ page }) => {
  const { updated, account, refresh, statuses } = overview(page);
  const refuse = (route: Route) => route.fulfill({ status: 403, body: "<html>" });
  await interceptPage(page, 2, refuse);
  await page.route("**/api/partner/me", refuse);
  await page.goto("/#/");

  const alert = page.getByRole("alert").filter({ hasText: "Chưa tải được hết danh sách doanh nghiệp" });
  await expect(alert).toContainText("Các con số mới tính 100 / 120 doanh nghiệp.");
  await expect(statuses.getByRole("link").first()).toBeVisible();
  await expect(account.getByRole("alert")).toContainText("Không tải được số dư của bạn");

  await page.unrouteAll();
  await account.getByRole("button", { name: "Thử lại" }).click();
  await expect(account).toContainText("250.000.000");
  await expect(alert).toBeVisible();
  await alert.getByRole("button", { name: "Thử lại" }).click();
  await expect(updated).toBeVisible();
  await expect(alert).toBeHidden();
  await expect(refresh).toBeFocused();

  // A refresh that fails keeps the numbers, and says from when they are.
  await interceptPage(page, 1, refuse);
  await refresh.click();
  await expect(page.getByRole("alert")).toContainText(/Không cập nhật được.*Các con số bên dưới được tính lúc/s);
  await expect(statuses.getByRole("link").first()).toBeVisible();
});

test("what the server's list leaves out is not counted as zero", async ({ page }) => {
  await page.route(`**${listPath}?*`, async (route) => {
    const response = await route.fetch();
    const body = await response.json();
    for (const tenant of body.payload.items) {
      delete tenant.domain_expire;
      delete tenant.public_numbers;
      Object.assign(tenant, { currency: "USD", balance: 50 });
    }
    await route.fulfill({ response, json: body });
  });
  await page.goto("/#/");
  const { expiring, low } = overview(page);
  for (const kind of ["Tên miền", "Đầu số"]) {
    await expect(expiring.getByRole("row", { name: kind }).getByRole("cell")).toHaveText(["–", "–"]);
  }
  await expect(expiring).toContainText("không có ngày hết hạn của: tên miền, đầu số");
  // 50 USD are not less than 100.000 ₫.
  await expect(low).toContainText("Số dư thấp0doanh nghiệp");
});

test("a partner without tenants is led to the first one", async ({ page }) => {
  await page.route("**/api/auth?*", (route) => {
    const url = new URL(route.request().url());
    url.searchParams.set("apiKey", "sandbox-empty-key");
    return route.continue({ url: url.href });
  });
  await page.goto("/#/");
  await expect(page.getByText("Chưa có doanh nghiệp nào")).toBeVisible();
  await expect(overview(page).account).toContainText(/^Số dư của bạn0\s₫/);
  await expect(overview(page).expiring).toBeHidden();
  await page.getByRole("button", { name: "Tạo doanh nghiệp đầu tiên" }).click();
  await expect(createForm(page).fields.fullName).toBeVisible();
});
