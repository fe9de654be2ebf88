// Creates many tenants from a table: the table and its faults, and a run that loses nothing and sends nothing twice.
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import writeExcelFile from "write-excel-file/node";
import { chooseInMenu, expect, sandboxUrl, type Sandbox, signInForm, test } from "./portal";

const add = "POST /api/partner/tenant/add";
const header = ["Tên doanh nghiệp", "Chủ doanh nghiệp", "Email", "Số điện thoại", "Mật khẩu"];

const emailOf = (number: number) => `lo${number}@saomai.example`;
const rowOf = (number: number) => [
  `Công ty Sao Mai ${number}`,
  "Nguyễn Thị Lan",
  emailOf(number),
  `09012345${10 + number}`,
  "Saomai-2026",
];
const rowsOf = (count: number) => Array.from({ length: count }, (_, index) => rowOf(index + 1));
const asText = (table: readonly (readonly string[])[]) => table.map((row) => row.join("\t")).join("\n");

/** The elements of the screen. */
function batchScreen(page: Page) {
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

async function addFault(page: Page, fault: object) {
  const response = await page.request.post(`${sandboxUrl}/sandbox/faults`, { data: { endpoint: add, ...fault } });
  expect(response.ok()).toBe(true);
}

/** How many requests to create a tenant the server got, and how many tenants have each of these addresses. */
async function created(page: Page, sandbox: Sandbox, count: number) {
  const { requests } = await (await page.request.get(`${sandboxUrl}/sandbox/state`)).json();
  const list = await page.request.post(`${sandboxUrl}/api/partner/tenant/list?page=1&size=500`, {
    headers: { authorization: `Bearer ${await sandbox.token()}` },
    data: { keyword: "saomai.example" },
  });
  const emails: string[] = (await list.json()).payload.items.map(({ email }: { email: string }) => email);
  const expected = Array.from({ length: count }, (_, index) => emailOf(index + 1));
  return { requests: requests[add] ?? 0, each: expected.map((email) => emails.filter((e) => e === email).length) };
}

const once = (count: number) => Array.from({ length: count }, () => 1);

test("a pasted table becomes tenants; passwords of the table are deleted, generated ones are kept", async ({
  page,
  sandbox,
}) => {
  const { paste, create, expectCreated, row } = batchScreen(page);
  const [first = [], second = []] = rowsOf(2);
  await paste([header, first, second.with(4, "")]);
  await expect(page.getByText("Sẽ tự động tạo mật khẩu cho 1 dòng")).toBeVisible();
  await create.click();
  await expectCreated(2);
  await expect(page.getByText("Hoàn tất")).toBeVisible();
  expect(await created(page, sandbox, 2)).toEqual({ requests: 2, each: once(2) });
  expect(await passwords(page)).toEqual([null, expect.stringMatching(/^\S{12,}$/)]);

  await row(1).getByRole("link", { name: "Xem Công ty Sao Mai 1" }).click();
  await expect(page.getByRole("heading", { name: "Công ty Sao Mai 1", level: 1 })).toBeVisible();

  // Removing the batch removes its passwords.
  await page.goBack();
  await page.getByRole("button", { name: "Xóa đợt tạo" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Xóa", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Tạo hàng loạt", level: 1 })).toBeVisible();
  expect(await passwords(page)).toEqual([]);
});

/** The passwords in the journal. */
const passwords = (page: Page) =>
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

