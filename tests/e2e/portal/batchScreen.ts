// Shared by the tests of the screen that creates many tenants.
import type { Page } from "@playwright/test";
import { expect, type Sandbox, sandboxUrl } from "./portal";

const add = "POST /api/partner/tenant/add";
export const header = ["Tên doanh nghiệp", "Chủ doanh nghiệp", "Email", "Số điện thoại", "Mật khẩu"];

export const emailOf = (number: number) => `lo${number}@saomai.example`;
export const rowOf = (number: number) => [
  `Công ty Sao Mai ${number}`,
  "Nguyễn Thị Lan",
  emailOf(number),
  `09012345${10 + number}`,
  "Saomai-2026",
];
export const rowsOf = (count: number) => Array.from({ length: count }, (_, index) => rowOf(index + 1));
const asText = (table: readonly (readonly string[])[]) => table.map((row) => row.join("\t")).join("\n");

/** The elements of the screen that creates many tenants. */
export function batchScreen(page: Page) {
  const preview = page.getByRole("table", { name: "Xem trước" });
  const rows = page.getByRole("table", { name: "Các dòng của đợt tạo" }).getByRole("row");
  return {
    preview,
    cell: (field: string, row: number) => preview.getByRole("textbox", { name: `${field}, dòng ${row}`, exact: true }),
    create: page.getByRole("button", { name: /^Tạo [\d.]+ doanh nghiệp$/ }),
    progress: page.getByRole("progressbar", { name: "Tiến độ tạo doanh nghiệp" }),
    /** The row of a tenant. */
    row: (number: number) => rows.filter({ hasText: emailOf(number) }),
    pause: page.getByRole("button", { name: "Tạm dừng" }),
    resume: page.getByRole("button", { name: /^Tiếp tục tạo/ }),
    async paste(table: readonly (readonly string[])[]) {
      await page.goto("/#/batches");
      await page.getByRole("textbox", { name: "Hoặc dán bảng vào đây" }).evaluate((field, text) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData("text/plain", text);
        field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
      }, asText(table));
    },
    async expectCreated(count: number, total = count) {
      await expect(page.getByText(`Đã tạo ${count} / ${total} doanh nghiệp`)).toBeVisible();
    },
  };
}

export async function addFault(page: Page, fault: object) {
  const response = await page.request.post(`${sandboxUrl}/sandbox/faults`, { data: { endpoint: add, ...fault } });
  expect(response.ok()).toBe(true);
}

/** How many requests to create a tenant the server got, and how many tenants have each of these addresses. */
export async function created(page: Page, sandbox: Sandbox, count: number) {
  const { requests } = await (await page.request.get(`${sandboxUrl}/sandbox/state`)).json();
  const list = await page.request.post(`${sandboxUrl}/api/partner/tenant/list?page=1&size=500`, {
    headers: { authorization: `Bearer ${await sandbox.token()}` },
    data: { keyword: "saomai.example" },
  });
  const emails: string[] = (await list.json()).payload.items.map(({ email }: { email: string }) => email);
  const expected = Array.from({ length: count }, (_, index) => emailOf(index + 1));
  return { requests: requests[add] ?? 0, each: expected.map((email) => emails.filter((e) => e === email).length) };
}

export const once = (count: number) => Array.from({ length: count }, () => 1);

/** The passwords in the journal. */
export const passwords = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<unknown[]>((resolve, reject) => {
        const opening = indexedDB.open("omicall-portal");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const reading = opening.result.transaction("rows").objectStore("rows").getAll();
          reading.onsuccess = () => resolve(reading.result.map(({ password }) => password));
        };
      }),
  );
