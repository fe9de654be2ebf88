// A table of tenants: from the clipboard or a file, its columns and faults, and the file of its results.
import { readFile } from "node:fs/promises";
import writeExcelFile from "write-excel-file/node";
import { batchScreen, created, emailOf, header, once, passwords, rowOf, rowsOf } from "./batchScreen";
import { expect, test } from "./portal";

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

test("the focus stays on the table when it is read, and when a row is removed", async ({ page }) => {
  await page.goto("/#/batches");
  const text = [header, ...rowsOf(2)].map((row) => row.join("\t")).join("\n");
  await page.getByRole("textbox", { name: "Hoặc dán bảng vào đây" }).fill(text);
  await page.getByRole("button", { name: "Dùng bảng này" }).press("Enter");
  await expect(page.getByRole("heading", { name: "Cột dữ liệu" })).toBeFocused();
  const remove = (row: number) => page.getByRole("button", { name: `Xóa dòng ${row}` });
  await remove(2).press("Enter");
  await expect(remove(3)).toBeFocused();
  await remove(3).press("Enter");
  await expect(page.getByRole("region", { name: "Xem trước" })).toBeFocused();
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