test("an XLSX file without headers is understood, and a phone number gets its zero back", async ({ page, sandbox }) => {
  const { cell, create, expectCreated } = batchScreen(page);
  const [first = [], second = []] = rowsOf(2);
  const table = [
    [first[2], 901234511, first[0], first[1]],
    [second[2], second[3], second[0], second[1]],
  ];
  const buffer = await writeExcelFile(table).toBuffer();
  await page.goto("/#/batches");
  await page.getByLabel("Tệp CSV hoặc XLSX").setInputFiles({
    name: "Khách hàng.xlsx",
    mimeType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    buffer,
  });
  await expect(cell("Tên doanh nghiệp", 1)).toHaveValue("Công ty Sao Mai 1");
  await expect(cell("Tên chủ doanh nghiệp", 1)).toHaveValue("Nguyễn Thị Lan");
  await expect(cell("Số điện thoại", 1)).toHaveAccessibleDescription("Số điện thoại thiếu số 0 ở đầu.");
  await expect(create).toBeDisabled();
  await page.getByRole("button", { name: "Thêm số 0 vào các số này" }).click();
  await expect(cell("Số điện thoại", 1)).toHaveValue("0901234511");
  await expect(cell("Số điện thoại", 2)).toHaveValue("0901234512");
  await create.click();
  await expect(page.getByRole("heading", { name: "Khách hàng", level: 1 })).toBeVisible();
  await expectCreated(2);
  expect(await created(page, sandbox, 2)).toEqual({ requests: 2, each: once(2) });
});

test("the result file has generated passwords only if the user wants them", async ({ page }) => {
  const { paste, create, expectCreated } = batchScreen(page);
  const [first = [], second = []] = rowsOf(2);
  await paste([header, first, second.with(4, "")]);
  await create.click();
  await expectCreated(2);
  const generated = String((await passwords(page)).at(1));
  await page.getByRole("button", { name: "Tệp kết quả" }).click();
  const save = async () => {
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page
        .getByRole("button", { name: "Xuất tệp" })
        .click()
        .then(() => page.getByRole("menuitem", { name: "CSV" }).click()),
    ]);
    return readFile(await file.path(), "utf8");
  };
  const text = await save();
  expect(text).toContain(`${emailOf(2)},0901234512,Có,Đã tạo,`);
  expect(text).not.toContain(generated);
  await page.getByRole("checkbox", { name: "Kèm mật khẩu tự động tạo" }).check();
  expect(await save()).toContain(generated);
});

test("faults are marked in their cells and corrected there", async ({ page }) => {
  const { paste, cell, create, preview, expectCreated } = batchScreen(page);
  const [first = [], second = [], third = []] = rowsOf(3);
  await paste([
    header,
    first.with(2, "lan@"),
    second.with(4, "yeu"),
    third.with(2, emailOf(2).toUpperCase()),
    rowOf(4),
  ]);
  await expect(page.getByText("3 dòng có lỗi")).toBeVisible();
  await expect(cell("Email", 2)).toHaveAccessibleDescription(/Email không hợp lệ/);
  await expect(cell("Mật khẩu", 3)).toHaveAccessibleDescription(/ít nhất 8 ký tự/);
  await expect(cell("Email", 3)).toHaveAccessibleDescription("Email này cũng có ở dòng 4.");
  await expect(cell("Email", 4)).toHaveAccessibleDescription("Email này cũng có ở dòng 3.");
  await expect(cell("Email", 5)).toHaveAttribute("aria-invalid", "false");
  await expect(create).toBeDisabled();

  await page.getByRole("switch", { name: "Chỉ hiện dòng có lỗi" }).check();
  await expect(preview.getByRole("row")).toHaveCount(4);
  await cell("Email", 2).fill(emailOf(1));
  await expect(cell("Email", 2)).toHaveAttribute("aria-invalid", "false");
  await cell("Mật khẩu", 3).fill("Saomai-2026");
  await page.getByRole("button", { name: "Xóa dòng 4" }).click();
  await expect(page.getByText("Không có lỗi")).toBeVisible();
  await create.click();
  await expectCreated(3);
});

