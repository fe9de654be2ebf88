// Shared by the tests of purchases.
import type { Page } from "@playwright/test";
import { expect, rows, sandboxUrl } from "./portal";

export const paths = {
  upgrade: "/api/partner/service_package/upgrade",
  extend: "/api/partner/service_package/extend",
  buy: "/api/partner/public_number/buy",
};
export const titles = { upgrade: "Nâng cấp gói", extend: "Gia hạn gói", buy: "Mua đầu số" };
export type Kind = keyof typeof paths;

export const note = "Theo đơn hàng số 1042, khách hẹn qua điện thoại";

/** The dialog of a purchase. */
export function purchaseForm(page: Page, kind: Kind) {
  const title = titles[kind];
  const dialog = page.getByRole("dialog", { name: title });
  const form = {
    dialog,
    button: page.getByRole("main").getByRole("button", { name: title }),
    offer: (name: string) => dialog.getByRole("radio", { name }),
    months: dialog.getByRole("textbox", { name: "Số tháng" }),
    note: dialog.getByRole("textbox", { name: "Ghi chú" }),
    quote: dialog.getByRole("group", { name: "Báo giá" }),
    next: dialog.getByRole("button", { name: "Tiếp tục" }),
    edit: dialog.getByRole("button", { name: "Sửa lại" }),
    confirmation: dialog.getByRole("group", { name: /^Xác nhận/ }),
    confirm: dialog.getByRole("group", { name: /^Xác nhận/ }).getByRole("button", { name: title }),
    /** Opens the form, fills it in and continues to the confirmation. */
    async toConfirmation(months = "6", offer = kind === "upgrade" ? "OMI Pro" : undefined) {
      await form.button.click();
      if (offer) await form.offer(offer).click();
      else if (kind === "buy") await dialog.getByRole("radio").first().click();
      await form.months.fill(months);
      await form.note.fill(note);
      await form.next.click();
    },
  };
  return form;
}

/** The purchases in the sandbox's books. */
export async function purchases(page: Page, email: string): Promise<unknown[]> {
  const response = await page.request.get(`${sandboxUrl}/sandbox/tenant`, { params: { email } });
  return (await response.json()).purchases;
}

/** How many purchases of this kind have arrived, whatever their outcome. */
export async function requests(page: Page, path: string): Promise<number> {
  const { requests } = await (await page.request.get(`${sandboxUrl}/sandbox/state`)).json();
  return requests[`POST ${path}`] ?? 0;
}

/** Opens a tenant whose package has a list price. */
export async function openTenantWithPackage(page: Page): Promise<{ email: string }> {
  await page.goto("/#/tenants");
  const row = rows(page).filter({ hasText: "Đang hoạt động" }).filter({ hasText: "OMI" }).first();
  const email = await row.getByRole("cell").nth(1).innerText();
  await row.getByRole("link").click();
  await expect(page.getByText(email)).toBeVisible();
  return { email };
}

export const fact = (page: Page, term: string) =>
  page.locator("dt", { hasText: new RegExp(`^${term}$`) }).locator("+ dd");
