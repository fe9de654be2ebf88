import type { Page } from "@playwright/test";
import {
  dong,
  expect,
  expectFieldMessage,
  hold,
  notification,
  openTenant,
  sandboxUrl,
  tenantInfo,
  tenantPage,
  test,
} from "./portal";

const paths = {
  upgrade: "/api/partner/service_package/upgrade",
  extend: "/api/partner/service_package/extend",
  buy: "/api/partner/public_number/buy",
};
const titles = { upgrade: "Nâng cấp gói", extend: "Gia hạn gói", buy: "Mua đầu số" };
type Kind = keyof typeof paths;

const note = "Theo đơn hàng số 1042, khách hẹn qua điện thoại";

/** The dialog of a purchase. */
function purchaseForm(page: Page, kind: Kind) {
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
async function purchases(page: Page, email: string): Promise<unknown[]> {
  const response = await page.request.get(`${sandboxUrl}/sandbox/tenant`, { params: { email } });
  return (await response.json()).purchases;
}

const fact = (page: Page, term: string) => page.locator("dt", { hasText: new RegExp(`^${term}$`) }).locator("+ dd");

test("a package is upgraded after its quote is confirmed", async ({ page }) => {
  const { name, email } = await openTenant(page);
  const form = purchaseForm(page, "upgrade");
  await form.button.click();
  await expect(form.quote).toContainText(/Số dư của đại lý\s*250\.000\.000\s₫/);
  await form.offer("OMI Business").click();
  await expect(form.quote).toContainText(/5\.800\.000\s₫/);
  await expect(form.quote).toContainText("Hoặc 226,563");
  await form.dialog.getByRole("button", { name: "12 tháng" }).click();
  await expect(form.months).toHaveValue("12");
  await expect(form.quote).toContainText(/10\.600\.000\s₫/);
  await form.note.fill(note);
  await form.next.click();
  for (const text of [name, email, "OMI Business", "12 tháng", note]) {
    await expect(form.confirmation).toContainText(text);
  }
  await expect(form.confirmation).toContainText(new RegExp(dong(10_600_000)));
  await form.confirm.click();
  const message = notification(page, "Đã nâng cấp gói");
  await expect(message).toContainText(new RegExp(`${dong(250_000_000)} → ${dong(239_400_000)}`));
  await expect(form.dialog).toBeHidden();
  await expect(fact(page, "Tên gói")).toHaveText("OMI Business");
  expect(await purchases(page, email)).toMatchObject([{ months: 12, price: 10_600_000, note }]);
});