test("the columns can be chosen", async ({ page }) => {
  const { cell, create } = batchScreen(page);
  await page.goto("/#/batches");
  await page.getByRole("textbox", { name: "Hoặc dán bảng vào đây" }).fill(`A,B,C\nSao Mai,Lan,${emailOf(1)}`);
  await page.getByRole("button", { name: "Dùng bảng này" }).click();
  await expect(cell("Email", 2)).toHaveValue(emailOf(1));
  await expect(create).toBeDisabled();
  for (const [field, column] of [
    ["Tên doanh nghiệp", "A"],
    ["Tên chủ doanh nghiệp", "B"],
  ] as const) {
    await page.getByRole("combobox", { name: field, exact: true }).click();
    await page.getByRole("option", { name: column, exact: true }).click();
  }
  await expect(cell("Tên doanh nghiệp", 2)).toHaveValue("Sao Mai");
  await expect(cell("Tên chủ doanh nghiệp", 2)).toHaveValue("Lan");
  await cell("Số điện thoại", 2).fill("0901234567");
  await expect(create).toBeEnabled();
});

test("a row that the server refuses is edited and retried", async ({ page, sandbox }) => {
  const { paste, create, row, expectCreated } = batchScreen(page);
  await paste([header, ...rowsOf(2)]);
  await create.click();
  await expectCreated(2);
  // The same table again: the server has these addresses.
  await paste([header, ...rowsOf(2)]);
  await create.click();
  await expect(page.getByText("2 dòng bị từ chối", { exact: true })).toBeVisible();
  await expect(row(2)).toContainText("Đã có doanh nghiệp dùng email này");
  await row(2).getByRole("button", { name: "Sửa dòng 3" }).click();
  const dialog = page.getByRole("dialog", { name: "Sửa và thử lại" });
  await dialog.getByRole("textbox", { name: "Email" }).fill(emailOf(3));
  await dialog.getByRole("button", { name: "Lưu và thử lại" }).click();
  await expectCreated(1, 2);
  await expect(row(3)).toContainText("Đã tạo");
  expect(await created(page, sandbox, 3)).toEqual({ requests: 5, each: once(3) });
});

test("a tenant that existed before is not taken for the one of a row", async ({ page }) => {
  const { paste, create, row, expectCreated } = batchScreen(page);
  await paste([header, ...rowsOf(1)]);
  await create.click();
  await expectCreated(1);
  await addFault(page, { count: 1, fault: { kind: "status", status: 503 } });
  await paste([header, rowOf(1).with(0, "Công ty Sao Hôm")]);
  await create.click();
  await expect(row(1)).toContainText("đã được một doanh nghiệp có tên khác sử dụng");
  await expect(row(1).getByRole("link", { name: "Xem" })).toBeVisible();
});

test("after a lost response the server is asked: the tenant is created once", async ({ page, sandbox }) => {
  const { paste, create, expectCreated } = batchScreen(page);
  await addFault(page, { count: 2, effect: true, fault: { kind: "cut_body" } });
  await paste([header, ...rowsOf(5)]);
  await create.click();
  await expectCreated(5);
  expect(await created(page, sandbox, 5)).toEqual({ requests: 5, each: once(5) });
});

test("a row whose tenant is not found is sent again only when the user decides that", async ({ page, sandbox }) => {
  const { paste, create, row, expectCreated } = batchScreen(page);
  await addFault(page, { count: 1, fault: { kind: "status", status: 503 } });
  await paste([header, ...rowsOf(1)]);
  await create.click();
  await expect(row(1)).toContainText("có thể vẫn đang xử lý");
  await page.reload();
  await page.getByRole("button", { name: "Kiểm tra 1 dòng chưa rõ" }).click();
  await expect(page.getByText("Cần xem lại")).toBeVisible();
  expect((await created(page, sandbox, 1)).requests).toBe(1);

  // Nor does another batch send it.
  const address = page.url();
  await paste([header, ...rowsOf(1)]);
  await create.click();
  await expect(row(1)).toContainText("Một yêu cầu khác với email này chưa rõ kết quả");
  expect((await created(page, sandbox, 1)).requests).toBe(1);

  await page.goto(address);
  await row(1).getByRole("button", { name: "Gửi lại dòng 2" }).click();
  const dialog = page.getByRole("dialog", { name: "Gửi lại yêu cầu tạo?" });
  await expect(dialog).toContainText(emailOf(1));
  await dialog.getByRole("button", { name: "Gửi lại" }).click();
  await expectCreated(1);
  expect(await created(page, sandbox, 1)).toEqual({ requests: 2, each: once(1) });
});

