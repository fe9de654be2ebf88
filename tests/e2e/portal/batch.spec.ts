// Creates many tenants from a table: a run loses nothing and sends nothing twice.
import { addFault, batchScreen, created, emailOf, header, once, rowOf, rowsOf } from "./batchScreen";
import { chooseInMenu, expect, sandboxUrl, test, signInForm } from "./portal";

test("a row that the server refuses is edited and retried", async ({ page, sandbox }) => {
  const { paste, create, row, expectCreated } = batchScreen(page);
  await paste([header, ...rowsOf(2)]);
  await create.click();
  await expectCreated(2);
  // The server has these addresses.
  await paste([header, rowOf(1), rowOf(2).with(0, "Công ty Sao Hôm")]);
  await create.click();
  await expect(page.getByText("2 dòng bị từ chối", { exact: true })).toBeVisible();
  await expect(row(1)).toContainText("có thể được tạo từ chính dòng này");
  await expect(row(1).getByRole("link", { name: "Xem Công ty Sao Mai 1" })).toBeVisible();
  await expect(row(2)).toContainText("Đã có doanh nghiệp dùng email này");
  await expect(row(2)).not.toContainText("có thể được tạo từ chính dòng này");
  await expect(row(2).getByRole("link")).toBeHidden();
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
  await expect(other.getByText("Một tab khác đang chạy đợt tạo này")).toBeVisible();
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
    const { paste, create, expectCreated } = batchScreen(page);
    await page.goto("/");
    await signIn(await sandbox.token());
    await paste([header, ...rowsOf(7)]);
    await addFault(page, { count: 3, effect: true, fault: { kind: "delay", ms: 2_000 } });
    await create.click();
    await expect.poll(async () => (await created(page, sandbox, 3)).requests).toBe(3);
    const { hash } = new URL(page.url());
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
    await expectCreated(7);
    expect(await created(page, sandbox, 7)).toEqual({ requests: 7, each: once(7) });

    // Nor does it see a table that was not sent yet.
    await paste([header, ...rowsOf(2)]);
    await expect(create).toBeVisible();
    await chooseInMenu(page, "Đăng xuất");
    await signIn(await sandbox.token("sandbox-empty-key"));
    await toBatches();
    await expect(page.getByText("Chọn hoặc kéo thả tệp vào đây")).toBeVisible();
    await expect(create).toBeHidden();
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
