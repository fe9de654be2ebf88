// Shared by the portal's tests: the sandbox, and page objects with the Vietnamese labels.
import {
  type APIRequestContext,
  test as base,
  type BrowserContext,
  expect,
  type Locator,
  type Page,
  type Route,
} from "@playwright/test";
import { site } from "./sites";

export { expect };

export const { sandboxUrl } = site;
export const sandboxKey = "sandbox-partner-key";

export const updateBalance = "/api/partner/tenant/update_balance";
export const tenantInfo = "/api/partner/tenant/info";

export class Sandbox {
  constructor(private readonly http: APIRequestContext) {}

  async reset() {
    expect((await this.http.post(`${sandboxUrl}/sandbox/reset`)).ok()).toBe(true);
  }

  /** The number of top-up requests that have arrived, whatever their outcome. */
  async topUpRequests(): Promise<number> {
    const { requests } = await (await this.http.get(`${sandboxUrl}/sandbox/state`)).json();
    return requests[`POST ${updateBalance}`] ?? 0;
  }

  async tenantState(email: string): Promise<{ balance: number; service_balance: number; top_ups: unknown[] }> {
    return (await this.http.get(`${sandboxUrl}/sandbox/tenant`, { params: { email } })).json();
  }

  /** Sends a top-up without the portal. */
  async topUp(email: string, amount: number) {
    const headers = { authorization: `Bearer ${await this.token()}` };
    const response = await this.http.post(`${sandboxUrl}${updateBalance}`, {
      headers,
      data: { email, amount, description },
    });
    expect(await response.json()).toMatchObject({ status_code: 9999 });
  }

  /** Injects a fault into every request to an endpoint, until `clearFaults`, or into the next `count` ones. */
  async fault(endpoint: string, fault: object, count?: number) {
    const response = await this.http.post(`${sandboxUrl}/sandbox/faults`, { data: { endpoint, fault, count } });
    expect(response.ok()).toBe(true);
  }

  async clearFaults() {
    expect((await this.http.post(`${sandboxUrl}/sandbox/clear_faults`)).ok()).toBe(true);
  }

  async expireTokens() {
    expect((await this.http.post(`${sandboxUrl}/sandbox/expire_tokens`)).ok()).toBe(true);
  }

  async token(apiKey = sandboxKey): Promise<string> {
    const response = await this.http.get(`${sandboxUrl}/api/auth`, { params: { apiKey } });
    return (await response.json()).payload.access_token;
  }
}

/** Signs in to the sandbox: sets what the portal keeps for a reload, in every tab. */
export const signIn = (context: BrowserContext) =>
  context.addInitScript(() => {
    if (location.protocol.startsWith("http")) {
      sessionStorage.setItem("omicall-portal-session", '{"kind":"sandbox"}');
    }
  });

interface Fixtures {
  sandbox: Sandbox;
  /** Whether the portal is open with the sandbox, as after the first screen. Only the tests of that screen start without. */
  signedIn: boolean;
}

export const test = base.extend<Fixtures>({
  signedIn: [true, { option: true }],
  context: async ({ context, signedIn }, use) => {
    if (signedIn) await signIn(context);
    await use(context);
  },
  // Every test starts with the seeded tenants and no request counts.
  sandbox: [
    async ({ request }, use) => {
      const sandbox = new Sandbox(request);
      await sandbox.reset();
      await use(sandbox);
    },
    { auto: true },
  ],
});

export const description = "Nạp cước tháng 11 theo hợp đồng số 128/2026/HĐ-SM, đợt 1";

export const rows = (page: Page) => page.getByRole("table", { name: "Doanh nghiệp" }).getByRole("row");
/** How many tenants the list shows. */
export const count = (page: Page) => page.getByRole("status").filter({ hasText: /^[\d.]+( \/ [\d.]+)? doanh nghiệp$/ });
export const search = (page: Page) => page.getByRole("searchbox", { name: "Tìm theo tên hoặc email" });

/** Opens an active tenant from the list, and returns its name and e-mail address. */
export async function openTenant(page: Page): Promise<{ name: string; email: string }> {
  await page.goto("/#/tenants");
  const row = rows(page).filter({ hasText: "Đang hoạt động" }).first();
  const link = row.getByRole("link");
  const name = await link.innerText();
  const email = await row.getByRole("cell").nth(1).innerText();
  await link.click();
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
  return { name, email };
}

export async function balance(page: Page): Promise<number> {
  const text = await page.getByRole("group", { name: "Số dư ví cước gọi" }).innerText();
  return Number(text.replace(/\D/g, ""));
}

interface NewTenant {
  fullName: string;
  ownerName: string;
  email: string;
  password: string;
  phone: string;
}

export const hoaDao: NewTenant = {
  fullName: "Công ty TNHH Hoa Đào Tây Bắc",
  ownerName: "Nguyễn Thị Ánh Đào",
  email: "dao.nguyen@hoadao.example",
  password: "Hoa-dao-2026",
  phone: "0912345678",
};