test("a reload in the middle loses nothing, and the rest is created once", async ({ page, sandbox }) => {
  const { paste, create, resume, row, expectCreated } = batchScreen(page);
  page.on("dialog", (dialog) => dialog.accept());
  await paste([header, ...rowsOf(8)]);
  // The server creates the first three, and responds too late.
  await addFault(page, { count: 3, effect: true, fault: { kind: "hang" } });
  await create.click();
  await expect.poll(async () => (await created(page, sandbox, 3)).each).toEqual(once(3));
  await page.reload();
  await expect(row(1)).toContainText("Chưa rõ");
  await expect(page.getByText("Bị gián đoạn")).toBeVisible();
  await resume.click();
  await expectCreated(8);
  expect(await created(page, sandbox, 8)).toEqual({ requests: 8, each: once(8) });
});

test("another tab shows the progress and runs nothing, until the first one is closed", async ({
  page,
  context,
  sandbox,
}) => {
  const first = batchScreen(page);
  await first.paste([header, ...rowsOf(6)]);
  await addFault(page, { count: 3, effect: true, fault: { kind: "hang" } });
  await first.create.click();
  await expect.poll(async () => (await created(page, sandbox, 3)).each).toEqual(once(3));

  const other = await context.newPage();
  await other.goto(page.url());
  const second = batchScreen(other);
  await expect(other.getByText("Một thẻ khác đang chạy đợt tạo này")).toBeVisible();
  await expect(second.row(1)).toContainText("Đang tạo");
  await expect(second.resume).toBeHidden();
  expect((await created(page, sandbox, 3)).requests).toBe(3);

  await page.close();
  await second.resume.click();
  await second.expectCreated(6);
  expect(await created(other, sandbox, 6)).toEqual({ requests: 6, each: once(6) });
});

test("another tab cannot remove a batch that is running", async ({ page, context, sandbox }) => {
  const { paste, create, pause, resume, expectCreated } = batchScreen(page);
  await paste([header, ...rowsOf(7)]);
  await addFault(page, { count: 6, effect: true, fault: { kind: "delay", ms: 1_000 } });
  await create.click();
  await expect.poll(async () => (await created(page, sandbox, 3)).requests).toBe(3);
  await pause.click();
  await expect(resume).toBeVisible();
  await page.getByRole("button", { name: "Xóa đợt tạo" }).click();
  const remove = page.getByRole("dialog").getByRole("button", { name: "Xóa", exact: true });
  await expect(remove).toBeEnabled();

  const other = await context.newPage();
  await other.goto(page.url());
  await batchScreen(other).resume.click();
  await expect(remove).toBeDisabled();
  await expectCreated(7);
  expect(await created(page, sandbox, 7)).toEqual({ requests: 7, each: once(7) });
});

test.describe("with access tokens", () => {
  test.use({ signedIn: false });

  test("another partner of the same server neither sees nor continues a batch", async ({ page, sandbox }) => {
    const signIn = async (token: string) => {
      const form = signInForm(page);
      await form.url.fill(sandboxUrl);
      await form.token.fill(token);
      await form.submit.click();
      await expect(form.heading).toBeHidden();
    };
    const toBatches = () => page.getByRole("navigation").getByRole("link", { name: "Tạo hàng loạt" }).click();
    const { paste, create, resume, expectCreated } = batchScreen(page);
    await page.goto("/");
    await signIn(await sandbox.token());
    await paste([header, ...rowsOf(7)]);
    await addFault(page, { count: 3, effect: true, fault: { kind: "delay", ms: 1_000 } });
    await create.click();
    await expect.poll(async () => (await created(page, sandbox, 3)).requests).toBe(3);
    const { hash } = new URL(page.url());
    await paste([header, ...rowsOf(2)]);
    await expect(create).toBeVisible();
    await chooseInMenu(page, "Đăng xuất");

    await signIn(await sandbox.token("sandbox-empty-key"));
    await toBatches();
    await expect(page.getByText("Chọn hoặc kéo thả tệp vào đây")).toBeVisible();
    await expect(page.getByText("Các đợt tạo", { exact: true })).toBeHidden();
    await page.evaluate((hash) => (location.hash = hash), hash);
    await expect(page.getByText("Không tìm thấy đợt tạo này")).toBeVisible();
    expect((await created(page, sandbox, 3)).requests).toBe(3);

    await chooseInMenu(page, "Đăng xuất");
    await signIn(await sandbox.token());
    await toBatches();
    await page.getByRole("link", { name: "Bảng đã dán" }).click();
    await resume.or(page.getByText("Hoàn tất")).click();
    await expectCreated(7);
    expect(await created(page, sandbox, 7)).toEqual({ requests: 7, each: once(7) });
  });
});

