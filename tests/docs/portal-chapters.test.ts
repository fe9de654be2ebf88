// Runs in Chromium what the guides show for portals: all tenants at once, a token that is entered again, a journal in the browser.
import type { Browser, Page } from "@playwright/test";
import { connect } from "omicall-partner";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { launch, pageOf, project, serve, viteBuild } from "./browser";
import { fileOf } from "./documents";
import { expireTokens, reset, SANDBOX, tenantState, token, withSandboxUrl } from "./sandbox";

const react = "docs/guides/react-tanstack-query.md";
const topUps = "docs/guides/safe-top-ups.md";
const updateBalance = "**/api/partner/tenant/update_balance";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());
beforeEach(reset);

/** The e-mail address of an active tenant. */
async function activeTenant(): Promise<string> {
  const omi = await connect({ baseUrl: SANDBOX, token });
  const email = (await omi.tenants.list()).items.find(({ status }) => status === "activated")?.email;
  if (!email) throw new Error("There is no active tenant.");
  return email;
}

test("the React guide: a walk that is stopped, and a token that is entered again", async () => {
  const email = await activeTenant();
  const before = (await tenantState(email)).top_ups.length;
  const omi = withSandboxUrl(fileOf(react, "src/omi.ts").code);
  const asking = omi.replace("connect({ baseUrl, token })", "connect({ baseUrl, token: enteredToken })");
  expect(asking).not.toBe(omi);
  const dir = project("react-chapters", react, {
    "index.html": pageOf("/src/main.tsx"),
    "src/omi.ts": `import { enteredToken } from "./TokenDialog";\n${asking.replace("async function token", "export async function token")}`,
    "src/App.tsx":
      'import { AllTenants } from "./AllTenants"; import { TokenDialog } from "./TokenDialog"; import { TopUp } from "./TopUp";' +
      `export const App = () => <><AllTenants /><TopUp email="${email}" /><TokenDialog /></>;`,
  });
  await serve({ "/": await viteBuild(dir) }, {}, async ({ url }) => {
    const page = await browser.newPage();
    const enterToken = async () => {
      await page.getByLabel("Access token").fill(await token());
      await page.getByRole("button", { name: "Continue" }).click();
      await page.getByRole("dialog").waitFor({ state: "hidden" });
    };
    // The second page of the list does not arrive.
    await page.route("**/tenant/list?page=2&*", () => {});
    await page.goto(url);
    await enterToken();
    await page.getByText(/^100 of 120 tenants, /).waitFor();
    await page.getByRole("button", { name: "Stop" }).click();
    await page.getByRole("button", { name: "Load all" }).waitFor();
    expect(await page.getByRole("status").first().innerText()).toMatch(/^100 of 120 tenants, /);
    await page.unrouteAll();
    await page.getByRole("button", { name: "Load all" }).click();
    await page.getByText(/^120 of 120 tenants, /).waitFor();

    await expireTokens();
    await page.getByLabel("Amount").fill("700000");
    await page.getByRole("button", { name: "Top up" }).click();
    await enterToken();
    await page.getByText("Confirmed. Outcome by the balance: applied").waitFor();
    expect(await page.getByLabel("Amount").inputValue()).toBe("700000");
    expect((await tenantState(email)).top_ups).toHaveLength(before + 1);
    await page.close();
  });
});

test("the journal in the browser: one open payment per tenant in all tabs, unknown when its page is gone", async () => {
  const email = await activeTenant();
  const order = { email, amount: 500_000, description: "First top-up, as agreed with the owner on the phone today." };
  const dir = project("journal", topUps, {
    "index.html": pageOf("/main.ts"),
    "main.ts":
      'import { connect } from "omicall-partner"; import * as journal from "./journal";' +
      `const omi = connect({ baseUrl: "${SANDBOX}", token: () => fetch("/omi-token").then((response) => response.text()) });` +
      "const send = (order) => omi.then((omi) => journal.sendRecorded(omi, order, 0)).catch(String);" +
      "Object.assign(window, { journal, send });",
  });
  await serve({ "/": await viteBuild(dir) }, {}, async ({ url }) => {
    const context = await browser.newContext();
    await context.route("**/omi-token", async (route) => route.fulfill({ body: await token() }));
    const openPage = async () => {
      const page = await context.newPage();
      await page.goto(url);
      await page.waitForFunction(() => "journal" in window);
      return page;
    };
    const run = (page: Page, code: string) => page.evaluate<unknown>(code.replace("order", JSON.stringify(order)));
    const first = await openPage();
    const second = await openPage();
    /** Sends a payment whose response does not arrive. */
    const sendFrom = async (page: Page) => {
      await page.route(updateBalance, () => {});
      await Promise.all([page.waitForRequest(updateBalance), run(page, "void send(order)")]);
    };
    await sendFrom(first);
    expect(await run(second, "send(order)")).toBe("Error: An earlier payment for this tenant is not settled.");
    expect(await run(second, "journal.unknownPayments()")).toEqual([]);
    await first.close();
    await expect.poll(() => run(second, "journal.unknownPayments()")).toMatchObject([{ order, result: "open" }]);
    await run(second, "journal.unknownPayments().then(([{ id }]) => journal.settle(id, 'closed'))");
    expect(await run(second, "journal.unknownPayments()")).toEqual([]);
    await sendFrom(second);
    await context.close();
  });
});
