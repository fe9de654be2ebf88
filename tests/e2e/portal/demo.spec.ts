// The demo: the portal with the sandbox in its page, as static files below a path.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, type Page, test as base } from "@playwright/test";
import sirv from "sirv";
import { balance, chooseInMenu, createForm, hoaDao, rows, search, signInForm, topUpForm } from "./portal";

const PATH = "/any/path/";
const { DEMO_DIR = "" } = process.env;

const test = base.extend<object, { site: string }>({
  site: [
    async ({}, use) => {
      const files = sirv(DEMO_DIR);
      const server: Server = createServer((request, response) => {
        const notFound = () => void response.writeHead(404).end();
        if (!request.url?.startsWith(PATH)) return notFound();
        request.url = request.url.slice(PATH.length - 1);
        files(request, response, notFound);
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}${PATH}`);
      server.close();
    },
    { scope: "worker" },
  ],
});

/** Collects what must not happen: requests to other addresses than the site's files, failed ones, and errors. */
function watch(page: Page, site: string): string[] {
  const problems: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(site) && !request.url().startsWith("data:")) problems.push(request.url());
  });
  page.on("response", (response) => {
    if (response.status() >= 400) problems.push(`${response.status()} ${response.url()}`);
  });
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(error.message));
  return problems;
}

async function openTenants(page: Page, site: string) {
  await page.goto(`${site}#/tenants`);
  await signInForm(page).sandbox.click();
}

// Each loads the portal several times, with the WebAssembly of the sandbox.
test.describe.configure({ timeout: 120_000 });

test("works without any server, and keeps its books over a reload and for all tabs", async ({
  page,
  context,
  site,
}) => {
  const problems = watch(page, site);
  await openTenants(page, site);
  await expect(page.getByRole("status", { name: "Môi trường: Sandbox trong trang" })).toBeVisible();
  const form = createForm(page);
  await form.open();
  await form.fill(hoaDao);
  await form.submit();
  await expect(form.dialog.getByText("Tài khoản đã hoạt động.")).toBeVisible({ timeout: 20_000 });
  await form.dialog.getByRole("link", { name: "Xem doanh nghiệp" }).click();
  const topUp = topUpForm(page);
  await topUp.toConfirmation(1_250_000);
  await topUp.confirm.click();
  await expect(page.getByRole("alert").filter({ hasText: "Đã nạp tiền" })).toBeVisible();

  await page.reload();
  await expect.poll(() => balance(page)).toBe(1_250_000);

  const other = await context.newPage();
  const otherProblems = watch(other, site);
  await openTenants(other, site);
  await search(other).fill("hoa dao tay bac");
  await expect(rows(other)).toHaveCount(2);
  await rows(other).nth(1).getByRole("link", { name: hoaDao.fullName }).click();
  const again = topUpForm(other);
  await again.toConfirmation(50_000);
  await again.confirm.click();
  await expect.poll(() => balance(other)).toBe(1_300_000);

  // The first tab goes on from what the other one has saved.
  const third = topUpForm(page);
  await third.toConfirmation(20_000);
  await third.confirm.click();
  await expect.poll(() => balance(page)).toBe(1_320_000);
  expect([...problems, ...otherProblems]).toEqual([]);
});

test("restores the sample data", async ({ page, site }) => {
  await openTenants(page, site);
  const form = createForm(page);
  await form.open();
  await form.fill(hoaDao);
  await form.submit();
  await form.dialog.getByRole("link", { name: "Xem doanh nghiệp" }).click();
  await expect(page.getByRole("heading", { name: hoaDao.fullName, level: 1 })).toBeVisible();
  await page.goto(`${site}#/tenants`);
  await expect(rows(page).nth(1)).toContainText(hoaDao.fullName);
  await chooseInMenu(page, "Khôi phục dữ liệu mẫu");
  await expect(rows(page).nth(1)).not.toContainText(hoaDao.fullName);
  await page.reload();
  await expect(rows(page).nth(1)).not.toContainText(hoaDao.fullName);
});