test("a paused batch finishes what was sent, and sends the rest after it is resumed", async ({ page, sandbox }) => {
  const { paste, create, pause, resume, expectCreated } = batchScreen(page);
  await paste([header, ...rowsOf(7)]);
  await addFault(page, { count: 3, effect: true, fault: { kind: "delay", ms: 1_000 } });
  await create.click();
  await expect.poll(async () => (await created(page, sandbox, 3)).requests).toBe(3);
  await pause.click();
  await expect(page.getByText("Đã tạm dừng")).toBeVisible();
  await expectCreated(3, 7);
  // Another language is another client; the batch stays paused.
  await page.getByText("EN", { exact: true }).click();
  await expect(page.getByRole("button", { name: "Continue (4)" })).toBeVisible();
  await page.getByText("VI", { exact: true }).click();
  expect((await created(page, sandbox, 3)).requests).toBe(3);
  await resume.click();
  await expectCreated(7);
  expect(await created(page, sandbox, 7)).toEqual({ requests: 7, each: once(7) });
});

test("a change of the language does not stop a batch", async ({ page, sandbox }) => {
  const { paste, create } = batchScreen(page);
  await paste([header, ...rowsOf(7)]);
  await addFault(page, { count: 3, effect: true, fault: { kind: "delay", ms: 1_000 } });
  await create.click();
  await expect.poll(async () => (await created(page, sandbox, 3)).requests).toBe(3);
  await page.getByText("EN", { exact: true }).click();
  await expect(page.getByText("7 of 7 tenants created")).toBeVisible();
  expect(await created(page, sandbox, 7)).toEqual({ requests: 7, each: once(7) });
});

test("a problem that is not about a row pauses the batch, with the reason", async ({ page, context, sandbox }) => {
  const { paste, create, resume, expectCreated } = batchScreen(page);
  await addFault(page, { fault: { kind: "unknown_code", code: "partner_invalid" } });
  await paste([header, ...rowsOf(5)]);
  await create.click();
  await expect(page.getByRole("alert").filter({ hasText: "Đợt tạo đã tạm dừng" })).toContainText("partner_invalid");
  await expectCreated(0, 5);
  await page.request.post(`${sandboxUrl}/sandbox/clear_faults`);

  const { requests } = await created(page, sandbox, 5);
  await context.setOffline(true);
  await resume.click();
  await expect(page.getByRole("alert").filter({ hasText: "Đợt tạo đã tạm dừng" })).toContainText(
    "Không có kết nối mạng",
  );
  await context.setOffline(false);
  expect((await created(page, sandbox, 5)).requests).toBe(requests);

  // The server asks for a pause: the batch continues by itself.
  await addFault(page, { count: 1, fault: { kind: "status", status: 429, retry_after: "1" } });
  await resume.click();
  await expect(page.getByText("Máy chủ yêu cầu tạm nghỉ")).toBeVisible();
  await expectCreated(5);
  expect((await created(page, sandbox, 5)).each).toEqual(once(5));
});
