// Opens every screen in both languages and both colour schemes: axe finds nothing, nothing is cut off or wider than the
// screen, and a screenshot is kept in tests/e2e/results/screens.
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { batchScreen, header, rowOf } from "./batchScreen";
import {
  createForm,
  expect,
  hoaDao,
  openTenant,
  type Sandbox,
  tenantPage,
  test,
  topUpForm,
  updateBalance,
} from "./portal";

const widths = [360, 1280];
const height = 800;

type Open = (page: Page, sandbox: Sandbox) => Promise<void>;

const visit =
  (path: string): Open =>
  async (page) => {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByRole("progressbar")).toBeHidden();
  };

const openPreview: Open = async (page) => {
  const { paste, preview } = batchScreen(page);
  const [first, second] = [rowOf(1), rowOf(2)];
  await paste([
    header,
    first,
    second
      .with(1, "")
      .with(2, first[2] ?? "")
      .with(3, "12")
      .with(4, "ngan"),
  ]);
  await expect(preview).toBeVisible();
};

const openPurchase =
  (title: string): Open =>
  async (page) => {
    await openTenant(page);
    await page.getByRole("main").getByRole("button", { name: title }).click();
    await expect(page.getByRole("dialog", { name: title }).getByRole("group", { name: "Báo giá" })).toBeVisible();
  };

const loseTopUp: Open = async (page, sandbox) => {
  const { email } = await openTenant(page);
  await sandbox.fault(`POST ${updateBalance}`, { kind: "status", status: 502 });
  const form = topUpForm(page);
  await form.toConfirmation(500_000);
  await form.confirm.click();
  await expect(tenantPage(page).panel).toBeVisible();
  expect(email).toContain("@");
};

const screens: Readonly<Record<string, Open>> = {
  overview: visit("/#/"),
  tenants: visit("/#/tenants"),
  "tenants-filtered": visit("/?status=activated&below=5000000#/tenants"),
  "tenants-none": visit("/?q=xyz#/tenants"),
  tenant: async (page) => void (await openTenant(page)),
  create: async (page) => {
    await page.goto("/#/tenants");
    const form = createForm(page);
    await form.open();
    await form.fill({ ...hoaDao, password: "ngan", phone: "1" });
    await form.submit();
    await expect(form.fields.password).toHaveAttribute("aria-invalid", "true");
  },
  created: async (page) => {
    await page.goto("/#/tenants");
    const form = createForm(page);
    await form.open();
    await form.fill(hoaDao);
    await form.submit();
    await expect(form.dialog.getByRole("link", { name: "Xem doanh nghiệp" })).toBeVisible();
  },
  "top-up": async (page) => {
    await openTenant(page);
    const form = topUpForm(page);
    await form.open();
    await form.amount.fill("500000");
    await form.next.click();
    await expect(form.description).toHaveAttribute("aria-invalid", "true");
  },
  "top-up-confirmation": async (page) => {
    await openTenant(page);
    const form = topUpForm(page);
    await form.toConfirmation(500_000);
    await expect(form.confirm).toBeEnabled();
  },
  "top-up-unknown": loseTopUp,
  upgrade: openPurchase("Nâng cấp gói"),
  extend: openPurchase("Gia hạn gói"),
  "buy-number": openPurchase("Mua đầu số"),
  batches: visit("/#/batches"),
  "batch-preview": openPreview,
  batch: async (page, sandbox) => {
    const { paste, create, row } = batchScreen(page);
    // In this order: unknown, refused, created.
    await sandbox.fault("POST /api/partner/tenant/add", { kind: "status", status: 502 }, 1);
    await paste([header, rowOf(1), rowOf(2).with(2, "create-tenant-error@saomai.example"), rowOf(3)]);
    await create.click();
    await expect(row(3)).toContainText("Đã tạo");
    await expect(page.getByRole("status").filter({ hasText: "Cần xem lại" })).toBeVisible();
  },
  "history-empty": visit("/#/history"),
  history: async (page, sandbox) => {
    await loseTopUp(page, sandbox);
    await visit("/#/history")(page, sandbox);
  },
  palette: async (page) => {
    await page.goto("/#/tenants");
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("dialog")).toBeVisible();
  },
  shortcuts: async (page) => {
    await page.goto("/#/tenants");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await page.keyboard.press("Shift+?");
    await expect(page.getByRole("dialog")).toBeVisible();
  },
  "list-failed": async (page, sandbox) => {
    await sandbox.fault("POST /api/partner/tenant/list", { kind: "unknown_code", code: "quota_exceeded" });
    await page.goto("/#/tenants");
    await expect(page.getByRole("alert")).toBeVisible();
  },
};

for (const [name, open] of Object.entries(screens)) {
  test(`${name} can be used by everybody, in both languages`, async ({ page, sandbox }) => {
    await page.setViewportSize({ width: 1280, height });
    await open(page, sandbox);
    await check(page, name);
  });
}

test.describe("signed out", () => {
  test.use({ signedIn: false });

  test("the first screen can be used by everybody, in both languages", async ({ page }) => {
    await page.goto("/");
    await check(page, "sign-in");
  });
});

async function check(page: Page, name: string) {
  for (const language of ["vi", "en"]) {
    // A dialog may cover the switch.
    await page.locator(`input[type=radio][value=${language}]`).first().dispatchEvent("click");
    await expect(page.locator(`html[lang=${language}]`)).toBeAttached();
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await expect(page.locator(`html[data-mantine-color-scheme=${colorScheme}]`)).toBeAttached();
      for (const width of widths) {
        await page.setViewportSize({ width, height });
        await expectNoOverflow(page, `${language}, ${width} px`);
        // What axe looks at is the same in both languages.
        if (language === "vi" && width === 1280) expect(await axeFindings(page)).toEqual([]);
        await page.screenshot({ path: `tests/e2e/results/screens/${name}-${language}-${colorScheme}-${width}.png` });
      }
    }
  }
  await page.setViewportSize({ width: 1920, height });
  await expectNoOverflow(page, "1920 px");
  await page.screenshot({ path: `tests/e2e/results/screens/${name}-en-dark-1920.png` });
}

async function axeFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, any }) => `${id}: ${html} ${any[0]?.message}`));
}

/** A chart follows the width of the screen in its next frame. */
const expectNoOverflow = (page: Page, message: string) =>
  expect.poll(() => page.evaluate(findOverflow), { message }).toEqual([]);

/** In the page: the texts that are cut off without an ellipsis, or that are outside the screen. */
function findOverflow(): string[] {
  const found: string[] = [];
  const root = document.scrollingElement;
  if (root && root.scrollWidth > innerWidth) found.push(`the page is ${root.scrollWidth} px wide`);
  for (const element of document.body.querySelectorAll<HTMLElement>("*")) {
    const text = [...element.childNodes]
      .filter((node) => node.nodeType === Node.TEXT_NODE)
      .map((node) => node.textContent);
    if (!text.join("").trim() || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
      continue;
    const { overflowX, textOverflow } = getComputedStyle(element);
    // What only screen readers get is one pixel wide.
    if (element.clientWidth > 1 && overflowX !== "visible" && textOverflow !== "ellipsis") {
      if (element.scrollWidth > element.clientWidth + 1) found.push(`cut off: ${element.textContent}`);
    }
    let scroller: HTMLElement | null = element;
    while (scroller && !/auto|scroll/.test(getComputedStyle(scroller).overflowX)) scroller = scroller.parentElement;
    const { left, right, width } = element.getBoundingClientRect();
    if (!scroller && width > 1 && (right > innerWidth + 1 || left < -1)) found.push(`outside: ${element.textContent}`);
  }
  return found;
}