export function createForm(page: Page) {
  const dialog = page.getByRole("dialog", { name: "Tạo doanh nghiệp" });
  const fields = {
    fullName: dialog.getByRole("textbox", { name: "Tên doanh nghiệp" }),
    ownerName: dialog.getByRole("textbox", { name: "Tên chủ doanh nghiệp" }),
    email: dialog.getByRole("textbox", { name: "Email" }),
    password: dialog.getByRole("textbox", { name: "Mật khẩu" }),
    phone: dialog.getByRole("textbox", { name: "Số điện thoại" }),
  };
  return {
    dialog,
    fields,
    open: () => page.getByRole("banner").getByRole("button", { name: "Tạo doanh nghiệp" }).click(),
    async fill(values: Partial<NewTenant>) {
      for (const name of Object.keys(fields) as (keyof NewTenant)[]) {
        const value = values[name];
        if (value !== undefined) await fields[name].fill(value);
      }
    },
    submit: () => dialog.getByRole("button", { name: "Tạo", exact: true }).click(),
  };
}

export function topUpForm(page: Page) {
  const dialog = page.getByRole("dialog", { name: "Nạp tiền" });
  const form = {
    dialog,
    amount: dialog.getByRole("textbox", { name: "Số tiền" }),
    description: dialog.getByRole("textbox", { name: "Nội dung" }),
    next: dialog.getByRole("button", { name: "Tiếp tục" }),
    confirm: dialog.getByRole("button", { name: /^Nạp [\d.]+\s₫$/ }),
    open: () => page.getByRole("button", { name: "Nạp tiền" }).click(),
    /** Opens the form, fills it in and continues to the confirmation. */
    async toConfirmation(amount: number, wallet = "Ví cước gọi") {
      await form.open();
      await form.amount.fill(String(amount));
      await dialog.getByRole("radio", { name: wallet }).check();
      await form.description.fill(description);
      await form.next.click();
    },
  };
  return form;
}

/** The first screen. */
export function signInForm(page: Page) {
  return {
    heading: page.getByRole("heading", { name: "OMICall Partner", level: 1 }),
    url: page.getByRole("textbox", { name: "Địa chỉ API" }),
    token: page.getByRole("textbox", { name: "Access token của đối tác" }),
    submit: page.getByRole("button", { name: "Đăng nhập" }),
    sandbox: page.getByRole("button", { name: "Dùng thử với sandbox" }),
    advanced: page.getByRole("button", { name: "Nâng cao" }),
    sandboxUrl: page.getByRole("textbox", { name: "Địa chỉ sandbox" }),
    key: page.getByRole("textbox", { name: "API key của sandbox" }),
  };
}

/** Opens the menu of the header and chooses one of its items. */
export async function chooseInMenu(page: Page, item: string) {
  await page.getByRole("button", { name: "Menu", exact: true }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

/** Signs out, and signs in to the sandbox again: with a new client, without a reload. Ends on the list of tenants. */
export async function signInAgain(page: Page) {
  await chooseInMenu(page, "Đăng xuất");
  await signInForm(page).sandbox.click();
  await page.getByRole("navigation").getByRole("link", { name: "Doanh nghiệp" }).click();
}

/** The elements of a tenant's page. */
export function tenantPage(page: Page) {
  return {
    topUp: page.getByRole("button", { name: "Nạp tiền" }),
    pending: page.getByRole("status").filter({ hasText: "Đang gửi lệnh nạp tiền" }),
    /** The panel of a top-up with an unknown outcome. */
    panel: page.getByRole("main").getByRole("alert").filter({ hasText: "Gửi lúc" }),
    check: page.getByRole("button", { name: "Kiểm tra ngay" }),
    resend: page.getByRole("button", { name: "Nạp lại" }),
    dismiss: page.getByRole("button", { name: "Tôi đã kiểm tra" }),
    toList: page.getByRole("link", { name: "Về danh sách doanh nghiệp" }),
  };
}

/** A notification, on any page of the portal. */
export const notification = (page: Page, text: string) =>
  page.getByRole("alert").filter({ hasText: text }).and(page.locator(".mantine-Notification-root"));

/** A pattern for an amount in Vietnamese format; the character before the currency sign is a non-breaking space. */
export const dong = (amount: number) => `${amount.toLocaleString("vi-VN").replaceAll(".", "\\.")}\\s₫`;

/** Intercepts a request for this path; the test decides later how it ends. */
export async function hold(page: Page, path: string): Promise<{ route: Promise<Route> }> {
  let arrived: (route: Route) => void;
  const route = new Promise<Route>((resolve) => {
    arrived = resolve;
  });
  await page.route(`**${path}`, (held) => arrived(held));
  return { route };
}

/** Checks the message of a field in its accessible description. */
export async function expectFieldMessage(field: Locator, message: string | RegExp) {
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(field).toHaveAccessibleDescription(message);
}

/** Records the top-up requests that the page sends from now on. */
export function watchTopUps(page: Page): string[] {
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/tenant/update_balance")) sent.push(request.method());
  });
  return sent;
}
